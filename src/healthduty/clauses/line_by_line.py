"""Numbered lines in both cells: the scoring's 2. is about the requirement's 2., and nothing else.

Where both count from 1 to the same number, each line of the requirement is read right before the
line of the clause that has its number: its goals and its words are those that are near.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "1.建档率≥90%；2.使用率≥60%"
>>> rules = read_clause("1.每低1%扣0.5分；2.每低1%扣0.2分", requirement=asked).rules
>>> [(rule.tally.measure, str(rule.points)) for rule in rules]
[('建档率', '1/2'), ('使用率', '1/5')]
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.required import read_requirement
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.tokens import tokens_of

_SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"
_LABEL = re.compile(rf"(?P<open>\(?)(?P<n>\d{{1,2}}|[{_SIGNS}])(?P<close>[.、)]?)")


def read_asked_lines(context: Context, tokens: Tokens, requirement: str) -> Lines | None:
    """Return the lines of the requirement for those of the clause; None where they don't pair.

    What stands before the requirement's first line is read at once.
    """
    labels = _labels(tokens)
    if not labels:
        return None
    folded = fold(requirement)
    asked_tokens = tokens_of(folded.folded)
    asked = _labels(asked_tokens)
    if len(asked) != len(labels):
        return None
    starts = [asked_tokens[at].start for at in asked]
    if head := folded.plain[: starts[0]].strip():
        read_requirement(context, head)
    ends = [*starts[1:], len(folded.plain)]
    begins = [asked_tokens[at].end for at in asked]
    lines = [folded.plain[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return Lines(context, list(zip(labels, lines, strict=True)))


def _labels(tokens: Tokens) -> list[int]:
    """Return the places of the labels that count from 1 in one style, where several do."""
    found: list[int] = []
    style = ""
    for at, token in enumerate(tokens):
        if token.kind is not Kind.LABEL or (match := _LABEL.match(token.text)) is None:
            continue
        value = _SIGNS.find(match["n"]) + 1 or int(match["n"])
        own = match["open"] + ("①" if match["n"] in _SIGNS else match["close"])
        if value == len(found) + 1 and (not found or own == style):
            found.append(at)
            style = own
        elif own == style and value != len(found):
            return []  # they begin to count again, or leave one out
    return found if len(found) > 1 else []


class Lines:
    """The lines of a requirement that are still to be read, each with its line's first token."""

    def __init__(self, context: Context, lines: list[tuple[int, str]]) -> None:
        """Take the lines, each behind the place of the label in the clause that it belongs to."""
        self._context = context
        self._left = lines[::-1]
        self._head = context.asked[:]
        self._apart = not context.goals  # what stands above the lines is for all of them
        self._all = context.asked[:]

    def before(self, segment: Segment) -> None:
        """Read the line of the requirement that a segment's own line is about."""
        while self._left and self._left[-1][0] < segment.first:
            _, line = self._left.pop()
            context = self._context
            context.asked[:] = self._head
            context.subject = context.topic = ""
            context.closed_goals = len(context.goals) if self._apart else 0
            read_requirement(context, line)
            self._all += context.asked[len(self._head) :]

    def close(self) -> None:
        """Read what is left; from here on all lines are asked for."""
        for _, line in reversed(self._left):
            read_requirement(self._context, line)
        self._left.clear()
        self._context.closed_goals = 0
        self._context.asked[:] = [*dict.fromkeys((*self._all, *self._context.asked))]
