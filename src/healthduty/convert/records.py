"""Records as JSON: what was observed of each facility, read strictly and written back.

A value is a number, a text (`"83%"`), true or false, null for missing, a list of cases or of
judgements, or an object with its `kind`. A number with a point stays the decimal that it is
written as; one with more digits than a person writes was computed, and stays a float so that
its observation can say so.

Source: vocabulary “Record”; semantics 1, 2, 7, 10, 15.

>>> text = write_records([Record("nanguan", {"satisfaction": "83%", "surveys": 1})])
>>> print(text, end="")
{
  "format": "healthduty/records",
  "version": 1,
  "records": [{"facility": "nanguan", "values": {"satisfaction": "83%", "surveys": 1}}]
}
>>> parse_records(text)[0].values["satisfaction"]
'83%'
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from cattrs import Converter

from healthduty.convert.documents import read_document, write_document
from healthduty.convert.faults import FaultError
from healthduty.convert.jsontext import Token
from healthduty.convert.kinds import (
    LISTED_VALUES,
    PLAIN_VALUES,
    VALUES,
    Exactly,
    Kinds,
)
from healthduty.convert.leaves import (
    expected,
    read_exact,
    read_object,
    read_text,
    read_whole,
)
from healthduty.convert.reader import (
    kind_named,
    make_reader,
    read_all,
    read_entries,
    structured,
)
from healthduty.convert.record_data import record_to_data
from healthduty.exact import Number, read_number, to_fraction
from healthduty.records.record import (
    Period,
    Plain,
    Record,
    Statement,
    Value,
)


def parse_records(text: str, source: str = "") -> tuple[Record, ...]:
    """Read records from JSON text: a document with its head, or a bare list of records.

    Raises:
        SourceError: with every fault of the text, each with its place.
    """
    return read_document(text, source, "records", _read, bare=True)


def _read(data: object) -> tuple[Record, ...]:
    return _reader().structure(data, tuple[Record, ...])


def write_records(records: Iterable[Record]) -> str:
    """Return records as JSON text, the same for equal records.

    A float is written as the shortest decimal that prints it, a Decimal as it stands; both come
    back as Decimal.

    Raises:
        NumberError: NaN, an infinity or a number of absurd size.
        UsageError: a value that is none of `Value`.
        RuleError: half a character, which no file can keep.
    """
    return write_document("records", [record_to_data(each) for each in records])


@functools.cache
def _reader() -> Converter:
    converter = make_reader()
    hooks: dict[object, Callable[[object, object], object]] = {
        Plain: lambda value, _: _read_value(converter, value, PLAIN_VALUES),
        Value: lambda value, _: _read_value(converter, value, VALUES),
        Mapping[str, Value]: lambda value, _: read_entries(converter, value, Value),
        Number | None: lambda value, _: _read_number(value),
        Period | None: lambda value, _: _read_period(converter, value),
        Statement | None: lambda value, _: _read_statement(converter, value),
    }
    for hint, hook in hooks.items():
        converter.register_structure_hook_func(functools.partial(operator.eq, hint), hook)
    return converter


def _read_value(converter: Converter, value: object, table: Kinds) -> object:
    match value:
        case list():
            return _read_list(converter, value)
        case dict():
            result = structured(converter, value, table.members[kind_named(value, table)])
            return result.value if isinstance(result, Exactly) else result
        case _:
            return _read_scalar(value)


def _read_scalar(value: object) -> object:
    match value:
        case None | bool():
            return value
        case Token() | int() | Decimal():
            number = read_exact(value)  # refuses what is too long
            return number.numerator if isinstance(value, int) else _as_written(value)
        case _:
            return read_text(value)


def _as_written(value: object) -> Decimal | float:
    """Take a decimal; one that looks computed and prints as a float was a float."""
    decimal = Decimal(str(value))
    number, computed = read_number(float(decimal))
    return float(decimal) if computed and number == to_fraction(decimal) else decimal


def _read_list(converter: Converter, values: list[object]) -> tuple[object, ...]:
    results = read_all(
        values, lambda value: _read_value(converter, read_object(value), LISTED_VALUES)
    )
    if len(set(map(type, results))) > 1:
        raise FaultError("json-value", "a list holds cases or judgements, not both")
    return results


def _read_number(value: object) -> object:
    """Read a number of people: a text that is no number is refused at once."""
    if isinstance(value, bool):
        raise expected("a number", value)
    number = _read_scalar(value)
    if number is not None:
        read_number(number, "the number")
    return number


def _read_period(converter: Converter, value: object) -> Period | None:
    """Read a period, or its label alone: a text, or a year."""
    match value:
        case None:
            return None
        case dict():
            return converter.structure(value, Period)
        case int() | Token() if not isinstance(value, bool):
            return Period(str(read_whole(value)))
        case _:
            return Period(read_text(value))


def _read_statement(converter: Converter, value: object) -> object:
    """Read a statement, or the value alone that somebody stated."""
    if value is None or (isinstance(value, dict) and value.get("kind") == "statement"):
        return None if value is None else converter.structure(value, Statement)
    return _read_value(converter, value, PLAIN_VALUES)
