"""Hypothesis draws measures, thresholds, conditions, tallies and rules.

Functions that begin with `a_`, `an_` or `some_` take Hypothesis' `draw`; the strategies at the end
wrap them. What can be drawn here can be scored: the kind of each measure fits its rule.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import RATE_KINDS, Absent, Measure, MeasureKind
from healthduty.rules.points import Effect, Pick, Placement, Points, Reach, Share
from healthduty.rules.rule import (
    AnyBand,
    Assumption,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.sources import Citation

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

KINDS = ("centre", "station")
"""The kinds of facility that thresholds by kind know and records name."""

LEVELS = ("优", "良", "差")
NUMERIC = (
    MeasureKind.RATE,
    MeasureKind.COUNT,
    MeasureKind.AMOUNT,
    MeasureKind.COMPLETION,
    MeasureKind.GROWTH,
)
CASE_WEIGHTS = ("serious", "light", "odd")
"""What the attribute `severity` of a case may say."""


def _numbers(*texts: str) -> st.SearchStrategy[Fraction]:
    return st.sampled_from([Fraction(text) for text in texts])


PERCENT = st.integers(0, 99)
POINTS = _numbers("1", "0.5", "2", "0.1", "0.2", "0.25", "0.3", "1.5", "3", "5", "0.125")
ITEM_POINTS = _numbers("5", "2", "3", "10", "1", "2.5", "4", "15")
STEPS = _numbers("5", "1", "2", "0.5", "0.1", "0.2", "0.3", "10")
WHOLE_STEPS = _numbers("1", "1", "2", "5")
PARTS_OF_ONE = _numbers("1", "1/2", "1/3", "0.2", "1/4", "0")
FACTORS = _numbers("2", "1/2", "1/3", "1.5", "0")
TARGETS: dict[MeasureKind, st.SearchStrategy[Fraction]] = {
    MeasureKind.RATE: _numbers("90", "85", "60", "92.3", "98", "55", "25"),
    MeasureKind.COMPLETION: _numbers("100", "90", "80", "95.5"),
    MeasureKind.GROWTH: _numbers("10", "5", "0.5", "12.5"),
    MeasureKind.COUNT: _numbers("4", "2", "12", "6", "25"),
    MeasureKind.AMOUNT: _numbers("100", "250.5", "12.5", "33.3"),
    MeasureKind.CASES: _numbers("1", "2", "3"),
}
UNITS = st.sampled_from(["%", "%", "%", "‰", "1/10万"])
ABSENCES = st.sampled_from([Absent.ERROR, Absent.ERROR, Absent.ZERO, Absent.NONE_FOUND])
COMPARATORS = st.sampled_from(list(Comparator))
COUNTINGS = st.sampled_from(list(Counting))
PICKS = st.sampled_from(list(Pick))


def chance(draw: Draw, percent: int) -> bool:
    """Toss a coin that shrinks towards no."""
    return bool(draw(PERCENT) >= 100 - percent)


def pick(draw: Draw, options: Sequence[T]) -> T:
    """Draw one of several; shrinks towards the first."""
    chosen: T = draw(st.sampled_from(options))
    return chosen


class Pool:
    """The measures that have been drawn so far; grows unless it is closed.

    `blanks` lets thresholds stay open. Measures that thresholds look up are kept apart: they are
    positive, because nothing can be a share of nothing.
    """

    def __init__(self, draw: Draw, measures: Sequence[Measure] = (), **options: bool) -> None:
        """Start from measures; `closed` adds none, `blanks` allows open thresholds."""
        self.draw = draw
        self.measures = list(measures)
        self.closed = options.get("closed", False)
        self.blanks = options.get("blanks", False)
        self.names = 0

    def name(self, stem: str) -> str:
        """Return a code that is not taken yet."""
        self.names += 1
        return f"{stem}{self.names}"

    def need(self, *kinds: MeasureKind) -> Measure:
        """Return a measure of one of these kinds, drawn before or new."""
        known = [m for m in self.measures if m.kind in kinds and not m.code.startswith("ref_")]
        if known and (self.closed or chance(self.draw, 40)):
            return pick(self.draw, known)
        measure = a_measure(self.draw, self.name("m"), pick(self.draw, kinds))
        self.measures.append(measure)
        return measure

    def reference(self, measure: Measure) -> Measure:
        """Return a measure in the same unit for a threshold to look up."""
        code = f"ref_{measure.code}"
        known = [one for one in self.measures if one.code == code]
        if known or self.closed:
            return known[0] if known else measure
        kind = MeasureKind.COUNT if measure.kind is MeasureKind.CASES else measure.kind
        self.measures.append(Measure(code, unit=measure.unit, kind=kind))
        return self.measures[-1]


# ------------------------------------------------------------------- measures, thresholds


def a_measure(draw: Draw, code: str, kind: MeasureKind) -> Measure:
    """Draw a measure of this kind."""
    absent = {} if kind is MeasureKind.CASES else {"absent": draw(ABSENCES)}
    match kind:
        case MeasureKind.RATE:
            return Measure(code, unit=draw(UNITS), **absent)
        case MeasureKind.COMPLETION | MeasureKind.GROWTH:
            return Measure(code, unit="%", kind=kind, **absent)
        case MeasureKind.LEVEL:
            return Measure(code, levels=LEVELS, **absent)
        case MeasureKind.COUNT:
            return Measure(code, unit="次", **absent)
        case MeasureKind.AMOUNT:
            return Measure(code, unit="万元", **absent)
        case _:
            return Measure(code, kind=kind, **absent)


def a_number(draw: Draw, measure: Measure) -> Fraction:
    """Draw a plain target for a measure."""
    number: Fraction = draw(TARGETS[measure.kind])
    return number


def a_threshold(draw: Draw, pool: Pool, measure: Measure) -> Threshold:
    """Draw a threshold in the measure's unit, mostly a plain number."""
    way = draw(PERCENT)
    if way < 70 or measure.kind is MeasureKind.CASES:
        return a_number(draw, measure)
    if way < 80:
        centre, station = a_number(draw, measure), a_number(draw, measure)
        if chance(draw, 30):
            return ByKind({KINDS[0]: centre}, default=station)
        return ByKind({KINDS[0]: centre, KINDS[1]: station})
    if pool.blanks and way >= 88:
        return Blank(pool.name("blank"))
    reference = pool.reference(measure)
    if way < 90:
        return Given(reference.code)
    factor = pick(draw, (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(11, 10)))
    return Multiple(factor, reference.code, plus=pick(draw, (Fraction(0), Fraction(1))))


