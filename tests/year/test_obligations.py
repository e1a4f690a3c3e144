"""Duties held against what was done: the documents' own, and what the semantics say of periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty import catalogue
from healthduty.calendars import DaySpan, OwnCalendar
from healthduty.exact import Ratio
from healthduty.findings import Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.obligation import Every, Obligation
from healthduty.records.record import Case, Record, Statement
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking
from healthduty.scoring.score import score
from healthduty.year.feeding import feed, values_of
from healthduty.year.obligations import Fulfilment, fulfilment, fulfilments
from healthduty.year.occasions import Scope, asked, occasions, required
from healthduty.year.submissions import Submission, submissions_of

YEAR = DaySpan(date(2024, 1, 1), date(2024, 12, 31))
WINTER = DaySpan(date(2023, 11, 1), date(2024, 10, 31))
WORK = OwnCalendar(
    {date(2024, 4, 4), date(2024, 4, 5), date(2024, 6, 10)}, {date(2024, 4, 7)}, years={2024}
)


def duty(**fields: Any) -> Obligation:  # noqa: ANN401 - any field of a duty
    """Return a duty `d` with these fields."""
    return Obligation("d", **fields)


def done(*days: str, **fields: Any) -> list[Submission]:  # noqa: ANN401 - any field
    """Return one submission for each day."""
    return [Submission("d", day, **fields) for day in days]


def codes(findings: Findings) -> list[str]:
    """Return the codes of findings without those about the calendar."""
    return [code for code in findings.codes if code != "calendar-unknown"]


def lacking(found: Fulfilment) -> dict[str, int]:
    """Return what is lacking where anything is, by the period's label."""
    return {each.occasion.label: int(each.lacking) for each in found.met if each.lacking}


# ------------------------------------------------------------------------------ what is asked


@pytest.mark.parametrize(
    ("obligation", "until", "number"),
    [
        (duty(times=4), "2024-06-30", 2),  # semantics 10, as it is written
        (duty(times=4), "2024-06-29", 1),
        (duty(times=4), "2024-12-31", 4),
        (duty(every="week"), "2024-12-31", 52),
        (duty(every="month"), "2024-02-28", 1),
        (duty(every="month"), "2024-02-29", 2),
        (duty(every="quarter", times=2), "2024-05-15", 2),
        (duty(every="half_year"), "2024-06-29", 0),
        (duty(every="half_year"), "2024-06-30", 1),
        (duty(every="day"), "2024-03-31", 91),
        (duty(every="day", working_days=True), "2024-04-07", 69),
        (duty(every="once", due="2024-03-28"), "2024-03-27", 0),
        (duty(every="once", due="2024-03-28"), "2024-03-28", 1),
        (duty(every="once"), "2024-12-30", 0),
        (duty(by="02-end"), "2024-02-28", 0),
        (duty(by="02-end"), "2024-02-29", 1),
        (duty(every="month", within=0), "2024-06-30", 5),  # the 30th is a Sunday: due on 1 July
        (duty(every="month", within=0), "2024-07-01", 6),
        (duty(every="month", by="25"), "2024-03-25", 3),
        (duty(every="event", within=5), "2024-12-31", 0),
    ],
)
def test_how_many_are_asked_up_to_a_day(obligation: Obligation, until: str, number: int) -> None:
    """Rounded down in each period; a deadline asks nothing before it has passed."""
    scope = Scope(YEAR, until=date.fromisoformat(until), work=WORK)
    assert required(obligation, scope) == number


def test_a_unit_that_joined_in_july_answers_for_its_months() -> None:
    """4 a year ask 2 of it; a deadline of March asks nothing, one of November the whole."""
    late = DaySpan(date(2024, 7, 1), date(2024, 12, 31))
    scope = Scope(YEAR, answers=late)
    assert required(duty(times=4), scope) == 2
    assert required(duty(every="month"), scope) == 6
    assert required(duty(every="once", due="2024-03-28"), scope) == 0
    assert required(duty(by="11-end"), scope) == 1
    never = Scope(YEAR, answers=DaySpan(date(2023, 1, 1), date(2023, 2, 1)))
    assert required(duty(), never) == 0
    found = fulfilment(duty(times=4), done("2024-03-01"), never)
    assert (found.required, found.done, found.findings.codes) == (0, 0, ("duty-outside",))


