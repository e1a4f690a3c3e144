"""The people of each facility, whole and not below 0, which money is paid by.

Source: “How a point is lost”, section 6; semantics 1.

>>> from healthduty.columns.column import coded
>>> people, told = people_of(coded(["3.2万", 8000, None]), Noted())
>>> people.tolist(), told.tolist()
([32000, 8000, 0], [True, True, False])
"""

from __future__ import annotations

from typing import Any

from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.floats import decimals
from healthduty.columns.noted import Noted
from healthduty.errors import NumberError
from healthduty.exact import read_number
from healthduty.findings import Finding
from healthduty.records.plain import is_blank
from healthduty.records.subject import read_population
from healthduty.said import Said, reason_of

_HEADING = "population"


def people_of(column: Column, noted: Noted) -> tuple[Array, Array]:
    """Return people by row, and where they are told; what is no number of people is noted."""
    taken = _by_array(column)
    if taken is not None:
        return taken
    column = column.coded()
    distinct, codes = column.distinct, column.values
    if column.holding is Holding.OBJECTS:
        distinct, codes = list(column.values), np.arange(len(column))
    people: list[int | None] = []
    for code, raw in enumerate(distinct):
        number, fault = _read(raw)
        people.append(number)
        if fault:
            finding = Finding("population-unreadable", fault)
            noted.add(_HEADING, finding, np.flatnonzero(codes == code))
    known = np.array([number is not None for number in people], dtype=bool)
    wide = any(number is not None and number >= 2**62 for number in people)
    counts = np.array([number or 0 for number in people], dtype=object if wide else np.int64)
    return counts[codes], known[codes]


def _by_array(column: Column) -> tuple[Array, Array] | None:
    values = column.values
    if column.holding is Holding.FLOATS:
        values, places, known = decimals(values)
        if places or not known.all():
            return None
    elif column.holding is not Holding.INTEGERS:
        return None
    told = np.ones(len(values), dtype=bool) if column.null is None else ~column.null
    if len(values) and np.where(told, values, 0).min() < 0:
        return None
    return np.where(told, values, 0).astype(np.int64), told


def _read(raw: Any) -> tuple[int | None, str]:  # noqa: ANN401 - a cell
    """Return the people that a cell tells, or what is wrong with it."""
    if is_blank(raw):
        return None, ""
    try:
        number = read_population(raw) if isinstance(raw, str) else read_number(raw, _HEADING)[0]
    except NumberError as error:
        return None, reason_of(error)
    if number < 0 or number.denominator != 1:
        return None, Said(
            f"population is `{raw}`: people are counted in whole numbers",
            f"人口数为`{raw}`：应当是整数",
        )
    return int(number), ""
