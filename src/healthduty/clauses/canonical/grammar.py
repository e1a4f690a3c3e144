"""Canonical text to rules: what `write_clause` writes, and nothing else, read back rule for rule.

A text is taken whole or not at all: whatever the readers of the productions made of it, it counts
only where writing it again gives the text. So equal rules have one text, and no other text is
taken for them. The time is linear in the text, and brackets nest at most twenty deep.

Source: “How text is read”, why two grammars.

>>> from healthduty.rules.measure import Measure
>>> [taken] = read_canonical(
...     "满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分。",
...     {"sat": Measure("sat", "满意率", unit="%")},
... )
>>> taken.rule.tally.measure, taken.span
('sat', Span(start=0, end=29))
>>> read_canonical("满意率达90%以上，每低5%扣0.5分", {}) is None
True
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.canonical.conditions import condition
from healthduty.clauses.canonical.rules import rule
from healthduty.clauses.canonical.scan import NotCanonicalError, Scanner
from healthduty.errors import HealthdutyError
from healthduty.model.indicator import Target
from healthduty.rules.condition import Compare
from healthduty.rules.rule import Rule
from healthduty.sources import Span
from healthduty.wording import Measures, condition_text, points_text, rule_text
from healthduty.wording.names import Vocabulary

END = "。"
"""What every clause ends in."""

_STATED = re.compile(r"（([0-9]{1,40}(?:\.[0-9]{1,40})?)分）")


@attrs.frozen
class CanonicalRule:
    """A rule and the characters that it was read from, without the full stop."""

    rule: Rule
    span: Span


def read_canonical(text: str, measures: Measures) -> tuple[CanonicalRule, ...] | None:
    """Return the rules of a canonical text, or None where it is none.

    `measures` are the agreement's by code. A name that none of them has is the code itself.
    An empty text has no rules. Never raises, whatever the text.
    """
    words = Vocabulary(measures.values())
    stated = stated_points(text)
    scanner = Scanner(text, words, 0 if stated is None else stated[1].end)
    taken = []
    try:
        while not scanner.ended:
            taken.append(_sentence(scanner))
    except (NotCanonicalError, HealthdutyError):
        return None
    return tuple(taken)


def read_canonical_targets(text: str, measures: Measures) -> tuple[Target, ...] | None:
    """Return the targets of a canonical text (满意率达到90%以上；…), or None where it is none.

    Never raises, whatever the text.
    """
    scanner = Scanner(text, Vocabulary(measures.values()))
    taken: list[Target] = []
    try:
        while not taken or not scanner.ended:
            if taken:
                scanner.need("；")
            begun = scanner.place
            held = condition(scanner)
            written = text[begun : scanner.place]
            if not isinstance(held, Compare) or written != condition_text(
                held, scanner.words, "zh"
            ):
                return None
            taken.append(Target(held.measure, held.comparator, held.threshold))
    except (NotCanonicalError, HealthdutyError):
        return None
    return tuple(taken)


def stated_points(text: str) -> tuple[Fraction, Span] | None:
    """Return the points of the whole item that a canonical text begins with: （5分）.

    >>> stated_points("（5分）无制度的，扣1分。")
    (Fraction(5, 1), Span(start=0, end=4))
    """
    found = _STATED.match(text)
    if found is None:
        return None
    points = Fraction(found.group(1))
    # 05分 and 5.0分 are not how points are written.
    return (points, Span(*found.span())) if found[0] == f"（{points_text(points, 'zh')}）" else None


def _sentence(scanner: Scanner) -> CanonicalRule:
    """Read sentence = rule ``。``."""
    begun = scanner.place
    found = rule(scanner)
    span = Span(begun, scanner.place)
    scanner.need(END)
    if rule_text(found, scanner.words, "zh") != scanner.text[span.start : span.end]:
        raise NotCanonicalError
    return CanonicalRule(found, span)
