"""The proof: the plan's arithmetic run once on intervals, to find how wide its numbers get.

The same code that scores blocks of rows runs here on `Span`s, the lowest and the highest that a
number can be, given what stands in the columns. The largest number met on the way decides the
*lane* of an operation: 32 bits, 64 bits, or Python's own integers. What is proven is what runs,
so there is no second formula that could be forgotten.

Source: “lane per op as proven; nothing wraps, nothing exact is refused”.

>>> proof = Proof({0: Span(0, 100)}, {0: 1})
>>> proof.open(("amount", 0))
>>> proof.mul(proof.sub(90, proof.num(0)), 10**8)
Span(lo=-1000000000, hi=9000000000)
>>> proof.close()
>>> proof.lanes
{('amount', 0): 64}
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

Key = tuple[str, int]
"""What has a lane of its own: an amount, a condition, or all that is settled."""

NARROW, WIDE, PYTHON = 32, 64, 0
"""The lanes: bits of an integer, or none where Python's own are needed."""

_NARROW_UP_TO = 2**31 - 1
_WIDE_UP_TO = 2**63 - 1


class Span(NamedTuple):
    """The lowest and the highest that a number can be."""

    lo: int
    hi: int


class Limit(NamedTuple):
    """Where an amount is cut, None where it never is; and the room that was fixed, if it was."""

    most: int | None
    fixed: int | None


class Maybe:
    """A truth that differs from row to row."""


MAYBE = Maybe()

Number = Span | int
Truth = Maybe | bool


def lane_of(peak: int) -> int:
    """Return the lane that holds every number up to a magnitude.

    >>> lane_of(2**31 - 1), lane_of(2**31), lane_of(2**63)
    (32, 64, 0)
    """
    if peak <= _NARROW_UP_TO:
        return NARROW
    return WIDE if peak <= _WIDE_UP_TO else PYTHON


def span_of(number: Number) -> Span:
    """Return a number as a span."""
    return Span(number, number) if isinstance(number, int) else number