def test_every_household_and_month() -> None:
    """Per household and month is so many times the households; per person 20 hours each."""
    assert required(duty(every="month", per="户"), Scope(YEAR, objects={"户": 40})) == 480
    hours = duty(times=20, unit="学时", per="人")
    assert required(hours, Scope(YEAR, objects={"人": ["甲", "乙", "丙"]})) == 60


def test_an_own_year_has_quarters_of_its_own() -> None:
    """The data period of row B4 runs from 1 November: four quarters and one year."""
    scope = Scope(WINTER)
    labels = [each.label for each in occasions(duty(every="quarter"), scope)]
    assert labels == ["2023-11/2024-01", "2024-02/2024-04", "2024-05/2024-07", "2024-08/2024-10"]
    assert [each.label for each in occasions(duty(), scope)] == ["2023-11/2024-10"]
    assert required(duty(every="quarter"), scope) == 4


@pytest.mark.parametrize(
    ("obligation", "due"),
    [
        (duty(every="once", due="2024-03-28"), ["2024-03-28"]),
        (duty(by="11-30"), ["2024-12-02"]),  # a Saturday: the next working day
        (duty(by="06-end"), ["2024-07-01"]),
        (duty(every="once", due="2024-06-10"), ["2024-06-11"]),  # a holiday of the calendar
        (duty(every="quarter", within=5, working_days=True), ["2024-04-08", "2024-07-05"]),
    ],
)
def test_when_it_is_due(obligation: Obligation, due: list[str]) -> None:
    """An end on a holiday moves; working days are counted from the day after the period's end."""
    found = [str(each.due) for each in occasions(obligation, Scope(YEAR, work=WORK))]
    assert found[: len(due)] == due


PERIODIC = st.builds(
    Obligation,
    st.just("d"),
    every=st.sampled_from([each for each in Every if each is not Every.EVENT]),
    times=st.integers(1, 12),
    by=st.sampled_from(["", "", "25", "end"]),
    within=st.sampled_from([None, None, 0, 5]),
    working_days=st.booleans(),
)
TERMS = st.builds(
    lambda first, days: DaySpan(first, first + timedelta(days=days)),
    st.dates(date(2019, 1, 1), date(2025, 12, 31)),
    st.integers(0, 800),
)


@given(PERIODIC, TERMS)
def test_deadlines_lie_in_the_term(obligation: Obligation, term: DaySpan) -> None:
    """A deadline that is asked for lies in the term as it is written; what moves, moves later."""
    for each in occasions(obligation, Scope(term, work=WORK)):
        assert each.due >= (each.day or each.days.last)
        if each.day is not None and asked(obligation, each, term):
            assert each.day in term


@given(PERIODIC, TERMS, st.data())
def test_what_is_required_never_falls(
    obligation: Obligation, term: DaySpan, data: st.DataObject
) -> None:
    """Monotone in time, and for a unit that answers for fewer days never more."""
    days = st.integers(0, term.days - 1)
    early, later = sorted((data.draw(days), data.draw(days)))
    one, other = (
        Scope(term, until=term.first + timedelta(days=each), work=WORK) for each in (early, later)
    )
    assert required(obligation, one) <= required(obligation, other)
    own = DaySpan(term.first + timedelta(days=early), term.first + timedelta(days=later))
    assert required(obligation, Scope(term, answers=own)) <= required(obligation, Scope(term))


@given(
    st.integers(1, 60),
    st.sampled_from([YEAR, WINTER, DaySpan(date(2014, 3, 15), date(2014, 12, 31))]),
)
def test_over_the_whole_term_the_whole_is_asked(times: int, term: DaySpan) -> None:
    """N a year ask N of a term, of a short one too."""
    assert required(duty(times=times), Scope(term)) == times


@given(st.integers(1, 9), st.sampled_from(["month", "quarter", "half_year", "year"]))
def test_cycles_of_a_year_ask_all_of_it(times: int, every: str) -> None:
    """Twelve months, four quarters, two halves, one year."""
    count = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}[every]
    assert required(duty(every=every, times=times), Scope(YEAR)) == times * count
    assert required(duty(every=every, times=times), Scope(WINTER)) == times * count


