r"""Cells by name, and what stands in a formula for what differs from facility to facility.

Formulas are worked out once for an agreement. Where facilities stand below each other, the row of a
facility is left open in them, and so are the rows of its cases; a mark that no file can hold stands
there until a facility is written.

Source: docs/en/explanation/live-formulas.md, “Past 200 facilities”, “Cases”.

>>> text = f"SUM(C{FIRST}:C{LAST})+D{ROW}"
>>> Marks("'南关'!", row=7, first=20, last=24).filled(text)
'SUM(C20:C24)+D7'
"""

from __future__ import annotations

from typing import NamedTuple

ROW, FIRST, LAST, HERE, SHEET = "\x01", "\x02", "\x03", "\x04", "\x05"
"""The row of a facility; the first and last row of its cases; the row of a case; whose sheet."""


class Marks(NamedTuple):
    """What the marks mean for one facility; `sheet` is the prefix of its computations' cells."""

    sheet: str = ""
    row: int = 0
    first: int = 0
    last: int = 0

    def filled(self, formula: str) -> str:
        """Return a formula with the facility's own rows in it."""
        if ROW in formula:
            formula = formula.replace(ROW, str(self.row))
        if FIRST in formula:
            formula = formula.replace(FIRST, str(self.first)).replace(LAST, str(self.last))
        return formula.replace(SHEET, self.sheet) if SHEET in formula else formula


class InputCells(NamedTuple):
    """The cells of a row of inputs; empty where it has none of that sort."""

    value: str
    top: str
    bottom: str
    evidence: str
    num: str
    den: str
    state: str
    bare: str

    def on(self, sheet: str) -> InputCells:
        """Return the cells as another sheet refers to them."""
        return InputCells(*(f"{sheet}{cell}" for cell in self)) if sheet else self
