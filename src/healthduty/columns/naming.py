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

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from healthduty.columns.arrow import TEXTS, ArrowArray, pa, pc
from healthduty.columns.extras import Array, np
from healthduty.columns.text_bytes import Bytes, hashes_of_bytes, mixed
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, shown
from healthduty.records.plain import as_text
from healthduty.records.totals import ENDINGS_OF_TOTALS, is_total
from healthduty.said import Said
from healthduty.sources import Place

__all__ = [
    "Bytes",
    "Texts",
    "all_differ",
    "blanks_among",
    "called",
    "hashes_of",
    "left_out",
    "mixed",
    "run_of",
    "tell_left_out",
    "texts_of",
    "totals_among",
]


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

    @functools.cached_property
    def bytes(self) -> Bytes:
        """Their bytes as Arrow has them."""
        _, offsets, data = self.array.buffers()
        count = len(self) + 1
        if offsets is None or data is None or not len(self):
            return Bytes(np.zeros(0, dtype=np.uint8), np.zeros(count, dtype=np.int32))
        edges = np.frombuffer(offsets, np.int32, count, self.array.offset * 4)
        return Bytes(np.frombuffer(data, np.uint8), edges)


def texts_of(array: ArrowArray) -> Texts:
    """Return what a column calls each row, as `read_records` has it: without blanks around it."""
    if pa.types.is_dictionary(array.type):
        array = _as_texts(array.dictionary).take(array.indices)
    array = _as_texts(array)
    if not pa.types.is_string(array.type):
        array = pa.array([as_text(cell) for cell in array.to_pylist()], pa.string())
    if array.null_count:
        array = array.fill_null("")
    texts = Texts(array)
    return Texts(pc.utf8_trim_whitespace(array)) if _may_be_framed(texts.bytes) else texts


def _as_texts(array: ArrowArray) -> ArrowArray:
    """Return texts and integers as strings, anything else as it is."""
    if pa.types.is_integer(array.type) or any(which(array.type) for which in TEXTS):
        return array.cast(pa.string())
    return array


_WIDE_FROM = 0x80
_BLANK = np.zeros(256, dtype=bool)
_BLANK[[byte for byte in range(_WIDE_FROM) if chr(byte).isspace()]] = True
_BLANK[[chr(0x85).encode()[0], *(mark.encode()[0] for mark in "\u1680\u2000\u3000")]] = True
"""The bytes that a blank may begin with: those of ASCII, and of the wide ones the first."""


def _may_be_framed(texts: Bytes) -> bool:
    """Return whether any text may begin or end with a blank; hardly any does."""
    last = texts.last(0)
    if _BLANK[texts.first()].any() or _BLANK[np.minimum(last, _WIDE_FROM)].any():
        return True
    # A blank of two or three bytes is known by the first of them.
    return bool((last >= _WIDE_FROM).any()) and any(
        bool((_BLANK[texts.last(back)] & (texts.last(back) >= _WIDE_FROM)).any()) for back in (1, 2)
    )


def blanks_among(texts: Texts) -> Array:
    """Return which texts are empty."""
    blank: Array = texts.bytes.lengths == 0
    return blank


_ASCII = np.zeros(256, dtype=bool)
_ASCII[[ord(mark) for mark in ENDINGS_OF_TOTALS if mark.isascii()]] = True
_WIDE = np.array(
    [int.from_bytes(mark.encode(), "big") for mark in ENDINGS_OF_TOTALS if not mark.isascii()]
)
"""The three bytes of each Chinese ending."""

_WIDE_BYTES = 3


def totals_among(texts: Texts) -> Array:
    """Return which texts name a row of totals; few end as one may, and only these are read."""
    last = texts.bytes.last(0)
    likely = _ASCII[last]
    wide = np.flatnonzero(last >= _WIDE_FROM)
    if len(wide):
        codes = last[wide].astype(np.int64)
        for back in range(1, _WIDE_BYTES):
            codes |= texts.bytes.last(back)[wide].astype(np.int64) << 8 * back
        likely[wide] = np.isin(codes, _WIDE)
    rows = [row for row in np.flatnonzero(likely).tolist() if is_total(texts[row])]
    found = np.zeros(len(texts), dtype=bool)
    found[rows] = True
    return found


def left_out(named: Mapping[Holds, Texts]) -> Array | None:
    """Return which rows are of totals, no facilities; None where there is none."""
    gone: Array | None = None
    for texts in named.values():
        gone = totals_among(texts) if gone is None else gone | totals_among(texts)
    return gone if gone is not None and gone.any() else None


def tell_left_out(
    gone: Array, named: Mapping[Holds, Texts], numbers: Sequence[int], intake: Intake
) -> None:
    """Tell of each row that is left out; `numbers` are what the rows go by."""
    for row in np.flatnonzero(gone).tolist():
        name = shown(next(texts[row] for texts in named.values() if texts[row]))
        message = Said(
            f"`{name}` is a row of totals, no facility: it is left out",
            f"`{name}`是合计行，不是单位，未读取",
        )
        intake.warn("record-row-total", message, Place(intake.source, row=numbers[row]))


def called(
    named: Mapping[Holds, Texts], numbers: Sequence[int], intake: Intake
) -> tuple[Texts, Texts]:
    """Return each row's key and name; one that names no facility is called by its row."""
    if not named:
        rows = Texts(pa.array([f"row {number}" for number in numbers], pa.string()))
        return rows, rows
    names = named[Holds.NAME if Holds.NAME in named else Holds.FACILITY]
    keys = named.get(Holds.FACILITY, names)
    bare_keys, bare_names = blanks_among(keys), blanks_among(names)
    if not bare_keys.any() and not bare_names.any():
        return keys, names
    for row in np.flatnonzero(bare_keys & bare_names).tolist():
        place = Place(intake.source, row=numbers[row])
        intake.report(
            "record-facility-missing", Said("the row names no facility", "这一行没有写单位"), place
        )
    by = [
        key or name or f"row {number}"
        for key, name, number in zip(keys, names, numbers, strict=True)
    ]
    said = [name or key for key, name in zip(by, names, strict=True)]
    return Texts(pa.array(by, pa.string())), Texts(pa.array(said, pa.string()))


# --- keys that are there twice -------------------------------------------------------------------


def run_of(texts: Texts) -> tuple[str, str] | None:
    """Return the first and the last of texts of which each stands after the one before it.

    Registers mostly come by their codes; then no two are equal, and nobody has to sort them. None
    where any does not, and where there is none. The order is that of `str`: by code points.

    >>> run_of(Texts(pa.array(["a1", "a2", "b"]))), run_of(Texts(pa.array(["a", "a"])))
    (('a1', 'b'), None)
    """
    count = len(texts)
    above, below = texts.array.slice(0, max(0, count - 1)), texts.array.slice(1)
    if not count or not pc.all(pc.less(above, below), min_count=0).as_py():
        return None
    return texts[0], texts[count - 1]


def all_differ(texts: Texts) -> bool:
    """Return whether no two texts are equal, for sure: equal hashes may belong to other texts."""
    if run_of(texts) is not None:
        return True
    ordered = np.sort(hashes_of(texts))
    return not bool((ordered[1:] == ordered[:-1]).any())


def hashes_of(texts: Texts) -> Array:
    """Return eight bytes for each text: equal texts have equal ones, others hardly ever.

    >>> import pyarrow as pa
    >>> one, two, three = hashes_of(texts_of(pa.array(["南关", "北关", "南关"]))).tolist()
    >>> one == three, one == two
    (True, False)
    """
    return hashes_of_bytes(texts.bytes)
