"""Which cells of an .xlsx show their number as a percentage: 0.9 that reads 90%.

The value of such a cell is 0.9, and only its style says that an official typed 90%. A rate's
target would be a hundredth of what was agreed. Styles stand in `xl/styles.xml`, the style of a
cell beside its value in the sheet.

Source: ECMA-376 part 1, 18.8.30 (number formats 9 and 10 are percentages); semantics 2.

>>> _position("C12")
(11, 2)
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

Positions = frozenset[tuple[int, int]]
"""Cells by row and column, both counted from 0."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def percent_cells(data: bytes) -> dict[str, Positions]:
    """Return, for each sheet of a measured .xlsx by its name, the cells that show percentages.

    A file of another build (.ods) has none; one that is broken here is for its reader to refuse.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/styles.xml" not in archive.namelist():
                return {}
            styles = _percent_styles(archive)
            return {
                name: frozenset(_cells_of(archive, part, styles))
                for name, part in _sheets(archive)
                if styles and part in archive.namelist()
            }
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError):
        return {}


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - measured: no entities


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the indices of the cell styles whose number format is a percentage."""
    root = _parse(archive, "xl/styles.xml")
    formats = {
        int(each.get("numFmtId", "0"))
        for each in root.iter(f"{_MAIN}numFmt")
        if "%" in _QUOTED.sub("", each.get("formatCode", ""))
    }
    styles = root.find(f"{_MAIN}cellXfs")
    return frozenset(
        str(index)
        for index, style in enumerate(() if styles is None else styles)
        if int(style.get("numFmtId", "0")) in formats | _BUILT_IN
    )


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Go through the sheets: name, and the part of the archive that holds it."""
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _parse(archive, "xl/_rels/workbook.xml.rels").iter(f"{_LINKS}Relationship")
    }
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = links.get(sheet.get(_ID), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _cells_of(
    archive: zipfile.ZipFile, part: str, styles: frozenset[str]
) -> Iterator[tuple[int, int]]:
    for cell in _parse(archive, part).iter(f"{_MAIN}c"):
        number = cell.get("t", "n") == "n" and cell.find(f"{_MAIN}v") is not None
        if number and cell.get("s") in styles:
            yield _position(cell.get("r", ""))


def _position(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
