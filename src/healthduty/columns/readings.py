"""How an expression reads a column: which column a value stands in, and what its integers mean.

Expressions work on integers alone. A column holds a value as it is, or `over` times it (tenths of
a per cent, over 10); a rate may stand in two columns of counts; levels and kinds are words, yes and
no are booleans. Whatever else a column may hold only `score_many` reads: such a row is `unread`.

Source: “`plan.to_polars()` / `plan.to_sql()` expressions on integers”.

>>> Reading("rate_tenths", over=10).span(signed=False)
Span(lo=0, hi=2147483647)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple, assert_never

import attrs

from healthduty.columns.reader import Reader
from healthduty.columns.spans import Number, Span
from healthduty.errors import UsageError
from healthduty.exact import UNIT_SCALES
from healthduty.records.observe import State
from healthduty.records.record import MISSING, Period, Record
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind
from healthduty.scoring.ops import (
    FilledSlot,
    JudgedSlot,
    KindSlot,
    MonthsSlot,
    Plan,
    Slot,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)

_LARGEST = 2**31 - 1
_LARGEST_OF_ALL = 2**62
_SIGNED = frozenset({MeasureKind.AMOUNT, MeasureKind.GROWTH})
_WHOLE = frozenset({MeasureKind.COUNT, MeasureKind.CASES})


@attrs.frozen
class Reading:
    """A column of integers, `over` times the value each, none larger than `most` (or below −most).

    With `of`, the name of a second column, a rate's numerator stands in the first and its
    denominator in the second. The smaller `most`, the narrower the numbers on the way.
    """

    column: str
    over: int = attrs.field(default=1, kw_only=True)
    of: str = attrs.field(default="", kw_only=True)
    most: int = attrs.field(default=_LARGEST, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what means nothing.

        Raises:
            UsageError: always then.
        """
        paired = self.of and self.over != 1
        if self.over < 1 or not 0 <= self.most <= _LARGEST_OF_ALL or paired:
            message = "`over` is at least 1, `most` 0 to 2^62, and a pair of columns has no `over`"
            raise UsageError(f"column `{self.column}`: {message}")

    def span(self, *, signed: bool) -> Span:
        """Return the lowest and the highest integer that may stand in the column."""
        return Span(-self.most if signed else 0, self.most)


class Numbers(NamedTuple):
    """A column of integers. What is below `least` or above `most` is at fault; so is a part."""

    reading: Reading
    least: int | None
    most: int | None
    whole: int
    """What a value is a multiple of: 1, or `over` where only whole numbers are counted."""
    signed: bool
    zero: bool
    """Whether 0 is no fault, though it be outside."""


class Pairs(NamedTuple):
    """Two columns of counts: a rate, `scale` times the first over the second."""

    reading: Reading
    scale: int


class Words(NamedTuple):
    """A column of words, each of which is a number; others are `otherwise`, or unread."""

    column: str
    words: tuple[tuple[str, int | None], ...]
    otherwise: int | None = None
    open: bool = False


class Truths(NamedTuple):
    """A column of yes and no."""

    column: str


class Fixed(NamedTuple):
    """The same number in every row."""

    number: int


class Column(NamedTuple):
    """What a slot is read off: `blank` is its number where the cell is null, None where missing."""

    source: Numbers | Pairs | Words | Truths | Fixed
    blank: int | None
    den: int
    span: Span

    @property
    def lost(self) -> bool:
        """Whether the value may be missing or at fault."""
        match self.source:
            case Fixed():
                return False
            case Pairs():
                return True
            case Words():
                lost = any(number is None for _, number in self.source.words)
                return lost or self.blank is None or (self.source.open and _none(self.source))
            case Truths():
                return self.blank is None
            case Numbers(least=least, most=most, whole=whole):
                return self.blank is None or least is not None or most is not None or whole > 1
            case _:
                assert_never(self.source)

    @property
    def dens(self) -> Number:
        """The denominator, or the lowest and the highest."""
        return Span(1, self.source.reading.most) if isinstance(self.source, Pairs) else self.den


def _none(words: Words) -> bool:
    return words.otherwise is None


class Refusal(NamedTuple):
    """Why a slot can't be expressed."""

    slot: int
    reason: str


