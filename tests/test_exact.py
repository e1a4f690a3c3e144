"""Exact numbers: what goes in, what is refused and in which words, what comes out."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.errors import HealthdutyError, NumberError, RuleError
from healthduty.exact import (
    MOST_DIGITS,
    UNIT_SCALES,
    Ratio,
    Rounding,
    RoundingMode,
    decimal_places,
    divide,
    number_text,
    plain_text,
    read_number,
    read_rate,
    scaled_decimal,
    show,
    show_pair,
    show_scaled,
    to_decimal,
    to_fraction,
    unit_of_rate,
)

TOO_LONG = "number is too long: at most 40 digits and an exponent within ±30 are taken"
# One digit only, and whoever rounds by the context is caught in the act.
HOSTILE = decimal.Context(prec=1, Emax=1, Emin=-1, traps=[decimal.Inexact, decimal.Rounded])


def refusal(call: Callable[..., object], *arguments: object) -> str:
    """Return the sentence with which a call refuses a number."""
    with pytest.raises(NumberError) as caught:
        call(*arguments)
    assert isinstance(caught.value, HealthdutyError)
    return str(caught.value)


# ------------------------------------------------------------------------------ numbers in


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, 0),
        (-7, -7),
        ("90", 90),
        (" +90.50 ", Fraction(181, 2)),
        ("-.5", Fraction(-1, 2)),
        ("5.", 5),
        ("5e-1", Fraction(1, 2)),
        ("1.5E3", 1500),
        ("1,234,567.89", Fraction(123456789, 100)),
        ("-12,345", -12345),
        ("８３．５", Fraction(167, 2)),
        ("－１，０００", -1000),
        ("\u300083\u00a0", 83),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("-0"), 0),
        (Fraction(1, 3), Fraction(1, 3)),
        (0.1, Fraction(1, 10)),
        (-0.0, 0),
        (1e22, 10**22),
        (123456.789012, Fraction("123456.789012")),
    ],
)
def test_a_number_is_taken_as_it_is_written(value: Any, number: int | Fraction) -> None:  # noqa: ANN401 - any number
    """A float is the shortest decimal that prints it; nothing passes through binary."""
    assert to_fraction(value) == number
    assert read_number(value) == (number, False)
    assert type(to_fraction(value)) is Fraction


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (True, "number is `True`: a yes or no is not a number"),
        (False, "number is `False`: a yes or no is not a number"),
        (None, "number is a `NoneType`, not a number"),
        ([1], "number is a `list`, not a number"),
        (1j, "number is a `complex`, not a number"),
        ("", "number is ``: not a number"),
        ("五", "number is `五`: not a number"),
        ("85%", "number is `85%`: not a number"),
        ("1 000", "number is `1 000`: not a number"),
        ("1,00", "number is `1,00`: not a number"),
        ("12,345,67", "number is `12,345,67`: not a number"),
        ("1e", "number is `1e`: not a number"),
        ("0x10", "number is `0x10`: not a number"),
        ("1_000", "number is `1_000`: not a number"),
        (".", "number is `.`: not a number"),
        ("1/3", "number is `1/3`: not a number"),
        ("nan", "number is `nan`: not a number"),
        ("Infinity", "number is `Infinity`: not a number"),
        (float("nan"), "number is `nan`: only finite numbers are taken"),
        (float("-inf"), "number is `-inf`: only finite numbers are taken"),
        (Decimal("NaN"), "number is `NaN`: only finite numbers are taken"),
        (Decimal("sNaN"), "number is `sNaN`: only finite numbers are taken"),
        (Decimal("Infinity"), "number is `Infinity`: only finite numbers are taken"),
        (
            33.333333333333336,
            (
                "number `33.333333333333336` looks computed:"
                " write it as a decimal string, or give both counts"
            ),
        ),
    ],
)
def test_what_cannot_decide_a_point_is_refused(value: Any, sentence: str) -> None:  # noqa: ANN401 - anything
    """Each refusal says what it met, in one sentence."""
    assert refusal(to_fraction, value) == sentence


def test_a_refusal_names_its_field() -> None:
    """The field comes from whoever asks for the number."""
    assert refusal(to_fraction, "x", "population") == "population is `x`: not a number"
    assert refusal(read_number, [], "points") == "points is a `list`, not a number"
    assert refusal(read_number, []) == "number is a `list`, not a number"


@pytest.mark.parametrize("mark", ["①", "²", "₂", "⒈", "㊿", "½"])
def test_the_mark_of_a_footnote_is_no_digit(mark: str) -> None:
    """`85①` is 85 with a note: it must not be read as 851, not even in a rate or a pair."""
    assert refusal(to_fraction, f"85{mark}") == f"number is `85{mark}`: not a number"
    assert refusal(read_rate, f"85{mark}%", "%").endswith(": not a number")
    assert refusal(read_rate, f"17{mark}/20", "%") == f"rate is `17{mark}/20`: not a number"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("9" * 41, TOO_LONG),
        ("0." + "0" * 30 + "1", TOO_LONG),
        ("1e31", TOO_LONG),
        ("1e-31", TOO_LONG),
        ("1" * 160, TOO_LONG),
        ("1" * 161, "number is too long: 161 characters are no number of a record"),
        (Decimal("9" * 41), TOO_LONG),
        (Decimal("1e31"), TOO_LONG),
        (Decimal("1e-31"), TOO_LONG),
        (1e31, TOO_LONG),
        (5e-324, TOO_LONG),
        (2**160, "number is too long: at most 40 digits are taken"),
        (-(2**160), "number is too long: at most 40 digits are taken"),
        (Fraction(2**160), "number is too long: at most 40 digits are taken"),
        (Fraction(1, 2**160), "number is too long: at most 40 digits are taken"),
    ],
)
def test_absurd_sizes_are_refused(value: Any, sentence: str) -> None:  # noqa: ANN401 - any number
    """A number that no agreement and no record needs, however it is written."""
    assert refusal(to_fraction, value) == sentence


def test_a_number_that_python_itself_would_not_print() -> None:
    """It is refused before anybody tries to."""
    assert refusal(to_fraction, 10**5_000) == "number is too long: at most 40 digits are taken"


@pytest.mark.parametrize(
    "value",
    ["9" * 40, "1e30", "1e-30", Decimal("9" * 40), 1e30, 2**160 - 1, Fraction(1, 2**160 - 1)],
)
def test_the_largest_are_taken(value: Any) -> None:  # noqa: ANN401 - any number
    """On the limit is within it."""
    assert to_fraction(value) == Fraction(value if not isinstance(value, float) else "1e30")


@pytest.mark.parametrize(
    ("value", "computed"),
    [
        (0.123456789012, False),
        (0.1234567890123, True),
        (123456789012.0, False),
        (1234567890123.0, True),
        (1234567890120000.0, False),
        (0.30000000000000004, True),
        (1 / 3, True),
        ("0.30000000000000004", False),
        (Decimal("0.30000000000000004"), False),
    ],
)
def test_a_float_with_more_than_twelve_digits_looks_computed(value: Any, computed: bool) -> None:  # noqa: ANN401, FBT001 - any number; a case of two
    """Zeros before and behind are no digits; a text or a Decimal was written so on purpose."""
    assert read_number(value) == (Fraction(str(value)), computed)


@pytest.mark.parametrize("kind", [np.float64, type("Own", (float,), {"__repr__": lambda _: "?"})])
def test_a_float_of_another_library_is_a_float(kind: type[float]) -> None:
    """For one, numpy prints its own as `np.float64(0.1)`, and it is one tenth all the same."""
    assert to_fraction(kind(0.1)) == Fraction(1, 10)
    assert read_number(kind(1 / 3)) == (Fraction("0.3333333333333333"), True)
    assert refusal(to_fraction, np.float64("nan")) == (
        "number is `nan`: only finite numbers are taken"
    )
    assert refusal(to_fraction, np.float64(1 / 3)).startswith("number `0.3333333333333333` looks")


def test_plain_text_folds_and_trims() -> None:
    """Full-width characters become ASCII; ASCII stays what it is."""
    assert plain_text(" ８％（） ") == "8%()"
    assert plain_text(" a8 ") == "a8"
    assert plain_text("①") == "1"


def test_number_text_keeps_marks() -> None:
    """As `plain_text`, but a mark or a Chinese numeral is not folded."""
    assert number_text(" ８５．５％ ") == "85.5%"
    assert number_text(" 85 ") == "85"
    assert number_text("３／十万") == "3/十万"
    assert number_text("1②") == "1②"


# ----------------------------------------------------------------------------------- rates


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("%", "%"),
        ("％", "%"),
        (" 个百分点 ", "%"),
        ("pp", "%"),
        ("‰", "‰"),
        ("/千", "‰"),
        ("1/万", "1/万"),
        ("/ 10 万", "1/10万"),
        ("1/十万", "1/10万"),
        ("/百万", "1/100万"),
        ("次", None),
        ("", None),
    ],
)
def test_the_units_of_rates(written: str, unit: str | None) -> None:
    """Each has one spelling; what is no rate's unit has none."""
    assert unit_of_rate(written) == unit


