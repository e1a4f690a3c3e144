"""The kernel: one loop over blocks of rows that goes through a program, whatever the agreement.

These are plain functions of Python, slow and right. `compiled` returns the same functions made into
machine code by numba, which is kept on disk: it is made once for a machine, not once for an
agreement. Registers come as addresses: a block of a column is read where the column stands, a
result is written where it belongs.

Source: the architecture's “One plan, two engines”: blocks that stay in the cache, `nogil`, own
threads.

>>> from healthduty.columns.machine import address
>>> costs, rates = np.zeros(3, dtype=np.int64), np.array([83, 90, 97])
>>> row = [ADD, 1, 0, 0, -1, 8]
>>> instruct(row, [address(rates), address(costs)], address(np.zeros(3, dtype=np.int64)), 3)
>>> costs.tolist()
[166, 180, 194]
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from healthduty.columns.extras import np
from healthduty.columns.machine import int8s, int32s, int64s, machine_code

(CHAIN, LINE, FILL, CAST, ADD, SUB, MUL, FLOOR) = range(8)
(LEAST, MOST, WHERE, COMPARE, LOOK, BOTH, EITHER, NO) = range(8, 16)
"""What an instruction does. They stand here, because numba looks at this file alone to see whether
what it keeps on disk is still true."""

MORE, LESS, EQUAL = 0, 1, 2
"""How a comparison compares; the other two are the opposites of these."""


# --- chains --------------------------------------------------------------------------------------
# Numba computes 32-bit integers in 64 bits: each result is cut back, so that twice as many fit into
# a processor's register. The cut changes nothing, because the proof has every number fit.


def chain32(x: Any, row: Any, blank: Any, onto: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a chain in 32 bits; a division is a multiplication and a shift."""
    weight, target, least = np.int32(row[7]), np.int32(row[8]), np.int32(row[9])
    factor, half = np.int32(row[10]), np.int32(row[11])
    divisor, shift = np.uint64(row[12]), np.uint64(row[13])
    points, cap, sign = np.int32(row[14]), np.int32(row[15]), np.int32(row[16])
    if divisor == 0:
        for i in range(len(out)):
            gap = max(np.int32(np.int32(np.int32(x[i]) * weight) + target), least)
            count = np.int32(np.int32(gap * factor) + half)
            cost = np.int32(min(np.int32(count * points), cap) * sign)
            out[i] = onto[i] + (np.int32(0) if blank[i] else cost)
    else:
        for i in range(len(out)):
            gap = max(np.int32(np.int32(np.int32(x[i]) * weight) + target), least)
            whole = np.uint64(np.uint32(np.int32(np.int32(gap * factor) + half)))
            count = np.int32((whole * divisor) >> shift)
            cost = np.int32(min(np.int32(count * points), cap) * sign)
            out[i] = onto[i] + (np.int32(0) if blank[i] else cost)


