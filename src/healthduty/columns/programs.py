"""A plan as a program, run on all rows: what the engines have in common.

The plan is written down on what stood in the columns last time. An engine reads each block once: it
looks whether every number lies within what was proven, and scores it while it is in the cache.
Where one does not, nothing of the run counts, and the plan is written down anew on what is there.
So no pass over the columns is spent on finding their lowest and highest, and nothing wraps.

Source: the architecture's “One plan, two engines”.

>>> _outer({("num", 0): 1}, {("num", 0): np.array([3])}).keys()
dict_keys([1])
"""

from __future__ import annotations

import functools
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import attrs

from healthduty.columns.encoding import Program, Source, encode
from healthduty.columns.engine_numpy import Integers, Results, outcome_tests, outwards, outwards_den
from healthduty.columns.engine_numpy import run as run_blocks
from healthduty.columns.extras import Array, np
from healthduty.columns.given import given_columns
from healthduty.columns.memory import MEMORY
from healthduty.columns.settling import LANE
from healthduty.columns.spans import PYTHON, Number, Span
from healthduty.columns.steps import TOTALS, UNKNOWN, Output, Recorder, Steps, recorded
from healthduty.columns.tables import FEWEST, MOST
from healthduty.scoring.ops import Plan

_MOST_THREADS = 4
_MOST_WRITTEN = 64
_TABLED_FROM = 4 * MOST
"""Rows from which tables pay: one is made in the time of so many rows without it."""
_INT64 = np.iinfo(np.int64)
_INTEGERS: Mapping[int, Any] = {1: np.int8, 4: np.int32, 8: np.int64}


class Way(NamedTuple):
    """How an engine goes through a program.

    `prepared` makes of a program what it needs, once; `room` what a thread needs for pieces of so
    many rows. `piece` runs a program in its room on some rows of the registers' arrays, and returns
    whether the proof holds for them and what stands in the columns, the lowest and highest of each:
    0 may stand for a lowest above it. `share` are the rows that a thread takes at a time; one
    thread does up to `alone` rows.
    """

    name: str
    prepared: Callable[[Program], Any]
    room: Callable[[Any, int], Any]
    piece: Callable[[Any, Any, Mapping[int, Array], int, int], tuple[bool, Array]]
    share: int
    alone: int


# --- what stands in the slots --------------------------------------------------------------------


class Columns(NamedTuple):
    """What a plan's slots are read off: arrays by their source, constant denominators by slot.

    `widths` are the bytes of each array's numbers; 0 for Python's integers.
    """

    arrays: Mapping[Source, Array]
    constants: Mapping[int, int]
    widths: Mapping[Source, int]

    def masked(self, what: str) -> frozenset[int]:
        """Return the slots with a mask: `lost` or `na`."""
        return frozenset(slot for held, slot in self.arrays if held == what)


def columns_of(slots: Mapping[int, Integers]) -> Columns:
    """Return the arrays of the slots, each in one piece of memory."""
    arrays: dict[Source, Array] = {}
    constants: dict[int, int] = {}
    for slot, column in slots.items():
        held = {"num": column.num, "den": column.den, "lost": column.lost, "na": column.na}
        for what, array in held.items():
            if isinstance(array, int):
                constants[slot] = array
            elif array is not None:
                arrays[what, slot] = np.ascontiguousarray(array)
    widths = {
        source: 0 if array.dtype.hasobject else array.itemsize for source, array in arrays.items()
    }
    return Columns(arrays, constants, widths)


# --- a plan, written down ------------------------------------------------------------------------


@attrs.define(eq=False)
class Written:
    """A plan written down on some spans, and its programs by what is kept and how columns are.

    `rows` were scored on it so far: many small batches are worth as much as a large one.
    """

    plan: Plan
    nums: Mapping[int, Span]
    dens: Mapping[int, Number]
    steps: Steps
    programs: dict[object, tuple[Program, Any, Array]] = attrs.field(factory=dict)
    rows: int = 0


