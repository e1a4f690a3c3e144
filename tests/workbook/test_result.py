"""The result workbook, opened again with a second library: every number is the sheet's."""

from __future__ import annotations

import io
import sys
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

import healthduty as hd
from healthduty.convert.digest import digest
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator
from healthduty.model.veto import ForceGrade, Veto
from healthduty.records.record import MISSING, Period, Record
from healthduty.results.ranking import rank
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.rules.threshold import ByKind
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook.result import write_results
from workbook.result_books import (
    CHANGE,
    FIRST_ROW,
    FULL,
    POINTS,
    Book,
    book_of,
    drawn_books,
    exact,
    formulas,
    sum_row,
    values,
)

pytest.importorskip("xlsxwriter")

RATE = Measure("rate", "满意率", unit="%")
FRAUD = Measure("fraud", "弄虚作假", kind="flag", absent="none_found")
AGREEMENT = Agreement(
    "示例责任书",
    measures=(RATE, FRAUD),
    parts=(
        Indicator(
            "1", "满意", points=5, rules=Deduction(StepsBelow(RATE, target=90, step=5), points=1)
        ),
        Indicator("2", "台账", points=5),
    ),
    grades=GradeScale.of(优秀=9, 合格=6, 不合格=None),
    vetoes=(Veto("fraud", "弄虚作假", when=Flag(FRAUD), effects=ForceGrade("不合格")),),
)


def sheet_of(name: str, rate: object = 90, book: object = 5, **more: object) -> ScoreSheet:
    """Score one facility by the sample agreement."""
    values_of = {"rate": rate, "2": book, **more}
    return score(AGREEMENT, Record(name, values_of))  # type: ignore[arg-type]  # any value


@pytest.fixture(scope="module")
def shipped() -> Book:
    """Write the results of an agreement that the catalogue ships."""
    name = "supervision-coordination"
    agreement = hd.catalogue.get(name)
    records = hd.catalogue.records(name)
    return book_of([score(agreement, record) for record in records])


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [False, True])
def test_every_number_is_the_sheets(missing: bool) -> None:  # noqa: FBT001 - of a parameter
    """Changes, full points, points and totals of drawn agreements of every kind."""
    for book in drawn_books(4, 2, missing=missing):
        cells = values(book.content)
        for name, sheet in book.sheets.items():
            assert_numbers(cells, name, sheet)


def test_a_shipped_agreement_has_its_numbers(shipped: Book) -> None:
    """The same for what the catalogue ships, and the ranking, the grades and the money."""
    cells = values(shipped.content)
    for name, sheet in shipped.sheets.items():
        assert_numbers(cells, name, sheet)
    for row, entry in enumerate(rank(shipped.sheets.values()), start=4):
        assert cells["排名", f"B{row}"] == entry.sheet.record.name
        assert cells.get(("排名", f"A{row}")) == entry.rank
        if entry.sheet.total is not None:
            assert exact(cells["排名", f"E{row}"]) == entry.sheet.total
        (money,) = entry.sheet.money
        shown = [cells.get(("排名", f"{column}{row}")) for column in "FGH"]
        assert (None if money.amount is None else float(money.amount)) in [
            each if isinstance(each, float) else None for each in shown
        ]


def assert_numbers(cells: dict[tuple[str, str], object], name: str, sheet: ScoreSheet) -> None:
    """Hold a facility's page against its sheet."""
    last = sum_row(cells, name)
    items = [item for item in sheet.items if item.full]
    rows = [row for row in range(FIRST_ROW, last) if (name, f"{FULL}{row}") in cells]
    assert [exact(cells[name, f"{FULL}{row}"]) for row in rows] == [item.full for item in items]
    for row, item in zip(rows, items, strict=True):
        points = cells[name, f"{POINTS}{row}"]
        assert points == "？" if item.earned is None else exact(points) == item.earned
        assert cells.get((name, f"A{row}"), "") == item.number
    changes = [exact(cells[name, f"{CHANGE}{row}"]) for row in range(FIRST_ROW, last)]
    lines = [Fraction(line.effective) for line in sheet.lines]
    assert sum(changes) == sum(lines) == exact(cells[name, f"{CHANGE}{last}"])
    if sheet.earned is None:
        assert cells[name, f"{POINTS}{last}"] == "无法计总分"
    else:
        assert exact(cells[name, f"{POINTS}{last}"]) == sheet.earned
        assert sheet.full is not None
        assert sum(changes) + Fraction(sheet.full) == sheet.earned


