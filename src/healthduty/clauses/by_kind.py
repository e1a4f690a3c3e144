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
from healthduty.clauses.names.goal_names import is_kind, kinds_in, ranks_what, split_kind
from healthduty.rules.threshold import ByKind, Threshold

_Entries = tuple[tuple[str, Fraction], ...]

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
    same = last is not None and goal.name == last.name  # 卫生院开展9次讲座，卫生室开展6次讲座
    entries = _entries(goal.kinds if same else goal.name, goal.target)
    if not entries:
        return goal, False
    if of and not same:
        table = _further(last, of, entries)
        made = ByKind(entries) if table is None else ByKind((*table.values, *entries))
        return goal.by_kind(of, made), table is not None
    joined = None if last is None else _joined(goal, last, entries)
    return (goal, False) if joined is None else (joined, True)


def _entries(kinds: str, value: Threshold | None) -> _Entries:
    """Return a value for each of some kinds, none where they are none or there is no number."""
    named = kinds_in(kinds) if isinstance(value, Fraction) else ()
    return tuple((kind, value) for kind in named if isinstance(value, Fraction))


def _fits(table: ByKind, entries: _Entries) -> bool:
    """Whether a table has room for some kinds, and none of them yet."""
    there = {kind for kind, _ in table.values}
    return len(there) < _MOST and there.isdisjoint(kind for kind, _ in entries)


def _further(last: Goal | None, name: str, entries: _Entries) -> ByKind | None:
    """Return the table that some kinds of facility join, None where they begin one."""
    table = last.target if last is not None and last.name == name else None
    return table if isinstance(table, ByKind) and _fits(table, entries) else None


def _joined(goal: Goal, last: Goal, entries: _Entries) -> Goal | None:
    """Join 三级医院药占比≤40%，二级医院≤45% to one goal, None where they are two."""
    one_way = (goal.bounds.low is None) is (last.bounds.low is None)
    if not one_way or goal.bounds.unit != last.bounds.unit:
        return None
    name, kind = (last.name, last.kinds) if last.kinds else split_kind(last.name)
    of_each = bool(name) or is_kind(last.name)  # ≥12次 of 卫生院, ≥6次 of 卫生室: of the item
    match last.target:
        case ByKind() as table if _fits(table, entries):
            return goal.by_kind(last.name, attrs.evolve(table, values=(*table.values, *entries)))
        case Fraction() as before if of_each:
            table = ByKind(_entries(kind, before) or ((kind, before),))
            return (
                goal.by_kind(name, ByKind((*table.values, *entries)))
                if _fits(table, entries)
                else None
            )
        case Fraction() as before if not is_kind(last.name):
            return goal.by_kind(last.name, ByKind(entries, default=before))
        case _:
            return None
