"""What is counted, and against what: it stands in the requirement, or in the words beside it.

Bounds by kind of facility, last year's and the approved number, one loss for several targets, and
bare words of fault (不准确, 发生1起) that leave out what they are about.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Curve, Deduction, Forfeit, Knot
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Threshold


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int) -> Bands:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _missed(measure: str, comparator: str, bound: int, points: int | str) -> Deduction:
    """Lose these points once where a bound is missed."""
    return Deduction(Once(Compare(measure, comparator, bound)), points=points)


def _below(
    measure: str,
    target: Threshold | int,
    step: int | str,
    points: int | str,
    *,
    of: bool = False,
) -> Deduction:
    """Lose these points for each step below the target, `of`: a share of the target."""
    steps = StepsBelow(measure, target=target, step=step, relative=of)
    return Deduction(steps, points=points)


def _above(
    measure: str,
    target: Threshold | int,
    step: int | str,
    points: int | str,
    *,
    of: bool = False,
) -> Deduction:
    """Lose these points for each step above the target, `of`: a share of the target."""
    steps = StepsAbove(measure, target=target, step=step, relative=of)
    return Deduction(steps, points=points)


_KINDS: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="每超1%扣1分",
        requirement="药占比二级≤45%，三级≤40%",
        pattern="by kind",
        rules=(_above("药占比", ByKind({"二级": 45, "三级": 40}), 1, 1),),
    ),
    ClauseCase(
        text="县级医院药占比≤42%，乡镇卫生院≤60%，每超2个百分点扣1分",
        pattern="by kind",
        rules=(_above("药占比", ByKind({"县级医院": 42, "乡镇卫生院": 60}), 2, 1),),
    ),
    ClauseCase(
        text="每超1个百分点扣1分",
        requirement="次均费用增幅三级医院不超过4%、二级医院不超过6%",
        pattern="by kind",
        rules=(_above("次均费用增幅", ByKind({"三级医院": 4, "二级医院": 6}), 1, 1),),
    ),
    ClauseCase(
        text="每延长1天扣0.5分",
        requirement="平均住院日≤10天；二级医院≤9天",
        pattern="by kind",
        rules=(_above("平均住院日", ByKind({"二级医院": 9}, default=10), 1, "0.5"),),
    ),
    ClauseCase(
        text="随访率（城区≥80%，农村≥70%），每低1%扣0.5分",
        pattern="by kind",
        rules=(_below("随访率", ByKind({"城区": 80, "农村": 70}), 1, "0.5"),),
    ),
    ClauseCase(
        text="二级以上医院≤60%、基层医疗机构≤40%，每超1%扣0.5分",
        requirement="抗菌药物使用率",
        pattern="by kind",
        rules=(
            _above("抗菌药物使用率", ByKind({"二级以上医院": 60, "基层医疗机构": 40}), 1, "0.5"),
        ),
    ),
    ClauseCase(
        text="住院输液率≤60%，门诊≤20%，每超1%扣1分",
        pattern="by kind",
        rules=(_above("住院输液率", 60, 1, 1), _above("门诊输液率", 20, 1, 1)),
    ),
)
_GIVEN: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="住院人次较上年下降的，每下降2%扣0.5分",
        pattern="given",
        rules=(_below("住院人次", Given("上年住院人次"), 2, "0.5", of=True),),
    ),
    ClauseCase(
        text="手术台次比去年每减少1%扣0.5分",
        pattern="given",
        rules=(_below("手术台次", Given("去年手术台次"), 1, "0.5", of=True),),
    ),
    ClauseCase(
        text="与上年同期相比，床日费用每上升5%扣1分，每下降5%，加1分",
        pattern="given",
        points=6,
        rules=(
            _above("床日费用", Given("上年同期床日费用"), 5, 1, of=True),
            Bonus(
                StepsBelow("床日费用", target=Given("上年同期床日费用"), step=5, relative=True),
                points=1,
            ),
        ),
    ),
    ClauseCase(
        text="每增加2个百分点扣1分",
        requirement="门诊均次费用以上月同期为标准",
        pattern="given",
        rules=(_above("门诊均次费用", Given("上月同期门诊均次费用"), 2, 1, of=True),),
    ),
    ClauseCase(
        text="同比每下降1%扣1分",
        requirement="免费体检人次",
        pattern="given",
        rules=(_below("免费体检人次", Given("上年同期免费体检人次"), 1, 1, of=True),),
    ),
    ClauseCase(
        text="每低于全市平均水平1个百分点扣0.5分",
        requirement="早孕建册率",
        pattern="given",
        rules=(_below("早孕建册率", Given("全市平均早孕建册率"), 1, "0.5"),),
    ),
    ClauseCase(
        text="超过核定床位数的，每超2张扣0.5分",
        requirement="实际开放床位",
        pattern="given",
        rules=(_above("实际开放床位", Given("核定床位数"), 2, "0.5"),),
    ),
    ClauseCase(
        text="编外人员数每超过核定编制人数10%扣1分",
        pattern="given",
        rules=(_above("编外人员数", Given("核定编制人数"), 10, 1, of=True),),
    ),
    ClauseCase(
        text="耗材收入占比超过规定的，每超2个百分点扣1分",
        requirement="落实耗材收入占比达到规定要求",
        pattern="given",
        rules=(_above("耗材收入占比", Given("规定耗材收入占比"), 2, 1),),
    ),
    ClauseCase(
        text="未完成县下达责任指标的，每低0.5个百分点扣0.2分",
        requirement="计划生育率责任指标完成情况",
        pattern="given",
        rules=(_below("计划生育率", Given("县下达责任指标"), "0.5", "0.2"),),
    ),
    ClauseCase(
        text="低于全县平均水平的不得分",
        requirement="老年人体检率",
        pattern="given",
        rules=(Forfeit(Flag("老年人体检率低于全县平均水平")),),
    ),
    ClauseCase(
        text="环比下降的扣2分",
        requirement="家庭医生签约人次",
        pattern="given",
        rules=(_once("家庭医生签约人次环比下降", 2),),
    ),
    ClauseCase(
        text="考核外转率下降情况，下降20%以上，得2分；10%以上，得1分；没有下降的不得分",
        requirement="降低县域外转率",
        pattern="given",
        points=2,
        rules=(
            Bands(
                "外转率下降",
                "earn",
                (Band(2, low=20), Band(1, low=10), Band(0, high=0, high_in=True)),
            ),
        ),
    ),
    ClauseCase(
        text="业务收入较上年增长8%以上得4分，增长3%以上得2分，下降不得分",
        pattern="given",
        points=4,
        rules=(
            Bands("业务收入较上年增长", "earn", (Band(4, low=8), Band(2, low=3), Band(0, high=0))),
        ),
    ),
    ClauseCase(
        text="出生婴儿性别比控制在108以内，每上升1个百分点扣1分",
        pattern="given",
        rules=(_above("出生婴儿性别比", 108, 1, 1),),
    ),
)
_TARGETS: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="一项不达标扣2分",
        requirement="签约率≥50%；履约率≥90%",
        pattern="several targets",
        rules=(_missed("签约率", "<", 50, 2), _missed("履约率", "<", 90, 2)),
    ),
    ClauseCase(
        text="有一项未达标扣1分",
        requirement="培训不少于6次；考试合格率≥95%",
        pattern="several targets",
        rules=(_missed("培训", "<", 6, 1), _missed("考试合格率", "<", 95, 1)),
    ),
    ClauseCase(
        text="其中有一项达不到要求的，扣1分",
        requirement="签约率≥50%、履约率≥90%",
        pattern="several targets",
        rules=(_missed("签约率", "<", 50, 1), _missed("履约率", "<", 90, 1)),
    ),
    ClauseCase(
        text="任何一项不达标不得分",
        requirement="无菌合格率100%；院感发生率≤5%",
        pattern="several targets",
        rules=(Forfeit(AnyOf((Compare("无菌合格率", "<", 100), Compare("院感发生率", ">", 5)))),),
    ),
    ClauseCase(
        text="医嘱合格率≥95%，知晓率≥90%，有一项不达标扣2分",
        pattern="several targets",
        rules=(_missed("医嘱合格率", "<", 95, 2), _missed("知晓率", "<", 90, 2)),
    ),
    ClauseCase(
        text="未达标扣2分",
        requirement="在岗率≥90%；培训不少于4次",
        pattern="several targets",
        rules=(
            Deduction(Once(AnyOf((Compare("在岗率", "<", 90), Compare("培训", "<", 4)))), points=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每项指标每低2个百分点扣0.5分",
        requirement="在岗率≥90%、持证率≥95%",
        pattern="several targets",
        rules=(_below("在岗率", 90, 2, "0.5"), _below("持证率", 95, 2, "0.5")),
    ),
    ClauseCase(
        text="任一指标每降低1%扣1分",
        requirement="在岗率≥90%；持证率≥95%",
        pattern="several targets",
        rules=(_below("在岗率", 90, 1, 1), _below("持证率", 95, 1, 1)),
    ),
    ClauseCase(
        text="低于标准每1%扣0.5分",
        requirement="急救设备完好率100%",
        pattern="several targets",
        rules=(_below("急救设备完好率", 100, 1, "0.5"),),
    ),
    ClauseCase(
        text="低于下限每2%扣1分，高于上限每2%扣1分",
        requirement="床位周转率在80%～95%之间",
        pattern="several targets",
        rules=(_below("床位周转率", 80, 2, 1), _above("床位周转率", 95, 2, 1)),
    ),
    ClauseCase(
        text="超过部分每天扣0.5分",
        requirement="术前等待时间不超过3天",
        pattern="several targets",
        rules=(_above("术前等待时间", 3, 1, "0.5"),),
    ),
    ClauseCase(
        text="超标扣2分",
        requirement="门诊输液率≤20%",
        pattern="several targets",
        rules=(_missed("门诊输液率", ">", 20, 2),),
    ),
    ClauseCase(
        text="≥规定数的90%，得3分，≥规定数的70%，＜规定数的90%，得1分，＜规定数的70%，不得分",
        requirement="技能操作数量",
        pattern="several targets",
        points=3,
        rules=(
            Bands(
                "技能操作数量",
                "earn",
                (Band(3, low=90), Band(1, low=70, high=90), Band(0, high=70)),
            ),
        ),
    ),
)
_NAMES: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="不准确每例扣0.5分",
        requirement="死亡登记真实、准确",
        pattern="names",
        rules=(_each("死亡登记不准确", "0.5"),),
    ),
    ClauseCase(
        text="发现1份不合格扣1分",
        requirement="处方书写合格",
        pattern="names",
        rules=(_each("处方书写不合格", 1),),
    ),
    ClauseCase(
        text="1例不符扣1分",
        requirement="收费与医嘱相符",
        pattern="names",
        rules=(_each("收费与医嘱不符", 1),),
    ),
    ClauseCase(
        text="未上墙扣1分",
        requirement="流程图上墙",
        pattern="names",
        rules=(_once("流程图未上墙", 1),),
    ),
    ClauseCase(
        text="发生1起扣2分",
        requirement="杜绝医疗差错",
        pattern="names",
        rules=(_each("医疗差错", 2),),
    ),
    ClauseCase(
        text="每人次扣1分",
        requirement="杜绝迟到、早退现象",
        pattern="names",
        rules=(_each("迟到、早退", 1),),
    ),
    ClauseCase(
        text="环境整洁，无积水及其他脏乱现象，发现一处扣0.5分",
        pattern="names",
        rules=(_each("积水及其他脏乱", "0.5"),),
    ),
    ClauseCase(
        text="无故迟到，一次扣0.5分",
        pattern="names",
        rules=(_each("无故迟到", "0.5"),),
    ),
    ClauseCase(
        text="随机抽查10份处方，1份不合格扣0.5分，3份以上不合格不得分",
        pattern="names",
        points=3,
        rules=(_each("处方不合格", "0.5"), Forfeit(Compare("处方不合格", ">=", 3))),
    ),
    ClauseCase(
        text="现场提问5名护士，1人不知晓扣0.5分",
        pattern="names",
        rules=(_each("护士不知晓", "0.5"),),
    ),
    ClauseCase(
        text="未制定扣2分，未落实扣1分",
        requirement="制定培训计划并落实",
        pattern="names",
        rules=(_once("未制定培训计划", 2), _once("未落实培训计划", 1)),
    ),
    ClauseCase(
        text="不落实不得分",
        requirement="落实三级查房制度",
        pattern="names",
        rules=(Forfeit(Flag("不落实三级查房制度")),),
    ),
    ClauseCase(
        text="未召开的扣1分",
        requirement="每月召开1次例会",
        pattern="names",
        rules=(_once("未召开例会", 1),),
        assumed=True,
    ),
    ClauseCase(
        text="不更换扣1分",
        requirement="展板每两个月更换一次",
        pattern="names",
        rules=(_once("展板不更换", 1),),
        assumed=True,
    ),
    ClauseCase(
        text="报酬按期足额兑现，未按期扣2分，未足额扣3分",
        pattern="names",
        rules=(_once("报酬未按期兑现", 2), _once("报酬未足额兑现", 3)),
    ),
    ClauseCase(
        text="不熟悉抢救流程，一名护士扣0.5分",
        pattern="names",
        rules=(_each("不熟悉抢救流程的护士", "0.5"),),
    ),
    ClauseCase(
        text="食堂人员应有健康证，无不得分",
        pattern="names",
        rules=(Forfeit(Flag("无健康证")),),
    ),
    ClauseCase(
        text="值班医师仅1人且无证扣2分",
        pattern="names",
        rules=(Deduction(Once(AllOf((Flag("值班医师仅1人"), Flag("无证")))), points=2),),
    ),
    ClauseCase(
        text="专项经费每缺1项或未达标准扣1分",
        pattern="names",
        rules=(_each("专项经费缺少或未达标准", 1),),
    ),
    ClauseCase(
        text="有制度、有人员、有场地、有经费；缺一项扣2分",
        pattern="names",
        rules=(_each("有制度、有人员、有场地、有经费缺少", 2),),
    ),
    ClauseCase(
        text="每开展1次得2分，最高8分",
        requirement="每年开展4次以上急救演练",
        pattern="names",
        points=8,
        rules=(Curve("急救演练", "earn", (Knot(0, 0), Knot(4, 8))),),
    ),
    ClauseCase(
        text="第1、3项不符合要求各扣1分",
        requirement="1.有制度；2.有人员；3.有设备",
        pattern="names",
        rules=(_once("第1项不符合要求", 1), _once("第3项不符合要求", 1)),
    ),
    ClauseCase(
        text="1未戴口罩1人扣1分。2.洗手不规范1人次扣1分",
        pattern="names",
        rules=(_each("未戴口罩", 1), _each("洗手不规范", 1)),
    ),
)
_NO_TARGETS: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="随机访问门诊患者20名，每发现1名不满意扣1分",
        pattern="no target",
        rules=(_each("不满意", 1),),
    ),
    ClauseCase(
        text="考核期内（1-11月）未发生事故得满分，每发生1起扣2分",
        pattern="no target",
        points=5,
        rules=(_each("事故", 2),),
    ),
    ClauseCase(
        text="除不可抗力外，未完成任务扣5分",
        pattern="no target",
        rules=(_once("未完成任务（除不可抗力外）", 5),),
    ),
    ClauseCase(
        text="得分=实际到位数/应到位数×6分",
        pattern="no target",
        points=6,
        rules=(Curve("到位数占应到位数的比例", "earn", (Knot(0, 0), Knot(100, 6))),),
    ),
    ClauseCase(
        text="人员、场地不落实扣2分",
        pattern="no target",
        rules=(_once("人员、场地不落实", 2),),
        assumed=True,
    ),
    ClauseCase(
        text="无预案与记录不得分",
        pattern="no target",
        rules=(Forfeit(Flag("无预案与记录")),),
        assumed=True,
    ),
    ClauseCase(
        text="未及时送检，每次扣0.3分，漏报扣0.6分",
        pattern="no target",
        rules=(_each("未及时送检", "0.3"), _once("漏报", "0.6")),
        assumed=True,
    ),
)
_FURTHER: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="平均住院日比上年每缩短0.1天加0.2分，每延长0.1天扣0.2分",
        pattern="given",
        rules=(
            Bonus(
                StepsBelow("平均住院日", target=Given("上年平均住院日"), step="0.1"), points="0.2"
            ),
            _above("平均住院日", Given("上年平均住院日"), "0.1", "0.2"),
        ),
    ),
    ClauseCase(
        text="资产负债率≤45%，每超1%扣0.2分；高于上年的，每高1%扣0.1分",
        pattern="given",
        rules=(
            _above("资产负债率", 45, 1, "0.2"),
            _above("资产负债率", Given("上年资产负债率"), 1, "0.1"),
        ),
    ),
    ClauseCase(
        text="技术服务收入占比逐年提高，较上年每下降1个百分点扣0.5分",
        pattern="given",
        rules=(_below("技术服务收入占比", Given("上年技术服务收入占比"), 1, "0.5"),),
    ),
    ClauseCase(
        text="每低于年度目标1个百分点扣0.5分",
        requirement="履约率85%",
        pattern="several targets",
        rules=(_below("履约率", 85, 1, "0.5"),),
    ),
    ClauseCase(
        text="居全县后三位的扣2分",
        pattern="names",
        rules=(_once("居全县后三位", 2),),
    ),
    ClauseCase(
        text="CT当日完成率≥80%；B超当日完成率≥90%。每低5%扣0.5分",
        pattern="several targets",
        rules=(_below("CT当日完成率", 80, 5, "0.5"), _below("B超当日完成率", 90, 5, "0.5")),
    ),
    ClauseCase(
        text="乡镇卫生院不少于12人，村卫生室不少于2人，每少1人扣0.5分",
        requirement="配备卫技人员",
        pattern="by kind",
        rules=(
            Deduction(
                Lacking("配备卫技人员", required=ByKind({"乡镇卫生院": 12, "村卫生室": 2})),
                points="0.5",
            ),
        ),
    ),
    ClauseCase(
        text="讲座、义诊每少1次扣0.5分",
        requirement="讲座12次、义诊6次",
        pattern="several targets",
        rules=(
            Deduction(Lacking("讲座", required=12), points="0.5"),
            Deduction(Lacking("义诊", required=6), points="0.5"),
        ),
    ),
    ClauseCase(
        text="宣传折页少于10种扣1分，每少1种扣0.2分",
        pattern="lacking",
        rules=(
            _missed("宣传折页", "<", 10, 1),
            Deduction(Lacking("宣传折页", required=10), points="0.2"),
        ),
    ),
    ClauseCase(
        text="少配1人扣1分",
        requirement="专职防疫人员不少于2人",
        pattern="lacking",
        rules=(Deduction(Lacking("专职防疫人员", required=2), points=1),),
    ),
    ClauseCase(
        text="每延误1小时扣0.5分",
        requirement="疫情2小时内报告",
        pattern="several targets",
        rules=(_above("疫情报告", 2, 1, "0.5"),),
        units=(("疫情报告", "小时"),),
    ),
    ClauseCase(
        text="接到群众举报1次，经查属实扣2分",
        pattern="names",
        rules=(_each("接到群众举报，经查属实", 2),),
    ),
    ClauseCase(
        text="输液比控制在15%以内，超过15%不得分",
        pattern="no target",
        rules=(Forfeit(Compare("输液比", ">", 15)),),
    ),
    ClauseCase(
        text="考核得分低于80分的扣5分",
        pattern="no target",
        points=10,
        rules=(_missed("考核得分", "<", 80, 5),),
    ),
    ClauseCase(
        text="使用率、上传率各占2分，每低5%扣0.5分",
        requirement="系统使用率100%，数据上传率95%",
        pattern="parts",
        points=4,
        parts=(
            Part("1", "使用率", points=2, rules=(_below("系统使用率", 100, 5, "0.5"),)),
            Part("2", "上传率", points=2, rules=(_below("数据上传率", 95, 5, "0.5"),)),
        ),
    ),
)
_NEARBY: tuple[ClauseCase, ...] = (
    ClauseCase(
        text="已成立质控小组得3分，未成立不得分",
        pattern="names",
        points=5,
        rules=(_earned("已成立质控小组", 3), Forfeit(Flag("未成立质控小组"))),
    ),
    ClauseCase(
        text="落实岗位补贴政策记2分，未落实的扣2分",
        requirement="奖励优惠政策",
        pattern="names",
        points=10,
        rules=(_earned("落实岗位补贴政策", 2), _once("未落实岗位补贴政策", 2)),
    ),
    ClauseCase(
        text="无洗眼器扣3分，不能正常使用扣1分",
        pattern="names",
        rules=(_once("无洗眼器", 3), _once("洗眼器不能正常使用", 1)),
    ),
    ClauseCase(
        text="交接班本管理未落实扣4分，不到位扣2分",
        requirement="病区管理",
        pattern="names",
        rules=(_once("交接班本管理未落实", 4), _once("交接班本管理不到位", 2)),
    ),
    ClauseCase(
        text="业务例会召开情况，按时召开加1分，未按时召开扣1分",
        pattern="names",
        rules=(
            Bonus(Once(Flag("业务例会按时召开")), points=1),
            _once("业务例会未按时召开", 1),
        ),
    ),
    ClauseCase(
        text="试剂耗材占比。低于标准值加1分，高于标准值扣1分",
        pattern="names",
        rules=(
            Bonus(Once(Flag("试剂耗材占比低于标准值")), points=1),
            _once("试剂耗材占比高于标准值", 1),
        ),
    ),
    ClauseCase(
        text="护士指甲未及时修剪，一个人扣2分",
        pattern="names",
        rules=(_each("护士指甲未及时修剪", 2),),
    ),
    ClauseCase(
        text="1有领导小组，分工明确，得2分。2有专项经费，得3分",
        pattern="names",
        rules=(_earned("有领导小组，分工明确", 2), _earned("有专项经费", 3)),
    ),
    ClauseCase(
        text="120急救电话3分钟出车率100%，每低1%扣0.5分",
        pattern="no target",
        rules=(_below("120急救电话3分钟出车率", 100, 1, "0.5"),),
    ),
    ClauseCase(
        text="不足300种的每少10种扣0.2分",
        requirement="药品配备",
        pattern="lacking",
        rules=(Deduction(Lacking("药品配备", required=300, step=10), points="0.2"),),
    ),
    ClauseCase(
        text="试剂品种数不足扣1分",
        requirement="试剂配备不少于30种",
        pattern="several targets",
        rules=(_missed("试剂配备", "<", 30, 1),),
    ),
)
CASES: tuple[ClauseCase, ...] = (
    *_NEARBY,
    *_FURTHER,
    *_KINDS,
    *_GIVEN,
    *_TARGETS,
    *_NAMES,
    *_NO_TARGETS,
)
