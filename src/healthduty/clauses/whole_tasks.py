"""完成任务 is all of it, where shares follow: 完成任务得10分，完成80%以上得8分 are one rate.

Who earns for a task that is done, and then for a share of it, speaks of how much of it is done:
the task alone is 100%. Steps count from there: 完成任务得10分，每少1%扣0.5分. Where the task is a
number that was required (3000人次), the shares are shares of it.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands).

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("完成任务得10分，完成80%以上得8分").rules[0]
>>> rule.measure, [str(band.low) for band in rule.bands]
('任务完成率', ['100', '80'])
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.context import Context, Draft
from healthduty.clauses.occasions import Held, Occasion, Steps
from healthduty.clauses.text.lexicon import RATE_UNITS
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, CaseBand, Curve, Knot, Rule

_DONE = re.compile(
    r"(?P<of>[^,，、未没不]{0,30}?)(?:按时|按期|按要求|全面|如期|能)?完成了?"
    r"(?P<task>[^,，、]{0,10}?(?:任务|计划|指标|目标)(?:数|量)?)(?:的|者)*"
)
_SHARE_OF = re.compile(r"(?:完成|达到)?(?:[^,，、]{0,10}?(?:任务|计划|指标|目标)(?:数|量)?)?的?")
_BEYOND = re.compile(r"(?:超额|超过|超出?)(?:完成)?(?:任务|目标|计划|指标)*(?:的|者|部分)*")
_ALL = Fraction(100)


def of_whole_task(context: Context, occasion: Occasion) -> Occasion:
    """Return a share of the task that the band before earns for, as a bound on what it counts.

    A band for a task without a number becomes one of its rate, from 100% on.
    """
    if not isinstance(occasion, Held | Steps) or not _SHARE_OF.fullmatch(occasion.subject):
        return occasion
    unit = occasion.unit if isinstance(occasion, Steps) else occasion.bounds.unit
    last = context.last()
    if unit != "%" or last is None or context.goals_for("", RATE_UNITS):
        return occasion
    if context.goals:
        whole = None if isinstance(occasion, Steps) else _number_earned(context, last.rule)
        return occasion if whole is None else _of_number(occasion, *whole)
    measure = _rate_earned(context, last)
    return occasion if measure is None else attrs.evolve(occasion, subject=measure.label)


def _rate_earned(context: Context, last: Draft) -> Measure | None:
    """Make the band for a task that is done one of its rate, and return that; None for others."""
    match last.rule:
        case Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=fact)) as band,)):
            done = _DONE.fullmatch(fact)
        case Curve(effect=Effect.EARN, measure=code, knots=(*_, Knot(at=at))) if at == _ALL:
            return _beyond_all(context, code)
        case _:
            return None
    if done is None:
        return None
    context.quantities.forget(fact)
    goal = context.hold_goal(f"{done['of']}{done['task']}完成率", Bounds(low=_ALL, unit="%"))
    context.used_goals.add(goal)
    measure = context.goal_measure(goal)
    last.rule = Bands(measure, Effect.EARN, (Band(band.points, low=_ALL),))
    last.full = band.points == context.points
    return measure


def _beyond_all(context: Context, code: str) -> Measure | None:
    """Return the rate of a line up to all of it, for 超额完成的，每超10%加1分 behind it."""
    measure = context.quantities.known(code)
    if measure is None or not measure.label.endswith("完成率"):
        return None
    for held in context.pending[-1:]:
        if _BEYOND.fullmatch(words_of(held.tokens, context.plain)):
            context.explain(held, "more than all of it")
    context.used_goals.add(context.hold_goal(measure.label, Bounds(low=_ALL, unit="%")))
    return measure


def _number_earned(context: Context, rule: Rule) -> tuple[Measure, Fraction] | None:
    """Return the number that was required, where bands earn for it and nothing else was asked."""
    goal = context.goals[0] if len(context.goals) == 1 else None
    if goal is None or goal.rate or not isinstance(goal.target, Fraction):
        return None
    match rule:
        case Bands(effect=Effect.EARN, measure=code, bands=(Band(low=low), *_)):
            measure = context.goal_measure(0)
            return (measure, goal.target) if code == measure.code and low == goal.target else None
        case _:
            return None


def _of_number(occasion: Occasion, measure: Measure, whole: Fraction) -> Occasion:
    """Return bounds in % of a number as bounds on it."""
    if not isinstance(occasion, Held):
        return occasion
    low, high = (
        end * whole / _ALL if isinstance(end, Fraction) else end
        for end in (occasion.bounds.low, occasion.bounds.high)
    )
    bounds = attrs.evolve(occasion.bounds, low=low, high=high, unit=measure.unit)
    return Held(measure.label, bounds)
