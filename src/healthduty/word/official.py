"""A page of official documents: paragraphs, tables and page numbers of a Word file.

The body is written as XML and parsed once: what a paragraph looks like stands in its style alone,
so a document of a thousand rows costs what its text costs.

Source: GB/T 9704-2012: A4, type area 156 × 225 mm, 22 lines a page, page numbers — 1 —.

>>> page = Page("示例责任书")
>>> page.add(Style.BODY, "一式两份。")
>>> page.content()[:2]
b'PK'
"""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import attrs

from healthduty.display import printable
from healthduty.sources import display_width
from healthduty.word.extras import new_document, parse_xml
from healthduty.word.styles import DEFAULT_FONTS, Style, W, style_xml

_TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

A4 = (210, 297)
TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
"""Margins and type area of a page, in millimetres."""

_PITCH = round(HEIGHT * _TWIPS / 22)
_PAGE_NUMBER = 24
"""From the paper's lower edge to the page number's: 7 mm below the type area, in millimetres."""

_HEADER = 15

_TITLE_SIZE = 440
"""A character of the title, in twentieths of a point; so many go into a line:"""
_TITLE_WIDTH = WIDTH * _TWIPS / _TITLE_SIZE

_FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)
_GRID = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_AIR = 160
"""Above and below a table, in twentieths of a point."""

_LONG_CELL = 600
"""A cell with more characters may be broken over two pages."""


@attrs.frozen
class Cell:
    """A cell: its text, one paragraph a line; how it looks; how far it reaches.

    `rows` is "restart" where a merged cell begins and "continue" where it goes on.
    """

    text: str
    style: Style = Style.CELL
    columns: int = attrs.field(default=1, kw_only=True)
    rows: str = attrs.field(default="", kw_only=True)


def mm(length: float) -> int:
    """Return millimetres as twentieths of a point.

    >>> mm(37), mm(25.4)
    (2098, 1440)
    """
    return round(length * _TWIPS)


_NO_XML = re.compile("[\ufffe\uffff]")


def xml_text(text: str) -> str:
    r"""Return a text that is safe to print and that XML may hold; what is neither is replaced.

    >>> xml_text("南关\x1b\uffff")
    '南关��'
    """
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text))


class Page:
    """A document that is being written, top to bottom."""

    def __init__(self, title: str, author: str = "") -> None:
        """Begin a document; title and author stand in the file's properties."""
        self._title, self._author = xml_text(title), xml_text(author)
        self._parts: list[str] = []
        self._landscape = False

    def add(self, style: Style, text: str, *, lead: str = "", keep: bool = False) -> None:
        """Add a text, a paragraph a line; `lead` are its first words, a second-level heading.

        With `keep` it stands on the page of what follows: no signature has a page of its own.
        """
        # A break inside a paragraph would stretch the line before it to the margin.
        first, *others = text.split("\n")
        words = _run(lead, Style.SECOND_WORDS) if lead else ""
        self._parts.append(_paragraph(style, words + _run(first), keep=keep))
        self._parts += [_paragraph(style, _run(line), keep=keep) for line in others]

    def title(self, text: str) -> None:
        """Add the title; one of several lines has lines of about the same length."""
        wide = display_width(text) / 2
        lines = math.ceil(wide / _TITLE_WIDTH)
        room = 0
        if lines > 1:  # margins, no line breaks: a title is one text
            taken = math.ceil(wide / lines) + 0.5
            room = max(0, round((mm(WIDTH) - taken * _TITLE_SIZE) / 2))
        self._parts.append(_paragraph(Style.TITLE, _run(text), room=room))

    def blank(self) -> None:
        """Add a blank line of the body, on the page of what follows."""
        self._parts.append(_paragraph(Style.FLUSH, "", keep=True))

    def table(
        self, widths: Sequence[float], rows: Iterable[Sequence[Cell]], *, heads: int = 1
    ) -> None:
        """Add a table with lines; widths in millimetres, the first `heads` rows on every page."""
        self._parts.append(_gap(_AIR))
        self._table(widths, rows, heads, f"<w:tblBorders>{_GRID}</w:tblBorders>")
        self._parts.append(_gap(_AIR))

    def side_by_side(self, columns: Sequence[Sequence[str]], style: Style) -> None:
        """Add columns of lines that stay together on a page, as signatures do."""
        cells = [Cell("\n".join(lines), style) for lines in columns]
        self._table([self.width / len(cells)] * len(cells), [cells], 0, "")

    def turn(self, *, landscape: bool) -> None:
        """Begin a new page, broadside where the tables on it are too wide."""
        # A line of one point: the end of a section must not need a page of its own.
        self._parts.append(_gap(20, _section(self._landscape)))
        self._landscape = landscape

    def lay_broadside(self) -> None:
        """Set the first page, and those that follow it, broadside."""
        self._landscape = True

    @property
    def width(self) -> int:
        """The width of the type area on this page, in millimetres."""
        return HEIGHT if self._landscape else WIDTH

    # --- the file ----------------------------------------------------------------------------

    def content(self) -> bytes:
        """Return the file's bytes."""
        document = new_document()
        references = _prepare(document)
        properties = document.core_properties
        properties.title, properties.author = self._title[:255], self._author[:255]
        properties.comments, properties.language = "", "zh-CN"
        # Word wants a time; that of the writing is as good as any.
        properties.created = properties.modified = datetime.datetime.now(datetime.UTC)
        body = "".join((*self._parts, _section(self._landscape)))
        # Sections take the page numbers of the one before; the text has no tags of its own.
        body = body.replace("<w:sectPr>", f"<w:sectPr>{references}", 1)
        xml = f'<w:body xmlns:w="{W}" xmlns:r="{_R}">{body}</w:body>'
        old = document.element.body
        old.getparent().replace(old, parse_xml(xml))
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    def _table(
        self, widths: Sequence[float], rows: Iterable[Sequence[Cell]], heads: int, borders: str
    ) -> None:
        grid = [mm(width) for width in widths]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
        lines = [_row(cells, grid, head=at < heads) for at, cells in enumerate(rows)]
        # A little air at the sides, so that nothing touches a line.
        self._parts.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar>'
            '<w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
        )


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _section(landscape: bool) -> str:  # noqa: FBT001 - told by its one caller's own flag
    """Return what a section's pages are like, broadside or upright."""
    width, height = A4
    top, left, right = TOP, LEFT, width - LEFT - WIDTH
    bottom, turned = height - TOP - HEIGHT, ""
    if landscape:
        width, height, turned = height, width, ' w:orient="landscape"'
        top, right, bottom, left = left, bottom, right, top
    return (
        f'<w:sectPr><w:pgSz w:w="{mm(width)}" w:h="{mm(height)}"{turned}/>'
        f'<w:pgMar w:top="{mm(top)}" w:right="{mm(right)}" w:bottom="{mm(bottom)}" '
        f'w:left="{mm(left)}" w:header="{mm(_HEADER)}" '
        f'w:footer="{mm(min(_PAGE_NUMBER, bottom - 10))}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{_PITCH}"/></w:sectPr>'
    )


