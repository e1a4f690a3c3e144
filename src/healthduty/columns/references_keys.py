"""Last year's keys and values, batch by batch: as many as there are, without an object for each.

A key is found by a hash of eight bytes, and then compared itself: two keys that share a hash are
two. Keys stay in Arrow's memory.

Source: “Larger than memory”; `Way.LAST_YEAR`.

>>> keys = TextKeys([Texts(pa.array(["北关", "南关"])), Texts(pa.array(["东关"]))])
>>> keys.rows(["东关", "西关", "北关"]).tolist(), keys.twice()
([2, -1, 0], None)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from healthduty.columns.arrow import pa, pc
from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.naming import Texts, hashes_of
from healthduty.columns.references_last import Kept
from healthduty.columns.references_made import Lookup
from healthduty.rules.measure import name_twice

_PLAIN = frozenset({Holding.INTEGERS, Holding.FLOATS, Holding.TRUTHS})


class TextKeys:
    """The keys of a set, as texts of Arrow."""

    def __init__(self, parts: Sequence[Texts]) -> None:
        """Take them in the order of their rows."""
        arrays = [part.array.cast(pa.large_string()) for part in parts]
        self._texts = pa.concat_arrays(arrays) if arrays else pa.array([], pa.large_string())
        hashes = np.concatenate([np.zeros(0, np.uint64), *map(hashes_of, parts)])
        self._order = np.argsort(hashes)
        self._hashes = hashes[self._order]

    def rows(self, keys: Sequence[str]) -> Array:
        """Return the row of each key; −1 where it is none of the set."""
        texts = keys if isinstance(keys, Texts) else Texts(pa.array(list(keys), pa.string()))
        hashes, found = hashes_of(texts), np.full(len(texts), -1, dtype=np.int64)
        if not len(self._hashes):
            return found
        asked = texts.array.cast(pa.large_string())
        # In the order of their hashes: neighbours are looked for near each other.
        left: Array = np.argsort(hashes)
        at = np.empty(len(found), dtype=np.int64)
        at[left] = np.searchsorted(self._hashes, hashes[left])
        while True:  # once, but for keys that share a hash
            left = left[at[left] < len(self._hashes)]
            left = left[self._hashes[at[left]] == hashes[left]]
            if not len(left):
                return found
            rows = self._order[at[left]]
            same = pc.equal(asked.take(pa.array(left)), self._texts.take(pa.array(rows)))
            same = np.asarray(same.to_numpy(zero_copy_only=False), dtype=bool)
            found[left[same]] = rows[same]
            left = left[~same]
            at[left] += 1

    def texts(self) -> Sequence[str]:
        """Return the keys, in the order of their rows."""
        keys: list[str] = self._texts.to_pylist()
        return keys

    def twice(self) -> str | None:
        """Return a key that stands twice, if any does."""
        alike = np.flatnonzero(self._hashes[1:] == self._hashes[:-1])
        if not len(alike):
            return None
        rows = self._order[np.union1d(alike, alike + 1)]
        return name_twice(self._texts.take(pa.array(rows)).to_pylist())


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
