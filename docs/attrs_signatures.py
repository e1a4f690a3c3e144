"""Show in the reference how a record is made: its parameters, as attrs really takes them.

The documentation reads sources without running them, and so can't know what attrs writes for a
class: which fields are keyword-only, which defaults stand, and that a field kept as `Fraction`
takes every exact number, because its converter does. This asks the classes themselves.
"""

from __future__ import annotations

import ast
import enum
import pydoc
from fractions import Fraction
from inspect import Parameter, signature
from typing import Any

import attrs
import griffe


class AttrsSignatures(griffe.Extension):
    """Give every attrs class the `__init__` that attrs wrote for it."""

    def on_class(self, *, cls: griffe.Class, **_: Any) -> None:  # noqa: ANN401 - griffe's own
        """Add the parameters to one class, if attrs made it."""
        made = pydoc.locate(cls.path)
        if not isinstance(made, type) or not attrs.has(made) or "__init__" in cls.members:
            return
        parameters = (_parameter(cls, each) for each in signature(made).parameters.values())
        first = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
        init = griffe.Function("__init__", parameters=griffe.Parameters(first, *parameters))
        cls.set_member("__init__", init)


def _parameter(cls: griffe.Class, taken: Parameter) -> griffe.Parameter:
    """Return one parameter: what its converter takes, or else what the field holds."""
    keyword = taken.kind is Parameter.KEYWORD_ONLY
    return griffe.Parameter(
        taken.name,
        annotation=_annotation(cls, taken),
        kind=griffe.ParameterKind["keyword_only" if keyword else "positional_or_keyword"],
        default=_default(taken.default),
    )


def _annotation(cls: griffe.Class, taken: Parameter) -> str | griffe.Expr | None:
    """Return the annotation that attrs took from the converter, or the field's own."""
    if isinstance(taken.annotation, str):
        return griffe.safe_get_annotation(ast.parse(taken.annotation, mode="eval").body, parent=cls)
    field = cls.all_members[taken.name]
    if isinstance(field, griffe.Alias):  # inherited
        field = field.final_target
    return field.annotation if isinstance(field, griffe.Attribute) else None


def _default(value: object) -> str | None:
    """Return a default as one would write it; `...` for what follows from other fields."""
    if value is Parameter.empty:
        return None
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Fraction):
        return str(value)
    kind = type(value)
    if attrs.has(kind):
        return f"{kind.__name__}({'...' if attrs.fields(kind) else ''})"
    return repr(value) if isinstance(value, str | int | tuple | None) else "..."
