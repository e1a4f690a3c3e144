"""A ledger of a county: each unit's rows feed its own record, and no row is lost on the way."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from healthduty.calendars import DaySpan
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Obligation
from healthduty.records.collection import Records
from healthduty.records.record import Case, Record, stated
from healthduty.rules.measure import Measure
from healthduty.year.ledgers import feed_ledger
from healthduty.year.occasions import Scope
from healthduty.year.submission_files import read_submissions

YEAR = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
AGREEMENT = Agreement(
    "示例",
    measures=(Measure("visits", "巡查"), Measure("settled", "按时办结率", unit="%")),
    obligations=(
        Obligation("visits", "巡查", every="year", times=12, measure="visits"),
        Obligation("settle", "办结投诉", every="event", within=5, measure="settled"),
    ),
)
LEDGER = """单位编码,单位名称,工作要求,日期,次数,事件编号
a,甲站,巡查,2024-03-05,3,
b,乙站,巡查,2024-03-06,1,
,甲站,巡查,2024-06-05,2,
b,乙站,办结投诉,2024-03-04,1,7
"""
UNITS = (Record("a", {}, name="甲站"), Record("b", {}, name="乙站"))


def fed(text: str, *units: Record, **more: object) -> Records:
    """Return the records after a ledger."""
    scope = Scope(YEAR)
    return feed_ledger(units, AGREEMENT, read_submissions(text, AGREEMENT), scope, **more)  # type: ignore[arg-type]


def value(record: Record, code: str) -> str:
    """Return what a record says of a measure."""
    return str(stated(record.values[code])[0])


def test_each_unit_has_its_own_rows() -> None:
    """By the code, or by the name where the row has no code; events come by the facility."""
    events = {"b": {"settle": [Case("7", "2024-03-01")]}}
    found = fed(LEDGER, *UNITS, events=events)
    assert [value(record, "visits") for record in found] == ["5", "1"]
    assert value(found.find("b"), "settled") == "Ratio(1, 1)"
    assert found.findings.errors == Findings()


def test_a_unit_that_joined_later_has_a_look_of_its_own() -> None:
    """The scope may say for each record from when it answers."""
    july = DaySpan(datetime.date(2024, 7, 1), datetime.date(2024, 12, 31))
    found = feed_ledger(
        UNITS,
        AGREEMENT,
        read_submissions(LEDGER, AGREEMENT),
        lambda record: Scope(YEAR, answers=july if record.facility == "b" else None),
    )
    evidence = [record.values["visits"].evidence for record in found]  # type: ignore[union-attr]
    assert evidence == ["visits: 5/12 to 2024-12-31", "visits: 0/6 to 2024-12-31"]
    assert any(each.message.startswith("乙站: ") for each in found.findings)


def test_the_ledger_of_one_unit_names_none() -> None:
    """Without a facility the rows are the only record's."""
    text = "工作要求,日期\n巡查,2024-03-05\n"
    assert value(fed(text, UNITS[0])[0], "visits") == "1"
    lost = fed(text, *UNITS)
    assert [value(record, "visits") for record in lost] == ["0", "0"]
    assert lost.findings.errors.codes == ("submission-facility-unknown",)


def test_a_name_that_two_facilities_have_is_not_guessed() -> None:
    """The code tells them apart, and until then nobody gets the rows."""
    twins = (Record("a", {}, name="甲站"), Record("c", {}, name="甲站"))
    found = fed("单位名称,工作要求,日期\n甲站,巡查,2024-03-05\n", *twins)
    assert [value(record, "visits") for record in found] == ["0", "0"]
    assert "`甲站` is the name of `a`, `c`" in found.findings.errors[0].message


def test_two_records_of_one_facility_see_the_same_rows() -> None:
    """A half-year and a year look at one ledger."""
    found = fed(LEDGER, UNITS[0], Record("a", {}, name="甲站", period="2024-H1"))
    assert [value(record, "visits") for record in found] == ["5", "5"]


def test_all_findings_come_together() -> None:
    """Those of the records, of the ledger, and of the duties."""
    before = Findings(
        read_submissions("工作要求,日期,天气\n巡查,2024-03-05,晴\n", AGREEMENT).findings
    )
    text = "单位,工作要求,日期\n甲站,巡查,2024-02-30\n"
    found = feed_ledger(
        Records(UNITS[:1], findings=before),
        AGREEMENT,
        read_submissions(text, AGREEMENT),
        Scope(YEAR),
    )
    assert found.findings.codes == (
        "submission-column-unknown",
        "record-date-impossible",
        "duty-undated",
    )


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "x", ""]), st.integers(0, 3)), max_size=12))
def test_no_row_is_lost(rows: list[tuple[str, int]]) -> None:
    """What no record has is named by how many rows it is."""
    text = "单位编码,工作要求,日期,次数\n" + "".join(
        f"{code},巡查,2024-03-05,{count}\n" for code, count in rows
    )
    found = fed(text, *UNITS)
    for code in ("a", "b"):
        made = sum(count for facility, count in rows if facility == code)
        assert value(found.find(code), "visits") == str(min(made, 12))
    strange = {code: sum(each == code for each, _ in rows) for code in ("x", "")}
    told = [e.message for e in found.findings if e.code == "submission-facility-unknown"]
    assert sorted(int(message.rsplit(" ", 1)[1]) for message in told) == sorted(
        count for count in strange.values() if count
    )
