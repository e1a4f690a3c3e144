"""Events with one veto, what follows from the total, levels with a range of points, and formulas.

A veto stands for each event of its list, wherever the list stands; a fault that only speaks of one
(不具备执业资格, 未实行一票否决) has points. Grades of the total are told, and are nobody's target.
Wordings of our own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypedDict, Unpack

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    ZeroTotal,
)
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import FULL, Effect, Reach, Share
from healthduty.rules.rule import Bonus, Curve, Deduction, Judgement, Knot, Rule
from healthduty.rules.tally import Cases, Once, StepsBelow
from healthduty.rules.threshold import Blank


class _Said(TypedDict, total=False):
    """What a case states besides its rules."""

    points: int
    requirement: str
    states: int
    parts: tuple[Part, ...]
    targets: tuple[Target, ...]
    vetoes: tuple[Veto, ...]
    assumed: bool
    unread: bool


def _case(text: str, pattern: str, *rules: Rule, **said: Unpack[_Said]) -> ClauseCase:
    return ClauseCase(text=text, pattern=pattern, rules=rules, **said)


def _veto(event: str, *effects: VetoEffect) -> Veto:
    return Veto(event, event, when=Flag(event), effects=effects or (BarHonours(),))


def _once(words: str, points: int) -> Deduction:
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int, reach: Reach = Reach.PART) -> Deduction:
    return Deduction(Cases(words), points=points, reach=reach)


def _given(name: str, effect: Effect, most: int, least: int = 0) -> Judgement:
    return Judgement(name, effect, least=least, most=most)


def _line(name: str, points: int, at: int = 100) -> Curve:
    return Curve(name, Effect.EARN, (Knot(0, 0), Knot(at, points)))


_POOR = ForceGrade("不合格")
_ROWS = "结果|内容|分值|\n很好|墙面清洁，无蛛网。|9-10|\n一般|蛛网≤2处。|6-8|\n较差|蛛网>2处。|0-5|"

CASES: tuple[ClauseCase, ...] = (
    # --- events before, and behind, one veto ----------------------------------------------------
    _case(
        "一是统计误差超过5%的；二是伪造接种记录，造成恶劣影响；三是年终考核记分在70以下的；"
        "四是检查不合格的，被一票否决。",
        "events before",
        vetoes=(
            _veto("统计误差超过5%"),
            _veto("伪造接种记录，造成恶劣影响"),
            _veto("年终考核记分在70以下"),
            _veto("检查不合格"),
        ),
        assumed=True,
    ),
    _case(
        "谎报疫情的；发生院感暴发；泄露病人隐私被曝光的，取消年度评优资格。",
        "events before",
        vetoes=(_veto("谎报疫情"), _veto("发生院感暴发"), _veto("泄露病人隐私被曝光")),
    ),
    _case(
        "迟报扣1分；漏报的，一票否决。",
        "events before",
        _once("迟报", 1),
        vetoes=(_veto("漏报"),),
        assumed=True,
    ),
    _case(
        "年内出现下列情况之一，取消评先资格，班子年度考核不评优秀。\n发生火灾的；\n"
        "因处置不当，造成群体上访的。",
        "events below",
        vetoes=(_veto("发生火灾"), _veto("因处置不当，造成群体上访")),
    ),
    _case(
        "有以下行为之一者，实行一票否决，年度考核定为不合格：①收受红包的；②套取医保资金的。",
        "events below",
        vetoes=(_veto("收受红包", _POOR), _veto("套取医保资金", _POOR)),
    ),
    _case(
        "有下列情形之一的，卫生工作年度评议确定为“不达标”：\n1.重大失误造成后果，经查实的；\n2.报表弄虚作假的。",
        "events below",
        vetoes=(
            _veto("重大失误造成后果，经查实", ForceGrade("不达标")),
            _veto("报表弄虚作假", ForceGrade("不达标")),
        ),
    ),
    _case(
        "旅馆未设布草间，浴室无消毒设备；不予评定等级。",
        "events before",
        vetoes=(_veto("旅馆未设布草间，浴室无消毒设备", ForceGrade("不予评定等级")),),
    ),
    _case(
        "医德医风一票否决：收受红包、吃回扣的",
        "events below",
        vetoes=(_veto("收受红包、吃回扣"),),
        assumed=True,
    ),
    _case(
        "“先进个人”评优将严格遵守控烟制度，实行一票否决制。",
        "events before",
        vetoes=(_veto("违反控烟制度"),),
        assumed=True,
    ),
    # --- what a veto does -----------------------------------------------------------------------
    _case(
        "有推诿病人行为的，该科室当月考核等次降低一等",
        "effects",
        vetoes=(_veto("有推诿病人行为", LowerGrade()),),
    ),
    _case("被查处的单位降低考核等次一级", "effects", vetoes=(_veto("被查处", LowerGrade()),)),
    _case(
        "违反控烟规定的职工，不能获得院级以上的表彰。",
        "effects",
        vetoes=(_veto("违反控烟规定"),),
    ),
    _case(
        "出现食物中毒（十人以下），认定为当月考核不合格。",
        "effects",
        vetoes=(_veto("出现食物中毒（十人以下）", _POOR),),
    ),
    _case(
        "对不符合消防要求的单位实行“一票否决”，考核结果为“不合格”。",
        "effects",
        vetoes=(_veto("不符合消防要求", _POOR),),
    ),
    _case(
        "属于医疗事故的，科室当月总分为零分",
        "effects",
        vetoes=(_veto("属于医疗事故", ZeroTotal()),),
    ),
    _case(
        "各站按时报送月报，否则无考核成绩。",
        "effects",
        vetoes=(_veto("未做到各站按时报送月报", ZeroTotal()),),
    ),
    _case(
        "有下列情形之一的，医德考评结果应认定为较差：（一）受贿的；（二）推诿病人的。",
        "effects",
        vetoes=(_veto("受贿", ForceGrade("较差")), _veto("推诿病人", ForceGrade("较差"))),
    ),
    _case(
        "考核90分以上为优秀，80—89分为良好。发生火灾的，不得评为优秀等次。",
        "effects",
        vetoes=(_veto("发生火灾", CapGrade("良好")),),
    ),
    _case(
        "发生火灾的，年度安全考核直接定为“差”等次。",
        "effects",
        vetoes=(_veto("发生火灾", ForceGrade("差")),),
    ),
    _case("发生火灾的，不得评为优秀等次。", "effects"),
    _case("骗保的，取消定点零售药店资格。", "effects"),
    _case(
        "发生1起以上重大火灾事故的，一票否决。",
        "effects",
        vetoes=(_veto("重大火灾事故"),),
        assumed=True,
    ),
    _case(
        "发生一例及以上漏报，取消评优资格。",
        "effects",
        vetoes=(_veto("漏报"),),
    ),
    _case("将控烟列入文明考核内容，并作为评选文明单位的必要条件，实行一票否决制。", "effects"),
    # --- faults that only speak of a bar or a veto ----------------------------------------------
    _case("发现一人不具备护士资格扣2分", "no veto", _each("不具备护士资格", 2)),
    _case("未实行安全生产“一票否决”的，扣3分", "no veto", _once("未实行安全生产“一票否决”", 3)),
    _case("无信访一票否决记录扣1分", "no veto", _once("无信访一票否决记录", 1)),
    _case("达不到一票否决要求的扣2分", "no veto", _once("达不到一票否决要求", 2)),
    _case("每项单项否决扣5分", "no veto", _each("单项否决", 5)),
    _case(
        "未达标扣全部分值的一半",
        "no veto",
        Deduction(Once(Compare("建档率", "<", 80)), points=Share(Fraction(1, 2))),
        points=4,
        requirement="建档率≥80%",
    ),
    # --- what follows from the total ------------------------------------------------------------
    _case("标化分90%以上为优秀，70%—90%为合格，70%以下为不合格。", "total"),
    _case("考核总分90分以上为优秀；75—89分为良好；75分以下为不合格。", "total"),
    _case("机构总分达到85分以上，并且必达项全部通过，才可评价为“合格”。", "total"),
    _case("优（90分以上）、良（80-89分）、中（60-79分）、差（60分以下）", "total"),
    _case("考核得分在90分以上的，全额兑现绩效；80-90分的，兑现80%；低于80分的不予兑现。", "total"),
    _case("关键项合格且得分不少于70分，方可发放许可证。", "total"),
    _case("连续两个月月度考核70分以下限期整改，连续三个月月度考核70分以下，解除协议。", "total"),
    # what is recorded in sum, and what that brings
    _case("一年内累计记分5分～7分，暂停协议2个月；累计记分达10分的，取消定点诊所资格。", "total"),
    _case("年度内被扣分累计达8分的，离岗培训1个月；\n达到12分及以上的，停止执业半年。", "total"),
    _case("积分低于70分的待岗，一个积分周期（一年）后重新聘任。", "total"),
    _case(
        "记分累计小于3分的，退还全部保证金。累计记分3分，扣减5%的保证金。累计记分4分，扣减10%的保证金。",
        "total",
    ),
    _case(
        "有下列情形之一的，给予2-4个月的暂缓执业期：\n（一）记分累计超过20分；\n（二）连续三年记分累计超过50分的。",
        "total",
    ),
    # the scale of it
    _case("采用“十分”记分制，记分周期为一年。每次记分分为10分、5分、2分三种。", "total"),
    _case(
        "信用等级分为守信、警示、失信三类。9-10分为守信、6-8分为警示、5分以下的为失信。", "total"
    ),
    _case("50-69分为一星级；70-89分为二星级；90分以上为三星级。", "total"),
    _case(
        "优秀：得分≥95分，且没有扣分；合格：得分≥70分，且扣分＜20分；较差：得分＜70分。", "total"
    ),
    _case("卫生院考核满分为100分，按标准扣分，扣完为止。考核得分=100-总扣分。", "total"),
    _case("合理缺项的，按实际得分÷（100-缺项分）×100折算。", "total"),
    _case("必查项为1.1.2(5分)、2.3.1(10分)、3.2.4 (5分)。", "total"),
    # what grades and bands bring
    _case(
        "考核等次为优秀的，按标准的120%发放绩效；合格的，按100%发放；不合格的，不予发放。", "total"
    ),
    _case(
        "一、考核得分≥85分的，返还全部保证金；\n二、70分≤考核得分＜85分的，扣除保证金的30%；\n"
        "三、被挂牌督办的，另行扣除保证金的10%。",
        "total",
    ),
    _case(
        "得分85分以上的全额拨付；70分以上不足85分的按比例拨付；低于70分的，扣减经费的20%。", "total"
    ),
    _case("总评得分在80分以上，足额返还；80分以下按比例返还保证金。", "total"),
    _case("每项扣分以扣完该项分值为止；连续两个月得分低于75分的，主任诫勉谈话。", "total"),
    _case("守信单位占比80%以上，无失信单位的，则评为守信企业。", "total"),
    _case("90分以上为优秀，75—89分为合格。优秀名额不超过参评单位的15%。", "total"),
    _case(
        "不合格单位属区管的，取消评先资格，同时倒扣考核总分的5分。如为市管的，建议主管部门处理，实行一票否决。",
        "total",
    ),
    _case("连续两年考核优秀的，奖励2万元；不合格的，扣减10%经费", "total"),
    _case("在一个周期内累计扣12分的，注销证书；扣满8分的，离岗培训", "total"),
    _case(
        "重点人群分为三类，建档率达到90%以上。考核得分80分以下不予拨付",
        "total",
        targets=(Target("建档率", ">=", 90),),
    ),
    # numbers of what follows, and bounds that are only when
    _case("违规被罚款的扣5分。科室承担罚款的40%。", "follows", _once("违规被罚款", 5)),
    _case("病假累计半年以上不参加年度考核；病假累计不超过10日享受全勤奖", "follows"),
    _case("参检率达98%及以上的，按标准90%奖；参检率达95%的，按标准80%奖", "follows"),
    _case("迟到20分钟以内的，每次扣20元；迟到30分钟以上的扣全天工资", "follows"),
    _case(
        "每季统计两次。满分为100分，60分为及格分。",
        "total",
        states=100,
        targets=(Target("统计", ">=", 8),),
        assumed=True,
    ),
    _case(
        "奖惩加减分直接计入总分。获通报表扬的每次加2分；被通报批评的每次扣3分。",
        "total",
        Bonus(Cases("获通报表扬"), points=2),
        _each("被通报批评", 3, Reach.TOTAL),
        assumed=True,
    ),
    _case(
        "下列各项从总分中扣分：迟报一次扣2分；漏报一次扣1分。",
        "total",
        _each("迟报", 2, Reach.TOTAL),
        _each("漏报", 1, Reach.TOTAL),
        assumed=True,
    ),
    # --- points that somebody gives -------------------------------------------------------------
    _case(_ROWS, "judged rows", _given("等次", Effect.EARN, 10), assumed=True),
    _case(
        "好（9-10）：门前整洁。\n合格（7-8）：门前较整洁。\n不合格（0-6）：门前脏乱，积尘>2处。",
        "judged rows",
        Judgement("门前卫生", Effect.EARN, least=0, most=FULL),
        points=5,
        requirement="门前卫生",
        assumed=True,
    ),
    _case(
        "好（9分以上）、中（6-8分）、差（5分以下）",
        "judged rows",
        _given("环境", Effect.EARN, 10),
        points=10,
        requirement="环境",
        assumed=True,
    ),
    _case(
        "A级（优秀）9-10分，B级（良好）7-8分，C级（一般）6分以下",
        "judged rows",
        _given("等次", Effect.EARN, 10),
        points=10,
        assumed=True,
    ),
    _case(
        "很好\n设施完好，无损坏\n9～10\n一般\n损坏≤2处\n7～8\n差\n损坏明显\n0～6",
        "judged rows",
        _given("等次", Effect.EARN, 10),
        points=10,
        assumed=True,
    ),
    _case("依据行风评议名次打分。", "by hand", Judgement("行风评议名次", Effect.EARN), points=20),
    _case("依据统计数据打分。", "by hand", Judgement("统计数据", Effect.EARN), points=20),
    _case(
        "擅自换班扣5分。视情节严重程度，可酌情扣分。",
        "by hand",
        _once("擅自换班", 5),
        Judgement("酌情", Effect.LOSE),
    ),
    _case(
        "服务态度好（8分），酌情打分。",
        "by hand",
        Judgement("服务态度好", Effect.EARN),
        points=8,
        states=8,
    ),
    _case(
        "满分8分。按照店堂整洁程度不同，最高的8分，最低的0分。",
        "by hand",
        _given("店堂整洁程度", Effect.EARN, 8),
        points=8,
        states=8,
    ),
    _case(
        "根据完成情况，最高得6分，最低得2分",
        "by hand",
        _given("随访工作", Effect.EARN, 6, 2),
        points=6,
        requirement="随访工作",
    ),
    # --- formulas -------------------------------------------------------------------------------
    _case("得分=每月补助发放到位率%X8分。", "formula", _line("补助发放到位率", 8)),
    _case("得分=建档人数÷应建档人数×100%×10分", "formula", _line("建档人数占应建档人数的比例", 10)),
    _case("（实际建档人数/应建档人数）×10分", "formula", _line("建档人数占应建档人数的比例", 10)),
    _case(
        "得分=10×（实际完成数÷任务数）",
        "formula",
        _line("义诊", 10, 50),
        points=10,
        requirement="完成义诊50场",
    ),
    _case(
        "得分＝表扬次数/实习生人数x20",
        "formula",
        _line("表扬次数占实习生人数的比例", 20),
        points=20,
    ),
    _case(
        "按任务数算出平均分数，缺1例，扣减1人平均分。",
        "formula",
        Deduction(StepsBelow("义诊任务完成率", target=100, counting="proportional"), points=FULL),
        points=3,
        requirement="完成义诊任务",
    ),
    _case(
        "缺一项扣平均分",
        "formula",
        points=3,
        requirement="1.有制度；2.有台账；3.有人员",
        unread=True,
    ),
    # --- blanks of a draft ----------------------------------------------------------------------
    _case("漏登___人扣___分。", "blanks", unread=True),
    _case("延误一天，减分，累计最低至60分", "blanks", points=100, unread=True),
    _case(
        "投入少10%扣2分",
        "blanks",
        Deduction(
            StepsBelow(
                "卫生投入实际支出人民币",
                target=Blank("卫生投入实际支出人民币"),
                step=10,
                relative=True,
            ),
            points=2,
        ),
        requirement="全年卫生投入实际支出人民币 万元。",
        assumed=True,
    ),
    _case(
        "逾期上报报表的扣该项目标分值的30%",
        "share",
        Deduction(Once(Flag("逾期上报报表")), points=Share(Fraction(3, 10))),
    ),
)
