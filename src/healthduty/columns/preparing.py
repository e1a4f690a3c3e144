"""From what was gathered to the plan's slots: every slot one column of integers.

Measures and judgements are columns already; a threshold by kind of facility, the months of the
period, and what was observed without evidence are looked up here. Rows that only the single scorer
can do are listed: those of an agreement that charges a case once and gives the cases themselves.

Source: “How a point is lost”, section 1; architecture: whatever depends on the record is a slot.

>>> codes_of(MonthsSlot()), _lists((Case("1"),)), _lists(3)
((), True, False)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, assert_never

import attrs

from healthduty.columns.column import Column, Holding, coded
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered, period_of
from healthduty.columns.integers import (
    Cells,
    Made,
    Standing,
    gathered,
    integers_of,
    pairs_of,
    standing_of,
)
from healthduty.columns.noted import Noted
from healthduty.columns.reader import Reader, reader_of
from healthduty.columns.recent import Recent
from healthduty.columns.references.made import without
from healthduty.columns.slabs import PLAIN, Taken, taken
from healthduty.records.headers import Holds
from healthduty.records.plain import as_text
from healthduty.records.record import MISSING, Case, Record, stated
from healthduty.rules.measure import Measure
from healthduty.scoring.ops import (
    FilledSlot,
    JudgedSlot,
    KindSlot,
    MonthsSlot,
    Plan,
    Slot,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)


@attrs.define(eq=False)
class Prepared:
    """The columns of a plan's slots, the rows for the single scorer, and what was found.

    `taken` are the columns that were taken as they stand, with their ends, by slot.
    """

    slots: dict[int, Integers]
    singles: Array
    notes: list[str]
    taken: dict[int, Taken]


def prepare_columns(plan: Plan, found: Gathered, noted: Noted) -> Prepared:
    """Return the integers of every slot; `noted` takes what is found on the way."""
    reader = reader_of(plan)
    context = _Context(reader, noted, _by_array(plan, found))
    standing = _STANDING.of(plan, "", lambda: [standing_of(slot, reader) for slot in plan.slots])
    singles = np.zeros(len(found), dtype=bool)
    notes = list(found.notes)
    made: dict[int, Integers] = {}
    ends: dict[int, Taken] = {}
    known: dict[tuple[type, str], Made] = {}
    for place, (slot, stands) in enumerate(zip(plan.slots, standing, strict=True)):
        one = stands and _as_it_stands(stands, found, context, known)
        one = one or _slot(slot, found, context, known)
        made[place] = one.integers
        if one.taken is not None:
            ends[place] = one.taken
        if len(one.singles):
            singles[one.singles] = True
            notes.append(
                f"{_label(slot)}: scored row by row, for their many decimals: {len(one.singles)}"
            )
    _read_the_rest(plan, found, context)
    if plan.agreement.charge_once:
        charged = _charged(plan, found)
        singles |= charged
        if charged.any():
            notes.append(
                f"scored row by row, because a case is charged only once: {int(charged.sum())}"
            )
    return Prepared(made, singles, notes, ends)


class _Context(NamedTuple):
    """Who reads values, where faults are noted, and the columns that were taken by the array."""

    reader: Reader
    noted: Noted
    taken: Mapping[str, Taken | None]


def _by_array(plan: Plan, found: Gathered) -> dict[str, Taken | None]:
    """Take the plain numbers of all measures, many columns at a time."""
    plain = {
        measure.code: cells.column
        for measure in plan.agreement.measures
        if (cells := found.cells.get(measure.code)) is not None
        and cells.plain
        and cells.column.holding in _PLAIN
    }
    return dict(zip(plain, taken([*plain.values()]), strict=True))


_PLAIN = tuple(PLAIN)
"""A tuple, because a word of a closed choice is hashed by Python, and found here by what it is."""


def _read_the_rest(plan: Plan, found: Gathered, context: _Context) -> None:
    """Look at the columns that no rule reads: what is wrong in them is told all the same."""
    if found.needs is None:
        return
    for measure in _UNREAD.of(plan, "", lambda: _unread(plan)):
        if (cells := found.cells.get(measure.code)) is not None:
            _read(ValueSlot(measure), cells, context)


_UNREAD: Recent[tuple[Measure, ...]] = Recent()


def _unread(plan: Plan) -> tuple[Measure, ...]:
    """Return the measures that no rule of a plan reads."""
    read = {code for slot in plan.slots for code in codes_of(slot)}
    return tuple(measure for measure in plan.agreement.measures if measure.code not in read)


def codes_of(slot: Slot) -> tuple[str, ...]:
    """Return the codes whose values a slot is read off."""
    match slot:
        case ValueSlot() | FilledSlot() | WeightedSlot():
            return (slot.measure.code,)
        case JudgedSlot():
            return (slot.code,)
        case KindSlot() | MonthsSlot() | UnevidencedSlot():
            return ()
        case _:
            assert_never(slot)


def _label(slot: Slot) -> str:
    measure = getattr(slot, "measure", None)
    return f"`{measure.label}`" if measure is not None else f"`{getattr(slot, 'code', '')}`"


def _slot(
    slot: Slot,
    found: Gathered,
    context: _Context,
    known: dict[tuple[type, str], Made],
) -> Made:
    match slot:
        case ValueSlot() | FilledSlot():
            # The plain slots of one measure are one column.
            key = (ValueSlot, slot.measure.code)
            cells = _cells(slot.measure.code, found)
            alike = cells.plain and cells.column.holding is not Holding.OBJECTS
            if key not in known or not alike or getattr(slot, "odd_scale", False):
                known[key] = _read(slot, cells, context)
            return known[key]
        case WeightedSlot():
            return _read(slot, _cells(slot.measure.code, found), context)
        case JudgedSlot():
            return _read(slot, _cells(slot.code, found), context)
        case KindSlot():
            return _looked_up(slot, Holds.KIND, found, context, _of_kind)
        case MonthsSlot():
            return _looked_up(slot, Holds.PERIOD, found, context, _of_period)
        case UnevidencedSlot():
            return _unevidenced(slot, found)
        case _:
            assert_never(slot)


def _as_it_stands(
    stands: Standing, found: Gathered, context: _Context, known: dict[tuple[type, str], Made]
) -> Made | None:
    """Return a column of plain numbers of which each reads as it stands; None for any other."""
    taken = context.taken.get(stands.code)
    if taken is None or not stands.reads((cells := found.cells[stands.code]).column, taken):
        return None
    key = ValueSlot, stands.code
    if key not in known or stands.odd:
        known[key] = stands.made(cells, taken, context.reader, context.noted)
        if cells.blank is not None or cells.silent is not None:
            known[key] = without(known[key], stands.slot, cells, context.reader)
    return known[key]


_STANDING: Recent[list[Standing | None]] = Recent()


def _cells(code: str, found: Gathered) -> Cells:
    """Return the cells of a code; blank ones where the source has none."""
    cells = found.cells.get(code)
    if cells is not None:
        return cells
    blank = Column(Holding.CODED, np.zeros(len(found), dtype=np.int64), [MISSING])
    return Cells(code, code, blank, lambda value: (value, ()))


def _read(slot: Slot, cells: Cells, context: _Context) -> Made:
    made = _read_all(slot, cells, context)
    if cells.blank is None and cells.silent is None:
        return made
    return without(made, slot, cells, context.reader)


def _read_all(slot: Slot, cells: Cells, context: _Context) -> Made:
    reader, noted, _ = context
    if cells.pair is None or not isinstance(slot, (ValueSlot, FilledSlot)):
        return integers_of(slot, cells, reader, noted)
    pairs = pairs_of(slot, cells)
    if pairs is None:
        return integers_of(slot, cells, reader, noted)
    integers, rest = pairs
    if not rest.any():
        return Made(integers, np.zeros(0, dtype=np.int64))
    return _with_odd_pairs(slot, cells, (integers, np.flatnonzero(rest)), context)


def _with_odd_pairs(
    slot: Slot, cells: Cells, plain: tuple[Integers, Array], context: _Context
) -> Made:
    """Read the pairs that are not plain one by one."""
    integers, rows = plain
    part = attrs.evolve(cells, column=cells.column.taken(rows))
    shifted = Noted()
    one = integers_of(slot, part, context.reader, shifted).integers
    context.noted.add_all(shifted, rows)
    den = np.asarray(integers.den)
    wide = np.promote_types(integers.num.dtype, one.num.dtype)
    num, den = integers.num.astype(wide), den.astype(np.promote_types(den.dtype, np.int64))
    num[rows], den[rows] = one.num, one.den
    lost, na = (np.zeros(len(num), dtype=bool) for _ in range(2))
    if one.lost is not None:
        lost[rows] = one.lost
    if one.na is not None:
        na[rows] = one.na
    made = Integers(num, den, lost if lost.any() else None, na if na.any() else None)
    return Made(made, np.zeros(0, dtype=np.int64))


# --- of whom a row speaks ----------------------------------------------------------------------


def _of_kind(raw: Any) -> Record:  # noqa: ANN401 - a cell
    return Record("", {}, kind=as_text(raw) or None)


def _of_period(raw: Any) -> Record:  # noqa: ANN401 - a cell
    return Record("", {}, period=period_of(raw))


def _looked_up(
    slot: Slot,
    holds: Holds,
    found: Gathered,
    context: _Context,
    record_of: Callable[[Any], Record],
) -> Made:
    reader, noted, _ = context
    column = found.subject.get(holds, coded([None] * len(found))).coded()
    distinct, codes = column.distinct, column.values
    if column.holding is Holding.OBJECTS:
        distinct, codes = list(column.values), np.arange(len(column))
    outcomes = []
    for code, raw in enumerate(distinct):
        outcome, findings = reader.read(slot, record_of(raw))
        outcomes.append(outcome)
        for finding in findings:
            noted.add(holds.value, finding, np.flatnonzero(codes == code))
    return gathered(outcomes, codes)


def _unevidenced(slot: UnevidencedSlot, found: Gathered) -> Made:
    """Return where one of the measures was observed without written evidence."""
    bare = np.zeros(len(found), dtype=np.int32)
    for code in slot.codes:
        column = _cells(code, found).column
        if column.holding is Holding.OBJECTS:
            bare |= np.array([stated(value)[1] for value in column.values], dtype=np.int32)
    return Made(Integers(bare, 1), np.zeros(0, dtype=np.int64))


# --- cases that are charged once ---------------------------------------------------------------


def _charged(plan: Plan, found: Gathered) -> Array:
    """Return the rows that list cases under a rule that charges each of them once."""
    rows = np.zeros(len(found), dtype=bool)
    codes = {
        slot.measure.code
        for slot in plan.slots
        if isinstance(slot, WeightedSlot) and slot.charge is not None
    }
    for code in codes:
        column = _cells(code, found).column
        if column.holding is Holding.OBJECTS:
            rows |= np.array([_lists(value) for value in column.values], dtype=bool)
    return rows


def _lists(value: Any) -> bool:  # noqa: ANN401 - a value
    plain = stated(value)[0]
    return isinstance(plain, Case) or (isinstance(plain, (tuple, list)) and bool(plain))
