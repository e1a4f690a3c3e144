"""One faulty agreement for each code of a check: the smallest that has this fault and no other.

The printed findings stand as examples in docs/en/findings.md, and a test compares them.
"""

from __future__ import annotations

from typing import Any

import attrs

from checks.making import LOSES, POOL, item, make
from healthduty.model.agreement import Agreement, Supersedes
from healthduty.model.excusal import MovedTo, Rescaled
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, ResponsiblePerson, Signature, Term
from healthduty.model.veto import (
    BarHonours,
    ForceGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level
from healthduty.rules.measure import Measure
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
)
from healthduty.rules.tally import Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, Given

SHORT = Deduction(StepsBelow("rate", target=90, step=5), points=1)
"""The commonest of rules: each 5 % below 90 %, a point; 18 points at most."""

COMPLAINTS = next(measure for measure in POOL if measure.code == "complaints")
RATE = next(measure for measure in POOL if measure.code == "rate")
HAPPENED = Flag("accident")
SCALE = GradeScale.of(优秀=90, 合格=60, 不合格=None)
HUNDRED = item(points=100)
POOL_OF_MONEY = FundingPolicy("aid", fixed=1000, tiers=(Tier(60, 1), Tier(None, "0.5")))


def _deep() -> Agreement:
    condition: Condition = HAPPENED
    for _ in range(2_500):
        condition = AllOf((AnyOf((condition, HAPPENED)), Compare("complaints", ">", 1)))
    veto = Veto("fraud", when=condition, effects=ZeroTotal())
    return attrs.evolve(make(item()), vetoes=(veto,))


def _vetoed(effect: VetoEffect, **fields: object) -> Agreement:
    veto = Veto("fraud", when=HAPPENED, effects=effect)
    return make(HUNDRED, vetoes=(veto,), **fields)


def _signed(day: str) -> dict[str, Any]:
    signature = Signature("station", signed_on=day)
    return {"parties": (Party("station"),), "signatures": (signature,)}


def _funded(*tiers: Tier, **fields: object) -> Agreement:
    policy = FundingPolicy("aid", fixed=1000, tiers=tiers)
    return make(HUNDRED, funding=(policy,), **fields)


COMPANIONS = {"grades-without-total": ["deductions-without-points"]}
"""Faults that can't stand alone, with what is found before them."""

