"""The JSON Schema of an agreement's file, made from the classes that the reader reads into.

Published as docs/en/agreement.schema.json, for editors that complete and check while one types.
It is derived: fields, defaults, words of closed lists and kinds come from where the reader takes
them, descriptions from the docstrings. What a schema can't say — that a cap is above the points,
that knots ascend — the reader and the checks say.

Source: “Files”; JSON Schema 2020-12.

>>> schema = json_schema()
>>> schema["$defs"]["Given"]["required"]
['kind', 'measure']
>>> schema["$defs"]["Effect"]["enum"]
['lose', 'earn', 'add']
"""

from __future__ import annotations

import datetime
import enum
import inspect
import re
import types
import typing
from fractions import Fraction

from healthduty.convert.documents import VERSION, format_of
from healthduty.convert.hints import (
    Field,
    element_of,
    fields_of,
    is_required,
    members_of_union,
    value_of_pairs,
)
from healthduty.convert.jsontext import Json
from healthduty.convert.kinds import KIND_OF, PARTS, Kinds, table_of
from healthduty.convert.leaves import NUMBER_PATTERN, PAIR_PATTERN
from healthduty.convert.writer import writer
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part
from healthduty.rules.points import (
    to_optional_points,
    to_optional_points_or_share,
    to_points,
    to_points_or_share,
)

Schema = dict[str, Json]

_POINTS: tuple[object, ...] = (
    to_points,
    to_optional_points,
    to_points_or_share,
    to_optional_points_or_share,
)
"""The converters of fields that hold points: never negative, always decimals."""

_NUMBERS: Schema = {
    "Number": {
        "description": "A number: as such, or as a text that no reader of JSON rounds.",
        "anyOf": [
            {"type": "number"},
            {"type": "string", "pattern": f"^(?:{NUMBER_PATTERN}|{PAIR_PATTERN})$"},
        ],
    },
    "Points": {
        "description": "Points: a decimal that is not negative, as a number or as a text.",
        "anyOf": [
            {"type": "number", "minimum": 0},
            {"type": "string", "pattern": f"^{NUMBER_PATTERN.removeprefix('-?')}$"},
        ],
    },
}
_LEAVES: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string"},
    types.NoneType: {"type": "null"},
}


def json_schema() -> Schema:
    """Return the JSON Schema (2020-12) of the file that `save` writes and `load` reads."""
    definitions = dict(_NUMBERS)
    content = _of_class(Agreement, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:healthduty:agreement:{VERSION}",
        "title": "healthduty agreement",
        "description": "A target responsibility agreement (目标责任书) of the health sector.",
        "type": "object",
        "properties": {
            "format": {"const": format_of("agreement")},
            "version": {"const": VERSION},
            "agreement": content,
        },
        "required": ["format", "version", "agreement"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _of(hint: object, definitions: Schema, number: str = "Number") -> Schema:
    """Return the schema of a type hint; `number` names what its numbers are."""
    if hint in _LEAVES:
        return dict(_LEAVES[hint])
    if hint is Fraction:
        return _reference(number)
    if (members := members_of_union(hint)) is not None:
        return _of_union(members, definitions, number)
    if (value := value_of_pairs(hint)) is not None:
        return {"type": "object", "additionalProperties": _of(value, definitions)}
    if (element := element_of(hint)) is not None:
        return {"type": "array", "items": _of(element, definitions)}
    kind = typing.cast(type, hint)
    if issubclass(kind, enum.Enum):
        return _of_words(kind, definitions)
    return _of_kinds(PARTS, definitions) if kind is Part else _of_class(kind, definitions)


def _of_union(members: frozenset[object], definitions: Schema, number: str) -> Schema:
    kinds = members - {Fraction, types.NoneType}
    table = table_of(typing.cast(frozenset[type], kinds))
    branches: list[Json] = [_reference(number)] if Fraction in members else []
    if table is not None:
        branches.append(_of_kinds(table, definitions))
    else:
        branches += [_of(kind, definitions) for kind in kinds if kind is not datetime.date]
    if types.NoneType in members:
        branches.append(dict(_LEAVES[types.NoneType]))
    return {"anyOf": branches} if len(branches) > 1 else typing.cast(Schema, branches[0])


def _of_kinds(table: Kinds, definitions: Schema) -> Schema:
    name = "Any" + table.name.title().replace(" ", "")
    if name not in definitions:
        definitions[name] = {}  # a condition may hold conditions: the name stands first
        branches: list[Json] = [_of_class(member, definitions) for member in table.members.values()]
        definitions[name] = {
            "description": f"One kind of {table.name}: {', '.join(table.members)}.",
            "oneOf": branches,
        }
    return _reference(name)


def _of_words(kind: type[enum.Enum], definitions: Schema) -> Schema:
    definitions[kind.__name__] = {
        "description": _description(kind),
        "enum": [word.value for word in kind],
    }
    return _reference(kind.__name__)


def _of_class(kind: type, definitions: Schema) -> Schema:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        properties: Schema = {"kind": {"const": KIND_OF[kind]}} if kind in KIND_OF else {}
        required: list[Json] = list(properties)
        for field in fields_of(kind):
            properties[field.name] = _of_field(field, definitions)
            if is_required(field):
                required.append(field.name)
        definitions[name] = {
            "description": _description(kind),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }
    return _reference(name)


def _of_field(field: Field, definitions: Schema) -> Schema:
    number = "Points" if field.converter in _POINTS else "Number"
    schema = _of(field.type, definitions, number)
    if isinstance(field.default, (bool, int, str, Fraction)) and field.default != "":
        schema["default"] = writer().unstructure(field.default)
    return schema


def _description(kind: type) -> str:
    """Return a docstring as one paragraph, less what only a reader of the code can use."""
    text = (inspect.getdoc(kind) or "").partition("Raises:")[0]
    return " ".join(re.sub(r"\bSource: [^.]*\.", "", text).split())
