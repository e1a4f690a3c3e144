"""Parquet decoded by Polars and by PyArrow: the same batches, and the same refusals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns import decoding
from healthduty.columns.decoding import decoded, opened, slices
from healthduty.errors import SourceError

TEXTS = st.text(max_size=4)
CELLS = {
    pa.int8(): st.integers(-(2**7), 2**7 - 1),
    pa.int32(): st.integers(-(2**31), 2**31 - 1),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.uint64(): st.integers(0, 2**64 - 1),
    pa.float64(): st.floats(allow_nan=False),
    pa.bool_(): st.booleans(),
    pa.string(): TEXTS,
    pa.large_string(): TEXTS,
}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Draw a table of what both read."""
    rows, columns = draw(st.integers(0, 12)), {}
    for name in draw(st.lists(st.sampled_from(["机构", "*", "^.*$", "1", ""]), unique=True)):
        kind = draw(st.sampled_from([*CELLS]))
        cells = draw(st.sampled_from([CELLS[kind], st.none() | CELLS[kind]]))
        columns[name] = pa.array(draw(st.lists(cells, min_size=rows, max_size=rows)), kind)
    return pa.table(columns)


def _all(file: Path, columns: list[str], rows: int) -> list[dict[str, list[Any]]]:
    made, one = [], opened(file, "年报")
    for batch in decoded(one, columns, rows, "年报"):
        assert batch.schema.names == columns
        assert all(
            field.type == one.file.schema_arrow.field(field.name).type for field in batch.schema
        )
        made.append(batch.to_pydict())
    return made


@given(sizes=st.lists(st.integers(0, 20), max_size=6), rows=st.integers(1, 9))
def test_slices_follow_the_row_groups(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], rows: int
) -> None:
    """All rows once, none too many at a time; of a large group no slice reads into the next."""
    file = tmp_path_factory.getbasetemp() / "groups.parquet"
    with pq.ParquetWriter(file, pa.schema({"1": pa.int32()})) as writer:
        for size in sizes:
            writer.write_table(pa.table({"1": pa.array([7] * size, pa.int32())}))
    made = [
        (each.start, each.decode().num_rows) for each in slices(opened(file, "a"), ["1"], rows, "a")
    ]
    ends = [start + count for start, count in made]
    assert [start for start, _ in made] == [0, *ends][: len(made)]
    assert [0, *ends][-1] == sum(sizes)
    assert all(0 < count <= rows for _, count in made)
    if len({*sizes}) == 1 and sizes[0] > rows:  # every group by itself, in even parts
        assert len(made) == len(sizes) * -(-sizes[0] // rows)
        assert max(count for _, count in made) <= min(count for _, count in made) + 1


@given(table=tables(), group=st.integers(1, 5), rows=st.integers(1, 7))
def test_polars_and_pyarrow_read_the_same(
    tmp_path_factory: pytest.TempPathFactory, table: pa.Table, group: int, rows: int
) -> None:
    """Batch by batch and cell by cell, however the file is divided, whatever headings look like."""
    file = tmp_path_factory.getbasetemp() / "alike.parquet"
    pq.write_table(table, file, row_group_size=group)
    columns = table.column_names[::-1]
    made = _all(file, columns, rows)
    assert [{*batch} for batch in made] == [{*columns}] * len(made)
    assert all(len(next(iter(batch.values()))) <= rows for batch in made if batch)
    whole = {name: [cell for batch in made for cell in batch[name]] for name in columns}
    if table.num_rows:
        assert whole == table.to_pydict()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "_polars", lambda: None)
        theirs = _all(file, columns, rows)
    assert whole == {name: [cell for batch in theirs for cell in batch[name]] for name in columns}


@given(stop=st.integers(0, 10), group=st.integers(1, 11), rows=st.integers(1, 11))
def test_what_polars_can_not_read_pyarrow_reads(
    tmp_path_factory: pytest.TempPathFactory, stop: int, group: int, rows: int
) -> None:
    """Slice by slice, however the file is divided: nothing is there twice, and nothing is lost."""
    file, real = tmp_path_factory.getbasetemp() / "stopped.parquet", pl.scan_parquet
    pq.write_table(pa.table({"1": list(range(10))}), file, row_group_size=group)
    asked = []

    def stopped(frame: Any) -> Any:  # noqa: ANN401 - a lazy frame
        def part(start: int, rows: int) -> Any:  # noqa: ANN401 - another
            asked.append(start)
            if start >= stop:
                raise pl.exceptions.ComputeError("a page that nobody knows")
            return frame.slice(start, rows)

        return SimpleNamespace(select=lambda _: SimpleNamespace(slice=part))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pl, "scan_parquet", lambda *given, **more: stopped(real(*given, **more)))
        made = _all(file, ["1"], rows)
    assert [cell for batch in made for cell in batch["1"]] == list(range(10))
    assert len(asked) == len(made)


def test_slices_are_decoded_in_any_order(tmp_path: Path) -> None:
    """Each by itself, on whichever thread."""
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"1": list(range(100))}), file, row_group_size=7)
    found = [*slices(opened(file, "年报"), ["1"], 9, "年报")]
    with ThreadPoolExecutor(4) as pool:
        made = [*pool.map(lambda each: (each.start, each.decode()["1"].to_pylist()), found[::-1])]
    assert [cell for _, cells in sorted(made) for cell in cells] == [*range(100)]
    assert all(cells[0] == start for start, cells in made)


def test_a_file_that_breaks_off_is_refused_by_its_name(tmp_path: Path) -> None:
    """Whoever read it first; what was read before is nobody's."""
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"1": list(range(5_000))}), file, compression="none")
    content = file.read_bytes()
    file.write_bytes(b"PAR1" + b"\xff" * 2_000 + content[2_004:])
    with pytest.raises(SourceError, match="年报"):
        _all(file, ["1"], 1_000)
    file.write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="年报"):
        opened(file, "年报")


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["甲", "乙"]).dictionary_encode(),
        pa.array([1, 2], pa.timestamp("us")),
        pa.array([1, 2], pa.decimal128(5, 1)),
        pa.array([0.5, 1], pa.float32()),
    ],
)
def test_what_they_may_read_otherwise_is_left_to_pyarrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: pa.Array
) -> None:
    """Categories, dates, decimals and short floats: Polars is not asked."""
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"1": column, "2": [1, 2]}), file)
    monkeypatch.setattr(pl, "scan_parquet", lambda *_: pytest.fail("asked"))
    (made,) = decoded(opened(file, "年报"), ["1", "2"], 9, "年报")
    assert made["1"].type == column.type
    assert made["1"].to_pylist() == column.to_pylist()


def test_an_old_polars_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was never tested with reads nothing."""
    monkeypatch.setitem(__import__("sys").modules, "polars", SimpleNamespace(__version__="1.9.0"))
    assert decoding._polars.__wrapped__() is None  # noqa: SLF001 - what is installed is kept
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    assert decoding._polars.__wrapped__() is None  # noqa: SLF001 - as above
