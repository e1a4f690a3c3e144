"""The table of indicators: number, requirement, points, scoring standard, as bureaus print it.

A section is a merged cell before its items, a part a row of its own behind its item. What stands
in the table is read back by `read_agreement`: same points, same rules.

Source: vocabulary “Section”, “Indicator”, “Part”; the headings of “How tables are read”.

>>> from healthduty.model.indicator import Indicator
>>> table = table_of(Agreement("示例", parts=(Indicator("1", "台账", points=5),)))
>>> [cell.text for cell in table.rows[0]], [cell.text for cell in table.rows[1]]
(['序号', '考核指标', '分值', '评分标准'], ['1', '台账', '5', '酌情评分'])
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.canonical.writing import write_clause
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Node, Part, Section
from healthduty.model.tree import Spot, grow, has_total, is_judged, walk
from healthduty.results.losses import JUDGED
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from healthduty.sources import display_width
from healthduty.word.numerals import numeral
from healthduty.word.official import HEIGHT, WIDTH, Cell
from healthduty.word.styles import Style
from healthduty.word.terms import excusal_text
from healthduty.wording import Measures, condition_text
from healthduty.wording.names import Vocabulary

_BROAD = 7
"""A table with more columns than this is set broadside."""

_OWN = "本大项共同评分"
_LEVEL, _TITLE, _POINTS, _OFFICE = 18.7, 24.0, 11.0, 18.7
_FIXED = {"分值": _POINTS, "考核单位": _OFFICE}
_LEAST = 90
"""Columns of text that a column counts as holding at the least, so that none is a thread."""


@attrs.frozen
class IndicatorTable:
    """The rows of the table, the first of them its headings, and the widths in millimetres."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    landscape: bool
    notes: tuple[str, ...]


@attrs.frozen
class _Row:
    """One row: the nodes it stands in, each with its place; the item; is it a section's own."""

    path: tuple[tuple[Node, int], ...]
    item: Node
    own: bool = False

    @property
    def part(self) -> bool:
        """Whether the row is of a part, whose item stands before it."""
        return self.item is not self.path[-1][0]


def table_of(agreement: Agreement) -> IndicatorTable:
    """Return the items of an agreement as the table that is attached to it."""
    return _Maker(agreement).table()


def full_points(agreement: Agreement) -> Fraction | None:
    """Return what the agreement states as its total, else what its items make."""
    if agreement.points is not None:
        return agreement.points
    root = grow(agreement)
    return root.full if has_total(root) else None


