"""Hostile and broken workbooks, each made here: what it does, its bytes, and what must be said.

`FILES` has them by name. The agreement and the table that they are made from are harmless; each
builder changes one thing, as an attacker, another program or an accident would.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow

xlsxwriter = pytest.importorskip("xlsxwriter")

AGREEMENT = Agreement(
    "示例目标责任书",
    year=2024,
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("surveys", "问卷调查", unit="次"),
    ),
    parts=(
        Indicator(
            "1",
            "患者满意",
            points=3,
            rules=(
                Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
                Deduction(Lacking("surveys", required=2), points="0.5"),
            ),
        ),
    ),
)
HEADER = ("机构", "满意率", "问卷调查")
ROWS: tuple[tuple[object, ...], ...] = (("南关", 93, 2), ("北关", 88, 1))

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


@attrs.frozen
class Hostile:
    """A file: its name, what makes its bytes, and the codes of what must be found in it.

    `refused` says that nothing of it is read; `values` are those of its first record otherwise.
    """

    name: str
    build: Callable[[], bytes]
    codes: tuple[str, ...] = ()
    refused: bool = attrs.field(default=False, kw_only=True)
    values: tuple[object, ...] | None = attrs.field(default=None, kw_only=True)


# ------------------------------------------------------------------------------- builders


def table(rows: tuple[tuple[object, ...], ...] = ROWS, **options: object) -> bytes:
    """Return an .xlsx of one harmless table."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet("数据")
    for number, row in enumerate((HEADER, *rows)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def patched(data: bytes, parts: Mapping[str, bytes | None], *, kind: int = 8) -> bytes:
    """Return an archive with parts replaced, added, or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", kind) as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in parts.items():
            if name not in old.namelist() and content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def sheet_of(cells: str, before: str = "") -> bytes:
    """Return an .xlsx whose sheet holds these rows of XML."""
    xml = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData></worksheet>'
    return patched(table(), {SHEET: xml.encode()})


def row(number: int, *cells: str) -> str:
    """Return a row of XML: `B2 t="e"|<v>#N/A</v>` is a cell's attributes and what is in it."""
    told = []
    for cell in cells:
        about, _, inside = cell.partition("|")
        reference, _, more = about.partition(" ")
        told.append(f'<c r="{reference}" {more}>{inside}</c>')
    return f'<row r="{number}">{"".join(told)}</row>'


def text(reference: str, words: str) -> str:
    """Return a cell with words in it."""
    return f'{reference} t="inlineStr"|<is><t>{words}</t></is>'


HEAD = row(1, text("A1", "机构"), text("B1", "满意率"), text("C1", "问卷调查"))


def cell(inside: str) -> Callable[[], bytes]:
    """Return what makes a table whose 满意率 of the one facility is this cell."""
    return lambda: sheet_of(HEAD + row(2, text("A2", "南关"), f"B2 {inside}", "C2|<v>2</v>"))


def ods(rows: str, before: str = "") -> bytes:
    """Return an .ods whose one sheet holds these rows of XML."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = "".join(f' xmlns:{name}="{space}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"{before}<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="数据">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams, each padded to whole sectors and no small one."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def add(data: bytes) -> int:
        first, pieces = len(sectors), -(-max(len(data), 4096) // 512)
        data = data.ljust(pieces * 512, b"\0")
        sectors.extend(data[at : at + 512] for at in range(0, len(data), 512))
        chains.extend([*range(first + 1, first + pieces), 0xFFFFFFFE])
        return first

    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    entries += [(name, 2, add(data), max(len(data), 4096)) for name, data in streams.items()]
    directory = b"".join(_entry(*each, index, len(entries)) for index, each in enumerate(entries))
    at_directory = add(directory)
    at_table = len(sectors)
    chains.append(0xFFFFFFFD)
    table_sector = struct.pack("<128L", *(chains + [0xFFFFFFFF] * 128)[:128])
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, at_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109L", at_table, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors) + table_sector


def _entry(name: str, kind: int, first: int, size: int, index: int, count: int) -> bytes:
    coded = name.encode("utf-16-le")
    child = 1 if index == 0 and count > 1 else 0xFFFFFFFF
    right = index + 1 if 0 < index < count - 1 else 0xFFFFFFFF
    head = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded) + 2, kind, 1)
    return (
        head
        + struct.pack("<3L", 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<3L", first, size, 0)
    )


def old_excel(cells: bytes) -> bytes:
    """Return an .xls whose one sheet holds these records."""
    begin = struct.pack("<2H", 0x0809, 16) + struct.pack("<2H", 0x0600, 5) + bytes(12)
    sheet = begin.replace(b"\x00\x06\x05\x00", b"\x00\x06\x10\x00") + cells
    sheet += struct.pack("<2H", 0x000A, 0)
    name = b"\x04\x00data"
    body = struct.pack("<LBB", len(begin) + 4 + 6 + len(name) + 4, 0, 0) + name
    bound = struct.pack("<2H", 0x0085, len(body)) + body
    return compound({"Workbook": begin + bound + struct.pack("<2H", 0x000A, 0) + sheet})


def number(row: int, column: int, value: float) -> bytes:
    """Return the record of a number in an .xls."""
    return struct.pack("<2H3Hd", 0x0203, 14, row, column, 0, value)


def reach(top: int, bottom: int, left: int, right: int) -> bytes:
    """Return the record by which a sheet of an .xls says how far it reaches."""
    return struct.pack("<2H2L3H", 0x0200, 14, top, bottom, left, right, 0)


def later() -> bytes:
    """Return an archive that asks for a version of the format that nobody has."""
    data = bytearray(table())
    data[data.rfind(b"PK\x01\x02") + 6] = 0xFF
    return bytes(data)


def document() -> bytes:
    """Return what a Word file looks like from outside."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()


def many_parts() -> bytes:
    """Return an archive of six thousand parts."""
    return patched(table(), {f"xl/media/{i}": b"" for i in range(6_000)}, kind=0)


def lying() -> bytes:
    """Return a bomb whose directory says that it is small."""
    data = bytearray(patched(table(), {"xl/media/a.bin": bytes(8 * 2**20)}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 100)
    return bytes(data)


def overlapping() -> bytes:
    """Return an archive whose directory names one part four thousand times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(2**16))
    data = buffer.getvalue()
    at = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry, count = data[at:end], 4_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    return data[:at] + entry * count + tail


def flagged() -> bytes:
    """Return an archive whose parts say that they are encrypted."""
    data = bytearray(table())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def hidden(*, very: bool = False, only: bool = False) -> bytes:
    """Return a workbook whose data, or a second copy of it, somebody has hidden."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    shown, second = book.add_worksheet("封面"), book.add_worksheet("底稿")
    pages = [second] if only else [shown, second]
    for page in pages:
        for index, values in enumerate((HEADER, *ROWS)):
            page.write_row(index, 0, values)
    (second.very_hidden if very else second.hide)()
    book.close()
    return buffer.getvalue()


def merged(area: str, words: object) -> bytes:
    """Return a table with one area merged."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("数据")
    for index, values in enumerate((HEADER, *ROWS)):
        sheet.write_row(index, 0, values)
    sheet.merge_range(area, words)
    book.close()
    return buffer.getvalue()


def linked() -> bytes:
    """Return a table with a link to a workbook elsewhere, and a formula over it."""
    link = f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>'
    data = sheet_of(
        HEAD + row(2, text("A2", "南关"), "B2|<f>[1]数据!A1</f><v>93</v>", "C2|<v>2</v>")
    )
    return patched(data, {"xl/externalLinks/externalLink1.xml": link.encode()})


def dated() -> bytes:
    """Return a long table whose days count from 1904."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": True})
    sheet = book.add_worksheet("数据")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ("机构", "指标", "数值", "日期"))
    sheet.write_row(1, 0, ("南关", "满意率", 93))
    sheet.write_number(1, 3, 45_356 - 1_462, day)
    sheet.write_row(2, 0, ("南关", "问卷调查", 2))
    book.close()
    return buffer.getvalue()


