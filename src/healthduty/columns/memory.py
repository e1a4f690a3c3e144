"""Memory for results, used again once nobody holds what was in it.

New memory costs more than scoring: the system fills it with zeros, page by page, before the first
number is written. So the room of the last results is kept, one piece for each sort of number, and
is given out again when the last array in it is gone.

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

import sys
import threading
from typing import Any

from healthduty.columns.extras import Array, np

LEAST = 2**20
"""Below so many bytes the system's own allocator has memory at hand."""

MOST = 2**28
"""So many bytes are kept of one sort, and no more."""


class Memory:
    """Keeps one piece of memory for each sort of number."""

    def __init__(self, least: int = LEAST, most: int = MOST) -> None:
        """Keep pieces of so many bytes."""
        self._least, self._most = least, most
        self._kept: dict[Any, Array] = {}
        self._lock = threading.Lock()

    def rooms(self, count: int, length: int, dtype: Any) -> Array:  # noqa: ANN401 - a dtype
        """Return so many arrays in one, of any contents; nobody else has them."""
        numbers = count * length
        size = numbers * np.dtype(dtype).itemsize
        if not self._least <= size <= self._most:
            return np.empty((count, length), dtype=dtype)
        with self._lock:
            # Every array in a piece counts as one who holds it: two are this look and the shelf.
            free = dtype in self._kept and sys.getrefcount(self._kept[dtype]) <= 2  # noqa: PLR2004
            if not free or len(self._kept[dtype]) < numbers:
                self._kept[dtype] = np.empty(numbers, dtype=dtype)
            return self._kept[dtype][:numbers].reshape(count, length)


MEMORY = Memory()
"""The memory of this process."""
