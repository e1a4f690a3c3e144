"""Sections, indicators and their parts: what must be reached, for how many points.

A section holds indicators or further sections; an indicator may hold parts (其中…2分). Each of
them may have rules of its own.

Source: vocabulary “Section”, “Indicator”, “Part”, “Target”.

>>> Indicator("2.1", "患者满意", points=3).points
Fraction(3, 1)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.exact import Number, to_fraction
from healthduty.model.excusal import Excusal
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import to_code
from healthduty.rules.points import to_optional_points
from healthduty.rules.rule import Assumption, Rule
from healthduty.rules.threshold import Threshold, to_threshold
from healthduty.sources import Citation


@attrs.frozen
class Target:
    """What a measure must reach: comparator and value, in the measure's unit."""

    measure: str = attrs.field(converter=to_code)
    comparator: Comparator = attrs.field(converter=Comparator)
    value: Threshold = attrs.field(converter=to_threshold)


def to_floor(value: Number | None) -> Fraction | None:
    """Convert a floor: a number of points, or None where there is no bottom (倒扣无限)."""
    return None if value is None else to_fraction(value, "floor")


def to_rules(rules: Rule | Iterable[Rule]) -> tuple[Rule, ...]:
    """Take one rule or several."""
    return tuple(rules) if isinstance(rules, Iterable) else (rules,)


def _to_targets(targets: Target | Iterable[Target]) -> tuple[Target, ...]:
    return (targets,) if isinstance(targets, Target) else tuple(targets)


@attrs.frozen
class Part:
    """An indicator in small inside an indicator: own points, rules, floor (得分点).

    `floor` is what the item can't fall below: 0 by default (扣完为止), a negative number where
    it may (倒扣). `evidence_required` forfeits the item where a value was observed without
    written evidence. `excused` overrides the agreement's way with items that don't apply.
    """

    number: str
    title: str = ""
    points: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    rules: tuple[Rule, ...] = attrs.field(default=(), kw_only=True, converter=to_rules)
    floor: Fraction | None = attrs.field(default=Fraction(0), kw_only=True, converter=to_floor)
    requirement: str = attrs.field(default="", kw_only=True)
    method: str = attrs.field(default="", kw_only=True)
    targets: tuple[Target, ...] = attrs.field(default=(), kw_only=True, converter=_to_targets)
    evidence_required: bool = attrs.field(default=False, kw_only=True)
    excused: Excusal | None = attrs.field(default=None, kw_only=True)
    office: str = attrs.field(default="", kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)


def _to_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(parts)


@attrs.frozen
class Indicator(Part):
    """One requirement worth some points, or none; scored by its rules and its parts'.

    `requirement` is the text (考核要求), `method` how it is checked (考核方法), `office` who
    checks it. An indicator with points and no rule at all is scored by judgement from 0 to its
    points; one with neither is a requirement that is kept as text.
    """

    parts: tuple[Part, ...] = attrs.field(default=(), kw_only=True, converter=_to_parts)


def _to_members(parts: Iterable[Section | Indicator]) -> tuple[Section | Indicator, ...]:
    return tuple(parts)


@attrs.frozen
class Section:
    """A titled group of indicators or of further sections (大项).

    `points` is what its header states; `cap` is the most it may earn, bonuses included; its own
    rules take from, or add to, the sum of its items.
    """

    number: str
    title: str = ""
    parts: tuple[Section | Indicator, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_members
    )
    points: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    rules: tuple[Rule, ...] = attrs.field(default=(), kw_only=True, converter=to_rules)
    floor: Fraction | None = attrs.field(default=Fraction(0), kw_only=True, converter=to_floor)
    cap: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    text: str = attrs.field(default="", kw_only=True)
    office: str = attrs.field(default="", kw_only=True)
    excused: Excusal | None = attrs.field(default=None, kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)


Node = Section | Indicator | Part
"""Anything in the tree of an agreement that has a number."""


def children_of(node: Node) -> tuple[Node, ...]:
    """Return what stands right under a node, in written order."""
    return node.parts if isinstance(node, (Section, Indicator)) else ()
