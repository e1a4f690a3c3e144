"""Points that stand in the requirement's cell are the item's or its parts', and no rule's."""

from __future__ import annotations

import pytest

import healthduty as hd

HEAD = "考核内容及要求\t分值\t评分标准\n"


@pytest.mark.parametrize(
    "asked", ["有领导小组（2分）", "按时到岗，不迟到（2分）", "职责明确（2分）"]
)
def test_a_fact_with_its_points_earns_nothing_beside_a_standard(asked: str) -> None:
    """What it costs stands in the next cell; in the standard itself the same words do earn."""
    reading = hd.read_agreement(f"示例责任书\n{HEAD}{asked}\t2\t检查发现一次扣1分\n")
    (item,) = reading.agreement.parts
    assert isinstance(item, hd.Indicator)
    assert [type(rule).__name__ for rule in item.rules] == ["Deduction"]
    assert item.points == 2
    assert "table-points-differ" not in reading.findings.codes
    assert hd.read_clause(asked, points=2, asks=True).rules == ()


def test_what_stands_in_the_standard_earns() -> None:
    """有领导小组（2分） as a standard of 2 points says what they are for."""
    (rule,) = hd.read_clause("有领导小组（2分）", points=2).rules
    assert isinstance(rule, hd.Bands)


@pytest.mark.parametrize(
    ("asked", "points", "differ"),
    [
        ("1.有制度（2分）2.有台账（1分）", 3, False),
        ("台账管理（3分）：有制度（2分），有记录（1分）", 3, False),
        ("1.有制度（2分）2.有台账（2分）", 3, True),
    ],
)
def test_points_of_parts_make_the_items(asked: str, points: int, *, differ: bool) -> None:
    """Only what does not add up differs from the column."""
    reading = hd.read_agreement(f"示例责任书\n{HEAD}{asked}\t{points}\t缺一项扣1分\n")
    assert ("table-points-differ" in reading.findings.codes) is differ
    assert reading.agreement.parts[0].points == points
