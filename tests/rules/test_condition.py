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
    to_condition,
    to_when,
)
from healthduty.rules.measure import Measure
from healthduty.rules.tally import Once
from healthduty.rules.threshold import Given, Multiple

CHECKS = Measure("checks", "督导检查", unit="次")
HYGIENE = Measure("hygiene", "环境卫生", levels=("优", "良", "差"))

NESTED = AllOf(
    [
        AnyOf([Flag("ledger", expected=False), Level("hygiene", "差")]),
        Not(Compare("satisfaction", "=", Given("last_year"))),
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


def test_a_threshold_that_is_no_number() -> None:
    """Told by the name of the field."""
    with pytest.raises(NumberError, match=r"^threshold is `一次`: not a number$"):
        Compare("checks", "<", "一次")


def test_conditions_inside_are_a_tuple() -> None:
    """Whatever sequence they came in, so that rules compare and hash."""
    assert AllOf(iter([Flag("a"), Flag("b")])).conditions == (Flag("a"), Flag("b"))
    two = [Flag("a"), Flag("b")]
    assert hash(AnyOf(two)) == hash(AnyOf(tuple(two)))
    assert AllOf(two) != AnyOf(two)


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_a_condition_of_no_conditions(kind: type[AllOf | AnyOf]) -> None:
    """Nobody could say whether it holds."""
    with pytest.raises(RuleError) as caught:
        kind(())
    assert str(caught.value) == "a condition of no conditions means nothing"


@pytest.mark.parametrize("levels", [(), []])
def test_no_level(levels: tuple[str, ...]) -> None:
    """A measure is at one of no levels: that could never hold."""
    with pytest.raises(RuleError) as caught:
        Level("hygiene", levels)
    assert str(caught.value) == "no level is named: name at least one"


def test_a_level_is_named_once() -> None:
    """Twice the same is a slip of the pen: another one was meant."""
    with pytest.raises(RuleError) as caught:
        Level("hygiene", ("优", "良", "优"))
    assert str(caught.value) == "the level `优` is named twice"


LOW = Compare("rate", "<", 60)
HIGH = Compare("rate", ">=", 60)
POOR = Level("hygiene", "差")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (LOW, LOW),
        (POOR, POOR),
        (Not(POOR), Not(POOR)),
        (AllOf((LOW,)), LOW),
        (AnyOf((LOW,)), LOW),
        (AllOf((AnyOf((LOW,)),)), LOW),
        (AllOf((LOW, LOW)), LOW),
        (AnyOf((LOW, AllOf((LOW,)))), LOW),
        (AllOf((LOW, POOR, LOW)), AllOf((LOW, POOR))),
        (AllOf((LOW, AllOf((POOR, Flag("a"))))), AllOf((LOW, POOR, Flag("a")))),
        (AnyOf((AnyOf((LOW, POOR)), Flag("a"))), AnyOf((LOW, POOR, Flag("a")))),
        (Not(Not(POOR)), POOR),
        (Not(Not(Not(POOR))), Not(POOR)),
        (Not(AllOf((Not(POOR),))), POOR),
        (Not(Flag("a")), Flag("a", expected=False)),
        (Not(Flag("a", expected=False)), Flag("a")),
        (Not(LOW), HIGH),
        (Not(HIGH), LOW),
        (Not(Compare("rate", ">", 60)), Compare("rate", "<=", 60)),
        (Not(Compare("rate", "<=", 60)), Compare("rate", ">", 60)),
        (Not(AnyOf((Not(LOW), POOR))), Not(AnyOf((HIGH, POOR)))),
    ],
)
def test_what_means_the_same_is_the_same(written: Condition, plain: Condition) -> None:
    """A rule holds the plainest form, so that rules of one meaning are equal."""
    assert to_condition(written) == plain
    assert to_when(written) == to_condition(plain)
    assert Once(written) == Once(plain)
    assert Not(written) == Not(plain)


@pytest.mark.parametrize(
    "condition",
    [
        AllOf((LOW, POOR)),
        AllOf((POOR, AnyOf((LOW, Flag("a"))))),
        Not(Compare("rate", "=", 60)),
        Not(AllOf((LOW, POOR))),
    ],
)
def test_what_is_plain_stays(condition: Condition) -> None:
    """What would only be said in another way, such as not both for neither, is left alone."""
    assert to_condition(condition) is condition


def test_a_rule_may_wait_for_nothing() -> None:
    """Which is no condition at all."""
    assert to_when(None) is None


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