# ------------------------------------------------------------------------- conditions


def a_condition(draw: Draw, pool: Pool, depth: int = 1) -> Condition:
    """Draw a condition; one in four is made of others."""
    way = draw(PERCENT)
    if depth and way >= 92:
        return Not(a_condition(draw, pool, depth - 1))
    if depth and way >= 76:
        parts = [a_condition(draw, pool, depth - 1) for _ in range(2)]
        return AllOf(parts) if way >= 84 else AnyOf(parts)
    if way < 35:
        measure = pool.need(MeasureKind.FLAG, MeasureKind.CASES)
        return Flag(measure.code, expected=not chance(draw, 20))
    if way < 45:
        measure = pool.need(MeasureKind.LEVEL)
        return Level(measure.code, pick(draw, (LEVELS[2:], LEVELS[1:], LEVELS[:1])))
    measure = pool.need(*NUMERIC, MeasureKind.CASES)
    return Compare(measure.code, draw(COMPARATORS), a_threshold(draw, pool, measure))


# ---------------------------------------------------------------------------- tallies


def a_tally(draw: Draw, pool: Pool) -> Tally:
    """Draw a tally of any kind."""
    way = draw(PERCENT)
    if way < 30:
        return a_steps(draw, pool, StepsBelow)
    if way < 48:
        return a_steps(draw, pool, StepsAbove)
    if way < 65:
        measure = pool.need(MeasureKind.COUNT, MeasureKind.AMOUNT)
        required = a_threshold(draw, pool, measure)
        step, prorated = draw(WHOLE_STEPS), chance(draw, 30)
        return Lacking(measure.code, required=required, step=step, prorated=prorated)
    if way < 85:
        return a_case_tally(draw, pool)
    return Once(a_condition(draw, pool))


