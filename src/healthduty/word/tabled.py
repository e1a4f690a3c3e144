"""Any printed table (`display.Table`) on a page of an official document.

Source: “the rectification list”; what the library prints for people is a table.

>>> widths_of([["问题", "整改期限"], ["档案未按时建立，缺少签名", "即日"]], 100)[0] > 50
True
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from healthduty.display import Table
from healthduty.sources import display_width
from healthduty.word.official import Cell, Page
from healthduty.word.styles import Style

_LEAST = 11.0
"""The narrowest column, in millimetres: three characters."""

_PER_COLUMN = 1.86
"""Millimetres of half a Chinese character in a table."""

_MARGIN = 3.2


def add_table(page: Page, table: Table) -> None:
    """Add a table with its headings and rows, and its notes as small print below it."""
    columns = [
        place
        for place in range(len(table.headings))
        if not table.rows or any(row[place] for row in table.rows)
    ]
    texts = [[row[place] for place in columns] for row in (table.headings, *table.rows)]
    rows = [
        [Cell(text, _style(table, at - 1, place)) for text, place in zip(row, columns, strict=True)]
        for at, row in enumerate(texts)
    ]
    page.table(widths_of(texts, page.width), rows)
    for note in table.notes:
        page.add(Style.SMALL, note)


def _style(table: Table, row: int, column: int) -> Style:
    if row < 0:
        return Style.CELL_HEAD
    if row in table.strong:
        return Style.CELL_STRONG
    return Style.CELL_CENTRE if column in table.right else Style.CELL


def widths_of(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Return the widths of columns of text in millimetres, together `width`.

    A short column is as wide as its longest line; long ones share what is left by the root of
    what they hold, so that none is a thread and none a desert.
    """
    columns = list(zip(*rows, strict=True))
    lines = [max(map(display_width, "\n".join(column).split("\n"))) for column in columns]
    wanted = [max(_LEAST, _MARGIN + _PER_COLUMN * line) for line in lines]
    if sum(wanted) <= width:
        return [each * width / sum(wanted) for each in wanted]
    held = [math.sqrt(sum(map(display_width, column))) for column in columns]
    short = {
        place
        for place, each in enumerate(wanted)
        if each <= max(width * held[place] / sum(held) / 1.5, 2 * _LEAST)
    }
    if len(short) == len(columns):
        return [each * width / sum(wanted) for each in wanted]
    left = width - sum(wanted[place] for place in short)
    rest = sum(root for place, root in enumerate(held) if place not in short)
    return [
        wanted[place] if place in short else left * held[place] / rest
        for place in range(len(columns))
    ]
