"""Rules that are odd in themselves: groups of one, curves that turn, judgements out of bounds.

And the readings that the text left open: every assumption of a rule, an item or the agreement
is listed, so that nobody scores by it unawares.

Source: semantics 7 (written evidence), 11 (assumptions are visible).

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Assumption
>>> item = Indicator("1", points=5, assumption=Assumption("支出 is read as 收入"))
>>> print(*check_assumptions(Agreement("示例", parts=(item,))))
assumption assumption: item 1: 支出 is read as 收入
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from healthduty.checks.amounts import measures_of, show_points, worth
from healthduty.checks.codes import found
from healthduty.checks.points import kind_name
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part, Section
from healthduty.model.tree import Spot, each_rule, grow, is_judged, spots_of, walk
from healthduty.rules.points import Reach
from healthduty.rules.rule import (
    Curve,
    Forfeit,
    Group,
    Judgement,
    Rule,
    reach_of,
    readings_of,
    rule_measures,
)


def _rules(agreement: Agreement) -> Iterator[tuple[Spot, Rule]]:
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            yield spot, rule


def check_groups(agreement: Agreement) -> Iterator[Finding]:
    """Yield groups of one rule."""
    for spot, rule in _rules(agreement):
        if isinstance(rule, Group) and len(rule.rules) == 1:
            message = "a group of one rule: best, worst and all are the same"
            yield found("group-single", message, place=spot.place, citation=rule.citation)


def check_curves(agreement: Agreement) -> Iterator[Finding]:
    """Yield curves that rise and fall."""
    measures = measures_of(agreement)
    for spot, rule in _rules(agreement):
        if not isinstance(rule, Curve):
            continue
        ends = [rule.below, *(knot.points for knot in rule.knots), rule.above]
        points = [worth(each, spot.full) for each in ends if each is not None]
        rises = any(one < other for one, other in pairwise(points))
        falls = any(one > other for one, other in pairwise(points))
        if rises and falls:
            measure = measures.get(rule.measure)
            name = rule.measure if measure is None else measure.label
            yield found(
                "curve-not-monotone",
                f"the curve over `{name}` rises and falls:"
                f" {', '.join(show(each) for each in points)} points",
                place=spot.place,
                citation=rule.citation,
            )


def check_judgements(agreement: Agreement) -> Iterator[Finding]:
    """Yield judgements with crossed bounds, or whose value in the record is not theirs alone."""
    known = measures_of(agreement)
    seen: dict[str, str] = {}
    for spot, rule in _rules(agreement):
        if not isinstance(rule, Judgement):
            continue
        most: Fraction = worth(rule.most, spot.full)
        if rule.least > most and (spot.has_account or rule.most == most):
            yield found(
                "judgement-bounds",
                f"judgement `{rule.code}` gives from {show(rule.least)} to {show_points(most)}",
                place=spot.place,
                citation=rule.citation,
            )
        if rule.code in known:
            message = f"judgement `{rule.code}` has the code of a measure"
            yield found("judgement-clash", message, place=spot.place, citation=rule.citation)
        elif rule.code in seen:
            yield found(
                "judgement-twice",
                f"judgement `{rule.code}` is also one of {seen[rule.code]}",
                place=spot.place,
                citation=rule.citation,
            )
        seen.setdefault(rule.code, str(spot.place) or "the agreement")
    yield from _judged_clashes(agreement, known.keys() | seen.keys())


def _judged_clashes(agreement: Agreement, taken: set[str]) -> Iterator[Finding]:
    """Yield judged items whose number, by which a record names them, is another thing's code."""
    for spot in walk(grow(agreement)):
        if is_judged(spot) and spot.number in taken:
            yield found(
                "judgement-clash",
                f"the item is judged under its number, but `{spot.number}` is a code",
                place=spot.place,
            )


def check_reaches(agreement: Agreement) -> Iterator[Finding]:
    """Yield rules that take from a section where none is, and forfeits of the whole total."""
    for spot, rule in _rules(agreement):
        if isinstance(rule, Group):
            continue  # its members say it
        inside = isinstance(spot.node, Section) or spot.section() is not None
        if isinstance(spot.node, Agreement) and isinstance(rule, Forfeit):
            yield found(
                "forfeit-of-total",
                "a forfeit here takes all that is left of the total",
                citation=rule.citation,
                hint="an event that cancels the total is a veto with `ZeroTotal`",
            )
        elif reach_of(rule) is Reach.SECTION and not inside:
            yield found(
                "reach-nowhere",
                f"the {kind_name(rule)} takes from the section, but there is none around it",
                place=spot.place,
                citation=rule.citation,
                hint="it takes from the total",
            )


def check_evidence(agreement: Agreement) -> Iterator[Finding]:
    """Yield items that require evidence for values that no rule of theirs reads."""
    for spot in spots_of(agreement):
        node = spot.node
        if not isinstance(node, Part) or not node.evidence_required:
            continue
        if not any(code for rule in node.rules for code in rule_measures(rule)):
            yield found(
                "evidence-nothing",
                "evidence is required, but no rule of the item reads a measure",
                place=spot.place,
                citation=node.citation,
            )


def check_assumptions(agreement: Agreement) -> Iterator[Finding]:
    """Yield every reading that was assumed, with the other readings as a hint."""
    for spot in spots_of(agreement):
        if not isinstance(spot.node, Section) and spot.node.assumption is not None:
            yield found(
                "assumption",
                spot.node.assumption.text,
                place=spot.place,
                citation=spot.node.citation,
            )
        for rule in each_rule(spot.node.rules):
            if rule.assumption is None:
                continue
            others = ", ".join(reading.label for reading in readings_of(rule))
            yield found(
                "assumption",
                rule.assumption.text,
                place=spot.place,
                citation=rule.citation,
                hint=f"other readings: {others}" if others else "",
            )


RULE_CHECKS = (
    check_groups,
    check_curves,
    check_judgements,
    check_reaches,
    check_evidence,
    check_assumptions,
)
"""Everything about single rules, in the order in which it is reported."""
