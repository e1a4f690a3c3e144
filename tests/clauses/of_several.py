"""Several quantities under one word: a short name for each, a bound that any may fail, said twice.

What is asked stands in one cell and how it scores in the next. The second names it shorter, names
it again with other words, or goes on with a further degree of what it counted before.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part, Target
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.measure import Measure, MeasureKind
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
    Knot,
    Rule,
)
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow


def _below(name: str, target: int, points: int | str, step: int = 1) -> Deduction:
    """Lose these points for each step short of the target."""
    return Deduction(StepsBelow(name, target=target, step=step), points=points)


def _each(words: str, points: int | str) -> Deduction:
    """Lose these points for each case found."""
    return Deduction(Cases(words), points=points)


def _any_below(bound: int, *names: str) -> AnyOf:
    """Hold where any of these is below a bound."""
    return AnyOf(tuple(Compare(name, "<", bound) for name in names))


def _case(  # noqa: PLR0913 - whatever a case may state
    text: str,
    *rules: Rule,
    points: int | None = None,
    asked: str = "",
    targets: tuple[Target, ...] = (),
    parts: tuple[Part, ...] = (),
    states: int | None = None,
    assumed: bool = False,
) -> ClauseCase:
    return ClauseCase(
        text=text,
        pattern="several quantities",
        points=points,
        requirement=asked,
        rules=rules,
        targets=targets,
        parts=parts,
        states=states,
        assumed=assumed,
    )


def _none(name: str, points: int | str) -> Bands:
    """Earn these points where there is none of it, and nothing else."""
    return Bands(name, "earn", (Band(points, high=0, high_in=True), Band(0, low=0, low_in=False)))


_DAYS = Measure("平均住院日", unit="天", kind=MeasureKind.AMOUNT)
_DEATHS = Measure("死因监测粗死亡率", unit="‰")
_DISEASES = "高血压患者管理率≥70%，规范管理率≥60%；糖尿病患者管理率≥65%，规范管理率≥60%"
_TWO_RATES = "新生儿疾病筛查率≥98%，听力筛查率≥95%"

_IN_SHORT = (
    _case(
        "管理率每低1%扣0.1分；规范管理率每低1%扣0.2分",
        _below("高血压患者管理率", 70, "0.1"),
        _below("糖尿病患者管理率", 65, "0.1"),
        _below("高血压患者规范管理率", 60, "0.2"),
        _below("糖尿病患者规范管理率", 60, "0.2"),
        asked=_DISEASES,
        assumed=True,
    ),
    _case(
        "任务完成率每低1%扣0.1分",
        _below("高血压患者管理任务数完成率", 100, "0.1"),
        _below("糖尿病患者管理任务完成率", 100, "0.1"),
        asked="高血压患者管理任务数完成率100%；糖尿病患者管理任务完成率100%",
        assumed=True,
    ),
    _case(
        "每项指标5分，每低1%扣0.2分",
        points=15,
        asked="居民知晓率≥80%、满意度≥85%、职工满意度≥80%",
        parts=(
            Part("1", "居民知晓率", points=5, rules=(_below("居民知晓率", 80, "0.2"),)),
            Part("2", "满意度", points=5, rules=(_below("满意度", 85, "0.2"),)),
            Part("3", "职工满意度", points=5, rules=(_below("职工满意度", 80, "0.2"),)),
        ),
        assumed=True,
    ),
    _case(
        "两率每低1个百分点扣0.5分",
        _below("开放率", 90, "0.5"),
        _below("签约率", 95, "0.5"),
        asked="开放率达90%；签约率达95%",
        assumed=True,
    ),
    _case(
        "每低1个百分点扣0.2分，最多扣5分/项",
        Deduction(StepsBelow("开放率", target=90, step=1), points="0.2", cap=5),
        Deduction(StepsBelow("签约率", target=95, step=1), points="0.2", cap=5),
        asked="开放率达90%；签约率达95%",
        assumed=True,
    ),
    _case(
        "报告及时率、审核及时率均达100%得4分，每一项每低1个百分点扣0.2分",
        _below("报告及时率", 100, "0.2"),
        _below("审核及时率", 100, "0.2"),
        points=4,
        assumed=True,
    ),
)
_ANY_OF_THEM = (
    _case(
        "每低1个百分点扣0.2分，任意一项低于85%，该项不得分",
        _below("新生儿疾病筛查率", 98, "0.2"),
        _below("听力筛查率", 95, "0.2"),
        Forfeit(_any_below(85, "新生儿疾病筛查率", "听力筛查率")),
        asked=_TWO_RATES,
        assumed=True,
    ),
    _case(
        "有一项低于85%，本项不得分",
        Forfeit(_any_below(85, "新生儿疾病筛查率", "听力筛查率")),
        asked=_TWO_RATES,
        assumed=True,
    ),
    _case(
        "任一指标达不到85%不得分",
        Forfeit(_any_below(85, "新生儿疾病筛查率", "听力筛查率")),
        asked=_TWO_RATES,
        assumed=True,
    ),
    _case(
        "任一率低于85%的扣1分",
        Deduction(Once(_any_below(85, "新生儿疾病筛查率", "听力筛查率")), points=1),
        asked=_TWO_RATES,
        assumed=True,
    ),
)
_SAID_AGAIN = (
    _case(
        "婴儿死亡率、5岁以下儿童死亡率分别控制在5.5‰、7.5‰以下，每超过0.5个千分点各扣1分",
        *(
            Deduction(StepsAbove(Measure(name, unit="‰"), target=target, step="0.5"), points=1)
            for name, target in (("婴儿死亡率", "5.5"), ("5岁以下儿童死亡率", "7.5"))
        ),
        asked="婴儿死亡率≤5.5‰，5岁以下儿童死亡率≤7.5‰",
        assumed=True,
    ),
    _case(
        "新生儿疾病筛查率98%以上，听力筛查率95%以上。每低1个百分点扣0.2分",
        _below("新生儿疾病筛查率", 98, "0.2"),
        _below("听力筛查率", 95, "0.2"),
        asked="新生儿遗传代谢病筛查率≥98%，听力筛查率≥95%",
        assumed=True,
    ),
    _case(
        "用人单位项目申报率达90%以上，在岗期间健康检查率达90%以上，每项每低5个百分点扣1分",
        _below("用人单位项目申报率", 90, 1, step=5),
        _below("在岗期间健康检查率", 90, 1, step=5),
        asked="重点行业项目申报率≥90%、在岗健康检查率≥90%",
        assumed=True,
    ),
)
_THE_REST = (
    _case(
        "场所摆放率达95%以上得2分，每低5个百分点扣0.5分；现场抽查5家，1家未摆放扣0.4分",
        points=4,
        parts=(
            Part("1", "场所摆放率", points=2, rules=(_below("场所摆放率", 95, "0.5", step=5),)),
            Part("2", "未摆放", points=2, rules=(_each("未摆放", "0.4"),)),
        ),
        assumed=True,
    ),
    _case(
        "甲率每低1%扣0.5分，此项共8分；乙率每低1%扣0.2分，此项共6分",
        points=14,
        asked="甲率≥85%；乙率≥90%",
        parts=(
            Part("1", "甲率", points=8, rules=(_below("甲率", 85, "0.5"),)),
            Part("2", "乙率", points=6, rules=(_below("乙率", 90, "0.2"),)),
        ),
        assumed=True,
    ),
    _case(
        "甲率每低1%扣0.5分，计8分；乙率每低1%扣0.2分，计6分",
        points=14,
        asked="甲率≥85%；乙率≥90%",
        parts=(
            Part("1", "甲率", points=8, rules=(_below("甲率", 85, "0.5"),)),
            Part("2", "乙率", points=6, rules=(_below("乙率", 90, "0.2"),)),
        ),
        assumed=True,
    ),
)
_FURTHER = (
    _case(
        "发生一般医疗事故每起扣1分，较大扣3分，重大医疗事故扣5分",
        _each("一般医疗事故", 1),
        _each("较大医疗事故", 3),
        _each("重大医疗事故", 5),
    ),
    _case(
        "案卷评查每份低于90分扣0.5分，低于80分扣1分",
        _each("案卷评查低于90分", "0.5"),
        _each("案卷评查低于80分", 1),
    ),
    _case(
        "被认定为不合格案卷的本项不得分",
        Forfeit(Flag("被认定为不合格案卷")),
    ),
    _case(
        "被评为国家级优秀案例的加2分，省级的加1分",
        *(
            Bonus(Once(Flag(f"被评为{rank}优秀案例")), points=points)
            for rank, points in (("国家级", 2), ("省级", 1))
        ),
        asked="行政处罚案卷质量",
    ),
    _case(
        "现场检查单位10处，设施合格率低于95%扣1分，每再低5%加扣0.5分",
        Deduction(Once(Compare("设施合格率", "<", 95)), points=1),
        _below("设施合格率", 95, "0.5", step=5),
        assumed=True,
    ),
    _case(
        "健康素养水平达到25%得3分，较上年提高2个百分点以上得2分",
        Bands("健康素养水平", "earn", (Band(3, low=25),)),
        Bands("健康素养水平较上年提高", "earn", (Band(2, low=2),)),
        points=5,
    ),
)
_LOSING_STEPS = (
    _case(
        "低于90分每1分扣0.5分",
        Deduction(StepsBelow(Measure("满意度", unit="分"), target=90, step=1), points="0.5"),
        points=3,
        asked="满意度≥90分",
        assumed=True,
    ),
    _case(
        "低于90分，每1分扣0.5分",
        Deduction(StepsBelow(Measure("满意度", unit="分"), target=90, step=1), points="0.5"),
        points=3,
        asked="满意度≥90分",
        assumed=True,
    ),
    _case(
        "低于90分的每低1分扣0.5分",
        Deduction(StepsBelow(Measure("满意度", unit="分"), target=90, step=1), points="0.5"),
        points=3,
        asked="满意度≥90分",
        assumed=True,
    ),
    _case(
        "高于8天每1天扣0.5分",
        Deduction(StepsAbove(_DAYS, target=8, step=1), points="0.5"),
        points=3,
        asked="平均住院日≤8天",
        assumed=True,
    ),
)
_OF_NONE = (
    _case(
        "死亡率为0得满分，大于0不得分",
        _none("低风险组病例死亡率", FULL),
        points=2,
        asked="低风险组病例死亡率0",
    ),
    _case("死亡率为0得2分，大于0不得分", _none("死亡率", 2)),
)
_UP_TO_GOAL = (
    _case(
        "50%-60%得3分，40%-50%得1分，40%以下不得分",
        Bands(
            "病床使用率",
            "earn",
            (Band(5, low=60), Band(3, low=50, high=60), Band(1, low=40, high=50), Band(0, high=40)),
        ),
        points=5,
        asked="病床使用率达到60%以上",
    ),
    _case(
        "死因监测粗死亡率≥6.5‰，6.0‰~6.5‰扣2分，5.5‰~6.0‰扣3分",
        Bands(
            _DEATHS,
            "lose",
            (Band(2, low=6, high="6.5"), Band(3, low="5.5", high=6)),
        ),
        points=5,
        targets=(Target(_DEATHS, ">=", "6.5"),),
    ),
)
_WHAT_IT_IS = (
    _case("少1次/户扣0.1分", _each("巡查缺少", "0.1"), asked="巡查每季度不少于1次"),
    _case("参加盲样考核全部合格，1项不合格扣3分", _each("参加盲样考核不合格", 3)),
    _case("无违纪违法行为（5分），受警告处分1人次扣1分", _each("受警告处分", 1), states=5),
    _case(
        "造成疫苗报废的，按每500元扣0.5分",
        Deduction(
            StepsAbove(Measure("造成疫苗报废金额", unit="元"), target=0, step=500), points="0.5"
        ),
        assumed=True,
    ),
    _case(
        "经验在全国会议交流加3分/次，全省2分/次",
        Bonus(Cases("经验在全国会议交流"), points=3),
        Bonus(Cases("经验在全省会议交流"), points=2),
    ),
    _case(
        "碘盐覆盖率≥95%，食用率≥90%（10分，各5分），每低1%扣0.5分",
        parts=(
            Part("1", "碘盐覆盖率", points=5, rules=(_below("碘盐覆盖率", 95, "0.5"),)),
            Part("2", "食用率", points=5, rules=(_below("食用率", 90, "0.5"),)),
        ),
        assumed=True,
    ),
)
_DONE_IN_PART = (
    _case(
        "改厕任务未完成的按完成比例计分",
        Curve("改厕任务完成率", "earn", (Knot(0, 0), Knot(100, FULL))),
        points=10,
        asked="农村卫生厕所普及率达到85%以上",
    ),
    _case(
        "未完成任务的按完成比例得分",
        Curve("建档率", "earn", (Knot(0, 0), Knot(90, FULL))),
        points=10,
        asked="建档率≥90%",
    ),
)

_OF_THE_ITEM = (
    _case(
        "发表论文每篇加3分；获科研立项每项加2分；本项最高加10分",
        Group(
            (
                Bonus(Cases("发表论文"), points=3),
                Bonus(Cases("获科研立项"), points=2),
            ),
            cap=10,
        ),
        assumed=True,
    ),
    _case(
        "1.迟到扣1分；2.早退每次扣1分，本项最多扣5分",
        Deduction(Once(Flag("迟到")), points=1),
        Deduction(Cases("早退"), points=1, cap=5),
        assumed=True,
    ),
    _case(
        "按时完成得满分；延迟3日内扣0.5分，3日以上扣1分，未完成不得分",
        Bands(
            Measure("延迟", unit="日", kind=MeasureKind.AMOUNT),
            "lose",
            (Band("0.5", low=0, low_in=False, high=3, high_in=True), Band(1, low=3)),
        ),
        Forfeit(Flag("报表上报未完成")),
        points=2,
        asked="报表上报",
        assumed=True,
    ),
    _case(
        "凡发现弄虚作假的，除扣除该项全部得分外，另从总分中扣5分",
        Forfeit(Flag("发现弄虚作假")),
        Deduction(Once(Flag("发现弄虚作假")), points=5, reach="total"),
        points=5,
    ),
    _case(
        "出现越级上访的每人次扣2分、每批次扣5分",
        _each("越级上访", 2),
        _each("越级上访批次", 5),
    ),
    _case(
        "手术占比较上年提高1个百分点得2分，提高0.5个百分点得1分，未提高不得分",
        Bands(
            Measure("手术占比较上年提高", unit="%"),
            "earn",
            (Band(2, low=1), Band(1, low="0.5"), Band(0, high=0, high_in=True)),
        ),
        points=2,
        assumed=True,
    ),
    _case(
        "次均费用较上年增幅≤5%得满分，每增加1个百分点扣0.5分，增幅超过10%不得分",
        Deduction(StepsAbove("次均费用较上年增幅", target=5, step=1), points="0.5"),
        Forfeit(Compare("次均费用较上年增幅", ">", 10)),
        points=5,
        asked="医疗费用",
        assumed=True,
    ),
    _case(
        "病历系统水平达4级得3分，3级得2分，3级以下不得分",
        Bands(
            "病历系统水平达4级",
            "earn",
            tuple(
                CaseBand(Flag(f"病历系统水平达{level}级"), points)
                for level, points in ((4, 3), (3, 2))
            ),
        ),
        Forfeit(Flag("病历系统水平达3级以下")),
        points=3,
    ),
    _case(
        "收支结余为正得2分，为负不得分",
        Bands("收支结余为正", "earn", (CaseBand(Flag("收支结余为正"), 2),)),
        Forfeit(Flag("收支结余为负")),
        points=2,
    ),
)

_SIGNED_UP = "常住人口签约率≥35%，重点人群签约率≥65%"
_GOALS_BY_NAME = (
    _case(
        "单苗每低1个百分点扣0.5分",
        _below("适龄儿童国家免疫规划疫苗接种率", 95, "0.5"),
        asked="适龄儿童国家免疫规划疫苗接种率以乡镇为单位≥95%",
        assumed=True,
    ),
    *(
        _case(
            f"{name}达标得5分，每低1个百分点扣0.1分；重点人群签约率达标得5分，每低1个百分点扣0.1分",
            points=10,
            asked=_SIGNED_UP,
            parts=(
                Part("1", "常住人口签约率", points=5, rules=(_below("常住人口签约率", 35, "0.1"),)),
                Part("2", "重点人群签约率", points=5, rules=(_below("重点人群签约率", 65, "0.1"),)),
            ),
            assumed=True,
        )
        for name in ("常住人口签约率", "签约率")
    ),
    _case(
        "签约率达标得5分，未达标不得分",
        Bands("签约率", "earn", (Band(5, low=35), Band(0, high=35))),
        points=5,
        asked="签约率≥35%",
    ),
    _case(
        "入径率≥50%得2分，完成率≥70%得2分，每降低5个百分点各扣0.5分",
        points=4,
        parts=(
            Part("1", "入径率", points=2, rules=(_below("入径率", 50, "0.5", step=5),)),
            Part("2", "完成率", points=2, rules=(_below("完成率", 70, "0.5", step=5),)),
        ),
        assumed=True,
    ),
)

CASES = (
    *_IN_SHORT,
    *_ANY_OF_THEM,
    *_SAID_AGAIN,
    *_THE_REST,
    *_FURTHER,
    *_LOSING_STEPS,
    *_OF_NONE,
    *_UP_TO_GOAL,
    *_WHAT_IT_IS,
    *_DONE_IN_PART,
    *_OF_THE_ITEM,
    *_GOALS_BY_NAME,
)
