"""Clause cases set aside before the grammar was written: everything but deductions and earnings.

Forfeits, judgements, vetoes and disqualifications, targets without a rule, duties by frequency,
blanks, sentences that excuse, texts that score nothing, vague ones, and broken ones that must be
reported.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroTotal,
)
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level
from healthduty.rules.points import FULL
from healthduty.rules.rule import Band, Bands, Deduction, Forfeit, Judgement
from healthduty.rules.tally import Cases, Lacking
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple


def _veto(event: str, *effects: VetoEffect, subject: str = "unit") -> Veto:
    """Return the veto of an event, named by its words."""
    return Veto(event, event, when=Flag(event), effects=effects, subject=subject)


CASES: tuple[ClauseCase, ...] = (
    # forfeits on a flag
    ClauseCase(
        text="未建立传染病报告登记簿的，不得分。",
        pattern="forfeit",
        points=3,
        rules=(Forfeit(Flag("未建立传染病报告登记簿")),),
    ),
    ClauseCase(
        text="无专（兼）职公共卫生人员者不计分",
        pattern="forfeit",
        rules=(Forfeit(Flag("无专（兼）职公共卫生人员")),),
    ),
    ClauseCase(text="弄虚作假的该项记零分", pattern="forfeit", rules=(Forfeit(Flag("弄虚作假")),)),
    ClauseCase(
        text="发生医源性感染暴发事件，本项计 0 分",
        pattern="forfeit",
        rules=(Forfeit(Flag("发生医源性感染暴发事件")),),
    ),
    ClauseCase(
        text="消毒供应中心未达标，扣除全部分值",
        pattern="forfeit",
        points=4,
        rules=(Forfeit(Flag("消毒供应中心未达标")),),
    ),
    ClauseCase(
        text="使用过期药品的，该项分值全部扣除",
        pattern="forfeit",
        points=4,
        rules=(Forfeit(Flag("使用过期药品")),),
    ),
    ClauseCase(
        text="未签订安全生产责任书的取消该项得分",
        pattern="forfeit",
        rules=(Forfeit(Flag("未签订安全生产责任书")),),
    ),
    ClauseCase(
        text="超范围开展诊疗活动的不予得分",
        pattern="forfeit",
        rules=(Forfeit(Flag("超范围开展诊疗活动")),),
    ),
    ClauseCase(
        text="未按規定處置醫療廢物旳不得分",
        pattern="forfeit",
        rules=(Forfeit(Flag("未按規定處置醫療廢物")),),
    ),
    ClauseCase(
        text="隐瞒重大疫情不报的，本大项不得分",
        pattern="forfeit, scope",
        rules=(Forfeit(Flag("隐瞒重大疫情不报"), scope="section"),),
    ),
    # forfeits on several conditions, a number or a level
    ClauseCase(
        text="无计划或无总结的不得分",
        pattern="forfeit, several",
        rules=(Forfeit(AnyOf((Flag("无计划"), Flag("无总结")))),),
    ),
    ClauseCase(
        text="无制度、无记录、无专人负责，均不得分",
        pattern="forfeit, several",
        rules=(Forfeit(AnyOf((Flag("无制度"), Flag("无记录"), Flag("无专人负责")))),),
    ),
    ClauseCase(
        text="既无制度又无记录的不得分",
        pattern="forfeit, several",
        rules=(Forfeit(AllOf((Flag("无制度"), Flag("无记录")))),),
    ),
    ClauseCase(
        text="每缺1项扣1分，缺3项及以上不得分",
        requirement="应急预案、演练方案、演练记录、评估报告齐全",
        pattern="forfeit by count",
        points=4,
        rules=(
            Deduction(Cases("应急预案、演练方案、演练记录、评估报告齐全缺少"), points=1),
            Forfeit(Compare("应急预案、演练方案、演练记录、评估报告齐全缺少", ">=", 3)),
        ),
    ),
    ClauseCase(
        text="缺二份以上（含二份）者不得分",
        requirement="抽查居民健康档案10份",
        pattern="forfeit by count",
        rules=(Forfeit(Compare("缺份", ">=", 2)),),
    ),
    ClauseCase(
        text="迟报超过3次的不得分",
        pattern="forfeit by count",
        rules=(Forfeit(Compare("迟报", ">", 3)),),
    ),
    ClauseCase(
        text="年内发生2起及以上医疗纠纷的，不给分",
        pattern="forfeit by count",
        rules=(Forfeit(Compare("医疗纠纷", ">=", 2)),),
        units=(("医疗纠纷", "起"),),
    ),
    ClauseCase(
        text="每少1次扣1分，少3次及以上不得分",
        requirement="全年开展应急演练4次",
        pattern="forfeit by count",
        points=4,
        rules=(
            Deduction(Lacking("应急演练", required=4), points=1),
            Forfeit(Compare("应急演练", "<=", 1)),
        ),
        units=(("应急演练", "次"),),
    ),
    ClauseCase(
        text="使用非法定票据，第一次发现扣1分，第二次发现不得分",
        pattern="forfeit by count",
        points=3,
        rules=(
            Bands(
                "使用非法定票据",
                "lose",
                (Band(1, low=1, high=1, high_in=True), Band(FULL, low=2)),
            ),
        ),
    ),
    ClauseCase(
        text="居民健康素养知识知晓率低于60%的，不得分",
        pattern="forfeit below",
        rules=(Forfeit(Compare("居民健康素养知识知晓率", "<", 60)),),
        units=(("居民健康素养知识知晓率", "%"),),
    ),
    ClauseCase(
        text="甲级病案率未达百分之九十，得零分",
        pattern="forfeit below",
        rules=(Forfeit(Compare("甲级病案率", "<", 90)),),
        units=(("甲级病案率", "%"),),
    ),
    ClauseCase(
        text="档案质量为差的不得分",
        pattern="forfeit by level",
        rules=(Forfeit(Level("档案质量", "差")),),
    ),
    # judgements
    ClauseCase(
        text="资料归档不规范的，酌情扣0.5～1.5分",
        pattern="judgement",
        points=3,
        rules=(Judgement("资料归档不规范", "lose", least="0.5", most="1.5"),),
    ),
    ClauseCase(
        text="服务态度生硬，视情节轻重扣1—3分",
        pattern="judgement",
        points=5,
        rules=(Judgement("服务态度生硬", "lose", least=1, most=3),),
    ),
    ClauseCase(
        text="环境卫生脏乱差，酌情扣分，最多扣2分",
        pattern="judgement",
        points=4,
        rules=(Judgement("环境卫生脏乱差", "lose", most=2),),
    ),
    ClauseCase(
        text="资料不完整酌情扣1分以内",
        pattern="judgement",
        rules=(Judgement("资料不完整", "lose", most=1),),
    ),
    ClauseCase(
        text="处方书写欠规范的适当扣分",
        pattern="judgement",
        points=2,
        rules=(Judgement("处方书写欠规范", "lose"),),
    ),
    ClauseCase(
        text="信息系统运行不稳定扣一至二分",
        pattern="judgement",
        points=3,
        rules=(Judgement("信息系统运行不稳定", "lose", least=1, most=2),),
    ),
    ClauseCase(
        text="酌情扣分",
        requirement="就医环境整洁有序",
        pattern="judgement",
        points=2,
        rules=(Judgement("就医环境整洁有序", "lose"),),
    ),
    ClauseCase(
        text="工作有创新的酌情加1至2分",
        pattern="judgement",
        rules=(Judgement("工作有创新", "add", least=1, most=2),),
    ),
    ClauseCase(
        text="工作创新：由考评组在0～3分范围内酌情给分",
        pattern="judgement",
        points=3,
        rules=(Judgement("工作创新", "earn", most=3),),
    ),
    # vetoes and disqualifications
    ClauseCase(
        text="发生重大医疗事故的，一票否决，年度考核定为不合格",
        pattern="veto",
        vetoes=(_veto("发生重大医疗事故", ForceGrade("不合格")),),
    ),
    ClauseCase(
        text="出现安全生产责任事故的，取消当年评先评优资格",
        pattern="veto",
        vetoes=(_veto("出现安全生产责任事故", BarHonours()),),
    ),
    ClauseCase(
        text="发生群体性越级上访事件，考核降低一个等次",
        pattern="veto",
        vetoes=(_veto("发生群体性越级上访事件", LowerGrade(1)),),
    ),
    ClauseCase(
        text="违规套取基本公共卫生服务资金的，扣减当年补助经费的20%",
        pattern="veto",
        vetoes=(_veto("违规套取基本公共卫生服务资金", WithholdMoney("0.2")),),
    ),
    ClauseCase(
        text="发生瞒报疫情的，年度总分按零分计算",
        pattern="veto",
        vetoes=(_veto("发生瞒报疫情", ZeroTotal()),),
    ),
    ClauseCase(
        text="存在倒卖出生医学证明行为的，考核等次不得高于合格",
        pattern="veto",
        vetoes=(_veto("存在倒卖出生医学证明行为", CapGrade("合格")),),
    ),
    ClauseCase(
        text="凡发生恶性医药购销腐败案件的，实行“一票否决”",
        pattern="veto",
        vetoes=(_veto("发生恶性医药购销腐败案件", BarHonours()),),
        assumed=True,
    ),
    ClauseCase(
        text="出现收受回扣行为的，取消责任人当年评先资格",
        pattern="veto",
        vetoes=(_veto("出现收受回扣行为", BarHonours(), subject="persons"),),
    ),
    ClauseCase(
        text="每发生1起医疗纠纷扣2分，造成患者死亡的一票否决",
        pattern="veto",
        points=6,
        rules=(Deduction(Cases("医疗纠纷"), points=2),),
        vetoes=(_veto("造成患者死亡", BarHonours()),),
        assumed=True,
    ),
    # targets without a rule
    ClauseCase(
        text="确保适龄儿童建证率达到100%，疫苗接种信息录入率达到98％以上",
        pattern="target",
        targets=(
            Target("适龄儿童建证率", ">=", 100),
            Target("疫苗接种信息录入率", ">=", 98),
        ),
        units=(("适龄儿童建证率", "%"), ("疫苗接种信息录入率", "%")),
    ),
    ClauseCase(
        text="孕产妇死亡率控制在18/10万以内，婴儿死亡率控制在5‰以下",
        pattern="target",
        targets=(Target("孕产妇死亡率", "<=", 18), Target("婴儿死亡率", "<=", 5)),
        units=(("孕产妇死亡率", "1/10万"), ("婴儿死亡率", "‰")),
    ),
    ClauseCase(
        text="麻疹发病率不高于1/100万；艾滋病母婴传播率低于2％",
        pattern="target",
        targets=(Target("麻疹发病率", "<=", 1), Target("艾滋病母婴传播率", "<", 2)),
        units=(("麻疹发病率", "1/100万"), ("艾滋病母婴传播率", "%")),
    ),
    ClauseCase(
        text="医疗废物集中处置率为100%，候诊时间不超过15分钟，处方平均金额＜60元",
        pattern="target",
        targets=(
            Target("医疗废物集中处置率", ">=", 100),
            Target("候诊时间", "<=", 15),
            Target("处方平均金额", "<", 60),
        ),
        units=(("医疗废物集中处置率", "%"), ("候诊时间", "分钟"), ("处方平均金额", "元")),
    ),
    ClauseCase(
        text="每千人口全科医生数不少于三人",
        pattern="target",
        targets=(Target("每千人口全科医生数", ">=", 3),),
        units=(("每千人口全科医生数", "人"),),
    ),
    ClauseCase(
        text="疫苗冷藏温度保持在2～8℃",
        pattern="target",
        targets=(Target("疫苗冷藏温度", ">=", 2), Target("疫苗冷藏温度", "<=", 8)),
        units=(("疫苗冷藏温度", "℃"),),
    ),
    ClauseCase(
        text="职工流感疫苗接种率超过五成",
        pattern="target",
        targets=(Target("职工流感疫苗接种率", ">", 50),),
        units=(("职工流感疫苗接种率", "%"),),
    ),
    ClauseCase(
        text="建档率、规范管理率、血压控制率分别不低于90%、70%、60%",
        pattern="target, in order",
        targets=(
            Target("建档率", ">=", 90),
            Target("规范管理率", ">=", 70),
            Target("血压控制率", ">=", 60),
        ),
        units=(("建档率", "%"), ("规范管理率", "%"), ("血压控制率", "%")),
    ),
    ClauseCase(
        text="基本药物配备使用率乡镇卫生院达到60%、村卫生室达到80%以上",
        pattern="target by kind",
        targets=(Target("基本药物配备使用率", ">=", ByKind({"乡镇卫生院": 60, "村卫生室": 80})),),
        units=(("基本药物配备使用率", "%"),),
    ),
    ClauseCase(
        text="门急诊人次不低于上年",
        pattern="target given",
        targets=(Target("门急诊人次", ">=", Given("上年门急诊人次")),),
    ),
    # duties by frequency
    ClauseCase(
        text="每月组织院感自查不少于1次",
        pattern="frequency",
        targets=(Target("院感自查", ">=", 12),),
        units=(("院感自查", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="村医例会每季度至少一次",
        pattern="frequency",
        targets=(Target("村医例会", ">=", 4),),
        units=(("村医例会", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="每半年开展1次应急演练",
        pattern="frequency",
        targets=(Target("应急演练", ">=", 2),),
        units=(("应急演练", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="巡回医疗每周不少于两次",
        pattern="frequency",
        targets=(Target("巡回医疗", ">=", 104),),
        units=(("巡回医疗", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="每月入户随访5户",
        pattern="frequency",
        targets=(Target("入户随访", ">=", 60),),
        units=(("入户随访", "户"),),
        assumed=True,
    ),
    ClauseCase(
        text="每户随访不少于4次",
        pattern="frequency",
        targets=(Target("随访", ">=", Multiple(4, "户数")),),
        units=(("随访", "次"),),
        assumed=True,
    ),
    ClauseCase(
        text="继续教育每人每年不少于25学时",
        pattern="frequency",
        targets=(Target("继续教育", ">=", Multiple(25, "人数")),),
        units=(("继续教育", "学时"),),
        assumed=True,
    ),
    # blanks
    ClauseCase(
        text="高血压患者规范管理率达到____%以上，血压控制率不低于＿＿＿%",
        pattern="blank",
        targets=(
            Target("高血压患者规范管理率", ">=", Blank("高血压患者规范管理率")),
            Target("血压控制率", ">=", Blank("血压控制率")),
        ),
        units=(("高血压患者规范管理率", "%"), ("血压控制率", "%")),
    ),
    ClauseCase(
        text="住院患者压疮发生率控制在 ___ ‰ 以内。",
        pattern="blank",
        targets=(Target("住院患者压疮发生率", "<=", Blank("住院患者压疮发生率")),),
        units=(("住院患者压疮发生率", "‰"),),
    ),
    # sentences that excuse
    ClauseCase(text="辖区内未发生突发公共卫生事件的不扣分", pattern="excused", points=3),
    ClauseCase(text="本年度无新生儿出生的村，此项不失分。", pattern="excused"),
    ClauseCase(
        text="漏报1例扣2分，因系统故障造成的不扣分",
        pattern="excused",
        rules=(Deduction(Cases("漏报"), points=2),),
    ),
    # texts that score nothing
    ClauseCase(
        text="认真贯彻落实卫发〔2023〕15号文件精神，分管领导亲自抓，咨询电话12320。",
        pattern="nothing scores",
    ),
    ClauseCase(
        text="加强分级诊疗宣传，参加《基本医疗卫生与健康促进法》第31条学习，不得推诿病人，取得实效",
        pattern="nothing scores",
    ),
    ClauseCase(text="考核周期为2023年1月1日至12月31日", pattern="nothing scores"),
    ClauseCase(
        text="协助市场监管部门依法扣押非法医疗器械，做好预检分诊、新生儿评分和死因分析工作",
        pattern="nothing scores",
    ),
    ClauseCase(text="查阅资料、现场查看、电话核实。", pattern="nothing scores"),
    # no bound can be told
    ClauseCase(text="县域内基层就诊率达到65%左右", pattern="vague", vague=True),
    ClauseCase(text="力争年底前电子病历评级达到4级", pattern="vague", vague=True),
    ClauseCase(text="基本完成年度健康体检任务", pattern="vague", vague=True),
    ClauseCase(text="组织若干次义诊活动", pattern="vague", vague=True),
    # broken: what scores must be reported
    ClauseCase(text="满意率每低5%扣分", pattern="broken", unread=True),
    ClauseCase(
        text="每少1次扣（  ）分",
        requirement="全年培训4次",
        pattern="broken",
        unread=True,
    ),
    ClauseCase(text="得分按附件3折算", pattern="broken", unread=True),
    ClauseCase(
        text="规范管理率≥90%得3分，每低扣0.5分",
        pattern="broken",
        points=3,
        rules=(Bands("规范管理率", "earn", (Band(3, low=90),)),),
        units=(("规范管理率", "%"),),
        unread=True,
    ),
    ClauseCase(text="逾期整改的按每日1‰扣减得分", pattern="broken", unread=True),
    ClauseCase(
        text="记录不全的，每处扣0.1-0.3分",
        pattern="broken",
        rules=(Judgement("记录不全", "lose"),),
        assumed=True,
    ),
    ClauseCase(text="得分=（甲项＋乙项）÷2×调节系数", pattern="broken", unread=True),
    ClauseCase(text="接种率≥95%得 分，＜95%得 分", pattern="broken", unread=True),
)
