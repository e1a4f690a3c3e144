"""Rates that points are stated for without a word of comparison: 95%得5分，90%得3分.

Nobody reaches exactly 95 %, or 1亿元: such a number is the least that earns its points, or the most
where less is better. Bands that leave room between them, or beyond the last of them, are doubted.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (bands), 11.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("接种率95%得5分，90%得3分").rules[0]
>>> [(str(band.low), band.high) for band in rule.bands]
[('95', None), ('90', None)]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.band_ends import said_outside
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.names.unwanted import is_unwanted
from healthduty.clauses.text.lexicon import RATE_UNITS
from healthduty.exact import show
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Band, Bands, rule_measures
from healthduty.said import Said

_AT_LEAST = Assumption(assumed.AT_LEAST)
_AT_MOST = Assumption(assumed.AT_MOST)
_ALL_IN_FULL = Assumption(assumed.ALL_IN_FULL)
_SEVERAL = 2
_WHOLE = frozenset({MeasureKind.COUNT, MeasureKind.CASES})
_NINE = 9
_ALL = 100  # per cent


def open_exact(context: Context) -> None:
    """Open the bands of a rate, or of money, that name one number each, on the better side."""
    for draft in context.drafts:
        rule = draft.rule
        measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
        if not isinstance(rule, Bands) or measure is None:
            continue
        if measure.unit not in RATE_UNITS and not measure.unit.endswith("元"):
            continue
        exact = [band for band in rule.bands if isinstance(band, Band) and _is_exact(band)]
        if exact and rule.effect is Effect.EARN:
            least = _rises(exact, measure.label)
            bands = tuple(_opened(b, least=least) if b in exact else b for b in rule.bands)
            assumption = rule.assumption or (_AT_LEAST if least else _AT_MOST)
            draft.rule = attrs.evolve(rule, bands=bands, assumption=assumption)


def reach_top(context: Context) -> None:
    """Give what has to be reached all points: 100 behind 90%-99%, 95 behind 80%以上但低于95%."""
    for draft in context.drafts:
        rule = draft.rule
        measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
        if not isinstance(rule, Bands) or measure is None:
            continue
        bands = [band for band in rule.bands if isinstance(band, Band)]
        top = max(bands, key=_lowest, default=None)
        if rule.effect is not Effect.EARN or len(bands) < len(rule.bands) or top is None:
            continue
        if not isinstance(top.high, Fraction) or top.high_in:
            continue
        rate = measure.unit in RATE_UNITS
        if rate and top.high % 10 == _NINE:
            whole = attrs.evolve(top, high=top.high + 1)
            rule = attrs.evolve(rule, bands=tuple(whole if b is top else b for b in rule.bands))
            top = whole
        elif top.high not in said_outside(context, rule):
            _goal_on_top(context, draft, rule, top)  # 60%以上 is asked for: 50%-60%得3分
            continue
        worth = _worth(context, draft)
        if not isinstance(top.points, Fraction) or worth is None or top.points >= worth:
            draft.rule = rule
        elif _is_goal(context, rule, top):
            draft.rule = attrs.evolve(rule, bands=(Band(worth, low=top.high), *rule.bands))
        elif rate and top.high == _ALL:
            bands = [Band(worth, low=top.high), *bands]
            draft.rule = attrs.evolve(rule, bands=tuple(bands), assumption=_ALL_IN_FULL)


def _goal_on_top(context: Context, draft: Draft, rule: Bands, top: Band) -> None:
    """Give the goal all points where the highest band ends with it and earns less."""
    worth = _worth(context, draft)
    less = isinstance(top.points, Fraction) and worth is not None and top.points < worth
    if worth is not None and less and top.low != top.high and _is_goal(context, rule, top):
        draft.rule = attrs.evolve(rule, bands=(Band(worth, low=top.high), *rule.bands))


def _worth(context: Context, draft: Draft) -> Fraction | None:
    """Return what a rule's part is worth, or the item."""
    worth = context.parts[draft.part - 1].points if draft.part else None
    return worth or (context.points if context.points is not None else context.stated)


def _is_goal(context: Context, rule: Bands, top: Band) -> bool:
    """Whether what has to be reached begins right above the highest band."""
    for index, goal in enumerate(context.goals):
        if goal.bounds.low == top.high and context.goal_measure(index).code == rule.measure:
            context.used_goals.add(index)
            return True
    return False


