"""The smallest fault behind each finding of differences, reviews, corrections and persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.party import ResponsiblePerson
from healthduty.records.record import Record
from healthduty.results.differing import differ
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.scoring.score import score
from healthduty.year.corrections import Corrections
from healthduty.year.corrective import CorrectiveItem
from healthduty.year.objections import Decision, Objection, ReviewTerms
from healthduty.year.people import check_people
from healthduty.year.rectification import Check, rectify, rescore
from healthduty.year.review import Review

RATE, VISITS = Measure("rate", "满意率", unit="%"), Measure("visits", "巡查", unit="次")
BOTH = (
    Deduction(StepsBelow(RATE, target=90, step=5), points=1),
    Deduction(Lacking(VISITS, required=4), points=1),
)
AGREEMENT = Agreement(
    "示例站责任书", measures=(RATE, VISITS), parts=(Indicator("1", "满意", points=5, rules=BOTH),)
)
RECORD = Record("南关站", {"rate": "82%", "visits": 3})
SHEET = score(AGREEMENT, RECORD)
TERMS = ReviewTerms(told_on="2024-12-20", object_within=5, decide_within=10)
RAISED = Objection("rate", raised_on="2024-12-24", claimed="92%")
LATE = Objection("rate", raised_on="2025-01-03", claimed="92%")


def reviewed(objection: Objection, *decisions: Decision) -> Iterable[Finding]:
    """Return what is found about one objection and what was decided."""
    return Review(AGREEMENT, RECORD, TERMS, objections=[objection], decisions=decisions).findings


def other(number: str, **fields: Any) -> Iterable[Finding]:  # noqa: ANN401 - any field
    """Return what is found when the sheet is held against one of another agreement."""
    parts = (*AGREEMENT.parts, Indicator(number, "台账", points=5))
    agreement = attrs.evolve(AGREEMENT, title="2025年责任书", parts=parts)
    return differ(SHEET, score(agreement, attrs.evolve(RECORD, **fields))).findings


def persons(*held: ResponsiblePerson) -> Iterable[Finding]:
    """Return what is found about those who answer."""
    return check_people(attrs.evolve(AGREEMENT, year=2024, responsible=held))


LISTED = CorrectiveItem("通知没有盖章", responsible="办公室主任", deadline="2024-12-30")
FAULTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "difference-agreements": lambda: other("2"),
    "difference-item": lambda: other("2"),
    "difference-unit": lambda: other("2", period="2025"),
    "objection-unknown": lambda: reviewed(Objection("beds", number="1")),
    "objection-unclear": lambda: reviewed(Objection("1")),
    "objection-twice": lambda: (
        Review(AGREEMENT, RECORD, objections=[attrs.evolve(RAISED, number="1")] * 2).findings
    ),
    "objection-undated": lambda: reviewed(Objection("rate", raised_on="2024-12-32")),
    "objection-late": lambda: reviewed(LATE),
    "decision-unknown": lambda: reviewed(RAISED, Decision("2", "upheld")),
    "decision-measure": lambda: reviewed(RAISED, Decision("1", "upheld", measure="beds")),
    "decision-valueless": lambda: reviewed(RAISED, Decision("1", "partly")),
    "decision-idle": lambda: reviewed(LATE, Decision("1", "upheld")),
    "decision-early": lambda: reviewed(RAISED, Decision("1", "upheld", decided_on="2024-12-23")),
    "decision-late": lambda: reviewed(RAISED, Decision("1", "upheld", decided_on="2025-01-20")),
    "decision-again": lambda: reviewed(RAISED, *[Decision("1", "upheld")] * 2),
    "correction-unassigned": lambda: Corrections("", [CorrectiveItem("通知没有盖章")]).findings,
    "correction-undated": lambda: Corrections("", [attrs.evolve(LISTED, deadline="年底")]).findings,
    "correction-unverified": lambda: (
        rescore(
            SHEET,
            {"visits": 4},
            on="2024-12-30",
            by="考核组",
            corrections=rectify(SHEET, Check("2024-12-20")),
        ).findings
    ),
    "person-gap": lambda: persons(ResponsiblePerson("院长", until="2024-08-31")),
    "person-overlap": lambda: persons(
        ResponsiblePerson("院长", until="2024-08-31"), ResponsiblePerson("院长", since="2024-08-01")
    ),
}
"""Each finds its code at least once; the first such finding is the example of the docs."""


def example(code: str) -> Finding:
    """Return the finding that shows a code."""
    return next(each for each in FAULTS[code]() if each.code == code)
