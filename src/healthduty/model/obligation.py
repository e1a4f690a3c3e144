"""Obligations: duties that recur or have a deadline (工作要求). Records only; no logic here.

Source: vocabulary “Obligation”; semantics 10.

>>> Obligation("visits", "巡查", every="quarter", times=1, measure="visits").times
Fraction(1, 1)
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.calendars import month_day
from healthduty.model.party import Day, to_optional_day
from healthduty.rules.measure import Measure, Word, to_code
from healthduty.rules.threshold import to_number


class Every(Word):
    """How often a duty comes back."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    EVENT = "event"
    """Each time something happens, e.g. a complaint."""


def _to_optional_code(measure: Measure | str | None) -> str | None:
    return None if measure is None else to_code(measure)


def _comes_back(_: object, __: object, by: str) -> None:
    if by:
        month_day(by)


@attrs.frozen
class Obligation:
    """A duty: what, how often, how many each time and of what, by when; what it feeds.

    `per` names what each count is for (household, person). A deadline is one day (`due`), a day
    that comes back (`by`: 11-30, 02-end, or in each period's last month 25 and end), or `within`
    so many days of the event, or of the period's end where there is no event; working days where
    `working_days`. What is done after it is late, and counts all the same unless `late_counts` is
    false or the duty is one of an event, which is nothing but its deadline. With `offsets` annual
    totals are agreed: what one period has too many makes up for another.
    `measure` is the measure that the done ones become.
    """

    code: str
    title: str = ""
    every: Every = attrs.field(default=Every.YEAR, kw_only=True, converter=Every)
    times: Fraction = attrs.field(default=Fraction(1), kw_only=True, converter=to_number)
    unit: str = attrs.field(default="次", kw_only=True)
    per: str = attrs.field(default="", kw_only=True)
    due: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    by: str = attrs.field(default="", kw_only=True, validator=_comes_back)
    within: int | None = attrs.field(default=None, kw_only=True)
    working_days: bool = attrs.field(default=False, kw_only=True)
    late_counts: bool = attrs.field(default=True, kw_only=True)
    offsets: bool = attrs.field(default=False, kw_only=True)
    measure: str | None = attrs.field(default=None, kw_only=True, converter=_to_optional_code)
    party: str = attrs.field(default="", kw_only=True)
