"""What was read and still asks for a second look: each doubt that is due, and few others."""

from __future__ import annotations

import pytest

from clauses import all_cases
from clauses.cases import ClauseCase
from clauses.judging import faults_of, read_case
from clauses.missed import missed
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.findings import Severity
from healthduty.said import in_language


def doubts(reading: ClauseReading) -> list[str]:
    """Return what the doubts of a reading say."""
    return [str(f.message) for f in reading.findings if f.code == "clause-doubt"]


DOUBTFUL = {
    # half a sentence before a number
    "门诊人次低于上年但降幅在3%以内扣1分": "the middle of a phrase",
    # words that no name has
    "配合征兵，动员青年入伍，每出兵1例加0.5分": "nothing was made of",
    "建档率≥80%得2分（新建机构除外）": "an exception",
    # numbers
    "管理率195%，每低1%扣1分": "more than 100 %",
    "书写不全每份扣20元": "money, and no points",
    "丙级病历记严重差错一次": "what follows is no points",
    # names
    "主诉超过25个字、未导出第一诊断 2": "this number is in no rule",
    "每次扣1分": "does not say what is counted",
    "发现一次不规范扣1分": "does not say what is counted",
    "未开展的扣2分": "and not with what",
    "A药、B药使用率≤10%，每高1%扣1分": "one name for several quantities",
    "病案质控，医师每周至少2次，每少一次扣1分": "who, and not what",
    "疗效分级≥2的患者登记率达90%，每低1%扣1分": "nothing was made of",
    "水质≥Ⅲ类得30分": "a comparison in it",
    "达不到扣1-3分": "does not say what is counted",
    "一人次不清洁扣1分": "does not say what is counted",
    "查阅登记簿与网络直报核对，每漏1例扣1分": "does not say what is counted",
    "新建机构不作为考核对象，满意率低于80%扣1分": "an exception",
    "5处以上未消毒1处扣1分": "another number",
    "2药品混放1处扣0.5分": "another number",
    "违规收费扣1分，情节严重的扣3分": "does not say what is counted",
    "•值班脱岗扣2分": "middle of a phrase",
    "推诿病人，对有关人员每次扣3分": "who, and not what",
    "积极参加活动的，取消评优资格": "nothing wrong",
    # what is no target
    "病历复印件2份；未盖章扣1分": "something to reach",
    "院内通报两次，迟报扣1分": "something to reach",
    "每工作日接诊40人，超过部分另计": "something to reach",
    "建册率达90%，复核率达85%得3分；满意度达80%得2分": "earned without it",
    # what is well, and how often
    "会议有签到记录扣2分": "what ought to be",
    "处置及时，无不良后果的扣1分": "what ought to be",
    "衣帽整洁（扣1分），核对医嘱（扣2分）": "or where it is not",
    "讲座每年4次，未开展讲座扣2分，少一次扣1分": "both count",
    "漏-步扣1分": "for each, or only once",
    "每月一次，少一次扣1分": "a rhythm that no rule has",
    "每人每月休假累计5天，超过1天的扣2分": "has to be reached",
    # who loses nothing, or the same twice
    "不书写病历的。开错处方的扣4分": "no points are read for it",
    "1.未佩戴胸牌；2.未按规定洗手；3.迟到的，每次扣1分": "no points are read for it",
    "迟到一次扣2分，三次以上扣5分": "each time counts",
    "旷工1天扣2分，旷工3天以上扣10分": "counts for",
    "断网超过20分钟每次扣0.5分，超过1小时每次扣2分": "counts for",
    "各科室未设质控员扣2分": "or for each of them",
    "未及时上报得1分": "something wrong",
    "违规收费每例扣1分，不足1000元按1000元计": "a started step counts",
    "器械少一件；未清点扣1分": "how many points it costs",
    "发表论文每篇加2分，以第一作者为准": "nothing was made of",
    # what is left of the text
    "配备率达到90%但未达标的扣2分": "a condition that the rule",
    "由院办依据日常表现评分。迟到一次扣1分": "speaks of points",
    "未设产科的，作为合理缺项。迟到一次扣1分": "speaks of points",
    # parts
    "制度健全（3分），台账齐全（3分），抽查弄虚作假不得分": "or of all of them",
    "领导小组1分、工作方案1分、总结1分；缺少的不得分": "or of all of them",
    "三年内发生2起以上事故不得分": "in no rule",
    "杯子、抽屉不洁、桌面各扣1分": "says nothing wrong by itself",
    "甲、乙两院未设专科扣5分，专科人员少于3人扣2分；其他医院未配专人扣1分": "or for all",
    "海报和折页分别达到6种以上。1-2种2分，3-5种4分，6种及以上8分": "asked for as well",
    "病历有缺项扣1分，有重大缺项扣3分": "instead of it, or on top",
    # what follows, and where it stands
    "差错按《差错处理规定》执行": "another document",
    "连续两次不合格的，予以通报批评。": "no points",
    "近3年每年赋2分，三级扣1分，四级扣2分": "of each of them",
    "组建队伍得4分，同时根据队员结构酌情评分": "or on top",
    "设置宣传栏（10分）。2个以上附加20分": "only what is added",
    "优秀：90-100分；良好：80-89分；合格：60-79分": "follows from the total",
    "得分低于70分者，负责人作书面检查": "follows from the total",
    "累计记分达8分的，暂停服务2个月": "follows from the total",
    "考核结果分为四个等次": "follows from the total",
    "合理缺项的，按实际得分÷（100-缺项分）折算": "follows from the total",
    "暂停执业3至6个月": "follows is no points",
    "床位在100张以上的，设独立的感染管理科": "nothing to reach",
    "开设宣传栏的；开展讲座的；举办义诊的，得2分": "for the cases before it",
    "总分70分以下评为不合格。": "follows from the total",
    "加强领导，落实责任，注重实效": "nothing that scores",
    "同高血压": "as another item",
    "安全生产工作实行一票否决制。": "nothing that scores",
    # rules
    "满意率≥95%得满分，80%以下扣2分": "not for all other values",
    "讲座4次得4分，少1次扣1分；合格率95%得6分，每低1%扣1分；伪造的不得分": "or this line of it",
    "没有按乡编制、配变、线路没有按村编制，各扣1分": "a list within a list",
    "未建设备制度扣3分；制度不完善的扣1分；未建器具制度扣3分；制度不完善的扣1分": "a second time",
    "漏登率3%以下扣1分，3%—5%扣2分，5%以上扣3分": "points lost at 0",
    "组织领导1分；资料管理2分": "no rule for them",
    "优：完成率≥95%；良：75%≤完成率＜95%；差：完成率＜75%": "several bounds for one quantity",
}


