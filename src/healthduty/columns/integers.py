"""A column to exact integers: numerators over one denominator, and where there is no value.

Plain integers and floats are taken by the whole array, wherever the reader of a record would take
each of them as it is; anything else is read value by value, each distinct one once, by that very
reader.

Source: “How a point is lost”, section 1; semantics 1, 2, 7.

>>> made = gathered([(83, 1), State.MISSING, (1, 2)], np.array([0, 2, 1, 0])).integers
>>> made.num.tolist(), made.den, made.lost.tolist()
([166, 1, 0, 166], 2, [False, False, True, False])
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from healthduty.columns.column import Column, Holding
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.floats import decimals, narrowed
from healthduty.columns.noted import Noted
from healthduty.columns.reader import MOST_OUTCOMES, Reader
from healthduty.columns.slabs import Taken
from healthduty.exact import UNIT_SCALES
from healthduty.findings import Finding
from healthduty.records.observe import Pair, State
from healthduty.records.record import Record
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.scoring.ops import FilledSlot, Slot, ValueSlot

_MOST_SHARED = 10**9
"""The largest denominator that all rows of a column are brought to."""

_FEW = 1_000
"""Up to one row of so many goes through the single scorer, for the others' sake."""

_INT64 = np.iinfo(np.int64)


@attrs.define(eq=False)  # as `Column`
class Cells:
    """The cells of one measure or judgement: a column, and how a cell becomes a value.

    `plain` says that a number is a value as it stands. `pair` are the columns of a numerator and
    a denominator, in place of one. Of a column that was made, the rows in `blank` have nothing, and
    to those in `silent` the measure does not apply, whatever stands there. `unit` is what the
    heading says of its cells, where each of them is a value; None where that takes more than one.
    """

    code: str
    heading: str
    column: Column
    value_of: Callable[[Any], tuple[Any, Sequence[Finding]]]
    plain: bool = True
    pair: tuple[Column, Column] | None = None
    blank: Array | None = None
    silent: Array | None = None
    unit: str | None = None


class Made(NamedTuple):
    """A slot's integers, and the rows that are left to the single scorer.

    `taken` are the integers with their ends, where the whole column was taken as it stands.
    """

    integers: Integers
    singles: Array
    taken: Taken | None = None


_NO_ROWS = np.zeros(0, dtype=np.int64)


def integers_of(slot: Slot, cells: Cells, reader: Reader, noted: Noted) -> Made:
    """Return what a column is to a slot."""
    column = cells.column
    if not cells.plain or not isinstance(slot, (ValueSlot, FilledSlot)):
        return _by_value(slot, cells, reader, noted)
    found = taken_by_array(slot.measure, column)
    if found is None:
        return _by_value(slot, cells, reader, noted)
    return _with_rest(slot, cells, found, reader, noted)


def taken_by_array(measure: Measure, column: Column) -> tuple[Array, int, Array] | None:
    """Return a column's integers over a denominator, and which of them read as they stand.

    None where the array as a whole says nothing.
    """
    if column.holding is Holding.INTEGERS:
        return column.values, 1, _plain_integers(measure, column.values, 1)
    if column.holding is Holding.TRUTHS and measure.kind is MeasureKind.FLAG:
        return column.values.astype(np.int32), 1, np.ones(len(column), dtype=bool)
    if column.holding is Holding.FLOATS and measure.kind in _NUMERIC:
        tops, places, known = decimals(_cleared(column))
        known &= _plain_integers(measure, tops, 10**places)
        return tops, 10**places, known
    return None


def _cleared(column: Column) -> Array:
    """Return floats with 0 where they are blank: what lies there may have any decimals."""
    if column.null is None or column.cleared:
        return column.values
    return np.where(column.null, 0.0, column.values)


_NUMERIC = frozenset(MeasureKind) - {MeasureKind.LEVEL, MeasureKind.FLAG}
_WHOLE = frozenset({MeasureKind.COUNT, MeasureKind.CASES})
_SIGNED = frozenset({MeasureKind.AMOUNT, MeasureKind.GROWTH})


