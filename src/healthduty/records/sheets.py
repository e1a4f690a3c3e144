"""A sheet: headings above rows of cells, wherever they came from.

Rows of a delimited file and plain dicts become the same thing, so that they are read in the same
way. What is wrong with the shape of a row — blank, too long, too short — is told here.

Source: semantics 12 (a row that was not understood is reported with its place).

>>> row = Row(Place("数据.csv", row=3), ("南关", "83%"))
>>> print(row.at("满意率"))
数据.csv, row 3, column 满意率
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NoReturn

import attrs

from healthduty.records.cells import MOST_CHARACTERS
from healthduty.records.headers import Holds, Use
from healthduty.records.intake import Intake, listed, shown
from healthduty.records.json_data import step
from healthduty.records.plain import as_text
from healthduty.rules.measure import Measure
from healthduty.said import Said
from healthduty.scalars import own
from healthduty.sources import Place

_HEAD = 10
"""The header is sought in so many rows; titles and remarks may stand above it."""

_MOST_BELOW = 2
"""So many rows may stand below the header's first: the stages, and what is said of each."""

LOST = "\ufffd"
"""What a program writes for a character that it could not read."""


@attrs.frozen
class Row:
    """One row: where it stands, and its cells, one for each heading.

    `cells_at` gives the places of cells that know their own, by heading: those of a workbook.
    """

    place: Place
    cells: Sequence[object]
    cells_at: Callable[[str], Place | None] | None = None

    def at(self, heading: str) -> Place:
        """Return the place of one of its cells: a column, or a key of a JSON object."""
        if self.cells_at is not None and (own_place := self.cells_at(heading)) is not None:
            return own_place
        if self.place.path:
            return Place(self.place.source, path=step(self.place.path, heading))
        return attrs.evolve(self.place, column=shown(heading))


@attrs.frozen
class Sheet:
    """Headings, where they stand, and the rows below them."""

    headings: tuple[str, ...]
    place: Place
    rows: tuple[Row, ...]


def sheet_of_rows(
    rows: Sequence[Sequence[str]], intake: Intake, *, uses: Callable[[str], Sequence[Use]]
) -> Sheet:
    """Make a sheet of a file's rows.

    The header is the row that names the facility and has the most headings that are known, with
    the rows below it that say more of the same columns; `uses` tells what a heading means.

    Raises:
        SourceError: no row names the facility.
    """
    header = header_of(rows, uses)
    if header is None:
        _refuse_headless(rows, intake)
    for index, row in enumerate(rows[:header]):
        if text := " ".join(filter(None, map(str.strip, row))):
            place = attrs.evolve(intake.place, row=index + 1)
            intake.note(
                "record-row-above",
                Said(f"`{shown(text)}` stands above the header", f"`{shown(text)}`写在表头之上"),
                place,
            )
    place = attrs.evolve(intake.place, row=header + 1)
    headings, start = _merged(rows, header, intake)
    body = rows_below(rows, start, headings, intake)
    return Sheet(headings, place, tuple(body))


def header_of(rows: Sequence[Sequence[str]], uses: Callable[[str], Sequence[Use]]) -> int | None:
    """Return which row is the header, counted from 0; None where no row names the facility."""
    known = [[found for cell in row if (found := uses(cell))] for row in rows[:_HEAD]]
    named = [index for index, row in enumerate(known) if any(map(_of_facility, row))]
    return max(named, key=lambda index: len(known[index])) if named else None


def _merged(
    rows: Sequence[Sequence[str]], header: int, intake: Intake
) -> tuple[tuple[str, ...], int]:
    """Return the headings of a header of one or more rows, and where the rows below it begin.

    In a printed table 满意率 stands once above 自评, 核实 and 核实人; in the file, its cell is
    followed by blank ones. A row that holds nothing but such words is no facility's; what only
    repeats the heading above it, as 机构 does, says no more.
    """
    headings, index = list(rows[header]), header + 1
    while index < min(len(rows), header + 1 + _MOST_BELOW):
        pairs = itertools.zip_longest(headings, rows[index], fillvalue="")
        below = ["" if said.strip() == head.strip() else said.strip() for head, said in pairs]
        if not any(below) or not all(map(intake.names.says_more, filter(None, below))):
            break
        headings = _joined(headings, below)
        index += 1
    return tuple(headings), index


