"""Law: a worse observation never scores more (monotone kinds)."""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import given, note
from hypothesis import strategies as st

from healthduty.exact import Rounding, RoundingMode
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import Record
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect, Pick, Placement, Reach
from healthduty.rules.rule import Band, Bands, Bonus, Curve, Deduction, Forfeit, Group, Knot, Rule
from healthduty.rules.tally import Cases, Counting, Lacking, Once, StepsAbove, StepsBelow, Tally
from healthduty.scoring.score import score
from strategy_rules import ITEM_POINTS, POINTS, STEPS, Draw, chance, pick

RATE = Measure("rate", unit="%")
COUNT = Measure("count", unit="次")
FAULTS = Measure("faults", kind=MeasureKind.CASES)
TARGETS = tuple(map(Fraction, ("4", "2", "3", "12", "90", "92.3", "0.5")))
VALUES = tuple(map(Fraction, ("0", "1", "2", "3", "4", "5", "11", "12", "85", "90", "92", "100")))
HAIRS = tuple(map(Fraction, ("0", "0.1", "0.3", "0.001", "1/3")))


def _shortfall(draw: Draw, measure: Measure) -> Tally:
    """Draw a tally that grows as the value falls; for faults, as it rises."""
    target, step, counting = pick(draw, TARGETS), draw(STEPS), pick(draw, tuple(Counting))
    if measure is FAULTS:
        if chance(draw, 50):
            return Cases(measure, free=pick(draw, (0, 1)), step=pick(draw, (1, 2)))
        return StepsAbove(measure, target=target, step=step, counting=counting)
    if chance(draw, 20):
        return Once(Compare(measure, Comparator.LESS, target))
    if measure is COUNT and chance(draw, 50):
        return Lacking(measure, required=target, step=pick(draw, (1, 2)))
    if chance(draw, 20):
        return StepsBelow(measure, target=target)
    return StepsBelow(measure, target=target, step=step, counting=counting)


def _loss(draw: Draw, measure: Measure, reach: Reach) -> Rule:
    if chance(draw, 20):
        members = [_single_loss(draw, measure, reach) for _ in range(2)]
        cap = draw(POINTS) if chance(draw, 50) else None
        return Group(members, pick=pick(draw, tuple(Pick)), cap=cap)
    waits = reach is not Reach.PART and chance(draw, 40)
    return attrs.evolve(_single_loss(draw, measure, reach), on_exhaustion=waits)


def _single_loss(draw: Draw, measure: Measure, reach: Reach) -> Deduction:
    cap = draw(POINTS) if chance(draw, 40) else None
    return Deduction(_shortfall(draw, measure), points=draw(POINTS), cap=cap, reach=reach)


def _gain(draw: Draw, measure: Measure) -> Rule:
    """Draw a rule that gives more for a better value."""
    way = draw(st.integers(0, 2))
    low, high = sorted([pick(draw, TARGETS), pick(draw, TARGETS)])
    less, more = sorted([draw(POINTS), draw(POINTS)])
    if measure is FAULTS:
        points, otherwise = more, less
        band = Band(points, high=low, high_in=True)
        return Bands(measure, Effect.EARN, [band], otherwise=otherwise)
    if way == 0:
        bands = [Band(more, low=high), Band(less, low=low, low_in=False)]
        return Bands(measure, Effect.EARN, bands)
    if way == 1 and (low, less) != (high, more):
        return Curve(measure, Effect.EARN, [Knot(low, less), Knot(high, more)])
    tally = StepsAbove(measure, target=low, step=draw(STEPS), counting=pick(draw, tuple(Counting)))
    places = (Placement.BEYOND, Placement.INSIDE)
    return Bonus(tally, points=less, cap=more, where=pick(draw, places))


def _item(draw: Draw, measure: Measure, number: str) -> Indicator:
    reaches = (Reach.PART, Reach.PART, Reach.SECTION, Reach.TOTAL)
    rules = [_loss(draw, measure, pick(draw, reaches)) for _ in range(pick(draw, (1, 2)))]
    if chance(draw, 50):
        rules.append(_gain(draw, measure))
    if measure is not FAULTS and chance(draw, 15):
        rules.append(Forfeit(Compare(measure, Comparator.LESS, pick(draw, TARGETS))))
    floor = pick(draw, (Fraction(-2), None)) if chance(draw, 20) else Fraction(0)
    return Indicator(number, points=draw(ITEM_POINTS), rules=rules, floor=floor)


@st.composite
def two_observations(draw: Draw) -> tuple[Agreement, Record, Record]:
    """Draw an agreement that is monotone in one measure, a worse record and a better one."""
    measure = pick(draw, (RATE, COUNT, FAULTS))
    items = [_item(draw, measure, f"1.{index + 1}") for index in range(pick(draw, (1, 2)))]
    agreement = Agreement(
        "单调",
        measures=(measure,),
        parts=(Section("1", parts=items, cap=draw(POINTS) if chance(draw, 10) else None),),
        rounding=Rounding(pick(draw, (2, 1, 0)), pick(draw, tuple(RoundingMode))),
        total_places=pick(draw, (1, 0)) if chance(draw, 20) else None,
        bonus_cap=draw(POINTS) if chance(draw, 20) else None,
    )
    hairs = HAIRS if measure is RATE else HAIRS[:1]
    pair = sorted(pick(draw, VALUES) + pick(draw, hairs) for _ in range(2))
    worse, better = reversed(pair) if measure is FAULTS else pair
    return (
        agreement,
        Record("worse", {measure: worse}),
        Record("better", {measure: better}),
    )


@given(two_observations())
def test_a_worse_observation_never_scores_more(drawn: tuple[Agreement, Record, Record]) -> None:
    """A lower rate, fewer things done or more faults found never give a higher total."""
    agreement, worse, better = drawn
    low, high = score(agreement, worse), score(agreement, better)
    note(low.items)
    note(high.items)
    assert low.total is not None
    assert high.total is not None
    assert low.total <= high.total
