"""Rules that can never fire, and rules that always do.

What must hold for a rule to count anything is written as conditions (each 5 % below 90 %: the
value is 85 % or less), joined with the rule's own `when`, and asked of the measures' ranges.

Source: semantics 2, 3, 4, 6.

>>> from healthduty.model.indicator import Indicator
>>> rate = Measure("rate", "使用率", unit="%")
>>> rule = Deduction(StepsAbove("rate", target=100, step=1), points=1)
>>> item = Indicator("1", points=5, rules=rule)
>>> print(*check_never(Agreement("示例", measures=(rate,), parts=(item,))))
warning rule-never: item 1: the deduction never fires: `使用率` is never 1% above 100%
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import assert_never

from healthduty.checks.amounts import measures_of, most_counted
from healthduty.checks.codes import found
from healthduty.checks.feasible import Look, always, kinds_of, possible
from healthduty.checks.points import kind_name, most_lost
from healthduty.checks.thresholds import show_number
from healthduty.checks.tree import Spot, each_rule, outcome_conditions, spots_of
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.rules.condition import Comparator, Compare, Condition, Not
from healthduty.rules.measure import Measure
from healthduty.rules.rule import (
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Rule,
)
from healthduty.rules.tally import (
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
    tally_thresholds,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.sources import Place

Measures = Mapping[str, Measure]


def _changed(threshold: Threshold, change: Callable[[Fraction], Fraction]) -> Threshold | None:
    """Return a threshold with its numbers changed, None where they can't be told."""
    match threshold:
        case Fraction():
            return change(threshold)
        case ByKind():
            values = [(kind, change(value)) for kind, value in threshold.values]
            default = None if threshold.default is None else change(threshold.default)
            return ByKind(values, default=default)
        case Given() | Multiple() | Blank():
            return None
        case _:
            assert_never(threshold)


def _fires_when(tally: Tally) -> list[Condition]:
    """Return what must hold for a tally to be above 0, as far as the agreement can tell."""
    match tally:
        case StepsBelow() | StepsAbove():
            return _steps_when(tally)
        case Lacking():
            # Prorating and small samples only ask for less: what must hold still must.
            bound = _changed(tally.required, lambda n: math.floor(n) - tally.step)
            return [] if bound is None else [Compare(tally.measure, Comparator.AT_MOST, bound)]
        case Cases():
            return [Compare(tally.measure, Comparator.AT_LEAST, tally.free + tally.step)]
        case Once():
            return [tally.condition]
        case _:
            assert_never(tally)


def _steps_when(tally: StepsBelow | StepsAbove) -> list[Condition]:
    below = isinstance(tally, StepsBelow)
    sign = -1 if below else 1

    def first_step(target: Fraction) -> Fraction:
        step = tally.step or Fraction(0)
        return target + sign * (step * target / 100 if tally.relative else step)

    whole = tally.step is not None and tally.counting is Counting.COMPLETE
    bound = _changed(tally.target, first_step) if whole else tally.target
    if bound is None:
        return []
    if whole:
        comparator = Comparator.AT_MOST if below else Comparator.AT_LEAST
    else:
        comparator = Comparator.LESS if below else Comparator.MORE
    return [Compare(tally.measure, comparator, bound)]


def check_never(agreement: Agreement) -> Iterator[Finding]:
    """Yield rules, factors and outcomes that nothing observed can set off."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            why = _why_never(rule, measures) or _why_not_exhausted(spot, rule, measures)
            if why:
                yield found(
                    "rule-never",
                    f"the {kind_name(rule)} never fires: {why}",
                    place=spot.place,
                    citation=rule.citation,
                )
            yield from _idle_factors(spot, rule, measures)
    exempted = {
        f"vetoes[{index}].when": [veto.when, Not(veto.exempt)]
        for index, veto in enumerate(agreement.vetoes)
        if veto.exempt is not None
    }
    for place, condition in outcome_conditions(agreement):
        if not possible([condition], measures):
            yield found("rule-never", "the condition can never hold", place=place)
        elif not possible(exempted.get(place.path, []), measures):
            yield found("rule-never", "the exemption covers all of it", place=place)


def _why_never(rule: Rule, measures: Measures) -> str:
    """Return why a rule can't fire, or nothing where it can."""
    match rule:
        case Group():
            return ""  # its members say it
        case Bands() | Curve() | Judgement() | Forfeit():
            condition = rule.when
            dead = condition is not None and not possible([condition], measures)
            return "its condition can't hold" if dead else ""
        case Deduction() | Bonus():
            return _why_tally_never(rule, measures)
        case _:
            assert_never(rule)


