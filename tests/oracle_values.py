"""The oracle's section 1: what a record says, as exact numbers, and whether a condition holds.

Written from docs/en/explanation/how-a-point-is-lost.md alone; shares no code with the scorer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.exact import Ratio, RoundingMode
from healthduty.model.agreement import Agreement
from healthduty.records.record import (
    Case,
    Judged,
    Missing,
    NotApplicable,
    Observation,
    Record,
    Sample,
    Statement,
)
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import Absent, MeasureKind
from healthduty.rules.rule import (
    Judgement,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold

ZERO = Fraction(0)
_SCALES = {"%": 100, "‰": 1000, "1/万": 10**4, "1/10万": 10**5, "1/100万": 10**6}


class OracleMissing(Exception):  # noqa: N818 - a signal inside the oracle, no error of anybody's
    """Something that is read is missing, or the data is at fault; holds its code."""


def round_to(value: Fraction, places: int, mode: RoundingMode) -> Fraction:
    """Round the magnitude of `value` to so many decimals."""
    scaled = abs(value) * 10**places
    whole = math.floor(scaled)
    rest = scaled - whole
    half = Fraction(1, 2)
    up = {
        RoundingMode.HALF_UP: rest >= half,
        RoundingMode.HALF_EVEN: rest > half or (rest == half and whole % 2 == 1),
        RoundingMode.DOWN: False,
        RoundingMode.UP: rest > 0,
    }[mode]
    magnitude = Fraction(whole + up, 10**places)
    return -magnitude if value < 0 else magnitude


def is_decimal(value: Fraction) -> bool:
    """Tell whether a number comes out even as a decimal."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1


def reads(thing: object) -> Iterator[str]:
    """Go through every code that a rule or condition reads of the record, judgements too."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from reads(part)
    elif isinstance(thing, Judgement):
        yield thing.code
        yield from reads(thing.when)
    elif attrs.has(kind := type(thing)):
        for field in attrs.fields(kind):
            value = getattr(thing, field.name)
            if field.name == "measure":
                yield value
            elif field.name not in ("citation", "assumption"):
                yield from reads(value)


class Values:
    """One agreement, one record."""

    def __init__(self, agreement: Agreement, record: Record) -> None:
        """Keep the two."""
        self.agreement = agreement
        self.record = record

    def rounded(self, value: Fraction) -> Fraction:
        """Round to the place that the agreement names."""
        return round_to(value, self.agreement.rounding.places, self.agreement.rounding.mode)

    def plain(self, code: str) -> object:
        """Return the plain value that scores."""
        value: object = self.record.values.get(code)
        if isinstance(value, Observation):
            value = value.reviewed or value.verified or value.self_assessed
        if isinstance(value, Statement):
            value = value.value
        return None if isinstance(value, Missing) else value

    def unevidenced(self, code: str) -> bool:
        """Tell whether the value that scores was observed without written evidence."""
        value: object = self.record.values.get(code)
        if isinstance(value, Observation):
            value = value.reviewed or value.verified or value.self_assessed
        return isinstance(value, Statement) and value.unevidenced

    def not_applicable(self, code: str) -> bool:
        """Tell whether this does not apply: said so, or 0/0."""
        value = self.plain(code)
        nothing = isinstance(value, Ratio) and value.numerator == value.denominator == 0
        return isinstance(value, NotApplicable) or nothing

    def number(self, code: str) -> Fraction:
        """Return the one exact number of a measure, in its unit."""
        measure = self.agreement.measure(code)
        if measure is None:
            raise OracleMissing(code)
        value = self.plain(code)
        if value is None:
            if measure.absent is Absent.ERROR:
                raise OracleMissing(code)
            return ZERO
        match measure.kind:
            case MeasureKind.LEVEL:
                return Fraction(measure.levels.index(str(value)))
            case MeasureKind.FLAG:
                if isinstance(value, (tuple, list)):
                    return Fraction(bool(value))
                return Fraction(value in (True, "是", "有", "√"))
            case MeasureKind.RATE | MeasureKind.COMPLETION | MeasureKind.GROWTH:
                return _rate(value, measure.unit)
            case MeasureKind.COUNT | MeasureKind.AMOUNT | MeasureKind.CASES:
                return plain_number(value)
            case _:
                assert_never(measure.kind)

    def threshold(self, threshold: Threshold) -> Fraction:
        """Return the number that an observation is held against."""
        match threshold:
            case Fraction():
                return threshold
            case ByKind():
                number = dict(threshold.values).get(self.record.kind or "", threshold.default)
                if number is None:
                    raise OracleMissing("(kind)")
                return number
            case Given():
                return self.number(threshold.measure)
            case Multiple():
                return threshold.factor * self.number(threshold.measure) + threshold.plus
            case Blank():
                raise OracleMissing(f"____({threshold.name})")
            case _:
                assert_never(threshold)

    def holds(self, condition: Condition | None) -> bool:
        """Tell whether a condition holds; no condition always does."""
        match condition:
            case None:
                return True
            case Compare():
                value = self.number(condition.measure)
                against = self.threshold(condition.threshold)
                return {
                    Comparator.AT_LEAST: value >= against,
                    Comparator.MORE: value > against,
                    Comparator.AT_MOST: value <= against,
                    Comparator.LESS: value < against,
                    Comparator.EQUAL: value == against,
                }[condition.comparator]
            case Flag():
                return (self.number(condition.measure) > 0) == condition.expected
            case Level():
                return self.level(condition.measure) in condition.levels
            case AllOf():
                held = [self.holds(part) for part in condition.conditions]  # each is read
                return all(held)
            case AnyOf():
                held = [self.holds(part) for part in condition.conditions]  # each is read
                return any(held)
            case Not():
                return not self.holds(condition.condition)
            case _:
                assert_never(condition)

    def level(self, code: str) -> str:
        """Return the name of the level that was observed."""
        measure = self.agreement.measure(code)
        assert measure is not None
        return measure.levels[int(self.number(code))]

    def applies(self, condition: Condition) -> bool:
        """Tell whether a veto's or a grade's condition holds; what does not apply does not."""
        if any(self.not_applicable(code) for code in reads(condition)):
            return False
        return self.holds(condition)


def _rate(value: object, unit: str) -> Fraction:
    scale = _SCALES[unit]
    if isinstance(value, str):
        for spelling, own in _SCALES.items():
            if value.endswith(spelling):
                return Fraction(value.removesuffix(spelling)) * scale / own
        if "/" in value:
            return Fraction(value) * scale
    if isinstance(value, Ratio):
        if value.denominator <= 0:
            raise OracleMissing(str(value))
        return value.numerator / value.denominator * scale
    return plain_number(value)


def plain_number(value: object) -> Fraction:
    """Return a value that carries no unit as the number it says; cases as their number."""
    match value:
        case tuple() | list():
            return Fraction(len(value))
        case Case():
            return Fraction(1)
        case Sample():
            return value.value
        case Judged():
            return value.points
        case float():
            return Fraction(repr(value))
        case int() | str() | Decimal() | Fraction():
            return Fraction(value)
        case _:
            raise OracleMissing(repr(value))
