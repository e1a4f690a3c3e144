r"""Score files larger than memory: batch by batch from disk, through the plan, to disk.

What stays in memory is a few batches, whatever the number of rows. Each is decoded and scored on a
thread, some side by side, while the last one is written. What only all rows together show is
gathered on the way: grades, where the points went, rates that are never above 1, and which keys
are there twice, for which eight bytes a row go to a temporary file.

Source: “Larger than memory: … with a bounded peak, with progress”.

>>> import tempfile
>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> with tempfile.TemporaryDirectory() as folder:
...     source, target = Path(folder, "数据.csv"), Path(folder, "总分.csv")
...     _ = source.write_text("机构,1\n南关,3\n北关,5\n", encoding="utf-8")
...     scores = score_files(agreement, source, target)
...     target.read_text(encoding="utf-8-sig").split()
['"facility","total","earned"', '"南关",3.00,3.00', '"北关",5.00,5.00']
"""

from __future__ import annotations

import bisect
import functools
import operator
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from healthduty.columns.batches import BatchScorer, BatchScores
from healthduty.columns.doubles import Doubles
from healthduty.columns.engines import Engine, engine_of
from healthduty.columns.extras import Array, np
from healthduty.columns.feeding import Feed, Making, feed_of, pieces
from healthduty.columns.file_scores import FileScores
from healthduty.columns.looking import Scale
from healthduty.columns.naming import Texts, hashes_of, mixed, run_of, texts_of
from healthduty.columns.noted import Noted
from healthduty.columns.progress import Callback, Progress, progress_of
from healthduty.columns.references.files import freeze_files
from healthduty.columns.references.frozen import References
from healthduty.columns.side_by_side import in_order
from healthduty.columns.summary import Lost, lost_of, sum_of, summary_from
from healthduty.columns.tallied import Tallied
from healthduty.columns.writing import Behind, Writer
from healthduty.errors import SourceError, UsageError
from healthduty.exact import divide, scaled_decimal
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.results.references import Reference
from healthduty.said import Said
from healthduty.sources import Place

_MEAN_PLACES = 4


def score_files(  # noqa: PLR0913 - each is a choice of its own, by name
    agreement: Agreement,
    source: str | os.PathLike[str],
    to: str | os.PathLike[str] | None = None,
    *,
    items: bool = False,
    summary: bool = True,
    progress: Callback | bool | None = None,
    engine: str = Engine.AUTO,
    references: Iterable[Reference] | References = (),
    last_year: Any = None,  # noqa: ANN401 - any table, a score table, or a path
    levels: Mapping[str, str] | None = None,
) -> FileScores:
    """Score a Parquet file, a folder of them, or a .csv, however large; write the results.

    Each row has the points that `score_many` gives it. `to` is a .parquet or a .csv, which is
    there when it is complete, and not before; its points are exact decimals. `items` adds the
    points of every section, indicator and part; `summary` counts what was lost by each indicator.
    `progress` is called after each batch with a `Progress`; None shows a line where the standard
    error is a terminal, False never does. `engine` is as for `score_many`, and so are `references`,
    `last_year` and `levels`: what references come to over all rows is worked out first.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        ImportError: an engine that is not installed.
        UsageError: no agreement or engine; a source or a target that is none, or both in one.
        SourceError: a file that can't be read, or no row in any.
    """
    scorer, feed = BatchScorer(agreement, items=items, engine=engine), feed_of(Path(source))
    target = None if to is None else _target(Path(to), feed)
    guess = feed.rows or sum(file.stat().st_size for file in feed.files) // _BYTES_A_ROW
    scorer.engine = engine_of(engine, guess)  # by all rows: a batch alone may not be worth it
    if not isinstance(references, References) and (wanted := tuple(references)):
        references = freeze_files(
            agreement, source, wanted, last_year=last_year, levels=levels, engine=scorer.engine
        )
    scorer.references = references if isinstance(references, References) else None
    with (
        progress_of(progress) as tell,
        Doubles(guess) as doubles,
        nullcontext() if target is None else Behind(Writer(target)) as writer,
    ):
        run = _Run(scorer, doubles)
        for done in _in_order(scorer, feed, summary=summary):
            run.add(done)
            if writer is not None and done.batch is not None:
                run.check_schema(done)
                writer.write(done.batch)
            tell(Progress(run.rows, feed.rows))
        if not run.rows:
            raise SourceError(str(source), tuple(run.tallied.findings()))
        return run.scores(target)


