"""Rankings: facilities beside each other, best first, as a table and for a spreadsheet."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, localcontext

import pytest

import healthduty as hd
from healthduty.records.headers import WIDE_WORDS, Holds
from healthduty.results.ranking import ranking_rows

FRAUD = hd.Measure("fraud", "弄虚作假", kind="flag", absent="none_found")
COST = hd.Measure("cost", "支出", unit="元", absent="zero")
AGREEMENT = hd.Agreement(
    "示例目标责任书",
    measures=(FRAUD, COST),
    parts=(
        hd.Section(
            "1",
            "日常工作",
            parts=(
                hd.Indicator("1.1", "台账", points=10),
                hd.Indicator(
                    "1.2",
                    "表扬",
                    rules=hd.Bonus(hd.Cases(COST), points=1, cap=5),
                ),
            ),
        ),
    ),
    vetoes=(hd.Veto("fraud", "弄虚作假", when=hd.Flag(FRAUD), effects=hd.ZeroTotal()),),
)


def sheet(key: str, points: object, **values: object) -> hd.ScoreSheet:
    """Score a facility that an assessor gave some points."""
    return hd.score(AGREEMENT, hd.Record(key, {"1.1": points, "fraud": "否", **values}))


def ranks(*sheets: hd.ScoreSheet) -> list[tuple[int | None, str]]:
    """Return ranks and facilities in the order of the ranking."""
    return [(entry.rank, entry.sheet.record.facility) for entry in hd.rank(sheets)]


# ---------------------------------------------------------------------------------- ranks


def test_the_best_comes_first() -> None:
    """Sheets are ordered by their totals, whatever order they came in."""
    assert ranks(sheet("a", 7), sheet("b", "9.5"), sheet("c", 8)) == [(1, "b"), (2, "c"), (3, "a")]


def test_equal_totals_share_a_rank_and_the_next_is_skipped() -> None:
    """Two seconds, no third; among equals the order of the file stays."""
    sheets = (sheet("a", 8), sheet("b", 9), sheet("c", "8.0"), sheet("d", 7))
    assert ranks(*sheets) == [(1, "b"), (2, "a"), (2, "c"), (4, "d")]


def test_equal_totals_of_nothing_share_the_first_rank() -> None:
    """A total of 0 is a total."""
    assert ranks(sheet("a", 0), sheet("b", 0)) == [(1, "a"), (1, "b")]


def test_whoever_has_no_total_stands_last_without_a_rank() -> None:
    """A facility with a gap in its data is neither first nor last: it is not ranked yet."""
    sheets = (sheet("a", hd.MISSING), sheet("b", 0), sheet("c", "many"))
    assert ranks(*sheets) == [(1, "b"), (None, "a"), (None, "c")]


def test_nobody_is_a_ranking_too() -> None:
    """No sheets make an empty ranking, which still prints its headings."""
    assert hd.rank(()) == ()
    assert hd.ranking_table(()).text().splitlines()[0].startswith("名次  编码  机构")
    assert ranking_rows(()) == [["错误"]]


# ---------------------------------------------------------------------------------- table


def test_a_ranking_prints_what_says_something() -> None:
    """Keys, periods, points before vetoes and money appear only where they tell more."""
    table = hd.ranking_table(hd.rank([sheet("a", 7), sheet("b", "9.5")]))
    assert table.text().splitlines() == [
        "示例目标责任书",
        "名次  机构  总分",
        "----  ----  ----",
        "   1  b      9.5",
        "   2  a      7.0",
    ]


def test_a_ranking_says_why_a_total_is_odd_or_lacking() -> None:
    """A veto is a remark beside both points; a total that can't be told names the codes."""
    sheets = [sheet("a", 7), sheet("b", 9, fraud="是"), sheet("c", hd.MISSING, cost="many")]
    table = hd.ranking_table(hd.rank(sheets))
    assert table.text().splitlines()[1:] == [
        "名次  机构  得分  总分  备注",
        "----  ----  ----  ----  --------------------------------",
        "   1  a        7     7",
        "   2  b        9     0  一票否决",
        "      c                 无法计总分：数据无法识别、缺数据",
    ]
    english = hd.ranking_table(hd.rank(sheets), "en").text().splitlines()
    assert english[1].split() == ["rank", "name", "earned", "total", "remarks"]
    assert english[-1].endswith("no total: value-unreadable, value-missing")


def test_sheets_that_nobody_ranked_are_ranked() -> None:
    """Whoever has the sheets at hand need not know that there is a step between."""
    sheets = [sheet("a", 7), sheet("b", "9.5")]
    ranked = hd.rank(sheets)
    assert hd.ranking_table(sheets) == hd.ranking_table(ranked)
    assert ranking_rows(sheets) == ranking_rows(ranked)
    mixed = [ranked[0], sheet("c", 10)]  # a rank of another ranking says nothing here
    assert [row[0] for row in ranking_rows(mixed)[1:]] == [1, 2]
    assert [row[2] for row in ranking_rows(mixed)[1:]] == ["c", "b"]


def test_an_agreement_without_points_ranks_nobody() -> None:
    """There is no total, and no error behind it to name."""
    agreement = hd.Agreement("岗位责任书", parts=(hd.Indicator("1", "值班"),))
    table = hd.ranking_table(hd.rank([hd.score(agreement, hd.Record("a", {}))]))
    assert table.text().splitlines()[-1].split() == ["a", "无法计总分"]


