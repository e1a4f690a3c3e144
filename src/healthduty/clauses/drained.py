"""All points used up: 2分扣完为止 is a cap, 无证扣满2分 takes them for a fault of its own.

扣完, 扣满 and 扣至 behind a rule say the most that it takes. Behind a fault that has no points yet
they say what that fault costs; behind a number of cases (2例直接扣至30分) what so many of them do.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (caps).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("无上岗证扣满2分").rules[0].points
Fraction(2, 1)
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import Token

_AT_ONCE = re.compile(r"(?:就|即|则)?(?:直接|一次性|一律|全部)$")
_UNTIL_THEN = re.compile(r"直到?$|为止|累计|合计|总计|共计")
_SO_MANY = [Kind.NUMBER, Kind.UNIT]


def drained(segment: Segment, action: Action) -> Action:
    """Take 2分扣完为止 for a cap of 2 points."""
    kinds = [token.kind for token in segment.occasion]
    most = segment.occasion[0].value if kinds == [Kind.NUMBER, Kind.POINTS] else None
    return action if most is None else attrs.evolve(action, done=Done.CAP, amounts=(most,))


def taken_at_once(
    segment: Segment, action: Action, tokens: tuple[Token, ...]
) -> tuple[Action, tuple[Token, ...]]:
    """Take 无上岗证扣满2分 and 2例直接扣至30分 for what that costs, and no cap."""
    if action.done is not Done.CAP or action.together or not tokens:
        return action, tokens
    kinds = [token.kind for token in segment.tokens]
    verb = segment.tokens[segment.acts - segment.first : segment.end - segment.first]
    if Kind.DRAIN not in kinds or Kind.UNTIL in kinds:
        return action, tokens
    hasty = _AT_ONCE.fullmatch(tokens[-1].text)
    counted = tokens if hasty is None else tokens[:-1]
    words = "".join(token.text for token in tokens)
    if [token.kind for token in counted] == _SO_MANY:
        return attrs.evolve(action, done=Done.POINTS), counted
    up_to = any(token.kind is Kind.DRAIN and token.text.endswith(("至", "到")) for token in verb)
    if up_to or _UNTIL_THEN.search(words) or not SAYS_WRONG.search(words):
        return action, tokens
    return attrs.evolve(action, done=Done.POINTS), tokens
