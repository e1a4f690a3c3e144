"""How the workbooks look and what may stand in them: fonts, widths, heights, pages, safe text.

Both workbooks are opened in Excel, WPS or LibreOffice, read on a screen and signed on paper: A4,
repeated heads, Chinese that wraps where it should. No text is ever a formula: a cell that begins
with `=`, `+`, `-` or `@` is written as text, and what no file may hold is taken out.

Source: “The data workbook”, “The result workbook”, “Safety”.

>>> sheet_names(["南关/街道", "南关?街道", "排名"], taken=("排名",))
('南关_街道', '南关_街道 (2)', '排名 (2)')
>>> column_letters(27), lines_of("每低5个百分点扣0.5分", 12)
('AB', 2)
"""

from __future__ import annotations

import functools
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from healthduty.convert.files import replace_file
from healthduty.display import printable
from healthduty.said import Language, Said
from healthduty.sources import display_width

Book = Any
"""A workbook of XlsxWriter, which is an extra."""

Page = Any
"""One of its sheets."""

Format = Any
"""One of its cell formats."""

Target = str | os.PathLike[str] | BinaryIO
"""Where a workbook goes: a path, or a file that is open for bytes."""

BODY_FONT, HEAD_FONT = "宋体", "黑体"
"""Both come with every Chinese Windows; their character set lets others take a Chinese one."""

_GB2312 = 134
BODY_SIZE, TITLE_SIZE = 10, 16

INK, FAINT, RULE, ALERT = "#1F2328", "#7A828A", "#B8C0C8", "#B42318"
HEAD_FILL, SECTION_FILL, INPUT_FILL, SUM_FILL = "#DCE6F1", "#EEF3F8", "#FFF7D6", "#F3F4F6"

MOST_CHARACTERS = 32_767
"""What a cell may hold."""

_CUT = "…（原文过长，余下部分略）"
_MOST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LINE_HEIGHT = 14.4
_MOST_HEIGHT = 409.0
_DATE = "healthduty"


class Look:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Book) -> None:
        """Make formats for this workbook."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:  # noqa: ANN401 - properties of XlsxWriter
        """Return the format with these properties of XlsxWriter, over the body's own."""
        key = tuple(sorted(properties.items()))
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._book.add_format({**_BODY, **properties})
        return made

    def head(self) -> Format:
        """Return the format of a table's headings."""
        return self.of(
            font_name=HEAD_FONT, bg_color=HEAD_FILL, align="center", text_wrap=True, **BORDER
        )

    def title(self) -> Format:
        """Return the format of a sheet's title."""
        return self.of(font_name=HEAD_FONT, font_size=TITLE_SIZE, align="center")

    def input(self, **properties: Any) -> Format:  # noqa: ANN401 - as above
        """Return the format of a cell that a person fills in: unlocked, on a light yellow."""
        return self.of(**{"bg_color": INPUT_FILL, "locked": False, **BORDER, **properties})


_BODY: Mapping[str, Any] = {
    "font_name": BODY_FONT,
    "font_size": BODY_SIZE,
    "font_charset": _GB2312,
    "font_color": INK,
    "valign": "vcenter",
}
BORDER: Mapping[str, Any] = {"border": 1, "border_color": RULE}


# --- the workbook ------------------------------------------------------------------------------


