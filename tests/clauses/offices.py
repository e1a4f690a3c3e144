"""What offices and townships answer for: letters from citizens, publicity, projects, safety.

A formula that says a share again, a fault with and without harm, ranks that are counted like the
first, sums behind commas, deeds counted one by one. Reworded from constructions of public tables.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Knot,
    Rule,
)
from healthduty.rules.tally import Cases, Counting, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given, Multiple


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _added(words: str, points: int | str) -> Bonus:
    """Gain these points for each case."""
    return Bonus(Cases(words), points=points)


def _short(words: str, required: int | Multiple, points: int | str) -> Deduction:
    """Lose these points for each one that is lacking."""
    return Deduction(Lacking(words, required=required), points=points)


def _line(measure: str, points: object = FULL, most: int = 100) -> Curve:
    """Earn by a straight line from nothing."""
    return Curve(measure, Effect.EARN, (Knot(0, 0), Knot(most, points)))


def _earned(words: str, points: int) -> Bands:
    """Earn these points where the words hold."""
    return Bands(words, Effect.EARN, (CaseBand(Flag(words), points),))


def _met(measure: str, low: int, points: int) -> Bands:
    """Earn these points from a number on."""
    return Bands(measure, Effect.EARN, (Band(points, low=low),))


def _part(number: str, title: str, points: int, *rules: Rule) -> Part:
    return Part(number, title, points=points, rules=rules)


def _case(  # noqa: PLR0913 - as a case has fields
    text: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    heading: str = "",
    targets: tuple[Target, ...] = (),
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="offices",
        points=points,
        requirement=asked,
        heading=heading,
        rules=rules,
        targets=targets,
        assumed=assumed,
        unread=unread,
    )


_FORMULAS = (
    _case(
        "按完成比例得分，得分=实际完成数÷任务数×分值",
        _line("妇女病普查完成率"),
        points=10,
        asked="妇女病普查",
    ),
    _case(
        "按完成进度得分。计分公式：（实际完成数/年度计划数）×6分",
        _line("校医培训完成率", 6),
        points=6,
        asked="校医培训",
    ),
    _case(
        "完成任务得满分，未完成的按比例得分。得分=新开工项目数/计划开工项目数×分值",
        _line("新开工项目数占计划开工项目数的比例"),
        points=8,
        asked="重点项目",
    ),
    _case(
        "得分=到场人数/应到人数×4分",
        _line("到场人数占应到人数的比例", 4),
        points=4,
    ),
    _case(
        "建册率按比例得分3分；复核得分=复核数/任务数×5分",
        _line("建册率", 3),
        _line("复核数占任务数的比例", 5),
        points=8,
    ),
)

_SHORT_OF = (
    _case("建册率不达85%的扣3分", Deduction(Once(Compare("建册率", "<", 85)), points=3)),
    _case(
        "复诊率不达70%的，每低2个百分点扣0.4分",
        Deduction(StepsBelow("复诊率", target=70, step=2), points="0.4"),
        assumed=True,
    ),
    _case("不达60%不得分", Forfeit(Compare("建册率", "<", 60)), asked="建册率达到90%"),
    _case(
        "控制在2起以内计满分，到达4起及以上不计分",
        Bands("来信越级起数", Effect.EARN, (Band(FULL, high=2, high_in=True), Band(0, low=4))),
        asked="来信越级起数",
    ),
)

_CONTRASTS = (
    _case(
        "档案遗失造成损失的扣4分，未造成损失的扣1分",
        _once("档案遗失造成损失", 4),
        _once("档案遗失未造成损失", 1),
    ),
    _case(
        "误发1份证明导致纠纷的扣3分，未导致纠纷的扣1分",
        _each("误发证明导致纠纷", 3),
        _each("误发证明未导致纠纷", 1),
    ),
    _case(
        "来信逾期办结，引发上访的扣3分；未引发上访的扣1分",
        _once("来信逾期办结，引发上访", 3),
        _once("来信逾期办结，未引发上访", 1),
    ),
    _case(
        "网络中断未造成数据丢失的扣1分，造成数据丢失的扣4分",
        _once("网络中断未造成数据丢失", 1),
        _once("网络中断造成数据丢失", 4),
    ),
)

_RANKS = (
    _case(
        "简报被转发，国家级每篇加3分，省级2分，市级加1分",
        _added("简报被转发，国家级", 3),
        _added("简报被转发，省级", 2),
        _added("简报被转发，市级", 1),
    ),
    _case(
        "在市级报刊登载1篇加0.4分，省级1篇加0.8分",
        _added("在市级报刊登载", "0.4"),
        _added("在省级报刊登载", "0.8"),
        asked="新闻报道",
    ),
    _case(
        "受到嘉奖的，国家级加4分，省级每次加2分",
        Bonus(Once(Flag("受到嘉奖，国家级")), points=4),
        _added("受到嘉奖，省级", 2),
    ),
)

_FOR_EACH = (
    _case(
        "巡讲少一次扣0.5分，带教少一次扣1分",
        _short("骨干医师巡讲", Multiple(6, "人数"), "0.5"),
        _short("带教", Multiple(2, "人数"), 1),
        asked="骨干医师每人每年巡讲不少于6次，带教不少于2次",
    ),
    _case(
        "走访少1户扣0.2分，座谈少1次扣0.5分",
        _short("专干走访", Multiple(20, "名数"), "0.2"),
        _short("座谈", Multiple(3, "名数"), "0.5"),
        asked="每名专干每年走访不少于20户，座谈不少于3次",
    ),
    _case(
        "少一次扣1分",
        _short("夜查", 24, 1),
        _short("讲评", 12, 1),
        asked="每月夜查不少于2次，讲评不少于1次",
        assumed=True,
    ),
    _case(
        "夜查少一次扣1分，演练少一次扣2分",
        _short("夜查", 24, 1),
        _short("演练", 1, 2),
        asked="每月夜查不少于2次，全年演练不少于1次",
        assumed=True,
    ),
    _case(
        "夜查少一次扣1分，少配1人扣1分",
        _short("夜查", 24, 1),
        _short("配备安全员", 2, 1),
        asked="每月夜查不少于2次，配备安全员不少于2人",
        assumed=True,
    ),
)

_ENDING_SENTENCES = (
    ClauseCase(
        text="有值守制度，2分；配备夜班保安3名以上，3分；视频巡查覆盖率达到85%以上，5分",
        pattern="offices",
        points=10,
        parts=(
            _part("1", "有值守制度", 2, _earned("有值守制度", 2)),
            _part("2", "配备夜班保安3名以上", 3, _met("配备夜班保安", 3, 3)),
            _part("3", "视频巡查覆盖率达到85%以上", 5, _met("视频巡查覆盖率", 85, 5)),
        ),
    ),
    ClauseCase(
        text="成立工作专班，明确2名联络员，4分；台账齐全，6分",
        pattern="offices",
        points=10,
        parts=(
            _part("1", "成立工作专班，明确2名联络员", 4, _earned("成立工作专班，明确2名联络员", 4)),
            _part("2", "台账齐全", 6, _earned("台账齐全", 6)),
        ),
    ),
    ClauseCase(
        text="组织领导，4分；宣教3次，6分",
        pattern="offices",
        points=10,
        parts=(_part("1", "组织领导", 4), _part("2", "宣教3次", 6)),
        targets=(Target("宣教", ">=", 3),),
    ),
)

_DEEDS = (
    _case("办结一件积案加2分", _added("办结积案", 2)),
    _case(
        "引进一名博士加3分，一名硕士加1分",
        _added("引进博士", 3),
        _added("硕士", 1),
    ),
    _case("一次性通过复审加2分", Bonus(Once(Flag("一次性通过复审")), points=2)),
    _case("被评为先进集体加2分", Bonus(Once(Flag("被评为先进集体")), points=2)),
    _case("牵头承办学术年会，每承办1次加3分", _added("牵头承办学术年会", 3)),
    _case("每承办1次加3分", _added("牵头承办学术年会", 3), asked="牵头承办学术年会"),
    _case("推行床旁结算，每推行一个病区加0.5分", _added("推行床旁结算的病区", "0.5")),
    _case("提请走访外地企业，每提请1个企业加0.5分", _added("提请走访外地企业", "0.5")),
    _case("每推行一个病区加0.5分", _added("病区", "0.5")),
)

_TASKS = (
    _case(
        "村道绿化完成年度计划的得8分，完成85%以上的得6分，其余不得分",
        Bands(
            "村道绿化完成率",
            Effect.EARN,
            (Band(8, low=100), Band(6, low=85)),
            otherwise=0,
        ),
        points=8,
    ),
    _case(
        "完成县下达目标的得4分，未完成的按完成比例计分",
        _line("改厕户数完成率", 4),
        points=4,
        asked="改厕户数",
    ),
    _case(
        "完成市下达任务的得满分，每低2个百分点扣0.5分",
        Deduction(StepsBelow("市下达任务完成率", target=100, step=2), points="0.5"),
        points=5,
        asked="电子档案",
        assumed=True,
    ),
)

_LARGE = (
    _case(
        "急诊人次3-5万得2分，5万以上得4分",
        Bands("急诊人次", Effect.EARN, (Band(2, low=30_000, high=50_000), Band(4, low=50_000))),
    ),
    _case("印发折页达到2千以上加1分", Bonus(Once(Compare("印发折页", ">=", 2_000)), points=1)),
    _case(
        "到账资金达到300万元，每低20万扣0.5分",
        Deduction(StepsBelow("到账资金", target=300, step=20), points="0.5"),
        assumed=True,
    ),
    _case(
        "每超20万加0.5分",
        Bonus(StepsAbove("到账资金", target=300, step=20), points="0.5"),
        asked="到账资金300万元",
        assumed=True,
    ),
    _case(
        "急诊量6万人次以上得4分，每增加1万加1分",
        Bands("急诊量", Effect.EARN, (Band(4, low=6),)),
        Bonus(StepsAbove("急诊量", target=6, step=1), points=1),
        assumed=True,
    ),
)

_ON_TOP = (
    _case(
        "完成引资任务2亿元得8分，每超2000万元加0.5分",
        Bands("引资任务", Effect.EARN, (Band(8, low=2),)),
        Bonus(StepsAbove("引资任务", target=2, step="0.2"), points="0.5"),
        points=8,
        assumed=True,
    ),
    _case(
        "业务收入600万元得4分，400万元得2分",
        Bands("业务收入", Effect.EARN, (Band(4, low=600), Band(2, low=400))),
        points=4,
        assumed=True,
    ),
    _case(
        "组织观摩不少于3次加2分，每增加一次加0.5分",
        Bonus(Once(Compare("观摩", ">=", 3)), points=2),
        Bonus(StepsAbove("观摩", target=3, step=1), points="0.5"),
        assumed=True,
    ),
    _case(
        "手术占比达到20%得3分，较上年每提高2个百分点加0.5分",
        Bands("手术占比", Effect.EARN, (Band(3, low=20),)),
        Bonus(StepsAbove("手术占比", target=Given("上年手术占比"), step=2), points="0.5"),
        assumed=True,
    ),
)

_TOGETHER = (
    _case(
        "结案率100%、复检率90%以上得满分，每低2个百分点扣0.3分",
        Deduction(StepsBelow("结案率", target=100, step=2), points="0.3"),
        Deduction(StepsBelow("复检率", target=90, step=2), points="0.3"),
        points=5,
        assumed=True,
    ),
    _case(
        "投产率100%，达产率75%以上得8分",
        Bands(
            "投产率",
            Effect.EARN,
            (CaseBand(AllOf((Compare("投产率", ">=", 100), Compare("达产率", ">=", 75))), 8),),
        ),
        points=8,
    ),
)

_GIVEN = (
    _case(
        "支出进度达到序时进度的得3分，每低2个百分点扣0.2分",
        Deduction(StepsBelow("支出进度", target=Given("序时进度"), step=2), points="0.2"),
        points=3,
        assumed=True,
    ),
    _case(
        "会议费同比零增长得2分，每增长2%扣0.1分",
        Deduction(
            StepsAbove("会议费", target=Given("上年同期会议费"), step=2, relative=True),
            points="0.1",
        ),
        points=2,
        assumed=True,
    ),
    _case(
        "差旅费超预算的，每超2%扣0.3分",
        Deduction(
            StepsAbove("差旅费", target=Given("预算差旅费"), step=2, relative=True), points="0.3"
        ),
        assumed=True,
    ),
    _case("差旅费超预算的扣1分", _once("差旅费超预算", 1)),
)

_FALLING_SHORT = (
    _case("报到率达到95%得3分，低于95%的按比例扣分", _line("报到率", 3, 95), points=3),
    _case(
        "低于95%按比例扣分",
        Deduction(StepsBelow("报到率", target=95), points=FULL),
        asked="报到率≥95%",
    ),
    _case(
        "每低5%扣1分，低于5%按比例扣分",
        Deduction(
            StepsBelow("报到率", target=95, step=5, counting=Counting.PROPORTIONAL), points=1
        ),
        asked="报到率≥95%",
    ),
)

_PAPERS = (
    _case(
        "无党员和干部学习记录各扣1分",
        _once("无党员学习记录", 1),
        _once("无干部学习记录", 1),
    ),
    _case(
        "未建立高血压、糖尿病患者档案的，各扣2分",
        _once("未建立高血压患者档案", 2),
        _once("未建立糖尿病患者档案", 2),
    ),
    _case("未设标识和职工名册各扣1分", _once("未设标识", 1), _once("未设职工名册", 1)),
)

CASES = (
    *_FORMULAS,
    *_SHORT_OF,
    *_CONTRASTS,
    *_RANKS,
    *_FOR_EACH,
    *_ENDING_SENTENCES,
    *_DEEDS,
    *_TASKS,
    *_LARGE,
    *_ON_TOP,
    *_TOGETHER,
    *_GIVEN,
    *_FALLING_SHORT,
    *_PAPERS,
)
