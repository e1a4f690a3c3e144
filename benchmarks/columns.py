"""Many facilities, sixty items: how long scoring takes beside other ways, in one run.

    python benchmarks/columns.py [--rows 1000 100000 1000000] [--turns N]

The mix is that of `county.py`: 25 step rules, a third of the rates exactly on a step, 15 counts of
cases with caps, 10 shares, 5 tables of bands, 5 flags; 2 % of the rates are missing. The ways take
turns on the same rows, and the clock on the wall is read, because some of them use two threads.

Every exact way must give the same total for every row before anything is timed; of the floats of
a data frame it is printed how many cells and totals they get wrong.
"""

from __future__ import annotations

import argparse
import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
from county import BANDS, Item, county_agreement, county_items

from healthduty.columns.engine_numpy import Integers, prove, run
from healthduty.columns.many import score_many
from healthduty.model.agreement import Agreement
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import plan

TENTHS, CENTS = 10, 100
MISSING = 0.02


class Sample(NamedTuple):
    """The same rows in each of the forms that a way starts from."""

    items: Sequence[Item]
    agreement: Agreement
    plan: Plan
    slots: dict[int, Integers]
    polars: pl.DataFrame
    pandas: pd.DataFrame


def sample(rows: int, seed: int = 7) -> Sample:
    """Return so many facilities."""
    dice = np.random.default_rng(seed)
    sections = county_items()
    agreement = county_agreement(sections)
    made = plan(agreement).plan
    items = [item for section in sections for item in section]
    tenths = {item.code: _values(item, rows, dice) for item in items}
    slots: dict[int, Integers] = {}
    for place, slot in enumerate(made.slots):
        values, lost, den = tenths[slot.measure.code]  # type: ignore[union-attr]  # all are values
        slots[place] = Integers(np.where(lost, 0, values).astype(np.int32), den, _or_none(lost))
    columns = {
        code: pl.Series(np.where(lost, 0, values).astype(np.int32)).set(pl.Series(lost), None)
        for code, (values, lost, _) in tenths.items()
    }
    frame: dict[str, Any] = {"facility": [f"facility {row}" for row in range(rows)]}
    for item in items:
        values, lost, den = tenths[item.code]
        frame[item.code] = values.astype(bool) if item.kind == "flag" else values
        if den == TENTHS:
            frame[item.code] = np.where(lost, np.nan, values / TENTHS)
    return Sample(items, agreement, made, slots, pl.DataFrame(columns), pd.DataFrame(frame))


def _values(item: Item, rows: int, dice: np.random.Generator) -> tuple[Any, Any, int]:
    """Return a measure's values as integers, where they are missing, and over what they stand."""
    none = np.zeros(rows, dtype=bool)
    if item.kind == "flag":
        return (dice.random(rows) < 0.2).astype(np.int64), none, 1
    if item.kind == "cases":
        return dice.choice([0, 0, 0, 1, 1, 2, 3, 5, 9], rows), none, 1
    values = dice.integers(500, 1001, rows)
    if item.kind == "steps":
        on = int(item.target * TENTHS) - int(item.step * TENTHS) * dice.integers(0, 4, rows)
        values = np.where(dice.random(rows) < 1 / 3, on, values)
    return values, dice.random(rows) < MISSING, TENTHS


def _or_none(mask: Any) -> Any:  # noqa: ANN401 - an array, or None
    return mask if mask.any() else None


# --- the ways ----------------------------------------------------------------------------------


def by_numpy(given: Sample, *, threads: int, items: bool = False) -> Any:  # noqa: ANN401 - an array
    """Score integer columns by the plan."""
    keep = [("inside", node) for node in range(len(given.plan.nodes) - 1)] if items else []
    lanes = prove(given.plan, given.slots)
    rows = len(given.pandas)
    results = run(given.plan, given.slots, rows, keep=keep, lanes=lanes, threads=threads)
    return np.where(results.unknown, -1, results.earned)


