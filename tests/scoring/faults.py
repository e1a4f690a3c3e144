"""For each code that only a score sheet has: the smallest agreement and record that show it.

The printed findings stand as examples in docs/en/findings.md, and a test compares them.
"""

from __future__ import annotations

from typing import Any

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Consequence, GradeScale
from healthduty.model.veto import BarHonours, Veto
from healthduty.records.record import NOT_APPLICABLE, Case, Record
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Deduction, Forfeit, Judgement
from healthduty.rules.tally import ByAttribute, Cases, StepsBelow
from healthduty.rules.threshold import ByKind
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from scoring.making import ACCIDENT, BREACHES, COMPLAINTS, EACH, NO_LEDGER, RATE, SHORT, item, make

BY_DEGREE = Deduction(Cases(COMPLAINTS, by=ByAttribute("程度", {"重": 2, "轻": "0.5"})), points=1)
BY_KIND = Deduction(StepsBelow(RATE, target=ByKind({"中心": 90, "站": 80}), step=5), points=1)
BREACH = Deduction(Cases(BREACHES), points=2)
AID = FundingPolicy("aid", per_head="1.25", tiers=(Tier(None, 1),))
PAID = make(SHORT, funding=(AID,))
GRADED = make(SHORT, grades=GradeScale.of(优秀=9, 合格=6, 不合格=None))
AWARD = Consequence("honour", "先进单位", code="award")
ACCIDENTS = Veto("accident", when=Flag(ACCIDENT), effects=BarHonours())
BARRED = make(SHORT, consequences=(AWARD,), vetoes=(ACCIDENTS,))
AS_PEERS = make(SHORT, excused=PeersMean("peers"))
ONCE = make(item(EACH, number="1"), item(BREACH, number="2"), charge_once=True)
BOTH = {"complaints": (Case("a"), Case("b")), "breaches": (Case("b"),)}

SCORED: dict[str, tuple[Agreement, dict[str, Any], dict[str, Any]]] = {
    "value-missing": (make(SHORT), {}, {}),
    "value-unknown": (make(SHORT), {"rate": 90, "满意": 90}, {}),
    "blank-assumed": (make(EACH), {}, {}),
    "rate-scale": (make(SHORT), {"rate": "0.85"}, {}),
    "kind-unknown": (make(BY_KIND), {"rate": 85}, {"kind": "村卫生室"}),
    "judgement-outside": (make(Judgement("整洁", "lose", least="0.5", most=2)), {"整洁": 3}, {}),
    "case-attribute": (make(BY_DEGREE), {"complaints": (Case("7", None, {"程度": "中"}),)}, {}),
    "case-list-needed": (make(BY_DEGREE), {"complaints": 2}, {}),
    "case-charged-once": (ONCE, BOTH, {}),
    "rule-misplaced": (make(SHORT, rules=Forfeit(NO_LEDGER)), {"rate": 90}, {}),
    "grade-boundary": (GRADED, {"rate": 80}, {}),
    "honour-open": (BARRED, {"rate": 90}, {}),
    "money-open": (PAID, {}, {"population": 1000}),
    "peers-mean-outside": (AS_PEERS, {"rate": NOT_APPLICABLE, "peers": 12}, {}),
    "period-unknown": (make(SHORT), {"rate": 90}, {"period": "秋季"}),
    "population-missing": (PAID, {"rate": 90}, {}),
    "population-unreadable": (PAID, {"rate": 90}, {"population": "三万"}),
}


def sheet_of(code: str) -> ScoreSheet:
    """Return the sheet that shows a code."""
    agreement, values, about = SCORED[code]
    return score(attrs.evolve(agreement), Record("nanguan", values, **about))
