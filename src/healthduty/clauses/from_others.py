"""Points that are earned by steps from what comes with the record: 较上年每提高1个百分点得2分.

Whoever has last year's value has none of them yet, or what 与上年持平得5分 says; each step on adds
to that, inside the item's points.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 14.

>>> from healthduty.clauses.clause import read_clause
>>> base, on_top = read_clause("签约率较上年每提高1个百分点得2分", points=10).rules
>>> base.bands[0].low, on_top.tally.target
(Given(measure='上年签约率'), Given(measure='上年签约率'))
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect, Placement, Points
from healthduty.rules.rule import Band, Bands, CaseBand, effect_of
from healthduty.rules.threshold import Given, Multiple

_EVEN = "持平"


def earned_from(
    context: Context, segment: Segment, action: Action, indices: Sequence[int], *, below: bool
) -> Action:
    """Return what is earned by steps as points on top of those at the goal, which are a rule then.

    `indices` are the goals that the steps leave; the action as it is where they are numbers.
    """
    target = context.goals[indices[0]].target if len(indices) == 1 else None
    if not isinstance(target, Given | Multiple):
        return action
    measure, even = context.goal_measure(indices[0]), _take_even(context)
    points = Fraction(0) if even is None else even
    band = Band(points, high=target, high_in=True) if below else Band(points, low=target)
    base, last = Bands(measure, Effect.EARN, (band,)), context.last()
    if even is not None and last is not None:
        last.rule = base
    elif not any(effect_of(draft.rule) is Effect.EARN for draft in context.drafts):
        context.add([base], segment, indices)
    return attrs.evolve(action, effect=Effect.ADD, where=Placement.INSIDE)


def _take_even(context: Context) -> Points | None:
    """Return the points of 与上年持平得5分 right before; its fact is no measure any more."""
    last = context.last()
    if last is None or last.sentence != context.sentence:
        return None
    match last.rule:
        case Bands(bands=(CaseBand(when=Flag(measure=name)) as band,), effect=Effect.EARN):
            if not name.endswith(_EVEN):
                return None
            context.quantities.forget(name)
            for at in range(last.first, last.end):
                context.claims[at] = (Taken.RULE, "what it is compared with")
            return band.points
        case _:
            return None