def _why_tally_never(rule: Deduction | Bonus, measures: Measures) -> str:
    tally = rule.tally
    if _is_share_of_nothing(tally):
        return ""  # a fault of its own
    fires = _fires_when(tally)
    if not possible(fires, measures) or most_counted(tally, measures) == 0:
        return _in_words(tally, measures)
    when = [] if rule.when is None else [rule.when]
    if not possible(when, measures):
        return "its condition can't hold"
    return "" if possible([*fires, *when], measures) else "its condition leaves nothing to count"


def _in_words(tally: Tally, measures: Measures) -> str:
    if isinstance(tally, Once):
        return "its condition can't hold"
    measure = measures.get(tally.measure)
    name = "" if measure is None else f"`{measure.label}`"
    match tally:
        case StepsBelow() | StepsAbove():
            side = "below" if isinstance(tally, StepsBelow) else "above"
            suffix = "" if measure is None else measure.suffix
            target = "" if measure is None else show_number(tally.target, measure)
            if tally.step is None or tally.counting is not Counting.COMPLETE:
                return f"{name} is never {side} {target}"
            step = f"{show(tally.step)}{'% of it' if tally.relative else suffix}"
            return f"{name} is never {step} {side} {target}"
        case Lacking():
            return f"{name} can't lack {show(tally.step)} of what is required"
        case Cases():
            return f"no case of {name} counts"
        case _:
            assert_never(tally)


def _why_not_exhausted(spot: Spot, rule: Rule, measures: Measures) -> str:
    """Return why a rule that waits for exhaustion waits in vain."""
    if not isinstance(rule, Deduction) or not rule.on_exhaustion:
        return ""
    if not spot.full:
        return "the item has no points that could be used up"
    if spot.node.floor is None:
        return "the item has no floor to be brought down to"
    most = most_lost(spot, measures)
    if most is None or spot.children or most >= spot.full - spot.node.floor:
        return ""
    return f"the item's rules take at most {show(most)} of {show(spot.full)} points"


def _idle_factors(spot: Spot, rule: Rule, measures: Measures) -> Iterator[Finding]:
    if not isinstance(rule, (Deduction, Bonus)):
        return
    for times in rule.times:
        if not possible([times.when], measures):
            yield found(
                "rule-never",
                f"the factor {show(times.factor)} never applies: its condition can't hold",
                place=spot.place,
                citation=rule.citation,
            )


def check_always(agreement: Agreement) -> Iterator[Finding]:
    """Yield deductions, forfeits and vetoes whose condition holds whatever is observed."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            condition: Condition | None = None
            if isinstance(rule, Forfeit):
                condition = rule.when
            elif isinstance(rule, (Deduction, Bonus)) and isinstance(rule.tally, Once):
                condition = rule.tally.condition if rule.when is None else None
            if condition is not None and always(condition, measures):
                yield found(
                    "rule-always",
                    f"the {kind_name(rule)} fires whatever is observed",
                    place=spot.place,
                    citation=rule.citation,
                )
    for index, veto in enumerate(agreement.vetoes):
        if veto.exempt is None and always(veto.when, measures):
            place = Place(path=f"vetoes[{index}].when")
            yield found("rule-always", "the condition holds whatever is observed", place=place)


def _is_share_of_nothing(tally: Tally) -> bool:
    if not isinstance(tally, (StepsBelow, StepsAbove)) or (tally.step and not tally.relative):
        return False
    looks = [Look({}, kind) for kind in kinds_of(tally_thresholds(tally))]
    numbers = [look.number(tally.target) for look in looks]
    return any(number is not None and number <= 0 for number in numbers)


def check_shares(agreement: Agreement) -> Iterator[Finding]:
    """Yield steps that are a share of a target of 0 or less."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            if not isinstance(rule, (Deduction, Bonus)) or not _is_share_of_nothing(rule.tally):
                continue
            tally = rule.tally
            if isinstance(tally, (StepsBelow, StepsAbove)):
                measure = measures.get(tally.measure)
                name = tally.measure if measure is None else measure.label
                target = "" if measure is None else show_number(tally.target, measure)
                yield found(
                    "share-of-nothing",
                    f"the steps of `{name}` are a share of the target {target}",
                    place=spot.place,
                    citation=rule.citation,
                    hint="give a step in the measure's own unit",
                )


FIRING_CHECKS = (check_never, check_always, check_shares)
"""Everything about when rules fire, in the order in which it is reported."""
