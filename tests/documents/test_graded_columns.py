"""Columns whose headings say what the cells below them earn: A（100%） | B（80%）; 5分 | 0分."""

from __future__ import annotations

from fractions import Fraction

import pytest

from documents.tabling import excel
from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import AgreementReading
from healthduty.findings import Severity
from healthduty.model.indicator import Indicator
from healthduty.rules.rule import Band, Bands, LevelBand


def _read(*rows: str, merged: tuple[str, ...] = ()) -> AgreementReading:
    return read_agreement(excel(["2025年度考核表", *rows], *merged), name="表.xlsx")


def _items(reading: AgreementReading) -> list[Indicator]:
    return [item for item in reading.agreement.parts if isinstance(item, Indicator)]


def _bands(item: Indicator) -> Bands:
    (rule,) = item.rules
    assert isinstance(rule, Bands)
    return rule


def _bounds(item: Indicator) -> list[tuple[object, object, Fraction]]:
    bands = _bands(item).bands
    return [(band.low, band.high, band.points) for band in bands if isinstance(band, Band)]


def _levels(item: Indicator) -> dict[str, Fraction]:
    bands = [band for band in _bands(item).bands if isinstance(band, LevelBand)]
    return {band.levels[0]: band.points for band in bands}


@pytest.mark.parametrize(
    "headings",
    [
        "A（100%）|B（80%）|C（0）",
        "优秀(10分)|良好(8分)|不合格(0分)",
        "得满分|得80%|不得分",
        "10分|8分|0分",
    ],
)
def test_bounds_below_what_they_earn_are_bands(headings: str) -> None:
    """A share is one of the item's points; points are points."""
    reading = _read(f"考核指标|分值|{headings}", "满意度|10|≥95%|90%≤X＜95%|＜90%")
    (item,) = _items(reading)
    assert _bands(item).measure == "满意度"
    assert _bounds(item) == [(95, None, 10), (90, 95, 8), (None, 90, 0)]
    assert not [each for each in reading.findings if each.severity is not Severity.ASSUMPTION]


def test_words_below_what_they_earn_are_levels() -> None:
    """What several things in a cell mean is for whoever judges; it stays to be read."""
    reading = _read(
        "考核指标|分值|评价等级|||得分",
        "||A（100%）|B（60%）|C（0）|",
        "院务公开|5|内容全面，每季度更新|内容全面，更新不及时|未公开|",
        merged=("A2:A3", "B2:B3", "C2:E2", "F2:F3"),
    )
    (item,) = _items(reading)
    assert _levels(item) == {"A": 5, "B": 3, "C": 0}
    assert item.requirement.splitlines() == [
        "A：内容全面，每季度更新",
        "B：内容全面，更新不及时",
        "C：未公开",
    ]
    kept = {passage.text for passage in reading.passages}
    assert {"内容全面，每季度更新", "内容全面，更新不及时", "未公开"} <= kept


def test_levels_without_names_are_counted_from_the_left() -> None:
    """Where the headings name points alone, and the cells say several things."""
    (item,) = _items(_read("考核指标|5分|3分|0分", "台账|齐全，规范|齐全，不规范|没有"))
    assert _levels(item) == {"一档": 5, "二档": 3, "三档": 0}


def test_plain_numbers_are_not_compared() -> None:
    """Nothing says whether 95 is the least or the most."""
    (item,) = _items(_read("考核指标|A（5分）|B（3分）", "满意度|95|90"))
    assert _levels(item) == {"A": 5, "B": 3}


def test_a_share_of_no_points_is_told() -> None:
    """Nothing can be made of 80 % of what nobody stated."""
    reading = _read("考核指标|考核要求|A（100%）|B（80%）", "满意度|提高|≥95%|≥90%")
    assert [each.code for each in reading.findings.errors] == ["table-points-unread"]


def test_one_such_heading_is_none() -> None:
    """A column 满分 of points stays one, 5分 alone is unknown."""
    reading = _read("考核指标|满分|评分标准", "台账|5|未建立扣2分")
    (item,) = _items(reading)
    assert (item.points, len(item.rules)) == (5, 1)


def test_a_blank_cell_is_no_level() -> None:
    """A row may have fewer levels than the table."""
    (item,) = _items(_read("考核指标|A（5分）|B（3分）|C（0分）", "总结|按时报送||未报送"))
    assert _levels(item) == {"A": 5, "C": 0}


@pytest.mark.parametrize(
    ("rows", "levels"),
    [
        (
            ["测评内容|很满意（10分）|满意（8分）|不满意（0分）", "服务态度"],
            {"很满意": 10, "满意": 8, "不满意": 0},
        ),
        (
            ["项目|分值|评价标准|A（1.0）|B（0.8）|D（0）", "病房管理|10|病房整洁、安静"],
            {"A": 10, "B": 8, "D": 0},
        ),
    ],
)
def test_blank_columns_are_there_to_be_ticked(rows: list[str], levels: dict[str, int]) -> None:
    """The item itself has these levels, whatever it asks."""
    reading = _read(*rows)
    (item,) = _items(reading)
    assert _levels(item) == levels
    assert _bands(item).measure == item.title
    assert not [each for each in reading.findings if each.severity is not Severity.ASSUMPTION]
