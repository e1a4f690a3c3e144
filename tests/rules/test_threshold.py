"""Thresholds: what they take, what they look up, how they are shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from healthduty.errors import NumberError, RuleError
from healthduty.rules.measure import Measure
from healthduty.rules.threshold import (
    Blank,
    ByKind,
    Given,
    Multiple,
    Threshold,
    show_threshold,
    threshold_measures,
    to_number,
    to_optional_number,
    to_optional_threshold,
    to_threshold,
)

LAST_YEAR = Measure("last_year", "上年", unit="%")


@pytest.mark.parametrize("value", [90, "90.0", Decimal("90.00"), 90.0, Fraction(90), "９０"])
def test_a_plain_number_is_taken_exactly(value: Any) -> None:  # noqa: ANN401 - any number
    """However it is written."""
    assert to_threshold(value) == to_number(value) == Fraction(90)
    assert type(to_threshold(value)) is Fraction


@pytest.mark.parametrize(
    "threshold",
    [
        ByKind({"centre": 95}),
        Given("last_year"),
        Multiple(4, "households"),
        Blank("rate"),
        Fraction(1, 2**200),
    ],
)
def test_a_threshold_is_taken_as_it_is(threshold: Threshold) -> None:
    """It is the very same object."""
    assert to_threshold(threshold) is threshold
    assert to_optional_threshold(threshold) is threshold


def test_a_measure_is_given_with_the_record() -> None:
    """So that `target=last_year` says what it reads as."""
    assert to_threshold(LAST_YEAR) == Given("last_year")
    assert Given(LAST_YEAR) == Given("last_year")
    assert Multiple("1.1", LAST_YEAR, plus="-0.5") == Multiple(
        Fraction(11, 10), "last_year", plus=Fraction(-1, 2)
    )


def test_once_a_measure_is_the_measure() -> None:
    """Only what is taken of it or added to it makes a multiple."""
    assert to_threshold(Multiple(1, "last_year")) == Given("last_year")
    assert to_optional_threshold(Multiple("1.0", LAST_YEAR, plus="0.0")) == Given("last_year")
    for multiple in (Multiple(-1, "last_year"), Multiple(1, "last_year", plus="0.1")):
        assert to_threshold(multiple) is multiple


def test_none_of_a_measure_is_a_number() -> None:
    """What the measure would be could not matter."""
    with pytest.raises(RuleError) as caught:
        Multiple(0, "last_year", plus=5)
    assert str(caught.value) == "a multiple by 0 is a number: give the number alone"


def test_none_is_no_threshold() -> None:
    """Where one may be left out."""
    assert to_optional_threshold(None) is None
    assert to_optional_number(None) is None
    assert to_optional_number("2.5") == Fraction(5, 2)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("90%", "threshold is `90%`: not a number"),
        (None, "threshold is a `NoneType`, not a number"),
        (
            1 / 3,
            (
                "threshold `0.3333333333333333` looks computed:"
                " write it as a decimal string, or give both counts"
            ),
        ),
    ],
)
def test_what_is_no_threshold_is_refused(value: Any, sentence: str) -> None:  # noqa: ANN401 - anything
    """By the name of the field."""
    with pytest.raises(NumberError) as caught:
        to_threshold(value)
    assert str(caught.value) == sentence


def test_by_kind_of_facility() -> None:
    """A number for each kind that is named, and perhaps one for the others."""
    strict = ByKind({"centre": 95, "station": "90.5"})
    assert strict.values == (("centre", Fraction(95)), ("station", Fraction(181, 2)))
    assert strict == ByKind([("centre", 95), ("station", 90.5)])
    assert strict.of("station") == Fraction(181, 2)
    assert strict.of("clinic") is None
    assert strict.of(None) is None
    assert ByKind({"centre": 95}, default=80).of("clinic") == Fraction(80)
    assert ByKind({"centre": 95}, default=80).of(None) == Fraction(80)


def test_a_kind_of_facility_has_one_number() -> None:
    """Of two nobody could say which counts."""
    with pytest.raises(RuleError) as caught:
        ByKind([("centre", 95), ("station", 90), ("centre", 95)])
    assert str(caught.value) == "the kind of facility `centre` is named twice"


@pytest.mark.parametrize("default", [None, 90])
def test_a_table_names_a_kind_of_facility(default: int | None) -> None:
    """One number for all, or none, does not go by kind."""
    with pytest.raises(RuleError) as caught:
        ByKind({}, default=default)
    assert str(caught.value) == (
        "a threshold by kind of facility names no kind: give the number alone"
    )


def test_a_table_names_the_kind_whose_number_is_none() -> None:
    """There may be many."""
    with pytest.raises(NumberError) as caught:
        ByKind({"centre": 95, "station": "九十"})
    assert str(caught.value) == "threshold for station is `九十`: not a number"


@pytest.mark.parametrize(
    ("threshold", "codes", "shown"),
    [
        (Fraction(181, 2), (), "90.5"),
        (ByKind({"centre": 95, "station": 90}), (), "centre 95/station 90"),
        (ByKind({"centre": 95}, default=80), (), "centre 95/otherwise 80"),
        (Given("last_year"), ("last_year",), "[last_year]"),
        (Multiple(4, "households"), ("households",), "4×[households]"),
        (Multiple("1.1", "last_year", plus=2), ("last_year",), "1.1×[last_year]+2"),
        (Multiple(1, "last_year", plus="0.5"), ("last_year",), "1×[last_year]+0.5"),
        (Multiple(1, "last_year", plus=-2), ("last_year",), "1×[last_year]-2"),
        (Blank("rate"), (), "____(rate)"),
    ],
)
def test_what_a_threshold_looks_up_and_how_it_is_shown(
    threshold: Threshold, codes: tuple[str, ...], shown: str
) -> None:
    """Each kind in a few characters."""
    assert threshold_measures(threshold) == codes
    assert show_threshold(threshold) == shown


def test_no_threshold_looks_nothing_up() -> None:
    """A bound that a band leaves open."""
    assert threshold_measures(None) == ()
