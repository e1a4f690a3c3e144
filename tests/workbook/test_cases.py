"""The list of cases: what beside it is computed as the scorer does, and what can't be listed."""

from __future__ import annotations

import re

import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.record import Case, Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import ByAttribute, Cases
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook import formulas_template
from healthduty.workbook.formulas_cases import NO_WEIGHT, case_list_of
from healthduty.workbook.formulas_template import Template
from workbook.result_books import POINTS, book_of, exact, formulas, sum_row, values
from workbook.test_cases_recalculated import EACH, ONCE, drawn

pytest.importorskip("xlsxwriter")

CASES = Measure("errors", "差错", kind="cases", absent="none_found")
GRAVITY = ByAttribute("情节", (("重", 2), ("轻", "0.5")))


def by(tally: Cases, *measures: Measure, points: str = "0.5", once: bool = False) -> Agreement:
    """Return an agreement of one rule."""
    item = Indicator("1", "差错", points=10, rules=Deduction(tally, points=points))
    return Agreement("差错扣分", measures=measures, parts=(item,), charge_once=once)


def sheet_of(agreement: Agreement, value: object, name: str = "南关") -> ScoreSheet:
    """Score one facility."""
    return score(agreement, Record(name, {"errors": value}))  # type: ignore[dict-item]  # any value


@pytest.mark.parametrize("agreement", [EACH, ONCE], ids=lambda each: str(each.title))
def test_the_columns_beside_the_cases_give_what_the_scorer_counts(agreement: Agreement) -> None:
    """Each weighed number of a hundred facilities is the sum of its column."""
    sheets = [score(agreement, drawn(seed)[0].record(f"机构{seed}")) for seed in range(100)]
    template, compared = Template(plan(agreement).plan, sheets), 0
    assert template.listed is not None
    for index in range(len(sheets)):
        entries = template.entries(index)
        assert entries is not None
        cases = template.case_values(index, template.values(index, entries))
        assert cases is not None
        prepared = template.observed[index].prepared
        for place, tally in enumerate(template.listed.tallies):
            if tally.place not in prepared.absent:
                num, den = prepared.num[tally.place], prepared.den[tally.place]
                assert cases.sum(("adds", place)) * den == num * tally.scale
                compared += 1
            else:
                assert cases.sum(("lacks", place)) > 0
    assert compared > 400


def test_weights_become_whole_numbers() -> None:
    """Over one scale; a value without a weight has none."""
    listed = case_list_of(plan(by(Cases(CASES, by=GRAVITY, free=1), CASES)).plan)
    assert listed is not None
    (tally,) = listed.tallies
    assert (tally.scale, tally.weights, tally.free) == (2, (("重", 4), ("轻", 1)), 1)
    assert tally.otherwise == NO_WEIGHT
    assert listed.attributes == ("情节",)


def test_a_facility_has_an_empty_row_behind_its_cases() -> None:
    """Number in the file, how many, attributes as they are; the rule under which each counts."""
    agreement = by(Cases(CASES, by=GRAVITY), CASES)
    cases = (Case("=1+1", "2026-03-01", {"情节": "重"}), Case("2", attributes={"情节": "轻"}))
    cells = values(book_of([sheet_of(agreement, cases)]).content)
    rows = [
        [cells.get(("个案明细", f"{column}{row}")) for column in "ABCDEFG"] for row in (4, 5, 6)
    ]
    assert rows == [
        ["南关", "差错", "=1+1", "2026-03-01", 1, "重", "1"],
        ["南关", "差错", "2", None, 1, "轻", "1"],
        ["南关", None, None, None, None, None, None],
    ]


@pytest.mark.parametrize(
    "agreement",
    [
        by(Cases("errors"), Measure("errors", "损失", kind="amount"), once=True),
        by(Cases(CASES, where={"情节": ""}), CASES),
        by(Cases(CASES, by=GRAVITY), CASES, points="80000000000", once=True),
    ],
    ids=["an amount", "an empty attribute", "too dear"],
)
def test_what_cannot_be_listed_is_an_input_and_says_so(agreement: Agreement) -> None:
    """The weighed number stands in a yellow cell, the sheet stays live, the origin tells."""
    sheet = sheet_of(agreement, 0)
    book = book_of([sheet])
    assert "个案明细" not in book.written.sheets
    assert any(text.startswith("个案无法逐例列出") for text in book.written.values)
    cells = values(book.content)
    assert exact(cells["南关", f"{POINTS}{sum_row(cells, '南关')}"]) == sheet.earned


def test_more_cases_than_rows_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are weighed beforehand, and the reason is told."""
    monkeypatch.setattr(formulas_template, "MOST_CASES", 2)
    agreement = by(Cases(CASES, by=GRAVITY), CASES)
    cases = tuple(Case(str(place), attributes={"情节": "轻"}) for place in range(4))
    book = book_of([sheet_of(agreement, cases)])
    assert any("超过一张表的行数" in text for text in book.written.values)
    assert formulas(book.content)


def test_a_text_that_no_cell_keeps_makes_values() -> None:
    """An attribute with a control character would be another one in the file."""
    agreement = by(Cases(CASES, where={"情节": "重"}), CASES)
    odd = sheet_of(agreement, (Case("a\x07", attributes={"情节": "重"}),), "城北")
    book = book_of([sheet_of(agreement, (Case("b", attributes={"情节": "重"}),)), odd])
    assert any(re.match("城北：.*不含公式", text) for text in book.written.values)
    cells = values(book.content)
    assert exact(cells["城北", f"{POINTS}{sum_row(cells, '城北')}"]) == odd.earned
