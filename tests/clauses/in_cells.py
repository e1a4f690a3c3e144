"""Cells and forms: a fault and its points beside each other, boxes to tick, records of faults."""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.model.veto import ForceGrade, Veto
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Judgement,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow

FAULTS = "缺陷内容 | 扣分"
FOUND = "检查内容及问题 | 扣分"


def _cell(text: str, *rules: Rule, heading: str = FAULTS, points: str | None = None) -> ClauseCase:
    """Read a fault and the points beside it."""
    return ClauseCase(
        text=text, pattern="fault | points", heading=heading, points=points, rules=rules
    )


def _once(words: str, points: str) -> Deduction:
    """Lose these points where a fact holds."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: str) -> Deduction:
    """Lose these points for each case."""
    return Deduction(Cases(words), points=points)


def _graded(text: str, event: str, grade: str) -> ClauseCase:
    """Read a fault beside which a grade stands."""
    veto = Veto(event, event, when=Flag(event), effects=(ForceGrade(grade),))
    return ClauseCase(text=text, pattern="fault | grade", heading=FAULTS, vetoes=(veto,))


def _recorded(text: str, *rules: Rule) -> ClauseCase:
    """Read points that are recorded for faults: lost, an assumption."""
    return ClauseCase(text=text, pattern="recorded", rules=rules, assumed=True)


CELLS = [
    _cell("毛巾未一客一换，每条 | 1", _each("毛巾未一客一换", "1"), heading=FOUND),
    _cell("服务员无培训证（每人） | 2", _each("服务员无培训证", "2"), heading=FOUND),
    _cell("采样员无培训证(每例) | 2分", _each("采样员无培训证", "2"), heading="检查内容 | 扣分"),
    _cell("医嘱剂量写错 | -2", _once("医嘱剂量写错", "2"), heading="存在问题 | 扣分标准"),
    _cell("医嘱未注明时间 | -1分", _once("医嘱未注明时间", "1"), points="10"),
    _cell("解释不清 | -1~-2", Judgement("解释不清", "lose", least=1, most=2)),
    _cell(
        "未设医废暂存点或标识不清 | 2～5",
        Judgement("未设医废暂存点、标识不清", "lose", least=2, most=5),
        heading=FOUND,
    ),
    _cell("划改4处以上 | 5", Deduction(Once(Compare("划改", ">=", 4)), points=5)),
    _cell("抢救记录未在6小时内补记 | 3", _once("抢救记录未在6小时内补记", "3")),
    _cell(
        "健康证持有率低于100%，每低5% | 0.5",
        Deduction(StepsBelow("健康证持有率", target=100, step=5), points="0.5"),
        points="10",
    ),
    _cell("卧位不适│1", _once("卧位不适", "1")),
    _cell("卧位不适 ‖ 1", _once("卧位不适", "1")),
    _cell("步骤颠倒、移动过多各 | 1", _once("步骤颠倒", "1"), _once("移动过多", "1")),
    _cell("配合默契不足酌情扣1-3", Judgement("配合默契不足", "lose", least=1, most=3)),
    _cell(
        "获市级创新奖 | 3", Bonus(Once(Flag("获市级创新奖")), points=3), heading="加分内容 | 加分"
    ),
    ClauseCase(
        text="查对 | 5 | 未查对-5，查对不全-2",
        pattern="fault | points",
        heading="操作要求 | 分值 | 扣分标准",
        parts=(Part("1", "查对", points=5, rules=(_once("未查对", "5"), _once("查对不全", "2"))),),
    ),
]

GRADES = [
    _graded("无麻醉记录 | 丙级", "无麻醉记录", "丙级"),
    _graded("无会诊意见 | 乙级病历", "无会诊意见", "乙级"),
    _graded("缺死亡讨论 | 单否丙级", "缺死亡讨论", "丙级"),
    _graded("缺死亡记录，单项否决为丙级", "缺死亡记录", "丙级"),
]

BARE = [
    _recorded("输液卡未签名 -1", _once("输液卡未签名", "1")),
    _recorded("物品缺1件-0.5", _each("物品缺少", "0.5")),
    ClauseCase(
        text="手法生硬扣1—2，顺序颠倒扣0.5～1",
        pattern="bare range",
        rules=(
            Judgement("手法生硬", "lose", least=1, most=2),
            Judgement("顺序颠倒", "lose", least="0.5", most=1),
        ),
    ),
    ClauseCase(
        text="未问诊扣1/处，未记录扣0.5/次",
        pattern="bare range",
        rules=(_each("未问诊", "1"), _each("未记录", "0.5")),
    ),
]

BOXES = [
    ClauseCase(
        text="□100% 10分 □ 80%~99% 8分 √60%~79% □5分 □<60% 0分",
        pattern="boxes",
        points=10,
        requirement="2.1 Ⅱ类切口用药合理率",
        rules=(
            Bands(
                "Ⅱ类切口用药合理率",
                "earn",
                (
                    Band(10, low=100),
                    Band(8, low=80, high=100),
                    Band(5, low=60, high=80),
                    Band(0, high=60),
                ),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="☑优 6分 □良 4分 □差 0分",
        pattern="boxes",
        points=6,
        requirement="环境",
        rules=(
            Bands(
                "环境",
                "earn",
                (LevelBand(("优",), 6), LevelBand(("良",), 4), LevelBand(("差",), 0)),
            ),
        ),
    ),
]

RECORDS = [
    _recorded(
        "聘用无执业证人员开展诊疗的，每发现一人次记3分", _each("聘用无执业证人员开展诊疗", "3")
    ),
    _recorded(
        "重复收费、分解收费的，记1至3分", Judgement("重复收费、分解收费", "lose", least=1, most=3)
    ),
    _recorded(
        "未按规定佩证的，每次记0.5分；情节严重的，记1分",
        _each("未按规定佩证", "0.5"),
        _once("情节严重", "1"),
    ),
    ClauseCase(
        text="无偿献血的记3分",
        pattern="recorded",
        rules=(Bands("无偿献血", "earn", (CaseBand(Flag("无偿献血"), 3),)),),
    ),
]

OFTEN = [
    ClauseCase(
        text="三个月召开1次例会，缺一次扣0.5分",
        pattern="how often",
        rules=(Deduction(Lacking("例会", required=4), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="至少六个月一次，缺一次扣1分",
        pattern="how often",
        requirement="应急演练",
        rules=(Deduction(Lacking("应急演练", required=2), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="查20名学生，1人不合格扣1分",
        pattern="sample",
        points=10,
        rules=(_each("学生不合格", "1"),),
    ),
]

PRINT = [
    ClauseCase(
        text="年初有方案（3分）；定期开例会，有记录（2.分）。（共5分）",
        pattern="a point without digits",
        points=5,
        parts=(
            Part(
                "1",
                "年初有方案",
                points=3,
                rules=(Bands("年初有方案", "earn", (CaseBand(Flag("年初有方案"), 3),)),),
            ),
            Part(
                "2",
                "开例会，有记录",
                points=2,
                rules=(
                    Bands("定期开例会，有记录", "earn", (CaseBand(Flag("定期开例会，有记录"), 2),)),
                ),
            ),
        ),
        states=5,
    ),
    ClauseCase(
        text="泄露隐私的总分扣5分",
        pattern="off the total",
        points=4,
        rules=(Deduction(Once(Flag("泄露隐私")), points=5, reach="total"),),
    ),
]

CASES = (*CELLS, *GRADES, *BARE, *BOXES, *RECORDS, *OFTEN, *PRINT)