def test_the_period_is_a_column_only_where_it_differs() -> None:
    """One period for all stands in the title."""

    def of(key: str, period: str) -> hd.ScoreSheet:
        return hd.score(AGREEMENT, hd.Record(key, {"1.1": 5}, period=hd.Period(period)))

    same = hd.ranking_table(hd.rank([of("a", "2024"), of("b", "2024")]))
    assert same.title == "示例目标责任书 · 2024"
    assert "考核期" not in same.text()
    apart = hd.ranking_table(hd.rank([of("a", "2024-Q1"), of("a", "2024-Q2")]))
    assert apart.title == "示例目标责任书"
    assert apart.text().splitlines()[1].split() == ["名次", "机构", "考核期", "总分"]


def test_money_has_two_decimals_and_thousands() -> None:
    """The pools of a facility are added, to the fen, in any decimal context."""
    tiers = (hd.Tier(None, 1),)
    agreement = hd.Agreement(
        "示例",
        parts=(hd.Indicator("1", "台账", points=1),),
        funding=tuple(
            hd.FundingPolicy(code, code, per_head="1.25", fixed=fixed, tiers=tiers)
            for code, fixed in (("甲", 0), ("乙", "0.05"))
        ),
    )
    record = hd.Record("a", {"1": 1}, name="南关", population=98_765_431)
    with localcontext() as context:
        context.prec, context.rounding = 3, ROUND_UP
        ranked = hd.rank([hd.score(agreement, record)])
        lines = hd.ranking_table(ranked).text().splitlines()
        headings, row = ranking_rows(ranked)
    assert lines[1].split() == ["名次", "编码", "机构", "总分", "经费（元）"]
    assert lines[3].split() == ["1", "a", "南关", "1", "246,913,577.55"]
    assert headings[8:10] == ["经费（元） 甲", "经费（元） 乙"]
    assert row[8:10] == [Decimal("123456788.75"), Decimal("123456788.8")]


def test_an_unknown_language_is_refused() -> None:
    """A ranking speaks Chinese and English."""
    for show in (hd.ranking_table, ranking_rows):
        with pytest.raises(hd.UsageError, match="`fr`"):
            show((), "fr")  # type: ignore[operator]


# -------------------------------------------------------------------------- for a spreadsheet


def test_a_row_a_facility_with_the_points_of_every_item() -> None:
    """Points are Decimals, bonuses count where they were earned, what can't be told is None."""
    with localcontext() as context:
        context.prec = 2  # no addition may be rounded
        sheets = [sheet("a", "7.12", cost=2), sheet("b", hd.MISSING)]
        headings, first, second = ranking_rows(hd.rank(sheets))
    assert headings == [
        *("名次", "编码", "机构", "考核期", "满分", "得分", "总分", "等次"),
        *("1 日常工作", "1.1 台账", "1.2 表扬", "错误"),
    ]
    total = Decimal("9.12")
    assert first == [
        *(1, "a", "a", "", Decimal(10), total, total, None),
        *(total, Decimal("7.12"), Decimal(2), ""),
    ]
    assert second[:7] == [None, "b", "b", "", Decimal(10), None, None]
    assert str(second[-1]).startswith("错误 value-missing：“1.1”列：评判1.1：没有数据")


def test_headings_in_english() -> None:
    """The words of ours are English, those of the agreement stay."""
    headings, _ = ranking_rows(hd.rank([sheet("a", 7)]), "en")
    assert headings[:3] == ["rank", "facility", "name"]
    assert headings[-2:] == ["1.2 表扬", "errors"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_key_and_name_stand_under_the_headings_of_data(lang: hd.Language) -> None:
    """Whoever builds next year's table of data on a ranking has each read as what it is."""
    _, key, name = ranking_rows(hd.rank([sheet("a", 7)]), lang)[0][:3]
    assert (WIDE_WORDS[str(key)], WIDE_WORDS[str(name)]) == (Holds.FACILITY, Holds.NAME)


def test_two_items_with_one_number_keep_a_column_each() -> None:
    """Nothing is dropped: the second gets a heading of its own."""
    items = tuple(hd.Indicator("1", "台账", points=points) for points in (1, 2))
    rows = ranking_rows(hd.rank([hd.score(hd.Agreement("示例", parts=items), hd.Record("a", {}))]))
    assert rows[0][-3:] == ["1 台账", "1 台账 (2)", "错误"]


def test_facilities_of_different_agreements_share_a_sheet() -> None:
    """A column that one facility does not have is empty for it."""
    other = hd.Agreement("另一份", parts=(hd.Indicator("9", "公示", points=4),))
    sheets = [sheet("a", 7), hd.score(other, hd.Record("b", {"9": 3}))]
    headings, first, second = ranking_rows(hd.rank(sheets))
    assert headings[-2:] == ["9 公示", "错误"]
    assert first[-2:] == [None, ""]
    assert (second[headings.index("1.1 台账")], second[-2]) == (None, Decimal(3))
    assert hd.ranking_table(hd.rank(sheets)).title == "示例目标责任书 · 另一份"
