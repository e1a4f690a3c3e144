"""Chinese numerals: what numbers they stand for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.clauses.text.numerals import chinese_number
from healthduty.errors import NumberError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("一百零五", 105),
        ("三千二百一十", 3210),
        ("一万", 10_000),
        ("十二万三千", 123_000),
        ("二〇二四", 2024),
        ("半", Fraction(1, 2)),
        ("一点五", Fraction(3, 2)),
        ("零点二五", Fraction(1, 4)),
    ],
)
def test_numerals_stand_for_numbers(text: str, number: Fraction | int) -> None:
    """Counted numbers, years digit by digit, half, and decimals are all read exactly."""
    assert chinese_number(text) == number


def test_places_that_are_no_digits_are_refused() -> None:
    """Ten is no decimal place."""
    with pytest.raises(NumberError):
        chinese_number("一点十")
