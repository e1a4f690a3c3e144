"""From a record to integers: what is read, what is missing, and what a sheet says about it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.records.observe import State
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Sample,
    Statement,
)
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Deduction, Judgement, Times
from healthduty.rules.tally import Cases, Lacking, StepsBelow
from healthduty.rules.threshold import ByKind
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import Prepared, prepare
from scoring.making import (
    ACCIDENT,
    BREACHES,
    BY_LINE,
    DEATHS,
    DONE,
    EACH,
    FEW,
    GROWTH,
    INCOME,
    PRAISE,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    codes,
    earned,
    item,
    make,
    scored,
    total,
)


def prepared(agreement: Agreement, values: dict[str, Any], **options: Any) -> Prepared:  # noqa: ANN401
    """Return a record's integers."""
    return prepare(plan(agreement).plan, Record("nanguan", values, **options))


# ------------------------------------------------------------------------ rates (semantics 2)


@pytest.mark.parametrize(
    "value", [85, "85", "85%", "８５％", 85.0, Decimal(85), Fraction(85), Ratio(17, 20), "17/20"]
)
def test_a_rate_may_be_written_in_many_ways(value: Any) -> None:  # noqa: ANN401
    """Semantics 2: 85, "85%" and 17 of 20 mean the same: one whole step short of 90 %."""
    assert total(make(SHORT), rate=value) == Decimal("9.5")


def test_a_text_with_another_rates_unit_is_converted() -> None:
    """Semantics 2: 850 ‰ are 85 %."""
    assert total(make(SHORT), rate="850‰") == Decimal("9.5")


def test_a_pair_is_never_divided_first() -> None:
    """Semantics 2: 2 of 3 lack exactly 70/3 percentage points of 90 %, in thirds to the last."""
    numbers = prepared(make(SHORT), {"rate": Ratio(2, 3)})
    assert (numbers.num, numbers.den) == ([200], [3])
    by_gap = Deduction(StepsBelow(RATE, target=90, step=Fraction(70, 3)), points=1)
    assert total(make(by_gap), rate=Ratio(2, 3)) == 9


def test_nothing_of_nothing_does_not_apply() -> None:
    """Semantics 2: 0 of 0 is not applicable, and said so; the item keeps its points."""
    sheet = scored(make(SHORT), {"rate": Ratio(0, 0)})
    assert sheet.total == 10
    assert codes(sheet) == ["rate-of-nothing"]


def test_something_of_nothing_is_an_error() -> None:
    """Semantics 2: 3 of 0 can't be."""
    sheet = scored(make(SHORT), {"rate": Ratio(3, 0)})
    assert sheet.total is None
    assert codes(sheet) == ["rate-without-base"]


def test_the_pair_prevails_over_the_printed_rate() -> None:
    """Semantics 2: 17 of 20 make 85 %, whatever the report prints beside it."""
    sheet = scored(make(SHORT), {"rate": Ratio(17, 20, printed="95%")})
    assert sheet.total == Decimal("9.5")
    assert codes(sheet) == ["rate-disagrees"]


def test_more_than_planned_earns_no_more_than_full() -> None:
    """Semantics 2: a completion of 120 % is fine and earns 10 of 10; a proportion is a finding."""
    done = attrs.evolve(BY_LINE, measure="done")
    assert (total(make(done), done="120%"), codes(scored(make(done), {"done": "120%"}))) == (10, [])
    assert codes(scored(make(BY_LINE), {"rate": "120%"})) == ["rate-above-whole"]
    assert DONE.kind != RATE.kind


@pytest.mark.parametrize(
    ("value", "reported"), [("0.85", True), (1, True), (0, False), ("1.5", False), (85, False)]
)
def test_a_rate_of_at_most_one_beside_a_high_target_is_reported(
    value: Any,  # noqa: ANN401
    reported: bool,  # noqa: FBT001
) -> None:
    """Semantics 2: 0.85 held against 90 % was hardly meant as 0.85 %; none at all may be so."""
    sheet = scored(make(SHORT), {"rate": value})
    assert (codes(sheet) == ["rate-scale"]) is reported
    assert sheet.total is not None


