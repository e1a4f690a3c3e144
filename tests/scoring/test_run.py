"""The reference engine: what each operation makes of a record's integers."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.exact import Ratio, Rounding
from healthduty.rules.condition import Flag
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Curve,
    Deduction,
    Group,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given
from healthduty.scoring.ops import Modifiers
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import prepare
from healthduty.scoring.run import TargetError, compute, finish, scale_amount
from healthduty.scoring.score import score
from scoring.making import (
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    DEATHS,
    EACH,
    FEW,
    GROWTH,
    HOMES,
    LAST,
    LEDGER,
    NO_LEDGER,
    QUALITY,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    codes,
    make,
    scored,
    total,
)


def lost(rule: Rule, **values: Any) -> Decimal:  # noqa: ANN401
    """Return what a rule takes of 10 points."""
    points = total(make(rule), **values)
    assert points is not None
    return 10 - points


def earned(rule: Rule, **values: Any) -> Decimal | None:  # noqa: ANN401
    """Return what a rule earns of 10 points."""
    return total(make(rule), **values)


# --------------------------------------------------------------- exact numbers (semantics 1)


@pytest.mark.parametrize("write", [str, float, Decimal, Fraction])
@pytest.mark.parametrize(
    ("target", "value", "step", "steps"),
    [
        ("90", "85", "5", 1),
        ("98", "93", "5", 1),
        ("92.3", "92.0", "0.3", 1),
        ("92.3", "92.1", "0.1", 2),
        ("90", "85.0000001", "5", 0),
        ("0.3", "0", "0.1", 3),
        ("90", "89.3", "0.7", 1),
    ],
)
def test_a_whole_step_is_a_whole_step(
    write: Any,  # noqa: ANN401
    target: str,
    value: str,
    step: str,
    steps: int,
) -> None:
    """Semantics 1: (90 − 85) ÷ 5 is one step, never 0.999…, however the numbers are written."""
    rule = Deduction(StepsBelow(RATE, target=write(target), step=write(step)), points=1)
    assert lost(rule, rate=write(value)) == steps


def test_the_ambient_decimal_context_changes_nothing() -> None:
    """Semantics 1: a program that rounds to one digit scores as any other."""
    agreement = make(SHORT, BY_LINE)
    before = [score(agreement, {"rate": rate}).total for rate in ("83.77%", Ratio(511, 613))]
    with localcontext() as context:
        context.prec, context.rounding = 1, ROUND_UP
        after = [score(agreement, {"rate": rate}).total for rate in ("83.77%", Ratio(511, 613))]
    assert after == before


# -------------------------------------------------------------------------- steps (semantics 4)


@pytest.mark.parametrize(
    ("counting", "expected"),
    [("complete", "0.5"), ("started", "1"), ("proportional", "0.7")],
)
def test_three_ways_to_count_a_step_that_was_begun(counting: str, expected: str) -> None:
    """Semantics 4: 7 short in steps of 5 is one, two, or one and two fifths; 0.5 points each."""
    tally = StepsBelow(RATE, target=90, step=5, counting=counting)
    assert lost(Deduction(tally, points="0.5"), rate="83%") == Decimal(expected)


@pytest.mark.parametrize("counting", ["complete", "started", "proportional"])
def test_a_target_that_is_reached_costs_nothing(counting: str) -> None:
    """Semantics 4: at the target no step has begun."""
    tally = StepsBelow(RATE, target=90, step=5, counting=counting)
    assert lost(Deduction(tally, points="0.5"), rate=90) == 0


def test_a_percent_step_on_a_rate_means_percentage_points() -> None:
    """Semantics 4: 81 % is 9 percentage points short of 90 %, and a tenth of it, exactly."""
    tally = StepsBelow(RATE, target=90, step=5)
    assert lost(Deduction(tally, points=1), rate=81) == 1
    assert lost(Deduction(attrs.evolve(tally, relative=True), points=1), rate=81) == 2


def test_a_percent_step_on_a_count_means_percent_of_the_target() -> None:
    """Semantics 4: each 10 % below 20 visits: 15 are two and a half steps of 2."""
    tally = StepsBelow(VISITS, target=20, step=10, relative=True)
    assert lost(Deduction(tally, points=1), visits=15) == 2


def test_a_percent_step_on_growth_means_points_of_growth() -> None:
    """Semantics 4: −1.5 % is 11.5 points short of +10 %."""
    tally = StepsBelow(GROWTH, target=10, step=1)
    assert lost(Deduction(tally, points="0.1"), growth="-1.5%") == Decimal("1.1")


def test_without_a_step_the_unmet_share_counts() -> None:
    """Semantics 4: 9 of 12 visits leave a quarter unmet, of 4 points."""
    assert lost(Deduction(StepsBelow(VISITS, target=12), points=4), visits=9) == 1
    assert lost(Deduction(StepsAbove(DEATHS, target=8), points=4), deaths=10) == 1


def test_steps_above_a_ceiling() -> None:
    """10.4 ‰ is 2.4 above 8 ‰: two whole steps."""
    rule = Deduction(StepsAbove(DEATHS, target=8, step=1), points=1)
    assert lost(rule, deaths="10.4‰") == 2
    assert lost(rule, deaths="7.9‰") == 0


def test_a_share_of_a_target_of_nothing_can_not_be_told() -> None:
    """No share of 0 homes: the sheet says so, and has no total; the other rules still count."""
    rule = Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1)
    sheet = scored(make(rule, SHORT), {"visits": 1, "homes": 0, "rate": 85})
    assert (sheet.total, codes(sheet)) == (None, ["share-of-nothing"])
    assert [line.effective for line in sheet.lines] == [0, Decimal("-0.5")]


def test_the_fault_names_the_amount() -> None:
    """The engine tells which amount could not be told."""
    made = plan(make(SHORT, Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1))).plan
    sheet = scored(made.agreement, {"visits": 1, "homes": 0, "rate": 85})
    with pytest.raises(TargetError, match="amount 1 is a share of a target of 0") as caught:
        compute(made, prepare(made, sheet.record))
    assert caught.value.out == 1


# -------------------------------------------------------------------- what is counted otherwise


@pytest.mark.parametrize(("visits", "expected"), [(7, 0), (6, 0), (5, 1), (4, 1), (0, 3)])
def test_lacking_in_twos(visits: int, expected: int) -> None:
    """Of 7 required each two that lack cost a point."""
    assert lost(Deduction(Lacking(VISITS, required=7, step=2), points=1), visits=visits) == expected


def test_a_required_number_is_rounded_down() -> None:
    """Semantics 10: two and a half visits a home ask 7 of three homes."""
    rule = Deduction(Lacking(VISITS, required="7.5"), points=1)
    assert lost(rule, visits=7) == 0
    assert lost(attrs.evolve(rule, when=Flag(LEDGER)), visits=6, ledger=True) == 1


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (2, 0), (4, 0), (5, 1), (8, 2)])
def test_cases_past_the_free_ones_in_threes(count: int, expected: int) -> None:
    """The first two are free; then every three cost a point."""
    rule = Deduction(Cases(COMPLAINTS, free=2, step=3), points=1)
    assert lost(rule, complaints=count) == expected


def test_cases_with_a_share_of_the_points() -> None:
    """A third of 10 points a case: 3.33 and 6.67, rounded once, on the sum."""
    rule = Deduction(Cases(COMPLAINTS), points=Share(Fraction(1, 3)))
    assert [lost(rule, complaints=n) for n in (0, 1, 2, 3)] == [
        0,
        Decimal("3.33"),
        Decimal("6.67"),
        10,
    ]
    free = Deduction(Cases(COMPLAINTS, free=1), points=Share(Fraction(1, 3)))
    assert lost(free, complaints=1) == 0


def test_once_is_once() -> None:
    """No ledger costs its points once; with a factor of a third they are rounded."""
    assert lost(UNKEPT, ledger=False) == 2
    third = attrs.evolve(UNKEPT, times=Times(Fraction(1, 3), NO_LEDGER))
    assert lost(third, ledger=False) == Decimal("0.67")
    assert lost(third, ledger=True) == 0


def test_factors_multiply_while_their_conditions_hold() -> None:
    """Doubled without a ledger, tripled after a complaint: 1 step of 0.5 makes 0.5 to 3."""
    rule = attrs.evolve(SHORT, times=(Times(2, NO_LEDGER), Times(3, Flag(COMPLAINTS))))
    found = [
        lost(rule, rate=85, ledger=ledger, complaints=count)
        for ledger, count in ((True, 0), (False, 0), (True, 1), (False, 1))
    ]
    assert found == [Decimal("0.5"), 1, Decimal("1.5"), 3]


def test_a_condition_that_does_not_hold_silences_the_amount() -> None:
    """The rule speaks only where a ledger is kept."""
    for rule, value in ((SHORT, {"rate": 80}), (FEW, {"visits": 3}), (EACH, {"complaints": 1})):
        guarded = attrs.evolve(rule, when=Flag(LEDGER))
        assert lost(guarded, ledger=True, **value) == 1
        assert lost(guarded, ledger=False, **value) == 0


@pytest.mark.parametrize(
    ("rate", "points"), [(100, 5), (90, 5), ("89.99", 3), (80, 3), ("79.99", 0), (0, 0)]
)
def test_bands_over_a_number(rate: Any, points: int) -> None:  # noqa: ANN401
    """Semantics 9: the lower bound belongs to the band, the upper one to the band above."""
    assert earned(BY_BAND, rate=rate) == points


@pytest.mark.parametrize(("rate", "points"), [(90, 1), ("90.1", 4), (80, 2), ("80.1", 1)])
def test_bands_with_their_bounds_the_other_way_round(rate: Any, points: int) -> None:  # noqa: ANN401
    """超过90分 excludes the bound, 80以下 includes it; the bounds may come with the record."""
    rule = Bands(
        RATE,
        "earn",
        (
            Band(4, low=Given(LAST), low_in=False),
            Band(2, high=80, high_in=True),
            Band(1, high=Given(LAST), high_in=True),
        ),
    )
    assert earned(rule, rate=rate, last=90) == points


def test_escalation_by_bands() -> None:
    """The first complaint 0.5, the second all: what lies in no band loses nothing."""
    rule = Bands(COMPLAINTS, "lose", (Band("0.5", low=1, high=2), Band(FULL, low=2)))
    assert [lost(rule, complaints=n) for n in (0, 1, 2, 3)] == [0, Decimal("0.5"), 10, 10]


def test_bands_of_levels_and_what_is_in_none() -> None:
    """Good or fair earn; a share for whatever else."""
    rule = Bands(
        QUALITY, "earn", (LevelBand("优", FULL), LevelBand("良", 6)), otherwise=Share("0.1")
    )
    assert [earned(rule, quality=level) for level in ("优", "良", "差")] == [10, 6, 1]


@pytest.mark.parametrize(
    ("rate", "points"), [(50, "0"), (60, "0"), (75, "5"), ("77.7", "5.9"), (90, "10"), (95, "10")]
)
def test_a_curve_is_straight_between_knots(rate: Any, points: str) -> None:  # noqa: ANN401
    """From 0 at 60 % to 10 at 90 %: a third of a point for each percentage point."""
    assert earned(BY_LINE, rate=rate) == Decimal(points)


def test_a_curve_may_jump_and_may_say_what_lies_outside() -> None:
    """At 80 % it jumps from 4 to 6; below 60 % one point, above 100 % nine."""
    knots = (Knot(60, 2), Knot(80, 4), Knot(80, 6), Knot(100, FULL))
    rule = Curve("done", "earn", knots, below=1, above=9)
    found = [earned(rule, done=value) for value in (59, 60, 70, "79.9", 80, 90, 100, 101)]
    assert found == [1, 2, 3, Decimal("3.99"), 6, 8, 10, 9]


def test_the_knots_of_a_curve_may_come_with_the_record() -> None:
    """Semantics 14: improvement over last year: 0 at last year's 70 %, all at 90 %."""
    rule = Curve(RATE, "earn", (Knot(Given(LAST), 0), Knot(90, FULL)))
    assert earned(rule, rate=75, last=70) == Decimal("2.5")