@pytest.mark.parametrize(
    ("value", "unit", "number"),
    [
        (85, "%", 85),
        (0.85, "%", Fraction(17, 20)),
        ("85", "%", 85),
        ("85%", "%", 85),
        ("８５％", "%", 85),
        ("85 %", "%", 85),
        ("17/20", "%", 85),
        ("17 / 20", "%", 85),
        (Ratio(17, 20), "%", 85),
        (Ratio("1.7", 2), "%", 85),
        (Ratio(1, 3), "%", Fraction(100, 3)),
        ("-3.2%", "%", Fraction(-16, 5)),
        ("-1/4", "%", -25),
        ("8.3‰", "%", Fraction(83, 100)),
        ("0.85%", "‰", Fraction(17, 2)),
        ("3/10万", "1/10万", 3),
        ("3/十万", "1/100万", 30),
        ("３／百万", "1/10万", Fraction(3, 10)),
        ("2个百分点", "%", 2),
        (Ratio(3, 100_000), "1/10万", 3),
    ],
)
def test_a_rate_carries_its_unit(value: object, unit: str, number: int | Fraction) -> None:
    """A number, a text with or without a unit, and a pair that was never divided mean the same."""
    assert read_rate(value, unit) == number


def test_a_pair_over_nothing_stays_a_pair() -> None:
    """Whether 0/0 is not applicable is for the reader of the record to judge."""
    pair = Ratio(0, 0)
    assert read_rate(pair, "%") is pair
    assert read_rate("5/0", "%") == Ratio(5, 0)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("%", "share is `%`: not a number"),
        ("高%", "share is `高`: not a number"),
        ("85%%", "share is `85%`: not a number"),
        ("1.2.3/4", "numerator is `1.2.3`: not a number"),
        ("4/1.2.3", "denominator is `1.2.3`: not a number"),
        ("1/2/3", "share is `1/2/3`: not a number"),
        (True, "share is `True`: a yes or no is not a number"),
        (None, "share is a `NoneType`, not a number"),
    ],
)
def test_a_rate_that_is_none(value: object, sentence: str) -> None:
    """Told like any number, by the name of its field."""
    assert refusal(read_rate, value, "%", "share") == sentence


