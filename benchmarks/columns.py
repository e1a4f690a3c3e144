"""Many facilities, sixty items: how long scoring takes beside other ways, in one run.

    python benchmarks/columns.py [--rows 1000 10000 100000 1000000] [--turns N] [--exact CELLS]

The mix is that of `county.py`: 25 step rules, a third of the rates exactly on a step, 15 counts of
cases with caps, 10 shares, 5 tables of bands, 5 flags; 2 % of the rates are missing. The ways take
turns on the same rows, and the clock on the wall is read, because some of them use two threads: the
median of the turns counts. The minimum stands beside it, and the time of all processors, which a
busy machine moves least. `--rows 10000000` leaves out what does not fit into memory beside it.
`--chart FILE` draws what a row costs. `--exact 10000000` holds so many cells on and beside the
boundaries of steps and bands against the exact points, and counts what floats make of them.

Every exact way must give the same total for every row before anything is timed.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numba
import numpy as np
import pandas as pd
import polars as pl
from column_chart import draw
from column_ways import (
    CENTS,
    Sample,
    by_duckdb,
    by_engine,
    by_float_polars,
    by_loop,
    by_pandas,
    by_polars,
    copying,
    sample,
)

from healthduty.columns.many import score_many

MOST_IN_FRAMES = 2_000_000
COPY = "copy the input once, two threads"
LOOP = "Decimal loop, from ready Decimals (extrapolated)"
PANDAS = "pandas as a user writes it (not exact)"
FRAME = "score_many(agreement, a pandas frame)"

AGAIN = 10_000
"""Rows that a turn goes through at least: of a thousand rows, one time would tell what the way
before it left in the caches."""

Way = Callable[[], object]


class Seconds(NamedTuple):
    """What a way took: median and least of the turns on the clock, and the processors' median."""

    median: float
    least: float
    busy: float


# --- exactness -----------------------------------------------------------------------------------


def check(given: Sample) -> None:
    """Hold the exact ways together, on every row."""
    hand = by_polars(given, "in-memory", items=True)
    exact = hand["total"].fill_null(-1).to_numpy()
    for engine in ("numpy", "numba"):
        totals, kept = by_engine(given, engine, items=True)
        assert (totals == exact).all(), f"Polars and {engine} disagree"
        assert (by_engine(given, engine, wide=bool(given.wide))[0] == exact).all()
        known = exact >= 0
        places = [place for place, ref in enumerate(given.plan.refs) if ref.kind == "indicator"]
        for item, place in zip(given.items, places, strict=True):
            assert (hand[item.code].fill_null(-1).to_numpy() == kept["inside", place])[known].all()
    looped = [int(total * CENTS) for total in by_loop(given) if total is not None]
    whole = exact[: len(looped)] >= 0
    assert (np.array(looped) == exact[: len(looped)])[whole].all(), "the loop disagrees"
    if given.pandas is None:
        return
    duck = by_duckdb(given)["total"].fill_null(-1).to_numpy()
    assert (duck == exact).all(), "DuckDB disagrees"
    frame = score_many(given.agreement, given.pandas).to_frame()["total"].to_numpy()
    mine = np.where(np.isnan(frame), -1, frame * CENTS).round().astype(np.int64)
    assert (mine == exact).all(), "the frame disagrees"


def wrong_floats(given: Sample) -> list[str]:
    """Return how many cells and totals the floats get wrong, way by way."""
    hand = by_polars(given, "in-memory", items=True)
    floats, steps = by_pandas(given), by_float_polars(given)
    told = []
    for name, made, ratio in (
        ("pandas, `/ step // 1` and `round`", floats, given.rows * len(given.items)),
        ("Polars on floats, `// step` and `round`", steps, given.rows * steps.width),
    ):
        wrong = sum(_wrong(made[code], hand[code]) for code in hand.columns if code in made)
        told.append(f"{name}: {wrong - _totals(made, hand):,} of {ratio:,} cells wrong")
    told[0] += f", {_totals(floats, hand):,} of {given.rows:,} totals"
    return told


def _totals(made: Any, hand: pl.DataFrame) -> int:  # noqa: ANN401 - a frame
    return _wrong(made["total"], hand["total"]) if "total" in made else 0


