"""What stands around a rule's points and changes them: off what, up to how much, and for whom.

Off the total in the same breath as the item; the most, said in the requirement's cell; an average
behind its comparison; one of several prizes; a bound before what each that is missing costs.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Target
from healthduty.rules.condition import AllOf, Compare, Flag
from healthduty.rules.rule import Band, Bands, Bonus, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.rules.threshold import Given


def _once(words: str, points: int | str) -> Deduction:
    """Lose these points once where the words hold."""
    return Deduction(Once(Flag(words)), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _below(name: str, bound: int | str, points: int | str) -> Deduction:
    """Lose these points once below a bound."""
    return Deduction(Once(Compare(name, "<", bound)), points=points)


def _case(
    text: str,
    *rules: Rule,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    points: int | None = None,
    assumed: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="around the points",
        requirement=asked,
        rules=rules,
        targets=targets,
        points=points,
        assumed=assumed,
    )


_OFF_THE_TOTAL = (
    _case(
        "谎报病例的，该项不得分，并在年度总分中倒扣4分",
        Forfeit(Flag("谎报病例")),
        Deduction(Once(Flag("谎报病例")), points=4, reach="total"),
    ),
    _case(
        "错报1例扣1分，谎报的在总成绩里扣4分",
        _each("错报", 1),
        Deduction(Once(Flag("谎报")), points=4, reach="total"),
        assumed=True,
    ),
    _case("谎报病例的倒扣4分", _once("谎报病例", 4)),
)
"""在总分中倒扣 is off the total as 从总分中扣 is; 倒扣 alone is the item's."""

_UP_TO = (
    _case(
        "主任下乡一次加1.5分",
        Bonus(Cases("主任下乡"), points="1.5", cap=3),
        asked="开展下乡督导（最多加3分）",
    ),
    _case(
        "主任下乡一次加1.5分，最高加6分",
        Bonus(Cases("主任下乡"), points="1.5", cap=6),
        asked="开展下乡督导（最多加3分）",
    ),
    _case(
        "主任下乡一次加1.5分",
        Bonus(Cases("主任下乡"), points="1.5"),
        asked="开展下乡督导（最多扣3分）",
    ),
    _case(
        "主任下乡一次加1.5分，副主任下乡一次加1分",
        Bonus(Cases("主任下乡"), points="1.5"),
        Bonus(Cases("副主任下乡"), points=1),
        asked="开展下乡督导（最多加3分）",
    ),
)
"""The most that the requirement's cell lets be added; of several it is not said of which."""

_AVERAGES = (
    _case("低于人均2元扣1分", _below("防疫经费人均", 2, 1), asked="防疫经费人均不低于2元"),
    _case("防疫经费低于人均2元，扣1分", _below("防疫经费人均", 2, 1)),
    _case(
        "防疫经费≥人均2元得4分，低于人均2元得1分",
        Bands("防疫经费人均", "earn", (Band(4, low=2), Band(1, high=2))),
    ),
    _case("防疫经费低于2元，扣1分", _below("防疫经费", 2, 1)),
    _case("防疫经费低于人均水平扣1分", _once("防疫经费低于人均水平", 1)),
)
"""人均 between the comparison and its number is part of the name."""

_UNDONE = (
    _case(
        "3日内完成入户流调，未完成每例扣0.5分",
        _each("未完成", "0.5"),
        targets=(Target("入户流调", "<=", 3),),
    ),
    _case("完成入户流调，未完成的每例扣0.5分", _each("完成入户流调，未完成", "0.5")),
    _case("按时完成督办事项，未完成1项扣2分", _each("按时完成督办事项，未完成", 2)),
    _case("每例扣1分", _each("入户流调，不符合", 1), asked="入户流调"),
    _case("流调任务未完成85%扣1分", _below("流调任务", 85, 1)),
)
"""What was not done is counted, and never what was."""