def test_every_sentence_and_finding_is_told() -> None:
    """Nothing that the sheet says of its points is left out, nor is an error."""
    sheet = sheet_of("南关", "83%", MISSING)
    cells = set(map(str, values(book_of([sheet]).content).values()))
    text = "\n".join(cells)
    moved = [line for line in sheet.lines if line.effective_units and line.ref is not None]
    for line in moved:
        assert sheet.sentence(line) in text
    for error in sheet.findings.errors:
        assert error.text("zh") in text


def test_the_heat_map_has_the_share_of_each_indicator() -> None:
    """A facility that lost a quarter of an indicator's points shows 25 %."""
    book = book_of([sheet_of("南关", 80), sheet_of("城北", 90)])
    cells = values(book.content)
    names = {cells["失分热力图", f"A{row}"]: row for row in (5, 6)}
    assert cells["失分热力图", f"B{names['南关']}"] == 0.4
    assert cells["失分热力图", f"B{names['城北']}"] == 0


def test_the_origin_has_all_digests() -> None:
    """Agreement and record are named by their digests."""
    sheet = sheet_of("南关")
    told = set(values(book_of([sheet]).content).values())
    assert {digest(AGREEMENT), digest(sheet.record)} <= told


# --- without formulas --------------------------------------------------------------------------


def test_without_formulas_the_numbers_are_the_same() -> None:
    """`formulas=False` writes values only, and the same ones."""
    sheets = [sheet_of("南关", 84), sheet_of("城北", MISSING)]
    live, still = book_of(sheets), book_of(sheets, formulas=False)
    assert formulas(live.content)
    assert not formulas(still.content)
    assert still.written.formulas == 0
    before, after = values(live.content), values(still.content)
    for name in live.sheets:
        for row in range(FIRST_ROW, sum_row(before, name) + 1):
            for column in (CHANGE, FULL, POINTS):
                assert after.get((name, f"{column}{row}")) == before.get((name, f"{column}{row}"))


def test_a_number_that_no_cell_keeps_makes_its_sheet_values() -> None:
    """A value of nine decimals is exact in the score, and the sheet says why it is not live."""
    book = book_of([sheet_of("南关", "84.999999999"), sheet_of("城北", 84)])
    live = {name for name, _ in formulas(book.content)}
    assert "城北" in live
    assert "南关" not in live
    assert any("南关" in text for text in book.written.values)
    cells = values(book.content)
    assert cells["南关", f"{POINTS}{FIRST_ROW}"] == 4


def test_amounts_that_are_too_wide_are_values_and_say_so() -> None:
    """Budgets of billions against last year's, on shares: no double has these products."""
    now, last = (Measure(code, kind="amount", unit="元") for code in ("now", "last"))
    rule = Deduction(StepsBelow(now, target=last, relative=True, step="0.001"), points="0.01")
    agreement = Agreement(
        "预算",
        measures=(now, last),
        parts=(Indicator("1", "执行", points=5, rules=rule), Indicator("2", "台账", points=5)),
    )
    record = Record("南关", {"now": "9876543210123.45", "last": "9876543210987.65", "2": 4})
    book = book_of([score(agreement, record)])
    assert any("程序算出的数值" in text for text in book.written.values)
    cells = values(book.content)
    assert_numbers(cells, "南关", book.sheets["南关"])


# --- forms -------------------------------------------------------------------------------------


def test_in_english_the_headings_and_sentences_are() -> None:
    """What was agreed stays as it is."""
    cells = values(book_of([sheet_of("南关", 84)], lang="en").content)
    assert cells["南关", "G4"] == "arithmetic"
    assert "short by" in str(cells["南关", f"G{FIRST_ROW}"])
    assert str(cells["南关", f"B{FIRST_ROW}"]) == "满意"


def test_a_ranking_is_taken_as_it_is() -> None:
    """What was ranked elsewhere keeps its ranks and its order."""
    ranked = rank([sheet_of("南关", 60), sheet_of("城北", 90)])[::-1]
    buffer = io.BytesIO()
    write_results(ranked, buffer)
    cells = values(buffer.getvalue())
    assert [cells["排名", f"B{row}"] for row in (4, 5)] == ["南关", "城北"]
    assert [cells["排名", f"A{row}"] for row in (4, 5)] == [2, 1]


