"""Days and calendars as they are asked for on the command line.

Source: semantics 10 (deadlines move to the next working day).

>>> day("2024-06-30"), objects("户=30"), objects("人=甲,乙")
(datetime.date(2024, 6, 30), ('户', '30'), ('人', ('甲', '乙')))
"""

from __future__ import annotations

import argparse
import datetime
import re
from pathlib import Path

from healthduty.calendars import OfficialCalendar, Weekdays, WorkCalendar
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.intake import is_file, no_file
from healthduty.findings import Findings
from healthduty.model.party import to_day
from healthduty.year.days_off import read_work_calendar

_COMMA = re.compile("[,，、]")


def day(text: str) -> datetime.date:
    """Return a day, written as 2024-06-30.

    Raises:
        argparse.ArgumentTypeError: no day of the calendar.
    """
    found = to_day(text)
    if isinstance(found, str):
        raise argparse.ArgumentTypeError(f"`{text}` is no day: write it like 2024-06-30")
    return found


def objects(text: str) -> tuple[str, str | tuple[str, ...]]:
    """Return how many there are of what a duty is owed to, or what each is called.

    Raises:
        argparse.ArgumentTypeError: not of the form 户=30 or 户=甲户,乙户.
    """
    per, equals, told = (part.strip() for part in text.partition("="))
    if not per or not equals or not told:
        raise argparse.ArgumentTypeError(f"`{text}`: write it like 户=30 or 户=甲户,乙户")
    names = tuple(name for each in _COMMA.split(told) if (name := each.strip()))
    return per, names if len(names) > 1 or not told[0].isdigit() else told


def work_calendar(path: Path | None) -> tuple[WorkCalendar, Findings]:
    """Return which days are worked on: by a file of days off, by what was announced, by weekdays.

    Without the extra `calendar` Monday to Friday count, and the library says where that matters.

    Raises:
        SourceError: a file that can't be read as a calendar.
        WrongUsageError: no such file.
    """
    try:
        announced: WorkCalendar = OfficialCalendar()
    except ImportError:
        announced = Weekdays()
    if path is None:
        return announced, Findings()
    if not is_file(path):
        raise WrongUsageError(no_file(path))
    read = read_work_calendar(path, beyond=announced)
    return read.calendar, read.findings
