"""Targets beside rules: answered, agreeing, reachable, in the right scale and unit."""

from __future__ import annotations

import attrs
import pytest

from checks.faults import SHORT
from checks.making import LOSES, codes, item, make, only
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.veto import Veto, ZeroTotal
from healthduty.rules.condition import AllOf, Compare, Level, Not
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold

NINETY = Target("rate", ">=", 90)


def below(target: Threshold | int | str) -> Deduction:
    """Return a deduction for each 5 % below a target."""
    return Deduction(StepsBelow("rate", target=target, step=5), points=1)


def tenths(target: Threshold | int | str) -> Deduction:
    """Return a deduction for each tenth of a percent below a target."""
    return Deduction(StepsBelow("rate", target=target, step="0.1"), points=1)


@pytest.mark.parametrize(
    ("rules", "targets", "expected"),
    [
        ((SHORT,), NINETY, []),
        ((below(85),), NINETY, ["target-disagrees"]),
        ((below(85), below(90)), NINETY, []),
        ((Group((below(85), LOSES)),), NINETY, ["target-disagrees"]),
        ((below(Blank("x")),), NINETY, ["blank-open"]),
        ((below(Given("last_year")),), NINETY, ["target-disagrees"]),
        ((below(Given("last_year")),), Target("rate", ">=", Given("last_year")), []),
        ((below(ByKind({"a": 90}, default=90)),), NINETY, []),
        ((below(ByKind({"a": 90, "b": 85})),), NINETY, ["target-disagrees"]),
        ((below(Multiple(1, "last_year")),), Target("rate", ">=", Multiple(1, "last_year")), []),
        # any rule that loses or earns may carry the target's number
        ((Forfeit(Compare("rate", "<", 90)),), NINETY, []),
        ((Forfeit(Not(Compare("rate", ">=", 90))),), NINETY, []),
        (
            (Forfeit(AllOf((Compare("rate", "<", 60), Compare("visits", "<", 4)))),),
            NINETY,
            ["target-disagrees"],
        ),
        ((Deduction(Once(Compare("rate", "<", 90)), points=1),), NINETY, []),
        ((Bands("rate", "lose", (Band(5, high=90),)),), NINETY, []),
        ((Bands("rate", "lose", (Band(5, high=80),)),), NINETY, ["target-disagrees"]),
        ((Curve("rate", "lose", (Knot(60, 5), Knot(90, 0))),), NINETY, []),
        # a bonus starts where it likes
        ((SHORT, Bonus(StepsAbove("rate", target=95, step=1), points=1)), NINETY, []),
        # the other direction
        (
            (Deduction(StepsAbove("rate", target=90, step=5), points=1),),
            NINETY,
            ["target-disagrees"],
        ),
        (
            (Deduction(StepsAbove("rate", target=90, step=5), points=1),),
            Target("rate", "<=", 90),
            [],
        ),
        ((SHORT,), Target("rate", "<=", 90), ["target-disagrees"]),
        (
            (SHORT, Deduction(StepsAbove("rate", target=95, step=1), points=1)),
            (NINETY, Target("rate", "<=", 95)),
            [],
        ),
        ((SHORT,), Target("rate", "=", 90), []),
        # nothing to hold it against
        ((Forfeit(Level("quality", "差")),), (Target("quality", "=", 0),), []),
    ],
)
def test_targets_and_rules_ask_the_same(
    rules: tuple[Rule, ...], targets: Target | tuple[Target, ...], expected: list[str]
) -> None:
    """The number, and the direction, of a target is one that the item's rules count from."""
    found = codes(make(item(LOSES, *rules, targets=targets)))
    assert [code for code in found if code != "measure-unused"] == expected


def test_the_other_direction_is_said() -> None:
    """A target to be reached, and points off for passing it, are found in words."""
    agreement = make(item(LOSES, attrs.evolve(SHORT), targets=Target("rate", "<=", 90)))
    assert only(agreement).endswith("is <= 90%, the rules take points for less")
    above = Deduction(StepsAbove("rate", target=90, step=5), points=1)
    assert only(make(item(LOSES, above, targets=NINETY))).endswith("the rules take points for more")


def test_who_may_answer_a_target() -> None:
    """The item's own rules, its parts', those around it, or a judgement."""
    assert codes(make(item(targets=NINETY))) == ["target-without-rule"]
    assert codes(make(item(Judgement("order", "lose"), targets=NINETY))) == []
    part = Part("1.1", points=18, rules=SHORT)
    assert codes(make(item(points=20, parts=(part,), targets=NINETY))) == []
    around = Section("1", parts=(item(number="1.1", targets=NINETY),), rules=SHORT)
    assert codes(make(around)) == []
    assert codes(make(item(targets=NINETY), rules=(SHORT,))) == []


