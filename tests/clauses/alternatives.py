"""What the text lists with points each, and of which one counts; and points of parts and of lines.

Reworded from constructions of public tables that were first read as things that add up, as cases
without their target, or as a band and a line that were both paid.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Points
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Knot,
    LevelBand,
)
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank


def _levels(measure: str, *bands: tuple[str, int], effect: str = "earn") -> Bands:
    """Return points for levels."""
    return Bands(measure, effect, tuple(LevelBand((level,), points) for level, points in bands))


def _cases(*bands: tuple[str, int], effect: str = "earn") -> Bands:
    """Return points for facts, of which the first that holds counts."""
    made = tuple(CaseBand(Flag(fact), points) for fact, points in bands)
    return Bands(bands[0][0], effect, made)


def _line(measure: str, at: int, points: Points | int = FULL) -> Curve:
    """Return a line from nothing."""
    return Curve(measure, "earn", (Knot(0, 0), Knot(at, points)))


CASES = (
    # levels of one thing
    ClauseCase(
        text="国家级8分、省级5分、市级3分",
        pattern="alternatives",
        points=8,
        requirement="课题级别",
        rules=(_levels("课题级别", ("国家级", 8), ("省级", 5), ("市级", 3)),),
    ),
    ClauseCase(
        text="国家级5分、省级3分、市级2分",
        pattern="alternatives",
        points=10,
        parts=(
            Part("1", "国家级", points=5),
            Part("2", "省级", points=3),
            Part("3", "市级", points=2),
        ),
    ),
    ClauseCase(
        text="完全符合操作规程加5分。大部分符合操作规程加3分。小部分符合操作规程加1分。",
        pattern="alternatives",
        points=20,
        rules=(
            _cases(
                ("完全符合操作规程", 5),
                ("大部分符合操作规程", 3),
                ("小部分符合操作规程", 1),
                effect="add",
            ),
        ),
    ),
    ClauseCase(
        text="全部完成得5分，大部分完成得3分，未完成不得分",
        pattern="alternatives",
        rules=(_levels("等次", ("全部完成", 5), ("大部分完成", 3), ("未完成", 0)),),
    ),
    ClauseCase(
        text="完全符合要求得6分，大部分符合得4分，不符合不得分",
        pattern="alternatives",
        rules=(_levels("等次", ("完全符合", 6), ("大部分符合", 4), ("不符合", 0)),),
    ),
    ClauseCase(
        text="全面开展得5分，部分开展得3分，未开展不得分",
        pattern="alternatives",
        points=5,
        rules=(_levels("等次", ("全面开展", 5), ("部分开展", 3), ("未开展", 0)),),
    ),
    ClauseCase(
        text="全面落实4分，部分落实2分，未落实0分",
        pattern="alternatives",
        points=4,
        requirement="双向转诊",
        rules=(_levels("双向转诊", ("全面落实", 4), ("部分落实", 2), ("未落实", 0)),),
    ),
    ClauseCase(
        text="完全执行得满分，一项未执行扣0.5分",
        pattern="alternatives",
        points=4,
        rules=(Deduction(Cases("未执行"), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="资料完整得3分，不完整得1分，没有不得分",
        pattern="alternatives",
        rules=(_levels("资料", ("完整", 3), ("不完整", 1), ("没有", 0)),),
    ),
    ClauseCase(
        text="对口支援、下乡等工作优良得3分、合格得2分，不合格不得分",
        pattern="alternatives",
        rules=(_levels("对口支援、下乡等工作", ("优良", 3), ("合格", 2), ("不合格", 0)),),
    ),
    ClauseCase(
        text="5年以上6分，4年4分，3年2分",
        pattern="alternatives",
        requirement="工作年限",
        rules=(
            Bands(
                "工作年限",
                "earn",
                (
                    Band(6, low=5),
                    Band(4, low=4, high=4, high_in=True),
                    Band(2, low=3, high=3, high_in=True),
                ),
            ),
        ),
    ),
    # points of parts
    ClauseCase(
        text="每项1分",
        pattern="parts",
        points=3,
        requirement="1.有场地； 2.有设备； 3.有人员",
        parts=tuple(
            Part(str(number), fact, points=1, rules=(_cases((fact, 1)),))
            for number, fact in enumerate(("有场地", "有设备", "有人员"), 1)
        ),
    ),
    ClauseCase(
        text="有登记得2分；涵盖5个方面得10分；每少1个方面扣2分",
        pattern="parts",
        points=12,
        rules=(_cases(("有登记", 2)), _line("涵盖方面", 5, 10)),
    ),
    ClauseCase(
        text="（1）有反馈得2分（2）家属满意度≥85%得3分，每低5%扣1分；低于70%不得分",
        pattern="parts",
        points=5,
        parts=(
            Part("1", "有反馈", points=2, rules=(_cases(("有反馈", 2)),)),
            Part(
                "2",
                "家属满意度",
                points=3,
                rules=(
                    Deduction(StepsBelow("家属满意度", target=85, step=5), points=1),
                    Forfeit(Compare("家属满意度", "<", 70)),
                ),
            ),
        ),
    ),
    # steps from the requirement's own bound
    ClauseCase(
        text="每延长1天扣0.5分",
        pattern="required bound",
        requirement="术前等待日≤3天",
        rules=(Deduction(StepsAbove("术前等待日", target=3, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="报告未按时送达，每延长1天扣0.5分",
        pattern="required bound",
        rules=(Deduction(Cases("报告未按时送达，延长"), points="0.5"),),
    ),
    ClauseCase(
        text="每低1个百分点扣1分，每超2个百分点扣0.5分",
        pattern="required bound",
        requirement="80%≤床位使用率≤93%",
        rules=(
            Deduction(StepsBelow("床位使用率", target=80, step=1), points=1),
            Deduction(StepsAbove("床位使用率", target=93, step=2), points="0.5"),
        ),
    ),
    ClauseCase(
        text="未达标准扣2分",
        pattern="required bound",
        requirement="药占比≤30%",
        rules=(Deduction(Once(Compare("药占比", ">", 30)), points=2),),
    ),
    ClauseCase(
        text="各项指标每低1%扣1分",
        pattern="required bound",
        requirement="建档率90%以上；随访率达到80%以上；复诊率70%以上",
        rules=(
            Deduction(StepsBelow("建档率", target=90, step=1), points=1),
            Deduction(StepsBelow("随访率", target=80, step=1), points=1),
            Deduction(StepsBelow("复诊率", target=70, step=1), points=1),
        ),
    ),
    ClauseCase(
        text="每低1%扣1分",
        pattern="required bound",
        requirement="家属评价 1.回收份数齐全 2.好评率≥88%",
        rules=(Deduction(StepsBelow("好评率", target=88, step=1), points=1),),
    ),
    # lines
    ClauseCase(
        text="有专柜得10分。签约率30%，得20分；低于要求按比例得分。",
        pattern="lines",
        points=30,
        rules=(_cases(("有专柜", 10)), _line("签约率", 30, 20)),
    ),
    ClauseCase(
        text="随访率达标（随访率/90%*8计算得分）",
        pattern="lines",
        points=8,
        rules=(_line("随访率", 90, 8),),
    ),
    ClauseCase(
        text="得分=分值×随访率÷90%",
        pattern="lines",
        rules=(_line("随访率", 90),),
    ),
    ClauseCase(
        text="占比=单价为平均价以上的药品种数/同规格药品种数*100%，占比每高5%扣1分",
        pattern="lines",
        rules=(Deduction(StepsAbove("占比", target=Blank("占比"), step=5), points=1),),
        unread=True,
    ),
    # the lowest band
    ClauseCase(
        text="次均费用超标5%以下的扣1分，超标5%以上的扣3分",
        pattern="lowest band",
        rules=(
            Bands(
                "次均费用超标",
                "lose",
                (Band(1, low=0, low_in=False, high=5, high_in=True), Band(3, low=5)),
            ),
        ),
    ),
    # once, or each
    ClauseCase(
        text="登记不全、账物不符扣3分",
        pattern="once or each",
        rules=(Deduction(Once(AnyOf((Flag("登记不全"), Flag("账物不符")))), points=3),),
        assumed=True,
    ),
    ClauseCase(
        text="未开展室内质控与室间质评不得分",
        pattern="once or each",
        rules=(Forfeit(Flag("未开展室内质控与室间质评")),),
        assumed=True,
    ),
)
