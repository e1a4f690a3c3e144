"""A program by NumPy: every instruction a few sweeps over a large block of rows.

Each sweep writes into memory that is there already: to the register of a result, or into room that
was used before. So a block costs a few hundred calls and no memory, however large it is.

Source: the architecture's “One plan, two engines”: NumPy in blocks, buffers reused.

>>> from healthduty.columns.kernel import ADD
>>> row = [ADD, 2, 0, 1, -1, 8]
>>> [(sweep.does.__name__, sweep.a, sweep.b, sweep.out) for sweep in _Sweeps([row]).made]
[('add', 0, 1, 2)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from healthduty.columns import programs
from healthduty.columns.encoding import Program
from healthduty.columns.engine_numpy import Integers, Results
from healthduty.columns.extras import Array, np
from healthduty.columns.kernel import (
    ADD,
    BOTH,
    CAST,
    CHAIN,
    COMPARE,
    EITHER,
    EQUAL,
    FILL,
    FLOOR,
    LEAST,
    LESS,
    LINE,
    LOOK,
    MORE,
    MOST,
    MUL,
    NO,
    SUB,
    WHERE,
)
from healthduty.scoring.ops import Plan

BLOCK = 262_144
"""Rows of a block. More than the second cache holds: between two calls a thread waits for Python's
lock, so the fewer calls, the better."""

SHARE = BLOCK
"""Rows that a thread takes at a time."""

ALONE = 262_144
"""Up to so many rows one thread does it: two would wait for each other between the calls."""

_ADDRESS = 8
"""Bytes of an address."""

_LINE = 64
"""Bytes of a line of the cache, on which a register begins."""

_INT64 = np.iinfo(np.int64)
_FUNCTIONS: Mapping[int, Any] = {
    ADD: np.add,
    SUB: np.subtract,
    MUL: np.multiply,
    FLOOR: np.floor_divide,
    LEAST: np.minimum,
    MOST: np.maximum,
    BOTH: np.bitwise_and,
    EITHER: np.bitwise_or,
}
_RELATIONS: Mapping[tuple[int, int], Any] = {
    (MORE, 0): np.greater,
    (MORE, 1): np.less_equal,
    (LESS, 0): np.less,
    (LESS, 1): np.greater_equal,
    (EQUAL, 0): np.equal,
}
_DTYPES: Mapping[int, Any] = {1: np.bool_, 4: np.int32, 8: np.int64}
_UNSIGNED: Mapping[int, Any] = {4: np.uint32, 8: np.uint64}


def put_all(value: Any, _: Any, out: Any) -> None:  # noqa: ANN401 - arrays, or a constant
    """Write a value everywhere, cut to the width of what it is written to."""
    np.copyto(out, value, casting="unsafe")


def opposite(truth: Any, _: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Write where something does not hold."""
    np.logical_not(truth, out=out)