# --------------------------------------------------------------------------- what was done


def test_too_many_in_one_month_make_up_for_no_other() -> None:
    """Three in January and none in February: one is lacking, and the reading is shown."""
    scope = Scope(YEAR, until=date(2024, 3, 31))
    found = fulfilment(
        duty(every="month"), done("2024-01-02", "2024-01-09", "2024-01-16", "2024-03-05"), scope
    )
    assert lacking(found) == {"2024-02": 1}
    assert (found.required, found.done, found.counted, found.surplus) == (3, 4, 2, 2)
    assert codes(found.findings) == ["duty-surplus"]
    assert found.findings[0].severity is Severity.ASSUMPTION


def test_agreed_annual_totals_offset() -> None:
    """The same with annual totals agreed: nothing is lacking, and nothing was assumed."""
    scope = Scope(YEAR, until=date(2024, 3, 31))
    days = ("2024-01-02", "2024-01-09", "2024-01-16", "2024-03-05")
    found = fulfilment(duty(every="month", offsets=True), done(*days), scope)
    assert (found.lacking, found.counted) == (0, 4)
    assert codes(found.findings) == []
    too_many = fulfilment(duty(times=2, offsets=True), done(*days), scope)
    assert (too_many.counted, too_many.surplus) == (2, 2)


def test_what_is_done_early_in_a_year_counts() -> None:
    """4 a year, 3 done by June: 2 were required, 3 count, none is lacking."""
    scope = Scope(YEAR, until=date(2024, 6, 30))
    found = fulfilment(duty(times=4), done("2024-01-08", "2024-02-01", "2024-05-06"), scope)
    assert (found.required, found.counted, found.lacking) == (2, 3, 0)
    assert found.met[0].open


def test_one_household_makes_up_for_no_other() -> None:
    """Two visits to one household and none to the other two: two are lacking."""
    scope = Scope(YEAR, until=date(2024, 1, 31), objects={"户": ["甲", "乙", "丙"]})
    visits = duty(every="month", per="户")
    found = fulfilment(visits, done("2024-01-02", "2024-01-09", of="甲"), scope)
    assert (found.required, found.counted, found.lacking) == (3, 1, 2)
    unnamed = fulfilment(visits, done("2024-01-02", "2024-01-09"), scope)
    assert (unnamed.counted, unnamed.lacking) == (2, 1)
    assert codes(unnamed.findings) == ["duty-object-unsaid"]
    strange = fulfilment(visits, done("2024-01-02", of="丁"), scope)
    assert (strange.done, codes(strange.findings)) == (0, ["duty-object-unknown"])
    assert "丁" in strange.findings[0].message


def test_objects_that_nobody_counted() -> None:
    """Without their number one is asked for, and said so; more names than objects is an error."""
    hours = duty(times=20, unit="学时", per="人")
    assert codes(fulfilment(hours, [], Scope(YEAR)).findings) == ["duty-objects-missing"]
    scope = Scope(YEAR, objects={"人": 1})
    made = [Submission("d", "2024-05-01", "12.5", of=name) for name in ("甲", "乙")]
    found = fulfilment(hours, made, scope)
    assert codes(found.findings)[0] == "duty-objects-many"
    assert found.counted == 20


def test_late_ones_count_and_are_told() -> None:
    """March's report of 20 April is late, counts, and that is an assumption."""
    report = duty(every="month", within=5)
    scope = Scope(YEAR, until=date(2024, 4, 30), work=WORK)
    made = [*done("2024-01-30", "2024-02-28"), *done("2024-04-20", period="2024-03")]
    found = fulfilment(report, made, scope)
    assert (found.required, found.counted, found.late, found.lacking) == (3, 3, 1, 0)
    assert codes(found.findings) == ["duty-late-counted"]
    strict = fulfilment(duty(every="month", within=5, late_counts=False), made, scope)
    assert (strict.counted, strict.late, lacking(strict)) == (2, 1, {"2024-03": 1})
    assert codes(strict.findings) == []


