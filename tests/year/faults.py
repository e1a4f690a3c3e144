"""The smallest fault behind each finding of the year, the cascade and the roll-up, by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, cast

from healthduty.calendars import DaySpan, Weekdays, unknown_years
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.hierarchy import Child, HandDown, cascade
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party
from healthduty.records.record import MISSING, Case, Record, Statement
from healthduty.results.resolved import put_values
from healthduty.results.rollup import Scored, mean_of, roll_up
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.rules.threshold import Blank, Given
from healthduty.year.assessments import Assessment, combine
from healthduty.year.days_off import read_work_calendar
from healthduty.year.feeding import feed
from healthduty.year.merging import merge_records
from healthduty.year.money import Claim, share_pot
from healthduty.year.obligations import fulfilment, fulfilments
from healthduty.year.occasions import Scope
from healthduty.year.phases import Phase, check_phases
from healthduty.year.submissions import Submission

Found = Iterable[Finding]

YEAR = DaySpan(date(2024, 1, 1), date(2024, 12, 31))
JUNE = Scope(YEAR, until=date(2024, 6, 30))
BLOOD = Measure("blood", "献血", unit="袋")
RATE = Measure("rate", "满意率", unit="%")
COUNT = Measure("count", "例会")


def calendar(text: str) -> Found:
    """Return what is found in a user's calendar."""
    try:
        return read_work_calendar(text, name="假期.csv").findings
    except SourceError as error:
        return cast(Sequence[Finding], error.findings)


def duty(fields: dict[str, Any], *made: Submission, cases: Sequence[Case] = ()) -> Found:
    """Return what is found when a duty is looked at in June."""
    return fulfilment(Obligation("visits", "巡查", **fields), made, JUNE, cases).findings


def done(day: str, **fields: Any) -> Submission:  # noqa: ANN401 - any field
    """Return a visit."""
    return Submission("visits", day, **fields)


def fed(measure: str) -> Found:
    """Return what is found when a duty feeds this measure."""
    obligation = Obligation("visits", "巡查", measure=measure)
    level = Measure("level", "等级", levels=("优", "差"))
    agreement = Agreement("示例", measures=(level,), obligations=(obligation,))
    return feed(Record("a", {}), agreement, [fulfilment(obligation, (), JUNE)]).findings


def handed(target: HandDown, tally: Any, people: int | None = 100) -> Found:  # noqa: ANN401
    """Return what is found when a target goes down to two townships."""
    upper = Agreement(
        "县责任书",
        measures=(BLOOD, RATE, Measure("last", "上年")),
        parts=(Indicator("1", points=5, rules=Deduction(tally, points=1)),),
    )
    towns = [
        Child(Party("a", "甲镇"), population=900),
        Child(Party("b", "乙镇"), population=people),
    ]
    return cascade(upper, towns, [target]).findings


def rolled(measure: Measure, *values: Any) -> Found:  # noqa: ANN401 - any value
    """Return what is found when these values of townships go up."""
    towns = zip("甲乙", values, strict=True)
    return roll_up(measure, [Record(f"{n}镇", {measure.code: v}) for n, v in towns]).findings


def merged(code: str, one: Record, other: Record) -> Found:
    """Return what is found when two offices assess one unit, the first of them this measure."""
    rule = Deduction(StepsBelow(RATE, target=90, step=5), points=1)
    items = (Indicator("1", points=5, rules=rule, office="医政科"),) if code == "rate" else ()
    agreement = Agreement("示例", measures=(RATE, COUNT), parts=items)
    return merge_records(agreement, {"医政科": one, "公卫科": other}).findings


REQUIRED = Lacking(BLOOD, required=10)
HOLIDAYS = "\n".join(f"2027-02-{day:02}" for day in range(1, 8))
MONTHLY: dict[str, Any] = {"every": "month"}

