"""Sections of a hundred points each that weigh 60 % and 40 %: the items' points by that share.

    一级指标 | 权重 | 二级指标   | 分值
    公共卫生 | 60%  | 建档率     | 50      30 of the whole
             |      | 规范管理率 | 50      30

Each rule of such a section counts by its share, so that the sections come to what they weigh. Where
somebody judges, nothing is changed: he gives points as the sheet states them.

Source: docs/en/explanation/how-tables-are-read.md, “Levels”; semantics 1 (exact to the end).

>>> from healthduty.rules.condition import Flag
>>> from healthduty.rules.tally import Once
>>> section = Section(
...     "1",
...     points=60,
...     parts=[Indicator("1.1", points=100, rules=[Deduction(Once(Flag("未建档")), points=5)])],
... )
>>> (item,) = weighed(section, share_of(section)).parts
>>> str(item.points), str(item.rules[0].points)
('60', '3')
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import attrs

from healthduty.exact import decimal_places
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.rules.points import Reach
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Rule,
    reach_of,
)

Scale = Callable[[Any], Any]
"""Points by their share; what is no number (full points, none) stays."""


def share_of(section: Section) -> Fraction | None:
    """Return what a point of a section's items counts; None where they are its points already."""
    points = [part.points for part in section.parts]
    stated = section.points
    if stated is None or section.rules or not points or any(each is None for each in points):
        return None
    whole = sum((each for each in points if each is not None), Fraction(0))
    if not whole or whole == stated or decimal_places(stated / whole) is None:
        return None
    return stated / whole


def weighed(section: Section, share: Fraction | None) -> Section | None:
    """Return a section whose items count by a share; None where they can't be weighed."""
    if share is None:
        return None
    scale = _by(share)
    items = [_item(part, scale) for part in section.parts]
    known = [item for item in items if item is not None]
    return attrs.evolve(section, parts=known) if len(known) == len(items) else None


def weighed_item(item: Indicator, share: Fraction) -> Indicator | None:
    """Return an item by a share; None where somebody judges it, or it reaches further."""
    found: Indicator | None = _item(item, _by(share))
    return found


def weighed_rules(rules: Iterable[Rule], share: Fraction) -> list[Rule]:
    """Return the rules of a weighed section's clause as they count."""
    return [_rule(rule, _by(share)) or rule for rule in rules]


def _by(share: Fraction) -> Scale:
    return lambda points: points * share if isinstance(points, Fraction) else points


def _item(item: Section | Indicator | Part, scale: Scale) -> Any:  # noqa: ANN401 - of its own sort
    """Return an item by its share; None where somebody judges it, or it reaches further."""
    if isinstance(item, Section):
        return None
    changes: dict[str, Any] = {"points": scale(item.points), "floor": scale(item.floor)}
    if isinstance(item, Indicator) and item.parts:
        changes["parts"] = [_item(part, scale) for part in item.parts]
    elif not item.rules:
        return None
    changes["rules"] = [_rule(rule, scale) for rule in item.rules]
    if None in changes["rules"] or None in changes.get("parts", ()):
        return None
    return attrs.evolve(item, **changes)


def _rule(rule: Rule, scale: Scale) -> Rule | None:
    """Return a rule by its share; None for one that is judged, or takes from further out."""
    if reach_of(rule) is not Reach.PART:
        return None
    match rule:
        case Deduction() | Bonus():
            return attrs.evolve(rule, points=scale(rule.points), cap=scale(rule.cap))
        case Bands():
            bands = [attrs.evolve(band, points=scale(band.points)) for band in rule.bands]
            return attrs.evolve(rule, bands=bands, otherwise=scale(rule.otherwise))
        case Curve():
            knots = [attrs.evolve(knot, points=scale(knot.points)) for knot in rule.knots]
            ends = {"below": scale(rule.below), "above": scale(rule.above)}
            return attrs.evolve(rule, knots=knots, **ends)
        case Forfeit():
            return rule
        case Group():
            members = [_rule(member, scale) for member in rule.rules]
            known = [member for member in members if member is not None]
            if len(known) < len(members):
                return None
            return attrs.evolve(rule, rules=known, cap=scale(rule.cap))
        case _:
            return None