def _plain_integers(measure: Measure, tops: Array, bottom: int) -> Array:
    """Return where a number reads as it is and nothing about it is noteworthy."""
    kind = measure.kind
    if kind not in _NUMERIC:
        return np.zeros(len(tops), dtype=bool)
    if kind in _SIGNED:
        return np.ones(len(tops), dtype=bool)
    known = tops >= 0
    if kind in _WHOLE and bottom != 1:
        known &= tops % bottom == 0
    if kind is MeasureKind.RATE:
        known &= tops <= UNIT_SCALES[measure.unit] * bottom
    return known


# --- as they stand -----------------------------------------------------------------------------


class Standing(NamedTuple):
    """How a column of plain numbers stands in a slot, the same in every table.

    Numbers read as they are unless they are below 0, broken or above the whole (`most`), where that
    is asked for. A blank is `fill`, lost, or not applicable; `told` is what is told of it.
    """

    slot: ValueSlot | FilledSlot
    code: str
    holdings: tuple[Holding, ...]
    signed: bool
    whole: bool
    most: int | None
    odd: bool
    fill: int
    lost: bool
    na: bool
    told: tuple[Finding, ...]

    def reads(self, column: Column, taken: Taken) -> bool:
        """Return whether each number of a column reads as it is, as `_plain_integers` says."""
        if column.holding not in self.holdings:
            return False
        if self.signed:
            return True
        if taken.low < 0 or (self.whole and taken.places):
            return False
        return self.most is None or taken.high <= self.most * 10**taken.places

    def made(self, cells: Cells, taken: Taken, reader: Reader, noted: Noted) -> Made:
        """Return a column of which every number, but for the blanks, is taken as it stands."""
        null, tops, bottom = cells.column.null, taken.tops, 10**taken.places
        if null is not None:
            for finding in self.told:
                noted.add_where(cells.heading, finding, null)
            if self.fill:
                tops = np.where(null, self.fill, tops)
        if self.odd and taken.least <= bottom:
            _note_scale(self.slot, cells, (tops, bottom), reader, noted)
        lost, na = null if self.lost else None, null if self.na else None
        return Made(Integers(tops, bottom, lost, na), _NO_ROWS, taken)


def standing_of(slot: Slot, reader: Reader) -> Standing | None:
    """Return how a column of plain numbers stands in a slot; None where none does."""
    if not isinstance(slot, (ValueSlot, FilledSlot)):
        return None
    kind, (blank, found) = slot.measure.kind, reader.blank(slot)
    rate = kind is MeasureKind.RATE
    return Standing(
        slot,
        slot.measure.code,
        _TRUTHS if kind is MeasureKind.FLAG else _NUMBERS if kind in _NUMERIC else (),
        signed=kind in _SIGNED or kind is MeasureKind.FLAG,
        whole=kind in _WHOLE,
        most=UNIT_SCALES[slot.measure.unit] if rate else None,
        odd=isinstance(slot, ValueSlot) and slot.odd_scale,
        fill=blank[0] if isinstance(blank, tuple) else 0,
        lost=blank in (State.MISSING, State.FAULT),
        na=blank is State.NOT_APPLICABLE,
        told=tuple({finding.code: finding for finding in found}.values()),
    )


_TRUTHS = (Holding.TRUTHS,)
_NUMBERS = (Holding.INTEGERS, Holding.FLOATS)


# --- value by value ----------------------------------------------------------------------------


def _by_value(slot: Slot, cells: Cells, reader: Reader, noted: Noted) -> Made:
    """Read a column value by value, each distinct one once."""
    column = cells.column.coded()
    rows = np.arange(len(column))
    if column.holding is Holding.OBJECTS:
        distinct, codes = list(column.values), rows
    else:
        distinct, codes = column.distinct, column.values
    outcomes = _read_all(slot, cells, distinct, codes, rows, reader, noted)
    return gathered(outcomes, codes)


