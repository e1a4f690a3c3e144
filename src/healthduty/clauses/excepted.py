"""Who or what is excepted from a fault: 缺一项扣5分（有替代设备除外）, 除特殊情况外，迟报扣2分.

An exception belongs to the fault that it stands at, as the words for where and when do: whoever
observes the one has to know of the other.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("无人值守扣2分（停电除外）").rules[0].tally.condition.measure
'无人值守（停电除外）'
"""

from __future__ import annotations

import re
from bisect import bisect_left

import attrs

from healthduty.clauses.context import Context, Draft
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.rule import Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once

EXCEPTS = re.compile(
    r"^除[^,，]{1,24}外$|除外|例外|不在此限|不包括|不含|不计在内|不(?:作为|纳入|列入|予|参与)考核"
)
"""What excepts something from a rule."""

_ENDS = re.compile(r"^除了?[^,，]{1,24}(?:以外|之外|外)$|^[^,，]{2,60}(?:除外|例外)\)?$")
_INSIDE = re.compile(r"[(（](?P<words>[^()（）]{2,24}(?:除外|例外))[)）]$")
_ONLY_SAYS = re.compile(r"^(?:因|由于|属于?|除了?)|(?:的|者)?(?:以外|之外|除外|例外|外)$")
_BEHIND = 2  # an exception stands behind a bracket or a comma
_NONE: tuple[Taken, str] = (Taken.TEXT, "")
_PERIODS = frozenset({Kind.STOP, Kind.LABEL})
_NEAR = 12  # tokens between an exception and its rule


def is_exception(words: str) -> bool:
    """Whether a phrase only says who or what is excepted, and nothing that is counted."""
    return _ENDS.search(words) is not None


def hold_exceptions(context: Context, tokens: Tokens) -> None:
    """Put each exception into the name of the fault that it stands at, where that is one fact."""
    for index, token in enumerate(tokens):
        if token.kind is not Kind.WORD or not _ENDS.search(token.text):
            continue
        if context.claims.get(index, _NONE)[0] is not Taken.TEXT:
            continue
        words = words_of([token], context.plain)
        inside = _INSIDE.search(words)  # 必须着装(周五除外)，不着装扣2分
        words = words if inside is None else inside["words"]
        if context.vetoes and context.claims.get(index - _BEHIND, _NONE)[0] is Taken.VETO:
            _exempt(context, index, words)
            continue
        draft = _at(context, tokens, index)
        rule = None if draft is None else _but(context, draft.rule, words)
        if draft is None or rule is None:
            continue
        draft.rule, draft.occasion = rule, None
        draft.first, draft.end = min(draft.first, index), max(draft.end, index + 1)
        context.claims[index] = (Taken.RULE, "what is excepted")


def _exempt(context: Context, index: int, words: str) -> None:
    """Read 实行一票否决（因不可抗力除外）: where the veto right before does not apply."""
    when = Flag(context.quantities.measure(_ONLY_SAYS.sub("", words), MeasureKind.FLAG))
    context.vetoes[-1] = attrs.evolve(context.vetoes[-1], exempt=when)
    context.claims[index] = (Taken.VETO, "what is excepted")


def _at(context: Context, tokens: Tokens, index: int) -> Draft | None:
    """Return the rule that an exception stands at: right before its bracket, else the next one."""
    drafts = context.drafts
    at = bisect_left(drafts, index, key=lambda draft: draft.end)
    before = drafts[at - 1] if at else None
    opened = kind_at(tokens, index - 1) in {Kind.OPEN, Kind.COMMA}
    if before is not None and opened and before.end == index - 1:
        alone = at < 2 or drafts[at - 2].end < before.end  # noqa: PLR2004 - one made of the words
        return before if alone else None
    behind = drafts[at] if at < len(drafts) else None
    if behind is None or behind.first - index > _NEAR:
        return None
    between = {token.kind for token in tokens[index : behind.end]}
    return behind if _PERIODS.isdisjoint(between) else None


def _but(context: Context, rule: Rule, words: str) -> Rule | None:
    """Return a rule about one fact or its cases with the exception in the name, else None."""
    match rule:
        case Deduction(tally=Once(condition=Flag(expected=True) as flag) as once):
            when = Flag(_renamed(context, flag.measure, words))
            return attrs.evolve(rule, tally=attrs.evolve(once, condition=when))
        case Deduction(tally=Cases(measure=measure) as cases):
            name = _renamed(context, measure, words)
            return attrs.evolve(rule, tally=attrs.evolve(cases, measure=name))
        case Forfeit(when=Flag(expected=True) as flag):
            return attrs.evolve(rule, when=Flag(_renamed(context, flag.measure, words)))
        case _:
            return None


def _renamed(context: Context, code: str, words: str) -> str:
    """Return the code of a measure whose name has the exception; a given one keeps its own."""
    known = context.quantities.known(code)
    if known is None or context.quantities.was_given(known):
        return code
    context.quantities.forget(code)
    kind = known.kind or MeasureKind.FLAG
    return context.quantities.measure(f"{known.label}（{words}）", kind, known.unit).code
