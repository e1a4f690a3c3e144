"""A fault without 每次 beside one that has it: 迟报每次扣0.3分，漏报扣0.6分.

A fault that happens again and again, stated without 每次 beside one that has it, is counted once:
that is what stands there. That it may be meant for each time is an assumption that the rule
carries. So does 内容不全 beside 每少一项内容, which speaks of the same thing.

Source: semantics 11 (assumptions are visible).

>>> from healthduty.clauses.clause import read_clause
>>> [rule.assumption is not None for rule in read_clause("迟报每次扣0.3分，漏报扣0.6分").rules]
[False, True]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import RECENT, Context
from healthduty.rules.condition import AnyOf, Flag
from healthduty.rules.rule import Assumption, Deduction, Rule
from healthduty.rules.tally import Cases, Lacking, Once

_AGAIN = re.compile(
    r"[迟漏错瞒谎误缓]报|[漏错误]登|[漏错]项|缺席|迟到|早退|旷工|脱岗|离岗|投诉|纠纷|事故|差错"
    r"|违规|违反|不合格|不规范|不符|不及时"
)
"""Faults that happen again and again, each of which could be counted."""

_FOUND = re.compile(r"发现|查出|查实|出现")
_ONCE = Assumption(assumed.ONCE)
_NOUN = 2
_LONGEST = 60


def assume_once(context: Context) -> None:
    """Say of faults that are counted once that the text does not say so, where others are each."""
    counted = [name for draft in context.drafts[-RECENT:] for name in _counted(draft.rule)]
    runs = {run for name in counted for run in _runs(name)}
    for draft in context.drafts[-RECENT:]:
        rule = draft.rule
        names = tuple(_once(rule))
        again = any(_is_again(name, runs) for name in names)
        if isinstance(rule, Deduction) and again and rule.assumption is None:
            draft.rule = attrs.evolve(rule, assumption=_ONCE)


def _is_again(name: str, runs: set[str]) -> bool:
    """Whether a fault is one that could be counted: found (发现漏报), or beside others that are."""
    found = _AGAIN.search(name) is not None
    return (found and (bool(runs) or _FOUND.match(name) is not None)) or not runs.isdisjoint(
        _runs(name)
    )


def _counted(rule: Rule) -> Iterator[str]:
    """Go through what a rule counts one by one."""
    match rule:
        case Deduction(tally=Cases(measure=measure) | Lacking(measure=measure)):
            yield measure
        case _:
            return


def _once(rule: Rule) -> Iterator[str]:
    """Go through the facts for which a rule takes points once."""
    match rule:
        case Deduction(tally=Once(condition=Flag(measure=measure))):
            yield measure
        case Deduction(tally=Once(condition=AnyOf(conditions=conditions))):
            yield from (one.measure for one in conditions if isinstance(one, Flag))
        case _:
            return


def _runs(name: str) -> Iterator[str]:
    """Go through the pairs of characters that a name begins with or ends in."""
    name = name[:_LONGEST].removesuffix("缺少")
    if len(name) >= _NOUN:
        yield name[:_NOUN]
