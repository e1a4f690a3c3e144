"""References counted batch by batch, wherever the batches are: on this machine or on many.

What a batch counts for is small and joins with what others count; so an engine can count where
the rows lie, and bring the counts together. Only references of measures can be counted so: for one
of points, rows have to be scored with what was frozen before it (`freeze_files` does).

Source: “`score_batch(plan, record_batch)` as a pure, picklable function”; semantics 14.

>>> import pyarrow as pa
>>> rate, county = Measure("rate", "接种率", unit="%"), Measure("county", "全县接种率", unit="%")
>>> agreement = Agreement("示例", measures=(rate, county))
>>> counting = counting_of(agreement, [Reference("county", of=rate)])
>>> batch = pa.RecordBatch.from_pydict({"机构": ["甲", "乙"], "接种率": ["9/10", "500/1000"]})
>>> counting.freeze(counting.count(batch)).figure("county").value
Ratio(509, 1010)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import attrs

from healthduty.columns.batches import BatchScorer
from healthduty.columns.engines import Engine
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered
from healthduty.columns.headed import Headed
from healthduty.columns.naming import hashes_of
from healthduty.columns.references.frozen import References
from healthduty.columns.references.rows import Asked, Rows
from healthduty.columns.references.seen import Seen
from healthduty.columns.references.tally import Tally
from healthduty.columns.references.work import asked_of, freeze, refused
from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.results.figure_findings import THIS_YEAR, twice_finding
from healthduty.results.references import Reference, Subject
from healthduty.rules.measure import Measure
from healthduty.said import Said


class Looker(BatchScorer):
    """Gathers of each batch the columns of some measures, and who its rows are of."""

    def __init__(self, agreement: Agreement, codes: Iterable[str]) -> None:
        """Take an agreement, and the codes of measures."""
        super().__init__(agreement, engine=Engine.NUMPY)
        self.codes = frozenset(codes)

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what is pickled."""
        return (super().__getstate__(), self.codes)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take it up again."""
        inner, self.codes = state
        super().__setstate__(inner)

    def headed(self, names: Sequence[str]) -> Headed:
        """Return what headings mean, of the columns that are looked at alone."""
        head = super().headed(names)
        makings = tuple(each for each in head.makings if each.target in self.codes)
        slots = [slot for each in makings for slot in each.slots]
        used = {index for slot in slots for places in slot.columns.values() for index in places}
        used |= {*head.layout.identity.values()}
        return attrs.evolve(head, makings=makings, used=frozenset(used))


@attrs.define(eq=False)
class Counts:
    """What was counted of rows, by the code of each reference, and a hash of each row's key."""

    tallies: dict[str, Tally]
    hashes: list[Array] = attrs.Factory(list)

    def join(self, other: Counts) -> Self:
        """Add what was counted of the rows behind; return itself."""
        for code, tally in self.tallies.items():
            tally.join(other.tallies[code])
        self.hashes += other.hashes
        return self

    def twice(self) -> Array:
        """Return the hashes that several rows have: of one key, but for once in a million times."""
        hashes = np.sort(np.concatenate([np.zeros(0, np.uint64), *self.hashes]))
        return hashes[1:][hashes[1:] == hashes[:-1]]


class Counting:
    """Counts what references of measures need of batches, and freezes it; it pickles."""

    def __init__(self, asked: Asked, wrong: Sequence[Finding]) -> None:
        """Stand on what is asked, and on what is wrong with last year's rows."""
        self.asked, self.wrong = asked, [*wrong]
        subjects = (asked.subject(each) for each in asked.references)
        codes = (each.code for each in subjects if isinstance(each, Measure))
        self.looker = Looker(asked.agreement, codes)

    def nothing(self) -> Counts:
        """Return what is counted of no rows."""
        tallies = {
            each.code: Tally(each, self.asked.subject(each)) for each in self.asked.references
        }
        return Counts(tallies)

    def count(
        self,
        batch: Any,  # noqa: ANN401 - a record batch of pyarrow
        *,
        numbers: Sequence[int] | None = None,
    ) -> Counts:
        """Return what the rows of a batch count for; `numbers` are as for `BatchScorer.score`."""
        counts = self.nothing()
        if not batch.num_rows:
            return counts
        one = self.looker.gathered(batch, numbers=numbers)
        rows = Rows(self.asked, one.found, _no_points)
        for each in self.asked.references:
            if not self.asked.of_points(each):
                counts.tallies[each.code].add(rows.batch(each), rows.seen(each))
        counts.hashes.append(hashes_of(one.texts[0]))
        return counts

    def freeze(self, counts: Counts) -> References:
        """Freeze what was counted of all rows."""
        wrong = list(self.wrong)
        if len(counts.twice()):
            wrong.insert(0, twice_finding(Said("a facility", "有单位"), THIS_YEAR))
        if any(each.code == "cohort-twice" for each in wrong):
            return refused(self.asked, wrong)
        return freeze(self.asked, counts.tallies, tuple, wrong=wrong)


def counting_of(
    agreement: Agreement,
    references: Iterable[Reference],
    *,
    last_year: Any = None,  # noqa: ANN401 - any table, or a score table
    levels: Mapping[str, str] | None = None,
) -> Counting:
    """Return what counts references batch by batch; the rest is as for `freeze_references`.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        UsageError: a reference of points.
    """
    asked, wrong = asked_of(BatchScorer(agreement).planned.plan, (*references,), last_year, levels)
    for each in asked.references:
        if asked.of_points(each):
            text = f"reference `{each.code}` is of points, for which rows are scored"
            raise UsageError(f"{text}: `freeze_files` or `freeze_references` does it")
    return Counting(asked, wrong)


def _no_points(found: Gathered, subject: Subject) -> Seen:
    raise AssertionError((found, subject))  # pragma: no cover - refused before any row
