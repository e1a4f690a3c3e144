"""Points beside praise, among points that are lost: 投诉一次扣2分，受表扬一次2分.

Nobody loses points for praise; where no verb says what they do, they are added.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> [str(rule.points) for rule in read_clause("投诉一次扣2分，受表扬每次1分").rules]
['2', '1']
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.building import build
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.occasions import Many, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption

_PRAISE = re.compile(
    r"(?:受到?|获得?|收到|得到)[^,，]{0,8}(?:表[扬彰]|嘉奖|奖励|好评|感谢|肯定)|锦旗|感谢信"
)


def add_for_praise(
    context: Context, segment: Segment, said: tuple[Tokens, Occasion | None], points: Fraction
) -> bool:
    """Read `praise [每] [NUMBER UNIT] NUMBER POINTS` behind what is lost, as points added."""
    words, occasion = words_of(said[0], context.plain), said[1]
    if not _PRAISE.search(words) or SAYS_WRONG.search(words):
        return False
    if not isinstance(occasion, Many | Where):
        return False
    before = len(context.drafts)
    action = Action(done=Done.POINTS, effect=Effect.ADD, amounts=(points,))
    build(context, segment, action, occasion)
    for draft in context.drafts[before:]:
        draft.rule = attrs.evolve(draft.rule, assumption=Assumption(assumed.ADDED))
    context.pending.clear()
    return True
