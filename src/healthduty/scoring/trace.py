"""Trace one amount again, for the sentence that explains it: the count, the exact points.

Nothing is computed in another way than in the run: the same functions are asked for what they
found on their way. Source: “How a point is lost”, section 7.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.records.record import Case
from healthduty.scoring.cases import counted, weight_of
from healthduty.scoring.ops import (
    COMPLETE,
    STARTED,
    BandsOp,
    CasesOp,
    CurveOp,
    JudgeOp,
    LackingOp,
    OnceOp,
    Plan,
    StepsOp,
    WeightedSlot,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.run import (
    PLAIN,
    cases_count,
    exact_amount,
    lacking_count,
    other_points,
    steps_count,
)

CountingOp = StepsOp | LackingOp | CasesOp | OnceOp
"""What counts before it multiplies, and may do so with modifiers."""


def count_of(op: CountingOp, prepared: Prepared) -> tuple[int, int]:
    """Return what an operation counted, as a pair: whole steps where it counts whole ones."""
    num, den = prepared.num, prepared.den
    match op:
        case CasesOp():
            top, bottom = cases_count(op, num, den)
            if op.weighted:
                return top, bottom
        case StepsOp():
            top, bottom = steps_count(op, num, den)
        case LackingOp():
            top, bottom = lacking_count(op, num, den)
        case OnceOp():
            return 1, 1
        case _:
            assert_never(op)
    counting = (op.modifiers or PLAIN).counting
    if counting == COMPLETE:
        return top // bottom, 1
    if counting == STARTED:
        return -(-top // bottom), 1
    return top, bottom


class Weighed(NamedTuple):
    """How the cases behind a tally were weighed: how many, and which of them count.

    `matching` have the attributes that the tally asks for; of these, `charged` count under a
    dearer rule and `free` are free; `weights` are value of the attribute (None for those that
    are not named), how many, and what each weighs.
    """

    found: int
    matching: int
    charged: int
    free: int
    weights: tuple[tuple[str | None, int, Fraction], ...]


def weighed_cases(slot: WeightedSlot, cases: Sequence[Case], charged: Collection[int]) -> Weighed:
    """Return how a tally's cases were weighed; `charged` are places that count elsewhere."""
    matching = counted(slot, cases)
    left = [cases[place] for place in matching if place not in charged]
    free = min(len(left), slot.tally.free.numerator // slot.tally.free.denominator)
    groups: dict[str | None, list[Fraction]] = {}
    by = slot.tally.by
    if by is not None:
        groups = {value: [] for value, _ in by.weights}
        for case in left[free:]:
            value = case.attribute(by.attribute)
            weight = weight_of(slot, case)
            assert weight is not None  # noqa: S101 - a case without a weight has no amount
            groups.setdefault(value if value in groups else None, []).append(weight)
    weights = tuple((value, len(each), each[0]) for value, each in groups.items() if each)
    return Weighed(len(cases), len(matching), len(matching) - len(left), free, weights)


def plain_points(op: CountingOp, prepared: Prepared) -> tuple[int, int]:
    """Return count × points before any factor, in points scale, as an exact pair."""
    top, bottom = count_of(op, prepared)
    return top * op.per, bottom * (op.modifiers or PLAIN).per_d


def exact_points(
    op: CountingOp | BandsOp | CurveOp | JudgeOp,
    plan: Plan,
    prepared: Prepared,
    holds: list[bool],
) -> tuple[int, int] | None:
    """Return an amount that holds before it was rounded, in points scale, as a pair.

    None where the amount is never rounded.
    """
    modifiers = op.modifiers
    if modifiers is None or not modifiers.granule:
        return None
    if isinstance(op, (BandsOp, CurveOp, JudgeOp)):
        top, bottom = other_points(op, plan, prepared.num, prepared.den, holds)
    else:
        top, bottom = plain_points(op, prepared)
    return exact_amount(modifiers, top, bottom, holds)
