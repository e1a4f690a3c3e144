"""The score table: totals, grades, honours and money of many facilities, beside each other.

Its numbers are the integers that were scored. What is asked for later (the points of every item,
one facility's full sheet) is computed when it is asked for, from the same columns.

Source: the public face: `table.totals, table.grades, table.to_frame(), table.sheet(…)`.

>>> _decimals(np.array([250, 300, 0]), np.array([True, True, False]), places=2)
[Decimal('2.5'), Decimal('3'), None]
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from healthduty.columns.arrays import Lanes
from healthduty.columns.bounding import bounds_of_rows
from healthduty.columns.engine_numpy import Integers, Results
from healthduty.columns.engines import run
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered
from healthduty.columns.outcome import BARRED, GRANTED, OPEN, Outcomes
from healthduty.columns.references.frozen import References
from healthduty.columns.singly import put_results, score_row
from healthduty.columns.spans import NARROW, PYTHON, WIDE
from healthduty.columns.summary import Summary, kept_for, summary_of, written_order
from healthduty.display import Table, same_places
from healthduty.errors import UnknownNameError, UsageError
from healthduty.exact import scaled_decimal
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.scoring.completions import Bounds
from healthduty.scoring.plan import Planned
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase

_HONOURS = {GRANTED: "granted", BARRED: "barred", OPEN: "open"}
_SHOWN = 10
_HEADINGS: Mapping[Language, tuple[str, ...]] = {
    "zh": ("名次", "编码", "机构", "总分", "等次"),
    "en": ("rank", "facility", "name", "total", "grade"),
}
_MORE = Phrase("……另有{0}个单位", "… and {0} more")
FRAMES = ("pandas", "polars", "pyarrow")


class Scored:
    """What one run of the columns left: for a table to stand on."""

    def __init__(
        self,
        planned: Planned,
        gathered: Gathered,
        columns: tuple[Mapping[int, Integers], Lanes, Array],
        results: Results,
        outcomes: Outcomes,
    ) -> None:
        """Keep it; `columns` are the slots, their lanes, and the rows that were scored singly."""
        self.planned, self.gathered = planned, gathered
        self.slots, self.lanes, self.singles = columns
        self.results, self.outcomes = results, outcomes


class ScoreTable:
    """The scores of many facilities, in the order of their source.

    `totals` are exact `Decimal`s and None where a facility has no total; `findings` says what was
    wrong with the columns, `plan_notes` how they were scored. `references` are what the rows were
    scored with of the others and of last year, if anything.
    """

    def __init__(
        self,
        scored: Scored,
        findings: Callable[[], Findings],
        plan_notes: Sequence[str],
        references: References | None = None,
    ) -> None:
        """Stand on what was scored; `score_many` makes tables, and `findings` when asked for."""
        self.references = references
        self._scored = scored
        self._plan = scored.planned.plan
        self._find = findings
        self.plan_notes = tuple(plan_notes)

    @functools.cached_property
    def findings(self) -> Findings:
        """What is wrong with the columns, and what only shows when all rows are seen together."""
        return self._find()

    @property
    def scored(self) -> Scored:
        """What it stands on."""
        return self._scored

    @property
    def agreement(self) -> Agreement:
        """The agreement that was scored by."""
        return self._plan.agreement

    def __len__(self) -> int:
        """Return how many facilities there are."""
        return len(self._scored.gathered)

    # --- columns -----------------------------------------------------------------------------

    @functools.cached_property
    def facilities(self) -> list[str]:
        """The key of each facility."""
        return list(self._scored.gathered.facilities)

    @functools.cached_property
    def names(self) -> list[str]:
        """The name of each facility; its key where no name was given."""
        gathered = self._scored.gathered
        same = gathered.names is gathered.facilities
        return self.facilities if same else list(gathered.names)

    @functools.cached_property
    def totals(self) -> list[Decimal | None]:
        """The total of each facility after vetoes."""
        outcomes = self._scored.outcomes
        return _decimals(outcomes.total, outcomes.known, self._plan.places)

    @functools.cached_property
    def earned(self) -> list[Decimal | None]:
        """The points of each facility before vetoes."""
        results = self._scored.results
        known = ~results.unknown & self._plan.totals
        return _decimals(results.earned, known, self._plan.places)

    @functools.cached_property
    def bonus(self) -> list[Decimal | None]:
        """The points of each facility beyond its items' points."""
        results = self._scored.results
        return _decimals(results.bonus, np.ones(len(self), dtype=bool), self._plan.places)

    @functools.cached_property
    def apart(self) -> list[Decimal | None]:
        """The bonus points of each facility that are reported beside the total."""
        results = self._scored.results
        return _decimals(results.apart, np.ones(len(self), dtype=bool), self._plan.places)

    @functools.cached_property
    def grades(self) -> list[str | None]:
        """The grade of each facility after vetoes."""
        scale = self.agreement.grades
        names = [None, *(grade.name for grade in scale.grades)] if scale else [None]
        return [names[place + 1] for place in self._scored.outcomes.grades.tolist()]

    @functools.cached_property
    def honours(self) -> dict[str, list[str | None]]:
        """What becomes of each honour: granted, barred, open, or None where it is not brought."""
        return {
            code: [_HONOURS.get(state) for state in states.tolist()]
            for code, states in self._scored.outcomes.honours.items()
        }

    @functools.cached_property
    def money(self) -> dict[str, list[Decimal | None]]:
        """The money of each pool in yuan; None where it can't be told."""
        return {
            code: _decimals(fen, told, 2)
            for code, (fen, told) in self._scored.outcomes.money.items()
        }

    @functools.cached_property
    def bounds(self) -> list[Bounds]:
        """Between what each total lies; both ends are the total where there is one."""
        return bounds_of_rows(self.agreement, self._scored.gathered, self.totals, self.grades)

    # --- items -------------------------------------------------------------------------------

    @functools.cached_property
    def _detail(self) -> Results:
        """The points of every node and every rule: a second run over the same columns."""
        plan, scored = self._plan, self._scored
        count = range(len(plan.nodes) - 1)
        keep = [
            *(("inside", place) for place in count),
            *(("unsure", place) for place in count),
            *kept_for(plan),
        ]
        made = run(plan, scored.slots, len(self), engine=scored.results.engine, keep=keep)
        for row in np.flatnonzero(scored.singles).tolist():
            put_results(made, row, score_row(plan, scored.gathered.record(row)))
        return made

    @functools.cached_property
    def items(self) -> dict[str, list[Decimal | None]]:
        """The points that each section, indicator and part earned, by its number."""
        kept, plan = self._detail.kept, self._plan
        return {
            plan.refs[node].number: _decimals(
                kept["inside", node], ~kept["unsure", node], plan.places
            )
            for node in written_order(plan)
        }

    def summary(self) -> Summary:
        """Return, for each indicator, the points lost and how many facilities lost any."""
        return summary_of(self._plan, self._detail)

    # --- one facility ------------------------------------------------------------------------

    @functools.cached_property
    def _rows(self) -> dict[str, int]:
        rows: dict[str, int] = {}
        for row, names in enumerate(zip(self.facilities, self.names, strict=True)):
            rows.setdefault(names[0], row)
        for row, name in enumerate(self.names):
            rows.setdefault(name, row)
        return rows

    def row(self, facility: str) -> int:
        """Return the first row of a facility, by its key or else by its name.

        Raises:
            UnknownNameError: where none has that key or name.
        """
        if facility not in self._rows:
            raise UnknownNameError(f"no facility `{facility}` in the table")
        return self._rows[facility]

    def sheet(self, facility: str | int) -> ScoreSheet:
        """Return the full sheet of one facility, by key, name, or its row from 0.

        Raises:
            UnknownNameError: where there is no such facility.
        """
        row = facility if isinstance(facility, int) else self.row(facility)
        if not 0 <= row < len(self):
            raise UnknownNameError(f"no row {row} in a table of {len(self)}")
        return score(self.agreement, self._scored.gathered.record(row))

    # --- all of them -------------------------------------------------------------------------

    def rank(self) -> list[int | None]:
        """Return the rank of each facility: equal totals share one (1, 2, 2, 4), none has none."""
        outcomes = self._scored.outcomes
        ordered = np.sort(outcomes.total[outcomes.known])
        ranks: Array = len(ordered) - np.searchsorted(ordered, outcomes.total, side="right") + 1
        return [
            rank if known else None
            for rank, known in zip(ranks.tolist(), outcomes.known.tolist(), strict=True)
        ]

    def to_frame(self, kind: str = "pandas", *, exact: bool = False, items: bool = False) -> Any:  # noqa: ANN401 - of an extra
        """Return the table as a data frame of pandas, Polars or PyArrow, a row a facility.

        Points and money are floats, the nearest to what was scored, or with `exact` the very
        `Decimal`s. With `items` each item has a column of the points that it earned.

        Raises:
            UsageError: another kind of frame.
            ImportError: where that library is not installed.
        """
        if kind not in FRAMES:
            raise UsageError(f"`{kind}` is none of {', '.join(FRAMES)}")
        return _frame(kind, self._columns(exact=exact, items=items))

    def _columns(self, *, exact: bool, items: bool) -> dict[str, Any]:
        outcomes, results, places = self._scored.outcomes, self._scored.results, self._plan.places
        known = ~results.unknown & self._plan.totals
        points = functools.partial(_points, exact=exact)
        columns: dict[str, Any] = {"facility": self.facilities}
        if self.names != self.facilities:
            columns["name"] = self.names
        columns["total"] = points(outcomes.total, outcomes.known, places)
        columns["earned"] = points(results.earned, known, places)
        if self.agreement.grades is not None:
            columns["grade"] = self.grades
        columns |= {f"honour {code}": states for code, states in self.honours.items()}
        for code, (fen, told) in outcomes.money.items():
            columns[f"money {code}"] = points(fen, told, 2)
        if items:
            kept = self._detail.kept
            for node in written_order(self._plan):
                inside, sure = kept["inside", node], ~kept["unsure", node]
                columns[f"item {self._plan.refs[node].number}"] = points(inside, sure, places)
        return columns

    def describe(self) -> str:
        """Return how the table was scored: engine, lanes, what went value by value or by row."""
        lanes = list(self._scored.lanes.lanes.values())
        counts = {name: lanes.count(lane) for name, lane in _LANE_NAMES.items()}
        told = ", ".join(f"{count} in {name}" for name, count in counts.items() if count)
        none = int((~self._scored.outcomes.known).sum())
        by = self._scored.results.engine
        first = f"{len(self)} facilities, {none} without a total; operations: {told}; by {by}"
        return "\n".join([first, *self.plan_notes])

    def table(self, lang: Language = "zh") -> Table:
        """Return the best facilities as a table, and what is wrong with the columns below it.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        ranks, totals = self.rank(), self.totals
        order = sorted(range(len(self)), key=lambda row: (ranks[row] is None, ranks[row] or 0))
        first = order[:_SHOWN]
        rows = zip(
            ["" if (rank := ranks[row]) is None else str(rank) for row in first],
            [key if (key := self.facilities[row]) != self.names[row] else "" for row in first],
            [self.names[row] for row in first],
            same_places(totals[row] for row in first),
            [self.grades[row] or "" for row in first],
            strict=True,
        )
        rest = len(self) - len(first)
        notes = [_MORE(lang, str(rest))] if rest else []
        notes += [each.line(lang) for each in self.findings.errors[:_SHOWN]]
        return Table(
            headings=_HEADINGS[lang],
            rows=tuple(rows),
            title=self.agreement.title,
            notes=tuple(notes),
            right=(0, 3),
        )

    def __str__(self) -> str:
        """Return the best facilities as text, and what is wrong with the columns."""
        return self.table().text()

    def __repr__(self) -> str:
        """Return how many facilities there are, and how many findings."""
        return f"<ScoreTable: {len(self)} facilities, {len(self.findings)} findings>"

    def _repr_html_(self) -> str:
        return self.table().html()


_LANE_NAMES = {"32 bits": NARROW, "64 bits": WIDE, "Python's integers": PYTHON}


def _decimals(units: Array, known: Array, places: int) -> list[Decimal | None]:
    """Return integers as exact decimals, each distinct one made once."""
    made: dict[int, Decimal] = {}
    found: list[Decimal | None] = []
    for unit, told in zip(units.tolist(), known.tolist(), strict=True):
        if not told:
            found.append(None)
            continue
        if unit not in made:
            made[unit] = scaled_decimal(unit, places)
        found.append(made[unit])
    return found


def _points(units: Array, known: Array, places: int, *, exact: bool) -> Any:  # noqa: ANN401 - a column
    if exact:
        return _decimals(units, known, places)
    # An integer over a power of ten is the nearest float there is: one correctly rounded division.
    return np.where(known, units.astype(np.float64) / 10.0**places, np.nan)


def _frame(kind: str, columns: dict[str, Any]) -> Any:  # noqa: ANN401 - of an extra
    try:
        if kind == "pandas":
            import pandas as pd  # an optional extra

            return pd.DataFrame(columns)
        import narwhals as nw  # an optional extra
        import pyarrow as pa  # an optional extra

        arrays = {name: pa.array(cells, from_pandas=True) for name, cells in columns.items()}
        table = pa.table(arrays)
        if kind == "pyarrow":
            return table
        backend: Any = kind  # one of narwhals' own names
        return nw.from_arrow(table, backend=backend).to_native()
    except ImportError as error:
        raise ImportError(f"this frame needs {kind}: pip install healthduty[columns]") from error
