"""A judgement for each case: 每处扣0.1—0.3分, 发现一处不符扣1—2分, 酌情扣1—3分/例.

The agreement has no rule that judges each case by itself; what it has is a judgement of the whole.
So whoever assesses gives the sum over the cases, up to all points, and the range for each of them
is in the assumption that the rule carries. Added points are reported: their sum has no end.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("标签不清，每处扣0.1—0.3分").rules[0]
>>> rule.code, rule.least, rule.assumption.text
('标签不清', Fraction(0, 1), '每处可扣0.1-0.3分，合计由评定的人给出')
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import lost_from
from healthduty.clauses.assumed import each_judged
from healthduty.clauses.context import Context
from healthduty.clauses.names.cases import case_name
from healthduty.clauses.names.lacks import lack_name
from healthduty.clauses.occasions import Many, Short, Single
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.pieces import Taken
from healthduty.exact import show
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Assumption, Judgement


def build_judged_each(context: Context, segment: Segment, action: Action, occasion: Single) -> bool:
    """Read points that are lost by judgement for each case; False where it is something else."""
    if not isinstance(occasion, Many | Short) or occasion.or_more or occasion.step != 1:
        return False
    if action.effect is not Effect.LOSE or action.each:
        return False
    if isinstance(occasion, Many):
        name = case_name(context, occasion)
    else:
        name = lack_name(context, occasion)
    rule = Judgement(
        name,
        action.effect,
        least=0,
        most=FULL,
        reach=lost_from(action),
        assumption=Assumption(each_judged(occasion.unit, *_range(action))),
    )
    context.add([rule], segment, occasion=occasion)
    for at in range(segment.acts, segment.end):
        context.claims[at] = (Taken.RULE, "the points for one case")
    return True


def judged_for_each(rule: Judgement, unit: str) -> Judgement:
    """Return a judgement that is for each case: 发现差错酌情扣1-2分（每例）."""
    most = rule.most if isinstance(rule.most, Fraction) else None
    of_one = ("", "") if most is None else (show(rule.least), show(most))
    assumption = Assumption(each_judged(unit, *of_one))
    return attrs.evolve(rule, least=Fraction(0), most=FULL, assumption=assumption)


def _range(action: Action) -> tuple[str, str]:
    """Return the least and the most points for one case, in words; nothing where none stands."""
    most = action.amounts[0] if action.amounts else None
    if not isinstance(most, Fraction):
        return "", ""
    return show(action.least or Fraction(0)), show(most)
