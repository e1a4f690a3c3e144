"""The NumPy engine: a plan over integer columns, in blocks that stay in the cache.

First the proof, on the lowest and highest of each column; then block after block. The columns are
read once, the results written once; whatever lies between stays in the processor's cache.

Source: the architecture's “One plan, two engines”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例", parts=(Indicator("1", "台账", points=5),))).plan
>>> scored = run(made, {0: Integers(np.array([3, 4]), 1)}, 2)
>>> scored.earned.tolist()  # points scale: hundredths
[300, 400]
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import attrs

from healthduty.columns.amounts import Amounts, rules_by_amount
from healthduty.columns.arrays import DTYPES, Block, Lanes
from healthduty.columns.extras import Array, np
from healthduty.columns.settling import LANE, Settle, asked_gates
from healthduty.columns.spans import PYTHON, WIDE, Key, Proof, Span
from healthduty.scoring.ops import Plan, Test

BLOCK = 16_384
"""Rows of a block: a handful of its arrays fit into the second cache."""


SHARED_BLOCK = 65_536
"""Rows of a block where several threads share the work: the fewer hand-overs, the better."""

_MOST_THREADS = 4

NAME = "numpy"


@attrs.define(eq=False)  # as `Column`
class Integers:
    """What stands in a slot: numerators over one denominator, or one a row.

    Where a value is absent the numerator is 0; `lost` are the rows with a value that is missing
    or at fault, `na` those it is not applicable to. Neither mask is there where no row is.
    """

    num: Array
    den: Any
    lost: Array | None = None
    na: Array | None = None

    def span(self) -> Span:
        """Return the lowest and the highest numerator."""
        return _span(self.num)

    def den_span(self) -> Any:  # noqa: ANN401 - a span or an int
        """Return the denominator, or the lowest and the highest."""
        return self.den if isinstance(self.den, int) else _span(self.den)


def _span(array: Array) -> Span:
    if not len(array):
        return Span(0, 1)
    return Span(int(array.min()), int(array.max()))


class Results(NamedTuple):
    """What a run gave, by row: integers in points scale, and where there is no total.

    `kept` are results by node or by term that were asked for; `truths` are conditions by their
    place: 1 where they hold, 0 where not, −1 where a value is missing. `lanes` are what was proven,
    `engine` is who did it.
    """

    earned: Array
    bonus: Array
    apart: Array
    unknown: Array
    kept: Mapping[tuple[str, int], Array]
    truths: Mapping[Test, Array]
    lanes: Lanes
    engine: str


_PROVEN: OrderedDict[tuple[object, ...], tuple[Plan, Lanes]] = OrderedDict()
_MOST_PROVEN = 64


def prove(plan: Plan, slots: Mapping[int, Integers]) -> Lanes:
    """Return the lane of each operation, proven on what stands in the columns.

    The ends of the columns are rounded outwards to powers of two, so that the next month's data
    has the same proof as this month's; the last few are kept.
    """
    nums = {slot: outwards(column.span()) for slot, column in slots.items()}
    dens = {slot: outwards_den(column.den_span()) for slot, column in slots.items()}
    lost = frozenset(slot for slot, column in slots.items() if column.lost is not None)
    na = frozenset(slot for slot, column in slots.items() if column.na is not None)
    key = (id(plan), tuple(nums.items()), tuple(dens.items()), lost, na)
    known = _PROVEN.get(key)
    # By identity, as `scoring.plan` keeps plans: the plan that is kept can't lose its id.
    if known is not None and known[0] is plan:
        return known[1]
    proof = Proof(nums, dens, lost, na)
    Settle(plan, Amounts(plan, proof, rules_by_amount(plan)), asked_gates(plan.nodes)).run()
    lanes = Lanes(proof.lanes, proof.limits)
    _PROVEN[key] = (plan, lanes)
    while len(_PROVEN) > _MOST_PROVEN:
        _PROVEN.popitem(last=False)
    return lanes


def outwards(span: Span) -> Span:
    """Return a span whose ends are a power of two less one, and 0 or minus a power of two.

    >>> outwards(Span(0, 1000)), outwards(Span(-5, 3))
    (Span(lo=0, hi=1023), Span(lo=-8, hi=3))
    """
    lo = 0 if span.lo >= 0 else -(1 << (-span.lo - 1).bit_length())
    hi = (1 << span.hi.bit_length()) - 1 if span.hi > 0 else 0
    return Span(lo, hi)


def outwards_den(den: Any) -> Any:  # noqa: ANN401 - a span or an int
    """Return the same of denominators, which are above 0."""
    return den if isinstance(den, int) else Span(1, outwards(den).hi)


def run(
    plan: Plan,
    slots: Mapping[int, Integers],
    length: int,
    *,
    keep: Iterable[tuple[str, int]] = (),
    lanes: Lanes | None = None,
    threads: int | None = None,
) -> Results:
    """Score all rows; `keep` names what else is wanted: inside, beyond or taken, and whose.

    `threads` are as many as the machine has processors, up to 4, unless they are given.
    """
    lanes = prove(plan, slots) if lanes is None else lanes
    results = _room(plan, length, keep, lanes)
    rules, gates = rules_by_amount(plan), asked_gates(plan.nodes)
    threads = min(threads or os.cpu_count() or 1, _MOST_THREADS)
    alone = threads == 1 or length <= SHARED_BLOCK
    size = BLOCK if alone else SHARED_BLOCK

    def one(start: int) -> None:
        rows = slice(start, min(start + size, length))
        kept = {key: array[rows] for key, array in results.kept.items()}
        amounts = Amounts(plan, block_of(slots, rows, kept, lanes), rules)
        totals = Settle(plan, amounts, gates).run()
        for into, values in zip(results, totals, strict=False):
            into[rows] = values
        for test, truth in results.truths.items():
            truth[rows] = _truth(amounts, test)

    if alone:
        for start in range(0, length, size):
            one(start)
        return results
    with ThreadPoolExecutor(threads) as pool:
        # Each block writes to rows of its own; numpy lets other threads run meanwhile.
        for _ in pool.map(one, range(0, length, size)):
            pass
    return results


def _room(plan: Plan, length: int, keep: Iterable[tuple[str, int]], lanes: Lanes) -> Results:
    """Return results to be filled in; totals are 64 bits wide at least, for who adds them up."""
    lane = lanes.lanes[LANE]
    points, narrow = DTYPES[PYTHON if lane == PYTHON else WIDE], DTYPES[lane]
    return Results(
        np.zeros(length, dtype=points),
        np.zeros(length, dtype=points),
        np.zeros(length, dtype=points),
        np.zeros(length, dtype=bool),
        {key: np.zeros(length, dtype=_dtype(key[0], narrow)) for key in keep},
        {test: np.zeros(length, dtype=np.int8) for test in outcome_tests(plan)},
        lanes,
        NAME,
    )


def _dtype(what: str, points: Any) -> Any:  # noqa: ANN401 - a dtype
    return bool if what == "unsure" else points


def block_of(
    slots: Mapping[int, Integers], rows: slice, kept: Mapping[Key, Array], lanes: Lanes
) -> Block:
    """Return the arithmetic of some rows; `kept` are the views that results are written to."""
    nums = {slot: column.num[rows] for slot, column in slots.items()}
    dens = {
        slot: column.den if isinstance(column.den, int) else column.den[rows]
        for slot, column in slots.items()
    }
    lost = {slot: part for slot, column in slots.items() if _some(part := _of(column.lost, rows))}
    na = {slot: part for slot, column in slots.items() if _some(part := _of(column.na, rows))}
    return Block(kept, lanes, nums, dens, (lost, na))


def _of(mask: Array | None, rows: slice) -> Any:  # noqa: ANN401 - an array, or None
    return None if mask is None else mask[rows]


def _some(mask: Array | None) -> bool:
    return mask is not None and bool(mask.any())


def outcome_tests(plan: Plan) -> tuple[Test, ...]:
    """Return the conditions that vetoes, grades and money ask for, each once."""
    tests = [
        *(test for pair in plan.vetoes for test in pair),
        *plan.grade_conditions,
        *(test for tests in plan.override_conditions for test in tests),
    ]
    return tuple(dict.fromkeys(test for test in tests if test.place >= 0))


def _truth(amounts: Amounts, test: Test) -> Any:  # noqa: ANN401 - an array or an int
    """Return a condition's truth by row: not applicable does not hold, missing is −1."""
    na, lost = amounts.absence(test.reads)
    holds = amounts.tested[test.place].holds
    unknown = amounts.x.both(lost, amounts.x.no(na))
    return np.where(unknown, -1, np.where(holds, 1, 0))
