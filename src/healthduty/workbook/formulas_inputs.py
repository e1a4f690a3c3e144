"""The cells that a person may change: what was observed, and how it becomes whole numbers.

Each measure, judgement and circumstance has a row: the value, or numerator and denominator, as the
facility reported it. Beside it stand, greyed, the numerator and denominator as whole numbers and a
state: 0 there is a value, 1 it is missing or can't be, 2 it does not apply. The formulas read only
these. A value outside the range for which the formulas are proven exact has the state 1, so that a
changed cell gives our exact score or none, never another one.

Source: docs/en/explanation/live-formulas.md; semantics 1, 2, 7.

>>> decimals_of([Fraction(1, 8), Fraction(5)], least=2), decimals_of([], least=0)
(3, 0)
"""

from __future__ import annotations

import enum
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.columns.spans import Span
from healthduty.exact import UNIT_SCALES, Ratio, decimal_places
from healthduty.records.observe import Pair, State, observe
from healthduty.records.record import MISSING, Record, stated
from healthduty.rules.measure import RATE_KINDS, Absent, Measure, MeasureKind
from healthduty.rules.threshold import ByKind
from healthduty.scoring.ops import (
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
from healthduty.scoring.prepare import YEAR, Prepared
from healthduty.workbook.formulas_cases import CaseList, CaseTally, weight_span

GIVEN, LOST, SILENT = 0, 1, 2
"""The states of a row."""

MOST_DECIMALS = 6
_MOST_PART = 10**6
"""Numerators and denominators up to this are taken, and more where a facility has more."""


class Room(enum.Enum):
    """How far the values of a workbook may go beyond those that its facilities have."""

    USUAL = enum.auto()
    """As far as such a measure usually goes."""
    NEAR = enum.auto()
    """To the next power of ten above twice the most."""
    TIGHT = enum.auto()
    """Hardly any further: for plans whose numbers grow too large."""


class Sort(enum.Enum):
    """What a row holds."""

    NUMBER = enum.auto()
    LEVEL = enum.auto()
    FLAG = enum.auto()
    JUDGED = enum.auto()
    KIND = enum.auto()
    """The kind of facility: a text that thresholds are looked up by."""
    LOOKED_UP = enum.auto()
    """A threshold by kind: a formula, not for anybody to change."""
    EVIDENCE = enum.auto()
    """Nothing but whether there is written evidence."""
    LISTED = enum.auto()
    """A number of cases, where the list of cases does not tell them one by one."""
    WEIGHED = enum.auto()
    """What the list of cases makes of a measure for one rule: a formula."""


@attrs.frozen
class Row:
    """One row of inputs: what it is called, how many decimals it takes, between what it lies.

    `label` is what the agreement calls it: empty for circumstances, which it does not name.
    `slot` is the slot of the plan that it is read for, −1 for what is no slot.
    `scale` is 10 to the decimals; `low` and `high` bound numerators over it. `parts` is the same
    scale for numerator and denominator, 0 where the row has no such cells; `part` bounds them, and
    `whole` is what the numerator is multiplied by (100 for a percent rate). `blank` is the state
    of an empty cell.
    """

    key: tuple[str, Hashable]
    label: str = ""
    slot: int = -1
    unit: str = attrs.field(default="", kw_only=True)
    sort: Sort = attrs.field(default=Sort.NUMBER, kw_only=True)
    scale: int = attrs.field(default=1, kw_only=True)
    low: int = attrs.field(default=0, kw_only=True)
    high: int = attrs.field(default=0, kw_only=True)
    least: Fraction = attrs.field(default=Fraction(0), kw_only=True)
    parts: int = attrs.field(default=0, kw_only=True)
    part: int = attrs.field(default=0, kw_only=True)
    whole: int = attrs.field(default=1, kw_only=True)
    blank: int = attrs.field(default=LOST, kw_only=True)
    words: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    table: ByKind | None = attrs.field(default=None, kw_only=True)
    of: tuple[str, Hashable] | None = attrs.field(default=None, kw_only=True)
    """The row of the number of cases that this one is worked out from."""
    bare: bool = attrs.field(default=False, kw_only=True)
    """Whether it matters if it was observed without written evidence."""

    def num_span(self) -> Span:
        """Return between what the numerator lies."""
        if not self.parts:
            return Span(self.low, self.high)
        top = self.part * self.whole
        return Span(min(self.low, -top if self.low < 0 else 0), max(self.high, top))


class Observed(NamedTuple):
    """One facility as the inputs see it."""

    record: Record
    prepared: Prepared


# --- the rows of a plan ------------------------------------------------------------------------


def input_rows(
    plan: Plan,
    observed: Sequence[Observed],
    labels: Mapping[str, str],
    room: Room,
    listed: CaseList | None = None,
) -> tuple[Row, ...]:
    """Return the rows that a plan reads, in the order of its slots.

    `labels` name judged items by their codes; `room` says how far values may go. Without a list of
    cases the weighed number of cases is what a person may change.
    """
    return _Maker(plan, observed, labels, room, listed).rows()


class _Maker:
    """Makes the rows of one plan."""

    def __init__(
        self,
        plan: Plan,
        observed: Sequence[Observed],
        labels: Mapping[str, str],
        room: Room,
        listed: CaseList | None,
    ) -> None:
        self.plan, self.observed, self.labels, self.room = plan, observed, labels, room
        self.listed = listed
        self.bare = {
            code for slot in plan.slots if isinstance(slot, UnevidencedSlot) for code in slot.codes
        }

    def rows(self) -> tuple[Row, ...]:
        rows: dict[tuple[str, Hashable], Row] = {}
        for place, slot in enumerate(self.plan.slots):
            for row in self._rows(place, slot):
                rows.setdefault(row.key, row)
        for measure in self.plan.agreement.measures:
            if measure.code in self.bare and ("value", measure.code) not in rows:
                key = ("bare", measure.code)
                rows[key] = Row(key, measure.label, sort=Sort.EVIDENCE, bare=True)
        if any(policy.per_head for policy in self.plan.agreement.funding):
            most = max([*map(_people, (each.record for each in self.observed)), 0])
            high = self._room(most, 10**8)
            rows["people", ""] = Row(("people", ""), high=high)
        return tuple(rows.values())

    def _rows(self, place: int, slot: PlanSlot) -> Iterable[Row]:
        match slot:
            case ValueSlot():
                yield self._valued(slot.measure, place)
            case FilledSlot():
                yield self._valued(slot.measure, place)
                lacks = [_lack(each, slot, place) for each in self.observed]
                if any(lacks):
                    yield self._lacking(slot.measure, place, lacks)
            case WeightedSlot():
                if self.listed is None:
                    yield self._measured(("weighted", place), slot.measure, place)
                else:
                    counted = self._valued(slot.measure, place)
                    yield counted
                    yield _weighed(self.listed.tally_of(place), counted)
            case KindSlot():
                words = tuple(kind for kind, _ in slot.table.values)
                yield Row(("kind", ""), sort=Sort.KIND, words=words)
                yield _looked_up(place, slot)
            case MonthsSlot():
                yield Row(("months", ""), slot=place, low=1, high=YEAR)
            case JudgedSlot():
                yield self._judged(place, slot)
            case UnevidencedSlot():
                return

    def _room(self, most: int, usual: int) -> int:
        """Return up to what numerators may go, given the most that a facility has."""
        if self.room is Room.TIGHT:
            return (1 << max(most, 1).bit_length()) - 1
        if self.room is Room.USUAL and 2 * most <= usual:
            return usual
        return int(10 ** len(str(2 * most)))  # a round number, which an input's hint can say

    # --- measures ----------------------------------------------------------------------------

    def _valued(self, measure: Measure, place: int) -> Row:
        key = ("value", measure.code)
        if self.listed is None or measure not in self.listed.measures:
            return self._measured(key, measure, place)
        counts = [counted_of(each.record, measure) for each in self.observed]
        most = max((count[0] for count in counts if isinstance(count, tuple)), default=0)
        blank = LOST if measure.absent is Absent.ERROR else GIVEN
        row = Row(key, measure.label, place, unit=measure.suffix, sort=Sort.LISTED, blank=blank)
        return attrs.evolve(row, high=self._room(most, 10**5), bare=measure.code in self.bare)

    def _measured(self, key: tuple[str, Hashable], measure: Measure, place: int) -> Row:
        blank = LOST if measure.absent is Absent.ERROR else GIVEN
        bare = measure.code in self.bare and key[0] != "weighted"
        row = Row(key, measure.label, place, unit=measure.suffix, blank=blank, bare=bare)
        if measure.kind is MeasureKind.FLAG:
            return attrs.evolve(row, sort=Sort.FLAG, high=1)
        if measure.kind is MeasureKind.LEVEL:
            high = len(measure.levels) - 1
            return attrs.evolve(row, sort=Sort.LEVEL, words=measure.levels, high=high, unit="")
        values, parts = self._numbers(measure.code, place)
        usual, least_decimals, signed = _usual(measure)
        scale = 10 ** decimals_of(values, least=0 if self.room is Room.TIGHT else least_decimals)
        high = self._room(
            max((abs(int(each * scale)) for each in values), default=0), usual * scale
        )
        row = attrs.evolve(row, scale=scale, high=high, low=-high if signed else 0)
        rate = measure.kind in RATE_KINDS and self.room is Room.USUAL
        if parts or (rate and key[0] == "value"):
            row = self._with_parts(row, parts, UNIT_SCALES.get(measure.unit, 1))
        return row

    def _with_parts(self, row: Row, parts: list[Ratio], whole: int) -> Row:
        numbers = [number for each in parts for number in (each.numerator, each.denominator)]
        scale = 10 ** decimals_of(numbers, least=0)
        most = max((abs(int(each * scale)) for each in numbers), default=0)
        part = self._room(most, _MOST_PART * scale)
        return attrs.evolve(row, parts=scale, part=part, whole=whole)

    def _numbers(self, code: str, place: int) -> tuple[list[Fraction], list[Ratio]]:
        """Return the plain values that facilities have in a slot, and the pairs."""
        values: list[Fraction] = []
        parts: list[Ratio] = []
        whole = self._whole(place)
        for record, prepared in self.observed:
            if place in prepared.absent:
                continue
            number = self._plain(place, record, prepared)
            pair = pair_of(record, code, number, whole)
            if pair is None:
                values.append(number)
            else:
                parts.append(pair)
        return values, parts

    def _whole(self, place: int) -> int:
        measure = getattr(self.plan.slots[place], "measure", None)
        return 1 if measure is None else UNIT_SCALES.get(measure.unit, 1)

    def _plain(self, place: int, record: Record, prepared: Prepared) -> Fraction:
        slot = self.plan.slots[place]
        number = Fraction(prepared.num[place], prepared.den[place])
        return (
            number - lack_of(record, slot.measure.code) if isinstance(slot, FilledSlot) else number
        )

    def _lacking(self, measure: Measure, place: int, lacks: list[Fraction]) -> Row:
        scale = 10 ** decimals_of(lacks, least=0)
        high = self._room(max(int(each * scale) for each in lacks), 1000 * scale)
        row = Row(("lack", measure.code), measure.label, place, unit=measure.suffix, blank=GIVEN)
        return attrs.evolve(row, scale=scale, high=high)

    def _judged(self, place: int, slot: JudgedSlot) -> Row:
        values, parts = self._numbers(slot.code, place)
        most, least = Fraction(*slot.most), Fraction(*slot.least)
        bounds = [number for number in (most, least) if decimal_places(number) is not None]
        scale = 10 ** decimals_of([*values, *bounds], least=2)
        row = Row(
            ("judged", place),
            self.labels.get(slot.code, slot.code),
            place,
            sort=Sort.JUDGED,
            scale=scale,
            high=int(most * scale),
            least=least,
            blank=LOST if slot.required else GIVEN,
        )
        return self._with_parts(row, parts, 1) if parts else row


def _weighed(tally: CaseTally, counted: Row) -> Row:
    """Return the row of what the list makes of a measure, whose number of cases has a row too."""
    measure = tally.slot.measure
    row = Row(
        ("weighted", tally.place),
        measure.label,
        tally.place,
        unit=measure.suffix,
        sort=Sort.WEIGHED,
    )
    high = weight_span(tally, counted.high).hi
    return attrs.evolve(row, scale=tally.scale, high=high, of=counted.key)


def counted_of(record: Record, measure: Measure) -> Pair | State:
    """Return how many cases of a measure there are, listed or not, or why that is not known."""
    return observe(measure, stated(record.values.get(measure.code, MISSING))[0], [])


def _usual(measure: Measure) -> tuple[int, int, bool]:
    """Return up to what a measure goes, its usual decimals, and whether it may be negative."""
    kind = measure.kind
    if kind in RATE_KINDS:
        whole = UNIT_SCALES[measure.unit]
        return whole * (2 if kind is MeasureKind.RATE else 10), 2, kind is MeasureKind.GROWTH
    if kind is MeasureKind.AMOUNT:
        return 10**7, 2, True
    return 10**5, 0, False


def _looked_up(place: int, slot: KindSlot) -> Row:
    numbers = [value for _, value in slot.table.values]
    numbers += [] if slot.table.default is None else [slot.table.default]
    scale = math.lcm(*(number.denominator for number in numbers))
    tops = [int(number * scale) for number in numbers]
    low, high = min([*tops, 0]), max([*tops, 0])
    return Row(
        ("looked up", place),
        slot=place,
        sort=Sort.LOOKED_UP,
        scale=scale,
        low=low,
        high=high,
        table=slot.table,
    )


def decimals_of(numbers: Iterable[Fraction], *, least: int) -> int:
    """Return how many decimals numbers need, at least so many and at most 6."""
    needed = (decimal_places(number) or 0 for number in numbers)
    return min(max([least, *needed]), MOST_DECIMALS)


# --- what a facility has -----------------------------------------------------------------------


def pair_of(record: Record, code: str, number: Fraction, whole: int) -> Ratio | None:
    """Return the pair that a value was given as, or must be written as; None for a decimal."""
    value = stated(record.values.get(code, MISSING))[0]
    if isinstance(value, Ratio) and value.denominator:
        parts = (value.numerator, value.denominator)
        if all(decimal_places(part) is not None for part in parts):
            return value
    if decimal_places(number) is not None:
        return None
    return Ratio(*(number / whole).as_integer_ratio())


def lack_of(record: Record, code: str) -> Fraction:
    """Return by how much a sample fell short of what was asked for."""
    value = stated(record.values.get(code, MISSING))[0]
    asked, there = getattr(value, "asked", None), getattr(value, "available", None)
    if asked is None or there is None:
        return Fraction(0)
    return max(Fraction(0), Fraction(asked) - Fraction(there))


def _lack(observed: Observed, slot: FilledSlot, place: int) -> Fraction:
    if place in observed.prepared.absent:
        return Fraction(0)
    return lack_of(observed.record, slot.measure.code)


def _people(record: Record) -> int:
    try:
        return int(Fraction(str(record.population or 0)))
    except ValueError:
        return 0
