"""How an agreement shows itself: the table of items, points and scoring that officials know."""

from __future__ import annotations

import healthduty as hd

SURVEYS = hd.Measure("surveys", "问卷调查", unit="次")
EACH = hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5")
NONE = hd.Deduction(hd.Once(hd.Compare(SURVEYS, "<", 1)), points=1)


def agreement(**fields: object) -> hd.Agreement:
    """Return an agreement with one section of two indicators."""
    return hd.Agreement(
        "示例目标责任书",
        measures=(SURVEYS,),
        parts=(
            hd.Section(
                "1",
                "接受监督",
                points=3,
                text="病人满意",
                parts=(
                    hd.Indicator("1.1", "问卷", points="2.5", rules=(EACH, NONE)),
                    hd.Indicator("1.2", "公示", points="0.5", requirement="上墙", rules=EACH),
                ),
            ),
        ),
        **fields,  # type: ignore[arg-type]
    )


def test_items_points_and_scoring_stand_beside_each_other() -> None:
    """Requirements stand under titles, points in line, and of several rules each is marked."""
    assert str(agreement()).splitlines() == [
        "示例目标责任书",
        "条目  指标      分值  评分标准",
        "----  --------  ----  -----------------------------------",
        "1     接受监督   3.0",
        "      病人满意",
        "1.1   问卷       2.5  · 问卷调查不少于2次，每少1次扣0.5分",
        "                      · 问卷调查低于1次的，扣1分",
        "1.2   公示       0.5  问卷调查不少于2次，每少1次扣0.5分",
        "      上墙",
    ]


def test_rules_of_the_whole_stand_at_the_end() -> None:
    """What is taken from the total has no item beside it."""
    lines = str(agreement(rules=NONE)).splitlines()
    assert lines[-1].split() == ["问卷调查低于1次的，扣1分"]


def test_an_agreement_without_points_has_no_such_columns() -> None:
    """Duties alone print as duties."""
    duties = hd.Agreement(
        "岗位责任书", parts=(hd.Indicator("1", "值班"), hd.Indicator("2", "交班"))
    )
    assert str(duties).splitlines() == [
        "岗位责任书",
        "条目  指标",
        "----  ----",
        "1     值班",
        "2     交班",
    ]


def test_sections_stand_out_in_a_notebook() -> None:
    """A section's row is bold, an indicator's is not."""
    rows = agreement()._repr_html_().split("<tr")[2:]
    assert ["font-weight:600" in row for row in rows] == [True, False, False]


def test_headings_in_english() -> None:
    """The words of ours are English, and rules are told in English."""
    lines = agreement().table("en").text().splitlines()
    assert lines[1].split() == ["item", "indicator", "points", "scoring"]
    assert "问卷调查 no fewer than 2次, 0.5 points" in lines[5]
