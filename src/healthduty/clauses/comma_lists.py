"""Lists that go on over commas: 收受红包，出具虚假证明等一次扣1分; 甲率低于90%，乙率低于85%扣3分.

Officials put commas between the members of a list as readily as 、. What stands before a comma and
is wrong by itself is a further member, and so is what stands before a member that ends in 等.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("收受红包回扣，出具虚假证明等一次扣1分").rules[0].tally.measure
'收受红包回扣，出具虚假证明'
"""

from __future__ import annotations

import itertools
import re

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context
from healthduty.clauses.each import has_numbers
from healthduty.clauses.facts import SAYS_WRONG, untied
from healthduty.clauses.names.duties import says_duty
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import BREAKS
from healthduty.clauses.occasions import Either, Held, Many, Occasion
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import is_amiss
from healthduty.rules.condition import Comparator
from healthduty.rules.points import Effect
from healthduty.rules.rule import Deduction

_WORDS = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.SLASH, Kind.OPEN, Kind.CLOSE})
_AND_SO_ON = re.compile(r"等(?:情况|行为|现象|问题)?(?:的)?$|各项(?:的)?$")
_VERIFIED = re.compile(r"属实$|查实$")
_POOR = re.compile(r"[差少低弱慢乱脏旧]$")
_FAILING = frozenset({Comparator.LESS, Comparator.MORE})
_APPEARS = frozenset({"发现", "发生", "出现", "存在", "查出", "查实", "有"})
_MOST = 8


def list_before(
    context: Context, action: Action, tokens: Tokens, occasion: Occasion | None
) -> Occasion | None:
    """Return an occasion with the members of its list that stand before commas."""
    if action.effect is not Effect.LOSE or action.done is not Done.POINTS or not context.pending:
        return occasion
    match occasion:
        case Many(or_more=False) if _counts_last(tokens) and occasion.subject not in _APPEARS:
            return _counted(context, tokens, occasion)
        case Held():
            return any_failed(context, occasion)
        case _:
            return occasion


def _counts_last(tokens: Tokens) -> bool:
    """Whether what is counted stands before its number: 旷工一次, 迟报每次."""
    plain = tokens[0].kind is Kind.WORD and tokens[-1].kind is Kind.UNIT
    return plain and not has_numbers(tokens[:-2])


def _run(context: Context, behind: int) -> list[tuple[Segment, str]]:
    """Return the segments that only commas part, from so many before the last, with their words."""
    waiting = context.pending[-_MOST - behind : len(context.pending) - behind]
    run = list(itertools.takewhile(lambda held: held.closed is Kind.COMMA, reversed(waiting)))
    return [(held, untied(words_of(held.tokens, context.plain))) for held in run]


def _counted(context: Context, tokens: Tokens, occasion: Many) -> Many:
    """Read `(fault ',')+ fault NUMBER UNIT`: all of them are counted."""
    if _VERIFIED.search(occasion.subject) or occasion.subject in BREAKS:
        return occasion  # 有投诉，情况属实每次扣2分: one case
    open_list = _AND_SO_ON.search(words_of(tokens[:1], context.plain)) is not None
    fault = SAYS_WRONG.search(occasion.subject) is not None or is_amiss(occasion.subject)
    open_list = open_list or fault or _among_faults(context)
    members: list[Segment] = []
    names = [occasion.subject]
    for held, words in _run(context, 0):
        plain = all(token.kind in _WORDS for token in held.tokens) and not is_check(words)
        wrong = SAYS_WRONG.search(words) or _POOR.search(words) or is_amiss(words)
        if not plain or not (wrong or (open_list and not says_duty(words))):
            break
        members.append(held)
        names.append(name_of(words) or words)
    if not members:
        return occasion
    for held in members:
        context.reclaim(held, Taken.RULE)
    del context.pending[-len(members) :]
    return attrs.evolve(occasion, subject="，".join(reversed(names)))


def _among_faults(context: Context) -> bool:
    """Whether the rule right before counts faults, and nothing is asked since: 串岗，聊天一次."""
    last = context.last()
    if last is None or last.sentence != context.sentence or not isinstance(last.rule, Deduction):
        return False
    return not any(says_duty(words) for _, words in _run(context, 0))


def any_failed(context: Context, occasion: Held, behind: int = 0) -> Held | Either:
    """Read `(bound ',')+ bound` that are all failed: any of them; `behind` of them wait as well."""
    if not _fails(occasion):
        return occasion
    parts: list[Held] = [occasion]
    members: list[Segment] = []
    for held, _ in _run(context, behind):
        read = read_occasion(held.tokens, context.plain)
        if not isinstance(read, Held) or not read.subject or not _fails(read):
            break
        if not parts[-1].subject:
            if _side(read) == _side(parts[-1]):
                break
            parts[-1] = attrs.evolve(parts[-1], subject=read.subject)  # 低于85%，高于93%
        parts.append(read)
        members.append(held)
    if not members:
        return occasion
    for held in members:
        context.use_words(held)
        context.pending.remove(held)
    return Either(tuple(reversed(parts)), listed=True)


def _side(held: Held) -> bool:
    """Whether a bound fails what lies below it."""
    return held.bounds.low is None


def _fails(held: Held) -> bool:
    """Whether a bound says what is wrong: 低于90%, 超过20%."""
    single = held.bounds.single
    return single is not None and single[0] in _FAILING
