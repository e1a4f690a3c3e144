"""Calendars: the days of a term, the cycles in which a duty comes back, and working days.

What stands here knows dates and nothing of agreements. A cycle is a week, month, quarter,
half-year or year; a deadline is counted in days or in working days from the day after an event.
Which days are working days a `WorkCalendar` says: the law moves weekends, and next year's moves
are announced only in this one, so a calendar also says for which days it knows.

Source: semantics 10 (periods); rows E1 (within 5 working days), E2 (by month end, by the end of
February), D1 (by 28 March).

>>> days = DaySpan(datetime.date(2024, 7, 1), datetime.date(2024, 12, 31))
>>> [str(cycle.last) for cycle in cycles(days, 3)], days.months
(['2024-09-30', '2024-12-31'], Fraction(6, 1))
>>> str(deadline(datetime.date(2024, 3, 28), 5, Weekdays(), working=True))
'2024-04-04'
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from types import ModuleType
from typing import Protocol

import attrs
from dateutil.relativedelta import MO, SU, relativedelta
from dateutil.rrule import MONTHLY, rrule

from healthduty.errors import RuleError
from healthduty.findings import Finding, Severity
from healthduty.said import Language, Said

YEAR = 12
"""The months of a year."""

_DAY = datetime.timedelta(days=1)
_WEEKDAYS = 5
_LAST_YEAR = 2999
"""A later end (9999-12-31) means that there is none; counting weeks up to it means nothing."""
_LONGEST_REST = 60
"""Days without a working day that no calendar has; the longest holidays take nine."""


@attrs.frozen
class DaySpan:
    """Days from a first to a last one, both of them included.

    Raises:
        RuleError: a last day before the first, or in a year that stands for an open end.
    """

    first: datetime.date
    last: datetime.date

    def __attrs_post_init__(self) -> None:
        """Refuse days that end before they begin, and ends that nobody lives to see."""
        if self.last.year > _LAST_YEAR:
            raise RuleError(
                Said(
                    f"{self.last} is no end: say until when, at most {_LAST_YEAR}",
                    f"截止日不能是{self.last}：写明到哪天为止，最迟{_LAST_YEAR}年",
                )
            )
        if self.last < self.first:
            raise RuleError(
                Said(
                    f"{self.last} is before {self.first}: days end after they begin",
                    f"截止日{self.last}早于开始日{self.first}",
                )
            )

    def __contains__(self, day: datetime.date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[datetime.date]:
        """Go through the days."""
        return (self.first + _DAY * index for index in range(self.days))

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> Fraction:
        """How many months they make; a part of a month is its days out of the month's own.

        >>> str(DaySpan(datetime.date(2024, 2, 1), datetime.date(2024, 3, 10)).months)
        '41/31'
        """
        whole = (self.last.year - self.first.year) * YEAR + self.last.month - self.first.month + 1
        before = Fraction(self.first.day - 1, _length_of_month(self.first))
        after = 1 - Fraction(self.last.day, _length_of_month(self.last))
        return whole - before - after

    def meet(self, other: DaySpan) -> DaySpan | None:
        """Return the days that both have; None where they have none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return DaySpan(first, last) if first <= last else None

    def until(self, day: datetime.date) -> DaySpan | None:
        """Return the days up to and with `day`; None where all of them lie behind it."""
        return DaySpan(self.first, min(self.last, day)) if day >= self.first else None

    def __str__(self) -> str:
        """Return the first and the last day."""
        return self.text("en")

    def text(self, lang: Language = "zh") -> str:
        """Return the first and the last day in a language.

        >>> DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 6, 30)).text()
        '2024-01-01至2024-06-30'
        """
        return f"{self.first}至{self.last}" if lang == "zh" else f"{self.first} to {self.last}"

    def said(self) -> Said:
        """Return the days as a message says them; a single one alone."""
        if self.first == self.last:
            return Said(f"{self.first}", f"{self.first}")
        return Said(self.text("en"), self.text("zh"))


