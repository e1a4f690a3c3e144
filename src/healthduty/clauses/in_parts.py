"""What is held against a number with decimals is measured in parts, and is no count: CMI≥1.05.

A count is a whole number, and a record with another is refused. Averages, ratios, indices and
lengths of time are told by their names (`names.quantities`); what else is no count shows in the
numbers that it is held against: 每超0.5天, 不低于1.2次.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”; semantics 1.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("报告发放控制在3天以内，每超0.5天扣1分").measures[0].kind.value
'amount'
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import attrs

from healthduty.clauses.context import Context
from healthduty.rules.points import Share

_HELD = frozenset({"target", "threshold", "step", "low", "high", "at", "value"})
"""The fields that hold what a measure is held against."""


def measure_in_parts(context: Context, read: Iterable[object]) -> None:
    """Make amounts of the counts that rules, parts and targets hold against broken numbers."""
    for each in (*(draft.rule for draft in context.drafts), *read):
        for code, number in _held(each, ""):
            if number.denominator > 1:
                context.quantities.in_parts(code)


def _held(value: Any, code: str) -> Iterator[tuple[str, Fraction]]:  # noqa: ANN401 - whatever a rule holds
    """Go through the numbers in something, each with the measure that is held against it."""
    if isinstance(value, tuple):
        for member in value:
            yield from _held(member, code)
        return
    own: Any = type(value)
    names = _fields(own)
    if "measure" in names and isinstance(value.measure, str):
        code = value.measure
    for name in names:
        member = getattr(value, name)
        kind: Any = type(member)
        if kind is Fraction and name in _HELD:
            yield code, member
        elif isinstance(member, tuple) or _fields(kind):
            yield from _held(member, code)


@functools.cache
def _fields(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type
    """Return the fields of a type of records that may hold such numbers; nothing of any other."""
    if not attrs.has(kind) or issubclass(kind, Share):
        return ()
    return tuple(field.name for field in attrs.fields(kind) if field.eq or field.name in _HELD)
