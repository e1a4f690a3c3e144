"""Law: of a text twice as long, reading does at most about twice the work.

Work is counted in calls, of Python's functions and of C's, so that a busy machine changes nothing.
A text is some pieces over and over: ordinary clauses, and what looks like the beginning of one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthduty.clauses.clause import read_clause
from healthduty.clauses.text.pieces import Taken
from healthduty.documents.agreements import read_agreement

CLAUSES = (
    "满意率90%以上，每低5%扣0.5分，最高扣2分；",
    "每低1%扣1分，不足1%按1%计，",
    "培训2次，每少一次扣0.5分。",
    "发现1例扣1分，",
    "≥90%得1分，",
    "优得1分，差扣1分，",
    "第二次扣1分，",
    "发生事故一票否决，取消评优，",
    "有制度得满分，无制度不得分，",
    "其中甲1分，",
    "扣1分，以上合计最多扣3分，",
    "卫生院90%、卫生室80%，",
    "得分=管理率×5分，",
    "得分=管理率×5分，酌情加倍",
    "记录不全酌情扣分，",
)
"""What officials write."""

BEGINNINGS = (
    *("一", "1%", "扣", "每", "(", "、", "90%以上", "不足5%按5%计", "酌情", "分别", "扣1、"),
    *("甲(乙)", "加倍", "瞒报加倍扣分，", "予以", "达到", "共计", "健康", "取消评优，", "未甲，"),
    *("1,", "a1", "-", "≤", "第", "_", "抽查", "甲：", "扣分，合计", "差扣1分，", "（1分）", "\n"),
)
"""What goes nowhere: each piece could be the beginning of something that never ends."""


def of_length(piece: str, length: int) -> str:
    """Return a piece over and over, up to a length."""
    return (piece * (length // len(piece) + 1))[:length]


def work(text: str, read: Callable[[str], object] = read_clause) -> int:
    """Return how many calls the reading of a text takes, but for what is made once for all."""
    read(text)
    calls = 0

    def count(_frame: FrameType, event: str, _of: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return calls


def assert_linear(piece: str, length: int) -> None:
    """Hold a text against one twice as long."""
    assert work(of_length(piece, 2 * length)) <= 2.2 * work(of_length(piece, length)) + 500


@pytest.mark.parametrize("piece", [*CLAUSES, *BEGINNINGS])
def test_one_piece_over_and_over_takes_twice_the_work_for_twice_the_text(piece: str) -> None:
    """Neither a clause nor half a one makes the reader look back further and further."""
    assert_linear(piece, 2_000)


def lines(text: str) -> int:
    """Return how many lines the reading of a text runs: a loop in one call counts for each turn."""
    read_clause(text)
    run = 0

    def count(_frame: FrameType, event: str, _of: object) -> object:
        nonlocal run
        run += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        read_clause(text)
    finally:
        sys.settrace(before)
    return run


@pytest.mark.parametrize("shape", ["{}≥90%（1分）；", "{}≥90%，", "{}≥5次得1分，", "有{}得1分；"])
def test_names_that_are_all_different_take_no_longer_each(shape: str) -> None:
    """No part, target or fact goes through all of those before it, however shortly."""
    signs = "甲乙丙丁戊己庚辛壬癸"
    names = [f"{signs[n % 10]}{signs[n // 10 % 10]}{signs[n // 100]}率" for n in range(800)]
    short, long = ("".join(map(shape.format, names[:count])) for count in (400, 800))
    assert lines(long) <= 2.3 * lines(short)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(CLAUSES + BEGINNINGS), min_size=2, max_size=4))
def test_pieces_mixed_take_twice_the_work_for_twice_the_text(pieces: list[str]) -> None:
    """What one piece leaves behind, the next one does not go through again and again."""
    assert_linear("".join(pieces), 3_000)


@pytest.mark.parametrize(
    ("piece", "last"),
    [
        ("达到", "甲不得分"),
        ("共计", "甲5分"),
        ("予以", "甲一票否决"),
        ("实际完成", "×5分"),
        ("健康", "甲、乙管理率分别达到90%、80%"),
        ("1", "扣分"),
    ],
)
def test_words_that_could_be_split_many_ways_are_tried_once(piece: str, last: str) -> None:
    """A long run of syllables that a pattern could divide this way or that takes moments."""
    begun = time.process_time()
    read_clause(f"未{piece * 80}{last}")
    read_clause(of_length(piece, 100_000) + last)
    assert time.process_time() - begun < 30  # dividing them in every way would take years


def test_brackets_nest_without_end_and_without_a_deeper_stack() -> None:
    """Ten thousand brackets are read as one is: no call lies inside another for each of them."""
    depth = 10_000
    reading = read_clause("(" * depth + "未公示扣1分" + ")" * depth)
    assert len(reading.rules) == 1


def test_a_segment_that_nobody_wrote_is_reported_and_not_tried_in_every_way() -> None:
    """Hundreds of numbers without a comma are one finding that says so."""
    reading = read_clause("90%以上" * 300)
    assert [finding.code for finding in reading.findings] == ["clause-unread"]
    assert {piece.taken for piece in reading.pieces} == {Taken.UNREAD}


def test_a_rule_of_more_bands_than_anyone_wrote_is_reported() -> None:
    """Sixty bands are read as one rule; what follows is a finding, not an ever longer rule."""
    reading = read_clause("".join(f"≥{number}%得1分，" for number in range(99, 9, -1)))
    assert len(reading.rules) == 1
    (finding,) = (each for each in reading.findings if each.code == "clause-unread")
    assert finding.citation is not None
    assert finding.citation.text[finding.place.character - 1 :].count("得1分") == 30


def _table(rows: int) -> str:
    """Return a table in which each row names quantities of its own."""
    units = "甲乙丙丁戊己庚辛壬癸"
    lines = ["2025年度考核表", "考核内容\t指标要求\t分值\t评分标准"]
    for row in range(rows):
        name = f"{units[row % 10]}{units[row // 10 % 10]}区{units[row // 100]}类签约率"
        lines.append(f"{name}\t≥90%\t5\t每低1个百分点扣0.5分。")
    return "\n".join(lines)


def test_a_table_three_times_as_long_takes_three_times_the_work() -> None:
    """No row looks at all that was named in those above it."""
    short, long = (work(_table(rows), read_agreement) for rows in (100, 300))
    assert long <= 3.1 * short