def _length_of_month(day: datetime.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


# ------------------------------------------------------------------------------- recurrences


def year_begins(term: DaySpan) -> int:
    """Return the month in which the term's year begins.

    A term of whole years that starts on the first of a month has its own year (1 November to
    31 October), and quarters and halves of it. Any other term lies in calendar years.
    """
    own = term.first.day == 1 and term.months % YEAR == 0
    return term.first.month if own else 1


def cycles(term: DaySpan, months: int) -> tuple[DaySpan, ...]:
    """Return the cycles of 1, 2, 3, 4 or 6 months that touch a term, in order, each of them whole.

    Raises:
        RuleError: months that don't divide a year.
    """
    if not 1 <= months < YEAR or YEAR % months:
        raise RuleError(
            Said(f"a year has no cycles of {months} months", f"一年分不成每{months}个月一期")
        )
    begins = year_begins(term)
    ends = sorted(
        (begins - 2 + months * count) % YEAR + 1 for count in range(1, YEAR // months + 1)
    )
    # The ends of quarters, with January as the first month, are bymonth=(3, 6, 9, 12).
    rule = rrule(
        MONTHLY,
        bymonth=ends,
        bymonthday=-1,
        dtstart=datetime.datetime.combine(term.first, datetime.time()),
        until=datetime.datetime.combine(
            term.last + relativedelta(months=months, day=31), datetime.time()
        ),
    )
    found = []
    for end in (each.date() for each in rule):
        start = end + relativedelta(months=1 - months, day=1)
        if start <= term.last:
            found.append(DaySpan(start, end))
    return tuple(found)


def weeks(term: DaySpan) -> tuple[DaySpan, ...]:
    """Return the weeks that touch a term, Monday to Sunday, each of them whole."""
    monday = term.first + relativedelta(weekday=MO(-1))
    found = []
    while monday <= term.last:
        found.append(DaySpan(monday, monday + relativedelta(weekday=SU)))
        monday += relativedelta(weeks=1)
    return tuple(found)


def years(term: DaySpan) -> tuple[DaySpan, ...]:
    """Return the years of a term, counted from its first day; the last may be longer than it.

    A term shorter than a year is a year of its own: what an agreement asks of its year it asks
    of the term that it states.
    """
    if term.last < term.first + relativedelta(years=1):
        return (term,)
    found: list[DaySpan] = []
    start = term.first
    while start <= term.last:
        following = term.first + relativedelta(years=len(found) + 1)
        found.append(DaySpan(start, following - _DAY))
        start = following
    return tuple(found)


_MONTH_DAY = re.compile(r"(?:(\d\d)-)?(\d\d|end)")
_LEAP_YEAR = 2000


def month_day(text: str) -> tuple[int | None, int]:
    """Read a day that comes back: `11-30`, `02-end`, or in every month `25` and `end`.

    The day is 31 for a month's end, whatever the month's length.

    >>> month_day("02-end"), month_day("25")
    ((2, 31), (None, 25))

    Raises:
        RuleError: a day that no month has.
    """
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        raise RuleError(
            Said(
                f"`{text}` is no day that comes back: write 11-30, 02-end, 25 or end",
                f"`{text}`不是每年、每月都有的日子：写成11-30、02-end、25或end",
            )
        )
    month = None if match[1] is None else int(match[1])
    day = 31 if match[2] == "end" else int(match[2])
    if month is not None and not 1 <= month <= YEAR:
        raise RuleError(Said(f"`{text}`: a year has no month {month}", f"`{text}`：没有{month}月"))
    most = 31 if month is None or match[2] == "end" else calendar.monthrange(_LEAP_YEAR, month)[1]
    if not 1 <= day <= most:
        raise RuleError(
            Said(f"`{text}`: no such month has a day {day}", f"`{text}`：那个月没有{day}日")
        )
    return month, day


def day_of(span: DaySpan, month: int | None, day: int) -> datetime.date | None:
    """Return the last day in `span` that is this day of this month, or of any month.

    A day that a month is too short for is its last: 29 February is the 28th in most years.
    """
    first_of_month = span.last.replace(day=1)
    while first_of_month >= span.first.replace(day=1):
        found = first_of_month + relativedelta(day=day)
        if found in span and month in (None, found.month):
            return found
        first_of_month -= relativedelta(months=1)
    return None


# ------------------------------------------------------------------------------ working days


class WorkCalendar(Protocol):
    """What says which days are worked on."""

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether a day is a working day, as far as it is known."""

    def knows(self, day: datetime.date) -> bool:
        """Tell whether the holidays of that day's year are known, or the answer is a guess."""


@attrs.frozen
class Weekdays:
    """Monday to Friday, no holidays: what is left where nothing better is known."""

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether it is a Monday to Friday."""
        return day.weekday() < _WEEKDAYS

    def knows(self, day: datetime.date) -> bool:  # noqa: ARG002 - as the protocol asks
        """Return False: holidays are never known."""
        return False


def _to_days(days: Iterable[datetime.date | str]) -> frozenset[datetime.date]:
    return frozenset(map(_to_day, days))


def _to_day(day: datetime.date | str) -> datetime.date:
    """Take a date, a date and time, or an ISO text: anything else would be no day in silence."""
    if isinstance(day, datetime.datetime):
        return day.date()
    if isinstance(day, datetime.date):
        return day
    try:
        return datetime.date.fromisoformat(day)
    except (TypeError, ValueError):
        raise RuleError(
            Said(
                f"`{day}` is no day of the calendar: write it as 2024-05-01",
                f"日历上没有`{day}`这一天：写成2024-05-01",
            )
        ) from None


def _to_years(years: Iterable[int]) -> frozenset[int]:
    return frozenset(years)


@attrs.frozen
class OwnCalendar:
    """A user's own days off and make-up working days (调休), for the years that it covers.

    `off` are holidays, `working` Saturdays and Sundays that are worked on; all other days are
    as the week has them. Days of other years are asked of `beyond`.

    Raises:
        RuleError: a day that is none.
    """

    off: frozenset[datetime.date] = attrs.field(converter=_to_days)
    working: frozenset[datetime.date] = attrs.field(default=(), converter=_to_days)
    years: frozenset[int] = attrs.field(kw_only=True, converter=_to_years)
    beyond: WorkCalendar = attrs.field(default=Weekdays(), kw_only=True)

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether it is worked on, by the own days or by the calendar behind them."""
        if day in self.off or day in self.working:
            return day in self.working
        if day.year in self.years:
            return day.weekday() < _WEEKDAYS
        return self.beyond.is_working(day)

    def knows(self, day: datetime.date) -> bool:
        """Tell whether the day's year is covered, here or behind."""
        return day.year in self.years or self.beyond.knows(day)


class OfficialCalendar:
    """The State Council's holidays and make-up days, as the package chinesecalendar has them.

    Years that were not announced when that package was made are asked of `beyond`.

    Raises:
        ImportError: without chinesecalendar (`pip install healthduty[calendar]`).
    """

    def __init__(self, beyond: WorkCalendar = Weekdays()) -> None:
        """Load the announced years."""
        self._source = _chinese_calendar()
        self.beyond = beyond

    def is_working(self, day: datetime.date) -> bool:
        """Tell whether it is worked on."""
        try:
            return bool(self._source.is_workday(day))
        except NotImplementedError:  # its way to say that the year was not announced
            return self.beyond.is_working(day)

    def knows(self, day: datetime.date) -> bool:
        """Tell whether the day's year was announced, or is known behind."""
        try:
            self._source.is_workday(day)
        except NotImplementedError:
            return self.beyond.knows(day)
        return True


def _chinese_calendar() -> ModuleType:
    try:
        import chinese_calendar
    except ImportError as error:
        message = "official holidays need chinesecalendar: pip install healthduty[calendar]"
        raise ImportError(message) from error
    source: ModuleType = chinese_calendar
    return source


def working_day_from(day: datetime.date, work: WorkCalendar) -> datetime.date:
    """Return the day itself where it is a working day, else the next one.

    Raises:
        RuleError: a calendar without a working day in sixty days.
    """
    for later in range(_LONGEST_REST):
        if work.is_working(day + _DAY * later):
            return day + _DAY * later
    raise RuleError(
        Said(
            f"no working day in the {_LONGEST_REST} days from {day}: look at the calendar",
            f"从{day}起{_LONGEST_REST}天里没有一个工作日：请检查日历",
        )
    )


def deadline(
    event: datetime.date, within: int, work: WorkCalendar, *, working: bool = False
) -> datetime.date:
    """Return the last day of a time of `within` days, counted from the day after the event.

    With `working` only working days count; else all days do, and an end on a holiday moves to
    the next working day. Source: semantics 10.

    Raises:
        RuleError: days that are fewer than none.
    """
    if within < 0:
        raise RuleError(
            Said(
                f"a time of {within} days ends before it begins",
                f"{within}天的期限还没开始就结束了",
            )
        )
    if not working or within == 0:
        return working_day_from(event + _DAY * within, work)
    day = event
    for _ in range(within):
        day = working_day_from(day + _DAY, work)
    return day


def unknown_years(work: WorkCalendar, spans: Iterable[DaySpan]) -> tuple[Finding, ...]:
    """Return a finding for each year of these days whose holidays the calendar does not know."""
    found = sorted(
        {
            year
            for span in spans
            for year in range(span.first.year, span.last.year + 1)
            if not work.knows(max(span.first, datetime.date(year, 1, 1)))
        }
    )
    return tuple(
        Finding(
            "calendar-unknown",
            Said(
                f"the holidays of {year} are not known: Monday to Friday count as working days",
                f"不掌握{year}年的节假日安排，按周一至周五为工作日计算",
            ),
            severity=Severity.WARNING,
            hint=Said(
                "give OfficialCalendar() or a file of days off",
                "请提供OfficialCalendar()或休息日文件",
            ),
        )
        for year in found
    )