class _Maker:
    """One table on its way."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.measures: Sequence[Measure] = tuple(agreement.measures)
        self.words = Vocabulary(self.measures)
        root = grow(agreement)
        self.judged = {id(spot.node) for spot in walk(root) if is_judged(spot)}
        self.rows = list(_rows(root))
        self.depth = max((len(row.path) for row in self.rows), default=1)
        items = [row.item for row in self.rows if isinstance(row.item, Part)]
        self.columns = [
            name
            for name, wanted in (
                (
                    "考核要求",
                    any(asked_text(each, self.words) for each in items) or self._has_titled_parts(),
                ),
                ("分值", True),
                ("评分标准", True),
                ("考核方法", any(each.method for each in items)),
                ("考核单位", any(map(_office, self.rows))),
            )
            if wanted
        ]

    def _has_titled_parts(self) -> bool:
        return any(row.part and row.item.title for row in self.rows)

    def table(self) -> IndicatorTable:
        """Make headings, items and the total."""
        count = 1 + self.depth + len(self.columns)
        landscape = count > _BROAD
        rows = [tuple(Cell(each, Style.CELL_HEAD) for each in self._headings())]
        keys = [self._keys(row) for row in self.rows]
        for at, row in enumerate(self.rows):
            above = keys[at - 1] if at else ()
            below = keys[at + 1] if at + 1 < len(keys) else ()
            rows.append(tuple(self._cells(row, keys[at], above, below)))
        total = full_points(self.agreement)
        if total is not None:
            rows.append(tuple(self._total(total)))
        widths = self._widths(HEIGHT if landscape else WIDTH)
        return IndicatorTable(tuple(rows), widths, landscape, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        """Go through what limits an item beside its clauses, which are read back as they stand."""
        for row in self.rows:
            limits = "".join(self.limits(row))
            if limits:
                number = row.item.number or row.item.title
                yield f"注：第{number}项，{limits}"

    def _headings(self) -> list[str]:
        levels = [f"{numeral(depth + 1)}级指标" for depth in range(self.depth)]
        return ["序号", *(levels if self.depth > 1 else ["考核指标"]), *self.columns]

    def _widths(self, width: float) -> tuple[float, ...]:
        longest = max((display_width(row.item.number) for row in self.rows), default=2)
        level = min(_LEVEL, width / 3 / self.depth)
        front = [min(22.0, 5 + 1.9 * max(longest, 3)), *[level] * (self.depth - 1), _TITLE]
        rest = width - sum(front) - sum(_FIXED.get(name, 0.0) for name in self.columns)
        # By the root of what it holds: a long column is long and wide, a short one neither.
        roots = {name: math.sqrt(self._held(name)) for name in self.columns if name not in _FIXED}
        free = rest - _LEVEL * len(roots)
        shares = {name: _LEVEL + free * root / sum(roots.values()) for name, root in roots.items()}
        return (*front, *({**_FIXED, **shares}[name] for name in self.columns))

    def _held(self, column: str) -> int:
        texts = (self.text(row, column) for row in self.rows)
        return max(_LEAST, sum(map(display_width, texts)))

    # --- a row -------------------------------------------------------------------------------

    def _keys(self, row: _Row) -> tuple[tuple[int, ...], ...]:
        """Return what tells each cell of a row's path from its neighbours: its places so far."""
        places = [place for _, place in row.path]
        return tuple(tuple(places[: depth + 1]) for depth in range(len(places)))

    def _cells(
        self,
        row: _Row,
        keys: Sequence[tuple[int, ...]],
        above: Sequence[tuple[int, ...]],
        below: Sequence[tuple[int, ...]],
    ) -> Iterator[Cell]:
        number = "" if row.own or isinstance(row.item, Section) else row.item.number
        yield Cell(number, Style.CELL_CENTRE)
        for depth, key in enumerate(keys):
            span = 1 if depth + 1 < len(keys) else self.depth - depth
            again = key in above
            merge = "continue" if again else "restart" if key in below else ""
            text = "" if again else self._name(row, depth)
            yield Cell(text, self._face(row, depth), columns=span, rows=merge)
        for name in self.columns:
            centred = name in ("分值", "考核单位")
            yield Cell(self.text(row, name), Style.CELL_CENTRE if centred else Style.CELL)

    def _face(self, row: _Row, depth: int) -> Style:
        return Style.CELL_CENTRE if isinstance(row.path[depth][0], Section) else Style.CELL

    def _name(self, row: _Row, depth: int) -> str:
        """Return what a cell of the path calls its node; its points where no row has them."""
        node = row.path[depth][0]
        if row.own and depth + 1 == len(row.path):
            return _OWN
        if isinstance(node, Section):
            points = "" if node.points is None else f"（{show(node.points)}分）"
            return f"{label(node.number)}{node.title}{points}" or "—"
        parted = isinstance(node, Indicator) and node.parts and node.points is not None
        points = f"（{show(node.points)}分）" if parted and node.points is not None else ""
        return f"{node.title or node.number}{points}"

    def text(self, row: _Row, column: str) -> str:
        """Return what stands in one of the columns behind the levels."""
        item = row.item
        if column == "评分标准":
            return self._scoring(row)
        if row.own:
            return ""
        if column == "考核单位":
            return _office(row)
        if isinstance(item, Section):
            return ""
        if column == "考核要求":
            title = item.title if row.part else ""
            return "\n".join(filter(None, (title, asked_text(item, self.words))))
        if column == "分值":
            return "" if item.points is None or _has_parts(item) else show(item.points)
        return item.method

    def _scoring(self, row: _Row) -> str:
        if id(row.item) in self.judged:
            return JUDGED
        if isinstance(row.item, Section) and not row.own:
            return ""
        return write_clause(row.item.rules, measures=self.measures)

    def limits(self, row: _Row) -> Iterator[str]:
        """Go through what an item, or a section of which this is the own row, can't pass."""
        item = row.item
        if isinstance(item, Section):
            if not row.own:
                return
            if item.cap is not None:
                yield f"合计最高得{show(item.cap)}分。"
        elif item.evidence_required:
            yield "无书面依据的不得分。"
        if item.floor is None:
            yield "扣分不设下限。"
        elif item.floor:
            yield f"最低得{show(item.floor)}分。"
        if item.excused is not None:
            yield f"{excusal_text(item.excused)}。"

    def _total(self, points: Fraction) -> Iterator[Cell]:
        before = 1 + self.depth + self.columns.index("分值")
        yield Cell("合计", Style.CELL_HEAD, columns=before)
        yield Cell(show(points), Style.CELL_CENTRE)
        yield from (Cell("") for _ in self.columns[self.columns.index("分值") + 1 :])


