"""Written evidence: which values are asked for it, and what missing values may still lack."""

from __future__ import annotations

from decimal import Decimal

import pytest

from healthduty.model.agreement import Agreement
from healthduty.records.record import NOT_APPLICABLE, Statement
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, CaseBand, Deduction, Rule
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.scoring.score import bounds, score
from scoring.making import SHORT, item, make

RATE = Measure("rate", "满意率", unit="%")


def test_a_missing_value_may_come_without_evidence() -> None:
    """Semantics 7: bounds contain every completion, one without written evidence too."""
    rule = Deduction(StepsBelow("rate", target=90, step=5), points=1, cap=2)
    agreement = make(item(rule, evidence_required=True), measures=(RATE,))
    bounds = score(agreement, {}).bounds
    assert score(agreement, {"rate": Statement(95, unevidenced=True)}).total == Decimal(0)
    assert (bounds.low, bounds.high) == (Decimal(0), Decimal(10))


# --------------------------------------------------- what does not count asks for no evidence

OPEN = Flag("beds")
"""The unit has beds."""
POOL = (RATE, Measure("visits", "巡查", unit="次"), Measure("beds", "床位", kind="flag"))
FEW_IF_BEDS = Deduction(Lacking("visits", required=4), points=1, when=OPEN)
"""Each visit that lacks of 4, where there are beds."""


def of(*rules: Rule) -> Agreement:
    """Return an agreement of one item that asks for evidence."""
    return make(item(*rules, evidence_required=True), measures=POOL)


@pytest.mark.parametrize(
    ("beds", "visits", "expected"),
    [
        (False, 4, 10),
        (False, Statement(4, unevidenced=True), 10),
        (True, Statement(4, unevidenced=True), 0),
        (Statement(value=True, unevidenced=True), 4, 0),
        (Statement(value=False, unevidenced=True), 4, 0),
        (NOT_APPLICABLE, Statement(4, unevidenced=True), 10),
        (Statement(NOT_APPLICABLE, unevidenced=True), 4, 10),
    ],
)
def test_a_rule_that_does_not_count_asks_for_no_evidence(
    beds: object, visits: object, expected: int
) -> None:
    """Without beds no visit is asked for, nor its evidence; that there are none needs proof."""
    agreement = of(FEW_IF_BEDS, SHORT)
    assert score(agreement, {"rate": 95, "beds": beds, "visits": visits}).total == expected


def test_what_need_not_be_known_can_not_lack_evidence() -> None:
    """Without beds the visits may stay blank: the total stands, and is its own bounds."""
    agreement, values = of(FEW_IF_BEDS, SHORT), {"rate": 95, "beds": False}
    known = bounds(agreement, values)
    assert (score(agreement, values).total, known.low, known.high) == (10, 10, 10)


def test_a_blank_beside_what_lacks_evidence_changes_nothing() -> None:
    """That there are no beds was said without proof: forfeited, the visits known or not."""
    values = {"rate": 95, "beds": Statement(value=False, unevidenced=True)}
    agreement = of(FEW_IF_BEDS, SHORT)
    known = bounds(agreement, values)
    assert (score(agreement, values).total, known.low, known.high) == (0, 0, 0)


def test_a_silent_rule_keeps_no_evidence_open() -> None:
    """Bands on something not applicable are silent: what else they read may stay missing."""
    rule = Bands("rate", "lose", (Band(1, low=90), CaseBand(Flag("beds"), 2)))
    agreement = of(rule, Deduction(Lacking("visits", required=4), points=1))
    values = {"rate": NOT_APPLICABLE, "visits": 4}
    known = bounds(agreement, values)
    assert (score(agreement, values).total, known.low, known.high) == (10, 10, 10)
