"""Occasions: when a duty falls due over a term, and how much of it is asked up to a day.

A duty of N a week, month, quarter, half-year or year asks its share of the days that the unit
answers for, rounded down in each period: 4 a year ask 2 at the half-year, and a unit that joined
in July answers for its months. A duty with a deadline asks all or nothing, and only once the
deadline has passed; one that lies outside the unit's days asks nothing.

Source: semantics 10; rows A2 (each half-year), D1 (by 28 March), E1 (4 visits a year), E2 (by
month end, by the end of November).

>>> year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
>>> visits = Obligation("visits", "巡查", times=4)
>>> str(required(visits, Scope(year, until=datetime.date(2024, 6, 30))))
'2'
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import assert_never

import attrs

from healthduty.calendars import (
    DaySpan,
    Weekdays,
    WorkCalendar,
    cycles,
    day_of,
    deadline,
    month_day,
    weeks,
    working_day_from,
    years,
)
from healthduty.exact import Number, to_fraction
from healthduty.findings import Finding, Severity
from healthduty.model.obligation import Every, Obligation
from healthduty.said import Said
from healthduty.wording.phrase import Phrase

_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6}
_LABELS = {Every.QUARTER: "Q", Every.HALF_YEAR: "H"}

# Thousands of units of a county have one term, and their calendar is worked out once.
_cycles = functools.lru_cache(maxsize=64)(cycles)
_weeks = functools.lru_cache(maxsize=64)(weeks)

Roster = Number | Sequence[str]
"""How many objects of a kind there are (households, persons), or what each is called."""


def _to_rosters(objects: Mapping[str, Roster]) -> Mapping[str, Fraction | tuple[str, ...]]:
    return MappingProxyType({per: _to_roster(per, roster) for per, roster in objects.items()})


def _to_roster(per: str, roster: Roster) -> Fraction | tuple[str, ...]:
    if isinstance(roster, Sequence) and not isinstance(roster, str):
        return tuple(dict.fromkeys(roster))
    return to_fraction(roster, Said(f"number of {per}", f"{per}数"))


@attrs.frozen
class Scope:
    """What a look at a unit's duties goes by: the term, until which day, and for which unit.

    `until` is the last day that counts, by default the term's: give a later one to see what of a
    deadline runs beyond it (December's report). `answers` the days of the term
    for which the unit answers, where it joined later or left earlier; `objects` how many there
    are of what a duty is owed to, by the duty's `per`; `work` says which days are worked on.
    """

    term: DaySpan
    until: datetime.date = attrs.field(kw_only=True)
    answers: DaySpan | None = attrs.field(default=None, kw_only=True)
    objects: Mapping[str, Fraction | tuple[str, ...]] = attrs.field(
        default=MappingProxyType({}), kw_only=True, converter=_to_rosters, hash=False
    )
    work: WorkCalendar = attrs.field(default=Weekdays(), kw_only=True)

    @until.default
    def _until_the_end(self) -> datetime.date:
        return self.term.last

    @property
    def days(self) -> DaySpan | None:
        """The days of the term for which the unit answers; None where it never was in it."""
        return self.term if self.answers is None else self.term.meet(self.answers)


@attrs.frozen
class Occasion:
    """One time that a duty comes back: a period, or the time that an event leaves.

    `days` are the whole period. `day` is the deadline as it is written, `due` the last day that
    is in time, moved where the deadline falls on a holiday; without a deadline `day` is None and
    `due` the end of the period. `label` is the period's: 2024-03, 2024-Q1, 2024-H1, 2024-W05.
    """

    label: str
    days: DaySpan
    day: datetime.date | None = None
    due: datetime.date = attrs.field(kw_only=True)

    @due.default
    def _end_of_days(self) -> datetime.date:
        return self.days.last


def occasions(obligation: Obligation, scope: Scope) -> tuple[Occasion, ...]:
    """Return the occasions of a duty over the term, in order; of an event's duty there are none.

    An event's duty has the occasions of its events, which no calendar knows.
    """
    return tuple(_with_deadline(each, obligation, scope) for each in _periods(obligation, scope))


def _periods(obligation: Obligation, scope: Scope) -> Iterator[Occasion]:
    """Go through the periods of a duty, still without their deadlines."""
    term, every = scope.term, obligation.every
    match every:
        case Every.ONCE:
            yield Occasion(obligation.code, term)
        case Every.DAY:
            for day in term:
                if not obligation.working_days or scope.work.is_working(day):
                    yield Occasion(str(day), DaySpan(day, day))
        case Every.WEEK:
            for week in _weeks(term):
                number = week.first.isocalendar()
                yield Occasion(f"{number.year}-W{number.week:02}", week)
        case Every.MONTH | Every.QUARTER | Every.HALF_YEAR:
            for cycle in _cycles(term, _MONTHS[every]):
                yield Occasion(_label(cycle, every), cycle)
        case Every.YEAR:
            for year in years(term):
                yield Occasion(_label_of_year(year), year)
        case Every.EVENT:
            return
        case _:
            assert_never(every)


def _label(cycle: DaySpan, every: Every) -> str:
    """Return what a period is called; quarters of a year of its own by their first and last month.

    >>> january = DaySpan(datetime.date(2023, 11, 1), datetime.date(2024, 1, 31))
    >>> _label(january, Every.QUARTER)
    '2023-11/2024-01'
    """
    first, last = cycle.first, cycle.last
    months = _MONTHS[every]
    if months == 1:
        return f"{first:%Y-%m}"
    if last.month % months:
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first.year}-{_LABELS[every]}{last.month // months}"


def _label_of_year(year: DaySpan) -> str:
    in_one_year = year.first.year == year.last.year
    return str(year.first.year) if in_one_year else f"{year.first:%Y-%m}/{year.last:%Y-%m}"


def _with_deadline(occasion: Occasion, obligation: Obligation, scope: Scope) -> Occasion:
    """Give a period the deadline that the duty names, if it names one."""
    day = _named_day(occasion.days, obligation)
    if day is not None:
        return attrs.evolve(occasion, day=day, due=working_day_from(day, scope.work))
    if obligation.within is None and obligation.every is not Every.ONCE:
        return occasion
    day, within = occasion.days.last, max(obligation.within or 0, 0)
    due = deadline(day, within, scope.work, working=obligation.working_days)
    return attrs.evolve(occasion, day=day, due=due)


def _named_day(days: DaySpan, obligation: Obligation) -> datetime.date | None:
    """Return the day that a duty names in a period: `due` once or in its year, or `by`."""
    yearly = obligation.every in (Every.ONCE, Every.YEAR)
    if isinstance(obligation.due, datetime.date) and yearly:
        return obligation.due if obligation.due in days or obligation.every is Every.ONCE else None
    if not obligation.by:
        return None
    month, day = month_day(obligation.by)
    return None if month is not None and not yearly else day_of(days, month, day)


def asked(obligation: Obligation, occasion: Occasion, days: DaySpan | None) -> Fraction:
    """Return how many an occasion asks of each object for these days of it, rounded down."""
    if days is None:
        return Fraction(0)
    if occasion.day is not None:
        return obligation.times if occasion.day in days else Fraction(0)
    part = occasion.days.meet(days)
    if part is None:
        return Fraction(0)
    if part == occasion.days and obligation.times.denominator == 1:
        return obligation.times
    whole = obligation.times * _share(part, occasion.days, obligation.every)
    return Fraction(whole.numerator // whole.denominator)


def _share(part: DaySpan, whole: DaySpan, every: Every) -> Fraction:
    """Return which share of a period some days of it make: by months, of a week by days."""
    if every in (Every.WEEK, Every.DAY):
        return Fraction(part.days, whole.days)
    return part.months / whole.months


def asked_until(obligation: Obligation, occasion: Occasion, scope: Scope) -> Fraction:
    """Return how many an occasion asks of each object up to and with the day of the look."""
    days = scope.days
    if days is None or (occasion.day is not None and occasion.due > scope.until):
        return Fraction(0)
    if occasion.day is not None:
        return asked(obligation, occasion, days)
    return asked(obligation, occasion, days.until(scope.until))


def objects_of(obligation: Obligation, scope: Scope) -> Fraction:
    """Return how many objects a duty is owed to: 1 where it names none, or where nobody said."""
    roster = scope.objects.get(obligation.per, Fraction(1))
    return Fraction(len(roster)) if isinstance(roster, tuple) else roster


def required(obligation: Obligation, scope: Scope) -> Fraction:
    """Return how many a duty requires up to and with the day of the look.

    Of all occasions and all objects together. It never falls as days go by.
    """
    each = (asked_until(obligation, occasion, scope) for occasion in occasions(obligation, scope))
    return sum(each, Fraction(0)) * objects_of(obligation, scope)


EVERY = {
    Every.ONCE: Phrase("", ""),
    Every.DAY: Phrase("每日", "every day"),
    Every.WEEK: Phrase("每周", "every week"),
    Every.MONTH: Phrase("每月", "every month"),
    Every.QUARTER: Phrase("每季度", "every quarter"),
    Every.HALF_YEAR: Phrase("每半年", "every half-year"),
    Every.YEAR: Phrase("每年", "every year"),
    Every.EVENT: Phrase("每次", "each time"),
}
"""How often a duty comes back, in words."""


def unclear_deadlines(obligation: Obligation, scope: Scope) -> Iterator[Finding]:
    """Yield what of a duty's deadline can't be used as it is written."""
    every, due = obligation.every, obligation.due
    if isinstance(due, str):
        words = Said(
            f"is due on `{due}`, no day of the calendar", f"的期限写作`{due}`，日历上没有这一天"
        )
        yield _unclear(obligation, words)
    elif due is not None and every not in (Every.ONCE, Every.YEAR):
        words = Said(
            f"comes back every {every.value}, but is due on one day, {due}",
            f"是{EVERY[every]('zh')}都要做的，期限却只有{due}这一天",
        )
        yield _unclear(obligation, words)
    elif due is not None and due not in scope.term:
        words = Said(
            f"is due on {due}, outside the term, {scope.term}",
            f"的期限{due}不在有效期（{scope.term.text()}）之内",
        )
        yield _unclear(obligation, words)
    if obligation.by:
        yield from _unclear_day(obligation, scope)
    if obligation.within is not None and obligation.within < 0:
        within = obligation.within
        yield _unclear(obligation, Said(f"is due within {within} days", f"要求在{within}日内完成"))
    named = [bool(due), bool(obligation.by), obligation.within is not None]
    if sum(named) > 1:
        words = Said(
            "names several deadlines: the first of `due`, `by`, `within` counts",
            "写了几个期限：`due`、`by`、`within`中按排在前面的算",
        )
        yield _unclear(obligation, words)


def _unclear_day(obligation: Obligation, scope: Scope) -> Iterator[Finding]:
    (month, _), by, every = month_day(obligation.by), obligation.by, obligation.every
    if every is Every.EVENT:
        words = Said(
            f"is due by {by}, but is one of an event", f"的期限是{by}，却是发生事件才做的工作要求"
        )
        yield _unclear(obligation, words)
    elif month is not None and every not in (Every.ONCE, Every.YEAR):
        words = Said(
            f"comes back every {every.value}, but is due by {by}",
            f"是{EVERY[every]('zh')}都要做的，期限却是{by}",
        )
        yield _unclear(obligation, words)
    elif month is not None and not any(
        _named_day(period.days, obligation) for period in _periods(obligation, scope)
    ):
        words = Said(
            f"is due by {by}, which the term does not have", f"的期限是{by}，有效期内没有这一天"
        )
        yield _unclear(obligation, words)


def _unclear(obligation: Obligation, words: Said) -> Finding:
    message = Said(f"`{obligation.code}` {words}", f"`{obligation.code}`{words.zh}")
    return Finding("duty-deadline-unclear", message, severity=Severity.WARNING)
