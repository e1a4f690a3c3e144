"""The unit that a heading or a row gives, where it is not the measure's own.

‰ beside a measure in % goes with the number, since a rate may carry its unit; 万元 beside 元 is
ten thousand times the number, exactly. Any other unit is a fault of the whole column, and its
numbers keep it, so that nobody takes persons for visits.

Source: semantics 1, 2 (rates carry their unit).

>>> revenue = Measure("income", "业务收入", unit="元")
>>> in_unit("35.5", "万元", revenue), in_unit("35", "人", revenue)
('355000', '35人')
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.errors import NumberError
from healthduty.exact import plain_text, show, unit_of_rate
from healthduty.records.intake import Intake
from healthduty.records.plain import as_text, is_blank, number_of
from healthduty.rules.measure import RATE_KINDS, Measure
from healthduty.said import Said
from healthduty.sources import Place

_MYRIADS = {"万": 10**4, "亿": 10**8}


def foreign_unit(unit: str, measure: Measure) -> str:
    """Return a unit that is given, or nothing where it is the measure's own."""
    own = not measure.unit or plain_text(unit) == plain_text(measure.unit)
    return "" if own else unit


def is_convertible(unit: str, measure: Measure) -> bool:
    """Return whether a number in this unit can be read for the measure."""
    if measure.kind in RATE_KINDS:
        return unit_of_rate(unit) is not None
    return _factor(unit, measure.unit) is not None


def report_unit(unit: str, measure: Measure, place: Place, intake: Intake) -> None:
    """Report numbers whose unit is another than the measure's."""
    message = Said(
        f"the value is in `{unit}`, `{measure.label}` in `{measure.unit}`",
        f"数据以`{unit}`计，`{measure.label}`以`{measure.unit}`计",
    )
    intake.report(
        "record-unit", message, place, hint=Said("give both in the same unit", "两者用同一单位")
    )


def in_unit(raw: object, unit: str, measure: Measure) -> object:
    """Return a bare number as the unit makes it, anything else as it is."""
    number = _bare(raw) if unit else None
    if number is None:
        return raw
    factor = None if measure.kind in RATE_KINDS else _factor(unit, measure.unit)
    return f"{as_text(raw)}{unit.removeprefix('1')}" if factor is None else show(number * factor)


def scaled(raw: object, unit: str) -> object:
    """Return a bare count of 万 or 亿 as the count itself, anything else as it is."""
    scale, _ = _split(unit)
    number = _bare(raw) if scale != 1 else None
    return raw if number is None else show(number * scale)


def _bare(raw: object) -> Fraction | None:
    try:
        return None if is_blank(raw) else number_of(raw, "value")
    except NumberError:
        return None


def _factor(unit: str, own: str) -> Fraction | None:
    """Return what turns a number in `unit` into one in `own`; None where nothing does."""
    (scale, what), (own_scale, own_what) = _split(unit), _split(own)
    return Fraction(scale, own_scale) if what in ("", own_what) else None


def _split(unit: str) -> tuple[int, str]:
    """Return how many a unit counts, and of what: 万元 is ten thousand 元."""
    scale = _MYRIADS.get(unit[:1], 1)
    return scale, unit[1:] if scale != 1 else unit
