"""A bound and what has to hold with it: 满意度达90%以上，同时无有效投诉得3分.

同时, 且 or 并且 behind a comma ties the words before it to those behind: both have to hold.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("满意度达90%以上，同时无有效投诉得3分").rules[0]
>>> [type(condition).__name__ for condition in rule.bands[0].when.conditions]
['Compare', 'Flag']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context
from healthduty.clauses.occasions import Either, Held, Where
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import Token

_TIED = re.compile(r"(?:并且|而且|同时|且)(?=.)")
_BOTH = 2


def read_both(context: Context, tokens: tuple[Token, ...]) -> Either | None:
    """Read `bound ',' (同时 | 且) (fact | bound)`, None where it is not that."""
    head = tokens[0] if tokens else None
    tie = _TIED.match(head.text) if head is not None and head.kind is Kind.WORD else None
    if head is None or tie is None or not context.pending:
        return None
    held = context.pending[-1]
    before = read_occasion(held.tokens, context.plain)
    cut = attrs.evolve(head, text=head.text[tie.end() :], start=head.start + tie.end())
    later = read_occasion((cut, *tokens[1:]), context.plain)
    if not isinstance(before, Held) or not isinstance(later, (Held, Where)):
        return None
    named = all(
        not isinstance(one, Held) or (one.subject and one.bounds.single) for one in (before, later)
    )
    if not named:
        return None
    context.use_words(held)
    context.pending.clear()
    return Either((before, later), every=True)


def read_both_waiting(context: Context) -> Either | None:
    """Read `bound ',' 且 bound ','` before points: 参与率低于90%，且合格率低于80%的，扣2分."""
    if len(context.pending) < _BOTH:
        return None
    last = context.pending[-1]
    if _TIED.match(last.tokens[0].text) is None:
        return None
    context.pending.pop()
    both = read_both(context, last.tokens)
    if both is None:
        context.pending.append(last)
    else:
        context.use_words(last)
    return both
