"""What a reading must not lose: conditions, ends of bands, numbers, members of a list.

Points for each below a number, numbers that two bands name, ordinals without a dot, samples that
ask for nothing, and how often something is done as degrees of it.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.model.veto import BarHonours, ForceGrade, Veto
from healthduty.rules.condition import AllOf, Compare, Condition, Flag
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _below(measure: str, target: int) -> Deduction:
    """Lose a point for each step of 1 below the target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=1)


def _line(measure: str, *knots: tuple[int, int]) -> Rule:
    """Earn along a line through some numbers."""
    return Curve(measure, "earn", tuple(Knot(at, points) for at, points in knots))


def _earned(*cases: tuple[Condition, int]) -> Rule:
    """Earn by the first case that holds; the measure is that of the first."""
    first = cases[0][0]
    while isinstance(first, AllOf):
        first = first.conditions[0]
    assert isinstance(first, Flag | Compare)
    bands = tuple(CaseBand(when, points) for when, points in cases)
    return Bands(first.measure, "earn", bands)


def _case(
    text: str,
    pattern: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern=pattern,
        points=points,
        requirement=asked,
        rules=rules,
        targets=targets,
        unread=unread,
    )


_EACH_UNDER = (
    _case(
        "6场以下每场义诊2分",
        "each below",
        _line("义诊", (0, 0), (6, 12)),
        asked="义诊每年6场",
        points=12,
    ),
    _case(
        "不足4期的，每期3分",
        "each below",
        _line("宣传栏", (0, 0), (4, 12)),
        asked="宣传栏每年4期",
        points=12,
    ),
    _case(
        "未达5场，按每场2分计算",
        "each below",
        _line("义诊", (0, 0), (5, 10)),
        asked="义诊不少于5场",
        points=10,
    ),
    _case("5块以下者每块灯箱2分", "each below", _line("灯箱", (0, 0), (5, 10))),
    _case(
        "低于4次，按每次2分给分",
        "each below",
        _line("健康讲座", (0, 0), (4, 8)),
        asked="健康讲座不少于4次",
        points=8,
    ),
    _case(
        "未达到3次的，每举办1次得2分",
        "each below",
        _line("演练", (0, 0), (3, 6)),
        asked="演练3次",
        points=6,
    ),
    _case(
        "开展讲座5次以上得12分，5次以下每次2分",
        "each below, more for all of them",
        _line("讲座", (0, 0), (4, 8), (5, 12)),
        points=12,
    ),
    _case(
        "5种以下，每种3分，最高12分",
        "each below, at most",
        _line("折页", (0, 0), (4, 12), (5, 12)),
        asked="折页5种",
        points=12,
    ),
    _case("5次以下每次3分", "each below, too many", asked="讲座5次", points=10, unread=True),
)

_ENDS = (
    _case(
        "知晓率30%以下不得分，30%-70%得4分，70%以上得8分",
        "shared ends, upwards",
        Bands(
            "知晓率",
            "earn",
            (Band(0, high=30), Band(4, low=30, high=70), Band(8, low=70)),
        ),
        points=8,
    ),
    _case(
        "等候时间60分钟以上不得分，30-60分钟得3分，30分钟以下得5分",
        "shared ends, less is better",
        Bands(
            "等候时间",
            "earn",
            (
                Band(0, low=60, low_in=False),
                Band(3, low=30, high=60, low_in=False, high_in=True),
                Band(5, high=30, high_in=True),
            ),
        ),
        points=5,
    ),
    _case(
        "合格率≤60%不得分，60%-80%得3分，>80%得5分",
        "shared ends, by signs",
        Bands(
            "合格率",
            "earn",
            (
                Band(0, high=60, high_in=True),
                Band(3, low=60, high=80, low_in=False, high_in=True),
                Band(5, low=80, low_in=False),
            ),
        ),
        points=5,
    ),
    _case(
        "讲座3次以下不得分，3-5次得3分，5次以上得5分",
        "shared ends, counts",
        Bands("讲座", "earn", (Band(0, high=3), Band(3, low=3, high=5), Band(5, low=5))),
        points=5,
    ),
    _case(
        "覆盖率70%以下扣5分，70%-80%扣3分，80%以上不扣分",
        "shared ends, losses",
        Bands("覆盖率", "lose", (Band(5, high=70), Band(3, low=70, high=80))),
        points=5,
    ),
    _case(
        "签约率75%以下不得分",
        "an end that is the goal's",
        Forfeit(Compare("签约率", "<", 75)),
        asked="签约率达到75%",
    ),
    _case(
        "药占比30%以上扣2分",
        "an end that is the goal's",
        Deduction(Once(Compare("药占比", ">", 30)), points=2),
        asked="药占比控制在30%以内",
    ),
)

