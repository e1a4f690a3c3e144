"""Trace one amount again, for the sentence that explains it: the count, the exact points.

Nothing is computed in another way than in the run: the same functions are asked for what they
found on their way. Source: “How a point is lost”, section 7.
"""

from __future__ import annotations

from typing import assert_never

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
        top, bottom = count_of(op, prepared)
        top, bottom = top * op.per, bottom * modifiers.per_d
    return exact_amount(modifiers, top, bottom, holds)
