"""Operations and nodes sorted into the loops of an engine, the commonest as plain integers.

Most rules count complete steps from a fixed number or take a share of the points, and most items
lose or earn by one rule: a row has all that such a one needs, worked out once for a plan. Whatever
has more to it (a condition, a factor, a threshold from the record, another rounding) stays an
operation, or a node, and goes the general way. Both ways give the same points: the laws hold them
together.

Source: “How a point is lost”, sections 2, 3 and 5.

>>> count_row(PlainStepsOp(0, 0, target=90, weight=1, step_n=5, step_q=1, per=50))
(0, 0, 90, 1, 5, 1, 50)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from healthduty.scoring.ops import (
    HALF_UP,
    PROPORTIONAL,
    AmountOp,
    BandCase,
    BandsOp,
    CasesOp,
    CurveOp,
    GroupOp,
    JudgeOp,
    LackingOp,
    Loops,
    Modifiers,
    NodeOp,
    OnceOp,
    Operand,
    PlainStepsOp,
    Settling,
    StepsOp,
)
from healthduty.scoring.rows import BandRow, BandsRow, CountRow, EarnerRow, LoserRow, ShareRow

_Op = TypeVar("_Op", bound=tuple[object, ...])
_From = TypeVar("_From")
_Row = TypeVar("_Row")

# --- operations --------------------------------------------------------------------------------


def loops_of(ops: Sequence[AmountOp]) -> Loops:
    """Sort operations into loops: each into one."""
    counts = _rows(count_row, ops)
    shares = _rows(share_row, ops)
    bands = _rows(bands_row, ops)
    short = {row[0] for row in (*counts, *shares, *bands)}
    rest = [op for op in ops if op.out not in short]
    return Loops(
        counts,
        shares,
        bands,
        steps=tuple(op for op in rest if isinstance(op, StepsOp)),
        lacking=tuple(op for op in rest if isinstance(op, LackingOp)),
        cases=tuple(op for op in rest if isinstance(op, CasesOp)),
        once=tuple(op for op in rest if isinstance(op, OnceOp)),
        others=tuple(op for op in rest if isinstance(op, (BandsOp, CurveOp, JudgeOp))),
        groups=tuple(op for op in rest if isinstance(op, GroupOp)),
    )


def _rows(row_of: Callable[[_From], _Row | None], things: Iterable[_From]) -> tuple[_Row, ...]:
    """Return the rows of those things that have one."""
    return tuple(row for thing in things if (row := row_of(thing)) is not None)


def without(loops: Loops, left_out: Collection[int]) -> Loops:
    """Return loops less the operations that make certain amounts; groups stay."""

    def kept(ops: tuple[_Op, ...]) -> tuple[_Op, ...]:
        return tuple(op for op in ops if op[0] not in left_out)

    return Loops(
        kept(loops.counts),
        kept(loops.shares),
        kept(loops.bands),
        kept(loops.steps),
        kept(loops.lacking),
        kept(loops.cases),
        kept(loops.once),
        kept(loops.others),
        loops.groups,
    )


def count_row(op: AmountOp) -> CountRow | None:
    """Return the row of complete steps from a fixed number: steps, lacking, and cases alike."""
    match op:
        case PlainStepsOp():
            return op[:]
        case LackingOp(modifiers=None, dynamic=None):
            return op.out, op.slot, op.required, 1, op.step_n, op.step_q, op.per
        case CasesOp(modifiers=None, weighted=False):
            step_n = op.free_q * op.step_n
            return op.out, op.slot, -op.free_n, -op.free_q, step_n, op.step_q, op.per
        case _:
            return None


def share_row(op: AmountOp) -> ShareRow | None:
    """Return the row of proportional steps from a fixed number that are rounded half up."""
    if not isinstance(op, StepsOp) or op.modifiers is None or op.dynamic is not None:
        return None
    per_d, granule = op.modifiers.per_d, op.modifiers.granule
    if op.modifiers != Modifiers(-1, (), PROPORTIONAL, per_d, granule, HALF_UP):
        return None
    if op.relative and op.target_n <= 0:  # a share of nothing: the general way says so
        return None
    whole = op.target_n if op.relative else op.target_q
    share = Fraction(op.step_q * op.per, op.step_n * whole * per_d * granule)
    target, weight = op.sign * op.target_n, op.sign * op.target_q
    return op.out, op.slot, target, weight, *share.as_integer_ratio(), granule


def bands_row(op: AmountOp) -> BandsRow | None:
    """Return the row of bands that lie between fixed numbers and give whole points."""
    if not isinstance(op, BandsOp) or op.modifiers != Modifiers():
        return None
    bands = _rows(_band_row, op.cases)
    if len(bands) < len(op.cases):
        return None
    return op.out, op.slot, bands, op.otherwise[0]


_OPEN = Operand(0, 0)
"""The bound of a band that has none: 0 times any value is not outside it."""


def _band_row(case: BandCase) -> BandRow | None:
    if case.condition >= 0:
        return None
    low, high = case.low or _OPEN, case.high or _OPEN
    if low.slot >= 0 or high.slot >= 0:
        return None
    low_by = int(not case.low_in and case.low is not None)
    high_by = int(not case.high_in and case.high is not None)
    return low.n, low.q, low_by, high.n, high.q, high_by, case.points_n


# --- nodes -------------------------------------------------------------------------------------


def settling_of(nodes: Sequence[NodeOp]) -> Settling:
    """Sort nodes, which stand children first with the agreement last."""
    inner = {node.parent for node in nodes}
    leaves = [node for node in nodes[:-1] if node.node not in inner]
    losers = _rows(loser_row, leaves)
    earners = _rows(earner_row, leaves)
    short = {row[0] for row in (*losers, *earners)}
    at_full = [0] * len(nodes)
    for index, parent, *_ in losers:
        at_full[index] += nodes[index].full
        at_full[parent] += nodes[index].full
    return Settling(
        losers,
        earners,
        branches=tuple(node[:] for node in nodes[:-1] if node.node not in short),
        at_full=tuple(at_full),
        with_apart=tuple(node for node in nodes if node.apart),
    )


def loser_row(node: NodeOp) -> LoserRow | None:
    """Return the row of an item that starts full and loses by one rule of its own."""
    starts_full = node.start == node.full and node.floor <= node.full <= node.cap
    if not starts_full or node.earn or len(node.lose) != 1 or _has_more(node):
        return None
    (term,) = node.lose
    if term.gate >= 0:
        return None
    return node.node, node.parent, node.full - node.floor, term.amount, term.cap, term.place


def earner_row(node: NodeOp) -> EarnerRow | None:
    """Return the row of an item that starts at 0 and earns by one rule."""
    starts_at_nothing = node.start == 0 and 0 <= node.full <= node.cap
    if not starts_at_nothing or node.lose or len(node.earn) != 1 or _has_more(node):
        return None
    (term,) = node.earn
    return node.node, node.parent, min(term.cap, node.full), term.amount, term.place


def _has_more(node: NodeOp) -> bool:
    return bool(node.inside or node.beyond or node.apart or node.forfeits)
