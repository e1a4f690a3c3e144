"""Run a plan over one record's integers: the reference engine.

First the conditions, then the amounts, kind by kind; then the nodes are settled, children
first. Only integers are touched. Operations that read an absent slot are left out: silent where
it is not applicable, unknown where it is missing.

Source: “How a point is lost”, sections 2 to 6.

>>> finish(Modifiers(counting=STARTED), 7, 5, 50, [])
100
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, assert_never

from healthduty.exact import divide
from healthduty.scoring.conditions import Integers, resolve, test_conditions
from healthduty.scoring.loops import without
from healthduty.scoring.ops import (
    COMPLETE,
    HALF_UP,
    STARTED,
    BandsOp,
    CasesOp,
    CurveOp,
    GroupOp,
    JudgeOp,
    LackingOp,
    Modifiers,
    OnceOp,
    Plan,
    StepsOp,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.rows import BandsRow, CountRow, ShareRow

PLAIN = Modifiers()
"""No modifiers: complete steps, times the points."""


class Computed(NamedTuple):
    """What the operations made: amounts before caps, and the conditions' truths."""

    amounts: list[int]
    holds: list[bool]


class TargetError(ArithmeticError):
    """A share of a target that is nothing: the record's or the agreement's fault."""

    def __init__(self, out: int) -> None:
        """Keep which amount it was."""
        self.out = out
        super().__init__(f"amount {out} is a share of a target of 0")


# --- amounts -----------------------------------------------------------------------------------


