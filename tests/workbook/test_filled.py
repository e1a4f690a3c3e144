"""Filled data workbooks: what people do to them, and what is said about it, cell by cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from healthduty.errors import SourceError, UsageError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.collection import Records
from healthduty.records.record import MISSING, Case, Judged, Observation, Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import ByAttribute, Cases, Lacking, StepsBelow
from healthduty.workbook.filled import read_filled
from healthduty.workbook.template import write_template
from healthduty.workbook.template_codes import read_code

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

Page = Any
"""A sheet of openpyxl."""

Book = Any
"""A workbook of openpyxl."""

Option = Any
"""What `write_template` takes beside the agreement."""

AGREEMENT = Agreement(
    "示例目标责任书",
    year=2024,
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("contract", "签约率", unit="%", numerator="签约人数", denominator="服务人数"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("complaints", "有效投诉", unit="例", kind="cases"),
    ),
    parts=(
        Indicator(
            "1",
            "患者满意",
            points=3,
            office="医政科",
            rules=(
                Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
                Deduction(Lacking("surveys", required=2), points="0.5"),
            ),
        ),
        Indicator(
            "2",
            "签约服务",
            points=4,
            office="基层科",
            rules=Deduction(StepsBelow("contract", target=60, step=1), points="0.1"),
        ),
        Indicator(
            "3",
            "投诉",
            points=2,
            rules=Deduction(
                Cases("complaints", by=ByAttribute("程度", {"重": 2, "轻": 1})), points="0.5"
            ),
        ),
        Indicator("4", "健康教育", points=5),
    ),
)
UNITS = (("01", "南关中心", "中心", 32000), ("02", "北关站", "站", 8000))
PLAIN = {"satisfaction": 93, "surveys": 2, "contract": "65%", "complaints": 0, "4": 5}


class Sheet:
    """One sheet of a workbook that is being filled in, its cells by their codes."""

    def __init__(self, page: Page) -> None:
        """Find the hidden row of codes."""
        self.page = page
        rows = [[read_code(str(cell.value or "")) for cell in row] for row in page.iter_rows()]
        self.head = max(range(len(rows)), key=lambda row: sum(map(bool, rows[row])))
        codes = {str(code): at for at, code in enumerate(rows[self.head], 1) if code}
        self.columns = codes

    def put(self, row: int, code: str, value: object) -> None:
        """Fill a cell in, the first row below the codes being 1."""
        self.page.cell(self.head + 1 + row, self.columns[f"hd|{code}"]).value = value

    def fill(self, row: int, values: dict[str, object] | None = None) -> None:
        """Fill in a whole row of plain verified values."""
        for code, value in (values or PLAIN).items():
            self.put(row, f"verified|value|{code}", value)


def edited(path: Path, edit: Callable[[Book], None]) -> Path:
    """Let a person edit a workbook, and save it."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def county(folder: Path, edit: Callable[[Sheet, Book], None], **options: Option) -> Path:
    """Return a county's workbook, filled in."""
    path = folder / "数据.xlsx"
    write_template(AGREEMENT, path, facilities=UNITS, **options)

    def work(book: Book) -> None:
        sheet = Sheet(book["数据"])
        for row in (1, 2):
            sheet.fill(row)
        edit(sheet, book)

    return edited(path, work)


def told(records: Records) -> list[str]:
    """Return the findings as code and place, without those that only inform."""
    return [f"{each.code} {each.place}" for each in records.findings]


def nothing(_: Sheet, __: object) -> None:
    """Leave everything as it is."""


# ----------------------------------------------------------------------------- what comes back


def test_a_filled_workbook_reads_without_a_finding(tmp_path: Path) -> None:
    """Whoever fills in every cell hears nothing."""
    records = read_filled(county(tmp_path, nothing), AGREEMENT)
    assert told(records) == []
    first = records[0]
    assert (first.facility, first.name, first.kind, first.population) == (
        "01",
        "南关中心",
        "中心",
        32000,
    )
    assert first.values["satisfaction"] == Observation(verified="93")
    assert first.values["4"] == Observation(verified=Judged(5))


def test_stages_evidence_and_who_stated_it_come_back(tmp_path: Path) -> None:
    """Self-assessed and verified values stand apart, each with its evidence, person and day."""

    def edit(sheet: Sheet, _: object) -> None:
        sheet.put(1, "self_assessed|value|surveys", 3)
        sheet.put(1, "self_assessed|evidence|surveys", "台账")
        sheet.put(1, "verified|evidence|surveys", "无")
        sheet.put(1, "verified|assessor|", "李某")
        sheet.put(1, "verified|date|", "2024-12-05")

    value = read_filled(county(tmp_path, edit), AGREEMENT)[0].values["surveys"]
    assert isinstance(value, Observation)
    assert value.self_assessed is not None
    assert (value.self_assessed.value, value.self_assessed.evidence) == ("3", "台账")
    assert value.verified is not None
    assert (value.verified.value, value.verified.unevidenced) == ("2", True)
    assert (value.verified.assessor, str(value.verified.on)) == ("李某", "2024-12-05")


