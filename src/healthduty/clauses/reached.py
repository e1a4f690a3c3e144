"""达到 and 未达到 beside a goal that is a most: who reaches 药占比≤30% lies below it, not above.

Words of reaching say that something is good enough, and not which way it is counted. Beside a goal
that is the most, or a quantity of which less is better, 达到30%得3分 earns up to 30 %, and
达不到30%不得分 is beyond it. 30%以上, 低于30% and signs say which way themselves.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 3.

>>> from healthduty.clauses.clause import read_clause
>>> (rule,) = read_clause("达到8天得5分，达到9天得3分", requirement="平均住院日≤8天").rules
>>> [(band.low, str(band.high)) for band in rule.bands]
[(None, '8'), (None, '9')]
"""

from __future__ import annotations

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.names.measured import units_like
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.clauses.occasions import Held
from healthduty.clauses.text.lexicon import RATE_UNITS
from healthduty.rules.condition import Comparator
from healthduty.rules.points import Effect

_MOST = frozenset({Comparator.AT_MOST, Comparator.LESS})


def as_reached(context: Context, action: Action, held: Held) -> Held:
    """Return 达到30%得 and 未达到30%扣 turned round where less is better."""
    bounds, single = held.bounds, held.bounds.single
    if not bounds.reached or single is None or not _less_is_better(context, held):
        return held
    comparator, value = single
    if comparator is Comparator.LESS:
        turned = attrs.evolve(bounds, low=value, low_in=False, high=None)
    elif action.effect is Effect.EARN and action.done is not Done.FORFEIT:
        turned = attrs.evolve(bounds, low=None, high=value, high_in=True)
    else:
        return held
    return attrs.evolve(held, bounds=turned)


def _less_is_better(context: Context, held: Held) -> bool:
    """Whether the goal that bounds are about is a most; without one the name tells."""
    unit = held.bounds.unit
    found = context.goals_for(held.subject, RATE_UNITS if unit in RATE_UNITS else units_like(unit))
    if not found:
        return is_unwanted(held.subject or context.subject)
    asked = context.goals[found[-1]].bounds  # 未达90% may be held for a goal itself
    return asked.single is not None and asked.single[0] in _MOST and not asked.reached
