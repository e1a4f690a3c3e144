"""What a heading says of all points under it: 加减分, 附加分.

Under 加减分 what is lost comes off the total, as what is won is added to it: there are no points
of an item that it could come off.

Source: semantics 5 (from what to what), 11.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("迟报每次扣10分", requirement="（二）加减分").rules[0].reach.value
'total'
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import Context
from healthduty.rules.points import Reach
from healthduty.rules.rule import Assumption, Bands, Deduction, Judgement

_HEADS = re.compile(
    r"(?:^|[\n;；。)）、.．])(?:加减分|加扣分|奖[惩罚扣]分|附加分|总分加减|减分项|扣分项|加分与扣分)(?:项目?|部分|标准|情况)?"
    r"(?=[:：;；。\n(]|$)"
    r"|(?:加减分|加扣分|减分|扣分)(?:项目?)?(?:直接|均|一律|全部|都){0,2}(?:计入|纳入|记入|列入)[^,;。\d]{0,4}总分"
    r"|(?:以下|下列|以上|上述)[^,;。\d]{0,10}(?:从|在)总分(?:中|内|里)(?:直接)?(?:加减|扣减|扣除|扣分)(?:分)?(?=[:;。\n]|$)"
)
_FROM_TOTAL = Assumption(assumed.FROM_TOTAL)


def says_total(text: str) -> bool:
    """Whether 加减分 stands over a text, or is all that its requirement says."""
    return _HEADS.search(text) is not None


def take_from_total(context: Context) -> None:
    """Take what is lost under 加减分 from the total, where no item's points are stated."""
    worth = context.points if context.points is not None else context.stated
    if worth is not None or context.parts:
        return
    for draft in context.drafts if context.headed else ():
        match draft.rule:
            case (Deduction() | Bands() | Judgement()) as rule if _of_item(rule):
                draft.rule = attrs.evolve(rule, reach=Reach.TOTAL, assumption=_FROM_TOTAL)
            case _:
                continue


def _of_item(rule: Deduction | Bands | Judgement) -> bool:
    """Whether a rule takes from the item, and says nothing else that is assumed."""
    loses = isinstance(rule, Deduction) or rule.effect.value == "lose"
    return loses and rule.reach is Reach.PART and rule.assumption is None
