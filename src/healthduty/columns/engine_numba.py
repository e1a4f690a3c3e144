"""The Numba engine: a plan's program, by one kernel of machine code.

Source: the architecture's “One plan, two engines”: Numba when it is installed, the same results.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例", parts=(Indicator("1", "台账", points=5),))).plan
>>> scored = run(made, {0: Integers(np.array([3, 4]), 1)}, 2)
>>> scored.earned.tolist()  # points scale: hundredths
[300, 400]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from healthduty.columns import programs, sweeps
from healthduty.columns.encoding import Program
from healthduty.columns.engine_numpy import Integers, Results
from healthduty.columns.extras import Array, np
from healthduty.columns.kernel import compiled, interpret
from healthduty.columns.machine import address
from healthduty.scoring.ops import Plan

BLOCK = 4_096
"""Rows of a block: what lies between fits into the first cache, the columns into the second."""

PIECE = 262_144
"""Rows that a thread takes at a time: to begin a piece costs as much as some thousand rows."""

ALONE = 32_768
"""Up to so many rows one thread is done before a second one has begun."""

NAME = "numba"

_LINE = 64
"""Bytes of a line of the cache, on which a register begins."""

_INT64 = np.iinfo(np.int64)


def run(
    plan: Plan,
    slots: Mapping[int, Integers],
    length: int,
    *,
    keep: Iterable[tuple[str, int]] = (),
    threads: int | None = None,
) -> Results:
    """Score all rows; `keep` names what else is wanted. Without numba, NumPy does it."""
    if compiled() is None:
        return sweeps.run(plan, slots, length, keep=keep, threads=threads)
    return programs.run(plan, slots, length, WAY, keep=keep, threads=threads)


def room_of(program: Program, size: int) -> Array:
    """Return room for the blocks of pieces of so many rows; it begins with a block of zeros."""
    return np.zeros((program.room + 8) * _lines(size) + _LINE, dtype=np.int8)


def _lines(size: int) -> int:
    """Return the rows of a block, up to the end of a line."""
    return -(-min(BLOCK, size) // _LINE) * _LINE


def piece(
    program: Program, room: Array, outer: Mapping[int, Array], start: int, stop: int
) -> tuple[bool, Array]:
    """Run a program on some rows; see `programs.Way`."""
    bases, strides = (np.zeros(len(program.places), dtype=np.int64) for _ in range(2))
    for register, array in outer.items():
        bases[register], strides[register] = address(array), array.dtype.itemsize
    for register, table in program.tables.items():
        bases[register] = address(table)
    size = min(BLOCK, stop - start)
    nothing = -(-address(room) // _LINE) * _LINE
    between = program.places >= 0
    bases[between] = nothing + (program.places[between] + 8) * _lines(size)
    seen = np.tile(np.array([_INT64.max, _INT64.min]), (len(program.bounds), 1))
    kernel = compiled() or interpret
    rest = (strides, program.bounds, seen, nothing, start, stop, size)
    return bool(kernel(program.code, bases, *rest)), seen


WAY = programs.Way(NAME, lambda program: program, room_of, piece, PIECE, ALONE)
