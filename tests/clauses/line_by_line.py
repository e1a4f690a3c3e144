"""Numbered lines in both cells: each line of the scoring is about that of the same number."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Deduction, Forfeit
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow

RATES = "1.建档率≥90%\n2.使用率≥60%"


def _steps(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each percent below a target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


CASES = (
    ClauseCase(
        text="1.每低1%扣0.5分\n2.每低1%扣0.2分",
        pattern="steps | lines",
        points=10,
        requirement=RATES,
        rules=(_steps("建档率", 90, "0.5"), _steps("使用率", 60, "0.2")),
    ),
    ClauseCase(
        text="①每低1%扣0.5分；②低于40%不得分",
        pattern="steps and forfeit | lines",
        points=10,
        requirement="①建档率≥90%；②使用率≥60%",
        rules=(_steps("建档率", 90, "0.5"), Forfeit(Compare("使用率", "<", 40))),
    ),
    ClauseCase(
        text="1.无制度扣2分。2.抽查5份，一份不合格扣0.5分。3.未开展扣2分。",
        pattern="faults | lines",
        points=10,
        requirement="1.健全院感管理制度。2.消毒记录完整。3.开展院感培训。",
        rules=(
            Deduction(Once(Flag("无制度")), points=2),
            Deduction(Cases("消毒记录不合格"), points="0.5"),
            Deduction(Once(Flag("未开展院感培训")), points=2),
        ),
    ),
    ClauseCase(  # 未达标 of the second line is not about the first line's goal
        text="1.每少1次扣1分；2.未达标扣3分",
        pattern="missing and below | lines",
        points=10,
        requirement="1.每季度召开1次例会；2.合格率达到95%",
        rules=(
            Deduction(Lacking("例会", required=4), points=1),
            Deduction(Once(Compare("合格率", "<", 95)), points=3),
        ),
    ),
    ClauseCase(  # two lines beside three: nobody says which are meant
        text="1.每低1%扣0.5分；2.无台账扣2分",
        pattern="steps | lines that do not pair",
        points=10,
        requirement="1.建档率≥90%；2.健康教育规范；3.台账真实",
        rules=(
            _steps("建档率", 90, "0.5"),
            Deduction(Once(Flag("无台账")), points=2),
        ),
    ),
    ClauseCase(  # points behind a rule close its part: the next goal is the next rule's
        text="健康咨询活动不少于9次，每少一次扣0.5分（5分）；健康讲座不少于12次，每少一次扣0.5分（5分）",
        pattern="parts | points behind",
        points=10,
        parts=(
            Part(
                "1",
                "健康咨询活动",
                points=5,
                rules=(Deduction(Lacking("健康咨询活动", required=9), points="0.5"),),
            ),
            Part(
                "2",
                "健康讲座",
                points=5,
                rules=(Deduction(Lacking("健康讲座", required=12), points="0.5"),),
            ),
        ),
    ),
)