def _target(path: Path, feed: Feed) -> Path:
    """Refuse a target among the files that are read, now or the next time."""
    found = path.resolve()
    inside = feed.folder is not None and feed.folder.resolve() in found.parents
    if inside or any(found == file.resolve() for file in feed.files):
        raise UsageError(f"`{path}` lies in its own source: name a file elsewhere")
    return path


_BYTES_A_ROW = 20
"""A row of text has more; how many rows there are is only guessed beforehand."""


class _Done(NamedTuple):
    """What is kept of a batch that was scored: no column of it but those to be written."""

    source: str
    findings: tuple[Finding, ...]
    batch: Any = None
    numbers: Sequence[int] = ()
    hashes: Array | None = None
    run: tuple[str, str] | None = None
    """The first and the last key, where they come in order."""
    totals: tuple[int, int, int, int] = (0, 0, 0, 0)
    """How many there are, their sum, the lowest, the highest; in points scale."""
    grades: Array | None = None
    noted: Noted | None = None
    scales: tuple[Scale, ...] = ()
    notes: tuple[str, ...] = ()
    lost: Mapping[int, Lost] | None = None


def _in_order(scorer: BatchScorer, feed: Feed, *, summary: bool) -> Iterator[_Done]:
    """Score batches, some at a time, and hand them on in their order."""
    made = pieces(feed, scorer, kept=scorer.kept(summary=summary))
    task = functools.partial(functools.partial, _one, scorer, summary=summary)
    return in_order(map(task, made))  # a generator would hold on to what it made last


def _one(scorer: BatchScorer, make: Making, *, summary: bool) -> _Done:
    """Make one batch and score it, and count what is counted."""
    each = make()
    if not each.batch.num_rows:
        return _Done(each.source, each.findings)
    made = scorer.score(
        each.batch, numbers=each.numbers, source=each.source, summary=summary, own=True
    )
    outcomes, results = made.scored.outcomes, made.scored.results
    grades = scorer.agreement.grades
    count = 1 + (len(grades.grades) if grades else 0)
    return _Done(
        each.source,
        (*each.findings, *made.findings),
        made.batch,
        _compact(made.numbers),
        _keys(made),
        run_of(Texts(made.batch.column("facility"))),
        _totals(outcomes.total, outcomes.known),
        np.bincount(outcomes.grades + 1, minlength=count),
        made.noted,
        made.scales,
        made.notes,
        lost_of(scorer.planned.plan, results) if summary else None,
    )


def _compact(numbers: Sequence[int]) -> Sequence[int]:
    """Return the numbers of rows without a list, where they follow each other."""
    if isinstance(numbers, range) or not numbers:
        return numbers
    run = range(numbers[0], numbers[-1] + 1)
    return run if len(run) == len(numbers) else np.array(numbers)  # type: ignore[return-value]  # as a list


def _keys(made: BatchScores) -> Array:
    """Return a hash of each row's key, and of its period where there is one."""
    hashes = hashes_of(Texts(made.batch.column("facility")))
    if "period" in made.batch.schema.names:
        hashes = mixed(hashes, hashes_of(texts_of(made.batch.column("period"))))
    return hashes


def _totals(totals: Array, known: Array) -> tuple[int, int, int, int]:
    count = int(np.count_nonzero(known))
    if not count:
        return 0, 0, 0, 0
    some = totals[np.argmax(known)]
    # Where none is known there stands one that is. Ten times as quick as leaving these rows out;
    # and what wraps on the way comes back.
    there = (totals - some) * known + some
    ends = int(there.min()), int(there.max())
    return count, sum_of(there) - int(some) * (len(there) - count), *ends


