"""Points by where a value lies: bands over a quantity, a number of cases, a place, a level.

Bands are written one by one (≥95%得5分；90%–95%得3分); each joins the one before it.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 9 (boundaries).

>>> band_from(Compare("满意率", ">=", 90), Fraction(5)).low
Fraction(90, 1)
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import NO_POINTS, amounts_for, lost_from, tallied
from healthduty.clauses.band_ends import beside_goal, note_ends
from healthduty.clauses.context import MOST_IN_RULE, Context
from healthduty.clauses.facts import names_in
from healthduty.clauses.names.asked_for import named_in_full
from healthduty.clauses.names.goal_names import is_place, rates_in
from healthduty.clauses.names.measured import held_measure, last_measure, missed_goal
from healthduty.clauses.names.subjects import about, joined
from healthduty.clauses.occasions import UNNAMED, Graded, Held, Nth, Ranked
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import QUALITIES, RATE_UNITS
from healthduty.clauses.text.phrases import Bounds
from healthduty.rules.condition import AllOf, Comparator, Compare
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Effect, Placement, Points
from healthduty.rules.rule import (
    AnyBand,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    LevelBand,
    effect_of,
)
from healthduty.rules.tally import Cases, Once
from healthduty.rules.threshold import ByKind
from healthduty.said import Said

_ALL = 100  # per cent
_SECOND = 2  # of each case the second is the next


def band_of(bounds: Bounds, points: Points) -> Band:
    """Return the points for values within bounds."""
    return Band(
        points, low=bounds.low, high=bounds.high, low_in=bounds.low_in, high_in=bounds.high_in
    )


def band_from(compare: Compare, points: Points) -> Band:
    """Return the points where one comparison holds, as a band that others can join."""
    value = compare.threshold
    match compare.comparator:
        case Comparator.AT_LEAST | Comparator.MORE:
            return Band(points, low=value, low_in=compare.comparator is Comparator.AT_LEAST)
        case Comparator.AT_MOST | Comparator.LESS:
            return Band(points, high=value, high_in=compare.comparator is Comparator.AT_MOST)
        case Comparator.EQUAL:
            return Band(points, low=value, high=value, high_in=True)


def last_bands(context: Context, measure: str, effect: Effect) -> Bands | None:
    """Return the last rule as bands, where it is of this measure and effect."""
    last = context.last()
    match None if last is None else last.rule:
        case Bands() as bands if bands.measure == measure and bands.effect is effect:
            return bands
        case Forfeit(when=Compare() as compare) if effect is Effect.EARN:
            points: Points = Fraction(0)
        case Deduction() | Bonus() as rule if rule.cap is None and effect_of(rule) is effect:
            condition = rule.tally.condition if isinstance(rule.tally, Once) else None
            if not isinstance(condition, Compare):
                return None
            compare, points = condition, rule.points
        case _:
            return None
    if compare.measure != measure:
        return None
    return Bands(measure, effect, (band_from(compare, points),))


def join(context: Context, segment: Segment, before: Bands, *further: AnyBand) -> None:
    """Make the last rule these bands and further ones, or report that they are too many."""
    last = context.last()
    if last is None or len(before.bands) + len(further) > MOST_IN_RULE:
        context.fault(
            segment,
            Said(f"more than {MOST_IN_RULE} bands in one rule", f"一条规则超过{MOST_IN_RULE}档"),
        )
        return
    context.extend(last, attrs.evolve(before, bands=(*before.bands, *further)), segment)


def add_band(
    context: Context, segment: Segment, action: Action, measure: Measure, band: Band
) -> None:
    """Add a band to the bands before it, or begin new ones."""
    before = last_bands(context, measure.code, action.effect)
    if before is not None:
        join(context, segment, before, band)
        return
    where = action.where if action.effect is Effect.ADD else Placement.BEYOND
    rule = Bands(measure, action.effect, (band,), reach=lost_from(action), where=where)
    earned = action.effect is Effect.EARN
    if earned:
        _remember(context, measure, band)
    for draft in context.add([rule], segment):
        draft.full = earned and band.points == FULL


def _remember(context: Context, measure: Measure, band: Band) -> None:
    """达到95%得满分 is a goal too: steps that follow count from it."""
    bounds = Bounds(
        low=band.low, high=band.high, low_in=band.low_in, high_in=band.high_in, unit=measure.unit
    )
    if is_place(measure.label) and band.high is not None:  # 前三名得5分: the third is good enough
        bounds = Bounds(high=band.high, high_in=True, unit=measure.unit)
    last = context.goals[-1] if context.goals else None
    same = last is not None and last.name == measure.label
    table = last.target if last is not None and same else None
    if same and isinstance(table, ByKind) and table.default == band.low:
        return  # 达80%（90%）: the bound of all kinds but one
    if same and last is not None and last.bounds.single == bounds.single:
        context.used_goals.add(len(context.goals) - 1)  # 每月不少于1次，得3分: it stands there
    elif bounds.single is not None or band.points in {FULL, context.points}:
        context.used_goals.add(context.hold_goal(measure.label, bounds))


def build_held(context: Context, segment: Segment, action: Action, occasion: Held) -> None:
    """满意率低于60%扣1分; ≥95%得5分: once where the bounds hold, or a band."""
    names = names_in(occasion.subject) if action.each and occasion.subject else ()
    if action.effect is Effect.EARN and len(names) > 1:  # 门诊、住院人次增长5%以上的各得2分
        before = len(context.goals)
        for name in names:
            each = attrs.evolve(action, each=False)
            build_held(context, segment, each, attrs.evolve(occasion, subject=name))
        context.join_goals(before)  # a step that follows is said of each
        return
    if action.effect is Effect.EARN and _earn_all_rates(context, segment, action, occasion):
        return
    if action.effect is Effect.EARN and action.each and not context.drafts:
        _earn_each_asked(context, segment, action, occasion)
        return
    _build_held(context, segment, action, occasion)


def _earn_all_rates(context: Context, segment: Segment, action: Action, occasion: Held) -> bool:
    """Read 建档率、签约率均达90%得6分，均达80%得4分: earned where all of the rates are there."""
    last, single = context.last(), occasion.bounds.single
    rates = rates_in(occasion.subject)
    match None if last is None or occasion.subject else last.rule:
        case Bands(bands=(*bands, CaseBand(when=AllOf()) as above)) as rule if (
            last is not None and last.goals and single is not None
        ):
            met = tuple(Compare(context.goal_measure(index), *single) for index in last.goals)
            band = CaseBand(AllOf(met), action.amounts[0])
            context.extend(last, attrs.evolve(rule, bands=(*bands, above, band)), segment)
            return True
    if len(rates) == 1 or single is None or any(mark in occasion.subject for mark in "(（"):
        return False  # 两率（建档率、随访率）: one word for both
    first = len(context.goals)
    indices = [context.hold_goal(name, occasion.bounds) for name in rates]
    context.join_goals(first)
    _earn_all_met(context, segment, action, indices)
    return True


def _earn_each_asked(context: Context, segment: Segment, action: Action, occasion: Held) -> None:
    """Read 甲率≥90%；乙率≥80%，各得1分, where nothing scores yet: a band for each."""
    asked = _asked_as_well(context, occasion)
    for index in asked:
        earn_goal(context, segment, action, index)
    _build_held(context, segment, action, occasion)
    if asked:
        context.join_goals(asked[0])  # a step that follows is said of each
    for draft in context.drafts[1:]:
        draft.first = context.drafts[0].first


def _build_held(context: Context, segment: Segment, action: Action, occasion: Held) -> None:
    """Make a band of a value within bounds, or lose points once where it is."""
    measure = held_measure(context, occasion)
    note_ends(context, measure, occasion.bounds)
    if action.effect is Effect.LOSE:
        occasion = attrs.evolve(occasion, bounds=beside_goal(context, measure, occasion.bounds))
    single = occasion.bounds.single
    one = _one_before(context, measure, occasion) if action.effect is Effect.LOSE else None
    if one is not None:
        join(context, segment, one, band_of(occasion.bounds, action.amounts[0]))
        return
    bands = last_bands(context, measure.code, action.effect)
    if action.effect is Effect.EARN or bands is not None or single is None:
        bounds = _whole_rate(occasion.bounds) if action.effect is Effect.EARN else occasion.bounds
        add_band(context, segment, action, measure, band_of(bounds, action.amounts[0]))
        return
    if occasion.bounds.bare and occasion.bounds.unit in RATE_UNITS:
        context.fault(
            segment,
            Said("exactly this rate", "恰好这个比率"),
            hint=Said("不低于, or 不超过?", "是不低于，还是不超过？"),
        )
        return
    once = Once(Compare(measure, single[0], single[1]))
    context.add([tallied(action, once, action.amounts[0])], segment, occasion=occasion)


def _one_before(context: Context, measure: Measure, occasion: Held) -> Bands | None:
    """Return 缺席一次扣2分 as a band before 两次以上扣5分: two of them lose 5, and no 9.

    累计两次以上 says that something is lost besides.
    """
    last = context.last()
    match None if last is None else last.rule:
        case Deduction(tally=Cases(step=1, free=0) as tally, cap=None) as rule:
            single = occasion.bounds.single
            second = single is not None and single[1] == _SECOND
            least = single is not None and single[0] is Comparator.AT_LEAST
            if not (second and least) or tally.measure != measure.code or "累" in occasion.subject:
                return None
            one = Band(rule.points, low=1, high=1, high_in=True)
            return Bands(measure, Effect.LOSE, (one,), reach=rule.reach)
        case _:
            return None


def _asked_as_well(context: Context, occasion: Held) -> list[int]:
    """Return the goals before this one that no rule is about."""
    recent = range(max(0, len(context.goals) - MOST_IN_RULE), len(context.goals))
    return [
        index
        for index in recent
        if context.goal_spans[index] is not None
        and index not in context.used_goals
        and context.goals[index].bounds.single is not None
        and context.goals[index].name != occasion.subject
    ]


def _whole_rate(bounds: Bounds) -> Bounds:
    """100%得5分: who has more than all of it is not worse off."""
    whole = bounds.bare and bounds.low == _ALL
    up_to_all = bounds.high == _ALL and bounds.low is not None and bounds.loose  # 95%-100%
    if (whole or up_to_all) and bounds.unit == "%":
        return attrs.evolve(bounds, high=None, high_in=False)
    return bounds


def earn_met(context: Context, segment: Segment, action: Action) -> None:
    """达标得满分 after a goal: a band from the goal on; 各达标得2分 one for each of several."""
    last = len(context.goals) - 1
    beside = context.beside(last)
    if not action.each and len(beside) > 1 and all(missed_goal(context, at) for at in beside):
        _earn_all_met(context, segment, action, beside)
        return
    indices = beside if action.each else [last]
    for index in indices:
        earn_goal(context, segment, action, index)


def earn_goal(context: Context, segment: Segment, action: Action, index: int) -> None:
    """管床数达到要求得3分: a band from the goal on."""
    band = band_of(context.goals[index].bounds, action.amounts[0])
    add_band(context, segment, action, context.goal_measure(index), band)
    context.used_goals.add(index)


def _earn_all_met(context: Context, segment: Segment, action: Action, indices: list[int]) -> None:
    """显微镜1台，切片机1台，满足要求得1分: earned where all of the goals are met."""
    singles = [context.goals[index].bounds.single for index in indices]
    met = [
        Compare(context.goal_measure(index), *single)
        for index, single in zip(indices, singles, strict=True)
        if single is not None
    ]
    band = CaseBand(AllOf(tuple(met)), action.amounts[0])
    rule = Bands(met[0].measure, action.effect, (band,))
    for draft in context.add([rule], segment, indices):
        draft.full = action.amounts[0] == FULL


def no_points_held(context: Context, segment: Segment, occasion: Held) -> bool:
    """60%以下不得分 after bands that earn: a last band of 0; False where there are none."""
    measure = held_measure(context, occasion)
    note_ends(context, measure, occasion.bounds)
    before = last_bands(context, measure.code, Effect.EARN)
    if before is None:
        return False
    bounds = under(before, occasion.bounds)
    add_band(context, segment, NO_POINTS, measure, band_of(bounds, Fraction(0)))
    return True


def under(before: Bands, bounds: Bounds) -> Bounds:
    """60%以下 after a band from 60% on: the shared boundary is the upper band's (semantics 9)."""
    if bounds.low is not None or not bounds.high_in:
        return bounds
    taken = any(
        isinstance(band, Band) and band.low == bounds.high and band.low_in for band in before.bands
    )
    return attrs.evolve(bounds, high_in=False) if taken else bounds