def test_a_pair_prevails_over_the_printed_rate(tmp_path: Path) -> None:
    """分子 and 分母 make the value; the rate beside them is compared with it."""

    def edit(sheet: Sheet, _: object) -> None:
        sheet.put(1, "verified|numerator|contract", 701)
        sheet.put(1, "verified|denominator|contract", 1000)

    records = read_filled(county(tmp_path, edit), AGREEMENT)
    value = records[0].values["contract"]
    assert isinstance(value, Observation)
    assert value.agreed.value == Ratio(701, 1000, printed="65%")
    assert records.findings.codes == ("rate-disagrees",)


def test_cases_and_several_assessors_come_from_the_list(tmp_path: Path) -> None:
    """Each row is a case, or an assessor's points; a row may stand for several cases alike."""

    def edit(sheet: Sheet, book: Book) -> None:
        sheet.put(1, "verified|value|complaints", 3)
        sheet.put(1, "verified|value|4", None)
        cases = Sheet(book["个案明细"])
        for row, cells in enumerate(
            (
                {"|measure|": "3 有效投诉", "|date|": "2024-03-05", "|attribute|程度": "重"},
                {"|measure|": "3 有效投诉", "|value|": 2, "|attribute|程度": "轻"},
                {"|measure|": "4 健康教育", "|value|": 4, "|assessor|": "甲"},
                {"|measure|": "4 健康教育", "|value|": 5, "|assessor|": "乙"},
            ),
            1,
        ):
            filled: dict[str, object] = {"|facility|": "01", **cells}
            for code, value in filled.items():
                cases.put(row, code, value)

    records = read_filled(county(tmp_path, edit), AGREEMENT)
    assert told(records) == []
    found = records[0].values["complaints"]
    light = Case("", None, {"程度": "轻"})
    assert found == Observation(verified=(Case("", "2024-03-05", {"程度": "重"}), light, light))
    judged = (Judged(4, assessor="甲"), Judged(5, assessor="乙"))
    assert records[0].values["4"] == Observation(verified=judged)


def test_a_unit_s_own_sheet_reads_as_the_county_s(tmp_path: Path) -> None:
    """The three layouts hold the same."""
    folder = tmp_path / "units"
    for path in write_template(AGREEMENT, folder, layout="facility", facilities=UNITS):

        def work(book: Book) -> None:
            page = book.worksheets[0]
            beside = {str(cell.value): cell.row for cell in page["A"] if cell.value}
            columns = Sheet(page).columns
            for code, value in PLAIN.items():
                page.cell(beside[f"hd||value|{code}"], columns["hd|verified|value|"], value)

        edited(path, work)
    records = read_filled(folder, AGREEMENT)
    assert told(records) == []
    assert list(records) == list(read_filled(county(tmp_path, nothing), AGREEMENT))


def test_several_offices_files_make_one_record_a_unit(tmp_path: Path) -> None:
    """Each office fills in its items; what no office assesses has a file too."""
    folder = tmp_path / "offices"
    paths = write_template(AGREEMENT, folder, layout="office", facilities=UNITS)
    assert [path.stem for path in paths] == ["医政科", "基层科", "未定科室"]
    for path in paths:

        def work(book: Book) -> None:
            sheet = Sheet(book.worksheets[0])
            for code, value in PLAIN.items():
                if f"hd|verified|value|{code}" in sheet.columns:
                    for row in (1, 2):
                        sheet.put(row, f"verified|value|{code}", value)

        edited(path, work)
    records = read_filled(folder, AGREEMENT)
    assert told(records) == []
    whole = list(read_filled(county(tmp_path, nothing), AGREEMENT))
    assert [dict(sorted(each.values.items())) for each in records] == [
        dict(sorted(each.values.items())) for each in whole
    ]


def test_a_missing_office_is_told(tmp_path: Path) -> None:
    """What nobody's file holds is missing, and said to be."""
    folder = tmp_path / "offices"
    paths = write_template(AGREEMENT, folder, layout="office", facilities=UNITS)
    edited(paths[1], lambda book: Sheet(book.worksheets[0]).put(1, "verified|value|contract", 65))
    records = read_filled(paths[1], AGREEMENT)
    missing = [each.message for each in records.findings if each.code == "record-column-missing"]
    assert len(missing) == 3
    assert "`满意率`" in missing[0]


