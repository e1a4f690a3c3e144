"""What a number comes to, looked up: for rules of many steps on one small number.

A curve of ten knots takes sixty steps for each row. But a rate in tenths of a percent is one of a
thousand numbers: so the steps run once over each number that the column can hold, and every row
looks up what they gave. The table is filled by the very steps that it stands for; there is no
second formula, and nothing that was not proven.

Source: the architecture's “One plan, two engines”; “How a point is lost”, section 2: bands, curves.

>>> steps = (
...     Step("num", (0,), 32, Span(0, 3)),
...     Step("mul", (Ref(0), 5), 32, Span(0, 15)),
...     Step("least", (Ref(1), 12), 32, Span(0, 12)),
... )
>>> worth_a_table(steps, 2)  # the step, and the number that it comes of
{2: 0}
>>> table_of(steps, 2, 0).tolist()
[0, 5, 10, 12]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import Array, np
from healthduty.columns.given import behind_of, given_columns
from healthduty.columns.spans import NARROW, PYTHON, WIDE, Span, lane_of
from healthduty.columns.steps import INPUTS, Ref, Step

MOST = 2**14
"""Numbers of a table: a rate in hundredths of a percent has 10,001, and the cache has room."""

FEWEST = 10
"""Steps from which on a table is quicker: to look a number up takes as long as some six of them."""

BYTES = NARROW // 8
"""Bytes of what is looked up."""


def worth_a_table(steps: Sequence[Step], fewest: int) -> dict[int, int]:
    """Return the steps that come of one small number, and that number's, where a table is quicker.

    It is with so many steps behind them, or with a single one of Python's integers.
    """
    numbers: dict[int, int] = {}
    behind: dict[int, frozenset[int]] = {}
    for place, step in enumerate(steps):
        if step.op in INPUTS:
            if step.op == "num" and _is_small(step.span):
                numbers[place], behind[place] = place, frozenset()
            continue
        reads = [arg.place for arg in step.args if isinstance(arg, Ref)]
        found = {numbers.get(read) for read in reads}
        number = found.pop() if len(found) == 1 else None
        if number is not None:
            numbers[place] = number
            behind[place] = frozenset({place}).union(*(behind[read] for read in reads))
    huge = {place for place, step in enumerate(steps) if step.lane == PYTHON}
    return {
        place: number
        for place, number in numbers.items()
        if len(behind[place]) >= fewest or behind[place] & huge
        if _fits(steps[place].span)
    }


def _is_small(span: Span | None) -> bool:
    return span is not None and span.lo == 0 and span.hi < MOST


def _fits(span: Span | None) -> bool:
    """Return whether it is a number, and one of 32 bits."""
    return span is not None and lane_of(max(span.hi, -span.lo)) == NARROW


def table_of(steps: Sequence[Step], place: int, number: int) -> Array:
    """Return what a step gives for every number from 0 to the highest of its column."""
    span, (slot,) = steps[number].span, steps[number].args
    assert span is not None  # noqa: S101 - of a number
    assert isinstance(slot, int)  # noqa: S101 - a slot is no step
    slots: Mapping[int, Integers] = {slot: Integers(np.arange(span.hi + 1), 1)}
    lanes = {steps[each].lane for each in behind_of(steps, [place])}
    lane = PYTHON if PYTHON in lanes else WIDE
    return given_columns(steps, {place: BYTES}, slots, span.hi + 1, lane)[place]
