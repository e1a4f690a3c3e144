"""Rows that state their own points under one cell of points: items of a section, and no item.

    考核项目 | 权重 | 考核指标及要求            | 扣分办法
    医疗服务 | 10分 | 1.门诊人次增长≥3%（5分）  | 每低1个百分点扣1分
             |      | 2.处方合格率≥95%（5分）   | 每低1%扣0.5分

What the outer cell is worth is what its rows make together; each of them is scored by itself.

Source: docs/en/explanation/how-tables-are-read.md, “Levels”.

>>> from healthduty.grids.grid import Paragraph
>>> from healthduty.sources import Place
>>> asked = [Paragraph(text, Place()) for text in ("1.建档率≥90%（6分）", "2.有台账（4分）")]
>>> whole = Draft("公卫", Place(), points=Fraction(10), clauses=[Clause(each) for each in asked])
>>> share_by_rows(whole)
>>> [(each.title, str(each.points)) for each in whole.children]
[('建档率≥90%', '6'), ('有台账', '4')]
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.documents.drafts import Clause, Draft, Kind
from healthduty.documents.levels import draft_of
from healthduty.grids.grid import Cell

_SEVERAL = 2


def share_by_rows(draft: Draft) -> None:
    """Make items of the rows of a draft, where these state points that make its own."""
    for child in draft.children:
        share_by_rows(child)
    clauses = draft.clauses
    plain = draft.kind is Kind.PLAIN and not (draft.children or draft.parts)
    if not plain or draft.points is None or len(clauses) < _SEVERAL:
        return
    rows = _rows(clauses)
    made = sum((row.points or Fraction(0) for row in rows), Fraction(0))
    if len(rows) < _SEVERAL or made != draft.points:
        return
    draft.children, draft.clauses = rows, []
    draft.text = ""


def _rows(clauses: list[Clause]) -> list[Draft]:
    """Return an item of each row with points of its own; a row without goes on with the last."""
    rows: list[Draft] = []
    for clause in clauses:
        asked = clause.requirement
        row = None if asked is None else draft_of(Cell(asked.text, asked.place))
        if row is not None and row.points is not None:
            rows.append(row)
        if not rows:
            return []
        rows[-1].clauses.append(clause)
    return rows