# ----------------------------------------------------------------------------------- groups

TWO = (SHORT, UNKEPT)
"""85 % loses 0.5, no ledger 2."""


@pytest.mark.parametrize(
    ("pick", "cap", "expected"),
    [
        ("all", None, "2.5"),
        ("all", 1, "1"),
        ("worst", None, "2"),
        ("best", None, "0.5"),
        ("worst", "1.5", "1.5"),
    ],
)
def test_of_several_all_the_best_or_the_worst(pick: str, cap: Any, expected: str) -> None:  # noqa: ANN401
    """The worst for the unit is the dearest loss; a cap bounds them together."""
    assert lost(Group(TWO, pick=pick, cap=cap), rate=85, ledger=False) == Decimal(expected)


def test_the_best_of_earnings_is_the_most() -> None:
    """就高: the better of two ways to earn."""
    best, worst = (
        Group((BY_BAND, Curve(DEATHS, "earn", (Knot(0, 4), Knot(10, 0)))), pick=pick)
        for pick in ("best", "worst")
    )
    assert earned(best, rate=85, deaths=0) == 4
    assert earned(worst, rate=85, deaths=0) == 3


def test_a_silent_member_is_not_among_those_to_pick_from() -> None:
    """Of the cheaper of two only the one that applies counts."""
    group = Group(TWO, pick="best")
    assert lost(group, rate="不适用", ledger=False) == 2
    assert lost(Group(TWO), rate="不适用", ledger=False) == 2