def _lowest(band: Band) -> Fraction:
    return band.low if isinstance(band.low, Fraction) else Fraction(-1)


def _is_exact(band: Band) -> bool:
    return isinstance(band.low, Fraction) and band.low == band.high and band.low != 0


def _rises(bands: list[Band], name: str) -> bool:
    """Whether more of a rate earns more; of one band the name has to tell."""
    pairs = sorted((b.low, b.points) for b in bands if isinstance(b.points, Fraction))
    if len(pairs) < _SEVERAL:
        return not is_unwanted(name)
    return pairs[0][1] < pairs[-1][1]


def _opened(band: Band, *, least: bool) -> Band:
    if least:
        return attrs.evolve(band, high=None, high_in=False)
    return attrs.evolve(band, low=None)


def doubt_room(context: Context) -> Iterator[Fault]:
    """Go through bands of a rate with room between them, or with nothing beyond the worst."""
    for draft in context.drafts:
        rule = draft.rule
        measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
        if not isinstance(rule, Bands) or measure is None:
            continue
        bands = [band for band in rule.bands if isinstance(band, Band)]
        if len(bands) < _SEVERAL or len(bands) < len(rule.bands) or rule.otherwise is not None:
            continue
        rate = measure.unit in RATE_UNITS
        room = _room(bands, whole=measure.kind in _WHOLE)
        if room is not None:
            low, high = show(room[0]), show(room[1])
            message = Said(
                f"no band says what holds between {low} and {high}", f"{low}与{high}之间没有写分数"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        elif rate and _ends_early(context, draft, rule, bands):
            message = Said(
                "nothing is lost beyond the last band", "最后一档以外没有写，按不扣分处理"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        elif _ends_below_top(context, rule, bands, rate=rate):
            message = Said(
                "nothing is earned above the highest band", "最高一档以上没有写，按不得分处理"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _room(bands: list[Band], *, whole: bool) -> tuple[Fraction, Fraction] | None:
    """Return the first room between bands that have numbers for ends; none between 3 and 4次."""
    if any(_open_between(band) for band in bands):
        return None
    ends = sorted(((_number(band.low, -1), _number(band.high, None)) for band in bands), key=_low)
    for (_, high), (low, _) in itertools.pairwise(ends):
        if high is not None and low is not None and high + whole < low:
            return high, low
    return None


def _open_between(band: Band) -> bool:
    """Whether a band's end is no number: what lies between is not known."""
    ends = (band.low, band.high)
    return any(end is not None and not isinstance(end, Fraction) for end in ends)


def _number(value: object, none: int | None) -> Fraction | None:
    return value if isinstance(value, Fraction) else None if none is None else Fraction(none)


def _low(pair: tuple[Fraction | None, Fraction | None]) -> Fraction:
    return pair[0] if pair[0] is not None else Fraction(-1)


def _ends_below_top(context: Context, rule: Bands, bands: list[Band], *, rate: bool) -> bool:
    """Whether more is earned the higher a value is, and above the highest band nothing.

    9至11场 may stand for the most that anybody does; 9场以上不足12场 says that there is more.
    """
    top = max(bands, key=_lowest)
    if rule.effect is not Effect.EARN or not isinstance(top.high, Fraction):
        return False
    points = [band.points for band in bands if isinstance(band.points, Fraction)]
    best = len(points) == len(bands) and top.points == max(points)
    more = top.high < _ALL if rate else top.high in said_outside(context, rule)
    return best and more and bool(top.low)  # a band from nothing is of what is unwanted


def _ends_early(context: Context, draft: Draft, rule: Bands, bands: list[Band]) -> bool:
    """Whether more is lost the lower a rate is, and below the lowest band nothing."""
    if rule.effect is not Effect.LOSE or any(band.low is None for band in bands):
        return False
    others = (other for other in context.drafts if other is not draft)
    if any(rule.measure in rule_measures(other.rule) for other in others):
        return False
    pairs = sorted(
        (band.low, band.points)
        for band in bands
        if isinstance(band.low, Fraction) and isinstance(band.points, Fraction)
    )
    return len(pairs) == len(bands) and pairs[0][1] > pairs[-1][1] and pairs[0][0] > 0
