"""The headings of a table, understood once: who its rows are of, and how each value is made.

A month's table has the headings of last month's, and each batch of a file those of the one before
it. So what they mean to an agreement is found out once, with how the cells of each measure and
judgement become one column: as they stand, as a pair of counts, or row by row.

Source: vocabulary “Record”; semantics 12 (no column is skipped in silence).

>>> from healthduty.rules.measure import Measure
>>> agreement = Agreement("示例", measures=(Measure("satisfaction", "满意率", unit="%"),))
>>> head = headed(("机构", "满意率（%）", "备考"), Intake(agreement, "数据.csv"))
>>> [(making.target, making.first) for making in head.makings], sorted(head.used)
([('satisfaction', 1)], [0, 1])
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding, objects
from healthduty.columns.extras import np
from healthduty.columns.frames import Columns
from healthduty.columns.integers import Cells
from healthduty.columns.recent import Recent
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.cells import Cells as CellsOfOne
from healthduty.records.cells import read_cells
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake
from healthduty.records.layout import Layout, Slot, layout_of
from healthduty.records.record import Value
from healthduty.records.sheets import Row, Sheet
from healthduty.records.wanting import check_wanting
from healthduty.records.wide import read_wide
from healthduty.rules.measure import Measure
from healthduty.said import Said
from healthduty.sources import Place

NAMED = (Holds.FACILITY, Holds.NAME)
"""What a facility goes by: its key first."""

_ALONE = (frozenset({Holds.VALUE}), frozenset({Holds.JUDGED}))
_PAIR = frozenset({Holds.NUMERATOR, Holds.DENOMINATOR})

ValueOf = Callable[[Any], tuple[Any, Sequence[Finding]]]
"""A cell, or the number of a row, to its value and what was found in it."""


@attrs.frozen(eq=False)
class Making:
    """How the cells of one measure or judgement are made of a table's columns.

    `plain` says that a number is a value as it stands, `unit` what the heading says of it. `pair`
    are the columns of a numerator and a denominator; with neither `value_of` nor `pair` the rows
    are read one by one.
    """

    target: str
    heading: str
    first: int
    slots: tuple[Slot, ...]
    measure: Measure | None
    value_of: ValueOf | None = None
    plain: bool = False
    pair: tuple[int, int] | None = None
    unit: str | None = None

    def cells(self, table: Columns, intake: Intake, notes: list[str]) -> Cells:
        """Return the cells of a table with these headings; a note tells what goes row by row."""
        if self.value_of is not None:
            column = table.columns[self.first]
            common = (self.target, self.heading, column, self.value_of, self.plain)
            return Cells(*common, unit=self.unit)
        if self.pair is not None:
            top, bottom = (table.columns[place] for place in self.pair)
            ratio_of = functools.partial(_ratio, self.target, self.measure, (top, bottom))
            rows = Column(Holding.INTEGERS, np.arange(len(table)))
            return Cells(self.target, self.heading, rows, ratio_of, plain=False, pair=(top, bottom))
        notes.append(
            Said(
                f"`{self.heading}`: read row by row, because several columns make its value",
                f"`{self.heading}`由几列合成，逐行读取",
            )
        )
        column = Column(Holding.OBJECTS, objects(_row_by_row(self, table, intake)))
        return Cells(self.target, self.heading, column, _as_it_is, plain=False)


@attrs.frozen(eq=False)
class Headed:
    """What headings mean: the layout, the makings of all values, and the columns that are used.

    `findings` are those of the headings themselves, at places without a source.
    """

    layout: Layout
    makings: tuple[Making, ...]
    used: frozenset[int]
    findings: tuple[Finding, ...]

    def told(self, source: str) -> tuple[Finding, ...]:
        """Return what was found in the headings, of a source that has them."""
        return tuple(
            attrs.evolve(each, place=attrs.evolve(each.place, source=source))
            for each in self.findings
        )


_HEADED: Recent[Headed] = Recent(32)


def headed(headings: tuple[str, ...], intake: Intake) -> Headed:
    """Return what headings mean; what they lack of what the agreement asks is reported."""
    find = functools.partial(_found_out, headings, intake.agreement)
    head = _HEADED.of(intake.agreement, headings, find)
    intake.findings += head.told(intake.source)
    return head


def _found_out(headings: tuple[str, ...], agreement: Agreement) -> Headed:
    intake = Intake(agreement)
    layout = layout_of(Sheet(headings, intake.place, ()), intake)
    targets = layout.targets()
    check_wanting(targets, layout.identity, intake.place, intake)
    if not any(holds in layout.identity for holds in NAMED):
        message = Said(
            "no column names the facility: rows are called by their numbers",
            "没有写单位名称的列，各行以行号称呼",
        )
        intake.warn(
            "record-facility-column",
            message,
            intake.place,
            hint=Said("head one 机构名称", "表头写“机构名称”"),
        )
    makings = tuple(
        _making(target, slots, headings, intake.measures.get(target))
        for target, slots in targets.items()
    )
    used = frozenset(index for index in range(len(headings)) if layout.uses(index))
    return Headed(layout, makings, used, tuple(intake.findings))


def _making(
    target: str, slots: Sequence[Slot], headings: Sequence[str], measure: Measure | None
) -> Making:
    one = slots[0]
    common = (target, headings[one.first], one.first, tuple(slots), measure)
    alone = len(slots) == 1 and one.stage is None
    if not alone or any(len(columns) > 1 for columns in one.columns.values()):
        return Making(*common)
    kinds = frozenset(one.columns)
    if kinds in _ALONE:
        unit = one.units[Holds.VALUE]
        value_of = functools.partial(_value, target, measure, unit, one.told)
        return Making(*common, value_of=value_of, plain=not unit, unit=unit)
    if kinds == _PAIR and not any(one.units.values()):
        top, bottom = (one.columns[each][0] for each in (Holds.NUMERATOR, Holds.DENOMINATOR))
        return Making(*common, pair=(top, bottom))
    return Making(*common)


# --- cells to values ---------------------------------------------------------------------------


def _value(
    target: str,
    measure: Measure | None,
    unit: str,
    told: bool,  # noqa: FBT001 - bound beforehand
    raw: Any,  # noqa: ANN401 - a cell
) -> tuple[Any, Sequence[Finding]]:
    value, found = read_cells(target, CellsOfOne(value=raw, unit=unit), measure)
    return value, () if told else found


def _ratio(
    target: str,
    measure: Measure | None,
    pair: tuple[Column, Column],
    raw: Any,  # noqa: ANN401 - the number of a row
) -> tuple[Any, Sequence[Finding]]:
    top, bottom = pair
    cells = CellsOfOne(numerator=top.cell(raw), denominator=bottom.cell(raw))
    return read_cells(target, cells, measure)


def _as_it_is(value: Any) -> tuple[Any, Sequence[Finding]]:  # noqa: ANN401 - a value
    return value, ()


def _row_by_row(making: Making, table: Columns, intake: Intake) -> list[Value | None]:
    """Return the values that several columns make, as `read_records` makes them."""
    found = (columns for slot in making.slots for columns in slot.columns.values())
    places = sorted({index for columns in found for index in columns})
    headings = ("facility", *(table.headings[index] for index in places))
    columns = [table.columns[index].texts() for index in places]
    rows = tuple(
        Row(Place(intake.source, row=number), (str(number), *cells))
        for number, cells in enumerate(zip(*columns, strict=True), 1)
    )
    inner = Intake(intake.agreement, intake.source)
    placed = read_wide(Sheet(headings, intake.place, rows), inner)
    wanting = ("record-column-missing", "record-column-assumed")
    intake.findings += [each for each in inner.findings if each.code not in wanting]
    return [record.values.get(making.target) for record, _ in placed]
