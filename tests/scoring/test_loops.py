"""What goes the short way and what the general one; a law says that both give the same."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from healthduty.exact import Rounding
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Forfeit, LevelBand, Rule
from healthduty.rules.tally import ByAttribute, Cases, Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given
from healthduty.scoring.loops import without
from healthduty.scoring.ops import Loops
from healthduty.scoring.plan import plan
from scoring.making import (
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    DEATHS,
    EACH,
    FEW,
    LAST,
    NO_LEDGER,
    QUALITY,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    item,
    make,
    section,
)

UNMET = Deduction(StepsBelow(RATE, target=90), points=FULL)
"""All points times the unmet share of 90 %."""


def loop_of(rule: Rule, rounding: Rounding = Rounding()) -> str:  # noqa: B008 - frozen
    """Return the name of the loop that the last operation of a rule goes through."""
    made = plan(make(rule, rounding=rounding)).plan
    out = made.ops[-1].out
    (name,) = [
        name for name, ops in made.loops._asdict().items() if out in [first for first, *_ in ops]
    ]
    return str(name)


# ------------------------------------------------------------------------------ rules


@pytest.mark.parametrize(
    ("rule", "loop"),
    [
        (SHORT, "counts"),
        (FEW, "counts"),
        (EACH, "counts"),
        (attrs.evolve(SHORT, when=NO_LEDGER), "steps"),
        (Deduction(StepsBelow(RATE, target=Given(LAST), step=5), points=1), "steps"),
        (attrs.evolve(FEW, when=NO_LEDGER), "lacking"),
        (Deduction(Lacking(VISITS, required=4, prorated=True), points=1), "lacking"),
        (attrs.evolve(EACH, points=Share(Fraction(1, 3))), "cases"),
        (Deduction(Cases(COMPLAINTS, by=ByAttribute("程度", {"重": 2})), points=1), "cases"),
    ],
)
def test_complete_steps_from_a_fixed_number_are_counted(rule: Rule, loop: str) -> None:
    """Steps, lacking and cases are one loop; conditions, weights and given numbers are not."""
    assert loop_of(rule) == loop


@pytest.mark.parametrize(
    ("rule", "loop"),
    [
        (UNMET, "shares"),
        (
            Deduction(StepsAbove(DEATHS, target=4, step=3, counting="proportional"), points=1),
            "shares",
        ),
        (Deduction(StepsBelow(RATE, target=90, step=7, counting="started"), points=FULL), "steps"),
        (Deduction(StepsBelow(RATE, target=Given(LAST)), points=FULL), "steps"),
        (attrs.evolve(UNMET, when=NO_LEDGER), "steps"),
        (Deduction(StepsBelow(RATE, target=0), points=FULL), "steps"),
    ],
)
def test_shares_of_a_fixed_number_have_a_loop(rule: Rule, loop: str) -> None:
    """A share of a target of 0 has none: the general way says what is wrong with it."""
    assert loop_of(rule) == loop


def test_shares_that_are_rounded_in_another_way_go_the_general_way() -> None:
    """The short way knows half up, which nearly every agreement has."""
    assert loop_of(UNMET, Rounding(2, "half_even")) == "steps"


def test_a_share_is_in_lowest_terms() -> None:
    """10 points for 90 percentage points, in hundredths: a ninth of a point for each."""
    (row,) = plan(make(UNMET)).plan.loops.shares
    assert row == (0, 0, 90, 1, 100, 9, 1)


@pytest.mark.parametrize(
    ("rule", "loop"),
    [
        (BY_BAND, "bands"),
        (attrs.evolve(BY_BAND, when=NO_LEDGER), "others"),
        (Bands(RATE, "earn", (Band(5, low=Given(LAST)),)), "others"),
        (Bands(RATE, "earn", (Band(5, low=90), Band(3, high=Given(LAST)))), "others"),
        (Bands(RATE, "earn", (Band(Share(Fraction(1, 3)), low=90),)), "others"),
        (Bands(QUALITY, "lose", (LevelBand("差", 2),)), "others"),
        (Bands(RATE, "lose", (Band(1, high=60), CaseBand(NO_LEDGER, 2))), "others"),
        (BY_LINE, "others"),
    ],
)
def test_bands_between_fixed_numbers_have_a_loop(rule: Rule, loop: str) -> None:
    """Bands by level or condition, with given bounds or uneven points, go the general way."""
    assert loop_of(rule) == loop


def test_a_bound_that_is_outside_is_missed_by_one() -> None:
    """From 90, and from 80 to below 90; a band without an upper bound has no number there."""
    (row,) = plan(make(BY_BAND)).plan.loops.bands
    assert row == (0, 0, ((90, 1, 0, 0, 0, 0, 500), (80, 1, 0, 90, 1, 1, 300)), 0)


def test_what_is_left_out_is_not_run() -> None:
    """Amounts that can't be told stay 0, in whichever loop they are; groups stay."""
    loops = plan(make(SHORT, UNMET, UNKEPT, BY_BAND, BY_LINE)).plan.loops
    assert without(loops, range(5)) == Loops((), (), (), (), (), (), (), (), ())
    assert without(loops, {1}) == loops._replace(shares=())


# ------------------------------------------------------------------------------ nodes


def test_a_loser_knows_its_room_and_an_earner_its_most() -> None:
    """10 points down to −2, by at most 3; 5 points of a table that could give 10."""
    losing = item(attrs.evolve(SHORT, cap=3), floor=-2)
    made = plan(make(losing, item(BY_LINE, number="2", points=5))).plan.settling
    assert made.losers == ((0, 2, 1200, 0, 300, 0),)
    assert made.earners == ((1, 2, 500, 1, 1),)
    assert made.at_full == (1000, 0, 1000)


def test_what_counts_on_exhaustion_is_settled_generally() -> None:
    """Whether it counts is known only once the item is settled; so is what a forfeit takes."""
    last = attrs.evolve(EACH, reach="indicator", on_exhaustion=True)
    made = plan(make(item(last), item(BY_BAND, Forfeit(NO_LEDGER), number="2"))).plan.settling
    assert (made.losers, made.earners) == ((), ())


def test_a_section_with_items_is_a_branch_though_it_loses_by_one_rule() -> None:
    """It starts with what its items earned, which is not known before."""
    agreement = make(section(item(SHORT, number="1.1"), rules=(EACH,)))
    made = plan(agreement).plan.settling
    assert [row[0] for row in made.losers] == [0]
    assert [row[0] for row in made.branches] == [1]
