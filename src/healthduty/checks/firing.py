"""Why a rule can never fire: what must hold for it to count anything, asked of the measures.

What must hold is written as conditions (each 5 % below 90 %: the value is 85 % or less) and
joined with the rule's own `when`. Only what the agreement itself can prove counts as never.

Source: semantics 2, 3, 4.

>>> from healthduty.rules.measure import Measure
>>> rate = Measure("rate", "使用率", unit="%")
>>> why_never(Deduction(StepsAbove("rate", target=100, step=1), points=1), {"rate": rate})
'`使用率` is never 1% above 100%'
"""

from __future__ import annotations

import math
from typing import TypeGuard, assert_never

from healthduty.checks.amounts import Measures, most_counted
from healthduty.checks.feasible import Look, kinds_of, possible, possible_for
from healthduty.checks.thresholds import show_number
from healthduty.exact import show
from healthduty.rules.condition import Comparator, Compare, Condition, condition_thresholds
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
from healthduty.said import Said, chinese


def fires_when(tally: Tally, look: Look) -> list[Condition]:
    """Return what must hold for a tally to be above 0, as far as the agreement can tell.

    A number that can't be told asks for nothing, so that what is left is still necessary.
    """
    match tally:
        case StepsBelow() | StepsAbove():
            return _steps_when(tally, look)
        case Lacking():
            required = look.number(tally.required)
            if required is None:
                return []
            # Prorating and small samples only ask for less: what must hold still must.
            bound = math.floor(required) - tally.step
            return [Compare(tally.measure, Comparator.AT_MOST, bound)]
        case Cases():
            return [Compare(tally.measure, Comparator.AT_LEAST, tally.free + tally.step)]
        case Once():
            return [tally.condition]
        case _:
            assert_never(tally)


def _steps_when(tally: StepsBelow | StepsAbove, look: Look) -> list[Condition]:
    target = look.number(tally.target)
    if target is None:
        return []
    below = isinstance(tally, StepsBelow)
    if tally.step is None or tally.counting is not Counting.COMPLETE:
        beyond = Comparator.LESS if below else Comparator.MORE
        return [Compare(tally.measure, beyond, target)]
    step = tally.step * target / 100 if tally.relative else tally.step
    if below:
        return [Compare(tally.measure, Comparator.AT_MOST, target - step)]
    return [Compare(tally.measure, Comparator.AT_LEAST, target + step)]


def is_share_of_nothing(tally: Tally) -> TypeGuard[StepsBelow | StepsAbove]:
    """Return whether steps are a share of a target that is 0 or less."""
    if not isinstance(tally, (StepsBelow, StepsAbove)) or (tally.step and not tally.relative):
        return False
    looks = [Look({}, kind) for kind in kinds_of(tally_thresholds(tally))]
    numbers = [look.number(tally.target) for look in looks]
    return any(number is not None and number <= 0 for number in numbers)


_IMPOSSIBLE = Said("its condition can't hold", "它的条件不可能成立")


def why_never(rule: Rule, measures: Measures) -> str:
    """Return why a rule can't fire, or nothing where it can; a group's members say it."""
    match rule:
        case Group():
            return ""
        case Bands() | Curve() | Judgement() | Forfeit():
            condition = rule.when
            dead = condition is not None and not possible([condition], measures)
            return _IMPOSSIBLE if dead else ""
        case Deduction() | Bonus():
            return _why_tally_never(rule, measures)
        case _:
            assert_never(rule)


def _why_tally_never(rule: Deduction | Bonus, measures: Measures) -> str:
    tally = rule.tally
    if is_share_of_nothing(tally):
        return ""  # a fault of its own
    when = [] if rule.when is None else [rule.when]
    thresholds = [*tally_thresholds(tally), *condition_thresholds(rule.when)]
    looks = [Look(measures, kind) for kind in kinds_of(thresholds)]
    if not looks or any(possible_for([*fires_when(tally, look), *when], look) for look in looks):
        return _in_words(tally, measures) if most_counted(tally, measures) == 0 else ""
    if not any(possible_for(fires_when(tally, look), look) for look in looks):
        return _in_words(tally, measures)
    if not possible(when, measures):
        return _IMPOSSIBLE
    return Said("its condition leaves nothing to count", "它的条件使可计数的情形一个不剩")


def _in_words(tally: Tally, measures: Measures) -> str:
    if isinstance(tally, Once):
        return _IMPOSSIBLE
    measure = measures.get(tally.measure)
    name = "" if measure is None else f"`{measure.label}`"
    match tally:
        case StepsBelow() | StepsAbove():
            below = isinstance(tally, StepsBelow)
            side, word = ("below", "低于") if below else ("above", "高于")
            suffix = "" if measure is None else measure.suffix
            target = "" if measure is None else show_number(tally.target, measure)
            if tally.step is None or tally.counting is not Counting.COMPLETE:
                return Said(
                    f"{name} is never {side} {target}", f"{name}不可能{word}{chinese(target)}"
                )
            step = Said(
                f"{show(tally.step)}{'% of it' if tally.relative else suffix}",
                f"{'其' if tally.relative else ''}{show(tally.step)}"
                f"{'%' if tally.relative else suffix}",
            )
            return Said(
                f"{name} is never {step} {side} {target}",
                f"{name}不可能{word}{chinese(target)}达{chinese(step)}",
            )
        case Lacking():
            return Said(
                f"{name} can't lack {show(tally.step)} of what is required",
                f"{name}不可能比要求少{show(tally.step)}",
            )
        case Cases():
            return Said(f"no case of {name} counts", f"{name}没有一例可计")
        case _:
            assert_never(tally)
