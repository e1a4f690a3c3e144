"""Amounts of points that stand in a row: 0.2、0.1分, 2分和1分, 0.5-2分.

Source: the patterns of published scoring tables.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> tokens = tokens_of("扣0.5-2分")
>>> [str(amount) for amount in amounts_listed(tokens[1].value, tokens, 2)[0]]
['1/2', '2']
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at

_JOINTS = frozenset({Kind.DASH, Kind.LIST, Kind.SLASH})
_BESIDE = frozenset({Kind.LIST, Kind.SLASH})
_MOST_AMOUNTS = 30


def amounts_listed(
    first: Fraction, tokens: Tokens, at: int
) -> tuple[tuple[Fraction, ...], bool, int] | None:
    """Read `([POINTS] (DASH | LIST | SLASH) NUMBER)* [[POINTS] (LIST | SLASH) 0分]`.

    Returns the amounts, whether a dash ties them, and where they end.
    """
    amounts, dashed = [first], False
    while len(amounts) < _MOST_AMOUNTS:
        joint = at + 1 if kind_at(tokens, at) is Kind.POINTS else at
        mark = Kind.LIST if _is_and(tokens, joint) else kind_at(tokens, joint)
        if mark in _BESIDE and is_no_amount(tokens, joint + 1):  # 分别得5分、3分、0分
            return (*amounts, Fraction(0)), dashed, joint + 2
        if mark not in _JOINTS or kind_at(tokens, joint + 1) is not Kind.NUMBER:
            break
        if mark is not Kind.DASH and not _points_follow(tokens, joint + 1):
            break
        value = tokens[joint + 1].value
        if value is None or (dashed and mark is Kind.DASH):
            return None
        dashed = dashed or mark is Kind.DASH
        amounts.append(value)
        at = joint + 2
    return tuple(amounts), dashed, at


def _is_and(tokens: Tokens, at: int) -> bool:
    """Whether 和 or 与 ties two amounts: 分别加2分和1分."""
    return kind_at(tokens, at) is Kind.WORD and tokens[at].text in {"和", "与", "及"}


def is_no_amount(tokens: Tokens, at: int) -> bool:
    """Whether 0分 stands here: the last of several amounts, and no forfeit."""
    return kind_at(tokens, at) is Kind.NOTHING and tokens[at].text in {"0分", "零分"}


def _points_follow(tokens: Tokens, at: int) -> bool:
    """Whether a list of numbers that goes on at `at` ends in points."""
    last = at + 2 * _MOST_AMOUNTS
    while at < last and kind_at(tokens, at) is Kind.NUMBER and kind_at(tokens, at + 1) in _BESIDE:
        at += 2
    points = kind_at(tokens, at) is Kind.NUMBER and kind_at(tokens, at + 1) is Kind.POINTS
    return points or is_no_amount(tokens, at)
