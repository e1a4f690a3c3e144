"""Files to grids: merged and nested cells, percentages, automatic numbers, and files that lie."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from healthduty.documents.intake import contents_of
from healthduty.errors import SourceError, UsageError
from healthduty.findings import Finding
from healthduty.grids.archives import MOST_PARTS
from healthduty.grids.grid import Grid, Paragraph

xlsxwriter = pytest.importorskip("xlsxwriter")
docx = pytest.importorskip("docx")
pytest.importorskip("python_calamine")

Extra = Any
"""A class of an optional extra."""


def workbook(write: Callable[[Extra, Extra], None]) -> bytes:
    """Return an .xlsx of one sheet 考核表 that `write` fills."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    write(book, book.add_worksheet("考核表"))
    book.close()
    return buffer.getvalue()


def document(write: Callable[[Extra], None]) -> bytes:
    """Return a .docx that `write` fills."""
    made = docx.Document()
    write(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def refused(data: bytes, name: str) -> Finding:
    """Return the one fault for which a file is refused."""
    with pytest.raises(SourceError) as caught:
        contents_of(data, name)
    [finding] = caught.value.findings
    assert isinstance(finding, Finding)
    return finding


def grid_of(data: bytes, name: str) -> Grid:
    """Return the only grid of a file."""
    [grid] = [block for block in contents_of(data, name).blocks if isinstance(block, Grid)]
    return grid


# ---------------------------------------------------------------------------------- Excel


def test_a_merged_cell_stands_at_each_of_its_positions() -> None:
    """The section that spans two rows is the section of both."""

    def write(_: Extra, sheet: Extra) -> None:
        sheet.merge_range("A1:A2", "组织管理")
        sheet.write("B1", "会议")
        sheet.write("B2", "制度")

    grid = grid_of(workbook(write), "表.xlsx")
    assert grid.at(0, 0) is grid.at(1, 0)
    assert (grid.at(1, 0).text, grid.at(1, 0).rows) == ("组织管理", 2)
    assert (grid.begins(1, 0), grid.begins(1, 1)) == (False, True)
    assert str(grid.at(1, 1).place) == "表.xlsx, 考核表!B2"


def test_a_number_reads_as_the_sheet_shows_it() -> None:
    """0.9 shown as 90% is 90%; 0.1 + 0.2 is what Excel keeps of it; 20.0 is 20."""

    def write(book: Extra, sheet: Extra) -> None:
        for row, form in enumerate(("0%", "0.0%", '0"%"', "General")):
            sheet.write(row, 0, 0.905, book.add_format({"num_format": form}))
        sheet.write(4, 0, 0.1 + 0.2)
        sheet.write(5, 0, 20.0)

    grid = grid_of(workbook(write), "表.xlsx")
    texts = [row[0].text for row in grid.rows]
    assert texts == ["90.5%", "90.5%", "0.905", "0.905", "0.3", "20"]


def test_a_hidden_sheet_is_reported_and_not_read() -> None:
    """Last year's sheet that someone hid is no part of this year's agreement."""

    def write(book: Extra, sheet: Extra) -> None:
        sheet.write(0, 0, "台账")
        hidden = book.add_worksheet("旧表")
        hidden.write(0, 0, "去年")
        hidden.hide()

    contents = contents_of(workbook(write), "表.xlsx")
    assert len(contents.blocks) == 1
    assert [str(each.place) for each in contents.findings] == ["表.xlsx, sheet 旧表"]


# ------------------------------------------------------------------------------- archives


def archive(parts: dict[str, bytes]) -> bytes:
    """Return a zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    """A few kilobytes that unpack to hundreds of megabytes."""
    bomb = archive({"xl/worksheets/sheet1.xml": b"\0" * (80 * 2**20)})
    assert len(bomb) < 2**17
    assert refused(bomb, "表.xlsx").code == "file-too-large"


def test_a_bomb_whose_directory_lies_is_refused_too() -> None:
    """The directory says ten bytes; what is packed says otherwise."""
    size = (80 * 2**20).to_bytes(4, "little")
    bomb = archive({"xl/workbook.xml": b"\0" * (80 * 2**20)})
    assert bomb.count(size) == 2
    lying = bomb.replace(size, (10).to_bytes(4, "little"))
    assert refused(lying, "表.xlsx").code == "file-too-large"


def test_an_archive_of_too_many_parts_is_refused() -> None:
    """A table is made of some dozens."""
    parts = {f"xl/{number}.xml": b"" for number in range(MOST_PARTS + 1)}
    assert refused(archive(parts), "表.xlsx").code == "file-too-large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_is_refused(encoding: str) -> None:
    """What a document type declares is never expanded."""
    text = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert refused(archive({"word/document.xml": text.encode(encoding)}), "书.docx").code == (
        "file-entities"
    )


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 and nothing more", "表.xlsx", "file-broken"),
        (archive({"xl/workbook.xml": b"<workbook"}), "表.xlsx", "file-broken"),
        (archive({"word/document.xml": b"<w"}), "书.docx", "file-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "表.xls", "file-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "书.doc", "file-format"),
        (b"%PDF-1.7", "书.pdf", "record-not-text"),
        (b" \n\n", "书.txt", "file-empty"),
    ],
    ids=["cut", "no workbook", "no document", "no old workbook", "old Word", "PDF", "blank"],
)
def test_what_can_not_be_read_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    """A broken file is no empty agreement."""
    assert refused(data, name).code == code


def test_a_damaged_part_is_refused() -> None:
    """A byte in the middle that unpacks to nothing."""
    packed = zlib.compress(b"x" * 100)[2:-4]
    whole = archive({"xl/workbook.xml": b"x" * 100})
    assert packed in whole
    assert refused(whole.replace(packed, b"\xff" * len(packed)), "表.xlsx").code == "file-broken"


# ----------------------------------------------------------------------------------- Word


def number(paragraph: Extra, list_id: int, level: int) -> None:
    """Put a paragraph into a list at a level."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no public way
    properties.get_or_add_numId().val = list_id
    properties.get_or_add_ilvl().val = level


def define_list(made: Extra, levels: list[tuple[str, str]], *, start: int = 1) -> int:
    """Add a list to a document: script and text of each level; return its number."""
    numbering = made.part.numbering_part.element
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    known = [
        int(each.get(f"{{{space}}}abstractNumId")) for each in numbering if "abstract" in each.tag
    ]
    identity = max(known, default=0) + 1
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{script}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (script, text) in enumerate(levels)
    )
    parse = docx.oxml.parse_xml
    first = next(each for each in numbering if each.tag.endswith("}num"))
    first.addprevious(
        parse(
            f'<w:abstractNum xmlns:w="{space}" w:abstractNumId="{identity}">{inner}</w:abstractNum>'
        )
    )
    numbering.append(
        parse(
            f'<w:num xmlns:w="{space}" w:numId="{identity + 100}">'
            f'<w:abstractNumId w:val="{identity}"/></w:num>'
        )
    )
    return identity + 100


