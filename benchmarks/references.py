"""What depends on the others: a mean, a rank, last year's value, for each row of a set.

    python benchmarks/references.py [--rows 10000 100000 1000000] [--turns N]
    python benchmarks/references.py --files 10000000 [--folder DIR]

In memory: from a pandas frame to a column with the value of each row, beside what a user writes in
pandas for it (`mean`, `groupby(…).transform`, `rank`, `merge` on last year's frame). The ways take
turns; the median of the clock is printed, the least, and the time of all processors, by which the
ratio goes. Ours are exact, find out who the rows are of, and tell what is wrong with them; pandas'
means and ranks are those of floats. Both must give the same values before anything is timed.

Over files: Parquet in, totals out, by an agreement of one item whose target is the reference, each
way in a process of its own whose peak of memory is read at its end. Ten million rows want 0.4 GB
of disk.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

MILLION = 1_000_000
GROUP = 262_144
SAMPLED = 500
"""So many rows of each way are held together."""

KINDS = ("中心卫生院", "一般卫生院", "社区中心", "村卫生室")

Way = Callable[[], Any]


# --- the sample ----------------------------------------------------------------------------------


def columns_of(rows: int, *, then: bool) -> dict[str, Any]:
    """Return the columns of a year; last year's facilities stand in another order."""
    import numpy as np

    dice = np.random.default_rng(3 if then else 5)
    bottoms = dice.integers(50, 5_000, rows)
    order = dice.permutation(rows) if then else range(rows)
    return {
        "机构": [f"45{row:010}" for row in order],
        "类别": [KINDS[kind] for kind in dice.integers(0, len(KINDS), rows).tolist()],
        "满意率": dice.integers(500, 1_001, rows) / 10,
        "管理率分子": bottoms - dice.integers(0, 50, rows),
        "管理率分母": bottoms,
        "门诊人次": dice.integers(0, 2 * rows, rows),
    }


def agreement() -> Any:  # noqa: ANN401 - of healthduty
    """Return an agreement of one item, which asks for a reference of each sort."""
    from healthduty.model.agreement import Agreement
    from healthduty.model.indicator import Indicator
    from healthduty.rules.measure import Measure
    from healthduty.rules.rule import Deduction
    from healthduty.rules.tally import StepsBelow

    visits, target = Measure("visits", "门诊人次"), Measure("target", "目标", kind="amount")
    measures = (
        visits,
        target,
        Measure("before", "上年门诊人次"),
        Measure("satisfaction", "满意率", unit="%"),
        Measure("managed", "管理率", unit="%"),
        Measure("rate", "目标率", unit="%"),
        Measure("place", "名次"),
    )
    rule = Deduction(StepsBelow(visits, target=target, step=1), points="0.1", cap=20)
    return Agreement(
        "示例县责任书", measures=measures, parts=(Indicator("1", "门诊", points=100, rules=rule),)
    )


# --- in memory -----------------------------------------------------------------------------------


class Pair(NamedTuple):
    """A reference, and what a user writes for it in pandas."""

    options: dict[str, Any]
    pandas: Callable[[Any, Any], Any]


