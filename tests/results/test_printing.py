"""How a score sheet shows itself: as a table, as one item explained, and as plain data."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import ROUND_UP, Decimal, localcontext
from typing import Any

import pytest

import healthduty as hd

SATISFACTION = hd.Measure("satisfaction", "满意率", unit="%")
SURVEYS = hd.Measure("surveys", "问卷调查", unit="次")
LEDGER = hd.Measure("ledger", "有台账", kind="flag")
PRAISE = hd.Measure("praise", "上级表扬", unit="次", absent="zero")
FRAUD = hd.Measure("fraud", "弄虚作假", kind="flag")
ACCIDENT = hd.Measure("accident", "责任事故", kind="cases")
STEPS = hd.Assumption("差距不满一档的部分不计", about="steps")

AGREEMENT = hd.Agreement(
    "示例目标责任书",
    year=2024,
    measures=(SATISFACTION, SURVEYS, LEDGER, PRAISE, FRAUD, ACCIDENT),
    parts=(
        hd.Section(
            "1",
            "接受监督",
            text="病人和社会都能监督",
            parts=(
                hd.Indicator(
                    "1.1",
                    "患者满意",
                    points=3,
                    requirement="每年两次问卷，九成满意",
                    rules=(
                        hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5"),
                        hd.Deduction(
                            hd.StepsBelow(SATISFACTION, target=90, step=5),
                            points="0.5",
                            cap=1,
                            citation=hd.Citation(
                                "责任书", article="二（一）", text="每低5%扣0.5分"
                            ),
                            assumption=STEPS,
                        ),
                    ),
                ),
                hd.Indicator(
                    "1.2",
                    "台账",
                    points=2,
                    rules=hd.Forfeit(hd.Flag(LEDGER, expected=False)),
                    assumption=hd.Assumption("2分为示例"),
                ),
            ),
        ),
        hd.Section(
            "2",
            "加分",
            parts=(
                hd.Indicator(
                    "2.1",
                    "表扬",
                    rules=(
                        hd.Bonus(hd.Cases(PRAISE), points=1, cap=2),
                        hd.Bonus(hd.Cases(PRAISE), points="0.5", where="apart"),
                    ),
                ),
            ),
        ),
    ),
    grades=hd.GradeScale.of(优秀=4, 合格=3, 不合格=None),
    vetoes=(
        hd.Veto("fraud", "弄虚作假", when=hd.Flag(FRAUD), effects=hd.ZeroTotal()),
        hd.Veto("accident", when=hd.Flag(ACCIDENT), effects=hd.BarHonours()),
    ),
    consequences=(hd.Consequence("honour", "评优", grades=("优秀", "不合格")),),
    funding=(hd.FundingPolicy("pool", "补助", per_head="1.25", tiers=(hd.Tier(None, 1),)),),
)

GOOD: dict[str, Any] = {
    "satisfaction": "92%",
    "surveys": 2,
    "ledger": "是",
    "fraud": "否",
    "accident": 0,
}


def sheet_of(**values: object) -> hd.ScoreSheet:
    """Score the agreement over good values, less what a test says otherwise."""
    record = hd.Record(
        "nanguan", {**GOOD, **values}, name="南关中心", population=10_001, period=hd.Period("2024")
    )
    return hd.score(AGREEMENT, record)


# ---------------------------------------------------------------------------------- table


def test_a_sheet_prints_items_lines_sums_and_what_follows() -> None:
    """The printed sheet, to the character: every lost point stands under the item that lost it."""
    sheet = sheet_of(satisfaction="79%", surveys=1, praise=3)
    assert str(sheet) == (
        """\
示例目标责任书 · 南关中心 · 2024
条目  内容                                         满分  增减  得分
----  -------------------------------------------  ----  ----  ----
1     接受监督                                        5         3.5
1.1   患者满意                                        3         1.5
        问卷调查1次，应有2次，计缺1，每缺1次扣           -0.5
        0.5分，扣0.5分
        满意率79%，目标90%，低11个百分点，每5个百        -1.0
        分点扣0.5分，计2档，扣1分
1.2   台账                                            2         2.0
2     加分
2.1   表扬
        上级表扬3次，计3，每1次加1分，应加3分，最        +2.0
        高加2分，实加2分
        封顶：-1分
        上级表扬3次，计3，每1次加0.5分，加1.5分
      合计                                            5         5.5
