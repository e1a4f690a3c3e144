"""A record as plain data: what files hold and digests are made of.

Numbers stay numbers, so that a value of 83.5 can't be taken for the text "83.5"; one that never
comes out even is an object, since the text "1/3" would be a rate as it was counted. `scalar` says
how numbers and texts are written: as they are for a file, normalised for a digest.

Source: semantics 1 (exact numbers), 13 (identity).

>>> record_to_data(Record("nanguan", {"rate": 83.5, "share": Fraction(1, 3)}))["values"]
{'rate': Decimal('83.5'), 'share': {'kind': 'fraction', 'value': '1/3'}}
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from cattrs import Converter

from healthduty.convert.hints import fields_of
from healthduty.convert.jsontext import Json
from healthduty.convert.kinds import KIND_OF, VALUES
from healthduty.convert.leaves import fits_decimal
from healthduty.convert.writer import make_writer, write_fields
from healthduty.errors import NumberError, UsageError
from healthduty.exact import to_decimal
from healthduty.records.record import Observation, Record, Statement

Scalar = Callable[[object], Json]
"""Writes a number, a text, true, false or null."""

_CLASSES = frozenset(VALUES.members.values())


def written(value: object) -> Json:
    """Write a number, a text, true, false or null as it is.

    Raises:
        NumberError: NaN and infinities.
    """
    match value:
        case None | bool():
            return value
        case int():
            return int(value)
        case str():
            return str(value)
        case float() if math.isfinite(value):
            return Decimal(float.__repr__(value))
        case Decimal() if value.is_finite():
            return value
        case Fraction() if fits_decimal(value):
            return value.numerator if value.denominator == 1 else to_decimal(value)
        case Fraction():
            return fraction_data(value)
        case _:
            raise NumberError(f"`{value}` can't be written: only finite numbers are taken")


def fraction_data(value: Fraction) -> dict[str, Json]:
    """Write a number that no decimal can say."""
    return {"kind": "fraction", "value": f"{value.numerator}/{value.denominator}"}


def record_to_data(record: Record, scalar: Scalar = written) -> dict[str, Json]:
    """Return a record as plain data, facility and name first, values last.

    Raises:
        NumberError: NaN and infinities, where `scalar` refuses them.
        UsageError: a value that is none of `Value`.
    """
    converter = _converter(scalar)
    data = write_fields(converter, record, without=("values", "population"))
    if record.population is not None:
        data["population"] = scalar(record.population)
    names: dict[str, Json] = {key: data.pop(key) for key in ("facility", "name") if key in data}
    values = {code: _value(converter, scalar, value) for code, value in record.values.items()}
    return {**names, **data, "values": values}


@functools.cache
def _converter(scalar: Scalar) -> Converter:
    converter = make_writer()
    for kind, write in ((Statement, _statement), (Observation, _observation)):
        converter.register_unstructure_hook(kind, functools.partial(write, converter, scalar))
    return converter


def _value(converter: Converter, scalar: Scalar, value: object) -> Json:
    match value:
        case None | bool() | int() | str() | float() | Decimal() | Fraction():
            return scalar(value)
        case list() | tuple():
            return [_value(converter, scalar, entry) for entry in value]
        case _ if type(value) in _CLASSES:
            data: Json = converter.unstructure(value)
            return data
        case _:
            raise UsageError(f"`{type(value).__name__}` is no value of a record")


def _statement(converter: Converter, scalar: Scalar, statement: Statement) -> Json:
    data = write_fields(converter, statement, without=("value",))
    kind = data.pop("kind")
    return {"kind": kind, "value": _value(converter, scalar, statement.value), **data}


def _observation(converter: Converter, scalar: Scalar, observation: Observation) -> Json:
    data: dict[str, Json] = {"kind": KIND_OF[Observation]}
    for field in fields_of(Observation):
        statement = getattr(observation, field.name)
        if statement is not None:
            # A value that nobody in particular stated stands for itself; null would be no stage.
            bare = statement.value is not None and statement == Statement(statement.value)
            thing = statement.value if bare else statement
            data[field.name] = _value(converter, scalar, thing)
    return data