def pairs() -> dict[str, Pair]:
    """Return each reference beside its rival; both give a value for each row."""
    return {
        "plain mean": Pair(
            {"code": "target", "of": "visits", "way": "plain_mean"},
            lambda now, _: _broadcast(now, now["门诊人次"].mean()),
        ),
        "plain mean within four kinds": Pair(
            {"code": "target", "of": "visits", "way": "plain_mean", "among": "same_kind"},
            lambda now, _: now.groupby("类别")["门诊人次"].transform("mean"),
        ),
        "mean of a rate, from its two counts": Pair(
            {"code": "rate", "of": "managed", "way": "mean"},
            lambda now, _: _broadcast(now, now["管理率分子"].sum() / now["管理率分母"].sum() * 100),
        ),
        "best within four kinds": Pair(
            {"code": "target", "of": "visits", "way": "best", "among": "same_kind", **_HIGHER},
            lambda now, _: now.groupby("类别")["门诊人次"].transform("max"),
        ),
        "90th percentile": Pair(
            {"code": "target", "of": "visits", "way": "percentile", "at": 90, **_HIGHER},
            lambda now, _: _broadcast(now, now["门诊人次"].quantile(0.9)),
        ),
        "rank": Pair(
            {"code": "place", "of": "visits", "way": "rank", **_HIGHER},
            lambda now, _: now["门诊人次"].rank(method="min", ascending=False),
        ),
        "rank within four kinds": Pair(
            {"code": "place", "of": "visits", "way": "rank", "among": "same_kind", **_HIGHER},
            lambda now, _: now.groupby("类别")["门诊人次"].rank(method="min", ascending=False),
        ),
        "rank of a rate in tenths": Pair(
            {"code": "place", "of": "satisfaction", "way": "rank", **_HIGHER},
            lambda now, _: now["满意率"].rank(method="min", ascending=False),
        ),
        "rank of a rate in two counts": Pair(
            {"code": "place", "of": "managed", "way": "rank", **_HIGHER},
            lambda now, _: (now["管理率分子"] / now["管理率分母"]).rank(
                method="min", ascending=False
            ),
        ),
        "share of the others beaten": Pair(
            {"code": "rate", "of": "visits", "way": "percentile_rank", **_HIGHER},
            lambda now, _: (now["门诊人次"].rank(method="min") - 1) / (len(now) - 1) * 100,
        ),
        "last year's value": Pair(
            {"code": "before", "of": "visits", "way": "last_year"},
            lambda now, then: now[["机构"]].merge(
                then[["机构", "门诊人次"]], on="机构", how="left"
            )["门诊人次"],
        ),
    }


_HIGHER = {"direction": "higher"}


def _broadcast(frame: Any, value: float) -> Any:  # noqa: ANN401 - of pandas
    import pandas as pd

    return pd.Series(value, index=frame.index)


def by_us(wanted: dict[str, Any] | None, now: Any, then: Any) -> Any:  # noqa: ANN401 - frames
    """Work a reference out over a frame and give each row its value; or say who the rows are."""
    from healthduty.columns.gathering import gather
    from healthduty.columns.noted import Noted
    from healthduty.columns.references.work import asked_of, gathered_with, work_out
    from healthduty.results.references import Reference
    from healthduty.scoring.plan import plan

    found = gather(now, AGREEMENTS[0])
    if wanted is None:
        return found
    reference, planned = Reference(**wanted), plan(AGREEMENTS[0])
    last = then if wanted["way"] == "last_year" else None
    asked, wrong = asked_of(planned.plan, (reference,), last, None)
    frozen, rows = work_out(planned, found, asked, wrong, "numpy")
    assert not frozen.findings.errors, frozen.findings
    return gathered_with(frozen, rows, Noted())


AGREEMENTS: list[Any] = []
"""The one agreement: plans are kept by it."""


def check(name: str, pair: Pair, now: Any, then: Any) -> None:  # noqa: ANN401 - frames
    """Hold some rows of both ways together."""
    import numpy as np

    from healthduty.exact import Ratio
    from healthduty.records.record import stated

    made, theirs = by_us(pair.options, now, then), pair.pandas(now, then).to_numpy()
    for row in np.linspace(0, len(now) - 1, SAMPLED).astype(int).tolist():
        value = stated(made.record(row).values[pair.options["code"]])[0]
        if isinstance(value, Ratio):
            value = 100 * value.numerator / value.denominator
        assert np.isclose(float(Fraction(str(value))), float(theirs[row])), (
            name,
            row,
            value,
            theirs[row],
        )


def in_memory(rows: int, turns: int) -> None:
    """Print what each reference takes over so many rows."""
    import pandas as pd

    from columns import compare

    now, then = (pd.DataFrame(columns_of(rows, then=past)) for past in (False, True))
    every = pairs()
    for name, pair in every.items():
        check(name, pair, now, then)
    heads = f"{'ours':>9}{'least':>8}{'busy':>8}{'pandas':>10}{'least':>8}{'busy':>8}{'ratio':>8}"
    print(f"\n{f'{rows:,} rows, ms':38}{heads}")
    found = compare({"": lambda: by_us(None, now, then)}, turns)[""]
    print(f"{'whom the rows are of, in each of ours':38}{_told(found)}")
    for name, pair in every.items():
        ways: dict[str, Way] = {
            "ours": lambda pair=pair: by_us(pair.options, now, then),  # type: ignore[misc]
            "pandas": lambda pair=pair: pair.pandas(now, then),  # type: ignore[misc]
        }
        took = compare(ways, turns)
        ours, rival = took["ours"], took["pandas"]
        both = f"{_told(ours)} {_told(rival)}"
        print(f"{name:38}{both}{ours.busy / rival.busy:8.2f} ×", flush=True)


