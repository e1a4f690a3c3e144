"""Rules: how a point is lost, earned or added — plain data in one closed union.

`Deduction` and `Bonus` multiply a tally by points; `Bands` pays by where a value lies;
`Curve` by straight lines between knots; `Judgement` takes an assessor's own points;
`Forfeit` takes all that is left; `Group` takes the best, the worst or all of several, capped
together. Citation and assumption say where a rule comes from; they are no part of what it
means, so rules compare without them.

Source: semantics 5 (order), 7, 11; the patterns of published scoring tables.

>>> from healthduty.rules.tally import StepsBelow
>>> rule = Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5", cap=2)
>>> rule == Deduction(StepsBelow("satisfaction", target="90", step="5.0"), points=0.5, cap="2")
True
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.errors import RuleError
from healthduty.rules.condition import (
    Condition,
    condition_measures,
    condition_thresholds,
    to_condition,
    to_when,
)
from healthduty.rules.measure import to_code, to_levels
from healthduty.rules.points import (
    FULL,
    Effect,
    Pick,
    Placement,
    Points,
    Reach,
    refuse_idle,
    to_optional_points,
    to_optional_points_or_share,
    to_points,
    to_points_or_share,
)
from healthduty.rules.tally import (
    Counting,
    StepsAbove,
    StepsBelow,
    Tally,
    tally_measures,
    tally_thresholds,
)
from healthduty.rules.threshold import (
    Threshold,
    threshold_measures,
    to_number,
    to_optional_threshold,
    to_threshold,
)
from healthduty.said import Said
from healthduty.sources import Citation


@attrs.frozen
class Reading:
    """Another way to read the same words: a label and the rule that it would be."""

    label: str
    rule: Rule


def _to_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple(readings)


@attrs.frozen
class Assumption:
    """What the text does not settle, and how it was read here; `readings` are the others.

    A rule that counts steps has the other two ways of counting as readings without naming
    them, where `readings` is empty and `about` is "steps".
    """

    text: str
    about: str = attrs.field(default="", kw_only=True)
    readings: tuple[Reading, ...] = attrs.field(default=(), kw_only=True, converter=_to_readings)


@attrs.frozen
class Times:
    """The rule's points count `factor` times while the condition holds (加倍 2, 减半 1/2)."""

    factor: Fraction = attrs.field(converter=to_number)
    when: Condition = attrs.field(converter=to_condition)

    def __attrs_post_init__(self) -> None:
        """Refuse a negative factor, and one that changes nothing."""
        if self.factor < 0:
            raise RuleError(
                Said(
                    "a factor can't be negative: the kind of rule gives the sign",
                    "倍数不能是负数：扣还是加由规则的种类决定",
                )
            )
        if self.factor == 1:
            raise RuleError(
                Said("a factor of 1 changes nothing: leave it out", "乘以1没有变化：不用写")
            )


def _to_times(times: Times | Iterable[Times]) -> tuple[Times, ...]:
    factors = (times,) if isinstance(times, Times) else tuple(times)
    if len({each.when for each in factors}) < len(factors):
        raise RuleError(
            Said(
                "two factors have the same condition: give their product as one",
                "两个倍数的条件相同：请合成一个",
            )
        )
    return factors


@attrs.frozen
class Deduction:
    """Points off for each of a tally, up to a cap (每低5%扣0.5分，最高扣2分).

    `reach` says from what; a rule of a part or an indicator that reaches further may pass its
    points. `on_exhaustion` makes it count only where the item's own points are used up (扣满).
    """

    tally: Tally
    points: Points = attrs.field(kw_only=True, converter=to_points_or_share)
    cap: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    reach: Reach = attrs.field(default=Reach.PART, kw_only=True, converter=Reach)
    times: tuple[Times, ...] = attrs.field(default=(), kw_only=True, converter=_to_times)
    when: Condition | None = attrs.field(default=None, kw_only=True, converter=to_when)
    on_exhaustion: bool = attrs.field(default=False, kw_only=True)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that would wait for the very points that it takes."""
        if self.on_exhaustion and self.reach is Reach.PART:
            raise RuleError(
                Said(
                    "a deduction on exhaustion takes from further out than the item",
                    "扣完后再扣的分，要从本条目以外（大项、总分）扣",
                )
            )


@attrs.frozen
class Bonus:
    """Points added for each of a tally, up to a cap (每提高1%加0.1分，最高加2分)."""

    tally: Tally
    points: Points = attrs.field(kw_only=True, converter=to_points_or_share)
    cap: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    where: Placement = attrs.field(default=Placement.BEYOND, kw_only=True, converter=Placement)
    times: tuple[Times, ...] = attrs.field(default=(), kw_only=True, converter=_to_times)
    when: Condition | None = attrs.field(default=None, kw_only=True, converter=to_when)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)


@attrs.frozen
class Band:
    """Points for values between two bounds; closure is explicit.

    By default the lower bound belongs to the band and the upper to the one above (semantics 9).
    """

    points: Points = attrs.field(converter=to_points_or_share)
    low: Threshold | None = attrs.field(default=None, kw_only=True, converter=to_optional_threshold)
    high: Threshold | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_threshold
    )
    low_in: bool = attrs.field(default=True, kw_only=True)
    high_in: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Forget the closure of a side without a bound: there is nothing to close."""
        if self.low is None:
            object.__setattr__(self, "low_in", True)
        if self.high is None:
            object.__setattr__(self, "high_in", False)


