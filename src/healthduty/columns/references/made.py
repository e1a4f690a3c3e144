"""Made columns: what a reference makes of every row, as the cells of the measure that it becomes.

Scoring reads them like any column that came in. A value that stands in a row already stays; where
the made one differs from it, that is noted.

Source: semantics 14 (each becomes a value in the record, with its source, before scoring).

>>> made = of_values("county", [90, None], np.array([0, 1, 0]), "全部2家接种率均值")
>>> made.value(0), made.value(1), made.cells().column.distinct
(90, None, [90, MISSING])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.integers import Cells, Made, integers_of
from healthduty.columns.noted import Noted
from healthduty.columns.reader import Reader
from healthduty.columns.references.seen import distinct_of
from healthduty.columns.references.sums import times
from healthduty.exact import Ratio
from healthduty.findings import Finding
from healthduty.records.record import (
    MISSING,
    Missing,
    NotApplicable,
    Plain,
    Record,
    stated,
)
from healthduty.results.resolved import differing
from healthduty.rules.measure import Measure
from healthduty.scoring.ops import Slot, ValueSlot


@attrs.frozen
class Lookup:
    """What a cell of a made column says: itself, unless something else is said of it."""

    said: Mapping[Any, Plain] = attrs.field(factory=dict)

    def __call__(self, raw: Any) -> tuple[Any, Sequence[Finding]]:  # noqa: ANN401 - a cell
        """Return the value of a cell; nothing is found in what was made."""
        return self.said.get(raw, raw) if self.said else raw, ()


_AS_IT_IS = Lookup()


@attrs.frozen(eq=False)
class MadeColumn:
    """What a reference makes of rows: a column, or two that make a pair.

    `blank` are the rows that get nothing; where `silent` is above 0, a row gets the first or the
    second of `excuses`. What stands in the column there is not looked at. `evidence` says where a
    row's value comes from, by `origin`.
    """

    code: str
    column: Column
    said: Lookup = _AS_IT_IS
    pair: Column | None = None
    blank: Array | None = None
    silent: Array | None = None
    excuses: tuple[NotApplicable, ...] = ()
    evidence: tuple[str, ...] = ("",)
    origin: Array | None = None

    def value(self, row: int) -> Plain:
        """Return what one row gets; None where it gets nothing."""
        if self.silent is not None and self.silent[row]:
            return self.excuses[int(self.silent[row]) - 1]
        if self.blank is not None and self.blank[row]:
            return None
        cell = self.column.cell(row)
        if self.pair is not None:
            return Ratio(cell, self.pair.cell(row))
        value: Plain = self.said(cell)[0]
        return None if isinstance(value, Missing) else value

    def source(self, row: int) -> str:
        """Return where the value of a row comes from."""
        return self.evidence[0 if self.origin is None else int(self.origin[row])]

    def cells(self) -> Cells:
        """Return it as the cells of its measure."""
        if self.pair is not None:
            rows = Column(Holding.INTEGERS, np.arange(len(self.column)))
            pair = (self.column, self.pair)
            cells = Cells(self.code, self.code, rows, self._pair_of, plain=False, pair=pair)
        else:
            plain = self.column.holding is not Holding.CODED
            cells = Cells(self.code, self.code, self.column, self.said, plain=plain)
        silent = None if self.silent is None else self.silent > 0
        return attrs.evolve(cells, blank=self.blank, silent=silent)

    def _pair_of(self, row: int) -> tuple[Any, Sequence[Finding]]:
        return self.value(row), ()


def of_values(
    code: str, values: Sequence[Plain], codes: Array, *evidence: str, origin: Array | None = None
) -> MadeColumn:
    """Return the column of codes into a list of values; None is nothing."""
    distinct = [MISSING if value is None else value for value in values]
    return MadeColumn(
        code, Column(Holding.CODED, codes, distinct), evidence=evidence, origin=origin
    )


def without(made: Made, slot: Slot, cells: Cells, reader: Reader) -> Made:
    """Return a slot's integers less the rows that nothing was made for, or that are silent."""
    integers, singles, *_ = made
    length = len(integers.num)
    blank, silent = (
        np.zeros(length, dtype=bool) if mask is None else mask
        for mask in (cells.blank, cells.silent)
    )
    lost = np.zeros(length, dtype=bool) if integers.lost is None else integers.lost & ~blank
    if not isinstance(reader.read(slot, Record("", {cells.code: MISSING})).outcome, tuple):
        lost = lost | blank
    lost &= ~silent
    na = silent if integers.na is None else integers.na & ~blank | silent
    num = np.where(blank | silent, 0, integers.num)
    masks = (mask if mask.any() else None for mask in (lost, na))
    return Made(Integers(num, integers.den, *masks), singles)