def chain64(x: Any, row: Any, blank: Any, onto: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a chain in 64 bits."""
    weight, target, least, factor, half = row[7], row[8], row[9], row[10], row[11]
    divisor, points, cap, sign = np.uint64(row[12]), row[14], row[15], row[16]
    if divisor == 0:
        for i in range(len(out)):
            count = max(x[i] * weight + target, least) * factor + half
            cost = min(count * points, cap) * sign
            out[i] = onto[i] + (0 if blank[i] else cost)
    else:
        for i in range(len(out)):
            whole = np.uint64(max(x[i] * weight + target, least) * factor + half)
            cost = min(np.int64(whole // divisor) * points, cap) * sign
            out[i] = onto[i] + (0 if blank[i] else cost)


def chain(row: Any, where: Any, nothing: int, count: int) -> None:  # noqa: ANN401 - arrays
    """Run a chain; `nothing` is the address of a block of zeros."""
    blank = int8s(nothing if row[3] < 0 else where[row[3]], count)
    onto, out = nothing if row[4] < 0 else where[row[4]], where[row[1]]
    if row[5] == 4:  # noqa: PLR2004 - bytes
        if row[6] == 4:  # noqa: PLR2004 - bytes
            x32 = int32s(where[row[2]], count)
            chain32(x32, row, blank, int32s(onto, count), int32s(out, count))
        else:
            x64 = int64s(where[row[2]], count)
            chain32(x64, row, blank, int32s(onto, count), int32s(out, count))
    else:
        x64 = int64s(where[row[2]], count)
        chain64(x64, row, blank, int64s(onto, count), int64s(out, count))


def line(a: Any, weight: Any, target: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run the beginning of a chain alone: times, and plus."""
    for i in range(len(out)):
        out[i] = a[i] * weight + target


def looked(x: Any, table: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Look up what each number comes to."""
    for i in range(len(out)):
        out[i] = table[x[i]]


# --- single steps --------------------------------------------------------------------------------


def arithmetic(op: int, a: Any, b: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run one step of two numbers."""
    if op == ADD:
        for i in range(len(out)):
            out[i] = a[i] + b[i]
    elif op == SUB:
        for i in range(len(out)):
            out[i] = a[i] - b[i]
    elif op == MUL:
        for i in range(len(out)):
            out[i] = a[i] * b[i]
    elif op == FLOOR:
        for i in range(len(out)):
            out[i] = a[i] // b[i]
    elif op == LEAST:
        for i in range(len(out)):
            out[i] = min(a[i], b[i])
    else:
        for i in range(len(out)):
            out[i] = max(a[i], b[i])


def choice(row: Any, truth: Any, a: Any, b: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a choice by row; a side that is no register is a constant, the second only with both."""
    one, two, opposite = row[6], row[7], row[8]
    if row[3] >= 0:
        for i in range(len(out)):
            out[i] = a[i] if truth[i] else b[i]
    elif row[4] >= 0:
        for i in range(len(out)):
            out[i] = one if truth[i] ^ opposite else b[i]
    else:
        for i in range(len(out)):
            out[i] = one if truth[i] else two


def comparison(row: Any, a: Any, b: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a comparison of two registers: more, or equal."""
    opposite = row[8]
    if row[6] == MORE:
        for i in range(len(out)):
            out[i] = (a[i] > b[i]) ^ opposite
    else:
        for i in range(len(out)):
            out[i] = (a[i] == b[i]) ^ opposite


def against(row: Any, a: Any, constant: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a comparison with a constant."""
    opposite = row[8]
    if row[6] == MORE:
        for i in range(len(out)):
            out[i] = (a[i] > constant) ^ opposite
    elif row[6] == LESS:
        for i in range(len(out)):
            out[i] = (a[i] < constant) ^ opposite
    else:
        for i in range(len(out)):
            out[i] = (a[i] == constant) ^ opposite


def logic(op: int, a: Any, b: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Run a step of truths."""
    if op == BOTH:
        for i in range(len(out)):
            out[i] = a[i] & b[i]
    elif op == EITHER:
        for i in range(len(out)):
            out[i] = a[i] | b[i]
    else:
        for i in range(len(out)):
            out[i] = 1 - a[i]


def copied(a: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Copy a register into one of other width."""
    for i in range(len(out)):
        out[i] = a[i]


def filled(constant: int, out: Any) -> None:  # noqa: ANN401 - an array
    """Fill a register with a constant."""
    for i in range(len(out)):
        out[i] = constant


# --- one instruction -----------------------------------------------------------------------------


def cast(row: Any, where: Any, count: int) -> None:  # noqa: ANN401 - arrays
    """Copy a register into one of other width, or into a result."""
    a, out = where[row[2]], where[row[1]]
    if row[6] == 1:
        copied(int8s(a, count), int8s(out, count))
    elif row[6] == 4:  # noqa: PLR2004 - bytes
        if row[5] == 1:
            copied(int32s(a, count), int8s(out, count))
        elif row[5] == 4:  # noqa: PLR2004 - bytes
            copied(int32s(a, count), int32s(out, count))
        else:
            copied(int32s(a, count), int64s(out, count))
    elif row[5] == 4:  # noqa: PLR2004 - bytes
        copied(int64s(a, count), int32s(out, count))
    else:
        copied(int64s(a, count), int64s(out, count))


def numbers(row: Any, where: Any, nothing: int, count: int) -> None:  # noqa: ANN401, PLR0912 - arrays, in both widths
    """Run an instruction that reads or makes numbers."""
    op, out = row[0], where[row[1]]
    if op == FILL:
        if row[5] == 4:  # noqa: PLR2004 - bytes
            filled(row[6], int32s(out, count))
        else:
            filled(row[6], int64s(out, count))
    elif op == LINE:
        if row[5] == 4:  # noqa: PLR2004 - bytes
            a32, out32 = int32s(where[row[2]], count), int32s(out, count)
            line(a32, np.int32(row[6]), np.int32(row[7]), out32)
        else:
            line(int64s(where[row[2]], count), row[6], row[7], int64s(out, count))
    elif op == COMPARE:
        a, b, truth = where[row[2]], where[row[3]], int8s(out, count)
        if row[5] == 4:  # noqa: PLR2004 - bytes
            if row[3] >= 0:
                comparison(row, int32s(a, count), int32s(b, count), truth)
            else:
                against(row, int32s(a, count), np.int32(row[7]), truth)
        elif row[3] >= 0:
            comparison(row, int64s(a, count), int64s(b, count), truth)
        else:
            against(row, int64s(a, count), np.int64(row[7]), truth)
    elif op == WHERE:
        truth = int8s(where[row[2]], count)
        a = where[row[3]] if row[3] >= 0 else nothing
        b = where[row[4]] if row[4] >= 0 else nothing
        if row[5] == 4:  # noqa: PLR2004 - bytes
            choice(row, truth, int32s(a, count), int32s(b, count), int32s(out, count))
        else:
            choice(row, truth, int64s(a, count), int64s(b, count), int64s(out, count))
    elif row[5] == 4:  # noqa: PLR2004 - bytes
        a32, b32 = int32s(where[row[2]], count), int32s(where[row[3]], count)
        arithmetic(op, a32, b32, int32s(out, count))
    else:
        a64, b64 = int64s(where[row[2]], count), int64s(where[row[3]], count)
        arithmetic(op, a64, b64, int64s(out, count))


def instruct(row: Any, where: Any, nothing: int, count: int) -> None:  # noqa: ANN401 - arrays
    """Run one instruction on a block."""
    op = row[0]
    if op == CHAIN:
        chain(row, where, nothing, count)
    elif op == CAST:
        cast(row, where, count)
    elif op == LOOK:
        table, out = int32s(where[row[3]], row[7]), int32s(where[row[1]], count)
        if row[6] == 4:  # noqa: PLR2004 - bytes
            looked(int32s(where[row[2]], count), table, out)
        else:
            looked(int64s(where[row[2]], count), table, out)
    elif op >= BOTH:
        a = int8s(where[row[2]], count)
        b = a if op == NO else int8s(where[row[3]], count)
        logic(op, a, b, int8s(where[row[1]], count))
    else:
        numbers(row, where, nothing, count)


# --- all instructions, on all blocks -------------------------------------------------------------


def lowest(x: Any) -> Any:  # noqa: ANN401 - an array to a number
    """Return the lowest number of a block."""
    low = x[0]
    for i in range(len(x)):
        low = min(low, x[i])
    return low


def highest(x: Any) -> Any:  # noqa: ANN401 - an array to a number
    """Return the highest number of a block."""
    high = x[0]
    for i in range(len(x)):
        high = max(high, x[i])
    return high


def unsigned(x: Any) -> Any:  # noqa: ANN401 - an array to a number
    """Return the highest number of a block of 32 bits whose sign is taken for a bit like others."""
    high = np.uint32(0)
    for i in range(len(x)):
        high = max(high, np.uint32(x[i]))
    return high


def bounded(bound: Any, where: Any, seen: Any, count: int) -> Any:  # noqa: ANN401 - arrays
    """Return whether a block of a column is within its bounds; note its lowest and highest."""
    if bound[1] == 4:  # noqa: PLR2004 - bytes
        x32 = int32s(where[bound[0]], count)
        low, high = np.int64(0), np.int64(unsigned(x32))
        # Below 0 is far above every bound where no sign is seen: one look instead of two.
        if bound[2] != 0 or high > bound[3]:
            low, high = np.int64(lowest(x32)), np.int64(highest(x32))
    else:
        x64 = int64s(where[bound[0]], count)
        low, high = np.int64(lowest(x64)), np.int64(highest(x64))
    seen[0], seen[1] = min(seen[0], low), max(seen[1], high)
    return low >= bound[2] and high <= bound[3]


def interpret(  # noqa: PLR0913, PLR0917 - a program, its memory, and some rows
    code: Any,  # noqa: ANN401 - an array, as all below
    bases: Any,  # noqa: ANN401
    strides: Any,  # noqa: ANN401
    bounds: Any,  # noqa: ANN401
    seen: Any,  # noqa: ANN401
    nothing: int,
    start: int,
    stop: int,
    size: int,
) -> bool:
    """Run a program on some rows, block after block; return whether the proof holds for them.

    A register of a block stands at its base plus the block's first row times its stride. Where a
    column holds what the proof did not look at nothing more is computed, but `seen` is completed.
    """
    sound = True
    where = np.empty(len(bases), dtype=np.int64)
    for first in range(start, stop, size):
        count = min(size, stop - first)
        for register in range(len(bases)):
            where[register] = bases[register] + first * strides[register]
        for index in range(len(bounds)):
            if not bounded(bounds[index], where, seen[index], count):
                sound = False
        if sound:
            for index in range(len(code)):
                instruct(code[index], where, nothing, count)
    return sound


# --- machine code --------------------------------------------------------------------------------

PARTS: tuple[Callable[..., Any], ...] = (
    chain32,
    chain64,
    chain,
    line,
    looked,
    arithmetic,
    choice,
    comparison,
    against,
    logic,
    copied,
    filled,
    cast,
    numbers,
    instruct,
    lowest,
    highest,
    unsigned,
    bounded,
)


def is_loaded() -> bool:
    """Return whether the machine code is there already, so that using it costs nothing."""
    return compiled.cache_info().currsize > 0


@functools.cache
def compiled() -> Callable[..., bool] | None:
    """Return `interpret` as machine code; None without a numba that can do it."""
    return machine_code(interpret, PARTS, _signature)


def _signature(numba: Any) -> Any:  # noqa: ANN401 - a module, a type of it
    table, row, one = numba.int64[:, ::1], numba.int64[::1], numba.int64
    return numba.boolean(table, row, row, table, table, one, one, one, one)
