"""What only shows when all rows are seen together: what is missing, and where, and how often.

The same looks as `records.plausible` takes at the records of a file, and the missing values that a
sheet would name one by one, by column.

Source: semantics 2 (0.85 beside a target of 10 % or more), 7 (missing data), 12.

>>> _all_shares(Integers(np.array([85, 90]), 100)), _all_shares(Integers(np.array([85, 90]), 1))
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from healthduty.columns.column import Holding
from healthduty.columns.engine_numpy import Integers
from healthduty.columns.extras import np
from healthduty.columns.gathering import Gathered
from healthduty.columns.integers import Cells
from healthduty.columns.noted import Noted
from healthduty.columns.preparing import Prepared
from healthduty.columns.recent import Recent
from healthduty.errors import NumberError
from healthduty.exact import UNIT_SCALES, show
from healthduty.findings import Finding
from healthduty.model.excusal import PeersMean
from healthduty.records.headers import Holds
from healthduty.records.needs import Needs
from healthduty.records.plain import is_blank, number_of
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.said import Said, chinese
from healthduty.scoring.ops import FilledSlot, JudgedSlot, Plan, ValueSlot, WeightedSlot
from healthduty.sources import Place

_PROPORTIONS = frozenset({MeasureKind.RATE, MeasureKind.COMPLETION})


def look_together(plan: Plan, found: Gathered, prepared: Prepared) -> Iterator[Finding]:
    """Go through what the rows say together."""
    noted = Noted()
    note_missing(plan, found, prepared, noted)
    _twice(found, noted)
    yield from noted.findings(found.number, found.source)
    for scale in scales_of(plan, found, prepared):
        yield from scale.findings()


def note_missing(plan: Plan, found: Gathered, prepared: Prepared, noted: Noted) -> None:
    """Note where a value that a rule reads is missing, as far as no fault was found there."""
    told: set[str] = set()
    for place, code, finding in _READ.of(plan, "", lambda: tuple(_read(plan))):
        lost = prepared.slots[place].lost
        if lost is None or code in told:
            continue
        told.add(code)
        cells = found.cells.get(code)
        if cells is None and found.needs is not None:
            continue
        noted.add_where(code if cells is None else cells.heading, finding, lost)
    _note_means(plan, prepared, noted)


def _note_means(plan: Plan, prepared: Prepared, noted: Noted) -> None:
    """Note where an item does not apply, and the peers' mean that it earns instead does not."""
    for ref in plan.refs:
        if not isinstance(ref.excusal, PeersMean) or ref.excusal_slot not in prepared.slots:
            continue
        read = {ref.excusal_slot, *(slot for rule in ref.rules for slot in rule.slots)}
        masks = [prepared.slots[slot].na for slot in read if slot in prepared.slots]
        some = [mask for mask in masks if mask is not None]
        if len(some) < len(read):
            continue
        where = np.logical_and.reduce(some)
        if where.any():
            code = ref.excusal.measure
            message = Said(
                f"peers' mean `{code}`: not applicable, and the item earns nothing else",
                f"同类平均`{code}`：不适用，本项没有其他得分",
            )
            noted.add_where(code, Finding("value-missing", message), where)


_READ: Recent[tuple[tuple[int, str, Finding], ...]] = Recent()


def _read(plan: Plan) -> Iterator[tuple[int, str, Finding]]:
    """Go through the slots that read a value, each with what is told where it is missing."""
    for place, slot in enumerate(plan.slots):
        if isinstance(slot, (ValueSlot, FilledSlot, WeightedSlot)):
            code = slot.measure.code
            label: str = slot.measure.label
        elif isinstance(slot, JudgedSlot):
            code = slot.code
            label = Said(f"judgement {code}", f"评判{code}")
        else:
            continue
        yield (
            place,
            code,
            Finding(
                "value-missing",
                Said(
                    f"{label}: no value, or none that can be read",
                    f"{chinese(label)}：没有数据，或数据读不出来",
                ),
            ),
        )


