"""Conditions: what they take, what they read, what means nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from healthduty.errors import NumberError, RuleError
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
    condition_measures,
    condition_thresholds,
)
from healthduty.rules.measure import Measure
from healthduty.rules.threshold import Given, Multiple

CHECKS = Measure("checks", "督导检查", unit="次")
HYGIENE = Measure("hygiene", "环境卫生", levels=("优", "良", "差"))

NESTED = AllOf(
    [
        AnyOf([Flag("ledger", expected=False), Level("hygiene", "差")]),
        Not(Compare("satisfaction", ">=", Given("last_year"))),
        Compare("checks", "<", 1),
        Compare("visits", "=", Multiple(4, "households")),
    ]
)


def test_measures_and_thresholds_are_taken_in_each_way() -> None:
    """By measure or code, by word or member, by number or threshold."""
    compare = Compare(CHECKS, "<", "1.50")
    assert compare == Compare("checks", Comparator.LESS, Fraction(3, 2))
    assert Flag(CHECKS) == Flag("checks", expected=True)
    assert Level(HYGIENE, "差") == Level("hygiene", ["差"])
    assert Compare("checks", ">", CHECKS).threshold == Given("checks")


def test_the_comparators() -> None:
    """Five, each by its sign."""
    assert [Compare("m", sign, 1).comparator for sign in (">=", ">", "<=", "<", "=")] == [
        Comparator.AT_LEAST,
        Comparator.MORE,
        Comparator.AT_MOST,
        Comparator.LESS,
        Comparator.EQUAL,
    ]
    with pytest.raises(ValueError, match="≥"):
        Compare("m", "≥", 1)


def test_a_threshold_that_is_no_number() -> None:
    """Told by the name of the field."""
    with pytest.raises(NumberError, match=r"^threshold is `一次`: not a number$"):
        Compare("checks", "<", "一次")


def test_conditions_inside_are_a_tuple() -> None:
    """Whatever sequence they came in, so that rules compare and hash."""
    assert AllOf(iter([Flag("a"), Flag("b")])).conditions == (Flag("a"), Flag("b"))
    assert hash(AnyOf([Flag("a")])) == hash(AnyOf((Flag("a"),)))
    assert AllOf([Flag("a")]) != AnyOf([Flag("a")])


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_a_condition_of_no_conditions(kind: type[AllOf | AnyOf]) -> None:
    """Nobody could say whether it holds."""
    with pytest.raises(RuleError) as caught:
        kind(())
    assert str(caught.value) == "a condition of no conditions means nothing"


@pytest.mark.parametrize(
    ("condition", "codes", "thresholds"),
    [
        (None, [], []),
        (Flag("ledger"), ["ledger"], []),
        (Level("hygiene", "差"), ["hygiene"], []),
        (Compare("checks", "<", 1), ["checks"], [Fraction(1)]),
        (Compare("rate", ">", Given("last")), ["rate", "last"], [Given("last")]),
        (Not(Flag("ledger")), ["ledger"], []),
        (
            NESTED,
            ["ledger", "hygiene", "satisfaction", "last_year", "checks", "visits", "households"],
            [Given("last_year"), Fraction(1), Multiple(4, "households")],
        ),
    ],
)
def test_what_a_condition_reads(
    condition: Condition | None, codes: list[str], thresholds: list[object]
) -> None:
    """Measures and thresholds in written order, at any depth."""
    assert list(condition_measures(condition)) == codes
    assert list(condition_thresholds(condition)) == thresholds
