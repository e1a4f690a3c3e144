"""Exact sums of a column, and numbers that stand in its order: what means and ranks are made of.

A sum is an integer over each denominator that there is, and becomes one fraction at the very end.
Fractions are put in order by integers: with no denominator above Q, two different fractions lie
at least 1 ÷ Q² apart, so ⌊x × Q²⌋ tells them apart, and is the same only where they are.

Source: semantics 1 (exact numbers), 2 (a pair is never divided first).

>>> rates = Integers(np.array([9, 500]), np.array([10, 1000]))
>>> parts = sums_of(rates)
>>> parts, whole_of(parts)
({10: 9, 1000: 500}, Fraction(7, 5))
>>> keys_of(Integers(np.array([1, 2, 1]), np.array([3, 6, 2])), 36).tolist()
[12, 12, 18]
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.ranks import total

_MOST = 2**63 - 1
_HALF = 32
_MOST_SHARED = 10**9
"""The largest common denominator that keys are brought to; beyond it they go by Q²."""

Sums = Mapping[int, int]
"""Sums of numerators by their denominator."""


def magnitude(values: Array) -> int:
    """Return the largest of some integers, whatever its sign."""
    return max(abs(int(values.min())), abs(int(values.max()))) if len(values) else 0


def sum_exactly(values: Array) -> int:
    """Return the sum of integers; where 64 bits might not hold it, by halves of 32 bits."""
    if values.dtype == object:
        return sum(values.tolist())
    if magnitude(values) * len(values) <= _MOST:
        return int(values.sum(dtype=np.int64))
    high = int((values >> _HALF).sum(dtype=np.int64))
    return (high << _HALF) + int((values & (2**_HALF - 1)).sum(dtype=np.int64))


def times(values: Array, factors: Any) -> Array:  # noqa: ANN401 - an array or an integer
    """Return products: in 64 bits where they fit, else as Python's integers."""
    several = isinstance(factors, np.ndarray)
    most = magnitude(factors) if several else abs(factors)
    if values.dtype != object and max(magnitude(values), 1) * most <= _MOST:
        return values.astype(np.int64) * (factors.astype(np.int64) if several else factors)
    return values.astype(object) * (factors.astype(object) if several else factors)


def sums_of(numbers: Integers, weights: Array | None = None) -> dict[int, int]:
    """Return the sums of numbers by their denominators, each number counting once or by weight."""
    nums = numbers.num if weights is None else times(numbers.num, weights)
    if isinstance(numbers.den, int):
        return {numbers.den: sum_exactly(nums)}
    dens, starts, order = runs_of(numbers.den)
    nums = nums[order]
    if nums.dtype != object and magnitude(nums) * len(nums) > _MOST:
        nums = nums.astype(object)
    if nums.dtype != object:
        nums = nums.astype(np.int64)
    return dict(zip(dens.tolist(), np.add.reduceat(nums, starts).tolist(), strict=True))


def runs_of(values: Array) -> tuple[Array, Array, Array]:
    """Return distinct values in order, where each begins once all are in order, and that order."""
    order = np.argsort(values)
    ordered = values[order]
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(first)
    return ordered[starts], starts, order


def joined(one: Sums, other: Sums) -> dict[int, int]:
    """Return sums of two parts as those of both."""
    made = dict(one)
    for den, num in other.items():
        made[den] = made.get(den, 0) + num
    return made


def whole_of(sums: Sums) -> Fraction:
    """Return sums by denominator as one fraction."""
    return total([Fraction(num, den) for den, num in sorted(sums.items())])


# --- order ---------------------------------------------------------------------------------------


def scale_of(dens: tuple[Any, ...]) -> int:
    """Return by what numbers of some denominators become integers in the same order.

    Each of `dens` is a denominator, or an array of them.
    """
    bottoms = [int(den.max()) if isinstance(den, np.ndarray) else den for den in dens]
    if not any(isinstance(den, np.ndarray) for den in dens):
        shared = math.lcm(*bottoms)
        if shared <= _MOST_SHARED:
            return shared
    return max(bottoms, default=1) ** 2


def keys_of(numbers: Integers, scale: int) -> Array:
    """Return ⌊number × scale⌋ of each: integers in the order of the numbers.

    In 64 bits where all that is met on the way fits, else Python's integers.
    """
    num, den = numbers.num, numbers.den
    if isinstance(den, int):
        factor, rest = divmod(scale, den)
        if not rest:
            return times(num, factor) if factor != 1 else num
        den = np.full(len(num), den, dtype=np.int64 if den <= _MOST else object)
    if object in (num.dtype, den.dtype) or not len(num):
        return _by_python(num, den, scale)
    num, den = num.astype(np.int64), den.astype(np.int64)
    whole = num // den
    rest = num - whole * den
    if int(den.max()) * scale > _MOST or (magnitude(whole) + 1) * scale > _MOST:
        return _by_python(num, den, scale)
    return whole * scale + rest * scale // den


def _by_python(num: Array, den: Array, scale: int) -> Array:
    made: Array = num.astype(object) * scale // den.astype(object)
    if len(made) and magnitude(made) <= _MOST:
        return made.astype(np.int64)
    return made
