"""What is seen of every row where rows are compared: exact numbers, or why there is none.

The numbers come in parts: those that were taken by the whole array, over one denominator, and
those that were read value by value, each distinct value once, by `look`, which reads a record's
value for `resolve_references`. So there is no second reader, and no second list of what is a fault.

Source: semantics 2 (a pair is never divided first), 7 (absent data are different things).

>>> from healthduty.columns.column import coded
>>> cells = Cells("rate", "接种率", coded(["9/10", "83%", None]), lambda raw: (raw, ()))
>>> seen = seen_of(Measure("rate", unit="%"), cells)
>>> [(part.rows.tolist(), part.pairs is None) for part in seen.parts]
[([0], False), ([1], True)]
>>> seen.states.tolist() == [KNOWN, KNOWN, MISSING]
True
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.integers import Cells, pairs_of, taken_by_array
from healthduty.exact import UNIT_SCALES, Ratio
from healthduty.records.observe import State
from healthduty.records.record import Record
from healthduty.results.sightings import Sight, look
from healthduty.rules.measure import Measure
from healthduty.scoring.ops import ValueSlot

KNOWN, MISSING, NOT_APPLICABLE, FAULT = range(4)
"""What is known of a row."""

_CODES = {State.MISSING: MISSING, State.NOT_APPLICABLE: NOT_APPLICABLE, State.FAULT: FAULT}
_MOST = 2**63 - 1
_MOST_SHARED = 10**9
_NO_ROWS = np.zeros(0, dtype=np.int64)


@attrs.frozen(eq=False)
class Part:
    """Some rows with their numbers; `pairs` are the two counts of each rate, where it has them.

    `rows` are in order, and None is all of them.
    """

    rows: Array | None
    numbers: Integers
    pairs: tuple[Integers, Integers] | None = None

    def taken(self, at: Array) -> Part:
        """Return the part of some of its rows, by their places in it."""
        rows = at if self.rows is None else self.rows[at]
        pairs = None
        if self.pairs is not None:
            pairs = taken(self.pairs[0], at), taken(self.pairs[1], at)
        return Part(rows, taken(self.numbers, at), pairs)


@attrs.frozen(eq=False)
class Seen:
    """What is seen of so many rows: parts that have numbers, and the state of each row.

    `states` is None where every row has a number. `faults` are texts, `at_fault` which of them
    each row has, from 0.
    """

    length: int
    parts: tuple[Part, ...]
    states: Array | None = None
    faults: tuple[str, ...] = ()
    at_fault: Array | None = None

    def rows(self, state: int) -> Array:
        """Return the rows of a state."""
        return _NO_ROWS if self.states is None else np.flatnonzero(self.states == state)

    def fault(self, row: int) -> str:
        """Return what is wrong with a row that is at fault."""
        return "" if self.at_fault is None else self.faults[int(self.at_fault[row])]


def seen_of_points(points: Array, known: Array, excused: Array, unit: int) -> Seen:
    """Return what is seen of points, which are integers over `unit`; the excused have none."""
    states = np.where(excused, NOT_APPLICABLE, np.where(known, KNOWN, MISSING)).astype(np.int8)
    if not states.any():
        return Seen(len(points), (Part(None, Integers(points, unit)),))
    rows = np.flatnonzero(states == KNOWN)
    parts = (Part(rows, Integers(points[rows], unit)),) if len(rows) else ()
    return Seen(len(points), parts, states)


def taken(numbers: Integers, at: Array) -> Integers:
    """Return some of the numbers."""
    den = numbers.den
    return Integers(numbers.num[at], den if isinstance(den, int) else den[at])


def seen_of(measure: Measure, cells: Cells) -> Seen:
    """Return what is seen of a measure in a column."""
    parts, rest = _by_array(measure, cells)
    if rest is not None and not len(rest):
        return Seen(len(cells.column), parts)
    rows = np.arange(len(cells.column)) if rest is None else rest
    states = np.zeros(len(cells.column), dtype=np.int8)
    raws, codes = distinct_of(cells, rows)
    sights = [look_at(measure, cells, raw) for raw in raws]
    faults = tuple(dict.fromkeys(each.fault for each in sights if each.why is State.FAULT))
    at_fault = None
    states[rows] = np.array([_state(each) for each in sights], dtype=np.int8)[codes]
    if faults:
        which = [faults.index(each.fault) if each.why is State.FAULT else -1 for each in sights]
        at_fault = np.full(len(states), -1, dtype=np.int64)
        at_fault[rows] = np.array(which)[codes]
    more = _by_value(sights, codes, rows)
    return Seen(len(states), (*parts, *more), states if states.any() else None, faults, at_fault)


def look_at(measure: Measure, cells: Cells, raw: Any) -> Sight:  # noqa: ANN401 - a cell
    """Return what is seen of a measure in one cell."""
    return look(measure, Record("", {measure.code: cells.value_of(raw)[0]}))


def _state(sight: Sight) -> int:
    return KNOWN if sight.why is None else _CODES[sight.why]


# --- by the array --------------------------------------------------------------------------------


def _by_array(measure: Measure, cells: Cells) -> tuple[tuple[Part, ...], Array | None]:
    """Return what the whole array gives, and the rows that are left; None is all of them."""
    if cells.pair is not None:
        return _of_pairs(measure, cells)
    found = taken_by_array(measure, cells.column) if cells.plain else None
    if found is None:
        return (), None
    tops, bottom, known = found
    if cells.column.null is not None:
        known &= ~cells.column.null
    if known.all():
        return (Part(None, Integers(tops, bottom)),), _NO_ROWS
    rows = np.flatnonzero(known)
    parts = (Part(rows, Integers(tops[rows], bottom)),) if len(rows) else ()
    return parts, np.flatnonzero(~known)


def _of_pairs(measure: Measure, cells: Cells) -> tuple[tuple[Part, ...], Array | None]:
    found = pairs_of(ValueSlot(measure), cells)
    if found is None:
        return (), None
    numbers, odd = found
    rows = np.flatnonzero(~odd)
    if not len(rows):
        return (), None
    scale = UNIT_SCALES[measure.unit]
    whole = len(rows) == len(odd)
    numbers = numbers if whole else taken(numbers, rows)
    pairs = Integers(numbers.num // scale, 1), Integers(numbers.den, 1)
    return (Part(None if whole else rows, numbers, pairs),), np.flatnonzero(odd)


# --- value by value ------------------------------------------------------------------------------


def distinct_of(cells: Cells, rows: Array) -> tuple[Sequence[Any], Array]:
    """Return the distinct cells of some rows, and which of them each row has."""
    if cells.pair is None:
        return _coded(cells.column.taken(rows))
    # A row of two columns is called by its number: one for each two cells that there are.
    (tops, one), (bottoms, two) = (_coded(column.taken(rows)) for column in cells.pair)
    if len(tops) * len(bottoms) > _MOST:
        return rows.tolist(), np.arange(len(rows))
    both = one.astype(np.int64) * max(len(bottoms), 1) + two
    _, first, codes = np.unique(both, return_index=True, return_inverse=True)
    return rows[first].tolist(), codes.reshape(-1)


def _coded(column: Column) -> tuple[Sequence[Any], Array]:
    column = column.coded()
    if column.holding is Holding.OBJECTS:
        return list(column.values), np.arange(len(column))
    there, codes = np.unique(column.values, return_inverse=True)
    return [column.distinct[code] for code in there.tolist()], codes.reshape(-1)


def _by_value(sights: Sequence[Sight], codes: Array, rows: Array) -> Iterator[Part]:
    """Go through the parts with a number: those with their two counts, and those without."""
    for paired in (True, False):
        mine = [
            each if each.number is not None and (each.ratio is not None) == paired else None
            for each in sights
        ]
        here = np.flatnonzero(np.array([each is not None for each in mine], dtype=bool)[codes])
        if not len(here):
            continue
        at = codes[here]
        pairs = None
        if paired:
            ratios = [None if each is None else each.ratio for each in mine]
            pairs = _numbers(_tops(ratios), at), _numbers(_bottoms(ratios), at)
        numbers = [Fraction(0) if each is None else each.number or Fraction(0) for each in mine]
        yield Part(rows[here], _numbers(numbers, at), pairs)


def _tops(ratios: Sequence[Ratio | None]) -> list[Fraction]:
    return [Fraction(0) if each is None else each.numerator for each in ratios]


def _bottoms(ratios: Sequence[Ratio | None]) -> list[Fraction]:
    return [Fraction(1) if each is None else each.denominator for each in ratios]


def _numbers(values: Sequence[Fraction], codes: Array) -> Integers:
    """Return the numbers of codes into a list, over one denominator where it is a small one."""
    shared = 1
    for value in values:
        shared = math.lcm(shared, value.denominator)
        if shared > _MOST_SHARED:
            break
    if shared <= _MOST_SHARED:
        return Integers(integers([int(value * shared) for value in values])[codes], shared)
    tops = integers([value.numerator for value in values])
    return Integers(tops[codes], integers([value.denominator for value in values])[codes])


def integers(values: Sequence[int]) -> Array:
    """Return integers as an array: of 64 bits where they fit."""
    if all(-_MOST <= value <= _MOST for value in values):
        return np.array(values, dtype=np.int64)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
