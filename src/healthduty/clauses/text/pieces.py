"""What each part of a text was taken for.

Every digit and every scoring word of a clause lies in a piece; what was not understood is a piece
of its own.

Source: semantics 12 (nothing is dropped).

>>> Piece(Span(0, 4), Taken.SUBJECT)
Piece(span=Span(start=0, end=4), taken=<Taken.SUBJECT: 'subject'>, note='')
"""

from __future__ import annotations

import enum

import attrs

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
