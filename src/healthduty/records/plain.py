"""What a cell says before it is known what it is of: a text, a number, or nothing.

Source: semantics 1 (exact numbers), 7 (a blank and a dash are both missing).

>>> as_text(" 83 "), is_blank(" — "), number_of("１，２３４", "population")
('83', True, Fraction(1234, 1))
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from healthduty.exact import plain_text, to_fraction
from healthduty.records.observe import MISSING_WORDS
from healthduty.records.record import Missing
from healthduty.scalars import is_nan

_LONGEST_WORD = max(map(len, MISSING_WORDS))


def as_text(raw: object) -> str:
    """Return what a cell says in words; nothing where it is blank, as NaN is among words."""
    return "" if raw is None or isinstance(raw, Missing) or is_nan(raw) else str(raw).strip()


def is_blank(raw: object) -> bool:
    """Return whether a cell says that there is nothing: blank, a dash, 未报."""
    if raw is None or isinstance(raw, Missing):
        return True
    if not isinstance(raw, str) or len(text := raw.strip()) > _LONGEST_WORD:
        return False
    return plain_text(text).lower() in MISSING_WORDS


def number_of(raw: object, what: str) -> Fraction:
    """Return the number that a cell holds; `what` names it where there is none.

    Raises:
        NumberError: as `to_fraction`.
    """
    if isinstance(raw, (int, float, Decimal, Fraction)):
        return to_fraction(raw, what)
    return to_fraction(as_text(raw), what)


def as_written(raw: object) -> str:
    """Return a cell that should hold a number as it was written: NaN is told, not left out."""
    return as_text(raw) or ("" if is_blank(raw) else str(raw))
