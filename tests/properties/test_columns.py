"""Law: points by columns == by the single scorer == by the oracle, on every cell."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unittest import mock

import attrs
import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from healthduty.columns import engine_numba, floats, sweeps
from healthduty.columns.kernel import compiled
from healthduty.columns.many import score_many
from healthduty.columns.table import ScoreTable
from healthduty.model.agreement import Agreement
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.rules.measure import MeasureKind
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from oracle import oracle
from strategies import agreements, records
from strategy_columns import tables
from strategy_rules import Draw

ENGINES = ("numpy",) if compiled() is None else ("numpy", "numba")
ANY_ENGINE = st.sampled_from(ENGINES)
WIDE = (10**9 + 7, 2**31, 2**63, 10**17, 10**25)
COUNTED = (MeasureKind.COUNT, MeasureKind.AMOUNT, MeasureKind.COMPLETION, MeasureKind.GROWTH)


@st.composite
def several(
    draw: Draw, /, *, missing: bool = False, **options: bool
) -> tuple[Agreement, list[Record]]:
    """Draw an agreement and up to four facilities."""
    agreement = draw(agreements(**options))
    count = draw(st.integers(1, 4))
    drawn = [draw(records(agreement, missing=missing)) for _ in range(count)]
    return agreement, [attrs.evolve(each, facility=f"f{row}") for row, each in enumerate(drawn)]


def _widened(draw: Draw, agreement: Agreement, record: Record) -> Record:
    kinds = {measure.code: measure.kind for measure in agreement.measures}
    values: dict[str, Any] = dict(record.values)
    for code, value in record.values.items():
        if kinds.get(code) in COUNTED and draw(st.booleans()):
            plain = isinstance(value, (int, Fraction)) and not isinstance(value, bool)
            values[code] = draw(st.sampled_from(WIDE)) + (int(value) if plain else 0)  # type: ignore[arg-type]
    return attrs.evolve(record, values=values)


@st.composite
def wide(draw: Draw) -> tuple[Agreement, list[Record]]:
    """Draw facilities of which some have numbers that no 32 or 64 bits hold."""
    agreement, drawn = draw(several())
    return agreement, [_widened(draw, agreement, record) for record in drawn]


def agree(table: ScoreTable, sheets: list[ScoreSheet]) -> None:
    """Hold every number of a table against the sheets of its rows."""
    note(table.describe())
    assert table.earned == [sheet.earned for sheet in sheets]
    assert table.totals == [sheet.total for sheet in sheets]
    assert table.grades == [sheet.grade for sheet in sheets]
    assert table.bonus == [sheet.bonus for sheet in sheets]
    assert table.apart == [sheet.apart for sheet in sheets]
    granted = {"granted": True, "barred": False, "open": None}
    for row, sheet in enumerate(sheets):
        items = {item.number: item.earned for item in sheet.items}
        assert {number: earned[row] for number, earned in table.items.items()} == items
        honours = {honour.code: honour.granted for honour in sheet.honours}
        brought = {c: granted[s] for c, col in table.honours.items() if (s := col[row])}
        assert brought == honours
        money = {money.code: money.amount for money in sheet.money}
        assert {code: column[row] for code, column in table.money.items()} == money


def _taken(table: ScoreTable, sheets: list[ScoreSheet]) -> None:
    """Hold what every rule really took, or gave, against the sheets."""
    for (what, term), kept in table._detail.kept.items():  # noqa: SLF001 - of every rule
        if what == "taken":
            mine = [int(units) for units in kept]
            settled = [sheet._evaluation.settled for sheet in sheets]  # noqa: SLF001 - as above
            assert mine == [each.taken[term] for each in settled]


def check(agreement: Agreement, drawn: list[Record], *engines: str) -> None:
    """Score facilities by columns, with some engines, and one by one."""
    sheets = [score(agreement, record) for record in drawn]
    tables = [score_many(agreement, drawn, engine=engine) for engine in engines]
    for table in tables:
        agree(table, sheets)
        _taken(table, sheets)
        _faults(table, sheets)
    assert len({_lanes(table) for table in tables}) == 1


def _lanes(table: ScoreTable) -> str:
    """Return what a table says of its lanes: what is proven is the same for every engine."""
    return table.describe().replace("by numba", "by numpy")


def _faults(table: ScoreTable, sheets: list[ScoreSheet], read: Iterable[str] = ()) -> None:
    """Every fault of a row is told of its column, and nothing is told that no row has."""
    prepared = [sheet._prepared for sheet in sheets]  # noqa: SLF001 - faults of values alone
    singly = {finding.code for each in prepared for finding in each.findings}
    mine = {finding.code for finding in table.findings if finding.place.row is not None}
    singly |= set(read)
    assert singly <= mine
    assert mine - singly <= {"value-missing", "population-unreadable"}
    missing = {code for sheet in sheets for code in sheet.findings.errors.codes}
    told = mine | {finding.code for finding in table.findings.errors}
    assert "value-missing" not in missing or told & {"value-missing", "record-column-missing"}


@given(several(), ANY_ENGINE)
def test_columns_score_as_one_by_one(drawn: tuple[Agreement, list[Record]], engine: str) -> None:
    """Totals, items, rules, grades, honours and money of complete records."""
    check(*drawn, engine)


@given(several(missing=True), ANY_ENGINE)
def test_what_is_missing_is_missing_in_columns(
    drawn: tuple[Agreement, list[Record]], engine: str
) -> None:
    """There is a total, and there are an item's points, just where there are singly."""
    check(*drawn, engine)


