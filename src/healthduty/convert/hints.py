"""What the model's type hints say about a file: the one description behind reader and schema.

The model is written once, as attrs classes; their fields, defaults and type hints are the
format. Reader, writer and JSON Schema all ask here, so that none of them can drift.

>>> from healthduty.rules.threshold import ByKind
>>> [field.name for field in fields_of(ByKind) if is_required(field)]
['values']
>>> value_of_pairs(fields_of(ByKind)[0].type).__name__
'Fraction'
"""

from __future__ import annotations

import functools
import types
import typing

import attrs

Field: typing.TypeAlias = "attrs.Attribute[typing.Any]"

# By an instance, since attrs declares the class itself to be a function.
_FACTORY: type[typing.Any] = type(attrs.Factory(list))


@functools.cache
def fields_of(kind: type) -> tuple[Field, ...]:
    """Return a class's fields with their type hints resolved."""
    model = typing.cast(type[attrs.AttrsInstance], kind)
    attrs.resolve_types(model)
    return tuple(attrs.fields(model))


def members_of_union(hint: object) -> frozenset[object] | None:
    """Return the members of a union, or None where the hint is no union."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return frozenset(typing.get_args(hint))
    return None


def element_of(hint: object) -> object | None:
    """Return the X of a `tuple[X, ...]`, or None where the hint is something else."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None


def value_of_pairs(hint: object) -> object | None:
    """Return the X of a `tuple[tuple[str, X], ...]`: in a file an object; else None."""
    element = element_of(hint)
    return typing.get_args(element)[1] if typing.get_origin(element) is tuple else None


def is_required(field: Field) -> bool:
    """Tell whether a field has no default."""
    return field.default is attrs.NOTHING


def is_default(field: Field, thing: object, value: object) -> bool:
    """Tell whether `thing` would hold this value had the field been left out."""
    default = field.default
    if is_required(field):
        return False
    if isinstance(default, _FACTORY):
        default = default.factory(thing) if default.takes_self else default.factory()
    return bool(value == default)
