"""The rectification list: any table for people, on an official page with places to sign."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.word.rectification import write_rectification_docx
from healthduty.word.tabled import widths_of
from healthduty.year.rectification import Check, rectify
from opened_word import W, lines_of, rows_of, xml_of

LIST = Table(
    headings=("序号", "问题", "措施", "责任人", "时限", "备注"),
    rows=(
        ("1", "档案不全", "逐份补录", "公卫科长", "立行立改", ""),
        ("2", "缺记录", "补", "院长", "", ""),
    ),
    notes=("共2项",),
)


def test_every_cell_of_the_list_is_printed(tmp_path: Path) -> None:
    """Headings and rows as they are; a column in which nothing stands is left out."""
    path = tmp_path / "清单.docx"
    write_rectification_docx(LIST, path, unit="甲镇卫生院")
    assert rows_of(path, 0) == [list(row[:5]) for row in (LIST.headings, *LIST.rows)]
    assert "共2项" in lines_of(path)


def test_who_corrects_and_who_accepts_sign(tmp_path: Path) -> None:
    """Unit on the left, issuer on the right, the day of the report in the opening words."""
    path, day = tmp_path / "清单.docx", datetime.date(2025, 1, 10)
    write_rectification_docx(LIST, path, unit="甲院", issuer="县卫健局", dated=day, report_by=day)
    ((left, right),) = rows_of(path, 1)
    assert left.split("\n")[:2] == ["整改单位（盖章）：", "甲院"]
    assert right.split("\n")[:2] == ["验收单位（盖章）：", "县卫健局"]
    lines = lines_of(path)
    assert any("于2025年1月10日前向县卫健局书面报告整改结果" in line for line in lines)
    assert "县卫健局　2025年1月10日" in lines


def test_corrective_items_are_a_list(tmp_path: Path) -> None:
    """What a check found of a sheet: each row as the list tells it, with its points."""
    agreement = hd.catalogue.get("township-hospital-targets")
    sheet = hd.score(agreement, hd.catalogue.records("township-hospital-targets")[9])
    ledger = rectify(sheet, Check("2024-12-20", within=10), responsible="院长")
    path = tmp_path / "清单.docx"
    write_rectification_docx(ledger, path, unit=sheet.record.name)
    table = ledger.table()
    filled = [at for at in range(len(table.headings)) if any(row[at] for row in table.rows)]
    rows = rows_of(path, 0)
    assert rows[0] == [table.headings[at] for at in filled]
    assert rows[1:] == [[row[at] for at in filled] for row in table.rows]
    assert len(rows) == 1 + len(ledger)
    lost = sum(Fraction(row[rows[0].index("失分")]) for row in rows[1:])
    assert sheet.full is not None
    assert sheet.earned is not None
    assert lost == Fraction(sheet.full) - Fraction(sheet.earned)


def test_a_wide_list_lies_broadside(tmp_path: Path) -> None:
    """More columns than an upright page holds turn the page."""
    wide = Table(headings=tuple("甲乙丙丁戊己庚"), rows=(tuple("1234567"),))
    path = tmp_path / "清单.docx"
    write_rectification_docx(wide, path, unit="甲院")
    (size,) = xml_of(path, "word/document.xml").iter(f"{W}pgSz")
    assert size.attrib[f"{W}orient"] == "landscape"


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    """Neither something without a table nor a list with nothing in it is a file."""
    with pytest.raises(UsageError, match="made of a table"):
        write_rectification_docx("问题", tmp_path / "x.docx", unit="甲")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="nothing to correct"):
        write_rectification_docx(Table(headings=("问题",), rows=()), tmp_path / "x.docx", unit="甲")


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "问题"], ["1", "短"]],
        [["序号", "问题", "措施"], ["1", "长" * 200, "长" * 50]],
        [["甲" * 90, "乙" * 90], ["丙", "丁"]],
    ],
)
def test_columns_share_the_whole_width(rows: list[list[str]]) -> None:
    """Widths are positive and make up the type area; a running number stays narrow."""
    widths = widths_of(rows, 156)
    assert sum(widths) == pytest.approx(156)
    assert min(widths) >= 10
    if len(rows[0]) == 3:
        assert widths[0] < widths[2] < widths[1]