def test_automatic_numbers_stand_before_their_paragraphs() -> None:
    """一、（一）1. are no part of a paragraph's text in the file, and all of the agreement's."""

    def write(made: Extra) -> None:
        levels = [
            ("chineseCountingThousand", "%1、"),
            ("chineseCounting", "（%2）"),
            ("decimal", "%3."),
        ]
        own = define_list(made, levels)
        for text, level in [
            ("总则", 0),
            ("目标", 0),
            ("医疗", 1),
            ("门诊", 2),
            ("住院", 2),
            ("公卫", 1),
        ]:
            number(made.add_paragraph(text), own, level)
        number(made.add_paragraph("附则"), own, 0)

    texts = [
        block.text
        for block in contents_of(document(write), "书.docx").blocks
        if isinstance(block, Paragraph)
    ]
    assert texts == [
        "一、总则",
        "二、目标",
        "（一）医疗",
        "1. 门诊",
        "2. 住院",
        "（二）公卫",
        "三、附则",
    ]


def test_two_lists_count_by_themselves_and_a_list_may_begin_at_four() -> None:
    """第四条 begins a part of a contract; ①② count within."""

    def write(made: Extra) -> None:
        articles = define_list(made, [("chineseCounting", "第%1条 ")], start=4)
        circles = define_list(made, [("decimalEnclosedCircle", "%1")])
        for text, own in [
            ("职责", articles),
            ("建档", circles),
            ("随访", circles),
            ("奖惩", articles),
        ]:
            number(made.add_paragraph(text), own, 0)

    texts = [
        block.text
        for block in contents_of(document(write), "书.docx").blocks
        if isinstance(block, Paragraph)
    ]
    assert texts == ["第四条 职责", "①建档", "②随访", "第五条 奖惩"]


