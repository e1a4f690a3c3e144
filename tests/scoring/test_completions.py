"""Between what total and grade lie, after vetoes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.excusal import Rescaled
from healthduty.model.funding import FundingPolicy, Tier
from healthduty.model.grades import Grade, GradeScale
from healthduty.model.veto import CapGrade, ForceGrade, Veto, ZeroSection, ZeroTotal
from healthduty.records.record import NOT_APPLICABLE
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Bonus, Curve, Knot
from healthduty.rules.tally import Cases
from healthduty.scoring.completions import Bounds
from healthduty.scoring.score import bounds
from scoring.making import (
    ACCIDENT,
    DEATHS,
    EACH,
    FEW,
    LEDGER,
    PRAISE,
    RATE,
    SHORT,
    UNKEPT,
    item,
    make,
    section,
    total,
)


def test_grades_at_both_ends() -> None:
    """Semantics 7, 9: between 差 and 优 while the ledger is not known."""
    agreement = make(UNKEPT, grades=GradeScale.of(优=9, 差=None))
    assert bounds(agreement, {}) == Bounds(Decimal(8), Decimal(10), "差", "优")


def test_a_veto_that_nobody_can_tell_yet() -> None:
    """Semantics 7: at worst there was an accident and nobody exempts it; at best the reverse."""
    veto = Veto("v", when=Flag(ACCIDENT), effects=ZeroTotal(), exempt=Flag(LEDGER))
    agreement = make(SHORT, vetoes=(veto,), grades=GradeScale.of(优=9, 差=None))
    assert bounds(agreement, {"rate": 90}) == Bounds(Decimal(0), Decimal(10), "差", "优")
    assert bounds(agreement, {"rate": 90, "ledger": True}).low == 10
    capped = attrs.evolve(agreement, vetoes=(attrs.evolve(veto, effects=CapGrade("差")),))
    assert bounds(capped, {"rate": 90}) == Bounds(Decimal(10), Decimal(10), "差", "优")


RISING = Curve(RATE, "earn", (Knot(0, 0), Knot(100, "0.49")))
"""From nothing to 0.49 points."""

ZEROED = {"vetoes": (Veto("v", when=Flag(ACCIDENT), effects=ZeroSection("1")),)}


def of_two_sections(**options: Any) -> Agreement:  # noqa: ANN401
    """Return an agreement whose section 1 (0.49 points) a veto zeroes; section 2 has 1 point."""
    return make(
        section(item(RISING, number="1.1", points="0.49"), number="1"),
        section(item(UNKEPT, number="2.1", points=1), number="2"),
        **ZEROED,
        **options,
    )


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"cap": "1.2"},
        {"bonus_cap": 0},
        {"total_places": 0},
        {"floor": "0.5", "rules": EACH},
        {"rules": Curve(DEATHS, "earn", (Knot(0, 1), Knot(10, 1)))},
        {"rules": Bonus(Cases(PRAISE), points=1, where="inside")},
        {"excused": Rescaled()},
    ],
    ids=lambda options: "".join(options) or "nothing",
)
def test_a_zeroed_section_may_cost_more_the_more_it_earned(options: dict[str, Any]) -> None:
    """Semantics 7: whatever stops the total short, every completion lies within the bounds."""
    agreement = of_two_sections(**options)
    known = {"ledger": True, "accident": True, "deaths": 3, "praise": 2, "complaints": 9}
    found = bounds(agreement, known)
    totals = [total(agreement, rate=rate, **known) for rate in (0, 25, 50, 75, 100)]
    assert found.low is not None
    assert found.high is not None
    assert all(found.low <= each <= found.high for each in totals if each is not None)
    assert None not in totals


def test_where_nothing_stops_the_total_the_bounds_are_reached() -> None:
    """Semantics 7: the zeroed section's points come and go, and one point stays."""
    known = {"ledger": True, "accident": True}
    assert bounds(of_two_sections(), known) == Bounds(Decimal(1), Decimal(1), None, None)


def test_a_grade_that_asks_for_a_missing_fact() -> None:
    """Semantics 9: at best the ledger is kept and the grade is 优, at worst it is not."""
    scale = GradeScale((Grade("优", 9, when=Flag(LEDGER)), Grade("良")))
    found = bounds(make(SHORT, grades=scale), {"rate": 90})
    assert found == Bounds(Decimal(10), Decimal(10), "良", "优")


def test_a_total_that_does_not_exist_has_no_bounds() -> None:
    """Neither deductions without points nor excused items have any."""
    nothing = Bounds(None, None, None, None)
    assert bounds(make(item(FEW, points=None)), {}) == nothing
    assert bounds(make(item(UNKEPT, excused=Rescaled())), {"ledger": NOT_APPLICABLE}) == nothing


def test_money_does_not_hinder_bounds() -> None:
    """Pools and their overrides are looked at in both directions, and paid in neither."""
    policy = FundingPolicy("aid", per_head=1, tiers=(Tier(9, 1),))
    agreement = make(UNKEPT, funding=(policy,), rules=Bonus(Cases(PRAISE), points=1))
    assert bounds(agreement, {}) == Bounds(Decimal(8), Decimal(10), None, None)


@pytest.mark.parametrize(
    ("agreement", "values"),
    [
        (make(item(SHORT), excused=Rescaled()), {"rate": NOT_APPLICABLE}),
        (make(item(FEW, points=None)), {"visits": 1}),
    ],
)
def test_a_grade_is_forced_without_a_total(agreement: Agreement, values: dict[str, Any]) -> None:
    """All excused, or a list of deductions: the accident forces the grade all the same."""
    veto = Veto("v", when=Flag(ACCIDENT), effects=ForceGrade("差"))
    graded = attrs.evolve(agreement, vetoes=(veto,), grades=GradeScale.of(优=9, 差=None))
    assert bounds(graded, {**values, "accident": True}) == Bounds(None, None, "差", "差")
    assert bounds(graded, {**values, "accident": False}) == Bounds(None, None, None, None)
    assert bounds(graded, values) == Bounds(None, None, "差", None)
