r"""How a row of a table is scored: its standard, its faults with what they cost, its deeds.

A fault and its points may stand in two cells (缺签名 | 2), several of each, line by line; a merged
cell of points is each fault's beside it. What adds points stands in columns of its own. Where a
table has nothing but faults and points, each fault is an item, and its name what it costs for.

Source: the contract's “Levels”; “merged and nested cells”.

>>> paired("缺一件\n动作粗暴", "2\n3")
'缺一件 | 2\n动作粗暴 | 3'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from healthduty.documents.column import Column
from healthduty.documents.drafts import BESIDE, BONUS_WORDS, FAULT_WORDS
from healthduty.documents.headings import Header, role_of
from healthduty.documents.printed import is_points
from healthduty.grids.grid import Cell, Grid, Paragraph

_ADDED = re.compile(r"^\s*[+＋]\s*(\d{1,3}(?:\.\d{1,2})?)分?")
Cells = Callable[[Sequence[int]], list[Cell]]
"""The cells of some columns that begin in a row."""


@attrs.frozen
class Scored:
    """A text that says how a row is scored, and what stands over it."""

    text: Paragraph
    heading: str


def paired(faults: str, lost: str) -> str:
    """Return faults with what they cost: line by line where there are as many lines of each."""
    each, costs = faults.splitlines(), lost.splitlines()
    if len(each) != len(costs):
        each, costs = [faults], ["；".join(costs)]
    return "\n".join(map(BESIDE.join, zip(each, map(_with_sign, costs), strict=True)))


def _with_sign(cost: str) -> str:
    """Return points that are added in words: +0.5/件 among what faults cost.

    >>> _with_sign("+0.5/件"), _with_sign("-2/份")
    ('加0.5分/件', '-2/份')
    """
    return _ADDED.sub(r"加\1分", cost)


def scored_in(
    grid: Grid, header: Header, row: int, cells: Cells, named: Cell | None
) -> list[Scored]:
    """Return what a row says of its points; `named` is the cell that names an item of its own."""
    found = [
        *_standard(grid, header, row, cells, named),
        _beside(grid, header, row, cells, (Column.DEED, (Column.GAINED,))),
    ]
    return [each for each in found if each is not None]


def names_faults(header: Header) -> bool:
    """Whether the innermost level is the faults themselves, or the deeds."""
    if header.columns(Column.LOST) and not header.columns(Column.FAULT):
        return True
    level = header.levels()[-1]
    return role_of(header.headings[level]) in {Column.FAULT, Column.DEED}


def _standard(
    grid: Grid, header: Header, row: int, cells: Cells, named: Cell | None
) -> list[Scored | None]:
    """Return the standard of a row, and its faults with what each costs."""
    lost, scoring = header.columns(Column.LOST), header.columns(Column.SCORING)
    if header.columns(Column.FAULT) and lost:
        faults = _beside(grid, header, row, cells, (Column.FAULT, (Column.LOST,)))
        return [_own(header, cells(scoring), None), faults]
    if header.columns(Column.FAULT):
        return [_beside(grid, header, row, cells, (Column.FAULT, (Column.SCORING,)))]
    columns = (*lost, *scoring)
    if names_faults(header) and not header.columns(Column.DEED):
        columns = (*columns, *header.columns(Column.GAINED))
    return [_own(header, cells(columns), named)]


def _own(header: Header, own: Sequence[Cell], named: Cell | None) -> Scored | None:
    """Return what the cells of a standard say, behind the name of an item that is a fault."""
    if not own:
        return None
    columns = (Column.LOST, Column.SCORING, Column.GAINED)
    heading = next(header.headings[at] for role in columns for at in header.columns(role))
    text = "\n".join(cell.text for cell in own)
    if named is None:
        return Scored(Paragraph(text, own[0].place), heading)
    level = header.headings[header.levels()[-1]]
    over = BONUS_WORDS if role_of(level) is Column.DEED else FAULT_WORDS
    if all(is_points(cell.text) for cell in own):
        text = BESIDE.join((named.text, text))
    return Scored(Paragraph(text, own[0].place), BESIDE.join((over, heading)))


def _beside(
    grid: Grid, header: Header, row: int, cells: Cells, roles: tuple[Column, tuple[Column, ...]]
) -> Scored | None:
    """Return faults or deeds with the points in the cells beside them, merged ones included."""
    things = cells(header.columns(roles[0]))
    columns = tuple(column for role in roles[1] for column in header.columns(role))
    if roles[0] is Column.DEED and not header.columns(Column.DEED):
        return None
    beside = cells(columns)
    headings = sorted({header.headings[column] for column in columns})
    over = BONUS_WORDS if roles[0] is Column.DEED else FAULT_WORDS
    heading = BESIDE.join((over, *headings))
    costs = {id(cell): _cost(cell) for at in columns if (cell := grid.at(row, at)).text}
    if things and len(costs) == 1:
        text = paired("\n".join(cell.text for cell in things), *costs.values())
        return Scored(Paragraph(text, things[0].place), heading)
    alone = [*things, *beside]
    if not alone:
        return None
    return Scored(Paragraph("\n".join(cell.text for cell in alone), alone[0].place), heading)


def _cost(cell: Cell) -> str:
    """Return what a cell says that each fault costs: 各1 over several rows is 1 for each."""
    return cell.text.removeprefix("各") if cell.rows > 1 else cell.text
