r"""Lines of a table of words, tried only where the character at hand can begin one.

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
from collections.abc import Iterable, Sequence
from typing import Any

words: Any = getattr(re, "_constants", None)
parser: Any = getattr(re, "_parser", None)
"""Where a Python keeps them elsewhere, all lines are tried everywhere."""

_MOST = 64
"""So many characters of a range are listed; one with more may begin with anything."""

_DIGITS = "0123456789"

Firsts = set[str] | None
"""The characters that something begins with; None where it may be any."""


class Lines:
    """Patterns, of which the first that fits is taken; one that fits nothing is no match."""

    def __init__(self, patterns: Sequence[str]) -> None:
        """Take them in order."""
        self._patterns = tuple(patterns)
        self._firsts = [firsts_of(pattern) for pattern in patterns]
        self._known = set().union(*(each for each in self._firsts if each is not None))
        self._made: dict[str, tuple[re.Pattern[str], list[int]] | None] = {}

    def match(self, text: str, position: int) -> tuple[re.Match[str], int] | None:
        """Return the match of the first line that fits at a place, and which line it is."""
        first = text[position]
        key = first if first in self._known else _DIGITS[0] if first.isdecimal() else ""
        found = self._made[key] if key in self._made else self._lines_of(key)
        if found is None or (match := found[0].match(text, position)) is None:
            return None
        if match.lastindex is None or match.end() == position:
            return None
        return match, found[1][match.lastindex - 1]

    def _lines_of(self, first: str) -> tuple[re.Pattern[str], list[int]] | None:
        """Return the lines that a character can begin, in order; "" is one that none names."""
        these = [at for at, each in enumerate(self._firsts) if each is None or first in each]
        made = None
        if these:
            one = "|".join(f"({self._patterns[at]})" for at in these)
            made = re.compile(one), these
        self._made[first] = made
        return made


def firsts_of(pattern: str) -> Firsts:
    """Return the characters that what a pattern matches can begin with.

    >>> sorted(firsts_of("[得记]?(?:扣|减)分"))
    ['减', '得', '扣', '记']
    >>> firsts_of(".分") is None
    True
    """
    if parser is None or words is None:
        return None
    found, may_be_nothing = _of_all(parser.parse(pattern))
    return None if may_be_nothing else found


def _of_all(parts: Iterable[Any]) -> tuple[Firsts, bool]:
    """Return what a sequence begins with, and whether it can match nothing."""
    found: Firsts = set()
    for kind, value in parts:
        first, may_be_nothing = _of_one(kind, value)
        found = None if found is None or first is None else found | first
        if not may_be_nothing:
            return found, False
    return found, True


def _of_one(kind: Any, value: Any) -> tuple[Firsts, bool]:  # noqa: ANN401 - of Python's parser
    if kind is words.LITERAL:
        return {chr(value)}, False
    if kind is words.IN:
        return _of_class(value), False
    if kind in (words.ASSERT, words.ASSERT_NOT, words.AT):  # takes no character
        return set(), True
    if kind is words.SUBPATTERN:
        return _of_all(value[-1])
    if kind in (words.MAX_REPEAT, words.MIN_REPEAT, words.POSSESSIVE_REPEAT):
        found, may_be_nothing = _of_all(value[-1])
        return found, may_be_nothing or value[0] == 0
    if kind is words.BRANCH:
        every = [_of_all(branch) for branch in value[1]]
        sets = [found for found, _ in every if found is not None]
        whole = set().union(*sets) if len(sets) == len(every) else None
        return whole, any(nothing for _, nothing in every)
    return None, False


def _of_class(members: Iterable[Any]) -> Firsts:
    """Return the characters of a class; None for one of very many."""
    found: set[str] = set()
    for kind, value in members:
        if kind is words.LITERAL:
            found.add(chr(value))
        elif kind is words.CATEGORY and value is words.CATEGORY_DIGIT:
            found.update(_DIGITS)  # for any digit there is, see `Lines.match`
        elif kind is words.RANGE and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return found
