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
from healthduty.exact import (
    MOST_DIGITS,
    UNIT_SCALES,
    Ratio,
    divide,
    scaled_decimal,
    to_fraction,
)
from healthduty.findings import Finding, Severity
from healthduty.ranks import (
    Direction,
    beaten,
    mean,
    percentile,
    pooled,
    ranks,
)
from healthduty.records.observe import State
from healthduty.records.record import NotApplicable, Plain, Record
from healthduty.results.among import group_text, named
from healthduty.results.references import (
    OWN,
    Absentees,
    Reference,
    Subject,
    Way,
    direction_of,
)
from healthduty.results.sightings import Sight
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind

_PLACES = 12
"""Decimals of a number that is too long to stand in a record exactly."""

_TOLD = 5
"""Ties that a finding names before it only counts."""


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
    lost = [each.record.name for each in seen if each.group is None]
    if lost:
        among = reference.among.value.removeprefix("same_")
        _tell(findings, reference, "cohort-no-group", f"the {among} is not known for {named(lost)}")
    groups = dict.fromkeys(each.group for each in seen if each.group is not None)
    work = _Group(reference, subject, target, findings)
    made = (work.figure(group, [each for each in seen if each.group == group]) for group in groups)
    return tuple(figure for figure in made if figure is not None)


def _tell(
    findings: list[Finding],
    reference: Reference,
    code: str,
    message: str,
    severity: Severity = Severity.ERROR,
    hint: str = "",
) -> None:
    text = f"`{reference.code}`: {message}"
    findings.append(Finding(code, text, severity=severity, hint=hint))


