"""Word files opened with nothing that wrote them: zip and ElementTree."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def xml_of(content: bytes | Path, part: str) -> ET.Element:
    """Return a part of a Word file, read by nothing that wrote it."""
    source = content if isinstance(content, Path) else io.BytesIO(content)
    with zipfile.ZipFile(source) as archive:
        return ET.fromstring(archive.read(part))  # noqa: S314 - our own file


def rows_of(content: bytes | Path, table: int = -1) -> list[list[str]]:
    """Return the texts of a table, row by row: by default of the last one."""
    body = xml_of(content, "word/document.xml")
    return [
        ["\n".join(text_of(each) for each in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        for row in list(body.iter(f"{W}tbl"))[table].iter(f"{W}tr")
    ]


def text_of(element: ET.Element) -> str:
    """Return all text below an element."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def lines_of(content: bytes | Path) -> list[str]:
    """Return the paragraphs of a Word file, those in tables too."""
    return [text_of(each) for each in xml_of(content, "word/document.xml").iter(f"{W}p")]
