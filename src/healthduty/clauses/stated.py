"""Points on facts: 未公示扣0.5分, 有计划得2分, 无计划、无总结各扣1分.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11 (once or each).

>>> from healthduty.clauses.clause import read_clause
>>> [rule.tally.condition.measure for rule in read_clause("无计划、无总结各扣1分").rules]
['无计划', '无总结']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import ANY_OF_LIST, amounts_for, tallied
from healthduty.clauses.banded import earn_met
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, facts_in
from healthduty.clauses.measured import LISTED_BELOW, condition_of, flags, says_needed, unmet
from healthduty.clauses.occasions import Where
from healthduty.clauses.segments import Segment
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, CaseBand, Reading, Rule
from healthduty.rules.tally import Once

_OFTEN = re.compile(r"每(?:半年|年|学期|季度?|月|周|天|日)")


def build_where(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """Make the rules of facts: on a goal that is met or not, on each fact, or on the list."""
    if LISTED_BELOW.search(occasion.facts[0]):
        context.fault(segment, "the cases stand in a list behind the points")
        return
    if action.effect is Effect.LOSE and _is_duty(occasion.facts[-1]):
        context.fault(segment, "a duty, and not said what costs points", hint="每少一次扣…?")
        return
    missed = unmet(context, occasion)
    if missed is not None and action.effect is Effect.LOSE:
        index, condition = missed
        context.add([tallied(action, Once(condition), action.amounts[0])], segment, [index])
    elif action.effect is not Effect.EARN:
        _lost_on(context, segment, action, occasion)
    elif says_needed(occasion.facts[0]) and context.goals:
        earn_met(context, segment, action)
    else:
        _earned_on(context, segment, action, occasion)


def _is_duty(fact: str) -> bool:
    """Whether a fact says only what has to be done, and how often: 每月一次自查."""
    return _OFTEN.match(fact) is not None and not SAYS_WRONG.search(fact)


def _lost_on(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """未公示扣0.5分; 无计划、无总结各扣1分: once for the list, or once for each of it."""
    if not action.each and len(action.amounts) == 1:
        rule = _once(context, action, occasion)
        context.add([rule], segment, occasion=occasion)
        return
    facts = occasion.facts if len(occasion.facts) > 1 else facts_in(occasion.facts[0])
    amounts = amounts_for(context, segment, action, len(facts), "facts")
    if amounts is None:
        return
    rules = [
        tallied(action, Once(flag), points)
        for flag, points in zip(flags(context, facts), amounts, strict=True)
    ]
    context.add(rules, segment, occasion=occasion)


def _once(context: Context, action: Action, occasion: Where) -> Rule:
    """Return the rule of a list of facts: once where any holds, which is an assumption."""
    points = action.amounts[0]
    once = Once(condition_of(context, occasion))
    if len(occasion.facts) == 1 or occasion.every:
        return tallied(action, once, points)
    flag = flags(context, occasion.facts[:1])[0]
    each = Reading(f"逐项扣：{flag.measure}", tallied(action, Once(flag), points))
    assumption = attrs.evolve(ANY_OF_LIST, readings=(each,))
    return tallied(action, once, points, assumption)


def _earned_on(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """有计划得2分; 有计划、总结各得1分: earned on a fact, or on each of several."""
    facts = occasion.facts
    if occasion.every:  # 急救药品齐备且设备完好，得3分
        both = condition_of(context, occasion)
        band = CaseBand(both, action.amounts[0])
        context.add([Bands(facts[0], Effect.EARN, (band,))], segment, occasion=occasion)
        return
    if action.each and len(facts) == 1:
        facts = facts_in(facts[0])
    amounts = amounts_for(context, segment, action, len(facts), "facts")
    if amounts is None:
        return
    rules = [
        Bands(flag.measure, Effect.EARN, (CaseBand(flag, points),))
        for flag, points in zip(flags(context, facts), amounts, strict=True)
    ]
    context.add(rules, segment, occasion=occasion)