class Readings:
    """Finds the columns of a plan's slots, by code."""

    def __init__(
        self, plan: Plan, columns: Mapping[str, str | Reading], period: str | None = None
    ) -> None:
        """Take names of columns by code; a code without one is a column's name itself."""
        self.plan, self.period = plan, period
        self._reader = Reader(plan)
        self._given = {
            code: each if isinstance(each, Reading) else Reading(each)
            for code, each in columns.items()
        }

    def reading(self, code: str) -> Reading:
        """Return the column of a measure, of a judgement, or of whom a row is."""
        return self._given.get(code, Reading(code))

    def columns(self) -> tuple[dict[int, Column], list[Refusal]]:
        """Return the column of each slot, and the slots that can't be expressed."""
        made: dict[int, Column] = {}
        refused: list[Refusal] = []
        for place, slot in enumerate(self.plan.slots):
            found = self._column(slot)
            if isinstance(found, str):
                refused.append(Refusal(place, found))
            else:
                made[place] = found
        return made, refused

    def _column(self, slot: Slot) -> Column | str:
        match slot:
            case ValueSlot() | FilledSlot():
                return self._of_measure(slot)
            case JudgedSlot():
                return self._judged(slot)
            case KindSlot():
                return self._of_kind(slot)
            case MonthsSlot():
                period = None if self.period is None else Period(self.period)
                return self._fixed(slot, Record("", {}, period=period))
            case UnevidencedSlot():
                return self._fixed(slot, Record("", {}))
            case WeightedSlot():
                return (
                    "what a case weighs, or that it is charged once, hangs on the cases one by one"
                )
            case _:
                assert_never(slot)

    def _read(self, slot: Slot, record: Record) -> Fraction | None:
        outcome = self._reader.read(slot, record).outcome
        return None if isinstance(outcome, State) else Fraction(*outcome)

    def _fixed(self, slot: Slot, record: Record) -> Column | str:
        outcome = self._reader.read(slot, record).outcome
        if isinstance(outcome, State):
            return "the period can't be read"
        number, den = outcome
        return Column(Fixed(number), number, den, Span(number, number))

    def _blank(self, slot: Slot, code: str) -> int | None:
        found = self._read(slot, Record("", {code: MISSING}))
        return None if found is None else int(found)

    def _of_measure(self, slot: ValueSlot | FilledSlot) -> Column | str:
        measure, reading = slot.measure, self.reading(slot.measure.code)
        blank = self._blank(slot, measure.code)
        if measure.kind is MeasureKind.FLAG:
            return Column(Truths(reading.column), blank, 1, Span(0, 1))
        if measure.kind is MeasureKind.LEVEL:
            words = tuple((level, place) for place, level in enumerate(measure.levels))
            return Column(Words(reading.column, words), blank, 1, Span(0, len(words)))
        if reading.of:
            return self._paired(measure, reading, blank)
        signed = measure.kind in _SIGNED
        whole = reading.over if measure.kind in _WHOLE else 1
        numbers = Numbers(reading, None if signed else 0, None, whole, signed, zero=False)
        return Column(numbers, blank, reading.over, reading.span(signed=signed))

    @staticmethod
    def _paired(measure: Measure, reading: Reading, blank: int | None) -> Column | str:
        if measure.kind not in RATE_KINDS:
            return f"`{measure.label}` is no rate, and has one column"
        scale = UNIT_SCALES[measure.unit]
        return Column(Pairs(reading, scale), blank, 0, Span(0, reading.most * scale))

    def _judged(self, slot: JudgedSlot) -> Column:
        reading = self.reading(slot.code)
        least, most = (Fraction(*pair) * reading.over for pair in (slot.least, slot.most))
        numbers = Numbers(reading, math.ceil(least), math.floor(most), 1, signed=True, zero=True)
        return Column(
            numbers,
            None if slot.required else 0,
            reading.over,
            Span(min(0, math.ceil(least)), max(0, math.floor(most))),
        )

    def _of_kind(self, slot: KindSlot) -> Column:
        named = {word: self._of(slot, word) for word, _ in slot.table.values}
        blank, other = self._of(slot, None), slot.table.default
        found = [*named.values(), blank, other]
        den = math.lcm(*(number.denominator for number in found if number is not None))
        words = tuple((word, _over(number, den)) for word, number in named.items())
        numbers = [number for _, number in words if number is not None]
        numbers += [top for each in (blank, other) if (top := _over(each, den)) is not None]
        source = Words(self.reading("kind").column, words, _over(other, den), open=True)
        span = Span(min([0, *numbers]), max([0, *numbers]))
        return Column(source, _over(blank, den), den, span)

    def _of(self, slot: KindSlot, kind: str | None) -> Fraction | None:
        return self._read(slot, Record("", {}, kind=kind))


def _over(number: Fraction | None, den: int) -> int | None:
    return None if number is None else int(number * den)
