"""Targets and rules that don't ask the same, and targets that nothing can reach.

An item may state its targets beside its rules (目标值 and 评分标准 stand in two columns of the
table), and the two columns may disagree. A judgement answers for every target of its item.

Source: vocabulary “Target”; semantics 2 (rates carry their unit), 3 (comparators).

>>> from healthduty.model.indicator import Indicator, Target
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> rate = Measure("rate", "满意率", unit="%")
>>> rule = Deduction(StepsBelow("rate", target=85, step=5), points=1)
>>> item = Indicator("1", points=18, rules=rule, targets=Target("rate", ">=", 90))
>>> print(*check_agreeing(Agreement("示例", measures=(rate,), parts=(item,))))
warning target-disagrees: item 1: the target of `满意率` is >= 90%, the rules count from 85%
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from healthduty.checks.amounts import measures_of, worth
from healthduty.checks.codes import found
from healthduty.checks.feasible import Look, kinds_of
from healthduty.checks.thresholds import (
    Held,
    held_by,
    held_by_condition,
    same_threshold,
    show_number,
)
from healthduty.checks.values import NUMERIC_KINDS, highest, lowest
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part, Target
from healthduty.model.tree import Spot, each_rule, outcome_conditions, spots_of, walk
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    Deduction,
    Judgement,
    Rule,
    effect_of,
    members_of,
    rule_measures,
)
from healthduty.rules.tally import Once
from healthduty.rules.threshold import Given, Threshold
from healthduty.said import Said, chinese, joined
from healthduty.sources import Place

_FLOORS = frozenset({Comparator.AT_LEAST, Comparator.MORE})
_CEILINGS = frozenset({Comparator.AT_MOST, Comparator.LESS})


def targets_of(spot: Spot) -> tuple[Target, ...]:
    """Return an item's targets; sections and agreements have none."""
    return spot.node.targets if isinstance(spot.node, Part) else ()


def _rules_near(spot: Spot) -> list[Rule]:
    """Return the rules that may answer an item's target: its own, its parts', those around it."""
    inner = [rule for below in walk(spot) for rule in below.node.rules]
    return [*inner, *(rule for above in spot.around() for rule in above.node.rules)]


def check_answered(agreement: Agreement) -> Iterator[Finding]:
    """Yield targets that no rule reads, and rules that ask for what no target mentions."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        targets = targets_of(spot)
        if not targets or not spot.node.rules:
            continue
        near = _rules_near(spot)
        read = {code for rule in near for code in rule_measures(rule)}
        judged = any(isinstance(rule, Judgement) for top in near for rule in each_rule((top,)))
        for target in targets:
            if spot.full and not judged and target.measure not in read:
                yield found(
                    "target-without-rule",
                    Said(
                        f"no rule reads `{_label(target.measure, measures)}`, which has a target",
                        f"`{_label(target.measure, measures)}`有目标值，却没有规则用到它",
                    ),
                    place=spot.place,
                    citation=spot.node.citation,
                )
        yield from _unmentioned(spot, measures)


def _label(code: str, measures: dict[str, Measure]) -> str:
    return measures[code].label if code in measures else code


def _unmentioned(spot: Spot, measures: dict[str, Measure]) -> Iterator[Finding]:
    family = [spot, *spot.around(), *(below for child in spot.children for below in walk(child))]
    mentioned = {target.measure for member in family for target in targets_of(member)}
    for rule in each_rule(spot.node.rules):
        if not isinstance(rule, Deduction) or isinstance(rule.tally, Once):
            continue
        for held in held_by(rule):
            if held.measure not in mentioned and held.measure in measures:
                yield found(
                    "rule-without-target",
                    Said(
                        f"the rules ask for `{measures[held.measure].label}`"
                        f" {show_number(held.threshold, measures[held.measure])},"
                        " the targets do not mention it",
                        f"规则要求`{measures[held.measure].label}`为"
                        f"{chinese(show_number(held.threshold, measures[held.measure]))}，目标"
                        "里没有提到",
                    ),
                    place=spot.place,
                    citation=rule.citation,
                )


def check_agreeing(agreement: Agreement) -> Iterator[Finding]:
    """Yield targets beside rules that count from another number, or in the other direction."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        counted = [
            held
            for below in walk(spot)
            for rule in below.node.rules
            if effect_of(rule) is not Effect.ADD
            for held in held_by(rule)
        ]
        for target in targets_of(spot):
            measure = measures.get(target.measure)
            beside = [held for held in counted if held.measure == target.measure]
            if measure is not None and beside:
                yield from _disagreement(spot, target, measure, beside)


def _disagreement(
    spot: Spot, target: Target, measure: Measure, beside: list[Held]
) -> Iterator[Finding]:
    number = show_number(target.value, measure)
    asked = Said(
        f"{target.comparator.value} {number}", f"{target.comparator.value}{chinese(number)}"
    )
    what = ""
    if not any(same_threshold(held.threshold, target.value) for held in beside):
        numbers = dict.fromkeys(show_number(held.threshold, measure) for held in beside)
        what = Said(
            f"the rules count from {' and '.join(numbers)}", f"规则却从{joined(numbers).zh}算起"
        )
    elif target.comparator in _FLOORS and all(held.ceiling for held in beside):
        what = Said("the rules take points for more", "规则却是超过才扣分")
    elif target.comparator in _CEILINGS and all(held.floor for held in beside):
        what = Said("the rules take points for less", "规则却是不足才扣分")
    if what:
        yield found(
            "target-disagrees",
            Said(
                f"the target of `{measure.label}` is {asked}, {what}",
                f"`{measure.label}`的目标是{asked.zh}，{chinese(what)}",
            ),
            place=spot.place,
            citation=spot.node.citation,
        )


