"""What was mended in a number is said: by the rule that holds it, or by a finding.

Source: semantics 11 (assumptions are visible).

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("未公示扣05分").rules[0]
>>> str(rule.points), rule.assumption.text
('1/2', '印错的数字按唯一可能的读法')
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.text.folding import Folded
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.misprints import without_point
from healthduty.clauses.text.phrases import Tokens
from healthduty.rules.rule import Assumption
from healthduty.said import Said

_MESSAGE = Said(assumed.said(assumed.MISPRINT), assumed.MISPRINT)


def tell_mended(context: Context, folded: Folded, tokens: Tokens) -> None:
    """Give the rules over mended numbers the assumption, report what stands in no rule."""
    for index in _mended(folded, tokens):
        held = [draft for draft in context.drafts if draft.first <= index < draft.end]
        for draft in held:
            _assume(draft)
        if not held:
            context.faults.append(Fault("clause-assumed", _MESSAGE, index, index + 1))
    if context.mended and tokens:  # in the requirement's cell, which is cited by nobody
        listed = "、".join(dict.fromkeys(context.mended))
        message = Said(f"{_MESSAGE} ({listed})", f"{assumed.MISPRINT}（{listed}）")
        context.faults.append(Fault("clause-assumed", message, 0, len(tokens)))


def mended_words(folded: Folded) -> Iterator[str]:
    """Go through the numbers of a text that were mended, as they are read."""
    for at in sorted(folded.mended):
        end = at + 1
        while end < len(folded.folded) and folded.folded[end] in "0123456789.%‰":
            end += 1
        yield folded.folded[at:end]


def _mended(folded: Folded, tokens: Tokens) -> Iterator[int]:
    """Go through the tokens that hold something mended."""
    waiting = sorted(folded.mended, reverse=True)
    for index, token in enumerate(tokens):
        inside = False
        while waiting and waiting[-1] < token.end:
            inside = waiting.pop() >= token.start or inside
        pointless = token.kind is Kind.NUMBER and token.value is not None
        if inside or (pointless and without_point(token.text)):
            yield index


def _assume(draft: Draft) -> None:
    """Give a rule the assumption, behind what it assumes already."""
    own = draft.rule.assumption
    if own is None:
        own = Assumption(assumed.MISPRINT)
    elif assumed.MISPRINT not in own.text:
        own = attrs.evolve(own, text=assumed.both(own.text, assumed.MISPRINT))
    draft.rule = attrs.evolve(draft.rule, assumption=own)
