"""The smallest ledger behind each finding of submissions that come from files."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable

import pytest

from healthduty.calendars import DaySpan
from healthduty.errors import SourceError
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Obligation
from healthduty.records.record import Record
from healthduty.year.ledgers import feed_ledger
from healthduty.year.occasions import Scope
from healthduty.year.submission_files import read_submissions

AGREEMENT = Agreement(
    "示例站责任书",
    year=2024,
    obligations=(
        Obligation("visits", "巡查", every="quarter"),
        Obligation("report", "月报", every="month", within=0),
        Obligation("settle", "办结投诉", every="event", within=5, working_days=True),
        Obligation("files", "随访", every="quarter", per="户"),
        Obligation("spring", "培训", every="half_year"),
        Obligation("autumn", "培训", every="half_year"),
    ),
)
PLAIN = "工作要求,日期,数量,对象,事件编号\n"


def rows(*lines: str, headings: str = PLAIN, name: str = "台账.csv") -> Iterable[Finding]:
    """Return what is found in a ledger of these rows."""
    return read_submissions(headings + "\n".join(lines) + "\n", AGREEMENT, name=name).findings


def findings_of(error: SourceError) -> Findings:
    """Return what a source was refused for."""
    return Findings(each for each in error.findings if isinstance(each, Finding))


def refused(text: str) -> Iterable[Finding]:
    """Return what a ledger is refused for."""
    with pytest.raises(SourceError) as caught:
        read_submissions(text, AGREEMENT, name="台账.csv")
    return findings_of(caught.value)


def sheets() -> Iterable[Finding]:
    """Return what is found in a workbook that holds more than the ledger."""
    pytest.importorskip("python_calamine")
    openpyxl = pytest.importorskip("openpyxl")

    book = openpyxl.Workbook()
    ledger, other = book.active, book.create_sheet("通讯录")
    for row in (("工作要求", "日期"), ("巡查", "2024-03-05")):
        ledger.append(row)
    other.append(("科室", "电话"))
    data = io.BytesIO()
    book.save(data)
    return read_submissions(data.getvalue(), AGREEMENT, name="台账.xlsx").findings


def strangers() -> Iterable[Finding]:
    """Return what is found where a ledger names a unit that has no record."""
    text = "单位名称,工作要求,日期\n南关卫生站,巡查,2024-03-05\n"
    scope = Scope(DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)))
    reading = read_submissions(text, AGREEMENT, name="台账.csv")
    units = [Record("南关站", {}), Record("东街站", {})]
    return feed_ledger(units, AGREEMENT, reading, scope).findings


FAULTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "submission-header": lambda: refused("内容,时间\n巡查,2024-03-05\n"),
    "submission-column-unknown": lambda: rows(
        "巡查,2024-03-05,晴", headings="工作要求,日期,天气\n"
    ),
    "submission-column-twice": lambda: rows(
        "巡查,2024-03-05,2024-03-06", headings="工作要求,日期,办结日期\n"
    ),
    "submission-sheet-unread": sheets,
    "submission-facility-missing": lambda: rows(
        "南关站,巡查,2024-03-05", ",巡查,2024-05-05", headings="单位名称,工作要求,日期\n"
    ),
    "submission-duty-missing": lambda: rows(",2024-03-05,1,,"),
    "submission-duty-unknown": lambda: rows("巡查工作,2024-03-05,1,,"),
    "submission-duty-ambiguous": lambda: rows("培训,2024-03-05,1,,"),
    "submission-count-unreadable": lambda: rows("巡查,2024-03-05,若干,,"),
    "submission-date-missing": lambda: rows("巡查,,1,,"),
    "submission-event-missing": lambda: rows("办结投诉,2024-03-05,1,,"),
    "submission-count-blank": lambda: rows("巡查,2024-03-05,,,", "巡查,2024-05-06,,,"),
    "submission-object-unused": lambda: rows("巡查,2024-03-05,1,三村,"),
    "submission-repeated": lambda: rows("巡查,2024-03-05,1,,", "巡查,2024/3/5,1,,"),
    "submission-facilities": lambda: rows(
        "南关站,巡查,2024-03-05", "东街站,巡查,2024-05-05", headings="单位名称,工作要求,日期\n"
    ),
    "submission-facility-unknown": strangers,
}
"""Each finds its code at least once; the first such finding is the example of the docs."""


def example(code: str) -> Finding:
    """Return the finding that shows a code."""
    return next(each for each in FAULTS[code]() if each.code == code)