class Proof:
    """Arithmetic on spans; `lanes` are what was proven, `limits` what amounts are cut to."""

    proves = True

    def __init__(
        self,
        nums: Mapping[int, Span],
        dens: Mapping[int, Number],
        lost: Collection[int] = (),
        na: Collection[int] = (),
    ) -> None:
        """Start from the spans of the slots; `lost` and `na` are the slots with such rows."""
        self._nums, self._dens = nums, dens
        self._lost, self._na = lost, na
        self.lanes: dict[Key, int] = {}
        self.limits: dict[int, Limit] = {}
        self._peaks: dict[Key, int] = {}
        self._open: list[Key] = []

    # --- what stands in the columns ----------------------------------------------------------

    def open(self, key: Key) -> None:
        """Begin what has a lane of its own."""
        self._open.append(key)
        self._peaks.setdefault(key, 0)

    def close(self) -> None:
        """End it, and keep its lane."""
        key = self._open.pop()
        self.lanes[key] = lane_of(self._peaks[key])

    def _seen(self, *numbers: Number) -> None:
        key = self._open[-1]
        for number in numbers:
            lo, hi = span_of(number)
            self._peaks[key] = max(self._peaks[key], hi, -lo)

    def num(self, slot: int) -> Number:
        """Return the span of a slot's numerators."""
        self._seen(self._nums[slot])
        return self._nums[slot]

    def den(self, slot: int) -> Number:
        """Return the span of a slot's denominators, which are above 0."""
        self._seen(self._dens[slot])
        return self._dens[slot]

    def lost(self, slot: int) -> Truth:
        """Return where a slot's value is missing or at fault."""
        return MAYBE if slot in self._lost else False

    def na(self, slot: int) -> Truth:
        """Return where a slot is not applicable."""
        return MAYBE if slot in self._na else False

    # --- arithmetic --------------------------------------------------------------------------

    def _made(self, lo: int, hi: int, *of: Number) -> Number:
        self._seen(Span(lo, hi), *of)
        return lo if all(isinstance(number, int) for number in of) else Span(lo, hi)

    def add(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return a + b; `own` may be overwritten where there are arrays."""
        one, two = span_of(a), span_of(b)
        return self._made(one.lo + two.lo, one.hi + two.hi, a, b)

    def sub(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return a − b."""
        one, two = span_of(a), span_of(b)
        return self._made(one.lo - two.hi, one.hi - two.lo, a, b)

    def mul(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return a × b."""
        products = [x * y for x in span_of(a) for y in span_of(b)]
        return self._made(min(products), max(products), a, b)

    def floor(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return a ÷ b rounded down; b is above 0."""
        quotients = [x // y for x in span_of(a) for y in span_of(b)]
        return self._made(min(quotients), max(quotients), a, b)

    def least(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return the smaller."""
        one, two = span_of(a), span_of(b)
        return self._made(min(one.lo, two.lo), min(one.hi, two.hi), a, b)

    def most(self, a: Number, b: Number, own: object = None) -> Number:  # noqa: ARG002
        """Return the larger."""
        one, two = span_of(a), span_of(b)
        return self._made(max(one.lo, two.lo), max(one.hi, two.hi), a, b)

    def where(self, truth: Truth, a: Number, b: Number) -> Number:
        """Return a where it holds, else b."""
        if isinstance(truth, bool):
            return a if truth else b
        one, two = span_of(a), span_of(b)
        joined = Span(min(one.lo, two.lo), max(one.hi, two.hi))
        self._seen(joined)
        return joined

    def without(self, truth: Truth, a: Number) -> Number:
        """Return a, and 0 where it holds; where there are arrays, a is overwritten."""
        return self.where(truth, 0, a)

    def limited(self, place: int, amount: Number, cap: int, room: Number | None) -> Number:
        """Return an amount cut to its cap and to the most room there can be.

        What is settled has a lane of its own, mostly narrower than the amount's.
        """
        limit = cap if room is None else min(cap, max(span_of(room).hi, 0))
        one = span_of(amount)
        fixed = room if isinstance(room, int) else None
        self.limits[place] = Limit(limit if one.hi > limit else None, fixed)
        return self._made(min(one.lo, limit), min(one.hi, limit), amount_mark(amount, limit))

    # --- truths ------------------------------------------------------------------------------

    def compare(self, comparator: int, a: Number, b: Number) -> Truth:
        """Return where a stands in the relation to b; codes as in `ops`."""
        self._seen(a, b)
        if isinstance(a, int) and isinstance(b, int):
            return compared(comparator, a, b)
        return MAYBE

    def differs(self, a: Number) -> Truth:
        """Return where a is not 0."""
        return a != 0 if isinstance(a, int) else MAYBE

    def among(self, a: Number, places: Collection[int]) -> Truth:
        """Return where a is one of some integers."""
        self._seen(a, *places)
        return MAYBE

    def both(self, a: Truth, b: Truth) -> Truth:
        """Return where both hold."""
        if a is False or b is False:
            return False
        return b if a is True else a

    def either(self, a: Truth, b: Truth) -> Truth:
        """Return where either holds."""
        if a is True or b is True:
            return True
        return b if a is False else a

    def no(self, a: Truth) -> Truth:
        """Return where it does not hold."""
        return (not a) if isinstance(a, bool) else a

    def wants(self, what: str, place: int) -> bool:  # noqa: ARG002 - of any node
        """Return whether a result is kept: what may be is proven."""
        return True

    def keep(self, what: str, place: int, value: object) -> None:
        """Keep nothing: a proof has no rows."""


def amount_mark(amount: Number, limit: int) -> Number:
    """Return what the settling side sees of an amount: no more than its limit."""
    if isinstance(amount, int):
        return min(amount, limit)
    return Span(min(amount.lo, limit), min(amount.hi, limit))


def compared(comparator: int, left: int, right: int) -> bool:
    """Return whether `left` stands in the relation to `right`; codes as in `ops`."""
    relations = (left >= right, left > right, left <= right, left < right, left == right)
    return relations[comparator]


LANE_WORDS = "its numbers may need more than 64 bits: Python's own integers, which are slower"
"""What a table says of an operation in the last lane."""
