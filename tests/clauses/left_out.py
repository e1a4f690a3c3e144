"""Constructions met in 300 further clauses of public tables, each reworded.

Mostly of what officials leave out because it stands nearby: with what a thing was not done, what is
lacking of, which list goes on, what a share is of; and consequences that are no points.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import BarHonours, ForceGrade, Veto
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Share
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
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _earned(words: str, points: int | str) -> Rule:
    """Earn these points where the words hold."""
    return Bands(words, "earn", (CaseBand(Flag(words), points),))


def _added(words: str, points: int | str) -> Bonus:
    """Gain these points once where the words hold."""
    return Bonus(Once(Flag(words)), points=points)


def _below(measure: str, target: int, step: int, points: int | str) -> Deduction:
    """Lose these points for each step below the target."""
    return Deduction(StepsBelow(measure, target=target, step=step), points=points)


CASES: tuple[ClauseCase, ...] = (
    # --- with what it was not done ------------------------------------------------------------
    ClauseCase(
        text="设置院感管理科，未设置扣3分；配备专职人员，未配备扣1分",
        pattern="flags",
        rules=(_once("未设置院感管理科", 3), _once("未配备专职人员", 1)),
    ),
    ClauseCase(
        text="未开展的扣2分，参训人员不全的酌情扣分",
        requirement="组织开展村医急救技能培训",
        points=4,
        pattern="flags",
        rules=(_once("未开展村医急救技能培训", 2), Judgement("参训人员不全", "lose")),
    ),
    ClauseCase(
        text="有专人负责的冷链监测，没有扣2分",
        pattern="flags",
        rules=(_once("没有专人负责的冷链监测", 2),),
    ),
    ClauseCase(
        text="查演练记录，没有扣1分",
        pattern="flags",
        rules=(_once("没有演练记录", 1),),
    ),
    ClauseCase(
        text="检测结果上墙告知，没告知扣3分",
        pattern="flags",
        rules=(_once("检测结果上墙告知，没告知", 3),),
    ),
    ClauseCase(
        text="辖区内有新建学校，未开展卫生学评价，不得分",
        pattern="forfeit",
        rules=(Forfeit(Flag("辖区内有新建学校，未开展卫生学评价")),),
    ),
    ClauseCase(
        text="未按照《消毒技术规范（试行）》要求，落实清洗、灭菌等程序的，每项扣2分",
        pattern="cases",
        rules=(_each("未按照《消毒技术规范（试行）》要求，落实清洗、灭菌等程序", 2),),
    ),
    # --- lacking of what ----------------------------------------------------------------------
    ClauseCase(
        text="预案应写明指挥体系、疏散路线、物资清单等内容，并定期演练，缺一项扣1分",
        pattern="cases",
        rules=(_each("预案应写明指挥体系、疏散路线、物资清单等内容，并定期演练缺少", 1),),
    ),
    ClauseCase(
        text="公示牌应标明：科室，姓名，电话，缺一项扣0.5分",
        pattern="cases",
        rules=(_each("公示牌应标明：科室，姓名，电话缺少", "0.5"),),
    ),
    ClauseCase(
        text="未签订结对帮扶协议，每缺一个村扣2分",
        pattern="cases",
        rules=(_each("未签订结对帮扶协议的村", 2),),
    ),
    ClauseCase(
        text="未落实编制、审核、发布程序，每缺一项，扣3分",
        pattern="cases",
        rules=(_each("未落实编制、审核、发布程序", 3),),
    ),
    ClauseCase(
        text="辅助科室缺2个科室，不得分",
        pattern="forfeit by count",
        rules=(Forfeit(Compare("辅助科室缺少", ">=", 2)),),
    ),
    ClauseCase(
        text="科室设置齐全得1分，缺1个科室，扣0.5分",
        points=1,
        pattern="cases",
        rules=(_each("科室缺少", "0.5"),),
    ),
    ClauseCase(
        text="未在三个点位布点扣3分，少测一个点位扣1分",
        requirement="每处布设3个点位",
        pattern="lacking",
        rules=(
            _once("未在三个点位布点", 3),
            Deduction(Lacking("点位", required=3), points=1),
        ),
    ),
    # --- of what the case is ------------------------------------------------------------------
    ClauseCase(
        text="登记项目齐全，字迹清楚，装订规范，有一项不符合扣1分",
        pattern="cases",
        rules=(_each("登记项目齐全，字迹清楚，装订规范，不符合", 1),),
    ),
    ClauseCase(
        text="公开栏内容不全，更新不及时，张贴不规范的，每次扣0.5分",
        pattern="cases",
        rules=(_each("公开栏内容不全，更新不及时，张贴不规范", "0.5"),),
    ),
    ClauseCase(
        text="未按期归还，延期1天扣1分",
        pattern="cases",
        rules=(_each("未按期归还，延期", 1),),
    ),
    ClauseCase(
        text="因违规被市级部门处罚的，每处罚一次扣5分",
        pattern="cases",
        rules=(_each("因违规被市级部门处罚", 5),),
    ),
    ClauseCase(
        text="候诊区每发现1个烟头扣2分，病区每发现1个烟头扣3分",
        pattern="cases",
        rules=(_each("候诊区烟头", 2), _each("病区烟头", 3)),
    ),
    ClauseCase(
        text="消防设施要求每项不达标扣0.5分",
        pattern="cases",
        rules=(_each("消防设施不达标", "0.5"),),
    ),
    ClauseCase(
        text="考评一个站点不合格扣0.5分",
        pattern="cases",
        rules=(_each("考评站点不合格", "0.5"),),
        units=(("考评站点不合格", "个"),),
    ),
    ClauseCase(
        text="漏一项阳性体征（异常的）扣5分",
        pattern="cases",
        rules=(_each("漏阳性体征（异常的）", 5),),
    ),
    # --- lists --------------------------------------------------------------------------------
    ClauseCase(
        text="首诊病历无记录主诉、既往史各扣5分",
        pattern="each of a list",
        rules=(_once("首诊病历无记录主诉", 5), _once("首诊病历无记录既往史", 5)),
    ),
    ClauseCase(
        text="入口未设置导诊牌、无障碍坡道的各扣1分",
        pattern="each of a list",
        rules=(_once("入口未设置导诊牌", 1), _once("入口未设置无障碍坡道", 1)),
    ),
    ClauseCase(
        text="噪声或异味超标各扣3分",
        pattern="each of a list",
        rules=(_once("噪声超标", 3), _once("异味超标", 3)),
    ),
    ClauseCase(
        text="未成立质控委员会或质控小组，扣10分",
        pattern="flags",
        rules=(_once("未成立质控委员会或质控小组", 10),),
    ),
    ClauseCase(
        text="获国家级通报表扬加3分，省级加2分、市级1分",
        pattern="bonus",
        rules=(
            _added("获国家级通报表扬", 3),
            _added("获省级通报表扬", 2),
            _added("获市级通报表扬", 1),
        ),
    ),
    ClauseCase(
        text="参与创建卫生街道的奖励1分、卫生社区奖励0.5分",
        pattern="bonus",
        rules=(_added("参与创建卫生街道", 1), _added("参与创建卫生社区", "0.5")),
    ),
    ClauseCase(
        text="院长带队得10分或副院长带队得8分。否则不得分",
        pattern="bands",
        rules=(
            Bands(
                "院长带队",
                "earn",
                (CaseBand(Flag("院长带队"), 10), CaseBand(Flag("副院长带队"), 8)),
                otherwise=0,
            ),
        ),
    ),
    ClauseCase(
        text="公立机构建档率、公示达标率低于85%的，每降低1个百分点扣2分",
        pattern="steps below",
        rules=(_below("公立机构建档率", 85, 1, 2), _below("公示达标率", 85, 1, 2)),
        assumed=True,
    ),
    ClauseCase(
        text="产后访视率、新生儿访视率每低5%扣1分",
        requirement="产后访视率≥95%。新生儿访视率≥95%。",
        pattern="steps below",
        rules=(_below("产后访视率", 95, 5, 1), _below("新生儿访视率", 95, 5, 1)),
        assumed=True,
    ),
    # --- bounds -------------------------------------------------------------------------------
    ClauseCase(
        text="病种数量≥规定数的90%，得2分\n病种数量≥规定数的80%，得1分\n病种数量＜规定数的80%，不得分",
        pattern="bands",
        rules=(
            Bands(
                "病种数量占规定数的比例",
                "earn",
                (Band(2, low=90), Band(1, low=80), Band(0, high=80)),
            ),
        ),
    ),
    ClauseCase(
        text="中医门诊量每下降5%扣1分",
        requirement="中医门诊量不低于总门诊量的30%",
        pattern="steps below",
        rules=(_below("中医门诊量占总门诊量的比例", 30, 5, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="每下降1%，扣0.5分",
        requirement="护理人次数不低于单位核定的平均数",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow(
                    "护理人次数",
                    target=Given("单位核定的平均数护理人次数"),
                    step=1,
                    relative=True,
                ),
                points="0.5",
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="信访案件占全部案件的比例与全省平均比例数相比，每超过0.1个百分点扣2分",
        pattern="steps above",
        rules=(
            Deduction(
                StepsAbove(
                    "信访案件占全部案件的比例",
                    target=Given("全省平均信访案件占全部案件的比例"),
                    step="0.1",
                ),
                points=2,
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="规范管理率每低5个百分点扣0.4分",
        requirement="规范管理率≥60。",
        pattern="steps below",
        rules=(_below("规范管理率", 60, 5, "0.4"),),
        assumed=True,
    ),
    ClauseCase(
        text="管理率未能保持在90%以上的扣1分",
        pattern="once below",
        rules=(Deduction(Once(Compare("管理率", "<", 90)), points=1),),
    ),
    ClauseCase(
        text="未能每季召开一次以上例会的扣1分",
        pattern="flags",
        rules=(_once("未能每季召开一次以上例会", 1),),
    ),
    ClauseCase(
        text="病假≥10天，事假≥5天，该项不得分",
        pattern="forfeit by bound",
        rules=(Forfeit(AnyOf((Compare("病假", ">=", 10), Compare("事假", ">=", 5)))),),
        assumed=True,
    ),
    ClauseCase(
        text="签约率≥70%，建档率≥80%，得3分",
        pattern="bands",
        rules=(
            Bands(
                "签约率",
                "earn",
                (CaseBand(AllOf((Compare("签约率", ">=", 70), Compare("建档率", ">=", 80))), 3),),
            ),
        ),
    ),
    ClauseCase(
        text="管床数达到要求得3分\n管床数≥3张，得2分\n管床数＜2张，或未安排值班，不得分",
        requirement="日管床数≥5张",
        points=3,
        pattern="bands",
        rules=(
            Bands("日管床数", "earn", (Band(3, low=5), Band(2, low=3))),
            Forfeit(AnyOf((Compare("日管床数", "<", 2), Flag("未安排值班")))),
        ),
    ),
    ClauseCase(
        text="满足要求，得1分；缺1项，不得分",
        requirement="切片机1台，显微镜1台",
        pattern="bands",
        rules=(
            Bands(
                "切片机",
                "earn",
                (CaseBand(AllOf((Compare("切片机", ">=", 1), Compare("显微镜", ">=", 1))), 1),),
            ),
            Forfeit(Compare("缺项", ">=", 1)),
        ),
    ),
    ClauseCase(
        text="2项考核均通过，得3分，1项通过，得1分",
        pattern="bands",
        rules=(
            Bands(
                "考核均通过",
                "earn",
                (Band(3, low=2), Band(1, low=1, high=1, high_in=True)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="优：培训率为100%，20分；良：85%≤接受培训率＜100%，12分",
        pattern="bands",
        rules=(Bands("培训率", "earn", (Band(20, low=100), Band(12, low=85, high=100))),),
    ),
    ClauseCase(
        text="合规率100%得满分，每出现1份不合规合同扣20%",
        pattern="cases",
        rules=(Deduction(Cases("不合规合同"), points=Share("0.2")),),
    ),
    ClauseCase(
        text="在岗率95%-100%得满分，每低10%扣5分，低于50%不得分",
        pattern="steps below",
        rules=(_below("在岗率", 95, 10, 5), Forfeit(Compare("在岗率", "<", 50))),
        assumed=True,
    ),
    ClauseCase(
        text="纠纷：6起不扣分，每降一起加0.5分，每超一起扣0.5分",
        pattern="both ways",
        rules=(
            Bonus(StepsBelow("纠纷", target=6, step=1), points="0.5"),
            Deduction(StepsAbove("纠纷", target=6, step=1), points="0.5"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="线索每少一条扣2分；每多报告一条线索奖励0.2分，最高奖励2分",
        requirement="上报的协管线索一年不少于6条",
        pattern="both ways",
        rules=(
            Deduction(Lacking("上报的协管线索", required=6), points=2),
            Bonus(StepsAbove("上报的协管线索", target=6, step=1), points="0.2", cap=2),
        ),
        assumed=True,
    ),
    # --- shares -------------------------------------------------------------------------------
    ClauseCase(
        text="按实际体检人数占应检人数的百分比计算",
        pattern="proportional",
        rules=(Curve("实际体检人数占应检人数的百分比", "earn", (Knot(0, 0), Knot(100, FULL))),),
    ),
    ClauseCase(
        text="每次测评按未参训人数所占比例扣分",
        pattern="proportional",
        rules=(Curve("未参训人数所占比例", "lose", (Knot(0, 0), Knot(100, FULL))),),
    ),
    # --- points -------------------------------------------------------------------------------
    ClauseCase(
        text="8（未上报死亡病例扣8分；上报不及时扣2分。）",
        points=8,
        pattern="flags",
        rules=(_once("未上报死亡病例", 8), _once("上报不及时", 2)),
    ),
    ClauseCase(
        text="健全考核制度，共10分，未执行扣10分；签订责任状，共20分，每缺一项扣5分",
        pattern="parts",
        parts=(
            Part("1", "考核制度", points=10, rules=(_once("考核制度，未执行", 10),)),
            Part("2", "签订责任状", points=20, rules=(_each("签订责任状缺少", 5),)),
        ),
    ),
    ClauseCase(
        text="涉黑、涉恶案件，每起分别加5分、2分，加分上限15分",
        pattern="bonus",
        rules=(
            Group((Bonus(Cases("涉黑"), points=5), Bonus(Cases("涉恶案件"), points=2)), cap=15),
        ),
    ),
    ClauseCase(
        text="记录不完整1例扣05分",
        pattern="scanned",
        rules=(_each("记录不完整", "0.5"),),
        assumed=True,
    ),
    # --- what is no points --------------------------------------------------------------------
    ClauseCase(
        text="★未依法办理消防验收手续的直接判定为C",
        pattern="veto",
        vetoes=(
            Veto(
                "未依法办理消防验收手续",
                "未依法办理消防验收手续",
                when=Flag("未依法办理消防验收手续"),
                effects=(ForceGrade("C"),),
            ),
        ),
    ),
    ClauseCase(
        text="累计旷工≥3天，年度考核不合格",
        pattern="veto",
        vetoes=(
            Veto(
                "累计旷工",
                "累计旷工",
                when=Compare("累计旷工", ">=", 3),
                effects=(ForceGrade("不合格"),),
            ),
        ),
    ),
    ClauseCase(
        text="总分≥90分为规范级，75~89分为合格级",
        pattern="grades",
    ),
    ClauseCase(
        text="窗口服务态度不好的扣1分；服务中心每半年进行一次满意度测评",
        pattern="targets",
        rules=(_once("窗口服务态度不好", 1),),
        targets=(Target("满意度测评", ">=", 2),),
        assumed=True,
    ),
    ClauseCase(
        text="化验缺项或抽查不合格，按全月不合格扣10分",
        pattern="flags",
        rules=(_once("化验缺项或抽查不合格", 10),),
    ),
    ClauseCase(
        text="管道设计未按照《建筑给排水标准》（GB 50015-2019）要求施工的，"
        "每发现一处扣0.1分，0.5分扣完为止",
        pattern="cases",
        rules=(
            Deduction(
                Cases("管道设计未按照《建筑给排水标准》（GB50015-2019）要求施工"),
                points="0.1",
                cap="0.5",
            ),
        ),
    ),
    # --- where and when a fault was found -----------------------------------------------------
    ClauseCase(
        text="询问记录中，未注明时间的，扣0.5分",
        pattern="flags",
        rules=(_once("询问记录中，未注明时间", "0.5"),),
    ),
    ClauseCase(
        text="接诊未成年人时，未通知监护人的，扣2分",
        pattern="flags",
        rules=(_once("接诊未成年人时，未通知监护人", 2),),
    ),
    ClauseCase(
        text="诊断依据错误，导致误诊的，扣10分",
        pattern="flags",
        rules=(_once("诊断依据错误，导致误诊", 10),),
    ),
    ClauseCase(
        text="签名未覆盖到病历的每一页的，扣1分",
        pattern="flags",
        rules=(_once("签名未覆盖到病历的每一页", 1),),
    ),
    ClauseCase(
        text="全年参训不足总次数的60%的，扣2分",
        pattern="once below",
        rules=(Deduction(Once(Compare("参训占总次数的比例", "<", 60)), points=2),),
    ),
    ClauseCase(
        text="政务服务涉及“最多跑一次”事项落实不到位的，扣0.5分",
        pattern="flags",
        rules=(_once("政务服务涉及“最多跑一次”事项落实不到位", "0.5"),),
    ),
    ClauseCase(
        text="居民医保参保率未达到97%的，酌情扣0.5－1分",
        pattern="judged",
        rules=(
            Judgement(
                "居民医保参保率不达标",
                "lose",
                least="0.5",
                most=1,
                when=Compare("居民医保参保率", "<", 97),
            ),
        ),
    ),
    ClauseCase(
        text="其它功能缺失一项扣0.5分；学历、年限有一人达不到要求的各扣0.5分；未持证，没人扣1分",
        pattern="cases",
        rules=(
            _each("其它功能缺少", "0.5"),
            _each("学历达不到要求", "0.5"),
            _each("年限达不到要求", "0.5"),
            _each("未持证", 1),
        ),
    ),
    ClauseCase(
        text="持证率≥90%得满分，低于90%按比例得分",
        pattern="proportional",
        rules=(Curve("持证率", "earn", (Knot(0, 0), Knot(90, FULL))),),
    ),
    ClauseCase(
        text="出现违规收费行为，未及时处置的，扣2分",
        pattern="flags",
        rules=(_once("出现违规收费行为，未及时处置", 2),),
    ),
    ClauseCase(
        text="疫苗采取集中采购的，城区得1分，非城区得2分",
        pattern="bands",
        rules=(_earned("疫苗采取集中采购，城区", 1), _earned("疫苗采取集中采购，非城区", 2)),
    ),
    ClauseCase(
        text="制定监测方案，及时开展监测，并完成检测报告的，得1分",
        pattern="bands",
        rules=(_earned("制定监测方案，及时开展监测，并完成检测报告", 1),),
    ),
    ClauseCase(
        text="未备案扣完；取样方法不适当扣1分，最高扣2分",
        pattern="forfeit",
        rules=(
            Forfeit(Flag("未备案")),
            Deduction(Cases("取样方法不适当"), points=1, cap=2),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="未每月巡查平台2次以上，扣1分",
        pattern="flags",
        rules=(_once("未每月巡查平台2次以上", 1),),
    ),
    ClauseCase(
        text="加强河道巡查（5分）；严厉打击非法占用行为，出现1例未处理扣2分（5分）",
        points=10,
        pattern="parts",
        parts=(
            Part("1", "加强河道巡查", points=5),
            Part(
                "2",
                "严厉打击非法占用行为，未处理",
                points=5,
                rules=(_each("严厉打击非法占用行为，未处理", 2),),
            ),
        ),
    ),
    # --- what is no target, whose words stand nearby, and consequences in other words ----------
    ClauseCase(
        text="擅自收费的不得分，罚款200元",
        pattern="forfeit",
        rules=(Forfeit(Flag("擅自收费")),),
    ),
    ClauseCase(
        text="罚款收缴率达95%，每低1%扣1分",
        pattern="steps",
        rules=(_below("罚款收缴率", 95, 1, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="问卷测评不少于30名职工，职工满意度≥90%，每低1个百分点扣1分",
        pattern="steps",
        rules=(_below("职工满意度", 90, 1, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="每镇抽查3个村，每村访谈5名老人，知晓率低于80%扣2分",
        pattern="flags",
        rules=(Deduction(Once(Compare("知晓率", "<", 80)), points=2),),
    ),
    ClauseCase(
        text="近5年内未发生责任事故的得3分",
        pattern="bands",
        rules=(_earned("近5年内未发生责任事故", 3),),
    ),
    ClauseCase(
        text="按完成率赋分。例如：某县完成率为82%，得分为82%×5=4.1分",
        points=5,
        pattern="proportional",
        rules=(Curve("完成率", "earn", (Knot(0, 0), Knot(100, FULL))),),
    ),
    ClauseCase(
        text="第2、4项，缺1项扣2分；第5项，每少1次扣1分",
        requirement="每年召开例会不少于6次",
        pattern="lacking",
        rules=(_each("第2、4项缺少", 2), Deduction(Lacking("例会", required=6), points=1)),
    ),
    ClauseCase(
        text="开业不满2年的机构不参与考核。服务率每低5%扣1分",
        requirement="服务率≥60%",
        pattern="steps",
        rules=(_below("服务率", 60, 5, 1),),
        unread=True,
    ),
    ClauseCase(
        text="未制订扣3分，未悬挂扣1分",
        requirement="制订、悬挂院内感染防控流程图",
        pattern="flags",
        rules=(_once("未制订院内感染防控流程图", 3), _once("未悬挂院内感染防控流程图", 1)),
    ),
    ClauseCase(
        text="编制应急物资储备目录。未编制的扣2分",
        pattern="flags",
        rules=(_once("未编制应急物资储备目录", 2),),
    ),
    ClauseCase(
        text="一人次未佩戴扣0.5分",
        requirement="医务人员按规定佩戴工作胸牌",
        pattern="cases",
        rules=(_each("未佩戴工作胸牌", "0.5"),),
    ),
    ClauseCase(
        text="未登记扣1分",
        requirement="有发热病人登记本",
        pattern="flags",
        rules=(_once("有发热病人登记本，未登记", 1),),
    ),
    ClauseCase(
        text="发现一处药柜积灰、漏签1次各扣0.5分",
        pattern="cases",
        rules=(_each("药柜积灰", "0.5"), _each("漏签", "0.5")),
    ),
    ClauseCase(
        text="报表缺少一月份扣2分",
        pattern="cases",
        rules=(_each("报表缺少", 2),),
        units=(("报表缺少", "月份"),),
    ),
    ClauseCase(
        text="合格标准为≥92%，每下降1%扣1分",
        requirement="处方审核合格率",
        pattern="steps",
        rules=(_below("处方审核合格率", 92, 1, 1),),
        assumed=True,
    ),
    ClauseCase(
        text="达标率低于85%扣3分。免除当年评优资格。",
        pattern="veto",
        rules=(Deduction(Once(Compare("达标率", "<", 85)), points=3),),
        vetoes=(
            Veto("达标率", "达标率", when=Compare("达标率", "<", 85), effects=(BarHonours(),)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="旷工每天扣除总积分2分",
        pattern="cases",
        rules=(Deduction(Cases("旷工"), points=2, reach="total"),),
    ),
    ClauseCase(
        text="一处台账缺页扣分标准：-0.5",
        pattern="cases",
        rules=(_each("台账缺页", "0.5"),),
    ),
    ClauseCase(
        text="1.设立宣传栏，得1分 2.开展义诊，得2分（按条目计分）",
        pattern="bands",
        rules=(_earned("设立宣传栏", 1), _earned("开展义诊", 2)),
    ),
)
