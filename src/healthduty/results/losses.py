"""What a sheet lost, item by item: the table of a result notice, in which everything adds up.

All that moved a point is here, bonuses, caps and roundings too; what a unit can correct of it is
told by `results.shortfalls`.

Source: semantics 5 (full + Σ effective lines = earned), 13; “notice with the lost
points”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> sheet = score(
...     Agreement("示例", parts=(Indicator("1", "台账", points=5),)), Record("a", {"1": 3})
... )
>>> [(loss.number, str(loss.change), loss.reasons) for loss in losses_of(sheet)]
[('1', '-2', ('起评：-5分', '评判3分，得3分'))]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

import attrs

from healthduty.clauses.canonical.writing import write_clause
from healthduty.exact import scaled_decimal
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.sheet import ScoreSheet

JUDGED = "酌情评分"
"""The scoring standard of an item that an assessor judges, from nothing to its points."""


@attrs.frozen
class Loss:
    """What one item lost or gained: full points, change, the sentences that say why, the clauses.

    The change is signed; an entry without a number is the total's own (封顶, 总分取整).
    """

    number: str
    title: str
    full: Decimal
    change: Decimal
    reasons: tuple[str, ...]
    clauses: tuple[str, ...]


def losses_of(sheet: ScoreSheet) -> tuple[Loss, ...]:
    """Return what moved points, item by item in written order; the changes make up the loss.

    An item that earned all of its points and no more is left out.
    """
    told = zip(sheet.lines, sheet.sentences(), strict=True)
    items = (list(group) for _, group in groupby(told, key=lambda pair: id(pair[0].node)))
    return tuple(_loss(sheet, pairs) for pairs in items if _change(pairs))


_Told = Sequence[tuple[Line, str]]


def _change(pairs: _Told) -> int:
    return sum(line.effective_units for line, _ in pairs)


def _loss(sheet: ScoreSheet, pairs: _Told) -> Loss:
    moved = [(line, sentence) for line, sentence in pairs if _moves(line)]
    line = moved[0][0]
    return Loss(
        line.number,
        line.title,
        line.full,
        scaled_decimal(_change(pairs), line.places),
        tuple(dict.fromkeys(sentence for _, sentence in moved)),
        tuple(dict.fromkeys(_clauses(sheet, moved))),
    )


def _moves(line: Line) -> bool:
    moved = line.raw_units or line.effective_units or line.bonus_units
    return bool(moved) or line.kind in (LineKind.ROUNDING, LineKind.EXCUSED)


def _clauses(sheet: ScoreSheet, pairs: _Told) -> Iterator[str]:
    """Go through what the lines rest on: the words that they cite, else the rule's own."""
    for line, _ in pairs:
        if line.citation is not None and str(line.citation):
            yield str(line.citation)
        elif line.ref is not None and line.ref.rule is None:
            yield JUDGED
        elif line.ref is not None and line.ref.rule is not None:
            yield write_clause(line.ref.rule, measures=sheet.agreement.measures)
