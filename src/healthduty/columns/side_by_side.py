"""Work on many batches, some of it side by side on threads, and handed on in its order.

What decodes, scores and looks at bytes does so without Python's lock, so that as many batches are
at work as there are processors, up to a few: each of them is in memory.

Source: “Larger than memory: … with a bounded peak”.

>>> list(in_order(map(lambda number: lambda: number * number, range(4))))
[0, 1, 4, 9]
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

THREADS = min(2, os.cpu_count() or 1)
"""Batches that are at work at a time, beside one that is done, or the next."""


def in_order(tasks: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Do tasks side by side, and go through what they return, in their order.

    A task is asked for when there is a place for it, and let go when it is done.

    Raises:
        Exception: what the tasks raise, or what hands them out; those not begun yet are left.
    """
    waiting: deque[Future[T]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for task in tasks:
                if len(waiting) > THREADS:
                    yield waiting.popleft().result()
                waiting.append(pool.submit(task))
                del task  # whoever does it is the last to hold what it holds
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