def open_book(buffer: io.BytesIO, title: str) -> Book:
    """Return a new workbook that is written to memory; no text of it becomes formula or link.

    Raises:
        ImportError: without XlsxWriter (`pip install healthduty[excel]`).
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise ImportError(
            Said(
                "a workbook needs XlsxWriter: pip install healthduty[excel]",
                "写Excel工作簿要装XlsxWriter：pip install healthduty[excel]",
            )
        ) from error
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": safe_text(title)[:255], "author": _DATE})
    book.set_calc_mode("auto")
    return book


def put_file(target: Target, content: bytes) -> None:
    """Write a finished workbook: to a path in one step, so that never half a file is there.

    Raises:
        OSError: where the file can't be written; the old one is untouched.
    """
    if isinstance(target, (str, os.PathLike)):
        replace_file(Path(target), content)
    else:
        target.write(content)


# --- text --------------------------------------------------------------------------------------


def safe_text(text: str) -> str:
    r"""Return a text that a cell may hold: no control characters, no more than 32,767 units.

    >>> safe_text("南关\x1b[2J"), len(safe_text("长" * 40_000))
    ('南关�[2J', 32767)
    """
    text = printable(text)
    if len(text) * 2 <= MOST_CHARACTERS or _units(text) <= MOST_CHARACTERS:
        return text
    room = MOST_CHARACTERS - len(_CUT)
    # Excel counts what UTF-16 does: a rare character is two.
    cut = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return cut + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    r"""Return names that sheets may have, all different from each other and from those taken.

    At most 31 characters, none of `[ ] : * ? / \\`, no apostrophe at an end; to Excel, names
    that differ in case only are the same, and `History` is its own.
    """
    used = {name.casefold() for name in taken} | {"history"}
    names = []
    for name in wanted:
        plain = _FORBIDDEN.sub("_", printable(name).replace("\n", " ")).strip().strip("'")
        plain = _clipped(plain or "_", _MOST_NAME)
        made, count = plain, 1
        while made.casefold() in used:
            count += 1
            mark = f" ({count})"
            made = _clipped(plain, _MOST_NAME - len(mark)) + mark
        used.add(made.casefold())
        names.append(made)
    return tuple(names)


def _clipped(name: str, most: int) -> str:
    cut = name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore")
    return cut.rstrip().rstrip("'") or "_"


def quoted_name(name: str) -> str:
    """Return a sheet's name as a formula refers to it.

    >>> quoted_name("南关 'A'")
    "'南关 ''A'''"
    """
    return "'" + name.replace("'", "''") + "'"


# --- places ------------------------------------------------------------------------------------


@functools.cache
def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# --- widths and heights ------------------------------------------------------------------------


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width (in figures of the font)."""
    # Office programs leave a little room at both sides, and break before the last character
    # where a line may not begin with the next one.
    room = max(int(width) - 2, 2)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))


def height_of(cells: Iterable[tuple[str, float]], least: float = 18.0) -> float:
    """Return the height in points of a row whose cells hold texts in columns of widths."""
    most = max((lines_of(text, width) for text, width in cells), default=1)
    return min(max(least, most * _LINE_HEIGHT + 4.5), _MOST_HEIGHT)


def width_of(texts: Iterable[str], least: float = 6, most: float = 40) -> float:
    """Return the width of a column that holds texts, within bounds."""
    longest = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(least, longest + 2), most)


# --- paper -------------------------------------------------------------------------------------

PAGES: Mapping[Language, str] = {"zh": "第 &P 页　共 &N 页", "en": "page &P of &N"}


def set_page(
    page: Page,
    *,
    landscape: bool = True,
    repeat: tuple[int, int] | None = None,
    footer: str = "",
    pages: str = PAGES["zh"],
) -> None:
    """Set a sheet up for A4: fitted to the width, heads repeated, pages numbered.

    `pages` says how they are numbered, `&P` of `&N`.
    """
    page.set_paper(9)
    if landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.set_footer(f"&L&8{_footer_text(footer)}&R&8{pages}")
    if repeat is not None:
        page.repeat_rows(*repeat)
    page.hide_gridlines(2)


_LONGEST_MARGIN = 255


def set_margin_title(page: Page, title: str, note: str) -> None:
    """Print a title over every page, with a note below it where a margin has room for both."""
    head = f"&C&{TITLE_SIZE} {_footer_text(title)}"
    both = f"{head}\n&8 {_margin_text(note)}"
    page.set_header(both if len(both) <= _LONGEST_MARGIN else head)
    page.set_margins(left=0.5, right=0.5, top=1.0, bottom=0.7)


def _footer_text(text: str) -> str:
    return _margin_text(text)[:120]


def _margin_text(text: str) -> str:
    return printable(text).replace("\n", " ").replace("&", "&&")
