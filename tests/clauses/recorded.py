"""Credits, records of faults, and numbers that score nothing.

学分 are points unless they are what has to be reached; a record of faults has its points in a
column without a name; a time of day, a size, the mark to pass and a formula's 100% are no targets.
Beside them what scans make of 一, = and ≥.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _levels(name: str, *levels: tuple[str, int]) -> Bands:
    """Earn by level."""
    return Bands(name, "earn", tuple(LevelBand((level,), points) for level, points in levels))


CASES: tuple[ClauseCase, ...] = (
    # --- credits ------------------------------------------------------------------------------
    ClauseCase(
        text="每4小时计1学分",
        pattern="credits",
        requirement="省级继续教育培训班",
        rules=(Bonus(StepsAbove("省级继续教育培训班", target=0, step=4), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="学员按2小时授予1学分，授课人每小时授予3学分",
        pattern="credits",
        rules=(
            Bonus(StepsAbove("学员", target=0, step=2), points=1),
            Bonus(StepsAbove("授课人", target=0, step=1), points=3),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每5小时计1学分，每次活动最多授8学分",
        pattern="credits",
        requirement="市级继续教育项目",
        rules=(Curve("市级继续教育项目", "earn", (Knot(0, 0), Knot(40, 8))),),
    ),
    ClauseCase(
        text="每个项目所授学分，最多不得超过20学分",
        pattern="credits",
        unread=True,
    ),
    ClauseCase(
        text="医务人员继续教育不少于25学分，每少1学分扣0.5分",
        pattern="credits",
        points=5,
        rules=(Deduction(Lacking("医务人员继续教育", required=25), points="0.5"),),
    ),
    ClauseCase(
        text="继续教育学分达标率95%，每低5%扣1分",
        pattern="credits",
        rules=(Deduction(StepsBelow("继续教育学分达标率", target=95, step=5), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="主编教材3学分/部，作者排序按20%递减",
        pattern="credits",
        rules=(Bonus(Cases("主编教材"), points=3),),
        assumed=True,
        unread=True,
    ),
    # --- records of faults --------------------------------------------------------------------
    ClauseCase(
        text="未按规定公示诊疗科目的 2",
        pattern="records",
        rules=(_once("未按规定公示诊疗科目", 2),),
        assumed=True,
    ),
    ClauseCase(
        text="1.使用过期药品的 6\n2.未经备案，在院外开展义诊的 3",
        pattern="records",
        rules=(_once("使用过期药品", 6), _once("未经备案，在院外开展义诊", 3)),
        assumed=True,
    ),
    ClauseCase(text="获得市级表彰的 3", pattern="records", unread=True),
    ClauseCase(
        text="不写病历的；泄露隐私的；未按规定开具处方等情形记3分。",
        pattern="cases before",
        rules=(_once("不写病历", 3), _once("泄露隐私", 3), _once("未按规定开具处方", 3)),
        assumed=True,
    ),
    ClauseCase(
        text="未建随访台账的；未公示收费的；未签健康协议的，扣2分",
        pattern="cases before",
        rules=(_once("未建随访台账", 2), _once("未公示收费", 2), _once("未签健康协议", 2)),
    ),
    ClauseCase(
        text="推诿病人；收受红包；泄露隐私等行为，每例扣5分",
        pattern="cases before",
        rules=(_each("推诿病人", 5), _each("收受红包", 5), _each("泄露隐私", 5)),
    ),
    ClauseCase(
        text="发生医疗纠纷的；受到投诉的；被媒体曝光的，分别扣1分、2分、3分",
        pattern="cases before",
        rules=(_once("发生医疗纠纷", 1), _once("受到投诉", 2), _once("被媒体曝光", 3)),
    ),
    ClauseCase(
        text="（一）早退的；（二）旷工半天的；（三）不服从安排的，每人次扣1分",
        pattern="cases before",
        rules=(_each("早退", 1), _each("旷工半天", 1), _each("不服从安排", 1)),
    ),
    ClauseCase(
        text="迟报一次扣1分，漏报一次扣2分，最多可累计扣5分",
        pattern="cap behind several",
        rules=(Group((_each("迟报", 1), _each("漏报", 2)), cap=5),),
    ),
    ClauseCase(
        text="1.伪造病历的；2.出借证件的，不得分",
        pattern="cases before",
        rules=(Forfeit(Flag("伪造病历")), Forfeit(Flag("出借证件"))),
    ),
    ClauseCase(
        text="未建随访台账的扣1分；未公示收费的；未签健康协议的，扣2分",
        pattern="cases before",
        rules=(_once("未建随访台账", 1), _once("未公示收费", 2), _once("未签健康协议", 2)),
    ),
    ClauseCase(
        text="发生医疗事故，负次要责任的，积2分；出租科室的，积4分",
        pattern="records",
        rules=(_once("发生医疗事故，负次要责任", 2), _once("出租科室", 4)),
        assumed=True,
    ),
    ClauseCase(
        text="未经批准，科室自行采购耗材的扣2分",
        pattern="flags",
        rules=(_once("未经批准，科室自行采购耗材", 2),),
    ),
    # --- levels -------------------------------------------------------------------------------
    ClauseCase(
        text="团结协作（10分）：优10分、良8分、合6分、差3分",
        pattern="levels",
        states=10,
        rules=(_levels("团结协作", ("优", 10), ("良", 8), ("合", 6), ("差", 3)),),
    ),
    ClauseCase(
        text="优得5分，良得4分，劣得0分",
        pattern="levels",
        rules=(_levels("等次", ("优", 5), ("良", 4), ("劣", 0)),),
    ),
    # --- what scans make of signs -------------------------------------------------------------
    ClauseCase(
        text="漏登—人扣0.5分",
        pattern="misprints",
        rules=(_each("漏登", "0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="过期药品发现一次扪3分",
        pattern="misprints",
        rules=(_each("过期药品", 3),),
        assumed=True,
    ),
    ClauseCase(
        text="理论测试成绩285分得3分",
        pattern="misprints",
        rules=(Bands("理论测试成绩", "earn", (Band(3, low=85),)),),
        assumed=True,
    ),
    ClauseCase(
        text="得分二随访完成数/应随访数×10分",
        pattern="misprints",
        rules=(Curve("随访完成数占应随访数的比例", "earn", (Knot(0, 0), Knot(100, 10))),),
        assumed=True,
    ),
    ClauseCase(
        text="处方书写不规范扣（1～3）分；无签名扣【1】分",
        pattern="brackets",
        rules=(Judgement("处方书写不规范", "lose", least=1, most=3), _once("无签名", 1)),
    ),
    ClauseCase(
        text="无签名扣0.5.无日期扣1",
        pattern="stops",
        rules=(_once("无签名", "0.5"), _once("无日期", 1)),
    ),
    ClauseCase(
        text="有积水；扣1分。有蛆虫；扣1分。",
        pattern="stops",
        points=4,
        rules=(_once("有积水", 1), _once("有蛆虫", 1)),
    ),
    # --- numbers that score nothing -----------------------------------------------------------
    ClauseCase(
        text="每降低1%扣1分，低于85%不得分",
        pattern="steps",
        requirement="术前术后诊断符合率：符合例数占手术例数的比例。计算公式：（符合例数/手术例数）×100%。目标值≥92%",
        rules=(
            Deduction(StepsBelow("术前术后诊断符合率", target=92, step=1), points=1),
            Forfeit(Compare("术前术后诊断符合率", "<", 85)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每低1个百分点扣0.5分",
        pattern="steps",
        requirement="建档率=建档人数/常住人数×100%，≥90%",
        rules=(Deduction(StepsBelow("建档率", target=90, step=1), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="夜间22:00后无人值守扣2分",
        pattern="flags",
        rules=(_once("夜间22:00后无人值守", 2),),
    ),
    ClauseCase(
        text="一个不符合项扣2分，合格分数线为60分",
        pattern="cases",
        rules=(_each("不符合项", 2),),
    ),
    ClauseCase(
        text="设统一门牌（规格为30cm×20cm、白底黑字），得1分",
        pattern="bands",
        rules=(_earned("设统一门牌（规格为30cm×20cm、白底黑字）", 1),),
    ),
    ClauseCase(
        text="收到锦旗者加3分/次（20元）",
        pattern="bonus",
        rules=(Bonus(Cases("收到锦旗"), points=3),),
    ),
    ClauseCase(
        text="药品品种300种以下（按通用名统计）得2分，300种及以上得4分",
        pattern="bands",
        rules=(Bands("药品品种", "earn", (Band(2, high=300), Band(4, low=300))),),
    ),
    ClauseCase(
        text="一次穿刺不成功扣2分",
        pattern="flags",
        rules=(_once("一次穿刺不成功", 2),),
    ),
    ClauseCase(
        text="少一把剪刀扣0.5分；未把关扣1分",
        pattern="cases",
        rules=(_each("剪刀缺少", "0.5"), _once("未把关", 1)),
    ),
    ClauseCase(
        text="发现一处漏水扣1分，1人未佩戴工牌扣1分，资料不全扣2分",
        pattern="cases",
        rules=(_each("漏水", 1), _each("未佩戴工牌", 1), _once("资料不全", 2)),
        assumed=True,
    ),
    # --- what needs no name -------------------------------------------------------------------
    ClauseCase(
        text="按时将补助发放到户，发现截留补助扣2分，并按规定处理",
        pattern="flags",
        rules=(_once("发现截留补助", 2),),
    ),
    ClauseCase(
        text="不定期抽查，发现一人脱岗扣2分，扣完",
        pattern="cases",
        points=10,
        rules=(_each("脱岗", 2),),
    ),
    ClauseCase(
        text="地面干净，无积水（2分）；无私拉电线（1分）",
        pattern="parts",
        parts=(
            Part(number="1", title="地面干净，无积水", points=2),
            Part(number="2", title="无私拉电线", points=1),
        ),
    ),
    # --- duties that are done too seldom, a proportion, an assessor's range -------------------
    ClauseCase(
        text="宣传栏每2个月更新1次，每少更新1次扣0.5分",
        pattern="lacking",
        points=3,
        rules=(Deduction(Lacking("宣传栏更新", required=6), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="按整洁程度打0-8分",
        pattern="judged",
        points=8,
        requirement="店堂整洁",
        rules=(Judgement("店堂整洁", "earn", least=0, most=8),),
    ),
    ClauseCase(
        text="有专职保洁员（与摊位之比为1:20），无保洁员扣2分",
        pattern="odds",
        points=5,
        rules=(_once("无保洁员", 2),),
    ),
    ClauseCase(
        text="急救车5:1配备司机，无司机扣2分",
        pattern="odds",
        points=5,
        rules=(_once("无司机", 2),),
        unread=True,
    ),
)