def test_a_report_in_the_days_of_grace_is_for_the_month_before() -> None:
    """While that is short; the second one of those days is for its own month."""
    scope = Scope(YEAR, until=date(2024, 5, 31), work=WORK)
    report = duty(every="month", within=5)
    found = fulfilment(report, done("2024-04-02", "2024-04-03"), scope)
    assert [each.occasion.label for each in found.met if each.done] == ["2024-03", "2024-04"]
    assert codes(found.findings) == ["duty-period-unsaid"]
    by_day = fulfilment(report, done("2024-04-02", period="2024-04-01"), scope)
    assert [each.occasion.label for each in by_day.met if each.done] == ["2024-04"]


def test_the_last_report_may_follow_the_term() -> None:
    """December's report of 3 January counts; a visit of that day lies outside."""
    scope = Scope(YEAR, until=date(2025, 1, 31))
    found = fulfilment(duty(every="month", within=5), done("2025-01-03"), scope)
    assert [each.occasion.label for each in found.met if each.done] == ["2024-12"]
    outside = fulfilment(duty(every="month"), done("2025-01-03", "2023-12-31"), scope)
    assert (outside.done, codes(outside.findings)) == (0, ["duty-outside"] * 2)


@pytest.mark.parametrize(
    ("submission", "code"),
    [
        (Submission("d", "2024-02-30"), "duty-undated"),
        (Submission("d", None), "duty-undated"),
        (Submission("d", "2024-09-01"), "duty-later"),
        (Submission("d", "2024-02-01", period="一月"), "duty-period-unknown"),
        (Submission("d", "2024-02-01", period="2022-02-01"), "duty-period-unknown"),
        (Submission("d", "2023-02-01"), "duty-outside"),
    ],
)
def test_what_counts_nowhere_is_told(submission: Submission, code: str) -> None:
    """Nothing is dropped."""
    scope = Scope(YEAR, until=date(2024, 6, 30))
    found = fulfilment(duty(every="month"), [submission], scope)
    assert (found.done, codes(found.findings)) == (0, [code])


@pytest.mark.parametrize(
    "obligation",
    [
        duty(every="once", due="2024-02-30"),
        duty(every="month", due="2024-03-01"),
        duty(every="once", due="2025-03-01"),
        duty(every="month", by="03-28"),
        duty(every="event", by="03-28"),
        duty(every="once", due="2024-03-28", by="03-28"),
        duty(every="month", within=-1),
    ],
)
def test_a_deadline_that_can_not_be_used_is_told(obligation: Obligation) -> None:
    """It is not passed over in silence, nor does it stop the rest."""
    found = fulfilment(obligation, [], Scope(YEAR))
    assert "duty-deadline-unclear" in found.findings.codes


def test_a_yearly_day_that_the_term_lacks_is_told() -> None:
    """By 28 March, in a term from April."""
    scope = Scope(DaySpan(date(2024, 4, 1), date(2024, 12, 31)))
    found = fulfilment(duty(by="03-28"), [], scope)
    assert codes(found.findings) == ["duty-deadline-unclear"]


def test_a_guessed_deadline_says_that_it_is() -> None:
    """Weekdays alone know no holidays; a calendar of the year does."""
    plan = duty(every="once", due="2024-03-28")
    assert fulfilment(plan, [], Scope(YEAR)).findings.codes == ("calendar-unknown",)
    assert fulfilment(plan, [], Scope(YEAR, work=WORK)).findings.codes == ()
    assert fulfilment(duty(times=4), [], Scope(YEAR)).findings.codes == ()
    daily = duty(every="day", working_days=True)
    assert "calendar-unknown" in fulfilment(daily, [], Scope(YEAR)).findings.codes


# ---------------------------------------------------------------------------------- events


def test_complaints_within_five_working_days() -> None:
    """E1: one in time, one late, one lacking, one whose time still runs; Qingming counted."""
    settle = duty(every="event", within=5, working_days=True)
    complaints = [
        Case(str(n), day)
        for n, day in enumerate(("2024-03-28", "2024-03-28", "2024-04-10", "2024-04-29"), 1)
    ]
    made = [
        Submission("d", "2024-04-07", case="1"),
        Submission("d", "2024-04-08", case="2"),
    ]
    scope = Scope(YEAR, until=date(2024, 4, 30), work=WORK)
    found = fulfilment(settle, made, scope, complaints)
    assert [str(each.occasion.due) for each in found.met[:3]] == [
        "2024-04-07",
        "2024-04-07",
        "2024-04-17",
    ]
    assert [(int(m.required), int(m.counted), int(m.late), m.open) for m in found.met] == [
        (1, 1, 0, False),
        (1, 0, 1, False),
        (1, 0, 0, False),
        (0, 0, 0, True),
    ]
    assert codes(found.findings) == []


