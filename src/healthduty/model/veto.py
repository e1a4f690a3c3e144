"""Vetoes (一票否决): the event that forces a grade, bars honours, withholds money or zeroes.

A veto is a fact with evidence, never inferred from a low score. It leaves the arithmetic
visible and states its effect beside it.

Source: semantics 6; vocabulary “Veto”; row A2 (an accident in the year bars honours).

>>> from healthduty.rules.condition import Flag
>>> Veto("accident", "发生责任事故", when=Flag("accident"), effects=BarHonours()).effects
(BarHonours(codes=()),)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.rules.condition import Condition
from healthduty.rules.measure import to_names
from healthduty.rules.threshold import to_number
from healthduty.sources import Citation


@attrs.frozen
class ForceGrade:
    """The grade is this one, whatever the total."""

    grade: str


@attrs.frozen
class LowerGrade:
    """The grade falls by so many steps, to the worst at most."""

    steps: int = 1


@attrs.frozen
class CapGrade:
    """The grade is at most this one."""

    grade: str


@attrs.frozen
class BarHonours:
    """No honours: those whose consequence codes are named, all where none is."""

    codes: tuple[str, ...] = attrs.field(default=(), converter=to_names)


@attrs.frozen
class WithholdMoney:
    """A share of the money is withheld: of one pool, or of all where none is named."""

    share: Fraction = attrs.field(default=Fraction(1), converter=to_number)
    pool: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class ZeroSection:
    """What the section earned does not count in the total."""

    number: str


@attrs.frozen
class ZeroTotal:
    """The total is 0."""


VetoEffect = (
    ForceGrade | LowerGrade | CapGrade | BarHonours | WithholdMoney | ZeroSection | ZeroTotal
)
"""The closed union of what a veto does."""


def _to_effects(effects: VetoEffect | Iterable[VetoEffect]) -> tuple[VetoEffect, ...]:
    return tuple(effects) if isinstance(effects, Iterable) else (effects,)


@attrs.frozen
class Veto:
    """An event and what it does: to the unit or to persons, for a term, with exemptions.

    `exempt` is the condition under which the veto does not apply; `subject` says who is hit
    (unit, persons), `lasts` for how long, in words.
    """

    code: str
    title: str = ""
    when: Condition = attrs.field(kw_only=True)
    effects: tuple[VetoEffect, ...] = attrs.field(kw_only=True, converter=_to_effects)
    exempt: Condition | None = attrs.field(default=None, kw_only=True)
    subject: str = attrs.field(default="unit", kw_only=True)
    lasts: str = attrs.field(default="", kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
