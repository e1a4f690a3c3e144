"""What was found in the columns: one finding a column and kind of fault, with the first rows.

A million rows may have a hundred thousand of the same fault. Whoever keeps the data wants to know
which column, how many, and where to look first.

Source: “Faults listed all at once by column with the first rows concerned”.

>>> import numpy as np
>>> noted = Noted()
>>> fault = Finding("value-negative", "满意率: `-3` is negative")
>>> noted.add("满意率", fault, np.array([4, 9, 11, 30]))
>>> print(noted.findings(lambda row: row + 1)[0])
error value-negative: row 5, column 满意率: 满意率: `-3` is negative; 4 rows: 5, 10, 12, …
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from healthduty.columns.extras import Array, np
from healthduty.findings import Finding
from healthduty.said import Said, chinese
from healthduty.sources import Place

SHOWN = 3
"""So many rows are named."""

_BEGINNING = 2_048
"""The first rows mostly stand among so many."""


@attrs.define
class _Heap:
    """One kind of fault of one column: the finding of its first row, how many rows, which first."""

    first: Finding
    count: int
    rows: list[int]


@attrs.define
class Noted:
    """Findings by column and code while columns are read.

    Which rows a mask names is looked up when somebody asks.
    """

    _heaps: dict[tuple[str, str], _Heap] = attrs.Factory(dict)
    _waiting: list[tuple[str, Finding, Array]] = attrs.Factory(list)

    @property
    def heaps(self) -> dict[tuple[str, str], _Heap]:
        """What was found by column and code, in the order in which it was."""
        waiting, self._waiting = self._waiting, []
        seen: dict[int, tuple[Array, int]] = {}
        for heading, finding, where in waiting:
            if id(where) not in seen:  # a mask may be told of twice: what it means, what is missing
                seen[id(where)] = _first(where), int(np.count_nonzero(where))
            self._add(heading, finding, *seen[id(where)])
        return self._heaps

    def add_where(self, heading: str, finding: Finding, where: Array) -> None:
        """Add a finding of the rows of a mask, which nobody may change any more."""
        self._waiting.append((heading, finding, where))

    def add(self, heading: str, finding: Finding, rows: Array, count: int | None = None) -> None:
        """Add a finding of some rows of a column, which are counted from 0.

        `count` is how many there are, where `rows` are but the first of them.
        """
        if len(rows):
            _ = self.heaps  # in their order
            self._add(heading, finding, rows, len(rows) if count is None else count)

    def _add(self, heading: str, finding: Finding, rows: Array, count: int) -> None:
        if not len(rows):
            return
        key = (heading, finding.code)
        heap = self._heaps.setdefault(key, _Heap(finding, 0, []))
        if heap.rows and rows[0] < heap.rows[0]:
            heap.first = finding
        heap.count += count
        heap.rows = sorted([*heap.rows, *(int(row) for row in rows[:SHOWN])])[:SHOWN]

    def add_all(self, other: Noted, rows: Array) -> None:
        """Add what was found in a part of the rows, which `rows` are by number."""
        for (heading, _), heap in other.heaps.items():
            self.add(heading, heap.first, rows[heap.rows])
            self.heaps[heading, heap.first.code].count += heap.count - len(heap.rows)

    def findings(self, number: Callable[[int], int], source: str = "") -> list[Finding]:
        """Return one finding for each, with the numbers that rows go by."""
        return [
            attrs.evolve(
                heap.first,
                message=_counted(heap, number),
                place=Place(source, row=number(heap.rows[0]), column=heading),
            )
            for (heading, _), heap in self.heaps.items()
        ]


def _first(where: Array) -> Array:
    """Return the first rows of a mask."""
    first = np.flatnonzero(where[:_BEGINNING])
    if len(first) < SHOWN:
        first = np.flatnonzero(where)
    return first[:SHOWN]


def _counted(heap: _Heap, number: Callable[[int], int]) -> str:
    """Return a finding's message, with the rows that it concerns where they are several."""
    message = heap.first.message
    if heap.count == 1:
        return message
    more, rows = heap.count > len(heap.rows), [str(number(row)) for row in heap.rows]
    return Said(
        f"{message}; {heap.count} rows: {', '.join(rows)}{', …' if more else ''}",
        f"{chinese(message)}；共{heap.count}行：{'、'.join(rows)}{'等' if more else ''}",
    )
