"""The items of a table, row by row: what begins where, whose points, which cells are whose.

A merged cell stands for all its rows; where nothing is merged, a blank continues the cell above.
Rows of an item that have points each are its parts; rows without add to what it says.

Source: the contract's “Levels”; “section → indicator → part, continuation rows”.

>>> draft = draft_of(Cell("一、组织管理（20分）", Place()))
>>> draft.label, draft.title, str(draft.points)
('一、', '组织管理', '20')
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.documents.asked import defines
from healthduty.documents.column import Column
from healthduty.documents.drafts import (
    VETO_WORDS,
    Clause,
    Draft,
    Kind,
    cell_points,
    kind_of,
    titled_points,
)
from healthduty.documents.headings import Header, is_content, role_of
from healthduty.documents.items import Reader
from healthduty.documents.listed import listed_points, parts_of, stated_in
from healthduty.documents.markers import counting, dotted, first_marker
from healthduty.documents.named_values import number_of, with_values
from healthduty.documents.passages import TakenFor
from healthduty.documents.scored import Scored, names_faults, scored_in
from healthduty.documents.spelling import fold, headline, squeeze
from healthduty.exact import show
from healthduty.grids.grid import Cell, Grid, Paragraph
from healthduty.said import Said
from healthduty.sources import Place

_TOTAL = re.compile(
    r"合计|总计|共计|总分|总分值|总得分|总评分|(?:合计|总计)(?:得分|分值|分)|(?:得分|分值)合计|总"
)
_SUBTOTAL = re.compile(r"小计|分项合计|本项小计|本项合计|小计(?:得分|分值|分)")
_STATED = re.compile(r":?(?P<points>\d{1,4}(?:\.\d{1,2})?)分?[.。]?$")
"""Points behind the word that they are the total of."""
_SCORES = re.compile(r"\d+(?:\.\d+)?\s*分|扣|不得分|否决")
_TELLS = re.compile(rf"{_SCORES.pattern}|除外|不计[入算]?|不纳入|不作为|不列入")
"""What a remark says of the scoring: points, or that something does not count."""
_DASHES = frozenset("-/\\、.…无 ")
_SIGNS = {"+": Kind.BONUS, "-": Kind.DEMERIT}
"""What a sign before an item's points says: they are added to the total, or come off it."""
_WHOLE = Fraction(100)
_DITTO = re.compile("同上(?:一?[行项条格]|标准|评分标准)?|[〃″]")
_COUNTED = re.compile(r"[,，、]?[(（]?每\w{1,2}[)）]?$")
"""What is counted of a fault, behind its name: 垃圾混放，每处."""
_TRIMMED = " \n:：、,，.。;；▲△★☆※◆■●*＊"


_COSTING = re.compile(r"的?(?:每[^,，]{0,3}|[一1][^,，\d]{1,2})?[扣加]\d+(?:\.\d+)?分$")
"""What a fault costs, behind it: 发生纠纷的每起扣5分."""
_CONTENTS = re.compile(r"(?:内容|要求|项目)(?:及|与|和|、)")
"""A column of what is asked and how it is scored, in one."""


def draft_of(cell: Cell) -> Draft:
    """Make an item of its cell: number, title and points are taken apart."""
    points, rest = titled_points(cell.text)
    label, ordinal, path = "", None, ""
    if (found := dotted(rest)) is not None:
        path, label = found[0], found[0]
        rest = rest[found[1] :]
    elif (marker := first_marker(rest)) is not None and not counting(rest):
        label, ordinal = marker.label, marker.value or None
        rest = rest[marker.end :]
    numbers = counting(rest)
    rest = rest[numbers[0].end :] if numbers else rest  # 1.报告率100%；2.分析12期 in one cell
    first, _, more = rest.strip().partition("\n")
    listed = bool(numbers) or first_marker(more) is not None
    title = (headline(first) if listed else rest).strip(_TRIMMED).removesuffix("的") or cell.text
    draft = Draft(title, cell.place, label=label, ordinal=ordinal, dotted=path)
    draft.points, draft.text, draft.kind = points, cell.text, kind_of(title)
    return draft