UNDOUBTED = (
    # names that only look cut, or as if they said who
    "在规定时限内公开率95%以上得5分，90%以上得3分",
    "收受红包、回扣扣5分",
    "操作手法不对扣2分",
    "向卫生局报送信息全年12条，每少1条扣1分",
    "按照核准的科目开展检验，未登记扣2分",
    # what is another matter, or follows besides
    "差错一次扣1分，重大医疗纠纷扣5分",
    "串换药品的扣5分，并解除服务协议",
    "推诿病人一次扣2分，扣30元",
    "收受回扣，经查证属实的，每例扣3分",
    "擅自更换人员的，一次性扣5分",
    "迟到一次扣1分。（医技科室参照此标准打分）",
    # an exception that the name has, and one that changes nothing
    "县域内支出率（不含药店）≥70%，每低1个百分点扣0.5分",
    # bounds without a comparison that are asked for all the same
    "全年下乡义诊4次；处方未签名扣1分",
    "设病床20张；处方未签名扣1分",
    "平均住院日9天；处方未签名扣1分",
    "床位使用率85%；处方未签名扣1分",
    # what is wrong although it is there, or although nothing else is
    "有违规登记扣1分",
    "有不良记录扣2分",
    "无严重差错登记本扣1分",
    "未落实一户一码扣1分",
    "值班医生仅1人扣2分",
    "无账簿、无凭证各扣1分",
    # what changes no result
    "迟到一次扣1分。年底总结表彰。",
    "迟到一次扣1分。评分标准见附件。",
    "未设产科的，此项为合理缺项，不扣分",
    # vetoes and parts that are as they should be
    "严格执行制度不力的，取消评优资格",
    "被市级通报的，取消评优资格",
    "1.组织管理2分，无方案不得分；2.宣传发动3分，未印发资料不得分。",
)


@pytest.mark.parametrize("text", UNDOUBTED)
def test_what_looks_alike_and_is_right_has_no_doubt(text: str) -> None:
    """Each of these stands one word from a reading that has to be doubted."""
    assert not doubts(read_clause(text))


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_hardly_can_be_meant_is_doubted(text: str) -> None:
    """Each of these is read, and its reading is not to be trusted."""
    reading = read_clause(text)
    told = [*doubts(reading), *(str(f.message) for f in reading.findings.errors)]
    assert any(DOUBTFUL[text] in doubt for doubt in told), told


def test_more_points_than_the_item_has_are_doubted() -> None:
    """A single case can't cost more than there is."""
    assert any("more points" in doubt for doubt in doubts(read_clause("迟报扣5分", points=2)))
    assert not doubts(read_clause("迟报扣2分", points=2))


def test_a_second_requirement_of_the_same_unit_is_doubted() -> None:
    """少1种 after two requirements of 种 may be about both."""
    asked = "折页内容不少于12种；播放视频资料不少于6种，按月更换"
    reading = read_clause("视频齐全得9分；少1种扣0.5分", requirement=asked)
    assert any("asked for as well" in doubt for doubt in doubts(reading)) or len(reading.rules) > 1


