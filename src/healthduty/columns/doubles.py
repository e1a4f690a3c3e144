"""Facilities that are there twice, among however many: eight bytes a row, in a file of their own.

The hashes of all keys are kept on disk while batches go by. At the end they are looked at in parts
of a million, by their first bits; where two are equal, the rows that they stand for are known.
Where there are several parts, the hashes stand on disk once more, batch by batch in order: a part
is a piece of each batch, and nobody goes through all of them to find it.

While all keys come in order, no two are equal: their hashes are put aside as they come, and looked
at only if a key comes that stands before the last one.

Source: semantics 12; `record-facility-twice`, as `score_many` tells it.

>>> with Doubles(4) as doubles:
...     doubles.add(np.array([7, 3, 7], dtype=np.uint64))
...     doubles.add(np.array([7], dtype=np.uint64))
...     doubles.repeats()
(2, [(2, 0), (3, 2)])
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, Self

from healthduty.columns.extras import Array, np
from healthduty.columns.noted import SHOWN

_PART = 2**20
"""So many hashes are sorted at a time."""

_CHUNK = 2**17
_WORD = 8

Repeat = tuple[int, int]
"""A row, and the row above it that has the same key."""


class Doubles:
    """The hashes of all rows, in order; a context, for there is a file to close."""

    def __init__(self, rows: int) -> None:
        """Take the number of rows that there will be, as far as it is known."""
        # In memory as long as all of them are few.
        self._file, self._ordered = (
            tempfile.SpooledTemporaryFile(_CHUNK * _WORD)  # noqa: SIM115 - closed by our own context
            for _ in range(2)
        )
        parts = max(1, -(-rows // _PART))
        self._bits = (parts - 1).bit_length()
        first = [part << 64 - self._bits for part in range(1, 1 << self._bits)]
        self._firsts = np.array(first, dtype=np.uint64)
        self._edges: list[Array] = []
        """Where each part begins among the hashes of each batch, and the last one ends."""
        self._in_order, self._last = True, ""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files, which are gone then."""
        self._file.close()
        self._ordered.close()

    def add(self, hashes: Array, run: tuple[str, str] | None = None) -> None:
        """Add the hashes of the next rows; `run` are the first and last key of rows in order."""
        if self._in_order and len(hashes):
            self._in_order = run is not None and self._last < run[0]
            if self._in_order and run is not None:
                self._last = run[1]
            else:
                for chunk in self._chunks():
                    self._put_in_order(chunk)
        self._file.write(hashes.tobytes())
        if not self._in_order:
            self._put_in_order(hashes)

    def _put_in_order(self, hashes: Array) -> None:
        if self._bits:
            ordered = np.sort(hashes)
            self._ordered.write(ordered.tobytes())
            inside = np.searchsorted(ordered, self._firsts)
            self._edges.append(np.concatenate([[0], inside, [len(ordered)]]))

    def repeats(self) -> tuple[int, list[Repeat]]:
        """Return how many rows have the key of one above them, and the first of these rows."""
        count = 0
        first: list[Repeat] = []
        for part in self._parts():
            ordered = self._sorted(part)
            if not (ordered[1:] == ordered[:-1]).any():
                continue
            del ordered
            hashes, rows = self._of(part)
            order = np.argsort(hashes, kind="stable")
            again = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
            count += len(again)
            pairs = zip(rows[order[again + 1]].tolist(), rows[order[again]].tolist(), strict=True)
            first = sorted([*first, *pairs])[:SHOWN]
        return count, first

    def repeated(self) -> Array:
        """Return the hashes that several rows have: of one key, but for once in a million times."""
        found = [np.zeros(0, dtype=np.uint64)]
        for part in self._parts():
            ordered = self._sorted(part)
            found.append(ordered[1:][ordered[1:] == ordered[:-1]])
        return np.concatenate(found)

    def _parts(self) -> range:
        """Return the parts in which any hash may be there twice."""
        return range(0) if self._in_order else range(1 << self._bits)

    def _sorted(self, part: int) -> Array:
        """Return the hashes that begin with some bits, in order."""
        pieces = self._pieces(part) if self._bits else self._chunks()
        found: Array = np.concatenate([np.zeros(0, dtype=np.uint64), *pieces])
        found.sort()
        return found

    def _pieces(self, part: int) -> Iterator[Array]:
        """Go through what the batches have of a part."""
        start = 0
        for edges in self._edges:
            first, end = edges[part : part + 2].tolist()
            self._ordered.seek((start + first) * _WORD)
            yield np.frombuffer(self._ordered.read((end - first) * _WORD), dtype=np.uint64)
            start += int(edges[-1])

    def _of(self, part: int) -> tuple[Array, Array]:
        """Return the hashes that begin with some bits, and their rows."""
        found = [
            (chunk[mine], np.arange(start, start + len(chunk))[mine])
            for start, chunk, mine in self._in(part)
        ]
        hashes, rows = zip(*found, strict=True)
        return np.concatenate(hashes), np.concatenate(rows)

    def _in(self, part: int) -> Iterator[tuple[int, Array, Any]]:
        """Go through the hashes chunk by chunk: its first row, and which begin with some bits."""
        start, shift = 0, np.uint64(64 - self._bits)
        for chunk in self._chunks():
            every = not self._bits
            yield start, chunk, ... if every else np.flatnonzero(chunk >> shift == np.uint64(part))
            start += len(chunk)
        if not start:
            yield 0, np.zeros(0, dtype=np.uint64), ...

    def _chunks(self) -> Iterator[Array]:
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK * _WORD):
            yield np.frombuffer(chunk, dtype=np.uint64)
