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

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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
from healthduty.columns.gathered_scores import score_gathered
from healthduty.columns.gathering import Gathered, of_rows
from healthduty.columns.headed import NAMED, Headed, headed
from healthduty.columns.looking import Scale, note_missing, scales_of
from healthduty.columns.naming import Texts, called, left_out, tell_left_out, texts_of
from healthduty.columns.noted import Noted
from healthduty.columns.outcome import BARRED, GRANTED, NOT_BROUGHT, OPEN
from healthduty.columns.references.frozen import References
from healthduty.columns.references.work import gathered_with, rows_of
from healthduty.columns.summary import kept_for, written_order
from healthduty.columns.table import Scored
from healthduty.columns.unpacking import unpacked, unpacker
from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.grades import ConsequenceKind
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake
from healthduty.records.layout import Layout
from healthduty.said import Said, chinese
from healthduty.scoring.plan import Planned, plan
from healthduty.sources import Place

FINDINGS = "findings"
"""The column of what was found."""

_ITEM = 2
"""The points of an item, and what they are written as, take as much as so many columns, mostly."""

_HONOURS = {GRANTED: "granted", BARRED: "barred", OPEN: "open"}
_TEXTS = {Holds.FACILITY: "facility", Holds.NAME: "name", Holds.PERIOD: "period"}
"""What says of whom a row is, and how the column is called."""


def _texts(layout: Layout) -> list[str]:
    """Return the columns that say of whom a row is; who gives no name is called by his row."""
    found = [name for holds, name in _TEXTS.items() if holds in layout.identity]
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


class GatheredBatch(NamedTuple):
    """The rows of a batch less those of totals, their keys and names, and what they hold."""

    head: Headed
    batch: Any
    kept: Array
    numbers: Sequence[int]
    texts: tuple[Texts, Texts]
    found: Gathered


