"""What more than 64 bits are needed for, made beforehand: columns that are given to the kernel.

The kernel takes no number of Python's own. The steps that may need one, and those behind them, run
here on blocks of Python's integers; what they give to other steps fits into 64 bits, and becomes a
column like any other. So one rule of huge numbers leaves the others quick.

Source: “nothing wraps, nothing exact is refused”.

>>> from healthduty.columns.spans import Span
>>> steps = (
...     Step("num", (0,), 0, Span(0, 2**70)),
...     Step("least", (Ref(0), 5), 0, Span(0, 5)),
... )
>>> huge = np.array([2**69, 3], dtype=object)
>>> given_columns(steps, {1: 4}, {0: Integers(huge, 1)}, 2)[1].tolist()
[5, 3]
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from healthduty.columns.arrays import Block, Lanes
from healthduty.columns.engine_numpy import BLOCK, Integers, block_of
from healthduty.columns.extras import Array, np
from healthduty.columns.spans import PYTHON
from healthduty.columns.steps import COMPARES, INPUTS, Ref, Step

_KEY = ("given", 0)


def given_columns(
    steps: Sequence[Step],
    given: Mapping[int, int],
    slots: Mapping[int, Integers],
    length: int,
    lane: int = PYTHON,
) -> dict[int, Array]:
    """Return the columns of some steps, of so many bytes a row; all behind them fit in the lane."""
    made = {place: np.empty(length, dtype=_DTYPES[width]) for place, width in given.items()}
    behind = behind_of(steps, given)
    lanes = Lanes({_KEY: lane}, {})
    for start in range(0, length, BLOCK) if given else ():
        rows = slice(start, min(start + BLOCK, length))
        block = block_of(slots, rows, {}, lanes)
        block.open(_KEY)
        found: dict[int, Any] = {}
        for place in behind:
            found[place] = _taken(block, steps[place], found)
        for place, column in made.items():
            column[rows] = found[place]
    return made


_DTYPES: Mapping[int, Any] = {0: object, 1: np.bool_, 4: np.int32, 8: np.int64}


def behind_of(steps: Sequence[Step], given: Collection[int]) -> list[int]:
    """Return some steps and all that they rest on, in order."""
    asked, behind = list(given), set(given)
    while asked:
        step = steps[asked.pop()]
        if step.op not in INPUTS:
            more = {arg.place for arg in step.args if isinstance(arg, Ref)} - behind
            behind |= more
            asked += more
    return sorted(behind)


def _taken(block: Block, step: Step, found: Mapping[int, Any]) -> Any:  # noqa: ANN401 - an array
    """Take one step on a block."""
    if step.op in INPUTS:
        return getattr(block, step.op)(step.args[0])
    args = [found[arg.place] if isinstance(arg, Ref) else arg for arg in step.args]
    if step.op in COMPARES:
        return block.compare(COMPARES.index(step.op), *args)
    return getattr(block, step.op)(*args)
