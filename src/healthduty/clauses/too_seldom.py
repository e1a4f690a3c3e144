"""A number by the month that was not reached: 每季度培训少于1次扣2分, 少于每月一次不计分.

What is done by the month or the quarter is counted over the year, as the duty is that it falls
short of; without a name of its own it is how often the deed before it was done.

Source: semantics 10 (periods), 11.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("每季度培训少于1次扣2分").rules[0].tally.condition
Compare(measure='培训', comparator=<Comparator.LESS: '<'>, threshold=Fraction(4, 1))
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.assumed import said, year_total
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.names.quantities import sums_up
from healthduty.clauses.occasions import Graded, Held, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import RATE_UNITS, TIMES
from healthduty.clauses.text.phrases import PER_YEAR
from healthduty.rules.condition import Comparator
from healthduty.rules.points import Effect

_MANNER = re.compile(r"^(?:经常|定期|及时|按时|按期|按要求|按规定|积极|认真|坚持)+(?:性)?(?:地)?")
_COUNTED = frozenset({"次", "场", "期", "回"})


def of_year(context: Context, segment: Segment, action: Action, occasion: Occasion) -> Occasion:
    """Take a number by the period that was missed to the year, and say so."""
    if not isinstance(occasion, Held) or not _loses(action):
        return occasion
    single, unit = occasion.bounds.single, occasion.bounds.unit
    if single is None or single[0] is not Comparator.LESS or unit in RATE_UNITS or unit in TIMES:
        return occasion
    if not occasion.subject and unit in _COUNTED:
        occasion = attrs.evolve(occasion, subject=_deed_before(context))
    factor = PER_YEAR.get(occasion.period, 1)
    if factor == 1 or not sums_up(occasion.subject, unit) or not isinstance(single[1], Fraction):
        return occasion
    message = said(year_total(occasion.period))
    context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))
    return attrs.evolve(
        occasion, bounds=attrs.evolve(occasion.bounds, high=single[1] * factor), period=""
    )


def _loses(action: Action) -> bool:
    return action.done is Done.FORFEIT or (
        action.done is Done.POINTS and action.effect is Effect.LOSE
    )


def _deed_before(context: Context) -> str:
    """Return 召开例会次数 behind 定期召开例会得1分, where nothing else is asked."""
    last = context.last()
    if last is None or last.sentence != context.sentence or context.goals or context.pending:
        return ""
    match last.occasion:
        case Where(facts=(fact,)):
            return f"{_MANNER.sub('', fact)}次数"
        case Graded(subject=subject) if subject:
            return f"{subject}次数"
        case _:
            return ""
