"""Columns in: a dict, a data frame, an Arrow table, or the rows of a file become named columns.

Any frame that narwhals knows is taken (pandas, Polars, PyArrow, Modin, …), and whatever hands
itself on as an Arrow stream. What counts as blank is the frame's own: in pandas NaN is, in Polars
and Arrow null is and NaN is not, as in a plain record.

Source: “Input”; semantics 7 (absent data are different things).

>>> table = columns_of({"机构": ["南关", "北关"], "满意率": [83, 90]})
>>> table.headings, len(table)
(('机构', '满意率'), 2)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding, coded, column_of, of_array
from healthduty.columns.extras import np
from healthduty.errors import UsageError
from healthduty.records.sheets import heading_of

MISSING_EXTRA = "a data frame needs {}: pip install healthduty[columns]"


@attrs.frozen(eq=False)
class Columns:
    """Named columns of one length; `first` is the number of the first row for whoever looks."""

    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    length: int
    source: str = ""
    first: int = 1
    nan_is_blank: bool = False

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self.length


def columns_of(source: Any) -> Columns:  # noqa: ANN401 - any frame
    """Return the columns of a dict of sequences or of a data frame.

    Raises:
        UsageError: columns of several lengths, or what is no frame.
        ImportError: a frame without narwhals, an Arrow stream without pyarrow.
    """
    if isinstance(source, Mapping):
        return _of_mapping(source)
    try:
        import narwhals as nw  # an optional extra
    except ImportError as error:
        raise ImportError(MISSING_EXTRA.format("narwhals")) from error
    frame = nw.from_native(source, eager_only=True, pass_through=True)
    if not isinstance(frame, nw.DataFrame):
        frame = nw.from_native(_of_stream(source), eager_only=True)
    names = tuple(map(str, frame.columns))
    made = tuple(map(_of_series, frame.iter_columns()))
    return Columns(names, made, len(frame), nan_is_blank=frame.implementation.is_pandas_like())


def _of_stream(source: Any) -> Any:  # noqa: ANN401 - any frame
    """Return an Arrow table of whatever hands itself on as a stream."""
    if not hasattr(source, "__arrow_c_stream__"):
        raise UsageError(f"`{type(source).__name__}` is no table of columns")
    try:
        import pyarrow as pa  # an optional extra
    except ImportError as error:
        raise ImportError(MISSING_EXTRA.format("pyarrow")) from error
    return pa.table(source)


def _of_mapping(source: Mapping[Any, Any]) -> Columns:
    headings = tuple(heading_of(key) for key in source)
    made = tuple(_of_value(value) for value in source.values())
    lengths = {len(column) for column in made}
    if len(lengths) > 1:
        told = ", ".join(f"`{name}` {len(one)}" for name, one in zip(headings, made, strict=True))
        raise UsageError(f"the columns are of several lengths: {told}")
    return Columns(headings, made, next(iter(lengths), 0))


def _of_value(value: Any) -> Column:  # noqa: ANN401 - a sequence, an array or a series
    if isinstance(value, (str, bytes)) or not hasattr(value, "__len__"):
        raise UsageError(f"`{type(value).__name__}` is no column: give a list or an array")
    if isinstance(value, (list, tuple, np.ndarray)):
        return column_of(value)
    try:
        import narwhals as nw  # an optional extra
    except ImportError:
        return column_of(list(value))
    series = nw.from_native(value, series_only=True, pass_through=True)
    return _of_series(series) if isinstance(series, nw.Series) else column_of(list(value))


def _of_series(series: Any) -> Column:  # noqa: ANN401 - of narwhals
    """Return the column of a series: its own memory for numbers, codes for the rest."""
    import narwhals as nw  # an optional extra

    plain = series.to_native()
    if isinstance(getattr(plain, "dtype", None), np.dtype) and plain.dtype.kind in "iufb":
        # The commonest columns of pandas: of their own memory nothing more needs to be asked.
        numbers = plain.to_numpy()
        made = of_array(numbers, np.isnan(numbers) if plain.dtype.kind == "f" else None)
        if made is not None:
            return made
    dtype = series.dtype
    if dtype == nw.Float64 and series.implementation.is_pandas_like():
        floats = np.asarray(series.to_numpy(), dtype=np.float64)
        if (made := of_array(floats, np.isnan(floats))) is not None:
            return made
    blank = series.is_null()
    null = np.asarray(blank.to_numpy(), dtype=bool) if blank.any() else None
    filled = None
    if dtype == nw.Float64:  # where it is blank the array has NaN, at which nobody looks
        filled = series.to_numpy()
    elif dtype.is_integer() or dtype == nw.Boolean:
        zero: Any = False if dtype == nw.Boolean else 0
        filled = series.to_numpy() if null is None else series.fill_null(zero).to_numpy()
        if filled.dtype == object:
            filled = None
    if filled is not None and (made := of_array(np.asarray(filled), null)) is not None:
        return made
    if dtype in (nw.String, nw.Categorical, nw.Enum) and (made := _dictionary(series)):
        return made
    values: list[Any] = list(series.to_numpy()) if dtype == nw.Float32 else series.to_list()
    if null is not None:
        values = [None if gone else v for v, gone in zip(values, null.tolist(), strict=True)]
    return coded(values)


def _dictionary(series: Any) -> Column | None:  # noqa: ANN401 - of narwhals
    """Return a column of texts as Arrow tells them apart, which is a tenth of the time."""
    try:
        import pyarrow as pa  # an optional extra
    except ImportError:
        return None
    try:
        found = series.to_arrow()
    except (pa.ArrowException, TypeError, ValueError):  # an object column that only looks like text
        return None
    if isinstance(found, pa.ChunkedArray):
        found = found.combine_chunks()
    if not pa.types.is_dictionary(found.type):
        found = found.dictionary_encode()
    distinct: list[Any] = found.dictionary.to_pylist()
    codes = found.indices
    if codes.null_count:
        codes = codes.fill_null(len(distinct))
        distinct.append(None)
    codes = codes.to_numpy(zero_copy_only=False).astype(np.int64)
    return Column(Holding.CODED, codes, distinct)
