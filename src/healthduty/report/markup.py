"""HTML out of plain values: every text escaped, every table by its meaning.

Source: the data safety rules (nothing from a file is ever markup).

>>> print(element("td", "<script>", kind="strong"))
<td class="strong">&lt;script&gt;</td>
"""

from __future__ import annotations

import functools
import html
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from healthduty.display import Table, printable


class Markup(NamedTuple):
    """Text that is markup already, and is not escaped again."""

    text: str

    def __str__(self) -> str:
        """Return the markup."""
        return self.text


Content = Markup | str


def escaped(content: Content) -> str:
    """Return content for an element: what is markup as it is, any other text escaped."""
    return content.text if isinstance(content, Markup) else _shown(content)


# Most texts are of the agreement and come back for every facility: they are escaped once.
@functools.lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    return html.escape(printable(text)).replace("\n", "<br>")


@functools.lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return html.escape(printable(text))


def element(tag: str, *contents: Content, kind: str = "", **attributes: str) -> Markup:
    """Return an element; `kind` is its class."""
    return Markup(f"{_start(tag, kind, attributes)}{''.join(map(escaped, contents))}</{tag}>")


def _start(tag: str, kind: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return a start tag; what is empty of its attributes is left out."""
    if not attributes:
        return f'<{tag} class="{_quoted(kind)}">' if kind else f"<{tag}>"
    told = [
        f' {name}="{_quoted(value)}"'
        for name, value in (("class", kind), *attributes.items())
        if value
    ]
    return f"<{tag}{''.join(told)}>"


Cells = Mapping[tuple[int, int], Content]
"""What stands in a cell instead of its text, by row and column of the neutral table."""


def table_of(table: Table, cells: Cells | None = None, *, kind: str = "") -> Markup:
    """Return a neutral table as HTML; `cells` are those that show more than their text."""
    columns = table.filled
    heads = [_head(table.headings[column], _side(table, column)) for column in columns]
    starts = [(column, _start("td", _side(table, column))) for column in columns]
    rows = []
    for index, row in enumerate(table.rows):
        shown = row if cells is None else _over(row, index, cells)
        told = "".join([f"{start}{escaped(shown[column])}</td>" for column, start in starts])
        rows.append(f"{_start('tr', _weight(table, index))}{told}</tr>")
    caption = [element("caption", table.title)] if table.title else []
    body = element("tbody", Markup("".join(rows)))
    made = element("table", *caption, element("thead", element("tr", *heads)), body, kind=kind)
    start = _start("p", "note")
    notes = Markup("".join([f"{start}{_shown(note)}</p>" for note in table.notes]))
    return element("div", made, notes, kind="table")


@functools.lru_cache(maxsize=256)
def _head(text: str, side: str) -> Markup:
    return element("th", text, kind=side, scope="col")


def _over(row: Sequence[str], index: int, cells: Cells) -> list[Content]:
    return [cells.get((index, column), text) for column, text in enumerate(row)]


def _side(table: Table, column: int) -> str:
    return "right" if column in table.right else ""


def _weight(table: Table, row: int) -> str:
    if row in table.strong:
        return "strong"
    return "faint" if row in table.faint else ""