@attrs.frozen
class LevelBand:
    """Points for one or several levels (优得5分)."""

    levels: tuple[str, ...] = attrs.field(converter=to_levels)
    points: Points = attrs.field(converter=to_points_or_share)


@attrs.frozen
class CaseBand:
    """Points where a condition holds, for bands that a bound can't say."""

    when: Condition = attrs.field(converter=to_condition)
    points: Points = attrs.field(converter=to_points_or_share)


AnyBand = Band | LevelBand | CaseBand
"""The closed union of bands."""


def _to_bands(bands: Iterable[AnyBand]) -> tuple[AnyBand, ...]:
    return tuple(bands)


@attrs.frozen
class Bands:
    """Points by where the measure's value lies: the first band that holds, in written order.

    Over a number or a count (escalation: the first −0.5, the second all) or a level.
    `otherwise` is for values in no band; without it they lose, earn or add nothing.
    """

    measure: str = attrs.field(converter=to_code)
    effect: Effect = attrs.field(converter=Effect)
    bands: tuple[AnyBand, ...] = attrs.field(converter=_to_bands)
    otherwise: Points | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_points_or_share
    )
    reach: Reach = attrs.field(default=Reach.PART, kw_only=True, converter=Reach)
    where: Placement = attrs.field(default=Placement.BEYOND, kw_only=True, converter=Placement)
    when: Condition | None = attrs.field(default=None, kw_only=True, converter=to_when)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse bands without a band, and points for the values that no band leaves over."""
        if not self.bands:
            raise RuleError(Said("bands without a band mean nothing", "分档一档也没有"))
        refuse_idle(self.effect, self.reach, self.where)
        if self.otherwise is not None and any(each == Band(each.points) for each in self.bands):
            raise RuleError(
                Said(
                    "a band without bounds takes every value: leave `otherwise` out",
                    "有一档不限范围，已包括所有的值：`otherwise`不写",
                )
            )


@attrs.frozen
class Knot:
    """A point of a curve: these points at this value; the value may be given with the record."""

    at: Threshold = attrs.field(converter=to_threshold)
    points: Points = attrs.field(converter=to_points_or_share)


def _to_knots(knots: Iterable[Knot]) -> tuple[Knot, ...]:
    """Take each knot once: tables of stretches end where the next one begins."""
    return tuple(knot for knot, _ in itertools.groupby(knots))


@attrs.frozen
class Curve:
    """Points on straight lines between knots, ordered by value.

    Outside the knots the first and last knot's points hold, unless `below` or `above` says
    otherwise. Knots at the same value make a jump: the later one counts from there on.
    """

    measure: str = attrs.field(converter=to_code)
    effect: Effect = attrs.field(converter=Effect)
    knots: tuple[Knot, ...] = attrs.field(converter=_to_knots)
    below: Points | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_points_or_share
    )
    above: Points | None = attrs.field(
        default=None, kw_only=True, converter=to_optional_points_or_share
    )
    reach: Reach = attrs.field(default=Reach.PART, kw_only=True, converter=Reach)
    where: Placement = attrs.field(default=Placement.BEYOND, kw_only=True, converter=Placement)
    when: Condition | None = attrs.field(default=None, kw_only=True, converter=to_when)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a curve without a line, fixed knots that go back, and points that never count.

        What holds outside anyway need not be said, and is forgotten.
        """
        if len(self.knots) < 2:  # noqa: PLR2004 - a line has two ends
            raise RuleError(Said("a curve needs at least two knots", "折线至少要有两个点"))
        fixed = [knot.at for knot in self.knots if isinstance(knot.at, Fraction)]
        if fixed != sorted(fixed):
            raise RuleError(
                Said("the knots of a curve stand in ascending order", "折线的点要从小到大排")
            )
        refuse_idle(self.effect, self.reach, self.where)
        if self.below == self.knots[0].points:
            object.__setattr__(self, "below", None)
        if self.above == self.knots[-1].points:
            object.__setattr__(self, "above", None)
        runs = [len(list(run)) for _, run in itertools.groupby(knot.at for knot in self.knots)]
        if max(runs) > 2:  # noqa: PLR2004 - what is reached from below, and what counts from there
            raise RuleError(
                Said(
                    "of three knots at one value the middle one never counts: leave it out",
                    "同一个值上有三个点，中间的一个不起作用：请去掉",
                )
            )
        if self.below is not None and runs[0] > 1:
            raise RuleError(
                Said(
                    "two knots at the first value say what holds below: leave `below` out",
                    "第一个值上的两个点已说明低于它时得多少分：`below`不写",
                )
            )


