"""A clause cut into segments: each comma ends one, and so does each amount of points.

A segment has at most one action, at its end; what stands before the action is its occasion.
Brackets that only add to a name belong to the name.

Source: docs/en/explanation/how-text-is-read.md, “Why two grammars”.

>>> from healthduty.clauses.text.tokens import tokens_of
>>> [len(s.occasion) for s in segments_of(tokens_of("未公示扣1分无台账扣2分，扣完为止"))]
[1, 1, 0]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.clauses.actions import BEGINNINGS, Action, read_action
from healthduty.clauses.cells import cells_joined
from healthduty.clauses.text.lexicon import COUNTED, RATE_UNITS, TIMES, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.proportions import with_numbers
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verb_behind import read_verb_behind

_SEPARATORS = frozenset(
    {Kind.COMMA, Kind.STOP, Kind.COLON, Kind.OPEN, Kind.CLOSE, Kind.HEADING, Kind.LABEL}
    | {Kind.MONEY}
)
_OF_NAMES = frozenset(
    {Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.SLASH, Kind.DASH, Kind.ABOVE, Kind.COMMA}
)
_SIGNS = frozenset({Kind.DASH, Kind.PLUS})
_GOES_ON = frozenset(
    {
        *(Kind.WORD, Kind.NUMBER, Kind.EACH, Kind.EACH_LESS, Kind.EACH_MORE),
        *(Kind.LESS, Kind.AT_LEAST, Kind.AT_MOST, Kind.MORE),
    }
)
_HOW_OFTEN = frozenset({Kind.EVERY, Kind.AT_LEAST, Kind.NUMBER, Kind.UNIT, Kind.ABOVE, Kind.WORD})
_MARKS = frozenset({Kind.COMMA, Kind.LIST})
_NAMES = _MARKS | {Kind.WORD}
_BOUNDS = _MARKS | {
    Kind.NUMBER,
    Kind.UNIT,
    Kind.AT_LEAST,
    Kind.AT_MOST,
    Kind.LESS,
    Kind.MORE,
    Kind.ABOVE,
    Kind.UNDER,
    Kind.SLASH,
}
_QUANTITY_ENDS = frozenset({Kind.UNIT, Kind.NUMBER, Kind.ABOVE})
_PHRASE_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.COLON, Kind.LABEL, Kind.LIST})
_ASKS = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.EVERY})
_YES_OR_NO = frozenset({"有", "是", "无", "否"})
_COMPARES = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE})
_BEGINS_NAME = frozenset({None, Kind.STOP, Kind.COMMA, Kind.LIST, Kind.LABEL, Kind.COLON})
_OF_GOAL = _ASKS | {Kind.NUMBER, Kind.UNIT, Kind.ABOVE, Kind.UNDER}
_SHORTFALLS = frozenset(
    {Kind.LESS, Kind.MORE, Kind.LACK, Kind.EACH_LESS, Kind.EACH_MORE, Kind.EACH_LACK, Kind.FOUND}
)
_VERBS = frozenset({Kind.LOSE, Kind.FURTHER, Kind.EARN, Kind.ADD})
_POINTS_IN_BRACKETS = (
    [Kind.OPEN, Kind.NUMBER, Kind.POINTS, Kind.CLOSE],
    [Kind.OPEN, Kind.NUMBER, Kind.CLOSE, Kind.POINTS],
    [Kind.OPEN, Kind.NUMBER, Kind.DASH, Kind.NUMBER, Kind.POINTS, Kind.CLOSE],
    [Kind.OPEN, Kind.NUMBER, Kind.DASH, Kind.NUMBER, Kind.CLOSE, Kind.POINTS],
)
_MOST_LISTED = 24
_BEHIND_FAULT = frozenset({Kind.LIST, Kind.LOSE, Kind.NOTHING})
_FAULT = re.compile(r"未|没有|无(?!障碍|菌|烟)|不|缺")
_EVENT = re.compile(r"[凡如每]?(?:发生|出现|造成|引发|导致)")
_NEAR = 4
"""So many tokens before a bracket say what happens: 发生, 1, 起, 疫情."""
_BEHIND_EVENT = frozenset({Kind.LOSE, Kind.NOTHING, Kind.EACH})
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
        # A bracket that closes nothing is a mark: 1）成立小组.
        self.depth = max(0, self.depth + (kind is Kind.OPEN) - (kind is Kind.CLOSE))
        self.after, self.first = kind, at + 1

    def act(self, at: int) -> int:
        """End the open segment behind an action or points that begin here; return where to go on.

        segment := occasion [action]; a list of segments may go on with 、
        """
        begins = self.tokens[at].kind in BEGINNINGS
        read = (read_action if begins else read_verb_behind)(self.tokens, at)
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
    """Whether points without a verb end, and more follows: A档6分、B档4分, 有烟头-1分无灯-1分."""
    if tokens[at].kind is not Kind.POINTS or kind_at(tokens, at - 1) is not Kind.NUMBER:
        return False
    signed = kind_at(tokens, at - 2) in _SIGNS and kind_at(tokens, at - 3) is Kind.WORD
    goes_on = kind_at(tokens, at + 1)
    last = at - 3 if kind_at(tokens, at - 2) in {Kind.ABOVE, Kind.UNDER} else at - 2
    before = tokens[last] if last >= 0 else None  # 控制率3%12分每上升1个百分点
    rated = before is not None and before.kind is Kind.UNIT and before.text in RATE_UNITS
    more = (signed and goes_on in {Kind.WORD, Kind.CAP}) or (rated and goes_on in _GOES_ON)
    return goes_on is Kind.LIST or more


def names_joined(tokens: Tokens, text: str) -> list[Token]:
    """Join brackets that hold nothing but words to the word before them, and the word behind."""
    joined: list[Token] = []
    tokens = cells_joined(tokens)
    kinds = {token.kind for token in tokens}
    if Kind.ODDS in kinds:
        tokens = with_numbers(tokens)
    if Kind.OPEN in kinds:
        tokens = _without_brackets(_points_bare(tokens))
    tokens = _bounds_apart(tokens)
    if Kind.COMMA in kinds:
        tokens = _yes_tied(tokens)
    tokens = _times_joined(tokens, text)
    if Kind.SHARED in kinds:
        tokens = _commas_listed(tokens)
    if Kind.LIST in kinds:
        tokens = _faults_apart(tokens)
    at = 0
    while at < len(tokens):
        kind = tokens[at].kind
        end = _name_end(tokens, at) if kind is Kind.WORD else at + 1
        others = _other_units(tokens, at + 1) if kind is Kind.UNIT else ()
        if others:
            joined.append(attrs.evolve(tokens[at], note="、".join(others)))  # 发表1篇（项）
            at += 2 + 2 * len(others)
            continue
        if kind is Kind.EXPLAINED:  # 《规范》（GB 50688-2011）
            end = max(end, _bracket_end(tokens, end))
        if end == at + 1:
            joined.append(tokens[at])
        else:
            start, stop = tokens[at].start, tokens[end - 1].end
            joined.append(Token(kind, text[start:stop], start, stop, note=tokens[at].note))
        at = end
    return joined


def _bounds_apart(tokens: Tokens) -> Tokens:
    """Take the 、 between two bounds for a comma: 不少于12种的印刷资料、不少于6种的影像资料."""
    if not any(kind_at(tokens, at + 1) in _COMPARES for at in _lists(tokens)):
        return tokens
    found = list(tokens)
    for at in _lists(tokens):
        if tokens[at - 1].kind is not Kind.WORD or tokens[at + 1].kind not in _COMPARES:
            continue
        before = (tokens[index].kind for index in range(at - 1, -1, -1))
        phrase = itertools.takewhile(lambda kind: kind not in _PHRASE_ENDS, before)
        if any(kind in _COMPARES for kind in phrase):
            found[at] = attrs.evolve(tokens[at], kind=Kind.COMMA)
    return found


def _lists(tokens: Tokens) -> Iterator[int]:
    """Go through where a 、 stands with something around it."""
    return (at for at in range(1, len(tokens) - 1) if tokens[at].kind is Kind.LIST)


def _times_joined(tokens: Tokens, text: str) -> Tokens:
    """Join a rate with the time in its name: 产后7天内访视率达90%, 孕12周前建册率≥85%."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found.append(token)
        rate = token.kind is Kind.WORD and token.text.endswith("率")
        if not rate or kind_at(tokens, at + 1) not in _COMPARES:
            continue
        unit = len(found) - 2 - (kind_at(found, len(found) - 2) is Kind.WITHIN)
        first = unit - 1 - (kind_at(found, unit - 2) is Kind.WORD)
        timed = kind_at(found, unit) is Kind.UNIT and found[unit].text in TIMES
        if not timed or kind_at(found, unit - 1) is not Kind.NUMBER:
            continue
        if kind_at(found, first - 1) in _BEGINS_NAME:
            start = found[first].start
            found[first:] = [Token(Kind.WORD, text[start : token.end], start, token.end)]
    return found


