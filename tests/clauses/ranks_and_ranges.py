"""Ranks, ranges and amounts: a matter at its highest rank, both sides of a range, parts of a sum.

What adds up over several matters, what lies outside a range, how far a change went the other way,
what a mean of others is held against, and points that come off the total. Reworded from
constructions of public tables.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Group, Knot, Rule
from healthduty.rules.tally import Cases, Counting, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given


def _added(words: str, points: int | str) -> Bonus:
    """Gain these points for each case."""
    return Bonus(Cases(words), points=points)


def _below(measure: str, target: int | Given, points: int | str, step: int | str = 1) -> Deduction:
    """Lose these points for each step below the target."""
    return Deduction(StepsBelow(measure, target=target, step=step), points=points)


def _above(measure: str, target: int | Given, points: int | str, step: int | str = 1) -> Deduction:
    """Lose these points for each step above the target."""
    return Deduction(StepsAbove(measure, target=target, step=step), points=points)


def _outside(measure: str, low: int | str, high: int | str) -> AnyOf:
    """Whether a value is below the one end or above the other."""
    return AnyOf((Compare(measure, "<", low), Compare(measure, ">", high)))


def _case(
    text: str,
    pattern: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    states: int | None = None,
    assumed: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern=pattern,
        points=points,
        requirement=asked,
        rules=rules,
        states=states,
        assumed=assumed,
    )


_RANKS = (
    _case(
        "课题在国家、省、市级立项的，分别加4、2、1分；同一课题按最高级别加分，累计不超过8分",
        "each matter",
        Group(
            (
                _added("课题在国家级立项", 4),
                _added("课题在省级立项", 2),
                _added("课题在市级立项", 1),
            ),
            cap=8,
        ),
        assumed=True,
    ),
    _case(
        "创成省级、市级示范点的，分别加3、2分，同一事项就高计分，不重复加分",
        "each matter",
        _added("创成省级示范点", 3),
        _added("创成市级示范点", 2),
        assumed=True,
    ),
    _case(
        "获省级荣誉加3分；获市级荣誉加2分。同一项目不重复计分",
        "each matter",
        _added("获省级荣誉", 3),
        _added("获市级荣誉", 2),
        assumed=True,
    ),
    _case(
        "获省级荣誉加3分；获市级荣誉加2分。就高不重复",
        "best of all",
        Group(
            (
                Bonus(Once(Flag("获省级荣誉")), points=3),
                Bonus(Once(Flag("获市级荣誉")), points=2),
            ),
            pick="best",
        ),
        assumed=True,
    ),
    _case(
        "先进做法被县、市、省卫生部门或政府转发的，每次分别加1、2、4分",
        "ranks in order",
        _added("先进做法被县卫生部门或政府转发", 1),
        _added("先进做法被市卫生部门或政府转发", 2),
        _added("先进做法被省卫生部门或政府转发", 4),
    ),
)

_RANGES = (
    _case(
        "基准分8分，全年开诊300天不扣分，300天-250天，每少10天扣1分，少于250天不得分",
        "from where nothing is lost",
        Deduction(Lacking("开诊", required=300, step=10), points=1),
        Forfeit(Compare("开诊", "<", 250)),
        points=8,
        states=8,
    ),
    _case(
        "平均每月义诊20次不扣分，义诊10-20次扣2分",
        "from where nothing is lost",
        Bands("平均每月义诊", "lose", (Band(2, low=10, high=20),)),
        points=5,
    ),
    _case(
        "库房温度超出10-25℃扣1分",
        "outside",
        Deduction(Once(_outside("库房温度", 10, 25)), points=1),
        points=3,
    ),
    _case(
        "室内湿度不在40%-70%之间的，扣1分",
        "outside",
        Deduction(Once(_outside("室内湿度", 40, 70)), points=1),
        points=3,
    ),
    _case(
        "疫苗温度超出2-8℃未上报扣2分",
        "outside",
        Deduction(Once(Flag("疫苗温度超出2-8℃未上报")), points=2),
        points=3,
        assumed=False,
    ),
    _case(
        "①床位周转率80%—90%，得3分；②每高于或低于1个百分点扣0.5分",
        "both sides",
        _below("床位周转率", 80, "0.5"),
        _above("床位周转率", 90, "0.5"),
        points=3,
        assumed=True,
    ),
    _case(
        "手术占比在30%~40%之间得满分，上下每浮动2%扣1分",
        "both sides",
        _below("手术占比", 30, 1, 2),
        _above("手术占比", 40, 1, 2),
        points=3,
        assumed=True,
    ),
    _case(
        "不超过10天，每超0.5天扣1分，每缩短0.5天加0.2分",
        "bound of the item",
        _above("平均住院日", 10, 1, "0.5"),
        Bonus(StepsBelow("平均住院日", target=10, step="0.5"), points="0.2"),
        points=5,
        asked="平均住院日（5分）",
        assumed=True,
    ),
    _case(
        "药占比下降不足2%的扣1分，不降反升的扣3分",
        "the other way",
        Bands("药占比下降", "lose", (Band(3, high=0), Band(1, high=2))),
        points=5,
    ),
)

_AMOUNTS = (
    _case(
        "骗取基金的，按涉及金额每5000元扣1分，不足5000元按5000元计",
        "amount",
        Deduction(StepsAbove("涉及金额", target=0, step=5000, counting=Counting.STARTED), points=1),
        points=6,
    ),
    _case(
        "追回费用每1万元扣0.5分",
        "amount",
        _above("追回费用", 0, "0.5"),
        points=6,
        assumed=True,
    ),
    _case(
        "上报率、审核率均达90%以上，有一项不达标扣1分，每低1个百分点再扣0.1分",
        "goes on",
        Deduction(Once(Compare("上报率", "<", 90)), points=1),
        Deduction(Once(Compare("审核率", "<", 90)), points=1),
        _below("上报率", 90, "0.1"),
        _below("审核率", 90, "0.1"),
        points=6,
        assumed=True,
    ),
    _case(
        "发表论文1篇得2分，获批课题1项得1分，满6分为止",
        "each, up to all",
        Curve("发表论文", "earn", (Knot(0, 0), Knot(3, 6))),
        Curve("获批课题", "earn", (Knot(0, 0), Knot(6, 6))),
        points=6,
        assumed=True,
    ),
    _case(
        "得分=实际值/目标值×权重分，最高不超过权重分",
        "formula",
        Curve("转诊率", "earn", (Knot(0, 0), Knot(40, FULL))),
        points=6,
        asked="转诊率≥40%",
    ),
)

_OTHERS = (
    _case(
        "次均费用增幅不高于全市平均水平得满分，高于全市平均水平的，每高1个百分点扣0.2分",
        "mean of others",
        _above("次均费用增幅", Given("全市平均次均费用增幅"), "0.2"),
        points=3,
        assumed=True,
    ),
    _case(
        "签约率低于全县平均水平扣1分，每低1个百分点再扣0.1分",
        "mean of others",
        Deduction(Once(Flag("签约率低于全县平均水平")), points=1),
        _below("签约率", Given("全县平均签约率"), "0.1"),
        points=3,
        assumed=True,
    ),
    _case(
        "迟报每次扣1分，瞒报每次扣2分，在年终考核总分中扣除",
        "off the total",
        Deduction(Cases("迟报"), points=1, reach="total"),
        Deduction(Cases("瞒报"), points=2, reach="total"),
    ),
    _case(
        "服务被投诉一次扣2分，受到表扬每次1分",
        "praise",
        Deduction(Cases("服务被投诉"), points=2),
        _added("受到表扬", 1),
        points=5,
        assumed=True,
    ),
)

_RANKS_OF_WHAT_IS_ASKED = (
    _case(
        "报道量：国家级2篇、省级4篇、市级8篇，每少一篇扣0.2分",
        "ranks",
        *(
            Deduction(Lacking(f"报道量{rank}", required=number), points="0.2")
            for rank, number in (("国家级", 2), ("省级", 4), ("市级", 8))
        ),
    ),
    _case(
        "刊登稿件国家级不少于1篇，省级不少于2篇，每少1篇扣1分",
        "ranks",
        Deduction(Lacking("刊登稿件国家级", required=1), points=1),
        Deduction(Lacking("刊登稿件省级", required=2), points=1),
    ),
    _case(
        "国家级加3分，省部级加2分，市厅级加1分",
        "ranks",
        *(
            Bonus(Once(Flag(f"荣获先进称号，{rank}")), points=points)
            for rank, points in (("国家级", 3), ("省部级", 2), ("市厅级", 1))
        ),
        asked="荣获先进称号",
    ),
    ClauseCase(
        text="省级以上3分，市级2分，县级1分",
        pattern="ranks",
        rules=tuple(
            Bonus(Once(Flag(f"荣获先进称号，{rank}")), points=points)
            for rank, points in (("省级以上", 3), ("市级", 2), ("县级", 1))
        ),
        requirement="荣获先进称号",
        heading="加分项",
    ),
    _case(
        "报送次数：院级2次、科级4次，每少一次扣0.5分",
        "no rank of 国家级",
        Deduction(Lacking("院级", required=2), points="0.5"),
        Deduction(Lacking("科级", required=4), points="0.5"),
    ),
)
"""A rank is that of what is asked for, and no kind of facility beside 国家级 and of 篇."""


def _held(text: str, asked: str, *bands: Band, assumed: bool = False) -> ClauseCase:
    rule = Bands(asked, Effect.EARN, bands)
    return _case(text, "stands in", rule, asked=asked, points=5, assumed=assumed)


def _at_least(low: int | str | None, points: int, high: int | str | None = None) -> Band:
    return Band(points, low=low, high=high)


_STANDING_IN = (
    _held(
        "X≥85%得5分；80%≤X＜85%得4分；X＜80%不得分",
        "病床使用率",
        *(_at_least(85, 5), _at_least(80, 4, 85), _at_least(None, 0, 80)),
    ),
    _held(
        "≥2得5分；1≤N＜2得4分；N＜1不得分",
        "医护比",
        *(_at_least(2, 5), _at_least(1, 4, 2), _at_least(None, 0, 1)),
    ),
    _held(
        "≥2得5分；≥1得4分；＜1不得分",
        "医护比",
        *(_at_least(2, 5), _at_least(1, 4), _at_least(None, 0, 1)),
    ),
    _held(
        "≤8天得5分；8.1—9天得3分；9.1天以上不得分",
        "平均住院日",
        Band(5, high=8, high_in=True),
        Band(3, low=8, low_in=False, high="9.1"),
        Band(0, low="9.1"),
        assumed=True,
    ),
)
"""X stands for the item's own quantity; two whole numbers beside each other leave no gap."""
_TOPS = (
    _case(
        "完成筹资任务60万元得6分，完成48-60万元得4分，48万元以下不得分",
        "who has more is not worse off",
        Bands("筹资任务", "earn", (Band(6, low=60), Band(4, low=48, high=60), Band(0, high=48))),
        points=6,
        assumed=True,
    ),
    _case(
        "纠纷0-1起得5分，2起得3分",
        "more of them is worse",
        Bands(
            "纠纷",
            "earn",
            (Band(5, low=0, high=1, high_in=True), Band(3, low=2, high=2, high_in=True)),
        ),
        points=5,
    ),
)
"""The highest number stands for more where it earns most."""

