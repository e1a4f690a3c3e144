"""Folding: one spelling for many, and where each character stood."""

from __future__ import annotations

import pytest

from healthduty.clauses.folding import fold, simplified
from healthduty.sources import Span


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("每低５％扣０．５分", "每低5%扣0.5分"),
        ("【最高】〔扣〕［2］｛分｝", "(最高)(扣)(2)(分)"),
        ("80—90%，80～90%，80‐90%", "80-90%,80-90%,80-90%"),
        ("≧90，≦10，5＊2", "≥90,≤10,5×2"),
        ("滿意率達標", "满意率达标"),
        ("患者旳满意率", "患者的满意率"),
        ("扣 0.5 分\u200b", "扣0.5分"),
    ],
)
def test_many_spellings_become_one(written: str, folded: str) -> None:
    """Widths, brackets, dashes, signs, traditional characters and noise no longer differ."""
    assert fold(written).folded == folded


def test_each_character_knows_where_it_stood() -> None:
    """A finding points at the text as the official wrote it, blanks and all."""
    text = fold("每低 ５ ％")
    assert text.span(2, 4) == Span(3, 6)


def test_a_span_behind_the_text_stands_at_its_end() -> None:
    """Nothing can be cited behind the last character."""
    assert fold("扣1分").span(9, 9) == Span(3, 3)


def test_a_line_that_breaks_in_a_phrase_goes_on() -> None:
    """A cell of a narrow column breaks lines anywhere; a new sentence on a new line stays apart."""
    assert fold("每低\n5%扣\r\n1分").folded == "每低5%扣1分"
    assert fold("未公示\n未建档").folded == "未公示\n未建档"


def test_names_keep_their_characters() -> None:
    """The name of a measure stays as it was written, but for the width of its digits."""
    assert fold("滿意率２").plain == "滿意率2"


def test_names_are_compared_in_one_spelling() -> None:
    """A traditional name finds the measure that was handed over in simplified characters."""
    assert simplified("滿意率（％）") == "满意率(%)"
