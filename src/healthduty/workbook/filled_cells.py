"""The cells of a filled sheet, by the codes that stand above and beside them.

Where somebody inserted or moved a column, its code went along; a column whose code was lost, or
is there twice, is told, and so is every cell that holds something under no code at all.

Source: semantics 12 (nothing is dropped); “every fault at once by sheet and cell”.

>>> from healthduty.sources import Place
>>> rows = (("满意率",), ("hd|verified|value|satisfaction",), ("93",))
>>> row, columns = codes_in(Tab(Place("a.xlsx", sheet="数据"), rows))
>>> row, [str(code) for code in columns.values()]
(1, ['hd|verified|value|satisfaction'])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from healthduty.grids.excel import Tab
from healthduty.records.headers import Stage
from healthduty.records.intake import Intake, listed, shown
from healthduty.records.workbooks import report_merged
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.workbook.template_about import PageAbout
from healthduty.workbook.template_codes import ASIDE, SUBJECT, Code, Part, read_code

_HEAD = 40
"""The codes are sought in so many rows; people insert rows above the table."""

_LISTED = 5
_OURS = (Part.SHOWN, Part.HERE)
"""Columns in which the sheet's own words stand."""


@attrs.frozen
class Entered:
    """What one cell says, and where it stands."""

    text: str
    place: Place


@attrs.frozen
class Line:
    """A row below the codes, or one unit's whole sheet: its cells by code, blank ones left out."""

    place: Place
    cells: Mapping[Code, Entered]

    @property
    def filled(self) -> bool:
        """Whether anything is filled in beyond whose row it is and who stated it."""
        return any(code.part not in SUBJECT and code.part not in ASIDE for code in self.cells)

    def said(self, part: Part, stage: Stage | None = None) -> Entered | None:
        """Return a cell that belongs to no measure; None where it is blank."""
        return self.cells.get(Code(part, "", stage))

    def text(self, part: Part, stage: Stage | None = None) -> str:
        """Return what a cell says that belongs to no measure; nothing where it is blank."""
        said = self.said(part, stage)
        return "" if said is None else said.text


@attrs.define
class _Stray:
    """The cells of a sheet that stand under no code, column by column."""

    tab: Tab
    cells: dict[int, list[tuple[int, str]]] = attrs.Factory(dict)

    def add(self, row: int, column: int, text: str) -> None:
        """Note a cell."""
        self.cells.setdefault(column, []).append((row, text))

    def report(self, intake: Intake) -> None:
        """Report the first of each column, and how many follow."""
        for column, ((row, text), *others) in self.cells.items():
            many = Said("", "")
            if others:
                left = len(others)
                many = Said(f", and {left} more in this column", f"（本列还有{left}处）")
            message = Said(
                f"`{shown(text)}` stands outside the cells to fill in{many}: it is not read",
                f"`{shown(text)}`写在填报格之外{many.zh}，未读取",
            )
            intake.warn("workbook-cell-outside", message, self.tab.at(row, column))


def codes_in(tab: Tab) -> tuple[int, dict[int, Code]] | None:
    """Return the row of codes above the columns of a sheet, and which column has which.

    It is the row with the most of them; None where no row holds any.
    """
    best: tuple[int, dict[int, Code]] | None = None
    for index, row in enumerate(tab.rows[:_HEAD]):
        found = {column: code for column, text in enumerate(row) if (code := read_code(text))}
        if found and (best is None or len(found) > len(best[1])):
            best = index, found
    return best


def lines_of(tab: Tab, about: PageAbout, intake: Intake) -> Iterator[Line]:
    """Go through the rows of a sheet that hold something; report what stands under no code."""
    found = _columns(tab, about, intake)
    if found is None:
        return
    start, columns = found
    stray = _Stray(tab)
    _report_merged(tab, intake, lambda row, _: row > start)
    for index, row in enumerate(tab.rows):
        cells: dict[Code, Entered] = {}
        for column, text in _filled(row):
            if column not in columns:
                stray.add(index, column, text)
            elif index > start and columns[column].part not in _OURS:
                cells[columns[column]] = Entered(text, tab.at(index, column))
        if cells:
            yield Line(attrs.evolve(tab.place, row=index + 1), cells)
    stray.report(intake)


def unit_of(tab: Tab, about: PageAbout, intake: Intake) -> Line | None:
    """Return the cells of one unit's sheet, by the codes of their rows and columns together."""
    found = _columns(tab, about, intake)
    if found is None:
        return None
    start, columns = found
    at, beside = _beside(tab, start, intake)
    _report_merged(tab, intake, lambda row, column: _is_value(beside.get(row), columns.get(column)))
    cells: dict[Code, Entered] = {}
    stray = _Stray(tab)
    for index, row in enumerate(tab.rows):
        code = beside.get(index)
        for column, text in _filled(row):
            above = columns.get(column)
            crossed = _crossed(code, above)
            if crossed is not None:
                cells[crossed] = Entered(text, tab.at(index, column))
            elif column != at and index != start and not _ours(code, above, below=index > start):
                stray.add(index, column, text)
    stray.report(intake)
    return Line(tab.place, cells)


