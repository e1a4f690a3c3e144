"""Memory for results: used again, but never while anybody holds a number in it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from healthduty.columns import memory as module
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


def test_the_larger_of_two_pieces_is_kept() -> None:
    """Whichever of them is given back last."""
    for small_first in (True, False):
        memory = Memory(least=0)
        large, small = memory.rooms(2, 4096, np.int32), memory.rooms(1, 4096, np.int32)
        where = _where(large)
        if small_first:
            del small, large
        else:
            del large, small
        assert _where(memory.rooms(2, 4096, np.int32)) == where


def test_no_room_is_no_memory() -> None:
    """Results of no rows."""
    assert Memory(least=0).rooms(3, 0, np.int32).shape == (3, 0)


@pytest.mark.parametrize("listens", [True, False])
def test_a_system_that_takes_no_advice_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, *, listens: bool
) -> None:
    """Where it can't be told that memory lies idle, it is used again all the same."""
    monkeypatch.setattr(module, "_IDLE", -1 if listens else None)  # -1: it knows no such advice
    memory = Memory(least=0)
    where = _where(memory.rooms(3, 8, np.int32))
    assert _where(memory.rooms(3, 8, np.int32)) == where


def test_without_a_piece_to_keep_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that gives none leaves it to numpy."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("cannot allocate memory")

    monkeypatch.setattr("mmap.mmap", refuse)
    assert Memory(least=0).rooms(3, 8, np.int32).shape == (3, 8)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_forked_process_has_rooms_of_its_own() -> None:
    """What it writes is not in ours."""
    script = (
        "import os, numpy as np\n"
        "from healthduty.columns.memory import Memory\n"
        "room = Memory(least=0).rooms(1, 4096, np.int32)\n"
        "room[...] = 7\n"
        "child = os.fork()\n"
        "room[...] = room if child else 8\n"
        "child and os.waitpid(child, 0)\n"
        "assert (room == (7 if child else 8)).all()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


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
