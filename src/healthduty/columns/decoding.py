r"""Parquet files decoded, some ten thousand rows at a time, by the quickest reader at hand.

PyArrow reads every file. Where Polars is installed, and a file holds what both read alike (whole
numbers, doubles, truths, texts), Polars decodes it: in half of the time, and into as little memory,
for it is asked for a slice of rows at a time, on whichever thread wants it. What Polars can't read
of a slice, PyArrow reads or refuses; so there is one way in which a faulty file is told.

Source: “Parquet → totals”; “Larger than memory: … with a bounded peak”.

>>> import tempfile
>>> import pyarrow.parquet as pq
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder, "年报.parquet")
...     pq.write_table(pa.table({"机构": ["南关", "北关", "东关"], "1": [3, None, 5]}), file)
...     [batch["1"].to_pylist() for batch in decoded(opened(file, "年报"), ["1"], 2, "年报")]
[[3, None], [5]]
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from healthduty.columns.arrow import pa
from healthduty.findings import Finding
from healthduty.records.intake import refuse
from healthduty.said import Said
from healthduty.sources import Place

_ALIKE = (
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
    *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
    *(pa.float64(), pa.bool_(), pa.string(), pa.large_string()),
)
"""What both read as the very same values. Decimals, dates and categories are left to PyArrow."""

_OLDEST = (1, 30)
"""The oldest Polars of which pieces are known to be read without the rest of the file."""


class Opened(NamedTuple):
    """A Parquet file, and what PyArrow says of it."""

    path: Path
    file: Any
    schema: Any
    """PyArrow makes it anew each time that its file is asked for it, which takes a column 50 µs."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        count: int = self.file.metadata.num_rows
        return count

    @property
    def names(self) -> list[str]:
        """Its headings."""
        found: list[str] = self.schema.names
        return found


def opened(path: Path, source: str) -> Opened:
    """Open a Parquet file, which findings call `source`.

    Raises:
        SourceError: a file that can't be read.
    """
    import pyarrow.parquet as pq  # an optional extra

    try:
        file = pq.ParquetFile(path)
        return Opened(path, file, file.schema_arrow)
    except (pa.ArrowException, OSError) as error:
        _refuse(error, source)


class Slice(NamedTuple):
    """Rows of a file from one on, and what decodes them to a record batch."""

    start: int
    decode: Callable[[], Any]


