"""What letters of disease control ask: reports in time, each vaccine, titles won, tasks surpassed.

A number in a name (2小时内报告率) is no bound of its own; what bears a title (卫生村) is no kind of
facility; 一苗 and 一校 count what they name.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.rule import Band, Bands, Bonus, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _below(measure: str, target: int, step: int = 1, points: int | str = 1) -> Deduction:
    """Lose these points for each step below the target."""
    return Deduction(StepsBelow(measure, target=target, step=step), points=points)


def _missed(measure: str, target: int, points: int | str = 1) -> Deduction:
    """Lose these points once where the rate is below its target."""
    return Deduction(Once(Compare(measure, "<", target)), points=points)


def _case(
    text: str,
    *rules: Rule,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    assumed: bool = False,
    unread: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="letters",
        requirement=asked,
        rules=rules,
        targets=targets,
        assumed=assumed,
        unread=unread,
    )


_IN_TIME = (
    _case("3小时内上报率100%，每低1%扣1分", _below("3小时内上报率", 100), assumed=True),
    _case(
        "12小时内核实率100%，未达到不得分",
        Forfeit(Compare("12小时内核实率", "<", 100)),
    ),
    _case(
        "3天内调查率≥95%，7天内结案率100%，每低1%扣1分",
        _below("3天内调查率", 95),
        _below("7天内结案率", 100),
        assumed=True,
    ),
    _case(
        "甲级3小时、乙级12小时内报告，每迟报1例扣1分",
        _each("迟报", 1),
        targets=(Target("甲级", "<=", 3), Target("乙级报告", "<=", 12)),
    ),
    _case("每月上报旬报，缺报一次扣1分", _each("每月上报旬报缺报", 1)),
    _case("监测月报缺报一次扣1分", _each("监测月报缺报", 1)),
    _case(
        "全年编发简报12期，缺报1期扣1分",
        Deduction(Lacking("编发简报", required=12), points=1),
    ),
    _case("每发现漏报1人次扣1分", _each("漏报", 1)),
    _case("每发现缺报1份扣1分", _each("缺报", 1)),
    _case("每漏报1人次扣1分", _each("漏报", 1)),
)

_EACH_OF_THEM = (
    _case(
        "卡介苗、麻疹疫苗接种率均达到90%以上，一苗不达标扣1分",
        _missed("卡介苗接种率", 90),
        _missed("麻疹疫苗接种率", 90),
    ),
    _case(
        "八苗全程接种率≥90%，每低1%扣1分",
        _below("八苗全程接种率", 90),
        assumed=True,
    ),
    _case("一校未配备保健教师扣1分", _each("未配备保健教师", 1)),
    _case(
        "早孕建册率≥85%；产后访视率≥90%。一项不达标扣1分",
        _missed("早孕建册率", 85),
        _missed("产后访视率", 90),
    ),
    _case(
        "指定专人。产后访视率≥90%。一项不达标扣1分",
        _each("不达标", 1),
        targets=(Target("产后访视率", ">=", 90),),
    ),
)

_HELD_DOWN = (
    _case(
        "超过控制指标不得分",
        Forfeit(Compare("新生儿死亡率", ">", 4)),
        asked="新生儿死亡率≤4‰",
    ),
    _case(
        "新生儿死亡率≤4‰，婴儿死亡率≤6‰，超过控制数的扣3分",
        Deduction(
            Once(AnyOf((Compare("新生儿死亡率", ">", 4), Compare("婴儿死亡率", ">", 6)))),
            points=3,
        ),
        assumed=True,
    ),
    _case("超过控制范围的扣1分", Deduction(Once(Flag("超过控制范围")), points=1)),
)

_TITLES = (
    _case(
        "国家卫生镇覆盖率≥30%，市级卫生村≥80%，每低1%扣1分",
        _below("国家卫生镇覆盖率", 30),
        _below("市级卫生村", 80),
        assumed=True,
    ),
    _case(
        "建册率乡镇卫生院90%、村卫生室80%，每低1%扣1分",
        Deduction(
            StepsBelow("建册率", target=ByKind((("乡镇卫生院", 90), ("村卫生室", 80))), step=1),
            points=1,
        ),
        assumed=True,
    ),
    _case(
        "每成功创建1个市级卫生村加1分，最高加2分",
        Bonus(Cases("市级卫生村"), points=1, cap=2),
    ),
    _case("每新建1座公厕加0.5分", Bonus(Cases("公厕"), points="0.5")),
    _case(
        "健康步道建成2条，超1条加1分",
        Bonus(StepsAbove("健康步道建成", target=2, step=1), points=1),
        assumed=True,
    ),
)

_TASKS = (
    _case(
        "改造旱厕300座，每少1座扣0.1分",
        Deduction(Lacking("改造旱厕", required=300), points="0.1"),
    ),
    _case(
        "任务数800人，每少筛查20人扣1分",
        Deduction(Lacking("完成数", required=800, step=20), points=1),
    ),
    _case(
        "全年采血500人份，超额完成每10%加1分",
        Bonus(StepsAbove("采血", target=500, step=10, relative=True), points=1),
        assumed=True,
    ),
    _case(
        "超额完成任务的，每超5%加1分",
        Bonus(StepsAbove("采血", target=500, step=5, relative=True), points=1),
        asked="全年采血500人份",
        assumed=True,
    ),
    _case("召开座谈会2次，每少1次扣1分", Deduction(Lacking("座谈会", required=2), points=1)),
)

_TWICE_A_YEAR = (
    _case(
        "上、下半年各举办1次义诊，少一次扣1分",
        Deduction(Lacking("义诊", required=2), points=1),
        assumed=True,
    ),
    _case(
        "春秋两季各投药1次，少1次扣1分",
        Deduction(Lacking("投药", required=2), points=1),
        assumed=True,
    ),
    _case(
        "水样枯水期、丰水期各送检1次，缺一次扣1分",
        Deduction(Lacking("水样送检", required=2), points=1),
        assumed=True,
    ),
    _case(
        "每月清扫1次，春秋季投药各1次，少一次扣1分",
        Deduction(Lacking("清扫", required=12), points=1),
        Deduction(Lacking("投药", required=2), points=1),
        assumed=True,
    ),
    _case(
        "春秋季查验率≥95%，每低1%扣1分",
        _below("春秋季查验率", 95),
        assumed=True,
    ),
)

_NAMED = (
    _case("首次访视率未达100%扣1分", _missed("首次访视率", 100)),
    _case("未及时响应1次扣1分", _each("未及时响应", 1)),
    _case("未按要求回应的每次扣1分", _each("未按要求回应", 1)),
    _case(
        "访视3次以上，一人不合格扣1分",
        _each("不合格", 1),
        targets=(Target("访视", ">=", 3),),
    ),
    _case("访视10人，一人不合格扣1分", _each("不合格", 1)),
)

_HOURS = (
    _case(
        "疫点24小时内消毒，超过24小时扣1分，超过36小时扣2分，超过72小时不得分",
        Bands(
            "疫点消毒",
            "lose",
            (Band(2, low=36, low_in=False), Band(1, low=24, low_in=False)),
        ),
        Forfeit(Compare("疫点消毒", ">", 72)),
        targets=(Target("疫点消毒", "<=", 24),),
    ),
    _case("超过24小时未消毒扣1分", Deduction(Once(Flag("超过24小时未消毒")), points=1)),
    _case(
        "门诊24小时值守，无人值守扣1分", Deduction(Once(Flag("门诊24小时值守，无人值守")), points=1)
    ),
)

_SHORT = (
    _case("访视次数不足1例扣1分", _each("访视次数不足", 1)),
    _case(
        "访视次数不足3次扣1分",
        Deduction(Once(Compare("访视次数", "<", 3)), points=1),
    ),
)

_WITHIN = (
    _case(
        "接报后3小时内网络直报，每迟报1例扣1分",
        _each("迟报", 1),
        targets=(Target("接报后网络直报", "<=", 3),),
    ),
    _case(
        "接报后12小时内完成流行病学调查，未开展1起扣1分",
        _each("未开展", 1),
        targets=(Target("接报后流行病学调查", "<=", 12),),
    ),
    _case(
        "接报后3小时内直报，超过3小时扣2分，超过12小时不得分",
        Deduction(Once(Compare("接报后直报", ">", 3)), points=2),
        Forfeit(Compare("接报后直报", ">", 12)),
    ),
)

CASES = (
    *_WITHIN,
    *_HOURS,
    *_SHORT,
    *_TWICE_A_YEAR,
    *_NAMED,
    *_IN_TIME,
    *_EACH_OF_THEM,
    *_HELD_DOWN,
    *_TITLES,
    *_TASKS,
)
