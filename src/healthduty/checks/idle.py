"""Rules, factors and conditions that can never hold, and those that always do.

Source: semantics 2, 3, 4, 6.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.condition import Compare
>>> from healthduty.rules.measure import Measure
>>> visits = Measure("visits", "巡查", unit="次")
>>> rule = Deduction(Once(Compare("visits", "<", 0)), points=1)
>>> item = Indicator("1", points=5, rules=rule)
>>> print(*check_never(Agreement("示例", measures=(visits,), parts=(item,))))
warning rule-never: item 1: the deduction never fires: its condition can't hold
"""

from __future__ import annotations

from collections.abc import Iterator

from healthduty.checks.amounts import Measures, measures_of, show_points
from healthduty.checks.codes import found
from healthduty.checks.feasible import always, possible
from healthduty.checks.firing import is_share_of_nothing, why_never
from healthduty.checks.points import kind_name, most_lost
from healthduty.checks.thresholds import show_number
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.tree import Spot, each_rule, outcome_conditions, spots_of
from healthduty.rules.condition import Condition, Not
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction, Forfeit, Rule, effect_of
from healthduty.rules.tally import Once
from healthduty.said import Said, chinese
from healthduty.sources import Place


def check_never(agreement: Agreement) -> Iterator[Finding]:
    """Yield rules, factors and outcomes that nothing observed can set off."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            why = why_never(rule, measures) or _why_not_exhausted(spot, rule, measures)
            if why:
                yield found(
                    "rule-never",
                    Said(
                        f"the {kind_name(rule)} never fires: {why}",
                        f"这条{chinese(kind_name(rule))}规则永远不会起作用：{chinese(why)}",
                    ),
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
            yield found(
                "rule-never",
                Said("the condition can never hold", "这个条件不可能成立"),
                place=place,
            )
        elif not possible(exempted.get(place.path, []), measures):
            yield found(
                "rule-never",
                Said("the exemption covers all of it", "免除情形把它全部包含了"),
                place=place,
            )


def _why_not_exhausted(spot: Spot, rule: Rule, measures: Measures) -> str:
    """Return why a rule that waits for exhaustion waits in vain."""
    if not isinstance(rule, Deduction) or not rule.on_exhaustion:
        return ""
    if not spot.full:
        return Said("the item has no points that could be used up", "本项没有可扣完的分值")
    if spot.account(rule.reach) is spot:
        return Said("it waits for the points that it takes itself", "它等的是自己要扣的分")
    if spot.node.floor is None:
        return Said("the item has no floor to be brought down to", "本项没有扣到底的下限")
    if spot.children or any(effect_of(rule) is Effect.EARN for rule in spot.node.rules):
        return ""  # what was not earned need not be lost
    most = most_lost(spot, measures)
    if most is None or most >= spot.full - spot.node.floor:
        return ""
    return Said(
        f"the item's rules take at most {show(most)} of {show_points(spot.full)}",
        f"本项{show(spot.full)}分，各条规则最多扣{show(most)}分",
    )


def _idle_factors(spot: Spot, rule: Rule, measures: Measures) -> Iterator[Finding]:
    if not isinstance(rule, (Deduction, Bonus)):
        return
    for times in rule.times:
        if not possible([times.when], measures):
            yield found(
                "rule-never",
                Said(
                    f"the factor {show(times.factor)} never applies: its condition can't hold",
                    f"加重倍数{show(times.factor)}永远用不上：它的条件不可能成立",
                ),
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
                    Said(
                        f"the {kind_name(rule)} fires whatever is observed",
                        f"这条{chinese(kind_name(rule))}规则无论情况如何都会起作用",
                    ),
                    place=spot.place,
                    citation=rule.citation,
                )
    for index, veto in enumerate(agreement.vetoes):
        if veto.exempt is None and always(veto.when, measures):
            place = Place(path=f"vetoes[{index}].when")
            yield found(
                "rule-always",
                Said("the condition holds whatever is observed", "这个条件无论情况如何都成立"),
                place=place,
            )


def check_shares(agreement: Agreement) -> Iterator[Finding]:
    """Yield steps that are a share of a target of 0 or less."""
    measures = measures_of(agreement)
    for spot in spots_of(agreement):
        for rule in each_rule(spot.node.rules):
            if not isinstance(rule, (Deduction, Bonus)) or not is_share_of_nothing(rule.tally):
                continue
            measure = measures.get(rule.tally.measure)
            name = rule.tally.measure if measure is None else measure.label
            target = "" if measure is None else f" {show_number(rule.tally.target, measure)}"
            yield found(
                "share-of-nothing",
                Said(
                    f"the steps of `{name}` are a share of the target{target}",
                    f"`{name}`的步长是目标值{chinese(target).strip()}的百分比",
                ),
                place=spot.place,
                citation=rule.citation,
                hint=Said("give a step in the measure's own unit", "步长改用指标自己的单位"),
            )


IDLE_CHECKS = (check_never, check_always, check_shares)
"""Everything about when rules fire, in the order in which it is reported."""
