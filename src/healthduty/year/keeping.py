"""How the course of a year is kept: records with values as plain data, and back, strictly.

Objections, decisions and corrections are written as agreements are (fields in declared order,
defaults left out) and read as strictly: every fault at once, each with its path. Only a value of
a record has a form of its own, the one that data files have.

Source: semantics 12 (nothing is dropped); “nothing overwritten, the whole course kept”.

>>> from healthduty.model.party import Party
>>> read_entries([{"code": "a"}, {"code": "b"}], Party)
(Party(code='a', ...), Party(code='b', ...))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

import attrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)

from healthduty.convert.faults import FaultError, listed, nearest
from healthduty.convert.jsontext import Json, shortened
from healthduty.convert.leaves import expected, read_list, read_object, repeated_keys
from healthduty.convert.reader import CAUGHT, reader
from healthduty.convert.writer import make_writer, write_fields
from healthduty.records.json_values import json_of_value, value_of_json
from healthduty.records.record import Value
from healthduty.said import Said, chinese
from healthduty.strict_json import Token

T = TypeVar("T")


def write_entries(things: Iterable[object], values: tuple[str, ...] = ()) -> list[Json]:
    """Return things as plain data; the fields named hold values of a record."""
    converter = make_writer()
    entries: list[Json] = []
    for thing in things:
        data = write_fields(converter, thing, without=values)
        for name in values:
            value = getattr(thing, name)
            if value is not None:
                data[name] = cast(Json, json_of_value(value))
        entries.append(data)
    return entries


def read_entries(data: object, kind: type[T], values: tuple[str, ...] = ()) -> tuple[T, ...]:
    """Read a list of things of one kind; the fields named hold values of a record.

    Raises:
        BaseValidationError: with every fault; `read_content` makes findings of them.
    """
    read: list[T] = []
    faults: list[Exception] = []
    for index, entry in enumerate(read_list(data)):
        try:
            read.append(_read_entry(entry, kind, values))
        except CAUGHT as error:
            error.add_note(IterableValidationNote(f"at {index}", index, object))
            faults.append(error)
    if faults:
        raise IterableValidationError("list", faults, list)
    return tuple(read)


def _read_entry(data: object, kind: type[T], values: tuple[str, ...]) -> T:
    entries = read_object(data)
    faults = repeated_keys(entries)
    found: dict[str, Value] = {}
    for name in values:
        try:
            if name in entries:
                found[name] = _read_value(entries[name])
        except CAUGHT as error:
            faults.append(_at(error, name))
    plain = {name: entry for name, entry in entries.items() if name not in values}
    thing: T | None = None
    try:
        thing = reader().structure(plain, kind)
    except BaseValidationError as error:
        faults.extend(error.exceptions)
    if thing is None or faults:
        raise ClassValidationError(kind.__name__, faults, kind)
    return attrs.evolve(thing, **found)  # type: ignore[misc]  # an attrs class: it was structured


def _read_value(raw: object) -> Value:
    if isinstance(raw, Token):
        raise expected(Said("a value of a record", "考核数据的值"), raw)
    return value_of_json(raw)


def _at(error: Exception, name: str) -> Exception:
    error.add_note(AttributeValidationNote(f"at {name}", name, object))
    return error


def read_fields(
    data: object, fields: Mapping[str, Callable[[object], object]], *, what: str
) -> dict[str, object]:
    """Read an object by the reader of each of its fields; a field that is not there is left out.

    Raises:
        BaseValidationError: with every fault, a field that is not known among them.
    """
    entries = read_object(data)
    faults = repeated_keys(entries)
    read: dict[str, object] = {}
    for name, entry in entries.items():
        try:
            if name not in fields:
                hint = nearest(name, fields) or Said(
                    f"its fields: {listed(fields)}", f"可用的有：{listed(fields).zh}"
                )
                message = Said(
                    f"`{shortened(name)}` is no field of {what}",
                    f"{chinese(what)}没有`{shortened(name)}`这一项",
                )
                raise FaultError("json-unknown-field", message, hint)
            read[name] = fields[name](entry)
        except CAUGHT as error:
            faults.append(_at(error, name))
    if faults:
        raise ClassValidationError(what, faults, dict)
    return read
