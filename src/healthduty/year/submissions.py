"""Submissions: what was done for a duty, on which day, for which object, period or event.

A submission counts in the period of its day. Where a report follows its period, it may name the
period by its label or by a day of it; where a duty is one of an event, it names the event's case.

Source: “from submissions and dated cases”; semantics 10.

>>> Submission("report", "2024-04-02", period="2024-03").on
datetime.date(2024, 4, 2)
>>> submissions_of("visits", (Case("7", "2024-03-05", {"of": "三村"}),))[0].of
'三村'
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction
from healthduty.model.party import Day, to_day, to_optional_day
from healthduty.records.record import Case
from healthduty.said import Said

OBJECT, PERIOD, COUNT = "of", "period", "count"
"""The attributes by which a dated case says of whom, for when and how many."""


def _to_count(count: Number) -> Fraction:
    number = to_fraction(count, Said("the count of a submission", "完成数量"))
    if number < 0:
        raise RuleError(f"`{show(number)}` were done: what is done is never less than nothing")
    return number


@attrs.frozen
class Submission:
    """What was done for a duty: on which day, how many in the duty's unit (visits, hours).

    `of` names the object that it was done for (a household, a person), `period` the period by
    its label or a day of it, `case` the event by the id of its case.
    """

    duty: str
    on: Day | None = attrs.field(converter=to_optional_day)
    count: Fraction = attrs.field(default=Fraction(1), converter=_to_count)
    of: str = attrs.field(default="", kw_only=True)
    period: str = attrs.field(default="", kw_only=True)
    case: str = attrs.field(default="", kw_only=True)
    evidence: str = attrs.field(default="", kw_only=True)

    @property
    def named_day(self) -> Day | None:
        """The day by which the period is named; None where it is named by its label, or not."""
        day = to_day(self.period) if self.period else None
        return None if isinstance(day, str) else day


def submissions_of(duty: str, cases: Iterable[Case]) -> tuple[Submission, ...]:
    """Return dated cases of a record as submissions for a duty, in order.

    The attributes `of`, `period` and `count` of a case say of whom, for when and how many; its
    id is the event's, for a duty of an event, and no more than a running number otherwise.

    Raises:
        NumberError: a count that is no number.
    """
    return tuple(
        Submission(
            duty,
            case.on,
            case.attribute(COUNT) or 1,
            of=case.attribute(OBJECT) or "",
            period=case.attribute(PERIOD) or "",
            case=case.id,
            evidence=case.note,
        )
        for case in cases
    )
