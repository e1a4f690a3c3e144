"""The account of a text: what each part was taken for, and what has to be reported.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> [piece.taken.value for piece in read_clause("2024年，未公示扣1分").pieces]
['number', 'text', 'rule']
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import attrs

from healthduty.checks.codes import found
from healthduty.clauses.assumed import MOST_OF_UNWANTED, ONLY_ASKED, said, total_of_all, year_total
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.clauses.second_look.left_over import IN_NO_RULE
from healthduty.clauses.text.folding import Folded
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.pieces import Piece, Taken
from healthduty.clauses.text.tokens import Token
from healthduty.findings import Finding
from healthduty.rules.rule import Group
from healthduty.said import Said, chinese
from healthduty.sources import Citation, Place

SCORING = frozenset(
    {
        Kind.LOSE,
        Kind.FURTHER,
        Kind.EARN,
        Kind.ADD,
        Kind.NOTHING,
        Kind.FULL,
        Kind.HALF,
        Kind.JUDGED,
        Kind.CAP,
        Kind.DRAIN,
        Kind.USED_UP,
        Kind.TIMES,
        Kind.VETO,
        Kind.CANCEL,
        Kind.STARTED,
        Kind.COMPLETED,
        Kind.FREE,
        Kind.FROM_TOTAL,
        Kind.BELOW_ZERO,
        Kind.LOWEST,
        Kind.BEST,
    }
)
"""The kinds of token that score: each is in a rule, or reported."""

_MARKS = frozenset({Kind.COMMA, Kind.LIST, Kind.SLASH, Kind.DASH})
_BEHIND_MARK = 2
_LONGEST_SHOWN = 40


_VERBS = ("扣", "得", "加", "减", "奖")
"""What a word ends in whose points were not read."""


def claim_rest(context: Context, tokens: Tokens) -> None:
    """Say what the tokens that no rule needed are; report those that score."""
    for index, token in enumerate(tokens):
        if index in context.claims:
            continue
        before = context.claims.get(index - 1, (Taken.TEXT, ""))
        points = token.kind is Kind.POINTS and before == (Taken.UNREAD, "")
        context.claims[index] = before if points else _taken(token)  # 2分: both, or neither
        verb = points and index > 1 and tokens[index - 2].text.endswith(_VERBS)
        if verb and context.claims.get(index - 2) == (Taken.TEXT, ""):
            context.claims[index - 2] = before  # 本项不得1分: a misprint


def _taken(token: Token) -> tuple[Taken, str]:
    """Return what a token is that no rule needed."""
    if token.kind in {Kind.EXPLAINED, Kind.MONEY}:
        return Taken.NUMBER, token.note
    if token.kind is Kind.LABEL:
        return Taken.NUMBER, "a list number"
    if token.kind is Kind.HEADING:
        return Taken.TEXT, "a heading"
    if token.kind is Kind.SCORE:
        return Taken.TEXT, token.note or "a name for points"
    numbered = token.kind is not Kind.NUMBER and any(c.isdecimal() for c in token.text)
    numbered = numbered or (token.kind is Kind.LACK and "否决" in token.text)  # 少否决一个
    if numbered or token.kind in SCORING or (token.kind is Kind.NUMBER and not token.spelt):
        return Taken.UNREAD, ""
    return Taken.TEXT, ""


def pieces_of(context: Context, folded: Folded, tokens: Tokens) -> Iterator[Piece]:
    """Go through the parts of the text: tokens that follow each other and were taken alike."""
    keyed = [(context.claims[index], token) for index, token in enumerate(tokens)]
    for (taken, note), run in groupby(keyed, key=lambda pair: pair[0]):
        members = [token for _, token in run]
        yield Piece(folded.span(members[0].start, members[-1].end), taken, note)


def findings_of(context: Context, folded: Folded, tokens: Tokens) -> Iterator[Finding]:
    """Go through what has to be reported: faults, what was not read, what was assumed."""
    for faults in (_faults(context, tokens), _unread(context, tokens), _assumed(context)):
        for fault in faults:
            yield _finding(fault, folded, tokens)


def _faults(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the faults; those that say the same of what nothing but a mark parts are one."""
    faults = context.faults
    begin = 0
    for at, fault in enumerate(faults, 1):
        if at == len(faults) or not _goes_on(fault, faults[at], tokens):
            first = faults[begin]
            yield first if fault is first else attrs.evolve(first, end=fault.end)
            begin = at


