"""Where everything stands on a facility's sheet, and the formulas that stand there.

From top to bottom: title, the score table, what follows from the total, findings, signatures; then
the data that a person may change; then, folded away, the steps of the computation. Every sheet of
a workbook has this shape, so its formulas are worked out once.

Source: “The result workbook”; docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Protocol

import attrs

from healthduty.scoring.ops import (
    AmongOp,
    AmountOp,
    CompareOp,
    GroupOp,
    HappenedOp,
    OnceOp,
    RuleRef,
    UnevidencedSlot,
)
from healthduty.workbook.formulas import Tally, Target
from healthduty.workbook.formulas_cells import SHEET, InputCells
from healthduty.workbook.formulas_entries import (
    VALUE,
    CellFormulas,
    Typed,
    cell_formulas,
    cells_in_row,
    looked_up_formulas,
    text_literal,
)
from healthduty.workbook.formulas_inputs import SILENT, Row, Sort
from healthduty.workbook.formulas_listing import CaseColumns, CaseSite
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import Number, Term, Truth, is_wide
from healthduty.workbook.formulas_text import Helper, Laid, lay_out
from healthduty.workbook.result_rows import BodyRow, RowKind

FIRST_BODY = 4
"""The row (from 0) under the headings of the score table."""

Values = list[Any]
"""What every term is for one facility."""


class Sites(Protocol):
    """Where the cells behind the score tables are: inputs, numbers that stand, steps."""

    @property
    def fixed(self) -> tuple[tuple[str, int], ...]:
        """What stands as a value among the steps."""
        ...

    @property
    def sheet(self) -> str:
        """How a score table refers to the sheet of these cells; empty on that very sheet."""
        ...

    def input_cells(self, place: int) -> InputCells:
        """Return the cells of a row of inputs."""
        ...

    def fixed_cell(self, place: int) -> str:
        """Return the cell of a number that stands."""
        ...

    def step_cell(self, place: int) -> str:
        """Return the cell of a step."""
        ...


@attrs.frozen
class Table:
    """The rows of a score table, counted from its first one: body, sums, what follows."""

    body: tuple[BodyRow, ...]
    outcomes: tuple[tuple[str, int], ...]

    @property
    def sum_row(self) -> int:
        """The row of the sums."""
        return len(self.body)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.sum_row + 1 + len(self.outcomes)

    def outcome_row(self, what: str, place: int = 0) -> int:
        """Return the row of something that follows from the total."""
        return self.sum_row + 1 + self.outcomes.index((what, place))


@attrs.frozen
class Shape:
    """The rows (from 0) of the parts of a facility's own sheet, which ends with the last step."""

    findings: int
    """How many rows there are for findings."""
    inputs: int
    table: Table
    fixed: tuple[tuple[str, int], ...]
    sheet: str = ""

    def input_cells(self, place: int) -> InputCells:
        """Return the cells of a row of inputs."""
        return cells_in_row(self.input_row + place + 1)

    def fixed_cell(self, place: int) -> str:
        """Return the cell of a number that stands."""
        return f"{VALUE}{self.fixed_row + place + 1}"

    def step_cell(self, place: int) -> str:
        """Return the cell of a step."""
        return f"{VALUE}{self.step_row + place + 1}"

    @property
    def finding_row(self) -> int:
        """The first row of the findings, under their caption."""
        return FIRST_BODY + self.table.rows + 1

    @property
    def sign_row(self) -> int:
        """The row of the signatures."""
        return self.finding_row + self.findings + 1

    @property
    def input_row(self) -> int:
        """The first row of the inputs, under their caption and headings."""
        return self.sign_row + 4

    @property
    def fixed_row(self) -> int:
        """The first step, under caption and headings: those that stand as values."""
        return self.input_row + self.inputs + 3

    @property
    def step_row(self) -> int:
        """The first step that is a formula."""
        return self.fixed_row + len(self.fixed)


def outcomes_of(template: Template) -> tuple[tuple[str, int], ...]:
    """Return what stands under the sums of an agreement, in order."""
    agreement, rows = template.plan.agreement, []
    if template.plan.settling.with_apart:
        rows.append(("apart", 0))
    rows += [("veto", place) for place in range(len(agreement.vetoes))]
    if agreement.vetoes:
        rows.append(("total", 0))
    if agreement.grades is not None:
        rows.append(("grade", 0))
    rows += [("honour", place) for place in range(len(template.followed.honours))]
    return (*rows, *(("money", place) for place in range(len(agreement.funding))))


