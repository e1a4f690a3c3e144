"""How low points may fall: 可负分, 扣完得负分, 倒扣5分, 累计最低至50分.

Source: semantics 5 (never below 0, or below a stated floor).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("乱收费每次扣1分，扣完得负分").floor is None
True
>>> read_clause("迟报一天扣5分，累计最低至50分").floor
Fraction(50, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.said import Said

_OF_ONE = re.compile(r"(?P<what>[^,，]{2,}?)(?:项目|指标|工作|部分|内容|考核项)$")
_THE_ITEM = re.compile(r"(?:本|此|该|以上|上述|各|每)(?:项|个|条)?")


def read_floor(context: Context, segment: Segment, action: Action) -> None:
    """Read how low the item's points may fall; those of another item are reported."""
    words = words_of(segment.occasion, context.plain).strip("的")
    other = _OF_ONE.fullmatch(words)
    if other is not None and not _THE_ITEM.match(other["what"]):
        message = Said(
            f"how low the points of `{words}` fall, and not of all",
            f"只说`{words}`的分数可以低到多少",
        )
        context.fault(segment, message)
        return
    least = action.amounts[0] if action.done is Done.LOWEST else None
    context.floor = least if isinstance(least, Fraction) else None
    context.claim(segment.first, segment.end, Taken.RULE, "how low points may fall")


def sink_with(context: Context, segment: Segment, before: int) -> None:
    """Let points fall below nothing by 倒扣5分, where a rule was made of it."""
    says = any(token.text.startswith("倒扣") for token in segment.tokens)
    if says and len(context.drafts) > before:
        context.floor = None
