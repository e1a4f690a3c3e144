"""Law 1: what `write_clause` writes is read back, rule for rule.

And nothing else is taken for it: a canonical text in which one character was changed is refused,
unless it says another rule, whose own text it then is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthduty import catalogue
from healthduty.clauses.canonical.grammar import read_canonical
from healthduty.clauses.canonical.writing import write_clause
from healthduty.clauses.clause import read_clause
from healthduty.model.indicator import children_of
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
    to_condition,
)
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
    rule_measures,
)
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from strategies import measures as drawn_measures
from strategies import rules as drawn_rules
from strategy_rules import FACTORS, Draw, chance, pick

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = (
    *(
        "满意率",
        "上年",
        "达到",
        "不",
        "低于",
        "超过",
        "不超过",
        "少于",
        "以上",
        "为",
        "优",
        "是",
        "且",
    ),
    *(
        "或",
        "无",
        "有",
        "不满足",
        "的",
        "时",
        "按直线内插",
        "酌情",
        "折算",
        "其余",
        "高于末点",
        "合计",
    ),
    *(
        "仅当",
        "以下各项",
        "最高",
        "本项扣完的",
        "不论多少",
        "从总分中",
        "在本项分值内",
        "单列",
        "另",
        "扣",
    ),
    *(
        "得满分",
        "加",
        "减",
        "倍",
        "分",
        "计",
        "情形",
        "每发现",
        "不足",
        "按比例扣分",
        "前",
        "至",
        "项",
    ),
    *(
        "（",
        "）",
        "（含）",
        "（年度）",
        "「",
        "」",
        "【",
        "】",
        "，",
        "：",
        "；",
        "、",
        "。",
        "____",
        "/",
    ),
    *(
        "90%",
        "5",
        "-2",
        "1/3",
        "0.5",
        " ",
        "\n",
        "A",
        "b",
        "²",
        "２",
        "个百分点",
        "加5分",
        "时加倍",
    ),
)
"""What canonical text is made of, for names that are made of it too."""

NAMES = st.one_of(
    st.sampled_from(
        ["满意率", "上年门诊人次", "0-6岁儿童健康管理率", "人均学时", "上报不及时", "无制度"]
    ),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
)
UNITS = st.one_of(
    st.sampled_from(["", "分", "次", "小时", "元/人", "分，加", "5", "/3", "」"]),
    st.sampled_from(PIECES).map(str.strip),
)
NUMBERS = st.sampled_from([Fraction(text) for text in ("0", "1", "5", "0.5", "1/3", "-2", "90")])
STEPS = st.sampled_from([Fraction(text) for text in ("1", "5", "0.1", "10/3")])
POINTS = st.sampled_from(
    [Fraction(1), Fraction(0), Fraction(5, 2), FULL, Share("0.5"), Share(Fraction(1, 3))]
)
DECIMALS = st.sampled_from([Fraction(text) for text in ("0", "1", "2", "0.125")])


def by_code(measures: tuple[Measure, ...]) -> dict[str, Measure]:
    """Return the measures as an agreement holds them."""
    return {measure.code: measure for measure in measures}


def read_back(text: str, measures: Mapping[str, Measure]) -> tuple[Rule, ...]:
    """Read a canonical text and check that each rule's characters are its own clause."""
    taken = read_canonical(text, measures)
    assert taken is not None, text
    for each in taken:
        clause = text[each.span.start : each.span.end] + "。"
        assert clause == write_clause(each.rule, measures=measures.values())
    return tuple(each.rule for each in taken)


# -------------------------------------------------------- rules whose every name is awkward


