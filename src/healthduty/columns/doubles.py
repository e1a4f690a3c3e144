"""Facilities that are there twice, among however many: eight bytes a row, in a file of their own.

The hashes of all keys are kept on disk while batches go by. At the end they are looked at in parts
of a few million, by their first bits; where two are equal, the rows that they stand for are known.

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

_PART = 2**22
"""So many hashes are sorted at a time."""

_CHUNK = 2**20
_WORD = 8

Repeat = tuple[int, int]
"""A row, and the row above it that has the same key."""


class Doubles:
    """The hashes of all rows, in order; a context, for there is a file to close."""

    def __init__(self, rows: int) -> None:
        """Take the number of rows that there will be, as far as it is known."""
        # In memory as long as all of them are few.
        self._file = tempfile.SpooledTemporaryFile(_CHUNK * _WORD)  # noqa: SIM115 - closed by our own context
        parts = max(1, -(-rows // _PART))
        self._bits = (parts - 1).bit_length()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file, which is gone then."""
        self._file.close()

    def add(self, hashes: Array) -> None:
        """Add the hashes of the next rows."""
        self._file.write(hashes.tobytes())

    def repeats(self) -> tuple[int, list[Repeat]]:
        """Return how many rows have the key of one above them, and the first of these rows."""
        count = 0
        first: list[Repeat] = []
        for part in range(1 << self._bits):
            ordered = np.concatenate([chunk[mine] for _, chunk, mine in self._in(part)])
            ordered.sort()
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
