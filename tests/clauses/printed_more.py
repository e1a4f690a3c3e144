"""Constructions met in 148 clauses of public scoring tables that nobody had read, each reworded.

A comma that stands for 、, steps and cases before a comma, bounds that are failed, what is counted
twice at once, the words that points begin with (基准分, 计满), and facts with a number inside.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Judgement,
    Knot,
    Rule,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _any(*words: str, points: int | str) -> Deduction:
    """Lose these points once where any of the facts holds."""
    return Deduction(Once(AnyOf(tuple(map(Flag, words)))), points=points)


def _each(words: str, points: int | str, step: int = 1) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words, step=step), points=points)


def _bonus(words: str, points: int | str, cap: int | None = None) -> Bonus:
    """Gain these points for each case."""
    return Bonus(Cases(words), points=points, cap=cap)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _blank_below(measure: str, step: int, points: int | str) -> Deduction:
    """Lose these points for each step below a target that nobody named."""
    return Deduction(StepsBelow(measure, target=Blank(measure), step=step), points=points)


CASES: tuple[ClauseCase, ...] = (
    # --- steps before a comma --------------------------------------------------------------
    ClauseCase(
        text="随访率每下降2个百分点，扣0.5分",
        pattern="steps",
        rules=(_blank_below("随访率", 2, "0.5"),),
        unread=True,
    ),
    ClauseCase(
        text="随访率不低于80%，随访率每下降2个百分点，扣0.5分",
        pattern="steps",
        rules=(Deduction(StepsBelow("随访率", target=80, step=2), points="0.5"),),
        assumed=True,
    ),
    ClauseCase(
        text="村级例会少于4次的每少一次扣1分",
        pattern="lacking",
        rules=(Deduction(Lacking("村级例会", required=4), points=1),),
        units=(("村级例会", "次"),),
    ),
    ClauseCase(
        text="筛查率达到20%不扣分，每降低2%扣1分",
        pattern="steps",
        rules=(Deduction(StepsBelow("筛查率", target=20, step=2), points=1),),
        assumed=True,
    ),
    # --- a comma that stands for 、 --------------------------------------------------------
    ClauseCase(
        text="未对冷藏车进行验证，校准扣3分",
        pattern="facts",
        rules=(_once("未对冷藏车进行验证，校准", 3),),
    ),
    ClauseCase(
        text="迟交，漏交，错交月报扣2分",
        pattern="facts",
        rules=(_any("迟交", "漏交", "错交月报", points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="未设置候诊区，未张贴流程图，每项扣1分",
        pattern="cases",
        rules=(_each("未设置候诊区，未张贴流程图", 1),),
        units=(("未设置候诊区，未张贴流程图", "项"),),
    ),
    ClauseCase(
        text="标识不清，通道被占用，灭火器过期未更换的，扣2分",
        pattern="facts",
        rules=(_any("标识不清", "通道被占用", "灭火器过期未更换", points=2),),
        assumed=True,
    ),
    ClauseCase(
        text="未以医院或医务科名义下发通知扣1分",
        pattern="facts",
        rules=(_once("未以医院或医务科名义下发通知", 1),),
    ),
    ClauseCase(
        text="无排班表或无交接本各减0.5分",
        pattern="facts",
        rules=(_once("无排班表", "0.5"), _once("无交接本", "0.5")),
    ),
    ClauseCase(
        text="未上线、使用率低于全市平均的，各扣2分",
        pattern="facts",
        rules=(_once("未上线", 2), _once("使用率低于全市平均", 2)),
    ),
    # --- what is counted stands before the comma -------------------------------------------
    ClauseCase(
        text="药师拒不调剂，患者投诉到医保局并被核实的，每出现1次扣1分",
        pattern="cases",
        rules=(_each("药师拒不调剂，患者投诉到医保局并被核实", 1),),
        units=(("药师拒不调剂，患者投诉到医保局并被核实", "次"),),
    ),
    ClauseCase(
        text="未按时消杀，每个病区扣2分",
        pattern="cases",
        rules=(_each("未按时消杀的病区", 2),),
        units=(("未按时消杀的病区", "个"),),
    ),
    ClauseCase(
        text="有收费投诉，情况属实每次扣2分",
        pattern="cases",
        rules=(_each("有收费投诉", 2),),
        units=(("有收费投诉", "次"),),
    ),
    ClauseCase(
        text="设备保持清洁，定期保养，未达到要求的每台扣1分",
        pattern="cases",
        rules=(_each("设备保持清洁，定期保养，未达到要求", 1),),
        units=(("设备保持清洁，定期保养，未达到要求", "台"),),
    ),
    ClauseCase(
        text="方案报送及时的记10分，每推迟1天报送的扣2分",
        pattern="cases",
        states=10,
        rules=(_each("推迟报送", 2),),
        units=(("推迟报送", "天"),),
    ),
    ClauseCase(
        text="上岗证持证，每缺1人扣0.5分",
        pattern="lacking",
        rules=(_each("上岗证持证缺少", "0.5"),),
        units=(("上岗证持证缺少", "人"),),
    ),
    ClauseCase(
        text="推广适宜技术，每推广一项加1分，最高不超过3分",
        pattern="bonus",
        rules=(_bonus("推广适宜技术", 1, 3),),
        units=(("推广适宜技术", "项"),),
    ),
    ClauseCase(
        text="违规案件查结后落实警示教育的，每案加1分",
        pattern="bonus",
        rules=(_bonus("违规案件查结后落实警示教育", 1),),
        units=(("违规案件查结后落实警示教育", "案"),),
    ),
    # --- two ways of counting at once ------------------------------------------------------
    ClauseCase(
        text="未公开账目的，每站每发现一次扣1分",
        pattern="cases",
        rules=(Deduction(Cases("未公开账目"), points=1),),
        units=(("未公开账目", "站次"),),
    ),
    ClauseCase(
        text="烧伤1人扣5分/次；烧伤3人及以上扣10分/次",
        pattern="cases",
        unread=True,
    ),
    ClauseCase(
        text="获评县级、市级、省级示范点的分别加2-4分",
        pattern="judged",
        unread=True,
    ),
    ClauseCase(
        text="其余一处不合格扣0.5-1分",
        pattern="judged",
        rules=(Judgement("其余不合格", "lose"),),
        assumed=True,
    ),
    ClauseCase(
        text="资料未归档的扣1分/卷宗",
        pattern="cases",
        rules=(_each("资料未归档", 1),),
        units=(("资料未归档", "卷宗"),),
    ),
    # --- bounds that are failed ------------------------------------------------------------
    ClauseCase(
        text="超时率超过3%、接通率低于90%，回访率分别低于70%、50%的，每项扣2分",
        pattern="bounds",
        rules=(_each("回访率分别低于70%、50%", 2),),
        unread=True,
    ),
    ClauseCase(
        text="未对评分≥20分的老人进行上门评估扣1分",
        pattern="facts",
        rules=(_once("未对评分≥20分的老人进行上门评估", 1),),
    ),
    ClauseCase(
        text="A类投入20万元以上的奖2分，B类设备采购额30万元以上的奖3分，60万元以上的奖5分",
        pattern="bands",
        rules=(
            Bonus(Once(Compare("A类投入", ">=", 20)), points=2),
            Bands("B类设备采购额", "add", (Band(5, low=60), Band(3, low=30))),
        ),
    ),
    ClauseCase(
        text="住院率低于8%或者发生骗保扣2分",
        pattern="either",
        rules=(Deduction(Once(AnyOf((Compare("住院率", "<", 8), Flag("发生骗保")))), points=2),),
    ),
    ClauseCase(
        text="测评排名1-3名的依次赋予6分、5分、4分",
        pattern="ranks",
        rules=(
            Bands(
                "测评排名",
                "earn",
                tuple(Band(7 - at, low=at, high=at, high_in=True) for at in (1, 2, 3)),
            ),
        ),
    ),
    ClauseCase(
        text="第1名得8分，第2-4名按第1名的比例得分",
        pattern="ranks",
        rules=(Bands("排名", "earn", (Band(8, low=1, high=1, high_in=True),)),),
        unread=True,
    ),
    # --- how points are written ------------------------------------------------------------
    ClauseCase(
        text="每组织1场义诊计1分，计满3分为止",
        pattern="earned",
        rules=(Curve("义诊", "earn", (Knot(0, 0), Knot(3, 3))),),
        units=(("义诊", "场"),),
    ),
    ClauseCase(
        text="结案率达95%的得基准分6分，每下降1个百分点扣1分",
        pattern="steps",
        states=6,
        rules=(Deduction(StepsBelow("结案率", target=95, step=1), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="无故缺席培训的，该项目3分全部扣除",
        pattern="forfeit",
        rules=(Forfeit(Flag("无故缺席培训")),),
    ),
    ClauseCase(
        text="获市级、县级示范称号分别加2分和1分",
        pattern="bonus",
        rules=(
            Bonus(Once(Flag("获市级示范称号")), points=2),
            Bonus(Once(Flag("获县级示范称号")), points=1),
        ),
    ),
    ClauseCase(
        text="得分=按时报告率×4分",
        pattern="formula",
        rules=(Curve("按时报告率", "earn", (Knot(0, 0), Knot(100, 4))),),
    ),
    ClauseCase(
        text="床护比以100%为标准。达标率≤100%，计4分；每超过一个百分点扣0.5分",
        pattern="steps",
        states=4,
        assumed=True,
        rules=(Deduction(StepsAbove("达标率", target=100, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="差错每例扣1分（以每季度为一个周期）",
        pattern="cases",
        rules=(_each("差错", 1),),
        units=(("差错", "例"),),
    ),
    ClauseCase(
        text="每季度举办一次沙龙（有签到，有照片）得2分",
        pattern="bands",
        rules=(_earned("每季度举办一次沙龙（有签到，有照片）", 2),),
    ),
    ClauseCase(
        text="迟到1次扣1分，旷工1次扣3分，累计扣分。",
        pattern="cases",
        rules=(_each("迟到", 1), _each("旷工", 3)),
    ),
    ClauseCase(
        text="教师扣好安全带讲解未开展的扣1分",
        pattern="facts",
        rules=(_once("教师扣好安全带讲解未开展", 1),),
    ),
    ClauseCase(
        text="有登记制度，1分；有专人保管，1分；有销毁记录，1分，每少一项扣1分",
        pattern="parts",
        rules=(_each("缺项", 1),),
        states=1,
        unread=True,
    ),
    # --- what stands apart, and belongs together -------------------------------------------
    ClauseCase(
        text="未对治疗室的台面，地面进行消毒，登记扣2分",
        pattern="facts",
        rules=(_once("未对治疗室的台面，地面进行消毒，登记", 2),),
    ),
    ClauseCase(
        text="探头未校准，图像不清晰，在线设备少于85%的，扣2分",
        pattern="either",
        rules=(
            Deduction(
                Once(
                    AnyOf(
                        (
                            Flag("探头未校准"),
                            Flag("图像不清晰"),
                            Compare("在线设备", "<", 85),
                        )
                    )
                ),
                points=2,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="早产、低体重儿死亡率分别超过15/10万，8‰的扣5分",
        pattern="bounds",
        rules=(
            Deduction(
                Once(AnyOf((Compare("早产死亡率", ">", 15), Compare("低体重儿死亡率", ">", 8)))),
                points=5,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="宣传、回访等工作不力的，酌情扣分，每项最高扣3分",
        pattern="judged",
        rules=(Judgement("宣传、回访等工作不力", "lose"),),
        unread=True,
    ),
    ClauseCase(
        text="脱岗每人扣2分；早退每人扣1分；夜间发生的加倍扣分",
        pattern="times",
        rules=(
            _each("脱岗", 2),
            Deduction(Cases("早退"), points=1, times=(Times(2, Flag("夜间发生")),)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="在市、县级简报刊登1篇分别加2分和1分",
        pattern="bonus",
        rules=(_bonus("在市级简报刊登", 2), _bonus("在县级简报刊登", 1)),
    ),
    ClauseCase(
        text="发生了差错，但没有登记的，每次扣2分",
        pattern="cases",
        rules=(_each("发生了差错，但没有登记", 2),),
    ),
    # --- the second reading: 91 further clauses -------------------------------------------
    ClauseCase(
        text="管理费占比低于5%的扣1分，低于3%的扣2分",
        pattern="bands",
        rules=(
            Bands(
                "管理费占比",
                "lose",
                (Band(2, high=3), Band(1, high=5)),
            ),
        ),
    ),
    ClauseCase(
        text="覆盖率在80%-100%得满分，低于80%不得分",
        pattern="bands",
        rules=(
            Bands(
                "覆盖率",
                "earn",
                (Band(FULL, low=80), Band(0, high=80)),
            ),
        ),
    ),
    ClauseCase(
        text="电线老化，插座破损无人更换，每项扣1分",
        pattern="cases",
        rules=(_each("电线老化，插座破损无人更换", 1),),
    ),
    ClauseCase(
        text="值班记录缺页，登记不完整，每项扣1分",
        pattern="cases",
        rules=(_each("值班记录缺页，登记不完整", 1),),
    ),
    ClauseCase(
        text="只培训，不考试的扣2分；既不培训，也不考试的扣4分",
        pattern="facts",
        rules=(_once("只培训，不考试", 2), _once("既不培训，也不考试", 4)),
    ),
    ClauseCase(
        text="机构健全分工清楚得2分",
        pattern="facts",
        rules=(_earned("机构健全分工清楚", 2),),
    ),
    ClauseCase(
        text="没有分析死亡病例的每次扣1分",
        pattern="cases",
        rules=(_each("没有分析死亡病例", 1),),
    ),
    ClauseCase(
        text="迟报1次月报扣0.5分",
        pattern="cases",
        rules=(_each("迟报月报", "0.5"),),
    ),
    ClauseCase(
        text="冒领补助一例倒扣3分",
        pattern="cases",
        rules=(_each("冒领补助", 3),),
    ),
    ClauseCase(
        text="初筛率达90%记5分，每下降1个百分点扣0.1分；处方使用得当记4分，每下降1个百分点扣0.2分",
        pattern="steps",
        unread=True,
        parts=(
            Part(
                "1",
                "初筛率",
                points=5,
                rules=(Deduction(StepsBelow("初筛率", target=90, step=1), points="0.1"),),
            ),
            Part(
                "2",
                "处方使用得当",
                points=4,
                rules=(_blank_below("比率", 1, "0.2"),),
            ),
        ),
    ),
    ClauseCase(
        text="新生儿性别比控制在112以内，每上升1个百分点扣0.5分",
        pattern="steps",
        rules=(Deduction(StepsAbove("新生儿性别比", target=112, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="每缺一类台账或少一份报告的扣0.5分",
        pattern="lacking",
        rules=(_each("台账或报告缺少", "0.5"),),
    ),
    ClauseCase(
        text="每少公示一处账目扣0.2分",
        pattern="lacking",
        rules=(_each("少公示账目", "0.2"),),
    ),
    ClauseCase(
        text="发现三级或以上的不良事件不得分",
        pattern="forfeit",
        rules=(Forfeit(Flag("发现三级或以上的不良事件")),),
    ),
    ClauseCase(
        text="签订承诺书且张贴公示的得6分。每少一项扣2分",
        pattern="facts",
        points=6,
        rules=(_each("签订承诺书，张贴公示缺少", 2),),
    ),
    ClauseCase(
        text="每月不少于报送简报1期，全年报送简报不少于12期。每少一期扣0.5分",
        pattern="lacking",
        rules=(Deduction(Lacking("报送简报", required=12), points="0.5"),),
        targets=(Target("报送简报", ">=", 12),),
    ),
    ClauseCase(
        text="中心每年3期，分站每年1期、缺1期扣1分",
        pattern="lacking",
        unread=True,
        targets=(Target("中心", ">=", 3),),
    ),
    ClauseCase(
        text="无特殊原因超过3个月的扣2分",
        pattern="facts",
        unread=True,
    ),
    ClauseCase(
        text="引进1项技术得1分，引进2项技术得2分，以此类推",
        pattern="bands",
        rules=(
            Bands(
                "引进技术",
                "earn",
                (Band(1, low=1, high=1, high_in=True), Band(2, low=2)),
            ),
        ),
        unread=True,
        assumed=True,
    ),
    # --- the third reading: 58 further clauses --------------------------------------------
    ClauseCase(
        text="化验单一处不清楚扣0.2分",
        pattern="cases",
        rules=(_each("化验单不清楚", "0.2"),),
        units=(("化验单不清楚", "处"),),
    ),
    ClauseCase(
        text="停电超过2小时未上报一次扣1分",
        pattern="cases",
        rules=(_each("停电超过2小时未上报", 1),),
        units=(("停电超过2小时未上报", "次"),),
    ),
    ClauseCase(
        text="每季度一次自评，扣1分",
        pattern="facts",
        targets=(Target("自评", ">=", 4),),
        unread=True,
    ),
    ClauseCase(
        text="每月义务巡诊未达3次，扣1分",
        pattern="bounds",
        rules=(Deduction(Once(Compare("义务巡诊", "<", 36)), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="着装不规范等，有一项次扣0.2分",
        pattern="cases",
        rules=(_each("着装不规范等", "0.2"),),
        units=(("着装不规范等", "项次"),),
    ),
    # --- what is still read wrongly -------------------------------------------------------
    ClauseCase(
        text="医疗废物未密闭转运，私自买卖的发现一例扣5分",
        pattern="cases",
        rules=(_each("医疗废物未密闭转运，私自买卖", 5),),
    ),
    ClauseCase(
        text="应设未设药事会，无正当理由超过半年的扣2分",
        pattern="facts",
        rules=(_once("应设未设药事会，无正当理由超过半年", 2),),
    ),
    ClauseCase(
        text="科普讲座每少一次扣0.5分",
        requirement="面向居民开展健康科普的讲座活动，全年不少于6次",
        pattern="lacking",
        rules=(Deduction(Lacking("健康科普的讲座活动", required=6), points="0.5"),),
    ),
    ClauseCase(
        text="被县级通报的每例扣2分，被市级通报的每例扣3分，省级以上的分级加倍扣分",
        pattern="times",
        rules=(_each("被县级通报", 2), _each("被市级通报", 3)),
        unread=True,
    ),
)