def build_nth(context: Context, segment: Segment, action: Action, occasion: Nth) -> None:
    """第一次扣0.5分，第二次不得分: bands over the number of cases; 加扣 adds to the first."""
    points, last = action.amounts[0], context.last()
    if action.further and last is not None and isinstance(last.rule, Bands):
        before = last.rule.bands[-1].points if isinstance(last.occasion, Nth) else None
        if isinstance(before, Fraction) and isinstance(points, Fraction):
            points += before
    most = None if occasion.and_more else occasion.low  # 再次发现: and each time after it
    band = Band(points, low=occasion.low, high=most, high_in=most is not None)
    if not join_nth(context, segment, band):
        rule = Bands(nth_measure(context, occasion), Effect.LOSE, (band,))
        context.add([rule], segment, occasion=occasion)


def join_nth(context: Context, segment: Segment, band: Band) -> bool:
    """Add a band to those over the number of cases; False where the last rule is none."""
    last = context.last()
    if last is None or not isinstance(last.occasion, Nth) or not isinstance(last.rule, Bands):
        return False
    join(context, segment, last.rule, band)
    return True


def nth_measure(context: Context, occasion: Nth) -> Measure:
    """Return the cases of which 第二次 is one."""
    name = occasion.subject or context.pending_words() or context.subject or "次数"
    return context.quantities.measure(name, MeasureKind.CASES, "次")


