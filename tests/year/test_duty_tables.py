"""All duties at a glance: what is lacking, what is due next, and the calendar of a year."""

from __future__ import annotations

import datetime

import pytest

from healthduty.calendars import DaySpan
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Obligation
from healthduty.records.record import Case
from healthduty.year.duty_tables import due_table, duties_table
from healthduty.year.obligations import fulfilments
from healthduty.year.occasions import Scope
from healthduty.year.submissions import Submission

YEAR = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
DUTIES = (
    Obligation("visits", "巡查", every="quarter"),
    Obligation("report", "月报", every="month", within=5),
    Obligation("settle", every="event", within=5),
    Obligation("files", "随访", every="half_year", per="户"),
    Obligation("plan", "计划", every="once", due="2024-03-28"),
)
AGREEMENT = Agreement("示例", obligations=DUTIES)
MADE = (Submission("visits", "2024-02-01"), Submission("report", "2024-03-20", period="2024-01"))


def look(until: datetime.date) -> Scope:
    """Return a look on a day, at three households."""
    return Scope(YEAR, until=until, objects={"户": 3})


def test_how_all_duties_stand() -> None:
    """A row a duty, with what is lacking and when more is due."""
    scope = look(datetime.date(2024, 7, 10))
    found, _ = fulfilments(AGREEMENT, MADE, scope, {"settle": [Case("7", "2024-03-01")]})
    assert [row[:6] for row in duties_table(found).rows] == [
        ("巡查", "2", "1", "0", "1", "1"),
        ("月报", "6", "1", "1", "1", "5"),
        ("settle", "1", "0", "0", "0", "1"),
        ("随访", "3", "0", "0", "0", "3"),
        ("计划", "1", "0", "0", "0", "1"),
    ]
    periods = [(row[6], row[7]) for row in duties_table(found, "en").rows]
    assert periods[0] == ("2024-Q2", "2024-09-30")
    assert periods[1] == ("2024-02, 2024-03, 2024-04 and 2 more", "2024-08-05")
    assert periods[4] == ("the whole term", "")
    assert duties_table(found).rows[1][6] == "2024-02、2024-03、2024-04等5期"


def test_what_is_done_ahead_is_not_due() -> None:
    """The second quarter's visit of May is not asked for again in June."""
    done = [*MADE, Submission("visits", "2024-05-02")]
    found, _ = fulfilments(AGREEMENT, done, look(datetime.date(2024, 6, 1)))
    assert duties_table(found).rows[0][7] == "2024-09-30"


def test_the_calendar_of_a_year() -> None:
    """In order of the days; an event's duty has none."""
    rows = due_table(DUTIES, look(YEAR.last)).rows
    days = [row[0] for row in rows]
    assert days == sorted(days)
    assert len(rows) == 4 + 12 + 2 + 1
    assert ("2024-03-28", "计划", "全期", "1次") in rows
    assert ("2024-06-30", "随访", "2024-H1", "3次") in rows


def test_a_unit_that_joined_later_has_less_to_do() -> None:
    """What lies before its days is not its own."""
    july = DaySpan(datetime.date(2024, 7, 1), YEAR.last)
    rows = due_table(DUTIES, Scope(YEAR, answers=july)).rows
    assert min(row[0] for row in rows) > "2024-06-30"


def test_an_unknown_language_is_refused() -> None:
    """As everywhere."""
    with pytest.raises(UsageError):
        duties_table((), "de")  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        due_table((), look(YEAR.last), "de")  # type: ignore[arg-type]
