"""Steps that end on a boundary are counted exactly, however the numbers are written.

Binary floating point gets these wrong: (0.98 − 0.93) / 0.05 prints 0.9999999999999987 there.
The expected counts below come from plain integer arithmetic in tenths and hundredths.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.record import Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score

FORMS: dict[str, Callable[[str], float | str | Decimal]] = {
    "float": float,
    "str": str,
    "Decimal": Decimal,
}
RATE = Measure("rate", unit="%")


def steps_lost(target: object, step: object, value: object, counting: str) -> Fraction:
    """Return how many points go at one point a step."""
    tally = StepsBelow(RATE, target=target, step=step, counting=counting)  # type: ignore[arg-type]
    item = Indicator("1", points=1000, rules=Deduction(tally, points=1))
    agreement = Agreement("步长", measures=(RATE,), parts=(item,))
    sheet = score(agreement, Record("a", {"rate": value}))  # type: ignore[dict-item]
    assert sheet.total is not None
    return 1000 - Fraction(sheet.total)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("target", "value", "step", "complete", "started"),
    [
        pytest.param("90", "85", "5", 1, 1, id="(90-85)/5"),
        pytest.param("0.98", "0.93", "0.05", 1, 1, id="(0.98-0.93)/0.05"),
        pytest.param("92.3", "92.0", "0.3", 1, 1, id="(92.3-92.0)/0.3"),
        pytest.param("0.3", "0", "0.1", 3, 3, id="(0.3-0)/0.1"),
        pytest.param("1.1", "0.8", "0.1", 3, 3, id="(1.1-0.8)/0.1"),
        pytest.param("92.3", "92.01", "0.3", 0, 1, id="a hair less than a step"),
        pytest.param("92.3", "91.99", "0.3", 1, 2, id="a hair more than a step"),
        pytest.param("90", "90", "5", 0, 0, id="on the target"),
        pytest.param("90", "90.1", "5", 0, 0, id="better than the target"),
    ],
)
def test_steps_that_floats_get_wrong(
    form: str, target: str, value: str, step: str, complete: int, started: int
) -> None:
    """(90 − 85) / 5 is one step, never 0.999…, as float, text and Decimal alike."""
    write = FORMS[form]
    assert steps_lost(write(target), write(step), write(value), "complete") == complete
    assert steps_lost(write(target), write(step), write(value), "started") == started


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("step", ["0.1", "0.2", "0.3", "0.5", "1", "5"])
def test_every_tenth_between_0_and_95(form: str, step: str) -> None:
    """Every tenth from 0 to 95 against 95 loses what integers in tenths say."""
    write = FORMS[form]
    tenths = int(Decimal(step) * 10)
    items = [
        Indicator(
            counting,
            points=1000,
            rules=Deduction(
                StepsBelow(RATE, target=write("95"), step=write(step), counting=counting),
                points=1,
            ),
        )
        for counting in ("complete", "started", "proportional")
    ]
    agreement = Agreement("步长", measures=(RATE,), parts=items)
    for value in range(951):
        record = Record("a", {"rate": write(f"{value // 10}.{value % 10}")})
        lost = [1000 - Fraction(str(item.earned)) for item in score(agreement, record).items]
        complete, started, share = lost
        gap = 950 - value
        assert complete == gap // tenths, value
        assert started == -(-gap // tenths), value
        # To 0.01, half up, in integers: hundredths of a step, with the half added before.
        assert share * 100 == (2 * gap * 100 + tenths) // (2 * tenths), value
