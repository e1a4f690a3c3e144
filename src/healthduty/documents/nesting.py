"""Rows in rows: items of one column whose numbers say that they stand in each other.

    序号 | 项目         | 分值 | 评分标准
    一   | 基本公共卫生 | 40   |
    1    | 健康档案     | 20   | 建档率每低1个百分点扣0.5分

A row whose number is further out than the next one's, and of which nothing says how it is scored,
is the section of those below it: 一, （一）, 1, 1.1, （1）, ①, any of them left out. Read as items
side by side, its points would count twice.

Source: docs/en/explanation/how-tables-are-read.md, “Levels”.

>>> from healthduty.sources import Place
>>> rows = [Draft("公卫", Place(), label="一"), Draft("档案", Place(), label="1")]
>>> [(each.title, [child.title for child in each.children]) for each in nested(rows)]
[('公卫', ['档案'])]
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.documents.drafts import Draft, Kind
from healthduty.documents.markers import Style, first_marker

Rank = tuple[Style, int]
"""How far in a number stands: its style, and of a dotted one how many numbers it has."""


@attrs.define
class _Open:
    """A section that is open: how far out its number stands, and the points that stand in it."""

    rank: Rank
    draft: Draft
    inside: Fraction = Fraction(0)

    def holds(self, draft: Draft, rank: Rank | None) -> bool:
        """Whether the next row is one of its items."""
        if rank is None:  # 加分项 behind the last section is none of its items
            if draft.kind is not Kind.PLAIN:
                return False
        elif rank <= self.rank:
            return False
        whole = self.draft.points
        return whole is None or self.inside + (draft.points or 0) <= whole

    def put(self, draft: Draft) -> None:
        """Take a row for an item."""
        self.draft.children.append(draft)
        self.inside += draft.points or 0
        if not any(character.isdecimal() for character in self.draft.title):
            self.draft.clauses.clear()  # its name alone asks for nothing
        if self.draft.kind is not Kind.PLAIN:
            for each in draft.walk():
                each.kind = self.draft.kind


def nested(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the outermost of items that stood side by side, with the others inside them."""
    found: list[Draft] = []
    open_now: list[_Open] = []
    for draft in drafts:
        rank = _rank(draft)
        while open_now and not open_now[-1].holds(draft, rank):
            open_now.pop()
        if open_now:
            open_now[-1].put(draft)
        else:
            found.append(draft)
        if rank is not None and _opens(draft):
            inside = sum((each.points or Fraction(0) for each in draft.children), Fraction(0))
            open_now.append(_Open(rank, draft, inside))
    return found


def _rank(draft: Draft) -> Rank | None:
    """Return how far in an item's number stands; None where it has none."""
    if draft.dotted:
        return Style.ARABIC, draft.dotted.count(".") + 1
    marker = first_marker(draft.label) or first_marker(f"{draft.label}、")
    return None if marker is None else (marker.style, 1)


def _opens(draft: Draft) -> bool:
    """Whether nothing says how an item is scored, or what it must reach: no more than its name."""
    return not draft.parts and all(
        clause.scoring is None
        and clause.target is None
        and (clause.requirement is None or clause.requirement.text == draft.text)
        for clause in draft.clauses
    )
