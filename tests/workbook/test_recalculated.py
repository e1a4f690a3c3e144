"""LibreOffice computes every formula anew, and every number is our exact score.

All workbooks of this file go through one run. In each of them a wrong number stands beside every
formula, so that nothing that was brought along can pass for a result.
"""

from __future__ import annotations

import io
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.indicator import Indicator
from healthduty.records.record import NOT_APPLICABLE, Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, StepsBelow
from healthduty.scoring.ops import (
    BandsOp,
    CasesOp,
    CurveOp,
    GroupOp,
    JudgeOp,
    LackingOp,
    OnceOp,
    PlainStepsOp,
    StepsOp,
)
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from workbook import every_kind
from workbook.every_kind import facilities
from workbook.recalculating import needs_soffice, recalculate
from workbook.result_books import (
    CHANGE,
    FIRST_ROW,
    POINTS,
    WRONG,
    Book,
    book_of,
    drawn_books,
    exact,
    formulas,
    input_rows,
    spoilt,
    sum_row,
    values,
    with_data_moved_on,
    with_inputs_moved_on,
)

pytest.importorskip("xlsxwriter")
pytestmark = needs_soffice

DRAWN, FACILITIES, EVERY_KIND, UNLISTED = 8, 6, 40, 12
MOVED = 2


class Computed(NamedTuple):
    """Drawn workbooks, and where LibreOffice left them: as they are, and with other data."""

    books: list[Book]
    spoilt: list[Path]
    moved: dict[int, Path]
    typed: Path
    long: Path


RATE = Measure("rate", "满意率", unit="%")
CASES = Measure("cases", "投诉", unit="例", kind="cases")
TYPING = Agreement(
    "改数",
    measures=(RATE, CASES),
    parts=(
        Indicator(
            "1",
            "满意",
            points=5,
            rules=Deduction(StepsBelow(RATE, target=90, step=5), points="0.5"),
        ),
        Indicator("2", "投诉", points=5, rules=Deduction(Cases(CASES), points=1)),
    ),
)
TYPED: dict[str, tuple[Any, Any]] = {  # typed into the row of the rate; means in a record
    "a number": (84.99, "84.99"),
    "on the step": (85, 85),
    "a decimal too many": (83.577, None),
    "out of range": (3000, None),
    "negative": (-1, None),
    "a word": ("约85", None),
    "a number as text": ("85", None),
    "nothing": (None, None),
    "does not apply": ("不适用", NOT_APPLICABLE),
    "a pair": ((33, 40), Ratio(33, 40)),
    "half a pair": ((33, None), None),
    "nothing of nothing": ((0, 0), NOT_APPLICABLE),
    "something of nothing": ((5, 0), None),
    "a pair that is a step": ((170, 200), Ratio(170, 200)),
}


def typed() -> bytes:
    """Return a workbook in which somebody typed over the rate of every facility but the last."""
    sheets = [score(TYPING, Record(name, {"rate": 90, "cases": 1})) for name in TYPED]
    loaded = openpyxl.load_workbook(io.BytesIO(book_of(sheets).content))
    for name, (value, _) in TYPED.items():
        page = loaded[name]
        row = next(row for row in input_rows(page) if page[f"B{row}"].value == "满意率")
        if isinstance(value, tuple):
            page[f"D{row}"], page[f"E{row}"], page[f"F{row}"] = None, *value
        else:
            page[f"D{row}"] = value
    buffer = io.BytesIO()
    loaded.save(buffer)
    return buffer.getvalue()


def long_books() -> list[Book]:
    """Write long forms: of every kind of rule, and of 210 facilities, which are too many else."""
    every = [score(every_kind.AGREEMENT, each) for each in facilities(UNLISTED)]
    many = [
        score(TYPING, Record(f"机构{place}", {"rate": rate, "cases": place % 7}))
        for place, rate in zip(range(210), cycle((90, 85, "84.99", 70, "不适用", None, 95)))
    ]
    return [book_of(every, form="long"), book_of(many)]


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Computed:
    """Draw the workbooks and let LibreOffice compute all of them in one run."""
    books = drawn_books(DRAWN, FACILITIES)
    books += drawn_books(2, FACILITIES, missing=True)
    books.append(book_of([score(every_kind.AGREEMENT, each) for each in facilities(EVERY_KIND)]))
    books.append(book_of([score(every_kind.UNLISTED, each) for each in facilities(UNLISTED)]))
    books += long_books()
    files = {f"spoilt-{place}": spoilt(book.content) for place, book in enumerate(books)}
    live = [
        place
        for place, book in enumerate(books)  # cases are typed over in a test of their own
        if not book.written.values and not {"个案明细", "得分明细"} & {*book.written.sheets}
    ][-MOVED:]
    files |= {f"moved-{place}": with_inputs_moved_on(books[place]) for place in live}
    files["typed"] = typed()
    files["long"] = with_data_moved_on(books[-1])
    results = recalculate(files, tmp_path_factory.mktemp("recalculated"))
    return Computed(
        books,
        [results[f"spoilt-{place}"] for place in range(len(books))],
        {place: results[f"moved-{place}"] for place in live},
        results["typed"],
        results["long"],
    )


