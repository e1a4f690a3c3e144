"""Rates that one word collects, and a bracket names: 人口管理五率（建档率、随访率、…）均达90%.

What such a clause asks of 五率 it asks of each of them, and so does what falls short.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("管理两率（建档率、随访率）达90%得5分，每低1%扣0.5分", points=5)
>>> [rule.tally.measure for rule in reading.rules]
['建档率', '随访率']
"""

from __future__ import annotations

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.names.goal_names import collected_in
from healthduty.rules.rule import Deduction, Rule
from healthduty.rules.tally import StepsAbove, StepsBelow


def spread_collected(context: Context) -> None:
    """Make a rule for each of the rates that one word collects."""
    drafts: list[Draft] = []
    for draft in context.drafts:
        spread = _spread(context, draft.rule) if len(drafts) < MOST_IN_RULE else []
        drafts += [attrs.evolve(draft, rule=rule) for rule in spread] or [draft]
    context.drafts = drafts


def _spread(context: Context, rule: Rule) -> list[Rule]:
    """Return the rules of collected rates; none where a rule is about one."""
    tally = rule.tally if isinstance(rule, Deduction) else None
    if not isinstance(rule, Deduction) or not isinstance(tally, StepsBelow | StepsAbove):
        return []
    measure = context.quantities.known(tally.measure)
    rates = () if measure is None else collected_in(measure.label)
    if measure is None or not rates:
        return []
    context.quantities.forget(measure.code)
    return [
        attrs.evolve(rule, tally=attrs.evolve(tally, measure=one.code))
        for one in (context.quantities.measure(rate, measure.kind, measure.unit) for rate in rates)
    ]
