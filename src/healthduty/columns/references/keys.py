"""Last year's keys, found again: as many as there are, without an object for each.

Codes that look alike are numbers, put in order (`packed`). Other keys are found by a
hash of eight bytes, and then compared themselves: two keys that share a hash are two.

Source: “Larger than memory”; `Way.LAST_YEAR`.

>>> keys = index_of(Bytes.of(["北关", "南关", "东关"]))
>>> keys.rows(["东关", "西关", "北关"]).tolist(), keys.twice()
([2, -1, 0], None)
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.references.last import Kept, KeyIndex
from healthduty.columns.references.made import Lookup
from healthduty.columns.references.packed import Packing
from healthduty.columns.references.places import place_among
from healthduty.columns.text_bytes import Bytes, hashes_of_bytes
from healthduty.rules.measure import name_twice

_PLAIN = frozenset({Holding.INTEGERS, Holding.FLOATS, Holding.TRUTHS})
_INT32 = 2**31 - 1
_SPOOLED = 2**23
"""Bytes that stay in memory while batches come."""


def bytes_of(keys: Sequence[str]) -> Bytes:
    """Return keys as bytes: as Arrow has them, where it has."""
    known = getattr(keys, "bytes", None)
    return known if isinstance(known, Bytes) else Bytes.of(keys)


def index_of(texts: Bytes) -> KeyIndex:
    """Return where the keys of a set stand."""
    packing = Packing.of(texts)
    if packing is None or not packing.fits:
        return TextKeys(texts)
    return PackedKeys(packing, packing.pack(texts))


class Shelf:
    """Takes the keys of a set batch by batch: as numbers, in a file, as long as they are few."""

    def __init__(self) -> None:
        """Begin with none."""
        self._packed: list[tuple[Packing, int]] = []
        # Memory that was given back piece by piece is not there for a large array.
        self._file = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - closed with its index
        self._texts: list[Bytes] | None = None

    def add(self, texts: Bytes) -> None:
        """Take the next keys."""
        packing = None if self._texts is not None else self._with(texts)
        if packing is None or not packing.fits:
            if self._texts is None:
                self._texts = [each.unpack(numbers) for each, numbers in self._parts()]
            self._texts.append(texts)
            return
        self._packed.append((packing, len(texts)))
        self._file.write(packing.pack(texts).tobytes())

    def _with(self, texts: Bytes) -> Packing | None:
        more = Packing.of(texts)
        return more if more is None or not self._packed else self._packed[-1][0].joined(more)

    def _parts(self) -> Iterator[tuple[Packing, Array]]:
        """Go through the numbers of each batch."""
        self._file.seek(0)
        for packing, count in self._packed:
            read = self._file.read(8 * packing.words * count)
            yield packing, np.frombuffer(read, np.int64).reshape(packing.words, count)

    def index(self) -> KeyIndex:
        """Return where they all stand; the shelf takes no more then."""
        with self._file:
            if self._texts is not None or not self._packed:
                return TextKeys(_joined_bytes(self._texts or []))
            packing = self._packed[-1][0]
            count = sum(count for _, count in self._packed)
            numbers = np.empty((packing.words, count), dtype=np.int64)
            start = 0
            for before, some in self._parts():
                end = start + some.shape[1]
                same = before is packing
                numbers[:, start:end] = some if same else packing.pack(before.unpack(some))
                start = end
            return PackedKeys(packing, numbers)


def _joined_bytes(parts: list[Bytes]) -> Bytes:
    """Return texts of parts as one; the list is empty then."""
    edges = np.zeros(sum(len(each) for each in parts) + 1, dtype=np.int64)
    np.cumsum(np.concatenate([np.zeros(0, np.int64), *(p.lengths for p in parts)]), out=edges[1:])
    data = np.empty(int(edges[-1]), dtype=np.uint8)
    start = 0
    parts.reverse()
    while parts:
        part = parts.pop()
        some = part.data[int(part.edges[0]) : int(part.edges[-1])]
        data[start : start + len(some)] = some
        start += len(some)
    return Bytes(data, edges)


class _Ordered:
    """Numbers in order, and which row each is of: several rows may have one number."""

    def __init__(self, numbers: Array) -> None:
        """Take them in the order of their rows; the array is put into another one."""
        order = np.argsort(numbers)
        self.order = order.astype(np.int32) if len(order) <= _INT32 else order
        numbers.sort()
        self.numbers = numbers

    def rows(self, asked: Array, same: Callable[[Array, Array], Array]) -> Array:
        """Return the row of each number that is asked for; −1 where there is none.

        `same` says of some that are asked for, and of rows with their number, which are the same.
        """
        found = np.full(len(asked), -1, dtype=np.int64)
        # In their order: neighbours are looked for near each other.
        order: Array = np.argsort(asked)
        at = np.empty(len(found), dtype=np.int64)
        at[order] = np.searchsorted(self.numbers, asked[order])
        left = np.arange(len(found))
        while True:  # once, but for rows that share a number
            left = left[at[left] < len(self.numbers)]
            left = left[self.numbers[at[left]] == asked[left]]
            if not len(left):
                return found
            rows = self.order[at[left]]
            good = same(left, rows)
            found[left[good]] = rows[good]
            left = left[~good]
            at[left] += 1

    def alike(self) -> Array:
        """Return the rows that share their number with another one."""
        found = np.flatnonzero(self.numbers[1:] == self.numbers[:-1])
        rows: Array = self.order[np.union1d(found, found + 1)]
        return rows


class PackedKeys:
    """The keys of a set, as numbers: the first of each in order, the others row by row."""

    def __init__(self, packing: Packing, numbers: Array) -> None:
        """Take them in the order of their rows, words × rows; the array is changed."""
        self._packing, self._more = packing, numbers[1:]
        self._first = _Ordered(numbers[0])

    def rows(self, keys: Sequence[str]) -> Array:
        """Return the row of each key; −1 where it is none of the set."""
        first, *more = self._packing.pack(bytes_of(keys))
        if more:
            others = np.array(more)
            return self._first.rows(
                first, lambda mine, rows: (others[:, mine] == self._more[:, rows]).all(axis=0)
            )
        at = place_among(self._first.numbers, first)
        return np.where(at < 0, -1, self._first.order[at]) if len(self._first.order) else at

    def texts(self) -> Sequence[str]:
        """Return the keys, in the order of their rows."""
        first = np.empty_like(self._first.numbers)
        first[self._first.order] = self._first.numbers
        return self._packing.unpack(np.vstack([first, self._more])).tolist()

    def twice(self) -> str | None:
        """Return a key that stands twice, if any does."""
        alike = np.sort(self._first.alike())
        first = np.empty_like(self._first.numbers)
        first[self._first.order] = self._first.numbers
        numbers = np.vstack([first[alike], self._more[:, alike]])
        return name_twice(self._packing.unpack(numbers).tolist())


class TextKeys:
    """The keys of a set, as texts, by their hashes."""

    def __init__(self, texts: Bytes) -> None:
        """Take them in the order of their rows."""
        self._texts, self._hashes = texts, _Ordered(hashes_of_bytes(texts))

    def rows(self, keys: Sequence[str]) -> Array:
        """Return the row of each key; −1 where it is none of the set."""
        texts = bytes_of(keys)
        return self._hashes.rows(
            hashes_of_bytes(texts), lambda mine, rows: texts.same(mine, self._texts, rows)
        )

    def texts(self) -> Sequence[str]:
        """Return the keys, in the order of their rows."""
        return self._texts.tolist()

    def twice(self) -> str | None:
        """Return a key that stands twice, if any does."""
        return name_twice(self._texts.taken(np.sort(self._hashes.alike())).tolist())


def joined_kept(parts: Sequence[Kept]) -> Kept:
    """Return what is kept of parts of last year as one."""
    faults = tuple(dict.fromkeys(fault for part in parts for fault in part.faults))
    said = {raw: value for part in parts for raw, value in part.said.said.items()}
    states = at_fault = None
    if any(part.states is not None for part in parts):
        states = np.concatenate([_filled(part.states, len(part.column), 0) for part in parts])
    if faults:
        at_fault = np.concatenate([_renumbered(part, faults) for part in parts])
    return Kept(
        _joined([part.column for part in parts], parts), Lookup(said), states, faults, at_fault
    )


def _filled(array: Array | None, length: int, value: int) -> Array:
    return np.full(length, value, dtype=np.int8) if array is None else array


def _renumbered(part: Kept, faults: Sequence[str]) -> Array:
    if part.at_fault is None:
        return np.full(len(part.column), -1, dtype=np.int64)
    places = np.array([*map(faults.index, part.faults), -1], dtype=np.int64)
    return places[part.at_fault]


def _joined(columns: Sequence[Column], parts: Sequence[Kept]) -> Column:
    """Return columns of parts as one; of several sorts, or of codes, by what each cell says."""
    sorts = {column.holding for column in columns}
    if len(sorts) == 1 and sorts <= _PLAIN:
        null = None
        if any(column.null is not None for column in columns):
            null = np.concatenate(
                [
                    np.zeros(len(column), dtype=bool) if column.null is None else column.null
                    for column in columns
                ]
            )
        return Column(sorts.pop(), np.concatenate([column.values for column in columns]), null=null)
    known: dict[str, int] = {}
    distinct: list[Any] = []
    codes = []
    for part in parts:
        column = part.column.coded()
        raws = list(column.values) if column.holding is Holding.OBJECTS else column.distinct
        at = np.arange(len(column)) if column.holding is Holding.OBJECTS else column.values
        places = []
        for raw in raws:
            value = part.said(raw)[0]
            place = known.setdefault(f"{type(value).__name__} {value!r}", len(distinct))
            if place == len(distinct):
                distinct.append(value)
            places.append(place)
        codes.append(np.array(places, dtype=np.int64)[at])
    return Column(Holding.CODED, np.concatenate(codes), distinct)