FAULTS: dict[str, Callable[[], Found]] = {
    # working days
    "calendar-unknown": lambda: unknown_years(Weekdays(), [YEAR]),
    "calendar-day": lambda: calendar("日期\n2027-02-30\n"),
    "calendar-run": lambda: calendar("日期\n2027-02-11至2027-02-05\n"),
    "calendar-kind": lambda: calendar("日期,类型\n2027-02-05,半天\n"),
    "calendar-conflict": lambda: calendar("日期,类型\n2027-02-05,休\n2027-02-05,班\n"),
    "calendar-shape": lambda: calendar("假期,说明\n2027-01-01,元旦\n"),
    "calendar-empty": lambda: calendar("日期,类型\n2027-02-14,班\n"),
    "calendar-thin": lambda: calendar(f"日期\n2026-12-31\n{HOLIDAYS}\n"),
    # duties
    "duty-unknown": lambda: fulfilments(Agreement("示例"), [done("2024-03-01")], JUNE)[1],
    "duty-undated": lambda: duty({}, done("2024-02-30")),
    "duty-outside": lambda: duty({}, done("2023-12-31")),
    "duty-later": lambda: duty({}, done("2024-07-01")),
    "duty-deadline-unclear": lambda: duty({**MONTHLY, "by": "03-28"}),
    "duty-period-unknown": lambda: duty(MONTHLY, done("2024-04-02", period="三月")),
    "duty-period-unsaid": lambda: duty({**MONTHLY, "within": 5}, done("2024-04-02")),
    "duty-late-counted": lambda: duty({"by": "02-end"}, done("2024-03-04")),
    "duty-surplus": lambda: duty(MONTHLY, done("2024-03-01"), done("2024-03-08")),
    "duty-objects-missing": lambda: duty({"per": "户"}),
    "duty-objects-many": lambda: (
        fulfilment(
            Obligation("visits", "巡查", per="户"),
            [done("2024-03-01", of="甲"), done("2024-03-01", of="乙")],
            Scope(YEAR, objects={"户": 1}),
        ).findings
    ),
    "duty-object-unknown": lambda: (
        fulfilment(
            Obligation("visits", "巡查", per="户"),
            [done("2024-03-01", of="丁")],
            Scope(YEAR, objects={"户": ["甲", "乙"]}),
        ).findings
    ),
    "duty-object-unsaid": lambda: (
        fulfilment(
            Obligation("visits", "巡查", per="户"),
            [done("2024-03-01")],
            Scope(YEAR, objects={"户": 2}),
        ).findings
    ),
    "duty-event-unknown": lambda: duty({"every": "event"}, done("2024-03-01", case="7")),
    "duty-event-unnamed": lambda: duty({"every": "event"}, cases=[Case("", "2024-03-01")]),
    "duty-event-twice": lambda: duty({"every": "event"}, cases=[Case("7", "2024-03-01")] * 2),
    "duty-measure-unknown": lambda: fed("visits"),
    "duty-measure-kind": lambda: fed("level"),
    "resolved-differs": lambda: (
        put_values(
            Record("a", {"count": 3}),
            Agreement("示例", measures=(COUNT,)),
            {"count": Statement(2, evidence="visits: 2/4 to 2024-06-30")},
        ).findings
    ),
    # phases
    "phase-gap": lambda: check_phases([Phase("总结", last="2024-12-30")], YEAR),
    "phase-overlap": lambda: check_phases([Phase("全年"), Phase("总结", "2024-12-01")], YEAR),
    "phase-outside": lambda: check_phases([Phase("部署", "2023-12-01")], YEAR),
    "phase-undated": lambda: check_phases([Phase("部署", "2024-02-30")], YEAR),
    "phase-backwards": lambda: check_phases([Phase("部署", "2024-05-01", "2024-04-01")], YEAR),
    # assessments
    "assessment-none": lambda: combine([], "average").findings,
    "assessment-open": lambda: combine([Assessment("上半年", None)], "average").findings,
    "assessment-full-differs": lambda: (
        combine(
            [Assessment("上半年", 45, full=50), Assessment("年终", 95, full=100)], "average"
        ).findings
    ),
    "assessment-weight": lambda: combine([Assessment("年终", 95)], "weighted").findings,
    "assessment-weights-sum": lambda: (
        combine(
            [Assessment("平时", 90, weight=30), Assessment("年终", 95, weight=60)], "weighted"
        ).findings
    ),
    "assessment-undated": lambda: (
        combine([Assessment("年终", 90, on="2024-12-20"), Assessment("复评", 95)], "last").findings
    ),
    "assessment-same-day": lambda: (
        combine(
            [Assessment("年终", 90, on="2024-12-20"), Assessment("复评", 95, on="2024-12-20")],
            "last",
        ).findings
    ),
    "merge-conflict": lambda: merged("", Record("a", {"count": 3}), Record("a", {"count": 4})),
    "merge-overruled": lambda: merged(
        "rate", Record("a", {"rate": "83%"}), Record("a", {"rate": "95%"})
    ),
    "merge-unit-differs": lambda: merged(
        "", Record("a", {}, population=900), Record("a", {}, population=950)
    ),
    # money
    "money-claim-open": lambda: share_pot("经费", 100, [Claim("甲站", score=90)]).findings,
    "money-not-shared": lambda: (
        share_pot("经费", 100, [Claim("甲站", score=0, population=900)]).findings
    ),
    # handed down
    "cascade-unknown": lambda: handed(HandDown("beds"), REQUIRED),
    "cascade-not-shared": lambda: handed(HandDown(RATE), REQUIRED),
    "cascade-no-target": lambda: handed(HandDown("last"), REQUIRED),
    "cascade-total-missing": lambda: handed(
        HandDown("袋数"), Lacking(BLOOD, required=Blank("袋数"))
    ),
    "cascade-weight-missing": lambda: handed(HandDown(BLOOD, "population"), REQUIRED, None),
    "cascade-indivisible": lambda: handed(HandDown(BLOOD), Lacking(BLOOD, required="2.5")),
    "cascade-target-stays": lambda: handed(
        HandDown(BLOOD), StepsBelow(BLOOD, target=Given("last"), step=1, relative=True)
    ),
    "cascade-step-stays": lambda: handed(HandDown(BLOOD), StepsBelow(BLOOD, target=10, step=5)),
    "cascade-nothing-left": lambda: handed(HandDown(BLOOD), Lacking(BLOOD, required=1)),
    # rolled up
    "rollup-missing": lambda: rolled(BLOOD, 3, MISSING),
    "rollup-no-pair": lambda: rolled(RATE, "9/10", "83%"),
    "rollup-flag": lambda: rolled(Measure("system", "制度", kind="flag"), "是", "否"),
    "rollup-no-total": lambda: mean_of([Scored("甲镇", None)]).findings,
    "rollup-no-weight": lambda: mean_of([Scored("甲镇", 90)], "weighted").findings,
}
"""Each finds its code at least once; the first such finding is the example of the docs."""


def example(code: str) -> Finding:
    """Return the finding that shows a code."""
    return next(each for each in FAULTS[code]() if each.code == code)
