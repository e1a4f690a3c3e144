"""Objections and decisions: what a unit says against a verified value, and what is made of it.

The course of a value is self-assessed (自评), verified (核实), objected to (异议), reviewed (复核).
An objection is about a measure, or about the number of an item; a decision answers one objection.
Both are records only: `year.review` puts them in order.

Source: vocabulary “Record” (the last agreed one scores); “objected → reviewed values
with reasons and deadlines”; semantics 10 (days are counted from the day after).

>>> terms = ReviewTerms(told_on="2024-12-20", object_within=5)
>>> str(terms.objections_until), terms.is_late(Objection("rate", raised_on="2024-12-30"))
('2024-12-27', True)
"""

from __future__ import annotations

import datetime

import attrs

from healthduty.calendars import Weekdays, WorkCalendar, deadline
from healthduty.errors import RuleError
from healthduty.model.party import Day, to_optional_day
from healthduty.records.record import Missing, Plain
from healthduty.rules.measure import Word, to_code
from healthduty.said import Said


def _to_claimed(value: Plain) -> Plain:
    # Whoever claims that there is no value claims none.
    return None if isinstance(value, Missing) else value


@attrs.frozen
class Objection:
    """What a unit objects to: the measure or the item's number, why, and what it claims instead.

    `claimed` is the value that it says is right, None where it names none. `number` is the
    objection's own running number; a review gives one where there is none.
    """

    about: str = attrs.field(converter=to_code)
    reason: str = ""
    raised_on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    by: str = attrs.field(default="", kw_only=True)
    claimed: Plain = attrs.field(default=None, kw_only=True, converter=_to_claimed)
    evidence: str = attrs.field(default="", kw_only=True)
    number: str = attrs.field(default="", kw_only=True)


class Ruling(Word):
    """What a review decides."""

    UPHELD = "upheld"
    """The unit is right: the value it claimed counts, or the one that the decision states."""
    PARTLY = "partly"
    """Neither value is right: the one that the decision states counts."""
    REJECTED = "rejected"
    """The verified value stands."""


def _to_number(objection: Objection | str) -> str:
    return objection.number if isinstance(objection, Objection) else objection


@attrs.frozen
class Decision:
    """What was decided about one objection, by its number: value, reason, day, by whom.

    `measure` says whose value it is where the objection names an item that reads several.
    `late_admitted` takes an objection up that came after its deadline.

    Raises:
        RuleError: a rejection that states a value: there is nothing to put it in place of.
    """

    objection: str = attrs.field(converter=_to_number)
    ruling: Ruling = attrs.field(converter=Ruling)
    reason: str = ""
    value: Plain = attrs.field(default=None, kw_only=True, converter=_to_claimed)
    decided_on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    by: str = attrs.field(default="", kw_only=True)
    evidence: str = attrs.field(default="", kw_only=True)
    measure: str = attrs.field(default="", kw_only=True, converter=to_code)
    late_admitted: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a rejection with a value of its own."""
        if self.ruling is Ruling.REJECTED and self.value is not None:
            raise RuleError(
                Said(
                    "a rejected objection leaves the verified value: state none",
                    "复核决定维持核实值的，不要另写值",
                )
            )


@attrs.frozen
class ReviewTerms:
    """By when objections are to be raised and decided.

    `told_on` is the day on which the unit was told its result (告知、公示). Both times are in
    working days, or in days where `working` is false; None is no deadline.
    """

    told_on: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    object_within: int | None = attrs.field(default=None, kw_only=True)
    decide_within: int | None = attrs.field(default=None, kw_only=True)
    working: bool = attrs.field(default=True, kw_only=True)
    work: WorkCalendar = attrs.field(default=Weekdays(), kw_only=True)

    @property
    def objections_until(self) -> datetime.date | None:
        """The last day for an objection; None where there is no deadline, or no day to count from.

        Raises:
            RuleError: a time of fewer days than none.
        """
        return self._end(self.told_on, self.object_within)

    def decision_until(self, objection: Objection) -> datetime.date | None:
        """Return the last day for deciding an objection; None where there is none.

        Raises:
            RuleError: a time of fewer days than none.
        """
        return self._end(objection.raised_on, self.decide_within)

    def is_late(self, objection: Objection) -> bool:
        """Tell whether an objection came after its deadline, as far as that can be told."""
        until = self.objections_until
        return until is not None and (date_of(objection.raised_on) or until) > until

    def _end(self, day: Day | None, within: int | None) -> datetime.date | None:
        start = date_of(day)
        if start is None or within is None:
            return None
        return deadline(start, within, self.work, working=self.working)


def date_of(day: Day | None) -> datetime.date | None:
    """Return a day of the calendar; None where there is none, or a text that names none."""
    return day if isinstance(day, datetime.date) else None
