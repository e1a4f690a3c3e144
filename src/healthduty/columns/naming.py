"""Who each row of a batch is of: keys and names as Arrow has them, rows of totals, keys twice.

A batch of many thousand rows has as many names. They stay in Arrow's memory, and are looked at as
bytes: how a name ends says whether it can be that of a row of totals, and a hash of eight bytes a
key says which of ten million can be there twice.

Source: vocabulary “Record”; semantics 12 (a row that is left out is told).

>>> import pyarrow as pa
>>> names = texts_of(pa.array([" 南关 ", "合计", None]))
>>> names.tolist(), totals_among(names).tolist(), blanks_among(names).tolist()
(['南关', '合计', ''], [False, True, False], [False, False, True])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from healthduty.columns.arrow import ArrowArray, pa, pc
from healthduty.columns.extras import Array, np
from healthduty.records.plain import as_text
from healthduty.records.totals import ENDINGS_OF_TOTALS, is_total


class Texts(Sequence[str]):
    """The texts of an Arrow array, made when they are looked at."""

    def __init__(self, array: ArrowArray) -> None:
        """Stand on an array of strings without nulls."""
        self.array = array

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.array)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - of a place, or of an array of them
        """Return one text, or those of an array of places."""
        if isinstance(place, (int, np.integer)):
            return self.array[int(place)].as_py()
        return Texts(self.array.take(pa.array(place)))

    def __iter__(self) -> Iterator[str]:
        """Go through them."""
        return iter(self.tolist())

    def tolist(self) -> list[str]:
        """Return all of them."""
        found: list[str] = self.array.to_pylist()
        return found


def texts_of(array: ArrowArray) -> Texts:
    """Return what a column calls each row, as `read_records` has it: without blanks around it."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_large_string(array.type) or pa.types.is_integer(array.type):
        array = array.cast(pa.string())
    if not pa.types.is_string(array.type):
        array = pa.array([as_text(cell) for cell in array.to_pylist()], pa.string())
    if array.null_count:
        array = array.fill_null("")
    return Texts(pc.utf8_trim_whitespace(array))


def _bytes_of(texts: Texts) -> tuple[Array, Array]:
    """Return all bytes, and where each text begins and the last ends."""
    _, offsets, data = texts.array.buffers()
    start, count = texts.array.offset * 4, len(texts) + 1
    if offsets is None or data is None or not len(texts):
        return np.zeros(0, dtype=np.uint8), np.zeros(count, dtype=np.int64)
    edges = np.frombuffer(offsets, np.int32, offset=start, count=count).astype(np.int64)
    return np.frombuffer(data, np.uint8), edges


def blanks_among(texts: Texts) -> Array:
    """Return which texts are empty."""
    blank: Array = np.diff(_bytes_of(texts)[1]) == 0
    return blank


_ASCII = np.zeros(256, dtype=bool)
_ASCII[[ord(mark) for mark in ENDINGS_OF_TOTALS if mark.isascii()]] = True
_WIDE = np.array(
    [int.from_bytes(mark.encode(), "big") for mark in ENDINGS_OF_TOTALS if not mark.isascii()]
)
"""The three bytes of each Chinese ending."""

_WIDE_FROM, _WIDE_BYTES = 0x80, 3


def totals_among(texts: Texts) -> Array:
    """Return which texts name a row of totals; few end as one may, and only these are read."""
    data, edges = _bytes_of(texts)
    lengths, ends = np.diff(edges), edges[1:]
    found = np.zeros(len(texts), dtype=bool)
    rows = np.flatnonzero(lengths)
    last = data[ends[rows] - 1]
    likely = _ASCII[last]
    wide = np.flatnonzero((last >= _WIDE_FROM) & (lengths[rows] >= _WIDE_BYTES))
    codes = np.zeros(len(wide), dtype=np.int64)
    for back in range(_WIDE_BYTES, 0, -1):
        codes = codes << 8 | data[ends[rows[wide]] - back]
    likely[wide] = np.isin(codes, _WIDE)
    for row in rows[likely].tolist():
        found[row] = is_total(texts[row])
    return found


# --- keys that are there twice -------------------------------------------------------------------

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_WORD = 8


def hashes_of(texts: Texts) -> Array:
    """Return eight bytes for each text: equal texts have equal ones, others hardly ever.

    >>> import pyarrow as pa
    >>> one, two, three = hashes_of(texts_of(pa.array(["南关", "北关", "南关"]))).tolist()
    >>> one == three, one == two
    (True, False)
    """
    data, edges = _bytes_of(texts)
    lengths = np.diff(edges)
    if not len(lengths) or lengths.min() == lengths.max():
        return _hashed(data, edges[:-1], int(lengths[0]) if len(lengths) else 0)
    made = np.zeros(len(texts), dtype=np.uint64)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        rows = np.flatnonzero(lengths == length)
        made[rows] = _hashed(data, edges[rows], length)
    return made


def _hashed(data: Array, starts: Array, length: int) -> Array:
    """Return the hashes of texts of one length, eight bytes at a time."""
    padded = np.zeros((len(starts), -(-length // _WORD) * _WORD), dtype=np.uint8)
    if length and len(starts) and starts[-1] - starts[0] == length * (len(starts) - 1):
        padded[:, :length] = data[starts[0] : starts[-1] + length].reshape(-1, length)
    else:
        padded[:, :length] = data[starts[:, None] + np.arange(length)]
    made = np.full(len(starts), length, dtype=np.uint64)
    for word in padded.view(np.uint64).T:
        made = mixed(made, word)
    return made


def mixed(made: Array, more: Array) -> Array:
    """Return hashes with more mixed in."""
    made = (made ^ more) * _FACTOR
    made ^= made >> _SHIFT
    mixed_in: Array = made
    return mixed_in
