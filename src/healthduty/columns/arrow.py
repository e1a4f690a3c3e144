"""Arrow arrays in and out: a batch's own memory becomes columns, points become exact decimals.

Plain integers, floats and truths are read where they lie, their null bitmaps too; texts become
codes into a short list. Exact decimals of few digits are taken as the floats that print them,
which are read back as the very same numbers. Points go out as `decimal128` of 18 digits, made of
the integers that were scored: no cell ever is a Python object.

Source: architecture, “One plan, two engines”: Arrow buffers and null bitmaps read in place.

>>> import pyarrow as pa
>>> column = column_of_arrow(pa.array([83, None, 90], pa.int32()))
>>> column.holding.value, column.null.tolist()
('integers', [False, True, False])
>>> points_array(np.array([250, 300]), np.array([True, False]), 2).to_pylist()
[Decimal('2.50'), None]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from healthduty.columns.column import Column, Holding, of_array
from healthduty.columns.extras import Array, np
from healthduty.columns.memory import MEMORY
from healthduty.columns.series import column_of_series

try:
    import narwhals as nw
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:  # pragma: no cover - the tests need pyarrow to be there
    raise ImportError("Arrow batches need pyarrow: pip install healthduty[columns]") from error

__all__ = [
    "DIGITS",
    "TEXTS",
    "ArrowArray",
    "column_of_arrow",
    "column_of_chunks",
    "pa",
    "pc",
    "points_array",
    "texts_of_chunks",
    "too_long",
    "words_array",
]

DIGITS = 18
"""Points and money have so many digits at most: what 64 bits hold."""

_MOST_UNITS = 10**DIGITS
_EXACT_FLOAT = 10**12
"""Below it, a decimal is the shortest one that prints the nearest float."""

ArrowArray = Any
"""An array of pyarrow."""


def column_of_arrow(array: ArrowArray, *, own: bool = False) -> Column:
    """Return the column that an array is; its numbers stay where they are.

    What lies under a null may be anything. With `own` the memory is nobody else's, and becomes 0
    there; else it is for whoever takes the numbers to do so.
    """
    kind = array.type
    if kind.id in _DTYPES:
        null = _nulls(array)
        values = _values(array)
        cleared = own and null is not None and bool(values.flags.writeable)
        if cleared:
            np.copyto(values, 0, where=null)
        if (made := of_array(values, null, cleared=cleared)) is not None:
            return made
    if pa.types.is_boolean(kind):
        return Column(Holding.TRUTHS, _bits(array.buffers()[1], array), null=_nulls(array))
    if pa.types.is_decimal128(kind) and (taken := _of_decimals(array)) is not None:
        return taken
    if pa.types.is_string_view(kind):
        array = array.cast(pa.large_string())
        kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind):
        return _coded(array)
    return _of_any(array)


def column_of_chunks(chunks: Any) -> Column:  # noqa: ANN401 - of pyarrow
    """Return the column that a chunked array is; where it is one piece it stays where it is."""
    one = chunks.chunk(0) if chunks.num_chunks == 1 else chunks.combine_chunks()
    if isinstance(one, pa.ChunkedArray):  # texts of more than 2 GB
        return column_of_series(nw.from_native(chunks, series_only=True))
    return column_of_arrow(one)


def texts_of_chunks(chunks: Any) -> ArrowArray | None:  # noqa: ANN401 - of pyarrow
    """Return a chunked array of texts as one array; None for what is no text, or too long."""
    kind = chunks.type
    if not any(which(kind) for which in TEXTS) or chunks.nbytes > _MOST_BYTES:
        return None
    one = chunks.chunk(0) if chunks.num_chunks == 1 else chunks.combine_chunks()
    return one if pa.types.is_string(kind) else one.cast(pa.string())


TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
"""What tells a type of texts."""

_MOST_BYTES = 2**31 - 1
"""So many bytes of text a string array holds."""


def _of_any(array: ArrowArray) -> Column:
    """Return the column of an array that has to be looked at value by value."""
    return column_of_series(nw.from_native(pa.chunked_array([array]), series_only=True))


def _values(array: ArrowArray) -> Array:
    """Return the numbers of an array in their own memory."""
    dtype = _DTYPES[array.type.id]
    data = array.buffers()[1]
    if data is None:
        return np.zeros(len(array), dtype=dtype)
    return np.frombuffer(data, dtype, len(array), array.offset * dtype.itemsize)


_DTYPES: dict[int, Any] = {
    kind.id: np.dtype(kind.to_pandas_dtype())
    for kind in (
        *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
        *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64(), pa.float64()),
    )
}


def _nulls(array: ArrowArray) -> Array | None:
    return None if not array.null_count else ~_bits(array.buffers()[0], array)


def _bits(buffer: Any, array: ArrowArray) -> Array:  # noqa: ANN401 - of pyarrow
    """Return a bitmap as truths, a row each."""
    if buffer is None:
        return np.zeros(len(array), dtype=bool)
    first, extra = divmod(array.offset, 8)
    count = extra + len(array)
    packed = np.frombuffer(buffer, np.uint8, -(-count // 8), first)
    bits = np.unpackbits(packed, count=count, bitorder="little")
    return bits[extra:].view(bool)


def _of_decimals(array: ArrowArray) -> Column | None:
    """Return decimals of few digits as floats; None for longer ones."""
    if not 0 <= array.type.scale <= DIGITS or array.buffers()[1] is None:
        return None
    start = array.offset * 16
    halves = np.frombuffer(array.buffers()[1], np.int64, offset=start, count=2 * len(array))
    low, high = halves[0::2], halves[1::2]
    null = _nulls(array)
    if null is not None:
        low, high = np.where(null, 0, low), np.where(null, 0, high)
    if not len(low):
        return None
    if (high != low >> 63).any() or low.max() >= _EXACT_FLOAT or low.min() <= -_EXACT_FLOAT:
        return None
    return Column(Holding.FLOATS, low / 10.0**array.type.scale, null=null, cleared=True)


def _coded(array: ArrowArray) -> Column:
    """Return texts as codes into the list of those that differ."""
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    if not any(which(array.type.value_type) for which in TEXTS):
        return _of_any(array.dictionary_decode())
    distinct: list[Any] = array.dictionary.to_pylist()
    codes = array.indices
    if codes.null_count:
        codes = codes.fill_null(len(distinct))
        distinct.append(None)
    return Column(Holding.CODED, codes.to_numpy(zero_copy_only=False).astype(np.int64), distinct)


# --- out ---------------------------------------------------------------------------------------


def too_long(units: Array, known: Array) -> Array:
    """Return where a number takes more digits than a column holds."""
    if not len(units):
        return np.zeros(0, dtype=bool)
    if int(units.max()) < _MOST_UNITS and int(units.min()) > -_MOST_UNITS:
        return np.zeros(len(units), dtype=bool)
    long: Array = known & ((units >= _MOST_UNITS) | (units <= -_MOST_UNITS))
    return long


def points_array(units: Array, known: Array, places: int) -> ArrowArray:
    """Return integers over 10^places as exact decimals, null where they are not known.

    None of those that are known may be `too_long`.
    """
    if units.dtype == object:
        units = np.where(known, units, 0).astype(np.int64)
    halves = MEMORY.rooms(len(units), 2, np.int64)
    halves[:, 0] = units
    np.right_shift(units, 63, out=halves[:, 1])  # the sign goes on through the upper half
    missing = int(len(known) - np.count_nonzero(known))
    bitmap = pa.py_buffer(np.packbits(known, bitorder="little")) if missing else None
    kind = pa.decimal128(DIGITS, places)
    return pa.Array.from_buffers(kind, len(units), [bitmap, pa.py_buffer(halves)], missing)


def words_array(places: Array, words: Sequence[str]) -> ArrowArray:
    """Return codes as the words they stand for, null where a code is below 0."""
    codes = pa.array(places.astype(np.int32), mask=places < 0)
    return pa.DictionaryArray.from_arrays(codes, pa.array(list(words), pa.string())).cast(
        pa.string()
    )