def _yes_tied(tokens: Tokens) -> Tokens:
    """Leave out the comma of 有，得2分 and 否，不得分: a word alone is what the points are for."""
    return [
        token
        for at, token in enumerate(tokens)
        if token.kind is not Kind.COMMA
        or kind_at(tokens, at - 1) is not Kind.WORD
        or tokens[at - 1].text not in _YES_OR_NO
        or kind_at(tokens, at - 2) not in {None, Kind.STOP, Kind.COMMA, Kind.LABEL}
        or kind_at(tokens, at + 1) not in {Kind.EARN, Kind.NOTHING}
    ]


def _points_bare(tokens: Tokens) -> Tokens:
    """Leave out the brackets around points right behind their verb: 扣（2分）, 扣（2-6）分."""
    bare: list[Token] = []
    inside = False
    for at, token in enumerate(tokens):
        verb = at - 1 - (at > 0 and tokens[at - 1].kind is Kind.POINTS)  # 扣分（2分）
        if token.kind is Kind.OPEN and kind_at(tokens, verb) in _VERBS:
            ahead = [each.kind for each in tokens[at : at + len(_POINTS_IN_BRACKETS[-1])]]
            inside = any(ahead[: len(kinds)] == kinds for kinds in _POINTS_IN_BRACKETS)
            if inside:
                continue
        if inside and token.kind is Kind.CLOSE:
            inside = False
            continue
        bare.append(token)
    return bare


