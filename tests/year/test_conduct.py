"""The conduct account: what is entered, what follows, and what it becomes in a record."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from healthduty.errors import NumberError, RuleError, UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record, Statement
from healthduty.rules.measure import Measure
from healthduty.year.conduct import ConductAccount, Demerit, Merit, Reversal
from healthduty.year.conduct_course import Course
from test_readme import run

PAGE = Path(__file__).parents[2] / "docs/en/how-to/conduct-points.md"
SCHEME = ConductAccount(thresholds=((12, "调离岗位"), (4, "提醒谈话"), (8, "诫勉谈话")))


def balances(course: Course, *days: str) -> list[str]:
    """Return the balances on some days."""
    return [str(course.balance_on(day)) for day in days]


def test_thresholds_are_reached_once_each_with_their_day() -> None:
    """3, then 6: past 4 and 8 on one day; a third entry reaches nothing new."""
    course = SCHEME.course(
        [Demerit("2024-02-01", 3), Demerit("2024-05-01", 6), Demerit("2024-06-01", 1)]
    )
    assert [(str(each.on), each.consequence) for each in course.crossings] == [
        ("2024-05-01", "提醒谈话"),
        ("2024-05-01", "诫勉谈话"),
    ]
    assert balances(course, "2024-01-31", "2024-02-01", "2024-06-01") == ["12", "9", "2"]


def test_each_year_reaches_them_anew_and_a_gap_of_years_too() -> None:
    """4 points in 2022 and in 2024."""
    course = SCHEME.course([Demerit("2022-03-01", 4), Demerit("2024-03-01", 5)])
    assert [str(each.on) for each in course.crossings] == ["2022-03-01", "2024-03-01"]
    assert balances(course, "2023-06-01", "2024-03-01", "2025-01-01") == ["12", "7", "12"]


def test_a_reversal_counts_from_its_day_on() -> None:
    """The talk was held, and stays in the course; from July on the points are back."""
    course = SCHEME.course(
        [
            Demerit("2024-03-01", 4, "投诉", case="7"),
            Reversal("2024-07-01", "7", "复核撤销"),
            Demerit("2024-08-01", 4, "迟报"),
        ]
    )
    assert balances(course, "2024-06-30", "2024-07-01", "2024-08-01") == ["8", "12", "8"]
    assert [str(each.on) for each in course.crossings] == ["2024-03-01", "2024-08-01"]


def test_one_case_is_charged_once_the_dearest() -> None:
    """Two offices take points for one case: 2 first, then 5 make 5."""
    course = SCHEME.course([Demerit("2024-03-01", 2, case="9"), Demerit("2024-04-01", 5, case="9")])
    assert balances(course, "2024-03-31", "2024-04-01") == ["10", "7"]
    assert course.findings.codes == ("conduct-case-once",)


def test_what_is_beyond_goes_on_where_the_scheme_says_so() -> None:
    """15 of 12: the next year begins with 9, the one after with all."""
    entry = [Demerit("2024-03-01", 15)]
    carried = ConductAccount(carry="excess").course(entry)
    assert balances(carried, "2024-12-31", "2025-01-01", "2026-01-01") == ["0", "9", "12"]
    assert str(carried.taken_on("2024-12-31")) == "15"
    below = ConductAccount(below_zero=True).course(entry)
    assert balances(below, "2024-12-31", "2025-01-01") == ["-3", "12"]
    twice = ConductAccount(carry="excess").course([Demerit("2024-03-01", 30)])
    assert balances(twice, "2025-06-01", "2026-01-01", "2027-01-01") == ["0", "6", "12"]


def test_without_a_reset_points_never_come_back() -> None:
    """But for merits, and these never beyond the start."""
    account = ConductAccount(reset=None, merits=True)
    course = account.course([Demerit("2020-01-01", 5), Merit("2024-01-01", 20)])
    assert balances(course, "2023-12-31", "2024-01-01") == ["7", "12"]
    assert course.year_of("2024-01-01") is None


def test_what_cant_be_entered_is_found() -> None:
    """No day, no merits, nothing to reverse: each is named, and counts for nothing."""
    course = SCHEME.course(
        [
            Demerit("2024-02-30", 3, "迟报"),
            Merit("2024-03-01", 2, "见义勇为"),
            Reversal("2024-03-01", "5"),
            Demerit("2024-04-01", 1, case="5"),
        ]
    )
    assert course.findings.codes == (
        "conduct-undated",
        "conduct-no-merits",
        "conduct-nothing-reversed",
    )
    assert balances(course, "2024-12-31") == ["11"]


@pytest.mark.parametrize(
    ("code", "kind", "figure", "value"),
    [
        ("points", "count", "taken", 5),
        ("points", "amount", "balance", 7),
        ("points", "flag", "taken", False),
    ],
)
def test_an_account_becomes_what_its_measure_is(
    code: str, kind: str, figure: str, value: object
) -> None:
    """A count, an amount, a flag: from the year's entries, with the source."""
    agreement = Agreement("示例", measures=(Measure(code, kind=kind),))
    course = SCHEME.course([Demerit("2024-03-01", 5, case="7")], holder="甲")
    put = course.feed(Record("x", {}), agreement, code, "2024-12-31", figure)
    stated = put.record.values[code]
    assert isinstance(stated, Statement)
    assert (stated.value, stated.evidence) == (value, "conduct points of 甲 on 2024-12-31")


