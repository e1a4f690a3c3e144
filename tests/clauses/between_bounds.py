"""A straight line between the bound that earns nothing and the one that earns all."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Band, Bands, Curve, Knot


def _line(
    text: str, asked: str = "手术占比", *, rising: bool = True, assumed: bool = False
) -> ClauseCase:
    knots = (Knot(30, 0), Knot(35, FULL)) if rising else (Knot(5, FULL), Knot(10, 0))
    rule = Curve("手术占比" if rising else "费用增幅", Effect.EARN, knots)
    return ClauseCase(
        text=text, pattern="between", points=10, requirement=asked, rules=(rule,), assumed=assumed
    )


CASES = (
    _line("≥35%得满分，≤30%不得分，中间按线性插值计分"),
    _line("35%以上得满分，30%以下不得分，30%-35%之间按直线内插法得分"),
    _line("达到35%得满分；介于30%和35%之间的按比例得分；低于30%不得分", assumed=True),
    _line("达到目标值得满分，低于30%不得分，两者之间按比例得分", "手术占比≥35%", assumed=True),
    _line(
        "不高于目标值得满分，高于10%不得分，其间按比例计分",
        "费用增幅≤5%",
        rising=False,
        assumed=True,
    ),
    ClauseCase(
        text="≥35%得10分，其间按比例得分",
        pattern="between",
        points=10,
        requirement="手术占比",
        rules=(Bands("手术占比", Effect.EARN, (Band(10, low=35),)),),
        unread=True,
    ),
)