def _commas_listed(tokens: Tokens) -> Tokens:
    """Take commas for 、 around 分别, where as many names as bounds stand between them.

    甲，乙死亡率分别超过20/10万，10‰: two names and two bounds.
    """
    changed = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind is not Kind.SHARED or token.text != "分别":
            continue
        before = _commas(tokens, at - 1, -1, _NAMES)
        behind = _commas(tokens, at + 1, 1, _BOUNDS)
        if before and len(before) == len(behind):
            for comma in (*before, *behind):
                if tokens[comma].kind is Kind.COMMA:
                    changed[comma] = attrs.evolve(tokens[comma], kind=Kind.LIST)
    return changed


def _faults_apart(tokens: Tokens) -> Tokens:
    """Take 、 for a comma between what is asked and a fault: 每年至少1次、未召开扣3分.

    Between two faults (缺1次、未记录) it is a list; it parts two goals of 甲率≥90%、乙率≥80%得满分.
    """
    changed = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind is not Kind.LIST or kind_at(tokens, at - 1) not in _QUANTITY_ENDS:
            continue
        kinds = [each.kind for each in tokens[max(0, at - _MOST_IN_BRACKETS) : at]]
        before = set(itertools.takewhile(lambda kind: kind not in _PHRASE_ENDS, kinds[::-1]))
        fault = kind_at(tokens, at + 1) is Kind.WORD and _FAULT.match(tokens[at + 1].text)
        earned = _is_earned_goal(tokens, at + 1)
        rate = tokens[at - 1].text in RATE_UNITS and earned  # 甲率100%、乙率≥80%得满分
        apart = (rate or before & _ASKS) and (fault or earned)
        if apart and not before & _SHORTFALLS:
            changed[at] = attrs.evolve(token, kind=Kind.COMMA)
    return changed


def _is_earned_goal(tokens: Tokens, at: int) -> bool:
    """Whether `WORD bound ('、' WORD bound)* [各] (EARN | FULL)` stands at a place.

    乙率达到80%以上得满分; 乙率80%以上得满分; 乙率≥80%、丙率≥70%各得2分.
    """
    begin = at
    while kind_at(tokens, at) is Kind.WORD and _begins_bound(tokens, at + 1):
        at += 1
        while kind_at(tokens, at) in _OF_GOAL and at - begin < _MOST_IN_BRACKETS:
            at += 1
        at += kind_at(tokens, at) is Kind.SHARED and tokens[at].text == "各"
        if kind_at(tokens, at) is not Kind.LIST:
            return kind_at(tokens, at) in {Kind.EARN, Kind.FULL}
        at += 1
    return False


def _begins_bound(tokens: Tokens, at: int) -> bool:
    """Whether a bound begins at a place, with a comparison or as a rate alone."""
    rate = kind_at(tokens, at) is Kind.NUMBER and kind_at(tokens, at + 1) is Kind.UNIT
    return kind_at(tokens, at) in _ASKS or (rate and tokens[at + 1].text in RATE_UNITS)


def _commas(tokens: Tokens, at: int, step: int, kinds: frozenset[Kind]) -> list[int]:
    """Return where marks stand in a list, from a place in one direction on."""
    found: list[int] = []
    begin = at
    while kind_at(tokens, at) in kinds and abs(at - begin) < _MOST_LISTED:
        if tokens[at].kind in _MARKS and kind_at(tokens, at + step) in kinds:
            found.append(at)
        at += step
    return found


