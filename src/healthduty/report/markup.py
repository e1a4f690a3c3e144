"""HTML out of plain values: every text escaped, every table by its meaning.

Source: the data safety rules (nothing from a file is ever markup).

>>> print(element("td", "<script>", kind="strong"))
<td class="strong">&lt;script&gt;</td>
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from healthduty.display import Table, printable


class Markup(NamedTuple):
    """Text that is markup already, and is not escaped again."""

    text: str

    def __str__(self) -> str:
        """Return the markup."""
        return self.text


Content = Markup | str

_SPECIAL = re.compile("[&<>\"'\n]")


def escaped(content: Content) -> str:
    """Return content for an element: what is markup as it is, any other text escaped."""
    if isinstance(content, Markup):
        return content.text
    # Most cells are plain, and looking costs less than escaping them.
    if content.isprintable() and not _SPECIAL.search(content):
        return content
    return html.escape(printable(content)).replace("\n", "<br>")


def element(tag: str, *contents: Content, kind: str = "", **attributes: str) -> Markup:
    """Return an element; `kind` is its class."""
    return Markup(f"{_start(tag, kind, attributes)}{''.join(map(escaped, contents))}</{tag}>")


def _start(tag: str, kind: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return a start tag; what is empty of its attributes is left out."""
    if not attributes:
        return f'<{tag} class="{html.escape(printable(kind))}">' if kind else f"<{tag}>"
    told = [
        f' {name}="{html.escape(printable(value))}"'
        for name, value in (("class", kind), *attributes.items())
        if value
    ]
    return f"<{tag}{''.join(told)}>"


Cells = Mapping[tuple[int, int], Content]
"""What stands in a cell instead of its text, by row and column of the neutral table."""


def table_of(table: Table, cells: Cells | None = None, *, kind: str = "") -> Markup:
    """Return a neutral table as HTML; `cells` are those that show more than their text."""
    cells = cells or {}
    columns = table.filled
    heads = [
        element("th", table.headings[column], kind=_side(table, column), scope="col")
        for column in columns
    ]
    starts = [(column, _start("td", _side(table, column))) for column in columns]
    rows = []
    for index, row in enumerate(table.rows):
        told = [
            f"{start}{escaped(cells.get((index, column), row[column]))}</td>"
            for column, start in starts
        ]
        rows.append(f"{_start('tr', _weight(table, index))}{''.join(told)}</tr>")
    caption = [element("caption", table.title)] if table.title else []
    body = element("tbody", Markup("".join(rows)))
    made = element("table", *caption, element("thead", element("tr", *heads)), body, kind=kind)
    notes = [element("p", note, kind="note") for note in table.notes]
    return element("div", made, *notes, kind="table")


def _side(table: Table, column: int) -> str:
    return "right" if column in table.right else ""


def _weight(table: Table, row: int) -> str:
    if row in table.strong:
        return "strong"
    return "faint" if row in table.faint else ""