DOUBTFUL_IN_ITEM = {
    "药占比≤30%，按完成比例得分": (5, "the goal does not allow"),
    "专人管理4分；有专用设备3分": (5, "in an item of 5"),
    "设备完好5分，设备损坏未修2分": (10, "lost?"),
    "合格率95%以上不扣分，90%-92%扣1分，85%-89%扣2分，85%以下扣5分": (
        5,
        "not for all other values",
    ),
    "得分排名前30%的得5分，后20%不得分": (5, "middle of a phrase"),
    "高血压任务完成率100%得3分，低于100%不得分。糖尿病同上": (6, "nothing was read of it"),
    "建卡率≥80%得满分，低于80%按比例得分（建卡率/80%×3分）": (4, "second line"),
    "抽问20人，知晓率≥85%得6分，每减少1人知晓扣0.5分": (6, "below the goal alone"),
    "参加得5分；80%以上参加得4分": (5, "only one of them counts"),
    "章程、名册各2分，缺一不得分": (4, "behind several parts"),
    "接种率90%-95%扣1分，80%-85%扣3分": (5, "no band says"),
    "接种率90%-95%扣1分，85%-90%扣3分": (5, "beyond the last band"),
    "按规定借阅加3分": (3, "earned, or on top"),
    "根据配合情况酌情打分；1.制度健全（3分）；2.台账齐全（3分）。": (6, "stands among them"),
    "合格率≥95%得5分，＜60%得0分，60%≤合格率＜95%，按实际合格率得分": (5, "both would be paid"),
}


@pytest.mark.parametrize("text", DOUBTFUL_IN_ITEM)
def test_points_that_the_item_does_not_bear_out_are_doubted(text: str) -> None:
    """Parts that make more than the item, added points that may be the item's, two payments."""
    points, doubt = DOUBTFUL_IN_ITEM[text]
    assert any(doubt in told for told in doubts(read_clause(text, points=points)))


def test_a_loss_for_what_the_goal_allows_is_doubted() -> None:
    """From 5 % on, where 30 % is allowed: a distance, or a misprint; 35 % is neither."""
    told = {
        bound: doubts(read_clause(f"药占比超过{bound}%扣1分", requirement="药占比≤30%", points=3))
        for bound in (5, 35)
    }
    assert any("that the goal allows" in doubt for doubt in told[5])
    assert not told[35]


def test_points_without_any_rule_are_doubted() -> None:
    """Text that scores in words which nobody knows."""
    assert "no rule was read" in doubts(read_clause("首页空白判乙级", points=5))[0]


def test_a_doubt_blocks_nothing_and_speaks_both_languages() -> None:
    """It is a warning, with the same words of the text in both."""
    finding = next(f for f in read_clause("每次扣1分").findings if f.code == "clause-doubt")
    assert finding.severity is Severity.WARNING
    assert in_language(finding.message, "zh") == "`每次扣1分`：名称没有说明计的是什么"


def test_few_readings_that_are_right_are_doubted() -> None:
    """Of the cases that score and are read as stated, at most one in eighteen.

    One of which nothing scores is told so: that is what its finding is for.
    """
    right = [case for case in all_cases() if not missed(case.text) and _scores(case)]
    readings = [(case, read_case(case)) for case in right]
    doubted = [case.text for case, reading in readings if doubts(reading)]
    assert not any(faults_of(case, reading) for case, reading in readings[:50])
    assert len(doubted) * 18 <= len(right), doubted


def _scores(case: ClauseCase) -> bool:
    """Whether something of a case scores."""
    return bool(case.rules or case.parts or case.targets or case.vetoes or case.states)


def test_what_each_of_a_sample_is_worth_blocks_nothing() -> None:
    """10 papers of 0.8 points make the item: the losses take from it, a most for each is told."""
    reading = read_clause("抽查10份，每份0.8分。缺1次随访扣0.1分", points=8)
    assert not reading.findings.errors
    assert doubts(reading)


def test_a_bound_before_steps_is_no_most() -> None:
    """满意度低于90%的，每低1% says when points are lost; 药占比≤30%，每低1% is the wrong side."""
    assert not doubts(read_clause("满意度低于90%的，每低1个百分点扣1分"))
    assert doubts(read_clause("每低1个百分点扣1分", requirement="药占比≤30%"))


def test_what_is_checked_and_what_is_exhorted_is_no_doubt() -> None:
    """The way of checking names nothing that scores, nor does a wish before a rate of its own."""
    checked = "现场查看药房台账，账物不符每处扣1分"
    exhorted = "合理使用激素，激素处方比例≤5%，超1个百分点扣1分"
    assert not doubts(read_clause(checked))
    assert not doubts(read_clause(exhorted))
    assert doubts(read_clause("动员青年入伍，每出兵1例加0.5分"))


