"""The rows of a source while references are worked out on them, and are put into them.

A reference of a measure sees the values that came in. One of points sees what the rows earn with
the references before it, while it and those behind it do not apply yet; so rows are scored for it.

Source: semantics 14; “References are worked out in written order” (`results.cohort`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from healthduty.columns.column import Column, Holding
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered
from healthduty.columns.integers import Cells
from healthduty.columns.noted import Noted
from healthduty.columns.reader import reader_of
from healthduty.columns.references.groups import groups_of, weights_of
from healthduty.columns.references.last import Last
from healthduty.columns.references.made import MadeColumn, of_values, put_under
from healthduty.columns.references.seen import NOT_APPLICABLE as SILENT
from healthduty.columns.references.seen import Seen, seen_of
from healthduty.columns.references.tally import NAMED, Batch, Frozen, Groups, Weights
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Holds
from healthduty.records.record import MISSING, NOT_APPLICABLE, Origin, Record, Statement
from healthduty.records.wanting import tells_wanting
from healthduty.results.among import EVERYBODY, Among
from healthduty.results.figure_findings import Crowd, Teller
from healthduty.results.figure_values import ALONE, Shape, silent
from healthduty.results.figures import evidence_of
from healthduty.results.references import OWN, Reference, Subject, Way, subject_of
from healthduty.results.resolved import put_values
from healthduty.rules.measure import RATE_KINDS, Measure
from healthduty.said import Said
from healthduty.scoring.ops import Plan

ORIGIN = "references"
"""What a sheet calls the references among its digests."""

LookAtPoints = Callable[[Gathered, Subject], Seen]
"""Scores rows, and returns what is seen of their points."""


@attrs.frozen(eq=False)
class Asked:
    """What is asked of a set: references in written order, and what they lean on."""

    plan: Plan
    references: tuple[Reference, ...]
    levels: Mapping[str, str]
    last: Last | None = None

    @property
    def agreement(self) -> Agreement:
        """The agreement whose measures they become."""
        return self.plan.agreement

    def subject(self, reference: Reference) -> Subject:
        """Return what a reference is of."""
        return subject_of(reference, self.agreement)

    def target(self, reference: Reference) -> Measure:
        """Return the measure that a reference becomes; it was checked that there is one."""
        return self.agreement.measure(reference.code) or Measure(reference.code)

    def of_points(self, reference: Reference) -> bool:
        """Tell whether rows have to be scored before a reference can be worked out."""
        of_measure = isinstance(self.subject(reference), Measure)
        return not of_measure and reference.way is not Way.LAST_YEAR


class Rows:
    """The rows of one source, or of one batch of it."""

    def __init__(self, asked: Asked, found: Gathered, look: LookAtPoints) -> None:
        """Stand on what was gathered."""
        self.asked, self.found = asked, found
        self._look = look
        self._measures: dict[str, Seen] = {}
        self._seen: dict[str, Seen] = {}
        self._groups: dict[Among, Groups] = {}
        self._placed: dict[tuple[str, str], list[tuple[Any, Array]]] = {}
        self._made: dict[str, MadeColumn] = {}

    @functools.cached_property
    def weights(self) -> Weights:
        """By what people each row weighs."""
        records = self.found.needs is None
        return weights_of(
            self.found.subject.get(Holds.POPULATION), len(self.found), records=records
        )

    @property
    def _last(self) -> Last:
        assert self.asked.last is not None  # noqa: S101 - made where last year is asked for
        return self.asked.last

    @functools.cached_property
    def _then(self) -> Array:
        """Where each facility stood last year."""
        return self._last.keys.rows(self.found.facilities)

    def batch(self, reference: Reference) -> Batch:
        """Return the rows as they go by for a reference."""
        weighed = reference.way is Way.WEIGHTED_MEAN
        names = self.found.names
        return Batch(names, self.groups(reference.among), self.weights if weighed else None)

    def groups(self, among: Among) -> Groups:
        """Return the groups in which rows are compared."""
        if among not in self._groups:
            found = self.found
            kinds = found.subject.get(Holds.KIND) if among is Among.SAME_KIND else None
            self._groups[among] = groups_of(
                among, found.facilities, found.names, kinds, self.asked.levels
            )
        return self._groups[among]

    def seen(self, reference: Reference) -> Seen:
        """Return what is seen of the rows for a reference; those before it have been put."""
        if reference.code not in self._seen:
            self._seen[reference.code] = self._seen_of(reference)
        return self._seen[reference.code]

    def _seen_of(self, reference: Reference) -> Seen:
        subject = self.asked.subject(reference)
        if reference.way is Way.LAST_YEAR:
            return self._last.seen(reference.code, self._then)
        if not isinstance(subject, Measure):
            return self._look(self.gathered(before=reference), subject)
        if subject.code not in self._measures:
            cells = self.found.cells.get(subject.code) or no_cells(subject.code, len(self.found))
            self._measures[subject.code] = seen_of(subject, cells)
        return self._measures[subject.code]

    def placed(self, frozen: Frozen) -> list[tuple[Any, Array]]:
        """Return rows of a group, part by part, and which of its values each of them has."""
        key = frozen.reference.code, frozen.group
        if key not in self._placed:
            self._placed[key] = [*self._places(frozen)]
        return self._placed[key]

    def _places(self, frozen: Frozen) -> Iterator[tuple[Any, Array]]:
        assert frozen.places is not None  # noqa: S101 - of ways that give each its own
        groups = self.groups(frozen.reference.among)
        for part in self.seen(frozen.reference).parts:
            for name, at in groups.split(part.rows):
                if name == frozen.group:
                    mine = part if at is None else part.taken(at)
                    rows = slice(None) if mine.rows is None else mine.rows
                    yield rows, frozen.places.at(mine.numbers)

    def names_of(self, frozen: Frozen, value: int) -> Crowd:
        """Return who of a group has a value, by its place among the values."""
        every = np.arange(len(self.found))
        rows = np.sort(np.concatenate([every[r][at == value] for r, at in self.placed(frozen)]))
        return Crowd([self.found.names[row] for row in rows[:NAMED].tolist()], len(rows))

    # --- putting -----------------------------------------------------------------------------

    def put(self, reference: Reference, frozen: Sequence[Frozen], noted: Noted) -> None:
        """Put what a reference came to into the rows; the references before it have been put."""
        if reference.code not in self._made:
            made = self._column(reference, {each.group: each for each in frozen}, noted)
            self._made[reference.code] = made

    def _column(
        self, reference: Reference, frozen: Mapping[str, Frozen], noted: Noted
    ) -> MadeColumn:
        subject, target = self.asked.subject(reference), self.asked.target(reference)
        shape = Shape(subject, target, Teller(reference, []))
        if reference.way not in OWN:
            return self._of_all(reference, frozen, subject)
        if reference.way is not Way.LAST_YEAR:
            return _Own(self, reference, shape, noted).column(frozen)
        if not frozen:
            return _nothing(reference.code, len(self.found))
        evidence = evidence_of(frozen[EVERYBODY].figure, subject)
        return self._last.made(reference.code, self._then, shape, evidence)

    def _of_all(
        self, reference: Reference, frozen: Mapping[str, Frozen], subject: Subject
    ) -> MadeColumn:
        """Return a column of one value for each group."""
        groups = self.groups(reference.among)
        codes = np.zeros(len(self.found), dtype=np.int64)
        if groups.codes is not None:
            codes = np.where(groups.codes < 0, len(groups.names), groups.codes)
        of = [frozen.get(name) for name in groups.names]
        values = [None if each is None else each.value for each in of]
        evidence = ["" if each is None else evidence_of(each.figure, subject) for each in of]
        return of_values(reference.code, [*values, None], codes, *evidence, "", origin=codes)

    # --- for scoring -------------------------------------------------------------------------

    def gathered(
        self,
        digest: Callable[[], str] = str,
        noted: Noted | None = None,
        *,
        before: Reference | None = None,
    ) -> Gathered:
        """Return the rows with what was put into them.

        `digest` names the references; `noted` takes what differs from values that stand in the
        rows; `before` is the first that does not apply yet.
        """
        references = self.asked.references
        end = len(references) if before is None else references.index(before)
        cells = dict(self.found.cells)
        made = {each.code: self._made[each.code] for each in references[:end]}
        for code, column in made.items():
            own, measure = cells.get(code), self.asked.agreement.measure(code)
            assert measure is not None  # noqa: S101 - it was checked that there is one
            context = reader_of(self.asked.plan), Noted() if noted is None else noted
            cells[code] = (
                column.cells() if own is None else put_under(own, column, measure, context)
            )
        still = [each.code for each in references[end:]]
        for code in still:
            cells[code] = no_cells(code, len(self.found), NOT_APPLICABLE)
        record = functools.partial(self._record, made, still, digest)
        findings = [*less_wanting(self.asked.agreement, references, self.found.findings)]
        return attrs.evolve(self.found, cells=cells, record=record, findings=findings)

    def _record(
        self,
        made: Mapping[str, MadeColumn],
        still: Sequence[str],
        digest: Callable[[], str],
        row: int,
    ) -> Record:
        """Return the record of one row, with what was put into it."""
        origin = Origin(ORIGIN, digest()) if made else None
        values = {
            code: Statement(value, evidence=column.source(row), origin=origin)
            for code, column in made.items()
            if (value := column.value(row)) is not None
        }
        record = put_values(self.found.record(row), self.asked.agreement, values).record
        silent_now = dict.fromkeys(still, NOT_APPLICABLE)
        return attrs.evolve(record, values={**record.values, **silent_now})


def less_wanting(
    agreement: Agreement, references: Iterable[Reference], findings: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Return findings less those that a source lacks what references become."""
    made = [agreement.measure(each.code) or Measure(each.code) for each in references]
    return tuple(
        each for each in findings if not any(tells_wanting(each, measure) for measure in made)
    )