class _Shelf:
    """The last few plans that were written down, each by a key that begins with the plan."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Written] = OrderedDict()

    def find(self, plan: Plan, key: tuple[object, ...]) -> Written | None:
        found = self._kept.get((id(plan), *key))
        # By identity, as `scoring.plan` keeps plans: the plan that is kept can't lose its id.
        return found if found is not None and found.plan is plan else None

    def put(self, key: tuple[object, ...], written: Written) -> None:
        self._kept.pop((id(written.plan), *key), None)
        self._kept[id(written.plan), *key] = written
        while len(self._kept) > _MOST_WRITTEN:
            self._kept.popitem(last=False)


_BY_SPANS, _LATEST = _Shelf(), _Shelf()


def _written(
    plan: Plan, columns: Columns, nums: Mapping[int, Span], dens: Mapping[int, Number]
) -> Written:
    """Return a plan written down on some spans."""
    lost, na = columns.masked("lost"), columns.masked("na")
    key = (tuple(nums.items()), tuple(dens.items()), lost, na)
    known = _BY_SPANS.find(plan, key)
    if known is None:
        steps = recorded(plan, Recorder(nums, dens, lost, na), outcome_tests(plan))
        known = Written(plan, nums, dens, steps)
    _BY_SPANS.put(key, known)
    return known


def _kind(columns: Columns) -> tuple[object, ...]:
    """Return what tells months of the same table apart from other tables."""
    constants = tuple(columns.constants.items())
    return columns.masked("lost"), columns.masked("na"), constants, tuple(columns.arrays)


def _looked_at(plan: Plan, slots: Mapping[int, Integers], columns: Columns) -> Written:
    """Return the plan written down on what stands in the columns."""
    nums = {slot: outwards(column.span()) for slot, column in slots.items()}
    dens = {slot: outwards_den(column.den_span()) for slot, column in slots.items()}
    return _written(plan, columns, nums, dens)


# --- a run ---------------------------------------------------------------------------------------


def run(
    plan: Plan,
    slots: Mapping[int, Integers],
    length: int,
    way: Way,
    *,
    keep: Iterable[tuple[str, int]] = (),
    threads: int | None = None,
) -> Results:
    """Score all rows; `keep` names what else is wanted.

    Where a sum may have more than 64 bits, or there is no row, the formulas run themselves.
    """
    keep = tuple(keep)
    columns = columns_of(slots)
    kind = _kind(columns)
    latest = _LATEST.find(plan, kind)
    objects = 0 in columns.widths.values()  # at which no engine looks while it runs
    if latest is None or objects or latest.steps.lanes.lanes[LANE] == PYTHON:
        latest = _looked_at(plan, slots, columns)
    threads = min(threads or _processors(), _MOST_THREADS)
    while length and latest.steps.lanes.lanes[LANE] != PYTHON:
        job = _Job(latest, columns, slots, length, keep, way)
        sound = job.run(threads)
        if not (sound and job.met_the_same()):
            latest = _written(plan, columns, *job.met())
        _LATEST.put(kind, latest)
        if sound:
            return job.results._replace(lanes=latest.steps.lanes)
    return run_blocks(plan, slots, length, keep=keep, threads=threads)


@functools.cache
def _processors() -> int:
    """Return how many processors there are; to ask takes as long as to score some hundred rows."""
    return os.cpu_count() or 1


class _Job:
    """One run of one program."""

    def __init__(
        self,
        written: Written,
        columns: Columns,
        slots: Mapping[int, Integers],
        length: int,
        keep: tuple[tuple[str, int], ...],
        way: Way,
    ) -> None:
        self.written, self.length, self.way = written, length, way
        wanted, widths = self._wanted(keep), columns.widths
        written.rows += length
        tabled = FEWEST if written.rows >= _TABLED_FROM else 0
        key = (way.name, keep, tuple(widths.items()), tabled)
        if key not in written.programs:
            program = encode(written.steps, wanted, widths, tabled)
            rounds = _rounds(program, written.nums, written.dens)
            written.programs[key] = program, way.prepared(program), rounds
        self.program, self.prepared, self.rounds = written.programs[key]
        given = given_columns(written.steps.steps, self.program.given, slots, length)
        made = self._rooms(wanted)
        earned, bonus, apart, unknown = (made[output] for output in TOTALS)
        self.results = Results(
            earned,
            bonus,
            apart,
            unknown,
            kept={each: made[each] for each in keep},
            truths={test: made["truth", test] for test in outcome_tests(written.plan)},
            lanes=written.steps.lanes,
            engine=way.name,
        )
        self.outer = {
            **_outer(self.program.inputs, columns.arrays),
            **_outer(self.program.results, made),
            **_outer(self.program.given_at, given),
        }
        self.seen: list[Array] = []

    def _wanted(self, keep: tuple[tuple[str, int], ...]) -> dict[Output, int]:
        """Return the results with their bytes a row, as `engine_numpy` has them."""
        points = self.written.steps.lanes.lanes[LANE] // 8
        wanted: dict[Output, int] = {each: 1 if each == UNKNOWN else 8 for each in TOTALS}
        wanted |= {each: 1 if each[0] == "unsure" else points for each in keep}
        return wanted | {("truth", test): 1 for test in outcome_tests(self.written.plan)}

    def _rooms(self, wanted: Mapping[Output, int]) -> dict[Output, Array]:
        """Return the results to be filled in; one that is the same for all rows is filled in here.

        Those of one sort share one piece of memory.
        """
        made: dict[Output, Array] = {}
        sorts: dict[Any, list[Output]] = {}
        for output, width in wanted.items():
            dtype = np.bool_ if output == UNKNOWN or output[0] == "unsure" else _INTEGERS[width]
            same = self.program.same.get(output)
            if same is None:
                sorts.setdefault(dtype, []).append(output)
            else:  # zeros take no memory before somebody writes to it
                made[output] = np.zeros(self.length, dtype=dtype)
                if same:
                    made[output][...] = same
        for dtype, outputs in sorts.items():
            rooms = MEMORY.rooms(len(outputs), self.length, dtype)
            made |= zip(outputs, rooms, strict=True)
        return made

    def run(self, threads: int) -> bool:
        """Run all rows, piece by piece; return whether the proof holds for all of them."""
        alone = threads == 1 or self.length <= self.way.alone
        size = self.length if alone else min(self.way.share, -(-self.length // threads))
        rooms: dict[int, Any] = {}

        def one(start: int) -> bool:
            thread = threading.get_ident()
            if thread not in rooms:
                rooms[thread] = self.way.room(self.prepared, size)
            stop = min(start + size, self.length)
            sound, seen = self.way.piece(self.prepared, rooms[thread], self.outer, start, stop)
            self.seen.append(seen)
            return sound

        pieces = range(0, self.length, size)
        if alone:
            return all(map(one, pieces))
        with ThreadPoolExecutor(threads) as pool:
            return all([*pool.map(one, pieces)])  # all of them: each says what it has seen

    def met_the_same(self) -> bool:
        """Return whether what stands in the columns, rounded outwards, is what was proven on."""
        lowest, low, high, highest = self.rounds
        lows, highs = np.min(self.seen, axis=0)[:, 0], np.max(self.seen, axis=0)[:, 1]
        inside = (lows >= lowest) & (lows <= low) & (highs >= high) & (highs <= highest)
        return bool(inside.all())

    def met(self) -> tuple[dict[int, Span], dict[int, Number]]:
        """Return the spans of what stands in the columns, rounded outwards."""
        lows = np.min([seen[:, 0] for seen in self.seen], axis=0).tolist()
        highs = np.max([seen[:, 1] for seen in self.seen], axis=0).tolist()
        nums, dens = dict(self.written.nums), dict(self.written.dens)
        for (what, slot), low, high in zip(self.program.bounded, lows, highs, strict=True):
            if what == "num":
                nums[slot] = outwards(Span(low, high))
            else:
                dens[slot] = outwards_den(Span(low, high))
        return nums, dens


def _rounds(program: Program, nums: Mapping[int, Span], dens: Mapping[int, Number]) -> Array:
    """Return between what the lowest and the highest of each column lie that are its span outwards.

    Of `Span(-8, 7)`: a lowest from −8 to −5, a highest from 4 to 7.
    """
    made = []
    for what, slot in program.bounded:
        span = nums[slot] if what == "num" else dens[slot]
        assert isinstance(span, Span)  # noqa: S101 - a column of denominators has one
        low = -(-span.lo >> 1) - 1 if span.lo < 0 else _INT64.max
        least = _INT64.min if what == "den" else span.lo
        made.append((least, low, (span.hi + 1) >> 1 if span.hi else _INT64.min, span.hi))
    return np.array(made, dtype=np.int64).reshape(-1, 4).T


def _outer(registers: Mapping[Any, int], arrays: Mapping[Any, Array]) -> dict[int, Array]:
    """Return the arrays of the caller by their registers."""
    return {register: arrays[name] for name, register in registers.items()}
