"""A bare number beside something of which less is better: the most, and not the least."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Band, Bands, Deduction, Rule
from healthduty.rules.tally import StepsAbove, StepsBelow


def _case(text: str, asked: str, *rules: Rule, assumed: bool = False) -> ClauseCase:
    return ClauseCase(
        text=text, pattern="unwanted", points=5, requirement=asked, rules=rules, assumed=assumed
    )


def _at_most(name: str, high: int) -> Bands:
    bands = (Band(FULL, high=high, high_in=True), Band(0, low=high, low_in=False))
    return Bands(name, Effect.EARN, bands)


def _at_least(name: str, low: int) -> Bands:
    return Bands(name, Effect.EARN, (Band(FULL, low=low), Band(0, high=low)))


_REACHED = "达到目标得满分，达不到不得分"

CASES = (
    *(
        _case(_REACHED, f"{name}{number}{unit}", _at_most(name, number))
        for name, number, unit in (
            ("药占比", 30, "%"),
            ("孕产妇死亡率", 18, "/10万"),
            ("次均费用增幅", 5, "%"),
            ("剖宫产率", 45, "%"),
            ("医疗投诉", 3, "起"),
            ("医疗投诉", 0, "起"),
        )
    ),
    *(
        _case(_REACHED, f"{name}{number}%", _at_least(name, number))
        for name, number in (("死亡病例报告率", 100), ("药占比下降率", 5), ("投诉处理率", 98))
    ),
    _case(
        "每差1个百分点扣0.5分",
        "药占比30%",
        Deduction(StepsAbove("药占比", target=30, step=1), points="0.5"),
        assumed=True,
    ),
    _case(
        "每差1个百分点扣0.5分",
        "签约率30%",
        Deduction(StepsBelow("签约率", target=30, step=1), points="0.5"),
        assumed=True,
    ),
    ClauseCase(
        text="药占比30%",
        pattern="unwanted",
        targets=(Target("药占比", "<=", 30),),
        assumed=True,
    ),
)
