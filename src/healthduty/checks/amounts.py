"""The most that a rule can take, earn or add, whatever is observed.

Follows from caps and from what a measure can be: a rate falls short of 90 % by 90 points at
most, a required number by itself. None means that nothing in the agreement bounds it. All
amounts are in points, and upper bounds: the truth may be smaller, never larger.

Source: semantics 4 (steps), 5 (from what to what); “How a point is lost”, section 2.

>>> from healthduty.rules.rule import Deduction
>>> surveys = Measure("surveys", unit="次")
>>> str(
...     most_points(
...         Deduction(Lacking(surveys, required=2), points="0.5"), ZERO, {"surveys": surveys}
...     )
... )
'1'
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from healthduty.checks.feasible import Look, kinds_of
from healthduty.checks.values import NUMERIC_KINDS, highest, lowest
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.model.tree import ZERO, Spot
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect, Pick, Placement, Points, Share
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Rule,
    effect_of,
    placement_of,
)
from healthduty.rules.tally import (
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
    tally_thresholds,
)
from healthduty.said import Said

Measures = Mapping[str, Measure]


def measures_of(agreement: Agreement) -> dict[str, Measure]:
    """Return the agreement's measures by code; of a code that is used twice the first."""
    return {measure.code: measure for measure in reversed(agreement.measures)}


def worth(points: Points, full: Fraction) -> Fraction:
    """Return points as a number; a share is of the item's `full` points."""
    return points.part * full if isinstance(points, Share) else points


def show_points(points: Fraction) -> str:
    """Return points in words, for messages.

    >>> show_points(Fraction(1)), show_points(Fraction(5, 2))
    ('1 point', '2.5 points')
    """
    return Said(f"{show(points)} {'point' if points == 1 else 'points'}", f"{show(points)}分")


def smaller(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """Return the lower of two bounds; None is no bound."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def together(parts: Iterable[Fraction | None]) -> Fraction | None:
    """Return the sum of bounds, None where one of them has no bound."""
    total = ZERO
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def most_points(rule: Rule, full: Fraction, measures: Measures) -> Fraction | None:
    """Return the most points that a rule of an item with `full` points can come to."""
    match rule:
        case Deduction() | Bonus():
            return smaller(_most_counted(rule, full, measures), rule.cap)
        case Bands():
            paid = [worth(band.points, full) for band in rule.bands]
            return max(*paid, ZERO if rule.otherwise is None else worth(rule.otherwise, full))
        case Curve():
            ends = [points for points in (rule.below, rule.above) if points is not None]
            return max(worth(points, full) for points in (*_knot_points(rule), *ends))
        case Judgement():
            return worth(rule.most, full)
        case Forfeit():
            return full
        case Group():
            return smaller(_most_of_group(rule, full, measures), rule.cap)
        case _:
            assert_never(rule)


def _knot_points(rule: Curve) -> list[Points]:
    return [knot.points for knot in rule.knots]


def _most_counted(rule: Deduction | Bonus, full: Fraction, measures: Measures) -> Fraction | None:
    each = worth(rule.points, full)
    for times in rule.times:
        each *= max(times.factor, Fraction(1))
    count = most_counted(rule.tally, measures)
    if count is None:
        return None if each else ZERO
    return count * each


def _most_of_group(rule: Group, full: Fraction, measures: Measures) -> Fraction | None:
    members = [most_points(member, full, measures) for member in rule.rules]
    if rule.pick is Pick.ALL:
        return together(members)
    # The dearest loss and the best gain can be as much as any member; the other way round the
    # group never comes to more than its smallest member can.
    loses = effect_of(rule) is Effect.LOSE
    if (rule.pick is Pick.WORST) == loses:
        known = [member for member in members if member is not None]
        return max(known) if len(known) == len(members) else None
    least: Fraction | None = None
    for member in members:
        least = smaller(least, member)
    return least


def most_counted(tally: Tally, measures: Measures) -> Fraction | None:
    """Return the most that a tally can come to, for any kind of facility."""
    if isinstance(tally, Once):
        return Fraction(1)
    measure = measures.get(tally.measure)
    kinds = kinds_of(tally_thresholds(tally))
    if measure is None or measure.kind not in NUMERIC_KINDS or not kinds:
        return None
    found = [_most_for(tally, measure, Look(measures, kind)) for kind in kinds]
    known = [count for count in found if count is not None]
    return max(known) if len(known) == len(found) else None


def _most_for(
    tally: StepsBelow | StepsAbove | Lacking | Cases, measure: Measure, look: Look
) -> Fraction | None:
    match tally:
        case StepsBelow() | StepsAbove():
            return _most_steps(tally, measure, look)
        case Lacking():
            required, low = look.number(tally.required), lowest(measure)
            if required is None or low is None:
                return None
            lacking = max(ZERO, math.floor(required) - low)
            return Fraction(math.floor(lacking / tally.step))
        case Cases():
            weights = [] if tally.by is None else [weight for _, weight in tally.by.weights]
            if tally.by is None or tally.by.otherwise or any(weights):
                return None
            return ZERO
        case _:
            assert_never(tally)


def _most_steps(tally: StepsBelow | StepsAbove, measure: Measure, look: Look) -> Fraction | None:
    target = look.number(tally.target)
    below = isinstance(tally, StepsBelow)
    end = lowest(measure) if below else highest(measure)
    if target is None or end is None:
        return None
    gap = max(ZERO, target - end if below else end - target)
    step = Fraction(1) if tally.step is None else tally.step
    if tally.relative or tally.step is None:
        step = step * target / (100 if tally.relative else 1)
    if step <= 0:
        return None  # nothing can be a share of nothing: a finding of its own
    steps = gap / step
    if tally.counting is Counting.COMPLETE:
        return Fraction(math.floor(steps))
    return Fraction(math.ceil(steps)) if tally.counting is Counting.STARTED else steps


def most_bonus(spot: Spot, measures: Measures) -> Fraction | None:
    """Return the most bonus points beyond the full points that a node and its items can add."""
    own = (
        most_points(rule, spot.full, measures)
        for rule in spot.node.rules
        if placement_of(rule) is Placement.BEYOND
    )
    bonus = together([*own, *(most_bonus(child, measures) for child in spot.children)])
    node = spot.node
    if isinstance(node, Agreement):
        bonus = smaller(bonus, node.bonus_cap)
    if isinstance(node, (Agreement, Section)) and node.cap is not None:
        bonus = smaller(bonus, max(ZERO, node.cap - spot.full))
    return bonus


def highest_total(root: Spot, measures: Measures) -> Fraction | None:
    """Return the highest total that an agreement can give, None where bonuses have no bound.

    A cap of the total is a bound, too.
    """
    bonus = most_bonus(root, measures)
    cap = root.node.cap if isinstance(root.node, Agreement) else None
    return smaller(None if bonus is None else root.full + bonus, cap)