def look(table: Any, numbers: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Look up what each number comes to."""
    # No number is beyond the table; other modes would copy the block to be able to say so.
    np.take(table, numbers, out=out, mode="wrap")


@attrs.frozen
class Constant:
    """A number in place of a register; with `width` a whole block of it, which is quicker there."""

    value: int
    width: int = 0


@attrs.frozen
class Spare:
    """Room for what one sweep leaves to the next, so many bytes a row."""

    width: int


Operand = int | Constant | Spare


class Sweep(NamedTuple):
    """One call: what it does to two operands, and where it writes."""

    does: Callable[..., Any]
    a: Operand
    b: Operand
    out: int | Spare


class _Sweeps:
    """The sweeps of a program on their way."""

    def __init__(self, code: Sequence[Sequence[int]]) -> None:
        self.made: list[Sweep] = []
        for row in code:
            self._instruct(row)

    def _add(self, does: Callable[..., Any], a: Operand, b: Operand, out: int | Spare) -> None:
        self.made.append(Sweep(does, a, b, out))

    def _instruct(self, row: Sequence[int]) -> None:
        op, out, a, b = row[:4]
        if op == CHAIN:
            self._chain(row)
        elif op == LINE:
            self._scaled(a, row[6], row[7], out)
        elif op == WHERE:
            self._choose(row)
        elif op == COMPARE:
            other: Operand = b if b >= 0 else Constant(row[7])
            self._add(_RELATIONS[row[6], row[8]], a, other, out)
        elif op == LOOK:
            self._look(row)
        elif op == FILL:
            self._add(put_all, Constant(row[6]), a, out)
        elif op == CAST:
            self._add(put_all, a, a, out)
        elif op == NO:
            self._add(opposite, a, a, out)
        else:
            self._add(_FUNCTIONS[op], a, b, out)

    def _look(self, row: Sequence[int]) -> None:
        """Look numbers up, which are as wide as addresses then."""
        _, out, number, table, _, _, width = row[:7]
        at: int | Spare = number
        if width != _ADDRESS:
            at = Spare(_ADDRESS)
            self._add(put_all, number, number, at)
        self._add(look, table, at, out)

    def _choose(self, row: Sequence[int]) -> None:
        """Choose a or b as a ^ ((a ^ b) × truth of b), which takes as long whatever holds."""
        _, out, truth, a, b, width, one, two, opposed = row[:9]
        other = self._truth(truth, width, holds=bool(opposed))
        first: Operand = a if a >= 0 else Constant(one)
        if b < 0:
            self._add(np.multiply, other, Constant(one ^ two), out)
        elif a < 0 and not one:
            self._add(np.multiply, b, other, out)
            return
        else:
            self._add(np.bitwise_xor, b, first, out)
            self._add(np.multiply, out, other, out)
        self._add(np.bitwise_xor, out, first, out)

    def _truth(self, truth: int, width: int, *, holds: bool) -> Spare:
        """Add what makes numbers of 1 and 0 of where something holds, or does not."""
        at: int | Spare = truth
        if not holds:
            at = Spare(1)
            self._add(opposite, truth, truth, at)
        self._add(put_all, at, truth, Spare(width))
        return Spare(width)

    def _chain(self, row: Sequence[int]) -> None:
        out, at, blank, onto, width, given = row[1:7]
        weight, target, least, factor, half = row[7:12]
        points, cap, sign, divisor = row[14:18]
        low, high = -(1 << (8 * width - 1)), (1 << (8 * width - 1)) - 1
        if given != width:  # cut once: each call on numbers of two widths would do it anew
            self._add(put_all, at, at, out)
            at = out
        at = self._scaled(at, weight, target, out)
        if least > low:
            self._add(np.maximum, at, Constant(least, width), out)
            at = out
        at = self._scaled(at, factor, half, out)
        if divisor > 1:
            self._add(np.floor_divide, at, Constant(divisor), out)
            at = out
        at = self._scaled(at, points, 0, out)
        if cap < high:
            self._add(np.minimum, at, Constant(cap, width), out)
            at = out
        if blank >= 0:
            self._add(np.multiply, at, self._truth(blank, width, holds=False), out)
            at = out
        if onto >= 0:
            self._add(np.add if sign > 0 else np.subtract, onto, at, out)
        elif at != out:
            self._add(put_all, at, at, out)

    def _scaled(self, at: int, weight: int, target: int, out: int) -> int:
        """Add at × weight + target; return where it stands."""
        if weight == -1:
            self._add(np.subtract, Constant(target), at, out)
            return out
        if weight != 1:
            self._add(np.multiply, at, Constant(weight), out)
            at = out
        if target:
            self._add(np.add, at, Constant(target), out)
            at = out
        return at


class Prepared(NamedTuple):
    """A program for NumPy: its sweeps over registers, and behind these what stays the same."""

    program: Program
    sweeps: tuple[tuple[Callable[..., Any], int, int, int], ...]
    beside: tuple[Constant | Spare, ...]


def prepared(program: Program) -> Prepared:
    """Return the sweeps of a program."""
    registers = len(program.places)
    found: dict[Constant | Spare, int] = {}

    def place(operand: Operand) -> int:
        if isinstance(operand, int):
            return operand
        return found.setdefault(operand, registers + len(found))

    made = _Sweeps(program.code.tolist()).made
    sweeps = tuple((each.does, place(each.a), place(each.b), place(each.out)) for each in made)
    return Prepared(program, sweeps, tuple(found))


def run(
    plan: Plan,
    slots: Mapping[int, Integers],
    length: int,
    *,
    keep: Iterable[tuple[str, int]] = (),
    threads: int | None = None,
) -> Results:
    """Score all rows; `keep` names what else is wanted."""
    return programs.run(plan, slots, length, WAY, keep=keep, threads=threads)


def room_of(given: Prepared, size: int) -> dict[int, Any]:
    """Return what stands in the registers that are not the caller's, for blocks of so many rows.

    All of it is one piece of memory, because the system gives large ones in huge pages.
    """
    program, rows = given.program, -(-min(BLOCK, size) // _LINE) * _LINE
    memory = np.empty((program.room + sum(e.width for e in given.beside)) * rows, dtype=np.int8)

    def block(begin: int, width: int) -> Array:
        return memory[begin * rows : (begin + width) * rows].view(_DTYPES[width])

    made: dict[int, Any] = {
        register: block(begin, program.widths[register])
        for register, begin in enumerate(program.places.tolist())
        if begin >= 0
    }
    begin = program.room
    for register, each in enumerate(given.beside, len(program.places)):
        if isinstance(each, Constant) and not each.width:
            made[register] = each.value
            continue
        made[register] = block(begin, each.width)
        begin += each.width
        if isinstance(each, Constant):
            made[register][...] = each.value
    return made


def piece(
    given: Prepared, room: Mapping[int, Any], outer: Mapping[int, Array], start: int, stop: int
) -> tuple[bool, Array]:
    """Run a program on some rows; see `programs.Way`."""
    program, size = given.program, min(BLOCK, stop - start)
    seen = np.tile(np.array([_INT64.max, _INT64.min]), (len(program.bounds), 1))
    sound = True
    for first in range(start, stop, size):
        rows = slice(first, min(first + size, stop))
        inner = slice(rows.stop - first)
        block: list[Any] = [None] * (len(program.places) + len(given.beside))
        for register, array in outer.items():
            block[register] = array[rows]
        for register, table in program.tables.items():
            block[register] = table
        for register, held in room.items():
            block[register] = held[inner] if isinstance(held, np.ndarray) else held
        sound &= _bounded(program, block, seen)
        if sound:
            for does, a, b, out in given.sweeps:
                does(block[a], block[b], out=block[out])
    return sound, seen


def _bounded(program: Program, block: Sequence[Any], seen: Array) -> bool:
    """Return whether a block is within the bounds of the proof; note its lowest and highest."""
    rows = program.bounds.tolist()
    if not rows:
        return True
    met = np.array([_ends(block[register], *bound) for register, *bound in rows])
    np.minimum(seen[:, 0], met[:, 0], out=seen[:, 0])
    np.maximum(seen[:, 1], met[:, 1], out=seen[:, 1])
    lows, highs = program.bounds[:, 2], program.bounds[:, 3]
    return bool((met[:, 0] >= lows).all() and (met[:, 1] <= highs).all())


def _ends(numbers: Array, width: int, low: int, high: int) -> tuple[int, int]:
    """Return the lowest and highest of some numbers, or 0 for a lowest above it."""
    if not low:
        # Below 0 is far above every bound where no sign is seen: one look instead of two.
        most = int(numbers.view(_UNSIGNED[width]).max())
        if most <= high:
            return 0, most
    return int(numbers.min()), int(numbers.max())


WAY = programs.Way("numpy", prepared, room_of, piece, SHARE, ALONE)
