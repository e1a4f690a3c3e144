"""Plain numbers of many columns to integers, as many columns at a time as fit into the cache.

A table has sixty columns, and its thousand rows are quickly done: what costs is each call. So short
columns of one sort are laid beside each other and taken together, long ones block by block. Floats
become the decimals that print them; blanks become 0; and the ends of each column are found while it
is in the cache, for whoever asks whether all of it can be read as it stands.

Source: “How a point is lost”, section 1; architecture: one 2-D slab for few rows, blocks for many.

>>> rates = Column(Holding.FLOATS, np.array([83.5, np.nan]), null=np.array([False, True]))
>>> counts = Column(Holding.INTEGERS, np.array([2, 7]))
>>> [(one.tops.tolist(), one.places, one.high, one.least) for one in taken([rates, counts])]
[([835, 0], 1, 835, 835), ([2, 7], 0, 7, 2)]
>>> taken([Column(Holding.FLOATS, np.array([1 / 3]))])
[None]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.floats import EXACT, MOST_PLACES, SCALES
from healthduty.columns.memory import MEMORY

CELLS = 2**16
"""Cells that are taken at a time: what lies between stays in the second cache."""

_BESIDE = 2**13
"""Longer columns are taken one by one: a call is cheap beside so many rows."""

_SAMPLE = 64
"""Rows of which the decimals are tried first."""

_INT32 = np.iinfo(np.int32)
_NONE = 2**64
"""The lowest above 0 where there is none."""

PLAIN = frozenset({Holding.INTEGERS, Holding.FLOATS, Holding.TRUTHS})
"""What is taken by the array."""


class Taken(NamedTuple):
    """A column as integers over 10^places, 0 where it is blank; and what they lie between.

    `least` is the lowest that is above 0, and above `high` where none is.
    """

    tops: Array
    places: int
    low: int
    high: int
    least: int


def taken(columns: Sequence[Column]) -> list[Taken | None]:
    """Return the integers of plain columns of one length.

    None for a column of floats of which any has more decimals than are tried, looks computed, or
    is no number: it has to be looked at closer.
    """
    found: list[Taken | None] = [
        None if column.ends is None else Taken(column.values, 0, *column.ends) for column in columns
    ]
    room = np.empty(2 * max(CELLS, _SAMPLE), dtype=np.int64)
    count = sum(column.holding is Holding.TRUTHS for column in columns)
    wide = MEMORY.rooms(count, len(columns[0]) if columns else 0, np.int32)
    for places in _beside(columns):
        these = [columns[place] for place in places]
        values = _stacked([column.values for column in these])
        nulls = [each.null for each in these if each.null is not None and not each.cleared]
        null = _stacked(nulls) if nulls else None
        if these[0].holding is Holding.TRUTHS:
            truths, values, wide = values, wide[: len(these)], wide[len(these) :]
            np.copyto(values, truths)
        floats = these[0].holding is Holding.FLOATS
        many = _floats(values, null, room) if floats else _integers(values, null, room)
        for place, one in zip(places, many, strict=True):
            found[place] = one
    return found


def _beside(columns: Sequence[Column]) -> Iterator[list[int]]:
    """Go through the columns that are taken together, by their places."""
    sorts: dict[tuple[Any, bool], list[int]] = {}
    for place, column in enumerate(columns):
        if column.ends is not None:
            continue  # somebody has looked already
        clear = column.null is None or column.cleared
        sorts.setdefault((column.values.dtype, clear), []).append(place)
    for places in sorts.values():
        rows = len(columns[places[0]])
        together = max(1, CELLS // max(rows, 1)) if rows <= _BESIDE else 1
        for start in range(0, len(places), together):
            yield places[start : start + together]


def _stacked(arrays: Sequence[Array]) -> Array:
    """Return columns × rows; one column stays where it is."""
    one = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)  # which `stack` takes long to
    return one.reshape(len(arrays), len(arrays[0]))


def _blocks(shape: tuple[int, int]) -> Iterator[slice]:
    size = max(1, CELLS // shape[0])
    for start in range(0, shape[1], size):
        yield slice(start, start + size)


def _filled(part: Array, null: Array | None, out: Array) -> Array:
    """Return numbers with 0 where they are blank."""
    if null is None:
        return part
    np.copyto(out, part)
    np.copyto(out, 0, where=null)
    return out


class _Ends:
    """What integers lie between, column by column, met block by block."""

    def __init__(self, count: int, room: Array) -> None:
        self.low, self.high, self.least = [0] * count, [0] * count, [1] * count
        self._met, self._room = False, room

    def meet(self, part: Array) -> None:
        """Widen them by a block."""
        low, high = part.min(axis=1).tolist(), part.max(axis=1).tolist()
        least = low
        if min(low) <= 0:  # less 1 and without a sign, 0 and what is below it are the highest
            room = self._room.view(part.dtype)[: part.size].reshape(part.shape)
            unsigned = np.subtract(part, 1, out=room).view(f"u{part.dtype.itemsize}")
            lows = unsigned.min(axis=1).tolist()
            # Another block may be of wider numbers, so that none has to be above all of them.
            least = [
                each + 1 if each < top else _NONE for each, top in zip(lows, high, strict=True)
            ]
        if self._met:
            low = [*map(min, self.low, low)]
            high = [*map(max, self.high, high)]
            least = [*map(min, self.least, least)]
        self.low, self.high, self.least, self._met = low, high, least, True

    def of(self, place: int, tops: Array, places: int) -> Taken:
        """Return a column, in 32 bits where it fits."""
        low, high = self.low[place], self.high[place]
        if tops.dtype != np.int32 and _INT32.min <= low and high <= _INT32.max:
            tops = tops.astype(np.int32)
        return Taken(tops, places, low, high, self.least[place])


def _integers(values: Array, null: Array | None, room: Array) -> Iterator[Taken]:
    """Go through columns of integers."""
    tops = values if null is None else np.empty(values.shape, dtype=values.dtype)
    ends = _Ends(len(values), room)
    for rows in _blocks(values.shape):
        blank = None if null is None else null[:, rows]
        ends.meet(_filled(values[:, rows], blank, tops[:, rows]))
    return (ends.of(place, column, 0) for place, column in enumerate(tops))


# --- floats ------------------------------------------------------------------------------------


def _floats(values: Array, null: Array | None, room: Array) -> list[Taken | None]:
    """Return columns of floats, each with the fewest decimals that serve all of it."""
    found: list[Taken | None] = [None] * len(values)
    left = np.arange(len(values))
    # A column has at least as many decimals as any part of it.
    sample = slice(0, _SAMPLE)
    places = _fewest(values[:, sample], None if null is None else null[:, sample], room)
    while len(left):
        every = len(left) == len(values)
        some = (values, null) if every else (values[left], null if null is None else null[left])
        fits, ends, tops = _over(*some, places, room)
        for place in np.flatnonzero(fits).tolist():
            found[left[place]] = ends.of(place, tops[place], int(places[place]))
        left, places = left[~fits], places[~fits] + 1
        left, places = left[places <= MOST_PLACES], places[places <= MOST_PLACES]
    return found


def _fewest(values: Array, null: Array | None, room: Array) -> Array:
    """Return the fewest decimals that serve some rows of each column."""
    places = np.zeros(len(values), dtype=np.int64)
    for more in range(1, MOST_PLACES + 1):
        fits = _whole(values, null, SCALES[places][:, None], room).fits
        if fits.all():
            break
        places[~fits] = more
    return places


def _over(
    values: Array, null: Array | None, places: Array, room: Array
) -> tuple[Array, _Ends, Array]:
    """Return which columns have no more than so many decimals; their ends, and their integers."""
    scale = SCALES[places][:, None]
    fits = np.ones(len(values), dtype=bool)
    tops = np.empty(values.shape, dtype=np.int32)
    ends = _Ends(len(values), room)
    for rows in _blocks(values.shape):
        blank = None if null is None else null[:, rows]
        part = _whole(values[:, rows], blank, scale, room)
        fits &= part.fits
        if not fits.any():
            break
        if tops.dtype == np.int32 and not _narrow(part.low[fits], part.high[fits]):
            tops = tops.astype(np.int64)
        with np.errstate(invalid="ignore"):  # of what does not fit nobody takes anything
            tops[:, rows] = part.whole
        ends.meet(tops[:, rows])
    return fits, ends, tops


class _Whole(NamedTuple):
    """Floats times a scale, rounded, 0 where blank; which columns come out even; their ends."""

    whole: Array
    fits: Array
    low: Array
    high: Array


def _whole(values: Array, null: Array | None, scale: Array, room: Array) -> _Whole:
    """Return floats times a scale: in memory that is there, for new memory costs more than they."""
    whole, back = (
        half[: values.size].reshape(values.shape) for half in room.view(np.float64).reshape(2, -1)
    )
    with np.errstate(invalid="ignore", over="ignore"):
        np.multiply(values, scale, out=whole)
        np.rint(whole, out=whole)
        np.divide(whole, scale, out=back)
        even = back == values
    if null is not None:
        np.copyto(whole, 0, where=null)
        even |= null
    low, high = whole.min(axis=1, initial=0), whole.max(axis=1, initial=0)
    return _Whole(whole, even.all(axis=1) & (high < EXACT) & (low > -EXACT), low, high)


def _narrow(low: Array, high: Array) -> bool:
    return bool(low.min(initial=0) >= _INT32.min and high.max(initial=0) <= _INT32.max)
