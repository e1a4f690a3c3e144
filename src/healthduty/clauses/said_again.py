"""A target that a rule says again: 药占比控制在30%以内，超过30%不得分 is one thing, and the rule.

Source: docs/en/explanation/how-text-is-read.md, “What a reading holds”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("药占比控制在30%以内，超过30%不得分", points=5).targets
()
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context
from healthduty.clauses.names.measured import missed_goal
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Rule
from healthduty.rules.tally import Once, StepsAbove, StepsBelow


def use_said_again(context: Context) -> None:
    """Use the goals whose being missed is what some rule is about."""
    told = {compare for draft in context.drafts for compare in _compared(draft.rule)}
    for index, span in enumerate(context.goal_spans):
        if span is None or index in context.used_goals or not told:
            continue
        if missed_goal(context, index) in told:
            context.used_goals.add(index)


def _compared(rule: Rule) -> Iterator[Compare]:
    """Go through the bounds in what a rule is about."""
    match rule:
        case Forfeit(when=when):
            yield from _bounds(when)
        case Deduction(tally=Once(condition=when)) | Bonus(tally=Once(condition=when)):
            yield from _bounds(when)
        case Deduction(tally=StepsBelow(measure=measure, target=Fraction() as target)):
            yield Compare(measure, Comparator.LESS, target)  # 低于90%每1%扣1分
        case Deduction(tally=StepsAbove(measure=measure, target=Fraction() as target)):
            yield Compare(measure, Comparator.MORE, target)
        case _:
            return


def _bounds(condition: Condition) -> Iterator[Compare]:
    match condition:
        case Compare():
            yield condition
        case AllOf(conditions=parts) | AnyOf(conditions=parts):
            for part in parts:
                yield from _bounds(part)
        case _:
            return