def _read_all(  # noqa: PLR0913, PLR0917 - what is read, where it stands, and who reads it
    slot: Slot,
    cells: Cells,
    distinct: Sequence[Any],
    codes: Array,
    rows: Array,
    reader: Reader,
    noted: Noted,
) -> list[Pair | State]:
    """Read distinct values, and note what was found with the rows that have them."""
    outcomes: list[Pair | State] = []
    found_at: _Rows | None = None
    known = reader.outcomes(slot, cells.unit)
    plain = cells.column.holding is not Holding.OBJECTS  # which may have no hash
    for code, raw in enumerate(distinct):
        key = type(raw), raw
        if plain and (before := known.get(key)) is not None:
            outcomes.append(before)
            continue
        value, found = cells.value_of(raw)
        outcome, more = reader.read(slot, Record("", {cells.code: value}))
        outcomes.append(outcome)
        if plain and not found and not more and len(known) < MOST_OUTCOMES:
            known[key] = outcome
        told = {finding.code: finding for finding in (*more, *found)}
        for finding in told.values():
            found_at = found_at or _Rows(codes, rows)
            noted.add(cells.heading, finding, found_at.of(code))
    return outcomes


class _Rows:
    """The rows of each code, sorted once: a column may have as many faults as rows."""

    def __init__(self, codes: Array, rows: Array) -> None:
        order = np.argsort(codes, kind="stable")
        self._rows, self._codes = rows[order], codes[order]

    def of(self, code: int) -> Array:
        """Return the rows of a code, in order."""
        first, after = np.searchsorted(self._codes, [code, code + 1])
        return self._rows[first:after]


