"""The slots of a plan as leaves: which cells of the inputs stand for which of its numbers.

Source: “How a point is lost”, section 1; docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from healthduty.columns.spans import Span
from healthduty.scoring.ops import (
    EQUAL,
    FilledSlot,
    JudgedSlot,
    KindSlot,
    MonthsSlot,
    Plan,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.ops import Slot as PlanSlot
from healthduty.scoring.prepare import YEAR
from healthduty.workbook.formulas_inputs import GIVEN, LOST, SILENT, Row
from healthduty.workbook.formulas_terms import Number, Slot, Terms


class Leaves:
    """The leaves of the rows: what formulas read of each."""

    def __init__(self, terms: Terms, plan: Plan, rows: Sequence[Row]) -> None:
        """Make the leaves, and set the terms' slots."""
        self._terms = terms
        self._places = {row.key: place for place, row in enumerate(rows)}
        self._rows = rows
        terms.slots = {place: self._slot(place, slot) for place, slot in enumerate(plan.slots)}

    def row(self, key: tuple[str, Hashable]) -> Slot:
        """Return the leaves of a row."""
        place = self._places[key]
        row, x = self._rows[place], self._terms
        state = x.leaf(("state", place), Span(GIVEN, SILENT))
        den: Number = row.scale
        if row.parts:
            high = max(row.scale, row.part)
            den = x.leaf(("den", place), Span(1, high))
        num = x.leaf(("num", place), row.num_span())
        lost, na = x.compare(EQUAL, state, LOST), x.compare(EQUAL, state, SILENT)
        return Slot(num, den, lost, na)

    def _slot(self, place: int, slot: PlanSlot) -> Slot:
        match slot:
            case ValueSlot():
                return self.row(("value", slot.measure.code))
            case FilledSlot():
                return self._filled(slot.measure.code)
            case WeightedSlot():
                return self.row(("weighted", place))
            case KindSlot():
                return self.row(("looked up", place))
            case MonthsSlot():
                return self.row(("months", ""))._replace(den=YEAR)
            case JudgedSlot():
                return self.row(("judged", place))
            case UnevidencedSlot():
                return Slot(self._unevidenced(slot.codes), 1)

    def _filled(self, code: str) -> Slot:
        x, value = self._terms, self.row(("value", code))
        if ("lack", code) not in self._places:
            return value
        lack = self.row(("lack", code))
        num = x.add(x.mul(value.num, lack.den), x.mul(lack.num, value.den))
        lost = x.either(value.lost, lack.lost)
        return Slot(num, x.mul(value.den, lack.den), lost, value.na)

    def _unevidenced(self, codes: tuple[str, ...]) -> Number:
        flags: Number = 0
        for code in codes:
            key = ("value", code) if ("value", code) in self._places else ("bare", code)
            if key in self._places:
                name = ("bare", self._places[key])
                flags = self._terms.most(flags, self._terms.leaf(name, Span(0, 1)))
        return flags
