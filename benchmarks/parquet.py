"""Parquet in, totals out: how long it takes beside reading alone and beside Polars; the peak.

    python benchmarks/parquet.py [--rows 1000000] [--turns 3] [--folder DIR] [--shuffled]

Sixty items as `county.py` mixes them, over whole numbers (rates in ‰), 2 % of the rates missing; a
file for each million facilities. The ways take turns; each runs in a process of its own, whose
clock starts when its libraries are loaded and whose peak of memory is read at its end. Polars
scores by the expressions of `columns.py`, on integers, from its own scan into its own sink.

The totals that were written are held together before anything is printed. Ten million facilities
want 1.2 GB of disk: `--rows 10000000`.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Self

MILLION = 1_000_000
GROUP = 262_144
PER_MILLE = 10
FULL_SCALE = 1_000
MISSING = 0.02
HUNDREDTH = Decimal("0.01")
WAYS = (
    "read alone: Polars",
    "read alone: PyArrow",
    "Polars: scan, expressions, sink",
    "Polars: the total as a decimal",
    "healthduty, NumPy: totals",
    "healthduty, NumPy: totals and summary",
    "healthduty, Numba: totals, not written",
    "healthduty, Numba: totals",
    "healthduty, Numba: totals and summary",
    "healthduty, Numba: points of each item",
)


# --- the sample ----------------------------------------------------------------------------------


def county() -> tuple[Any, list[Any]]:
    """Return the county's agreement with its rates in ‰, and its items."""
    import attrs
    from county import county_agreement, county_items

    sections = [[_in_per_mille(item) for item in items] for items in county_items()]
    agreement = county_agreement(sections)
    measures = [
        attrs.evolve(each, unit="‰") if each.unit == "%" else each for each in agreement.measures
    ]
    parts = [
        attrs.evolve(part, parts=[_bands_in_per_mille(one) for one in part.parts])
        for part in agreement.parts
    ]
    made = attrs.evolve(agreement, measures=measures, parts=parts)
    return made, [item for items in sections for item in items]


def _in_per_mille(item: Any) -> Any:  # noqa: ANN401 - of county
    if item.kind in ("steps", "share"):
        return item._replace(target=item.target * PER_MILLE, step=item.step * PER_MILLE)
    return item


def _bands_in_per_mille(indicator: Any) -> Any:  # noqa: ANN401 - of healthduty
    import attrs

    rules = []
    for rule in indicator.rules:
        if hasattr(rule, "bands"):
            bands = [
                attrs.evolve(band, low=_times(band.low), high=_times(band.high))
                for band in rule.bands
            ]
            rules.append(attrs.evolve(rule, bands=bands))
        else:
            rules.append(rule)
    return attrs.evolve(indicator, rules=rules)


def _times(number: Any) -> Any:  # noqa: ANN401 - a number, or None
    return None if number is None else number * PER_MILLE


