"""Tokens: what each piece of a folded text is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.clause import read_clause
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import tokens_of


def kinds(text: str) -> list[str]:
    """Return the kinds of the tokens of a text."""
    return [token.kind.name for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("满意率每低5%扣0.5分", "WORD EACH_LESS NUMBER UNIT LOSE NUMBER POINTS"),
        ("每少一次扣1分", "EACH_LACK NUMBER UNIT LOSE NUMBER POINTS"),
        ("最高扣2分", "CAP LOSE NUMBER POINTS"),
        ("不足5%按5%计", "STARTED"),
        ("扣完为止", "USED_UP"),
        ("未公示的不得分", "WORD NOTHING"),
        ("95分以上的得3分", "NUMBER UNIT ABOVE WORD EARN NUMBER POINTS"),
        ("1.制度", "LABEL WORD"),
        ("[90%,95%)", "INTERVAL"),
        ("一票否决", "VETO"),
        ("前3名", "RANK"),
        ("____次", "BLANK UNIT"),
    ],
)
def test_words_of_scoring_are_told_apart(text: str, expected: str) -> None:
    """Each verb, comparison, number and unit is a token of its own kind."""
    assert kinds(text) == expected.split()


@pytest.mark.parametrize("text", ["分管领导", "获得认可", "部分", "折扣", "不得随意", "一般情况"])
def test_words_that_only_look_like_scoring_are_words(text: str) -> None:
    """分 in 分管 is no points, and 得 in 获得 earns none."""
    assert kinds(text) == ["WORD"]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("2024年底", "a date"),
        ("《2023年方案》", "a title"),
        ("第3条", "an article"),
        ("电话12320", "a telephone number"),
        ("65岁以上", "a group of ages"),
    ],
)
def test_numbers_that_score_nothing_say_what_they_are(text: str, note: str) -> None:
    """A year, an article or an age is never taken for points."""
    assert [(token.kind, token.note) for token in tokens_of(text)] == [(Kind.EXPLAINED, note)]


def test_numbers_have_their_exact_value() -> None:
    """Digits, thousands and numerals give the same kind of number."""
    values = [token.value for token in tokens_of("0.5分,10,000元,百分之九十") if token.value]
    assert values == [Fraction(1, 2), 10_000, 90]


def test_a_number_too_long_to_be_one_has_no_value() -> None:
    """Ten thousand digits are no points; the reader reports them."""
    token = tokens_of("9" * 10_000)[0]
    assert (token.kind, token.value) == (Kind.NUMBER, None)


def test_tokens_leave_no_gap() -> None:
    """Every character of the text is in exactly one token."""
    text = "其中:培训(含义诊)每年≥2次,缺1次扣0.5-1分/次;…"
    assert "".join(token.text for token in tokens_of(text)) == text


@pytest.mark.parametrize(
    "text", ["9" * 10_000, "超范围执业的" + "9" * 10_000, "扣" + "9" * 10_000 + "分"]
)
def test_a_number_without_end_is_unread(text: str) -> None:
    """No number of points has ten thousand digits, and none is computed."""
    assert not read_clause(text).understood
