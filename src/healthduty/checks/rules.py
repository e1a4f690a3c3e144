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
from healthduty.said import Said, joined


def _rules(agreement: Agreement) -> Iterator[tuple[Spot, Rule]]:
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            yield spot, rule


def check_groups(agreement: Agreement) -> Iterator[Finding]:
    """Yield groups of one rule."""
    for spot, rule in _rules(agreement):
        if isinstance(rule, Group) and len(rule.rules) == 1:
            message = Said(
                "a group of one rule: best, worst and all are the same",
                "组里只有一条规则，取高、取低、合计都一样",
            )
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
                Said(
                    f"the curve over `{name}` rises and falls:"
                    f" {', '.join(show(each) for each in points)} points",
                    f"`{name}`的得分曲线有升有降：{'、'.join(show(each) for each in points)}分",
                ),
                place=spot.place,
                citation=rule.citation,
            )


def check_judgements(agreement: Agreement) -> Iterator[Finding]:
    """Yield judgements with crossed bounds, or whose value in the record is not theirs alone."""
    known = measures_of(agreement)
    seen: dict[str, Said] = {}
    for spot, rule in _rules(agreement):
        if not isinstance(rule, Judgement):
            continue
        most: Fraction = worth(rule.most, spot.full)
        if rule.least > most and (spot.has_account or rule.most == most):
            yield found(
                "judgement-bounds",
                Said(
                    f"judgement `{rule.code}` gives from {show(rule.least)} to {show_points(most)}",
                    f"评判`{rule.code}`的范围是{show(rule.least)}至{show(most)}分",
                ),
                place=spot.place,
                citation=rule.citation,
            )
        if rule.code in known:
            message = Said(
                f"judgement `{rule.code}` has the code of a measure",
                f"评判`{rule.code}`与一个指标的代码相同",
            )
            yield found("judgement-clash", message, place=spot.place, citation=rule.citation)
        elif rule.code in seen:
            yield found(
                "judgement-twice",
                Said(
                    f"judgement `{rule.code}` is also one of {seen[rule.code]}",
                    f"评判`{rule.code}`在{seen[rule.code].zh}已有",
                ),
                place=spot.place,
                citation=rule.citation,
            )
        seen.setdefault(rule.code, _place_words(spot))
    yield from _judged_clashes(agreement, known.keys() | seen.keys())


def _place_words(spot: Spot) -> Said:
    where = spot.place
    return Said(str(where), where.text()) if str(where) else Said("the agreement", "责任书")


def _judged_clashes(agreement: Agreement, taken: set[str]) -> Iterator[Finding]:
    """Yield judged items whose number, by which a record names them, is another thing's code."""
    for spot in walk(grow(agreement)):
        if is_judged(spot) and spot.number in taken:
            yield found(
                "judgement-clash",
                Said(
                    f"the item is judged under its number, but `{spot.number}` is a code",
                    f"本项按编号评判，而`{spot.number}`已是代码",
                ),
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
                Said(
                    "a forfeit here takes all that is left of the total",
                    "写在这里的“不得分”会扣完总分所余",
                ),
                citation=rule.citation,
                hint=Said(
                    "an event that cancels the total is a veto with `ZeroTotal`",
                    "使总分作废的情形，写成带`ZeroTotal`的一票否决",
                ),
            )
        elif reach_of(rule) is Reach.SECTION and not inside:
            yield found(
                "reach-nowhere",
                Said(
                    f"the {kind_name(rule)} takes from the section, but there is none around it",
                    f"这条{kind_name(rule).zh}规则从大项扣分，但它不在任何大项之内",
                ),
                place=spot.place,
                citation=rule.citation,
                hint=Said("it takes from the total", "按从总分扣处理"),
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
                Said(
                    "evidence is required, but no rule of the item reads a measure",
                    "要求佐证材料，但本项没有规则用到指标",
                ),
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
            others = joined(reading.label for reading in readings_of(rule))
            yield found(
                "assumption",
                rule.assumption.text,
                place=spot.place,
                citation=rule.citation,
                hint=Said(f"other readings: {others}", f"另一种读法：{others.zh}")
                if others
                else "",
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