加分：2
另计加分：1.5
等次：优秀
荣誉：评优
经费：补助 12,501.25元（其余总分）
假设（1.1）：差距不满一档的部分不计
假设（1.2）：2分为示例"""
    )


def test_a_sheet_prints_in_english() -> None:
    """The same sheet for whoever reads no Chinese; names stay as they were agreed."""
    text = sheet_of(surveys=1).table("en").text()
    assert text.splitlines()[1].split() == ["item", "title", "full", "change", "earned"]
    assert "grade: 优秀" in text
    assert "money: 补助 12,501.25 yuan (any other total)" in text
    assert "assumption (1.1): 差距不满一档的部分不计" in text


def test_a_veto_stands_beside_the_arithmetic() -> None:
    """The sum stays visible; what is left of it is a row of its own; the veto says what it does."""
    sheet = sheet_of(fraud="是", accident=1)
    lines = str(sheet).splitlines()
    assert [line.split() for line in lines if line.startswith("      ")] == [
        ["合计", "5", "5"],
        ["否决后总分", "0"],
    ]
    assert "一票否决：弄虚作假（考核总分计零分）" in lines
    assert "一票否决：accident（取消评先评优资格）" in lines
    assert "荣誉：评优（因accident取消）" in lines


def test_a_fact_that_nobody_gave_is_named() -> None:
    """A veto that nobody can tell yet is on the sheet, which then has no total and no money."""
    text = str(sheet_of(fraud=hd.MISSING))
    assert "\n无法计总分\n一票否决：弄虚作假（待核实；如属实：考核总分计零分）\n" in text
    assert "\n经费：补助 无法计算（无总分）\n" in text
    assert "\n错误 value-missing 缺数据（数据项fraud）：弄虚作假：没有数据（" in text


def test_what_weighs_most_is_told_first_and_once() -> None:
    """Errors, then warnings, then assumptions; a remark on several items is made once, for all."""
    rule = hd.Deduction(hd.StepsBelow(SATISFACTION, target=90, step=5), points=1, assumption=STEPS)
    items = tuple(hd.Indicator(number, points=1, rules=rule) for number in ("1", "2"))
    agreement = hd.Agreement("示例", measures=(SATISFACTION, SURVEYS), parts=items)
    sheet = hd.score(agreement, {"satisfaction": "101%", "surveys": "many", "unknown": 1})
    notes = sheet.table().notes
    assert [note.split("（")[0] for note in notes] == [
        "提醒 rate-above-whole 比率超过百分之百",
        "提醒 value-unknown 责任书中没有的数据项",
        "假设",
    ]
    assert notes[-1] == "假设（1、2）：差距不满一档的部分不计"


def test_points_that_no_total_has_are_summed_as_deductions() -> None:
    """Where no points are printed the sheet gives what is taken off in all, be it nothing."""
    rule = hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5")
    agreement = hd.Agreement(
        "示例", measures=(SURVEYS,), parts=(hd.Indicator("1", "问卷", rules=rule),)
    )
    short, enough = (str(hd.score(agreement, {"surveys": each})) for each in (1, 2))
    assert short.splitlines()[-1].split() == ["扣分合计", "-0.5"]
    assert enough.splitlines()[-1].split() == ["扣分合计", "0"]
    assert "满分" not in short


def test_an_excused_item_shows_the_line_that_excuses_it() -> None:
    """A line that moves no point is printed where it says why."""
    sheet = sheet_of(ledger=hd.NotApplicable("无此业务", approver="县局"))
    assert "合理缺项" in str(sheet)


def test_no_decimal_context_changes_a_printed_sheet() -> None:
    """Whatever rounding the program around it has set, the sheet is the same."""
    printed = str(sheet_of(satisfaction="79%", praise=3))
    with localcontext() as context:
        context.prec, context.rounding = 2, ROUND_UP
        assert str(sheet_of(satisfaction="79%", praise=3)) == printed


def test_a_notebook_shows_the_same_sheet() -> None:
    """The HTML holds what the text holds."""
    sheet = sheet_of(surveys=1)
    html = sheet._repr_html_()
    for part in ("南关中心", "问卷调查1次，应有2次", "-0.5", "合计", "等次：优秀"):
        assert part in html


def test_a_sheet_in_a_list_is_one_line() -> None:
    """The short form names facility, total and grade."""
    assert repr(sheet_of()) == "<ScoreSheet nanguan: total 5, 优秀>"
    assert repr(sheet_of(surveys=hd.MISSING)) == "<ScoreSheet nanguan: no total>"


# -------------------------------------------------------------------------------- explain


def test_an_item_is_explained_line_by_line_with_its_clause() -> None:
    """Points, requirement, every line's sentence, the words it rests on and how they were read."""
    assert sheet_of(satisfaction="84%").explain("1.1") == (
        """\
1.1 患者满意  满分3，得2.5分
  「每年两次问卷，九成满意」
       0  问卷调查2次，应有2次，达到，不扣分
    -0.5  满意率84%，目标90%，低6个百分点，每5个百分点扣0.5分，计1档，扣0.5分
          依据：责任书 二（一）「每低5%扣0.5分」
          假设：差距不满一档的部分不计"""
    )


