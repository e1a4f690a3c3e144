"""The long form: the same rows, numbers and formulas as on the sheets of the facilities."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import attrs
import pytest

import healthduty as hd
from healthduty.errors import RuleError, UsageError
from healthduty.records.record import MISSING, NOT_APPLICABLE
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook import result, result_long
from healthduty.workbook.result import MOST_SHEETS, ResultForm, write_results
from workbook import every_kind
from workbook.every_kind import facilities
from workbook.result_books import FIRST_ROW, Book, book_of, formulas, values
from workbook.test_result import sheet_of

pytest.importorskip("xlsxwriter")

LONG, DATA, NOTES = "得分明细", "数据与计算", "须说明的事项"


@pytest.fixture(scope="module")
def scored() -> list[ScoreSheet]:
    """Score facilities by every kind of rule."""
    return [score(every_kind.AGREEMENT, each) for each in facilities(6)]


@pytest.fixture(scope="module")
def both(scored: list[ScoreSheet]) -> tuple[Book, Book]:
    """Write them in both forms."""
    return book_of(scored, form="sheets"), book_of(scored, form=ResultForm.LONG)


def table_rows(cells: dict[tuple[str, str], Any], name: str) -> list[list[Any]]:
    """Return the score table of a facility's own page, down to what follows from the total."""
    rows, row = [], FIRST_ROW
    while (name, f"B{row}") in cells or (name, f"C{row}") in cells:
        rows.append([cells.get((name, f"{column}{row}"), "") for column in "ABCDEFGHIJK"])
        row += 1
    return rows


def long_rows(cells: dict[tuple[str, str], Any], name: str) -> list[list[Any]]:
    """Return a facility's rows of the long form, without its name."""
    numbers = sorted(
        int(at[1:])
        for (page, at), value in cells.items()
        if page == LONG and re.fullmatch(r"A\d+", at) and value == name
    )
    return [
        [cells.get((LONG, f"{column}{row}"), "") for column in "BCDEFGHIJKL"] for row in numbers
    ]


def test_past_200_facilities_the_tables_stand_on_one_sheet() -> None:
    """Nobody asked for it: there are too many; each has its points and its own rows."""
    sheets = [sheet_of(f"机构{place}", 60 + place % 40) for place in range(MOST_SHEETS + 1)]
    book = book_of(sheets)
    assert book.written.sheets == ("排名", LONG, DATA, NOTES, "失分热力图", "责任书", "数据来源")
    assert book.written.values == ()
    cells = values(book.content)
    for sheet in sheets[:5]:
        rows = long_rows(cells, sheet.record.name)
        (total,) = [row[9] for row in rows if row[1] == "合计"]
        assert total == float(sheet.earned or 0)


def test_the_rows_are_those_of_the_sheets(both: tuple[Book, Book]) -> None:
    """Clause, value, target, tally, sentence, change, full, points: cell by cell."""
    sheets, long = (values(book.content) for book in both)
    for name in both[0].sheets:
        wanted, rows = table_rows(sheets, name), long_rows(long, name)
        last = [row[1] for row in wanted].index("合计")
        assert rows[: last + 1] == wanted[: last + 1]
        for below, shown in zip(wanted[last + 1 :], rows[last + 1 :], strict=True):
            assert (below[1], below[9]) == (shown[1], shown[9])


def test_every_number_that_moves_is_a_formula(both: tuple[Book, Book]) -> None:
    """Where a facility's own sheet has a formula, the long form has one too."""
    short, long = (formulas(book.content) for book in both)
    cells = values(both[1].content)
    for name in both[0].sheets:
        mine = {at for page, at in short if page == name and int(re.sub(r"\D", "", at)) < 60}
        first = min(
            int(at[1:]) for (page, at), value in cells.items() if page == LONG and value == name
        )
        last = FIRST_ROW + len(long_rows(cells, name)) - 1
        for at in mine:
            letters, number = re.sub(r"\d", "", at), int(re.sub(r"\D", "", at))
            if FIRST_ROW <= number <= last:
                moved = f"{chr(ord(letters) + 1)}{number - FIRST_ROW + first}"
                assert (LONG, moved) in long