def a_steps(draw: Draw, pool: Pool, kind: type[StepsBelow | StepsAbove]) -> StepsBelow | StepsAbove:
    """Draw steps below or above a target: absolute, relative, or the unmet share."""
    measure = pool.need(*NUMERIC)
    target = a_threshold(draw, pool, measure)
    if chance(draw, 12):
        return kind(measure.code, target=target)
    relative = measure.kind not in RATE_KINDS and chance(draw, 50)
    step, counting = draw(STEPS), draw(COUNTINGS)
    return kind(measure.code, target=target, step=step, counting=counting, relative=relative)


def a_case_tally(draw: Draw, pool: Pool) -> Cases:
    """Draw a count of cases: plain, some free, in steps, weighed, or only some of them."""
    measure = pool.need(MeasureKind.CASES)
    free = Fraction(pick(draw, (0, 0, 1, 2)))
    if chance(draw, 30):
        pairs = zip(CASE_WEIGHTS, (draw(FACTORS), draw(POINTS), draw(POINTS)), strict=True)
        weights = dict(pairs)
        otherwise = weights.pop("odd") if chance(draw, 50) else None
        by = ByAttribute("severity", weights, otherwise=otherwise)
        return Cases(measure.code, free=free, by=by)
    where = {"severity": "serious"} if chance(draw, 15) else {}
    return Cases(measure.code, free=free, step=draw(WHOLE_STEPS), where=where)


# ------------------------------------------------------------------------------ rules


@attrs.frozen
class Seat:
    """Where a rule stands: what its item is worth, and how far it may reach."""

    points: Fraction | None
    reaches: tuple[Reach, ...] = (Reach.PART,)


def some_points(draw: Draw, seat: Seat) -> Points:
    """Draw points, or a share of the item's where it has any."""
    if seat.points is not None and chance(draw, 20):
        return Share(draw(PARTS_OF_ONE))
    points: Fraction = draw(POINTS)
    return points


def a_when(draw: Draw, pool: Pool) -> Condition | None:
    """Draw what a rule waits for; mostly nothing."""
    return a_condition(draw, pool) if chance(draw, 12) else None


def a_basis(draw: Draw) -> dict[str, Any]:
    """Draw a citation and an assumption; mostly neither."""
    basis: dict[str, Any] = {}
    if chance(draw, 15):
        basis["citation"] = Citation("责任书", article="二（一）", text="每低5%扣0.5分")
    if chance(draw, 15):
        basis["assumption"] = Assumption("只计整档", about="steps")
    return basis


def a_loss(draw: Draw, pool: Pool, seat: Seat) -> Rule:
    """Draw a rule that loses points."""
    reach = pick(draw, seat.reaches)
    if chance(draw, 65):
        times = (Times(draw(FACTORS), a_condition(draw, pool, 0)),) if chance(draw, 12) else ()
        exhausted = reach is not Reach.PART and seat.points is not None and chance(draw, 30)
        return Deduction(
            a_tally(draw, pool),
            points=some_points(draw, seat),
            cap=draw(POINTS) if chance(draw, 35) else None,
            reach=reach,
            times=times,
            when=a_when(draw, pool),
            on_exhaustion=exhausted,
            **a_basis(draw),
        )
    return a_table(draw, pool, seat, {"effect": Effect.LOSE, "reach": reach})