def test_sheets_whose_plan_was_forgotten_are_written_all_the_same() -> None:
    """A sheet by an equal agreement, or by a plan that others have pushed out, has its numbers."""
    sheets = [
        sheet_of("南关", 60),
        score(hd.loads(hd.dumps(AGREEMENT)), sheet_of("城北", 80).record),
    ]
    for place in range(20):
        plan(Agreement(str(place)))
    book = book_of(sheets)
    cells = values(book.content)
    for name, sheet in book.sheets.items():
        assert_numbers(cells, name, sheet)
    assert book.written.values == ()


def test_an_agreement_without_items_has_a_workbook_without_formulas_on_its_sheets() -> None:
    """There is nothing to compute, and no sum that refers to itself."""
    book = book_of([score(Agreement("只有条文"), Record("校医室", {}))])
    assert not [at for name, at in formulas(book.content) if name == "校医室"]
    assert values(book.content)["校医室", "J5"] == "无法计总分"


def test_a_prorated_number_stands_as_the_target() -> None:
    """Of 52 a year, what is asked for in seven months: 30, rounded down, as the arithmetic says."""
    weeks = Measure("weeks", "学习周数", unit="周")
    rule = Deduction(Lacking(weeks, required=52, prorated=True), points="0.1")
    agreement = Agreement("学习", measures=(weeks,), parts=(Indicator("1", points=5, rules=rule),))
    half = Record("南关", {"weeks": 26}, period=Period("2024年1-7月", months=7))
    whole = Record("城北", {"weeks": 50})
    cells = values(book_of([score(agreement, record) for record in (half, whole)]).content)
    assert (cells["南关", f"E{FIRST_ROW}"], cells["南关", f"F{FIRST_ROW}"]) == (30, 4)
    assert (cells["城北", f"E{FIRST_ROW}"], cells["城北", f"F{FIRST_ROW}"]) == (52, 2)


def test_an_item_without_rules_is_said_to_be_judged() -> None:
    """By whom, not only what is looked at: its method is no standard of scoring."""
    seen = Indicator("1", "思想工作", points=4, method="查制度、座谈")
    agreement = Agreement("评判", parts=(seen, Indicator("2", "台账", points=2)))
    cells = values(book_of([score(agreement, Record("南关", {"1": 3, "2": 1}))]).content)
    assert cells["南关", f"C{FIRST_ROW}"] == "由考核人评定（查制度、座谈）"
    assert cells["南关", f"C{FIRST_ROW + 1}"] == "由考核人评定"
    # On the sheet of the agreement, too: a blank might be a standard that was forgotten.
    assert [cells["责任书", f"D{row}"] for row in (3, 4)] == ["由考核人评定"] * 2


def test_very_many_kinds_make_values() -> None:
    """A formula that asks for 300 kinds of facility is longer than Excel takes."""
    kinds = ByKind({f"第{place}类卫生机构": place for place in range(300)})
    rule = Deduction(StepsBelow(RATE, target=kinds, step=5), points=1)
    item = Indicator("1", "满意", points=5, rules=rule)
    agreement = Agreement("类别", measures=(RATE,), parts=(item,))
    record = Record("南关", {"rate": 80}, kind="第90类卫生机构")
    book = book_of([score(agreement, record)])
    assert all(name != "南关" for name, _ in formulas(book.content))
    assert any("过多" in text for text in book.written.values)
    assert_numbers(values(book.content), "南关", book.sheets["南关"])


# --- refusals ----------------------------------------------------------------------------------


def test_nothing_to_write_and_several_agreements_are_refused() -> None:
    """A wrong call is told before anything is written."""
    other = attrs.evolve(AGREEMENT, title="另一份")
    with pytest.raises(UsageError, match="no sheets"):
        write_results([], io.BytesIO())
    with pytest.raises(UsageError, match="several agreements"):
        write_results([sheet_of("南关"), score(other, Record("城北", {}))], io.BytesIO())
    with pytest.raises(UsageError):
        write_results([sheet_of("南关")], io.BytesIO(), lang="fr")  # type: ignore[arg-type]


def test_without_xlsxwriter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is the command that helps."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ImportError, match=r"pip install healthduty\[excel\]"):
        write_results([sheet_of("南关")], io.BytesIO())


def test_a_failing_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a target that can't be replaced: the old workbook is still there, whole."""
    target = tmp_path / "结果.xlsx"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_results([sheet_of("南关")], target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    monkeypatch.undo()
    with pytest.raises(OSError, match="directory"):
        write_results([sheet_of("南关")], tmp_path)
    write_results([sheet_of("南关")], target)
    assert target.read_bytes().startswith(b"PK")
