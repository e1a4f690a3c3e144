"""Lanes: what is proven wide enough is wide enough, and what is not becomes wider, never wrong."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from healthduty.columns.arrays import Block, Lanes
from healthduty.columns.engine_numpy import Integers, prove, run
from healthduty.columns.spans import NARROW, PYTHON, WIDE, Proof, Span, lane_of
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Rule
from healthduty.rules.tally import Cases, StepsBelow
from healthduty.scoring.plan import plan

VISITS = Measure("visits", "巡查", unit="次")
BREACHES = Measure("breaches", "违规", unit="例", kind="cases")


def _agreement(*rules: Rule, points: int = 5) -> Agreement:
    item = Indicator("1", "示例", points=points, rules=rules)
    return Agreement("示例", measures=(VISITS, BREACHES), parts=(item,))


@pytest.mark.parametrize(
    ("peak", "lane"),
    [(0, NARROW), (2**31 - 1, NARROW), (2**31, WIDE), (2**63 - 1, WIDE), (2**63, PYTHON)],
)
def test_a_lane_begins_where_the_one_before_it_ends(peak: int, lane: int) -> None:
    """The last number of a lane is in it, the next is in the next."""
    assert lane_of(peak) == lane


@pytest.mark.parametrize("most", [10, 2**31 - 1, 2**31, 10**12, 2**62, 2**63 - 1])
def test_nothing_wraps_on_the_edge_of_a_lane(most: int) -> None:
    """A gap that is multiplied beyond its lane has been given the next one."""
    made = plan(_agreement(Deduction(Cases(BREACHES, free="0.3"), points="0.7", cap=2))).plan
    values = np.array([0, 1, 2, most], dtype=np.int64)
    results = run(made, {0: Integers(values, 1)}, 4)
    lost = [
        min(Fraction(2), max(Fraction(0), (v - Fraction("0.3")) // 1 * Fraction("0.7")))
        for v in values.tolist()
    ]
    assert [Fraction(e, 10**made.places) for e in results.earned.tolist()] == [5 - x for x in lost]


def test_a_wide_amount_leaves_the_settling_narrow() -> None:
    """An amount of Python's integers is cut to its item before it is settled."""
    made = plan(_agreement(Deduction(StepsBelow(VISITS, target=10**25, step=1), points=1))).plan
    slots = {0: Integers(np.array([0, 10], dtype=np.int64), 1)}
    lanes = prove(made, slots)
    assert lanes.lanes["amount", 0] == PYTHON
    assert lanes.lanes["settle", 0] == NARROW
    assert run(made, slots, 2, lanes=lanes).earned.tolist() == [0, 0]


def test_the_proof_follows_the_column_and_not_its_dtype() -> None:
    """Small numbers in a 64-bit array have a narrow lane."""
    made = plan(_agreement(Deduction(StepsBelow(VISITS, target=4, step=1), points=1))).plan
    lanes = prove(made, {0: Integers(np.array([0, 4], dtype=np.int64), 1)})
    assert set(lanes.lanes.values()) == {NARROW}


def test_users_columns_are_never_written_to() -> None:
    """Results take the place of temporaries, never of a column."""
    made = plan(_agreement(Deduction(Cases(BREACHES), points=1), points=50)).plan
    values = np.arange(40, dtype=np.int32)
    before = values.copy()
    run(made, {0: Integers(values, 1)}, 40)
    assert (values == before).all()


def _operations() -> list[tuple[str, int, int]]:
    numbers = (-7, -1, 0, 1, 5, 2**31, 10**19)
    binary = [("add", a, b) for a in numbers for b in numbers]
    binary += [(name, a, b) for name in ("sub", "mul", "least", "most") for _, a, b in binary[:49]]
    return binary + [("floor", a, b) for a in numbers for b in (1, 2, 7)]


@pytest.mark.parametrize(("name", "a", "b"), _operations())
def test_a_span_contains_what_the_arrays_compute(name: str, a: int, b: int) -> None:
    """The proof and the block mean the same by an operation."""
    proof = Proof({}, {})
    proof.open(("amount", 0))
    low, high = getattr(proof, name)(Span(a - 1, a + 1), Span(b, b + 1))
    proof.close()
    block = Block({}, Lanes({}, {}), {}, {})
    for x in (a - 1, a, a + 1):
        for y in (b, b + 1):
            arrays = np.array([x], dtype=object), np.array([y], dtype=object)
            (made,) = getattr(block, name)(*arrays).tolist()
            assert low <= made <= high
            assert getattr(block, name)(x, y) == made
            assert getattr(block, name)(arrays[0], y).tolist() == [made]
