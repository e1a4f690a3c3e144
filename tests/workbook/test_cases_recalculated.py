"""Cases on 个案明细: whatever is changed there, the points are those of the changed record.

Every facility has other cases typed over its own: another attribute, another number, a case more, a
condition that no longer holds. LibreOffice computes, and our scorer scores the record that says so.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from healthduty.exact import Number
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.record import NOT_APPLICABLE, Case, Record
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Bonus, Deduction, Times
from healthduty.rules.tally import ByAttribute, Cases
from healthduty.scoring.score import score
from workbook.recalculating import needs_soffice, recalculate
from workbook.result_books import (
    POINTS,
    Book,
    book_of,
    exact,
    formulas,
    input_rows,
    spoilt,
    sum_row,
    values,
)

pytest.importorskip("xlsxwriter")
pytestmark = needs_soffice

ERRORS = Measure("errors", "差错", kind="cases", absent="none_found")
COMPLAINTS = Measure("complaints", "投诉", kind="cases")
LEDGER = Measure("ledger", "台账", kind="flag")
GRAVITY = ByAttribute("情节", (("重", 2), ("轻", "0.5"), ("1", Fraction(1, 3))), otherwise=1)
STRICT = ByAttribute("情节", (("重", 3), ("轻", 1), ("1", 0)))
MEASURES = (ERRORS, COMPLAINTS, LEDGER)


def _losing(
    number: str,
    tally: Cases,
    points: Number,
    *,
    when: Flag | None = None,
    times: Times | None = None,
) -> Indicator:
    rule = Deduction(tally, points=points, when=when, times=() if times is None else times)
    return Indicator(number, f"第{number}项", points=30, rules=rule)


PARTS = (
    _losing("1", Cases(ERRORS, by=GRAVITY), "0.7"),
    _losing("2", Cases(ERRORS, by=STRICT, free=1), "0.5"),
    _losing("3", Cases(COMPLAINTS, free=1, where={"属实": "是"}), 1),
    _losing("4", Cases(COMPLAINTS, step=2), "1.5", times=Times(Fraction(1, 3), Flag(LEDGER))),
    _losing("5", Cases(ERRORS, where={"情节": "重", "属实": "是"}), 4, when=Flag(LEDGER)),
    Indicator(
        "6",
        "第6项",
        points=10,
        rules=Bonus(Cases(COMPLAINTS, where={"属实": "否"}), points="0.25", where="beyond"),
    ),
)
EACH = Agreement("逐条扣分", measures=MEASURES, parts=PARTS)
ONCE = Agreement("不重复扣分", measures=MEASURES, parts=PARTS, charge_once=True)

Row = tuple[Measure, str, int, dict[str, str]]
"""A row of the list: of which measure, number in the file, how many, attributes."""


class Told:
    """What a facility has: rows of cases, or bare numbers, and whether it keeps its ledger."""

    def __init__(self, rows: Sequence[Row], ledger: object, bare: dict[str, Any]) -> None:
        """Keep it."""
        self.rows, self.bare = list(rows), bare
        self.ledger: Any = ledger

    def record(self, name: str) -> Record:
        """Return it as a record: a row of three is three cases."""
        lists: dict[str, list[Case]] = {"complaints": []}
        for measure, number, count, attributes in self.rows:
            lists.setdefault(measure.code, []).extend([Case(number, attributes=attributes)] * count)
        told: dict[str, Any] = {code: tuple(cases) for code, cases in lists.items()}
        return Record(name, {**told, "ledger": self.ledger, **self.bare})


def _row(chance: random.Random, measure: Measure, *, count: int = 1) -> Row:
    number = chance.choice(("", "1", "01", "a", "A", "b"))
    attributes = {"情节": chance.choice(("重", "重", "轻", "轻", "1", "其他", ""))}
    if chance.random() < 0.8:
        attributes["属实"] = chance.choice(("是", "否"))
    return measure, number, count, {name: text for name, text in attributes.items() if text}


def drawn(seed: int) -> tuple[Told, Told]:
    """Draw what a facility has, and what is typed over it: as many rows, and one more at most."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    rows = [_row(chance, ERRORS) for _ in range(chance.randrange(5))]
    rows += [_row(chance, COMPLAINTS) for _ in range(chance.randrange(5))]
    before = Told(rows, chance.choice(("是", "否")), {})
    after = [
        _row(chance, row[0], count=chance.choice((0, 1, 1, 2, 3))) if chance.random() < 0.6 else row
        for row in rows
    ]
    if chance.random() < 0.7:  # into the empty row, at the end of all
        after.append(_row(chance, chance.choice((ERRORS, COMPLAINTS)), count=chance.choice((1, 2))))
    changed = Told(after, chance.choice(("是", "否", "是", NOT_APPLICABLE)), {})
    if not rows and chance.random() < 0.8:
        changed = Told((), "是", {"errors": chance.choice((0, None)), "complaints": 3})
    return before, changed


FORMS = {"sheets": 24, "long": 120}
"""Facilities by form: LibreOffice computes columns of a hundred rows in another way than of few."""


def facilities(form: str) -> dict[str, tuple[Told, Told]]:
    """Return what the facilities have, and what is typed over it."""
    return {f"机构{seed}": drawn(1000 + seed) for seed in range(FORMS[form])}