@pytest.mark.parametrize(
    ("case", "submission", "code"),
    [
        (Case("1", "2024-03-01"), Submission("d", "2024-03-02", case="2"), "duty-event-unknown"),
        (Case("1", "2024-03-01"), Submission("d", "2024-02-29", case="1"), "duty-outside"),
        (Case("1", "2024-03-01"), Submission("d", "3月", case="1"), "duty-undated"),
        (Case("1", "2024-03-01"), Submission("d", "2024-08-02", case="1"), "duty-later"),
        (Case("1", "2024-02-30"), None, "duty-undated"),
        (Case("1", "2024-08-30"), None, "duty-later"),
        (Case("1", "2023-08-30"), None, "duty-outside"),
        (Case("", "2024-03-30"), None, "duty-event-unnamed"),
    ],
)
def test_events_that_do_not_match_are_told(
    case: Case, submission: Submission | None, code: str
) -> None:
    """An event or an answer that can't be used is a finding."""
    scope = Scope(YEAR, until=date(2024, 6, 30), work=WORK)
    made = [] if submission is None else [submission]
    found = fulfilment(duty(every="event", within=5), made, scope, [case])
    assert codes(found.findings) == [code]


def test_two_events_with_one_id() -> None:
    """Nobody can tell which of them was answered."""
    cases = [Case("1", "2024-03-01"), Case("1", "2024-03-05")]
    found = fulfilment(duty(every="event"), [], Scope(YEAR), cases)
    assert codes(found.findings) == ["duty-event-twice"]
    assert found.lacking == 2  # without a time of its own, by the end of the term


# ------------------------------------------------------------------------------- the record

KINDS = Agreement(
    "示例",
    measures=(
        Measure("count", "次数"),
        Measure("hours", "学时", unit="学时"),
        Measure("rate", "及时率", unit="%"),
        Measure("met", "完成", kind="flag"),
        Measure("breaches", "缺报迟报", kind="cases"),
        Measure("level", "等级", levels=("优", "差")),
    ),
)


def fed(measure: str, **fields: Any) -> Any:  # noqa: ANN401 - any value
    """Return what a monthly duty becomes of which March is late and February lacking."""
    scope = Scope(YEAR, until=date(2024, 4, 30), work=WORK)
    made = [*done("2024-01-30"), *done("2024-04-20", period="2024-03")]
    found = fulfilment(duty(every="month", within=5, measure=measure, **fields), made, scope)
    values, findings = values_of(KINDS, [found])
    return values[measure].value if values else findings


def test_the_kind_of_the_measure_says_what_a_duty_becomes() -> None:
    """A count, a rate as a pair, a flag, cases; nothing that it can't be."""
    assert fed("count") == 2
    assert fed("hours") == 2
    assert fed("rate") == Ratio(2, 3)
    assert fed("met") is False
    assert [(case.id, str(case.on)) for case in fed("breaches")] == [
        ("d/2024-02/lacking/1", "2024-03-05"),
        ("d/2024-03/late/1", "2024-04-07"),
    ]
    assert [case.id for case in fed("breaches", late_counts=False)] == [
        "d/2024-02/lacking/1",
        "d/2024-03/late/1",
    ]
    assert fed("level").codes == ("duty-measure-kind",)
    assert fed("unheard").codes == ("duty-measure-unknown",)


def test_a_duty_that_feeds_nothing_feeds_nothing() -> None:
    """It is looked at all the same."""
    found = fulfilment(duty(), done("2024-03-01"), Scope(YEAR))
    assert values_of(KINDS, [found])[0] == {}


def test_two_duties_of_one_measure_add_up() -> None:
    """And the source names both."""
    scope = Scope(YEAR, until=date(2024, 12, 31))
    two = [
        fulfilment(
            Obligation(code, measure="count", times=2), [Submission(code, "2024-03-01")], scope
        )
        for code in ("a", "b")
    ]
    values, _ = values_of(KINDS, two)
    assert values["count"].value == 2
    assert values["count"].evidence == "a: 1/2 to 2024-12-31; b: 1/2 to 2024-12-31"


