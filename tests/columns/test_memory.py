"""Memory for results: used again, but never while anybody holds a number in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from healthduty.columns.engine_numpy import Integers
from healthduty.columns.engines import run
from healthduty.columns.memory import Memory
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases
from healthduty.scoring.plan import plan


def _where(array: Any) -> int:  # noqa: ANN401 - an array
    return int(array.__array_interface__["data"][0])


@pytest.mark.parametrize("held", ["all", "a row", "a few numbers", "other bits"])
def test_what_anybody_holds_is_not_given_out(held: str) -> None:
    """One view of one row is enough, however it was made."""
    memory = Memory(least=0)
    rooms = memory.rooms(3, 8, np.int32)
    where = _where(rooms)
    views = {"all": rooms, "a row": rooms[1], "a few numbers": rooms[2][3:5]}
    view = views.get(held, rooms[0].view(np.int8)[1:])
    del rooms, views
    assert _where(memory.rooms(3, 8, np.int32)) != where
    del view


def test_what_nobody_holds_is_given_out_again() -> None:
    """To one after the other, if it is large enough, and of the same sort."""
    memory = Memory(least=0, most=96)
    where = _where(memory.rooms(3, 8, np.int32))
    first = memory.rooms(2, 8, np.int32)
    assert _where(first) == where
    assert first.shape == (2, 8)
    assert _where(memory.rooms(3, 8, np.int8)) != where
    assert memory.rooms(4, 8, np.int32).shape == (4, 8)  # more than is kept
    assert _where(first) == where


def test_threads_never_share_a_room() -> None:
    """Each has its own, at the same moment."""
    memory = Memory(least=0)

    def mine(number: int) -> bool:
        room = memory.rooms(1, 64, np.int64)[0]
        room[...] = number
        return bool((room == number).all())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(mine, range(2_000)))


def test_results_stay_as_they_are_while_others_are_made() -> None:
    """A run never writes into the results of another one."""
    breaches = Measure("breaches", "违规", unit="例", kind="cases")
    item = Indicator("1", "示例", points=5, rules=Deduction(Cases(breaches), points=1))
    made = plan(Agreement("示例", measures=(breaches,), parts=(item,))).plan
    kept = []
    for cases in range(5):
        slots = {0: Integers(np.full(200_000, cases, dtype=np.int32), 1)}
        results = run(made, slots, 200_000, engine="numpy", keep=[("inside", 0)])
        kept.append((results.earned, results.kept["inside", 0]))
    for cases, (earned, inside) in enumerate(kept):
        assert (earned == 500 - 100 * cases).all()
        assert (inside == 500 - 100 * cases).all()
