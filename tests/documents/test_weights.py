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


_HUNDREDS = "指标|目标值|权重|评价标准"


@pytest.mark.parametrize("weights", [("0.4", "0.35", "0.25"), ("40%", "35%", "25%")])
def test_items_out_of_a_hundred_count_by_their_weight(weights: tuple[str, str, str]) -> None:
    """达标100分 of an item that weighs 0.4 earns 40 of the whole; so does each loss."""
    rows = [
        _HUNDREDS,
        f"建册率|≥95%|{weights[0]}|达标100分，每低1个百分点扣5分",
        f"听力筛查率|≥95%|{weights[1]}|≥95%，100分；90%～95%，80分；<90%，0分",
        f"满意度|≥90%|{weights[2]}|实际值/目标值×100，最高100分",
    ]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert [item.points for item in reading.agreement.parts] == [40, 35, 25]
    assert codes(reading).count("table-weight") == (2 if weights[0] == "0.4" else 4)
    record = {"建册": 93, "听力": 92, "满意": 72}
    assert _scores(reading, record) == 36 + 28 + 20


def test_a_total_of_one_is_a_hundred_points() -> None:
    """合计 | 1 below weights is what they come to."""
    rows = [_HUNDREDS, "建册率|≥95%|0.6|达标100分，每低1个百分点扣5分"]
    rows += ["访视率|≥90%|0.4|达标100分，每低1个百分点扣5分", "合计||1|"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert [item.points for item in reading.agreement.parts] == [60, 40]
    assert not [code for code in codes(reading) if code.startswith("sum-")]


def test_weights_whose_standards_are_out_of_them_stay() -> None:
    """得10分 of an item that weighs 10 %: nothing there is out of a hundred."""
    rows = [_HUNDREDS, "建册率|≥95%|60%|≥95%得60分，90%-95%得30分", "访视率|≥90%|40%|每低1%扣4分"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert _scores(reading, {"建册": 92, "访视": 89}) == 30 + 36


def test_what_is_judged_beside_rules_out_of_a_hundred_is_told() -> None:
    """酌情扣5-20分 can't be brought to a weight of 40: whoever scores has to know."""
    rows = [_HUNDREDS, "建册率|≥95%|60%|达标100分，每低1个百分点扣5分"]
    rows += ["档案||40%|无档案扣50分，不规范酌情扣5-20分"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert "text-unread" in codes(reading)
    assert [item.points for item in reading.agreement.parts] == [60, 40]


@pytest.mark.parametrize("more", [[], ["合计|1|"], ["注：满分100分||"]])
def test_a_table_of_weights_without_items_is_read(more: list[str]) -> None:
    """Standards out of a hundred over no item at all."""
    reading = hd.read_agreement(excel(["指标|权重|评分标准（百分制）", *more]), name="表.xlsx")
    assert not reading.agreement.parts
