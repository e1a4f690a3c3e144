"""A proportion to one as a number: 医护比1:1.25 asks for 1.25 of the second for each first.

Whoever assesses it has the quotient, and steps (每低0.05) are steps of it. Only of staff to beds or
doctors is it sure that more is better, and of which side: 护患比1:8 and 保洁员与摊位之比1:20 are
reported, as is a proportion that nothing names.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> print(*read_clause("医护比不低于1:1.25，每低0.05扣1分").lines())
= 医护比达到1.25以上，每低0.05扣1分
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at

_STAFF = "(?:护士?|护理人员|医[生师]?|医护人员|卫技人员|卫生技术人员|工作人员)(?:人?数)?"
_RATIO = "(?:之比|配比|比例|比)(?:要|应当?|须|需)?(?:达到?|为|是)?$"
_TO_STAFF = re.compile(
    rf"(?:医[生师]?|床位?|病床)(?:人?数)?[与和]?(?:[^比]{{0,4}}){_STAFF}{_RATIO}"
)
_STAFF_TO = re.compile(rf"{_STAFF}[与和]?(?:[^比]{{0,4}})(?:床位?|病床)(?:人?数)?{_RATIO}")
"""Of whom more is better, on the side that is not one; of 护患比1:8 fewer would be."""
_COMPARES = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE})
_COLON = re.compile("[:：]")
NOTE = "proportion"
"""The note of a number that was a proportion."""


def with_numbers(tokens: Tokens) -> Tokens:
    """Return the tokens with proportions to one as numbers, right behind their name.

    So the next of the same, which only compares: 医护比达到1:1.25得3分，低于1:1不得分.
    """
    found = list(tokens)
    last = None
    for at, token in enumerate(tokens):
        if token.kind is not Kind.ODDS:
            continue
        compares = kind_at(tokens, at - 1) in _COMPARES
        name = tokens[at - 1 - compares].text if at > compares else ""
        first, second = _COLON.split(token.text)
        of_one, value = (_TO_STAFF, second) if first == "1" else (_STAFF_TO, first)
        if of_one.search(name) or (compares and of_one is last):
            found[at] = attrs.evolve(token, kind=Kind.NUMBER, value=Fraction(value), note=NOTE)
            last = of_one
    return found


def proportions_in(tokens: Tokens) -> list[str]:
    """Return the proportions that are held as numbers, as the text has them."""
    return [token.text for token in tokens if token.note == NOTE]
