"""The points scale: the smallest unit of points, in which a whole agreement is integers.

It has as many decimals as the finest point, cap, floor or factor of the agreement needs; what
never ends (a third of the points) is rounded to the agreement's place instead.

Source: “How a point is lost”, section 2.

>>> Scale(places=2, granule=10, rounding=0).points(Fraction(1, 2), full=Fraction(3))
(50, 1)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.exact import decimal_places
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.model.tree import Spot
from healthduty.rules.points import Points, Share
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Rule,
    members_of,
)
from healthduty.rules.tally import Cases
from healthduty.scoring.ops import NO_LIMIT, Modifiers


class Scale(NamedTuple):
    """Points as integers: `places` decimals; amounts round to `granule` by the mode `rounding`."""

    places: int
    granule: int
    rounding: int

    @property
    def unit(self) -> int:
        """How many of the smallest unit make a point."""
        return int(10**self.places)

    def points(self, points: Points, full: Fraction) -> tuple[int, int]:
        """Return points as a pair in points scale; a share is of the item's points."""
        value = points.part * full if isinstance(points, Share) else points
        scaled = value * self.unit
        return scaled.numerator, scaled.denominator

    def limit(self, value: Fraction | None) -> int:
        """Return a limit in points scale, NO_LIMIT where there is none."""
        return NO_LIMIT if value is None else int(value * self.unit)

    def is_even(self, per_n: int, per_d: int, factors: Iterable[Fraction]) -> bool:
        """Whether points, and their products with any of the factors, are whole in the scale."""
        places = places_of(Fraction(per_n, per_d * self.unit), factors)
        return places is not None and places <= self.places

    def modifiers(self, *, even: bool, when: int = -1) -> Modifiers:
        """Return how an amount is rounded: not at all where it comes out even."""
        if even:
            return Modifiers(when)
        return Modifiers(when, granule=self.granule, rounding=self.rounding)


def scale_of(agreement: Agreement, spots: Iterable[Spot]) -> Scale:
    """Return the scale that holds every point, cap, floor and even product exactly."""
    rounding = agreement.rounding
    places = max(_places_needed(agreement, spots))
    return Scale(places, 10 ** (places - rounding.places), rounding.code)


def _places_needed(agreement: Agreement, spots: Iterable[Spot]) -> Iterator[int]:
    yield agreement.rounding.places
    yield agreement.total_places or 0
    for limit in _limits(agreement, spots):
        yield decimal_places(limit) or 0
    for spot in spots:
        for rule in spot.node.rules:
            for member in members_of(rule):
                for points in _points_of(member):
                    value = points.part * spot.full if isinstance(points, Share) else points
                    yield places_of(value, factors_of(member)) or 0


def _limits(agreement: Agreement, spots: Iterable[Spot]) -> Iterator[Fraction]:
    """Go through all points, caps and floors of nodes, and all caps of rules."""
    limits: list[Fraction | None] = [agreement.bonus_cap]
    for spot in spots:
        node = spot.node
        limits += [spot.full, node.floor]
        limits.append(node.cap if isinstance(node, (Section, Agreement)) else None)
        for rule in node.rules:
            limits += _caps_of(rule)
    return (limit for limit in limits if limit is not None)


def _caps_of(rule: Rule) -> Iterator[Fraction | None]:
    if isinstance(rule, (Deduction, Bonus, Group)):
        yield rule.cap
    if isinstance(rule, Group):
        for member in rule.rules:
            yield from _caps_of(member)


def _points_of(rule: Rule) -> Iterator[Points]:
    """Go through all points that a rule names, caps aside."""
    match rule:
        case Deduction() | Bonus():
            yield rule.points
        case Bands():
            yield from (band.points for band in rule.bands)
            if rule.otherwise is not None:
                yield rule.otherwise
        case Judgement():
            yield rule.least
        case Curve() | Forfeit() | Group():
            return
        case _:
            assert_never(rule)


def places_of(points: Fraction, factors: Iterable[Fraction]) -> int | None:
    """Return the decimals that points × any of the factors need, None where they never end."""
    total = decimal_places(points)
    for factor in factors:
        places = decimal_places(factor)
        if total is None or places is None:
            return None
        total += places
    return total


def factors_of(rule: Rule) -> list[Fraction]:
    """Return what a rule's points may be multiplied by, beside whole counts.

    Of the weights of cases the one that needs most decimals stands for their sum.
    """
    if not isinstance(rule, (Deduction, Bonus)):
        return []
    factors = [times.factor for times in rule.times]
    if isinstance(rule.tally, Cases) and rule.tally.by is not None:
        by = rule.tally.by
        weights = [*(weight for _, weight in by.weights), by.otherwise or Fraction(1)]
        factors.append(max(weights, key=_places_key))
    return factors


def _places_key(value: Fraction) -> int:
    places = decimal_places(value)
    return NO_LIMIT if places is None else places
