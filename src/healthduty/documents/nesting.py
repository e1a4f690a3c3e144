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

from healthduty.documents.drafts import Draft, Kind
from healthduty.documents.markers import Style, first_marker

Rank = tuple[Style, int]
"""How far in a number stands: its style, and of a dotted one how many numbers it has."""


def nested(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the outermost of items that stood side by side, with the others inside them."""
    found: list[Draft] = []
    open_now: list[tuple[Rank, Draft]] = []
    for draft in drafts:
        rank = _rank(draft)
        while open_now and not _stands_in(draft, rank, *open_now[-1]):
            open_now.pop()
        if open_now:
            _put(draft, open_now[-1][1])
        else:
            found.append(draft)
        if rank is not None and _opens(draft):
            open_now.append((rank, draft))
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


def _stands_in(draft: Draft, rank: Rank | None, outer: Rank, section: Draft) -> bool:
    if rank is None:  # 加分项 behind the last section is none of its items
        if draft.kind is not Kind.PLAIN:
            return False
    elif rank <= outer:
        return False
    if section.points is None or draft.points is None:
        return True
    inside = sum((each.points or Fraction(0) for each in section.children), draft.points)
    return inside <= section.points


def _put(draft: Draft, section: Draft) -> None:
    section.children.append(draft)
    if not any(character.isdecimal() for character in section.title):
        section.clauses.clear()  # its name alone asks for nothing
    if section.kind is not Kind.PLAIN:
        for each in draft.walk():
            each.kind = section.kind
