"""Word files: paragraphs and tables in order, with automatic numbers, merged and nested cells.

What python-docx leaves out is read here from the XML: text inside content controls and text
boxes, tracked insertions, and the underlined spaces that officials leave as blanks (they become
`____`). Deleted text is not read. Headers, footnotes and pictures are reported, not read.

Source: “.docx … Word's automatic numbering is resolved”; semantics 12.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile

import attrs

from healthduty.findings import Finding, Findings, Severity
from healthduty.grids.archives import measure, refuse
from healthduty.grids.grid import Block, Cell, Contents, Grid, Paragraph, clean, column_letter
from healthduty.grids.numbering import Element, Numbering, W, read_numbering
from healthduty.said import Said, chinese
from healthduty.sources import Place

_BOXES = (f"{W}txbxContent",)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_THROUGH = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_ASIDE = {
    "header": Said("a page header", "页眉"),
    "footer": Said("a page footer", "页脚"),
    "footnotes": Said("a footnote", "脚注"),
}
_PAGE_NUMBER = re.compile(r".{0,3}|[\s\d—–\-/·第共页]{0,20}")
"""A header or footer that is this is a page number: — 1 —, 第1页 共8页, or a few characters."""


def read_word(data: bytes, source: str = "") -> Contents:
    """Return the paragraphs and tables of a .docx, in order; a nested table follows its own.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
        SourceError: a file that is broken, encrypted, too large, or no document.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        message = "a Word file needs python-docx: pip install healthduty[word]"
        raise ImportError(message) from error
    measure(data, source)
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        refuse(
            source,
            "file-broken",
            Said(
                f"the file can't be opened: {str(error).lower()}",
                f"文件打不开（`{str(error).lower()}`）",
            ),
        )
    related = {
        rel.reltype.rsplit("/", 1)[-1]: rel.target_part
        for rel in document.part.rels.values()
        if not rel.is_external
    }
    parts = {name: getattr(part, "element", None) for name, part in related.items()}
    reader = _Reader(source, read_numbering(parts.get("numbering"), parts.get("styles")))
    blocks = tuple(reader.blocks(document.element.body, Place(source)))
    reader.look_aside(parts)
    return Contents(source, blocks, Findings(reader.findings))


