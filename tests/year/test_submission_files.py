"""Ledgers of duties: what is read from each form of them, and that nothing of them is dropped."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.calendars import DaySpan
from healthduty.errors import SourceError, UsageError
from healthduty.records.record import Case
from healthduty.year.obligations import fulfilment
from healthduty.year.occasions import Scope
from healthduty.year.submission_columns import column_of, period_label
from healthduty.year.submission_files import SubmissionReading, read_submissions
from healthduty.year.submissions import Submission
from year.submission_faults import AGREEMENT, findings_of

HEADINGS = ("工作要求", "完成日期", "次数", "服务对象", "期次", "事件编号", "佐证")
ROWS: tuple[tuple[str, ...], ...] = (
    ("巡查", "2024年3月5日", "2次", "", "", "", "巡查记录"),
    ("report", "2024/4/1", "1", "", "2024年3月", "", ""),
    ("办结投诉", "2024-03-08", "1", "", "", "7", ""),
    ("随访", "20240510", "１", "三村12户", "2024年第二季度", "", ""),
)
EXPECTED = (
    Submission("visits", "2024-03-05", 2, evidence="巡查记录"),
    Submission("report", "2024-04-01", period="2024-03"),
    Submission("settle", "2024-03-08", case="7"),
    Submission("files", "2024-05-10", of="三村12户", period="2024-Q2"),
)


def csv_of(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, mark: str = ",") -> str:
    """Return a delimited text."""
    return "".join(mark.join(row) + "\n" for row in (headings, *rows))


def workbook_of(rows: Any, *, merge: str = "", formula: str = "") -> bytes:  # noqa: ANN401 - cells
    """Return a workbook with a title above its header, as bureaus keep them."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if formula:
        sheet[formula] = "=1+1"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(source: Any, **given: Any) -> SubmissionReading:  # noqa: ANN401 - any source
    """Read a ledger of the sample agreement."""
    return read_submissions(source, AGREEMENT, **given)