@st.composite
def odd_measures(draw: Draw) -> tuple[Measure, ...]:
    """Draw measures with awkward names, some of them shared, and awkward units."""
    kinds = (MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.FLAG, MeasureKind.AMOUNT)
    made = [
        Measure(f"m{n}", draw(NAMES), unit=draw(UNITS), kind=kind) for n, kind in enumerate(kinds)
    ]
    for n, unit in enumerate(("%", "‰", "1/万", "1/10万")):
        made.append(Measure(f"r{n}", draw(NAMES), unit=unit))
    made.append(Measure("l", draw(NAMES), levels=("优", "差")))
    made.append(Measure("twin", made[0].name, unit="次"))
    return tuple(made)


class Odd:
    """Draws rules over measures that are known or not, whatever they are called."""

    def __init__(self, draw: Draw, measures: tuple[Measure, ...]) -> None:
        """Take what rules may name; half of the names are codes that nobody knows."""
        self.draw = draw
        self.measures = measures

    def code(self) -> str:
        """Draw a measure's code, or a name that may be another measure's."""
        known = [measure.code for measure in self.measures] + [m.name for m in self.measures]
        if known and chance(self.draw, 70):
            return pick(self.draw, known)
        return str(self.draw(NAMES))

    def bound(self) -> Threshold:
        """Draw a threshold of any kind."""
        number: Fraction = self.draw(NUMBERS)
        ways: tuple[Threshold, ...] = (
            number,
            Given(self.code()),
            Multiple(number or 2, self.code(), plus=self.draw(NUMBERS)),
            Blank(self.draw(NAMES)),
            ByKind({self.draw(NAMES): number, "centre": 1}, default=self.draw(NUMBERS)),
            ByKind({self.draw(NAMES): number}),
        )
        return pick(self.draw, ways)

    def held(self, depth: int = 2) -> Condition:
        """Draw a condition."""
        if depth and chance(self.draw, 40):
            inner = [self.held(depth - 1) for _ in range(pick(self.draw, (2, 3)))]
            ways: tuple[Condition, ...] = (AllOf(inner), AnyOf(inner), Not(inner[0]))
            # All of one is that one: what is drawn is what a rule holds in the end.
            return to_condition(pick(self.draw, ways))
        sign = pick(self.draw, ("<", "<=", "=", ">=", ">"))
        names = {str(self.draw(NAMES)): None, "优": None}
        simple: tuple[Condition, ...] = (
            Flag(self.code(), expected=chance(self.draw, 50)),
            Compare(self.code(), sign, self.bound()),
            Level(self.code(), tuple(names)),
        )
        return pick(self.draw, simple)

    def when(self) -> Condition | None:
        """Draw what a rule waits for, or nothing."""
        return self.held() if chance(self.draw, 30) else None

    def tally(self) -> Tally:
        """Draw a tally of any kind."""
        code, target, step = self.code(), self.bound(), self.draw(STEPS)
        kind = pick(self.draw, (StepsBelow, StepsAbove))
        counting = pick(self.draw, tuple(Counting))
        ways: tuple[Tally, ...] = (
            kind(code, target=target),
            kind(code, target=target, step=step, counting=counting),
            kind(code, target=target, step=step, counting=counting, relative=True),
            Lacking(code, required=target, step=step, prorated=chance(self.draw, 50)),
            Cases(code, step=step, free=pick(self.draw, (0, 2))),
            Cases(code, where={self.draw(NAMES): self.draw(NAMES)}),
            Cases(code, free=1, by=ByAttribute(self.draw(NAMES), {self.draw(NAMES): 2, "x": 1})),
            Cases(code, by=ByAttribute("y", {self.draw(NAMES): 1}, otherwise=Fraction(1, 3))),
            Once(self.held()),
        )
        return pick(self.draw, ways)

    def times(self) -> tuple[Times, ...]:
        """Draw what multiplies the points."""
        count = pick(self.draw, (0, 1, 2))
        held = dict.fromkeys(self.held() for _ in range(count))
        return tuple(Times(self.draw(FACTORS), each) for each in held)

    def tallied(self, effect: Effect, reach: Reach, where: Placement) -> Rule:
        """Draw a deduction or a bonus."""
        cap = self.draw(DECIMALS) if chance(self.draw, 50) else None
        if effect is Effect.ADD:
            return Bonus(
                self.tally(),
                points=self.draw(POINTS),
                cap=cap,
                where=where,
                times=self.times(),
                when=self.when(),
            )
        return Deduction(
            self.tally(),
            points=self.draw(POINTS),
            cap=cap,
            reach=reach,
            times=self.times(),
            when=self.when(),
        )

    def table(self, effect: Effect, reach: Reach, where: Placement) -> Rule:
        """Draw bands, a curve or a judgement."""
        does: dict[str, Any] = {
            "effect": effect,
            "reach": reach,
            "where": where,
            "when": self.when(),
        }
        points = [self.draw(POINTS) for _ in range(5)]
        bands = (
            Band(points[0], low=self.bound(), low_in=chance(self.draw, 50)),
            Band(points[1], low=self.bound(), high=self.bound(), high_in=chance(self.draw, 50)),
            Band(points[2], high=self.bound()),
            LevelBand(tuple(dict.fromkeys((str(self.draw(NAMES)), "良"))), points[3]),
            CaseBand(self.held(), points[4]),
        )
        some = self.draw(st.lists(st.sampled_from(bands), min_size=1, max_size=4, unique=True))
        at: list[Threshold] = [Given(self.code()), Multiple(2, self.code(), plus=3), Blank("y")]
        if chance(self.draw, 50):
            at = [Fraction(-1), Fraction(1, 3), Fraction(5)]
        knots = [Knot(place, worth) for place, worth in zip(at, points, strict=False)]
        ways: tuple[Rule, ...] = (
            Bands(self.code(), bands=some, otherwise=pick(self.draw, (None, points[0])), **does),
            Curve(self.code(), knots=knots, below=7, above=pick(self.draw, (None, 9)), **does),
            Judgement(self.draw(NAMES), least=self.draw(DECIMALS), most=points[0], **does),
        )
        return pick(self.draw, ways)

    def rule(self, depth: int = 2) -> Rule:
        """Draw a rule of any kind."""
        if chance(self.draw, 10):
            scopes = (Reach.PART, Reach.INDICATOR, Reach.SECTION)
            return Forfeit(self.held(), scope=pick(self.draw, scopes))
        effect = pick(self.draw, tuple(Effect))
        reach = pick(self.draw, tuple(Reach)) if effect is Effect.LOSE else Reach.PART
        where = pick(self.draw, tuple(Placement)) if effect is Effect.ADD else Placement.BEYOND
        if reach is Reach.TOTAL and chance(self.draw, 30):
            return Deduction(
                self.tally(), points=1, reach=reach, on_exhaustion=True, when=self.when()
            )
        return self.of(effect, reach, where, depth)

    def of(self, effect: Effect, reach: Reach, where: Placement, depth: int) -> Rule:
        """Draw a rule or a group with this effect."""
        if depth and chance(self.draw, 25):
            members = [
                self.of(effect, reach, where, depth - 1) for _ in range(pick(self.draw, (1, 2)))
            ]
            cap = self.draw(DECIMALS) if chance(self.draw, 50) else None
            return Group(members, pick=pick(self.draw, tuple(Pick)), cap=cap)
        if effect is Effect.EARN or chance(self.draw, 50):
            return self.table(effect, reach, where)
        return self.tallied(effect, reach, where)


