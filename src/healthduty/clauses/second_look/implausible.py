"""Numbers that cannot be: 管理率195%, where nothing has more than 100 %; points against the goal.

A share of something is 100 % at most; a completion, a growth, the use of beds may well be more.
Who asks for ≤30% and takes points from above 5 % on means a distance, or misprints one of them;
so does who asks for ≤30% and gives more, the more there is.

Source: semantics 2 (a true proportion above 100 % is a finding), 11.

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("管理率195%，每低1%扣1分", points=10).findings.codes
True
>>> "clause-doubt" in read_clause("收入完成率120%，每低1%扣1分", points=10).findings.codes
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import RECENT, Context, Fault
from healthduty.clauses.text.phrases import Bounds
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Group, Rule
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow
from healthduty.said import Said

_ALL = 100  # per cent
_ASKED = frozenset({Comparator.AT_LEAST, Comparator.AT_MOST})
_PASSES = re.compile(
    r"使用|周转|利用|负荷|占用|增|升|涨|超|完成|执行|进度|收益|负债|预算|同比|相当于|与"
)
"""Rates that may be more than all of something."""

Held = Iterator[tuple[str, object]]
"""Names of quantities, each with a number that it is held against."""


def doubt_implausible(context: Context) -> Iterator[Fault]:
    """Go through the rules and targets that hold a share of something against more than all.

    And through the losses for values that the goal allows.
    """
    for draft in context.drafts:
        if any(_is_inside(context, each) for each in _lost_by(draft.rule)):
            message = Said(
                "points lost for values that the goal allows: how far from it?",
                "达到目标的数值也扣分：是否指与目标的差距？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        if _earns_outside(context, draft.rule):
            message = Said(
                "more points for values that the goal does not allow: which way is better?",
                "目标以外的数值得分更多：高好还是低好？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        if any(_is_beyond(context, name, value) for name, value in _held(draft.rule)):
            yield _fault(draft.first, draft.end)
        if _counts_nothing(context, draft.rule):
            message = Said("so many of what? the unit is not known", "每多少个什么？单位不认识")
            yield Fault("clause-doubt", message, draft.first, draft.end)
    for index, span in enumerate(context.goal_spans):
        goal = context.goals[index]
        if span is None or index in context.used_goals:
            continue
        name = context.goal_measure(index).code
        if any(_is_beyond(context, name, each) for each in (goal.bounds.low, goal.bounds.high)):
            yield _fault(*span)


def _fault(first: int, end: int) -> Fault:
    message = Said("more than 100 % of what has no more", "比率超过100%：是否印错？")
    return Fault("clause-doubt", message, first, end)


def _counts_nothing(context: Context, rule: Rule) -> bool:
    """Whether a rule counts cases by the hundred, and no unit says cases of what: 每少100兆."""
    tally = rule.tally if isinstance(rule, Deduction | Bonus) else None
    measure = context.quantities.known(tally.measure) if isinstance(tally, Cases) else None
    return measure is not None and isinstance(tally, Cases) and not measure.unit and tally.step != 1


def _lost_by(rule: Rule) -> Iterator[Compare]:
    """Go through the single comparisons that lose points."""
    match rule:
        case Deduction(tally=Once(condition=Compare() as when)) | Forfeit(when=Compare() as when):
            yield when
        case _:
            return


def _is_inside(context: Context, when: Compare) -> bool:
    """Whether a comparison holds for values that a one-sided goal of the quantity allows."""
    for index in range(max(0, len(context.goals) - RECENT), len(context.goals)):
        asked = context.goals[index].bounds
        match when.comparator, when.threshold, asked.low, asked.high:
            case (
                Comparator.MORE | Comparator.AT_LEAST,
                Fraction() as value,
                None,
                Fraction() as end,
            ):
                inside = value < end
            case Comparator.LESS | Comparator.AT_MOST, Fraction() as value, Fraction() as end, None:
                inside = value > end
            case _:
                continue
        if inside and context.goal_measure(index).code == when.measure:
            return True
    return False


def _earns_outside(context: Context, rule: Rule) -> bool:
    """Whether a line rises away from a one-sided goal, or the best band lies outside it."""
    if not isinstance(rule, Bands | Curve) or rule.effect is not Effect.EARN:
        return False
    for index in range(max(0, len(context.goals) - RECENT), len(context.goals)):
        asked = context.goals[index].bounds
        if asked.single is None or asked.single[0] is Comparator.EQUAL:
            continue
        own = context.goal_spans[index] is not None  # the text's bounds may be those of a band
        if own and (isinstance(rule, Bands) or asked.single[0] not in _ASKED):
            continue
        if context.goal_measure(index).code != rule.measure:
            continue
        ends = _best_ends(rule)
        if ends and not any(_meets(low, high, asked) for low, high in ends):
            return True
    return False


def _best_ends(rule: Bands | Curve) -> list[tuple[object, object]]:
    """Return from where to where the most points are earned; a line's best end goes on."""
    if isinstance(rule, Curve):
        first, last = rule.knots[0], rule.knots[-1]
        if first.points == 0:
            return [(last.at, None)]
        return [(None, first.at)] if last.points == 0 else []
    bands = [band for band in rule.bands if isinstance(band, Band)]
    if len(bands) < len(rule.bands) or len(bands) < 2:  # noqa: PLR2004 - nothing to be best of
        return []
    most = max(map(_worth, bands))
    return [(band.low, band.high) for band in bands if _worth(band) == most]


def _worth(band: Band) -> Fraction:
    return band.points if isinstance(band.points, Fraction) else Fraction(10**9)  # all of them


def _meets(low: object, high: object, asked: Bounds) -> bool:
    """Whether some value of a range is allowed; what is no plain number may be."""
    if isinstance(asked.high, Fraction) and isinstance(low, Fraction):
        return low < asked.high if high is None else low <= asked.high
    if isinstance(asked.low, Fraction) and isinstance(high, Fraction):
        return high > asked.low if low is None else high >= asked.low
    return True


def _is_beyond(context: Context, name: str, value: object) -> bool:
    """Whether a number is more than all of what a share is of."""
    measure = context.quantities.known(name)
    if measure is None or measure.unit != "%" or measure.kind is not MeasureKind.RATE:
        return False
    return isinstance(value, Fraction) and value > _ALL and not _PASSES.search(measure.label)


def _held(rule: Rule) -> Held:
    """Go through the quantities of a rule with what they are held against."""
    match rule:
        case Bands(measure=measure, bands=bands):
            for band in bands:
                if isinstance(band, Band):
                    yield measure, band.low
        case Curve(measure=measure, knots=knots):
            yield from ((measure, knot.at) for knot in knots)
        case (
            Deduction(tally=StepsBelow() | StepsAbove() as steps)
            | Bonus(tally=StepsBelow() as steps)
        ):
            yield steps.measure, steps.target
        case Deduction(tally=Once(condition=when)) | Bonus(tally=Once(condition=when)):
            yield from _compared(when)
        case Forfeit(when=when):
            yield from _compared(when)
        case Group(rules=rules):
            for member in rules:
                yield from _held(member)
        case _:
            return


def _compared(when: Condition) -> Held:
    """Go through the comparisons in a condition."""
    match when:
        case Compare(measure=measure, threshold=threshold):
            yield measure, threshold
        case AnyOf(conditions=conditions) | AllOf(conditions=conditions):
            for member in conditions:
                yield from _compared(member)
        case _:
            return
