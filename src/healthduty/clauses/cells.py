"""Two cells of a row in one text: 动作粗暴 | 2, 漏报 | 2分/例.

A bar stands where the border of two cells was. Points alone behind it belong to the words before
it, as if no border were there, and need no 分: a column of points says that once; any other bar
parts as a comma does.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> [token.text for token in cells_joined(tokens_of("漏报|2分/例"))]
['漏报', '2', '分', '/', '例']
>>> [token.kind.name for token in cells_joined(tokens_of("有制度|2"))]
['WORD', 'NUMBER', 'POINTS']
"""

from __future__ import annotations

from collections.abc import Iterator

from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.tokens import Token

BORDER = "|"
_OF_POINTS = frozenset(
    {Kind.NUMBER, Kind.POINTS, Kind.SLASH, Kind.UNIT, Kind.EACH, Kind.DASH, Kind.SHARED, Kind.PLUS}
)
_NUMBERS = frozenset({Kind.NUMBER, Kind.DASH, Kind.PLUS, Kind.SHARED})
_ENDS = frozenset({None, Kind.STOP, Kind.COMMA})
_BARE_ENDS = _ENDS | {Kind.SLASH, Kind.EACH}
_MOST = 8


def cells_joined(tokens: Tokens) -> Tokens:
    """Leave out the bars before cells of points."""
    bars = [at for at, token in enumerate(tokens) if token.text == BORDER]
    left = {at for at in bars if _is_points(tokens, at + 1)}
    return list(_with_points(tokens, left)) if left else tokens


def _with_points(tokens: Tokens, left: set[int]) -> Iterator[Token]:
    """Leave out some bars, and say of a number alone behind them that it is points: 有制度|2."""
    cell = False
    for at, token in enumerate(tokens):
        cell = at in left or (cell and kind_at(tokens, at) in _NUMBERS)
        if at in left:
            continue
        yield token
        if cell and token.kind is Kind.NUMBER and kind_at(tokens, at + 1) in _BARE_ENDS:
            yield Token(Kind.POINTS, "", token.end, token.end)


def _is_points(tokens: Tokens, at: int) -> bool:
    """Whether a cell holds nothing but points: 2, 各1, 1-2分, 0.5分/项."""
    end = at
    while _is_of_points(tokens, end) and end - at < _MOST:
        end += 1
    kinds = {token.kind for token in tokens[at:end]}
    return Kind.NUMBER in kinds and kind_at(tokens, end) in _ENDS


def _is_of_points(tokens: Tokens, at: int) -> bool:
    return kind_at(tokens, at) in _OF_POINTS or (at < len(tokens) and tokens[at].text == "各")