@st.composite
def odd_rules(draw: Draw, measures: tuple[Measure, ...]) -> Rule:
    """Draw a rule of any kind whose names are awkward."""
    return Odd(draw, measures).rule()


# ------------------------------------------------------------------------------ the law


@pytest.mark.parametrize("named", [True, False])
@SLOW
@given(data=st.data())
def test_what_is_written_is_read_back(data: st.DataObject, *, named: bool) -> None:
    """Rules of every kind, with the measures given and with none."""
    measures = data.draw(drawn_measures())
    rules = tuple(data.draw(st.lists(drawn_rules(measures, blanks=True), max_size=4)))
    known = by_code(measures) if named else {}
    text = write_clause(rules, measures=known.values())
    assert read_back(text, known) == rules


@pytest.mark.parametrize("named", [True, False])
@SLOW
@given(data=st.data())
def test_law_1(data: st.DataObject, *, named: bool) -> None:
    """What `write_clause` writes, `read_clause` reads: the same rules, whatever they are."""
    measures = data.draw(drawn_measures())
    rules = tuple(data.draw(st.lists(drawn_rules(measures, blanks=True), min_size=1, max_size=4)))
    known = measures if named else ()
    points = data.draw(st.sampled_from([None, Fraction(5), Fraction(15, 2)]))
    text = write_clause(rules, measures=known, points=points)
    reading = read_clause(text, measures=known, points=points)
    assert reading.rules == rules
    assert reading.points == points
    assert not reading.findings.errors
    named_there = {code for rule in rules for code in rule_measures(rule)}
    assert named_there <= {measure.code for measure in reading.measures}