def placed(reading: SubmissionReading) -> list[str]:
    """Return each finding by its code and place."""
    return [f"{each.code} @ {each.place}" for each in reading.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """Excel's own CSV is GB18030; the rows are the same."""
    path = tmp_path / "台账.csv"
    path.write_bytes(csv_of(*ROWS).encode(encoding))
    found = read(path)
    assert found.submissions == EXPECTED
    assert placed(found) == []
    assert read(str(path)).submissions == EXPECTED


def test_every_form_says_the_same() -> None:
    """A text, tabs, JSON, dicts and a workbook."""
    dicts = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    title = ("2024年工作台账",)
    for source in (
        csv_of(*ROWS),
        csv_of(*ROWS, mark="\t"),
        json.dumps(dicts, ensure_ascii=False),
        dicts,
    ):
        assert read(source).submissions == EXPECTED
        assert placed(read(source)) == []
    found = read(workbook_of([title, HEADINGS, *ROWS]), name="台账.xlsx")
    assert found.submissions == EXPECTED
    assert placed(found) == ["record-row-above @ 台账.xlsx, sheet 台账, row 1"]


def test_english_headings() -> None:
    """Duty, date, count, object, period, event."""
    text = "duty,date,count,object,period,event\nvisits,2024-03-05,2,,2024-Q1,\n"
    assert read(text).submissions == (Submission("visits", "2024-03-05", 2, period="2024-Q1"),)


def test_python_s_own_values() -> None:
    """A date, a count and NaN come from frames."""
    day = datetime.date(2024, 3, 5)
    blank = float("nan")
    found = read(
        [
            {"duty": "visits", "date": day, "count": 2.0, "period": blank},
            {"duty": "visits", "date": blank, "count": blank, "period": "2024-Q2"},
        ]
    )
    assert found.submissions == (
        Submission("visits", day, 2),
        Submission("visits", None, period="2024-Q2"),
    )
    assert found.findings.codes == ("submission-date-missing", "submission-count-blank")


def test_the_ledger_of_one_duty() -> None:
    """A log of complaints has no column for the duty; a row may still name another."""
    assert read("日期,编号\n2024-03-08,7\n", duty="settle").submissions == (
        Submission("settle", "2024-03-08", case="7"),
    )
    text = "日期,工作要求\n2024-03-08,\n2024-03-09,月报\n"
    assert [each.duty for each in read(text, duty="巡查").submissions] == ["visits", "report"]


def test_all_faults_at_once_and_nothing_dropped() -> None:
    """Each by its row and column; what can't be read is met again by the duty's own look."""
    found = read(
        csv_of(
            ("巡查", "2024-02-30", "1"),
            ("巡视", "三月", "1"),
            ("巡查", "2024-03-05", "-1"),
            ("", "2024-03-05", "若干"),
            ("巡查", "2024-03-06", ""),
            headings=("工作要求", "日期", "数量"),
        ),
        name="台账.csv",
    )
    assert placed(found) == [
        "record-date-impossible @ 台账.csv, row 2, column 日期",
        "submission-duty-unknown @ 台账.csv, row 3, column 工作要求",
        "record-date-unreadable @ 台账.csv, row 3, column 日期",
        "submission-count-unreadable @ 台账.csv, row 4, column 数量",
        "submission-duty-missing @ 台账.csv, row 5",
        "submission-count-unreadable @ 台账.csv, row 5, column 数量",
        "submission-count-blank @ 台账.csv, row 6, column 数量",
    ]
    assert [(each.duty, str(each.on)) for each in found.submissions] == [
        ("visits", "2024-02-30"),
        ("巡视", "三月"),
        ("visits", "2024-03-06"),
    ]
    term = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    looked = fulfilment(AGREEMENT.obligations[0], found.submissions, Scope(term))
    assert "duty-undated" in looked.findings.codes


def test_rows_that_do_not_fit() -> None:
    """The reader of tables tells of short, long, empty and headless cells, as for records."""
    text = "工作要求,日期,\n巡查,2024-03-05,x\n\n月报\n随访,2024-03-05,,y\n"
    assert placed(read(text, name="台账.csv")) == [
        "record-row-empty @ 台账.csv, row 3",
        "record-row-short @ 台账.csv, row 4",
        "record-row-long @ 台账.csv, row 5",
        "record-column-unnamed @ 台账.csv, row 1",
        "submission-date-missing @ 台账.csv, row 4, column 日期",
    ]


def test_a_row_of_totals() -> None:
    """It is no duty, and says why."""
    found = read("工作要求,日期,数量\n巡查,2024-03-05,1\n合计,,1\n")
    assert found.findings[0].hint == "leave it out"


def test_merged_cells_of_a_workbook() -> None:
    """A merged duty or date speaks of each row; a merged count of none but the first."""
    rows = [("工作要求", "日期", "数量"), ("巡查", "2024-03-05", 1), (None, "2024-05-05", None)]
    found = read(workbook_of(rows, merge="A2:A3"), name="台账.xlsx")
    assert [each.duty for each in found.submissions] == ["visits", "visits"]
    merged = read(workbook_of(rows, merge="C2:C3"), name="台账.xlsx")
    assert "workbook-cell-merged @ 台账.xlsx, 台账!C2" in placed(merged)


def test_a_cell_of_a_workbook_goes_by_its_name() -> None:
    """People look it up as 台账!B3; a day of Excel's is a day."""
    rows = [
        ("工作要求", "日期", "数量", "天气"),
        ("巡查", datetime.datetime(2024, 3, 5), 2, None),  # noqa: DTZ001 - Excel has no zones
        ("巡查", "春节前", 1, None),
    ]
    found = read(workbook_of(rows, formula="C3"), name="台账.xlsx")
    assert found.submissions[0] == Submission("visits", "2024-03-05", 2)
    assert placed(found) == [
        "file-formula @ 台账.xlsx, 台账!C3",
        "submission-column-unknown @ 台账.xlsx, 台账!D1",
        "record-date-unreadable @ 台账.xlsx, 台账!B3",
        "submission-count-unreadable @ 台账.xlsx, 台账!C3",
    ]


def test_several_facilities() -> None:
    """Each one's own, by its code or its name."""
    text = "机构编码,单位名称,工作要求,日期\na,南关站,巡查,2024-03-05\nb,东街站,巡查,2024-03-06\n"
    found = read(text)
    assert found.facilities == ("a", "b")
    assert found.of("a") == found.of("南关站") == (Submission("visits", "2024-03-05"),)
    assert found.of("") == found.of("西街站") == ()


def test_what_is_said_twice_counts_twice() -> None:
    """Two visits on one day may be two; other evidence makes no other visit."""
    found = read("工作要求,日期,佐证\n巡查,2024-03-05,甲\n巡查,2024-03-05,乙\n")
    assert len(found.submissions) == 2
    assert found.findings.codes == ("submission-repeated",)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("内容,人员\n巡查,甲\n", "submission-header"),
        ('[{"duty": "visits"}]', "submission-header"),
        ('{"duty": "visits"}', "record-json-list"),
        ("[]", "record-no-rows"),
        ("[3]", "record-json-record"),
        ('工作要求,日期\n巡查,"2024\n', "record-quotes"),
        (b"\x00\x01\x02", "record-nul"),
        ("nowhere.csv", "record-file"),
    ],
)
def test_what_can_not_be_read_at_all(source: Any, code: str) -> None:  # noqa: ANN401 - any source
    """It is refused with its reason."""
    with pytest.raises(SourceError) as caught:
        read(source)
    assert code in findings_of(caught.value).codes


