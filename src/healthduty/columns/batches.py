"""One Arrow batch in, one out: for any engine that hands batches on, on one machine or on many.

`score_batch` is a pure function. What it needs travels as a `BatchScorer`, which pickles to the
plan and what is wanted of it: some forty kilobytes for sixty items, unpacked in milliseconds. A
batch comes back row by row: who, total, grade, honours, money, items if they are wanted, and in
`findings` what was found in the batch, in the row that it first concerns.

What only shows when all rows are seen together (a facility that is there twice, a rate that is
never above 1) no batch can tell; `score_files` does.

Source: “Beyond one machine: a pure, picklable function”.

>>> from healthduty.model.indicator import Indicator
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> batch = pa.RecordBatch.from_pydict({"机构": ["南关", "北关"], "1": [3, None]})
>>> score_batch(agreement, batch)["total"].to_pylist()
[Decimal('3.00'), None]
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from healthduty.columns.arrow import (
    DIGITS,
    ArrowArray,
    column_of_arrow,
    pa,
    points_array,
    too_long,
    words_array,
)
from healthduty.columns.column import Column, Holding
from healthduty.columns.engines import Engine, engine_of
from healthduty.columns.extras import Array, np
from healthduty.columns.frames import Columns
from healthduty.columns.gathering import headed, of_rows
from healthduty.columns.looking import Scale, note_missing, scales_of
from healthduty.columns.many import score_gathered
from healthduty.columns.naming import Texts, blanks_among, texts_of, totals_among
from healthduty.columns.noted import Noted
from healthduty.columns.outcome import BARRED, GRANTED, NOT_BROUGHT, OPEN
from healthduty.columns.summary import written_order
from healthduty.columns.table import Scored
from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.grades import ConsequenceKind
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, shown
from healthduty.records.layout import Layout
from healthduty.scoring.plan import Planned, plan
from healthduty.sources import Place

FINDINGS = "findings"
"""The column of what was found."""

_HONOURS = {GRANTED: "granted", BARRED: "barred", OPEN: "open"}
_NAMED = (Holds.FACILITY, Holds.NAME)
_TEXTS = {Holds.FACILITY: "facility", Holds.NAME: "name", Holds.PERIOD: "period"}
"""What says of whom a row is, and how the column is called."""


@attrs.frozen(eq=False)
class Headed:
    """What the headings of a source mean, and what is wrong with them."""

    intake: Intake
    layout: Layout
    findings: tuple[Finding, ...]
    used: frozenset[int]

    @property
    def texts(self) -> list[str]:
        """The columns that say of whom a row is; whoever gives no name is called by his row."""
        identity = self.layout.identity
        found = [name for holds, name in _TEXTS.items() if holds in identity]
        if found[:1] == ["name"] or not {"facility", "name"} & {*found}:
            return ["facility", *(name for name in found if name != "name")]
        return found


@attrs.frozen(eq=False)
class BatchScores:
    """What one batch gave: its rows less those of totals, and what was found on the way.

    `kept` are the places of these rows in the batch, `numbers` what they go by.
    """

    head: Headed
    batch: Any
    kept: Array
    numbers: Sequence[int]
    scored: Scored
    noted: Noted
    findings: tuple[Finding, ...]
    scales: tuple[Scale, ...]
    notes: tuple[str, ...]


class BatchScorer:
    """A plan, and what is wanted of each batch; it pickles to no more than that.

    `items` asks for the points of every section, indicator and part; `engine` is as for
    `score_many`, and chosen batch by batch.
    """

    def __init__(
        self, agreement: Agreement, *, items: bool = False, engine: str = Engine.AUTO
    ) -> None:
        """Take an agreement.

        Raises:
            UsageError: an agreement that is none, or an engine that is none.
            ImportError: an engine that is not installed.
        """
        if not isinstance(agreement, Agreement):
            raise UsageError(f"`{type(agreement).__name__}` is no agreement: load it first")
        engine_of(engine, 0)
        self.agreement, self.items, self.engine = agreement, items, engine
        self.planned: Planned = plan(agreement)
        self._headed: dict[tuple[str, ...], Headed] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what is pickled: the plan, which is pure data; no headings, and no sentences."""
        return self.planned.plan, self.planned.findings, self.items, self.engine

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take it up again."""
        made, findings, self.items, self.engine = state
        self.planned, self.agreement = Planned(made, findings), made.agreement
        self._headed = {}

    def headed(self, names: Sequence[str], source: str = "") -> Headed:
        """Return what headings mean, once for all batches that have them."""
        key = tuple(names)
        if key not in self._headed:
            intake = Intake(self.agreement, source)
            layout = headed(key, intake)
            if not any(holds in layout.identity for holds in _NAMED):
                message = "no column names the facility: rows are called by their numbers"
                hint = "head one 机构名称"
                intake.warn("record-facility-column", message, intake.place, hint=hint)
            used = frozenset(index for index in range(len(key)) if layout.uses(index))
            self._headed[key] = Headed(intake, layout, tuple(intake.findings), used)
        return self._headed[key]

    def schema(self, names: Sequence[str]) -> Any:  # noqa: ANN401 - of pyarrow
        """Return the columns that a batch with such headings comes back with."""
        points = pa.decimal128(DIGITS, self.planned.plan.places)
        fields = [(name, pa.string()) for name in self.headed(names).texts]
        fields += [("total", points), ("earned", points)]
        if self.agreement.grades is not None:
            fields.append(("grade", pa.string()))
        fields += [(f"honour {code}", pa.string()) for code in self._honours()]
        fields += [(f"money {p.code}", pa.decimal128(DIGITS, 2)) for p in self.agreement.funding]
        if self.items:
            refs = self.planned.plan.refs
            order = written_order(self.planned.plan)
            fields += [(f"item {refs[node].number}", points) for node in order]
        return pa.schema(list(dict(fields).items()))

    def _honours(self) -> dict[str, None]:
        given = self.agreement.consequences
        return dict.fromkeys(each.code for each in given if each.kind is ConsequenceKind.HONOUR)

    # --- one batch ---------------------------------------------------------------------------

    def score(
        self,
        batch: Any,  # noqa: ANN401 - a record batch of pyarrow
        *,
        numbers: Sequence[int] | None = None,
        source: str = "",
        summary: bool = False,
    ) -> BatchScores:
        """Score a batch; `numbers` are what its rows go by in their source, else 1, 2, 3, ….

        `summary` keeps what a summary by indicator is made of.
        """
        head = self.headed(batch.schema.names, source)
        intake = copy.copy(head.intake)
        intake.source, intake.findings, intake.periods = source, [], set()
        numbers = range(1, batch.num_rows + 1) if numbers is None else numbers
        named = self._named(batch, head)
        gone = self._totals(named, numbers, intake)
        kept = np.arange(batch.num_rows) if gone is None else np.flatnonzero(~gone)
        if len(kept) < batch.num_rows:
            batch = batch.take(pa.array(kept))
            named = {holds: texts[kept] for holds, texts in named.items()}
            numbers = [numbers[place] for place in kept.tolist()]
        texts = _called(named, numbers, intake)
        table = _columns(batch, head, named, source)
        found = of_rows(table, head.layout, intake, numbers, texts)
        noted = Noted()
        keep = self._keep(summary=summary)
        scored, prepared = score_gathered(
            self.planned, found, noted, keep=keep, threads=1, engine=self.engine
        )
        note_missing(self.planned.plan, found, prepared, noted)
        scales = tuple(scales_of(self.planned.plan, found, prepared))
        made = self._made(batch, head, texts, scored, noted)
        told, notes = tuple(intake.findings), tuple(prepared.notes)
        return BatchScores(head, made, kept, numbers, scored, noted, told, scales, notes)

    @staticmethod
    def _named(batch: Any, head: Headed) -> dict[Holds, Texts]:  # noqa: ANN401 - as above
        identity = head.layout.identity
        return {
            holds: texts_of(batch.column(identity[holds])) for holds in _NAMED if holds in identity
        }

    @staticmethod
    def _totals(named: dict[Holds, Texts], numbers: Sequence[int], intake: Intake) -> Array | None:
        """Return which rows are of totals, no facilities, and tell of each."""
        gone: Array | None = None
        for texts in named.values():
            gone = totals_among(texts) if gone is None else gone | totals_among(texts)
        for row in [] if gone is None else np.flatnonzero(gone).tolist():
            name = shown(next(texts[row] for texts in named.values() if texts[row]))
            message = f"`{name}` is a row of totals, no facility: it is left out"
            intake.warn("record-row-total", message, Place(intake.source, row=numbers[row]))
        return gone

    def _keep(self, *, summary: bool) -> Iterator[tuple[str, int]]:
        made = self.planned.plan
        if self.items or summary:
            for node in range(len(made.nodes) - 1):
                yield "inside", node
                yield "unsure", node
        if summary:
            yield from (("taken", term) for term in range(made.terms))

    # --- what comes back ---------------------------------------------------------------------

    def _made(
        self,
        batch: Any,  # noqa: ANN401 - as above
        head: Headed,
        texts: tuple[Texts, Texts],
        scored: Scored,
        noted: Noted,
    ) -> Any:  # noqa: ANN401 - as above
        schema = self.schema(batch.schema.names)
        columns: dict[str, ArrowArray] = {"facility": texts[0].array, "name": texts[1].array}
        if (period := head.layout.identity.get(Holds.PERIOD)) is not None:
            columns["period"] = texts_of(batch.column(period)).array
        for name, units, known, places in self._points(scored):
            columns[name] = points_array(*_short(name, units, known, noted), places)
        outcomes, scale = scored.outcomes, self.agreement.grades
        if scale is not None:
            columns["grade"] = words_array(outcomes.grades, [each.name for each in scale.grades])
        for code, states in outcomes.honours.items():
            places_of = np.where(states == NOT_BROUGHT, -1, states)
            words = [_HONOURS.get(place, "") for place in range(max(_HONOURS) + 1)]
            columns[f"honour {code}"] = words_array(places_of, words)
        return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)

    def _points(self, scored: Scored) -> Iterator[tuple[str, Array, Array, int]]:
        """Go through the columns of points and money: integers, where they are known, places."""
        made, results, outcomes = self.planned.plan, scored.results, scored.outcomes
        yield "total", outcomes.total, outcomes.known, made.places
        yield "earned", results.earned, ~results.unknown & made.totals, made.places
        for code, (fen, told) in outcomes.money.items():
            yield f"money {code}", fen, told, 2
        if self.items:
            for node in written_order(made):
                inside, unsure = results.kept["inside", node], results.kept["unsure", node]
                yield f"item {made.refs[node].number}", inside, ~unsure, made.places


def _short(name: str, units: Array, known: Array, noted: Noted) -> tuple[Array, Array]:
    """Return numbers that a column holds; those with more digits are noted, and not known."""
    long = too_long(units, known)
    if not long.any():
        return units, known
    message = f"{name}: the number takes more than {DIGITS} digits"
    noted.add(name, Finding("score-too-long", message), np.flatnonzero(long))
    return np.where(long, 0, units), known & ~long


def _called(
    named: dict[Holds, Texts], numbers: Sequence[int], intake: Intake
) -> tuple[Texts, Texts]:
    """Return each row's key and name; one that names no facility is called by its row."""
    if not named:
        rows = Texts(pa.array([f"row {number}" for number in numbers], pa.string()))
        return rows, rows
    names = named[Holds.NAME if Holds.NAME in named else Holds.FACILITY]
    keys = named.get(Holds.FACILITY, names)
    bare_keys, bare_names = blanks_among(keys), blanks_among(names)
    if not bare_keys.any() and not bare_names.any():
        return keys, names
    for row in np.flatnonzero(bare_keys & bare_names).tolist():
        place = Place(intake.source, row=numbers[row])
        intake.report("record-facility-missing", "the row names no facility", place)
    called = [
        key or name or f"row {number}"
        for key, name, number in zip(keys, names, numbers, strict=True)
    ]
    said = [name or key for key, name in zip(called, names, strict=True)]
    return Texts(pa.array(called, pa.string())), Texts(pa.array(said, pa.string()))


