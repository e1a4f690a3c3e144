"""Measures: duplicate, unknown, unused, of the wrong kind; levels and blanks.

Rules name measures by their codes, so a code that is misspelt, or used twice, must be found
before anybody is scored. What a rule asks of a measure, its kind must be able to answer: a flag
has no steps below a target, and a rate is not lacking.

Source: vocabulary “Measure”; semantics 2, 14; row A6 (25 blanks).

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Deduction
>>> item = Indicator("1", points=5, rules=Deduction(Cases("complaints"), points=1))
>>> print(*check_unknown(Agreement("示例", parts=(item,))))
error measure-unknown: item 1: measure `complaints` is not in the agreement
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from healthduty.checks.amounts import Measures, measures_of
from healthduty.checks.codes import found
from healthduty.checks.feasible import HAPPENED_KINDS
from healthduty.checks.values import NUMERIC_KINDS
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Part
from healthduty.model.tree import Spot, each_rule, outcome_conditions, spots_of
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
    condition_measures,
    condition_thresholds,
)
from healthduty.rules.measure import Measure, MeasureKind, kind_word
from healthduty.rules.rule import (
    AnyBand,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
    Rule,
    rule_measures,
    rule_thresholds,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow, Tally
from healthduty.rules.threshold import Blank, Given, Multiple, Threshold, threshold_measures
from healthduty.said import Said, chinese
from healthduty.sources import Citation, Place

COUNTED_KINDS = frozenset({MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.AMOUNT})
LEVEL_KINDS = frozenset({MeasureKind.LEVEL})


class Use(NamedTuple):
    """What is asked of a measure, the kinds that can answer, and the levels that are named."""

    code: str
    kinds: frozenset[MeasureKind]
    what: str
    levels: tuple[str, ...] = ()


def uses_of(rule: Rule) -> Iterator[Use]:
    """Go through what a rule asks of measures; a group's members are asked one by one."""
    match rule:
        case Deduction() | Bonus():
            yield from _uses_of_tally(rule.tally)
            for times in rule.times:
                yield from uses_of_condition(times.when)
        case Bands():
            for band in rule.bands:
                yield from _uses_of_band(rule.measure, band)
        case Curve():
            yield Use(rule.measure, NUMERIC_KINDS, Said("a curve", "得分曲线"))
            for knot in rule.knots:
                yield from _uses_of_threshold(knot.at)
        case Judgement() | Forfeit():
            pass
        case Group():
            return
        case _:
            assert_never(rule)
    yield from uses_of_condition(rule.when)


def _uses_of_tally(tally: Tally) -> Iterator[Use]:
    match tally:
        case StepsBelow() | StepsAbove():
            yield Use(tally.measure, NUMERIC_KINDS, Said("steps from a target", "离目标值几步"))
            yield from _uses_of_threshold(tally.target)
        case Lacking():
            yield Use(tally.measure, COUNTED_KINDS, Said("how many are lacking", "还差多少"))
            yield from _uses_of_threshold(tally.required)
        case Cases():
            yield Use(tally.measure, COUNTED_KINDS, Said("how many cases there were", "有多少例"))
        case Once():
            yield from uses_of_condition(tally.condition)
        case _:
            assert_never(tally)


def _uses_of_band(code: str, band: AnyBand) -> Iterator[Use]:
    match band:
        case Band():
            yield Use(code, NUMERIC_KINDS, Said("bands of numbers", "数值分档"))
            yield from _uses_of_threshold(band.low)
            yield from _uses_of_threshold(band.high)
        case LevelBand():
            yield Use(code, LEVEL_KINDS, Said("bands of levels", "等次分档"), band.levels)
        case CaseBand():
            yield from uses_of_condition(band.when)
        case _:
            assert_never(band)


def _uses_of_threshold(threshold: Threshold | None) -> Iterator[Use]:
    if isinstance(threshold, (Given, Multiple)):
        yield Use(
            threshold.measure, NUMERIC_KINDS, Said("a number to hold others against", "供比较的数")
        )


def uses_of_condition(condition: Condition | None) -> Iterator[Use]:
    """Go through what a condition asks of measures."""
    match condition:
        case None:
            return
        case Compare():
            yield Use(condition.measure, NUMERIC_KINDS, Said("a comparison", "与数比较"))
            yield from _uses_of_threshold(condition.threshold)
        case Flag():
            yield Use(condition.measure, HAPPENED_KINDS, Said("whether it happened", "是否发生"))
        case Level():
            yield Use(
                condition.measure, LEVEL_KINDS, Said("its level", "所属等次"), condition.levels
            )
        case AllOf() | AnyOf():
            for part in condition.conditions:
                yield from uses_of_condition(part)
        case Not():
            yield from uses_of_condition(condition.condition)
        case _:
            assert_never(condition)


def check_declared(agreement: Agreement) -> Iterator[Finding]:
    """Yield codes and names that two measures share, and levels that a measure names twice."""
    codes: set[str] = set()
    names: dict[str, str] = {}
    for index, measure in enumerate(agreement.measures):
        place = Place(path=f"measures[{index}]")
        for level, count in Counter(measure.levels).items():
            if count > 1:
                message = Said(
                    f"`{measure.label}` names the level `{level}` {count} times",
                    f"`{measure.label}`的等次`{level}`写了{count}次",
                )
                yield found("level-duplicate", message, place=place)
        if measure.code in codes:
            message = Said(
                f"another measure has the code `{measure.code}`", f"另有指标用代码`{measure.code}`"
            )
            yield found("measure-duplicate", message, place=place)
        elif measure.name in names:
            message = Said(
                f"`{measure.code}` and `{names[measure.name]}` are both `{measure.name}`",
                f"`{measure.code}`和`{names[measure.name]}`都叫`{measure.name}`",
            )
            yield found("measure-name-twice", message, place=place)
        codes.add(measure.code)
        if measure.name:
            names.setdefault(measure.name, measure.code)


