"""Between what a total lies that can't be told, for each row: what the single scorer says of it.

Rows that say the same have the same bounds. So each kind of row without a total is looked at once,
however often it is there; a row that has a total lies between it and itself.

Source: semantics 7 (bounds contain every completion).

>>> from healthduty.columns.gathering import gather
>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> found = gather({"机构": ["南关", "北关", "东关"], "1": [3, None, None]}, agreement)
>>> kinds_of(found, np.array([1, 2])).tolist()
[0, 0]
>>> made = bounds_of_rows(agreement, found, [Decimal(3), None, None], [None, None, None])
>>> [(each.low, each.high) for each in made][:2]
[(Decimal('3'), Decimal('3')), (Decimal('0'), Decimal('5'))]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Holds
from healthduty.scoring.completions import Bounds
from healthduty.scoring.score import score


def bounds_of_rows(
    agreement: Agreement,
    found: Gathered,
    totals: Sequence[Decimal | None],
    grades: Sequence[str | None],
) -> list[Bounds]:
    """Return the bounds of each row; `totals` and `grades` are what rows have already."""
    known = [
        Bounds(total, total, grade, grade) for total, grade in zip(totals, grades, strict=True)
    ]
    # A total without a grade may lack a condition of the grade.
    graded = agreement.grades is not None
    open_rows = [
        row
        for row, (total, grade) in enumerate(zip(totals, grades, strict=True))
        if total is None or (graded and grade is None)
    ]
    rows = np.array(open_rows, dtype=np.int64)
    looked: dict[int, Bounds] = {}
    for row, kind in zip(rows.tolist(), kinds_of(found, rows).tolist(), strict=True):
        if kind not in looked:
            looked[kind] = score(agreement, found.record(row)).bounds
        known[row] = looked[kind]
    return known


def kinds_of(found: Gathered, rows: Array) -> Array:
    """Return a number for each of some rows: the same where all their cells are."""
    kinds = np.zeros(len(rows), dtype=np.int64)
    for column in _columns(found):
        part = column.taken(rows)
        if part.holding is Holding.OBJECTS:  # which can't be told apart cheaply
            return np.arange(len(rows))
        codes = part.coded().values
        _, kinds = np.unique(kinds * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    return kinds


def _columns(found: Gathered) -> Iterator[Column]:
    for cells in found.cells.values():
        yield from (cells.column,) if cells.pair is None else cells.pair
        for mask in (cells.blank, cells.silent):
            if mask is not None:
                yield Column(Holding.TRUTHS, mask)
    for holds, column in found.subject.items():
        if holds not in (Holds.FACILITY, Holds.NAME):
            yield column
