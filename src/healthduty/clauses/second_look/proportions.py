"""How a proportion is held is said: by an assumption over its place, or over the whole clause.

Source: semantics 11 (assumptions are visible).

>>> from healthduty.clauses.clause import read_clause
>>> [finding.code for finding in read_clause("医护比达到1:1.25得2分").findings]
['clause-assumed']
"""

from __future__ import annotations

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.proportions import NOTE
from healthduty.said import Said


def tell_proportions(context: Context, tokens: Tokens) -> None:
    """Report as an assumption how proportions are held, those of the requirement's cell too."""
    for at, token in enumerate(tokens):
        if token.note == NOTE:
            context.faults.append(Fault("clause-assumed", _held(token.text), at, at + 1))
    for words in dict.fromkeys(context.proportions):
        context.faults.append(Fault("clause-assumed", _held(words), 0, len(tokens)))


def _held(words: str) -> Said:
    return Said(
        f"the proportion {words} is held as one number: so many to one",
        f"{words}按比值计：每一个对应多少",
    )