def check_reachable(agreement: Agreement) -> Iterator[Finding]:
    """Yield targets beyond what the measure can be: 110 % of a proportion."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for held in dict.fromkeys(_asked(spot)):
            measure = measures.get(held.measure)
            if measure is None or measure.kind not in NUMERIC_KINDS:
                continue
            numbers = _numbers(held.threshold)
            low, high = lowest(measure), highest(measure)
            for number in numbers:
                over = held.floor and high is not None and number > high
                under = held.ceiling and low is not None and number < low
                if over or under:
                    yield found(
                        "target-unreachable",
                        Said(
                            f"no `{measure.label}` is {'as high' if over else 'as low'} as"
                            f" {show(number)}{measure.suffix}",
                            f"`{measure.label}`不可能{'高' if over else '低'}到{show(number)}"
                            f"{measure.suffix}",
                        ),
                        place=spot.place,
                        citation=spot.node.citation,
                    )


def _asked(spot: Spot) -> Iterator[Held]:
    """Go through what an item asks, by its targets and by the steps that it counts."""
    for target in targets_of(spot):
        floor, ceiling = target.comparator in _FLOORS, target.comparator in _CEILINGS
        yield Held(target.measure, target.value, floor=floor, ceiling=ceiling)
    for rule in each_rule(spot.node.rules):
        if isinstance(rule, Deduction) and not isinstance(rule.tally, Once):
            yield from held_by(rule)


def _numbers(threshold: Threshold) -> list[Fraction]:
    looks = [Look({}, kind) for kind in kinds_of((threshold,))]
    numbers = (look.number(threshold) for look in looks)
    return list(dict.fromkeys(number for number in numbers if number is not None))


def check_scale(agreement: Agreement) -> Iterator[Finding]:
    """Yield targets of 1 or less that a measure in percent should reach: 0.9 for 90 %."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        found_odd = [held for held in dict.fromkeys(_floors(spot)) if _is_odd(held, measures)]
        by_measure = {held.measure: held for held in reversed(found_odd)}
        for held in by_measure.values():
            measure = measures[held.measure]
            number = next(number for number in _numbers(held.threshold) if 0 < number <= 1)
            yield found(
                "scale-odd",
                Said(
                    f"a target of {show(number)}{measure.suffix} for `{measure.label}` is very low",
                    f"`{measure.label}`的目标只有{show(number)}{measure.suffix}",
                ),
                place=spot.place,
                hint=Said(
                    f"write {show(number * 100)} for {show(number * 100)} %",
                    f"{show(number * 100)}%写作{show(number * 100)}",
                ),
            )


def _floors(spot: Spot) -> Iterator[Held]:
    yield from (held for held in _asked(spot) if held.floor)
    for rule in (member for top in spot.node.rules for member in members_of(top)):
        if isinstance(rule, Bands):
            yield from _odd_bands(rule, spot.full)
        else:
            yield from (held for held in held_by(rule) if held.floor)


def _odd_bands(rule: Bands, full: Fraction) -> Iterator[Held]:
    """Yield the highest bound of bands that pay most at the top, as the target that it is."""
    most = max(worth(band.points, full) for band in rule.bands)
    bounds = [
        (band.low, worth(band.points, full))
        for band in rule.bands
        if isinstance(band, Band) and isinstance(band.low, Fraction)
    ]
    if rule.effect is Effect.EARN and bounds:
        top, paid = max(bounds)
        if paid == most:
            yield Held(rule.measure, top, floor=True)


def _is_odd(held: Held, measures: dict[str, Measure]) -> bool:
    measure = measures.get(held.measure)
    # A growth of 1 % is a target like any other, and so is a ceiling of 1 %.
    if measure is None or measure.unit != "%" or measure.kind not in _SCALED:
        return False
    return any(0 < number <= 1 for number in _numbers(held.threshold))


_SCALED = RATE_KINDS - {MeasureKind.GROWTH}


def check_units(agreement: Agreement) -> Iterator[Finding]:
    """Yield rates that are held against a given value in another unit."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        pairs = [held for rule in spot.node.rules for held in held_by(rule)]
        pairs += [Held(target.measure, target.value) for target in targets_of(spot)]
        yield from _other_units(pairs, measures, spot.place)
    for place, condition in outcome_conditions(agreement):
        yield from _other_units(list(held_by_condition(condition)), measures, place)


def _other_units(
    pairs: list[Held], measures: dict[str, Measure], place: Place
) -> Iterator[Finding]:
    against = {(held.measure, held.threshold) for held in pairs}
    for code, threshold in sorted(
        (code, threshold.measure) for code, threshold in against if isinstance(threshold, Given)
    ):
        one, other = measures.get(code), measures.get(threshold)
        if one is None or other is None or one.unit == other.unit:
            continue
        kinds = {one.kind, other.kind}
        if kinds <= NUMERIC_KINDS and kinds & RATE_KINDS:
            yield found(
                "unit-differs",
                Said(
                    f"`{one.label}` in `{one.unit}` is held against `{other.label}` in `"
                    f"{other.unit}`",
                    f"`{one.label}`以`{one.unit}`计，却与以`{other.unit}`计的`{other.label}`比较",
                ),
                place=place,
            )


TARGET_CHECKS = (check_answered, check_agreeing, check_reachable, check_scale, check_units)
"""Everything about targets, in the order in which it is reported."""
