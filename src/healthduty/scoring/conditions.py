"""Conditions and thresholds of a plan, tested on a record's integers.

Source: “How a point is lost”, section 1; semantics 3 (comparators).

>>> compare(0, 5, 5), compare(1, 5, 5)
(True, False)
"""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from healthduty.scoring.ops import (
    AmongOp,
    CompareOp,
    HappenedOp,
    LogicOp,
    Operand,
    Plan,
)

Integers = list[int]


def resolve(operand: Operand, num: Integers, den: Integers) -> tuple[int, int]:
    """Return a threshold as a pair."""
    if operand.slot < 0:
        return operand.n, operand.q
    top, bottom = num[operand.slot] * operand.kn, den[operand.slot] * operand.kd
    if operand.n:
        return top * operand.q + operand.n * bottom, bottom * operand.q
    return top, bottom


def condition(
    op: CompareOp | AmongOp | HappenedOp | LogicOp,
    num: Integers,
    den: Integers,
    holds: list[bool],
) -> bool:
    """Return whether one condition holds."""
    match op:
        case CompareOp():
            n, q = resolve(op.operand, num, den)
            return compare(op.comparator, num[op.slot] * q, n * den[op.slot])
        case HappenedOp():
            return (num[op.slot] > 0) == op.expected
        case AmongOp():
            return num[op.slot] in op.places
        case LogicOp():
            truths = [holds[place] for place in op.inputs]
            return (all(truths) if op.every else any(truths)) != op.negate
        case _:
            assert_never(op)


def compare(comparator: int, left: int, right: int) -> bool:
    """Return whether `left` stands in the relation to `right`; codes as in ops."""
    if comparator == 0:
        return left >= right
    if comparator == 1:
        return left > right
    if comparator == 2:  # noqa: PLR2004 - AT_MOST
        return left <= right
    if comparator == 3:  # noqa: PLR2004 - LESS
        return left < right
    return left == right


def test_conditions(
    plan: Plan, num: Integers, den: Integers, unheld: Collection[int]
) -> list[bool]:
    """Test all conditions, in order of need; those `unheld` do not hold, whatever they read."""
    holds: list[bool] = []
    for place, op in enumerate(plan.conditions):
        holds.append(place not in unheld and condition(op, num, den, holds))
    return holds
