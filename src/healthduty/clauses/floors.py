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

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.points import Reach
from healthduty.rules.rule import Assumption, Deduction, Forfeit
from healthduty.rules.tally import Once
from healthduty.said import Said

_BESIDES = re.compile(r"(?:的|并|且|还|同时|另|,)*")
"""What names no event of its own before points."""
_FURTHER = Assumption(assumed.FURTHER)
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
    """Let points fall below nothing by 倒扣5分, where a rule was made of it.

    Behind 不得分 nothing of the item is left to take it from, nor for what the same event costs
    besides (造假不得分，并扣2分): it comes off the total.
    """
    made = context.drafts[before:]
    sinks = any(token.text.startswith("倒扣") for token in segment.tokens)
    adds = sinks or _BESIDES.fullmatch(words_of(segment.occasion, context.plain)) is not None
    rules = [draft.rule for draft in context.drafts[:before][-RECENT:]] if adds else []
    lost_when = [rule.when for rule in rules if isinstance(rule, Forfeit)]
    if sinks and made and not lost_when:
        context.floor = None
        return
    for draft in made:
        rule = draft.rule
        if isinstance(rule, Deduction) and rule.reach is Reach.PART:
            again = draft.first == segment.first  # the event is named nowhere but before 不得分
            same = again and isinstance(rule.tally, Once) and rule.tally.condition in lost_when
            if same or (sinks and lost_when):
                draft.rule = attrs.evolve(rule, reach=Reach.TOTAL, assumption=_FURTHER)
