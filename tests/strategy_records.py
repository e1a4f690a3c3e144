"""Hypothesis draws records for an agreement, on step boundaries on purpose.

For every measure the thresholds that rules hold it against are collected; its value is then such
a threshold, less or more a few whole steps, exactly or a hair beside it — and is written down in
one of the ways that a record takes: 83, "83%", Ratio(83, 100), Decimal, float, a statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import strategies as st

from healthduty.exact import UNIT_SCALES, Ratio
from healthduty.model.agreement import Agreement
from healthduty.records.record import (
    MISSING,
    NOT_APPLICABLE,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Record,
    Sample,
    Statement,
)
from healthduty.rules.condition import Compare
from healthduty.rules.measure import RATE_KINDS, Absent, Measure, MeasureKind
from healthduty.rules.points import Effect, Share
from healthduty.rules.rule import Bands, Curve, Judgement, effect_of
from healthduty.rules.tally import Cases, Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Multiple, Threshold
from oracle import judged_nodes
from oracle_amounts import full_points, single_rules
from oracle_values import is_decimal
from strategy_rules import CASE_WEIGHTS, KINDS, LEVELS, TARGETS, Draw, chance, pick
from strategy_trees import agreements

PERIODS = (None, "2024", "2024-H1", "2024-Q3", "2024-07")
OFFSETS = (0, 1, -1, 2, 3, -2, 5)
HAIRS = tuple(map(Fraction, ("0", "0", "0", "0.001", "-0.001", "0.5", "-0.3", "1/3")))
COUNTS = (0, 1, 2, 3, 4, 7)
AMOUNTS = tuple(map(Fraction, ("0", "1", "99.9", "250.5", "-3.2", "1234.56")))
PEERS = tuple(map(Fraction, ("1", "0.5", "0.234", "0.125", "-1", "50")))
"""Means of the peers: mostly up to any item's points; some can't be."""
RATES = tuple(map(Fraction, ("100", "0", "83", "66.7", "89.99", "51.1")))


@attrs.frozen
class _Hint:
    """A threshold that a measure is held against, and the step in which it is counted."""

    threshold: Threshold
    step: Fraction | None = None
    relative: bool = False


def _hints(thing: object, found: dict[str, list[_Hint]]) -> None:
    """Collect the thresholds of everything that an agreement holds."""
    match thing:
        case StepsBelow() | StepsAbove():
            found[thing.measure].append(_Hint(thing.target, thing.step, thing.relative))
        case Lacking():
            found[thing.measure].append(_Hint(thing.required, thing.step))
        case Cases():
            found[thing.measure].append(_Hint(thing.free, thing.step))
        case Compare():
            found[thing.measure].append(_Hint(thing.threshold))
        case Bands():
            bounds = [
                bound
                for band in thing.bands
                for bound in (getattr(band, "low", None), getattr(band, "high", None))
                if bound is not None
            ]
            found[thing.measure] += map(_Hint, bounds)
        case Curve():
            found[thing.measure] += [_Hint(knot.at) for knot in thing.knots]
    if isinstance(thing, tuple):
        for part in thing:
            _hints(part, found)
    elif attrs.has(kind := type(thing)) and not isinstance(thing, Measure):
        for field in attrs.fields(kind):
            _hints(getattr(thing, field.name), found)


def _resolved(
    threshold: Threshold, kind: str | None, numbers: dict[str, Fraction]
) -> Fraction | None:
    match threshold:
        case Fraction():
            return threshold
        case ByKind():
            return threshold.of(kind)
        case Given():
            return numbers.get(threshold.measure)
        case Multiple():
            looked_up = numbers.get(threshold.measure)
            return None if looked_up is None else threshold.factor * looked_up + threshold.plus
        case _:
            return None


# ---------------------------------------------------------------------- numbers, writing


def a_value(
    draw: Draw, measure: Measure, hints: list[_Hint], kind: str, numbers: dict[str, Fraction]
) -> Fraction:
    """Draw the number that a measure takes; mostly on a boundary."""
    number = None
    if hints and chance(draw, 80):
        hint = pick(draw, hints)
        number = _resolved(hint.threshold, kind, numbers)
        if number is not None:
            step = hint.step or Fraction(1)
            step = step * number / 100 if hint.relative else step
            number += pick(draw, OFFSETS) * step + pick(draw, HAIRS)
    if number is None:
        number = _anywhere(draw, measure)
    return _bounded(measure, number)


def _anywhere(draw: Draw, measure: Measure) -> Fraction:
    if measure.kind in (MeasureKind.COUNT, MeasureKind.CASES):
        return Fraction(pick(draw, COUNTS))
    return pick(draw, RATES if measure.kind in RATE_KINDS else AMOUNTS)


def _bounded(measure: Measure, number: Fraction) -> Fraction:
    match measure.kind:
        case MeasureKind.COUNT | MeasureKind.CASES:
            return Fraction(max(0, int(number)))
        case MeasureKind.RATE:
            return min(max(number, Fraction(0)), Fraction(UNIT_SCALES[measure.unit]))
        case MeasureKind.COMPLETION:
            return max(number, Fraction(0))
        case _:
            return number


def _written(draw: Draw, measure: Measure, number: Fraction) -> Any:  # noqa: ANN401 - a value
    """Write a number down in one of the ways that a record takes."""
    if not is_decimal(number):
        if measure.kind in RATE_KINDS:
            return Ratio(number.numerator, number.denominator * UNIT_SCALES[measure.unit])
        return number
    whole = number.denominator == 1
    plain: Any = int(number) if whole else as_decimal(number)
    way = draw(st.integers(0, 5))
    if way == 1:
        return str(plain)
    if way == 2 and measure.kind in RATE_KINDS:
        return f"{plain}{measure.unit}" if measure.unit in ("%", "‰") else str(plain)
    if way == 3 and measure.kind in RATE_KINDS:
        return Ratio(number.numerator, number.denominator * UNIT_SCALES[measure.unit])
    if way == 4:
        return float(plain) if len(str(plain)) < 10 and not whole else plain
    return number if way == 5 else plain


def as_decimal(value: Fraction) -> Decimal:
    """Return a number that comes out even as the decimal that prints it."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return Decimal(f"{(value * 10**places).numerator}e-{places}")


