"""Who reads single values for columns: the reader of a record, one slot at a time.

There is no second reader of texts, and no second list of what is a fault. What was read without a
remark is remembered, for a column of texts has the same few hundred cells as the sixty beside it.

Source: “How a point is lost”, section 1; semantics 7.

>>> from healthduty.rules.measure import Measure
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.scoring.plan import plan
>>> reader = reader_of(plan(Agreement("示例")).plan)
>>> reader.read(ValueSlot(Measure("rate", unit="%")), Record("", {"rate": "83.5%"})).outcome
(167, 2)
"""

from __future__ import annotations

from typing import NamedTuple

import attrs

from healthduty.columns.recent import Recent
from healthduty.findings import Finding
from healthduty.records.observe import Pair, State
from healthduty.records.record import MISSING, Record
from healthduty.scoring.ops import FilledSlot, Plan, Slot, ValueSlot
from healthduty.scoring.prepare import prepare


class Read(NamedTuple):
    """What one value is to one slot, and what was found in it."""

    outcome: Pair | State
    findings: tuple[Finding, ...]


class Reader:
    """Reads values for slots as the single scorer does, one slot at a time."""

    def __init__(self, plan: Plan) -> None:
        """Stand on the plan, less what looks at a record as a whole."""
        agreement = attrs.evolve(plan.agreement, charge_once=False)
        self._bare = plan._replace(agreement=agreement, conditions=(), condition_reads=())
        self._blanks: dict[tuple[type, str], Read] = {}
        self._outcomes: dict[tuple[object, ...], dict[object, Pair | State]] = {}

    def read(self, slot: Slot, record: Record) -> Read:
        """Return what a record's value is to a slot."""
        prepared = prepare(self._bare._replace(slots=(slot,)), record)
        absent = prepared.absent.get(0)
        outcome = (prepared.num[0], prepared.den[0]) if absent is None else absent
        return Read(outcome, tuple(prepared.findings))

    def blank(self, slot: ValueSlot | FilledSlot) -> Read:
        """Return what a blank is to a slot; it is the same in every table."""
        key = type(slot), slot.measure.code
        if key not in self._blanks:
            self._blanks[key] = self.read(slot, Record("", {slot.measure.code: MISSING}))
        return self._blanks[key]

    def outcomes(self, slot: Slot, unit: str | None) -> dict[object, Pair | State]:
        """Return what cells were to slots of this sort, of those in which nothing was found.

        83.5% is the same to every rate in %, whatever the measure is called. By type and value:
        1, 1.0 and True are equal, and not the same. `unit` is what the heading says; where that is
        None, or more than a value is read, nothing is known, nor will be.
        """
        if unit is None or not isinstance(slot, (ValueSlot, FilledSlot)):
            return {}
        measure = slot.measure
        of_measure = (measure.kind, measure.unit, measure.levels, measure.absent)
        odd = isinstance(slot, ValueSlot) and slot.odd_scale
        known = self._outcomes.setdefault((type(slot), odd, unit, *of_measure), {})
        if len(known) >= MOST_OUTCOMES:
            known.clear()
        return known


MOST_OUTCOMES = 2**17
"""So many cells of one sort are remembered."""

_READERS: Recent[Reader] = Recent()


def reader_of(plan: Plan) -> Reader:
    """Return the reader of a plan, of which the last few are kept."""
    return _READERS.of(plan, "", lambda: Reader(plan))
