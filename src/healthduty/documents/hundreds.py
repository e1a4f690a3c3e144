"""Items that are scored out of a hundred each, and count by their weight: 权重 0.1 | 达标100分.

    指标     | 权重 | 评价标准
    建册率   | 0.4  | 达标100分，每低1个百分点扣5分      40 points, 2 for each percent
    访视率   | 60%  | ≥90%得100分，80%～90%得60分        60 points, 36 for the lower band

A weight below 1 is a share of the whole where all of them come to 1.

Source: docs/en/explanation/how-tables-are-read.md, “Levels”; semantics 1 (exact to the end).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from healthduty.documents.column import Column
from healthduty.documents.drafts import Draft
from healthduty.documents.headings import Header
from healthduty.documents.items import Reader
from healthduty.documents.spelling import fold
from healthduty.exact import show
from healthduty.said import Said

_WEIGHT = re.compile(r"权重|权数|占比|比重")
_OF_HUNDRED = re.compile(
    r"(?:^|[得为计记标,，:：;；、≥≤%率])满?100分(?![以之]|\d)|×100(?:分|(?=$|[,，。;；]))|百分制|100分制|满分100"
)
_HEADED = re.compile(r"百分制|100分制|满分100")
WHOLE = Fraction(100)


def take_hundreds(drafts: Sequence[Draft], header: Header, reader: Reader) -> Fraction:
    """Make points of weights, and mark the items whose standards are out of a hundred.

    Returns what one of a weight counts in points: 100 where they are shares of 1.
    """
    columns = header.columns(Column.POINTS)
    if not any(_WEIGHT.search(header.headings[column]) for column in columns):
        return Fraction(1)
    items = [draft for draft in _all(drafts) if not draft.children and draft.points is not None]
    if not items:
        return Fraction(1)
    factor = _factor([draft.points for draft in items if draft.points is not None])
    if factor != 1:
        for draft in _all(drafts):
            draft.points = None if draft.points is None else draft.points * factor
        message = Said(
            f"the weights are shares of 1: read as points of {show(WHOLE)}",
            f"权重合计为1，按{show(WHOLE)}分读取",
        )
        reader.report("table-weight", message, items[0].place)
    headings = [header.headings[column] for column in header.columns(Column.SCORING)]
    texts = [clause.scoring.text for draft in items for clause in draft.clauses if clause.scoring]
    headed = any(_HEADED.search(fold(heading)) for heading in headings)
    parted = any(draft.parts for draft in items)
    if not parted and (headed or any(_OF_HUNDRED.search(fold(text)) for text in texts)):
        for draft in items:
            draft.of_hundred = draft.points != WHOLE
        message = Said(
            "the standards are out of 100 points each, and count by the items' weights",
            "各项评分标准以100分计，按权重折算",
        )
        reader.report("table-weight", message, items[0].place)
    return factor


def _factor(weights: Sequence[Fraction]) -> Fraction:
    """Return 100 for weights that come to 1 together, else 1."""
    return WHOLE if weights and sum(weights) == 1 and len(weights) > 1 else Fraction(1)


def _all(drafts: Iterable[Draft]) -> list[Draft]:
    return [each for draft in drafts for each in draft.walk()]
