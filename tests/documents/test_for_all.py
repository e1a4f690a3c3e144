"""A standard below the items that is for all of them; what a table without 考核表 is called."""

from __future__ import annotations

import pytest

from documents.tabling import excel
from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading
from healthduty.model.indicator import Indicator
from healthduty.rules.rule import Deduction

_STANDARD = "完成得满分，每低1个百分点扣0.5分，每少1次扣1分，扣完为止。"


def _read(*rows: str, merged: tuple[str, ...] = ()) -> AgreementReading:
    return read_agreement(excel(rows, *merged), name="表.xlsx")


def _lost(reading: AgreementReading) -> dict[str, list[str]]:
    items = [item for item in reading.agreement.parts if isinstance(item, Indicator)]
    return {
        item.title: [str(rule.points) for rule in item.rules if isinstance(rule, Deduction)]
        for item in items
    }


@pytest.mark.parametrize(
    ("row", "merged"),
    [(f"评分办法|{_STANDARD}", ("B5:C5",)), (f"评分办法：{_STANDARD}", ("A5:C5",))],
)
def test_each_item_gets_what_fits_its_target(row: str, merged: tuple[str, ...]) -> None:
    """A rate is short by points, a count by times; an item's own standard stays its own."""
    reading = _read(
        "工作任务|年度目标|分值",
        "接种率|≥95%|20",
        "讲座|12次|10",
        "上报率|≥90%|5",
        row,
        merged=merged,
    )
    assert _lost(reading) == {"接种率": ["1/2"], "讲座": ["1"], "上报率": ["1/2"]}
    assert not [each for each in reading.findings if each.code == "clause-doubt"]


def test_an_own_standard_is_kept() -> None:
    """The row is for those that say nothing themselves."""
    reading = _read(
        "工作任务|年度目标|分值|评分标准",
        "接种率|≥95%|20|每低1%扣2分",
        "上报率|≥90%|5|",
        "评分办法|每低1%扣0.5分||",
        merged=("B4:D4",),
    )
    assert _lost(reading) == {"接种率": ["2"], "上报率": ["1/2"]}


def test_what_fits_no_item_is_told() -> None:
    """每少1次 among nothing but rates."""
    reading = _read(
        "工作任务|年度目标|分值", "接种率|≥95%|20", f"评分办法|{_STANDARD}", merged=("B3:C3",)
    )
    told = [each.text("en") for each in reading.findings if each.code == "text-unread"]
    assert len(told) == 1
    assert "每少1次扣1分" in told[0]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["高质量发展指标"], "高质量发展指标"),
        (["示例市人民医院", "2025年工作任务"], "2025年工作任务"),
        (["示例市人民医院"], ""),
        (["考核时间：2025年12月"], ""),
    ],
)
def test_the_one_name_above_a_table_is_its_title(above: list[str], title: str) -> None:
    """Whatever it ends in; a unit or a date is none."""
    rows = [*above, "指标|目标值|分值", "签约率|≥70%|5"]
    assert _read(*rows).agreement.title == title


def test_months_are_filled_in_later() -> None:
    """However many columns are for what is scored through the year, the header is one."""
    months = "|".join(f"{month}月" for month in range(1, 13))
    reading = _read(f"项目|标准分|考核内容及扣分标准|{months}|全年平均", "病历|30|缺页每份扣10分")
    assert _lost(reading) == {"病历": ["10"]}
    assert not [each for each in reading.findings if each.code == "table-column-unknown"]