_BY_OCCASION = (
    _case(
        "义诊每年不少于8场次，每少1场次扣0.5分",
        Deduction(Lacking("义诊", required=8), points="0.5"),
    ),
    _case(
        "每少一次扣0.5分",
        Deduction(Lacking("义诊", required=8), points="0.5"),
        asked="义诊每年不少于8场次",
    ),
)
"""场次 is a unit."""

_PRIZES = (
    _case(
        "岗位比武获一、二、三等奖的，分别加6、4、2分",
        Bonus(Once(Flag("岗位比武获一等奖")), points=6),
        Bonus(Once(Flag("岗位比武获二等奖")), points=4),
        Bonus(Once(Flag("岗位比武获三等奖")), points=2),
    ),
    _case(
        "获省、市级表扬的，各加2分",
        Bonus(Once(Flag("获省级表扬")), points=2),
        Bonus(Once(Flag("获市级表扬")), points=2),
    ),
    _case(
        "案例入选国家级汇编的，每个加3分，省级的每个加1分",
        Bonus(Cases("案例入选国家级汇编"), points=3),
        Bonus(Cases("案例入选省级汇编"), points=1),
    ),
    _case(
        "甲、乙类传染病错报1例分别扣4分、2分",
        _each("甲类传染病错报", 4),
        _each("乙类传染病错报", 2),
    ),
    _case(
        "未落实甲、乙类传染病消毒的扣2分",
        _once("未落实甲、乙类传染病消毒", 2),
        assumed=True,
    ),
)
"""Classes of one thing share the words around their list."""

_OF_THE_WHOLE = (
    _case("入职体检率不足100%的，每少一人扣0.5分", _each("入职体检缺少", "0.5")),
    _case("网络直报率达到100%，每少1家扣1分", _each("网络直报缺少", 1)),
    _case(
        "处方合格率100%，少一张扣1分",
        _each("缺张", 1),
        targets=(Target("处方合格率", ">=", 100),),
    ),
    _case(
        "接种率达到90%，每少1人扣1分",
        _each("缺人", 1),
        targets=(Target("接种率", ">=", 90),),
    ),
)
"""Each that a rate of all is short of; of a lower bound it is not said from where they count."""

_MARKS = (
    _case(
        "案卷评查平均得分85分以上的得3分，70-84分的得1分，70分以下不得分",
        Bands(
            "案卷评查平均得分",
            "earn",
            (Band(3, low=85), Band(1, low=70, high=85), Band(0, high=70)),
        ),
        assumed=True,
    ),
    _case(
        "问卷平均得分80分及格，每低5分扣1分",
        Deduction(StepsBelow("问卷平均得分", target=80, step=5), points=1),
        assumed=True,
    ),
)
"""得分 before a mark is what is scored, and no verb."""


def _both(bound: int) -> AllOf:
    return AllOf((Compare("建档率", ">=", bound), Compare("随访率", ">=", bound)))


_ALL_OF_THEM = (
    _case(
        "建档率、随访率均达85%以上得4分，一项不达标扣2分",
        _below("建档率", 85, 2),
        _below("随访率", 85, 2),
        points=4,
    ),
    _case(
        "建档率、随访率均达85%得4分，每低1个百分点扣0.5分",
        Deduction(StepsBelow("建档率", target=85, step=1), points="0.5"),
        Deduction(StepsBelow("随访率", target=85, step=1), points="0.5"),
        points=4,
        assumed=True,
    ),
    _case(
        "建档率、随访率均达85%得4分，均达75%得2分",
        Bands("建档率", "earn", (CaseBand(_both(85), 4), CaseBand(_both(75), 2))),
        points=4,
    ),
    _case(
        "管理两率（建档率、随访率）达85%得4分，每低1%扣0.5分",
        Deduction(StepsBelow("建档率", target=85, step=1), points="0.5"),
        Deduction(StepsBelow("随访率", target=85, step=1), points="0.5"),
        points=4,
        assumed=True,
    ),
    _case("随访率达85%得4分", Bands("随访率", "earn", (Band(4, low=85),)), points=4),
    _case(
        "建档率、随访率达85%各得2分",
        Bands("建档率", "earn", (Band(2, low=85),)),
        Bands("随访率", "earn", (Band(2, low=85),)),
        points=4,
    ),
)
"""Several rates with one bound earn where all of them are there; 各 earns for each."""