@attrs.frozen
class _Group:
    """One reference, worked out group by group."""

    reference: Reference
    subject: Subject
    target: Measure
    findings: list[Finding]

    def figure(self, group: str, seen: Sequence[Seen]) -> Figure | None:
        """Return what it comes to in one group; None where that can't be told."""
        known = [each for each in seen if each.sight.number is not None]
        if self.reference.way is Way.LAST_YEAR:
            self._tell_of_newcomers(seen)
            own = {each.record.facility: self._last_year(each.sight) for each in known}
            return Figure(self.reference, group, len(known), own=own)
        if not self._complete(seen):
            return None
        if not known:
            text = f"there is nobody to compare among {group_text(group, 'en')}"
            _tell(self.findings, self.reference, "cohort-nobody", text, Severity.WARNING)
            return None
        if self.reference.way in OWN:
            return Figure(self.reference, group, len(known), own=self._own(known))
        value = self._value(known)
        return None if value is None else Figure(self.reference, group, len(known), value)

    # --- who is there ------------------------------------------------------------------------

    def _complete(self, seen: Sequence[Seen]) -> bool:
        """Tell whether it can be worked out, naming whoever is lacking or left out."""
        aside = [each.record.name for each in seen if each.sight.why is State.NOT_APPLICABLE]
        if aside:
            text = f"`{self.reference.of}` does not apply to {named(aside)}: left out"
            _tell(self.findings, self.reference, "cohort-not-applicable", text, Severity.NOTE)
        faults = [each for each in seen if each.sight.why is State.FAULT]
        lacking = [each.record.name for each in seen if each.sight.why is State.MISSING]
        if faults:
            names = named([each.record.name for each in faults])
            text = f"{names}: {faults[0].sight.fault}"
            self._tell_of_absentees("cohort-fault", text)
        if lacking:
            self._tell_of_absentees(
                "cohort-missing", f"`{self.reference.of}` is missing for {named(lacking)}"
            )
        return not (faults or lacking) or self.reference.absentees is Absentees.LEAVE_OUT

    def _tell_of_absentees(self, code: str, text: str) -> None:
        if self.reference.absentees is Absentees.LEAVE_OUT:
            _tell(
                self.findings,
                self.reference,
                "cohort-left-out",
                f"{text}: left out",
                Severity.WARNING,
            )
            return
        hint = 'nothing is worked out; absentees="leave_out" goes on without them'
        _tell(self.findings, self.reference, code, text, hint=hint)

    def _tell_of_newcomers(self, seen: Sequence[Seen]) -> None:
        new = [each.record.name for each in seen if each.sight.why is State.MISSING]
        if new:
            text = f"last year's `{self.reference.of}` is missing for {named(new)}"
            _tell(self.findings, self.reference, "cohort-no-last-year", text, Severity.WARNING)
        bad = [each for each in seen if each.sight.why is State.FAULT]
        if bad:
            names = named([each.record.name for each in bad])
            text = f"last year's {names}: {bad[0].sight.fault}"
            _tell(self.findings, self.reference, "cohort-fault", text)

    # --- a value for each --------------------------------------------------------------------

    def _own(self, known: Sequence[Seen]) -> dict[str, Plain]:
        """Return each unit's own place among them."""
        way, numbers = self.reference.way, [_number(each) for each in known]
        direction = direction_of(self.reference, self.subject)
        keys = [each.record.facility for each in known]
        if way is Way.PERCENTILE_RANK:
            pairs = beaten(numbers, direction)
            if len(pairs) == 1:
                text = f"`{known[0].record.name}` has no others to be compared with"
                _tell(self.findings, self.reference, "cohort-nobody", text, Severity.WARNING)
            return dict(zip(keys, map(self._share, pairs), strict=True))
        if way is Way.RANK_FROM_LAST:
            direction = _OPPOSITE[direction]
        places = ranks(numbers, direction, self.reference.ties)
        self._tell_of_ties(known, places)
        return dict(zip(keys, places, strict=True))

    def _tell_of_ties(self, known: Sequence[Seen], places: Sequence[int]) -> None:
        shared: dict[int, list[str]] = {}
        for each, place in zip(known, places, strict=True):
            shared.setdefault(place, []).append(each.record.name)
        ties = [
            f"{named(names)} share rank {place}"
            for place, names in sorted(shared.items())
            if len(names) > 1
        ]
        if ties:
            rest = [f"and {len(ties) - _TOLD} more ties"] if len(ties) > _TOLD else []
            text = "; ".join(ties[:_TOLD] + rest)
            _tell(self.findings, self.reference, "cohort-tie", text, Severity.NOTE)

    def _share(self, pair: tuple[int, int]) -> Plain:
        """Return how many of the others a unit beats, as the measure wants it."""
        if not pair[1]:
            return NotApplicable("没有可比较的单位")
        if self.target.kind in RATE_KINDS:
            return Ratio(*pair)
        return self._plain(Fraction(100 * pair[0], pair[1]))

    def _last_year(self, sight: Sight) -> Plain:
        """Return last year's value as it was stated; a bare number in the unit of its measure."""
        if sight.number is None or not isinstance(self.subject, Measure):
            return sight.plain
        if self.subject.kind in RATE_KINDS and sight.ratio is None:
            return self._plain(self._in_unit(sight.number))
        return sight.plain

    # --- one value for all -------------------------------------------------------------------

    def _value(self, known: Sequence[Seen]) -> Plain:
        """Return the one value of them all; None where they lack what it is worked out from."""
        way, numbers = self.reference.way, [_number(each) for each in known]
        if way is Way.MEAN and _is_rate(self.subject):
            return self._pooled(known)
        if way is Way.WEIGHTED_MEAN:
            return self._weighted(known, numbers)
        direction = direction_of(self.reference, self.subject)
        number = _WORKED_OUT[way](numbers, direction, self.reference.at)
        if isinstance(self.subject, Measure) and self.subject.kind is MeasureKind.LEVEL:
            return self.subject.levels[int(number)]
        return self._plain(self._in_unit(number))

    def _pooled(self, known: Sequence[Seen]) -> Plain:
        """Return the rate of all together: their numerators over their denominators."""
        bare = [each.record.name for each in known if each.sight.ratio is None]
        if bare:
            text = f"`{self.reference.of}` comes without its two counts from {named(bare)}"
            hint = 'write 17/20, or ask for way="plain_mean"'
            _tell(self.findings, self.reference, "cohort-no-pair", text, hint=hint)
            return None
        ratios = [each.sight.ratio for each in known if each.sight.ratio is not None]
        top, bottom = pooled([(each.numerator, each.denominator) for each in ratios])
        if self.reference.places is None and self.target.kind in RATE_KINDS:
            return Ratio(top, bottom)
        return self._plain(self._in_unit(top * _scale(self.subject) / bottom))

    def _weighted(self, known: Sequence[Seen], numbers: Sequence[Fraction]) -> Plain:
        weights = [_people(each.record) for each in known]
        lacking = [
            each.record.name for each, weight in zip(known, weights, strict=True) if weight is None
        ]
        if lacking or not any(weights):
            text = f"no population for {named(lacking)}" if lacking else "nobody has a population"
            _tell(self.findings, self.reference, "cohort-no-weight", text)
            return None
        return self._plain(self._in_unit(mean(numbers, [weight or 0 for weight in weights])))

    def _in_unit(self, number: Fraction) -> Fraction:
        """Return a number in the unit of the measure that it becomes."""
        if self.target.kind in RATE_KINDS and _is_rate(self.subject):
            return number * UNIT_SCALES[self.target.unit] / _scale(self.subject)
        return number

    def _plain(self, number: Fraction) -> Plain:
        """Return a number as it stands in a record: rounded where asked, else exactly."""
        places = self.reference.places
        if places is None and _is_short(number):
            return number.numerator if number.denominator == 1 else number
        if places is None:
            text = f"the exact number is too long for a record: rounded to {_PLACES} decimals"
            _tell(self.findings, self.reference, "cohort-rounded", text, Severity.ASSUMPTION)
            places = _PLACES
        return scaled_decimal(divide(number.numerator * 10**places, number.denominator), places)


_OPPOSITE = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
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


def _number(seen: Seen) -> Fraction:
    number = seen.sight.number
    return Fraction(0) if number is None else number


def _is_rate(subject: Subject) -> bool:
    return isinstance(subject, Measure) and subject.kind in RATE_KINDS


def _scale(subject: Subject) -> int:
    return UNIT_SCALES[subject.unit] if isinstance(subject, Measure) else 1


def _is_short(number: Fraction) -> bool:
    """Tell whether a record takes a number as it is."""
    most = 4 * MOST_DIGITS  # as `exact` measures an integer
    return max(number.numerator.bit_length(), number.denominator.bit_length()) <= most


def _people(record: Record) -> Fraction | None:
    if record.population is None:
        return None
    try:
        people = to_fraction(record.population, "population")
    except NumberError:  # the sheet says so
        return None
    return people if people >= 0 else None
