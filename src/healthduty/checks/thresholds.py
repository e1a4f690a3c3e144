"""What each rule holds against which measure: the pairs that the checks of targets read.

A rule's `when` and its factors are left out: they say when a rule speaks, not what an item asks.

Source: vocabulary “Target”; semantics 4, 14.

>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> rule = Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5")
>>> [(held.measure, str(held.threshold), held.floor) for held in held_by(rule)]
[('satisfaction', '90', True)]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import attrs

from healthduty.checks.feasible import Look, kinds_of
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import Measure
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow, Tally
from healthduty.rules.threshold import Blank, ByKind, Threshold, show_threshold


@attrs.frozen
class Held:
    """A threshold that a measure is held against.

    `floor` says that the threshold is to be reached from below (每低…), `ceiling` that it is not
    to be passed (每超…); bands and curves tell neither.
    """

    measure: str
    threshold: Threshold
    floor: bool = False
    ceiling: bool = False


def held_by(rule: Rule) -> Iterator[Held]:
    """Go through what a rule counts from, in written order; groups give their members'."""
    match rule:
        case Deduction() | Bonus():
            yield from _held_by_tally(rule.tally)
        case Bands():
            for band in rule.bands:
                if isinstance(band, Band):
                    bounds = (bound for bound in (band.low, band.high) if bound is not None)
                    yield from (Held(rule.measure, bound) for bound in bounds)
        case Curve():
            yield from (Held(rule.measure, knot.at) for knot in rule.knots)
        case Forfeit():
            yield from held_by_condition(rule.when)
        case Judgement():
            return
        case Group():
            for member in rule.rules:
                yield from held_by(member)
        case _:
            assert_never(rule)


def _held_by_tally(tally: Tally) -> Iterator[Held]:
    match tally:
        case StepsBelow():
            yield Held(tally.measure, tally.target, floor=True)
        case StepsAbove():
            yield Held(tally.measure, tally.target, ceiling=True)
        case Lacking():
            yield Held(tally.measure, tally.required, floor=True)
        case Cases():
            return
        case Once():
            yield from held_by_condition(tally.condition)
        case _:
            assert_never(tally)


def held_by_condition(condition: Condition) -> Iterator[Held]:
    """Go through the comparisons of a condition that costs points when it holds."""
    match condition:
        case Compare():
            below = condition.comparator is Comparator.LESS
            above = condition.comparator is Comparator.MORE
            yield Held(condition.measure, condition.threshold, floor=below, ceiling=above)
        case Flag() | Level():
            return
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from held_by_condition(part)
        case Not():
            # Turned round, a floor is a ceiling; which one it was does not matter here.
            for held in held_by_condition(condition.condition):
                yield Held(held.measure, held.threshold)
        case _:
            assert_never(condition)


def same_threshold(one: Threshold, other: Threshold) -> bool:
    """Return whether two thresholds ask the same; an open blank may still become anything."""
    if isinstance(one, Blank) or isinstance(other, Blank):
        return True
    if isinstance(one, ByKind) or isinstance(other, ByKind):
        looks = [Look({}, kind) for kind in kinds_of((one, other))]
        return all(look.number(one) == look.number(other) for look in looks)
    return one == other


def show_number(threshold: Threshold, measure: Measure) -> str:
    """Return a threshold with the measure's unit behind it, for messages."""
    return f"{show_threshold(threshold)}{measure.suffix}"
