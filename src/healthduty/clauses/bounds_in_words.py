"""A fault whose numbers make no bound that is known: 超出规定的25个品种或金额的5%扣5分.

What is too much there is said by several numbers of different things. The fault is kept in its own
words, as one fact that an assessor can check, and a doubt says that its numbers are only words.

Source: docs/en/explanation/how-text-is-read.md, “Four promises”; semantics 12.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("品种超出规定的25个品种或基本药物金额的5%扣5分").rules[0].tally.condition.measure
'品种超出规定的25个品种或基本药物金额的5%'
"""

from __future__ import annotations

import re

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.each import EACHES
from healthduty.clauses.facts import SAYS_WRONG, trimmed
from healthduty.clauses.occasions import Where
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.rules.points import Effect

_TOO_MUCH = re.compile(
    r"[\u4e00-\u9fff]{2}(?:超出|超过|超标|高于|低于|少于|不足)[\u4e00-\u9fff]{2}"
)
_COUNTS = EACHES | {
    Kind.EVERY,
    Kind.LACK,
    Kind.FOUND,
    Kind.POINTS,
    Kind.ORDINAL,
    Kind.RANK,
    Kind.BLANK,
}
_LONGEST = 80


def fault_in_words(context: Context, action: Action, tokens: Tokens) -> Where | None:
    """Return a fault with its numbers in it; None where these count something."""
    words = trimmed(words_of(tokens, context.plain))
    loses = action.effect is Effect.LOSE and action.done in {Done.POINTS, Done.FORFEIT}
    if not loses or action.per_unit or len(words) > _LONGEST:
        return None
    if any(token.kind in _COUNTS for token in tokens):
        return None
    last = max((at for at, token in enumerate(tokens) if token.kind is Kind.NUMBER), default=-1)
    ends_wrong = SAYS_WRONG.search(words_of(tokens[last + 1 :], context.plain)) is not None
    if not (ends_wrong or _TOO_MUCH.search(words)):
        return None
    return Where((words,))