def no_cells(code: str, length: int, value: object = MISSING) -> Cells:
    """Return cells that all hold one value: nothing, unless something else is said."""
    column = Column(Holding.CODED, np.zeros(length, dtype=np.int64), [value])
    return Cells(code, code, column, lambda raw: (raw, ()), plain=False)


def _nothing(code: str, length: int) -> MadeColumn:
    return of_values(code, [None], np.zeros(length, dtype=np.int64), "")


# --- a value for each --------------------------------------------------------------------------


class _Own:
    """A column of each unit's own place among those of its group."""

    def __init__(self, rows: Rows, reference: Reference, shape: Shape, noted: Noted) -> None:
        self.reference, self.shape, self.noted = reference, shape, noted
        self.rows, self.seen, self.groups = rows, rows.seen(reference), rows.groups(reference.among)
        length = len(rows.found)
        self.number = np.zeros(length, dtype=np.int64)
        self.others = np.ones(length, dtype=np.int64)
        self.blank = np.ones(length, dtype=bool)
        self.silent = np.zeros(length, dtype=np.int8)
        self.origin = np.zeros(length, dtype=np.int32)

    def column(self, frozen: Mapping[str, Frozen]) -> MadeColumn:
        """Return the column."""
        evidence = {name: place for place, name in enumerate(frozen)}
        for name, each in frozen.items():
            for rows, at in self.rows.placed(each):
                self._fill(rows, each.ranks, at)
                self.origin[rows], self.others[rows] = evidence[name], each.units - 1
        silent_rows = self.seen.rows(SILENT)
        for name, at in self.groups.split(silent_rows) if len(silent_rows) else ():
            if name in frozen:
                rows = silent_rows if at is None else silent_rows[at]
                self.silent[rows], self.origin[rows] = 1, evidence[name]
        subject = self.shape.subject
        return self._made(tuple(evidence_of(each.figure, subject) for each in frozen.values()))

    def _fill(self, rows: Any, ranks: Array, at: Array) -> None:  # noqa: ANN401 - rows
        """Give rows their ranks; who is none of the set has no place in it."""
        self.number[rows] = ranks[at]
        outside = at < 0
        self.blank[rows] = outside
        if outside.any():
            where = np.arange(len(self.blank))[rows][outside]
            self.noted.add(self.reference.code, _outside(self.reference), where)

    def _made(self, evidence: tuple[str, ...]) -> MadeColumn:
        code, share = self.reference.code, self.reference.way is Way.PERCENTILE_RANK
        if share:
            alone = (self.others == 0) & ~self.blank
            self.silent[alone] = 2
        self.blank &= self.silent == 0
        masked = self.blank | (self.silent > 0)
        if masked.any():
            self.number[masked], self.others[masked] = 0, 1
        column, pair = Column(Holding.INTEGERS, self.number), None
        if share and self.shape.target.kind in RATE_KINDS:
            pair = Column(Holding.INTEGERS, self.others)
        elif share:
            both, codes = np.unique(
                np.stack([self.number, self.others]), axis=1, return_inverse=True
            )
            values = [self.shape.share(*each) for each in both.T.tolist()]
            column = Column(Holding.CODED, codes.reshape(-1), values)
        return MadeColumn(
            code,
            column,
            pair=pair,
            blank=self.blank if self.blank.any() else None,
            silent=self.silent if self.silent.any() else None,
            excuses=(silent(self.shape.subject), ALONE),
            evidence=evidence or ("",),
            origin=self.origin,
        )


def _outside(reference: Reference) -> Finding:
    text = Said(
        f"`{reference.code}`: the row is none of those that the reference was worked out from",
        f"`{reference.code}`：该行不在计算参照数据的单位之内",
    )
    hint = Said("work the references out again over these rows", "请用这些数据重新计算参照数据")
    return Finding("reference-outside", text, hint=hint)
