"""Points that everybody starts from: 完成报送任务得基础分60分，每少一条扣5分.

A base is what the item is worth, and what is lost comes off it: who falls short does not lose the
base first and then the points for each step. So are points for the goal that steps fall short of,
where the goal has no number (完成工作量目标得30分，每降低1例减1分).

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (from what to what).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("完成报送任务得基础分60分，每少报一条扣5分")
>>> str(reading.points), len(reading.rules)
('60', 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.occasions import Nothing, Occasion
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, CaseBand, Deduction, effect_of
from healthduty.rules.tally import StepsBelow

_GOAL = re.compile(r"(?:完成|达到|实现)[^,，、]{0,14}(?:目标|任务|指标|工作量|计划|定额)")


def note_base(context: Context, segment: Segment, before: int) -> None:
    """Mark the rules of 得基础分60分 as a base."""
    if any(token.kind is Kind.FULL and "基" in token.text for token in segment.tokens):
        for draft in context.drafts[before:]:
            draft.base = effect_of(draft.rule) is Effect.EARN


def states_base(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 得基准分8分 before what is lost of it: the item's points, as its cell says them."""
    if not isinstance(occasion, Nothing) or action.effect is not Effect.EARN:
        return False
    points = action.amounts[0] if action.amounts else None
    base = any(token.kind is Kind.FULL and "基" in token.text for token in segment.tokens)
    worth = context.points if context.points is not None else context.stated
    if not base or not isinstance(points, Fraction) or worth not in {None, points}:
        return False
    context.stated = points
    context.claim(segment.first, segment.end, Taken.POINTS)
    return True


def take_bases(context: Context) -> None:
    """Take a base for the item's points, where something is lost and nothing else is earned."""
    earned = [draft for draft in context.drafts if effect_of(draft.rule) is Effect.EARN]
    base = earned[0] if len(earned) == 1 and not context.in_parts else None
    case = None if base is None else _case(base)
    if base is None or case is None or not _is_base(context, base, case):
        return
    points, worth = case.points, context.points if context.points is not None else context.stated
    if not isinstance(points, Fraction) or worth not in {None, points}:
        return
    context.drafts.remove(base)
    if isinstance(case.when, Flag):
        context.quantities.forget(case.when.measure)
    context.stated = points


def _case(draft: Draft) -> CaseBand | None:
    """Return the one case that a rule earns for, None where it is not that."""
    rule = draft.rule
    alone = isinstance(rule, Bands) and len(rule.bands) == 1 and rule.otherwise is None
    band = rule.bands[0] if alone and isinstance(rule, Bands) else None
    return band if isinstance(band, CaseBand) else None


def _is_base(context: Context, draft: Draft, case: CaseBand) -> bool:
    """Whether points are called a base, or are for the goal that steps fall short of."""
    lost = [each for each in context.drafts if isinstance(each.rule, Deduction)]
    if draft.base:
        return bool(lost)
    goal = isinstance(case.when, Flag) and _GOAL.fullmatch(case.when.measure) is not None
    short = any(
        isinstance(each.rule, Deduction)
        and isinstance(each.rule.tally, StepsBelow)
        and each.sentence == draft.sentence
        for each in lost
    )
    return goal and short
