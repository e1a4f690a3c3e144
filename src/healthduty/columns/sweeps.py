"""A program by NumPy: every instruction a few sweeps over a block that stays in the cache.

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
    MORE,
    MOST,
    MUL,
    NO,
    SUB,
    WHERE,
)
from healthduty.scoring.ops import Plan

BLOCK = 65_536
"""Rows of a block: the fewer calls, the better, as long as a block stays in the cache."""

SHARE = 131_072
"""Rows that a thread takes at a time."""

ALONE = 262_144
"""Up to so many rows one thread does it: two would wait for each other between the calls."""

_INT64 = np.iinfo(np.int64)
_FUNCTIONS: Mapping[int, Any] = {
    ADD: np.add,
    SUB: np.subtract,
    MUL: np.multiply,
    FLOOR: np.floor_divide,
    LEAST: np.minimum,
    MOST: np.maximum,
    BOTH: np.logical_and,
    EITHER: np.logical_or,
}
_RELATIONS: Mapping[tuple[int, int], Any] = {
    (MORE, 0): np.greater,
    (MORE, 1): np.less_equal,
    (LESS, 0): np.less,
    (LESS, 1): np.greater_equal,
    (EQUAL, 0): np.equal,
}
_DTYPES: Mapping[int, Any] = {1: np.bool_, 4: np.int32, 8: np.int64}


def put(value: Any, truth: Any, out: Any) -> None:  # noqa: ANN401 - arrays, or a constant
    """Write a value where something holds."""
    np.copyto(out, value, where=truth)


def put_all(value: Any, _: Any, out: Any) -> None:  # noqa: ANN401 - as above
    """Write a value everywhere, cut to the width of what it is written to."""
    np.copyto(out, value, casting="unsafe")


def opposite(truth: Any, _: Any, out: Any) -> None:  # noqa: ANN401 - arrays
    """Write where something does not hold."""
    np.logical_not(truth, out=out)


class Constant(NamedTuple):
    """A number in place of a register; with `width` a whole block of it, which is quicker there."""

    value: int
    width: int = 0


Operand = int | Constant


class Sweep(NamedTuple):
    """One call: what it does to two operands, and the register that it writes."""

    does: Callable[..., Any]
    a: Operand
    b: Operand
    out: int


class _Sweeps:
    """The sweeps of a program on their way."""

    def __init__(self, code: Sequence[Sequence[int]]) -> None:
        self.made: list[Sweep] = []
        for row in code:
            self._instruct(row)

    def _add(self, does: Callable[..., Any], a: Operand, b: Operand, out: int) -> None:
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
        elif op == FILL:
            self._add(put_all, Constant(row[6]), a, out)
        elif op == CAST:
            self._add(put_all, a, a, out)
        elif op == NO:
            self._add(opposite, a, a, out)
        else:
            self._add(_FUNCTIONS[op], a, b, out)

    def _choose(self, row: Sequence[int]) -> None:
        _, out, truth, a, b = row[:5]
        one, two = Constant(row[6]), Constant(row[7])
        if row[8]:  # the constant where it does not hold
            one, two = Constant(0), one
            self._add(put_all, two, b, out)
            self._add(put, b, truth, out)
            return
        self._add(put_all, b if b >= 0 else two, b, out)
        self._add(put, a if a >= 0 else one, truth, out)

    def _chain(self, row: Sequence[int]) -> None:
        out, source, blank, onto, width = row[1:6]
        weight, target, least, factor, half = row[7:12]
        points, cap, sign, divisor = row[14:18]
        low, high = -(1 << (8 * width - 1)), (1 << (8 * width - 1)) - 1
        at = self._scaled(source, weight, target, out)
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
            if at != out:
                self._add(put_all, at, at, out)
            self._add(put, Constant(0), blank, out)
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
    constants: tuple[Constant, ...]


def prepared(program: Program) -> Prepared:
    """Return the sweeps of a program."""
    registers = len(program.places)
    found: dict[Constant, int] = {}

    def place(operand: Operand) -> int:
        if isinstance(operand, Constant):
            return found.setdefault(operand, registers + len(found))
        return operand

    made = _Sweeps(program.code.tolist()).made
    sweeps = tuple((each.does, place(each.a), place(each.b), each.out) for each in made)
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


def piece(given: Prepared, outer: Mapping[int, Array], start: int, stop: int) -> tuple[bool, Array]:
    """Run a program on some rows, in room of its own; see `programs.Way`."""
    program, size = given.program, min(BLOCK, stop - start)
    between, constants = _between(program, size), _constants(given, size)
    seen = np.tile(np.array([_INT64.max, _INT64.min]), (len(program.bounds), 1))
    sound = True
    for first in range(start, stop, size):
        rows = slice(first, min(first + size, stop))
        inner = slice(rows.stop - first)
        block: list[Any] = [None] * len(program.places)
        for register, array in outer.items():
            block[register] = array[rows]
        for register, array in between.items():
            block[register] = array[inner]
        block += [each[inner] if isinstance(each, np.ndarray) else each for each in constants]
        sound &= _bounded(program, block, seen)
        if sound:
            for does, a, b, out in given.sweeps:
                does(block[a], block[b], out=block[out])
    return sound, seen


def _between(program: Program, size: int) -> dict[int, Array]:
    """Return the registers of what lies between, in room for so many rows."""
    room = np.empty(program.room * size, dtype=np.int8)
    made: dict[int, Array] = {}
    for register, place in enumerate(program.places.tolist()):
        if place >= 0:
            width = program.widths[register]
            made[register] = room[place * size : (place + width) * size].view(_DTYPES[width])
    return made


def _constants(given: Prepared, size: int) -> list[Any]:
    """Return the constants: as numbers, or as whole blocks."""
    return [
        np.full(size, value, dtype=_DTYPES[width]) if width else value
        for value, width in given.constants
    ]


def _bounded(program: Program, block: Sequence[Any], seen: Array) -> bool:
    """Return whether a block is within the bounds of the proof; note its lowest and highest."""
    sound = True
    for index, (register, _, low, high) in enumerate(program.bounds.tolist()):
        least, most = int(block[register].min()), int(block[register].max())
        seen[index] = min(seen[index, 0], least), max(seen[index, 1], most)
        sound &= low <= least and most <= high
    return sound


WAY = programs.Way("numpy", prepared, piece, SHARE, ALONE)
