"""A user's own calendar: tables and JSON, and everything that is wrong with them at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from healthduty.calendars import OwnCalendar
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.year.days_off import read_work_calendar

TABLE = """\
2027年放假安排,,
日期,类型,备注
2027-01-01,休,元旦
2027年2月5日至2027年2月11日,放假,春节
2027-02-14,班,补班

2026-12-31,休,
"""
SPRING = [date(2027, 2, day) for day in range(5, 12)]


def faults(text: str) -> list[str]:
    """Return the codes and places of the faults of a text."""
    with pytest.raises(SourceError) as caught:
        read_work_calendar(text, name="假期.csv")
    found = [each for each in caught.value.findings if isinstance(each, Finding)]
    return [f"{each.code} @ {each.place}" for each in found]


def test_a_table_of_days(tmp_path: Path) -> None:
    """In the encoding of Chinese Excel, with a title above and runs of days."""
    path = tmp_path / "假期.csv"
    path.write_bytes(TABLE.encode("gb18030"))
    found = read_work_calendar(path)
    assert found.calendar == OwnCalendar(
        {date(2027, 1, 1), *SPRING, date(2026, 12, 31)}, {date(2027, 2, 14)}, years={2027}
    )
    assert read_work_calendar(str(path)) == found
    assert found.findings.codes == ("calendar-thin",)
    assert "2026" in found.findings[0].message
    assert not found.calendar.knows(date(2026, 5, 1))
    assert not found.calendar.is_working(date(2026, 12, 31))


def test_a_table_without_kinds_holds_days_off() -> None:
    """The shortest file there is."""
    text = "date\n" + "\n".join(map(str, SPRING))
    assert read_work_calendar(text).calendar == OwnCalendar(SPRING, years={2027})


def test_json_says_its_years() -> None:
    """With `years` nothing is guessed; a bare list is one of days off."""
    found = read_work_calendar('{"years": [2027], "off": ["2027-01-01"]}')
    assert found.calendar.years == {2027}
    assert found.findings.codes == ()
    bare = read_work_calendar('["2027-02-05~2027-02-11"]')
    assert bare.calendar.off == set(SPRING)
    beyond = OwnCalendar({date(2028, 1, 3)}, years={2028})
    behind = read_work_calendar('["2027-02-05~2027-02-11"]', beyond=beyond)
    assert not behind.calendar.is_working(date(2028, 1, 3))


def test_all_faults_of_a_table_at_once() -> None:
    """Each with its row."""
    text = "日期,类型\n2027-02-30,休\n春节,休\n2027-03-01,半天\n2027-03-02,班\n2027-03-02,休\n,休\n"
    assert faults(text) == [
        "calendar-day @ 假期.csv, row 2",
        "calendar-day @ 假期.csv, row 3",
        "calendar-kind @ 假期.csv, row 4",
        "calendar-conflict @ 假期.csv, row 6",
        "calendar-day @ 假期.csv, row 7",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("假期,说明\n2027-01-01,元旦\n", ["calendar-shape @ 假期.csv"]),
        ("日期\n2027-02-11至2027-02-05\n", ["calendar-run @ 假期.csv, row 2"]),
        ("日期\n2027-01-01至2027-12-31\n", ["calendar-run @ 假期.csv, row 2"]),
        ("日期\n2027-01-01至2027-01-02至2027-01-03\n", ["calendar-run @ 假期.csv, row 2"]),
        ("日期,类型\n2027-02-14,班\n", ["calendar-empty @ 假期.csv"]),
        ('{"off": "2027-01-01"}', ["calendar-shape @ 假期.csv, $.off"]),
        (
            '{"off": [3, null], "years": ["2027", true], "halb": []}',
            [
                "calendar-day @ 假期.csv, $.off[0]",
                "calendar-day @ 假期.csv, $.off[1]",
                "calendar-shape @ 假期.csv, $.years[0]",
                "calendar-shape @ 假期.csv, $.years[1]",
                "calendar-shape @ 假期.csv, $.halb",
            ],
        ),
    ],
)
def test_what_is_no_calendar(text: str, expected: list[str]) -> None:
    """A wrong shape says where."""
    assert faults(text) == expected


def test_a_file_that_is_not_there() -> None:
    """It says why, as a file of records does."""
    with pytest.raises(SourceError, match="can't be opened"):
        read_work_calendar("nowhere.csv")


@pytest.mark.parametrize(
    "run", ["2027/2/5至2027/2/11", "2027年2月5日 — 2027年2月11日", "2027-02-05 to 2027-02-11"]
)
def test_runs_as_people_write_them(run: str) -> None:
    """A slash belongs to a date and never divides a run."""
    assert read_work_calendar(f"日期\n{run}\n").calendar.off == set(SPRING)