def build_ranked(context: Context, segment: Segment, action: Action, occasion: Ranked) -> None:
    """前三名分别加3、2、1分: bands over the place."""
    last = last_measure(context, "名") if not occasion.subject else None
    named = context.topic if is_place(context.topic) else "排名"
    name = named if last is None else last.code
    measure = context.quantities.measure(occasion.subject or name, MeasureKind.COUNT, "名")
    if len(action.amounts) == 1:
        band = Band(
            action.amounts[0],
            low=occasion.low,
            high=occasion.high,
            high_in=occasion.high is not None,
        )
        add_band(context, segment, action, measure, band)
        return
    count = (occasion.high or occasion.low) - occasion.low + 1
    amounts = amounts_for(context, segment, action, count, Said("places", "处"))
    for place, points in enumerate(amounts or (), occasion.low):
        band = Band(points, low=place, high=place, high_in=True)
        add_band(context, segment, action, measure, band)


def build_otherwise(context: Context, segment: Segment, points: Points) -> None:
    """否则得1分: what the bands before give otherwise."""
    last = context.last()
    if last is None or not isinstance(last.rule, Bands) or last.rule.otherwise is not None:
        context.fault(
            segment, Said("otherwise, without a case before it", "有“否则”而前面没有情形")
        )
        return
    context.extend(last, attrs.evolve(last.rule, otherwise=points), segment)


