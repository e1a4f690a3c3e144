"""Which of two bands has the number that both of them name: 40%以下不得分，40%—80%得5分.

It belongs to the better one, whichever stands first, unless a sign (≤, 大于) or （含） says whose
it is. 以上, 以下 and a range by themselves say nothing against the band beside them; a range that
earns and has no band above it holds both its ends.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 3, 9.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("覆盖率40%以下不得分，40%-80%得5分，80%以上得8分").rules[0]
>>> [(str(band.low), str(band.high), band.high_in) for band in rule.bands][:2]
[('None', '40', False), ('40', '80', False)]
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from fractions import Fraction

import attrs

from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.text.phrases import Bounds
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import AnyBand, Band, Bands
from healthduty.rules.threshold import Threshold

_MORE_THAN_ALL = Fraction(10**9)


def note_ends(context: Context, measure: Measure, bounds: Bounds) -> None:
    """Remember the ends of bounds that do not say whether they hold their number."""
    if not bounds.loose:
        return
    for end in (bounds.low, bounds.high):
        if isinstance(end, Fraction):
            context.loose_ends.add((measure.code, end, end == bounds.high))


def said_outside(context: Context, rule: Bands) -> frozenset[Threshold | None]:
    """Return the upper ends that words put outside their bands: 100 of 90%以上但不足100%的."""
    loose = context.loose_ends
    return frozenset(
        band.high
        for band in rule.bands
        if isinstance(band, Band) and isinstance(band.high, Fraction)
        if not band.high_in and (rule.measure, band.high, True) not in loose
    )


def beside_goal(context: Context, measure: Measure, bounds: Bounds) -> Bounds:
    """Return 85%以下 without 85 where 85 % is what has to be reached: who reaches it loses nothing.

    So does 30%以上 beside 30%以内; a sign or （含） says whose the number is.
    """
    single = bounds.single
    if single is None or not bounds.loose:
        return bounds
    for index in range(max(0, len(context.goals) - RECENT), len(context.goals)):
        asked = context.goals[index].bounds
        if asked.unit != bounds.unit or context.goal_measure(index).code != measure.code:
            continue
        if bounds.low is None and asked.low == bounds.high and asked.low_in:
            return attrs.evolve(bounds, high_in=False)
        if bounds.high is None and asked.high == bounds.low and asked.high_in:
            return attrs.evolve(bounds, low_in=False)
    return bounds


def share_ends(context: Context) -> None:
    """Give each number that two bands name to one of them."""
    for draft in context.drafts:
        rule = draft.rule
        if isinstance(rule, Bands) and len(rule.bands) > 1:
            draft.rule = attrs.evolve(rule, bands=_shared(context, rule))
    begun = {
        (rule.measure, band.low)
        for rule in (draft.rule for draft in context.drafts)
        if isinstance(rule, Bands)
        for band in rule.bands
        if isinstance(band, Band)
    }
    for draft in context.drafts:
        rule = draft.rule
        if isinstance(rule, Bands) and rule.effect is Effect.EARN:
            draft.rule = attrs.evolve(rule, bands=_closed(context, rule, begun))


def _closed(
    context: Context, rule: Bands, begun: AbstractSet[tuple[str, object]]
) -> tuple[AnyBand, ...]:
    """Return bands with their upper ends, but for those where another band begins."""
    return tuple(
        attrs.evolve(band, high_in=True)
        if isinstance(band, Band)
        and band.low is not None
        and (rule.measure, band.high, True) in context.loose_ends
        and (rule.measure, band.high) not in begun
        else band
        for band in rule.bands
    )


def _shared(context: Context, rule: Bands) -> tuple[AnyBand, ...]:
    bands = list(rule.bands)
    for at, first in enumerate(rule.bands):
        for other, second in enumerate(rule.bands):
            number = first.high if isinstance(first, Band) else None
            if not isinstance(number, Fraction) or not isinstance(second, Band) or at == other:
                continue
            below, above = bands[at], bands[other]
            if second.low != number or not (isinstance(below, Band) and isinstance(above, Band)):
                continue
            upper = None if _is_one(below, above) else _is_upper(context, rule, below, above)
            if upper is None or upper is _has_upper(below, above, first=at < other):
                continue
            bands[at] = attrs.evolve(below, high_in=not upper)
            bands[other] = attrs.evolve(above, low_in=upper)
    return tuple(bands)


def _has_upper(below: Band, above: Band, *, first: bool) -> bool | None:
    """Return whether the upper band has the number as it stands, None where neither has it.

    The first band that holds a value is the one that counts; `first`: the lower one is.
    """
    match below.high_in, above.low_in:
        case (False, False):
            return None
        case (True, True):
            return not first
        case _:
            return above.low_in


def _is_one(below: Band, above: Band) -> bool:
    """Whether one of two bands holds a single number, which is its own."""
    return below.low == below.high or above.low == above.high


def _is_upper(context: Context, rule: Bands, below: Band, above: Band) -> bool | None:
    """Return whether the upper of two bands has the number between them; None if both say so."""
    loose = context.loose_ends
    ends = ((rule.measure, below.high, True) in loose, (rule.measure, above.low, False) in loose)
    match ends:
        case (True, True):
            least, most = _worth(rule, below), _worth(rule, above)
            return None if least == most else most > least
        case (False, True):
            return not below.high_in
        case (True, False):
            return above.low_in
        case _:
            return None


def _worth(rule: Bands, band: Band) -> Fraction:
    """Return how good a band is: what it earns, or less what it takes."""
    points = _MORE_THAN_ALL if band.points == FULL else band.points
    if not isinstance(points, Fraction):
        return Fraction(0)
    return -points if rule.effect is Effect.LOSE else points
