"""Ranks, percentiles and means over exact numbers: what a unit is among its like.

Pure functions over sequences of exact values (ints, Fractions, Decimals): nothing here knows a
facility or a measure, so one facility and a million are ranked by the same lines.

Source: vocabulary “Grade scale”; semantics 1
(exact numbers), 2 (a pair is never divided first).

>>> ranks([Fraction(9), Fraction(7), Fraction(9), Fraction(8)])
(1, 4, 1, 3)
>>> pooled([(9, 10), (500, 1000)])
(Fraction(509, 1), Fraction(1010, 1))
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from healthduty.errors import UsageError
from healthduty.rules.measure import Word

Exact = int | Fraction | Decimal
"""A number that no binary fraction has touched."""

_WHOLE = 100


class Direction(Word):
    """Which of two numbers is the better one."""

    HIGHER = "higher"
    LOWER = "lower"


class Ties(Word):
    """What ranks equals get, and what is left for those behind them."""

    SHARED = "shared"
    """They share the best of their places, and the next ones are skipped: 1, 2, 2, 4."""
    DENSE = "dense"
    """They share a place that counts once: 1, 2, 2, 3."""
    LAST = "last"
    """They share the worst of their places: 1, 3, 3, 4."""


def ranks(
    values: Sequence[Exact],
    direction: Direction = Direction.HIGHER,
    ties: Ties = Ties.SHARED,
) -> tuple[int, ...]:
    """Return the rank of each value, 1 being the best."""
    ordered: list[Exact] = sorted(set(values) if ties is Ties.DENSE else values)
    count, higher = len(ordered), direction is Direction.HIGHER
    match ties:
        case Ties.SHARED | Ties.DENSE:
            better = {
                value: count - bisect.bisect_right(ordered, value)
                if higher
                else bisect.bisect_left(ordered, value)
                for value in set(values)
            }
            return tuple(better[value] + 1 for value in values)
        case Ties.LAST:
            no_worse = {
                value: count - bisect.bisect_left(ordered, value)
                if higher
                else bisect.bisect_right(ordered, value)
                for value in set(values)
            }
            return tuple(no_worse[value] for value in values)
        case _:
            assert_never(ties)


def beaten(
    values: Sequence[Exact], direction: Direction = Direction.HIGHER
) -> tuple[tuple[int, int], ...]:
    """Return for each value how many of the others it beats, and how many others there are.

    The pair is a percentile rank that was not divided: the best of all beats all others (100 %),
    the worst none, and whoever is alone has 0 of 0, which does not apply.

    >>> beaten([90, 80, 90])
    ((1, 2), (0, 2), (1, 2))
    """
    # As many as it beats, stand behind the worst of its places.
    return tuple(
        (len(values) - place, len(values) - 1) for place in ranks(values, direction, Ties.LAST)
    )


def percentile(
    values: Sequence[Exact], at: Exact, direction: Direction = Direction.HIGHER
) -> Fraction:
    """Return the value that `at` % of the way from the worst to the best lies at.

    Between two values the straight line (as PERCENTILE.INC of a spreadsheet), exactly: 0 is the
    worst, 50 the median, 100 the best.

    Raises:
        UsageError: no value at all, or a percentile outside 0 to 100.

    >>> percentile([1, 2, 4], 75), percentile([1, 2, 4], 75, Direction.LOWER)
    (Fraction(3, 1), Fraction(3, 2))
    """
    share = Fraction(at) / _WHOLE
    if not values or not 0 <= share <= 1:
        raise UsageError("a percentile lies between 0 and 100, among one value or more")
    ordered = [Fraction(each) for each in sorted(values)]
    if direction is Direction.LOWER:
        ordered.reverse()
    place = share * (len(ordered) - 1)
    whole = place.numerator // place.denominator
    low, high = ordered[whole], ordered[min(whole + 1, len(ordered) - 1)]
    return low + (high - low) * (place - whole)


def median(values: Sequence[Exact]) -> Fraction:
    """Return the middle value, or what lies midway between the two middle ones.

    Raises:
        UsageError: no value at all.
    """
    return percentile(values, _WHOLE // 2)


def mean(values: Sequence[Exact], weights: Sequence[Exact] | None = None) -> Fraction:
    """Return the mean, each value counting once or by its weight.

    Raises:
        UsageError: no value, or none that weighs anything.

    >>> mean([90, 60]), mean([90, 60], [1, 2])
    (Fraction(75, 1), Fraction(70, 1))
    """
    heavy = [Fraction(1)] * len(values) if weights is None else [Fraction(w) for w in weights]
    whole = total(heavy)
    if not whole:
        raise UsageError("there is no mean of nothing: no value weighs anything")
    return total([Fraction(v) * w for v, w in zip(values, heavy, strict=True)]) / whole


def pooled(pairs: Sequence[tuple[Exact, Exact]]) -> tuple[Fraction, Fraction]:
    """Return all numerators and all denominators added up: the rate of all together."""
    tops, bottoms = [Fraction(top) for top, _ in pairs], [Fraction(bottom) for _, bottom in pairs]
    return total(tops), total(bottoms)


def total(values: Sequence[Fraction]) -> Fraction:
    """Return the sum, by halves: thousands of different denominators then meet only once."""
    if len(values) > 2:  # noqa: PLR2004 - a half of two is one
        middle = len(values) // 2
        return total(values[:middle]) + total(values[middle:])
    return sum(values, Fraction(0))
