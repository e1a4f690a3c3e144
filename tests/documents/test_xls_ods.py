"""Old Excel files and OpenDocument: what LibreOffice makes of a workbook reads as the workbook.

One run of LibreOffice for each format converts all files; without it the tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from documents.tabling import listing
from healthduty.documents.agreements import read_agreement
from healthduty.grids.excel import read_book
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.workbook.filled import read_filled
from healthduty.workbook.template import write_template
from workbook.filling import fill
from workbook.hostile import AGREEMENT

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

Book = Any
"""A workbook of XlsxWriter."""

FORMATS = ("xls", "ods")
CLAUSES = (
    ("考核内容", "考核要求", "分值", "评分标准"),
    ("患者满意", "满意率达90%以上", 3, "每低5%扣0.5分，扣完为止"),
    ("会议", "每年4次例会", 2, "每少1次扣0.5分"),
)


def scoring_table(book: Book) -> None:
    """Write a scoring table, with a merged cell and a second sheet that is hidden."""
    sheet = book.add_worksheet("考核表")
    for number, row in enumerate(CLAUSES, 1):
        sheet.write_row(number, 0, row)
    sheet.merge_range("A1:D1", "目标责任书")
    hidden = book.add_worksheet("底稿")
    hidden.write(0, 0, "草稿")
    hidden.hide()


def data_table(book: Book) -> None:
    """Write a table with a percentage, an error, a day and numbers of several kinds."""
    sheet = book.add_worksheet("数据")
    percent = book.add_format({"num_format": "0.0%"})
    quoted = book.add_format({"num_format": '0"%"'})
    sheet.write_row(0, 0, ("机构", "满意率", "问卷调查"))
    sheet.write_row(1, 0, ("南关", 0.935, 2))
    sheet.write_number(1, 1, 0.935, percent)
    sheet.write(2, 0, "北关")
    sheet.write_number(2, 1, 88, quoted)
    sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    sheet.write(3, 0, "东关")
    sheet.write_formula(3, 1, "=0.25*3", percent, 0.75)
    sheet.write_number(3, 2, 3)
    for column in range(4, 8):
        sheet.write_number(4, column, column / 100, percent)


def filled() -> list[Record]:
    """Return two records, as they are filled in."""
    return [
        Record("01", {"satisfaction": "93%", "surveys": 2}),
        Record("02", {"satisfaction": 88.5, "surveys": 1}),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the three workbooks in each format."""
    path = tmp_path_factory.mktemp("formats")
    for name, write in (("考核表", scoring_table), ("数据", data_table)):
        book = xlsxwriter.Workbook(str(path / f"{name}.xlsx"))
        write(book)
        book.close()
    template = path / "填报.xlsx"
    write_template(AGREEMENT, template, facilities=["01", "02"], stages=())
    template.write_bytes(fill(template.read_bytes(), AGREEMENT, filled()))
    sources = [str(each) for each in sorted(path.glob("*.xlsx"))]
    profile = f"-env:UserInstallation=file://{path}/profile"
    for ending in FORMATS:
        subprocess.run(
            [str(SOFFICE), profile, "--headless", "--convert-to", ending, *sources],
            cwd=path,
            check=True,
            capture_output=True,
            timeout=120,
        )
    return path


@pytest.mark.parametrize("ending", FORMATS)
def test_an_agreement_reads_as_from_xlsx(folder: Path, ending: str) -> None:
    """Items, points and rules are the same; a hidden sheet is told."""
    reading = read_agreement(folder / f"考核表.{ending}")
    assert listing(reading) == listing(read_agreement(folder / "考核表.xlsx"))
    assert "file-part-unread" in reading.findings.codes
    assert any("满意率" in line and "每低5个百分点扣0.5分" in line for line in listing(reading))


@pytest.mark.parametrize("ending", ["xlsx", *FORMATS])
def test_a_percentage_and_an_error_are_what_the_sheet_shows(folder: Path, ending: str) -> None:
    """0.935 that shows 93.5% is 93.5%, and #DIV/0! is no blank."""
    [tab] = read_book((folder / f"数据.{ending}").read_bytes()).tabs
    shown = [row[:3] for row in tab.rows[:4]]
    assert shown == [
        ("机构", "满意率", "问卷调查"),
        ("南关", "93.5%", "2"),
        ("北关", "88", "#DIV/0!"),
        ("东关", "75%", "3"),
    ]
    assert tab.rows[4][4:8] == ("4%", "5%", "6%", "7%")


@pytest.mark.parametrize("ending", ["xlsx", *FORMATS])
def test_a_plain_table_reads_with_its_cells(folder: Path, ending: str) -> None:
    """The error is told by its cell; what lies beyond the header, too."""
    records = read_records(folder / f"数据.{ending}", AGREEMENT)
    assert [each.values["satisfaction"] for each in records[:3]] == ["93.5%", "88", "75%"]
    told = [f"{each.code} {each.place}" for each in records.findings]
    assert f"value-unreadable 数据.{ending}, 数据!C3" in told


@pytest.mark.parametrize("ending", FORMATS)
def test_a_filled_workbook_reads_as_from_xlsx(folder: Path, ending: str) -> None:
    """The hidden sheet, the hidden codes and the values survive the conversion."""
    records = read_filled(folder / f"填报.{ending}", AGREEMENT)
    assert records.findings.codes == ()
    assert list(records) == list(read_filled(folder / "填报.xlsx", AGREEMENT))
    assert records[0].values["satisfaction"] == "93%"


@pytest.mark.parametrize("ending", FORMATS)
def test_another_name_changes_nothing(folder: Path, ending: str, tmp_path: Path) -> None:
    """A file is what its first bytes say, whatever it is called."""
    path = tmp_path / "数据.xlsx"
    shutil.copy(folder / f"数据.{ending}", path)
    assert len(read_records(path, AGREEMENT)) >= 3
