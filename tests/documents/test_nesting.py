"""Rows whose numbers stand in each other are sections and their items; others stay side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.tabling import excel
from healthduty.documents.agreements import read_agreement
from healthduty.documents.drafts import Draft
from healthduty.documents.nesting import nested
from healthduty.sources import Place

HEAD = "序号\t项目\t分值\t评分标准"
SCORED = "每缺1项扣1分"


def numbers(*rows: str, head: str = HEAD) -> list[tuple[str, str]]:
    """Return the numbers and titles of the items of a table."""
    nodes = read_agreement("\n".join([head, *rows])).agreement.nodes()
    return [(node.number, node.title) for node in nodes]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [("一", "1"), ("一、", "1."), ("（一）", "1"), ("1", "1.1"), ("1", "（1）"), ("1", "①")],
)
def test_a_row_with_an_outer_number_is_the_section_of_those_below(outer: str, inner: str) -> None:
    """Its points are those of its items, and count once."""
    rows = [f"{outer}\t公卫\t10\t", f"{inner}\t档案\t10\t{SCORED}", "合计\t\t10\t"]
    reading = read_agreement("\n".join([HEAD, *rows]))
    (section,) = reading.agreement.parts
    assert (section.title, section.points, [part.title for part in section.parts]) == (
        "公卫",
        10,
        ["档案"],
    )
    assert not reading.findings.errors


def test_numbers_before_the_names_nest_three_deep() -> None:
    """一、 above （一） above 1. in one column."""
    rows = [
        "一、公卫\t20\t",
        "（一）重点人群\t20\t",
        f"1.老年人\t10\t{SCORED}",
        f"2.儿童\t10\t{SCORED}",
        f"二、医疗\t5\t{SCORED}",
    ]
    assert numbers(*rows, head="项目\t分值\t评分标准") == [
        ("1", "公卫"),
        ("1.1", "重点人群"),
        ("1.1.1", "老年人"),
        ("1.1.2", "儿童"),
        ("2", "医疗"),
    ]


def test_a_sections_name_goes_across_the_cells_beside_its_number() -> None:
    """一 | 公卫（10分） over all other columns is a section, and no points that are unread."""
    rows = ["序号|项目|分值|评分标准", "一|公卫（10分）||", f"1|档案|10|{SCORED}"]
    reading = read_agreement(excel(rows, "B2:D2"), name="表.xlsx")
    assert [node.number for node in reading.agreement.nodes()] == ["1", "1.1"]
    assert not reading.findings.errors


def test_a_section_that_the_first_column_names_again_is_one() -> None:
    """一、公卫 across the table, and 公卫 beside each of its items."""
    rows = ["一级指标|二级指标|分值|评分标准", "一、公卫（10分）|||", f"公卫|档案|10|{SCORED}"]
    reading = read_agreement(excel(rows, "A2:D2"), name="表.xlsx")
    assert [node.title for node in reading.agreement.nodes()] == ["公卫", "档案"]


@pytest.mark.parametrize(
    "rows",
    [
        [f"一\t公卫\t10\t{SCORED}", f"1\t档案\t10\t{SCORED}"],  # it is scored itself
        ["一\t公卫\t10\t", "二\t医疗\t10\t"],  # nothing stands further in
        ["一\t公卫\t10\t", f"1\t档案\t30\t{SCORED}"],  # more than its own points
        ["一\t公卫\t10\t", f"\t加分项\t5\t{SCORED}"],  # a bonus is none of its items
    ],
)
def test_other_rows_stand_side_by_side(rows: list[str]) -> None:
    """What is scored, or has nothing that fits below it, is no section."""
    assert [number for number, _ in numbers(*rows)] == ["1", "2"]


LABELS = st.sampled_from(["", "一", "二", "（一）", "1", "2", "（1）", "①", "1.1", "2.3"])


@given(st.lists(st.tuples(LABELS, st.one_of(st.none(), st.integers(0, 9)))))
def test_every_row_stands_once_and_in_order(rows: list[tuple[str, int | None]]) -> None:
    """Law: whatever the numbers, no row is lost, and none comes before one that stood above it."""
    drafts = [
        Draft(str(place), Place(), label=label, points=points)
        for place, (label, points) in enumerate(rows)
    ]
    walked = [each for draft in nested(drafts) for each in draft.walk()]
    assert walked == drafts
