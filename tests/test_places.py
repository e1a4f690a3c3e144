"""Where something stands, as an official reads it: the parts that are known, widest first."""

from __future__ import annotations

import pytest

from healthduty.said import Said
from healthduty.sources import Place


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        ("1", "第1项"),
        ("2.1", "第2.1项"),
        ("一", "第一项"),
        ("（三）", "（三）项"),
        ("(3)", "(3)项"),
        ("【2】", "【2】项"),
        ("第三条", "第三条"),
    ],
)
def test_an_item_is_counted_not_numbered_off(number: str, zh: str) -> None:
    """1项 would be one item; a number that says so itself, or stands in brackets, needs no 第."""
    assert Place(item=number).text() == zh
    assert Place(item=number).text("en") == f"item {number}"


def test_all_parts_of_a_place_in_both_languages() -> None:
    """A cell goes by its name; whatever is not known is left out."""
    place = Place("甲.docx", sheet="表1", row=3, column="分值", character=5, path="$.a", item="2")
    assert place.text() == "甲.docx，“表1”表，第3行，“分值”列，第5字，$.a，第2项"
    assert str(place) == "甲.docx, sheet 表1, row 3, column 分值, character 5, $.a, item 2"
    assert Place("甲.xlsx", sheet="数据", row=7, column="D").text() == "甲.xlsx，数据!D7"
    assert Place().text() == ""


def test_a_place_in_an_agreement_is_told_in_an_official_s_words() -> None:
    """Field names are for who writes JSON: a path into a file stays as it is written there."""
    place = Place(path="funding[1].tiers[0]")
    assert (place.text(), str(place)) == ("经费拨付第2项，档次第1项", "funding[1].tiers[0]")
    assert Place(path="phases").text() == "阶段"
    assert Place("甲.json", path="$.phases[0]").text() == "甲.json，$.phases[0]"
    assert Place("甲.docx", path=Said("paragraph 3", "第3段")).text() == "甲.docx，第3段"