_CONDITIONS = (
    _case(
        "满意度达85%以上，同时无有效投诉得3分",
        "a bound and a fact",
        _earned((AllOf((Compare("满意度", ">=", 85), Flag("无有效投诉"))), 3)),
    ),
    _case(
        "在编率不低于90%，且无违规用工得2分",
        "a bound and a fact",
        _earned((AllOf((Compare("在编率", ">=", 90), Flag("无违规用工"))), 2)),
    ),
    _case(
        "设立门诊，配备专/兼职医师，设备齐全，得4分",
        "all of them together",
        _earned((Flag("设立门诊，配备专/兼职医师，设备齐全"), 4)),
    ),
    _case(
        "制度健全，台账完整，无差错得3分",
        "all of them together",
        _earned((Flag("制度健全，台账完整，无差错"), 3)),
    ),
    _case(
        "桌椅、玩具等未做到清洁或每周消毒各扣1分",
        "a list before 未",
        _once("桌椅、玩具等未做到清洁", 1),
        _once("桌椅、玩具等未每周消毒", 1),
    ),
    _case(
        "服务不好、环境不洁各扣1分",
        "each wrong by itself",
        _once("服务不好", 1),
        _once("环境不洁", 1),
    ),
    _case(
        "任一指标未达到扣2分",
        "any of the targets",
        Deduction(Once(Compare("建册率", "<", 90)), points=2),
        Deduction(Once(Compare("访视率", "<", 85)), points=2),
        asked="建册率≥90%；访视率≥85%",
    ),
    _case(
        "其中一项不达标扣2分",
        "any of the targets",
        Deduction(Once(Compare("建册率", "<", 90)), points=2),
        Deduction(Once(Compare("访视率", "<", 85)), points=2),
        asked="建册率≥90%；访视率≥85%",
    ),
    _case(
        "死亡率、感染率分别不高于5%、8%，超过的各扣3分",
        "each of the targets",
        Deduction(Once(Compare("死亡率", ">", 5)), points=3),
        Deduction(Once(Compare("感染率", ">", 8)), points=3),
    ),
    _case("发生投诉并经查实1例扣1分", "found out", _each("发生投诉并经查实", 1)),
)

_NUMBERS = (
    _case("36小时内未上报1例扣2分", "a time in the fact", _each("36小时内未上报", 2)),
    _case("1.1未戴手套1人扣1分", "an ordinal", _each("未戴手套", 1)),
    _case(
        "1有应急小组，分工明确，得2分。2有专项经费，得3分",
        "ordinals without a dot",
        _earned((Flag("有应急小组，分工明确"), 2)),
        _earned((Flag("有专项经费"), 3)),
        points=5,
    ),
    _case(
        "门诊、住院使用率分别不超过20%、60%，每超1%扣1分",
        "one comparison for a list",
        Deduction(StepsAbove("门诊使用率", target=20, step=1), points=1),
        Deduction(StepsAbove("住院使用率", target=60, step=1), points=1),
    ),
    _case(
        "建卡率、体检率和随访率每降低1%扣1分",
        "a list without a target",
        Deduction(StepsBelow("建卡率", target=Blank("建卡率"), step=1), points=1),
        Deduction(StepsBelow("体检率", target=Blank("体检率"), step=1), points=1),
        Deduction(StepsBelow("随访率", target=Blank("随访率"), step=1), points=1),
        unread=True,
    ),
)