def test_ranking_and_heat_map_read_the_long_form(
    scored: list[ScoreSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a sheet does not take all rows, a second one goes on; each reference finds its own."""
    rows = long_rows(values(book_of(scored, form="long").content), scored[0].record.name)
    monkeypatch.setattr(result_long, "MOST_ROWS", 4 + 2 * len(rows))
    book = book_of(scored, form="long")
    assert [name for name in book.written.sheets if name.startswith(LONG)] == [
        LONG,
        f"{LONG} (2)",
        f"{LONG} (3)",
    ]
    cells, found = values(book.content), 0
    for (page, at), text in formulas(book.content).items():
        told = re.fullmatch(r"""IF\('([^']+)'!([A-Z]+\d+)="","",'\1'!\2\)""", text)
        if page == "排名" and told is not None:
            assert cells.get((page, at)) == cells.get((told[1], told[2]))
            found += 1
    assert found >= 3 * len(scored)


def test_with_too_many_formulas_all_are_values_and_the_sheet_says_so(
    scored: list[ScoreSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers are the same; nothing of it is called live."""
    live = values(book_of(scored, form="long").content)
    monkeypatch.setattr(result, "MOST_FORMULAS", 500)
    book = book_of(scored, form="long")
    assert book.written.formulas == 0
    assert DATA not in book.written.sheets
    cells = values(book.content)
    assert "不含公式" in cells[LONG, "A2"]
    assert any("超过500个" in text for text in book.written.values)
    for name in book.sheets:
        assert long_rows(cells, name) == long_rows(live, name)


def test_what_must_be_said_has_a_sheet() -> None:
    """Facility, weight, subject, place and message of each remark, in Chinese."""
    book = book_of([sheet_of("南关", MISSING), sheet_of("城北", 90)], form="long")
    cells = values(book.content)
    rows = [[cells.get((NOTES, f"{column}{row}"), "") for column in "ABCDE"] for row in range(4, 9)]
    missing = next(row for row in rows if row[0] == "南关" and row[1] == "错误")
    assert missing[2:4] == ["缺数据", "满意率"]
    remark = next(
        value for (page, at), value in cells.items() if page == "排名" and "缺数据" in str(value)
    )
    assert "value-missing" not in str(cells.values())
    assert "满意率" in remark


def test_more_facilities_than_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row for each facility is more than a sheet has: the message says what to do."""
    monkeypatch.setattr(result, "MOST_FACILITIES", 1)
    with pytest.raises(UsageError, match="`2` facilities are more than a sheet has rows"):
        write_results([sheet_of("南关"), sheet_of("城北")], io.BytesIO())
    with pytest.raises(RuleError, match="`wide` is none of"):
        write_results([sheet_of("南关")], io.BytesIO(), form="wide")


def test_a_facility_that_no_cell_keeps_has_values_among_formulas() -> None:
    """Nine decimals: its rows are values, those of the others are live, and it is told."""
    book = book_of([sheet_of("南关", "84.999999999"), sheet_of("城北", 84)], form="long")
    cells = values(book.content)
    assert next(row[9] for row in long_rows(cells, "南关")) == 4
    assert any(text.startswith("南关：") for text in book.written.values)
    assert any(page == DATA for page, _ in formulas(book.content))


# --- languages -----------------------------------------------------------------------------------

_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def english() -> list[ScoreSheet]:
    """Score every kind of rule in an agreement whose own words are English."""
    pairs = (
        "每一种规则:every kind,前半:first,后半:second,一:A,二:B,超支:overspent,满意率:satisfied,"
        "死亡率:deaths,上年:last,巡查:rounds,应查户:houses,差错:errors,支出:spent,环境:hygiene,"
        "台账:ledger,同行平均:peers,情节:gravity,重:heavy,轻:light,优秀:best,优:good,良:fair,"
        "差:poor,不合格:failed,合格:passed,甲:a,第:item ,项:,次:,户:,万元:"
    )
    words = dict(pair.split(":") for pair in pairs.split(","))
    text = hd.dumps(every_kind.AGREEMENT)
    for old in sorted(words, key=len, reverse=True):
        text = text.replace(old, words[old])
    agreement = hd.loads(text)
    records = [
        attrs.evolve(each, name=f"facility {place}", facility=f"f{place}", kind="a")
        for place, each in enumerate(facilities(3))
    ]
    odd = {"是": "yes", "否": "no", "优": "good", "良": "fair", "差": "poor"}
    return [
        score(
            agreement,
            attrs.evolve(
                each,
                values={
                    code: odd.get(value, value) if isinstance(value, str) else value
                    for code, value in each.values.items()
                    if code != "cases"
                }
                | {"ledger": NOT_APPLICABLE if place == 2 else "yes"},
            ),
        )
        for place, each in enumerate(records)
    ]


@pytest.mark.parametrize("form", ["sheets", "long"])
def test_in_english_nothing_of_ours_is_chinese(form: str) -> None:
    """Labels, ranges, units, words to choose from, numbers' formats, footers, names of sheets."""
    book = book_of(english(), form=form, lang="en")
    chinese = {
        (place, text)
        for place, text in values(book.content).items()
        if isinstance(text, str) and _HAN.search(text.replace("/10万", ""))
    }
    assert chinese == set()
    assert not any(_HAN.search(name) for name in book.written.sheets)
    assert not any(_HAN.search(text) for text in formulas(book.content).values())
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        pages = [parts.read(each).decode() for each in parts.namelist() if "/sheet" in each]
        styles = parts.read("xl/styles.xml").decode()
    texts = [*re.findall('formatCode="([^"]*)"', styles)]
    for page in pages:
        texts += re.findall(
            "<(?:headerFooter|dataValidation).*?</(?:oddFooter|dataValidation)>", page
        )
    assert len(texts) > len(pages)
    assert not any(_HAN.search(text.replace("10万", "")) for text in texts)
