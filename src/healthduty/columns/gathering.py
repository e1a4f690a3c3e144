"""What was gathered of many facilities: who they are, and the cells of each measure.

A source is a frame (or a dict of columns), a file, or records that were read already. Its columns
are found by the same headings, and each of its rows scores as the same row would in a table of
`read_records`; what takes several cells to make a value (stages, an assessor beside his points, a
printed rate beside its pair) is read row by row, by that reader.

Source: vocabulary “Record”; semantics 12 (no column is skipped in silence).

>>> from healthduty.rules.measure import Measure
>>> agreement = Agreement("示例", measures=(Measure("satisfaction", "满意率", unit="%"),))
>>> found = gather({"机构": ["南关", "北关"], "满意率（%）": [83, "90%"]}, agreement)
>>> found.facilities, found.cells["satisfaction"].column.distinct
(['南关', '北关'], [83, '90%'])
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding, coded, objects
from healthduty.columns.extras import np
from healthduty.columns.frames import MISSING_EXTRA, Columns, columns_of
from healthduty.columns.integers import Cells
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.cells import Cells as CellsOfOne
from healthduty.records.cells import read_cells
from healthduty.records.collection import Records
from healthduty.records.encodings import read_text
from healthduty.records.headers import LONG_WORDS, Holds
from healthduty.records.intake import Intake, refuse, shown
from healthduty.records.layout import Layout, Slot, layout_of
from healthduty.records.long import is_long
from healthduty.records.needs import Needs
from healthduty.records.plain import as_text
from healthduty.records.reading import read_records
from healthduty.records.record import MISSING, Period, Record, Value
from healthduty.records.sheets import Row, Sheet, sheet_of_rows
from healthduty.records.subject import check_period
from healthduty.records.tables import read_rows
from healthduty.records.totals import ENDINGS_OF_TOTALS, is_total
from healthduty.records.wanting import check_wanting
from healthduty.records.wide import read_wide
from healthduty.sources import Place


@attrs.define(eq=False)
class Gathered:
    """The facilities of one source, in its order; `record` makes the record of one of them."""

    facilities: list[str]
    names: list[str]
    cells: dict[str, Cells]
    subject: dict[Holds, Column]
    record: Callable[[int], Record]
    number: Callable[[int], int]
    findings: list[Finding] = attrs.Factory(list)
    notes: list[str] = attrs.Factory(list)
    source: str = ""
    needs: Needs | None = None
    """What the agreement asks of the columns; None where records were read already, and told."""

    def __len__(self) -> int:
        """Return how many facilities there are."""
        return len(self.facilities)


def gather(source: Any, agreement: Agreement, name: str = "") -> Gathered:  # noqa: ANN401 - any
    """Return what a source holds of many facilities.

    Raises:
        SourceError: a file that can't be read at all.
        UsageError: what is no source of columns.
    """
    if isinstance(source, Record):
        source = [source]
    if isinstance(source, Records):
        return of_records(source, list(source.findings))
    if isinstance(source, (list, tuple)) and all(isinstance(item, Record) for item in source):
        return of_records(source, [])
    if isinstance(source, (str, bytes, os.PathLike)):
        return _of_file(source, agreement, name)
    if isinstance(source, (list, tuple)):
        records = read_records(source, agreement, name=name)
        return of_records(records, list(records.findings))
    return of_columns(columns_of(source), Intake(agreement, name))


# --- records -----------------------------------------------------------------------------------


def of_records(records: Sequence[Record], findings: list[Finding]) -> Gathered:
    """Return what records hold: each code's values, which are read already."""
    codes = dict.fromkeys(code for record in records for code in record.values)

    def cells(code: str) -> Cells:
        column = coded([record.values.get(code, MISSING) for record in records])
        return Cells(code, code, column, lambda value: (value, ()), plain=False)

    subject = {
        Holds.KIND: coded([record.kind for record in records]),
        Holds.POPULATION: coded([record.population for record in records]),
        Holds.PERIOD: Column(Holding.OBJECTS, objects([record.period for record in records])),
    }
    return Gathered(
        [record.facility for record in records],
        [record.name for record in records],
        {code: cells(code) for code in codes},
        subject,
        records.__getitem__,
        lambda row: row + 1,
        findings,
    )


# --- files -------------------------------------------------------------------------------------


