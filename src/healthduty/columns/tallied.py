"""Findings of many batches as one list: by column and kind, how many rows, and the first of them.

A folder of ten million facilities may have a million times the same fault. What is kept of it is
one finding, a count and three rows, however many batches there are.

Source: semantics 12; “Faults listed all at once by column with the first rows”.

>>> tallied = Tallied()
>>> fault = Finding("record-row-total", "`合计` is left out", place=Place("a.csv", row=9))
>>> tallied.add([fault, attrs.evolve(fault, place=Place("b.csv", row=4))])
>>> print(tallied.findings()[0])
error record-row-total: a.csv, row 9: `合计` is left out; 2 rows: 9, b.csv 4
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from healthduty.columns.noted import SHOWN, Noted
from healthduty.findings import Finding
from healthduty.said import Said, chinese
from healthduty.sources import Place

Where = tuple[str, int]
"""A file and a row in it."""


@attrs.define
class _Heap:
    """One kind of fault: its first finding, in how many rows, and which were met first."""

    first: Finding
    count: int = 0
    rows: list[Where] = attrs.Factory(list)

    def add(self, count: int, rows: Iterable[Where]) -> None:
        self.count += count
        self.rows = [*self.rows, *rows][:SHOWN]


@attrs.define
class Tallied:
    """The findings of batches, in the order in which each kind was first met."""

    heaps: dict[tuple[str, ...], _Heap] = attrs.Factory(dict)

    def add_noted(self, noted: Noted, number: Callable[[int], int], source: str) -> None:
        """Add what was noted of a batch by column; `number` tells which row of the source it is."""
        for (heading, code), heap in noted.heaps.items():
            key = ("column", heading, code)
            if key not in self.heaps:
                self.heaps[key] = _Heap(attrs.evolve(heap.first, place=Place(column=heading)))
            found = self.heaps[key]
            found.add(heap.count, [(source, number(row)) for row in heap.rows])

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings: those of rows by their kind, others each once."""
        for finding in findings:
            place = finding.place
            if place.row is None:
                self.heaps.setdefault(("", str(finding)), _Heap(finding))
                continue
            key = ("row", finding.severity.value, finding.code, place.column, place.item)
            self.heaps.setdefault(key, _Heap(finding)).add(1, [(place.source, place.row)])

    def counted(self, count: int) -> list[Finding]:
        """Return the findings where it is known of how many rows they are in all."""
        for heap in self.heaps.values():
            heap.count = count
        return self.findings()

    def findings(self) -> list[Finding]:
        """Return one finding for each kind."""
        return [_finding(heap) for heap in self.heaps.values()]


def _finding(heap: _Heap) -> Finding:
    """Return the first of a kind, at its place, and how many more there are."""
    if not heap.rows:
        return heap.first
    source, row = heap.rows[0]
    place = attrs.evolve(heap.first.place, source=source, row=row)
    message = heap.first.message
    if heap.count > 1:
        shown = [
            str(number) if name == source else f"{name} {number}" for name, number in heap.rows
        ]
        more = ", …" if heap.count > len(heap.rows) else ""
        message = Said(
            f"{message}; {heap.count} rows: {', '.join(shown)}{more}",
            f"{chinese(message)}；共{heap.count}行：{'、'.join(shown)}{'等' if more else ''}",
        )
    return attrs.evolve(heap.first, message=message, place=place)
