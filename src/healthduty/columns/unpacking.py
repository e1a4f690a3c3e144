"""Whole numbers out of Arrow's memory, all columns of a batch in one pass by machine code.

Where Numba's kernel is loaded, nobody goes through a column four times before it is scored (its
bitmap to truths, 0 under its nulls, its lowest, its highest): each block of it is read once, and
written once. Numbers of 64 bits that fit into 32 are written as such on the way. Without machine
code, `slabs` does the same by NumPy.

Source: architecture, “One plan, two engines”: Arrow buffers and null bitmaps read in place.

>>> import pyarrow as pa
>>> (column,) = unpacked([pa.array([83, None, 90], pa.int64())], code=unpack)
>>> column.values.tolist(), column.null.tolist(), column.ends
([83, 0, 90], [False, True, False], Ends(low=0, high=90, least=83))
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from healthduty.columns.column import Column, Ends, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.kernel import is_loaded
from healthduty.columns.machine import address, int8s, int32s, int64s, machine_code
from healthduty.columns.memory import MEMORY

_BLOCK = 8_192
"""Rows of a block, which stays in the first cache between its passes; a bitmap's whole bytes."""

_LINE = 64
"""Bytes of a line of the cache, on which each column begins."""

_INT32 = np.iinfo(np.int32)
_NONE = 2**63 - 1
"""The lowest above 0 where there is none."""

_TRUTHS = np.array(
    [sum((1 - (byte >> bit & 1)) << 8 * bit for bit in range(8)) for byte in range(256)],
    dtype=np.int64,
)
"""Eight rows of a bitmap as eight bytes: 1 where there is nothing."""


# --- what becomes machine code -------------------------------------------------------------------


def blanks(
    bits: Any,  # noqa: ANN401 - an array, as all below
    first: int,
    truths: Any,  # noqa: ANN401
    null: Any,  # noqa: ANN401
    eights: Any,  # noqa: ANN401
) -> None:
    """Write down where a bitmap from bit `first` has nothing; `eights` is `null`, 8 at a time."""
    done = 0
    if first % 8 == 0:
        start = first // 8
        for i in range(len(eights)):
            eights[i] = truths[np.uint8(bits[start + i])]
        done = 8 * len(eights)
    for i in range(done, len(null)):
        at = first + i
        null[i] = 1 - ((np.uint8(bits[at >> 3]) >> (at & 7)) & 1)


def cleared32(x: Any, null: Any, out: Any) -> Any:  # noqa: ANN401 - arrays to numbers
    """Copy 32-bit numbers, 0 where they are blank; return their ends."""
    low, high, least = np.int32(0), np.int32(0), np.uint32(0xFFFFFFFF)
    for i in range(len(out)):
        value = np.int32(x[i] & np.int32(np.int32(null[i]) - np.int32(1)))
        out[i] = value
        low, high = min(low, value), max(high, value)
        # Less 1 and without a sign, 0 and what is below it are the highest.
        least = min(least, np.uint32(np.int32(value - np.int32(1))))
    return np.int64(low), np.int64(high), np.int64(least) + 1


def cleared64(x: Any, null: Any, out: Any) -> Any:  # noqa: ANN401 - arrays to numbers
    """Copy 64-bit numbers into 32 bits, 0 where they are blank; return their ends."""
    low, high, least = np.int64(0), np.int64(0), np.int64(_NONE)
    for i in range(len(out)):
        value = x[i] & (np.int64(null[i]) - np.int64(1))
        out[i] = np.int32(value)
        low, high = min(low, value), max(high, value)
        least = min(least, value if value > 0 else np.int64(_NONE))
    return low, high, least


def copied64(x: Any, out: Any) -> Any:  # noqa: ANN401 - arrays to numbers
    """Copy 64-bit numbers into 32 bits; return their ends."""
    low, high, least = np.int64(x[0]), np.int64(x[0]), np.int64(_NONE)
    for i in range(len(out)):
        value = x[i]
        out[i] = np.int32(value)
        low, high = min(low, value), max(high, value)
        least = min(least, value if value > 0 else np.int64(_NONE))
    return low, high, least


def ends32(x: Any) -> Any:  # noqa: ANN401 - an array to numbers
    """Return the ends of 32-bit numbers."""
    low, high, least = x[0], x[0], np.uint32(0xFFFFFFFF)
    for i in range(len(x)):
        value = x[i]
        low, high = min(low, value), max(high, value)
        least = min(least, np.uint32(np.int32(value - np.int32(1))))
    return np.int64(low), np.int64(high), np.int64(least) + 1


