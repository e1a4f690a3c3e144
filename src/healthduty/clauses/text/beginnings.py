r"""Lines of a table of words, tried only where the two characters at hand can begin one.

Digits that follow each other count as one character: what stands behind 90 says more than its 0.

A reader asks at each character which of some hundred patterns begins there. Most begin with a few
characters of their own, so nearly all of them need not be tried. What a pattern can begin with is
told by Python's own parser of patterns; where that says nothing, a pattern is tried everywhere.

Source: docs/en/explanation/how-text-is-read.md, promise 4 (time is linear in the text).

>>> lines = Lines(("扣[除去]?", r"\d+分", "得分?"))
>>> match, line = lines.match("每次扣去2分", 2)
>>> match.group(), line
('扣去', 0)
>>> lines.match("每次", 0) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

words: Any = getattr(re, "_constants", None)
parser: Any = getattr(re, "_parser", None)
"""Where a Python keeps them elsewhere, all lines are tried everywhere."""

_MOST = 64
"""So many characters of a range are listed; one with more may begin with anything."""

_TWO = 2
_DIGITS = frozenset("0123456789")
_RUN = re.compile(r"\d+")
_ZERO = "0"
"""Stands for a digit of another script: only what takes any digit takes that."""
_ANY = "\0"
"""Stands for any character in what a pattern begins with."""

_OF_PATTERNS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")

Begins = set[str]
"""What something can begin with, two characters of it; of what may be shorter all there is."""

_UNKNOWN = frozenset({"", _ANY, _ANY + _ANY})

Tried = tuple[tuple[Callable[[str, int], re.Match[str] | None], int], ...]
"""What matches some alternatives, each with its line."""


class Lines:
    """Patterns, of which the first that fits is taken; one that fits nothing is no match."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Take them in order, each alternative by itself."""
        self._parts = [
            (each, line) for line, pattern in enumerate(patterns) for each in _alternatives(pattern)
        ]
        self._begun: dict[str, list[int]] = {}
        for at, (each, _) in enumerate(self._parts):
            for begins in begins_of(each):
                self._begun.setdefault(begins.ljust(_TWO, _ANY), []).append(at)
        self._known = {character for begins in self._begun for character in begins}
        self._made: dict[tuple[str, str], Tried] = {}

    def match(self, text: str, position: int) -> tuple[re.Match[str], int] | None:
        """Return the match of the first line that fits at a place, and which line it is."""
        first = text[position]
        run = _RUN.match(text, position) if first.isdecimal() else None
        behind = position + 1 if run is None else run.end()
        second = text[behind : behind + 1]
        if first not in self._known:
            first = _ANY if run is None else _ZERO
        if second not in self._known:
            second = _ZERO if second.isdecimal() else _ANY
        tried = self._made.get((first, second))
        for match, line in self._tried(first, second) if tried is None else tried:
            found = match(text, position)
            if found is not None:
                return None if found.end() == position else (found, line)
        return None

    def _tried(self, first: str, second: str) -> Tried:
        """Return the alternatives that two characters can begin, in order."""
        keys = {first + second, first + _ANY, _ANY + second, _ANY + _ANY}
        these = sorted({at for key in keys for at in self._begun.get(key, ())})
        parts = [self._parts[at] for at in these]
        made = tuple((re.compile(pattern).match, line) for pattern, line in parts)
        self._made[first, second] = made
        return made


def _alternatives(pattern: str) -> Iterator[str]:
    """Go through the alternatives of a pattern, in order.

    >>> list(_alternatives("扣(?:分|点)|[|]得"))
    ['扣(?:分|点)', '[|]得']
    """
    depth = begin = 0
    for sign in _OF_PATTERNS.finditer(pattern):
        if sign[0] == "|" and not depth:
            yield pattern[begin : sign.start()]
            begin = sign.end()
        depth += (sign[0] == "(") - (sign[0] == ")")
    yield pattern[begin:]


def firsts_of(pattern: str) -> set[str] | None:
    """Return the characters that what a pattern matches can begin with; None where it may be any.

    >>> sorted(firsts_of("[得记]?(?:扣|减)分"))
    ['减', '得', '扣', '记']
    >>> firsts_of(".分") is None
    True
    """
    begins = begins_of(pattern)
    firsts = {each[0] for each in begins if each}
    return None if "" in begins or _ANY in firsts else firsts


def led(pattern: str) -> str:
    """Return a pattern that looks first whether a character stands there that it can begin with.

    >>> led("(?<!不)[得记]分|扣除")
    '(?=[得扣记])(?:(?<!不)[得记]分|扣除)'
    """
    firsts = firsts_of(pattern)
    if firsts is None:
        return pattern
    digits = r"\d" if _ZERO in firsts else ""
    return f"(?=[{digits}{''.join(map(re.escape, sorted(firsts)))}])(?:{pattern})"


def begins_of(pattern: str) -> Begins:
    """Return what a pattern can match begins with, as far as two characters.

    >>> sorted(begins_of("[得记]?(?:扣|减分)|得"))
    ['减分', '得', '得减', '得扣', '扣', '记减', '记扣']
    """
    if parser is None or words is None:
        return {*_UNKNOWN}
    return _of_all(parser.parse(pattern))


def _of_all(parts: Iterable[Any]) -> Begins:
    """Return what a sequence begins with."""
    found = {""}
    for part in parts:
        found = _followed(found, _of_one(*part))
        if all(len(each) == _TWO for each in found):
            break
    return found


def _followed(before: Begins, behind: Begins) -> Begins:
    """Return what something begins with that something else stands behind."""
    if before == {""}:
        return behind
    return {_joined(each, more) for each in before for more in behind}


def _joined(before: str, behind: str) -> str:
    """Return two beginnings as one, in which digits that follow each other are one."""
    last, first = before[-1:], behind[:1]
    if first in _DIGITS and last == _ANY:
        behind = _ANY  # which may be a digit itself
    elif first in _DIGITS and last in _DIGITS:
        behind = behind[1:]
    return (before + behind)[:_TWO]


def _of_one(kind: Any, value: Any) -> Begins:  # noqa: ANN401 - of Python's parser
    if kind is words.LITERAL:
        return {chr(value)}
    if kind is words.IN:
        return _of_class(value)
    if kind in (words.ASSERT, words.ASSERT_NOT, words.AT):  # takes no character
        return {""}
    if kind is words.SUBPATTERN:
        return _of_all(value[-1])
    if kind in (words.MAX_REPEAT, words.MIN_REPEAT, words.POSSESSIVE_REPEAT):
        return _repeated(_of_all(value[-1]), value[0], value[1])
    if kind is words.BRANCH:
        return set().union(*(_of_all(branch) for branch in value[1]))
    return {*_UNKNOWN}


def _repeated(once: Begins, least: int, most: int) -> Begins:
    """Return what something that is repeated begins with."""
    found = {""} if least == 0 else set()
    if least <= 1:
        found |= once
    return found | _followed(once, once) if most > 1 else found


def _of_class(members: Iterable[Any]) -> Begins:
    """Return the characters of a class; any for one of very many."""
    found: set[str] = set()
    for kind, value in members:
        if kind is words.LITERAL:
            found.add(chr(value))
        elif kind is words.CATEGORY and value is words.CATEGORY_DIGIT:
            found.update(_DIGITS)  # for any digit there is, see `Lines.match`
        elif kind is words.RANGE and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return {_ANY}
    return found
