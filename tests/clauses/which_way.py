"""Where less is better, and what is said of the end of a line.

达到 says that a goal is met, whichever way it is counted (药占比≤30%); more points for more of what
is to be little are doubted. 最高10分 and 超额不加分 behind a share say where it ends anyway, and
完成率 beside one number is how much of that was done.
"""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.points import FULL
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
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given


def _case(text: str, asked: str, *rules: Rule, points: int = 10, **more: bool) -> ClauseCase:
    return ClauseCase(
        text=text, pattern="which way", points=points, requirement=asked, rules=rules, **more
    )


def _most(measure: str, *steps: tuple[int, int | Fraction], over: int | None = None) -> Bands:
    """Earn points up to numbers, and none beyond one."""
    bands = [Band(points, high=high, high_in=True) for high, points in steps]
    if over is not None:
        bands.append(Band(0, low=over, low_in=False))
    return Bands(measure, "earn", tuple(bands))


_WAIT = "候检时间≤5天"

_REACHED = (
    _case("达到5天得10分，达到7天得6分", _WAIT, _most("候检时间", (5, 10), (7, 6))),
    _case(
        "达到5天得10分，达到7天得6分，未达到7天不得分",
        _WAIT,
        _most("候检时间", (5, 10), (7, 6), over=7),
    ),
    _case(
        "达到25%得满分，达到28%得6分，达不到28%不得分",
        "耗占比≤25%",
        _most("耗占比", (25, FULL), (28, 6), over=28),
    ),
    _case("未达到5天扣2分", _WAIT, Deduction(Once(Compare("候检时间", ">", 5)), points=2)),
    _case("达不到25%不得分", "耗占比≤25%", Forfeit(Compare("耗占比", ">", 25))),
    # Words and signs that say which way themselves stay as they are, and so does a least.
    _case("高于28%扣2分", "耗占比≤25%", Deduction(Once(Compare("耗占比", ">", 28)), points=2)),
    _case(
        "达到80%得10分，达到70%得6分，达不到70%不得分",
        "开单率≥80%",
        Bands(
            "开单率",
            "earn",
            (Band(10, low=80), Band(6, low=70), Band(0, high=70)),
        ),
    ),
)


def _line(measure: str, end: int, points: int | object) -> Curve:
    return Curve(measure, "earn", (Knot(0, 0), Knot(end, points)))  # type: ignore[arg-type]  # FULL


_TALKS = "宣讲≥12场"

_LINES = (
    *(
        _case(text, _TALKS, _line("宣讲", 12, FULL))
        for text in (
            "按完成比例得分，最高10分",
            "按完成比例得分，封顶10分",
            "按完成比例得分，最高不超过满分",
            "按完成率计分，超额完成不加分",
            "按完成率计分，超过100%按满分计",
            "按完成率计分，超过部分不再加分",
            "得分=完成率×本项分值",
            "得分=实际完成数÷任务数×权重，最高不超过权重",
        )
    ),
    *(
        _case(text, _TALKS, _line("宣讲", 12, 10))
        for text in ("得分=实际值/目标值×10", "得分=完成率×10，最高10分", "目标完成率×10分")
    ),
)

_NAMES = (
    _case(
        "一根导管不合格扣2分",
        "导管固定妥善",
        Deduction(Cases("导管不合格"), points=2),
    ),
    _case(
        "优良率每降1个百分点扣1分",
        "优良处方率≥90%",
        Deduction(StepsBelow("优良处方率", target=90, step=1), points=1),
        assumed=True,
    ),
)

_WAITING = "等候时间≤12分钟"
_SLOWER = Deduction(StepsAbove("等候时间", target=12, step=Fraction(1, 2)), points=1)
_THREE = Deduction(StepsAbove("投诉", target=3, step=1), points=2)

_BEYOND = (
    *(
        _case(text, _WAITING, _SLOWER, assumed=True)
        for text in ("等候时间每延长30秒扣1分", "每延长30秒扣1分", "平均等候时间每延长30秒扣1分")
    ),
    *(
        _case(text, "投诉全年不超过3起", _THREE, assumed=True)
        for text in ("超过3起后每增加1起扣2分", "3起以上每增加1起扣2分", "超3起的每增1起扣2分")
    ),
    # One event is one measure, however it is led up to.
    *(
        _case(text, "", Deduction(Cases("压疮"), points=2))
        for text in ("发生压疮每例扣2分", "发生1例压疮扣2分", "出现压疮的，每例扣2分")
    ),
)

