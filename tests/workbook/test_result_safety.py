"""What facilities and agreements are called, and what they report, can't harm whoever opens it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score
from workbook.result_books import Book, book_of, formulas, values

pytest.importorskip("xlsxwriter")

HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.invalid")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r\n=1+1",
    "{=1+1}",
    "'=1+1",
    "_x003D_1+1",
    "南关\x00\x1b[2J",
    "a\u202eb\ud800",
    "http://example.invalid",
    "file:///etc/passwd",
    "长" * 40_000,
    "<v>1</v>&amp;",
    'x";DROP',
    "[a]:*?/\\b",
    "History",
    "排名",
    "南关" * 30,
    "",
)


def hostile_book(text: str, *, formulas: bool = True) -> Book:
    """Write a workbook in which everything that can be named is named so."""
    rate = Measure("rate", text[:300], unit="%")
    item = Indicator(
        "1",
        text,
        points=5,
        requirement=text,
        rules=Deduction(StepsBelow(rate, target=90, step=5), points=1),
    )
    part = Section("一", text, text=text, parts=(item,))
    agreement = Agreement(text or "无题", measures=(rate,), parts=(part,))
    named = {"name": text or "甲", "period": text[:100] or "2024"}
    records = [
        Record("a", {"rate": 83}, **named, kind=text[:100] or None),
        Record("b", {"rate": text}, **named),
    ]
    sheets = [score(agreement, record) for record in records]
    return book_of(sheets, formulas=formulas)


def shape(formula: str) -> str:
    """Return a formula less the names of sheets and the rows, which move with what is told."""
    return re.sub(r"[0-9]+", "0", re.sub("'(?:[^']|'')*'!", "'南关'!", formula))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    """Formulas are ours alone, there is no link, and every part of the file is sound XML."""
    book = hostile_book(text)
    ours = set(map(shape, formulas(hostile_book("南关").content).values()))
    assert {shape(formula) for formula in formulas(book.content).values()} <= ours
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            ElementTree.fromstring(content)  # noqa: S314 - our own file
            assert b"hyperlink" not in content


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_second_library_reads_what_was_written(text: str) -> None:
    """It opens, the sheets have lawful names that differ, and the points are there."""
    book = hostile_book(text)
    names = book.written.sheets
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    cells = values(book.content)
    assert cells[names[1], "J6"] == 4
    assert all(len(str(value)) <= 32_767 for value in cells.values())


def test_without_formulas_there_is_none() -> None:
    """Whatever the names are."""
    assert all(not formulas(hostile_book(text, formulas=False).content) for text in HOSTILE[:6])


def test_facilities_of_one_name_have_sheets_of_their_own() -> None:
    """The second is numbered, and the ranking points at the right one."""
    agreement = Agreement("同名", parts=(Indicator("1", "台账", points=5),))
    sheets = [score(agreement, Record(str(each), {"1": each}, name="南关")) for each in (3, 5)]
    book = book_of(sheets)
    assert book.written.sheets[1:3] == ("南关", "南关 (2)")
    cells = values(book.content)
    assert [cells["排名", f"E{row}"] for row in (4, 5)] == [5, 3]
    found = formulas(book.content)
    assert "'南关 (2)'!" in found["排名", "E5"]
