"""Phrases: figures, bounds, ranges, and what a value is held against."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.text.phrases import Bounds, read_bounds, read_figure, read_sandwich
from healthduty.clauses.text.tokens import tokens_of
from healthduty.rules.condition import Comparator
from healthduty.rules.threshold import Blank

F = Fraction


def bounds_in(text: str) -> Bounds | None:
    """Return the bounds that a text is."""
    read = read_bounds(tokens_of(text), 0)
    return None if read is None else read[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90%以上", Bounds(low=F(90), unit="%", loose=True)),
        ("超过40%", Bounds(low=F(40), low_in=False, unit="%")),
        ("不超过40%", Bounds(high=F(40), high_in=True, unit="%")),
        ("低于60%", Bounds(high=F(60), unit="%")),
        ("60%以下", Bounds(high=F(60), high_in=True, unit="%", loose=True)),
        ("60%以下(不含)", Bounds(high=F(60), unit="%")),
        ("超过40%(含)", Bounds(low=F(40), unit="%")),
        ("80%-90%", Bounds(low=F(80), high=F(90), unit="%", loose=True)),
        ("90%-80%", Bounds(low=F(80), high=F(90), unit="%", loose=True)),
        ("80%-90%(含)", Bounds(low=F(80), high=F(90), high_in=True, unit="%")),
        ("[90%,95%)", Bounds(low=F(90), high=F(95), unit="%")),
        ("≥70%且<75%", Bounds(low=F(70), high=F(75), unit="%")),
        ("不少于4次/年", Bounds(low=F(4), unit="次", period="年")),
    ],
)
def test_words_of_comparison_say_which_side_and_whether_it_is_inside(
    text: str, expected: Bounds
) -> None:
    """以上 and 不超过 include the number, 超过 and 低于 do not, （含） wins (semantics 3)."""
    assert bounds_in(text) == expected


@pytest.mark.parametrize("text", ["低于90%以上", "超过40%以下", "以上", "满意"])
def test_words_that_contradict_each_other_are_no_bound(text: str) -> None:
    """A wrong reading is worse than none."""
    assert bounds_in(text) is None


def test_a_blank_is_a_number_to_come() -> None:
    """A template's blank is held against as its number will be."""
    assert bounds_in("达到____%以上") == Bounds(low=Blank(""), unit="%")


def test_a_bare_number_says_neither_way() -> None:
    """2次 alone may be a most or a least: who reads it decides."""
    bounds = bounds_in("2次")
    assert bounds is not None
    assert bounds.bare
    assert bounds.single == (Comparator.EQUAL, 2)


def test_tenths_are_percent() -> None:
    """九成 is 90 %."""
    read = read_figure(tokens_of("九成"), 0)
    assert read is not None
    assert (read[0].value, read[0].unit) == (90, "%")


def test_a_name_may_stand_between_its_bounds() -> None:
    """70%≤管理率<75% names the quantity in the middle."""
    tokens = tokens_of("70%≤管理率<75%")
    read = read_sandwich(tokens, 0)
    assert read is not None
    bounds, word, end = read
    assert bounds == Bounds(low=F(70), high=F(75), unit="%")
    assert (tokens[word].text, end) == ("管理率", len(tokens))