def test_a_ratio_keeps_what_was_counted() -> None:
    """Both counts exactly; how it was printed is no part of what it is."""
    ratio = Ratio("1.50", 0.3, printed="500%")
    assert (ratio.numerator, ratio.denominator) == (Fraction(3, 2), Fraction(3, 10))
    assert ratio == Ratio(Fraction(3, 2), Decimal("0.30"))
    assert ratio != Ratio(15, 3)
    assert repr(ratio) == "Ratio(1.5, 0.3)"
    assert refusal(Ratio, "x", 1) == "numerator is `x`: not a number"
    assert refusal(Ratio, 1, None) == "denominator is a `NoneType`, not a number"


# -------------------------------------------------------------------------------- rounding


def test_rounding_is_to_a_hundredth_half_up_unless_stated() -> None:
    """Semantics 8; a mode may be given by its word."""
    assert Rounding() == Rounding(2, RoundingMode.HALF_UP)
    assert Rounding(0, "down") == Rounding(0, RoundingMode.DOWN)  # type: ignore[arg-type]
    assert [Rounding(mode=mode).code for mode in RoundingMode] == [0, 1, 2, 3]


@pytest.mark.parametrize("places", [-1, 7, 1.0, True, "2", None])
def test_rounding_to_what_is_no_place_is_refused(places: Any) -> None:  # noqa: ANN401 - anything
    """From none to six decimals, in our own words."""
    with pytest.raises(RuleError) as caught:
        Rounding(places)
    assert str(caught.value) == f"points are rounded to 0 to 6 decimals, not `{places}`"