def write(folder: Path, rows: int, *, shuffled: bool) -> None:
    """Write the sample, a file for each million rows; registers mostly come by their codes."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    _, items = county()
    dice = np.random.default_rng(7)
    for start in range(0, rows, MILLION):
        count = min(MILLION, rows - start)
        keys = np.arange(start, start + count)
        if shuffled:
            dice.shuffle(keys)
        columns = {"机构": pa.array([f"45{key:020}" for key in keys.tolist()])}
        for item in items:
            columns[item.code] = _column(item, count, dice)
        path = folder / f"{start // MILLION:03}.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=GROUP)


def _column(item: Any, rows: int, dice: Any) -> Any:  # noqa: ANN401 - of numpy and pyarrow
    import numpy as np
    import pyarrow as pa

    if item.kind == "flag":
        return pa.array(dice.random(rows) < 0.2)
    if item.kind == "cases":
        return pa.array(dice.choice([0, 0, 0, 1, 1, 2, 3, 5, 9], rows).astype(np.int32))
    values = dice.integers(FULL_SCALE // 2, FULL_SCALE + 1, rows)
    if item.kind == "steps":
        on = int(item.target) - int(item.step) * dice.integers(0, 4, rows)
        values = np.where(dice.random(rows) < 1 / 3, on, values)
    return pa.array(values.astype(np.int32), mask=dice.random(rows) < MISSING)


# --- the ways, each in a process of its own ------------------------------------------------------


class Clock:
    """The seconds of a context: on the clock, and of all processors."""

    seconds = used = 0.0

    def __enter__(self) -> Self:
        """Start it; what the libraries threw away while they were loaded is gone by then."""
        gc.collect()
        self._started, self._worked = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self.seconds = time.perf_counter() - self._started
        self.used = time.process_time() - self._worked


def run(way: str, folder: Path, target: Path) -> Clock:
    """Go one way; return how long it took, less what its libraries take to load."""
    if way.startswith("healthduty"):
        return _ours(way, folder, target)
    if way.endswith("PyArrow"):
        return _arrow(folder)
    import polars as pl

    frame = pl.scan_parquet(folder / "*.parquet")
    if way.startswith("read"):
        with Clock() as clock:
            frame.select(pl.all().null_count()).collect(engine="streaming")
        return clock
    from column_ways import polars_points

    _, items = county()
    points = [polars_points(_in_tenths(item)).alias(item.code) for item in items]
    names = [item.code for item in items]
    with Clock() as clock:
        total = pl.sum_horizontal(names, ignore_nulls=False).alias("total")
        if way.endswith("decimal"):
            total = total.cast(pl.Decimal(18, 2)) * HUNDREDTH
        lazy = frame.select("机构", *points).select("机构", total)
        lazy.sink_parquet(target)
    return clock


def _in_tenths(item: Any) -> Any:  # noqa: ANN401 - of county
    """Return an item as the hand-written expressions of `columns.py` know it: rates in tenths."""
    ten = Decimal(PER_MILLE)
    return item._replace(target=item.target / ten, step=item.step / ten)


def _arrow(folder: Path) -> Clock:
    import pyarrow.parquet as pq

    with Clock() as clock:
        for file in sorted(folder.glob("*.parquet")):
            for _ in pq.ParquetFile(file).iter_batches(65_536):
                pass
    return clock


def _ours(way: str, folder: Path, target: Path) -> Clock:
    import polars  # noqa: F401 - what decodes is loaded, as it is for the others
    import pyarrow.parquet  # noqa: F401 - and what reads the footers, and writes

    from healthduty.columns.files import score_files
    from healthduty.columns.kernel import compiled
    from healthduty.columns.unpacking import unpacker

    agreement, _ = county()
    engine = "numba" if "Numba" in way else "numpy"
    items, summary = way.endswith("each item"), way.endswith("summary")
    if engine == "numba":
        compiled()  # its libraries are loaded, as those of the others are
        unpacker()
    options: dict[str, Any] = {"items": items, "summary": summary, "engine": engine}
    to = None if way.endswith("not written") else target
    with Clock() as clock:
        score_files(agreement, folder, to, progress=False, **options)
    return clock


def child(way: str, folder: Path, target: Path) -> None:
    """Go one way, and print its seconds, those of all processors, and its peak of memory in MB."""
    import resource

    clock = run(way, folder, target)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([clock.seconds, clock.used, peak]))


# --- all of them ---------------------------------------------------------------------------------


class Taken(NamedTuple):
    """What a way took, turn by turn: seconds on the clock, of all processors, MB at the peak."""

    seconds: list[float]
    used: list[float]
    peaks: list[float]


def measure(folder: Path, target: Path, turns: int) -> dict[str, Taken]:
    """Go all ways, in turns."""
    found = {way: Taken([], [], []) for way in WAYS}
    for turn in range(turns):
        for way in WAYS if turn % 2 else reversed(WAYS):
            options = ["--folder", str(folder), "--target", str(_target(target, way))]
            printed = _ourselves("--way", way, *options)
            for into, value in zip(found[way], json.loads(printed), strict=True):
                into.append(value)
    return found


def _ourselves(*options: str) -> str:
    """Run this file in a process of its own; return the last line that it prints.

    The process that waits stays small: a child's peak is never below what its parent had.
    """
    made = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, *options],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "POLARS_MAX_THREADS": "2"},
    )
    return made.stdout.splitlines()[-1] if made.stdout else ""


def _target(folder: Path, way: str) -> Path:
    return folder / ("polars.parquet" if way.startswith("Polars") else "totals.parquet")


def check(target: Path) -> int:
    """Hold the totals of both engines together; return how many there are."""
    import polars as pl

    theirs = pl.scan_parquet(target / "polars.parquet").select("机构", theirs="total")
    mine = pl.scan_parquet(target / "totals.parquet").select(
        facility="facility", mine=(pl.col("total") * 100).cast(pl.Int64)
    )
    both = pl.concat([theirs, mine], how="horizontal")
    same = pl.col("theirs").eq_missing(pl.col("mine")) & pl.col("机构").eq(pl.col("facility"))
    count, agree = both.select(pl.len(), same.sum()).collect(engine="streaming").row(0)
    assert count == agree, f"Polars disagrees on {count - agree} totals"
    return int(count)


def main() -> None:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=MILLION)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--shuffled", action="store_true", help="write keys in no order")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way == "write":
        write(options.folder, options.rows, shuffled=options.shuffled)
    elif options.way == "check":
        print(check(options.target))
    elif options.way:
        child(options.way, options.folder, options.target)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as name:
        folder, target = options.folder or Path(name, "in"), Path(name, "out")
        target.mkdir()
        folder.mkdir(exist_ok=True)
        if not any(folder.glob("*.parquet")):
            order = ["--shuffled"] if options.shuffled else []
            rows = ["--rows", str(options.rows)]
            _ourselves("--way", "write", "--folder", str(folder), *rows, *order)
        found = measure(folder, target, options.turns)
        count = int(_ourselves("--way", "check", "--target", str(target)))
    print(f"Python {platform.python_version()}, {count:,} rows, the totals of both are the same")
    middle = {way: statistics.median(taken.seconds) for way, taken in found.items()}
    reading = min(seconds for way, seconds in middle.items() if way.startswith("read"))
    polars = middle["Polars: scan, expressions, sink"]
    print(f"{'':38} median   least  processors  × reading  × Polars   ns a row   peak")
    for way, taken in found.items():
        seconds = f"{middle[way]:6.2f} s {min(taken.seconds):6.2f} s {min(taken.used):9.2f} s"
        ratios = f"{middle[way] / reading:10.2f} {middle[way] / polars:9.2f}"
        each = f"{middle[way] / count * 1e9:10.0f}"
        print(f"{way:38} {seconds} {ratios} {each} {max(taken.peaks):6.0f} MB")


if __name__ == "__main__":
    main()