def _told(seconds: Any) -> str:  # noqa: ANN401 - of columns
    return f"{seconds.median * 1e3:9.1f}{seconds.least * 1e3:8.1f}{seconds.busy * 1e3:8.1f}"


# --- over files ----------------------------------------------------------------------------------

FILED: dict[str, dict[str, Any] | None] = {
    "no reference": None,
    "plain mean": {"code": "target", "of": "visits", "way": "plain_mean"},
    "median": {"code": "target", "of": "visits", "way": "median"},
    "rank of counts that nearly all differ": {
        "code": "place",
        "of": "visits",
        "way": "rank",
        **_HIGHER,
    },
    "rank of a rate in tenths": {"code": "place", "of": "satisfaction", "way": "rank", **_HIGHER},
    "last year's value": {"code": "before", "of": "visits", "way": "last_year"},
}


def write(folder: Path, rows: int) -> None:
    """Write both years, a file for each million rows."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, seed in (("now", 5), ("then", 3)):
        (folder / name).mkdir(parents=True)
        dice = np.random.default_rng(seed)
        order = dice.permutation(rows) if seed == 3 else np.arange(rows)
        for start in range(0, rows, MILLION):
            some = order[start : start + MILLION]
            table = pa.table(
                {
                    "机构": pa.array([f"45{row:010}" for row in some.tolist()]),
                    "满意率": dice.integers(500, 1_001, len(some)) / 10,
                    "门诊人次": dice.integers(0, 2 * rows, len(some)),
                }
            )
            path = folder / name / f"{start // MILLION:03}.parquet"
            pq.write_table(table, path, row_group_size=GROUP)


def child(way: str, folder: Path) -> None:
    """Go one way; print its seconds, those of all processors, and its peak of memory in MB."""
    import resource

    from healthduty.columns.files import score_files
    from healthduty.results.references import Reference

    wanted, made = FILED[way], agreement()
    references = () if wanted is None else (Reference(**wanted),)
    last = folder / "then" if wanted and wanted["way"] == "last_year" else None
    started, worked = time.perf_counter(), time.process_time()
    score_files(
        made,
        folder / "now",
        folder / "totals.parquet",
        references=references,
        last_year=last,
        progress=False,
        engine="numpy",
    )
    took = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([*took, peak]))


def over_files(rows: int, given: Path | None) -> None:
    """Print what each reference takes over so many rows of files, and its peak."""
    with tempfile.TemporaryDirectory() as name:
        folder = given or Path(name)
        if not (folder / "then").exists():
            _ourselves("--way", "write", "--files", str(rows), "--folder", str(folder))
        print(f"\n{f'{rows:,} rows of files':40}{'s':>8}{'busy':>8}{'peak, MB':>10}")
        for way in FILED:
            printed = _ourselves("--way", way, "--folder", str(folder))
            seconds, busy, peak = json.loads(printed)
            print(f"{way:40}{seconds:8.1f}{busy:8.1f}{peak:10.0f}", flush=True)


def _ourselves(*options: str) -> str:
    """Run this file in a process of its own; return the last line that it prints."""
    made = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, *options], check=True, stdout=subprocess.PIPE, text=True
    )
    return made.stdout.splitlines()[-1] if made.stdout else ""


def main() -> None:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000, MILLION])
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--files", type=int, default=0, metavar="ROWS")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way == "write":
        write(options.folder, options.files)
    elif options.way:
        child(options.way, options.folder)
    else:
        print(f"Python {platform.python_version()}")
        if options.files:
            over_files(options.files, options.folder)
            return
        AGREEMENTS.append(agreement())
        for rows in options.rows:
            in_memory(rows, options.turns)


if __name__ == "__main__":
    main()
