"""Figures: what one reference comes to in one group of units, as a number that is frozen.

Rates are added up by their two counts, and whoever is lacking is named: nobody is left out in
silence, for whoever is left out is usually the worst.

Source: semantics 2, 7, 14; “mean, best, rank, percentile”, “ranking with ties”.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import attrs

from healthduty.errors import NumberError
from healthduty.exact import to_fraction
from healthduty.findings import Finding
from healthduty.ranks import (
    Direction,
    beaten,
    mean,
    percentile,
    pooled,
    ranks,
)
from healthduty.records.observe import State
from healthduty.records.record import Plain, Record
from healthduty.results.among import group_text
from healthduty.results.figure_findings import Teller
from healthduty.results.figure_values import Shape, is_rate, silent
from healthduty.results.references import (
    OWN,
    Absentees,
    Reference,
    Subject,
    Way,
    direction_of,
    subject_text,
    way_text,
)
from healthduty.results.sightings import Sight
from healthduty.rules.measure import Measure


@attrs.frozen
class Seen:
    """A unit, the group it is compared in (None where that is not known), and what is seen."""

    record: Record
    group: str | None
    sight: Sight


def _to_own(own: Mapping[str, Plain]) -> Mapping[str, Plain]:
    return MappingProxyType(dict(own))


@attrs.frozen
class Figure:
    """What a reference came to in a group: one value for all, or one for each facility's key.

    `units` are those that it was worked out from.
    """

    reference: Reference
    group: str
    units: int
    value: Plain = None
    own: Mapping[str, Plain] = attrs.field(factory=dict, converter=_to_own, hash=False)


def value_of(figure: Figure, subject: Subject, seen: Seen) -> Plain:
    """Return what a figure makes of a record; None where it makes nothing."""
    if figure.reference.way not in OWN:
        return figure.value
    if seen.sight.why is State.NOT_APPLICABLE:
        return silent(subject)
    return figure.own.get(seen.record.facility)


def evidence_of(figure: Figure, subject: Subject) -> str:
    """Return where a value comes from, in words: 全部3家接种率均值."""
    if figure.reference.way is Way.LAST_YEAR:
        return f"{subject_text(subject, 'zh')}上年值"
    among = group_text(figure.group, "zh")
    way = way_text(figure.reference, "zh")
    return f"{among}{figure.units}家{subject_text(subject, 'zh')}{way}"


def figures_of(
    reference: Reference,
    subject: Subject,
    target: Measure,
    seen: Sequence[Seen],
    findings: list[Finding],
) -> tuple[Figure, ...]:
    """Return what a reference comes to in each group; where it comes to nothing, findings say why.

    `target` is the measure that it becomes.
    """
    teller = Teller(reference, findings)
    lost = [each.record.name for each in seen if each.group is None]
    if lost:
        teller.no_group(lost)
    groups = dict.fromkeys(each.group for each in seen if each.group is not None)
    work = _Group(reference, subject, Shape(subject, target, teller), teller)
    made = (work.figure(group, [each for each in seen if each.group == group]) for group in groups)
    return tuple(figure for figure in made if figure is not None)


@attrs.frozen
class _Group:
    """One reference, worked out group by group."""

    reference: Reference
    subject: Subject
    shape: Shape
    teller: Teller

    def figure(self, group: str, seen: Sequence[Seen]) -> Figure | None:
        """Return what it comes to in one group; None where that can't be told."""
        known = [each for each in seen if each.sight.number is not None]
        if self.reference.way is Way.LAST_YEAR:
            self._tell_of_newcomers(seen)
            own = {each.record.facility: self.shape.last_year(each.sight) for each in known}
            return Figure(self.reference, group, len(known), own=own)
        if not self._complete(seen):
            return None
        if not known:
            self.teller.nobody(group)
            return None
        if self.reference.way in OWN:
            return Figure(self.reference, group, len(known), own=self._own(known))
        value = self._value(known)
        return None if value is None else Figure(self.reference, group, len(known), value)

    # --- who is there ------------------------------------------------------------------------

    def _complete(self, seen: Sequence[Seen]) -> bool:
        """Tell whether it can be worked out, naming whoever is lacking or left out."""
        aside, faults, lacking = (
            [each for each in seen if each.sight.why is why]
            for why in (State.NOT_APPLICABLE, State.FAULT, State.MISSING)
        )
        if aside:
            self.teller.aside(_names(aside))
        if faults:
            self.teller.faults(_names(faults), faults[0].sight.fault)
        if lacking:
            self.teller.missing(_names(lacking))
        return not (faults or lacking) or self.reference.absentees is Absentees.LEAVE_OUT

    def _tell_of_newcomers(self, seen: Sequence[Seen]) -> None:
        new = [each for each in seen if each.sight.why is State.MISSING]
        if new:
            self.teller.newcomers(_names(new))
        bad = [each for each in seen if each.sight.why is State.FAULT]
        if bad:
            self.teller.old_faults(_names(bad), bad[0].sight.fault)

    # --- a value for each --------------------------------------------------------------------

    def _own(self, known: Sequence[Seen]) -> dict[str, Plain]:
        """Return each unit's own place among them."""
        way, numbers = self.reference.way, [_number(each) for each in known]
        direction = direction_of(self.reference, self.subject)
        keys = [each.record.facility for each in known]
        if way is Way.PERCENTILE_RANK:
            pairs = beaten(numbers, direction)
            if len(pairs) == 1:
                self.teller.alone(known[0].record.name)
            return dict(zip(keys, (self.shape.share(*pair) for pair in pairs), strict=True))
        if way is Way.RANK_FROM_LAST:
            direction = OPPOSITE[direction]
        places = ranks(numbers, direction, self.reference.ties)
        self._tell_of_ties(known, places)
        return dict(zip(keys, places, strict=True))

    def _tell_of_ties(self, known: Sequence[Seen], places: Sequence[int]) -> None:
        shared: dict[int, list[str]] = {}
        for each, place in zip(known, places, strict=True):
            shared.setdefault(place, []).append(each.record.name)
        self.teller.ties([each for each in sorted(shared.items()) if len(each[1]) > 1])

    # --- one value for all -------------------------------------------------------------------

    def _value(self, known: Sequence[Seen]) -> Plain:
        """Return the one value of them all; None where they lack what it is worked out from."""
        way, numbers = self.reference.way, [_number(each) for each in known]
        if way is Way.MEAN and is_rate(self.subject):
            return self._pooled(known)
        if way is Way.WEIGHTED_MEAN:
            return self._weighted(known, numbers)
        direction = direction_of(self.reference, self.subject)
        return self.shape.number(_WORKED_OUT[way](numbers, direction, self.reference.at))

    def _pooled(self, known: Sequence[Seen]) -> Plain:
        """Return the rate of all together: their numerators over their denominators."""
        bare = [each for each in known if each.sight.ratio is None]
        if bare:
            self.teller.bare(_names(bare))
            return None
        ratios = [each.sight.ratio for each in known if each.sight.ratio is not None]
        pairs = [(each.numerator, each.denominator) for each in ratios]
        return self.shape.pooled(*pooled(pairs))

    def _weighted(self, known: Sequence[Seen], numbers: Sequence[Fraction]) -> Plain:
        weights = [people_of(each.record) for each in known]
        lacking = [each for each, weight in zip(known, weights, strict=True) if weight is None]
        if lacking or not any(weights):
            self.teller.weightless(_names(lacking))
            return None
        return self.shape.number(mean(numbers, [weight or 0 for weight in weights]))


OPPOSITE = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
_Work = Callable[[Sequence[Fraction], Direction, Fraction | None], Fraction]
_WORKED_OUT: Mapping[Way, _Work] = {
    Way.MEAN: lambda numbers, _, __: mean(numbers),
    Way.PLAIN_MEAN: lambda numbers, _, __: mean(numbers),
    Way.MEDIAN: lambda numbers, direction, _: percentile(numbers, 50, direction),
    Way.BEST: lambda numbers, direction, _: percentile(numbers, 100, direction),
    Way.WORST: lambda numbers, direction, _: percentile(numbers, 0, direction),
    Way.PERCENTILE: lambda numbers, direction, at: percentile(numbers, at or 0, direction),
}
"""The ways that take nothing but the numbers."""


def _names(seen: Sequence[Seen]) -> list[str]:
    return [each.record.name for each in seen]


def _number(seen: Seen) -> Fraction:
    number = seen.sight.number
    return Fraction(0) if number is None else number


def people_of(record: Record) -> Fraction | None:
    """Return the people by whom a unit's value weighs; None where it does not say them."""
    if record.population is None:
        return None
    try:
        people = to_fraction(record.population, "population")
    except NumberError:  # the sheet says so
        return None
    return people if people >= 0 else None
