"""Changes between two score sheets, as plain records: what was, what is, and what moved.

A line appeared, vanished or says something else; an item has other points; the total moved by so
much, for these causes. `results.differing` finds them, `results.difference_text` tells them.

Source: “the difference explained line by line”; semantics 5 (every cap is a line).

>>> PointShift(Decimal("2.5"), Decimal(3)).change
Decimal('0.5')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import attrs

from healthduty.exact import to_decimal
from healthduty.findings import Findings
from healthduty.records.record import Value
from healthduty.results.telling import stage_text, value_text
from healthduty.rules.measure import Measure, Word
from healthduty.scoring.lines import Line
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase

T = TypeVar("T")

_VALUE = Phrase("{0}：{1} → {2}", "{0}: {1} → {2}")
_STAGED = Phrase("{0}{1}", "{0} {1}")


class Fate(Word):
    """What became of a line from one sheet to the other."""

    APPEARED = "appeared"
    VANISHED = "vanished"
    CHANGED = "changed"


@attrs.frozen
class Shift(Generic[T]):
    """Something before and after."""

    before: T
    after: T

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


@attrs.frozen
class PointShift(Shift["Decimal | None"]):
    """Points before and after; None where they can't be told."""

    @property
    def change(self) -> Decimal | None:
        """After less before, exact; None where one of them can't be told."""
        if self.before is None or self.after is None:
            return None
        return to_decimal(Fraction(self.after) - Fraction(self.before))


@attrs.frozen
class ValueChange:
    """A value of the record that is read otherwise: before and after, each with its stage.

    `code` is the measure's, a judgement's, or the number of an item that is judged.
    """

    code: str
    before: Value
    after: Value
    measures: tuple[Measure | None, Measure | None]

    @property
    def label(self) -> str:
        """What people call it."""
        measure = self.measures[1] or self.measures[0]
        return self.code if measure is None else measure.label

    def text(self, lang: Language = "zh") -> str:
        """Return it in one line: 满意率：核实83% → 复核92%."""
        pairs = zip((self.before, self.after), self.measures, strict=True)
        return _VALUE(
            lang, self.label, *(_staged(value, measure, lang) for value, measure in pairs)
        )


def _staged(value: Value, measure: Measure | None, lang: Language) -> str:
    stage, text = stage_text(value, lang), value_text(value, measure, lang)
    return _STAGED(lang, stage, text) if stage else text


@attrs.frozen
class LineChange:
    """A line that appeared, vanished or says something else, and the values behind it.

    `points` is what it adds to the change of the total; it may be nothing, where a value changed
    and no step was crossed. `kinds` of lines are those of the sheet: a rule, a cap, a rounding.
    """

    fate: Fate
    before: Line | None
    after: Line | None
    values: tuple[ValueChange, ...] = ()

    @property
    def line(self) -> Line:
        """The line as it stands now, or stood before it vanished."""
        line = self.after or self.before
        assert line is not None  # noqa: S101 - a change has a line on one side
        return line

    @property
    def points(self) -> Decimal:
        """The effective points after less those before, exact and signed."""
        return to_decimal(_effective(self.after) - _effective(self.before))


def _effective(line: Line | None) -> Fraction:
    return Fraction(0 if line is None else line.effective)


