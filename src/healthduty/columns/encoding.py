"""Steps to a program: rows of integers that one kernel goes through, whatever the agreement.

A program is instructions over *registers*, each the memory of one block of rows: a column as the
caller gave it, a result as he gets it, or room for what lies between. A chain of steps is one
instruction, so that a cell is read once and its item is done; any other step is one instruction.

Nothing is computed that was not proven: the instructions are the steps of the proof, in their
lanes. Steps of more than 64 bits stay outside; what they give to others is *given* to the program
as a column.

Source: the architecture's “One plan, two engines”: one kernel that interprets the plan.

>>> from healthduty.columns.arrays import Lanes
>>> from healthduty.columns.steps import Recorder
>>> recorder = Recorder({0: Span(0, 100)}, {})
>>> recorder.open(("amount", 0))
>>> recorder.keep("inside", 0, recorder.most(recorder.sub(90, recorder.num(0)), 0))
>>> made = Steps(tuple(recorder.steps), recorder.outputs, Lanes({}, {}))
>>> program = encode(made, {("inside", 0): 4}, {("num", 0): 4})
>>> [row[:3] for row in program.code.tolist()]  # one chain, to register 1 from register 0
[[0, 1, 0]]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from healthduty.columns.chains import Chain, division, extended, started
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
from healthduty.columns.spans import PYTHON, Span, lane_of
from healthduty.columns.steps import COMPARES, INPUTS, Output, Ref, Step, Steps
from healthduty.columns.tables import BYTES, table_of, worth_a_table

_BINARY = {"add": ADD, "sub": SUB, "mul": MUL, "floor": FLOOR, "least": LEAST, "most": MOST}
_TRUTHS = {"both": BOTH, "either": EITHER, "no": NO}
_COMPARISONS = {
    "at_least": (LESS, True),
    "more": (MORE, False),
    "at_most": (MORE, True),
    "less": (LESS, False),
    "equal": (EQUAL, False),
}
_SWAPPED = {MORE: LESS, LESS: MORE, EQUAL: EQUAL}
_TRUTH, _FOUR, _EIGHT = 1, 4, 8
"""Bytes of a register: of truths, of 32 bits, of 64."""

WIDTH = 18
"""Integers of an instruction: what, where to, three registers, the lane's bytes, and constants."""

Source = tuple[str, int]
"""An input: what of which slot, or a given column by its step."""


class Program(NamedTuple):
    """What the kernel goes through.

    `places` are registers by where their room begins, in bytes a row of all `room`; −1 for those
    that the caller has; `widths` are the bytes of a row. `inputs` and `results` are registers by
    what they stand for; `bounded` the inputs that are numbers, and `bounds` their register, bytes,
    lowest and highest, which the proof rests on. `given` are the bytes of the steps that are made
    outside, `given_at` their registers; `same` are results that are one number for all rows.
    `tables` are registers that are no rows, but what a number comes to.
    """

    code: Array
    places: Array
    widths: tuple[int, ...]
    inputs: Mapping[Source, int]
    bounded: tuple[Source, ...]
    bounds: Array
    results: Mapping[Output, int]
    same: Mapping[Output, int]
    given: Mapping[int, int]
    given_at: Mapping[int, int]
    tables: Mapping[int, Array]
    room: int


def source_of(step: Step) -> Source:
    """Return the input that a step reads: what of which slot."""
    (slot,) = step.args
    assert isinstance(slot, int)  # noqa: S101 - a slot is no step
    return step.op, slot


def encode(
    steps: Steps, wanted: Mapping[Output, int], columns: Mapping[Source, int], tabled: int = 0
) -> Program:
    """Return the program for the results that are wanted, which have so many bytes a row.

    `columns` are the bytes of the columns; 0 for one of Python's integers. What is settled fits
    into 64 bits. From `tabled` steps on one number these are looked up; 0 is never.
    """
    return _Encoder(steps, wanted, columns, tabled).program()


