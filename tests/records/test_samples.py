"""Samples in tables: a count with how many were asked for, and how many there were."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import healthduty as hd
from healthduty.checks.codes_of_samples import SAMPLES
from healthduty.records.samples import sample_of

BOOKS = hd.Measure("books", "合格笔记", unit="本")
AGREEMENT = hd.Agreement(
    "示例目标责任书",
    measures=(BOOKS, hd.Measure("satisfaction", "满意率", unit="%")),
    parts=(
        hd.Indicator(
            "1",
            "学习笔记",
            points=5,
            method="抽查10本",
            rules=hd.Deduction(hd.Lacking("books", required=10), points="0.5"),
        ),
    ),
)
TEN_EIGHT_SIX = hd.Sample(6, asked=10, available=8)


def books(table: str) -> Any:  # noqa: ANN401 - whatever a record holds
    """Return what the first row of a table says of the books; nothing is wrong with it."""
    records = hd.read_records(table, AGREEMENT)
    told = [each for each in records.findings if each.code != "record-column-missing"]
    assert told == []
    return records[0].values["books"]


@pytest.mark.parametrize(
    "headings",
    [
        "合格笔记应查数,合格笔记实有数,合格笔记",
        "合格笔记（应抽数）,合格笔记（实抽数）,合格笔记（本）",
        "合格笔记/应查,合格笔记/实有,合格笔记",
        "合格笔记应查数（本）,合格笔记实有数（本）,合格笔记（本）",
        "books_asked,books_available,books",
    ],
)
def test_three_columns_make_a_sample(headings: str) -> None:
    """Asked for ten, there were eight, six were in order."""
    assert books(f"机构,{headings}\n南关,10,8,6\n") == TEN_EIGHT_SIX


def test_a_header_of_two_rows_makes_one_too() -> None:
    """The indicator stands once, its three numbers below it."""
    assert books("机构,合格笔记,,\n,数值,应查数,实有数\n南关,6,10,8\n") == TEN_EIGHT_SIX


def test_a_row_without_a_sample_is_a_plain_count() -> None:
    """The columns are there for those units that were looked at in a sample."""
    assert books("机构,合格笔记应查数,合格笔记实有数,合格笔记\n南关,,—,6\n") == "6"


def test_each_stage_has_its_own_sample() -> None:
    """The unit counted all that it had, the inspector what he was to look at."""
    told = books(
        "机构,合格笔记自评,合格笔记核实应查数,合格笔记核实实有数,合格笔记核实\n南关,9,10,8,6\n"
    )
    assert told.agreed.value == TEN_EIGHT_SIX
    assert told.self_assessed.value == "9"


def test_a_row_of_a_long_table_holds_one() -> None:
    """With who looked at it, and when."""
    told = books(
        "机构,指标,阶段,数值,应查数,实有数,考核人,日期\n南关,合格笔记,核实,6,10,8,李某,2024-12-05\n"
    )
    assert (told.agreed.value, told.agreed.assessor) == (TEN_EIGHT_SIX, "李某")


@pytest.mark.parametrize(("cell", "means"), [("6本", 6), ("无", 0), (6, 6), ("1,000", 1000)])
def test_the_count_may_stand_as_counts_do(cell: object, means: int) -> None:
    """With its unit, as 无, as a number of a frame."""
    sample = hd.Sample(means, asked=2000, available=1500)
    assert sample_of(BOOKS, cell, "2,000本", "1500") == (sample, ())


def test_what_was_not_there_is_not_held_against_the_unit() -> None:
    """Ten are required, eight were there: two are lacking, by either engine."""
    table = "机构,合格笔记应查数,合格笔记实有数,合格笔记\n南关,10,8,6\n北关,,,6\n"
    records = hd.read_records(table, AGREEMENT)
    assert [hd.score(AGREEMENT, record).total for record in records] == [4, 3]
    many = hd.score_many(AGREEMENT, records)
    assert [many.sheet(name).total for name in ("南关", "北关")] == [4, 3]


def test_a_column_engine_reads_the_columns_alike() -> None:
    """Out of a frame as out of a file."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {"机构": ["南关", "北关"], "books": [6, 6], "books_asked": [10, None]}
        | {"books_available": [8, None]},
        dtype=object,
    )
    assert [int(total) for total in hd.score_many(AGREEMENT, frame).totals] == [4, 3]


@pytest.mark.parametrize("cells", [("6", "10", ""), ("6", None, "8"), ("", "10", "8")])
def test_two_numbers_make_no_sample(cells: tuple[object, object, object]) -> None:
    """Nobody can tell which was left out; the value stays in a form that no rule takes."""
    value, found = sample_of(BOOKS, *cells)
    assert [each.code for each in found] == ["record-sample-incomplete"]
    sheet = hd.score(AGREEMENT, hd.Record("南关", {"books": value}))
    assert (sheet.total, "value-unreadable" in sheet.findings.codes) == (None, True)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Each of the three cells is read, whatever the others hold."""
    _, found = sample_of(BOOKS, "六", "十", "-8")
    assert [each.code for each in found] == ["value-unreadable"] * 2 + ["value-negative"]


def test_the_chinese_says_the_same() -> None:
    """What an office reads names the three numbers as its form does."""
    _, found = sample_of(BOOKS, "9", "10", "8")
    assert [each.text("zh") for each in found] == ["合格笔记：实有`8`，却查得`9`"]
    _, found = sample_of(BOOKS, "9", "", "8")
    assert found[0].text("zh").startswith("合格笔记：抽查没有填应查数")


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_table_and_a_sample_in_python_score_alike(value: int, asked: int, there: int) -> None:
    """What three cells say is what `Sample` says."""
    table = f"机构,合格笔记应查数,合格笔记实有数,合格笔记\n南关,{asked},{there},{value}\n"
    sample = hd.Sample(value, asked=asked, available=there)
    made = hd.score(AGREEMENT, hd.Record("南关", {"books": sample}))
    assert hd.score(AGREEMENT, hd.read_records(table, AGREEMENT)[0]).total == made.total


def test_the_codes_are_described() -> None:
    """Each has a meaning, and a Chinese title."""
    assert all(code.title for code in SAMPLES.values())