_CHANGES = (
    _case(
        "近视率较上年下降1个百分点以上得5分，下降1个百分点以内得3分，持平得1分，上升不得分",
        Bands(
            "近视率较上年下降",
            "earn",
            (
                Band(5, low=1),
                Band(3, low=0, low_in=False, high=1, high_in=True),
                Band(1, low=0),
                Band(0, high=0),
            ),
        ),
        points=5,
    ),
    _case(
        "产检率较上年提高4个百分点得3分，提高不足4个百分点得1分，持平或下降不得分",
        Bands(
            "产检率较上年提高",
            "earn",
            (
                Band(3, low=4),
                Band(1, low=0, low_in=False, high=4),
                Band(0, high=0, high_in=True),
            ),
        ),
        points=3,
        assumed=True,
    ),
    _case(
        "产检率较上年下降1个百分点扣1分",
        Deduction(StepsBelow("产检率", target=Given("上年产检率"), step=1), points=1),
        points=3,
        assumed=True,
    ),
    _case(
        "近视率较上年下降得3分，持平得1分，上升不得分",
        Bands(
            "近视率较上年下降",
            "earn",
            (CaseBand(Flag("近视率较上年下降"), 3), CaseBand(Flag("近视率持平"), 1)),
        ),
        Forfeit(Flag("近视率上升")),
        points=3,
    ),
)
"""持平 and the other way are 0 and less of a change that has bands; of a bare one, facts."""

_HEADS = (
    _case(
        "平均到达时间：城区≤10分钟得3分；农村≤15分钟得2分",
        Bands("城区平均到达时间", "earn", (Band(3, high=10, high_in=True),)),
        Bands("农村平均到达时间", "earn", (Band(2, high=15, high_in=True),)),
    ),
    _case(
        "老年人体检完成目标任务数得4分，完成85%以上得2分，85%以下不得分",
        Bands(
            "老年人体检完成率",
            "earn",
            (Band(4, low=100), Band(2, low=85), Band(0, high=85)),
        ),
    ),
    _case("未完成任务数扣2分", _once("未完成任务数", 2)),
)
"""Where a quantity was taken has its head; the share of a task has what the task is of."""

_SIZED_EVENTS = (
    _case("发生1起疫情（≥3例）扣2分", _each("疫情（≥3例）", 2)),
    _case("每发生一起集体中毒（5人以上）扣2分", _each("集体中毒（5人以上）", 2)),
    _case("发生聚集性疫情（15例及以上）的，不得分", Forfeit(Flag("发生聚集性疫情（15例及以上）"))),
    _case("出现重大差错（赔偿≥2万元）每起扣3分", _each("重大差错（赔偿≥2万元）", 3)),
)
"""How large an event is that counts: nothing to reach."""