def test_a_goal_that_the_text_says_again_is_not_asked_for_as_well() -> None:
    """高于20%每增加… beside 处方比例≤20%: one bound, said twice."""
    reading = read_clause("高于20%每增加5个百分点扣1分", requirement="抗菌药物处方比例≤20%")
    assert not doubts(reading)
    assert len(reading.rules) == 1


def test_points_below_nothing_are_a_floor_in_other_words() -> None:
    """可出现负分 lets the item fall below 0, as 倒扣 does."""
    assert read_clause("擅自外出扣5分，可出现负分").floor is None
    assert read_clause("擅自外出扣5分").floor == 0


def test_a_cancelled_honour_behind_two_rules_is_reported() -> None:
    """After a full stop, and two rules before it: nobody can tell for which of them."""
    reading = read_clause("发生事故扣2分，迟报扣1分。免去评优资格")
    assert not reading.vetoes
    assert "clause-veto" in reading.findings.codes


def test_an_assessors_points_without_an_end_are_told() -> None:
    """每次扣3-5分 under 加扣分标准, where the item has no points that it could be taken from."""
    reading = read_clause("被媒体曝光的，每次扣3-5分", heading="加扣分标准")
    assert any("at most" in each for each in doubts(reading))


def test_points_by_anothers_result_are_no_fact() -> None:
    """指标完成情况按省考核结果计分: nobody says yes or no to it."""
    reading = read_clause("指标完成情况按省考核结果计分", points=5)
    assert not reading.rules
    assert reading.findings.errors


def test_a_bare_name_beside_a_bound_is_a_doubt() -> None:
    """投诉或纠纷超过2起: both together, or any complaint? A fault beside a bound is none."""
    assert doubts(read_clause("投诉或纠纷超过2起扣2分"))
    assert not doubts(read_clause("未建台账或归档率低于70%扣2分"))


@pytest.mark.parametrize("text", ["乙级", "丙级病历", "重度缺陷"])
def test_a_grade_alone_has_no_points(text: str) -> None:
    """What a fault makes of the chart is no rule of the item."""
    found = doubts(read_clause(text, points=5, requirement="诊断漏填", heading="扣分标准"))
    assert any("no points for it" in each for each in found)


def test_a_standard_that_only_asks_is_left_to_the_assessor() -> None:
    """病床使用率>70% with five points: nothing says what falls short costs."""
    reading = read_clause("病床使用率>70%。", points=5)
    assert reading.targets
    assert not reading.rules
    assert [each.severity for each in reading.findings] == [Severity.ASSUMPTION]
    assert not read_clause("病床使用率>70%。", points=5, asks=True).findings


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("每低1%扣0.5分", "药占比≤30%", "must not be exceeded"),
        ("每低1天扣0.5分", "平均住院日不超过9天", "must not be exceeded"),
        ("持平得2分，上升不得分", "剖宫产率较上年下降", "can be earned"),
        ("基本完成得3分，未完成不得分", "体检率≥70%", "can be earned"),
        ("访视率达90%得5分，80%以下不得分", "系统管理率≥85%", "is asked for, and"),
    ],
)
def test_a_standard_that_does_not_fit_what_is_asked_is_told(
    text: str, asked: str, said: str
) -> None:
    """What falls below a ceiling, and bands of another rate: 同上 brings those of the row above."""
    assert any(said in each for each in doubts(read_clause(text, points=5, requirement=asked)))


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("达到90%得8分；未达到但较上年提高的，每提高1个百分点得1分，最高6分", "就诊率≥90%"),
        ("每低1个百分点扣0.3分。较上年提高3个百分点以上的不扣分", "诊疗量占比≥60%"),
        ("卫生院每少5种扣0.5分；每少5种扣0.2分", "卫生院药品不少于200种"),
        ("未完成的按实际完成比例计分，低于60%的不得分", "签约率≥60%"),
        ("未达标但较上年有提高的得2分", "基药占比≥50%"),
        ("0-5%之间得满分，低于0不得分，高于5%扣2分", "收支结余率"),
        ("有下列情形之一的，每件扣2分：事实不清；程序违法；处罚不当", ""),
        ("抽查10份，每份0.8分。缺1次随访扣0.1分", "儿童保健档案"),
        ("不达标准，不得分", "每名带教医师带教对象不超过2名"),
        ("4次以上不足6次得2分，不足4次不得分", "健康讲座"),
    ],
)
def test_what_only_holds_for_some_is_doubted(text: str, requirement: str) -> None:
    """A condition or an exemption that no rule has, one lack with two prices, a top left out."""
    reading = read_clause(text, points=8, requirement=requirement)
    assert "clause-doubt" in reading.findings.codes