def test_the_warning_says_how_to_write_it() -> None:
    """The sheet names the value, how it reads, and both ways to say what was meant."""
    (finding,) = scored(make(SHORT), {"rate": "0.85"}).findings
    assert str(finding) == (
        "warning rate-scale: column rate: 满意率: `0.85` reads as 0.85%"
        " (write 0.85 as 85, or as a pair of counts)"
    )


@pytest.mark.parametrize("target", [5, "9.9"])
def test_beside_a_low_target_a_small_rate_is_nothing_odd(target: Any) -> None:  # noqa: ANN401
    """0.85 % against a target below 10 % may well be what was observed."""
    rule = Deduction(StepsBelow(RATE, target=target, step=5), points=1)
    assert codes(scored(make(rule), {"rate": "0.85"})) == []


def test_only_percentages_look_odd() -> None:
    """0.9 ‰ is a fine death rate."""
    rule = Deduction(StepsBelow(DEATHS, target=10, step=1), points=1)
    assert codes(scored(make(rule), {"deaths": "0.9"})) == []


# ------------------------------------------------------------------- absent data (semantics 7)


def test_a_missing_value_is_an_error_and_leaves_no_total() -> None:
    """Semantics 7: missing is an error by default, and the hint names the bounds."""
    sheet = scored(make(SHORT), {})
    (finding,) = sheet.findings
    assert str(finding) == (
        "error value-missing: column rate: 满意率: no value"
        " (the sheet's bounds say between what the total lies)"
    )
    assert sheet.total is None


@pytest.mark.parametrize("blank", [MISSING, None, "", "—", " ", "缺失"])
def test_blank_is_none_found_on_a_negative_list(blank: Any) -> None:  # noqa: ANN401
    """Semantics 7: a blank under 每发现一例 means none was found, an assumption that is listed."""
    sheet = scored(make(EACH), {"complaints": blank})
    assert sheet.total == 10
    assert [str(finding) for finding in sheet.findings] == [
        "assumption blank-assumed: column complaints: 投诉: blank, taken as none found"
    ]


def test_a_statement_may_be_blank_too() -> None:
    """Semantics 7: what counts is the value that was stated, at the stage that scores."""
    for blank in (Statement(None), Observation("3", Statement("—"))):
        assert codes(scored(make(EACH), {"complaints": blank})) == ["blank-assumed"]


def test_a_missing_value_may_count_as_zero() -> None:
    """Semantics 7: the measure says that missing is zero, and the sheet says it too."""
    sheet = scored(make(SHORT, Deduction(Lacking(PRAISE, required=2), points=1)), {"rate": 90})
    assert sheet.total == 8
    assert [str(finding) for finding in sheet.findings] == [
        "assumption blank-assumed: column praise: 表扬: blank, taken as zero"
    ]


@pytest.mark.parametrize("word", [NOT_APPLICABLE, NotApplicable("无此业务"), "不适用", "N/A"])
def test_what_does_not_apply_is_not_missing(word: Any) -> None:  # noqa: ANN401
    """Semantics 7: not applicable is another thing than missing: the item keeps its points."""
    sheet = scored(make(SHORT), {"rate": word})
    assert (sheet.total, codes(sheet)) == (10, [])


def test_the_last_agreed_value_scores() -> None:
    """Self-assessed 95 %, verified 80 %, 85 % after the objection: 85 % scores."""
    stages = Observation("95%", "80%", "85%")
    assert total(make(SHORT), rate=stages) == Decimal("9.5")
    assert total(make(SHORT), rate=attrs.evolve(stages, reviewed=None)) == 9


# ------------------------------------------------------------------------ periods (semantics 10)


