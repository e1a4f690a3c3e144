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
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding, coded, objects
from healthduty.columns.extras import np
from healthduty.columns.frames import MISSING_EXTRA, Columns, columns_of
from healthduty.columns.headed import NAMED, Headed, headed
from healthduty.columns.integers import Cells
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.encodings import read_text
from healthduty.records.headers import LONG_WORDS, Holds
from healthduty.records.intake import Intake, refuse, shown
from healthduty.records.layout import Layout
from healthduty.records.long import is_long
from healthduty.records.needs import Needs
from healthduty.records.plain import as_text
from healthduty.records.reading import read_records
from healthduty.records.record import MISSING, Period, Record
from healthduty.records.sheets import Row, Sheet, sheet_of_rows
from healthduty.records.subject import check_period
from healthduty.records.tables import read_rows
from healthduty.records.totals import ENDINGS_OF_TOTALS, is_total
from healthduty.records.wide import read_wide
from healthduty.said import Said
from healthduty.sources import Place


@attrs.define(eq=False)
class Gathered:
    """The facilities of one source, in its order; `record` makes the record of one of them."""

    facilities: Sequence[str]
    names: Sequence[str]
    cells: dict[str, Cells]
    subject: Mapping[Holds, Column]
    record: Callable[[int], Record]
    number: Callable[[int], int]
    findings: list[Finding] = attrs.Factory(list)
    notes: list[str] = attrs.Factory(list)
    source: str = ""
    needs: Needs | None = None
    """What the agreement asks of the columns; None where records were read already, and told."""
    differ: Callable[[], bool] = lambda: False
    """Whether no two keys are equal, as far as that can be told quickly."""

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
    table = Columns(sheet.headings, tuple(columns), len(sheet.rows))
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
        reason = str(error).splitlines()[0]
        message = Said(f"this can't be read as Parquet: {reason}", f"不能按Parquet读取：`{reason}`")
        refuse(path.name, Finding("record-not-parquet", message, place=Place(path.name)))


# --- columns -----------------------------------------------------------------------------------


def of_columns(table: Columns, intake: Intake, numbers: Sequence[int] | None = None) -> Gathered:
    """Return what named columns hold; `numbers` are the rows' own, where they have any."""
    if not len(table):
        intake.report(
            "record-no-rows",
            Said("there is a header, but no row below it", "只有表头，下面没有数据"),
            intake.place,
        )
        intake.refuse()
    head = headed(table.headings, intake)
    numbers = range(1, len(table) + 1) if numbers is None else numbers
    if (found := _in_arrow(table, numbers, head, intake)) is not None:
        return found
    table, numbers = _without_totals(table, numbers, head.layout, intake)
    named = _named(table, numbers, head.layout, intake)
    return of_rows(table, head, intake, numbers, named)


def _in_arrow(
    table: Columns, numbers: Sequence[int], head: Headed, intake: Intake
) -> Gathered | None:
    """Return what a table holds whose names stay in Arrow's memory; None where they can't."""
    identity = head.layout.identity
    arrays = {holds: table.texts(identity[holds]) for holds in NAMED if holds in identity}
    if not arrays or any(array is None for array in arrays.values()):
        return None
    from healthduty.columns import naming  # stands on an optional extra

    named = {holds: naming.texts_of(array) for holds, array in arrays.items()}
    gone = naming.left_out(named)
    if gone is not None and not gone.all():
        naming.tell_left_out(gone, named, numbers, intake)
        kept = np.flatnonzero(~gone)
        table, numbers = table.taken(kept), [numbers[row] for row in kept.tolist()]
        named = {holds: texts[kept] for holds, texts in named.items()}
    keys, names = naming.called(named, numbers, intake)
    found = of_rows(table, head, intake, numbers, (keys, names))
    found.differ = functools.partial(naming.all_differ, keys)
    return found


