"""A Word file whose items are all in a table: what stands below the table is read as well."""

from __future__ import annotations

import io

import pytest

from healthduty.documents.agreements import read_agreement
from healthduty.documents.passages import TakenFor


def word_file(below: str) -> bytes:
    """Return a file with a title, a table of one item, and one line below it."""
    docx = pytest.importorskip("docx")
    file = docx.Document()
    file.add_paragraph("示例区目标责任书")
    table = file.add_table(0, 3)
    for row in (("序号", "考核内容", "评分标准"), ("1", "满意", "满意率达90%以上，每低5%扣2分")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    file.add_paragraph(below)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def test_grades_below_the_only_table_are_the_agreements() -> None:
    """They are no mere note: whoever has 90 points has a grade."""
    text = "90分以上为优秀，70分以上为合格，70分以下为不合格。"
    reading = read_agreement(word_file(text), name="责任书.docx")
    grades = reading.agreement.grades
    assert grades is not None
    assert [(grade.name, grade.low) for grade in grades.grades] == [
        ("优秀", 90),
        ("合格", 70),
        ("不合格", None),
    ]
    assert [each.taken for each in reading.passages if each.text == text] == [TakenFor.GRADES]


def test_money_below_the_only_table_is_the_agreements() -> None:
    """The tiers of a funding policy are read from there, too."""
    text = "80分以上全额拨付；60分至80分拨付70%经费；60分以下拨付50%"
    reading = read_agreement(word_file(text), name="责任书.docx")
    (policy,) = reading.agreement.funding
    assert [tier.low for tier in policy.tiers] == [80, 60, None]
