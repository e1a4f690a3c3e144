"""The 45 clauses of the source documents in other words: same constructions, other subjects.

Schools, villages, water, fire, parks and markets stand where hospitals stood; each comment gives
the construction. What the contract says becomes a target is a target here.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import AnyOf, Flag
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import Blank, Multiple


def _blank(measure: str, comparator: str = ">=") -> Target:
    """Return the target whose number is still to be filled in."""
    return Target(measure, comparator, Blank(measure))


CASES: tuple[ClauseCase, ...] = (
    # 1: a flag, lacking of a count and steps of a rate in one sentence
    ClauseCase(
        text="健全师德师风评议档案,每季度评议1次,不评议无档案扣0.3分,年内开展家长问卷调查3次,"
        "每次问卷80份,满意率达85%以上,少一次扣0.4分,满意率每低5%扣0.6分。",
        pattern="flat, lacking, steps",
        rules=(
            Deduction(Once(Flag("不评议无档案")), points="0.3"),
            Deduction(Lacking("家长问卷调查", required=3), points="0.4"),
            Deduction(StepsBelow("满意率", target=85, step=5), points="0.6"),
        ),
        units=(("满意率", "%"), ("家长问卷调查", "次")),
        assumed=True,
    ),
    # 2: one deduction after a list
    ClauseCase(
        text="加强对易制毒化学品的管理,并有严格的领用办法和制度,"
        "无制度、无登记、无专用库房和双锁扣2分。",
        pattern="list, once",
        rules=(
            Deduction(
                Once(AnyOf((Flag("无制度"), Flag("无登记"), Flag("无专用库房和双锁")))), points=2
            ),
        ),
        assumed=True,
    ),
    # 3: steps below, noise in the name
    ClauseCase(
        text="特种作业人员(电工)、锅炉工证‟上岗率达90%,每低10%扣2分。",
        pattern="steps below",
        rules=(
            Deduction(
                StepsBelow("特种作业人员(电工)、锅炉工证‟上岗率", target=90, step=10), points=2
            ),
        ),
        assumed=True,
    ),
    # 4: cases without a subject, a regulation behind
    ClauseCase(
        text="发觉1起扣3分,并按《烟花爆竹安全管理条例》处置惩罚。",
        pattern="cases",
        rules=(Deduction(Cases("发觉"), points=3),),
    ),
    # 5: growth, and steps that do not say of what
    ClauseCase(
        text="事业收入:比上年增长8%,完成下达的节余指标,住宿人员和就餐人次比上年有所增长,"
        "每低1%扣0.2分。",
        pattern="steps below growth",
        rules=(Deduction(StepsBelow("事业收入增长率", target=8, step=1), points="0.2"),),
        assumed=True,
    ),
    # 6: steps below with 低于 and 者
    ClauseCase(
        text="场地使用教室利用率70%,每低于10%者扣2分",
        pattern="steps below",
        rules=(Deduction(StepsBelow("场地使用教室利用率", target=70, step=10), points=2),),
        assumed=True,
    ),
    # 7 and 8: duties with the points of the item
    ClauseCase(
        text="一、加强校园检查。\n对实验仪器、气瓶、锅炉、压力管道、配电房、电梯、水、点、气设备,"
        "危险化学品、体育器材、食堂炊具等开展安全管理,认真落实岗位责任制,操作人员持证上岗,"
        "严格执行领用、登记、检查、维护等各项规定,及时排查治理各类事故隐患。\n(12分)",
        pattern="stated points",
        states=12,
    ),
    ClauseCase(
        text="积极协助乡政府和有关部门对各类山洪地质灾害进行抢险救援,防范和降低财产损失(8分)。",
        pattern="stated points",
        states=8,
    ),
    # 9: a veto that bars honours
    ClauseCase(
        text="实行信访维稳工作一票否决制,年内发生群体性事件的单位,取消评选单位和先进个人资格。",
        pattern="veto",
        vetoes=(
            Veto(
                "发生群体性事件",
                "发生群体性事件",
                when=Flag("发生群体性事件"),
                effects=BarHonours(),
            ),
        ),
    ),
    # 10: a duty by frequency, 至少 before the number
    ClauseCase(
        text="并组织对本校实验室每季度进行至少1次全面清查。",
        pattern="frequency",
        targets=(Target("本校实验室全面清查", ">=", 4),),
        assumed=True,
    ),
    # 11 and 12: rates
    ClauseCase(
        text="确保家长满意度达到92%以上",
        pattern="target",
        targets=(Target("家长满意度", ">=", 92),),
        units=(("家长满意度", "%"),),
    ),
    ClauseCase(
        text="确保火灾年发生率控制在5/10万以下",
        pattern="target",
        targets=(Target("火灾年发生率", "<=", 5),),
        units=(("火灾年发生率", "1/10万"),),
    ),
    # 13 to 23: blanks
    ClauseCase(
        text="本年度低保户和特困户帮扶走访率应分别达到____%和____%以上。",
        pattern="blank, in order",
        targets=(_blank("低保户帮扶走访率"), _blank("特困户帮扶走访率")),
    ),
    ClauseCase(
        text="本年度协助派出所完成流动人口登记、信息采集和上报工作的比例应达到____%以上。",
        pattern="blank",
        targets=(_blank("协助派出所完成流动人口登记、信息采集和上报工作的比例"),),
    ),
    ClauseCase(
        text="本年度义务植树适龄公民尽责率应达到____%。",
        pattern="blank",
        targets=(_blank("义务植树适龄公民尽责率"),),
        units=(("义务植树适龄公民尽责率", "%"),),
    ),
    ClauseCase(
        text="食堂添加剂3种及以上混用菜品百分比不超过____%",
        pattern="blank",
        targets=(_blank("食堂添加剂3种及以上混用菜品百分比", "<="),),
    ),
    ClauseCase(
        text="物业纠纷发生率控制在_____%以内。",
        pattern="blank",
        targets=(_blank("物业纠纷发生率", "<="),),
        units=(("物业纠纷发生率", "%"),),
    ),
    ClauseCase(
        text="教案书写合格率达到_____%以上,作业合格率达到_____%以上。",
        pattern="blank",
        targets=(_blank("教案书写合格率"), _blank("作业合格率")),
    ),
    ClauseCase(
        text="规模养殖场电子台账建账率达到_____%以上,台账更新及时率达到_____%以上。",
        pattern="blank",
        targets=(_blank("规模养殖场电子台账建账率"), _blank("台账更新及时率")),
    ),
    ClauseCase(
        text="每月举办法治讲座不少于_____次,居民法律知识知晓率达到_____%以上。",
        pattern="blank, frequency",
        targets=(_blank("法治讲座"), _blank("居民法律知识知晓率")),
    ),
    ClauseCase(
        text="汛情信息报送及时率达到_____%以上,准确率达到_____%以上",
        pattern="blank",
        targets=(_blank("汛情信息报送及时率"), _blank("汛情信息报送准确率")),
    ),
    ClauseCase(
        text="水库、山塘隐患巡查率达到_____%以上,整改率达到_____%以上。",
        pattern="blank",
        targets=(_blank("水库、山塘隐患巡查率"), _blank("水库、山塘隐患整改率")),
    ),
    ClauseCase(
        text="全年接待人次不少于_____人次,培训人次不少于_____人次。",
        pattern="blank",
        targets=(_blank("接待人次"), _blank("培训人次")),
    ),
    # 24 to 26: several quantities, one bound for two of them, in order
    ClauseCase(
        text="高耗能设备总数控制在15台以内,教学楼和宿舍楼空调使用率不超过60%。",
        pattern="target",
        targets=(
            Target("高耗能设备总数", "<=", 15),
            Target("教学楼空调使用率", "<=", 60),
            Target("宿舍楼空调使用率", "<=", 60),
        ),
        units=(("高耗能设备总数", "台"),),
    ),
    ClauseCase(
        text="入户率达75%以上;全面推行网格员包片制度,重点人员走访率达90%",
        pattern="target",
        targets=(Target("入户率", ">=", 75), Target("重点人员走访率", ">=", 90)),
    ),
    ClauseCase(
        text="户籍学生建卡率达95%以上,辖区已建卡留守、困境等重点儿童走访率、帮扶率"
        "分别达到85%、70%以上。",
        pattern="target, in order",
        targets=(
            Target("户籍学生建卡率", ">=", 95),
            Target("辖区已建卡留守、困境等重点儿童走访率", ">=", 85),
            Target("辖区已建卡留守、困境等重点儿童帮扶率", ">=", 70),
        ),
    ),
    # 27 to 32: targets in other words
    ClauseCase(
        text="确保各村民小组均配有1名兼职护林员。",
        pattern="target",
        targets=(Target("兼职护林员", ">=", 1),),
    ),
    ClauseCase(
        text="宣传覆盖面要达到98%",
        pattern="target",
        targets=(Target("宣传覆盖面", ">=", 98),),
        units=(("宣传覆盖面", "%"),),
    ),
    ClauseCase(
        text="定期研究河湖管护工作每季度不少于一次",
        pattern="frequency",
        targets=(Target("研究河湖管护工作", ">=", 4),),
        assumed=True,
    ),
    ClauseCase(
        text="处置率达到99%",
        pattern="target",
        targets=(Target("处置率", ">=", 99),),
        units=(("处置率", "%"),),
    ),
    ClauseCase(
        text="明确了分值权重不低于8%",
        pattern="target",
        targets=(Target("分值权重", ">=", 8),),
        units=(("分值权重", "%"),),
    ),
    ClauseCase(
        text="年内实现75%行政村和农村社区便民服务点设施基本达标",
        pattern="target",
        targets=(Target("行政村和农村社区便民服务点设施基本达标", ">=", 75),),
    ),
    # 33 and 34: what was reached, and the bound in brackets
    ClauseCase(
        text="亿元产值工伤死亡率为1.9‰(目标是控制在3‰以下)",
        pattern="target in brackets",
        targets=(Target("亿元产值工伤死亡率", "<=", 3),),
        units=(("亿元产值工伤死亡率", "‰"),),
    ),
    ClauseCase(
        text="刑事案件发案率35.62/万,较xx年同期下降0.15%,远优于市控制标准(60/万)",
        pattern="target in brackets",
        targets=(Target("刑事案件发案率", "<=", 60),),
    ),
    # 35: hoped for, about
    ClauseCase(
        text="力争到xx年底,自来水普及率达到95%,村内集中供水率达到80%左右",
        pattern="vague",
        vague=True,
    ),
    # 36 to 43: targets, some in traditional characters; days within which
    ClauseCase(
        text="确保小学劳动教育开课率为100%",
        pattern="target",
        targets=(Target("小学劳动教育开课率", ">=", 100),),
        units=(("小学劳动教育开课率", "%"),),
    ),
    ClauseCase(
        text="每年要至少召开3次以上家长委员会座谈会",
        pattern="target",
        targets=(Target("家长委员会座谈会", ">=", 3),),
        units=(("家长委员会座谈会", "次"),),
    ),
    ClauseCase(
        text="建築工地圍擋設置率要達到100%",
        pattern="target, traditional",
        targets=(Target("建築工地圍擋設置率", ">=", 100),),
        units=(("建築工地圍擋設置率", "%"),),
    ),
    ClauseCase(
        text="網格範圍內的被巡查場所的消防檢查覆蓋率必須達到98%。",
        pattern="target, traditional",
        targets=(Target("網格範圍內的被巡查場所的消防檢查覆蓋率", ">=", 98),),
    ),
    ClauseCase(
        text="食品安全協管員對轄區內每個餐飲單位巡查頻次≥6次/年",
        pattern="target, traditional",
        targets=(Target("食品安全協管員對轄區內每個餐飲單位巡查頻次", ">=", 6),),
    ),
    ClauseCase(
        text="集中整治行動任務完成率必須達到95%,每一項集中整治有方案,有小結。",
        pattern="target, traditional",
        targets=(Target("集中整治行動任務完成率", ">=", 95),),
    ),
    ClauseCase(
        text="市民投訴反映問題情節較輕的,城管協管員要在7個工作日內處理完畢,並予以答覆;"
        "問題情節較重的,要在2個工作日內上報街道辦事處",
        pattern="target, days",
        targets=(
            Target("市民投訴反映問題情節較輕處理完畢", "<=", 7),
            Target("問題情節較重上報街道辦事處", "<=", 2),
        ),
    ),
    ClauseCase(
        text="每人每年培訓不少於16學時",
        pattern="frequency",
        targets=(Target("培訓", ">=", Multiple(16, "人数")),),
        assumed=True,
    ),
    # 44: money that follows the score: no points are earned by it
    ClauseCase(
        text="對按時完成綠化養護任務(考核分值85分以上)的,全額撥付養護費;對養護中有缺漏"
        "(考核分值70分至85分)的,撥付80%養護費;對發生安全、責任事故或考核分值在70分以下的,"
        "撥付60%養護費。",
        pattern="money",
        unread=True,
    ),
    # 45: a count, 以上 before what is counted
    ClauseCase(
        text="舉辦3期以上護林防火技能培訓",
        pattern="target, traditional",
        targets=(Target("護林防火技能培訓", ">=", 3),),
        units=(("護林防火技能培訓", "期"),),
    ),
)