@attrs.define
class Items:
    """The items of one table on their way.

    `path` is the current item of each level, `banner` the section of a row that is one cell;
    `split` says that the rows of the current item have points each.
    """

    grid: Grid
    header: Header
    reader: Reader
    drafts: list[Draft] = attrs.Factory(list)
    path: list[Draft | None] = attrs.Factory(list)
    levels: tuple[int, ...] = ()
    contents: tuple[int, ...] = ()
    """A column of contents (考核内容) that is a requirement here and no level."""
    banner: Draft | None = None
    split: bool = False
    standards: dict[str, str] = attrs.Factory(dict)
    """The last standard under each heading."""
    of_inner: frozenset[int] = frozenset()
    """The columns of points that stand left of the level whose items have them."""

    def __attrs_post_init__(self) -> None:
        """Tell which columns are levels."""
        levels = self.header.levels()
        inner = levels[-1]
        if len(levels) > 1 and is_content(self.header.headings[inner]):
            rows = range(self.header.body, len(self.grid.rows))
            named = len(levels) > 2  # noqa: PLR2004 - section and indicator stand before it
            if named or all(
                self._begins(row, levels[-2]) for row in rows if self._begins(row, inner)
            ):
                levels, self.contents = levels[:-1], (inner,)
        self.levels = levels
        self.path = [None] * len(levels)
        self.of_inner = frozenset(filter(self._is_of_inner, self.header.columns(Column.POINTS)))

    def _is_of_inner(self, points: int) -> bool:
        """Whether points left of the inner level are its own: more of them than of sections."""
        outer = [column for column in self.levels if column < points]
        if not outer or outer[-1] == self.levels[-1]:
            return False
        rows = range(self.header.body, len(self.grid.rows))
        stated = sum(
            self._begins(row, points) and cell_points(self.grid.at(row, points).text) is not None
            for row in rows
            if not (is_total(self.grid, row) or is_subtotal(self.grid, row))
        )
        return stated > sum(self._begins(row, outer[-1]) for row in rows)

    def _begins(self, row: int, column: int) -> bool:
        return bool(self.grid.at(row, column).text) and self.grid.begins(row, column)

    def open_section(self, cell: Cell, label: str = "") -> None:
        """Begin the section that a row names which is one cell, its number beside it or not."""
        self.banner = draft_of(cell)
        self.banner.label = self.banner.label or label
        self.reader.take(cell.text, cell.place, TakenFor.SECTION)
        self.drafts.append(self.banner)
        self.path = [None] * len(self.levels)

    def section(self) -> Draft | None:
        """Return the outermost item of the current row."""
        return self.banner or next((each for each in self.path if each is not None), None)

    def read(self, row: int) -> None:
        """Begin the items that a row names, and give the other cells to the innermost of them."""
        begun = self._begin_items(row)
        depth = max((d for d, each in enumerate(self.path) if each is not None), default=None)
        item = None if depth is None else self.path[depth]
        if depth is None or item is None:
            self._unread(row)
            return
        if begun:
            self.split = self._has_parts(row, self.levels[depth])
        target = self._points(row, depth, item)
        clauses = self._clauses(row, target)
        asked = self._said_first(clauses[0]) if clauses else None
        if target is not item and asked is not None:
            marker = first_marker(asked.text)
            title = headline(asked.text[marker.end if marker else 0 :].strip())
            target.title = _COSTING.sub("", title) or title
        listed = self._listed(row) or stated_in(clauses, item.points)
        parts = parts_of(clauses, listed, item) if target is item and listed else []
        item.parts += parts
        target.clauses += () if parts else clauses
        self._aside(row, target)

    def _said_first(self, clause: Clause) -> Paragraph | None:
        """Return what a row's part is called by: its requirement, or 检查内容及评分标准 in one."""
        both = _CONTENTS.search(squeeze(clause.heading)) is not None
        return clause.requirement or (clause.scoring if both else None)

    def _unread(self, row: int) -> None:
        cells = [cell for cell in self.grid.cells(row) if cell.text]
        text = " ".join(cell.text for cell in cells)
        place = attrs.evolve(cells[0].place, column="")
        self.reader.report(
            "table-row-unread",
            Said(f"`{text[:40]}` belongs to no item", f"`{text[:40]}`不属于任何条目"),
            place,
        )
        for cell in cells:
            self.reader.take(cell.text, cell.place, TakenFor.UNREAD)

    # ---------------------------------------------------------------------------- levels

    def _begin_items(self, row: int) -> bool:
        """Begin the items that a row names; return whether there is any new one."""
        begun = False
        for depth, column in enumerate(self.levels):
            cell = self.grid.at(row, column)
            if not self._begins(row, column):
                if begun:
                    self.path[depth] = None
            elif depth and cell is self.grid.at(row, self.levels[depth - 1]):
                self.path[depth] = None  # one cell across two levels is the outer one
            elif not begun and self._is_repeated(depth, cell):
                self.reader.take(cell.text, cell.place, TakenFor.SECTION)
            else:
                self._begin(depth, cell)
                begun = True
        return begun

    def _is_repeated(self, depth: int, cell: Cell) -> bool:
        """Whether an item's name is repeated in its next row, as an export does."""
        current = self.path[depth]
        return current is not None and current.text == cell.text

    def _begin(self, depth: int, cell: Cell) -> None:
        draft = draft_of(cell)
        if names_faults(self.header):
            draft.title = _COUNTED.sub("", draft.title) or draft.title
        above = [each for each in self.path[:depth] if each is not None]
        parent = above[-1] if above else self.banner
        if parent is not None and parent.kind is not Kind.PLAIN:
            draft.kind = parent.kind
        elif role_of(self.header.headings[self.levels[depth]]) is Column.DEED:
            draft.kind = Kind.BONUS
        if not above and parent is not None and self._is_named_above(draft, parent):
            draft = parent
        else:
            (self.drafts if parent is None else parent.children).append(draft)
        self.path[depth:] = [draft, *[None] * (len(self.path) - depth - 1)]
        self.reader.take(cell.text, cell.place, TakenFor.ITEM)

    def _is_named_above(self, draft: Draft, banner: Draft) -> bool:
        """Whether a row across the table has named the section of the outer column already."""
        return len(self.levels) > 1 and draft.title == banner.title

    def _has_parts(self, row: int, column: int) -> bool:
        """Whether the rows of an item that begins in a row have points each."""
        columns = [each for each in self.header.columns(Column.POINTS) if each > column]
        last = row + 1
        while last < len(self.grid.rows) and not self._ends(last):
            last += 1
        return any(
            sum(
                self._begins(each, points)
                and cell_points(self.grid.at(each, points).text) is not None
                for each in range(row, last)
            )
            > 1
            for points in columns
        )

    def _ends(self, row: int) -> bool:
        """Whether a row is no part of the item above it: another begins, or totals stand there."""
        if any(self._begins(row, column) for column in self.levels):
            return True
        return is_total(self.grid, row) or is_subtotal(self.grid, row)

    # ---------------------------------------------------------------------------- points

    def _points(self, row: int, depth: int, item: Draft) -> Draft:
        """Give the points of a row to their items; return the item, or the part that they make."""
        target = item
        for column in self.header.columns(Column.POINTS):
            cell = self.grid.at(row, column)
            points = self._value(cell) if self._begins(row, column) else None
            if points is None:
                continue
            owner = self._owner(row, column, cell, depth)
            if owner.kind is Kind.PLAIN:  # +5, -5
                owner.kind = _SIGNS.get(fold(cell.text).strip()[0], Kind.PLAIN)
            if owner is item and self.split and column > self.levels[depth]:
                target = Draft(item.title, cell.place, points=points, kind=item.kind)
                target.context = item.text
                item.parts.append(target)
                continue
            if owner.points is not None and owner.points != points:
                self.reader.report(
                    "table-points-differ",
                    Said(
                        f"the title says {show(owner.points)} points, the column {show(points)}",
                        f"标题写{show(owner.points)}分，分值列写{show(points)}分",
                    ),
                    cell.place,
                    hint=Said("the column is taken", "以分值列为准"),
                )
            owner.points = points
            owner.weighs = fold(cell.text).strip().endswith("%")
        return target

    def _listed(self, row: int) -> list[Fraction]:
        """Return the points of a cell of this row that has several."""
        columns = self.header.columns(Column.POINTS)
        cells = (self.grid.at(row, at).text for at in columns if self._begins(row, at))
        return next(filter(None, map(listed_points, cells)), [])

    def _owner(self, row: int, column: int, cell: Cell, depth: int) -> Draft:
        """Return the item whose points a cell states: the deepest that spans the cell's rows."""
        known = [(d, each) for d, each in enumerate(self.path[: depth + 1]) if each is not None]
        outer = [(d, each) for d, each in known if self.levels[d] < column]
        left = known if column in self.of_inner else (outer or known)
        for d, each in reversed(left):
            if cell.rows == 1 or self.grid.at(row, self.levels[d]).rows >= cell.rows:
                return each
        return left[0][1]

    def _value(self, cell: Cell) -> Fraction | None:
        """Return the points of a cell; a weight in percent is points of 100."""
        text = fold(cell.text).strip()
        # 一票否决 stands where the points would of what costs none.
        dash = set(text) <= _DASHES or squeeze(text) in {VETO_WORDS, "否决", "否决项", "否决指标"}
        points = None if dash else cell_points(text.removesuffix("%").lstrip("+-"))
        if listed := listed_points(cell.text):
            points = sum(listed, Fraction(0))
        if points is None and not dash:
            unreadable(cell.text, cell.place, self.reader)
        taken = TakenFor.POINTS if dash or points is not None else TakenFor.UNREAD
        self.reader.take(cell.text, cell.place, taken)
        if points is not None and text.endswith("%"):
            message = Said(
                f"the weight {text} is read as {show(points)} of {show(_WHOLE)} points",
                f"权重{text}按{show(_WHOLE)}分中的{show(points)}分读取",
            )
            self.reader.report("table-weight", message, cell.place)
        return points

    # ----------------------------------------------------------------------- other cells

    def _clauses(self, row: int, item: Draft) -> list[Clause]:
        """Return what a row asks and how it is scored, and a clause for whatever scores besides."""
        columns = (*self.contents, *self.header.columns(Column.REQUIREMENT))
        requirement = _joined(self._asked(row, columns))
        target = self._target(row)
        faults = names_faults(self.header)
        level = self.grid.at(row, self.levels[-1]) if faults else None
        scored = scored_in(self.grid, self.header, row, functools.partial(self._cells, row), level)
        units = self._texts(row, Column.UNIT)
        for cell in units:
            self.reader.take(cell.text, cell.place, TakenFor.TARGET)
        values = self._values(row, units[0].text if units else "")
        falls = is_unwanted(item.title)
        scored = [self._with_values(self._repeated(each), values, falls=falls) for each in scored]
        plain = requirement is None and target is None and not (faults or _is_kind(item))
        if plain and item.text and not item.clauses:
            requirement = Paragraph(item.text, item.place)
        unit = units[0].text if units else ""
        ways = self._texts(row, Column.DIRECTION)
        for cell in ways:
            self.reader.take(cell.text, cell.place, TakenFor.TARGET)
        way = ways[0].text if ways and target is not None else ""
        clauses = [Clause(requirement, target, unit, *_said(scored[:1]), way, self._graded(row))]
        clauses += [Clause(scoring=each.text, heading=each.heading) for each in scored[1:]]
        return [clause for clause in clauses if clause != Clause()]

    def _asked(self, row: int, columns: Sequence[int]) -> list[Cell]:
        """Return what a row asks; how a rate is computed is none of it, and is kept as a note."""
        cells = self._cells(row, columns)
        for cell in cells:
            if defines(cell.text):
                self.reader.take(cell.text, cell.place, TakenFor.NOTE)
        return [cell for cell in cells if not defines(cell.text)]

    def _values(self, row: int, unit: str) -> dict[str, str]:
        """Return the values of a row that its standard may call by the headings over them."""
        values = {}
        bases = self.header.columns(Column.BASE)
        for column in (*bases, *(self.header.columns(Column.TARGET) if bases else ())):
            for cell in self._cells(row, (column,)):
                if column in bases:
                    self.reader.take(cell.text, cell.place, TakenFor.TARGET)
                word = squeeze(self.header.headings[column])
                values[word] = number_of(cell.text, unit) or cell.text
        return values

    def _with_values(self, scored: Scored, values: Mapping[str, str], *, falls: bool) -> Scored:
        """Return a standard with the number of its row where it says 低于基准值不得分."""
        bases = {squeeze(self.header.headings[each]) for each in self.header.columns(Column.BASE)}
        if not any(word in scored.text.text for word in bases):
            return scored
        text = with_values(scored.text.text, values, falls=falls)
        if text != scored.text.text:
            self.reader.take(scored.text.text, scored.text.place, TakenFor.SCORING)
        return attrs.evolve(scored, text=attrs.evolve(scored.text, text=text))

    def _target(self, row: int) -> Paragraph | None:
        """Return the target of a row, or those of each kind of units: ：县医院95%，中医院94%."""
        cells = self._texts(row, Column.TARGET)
        kinds = self.header.kinds()
        if len(cells) < len(kinds) or not kinds:
            return _joined(cells)
        unit = "".join(cell.text for cell in self._texts(row, Column.UNIT))
        each = [
            f"{kind}{cell.text}{unit if fold(cell.text)[-1:].isdecimal() else ''}"
            for kind, cell in zip(kinds.values(), cells, strict=True)
        ]
        for cell in cells[1:]:
            self.reader.take(cell.text, cell.place, TakenFor.TARGET)
        return Paragraph(f"：{'，'.join(each)}", cells[0].place)

    def _graded(self, row: int) -> tuple[tuple[str, Paragraph], ...]:
        """Return the cells below what they earn; blank ones too where all of the table are."""
        columns = self.header.columns(Column.GRADE)
        rows = range(self.header.body, len(self.grid.rows))
        cells = [(column, self._cells(row, (column,))) for column in columns]
        if not any(self._begins(each, column) for column in columns for each in rows):
            cells = [(column, [self.grid.at(row, column)]) for column in columns]
        return tuple(
            (self.header.headings[column], Paragraph(cell.text, cell.place))
            for column, found in cells
            for cell in found
        )

    def _repeated(self, scored: Scored) -> Scored:
        """Return a standard, for 同上 that of the row above."""
        if not _DITTO.fullmatch(fold(scored.text.text).strip(" 。")):
            self.standards[scored.heading] = scored.text.text
            return scored
        above = self.standards.get(scored.heading)
        if above is None:
            return scored
        self.reader.take(scored.text.text, scored.text.place, TakenFor.SCORING)
        return attrs.evolve(scored, text=attrs.evolve(scored.text, text=above))

    def _texts(self, row: int, role: Column) -> list[Cell]:
        return self._cells(row, self.header.columns(role))

    def _cells(self, row: int, columns: Sequence[int]) -> list[Cell]:
        """Return the different cells of some columns that begin in a row; a dash is none."""
        cells: list[Cell] = []
        for column in columns:
            cell = self.grid.at(row, column)
            if not self._begins(row, column) or any(cell is each for each in cells):
                continue
            if set(fold(cell.text)) <= _DASHES:
                self.reader.take(cell.text, cell.place, TakenFor.NOTE)
            else:
                cells.append(cell)
        return cells

    def _aside(self, row: int, item: Draft) -> None:
        """Keep the cells that say how an item is checked and by whom, or nothing about it."""
        for role, taken in _ASIDE.items():
            for cell in self._texts(row, role):
                self.reader.take(cell.text, cell.place, taken)
                if role is Column.METHOD:
                    item.methods.append(cell.text)
                elif role is Column.OFFICE:
                    item.offices.append(cell.text)
                elif role is Column.NUMBER:
                    self._number(cell, item)
                elif role is Column.REMARK and _TELLS.search(fold(cell.text)):
                    message = Said(
                        f"the remark `{cell.text[:40]}` is not read as a rule",
                        f"备注`{cell.text[:40]}`没有读成规则",
                    )
                    self.reader.report("table-remark", message, cell.place)

    def _number(self, cell: Cell, item: Draft) -> None:
        """Take a path in the number column for the item's number; a running number is its label."""
        found = dotted(cell.text)
        if found is not None and not item.dotted:
            item.dotted = found[0]
        item.label = item.label or cell.text


