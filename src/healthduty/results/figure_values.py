"""What a number worked out among units is in a record: a level, a pair, a number in its unit.

One reference has one subject, which says what its numbers are numbers of, and one target, the
measure that they become. However many units there were, their number is shaped here.

Source: semantics 1 (exact numbers), 2 (rates carry their unit; a pair is never divided first).

>>> rate, out = Measure("rate", unit="%"), Measure("out", unit="‰", kind="rate")
>>> from healthduty.results.references import Reference
>>> teller = Teller(Reference("out", of="rate"), [])
>>> Shape(rate, out, teller).number(Fraction(85))
850
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.exact import MOST_DIGITS, UNIT_SCALES, Ratio, divide, scaled_decimal, show
from healthduty.records.observe import State, observe
from healthduty.records.record import NotApplicable, Plain
from healthduty.results.figure_findings import Teller
from healthduty.results.references import Subject, subject_text
from healthduty.results.sightings import Sight
from healthduty.rules.measure import RATE_KINDS, Absent, Measure, MeasureKind
from healthduty.wording import number_text

PLACES = 12
"""Decimals of a number that is too long to stand in a record exactly."""

ALONE = NotApplicable("没有可比较的单位")
"""What a unit gets that there are no others beside."""


@attrs.frozen
class Shape:
    """Shapes what a reference comes to: `subject` is what it is of, `target` what it becomes."""

    subject: Subject
    target: Measure
    teller: Teller

    def number(self, number: Fraction) -> Plain:
        """Return one value of all, which is a number in the subject's unit, or a level's place."""
        if isinstance(self.subject, Measure) and self.subject.kind is MeasureKind.LEVEL:
            return self.subject.levels[int(number)]
        return self._plain(self._in_unit(number))

    def pooled(self, top: Fraction, bottom: Fraction) -> Plain:
        """Return the rate of all together, as the pair that it was counted as where it can be."""
        if self.teller.reference.places is None and self.target.kind in RATE_KINDS:
            return Ratio(top, bottom)
        return self._plain(self._in_unit(top * _scale(self.subject) / bottom))

    def share(self, beaten: int, others: int) -> Plain:
        """Return how many of the others a unit beats, as the measure wants it."""
        if not others:
            return ALONE
        if self.target.kind in RATE_KINDS:
            return Ratio(beaten, others)
        return self._plain(Fraction(100 * beaten, others))

    def last_year(self, sight: Sight) -> Plain:
        """Return last year's value as it was stated; a bare number in the unit of its measure.

        A blank that meant none, or zero, is that number this year too.
        """
        if sight.number is None or not isinstance(self.subject, Measure):
            return sight.plain
        if sight.number == 0 and _is_blank(self.subject, sight.plain):
            return 0
        if self.subject.kind in RATE_KINDS and sight.ratio is None:
            return self._plain(self._in_unit(sight.number))
        return sight.plain

    def own_of_last_year(self, sight: Sight) -> Plain:
        """Return what a unit gets for its sight of last year; None where it gets nothing."""
        if sight.why is State.NOT_APPLICABLE:
            return silent(self.subject)
        return None if sight.number is None else self.last_year(sight)

    def _in_unit(self, number: Fraction) -> Fraction:
        """Return a number in the unit of the measure that it becomes."""
        if self.target.kind in RATE_KINDS and is_rate(self.subject):
            return number * UNIT_SCALES[self.target.unit] / _scale(self.subject)
        return number

    def _plain(self, number: Fraction) -> Plain:
        """Return a number as it stands in a record: rounded where asked, else exactly."""
        places = self.teller.reference.places
        if places is None and _is_short(number):
            return number.numerator if number.denominator == 1 else number
        if places is None:
            self.teller.rounded(PLACES)
            places = PLACES
        return scaled_decimal(divide(number.numerator * 10**places, number.denominator), places)


def silent(subject: Subject) -> NotApplicable:
    """Return what a unit gets to whom the subject does not apply."""
    return NotApplicable(f"{subject_text(subject, 'zh')}不适用")


def _is_blank(measure: Measure, plain: Plain) -> bool:
    """Tell whether a value of a counted measure is none at all."""
    if measure.absent is Absent.ERROR or measure.kind in {MeasureKind.LEVEL, MeasureKind.FLAG}:
        return False
    return observe(attrs.evolve(measure, absent=Absent.ERROR), plain, []) is State.MISSING


def is_rate(subject: Subject) -> bool:
    """Tell whether what is asked about is a rate, of which the two counts may be known."""
    return isinstance(subject, Measure) and subject.kind in RATE_KINDS


def _scale(subject: Subject) -> int:
    return UNIT_SCALES[subject.unit] if isinstance(subject, Measure) else 1


def _is_short(number: Fraction) -> bool:
    """Tell whether a record takes a number as it is."""
    most = 4 * MOST_DIGITS  # as `exact` measures an integer
    return max(number.numerator.bit_length(), number.denominator.bit_length()) <= most


def worth_text(value: Plain, measure: Measure) -> str:
    """Return a frozen value as people read it: a rate with the pair that it was counted as."""
    seen = observe(measure, value, [])
    if isinstance(seen, State):
        return "—"
    if measure.kind is MeasureKind.LEVEL:
        return str(value)
    text = number_text(Fraction(*seen), measure)
    if isinstance(value, Ratio):
        return f"{text} ({show(value.numerator)}/{show(value.denominator)})"
    return text
