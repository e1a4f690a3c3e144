"""Sections of a hundred points each that weigh 60 % and 40 % of the whole."""

from __future__ import annotations

from fractions import Fraction

import pytest

import healthduty as hd
from documents.tabling import codes, excel

_HEADER = "一级指标|权重|二级指标|分值|评分标准"
_ROWS = [
    _HEADER,
    "公共卫生|60%|建档率≥90%|50|每低1%扣2分，扣完为止",
    "||健康教育|50|少开展1次扣5分",
    "基本医疗|40%|患者满意度|70|≥90%得70分；80%—90%得35分；低于80%不得分",
    "||医疗投诉|30|每发生1起扣10分",
]
_MERGED = ("A2:A3", "B2:B3", "A4:A5", "B4:B5")


def _read(rows: list[str]) -> hd.AgreementReading:
    return hd.read_agreement(excel(rows, *_MERGED), name="表.xlsx")


def _scores(reading: hd.AgreementReading, rows: dict[str, object]) -> Fraction | None:
    agreement = reading.agreement
    codes_of = {
        part: measure.code
        for measure in agreement.measures
        for part in rows
        if part in measure.code
    }
    assert len(codes_of) == len(rows)
    return hd.score(agreement, {codes_of[part]: value for part, value in rows.items()}).total


@pytest.mark.parametrize(
    ("built", "courses", "content", "complaints", "total"),
    [
        (95, 0, 95, 0, 100),
        (87, 1, 85, 2, "71.4"),  # 60 % of 44 + 45, and 40 % of 35 + 10
        (50, 20, 50, 9, 0),
    ],
)
def test_items_count_by_the_weight_of_their_section(
    built: int, courses: int, content: int, complaints: int, total: int | str
) -> None:
    """Each section comes to what it weighs, and so do the losses of its items."""
    reading = _read(_ROWS)
    assert [section.points for section in reading.agreement.parts] == [60, 40]
    assert "sum-section" not in codes(reading)
    assert codes(reading).count("table-weight") == 4
    record = {"建档": built, "健康教育": courses, "满意": content, "投诉": complaints}
    assert _scores(reading, record) == Fraction(total)


def test_the_reading_shows_what_a_loss_counts() -> None:
    """每低1%扣2分 of a section that weighs 60 % costs 1.2."""
    first = next(each for each in _read(_ROWS).clauses if "每低1%" in each.text)
    assert first.clause is not None
    (rule,) = first.clause.rules
    assert isinstance(rule, hd.Deduction)
    assert rule.points == Fraction("1.2")


def test_points_that_are_given_by_hand_are_not_changed() -> None:
    """Whoever assesses gives points as the sheet states them: the sums are told instead."""
    rows = [*_ROWS[:2], "||健康教育|50|视开展情况酌情扣分", *_ROWS[3:]]
    reading = _read(rows)
    assert [part.points for part in reading.agreement.parts[0].parts] == [50, 50]
    assert "sum-section" in codes(reading)


def test_items_that_come_to_the_weight_already_stay() -> None:
    """权重 60 % above items of 35 and 25 points."""
    rows = [_HEADER, "公共卫生|60%|建档率≥90%|35|每低1%扣2分", "||健康教育|25|少开展1次扣5分"]
    rows += ["基本医疗|40%|医疗投诉|30|每发生1起扣10分", "||病历|10|缺1份扣1分"]
    reading = _read(rows)
    assert [part.points for part in reading.agreement.parts[0].parts] == [35, 25]
    assert codes(reading).count("table-weight") == 2
