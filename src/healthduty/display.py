"""A neutral table, and its two printings: aligned text and HTML.

Whatever shows itself — a score sheet, findings, an agreement — makes a `Table`; only this
module knows how columns align under Chinese (by display width, not by characters) and how a
table looks in a notebook, in light and in dark.

>>> print(Table(headings=("条目", "得分"), rows=(("满意率", "2.5"),), right=(1,)).text())
条目    得分
------  ----
满意率   2.5
"""

from __future__ import annotations

import html

import attrs

from healthduty.sources import display_width

_STYLE = (
    "border-collapse:collapse;font-variant-numeric:tabular-nums;"
    "font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;"
    "font-size:0.92em;line-height:1.45"
)
# Colours with alpha sit on a light page and on a dark one alike.
_RULE = "1px solid rgba(128,128,128,.35)"
_MUTED = "opacity:.7"


@attrs.frozen
class Table:
    """Headings and rows of text, a title above and notes below.

    `right` names the columns (from 0) that are right-aligned; `strong` the rows that stand
    out (sums); `faint` the rows that step back (caps and other adjustments).
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = attrs.field(default="", kw_only=True)
    notes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    right: tuple[int, ...] = attrs.field(default=(), kw_only=True)
    strong: frozenset[int] = attrs.field(default=frozenset(), kw_only=True)
    faint: frozenset[int] = attrs.field(default=frozenset(), kw_only=True)
    most: int = attrs.field(default=44, kw_only=True)

    def text(self) -> str:
        """Return the table as aligned plain text; cells wider than `most` columns wrap."""
        body = [[wrap(cell, self.most) for cell in row] for row in self.rows]
        widths = [
            max(
                [display_width(heading)]
                + [display_width(line) for row in body for line in row[column]]
            )
            for column, heading in enumerate(self.headings)
        ]
        lines = [self.title] if self.title else []
        lines.append(self._line(list(self.headings), widths))
        lines.append("  ".join("-" * width for width in widths))
        for row in body:
            height = max(len(cell) for cell in row)
            for index in range(height):
                cells = [cell[index] if index < len(cell) else "" for cell in row]
                lines.append(self._line(cells, widths))
        return "\n".join([*lines, *self.notes])

    def _line(self, cells: list[str], widths: list[int]) -> str:
        padded = [
            pad(cell, width, right=column in self.right)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return "  ".join(padded).rstrip()

    def html(self) -> str:
        """Return the table as a self-contained HTML fragment; every text is escaped."""
        head = "".join(
            f'<th style="{self._cell_style(column)};border-bottom:2px solid">'
            f"{html.escape(heading)}</th>"
            for column, heading in enumerate(self.headings)
        )
        body = "".join(self._html_row(index, row) for index, row in enumerate(self.rows))
        title = (
            f'<caption style="caption-side:top;text-align:left;font-weight:600;padding:.3em 0">'
            f"{html.escape(self.title)}</caption>"
            if self.title
            else ""
        )
        notes = "".join(
            f'<p style="margin:.25em 0;font-size:.88em;{_MUTED}">{html.escape(note)}</p>'
            for note in self.notes
        )
        return (
            f'<div class="healthduty"><table style="{_STYLE}">{title}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}</div>"
        )

    def _html_row(self, index: int, row: tuple[str, ...]) -> str:
        emphasis = "font-weight:600" if index in self.strong else ""
        if index in self.faint:
            emphasis = _MUTED
        cells = "".join(
            f'<td style="{self._cell_style(column)};border-bottom:{_RULE}">'
            f"{html.escape(cell).replace(chr(10), '<br>')}</td>"
            for column, cell in enumerate(row)
        )
        return f'<tr style="{emphasis}">{cells}</tr>' if emphasis else f"<tr>{cells}</tr>"

    def _cell_style(self, column: int) -> str:
        side = "right" if column in self.right else "left"
        wrapping = "white-space:nowrap" if column in self.right else "max-width:34em"
        return f"text-align:{side};padding:.25em .6em;vertical-align:top;{wrapping}"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill `text` with spaces up to `width` columns of a terminal."""
    space = " " * max(0, width - display_width(text))
    return space + text if right else text + space


_NO_LINE_START = "，。、；：！？）】》」』”’%％‰"
"""Characters that may not begin a line in Chinese typesetting."""


def wrap(text: str, most: int) -> list[str]:
    """Break `text` into lines of at most `most` columns (one more for closing punctuation).

    Latin words and numbers stay whole; Chinese breaks anywhere but before closing marks.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, width = "", 0
        for piece in _pieces(paragraph):
            size = display_width(piece)
            if line and width + size > most and piece not in _NO_LINE_START:
                lines.append(line.rstrip())
                line, width = "", 0
                if piece == " ":
                    continue
            line, width = line + piece, width + size
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        joins = character.isascii() and not character.isspace()
        if joins and pieces and pieces[-1].isascii() and not pieces[-1].isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