_TWO_RATES = "开单率≥80%，开方率≥60%"
_OF_BOTH = tuple(
    Deduction(StepsBelow(name, target=target, step=1), points=1)
    for name, target in (("开单率", 80), ("开方率", 60))
)
_OF_THEM = tuple(
    _case(text, _TWO_RATES, *_OF_BOTH, assumed=True)
    for text in (
        "开单率、开方率每项每低1个百分点扣1分",
        "开单率、开方率任一项每低1个百分点扣1分",
        "开单率、开方率每低1个百分点扣1分",
    )
)

_UNDONE = (
    _case("仪器定期校准，1台未校准扣2分", "", Deduction(Cases("仪器定期校准，未校准"), points=2)),
    _case("协议及时签订，一份未签扣2分", "", Deduction(Cases("协议及时签订，未签"), points=2)),
    # 加分： over what it says is a heading.
    _case("加分：获市级表彰加2分", "", Bonus(Once(Flag("获市级表彰")), points=2)),
    _case("扣分：早退一次扣2分", "", Deduction(Cases("早退"), points=2)),
)

_LACKS_ONE = tuple(
    _case(
        text,
        "",
        Bands("有专室", "earn", (CaseBand(Flag("有专室"), 2),)),
        Bands("有器材", "earn", (CaseBand(Flag("有器材"), 2),)),
        points=4,
    )
    for text in ("有专室得2分，有器材得2分，两者缺一扣2分", "有专室得2分，有器材得2分，缺一项扣2分")
)

_LAST_YEAR = Given("上年转诊率")


def _rising(base: int, each: int, cap: int | None = None) -> tuple[Rule, Rule]:
    """Earn so much at last year's value, and for each point above it."""
    tally = StepsAbove("转诊率", target=_LAST_YEAR, step=1)
    return (
        Bands("转诊率", "earn", (Band(base, low=_LAST_YEAR),)),
        Bonus(tally, points=each, cap=cap, where="inside"),
    )


_FROM_LAST_YEAR = (
    _case("较上年每提高1个百分点得2分，最高10分", "转诊率", *_rising(0, 2, 10), assumed=True),
    _case("在上年基础上每提高1个百分点得2分", "转诊率", *_rising(0, 2), assumed=True),
    _case("以上年为基数，每提高1个百分点得2分", "转诊率", *_rising(0, 2), assumed=True),
    _case("与上年持平得5分，每提高1个百分点得1分", "转诊率", *_rising(5, 1), assumed=True),
    _case(
        "较上年每下降1个百分点得1分，最高5分",
        "输液率",
        Bands("输液率", "earn", (Band(0, high=Given("上年输液率"), high_in=True),)),
        Bonus(
            StepsBelow("输液率", target=Given("上年输液率"), step=1),
            points=1,
            cap=5,
            where="inside",
        ),
        assumed=True,
    ),
    *(
        _case(
            text,
            asked,
            *(
                Deduction(
                    StepsBelow(name, target=Given(f"上年{name}"), step=1, relative=True), points=1
                )
                for name in ("义诊人次", "体检人次")
            ),
            assumed=True,
        )
        for text, asked in (
            ("义诊人次、体检人次较上年每下降1%扣1分", ""),
            ("义诊人次、体检人次每下降1%各扣1分", "义诊人次、体检人次均较上年增长"),
        )
    ),
    _case("每提高1个百分点得2分，最高10分", "转诊率逐年提高", *_rising(0, 2, 10), assumed=True),
    _case(
        "每下降1个百分点扣1分",
        "转诊率逐步提高",
        Deduction(StepsBelow("转诊率", target=_LAST_YEAR, step=1), points=1),
        assumed=True,
    ),
    # From a number that was required nobody knows where to begin.
    _case("每提高1个百分点得2分", "转诊率≥20%", points=10, unread=True),
)

CASES: tuple[ClauseCase, ...] = (
    *_REACHED,
    *_LINES,
    *_NAMES,
    *_BEYOND,
    *_OF_THEM,
    *_UNDONE,
    *_FROM_LAST_YEAR,
)
