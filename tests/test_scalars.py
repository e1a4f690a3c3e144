"""Scalars of numpy and pandas are what Python has for them, and nothing is guessed of NaN."""

from __future__ import annotations

import datetime
import math
import numbers
from decimal import Decimal
from fractions import Fraction

import pytest

from healthduty.errors import NumberError
from healthduty.exact import Ratio, to_fraction
from healthduty.scalars import is_nan, own

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("int8", 3, 3),
        ("uint64", 2**63, 2**63),
        ("float64", 0.1, 0.1),
        ("float32", 0.1, 0.1),
        ("float32", 83.5, 83.5),
        ("float32", 12345.67, 12345.669921875),
        ("float16", 0.1, 0.1),
        ("longdouble", 0.5, 0.5),
        ("bool_", True, True),
    ],
)
def test_a_scalar_of_numpy_is_pythons_own(kind: str, written: float, expected: object) -> None:
    """An integer is an int, yes is True; a short float is the decimal that prints it."""
    value = own(getattr(numpy, kind)(written))
    assert (type(value), value) == (type(expected), expected)


def test_a_shorter_float_that_was_computed_still_looks_so() -> None:
    """A third in 32 bits has eight digits that say nothing: it becomes long, and is refused."""
    with pytest.raises(NumberError, match="looks computed"):
        to_fraction(numpy.float32(1 / 3))


def test_what_pandas_leaves_blank_is_missing_and_nan_is_not() -> None:
    """NA and NaT say that nothing is there; NaN may be the result of a division."""
    assert own(pandas.NA) is None
    assert own(pandas.NaT) is None
    assert is_nan(own(numpy.float32("nan")))
    assert own(numpy.float32("inf")) == math.inf


@pytest.mark.parametrize(
    "value",
    [Fraction(1, 3), Decimal("0.1"), [1], datetime.date(2024, 3, 5), Ratio(1, 2), "83%", 1j],
)
def test_what_is_no_such_scalar_stays_itself(value: object) -> None:
    """Only what frames hold is translated."""
    assert own(value) is value


def test_arrays_are_no_scalars() -> None:
    """An array of one yes is not a yes."""
    for array in (numpy.array(1, dtype="bool"), numpy.array([True]), pandas.Series([True])):
        assert own(array) is array


@numbers.Real.register
class Odd:
    """A number, so it says, that no decimal prints."""


def test_a_number_that_does_not_print_as_one_stays_itself() -> None:
    """Whoever asks for a number refuses it by its type."""
    odd = Odd()
    assert own(odd) is odd
    with pytest.raises(NumberError, match="is a `Odd`, not a number"):
        to_fraction(odd)  # type: ignore[arg-type]


def test_numbers_of_frames_are_numbers_wherever_one_is_asked_for() -> None:
    """A pair of counts, a threshold: all go through the one reader of numbers."""
    assert Ratio(numpy.int64(511), numpy.int64(1000)) == Ratio(511, 1000)
    assert to_fraction(numpy.float32(0.1)) == Fraction(1, 10)
    with pytest.raises(NumberError, match="a yes or no is not a number"):
        to_fraction(numpy.bool_(1))
    with pytest.raises(NumberError, match="not a number"):
        to_fraction(pandas.NA)


def test_nan_is_known_in_either_form() -> None:
    """A text that says nan is a text."""
    assert is_nan(math.nan)
    assert is_nan(Decimal("sNaN"))
    assert not is_nan("nan")
    assert not is_nan(None)
