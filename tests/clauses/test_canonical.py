"""The strict reader: what it takes exactly, what it refuses, and that its work is bounded."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from fractions import Fraction
from types import FrameType

import pytest

from healthduty.clauses.canonical.grammar import CanonicalRule, read_canonical, stated_points
from healthduty.clauses.canonical.scan import MOST_NESTED
from healthduty.clauses.canonical.writing import write_clause
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Effect, Pick, Placement, Reach, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple
from healthduty.sources import Span

MEASURES = {
    measure.code: measure
    for measure in (
        Measure("satisfaction", "满意率", unit="%"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("visits", "门诊人次", unit="人次"),
        Measure("visits_before", "上年门诊人次", unit="人次"),
        Measure("measles", "麻疹发病率", unit="1/100万"),
        Measure("breaches", "计划生育违规", kind=MeasureKind.CASES),
        Measure("no_system", "无制度", kind=MeasureKind.FLAG),
        Measure("archive", "医德档案", kind=MeasureKind.FLAG),
        Measure("records", "台账", levels=("优", "良", "差")),
        Measure("hours", "人均学时", unit="学时"),
        Measure("score", "测评", unit="分", kind=MeasureKind.AMOUNT),
    )
}
NO_SYSTEM = Flag("no_system")
ONCE = Deduction(Once(NO_SYSTEM), points=1)

EXAMPLES: tuple[tuple[str, Rule], ...] = (
    (
        "满意率达到90%以上，每低5个百分点扣0.5分，不足5个百分点按5个百分点计，最高扣2分。",
        Deduction(
            StepsBelow("satisfaction", target=90, step=5, counting="started"), points="0.5", cap=2
        ),
    ),
    (
        "门诊人次达到上年门诊人次的1.1倍以上，每低目标值的5%扣1分。",
        Deduction(
            StepsBelow("visits", target=Multiple("1.1", "visits_before"), step=5, relative=True),
            points=1,
        ),
    ),
    (
        "麻疹发病率不超过1/100万，按超出比例扣分，超出一倍扣本项全部分值。",
        Deduction(StepsAbove("measles", target=1), points=FULL),
    ),
    (
        "测评超过上年加1分的，每超1分加1分，最高加2分。",
        Bonus(StepsAbove("score", target=Multiple(1, "上年", plus=1), step=1), points=1, cap=2),
    ),
    (
        "测评按直线内插：上年加1分，上年加1分加3分，高于末点加本项分值的50%。",
        Curve(
            "score",
            Effect.ADD,
            (Knot(Given("上年"), 1), Knot(Multiple(1, "上年", plus=1), 3)),
            above=Share("0.5"),
        ),
    ),
    (
        "人均学时不少于（中心20学时、「2类」15学时、其余12学时）（按考核月份折算），每少1学时扣1分。",
        Deduction(
            Lacking("hours", required=ByKind({"中心": 20, "2类": 15}, default=12), prorated=True),
            points=1,
        ),
    ),
    (
        "仅当人均学时达到上年人均学时以上时，问卷调查不少于____（次数）次，每少1次扣1分。",
        Deduction(
            Lacking("surveys", required=Blank("次数")),
            points=1,
            when=Compare("hours", ">=", Given("上年人均学时")),
        ),
    ),
    (
        "本项扣完的，计划生育违规（级别为重大），每发现1例另从总分中扣2分，前1例不计，无制度时加倍。",
        Deduction(
            Cases("breaches", free=1, where={"级别": "重大"}),
            points=2,
            reach=Reach.TOTAL,
            on_exhaustion=True,
            times=Times(2, NO_SYSTEM),
        ),
    ),
    (
        "计划生育违规，每发现1例单列加1分，按级别折算（重大计2、其余计1/3）。",
        Bonus(
            Cases("breaches", by=ByAttribute("级别", {"重大": 2}, otherwise=Fraction(1, 3))),
            points=1,
            where=Placement.APART,
        ),
    ),
    (
        "计划生育违规，每发现1例扣1分，按达到5以上时加倍，前置审批低于1时减半，前低于1时按1/3倍计。",
        Deduction(
            Cases("breaches"),
            points=1,
            times=(
                Times(2, Compare("按", ">=", 5)),
                Times("0.5", Compare("前置审批", "<", 1)),
                Times(Fraction(1, 3), Compare("前", "<", 1)),
            ),
        ),
    ),
    (
        "计划生育违规，每发现1例扣1分，按时率低于90时加倍。",
        Deduction(Cases("breaches"), points=1, times=Times(2, Compare("按时率", "<", 90))),
    ),
    (
        "无制度且（「医德档案」为否或台账为良、差）且不满足（台账为优）的，扣1分。",
        Deduction(
            Once(
                AllOf(
                    (
                        NO_SYSTEM,
                        AnyOf((Flag("archive", expected=False), Level("records", ("良", "差")))),
                        Not(Level("records", "优")),
                    )
                )
            ),
            points=1,
        ),
    ),
    (
        "问卷调查为0次或无「计划生育违规」情形的，本指标不得分。",
        Forfeit(
            AnyOf((Compare("surveys", "=", 0), Flag("breaches", expected=False))),
            scope=Reach.INDICATOR,
        ),
    ),
    (
        "满意率：95%（含）以上得5分，（中心80%、其余70%）（含）至95%（不含）得3分，其余得0分。",
        Bands(
            "satisfaction",
            Effect.EARN,
            (Band(5, low=95), Band(3, low=ByKind({"中心": 80}, default=70), high=95)),
            otherwise=0,
        ),
    ),
    (
        "问卷调查：2次（含）以上得3分，等于1次得1分，等于____（次数）次得2分。",
        Bands(
            "surveys",
            Effect.EARN,
            (
                Band(3, low=2),
                Band(1, low=1, high=1, high_in=True),
                Band(2, low=Blank("次数"), high=Blank("次数"), high_in=True),
            ),
        ),
    ),
    (
        "测评：上年加1分（含）以上加1分，不论多少加0分，优加2分，（无制度或台账为差）且「是」为是的加3分。",
        Bands(
            "score",
            Effect.ADD,
            (
                Band(1, low=Multiple(1, "上年", plus=1)),
                Band(0),
                LevelBand("优", 2),
                CaseBand(
                    AllOf((AnyOf((NO_SYSTEM, Level("records", "差"))), Flag("是"))),
                    3,
                ),
            ),
        ),
    ),
    (
        "整改质量酌情从本大项总分中扣0.5分至2分。",
        Judgement("整改质量", Effect.LOSE, least="0.5", most=2, reach=Reach.SECTION),
    ),
    (
        "以下各项就高加分，最高加2分：无制度的，在本项分值内加1分；（以下各项合计：j酌情在本项分值内加分）。",
        Group(
            (
                Bonus(Once(NO_SYSTEM), points=1, where=Placement.INSIDE),
                Group((Judgement("j", Effect.ADD, where=Placement.INSIDE),)),
            ),
            pick=Pick.BEST,
            cap=2,
        ),
    ),
)


@pytest.mark.parametrize(("text", "rule"), EXAMPLES)
def test_a_canonical_clause_is_read(text: str, rule: Rule) -> None:
    """Each production once, with the measures found by their names."""
    assert read_canonical(text, MEASURES) == (CanonicalRule(rule, Span(0, len(text) - 1)),)
    assert write_clause(rule, measures=MEASURES.values()) == text


def test_several_clauses_each_have_their_characters() -> None:
    """The span of a rule is its clause without the full stop."""
    taken = read_canonical("无制度的，扣1分。无制度的，本项不得分。", MEASURES)
    assert taken == (
        CanonicalRule(ONCE, Span(0, 8)),
        CanonicalRule(Forfeit(NO_SYSTEM), Span(9, 19)),
    )


def test_points_that_the_text_states_stand_in_front() -> None:
    """（5分） is no rule; it is read beside them."""
    text = "（5分）无制度的，扣1分。"
    assert read_canonical(text, MEASURES) == (CanonicalRule(ONCE, Span(4, 12)),)
    assert stated_points(text) == (Fraction(5), Span(0, 4))
    assert stated_points("无制度的，扣1分。") is None
    for no_way_to_write_it in ("（05分）", "（5.0分）", "（-1分）", "（1/3分）"):
        assert stated_points(no_way_to_write_it) is None
        assert read_canonical(no_way_to_write_it, MEASURES) is None


def test_nothing_written_is_nothing_read() -> None:
    """An empty text has no rules."""
    assert read_canonical("", MEASURES) == ()


@pytest.mark.parametrize(
    "text",
    [
        "满意率达90%以上，每低5%扣0.5分，扣完为止",
        "无制度的，扣1分",
        "无制度的，扣1分。 ",
        "无制度的，扣1.0分。",
        "无制度的，扣01分。",
        "无制度的，扣２分。",
        "「无制度」为是的，扣1分。",
        "「满意率」低于90%的，扣1分。",
        "满意率低于90次的，扣1分。",
        "满意率低于90的，扣1分。",
        "满意率【satisfaction】低于90%的，扣1分。",
        "（无制度）的，扣1分。",
        "无制度且（无制度且台账为差）的，扣1分。",
        "不满足（无制度）的，扣1分。",
        "无制度且台账为差或台账为良的，扣1分。",
        "满意率达到90%以上，每低5个百分点加1分。",
        "满意率低于90%的，每低5个百分点扣1分。",
        "无制度的，每低5个百分点加1分。",
        "满意率低于90%的，按未完成比例加分，超出一倍加1分。",
        "本项扣完的，无制度的，本项不得分。",
        "满意率达到90%以上，每超5个百分点扣1分。",
        "无制度的，另从总分中扣1分。",
        "无制度的，扣1分，最高加2分。",
        "无制度的，得1分。",
        "仅当无制度时，无制度的，本项不得分。",
        "本项扣完的，无制度的，从总分中扣1分。",
        "满意率：95%（含）以上得5分，其余扣1分。",
        "满意率：95%以上得5分。",
        "满意率：其余得5分。",
        "满意率按直线内插：60%得0分。",
        "满意率按直线内插：90%得0分，60%得5分。",
        "以下各项合计：无制度的，扣1分；无制度的，本项不得分。",
        "以下各项就高扣分：无制度的，扣1分；无制度的，扣2分。",
        "满意率低于1/0%的，扣1分。",
        "未完结「",
        "。",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """Free text, other spellings of a number, needless quotes and brackets, rules that are none."""
    assert read_canonical(text, MEASURES) is None


def test_a_name_that_several_measures_share_needs_its_code() -> None:
    """Which of them is meant is told by the code behind the name, and never guessed."""
    measures = {
        measure.code: measure
        for measure in (Measure("a", "检查", unit="次"), Measure("b", "检查", unit="项"))
    }
    assert read_canonical("检查低于1次的，扣1分。", measures) is None
    for code, text in (("a", "检查【a】低于1次的，扣1分。"), ("b", "检查【b】低于1项的，扣1分。")):
        taken = read_canonical(text, measures)
        assert taken is not None
        assert [each.rule for each in taken] == [Deduction(Once(Compare(code, "<", 1)), points=1)]


# ------------------------------------------------------------------- how much work it is


def nested(depth: int) -> Condition:
    """Return a condition in `depth` brackets, one inside the other."""
    held: Condition = Not(Level("records", "差"))
    for level in range(depth):
        several = AllOf if level % 2 else AnyOf
        held = several((held, NO_SYSTEM))
    return held


def test_brackets_nest_as_deep_as_any_agreement_needs_and_no_deeper() -> None:
    """Twenty levels are read back, one more is refused, without running out of stack."""
    for depth, taken in ((MOST_NESTED, True), (MOST_NESTED + 1, False)):
        text = write_clause(Forfeit(nested(depth)), measures=MEASURES.values())
        assert "（" * (depth - 1) + "不满足（台账为差）" in text
        assert (read_canonical(text, MEASURES) is not None) is taken


LONG = 100_000


def filled(piece: str, *, before: str = "", behind: str = "") -> Callable[[int], str]:
    """Return a maker of texts of about so many characters out of one piece."""
    return lambda size: before + piece * (size // len(piece)) + behind


BOMBS = {
    "brackets": filled("（"),
    "negations": filled("不满足（"),
    "groups": filled("（以下各项合计：", before="以下各项合计："),
    "quotes": filled("「"),
    "pairs of quotes": filled("」」", before="「"),
    "a name": filled("率"),
    "a name in brackets": filled("（率", before="率"),
    "asides": filled("（率）", before="率", behind="酌情扣分。"),
    "a number": filled("9", before="满意率低于"),
    "a fraction": filled("9", before="满意率低于1/"),
    "codes": filled("满意率【"),
    "levels": filled("优、", before="台账为", behind="差的，扣1分。"),
    "flags": filled("有「甲」情形且", behind="无制度的，扣1分。"),
    "whens": filled("仅当无制度时，"),
    "kinds": filled("中心9%、", before="满意率：（"),
    "knots": filled("60%扣1分，", before="满意率按直线内插："),
    "times": filled("，无制度时按", before="无制度的，扣1分"),
    "weights": filled("，按级别", before="计划生育违规，每发现1例扣1分"),
    "blanks": filled("____（"),
}
SOUND = {
    "rules": filled("无制度的，扣1分。"),
    "a quoted name": filled("，率", before="「", behind="」酌情扣分。"),
    "bands": filled(
        "，90%（含）至95%（不含）扣1分", before="满意率：95%（含）以上扣1分", behind="。"
    ),
    "names": lambda size: "".join(f"第{n}类，每发现1例扣1分。" for n in range(size // 16)),
    "members": filled("；无制度的，扣1分", before="以下各项合计：无制度的，扣1分", behind="。"),
}


def calls_of(text: str) -> int:
    """Count the calls of reading a text, those of built-in functions included."""
    count = 0

    def tell(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event.endswith("call")

    read_canonical(text, MEASURES)  # what is remembered for good is not part of the work
    sys.setprofile(tell)
    try:
        read_canonical(text, MEASURES)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", [*BOMBS, *SOUND])
def test_the_work_grows_with_the_text_and_no_faster(name: str) -> None:
    """Of a text twice as long at most twice the calls, and 100 KB in moments."""
    make = {**BOMBS, **SOUND}[name]
    small, large = calls_of(make(5_000)), calls_of(make(10_000))
    assert large <= 2.1 * small + 200
    begun = time.process_time()
    taken = read_canonical(make(LONG), MEASURES)
    assert time.process_time() - begun < 10  # quadratic work would take hours
    assert (taken is not None) is (name in SOUND)
