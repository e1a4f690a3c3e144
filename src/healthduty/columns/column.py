"""A column as it came in: numbers, floats, yes and no, or a few distinct values many times over.

A frame's column keeps its own memory where it holds plain integers or floats. What is text, exact
decimal or mixed becomes codes into a short list of distinct values, since most cells of a column
repeat another one: each distinct value is then read once, by the very reader that reads a record.

Source: “Input”: integers, Decimal, strings, floats, nulls.

>>> column = column_of(["83%", "90%", "83%", None])
>>> column.values.tolist(), column.distinct
([0, 1, 0, 2], ['83%', '90%', None])
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

from healthduty.columns.extras import Array, np
from healthduty.scalars import own


class Holding(enum.Enum):
    """How a column's values are held."""

    INTEGERS = "integers"
    FLOATS = "floats"
    TRUTHS = "yes or no"
    CODED = "codes into a list of distinct values"
    OBJECTS = "one object a row"


class Ends(NamedTuple):
    """What the integers of a column lie between, 0 where it is blank.

    `least` is the lowest that is above 0, and above `high` where none is.
    """

    low: int
    high: int
    least: int


@attrs.define(eq=False)  # frozen, each of sixty columns would take half a microsecond longer
class Column:
    """One column: an array, the list that its codes mean, and where it is blank.

    `distinct` is there for codes only; `null` is None where no row is blank. Codes have no blank
    rows: a blank is one of the distinct values. `cleared` says that 0 stands where it is blank,
    `ends` what integers of 32 bits lie between, where somebody has looked already.
    """

    holding: Holding
    values: Array
    distinct: list[Any] = attrs.Factory(list)
    null: Array | None = None
    cleared: bool = False
    ends: Ends | None = None

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.values)

    def cell(self, row: int) -> Any:  # noqa: ANN401 - whatever stands there
        """Return the value of one row as Python has it; None where it is blank."""
        if self.null is not None and self.null[row]:
            return None
        value = self.values[row]
        if self.holding is Holding.CODED:
            return self.distinct[value]
        return value if self.holding is Holding.OBJECTS else value.item()

    def taken(self, rows: Array) -> Column:
        """Return the column of some of its rows."""
        null = None if self.null is None else self.null[rows]
        return Column(self.holding, self.values[rows], self.distinct, null, self.cleared)

    def coded(self) -> Column:
        """Return the column as codes, as far as its values can be told apart."""
        if self.holding in (Holding.CODED, Holding.OBJECTS):
            return self
        distinct, codes = np.unique(self.values, return_inverse=True)
        found: list[Any] = distinct.tolist()
        if self.null is not None and self.null.any():
            codes = np.where(self.null, len(found), codes)
            found.append(None)
        return Column(Holding.CODED, codes, found)

    def texts(self) -> list[Any]:
        """Return every row's value as Python has it."""
        if self.holding is Holding.CODED:
            if len(self.distinct) == len(self.values) and (np.diff(self.values) == 1).all():
                return list(self.distinct)  # keys: each stands once, in order
            return [self.distinct[code] for code in self.values.tolist()]
        values = self.values.tolist()
        if self.null is None:
            return list(values)
        return [None if blank else v for v, blank in zip(values, self.null.tolist(), strict=True)]


_INT64 = np.iinfo(np.int64)


def column_of(values: Any) -> Column:  # noqa: ANN401 - any sequence, array or series
    """Return the column that a plain sequence or a numpy array is."""
    if isinstance(values, np.ndarray) and values.ndim == 1:
        made = of_array(values)
        if made is not None:
            return made
        # One by one: a float of four bytes prints as it is, and not as the double it would become.
    return _of_sequence(list(values))


def of_array(values: Array, null: Array | None = None, *, cleared: bool = False) -> Column | None:
    """Return the column of an array of numbers or truths; None for any other."""
    if null is not None and not null.any():
        null = None
    if values.dtype == bool:
        return Column(Holding.TRUTHS, values, null=null, cleared=cleared)
    if values.dtype.kind in "iu":
        if values.dtype == np.uint64:
            if len(values) and values.max() > _INT64.max:
                return None
            values = values.astype(np.int64)
        elif values.dtype.itemsize < 4 or values.dtype == np.uint32:  # noqa: PLR2004 - bytes
            values = values.astype(np.int32 if values.dtype.itemsize < 4 else np.int64)  # noqa: PLR2004
        return Column(Holding.INTEGERS, values, null=null, cleared=cleared)
    if values.dtype == np.float64:
        return Column(Holding.FLOATS, values, null=null, cleared=cleared)
    return None


def _of_sequence(values: list[Any]) -> Column:
    kinds = set(map(type, values))
    blank = type(None) in kinds
    plain = kinds - {type(None)}
    if len(plain) == 1:
        (kind,) = plain
        if kind in (int, float, bool) and (made := _of_plain(values, kind, blank=blank)):
            return made
    return coded(values)


def _of_plain(values: list[Any], kind: type, *, blank: bool) -> Column | None:
    null = np.array([value is None for value in values]) if blank else None
    filled = [kind() if value is None else value for value in values] if blank else values
    if kind is int and not all(_INT64.min <= value <= _INT64.max for value in filled):
        return None
    dtype = {int: np.int64, float: np.float64, bool: bool}[kind]
    return of_array(np.array(filled, dtype=dtype), null)


_TOLD_APART = (str, int, float, bool, Decimal, type(None))
"""What may stand in the list of distinct values: equal and of one type is the same."""


def coded(values: Iterable[Any]) -> Column:
    """Return values as codes where they can be told apart, else one object a row."""
    values = [own(value) for value in values]
    kinds = set(map(type, values))
    if not all(kind in _TOLD_APART for kind in kinds):
        return Column(Holding.OBJECTS, objects(values))
    codes: dict[Any, int] = {}
    if len(kinds - {type(None)}) <= 1:
        found = [codes.setdefault(value, len(codes)) for value in values]
        distinct = list(codes)
    else:  # 1, 1.0 and True are equal, and not the same
        pairs = [(type(value), value) for value in values]
        found = [codes.setdefault(pair, len(codes)) for pair in pairs]
        distinct = [value for _, value in codes]
    return Column(Holding.CODED, np.array(found, dtype=np.int64), distinct)


def objects(values: Sequence[Any]) -> Array:
    """Return an array of objects: numpy would take lists apart."""
    array = np.empty(len(values), dtype=object)
    array[:] = values if not any(isinstance(v, (list, tuple)) for v in values) else None
    if any(isinstance(v, (list, tuple)) for v in values):
        for place, value in enumerate(values):
            array[place] = value
    return array