@pytest.mark.parametrize(
    ("period", "lacking"),
    [(None, 3), ("2024", 3), ("2024-H1", 1), ("2024-Q3", 0), (Period("自7月起", months=5), 0)],
)
def test_a_duty_of_the_year_is_asked_in_part(period: Any, lacking: int) -> None:  # noqa: ANN401
    """Semantics 10: 4 a year ask 2 at the half-year and 1 in five months: rounded down."""
    agreement = make(Deduction(Lacking(VISITS, required=4, prorated=True), points=1))
    assert scored(agreement, {"visits": 1}, period=period).total == 10 - lacking


def test_rates_are_not_prorated() -> None:
    """Semantics 10: 90 % are 90 % at the half-year, too, and so is a count not marked for it."""
    assert scored(make(SHORT), {"rate": 85}, period="2024-H1").total == Decimal("9.5")
    assert scored(make(FEW), {"visits": 1}, period="2024-H1").total == 7


# ----------------------------------------------------------------------- sampling (semantics 15)


@pytest.mark.parametrize(
    ("sample", "lacking"),
    [
        (Sample(2, asked=4, available=4), 2),
        (Sample(2, asked=4, available=3), 1),
        (Sample(2, asked=4, available=2), 0),
        (Sample(2, asked=4, available=9), 2),
    ],
)
def test_what_was_not_available_is_not_required(sample: Sample, lacking: int) -> None:
    """Semantics 15: of 4 asked only 3 could be found, so 3 were required."""
    assert total(make(FEW), visits=sample) == 10 - lacking


def test_findings_of_a_sample_count_as_found() -> None:
    """Semantics 15: two faults in ten homes are two, however many homes there are."""
    agreement = make(Deduction(Cases(VISITS), points=1))
    assert total(agreement, visits=Sample(2, asked=10, available=10)) == 8


def test_a_sample_that_can_not_be_is_a_fault() -> None:
    """A negative finding is refused, sample or not."""
    assert codes(scored(make(FEW), {"visits": Sample(-1, asked=4, available=3)})) == [
        "value-negative"
    ]


# -------------------------------------------------------------------------- kinds of facility


def test_a_kind_without_a_threshold_is_named() -> None:
    """The agreement says nothing for village clinics: what it does say is the hint."""
    target = ByKind({"中心": 90, "站": 80})
    agreement = make(Deduction(StepsBelow(RATE, target=target, step=5), points=1))
    sheet = scored(agreement, {"rate": 70}, kind="村卫生室")
    assert [str(finding) for finding in sheet.findings] == [
        (
            "error kind-unknown: kind of facility `村卫生室` has no threshold"
            " (thresholds are set for 中心、站)"
        )
    ]
    assert sheet.total is None
    assert codes(scored(agreement, {"rate": 70})) == ["kind-unknown"]


# ------------------------------------------------------------------------------- judgements

TIDY = make(Judgement("整洁", "lose", least="0.5", most=2))
TALK = make(Judgement("访谈", "earn"))


@pytest.mark.parametrize(
    ("value", "lost"),
    [
        (0, 0),
        ("0.5", "0.5"),
        (2, 2),
        (Judged("1.5", "台账不全"), "1.5"),
        ((Judged(1), Judged(2)), "1.5"),
        ([Judged(1), Judged(1), Judged("1.5")], "1.17"),
        (Statement(Judged(1)), 1),
        (None, 0),
        ("—", 0),
        (MISSING, 0),
        ((), 0),
    ],
)
def test_judged_points(value: Any, lost: Any) -> None:  # noqa: ANN401
    """One assessor or the mean of several, rounded once; nobody objected means nothing lost."""
    assert total(TIDY, 整洁=value) == 10 - Decimal(lost)


@pytest.mark.parametrize("value", [None, MISSING, "", ()])
def test_a_judgement_that_earns_must_be_given(value: Any) -> None:  # noqa: ANN401
    """Nobody earns points by an assessment that did not take place."""
    sheet = scored(TALK, {"访谈": value})
    assert (sheet.total, codes(sheet)) == (None, ["value-missing"])
    assert sheet.findings[0].message == "judgement 访谈: no value"


