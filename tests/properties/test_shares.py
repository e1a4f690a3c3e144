"""Laws of shares: they add up, none is negative, and more weight never gets less."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.errors import RuleError
from healthduty.results.shares import divide_out

WEIGHTS = st.lists(
    st.one_of(st.integers(0, 9), st.integers(0, 10**7), st.fractions(0, 100, max_denominator=60)),
    min_size=1,
    max_size=12,
).filter(any)
PLACES = st.integers(0, 3)
UNITS = st.integers(0, 10**6)


@given(UNITS, WEIGHTS, PLACES)
def test_shares_add_up_and_none_is_negative(
    units: int, weights: list[Fraction], places: int
) -> None:
    """The parts make the whole, to the last unit, and each is a multiple of it."""
    total = Fraction(units, 10**places)
    shares = divide_out(total, weights, places=places)
    assert sum(shares) == total
    assert all(share >= 0 and (share * 10**places).denominator == 1 for share in shares)


@given(UNITS, WEIGHTS)
def test_no_share_is_a_unit_off_its_exact_share(units: int, weights: list[Fraction]) -> None:
    """The largest remainder keeps quota: the exact share, rounded down or up."""
    for share, weight in zip(divide_out(units, weights), weights, strict=True):
        assert abs(share - Fraction(units) * weight / sum(weights)) < 1


@given(UNITS, WEIGHTS)
def test_the_heavier_never_gets_less(units: int, weights: list[Fraction]) -> None:
    """Within one division more population never gets less."""
    shares = divide_out(units, weights)
    pairs = sorted(zip(weights, shares, strict=True))
    assert all(low <= high for (light, low), (heavy, high) in pairwise(pairs) if light < heavy), (
        pairs
    )


@given(UNITS, WEIGHTS, st.data())
def test_who_grows_alone_never_gets_less(
    units: int, weights: list[Fraction], data: st.DataObject
) -> None:
    """From one division to the next, too: a unit whose population alone has grown keeps its own."""
    place = data.draw(st.integers(0, len(weights) - 1))
    grown = list(weights)
    grown[place] += data.draw(st.one_of(st.integers(1, 50), st.fractions(0, 3)))
    assert divide_out(units, grown)[place] >= divide_out(units, weights)[place]


@given(UNITS, WEIGHTS, st.fractions(min_value="1/50", max_value=50))
def test_only_proportions_count(units: int, weights: list[Fraction], factor: Fraction) -> None:
    """Weights in people and in ten thousands of people give the same shares."""
    scaled = [weight * factor for weight in weights]
    assert divide_out(units, scaled) == divide_out(units, weights)


def test_of_equal_remainders_the_heavier_then_the_first_gets_the_unit() -> None:
    """The tie rule, as it is stated."""
    assert divide_out(2, [1, 3]) == (0, 2)  # exactly 0.5 and 1.5
    assert divide_out(1, [1, 1]) == (1, 0)


@pytest.mark.parametrize(
    ("total", "weights", "places", "why"),
    [
        (-1, [1], 0, "negative"),
        ("0.005", [1], 2, "no multiple of 0.01"),
        (1, [2, -1], 0, "weight 2 is `-1`"),
        (1, [0, 0], 0, "every weight is 0"),
        (1, [], 0, "every weight is 0"),
    ],
)
def test_what_can_not_be_divided_is_refused(
    total: str, weights: list[int], places: int, why: str
) -> None:
    """A call that can't give shares that add up says why."""
    with pytest.raises(RuleError, match=why):
        divide_out(total, weights, places=places)


def test_nothing_is_divided_into_nothings() -> None:
    """Of nothing everybody gets nothing, whoever they are."""
    assert divide_out(0, [0, 0]) == (0, 0)
