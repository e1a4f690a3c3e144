"""A sheet as people read it; tests/results/test_printing.py has the whole of one."""

from __future__ import annotations

import attrs

from healthduty.model.indicator import Indicator
from healthduty.rules.rule import Assumption, Forfeit
from healthduty.sources import Citation
from scoring.making import EACH, FEW, NO_LEDGER, SHORT, UNKEPT, item, make, scored, section


def test_an_item_explained_to_the_character() -> None:
    """Points, requirement, each line with what it moved, the clause and how it was read."""
    rule = attrs.evolve(
        SHORT,
        citation=Citation("责任书", article="二", text="每低5%扣0.5分"),
        assumption=Assumption("不足5%不计"),
    )
    forfeit = Forfeit(NO_LEDGER, assumption=Assumption("台账须全年"))
    agreement = make(item(rule, forfeit, title="满意", requirement="九成满意"))
    sheet = scored(agreement, {"rate": 83, "ledger": False})
    assert sheet.explain("1") == (
        """\
1 满意  满分10，得0分
  「九成满意」
    -0.5  满意率83%，目标90%，低7个百分点，每5个百分点扣0.5分，计1档，扣0.5分
          依据：责任书 二「每低5%扣0.5分」
          假设：不足5%不计
    -9.5  不得分：台账：否，余下9.5分不得
          假设：台账须全年"""
    )


def test_an_item_that_can_not_be_told_says_so() -> None:
    """Nobody reads a number where a value is missing."""
    sheet = scored(make(item(SHORT, title="满意")), {})
    assert sheet.explain("1") == "1 满意  满分10，得？分\n       0  满意率：缺数据，无法计分"
    assert sheet.explain("1", "en").splitlines()[0] == "1 满意  ? of 10"


def test_a_section_is_explained_down_to_the_next_one() -> None:
    """Asking for section 1 does not answer for section 2."""
    agreement = make(
        section(item(SHORT, number="1.1")), section(item(FEW, number="2.1"), number="2")
    )
    text = scored(agreement, {"rate": 85, "visits": 4}).explain("1")
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        "1  满分10，得9.5分",
        "1.1  满分10，得9.5分",
    ]


def test_an_agreement_without_scores_prints_its_items_and_says_so() -> None:
    """Semantics 16: no sum stands below duties that have no points."""
    agreement = make(Indicator("1", "学习", requirement="每周一次"), measures=())
    assert str(scored(agreement, {})).splitlines()[3:] == ["1     学习", "无法计总分"]


def test_a_list_of_deductions_prints_their_sum() -> None:
    """Semantics 16: deductions without points are summed, and called by their name."""
    agreement = make(item(FEW, UNKEPT, points=None))
    lines = str(scored(agreement, {"visits": 1, "ledger": False})).splitlines()
    assert lines[-1].split() == ["扣分合计", "-5"]


def test_a_chinese_sheet_names_each_finding_in_chinese() -> None:
    """The code, its title, where, and the message; an agreement's own assumption needs no title."""
    rule = attrs.evolve(SHORT, assumption=Assumption("不足5%不计"))
    sheet = scored(make(item(rule, EACH)), {"满意": 90})
    zh, en = sheet.table().notes, sheet.table("en").notes
    assert zh[1:] == (
        ("错误 value-missing 缺数据（数据项rate）：满意率：没有数据（总分的范围见评分表的上下限）"),
        "提醒 value-unknown 责任书中没有的数据项（数据项满意）：责任书里没有指标`满意`",
        "假设 blank-assumed 空白数据的处理（数据项complaints）：投诉：未填，按未发现计",
        "假设（1）：不足5%不计",
    )
    assert en[2] == ("warning value-unknown (column 满意): `满意` is no measure of the agreement")
