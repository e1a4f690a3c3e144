"""Trace one amount again, for the sentence that explains it: the count, the exact points.

Nothing is computed in another way than in the run: the same functions are asked for what they
found on their way. Source: “How a point is lost”, section 7.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from healthduty.scoring.ops import (
    COMPLETE,
    STARTED,
    AmountOp,
    BandsOp,
    CasesOp,
    CurveOp,
    GroupOp,
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


def count_of(op: AmountOp, prepared: Prepared) -> Fraction:
    """Return what an operation counted: whole steps where it counts whole ones."""
    num, den = prepared.num, prepared.den
    match op:
        case StepsOp():
            top, bottom = steps_count(op, num, den)
        case LackingOp():
            top, bottom = lacking_count(op, num, den)
        case CasesOp():
            top, bottom = cases_count(op, num, den)
            if op.weighted:
                return Fraction(top, bottom)
        case OnceOp() | BandsOp() | CurveOp() | JudgeOp() | GroupOp():
            return Fraction(1)
        case _:
            assert_never(op)
    counting = (op.modifiers or PLAIN).counting
    if counting == COMPLETE:
        return Fraction(top // bottom)
    if counting == STARTED:
        return Fraction(-(-top // bottom))
    return Fraction(top, bottom)


def exact_points(
    op: AmountOp, plan: Plan, prepared: Prepared, holds: list[bool]
) -> Fraction | None:
    """Return an amount before it was rounded, in points scale; None where it is never rounded."""
    modifiers = None if isinstance(op, GroupOp) else op.modifiers
    if isinstance(op, GroupOp) or modifiers is None or not modifiers.granule:
        return None
    if modifiers.when >= 0 and not holds[modifiers.when]:
        return Fraction(0)
    match op:
        case StepsOp() | LackingOp() | CasesOp() | OnceOp():
            if isinstance(op, OnceOp) and not holds[op.condition]:
                return Fraction(0)
            points = count_of(op, prepared) * Fraction(op.per, modifiers.per_d)
            top, bottom = points.numerator, points.denominator
        case BandsOp() | CurveOp() | JudgeOp():
            top, bottom = other_points(op, plan, prepared.num, prepared.den, holds)
        case _:
            assert_never(op)
    return Fraction(*exact_amount(modifiers, top, bottom, holds))
