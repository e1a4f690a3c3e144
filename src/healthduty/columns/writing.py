"""Batches to a file: Parquet or CSV, in row groups, whole or not at all.

What is written stands beside the target until it is complete, and then takes its place in one
step. A run that is stopped leaves the target as it was.

Source: “Written to Parquet / CSV in row groups, atomically”; data safety.

>>> format_of(Path("总分.csv")), format_of(Path("totals.parquet"))
('csv', 'parquet')
"""

from __future__ import annotations

import os
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from healthduty.columns.arrow import pa, pc
from healthduty.errors import UsageError

_TEXT_CELL = "^[=+\\-@＝＋－\uff20\t\r\n]"
"""What a spreadsheet may take for the beginning of a formula."""


_KEYS = ("facility", "name")
"""Columns of which hardly any cell repeats another."""


def format_of(path: Path) -> str:
    """Return the format that a file's ending names.

    Raises:
        UsageError: another ending.
    """
    ending = path.suffix.lower()
    if ending not in (".parquet", ".csv"):
        raise UsageError(f"`{path.name}`: results are written to a .parquet or a .csv")
    return ending[1:]


class Writer:
    """Writes batches beside a target, and puts them into its place at the end of a context."""

    def __init__(self, path: Path) -> None:
        """Take the target.

        Raises:
            UsageError: a target that is neither .parquet nor .csv, or in no folder.
        """
        self.path, self.format = path, format_of(path)
        if not path.parent.is_dir():
            raise UsageError(f"`{path.parent}` is no folder")
        self._beside = path.parent / f".{path.name}.{uuid.uuid4().hex}.part"
        self._file: Any = None
        self._writer: Any = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Put the file into its place; after a fault, take away what was written."""
        try:
            if self._writer is not None:
                self._writer.close()
            if self._file is not None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
            if kind is None and self._file is not None:
                self._beside.replace(self.path)
        finally:
            self._beside.unlink(missing_ok=True)

    def write(self, batch: Any) -> None:  # noqa: ANN401 - a record batch of pyarrow
        """Write a batch: in Parquet a row group."""
        if self.format == "csv":
            batch = _as_texts(batch)
        if self._writer is None:
            self._open(batch.schema)
        self._writer.write_batch(batch)

    def _open(self, schema: Any) -> None:  # noqa: ANN401 - of pyarrow
        self._file = self._beside.open("xb")
        if self.format == "csv":
            import pyarrow.csv as arrow_csv  # an optional extra

            self._file.write("\ufeff".encode())  # by which Chinese Excel knows UTF-8
            options = arrow_csv.WriteOptions(quoting_style="needed")
            self._writer = arrow_csv.CSVWriter(self._file, schema, write_options=options)
            return
        import pyarrow.parquet as pq  # an optional extra

        self._writer = pq.ParquetWriter(
            self._file,
            schema,
            compression="zstd",
            store_decimal_as_integer=True,
            use_dictionary=[name for name in schema.names if name not in _KEYS],
        )


class Behind:
    """A writer that writes a batch while the next one is scored; one batch waits at most."""

    def __init__(self, writer: Writer) -> None:
        """Write by a writer, which nobody else may use meanwhile."""
        self._writer = writer
        self._thread = ThreadPoolExecutor(1)
        self._waiting: Future[None] | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        self._writer.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, *more: object) -> None:
        """Wait for the last batch, and close the writer; after a fault, take away what was written.

        Raises:
            Exception: what went wrong with the last batch.
        """
        fault: BaseException | None = None
        if self._waiting is not None:
            fault = self._waiting.exception()
        self._thread.shutdown()
        self._writer.__exit__(kind or (type(fault) if fault else None), *more)
        if fault is not None and kind is None:
            raise fault

    def write(self, batch: Any) -> None:  # noqa: ANN401 - a record batch of pyarrow
        """Write a batch after those before it.

        Raises:
            Exception: what went wrong with the batch before it.
        """
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.result()
        self._waiting = self._thread.submit(self._writer.write, batch)


def _as_texts(batch: Any) -> Any:  # noqa: ANN401 - as above
    """Return a batch of which no text can be taken for a formula."""
    columns = []
    for column in batch.columns:
        if (
            pa.types.is_string(column.type)
            and pc.any(pc.match_substring_regex(column, _TEXT_CELL)).as_py()
        ):
            column = pc.replace_substring_regex(column, f"({_TEXT_CELL})", "'\\1")  # noqa: PLW2901
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)