def test_a_cell_that_is_no_cell() -> None:
    """A list in JSON is named, and the row read without it."""
    found = read('[{"duty": "visits", "date": "2024-03-05", "count": [1, 2]}]', name="台账.json")
    assert placed(found)[0] == "record-value-shape @ 台账.json, $[0].count"
    assert found.submissions == (Submission("visits", "2024-03-05"),)


def test_a_header_without_rows() -> None:
    """It is told, and there is nothing."""
    found = read("工作要求,日期\n")
    assert (found.submissions, found.findings.codes) == ((), ("record-no-rows",))


def test_what_is_no_ledger() -> None:
    """A wrong call is one."""
    with pytest.raises(UsageError, match="a ledger is read from"):
        read(3)
    with pytest.raises(UsageError, match="a ledger is read from"):
        read({"duty": "visits"})


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024年3月", "2024-03"),
        ("2024 年 3 月份", "2024-03"),
        ("2024-13", "2024-13"),
        ("2024Q2", "2024-Q2"),
        ("2024年第三季度", "2024-Q3"),
        ("2024年上半年", "2024-H1"),
        ("2024-H2", "2024-H2"),
        ("2024年第5周", "2024-W05"),
        ("2024年度", "2024"),
        ("开春", "开春"),
    ],
)
def test_periods_as_people_write_them(text: str, label: str) -> None:
    """Each becomes the label that occasions have."""
    assert period_label(text) == label


def test_a_period_by_a_day_of_it() -> None:
    """Excel makes a date of 2024年3月 on its own."""
    found = read("工作要求,日期,期次\n月报,2024-04-01,2024年3月1日\n")
    assert found.submissions[0].named_day == datetime.date(2024, 3, 1)


def test_a_unit_in_the_heading() -> None:
    """学时数（学时） is a count."""
    assert column_of("学时数（学时）") is column_of("count")


def test_the_table_shows_the_ledger() -> None:
    """As it was read."""
    found = read(csv_of(*ROWS))
    assert "三村12户" in str(found)
    assert found.table("en").headings[1] == "duty"
    with pytest.raises(UsageError):
        found.table("de")  # type: ignore[arg-type]


def test_events_are_answered_from_a_ledger() -> None:
    """Complaint 7 of 1 March is settled within five working days."""
    found = read(csv_of(*ROWS))
    term = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    looked = fulfilment(
        AGREEMENT.obligations[2], found.submissions, Scope(term), [Case("7", "2024-03-01")]
    )
    assert looked.counted == 1
    assert looked.lacking == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["visits", "report", "files"]),
            st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)),
            st.integers(0, 10**6),
            st.sampled_from(["", "甲", "乙"]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_row_is_a_submission(rows: list[tuple[str, datetime.date, int, str]]) -> None:
    """What is written is read, in order, none lost and none made up."""
    text = csv_of(
        *((duty, str(day), str(count), of) for duty, day, count, of in rows),
        headings=("工作要求", "日期", "数量", "对象"),
    )
    expected = [Submission(duty, day, count, of=of) for duty, day, count, of in rows]
    assert list(read(text).submissions) == expected
