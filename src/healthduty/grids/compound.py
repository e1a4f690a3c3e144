"""Compound files: the container of .xls and of encrypted workbooks, and one stream out of it.

A compound file is a small file system: sectors, a table that chains them, a directory of names.
Nothing in it is believed. A chain that runs in a circle, or many streams over the same sectors,
would be unpacked without end by whoever follows them; so all are followed here first, within the
file's own length.

Source: [MS-CFB] 2.2 (header), 2.3 (the table of sectors), 2.6 (directory).

>>> streams_of(b"no compound file")
Traceback (most recent call last):
ValueError: no compound file
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import attrs

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are none: the end of a chain, free, or the tables' own."""

_STREAM, _ROOT = 2, 5
"""What an entry of the directory is; the root's own stream holds the small ones."""

_HEADER, _ENTRY, _NUMBER = 512, 128, 4
_IN_HEADER = 109
"""So many numbers of the table's sectors stand in the header; the others are chained behind it."""


_MOST_TIMES = 4
"""Times the file's own length that all its chains may have together."""


def streams_of(data: bytes) -> dict[str, bytes]:
    """Return the streams of a compound file by their names.

    Raises:
        ValueError: no compound file, or one that can't be followed to its end.
    """
    if not data.startswith(MAGIC) or len(data) < _HEADER:
        raise ValueError("no compound file")
    try:
        return dict(_Compound.of(data).streams())
    except (struct.error, IndexError) as error:
        raise ValueError(f"a broken compound file: {error}") from error


@attrs.frozen
class _Compound:
    """The tables of a compound file."""

    data: bytes
    size: int
    small_size: int
    cutoff: int
    table: Sequence[int]
    small_table: Sequence[int]
    directory: int

    @classmethod
    def of(cls, data: bytes) -> _Compound:
        """Read the header and both tables.

        Raises:
            ValueError, struct.error, IndexError: a header that can't be.
        """
        shift, small_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or small_shift != 6:  # noqa: PLR2004 - all that [MS-CFB] allows
            raise ValueError("sectors of an unknown size")
        _, directory, _, cutoff, small, _, chained, _ = struct.unpack_from("<8L", data, 44)
        size = 1 << shift
        found = cls(data, size, 1 << small_shift, cutoff, (), (), directory)
        found = attrs.evolve(found, table=found.table_of(chained))
        return attrs.evolve(found, small_table=_numbers(found.chain(small)))

    def table_of(self, chained: int) -> list[int]:
        """Return the table of sectors, whose own sectors the header lists."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}L", self.data, 76))
        for _ in range(len(self.data) // self.size):
            if chained >= _LAST:
                break
            *more, chained = _numbers(self._sector(chained))
            listed += more
        return [each for at in listed if at < _LAST for each in _numbers(self._sector(at))]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        if start >= len(self.data):
            raise ValueError("a sector outside the file")
        return self.data[start : start + self.size]

    def chain(self, first: int) -> bytes:
        """Return the sectors of a chain.

        Raises:
            ValueError: it runs in a circle.
        """
        pieces: list[bytes] = []
        for _ in range(len(self.data) // self.size + 1):
            if first >= _LAST:
                return b"".join(pieces)
            pieces.append(self._sector(first))
            first = self.table[first]
        raise ValueError("its sectors run in a circle")

    def streams(self) -> Iterator[tuple[str, bytes]]:
        """Go through the streams: name and content.

        Raises:
            ValueError: a chain in a circle, or chains that share their sectors.
        """
        entries = list(_entries(self.chain(self.directory)))
        root = next((self.chain(first) for _, kind, first, _ in entries if kind == _ROOT), b"")
        left = _MOST_TIMES * len(self.data)
        for name, kind, first, size in entries:
            if kind == _STREAM and size:
                small = size < self.cutoff
                content = self._small(root, first) if small else self.chain(first)
                left -= len(content)
                if left < 0:
                    raise ValueError("its streams share their sectors")
                yield name, content[:size]

    def _small(self, root: bytes, first: int) -> bytes:
        pieces: list[bytes] = []
        for _ in range(len(self.small_table) + 1):
            if first >= _LAST:
                return b"".join(pieces)
            pieces.append(root[first * self.small_size : (first + 1) * self.small_size])
            first = self.small_table[first]
        raise ValueError("its sectors run in a circle")


def _numbers(data: bytes) -> list[int]:
    count = len(data) // _NUMBER
    return list(struct.unpack(f"<{count}L", data[: count * _NUMBER]))


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Go through the directory: name, kind, first sector, size."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        first, size = struct.unpack_from("<2L", directory, at + 116)
        name = directory[at : at + min(length, 64)].decode("utf-16-le", errors="replace")
        yield name.rstrip("\0"), kind, first, size