def test_an_item_is_explained_in_english() -> None:
    """The head says what was earned of what."""
    text = sheet_of(surveys=1).explain("1.1", "en").splitlines()
    assert text[0] == "1.1 患者满意  2.5 of 3"
    assert text[2].startswith("    -0.5  问卷调查 1次, required 2次")
    assert text[4] == "          according to 责任书 二（一）「每低5%扣0.5分」"
    assert text[5] == "          assumption: 差距不满一档的部分不计"


def test_a_section_is_explained_with_all_that_stands_in_it() -> None:
    """Asking for a section answers for its items, and for no others."""
    text = sheet_of(ledger="否").explain("1").splitlines()
    assert text[:2] == ["1 接受监督  满分5，得3分", "  「病人和社会都能监督」"]
    assert [line for line in text if not line.startswith(" ")] == [
        "1 接受监督  满分5，得3分",
        "1.1 患者满意  满分3，得3分",
        "1.2 台账  满分2，得0分",
    ]
    assert "      -2  不得分：" in "\n".join(text)
    last = sheet_of(praise=1).explain("2").splitlines()
    assert last[0] == "2 加分  满分0，得0分"
    assert last[2] == "      +1  上级表扬1次，计1，每1次加1分，加1分"


def test_an_unknown_item_is_told_its_neighbours() -> None:
    """The message names the agreement, and numbers near the one that was asked for."""
    with pytest.raises(hd.UnknownNameError) as caught:
        sheet_of().explain("1.3")
    assert str(caught.value).startswith("no item `1.3` in `示例目标责任书`; near it: `1.")
    with pytest.raises(hd.UnknownNameError) as caught:
        sheet_of().explain("满意")
    assert str(caught.value) == "no item `满意` in `示例目标责任书`"


@pytest.mark.parametrize("show", ["table", "explain"])
def test_an_unknown_language_is_refused(show: str) -> None:
    """A sheet speaks Chinese and English."""
    arguments: tuple[str, ...] = ("1.1", "fr") if show == "explain" else ("fr",)
    with pytest.raises(hd.UsageError, match="`fr`"):
        getattr(sheet_of(), show)(*arguments)


# ----------------------------------------------------------------------------- plain data


def test_plain_data_goes_through_json_and_back() -> None:
    """Points are decimal texts, so no reader rounds them; nothing else than JSON's types is in."""
    data = sheet_of(satisfaction="79%", praise=3, accident=1).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert (data["full"], data["earned"], data["total"], data["apart"]) == (
        "5",
        "6",
        "6",
        "1.5",
    )
    assert data["money"] == [
        {
            "code": "pool",
            "name": "补助",
            "amount": "12501.25",
            "share": "1",
            "reason": "any other total",
        }
    ]
    assert data["honours"] == [
        {
            "code": "",
            "text": "评优",
            "granted": False,
            "barred_by": ["accident"],
            "open_by": [],
        }
    ]
    assert [veto["applies"] for veto in data["vetoes"]] == [False, True]


def test_plain_data_without_a_total() -> None:
    """What can't be told is null."""
    record = hd.Record("nanguan", {**GOOD, "surveys": hd.MISSING})
    data = hd.score(AGREEMENT, record).to_dict()
    for key in ("period", "earned", "total", "grade"):
        assert data[key] is None
    assert data["money"][0]["amount"] is None
    assert data["money"][0]["share"] is None
    assert data["findings"][0]["code"] == "value-missing"


def added(lines: list[Mapping[str, Any]], key: str) -> Decimal:
    """Sum one number of all lines."""
    return sum((line[key] for line in lines), Decimal(0))


def test_the_rows_of_a_sheet_add_up() -> None:
    """One row a line, with Decimals: full points and what the lines move make what was earned."""
    sheet = sheet_of(satisfaction="79%", surveys=0, praise=3)
    rows = sheet.to_rows("en")
    assert {row["facility"] for row in rows} == {"nanguan"}
    assert sheet.full is not None
    assert sheet.full + added(rows, "effective") == sheet.earned
    assert sheet.full + added(rows, "raw") == sheet.earned


def test_a_frame_holds_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """With pandas there is a row a line; without it, the message says what to install."""
    sheet = sheet_of(surveys=1)
    pandas = pytest.importorskip("pandas")
    frame = sheet.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["sentence"]) == [row["sentence"] for row in sheet.to_rows()]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install healthduty\[columns\]"):
        sheet.to_frame()
