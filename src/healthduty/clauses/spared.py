"""不扣分: what costs nothing is where the steps after it begin, or says who is let off.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("参合率达到90%不扣分，每降低1%扣1分").rules[0].tally.target
Fraction(90, 1)
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.occasions import Graded, Held, Many, Occasion, Where, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Comparator
from healthduty.said import Said

_EXEMPT = re.compile(r"因|经(?:批准|同意|报备|核实)|特殊|不可抗|客观|无此|新建|新开|不具备|未设")

_CHANGED = re.compile(r"(?:较|比)(?:上|去)年|同比|环比")
"""Whom a change lets off, behind what is lost for a level: 较上年提高3个百分点以上的不扣分."""
_ALREADY = re.compile(r"^(?:但|若|如|对|凡|已经?|能)+|[此该本][处项条款]$")
_NOT = re.compile(r"[^,，]{0,12}[只仅](?:作|供|做)|(?:若|如|凡)?[未无没不]|全部|均|都")


def read_spared(context: Context, segment: Segment) -> None:
    """Read 不扣分: hold the bound that costs nothing, and doubt an exemption that no rule has."""
    held = read_occasion(segment.occasion, context.plain)
    words = words_of(segment.occasion, context.plain)
    changed = context.last() is not None and _CHANGED.search(words) is not None
    if isinstance(held, Held) and held.subject and not context.subject and not changed:
        context.subject = held.subject  # 95%以上不扣分，90%以上不足95%扣1分
    if not changed:
        _hold(context, held)
    if changed or _EXEMPT.search(words) or _lets_off(context, held, words):
        message = Said("an exemption that no rule has", "免予扣分的情形没有读入规则")
        context.fault(segment, message, code="clause-doubt")
    context.claim(segment.first, segment.end, Taken.TEXT, "nothing is taken")
    context.pending.clear()


def _lets_off(context: Context, held: Occasion | None, words: str) -> bool:
    """Whether 不扣分 behind a rule names who is spared (已整改的), and not that all is well.

    All is well where the fault did not happen (未发生的), or its opposite did (完成的 for 未完成).
    """
    last = context.last()
    core = _ALREADY.sub("", words).rstrip("的者,，")
    if last is None or not isinstance(held, (Where, Graded)) or _NOT.match(words) or not core:
        return False
    return last.sentence == context.sentence and not _is_said(context, core)


def _is_said(context: Context, core: str) -> bool:
    """Whether a rule before is about these words, or what they deny."""
    occasions = (draft.occasion for draft in context.drafts[-RECENT:])
    return any(core in fact for each in occasions if isinstance(each, Where) for fact in each.facts)


def _hold(context: Context, held: Occasion | None) -> None:
    """达到10%不扣分，每降低1%扣1分: what costs nothing is what the steps count from."""
    single = held.bounds.single if isinstance(held, Held) else None
    if isinstance(held, Many) and not held.each and held.unit:
        named = held.subject if held.subject != counted_in(held.unit) else context.subject
        if named:  # 出险6起不扣分，每超一起扣0.5分
            bounds = Bounds(low=held.step, unit=held.unit)
            context.used_goals.add(context.hold_goal(named, bounds))
            context.subject = context.subject or named
    if isinstance(held, Held) and held.subject and single is not None:
        bounds = held.bounds
        if single[0] is Comparator.EQUAL:  # 占总人口的10%不扣分
            bounds = attrs.evolve(bounds, high=None, high_in=False)
        context.used_goals.add(context.hold_goal(held.subject, bounds))