ONE = f'<table:table-cell office:value-type="float" office:value="1" {"{}"}/>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row>'
CSV = "机构,满意率,问卷调查\n南关,93,2\n北关,88,1\n"
HTML = "<html><table><tr><td>机构</td><td>满意率</td></tr></table></html>"

_BROKEN = ("file-broken",)
_LARGE = ("file-too-large",)
_NO_TEXT = ("record-not-text",)


def _refused(name: str, build: Callable[[], bytes], codes: tuple[str, ...]) -> Hostile:
    return Hostile(name, build, codes, refused=True)


REFUSED = {
    "a part that unpacks to 8 MB": _refused(
        "a.xlsx", lambda: patched(table(), {"xl/media/a.bin": bytes(8 * 2**20)}), _LARGE
    ),
    "a bomb that lies about its size": _refused("a.xlsx", lying, _LARGE),
    "six thousand parts": _refused("a.xlsx", many_parts, _LARGE),
    "one part named four thousand times": _refused("a.xlsx", overlapping, _LARGE),
    "entities in entities": _refused(
        "a.xlsx", lambda: patched(table(), {SHEET: BOMB.encode()}), ("file-entities",)
    ),
    "entities in entities, in UTF-16": _refused(
        "a.xlsx",
        lambda: patched(table(), {"xl/workbook.xml": BOMB.encode("utf-16")}),
        ("file-entities",),
    ),
    "an entity that is another file": _refused(
        "a.xlsx",
        lambda: patched(table(), {"xl/sharedStrings.xml": OUTSIDE.encode()}),
        ("file-entities",),
    ),
    "entities in an .ods": _refused(
        "a.ods", lambda: ods("", BOMB.removesuffix("<x>&c;</x>")), ("file-entities",)
    ),
    "a cell in the last corner": _refused(
        "a.xlsx",
        lambda: sheet_of(FAR + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        _LARGE,
    ),
    "a cell somewhere far off": _refused(
        "a.xlsx",
        lambda: sheet_of(FAR + '<row r="99999"><c r="ABC99999"><v>1</v></c></row>'),
        _LARGE,
    ),
    "far off, without saying where": _refused(
        "a.xlsx",
        lambda: sheet_of(FAR + '<row r="1048576"><c r="XFC1"/><c><v>1</v></c></row>'),
        _LARGE,
    ),
    "a cell repeated over the whole sheet": _refused(
        "a.ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1048576">'
            + ONE.format('table:number-columns-repeated="16384"')
            + "</table:table-row>"
        ),
        _LARGE,
    ),
    "a row repeated four thousand million times": _refused(
        "a.ods",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="4294967295">'
            + ONE.format('table:number-columns-repeated="4294967295"')
            + "</table:table-row>"
        ),
        _LARGE,
    ),
    "the last corner of an old sheet": _refused(
        "a.xls", lambda: old_excel(number(0, 0, 1) + number(65_535, 255, 1)), _LARGE
    ),
    "an old sheet that says it is huge": _refused(
        "a.xls", lambda: old_excel(reach(0, 65_536, 0, 256) + number(0, 0, 1)), _LARGE
    ),
    "an old sheet that ends before it begins": _refused(
        "a.xls", lambda: old_excel(reach(65_280, 5, 0, 3) + number(0, 0, 1)), _BROKEN
    ),
    "a sheet in an encoding that nobody knows": _refused(
        "a.xlsx",
        lambda: patched(table(), {SHEET: b'<?xml version="1.0" encoding="UTFb8"?><worksheet/>'}),
        _BROKEN,
    ),
    "an archive of a later version": _refused("a.xlsx", later, _BROKEN),
    "only hidden sheets hold anything": _refused(
        "a.xlsx", lambda: hidden(only=True), ("file-part-unread", "record-empty")
    ),
    "a web page as .xls": _refused("a.xls", HTML.encode, _NO_TEXT),
    "a PDF as .xlsx": _refused("a.xlsx", lambda: b"%PDF-1.7\n", _NO_TEXT),
    "a picture as .xlsx": _refused("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n", _NO_TEXT),
    "a Word file as .xlsx": _refused("a.xlsx", document, _NO_TEXT),
    "half an archive": _refused("a.xlsx", lambda: table()[:2_000], _BROKEN),
    "an archive without its end": _refused("a.xlsx", lambda: table()[:-30], _BROKEN),
    "rubbish after the first bytes": _refused(
        "a.xlsx", lambda: b"PK\x03\x04" + bytes(500), _BROKEN
    ),
    "an archive of something else": _refused(
        "a.xlsx", lambda: patched(table(), {"xl/workbook.xml": None}), _BROKEN
    ),
    "a sheet that breaks off": _refused(
        "a.xlsx", lambda: patched(table(), {SHEET: b"<worksheet><sheetData><row"}), _BROKEN
    ),
    "a packing that nobody knows": _refused(
        "a.xlsx", lambda: patched(table(), {}, kind=zipfile.ZIP_LZMA), _BROKEN
    ),
    "parts that say they are encrypted": _refused("a.xlsx", flagged, ("file-encrypted",)),
    "a workbook with a password": _refused(
        "a.xlsx",
        lambda: compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(8)}),
        ("file-encrypted",),
    ),
    "an old file of rubbish": _refused(
        "a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000, _BROKEN
    ),
    "a chain of sectors that runs in a circle": _refused(
        "a.xls", lambda: compound({"Workbook": b""}).replace(b"\xfe\xff\xff\xff", bytes(4)), _BROKEN
    ),
    "nothing at all": _refused("a.xlsx", lambda: b"", ("record-empty",)),
    "NUL characters as .xls": _refused("a.xls", lambda: b"\0" * 512, ("record-nul",)),
    "a sheet that names no facility": _refused(
        "a.xlsx", lambda: sheet_of(row(1, text("A1", "说明"))), ("record-facility-column",)
    ),
}
"""Files of which nothing is read."""