# ------------------------------------------------------------------------- rounding (semantics 8)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("half_up", "0.13"), ("half_even", "0.12"), ("down", "0.12"), ("up", "0.13")],
)
def test_what_does_not_come_out_even_is_rounded_once(mode: str, expected: str) -> None:
    """Semantics 8: 0.125 of a point to the place that the agreement names, in its mode."""
    rule = Deduction(StepsBelow(RATE, target=90, step=8, counting="proportional"), points=1)
    agreement = make(rule, rounding=Rounding(2, mode))
    assert total(agreement, rate=89) == 10 - Decimal(expected)


def test_what_comes_out_even_is_never_rounded() -> None:
    """Semantics 8: three steps of 0.125 are 0.375, though points are rounded to 0.01."""
    rule = Deduction(StepsBelow(RATE, target=90, step=5), points="0.125")
    assert lost(rule, rate=75) == Decimal("0.375")


def test_started_counts_and_factors_on_bare_integers() -> None:
    """7 fifths are 1 whole step, 2 started ones, and 1.4; points may be a third each."""
    assert finish(Modifiers(), 7, 5, 50, []) == 50
    assert finish(Modifiers(counting=1), 7, 5, 50, []) == 100
    assert finish(Modifiers(counting=2, granule=1), 7, 5, 50, []) == 70
    assert finish(Modifiers(counting=2, granule=1, per_d=3), 7, 5, 50, []) == 23
    assert scale_amount(Modifiers(times=((0, 3, 2), (1, 9, 1))), 50, 1, [True, False]) == 75