def _rows(root: Spot) -> Iterator[_Row]:
    for place, spot in enumerate(root.children):
        yield from _rows_of(spot, (), place)


def _rows_of(spot: Spot, path: tuple[tuple[Node, int], ...], place: int) -> Iterator[_Row]:
    """Go through the rows of a node: a section's items, an item, an item's parts behind it."""
    node = spot.node
    assert not isinstance(node, Agreement)  # noqa: S101 - the root has no row
    path = (*path, (node, place))
    if isinstance(node, Section):
        for index, child in enumerate(spot.children):
            yield from _rows_of(child, path, index)
        if not spot.children:
            yield _Row(path, node)
        if node.rules or node.cap is not None or node.floor != 0 or node.excused is not None:
            yield _Row((*path, (node, len(spot.children))), node, own=True)
        return
    if not spot.children or node.rules or node.requirement or node.targets:
        yield _Row(path, node)
    for child in spot.children:
        part = child.node
        assert isinstance(part, Part)  # noqa: S101 - an indicator holds parts alone
        yield _Row(path, part)


def asked_text(item: Part, measures: Measures) -> str:
    """Return what an item asks: its requirement, and on a line of its own its targets."""
    goals = "；".join(
        condition_text(Compare(each.measure, each.comparator, each.value), measures, "zh")
        for each in item.targets
    )
    return "\n".join(filter(None, (item.requirement, f"目标值：{goals}。" if goals else "")))


def _office(row: _Row) -> str:
    """Return who assesses an item: its own office, else that of the nearest section around it."""
    around = (node.office for node, _ in reversed(row.path))
    return row.item.office or next(filter(None, around), "")


def _has_parts(item: Node) -> bool:
    return isinstance(item, Indicator) and bool(item.parts)


def label(number: str) -> str:
    """Return a section's number as it stands before its title.

    >>> label("2"), label("2.1"), label("二"), label("")
    ('二、', '2.1 ', '二、', '')
    """
    if number.isdecimal():
        return f"{numeral(int(number))}、"
    if not number or re.search(r"[、.．\s）)]$", number):
        return number
    return f"{number} " if re.search(r"[\dA-Za-z]$", number) else f"{number}、"


def item_texts(agreement: Agreement) -> Iterator[dict[str, str]]:
    """Go through the rows of the table as plain words by name, sections named in each."""
    maker = _Maker(agreement)
    for row in maker.rows:
        item = row.item
        sections = [node.title for node, _ in row.path if isinstance(node, Section)]
        yield {
            "条目": item.number,
            "大项": "／".join(dict.fromkeys(filter(None, sections))),
            "指标": _OWN if row.own else item.title,
            "要求": "" if isinstance(item, Section) else asked_text(item, maker.words),
            "分值": maker.text(row, "分值"),
            "评分标准": "".join((maker.text(row, "评分标准"), *maker.limits(row))),
            "考核方法": maker.text(row, "考核方法"),
            "考核单位": maker.text(row, "考核单位"),
        }
