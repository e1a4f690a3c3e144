"""Workbooks, reports and notices from the command line, each opened again by another library."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import DONE, FAULTY, MISUSED, main

openpyxl = pytest.importorskip("openpyxl")
docx = pytest.importorskip("docx")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

Captured = pytest.CaptureFixture[str]
SURVEYS = hd.Measure("surveys", "问卷调查", unit="次")
ITEM = hd.Indicator(
    "1", "患者满意", points=5, rules=(hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5"),)
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with a small agreement, its data, and a list of units."""
    monkeypatch.chdir(tmp_path)
    agreement = hd.Agreement("示例目标责任书", year=2024, measures=(SURVEYS,), parts=(ITEM,))
    hd.save(agreement, "agreement.json")
    Path("data.csv").write_text("机构,问卷调查\n南关,1\n北关,2\n", encoding="utf-8")
    Path("units.csv").write_text("代码,机构名称\nng,南关\nbg,北关\n", encoding="utf-8")


def fill(path: str, values: dict[str, int]) -> None:
    """Type values into the sheet to fill in, each beside its unit, as an official does."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    (top, column) = next(
        (place, cell.column)
        for place, row in enumerate(rows)
        for cell in row
        if cell.value == "核实值"
    )
    for row in rows[top:]:
        unit = next((str(cell.value) for cell in row if str(cell.value) in values), None)
        if unit is not None:
            sheet.cell(row[0].row, column).value = values[unit]
    book.save(path)


def test_a_template_is_filled_in_and_scored(capsys: Captured) -> None:
    """From the agreement to the workbook, from the workbook to the ranking."""
    made = ["template", "agreement.json", "-o", "t.xlsx", "--facilities", "units.csv"]
    assert main([*made, "--period", "2024"]) == DONE
    assert capsys.readouterr().out == "已写入：t.xlsx\n"
    fill("t.xlsx", {"南关": 1, "北关": 2})
    assert main(["score", "agreement.json", "t.xlsx"]) == DONE
    out = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in out[-2:]] == ["5.0", "4.5"]
    assert main(["explain", "agreement.json", "t.xlsx", "南关", "1"]) == DONE
    assert "问卷调查1次，应有2次" in capsys.readouterr().out


def test_a_folder_of_workbooks_is_scored_as_one(capsys: Captured) -> None:
    """A file for each unit, sent back by each."""
    made = ["template", "agreement.json", "-o", "out", "--facilities", "units.csv"]
    assert main([*made, "--layout", "facility"]) == DONE
    assert len(list(Path("out").iterdir())) == 2
    capsys.readouterr()
    assert main(["score", "agreement.json", "out"]) == FAULTY  # nothing is filled in yet
    assert "surveys" in capsys.readouterr().err


def test_the_result_workbook_holds_every_total(capsys: Captured) -> None:
    """The ranking's numbers, read back as values."""
    assert main(["score", "agreement.json", "data.csv", "-o", "r.xlsx"]) == DONE
    assert capsys.readouterr().out == "已写入：r.xlsx\n"
    book = openpyxl.load_workbook("r.xlsx", data_only=True)
    ranking = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {Decimal(str(cell)) for cell in ranking if isinstance(cell, (int, float))} >= {
        Decimal("4.5"),
        Decimal(5),
    }


def test_notices_stand_in_one_word_file() -> None:
    """A notice for each unit, best ranked first."""
    assert main(["score", "agreement.json", "data.csv", "-o", "n.docx"]) == DONE
    texts = [each.text for each in docx.Document("n.docx").paragraphs]
    assert [text for text in texts if text in {"北关：", "南关："}] == ["北关：", "南关："]
    assert any("总分4.5分" in text for text in texts)


def test_a_report_is_one_file() -> None:
    """All units, by the file's ending."""
    assert main(["score", "agreement.json", "data.csv", "-o", "r.html"]) == DONE
    page = Path("r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count('class="unit"') == 2


def test_a_template_that_can_t_be_written_is_told(capsys: Captured) -> None:
    """The place is named, and nothing is left behind."""
    Path("file").write_text("", encoding="utf-8")
    assert main(["template", "agreement.json", "-o", "file/t.xlsx"]) == MISUSED
    assert "无法写入`file/t.xlsx`" in capsys.readouterr().err


def test_last_year_s_data_say_who_there_is(capsys: Captured) -> None:
    """What was observed last year is not asked for, and no fault of a list of units."""
    Path("last.csv").write_text("编码,机构,满意率,电话\nng,南关站,90%,1\n", encoding="utf-8")
    code = main(["template", "agreement.json", "-o", "new.xlsx", "--facilities", "last.csv"])
    assert (code, *capsys.readouterr()) == (DONE, "已写入：new.xlsx\n", "")