def _other_units(tokens: Tokens, at: int) -> tuple[str, ...]:
    """Return the other units in a bracket behind a unit: 1篇（项）, 1种（个、次）."""
    if kind_at(tokens, at) is not Kind.OPEN:
        return ()
    found: list[str] = []
    while kind_at(tokens, at + 1) is Kind.UNIT or (
        kind_at(tokens, at + 1) is Kind.WORD and tokens[at + 1].text in COUNTED
    ):
        found.append(tokens[at + 1].text)
        at += 2
        if kind_at(tokens, at) is not Kind.LIST:
            break
    return tuple(found) if kind_at(tokens, at) is Kind.CLOSE else ()


def _without_brackets(tokens: Tokens) -> Tokens:
    """Take the brackets of 得分=(完成率/95%)×5分 for signs of a formula, which part nothing."""
    if all(token.kind is not Kind.MULTIPLY for token in tokens):
        return tokens
    found = list(tokens)
    begin = slash = -1
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            begin = at
        elif token.kind is Kind.SLASH:
            slash = at
        elif token.kind is Kind.CLOSE and 0 <= begin < slash and at - begin < _MOST_IN_BRACKETS:
            if Kind.MULTIPLY in {kind_at(tokens, begin - 1), kind_at(tokens, at + 1)}:
                for bracket in (begin, at):
                    found[bracket] = attrs.evolve(found[bracket], kind=Kind.EMPHASIS)
            begin = -1
    return found


def _name_end(tokens: Tokens, at: int) -> int:
    """Read `WORD ('(' words ')' [WORD])*`: return where it ends."""
    at += 1
    while True:
        end = _bracket_end(tokens, at) or _often_end(tokens, at) or _size_end(tokens, at)
        if not end:
            return at
        at = end + 1 if kind_at(tokens, end) is Kind.WORD else end


def _often_end(tokens: Tokens, at: int) -> int:
    """Read `'(' EVERY words ')'` behind a fault of a list: 未称体重（每学期2次）、未量身高."""
    if kind_at(tokens, at) is not Kind.OPEN or kind_at(tokens, at + 1) is not Kind.EVERY:
        return 0
    end = at + 1
    while kind_at(tokens, end) in _HOW_OFTEN and end - at < _MOST_IN_BRACKETS:
        end += 1
    closed = kind_at(tokens, end) is Kind.CLOSE and kind_at(tokens, end + 1) in _BEHIND_FAULT
    return end + 1 if closed and _FAULT.search(tokens[at - 1].text) else 0


def _size_end(tokens: Tokens, at: int) -> int:
    """Read `'(' [words] [comparator] NUMBER UNIT [以上] ')'` behind an event: 中毒（10人以上）."""
    if kind_at(tokens, at) is not Kind.OPEN:
        return 0
    end = at + 1 + (kind_at(tokens, at + 1) is Kind.WORD)
    end += kind_at(tokens, end) in _COMPARES
    if kind_at(tokens, end) is not Kind.NUMBER or kind_at(tokens, end + 1) is not Kind.UNIT:
        return 0
    end += 2 + (kind_at(tokens, end + 2) in {Kind.ABOVE, Kind.UNDER})
    if kind_at(tokens, end) is not Kind.CLOSE:
        return 0
    behind = kind_at(tokens, end + 1)
    of_event = behind is Kind.WORD and tokens[end + 1].text in {"的", "者"}
    happens = any(_EVENT.match(token.text) for token in tokens[max(0, at - _NEAR) : at])
    return end + 1 if happens and (of_event or behind in _BEHIND_EVENT) else 0


def _bracket_end(tokens: Tokens, at: int) -> int:
    """Read `'(' words ')'`: return where it ends, 0 where it is not that."""
    if kind_at(tokens, at) is not Kind.OPEN:
        return 0
    end = at + 1
    while kind_at(tokens, end) in _OF_NAMES and end - at < _MOST_IN_BRACKETS:
        end += 1
    return end + 1 if kind_at(tokens, end) is Kind.CLOSE and end > at + 1 else 0


_SIDES_OF_SCORES = frozenset({Kind.LESS, Kind.MORE, Kind.AT_LEAST, Kind.AT_MOST})


def bounds_score(tokens: Tokens, most: Fraction | None) -> bool:
    """Whether points behind a comparison are more than an item has: what a score is held to."""
    kinds = [token.kind for token in tokens]
    alone = [*kinds[:1], Kind.NUMBER, Kind.POINTS] == kinds and kinds[0] in _SIDES_OF_SCORES
    points = tokens[1].value if alone else None
    return points is not None and most is not None and points > most
