"""Figures: a number with its unit, as an official writes it.

An observed number may be printed as ≈ where it never comes out even; the numbers of a rule are
printed exactly, as 1/3 if need be, because a rule is what its text says.

Source: semantics 1 (exact numbers), 2 (rates carry their unit), 4 (points of percentage).

>>> number_text(Fraction(12), Measure("deaths", unit="1/10万")), number_text(Fraction(1, 3), None)
('12/10万', '≈0.3333')
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction

from healthduty.exact import decimal_places, show
from healthduty.rules.measure import RATE_KINDS, Measure
from healthduty.said import Language
from healthduty.wording.names import quoted
from healthduty.wording.phrase import Phrase

_STEPS_OF_RATE = {
    "%": Phrase("{0}个百分点", "{0} percentage points"),
    "‰": Phrase("{0}个千分点", "{0}‰"),
    "1/万": Phrase("{0}个万分点", "{0}/万"),
}
_PLAIN_UNIT = re.compile(r"%|‰|/(?:10|100)?万|[^\W\d_][^\s，；：。、「」（）【】]*")
_ONE_PERCENTAGE_POINT = Phrase("1个百分点", "1 percentage point")


def number_text(value: Fraction, measure: Measure | None) -> str:
    """Return an observed number with the measure's unit: `90%`, `4次`, `12/10万`.

    The unit is the agreement's own word and the same in every language. A number that never
    comes out even is marked ≈ and cut to four decimals.
    """
    suffix = "" if measure is None else measure.suffix
    # Keyed by the integers: hashing a Fraction costs more than printing most of them.
    return _shown(value.numerator, value.denominator, suffix)


@functools.lru_cache(maxsize=8192)
def _shown(numerator: int, denominator: int, suffix: str) -> str:
    return show(Fraction(numerator, denominator)) + suffix


def figure(value: Fraction, suffix: str = "") -> str:
    """Return a number of a rule exactly: a plain decimal, else numerator/denominator.

    >>> figure(Fraction(1, 8)), figure(Fraction(1, 3))
    ('0.125', '1/3')
    """
    if decimal_places(value) is None:
        return f"{value}{suffix}"
    return _shown(value.numerator, value.denominator, suffix)


def unit_of(measure: Measure | None, otherwise: str = "") -> str:
    """Return the unit as it stands behind a number, or what stands for a missing one.

    A unit that could be taken for more of the number, or for grammar, stands in quotation marks.
    """
    unit = otherwise if measure is None else measure.suffix or otherwise
    return unit if not unit or _PLAIN_UNIT.fullmatch(unit) else quoted(unit, "zh")


def step_unit(measure: Measure | None) -> str:
    """Return the unit of a step in Chinese: of a percentage, 个百分点."""
    if measure is not None and measure.kind in RATE_KINDS and measure.unit in _STEPS_OF_RATE:
        return _STEPS_OF_RATE[measure.unit]("zh", "")
    return unit_of(measure)


def step_text(step: Fraction, measure: Measure | None, lang: Language) -> str:
    """Return the size of a step in the measure's unit; of a percentage, in percentage points."""
    if measure is not None and measure.kind in RATE_KINDS and measure.unit in _STEPS_OF_RATE:
        one = step == 1 and measure.unit == "%"
        phrase = _ONE_PERCENTAGE_POINT if one else _STEPS_OF_RATE[measure.unit]
        return phrase(lang, figure(step))
    return figure(step, unit_of(measure))