def slices(one: Opened, columns: Sequence[str], rows: int, source: str) -> Iterator[Slice]:
    """Go through the slices of a file, of so many rows at most.

    Where Polars decodes, it does so when it is asked to, on any thread, in any order; where PyArrow
    does, what comes is decoded already, one batch at a time.

    Raises:
        SourceError: here or when it is called: a file that can't be read to its end.
    """
    if _read_alike(one, columns):
        for start, count in _cuts(one, rows):
            yield Slice(start, functools.partial(_slice, one, columns, start, count, source))
        return
    start = 0  # batches that are decoded already wait in memory, and are smaller
    for batch in _by_arrow(one.file, columns, max(1, rows // 2), source):
        made = Slice(start, functools.partial(_itself, batch))
        start += batch.num_rows
        del batch  # while the next one is decoded, nobody but who scores this one holds it
        yield made
        del made


def decoded(one: Opened, columns: Sequence[str], rows: int, source: str) -> Iterator[Any]:
    """Go through a file's record batches, of so many rows at most.

    Raises:
        SourceError: a file that can't be read to its end.
    """
    for each in slices(one, columns, rows, source):
        yield each.decode()


def _cuts(one: Opened, rows: int) -> Iterator[tuple[int, int]]:
    """Go through where slices begin, and how many rows they have.

    A row group is divided into even parts, and small ones are put together: whoever reads over the
    edge of a group unpacks both.
    """
    start = count = 0
    for group in range(one.file.num_row_groups):
        size = one.file.metadata.row_group(group).num_rows
        if count and count + size > rows:
            yield start, count
            start, count = start + count, 0
        parts = -(-size // rows)
        for part in range(parts - 1, 0, -1):
            yield start, (most := -(-size // (part + 1)))
            start, size = start + most, size - most
        count += size
    if count:
        yield start, count


def _itself(batch: Any) -> Any:  # noqa: ANN401 - of pyarrow
    return batch


def _slice(one: Opened, columns: Sequence[str], start: int, rows: int, source: str) -> Any:  # noqa: ANN401 - of pyarrow
    """Return so many rows from `start` on, by PyArrow what Polars can't read."""
    batch = _by_polars(one, columns, start, rows)
    return _rows_by_arrow(one, columns, start, rows, source) if batch is None else batch


def _refuse(error: Exception, source: str) -> NoReturn:
    reason = str(error).splitlines()[0]
    message = Said(f"this Parquet file can't be read: {reason}", f"Parquet文件读不出来：`{reason}`")
    refuse(source, Finding("record-not-parquet", message, place=Place(source)))


# --- PyArrow -------------------------------------------------------------------------------------


def _by_arrow(
    file: Any,  # noqa: ANN401 - of pyarrow
    columns: Sequence[str],
    rows: int,
    source: str,
    groups: Sequence[int] | None = None,
) -> Iterator[Any]:
    """Go through batches of a file, or of some of its row groups."""
    batches = file.iter_batches(rows, row_groups=groups, columns=columns, use_threads=True)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            _refuse(error, source)
        if batch is None:
            return
        yield batch


def _rows_by_arrow(one: Opened, columns: Sequence[str], start: int, rows: int, source: str) -> Any:  # noqa: ANN401 - of pyarrow
    """Return so many rows from `start` on, of which only the row groups are read they stand in."""
    file, end = opened(one.path, source).file, start + rows  # one that no other thread reads from
    sizes = (file.metadata.row_group(group).num_rows for group in range(file.num_row_groups))
    edges = list(itertools.accumulate(sizes, initial=0))
    pairs = enumerate(itertools.pairwise(edges))
    groups = [group for group, (above, below) in pairs if above < end and start < below]
    found, above = [], edges[groups[0]]
    for batch in _by_arrow(file, columns, rows, source, groups):
        below = above + batch.num_rows
        if start < below:
            skipped = max(0, start - above)
            found.append(batch.slice(skipped, end - above - skipped))
        if end <= below:
            break
        above = below
    (whole,) = pa.Table.from_batches(found).combine_chunks().to_batches()
    return whole


# --- Polars --------------------------------------------------------------------------------------


@functools.cache
def _polars() -> Any:  # noqa: ANN401 - a module, or None
    """Return Polars, where a new enough one is installed."""
    try:
        import polars as pl  # an optional extra
    except ImportError:
        return None
    return pl if tuple(map(int, pl.__version__.split(".")[:2])) >= _OLDEST else None


def _read_alike(one: Opened, columns: Sequence[str]) -> bool:
    """Return whether Polars is there, and reads these columns of a file as PyArrow does."""
    schema = one.schema
    plain = len(columns) > 0 and len(set(schema.names)) == len(schema.names)
    return plain and all(schema.field(name).type in _ALIKE for name in columns) and bool(_polars())


def _by_polars(one: Opened, columns: Sequence[str], start: int, rows: int) -> Any:  # noqa: ANN401 - of pyarrow, or None
    """Return so many rows from `start` on; None where Polars finds what it can't read."""
    pl = _polars()
    try:
        # Left to choose, Polars takes a tenth longer for a slice (measured with 2.1).
        whole = pl.scan_parquet(one.path, glob=False, use_statistics=False, parallel="columns")
        asked = whole.select(pl.selectors.by_name(*columns, require_all=True))
        frame = asked.slice(start, rows).collect()
        if frame.height != rows:
            return None
        table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.newest())
        (batch,) = _as_said(table, [one.schema.field(name) for name in columns]).to_batches()
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError):
        return None
    return batch


def _as_said(table: Any, fields: Sequence[Any]) -> Any:  # noqa: ANN401 - of pyarrow
    """Return a table with the types that a file's own schema says; only texts have another."""
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(table.columns, fields, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))