def test_rates_and_cases_are_fed_too_and_a_level_is_refused() -> None:
    """5 of 12; the one case of the year that counts; and what an account can't become."""
    measures = (
        Measure("rate", unit="%"),
        Measure("cases", kind="cases"),
        Measure("level", levels=("优", "差")),
    )
    agreement = Agreement("示例", measures=measures)
    course = SCHEME.course([Demerit("2023-03-01", 5), Demerit("2024-03-01", 5, "迟报", case="7")])
    record = Record("x", {})
    rate = course.feed(record, agreement, "rate", "2024-12-31").record.values["rate"]
    assert isinstance(rate, Statement)
    assert rate.value == Ratio(5, 12)
    cases = course.feed(record, agreement, "cases", "2024-12-31").record.values["cases"]
    assert isinstance(cases, Statement)
    assert [case.id for case in cases.value] == ["7"]  # type: ignore[union-attr]
    for code in ("level", "nothing"):
        refused = course.feed(record, agreement, code, "2024-12-31")
        assert refused.findings.codes == ("conduct-measure",)
        assert refused.record == record


def test_the_course_says_what_was_taken_and_given_back() -> None:
    """An official writes 记2分, and not −2; English has the sign."""
    account = ConductAccount(merits=True)
    course = account.course([Demerit("2024-03-05", 2, "迟报"), Merit("2024-06-01", 1, "表彰")])
    assert [row[4] for row in course.table().rows] == ["记2分", "加回1分"]
    assert [row[4] for row in course.table("en").rows] == ["-2", "+1"]


def test_a_wrong_call_is_refused() -> None:
    """Points of nothing, a reset that is no day of every year, a day that is none."""
    with pytest.raises(RuleError, match="above 0"):
        Demerit("2024-01-01", 0)
    with pytest.raises(NumberError):
        ConductAccount("twelve")
    with pytest.raises(RuleError, match="a day of every year"):
        ConductAccount(reset="25")
    with pytest.raises(UsageError, match="no day of the calendar"):
        SCHEME.course([]).balance_on("soon")
    with pytest.raises(RuleError, match="none of"):
        ConductAccount(carry="all")
    assert SCHEME.course([]).table().rows == ()
    assert SCHEME.points == Fraction(12)


def test_the_page_is_true() -> None:
    """A reader who copies an example sees the printed result."""
    assert run(PAGE.read_text(encoding="utf-8"), PAGE.name) == []
