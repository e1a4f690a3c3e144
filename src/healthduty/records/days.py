"""Days of cases and evidence: as people write them, and whether they lie in the agreement's term.

Source: semantics 10 (the data's period may differ from the year); row A2 (signed on 30 February).

>>> read_day("2024年3月5日")[0], read_day("2024-02-30")[0]
(datetime.date(2024, 3, 5), '2024-02-30')
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from healthduty.exact import number_text
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day
from healthduty.records.cells import Found
from healthduty.records.intake import Intake, shown
from healthduty.records.plain import as_text
from healthduty.records.record import Case, Observation, Period, Statement
from healthduty.said import Said, labelled
from healthduty.scalars import own
from healthduty.sources import Place

Span = tuple[datetime.date | None, datetime.date | None]
"""A first and a last day; None where that side is open."""

_DAY = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(\d{4})(\d\d)(\d\d)"
)


def read_day(raw: object) -> tuple[Day | None, Found]:
    """Return a day, and what was found; a text that names none stays a text."""
    raw = own(raw)  # pandas' NaT is a datetime without a day
    if isinstance(raw, datetime.datetime):
        return raw.date(), ()
    if isinstance(raw, datetime.date):
        return raw, ()
    text = as_text(raw)
    if not text:
        return None, ()
    if not (match := _DAY.fullmatch(number_text(text))):
        message, hint = (
            Said(f"`{shown(text)}` is no date", f"`{shown(text)}`不是日期"),
            Said("write it as 2024-03-05", "写成2024-03-05"),
        )
        return text, (Finding("record-date-unreadable", message, hint=hint),)
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return datetime.date(year, month, day), ()
    except ValueError:
        message = Said(
            f"`{shown(text)}` is no day of the calendar", f"日历上没有`{shown(text)}`这一天"
        )
        return text, (Finding("record-date-impossible", message),)


def span_of(agreement: Agreement, period: Period | None = None) -> Span:
    """Return the days in question: a period's own, else the agreement's term, else its year."""
    if period is not None and any(own := (_known(period.start), _known(period.end))):
        return own
    start = end = None
    if agreement.term is not None:
        start = _known(agreement.term.start)
        end = None if agreement.term.until_successor else _known(agreement.term.end)
    if start is None and end is None and agreement.year is not None:
        return datetime.date(agreement.year, 1, 1), datetime.date(agreement.year, 12, 31)
    return start, end


def _known(day: Day | None) -> datetime.date | None:
    return day if isinstance(day, datetime.date) else None


def check_day(day: Day | None, span: Span, label: str, place: Place, intake: Intake) -> None:
    """Report a day outside the days in question; `label` says what it is of."""
    start, end = span
    if not isinstance(day, datetime.date):
        return
    if (start is not None and day < start) or (end is not None and day > end):
        outside = _show(start, end)
        message = labelled(label, Said(f"{day} is not in {outside}", f"{day}不在{outside.zh}之内"))
        intake.warn("record-date-outside", message, place)


def _show(start: datetime.date | None, end: datetime.date | None) -> Said:
    if start is not None and end is not None:
        return Said(f"the term, {start} to {end}", f"有效期{start}至{end}")
    if start is not None:
        return Said(f"the term from {start}", f"{start}起的有效期")
    return Said(f"the term until {end}", f"截至{end}的有效期")


def days_of(value: object) -> Iterator[Day]:
    """Go through the days that a value names: of its cases, and of its statements."""
    match value:
        case Observation():
            for statement in (value.self_assessed, value.verified, value.reviewed):
                yield from days_of(statement)
        case Statement():
            yield from () if value.on is None else (value.on,)
            yield from days_of(value.value)
        case Case():
            yield from () if value.on is None else (value.on,)
        case tuple() | list():
            for each in value:
                yield from days_of(each)


def check_days(value: object, span: Span, label: str, place: Place, intake: Intake) -> None:
    """Report each day of a value that is none, or that is outside the days in question."""
    for day in days_of(value):
        if isinstance(day, str):
            for finding in read_day(day)[1]:
                intake.report(
                    finding.code, labelled(label, finding.message), place, hint=finding.hint
                )
        else:
            check_day(day, span, label, place, intake)
