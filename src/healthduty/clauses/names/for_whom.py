"""For whom a fault counts: 使用集中空调的单位，无检测报告; 开展助产的机构：未建立制度.

Who it is for belongs to the fault: a place without central air has no report of it, and loses
nothing.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("提供住宿的场所，床单不洁每处扣1分").rules[0].tally.measure
'提供住宿的场所，床单不洁'
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, untied
from healthduty.clauses.occasions import Many, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.rule import rule_measures

_WHO = re.compile(
    r"(?:的|使用|设有|开展|提供|承担|从事|配有|安装|实行)[^,，、:：]{0,20}"
    r"(?:单位|场所|机构|医院|卫生院|卫生室|科室|企业|学校|中心|幼儿园|部门|乡镇|社区)$"
    r"|^(?![抽查访走随询问提回考])[^,，、:：\d]{1,10}(?:病人|患者|孕产妇|儿童|老年人|人群|接触者)$"
)


def says_for_whom(words: str) -> bool:
    """Whether words say only for whom a fault counts, and nothing that is wrong."""
    return _WHO.search(words) is not None and not SAYS_WRONG.search(words)


def _goes_on(context: Context) -> bool:
    """Whether the fault before it, in this sentence, was given for whom it counts."""
    last = context.last()
    if last is None or last.sentence != context.sentence or not context.subject:
        return False
    names = rule_measures(last.rule)
    return any(name.startswith(f"{context.subject}，") for name in names)


def for_whom(context: Context, segment: Segment, occasion: Occasion) -> Occasion:
    """Give a fault or its cases for whom they count, from before the colon or the comma."""
    if not isinstance(occasion, Where | Many) or not segment.occasion:
        return occasion
    who = context.subject if segment.after is Kind.COLON or _goes_on(context) else ""
    held = context.pending[-1] if context.pending and isinstance(occasion, Many) else None
    if held is not None and held.closed is Kind.COMMA and segment.after is Kind.COMMA:
        who = who or untied(words_of(held.tokens, context.plain))
    if not who or not says_for_whom(who):
        return occasion
    if isinstance(occasion, Where):
        if occasion.facts[0].startswith(who) or not SAYS_WRONG.search(occasion.facts[0]):
            return occasion
        return attrs.evolve(occasion, facts=tuple(f"{who}，{fact}" for fact in occasion.facts))
    if occasion.subject.startswith(who) or not SAYS_WRONG.search(occasion.subject):
        return occasion
    if held is not None:
        context.use_words(held)
        context.pending.pop()
    return attrs.evolve(occasion, subject=f"{who}，{occasion.subject}")
