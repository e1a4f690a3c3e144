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
from healthduty.clauses.names.compared import compared_in, hold_compared
from healthduty.clauses.names.measured import says_unmet
from healthduty.clauses.occasions import Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.rules.condition import Flag
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Bands, CaseBand, Curve, Deduction, Knot, Rule, rule_measures
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Given

_LESS = re.compile(r"(?:低于|少于|小于|不足|达不到|未达到?|没有?达到)(?=.)")
_OF_THEM = re.compile(
    r"(?:[低高少大小]于|不低于|不足|未?达到|达不到)(?:[或、](?:等于|高于|低于|超过|达到))?"
    r"(?:该|此|这一)?(?:平均|基准|参考)(?:值|水平|数|线)?(?:的|者)*"
)
"""The others that were named before: 以全县平均值为基准，低于平均值的."""


def share_of_others(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 低于全县平均水平的按比例得分 as a line up to it; False where nothing is compared."""
    fact = occasion.facts[0] if isinstance(occasion, Where) and len(occasion.facts) == 1 else ""
    last = context.last() if fact else None
    before = None if last is None or last.sentence != context.sentence else _earned_from(last.rule)
    less = _LESS.search(fact)
    own = None if less is None else _compared(fact)
    of_them = less is not None and _OF_THEM.fullmatch(fact, less.start())
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


def _compared(fact: str) -> tuple[str, str] | None:
    """Return the quantity and what it is compared with, which the words before may say.

    >>> _compared("以全县平均值为基准，低于平均值")
    ('', '全县平均')
    """
    *leads, said = fact.split("，")
    own = compared_in(said)
    if own is not None or not _OF_THEM.fullmatch(said):
        return own
    return next((named for lead in leads if (named := compared_in(lead)) is not None), None)


def _earned_from(rule: Rule) -> tuple[tuple[str, str], Points] | None:
    """Return what is compared, and what is earned for being as good; None for another rule."""
    match rule:
        case Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=fact), points=points),)):
            own = _compared(fact)
            return None if own is None else (own, points)
        case _:
            return None