def _of_file(source: str | bytes | os.PathLike[str], agreement: Agreement, name: str) -> Gathered:
    """Read a delimited table by its columns, whatever else there is as records."""
    content: str | bytes | None = source if isinstance(source, bytes) else None
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        content = source
    if content is None and not isinstance(source, bytes):
        path = Path(source)
        name = name or path.name
        if path.suffix.lower() == ".parquet" or path.is_dir():
            return of_columns(columns_of(_parquet(path)), Intake(agreement, name))
        if path.suffix.lower() not in (".csv", ".tsv", ".txt") or not path.is_file():
            records = read_records(source, agreement, name=name)
            return of_records(records, list(records.findings))
        content = path.read_bytes()
    text = read_text(content, name) if isinstance(content, bytes) else str(content)
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("[", "{"):
        records = read_records(text, agreement, name=name)
        return of_records(records, list(records.findings))
    intake = Intake(agreement, name)
    uses = functools.partial(intake.names.find, words=LONG_WORDS)
    sheet = sheet_of_rows(read_rows(text, name), intake, uses=uses)
    if is_long(sheet.headings, intake):
        records = read_records(text, agreement, name=name)
        return of_records(records, list(records.findings))
    columns = [coded(column) for column in zip(*(row.cells for row in sheet.rows), strict=True)]
    if not columns:
        columns = [coded([]) for _ in sheet.headings]
    table = Columns(sheet.headings, tuple(columns), len(sheet.rows), name)
    return of_columns(table, intake, [row.place.row or 0 for row in sheet.rows])


def _parquet(path: Path) -> Any:  # noqa: ANN401 - of pyarrow
    """Read a Parquet file, or a folder of them, as one table.

    Raises:
        SourceError: what can't be read as such.
        ImportError: without pyarrow.
    """
    try:
        import pyarrow as pa  # an optional extra
        import pyarrow.parquet as pq  # an optional extra
    except ImportError as error:
        raise ImportError(MISSING_EXTRA.format("pyarrow")) from error
    try:
        return pq.read_table(path)
    except (pa.ArrowException, OSError) as error:
        message = f"this can't be read as Parquet: {str(error).splitlines()[0]}"
        refuse(path.name, Finding("record-not-parquet", message, place=Place(path.name)))


# --- columns -----------------------------------------------------------------------------------


def of_columns(table: Columns, intake: Intake, numbers: Sequence[int] | None = None) -> Gathered:
    """Return what named columns hold; `numbers` are the rows' own, where they have any."""
    if not len(table):
        intake.report("record-no-rows", "there is a header, but no row below it", intake.place)
        intake.refuse()
    layout = headed(table.headings, intake)
    numbers = range(1, len(table) + 1) if numbers is None else numbers
    table, numbers = _without_totals(table, numbers, layout, intake)
    return of_rows(table, layout, intake, numbers, _named(table, numbers, layout, intake))


def headed(headings: tuple[str, ...], intake: Intake) -> Layout:
    """Return what headings say, and report what they lack of what the agreement asks."""
    layout = layout_of(Sheet(headings, intake.place, ()), intake)
    check_wanting(layout.targets(), layout.identity, intake.place, intake)
    return layout


def of_rows(
    table: Columns,
    layout: Layout,
    intake: Intake,
    numbers: Sequence[int],
    named: tuple[Any, Any],
) -> Gathered:
    """Return what rows hold that are all of facilities; `named` are their keys and names."""
    _check_periods(table, layout, intake)
    notes: list[str] = []
    found = Gathered(
        *named,
        {},
        {holds: table.columns[index] for holds, index in layout.identity.items()},
        functools.partial(_record, table, layout, intake.agreement, numbers),
        numbers.__getitem__,
        intake.findings,
        notes,
        intake.source,
        needs=intake.needs,
    )
    for target, slots in layout.targets().items():
        found.cells[target] = _cells(target, slots, table, (intake, notes))
    return found


def _cells(
    target: str, slots: Sequence[Slot], table: Columns, context: tuple[Intake, list[str]]
) -> Cells:
    """Return the cells of one measure or judgement, made into one column where they are several."""
    intake, notes = context
    one, measure = slots[0], intake.measures.get(target)
    alone = len(slots) == 1 and one.stage is None
    single = all(len(columns) == 1 for columns in one.columns.values())
    heading = table.headings[one.first]
    kinds = frozenset(one.columns)
    if alone and single and kinds in (frozenset({Holds.VALUE}), frozenset({Holds.JUDGED})):
        unit = one.units[Holds.VALUE]

        def value_of(raw: Any) -> tuple[Any, Sequence[Finding]]:  # noqa: ANN401 - a cell
            value, found = read_cells(target, CellsOfOne(value=raw, unit=unit), measure)
            return value, () if one.told else found

        return Cells(target, heading, table.columns[one.first], value_of, plain=not unit)
    values = functools.partial(_row_by_row, target, slots, table, intake)
    pair = frozenset({Holds.NUMERATOR, Holds.DENOMINATOR})
    if alone and single and kinds == pair and not any(one.units.values()):
        top, bottom = (table.columns[one.columns[holds][0]] for holds in Holds if holds in pair)

        def ratio_of(raw: Any) -> tuple[Any, Sequence[Finding]]:  # noqa: ANN401 - a row
            cells = CellsOfOne(numerator=top.cell(raw), denominator=bottom.cell(raw))
            return read_cells(target, cells, measure)

        rows = Column(Holding.INTEGERS, np.arange(len(table)))
        return Cells(target, heading, rows, ratio_of, plain=False, pair=(top, bottom))
    notes.append(f"`{heading}`: read row by row, because several columns make its value")
    column = Column(Holding.OBJECTS, objects(values()))
    return Cells(target, heading, column, lambda value: (value, ()), plain=False)