_IN_OWN_WORDS = (
    ClauseCase(
        text="未完成支援任务的，扣1分。",
        pattern="what a heading says of the library's own words",
        rules=(Deduction(Once(Flag("未完成支援任务")), points=1, reach="total"),),
        heading="扣分项",
        assumed=True,
    ),
    ClauseCase(
        text="未完成支援任务的，扣1分。",
        pattern="under no heading",
        rules=(Deduction(Once(Flag("未完成支援任务")), points=1),),
    ),
    _case(
        "早孕建册率达90%，每低0.5个百分点扣1分，不足0.5按0.5计",
        "started steps, their unit left out",
        Deduction(StepsBelow("早孕建册率", target=90, step="0.5", counting="started"), points=1),
    ),
    _case(
        "宣傳欄每兩月更換一次，缺一次扣0.5分",
        "a number in traditional characters",
        Deduction(Lacking("宣傳欄更換", required=6), points="0.5"),
        assumed=True,
    ),
)


def _part(number: int, name: str, steps: StepsBelow) -> Part:
    """Lose 0.3 of the 3 points of a part for each step."""
    return Part(str(number), name, points=3, rules=(Deduction(steps, points="0.3"),))


_PLACES_LOST = (
    *(
        ClauseCase(
            text=text,
            pattern="a place among others, lost step by step",
            points=5,
            requirement="满意度排名",
            rules=(Deduction(StepsAbove("满意度排名", target=place, step=1), points="0.5"),),
        )
        for text, place in (
            ("第一名得5分，每降一名扣0.5分", 1),
            ("第1名得5分，每下降1个名次少得0.5分", 1),
            ("前三名得5分，每后退1名扣0.5分", 3),
        )
    ),
    ClauseCase(
        text="经费5万元（含5万）以上得4分，1万—5万元得2分，1万元以下不得分",
        pattern="an end that says that it is inside",
        points=4,
        rules=(Bands("经费", "earn", (Band(4, low=5), Band(2, low=1, high=5), Band(0, high=1))),),
    ),
)

