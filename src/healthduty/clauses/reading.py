"""What was read from a clause: rules, what each part of the text was taken for, and findings.

A reading is plain data. Every digit and every scoring word of the text lies in one of its
`pieces`; what was not understood is a piece of its own, and a finding names its character.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> Piece(Span(0, 4), Taken.SUBJECT)
Piece(span=Span(start=0, end=4), taken=<Taken.SUBJECT: 'subject'>, note='')
"""

from __future__ import annotations

import enum
from fractions import Fraction

import attrs

from healthduty.findings import Findings
from healthduty.model.indicator import Part, Target
from healthduty.model.veto import Veto
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Rule
from healthduty.sources import Span


class Taken(enum.StrEnum):
    """What a part of a text was taken for."""

    SUBJECT = "subject"
    """Words that name what is observed."""
    TARGET = "target"
    """What must be reached."""
    RULE = "rule"
    """The words of a rule: occasion, points, cap, what multiplies them."""
    POINTS = "points"
    """The points of the item or of a part of it."""
    VETO = "veto"
    """An event that cancels, and what it cancels."""
    NUMBER = "number"
    """A number that scores nothing; the note says what it is."""
    TEXT = "text"
    """Words that score nothing."""
    UNREAD = "unread"
    """What was not understood; a finding says so."""


@attrs.frozen
class Piece:
    """A part of the text and what it was taken for; `note` says more where there is more."""

    span: Span
    taken: Taken
    note: str = ""


@attrs.frozen(kw_only=True)
class ClauseReading:
    """A clause, understood as far as it could be.

    `rules` stand in written order, each citing its characters of `text`; `measures` are those
    that rules, targets and vetoes name, given or new; `targets` what must be reached where no
    rule says what falling short costs; `points` what the text itself states for the item;
    `floor` is None where points may fall below 0 without end.
    """

    text: str
    rules: tuple[Rule, ...] = ()
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    points: Fraction | None = None
    parts: tuple[Part, ...] = ()
    floor: Fraction | None = Fraction(0)
    vetoes: tuple[Veto, ...] = ()
    pieces: tuple[Piece, ...] = ()
    findings: Findings = Findings()

    @property
    def understood(self) -> bool:
        """Whether nothing that scores was left unread."""
        return not any(piece.taken is Taken.UNREAD for piece in self.pieces)
