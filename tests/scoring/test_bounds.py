"""Bounds: between what the total lies while values are missing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.records.record import NOT_APPLICABLE, Case
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
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
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Multiple
from healthduty.scoring.completions import Bounds
from healthduty.scoring.score import bounds, score
from scoring.making import (
    ACCIDENT,
    BREACHES,
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    DEATHS,
    DONE,
    FEW,
    GROWTH,
    HOMES,
    INCOME,
    LAST,
    LEDGER,
    NO_LEDGER,
    PEERS,
    POOL,
    QUALITY,
    RATE,
    SHORT,
    UNKEPT,
    VISITS,
    item,
    make,
)

LISTED = attrs.evolve(COMPLAINTS, absent="error")
"""Complaints of which a blank is no none-found."""

LISTING = tuple(LISTED if measure is COMPLAINTS else measure for measure in POOL)

# Each case: what is scored, what is known of it, and the least and the most of its total.
BOUNDS: dict[str, tuple[Agreement, dict[str, Any], str, str]] = {
    "nothing is missing": (make(SHORT), {"rate": 83}, "9.5", "9.5"),
    "steps below": (make(SHORT), {}, "1", "10"),  # 18 steps of 5 below 90 %
    "steps below, as given": (
        make(attrs.evolve(SHORT, when=Flag(LEDGER))),
        {"ledger": True},
        "1",
        "10",
    ),
    "a guard that is missing": (
        make(attrs.evolve(SHORT, when=Flag(LEDGER))),
        {"rate": 85},
        "9.5",
        "10",
    ),
    "steps above, a rate stays within the whole": (
        make(item(Deduction(StepsAbove(DEATHS, target=8, step=100), points=1))),
        {},
        "1",  # 1,000 ‰ are 9 whole steps of 100 above 8
        "10",
    ),
    "a target that is missing": (
        make(Deduction(StepsBelow(RATE, target=Given(LAST), step=10), points=1)),
        {"rate": 75},
        "8",  # last year at most 100 %
        "10",
    ),
    "a ceiling that is missing": (
        make(Deduction(StepsAbove(RATE, target=Given(LAST), step=10), points=1)),
        {"rate": 75},
        "3",  # last year at least 0 %
        "10",
    ),
    "a multiple of what is missing": (
        make(Deduction(StepsBelow(RATE, target=Multiple("-1", LAST, plus=100), step=10), points=1)),
        {"rate": 75},
        "8",
        "10",
    ),
    "relative steps": (
        make(Deduction(StepsBelow(RATE, target=90, step=10, relative=True), points="0.5")),
        {},
        "5",
        "10",
    ),
    "a share of what may be nothing": (
        make(item(Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1), points=3)),
        {"visits": 4},
        "0",
        "3",
    ),
    "a share of nothing": (
        make(item(Deduction(StepsBelow(VISITS, target=Given(HOMES)), points=1), points=3)),
        {"visits": 4, "homes": 0},
        "0",
        "3",
    ),
    "started steps": (
        make(Deduction(StepsBelow(RATE, target=90, step=40, counting="started"), points=1)),
        {},
        "7",
        "10",
    ),
    "lacking": (make(FEW), {}, "6", "10"),
    "lacking of a number that is missing": (
        make(Deduction(Lacking(VISITS, required=Given(RATE)), points="0.1")),
        {"visits": 50},
        "5",  # at most 100 required
        "10",
    ),
    "lacking, for half a year": (
        make(Deduction(Lacking(VISITS, required=9, prorated=True), points=1)),
        {},
        "1",
        "10",
    ),
    "cases": (make(attrs.evolve(UNKEPT, tally=Cases(LISTED)), measures=LISTING), {}, "0", "10"),
    "cases by weight": (
        make(
            item(Deduction(Cases(LISTED, by=ByAttribute("程度", {"重": 2})), points=1), points=4),
            measures=LISTING,
        ),
        {},
        "0",
        "4",
    ),
    "once": (make(UNKEPT), {}, "8", "10"),
    "a flag that is not expected": (make(Deduction(Once(Flag(LEDGER)), points=3)), {}, "7", "10"),
    "a comparison with what is missing": (
        make(Deduction(Once(Compare(RATE, ">", Given(LAST))), points=3)),
        {"rate": 85},
        "7",
        "10",
    ),
    "a comparison that can't fail": (
        make(Deduction(Once(Compare(RATE, "<=", 100)), points=3)),
        {},
        "7",
        "7",
    ),
    "a comparison that can't hold": (
        make(Deduction(Once(Compare(RATE, ">", 100)), points=3)),
        {},
        "10",
        "10",
    ),
    "equal to what may be": (
        make(Deduction(Once(Compare(RATE, "=", 50)), points=3)),
        {},
        "7",
        "10",
    ),
    "equal to what is": (
        make(
            Deduction(Once(Compare(RATE, "=", Given(LAST))), points=3),
            Deduction(Once(NO_LEDGER), points=1),
        ),
        {"rate": 50, "last": 50},
        "6",
        "7",
    ),
    "a level": (make(Deduction(Once(Level(QUALITY, ("良", "差"))), points=3)), {}, "7", "10"),
    "every level": (
        make(Deduction(Once(Level(QUALITY, ("优", "良", "差"))), points=3)),
        {},
        "7",
        "7",
    ),
    "both of two": (
        make(Deduction(Once(AllOf((NO_LEDGER, Flag(ACCIDENT)))), points=3)),
        {"accident": False},
        "10",
        "10",
    ),
    "one of two": (
        make(Deduction(Once(AnyOf((NO_LEDGER, Flag(ACCIDENT)))), points=3)),
        {"accident": True},
        "7",
        "7",
    ),
    "not what is missing": (make(Deduction(Once(Not(NO_LEDGER)), points=3)), {}, "7", "10"),
    "factors": (
        make(attrs.evolve(SHORT, times=(Times(2, NO_LEDGER), Times("0.5", Flag(ACCIDENT))))),
        {"rate": 85},
        "9",
        "9.75",
    ),
    "a factor that surely holds": (
        make(attrs.evolve(SHORT, times=Times(2, NO_LEDGER))),
        {"ledger": False},
        "0",
        "10",
    ),
    "bands": (make(item(BY_BAND, points=5)), {}, "0", "5"),
    "bands, given the lower bound": (
        make(Bands(RATE, "earn", (Band(5, low=Given(LAST)), Band(3, low=50)), otherwise=1)),
        {"rate": 80},
        "3",
        "5",
    ),
    "bands that can't be reached": (
        make(Bands(RATE, "earn", (Band(5, low=101), Band(3, high=200), Band(9, low=0)))),
        {},
        "3",
        "3",
    ),
    "bands of levels": (
        make(
            Bands(QUALITY, "earn", (LevelBand("优", 8), LevelBand("良", 6)), otherwise=Share("0.1"))
        ),
        {},
        "1",
        "8",
    ),
    "bands of conditions": (
        make(Bands(RATE, "earn", (CaseBand(NO_LEDGER, 2), Band(FULL, low=90)), otherwise=5)),
        {"rate": 95},
        "2",
        "10",
    ),
    "a curve": (make(BY_LINE), {}, "0", "10"),
    "a curve with ends of its own": (
        make(Curve(DONE, "earn", (Knot(60, 4), Knot(90, 8)), below=2, above=9)),
        {},
        "2",
        "9",
    ),
    "a judgement": (make(Judgement("访谈", "earn", most=6)), {}, "0", "6"),
    "an item that is judged": (make(item()), {}, "0", "10"),
    "growth may fall as deep as it likes": (
        make(Deduction(StepsBelow(GROWTH, target=10, step=1), points="0.1")),
        {},
        "0",
        "10",
    ),
    "an amount has no bounds": (
        make(Deduction(StepsAbove(INCOME, target=10, step=1), points=1)),
        {},
        "0",
        "10",
    ),
    "a bonus without a cap": (
        make(SHORT, Bonus(StepsAbove(DONE, target=100, step=1), points=1), bonus_cap=3),
        {"rate": 90},
        "10",
        "13",
    ),
    "all of a group": (make(Group((SHORT, UNKEPT), cap=3)), {"rate": 85}, "7.5", "9.5"),
    "the worst of a group": (make(Group((SHORT, UNKEPT), pick="worst")), {"rate": 85}, "8", "9.5"),
    "the best of a group": (make(Group((SHORT, UNKEPT), pick="best")), {"rate": 85}, "9.5", "10"),
    "a group with a silent member": (
        make(Group((SHORT, UNKEPT), pick="best")),
        {"rate": NOT_APPLICABLE},
        "8",
        "10",
    ),
    "a silent group": (
        make(Group((SHORT,), pick="best"), UNKEPT),
        {"rate": NOT_APPLICABLE},
        "8",
        "10",
    ),
    "a forfeit": (make(SHORT, Forfeit(NO_LEDGER)), {"rate": 85}, "0", "9.5"),
    "a forfeit that does not apply": (
        make(SHORT, Forfeit(AllOf((NO_LEDGER, Flag(ACCIDENT))))),
        {"rate": 85, "ledger": NOT_APPLICABLE},
        "9.5",
        "9.5",
    ),
    "the peers' mean": (
        make(item(UNKEPT, excused=PeersMean(PEERS))),
        {"ledger": NOT_APPLICABLE},
        "0",
        "10",
    ),
    "an unknown kind": (
        make(Deduction(StepsBelow(RATE, target=ByKind({"中心": 90, "站": 80}), step=5), points=1)),
        {"rate": 70},
        "6",
        "8",
    ),
    "a fault counts as missing": (make(UNKEPT), {"ledger": "也许"}, "8", "10"),
    "a weight that nobody gave": (
        make(
            item(
                Deduction(Cases(COMPLAINTS, by=ByAttribute("程度", {"重": 2})), points=1), points=4
            )
        ),
        {"complaints": (Case("1"),)},
        "0",
        "4",
    ),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_the_least_and_the_most(name: str) -> None:
    """Semantics 7: whatever is still missing, the total lies between these two."""
    agreement, values, low, high = BOUNDS[name]
    found = bounds(agreement, values)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_a_part_of_the_points_may_be_rounded_at_both_ends() -> None:
    """Semantics 8: a third of 10 points is 3.33 at the end where it counts."""
    third = Deduction(Once(NO_LEDGER), points=Share(Fraction(1, 3)))
    assert bounds(make(third), {}) == Bounds(Decimal("6.67"), Decimal(10), None, None)


def test_a_facility_of_no_kind_is_bounded_by_every_kind() -> None:
    """It may yet turn out to be any that the agreement names, be that only one."""
    rule = Deduction(StepsBelow(VISITS, target=ByKind({"centre": 4}), step=1), points=1)
    assert bounds(make(rule), {"visits": 1}) == Bounds(Decimal(7), Decimal(7), None, None)


ONCE = make(
    item(Deduction(Cases(COMPLAINTS), points=2, when=Flag(LEDGER)), number="1"),
    item(Deduction(Cases(BREACHES), points=1), number="2"),
    charge_once=True,
)
"""A case costs 2 as a complaint where there is a ledger, 1 as a breach, and never both."""

SAME = {"complaints": (Case("a"),), "breaches": (Case("a"),)}


def test_what_decides_under_which_rule_a_case_is_charged_may_be_missing() -> None:
    """Semantics 6, 7: with a ledger the case costs 2, without one 1: both lie within."""
    found = bounds(ONCE, SAME)
    assert (found.low, found.high) == (17, 20)
    assert [bounds(ONCE, {**SAME, "ledger": kept}).low for kept in (True, False)] == [18, 19]


def test_a_list_that_may_charge_another_lists_cases_may_be_missing() -> None:
    """Semantics 6, 7: were the breach a complaint too, it would not be charged as a breach."""
    agreement = attrs.evolve(ONCE, measures=LISTING)
    found = bounds(agreement, {"breaches": (Case("a"),), "ledger": True})
    assert (found.low, found.high) == (9, 20)


def test_a_factor_may_decide_which_rule_charges() -> None:
    """Semantics 6, 7: tripled, a breach would be dearer than a complaint."""
    rule = Deduction(Cases(BREACHES), points=1, times=Times(3, Flag(ACCIDENT)))
    agreement = make(
        item(Deduction(Cases(COMPLAINTS), points=2), number="1"),
        item(rule, number="2"),
        charge_once=True,
    )
    found = bounds(agreement, SAME)
    totals = [score(agreement, {**SAME, "accident": there}).total for there in (True, False)]
    assert totals == [17, 18]
    assert (found.low, found.high) == (15, 20)


def test_cases_that_nothing_missing_concerns_are_known() -> None:
    """One list alone is charged as it is, though something else is missing."""
    agreement = make(
        item(Deduction(Cases(COMPLAINTS), points=2), number="1"),
        item(UNKEPT, number="2"),
        charge_once=True,
    )
    found = bounds(agreement, SAME)
    assert (found.low, found.high) == (16, 18)
