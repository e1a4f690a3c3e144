"""Where something stands: a place in a file, a span of a text, the citation of a clause.

Every rule carries its `Citation`, every fault its `Place`; an official who is asked "who
says so?" can point at the article and the characters.

>>> print(Place("数据.csv", row=3, column="满意率"))
数据.csv, row 3, column 满意率
>>> print(caret_line("满意率达90%", 3, 7))
      ^^^^^
"""

from __future__ import annotations

import unicodedata

import attrs


@attrs.frozen
class Place:
    """Where in a source a fault or a value stands; empty parts are left out when printed.

    `source` is a file's name or what stands for it; `row` and `character` count from 1;
    `column` is a heading or a letter; `path` is a JSON path such as `$.parts[0].points`;
    `item` is the number of an item of the agreement.
    """

    source: str = ""
    sheet: str = attrs.field(default="", kw_only=True)
    row: int | None = attrs.field(default=None, kw_only=True)
    column: str = attrs.field(default="", kw_only=True)
    character: int | None = attrs.field(default=None, kw_only=True)
    path: str = attrs.field(default="", kw_only=True)
    item: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        """Return the parts that are known, widest first."""
        parts = [self.source] if self.source else []
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        if self.character is not None:
            parts.append(f"character {self.character}")
        if self.path:
            parts.append(self.path)
        if self.item:
            parts.append(f"item {self.item}")
        return ", ".join(parts)


@attrs.frozen
class Span:
    """Characters of a text: from `start` (counted from 0) up to but without `end`."""

    start: int
    end: int


@attrs.frozen
class Citation:
    """The words that a rule rests on: document, article, text, and the characters in it."""

    document: str = ""
    article: str = attrs.field(default="", kw_only=True)
    text: str = attrs.field(default="", kw_only=True)
    span: Span | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """Return document and article with the cited words in Chinese quotation marks."""
        head = " ".join(part for part in (self.document, self.article) if part)
        words = self.text[self.span.start : self.span.end] if self.span else self.text
        return f"{head}「{words}」" if words else head


def display_width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: a Chinese character takes two.

    >>> display_width("满意率 90%")
    10
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def caret_line(text: str, start: int, end: int) -> str:
    """Return the line of `^` that stands right under `text[start:end]`."""
    return " " * display_width(text[:start]) + "^" * max(1, display_width(text[start:end]))