def test_every_formula_gives_the_number_that_stood_beside_it(computed: Computed) -> None:
    """Over 2,000 rows of every kind of rule: not one differs, to the last digit."""
    differences = []
    for book, path in zip(computed.books, computed.spoilt, strict=True):
        before, after = values(book.content), values(path)
        differences += [
            (place, formula, before.get(place), after.get(place))
            for place, formula in formulas(book.content).items()
            if before.get(place) != after.get(place)
        ]
    assert differences == []


def test_the_sample_is_large_and_has_everything(computed: Computed) -> None:
    """Every operation, every way of counting and of excusing is among what was computed."""
    sheets = [sheet for book in computed.books for sheet in book.sheets.values()]
    rows = sum(1 for sheet in sheets for line in sheet.lines if line.ref is not None)
    assert rows >= 2_000
    plans = [plan(next(iter(book.sheets.values())).agreement).plan for book in computed.books]
    kinds = Counter(type(op) for made in plans for op in made.ops)
    assert set(kinds) == {
        *(PlainStepsOp, StepsOp, LackingOp, CasesOp, OnceOp),
        *(BandsOp, CurveOp, JudgeOp, GroupOp),
    }
    picks = {op.pick for made in plans for op in made.ops if isinstance(op, GroupOp)}
    assert picks == {-1, 0, 1}
    counted = {
        op.modifiers.counting
        for made in plans
        for op in made.ops
        if isinstance(op, StepsOp) and op.modifiers is not None
    }
    assert counted == {0, 1, 2}
    excused = {type(ref.excusal) for made in plans for ref in made.refs}
    assert excused >= {FullPoints, ZeroPoints, MovedTo, PeersMean, Rescaled}
    assert any(made.vetoes for made in plans)


def test_the_numbers_were_computed_and_not_brought_along(computed: Computed) -> None:
    """The wrong number beside each formula is gone: LibreOffice did recalculate."""
    assert all(WRONG not in values(path).values() for path in computed.spoilt)
    content = computed.books[0].content
    brought = values(spoilt(content))
    assert all(brought[place] == WRONG for place in formulas(content))


def test_other_data_in_the_yellow_cells_gives_the_score_of_that_data(computed: Computed) -> None:
    """Each facility has the next one's data typed over its own: changes, points, all follow."""
    compared = 0
    for place, path in computed.moved.items():
        book, after = computed.books[place], values(path)
        before, names = values(book.content), list(book.sheets)
        for name, other in zip(names, [*names[1:], names[0]], strict=True):
            for row in range(FIRST_ROW, sum_row(before, name) + 1):
                for column in (CHANGE, POINTS):
                    at = f"{column}{row}"
                    assert after.get((name, at)) == before.get((other, at)), (place, name, at)
                    compared += 1
    assert compared > 500


def test_other_data_behind_the_long_form_gives_the_score_of_that_data(computed: Computed) -> None:
    """The same where all facilities stand below each other."""
    book, after = computed.books[-1], values(computed.long)
    before, rows = values(book.content), 3
    assert "得分明细" in book.written.sheets
    for place in range(len(book.sheets)):
        other = (place + 1) % len(book.sheets)
        for row in range(rows):
            here, there = (FIRST_ROW + rows * each + row for each in (place, other))
            for column in "EGIJK":
                moved, meant = f"{column}{here}", f"{column}{there}"
                assert after.get(("得分明细", moved)) == before.get(("得分明细", meant)), moved


@pytest.mark.parametrize("name", TYPED)
def test_whatever_is_typed_the_sheet_shows_our_exact_score_or_none(
    computed: Computed, name: str
) -> None:
    """What is no number, has too many decimals or lies out of range counts as missing."""
    cells = values(computed.typed)
    total = cells[name, f"{POINTS}{sum_row(cells, name)}"]
    meant = TYPED[name][1]
    if meant is None:
        assert total == "无法计总分"
    else:
        assert exact(total) == score(TYPING, Record(name, {"rate": meant, "cases": 1})).total
