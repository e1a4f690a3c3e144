"""Samples in the data workbook: their cells, what comes back, and what people type into them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import healthduty as hd
from healthduty.errors import UsageError
from healthduty.records.collection import Records
from healthduty.workbook.filled import read_filled
from healthduty.workbook.template import write_template
from healthduty.workbook.template_asked import sampled_of
from healthduty.workbook.template_codes import read_code

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

Option = Any
"""What `write_template` takes beside the agreement."""

AGREEMENT = hd.Agreement(
    "示例目标责任书",
    year=2024,
    measures=(
        hd.Measure("books", "合格笔记", unit="本"),
        hd.Measure("files", "合格病历", unit="份"),
        hd.Measure("spot_checks", "抽查", unit="次"),
        hd.Measure("hours", "培训", unit="学时"),
        hd.Measure("contract", "签约率", unit="%", numerator="签约人数", denominator="服务人数"),
    ),
    parts=(
        hd.Indicator(
            "1",
            "学习笔记",
            points=5,
            method="抽查10本笔记",
            rules=hd.Deduction(hd.Lacking("books", required=10), points="0.5"),
        ),
        hd.Indicator(
            "2",
            "病历",
            points=5,
            method="现场抽取病历",
            parts=(
                hd.Part(
                    "2.1",
                    "书写",
                    points=5,
                    rules=hd.Deduction(hd.Lacking("files", required=50), points="0.1"),
                ),
            ),
        ),
        hd.Indicator(
            "3",
            "自查",
            points=2,
            requirement="每季度抽查一次",
            rules=hd.Deduction(hd.Lacking("spot_checks", required=4), points="0.5"),
        ),
        hd.Indicator(
            "4",
            "签约",
            points=3,
            method="抽查",
            rules=(
                hd.Deduction(hd.StepsBelow("contract", target=60, step=1), points="0.1"),
                hd.Deduction(hd.Lacking("hours", required=20), points="0.1"),
            ),
        ),
    ),
)
PLAIN = {
    "verified|value|files": 50,
    "verified|value|spot_checks": 4,
    "verified|value|hours": 20,
    "verified|numerator|contract": 60,
    "verified|denominator|contract": 100,
}
BOOKS = {
    "verified|asked|books": 10,
    "verified|available|books": 8,
    "verified|value|books": 6,
}


def codes_of(path: Path, sheet: str = "数据") -> dict[str, tuple[int, int]]:
    """Return where the codes of a sheet stand: above its columns, beside its rows."""
    return {
        str(cell.value).removeprefix("hd|"): (cell.row, cell.column)
        for row in openpyxl.load_workbook(path)[sheet].iter_rows()
        for cell in row
        if read_code(str(cell.value or ""))
    }


def filled(folder: Path, cells: Mapping[str, object], **options: Option) -> Path:
    """Return a county's workbook for one unit, with these cells filled in."""
    path = folder / "数据.xlsx"
    write_template(AGREEMENT, path, facilities=["南关"], **options)
    codes = codes_of(path)
    book = openpyxl.load_workbook(path)
    for code, cell in cells.items():
        row, column = codes[code]
        book["数据"].cell(row + 1, column).value = cell
    book.save(path)
    return path


def told(records: Records) -> list[str]:
    """Return the findings as code and cell."""
    return [f"{each.code} {each.place.column}" for each in records.findings]


def test_what_is_sampled_is_told_by_the_method() -> None:
    """Only what is counted has one; what the unit itself has to spot-check is no sample."""
    assert sampled_of(AGREEMENT) == {"books", "files"}


def test_a_sampled_count_has_two_cells_more(tmp_path: Path) -> None:
    """At each stage, before the number found."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path)
    codes = [code for code in codes_of(path) if code.endswith(("|books", "|spot_checks"))]
    parts = [code.rpartition("|")[0] for code in codes]
    assert parts == [
        *("self_assessed|asked", "self_assessed|available", "self_assessed|value"),
        "self_assessed|evidence",
        *("verified|asked", "verified|available", "verified|value", "verified|evidence"),
        *("self_assessed|value", "self_assessed|evidence", "verified|value", "verified|evidence"),
    ]


@pytest.mark.parametrize(
    ("samples", "which"), [((), set()), (("合格笔记", "spot_checks"), {"books", "spot_checks"})]
)
def test_a_bureau_may_say_what_is_sampled(
    tmp_path: Path, samples: tuple[str, ...], which: set[str]
) -> None:
    """By name or by code; nothing at all, if it says so."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path, samples=samples)
    codes = [code for text in codes_of(path) if (code := read_code(f"hd|{text}"))]
    assert {code.target for code in codes if code.part == "asked"} == which


@pytest.mark.parametrize("name", ["contract", "书"])
def test_what_is_not_counted_has_no_sample(tmp_path: Path, name: str) -> None:
    """The call is refused before a file is written."""
    with pytest.raises(UsageError, match=f"`{name}`: nothing that the agreement counts"):
        write_template(AGREEMENT, tmp_path / "数据.xlsx", samples=["books", name])
    assert not list(tmp_path.iterdir())


def test_headings_checks_and_hints(tmp_path: Path) -> None:
    """The cells say what they are, take whole numbers only, and the hint says what counts."""
    path = tmp_path / "数据.xlsx"
    write_template(AGREEMENT, path)
    row, column = codes_of(path)["verified|available|books"]
    page = openpyxl.load_workbook(path)["数据"]
    assert page.cell(row - 1, column).value == "核实实有数"
    letter = page.cell(row + 1, column).column_letter
    checks = [
        check
        for check in page.data_validations.dataValidation
        if any(area.min_col == column for area in check.sqref.ranges)
    ]
    assert [f"{letter}{row + 1}>=0" in str(check.formula1) for check in checks] == [True]
    comments = [cell.comment.text for cells in page.iter_rows() for cell in cells if cell.comment]
    assert ["实有数不足的部分不计" in text for text in comments] == [True, True, *[False] * 3]