def polars_points(item: Item) -> pl.Expr:
    """Return an item's points in hundredths, as a careful user writes it for Polars on integers."""
    value, full = pl.col(item.code), int(item.full * CENTS)
    each, cap = int(item.points * CENTS), int(item.cap * CENTS)
    target = int(item.target * TENTHS)
    if item.kind == "steps":
        steps = ((target - value) // int(item.step * TENTHS)).clip(lower_bound=0)
        return full - (steps * each).clip(upper_bound=cap)
    if item.kind == "cases":
        return full - (value * each).clip(upper_bound=cap)
    if item.kind == "share":
        gap = (target - value).clip(lower_bound=0)
        return full - ((2 * gap * full + target) // (2 * target))
    if item.kind == "bands":
        points = pl.when(value.is_null()).then(None)
        for low, won in BANDS:
            points = points.when(value >= low * TENTHS).then(won * CENTS)
        return points.otherwise(0)
    return full - value * each


def by_polars(given: Sample, engine: str, *, items: bool = False) -> pl.DataFrame:
    """Score integer columns by hand-written expressions."""
    points = [polars_points(item).cast(pl.Int32).alias(item.code) for item in given.items]
    names = [item.code for item in given.items]
    total = pl.sum_horizontal(names, ignore_nulls=False).alias("total")
    lazy = given.polars.lazy().select(points).with_columns(total)
    return (lazy if items else lazy.select("total")).collect(engine=engine)  # type: ignore[call-overload, no-any-return]


def by_pandas(given: Sample) -> pd.DataFrame:
    """Score a data frame of floats as a user writes it."""
    points: dict[str, Any] = {}
    for item in given.items:
        value, full, each = given.pandas[item.code], float(item.full), float(item.points)
        if item.kind == "steps":
            steps = ((float(item.target) - value).clip(lower=0) / float(item.step)) // 1
            points[item.code] = full - (steps * each).clip(upper=float(item.cap))
        elif item.kind == "cases":
            points[item.code] = full - (value * each).clip(upper=float(item.cap))
        elif item.kind == "share":
            gap = (float(item.target) - value).clip(lower=0)
            points[item.code] = full - (gap * full / float(item.target)).round(2)
        elif item.kind == "bands":
            won = pd.Series(0.0, index=value.index)
            for low, more in reversed(BANDS):
                won = won.mask(value >= low, float(more))
            points[item.code] = won.mask(value.isna())
        else:
            points[item.code] = full - value * each
    made = pd.DataFrame(points)
    made["total"] = made.sum(axis=1, skipna=False)
    return made


def copying(given: Sample) -> list[Any]:
    """Copy every column once, on two threads: the limit of the machine."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda column: column.num.copy(), given.slots.values()))


# --- the run -----------------------------------------------------------------------------------

Way = Callable[[], object]


def compare(ways: dict[str, Way], turns: int) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    for turn in range(turns):
        order = list(ways)
        for name in order if turn % 2 else reversed(order):
            started = time.perf_counter()
            kept = ways[name]()
            seconds[name].append(time.perf_counter() - started)
            del kept
    return {name: statistics.median(found) for name, found in seconds.items()}


def check(given: Sample) -> tuple[int, int]:
    """Hold the exact ways together; return how many cells and totals the floats get wrong."""
    exact = by_numpy(given, threads=1)
    hand = by_polars(given, "in-memory", items=True)
    assert (hand["total"].fill_null(-1).to_numpy() == exact).all(), "Polars disagrees"
    table = score_many(given.agreement, given.pandas)
    frame = table.to_frame()["total"].to_numpy()
    known = exact >= 0
    assert (np.isnan(frame) == ~known).all(), "the frame has other totals missing"
    assert (frame[known] * CENTS).round().astype(np.int64).tolist() == exact[known].tolist()
    floats = by_pandas(given)
    cells = 0
    for item in given.items:
        right = hand[item.code].fill_null(-1).to_numpy()
        mine = floats[item.code].fillna(-0.01).to_numpy() * CENTS
        cells += int((np.abs(mine - right) > 1e-6).sum())
    totals = floats["total"].fillna(-0.01).to_numpy() * CENTS
    return cells, int((np.abs(totals - exact) > 1e-6).sum())


def ways_of(given: Sample) -> dict[str, Way]:
    """Return the ways to score a sample, and the limit."""
    return {
        "copy the input once, two threads": lambda: copying(given),
        "NumPy, totals, one thread": lambda: by_numpy(given, threads=1),
        "NumPy, totals, two threads": lambda: by_numpy(given, threads=2),
        "NumPy, points of each item, two threads": lambda: by_numpy(given, threads=2, items=True),
        "Polars on integers, totals, in memory": lambda: by_polars(given, "in-memory"),
        "Polars on integers, totals, streaming": lambda: by_polars(given, "streaming"),
        "Polars, points of each item, streaming": lambda: by_polars(given, "streaming", items=True),
        "pandas as a user writes it (not exact)": lambda: by_pandas(given),
        "score_many(agreement, a pandas frame)": lambda: score_many(given.agreement, given.pandas),
    }


def main() -> None:
    """Print one table for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--turns", type=int, default=9)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, numpy {np.__version__}, polars {pl.__version__}")
    for rows in options.rows:
        given = sample(rows)
        cells, totals = check(given)
        print(f"\n{rows:,} rows; floats: {cells:,} of {rows * 60:,} cells wrong, {totals:,} totals")
        found = compare(ways_of(given), options.turns)
        limit = found["copy the input once, two threads"]
        for name, seconds in found.items():
            print(f"{name:42} {seconds * 1000:9.1f} ms {seconds / limit:8.1f} × the copy")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
