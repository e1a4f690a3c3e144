"""A fault without 每次 beside one that has it: 迟报每次扣0.3分，漏报扣0.6分.

A fault that happens again and again, stated without 每次 beside one that has it, is counted once:
that is what stands there. That it may be meant for each time is an assumption that the rule
carries. So does 内容不全 beside 每少一项内容, which speaks of the same thing. A most that is more
than one time's points says that each time counts: 发表论文一篇加1分，最高加5分.

Source: semantics 11 (assumptions are visible).

>>> from healthduty.clauses.clause import read_clause
>>> [rule.assumption is not None for rule in read_clause("迟报每次扣0.3分，漏报扣0.6分").rules]
[False, True]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import PER_YEAR, Tokens
from healthduty.rules.condition import AnyOf, Flag, condition_measures
from healthduty.rules.measure import MeasureKind
from healthduty.rules.rule import Assumption, Bonus, Deduction, Group, Rule
from healthduty.rules.tally import Cases, Lacking, Once

_AGAIN = re.compile(
    r"[迟漏错瞒谎误缓]报|[漏错误]登|[漏错]项|缺席|迟到|早退|旷工|脱岗|离岗|投诉|纠纷|事故|差错"
    r"|违规|违反|不合格|不规范|不符|不及时"
)
"""Faults that happen again and again, each of which could be counted."""

_FOUND = re.compile(r"发现|查出|查实|出现")
_ONCE = Assumption(assumed.ONCE)
_EACH_UP_TO = Assumption(assumed.EACH_UP_TO)
_NOUN = 2
_LONGEST = 60


def assume_once(context: Context, tokens: Tokens) -> None:
    """Say of faults that are counted once that the text does not say so, where others are each.

    每月技术考核不及格扣5分: each month, or once?
    """
    counted = [name for draft in context.drafts[-RECENT:] for name in _counted(draft.rule)]
    runs = {run for name in counted for run in _runs(name)}
    for draft in context.drafts[-RECENT:]:
        rule = draft.rule
        names = tuple(_once(rule))
        again = any(_is_again(name, runs) for name in names)
        again = again or _is_of_period(rule, tokens[draft.first : draft.end])
        if isinstance(rule, Deduction) and again and rule.assumption is None:
            draft.rule = attrs.evolve(rule, assumption=_ONCE)


def each_up_to(
    context: Context, rule: Deduction | Bonus | Group, cap: Fraction
) -> Deduction | Bonus | Group:
    """Return a rule for one fact as one for each time, where its most is more than once."""
    match rule:
        case (
            Deduction(tally=Once(condition=Flag(measure=code, expected=True)), when=None)
            | Bonus(tally=Once(condition=Flag(measure=code, expected=True)), when=None)
        ) if isinstance(rule.points, Fraction) and rule.points < cap:
            flag = context.quantities.known(code)
            if flag is None or context.quantities.was_given(flag) or rule.assumption is not None:
                return rule
            context.quantities.forget(code)
            measure = context.quantities.measure(flag.label, MeasureKind.CASES, "次")
            return attrs.evolve(rule, tally=Cases(measure), assumption=_EACH_UP_TO)
        case _:
            return rule


def _is_of_period(rule: Rule, tokens: Tokens) -> bool:
    """Whether 每月 stands in the words of what is taken once, and is in no name."""
    if not (isinstance(rule, Deduction) and isinstance(rule.tally, Once)):
        return False
    names = tuple(condition_measures(rule.tally.condition))
    said = [token.text for token in tokens if token.kind is Kind.EVERY]
    within = [words for words in said if PER_YEAR.get(_period(words), 1) > 1]
    return any(words not in name for words in within for name in names)


def _period(words: str) -> str:
    return words[1:].removeprefix("个")


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