def _staged(draw: Draw, value: Any) -> Any:  # noqa: ANN401 - a value
    """Let a value stand as it is, as a statement, or in its stages."""
    way = draw(st.integers(0, 99))
    if way < 88:
        return value
    if way < 92:
        return Statement(value, assessor="甲", unevidenced=True)
    if way < 96:
        return Observation(Statement("0"), verified=value)
    return Observation(value)


# ----------------------------------------------------------------------------- values


def some_cases(draw: Draw, number: int) -> Any:  # noqa: ANN401 - a value
    """Draw so many cases, with attributes and ids that other measures may share."""
    count = min(number, 5)
    return tuple(
        Case(
            str(draw(st.integers(1, 6)) + 10 * index),
            "2024-03-05" if chance(draw, 20) else None,
            {"severity": pick(draw, CASE_WEIGHTS[:2])},
        )
        for index in range(count)
    )


def _needs_cases(agreement: Agreement) -> set[str]:
    """Return the measures whose cases must carry attributes."""
    return {
        tally.measure
        for tally in _all_tallies(agreement)
        if isinstance(tally, Cases) and (tally.by or tally.where)
    }


def _all_tallies(agreement: Agreement) -> Iterator[object]:
    for node in (agreement, *agreement.nodes()):
        for rule in single_rules(node.rules):
            yield getattr(rule, "tally", None)


def _value(draw: Draw, measure: Measure, hints: list[_Hint], context: _Context) -> Any:  # noqa: ANN401 - a value
    """Draw the value of one measure as it is written."""
    if measure.code.startswith("ref_"):
        return _written(draw, measure, context.numbers[measure.code])
    if measure.code == "peers":
        return pick(draw, PEERS)
    if context.excusable and chance(draw, 7):
        return pick(draw, (NOT_APPLICABLE, NotApplicable("未开展", approver="乙")))
    if measure.absent is not Absent.ERROR and chance(draw, 15):
        return pick(draw, (MISSING, None))
    match measure.kind:
        case MeasureKind.LEVEL:
            return _staged(draw, pick(draw, LEVELS))
        case MeasureKind.FLAG:
            return _staged(draw, pick(draw, (False, True, "是", "否")))
        case MeasureKind.CASES:
            count = int(a_value(draw, measure, hints, context.kind, context.numbers))
            listed = measure.code in context.needs_cases or chance(draw, 40)
            return some_cases(draw, count) if listed else count
        case _:
            number = a_value(draw, measure, hints, context.kind, context.numbers)
            if measure.kind is MeasureKind.COUNT and chance(draw, 6):
                return Sample(number, asked=10, available=pick(draw, (8, 10, 12)))
            if context.excusable and measure.kind in RATE_KINDS and chance(draw, 3):
                return Ratio(0, 0)
            return _staged(draw, _written(draw, measure, number))


