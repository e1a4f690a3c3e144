"""One agreement's formulas for all facilities: made once, filled in facility by facility.

All facilities of a workbook have sheets of one shape, so their formulas are the same texts; what
differs is the inputs and the numbers that stand beside the formulas. A facility whose numbers do
not fit (more decimals or digits than a cell keeps exactly) is told apart: its sheet has values.

Source: docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

import functools
from collections.abc import Hashable, Sequence
from typing import Any

from healthduty.columns.spans import Span
from healthduty.scoring.evaluate import Evaluation, evaluate
from healthduty.scoring.ops import NodeRef, Plan
from healthduty.scoring.prepare import prepare
from healthduty.scoring.sheet import ScoreSheet
from healthduty.workbook.formulas import Written, write_plan
from healthduty.workbook.formulas_cases import (
    CaseList,
    CaseValues,
    Listed,
    case_list_of,
    case_texts,
    listed_cases,
    prices_of,
)
from healthduty.workbook.formulas_entries import Entry, entry_of, leaves_of
from healthduty.workbook.formulas_inputs import Observed, Room, Row, input_rows
from healthduty.workbook.formulas_leaves import Leaves
from healthduty.workbook.formulas_outcome import Followed, follow
from healthduty.workbook.formulas_terms import Number, Terms, is_wide
from healthduty.workbook.formulas_values import Evaluator, value_at
from healthduty.workbook.styles import safe_text

MOST_CASES = 1_000_000
"""Rows of cases that one sheet takes; more are not listed."""

_MOST_SHOWN = 24


class Template:
    """The inputs, terms and results of one agreement over the facilities of a workbook."""

    def __init__(self, plan: Plan, sheets: Sequence[ScoreSheet]) -> None:
        """Write a plan as formulas for the sheets that were scored by it."""
        self.plan = plan
        self.observed = [Observed(each.record, prepare(self.plan, each.record)) for each in sheets]
        self._evaluations: dict[int, Evaluation] = {}
        self.terms = Terms()
        self.rows: tuple[Row, ...] = ()
        self.listed: CaseList | None = case_list_of(plan)
        self.prices: tuple[Number, ...] = ()
        self.too_many_cases = False
        if self.listed is not None:
            rows = sum(len(self.cases(index)) for index in range(len(self.observed)))
            self.too_many_cases = rows > MOST_CASES
            self.listed = None if self.too_many_cases else self.listed
        self.written: Written
        self.followed: Followed
        losses: list[int] = []
        for room in Room:  # with less room for other values, more can be formulas
            losses.append(self._make(room))
            if not losses[-1]:
                return
        self._make(tuple(Room)[losses.index(min(losses))])

    @functools.cached_property
    def _evaluator(self) -> Evaluator:
        """The evaluator of all terms, those that rows added too."""
        return Evaluator(self.terms)

    def _make(self, room: Room) -> int:
        """Write the plan; return how many of its numbers can't be formulas."""
        self.terms = Terms()
        labels = _labels(self.plan)
        self.rows = input_rows(self.plan, self.observed, labels, room, self.listed)
        leaves = Leaves(self.terms, self.plan, self.rows)
        self.written = write_plan(self.terms, self.plan, self._amount_span)
        if self.listed is not None:
            prices = prices_of(self.terms, self.written.amounts, self.listed)
            if prices is None:  # cases are weighed beforehand, as an input
                self.listed, self.prices = None, ()
                return self._make(room)
            self.prices = prices
        people = leaves.row(("people", "")) if self.rows and self._is_paid() else None
        self.followed = follow(self.terms, self.plan, self.written, people)
        written, followed = self.written, self.followed
        results = (*written.inside.values(), written.earned, followed.total)
        results += tuple(pool.fen for pool in followed.money)
        return len(written.fixed) + sum(map(is_wide, results))

    def _is_paid(self) -> bool:
        return any(policy.per_head for policy in self.plan.agreement.funding)

    def _evaluation(self, index: int) -> Evaluation:
        if index not in self._evaluations:
            self._evaluations[index] = evaluate(self.plan, self.observed[index].prepared)
        return self._evaluations[index]

    def _amount_span(self, out: int) -> Span:
        amounts = [
            self._evaluation(index).computed.amounts[out] for index in range(len(self.observed))
        ]
        return Span(min(0, *amounts), max(0, *amounts))

    # --- one facility ------------------------------------------------------------------------

    def entries(self, index: int) -> tuple[Entry, ...] | None:
        """Return what a facility has in the input rows; None where it does not fit into them."""
        entries = []
        if self.listed is not None:
            texts = case_texts(self.listed, self.cases(index))
            if any(safe_text(text) != text for text in texts):
                return None
        for row in self.rows:
            entry = entry_of(row, self.plan, self.observed[index])
            if entry is None:
                return None
            entries.append(entry)
        return tuple(entries)

    def values(self, index: int, entries: tuple[Entry, ...]) -> list[Any]:
        """Return what every term is for a facility."""
        leaves: dict[Hashable, int | bool] = dict(leaves_of(self.rows, entries))
        leaves |= self.fixed_values(index)
        return self._evaluator.values(leaves)

    def cases(self, index: int) -> list[Listed]:
        """Return a facility's rows of the list of cases."""
        return [] if self.listed is None else listed_cases(self.listed, self.observed[index].record)

    def case_values(self, index: int, values: list[Any]) -> CaseValues | None:
        """Return what stands beside a facility's cases; None where there is no list.

        `values` are what the terms are for it.
        """
        if self.listed is None:
            return None
        prices = [value_at(values, price) for price in self.prices]
        return CaseValues(self.listed, self.cases(index), prices)

    def fixed_values(self, index: int) -> dict[Hashable, int | bool]:
        """Return the amounts and truths that stand as values."""
        if not self.written.fixed:
            return {}
        evaluation = self._evaluation(index)
        lost = evaluation.unknown | evaluation.shares_of_nothing
        fixed: dict[Hashable, int | bool] = {}
        for what, place in self.written.fixed:
            if what == "condition":
                fixed[what, place] = evaluation.computed.holds[place]
            else:
                fixed[what, place] = evaluation.computed.amounts[place]
                fixed["unknown", place] = place in lost
        return fixed


def _labels(made: Plan) -> dict[str, str]:
    """Return how judged items are called."""
    return {
        ref.number: _item_name(ref)
        for ref in made.refs
        if any(rule.rule is None and rule.op is not None for rule in ref.rules)
    }


def _item_name(ref: NodeRef) -> str:
    return f"{ref.number} {ref.title}".strip()[:_MOST_SHOWN]