def test_a_value_of_the_record_stands() -> None:
    """Nothing is overwritten, and a disagreement is told."""
    found = fulfilment(duty(times=4, measure="count"), done("2024-03-01"), Scope(YEAR))
    same = feed(Record("nanguan", {"count": "1"}), KINDS, [found])
    assert same.record.values["count"] == "1"
    assert same.findings.codes == ()
    other = feed(Record("nanguan", {"count": Statement(3, assessor="县")}), KINDS, [found])
    assert other.record.values["count"] == Statement(3, assessor="县")
    assert other.findings.codes == ("resolved-differs",)
    new = feed(Record("nanguan", {"count": None, "rate": "83%"}), KINDS, [found])
    assert new.record.values["count"] == Statement(
        1, on="2024-12-31", evidence="d: 1/4 to 2024-12-31"
    )
    assert new.record.values["rate"] == "83%"


def test_duties_of_an_agreement_and_strangers() -> None:
    """All duties in their order; what belongs to none of them is an error."""
    agreement = Agreement("示例", obligations=(duty(times=2), Obligation("e", every="event")))
    made = [*done("2024-05-01"), Submission("x", "2024-05-01")]
    events: dict[str, Sequence[Case]] = {"e": [Case("1", "2024-03-01")], "y": []}
    found, findings = fulfilments(agreement, made, Scope(YEAR), events)
    assert [each.obligation.code for each in found] == ["d", "e"]
    assert [each.lacking for each in found] == [1, 1]
    assert [f.message for f in findings if f.code == "duty-unknown"] == [
        "`x` is no duty of the agreement",
        "`y` is no duty of the agreement",
    ]


def test_dated_cases_are_submissions() -> None:
    """A list of visits as a record has it."""
    cases = (Case("1", "2024-03-01", {"of": "甲", "count": "2"}), Case("2", "2024-03-02"))
    one, other = submissions_of("d", cases)
    assert (one.of, one.count, one.case, other.count) == ("甲", 2, "1", 1)


def test_less_than_nothing_is_never_done() -> None:
    """A slip of the pen is told at once."""
    with pytest.raises(ValueError, match="less than nothing"):
        Submission("d", "2024-03-01", -1)


def test_the_table_says_it_all() -> None:
    """Period, due day, required, done, late, counted, lacking, state; in both languages."""
    scope = Scope(YEAR, until=date(2024, 2, 29))
    table = fulfilment(duty(every="month", title="例会"), done("2024-01-30"), scope).table()
    assert table.rows[0] == ("2024-01", "2024-01-31", "1", "1", "0", "1", "0", "完成")
    assert table.rows[1][-1] == "欠缺"
    assert table.rows[2][-1] == "未到期"
    assert table.title == "例会 · 2024-02-29 · 1/2"
    late = fulfilment(duty(by="01-31"), done("2024-02-05"), Scope(YEAR, work=WORK)).table("en")
    assert late.rows[0][-1] == "late"
    english = fulfilment(duty(every="month"), [], scope).table("en")
    assert english.rows[0][-1] == "lacking"


# ------------------------------------------------------------------------- the documents' own


def test_four_visits_a_unit_a_year() -> None:
    """E1: 3 units, 4 visits each; one unit has 3, one 5: one is lacking, and costs its points."""
    agreement = catalogue.get("supervision-coordination")
    visits = next(each for each in agreement.obligations if each.code == "visits")
    counts = {"甲校": 3, "乙店": 5, "丙诊所": 4}
    made = [
        Submission("visits", date(2024, month, 10), of=unit)
        for unit, count in counts.items()
        for month in range(1, count + 1)
    ]
    scope = Scope(YEAR, objects={"单位": list(counts)})
    found = fulfilment(visits, made, scope)
    assert (found.required, found.counted, found.lacking) == (12, 11, 1)
    half = fulfilment(visits, made, Scope(YEAR, until=date(2024, 6, 30), objects=scope.objects))
    assert (half.required, half.lacking) == (6, 0)