# --- beside what stands there already ------------------------------------------------------------


def put_under(
    own: Cells, made: MadeColumn, measure: Measure, context: tuple[Reader, Noted]
) -> Cells:
    """Return own values, and what was made where there are none; where they differ is noted."""
    stands = _stands(own)
    if not stands.any():
        return made.cells()
    reader, noted = context
    differs = _differs(own, made, stands, measure, reader)
    noted.add_where(own.heading, differing(made.code, made.evidence[0]), differs)
    if stands.all():
        return own
    rows = np.flatnonzero(stands)
    raws, codes = distinct_of(own, rows)
    under = np.flatnonzero(~stands)
    more, more_codes = distinct_of_made(made, under)
    distinct = [own.value_of(raw) for raw in raws] + [(value, ()) for value in more]
    both = np.zeros(len(stands), dtype=np.int64)
    both[rows], both[under] = codes, more_codes + len(raws)
    column = Column(Holding.CODED, both, distinct)
    return Cells(own.code, own.heading, column, lambda told: told, plain=False)


def distinct_of_made(made: MadeColumn, rows: Array) -> tuple[list[Plain], Array]:
    """Return the distinct values that some rows get, and which of them each has."""
    asked = np.zeros(len(rows), dtype=np.int64)
    if made.blank is not None:
        asked[made.blank[rows]] = 1
    if made.silent is not None:
        excused = made.silent[rows]
        asked[excused > 0] = excused[excused > 0] + 1
    plain = np.flatnonzero(asked == 0)
    raws, found = distinct_of(attrs.evolve(made.cells(), blank=None, silent=None), rows[plain])
    values: list[Plain] = [MISSING, *made.excuses]
    codes = asked - 1
    codes[plain] = found + len(values)
    values += [made.value(raw) if made.pair is not None else made.said(raw)[0] for raw in raws]
    return values, codes


def _stands(own: Cells) -> Array:
    """Return in which rows there is a value that stays: anything but nothing at all."""
    if own.pair is None and own.column.holding not in (Holding.CODED, Holding.OBJECTS):
        null = own.column.null
        return np.ones(len(own.column), dtype=bool) if null is None else ~null
    raws, codes = distinct_of(own, np.arange(len(own.column)))
    values = (stated(own.value_of(raw)[0])[0] for raw in raws)
    stands = [not (value is None or isinstance(value, Missing)) for value in values]
    return np.array(stands, dtype=bool)[codes]


def _differs(
    own: Cells, made: MadeColumn, stands: Array, measure: Measure, reader: Reader
) -> Array:
    """Return where a value that stands is read otherwise than what was made."""
    slot = ValueSlot(measure)
    one = integers_of(slot, own, reader, Noted()).integers
    values, codes = distinct_of_made(made, np.arange(len(stands)))
    column = Column(Holding.CODED, codes, values)
    other = Cells(made.code, made.code, column, _AS_IT_IS, plain=False)
    two = integers_of(slot, other, reader, Noted()).integers
    nothing = np.array([value is None or isinstance(value, Missing) for value in values])[codes]
    return stands & ~nothing & ~_same(one, two)


def _same(one: Integers, two: Integers) -> Array:
    """Return where two columns say the same."""
    same = times(one.num, two.den) == times(two.num, one.den)
    for mask, other in ((one.lost, two.lost), (one.na, two.na)):
        first, second = (np.zeros(len(same), dtype=bool) if m is None else m for m in (mask, other))
        same &= first == second
    return same
