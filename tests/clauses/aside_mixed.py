"""Whole cells of several rules of different kinds, set aside: as scoring tables print them.

They were written from the contract before the grammar and are never adapted to it.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL
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
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given

CASES: tuple[ClauseCase, ...] = (
    # A rate with its deduction and a forfeit below a line.
    ClauseCase(
        text="每低1个百分点扣0.2分，低于40%不得分。未开展动员扣1分。",
        pattern="steps and forfeit",
        points=6,
        requirement="重点人群签约率≥60%",
        rules=(
            Deduction(StepsBelow("重点人群签约率", target=60, step=1), points="0.2"),
            Forfeit(Compare("重点人群签约率", "<", 40)),
            Deduction(Once(Flag("未开展动员")), points=1),
        ),
        units=(("重点人群签约率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="（8分）糖尿病患者规范管理率达62%以上，每低1%扣0.5分，不足50%的不得分；\n"
        "发现虚假随访的，每例扣1分，最多扣3分。",
        pattern="steps and forfeit",
        states=8,
        rules=(
            Deduction(StepsBelow("糖尿病患者规范管理率", target=62, step=1), points="0.5"),
            Forfeit(Compare("糖尿病患者规范管理率", "<", 50)),
            Deduction(Cases("虚假随访"), points=1, cap=3),
        ),
        units=(("糖尿病患者规范管理率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="达到目标得满分；每降低5％扣1分；任务未启动的，该项不得分",
        pattern="steps and forfeit",
        points=5,
        requirement="妇女“两癌”筛查任务完成率达100%",
        rules=(
            Deduction(StepsBelow("妇女“两癌”筛查任务完成率", target=100, step=5), points=1),
            Forfeit(Flag("任务未启动")),
        ),
        units=(("妇女“两癌”筛查任务完成率", "%"),),
        assumed=True,
    ),
    # Requirement in another cell, with several quantities told apart by their units.
    ClauseCase(
        text="①每少一次扣0.5分；②每少一人扣0.2分；③无签到、无影像资料的不得分。",
        pattern="requirement elsewhere",
        points=4,
        requirement="业务培训不少于4次，受训乡村医生不少于30人",
        rules=(
            Deduction(Lacking("业务培训", required=4), points="0.5"),
            Deduction(Lacking("受训乡村医生", required=30), points="0.2"),
            Forfeit(AnyOf((Flag("无签到"), Flag("无影像资料")))),
        ),
        units=(("业务培训", "次"), ("受训乡村医生", "人")),
    ),
    ClauseCase(
        text="查阅资料，院感例会少一次扣0.5分；环境卫生学监测少一次扣1分；记录不规范酌情扣0.5~1分",
        pattern="requirement elsewhere",
        points=5,
        requirement="院感例会每季度1次；环境卫生学监测每月1次",
        rules=(
            Deduction(Lacking("院感例会", required=4), points="0.5"),
            Deduction(Lacking("环境卫生学监测", required=12), points=1),
            Judgement("记录不规范", "lose", least="0.5", most=1),
        ),
        units=(("院感例会", "次"), ("环境卫生学监测", "次")),
        assumed=True,
    ),
    ClauseCase(
        text="配备使用率每低1个百分点扣0.1分，扣完2分为止；处方比例每超1个百分点扣0.2分；"
        "未按月公示扣0.5分",
        pattern="requirement elsewhere",
        points=3,
        requirement="门诊抗菌药物处方比例不超过20%；基本药物配备使用率不低于90%",
        rules=(
            Deduction(StepsBelow("基本药物配备使用率", target=90, step=1), points="0.1", cap=2),
            Deduction(StepsAbove("门诊抗菌药物处方比例", target=20, step=1), points="0.2"),
            Deduction(Once(Flag("未按月公示")), points="0.5"),
        ),
        units=(("基本药物配备使用率", "%"), ("门诊抗菌药物处方比例", "%")),
        assumed=True,
    ),
    ClauseCase(
        text="宣传栏：每缺一期扣0.2分；讲座：每缺一场扣0.5分；两项合计最多扣3分",
        pattern="requirement elsewhere",
        points=5,
        requirement="宣传栏全年不少于6期；讲座全年不少于12场",
        rules=(
            Group(
                (
                    Deduction(Lacking("宣传栏", required=6), points="0.2"),
                    Deduction(Lacking("讲座", required=12), points="0.5"),
                ),
                cap=3,
            ),
        ),
        units=(("宣传栏", "期"), ("讲座", "场")),
    ),
    # Escalation with multipliers, further deductions and vetoes.
    ClauseCase(
        text="零报告迟报，首次扣0.5分，再次不得分；瞒报疫情的，从总分中扣5分。",
        pattern="escalation",
        points=3,
        rules=(
            Bands(
                "零报告迟报",
                "lose",
                (Band("0.5", low=1, high=1, high_in=True), Band(FULL, low=2)),
            ),
            Deduction(Once(Flag("瞒报疫情")), points=5, reach="total"),
        ),
    ),
    ClauseCase(
        text="医疗纠纷每起扣2分，主动报告的减半扣分；造成群体事件的另扣3分；扣完为止",
        pattern="multiplier and further",
        points=8,
        rules=(
            Deduction(Cases("医疗纠纷"), points=2, times=Times("0.5", Flag("主动报告"))),
            Deduction(Once(Flag("造成群体事件")), points=3, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="隐患未整改每处扣0.5分，最高扣3分，重复出现的加倍扣分；"
        "未建隐患台账不得分；发生责任事故的取消评优资格",
        pattern="multiplier, forfeit, veto",
        points=10,
        rules=(
            Deduction(Cases("隐患未整改"), points="0.5", cap=3, times=Times(2, Flag("重复出现"))),
            Forfeit(Flag("未建隐患台账")),
        ),
        vetoes=(
            Veto("发生责任事故", "发生责任事故", when=Flag("发生责任事故"), effects=BarHonours()),
        ),
    ),
    ClauseCase(
        text="收受红包每人次扣2分，造成恶劣影响的追加扣1分",
        pattern="further",
        points=5,
        rules=(
            Deduction(Cases("收受红包"), points=2),
            Deduction(Once(Flag("造成恶劣影响")), points=1, reach="total"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="消防通道堵塞每处扣1分；消防器材过期每具扣0.5分；两项累计扣分以3分为限；"
        "年内发生火灾的一票否决，取消评先资格",
        pattern="group cap and veto",
        points=6,
        rules=(
            Group(
                (
                    Deduction(Cases("消防通道堵塞"), points=1),
                    Deduction(Cases("消防器材过期"), points="0.5"),
                ),
                cap=3,
            ),
        ),
        vetoes=(Veto("发生火灾", "发生火灾", when=Flag("发生火灾"), effects=BarHonours()),),
    ),
    # Bands with deductions or bonuses beside them.
    ClauseCase(
        text="≥90%得5分；80%（含）－90%得3分；低于80%不得分。资料造假的，每份扣1分。",
        pattern="bands and cases",
        points=5,
        requirement="居民健康档案建档率",
        rules=(
            Bands(
                "居民健康档案建档率",
                "earn",
                (Band(5, low=90), Band(3, low=80, high=90), Band(0, high=80)),
            ),
            Deduction(Cases("资料造假"), points=1),
        ),
        units=(("居民健康档案建档率", "%"),),
    ),
    ClauseCase(
        text="群众满意度：95%以上得4分，[90%，95%)得3分，[85%，90%)得1分，85%（不含）以下不得分；"
        "满意度列全县前3名的分别加3、2、1分。",
        pattern="bands and rank",
        points=4,
        rules=(
            Bands(
                "群众满意度",
                "earn",
                (
                    Band(4, low=95),
                    Band(3, low=90, high=95),
                    Band(1, low=85, high=90),
                    Band(0, high=85),
                ),
            ),
            Bands(
                "排名",
                "add",
                (
                    Band(3, low=1, high=1, high_in=True),
                    Band(2, low=2, high=2, high_in=True),
                    Band(1, low=3, high=3, high_in=True),
                ),
            ),
        ),
        units=(("群众满意度", "%"),),
    ),
    ClauseCase(
        text="现场评价：优得3分、良得2分、差不得分；投诉属实每件扣0.5分，前1件不扣",
        pattern="levels and free cases",
        points=3,
        rules=(
            Bands(
                "现场评价",
                "earn",
                (LevelBand("优", 3), LevelBand("良", 2), LevelBand("差", 0)),
            ),
            Deduction(Cases("投诉属实", free=1), points="0.5"),
        ),
    ),
    ClauseCase(
        text="有年度计划得1分，有工作总结得1分，有督导记录得２分；弄虚作假的不得分",
        pattern="item by item and forfeit",
        points=4,
        rules=(
            Bands("有年度计划", "earn", (CaseBand(Flag("有年度计划"), 1),)),
            Bands("有工作总结", "earn", (CaseBand(Flag("有工作总结"), 1),)),
            Bands("有督导记录", "earn", (CaseBand(Flag("有督导记录"), 2),)),
            Forfeit(Flag("弄虚作假")),
        ),
    ),
    ClauseCase(
        text="得分=任务完成率×6分；未按时报送进度的，每次扣0.2分；完成率在50%以下的不得分",
        pattern="proportional earning",
        points=6,
        rules=(
            Curve("任务完成率", "earn", (Knot(0, 0), Knot(100, 6))),
            Deduction(Cases("未按时报送进度"), points="0.2"),
            Forfeit(Compare("任务完成率", "<=", 50)),
        ),
        units=(("任务完成率", "%"),),
    ),
    ClauseCase(
        text="建卡率80%（含）-90%扣1分，70%（含）-80%扣2分，低于70%扣3分；未建卡册扣0.5分",
        pattern="losing bands",
        points=5,
        rules=(
            Bands(
                "建卡率",
                "lose",
                (Band(1, low=80, high=90), Band(2, low=70, high=80), Band(3, high=70)),
            ),
            Deduction(Once(Flag("未建卡册")), points="0.5"),
        ),
        units=(("建卡率", "%"),),
    ),
    # Deduction and bonus on the same measure.
    ClauseCase(
        text="县域内住院率达80%，每低1个百分点扣0.2分，每提高1个百分点加0.1分，最高加1分",
        pattern="deduction and bonus",
        points=4,
        rules=(
            Deduction(StepsBelow("县域内住院率", target=80, step=1), points="0.2"),
            Bonus(StepsAbove("县域内住院率", target=80, step=1), points="0.1", cap=1),
        ),
        units=(("县域内住院率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="无偿献血完成200人次，每少10人次扣0.5分；获省级表彰加2分；"
        "宣传稿被采用的每篇奖0.2分，最高奖2分",
        pattern="deduction and bonus",
        points=5,
        rules=(
            Deduction(Lacking("无偿献血", required=200, step=10), points="0.5"),
            Bonus(Once(Flag("获省级表彰")), points=2),
            Bonus(Cases("宣传稿被采用"), points="0.2", cap=2),
        ),
        units=(("无偿献血", "人次"),),
    ),
    ClauseCase(
        text="经验材料被市级推广加1分，被省级推广加2分，就高加分、不重复计算；未报送材料扣1分",
        pattern="group of bonuses",
        points=3,
        rules=(
            Group(
                (
                    Bonus(Once(Flag("经验材料被市级推广")), points=1),
                    Bonus(Once(Flag("被省级推广")), points=2),
                ),
                pick="best",
            ),
            Deduction(Once(Flag("未报送材料")), points=1),
        ),
    ),
    ClauseCase(
        text="中药饮片处方占比≥10%，每低1%扣0.3分；开展新技术的，在本项分值内每项加0.5分",
        pattern="bonus inside",
        points=5,
        rules=(
            Deduction(StepsBelow("中药饮片处方占比", target=10, step=1), points="0.3"),
            Bonus(Cases("开展新技术"), points="0.5", where="inside"),
        ),
        units=(("中药饮片处方占比", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="信息系统故障未报备每次扣0.5分；获国家级荣誉的加5分（单列）",
        pattern="bonus apart",
        points=2,
        rules=(
            Deduction(Cases("信息系统故障未报备"), points="0.5"),
            Bonus(Once(Flag("获国家级荣誉")), points=5, where="apart"),
        ),
    ),
    # Several measures in one cell.
    ClauseCase(
        text="高血压规范管理率≥65%，每低1%扣0.1分；血压控制率≥45%，每低1%扣0.2分，扣完2分为止；"
        "失访每人扣0.1分",
        pattern="several measures",
        points=6,
        rules=(
            Deduction(StepsBelow("高血压规范管理率", target=65, step=1), points="0.1"),
            Deduction(StepsBelow("血压控制率", target=45, step=1), points="0.2", cap=2),
            Deduction(Cases("失访"), points="0.1"),
        ),
        units=(("高血压规范管理率", "%"), ("血压控制率", "%")),
        assumed=True,
    ),
    ClauseCase(
        text="管理率≥90%、控制率≥60%，每低1个百分点各扣0.1分；无随访记录的每户扣0.5分",
        pattern="several measures, each",
        points=4,
        rules=(
            Deduction(StepsBelow("管理率", target=90, step=1), points="0.1"),
            Deduction(StepsBelow("控制率", target=60, step=1), points="0.1"),
            Deduction(Cases("无随访记录"), points="0.5"),
        ),
        units=(("管理率", "%"), ("控制率", "%")),
        assumed=True,
    ),
    ClauseCase(
        text="药占比≤30%、耗占比≤20%，每超1个百分点分别扣0.5分、0.3分，不足1个百分点按1个百分点计",
        pattern="several measures, distributed",
        points=5,
        rules=(
            Deduction(StepsAbove("药占比", target=30, step=1, counting="started"), points="0.5"),
            Deduction(StepsAbove("耗占比", target=20, step=1, counting="started"), points="0.3"),
        ),
        units=(("药占比", "%"), ("耗占比", "%")),
    ),
    ClauseCase(
        text="1. 传染病报告率100%，每低1%扣1分。\n2. 报告及时率≥95％，每低1%扣0.5分。\n"
        "3. 迟报、漏报每例各扣1分。",
        pattern="several measures",
        points=10,
        rules=(
            Deduction(StepsBelow("传染病报告率", target=100, step=1), points=1),
            Deduction(StepsBelow("报告及时率", target=95, step=1), points="0.5"),
            Deduction(Cases("迟报"), points=1),
            Deduction(Cases("漏报"), points=1),
        ),
        units=(("传染病报告率", "%"), ("报告及时率", "%")),
        assumed=True,
    ),
    # Kinds of facility, last year's value, blanks.
    ClauseCase(
        text="门诊病历合格率：乡镇卫生院90%、村卫生室80%，每低5个百分点扣1分；丙级病历每份扣2分",
        pattern="kinds of facility",
        points=6,
        rules=(
            Deduction(
                StepsBelow(
                    "门诊病历合格率", target=ByKind({"乡镇卫生院": 90, "村卫生室": 80}), step=5
                ),
                points=1,
            ),
            Deduction(Cases("丙级病历"), points=2),
        ),
        units=(("门诊病历合格率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="每低2%扣0.5分，低于60%不得分",
        pattern="kinds of facility",
        points=5,
        requirement="床位使用率：中心卫生院达到85%，一般卫生院达到75%",
        rules=(
            Deduction(
                StepsBelow(
                    "床位使用率", target=ByKind({"中心卫生院": 85, "一般卫生院": 75}), step=2
                ),
                points="0.5",
            ),
            Forfeit(Compare("床位使用率", "<", 60)),
        ),
        units=(("床位使用率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="门诊人次不低于上年，每降低1%扣0.2分，不足1%按比例计；无统计报表的扣1分",
        pattern="last year's value",
        points=4,
        rules=(
            Deduction(
                StepsBelow(
                    "门诊人次",
                    target=Given("上年门诊人次"),
                    step=1,
                    relative=True,
                    counting="proportional",
                ),
                points="0.2",
            ),
            Deduction(Once(Flag("无统计报表")), points=1),
        ),
    ),
    ClauseCase(
        text="新生儿访视率达到____%以上，每低1个百分点扣0.2分；漏访每例扣0.5分，最高扣2分",
        pattern="blank",
        points=4,
        rules=(
            Deduction(
                StepsBelow("新生儿访视率", target=Blank("新生儿访视率"), step=1), points="0.2"
            ),
            Deduction(Cases("漏访"), points="0.5", cap=2),
        ),
        units=(("新生儿访视率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="抗菌药物使用强度不超过______，超过的扣2分；处方点评每月少一次扣0.2分",
        pattern="blank",
        points=4,
        requirement="处方点评每月1次",
        rules=(
            Deduction(Once(Compare("抗菌药物使用强度", ">", Blank("抗菌药物使用强度"))), points=2),
            Deduction(Lacking("处方点评", required=12), points="0.2"),
        ),
        units=(("处方点评", "次"),),
        assumed=True,
    ),
    # Measures handed over: the rule is about the one that is known.
    ClauseCase(
        text="满意度达到90%，每低5%扣0.5分；被通报批评的扣1分",
        pattern="measures given",
        points=3,
        measures=(Measure("satisfaction", "患者满意度", unit="%"),),
        rules=(
            Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
            Deduction(Once(Flag("被通报批评")), points=1),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="接种率≥90%，每低1%扣1分；冷链温度未记录每天扣0.1分；接种差错每起扣2分",
        pattern="measures given",
        points=8,
        measures=(Measure("vaccinated", "接种率", unit="%"), Measure("mistakes", "接种差错")),
        rules=(
            Deduction(StepsBelow("vaccinated", target=90, step=1), points=1),
            Deduction(Cases("冷链温度未记录"), points="0.1"),
            Deduction(Cases("mistakes"), points=2),
        ),
        assumed=True,
    ),
    # Conditions of several kinds.
    ClauseCase(
        text="未设信访接待室或未明确分管领导的扣1分；信访件逾期每件扣0.5分；越级上访每批次扣2分",
        pattern="conditions",
        points=5,
        rules=(
            Deduction(Once(AnyOf((Flag("未设信访接待室"), Flag("未明确分管领导")))), points=1),
            Deduction(Cases("信访件逾期"), points="0.5"),
            Deduction(Cases("越级上访"), points=2),
        ),
    ),
    ClauseCase(
        text="预算执行率低于80%的扣2分；白条抵库每笔扣1分；私设小金库不得分",
        pattern="conditions",
        points=6,
        rules=(
            Deduction(Once(Compare("预算执行率", "<", 80)), points=2),
            Deduction(Cases("白条抵库"), points=1),
            Forfeit(Flag("私设小金库")),
        ),
        units=(("预算执行率", "%"),),
    ),
    ClauseCase(
        text="应急预案缺一项扣0.5分，缺三项不得分；演练无评估报告扣1分",
        pattern="forfeit at a count",
        points=4,
        rules=(
            Deduction(Cases("应急预案缺少"), points="0.5"),
            Forfeit(Compare("应急预案缺少", ">=", 3)),
            Deduction(Once(Flag("演练无评估报告")), points=1),
        ),
    ),
    # Long cells with the noise of real tables.
    ClauseCase(
        text="扣分标准：\n（1）未成立领导小组扣１分；\n（2）无年度计划、无工作总结各扣0．5分；\n"
        "（3）例会每少一次扣0.2分；\n（4）资料不全酌情扣分，最多扣１分。",
        pattern="long cell",
        points=5,
        requirement="例会每月不少于一次",
        rules=(
            Deduction(Once(Flag("未成立领导小组")), points=1),
            Deduction(Once(Flag("无年度计划")), points="0.5"),
            Deduction(Once(Flag("无工作总结")), points="0.5"),
            Deduction(Lacking("例会", required=12), points="0.2"),
            Judgement("资料不全", "lose", most=1),
        ),
        units=(("例会", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="【评分细则】抽查10份病历、20张处方。病历书写不合格的每份扣0.5分;"
        "处方用药不适宜的每张扣0.2分;超常处方每张扣1分,以上三项合计扣分不超过5分",
        pattern="long cell",
        points=8,
        rules=(
            Group(
                (
                    Deduction(Cases("病历书写不合格"), points="0.5"),
                    Deduction(Cases("处方用药不适宜"), points="0.2"),
                    Deduction(Cases("超常处方"), points=1),
                ),
                cap=5,
            ),
        ),
    ),
    ClauseCase(
        text="依据《医疗废物管理条例》第十六条，暂存间设置不合规扣1分；"
        "医废暂存超过48小时的每次扣0.5分；医废流失的，不得分（举报电话12320）",
        pattern="long cell with explained numbers",
        points=4,
        rules=(
            Deduction(Once(Flag("暂存间设置不合规")), points=1),
            Deduction(Cases("医废暂存超过48小时"), points="0.5"),
            Forfeit(Flag("医废流失")),
        ),
    ),
    ClauseCase(
        text="2024年11月底前未完成老年人体检的扣2分；体检表缺项每处扣0.1分；"
        "体检率達70%，每低1個百分點扣0.3分",
        pattern="long cell with dates",
        points=7,
        rules=(
            Deduction(Once(Flag("2024年11月底前未完成老年人体检")), points=2),
            Deduction(Cases("体检表缺项"), points="0.1"),
            Deduction(StepsBelow("体检率", target=70, step=1), points="0.3"),
        ),
        units=(("体检率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="按照卫发\u30142022\u30158号文件要求，落实分级诊疗。上转病人未登记每例扣0.2分；"
        "下转病人数不低于30人，每少1人扣0.1分；无双向转诊协议扣１分",
        pattern="long cell with explained numbers",
        points=5,
        rules=(
            Deduction(Cases("上转病人未登记"), points="0.2"),
            Deduction(Lacking("下转病人数", required=30), points="0.1"),
            Deduction(Once(Flag("无双向转诊协议")), points=1),
        ),
        units=(("下转病人数", "人"),),
    ),
    ClauseCase(
        text="國家基本藥物使用金額占比≥60％，每低２％扣0.5分，最高扣３分；\n"
        "藥品未網上採購，每種扣0.2分；\n無採購臺賬不得分。",
        pattern="long cell, traditional",
        points=6,
        rules=(
            Deduction(
                StepsBelow("國家基本藥物使用金額占比", target=60, step=2), points="0.5", cap=3
            ),
            Deduction(Cases("藥品未網上採購"), points="0.2"),
            Forfeit(Flag("無採購臺賬")),
        ),
        units=(("國家基本藥物使用金額占比", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="完成率 1 0 0 % ，每 低 5 % 扣 0 . 5 分 ； 数 据 错 误 每 条 扣 0 . 1 分",
        pattern="long cell, spaced",
        points=5,
        rules=(
            Deduction(StepsBelow("完成率", target=100, step=5), points="0.5"),
            Deduction(Cases("数据错误"), points="0.1"),
        ),
        units=(("完成率", "%"),),
        assumed=True,
    ),
    ClauseCase(
        text="麻醉药品未实行“五专”管理扣2分，账物不符每支扣1分，丢失麻醉药品不得分且从总分中扣5分",
        pattern="one occasion, two consequences",
        points=6,
        rules=(
            Deduction(Once(Flag("麻醉药品未实行“五专”管理")), points=2),
            Deduction(Cases("账物不符"), points=1),
            Forfeit(Flag("丢失麻醉药品")),
            Deduction(Once(Flag("丢失麻醉药品")), points=5, reach="total"),
        ),
    ),
    # Targets beside rules, vague words, and what must be reported.
    ClauseCase(
        text="孕产妇建册率达到90%以上；高危孕产妇漏管每例扣1分；孕产妇死亡率不超过10/10万",
        pattern="targets beside rules",
        points=6,
        rules=(Deduction(Cases("高危孕产妇漏管"), points=1),),
        targets=(
            Target("孕产妇建册率", ">=", 90),
            Target("孕产妇死亡率", "<=", 10),
        ),
        units=(("孕产妇建册率", "%"), ("孕产妇死亡率", "1/10万")),
    ),
    ClauseCase(
        text="居民知晓率在80%左右；宣传资料未发放到户的每户扣0.1分，最多扣1分",
        pattern="vague",
        points=3,
        rules=(Deduction(Cases("宣传资料未发放到户"), points="0.1", cap=1),),
        vague=True,
    ),
    ClauseCase(
        text="未开展自查扣1分，整改不到位的视情节扣分；其余扣分见附表3",
        pattern="unread",
        points=4,
        rules=(
            Deduction(Once(Flag("未开展自查")), points=1),
            Judgement("整改不到位", "lose"),
        ),
        unread=True,
    ),
    ClauseCase(
        text="视频巡诊不少于24次，每少1次扣 分；设备闲置的扣2分",
        pattern="unread",
        points=4,
        rules=(Deduction(Once(Flag("设备闲置")), points=2),),
        targets=(Target("视频巡诊", ">=", 24),),
        units=(("视频巡诊", "次"),),
        unread=True,
    ),
    ClauseCase(
        text="加强分诊、参加质控，不得推诿病人；查封扣押物品按部分登记。推诿病人每例扣2分，"
        "未发生的不扣分",
        pattern="traps",
        points=4,
        rules=(Deduction(Cases("推诿病人"), points=2),),
    ),
)