def gathered(outcomes: Sequence[Pair | State], codes: Array) -> Made:
    """Return the integers of codes into a list of outcomes."""
    pairs = [outcome if isinstance(outcome, tuple) else (0, 1) for outcome in outcomes]
    lost = np.array(
        [not isinstance(each, tuple) and each is not State.NOT_APPLICABLE for each in outcomes],
        dtype=bool,
    )
    na = np.array([each is State.NOT_APPLICABLE for each in outcomes], dtype=bool)
    shared = math.lcm(*(bottom for _, bottom in pairs)) if pairs else 1
    if shared <= _MOST_SHARED:
        tops = _array([top * (shared // bottom) for top, bottom in pairs])
        bottoms: Any = shared
    else:
        tops = _array([top for top, _ in pairs])[codes]
        bottoms = _array([bottom for _, bottom in pairs])[codes]
        return Made(Integers(tops, bottoms, *_masks(lost[codes], na[codes])), _NO_ROWS)
    made = Integers(tops[codes], bottoms, *_masks(_at(lost, codes), _at(na, codes)))
    return Made(made, _NO_ROWS)


def _at(flags: Array, codes: Array) -> Array:
    return flags[codes] if flags.any() else np.zeros(0, dtype=bool)


def _masks(lost: Array, na: Array) -> tuple[Array | None, Array | None]:
    return (lost if lost.any() else None), (na if na.any() else None)


def _array(values: Sequence[int]) -> Array:
    """Return integers in the narrowest array that holds them all."""
    if all(_INT64.min <= value <= _INT64.max for value in values):
        return narrowed(np.array(values, dtype=np.int64))
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


# --- by the array, and the rest by value -------------------------------------------------------


def _with_rest(
    slot: ValueSlot | FilledSlot,
    cells: Cells,
    taken: tuple[Array, Any, Array],
    reader: Reader,
    noted: Noted,
) -> Made:
    """Return what was taken by the array, and what else there is read value by value."""
    tops, bottom, known = taken
    null = cells.column.null
    rest = ~known if null is None else ~known | null
    if not rest.any():
        _note_scale(slot, cells, (tops, bottom), reader, noted)
        return Made(Integers(narrowed(tops), bottom), _NO_ROWS)
    rows = np.flatnonzero(rest)
    part = cells.column.taken(rows).coded()
    outcomes = _read_all(slot, cells, part.distinct, part.values, rows, reader, noted)
    pairs = [outcome if isinstance(outcome, tuple) else (0, 1) for outcome in outcomes]
    lost, na = np.zeros(len(tops), dtype=bool), np.zeros(len(tops), dtype=bool)
    states = np.array([_STATES.get(each, 0) for each in map(_state, outcomes)], dtype=np.int8)
    lost[rows], na[rows] = (states == 1)[part.values], (states == 2)[part.values]  # noqa: PLR2004
    tops = np.where(rest, 0, tops)
    _note_scale(slot, cells, (tops, bottom), reader, noted)
    made = _joined((tops, bottom), rows, pairs, part.values)
    return Made(
        attrs.evolve(made.integers, **dict(zip(("lost", "na"), _masks(lost, na), strict=True))),
        made.singles,
    )


_STATES = {State.MISSING: 1, State.FAULT: 1, State.NOT_APPLICABLE: 2}


def _state(outcome: Pair | State) -> Any:  # noqa: ANN401 - a state, or None
    return None if isinstance(outcome, tuple) else outcome


def _joined(taken: tuple[Array, int], rows: Array, pairs: Sequence[Pair], codes: Array) -> Made:
    """Put pairs to rows among integers over one denominator."""
    tops, bottom = taken
    shared = math.lcm(bottom, *(own for _, own in pairs))
    if shared <= _MOST_SHARED and _fits(tops, shared // bottom):
        tops = tops.astype(np.int64) * (shared // bottom)
        values = _array([top * (shared // own) for top, own in pairs])[codes]
        return Made(Integers(narrowed(_put(tops, rows, values)), shared), _NO_ROWS)
    odd = np.array([own > 1 and bottom % own != 0 for _, own in pairs], dtype=bool)[codes]
    if odd.sum() * _FEW <= len(tops):
        whole = [(top * (bottom // own) if bottom % own == 0 else 0) for top, own in pairs]
        tops = _put(tops.astype(np.int64), rows, _array(whole)[codes])
        return Made(Integers(narrowed(tops), bottom), rows[odd])
    bottoms = np.full(len(tops), bottom, dtype=np.int64)
    tops = _put(tops.astype(np.int64), rows, _array([top for top, _ in pairs])[codes])
    bottoms = _put(bottoms, rows, _array([own for _, own in pairs])[codes])
    return Made(Integers(tops, bottoms), _NO_ROWS)


def _fits(tops: Array, factor: int) -> bool:
    most = max(abs(int(tops.min())), abs(int(tops.max()))) if len(tops) else 0
    return most * factor <= _INT64.max


def _put(array: Array, rows: Array, values: Array) -> Array:
    """Return an array with values at some rows, as Python's integers where they don't fit."""
    if values.dtype == object:
        array = array.astype(object)
    array[rows] = values
    return array


def _note_scale(
    slot: ValueSlot | FilledSlot,
    cells: Cells,
    taken: tuple[Array, int],
    reader: Reader,
    noted: Noted,
) -> None:
    """Note the values of at most 1 beside a target of 10 % or more."""
    if not isinstance(slot, ValueSlot) or not slot.odd_scale:
        return
    tops, bottom = taken
    rows = np.flatnonzero((tops > 0) & (tops <= bottom))
    if len(rows):
        first = Fraction(int(tops[rows[0]]), bottom)
        for finding in reader.read(slot, Record("", {cells.code: first})).findings:
            noted.add(cells.heading, finding, rows)


# --- pairs -------------------------------------------------------------------------------------


def pairs_of(slot: ValueSlot | FilledSlot, cells: Cells) -> tuple[Integers, Array] | None:
    """Return a rate's two columns of plain counts as pairs, and the rows that are none.

    None where the columns hold anything but integers; a row of blanks, of a denominator of 0, or
    of more than the whole is for the reader of single values.
    """
    assert cells.pair is not None  # noqa: S101 - asked only where there are two columns
    tops, bottoms = (_counts(column) for column in cells.pair)
    measure = slot.measure
    if tops is None or bottoms is None or measure.kind not in RATE_KINDS:
        return None
    scale = UNIT_SCALES[measure.unit]
    fair = (bottoms > 0) & (tops >= 0) & (tops <= _INT64.max // scale)
    for column in cells.pair:
        if column.null is not None:
            fair &= ~column.null
    if measure.kind is MeasureKind.RATE:
        fair &= tops <= bottoms
    made = np.where(fair, tops, 0).astype(np.int64) * scale
    odd = np.zeros(len(made), dtype=bool)
    if isinstance(slot, ValueSlot) and slot.odd_scale:
        odd = fair & (made > 0) & (made <= bottoms)
    return Integers(narrowed(made), narrowed(np.where(fair, bottoms, 1))), ~fair | odd


def _counts(column: Column) -> Array | None:
    if column.holding is Holding.INTEGERS:
        return column.values
    if column.holding is Holding.FLOATS:  # pandas turns counts with a blank into floats
        tops, places, known = decimals(_cleared(column))
        return tops if places == 0 and known.all() else None
    return None