def test_a_sample_comes_back_and_scores(tmp_path: Path) -> None:
    """Of ten there were eight, six in order: two are lacking."""
    records = read_filled(filled(tmp_path, PLAIN | BOOKS), AGREEMENT)
    assert told(records) == []
    value = records[0].values["books"]
    assert isinstance(value, hd.Observation)
    assert value.agreed.value == hd.Sample(6, asked=10, available=8)
    assert hd.score(AGREEMENT, records[0]).total == 14


def test_a_unit_s_own_sheet_holds_it_too(tmp_path: Path) -> None:
    """Grey where nothing is sampled, to be filled in where something is."""
    path = tmp_path / "南关.xlsx"
    write_template(AGREEMENT, path, layout="facility", facilities=["南关"], stages=("verified",))
    sheet = openpyxl.load_workbook(path).sheetnames[0]
    codes = codes_of(path, sheet)
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    columns = {part: codes[f"verified|{part}|"][1] for part in ("asked", "available", "value")}
    rows = {name: codes[f"|value|{name}"][0] for name in ("books", "spot_checks")}
    for part, number in (("asked", 10), ("available", 8), ("value", 6)):
        page.cell(rows["books"], columns[part]).value = number
    locked = [page.cell(row, columns["asked"]).protection.locked for row in rows.values()]
    book.save(path)
    assert locked == [False, True]
    records = read_filled(path, AGREEMENT)
    value = records[0].values["books"]
    assert isinstance(value, hd.Observation)
    assert value.agreed.value == hd.Sample(6, asked=10, available=8)


def test_another_program_saves_it(tmp_path: Path) -> None:
    """LibreOffice turns the filled copy into what an office may send back."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not there")
    path = filled(tmp_path, PLAIN | BOOKS)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    call = [office, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*call, str(path)], check=True, capture_output=True, timeout=120)
    records = read_filled(path.with_suffix(".ods"), AGREEMENT)
    value = records[0].values["books"]
    assert isinstance(value, hd.Observation)
    assert value.agreed.value == hd.Sample(6, asked=10, available=8)


HOSTILE = [
    ({"asked": 10, "available": None, "value": 6}, "record-sample-incomplete"),
    ({"asked": None, "available": 8, "value": 6}, "record-sample-incomplete"),
    ({"asked": 10, "available": 8, "value": None}, "record-sample-incomplete"),
    ({"asked": 10, "available": "不适用", "value": 6}, "record-sample-incomplete"),
    ({"asked": 10, "available": "八本", "value": 6}, "value-unreadable"),
    ({"asked": "1e999999999", "available": 8, "value": 6}, "value-unreadable"),
    ({"asked": "9" * 5000, "available": 8, "value": 6}, "value-unreadable"),
    ({"asked": "NaN", "available": 8, "value": 6}, "record-sample-incomplete"),
    ({"asked": "10/8", "available": 8, "value": 6}, "value-unreadable"),
    ({"asked": "=cmd|' /C calc'!A0", "available": 8, "value": 6}, "file-formula"),
    ({"asked": 10, "available": -8, "value": 6}, "value-negative"),
    ({"asked": 10.5, "available": 8, "value": 6}, "count-not-whole"),
    ({"asked": True, "available": 8, "value": 6}, "value-unreadable"),
    ({"asked": 10, "available": 8, "value": 9}, "record-sample-exceeded"),
]


@pytest.mark.parametrize(("cells", "code"), HOSTILE, ids=lambda each: str(each)[:60])
def test_what_people_type_is_told_by_its_cell(
    tmp_path: Path, cells: dict[str, object], code: str
) -> None:
    """Nothing is put in place of what can't be read, and no total is told of it."""
    typed = {f"verified|{part}|books": cell for part, cell in cells.items()}
    path = filled(tmp_path, PLAIN | typed)
    records = read_filled(path, AGREEMENT)
    found = [each for each in records.findings if each.code == code]
    assert found, told(records)
    assert all(each.place.sheet == "数据" and each.place.row == 7 for each in found)
    total = hd.score(AGREEMENT, records[0]).total
    assert (total is None) == (code != "record-sample-exceeded")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Three cells of one sample, and the next sample's."""
    cells = {
        "verified|asked|books": "十",
        "verified|available|books": -8,
        "verified|value|books": "六",
        "verified|asked|files": 50,
        "verified|value|files": 46,
    }
    records = read_filled(filled(tmp_path, PLAIN | cells), AGREEMENT)
    codes = [finding.split()[0] for finding in told(records)]
    assert sorted(codes) == [
        "record-sample-incomplete",
        *["value-negative", "value-unreadable", "value-unreadable"],
    ]


def test_a_column_that_was_deleted_is_missed(tmp_path: Path) -> None:
    """Without 实有数 there is no sample, and the sheet says what is gone."""
    path = filled(tmp_path, PLAIN | BOOKS)
    book = openpyxl.load_workbook(path)
    row, column = codes_of(path)["verified|available|books"]
    for line in range(1, row + 2):
        cell = book["数据"].cell(line, column)
        if not isinstance(cell, openpyxl.cell.MergedCell):
            cell.value = None
    book.save(path)
    codes = [finding.split()[0] for finding in told(read_filled(path, AGREEMENT))]
    assert codes == ["workbook-column-lost", "record-sample-incomplete"]
