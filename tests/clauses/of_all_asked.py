"""What stands for all that the requirement asks, and what an assessor fits to it.

1项1分 beside a list, 符合要求 beside more than a number, bounds that name nothing beside 或,
相应分值 without a number, shares written as 1/4, and times within which something is done.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto, ZeroTotal
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Forfeit, Judgement, LevelBand
from healthduty.rules.tally import Cases, Once, StepsAbove


def _fact(words: str, points: int) -> Bands:
    """Earn points by a fact."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _parts(points: int, *titles: str) -> tuple[Part, ...]:
    """Make a part of so many points of each fact."""
    return tuple(
        Part(str(number), title, points=points, rules=(_fact(title, points),))
        for number, title in enumerate(titles, 1)
    )


_EACH_ASKED = (
    ClauseCase(
        text="1项2分，做到得分，未做到不得分",
        pattern="each of a list",
        points=6,
        requirement="有专职人员；有年度计划；有工作总结",
        parts=_parts(2, "有专职人员", "有年度计划", "有工作总结"),
    ),
    ClauseCase(
        text="共2项，每项1分，完成得分",
        pattern="each of a list",
        points=2,
        requirement="有方案；有总结",
        parts=_parts(1, "有方案", "有总结"),
    ),
    ClauseCase(
        text="有方案、有总结各1分",
        pattern="each of a list",
        points=2,
        parts=_parts(1, "有方案", "有总结"),
    ),
    ClauseCase(
        text="符合要求得2分，不符合不得分",
        pattern="all that is asked",
        points=2,
        requirement="严格控制招录规模；护工数占床位数的比例不超过1/4",
        rules=(
            Bands(
                "严格控制招录规模，护工数占床位数的比例不超过1/4",
                "earn",
                (LevelBand(("符合",), 2), LevelBand(("不符合",), 0)),
            ),
        ),
    ),
)

_BOUNDS = (
    ClauseCase(
        text="≥90%得3分，≥70%得1分，＜70%，或未统计，不得分",
        pattern="a bound or a fact",
        points=3,
        requirement="设备在用率",
        rules=(
            Bands("设备在用率", "earn", (Band(3, low=90), Band(1, low=70))),
            Forfeit(AnyOf((Compare("设备在用率", "<", 70), Flag("未统计")))),
        ),
    ),
    ClauseCase(
        text="技能考核平均分≥90分得5分，≥60分得2分，＜60分不得分",
        pattern="bands over a score",
        points=5,
        rules=(
            Bands("技能考核平均分", "earn", (Band(5, low=90), Band(2, low=60), Band(0, high=60))),
        ),
        units=(("技能考核平均分", "分"),),
    ),
    ClauseCase(
        text="夜班护士数占在岗数的比例低于1/4的扣1分",
        pattern="a share as a fraction",
        rules=(Deduction(Once(Compare("夜班护士数占在岗数的比例", "<", 25)), points=1),),
    ),
    ClauseCase(
        text="床位数达到总床位数的2%~3%，得2分",
        pattern="a share of another",
        rules=(Bands("床位数占总床位数的比例", "earn", (Band(2, low=2, high=3, high_in=True),)),),
    ),
    ClauseCase(
        text="使用率≤75%，每大于10%扣2分",
        pattern="steps above",
        rules=(Deduction(StepsAbove("使用率", target=75, step=10), points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="病案归档时间为5个工作日，超期每份扣1分",
        pattern="a time within which",
        rules=(Deduction(Cases("超期"), points=1),),
        targets=(Target("病案归档时间", "<=", 5),),
    ),
)

_FITTED = (
    ClauseCase(
        text="台账不完整的扣相应分值",
        pattern="judged",
        points=5,
        rules=(Judgement("台账不完整", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="资料齐全给满分。资料缺失较多，根据缺失情况扣除相应的分数。",
        pattern="judged",
        points=5,
        rules=(Judgement("资料缺失较多", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="建立制度2分，开展培训3分，没做的扣相应分数",
        pattern="judged",
        points=5,
        parts=(
            Part("1", "建立制度", points=2, rules=(_fact("建立制度", 2),)),
            Part("2", "培训", points=3, rules=(_fact("开展培训", 3),)),
        ),
        unread=True,
    ),
    ClauseCase(
        text="有登记，但内容缺失，得1分；无登记，不得分",
        pattern="a fact and its but",
        points=3,
        rules=(_fact("有登记，但内容缺失", 1), Forfeit(Flag("无登记"))),
    ),
    ClauseCase(
        text="篡改病历的，当月质控考评记零分",
        pattern="veto",
        vetoes=(Veto("篡改病历", "篡改病历", when=Flag("篡改病历"), effects=(ZeroTotal(),)),),
    ),
    ClauseCase(
        text="以上2、4项违反1次扣2分",
        pattern="cases of items",
        rules=(Deduction(Cases("以上2、4项违反"), points=2),),
    ),
)

CASES = (*_EACH_ASKED, *_BOUNDS, *_FITTED)
