"""What many facilities lost by each indicator, in one pass by machine code.

Where Numba's kernel is loaded, nobody makes columns of what was lost only to add them up: what was
earned is read once, where the run has left it. Without machine code, and for what takes more than
32 bits or comes from several columns, `summary` does the same by NumPy.

Source: “`.summary()` by indicator (points lost, share of facilities that lost any)”.

>>> earned, unsure = np.array([[3, 5, 0, 2]], np.int32), np.array([[0, 0, 1, 0]], np.bool_)
>>> sums = np.zeros((1, 3), np.int64)
>>> add_up(np.array([[5, address(earned), address(unsure)]]), sums, 4)
>>> sums.tolist()  # three that are known lost 2, 0 and 3
[[3, 5, 2]]
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from healthduty.columns.extras import Array, np
from healthduty.columns.kernel import is_loaded
from healthduty.columns.machine import address, int8s, int32s, machine_code

# --- what becomes machine code -------------------------------------------------------------------


def lost(full: Any, earned: Any, unsure: Any) -> Any:  # noqa: ANN401 - a number, two arrays
    """Return how many are known, what they lost in all, and how many lost any."""
    known, units, losers = np.int64(0), np.int64(0), np.int64(0)
    for i in range(len(earned)):
        sure = np.int64(1 - unsure[i])
        short = (full - np.int64(earned[i])) * sure
        known += sure
        units += short
        losers += np.int64(short > 0)
    return known, units, losers


def add_up(columns: Any, sums: Any, count: int) -> None:  # noqa: ANN401 - arrays
    """Add up columns of so many rows: the full points of each, where its points and doubts are."""
    for index in range(len(columns)):
        full, earned, unsure = columns[index, 0], columns[index, 1], columns[index, 2]
        known, units, losers = lost(full, int32s(earned, count), int8s(unsure, count))
        sums[index, 0], sums[index, 1], sums[index, 2] = known, units, losers


def _signature(numba: Any) -> Any:  # noqa: ANN401 - a module, a type of it
    table = numba.int64[:, ::1]
    return numba.void(table, table, numba.int64)


@functools.cache
def _compiled() -> Callable[..., None] | None:
    return machine_code(add_up, (lost,), _signature)


def adder() -> Callable[..., None] | None:
    """Return `add_up` as machine code, where the kernel is loaded as such; else None."""
    return _compiled() if is_loaded() else None


# --- the columns of a run ------------------------------------------------------------------------


def added_up(
    columns: Sequence[tuple[int, Array, Array]], *, code: Callable[..., None]
) -> list[tuple[int, int, int] | None]:
    """Return how many are known, what they lost, and how many lost any, of each column.

    A column is its full points, what was earned, and where that is not known. None for one whose
    numbers take more than 32 bits: their sum could wrap.
    """
    found: list[tuple[int, int, int] | None] = [None] * len(columns)
    fit = [place for place, each in enumerate(columns) if _fits(*each)]
    if fit:
        table = np.array(
            [(full, *map(address, rest)) for full, *rest in map(columns.__getitem__, fit)]
        )
        sums = np.zeros((len(fit), 3), np.int64)
        code(table, sums, len(columns[fit[0]][1]))
        for place, (known, units, losers) in zip(fit, sums.tolist(), strict=True):
            found[place] = known, units, losers
    return found


def _fits(full: int, earned: Array, unsure: Array) -> bool:
    whole = earned.flags.c_contiguous and unsure.flags.c_contiguous
    widths = earned.dtype == np.int32 and unsure.dtype == np.bool_
    return bool(whole and widths and abs(full) <= np.iinfo(np.int32).max)
