"""What a veto denies, and which of it the model has: 取消评优资格, 取消处方权, 不得评为优秀等次.

Honours, grades and money are; a licence to work is not. A grade that is denied leaves the one below
it, where the text names that; else nobody knows which it is, and it is reported.

Source: semantics 6; docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> text = "90分以上为优秀，80—89分为良好。发生事故的，不得评为优秀等次"
>>> read_clause(text).vetoes[0].effects
(CapGrade(grade='良好'),)
"""

from __future__ import annotations

import re

from healthduty.clauses.consequences import caps_below
from healthduty.clauses.context import Context
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.model.veto import BarHonours, CapGrade, VetoEffect
from healthduty.said import Said

_HONOURS = re.compile(
    r"资格|评[优先选奖比审]|先进|优秀|称号|奖励|荣誉|示范|达标|合格|文明|[等级]$|单位"
)
_LICENCE = re.compile(
    r"(?:定点|医保|服务|[执从]业|处方|上岗|承包|经营|协议|支付|聘|任职|结算)[^,，;；。评优先]{0,10}(?:资格|资质)"
)
"""What lets somebody work, and is no honour: 定点零售药店资格."""
_LOWER = {"优秀": ("良好", "合格", "称职"), "良好": ("合格", "称职")}
_SCALE_REACH = 200
_STOPPED = ("取消", "停止", "剥夺", "丧失", "撤销", "免除", "免去", "失去")


def capped(context: Context, segment: Segment) -> VetoEffect | None:
    """Return the best grade that is left, where the text before names it: 80—89分为良好."""
    denied = caps_below(acted(context, segment))
    before = context.text[max(0, segment.tokens[0].start - _SCALE_REACH) : segment.tokens[0].start]
    lower = _LOWER.get(denied or "", ())
    named = next((grade for grade in lower if f"为{grade}" in before), None)
    return None if named is None else CapGrade(named)


def refused(context: Context, segment: Segment, effect: VetoEffect | None) -> bool:
    """Report what is cancelled and the model does not have: a grade below another, a licence."""
    denied = caps_below(acted(context, segment))
    if denied is not None and not isinstance(effect, CapGrade):
        message = Said(
            f"at most the grade below {denied}: which?", f"最高为{denied}以下的等次：是哪一等？"
        )
        context.fault(segment, message, code="clause-veto")
        span = context.goal_spans[-1] if context.goal_spans else None
        if span and context.pending and span[0] >= context.pending[-1].first:
            context.drop_goal()  # it is what must not be
        return True
    if effect == BarHonours() and _stops_else(context, segment):
        message = Said(
            "what is cancelled is no honour, no grade and no money", "取消的不是荣誉、等次或经费"
        )
        context.fault(segment, message, code="clause-veto")
        context.use_pending()  # what it is cancelled for is nothing to reach
        return True
    return False


def acted(context: Context, segment: Segment) -> str:
    """Return the words that cancel, those of the heading where the text has none."""
    return words_of(segment.tokens[segment.acts - segment.first :], context.text) or "一票否决"


def _stops_else(context: Context, segment: Segment) -> bool:
    """Whether something is cancelled that the model does not have: 取消处方权."""
    words = acted(context, segment)
    licence = _LICENCE.search(words) is not None
    return words.startswith(_STOPPED) and (licence or not _HONOURS.search(words))