# --- terms of the rows -------------------------------------------------------------------------


@attrs.frozen
class RowTerms:
    """What stands in a row, as terms in points scale; None where the row has no such cell."""

    change: Number
    bonus: Number
    points: Number | None
    unsure: Truth
    tally: Tally | None
    target: Target | None


def row_terms(template: Template, body: Sequence[BodyRow]) -> tuple[RowTerms, ...]:
    """Return the terms of the rows."""
    return tuple(_row_terms(template, row) for row in body)


def _row_terms(template: Template, row: BodyRow) -> RowTerms:
    x, plan, written = template.terms, template.plan, template.written
    change: Number = 0
    bonus: Number = 0
    out = -1
    short = plan.nodes[row.node].start - plan.refs[row.node].unshared
    if row.ref is not None:
        effective = written.lines.get(id(row.ref))
        if effective is not None:
            change, bonus = effective
        out = -1 if row.ref.op is None else row.ref.op.out
    if row.kind in (RowKind.START, RowKind.ONE):
        change = x.add(change, short)
    if row.kind not in (RowKind.START, RowKind.RULE):
        change = x.add(change, written.adjusted.get(row.node, 0))
    if row.has_points and row.kind is not RowKind.ONE:
        bonus = written.beyond[row.node]
    return RowTerms(
        change,
        bonus,
        written.inside[row.node] if row.has_points else None,
        written.unsure.get(row.node, False),
        written.tallies.get(out),
        written.targets.get(out),
    )


# --- formulas ----------------------------------------------------------------------------------


@attrs.frozen
class Live:
    """The formulas behind score tables, without the `=`: inputs, steps, and how to refer.

    Marks stand in them for what differs from facility to facility.
    """

    sites: Sites
    terms: tuple[RowTerms, ...]
    inputs: tuple[CellFormulas, ...]
    laid: Laid
    unit: int
    columns: CaseColumns | None
    case_names: tuple[str, ...] = ()
    """What the rules are called that read the list of cases."""

    @property
    def steps(self) -> tuple[Helper, ...]:
        """The steps, a cell each."""
        return self.laid.rows

    def address(self, thing: Number | Truth) -> str:
        """Return the cell of a term as a score table refers to it, or the constant that it is."""
        address = self.laid.address(thing)
        return f"{self.sites.sheet}{address}" if isinstance(thing, Term) else address

    def points(self, number: Number) -> str:
        """Return points as a formula."""
        return f"{self.address(number)}/{self.unit}"

    def pair(self, top: Number, bottom: Number) -> str:
        """Return a pair as a number to be looked at."""
        if isinstance(bottom, int) and bottom == 1:
            return self.address(top)
        return f"ROUND({self.address(top)}/{self.address(bottom)},4)"


def live_formulas(
    template: Template, sites: Sites, terms: tuple[RowTerms, ...], cases: CaseSite, typed: Typed
) -> Live:
    """Work out all formulas; `typed` are the words that a person may type."""
    leaves: dict[Hashable, str] = {}
    for place in range(len(template.rows)):
        cells = sites.input_cells(place)
        leaves["num", place], leaves["den", place] = cells.num, cells.den
        leaves["state", place], leaves["bare", place] = cells.state, cells.bare
    for place, fixed in enumerate(sites.fixed):
        leaves[fixed] = sites.fixed_cell(place)
    roots = [thing for thing in _roots(template, terms) if not is_wide(thing)]
    laid = lay_out(template.terms, roots, leaves, sites.step_cell)
    columns = None
    if template.listed is not None:
        prices = [
            (SHEET if isinstance(price, Term) else "") + laid.address(price)
            for price in template.prices
        ]
        columns = CaseColumns(template.listed, prices, cases, typed)
    inputs = _input_formulas(template, sites, columns, (cases.sheet, typed))
    return Live(sites, terms, inputs, laid, 10**template.plan.places, columns, cases.names)