_PROPORTIONS = (
    ClauseCase(
        text="医护比达到1:1.25得3分，低于1:1不得分",
        pattern="bands",
        points=3,
        rules=(
            Bands(
                "医护比",
                "earn",
                (Band(3, low="1.25"), Band(0, high=1)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每低0.05扣1分",
        pattern="steps below",
        points=3,
        requirement="床位与护士之比不低于1\u22360.4",
        rules=(Deduction(StepsBelow("床位与护士之比", target="0.4", step="0.05"), points=1),),
        assumed=True,
    ),
    ClauseCase(
        text="护士与床位比例为0.6:1，未达到扣2分",
        pattern="once",
        points=3,
        rules=(_below("护士与床位比例", "0.6", 2),),
        assumed=True,
    ),
)
"""Staff to beds or doctors: as many as there are to one."""

_BASES = (
    ClauseCase(
        text="以全市平均值为基准，达到平均值得满分，每低1个百分点扣0.3分",
        pattern="steps below",
        points=4,
        requirement="血糖控制率",
        rules=(
            Deduction(
                StepsBelow("血糖控制率", target=Given("全市平均血糖控制率"), step=1), points="0.3"
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="以上年实际值为基准，达到基准值得满分，每低1个百分点扣0.3分",
        pattern="steps below",
        points=4,
        requirement="血糖控制率",
        rules=(
            Deduction(
                StepsBelow("血糖控制率", target=Given("上年血糖控制率"), step=1), points="0.3"
            ),
        ),
        assumed=True,
    ),
)
"""What is said before the points for being as good as it."""

_ONE_OF_SEVERAL = (
    ClauseCase(
        text="一项未完成扣2分",
        pattern="lacking",
        points=6,
        requirement="完成3项重点任务",
        rules=(Deduction(Lacking("重点任务", required=3), points=2),),
    ),
    ClauseCase(
        text="每有一项未完成扣1分",
        pattern="lacking",
        points=6,
        requirement="承担4项技术帮扶",
        rules=(Deduction(Lacking("技术帮扶", required=4), points=1),),
    ),
    ClauseCase(
        text="每有一项未达标扣1分",
        pattern="fact",
        points=6,
        requirement="随访率≥80%，建卡率≥95%",
        rules=(
            Deduction(Once(Compare("随访率", "<", 80)), points=1),
            Deduction(Once(Compare("建卡率", "<", 95)), points=1),
        ),
    ),
    ClauseCase(
        text="1份处方不合格，扣0.5分",
        pattern="per case",
        points=5,
        rules=(Deduction(Cases("处方不合格"), points="0.5"),),
    ),
    ClauseCase(
        text="记录完整得3分，1次不符合要求，扣1分",
        pattern="per case",
        points=3,
        rules=(Deduction(Cases("记录不符合要求"), points=1),),
        assumed=True,
    ),
)
"""One of several that is not done, or not as it should be."""

_BELOW_ALL = (
    ClauseCase(
        text="完成80%以上但不足100%的得2分，不足80%的不得分",
        pattern="bands",
        points=5,
        requirement="老年人体检2000人",
        rules=(
            Bands(
                "老年人体检",
                "earn",
                (Band(5, low=2000), Band(2, low=1600, high=2000), Band(0, high=1600)),
            ),
        ),
    ),
    ClauseCase(
        text="80%以上但不足100%的得2分，不足80%的不得分",
        pattern="bands",
        points=5,
        requirement="上报率",
        rules=(
            Bands(
                "上报率",
                "earn",
                (Band(5, low=100), Band(2, low=80, high=100), Band(0, high=80)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="70%以上但低于85%的得2分，低于70%的不得分",
        pattern="bands",
        points=5,
        requirement="建档率≥85%",
        rules=(
            Bands(
                "建档率",
                "earn",
                (Band(5, low=85), Band(2, low=70, high=85), Band(0, high=70)),
            ),
        ),
    ),
)
"""What words leave out of the highest band is all of it, or what was asked for."""

CASES: tuple[ClauseCase, ...] = (
    *_OFF_THE_TOTAL,
    *_UP_TO,
    *_AVERAGES,
    *_UNDONE,
    *_BY_OCCASION,
    *_PRIZES,
    *_OF_THE_WHOLE,
    *_MARKS,
    *_ALL_OF_THEM,
    *_CHANGES,
    *_HEADS,
    *_SIZED_EVENTS,
    *_PROPORTIONS,
    *_BASES,
    *_ONE_OF_SEVERAL,
    *_BELOW_ALL,
)
