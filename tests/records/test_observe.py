"""What a measure makes of a value: numbers in every way to write them, and what is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from healthduty.exact import Ratio
from healthduty.findings import Finding
from healthduty.records.observe import Pair, State, observe
from healthduty.rules.measure import Measure

LEDGER = Measure("ledger", "台账", kind="flag")
HYGIENE = Measure("hygiene", "卫生", levels=("优", "良", "差"))
STARS = Measure("stars", "星级", levels=("3", "2", "1.0"))
VISITS = Measure("visits", "随访", unit="次")
AREA = Measure("area", "面积", unit="㎡", kind="amount")
TENS = Measure("tens", "十数", unit="0")
RATE = Measure("rate", "满意率", unit="%")


def seen(measure: Measure, value: object) -> tuple[Pair | State, list[str]]:
    """Return what is observed, and what is found, each without its place."""
    findings: list[Finding] = []
    outcome = observe(measure, value, findings)
    return outcome, [
        f"{each.code}: {each.message}" + (f" ({each.hint})" if each.hint else "")
        for each in findings
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((one, 1) for one in (True, 1, "1", "１", "01", "1.0", 1.0, Decimal("1.00"), Fraction(1))),
        *((none, 0) for none in (False, 0, "0", "0.0", 0.0, np.float64(0), Decimal("-0"))),
        *((word, 1) for word in ("是", " 有 ", "√", "Y", "TRUE", "已")),
        *((word, 0) for word in ("否", "无", "×", "No", "未")),
    ],
)
def test_yes_and_no(value: object, expected: int) -> None:
    """By a word, or by any number that equals one or zero."""
    assert seen(LEDGER, value) == ((expected, 1), [])


@pytest.mark.parametrize("value", ["也许", 2, "2", -1, 0.5, Ratio(1, 1)])
def test_neither_yes_nor_no(value: object) -> None:
    """Nothing is guessed."""
    message = f"flag-unreadable: 台账: `{value}` is neither yes nor no (write 是 or 否)"
    assert seen(LEDGER, value) == (State.FAULT, [message])


@pytest.mark.parametrize(
    ("measure", "value", "place"),
    [
        (HYGIENE, "优", 0),
        (HYGIENE, " 差 ", 2),
        *((STARS, three, 0) for three in (3, "3", "3.0", "03", 3.0, Decimal(3), "３")),
        *((STARS, one, 2) for one in (1, "1", "1.0", Fraction(1))),
    ],
)
def test_levels(measure: Measure, value: object, place: int) -> None:
    """By name; levels that are called 1, 2, 3 by any way to write such a number."""
    assert seen(measure, value) == ((place, 1), [])


@pytest.mark.parametrize(
    ("measure", "value"),
    [(HYGIENE, "中"), (HYGIENE, 1), (HYGIENE, True), (STARS, 4), (STARS, "③"), (STARS, True)],
)
def test_no_level(measure: Measure, value: object) -> None:
    """A level is one of those that the measure names; its place is not its name."""
    levels = "、".join(measure.levels)
    message = f"level-unknown: {measure.name}: `{value}` is none of its levels (levels: {levels})"
    assert seen(measure, value) == (State.FAULT, [message])


@pytest.mark.parametrize(
    ("measure", "value", "pair"),
    [
        (VISITS, "3次", (3, 1)),
        (VISITS, " ３ 次 ", (3, 1)),
        (VISITS, "1,200次", (1200, 1)),
        (AREA, "85.5㎡", (171, 2)),
        (AREA, "85.5m2", (171, 2)),
        (TENS, "20", (20, 1)),
        (TENS, 20, (20, 1)),
    ],
)
def test_a_count_may_carry_its_unit(measure: Measure, value: object, pair: Pair) -> None:
    """Once, in full or half width; a digit of the number is never taken for the unit."""
    assert seen(measure, value) == (pair, [])


@pytest.mark.parametrize(
    ("measure", "value", "shown"),
    [
        (VISITS, "三次", "三"),
        (VISITS, "3次次", "3次"),
        (VISITS, "3人", "3人"),
        (VISITS, "85①次", "85①"),
        (VISITS, "85²", "85²"),
        (AREA, "㎡", ""),
        (RATE, "85②", "85②"),
        (RATE, "85②%", "85②"),
    ],
)
def test_what_is_no_number(measure: Measure, value: str, shown: str) -> None:
    """Told less its unit; the mark of a footnote is no digit of it."""
    message = f"value-unreadable: {measure.name} is `{shown}`: not a number"
    assert seen(measure, value) == (State.FAULT, [message])


def test_the_mark_of_a_footnote_in_a_printed_rate() -> None:
    """Beside a pair, which counts all the same."""
    assert seen(RATE, Ratio(17, 20, printed="85²%")) == (
        (1700, 20),
        ["value-unreadable: 满意率 is `85²`: not a number"],
    )


def test_a_float_of_numpy_that_looks_computed() -> None:
    """It counts, with a warning that shows the number and not how numpy prints it."""
    outcome, found = seen(RATE, np.float64(100 / 3))
    assert isinstance(outcome, tuple)
    assert Fraction(*outcome) == Fraction("33.333333333333336")
    assert found == [
        "value-computed: 满意率: `33.333333333333336` looks computed: give both counts"
    ]


@pytest.mark.parametrize("measure", [LEDGER, HYGIENE])
@pytest.mark.parametrize("value", [10**5_000, "很" * 5_000], ids=["int", "text"])
def test_what_is_too_long_is_shown_by_its_beginning(measure: Measure, value: object) -> None:
    """An int that Python itself refuses to print is a finding like any other."""
    outcome, (message,) = seen(measure, value)
    assert outcome is State.FAULT
    assert "…` is n" in message
    assert len(message) < 120
