"""A user's own calendar from a file: days off and make-up working days, all its faults at once.

A table has a heading `日期` (date) and, where it holds working days as well, `类型` (kind: 休 or
班); JSON has `off`, `working` and, to say for which years it stands, `years`. A run of days is
written 2027-02-05至2027-02-11. Without `years` a file knows each year of which it names seven
days off or more: fewer are the new year's edge of a neighbour.

Source: “a user's own file for years not yet announced”; semantics 10, 12.

>>> text = '{"years": [2027], "off": ["2027-02-05至2027-02-11"], "working": ["2027-02-14"]}'
>>> found = read_work_calendar(text)
>>> len(found.calendar.off), found.calendar.is_working(datetime.date(2027, 2, 14))
(7, True)
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from healthduty.calendars import DaySpan, OwnCalendar, Weekdays, WorkCalendar
from healthduty.errors import RuleError
from healthduty.exact import plain_text
from healthduty.findings import Finding, Findings, Severity
from healthduty.records.days import read_day
from healthduty.records.encodings import read_text
from healthduty.records.intake import refuse, shown
from healthduty.records.json_data import read_data
from healthduty.records.tables import read_rows
from healthduty.said import Said, reason_of
from healthduty.sources import Place
from healthduty.year.content import FileSource, content_of

_FEW = 7
"""Days off of a year; the shortest official list of one has more."""
_LONGEST_RUN = 40
_RUN = re.compile(r"\s*(?:至|到|～|~|—+|\bto\b)\s*")
_PLAIN = Weekdays()
_DATE = ("日期", "date", "day")
_KIND = ("类型", "类别", "kind", "type")
_OFF = ("休", "休息", "放假", "假", "节假日", "off", "holiday")
_WORKING = ("班", "上班", "补班", "调休上班", "工作日", "working", "work")


_NO_DAY = Said("no day stands here", "这里没有写日期")
_WRITE_DAYS = Said("write it as 2027-02-05", "写成2027-02-05")


@attrs.frozen
class CalendarReading:
    """A calendar as it was read, and remarks that did not keep it from being read."""

    calendar: OwnCalendar
    findings: Findings


@attrs.define
class _Days:
    """The days of a file on their way into a calendar."""

    source: str
    off: dict[datetime.date, Place] = attrs.Factory(dict)
    working: dict[datetime.date, Place] = attrs.Factory(dict)
    years: set[int] = attrs.Factory(set)
    faults: list[Finding] = attrs.Factory(list)

    def fault(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Add an error."""
        self.faults.append(Finding(code, message, place=place, hint=hint))

    def add(self, raw: object, place: Place, *, working: bool) -> None:
        """Add the day or the days that a cell names."""
        book, other = (self.working, self.off) if working else (self.off, self.working)
        for day in self._read(raw, place):
            if day in other:
                message = Said(
                    f"{day} is a day off and a working day", f"{day}既列为休息日，又列为工作日"
                )
                self.fault("calendar-conflict", message, place)
            book[day] = place

    def _read(self, raw: object, place: Place) -> Iterator[datetime.date]:
        parts = _RUN.split(raw.strip()) if isinstance(raw, str) else [raw]
        days = []
        for part in parts:
            day, found = read_day(part)
            if isinstance(day, datetime.date):
                days.append(day)
            else:
                words = found[0].message if found else _NO_DAY
                self.fault("calendar-day", words, place, _WRITE_DAYS)
        if len(days) < len(parts):
            return
        try:
            span = DaySpan(days[0], days[-1])
        except RuleError as error:
            self.fault("calendar-run", reason_of(error), place)
            return
        if len(days) > 2 or span.days > _LONGEST_RUN:  # noqa: PLR2004 - from and to
            text, count = shown(str(raw)), span.days
            message = Said(
                f"`{text}` is no run of days off: {count} days",
                f"`{text}`不像一段假期：共{count}天",
            )
            self.fault("calendar-run", message, place)
            return
        yield from span