class _Run:
    """What all batches together gave, on its way."""

    def __init__(self, scorer: BatchScorer, doubles: Doubles) -> None:
        self.scorer, self.doubles = scorer, doubles
        self.tallied = Tallied()
        self.rows = 0
        self._starts: list[tuple[int, str, Sequence[int]]] = []
        self._known, self._sum = 0, 0
        self._ends: list[int] = []
        self._grades: Any = 0
        self._scales: dict[str, Scale] = {}
        self._notes: dict[str, int | None] = {}
        self._lost: dict[int, Lost] | None = None
        self._schema: tuple[str, Any] | None = None

    def add(self, done: _Done) -> None:
        """Add a batch."""
        source = done.source
        self.tallied.add(done.findings)
        if done.noted is None or done.hashes is None:
            return
        self._starts.append((self.rows, source, done.numbers))
        self.rows += done.batch.num_rows
        self.doubles.add(done.hashes, done.run)
        self.tallied.add_noted(done.noted, done.numbers.__getitem__, source)
        count, total, *ends = done.totals
        self._known, self._sum = self._known + count, self._sum + total
        if count:
            self._ends = [min(*self._ends, *ends), max(*self._ends, *ends)]
        self._grades = self._grades + done.grades
        for scale in done.scales:
            before = self._scales.get(scale.heading)
            self._scales[scale.heading] = before.joined(scale) if before else scale
        for note in done.notes:
            self._note(note)
        if done.lost is not None:
            before_it = self._lost or {}
            self._lost = {
                place: before_it[place].joined(lost) if place in before_it else lost
                for place, lost in done.lost.items()
            }

    def _note(self, note: str) -> None:
        """Add a note; those that end with a number of rows are added up."""
        said, _, count = note.rpartition(": ")
        if said and count.isdecimal():
            self._notes[said] = (self._notes.get(said) or 0) + int(count)
        else:
            self._notes[note] = None

    def check_schema(self, done: _Done) -> None:
        """Refuse a file of which the rows are called in another way than those before it."""
        schema = done.batch.schema
        if self._schema is None:
            self._schema = done.source, schema
        first, known = self._schema
        if schema != known:
            message = f"`{done.source}` names its facilities otherwise than `{first}`"
            raise UsageError(f"{message}: the results would not make one table")

    def scores(self, path: Path | None) -> FileScores:
        """Return everything."""
        made = self.scorer.planned.plan
        scale, places = self.scorer.agreement.grades, made.places
        lowest, highest = (
            (scaled_decimal(end, places) for end in self._ends) if self._ends else (None, None)
        )
        mean = None
        if self._known:
            units = divide(self._sum * 10**_MEAN_PLACES, self._known * 10**places)
            mean = scaled_decimal(units, _MEAN_PLACES)
        counts = self._grades.tolist()
        names = [grade.name for grade in scale.grades] if scale else []
        grades = dict(zip(names, counts[1:], strict=True))
        notes = tuple(
            note if count is None else f"{note}: {count}" for note, count in self._notes.items()
        )
        frozen = self.scorer.references
        findings = [
            *self.scorer.planned.findings,
            *(frozen.findings if frozen else ()),
            *self.tallied.findings(),
            *self._together(),
        ]
        return FileScores(
            self.scorer.agreement,
            self.rows,
            self._known,
            {**grades, "": counts[0]} if scale else {},
            lowest,
            highest,
            mean,
            None if self._lost is None else summary_from(made, self._lost),
            Findings(findings),
            notes,
            path,
        )

    def _together(self) -> Iterator[Finding]:
        """Go through what only shows when all rows are seen together."""
        count, repeats = self.doubles.repeats()
        if count:
            places = [self._place(row) for row, _ in repeats]
            told = Tallied()
            noted = Finding(
                "record-facility-twice",
                Said("the facility of this row is there twice", "这一行的单位出现两次"),
            )
            hint = Said(
                "give each row its period where they are of different ones",
                "如属不同期间，每行写明期间",
            )
            told.add(attrs.evolve(noted, place=place, hint=hint) for place in places)
            yield from told.counted(count)
        for scale in self._scales.values():
            yield from scale.findings()

    def _place(self, row: int) -> Place:
        """Return where a row stands, of which only is known how many stand before it."""
        at = bisect.bisect_right(self._starts, row, key=operator.itemgetter(0)) - 1
        start, source, numbers = self._starts[at]
        return Place(source, row=int(numbers[row - start]), column="facility")
