"""The points scale: how many decimals hold every point, and what comes out even in it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.rules.points import Share
from healthduty.rules.rule import Deduction, Times
from healthduty.rules.tally import ByAttribute, Cases
from healthduty.scoring.ops import NO_LIMIT, Modifiers
from healthduty.scoring.scale import Scale, factors_of, places_of
from scoring.making import BY_BAND, COMPLAINTS, NO_LEDGER

HUNDREDTHS = Scale(places=2, granule=10, rounding=1)
"""Points in hundredths, amounts rounded half even to tenths."""


def test_the_decimals_that_points_and_factors_need() -> None:
    """0.5 × 0.25 needs three decimals, and a third never ends."""
    assert places_of(Fraction(1, 2), [Fraction(1, 4)]) == 3
    assert places_of(Fraction(1, 2), [Fraction(1, 3)]) is None
    assert places_of(Fraction(1, 3), []) is None


def test_the_factors_of_a_rule() -> None:
    """Of the weights of cases the finest stands for their sum; a table of bands has no factor."""
    weights = ByAttribute("程度", {"重": 2, "轻": "0.25"}, otherwise="0.5")
    rule = Deduction(Cases(COMPLAINTS, by=weights), points=1, times=Times(3, NO_LEDGER))
    assert factors_of(rule) == [3, Fraction(1, 4)]
    thirds = ByAttribute("程度", {"重": Fraction(1, 3), "轻": "0.25"})
    assert factors_of(Deduction(Cases(COMPLAINTS, by=thirds), points=1)) == [Fraction(1, 3)]
    assert factors_of(BY_BAND) == []


def test_a_share_that_does_not_come_out_even_is_a_pair() -> None:
    """A third of 4 points is 400 thirds of a hundredth; half of them is whole."""
    assert HUNDREDTHS.points(Share(Fraction(1, 3)), Fraction(4)) == (400, 3)
    assert HUNDREDTHS.points(Share(Fraction(1, 2)), Fraction(4)) == (200, 1)


def test_no_limit_is_larger_than_any_amount() -> None:
    """A cap of 2.5 points is 250 hundredths; without a cap nothing is cut."""
    assert HUNDREDTHS.limit(Fraction(5, 2)) == 250
    assert HUNDREDTHS.limit(None) == NO_LIMIT


@pytest.mark.parametrize(
    ("factor", "even"), [("1", True), ("0.5", True), ("0.05", False), ("1/3", False)]
)
def test_a_product_is_even_where_the_scale_holds_it(factor: str, even: bool) -> None:  # noqa: FBT001
    """0.5 points × 0.5 are 25 hundredths; × 0.05 they would need a third decimal."""
    assert HUNDREDTHS.is_even(50, 1, [Fraction(factor)]) is even


def test_only_what_is_not_even_carries_a_rounding() -> None:
    """An even amount has at most a condition."""
    assert HUNDREDTHS.modifiers(even=True, when=3) == Modifiers(3)
    assert HUNDREDTHS.modifiers(even=False) == Modifiers(-1, granule=10, rounding=1)