def _topic(context: Context, action: Action, occasion: Graded) -> str:
    """Return what a level without a subject is of: 不规范 beside 处方书写规范 is of 处方书写."""
    if action.effect is not Effect.LOSE:
        return context.topic
    full = named_in_full(context, occasion.words)
    if full == occasion.words:
        full = about(context, full) or full
    return full.removesuffix(occasion.words)


def build_graded(
    context: Context, segment: Segment, action: Action, occasion: Graded, *, forfeit: bool = False
) -> None:
    """优得5分，良得3分: a level as the bands that it will be part of; `levelled` joins them.

    报表及时、准确各得1分: a fact for each of several qualities.
    """
    if action.each and len(occasion.levels) > 1 and QUALITIES.issuperset(occasion.levels):
        each = attrs.evolve(action, each=False)
        for level in occasion.levels:
            words = occasion.subject + level
            one = attrs.evolve(occasion, levels=(level,), words=words)
            build_graded(context, segment, each, one, forfeit=forfeit)
        return
    pending = context.pending_words() if segment.occasion else ""
    if pending and action.effect is Effect.LOSE and not occasion.subject:
        pending = joined(pending, occasion.words).removesuffix(occasion.words)
    named = occasion.subject or context.subject or pending
    name = named or _topic(context, action, occasion) or UNNAMED
    last = context.last()
    joins = last is not None and (
        isinstance(last.occasion, Graded) and last.sentence == context.sentence
    )
    held = attrs.evolve(occasion, subject="" if joins and not occasion.subject else name)
    band = LevelBand(occasion.levels, action.amounts[0])
    where = action.where if action.effect is Effect.ADD else Placement.BEYOND
    rule = Bands(UNNAMED, action.effect, (band,), reach=lost_from(action), where=where)
    for draft in context.add([rule], segment, occasion=held):
        draft.forfeit = forfeit
