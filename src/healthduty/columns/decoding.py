r"""Parquet files decoded, some ten thousand rows at a time, by the quickest reader at hand.

PyArrow reads every file. Where Polars is installed, and a file holds what both read alike (whole
numbers, doubles, truths, texts), Polars decodes it: in half of the time, and into as little memory,
for it is asked for one piece after the other. What Polars can't read, PyArrow reads or refuses,
from the row where Polars stopped; so there is one way in which a faulty file is told.

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
from collections.abc import Iterator, Sequence
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

    @property
    def rows(self) -> int:
        """How many rows it has."""
        count: int = self.file.metadata.num_rows
        return count

    @property
    def names(self) -> list[str]:
        """Its headings."""
        found: list[str] = self.file.schema_arrow.names
        return found


def opened(path: Path, source: str) -> Opened:
    """Open a Parquet file, which findings call `source`.

    Raises:
        SourceError: a file that can't be read.
    """
    import pyarrow.parquet as pq  # an optional extra

    try:
        return Opened(path, pq.ParquetFile(path))
    except (pa.ArrowException, OSError) as error:
        _refuse(error, source)


def decoded(one: Opened, columns: Sequence[str], rows: int, source: str) -> Iterator[Any]:
    """Go through a file's record batches, of so many rows at most.

    Raises:
        SourceError: a file that can't be read to its end.
    """
    start = 0
    if _read_alike(one, columns):
        for batch in _by_polars(one, columns, rows):
            yield batch
            start += batch.num_rows
    if start < one.rows:
        yield from _by_arrow(one, columns, rows, source, start)


def _refuse(error: Exception, source: str) -> NoReturn:
    reason = str(error).splitlines()[0]
    message = Said(f"this Parquet file can't be read: {reason}", f"Parquet文件读不出来：`{reason}`")
    refuse(source, Finding("record-not-parquet", message, place=Place(source)))


# --- PyArrow -------------------------------------------------------------------------------------


def _by_arrow(
    one: Opened, columns: Sequence[str], rows: int, source: str, start: int
) -> Iterator[Any]:
    """Go through batches, less the rows before `start`."""
    batches = one.file.iter_batches(rows, columns=columns, use_threads=True)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError) as error:
            _refuse(error, source)
        if batch is None:
            return
        if start < batch.num_rows:
            yield batch.slice(start)
        start = max(0, start - batch.num_rows)


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
    schema = one.file.schema_arrow
    plain = len(columns) > 0 and len(set(schema.names)) == len(schema.names)
    return plain and all(schema.field(name).type in _ALIKE for name in columns) and bool(_polars())


def _by_polars(one: Opened, columns: Sequence[str], rows: int) -> Iterator[Any]:
    """Go through batches, up to where Polars finds something that it can't read."""
    pl = _polars()
    try:
        whole = pl.scan_parquet(one.path, glob=False, use_statistics=False)
        asked = whole.select(pl.selectors.by_name(*columns, require_all=True))
        schema = pa.schema([one.file.schema_arrow.field(name) for name in columns])
        for start in range(0, one.rows, rows):
            count = min(rows, one.rows - start)
            frame = asked.slice(start, count).collect(engine="streaming")
            if frame.height != count:
                return
            table = frame.rechunk().to_arrow(compat_level=pl.CompatLevel.newest()).cast(schema)
            (batch,) = table.to_batches()
            del frame, table
            yield batch
            del batch  # before the next one is decoded
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError):
        return