class BatchScorer:
    """A plan, and what is wanted of each batch; it pickles to no more than that.

    `items` asks for the points of every section, indicator and part; `engine` is as for
    `score_many`, and chosen batch by batch. `references` are what was frozen of the whole set that
    the batches are of.
    """

    def __init__(
        self,
        agreement: Agreement,
        *,
        items: bool = False,
        engine: str = Engine.AUTO,
        references: References | None = None,
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
        self.references = references
        self.planned: Planned = plan(agreement)
        self._schemas: dict[tuple[str, ...], Any] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what is pickled: the plan, which is pure data; no headings, and no sentences."""
        made, findings = self.planned.plan, self.planned.findings
        return made, findings, self.items, self.engine, self.references

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Take it up again."""
        made, findings, self.items, self.engine, self.references = state
        self.planned, self.agreement = Planned(made, findings), made.agreement
        self._schemas = {}

    def headed(self, names: Sequence[str]) -> Headed:
        """Return what headings mean, once for all batches that have them."""
        head = headed(tuple(names), Intake(self.agreement))
        if self.references is None:
            return head
        # What references become, no column need hold.
        return attrs.evolve(head, findings=self.references.less_wanting(head.findings))

    def schema(self, names: Sequence[str]) -> Any:  # noqa: ANN401 - of pyarrow
        """Return the columns that a batch with such headings comes back with."""
        key = tuple(names)
        if key not in self._schemas:
            self._schemas[key] = self._schema(key)
        return self._schemas[key]

    def _schema(self, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - of pyarrow
        points = pa.decimal128(DIGITS, self.planned.plan.places)
        fields = [(name, pa.string()) for name in _texts(self.headed(names).layout)]
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
        own: bool = False,
    ) -> BatchScores:
        """Score a batch; `numbers` are what its rows go by in their source, else 1, 2, 3, ….

        `summary` keeps what a summary by indicator is made of. `own` says that nobody else looks
        at the batch: what lies under its nulls becomes 0 where it is.
        """
        one = self.gathered(batch, numbers=numbers, source=source, own=own)
        found, noted = one.found, Noted()
        if self.references is not None:
            rows = rows_of(self.planned, self.references, found, self.engine, threads=1)
            found = gathered_with(self.references, rows, noted, digest=str)
        keep = self._keep(summary=summary)
        scored, prepared = score_gathered(
            self.planned, found, noted, keep=keep, threads=1, engine=self.engine
        )
        note_missing(self.planned.plan, found, prepared, noted)
        scales = tuple(scales_of(self.planned.plan, found, prepared))
        made = self._made(one.batch, one.head, one.texts, scored, noted)
        told, notes = tuple(found.findings), tuple(prepared.notes)
        head, kept, numbers = one.head, one.kept, one.numbers
        return BatchScores(head, made, kept, numbers, scored, noted, told, scales, notes)

    def gathered(
        self,
        batch: Any,  # noqa: ANN401 - a record batch of pyarrow
        *,
        numbers: Sequence[int] | None = None,
        source: str = "",
        own: bool = False,
    ) -> GatheredBatch:
        """Return what a batch holds of its facilities; `numbers`, `source`, `own` are as above."""
        head, intake = self.headed(batch.schema.names), Intake(self.agreement, source)
        numbers = range(1, batch.num_rows + 1) if numbers is None else numbers
        identity = head.layout.identity
        named = {
            holds: texts_of(batch.column(identity[holds])) for holds in NAMED if holds in identity
        }
        gone = left_out(named)
        kept = np.arange(batch.num_rows)
        if gone is not None:
            tell_left_out(gone, named, numbers, intake)
            kept = np.flatnonzero(~gone)
            batch = batch.take(pa.array(kept))
            named = {holds: texts[kept] for holds, texts in named.items()}
            numbers = [numbers[place] for place in kept.tolist()]
        texts = called(named, numbers, intake)
        table = _columns(batch, head, named, own=own)
        found = of_rows(table, head, intake, numbers, texts)
        return GatheredBatch(head, batch, kept, numbers, texts, found)

    def kept(self, *, summary: bool = False) -> int:
        """Return how much is kept of each row while a batch is scored, in columns of it."""
        items = _ITEM * len(self.planned.plan.refs) if self.items else 0
        return items or sum(what != "unsure" for what, _ in self._keep(summary=summary))

    def _keep(self, *, summary: bool) -> Iterator[tuple[str, int]]:
        made = self.planned.plan
        if self.items:
            for node in range(len(made.nodes) - 1):
                yield "inside", node
                yield "unsure", node
        if summary:
            yield from kept_for(made)

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
        if "earned" not in columns:
            columns["earned"] = columns["total"]
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
        known = ~results.unknown & made.totals
        # Mostly nothing is taken out of a total: then the one column is the other.
        if outcomes.total is not results.earned or not np.array_equal(known, outcomes.known):
            yield "earned", results.earned, known, made.places
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
    message = Said(
        f"{name}: the number takes more than {DIGITS} digits", f"{name}：数超过{DIGITS}位"
    )
    noted.add(name, Finding("score-too-long", message), np.flatnonzero(long))
    return np.where(long, 0, units), known & ~long


def _columns(batch: Any, head: Headed, named: dict[Holds, Texts], *, own: bool) -> Columns:  # noqa: ANN401 - as above
    """Return a batch's columns; what names a row stays as Arrow has it, as does what is unused."""
    by_place = {head.layout.identity[holds]: texts for holds, texts in named.items()}
    read = [place for place in range(batch.num_columns) if place in head.used - by_place.keys()]
    arrays, code = [batch.column(place) for place in read], unpacker()
    quick = [None for _ in read] if code is None else unpacked(arrays, code=code)
    found = {
        place: column_of_arrow(array, own=own) if column is None else column
        for place, array, column in zip(read, arrays, quick, strict=True)
    }
    made = [
        found[place]
        if place in found
        else Column(Holding.OBJECTS, by_place.get(place, _Cells(batch.column(place))))
        for place in range(batch.num_columns)
    ]
    return Columns(tuple(batch.schema.names), tuple(made), batch.num_rows)


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
    for finding in (*scorer.planned.findings.errors, *scores.head.told(""), *scores.findings):
        row = finding.place.row
        found.setdefault(0 if row is None else row - 1, []).append(str(finding))
    for (heading, _), heap in scores.noted.heaps.items():
        row, message = int(scores.kept[heap.rows[0]]), heap.first.message
        if heap.count > 1:
            more = f"; {heap.count} rows of this batch"
            message = Said(message + more, f"{chinese(message)}；本批{heap.count}行")
        told = attrs.evolve(heap.first, message=message, place=Place(row=row + 1, column=heading))
        found.setdefault(row, []).append(str(told))
    return ["\n".join(found[row]) if row in found else None for row in range(length)]
