"""Places: how many of a set lie at, below and above each value, from which any rank follows.

What is kept of a column is its distinct values and how many units have each: ranks, shares of the
others that are beaten, percentiles, the best and the worst are all read off that, exactly.

Source: “ranking with ties”; the ways of a `Reference`; semantics 1.

>>> spread = [spread_of(Integers(np.array([90, 80, 90, 95]), 1))]
>>> places = places_of(spread)
>>> places.ranks(Direction.HIGHER, Ties.SHARED).tolist()  # of 80, 90, 95
[4, 2, 1]
>>> places.at(Integers(np.array([90, 91]), 1)).tolist()
[1, -1]
>>> places.percentile(Fraction(50), Direction.HIGHER)
Fraction(90, 1)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, assert_never

import attrs

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.references.sums import keys_of, magnitude, runs_of, scale_of, times
from healthduty.ranks import Direction, Ties

_INT32 = 2**31 - 1
_ROOMY = 4
"""A table by key may have so many times the rows that are looked up in it."""


@attrs.frozen(eq=False)
class Spread:
    """The distinct values of some units, and how many units have each."""

    numbers: Integers
    counts: Array


@attrs.frozen(eq=False)
class Places:
    """The distinct values of a set in order, and how many units have each.

    `keys` are the values times `scale`, rounded down; no two values have the same.
    """

    scale: int
    keys: Array
    numbers: Integers
    counts: Array

    @property
    def units(self) -> int:
        """How many units there are."""
        return int(self.counts.sum(dtype=np.int64))

    def at(self, numbers: Integers) -> Array:
        """Return which of the values each number is, counted from 0; −1 where it is none."""
        keys = keys_of(numbers, self.scale)
        found = place_among(self.keys, keys)
        plain = isinstance(numbers.den, int) and not self.scale % numbers.den
        if plain and isinstance(self.numbers.den, int):
            return found
        # Only a number that is none of these can have the key of another.
        num, den = self.numbers.num[found], self.numbers.den
        den = den if isinstance(den, int) else den[found]
        same = times(num, numbers.den) == times(numbers.num, den)
        return np.where(same, found, -1)

    def ranks(self, direction: Direction, ties: Ties) -> Array:
        """Return the rank of each value, 1 being the best."""
        upto = self._upto()
        higher = direction is Direction.HIGHER
        match ties:
            case Ties.SHARED:
                return upto[-1] - upto + 1 if higher else upto - self.counts + 1
            case Ties.LAST:
                return upto[-1] - upto + self.counts if higher else upto
            case Ties.DENSE:
                forward = np.arange(1, len(upto) + 1)
                return forward[::-1] if higher else forward
            case _:
                assert_never(ties)

    def _upto(self) -> Array:
        """Return how many units have each value or a lower one."""
        narrow_enough = self.units <= _INT32
        return np.cumsum(self.counts, dtype=np.int32 if narrow_enough else np.int64)

    def beaten(self, direction: Direction) -> Array:
        """Return how many units lie behind each value."""
        return self.units - self.ranks(direction, Ties.LAST)

    def percentile(self, at: Fraction, direction: Direction) -> Fraction:
        """Return the value at `at` % of the way from the worst to the best, as `ranks` does."""
        place = at / 100 * (self.units - 1)
        whole = place.numerator // place.denominator
        low = self._nth(whole, direction)
        high = self._nth(min(whole + 1, self.units - 1), direction)
        return low + (high - low) * (place - whole)

    def _nth(self, place: int, direction: Direction) -> Fraction:
        """Return the value of a unit, counted from the worst."""
        rank = place if direction is Direction.HIGHER else self.units - 1 - place
        return number_at(
            self.numbers,
            int(np.searchsorted(self._upto(), rank, "right")),
        )

    def ends(self) -> Places:
        """Return the lowest and the highest alone: what the best and the worst are read off."""
        if len(self.keys) <= 2:  # noqa: PLR2004 - the two ends
            return self
        return _taken(self, np.array([0, len(self.keys) - 1]))


def narrow(values: Array) -> Array:
    """Return integers in 32 bits where they fit: there may be ten million of them."""
    if values.dtype == object or magnitude(values) > _INT32:
        return values
    return values.astype(np.int32, copy=False)


def number_at(numbers: Integers, place: int) -> Fraction:
    """Return one number."""
    den = numbers.den if isinstance(numbers.den, int) else int(numbers.den[place])
    return Fraction(int(numbers.num[place]), den)


def _taken(places: Places, at: Array) -> Places:
    den: Any = places.numbers.den
    numbers = Integers(places.numbers.num[at], den if isinstance(den, int) else den[at])
    return Places(places.scale, places.keys[at], numbers, places.counts[at])


def place_among(table: Array, keys: Array) -> Array:
    """Return the place of each key in a table that is in order; −1 where it is not in it.

    >>> place_among(np.array([2, 5, 9]), np.array([5, 4, 9])).tolist()
    [1, -1, 2]
    """
    if not len(table) or not len(keys):
        return np.full(len(keys), -1, dtype=np.int64)
    if object not in (table.dtype, keys.dtype):
        first, last = int(table[0]), int(table[-1])
        outside = (keys < first) | (keys > last)
        # One sort of integers: the table would be copied otherwise, for a few keys.
        keys = np.where(outside, first, keys).astype(table.dtype)
        look = _by_table if last - first <= _ROOMY * len(keys) else _sought
        there = look(table, keys)
        there[outside] = -1
        return there
    found: Array = np.searchsorted(table, keys)
    found[found == len(table)] = 0
    return np.where(table[found] == keys, found, -1)


def _by_table(table: Array, keys: Array) -> Array:
    """Return the place of each key, by a table of all integers between the ends."""
    first = int(table[0])
    by_key = np.full(int(table[-1]) - first + 1, -1, dtype=np.int64)
    np.put(by_key, table.astype(np.int64) - first, np.arange(len(table)))
    found: Array = by_key[keys.astype(np.int64) - first]
    return found


def _sought(table: Array, keys: Array) -> Array:
    """Return the place of each key, sought in the order of the keys: neighbours lie near."""
    order = np.argsort(keys)
    ordered = keys[order]
    places = np.searchsorted(table, ordered)
    found = np.empty(len(keys), dtype=np.int64)
    found[order] = np.where(table[places] == ordered, places, -1)
    return found


def spread_of(numbers: Integers) -> Spread:
    """Return the distinct values of some numbers, of which there is one at least."""
    if isinstance(numbers.den, int):
        values, counts = _counted(numbers.num)
        return Spread(Integers(narrow(values), numbers.den), narrow(counts))
    keys = keys_of(numbers, scale_of((numbers.den,)))
    _, starts, order = runs_of(keys)
    first = order[starts]
    counts = np.diff(starts, append=len(keys))
    made = Integers(narrow(numbers.num[first]), narrow(numbers.den[first]))
    return Spread(made, narrow(counts))


def _counted(values: Array) -> tuple[Array, Array]:
    """Return distinct integers in order, and how many there are of each."""
    if values.dtype != object:
        low, high = int(values.min()), int(values.max())
        if high - low <= _ROOMY * len(values):
            counts = np.bincount((values - low).astype(np.intp))
            there = np.flatnonzero(counts)
            return there + low, counts[there]
    distinct, counts = np.unique(values, return_counts=True)
    return distinct, counts


def places_of(spreads: Sequence[Spread]) -> Places:
    """Return the places of all units of some parts, of which there is one at least."""
    dens = [each.numbers.den for each in spreads]
    scale = scale_of(tuple(dens))
    if len(spreads) == 1:  # which is in order already
        (one,) = spreads
        return Places(scale, keys_of(one.numbers, scale), one.numbers, one.counts)
    alike = all(isinstance(den, int) and den == scale for den in dens)
    if alike and (merged := _merged(spreads)) is not None:
        return Places(scale, merged[0], Integers(merged[0], scale), merged[1])
    counts = np.concatenate([each.counts for each in spreads])
    if alike:  # its keys are its numerators
        keys, starts, order = runs_of(np.concatenate([each.numbers.num for each in spreads]))
        numbers = Integers(keys, scale)
    else:
        every = np.concatenate([keys_of(each.numbers, scale) for each in spreads])
        keys, starts, order = runs_of(every)
        nums = np.concatenate([each.numbers.num for each in spreads])
        numbers = Integers(nums[order[starts]], _dens(spreads, order[starts]))
    return Places(
        scale, keys, numbers, narrow(np.add.reduceat(counts[order], starts, dtype=np.int64))
    )


_HALF = 32
_BLOCK = 2**20


def _merged(spreads: Sequence[Spread]) -> tuple[Array, Array] | None:
    """Return the values of parts in order and how many there are of each, in little memory.

    A value and its count are one number of 64 bits, so that nothing is sorted but these. None where
    a value or a count may have more than 32.
    """
    if any(each.numbers.num.dtype != np.int32 for each in spreads):
        return None
    if sum(int(each.counts.sum(dtype=np.int64)) for each in spreads) > _INT32:
        return None
    both = np.empty(sum(len(each.counts) for each in spreads), dtype=np.int64)
    start = 0
    for each in spreads:
        part = both[start : start + len(each.counts)]
        np.left_shift(each.numbers.num, _HALF, out=part, dtype=np.int64)
        part |= each.counts
        start += len(part)
    both.sort()
    length = _compacted(both)
    values, counts = np.empty(length, dtype=np.int32), np.empty(length, dtype=np.int32)
    np.right_shift(both[:length], _HALF, out=values, casting="unsafe")
    np.bitwise_and(both[:length], _INT32, out=counts, casting="unsafe")
    return values, counts


def _compacted(both: Array) -> int:
    """Put the counts of equal values together, where they lie; return how many values there are."""
    end = 0
    for start in range(0, len(both), _BLOCK):
        block = both[start : start + _BLOCK]
        nums, many = block >> _HALF, block & _INT32
        starts = np.flatnonzero(np.concatenate([[True], nums[1:] != nums[:-1]]))
        nums, many = nums[starts], np.add.reduceat(many, starts)
        if end and nums[0] == both[end - 1] >> _HALF:  # a value that stands on both sides
            both[end - 1] += many[0]
            nums, many = nums[1:], many[1:]
        both[end : end + len(nums)] = nums << _HALF | many
        end += len(nums)
    return end


def _dens(spreads: Sequence[Spread], at: Array) -> Any:  # noqa: ANN401 - an array or an integer
    """Return the denominators of some of the numbers of all parts."""
    dens = [each.numbers.den for each in spreads]
    if all(isinstance(den, int) for den in dens) and len(set(dens)) == 1:
        return dens[0]
    wide = [
        np.full(len(each.counts), den, dtype=np.int64 if den < 2**63 else object)
        if isinstance(den, int)
        else den
        for each, den in zip(spreads, dens, strict=True)
    ]
    return np.concatenate(wide)[at]
