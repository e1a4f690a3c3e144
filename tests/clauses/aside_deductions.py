"""Clauses that take points off, set aside: steps, lacking, cases, flags, lists, caps, further.

They were written from the contract before the grammar and are never adapted to it.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
from healthduty.rules.points import FULL
from healthduty.rules.rule import Band, Bands, Deduction, Forfeit, Group, Judgement, Times
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given

CASES: tuple[ClauseCase, ...] = (
    # Steps below: the target in the clause, in a condition, or in the requirement.
    ClauseCase(
        text="签约居民服务满意度低于90%的，每低1个百分点扣0.2分。",
        pattern="steps below",
        rules=(Deduction(StepsBelow("签约居民服务满意度", target=90, step=1), points="0.2"),),
        units=(("签约居民服务满意度", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="每降低２个百分点，扣０．５分",
        pattern="steps below",
        points=5,
        requirement="65岁以上老年人健康管理率≥70%",
        rules=(Deduction(StepsBelow("65岁以上老年人健康管理率", target=70, step=2), points="0.5"),),
        units=(("65岁以上老年人健康管理率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="以乡镇为单位，适龄儿童乙肝疫苗接种率达百分之九十五，每低一个百分点扣半分。",
        pattern="steps below",
        rules=(Deduction(StepsBelow("适龄儿童乙肝疫苗接种率", target=95, step=1), points="0.5"),),
        units=(("适龄儿童乙肝疫苗接种率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="電子健康檔案建檔率須達85％以上，每差5％扣1分",
        pattern="steps below",
        rules=(Deduction(StepsBelow("電子健康檔案建檔率", target=85, step=5), points=1),),
        units=(("電子健康檔案建檔率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="常住人口签约率不得低于４０％，每低于目标值1％者扣0.3分",
        pattern="steps below",
        rules=(Deduction(StepsBelow("常住人口签约率", target=40, step=1), points="0.3"),),
        units=(("常住人口签约率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="较目标每下降0.1个百分点的扣1分，最多扣3分",
        pattern="steps below",
        points=3,
        requirement="住院分娩率达到99.8%以上",
        rules=(Deduction(StepsBelow("住院分娩率", target="99.8", step="0.1"), points=1, cap=3),),
        units=(("住院分娩率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="住院人次不低于上年，每下降1%扣0.2分",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow("住院人次", target=Given("上年住院人次"), step=1, relative=True),
                points="0.2",
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="基层就诊率：中心卫生院80%、一般卫生院70%，每低2个百分点扣1分",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow(
                    "基层就诊率", target=ByKind({"中心卫生院": 80, "一般卫生院": 70}), step=2
                ),
                points=1,
            ),
        ),
        units=(("基层就诊率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="中医药健康管理率达到____%以上，每低1%扣0.2分",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow("中医药健康管理率", target=Blank("中医药健康管理率"), step=1),
                points="0.2",
            ),
        ),
        units=(("中医药健康管理率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="免费婚检全年完成1200对，每少5%扣0.5分",
        pattern="steps below on a count",
        rules=(
            Deduction(StepsBelow("免费婚检", target=1200, step=5, relative=True), points="0.5"),
        ),
        units=(("免费婚检", "对"),),
        assumed=True,
    ),
    ClauseCase(
        text="门诊收入全年不少于300万元，每差10万元扣0.5分",
        pattern="steps below on an amount",
        rules=(Deduction(StepsBelow("门诊收入", target=300, step=10), points="0.5"),),
        units=(("门诊收入", "万元"),),
        assumed=True,
    ),
    # Started, complete and proportional steps, told by the text.
    ClauseCase(
        text="门诊处方合格率应≥95%，每低2%扣0.5分（不足2%的按2%计算）",
        pattern="started steps",
        rules=(
            Deduction(
                StepsBelow("门诊处方合格率", target=95, step=2, counting="started"), points="0.5"
            ),
        ),
        units=(("门诊处方合格率", "%"),),
    ),
    ClauseCase(
        text="传染病报告及时率为100%，每下降1个百分点扣1分，不满1个百分点的以1个百分点论。",
        pattern="started steps",
        rules=(
            Deduction(
                StepsBelow("传染病报告及时率", target=100, step=1, counting="started"), points=1
            ),
        ),
        units=(("传染病报告及时率", "%"),),
    ),
    ClauseCase(
        text="每超出0.5天扣0.3分，不足0.5天按0.5天计",
        pattern="started steps",
        requirement="平均住院日不超过9天",
        rules=(
            Deduction(
                StepsAbove("平均住院日", target=9, step="0.5", counting="started"), points="0.3"
            ),
        ),
        units=(("平均住院日", "天"),),
    ),
    ClauseCase(
        text="孕产妇系统管理率达90%，每低满3个百分点扣1分，不足3个百分点的不扣分",
        pattern="complete steps",
        rules=(
            Deduction(
                StepsBelow("孕产妇系统管理率", target=90, step=3, counting="complete"), points=1
            ),
        ),
        units=(("孕产妇系统管理率", "%"),),
    ),
    ClauseCase(
        text="病床使用率目标75%，每低1%扣0.2分，不足1%的按比例折算",
        pattern="proportional steps",
        rules=(
            Deduction(
                StepsBelow("病床使用率", target=75, step=1, counting="proportional"), points="0.2"
            ),
        ),
        units=(("病床使用率", "%"),),
    ),
    ClauseCase(
        text="预算执行率须达95%，未达到的按比例扣分",
        pattern="proportional share",
        points=4,
        rules=(Deduction(StepsBelow("预算执行率", target=95), points=FULL),),
        units=(("预算执行率", "%"),),
    ),
    # Steps above.
    ClauseCase(
        text="药占比控制在35%以内，每高1个百分点扣0.5分",
        pattern="steps above",
        rules=(Deduction(StepsAbove("药占比", target=35, step=1), points="0.5"),),
        units=(("药占比", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="剖宫产率≤45%，每超过2％，扣１分，扣完为止",
        pattern="steps above",
        points=4,
        rules=(Deduction(StepsAbove("剖宫产率", target=45, step=2), points=1),),
        units=(("剖宫产率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="孕产妇死亡率不得高于12/10万，每升高1/10万扣0.5分",
        pattern="steps above",
        rules=(Deduction(StepsAbove("孕产妇死亡率", target=12, step=1), points="0.5"),),
        units=(("孕产妇死亡率", "1/10万"),),
        assumed=True,
    ),
    ClauseCase(
        text="婴儿死亡率控制在4‰以下，每增加0.5‰扣1分，扣满3分为止",
        pattern="steps above",
        rules=(Deduction(StepsAbove("婴儿死亡率", target=4, step="0.5"), points=1, cap=3),),
        units=(("婴儿死亡率", "‰"),),
        assumed=True,
    ),
    ClauseCase(
        text="门诊次均费用不超过120元，\n每超5元扣0.2分",
        pattern="steps above on an amount",
        rules=(Deduction(StepsAbove("门诊次均费用", target=120, step=5), points="0.2"),),
        units=(("门诊次均费用", "元"),),
        assumed=True,
    ),
    ClauseCase(
        text="门诊静脉输液使用率以20%为上限，超过部分每1个百分点扣0.2分",
        pattern="steps above",
        rules=(Deduction(StepsAbove("门诊静脉输液使用率", target=20, step=1), points="0.2"),),
        units=(("门诊静脉输液使用率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="群众信访总量不超过20件，每超10%扣1分",
        pattern="steps above on a count",
        rules=(Deduction(StepsAbove("群众信访总量", target=20, step=10, relative=True), points=1),),
        units=(("群众信访总量", "件"),),
        assumed=True,
    ),
    # Lacking: the required number in the clause.
    ClauseCase(
        text="健康教育讲座每年不少于6期，每缺1期扣0.4分",
        pattern="lacking",
        rules=(Deduction(Lacking("健康教育讲座", required=6), points="0.4"),),
        units=(("健康教育讲座", "期"),),
    ),
    ClauseCase(
        text="公共卫生专职人员不少于5名，每少1人扣1分",
        pattern="lacking",
        rules=(Deduction(Lacking("公共卫生专职人员", required=5), points=1),),
        units=(("公共卫生专职人员", "名"),),
    ),
    ClauseCase(
        text="每半年至少组织1次安全生产大检查，少一次扣1.5分",
        pattern="lacking",
        rules=(Deduction(Lacking("安全生产大检查", required=2), points="1.5"),),
        units=(("安全生产大检查", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="签约居民随访不少于200人次，每少10人次扣0.5分",
        pattern="lacking",
        rules=(Deduction(Lacking("签约居民随访", required=200, step=10), points="0.5"),),
        units=(("签约居民随访", "人次"),),
    ),
    ClauseCase(
        text="宣传栏不少于12期、咨询活动不少于9场；每少一期扣0.1分，每少一场扣0.2分。",
        pattern="lacking",
        rules=(
            Deduction(Lacking("宣传栏", required=12), points="0.1"),
            Deduction(Lacking("咨询活动", required=9), points="0.2"),
        ),
        units=(("宣传栏", "期"), ("咨询活动", "场")),
    ),
    ClauseCase(
        text="每月入户随访不少于5户，每少1户次扣0.1分",
        pattern="lacking",
        rules=(Deduction(Lacking("入户随访", required=60), points="0.1"),),
        assumed=True,
    ),
    ClauseCase(
        text="义诊活动：卫生院6次、卫生室2次，每少1次扣0.5分",
        pattern="lacking",
        rules=(
            Deduction(
                Lacking("义诊活动", required=ByKind({"卫生院": 6, "卫生室": 2})), points="0.5"
            ),
        ),
        units=(("义诊活动", "次"),),
    ),
    # Lacking: the required number in the requirement.
    ClauseCase(
        text="每少一次扣0.2分",
        pattern="lacking, required elsewhere",
        points=2,
        requirement="村医例会每月召开1次",
        rules=(Deduction(Lacking("村医例会", required=12), points="0.2"),),
        units=(("村医例会", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="缺一次扣1分",
        pattern="lacking, required elsewhere",
        points=4,
        requirement="村卫生室督导每季度不少于1次，有记录、有反馈",
        rules=(Deduction(Lacking("村卫生室督导", required=4), points=1),),
        units=(("村卫生室督导", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="每少一场扣一分，扣完为止",
        pattern="lacking, required elsewhere",
        points=2,
        requirement="应急演练全年不少于两场",
        rules=(Deduction(Lacking("应急演练", required=2), points=1),),
        units=(("应急演练", "场"),),
    ),
    ClauseCase(
        text="没少一篇扣0.1分。",
        pattern="lacking, required elsewhere",
        requirement="健康信息稿件不少于24篇",
        rules=(Deduction(Lacking("健康信息稿件", required=24), points="0.1"),),
        units=(("健康信息稿件", "篇"),),
    ),
    # Lacking where no number is required: what is missing is counted as it is found.
    ClauseCase(
        text="核心制度每缺一项扣0.2分；每少一册台账扣0.1分",
        pattern="missing without a number",
        rules=(
            Deduction(Cases("核心制度缺少"), points="0.2"),
            Deduction(Cases("台账缺少"), points="0.1"),
        ),
    ),
    # Cases in every unit word.
    ClauseCase(
        text="迟报一次扣1分",
        pattern="cases",
        rules=(Deduction(Cases("迟报"), points=1),),
    ),
    ClauseCase(
        text="漏诊肺结核病人的，每例扣2分",
        pattern="cases",
        rules=(Deduction(Cases("漏诊肺结核病人"), points=2),),
    ),
    ClauseCase(
        text="无证上岗者，每人扣1.5分",
        pattern="cases",
        rules=(Deduction(Cases("无证上岗"), points="1.5"),),
    ),
    ClauseCase(
        text="空挂户，每户扣 0. 3 分",
        pattern="cases",
        rules=(Deduction(Cases("空挂户"), points="0.3"),),
    ),
    ClauseCase(
        text="处方不合格每份扣0.1分，病历不合格每份扣0.5分",
        pattern="cases",
        rules=(
            Deduction(Cases("处方不合格"), points="0.1"),
            Deduction(Cases("病历不合格"), points="0.5"),
        ),
    ),
    ClauseCase(
        text="制度未上墙的，每项扣０．２分",
        pattern="cases",
        rules=(Deduction(Cases("制度未上墙"), points="0.2"),),
    ),
    ClauseCase(
        text="医疗废物混放，每处扣0.5分；虚假随访记录，每条扣1分",
        pattern="cases",
        rules=(
            Deduction(Cases("医疗废物混放"), points="0.5"),
            Deduction(Cases("虚假随访记录"), points=1),
        ),
    ),
    ClauseCase(
        text="信访件逾期未办结的每件扣0.5分；医疗纠纷处置不当的每起扣三分",
        pattern="cases",
        rules=(
            Deduction(Cases("信访件逾期未办结"), points="0.5"),
            Deduction(Cases("医疗纠纷处置不当"), points=3),
        ),
    ),
    ClauseCase(
        text="过期药品每个扣0.5分；讲座无签到表每场扣0.2分；宣传栏未更换每期扣0.1分",
        pattern="cases",
        rules=(
            Deduction(Cases("过期药品"), points="0.5"),
            Deduction(Cases("讲座无签到表"), points="0.2"),
            Deduction(Cases("宣传栏未更换"), points="0.1"),
        ),
    ),
    ClauseCase(
        text="分解住院每人次扣0.2分，漏访每户次扣0.1分",
        pattern="cases",
        rules=(
            Deduction(Cases("分解住院"), points="0.2"),
            Deduction(Cases("漏访"), points="0.1"),
        ),
    ),
    ClauseCase(
        text="报表迟报扣0.5分/次，漏登扣0.1分/人",
        pattern="cases",
        rules=(
            Deduction(Cases("报表迟报"), points="0.5"),
            Deduction(Cases("漏登"), points="0.1"),
        ),
    ),
    ClauseCase(
        text="随机抽取20份居民健康档案，档案失访每5份扣1分",
        pattern="cases",
        rules=(Deduction(Cases("档案失访", step=5), points=1),),
    ),
    ClauseCase(
        text="每发现1起违反《中华人民共和国疫苗管理法》第45条的行为，扣5分",
        pattern="cases",
        rules=(Deduction(Cases("违反《中华人民共和国疫苗管理法》第45条的行为"), points=5),),
    ),
    ClauseCase(
        text="整改通知书（卫监\u30142023\u301515号）所列问题逾期未整改的，每日扣0.1分",
        pattern="cases",
        rules=(
            Deduction(
                Cases("整改通知书（卫监\u30142023\u301515号）所列问题逾期未整改"), points="0.1"
            ),
        ),
    ),
    # Free cases.
    ClauseCase(
        text="值班脱岗每人次扣0.1分，前3次不扣",
        pattern="free cases",
        rules=(Deduction(Cases("值班脱岗", free=3), points="0.1"),),
    ),
    ClauseCase(
        text="报表差错2处以内不扣分，超过的每处扣0.2分",
        pattern="free cases",
        rules=(Deduction(Cases("报表差错", free=2), points="0.2"),),
    ),
    # Flags, once.
    ClauseCase(
        text="未签订目标责任书扣2分",
        pattern="flag",
        rules=(Deduction(Once(Flag("未签订目标责任书")), points=2),),
    ),
    ClauseCase(
        text="院领导无人分管公卫工作，扣一分",
        pattern="flag",
        rules=(Deduction(Once(Flag("院领导无人分管公卫工作")), points=1),),
    ),
    ClauseCase(
        text="没有专（兼）职信息员扣１分；扣押药品未登记的扣0.5分",
        pattern="flag",
        rules=(
            Deduction(Once(Flag("没有专（兼）职信息员")), points=1),
            Deduction(Once(Flag("扣押药品未登记")), points="0.5"),
        ),
    ),
    ClauseCase(
        text="抢救车未在10分钟内到位的扣2分",
        pattern="flag",
        rules=(Deduction(Once(Flag("抢救车未在10分钟内到位")), points=2),),
    ),
    ClauseCase(
        text="签约率不足30%的扣3分",
        pattern="flag of a rate",
        rules=(Deduction(Once(Compare("签约率", "<", 30)), points=3),),
        units=(("签约率", "%"),),
    ),
    # Lists.
    ClauseCase(
        text="无应急预案、无值班表、无物资清单扣1.5分",
        pattern="list, once",
        rules=(
            Deduction(
                Once(AnyOf((Flag("无应急预案"), Flag("无值班表"), Flag("无物资清单")))),
                points="1.5",
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="无计划或无总结的扣1分；无培训且无考核的，扣2分",
        pattern="list, once",
        rules=(
            Deduction(Once(AnyOf((Flag("无计划"), Flag("无总结")))), points=1),
            Deduction(Once(AllOf((Flag("无培训"), Flag("无考核")))), points=2),
        ),
    ),
    ClauseCase(
        text="未建账、未公示、未报备，各扣0.3分",
        pattern="list, each",
        rules=(
            Deduction(Once(Flag("未建账")), points="0.3"),
            Deduction(Once(Flag("未公示")), points="0.3"),
            Deduction(Once(Flag("未报备")), points="0.3"),
        ),
    ),
    ClauseCase(
        text="扣分标准：①无制度扣1分；②不执行扣0.5分；③记录不全扣0.3分。",
        pattern="numbered list",
        rules=(
            Deduction(Once(Flag("无制度")), points=1),
            Deduction(Once(Flag("不执行")), points="0.5"),
            Deduction(Once(Flag("记录不全")), points="0.3"),
        ),
    ),
    ClauseCase(
        text="签约率、履约率分别达到50%、80%，每低1个百分点分别扣0.2、0.1分",
        pattern="distributed",
        rules=(
            Deduction(StepsBelow("签约率", target=50, step=1), points="0.2"),
            Deduction(StepsBelow("履约率", target=80, step=1), points="0.1"),
        ),
        units=(("签约率", "%"), ("履约率", "%")),
        assumed=True,
    ),
    # Caps of a rule and of several.
    ClauseCase(
        text="生活垃圾未分类每处扣0.2分，2分扣完为止",
        pattern="cap",
        rules=(Deduction(Cases("生活垃圾未分类"), points="0.2", cap=2),),
    ),
    ClauseCase(
        text="台账缺页，每处扣0.1分（累计不超过1分）；账物不符，每项扣0.5分（封顶2分）",
        pattern="cap",
        rules=(
            Deduction(Cases("台账缺页"), points="0.1", cap=1),
            Deduction(Cases("账物不符"), points="0.5", cap=2),
        ),
    ),
    ClauseCase(
        text="迟报每次扣0.2分，漏报每例扣0.5分，两项合计扣分不超过3分",
        pattern="cap of a group",
        rules=(
            Group(
                (
                    Deduction(Cases("迟报"), points="0.2"),
                    Deduction(Cases("漏报"), points="0.5"),
                ),
                cap=3,
            ),
        ),
    ),
    ClauseCase(
        text="未体检扣1分，未建档扣2分，同时存在的按最高扣分计，不重复扣分",
        pattern="group, dearest",
        rules=(
            Group(
                (
                    Deduction(Once(Flag("未体检")), points=1),
                    Deduction(Once(Flag("未建档")), points=2),
                ),
                pick="worst",
            ),
        ),
    ),
    # Further deductions and deductions from the total.
    ClauseCase(
        text="疫情瞒报每起扣2分，造成不良影响的另扣3分",
        pattern="further",
        rules=(
            Deduction(Cases("疫情瞒报"), points=2),
            Deduction(Once(Flag("造成不良影响")), points=3, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="发生群体性上访的，从年度总分中扣除3分；被省级媒体曝光的，每起扣总分5分",
        pattern="from the total",
        rules=(
            Deduction(Once(Flag("发生群体性上访")), points=3, reach="total"),
            Deduction(Cases("被省级媒体曝光"), points=5, reach="total"),
        ),
    ),
    # Multipliers and escalation.
    ClauseCase(
        text="传染病迟报每例扣0.5分，瞒报的加倍扣分",
        pattern="multiplier",
        rules=(Deduction(Cases("传染病迟报"), points="0.5", times=Times(2, Flag("瞒报"))),),
    ),
    ClauseCase(
        text="擅自离岗，第一次扣1分，第二次不得分",
        pattern="escalation",
        rules=(
            Bands(
                "擅自离岗",
                "lose",
                (Band(1, low=1, high=1, high_in=True), Band(FULL, low=2)),
            ),
        ),
    ),
    # Judgement and forfeit beside a deduction.
    ClauseCase(
        text="档案书写潦草酌情扣0.2—1分，无档案不得分",
        pattern="judgement",
        rules=(
            Judgement("档案书写潦草", "lose", least="0.2", most=1),
            Forfeit(Flag("无档案")),
        ),
    ),
    # Nothing that scores, and what can't be read.
    ClauseCase(
        text="业务培训不得少于12次，须取得相应学分；未发生缺勤的不扣分",
        pattern="no deduction",
        targets=(Target("业务培训", ">=", 12),),
        units=(("业务培训", "次"),),
    ),
    ClauseCase(
        text="健康档案动态使用率达60%，每低  %扣1分",
        pattern="unread",
        targets=(Target("健康档案动态使用率", ">=", 60),),
        units=(("健康档案动态使用率", "%"),),
        unread=True,
    ),
    ClauseCase(
        text="未公开收费标准扣1分，服务态度差的扣相应分值",
        pattern="judged",
        rules=(
            Deduction(Once(Flag("未公开收费标准")), points=1),
            Judgement("服务态度差", "lose"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="无消毒记录扣l分，消毒液超期每瓶扣0.2分",
        pattern="scanned",
        rules=(
            Deduction(Once(Flag("无消毒记录")), points=1),
            Deduction(Cases("消毒液超期"), points="0.2"),
        ),
        assumed=True,
    ),
)