@attrs.frozen
class _Context:
    """What the values of one record have in common."""

    kind: str
    numbers: dict[str, Fraction]
    needs_cases: set[str]
    excusable: bool


def _judgements(agreement: Agreement) -> Iterator[tuple[str, Effect, Fraction, Fraction]]:
    """Go through the judgements: code, effect, least and most points."""
    for node in (agreement, *agreement.nodes()):
        for rule in single_rules(node.rules):
            if isinstance(rule, Judgement):
                most = rule.most
                if isinstance(most, Share):
                    most = most.part * (full_points(node) or 0)
                yield rule.code, effect_of(rule), rule.least, most
    for node in judged_nodes(agreement):
        yield node.number, Effect.EARN, Fraction(0), node.points or Fraction(0)


def _judgement(draw: Draw, effect: Effect, least: Fraction, most: Fraction) -> Any:  # noqa: ANN401 - a value
    """Draw what assessors gave: 0, the least, the most, something between, or several."""
    if effect is not Effect.EARN and chance(draw, 15):
        return MISSING
    between = least + (most - least) * pick(draw, (Fraction(1, 2), Fraction(1, 4)))
    options = (most, Fraction(0), least, between)
    if chance(draw, 20):
        inside = (most, least, between)
        return tuple(Judged(pick(draw, inside), "理由") for _ in range(pick(draw, (2, 3))))
    given = Judged(pick(draw, options), "记录不全", assessor="丙")
    return Statement(given, unevidenced=chance(draw, 50)) if chance(draw, 10) else given


# ------------------------------------------------------------------- public strategies


@st.composite
def cases(draw: Draw) -> tuple[Case, ...]:
    """Draw up to five cases with ids and a severity."""
    found: tuple[Case, ...] = some_cases(draw, pick(draw, COUNTS))
    return found


@st.composite
def records(draw: Draw, agreement: Agreement, *, missing: bool = False) -> Record:
    """Draw a record for an agreement; with `missing` one to three of its values are left out."""
    kind = pick(draw, KINDS)
    values: Any = _values(draw, agreement, kind)
    record = Record(
        "nanguan",
        values,
        kind=kind,
        population=pick(draw, (None, 12_000, "8000")),
        period=pick(draw, PERIODS),
    )
    if not missing or not record.values:
        return record
    values = dict(record.values)
    for _ in range(pick(draw, (1, 2, 3))):
        code = pick(draw, sorted(record.values))
        if code == "peers" and chance(draw, 50):
            values[code] = NOT_APPLICABLE  # nobody else has the item either: as good as missing
        elif chance(draw, 50):
            values[code] = MISSING
        else:
            values.pop(code, None)
    return attrs.evolve(record, values=values)


@st.composite
def completions(draw: Draw, agreement: Agreement, record: Record) -> Record:
    """Draw a record with an observation for all that is missing in the given one; keep the rest.

    What a blank settles already stays blank: none found, zero, a judgement that gave nothing.
    """
    values: Any = _values(draw, agreement, record.kind or KINDS[0], excusable=False)
    settled = {measure.code for measure in agreement.measures if measure.absent is not Absent.ERROR}
    settled |= {code for code, effect, _, _ in _judgements(agreement) if effect is not Effect.EARN}
    for code in list(values):
        given = record.values.get(code)
        if code in settled or (given is not None and given is not MISSING):
            values[code] = given
    return attrs.evolve(record, values=values)


@st.composite
def scored(draw: Draw, /, *, missing: bool = False, **options: bool) -> tuple[Agreement, Record]:
    """Draw an agreement (`options` as of `agreements`) and a record for it."""
    agreement = draw(agreements(**options))
    return agreement, draw(records(agreement, missing=missing))


def _values(
    draw: Draw, agreement: Agreement, kind: str, *, excusable: bool = True
) -> dict[str, Any]:
    """Draw a value for every measure and judgement; `excusable` ones may be not applicable."""
    found: dict[str, list[_Hint]] = defaultdict(list)
    _hints(agreement, found)
    numbers = {
        measure.code: draw(TARGETS[measure.kind])
        for measure in agreement.measures
        if measure.code.startswith("ref_")
    }
    context = _Context(kind, numbers, _needs_cases(agreement), excusable)
    values = {
        measure.code: _value(draw, measure, found[measure.code], context)
        for measure in agreement.measures
    }
    for code, effect, least, most in _judgements(agreement):
        values[code] = (
            NOT_APPLICABLE
            if excusable and chance(draw, 8)
            else _judgement(draw, effect, least, most)
        )
    return values