@attrs.frozen
class Judgement:
    """An assessor's own points within bounds, with a reason (酌情扣0.5-2分).

    `code` names the judgement in the record. `most` is by default all points of the item. A
    judgement is either 0 or between `least` and `most`; several assessors count by their mean.
    """

    code: str
    effect: Effect = attrs.field(converter=Effect)
    least: Fraction = attrs.field(default=Fraction(0), kw_only=True, converter=to_points)
    most: Points = attrs.field(default=FULL, kw_only=True, converter=to_points_or_share)
    reach: Reach = attrs.field(default=Reach.PART, kw_only=True, converter=Reach)
    where: Placement = attrs.field(default=Placement.BEYOND, kw_only=True, converter=Placement)
    when: Condition | None = attrs.field(default=None, kw_only=True, converter=to_when)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a reach or a placement that says nothing of what is judged."""
        refuse_idle(self.effect, self.reach, self.where)


@attrs.frozen
class Forfeit:
    """The condition that takes all that is left of a part, an indicator or a section (不得分)."""

    when: Condition = attrs.field(converter=to_condition)
    scope: Reach = attrs.field(default=Reach.PART, kw_only=True, converter=Reach)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a forfeit of the total: that is a veto, which stands beside the arithmetic."""
        if self.scope is Reach.TOTAL:
            raise RuleError(
                Said(
                    "what zeroes the total is a veto, not a forfeit",
                    "总分归零是一票否决，不是“不得分”",
                )
            )


def _to_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rules)


@attrs.frozen
class Group:
    """Several rules of one direction that count together: all, the best or the worst, capped.

    All members lose, or all earn, or all add in the same place, and all have the same reach.
    """

    rules: tuple[Rule, ...] = attrs.field(converter=_to_rules)
    pick: Pick = attrs.field(default=Pick.ALL, kw_only=True, converter=Pick)
    cap: Fraction | None = attrs.field(default=None, kw_only=True, converter=to_optional_points)
    citation: Citation | None = attrs.field(default=None, kw_only=True, eq=False)
    assumption: Assumption | None = attrs.field(default=None, kw_only=True, eq=False)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty group, a forfeit in a group, and members that pull apart."""
        if not self.rules:
            raise RuleError(Said("a group of no rules means nothing", "规则组里一条规则也没有"))
        members = list(members_of(self))
        if any(isinstance(member, Forfeit) for member in members):
            raise RuleError(
                Said(
                    "a forfeit takes what is left: it can't be one of a group",
                    "“不得分”扣掉剩下的全部，不能放在规则组里",
                )
            )
        if len({(effect_of(m), reach_of(m), placement_of(m)) for m in members}) > 1:
            raise RuleError(
                Said(
                    "the rules of a group have one effect, one reach and one placement",
                    "一组里的规则，扣还是加、扣到哪里、算在哪里，都要相同",
                )
            )
        if any(isinstance(m, Deduction) and m.on_exhaustion for m in members):
            raise RuleError(
                Said(
                    "a deduction on exhaustion can't be one of a group",
                    "扣完后再扣的规则，不能放在规则组里",
                )
            )
        if len(self.rules) == 1:
            object.__setattr__(self, "pick", Pick.ALL)  # of one rule there is nothing to pick


Rule = Deduction | Bonus | Bands | Curve | Judgement | Forfeit | Group
"""The closed union of rules."""


def members_of(rule: Rule) -> Iterator[Deduction | Bonus | Bands | Curve | Judgement | Forfeit]:
    """Go through the rules that do the counting: a group's members, or the rule itself."""
    if isinstance(rule, Group):
        for member in rule.rules:
            yield from members_of(member)
    else:
        yield rule