FAULTS: dict[str, Agreement] = {
    # points
    "sum-section": make(
        Section("1", points=5, parts=(item(number="1.1", points=3), item(number="1.2", points=1)))
    ),
    "sum-indicator": make(
        Indicator(
            "1",
            points=5,
            parts=(Part("1.1", points=3, rules=LOSES), Part("1.2", points=3, rules=LOSES)),
        )
    ),
    "sum-total": make(item(number="1", points=60), item(number="2", points=35), points=100),
    "sum-bonus": make(
        item(LOSES, Bonus(Lacking("surveys", required=2), points=1, cap=2)), bonus_points=10
    ),
    "bonus-unbounded": make(
        item(LOSES, Bonus(StepsAbove("growth", target=10, step=1), points=1)), bonus_points=10
    ),
    "cap-above-points": make(item(attrs.evolve(SHORT, cap=8))),
    "cap-below-points": make(Section("1", points=5, cap=4, parts=(item(number="1.1"),))),
    "floor-above-points": make(item(floor=6)),
    "earnings-short": make(
        item(
            Bands("rate", "earn", (Band(4, low=90), Band(2, low=80, high=90)), otherwise=0),
        )
    ),
    "deductions-short": make(item(Deduction(Lacking("surveys", required=2), points="0.5"))),
    "points-missing": make(
        Section("1", points=5, parts=(item(LOSES, number="1.1", points=5),)),
        Indicator("2", rules=Bands("rate", "earn", (Band(5, low=90),), otherwise=0)),
    ),
    "points-zero": make(item(LOSES, Deduction(Once(HAPPENED), points=0))),
    "points-judged": make(Indicator("1", points=15)),
    "deductions-without-points": make(item(points=None)),
    "agreement-without-scores": make(Indicator("1", "门卫职责")),
    # rules
    "rule-never": make(item(LOSES, Deduction(StepsAbove("rate", target=100, step=1), points=1))),
    "rule-always": make(item(LOSES, Deduction(Once(Compare("rate", ">=", 0)), points=1))),
    "share-of-nothing": make(
        item(LOSES, Deduction(StepsBelow("growth", target=0, step=5, relative=True), points=1))
    ),
    "group-single": make(item(Group((LOSES,), pick="worst"))),
    "curve-not-monotone": make(
        item(Curve("rate", "earn", (Knot(60, 0), Knot(85, 5), Knot(100, 3))))
    ),
    "judgement-bounds": make(item(Judgement("order", "lose", least=3, most=2), LOSES)),
    "judgement-twice": make(
        item(Judgement("order", "lose"), number="1"), item(Judgement("order", "lose"), number="2")
    ),
    "judgement-clash": make(
        item(Judgement("visits", "lose"), Deduction(Lacking("visits", required=4), points=1))
    ),
    "reach-nowhere": make(item(attrs.evolve(LOSES, reach="section"), LOSES)),
    "forfeit-of-total": make(item(), rules=(Forfeit(HAPPENED),)),
    "evidence-nothing": make(
        Indicator("1", points=5, rules=Judgement("order", "lose"), evidence_required=True)
    ),
    # bands
    "band-gap": make(item(Bands("rate", "earn", (Band(5, low=90), Band(3, low=80, high=85))))),
    "band-silent": make(item(Bands("quality", "earn", (LevelBand("优", 5), LevelBand("良", 3))))),
    "band-overlap": make(item(Bands("rate", "earn", (Band(5, low=90), Band(3, low=80, high=95))))),
    "band-unreachable": make(
        item(Bands("rate", "earn", (Band(5, low=90), Band(3, low=80), Band(4, low=95))))
    ),
    # measures and targets
    "measure-duplicate": make(item(), measures=(COMPLAINTS, COMPLAINTS)),
    "measure-name-twice": make(
        item(),
        item(SHORT, number="2", points=18),
        measures=(attrs.evolve(COMPLAINTS, name="满意率"), RATE),
    ),
    "measure-unknown": make(item(LOSES, SHORT), measures=(COMPLAINTS,)),
    "measure-unused": make(item(), measures=(COMPLAINTS, RATE)),
    "measure-kind": make(
        item(LOSES, Deduction(StepsBelow("accident", target=1, step=1), points=1))
    ),
    "level-duplicate": make(
        item(Deduction(Once(Level("class", "差")), points=5)),
        measures=(Measure("class", "等次", levels=("优", "优", "差")),),
    ),
    "level-not-of-measure": make(item(LOSES, Forfeit(Level("quality", "中")))),
    "blank-open": make(
        item(LOSES, Deduction(StepsBelow("rate", target=Blank("满意率目标"), step=5), points=1))
    ),
    "scale-odd": make(
        item(LOSES, Deduction(StepsBelow("rate", target="0.9", step="0.05"), points=1))
    ),
    "unit-differs": make(
        item(LOSES, Deduction(StepsAbove("deaths", target=Given("last_year"), step=1), points=1))
    ),
    "target-without-rule": make(item(targets=Target("rate", ">=", 90))),
    "rule-without-target": make(
        item(
            SHORT,
            Deduction(Lacking("surveys", required=2), points=1),
            points=20,
            targets=Target("rate", ">=", 90),
        )
    ),
    "target-disagrees": make(item(SHORT, points=18, targets=Target("rate", ">=", 95))),
    "target-unreachable": make(item(Deduction(StepsBelow("rate", target=110, step=5), points=1))),
    # numbers, dates, parties
    "number-missing": make(item(number="")),
    "number-twice": make(item(number="3"), item(number="3")),
    "number-gap": make(item(number="八"), item(number="十")),
    "date-impossible": make(
        item(),
        parties=(Party("station"),),
        signatures=(Signature("station", signed_on="2014-02-30"),),
    ),
    "dates-reversed": make(item(), term=Term("2024-12-31", "2024-01-01")),
    "signed-after-term": make(
        item(), term=Term("2024-01-01", "2024-12-31"), **_signed("2025-02-01")
    ),
    "year-signature": make(
        item(),
        year=2024,
        parties=(Party("station"),),
        signatures=(Signature("station", signed_on="2023-03-01"),),
    ),
    "year-term": make(item(), year=2024, term=Term("2023-01-01", "2023-12-31")),
    "supersedes-itself": make(item(), year=2024, supersedes=Supersedes("示例目标责任书", 2024)),
    "supersedes-later": make(item(), year=2024, supersedes=Supersedes("示例目标责任书", 2025)),
    "party-unknown": make(item(), signatures=(Signature("station"),)),
    "party-duplicate": make(item(), parties=(Party("station"), Party("station"))),
    "party-loop": make(item(), parties=(Party("a", parent="b"), Party("b", parent="a"))),
    "item-unknown": make(item(), responsible=(ResponsiblePerson("院长", items=("7",)),)),
    "obligation-duplicate": make(item(), obligations=(Obligation("plan"), Obligation("plan"))),
    "obligation-impossible": make(item(), obligations=(Obligation("plan", times=0),)),
    # outcomes
    "veto-without-effect": _vetoed(BarHonours()),
    "veto-duplicate": make(
        HUNDRED,
        vetoes=(
            Veto("fraud", when=HAPPENED, effects=ZeroTotal()),
            Veto("fraud", when=Flag("complaints"), effects=ZeroTotal()),
        ),
    ),
    "grade-unknown": _vetoed(ForceGrade("差"), grades=SCALE),
    "grade-duplicate": make(HUNDRED, grades=GradeScale((Grade("合格", 60), Grade("合格")))),
    "grades-order": make(HUNDRED, grades=GradeScale.of(合格=60, 优秀=90, 不合格=None)),
    "grades-hole": make(HUNDRED, grades=GradeScale.of(优秀=90, 合格=60)),
    "grade-unreachable": make(item(points=80), grades=SCALE),
    "grades-without-total": make(item(points=None), grades=SCALE),
    "consequence-unknown": _vetoed(
        BarHonours("model-unit"), consequences=(Consequence("honour", "评先评优", code="honours"),)
    ),
    "section-unknown": _vetoed(ZeroSection("9")),
    "pool-unknown": _vetoed(WithholdMoney(pool="bonus"), funding=(POOL_OF_MONEY,)),
    "pool-duplicate": make(HUNDRED, funding=(POOL_OF_MONEY, POOL_OF_MONEY)),
    "pool-empty": make(HUNDRED, funding=(attrs.evolve(POOL_OF_MONEY, fixed=0),)),
    "tiers-order": _funded(Tier(60, "0.7"), Tier(80, "0.7"), Tier(None, "0.5")),
    "tiers-hole": _funded(Tier(80, 1), Tier(60, "0.7")),
    "tiers-disagree": _funded(Tier(85, 1), Tier(None, "0.5"), grades=SCALE),
    "tier-unreachable": _funded(Tier(120, 1), Tier(None, "0.5")),
    "share-out-of-range": _funded(Tier(60, 70), Tier(None, "0.5")),
    "override-idle": make(
        HUNDRED, funding=(attrs.evolve(POOL_OF_MONEY, overrides=(Override(HAPPENED, "0.7"),)),)
    ),
    "excusal-target": make(item(excused=MovedTo("7"))),
    "excusal-nowhere": make(item(excused=Rescaled("section"))),
    # readings
    "assumption": make(item(assumption=Assumption("the points are ours: the source prints none"))),
    "nesting-depth": _deep(),
}