def finish(modifiers: Modifiers, count_n: int, count_d: int, per: int, holds: list[bool]) -> int:
    """Return count × points under modifiers: condition, counting, factors, rounding."""
    counting = modifiers.counting
    if counting == COMPLETE:
        count_n, count_d = count_n // count_d, 1
    elif counting == STARTED:
        count_n, count_d = -(-count_n // count_d), 1
    return scale_amount(modifiers, count_n * per, count_d * modifiers.per_d, holds)


def exact_amount(modifiers: Modifiers, top: int, bottom: int, holds: list[bool]) -> tuple[int, int]:
    """Return an amount with its factors, before it is rounded, as a pair."""
    for place, n, d in modifiers.times:
        if holds[place]:
            top, bottom = top * n, bottom * d
    return top, bottom


def scale_amount(modifiers: Modifiers, top: int, bottom: int, holds: list[bool]) -> int:
    """Apply condition and factors, and round where the amount may not come out even."""
    when, times, _, _, granule, mode = modifiers
    if when >= 0 and not holds[when]:
        return 0
    if times:
        top, bottom = exact_amount(modifiers, top, bottom, holds)
    if not granule:
        return top // bottom
    if mode == HALF_UP:  # by far the commonest: amounts are never negative, so this is `divide`
        bottom *= granule
        return granule * ((2 * top + bottom) // (2 * bottom))
    return granule * divide(top, bottom * granule, mode)


def steps_count(op: StepsOp, num: Integers, den: Integers) -> tuple[int, int]:
    """Return how many steps a value is off, as an exact pair; (0, 1) where it is not."""
    out, slot, sign, target_n, target_q, step_n, step_q, _, _, dynamic, relative = op
    if dynamic is not None:
        target_n, target_q = resolve(dynamic, num, den)
    bottom = den[slot]
    gap = sign * (target_n * bottom - num[slot] * target_q)
    if relative and target_n <= 0:
        raise TargetError(out)
    if gap <= 0:
        return 0, 1
    return gap * step_q, bottom * (target_n if relative else target_q) * step_n


def lacking_required(op: LackingOp, num: Integers, den: Integers) -> int:
    """Return the required number: prorated and rounded down."""
    if op.dynamic is None:
        return op.required
    n, q = resolve(op.dynamic, num, den)
    if op.months >= 0:
        n, q = n * num[op.months], q * den[op.months]
    return n // q


def lacking_count(op: LackingOp, num: Integers, den: Integers) -> tuple[int, int]:
    """Return how many steps are lacking, as an exact pair; (0, 1) where none is."""
    bottom = den[op.slot]
    gap = lacking_required(op, num, den) * bottom - num[op.slot]
    return (gap * op.step_q, bottom * op.step_n) if gap > 0 else (0, 1)


def band_of(op: BandsOp, num: Integers, den: Integers, holds: list[bool]) -> int:
    """Return the place of the first band that holds, or −1."""
    value, bottom = num[op.slot], den[op.slot]
    for place, (_, _, low, high, low_in, high_in, when) in enumerate(op.cases):
        if when >= 0:
            if holds[when]:
                return place
            continue
        if low is not None:
            n, q = (low.n, low.q) if low.slot < 0 else resolve(low, num, den)
            over = value * q - n * bottom
            if over < 0 or (over == 0 and not low_in):
                continue
        if high is not None:
            n, q = (high.n, high.q) if high.slot < 0 else resolve(high, num, den)
            over = value * q - n * bottom
            if over > 0 or (over == 0 and not high_in):
                continue
        return place
    return -1


def band_points(op: BandsOp, place: int) -> tuple[int, int]:
    """Return the points of a band, or those of no band, as a pair."""
    if place < 0:
        return op.otherwise
    return op.cases[place].points_n, op.cases[place].points_d


def curve_points(op: CurveOp, num: Integers, den: Integers) -> tuple[int, int]:
    """Return the points on a curve as an exact pair; of knots at one value the last counts."""
    value, bottom = num[op.slot], den[op.slot]
    knots = [(*resolve(knot.at, num, den), knot.points_n, knot.points_d) for knot in op.knots]
    first, last = knots[0], knots[-1]
    if value * first[1] < first[0] * bottom:
        return op.below
    if value * last[1] > last[0] * bottom:
        return op.above
    # The last knot at or below the value: it stands at the left end of the value's line.
    place = max(index for index, knot in enumerate(knots) if value * knot[1] >= knot[0] * bottom)
    an, ad, ap, apd = knots[place]
    if value * ad == an * bottom or place == len(knots) - 1:
        return ap, apd
    bn, bd, bp, bpd = knots[place + 1]
    # ap + (value − a) ÷ (b − a) × (bp − ap), on integers.
    along_n, along_d = (value * ad - an * bottom) * bd, bottom * (bn * ad - an * bd)
    rise_n, rise_d = bp * apd - ap * bpd, apd * bpd
    return ap * along_d * rise_d + along_n * rise_n * apd, apd * along_d * rise_d


def other_points(
    op: BandsOp | CurveOp | JudgeOp,
    plan: Plan,
    num: Integers,
    den: Integers,
    holds: list[bool],
) -> tuple[int, int]:
    """Return the points of bands, curve or judgement in points scale, as an exact pair."""
    match op:
        case BandsOp():
            return band_points(op, band_of(op, num, den, holds))
        case CurveOp():
            return curve_points(op, num, den)
        case JudgeOp():
            return num[op.slot] * 10**plan.places, den[op.slot]
        case _:
            assert_never(op)


def compute(
    plan: Plan, prepared: Prepared, left_out: Collection[int] = (), unheld: Collection[int] = ()
) -> Computed:
    """Run conditions and amounts; `left_out` amounts stay 0, `unheld` conditions do not hold.

    Raises:
        TargetError: where an amount is a share of a target of 0.
    """
    loops = without(plan.loops, left_out) if left_out else plan.loops
    num, den = prepared.num, prepared.den
    holds = test_conditions(plan, num, den, unheld)
    amounts = [0] * len(plan.ops)
    run_counts(loops.counts, num, den, amounts)
    run_shares(loops.shares, num, den, amounts)
    run_bands(loops.bands, num, den, amounts)
    run_steps(loops.steps, num, den, holds, amounts)
    run_lacking(loops.lacking, num, den, holds, amounts)
    run_cases(loops.cases, num, den, holds, amounts)
    run_once(loops.once, holds, amounts)
    for other in loops.others:
        top, bottom = other_points(other, plan, num, den, holds)
        if top:
            amounts[other.out] = scale_amount(other.modifiers, top, bottom, holds)
    for group in loops.groups:
        amounts[group.out] = pick_amount(group, amounts, left_out)
    return Computed(amounts, holds)


# The short ways. What stands in these three loops is most of what a facility costs, so it is
# written out: a call would cost as much as the arithmetic.


def run_counts(rows: Iterable[CountRow], num: Integers, den: Integers, amounts: Integers) -> None:
    """Run complete steps from a fixed number."""
    for out, slot, target, weight, step_n, step_q, per in rows:
        bottom = den[slot]
        gap = target * bottom - weight * num[slot]
        if gap > 0:
            amounts[out] = gap * step_q // (bottom * step_n) * per


def run_shares(rows: Iterable[ShareRow], num: Integers, den: Integers, amounts: Integers) -> None:
    """Run shares of the points for a gap: `divide` half up, of what is never negative."""
    for out, slot, target, weight, n, d, granule in rows:
        bottom = den[slot]
        gap = target * bottom - weight * num[slot]
        if gap > 0:
            bottom *= d
            amounts[out] = (2 * gap * n + bottom) // (2 * bottom) * granule


def run_bands(rows: Iterable[BandsRow], num: Integers, den: Integers, amounts: Integers) -> None:
    """Run bands between fixed numbers: the first that the value is in, as in `band_of`."""
    for out, slot, bands, otherwise in rows:
        value, bottom = num[slot], den[slot]
        for low_n, low_q, low_by, high_n, high_q, high_by, points in bands:
            if (
                value * low_q - low_n * bottom >= low_by
                and high_n * bottom - value * high_q >= high_by
            ):
                amounts[out] = points
                break
        else:
            amounts[out] = otherwise


# The general ways.


def run_steps(
    ops: Iterable[StepsOp], num: Integers, den: Integers, holds: list[bool], amounts: Integers
) -> None:
    """Run all other steps, below and above."""
    for op in ops:
        count_n, count_d = steps_count(op, num, den)
        if count_n:
            amounts[op.out] = finish(op.modifiers or PLAIN, count_n, count_d, op.per, holds)


def run_lacking(
    ops: Iterable[LackingOp], num: Integers, den: Integers, holds: list[bool], amounts: Integers
) -> None:
    """Run all others that count what is lacking."""
    for op in ops:
        count_n, count_d = lacking_count(op, num, den)
        if count_n:
            amounts[op.out] = finish(op.modifiers or PLAIN, count_n, count_d, op.per, holds)


def run_cases(
    ops: Iterable[CasesOp], num: Integers, den: Integers, holds: list[bool], amounts: Integers
) -> None:
    """Run all others that count cases."""
    for op in ops:
        count_n, count_d = cases_count(op, num, den)
        if count_n:
            use = weighted_amount if op.weighted else finish
            amounts[op.out] = use(op.modifiers or PLAIN, count_n, count_d, op.per, holds)


def run_once(ops: Iterable[OnceOp], holds: list[bool], amounts: Integers) -> None:
    """Run all that count once."""
    for op in ops:
        if holds[op.condition]:
            modifiers = op.modifiers
            amounts[op.out] = (
                op.per if modifiers is None else finish(modifiers, 1, 1, op.per, holds)
            )


def cases_count(op: CasesOp, num: Integers, den: Integers) -> tuple[int, int]:
    """Return how many steps of cases count past the free ones, as an exact pair."""
    bottom = den[op.slot]
    count_n = num[op.slot] * op.free_q - op.free_n * bottom
    if count_n <= 0:
        return 0, 1
    return count_n * op.step_q, bottom * op.free_q * op.step_n


def weighted_amount(
    modifiers: Modifiers, count_n: int, count_d: int, per: int, holds: list[bool]
) -> int:
    """Return weights × points: weights are summed exactly, not counted in whole steps."""
    return scale_amount(modifiers, count_n * per, count_d * modifiers.per_d, holds)


def pick_amount(op: GroupOp, amounts: Integers, left_out: Collection[int] = ()) -> int:
    """Return what a group's members make: their sum, the largest, or the smallest.

    A member that is left out is not among those to pick from.
    """
    capped = [min(amounts[place], cap) for place, cap in op.members if place not in left_out]
    if not capped:
        return 0
    if op.pick == 0:
        return sum(capped)
    return max(capped) if op.pick > 0 else min(capped)