@pytest.mark.parametrize("places", [0, 6])
def test_the_first_and_the_last_place(places: int) -> None:
    """Whole points and millionths are both taken."""
    assert Rounding(places).places == places


HALVES = (-25, -15, -5, 5, 15, 25)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (RoundingMode.HALF_UP, (-3, -2, -1, 1, 2, 3)),
        (RoundingMode.HALF_EVEN, (-2, -2, 0, 0, 2, 2)),
        (RoundingMode.DOWN, (-2, -1, 0, 0, 1, 2)),
        (RoundingMode.UP, (-3, -2, -1, 1, 2, 3)),
    ],
)
def test_halves(mode: RoundingMode, expected: tuple[int, ...]) -> None:
    """Magnitudes are rounded: −2.5 goes where 2.5 goes."""
    code = Rounding(mode=mode).code
    assert tuple(divide(half, 10, code) for half in HALVES) == expected
    if mode is RoundingMode.HALF_UP:
        assert tuple(divide(half, 10) for half in HALVES) == expected


@pytest.mark.parametrize(
    ("numerator", "expected"), [(24, (2, 2, 2, 3)), (26, (3, 3, 2, 3)), (20, (2, 2, 2, 2))]
)
def test_beside_the_half(numerator: int, expected: tuple[int, ...]) -> None:
    """A hair less, a hair more, and what comes out even."""
    assert tuple(divide(numerator, 10, code) for code in range(4)) == expected
    assert tuple(-divide(-numerator, 10, code) for code in range(4)) == expected


NUMERATORS = st.integers(-(10**12), 10**12)
DENOMINATORS = st.integers(1, 10**6) | st.sampled_from([2, 4, 10, 100])
DECIMAL_MODES = {
    RoundingMode.HALF_UP: decimal.ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    RoundingMode.DOWN: decimal.ROUND_DOWN,
    RoundingMode.UP: decimal.ROUND_UP,
}


