"""A neutral table, and its two printings: aligned text and HTML.

Whatever shows itself — a score sheet, findings, an agreement — makes a `Table`; only this
module knows how columns align under Chinese (by display width, not by characters) and how a
table looks in a notebook, in light and in dark.

Source: “Notebook”: tables that look right in light and dark, aligned plain text.

>>> print(Table(headings=("条目", "得分"), rows=(("满意率", "2.5"),), right=(1,)).text())
条目    得分
------  ----
满意率   2.5
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

import attrs

from healthduty.sources import display_width

# On the whole fragment, so that title, table and notes are set in one face. The table's own
# settings undo what notebooks do to tables: stripes, equal columns, a table in the middle.
_FACE = (
    "font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;"
    "font-size:.92em;line-height:1.45"
)
# A colour with alpha sits on a light page and on a dark one alike.
_RULE = "1px solid rgba(128,128,128,.35)"
_TABLE = (
    "border-collapse:collapse;table-layout:auto;margin:0;font-size:1em;"
    f"font-variant-numeric:tabular-nums;border:none;border-bottom:{_RULE}"
)
_TITLE = "caption-side:top;text-align:left;font-weight:600;padding:.3em 0;color:inherit"
_MUTED = "opacity:.7"
_CELL = "padding:.25em .6em;vertical-align:top"
_INSET = ";padding-left:1.8em"

_INDENT = 2
"""Columns by which the text of a faint row steps back."""

_LEAST_NOTE = 76
"""Columns that a note may take under a table that is narrower."""


@attrs.frozen
class Table:
    """Headings and rows of text, a title above and notes below.

    `right` names the columns (from 0) that are right-aligned; `strong` the rows that stand
    out (sums); `faint` the rows that belong to the one above them and step back (what explains
    its points). A column in which no row has anything is not printed.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = attrs.field(default="", kw_only=True)
    notes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    right: tuple[int, ...] = attrs.field(default=(), kw_only=True)
    strong: frozenset[int] = attrs.field(default=frozenset(), kw_only=True)
    faint: frozenset[int] = attrs.field(default=frozenset(), kw_only=True)
    most: int = attrs.field(default=44, kw_only=True)

    @property
    def filled(self) -> list[int]:
        """The columns that are printed: those with an entry, all where there is no row."""
        columns = range(len(self.headings))
        return [place for place in columns if not self.rows or any(row[place] for row in self.rows)]

    def _steps_back(self, index: int, column: int) -> bool:
        """Tell whether a cell is the indented text of a faint row."""
        return index in self.faint and column not in self.right and bool(self.rows[index][column])

    # --- text --------------------------------------------------------------------------------

    def text(self) -> str:
        """Return the table as aligned plain text; cells wider than `most` columns wrap."""
        columns = self.filled
        heads = [printable(self.headings[column]) for column in columns]
        body = [
            [self._lines(index, column) for column in columns] for index in range(len(self.rows))
        ]
        widths = [
            max(map(display_width, [head, *(line for row in body for line in row[place])]))
            for place, head in enumerate(heads)
        ]
        right = [column in self.right for column in columns]
        lines = [printable(self.title)] if self.title else []
        if heads:  # a table that has nothing to say is its title
            lines.append(_line(heads, widths, right))
            lines.append("  ".join("-" * width for width in widths))
        for row in body:
            lines += [_line(cells, widths, right) for cells in zip_longest(*row, fillvalue="")]
        most = max(_LEAST_NOTE, sum(widths) + 2 * len(widths) - 2)
        return "\n".join([*lines, *(line for note in self.notes for line in _hung(note, most))])

    def _lines(self, index: int, column: int) -> list[str]:
        """Return the lines of one cell."""
        text = printable(self.rows[index][column])
        if not self._steps_back(index, column):
            return wrap(text, self.most)
        return [" " * _INDENT + line for line in wrap(text, self.most - _INDENT)]

    # --- HTML --------------------------------------------------------------------------------

    def html(self) -> str:
        """Return the table as a self-contained HTML fragment; every text is escaped."""
        columns = self.filled
        head = "".join(
            f'<th scope="col" style="{self._side(column)};{_CELL};border:none;'
            f'border-bottom:2px solid">{_escaped(self.headings[column])}</th>'
            for column in columns
        )
        body = "".join(self._html_row(index, row, columns) for index, row in enumerate(self.rows))
        title = f'<caption style="{_TITLE}">{_escaped(self.title)}</caption>' if self.title else ""
        notes = "".join(
            f'<p style="margin:.25em 0;font-size:.9em;{_MUTED}">{_escaped(note)}</p>'
            for note in self.notes
        )
        return (
            f'<div class="healthduty" style="{_FACE}"><table style="{_TABLE}">{title}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}</div>"
        )

    def _html_row(self, index: int, row: tuple[str, ...], columns: list[int]) -> str:
        faint = index in self.faint
        style = "background:none"
        if index in self.strong:
            style += ";font-weight:600"
        if faint:
            style += f";font-size:.95em;{_MUTED}"
        cells = "".join(
            f'<td style="{self._side(column)};{_CELL};border:none'
            f"{';padding-top:0' if faint else f';border-top:{_RULE}'}"
            f"{_INSET if self._steps_back(index, column) else ''}"
            f'">{_escaped(row[column])}</td>'
            for column in columns
        )
        return f'<tr style="{style}">{cells}</tr>'

    def _side(self, column: int) -> str:
        if column in self.right:
            return "text-align:right;white-space:nowrap"
        return "text-align:left;max-width:34em"

    def __str__(self) -> str:
        """Return the aligned plain text."""
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """Return one printed line: each cell filled up to its column's width."""
    filled = [
        pad(cell, width, right=side) for cell, width, side in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(filled).rstrip()


def _hung(note: str, most: int) -> list[str]:
    """Return a note as lines; what follows the first one steps back."""
    first, *others = wrap(printable(note), most)
    return [first, *(" " * _INDENT + line for line in others)]


def _escaped(text: str) -> str:
    return html.escape(printable(text)).replace("\n", "<br>")


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill `text` with spaces up to `width` columns of a terminal."""
    space = " " * max(0, width - display_width(text))
    return space + text if right else text + space


def same_places(numbers: Iterable[Decimal | None], *, sign: bool = False) -> list[str]:
    """Print the numbers of a column with equally many decimals, so that they stand in line.

    None is left blank; with `sign` what is above nothing has a plus.

    >>> same_places([Decimal("47.7"), None, Decimal(50)])
    ['47.7', '', '50.0']
    >>> same_places([Decimal(-4), Decimal("0.25"), Decimal(0)], sign=True)
    ['-4.00', '+0.25', '0.00']
    """
    # Digits are added to the text: no context of decimals can round them away.
    texts = ["" if number is None else _plain(number, sign=sign) for number in numbers]
    places = max((len(text.partition(".")[2]) for text in texts if "." in text), default=0)
    return [_with_places(text, places) if text else "" for text in texts] if places else texts


def _plain(number: Decimal, *, sign: bool) -> str:
    return format(number, "+f" if sign else "f") if number else "0"


def _with_places(number: str, places: int) -> str:
    whole, _, decimals = number.partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}"


_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, the start of terminal commands
    "\u200e\u200f\u2028-\u202e\u2066-\u2069"  # what breaks lines or turns the direction of text
    "\ud800-\udfff]"  # halves of characters
)


def printable(text: str) -> str:
    r"""Return a text that is safe to print: nothing in it commands a terminal or turns text over.

    >>> printable("南关\x1b[2J")
    '南关�[2J'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


_CLOSING = "，。、；：！？）】》」』”’"
"""Characters that may not begin a line in Chinese typesetting."""

_OPENING = "（【《「『“‘"
"""Characters that may not end one."""


def wrap(text: str, most: int) -> list[str]:
    """Break `text` into lines of at most `most` columns (more for closing punctuation).

    Latin words stay whole where they fit into a line, numbers with the unit behind them;
    Chinese breaks anywhere but before closing and behind opening marks.

    >>> wrap("每1个百分点扣0.1分，计7档", 16)
    ['每1个百分点扣', '0.1分，计7档']
    """
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, most)]


def _wrapped(paragraph: str, most: int) -> list[str]:
    lines: list[str] = []
    line, width = "", 0
    for piece in _pieces(paragraph, most):
        size = display_width(piece)
        if line and width + size > most and piece not in _CLOSING:
            lines.append(line.rstrip())
            line, width = "", 0
        if piece != " " or line or not lines:
            line, width = line + piece, width + size
    return [*lines, line.rstrip()]


def _pieces(text: str, most: int) -> list[str]:
    """Return what a line must not break: words, numbers with a unit, opening marks and theirs."""
    pieces: list[str] = []
    for character in text:
        size = display_width(character)
        if (
            pieces
            and _sticks(pieces[-1][-1], character)
            and display_width(pieces[-1]) + size <= most
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


_JOINER = "\N{ZERO WIDTH JOINER}"


def _sticks(before: str, character: str) -> bool:
    """Tell whether no line may end between two characters; closing marks look after themselves."""
    if not display_width(character) or before == _JOINER:
        return True
    if character.isspace() or before.isspace() or character in _CLOSING:
        return False
    if before in _OPENING or character in ",.;:!?)]" or (before + character).isascii():
        return True
    return before in "0123456789%" and not character.isascii() and character not in _OPENING