def _run(text: str, style: Style | None = None) -> str:
    """Return a run of one line."""
    if not text:
        return ""
    look = "" if style is None else f'<w:rPr><w:rStyle w:val="{style.value}"/></w:rPr>'
    words = escape(xml_text(text).replace("\n", " "))
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _paragraph(style: Style, runs: str, *, keep: bool = False, room: int = 0) -> str:
    look = f'<w:pStyle w:val="{style.value}"/>{"<w:keepNext/>" if keep else ""}'
    look += f'<w:ind w:left="{room}" w:right="{room}"/>' if room else ""
    return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"


def _gap(height: int, section: str = "") -> str:
    """Return an empty line of so many twentieths of a point."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    keep = "" if section else "<w:keepNext/>"
    return f'<w:p><w:pPr>{keep}<w:snapToGrid w:val="0"/>{line}{section}</w:pPr></w:p>'


def _row(cells: Sequence[Cell], grid: Sequence[int], *, head: bool) -> str:
    made, at = [], 0
    for cell in cells:
        made.append(_cell(cell, sum(grid[at : at + cell.columns])))
        at += cell.columns
    whole = "<w:cantSplit/>" if all(len(cell.text) < _LONG_CELL for cell in cells) else ""
    look = whole + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(made)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = f'<w:vMerge w:val="{cell.rows}"/>' if cell.rows else ""
    lines = "".join(_paragraph(cell.style, _run(line)) for line in cell.text.split("\n"))
    place = "top" if cell.style is Style.SIGNATURE else "center"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="{place}"/></w:tcPr>{lines}</w:tc>'
    )


def _prepare(document: Any) -> str:  # noqa: ANN401 - python-docx is an extra
    """Give a new document our styles and page numbers; return the XML that refers to these."""
    styles = document.styles.element
    defaults = styles.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault")
    for old in list(defaults):
        defaults.remove(old)
    defaults.append(parse_xml(DEFAULT_FONTS))
    for style in Style:
        styles.append(parse_xml(style_xml(style)))
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, style in (
        (section.footer, Style.PAGE_ODD),
        (section.even_page_footer, Style.PAGE_EVEN),
    ):
        footer.is_linked_to_previous = False
        old = footer.paragraphs[0]._p  # noqa: SLF001 - python-docx's own way to the XML
        new = _paragraph(style, _FIELD).replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)
        old.getparent().replace(old, parse_xml(new))
    found = document.element.body.sectPr.findall(f"{{{W}}}footerReference")
    return "".join(
        f'<w:footerReference w:type="{each.get(f"{{{W}}}type")}" r:id="{each.get(f"{{{_R}}}id")}"/>'
        for each in found
    )