@attrs.define
class _Reader:
    """One document on its way; paragraphs and tables are counted through it."""

    source: str
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    findings: list[Finding] = attrs.Factory(list)

    def blocks(self, parent: Element, place: Place) -> Iterator[Block]:
        """Go through what stands in the body, or in a cell that is a page of its own."""
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, place)
            elif element.tag in _THROUGH:
                yield from self.blocks(element, place)

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        self.paragraphs += 1
        place = Place(
            self.source, path=Said(f"paragraph {self.paragraphs}", f"第{self.paragraphs}段")
        )
        text = self._text(element, place)
        for number, line in enumerate(text.split("\n")):
            if line:
                yield Paragraph(line, attrs.evolve(place, row=number + 1 if number else None))
        for box in _boxes(element):
            yield from (block for block in self.blocks(box, place) if isinstance(block, Paragraph))

    def _text(self, element: Element, place: Place) -> str:
        """Return a paragraph's text with its automatic number; Word counts empty ones too."""
        self._note_pictures(element, place)
        text = clean("".join(_words(element)))
        label = self.numbering.label(element)
        if not text:
            return ""
        return f"{label} {text}" if label and label.isascii() else label + text

    def _note_pictures(self, element: Element, place: Place) -> None:
        if any(True for _ in element.iter(_DRAWING)):
            message = Said("a picture is not read", "图片未读取")
            finding = Finding("file-part-unread", message, severity=Severity.NOTE, place=place)
            self.findings.append(finding)

    def _table(self, element: Element, place: Place) -> Iterator[Grid]:
        self.tables += 1
        here = Place(self.source, path=Said(f"table {self.tables}", f"第{self.tables}个表"))
        nested: list[Element] = []
        rows: list[list[Cell]] = []
        for number, row in enumerate(_children(element, "tr")):
            rows.append([])
            for cell in _children(row, "tc", before=_before(row)):
                self._cell(cell, rows, attrs.evolve(here, row=number + 1), nested)
        width = max(map(len, rows), default=0)
        for number, cells in enumerate(rows):
            cells += [
                Cell("", attrs.evolve(here, row=number + 1, column=column_letter(column)))
                for column in range(len(cells), width)
            ]
        yield Grid(tuple(map(tuple, rows)), here)
        for each in nested:
            yield from self._table(each, place)

    def _cell(
        self, element: Element | None, rows: list[list[Cell]], place: Place, nested: list[Element]
    ) -> None:
        """Put a cell at its positions; one that continues the cell above is that very cell."""
        left = len(rows[-1])
        place = attrs.evolve(place, column=column_letter(left))
        span, merge = _span(element), _merge(element)
        above = rows[-2][left] if len(rows) > 1 and left < len(rows[-2]) else None
        if merge == "continue" and above is not None:
            grown = attrs.evolve(above, rows=above.rows + 1)
            for row in rows[-1 - above.rows : -1]:
                row[:] = [grown if cell is above else cell for cell in row]
            rows[-1] += [grown] * span
            return
        text = "" if element is None else self._cell_text(element, place, nested)
        rows[-1] += [Cell(text, place, columns=span)] * span

    def _cell_text(self, element: Element, place: Place, nested: list[Element]) -> str:
        lines = []
        for child in element:
            if child.tag == f"{W}p":
                lines.append(self._text(child, place))
                lines += ["".join(_words(each)) for box in _boxes(child) for each in box]
            elif child.tag == f"{W}tbl":
                nested.append(child)
            elif child.tag in _THROUGH:
                lines.append(self._cell_text(child, place, nested))
        return clean("\n".join(lines))

    def look_aside(self, parts: dict[str, Element | None]) -> None:
        """Report what stands outside the body, where it is more than a page number."""
        for name, what in _ASIDE.items():
            element = parts.get(name)
            if element is None:
                continue
            text = clean("".join(part.text or "" for part in element.iter(f"{W}t")))
            if not _PAGE_NUMBER.fullmatch(text):
                message = Said(
                    f"{what} is not read: `{text[:40]}`", f"{chinese(what)}未读取：`{text[:40]}`"
                )
                place = Place(self.source)
                self.findings.append(
                    Finding("file-part-unread", message, severity=Severity.NOTE, place=place)
                )


def _children(parent: Element, name: str, before: int = 0) -> Iterator[Element | None]:
    """Go through the rows or cells of a table; `before` empty ones stand in front (None)."""
    for _ in range(before):
        yield None
    for element in parent:
        if element.tag == f"{W}{name}":
            yield element
        elif element.tag in _THROUGH:
            yield from _children(element, name)


def _before(row: Element) -> int:
    element = row.find(f"{W}trPr/{W}gridBefore")
    return 0 if element is None else int(element.get(f"{W}val"))


def _span(cell: Element | None) -> int:
    element = None if cell is None else cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if element is None else max(1, min(int(element.get(f"{W}val")), 100))


def _merge(cell: Element | None) -> str:
    element = None if cell is None else cell.find(f"{W}tcPr/{W}vMerge")
    return "" if element is None else element.get(f"{W}val") or "continue"


def _boxes(element: Element) -> Iterator[Element]:
    """Go through the text boxes of a paragraph, each once: old programs get a second copy."""
    for child in element:
        if child.tag == _FALLBACK:
            continue
        if child.tag in _BOXES:
            yield child
        else:
            yield from _boxes(child)


def _words(element: Element) -> Iterator[str]:
    """Go through the texts of a paragraph, without those of its text boxes."""
    for child in element:
        if child.tag in _BOXES or child.tag in (_FALLBACK, f"{W}pPr", f"{W}del", f"{W}moveFrom"):
            continue
        if child.tag in (f"{W}t", _FORMULA):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == f"{W}r" and _is_blank(child):
            yield "____"
        else:
            yield from _words(child)


def _is_blank(run: Element) -> bool:
    """Whether a run is underlined and holds nothing but space: a blank to be filled by hand."""
    line = run.find(f"{W}rPr/{W}u")
    if line is None or line.get(f"{W}val") in (None, "none"):
        return False
    text = "".join(_words_of(run))
    return len(text) > 1 and not text.strip()


def _words_of(run: Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield "\t\t"
