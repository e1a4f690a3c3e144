"""Columns of targets for each unit, or each kind of units: 县医院 | 中医院 under 目标值."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import excel

_ROWS = ["住院满意度|10|每低1个百分点扣0.5分|95%|94%", "门诊增长率|10|每低1个百分点扣1分|5%|3%"]
_LAYOUTS = {
    "under 目标值": (
        ["指标|分值|评分标准|目标值|", "|||县医院|中医院", *_ROWS],
        ("A1:A2", "B1:B2", "C1:C2", "D1:E1"),
    ),
    "alone": (["指标|分值|评分标准|县医院|中医院", *_ROWS], ()),
}


@pytest.mark.parametrize("layout", _LAYOUTS)
def test_each_kind_has_its_target(layout: str) -> None:
    """One quantity, one rule, a bound for each."""
    rows, merged = _LAYOUTS[layout]
    reading = hd.read_agreement(excel(rows, *merged), name="表.xlsx")
    lost = [item.rules[0] for item in reading.agreement.parts]
    targets = [rule.tally.target for rule in lost if isinstance(rule, hd.Deduction)]
    assert [(each.of("县医院"), each.of("中医院")) for each in targets] == [(95, 94), (5, 3)]
    assert not reading.findings.errors
    kept = {passage.text for passage in reading.passages}
    assert {"94%", "3%"} <= kept


def test_units_over_words_are_no_targets() -> None:
    """A column of offices' remarks is not read, and that is told."""
    rows = ["指标|分值|评分标准|县医院|中医院", "台账|10|未建立扣2分|已建立|未建立"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    unknown = [each for each in reading.findings if each.code == "table-column-unknown"]
    assert len(unknown) == 2


def test_what_must_not_be_is_called_by_its_own_name() -> None:
    """无医疗事故 | 发生1起不得分 counts accidents."""
    rows = ["考核内容|分值|扣分标准", "1.无医疗事故|40|发生1起不得分"]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    assert [measure.code for measure in reading.agreement.measures] == ["医疗事故"]


def test_a_column_of_bases_has_the_number_that_the_standard_names() -> None:
    """低于基准值不得分 beside 基准值 30%."""
    rows = [
        "指标|基准值|目标值|分值|评分标准",
        "手术占比|30%|≥35%|10|达到目标值得满分，低于基准值不得分，两者之间按比例得分",
    ]
    reading = hd.read_agreement(excel(rows), name="表.xlsx")
    (rule,) = reading.agreement.parts[0].rules
    assert isinstance(rule, hd.Curve)
    assert [knot.at for knot in rule.knots] == [30, 35]