def slow(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """Round as one does by hand: look at the two whole numbers around the magnitude."""
    size = abs(Fraction(numerator, denominator))
    below, above = size.__floor__(), size.__ceil__()
    match mode:
        case RoundingMode.DOWN:
            whole = below
        case RoundingMode.UP:
            whole = above
        case RoundingMode.HALF_UP:
            whole = below if size - below < Fraction(1, 2) else above
        case RoundingMode.HALF_EVEN:
            whole = round(size)
    return whole if numerator >= 0 else -whole


@given(NUMERATORS, DENOMINATORS, st.sampled_from(RoundingMode))
def test_divide_rounds_as_by_hand(numerator: int, denominator: int, mode: RoundingMode) -> None:
    """In every mode, whatever the sign."""
    with decimal.localcontext(HOSTILE):
        result = divide(numerator, denominator, Rounding(mode=mode).code)
    assert result == slow(numerator, denominator, mode)
    assert type(result) is int


@given(st.decimals(-(10**9), 10**9, places=5), st.integers(0, 4), st.sampled_from(RoundingMode))
def test_divide_rounds_as_decimal_does(value: Decimal, places: int, mode: RoundingMode) -> None:
    """A decimal cut at a place is what `Decimal.quantize` makes of it."""
    scaled = to_fraction(value) * 10**places
    result = divide(scaled.numerator, scaled.denominator, Rounding(mode=mode).code)
    expected = value.quantize(Decimal(1).scaleb(-places), DECIMAL_MODES[mode])
    assert scaled_decimal(result, places) == expected


# ---------------------------------------------------------------------------------- printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(0), "0"),
        (Fraction(90), "90"),
        (-3, "-3"),
        (Fraction(167, 2), "83.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 10**6), "0.000001"),
        (Fraction(1001, 1000), "1.001"),
        (Fraction(2, 3), "≈0.6667"),
        (Fraction(-2, 3), "≈-0.6667"),
        (Fraction(1, 30_000), "≈0"),
        (Fraction(10**6, 3), "≈333333.3333"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
    ],
)
def test_a_number_is_printed_as_a_plain_decimal(value: Fraction | int, printed: str) -> None:
    """No exponent, no trailing zeros; what never comes out even says so."""
    assert show(value) == printed
    assert show_pair(value.numerator, value.denominator) == printed


def test_the_places_of_what_never_comes_out_even() -> None:
    """As many as are asked for."""
    assert show(Fraction(2, 3), 0) == "≈1"
    assert show(Fraction(1, 3), 2) == "≈0.33"


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (1250, 3, "1.25"),
        (-1250, 3, "-1.25"),
        (-5, 3, "-0.005"),
        (0, 2, "0"),
        (-200, 2, "-2"),
        (7, 0, "7"),
        (100, 0, "100"),
        (10, 1, "1"),
    ],
)
def test_scaled_integers(value: int, places: int, printed: str) -> None:
    """An integer of 10^−places, as text and as Decimal."""
    assert show_scaled(value, places) == printed
    assert repr(scaled_decimal(value, places)) == f"Decimal('{printed}')"


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (Fraction(3), 0),
        (Fraction(1, 2), 1),
        (Fraction(1, 8), 3),
        (Fraction(1, 25), 2),
        (Fraction(1, 80), 4),
        (Fraction(7, 6), None),
        (Fraction(1, 3), None),
    ],
)
def test_how_many_decimals_a_number_needs(value: Fraction, places: int | None) -> None:
    """Twos and fives come out even, anything else never does."""
    assert decimal_places(value) == places


def test_what_never_comes_out_even_is_no_decimal() -> None:
    """Nothing is rounded on the way out."""
    assert refusal(to_decimal, Fraction(1, 3)) == "`1/3` is no decimal"


DECIMALS = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**30), 10**30),
    st.integers(0, 30),
)


@given(DECIMALS)
def test_what_is_printed_reads_back(value: Fraction) -> None:
    """`show` and `to_decimal` lose nothing, even where the ambient context has one digit."""
    assert read_number(show(value)) == (value, False)
    show_scaled.cache_clear()  # a remembered print would prove nothing
    with decimal.localcontext(HOSTILE):
        printed, exact = show(value), to_decimal(value)
        again = to_fraction(printed), to_fraction(exact)
    assert again == (value, value)
    assert Fraction(exact) == value
    assert printed == format(exact, "f")
    assert "E" not in printed
    assert not (("." in printed) and printed.endswith("0"))


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(UNIT_SCALES)), DENOMINATORS)
def test_a_rate_is_never_divided_first(numerator: int, unit: str, denominator: int) -> None:
    """A pair in a unit is numerator × scale ÷ denominator, exactly, in any context."""
    with decimal.localcontext(HOSTILE):
        rate = read_rate(Ratio(numerator, denominator), unit)
        text = read_rate(f"{numerator}/{denominator}", unit)
    assert rate == text == Fraction(numerator * UNIT_SCALES[unit], denominator)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_float_is_the_decimal_that_prints_it(value: float) -> None:
    """Or is refused, where it is smaller than any number of a record."""
    if value and abs(value) < 1e-13:
        value = 0.5
    with decimal.localcontext(HOSTILE):
        number, computed = read_number(value)
    assert number == Fraction(repr(value))
    digits = repr(value).partition("e")[0].replace(".", "").strip("-0")
    assert computed == (len(digits) > 12)


@given(st.text("0123456789.,+-eE/%‰万 ①²８．", max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """No text makes anything but a number of bounded size or a NumberError."""
    try:
        number = to_fraction(text)
    except NumberError:
        return
    assert abs(number) < 10 ** (2 * MOST_DIGITS)
    assert to_fraction(show(number)) == number