@pytest.mark.parametrize("value", [NOT_APPLICABLE, "不适用"])
def test_a_judgement_may_not_apply(value: Any) -> None:  # noqa: ANN401
    """Semantics 7: what was not there to be assessed is excused."""
    assert total(TALK, 访谈=value) == 10


def test_a_judgement_outside_its_bounds_is_a_fault() -> None:
    """酌情扣0.5-2分 allows neither 0.4 nor 2.1, be it by one of two assessors."""
    for value, shown in (("0.4", "0.4"), ((Judged(1), Judged("2.1")), "2.1")):
        sheet = scored(TIDY, {"整洁": value})
        assert [str(finding) for finding in sheet.findings] == [
            f"error judgement-outside: column 整洁: judgement 整洁: `{shown}` lies outside 0.5 to 2"
        ]
        assert sheet.total is None


@pytest.mark.parametrize("value", ["很好", True, (Case("1"),)])
def test_a_judgement_that_is_no_number_is_a_fault(value: Any) -> None:  # noqa: ANN401
    """Points are a number: a word, a tick or a case is none."""
    sheet = scored(TIDY, {"整洁": value})
    assert (sheet.total, codes(sheet)) == (None, ["value-unreadable"])


# ---------------------------------------------------------------- nothing dropped (semantics 12)


def test_a_value_that_no_measure_takes_is_reported() -> None:
    """Semantics 12: a number that was not understood is named, never skipped in silence."""
    sheet = scored(make(SHORT), {"rate": 90, "ratee": 90, "income": 5})
    assert [str(finding) for finding in sheet.findings] == [
        "warning value-unknown: column ratee: `ratee` is no measure of the agreement"
    ]
    assert INCOME.code == "income"


def test_the_code_of_a_judgement_is_known() -> None:
    """A judgement stands in the record by its own code, or by the item's number."""
    agreement = make(item(Judgement("整洁", "lose", most=2)), item(number="2"))
    assert codes(scored(agreement, {"整洁": 1, "2": 3})) == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Whoever mends a record mends it once."""
    agreement = make(SHORT, FEW, UNKEPT, EACH, Deduction(Cases(GROWTH), points=1))
    values = {"rate": "?", "visits": -1, "ledger": "也许", "nobody": 1}
    assert codes(scored(agreement, values)) == [
        "measure-kind",
        "value-unreadable",
        "value-negative",
        "flag-unreadable",
        "blank-assumed",
        "value-unknown",
    ]


def test_what_has_no_number_is_kept_with_its_reason() -> None:
    """A fault is no missing value, and neither is what does not apply."""
    agreement = make(SHORT, FEW, UNKEPT)
    absent = prepared(agreement, {"rate": NOT_APPLICABLE, "visits": "many"}).absent
    assert list(absent.values()) == [State.NOT_APPLICABLE, State.FAULT, State.MISSING]


def test_a_period_that_is_not_understood_is_said() -> None:
    """Whoever writes 秋季 gets a whole year's requirements, and is told so."""
    agreement = make(attrs.evolve(FEW, tally=Lacking(VISITS, required=4, prorated=True)))
    sheet = scored(agreement, {"visits": 1}, period="秋季")
    assert (sheet.total, codes(sheet)) == (7, ["period-unknown"])
    for period in ("2024-Q3", Period("秋季", months=3)):
        quarter = scored(agreement, {"visits": 1}, period=period)
        assert (quarter.total, codes(quarter)) == (10, [])


def test_a_silent_rule_charges_no_case() -> None:
    """What would double the dearer rule does not apply: the case stays with the other one."""
    dear = Deduction(Cases(BREACHES), points=2, times=Times(2, Flag(ACCIDENT)))
    agreement = make(item(dear, number="1"), item(EACH, number="2"), charge_once=True)
    values = {"breaches": (Case("a"),), "complaints": (Case("a"),), "accident": NOT_APPLICABLE}
    assert earned(agreement, **values) == {"1": 10, "2": 9}
    assert earned(agreement, **{**values, "accident": True}) == {"1": 6, "2": 10}