def _roots(template: Template, terms: Sequence[RowTerms]) -> list[Number | Truth]:
    followed, written = template.followed, template.written
    roots: list[Number | Truth] = []
    for row in terms:
        roots += [row.change, row.bonus, row.unsure]
        roots += [] if row.points is None else [row.points]
        roots += row.tally or ()
        roots += [] if row.target is None else [row.target.top, row.target.bottom]
    for fact in followed.vetoes:
        roots += fact
    roots += [written.earned, written.apart]
    roots += [followed.told, followed.total, followed.known, followed.grade]
    roots += [state for _, state in followed.honours]
    for pool in followed.money:
        roots += [pool.fen, pool.share, pool.known]
    return [*roots, *template.prices]


def _input_formulas(
    template: Template, sites: Sites, columns: CaseColumns | None, of: tuple[str, Typed]
) -> tuple[CellFormulas, ...]:
    sheet, typed = of
    places = {row.key: place for place, row in enumerate(template.rows)}
    kind = places.get(("kind", ""))
    kind_cell = "" if kind is None else sites.input_cells(kind).value
    made = []
    for place, row in enumerate(template.rows):
        at = sites.input_cells(place)
        if row.sort is Sort.LOOKED_UP:
            made.append(looked_up_formulas(row, at, kind_cell))
        elif columns is not None and row.sort is Sort.LISTED:
            made.append(columns.counted(row, at, sheet))
        elif columns is not None and row.sort is Sort.WEIGHED:
            assert row.of is not None  # noqa: S101 - these are worked out from another row
            made.append(columns.weighed(row, at, sites.input_cells(places[row.of]), sheet))
        else:
            made.append(cell_formulas(row, at, typed))
    return tuple(made)


# --- the observed value beside a rule ----------------------------------------------------------


def shown_rows(template: Template, body: Sequence[BodyRow]) -> tuple[int, ...]:
    """Return, for each row, the row of inputs whose value it shows; −1 for none."""
    by_slot = _inputs_by_slot(template)
    return tuple(
        -1 if row.ref is None else by_slot.get(_main_slot(template, row.ref), -1) for row in body
    )


def _inputs_by_slot(template: Template) -> Mapping[int, int]:
    places = {row.key: place for place, row in enumerate(template.rows)}
    found: dict[int, int] = {}
    for slot, what in enumerate(template.plan.slots):
        measure = getattr(what, "measure", None)
        keys: list[tuple[str, Hashable]] = [
            ("weighted", slot),
            ("judged", slot),
            ("looked up", slot),
        ]
        keys += [] if measure is None else [("value", measure.code)]
        found.update((slot, places[key]) for key in keys if key in places)
    return found


def _main_slot(template: Template, ref: RuleRef) -> int:
    """Return the slot that a rule is about, −1 where there is not one."""
    op: AmountOp | None = ref.op
    if op is None:
        return _condition_slot(template, ref.condition)
    if isinstance(op, GroupOp):
        return -1
    return _condition_slot(template, op.condition) if isinstance(op, OnceOp) else op.slot


def _condition_slot(template: Template, place: int) -> int:
    if place < 0:
        return -1
    op = template.plan.conditions[place]
    if not isinstance(op, (CompareOp, HappenedOp, AmongOp)):
        return -1
    return -1 if isinstance(template.plan.slots[op.slot], UnevidencedSlot) else op.slot


def shown_formula(row: Row, at: InputCells, typed: Typed) -> str:
    """Return the formula that shows what stands in the cells of a row of inputs."""
    value, top, bottom = at.value, at.top, at.bottom
    plain = f'IF({value}="","",{value})'
    if row.sort is Sort.LISTED:  # the list tells it, where the cell says nothing
        plain = f"IF({at.state}=0,{at.num},{plain})"
    if row.parts:
        pair = f'IF(AND(ISNUMBER({top}),ISNUMBER({bottom})),IF({bottom}=0,"",'
        pair += f'ROUND({top}/{bottom}*{row.whole},4)),"")'
        plain = f'IF(AND({top}="",{bottom}=""),{plain},{pair})'
    if row.sort is Sort.KIND:
        return plain
    return f'IF({at.state}={SILENT},"{typed.not_applicable}",{plain})'


def choice(index: str, words: Sequence[str]) -> str:
    """Return the formula of one of several words, by a place from 0."""
    return f"CHOOSE({index}+1,{','.join(map(text_literal, words))})"
