"""Marks: what a workbook says of its cells besides their values, read before a library opens it.

A library tells a number, not that the sheet shows it as 90%; it tells a blank where a formula
ended in #DIV/0! or was never calculated; and it unpacks two cells at opposite corners of a sheet
into 17 thousand million. So the file is gone through once, cell by cell, and this is noted.

Source: semantics 2 (rates carry their unit), 12 (nothing is dropped); the architecture's “data
safety” (huge sheets).

>>> noting = Noting()
>>> noting.cell(2, 1, percent=True)
>>> noting.marks().height, noting.marks().percents
(3, frozenset({(2, 1)}))
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

import attrs

Position = tuple[int, int]
"""A cell by row and column, both counted from 0."""

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError),  # of the archive
    *(ElementTree.ParseError, expat.ExpatError, LookupError, OverflowError),  # of its XML
)
"""What going through a file raises where it is broken, beside a ValueError."""

UNCALCULATED = "#UNCALCULATED"
"""What stands for the value of a formula that nobody has calculated."""


@attrs.frozen
class Marks:
    """The cells of one sheet that show a percentage or an error, and how far its cells reach.

    `errors` gives the text of each error. `height` and `width` count from the sheet's corner to
    the last cell that holds something.
    """

    percents: frozenset[Position] = frozenset()
    errors: Mapping[Position, str] = attrs.field(factory=dict)
    height: int = 0
    width: int = 0


@attrs.define
class Noting:
    """The marks of one sheet while its cells are gone through."""

    percents: set[Position] = attrs.Factory(set)
    errors: dict[Position, str] = attrs.Factory(dict)
    height: int = 0
    width: int = 0

    def cell(self, row: int, column: int, *, percent: bool = False, error: str = "") -> None:
        """Note a cell that holds something."""
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)
        if percent:
            self.percents.add((row, column))
        if error:
            self.errors[row, column] = error

    def reach(self, height: int, width: int) -> None:
        """Note how far a sheet says that it reaches."""
        self.height, self.width = max(self.height, height), max(self.width, width)

    def marks(self) -> Marks:
        """Return what was noted."""
        return Marks(frozenset(self.percents), self.errors, self.height, self.width)