def _columns(batch: Any, head: Headed, named: dict[Holds, Texts], source: str) -> Columns:  # noqa: ANN401 - as above
    """Return a batch's columns; what names a row stays as Arrow has it, as does what is unused."""
    by_place = {head.layout.identity[holds]: texts for holds, texts in named.items()}
    made = [
        column_of_arrow(batch.column(place))
        if place in head.used and place not in by_place
        else Column(Holding.OBJECTS, by_place.get(place, _Cells(batch.column(place))))
        for place in range(batch.num_columns)
    ]
    return Columns(tuple(batch.schema.names), tuple(made), batch.num_rows, source)


class _Cells:
    """The cells of a column that nobody may ever look at."""

    def __init__(self, array: ArrowArray) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __getitem__(self, place: int) -> Any:  # noqa: ANN401 - a cell
        return self.array[place].as_py()


# --- for any engine ------------------------------------------------------------------------------

_RECENT: OrderedDict[tuple[int, bool], BatchScorer] = OrderedDict()
_MOST_RECENT = 8


def scorer_of(agreement: Agreement | BatchScorer, *, items: bool = False) -> BatchScorer:
    """Return the scorer of an agreement, of which the last few are kept; a scorer is one already.

    Raises:
        UsageError: what is neither.
    """
    if isinstance(agreement, BatchScorer):
        return agreement
    key = id(agreement), items
    known = _RECENT.get(key)
    if known is None or known.agreement is not agreement:  # by identity, as `plan` keeps plans
        known = _RECENT[key] = BatchScorer(agreement, items=items)
        while len(_RECENT) > _MOST_RECENT:
            _RECENT.popitem(last=False)
    return known


