"""Sets of numbers: what a measure can be, and where a comparison or a band holds.

A set is a row of stretches between *cuts*. A cut lies just below or just above a number, so
open and closed ends need no cases of their own: “below 90” ends at the cut just below 90, “up
to 90” at the cut just above it. For whole numbers every cut moves to the next number above, and
“more than 1” and “at least 2” become the same set. All of it is exact.

Source: semantics 2 (what a rate can be), 3 (comparators), 9 (bands).

>>> seen = Values.between(1, None, low_in=False, whole=True)
>>> seen == Values.between(2, None, whole=True)
True
>>> bool(Values.between(80, 90, high_in=False) & Values.between(90, None))
False
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.exact import UNIT_SCALES, show
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said, chinese

Cut = tuple[int, Fraction, int]
"""−1, 0 or 1 for −∞, a number, +∞; the number; 0 for just below it, 1 for just above."""

_ZERO = Fraction(0)
BOTTOM: Cut = (-1, _ZERO, 0)
TOP: Cut = (1, _ZERO, 0)

Stretch = tuple[Cut, Cut]
"""Everything between two cuts, the first being the lower."""

WHOLE_KINDS = frozenset({MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.LEVEL, MeasureKind.FLAG})
"""The kinds whose values are whole numbers: a level is its place, a flag 1 or 0."""

NUMERIC_KINDS = frozenset(MeasureKind) - {MeasureKind.LEVEL, MeasureKind.FLAG}
"""The kinds whose values are numbers that can be compared."""


def _cut(number: Fraction | int, side: int, *, whole: bool) -> Cut:
    exact = Fraction(number)
    if not whole:
        return 0, exact, side
    return 0, Fraction(math.floor(exact) + 1 if side else math.ceil(exact)), 0


@attrs.frozen
class Values:
    """A set of numbers: stretches, ascending and apart from each other."""

    stretches: tuple[Stretch, ...] = ()

    @classmethod
    def between(
        cls,
        low: Fraction | int | None,
        high: Fraction | int | None,
        *,
        low_in: bool = True,
        high_in: bool = True,
        whole: bool = False,
    ) -> Values:
        """Return the numbers between two bounds; None has no bound."""
        start = BOTTOM if low is None else _cut(low, 0 if low_in else 1, whole=whole)
        end = TOP if high is None else _cut(high, 1 if high_in else 0, whole=whole)
        return cls(((start, end),) if start < end else ())

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Values:
        """Return the set of these whole numbers."""
        found = cls()
        for number in numbers:
            found |= cls.between(number, number, whole=True)
        return found

    def __bool__(self) -> bool:
        """Return whether there is any number in it."""
        return bool(self.stretches)

    def __and__(self, other: Values) -> Values:
        """Return what is in both."""
        common = (
            (max(start, lower), min(end, upper))
            for start, end in self.stretches
            for lower, upper in other.stretches
        )
        return Values(tuple((start, end) for start, end in common if start < end))

    def __or__(self, other: Values) -> Values:
        """Return what is in either."""
        merged: list[Stretch] = []
        for start, end in sorted((*self.stretches, *other.stretches)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return Values(tuple(merged))

    def __sub__(self, other: Values) -> Values:
        """Return what is in this one only."""
        return self & other.complement()

    def complement(self) -> Values:
        """Return all that is not in it, whatever a measure could be."""
        cuts = [BOTTOM, *(cut for stretch in self.stretches for cut in stretch), TOP]
        pairs = zip(cuts[::2], cuts[1::2], strict=True)
        return Values(tuple((start, end) for start, end in pairs if start < end))


def is_whole(measure: Measure) -> bool:
    """Return whether a measure's values are whole numbers."""
    return measure.kind in WHOLE_KINDS


def domain(measure: Measure) -> Values:
    """Return what a measure can be, in its own unit; a proportion lies between none and all."""
    match measure.kind:
        case MeasureKind.RATE:
            return Values.between(0, UNIT_SCALES[measure.unit])
        case MeasureKind.COMPLETION:
            return Values.between(0, None)
        case MeasureKind.GROWTH | MeasureKind.AMOUNT:
            return Values.between(None, None)
        case MeasureKind.COUNT | MeasureKind.CASES:
            return Values.between(0, None, whole=True)
        case MeasureKind.LEVEL:
            return Values.between(0, len(measure.levels) - 1, whole=True)
        case MeasureKind.FLAG:
            return Values.between(0, 1, whole=True)
        case _:
            assert_never(measure.kind)


def lowest(measure: Measure) -> Fraction | None:
    """Return the smallest value that a measure can have, or None where there is none."""
    start = domain(measure).stretches[0][0]
    return None if start == BOTTOM else start[1]


def highest(measure: Measure) -> Fraction | None:
    """Return the largest value that a measure can have, or None where there is none."""
    end = domain(measure).stretches[-1][1]
    if end == TOP:
        return None
    return end[1] - 1 if is_whole(measure) else end[1]


def compared(comparator: Comparator, number: Fraction, *, whole: bool) -> Values:
    """Return the values that stand in this relation to a number."""
    match comparator:
        case Comparator.AT_LEAST:
            return Values.between(number, None, whole=whole)
        case Comparator.MORE:
            return Values.between(number, None, low_in=False, whole=whole)
        case Comparator.AT_MOST:
            return Values.between(None, number, whole=whole)
        case Comparator.LESS:
            return Values.between(None, number, high_in=False, whole=whole)
        case Comparator.EQUAL:
            return Values.between(number, number, whole=whole)
        case _:
            assert_never(comparator)


def describe(values: Values, measure: Measure) -> str:
    """Return a set of a measure's values in words: `from 80% and below 85%`, `2 to 4次`."""
    if measure.kind is MeasureKind.LEVEL:
        places = [place for place in range(len(measure.levels)) if Values.of([place]) & values]
        return "、".join(measure.levels[place] for place in places)
    words = _whole_words if is_whole(measure) else _words
    parts = [words(stretch, measure.suffix) for stretch in values.stretches]
    return Said(", or ".join(parts), "，或".join(map(chinese, parts)))


def _whole_words(stretch: Stretch, suffix: str) -> str:
    (lower, low, _), (upper, high, _) = stretch
    if lower and upper:
        return Said("any number", "任何数")
    if upper:
        return Said(f"{show(low)}{suffix} and more", f"{show(low)}{suffix}及以上")
    if lower:
        return Said(f"{show(high - 1)}{suffix} and less", f"{show(high - 1)}{suffix}及以下")
    return _exactly_or_to(low, high - 1, suffix)


def _exactly_or_to(low: Fraction, high: Fraction, suffix: str) -> str:
    if low == high:
        return f"{show(low)}{suffix}"
    return Said(f"{show(low)} to {show(high)}{suffix}", f"{show(low)}至{show(high)}{suffix}")


def _words(stretch: Stretch, suffix: str) -> str:
    (lower, low, low_side), (upper, high, high_side) = stretch
    if not lower and not upper and low == high:
        return Said(f"exactly {show(low)}{suffix}", f"恰为{show(low)}{suffix}")
    words = []
    if not lower:
        words.append(
            Said(
                f"{'above' if low_side else 'from'} {show(low)}{suffix}",
                f"{show(low)}{suffix}{'以上（不含）' if low_side else '及以上'}",
            )
        )
    if not upper:
        words.append(
            Said(
                f"{'up to' if high_side else 'below'} {show(high)}{suffix}",
                f"{show(high)}{suffix}{'及以下' if high_side else '以下（不含）'}",
            )
        )
    if not words:
        return Said("any value", "任何值")
    return Said(" and ".join(words), "、".join(map(chinese, words)))
