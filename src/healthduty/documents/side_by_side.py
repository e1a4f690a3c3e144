"""Tables that stand beside each other under one header row: 缺陷 | 扣分 | 缺陷 | 扣分.

A sheet that is wide and short is often printed in two halves. Each half is a table of its own, and
goes on where the one before it ends.

Source: the contract's “Levels”; semantics 12 (no column is skipped).

>>> from healthduty.grids.grid import grid_of_rows
>>> from healthduty.sources import Place
>>> rows = [["内容", "缺陷", "内容", "缺陷"], ["病历", "缺签名", "处方", "缺诊断"]]
>>> [half.at(1, 0).text for half in halves(grid_of_rows(rows, Place()), 0)]
['病历', '处方']
"""

from __future__ import annotations

from collections.abc import Sequence

from healthduty.documents.spelling import squeeze
from healthduty.grids.grid import Cell, Grid

_LEAST = 2  # a column of items, and one that says something of them


def halves(grid: Grid, row: int) -> list[Grid]:
    """Return the tables that the words of a header row part a grid into; itself where it is one."""
    words = [squeeze(cell.text) for cell in grid.rows[row]]
    width = _period(grid.rows[row], words)
    if not width:
        return [grid]
    return [_columns(grid, row, begin, width) for begin in range(0, grid.width, width)]


def _period(cells: Sequence[Cell], words: Sequence[str]) -> int:
    """Return after how many columns a header begins again, 0 where it does not."""
    for width in range(_LEAST, len(words) - 1):
        if words[width] != words[0] or not words[0] or cells[width] is cells[0]:
            continue
        blocks = [[*filter(None, words[at : at + width])] for at in range(0, len(words), width)]
        if len(set(blocks[0])) >= _LEAST and all(block == blocks[0] for block in blocks):
            return width
    return 0


def _columns(grid: Grid, row: int, begin: int, width: int) -> Grid:
    """Return some columns of a grid, without the empty ones that set them off.

    A cell that begins left of them is not theirs.
    """
    last = min(begin + width, grid.width)
    while last - begin > _LEAST and not any(_own(cells[last - 1]) for cells in grid.rows[row:]):
        last -= 1
    rows = []
    for cells in grid.rows:
        left = {id(cell) for cell in cells[:begin]}
        own = cells[begin:last]
        rows.append(tuple(Cell("", cell.place) if id(cell) in left else cell for cell in own))
    return Grid(tuple(rows), grid.place)


def _own(cell: Cell) -> bool:
    """Whether a cell says something in its column alone."""
    return cell.text != "" and cell.columns == 1