def an_earning(draw: Draw, pool: Pool, seat: Seat) -> Rule:
    """Draw a rule that earns points inside an item that starts at zero."""
    return a_table(draw, pool, seat, {"effect": Effect.EARN})


def a_bonus(draw: Draw, pool: Pool, seat: Seat, where: Placement | None = None) -> Rule:
    """Draw a rule that adds points inside, beyond, or apart."""
    if where is None:
        where = pick(draw, (Placement.BEYOND, Placement.INSIDE, Placement.APART))
    if where is Placement.INSIDE and seat.points is None:
        where = Placement.BEYOND
    if chance(draw, 60):
        return Bonus(
            a_tally(draw, pool),
            points=some_points(draw, seat),
            cap=draw(POINTS) if chance(draw, 40) else None,
            where=where,
            when=a_when(draw, pool),
            **a_basis(draw),
        )
    return a_table(draw, pool, seat, {"effect": Effect.ADD, "where": where})


def a_table(draw: Draw, pool: Pool, seat: Seat, does: dict[str, Any]) -> Rule:
    """Draw bands, a curve or a judgement with this effect."""
    way = draw(PERCENT)
    does = {**does, **a_basis(draw)}
    if way < 45:
        return some_bands(draw, pool, seat, does)
    if way < 75:
        return a_curve(draw, pool, seat, does)
    if seat.points is not None and chance(draw, 50):
        return Judgement(pool.name("j"), when=a_when(draw, pool), **does)
    most = draw(ITEM_POINTS)
    least = min(most, draw(_numbers("0", "0.5", "1")))
    return Judgement(pool.name("j"), least=least, most=most, when=a_when(draw, pool), **does)


def some_bands(draw: Draw, pool: Pool, seat: Seat, does: dict[str, Any]) -> Bands:
    """Draw bands over a level, a number or a count of cases."""
    measure = pool.need(MeasureKind.LEVEL, *NUMERIC, MeasureKind.CASES)
    otherwise = some_points(draw, seat) if chance(draw, 40) else None
    bands: list[AnyBand] = []
    if measure.kind is MeasureKind.LEVEL:
        bands += [LevelBand(names, some_points(draw, seat)) for names in (LEVELS[:1], LEVELS[1:])]
    else:
        bounds = sorted({a_number(draw, measure) for _ in range(3)}, reverse=True)
        high: Threshold | None = None
        for number in bounds:
            low = number if chance(draw, 90) else a_threshold(draw, pool, measure)
            closed = not chance(draw, 25)
            points = some_points(draw, seat)
            if chance(draw, 10):  # one value by itself
                bands.append(Band(points, low=low, high=low, high_in=True))
                continue
            bands.append(Band(points, low=low, high=high, low_in=closed, high_in=not closed))
            high = low if chance(draw, 80) else a_threshold(draw, pool, measure)
    if chance(draw, 20):
        bands.append(CaseBand(a_condition(draw, pool, 0), some_points(draw, seat)))
    return Bands(measure.code, bands=bands, otherwise=otherwise, **does)


def a_curve(draw: Draw, pool: Pool, seat: Seat, does: dict[str, Any]) -> Curve:
    """Draw a curve: knots in ascending order, some at the same value, some given."""
    measure = pool.need(*NUMERIC)
    at = sorted(a_number(draw, measure) for _ in range(pick(draw, (2, 3, 4))))
    at = [place for _, same in itertools.groupby(at) for place in list(same)[:2]]  # a jump has two
    thresholds: list[Threshold] = list(at)
    if chance(draw, 15):
        reference = pool.reference(measure)
        thresholds = [Multiple(1, reference.code, plus=place - at[0]) for place in at]
    knots = [Knot(threshold, some_points(draw, seat)) for threshold in thresholds]
    if len(set(knots)) == 1:
        knots.append(Knot(thresholds[-1], 7))  # more than is ever drawn
    jumps = thresholds[0] == thresholds[1]
    below = some_points(draw, seat) if chance(draw, 25) and not jumps else None
    above = some_points(draw, seat) if chance(draw, 25) else None
    when = a_when(draw, pool)
    return Curve(measure.code, knots=knots, below=below, above=above, when=when, **does)


