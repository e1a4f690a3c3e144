"""Time two ways side by side: a ratio that a busy machine moves little.

Two ways take turns, slice by slice (A, B, A, B, …): what slows the machine down slows both, and
each turn gives one ratio. The median of the turns is reported, with the quartiles around it.
Processor time is taken, not the clock on the wall, and the garbage collector rests meanwhile.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

Slice = Callable[[int], None]
"""Does one slice of work; given the number of the turn, so that the work can vary."""


class Ratio(NamedTuple):
    """How many times the rival's time a way takes: median, quartiles; seconds of both."""

    median: float
    low: float
    high: float
    seconds: float
    rival_seconds: float


def compare(
    way: Slice, rival: Slice, turns: int, before: Callable[[], None] | None = None
) -> Ratio:
    """Return the ratio of a way to its rival; `before` is run, untimed, before each slice."""
    gc.collect()
    gc.disable()
    try:
        return _compare(way, rival, turns, before)
    finally:
        gc.enable()


def _compare(way: Slice, rival: Slice, turns: int, before: Callable[[], None] | None) -> Ratio:
    times: list[float] = []
    rival_times: list[float] = []
    for turn in range(turns):
        # Who comes first changes from turn to turn: neither has the warmer caches.
        pairs = [(way, times), (rival, rival_times)]
        for work, kept in pairs if turn % 2 else reversed(pairs):
            if before is not None:
                before()
            kept.append(_seconds(work, turn))
    ratios = [ours / theirs for ours, theirs in zip(times, rival_times, strict=True)]
    low, median, high = statistics.quantiles(ratios, n=4)
    return Ratio(median, low, high, statistics.median(times), statistics.median(rival_times))


def _seconds(work: Slice, turn: int) -> float:
    started = time.process_time()
    work(turn)
    return time.process_time() - started
