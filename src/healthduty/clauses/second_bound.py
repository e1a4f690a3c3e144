"""A second bound in brackets behind the first: 建档率达80%（90%）得20分.

Where the requirement sets both, by kind of facility (≥80%，城区≥90%), the text says them again.
Anywhere else nobody can tell for whom the second is, and it is reported.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Target”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "健康档案建档率≥80%（城区≥90%）"
>>> text = "建档率达80%（90%）得20分，每低1%扣1分"
>>> read_clause(text, points=20, requirement=asked).rules[0].tally.target.default
Fraction(80, 1)
"""

from __future__ import annotations

import attrs

from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.goals import Goal
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import read_bounds
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.threshold import ByKind
from healthduty.said import Said


def read_second_bound(context: Context, segment: Segment) -> bool:
    """Read `'(' NUMBER UNIT ')'` right behind a goal of the same unit."""
    span = context.goal_spans[-1] if context.goal_spans else None
    behind = segment.inside and segment.after is Kind.OPEN and segment.closed is Kind.CLOSE
    if not behind or span is None or span[1] != segment.first - 1:
        return False
    read, last = read_bounds(segment.tokens, 0), context.goals[-1]
    if read is None or not read[0].bare or read[1] < len(segment.tokens):
        return False
    if read[0].unit != last.bounds.unit or not last.rate or last.target == read[0].low:
        return False
    both = next((g for g in context.goals[-RECENT:] if _sets(g, last, read[0].low)), None)
    if both is None:
        message = Said(
            "a second bound in brackets: for which of them?", "括号里又有一个界限：对哪些适用？"
        )
        context.fault(segment, message)
        return True
    context.goals[-1] = attrs.evolve(last, bounds=both.bounds)
    context.used_goals.add(context.goals.index(both))
    context.claim(segment.first, segment.end, Taken.TARGET)
    return True


def _sets(goal: Goal, last: Goal, other: object) -> bool:
    """Whether the requirement sets one bound for all, and the other for one kind."""
    table = goal.target
    kinds = table.values if isinstance(table, ByKind) and goal.group < 0 else ()
    default = table.default if isinstance(table, ByKind) else None
    return default == last.target and other in [value for _, value in kinds]
