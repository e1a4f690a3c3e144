"""One quantity with a bound for each kind of facility: 药占比：二级≤45%，三级≤40%.

Source: vocabulary “Target” (by kind of facility); docs/en/explanation/how-text-is-read.md.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("三级医院药占比≤40%，二级医院≤45%").targets[0].value.of("二级医院")
Fraction(45, 1)
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.facts import same_rank
from healthduty.clauses.goals import Goal
from healthduty.clauses.names.goal_names import is_kind, ranks_what, split_kind
from healthduty.rules.threshold import ByKind

_MOST = 60
"""How many kinds one table may hold: one that someone wrote has fewer."""


def by_kind(goal: Goal, last: Goal | None, of: str) -> tuple[Goal, bool]:
    """Return a goal with the one before it, where both are one quantity for several kinds.

    `of` is the quantity that all bounds are of; the second value says whether the last one is in
    the goal now.
    """
    before = "" if last is None else last.name
    if ranks_what(goal.name, goal.bounds.unit, before):
        ranked = same_rank(before, goal.name) or f"{of}{goal.name}"
        return attrs.evolve(goal, name=ranked), False
    if not is_kind(goal.name) or not isinstance(goal.target, Fraction):
        return goal, False
    if of:
        table = _further(last, of, goal.name)
        entry = (goal.name, goal.target)
        made = ByKind((entry,)) if table is None else ByKind((*table.values, entry))
        return goal.by_kind(of, made), table is not None
    joined = None if last is None else _joined(goal, last, goal.target)
    return (goal, False) if joined is None else (joined, True)


def _further(last: Goal | None, name: str, kind: str) -> ByKind | None:
    """Return the table that a kind of facility joins, None where it begins one."""
    table = last.target if last is not None and last.name == name else None
    if not isinstance(table, ByKind) or len(table.values) >= _MOST:
        return None
    return None if any(kind == named for named, _ in table.values) else table


def _joined(goal: Goal, last: Goal, value: Fraction) -> Goal | None:
    """Join 三级医院药占比≤40%，二级医院≤45% to one goal, None where they are two."""
    one_way = (goal.bounds.low is None) is (last.bounds.low is None)
    if not one_way or goal.bounds.unit != last.bounds.unit:
        return None
    name, kind = split_kind(last.name)
    entry = (goal.name, value)
    match last.target:
        case ByKind(values=values) if len(values) < _MOST:
            if any(goal.name == named for named, _ in values):
                return None
            return goal.by_kind(last.name, attrs.evolve(last.target, values=(*values, entry)))
        case Fraction() as before if name:
            return goal.by_kind(name, ByKind(((kind, before), entry)))
        case Fraction() as before if not is_kind(last.name):
            return goal.by_kind(last.name, ByKind((entry,), default=before))
        case _:
            return None
