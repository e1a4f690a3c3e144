"""A clause cut into segments: each comma ends one, and so does each amount of points.

A segment has at most one action, at its end; what stands before the action is its occasion.
Brackets that only add to a name belong to the name.

Source: docs/en/explanation/how-text-is-read.md, “Why two grammars”.

>>> from healthduty.clauses.tokens import tokens_of
>>> [len(s.occasion) for s in segments_of(tokens_of("未公示扣1分无台账扣2分，扣完为止"))]
[1, 1, 0]
"""

from __future__ import annotations

import attrs

from healthduty.clauses.actions import BEGINNINGS, Action, read_action
from healthduty.clauses.lexicon import Kind
from healthduty.clauses.phrases import Tokens, kind_at
from healthduty.clauses.tokens import Token

_SEPARATORS = frozenset(
    {Kind.COMMA, Kind.STOP, Kind.COLON, Kind.OPEN, Kind.CLOSE, Kind.HEADING, Kind.LABEL}
)
_OF_NAMES = frozenset(
    {Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.SLASH, Kind.DASH, Kind.ABOVE, Kind.COMMA}
)
_MOST_IN_BRACKETS = 12
"""A name in brackets has no more tokens."""


@attrs.frozen(kw_only=True)
class Segment:
    """Tokens `first` up to `end`: the occasion, and from `acts` on the action.

    `after` is the separator before it, `closed` the one behind it; `inside` whether it stands in
    brackets.
    """

    first: int
    acts: int
    end: int
    tokens: tuple[Token, ...]
    action: Action | None
    after: Kind | None
    closed: Kind | None
    inside: bool

    @property
    def occasion(self) -> tuple[Token, ...]:
        """The tokens before the action; all of them where there is none."""
        return self.tokens[: self.acts - self.first]


def segments_of(tokens: Tokens) -> list[Segment]:
    """Cut tokens into segments, in order."""
    cutter = _Cutter(tokens)
    at = 0
    while at < len(tokens):
        if tokens[at].kind in _SEPARATORS:
            cutter.separate(at)
            at += 1
        else:
            at = cutter.act(at)
    cutter.separate(len(tokens))
    return cutter.found


@attrs.define
class _Cutter:
    """Where the cutting of tokens stands: the open segment begins at `first`."""

    tokens: Tokens
    found: list[Segment] = attrs.field(factory=list)
    first: int = 0
    after: Kind | None = None
    depth: int = 0

    def separate(self, at: int) -> None:
        """End the open segment at a separator, or at the end of the text."""
        kind = kind_at(self.tokens, at)
        if self.first < at:
            self._cut(at, at, None)
        self.depth += (kind is Kind.OPEN) - (kind is Kind.CLOSE)
        self.after, self.first = kind, at + 1

    def act(self, at: int) -> int:
        """End the open segment behind an action or points that begin here; return where to go on.

        segment := occasion [action]; a list of segments may go on with 、
        """
        read = read_action(self.tokens, at) if self.tokens[at].kind in BEGINNINGS else None
        if read is not None:
            action, end = read
            self._cut(at, end, action)
        elif _worth_ends(self.tokens, at):
            end = at + 1
            self._cut(end, end, None)
        else:
            return at + 1
        self.after, self.first = None, end
        if kind_at(self.tokens, end) is Kind.LIST:
            self.after, self.first = Kind.LIST, end + 1
        return self.first

    def _cut(self, acts: int, end: int, action: Action | None) -> None:
        self.found.append(
            Segment(
                first=self.first,
                acts=acts,
                end=end,
                tokens=tuple(self.tokens[self.first : end]),
                action=action,
                after=self.after,
                closed=kind_at(self.tokens, end),
                inside=self.depth > 0,
            )
        )


def _worth_ends(tokens: Tokens, at: int) -> bool:
    """Whether points without a verb end here, and more follows: A档6分、B档4分."""
    ends = kind_at(tokens, at) is Kind.POINTS and kind_at(tokens, at - 1) is Kind.NUMBER
    return ends and kind_at(tokens, at + 1) is Kind.LIST


def names_joined(tokens: Tokens, text: str) -> list[Token]:
    """Join brackets that hold nothing but words to the word before them, and the word behind."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        kind = tokens[at].kind
        end = _name_end(tokens, at) if kind is Kind.WORD else at + 1
        if kind is Kind.EXPLAINED:  # 《规范》（GB 50688-2011）
            end = max(end, _bracket_end(tokens, end))
        if end == at + 1:
            joined.append(tokens[at])
        else:
            start, stop = tokens[at].start, tokens[end - 1].end
            joined.append(Token(kind, text[start:stop], start, stop, note=tokens[at].note))
        at = end
    return joined


def _name_end(tokens: Tokens, at: int) -> int:
    """Read `WORD ('(' words ')' [WORD])*`: return where it ends."""
    at += 1
    while True:
        end = _bracket_end(tokens, at)
        if not end:
            return at
        at = end + 1 if kind_at(tokens, end) is Kind.WORD else end


def _bracket_end(tokens: Tokens, at: int) -> int:
    """Read `'(' words ')'`: return where it ends, 0 where it is not that."""
    if kind_at(tokens, at) is not Kind.OPEN:
        return 0
    end = at + 1
    while kind_at(tokens, end) in _OF_NAMES and end - at < _MOST_IN_BRACKETS:
        end += 1
    return end + 1 if kind_at(tokens, end) is Kind.CLOSE and end > at + 1 else 0