def batch_schema(agreement: Agreement | BatchScorer, names: Sequence[str]) -> Any:  # noqa: ANN401 - of pyarrow
    """Return the schema of what `score_batch` returns for a batch with such headings."""
    schema = scorer_of(agreement).schema(names)
    return schema.append(pa.field(FINDINGS, pa.string()))


def score_batch(agreement: Agreement | BatchScorer, batch: Any) -> Any:  # noqa: ANN401 - of pyarrow
    """Score a `pyarrow.RecordBatch`; return one with as many rows, in the same order.

    `agreement` is an agreement, or a `BatchScorer` where the points of each item are wanted too.
    Points are decimals, exactly as scored, and null where there is no total. A row of totals has
    none. `findings` is null but where something was found: a line a finding, in the first row
    that it concerns, with the number of rows of this batch that have it.

    Raises:
        UsageError: an agreement that is none.
    """
    scorer = scorer_of(agreement)
    schema = batch_schema(scorer, batch.schema.names)
    if not batch.num_rows:
        return pa.RecordBatch.from_pylist([], schema=schema)
    scores = scorer.score(batch)
    made = scores.batch
    lines = _lines(scorer, scores, batch.num_rows)
    if len(scores.kept) < batch.num_rows:
        places = np.full(batch.num_rows, -1, dtype=np.int64)
        places[scores.kept] = np.arange(len(scores.kept))
        made = made.take(pa.array(places, mask=places < 0))
    told = pa.array(lines, pa.string())
    return pa.RecordBatch.from_arrays([*made.columns, told], schema=schema)


def _lines(scorer: BatchScorer, scores: BatchScores, length: int) -> list[str | None]:
    """Return what was found, as lines, each at the first row of the batch that it concerns."""
    found: dict[int, list[str]] = {}
    for finding in (*scorer.planned.findings.errors, *scores.head.findings, *scores.findings):
        row = finding.place.row
        found.setdefault(0 if row is None else row - 1, []).append(str(finding))
    for (heading, _), heap in scores.noted.heaps.items():
        more = f"; {heap.count} rows of this batch" if heap.count > 1 else ""
        row, message = int(scores.kept[heap.rows[0]]), heap.first.message + more
        told = attrs.evolve(heap.first, message=message, place=Place(row=row + 1, column=heading))
        found.setdefault(row, []).append(str(told))
    return ["\n".join(found[row]) if row in found else None for row in range(length)]