def _report_merged(tab: Tab, intake: Intake, counts: Callable[[int, int], bool]) -> None:
    """Report the cells to fill in that somebody merged; `counts` tells which are such cells."""
    for area in tab.merged:
        top, left = area[:2]
        inside = top < len(tab.rows) and left < len(tab.rows[top])
        if inside and counts(top, left) and tab.rows[top][left].strip():
            report_merged(area, tab, intake)


def _is_value(beside: Code | None, above: Code | None) -> bool:
    crossed = _crossed(beside, above)
    return crossed is not None and crossed.part not in SUBJECT and crossed.part not in ASIDE


def _crossed(beside: Code | None, above: Code | None) -> Code | None:
    """Return what is filled in where a row and a column with these codes cross, if anything is."""
    if beside is None or above is None or beside.part is Part.SHOWN:
        return None
    if beside.part in SUBJECT or beside.part in ASIDE:
        return beside if above.part is Part.HERE else None
    return None if above.part in _OURS else Code(above.part, beside.target, above.stage)


def _ours(beside: Code | None, above: Code | None, *, below: bool) -> bool:
    """Return whether a cell that is no input holds the sheet's own words: a heading, a unit."""
    if above is None:
        return False
    if beside is not None:
        return beside.part is Part.SHOWN or above.part in _OURS
    return not below


def _columns(tab: Tab, about: PageAbout, intake: Intake) -> tuple[int, dict[int, Code]] | None:
    """Return the codes above the columns, each once; report what of them is wrong."""
    found = codes_in(tab)
    if found is None:
        message = Said(
            "the hidden row of codes is gone: the sheet can't be read",
            "隐藏的代码行不见了，这张表无法读取",
        )
        hint = Said("copy the values into a fresh data workbook", "把数据抄到新发的填报工作簿")
        intake.report("workbook-codes-lost", message, tab.place, hint=hint)
        return None
    start, columns = found
    seen: dict[Code, int] = {}
    for column, code in columns.items():
        if code.part not in _OURS and code in seen:
            first = tab.at(start, seen[code]).column
            own = tab.at(start, column).column
            message = Said(f"column {own} is a copy of column {first}", f"{own}列是{first}列的复制")
            hint = Said(
                "of the two only the first is read: delete the other",
                "两处只读第一处，请删去另一处",
            )
            intake.report("workbook-column-twice", message, tab.at(start, column), hint=hint)
            columns = {**columns, column: Code(Part.SHOWN)}
        seen.setdefault(code, column)
    _report_lost(about, tab, intake)
    return start, columns


def _report_lost(about: PageAbout, tab: Tab, intake: Intake) -> None:
    """Report what the sheet had a place for when it was made, and has none any more."""
    there = {text.strip() for row in tab.rows for text in row if read_code(text.strip())}
    lost = [code for text in about.codes if text not in there and (code := read_code(text))]
    if lost:
        names = [" ".join(filter(None, (each.target, each.stage, each.part))) for each in lost]
        left = len(lost) - _LISTED
        more = Said(f" and {left} more", f"等，另有{left}处") if left > 0 else Said("", "")
        message = Said(
            f"deleted from the sheet: {listed(names[:_LISTED])}{more}",
            f"从表中删去了：{listed(names[:_LISTED]).zh}{more.zh}",
        )
        hint = Said("copy the values into a fresh data workbook", "把数据抄到新发的填报工作簿")
        intake.report("workbook-column-lost", message, tab.place, hint=hint)


def _beside(tab: Tab, start: int, intake: Intake) -> tuple[int, dict[int, Code]]:
    """Return in which column a unit's rows have their codes, and which row has which, each once."""
    counts: dict[int, int] = {}
    for index, row in enumerate(tab.rows):
        for column, text in _filled(row) if index != start else ():
            counts[column] = counts.get(column, 0) + bool(read_code(text))
    at = max(counts, key=lambda column: (counts[column], -column), default=0)
    beside: dict[int, Code] = {}
    seen: dict[Code, int] = {}
    for index, row in enumerate(tab.rows):
        code = read_code(row[at].strip()) if index != start and at < len(row) else None
        if code is None:
            continue
        if code in seen and code.part is not Part.SHOWN:
            message = Said(
                f"row {index + 1} is a copy of row {seen[code] + 1}",
                f"第{index + 1}行是第{seen[code] + 1}行的复制",
            )
            hint = Said(
                "of the two only the first is read: delete the other",
                "两处只读第一处，请删去另一处",
            )
            place = attrs.evolve(tab.place, row=index + 1)
            intake.report("workbook-row-twice", message, place, hint=hint)
            code = Code(Part.SHOWN)
        seen.setdefault(code, index)
        beside[index] = code
    return at, beside


def _filled(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Go through the cells of a row that hold something, without the space around it."""
    for column, cell in enumerate(row):
        text = cell.strip()
        if text:
            yield column, text
