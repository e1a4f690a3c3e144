"""Occasions: what stands before the points, and what they are for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.causes import read_occasion
from healthduty.clauses.facts import facts_in
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Occasion,
    Ranked,
    Short,
    Steps,
    Where,
    counted_by,
)
from healthduty.clauses.text.phrases import Bounds
from healthduty.clauses.text.tokens import tokens_of

F = Fraction


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("", Nothing()),
        ("满意率每低5%", Steps("满意率", below=True, step=F(5), unit="%")),
        ("每超过1个百分点", Steps("", below=False, step=F(1), unit="%")),
        ("每低满5%", Steps("", below=True, step=F(5), unit="%", complete=True)),
        (
            "低于90%的,每低1%",
            Steps("", below=True, step=F(1), unit="%", bounds=Bounds(high=F(90), unit="%")),
        ),
        ("问卷每少一次", Short("问卷", F(1), "次")),
        ("缺2项以上的", Short("", F(2), "项", each=False, or_more=True)),
        ("每发现一例违规", Many("违规", F(1), "例")),
        ("迟报每次", Many("迟报", F(1), "次")),
        ("发现2处", Many("发现", F(2), "处", each=False)),
        ("逾期每日", Many("逾期", F(1), "日")),
        ("未公示的", Where(("未公示",))),
        ("无制度、无检查的", Where(("无制度", "无检查"))),
        ("既无制度又无记录", Where(("无制度", "无记录"), every=True)),
        ("满意率低于60%的", Held("满意率", Bounds(high=F(60), unit="%"))),
        ("资料基本完整", Graded("资料", ("基本完整",))),
        ("质量为差的", Graded("质量", ("差",), linked=True)),
        ("第二次", Nth("", 2)),
        ("首次", Nth("", 1)),
        ("第3次及以上", Nth("", 3, and_more=True)),
        ("前三名", Ranked(1, 3)),
        ("第2至5名", Ranked(2, 5)),
        ("否则", Else()),
    ],
)
def test_what_points_are_for_is_plain_data(text: str, occasion: Occasion) -> None:
    """Steps, lacks, cases, facts, bounds, levels, places: the first telling word says which."""
    assert read_occasion(tokens_of(text), text) == occasion


@pytest.mark.parametrize("text", ["每低%", "缺2项以内", "每1例2", "某" * 300])
def test_numbers_that_make_no_sense_are_no_occasion(text: str) -> None:
    """A lost number, a number too many or a whole paragraph is reported, not guessed at."""
    assert read_occasion(tokens_of(text), text) is None


def test_a_deadline_that_was_missed_is_a_fact() -> None:
    """Three days in 未在3天内报告 are no bound of a quantity."""
    text = "未在3天内报告"
    assert read_occasion(tokens_of(text), text) == Where((text,))


def test_points_by_the_unit_count_the_cases_of_the_words_before() -> None:
    """迟报扣1分/次 is for each case of 迟报."""
    assert counted_by(Where(("迟报",)), "次") == Many("迟报", F(1), "次")
    assert counted_by(Nothing(), "例") == Many("例数", F(1), "例")


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("计划、总结未上报", ("计划未上报", "总结未上报")),
        ("无计划、总结", ("无计划", "无总结")),
        ("计划和总结", ("计划", "总结")),
        ("未公示", ("未公示",)),
    ],
)
def test_what_is_said_once_of_a_list_holds_for_each_member(
    words: str, facts: tuple[str, ...]
) -> None:
    """无计划、总结各扣1分 means that either may be missing."""
    assert facts_in(words) == facts
