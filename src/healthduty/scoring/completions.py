"""Between what a total lies, whatever the missing values are.

Source: semantics 7: bounds contain every completion.

>>> Bounds(None, None, None, None).low is None
True
"""

from __future__ import annotations

from decimal import Decimal

import attrs

from healthduty.model.excusal import Rescaled
from healthduty.records.record import Record
from healthduty.scoring.bounds import Side, bound_amounts
from healthduty.scoring.ops import NO_LIMIT, Plan
from healthduty.scoring.outcome import outcome
from healthduty.scoring.prepare import Prepared


@attrs.frozen
class Bounds:
    """Between what total and grade lie over all completions; None where there is no total.

    Every completion lies within. The bounds are reached where each missing value works in one
    direction; where one value helps here and hurts there, they may be wider than what can be.
    """

    low: Decimal | None
    high: Decimal | None
    low_grade: str | None
    high_grade: str | None


def bounds_of(plan: Plan, record: Record, prepared: Prepared) -> Bounds:
    """Return the bounds of a prepared record; without a total a grade may still be forced."""
    sides = bound_amounts(plan, record, prepared)
    totals = plan.totals and all(side.settled.earned is not None for side in sides)
    # Where something stops the total short, a zeroed section can cost more the more it earned:
    # then each side takes the section out as the other side has it, wider than need be at times.
    stopped = _is_stopped(plan)
    low, high = (
        outcome(
            plan,
            record,
            side.facts,
            *_nodes(other if stopped else side),
            side.settled.earned if totals else None,
        )
        for side, other in zip(sides, reversed(sides), strict=True)
    )
    return Bounds(low.total, high.total, low.grade, high.grade)


def _is_stopped(plan: Plan) -> bool:
    """Return whether a section may earn more without the total's rising as much."""
    root = plan.nodes[-1]
    capped = root.cap < NO_LIMIT or plan.bonus_cap < NO_LIMIT or root.floor > 0
    rounded = plan.total_granule or any(isinstance(ref.excusal, Rescaled) for ref in plan.refs)
    return bool(capped or rounded or root.earn or root.inside)


def _nodes(side: Side) -> tuple[list[int], list[int]]:
    return side.settled.inside, side.settled.beyond
