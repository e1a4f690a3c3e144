"""The arithmetic of a block: numpy arrays in the lanes that were proven.

It has the same operations as `spans.Proof`, and the same code runs on both. Constants stay
Python's integers and are folded; `own` is an array that nobody needs any more, which takes the
result in place of a new one.

Source: the architecture's “One plan, two engines”: NumPy in blocks, buffers reused.

>>> block = Block({}, Lanes({("amount", 0): 64}, {}), {0: np.array([83, 90])}, {0: 1})
>>> block.open(("amount", 0))
>>> block.sub(90, block.num(0)).tolist()
[7, 0]
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from healthduty.columns.extras import Array, np
from healthduty.columns.spans import NARROW, WIDE, Key, Limit, compared

DTYPES: Mapping[int, Any] = {NARROW: np.int32, WIDE: np.int64, 0: object}
"""The arrays of each lane."""

_RELATIONS = (np.greater_equal, np.greater, np.less_equal, np.less, np.equal)


class Lanes(NamedTuple):
    """What a proof found: the lane of each amount and condition, and where amounts are cut."""

    lanes: Mapping[Key, int]
    limits: Mapping[int, Limit]


class Block:
    """Some thousand rows: what stands in each slot there, and arithmetic on it."""

    proves = False

    def __init__(
        self,
        kept: Mapping[tuple[str, int], Array],
        lanes: Lanes,
        nums: Mapping[int, Array],
        dens: Mapping[int, Any],
        masks: tuple[Mapping[int, Array], Mapping[int, Array]] = ({}, {}),
    ) -> None:
        """Stand on views of the columns; `kept` are the views that results are written to."""
        self._kept, self._lanes, self._limits = kept, lanes.lanes, lanes.limits
        self._nums, self._dens = nums, dens
        self._lost, self._na = masks
        self._open: list[int] = []
        self._lane = 0

    # --- what stands in the columns ----------------------------------------------------------

    def open(self, key: Key) -> None:
        """Begin what has a lane of its own."""
        self._open.append(self._lane)
        self._lane = self._lanes[key]

    def close(self) -> None:
        """End it."""
        self._lane = self._open.pop()

    def _cast(self, array: Array) -> Array:
        """Return an array in a dtype at least as wide as the lane; most are already."""
        wanted = DTYPES[self._lane]
        if wanted is object or array.dtype.itemsize < np.dtype(wanted).itemsize:
            return array.astype(wanted, copy=False)
        return array

    def num(self, slot: int) -> Array:
        """Return a slot's numerators; nobody may write to them."""
        return self._cast(self._nums[slot])

    def den(self, slot: int) -> Any:  # noqa: ANN401 - an int or an array
        """Return a slot's denominators: mostly one for all rows."""
        den = self._dens[slot]
        return den if isinstance(den, int) else self._cast(den)

    def lost(self, slot: int) -> Any:  # noqa: ANN401 - a truth
        """Return where a slot's value is missing or at fault."""
        return self._lost.get(slot, False)

    def na(self, slot: int) -> Any:  # noqa: ANN401 - a truth
        """Return where a slot is not applicable."""
        return self._na.get(slot, False)

    # --- arithmetic --------------------------------------------------------------------------

    def add(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - ints or arrays
        """Return a + b."""
        if isinstance(a, int):
            a, b = b, a
        if isinstance(b, int) and (b == 0 or isinstance(a, int)):
            return a + b if b else a
        return np.add(a, b, out=_out(own))

    def sub(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return a − b."""
        if isinstance(b, int) and (b == 0 or isinstance(a, int)):
            return a - b if b else a
        return np.subtract(a, b, out=_out(own))

    def mul(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return a × b."""
        if isinstance(a, int):
            a, b = b, a
        if isinstance(b, int) and (b == 1 or isinstance(a, int)):
            return a * b if b != 1 else a
        return np.multiply(a, b, out=_out(own))

    def floor(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return a ÷ b rounded down; b is above 0."""
        if isinstance(b, int) and (b == 1 or isinstance(a, int)):
            return a // b if b != 1 else a
        return np.floor_divide(a, b, out=_out(own))

    def least(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return the smaller."""
        if isinstance(a, int) and isinstance(b, int):
            return min(a, b)
        return np.minimum(a, b, out=_out(own))

    def most(self, a: Any, b: Any, own: Any = None) -> Any:  # noqa: ANN401 - as above
        """Return the larger."""
        if isinstance(a, int) and isinstance(b, int):
            return max(a, b)
        return np.maximum(a, b, out=_out(own))

    def where(self, truth: Any, a: Any, b: Any) -> Any:  # noqa: ANN401 - as above
        """Return a where it holds, else b."""
        if isinstance(truth, (bool, np.bool_)):
            return a if truth else b
        if isinstance(a, int) and isinstance(b, int):
            return np.where(truth, *(np.asarray(n, dtype=DTYPES[self._lane]) for n in (a, b)))
        return np.where(truth, a, b)

    def without(self, truth: Any, a: Any) -> Any:  # noqa: ANN401 - as above
        """Return a, and 0 where it holds; an array that is a's own is overwritten."""
        if not isinstance(truth, np.ndarray) or not getattr(a, "flags", _NO_FLAGS)["OWNDATA"]:
            return self.where(truth, 0, a)
        np.copyto(a, 0, where=truth)
        return a

    def limited(self, place: int, amount: Any, cap: int, room: Any) -> Any:  # noqa: ANN401 - as above
        """Return an amount cut to what the proof found, in the lane of what is settled."""
        limit, fixed = self._limits[place]
        if isinstance(room, int) and room != fixed:  # fixed in this block, but not in all
            limit = min(cap, max(room, 0))
        if isinstance(amount, int):
            return amount if limit is None else min(amount, limit)
        if limit is not None:
            # In the amount's own lane: no temporary of an amount is needed again.
            amount = np.minimum(amount, limit, out=_out(amount))
        return amount.astype(DTYPES[self._lane], copy=False)

    # --- truths ------------------------------------------------------------------------------

    def compare(self, comparator: int, a: Any, b: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a stands in the relation to b; codes as in `ops`."""
        if isinstance(a, int) and isinstance(b, int):
            return compared(comparator, a, b)
        return _RELATIONS[comparator](a, b)

    def differs(self, a: Any) -> Any:  # noqa: ANN401 - as above
        """Return where a is not 0."""
        return a != 0 if isinstance(a, int) else np.not_equal(a, 0)

    def among(self, a: Array, places: Collection[int]) -> Any:  # noqa: ANN401 - a truth
        """Return where a is one of some integers."""
        found: Any = False
        for place in places:
            found = self.either(found, np.equal(a, place))
        return found

    def both(self, a: Any, b: Any) -> Any:  # noqa: ANN401 - truths
        """Return where both hold."""
        if a is False or b is False:
            return False
        if a is True or b is True:
            return b if a is True else a
        return np.logical_and(a, b)

    def either(self, a: Any, b: Any) -> Any:  # noqa: ANN401 - truths
        """Return where either holds."""
        if a is True or b is True:
            return True
        if a is False or b is False:
            return b if a is False else a
        return np.logical_or(a, b)

    def no(self, a: Any) -> Any:  # noqa: ANN401 - a truth
        """Return where it does not hold."""
        return (not a) if isinstance(a, bool) else np.logical_not(a)

    def wants(self, what: str, place: int) -> bool:
        """Return whether anybody asked for a result."""
        return (what, place) in self._kept

    def keep(self, what: str, place: int, value: Any) -> None:  # noqa: ANN401 - as above
        """Write a result to its rows, where anybody asked for it."""
        kept = self._kept.get((what, place))
        if kept is not None:
            kept[...] = value


_NO_FLAGS = {"OWNDATA": False}
"""What a plain integer has in place of an array's flags."""


def _out(own: Any) -> Array | None:  # noqa: ANN401 - an array, or what is none
    # A view is somebody else's: of a column, which belongs to the caller.
    return own if isinstance(own, np.ndarray) and own.flags.owndata else None
