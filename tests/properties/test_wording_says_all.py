"""The text of a rule says all that counts: no two rules read the same.

What is written is read back by another part of the library, and an official who compares two
texts must be able to trust that equal words mean equal points. Citation and assumption are
beside a rule, not in it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthduty.errors import HealthdutyError
from healthduty.rules.condition import AllOf, AnyOf, Compare, Condition, Flag, Level, Not
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Effect, Pick, Reach, Share
from healthduty.rules.rule import (
    Assumption,
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
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.sources import Citation
from healthduty.wording import Language, rule_text
from strategies import measures as drawn_measures
from strategies import rules as drawn_rules

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MEASURES = {
    measure.code: measure
    for measure in (
        Measure("satisfaction", "满意率", unit="%"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("visits", "门诊人次", unit="人次"),
        Measure("deaths", "婴儿死亡率", unit="‰"),
        Measure("growth", "业务收入增长率", unit="%", kind=MeasureKind.GROWTH),
        Measure("breaches", "计划生育违规", kind=MeasureKind.CASES),
        Measure("no_system", "无制度", kind=MeasureKind.FLAG),
        Measure("archive", "医德档案", kind=MeasureKind.FLAG),
        Measure("records", "台账", levels=("优", "良", "差")),
    )
}
WEIGHTS = {"重大": Fraction(2), "一般": Fraction(1, 2)}
CORPUS = (
    Deduction(
        StepsBelow("satisfaction", target=90, step=5),
        points=1,
        cap=2,
        times=(Times(2, Flag("no_system")),),
    ),
    Deduction(StepsAbove("visits", target=9, step=5, relative=True), points=FULL),
    Deduction(StepsBelow("deaths", target=Multiple(1, "visits", plus=-1)), points=1),
    Deduction(Lacking("surveys", required=Blank("a")), points=1, when=Level("records", "差")),
    Deduction(
        Cases("breaches", free=1, by=ByAttribute("级别", WEIGHTS), where={"区域": "城区"}),
        points=1,
        reach=Reach.TOTAL,
        on_exhaustion=True,
    ),
    Deduction(
        Once(AllOf((AnyOf((Flag("no_system"), Flag("archive"))), Not(Flag("breaches"))))),
        points=1,
    ),
    Bonus(StepsAbove("growth", target=Given("deaths"), step=1), points=1),
    Bonus(StepsBelow("growth", target=ByKind({"centre": 1}, default=2)), points=1, cap=1),
    Bands("satisfaction", Effect.EARN, (Band(5, low=95), Band(3, low=9, high=95), Band(1))),
    Bands("records", Effect.ADD, (LevelBand("优", 1), CaseBand(Flag("archive"), 2))),
    Curve("satisfaction", Effect.LOSE, (Knot(60, 5), Knot(Given("growth"), 0)), below=1),
    Judgement("j", Effect.LOSE),
    Forfeit(Compare("surveys", "<", 1)),
    Group(
        (
            Deduction(Cases("breaches"), points=1),
            Group((Judgement("j", Effect.LOSE), Judgement("k", Effect.LOSE)), pick=Pick.WORST),
        ),
        cap=3,
    ),
)
"""One rule of every kind, with everything that a rule can say somewhere among them."""

WHERE_NONE_IS: dict[str, Any] = {
    "when": Flag("extra"),
    "by": ByAttribute("级别", {"重大": 2}),
    "times": (Times(2, Flag("extra")),),
    "pairs": (("级别", "重大"),),
}


def variants(thing: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - any value in a rule
    """Go through values that differ from `thing` in one place; a class may refuse them."""
    match thing:
        case None | () if name in WHERE_NONE_IS:
            yield WHERE_NONE_IS[name]
        case None:
            yield from (Fraction(7), Fraction(0))
        case bool():
            yield not thing
        case enum.Enum():
            yield from (other for other in type(thing) if other is not thing)
        case Fraction():
            yield from (thing + 1, thing / 2, thing / 3, -thing - 1, Share(Fraction(1, 2)))
            yield from (Given("extra"), Multiple(thing or 2, "extra"), Blank("extra"))
            yield ByKind({"centre": thing})
        case str():
            yield from (thing + "x", "9", "其余", "优")
        case tuple():
            yield from _other_tuples(thing)
        case _:
            yield from _other_records(thing)


def _other_tuples(items: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield from (items[1:], items[::-1], items + items[:1])
    for place, item in enumerate(items):
        for other in variants(item, ""):
            yield (*items[:place], other, *items[place + 1 :])


def _other_records(record: Any) -> Iterator[Any]:  # noqa: ANN401 - any record of a rule
    if isinstance(record, (Compare, Flag, Level, AllOf, AnyOf, Not)):
        yield from (Not(record), AllOf((record,)), AnyOf((record,)))
    if isinstance(record, (StepsBelow, StepsAbove)):
        other_kind = StepsAbove if isinstance(record, StepsBelow) else StepsBelow
        yield other_kind(**attrs.asdict(record, recurse=False))
        yield Lacking(record.measure, required=record.target)
    for field in attrs.fields(type(record)):
        if not field.eq:
            continue
        name = "pairs" if isinstance(record, Cases) and field.name == "where" else field.name
        for other in variants(getattr(record, field.name), name):
            try:
                yield attrs.evolve(record, **{field.name: other})
            except (HealthdutyError, ValueError):
                continue


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_field_of_any_kind_goes_unsaid(lang: Language) -> None:
    """Of every kind one rule, and all that differ from it in one place: no two read the same."""
    seen: dict[str, Rule] = {}
    for rule in CORPUS:
        for one in (rule, *_other_records(rule)):
            text = rule_text(one, MEASURES, lang)
            assert seen.setdefault(text, one) == one, text
    assert len(seen) > 400


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_rules_that_differ_read_differently(lang: Language, data: st.DataObject) -> None:
    """Change anything in a rule but its citation and assumption: the text changes too."""
    measures = {measure.code: measure for measure in data.draw(drawn_measures())}
    drawn = [data.draw(drawn_rules(tuple(measures.values()), blanks=True)) for _ in range(2)]
    seen: dict[str, Rule] = {}
    for rule in drawn:
        for one in (rule, *_other_records(rule)):
            text = rule_text(one, measures, lang)
            assert seen.setdefault(text, one) == one, text


@pytest.mark.parametrize("lang", LANGUAGES)
@given(st.data())
def test_what_is_no_part_of_a_rule_is_not_told(lang: Language, data: st.DataObject) -> None:
    """Citation and assumption stand beside a rule; its clause is the same without them."""
    measures = {measure.code: measure for measure in data.draw(drawn_measures())}
    rule = data.draw(drawn_rules(tuple(measures.values())))
    cited = attrs.evolve(
        rule, citation=Citation("责任书", text="扣分"), assumption=Assumption("只计整档")
    )
    assert rule_text(cited, measures, lang) == rule_text(rule, measures, lang)


CHINESE = ("满意率", "达到", "低于", "以上", "为", "为优", "优", "是", "且", "或", "无", "不满足")
ENGLISH = ("is", "yes", "no", "and", "or", "not", "below", "at least", "plus", "to", "found", "x")
MARKS = ("（", "）", "「", "」", "，", "：", "、", "(", ")", "“", "”", ",", ":", "____")
FIGURES = ("90%", "加5", "的2倍", "计2", "5", "2 times")
PIECES = (*CHINESE, *ENGLISH, *MARKS, *FIGURES)
"""What clauses are made of, for measures that are named after it."""


def awkward_rules(labels: list[str]) -> Iterator[Rule]:
    """Go through rules over measures, levels and kinds with these names."""
    two, first = Fraction(2), labels[0]
    thresholds: list[Threshold] = [two, ByKind({first: 1}, default=two)]
    for label in labels:
        thresholds += [Given(label), Multiple(2, label, plus=5), Multiple(1, label, plus=5)]
        thresholds += [ByKind({label: two}), ByKind({first: two, label + "2": two}), Blank(label)]
    conditions: list[Condition] = []
    for label in labels:
        conditions += [Compare(label, sign, bound) for sign in "<=" for bound in thresholds]
        conditions += [Flag(label), Flag(label, expected=False)]
        conditions += [Level(label, (other,)) for other in labels]
        yield Judgement(label, Effect.LOSE)
        for bound in thresholds:
            yield Deduction(Lacking(label, required=bound), points=1)
            yield Bands(label, Effect.LOSE, (Band(1, low=bound), Band(2, high=bound)))
        for other in labels:
            yield Bands(label, Effect.LOSE, (LevelBand((other,), 1),))
            yield Deduction(Cases(label, where={other: first}), points=1)
            yield Deduction(Cases(label, by=ByAttribute(other, {first: 2})), points=1)
    for condition in conditions:
        yield Deduction(Once(condition), points=1)
        yield Deduction(Once(AllOf((conditions[0], condition))), points=1)
        yield Deduction(Once(AnyOf((condition, Not(conditions[0])))), points=1)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), min_size=3))
def test_no_label_can_be_taken_for_a_clause(lang: Language, words: list[list[str]]) -> None:
    """Whatever measures, levels and kinds are called, two rules never read the same."""
    space = "" if lang == "zh" else " "
    labels = sorted({space.join(pieces) for pieces in words[:3]})
    seen: dict[str, Rule] = {}
    for rule in awkward_rules(labels):
        text = rule_text(rule, {}, lang)
        assert seen.setdefault(text, rule) == rule, text
