r"""References over files larger than memory: a pass that counts, one more for each of points.

The first pass reads of each file no more columns than references look at. What stays in memory are
sums, and for ranks and percentiles the distinct values: at most sixteen bytes a row, mostly far
less. Last year's files are read once before.

Source: “A folder of Parquet needs two passes: pass 1 gathers only what references need, frozen”.

>>> import tempfile
>>> visits, place = Measure("visits", "巡查"), Measure("place", "名次")
>>> agreement = Agreement("示例", measures=(visits, place))
>>> ranked = Reference("place", of=visits, way="rank", direction="higher")
>>> with tempfile.TemporaryDirectory() as folder:
...     source = Path(folder, "数据.csv")
...     _ = source.write_text("机构,巡查\n南关,3\n北关,5\n", encoding="utf-8")
...     frozen = freeze_files(agreement, source, [ranked])
>>> frozen.figures[0].units
2
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from healthduty.columns.batches import BatchScorer
from healthduty.columns.column import Column, Holding
from healthduty.columns.doubles import Doubles
from healthduty.columns.engines import Engine
from healthduty.columns.extras import Array, np
from healthduty.columns.feeding import Feed, Making, fed, feed_of, pieces
from healthduty.columns.naming import hashes_of
from healthduty.columns.references.counting import Counting, Counts, Looker
from healthduty.columns.references.frozen import References
from healthduty.columns.references.keys import Shelf, joined_kept
from healthduty.columns.references.last import Kept, Last
from healthduty.columns.references.past import kept_of
from healthduty.columns.references.places import narrow
from healthduty.columns.references.points import look_with
from healthduty.columns.references.rows import Asked, Rows
from healthduty.columns.references.work import asked_of, freeze, refused
from healthduty.columns.side_by_side import in_order
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.results.figure_findings import LAST_YEAR, THIS_YEAR, twice_finding
from healthduty.results.references import Reference, Way
from healthduty.rules.measure import Measure

_BYTES_A_ROW = 20
"""What a row of a text takes, at least."""


def freeze_files(
    agreement: Agreement,
    source: str | os.PathLike[str],
    references: Iterable[Reference],
    *,
    last_year: Any = None,  # noqa: ANN401 - any table, a score table, or a path
    levels: Mapping[str, str] | None = None,
    engine: str = Engine.AUTO,
) -> References:
    """Work references out over a Parquet file, a folder of them, or a .csv, however large.

    `last_year` may be such a path too, or whatever `freeze_references` takes.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        UsageError, SourceError, ImportError: as `score_files`.
    """
    scorer, feed = BatchScorer(agreement, engine=engine), feed_of(Path(source))
    wanted, made = tuple(references), scorer.planned.plan
    if isinstance(last_year, (str, os.PathLike)) and not _is_text(last_year):
        asked, wrong = asked_of(made, wanted, [], levels)
        asked, wrong = _with_last(asked, feed_of(Path(last_year)))
    else:
        asked, wrong = asked_of(made, wanted, last_year, levels)
    counting = Counting(asked, wrong)
    with Doubles(_rows_of(feed)) as doubles:
        counts = _counted(counting, feed, doubles)
        again = doubles.repeated()
    wrong = [*_twice(counting.looker, feed, again), *wrong]
    if any(each.code == "cohort-twice" for each in wrong):
        return refused(asked, wrong)
    return freeze(asked, counts.tallies, _passes(asked, scorer, feed), wrong=wrong)


def _is_text(source: str | os.PathLike[str]) -> bool:
    """Tell whether a source is the text of a table, and no path."""
    return isinstance(source, str) and ("\n" in source or "\r" in source)


def _passes(asked: Asked, scorer: BatchScorer, feed: Feed) -> Callable[[], Iterator[Rows]]:
    """Return what goes through all rows once more, for whoever needs them scored."""
    look = look_with(scorer.planned, scorer.engine)

    def rows() -> Iterator[Rows]:
        for each in fed(feed, scorer):
            if each.batch.num_rows:
                one = scorer.gathered(each.batch, numbers=each.numbers, source=each.source)
                yield Rows(asked, one.found, look)

    return rows


def _rows_of(feed: Feed) -> int:
    """Return how many rows a source has, about."""
    return feed.rows or sum(file.stat().st_size for file in feed.files) // _BYTES_A_ROW


def _counted(counting: Counting, feed: Feed, doubles: Doubles) -> Counts:
    """Count all rows, some batches at a time, in their order; `doubles` take their hashes."""
    counts = counting.nothing()
    made = pieces(feed, counting.looker)
    for one in in_order(map(functools.partial(functools.partial, _count, counting), made)):
        counts.join(one)
        for hashes in counts.hashes:
            doubles.add(hashes)
        counts.hashes.clear()
    return counts


def _count(counting: Counting, make: Making) -> Counts:
    each = make()
    return counting.count(each.batch, numbers=each.numbers)


def _twice(looker: Looker, feed: Feed, hashes: Array) -> list[Finding]:
    """Return the finding of a facility that stands twice: one more look, where hashes repeat."""
    seen: set[str] = set()
    for each in fed(feed, looker) if len(hashes) else ():
        keys = looker.gathered(each.batch, numbers=each.numbers, source=each.source).texts[0]
        for row in np.flatnonzero(np.isin(hashes_of(keys), hashes)).tolist():
            if keys[row] in seen:
                return [twice_finding(f"`{keys[row]}`", THIS_YEAR)]
            seen.add(keys[row])
    return []


# --- last year -----------------------------------------------------------------------------------


def _with_last(asked: Asked, feed: Feed) -> tuple[Asked, list[Finding]]:
    """Return what is asked, with last year's files read."""
    backward = [each for each in asked.references if each.way is Way.LAST_YEAR]
    subjects = [asked.subject(each) for each in backward]
    looker = Looker(asked.agreement, (each.code for each in subjects if isinstance(each, Measure)))
    told: list[Finding] = []
    keys = Shelf()
    parts: dict[str, list[Kept]] = {each.code: [] for each in backward}
    for each in fed(feed, looker):
        if not each.batch.num_rows:
            continue
        one = looker.gathered(each.batch, numbers=each.numbers, source=each.source)
        keys.add(one.texts[0].bytes)
        for reference in backward:
            kept = kept_of(asked, reference, one.found, None, told)
            parts[reference.code].append(attrs.evolve(kept, column=_narrow(kept.column)))
    found = keys.index()
    twice = found.twice()
    wrong = [] if twice is None else [twice_finding(f"`{twice}`", LAST_YEAR)]
    joined = {code: joined_kept(each) for code, each in parts.items()}
    return attrs.evolve(asked, last=Last(found, joined)), [*wrong, *dict.fromkeys(told)]


def _narrow(column: Column) -> Column:
    """Return integers in 32 bits where they fit: all of them stay in memory."""
    if column.holding is not Holding.INTEGERS:
        return column
    return attrs.evolve(column, values=narrow(column.values))