def _book(agreement: Agreement, form: str) -> Book:
    told = facilities(form).items()
    sheets = [score(agreement, before.record(name)) for name, (before, _) in told]
    return book_of(sheets, form=form)


def _typed(book: Book, form: str) -> bytes:
    """Return a workbook in which every facility has other data typed over its own."""
    loaded = openpyxl.load_workbook(io.BytesIO(book.content))
    cases = loaded["个案明细"]
    headings = [cell.value for cell in cases[3]]
    columns = {name: headings.index(name) + 1 for name in ("情节", "属实")}
    rows: dict[str, list[int]] = {}
    for at in range(4, cases.max_row + 1):
        rows.setdefault(cases.cell(at, 1).value, []).append(at)
    for name, (_, after) in facilities(form).items():
        for at, row in zip(rows[name], [*after.rows, None], strict=False):
            if row is not None:
                measure, number, count, attributes = row
                cases.cell(at, 2).value, cases.cell(at, 3).value = measure.label, number or None
                cases.cell(at, 5).value = count
                for attribute, column in columns.items():
                    cases.cell(at, column).value = attributes.get(attribute)
        for label, cell in _inputs(loaded, name, form):
            if label == "台账":
                cell.value = "不适用" if after.ledger is NOT_APPLICABLE else after.ledger
            for measure in (ERRORS, COMPLAINTS):
                if label == measure.label and measure.code in after.bare:
                    cell.value = after.bare[measure.code]
    buffer = io.BytesIO()
    loaded.save(buffer)
    return buffer.getvalue()


def _inputs(loaded: Any, name: str, form: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - openpyxl's
    """Go through the yellow cells of a facility, each with its name."""
    if form == "sheets":
        page = loaded[name]
        yield from ((page[f"B{row}"].value, page[f"D{row}"]) for row in input_rows(page))
        return
    page = loaded["数据与计算"]
    at = next(row for row in range(5, page.max_row + 1) if page.cell(row, 1).value == name)
    for column in range(2, page.max_column + 1):
        if page.cell(4, column).value not in ("分子（整数）", "状态"):
            yield page.cell(3, column).value, page.cell(at, column)


def totals(cells: dict[tuple[str, str], Any], form: str) -> dict[str, Any]:
    """Return the points of every facility."""
    if form == "sheets":
        return {name: cells[name, f"{POINTS}{sum_row(cells, name)}"] for name in facilities(form)}
    page = "得分明细"
    rows = [int(at[1:]) for name, at in cells if name == page and at[0] == "A" and at[1:].isdigit()]
    return {
        cells[page, f"A{row}"]: cells[page, f"K{row}"]
        for row in rows
        if cells.get((page, f"C{row}")) == "合计"
    }


BOOKS = [(EACH, "sheets"), (ONCE, "sheets"), (ONCE, "long")]


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Book, Path, Path]]:
    """Let LibreOffice compute every form twice: as it is, and with other data."""
    books = {f"{agreement.title}-{form}": _book(agreement, form) for agreement, form in BOOKS}
    files = {f"{name}-0": spoilt(book.content) for name, book in books.items()}
    files |= {f"{name}-1": _typed(book, name.split("-")[1]) for name, book in books.items()}
    results = recalculate(files, tmp_path_factory.mktemp("cases"))
    return {
        name: (book, results[f"{name}-0"], results[f"{name}-1"]) for name, book in books.items()
    }


@pytest.mark.parametrize(("agreement", "form"), BOOKS)
def test_as_it_is_nothing_differs(
    computed: dict[str, tuple[Book, Path, Path]], agreement: Agreement, form: str
) -> None:
    """All columns beside the cases, all tallies, all points; and everything is live."""
    book, path, _ = computed[f"{agreement.title}-{form}"]
    assert book.written.values == ()
    before, after = values(book.content), values(path)
    wrong = [at for at in formulas(book.content) if before.get(at) != after.get(at)]
    assert wrong == []


@pytest.mark.parametrize(("agreement", "form"), BOOKS)
def test_other_cases_give_the_score_of_the_record_that_has_them(
    computed: dict[str, tuple[Book, Path, Path]], agreement: Agreement, form: str
) -> None:
    """Attributes, numbers, a case more, conditions: the points are our scorer's, or none are."""
    told = totals(values(computed[f"{agreement.title}-{form}"][2]), form)
    changes = facilities(form)
    wanted = {name: score(agreement, after.record(name)) for name, (_, after) in changes.items()}
    shown = {
        name: None if points == "无法计总分" else exact(points) for name, points in told.items()
    }
    assert shown == {name: sheet.earned for name, sheet in wanted.items()}
    assert sum(sheet.earned is None for sheet in wanted.values()) in range(1, len(told) // 2)
    changed = sum(
        sheet.earned != computed[f"{agreement.title}-{form}"][0].sheets[name].earned
        for name, sheet in wanted.items()
    )
    assert changed > len(told) // 3


def test_charging_once_makes_a_difference() -> None:
    """The sample has cases that are charged under one rule of several."""
    pairs = [
        [score(agreement, before.record(name)).earned for agreement in (EACH, ONCE)]
        for name, (before, _) in facilities("sheets").items()
    ]
    assert sum(each != once for each, once in pairs) > len(pairs) // 4
