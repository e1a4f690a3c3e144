"""The hidden sheet 关于本表: what the workbook was made for, so that a filled copy is understood.

It names the layout, each sheet and what it holds, the codes of all columns, the labels of lists,
and the agreement: its digest, and its whole text in pieces, so that a workbook that was made for
another version can say what has changed since. Nothing in it is secret; people may look.

Source: “a workbook made for another version … is refused with the difference”;
semantics 13 (identity).

>>> pieces_of('{"title": "示例  目标"}', most=14)
['{"title": "示', '例  目标"}']
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from healthduty.convert.digest import digest
from healthduty.convert.files import dumps
from healthduty.display import printable
from healthduty.grids.excel import Book as Read
from healthduty.grids.excel import Tab
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Stage
from healthduty.records.workbooks import DATA_WORKBOOK
from healthduty.said import Said
from healthduty.wording.phrase import Phrase
from healthduty.workbook.styles import Book, Look, column_letters, quoted_name
from healthduty.workbook.styles import safe_text as safe
from healthduty.workbook.template_codes import Code, Layout

VERSION = 1
"""The version of the layout of data workbooks; a higher one can't be read."""

CASES = "cases"
"""What a sheet of cases is said to hold, beside the layouts."""

SHOWN = "shown"
"""What a sheet is said to hold of which nothing is read back."""

NAME = Phrase("关于本表", "about")
_MOST_PIECE = 16_000
_LISTS = 6
"""The column in which the first drop-down's words stand."""

_NOTE = Phrase(
    "本页供系统识别，请勿改动。",
    "This sheet is for the program that reads the workbook: leave it as it is.",
)


@attrs.frozen
class PageAbout:
    """What one sheet holds: a layout or cases; the office whose items they are; its codes."""

    name: str
    holds: str
    office: str = ""
    codes: tuple[str, ...] = ()


@attrs.frozen
class About:
    """What the hidden sheet says."""

    layout: Layout
    digest: str
    stages: tuple[Stage | None, ...]
    pages: tuple[PageAbout, ...]
    labels: Mapping[str, str]
    agreement: str
    version: int = VERSION


def write_about(
    book: Book, name: str, about: About, lists: Sequence[Sequence[str]], look: Look
) -> None:
    """Write the hidden sheet, with the words of the long drop-downs beside it."""
    page = book.add_worksheet(name)
    plain = look.of(font_size=9)
    rows = [*_rows(about)]
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            page.write_string(row, column, text, plain)
    for column, words in enumerate(lists, _LISTS):
        for row, word in enumerate(words):
            page.write_string(row, column, safe(word), plain)
    page.set_column(0, 0, 20)
    page.set_column(1, 3, 40)
    page.hide()
    page.protect("")


def list_places(name: str, lists: Iterable[Sequence[str]]) -> dict[tuple[str, ...], str]:
    """Return where the words of each drop-down will stand on the hidden sheet of this name."""
    return {
        tuple(words): f"={quoted_name(name)}!${column_letters(column)}$1"
        f":${column_letters(column)}${len(words)}"
        for column, words in enumerate(lists, _LISTS)
    }


def about_of(
    agreement: Agreement,
    layout: Layout,
    stages: Sequence[Stage | None],
    pages: Iterable[PageAbout],
    labels: Mapping[str, str],
) -> About:
    """Return what the hidden sheet says of a workbook for this agreement."""
    return About(layout, digest(agreement), tuple(stages), tuple(pages), labels, _text(agreement))


def _text(agreement: Agreement) -> str:
    """Return the agreement as JSON on one line, in characters that any workbook keeps."""
    text = "".join(line.strip() for line in dumps(agreement).splitlines())
    if printable(text) == text:
        return text
    return "".join(each if printable(each) == each else _escaped(each) for each in text)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]


def pieces_of(text: str, most: int = _MOST_PIECE) -> list[str]:
    """Return a text in pieces for cells; with no space where one ends and the next begins.

    A space at the edge of a cell is what programs lose when they save it as something else.
    """
    pieces = []
    while len(text) > most:
        # A text of nothing but spaces is cut all the same; the digest then tells.
        ends = range(most, 0, -1)
        end = next((at for at in ends if not (text[at - 1] + text[at]).count(" ")), most)
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]


def _rows(about: About) -> Iterator[tuple[str, ...]]:
    yield DATA_WORKBOOK, str(about.version), _NOTE("zh"), _NOTE("en")
    yield "layout", about.layout
    yield "stages", " ".join(stage or "-" for stage in about.stages)
    yield "digest", about.digest
    for page in about.pages:
        yield "sheet", page.name, page.holds, page.office
        yield from (("code", page.name, code) for code in page.codes)
    yield from (("label", label, target) for label, target in about.labels.items())
    yield from (("agreement", piece) for piece in pieces_of(about.agreement))


def read_about(book: Read) -> About | None:
    """Return what the hidden sheet of a workbook says; None where it has no such sheet.

    Raises:
        ValueError: a sheet that somebody has changed so that it says nothing any more.
    """
    for tab in book.tabs:
        if tab.rows and tab.rows[0][:1] == (DATA_WORKBOOK,):
            return _about(tab)
    return None


def _about(tab: Tab) -> About:
    said: dict[str, list[tuple[str, ...]]] = {}
    for row in tab.rows:
        key, *cells = (*row, "", "", "", "")[:5]
        said.setdefault(key.strip(), []).append(tuple(cells))
    codes: dict[str, list[str]] = {}
    for name, code, *_ in said.get("code", ()):
        codes.setdefault(name, []).append(code)
    pages = tuple(
        PageAbout(name, holds, office, tuple(codes.get(name, ())))
        for name, holds, office, *_ in said.get("sheet", ())
    )
    [layout, *_], [digest_text, *_] = said.get("layout", [("",)])[0], said.get("digest", [("",)])[0]
    stages = said.get("stages", [("",)])[0][0].split()
    if not pages or not digest_text:
        raise ValueError(Said("names no sheet and no agreement", "没有写明工作表和责任书"))
    return About(
        Layout(layout),
        digest_text,
        tuple(None if stage == "-" else Stage(stage) for stage in stages),
        pages,
        {label: target for label, target, *_ in said.get("label", ())},
        "".join(piece for piece, *_ in said.get("agreement", ())),
        int(said[DATA_WORKBOOK][0][0]),
    )


def codes_of(codes: Iterable[Code]) -> tuple[str, ...]:
    """Return codes as the hidden sheet lists them, each once."""
    return tuple(dict.fromkeys(map(str, codes)))