def _row_by_row(
    target: str, slots: Sequence[Slot], table: Columns, intake: Intake
) -> list[Value | None]:
    """Return the values that several columns make, as `read_records` makes them."""
    places = sorted({index for slot in slots for found in slot.columns.values() for index in found})
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
    return [record.values.get(target) for record, _ in placed]


def _without_totals(
    table: Columns, numbers: Sequence[int], layout: Layout, intake: Intake
) -> tuple[Columns, Sequence[int]]:
    """Leave out rows of totals, each of which is told."""
    named = [layout.identity[holds] for holds in _NAMED if holds in layout.identity]
    gone = np.zeros(len(table), dtype=bool)
    for column in (table.columns[index] for index in named):
        if column.holding is Holding.CODED:
            likely = [code for code, text in enumerate(column.distinct) if _ends_so(text)]
            totals = np.zeros(len(column.distinct), dtype=bool)
            totals[likely] = [is_total(as_text(column.distinct[code])) for code in likely]
            if totals.any():
                gone |= totals[column.values]
    if not gone.any() or gone.all():
        return table, numbers
    for row in np.flatnonzero(gone).tolist():
        name = next(as_text(table.columns[index].cell(row)) for index in named)
        message = f"`{shown(name)}` is a row of totals, no facility: it is left out"
        intake.warn("record-row-total", message, Place(intake.source, row=numbers[row]))
    kept = np.flatnonzero(~gone)
    columns = tuple(column.taken(kept) for column in table.columns)
    table = attrs.evolve(table, columns=columns, length=len(kept))
    return table, [numbers[row] for row in kept.tolist()]


_NAMED = (Holds.FACILITY, Holds.NAME)


def _ends_so(text: object) -> bool:
    """Return whether a name ends as one of a row of totals may; hardly any does."""
    return type(text) is not str or text[-1:] in ENDINGS_OF_TOTALS or text[-1:].isspace()


def _named(
    table: Columns, numbers: Sequence[int], layout: Layout, intake: Intake
) -> tuple[list[str], list[str]]:
    """Return each row's key and name; one that names no facility is called by its row."""
    found = {
        holds: [
            text.strip() if type(text) is str else as_text(text)
            for text in table.columns[layout.identity[holds]].texts()
        ]
        for holds in _NAMED
        if holds in layout.identity
    }
    if not found:
        message = "no column names the facility: rows are called by their numbers"
        intake.warn("record-facility-column", message, intake.place, hint="head one 机构名称")
        rows = [f"row {number}" for number in numbers]
        return rows, rows
    names = found.get(Holds.NAME) or found[Holds.FACILITY]
    keys = found.get(Holds.FACILITY) or names
    if "" in keys or "" in names:
        bare = [row for row, (key, said) in enumerate(zip(keys, names, strict=True)) if not key]
        for row in bare:
            if not names[row]:
                place = Place(intake.source, row=numbers[row])
                intake.report("record-facility-missing", "the row names no facility", place)
        keys = [
            key or said or f"row {number}"
            for key, said, number in zip(keys, names, numbers, strict=True)
        ]
        names = [said or key for key, said in zip(keys, names, strict=True)]
    return keys, names


def _check_periods(table: Columns, layout: Layout, intake: Intake) -> None:
    """Report each period that can't be read, or is of another year than the agreement."""
    if Holds.PERIOD not in layout.identity:
        return
    index = layout.identity[Holds.PERIOD]
    place = Place(intake.source, column=table.headings[index])
    for raw in table.columns[index].coded().distinct:
        if (period := period_of(raw)) is not None:
            check_period(period, place, intake)


def period_of(raw: Any) -> Period | None:  # noqa: ANN401 - a cell
    """Return the period that a cell names."""
    if raw is None or isinstance(raw, Period):
        return raw
    return Period(as_text(raw)) if as_text(raw) else None


def _record(
    table: Columns, layout: Layout, agreement: Agreement, numbers: Sequence[int], row: int
) -> Record:
    """Return the record of one row, as `read_records` would read it."""
    headings, cells = table.headings, tuple(column.cell(row) for column in table.columns)
    if not any(holds in layout.identity for holds in _NAMED):
        headings, cells = (*headings, "facility"), (*cells, f"row {numbers[row]}")
    place = Place(row=numbers[row])
    intake = Intake(agreement)
    return read_wide(Sheet(headings, place, (Row(place, cells),)), intake)[0][0]