def test_the_deadlines_of_the_plans() -> None:
    """D1 and E2: by 28 March, by the end of February, half a year, by the end of November."""
    plan = [
        duty(title="方案", every="once", due="2024-03-28"),
        duty(title="计划", by="02-end"),
        duty(title="半年自查", every="half_year", within=0),
        duty(title="年度总结", by="11-end"),
        duty(title="月报", every="month", within=0),
    ]
    scope = Scope(YEAR, work=WORK)
    due = [[str(each.due) for each in occasions(each, scope)] for each in plan]
    assert due[:4] == [
        ["2024-03-28"],
        ["2024-02-29"],
        ["2024-07-01", "2024-12-31"],
        ["2024-12-02"],
    ]
    assert due[4][:3] == ["2024-01-31", "2024-02-29", "2024-04-01"]
    assert [int(required(each, scope)) for each in plan] == [1, 1, 2, 1, 12]


def test_study_every_week_costs_by_the_week() -> None:
    """A1: fed into a rule, two weeks without study cost two deductions."""
    study = Obligation("study", every="week", measure="weeks")
    rule = Deduction(Lacking("weeks", required=52), points="0.5")
    agreement = Agreement(
        "示例",
        measures=(Measure("weeks", "学习周数"),),
        parts=(Indicator("1", points=5, rules=(rule,)),),
        obligations=(study,),
    )
    days = [YEAR.first + timedelta(days=7 * week) for week in range(52) if week not in (5, 17)]
    found = fulfilment(study, [Submission("study", day) for day in days], Scope(YEAR))
    record = feed(Record("nanguan", {}), agreement, [found]).record
    assert score(agreement, record).total == 4


def test_a_late_report_is_a_case_that_costs() -> None:
    """E2: a monthly report that came late, and one that never came, 0.5 and 1 point."""
    report = Obligation("report", every="month", within=0, measure="breaches")
    late, never = (
        Deduction(Cases("breaches", where={"state": state}), points=points)
        for state, points in (("late", "0.5"), ("lacking", 1))
    )
    agreement = Agreement(
        "示例",
        measures=(Measure("breaches", "迟报缺报", kind="cases"),),
        parts=(Indicator("1", points=5, rules=(late, never)),),
        obligations=(report,),
    )
    made = [Submission("report", f"2024-{month:02}-25") for month in range(1, 11)]
    made.append(Submission("report", "2024-12-05", period="2024-11"))
    scope = Scope(YEAR, until=date(2025, 1, 31))
    record = feed(Record("nanguan", {}), agreement, [fulfilment(report, made, scope)]).record
    assert score(agreement, record).total == Fraction("3.5")


SUBMISSIONS = st.lists(
    st.builds(
        Submission,
        st.just("d"),
        st.dates(date(2023, 12, 1), date(2025, 2, 1)),
        st.integers(0, 3),
        of=st.sampled_from(["", "甲", "乙", "丁"]),
        period=st.sampled_from(["", "", "", "2024-05", "2024-Q2", "2024-03-01"]),
    ),
    max_size=20,
)


@given(
    PERIODIC,
    SUBMISSIONS,
    st.builds(date, st.just(2024), st.integers(1, 12), st.integers(1, 28)),
    st.sampled_from(["", "户"]),
    st.booleans(),
)
def test_the_numbers_of_a_duty_agree(
    obligation: Obligation,
    submissions: list[Submission],
    until: date,
    per: str,
    offsets: bool,  # noqa: FBT001 - drawn
) -> None:
    """Nothing negative; never more counts than is asked or done; one more done never lacks more."""
    fields = {"per": per, "offsets": offsets}
    whole = Obligation(
        "d",
        every=obligation.every,
        times=obligation.times,
        by=obligation.by,
        within=obligation.within,
        **fields,
    )
    scope = Scope(YEAR, until=until, objects={"户": ["甲", "乙"]}, work=WORK)
    found = fulfilment(whole, submissions, scope)
    for each in found.met:
        assert min(each.asked, each.required, each.done, each.late, each.counted) >= 0
        assert 0 <= each.lacking <= each.required <= each.asked
        assert each.late <= each.done
        assert each.counted <= each.done
    assert found.counted <= sum(each.asked for each in found.met)
    assert 0 <= found.lacking <= found.required
    more = fulfilment(whole, [*submissions, Submission("d", until, of="甲")], scope)
    assert more.lacking <= found.lacking
