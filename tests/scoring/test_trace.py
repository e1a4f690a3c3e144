"""Tracing an amount again: what was counted, and the exact points before they were rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from healthduty.records.record import Case, Record
from healthduty.rules.points import Share
from healthduty.rules.rule import Bands, Deduction, Judgement, LevelBand, Rule, Times
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsBelow
from healthduty.scoring.ops import Plan, WeightedSlot
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import Prepared, prepare
from healthduty.scoring.run import compute
from healthduty.scoring.trace import Weighed, count_of, exact_points, weighed_cases
from scoring.making import (
    BY_BAND,
    BY_LINE,
    COMPLAINTS,
    EACH,
    FEW,
    NO_LEDGER,
    QUALITY,
    RATE,
    UNKEPT,
    VISITS,
    make,
)

WEIGHTS = ByAttribute("程度", {"重": 2, "轻": "0.5"}, otherwise=1)
HEAVY = Case("1", None, {"程度": "重"})
THIRD = Share(Fraction(1, 3))
RELATIVE = Deduction(StepsBelow(RATE, target=90, step=5, relative=True), points=1)
"""Each 4.5 percentage points below 90 %, a point."""


def evaluated(rule: Rule, values: dict[str, Any]) -> tuple[Any, Plan, Prepared]:
    """Return the operation of an item's only rule, with the plan and the record's integers."""
    made = plan(make(rule)).plan
    return made.refs[0].rules[0].op, made, prepare(made, Record("nanguan", values))


def exact(rule: Rule, values: dict[str, Any]) -> Fraction | None:
    """Return a rule's points before they were rounded, None where they never are."""
    op, made, prepared = evaluated(rule, values)
    pair = exact_points(op, made, prepared, compute(made, prepared).holds)
    return None if pair is None else Fraction(*pair) / 10**made.places


@pytest.mark.parametrize(
    ("rule", "values", "count"),
    [
        (RELATIVE, {"rate": 83}, 1),
        (RELATIVE, {"rate": 95}, 0),
        (
            Deduction(StepsBelow(RATE, target=90, step=5, counting="started"), points=1),
            {"rate": 83},
            2,
        ),
        (
            Deduction(StepsBelow(RATE, target=90, step=5, counting="proportional"), points=1),
            {"rate": 83},
            Fraction(7, 5),
        ),
        (FEW, {"visits": 1}, 3),
        (Deduction(Lacking(VISITS, required=4, step=2), points=1), {"visits": 1}, 1),
        (EACH, {"complaints": 3}, 3),
        (Deduction(Cases(COMPLAINTS, free=1, step=2), points=1), {"complaints": 4}, 1),
        (
            Deduction(Cases(COMPLAINTS, by=ByAttribute("程度", {"重": "2.5"})), points=1),
            {"complaints": HEAVY},
            Fraction(5, 2),
        ),
        (UNKEPT, {"ledger": False}, 1),
    ],
)
def test_what_was_counted(rule: Rule, values: dict[str, Any], count: Any) -> None:  # noqa: ANN401
    """Steps, lacking ones and cases as they are counted; what happens once is one."""
    op, _, prepared = evaluated(rule, values)
    assert Fraction(*count_of(op, prepared)) == count


@pytest.mark.parametrize(
    ("rule", "values", "points"),
    [
        (RELATIVE, {"rate": 83}, None),
        (UNKEPT, {"ledger": False}, None),
        (attrs.evolve(FEW, times=Times(2, NO_LEDGER)), {"visits": 1, "ledger": False}, None),
        (BY_BAND, {"rate": 85}, None),
        (BY_LINE, {"rate": 77}, Fraction(17, 3)),
        (Judgement("整洁", "lose"), {"整洁": "1.125"}, Fraction(9, 8)),
        (
            Deduction(StepsBelow(RATE, target=90, step=3, counting="proportional"), points="0.5"),
            {"rate": 83},
            Fraction(7, 6),
        ),
        (Deduction(Cases(COMPLAINTS), points=THIRD), {"complaints": 2}, Fraction(20, 3)),
        (Deduction(Once(NO_LEDGER), points=THIRD), {"ledger": False}, Fraction(10, 3)),
        (
            Deduction(Once(NO_LEDGER), points=1, times=Times(Fraction(1, 3), NO_LEDGER)),
            {"ledger": False},
            Fraction(1, 3),
        ),
        (
            Bands(QUALITY, "lose", (LevelBand("差", THIRD),)),
            {"quality": "差"},
            Fraction(10, 3),
        ),
    ],
)
def test_the_exact_points_before_rounding(
    rule: Rule, values: dict[str, Any], points: Fraction | None
) -> None:
    """Semantics 8: only what may not come out even has been rounded, and this is what it was."""
    assert exact(rule, values) == points


def test_cases_are_traced_from_all_that_were_found_to_those_that_count() -> None:
    """Asked for by attribute, charged elsewhere, free, and what each of the rest weighs."""
    tally = Cases(COMPLAINTS, by=WEIGHTS, where={"科室": "内"}, free=1)
    cases = [
        Case(str(n), None, {"程度": degree, "科室": ward})
        for n, (degree, ward) in enumerate(("重内", "轻内", "重外", "轻内", "重内", "中内"))
    ]
    assert weighed_cases(WeightedSlot(COMPLAINTS, tally), cases, {1}) == Weighed(
        found=6,
        matching=5,
        charged=1,
        free=1,
        weights=(("重", 1, 2), ("轻", 1, Fraction(1, 2)), (None, 1, 1)),
    )