def test_merged_cells_of_word_span_rows_and_columns() -> None:
    """A section over two rows, a title over two columns."""

    def write(made: Extra) -> None:
        table = made.add_table(rows=3, cols=3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(0, 1).merge(table.cell(0, 2))

    grid = grid_of(document(write), "书.docx")
    assert (grid.at(2, 0).text, grid.at(2, 0).rows) == ("10\n20", 2)
    assert grid.at(1, 0) is grid.at(2, 0)
    assert (grid.at(0, 2).text, grid.at(0, 2).columns) == ("01\n02", 2)
    assert str(grid.at(2, 1).place) == "书.docx, row 3, column B, table 1"


def test_a_nested_table_follows_the_one_around_it() -> None:
    """A table in a cell is a table of its own; the cell keeps its words."""

    def write(made: Extra) -> None:
        outer = made.add_table(rows=1, cols=1).cell(0, 0)
        outer.text = "附件"
        outer.add_table(rows=1, cols=2).cell(0, 1).text = "分值"

    blocks = contents_of(document(write), "书.docx").blocks
    assert [block.at(0, 0).text for block in blocks if isinstance(block, Grid)] == ["附件", ""]
    last = blocks[-1]
    assert isinstance(last, Grid)
    assert last.at(0, 1).text == "分值"


def test_underlined_space_is_a_blank_and_what_is_struck_out_is_not_read() -> None:
    """Officials leave blanks by underlining spaces."""

    def write(made: Extra) -> None:
        paragraph = made.add_paragraph("达到")
        paragraph.add_run("    ").underline = True
        paragraph.add_run("%以上")
        removed = made.add_paragraph("保留")
        run = removed.add_run("删除")._r  # noqa: SLF001 - tracked changes have no public way
        mark = docx.oxml.OxmlElement("w:del")
        run.addprevious(mark)
        mark.append(run)

    texts = [
        block.text
        for block in contents_of(document(write), "书.docx").blocks
        if isinstance(block, Paragraph)
    ]
    assert texts == ["达到____%以上", "保留"]


def test_a_page_header_is_reported() -> None:
    """What stands outside the body is not read, and not silently."""

    def write(made: Extra) -> None:
        made.add_paragraph("正文")
        made.sections[0].header.paragraphs[0].text = "示例县卫生局文件"

    contents = contents_of(document(write), "书.docx")
    assert [each.code for each in contents.findings] == ["file-part-unread"]
    assert "示例县卫生局文件" in contents.findings[0].message


# ------------------------------------------------------------------------------- the rest


def test_csv_of_either_encoding_is_a_grid() -> None:
    """A cell with a line break stays one cell."""
    text = '考核内容,分值\n"台账\n齐全",5\n'
    for encoding in ("utf-8-sig", "gb18030"):
        grid = grid_of(text.encode(encoding), "表.csv")
        assert [cell.text for cell in grid.rows[1]] == ["台账\n齐全", "5"]


def test_rows_pasted_with_tabs_are_a_grid_and_one_tab_is_text() -> None:
    """A line that holds a tab by chance is no table."""
    assert isinstance(contents_of("考核内容\t分值\n台账\t5").blocks[0], Grid)
    assert all(
        isinstance(block, Paragraph) for block in contents_of("一、台账\t5分\n二、培训").blocks
    )


def test_stray_quotation_marks_do_not_lose_a_pasted_row() -> None:
    """An inch sign or a half quotation is text."""
    [grid] = contents_of('考核内容\t分值\n"台账\t5\n培训\t3').blocks
    assert isinstance(grid, Grid)
    assert [row[0].text for row in grid.rows] == ["考核内容", '"台账', "培训"]


def test_what_is_no_source_is_refused() -> None:
    """A wrong call raises."""
    with pytest.raises(UsageError):
        contents_of(5)  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        contents_of("没有这个文件.xlsx")
