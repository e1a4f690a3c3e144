"""Lines that are tried only where they can begin: they find what trying all of them finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.clauses.text import beginnings
from healthduty.clauses.text.beginnings import Lines, begins_of, firsts_of, led
from healthduty.clauses.text.tokens import _LINES

PATTERNS = [pattern for _, pattern, _ in _LINES]
LINES = Lines(PATTERNS)
EVERY = re.compile("|".join(f"({pattern})" for pattern in PATTERNS))
NAMED = {*"".join(PATTERNS)} - {*r"\(){}[]?*+|^$!<=:"}
CHARACTERS = [*sorted(NAMED), "٣", "㊂", "龘", "A", " ", "\n", "="]


@given(text=st.text(st.sampled_from(CHARACTERS) | st.characters(), max_size=12))
def test_the_same_line_matches_as_if_all_were_tried(text: str) -> None:
    """At each place of any text: the first line that fits, and what it fits."""
    for position in range(len(text)):
        whole = EVERY.match(text, position)
        found = LINES.match(text, position)
        if whole is None or whole.end() == position:
            assert found is None
            continue
        assert whole.lastindex is not None
        assert found is not None
        match, line = found
        assert (match.span(), line) == (whole.span(), whole.lastindex - 1)


@pytest.mark.parametrize(
    ("pattern", "firsts"),
    [
        ("扣[除去]?", "扣"),
        ("(?:得|记){1,2}分", "得记"),
        ("[1-3]?分", "123分"),
        (r"\d{1,2}项", "0123456789"),
        ("(?<!不)得", "得"),
        ("甲|乙丙", "甲乙"),
        (".", None),
        (r"\w+", None),
        ("[^分]", None),
        ("[一-龥]项", None),
        ("分?", None),
        ("(甲)?\\1乙", None),
    ],
)
def test_what_a_pattern_begins_with(pattern: str, firsts: str | None) -> None:
    """None where it may be anything, or nothing."""
    assert firsts_of(pattern) == (None if firsts is None else {*firsts})


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        (r"[12]\d{0,3}年", {"1年", "2年"}),
        ("扣(?:分|除)?", {"扣", "扣分", "扣除"}),
        ("(?:一|二){2}项", {"一一", "一二", "二一", "二二"}),
        ("分?(?!值)", {"", "分"}),
        ("[一-龥]1", {"\0\0"}),
    ],
)
def test_how_a_pattern_begins(pattern: str, begins: set[str]) -> None:
    """Two characters, of which digits that follow each other are one; NUL is any."""
    assert begins_of(pattern) == begins


@pytest.mark.parametrize(
    "text", ["1" * 12 + "年", "90%", "2024年", "٣日", "3.5分", "1,200元", "5号1"]
)
def test_a_run_of_digits_is_one_character(text: str) -> None:
    """Whatever stands behind it, and in the middle of it: as if all lines were tried."""
    for position in range(len(text)):
        found, whole = LINES.match(text, position), EVERY.match(text, position)
        assert (found and found[0].span()) == (whole and whole.span())


def test_a_pattern_that_is_led_finds_the_same() -> None:
    """A look at the first character changes nothing."""
    plain, ahead = r"(?<!不)(?:扣|\d分)|得$", led(r"(?<!不)(?:扣|\d分)|得$")
    for text in ("不扣扣", "5分٣分", "得扣得", ""):
        assert re.findall(ahead, text) == re.findall(plain, text)
    assert led(".分") == ".分"


def test_without_a_parser_all_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that keeps its parser elsewhere reads as it did, only slower."""
    monkeypatch.setattr(beginnings, "parser", None)
    lines = Lines(["扣分", "得分"])
    assert firsts_of("扣分") is None
    assert [lines.match("得分", at) is None for at in (0, 1)] == [False, True]
