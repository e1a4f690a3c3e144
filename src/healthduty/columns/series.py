"""A series of any data frame to a column: its own memory for numbers, codes for the rest.

What is blank is the frame's own to say: in pandas NaN is, elsewhere null is and NaN is not.

Source: “Input”; semantics 7 (absent data are different things).

>>> import narwhals as nw
>>> import pyarrow as pa
>>> series = nw.from_native(pa.chunked_array([["83%", None, "83%"]]), series_only=True)
>>> column = column_of_series(series)
>>> column.values.tolist(), column.distinct
([0, 1, 0], ['83%', None])
"""

from __future__ import annotations

from typing import Any

from healthduty.columns.column import Column, Holding, coded, of_array
from healthduty.columns.extras import np


def column_of_series(series: Any) -> Column:  # noqa: ANN401 - of narwhals
    """Return the column of a series of narwhals."""
    import narwhals as nw  # an optional extra

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
