"""What a rule holds, down to its numbers and words, without where it stands in a text.

Source: docs/en/explanation/how-text-is-read.md, promise 3 (every word shows in a rule, or is told).

>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import Cases
>>> rule = Deduction(Cases("迟报"), points="0.5", cap=2)
>>> texts_in(rule)[0], [str(number) for number in numbers_in(rule)]
('迟报', ['0', '1', '1/2', '2'])
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import attrs

from healthduty.rules.rule import Curve, Deduction, Rule
from healthduty.rules.tally import StepsBelow

_UNSAID = frozenset({"citation", "assumption"})
"""What says where a rule comes from, and not what it is."""


def texts_in(value: object) -> list[str]:
    """Return the words of a record, a tuple, or a word itself: names, what is judged."""
    return [
        each
        for each in _leaves(value)
        if isinstance(each, str) and not isinstance(each, enum.Enum)  # "part" is no name
    ]


def numbers_in(value: object) -> list[Fraction]:
    """Return the numbers of a record, a tuple, or a number itself."""
    leaves = _leaves(value)
    whole = [Fraction(each) for each in leaves if type(each) is int]
    return [each for each in leaves if type(each) is Fraction] + whole


def _leaves(value: object) -> list[object]:
    """Return what a record or a tuple holds in the end, itself where it is neither."""
    found: list[object] = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        kind: Any = type(each)
        if isinstance(each, tuple) or _held(kind):
            waiting.extend(reversed(members_of(each)))
        else:
            found.append(each)
    return found


def members_of(value: object) -> Sequence[object]:
    """Return what a record or a tuple holds, without citations and assumptions."""
    if isinstance(value, tuple):
        return value
    kind: Any = type(value)
    return [getattr(value, name) for name in _held(kind)]


def is_share(rule: Rule) -> bool:
    """Whether a rule's points follow a share, and need no step of it: 按比例扣分."""
    match rule:
        case Curve() | Deduction(tally=StepsBelow(step=None)):
            return True
        case _:
            return False


@functools.cache
def _held(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type
    """Return the fields of a type of records that say what it is; nothing of any other type."""
    if not attrs.has(kind):
        return ()
    return tuple(field.name for field in attrs.fields(kind) if field.name not in _UNSAID)
