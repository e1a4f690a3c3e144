"""Texts as bytes: where each begins and ends, how long they are, and a hash of each.

A million names are looked at as one array of bytes, never as a million objects.

Source: architecture, “Arrow buffers read in place”.

>>> texts = Bytes.of(["南关", "乙"])
>>> texts.lengths.tolist(), texts.tolist()
([6, 3], ['南关', '乙'])
>>> one, two, three = hashes_of_bytes(Bytes.of(["南关", "北关", "南关"])).tolist()
>>> one == three, one == two
(True, False)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Self

from healthduty.columns.extras import Array, np

_UTF8 = "utf-8", "surrogatepass"
"""A key may hold half a character, as a text of Python's may."""


class Bytes:
    """The bytes of texts, and where each begins and the last ends."""

    def __init__(self, data: Array, edges: Array) -> None:
        """Stand on them; `shortest` and `longest` are the lengths between which all are."""
        self.data, self.edges = data, edges
        self.lengths = np.diff(edges)
        self.shortest = int(self.lengths.min()) if len(self.lengths) else 0
        self.longest = int(self.lengths.max()) if len(self.lengths) else 0

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lengths)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return the bytes of Python's texts."""
        every = [text.encode(*_UTF8) for text in texts]
        edges = np.zeros(len(every) + 1, dtype=np.int64)
        np.cumsum([*map(len, every)], out=edges[1:])
        return cls(np.frombuffer(b"".join(every), np.uint8), edges)

    def tolist(self) -> list[str]:
        """Return them as Python's texts."""
        whole, edges = self.data.tobytes(), self.edges.tolist()
        return [str(whole[start:stop], *_UTF8) for start, stop in itertools.pairwise(edges)]

    def taken(self, rows: Array) -> Bytes:
        """Return some of them."""
        edges = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(self.lengths[rows], out=edges[1:])
        data = np.empty(int(edges[-1]), dtype=np.uint8)
        for length, at in _by_length(self.lengths[rows]):
            places = np.arange(length)
            data[edges[:-1][at][:, None] + places] = self.rows_of(rows[at], length)
        return Bytes(data, edges)

    def rows_of(self, rows: Array, length: int) -> Array:
        """Return the bytes of some texts of one length, row by row."""
        if (alike := self.alike) is not None:
            return alike[rows]
        found: Array = self.data[self.edges[rows][:, None] + np.arange(length)]
        return found

    def same(self, mine: Array, other: Bytes, theirs: Array) -> Array:
        """Return whether some of them are the same as some others, one by one."""
        lengths = self.lengths[mine]
        same = lengths == other.lengths[theirs]
        for length, at in _by_length(np.where(same, lengths, 0)):
            if length:
                one, two = self.rows_of(mine[at], length), other.rows_of(theirs[at], length)
                same[at] = (one == two).all(axis=1)
        return same

    @property
    def alike(self) -> Array | None:
        """The bytes row by row, where all texts are equally long."""
        if self.shortest < self.longest or not self.longest:
            return None
        return self.data[self.edges[0] : self.edges[-1]].reshape(-1, self.longest)

    def last(self, back: int) -> Array:
        """Return the last byte of each text, or the one so many before it; 0 where none is."""
        if (alike := self.alike) is not None and back < self.longest:
            return alike[:, self.longest - 1 - back]
        if self.shortest > back:
            return self.data[self.edges[1:] - (1 + back)]
        found = np.zeros(len(self), dtype=np.uint8)
        rows = np.flatnonzero(self.lengths > back)
        found[rows] = self.data[self.edges[1:][rows] - (1 + back)]
        return found

    def first(self) -> Array:
        """Return the first byte of each text that has any."""
        if (alike := self.alike) is not None:
            return alike[:, 0]
        starts = self.edges[:-1]
        return self.data[starts if self.shortest else starts[self.lengths > 0]]


def _by_length(lengths: Array) -> Iterator[tuple[int, Array]]:
    """Go through lengths: each that there is, and where."""
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        yield length, np.flatnonzero(lengths == length)


# --- hashes -----------------------------------------------------------------------------------

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_WORD = 8


def hashes_of_bytes(texts: Bytes) -> Array:
    """Return eight bytes for each text: equal texts have equal ones, others hardly ever."""
    if (alike := texts.alike) is not None:
        return _hashed(alike)
    made = np.zeros(len(texts), dtype=np.uint64)
    for length, rows in _by_length(texts.lengths):
        made[rows] = _hashed(texts.rows_of(rows, length))
    return made


def _hashed(texts: Array) -> Array:
    """Return the hashes of texts of one length, a row each: eight bytes at a time."""
    count, length = texts.shape
    made = np.full(count, length, dtype=np.uint64)
    if length < _WORD:
        padded = np.zeros((count, _WORD), dtype=np.uint8)
        padded[:, :length] = texts
        return mixed(made, padded.view(np.uint64)[:, 0])
    for start in (*range(0, length - _WORD, _WORD), length - _WORD):  # the last two may overlap
        made = mixed(made, texts[:, start : start + _WORD].view(np.uint64)[:, 0])
    return made


def mixed(made: Array, more: Array) -> Array:
    """Return hashes with more mixed in, in place of them."""
    np.bitwise_xor(made, more, out=made)
    np.multiply(made, _FACTOR, out=made)
    np.bitwise_xor(made, made >> _SHIFT, out=made)
    return made
