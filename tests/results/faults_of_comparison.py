"""The smallest fault behind each finding of comparison, by its code."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator
from healthduty.model.veto import BarHonours, Veto
from healthduty.records.record import NOT_APPLICABLE, Plain, Record
from healthduty.results.cohort import resolve_references
from healthduty.results.grade_limits import GradeLimit, limit_grades
from healthduty.results.honours import Quota, award
from healthduty.results.over_time import beside
from healthduty.results.references import Reference
from healthduty.results.runs import compare_runs
from healthduty.results.standing import ByPopulation, stand
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet

RATE = Measure("rate", "接种率", unit="%")
COUNTY = Measure("county", "全县接种率", unit="%")
ACCIDENT = Measure("accident", "责任事故", kind="flag")
COUNTED = Agreement("示例", measures=(RATE, COUNTY))
SCORED = Agreement(
    "示例",
    measures=(ACCIDENT,),
    parts=(Indicator("1", points=100),),
    grades=GradeScale.of(优秀=90, 合格=None),
    vetoes=(Veto("accident", "发生责任事故", when=Flag(ACCIDENT), effects=BarHonours()),),
)


def cohort(*rates: Plain, **fields: Any) -> Iterable[Finding]:  # noqa: ANN401 - of a reference
    """Return what is found where one reference is worked out over facilities 甲, 乙, 丙."""
    records = [Record(key, {"rate": rate}) for key, rate in zip("甲乙丙", rates, strict=False)]
    return resolve_references(COUNTED, records, [Reference("county", of=RATE, **fields)]).findings


def twice() -> Iterable[Finding]:
    """Return what is found where a facility has two records."""
    records = [Record("甲", {"rate": "1/2"})] * 2
    return resolve_references(COUNTED, records, [Reference("county", of=RATE)]).findings


def sheet(key: str, points: object, accident: object = "否", **facts: Any) -> ScoreSheet:  # noqa: ANN401 - of a record
    """Score a facility by the points that an assessor gave it."""
    values: dict[str, Any] = {"1": points, "accident": accident}
    return score(SCORED, Record(key, values, **facts))


def years(after: Agreement) -> Iterable[Finding]:
    """Return what is found where this year's agreement is another."""
    return beside([sheet("甲", 90)], [score(after, Record("甲", {"1": 5, "2": 5}))]).findings


def unexplained() -> Iterable[Finding]:
    """Return what is found where a sheet has a total that its digests don't explain."""

    class Odd(ScoreSheet):
        """A sheet of another version of the library."""

        @property
        def total(self) -> Decimal:
            return Decimal(1)

    odd = copy.copy(honest := sheet("甲", 90))
    odd.__class__ = Odd
    return compare_runs([honest], [odd]).findings


TIED = [sheet("甲", 95), sheet("乙", 95)]
RANK = {"way": "rank", "direction": "higher"}
LONG = [f"1/{count}" for count in (10**39 + 7, 10**39 + 9)]
TWO = Agreement("示例", parts=(Indicator("1", points=100), Indicator("2", points=5)))

FAULTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "cohort-missing": lambda: cohort("1/2", None),
    "cohort-fault": lambda: cohort("1/2", "many"),
    "cohort-left-out": lambda: cohort("1/2", None, absentees="leave_out"),
    "cohort-not-applicable": lambda: cohort("1/2", NOT_APPLICABLE),
    "cohort-no-pair": lambda: cohort("1/2", "80%"),
    "cohort-no-weight": lambda: cohort("1/2", way="weighted_mean"),
    "cohort-no-group": lambda: cohort("1/2", among="same_kind"),
    "cohort-nobody": lambda: cohort("1/2", way="percentile_rank", direction="higher"),
    "cohort-tie": lambda: cohort("1/2", "1/2", **RANK),
    "cohort-rounded": lambda: cohort(*LONG, way="plain_mean"),
    "cohort-no-last-year": lambda: cohort("1/2", way="last_year"),
    "cohort-twice": twice,
    "standing-no-total": lambda: stand([sheet("甲", None)]).findings,
    "standing-no-group": lambda: stand([sheet("甲", 95)], among="same_kind").findings,
    "standing-open": lambda: stand(TIED, [ByPopulation("higher")]).findings,
    "honours-tied": lambda: award(stand(TIED), Quota("先进单位", count=1)).findings,
    "honours-open": lambda: (
        award(stand([sheet("甲", 95, None)]), Quota("先进单位", count=1)).findings
    ),
    "honours-nobody": lambda: award(stand(TIED), Quota("先进单位", share="30%")).findings,
    "grades-tied": lambda: limit_grades(stand(TIED), [GradeLimit("优秀", count=1)]).findings,
    "compare-item-new": lambda: years(TWO),
    "compare-item-gone": lambda: years(Agreement("示例", parts=TWO.parts[1:])),
    "compare-full-differs": lambda: years(Agreement("示例", parts=(Indicator("1", points=120),))),
    "compare-unexplained": unexplained,
}
"""By its code, what brings a finding about."""


def example(code: str) -> Finding:
    """Return the finding that the smallest fault with this code makes."""
    return next(finding for finding in FAULTS[code]() if finding.code == code)