def effect_of(rule: Rule) -> Effect:
    """Return whether a rule loses, earns or adds points."""
    match rule:
        case Deduction() | Forfeit():
            return Effect.LOSE
        case Bonus():
            return Effect.ADD
        case Bands() | Curve() | Judgement():
            return rule.effect
        case Group():
            return effect_of(rule.rules[0])
        case _:
            assert_never(rule)


def reach_of(rule: Rule) -> Reach:
    """Return from what a rule takes its points; only what is lost can reach further."""
    match rule:
        case Deduction():
            return rule.reach
        case Bands() | Curve() | Judgement():
            return rule.reach if rule.effect is Effect.LOSE else Reach.PART
        case Bonus():
            return Reach.PART
        case Forfeit():
            return rule.scope
        case Group():
            return reach_of(rule.rules[0])
        case _:
            assert_never(rule)


def placement_of(rule: Rule) -> Placement | None:
    """Return where a rule's added points count, or None where it adds none."""
    match rule:
        case Bonus():
            return rule.where
        case Bands() | Curve() | Judgement():
            return rule.where if rule.effect is Effect.ADD else None
        case Deduction() | Forfeit():
            return None
        case Group():
            return placement_of(rule.rules[0])
        case _:
            assert_never(rule)


def rule_measures(rule: Rule) -> Iterator[str]:
    """Go through the codes of the measures that a rule reads; a judgement's code is not one."""
    match rule:
        case Deduction() | Bonus():
            yield from tally_measures(rule.tally)
            for times in rule.times:
                yield from condition_measures(times.when)
            yield from condition_measures(rule.when)
        case Bands():
            yield rule.measure
            for band in rule.bands:
                yield from _band_measures(band)
            yield from condition_measures(rule.when)
        case Curve():
            yield rule.measure
            for knot in rule.knots:
                yield from threshold_measures(knot.at)
            yield from condition_measures(rule.when)
        case Judgement() | Forfeit():
            yield from condition_measures(rule.when)
        case Group():
            for member in rule.rules:
                yield from rule_measures(member)
        case _:
            assert_never(rule)


def _band_measures(band: AnyBand) -> Iterator[str]:
    match band:
        case Band():
            yield from threshold_measures(band.low)
            yield from threshold_measures(band.high)
        case LevelBand():
            return
        case CaseBand():
            yield from condition_measures(band.when)
        case _:
            assert_never(band)


def rule_thresholds(rule: Rule) -> Iterator[Threshold]:
    """Go through all thresholds of a rule, those of its conditions too."""
    match rule:
        case Deduction() | Bonus():
            yield from tally_thresholds(rule.tally)
            for times in rule.times:
                yield from condition_thresholds(times.when)
            yield from condition_thresholds(rule.when)
        case Bands():
            for band in rule.bands:
                if isinstance(band, Band):
                    yield from (bound for bound in (band.low, band.high) if bound is not None)
                elif isinstance(band, CaseBand):
                    yield from condition_thresholds(band.when)
            yield from condition_thresholds(rule.when)
        case Curve():
            yield from (knot.at for knot in rule.knots)
            yield from condition_thresholds(rule.when)
        case Judgement() | Forfeit():
            yield from condition_thresholds(rule.when)
        case Group():
            for member in rule.rules:
                yield from rule_thresholds(member)
        case _:
            assert_never(rule)


_WAYS = {
    Counting.COMPLETE: Said(Counting.COMPLETE.value, "不足一档不计"),
    Counting.STARTED: Said(Counting.STARTED.value, "不足一档按一档计"),
    Counting.PROPORTIONAL: Said(Counting.PROPORTIONAL.value, "按比例计"),
}


def readings_of(rule: Rule) -> tuple[Reading, ...]:
    """Return the other readings of a rule that carries an assumption."""
    if rule.assumption is None:
        return ()
    if rule.assumption.readings or rule.assumption.about != "steps":
        return rule.assumption.readings
    if not isinstance(rule, (Deduction, Bonus)):
        return ()
    tally = rule.tally
    if not isinstance(tally, (StepsBelow, StepsAbove)) or tally.step is None:
        return ()
    return tuple(
        Reading(_WAYS[way], attrs.evolve(rule, tally=attrs.evolve(tally, counting=way)))
        for way in Counting
        if way is not tally.counting
    )