class _Subject(Mapping[Holds, Column]):
    """What is said of whom rows are of; a column is made when somebody asks for it."""

    def __init__(self, columns: Sequence[Column], places: Mapping[Holds, int]) -> None:
        self._columns, self._places = columns, places

    def __getitem__(self, holds: Holds) -> Column:
        column: Column = self._columns[self._places[holds]]
        return column

    def __iter__(self) -> Iterator[Holds]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def of_rows(
    table: Columns,
    head: Headed,
    intake: Intake,
    numbers: Sequence[int],
    named: tuple[Any, Any],
) -> Gathered:
    """Return what rows hold that are all of facilities; `named` are their keys and names."""
    layout = head.layout
    _check_periods(table, layout, intake)
    notes: list[str] = []
    found = Gathered(
        *named,
        {},
        _Subject(table.columns, {h: at for h, at in layout.identity.items() if h not in NAMED}),
        functools.partial(_record, table, layout, intake.agreement, numbers),
        numbers.__getitem__,
        intake.findings,
        notes,
        intake.source,
        needs=intake.needs,
    )
    for making in head.makings:
        found.cells[making.target] = making.cells(table, intake, notes)
    return found


def _without_totals(
    table: Columns, numbers: Sequence[int], layout: Layout, intake: Intake
) -> tuple[Columns, Sequence[int]]:
    """Leave out rows of totals, each of which is told."""
    named = [layout.identity[holds] for holds in NAMED if holds in layout.identity]
    gone = np.zeros(len(table), dtype=bool)
    for column in (table.columns[index] for index in named):
        if column.holding is Holding.CODED:
            likely = _likely(column.distinct)
            if not likely:
                continue
            totals = np.zeros(len(column.distinct), dtype=bool)
            totals[likely] = [is_total(as_text(column.distinct[code])) for code in likely]
            if totals.any():
                gone |= totals[column.values]
    if not gone.any() or gone.all():
        return table, numbers
    for row in np.flatnonzero(gone).tolist():
        name = next(as_text(table.columns[index].cell(row)) for index in named)
        message = Said(
            f"`{shown(name)}` is a row of totals, no facility: it is left out",
            f"`{shown(name)}`是合计行，不是单位，未读取",
        )
        intake.warn("record-row-total", message, Place(intake.source, row=numbers[row]))
    kept = np.flatnonzero(~gone)
    return table.taken(kept), [numbers[row] for row in kept.tolist()]


def _likely(texts: Sequence[Any]) -> list[int]:
    """Return which names end as one of a row of totals may; hardly any does."""
    ends = {text[-1:] if type(text) is str else "" for text in texts}
    if not any(end in ENDINGS_OF_TOTALS or not end or end.isspace() for end in ends):
        return []
    return [
        place
        for place, text in enumerate(texts)
        if type(text) is not str or text[-1:] in ENDINGS_OF_TOTALS or text[-1:].isspace()
    ]


def _named(
    table: Columns, numbers: Sequence[int], layout: Layout, intake: Intake
) -> tuple[list[str], list[str]]:
    """Return each row's key and name; one that names no facility is called by its row."""
    found = {
        holds: [
            text.strip() if type(text) is str else as_text(text)
            for text in table.columns[layout.identity[holds]].texts()
        ]
        for holds in NAMED
        if holds in layout.identity
    }
    if not found:
        rows = [f"row {number}" for number in numbers]
        return rows, rows
    names = found.get(Holds.NAME) or found[Holds.FACILITY]
    keys = found.get(Holds.FACILITY) or names
    if "" in keys or "" in names:
        bare = [row for row, (key, said) in enumerate(zip(keys, names, strict=True)) if not key]
        for row in bare:
            if not names[row]:
                place = Place(intake.source, row=numbers[row])
                intake.report(
                    "record-facility-missing",
                    Said("the row names no facility", "这一行没有写单位"),
                    place,
                )
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
    if not any(holds in layout.identity for holds in NAMED):
        headings, cells = (*headings, "facility"), (*cells, f"row {numbers[row]}")
    place = Place(row=numbers[row])
    intake = Intake(agreement)
    return read_wide(Sheet(headings, place, (Row(place, cells),)), intake)[0][0]