READ = {
    "a sheet that claims to be huge": Hostile(
        "a.xlsx",
        lambda: sheet_of(
            HEAD + row(2, text("A2", "南关"), "B2|<v>93</v>", "C2|<v>2</v>"),
            '<dimension ref="A1:XFD1048576"/>',
        ),
        values=("93", "2"),
    ),
    "a hidden copy": Hostile("a.xlsx", hidden, ("file-part-unread",), values=("93", "2")),
    "a very hidden copy": Hostile(
        "a.xlsx", lambda: hidden(very=True), ("file-part-unread",), values=("93", "2")
    ),
    "a value over two rows": Hostile(
        "a.xlsx", lambda: merged("B2:B3", 93), ("workbook-cell-merged",), values=("93", "2")
    ),
    "a value over two columns": Hostile(
        "a.xlsx", lambda: merged("B2:C2", 93), ("workbook-cell-merged",)
    ),
    "a name over two rows": Hostile(
        "a.xlsx", lambda: merged("A2:A3", "南关"), ("record-facility-twice",), values=("93", "2")
    ),
    "missing cells": Hostile(
        "a.xlsx",
        lambda: sheet_of(HEAD + row(2, text("A2", "南关"), "C2|<v>2</v>")),
        values=(None, "2"),
    ),
    "GBK as .xls": Hostile("a.xls", lambda: CSV.encode("gbk"), values=("93", "2")),
    "UTF-16 as .xlsx": Hostile(
        "a.xlsx", lambda: CSV.replace(",", "\t").encode("utf-16"), values=("93", "2")
    ),
    "a formula without a value": Hostile(
        "a.xlsx", cell("|<f>1+1</f>"), ("file-formula", "value-unreadable")
    ),
    "a formula with its value": Hostile("a.xlsx", cell("|<f>1+1</f><v>93</v>"), values=("93", "2")),
    "a formula that calls a program": Hostile(
        "a.xlsx", cell("t=\"str\"|<f>cmd|' /C calc'!A0</f><v>93</v>"), values=("93", "2")
    ),
    "an error": Hostile(
        "a.xlsx",
        cell('t="e"|<f>1/0</f><v>#DIV/0!</v>'),
        ("value-unreadable",),
        values=("#DIV/0!", "2"),
    ),
    "yes for a number": Hostile(
        "a.xlsx", cell('t="b"|<v>1</v>'), ("value-unreadable",), values=("TRUE", "2")
    ),
    "a number as text": Hostile(
        "a.xlsx", cell('t="inlineStr"|<is><t> ９３ </t></is>'), values=("９３", "2")
    ),
    "NaN as text": Hostile("a.xlsx", cell('t="inlineStr"|<is><t>NaN</t></is>'), ("record-nan",)),
    "infinity as text": Hostile(
        "a.xlsx", cell('t="inlineStr"|<is><t>Infinity</t></is>'), ("value-unreadable",)
    ),
    "a number of three hundred digits": Hostile(
        "a.xlsx", cell("|<v>1e300</v>"), ("value-unreadable",)
    ),
    "text that a spreadsheet would run": Hostile(
        "a.xlsx",
        cell('t="inlineStr"|<is><t>=HYPERLINK("http://x")</t></is>'),
        ("value-unreadable",),
        values=('=HYPERLINK("http://x")', "2"),
    ),
    "control characters": Hostile(
        "a.xlsx", cell('t="inlineStr"|<is><t>9_x0007_3</t></is>'), ("value-unreadable",)
    ),
    "a link to another workbook": Hostile("a.xlsx", linked, values=("93", "2")),
    "days that count from 1904": Hostile("a.xlsx", dated),
    "one facility twice": Hostile(
        "a.xlsx", lambda: table((*ROWS, ("南关", 1, 1))), ("record-facility-twice",)
    ),
    "a cell longer than any": Hostile(
        "a.xlsx",
        cell(f't="inlineStr"|<is><t>{"9" * 40_000}</t></is>'),
        ("record-cell-long",),
    ),
    "a part that would climb out of the archive": Hostile(
        "a.xlsx", lambda: patched(table(), {"../../outside": b"x"}), values=("93", "2")
    ),
    "macros": Hostile(
        "a.xlsm", lambda: patched(table(), {"xl/vbaProject.bin": b"x"}), values=("93", "2")
    ),
    "a row of totals": Hostile(
        "a.xlsx", lambda: table((*ROWS, ("合计", 181, 3))), ("record-row-total",)
    ),
}
"""Files that are read, and what is found in them."""

FILES = REFUSED | READ
