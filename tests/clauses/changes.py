"""A change and its quantity: last year's number, steps both ways, ranks of one event.

Which way a quantity has to go (逐步提高, 较上年下降) is no part of its name. Reworded from
constructions of public tables.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Bands, Bonus, CaseBand, Deduction, Forfeit, LevelBand, Rule
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given


def _below(
    measure: str, target: object, points: int | str, step: int | str = 1, *, of: bool = False
) -> Deduction:
    """Lose these points for each step below the target."""
    return Deduction(StepsBelow(measure, target=target, step=step, relative=of), points=points)


def _above(
    measure: str, target: object, points: int | str, step: int | str = 1, *, of: bool = False
) -> Deduction:
    """Lose these points for each step above the target."""
    return Deduction(StepsAbove(measure, target=target, step=step, relative=of), points=points)


def _case(
    text: str, *rules: Rule, asked: str = "", points: int | None = None, assumed: bool = True
) -> ClauseCase:
    return ClauseCase(
        text=text, pattern="about", points=points, requirement=asked, rules=rules, assumed=assumed
    )


_LAST_YEAR = (
    _case(
        "较上年每缩短0.2天加0.1分，每延长0.2天扣0.1分",
        Bonus(StepsBelow("术前候床日", target=Given("上年术前候床日"), step="0.2"), points="0.1"),
        _above("术前候床日", Given("上年术前候床日"), "0.1", "0.2"),
        asked="术前候床日较上年下降",
    ),
    _case(
        "较上年每下降1个百分点扣0.4分",
        _below("日间治疗比例", Given("上年日间治疗比例"), "0.4"),
        asked="日间治疗比例较上年逐步提高",
    ),
    _case(
        "逐步提高，较上一年度每提高1个百分点加0.3分",
        Bonus(
            StepsAbove("腔镜手术占比", target=Given("上一年度腔镜手术占比"), step=1), points="0.3"
        ),
        asked="腔镜手术占比",
    ),
    _case(
        "每上升2%扣1分",
        _above("床日费用", Given("上年同期床日费用"), 1, 2, of=True),
        asked="床日费用同比下降",
    ),
    _case(
        "每低1%扣0.3分",
        _below("中药饮片使用占比", Given("上年中药饮片使用占比"), "0.3"),
        asked="中药饮片使用占比不低于上年水平",
    ),
    _case(
        "每低1%扣0.3分",
        _below("急诊人次", Given("上年急诊人次"), "0.3", of=True),
        asked="急诊人次不低于上年水平",
    ),
    _case(
        "较上年提升得4分，持平得2分，下降不得分",
        Bands(
            "转诊率较上年提升",
            "earn",
            (CaseBand(Flag("转诊率较上年提升"), 4), CaseBand(Flag("转诊率持平"), 2)),
        ),
        Forfeit(Flag("转诊率下降")),
        asked="转诊率逐步提升",
        points=4,
        assumed=False,
    ),
    _case(
        "每少增长1个百分点扣0.5分",
        _below("体检人次同比增长", 8, "0.5"),
        asked="体检人次同比增长8%",
    ),
    _case(
        "耗材金额同比下降6%得4分，每少下降1个百分点扣0.5分",
        _below("耗材金额同比下降", 6, "0.5"),
        points=4,
    ),
)

_BOTH_WAYS = (
    _case(
        "每超50万元加1分，每差50万元扣1分，加减最多不超过4分",
        Bonus(StepsAbove("科室收入", target=800, step=50), points=1, cap=4),
        Deduction(StepsBelow("科室收入", target=800, step=50), points=1, cap=4),
        asked="科室收入800万元",
    ),
    _case(
        "每升2元扣1分，每降2元加1分，扣加分均不超过3分",
        Deduction(StepsAbove("床日费用", target=90, step=2), points=1, cap=3),
        Bonus(StepsBelow("床日费用", target=90, step=2), points=1, cap=3),
        asked="床日费用≤90元",
    ),
    _case(
        "每升2元扣1分，每降2元加1分，最高加3分",
        _above("床日费用", 90, 1, 2),
        Bonus(StepsBelow("床日费用", target=90, step=2), points=1, cap=3),
        asked="床日费用≤90元",
    ),
    _case(
        "比目标值每降1%扣0.5分，比目标值每升1%奖0.2分",
        _below("日间手术比例", 30, "0.5"),
        Bonus(StepsAbove("日间手术比例", target=30, step=1), points="0.2"),
        asked="日间手术比例30%",
    ),
    _case(
        "每延长2分钟扣0.2分",
        _above("候药时间", 15, "0.2", 2),
        asked="候药时间15分钟",
    ),
    _case(
        "每超1元扣0.5分，超30元不得分",
        _above("单次耗材费", 25, "0.5"),
        Forfeit(Compare("单次耗材费", ">", 30)),
        asked="单次耗材费≤25元",
    ),
)

_RANKS = (
    _case(
        "发生用药事故，一级扣6分，二级扣4分，三级扣2分",
        Bands(
            "发生用药事故",
            "lose",
            (LevelBand("一级", 6), LevelBand("二级", 4), LevelBand("三级", 2)),
        ),
        assumed=False,
    ),
    _case(
        "发生一级用药事故扣6分，二级扣4分",
        Bands("发生用药事故", "lose", (LevelBand("一级", 6), LevelBand("二级", 4))),
        assumed=False,
    ),
    _case(
        "发生一级用药事故扣6分", Deduction(Once(Flag("发生一级用药事故")), points=6), assumed=False
    ),
)

_COUNTED_RANKS = (
    _case(
        "发生一级用药事故每例扣4分，二级每例扣2分，三级扣1分",
        Deduction(Cases("一级用药事故"), points=4),
        Deduction(Cases("二级用药事故"), points=2),
        Deduction(Cases("三级用药事故"), points=1),
        assumed=False,
    ),
    _case(
        "二级医院每家扣2分，三级医院每家扣3分",
        Deduction(Cases("二级医院"), points=2),
        Deduction(Cases("三级医院"), points=3),
        assumed=False,
    ),
)

_GROWTH = (
    _case(
        "增幅≤4%，每超1%扣0.5分",
        _above("出院均次药费增幅", 4, "0.5"),
        asked="出院均次药费",
    ),
    ClauseCase(
        text="40%≤薪酬占比<50%或60%<薪酬占比≤70%得2分",
        pattern="about",
        unread=True,
    ),
)

_NAMES = (
    _case(
        "每上升0.1%扣0.3分",
        _above("非计划再次手术率", 1, "0.3", "0.1"),
        asked="非计划再次手术率≤1%",
    ),
    _case(
        "百元固定资产收入较上年增加得2分",
        Bands(
            "百元固定资产收入较上年增加",
            "earn",
            (CaseBand(Flag("百元固定资产收入较上年增加"), 2),),
        ),
        points=2,
        assumed=False,
    ),
    _case("每超百元扣1分", _above("次均药费", 300, 1, 100), asked="次均药费300元"),
)

CASES = (*_LAST_YEAR, *_BOTH_WAYS, *_RANKS, *_COUNTED_RANKS, *_GROWTH, *_NAMES)
"""Changes, steps both ways and ranks, each with its reading."""
