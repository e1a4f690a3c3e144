"""From a table to points: what it costs to be handed sixty columns in one form or another.

    python benchmarks/intake.py [--rows 1000 100000] [--turns N]

The same rows of `columns.py`, as integers and floats of pandas, of Polars and of Arrow, as exact
decimals of Arrow, as Python's `Decimal`s, as texts (`83.5%`), and as the text of a .csv. The ways
take turns; the clock, the least, and the processors' time of `score_many` are printed, and beside
them the engine alone, from ready integers, and the findings, which are told when they are asked
for. *Swept* is the processors' time by itself, right after 64 MB of other memory were read: of a
thousand rows that is mostly the time until code and objects are in the caches again; *again* is
the same without. Every way must give the same totals before anything is timed.
"""

from __future__ import annotations

import argparse
import math
import platform
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from column_ways import Sample, by_engine, sample

from columns import compare
from healthduty.columns.kernel import compiled
from healthduty.columns.many import score_many


def sources(given: Sample) -> dict[str, Any]:
    """Return the same table in each form."""
    frame = given.pandas
    assert frame is not None
    rates = [name for name in frame.columns if frame[name].dtype == np.float64]
    exact = pa.table(
        {
            name: pa.array(column).cast(pa.decimal128(9, 1)) if name in rates else pa.array(column)
            for name, column in _plain(frame).items()
        }
    )
    return {
        "pandas, integers and floats": frame,
        "Polars, integers and floats": pl.from_pandas(frame),
        "Arrow, integers and floats": pa.table(_plain(frame)),
        "Arrow, decimal128": exact,
        "pandas, floats as objects": frame.astype(dict.fromkeys(rates, object)),
        "dict of lists of `Decimal`s": {
            name: [_decimal(cell) for cell in column] if name in rates else column
            for name, column in _plain(frame).items()
        },
        "pandas, texts (`83.5%`)": frame.assign(
            **{name: [_percent(cell) for cell in frame[name]] for name in rates}
        ),
        "the text of a .csv": frame.to_csv(index=False),
    }


def _plain(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return {
        str(name): [None if _is_nan(cell) else cell for cell in column.tolist()]
        for name, column in frame.items()
    }


def _is_nan(cell: object) -> bool:
    return isinstance(cell, float) and math.isnan(cell)


def _decimal(cell: float | None) -> Decimal | None:
    return None if cell is None else Decimal(repr(cell))


def _percent(cell: float) -> str | None:
    return None if np.isnan(cell) else f"{cell}%"


def check(given: Sample, forms: dict[str, Any]) -> None:
    """Hold the totals of all forms together."""
    first, *rest = (score_many(given.agreement, source).totals for source in forms.values())
    assert all(totals == first for totals in rest), "the forms disagree"


def measure(rows: int, turns: int) -> None:
    """Print what each form costs."""
    given = sample(rows)
    forms = sources(given)
    check(given, forms)
    ways: dict[str, Callable[[], object]] = {
        name: (lambda source=source: score_many(given.agreement, source))  # type: ignore[misc]
        for name, source in forms.items()
    }
    engine = "the engine alone, from integers"
    every = {engine: lambda: by_engine(given, "numba"), **ways}
    found = compare(every, turns)
    print(
        f"\n{f'{rows:,} rows':34}{'median ms':>11}{'least':>9}{'processors':>12}{'again':>9}"
        f"{'swept':>9}{'findings':>10}"
    )
    for name, seconds in found.items():
        alone = [_alone(every[name], turns, sweep=sweep) for sweep in (False, True)]
        told = f"{_findings(given, forms[name], turns) * 1e3:10.2f}" if name in forms else ""
        each = "".join(f"{s * 1e3:10.2f} " for s in seconds)
        print(f"{name:34}{each}{''.join(f'{s * 1e3:9.2f}' for s in alone)}{told}", flush=True)


_OTHER = np.ones(2**23)


def _alone(way: Callable[[], object], turns: int, *, sweep: bool) -> float:
    """Return the processors' seconds of a way by itself, after others' memory was read or not."""
    taken = []
    for _ in range(turns):
        if sweep:
            _OTHER.sum()
        started = time.process_time()
        kept = way()
        taken.append(time.process_time() - started)
        del kept
    return statistics.median(taken)


def _findings(given: Sample, source: Any, turns: int) -> float:  # noqa: ANN401 - any form
    """Return the processors' seconds that the findings of a table take."""
    taken = []
    for _ in range(turns):
        table = score_many(given.agreement, source)
        started = time.process_time()
        _ = table.findings
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def main() -> None:
    """Print one table for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--turns", type=int, default=15)
    options = parser.parse_args()
    compiled()
    print(f"Python {platform.python_version()}, pandas {pd.__version__}, Polars {pl.__version__}")
    for rows in options.rows:
        measure(rows, options.turns)


if __name__ == "__main__":
    main()
