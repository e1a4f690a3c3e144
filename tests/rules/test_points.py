"""Points: decimals that are not negative, or a share of the item's points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from healthduty.errors import NumberError, RuleError
from healthduty.rules.points import (
    FULL,
    Share,
    to_optional_points,
    to_optional_points_or_share,
    to_points,
    to_points_or_share,
)


@pytest.mark.parametrize("value", ["0.5", 0.5, Decimal("0.50"), Fraction(1, 2), "５e-1"])
def test_points_are_taken_exactly(value: Any) -> None:  # noqa: ANN401 - any number
    """However they are written, in every field that holds points."""
    for convert in (
        to_points,
        to_optional_points,
        to_points_or_share,
        to_optional_points_or_share,
    ):
        assert convert(value) == Fraction(1, 2)


def test_no_points_may_be_stated() -> None:
    """Zero is a number of points, None is none."""
    assert to_optional_points(None) is None
    assert to_optional_points_or_share(None) is None
    assert to_points(0) == 0


def test_a_share_is_taken_as_it_is() -> None:
    """It is the very same object; only a share of nothing is 0 points."""
    half = Share("0.5")
    assert to_points_or_share(half) is half
    assert to_optional_points_or_share(half) is half
    assert Share(1) == FULL
    assert Share(0).part == 0
    assert to_points_or_share(Share(0)) == to_optional_points_or_share(0) == Fraction(0)
    assert Share(Fraction(1, 3)).part == Fraction(1, 3)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("-0.5", "points `-0.5` are negative: the kind of rule gives the sign"),
        (Fraction(1, 3), "points `1/3` are no decimal: points shown are always decimals"),
    ],
)
def test_points_that_no_sheet_could_show(value: Any, sentence: str) -> None:  # noqa: ANN401 - any number
    """The sign comes from the kind of rule, and a third is no decimal."""
    with pytest.raises(RuleError) as caught:
        to_points(value)
    assert str(caught.value) == sentence


def test_points_that_are_no_number() -> None:
    """Told by the name of the field."""
    with pytest.raises(NumberError, match=r"^points is `五`: not a number$"):
        to_points("五")
    with pytest.raises(NumberError, match=r"^share is `半`: not a number$"):
        Share("半")


@pytest.mark.parametrize(("part", "shown"), [("1.01", "1.01"), ("-0.01", "-0.01"), (100, "100")])
def test_a_share_lies_between_nothing_and_all(part: Any, shown: str) -> None:  # noqa: ANN401 - any number
    """100 is not one hundred per cent here."""
    with pytest.raises(RuleError) as caught:
        Share(part)
    assert str(caught.value) == f"a share of the points lies between 0 and 1, not `{shown}`"
