"""What is seen of one unit where it is compared: an exact number, or why there is none.

Source: semantics 2 (a pair is never divided first), 7 (absent data are different things).

>>> rate = Measure("rate", "接种率", unit="%")
>>> look(rate, Record("a", {"rate": "9/10"})).ratio
Ratio(9, 10)
>>> look(rate, Record("b", {})).why
<State.MISSING: 'missing'>
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from healthduty.errors import NumberError
from healthduty.exact import Ratio
from healthduty.findings import Finding, Findings
from healthduty.model.indicator import Node
from healthduty.records.observe import State, observe
from healthduty.records.record import MISSING, Plain, Record, stated
from healthduty.rules.measure import Measure
from healthduty.scoring.lines import LineKind
from healthduty.scoring.sheet import ScoreSheet


@attrs.frozen
class Sight:
    """A unit's value: as a number in its unit, as it was stated, as the two counts of a rate.

    A level is its place, the first being 0. Without a number, `why` says what is lacking.
    """

    number: Fraction | None
    plain: Plain = MISSING
    ratio: Ratio | None = None
    why: State | None = None
    fault: str = ""


NOTHING = Sight(None, why=State.MISSING)


def look(measure: Measure, record: Record) -> Sight:
    """Return what is seen of a measure in a record: its agreed value."""
    plain, _ = stated(record.values.get(measure.code))
    found: list[Finding] = []
    seen = observe(measure, plain, found)
    errors = Findings(found).errors
    if isinstance(seen, State):
        fault = errors[0].message if errors else ""
        return Sight(None, plain, why=State.FAULT if errors else seen, fault=fault)
    return Sight(Fraction(*seen), plain, ratio_of(plain))


def ratio_of(value: Plain) -> Ratio | None:
    """Return the two counts of a rate, where it was given by them."""
    if isinstance(value, Ratio):
        return value
    if not isinstance(value, str):
        return None
    top, _, bottom = value.partition("/")
    try:
        return Ratio(top, bottom)
    except NumberError:
        return None


def look_at_points(item: Node | None, sheet: ScoreSheet) -> Sight:
    """Return what is seen of an item's points, or of the total; an excused item has none."""
    if item is not None and _is_excused(sheet, item.number):
        return Sight(None, why=State.NOT_APPLICABLE)
    points = sheet.total if item is None else points_of(sheet, item.number)
    return NOTHING if points is None else Sight(Fraction(points), points)


def _is_excused(sheet: ScoreSheet, number: str) -> bool:
    return any(each.kind is LineKind.EXCUSED and each.number == number for each in sheet.lines)


def points_of(sheet: ScoreSheet, number: str) -> Decimal | None:
    """Return what the item with a number earned, without bonuses beyond its points."""
    return next((each.earned for each in sheet.items if each.number == number), None)


def look_back(subject: Measure | Node | None, before: Record | ScoreSheet | None) -> Sight:
    """Return what is seen of last year: in its record, or for points in its sheet."""
    if isinstance(subject, Measure):
        record = before.record if isinstance(before, ScoreSheet) else before
        return NOTHING if record is None else look(subject, record)
    return look_at_points(subject, before) if isinstance(before, ScoreSheet) else NOTHING
