"""Tallies: what they take, what they read, what they refuse."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from healthduty.errors import NumberError, RuleError
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
    tally_measures,
    tally_thresholds,
)
from healthduty.rules.threshold import ByKind, Given, Multiple

RATE = Measure("rate", "满意率", unit="%")
STEPS = pytest.mark.parametrize("kind", [StepsBelow, StepsAbove])


def refusal(kind: Any, *arguments: object, **fields: object) -> str:  # noqa: ANN401 - any class
    """Return the sentence with which a tally is refused."""
    with pytest.raises((RuleError, NumberError)) as caught:
        kind(*arguments, **fields)
    return str(caught.value)


@STEPS
def test_steps_count_complete_unless_the_text_says_otherwise(
    kind: type[StepsBelow | StepsAbove],
) -> None:
    """Semantics 4; without a step there is only the share."""
    assert kind("rate", target=90, step=5).counting is Counting.COMPLETE
    assert kind("rate", target=90, step=5, counting="started").counting is Counting.STARTED
    assert kind("rate", target=90).counting is Counting.PROPORTIONAL
    assert kind("rate", target=90, counting="proportional") == kind("rate", target=90)


@STEPS
def test_steps_take_each_way_to_write(kind: type[StepsBelow | StepsAbove]) -> None:
    """A measure or its code, exact numbers, a measure as target."""
    tally = kind(RATE, target="90.0", step=2.5)
    assert tally == kind("rate", target=90, step=Fraction(5, 2))
    assert kind(RATE, target=RATE).target == Given("rate")
    assert StepsBelow("rate", target=90) != StepsAbove("rate", target=90)


@STEPS
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"step": 0}, "step must be above 0, not `0`"),
        ({"step": "-2.5"}, "step must be above 0, not `-2.5`"),
        ({"step": "x"}, "number is `x`: not a number"),
        ({"counting": "complete"}, "without a step the tally is proportional"),
        ({"counting": "started"}, "without a step the tally is proportional"),
        ({"relative": True}, "without a step there is nothing that could be relative"),
    ],
)
def test_steps_that_cannot_be_counted(
    kind: type[StepsBelow | StepsAbove], fields: dict[str, Any], sentence: str
) -> None:
    """The sentence is for whoever wrote the agreement: it names the field and no class."""
    assert refusal(kind, "rate", target=90, **fields) == sentence


def test_lacking() -> None:
    """One at a time, for the whole year, unless stated."""
    tally = Lacking("surveys", required=2)
    assert (tally.required, tally.step, tally.prorated) == (2, 1, False)
    assert Lacking(RATE, required=Multiple(4, "households")).measure == "rate"
    assert refusal(Lacking, "m", required=2, step=0) == "step must be above 0, not `0`"
    assert refusal(Lacking, "m", required=2, step=None) == "number is a `NoneType`, not a number"


def test_cases() -> None:
    """Every case, one at a time, none free, unless stated."""
    tally = Cases("complaints")
    assert (tally.free, tally.step, tally.by, tally.where) == (0, 1, None, ())
    assert Cases("m", where={"severity": "light"}).where == (("severity", "light"),)
    assert Cases("m", where=[("a", "1"), ("b", "1")]).where == (("a", "1"), ("b", "1"))
    assert refusal(Cases, "m", step="-1") == "step must be above 0, not `-1`"
    assert refusal(Cases, "m", free="-0.5") == "free must not be negative: `-0.5`"


def test_an_attribute_is_asked_for_once() -> None:
    """A case has one value of it: of two conditions no case could meet both."""
    where = [("severity", "light"), ("ward", "1"), ("severity", "serious")]
    assert refusal(Cases, "m", where=where) == (
        "the attribute `severity` is asked for twice: a case has one value"
    )


def test_weighed_cases_are_not_counted_in_steps() -> None:
    """Whether two halves of a serious case make a step nobody could say."""
    by = ByAttribute("severity", {"serious": 2, "light": 1})
    assert refusal(Cases, "m", by=by, step=2) == (
        "weighed cases are not counted in steps: leave `step` or `by` out"
    )
    assert Cases("m", by=by, step=1) == Cases("m", by=by)


def test_an_attribute_is_asked_for_or_weighed() -> None:
    """Of cases that are all serious, what the others weigh says nothing."""
    by = ByAttribute("severity", {"serious": 2, "light": 1})
    assert refusal(Cases, "m", by=by, where={"ward": "1", "severity": "serious"}) == (
        "all cases with the `severity` asked for weigh the same:"
        " leave `by` out and put the weight into the points"
    )
    assert Cases("m", by=by, where={"ward": "1"}).where == (("ward", "1"),)


@pytest.mark.parametrize(
    "fields", [{"by": ByAttribute("severity", {"light": 1})}, {"where": {"severity": "light"}}]
)
def test_a_case_is_free_as_a_whole(fields: dict[str, Any]) -> None:
    """Half of one has no attributes; of a bare amount a part may be free."""
    assert refusal(Cases, "m", free="1.5", **fields) == (
        "cases with attributes are free as a whole or not at all:"
        " `free` is a whole number, not `1.5`"
    )
    assert Cases("m", free=2, **fields).free == 2
    assert Cases("m", free="1.5").free == Fraction(3, 2)


def test_weights_by_an_attribute() -> None:
    """A table, as a mapping or as pairs; what it does not name has the other weight, if any."""
    by = ByAttribute("severity", {"serious": 2, "light": "0.50"})
    assert by.weights == (("serious", 2), ("light", Fraction(1, 2)))
    assert by == ByAttribute("severity", [("serious", "2"), ("light", 0.5)])
    assert by.otherwise is None
    assert ByAttribute("severity", {"light": 0}, otherwise=0).otherwise == 0
    assert Cases("m", by=by).by is by


def test_some_value_is_weighed() -> None:
    """One weight for all would be the points."""
    for otherwise in (None, 2):
        assert refusal(ByAttribute, "severity", {}, otherwise=otherwise) == (
            "no value of `severity` is weighed: name at least one"
        )


def test_a_value_is_weighed_once() -> None:
    """Of two weights nobody could say which counts, though they be the same."""
    assert refusal(ByAttribute, "severity", [("light", 1), ("light", 1)]) == (
        "the value `light` of `severity` is weighed twice"
    )


@pytest.mark.parametrize(
    ("weights", "otherwise"), [({"light": "-0.5"}, None), ({"light": 1}, -1), ({}, "-0.01")]
)
def test_a_case_never_weighs_less_than_nothing(weights: object, otherwise: object) -> None:
    """A tally is never negative."""
    assert refusal(ByAttribute, "severity", weights, otherwise=otherwise) == (
        "a case can't weigh less than nothing"
    )


def test_a_weight_that_is_no_number() -> None:
    """Told by the value that it is for."""
    assert refusal(ByAttribute, "severity", {"light": "half"}) == (
        "weight of light is `half`: not a number"
    )


@pytest.mark.parametrize(
    ("tally", "codes", "thresholds"),
    [
        (StepsBelow("rate", target=90, step=5), ["rate"], [Fraction(90)]),
        (StepsAbove("rate", target=Given("last")), ["rate", "last"], [Given("last")]),
        (
            Lacking("visits", required=Multiple(4, "households")),
            ["visits", "households"],
            [Multiple(4, "households")],
        ),
        (
            Lacking("visits", required=ByKind({"centre": 4})),
            ["visits"],
            [ByKind({"centre": 4})],
        ),
        (Cases("complaints", free=2), ["complaints"], []),
        (Once(Flag("ledger")), ["ledger"], []),
        (Once(Compare("rate", "<", Given("last"))), ["rate", "last"], [Given("last")]),
    ],
)
def test_what_a_tally_reads(tally: Tally, codes: list[str], thresholds: list[object]) -> None:
    """Its own measure first, then what its threshold or condition looks up."""
    assert list(tally_measures(tally)) == codes
    assert list(tally_thresholds(tally)) == thresholds
