"""A value that is still missing may come without evidence, and the bounds know it."""

from __future__ import annotations

from decimal import Decimal

from healthduty.records.record import Statement
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score
from scoring.making import item, make

RATE = Measure("rate", "满意率", unit="%")


def test_a_missing_value_may_come_without_evidence() -> None:
    """Semantics 7: bounds contain every completion, one without written evidence too."""
    rule = Deduction(StepsBelow("rate", target=90, step=5), points=1, cap=2)
    agreement = make(item(rule, evidence_required=True), measures=(RATE,))
    bounds = score(agreement, {}).bounds
    assert score(agreement, {"rate": Statement(95, unevidenced=True)}).total == Decimal(0)
    assert (bounds.low, bounds.high) == (Decimal(0), Decimal(10))