def _wrong(column: Any, right: pl.Series) -> int:  # noqa: ANN401 - a series
    """Return where a column of points differs from the hundredths that are right."""
    mine = np.nan_to_num(column.to_numpy(), nan=-1 / CENTS) * CENTS
    return int((np.abs(mine - right.fill_null(-1).to_numpy()) > 1e-6).sum())


def exactness(cells: int) -> None:
    """Hold so many cells on the edges of steps and bands against each other."""
    rows = cells // 60
    given = sample(rows, seed=11, edges=True)
    check(given)
    print(f"\n{cells:,} cells on and beside boundaries: engines, Polars, DuckDB, loop, frame agree")
    for told in wrong_floats(given):
        print(f"  {told}")


# --- the clock -----------------------------------------------------------------------------------


def compare(ways: dict[str, Way], turns: int, again: int = 1) -> dict[str, Seconds]:
    """Return the seconds of each way; they take turns, each going so many times in a turn."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    busy: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    for turn in range(turns):
        order = list(ways)
        for name in order if turn % 2 else reversed(order):
            started, worked = time.perf_counter(), time.process_time()
            for _ in range(again):
                kept = ways[name]()
                del kept
            seconds[name].append((time.perf_counter() - started) / again)
            busy[name].append((time.process_time() - worked) / again)
    return {
        name: Seconds(statistics.median(each), min(each), statistics.median(busy[name]))
        for name, each in seconds.items()
    }


def ways_of(given: Sample) -> dict[str, Way]:
    """Return the ways to score a sample, and the limit."""
    ways: dict[str, Way] = {COPY: lambda: copying(given)}
    for engine in ("numba", "numpy"):
        for threads in (1, 2):
            ways[f"{engine}, totals, {threads} thread(s)"] = lambda e=engine, t=threads: by_engine(  # type: ignore[misc]
                given, e, threads=t
            )
        ways[f"{engine}, points of each item"] = lambda e=engine: by_engine(given, e, items=True)  # type: ignore[misc]
        if given.wide:
            ways[f"{engine}, points of each item, 64-bit columns"] = lambda e=engine: by_engine(  # type: ignore[misc]
                given, e, items=True, wide=True
            )
    for engine in ("in-memory", "streaming"):
        ways[f"Polars, totals, {engine}"] = lambda e=engine: by_polars(given, e)  # type: ignore[misc]
        ways[f"Polars, points of each item, {engine}"] = lambda e=engine: by_polars(  # type: ignore[misc]
            given, e, items=True
        )
    if given.pandas is not None:
        ways["DuckDB BIGINT, totals"] = lambda: by_duckdb(given)
        ways[PANDAS] = lambda: by_pandas(given)
        ways[FRAME] = lambda: score_many(given.agreement, given.pandas)
    ways[LOOP] = lambda: by_loop(given)
    return ways


def measured(given: Sample, turns: int) -> dict[str, Seconds]:
    """Return what each way took for all rows."""
    found = compare(ways_of(given), turns, max(1, AGAIN // given.rows))
    share = given.rows / len(given.decimals)
    found[LOOP] = Seconds(*(seconds * share for seconds in found[LOOP]))
    return found


# --- what is printed -----------------------------------------------------------------------------


def show(rows: int, found: dict[str, Seconds]) -> None:
    """Print what each way took."""
    print(f"\n{f'{rows:,} rows':52}{'median ms':>12}{'least':>11}{'processors':>12}{'× copy':>9}")
    for name, seconds in found.items():
        ratio = seconds.median / found[COPY].median
        print(f"{name:52}{''.join(f'{s * 1e3:12.2f}' for s in seconds)}{ratio:8.2f}")


def goals(found: dict[str, Seconds]) -> None:
    """Print the ratios that the goals are about: medians, least, and time of the processors."""
    print(f"{'':56}{'goal':>8}{'medians':>10}{'least':>10}{'processors':>12}")
    for engine, polars, limit, loops in (("numba", 4, 40, 300), ("numpy", 1.4, 15, 100)):
        for what, ours in (("totals", "totals, 2 thread(s)"), ("items", "points of each item")):
            mine, rival = found[f"{engine}, {ours}"], _polars(found, what)
            _goal(f"{engine}, {what}: times Polars, the faster way", f"{polars} ×", rival, mine)
        mine = found[f"{engine}, totals, 2 thread(s)"]
        _goal(f"{engine}, totals: of the copy", f"{limit} %", found[COPY], mine, percent=True)
        if PANDAS in found:
            mine = found[f"{engine}, points of each item, 64-bit columns"]
            _goal(f"{engine}, items: times pandas", "15 ×", found[PANDAS], mine)
        mine = found[f"{engine}, points of each item"]
        _goal(f"{engine}, items: times the Decimal loop", f"{loops} ×", found[LOOP], mine)


def _polars(found: dict[str, Seconds], what: str) -> Seconds:
    name = "totals" if what == "totals" else "points of each item"
    ways = [found[f"Polars, {name}, {engine}"] for engine in ("in-memory", "streaming")]
    return Seconds(*(min(ways_of_one) for ways_of_one in zip(*ways, strict=True)))


def _goal(name: str, goal: str, rival: Seconds, mine: Seconds, *, percent: bool = False) -> None:
    ratios = [theirs / ours for theirs, ours in zip(rival, mine, strict=True)]
    told = [f"{r * 100:.0f} %" if percent else f"{r:.1f} ×" for r in ratios]
    print(f"  {name:54}{goal:>8}{told[0]:>10}{told[1]:>10}{told[2]:>12}")


CHARTED = {
    "numba, totals, 2 thread(s)": "Numba, totals",
    "numba, points of each item": "Numba, each item",
    "numpy, totals, 2 thread(s)": "NumPy, totals",
    FRAME: "score_many, a pandas frame",
    "Polars, totals": "Polars, totals",
    "Polars, points of each item": "Polars, each item",
    "DuckDB BIGINT, totals": "DuckDB, totals",
    PANDAS: "pandas on floats",
    LOOP: "Decimal loop",
    COPY: "copy of the input",
}
"""The ways that the chart shows, and their names there."""


def chart(by_rows: dict[int, dict[str, Seconds]], path: Path) -> None:
    """Draw what a row costs, size by size; of Polars its faster way."""
    for found in by_rows.values():
        found["Polars, totals"] = _polars(found, "totals")
        found["Polars, points of each item"] = _polars(found, "items")
    costs = {
        name: [found[way].median / rows * 1e9 for rows, found in by_rows.items()]
        for way, name in CHARTED.items()
        if all(way in found for found in by_rows.values())
    }
    draw([*by_rows], costs, path)


def flat(by_rows: dict[int, dict[str, Seconds]]) -> None:
    """Print what a row costs, size by size."""
    print(f"\n{'nanoseconds a row':44}" + "".join(f"{rows:>12,}" for rows in by_rows))
    for name in ("numba, totals, 2 thread(s)", "numpy, totals, 2 thread(s)", FRAME):
        if all(name in found for found in by_rows.values()):
            cost = [found[name].median / rows * 1e9 for rows, found in by_rows.items()]
            print(f"{name:44}" + "".join(f"{each:12.0f}" for each in cost))


def main() -> None:
    """Print one table for each number of rows, and what the goals say of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--exact", type=int, default=0, metavar="CELLS")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw a row's cost: .svg, .png")
    options = parser.parse_args()
    libraries = (np, pl, pd, duckdb, numba)
    versions = ", ".join(f"{each.__name__} {each.__version__}" for each in libraries)
    print(f"Python {platform.python_version()}, {versions}")
    by_rows: dict[int, dict[str, Seconds]] = {}
    for rows in options.rows:
        given = sample(rows, frames=rows <= MOST_IN_FRAMES)
        check(given)
        by_rows[rows] = measured(given, options.turns)
        show(rows, by_rows[rows])
        goals(by_rows[rows])
        if given.pandas is not None:
            print("\n".join(wrong_floats(given)))
    flat(by_rows)
    if options.chart:
        chart(by_rows, options.chart)
    if options.exact:
        exactness(options.exact)


if __name__ == "__main__":
    main()
