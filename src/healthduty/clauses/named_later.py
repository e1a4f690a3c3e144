"""A step of all that was asked, and one of a quantity by its name behind it: each has its own.

信息≥24条，省级采用≥3条: 每少1条扣0.2分，省级采用每少1条扣0.5分. The step without a name is about
whatever has none of its own.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "信息不少于24条，省级采用不少于3条"
>>> read = read_clause("每少1条扣0.2分，省级采用每少1条扣0.5分", points=5, requirement=asked)
>>> [(rule.tally.measure, str(rule.points)) for rule in read.rules]
[('信息', '1/5'), ('省级采用', '1/2')]
"""

from __future__ import annotations

from healthduty.clauses.context import Context, Draft
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow


def leave_to_named(context: Context) -> None:
    """Take a quantity out of a step of several where a later step is about it alone."""
    runs: dict[tuple[int, int], list[Draft]] = {}
    for draft in context.drafts:
        if _counted(draft) is not None:
            runs.setdefault((draft.first, draft.end), []).append(draft)
    alone = {
        _counted(run[0]): run[0].first for run in runs.values() if len(run) == 1
    }  # the last one of each
    for run in runs.values():
        later = [draft for draft in run if alone.get(_counted(draft), -1) > draft.first]
        if 0 < len(later) < len(run):
            context.drafts = [each for each in context.drafts if all(each is not d for d in later)]


def _counted(draft: Draft) -> tuple[type, str] | None:
    """Return how and by what a draft counts steps; None for other rules."""
    match draft.rule:
        case Deduction(tally=StepsBelow() | StepsAbove() | Lacking() as tally):
            return type(tally), tally.measure
        case _:
            return None