_ASIDE = {
    Column.METHOD: TakenFor.METHOD,
    Column.OFFICE: TakenFor.OFFICE,
    Column.FILLED: TakenFor.FILLED,
    Column.UNKNOWN: TakenFor.UNREAD,
    Column.NUMBER: TakenFor.NUMBER,
    Column.REMARK: TakenFor.NOTE,
}


def is_total(grid: Grid, row: int) -> bool:
    """Whether a row states the points of the whole table."""
    return any(_TOTAL.fullmatch(word) for word, _ in first_words(grid, row))


def is_subtotal(grid: Grid, row: int) -> bool:
    """Whether a row states the points of the section above it."""
    return any(_SUBTOTAL.fullmatch(word) for word, _ in first_words(grid, row))


def first_words(grid: Grid, row: int) -> list[tuple[str, str]]:
    """Return the first words of a row, each with the points behind it: 合计：100分."""
    cells = [cell for cell in grid.cells(row) if cell.text and grid.is_fresh(row, cell)]
    folded = [squeeze(cell.text) for cell in cells[:2]]
    stated = [_STATED.search(word) for word in folded]
    return [
        (word[: match.start()] if match else word.rstrip(":"), match["points"] if match else "")
        for word, match in zip(folded, stated, strict=True)
    ]


def unreadable(text: str, place: Place, reader: Reader) -> None:
    """Report a cell of a points column that is no number of points."""
    message = Said(f"`{text[:40]}` is no number of points", f"`{text[:40]}`不是分值")
    reader.report("table-points-unread", message, place)


def _is_kind(item: Draft) -> bool:
    """Whether an item's title says only what sort of item it is: 加分, 减分."""
    return item.kind is not Kind.PLAIN and kind_of(item.title) is item.kind


def _said(scored: Sequence[Scored]) -> tuple[Paragraph | None, str]:
    """Return a standard, if there is one, and what stands over it, for a clause."""
    return next(((each.text, each.heading) for each in scored), (None, ""))


def _joined(cells: Sequence[Cell]) -> Paragraph | None:
    """Return several cells as one text, at the place of the first."""
    if not cells:
        return None
    return Paragraph("\n".join(cell.text for cell in cells), cells[0].place)