def test_a_template_without_stages_gives_plain_values(tmp_path: Path) -> None:
    """`stages=()` asks for values alone."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path, facilities=["南关"], stages=(), evidence=False)
    edited(path, lambda book: Sheet(book["数据"]).put(1, "|value|surveys", 2))
    record = read_filled(path, AGREEMENT)[0]
    assert (record.facility, record.values["surveys"]) == ("南关", "2")
    assert record.values["satisfaction"] is MISSING


# ----------------------------------------------------------------------- what people do to it


def test_every_fault_is_told_at_once_by_its_cell(tmp_path: Path) -> None:
    """A word for a number, half a pair, a day of no calendar, a negative count, a total."""

    def edit(sheet: Sheet, book: Book) -> None:
        sheet.put(1, "verified|value|satisfaction", "九成")
        sheet.put(1, "verified|denominator|contract", 1000)
        sheet.put(2, "verified|value|surveys", -1)
        sheet.put(2, "verified|date|", "2024-02-30")
        sheet.put(3, "|name|", "合计")
        sheet.put(3, "verified|value|surveys", 4)
        cases = Sheet(book["个案明细"])
        cases.put(1, "|facility|", "09")
        cases.put(1, "|measure|", "3 有效投诉")
        cases.put(2, "|facility|", "01")
        cases.put(3, "|facility|", "01")
        cases.put(3, "|measure|", "3 有效投诉")

    records = read_filled(county(tmp_path, edit), AGREEMENT)
    assert sorted(told(records)) == [
        "record-date-impossible 数据.xlsx, 数据!AG8",
        "record-pair-incomplete 数据.xlsx, 数据!T7",
        "record-row-total 数据.xlsx, sheet 数据, row 9",
        "value-negative 数据.xlsx, 数据!L8",
        "value-unreadable 数据.xlsx, 数据!H7",
        "workbook-case-blank 数据.xlsx, sheet 个案明细, row 7",
        "workbook-case-facility 数据.xlsx, 个案明细!A5",
        "workbook-case-unnamed 数据.xlsx, sheet 个案明细, row 6",
    ]
    assert records[0].values["satisfaction"] == Observation(verified="九成")


def test_moved_and_inserted_columns_are_known_by_their_codes(tmp_path: Path) -> None:
    """A column of remarks in between, and a sheet of another name, change nothing but a warning."""

    def edit(sheet: Sheet, book: Book) -> None:
        page = sheet.page
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        page.insert_cols(7)
        page.insert_rows(1)
        page["G9"] = "年中合并"
        page.title = "二〇二四"
        assert book["二〇二四"] is page

    records = read_filled(county(tmp_path, edit), AGREEMENT)
    assert told(records) == ["workbook-cell-outside 数据.xlsx, 二〇二四!G9"]
    assert records[1].values["satisfaction"] == Observation(verified="93")


def test_what_was_deleted_or_doubled_is_named(tmp_path: Path) -> None:
    """A column that is gone, one that is there twice, a sheet that is gone."""

    def edit(sheet: Sheet, book: Book) -> None:
        page, head = sheet.page, sheet.head + 1
        lost = sheet.columns["hd|verified|value|surveys"]
        page.cell(head, lost).value = None
        page.cell(head, page.max_column + 1, "hd|verified|value|satisfaction")
        del book["个案明细"]

    findings = read_filled(county(tmp_path, edit), AGREEMENT).findings
    assert set(findings.codes) >= {
        "workbook-column-lost",
        "workbook-column-twice",
        "workbook-sheet-lost",
        "workbook-cell-outside",
    }
    [lost] = [each for each in findings if each.code == "workbook-column-lost"]
    assert "`surveys verified value`" in lost.message


def test_lost_codes_are_no_reason_to_guess(tmp_path: Path) -> None:
    """Without its codes a sheet is not read, whatever its headings say."""

    def edit(sheet: Sheet, _: object) -> None:
        sheet.page.delete_rows(sheet.head + 1)

    with pytest.raises(SourceError, match="workbook-codes-lost"):
        read_filled(county(tmp_path, edit), AGREEMENT)


def test_empty_rows_and_spare_rows(tmp_path: Path) -> None:
    """A unit that filled in nothing is told; a row for no unit is not."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path, period="2024")

    def work(book: Book) -> None:
        sheet = Sheet(book["数据"])
        sheet.put(2, "|name|", "南关")
        sheet.fill(2)
        sheet.put(4, "|name|", "北关")
        sheet.put(6, "verified|value|surveys", 2)

    records = read_filled(edited(path, work), AGREEMENT)
    assert [each.facility for each in records] == ["南关", "北关", "row 12"]
    assert told(records) == [
        "record-facility-missing 数据.xlsx, sheet 数据, row 12",
        "workbook-facility-blank 数据.xlsx, sheet 数据, row 10",
    ]


