"""Rows of totals are no facilities."""

from __future__ import annotations

import pytest

from healthduty.records.totals import is_total
from records.reading_agreement import read

CHINESE = " 合　计 |总计：|小计|卫生院小计|平均|平均值|全县平均|全县|全县合计"
ENGLISH = "Total|TOTAL:|Grand total|subtotal|sub-total|Average|mean|sum"


@pytest.mark.parametrize("text", f"{CHINESE}|{ENGLISH}".split("|"))
def test_what_a_row_of_totals_is_called(text: str) -> None:
    """Typeset with spaces, with a colon, of a group."""
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "南关中心",
        "全福中心",
        "合计路卫生院",
        "平均镇卫生院",
        "总医院",
        "Sumner",
        "meant",
        "合计" * 20,
    ],
)
def test_what_no_row_of_totals_is_called(text: str) -> None:
    """A word inside a name makes no total."""
    assert not is_total(text)


def test_a_total_is_left_out_wherever_it_stands() -> None:
    """At the bottom, between groups, in the column of running numbers or of codes."""
    text = (
        "序号,机构编码,机构,满意率\n1,01,南关,93\n,,卫生院小计,93\n2,02,北关,91\n"
        "合 计,,,92\n,平均,,92\n"
    )
    records = read(text)
    assert [record.facility for record in records] == ["01", "02"]
    rows = [each.place.row for each in records.findings if each.code == "record-row-total"]
    assert rows == [3, 5, 6]
    assert records.findings.errors.codes == ()


def test_a_total_moves_no_check_of_the_columns() -> None:
    """A mean of 0.92 among shares shows nothing about the unit of the column."""
    records = read("机构,满意率\n南关,0.93\n北关,0.91\n合计,184\n")
    assert "record-rate-scale" in records.findings.codes


def test_a_long_table_may_have_totals() -> None:
    """A row for each value of the whole county is none of a facility."""
    text = "机构,指标,数值\n南关,满意率,93\n合计,满意率,93\n"
    records = read(text)
    assert [record.facility for record in records] == ["南关"]
    assert [each.place.row for each in records.findings if each.code == "record-row-total"] == [3]


def test_where_there_is_nothing_else_the_total_is_what_was_meant() -> None:
    """A county that reports itself is read, and told."""
    records = read("机构,满意率\n全县,93\n")
    assert [record.facility for record in records] == ["全县"]
    assert "record-row-total" in records.findings.codes
