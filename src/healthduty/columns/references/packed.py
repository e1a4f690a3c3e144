"""Keys as integers: of codes that look alike each is one number, and no text is kept.

The codes of a province's facilities have the same length, and mostly the same beginning; at each
place stand a few characters. So a code is the number of its characters, each place with a radix of
its own, as a clock counts hours, minutes and seconds: a code of 22 digits with one beginning is
one, the 18 characters of a 统一社会信用代码 are one or two. Two codes never are the same numbers,
and numbers say their code again.

Source: “Larger than memory”; `Way.LAST_YEAR`.

>>> codes = Bytes.of(["45010", "45102", "4511"])
>>> packing = Packing.of(codes)
>>> numbers = packing.pack(codes)
>>> packing.unpack(numbers).tolist(), packing.pack(Bytes.of(["45110", "46010"])).tolist()[0][1]
(['45010', '45102', '4511'], -1)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from healthduty.columns.extras import Array, np
from healthduty.columns.text_bytes import Bytes

_BLOCK = 2**16
"""Texts that are taken at a time: what lies between stays in the cache."""

_LONGEST = 256
"""Longer texts are no codes."""

_MOST = 2**63 - 1
_MOST_WORDS = 3
"""A text that is more numbers than these stays a text."""

_BYTES = 256
_END = 0
"""What stands behind the end of a shorter text; no text that is packed has it."""


class Packing:
    """Which bytes stand at each place of some texts, and so what number each text is.

    A text of many places is several numbers, of 63 bits each; the first is of its last places,
    which differ most.
    """

    def __init__(self, there: Array) -> None:
        """Take what stands at each place: places × 256 truths."""
        self.there = there
        self._words: list[dict[int, int]] = [{}]
        """The places of each number, with the radix of each."""
        room = 1
        for place, size in reversed([*enumerate(there.sum(axis=1).tolist())]):
            if room * size > _MOST:
                self._words.append({})
                room = 1
            self._words[-1][place] = room
            room *= size
        self._ranks = np.cumsum(there, axis=1, dtype=np.int64) - 1

    @property
    def words(self) -> int:
        """How many numbers a text is."""
        return len(self._words)

    @property
    def fits(self) -> bool:
        """Whether the numbers take less room than texts do."""
        return self.words <= _MOST_WORDS

    @classmethod
    def of(cls, texts: Bytes) -> Self | None:
        """Return the packing of some texts; None where they are no codes."""
        if texts.longest > _LONGEST or len(_rows_of_end(texts)):
            return None
        there = np.zeros((texts.longest, _BYTES), dtype=bool)
        for _, places in _blocks(texts, texts.longest):
            for place, column in enumerate(places):
                there[place, column[0]] = True
                if (column != column[0]).any():
                    there[place] |= np.bincount(column, minlength=_BYTES) > 0
        return cls(there)

    def joined(self, other: Self) -> Self:
        """Return the packing of two sets of texts: one of the two where it holds both."""
        if self.there.shape == other.there.shape and not (other.there & ~self.there).any():
            return self
        there = np.zeros((max(len(self.there), len(other.there)), _BYTES), dtype=bool)
        for each in (self.there, other.there):
            there[: len(each)] |= each
            there[len(each) :, _END] = True
        return type(self)(there)

    def pack(self, texts: Bytes) -> Array:
        """Return the numbers of each text: words × texts.

        The first is −1 of a text with a byte that stands there in none.
        """
        made = np.zeros((self.words, len(texts)), dtype=np.int64)
        for rows, places in _blocks(texts, len(self.there)):
            known = np.ones(places.shape[1], dtype=bool)
            for place, column in enumerate(places):
                known &= self.there[place][column]
            for row, word in enumerate(self._words):
                for place, radix in word.items():
                    made[row, rows] += (self._ranks[place] * radix)[places[place]]
            made[0, rows][~known] = -1
        made[0, texts.lengths > len(self.there)] = -1
        made[0, _rows_of_end(texts)] = -1
        return made

    def unpack(self, numbers: Array) -> Bytes:
        """Return the texts that numbers are."""
        parts, lengths = [], []
        count = numbers.shape[1]
        for start in range(0, count, _BLOCK):
            some = numbers[:, start : start + _BLOCK]
            places = np.empty((some.shape[1], len(self.there)), dtype=np.uint8)
            for rest, word in zip(some, self._words, strict=True):
                for place, radix in word.items():
                    there = np.flatnonzero(self.there[place])
                    places[:, place] = there[rest // radix % len(there)]
            filled = places != _END
            parts.append(places[filled])
            lengths.append(filled.sum(axis=1))
        edges = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.concatenate([np.zeros(0, np.int64), *lengths]), out=edges[1:])
        return Bytes(np.concatenate([np.zeros(0, np.uint8), *parts]), edges)


def _rows_of_end(texts: Bytes) -> Array:
    """Return the texts that have the byte of an end within them; hardly any does."""
    first = int(texts.edges[0])
    found = np.flatnonzero(texts.data[first : int(texts.edges[-1])] == _END) + first
    return np.searchsorted(texts.edges, found, side="right") - 1


def _blocks(texts: Bytes, length: int) -> Iterator[tuple[slice, Array]]:
    """Go through texts block by block: the rows, and places × rows of their bytes."""
    for start in range(0, len(texts), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(texts)))
        yield rows, _by_place(texts, rows, length)


def _by_place(texts: Bytes, rows: slice, length: int) -> Array:
    if (alike := texts.alike) is not None and alike.shape[1] == length:
        return np.ascontiguousarray(alike[rows].T)
    starts, lengths = texts.edges[:-1][rows], texts.lengths[rows]
    made = np.full((length, len(lengths)), _END, dtype=np.uint8)
    for place in range(min(length, texts.longest)):
        there = np.flatnonzero(lengths > place)
        made[place, there] = texts.data[starts[there] + place]
    return made