def test_two_files_of_one_unit_are_named(tmp_path: Path) -> None:
    """Which of the two counts is not for the program to say."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = county(tmp_path, nothing)
    for name in ("甲.xlsx", "乙.xlsx"):
        (folder / name).write_bytes(path.read_bytes())
    records = read_filled(folder, AGREEMENT)
    assert len(records) == 4
    assert records.findings[0].message == "`01` is there twice: first at 乙.xlsx, sheet 数据, row 7"


def test_a_folder_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    """A broken file, a lock file, a letter and a plain table lie beside a filled workbook."""
    folder = tmp_path / "in"
    (folder / "乡镇").mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(county(tmp_path, nothing).read_bytes())
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "~$a.xlsx").write_bytes(b"")
    (folder / "说明.docx").write_bytes(b"")
    csv = "机构,满意率,签约率,问卷调查,有效投诉,4\n东关,90,60,2,0,5\n"
    (folder / "乡镇" / "c.csv").write_text(csv, encoding="gb18030")
    records = read_filled(folder, AGREEMENT)
    assert [each.facility for each in records] == ["01", "02", "东关"]
    assert told(records) == ["file-broken b.xlsx", "workbook-file-unread 说明.docx"]


# ----------------------------------------------------------------------------- other versions


def test_a_workbook_for_another_version_is_refused_with_the_difference(tmp_path: Path) -> None:
    """The finding names what came and what went."""
    path = county(tmp_path, nothing)
    later = attrs.evolve(
        AGREEMENT,
        measures=(*AGREEMENT.measures[1:], Measure("training", "培训", unit="次")),
        parts=AGREEMENT.parts[1:],
    )
    with pytest.raises(SourceError) as caught:
        read_filled(path, later)
    text = str(caught.value)
    assert "error workbook-version: 数据.xlsx: the workbook was made for another version" in text
    for change in (
        "dropped indicator `1 患者满意`",
        "dropped measure `满意率`",
        "added measure `培训`",
    ):
        assert change in text


def test_an_agreement_of_two_hundred_items_fits(tmp_path: Path) -> None:
    """The agreement's text goes into pieces, and comes together again."""
    measures = tuple(Measure(f"m{i}", f"数据项{i}  “{i}”", unit="次") for i in range(300))
    agreement = Agreement("长" * 500, measures=measures)
    path = tmp_path / "a.xlsx"
    write_template(agreement, path, layout="facility", facilities=["南关"])
    with pytest.raises(SourceError, match="dropped measure `数据项299"):
        read_filled(path, Agreement("长" * 500, measures=measures[:-1]))
    assert len(read_filled(path, agreement)[0].values) == 300


def test_a_changed_about_sheet_is_refused(tmp_path: Path) -> None:
    """What it was made for can't be known: nothing of it is taken on trust."""

    def edit(_: Sheet, book: Book) -> None:
        page = book["关于本表"]
        for row in page.iter_rows():
            if row[0].value == "digest":
                row[1].value = ""

    with pytest.raises(SourceError, match="workbook-about"):
        read_filled(county(tmp_path, edit), AGREEMENT)


def test_a_later_layout_is_refused(tmp_path: Path) -> None:
    """A workbook of version 2 wants a later library."""

    def edit(_: Sheet, book: Book) -> None:
        book["关于本表"]["B1"] = "2"

    with pytest.raises(SourceError, match="update healthduty"):
        read_filled(county(tmp_path, edit), AGREEMENT)


# ------------------------------------------------------------------------------- the call


def test_wrong_calls_are_refused(tmp_path: Path) -> None:
    """An unknown layout or stage, a facility that is none, a source that is none."""
    for options in ({"layout": "village"}, {"stages": ("first",)}, {"facilities": [5]}):
        with pytest.raises(UsageError):
            write_template(AGREEMENT, tmp_path / "a.xlsx", **options)
    with pytest.raises(UsageError):
        read_filled(5, AGREEMENT)  # type: ignore[arg-type]
    with pytest.raises(SourceError, match="record-file"):
        read_filled(tmp_path / "none.xlsx", AGREEMENT)


def test_records_are_units_too(tmp_path: Path) -> None:
    """Last year's records name this year's units."""
    path = tmp_path / "a.xlsx"
    write_template(AGREEMENT, path, facilities=[Record("01", {}, name="南关", kind="站")])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert [cell.value for cell in book["数据"][7]][:3] == ["01", "南关", "站"]
