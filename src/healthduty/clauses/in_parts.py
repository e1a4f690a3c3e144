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
    elif attrs.has(type(value)) and not isinstance(value, Share):
        own = getattr(value, "measure", code)
        code = own if isinstance(own, str) else code
        for field in attrs.fields(type(value)):
            member = getattr(value, field.name)
            if isinstance(member, Fraction) and field.name in _HELD:
                yield code, member
            elif field.eq:
                yield from _held(member, code)