def read_work_calendar(
    source: FileSource, *, name: str = "", beyond: WorkCalendar = _PLAIN
) -> CalendarReading:
    """Read a user's days off from a path, from bytes, or from a text: a table or JSON.

    A text on one line is a path, unless a bracket begins it. `beyond` is asked about the years
    that the file does not cover.

    Raises:
        SourceError: what can't be read, with every fault and its place.
    """
    content, name = content_of(source, name)
    text = read_text(content, name) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff")
    days = _Days(name)
    if text.lstrip()[:1] in ("{", "["):
        _read_json(read_data(text, name), days)
    else:
        _read_table(read_rows(text, name), days)
    if not days.faults and not days.off:
        message = Said("the file names no day off", "文件里没有列出任何休息日")
        days.fault("calendar-empty", message, Place(name))
    if days.faults:
        refuse(name or "calendar", *days.faults)
    findings = [] if days.years else list(_thin_years(days))
    years = days.years or _covered(days)
    calendar = OwnCalendar(days.off, days.working, years=years, beyond=beyond)
    return CalendarReading(calendar, Findings(findings))


def _counts(days: _Days) -> Counter[int]:
    return Counter(day.year for day in days.off)


def _covered(days: _Days) -> set[int]:
    return {year for year, count in _counts(days).items() if count >= _FEW}


def _thin_years(days: _Days) -> Iterator[Finding]:
    for year, count in sorted(_counts(days).items()):
        if count < _FEW:
            yield Finding(
                "calendar-thin",
                Said(
                    f"days off of {year} that are named: {count}; the year does not count as known",
                    f"{year}年只列出{count}个休息日，该年不按已掌握节假日安排处理",
                ),
                severity=Severity.WARNING,
                place=Place(days.source),
                hint=Said(
                    f'where these are all of them, say so in JSON: "years": [{year}]',
                    f'确已列全的，用JSON写明："years": [{year}]',
                ),
            )


def _read_table(rows: Sequence[Sequence[str]], days: _Days) -> None:
    """Read a table: its first row that names a column of dates is the header."""
    header, columns = _header(rows)
    if columns is None:
        message = Said("no column is headed `日期` or `date`", "没有表头为`日期`或`date`的列")
        days.fault("calendar-shape", message, Place(days.source))
        return
    date_column, kind_column = columns
    for number, row in enumerate(rows[header + 1 :], header + 2):
        cells = [*row, *[""] * (max(date_column, kind_column or 0) + 1 - len(row))]
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(days.source, row=number)
        kind = "" if kind_column is None else plain_text(cells[kind_column]).lower()
        if kind_column is not None and kind not in (*_OFF, *_WORKING):
            message = Said(
                f"`{shown(kind)}` is neither a day off (休) nor a working day (班)",
                f"`{shown(kind)}`既不是休息日（休），也不是工作日（班）",
            )
            days.fault("calendar-kind", message, place)
        days.add(cells[date_column], place, working=kind in _WORKING)


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, tuple[int, int | None] | None]:
    for number, row in enumerate(rows):
        names = [plain_text(cell).lower() for cell in row]
        date_column = next((names.index(each) for each in _DATE if each in names), None)
        if date_column is not None:
            kind_column = next((names.index(each) for each in _KIND if each in names), None)
            return number, (date_column, kind_column)
    return 0, None


def _read_json(found: object, days: _Days) -> None:
    """Read an object of `off`, `working` and `years`, or a list of days off."""
    for key, entries in (found if isinstance(found, Mapping) else {"off": found}).items():
        place = Place(days.source, path=f"$.{shown(str(key))}")
        if key not in ("off", "working", "years"):
            name = shown(str(key))
            words = Said(
                f"`{name}` is none of `off`, `working`, `years`",
                f"只有`off`、`working`、`years`三项，没有`{name}`",
            )
            days.fault("calendar-shape", words, place)
        elif not isinstance(entries, list):
            message = Said(f"`{key}` is no list", f"`{key}`应当是列表")
            days.fault("calendar-shape", message, place)
        else:
            _read_entries(str(key), entries, days)


def _read_entries(key: str, entries: Sequence[object], days: _Days) -> None:
    for index, entry in enumerate(entries):
        place = Place(days.source, path=f"$.{key}[{index}]")
        if key != "years":
            days.add(entry, place, working=key == "working")
        elif type(entry) is int and datetime.MINYEAR <= entry <= datetime.MAXYEAR:
            days.years.add(entry)
        else:
            text = shown(str(entry))
            days.fault("calendar-shape", Said(f"`{text}` is no year", f"`{text}`不是年份"), place)
