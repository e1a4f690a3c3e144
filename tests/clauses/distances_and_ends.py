"""How far from last year's number, where a range ends, how often a year, an age that is measured.

Each with its neighbours that stay as they are: a value behind last year's number, a range with a
band above it, one half of a year, the ages of those who are looked after.
"""

from __future__ import annotations

from clauses.cases import ClauseCase
from healthduty.rules.condition import AnyOf, Compare
from healthduty.rules.points import FULL
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given, Multiple


def _case(
    text: str, pattern: str, *rules: Rule, asked: str = "", assumed: bool = False
) -> ClauseCase:
    return ClauseCase(text=text, pattern=pattern, requirement=asked, rules=rules, assumed=assumed)


def _below_last_year(measure: str, step: int, *, relative: bool) -> Deduction:
    """Lose a point for each step below last year's number."""
    goal = Given(f"上年{measure}")
    return Deduction(StepsBelow(measure, target=goal, step=step, relative=relative), points=1)


_DISTANCES = (
    _case(
        "每下降5%扣1分；下降超过20%不得分",
        "a share below last year's number",
        _below_last_year("住院人次", 5, relative=True),
        Forfeit(Compare("住院人次", "<", Multiple("0.8", "上年住院人次"))),
        asked="住院人次不低于上年",
        assumed=True,
    ),
    _case(
        "每下降2%扣1分；下降10%以上的不得分",
        "a share below last year's number",
        _below_last_year("手术台次", 2, relative=True),
        Forfeit(Compare("手术台次", "<=", Multiple("0.9", "上年手术台次"))),
        asked="手术台次不低于上年",
        assumed=True,
    ),
    _case(
        "每上升1个百分点扣1分；上升超过4个百分点不得分",
        "points above last year's rate",
        Deduction(StepsAbove("耗材占比", target=Given("上年耗材占比"), step=1), points=1),
        Forfeit(Compare("耗材占比", ">", Multiple(1, "上年耗材占比", plus=4))),
        asked="耗材占比不高于上年",
        assumed=True,
    ),
    _case(
        "每下降1个百分点扣1分，低于55%不得分",
        "a value behind last year's rate",
        _below_last_year("手术占比", 1, relative=False),
        Forfeit(Compare("手术占比", "<", 55)),
        asked="手术占比不低于上年",
        assumed=True,
    ),
)
"""What the steps lead to from last year's number; 低于55% of a rate stays a value."""

_ENDS = (
    _case(
        "阳性率在40%-60%之间得3分",
        "a range by itself",
        Bands("阳性率", "earn", (Band(3, low=40, high=60, high_in=True),)),
    ),
    _case(
        "使用率80%-90%得满分，80%以下或90%以上得2分",
        "a range and what is outside",
        Bands("使用率", "earn", (Band(FULL, low=80, high=90, high_in=True),)),
        Bands(
            "使用率",
            "earn",
            (
                CaseBand(
                    AnyOf((Compare("使用率", "<=", 80), Compare("使用率", ">=", 90))), points=2
                ),
            ),
        ),
    ),
    _case(
        "死亡率高于6‰不得分，4‰-6‰之间得2分，4‰以下得5分",
        "之间 is no name",
        Bands(
            "死亡率",
            "earn",
            (
                Band(0, low=6, low_in=False),
                Band(2, low=4, high=6, low_in=False, high_in=True),
                Band(5, high=4, high_in=True),
            ),
        ),
        assumed=True,
    ),
    _case(
        "回访率90%以上得3分，80%-90%之间得2分",
        "a range with a band above it",
        Bands("回访率", "earn", (Band(3, low=90), Band(2, low=80, high=90))),
    ),
    _case(
        "回访率70%-80%（不含）得2分",
        "a range that says so",
        Bands("回访率", "earn", (Band(2, low=70, high=80),)),
    ),
)
"""Who is at the upper end of the best range is in it."""

_TIMES = (
    _case(
        "隔月一次，少一次扣1分",
        "every second month",
        Deduction(Lacking("院感培训", required=6), points=1),
        asked="院感培训",
        assumed=True,
    ),
    _case(
        "双月一次，每少一次扣1分",
        "every second month",
        Deduction(Lacking("院感检查", required=6), points=1),
        asked="院感检查",
        assumed=True,
    ),
    _case(
        "半年一次，缺一次扣2分",
        "each half-year",
        Deduction(Lacking("急救演练", required=2), points=2),
        asked="急救演练",
        assumed=True,
    ),
    _case(
        "上半年组织义诊1次，少一次扣1分",
        "one half of the year",
        Deduction(Lacking("上半年组织义诊", required=1), points=1),
    ),
)
"""What is done in turns of two months or six, a year."""

_AGES = (
    _case(
        "医师平均年龄不超过42岁，每超1岁扣0.5分",
        "an age that is measured",
        Deduction(StepsAbove("医师平均年龄", target=42, step=1), points="0.5"),
        assumed=True,
    ),
    _case(
        "人均期望寿命达到78.5岁，每低0.1岁扣0.5分",
        "an age that is measured",
        Deduction(StepsBelow("人均期望寿命", target="78.5", step="0.1"), points="0.5"),
        assumed=True,
    ),
    _case(
        "0-3岁儿童中医指导率≥80%，每低1%扣0.5分",
        "whose ages",
        Deduction(StepsBelow("0-3岁儿童中医指导率", target=80, step=1), points="0.5"),
        assumed=True,
    ),
)
"""A mean of ages is held against a number; the ages of a group are its name."""

_WORDS = (
    _case(
        "单项否决的病历，每份扣2分",
        "a grade of the chart, and no veto",
        Deduction(Cases("单项否决的病历"), points=2),
    ),
    ClauseCase(
        text="发生医疗投诉一次扣2分，扣分不封顶",
        pattern="no floor",
        rules=(Deduction(Cases("医疗投诉"), points=2),),
    ),
)


def _above(measure: str, target: int) -> Deduction:
    return Deduction(StepsAbove(measure, target=target, step=1), points="0.2")


_EACH = (
    _case(
        "药占比≤30%；耗占比≤20%，每超1个百分点各扣0.2分",
        "of each, across a semicolon",
        _above("药占比", 30),
        _above("耗占比", 20),
        assumed=True,
    ),
    ClauseCase(
        text="签约率≥85%，每低1%扣1分；药占比≤30%；耗占比≤20%，每超1个百分点各扣0.2分",
        pattern="of each that no rule is about",
        rules=(
            Deduction(StepsBelow("签约率", target=85, step=1), points=1),
            _above("药占比", 30),
            _above("耗占比", 20),
        ),
        assumed=True,
    ),
)

CASES: tuple[ClauseCase, ...] = (*_DISTANCES, *_ENDS, *_TIMES, *_AGES, *_WORDS, *_EACH)
