"""The marks of an .xlsx: percentages by style, errors by type, formulas without a value.

The value of a cell that shows 90% is 0.9, and only its style says that an official typed 90%. A
rate's target would be a hundredth of what was agreed. Styles stand in `xl/styles.xml`, the style
of a cell beside its value in the sheet.

Source: ECMA-376 part 1, 18.3.1.4 (cells), 18.8.30 (number formats 9 and 10 are percentages).

>>> position_of("C12")
(11, 2)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

import attrs

from healthduty.grids.marks import BROKEN, UNCALCULATED, Marks, Noting, Position

_BUILT_IN = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def marks_of_xlsx(data: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet of a measured .xlsx, by the sheet's name.

    Raises:
        ValueError: a file that can't be gone through; what it holds is not to be unpacked either.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = frozenset(archive.namelist())
            styles = _percent_styles(archive) if "xl/styles.xml" in parts else frozenset()
            return {
                name: _marks(archive, part, styles)
                for name, part in _sheets(archive)
                if part in parts
            }
    except BROKEN as error:
        raise ValueError(str(error)) from error


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - measured: no entities


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the indices of the cell styles whose number format is a percentage."""
    root = _parse(archive, "xl/styles.xml")
    formats = {
        int(each.get("numFmtId", "0"))
        for each in _all(root, "numFmt")
        if is_percent(each.get("formatCode", ""))
    }
    styles = next(_all(root, "cellXfs"), ())
    return frozenset(
        str(index)
        for index, style in enumerate(styles)
        if int(style.get("numFmtId", "0")) in formats | _BUILT_IN
    )


def _all(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Go through the elements of a name; a strict workbook has namespaces of its own."""
    return (each for each in root.iter() if _local(each.tag) == name)


def is_percent(code: str) -> bool:
    """Return whether a number format shows a percentage: a % that is no text of it.

    >>> is_percent("0.0%"), is_percent('0"%"')
    (True, False)
    """
    return "%" in _QUOTED.sub("", code)


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Go through the sheets: name, and the part of the archive that holds it."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _all(_parse(archive, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in _all(_parse(archive, "xl/workbook.xml"), "sheet"):
        own = {_local(name): value for name, value in sheet.items() if name.endswith("}id")}
        target = links.get(own.get("id"), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _marks(archive: zipfile.ZipFile, part: str, styles: frozenset[str]) -> Marks:
    cells = _Cells(styles)
    with archive.open(part) as file:
        cells.parser().ParseFile(file)
    return cells.noting.marks()


@attrs.define
class _Cells:
    """One sheet's cells on their way through the parser, which keeps none of them."""

    styles: frozenset[str]
    noting: Noting = attrs.Factory(Noting)
    row: int = -1
    at: int = -1
    """The row of a cell by its own account, which need not be that of the row around it."""
    column: int = -1
    kind: str = ""
    style: str = ""
    formula: bool = False
    valued: bool = False
    text: str | None = None

    def parser(self) -> expat.XMLParserType:
        """Return the parser that tells of each element."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._said
        return parser

    def _start(self, tag: str, about: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                # A row or a cell that does not say where it is follows the one before.
                self.row = int(about["r"]) - 1 if "r" in about else self.row + 1
                self.column = -1
            case "c":
                self._begin(about)
            case "f":
                self.formula = True
            case "v":
                self.text = ""
            case "is":
                self.valued = True

    def _begin(self, about: dict[str, str]) -> None:
        self.column += 1
        self.at = self.row
        if "r" in about:
            self.at, self.column = position_of(about["r"])
        self.kind, self.style = about.get("t", "n"), about.get("s", "")
        self.formula = self.valued = False

    def _said(self, text: str) -> None:
        if self.text is not None:
            self.text += text
            self.valued = self.valued or bool(text)

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == "c" and (self.valued or self.formula):
            percent = self.kind == "n" and self.valued and self.style in self.styles
            self.noting.cell(max(self.at, self.row), self.column)
            self.noting.cell(self.at, self.column, percent=percent, error=self._error())
            self.text = None
        elif name == "v" and self.kind != "e":
            self.text = None

    def _error(self) -> str:
        if self.kind == "e":
            return self.text or "#VALUE!"
        # A formula that makes an empty text has the value of one, and says so.
        return UNCALCULATED if self.formula and not self.valued and self.kind != "str" else ""


def _local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def position_of(reference: str) -> Position:
    """Return the row and column of a reference, both counted from 0.

    Raises:
        ValueError: no reference.
    """
    match = _REFERENCE.fullmatch(reference.upper())
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