@pytest.mark.parametrize("name", catalogue.names())
def test_shipped_agreements_are_read_back(name: str) -> None:
    """Every rule of the catalogue, with all the measures of its agreement, in one text."""
    agreement = catalogue.get(name)
    nodes = list(agreement.parts)
    for node in nodes:
        nodes.extend(children_of(node))
    rules = (*agreement.rules, *(rule for node in nodes for rule in node.rules))
    text = write_clause(rules, measures=agreement.measures)
    assert read_back(text, by_code(agreement.measures)) == rules


@pytest.mark.parametrize("named", [True, False])
@settings(SLOW, max_examples=100)
@given(data=st.data())
def test_whatever_things_are_called(data: st.DataObject, *, named: bool) -> None:
    """Names and units made of grammar, shared names, codes that are another measure's name."""
    measures = data.draw(odd_measures())
    rule = data.draw(odd_rules(measures))
    known = by_code(measures) if named else {}
    text = write_clause(rule, measures=known.values())
    assert read_back(text, known) == (rule,)


@settings(SLOW, max_examples=60)
@given(data=st.data())
def test_a_changed_text_is_another_rule_or_none(data: st.DataObject) -> None:
    """Delete, replace or insert a character: what is taken is written exactly as it stands."""
    measures = data.draw(st.one_of(drawn_measures(), odd_measures()))
    rule = data.draw(st.one_of(drawn_rules(measures), odd_rules(measures)))
    known = by_code(measures)
    text = write_clause(rule, measures=measures)
    places = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=8))
    for place in places:
        piece = data.draw(st.sampled_from(("", *PIECES)))
        for other in (
            text[:place] + text[place + 1 :],
            text[:place] + piece + text[place + 1 :],
            text[:place] + piece + text[place:],
        ):
            taken = read_canonical(other, known)
            if taken is not None:
                again = write_clause((each.rule for each in taken), measures=measures)
                stated = other.removesuffix(again)
                assert other == stated + again
                assert not stated or stated.startswith("（")


@SLOW
@given(
    st.lists(st.sampled_from((*PIECES, "。", "扣1分", "每低", "的，")), max_size=30).map("".join)
)
def test_any_text_is_taken_or_refused(text: str) -> None:
    """Whatever the text, reading raises nothing, and what it takes it would write."""
    taken = read_canonical(text, {})
    if taken is not None and not text.startswith("（"):
        assert write_clause(each.rule for each in taken) == text


@given(st.data())
def test_what_is_beside_a_rule_is_not_written(data: st.DataObject) -> None:
    """A rule with a citation and an assumption is read back without them, and is equal."""
    measures = data.draw(drawn_measures())
    rule = data.draw(drawn_rules(measures))
    bare = attrs.evolve(rule, citation=None, assumption=None)
    assert write_clause(rule, measures=measures) == write_clause(bare, measures=measures)
