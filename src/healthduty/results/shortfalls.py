"""Shortfalls: what a unit lost, one by one, as it can be corrected and answered for.

A deduction or a forfeit that took points is a shortfall of its own. An item that starts at zero
falls short by what it did not earn, by all its earning rules together: a single one of them earned
too little, and no line of the sheet says which. What no unit can mend (an item that does not
apply, a cap of bonuses, a rounding) is none.

Source: semantics 5 (from what to what); “from a sheet's lost lines”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> found = shortfalls(score(agreement, Record("a", {"1": 3})))
>>> [(each.number, str(each.points)) for each in found]
[('1', '2')]
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.exact import show
from healthduty.rules.points import Effect
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.wording.phrase import Phrase

_AND = Phrase("；", "; ")
_OF = Phrase("{0}（满分{1}分）", "{0} (of {1})")
_TAKEN = (LineKind.RULE, LineKind.FORFEIT)
_EARNED = (LineKind.START, LineKind.RULE, LineKind.CEILING)


@attrs.frozen
class Shortfall:
    """Points that were lost under one item, a number above zero, and the lines that say why."""

    number: str
    title: str
    points: Fraction
    lines: tuple[Line, ...]
    unearned: bool
    """Whether these are points that were not earned, rather than taken."""

    def text(self, sheet: ScoreSheet, lang: Language = "zh") -> str:
        """Return why, in the words of the sheet; of what was not earned with the full points."""
        told = _AND(lang).join(dict.fromkeys(sheet.sentence(line, lang) for line in self.lines))
        return _OF(lang, told, show(Fraction(self.lines[0].full))) if self.unearned else told


def shortfalls(sheet: ScoreSheet) -> tuple[Shortfall, ...]:
    """Return what was lost, in the order of the sheet."""
    nodes: dict[int, list[Line]] = {}
    for line in sheet.lines:
        nodes.setdefault(id(line.node), []).append(line)
    return tuple(each for lines in nodes.values() for each in _of_node(lines))


def _of_node(lines: list[Line]) -> Iterator[Shortfall]:
    """Yield the shortfalls of the lines of one item."""
    starts = [line for line in lines if line.kind is LineKind.START]
    earned = [line for line in lines if _earns(line)] if starts else []
    short = -sum((Fraction(line.effective) for line in (*starts, *earned)), Fraction(0))
    if short > 0:
        told = tuple(line for line in earned if line.kind is LineKind.RULE) or tuple(starts)
        yield _made(short, told, unearned=True)
    for line in lines:
        if line.kind in _TAKEN and line.effective_units < 0:
            yield _made(-Fraction(line.effective), (line,), unearned=False)


def _earns(line: Line) -> bool:
    """Tell whether a line earns the item's own points; what goes beyond them makes up for none."""
    if line.kind not in _EARNED or line.ref is None or line.bonus_units:
        return False
    return line.ref.effect is not Effect.LOSE and line.effective_units >= 0


def _made(points: Fraction, lines: tuple[Line, ...], *, unearned: bool) -> Shortfall:
    return Shortfall(lines[0].number, lines[0].title, points, lines, unearned)