def a_group(draw: Draw, pool: Pool, seat: Seat, make: Callable[..., Rule], depth: int = 1) -> Rule:
    """Draw several rules of one direction that count together; one in ten holds a group."""
    members = [make(draw, pool, seat) for _ in range(pick(draw, (2, 1, 3)))]
    members = [
        attrs.evolve(member, on_exhaustion=False) if isinstance(member, Deduction) else member
        for member in members
    ]
    if depth and chance(draw, 10):
        members.append(a_group(draw, pool, seat, make, depth - 1))
    return Group(members, pick=draw(PICKS), cap=draw(POINTS) if chance(draw, 40) else None)


def a_rule(draw: Draw, pool: Pool, seat: Seat, effect: Effect) -> Rule:
    """Draw a rule of this effect, alone or as a group."""
    if effect is Effect.LOSE:
        if chance(draw, 12):
            fixed = attrs.evolve(seat, reaches=(pick(draw, seat.reaches),))
            return a_group(draw, pool, fixed, a_loss)
        return a_loss(draw, pool, seat)
    if effect is Effect.EARN:
        grouped = chance(draw, 12)
        return a_group(draw, pool, seat, an_earning) if grouped else an_earning(draw, pool, seat)
    if chance(draw, 10):
        places = (Placement.BEYOND, Placement.INSIDE, Placement.APART)
        where = pick(draw, places if seat.points is not None else places[::2])
        return a_group(draw, pool, seat, lambda d, p, s: a_bonus(d, p, s, where))
    return a_bonus(draw, pool, seat)


def a_forfeit(draw: Draw, pool: Pool, scopes: Sequence[Reach] = (Reach.PART,)) -> Forfeit:
    """Draw a forfeit of one of these scopes."""
    return Forfeit(a_condition(draw, pool), scope=pick(draw, scopes), **a_basis(draw))


# --------------------------------------------------------------------- public strategies


@st.composite
def measures(draw: Draw) -> tuple[Measure, ...]:
    """Draw one measure of every kind, and a reference for each numeric one."""
    made = [a_measure(draw, f"m_{kind.value}", kind) for kind in MeasureKind]
    pool = Pool(draw, made)
    for measure in made:
        if measure.kind in NUMERIC:
            pool.reference(measure)
    return tuple(pool.measures)


@st.composite
def thresholds(draw: Draw, measure: Measure, *, blanks: bool = False) -> Threshold:
    """Draw a threshold for a measure; what it looks up is named `ref_` and the measure's code."""
    return a_threshold(draw, Pool(draw, (measure,), blanks=blanks), measure)


@st.composite
def conditions(draw: Draw, measures: Sequence[Measure], *, blanks: bool = False) -> Condition:
    """Draw a condition over these measures (one of every kind, as `measures()` draws them)."""
    return a_condition(draw, Pool(draw, measures, closed=True, blanks=blanks), 2)


@st.composite
def tallies(draw: Draw, measures: Sequence[Measure], *, blanks: bool = False) -> Tally:
    """Draw a tally over these measures (one of every kind, as `measures()` draws them)."""
    return a_tally(draw, Pool(draw, measures, closed=True, blanks=blanks))


@st.composite
def rules(draw: Draw, measures: Sequence[Measure], *, blanks: bool = False) -> Rule:
    """Draw a rule of any kind over these measures, standing in an item that has points."""
    pool = Pool(draw, measures, closed=True, blanks=blanks)
    seat = Seat(draw(ITEM_POINTS), tuple(Reach))
    if chance(draw, 10):
        return a_forfeit(draw, pool, (Reach.PART, Reach.INDICATOR, Reach.SECTION))
    return a_rule(draw, pool, seat, pick(draw, tuple(Effect)))
