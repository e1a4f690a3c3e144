"""A share of what comes with the record: 达到全县平均水平得10分，低于平均水平的按比例得分.

The line ends where last year's value, or the others', stands; what was earned from there on is its
upper end. Without this, 按比例 would be taken of a rate named after the comparison.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 14.

>>> from healthduty.clauses.clause import read_clause
>>> (rule,) = read_clause("低于全县平均水平的按比例得分", points=10, requirement="管理率").rules
>>> rule.knots[1].at
Given(measure='全县平均管理率')
"""

from __future__ import annotations

import re

from healthduty.clauses.actions import Action
from healthduty.clauses.context import Context
from healthduty.clauses.names.compared import OF_THEM, compared_of_them, hold_compared
from healthduty.clauses.names.measured import says_unmet
from healthduty.clauses.occasions import Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.rules.condition import Flag
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Bands, CaseBand, Curve, Deduction, Knot, Rule, rule_measures
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Given

_LESS = re.compile(r"(?:低于|少于|小于|不足|达不到|未达到?|没有?达到)(?=.)")


def share_of_others(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 低于全县平均水平的按比例得分 as a line up to it; False where nothing is compared."""
    fact = occasion.facts[0] if isinstance(occasion, Where) and len(occasion.facts) == 1 else ""
    last = context.last() if fact else None
    before = None if last is None or last.sentence != context.sentence else _earned_from(last.rule)
    less = _LESS.search(fact)
    own = None if less is None else compared_of_them(fact)
    of_them = less is not None and OF_THEM.fullmatch(fact, less.start())
    own = before[0] if before and own is None and (of_them or says_unmet(fact)) else own
    if own is None:
        return False
    held = hold_compared(context, *own, below=True, unit="%")
    targets = [context.goals[at].target for at in held]
    if len(held) != 1 or not isinstance(targets[0], Given):
        return False
    measure = context.goal_measure(held[0])
    points = action.amounts[0] if action.amounts else FULL
    if action.effect is not Effect.EARN:
        rule: Rule = Deduction(StepsBelow(measure, target=targets[0]), points=points)
        context.add([rule], segment, held, occasion=occasion)
        return True
    if last is None or before is None:
        line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(targets[0], points)))
        context.add([line], segment, held, occasion=occasion)
        return True
    for name in rule_measures(last.rule):
        context.quantities.forget(name)
    context.used_goals.update(held)
    line = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(targets[0], before[1])))
    context.extend(last, line, segment)
    last.occasion, last.goals = None, tuple(held)
    return True


def _earned_from(rule: Rule) -> tuple[tuple[str, str], Points] | None:
    """Return what is compared, and what is earned for being as good; None for another rule."""
    match rule:
        case Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=fact), points=points),)):
            own = compared_of_them(fact)
            return None if own is None else (own, points)
        case _:
            return None
