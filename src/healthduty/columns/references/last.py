"""Last year's values, found again by the facility's key.

They were read once, as they stood then, and are kept as what they become this year: a column over
last year's rows, and what was lacking or wrong in each. Whoever has no row there has no value.

Source: semantics 14 (last year's value becomes a value in the record); `Way.LAST_YEAR`.

>>> last = Last(None, {"before": Kept(coded([900, 870]), Lookup())})
>>> last.seen("before", np.array([1, -1])).states.tolist()  # a row of then, and a newcomer
[0, 1]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import attrs

from healthduty.columns.column import Column, Holding, coded
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.integers import Cells, taken_by_array
from healthduty.columns.references.made import Lookup, MadeColumn
from healthduty.columns.references.seen import (
    FAULT,
    KNOWN,
    MISSING,
    NOT_APPLICABLE,
    Part,
    Seen,
    distinct_of,
    look_at,
    seen_of,
)
from healthduty.records.record import MISSING as NOTHING
from healthduty.records.record import Plain
from healthduty.results.figure_values import Shape, silent
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.scalars import is_nan


class KeyIndex(Protocol):
    """Where the keys of a set stand."""

    def rows(self, keys: Sequence[str]) -> Array:
        """Return the row of each key; −1 where it is none of the set."""
        ...

    def texts(self) -> Sequence[str]:
        """Return the keys, in the order of their rows."""
        ...

    def twice(self) -> str | None:
        """Return a key that stands twice, if any does."""
        ...


@attrs.frozen(eq=False)
class Kept:
    """What one reference has of last year: a value of this year's measure for each row of then.

    `states`, `faults` and `at_fault` are as of `Seen`.
    """

    column: Column
    said: Lookup
    states: Array | None = None
    faults: tuple[str, ...] = ()
    at_fault: Array | None = None


@attrs.frozen(eq=False)
class Last:
    """Last year: where each facility's row is, and what is kept for each reference, by its code."""

    keys: KeyIndex
    kept: Mapping[str, Kept]

    def seen(self, code: str, at: Array) -> Seen:
        """Return what is seen of last year of facilities, by their rows as `keys` has them."""
        kept = self.kept[code]
        states = np.where(at < 0, MISSING, KNOWN if kept.states is None else kept.states[at])
        at_fault = None if kept.at_fault is None else np.where(at < 0, -1, kept.at_fault[at])
        known = np.flatnonzero(states == KNOWN)
        part = Part(known, Integers(np.zeros(len(known), dtype=np.int32), 1))
        return Seen(len(at), (part,), states.astype(np.int8), kept.faults, at_fault)

    def made(self, code: str, at: Array, shape: Shape, evidence: str) -> MadeColumn:
        """Return what facilities get, by their rows as `keys` has them."""
        kept = self.kept[code]
        none = at < 0
        if not len(kept.column):
            return MadeColumn(code, coded([None] * len(at)), evidence=(evidence,))
        column = kept.column.taken(at)
        blank = none if column.null is None else none | column.null
        excused = None
        if kept.states is not None:
            excused = ~none & (kept.states[at] == NOT_APPLICABLE)
            blank |= ~none & (kept.states[at] == FAULT)
        if column.holding is not Holding.CODED and blank.any():
            column = attrs.evolve(column, values=np.where(blank, 0, column.values), null=None)
        return MadeColumn(
            code,
            column,
            kept.said,
            blank=blank if blank.any() else None,
            silent=None if excused is None or not excused.any() else excused.astype(np.int8),
            excuses=(silent(shape.subject),),
            evidence=(evidence,),
        )


# --- what is kept --------------------------------------------------------------------------------


def kept_of_measure(measure: Measure, cells: Cells, shape: Shape) -> Kept:
    """Return what is kept of a measure's column of last year."""
    seen = seen_of(measure, cells)
    numbers = _as_numbers(measure, cells, shape)
    if numbers is None:
        raws, codes = distinct_of(cells, np.arange(len(cells.column)))
        values = [_worth(measure, cells, raw, shape) for raw in raws]
        numbers = Column(Holding.CODED, codes, values), Lookup()
    return Kept(*numbers, seen.states, seen.faults, seen.at_fault)


def _worth(measure: Measure, cells: Cells, raw: Any, shape: Shape) -> Plain:  # noqa: ANN401 - a cell
    value = shape.own_of_last_year(look_at(measure, cells, raw))
    return NOTHING if value is None else value


def _as_numbers(measure: Measure, cells: Cells, shape: Shape) -> tuple[Column, Lookup] | None:
    """Return a column of plain numbers as it is, with what its odd ones become.

    Such a column reads as its own measure's of this year does, where the two are of one sort.
    """
    target, column = shape.target, cells.column
    alike = measure.kind is target.kind and (
        measure.unit == target.unit or measure.kind not in RATE_KINDS
    )
    if not alike or not cells.plain or measure.kind is MeasureKind.LEVEL:
        return None
    found = taken_by_array(measure, column)
    if found is None:
        return None
    null = np.zeros(len(column), dtype=bool) if column.null is None else column.null
    odd = np.flatnonzero(~found[2] & ~null)
    raws, _ = distinct_of(cells, odd)
    if any(map(is_nan, raws)):  # which finds itself in no list
        return None
    said = {raw: _worth(measure, cells, raw, shape) for raw in raws}
    if null.any() and _worth(measure, cells, None, shape) == 0:  # a blank rate that counts as zero
        return Column(column.holding, np.where(null, 0, column.values)), Lookup(said)
    return column, Lookup(said)


def kept_of_points(points: Sequence[Plain], excused: Array) -> Kept:
    """Return what is kept of points; None are not known, and excused items have none."""
    known = np.array([each is not None for each in points], dtype=bool)
    states = np.where(excused, NOT_APPLICABLE, np.where(known, KNOWN, MISSING)).astype(np.int8)
    return Kept(coded(points), Lookup(), states)