_SAMPLES = (
    _case("实地察看3个村，发现1处垃圾扣0.5分", "a sample", _each("垃圾", "0.5")),
    _case("考核3名医师，不合格每人扣1分", "a sample", _each("医师不合格", 1)),
    _case("随访20名慢性病患者，1人不真实扣1分", "a sample", _each("慢性病患者不真实", 1)),
    _case("翻阅近6个月登记，漏登1次扣0.5分", "a sample", _each("漏登", "0.5")),
)

_OFTEN = (
    _case(
        "每年体检一次得4分，每两年体检一次得3分",
        "how often",
        _earned((Flag("每年体检一次"), 4), (Flag("每两年体检一次"), 3)),
        points=8,
    ),
    _case(
        "每季度开展一次督导得4分，每半年开展一次得2分",
        "how often",
        _earned((Flag("每季度开展一次督导"), 4), (Flag("每半年开展一次"), 2)),
        points=4,
    ),
    _case(
        "每周巡诊1次得3分；每两周巡诊1次得2分；每月巡诊1次得1分",
        "how often",
        _earned((Flag("每周巡诊1次"), 3), (Flag("每两周巡诊1次"), 2), (Flag("每月巡诊1次"), 1)),
        points=3,
    ),
)


def _veto(event: str, effect: BarHonours | ForceGrade) -> Veto:
    return Veto(event, event, when=Flag(event), effects=(effect,))


_VETOES = (
    ClauseCase(
        text="每出现一例非法行医全年工作“一票否决”",
        pattern="veto",
        vetoes=(_veto("非法行医", BarHonours()),),
        assumed=True,
    ),
    ClauseCase(
        text="每发生1起安全生产事故，年度考核“一票否决”",
        pattern="veto",
        vetoes=(_veto("安全生产事故", BarHonours()),),
        assumed=True,
    ),
    ClauseCase(
        text="有一例院感暴发未报告的，全年考核不合格",
        pattern="veto",
        vetoes=(_veto("有一例院感暴发未报告", ForceGrade("不合格")),),
    ),
    ClauseCase(
        text="有下列情形之一的一票否决：一是发生责任事故的；二是套取资金的",
        pattern="veto, a list",
        vetoes=(_veto("发生责任事故", BarHonours()), _veto("套取资金", BarHonours())),
        assumed=True,
    ),
)

_LATER = (
    _case(
        "迟到1次扣1分，累计4次以上扣5分",
        "so many in all",
        _each("迟到", 1),
        Deduction(Once(Compare("迟到", ">=", 4)), points=5),
    ),
    _case(
        "漏登1例扣0.5分，累计漏登6例以上不得分",
        "so many in all",
        _each("漏登", "0.5"),
        Forfeit(Compare("漏登", ">=", 6)),
    ),
    _case(
        "建档率达到80%，其中老年人达到90%，每低1个百分点扣0.5分",
        "of whom",
        Deduction(StepsBelow("建档率", target=80, step=1), points="0.5"),
        Deduction(StepsBelow("老年人建档率", target=90, step=1), points="0.5"),
    ),
    _case(
        "培训率低于90%，且合格率低于80%的，扣2分",
        "both bounds",
        Deduction(Once(AllOf((Compare("培训率", "<", 90), Compare("合格率", "<", 80)))), points=2),
    ),
    _case(
        "低于目标值10个百分点以上不得分",
        "how far from the target",
        asked="建档率≥80%",
        points=5,
        unread=True,
    ),
    _case("无输血差错，每出现1例扣3分", "what must not be, counted", _each("输血差错", 3)),
)