@given(several(charge_once=True), ANY_ENGINE)
def test_a_case_is_charged_once_in_columns(
    drawn: tuple[Agreement, list[Record]], engine: str
) -> None:
    """What is charged once goes through the single scorer, and is right."""
    check(*drawn, engine)


@given(wide())
def test_nothing_wraps(drawn: tuple[Agreement, list[Record]]) -> None:
    """Numbers beyond 32 and 64 bits score as they do singly."""
    check(*drawn, *ENGINES)


@given(several(missing=True), ANY_ENGINE)
def test_columns_are_what_the_contract_says(
    drawn: tuple[Agreement, list[Record]], engine: str
) -> None:
    """The total is the oracle's, by columns too."""
    agreement, facilities = drawn
    expected = [oracle(agreement, record) for record in facilities]
    table = score_many(agreement, facilities, engine=engine)
    totals = [None if total is None else Fraction(total) for total in table.totals]
    assert totals == [each.total for each in expected]
    assert table.grades == [each.grade for each in expected]


_PLAIN = (int, str, float, bool, Decimal, type(None))


def _cells(record: Record) -> dict[str, Any]:
    """Return the plain values of a record as a row of a table; whatever is not stays out."""
    row: dict[str, Any] = {
        "facility": record.facility,
        "kind": record.kind,
        "population": record.population,
        "period": record.period.label if record.period else None,
    }
    for code, value in record.values.items():
        row[code] = value if isinstance(value, _PLAIN) else None
    return row


@given(several(missing=True), st.sampled_from(["dict", "pandas", "polars", "pyarrow"]))
def test_a_frame_scores_as_its_rows(drawn: tuple[Agreement, list[Record]], kind: str) -> None:
    """A frame's row scores as the same row read by `read_records`."""
    agreement, facilities = drawn
    rows = [_cells(record) for record in facilities]
    headings = list(dict.fromkeys(key for row in rows for key in row))
    columns = {heading: [row.get(heading) for row in rows] for heading in headings}
    frame = _framed(columns, kind)
    if frame is None:
        return
    dicts = [{key: columns[key][place] for key in headings} for place in range(len(rows))]
    singly = read_records(dicts, agreement)
    table = score_many(agreement, frame)
    agree(table, [score(agreement, record) for record in singly])
    for place, record in enumerate(singly):
        assert table.sheet(place).total == score(agreement, record).total


def _framed(columns: dict[str, list[Any]], kind: str) -> Any:  # noqa: ANN401 - of an extra
    """Return columns as a frame; None where this library can't hold such a column."""
    if kind == "dict":
        return columns
    pytest.importorskip("narwhals")
    library = pytest.importorskip({"pandas": "pandas", "polars": "polars"}.get(kind, "pyarrow"))
    if kind == "pandas":
        series = {key: library.Series(v, dtype=_dtype(v)) for key, v in columns.items()}
        return library.DataFrame(series)
    for values in columns.values():
        if len({type(value) for value in values} - {type(None)}) > 1:
            return None
    return library.DataFrame(columns) if kind == "polars" else library.table(columns)


def _dtype(values: list[Any]) -> str | None:
    """Return the dtype under which pandas keeps a column's values as they are."""
    kinds = {type(value) for value in values} - {type(None)}
    alike = len(kinds) == 1 and kinds <= {int, float, bool} and None not in values
    return None if alike else "object"


# ---------------------------------------------------------------------- whole columns


@given(tables(), st.sampled_from(["dict", "pandas", "polars", "pyarrow"]), ANY_ENGINE)
def test_a_column_reads_as_its_cells(
    drawn: tuple[Agreement, dict[str, Any]], kind: str, name: str
) -> None:
    """What is taken by the whole array is what `read_records` reads cell by cell."""
    agreement, columns = drawn
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    singly = read_records(rows, agreement)
    sheets = [score(agreement, record) for record in singly]
    with contextlib.ExitStack() as small:
        for engine in (engine_numba, sweeps):  # with two threads above three rows
            way = engine.WAY._replace(share=3, alone=3)
            small.enter_context(mock.patch.multiple(engine, BLOCK=2, WAY=way))
        small.enter_context(mock.patch.object(floats, "BLOCK", 3))
        table = score_many(agreement, _framed(columns, kind), engine=name)
        agree(table, sheets)
    _faults(table, sheets, (each.code for each in singly.findings if each.place.row is not None))