def unpack(columns: Any, truths: Any, ends: Any, count: int) -> None:  # noqa: ANN401 - arrays
    """Unpack columns of so many rows.

    A column is: where its numbers stand, their bytes, its bitmap and the first bit of it, where its
    numbers go, and where its blanks do; 0 for what there is none of. `ends` are the lowest, the
    highest and the lowest above 0 of each.
    """
    for index in range(len(columns)):
        numbers, width = columns[index, 0], columns[index, 1]
        bitmap, first = columns[index, 2], columns[index, 3]
        out, null = columns[index, 4], columns[index, 5]
        for start in range(0, count, _BLOCK):
            rows = min(_BLOCK, count - start)
            at, to = numbers + start * width, out + start * 4
            if bitmap != 0:
                bits, where = int8s(bitmap, (first + count + 7) // 8), null + start
                blank = int8s(where, rows)
                blanks(bits, first + start, truths, blank, int64s(where, rows // 8))
                if width == 4:  # noqa: PLR2004 - bytes
                    met = cleared32(int32s(at, rows), blank, int32s(to, rows))
                else:
                    met = cleared64(int64s(at, rows), blank, int32s(to, rows))
            elif width == 4:  # noqa: PLR2004 - bytes
                met = ends32(int32s(at, rows))
            else:
                met = copied64(int64s(at, rows), int32s(to, rows))
            one = ends[index]
            if start == 0:
                one[0], one[1], one[2] = met
            else:
                one[0], one[1] = min(one[0], met[0]), max(one[1], met[1])
                one[2] = min(one[2], met[2])


PARTS: tuple[Callable[..., Any], ...] = (blanks, cleared32, cleared64, copied64, ends32)


def _signature(numba: Any) -> Any:  # noqa: ANN401 - a module, a type of it
    table = numba.int64[:, ::1]
    return numba.void(table, numba.int64[::1], table, numba.int64)


@functools.cache
def _compiled() -> Callable[..., None] | None:
    return machine_code(unpack, PARTS, _signature)


def unpacker() -> Callable[..., None] | None:
    """Return `unpack` as machine code, where the kernel is loaded as such; else None."""
    return _compiled() if is_loaded() else None


# --- a batch -------------------------------------------------------------------------------------


def unpacked(arrays: Sequence[Any], *, code: Callable[..., None]) -> list[Column | None]:
    """Return the columns of arrays of one length: of what holds 32 or 64-bit integers.

    None for any other array, and for one that holds a number of more than 32 bits.
    """
    found: list[Column | None] = [None] * len(arrays)
    widths = [_WIDTHS.get(str(array.type), 0) for array in arrays]
    places = [place for place, width in enumerate(widths) if width and len(arrays[place])]
    if not places:
        return found
    these, count = [arrays[place] for place in places], len(arrays[places[0]])
    blank = [bool(array.null_count) for array in these]
    moved = [
        null or widths[place] > 4  # noqa: PLR2004 - bytes
        for place, null in zip(places, blank, strict=True)
    ]
    line = -(-count // _LINE) * _LINE
    outs = iter(MEMORY.rooms(sum(moved), line, np.int32))
    nulls = iter(MEMORY.rooms(sum(blank), line, np.bool_))
    made: list[tuple[Any, Any]] = []
    table, ends = np.zeros((len(these), 6), np.int64), np.zeros((len(these), 3), np.int64)
    for row, array in enumerate(these):
        bitmap, numbers = array.buffers()
        width = widths[places[row]]
        values = next(outs)[:count] if moved[row] else None
        null = next(nulls)[:count] if blank[row] else None
        made.append((values, null))
        table[row] = (
            *(numbers.address + array.offset * width, width),
            *((bitmap.address, array.offset) if null is not None else (0, 0)),
            0 if values is None else address(values),
            0 if null is None else address(null),
        )
    code(table, _TRUTHS, ends, count)
    for place, (values, null), met in zip(places, made, ends.tolist(), strict=True):
        if _INT32.min <= met[0] and met[1] <= _INT32.max:
            there = _in_place(arrays[place]) if values is None else values
            found[place] = Column(Holding.INTEGERS, there, [], null, null is not None, Ends(*met))
    return found


def _in_place(array: Any) -> Array:  # noqa: ANN401 - of pyarrow
    """Return 32-bit numbers where Arrow has them."""
    return np.frombuffer(array.buffers()[1], np.int32, len(array), array.offset * 4)


_WIDTHS = {"int32": 4, "int64": 8}
"""The types that are unpacked, with the bytes of a number."""
