r"""A standard that is for all items of a table: 评分办法 | 完成得满分，每低1%扣0.5分，每少1次扣1分.

It stands in a row of its own below the items, or behind a colon. Each item that says nothing of
its scoring itself gets the statements that fit its target: a rate has no 每少1次, a count no 1%.

Source: docs/en/explanation/how-tables-are-read.md, “Around the table”.

>>> fitting("完成得满分，每低1%扣0.5分，每少1次扣1分", "讲座12次")
'完成得满分，每少1次扣1分'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from healthduty.documents.column import Column
from healthduty.documents.drafts import SCORES, Clause, Draft
from healthduty.documents.headings import role_of
from healthduty.documents.spelling import fold
from healthduty.grids.grid import Cell, Paragraph

_HEADING = "评分标准"
"""What stands over a standard that is for all items."""
_OF_RATE = re.compile(r"%|‰|百分[之点]|/10万")
_OF_COUNT = re.compile(r"每[少缺差][^,，。;；%]{0,4}[次人名例场篇份户件个项期天台](?!百分点)")
_STATEMENT = re.compile(r"[^,，。;；\n]+[,，。;；\n]*")


def standard_of(cells: Sequence[Cell]) -> Paragraph | None:
    """Return what a row says behind 评分办法, in a cell of its own or behind a colon."""
    if len(cells) == 1:
        label, colon, words = cells[0].text.partition("：")
        found = colon and role_of(label) is Column.SCORING and SCORES.search(fold(words))
        return Paragraph(words, cells[0].place) if found else None
    if len(cells) != 2 or role_of(cells[0].text) is not Column.SCORING:  # noqa: PLR2004 - these two
        return None
    words = cells[1].text
    return Paragraph(words, cells[1].place) if SCORES.search(fold(words)) else None


def give_to_all(standard: Paragraph, drafts: Iterable[Draft]) -> list[str] | None:
    """Give a standard to the items that have none; return the statements that fit none of them.

    None where each item has a standard of its own.
    """
    items = [
        item
        for draft in drafts
        for item in draft.walk()
        if not (item.children or item.parts or item.is_scored)
    ]
    given = set()
    for item in items:
        clause, *others = item.clauses or [Clause()]
        asked = [words.text for words in (clause.requirement, clause.target) if words is not None]
        text = fitting(standard.text, "\n".join((*asked, clause.unit)))
        given.update(_STATEMENT.findall(text))
        scoring = attrs.evolve(standard, text=text)
        item.clauses = [attrs.evolve(clause, scoring=scoring, heading=_HEADING), *others]
    unfit = [words for words in _STATEMENT.findall(standard.text) if words not in given]
    return [words for words in unfit if SCORES.search(fold(words))] if items else None


def fitting(text: str, asked: str) -> str:
    """Return the statements of a standard that fit what is asked; all where none would be left."""
    unfit = _OF_COUNT if _OF_RATE.search(fold(asked)) else _OF_RATE
    fit = [words for words in _STATEMENT.findall(text) if not unfit.search(fold(words))]
    left = "".join(fit)
    return (
        left if any(character.isdecimal() for character in asked) and SCORES.search(left) else text
    )
