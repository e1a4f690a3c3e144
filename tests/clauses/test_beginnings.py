"""Lines that are tried only where they can begin: they find what trying all of them finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.clauses.text import beginnings
from healthduty.clauses.text.beginnings import Lines, firsts_of
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


def test_without_a_parser_all_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that keeps its parser elsewhere reads as it did, only slower."""
    monkeypatch.setattr(beginnings, "parser", None)
    lines = Lines(["扣分", "得分"])
    assert firsts_of("扣分") is None
    assert [lines.match("得分", at) is None for at in (0, 1)] == [False, True]