def _joined(headings: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return headings with what stands below each; a blank one goes on with the last before it."""
    joined, last = [], ""
    for heading, word in itertools.zip_longest(headings, below, fillvalue=""):
        last = heading if heading.strip() else last
        joined.append(f"{last}（{word.strip('()（）')}）" if word else heading)
    return joined


def _of_facility(uses: Sequence[Use]) -> bool:
    return any(use.holds in (Holds.FACILITY, Holds.NAME) for use in uses)


def _refuse_headless(rows: Sequence[Sequence[str]], intake: Intake) -> NoReturn:
    filled = ((number, row) for number, row in enumerate(rows, 1) if _width(row))
    first, row = next(filled)  # a table without any was refused as empty
    intake.report(
        "record-facility-column",
        Said(
            f"no column names the facility; row {first} holds {listed(filter(str.strip, row))}",
            f"没有写单位名称的列；第{first}行是{listed(filter(str.strip, row)).zh}",
        ),
        intake.place,
        hint=Said("head one 机构名称 or facility", "表头写“机构名称”或facility"),
    )
    intake.refuse()


def rows_below(
    rows: Sequence[Sequence[str]],
    start: int,
    headings: Sequence[str],
    intake: Intake,
    before: int = 0,
) -> Iterator[Row]:
    """Go through the rows below the header; blank ones after the last don't count.

    `before` is how many rows of the file stand above these.
    """
    width = _width(headings)
    blank: list[Place] = []
    for index in range(start, len(rows)):
        place = attrs.evolve(intake.place, row=before + index + 1)
        cells = rows[index]
        if not any(cells) or not any(map(str.strip, cells)):
            blank.append(place)
            continue
        for gap in blank:
            intake.warn("record-row-empty", Said("the row is empty", "空行"), gap)
        blank.clear()
        if len(cells) != len(headings):
            cells = _fitted(cells, headings, width, place, intake)
        row, text = Row(place, cells), "".join(cells)
        if LOST in text or len(text) > MOST_CHARACTERS:  # one look at the row, most have neither
            _watch(row, headings, intake)
        yield row


def _width(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last that holds something."""
    return max((index for index, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _fitted(
    cells: Sequence[str], headings: Sequence[str], width: int, place: Place, intake: Intake
) -> Sequence[str]:
    """Return a row as wide as the header, and tell what was wanting or left over."""
    if len(cells) < width:
        intake.warn(
            "record-row-short",
            Said(
                f"the row has {len(cells)} cells, the header {width}: the others count as blank",
                f"这一行只有{len(cells)}格，表头有{width}格：其余按未填处理",
            ),
            place,
        )
    if surplus := [cell for cell in cells[len(headings) :] if cell.strip()]:
        intake.report(
            "record-row-long",
            Said(
                f"the row has {_width(cells)} cells, the header {width}:"
                f" {listed(surplus)} {'belongs' if len(surplus) == 1 else 'belong'} to no column",
                f"这一行有{_width(cells)}格，表头只有{width}格：{listed(surplus).zh}没有对应的列",
            ),
            place,
            hint=Said("a cell with a comma inside wants quotation marks", "格内有逗号时要加引号"),
        )
    return [*cells[: len(headings)], *[""] * (len(headings) - len(cells))]


def _watch(row: Row, headings: Sequence[str], intake: Intake) -> None:
    """Report cells that no spreadsheet can hold, and characters that were lost on the way."""
    for heading, text in zip(headings, row.cells, strict=True):
        if not isinstance(text, str):
            continue
        if len(text) > MOST_CHARACTERS:
            message = Said(
                f"the cell holds {len(text)} characters, more than {MOST_CHARACTERS}",
                f"这一格有{len(text)}个字，超过{MOST_CHARACTERS}",
            )
            intake.report("record-cell-long", message, row.at(heading))
        if LOST in text:
            message = Said(
                f"`{shown(text)}` has lost characters: they were saved in another encoding",
                f"`{shown(text)}`丢了字：存成了别的编码",
            )
            intake.warn("record-character-lost", message, row.at(heading))


def sheet_of_dicts(
    items: Sequence[Mapping[str, object]], places: Sequence[Place], intake: Intake
) -> Sheet:
    """Make a sheet of plain dicts, whose keys are headings; what a dict lacks is blank."""
    headings = tuple(dict.fromkeys(heading_of(key) for item in items for key in item))
    rows = []
    for item, place in zip(items, places, strict=True):
        cells = {heading_of(key): own(value) for key, value in item.items()}
        row = Row(place, [cells.get(heading) for heading in headings])
        if any(map(as_text, row.cells)):
            _watch(row, headings, intake)
            rows.append(row)
        else:
            intake.warn("record-row-empty", Said("the row is empty", "空行"), place)
    header = Place(intake.source, path="$[*]") if places[0].path else Place(intake.source)
    return Sheet(headings, header, tuple(rows))


def heading_of(key: object) -> str:
    """Return the heading that a dict's key stands for: a text, or a measure's code."""
    return key.code if isinstance(key, Measure) else str(key)
