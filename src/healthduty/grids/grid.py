r"""A grid of cells and a paragraph: the neutral form of whatever a file holds.

A merged cell stands at each position that it covers, as the very same object: who asks a row for
its section finds it, and who goes through the cells meets it once.

Source: “merged and nested cells”; semantics 12 (every fault names its place).

>>> grid = grid_of_rows([["指标", "分值"], ["台账", "5"]], Place("表.csv"))
>>> print(grid.at(1, 1).text, grid.at(1, 1).place, sep=" @ ")
5 @ 表.csv, row 2, column B
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from healthduty.findings import Findings
from healthduty.sources import Place


@attrs.frozen
class Cell:
    """A cell: its text, where it stands, how many rows and columns it covers.

    The text has no space around it and no empty lines.
    """

    text: str
    place: Place
    rows: int = attrs.field(default=1, kw_only=True)
    columns: int = attrs.field(default=1, kw_only=True)


@attrs.frozen(eq=False)
class Grid:
    """A rectangle of cells, row by row; `place` is the sheet or the table as a whole."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place = attrs.field(default=Place())

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.rows[0]) if self.rows else 0

    def at(self, row: int, column: int) -> Cell:
        """Return the cell at a position, both counted from 0."""
        return self.rows[row][column]

    def cells(self, row: int) -> Iterator[Cell]:
        """Go through the different cells of a row, a merged one once."""
        seen: set[int] = set()
        for cell in self.rows[row]:
            if id(cell) not in seen:
                seen.add(id(cell))
                yield cell

    def begins(self, row: int, column: int) -> bool:
        """Whether the cell at a position begins in this row, and does not come from above."""
        return row == 0 or self.rows[row - 1][column] is not self.rows[row][column]

    def is_fresh(self, row: int, cell: Cell) -> bool:
        """Whether a cell of a row begins there, and does not come from the row above."""
        return row == 0 or all(cell is not above for above in self.rows[row - 1])


@attrs.frozen
class Paragraph:
    """A paragraph, its automatic number included, or the line of a text."""

    text: str
    place: Place


Block = Grid | Paragraph
"""What a file is made of, in order."""


@attrs.frozen
class Contents:
    """What a source holds, in order, and what of it could not be read."""

    source: str
    blocks: tuple[Block, ...]
    findings: Findings = attrs.field(default=Findings())


def clean(text: str) -> str:
    r"""Return a cell's text without space around it, its lines divided by `\n`.

    >>> clean(" 台账\r\n 齐全\u3000")
    '台账\n齐全'
    """
    lines = (line.strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(filter(None, lines))


def column_letter(index: int) -> str:
    """Return the letter by which a spreadsheet calls a column, counted from 0.

    >>> column_letter(0), column_letter(26)
    ('A', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


Area = tuple[int, int, int, int]
"""A merged area: first row, first column, last row, last column, all counted from 0."""


def grid_of_rows(
    rows: Sequence[Sequence[str]], place: Place, *, merged: Iterable[Area] = (), first: int = 1
) -> Grid:
    """Make a grid of rows of texts, the short ones filled up with empty cells.

    `first` is what the first row is called in places; `merged` are the areas that one cell covers.
    """
    width = max(map(len, rows), default=0)
    cells = [
        [
            Cell(
                clean(row[column]) if column < len(row) else "",
                attrs.evolve(place, row=first + index, column=column_letter(column)),
            )
            for column in range(width)
        ]
        for index, row in enumerate(rows)
    ]
    for area in merged:
        _merge(cells, area)
    return Grid(tuple(map(tuple, cells)), place)


def _merge(cells: list[list[Cell]], area: Area) -> None:
    """Put one cell in all positions of an area, as far as it lies inside the grid."""
    top, left, bottom, right = area
    bottom, right = min(bottom, len(cells) - 1), min(right, len(cells[0]) - 1 if cells else -1)
    if top > bottom or left > right:
        return
    whole = attrs.evolve(cells[top][left], rows=bottom - top + 1, columns=right - left + 1)
    for row in range(top, bottom + 1):
        cells[row][left : right + 1] = [whole] * (right - left + 1)
