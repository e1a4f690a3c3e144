"""Columns of values that a standard calls by their headings: 底线值, 目标值, 挑战值."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import excel

_HEAD = "指标|单位|分值|底线值|目标值|挑战值|计分方法"
_STANDARD = "达到挑战值得满分，达到目标值得80%，达到底线值得60%，低于底线值不得分"


@pytest.mark.parametrize(
    ("row", "written"),
    [
        (
            "微创手术占比|%|10|20|25|≥30",
            (
                "微创手术占比：30%（含）以上得满分，25%（含）以上得本项分值的80%，"
                "20%（含）以上得本项分值的60%，20%（不含）以下得0分。"
            ),
        ),
        (
            "平均住院日|天|10|9|8|7.5天",
            (
                "平均住院日：7.5天（含）以下得满分，8天（含）以下得本项分值的80%，"
                "9天（含）以下得本项分值的60%，9天（不含）以上得0分。"
            ),
        ),
    ],
)
def test_numbers_stand_where_the_standard_names_them(row: str, written: str) -> None:
    """With the row's unit; where less is better, below the least is beyond it."""
    reading = hd.read_agreement(excel([_HEAD, f"{row}|{_STANDARD}"]), name="表.xlsx")
    (item,) = reading.agreement.parts
    assert isinstance(item, hd.Indicator)
    assert hd.write_clause(item.rules, measures=reading.agreement.measures) == written
    assert {finding.code for finding in reading.findings} <= {"clause-assumed", "text-untitled"}


def test_a_value_that_no_standard_names_is_told() -> None:
    """What stands under it would be lost in silence."""
    rows = [_HEAD, "药占比|%|10|32|30|28|每超目标值1个百分点扣1分"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    told = [finding for finding in reading.findings if finding.code == "table-column-unknown"]
    assert [finding.place.column for finding in told] == ["D", "F"]


@pytest.mark.parametrize(
    ("name", "target"), [("投诉", "0"), ("医疗纠纷", "2"), ("院感发生率", "1")]
)
def test_a_bare_number_of_what_nobody_wants_is_the_most(name: str, target: str) -> None:
    """投诉 | 0 asks for none, and not for 0 or more."""
    text = f"示例责任书\n指标\t目标值\t分值\n{name}\t{target}\t5\n"
    (item,) = hd.read_agreement(text).agreement.parts
    assert isinstance(item, hd.Indicator)
    assert [(str(each.comparator), str(each.value)) for each in item.targets] == [("<=", target)]


def test_none_of_it_is_asked_for_and_each_costs() -> None:
    """有效投诉 | 0次 beside 1次扣5分: the case is what is asked for, and not that it is not so."""
    text = "示例责任书\n指标\t目标值\t分值\t评分标准\n有效投诉\t0次\t5\t1次扣2分，2次及以上不得分\n"
    reading = hd.read_agreement(text)
    assert [measure.code for measure in reading.agreement.measures] == ["有效投诉"]
    assert not reading.findings.errors
