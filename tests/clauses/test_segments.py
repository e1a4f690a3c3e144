"""Segments: where one occasion with its action ends and the next begins."""

from __future__ import annotations

import pytest

from healthduty.clauses.segments import names_joined, segments_of
from healthduty.clauses.text.tokens import tokens_of


def cut(text: str) -> list[str]:
    """Return the words of each segment of a text."""
    return [
        "".join(token.text for token in segment.tokens) for segment in segments_of(tokens_of(text))
    ]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", []),
        (",;。", []),
        ("满意率90%以上,每低5%扣1分", ["满意率90%以上", "每低5%扣1分"]),
        ("未公示扣1分无台账扣2分", ["未公示扣1分", "无台账扣2分"]),
        ("A档6分、B档4分", ["A档6分", "B档4分"]),
        ("制度:未建立扣1分", ["制度", "未建立扣1分"]),
        ("扣1分(最高扣2分)", ["扣1分", "最高扣2分"]),
    ],
)
def test_commas_brackets_and_points_end_a_segment(text: str, segments: list[str]) -> None:
    """Officials leave commas out: each amount of points ends a segment too."""
    assert cut(text) == segments


def test_a_segment_knows_its_occasion_and_what_stands_around_it() -> None:
    """What stands before the action is the occasion; brackets and separators are remembered."""
    first, second = segments_of(tokens_of("未公示扣1分(2分)"))
    assert [token.text for token in first.occasion] == ["未公示"]
    assert first.action is not None
    assert not first.inside
    assert second.inside
    assert second.action is None
    assert second.occasion == second.tokens


def test_brackets_that_only_add_to_a_name_belong_to_it() -> None:
    """村卫生室(所)数 is one name; (5分) is no name."""
    text = "村卫生室(所)数达标(5分)"
    joined = names_joined(tokens_of(text), text)
    assert joined[0].text == "村卫生室(所)数达标"
    assert [token.text for token in joined[1:]] == ["(", "5", "分", ")"]


def test_brackets_without_a_word_before_them_stay() -> None:
    """A remark in brackets at the beginning is no part of any name."""
    text = "(试行)制度"
    assert [token.text for token in names_joined(tokens_of(text), text)] == [
        "(",
        "试行",
        ")",
        "制度",
    ]