def _twice(found: Gathered, noted: Noted) -> None:
    """Note the facilities that are there twice for the same period."""
    if found.differ():
        return
    keys: list[object] = list(found.facilities)
    period = found.subject.get(Holds.PERIOD)
    if len(set(keys)) == len(keys):
        return
    if period is not None:
        keys = list(zip(keys, map(str, period.texts()), strict=True))
    seen: set[object] = set()
    rows = []
    for row, key in enumerate(keys):
        if key in seen:
            rows.append(row)
        seen.add(key)
    if rows:
        message = Said(
            f"`{found.facilities[rows[0]]}` is there twice",
            f"`{found.facilities[rows[0]]}`出现两次",
        )
        hint = Said(
            "give each row its period where they are of different ones",
            "如属不同期间，每行写明期间",
        )
        noted.add("facility", Finding("record-facility-twice", message, hint=hint), np.array(rows))


@attrs.frozen
class Scale:
    """How the values of a rate stand to 1, in a column or in a part of it.

    `shares` says that no value is above 1, `positive` that any is above 0, `bare` that any is a
    plain number, without a unit that would say what it means.
    """

    measure: Measure
    heading: str
    target: str
    rows: int
    shares: bool
    positive: bool
    bare: bool

    def joined(self, other: Scale) -> Scale:
        """Return the same of two parts of a column."""
        return attrs.evolve(
            self,
            rows=self.rows + other.rows,
            shares=self.shares and other.shares,
            positive=self.positive or other.positive,
            bare=self.bare or other.bare,
        )

    def findings(self) -> Iterator[Finding]:
        """Report a column of shares; of one value nobody can say."""
        if self.rows > 1 and self.shares and self.positive and self.bare:
            yield _scale_finding(self.measure, self.heading, self.target)


def scales_of(plan: Plan, found: Gathered, prepared: Prepared) -> Iterator[Scale]:
    """Go through the columns of rates beside a target of 10 % or more."""
    needs = found.needs
    if needs is None:
        return
    for place, measure, target in _RATES.of(plan, "", lambda: tuple(_rates(plan, needs))):
        cells = found.cells.get(measure.code)
        if cells is None:
            continue
        column, taken = prepared.slots[place], prepared.taken.get(place)
        if taken is not None:  # its ends are known already
            shares, positive = taken.high <= 10**taken.places, taken.high > 0
        else:
            shares = _all_shares(column)
            positive = shares and bool((column.num > 0).any())
        bare = shares and _some_bare(cells)
        yield Scale(measure, cells.heading, target, len(column.num), shares, positive, bare)


_RATES: Recent[tuple[tuple[int, Measure, str], ...]] = Recent()


def _rates(plan: Plan, needs: Needs) -> Iterator[tuple[int, Measure, str]]:
    """Go through the slots of rates beside a target of 10 % or more, with that target."""
    for place, slot in enumerate(plan.slots):
        if not isinstance(slot, ValueSlot) or slot.measure.kind not in _PROPORTIONS:
            continue
        target = max(needs.thresholds.get(slot.measure.code, (0,)))
        if target * 10 >= UNIT_SCALES[slot.measure.unit]:
            yield place, slot.measure, show(target)


def _all_shares(column: Integers) -> bool:
    """Return whether no value that there is lies above 1."""
    return bool((column.num <= column.den).all())


def _some_bare(cells: Cells) -> bool:
    """Return whether any cell is a plain number: one with its unit says what it means."""
    if cells.pair is not None or not cells.plain:
        return False
    if cells.column.holding in (Holding.INTEGERS, Holding.FLOATS):
        return True
    return cells.column.holding is Holding.CODED and any(map(_is_bare, cells.column.distinct))


def _is_bare(raw: Any) -> bool:  # noqa: ANN401 - a cell
    try:
        return not is_blank(raw) and number_of(raw, "value") > 0
    except NumberError:
        return False


def _scale_finding(measure: Measure, heading: str, target: str) -> Finding:
    return Finding(
        "record-rate-scale",
        Said(
            f"{measure.label}: every value is at most 1, beside a target of {target}"
            f"{measure.suffix}",
            f"{measure.label}：各值都不超过1，而目标是{target}{measure.suffix}",
        ),
        place=Place(column=heading),
        hint=Said(
            f"0.85 is read as 0.85{measure.suffix}: say which is meant, with a unit in each value",
            f"0.85读作0.85{measure.suffix}：每个值写上单位，说明是哪种",
        ),
    )
