"""Tasks side by side: in order, none asked for before there is a place, none after a fault."""

from __future__ import annotations

import functools
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest

from healthduty.columns import side_by_side
from healthduty.columns.side_by_side import in_order


@pytest.fixture(params=[1, 2, 3], autouse=True)
def threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Have so many at work."""
    count = int(request.param)
    monkeypatch.setattr(side_by_side, "THREADS", count)
    return count


def test_results_come_in_order_and_side_by_side(threads: int) -> None:
    """As many as there are threads meet each other; the first to begin ends last."""
    together = threading.Barrier(threads)

    def task(number: int) -> int:
        together.wait(timeout=10)
        return number

    count = 6 * threads
    assert list(in_order(map(functools.partial(functools.partial, task), range(count)))) == [
        *range(count)
    ]


def test_no_more_is_asked_for_than_has_a_place(threads: int) -> None:
    """One that is done, or next, beside those at work."""
    asked = []

    def tasks() -> Iterator[Callable[[], int]]:
        for number in range(9):
            asked.append(number)
            yield functools.partial(int, number)

    made = in_order(tasks())
    for number in range(9):
        assert next(made) == number
        assert len(asked) <= number + threads + 2


def test_a_task_is_let_go_when_it_is_done() -> None:
    """What it holds is in memory no longer than that."""

    class Held:
        pass

    alive: list[weakref.ref[Held]] = []

    def task(held: Held) -> int:
        alive.append(weakref.ref(held))
        return sum(each() is not None for each in alive)

    tasks = map(lambda _: functools.partial(task, Held()), range(20))  # noqa: C417 - as callers do
    assert max(in_order(tasks)) <= side_by_side.THREADS + 1


def test_a_fault_ends_it(threads: int) -> None:
    """Those before it are handed on; those that were not begun are left."""
    begun = []

    def task(number: int) -> int:
        begun.append(number)
        if number == 3:
            raise ValueError(number)
        return number

    made = in_order(map(functools.partial(functools.partial, task), range(99)))
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(made)
    assert max(begun) <= 3 + threads + 1
