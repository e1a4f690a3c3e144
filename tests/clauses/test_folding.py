"""Folding: one spelling for many, and where each character stood."""

from __future__ import annotations

import pytest

from healthduty.clauses.text.folding import fold, simplified
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


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("未记录重要病\n情变化扣2分", "未记录重要病情变化扣2分"),
        ("标识不清\n\n晰一处扣1分", "标识不清晰一处扣1分"),
        ("每处\n减1分", "每处减1分"),
        ("记录不符合要求\n扣2分", "记录不符合要求扣2分"),
        ("有一\n起违纪扣2分", "有一起违纪扣2分"),
        ("迟报扣1分\n漏报扣2分", "迟报扣1分\n漏报扣2分"),
        ("有责任扣1分/次\n次要责任扣0.5分/次", "有责任扣1分/次\n次要责任扣0.5分/次"),
        ("组织健全\n人员到位", "组织健全\n人员到位"),
        ("满意率≥90%\n每低1%扣1分", "满意率≥90%\n每低1%扣1分"),
        ("制度健全\n2.记录完整得1分", "制度健全\n2.记录完整得1分"),
        (
            "管理\n治疗室、换药室、处置室分区合理，标识清楚",
            "管理\n治疗室、换药室、处置室分区合理,标识清楚",
        ),
    ],
)
def test_a_line_wraps_or_ends(written: str, folded: str) -> None:
    """A line that the column broke is one phrase; one that ends what it says stays apart."""
    assert fold(written).folded == folded


def test_names_keep_their_characters() -> None:
    """The name of a measure stays as it was written, but for the width of its digits."""
    assert fold("滿意率２").plain == "滿意率2"


def test_names_are_compared_in_one_spelling() -> None:
    """A traditional name finds the measure that was handed over in simplified characters."""
    assert simplified("滿意率（％）") == "满意率(%)"