def test_targets_of_items_that_are_not_scored_stand_alone() -> None:
    """A target without points or rules is a requirement, kept as it is."""
    bare = Indicator("1", "满意率", targets=NINETY)
    assert codes(make(bare)) == ["agreement-without-scores"]
    assert codes(make(attrs.evolve(bare, points=5))) == ["points-judged"]
    kept = attrs.evolve(bare, number="1.1", rules=Deduction(Cases("complaints"), points=1))
    assert codes(make(Section("1", points=5, parts=(kept,)))) == []


def test_rules_that_the_targets_do_not_mention() -> None:
    """Where an item names targets, what else its rules ask for is noted."""
    lacking = Deduction(Lacking("surveys", required=2), points=1)
    assert codes(make(item(LOSES, SHORT, lacking))) == []
    assert codes(make(item(LOSES, SHORT, lacking, targets=NINETY))) == ["rule-without-target"]
    part = Part("1.1", points=3, rules=(LOSES, lacking), targets=Target("surveys", ">=", 2))
    assert codes(make(item(SHORT, lacking, points=21, parts=(part,), targets=NINETY))) == []
    once = Deduction(Once(Compare("visits", "<", 4)), points=1)
    assert codes(make(item(LOSES, SHORT, once, targets=NINETY))) == []


@pytest.mark.parametrize(
    ("rule", "target", "expected"),
    [
        (below(100), None, []),
        (below(101), None, ["target-unreachable"]),
        (below(ByKind({"a": 90, "b": 110})), None, ["target-unreachable"]),
        (Deduction(StepsBelow("done", target=110, step=5), points=1), None, []),
        (
            Deduction(StepsAbove("deaths", target=-1, step=1), points=1),
            None,
            ["target-unreachable"],
        ),
        (Deduction(StepsAbove("growth", target=-1, step=1), points=1), None, []),
        (Judgement("order", "lose"), Target("rate", ">", 110), ["target-unreachable"]),
        (Judgement("order", "lose"), Target("visits", "<=", -1), ["target-unreachable"]),
        (Judgement("order", "lose"), Target("visits", ">=", 1000), []),
        (below(110), Target("rate", ">=", 110), ["target-unreachable"]),
    ],
)
def test_targets_that_can_be_reached(
    rule: Rule, target: Target | None, expected: list[str]
) -> None:
    """A proportion ends at the whole, and a count at nothing."""
    found = codes(make(item(LOSES, rule, targets=() if target is None else target)))
    assert [code for code in found if code != "rule-without-target"] == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((tenths("0.9"),), ["scale-odd"]),
        ((tenths(1),), ["scale-odd"]),
        ((tenths("1.5"),), []),
        ((tenths(ByKind({"a": "0.9", "b": "0.8"})),), ["scale-odd"]),
        ((Deduction(StepsBelow("done", target="0.95", step="0.01"), points=1),), ["scale-odd"]),
        ((Deduction(StepsBelow("growth", target=1, step="0.5"), points=1),), []),
        ((Deduction(StepsAbove("rate", target="0.5", step="0.1"), points=1),), []),
        ((Deduction(StepsBelow("deaths", target=1, step="0.1"), points=1),), []),
        ((Forfeit(Compare("rate", "<", "0.6")),), ["scale-odd"]),
        ((Forfeit(Compare("rate", ">", "0.6")),), []),
        ((tenths("0.9"), Forfeit(Compare("rate", "<", "0.6"))), ["scale-odd"]),
        (
            (Bands("rate", "earn", (Band(5, low="0.95"), Band(3, low="0.9", high="0.95"))),),
            ["scale-odd"],
        ),
        ((Bands("rate", "earn", (Band(5, high="0.5"), Band(3, low="0.5", high=1))),), []),
        ((Bands("rate", "earn", (Band(5, low=95), Band(1, low=1, high=95))),), []),
        ((Group((tenths("0.9"), LOSES)),), ["scale-odd"]),
    ],
)
def test_targets_in_the_wrong_scale(rules: tuple[Rule, ...], expected: list[str]) -> None:
    """0.9 for 90 % is found where a target is to be reached; a ceiling of 0.5 % is not."""
    found = codes(make(item(LOSES, *rules)))
    assert [code for code in found if code in ("scale-odd", "rule-never")] == expected


@pytest.mark.parametrize(
    ("measure", "given", "expected"),
    [
        ("rate", "last_year", []),
        ("deaths", "last_year", ["unit-differs"]),
        ("rate", "visits", ["unit-differs"]),
        ("visits", "rate", ["unit-differs"]),
        ("visits", "surveys", []),
        ("visits", "households", []),
    ],
)
def test_given_values_have_the_same_unit(measure: str, given: str, expected: list[str]) -> None:
    """A rate is held against a rate in the same unit; counts may be held against any count."""
    rule = Deduction(StepsBelow(measure, target=Given(given), step=1), points=1)
    assert codes(make(item(LOSES, rule))) == expected
    veto = Veto("v", when=Compare(measure, "<", Given(given)), effects=ZeroTotal())
    assert codes(make(item(), vetoes=(veto,))) == expected
    beside = item(Judgement("order", "lose"), targets=Target(measure, ">=", Given(given)))
    assert codes(make(beside)) == expected
