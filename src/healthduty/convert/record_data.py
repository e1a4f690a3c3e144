"""A record as plain data, its numbers normalised: what its digest is made of.

Files of records have a form of their own, made to be written by hand (`records.files`). This one
is made to be compared: defaults are left out, and a number is the same however it is written, as
an int, a Decimal, a float or a text. A text is a number exactly where `observe` would read one,
so that records with one digest are read alike. What only the measure can settle stays as it is
written ("85%" is not yet 85), and what is no value of ours is kept apart from every text.

Source: semantics 13 (identity; numbers normalised).

>>> record_data(Record("nanguan", {"rate": "83.50", "share": Fraction(1, 3)}))["values"]
{'rate': '83.5', 'share': {'kind': 'fraction', 'value': '1/3'}}
"""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction

from cattrs import Converter

from healthduty.convert.hints import fields_of
from healthduty.convert.jsontext import Json
from healthduty.convert.kinds import KIND_OF, VALUES
from healthduty.convert.leaves import fits_decimal, write_exact
from healthduty.convert.writer import make_writer, write_fields
from healthduty.errors import NumberError, UsageError
from healthduty.exact import read_number
from healthduty.records.record import Missing, Observation, Record, Statement

_CLASSES = frozenset(VALUES.members.values())


def record_data(record: Record) -> dict[str, Json]:
    """Return a record as plain data; a value that is missing and one that is not there are one.

    Raises:
        UsageError: a value that is none of `Value`.
    """
    converter = _converter()
    data = write_fields(converter, record, without=("values", "population"))
    if record.population is not None:
        data["population"] = scalar_data(record.population)
    data["values"] = {
        code: _value(converter, value)
        for code, value in record.values.items()
        if value is not None and not isinstance(value, Missing)
    }
    return data


def scalar_data(value: object) -> Json:
    """Return a number, a text, true or false; equal numbers are the same data."""
    if isinstance(value, bool):
        return value
    try:
        number, _ = read_number(value)
    except NumberError:
        return str(value) if isinstance(value, str) else _unreadable(value)
    if fits_decimal(number):
        return write_exact(number)
    # The text "1/3" would be a rate as it was counted.
    return {"kind": "fraction", "value": f"{number.numerator}/{number.denominator}"}


def _unreadable(value: object) -> Json:
    """Return what is no number though it is typed as one: NaN is not the text "nan"."""
    # str() refuses an int of more than 4,300 digits.
    return {"kind": "unreadable", "value": hex(value) if isinstance(value, int) else str(value)}


@functools.cache
def _converter() -> Converter:
    converter = make_writer()
    for kind, write in ((Statement, _statement), (Observation, _observation)):
        converter.register_unstructure_hook(kind, functools.partial(write, converter))
    return converter


def _value(converter: Converter, value: object) -> Json:
    match value:
        case None | Missing():
            return None
        case bool() | int() | str() | float() | Decimal() | Fraction():
            return scalar_data(value)
        case list() | tuple():
            return [_value(converter, entry) for entry in value]
        case _ if type(value) in _CLASSES:
            data: Json = converter.unstructure(value)
            return data
        case _:
            raise UsageError(f"`{type(value).__name__}` is no value of a record")


def _statement(converter: Converter, statement: Statement) -> Json:
    data = write_fields(converter, statement, without=("value",))
    data["value"] = _value(converter, statement.value)
    return data


def _observation(converter: Converter, observation: Observation) -> Json:
    data: dict[str, Json] = {"kind": KIND_OF[Observation]}
    for field in fields_of(Observation):
        statement = getattr(observation, field.name)
        if statement is not None:
            # A value that nobody in particular stated stands for itself.
            bare = statement == Statement(statement.value)
            data[field.name] = _value(converter, statement.value if bare else statement)
    return data