_EACH_TARGET = (
    *(
        ClauseCase(
            text=text,
            pattern="parts",
            points=6,
            requirement="转诊率≥80%，建册率≥90%",
            parts=(
                _part(1, "转诊率", StepsBelow("转诊率", target=80, step=1)),
                _part(2, "建册率", StepsBelow("建册率", target=90, step=1)),
            ),
            assumed=True,
        )
        for text in (
            "达标各得3分，每低1个百分点扣0.3分",
            "每项达标得3分，每低1个百分点扣0.3分",
            "两项指标每项3分，每低1个百分点扣0.3分",
        )
    ),
    ClauseCase(
        text="每项指标达到要求得3分，达不到不得分",
        pattern="parts",
        points=6,
        requirement="转诊率≥80%，建册率≥90%",
        parts=(
            Part("1", "转诊率", points=3, rules=(Bands("转诊率", "earn", (Band(3, low=80),)),)),
            Part("2", "建册率", points=3, rules=(Bands("建册率", "earn", (Band(3, low=90),)),)),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="达标得满分，每低1个百分点各扣0.3分",
        pattern="steps below",
        points=6,
        requirement="转诊率≥80%，建册率≥90%",
        rules=(
            Deduction(StepsBelow("转诊率", target=80, step=1), points="0.3"),
            Deduction(StepsBelow("建册率", target=90, step=1), points="0.3"),
        ),
    ),
    ClauseCase(
        text="合格率低于80%扣1分，每低5%再扣1分",
        pattern="steps below",
        points=5,
        rules=(
            Deduction(Once(Compare("合格率", "<", 80)), points=1),
            Deduction(StepsBelow("合格率", target=80, step=5), points=1),
        ),
    ),
    ClauseCase(
        text="平均分低于80分扣1分，每低5分再扣1分",
        pattern="steps below",
        points=5,
        rules=(
            Deduction(Once(Compare("平均分", "<", 80)), points=1),
            Deduction(StepsBelow("平均分", target=80, step=5), points=1),
        ),
    ),
    ClauseCase(
        text="缺一次扣0.5分",
        pattern="lacking",
        points=4,
        requirement="每月业务学习1次、护理查房2次；每季应急演练1次",
        rules=(
            Deduction(Lacking("业务学习", required=12), points="0.5"),
            Deduction(Lacking("护理查房", required=24), points="0.5"),
            Deduction(Lacking("应急演练", required=4), points="0.5"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="一项不达标扣2分",
        pattern="fact",
        points=6,
        requirement="门诊使用率≤20%\n使用强度≤40DDDs\n清洁切口预防使用率≤30%",
        rules=(
            Deduction(Once(Compare("门诊使用率", ">", 20)), points=2),
            Deduction(Once(Compare("使用强度", ">", 40)), points=2),
            Deduction(Once(Compare("清洁切口预防使用率", ">", 30)), points=2),
        ),
    ),
    ClauseCase(
        text="以60%为基准值，每降低1个百分点扣0.5分",
        pattern="steps below",
        points=4,
        requirement="基层诊疗量占比",
        rules=(Deduction(StepsBelow("基层诊疗量占比", target=60, step=1), points="0.5"),),
    ),
    ClauseCase(
        text="网上采购率低于95%不得分，低于100%每少1个百分点扣2分",
        pattern="steps below",
        points=12,
        requirement="全部在平台网上采购",
        rules=(
            Forfeit(Compare("网上采购率", "<", 95)),
            Deduction(StepsBelow("网上采购率", target=100, step=1), points=2),
        ),
    ),
    ClauseCase(
        text="讲座每少1次扣0.3分",
        pattern="lacking",
        points=4,
        requirement="卫生院每月至少举办1次讲座，全年咨询不少于9次；村卫生室每2个月举办1次讲座",
        rules=(
            Deduction(Lacking("讲座", required=ByKind({"村卫生室": 6}, default=12)), points="0.3"),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="低于90%的，每低1%扣1分",
        pattern="steps below",
        points=5,
        requirement="满意度",
        rules=(Deduction(StepsBelow("满意度", target=90, step=1), points=1),),
    ),
    ClauseCase(
        text="扣分项：未达到90%的，每低1%扣1分",
        pattern="off the total",
        requirement="满意度",
        rules=(Deduction(StepsBelow("满意度", target=90, step=1), points=1, reach="total"),),
        assumed=True,
    ),
    *(
        ClauseCase(
            text=text,
            pattern="per case",
            points=5,
            requirement=asked,
            rules=(Deduction(Cases(name), points=2),),
        )
        for text, asked, name in (
            ("每发生1例扣2分", "年度压疮发生次数0", "压疮"),
            ("每发生1起扣2分", "安全事故为零", "安全事故"),
        )
    ),
    ClauseCase(
        text="质评成绩每有一个项目低于80分扣2分",
        pattern="per case",
        points=10,
        rules=(Deduction(Cases("质评成绩低于80分的项目"), points=2),),
    ),
    ClauseCase(
        text="完成得6分；完成率每低5%扣0.5分",
        pattern="steps below",
        points=6,
        requirement="专家下沉全年不少于1200人次",
        rules=(
            Deduction(StepsBelow("专家下沉", target=1200, step=5, relative=True), points="0.5"),
        ),
    ),
    ClauseCase(
        text="每低1%扣0.1分",
        pattern="steps below",
        points=4,
        requirement="高血压、糖尿病患者规范管理率均≥60%",
        rules=(
            Deduction(StepsBelow("高血压规范管理率", target=60, step=1), points="0.1"),
            Deduction(StepsBelow("糖尿病患者规范管理率", target=60, step=1), points="0.1"),
        ),
    ),
    ClauseCase(
        text="签约率，每低10%扣1分",
        pattern="steps below",
        points=3,
        rules=(Deduction(StepsBelow("签约率", target=Blank("签约率"), step=10), points=1),),
        unread=True,
    ),
    ClauseCase(
        text="低风险组死亡率为零，每发生一例死亡扣2分",
        pattern="per case",
        points=4,
        rules=(Deduction(Cases("低风险组死亡"), points=2),),
    ),
)
"""What is said of each of several, and where it counts from."""

CASES: tuple[ClauseCase, ...] = (
    *_PLACES_LOST,
    *_EACH_TARGET,
    *_RANKS,
    *_TOPS,
    *_IN_OWN_WORDS,
    *_RANKS_OF_WHAT_IS_ASKED,
    *_RANGES,
    *_AMOUNTS,
    *_OTHERS,
    *_STANDING_IN,
)
