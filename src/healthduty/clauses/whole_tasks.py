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
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Held, Occasion, Steps
from healthduty.clauses.text.lexicon import RATE_UNITS
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Band, Bands, CaseBand, Curve, Knot, Rule

_DONE = re.compile(
    r"(?P<what>[^,，、未没不无]{2,16}?)??(?:按时|按期|按要求|全面|如期|能)?完成了?"
    r"(?P<task>[^,，、]{0,10}?(?:任务|计划|指标|目标)(?:数|量)?)(?:的|者)*"
)
_SHARE_OF = re.compile(r"(?:完成|达到)?(?:[^,，、]{0,10}?(?:任务|计划|指标|目标)(?:数|量)?)?的?")
_RATE_DONE = re.compile(
    r"(?:任务|目标|计划|指标|年度)*(?:数|量|值)?(?:的)?(?:实际)?完成(?:率|比例)"
)
_BEYOND = re.compile(r"(?:超额|超过|超出?)(?:完成)?(?:任务|目标|计划|指标)*(?:的|者|部分)*")
_ALL = Fraction(100)
_TEN = 10


def of_whole_task(context: Context, occasion: Occasion, words: str) -> Occasion:
    """Return a share of the task that the band before earns for, as a bound on what it counts.

    A band for a task without a number becomes one of its rate, from 100% on. `words` are the
    occasion's own: 完成80%以上 beside 5000人次 is 4000.
    """
    share = isinstance(occasion, Held) and occasion.bounds.unit == "%" and context.goals
    asked = _number_asked(context) if share else None
    if isinstance(occasion, Held) and asked is not None:
        rate = occasion.subject.removeprefix(asked[0].label)
        if _RATE_DONE.fullmatch(rate) or (not rate and words.startswith("完成")):
            return _of_number(occasion, *asked)
    if not isinstance(occasion, Held | Steps) or not _SHARE_OF.fullmatch(occasion.subject):
        return occasion
    unit = occasion.unit if isinstance(occasion, Steps) else occasion.bounds.unit
    last = context.last()
    if unit != "%" or last is None or not context.recent_units().isdisjoint(RATE_UNITS):
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
    context.explain_rule(last, "all of it")
    what = name_of(done["what"] or "") or done["task"]
    goal = context.hold_goal(f"{what}完成率", Bounds(low=_ALL, unit="%"))
    context.used_goals.add(goal)
    measure = context.goal_measure(goal)
    last.rule = Bands(measure, Effect.EARN, (Band(band.points, low=_ALL),))
    last.full = band.points in {FULL, context.points}
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


def _number_asked(context: Context) -> tuple[Measure, Fraction] | None:
    """Return what was required and how much of it, where that is a number, and nothing else was."""
    goal = context.only_goal()
    if (
        goal is None
        or goal.rate
        or goal.bounds.low is None
        or not isinstance(goal.target, Fraction)
    ):
        return None
    return context.goal_measure(0), goal.target


def _number_earned(context: Context, rule: Rule) -> tuple[Measure, Fraction] | None:
    """Return the number that was required, where bands or a line earn all points for it."""
    asked = _number_asked(context)
    match rule:
        case Bands(effect=Effect.EARN, measure=code, bands=(Band(), *_)):
            whole = None
        case Curve(effect=Effect.EARN, measure=code, knots=(*_, Knot(at=whole))):
            pass
        case _:
            return None
    of_it = asked is not None and code == asked[0].code and whole in {None, asked[1]}
    return asked if of_it else None


def _of_number(occasion: Occasion, measure: Measure, whole: Fraction) -> Occasion:
    """Return bounds in % of a number as bounds on it."""
    if not isinstance(occasion, Held):
        return occasion
    low, high = occasion.bounds.low, occasion.bounds.high
    if low is not None and isinstance(high, Fraction) and high % _TEN == _TEN - 1:
        high += 1  # 90%-99%: up to where 100% begins
    low, high = (end * whole / _ALL if isinstance(end, Fraction) else end for end in (low, high))
    bounds = attrs.evolve(occasion.bounds, low=low, high=high, unit=measure.unit)
    return Held(measure.label, bounds)
