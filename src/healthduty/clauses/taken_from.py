"""From where points come off, said behind them: 国家级每次扣5分，省级每次扣3分，在总分中扣除.

Words that take no points of their own, but say from what, are about the losses of their sentence.

Source: semantics 5 (deductions from the total).

>>> from healthduty.clauses.clause import read_clause
>>> [str(rule.reach) for rule in read_clause("迟报每次扣1分，漏报每次扣2分，从总分中扣除").rules]
['total', 'total']
"""

from __future__ import annotations

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.occasions import Nothing, Occasion
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import Bands, Deduction, Judgement, effect_of


def take_from(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Let the losses of this sentence come off the total; in a sentence of its own, all losses."""
    said = action.done is Done.POINTS and not action.amounts and isinstance(occasion, Nothing)
    if not said or action.effect is not Effect.LOSE or action.reach is Reach.PART:
        return False
    last, apart = context.last(), segment.after is Kind.STOP
    lost: list[Draft] = []
    for draft in reversed(context.drafts[-MOST_IN_RULE:]):
        beside = last is not None and draft.part == last.part
        near = last is not None and (draft.sentence == last.sentence or apart)
        if not (beside and near) or effect_of(draft.rule) is not Effect.LOSE:
            break
        lost.append(draft)
    rules = [draft.rule for draft in lost if isinstance(draft.rule, Deduction | Bands | Judgement)]
    if not rules or len(rules) < len(lost) or context.pending:
        return False
    for draft, rule in zip(lost, rules, strict=True):
        draft.rule = attrs.evolve(rule, reach=action.reach)
    lost[0].end = segment.end
    context.explain(segment, "from what the points come off")
    return True
