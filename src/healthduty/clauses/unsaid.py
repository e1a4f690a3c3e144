"""What a draft leaves open and no rule can hold: 每漏1例扣___分, 迟到一次扣分, 每低5%.

A rule without its points scores nothing. What is a blank is asked for as one; what it was for is
no target of its own.

Source: semantics 12 (nothing is dropped); seeds A6 and A7 (templates with blanks).

>>> from healthduty.clauses.clause import read_clause
>>> str(read_clause("漏报1例扣___分").findings[0].hint)
'fill in the blank: how many points?'
"""

from __future__ import annotations

from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.said import Said

_BLANKS = ("_", "()")
_BLANK = (
    Said("the points are a blank", "分值是空白"),
    Said("fill in the blank: how many points?", "请填写空白：几分？"),
)
_NO_NUMBER = (
    Said("points without a number", "没有写分数"),
    Said("how many points?", "扣几分或得几分？"),
)


def ask_points(context: Context, segment: Segment) -> None:
    """Ask for the number of points behind a verb, once for all that waits before it."""
    if context.text.startswith(_BLANKS, segment.tokens[-1].end):
        message, hint = _BLANK
    else:
        message, hint = _NO_NUMBER
    if context.pending and not segment.occasion:
        context.use_pending()  # 延迟一天，减分: the day is nothing to reach
    context.fault(segment, message, hint=hint)


def ask_occasion(context: Context, segment: Segment) -> None:
    """Report points whose occasion was not understood, or has a blank for its number."""
    if any(token.kind is Kind.BLANK for token in segment.occasion):
        message = Said("a step that is a blank", "扣分的步长是空白")
        context.fault(segment, message, hint=Said("fill in the blank", "请填写空白"))
        return
    message = Said("what the points are for was not understood", "分数是为什么事，没有读懂")
    context.fault(segment, message)