def check_unknown(agreement: Agreement) -> Iterator[Finding]:
    """Yield codes that are named, but are no measure's; each once at each place."""
    known = measures_of(agreement)
    for place, codes, citation in _named(agreement):
        for code in dict.fromkeys(codes):
            if code not in known:
                yield found(
                    "measure-unknown",
                    Said(f"measure `{code}` is not in the agreement", f"责任书里没有指标`{code}`"),
                    place=place,
                    citation=citation,
                    hint=_meant(code, agreement.measures),
                )


def _meant(code: str, measures: Iterable[Measure]) -> str:
    listed = list(measures)
    by_name = next((measure.code for measure in listed if measure.name == code), None)
    if by_name is not None:
        return Said(f"that is the name of `{by_name}`", f"这是`{by_name}`的名称")
    close = difflib.get_close_matches(code, [measure.code for measure in listed], n=1)
    return Said(f"did you mean `{close[0]}`?", f"是不是`{close[0]}`？") if close else ""


def _named(agreement: Agreement) -> Iterator[tuple[Place, list[str], Citation | None]]:
    """Go through the codes that are named, with the place that names them."""
    for spot in spots_of(agreement):
        for rule in spot.node.rules:
            yield spot.place, list(rule_measures(rule)), rule.citation
        yield spot.place, list(_named_by_item(spot)), spot.node.citation
    for place, condition in outcome_conditions(agreement):
        yield place, list(condition_measures(condition)), None
    for index, obligation in enumerate(agreement.obligations):
        if obligation.measure is not None:
            yield Place(path=f"obligations[{index}]"), [obligation.measure], None


def _named_by_item(spot: Spot) -> Iterator[str]:
    node = spot.node
    if isinstance(node, Part):
        for target in node.targets:
            yield target.measure
            yield from threshold_measures(target.value)
    if isinstance(node.excused, PeersMean):
        yield node.excused.measure


def check_unused(agreement: Agreement) -> Iterator[Finding]:
    """Yield measures that no rule, target, condition, duty or other measure names."""
    used = {code for _, codes, _ in _named(agreement) for code in codes}
    for measure in agreement.measures:
        used |= {measure.numerator, measure.denominator}
    for index, measure in enumerate(agreement.measures):
        if measure.code not in used:
            place = Place(path=f"measures[{index}]")
            yield found(
                "measure-unused",
                Said(f"nothing reads `{measure.code}`", f"没有任何规则用到`{measure.code}`"),
                place=place,
            )


def check_kinds(agreement: Agreement) -> Iterator[Finding]:
    """Yield uses of a measure that its kind can't answer, and levels that it does not have."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            yield from _faulty(uses_of(rule), measures, spot.place, rule.citation)
    for place, condition in outcome_conditions(agreement):
        yield from _faulty(uses_of_condition(condition), measures, place, None)


def _faulty(
    uses: Iterable[Use], measures: Measures, place: Place, citation: Citation | None
) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for use in uses:
        measure = measures.get(use.code)
        if measure is None or (use.code, use.what) in seen:
            continue
        if measure.kind not in use.kinds:
            seen.add((use.code, use.what))
            yield found(
                "measure-kind",
                Said(
                    f"`{measure.label}` is a {measure.kind.value}, which can't say {use.what}",
                    f"`{measure.label}`是{kind_word(measure.kind).zh}，不能用作{chinese(use.what)}",
                ),
                place=place,
                citation=citation,
            )
            continue
        for level in use.levels:
            if level not in measure.levels:
                yield found(
                    "level-not-of-measure",
                    Said(
                        f"`{level}` is no level of `{measure.label}`",
                        f"`{level}`不是`{measure.label}`的等次",
                    ),
                    place=place,
                    citation=citation,
                    hint=Said(
                        f"levels: {'、'.join(measure.levels)}",
                        f"等次有：{'、'.join(measure.levels)}",
                    ),
                )


def check_blanks(agreement: Agreement) -> Iterator[Finding]:
    """Yield blanks that are still open, each at the first place where it stands."""
    places: dict[str, Place] = {}
    for spot in spots_of(agreement):
        for threshold in _thresholds_of(spot):
            if isinstance(threshold, Blank):
                places.setdefault(threshold.name, spot.place)
    for place, condition in outcome_conditions(agreement):
        for threshold in condition_thresholds(condition):
            if isinstance(threshold, Blank):
                places.setdefault(threshold.name, place)
    for name, place in places.items():
        yield found(
            "blank-open",
            Said(f"blank `{name}` is not filled", f"空白`{name}`未填"),
            place=place,
            hint=Said(
                "`agreement.fill({…})` fills blanks by name", "用`agreement.fill({…})`按名称填写"
            ),
        )


def _thresholds_of(spot: Spot) -> Iterator[Threshold]:
    for rule in spot.node.rules:
        yield from rule_thresholds(rule)
    if isinstance(spot.node, Part):
        yield from (target.value for target in spot.node.targets)


MEASURE_CHECKS = (check_declared, check_unknown, check_unused, check_kinds, check_blanks)
"""Everything about measures, in the order in which it is reported."""
