"""Grades of the total, and what follows from them: honours, praise, accountability.

Bands are ordered from the best grade down; a shared boundary belongs to the upper one.

Source: semantics 9; vocabulary “Grade scale”.

>>> scale = GradeScale.of(优秀=90, 合格=60, 不合格=None)
>>> [grade.name for grade in scale.grades]
['优秀', '合格', '不合格']
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.exact import Number
from healthduty.rules.condition import Condition
from healthduty.rules.measure import to_names
from healthduty.rules.threshold import to_optional_number


@attrs.frozen
class Grade:
    """One band of the total: from `low` points up to the band above it.

    `low` None has no lower bound; `low_in` False makes the bound exclusive (超过90分). `when`
    is what the grade asks beyond its band: a total in the band that does not meet it gets the
    next grade down.
    """

    name: str
    low: Fraction | None = attrs.field(default=None, converter=to_optional_number)
    low_in: bool = attrs.field(default=True, kw_only=True)
    when: Condition | None = attrs.field(default=None, kw_only=True)


def _to_grades(grades: Iterable[Grade]) -> tuple[Grade, ...]:
    return tuple(grades)


@attrs.frozen
class GradeScale:
    """The grades, best first (80以上 / 60–80 / 60以下 reads as ≥ 80, ≥ 60, below)."""

    grades: tuple[Grade, ...] = attrs.field(converter=_to_grades)

    @classmethod
    def of(cls, **lows: Number | None) -> GradeScale:
        """Make a scale from names and lower bounds, best first."""
        return cls(Grade(name, low) for name, low in lows.items())

    def index(self, name: str) -> int | None:
        """Return the place of a grade, 0 being the best, or None where it is unknown."""
        names = [grade.name for grade in self.grades]
        return names.index(name) if name in names else None


class ConsequenceKind(enum.StrEnum):
    """What follows from a result."""

    HONOUR = "honour"
    """评优评先: barred by a veto."""
    PRAISE = "praise"
    MONEY = "money"
    ACCOUNTABILITY = "accountability"
    CORRECTION = "correction"
    NOTICE = "notice"


@attrs.frozen
class Consequence:
    """What follows for the grades that are named; for all where none is."""

    kind: ConsequenceKind = attrs.field(converter=ConsequenceKind)
    text: str
    grades: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)
    code: str = attrs.field(default="", kw_only=True)
