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

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding, column_of, of_array
from healthduty.columns.extras import Array, np
from healthduty.columns.recent import Recent
from healthduty.columns.series import column_of_series
from healthduty.errors import UsageError
from healthduty.records.sheets import heading_of

MISSING_EXTRA = "a data frame needs {}: pip install healthduty[columns]"


@attrs.frozen(eq=False)
class Columns:
    """Named columns of one length.

    `texts` gives a column of texts as Arrow has it, by its place; None for any other.
    """

    headings: tuple[str, ...]
    columns: Sequence[Column]
    length: int
    texts: Callable[[int], Any] = lambda _: None

    def __len__(self) -> int:
        """Return how many rows there are."""
        return self.length

    def taken(self, rows: Array) -> Columns:
        """Return some of the rows."""
        columns = tuple(column.taken(rows) for column in self.columns)
        return Columns(self.headings, columns, len(rows))


class Later(Sequence[Column]):
    """Columns that are made when they are looked at: of a wide frame many never are."""

    def __init__(self, ways: Sequence[Column | Callable[[], Column]]) -> None:
        """Take each column, or how it is made."""
        self._ways = list(ways)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ways)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - of a place, or of a slice
        """Return one column, or those of a slice."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        way = self._ways[place]
        if not isinstance(way, Column):
            way = self._ways[place] = way()
        return way


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
    if nw.dependencies.is_pandas_dataframe(source):
        return _of_pandas(source)
    frame = nw.from_native(source, eager_only=True, pass_through=True)
    if hasattr(source, "__arrow_c_stream__") and not _is_pandas_like(frame):
        return _of_stream(source)
    if not isinstance(frame, nw.DataFrame):
        raise UsageError(f"`{type(source).__name__}` is no table of columns")
    names = tuple(map(str, frame.columns))
    made = Later([_later(each) for each in frame.iter_columns()])
    return Columns(names, made, len(frame))


def _is_pandas_like(frame: Any) -> bool:  # noqa: ANN401 - of narwhals, or anything
    implementation = getattr(frame, "implementation", None)
    return implementation is not None and bool(implementation.is_pandas_like())


def _later(series: Any) -> Callable[[], Column]:  # noqa: ANN401 - of narwhals
    return functools.partial(column_of_series, series)


# --- pandas --------------------------------------------------------------------------------------


def _of_pandas(frame: Any) -> Columns:  # noqa: ANN401 - of pandas
    """Return the columns of a frame of pandas, of which NaN is blank."""
    names = _NAMES.of(frame.columns, "", lambda: tuple(map(str, frame.columns.tolist())))
    # By their places: a name may be there twice, and to select by long names takes twice as long.
    frame = frame.copy(deep=False)
    frame.columns = range(len(names))
    dtypes = frame.dtypes.tolist()
    made: list[Any] = [None] * len(dtypes)
    sorts: dict[Any, list[int]] = {}
    for place, dtype in enumerate(dtypes):
        if isinstance(dtype, np.dtype) and dtype.kind in _NUMBERS:
            sorts.setdefault(dtype, []).append(place)
    for dtype, places in sorts.items():
        for place, column in zip(places, _of_block(frame, dtype, places), strict=True):
            made[place] = column
    ways = [
        functools.partial(_of_place, frame, place) if one is None else one
        for place, one in enumerate(made)
    ]
    return Columns(names, Later(ways), len(frame), functools.partial(_texts_of_place, frame))


_NAMES: Recent[tuple[str, ...]] = Recent()
"""What the last few tables call their columns: pandas never changes an index, it makes another."""


_NUMBERS = "iufb"
"""The kinds of numbers and truths that numpy has."""

_TEXTS = ("str", "string")
"""What pandas calls its columns of texts."""

_BLOCK = 2**20
"""Up to so many cells of one sort a copy of them costs less than to ask for each column."""


def _of_block(frame: Any, dtype: Any, places: Sequence[int]) -> Iterable[Column | None]:  # noqa: ANN401 - of pandas
    """Return the columns of one dtype, in one go where they are short: mostly without a copy."""
    if len(places) * len(frame) > _BLOCK:
        return (_of_numbers(frame[place].to_numpy()) for place in places)
    block = frame.select_dtypes(dtype).to_numpy()
    if block.dtype != dtype or block.shape[1] != len(places):  # others count as the same
        block = frame[places].to_numpy()
    numbers = np.ascontiguousarray(block.T)
    if dtype != np.float64:
        return map(_of_numbers, numbers)
    null = np.isnan(numbers)
    return (
        Column(Holding.FLOATS, one, null=blank if any_blank else None)
        for one, blank, any_blank in zip(numbers, null, null.any(axis=1).tolist(), strict=True)
    )


def _of_numbers(numbers: Array) -> Column | None:
    return of_array(numbers, np.isnan(numbers) if numbers.dtype.kind == "f" else None)


def _of_place(frame: Any, place: int) -> Column:  # noqa: ANN401 - of pandas
    import narwhals as nw  # an optional extra

    if (texts := _texts_of_place(frame, place)) is not None and (arrow := _arrow()) is not None:
        made: Column = arrow.column_of_arrow(texts)
        return made
    return column_of_series(nw.from_native(frame[place], series_only=True))


def _texts_of_place(frame: Any, place: int) -> Any:  # noqa: ANN401 - of pandas, of pyarrow
    series, arrow = frame[place], _arrow()
    if getattr(series.dtype, "name", "") not in _TEXTS or arrow is None:
        return None
    return arrow.texts_of_chunks(arrow.pa.chunked_array(arrow.pa.array(series.array)))


# --- what hands itself on as a stream ------------------------------------------------------------


def _of_stream(source: Any) -> Columns:  # noqa: ANN401 - any frame
    """Return the columns of an Arrow stream: its own memory, mostly."""
    arrow = _arrow()
    if arrow is None:
        raise ImportError(MISSING_EXTRA.format("pyarrow"))
    table = arrow.pa.table(source)
    ways = [functools.partial(arrow.column_of_chunks, column) for column in table.columns]
    texts = lambda place: arrow.texts_of_chunks(table.column(place))  # noqa: E731 - beside `ways`
    return Columns(tuple(table.column_names), Later(ways), table.num_rows, texts)


def _arrow() -> Any:  # noqa: ANN401 - a module
    """Return the module of Arrow arrays, if that extra is there."""
    try:
        from healthduty.columns import arrow  # stands on an optional extra
    except ImportError:
        return None
    return arrow


# --- sequences -----------------------------------------------------------------------------------


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
    return column_of_series(series) if isinstance(series, nw.Series) else column_of(list(value))
