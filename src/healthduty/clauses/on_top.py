"""Points on top of a base: 达到60%得6分，每增加10%多得1分，最高得10分.

The base is earned, and what comes on top of it counts inside the item's points: a most of 10 is for
both together. Only where the base is all of the item's points do further ones go beyond them.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("建档率达到60%得6分，每增加10%多得1分，最高得10分", points=10)
>>> str(reading.rules[1].cap), reading.rules[1].where.value
('4', 'inside')
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.banded import band_from
from healthduty.clauses.context import Context, Draft
from healthduty.rules.condition import Compare
from healthduty.rules.points import FULL, Effect, Placement
from healthduty.rules.rule import Assumption, Band, Bands, Bonus, Curve, Knot, Rule, rule_measures
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow


def cap_with_base(context: Context, action: Action, cap: Fraction) -> bool:
    """Read 最高得10分 behind a base and steps as the most of both; False where it is not that."""
    if len(context.drafts) < len(("base", "steps")):
        return False
    base, steps = context.drafts[-2:]
    points = _base(base.rule, steps.rule)
    if points is None or not isinstance(steps.rule, Bonus) or cap <= points:
        return False
    bare = action.effect is Effect.LOSE  # 最高10分: as many as the item has
    if not (action.effect is Effect.EARN or (bare and cap == context.points)):
        return False
    steps.rule = attrs.evolve(_inside(steps.rule), cap=cap - points)
    base.rule = _earned(base.rule)
    return True


def cap_of_each(context: Context, action: Action, cap: Fraction) -> bool:
    """Read 建档1份得0.1分，最多得10分 as so many for each; False where it is not that."""
    last = context.last()
    match None if last is None else last.rule:
        case (
            Bands(
                bands=(Band(low=Fraction() as number, points=Fraction() as points) as band,),
                effect=Effect.EARN,
                otherwise=None,
            ) as rule
        ):
            each = band.high == number and 0 < points < cap and action.effect is not Effect.ADD
            if last is None or not each or number != 1:
                return False
            knots = (Knot(0, 0), Knot(number * cap / points, cap))
            last.rule = Curve(rule.measure, Effect.EARN, knots)
            return True
        case _:
            return False


def place_on_top(context: Context) -> None:
    """Count what comes on top of a base inside the points that the base leaves."""
    for base, steps in itertools.pairwise(context.drafts):
        points, worth = _base(base.rule, steps.rule), _worth(context, steps)
        less = points is not None and worth is not None and points < worth
        beyond = isinstance(steps.rule, Bonus) and steps.rule.where is Placement.BEYOND
        if less and beyond and isinstance(base.rule, Bands) and isinstance(steps.rule, Bonus):
            steps.rule = _inside(steps.rule)
        elif not beyond and isinstance(steps.rule, Bonus) and _takes_all(base.rule, steps.rule):
            steps.rule = attrs.evolve(steps.rule, where=Placement.BEYOND)


def _takes_all(base: Rule, steps: Bonus) -> bool:
    """Whether the base of some steps earns all points: 达到95%得满分，每超1%得0.5分."""
    match base:
        case Bands(bands=(Band(points=points),), effect=Effect.EARN, otherwise=None):
            return points == FULL and base.measure in rule_measures(steps)
        case _:
            return False


def _inside(rule: Bonus) -> Bonus:
    """Return a bonus that counts inside the item, which the text does not say."""
    said = "" if rule.assumption is None else rule.assumption.text
    text = assumed.both(said, assumed.INSIDE) if said else assumed.INSIDE
    about = "" if rule.assumption is None else rule.assumption.about
    return attrs.evolve(rule, where=Placement.INSIDE, assumption=Assumption(text, about=about))


def has_base(context: Context, measure: str) -> bool:
    """Whether the rule before earns points where this quantity reaches a bound."""
    last = context.last()
    rule = None if last is None else last.rule
    return isinstance(rule, Bands) and rule.effect is Effect.EARN and rule.measure == measure


def _worth(context: Context, draft: Draft) -> Fraction | None:
    if draft.part:
        return context.parts[draft.part - 1].points
    return context.points if context.points is not None else context.stated


def _base(base: Rule, steps: Rule) -> Fraction | None:
    """Return the points of a base that steps of its own quantity go on from."""
    if not isinstance(steps, Bonus) or not isinstance(steps.tally, StepsAbove | StepsBelow | Cases):
        return None
    match base:
        case Bands(bands=(Band(points=Fraction() as points),), effect=Effect.EARN, otherwise=None):
            return points if base.measure == steps.tally.measure else None
        case Bonus(tally=Once(condition=Compare(measure=measure)), points=Fraction() as points):
            return points if measure == steps.tally.measure else None
        case _:
            return None


def _earned(base: Rule) -> Rule:
    """Return ≥86%加1分 as points that are earned, where what goes on from it is."""
    match base:
        case Bonus(tally=Once(condition=Compare() as compare), points=points):
            return Bands(compare.measure, Effect.EARN, (band_from(compare, points),))
        case _:
            return base