@attrs.frozen
class ItemChange:
    """A section, an indicator or a part, before and after.

    `earned` are its points with bonuses, all that stands in it included; `points` what its own
    lines add to the change of the total, None where they can't be told. `lines` are its own that
    changed.
    """

    number: str
    title: str
    kind: str
    earned: PointShift
    points: Decimal | None
    lines: tuple[LineChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a line of its own changed, or its points can no longer, or can now, be told."""
        return bool(self.lines) or (self.points is None and self.earned.changed)


class Whole(Word):
    """What moves a total besides lines."""

    FULL = "full"
    """Two agreements with different full points."""
    VETOES = "vetoes"


@attrs.frozen
class Cause:
    """One thing that moved the total, and by how much: a line, or what is no line."""

    number: str
    points: Decimal
    line: LineChange | None = None
    what: Whole | None = None


@attrs.frozen(eq=False)
class Changes:
    """What changed from one sheet to another, and why.

    `whole` are the lines of the agreement as a whole: rules of the total, caps, roundings.
    `values` are all values that are read otherwise, those that moved no point included.
    `findings` name items that stand in one of the sheets only.
    """

    before: ScoreSheet
    after: ScoreSheet
    items: tuple[ItemChange, ...]
    whole: tuple[LineChange, ...]
    values: tuple[ValueChange, ...]
    findings: Findings = attrs.field(default=Findings(), kw_only=True)
    names: tuple[Phrase, Phrase] = attrs.field(
        default=(Phrase("原得分", "before"), Phrase("现得分", "after")), kw_only=True
    )

    # --- before and after --------------------------------------------------------------------

    @property
    def total(self) -> PointShift:
        """The total after vetoes."""
        return PointShift(self.before.total, self.after.total)

    @property
    def earned(self) -> PointShift:
        """The points before vetoes."""
        return PointShift(self.before.earned, self.after.earned)

    @property
    def deducted(self) -> PointShift:
        """What was lost in all; it stands in for the total where no points are printed."""
        return PointShift(self.before.deducted, self.after.deducted)

    @property
    def apart(self) -> PointShift:
        """Bonus points that are reported beside the total."""
        return PointShift(self.before.apart, self.after.apart)

    @property
    def grade(self) -> Shift[str | None]:
        """The grade after vetoes."""
        return Shift(self.before.grade, self.after.grade)

    @property
    def vetoes(self) -> Mapping[str, Shift[bool | None]]:
        """Whether each veto applies, by its code; None is not known, or not in that agreement."""
        return self._shifts(lambda sheet: {r.veto.code: r.applies for r in sheet.vetoes})

    @property
    def honours(self) -> Mapping[str, Shift[bool | None]]:
        """Whether each honour is granted, by its code; None is open, or the grade brings none."""
        return self._shifts(lambda sheet: {each.code: each.granted for each in sheet.honours})

    @property
    def money(self) -> Mapping[str, Shift[Decimal | None]]:
        """The yuan of each pool, by its code."""
        return self._shifts(lambda sheet: {pool.code: pool.amount for pool in sheet.money})

    def _shifts(self, told: Callable[[ScoreSheet], dict[str, T]]) -> Mapping[str, Shift[T | None]]:
        old, new = told(self.before), told(self.after)
        codes = dict.fromkeys((*old, *new))
        return MappingProxyType({code: Shift(old.get(code), new.get(code)) for code in codes})

    # --- why ---------------------------------------------------------------------------------

    @property
    def causes(self) -> tuple[Cause, ...]:
        """All that moved the total, in the order of the sheet; nothing that moved no point.

        Where both sheets have a total, the points of the causes make its change, exactly.
        """
        causes = [
            Cause(change.line.number, change.points, change)
            for item in (*self.items, None)
            if item is None or item.points is not None
            for change in (self.whole if item is None else item.lines)
        ]
        full = PointShift(self.before.full, self.after.full)
        vetoed = PointShift(_vetoed(self.before), _vetoed(self.after))
        causes += [
            Cause("", shift.change, what=what)
            for what, shift in ((Whole.FULL, full), (Whole.VETOES, vetoed))
            if shift.change is not None
        ]
        return tuple(cause for cause in causes if cause.points)

    @property
    def open(self) -> tuple[str, ...]:
        """The numbers of the items whose change can't be told, a value being missing."""
        return tuple(item.number for item in self.items if item.points is None)

    @property
    def idle(self) -> tuple[ValueChange, ...]:
        """The values that are read otherwise, and are behind no line that moved points."""
        lines = (*self.whole, *(change for item in self.items for change in item.lines))
        moved = {value.code for change in lines if change.points for value in change.values}
        return tuple(value for value in self.values if value.code not in moved)

    def __bool__(self) -> bool:
        """Tell whether anything differs: a value, a line, an item, or what follows from them."""
        outcomes: tuple[Mapping[str, Shift[Any]], ...] = (self.vetoes, self.honours, self.money)
        return (
            bool(self.values or self.whole)
            or any(item.changed for item in self.items)
            or any(shift.changed for shift in (self.total, self.apart, self.grade))
            or any(shift.changed for shifts in outcomes for shift in shifts.values())
        )


def _vetoed(sheet: ScoreSheet) -> Decimal | None:
    """Return what vetoes take from the total, as a number not above zero."""
    return PointShift(sheet.earned, sheet.total).change