_OF_EACH = (
    _case("每3小时巡视一次，未做到扣2分", "how often", _once("每3小时巡视一次，未做到", 2)),
    _case("每份产妇档案每月少一次访视扣1分", "of each", _each("产妇档案访视缺少", 1)),
    _case("街道级每少一次巡查扣1分", "behind the unit", _each("街道级巡查缺少", 1)),
    _case("代开药品，每盒或每次扣1分", "two units", _each("代开药品", 1)),
    _case("4项条件中一项不符扣1分", "so many", _each("亮证，挂牌，不符", 1), asked="亮证，挂牌"),
    _case("未对血压≥180的居民转诊扣2分", "of whom", _once("未对血压≥180的居民转诊", 2)),
    _case("发现一次扣1分", "beside a fault", _each("违反值班纪律", 1), asked="违反值班纪律"),
    _case("发现一例扣1分", "beside a duty", _each("佩戴胸卡，发现不符合", 1), asked="佩戴胸卡"),
    _case("家庭成员的基本情况一处不符扣1分", "a name", _each("家庭成员的基本情况不符", 1)),
    _case(
        "有随访本且记录完整得3分，漏登记1例扣1分",
        "there, and good",
        _earned((AllOf((Flag("有随访本"), Flag("记录完整"))), 3)),
        _each("漏登记", 1),
    ),
)

_RUN_TOGETHER: tuple[ClauseCase, ...] = (
    _case(
        "完好率达90%8分每下降1个百分点扣1分",
        "points behind a rate",
        _below("完好率", 90),
        points=8,
    ),
    _case(
        "坚持公开透明，无弄虚作假，不徇私舞弊记4分",
        "what is well",
        _earned((Flag("坚持公开透明，无弄虚作假，不徇私舞弊"), 4)),
        points=4,
    ),
    _case(
        "国家级基地得5分，省级基地得3分，取得分最高的一项",
        "the best of facts",
        Group((_earned((Flag("国家级基地"), 5)), _earned((Flag("省级基地"), 3))), pick="best"),
        points=10,
    ),
    _case(
        "主任委员4分，副主任委员3分。一人多职的，以最高职务登记1次",
        "once, by the best",
        Bands("任职", "earn", (LevelBand("主任委员", 4), LevelBand("副主任委员", 3))),
        points=4,
        asked="任职情况",
    ),
    _case("少走访一个单位扣1分", "with whom", _each("走访单位缺少", 1)),
    _case(
        "每少建一个扣1分",
        "by kind",
        Deduction(
            Lacking(
                "健康村建设",
                required=ByKind({"一类乡镇": 5, "二类乡镇": 3, "三类乡镇": 2}),
            ),
            points=1,
        ),
        asked="健康村建设（一类乡镇5个、二类乡镇3个、三类乡镇2个）",
    ),
    _case(
        "各医院每月报送简报不少于3条，其他单位不少于1条，每少一条扣1分",
        "by kind",
        Deduction(
            Lacking("各医院报送简报", required=ByKind({"其他单位": 12}, default=36)), points=1
        ),
    ),
    _case(
        "每低1%扣1分",
        "how often, before a rate",
        _below("为机关、学校职工体检的单位覆盖率", 60),
        asked="每3年1次为机关、学校职工体检的单位覆盖率达到60%",
    ),
    _case(
        "查閱通知、相片、小結等，少一項扣0.5分",
        "of papers",
        _each("通知、相片、小結等缺少", "0.5"),
    ),
    _case(
        "不能独立操作扣1分，不清楚扣1分",
        "no thing before",
        _once("不能独立操作", 1),
        _once("岗位职责不清楚", 1),
        asked="岗位职责",
    ),
)

CASES = (
    *_OF_EACH,
    *_EACH_UNDER,
    *_ENDS,
    *_CONDITIONS,
    *_NUMBERS,
    *_SAMPLES,
    *_OFTEN,
    *_VETOES,
    *_LATER,
    *_RUN_TOGETHER,
)
