"""Rules as the Python that makes them: hd.Deduction(hd.StepsBelow("满意率", target=90, step=5), …).

Source: the public face, `healthduty read --python`.

>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> print(python_text(Deduction(StepsBelow("满意率", target=90, step=5), points="0.5", cap=2)))
hd.Deduction(
    hd.StepsBelow("满意率", target=90, step=5),
    points="0.5",
    cap=2,
)
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.convert.hints import fields_of, is_default
from healthduty.exact import decimal_places, show
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL

_WIDTH = 72
_INDENT = "    "


def python_text(thing: object) -> str:
    """Return the Python that makes a part of the model, with `healthduty` imported as `hd`.

    Evaluating it gives the same thing again, citations aside; a number that never comes out even
    is a `Fraction`.
    """
    return "\n".join(_made(thing))


def _made(thing: object) -> list[str]:
    """Return the lines that make a thing: one where they fit, else one an argument."""
    if thing == FULL and type(thing) is type(FULL):
        return ["hd.FULL"]
    if attrs.has(type(thing)):
        return _call(f"hd.{type(thing).__name__}", list(_arguments(thing)))
    if isinstance(thing, tuple):
        return _call("", [("", member) for member in thing])
    return [_scalar(thing)]


def _scalar(thing: object) -> str:
    match thing:
        case enum.Enum():
            return json.dumps(thing.value, ensure_ascii=False)
        case Fraction():
            return _number(thing)
        case str():
            return json.dumps(thing, ensure_ascii=False)
        case _:
            return repr(thing)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    places = decimal_places(value)
    return repr(value) if places is None else f'"{show(value, places)}"'


def _arguments(thing: object) -> Iterator[tuple[str, object]]:
    """Go through the arguments that differ from their defaults; the first go by place."""
    kind: type = type(thing)
    for field in fields_of(kind):
        value = getattr(thing, field.name)
        if not field.eq or (isinstance(thing, Measure) and _follows(thing, field.name)):
            continue
        if not is_default(field, thing, value):
            yield (field.name if field.kw_only else "", value)


def _follows(measure: Measure, name: str) -> bool:
    """Whether a measure's field is what follows from the others anyway."""
    if name not in {"kind", "absent"}:
        return False
    plain = Measure(measure.code, unit=measure.unit, levels=measure.levels)
    if name == "absent":
        plain = Measure(measure.code, unit=measure.unit, levels=measure.levels, kind=measure.kind)
    return bool(getattr(plain, name) == getattr(measure, name))


def _call(head: str, arguments: list[tuple[str, object]]) -> list[str]:
    parts = [(f"{name}=" if name else "", _made(value)) for name, value in arguments]
    flat = [prefix + lines[0] for prefix, lines in parts if len(lines) == 1]
    comma = "," if not head and len(parts) == 1 else ""
    line = f"{head}({', '.join(flat)}{comma})"
    if len(flat) == len(parts) and len(line) <= _WIDTH and not _rich(arguments, head):
        return [line]
    made = [f"{head}("]
    for prefix, lines in parts:
        made.append(_INDENT + prefix + lines[0])
        made.extend(_INDENT + rest for rest in lines[1:])
        made[-1] += ","
    return [*made, ")"]


def _rich(arguments: list[tuple[str, object]], head: str) -> bool:
    """Whether a call holds other calls, which read better on lines of their own."""
    return bool(head) and len(arguments) > 1 and any(attrs.has(type(v)) for _, v in arguments)
