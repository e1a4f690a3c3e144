"""Lists that stand beside each other in the cells of one row; a veto beside its effect."""

from __future__ import annotations

import pytest

from documents.tabling import excel
from healthduty.documents.agreements import read_agreement
from healthduty.model.indicator import Indicator
from healthduty.model.veto import BarHonours, VetoEffect, ZeroTotal
from healthduty.rules.rule import rule_measures


def test_points_on_lines_of_one_cell_are_those_of_the_lines_beside() -> None:
    """Three duties, three numbers of points, three standards: three parts."""
    rows = ["项目|分值|扣分标准", "1.整洁\n2.陪护|2\n3|1.一处扣0.5分\n2.一人扣1分"]
    (item,) = read_agreement(excel(rows), name="表.xlsx").agreement.parts
    assert isinstance(item, Indicator)
    assert (item.points, [(part.title, part.points) for part in item.parts]) == (
        5,
        [("整洁", 2), ("陪护", 3)],
    )
    assert all(len(part.rules) == 1 for part in item.parts)


def test_lists_of_other_lengths_leave_the_item_whole() -> None:
    """Two numbers of points beside one duty are its points together."""
    rows = ["项目|分值|评分标准", "病房整洁|2\n3|一处扣0.5分"]
    (item,) = read_agreement(excel(rows), name="表.xlsx").agreement.parts
    assert isinstance(item, Indicator)
    assert (item.points, item.parts, len(item.rules)) == (5, (), 1)


@pytest.mark.parametrize(
    ("row", "effect"),
    [
        ("发生责任事故||取消年度评优资格", BarHonours()),
        ("发生责任事故||总分计零分", ZeroTotal()),
    ],
)
def test_a_veto_has_its_effect_in_the_cell_beside(row: str, effect: VetoEffect) -> None:
    """What is brought stands in the column of standards; the event in its own."""
    rows = ["项目|内容|分值|评分标准", "台账|建立台账|5|未建立扣2分", f"一票否决|{row}"]
    reading = read_agreement(excel(rows), name="表.xlsx")
    (veto,) = reading.agreement.vetoes
    assert (veto.title, veto.effects) == ("发生责任事故", (effect,))
    assert not reading.findings.errors


def test_as_above_is_the_standard_of_the_row_above() -> None:
    """同上 means the words, read with the target of its own row."""
    rows = ["指标|目标值|分值|评分标准", "甲率|≥90%|5|每低1%扣1分", "乙率|≥80%|5|同上"]
    reading = read_agreement(excel(rows), name="表.xlsx")
    last = reading.agreement.parts[1]
    assert isinstance(last, Indicator)
    (rule,) = last.rules
    assert "乙率" in rule_measures(rule)
    assert not [each for each in reading.findings if each.code == "clause-doubt"]


def test_as_above_in_the_first_row_is_told() -> None:
    """There is nothing above that it could mean."""
    rows = ["指标|目标值|分值|评分标准", "甲率|≥90%|5|同上"]
    assert "clause-doubt" in read_agreement(excel(rows), name="表.xlsx").findings.codes
