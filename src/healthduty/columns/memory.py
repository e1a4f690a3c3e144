"""Memory for results, used again once nobody holds what was in it.

New memory costs more than scoring: the system fills it with zeros, page by page, before the first
number is written. So the room of the last results is kept, a large piece for each sort of number or
some small ones, and is given out again when the last array in it is gone. What lies there idle the
system may take back as soon as anybody is short of memory; so a large piece can be kept, and is in
nobody's way.

Source: the architecture's “One plan, two engines”: first-touch memory; reuse or pool the output.

>>> memory = Memory(least=0)
>>> first = memory.rooms(2, 3, np.int32)
>>> second = memory.rooms(2, 3, np.int32)  # somebody holds the first
>>> np.shares_memory(first, second)
False
>>> where = second.__array_interface__["data"]
>>> del second
>>> memory.rooms(1, 6, np.int32).__array_interface__["data"] == where
True
"""

from __future__ import annotations

import mmap
import weakref
from typing import Any

from healthduty.columns.extras import Array, np

LEAST = 2**20
"""Below so many bytes the system's own allocator has memory at hand."""

_IDLE = getattr(mmap, "MADV_FREE", None)
"""How a system is told that it may take memory back, but need not; some can't be told."""

_HUGE = getattr(mmap, "MADV_HUGEPAGE", None)
_OURS: dict[str, Any] = {} if _IDLE is None else {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS}
"""Without it a piece would be shared with the processes that this one forks."""

_PIECES = 4
"""So many small pieces are kept of one sort: a batch each, of those that are scored at a time."""

_SMALL = 2**26
"""A piece of up to so many bytes is small; of larger ones the largest is kept."""

MOST = 2**28 if _IDLE is None else 2**32
"""So many bytes are kept of one sort, and no more: ten million rows of sixty items are 2.4 GB."""


class Memory:
    """Keeps a few pieces of memory for each sort of number."""

    def __init__(self, least: int = LEAST, most: int = MOST) -> None:
        """Keep pieces of so many bytes."""
        self._least, self._most = least, most
        self._idle: dict[tuple[Any, int], mmap.mmap] = {}

    def rooms(self, count: int, length: int, dtype: Any) -> Array:  # noqa: ANN401 - a dtype
        """Return so many arrays in one, of any contents; nobody else has them."""
        numbers = count * length
        size = numbers * np.dtype(dtype).itemsize
        if not numbers or not self._least <= size <= self._most:
            return np.empty((count, length), dtype=dtype)
        piece = self._taken(dtype, size)
        if piece is None:
            try:
                piece = mmap.mmap(-1, size, **_OURS)
            except OSError:  # no such piece is left; numpy finds room elsewhere, or says so
                return np.empty((count, length), dtype=dtype)
            _tell(piece, _HUGE)
        held = np.frombuffer(piece, dtype=dtype, count=numbers)
        # Every array made of this one holds it; the last of them gives the piece back.
        weakref.finalize(held, self._take_back, dtype, piece).atexit = False
        return held.reshape(count, length)

    def _taken(self, dtype: Any, size: int) -> mmap.mmap | None:  # noqa: ANN401 - a dtype
        """Return an idle piece that is large enough."""
        for place in range(_PIECES):
            piece = self._idle.pop((dtype, place), None)  # no other thread finds it any more
            if piece is not None and len(piece) >= size:
                return piece
            if piece is not None:
                self._put(dtype, piece)
        return None

    def _take_back(self, dtype: Any, piece: mmap.mmap) -> None:  # noqa: ANN401 - a dtype
        """Keep a piece that nobody holds any more."""
        _tell(piece, _IDLE)
        self._put(dtype, piece)

    def _put(self, dtype: Any, piece: mmap.mmap) -> None:  # noqa: ANN401 - a dtype
        """Put a piece where there is place; where there is none, the larger of two stays."""
        for place in range(_PIECES if len(piece) <= _SMALL else 1):
            if self._idle.setdefault((dtype, place), piece) is piece:
                return
        other = self._idle.pop((dtype, 0), None)
        self._idle[dtype, 0] = piece if other is None or len(other) <= len(piece) else other


def _tell(piece: mmap.mmap, advice: int | None) -> None:
    """Tell the system what a piece is for; one that does not listen loses nothing."""
    if advice is not None:
        try:
            piece.madvise(advice)
        except OSError:  # an older system, or one without huge pages
            return


MEMORY = Memory()
"""The memory of this process."""
