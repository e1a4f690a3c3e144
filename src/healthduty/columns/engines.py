"""Which engine scores: two of them behind one contract, equal to the last unit.

NumPy is always there; Numba comes with the extra `fast`. Whoever does not choose gets the quicker
one: Numba where its kernel is loaded already, or once there were so many rows, in this run or in
all before it, that loading it pays.

Source: “Engines behind one contract … silent fall-back to NumPy”.

>>> import numpy as np
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例", parts=(Indicator("1", "台账", points=5),))).plan
>>> scored = run(made, {0: Integers(np.array([3, 4]), 1)}, 2, engine="numpy")
>>> scored.earned.tolist(), scored.engine
([300, 400], 'numpy')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from healthduty.columns import engine_numba, sweeps
from healthduty.columns.engine_numpy import Integers, Results
from healthduty.columns.kernel import compiled, is_loaded
from healthduty.errors import UsageError
from healthduty.rules.measure import Word
from healthduty.scoring.ops import Plan

LOADED_FROM = 1_000_000
"""Once so many rows were scored the kernel is loaded: NumPy does them in a tenth of a second, and
to load the kernel takes six."""


class _Scored:
    """The rows that were scored so far in this process: many small batches are a large one."""

    rows = 0


class Engine(Word):
    """What scores columns."""

    AUTO = "auto"
    """Whichever is quicker."""
    NUMPY = "numpy"
    NUMBA = "numba"
    """One kernel for every plan, as machine code; where it can't do something, NumPy does it."""


def engine_of(engine: str, rows: int) -> Engine:
    """Return the engine for so many rows, in one run or in several: NumPy or Numba.

    Raises:
        UsageError: for a word that names none.
        ImportError: where Numba is asked for by name, and not installed or too old.
    """
    if engine not in list(Engine):
        words = ", ".join(f"`{word}`" for word in Engine)
        raise UsageError(f"`{engine}` is no engine: say one of {words}")
    match asked := Engine(engine):
        case Engine.NUMPY:
            return asked
        case Engine.NUMBA:
            if compiled() is None:
                raise ImportError("the fast engine needs numba: pip install healthduty[fast]")
            return asked
        case Engine.AUTO:
            quick = (is_loaded() or rows >= LOADED_FROM) and compiled() is not None
            return Engine.NUMBA if quick else Engine.NUMPY
        case _:
            assert_never(asked)


def run(
    plan: Plan,
    slots: Mapping[int, Integers],
    length: int,
    *,
    engine: str = Engine.AUTO,
    keep: Iterable[tuple[str, int]] = (),
    threads: int | None = None,
) -> Results:
    """Score all rows; `keep` names what else is wanted, the results name the engine.

    Raises:
        UsageError, ImportError: as `engine_of`.
    """
    _Scored.rows += length
    if engine_of(engine, _Scored.rows) is Engine.NUMBA:
        return engine_numba.run(plan, slots, length, keep=keep, threads=threads)
    return sweeps.run(plan, slots, length, keep=keep, threads=threads)
