"""The most that rules can come to, and sets of values in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from checks.making import LOSES, POOL, item, make
from healthduty.checks.amounts import highest_total, measures_of, most_points
from healthduty.checks.values import Values, describe
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.model.tree import grow
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given

MEASURES = {measure.code: measure for measure in POOL}
ACCIDENT = Flag("accident")
CLEAR = Flag("accident", expected=False)


def steps(target: object = 90, **fields: Any) -> Deduction:  # noqa: ANN401 - a rule's or a tally's
    """Return a deduction of a point for each 5 % below a target."""
    own = {name: fields.pop(name) for name in ("cap", "times") if name in fields}
    tally = StepsBelow("rate", target=target, **{"step": 5, **fields})
    return Deduction(tally, points=1, **own)


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (steps(), 18),
        (steps(92), 18),
        (steps(92, counting="started"), 19),
        (steps(92, counting="proportional"), Fraction(92, 5)),
        (steps(step=None), 1),
        (steps(50, step=30, relative=True), 3),
        (steps(0, relative=True), None),
        (steps(cap=2), 2),
        (steps(cap=20), 18),
        (steps(times=(Times(2, ACCIDENT), Times("0.5", CLEAR))), 36),
        (steps(ByKind({"centre": 90, "station": 50})), 18),
        (steps(Given("last_year")), None),
        (steps(Given("last_year"), cap=3), 3),
        (Deduction(StepsAbove("rate", target=90, step=5), points=1), 2),
        (Deduction(StepsAbove("visits", target=90, step=5), points=1), None),
        (Deduction(StepsBelow("growth", target=10, step=1), points=1), None),
        (Deduction(StepsBelow("nobody", target=10, step=1), points=1), None),
        (Deduction(Lacking("visits", required="4.5", step=2), points=1), 2),
        (Deduction(Lacking("visits", required=Given("surveys")), points=1), None),
        (Deduction(Lacking("hours", required=20), points=1), None),
        (Deduction(Cases("complaints"), points=1), None),
        (Deduction(Cases("complaints"), points=0), 0),
        (Deduction(Once(ACCIDENT), points=Share("0.5")), 5),
        (Bonus(Once(ACCIDENT), points=3), 3),
        (Bands("rate", "lose", (Band(2, low=90), Band(4, low=80)), otherwise=3), 4),
        (Bands("rate", "lose", (Band(2, low=90),), otherwise=3), 3),
        (Bands("quality", "earn", (LevelBand("优", FULL),)), 10),
        (Curve("rate", "earn", (Knot(60, 0), Knot(90, 5)), above=6), 6),
        (Curve("rate", "earn", (Knot(60, 0), Knot(90, FULL))), 10),
        (Judgement("order", "lose"), 10),
        (Judgement("order", "lose", most=4), 4),
        (Forfeit(ACCIDENT), 10),
        (Group((steps(cap=2), steps(cap=3))), 5),
        (Group((steps(cap=2), steps(cap=3)), cap=4), 4),
        (Group((steps(cap=2), LOSES)), None),
        (Group((steps(cap=2), LOSES), pick="worst"), None),
        (Group((steps(cap=2), steps(cap=3)), pick="worst"), 3),
        (Group((steps(cap=2), LOSES), pick="best"), 2),
        (Group((Bonus(Once(ACCIDENT), points=1), Bonus(Once(ACCIDENT), points=2)), pick="best"), 2),
        (
            Group((Bonus(Once(ACCIDENT), points=1), Bonus(Once(ACCIDENT), points=2)), pick="worst"),
            1,
        ),
    ],
)
def test_the_most_of_a_rule(rule: Rule, most: Fraction | int | None) -> None:
    """In an item of 10 points; None is without bound."""
    assert most_points(rule, Fraction(10), MEASURES) == most


AWARD = Bonus(Once(ACCIDENT), points=3)
OPEN = Bonus(StepsAbove("growth", target=10, step=1), points=1)


@pytest.mark.parametrize(
    ("agreement", "most"),
    [
        (make(item(points=100)), 100),
        (make(item(LOSES, AWARD, points=100)), 103),
        (make(item(LOSES, AWARD, points=100), bonus_cap=2), 102),
        (make(item(LOSES, AWARD, points=100), cap=101), 101),
        (make(item(LOSES, OPEN, points=100)), None),
        (make(item(LOSES, OPEN, points=100), cap=110), 110),
        (make(Section("1", cap=104, parts=(item(LOSES, OPEN, number="1.1", points=100),))), 104),
        (make(Section("1", cap=90, parts=(item(LOSES, OPEN, number="1.1", points=100),))), 100),
        (make(Section("1", parts=(item(number="1.1", points=100),), rules=AWARD)), 103),
    ],
)
def test_the_highest_total(agreement: Agreement, most: int | None) -> None:
    """Full points and bonuses, within the caps of sections and of the total."""
    assert highest_total(grow(agreement), measures_of(agreement)) == most


@pytest.mark.parametrize(
    ("values", "measure", "words"),
    [
        (Values.between(80, 90, high_in=False), "rate", "from 80% and below 90%"),
        (Values.between(80, 90, low_in=False), "rate", "above 80% and up to 90%"),
        (Values.between(None, 90), "rate", "up to 90%"),
        (Values.between(80, None), "rate", "from 80%"),
        (Values.between(80, 80), "rate", "exactly 80%"),
        (Values.between(None, None), "rate", "any value"),
        (Values.between(2, 4, whole=True), "visits", "2 to 4次"),
        (Values.between(2, 2, whole=True), "visits", "2次"),
        (Values.between("2.5", None, whole=True), "visits", "3次 and more"),
        (Values.between(None, "2.5", whole=True), "visits", "2次 and less"),
        (Values.between(None, None, whole=True), "visits", "any number"),
        (Values.of([0, 2]), "quality", "优、差"),
        (Values.of([0, 2]), "visits", "0次, or 2次"),
        (Values.between(98, 99), "per", "from 98/10万 and up to 99/10万"),
    ],
)
def test_values_in_words(values: Values, measure: str, words: str) -> None:
    """A set of values is named with the measure's unit, or by its levels."""
    known = {**MEASURES, "per": Measure("per", "发病率", unit="1/10万")}
    assert describe(values, known[measure]) == words
