"""A note below a table that says how all its targets are scored."""

from __future__ import annotations

import pytest

import healthduty as hd
from documents.tabling import excel
from healthduty.documents.passages import TakenFor

_HEAD = "序号|指标|目标值|分值"
_ROWS = ("1|建册率|≥90%|10", "2|随访率|≥80%|10", "3|宣讲|12场|5")
_NOTE = (
    "注：达到目标值得满分；未达到的，每低1个百分点扣0.5分，每少1场扣1分，扣完该项分值为止。"
    "随访率低于60%的，该项不得分。90分以上为优秀，60分以下为不合格。"
)


def _read(*notes: str) -> hd.AgreementReading:
    return hd.read_agreement(
        excel([_HEAD, *_ROWS, *(f"{note}|||" for note in notes)]), name="表.xlsx"
    )


def _written(reading: hd.AgreementReading) -> list[str]:
    agreement = reading.agreement
    return [
        hd.write_clause(item.rules, measures=agreement.measures)
        for item in agreement.parts
        if isinstance(item, hd.Indicator)
    ]


def test_each_target_is_scored_as_the_note_says() -> None:
    """A rate by points, a number by units; what names an item is for that item alone."""
    reading = _read(_NOTE)
    assert _written(reading) == [
        "建册率达到90%以上，每低1个百分点扣0.5分。",
        "随访率达到80%以上，每低1个百分点扣0.5分。随访率低于60%的，本项不得分。",
        "宣讲不少于12场，每少1场扣1分。",
    ]
    assert {finding.code for finding in reading.findings} <= {"clause-assumed", "text-untitled"}


def test_what_else_the_note_says_is_read_as_well() -> None:
    """Grades of the whole, behind what scores the items."""
    grades = _read(_NOTE).agreement.grades
    assert grades is not None
    assert [grade.name for grade in grades.grades] == ["优秀", "不合格"]


def test_numbered_lines_of_a_note_are_read_together() -> None:
    """Each line in a row of its own."""
    lines = ("说明：", "1、达到目标值得满分，每低1个百分点扣0.5分。", "2、每少1场扣1分。")
    assert _written(_read(*lines)) == [
        "建册率达到90%以上，每低1个百分点扣0.5分。",
        "随访率达到80%以上，每低1个百分点扣0.5分。",
        "宣讲不少于12场，每少1场扣1分。",
    ]


def test_the_note_is_kept_as_it_stands() -> None:
    """Whole, as a note; each item cites what it was given."""
    reading = _read(_NOTE)
    assert _NOTE in {each.text for each in reading.passages if each.taken is TakenFor.NOTE}
    first = reading.agreement.parts[0]
    assert isinstance(first, hd.Indicator)
    citation = first.rules[0].citation
    assert citation is not None
    assert citation.text is not None
    assert "每低1个百分点扣0.5分" in citation.text


def test_a_note_about_something_else_scores_nothing() -> None:
    """Items without a standard are judged, and the points of the note are told."""
    reading = _read("注：迟报一次扣1分。")
    assert _written(reading) == ["", "", ""]
    assert "text-unread" in reading.findings.codes


@pytest.mark.parametrize(
    "note", ["使用率达到90%以上，每低5个百分点扣1分。", "注：平均住院日不超过8天，每超1天扣1分。"]
)
def test_a_note_with_a_quantity_of_its_own_is_not_about_the_targets(note: str) -> None:
    """It has its own bound; what it is for is told."""
    reading = _read(note)
    assert _written(reading) == ["", "", ""]
    assert "text-unread" in reading.findings.codes


def test_a_note_about_an_item_that_has_a_standard_is_not_about_the_others() -> None:
    """Nor is one for an item whose requirement says itself what falling short costs."""
    rows = [
        f"{_HEAD}|评分标准",
        "1|满意度|≥90%|10|每低1个百分点扣2分",
        f"{_ROWS[1]}|",
        "注：满意度每低1个百分点扣1分。||||",
    ]
    assert _written(hd.read_agreement(excel(rows), name="表.xlsx"))[1] == ""
    rows = ["序号|考核内容|分值", "1|建册率≥90%，每低1%扣2分|10", "注：每低1个百分点扣0.5分。||"]
    (written,) = _written(hd.read_agreement(excel(rows), name="表.xlsx"))
    assert written == "建册率达到90%以上，每低1个百分点扣2分。"


def test_items_with_a_standard_keep_it() -> None:
    """A note is for the items that say nothing themselves."""
    rows = [f"{_HEAD}|评分标准", f"{_ROWS[0]}|每低1个百分点扣2分", f"{_ROWS[1]}|", f"{_NOTE}||||"]
    written = _written(hd.read_agreement(excel(rows), name="表.xlsx"))
    assert written[0] == "建册率达到90%以上，每低1个百分点扣2分。"
    assert "每低1个百分点扣0.5分" in written[1]