class _Encoder:
    """One program on its way."""

    def __init__(
        self,
        steps: Steps,
        wanted: Mapping[Output, int],
        columns: Mapping[Source, int],
        tabled: int,
    ) -> None:
        self.steps, self.columns = steps.steps, columns
        self.tabled = worth_a_table(self.steps, tabled) if tabled else {}
        self.wanted = {output: steps.outputs.get(output, 0) for output in wanted}
        self.widths = wanted
        self.live, self.given = self._live()
        self.uses = self._uses()
        self.chains: dict[int, Chain] = {}
        self.absorbed: set[int] = set()
        self.code: list[list[int]] = []
        self.held: dict[int, int] = {}
        """The register of each step's number or truth."""
        self.casts: dict[tuple[int, int], int] = {}
        self.widths_of: list[int] = []
        self.inputs: dict[Source, int] = {}
        self.bounded: dict[Source, int] = {}
        self.given_at: dict[int, int] = {}
        self.tables: dict[int, Array] = {}
        self.results: dict[Output, int] = {}

    # --- what is needed ----------------------------------------------------------------------

    def _live(self) -> tuple[list[int], dict[int, int]]:
        """Return the steps to take, in order, and those whose numbers are given."""
        asked = [ref.place for ref in self.wanted.values() if isinstance(ref, Ref)]
        live: set[int] = set()
        given: dict[int, int] = {}
        while asked:
            place = asked.pop()
            if place in live or place in given:
                continue
            step = self.steps[place]
            if self._outside(step) and place not in self.tabled:
                given[place] = self._width_given(step)
                continue
            live.add(place)
            asked += self._reads(place)
        return sorted(live), given

    def _reads(self, place: int) -> list[int]:
        """Return the steps that an instruction for a step reads; a table only its number."""
        if place in self.tabled:
            return [self.tabled[place]]
        step = self.steps[place]
        return [] if step.op in INPUTS else [a.place for a in step.args if isinstance(a, Ref)]

    def _outside(self, step: Step) -> bool:
        if step.lane == PYTHON:
            return True
        return step.op in INPUTS and self.columns[source_of(step)] == 0

    def _width_given(self, step: Step) -> int:
        if step.span is None:
            return _TRUTH
        lane = lane_of(max(step.span.hi, -step.span.lo))
        assert lane != PYTHON  # noqa: S101 - who reads it from inside has met it in 64 bits
        return lane // 8

    def _uses(self) -> Counter[int]:
        uses = Counter(ref.place for ref in self.wanted.values() if isinstance(ref, Ref))
        for place in self.live:
            uses.update(self._reads(place))
        return uses

    # --- chains ------------------------------------------------------------------------------

    def _link(self) -> None:
        """Make chains: a step that is read once, by the next of a way, is no instruction."""
        for place in self.live:
            step = self.steps[place]
            if step.span is None or step.op in INPUTS or place in self.tabled:
                continue
            longer = self._longer(place)
            chain = started(self.steps, place) if longer is None else longer
            if chain is not None:
                self.chains[place] = chain

    def _longer(self, place: int) -> Chain | None:
        for arg in reversed(self.steps[place].args):
            chain = self.chains.get(arg.place) if isinstance(arg, Ref) else None
            if chain is None or not isinstance(arg, Ref) or self.uses[arg.place] != 1:
                continue
            longer = extended(chain, self.steps, place, arg)
            if longer is not None:
                self.absorbed.add(arg.place)
                return longer
        return None

    # --- instructions ------------------------------------------------------------------------

    def program(self) -> Program:
        """Return the program."""
        self._link()
        for place in sorted([*self.live, *self.given]):
            if place in self.given:
                self.given_at[place] = self.held[place] = self._register(self.given[place])
            elif place not in self.absorbed:
                self._instruct(place)
        self._look_at_all()
        same: dict[Output, int] = {}
        for output, ref in self.wanted.items():
            if isinstance(ref, Ref):
                self.results[output] = self._resulting(ref, self.widths[output])
            else:
                same[output] = int(ref)
        places, room = self._placed()
        return Program(
            code=_table([row + [0] * (WIDTH - len(row)) for row in self.code], WIDTH),
            places=places,
            widths=tuple(self.widths_of),
            inputs=self.inputs,
            bounded=tuple(self.bounded),
            bounds=_table(list(self._bounds()), 4),
            results=self.results,
            same=same,
            given=self.given,
            given_at=self.given_at,
            tables=self.tables,
            room=room,
        )

    def _register(self, width: int) -> int:
        self.widths_of.append(width)
        return len(self.widths_of) - 1

    def _instruct(self, place: int) -> None:
        step = self.steps[place]
        if step.op in INPUTS:
            source = source_of(step)
            self.inputs[source] = self.held[place] = self._register(self.columns[source])
            if step.span is not None:
                self.bounded[source] = place
        elif place in self.tabled:
            self._look_up(place)
        elif place in self.chains:
            self._chain(place, self.chains[place])
        elif step.op in _TRUTHS:
            self._emit(place, _TRUTHS[step.op], _TRUTH, *map(self._truth, step.args))
        elif step.op == "where":
            self._choose(place, step)
        elif step.op in COMPARES:
            self._compare(place, step)
        else:
            width = step.lane // 8
            args = [self._number(arg, width) for arg in step.args]
            self._emit(place, _BINARY[step.op], width, *args)

    def _emit(self, place: int, op: int, width: int, *registers: int) -> None:
        """Add an instruction whose registers are filled; its result has a register of its own."""
        made = self._register(width)
        self.held[place] = made
        self.code.append([op, made, *registers, *[-1] * (3 - len(registers)), width])

    def _look_up(self, place: int) -> None:
        number = self.held[self.tabled[place]]
        register = self._register(BYTES)
        table = self.tables[register] = table_of(self.steps, place, self.tabled[place])
        self._emit(place, LOOK, BYTES, number, register)
        self.code[-1] += [self.widths_of[number], len(table)]

    def _chain(self, place: int, chain: Chain) -> None:
        width = chain.lane // 8
        source = self.held[chain.source.place]
        if chain.is_line and self.widths_of[source] == width:
            self._emit(place, LINE, width, source)
            self.code[-1] += [chain.weight, chain.target]
            return
        if width == _EIGHT:  # a chain of 32 bits cuts its source itself
            source = self._cast(source, width)
        blank = -1 if chain.blank is None else self._truth(chain.blank)
        onto = -1 if chain.sum is None else self._number(chain.sum, width)
        self._emit(place, CHAIN, width, source, blank, onto)
        low, high = _ends(chain.lane)
        factor, shift = division(chain)
        self.code[-1] += [
            self.widths_of[source],
            chain.weight,
            chain.target,
            low if chain.least is None else chain.least,
            chain.factor,
            chain.half,
            factor,
            shift,
            chain.points,
            high if chain.cap is None else chain.cap,
            chain.sign,
            chain.divisor,
        ]

    def _choose(self, place: int, step: Step) -> None:
        truth, one, two = step.args
        opposite = isinstance(one, Ref) and not isinstance(two, Ref)
        sides = (two, one) if opposite else (one, two)
        width = step.lane // 8
        registers = [self._number(arg, width) if isinstance(arg, Ref) else -1 for arg in sides]
        self._emit(place, WHERE, width, self._truth(truth), *registers)
        self.code[-1] += [0 if isinstance(arg, Ref) else int(arg) for arg in sides]
        self.code[-1].append(opposite)

    def _compare(self, place: int, step: Step) -> None:
        (how, opposite), (one, two) = _COMPARISONS[step.op], step.args
        if not isinstance(one, Ref) or (isinstance(two, Ref) and how == LESS):
            how, one, two = _SWAPPED[how], two, one
        width = step.lane // 8
        a = self._number(one, width)
        b = self._number(two, width) if isinstance(two, Ref) else -1
        self.held[place] = self._register(_TRUTH)
        constant = 0 if isinstance(two, Ref) else int(two)
        row = [COMPARE, self.held[place], a, b, -1, width, how, constant, opposite]
        self.code.append(row)

    def _look_at_all(self) -> None:
        """Make every column an input: those that no result needs are in the proof all the same."""
        for place, step in enumerate(self.steps):
            unread = place not in self.held and step.op in INPUTS and step.span is not None
            if unread and not self._outside(step):
                self._instruct(place)

    # --- registers that are read -------------------------------------------------------------

    def _truth(self, arg: Ref | int) -> int:
        assert isinstance(arg, Ref)  # noqa: S101 - a truth that is the same for all rows is folded
        return self.held[arg.place]

    def _number(self, arg: Ref | int, width: int) -> int:
        """Return the register of a number in so many bytes: filled, or cast, where it must be."""
        if isinstance(arg, Ref):
            return self._cast(self.held[arg.place], width)
        made = self._register(width)
        self.code.append([FILL, made, -1, -1, -1, width, int(arg)])
        return made

    def _cast(self, register: int, width: int) -> int:
        if self.widths_of[register] == width:
            return register
        if (register, width) not in self.casts:
            self.casts[register, width] = self._copied(register, width)
        return self.casts[register, width]

    def _copied(self, register: int, width: int) -> int:
        made = self._register(width)
        self.code.append([CAST, made, register, -1, -1, width, self.widths_of[register]])
        return made

    def _resulting(self, ref: Ref, width: int) -> int:
        """Return the register that a result is written to: the step's own, or a copy of it."""
        register = self.held[ref.place]
        free = register not in self.results.values() and register not in self.inputs.values()
        if free and register not in self.given_at.values() and self.widths_of[register] == width:
            return register
        return self._copied(register, width)

    # --- room --------------------------------------------------------------------------------

    def _placed(self) -> tuple[Array, int]:
        """Give what lies between its room, which is free again after the last who reads it."""
        outer = {*self.inputs.values(), *self.results.values(), *self.given_at.values()}
        outer |= self.tables.keys()
        last = {register: index for index, row in enumerate(self.code) for register in row[2:5]}
        free: dict[int, list[int]] = {_TRUTH: [], _FOUR: [], _EIGHT: []}
        places: dict[int, int] = {}
        room = 0
        for index, row in enumerate(self.code):
            made = row[1]
            if made not in outer:
                width = self.widths_of[made]
                # Never the room of what is read here: an instruction's memory does not overlap.
                if not free[width]:
                    free[width].append(room)
                    room += width
                places[made] = free[width].pop()
            for register in {*row[2:5]}:
                if register in places and last[register] == index:
                    free[self.widths_of[register]].append(places[register])
        begins = [places.get(register, -1) for register in range(len(self.widths_of))]
        return np.array(begins, dtype=np.int64), room

    def _bounds(self) -> Iterator[list[int]]:
        """Go through the inputs that are numbers: register, bytes, lowest and highest."""
        for source, place in self.bounded.items():
            register, span = self.inputs[source], self.steps[place].span
            if span is not None:
                yield [register, self.widths_of[register], *span]


def _table(rows: list[list[int]], width: int) -> Array:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _ends(lane: int) -> Span:
    return Span(-(1 << (lane - 1)), (1 << (lane - 1)) - 1)
