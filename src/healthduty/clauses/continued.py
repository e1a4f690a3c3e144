"""Bands that go on as they began: 第一名得10分，第二名得9分，以此类推; 以下依次递减1分.

From one place to the next the points change by as much each time. So they go on downwards until
nothing is left, and upwards until all of the item's points are reached.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("第一名得3分，第二名得2分，以此类推").rules[0]
>>> [(str(band.low), str(band.points)) for band in rule.bands]
[('1', '3'), ('2', '2'), ('3', '1')]
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import Context, Draft
from healthduty.rules.rule import Assumption, Band, Bands

_MOST = 40
"""Nobody means more places than these."""


def go_on_alike(context: Context) -> bool:
    """Read 以此类推 behind two bands or more; False where they do not change alike."""
    last = context.last()
    rows = [] if last is None else _rows(last)
    steps = {(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(rows)}
    if last is None or len(steps) != 1:
        return False
    (step,) = steps
    return _go_on(context, last, rows, *step)


def go_down_by(context: Context, points: Fraction) -> bool:
    """Read 以下依次递减1分 behind a place or more: each further one has so much less."""
    last = context.last()
    rows = [] if last is None else _rows(last)
    if last is None or not rows or points <= 0:
        return False
    return _go_on(context, last, rows, Fraction(1), -points)


def _rows(draft: Draft) -> list[tuple[Fraction, Fraction]]:
    """Return the number and the points of each band, nothing where one holds several numbers."""
    rule = draft.rule
    rows: list[tuple[Fraction, Fraction]] = []
    for band in rule.bands if isinstance(rule, Bands) else ():
        match band:
            case Band(low=Fraction() as low, high=high, points=Fraction() as points) if (
                high == low or (high is None and rows)
            ):
                rows.append((low, points))
            case _:
                return []
    return rows


def _go_on(
    context: Context,
    draft: Draft,
    rows: list[tuple[Fraction, Fraction]],
    by: Fraction,
    more: Fraction,
) -> bool:
    """Add the bands that follow; False where the points neither fall nor reach a most."""
    rule, (at, points) = draft.rule, rows[-1]
    most = context.points
    if not isinstance(rule, Bands) or by <= 0 or not more or (more > 0 and most is None):
        return False
    bands = [Band(each, low=low, high=low, high_in=True) for low, each in rows]
    while len(bands) < _MOST:
        at, points = at + by, points + more
        if points <= 0 or (most is not None and points > most):
            break
        bands.append(Band(points, low=at, high=at, high_in=True))
    if more > 0:
        bands[-1] = attrs.evolve(bands[-1], high=None, high_in=False)
    assumption = Assumption(assumed.AND_MORE) if more > 0 else rule.assumption
    draft.rule = attrs.evolve(rule, bands=tuple(bands), assumption=assumption)
    return True