def _goes_on(last: Fault, fault: Fault, tokens: Tokens) -> bool:
    end = last.end
    marked = fault.first == end + 1 and fault.code == "clause-unread" and tokens[end].kind in _MARKS
    touch = (fault.first == end or marked) and last.code == fault.code
    return touch and (last.message, last.hint) == (fault.message, fault.hint)


def _unread(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the tokens that score, that nobody took and that no fault is about.

    Those with nothing but marks between them are one finding: 1, 2, 3 is one thing not understood.
    """
    reported = {
        index
        for fault in context.faults
        if fault.code != "clause-assumed"  # what was mended somewhere explains nothing else
        for index in range(fault.first, fault.end)
    }
    unread = [
        index
        for index in sorted(context.claims)
        if context.claims[index][0] is Taken.UNREAD and index not in reported
    ]
    first = 0
    for at, index in enumerate(unread):
        if at + 1 < len(unread) and unread[at + 1] == index + _BEHIND_MARK:
            apart = tokens[index + 1].kind not in _MARKS
        else:
            apart = at + 1 == len(unread) or unread[at + 1] > index + 1
        if apart:
            numbers = {tokens[index].kind for index in unread[first : at + 1]} == {Kind.NUMBER}
            if context.asks and numbers:  # （80分合格）: no points hang on what is only asked
                yield Fault("clause-doubt", IN_NO_RULE, unread[first], index + 1)
            else:
                message = Said("not understood", "没有读懂")
                yield Fault("clause-unread", message, unread[first], index + 1)
            first = at + 1


def _assumed(context: Context) -> Iterator[Fault]:
    """Go through the assumptions: of goals that became targets, and of rules."""
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        if span is not None and goal.bare and goal.bounds.high != 0 and is_unwanted(goal.name):
            yield Fault("clause-assumed", _told(MOST_OF_UNWANTED), *span)
        if span is None or index in context.used_goals:
            continue
        if goal.by_period:
            yield Fault("clause-assumed", _told(year_total(goal.by_period)), *span)
        elif goal.per:
            yield Fault("clause-assumed", _told(total_of_all(goal.per)), *span)
    spans = [span for span in context.goal_spans if span is not None]
    rules = context.drafts or context.parts or context.vetoes
    if spans and context.points is not None and not (context.asks or rules or context.faults):
        yield Fault("clause-assumed", _told(ONLY_ASKED), *spans[0])
    told = [
        (one.assumption.text, draft.first, draft.end)
        for draft in context.drafts
        for one in (draft.rule, *(draft.rule.rules if isinstance(draft.rule, Group) else ()))
        if one.assumption is not None
    ]
    for text, first, end in dict.fromkeys(told):  # 每项1分 is said once for all of its parts
        yield Fault("clause-assumed", _told(text), first, end)


def _told(assumption: str) -> Said:
    return Said(said(assumption), assumption)


def _finding(fault: Fault, folded: Folded, tokens: Tokens) -> Finding:
    """Return a fault with the words that it is about and where they stand."""
    span = folded.span(tokens[fault.first].start, tokens[fault.end - 1].end)
    words = folded.original[span.start : span.end]
    shown = words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"
    message = Said(f"`{shown}`: {fault.message}", f"`{shown}`：{chinese(fault.message)}")
    place = Place(character=span.start + 1)
    citation = Citation(text=folded.original, span=span)
    return found(fault.code, message, place=place, hint=fault.hint, citation=citation)
