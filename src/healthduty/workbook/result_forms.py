"""The columns of a facility's sheet, and its cell formats.

Source: “The result workbook”: Chinese that wraps and aligns, printed on A4.
"""

from __future__ import annotations

import functools
import re

from healthduty.workbook.result_rows import RowKind
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    HEAD_FONT,
    SECTION_FILL,
    SUM_FILL,
    Format,
    Look,
)

NUMBER, TEXT, CLAUSE, VALUE, TARGET, TALLY, SENTENCE, CHANGE, FULL, POINTS, LAST = range(11)
"""The columns of the score table; the last holds bonuses, or remarks by hand."""

BARE, OLD_CHANGE = 11, 12
"""Hidden columns: whether evidence is lacking, and the changes as they were scored."""

WIDTHS = (7.0, 20.0, 27.0, 9.5, 9.5, 9.0, 40.0, 8.5, 7.5, 8.5, 7.5)

_RIGHT = frozenset({VALUE, TARGET, TALLY, CHANGE, FULL, POINTS, LAST})
_UNIT = re.compile(r"[%‰]|/(?:10|100)?万|[\u4e00-\u9fff]{1,6}|个月")


class Forms:
    """The formats of one workbook's sheets of facilities."""

    def __init__(self, look: Look, places: int) -> None:
        """Make formats with so many decimals of points."""
        self.look = look
        decimals = "." + "0" * places if places else ""
        self.points = f"0{decimals}"
        self.change = f'+0{decimals};-0{decimals};"—"'

    @functools.cache  # noqa: B019 - lives as long as one workbook
    def cell(self, kind: RowKind, column: int, number_format: str = "") -> Format:
        """Return the format of a cell of the score table."""
        properties: dict[str, object] = {**BORDER, "text_wrap": column not in _RIGHT}
        properties["align"] = "right" if column in _RIGHT else "left"
        if column in (NUMBER, TALLY):
            properties["align"] = "center"
        elif column in _RIGHT:
            properties["indent"] = 1
        if kind is RowKind.SECTION:
            properties |= {"bg_color": SECTION_FILL, "font_name": HEAD_FONT}
        elif kind in (RowKind.START, RowKind.OWN) and column == TEXT:
            properties["font_color"] = FAINT
        if number_format:
            properties["num_format"] = number_format
        return self.look.of(**properties)

    def sum(self, **properties: object) -> Format:
        """Return the format of a cell of a sum, or of what follows from it."""
        return self.look.of(
            **{**BORDER, "bg_color": SUM_FILL, "font_name": HEAD_FONT, **properties}
        )

    def note(self, **properties: object) -> Format:
        """Return the format of a text that wraps, without lines around it."""
        return self.look.of(**{"text_wrap": True, "valign": "top", **properties})

    def caption(self) -> Format:
        """Return the format of the caption of a part of the sheet."""
        return self.look.of(font_name=HEAD_FONT, font_size=12, valign="vcenter")

    def grey(self, **properties: object) -> Format:
        """Return the format of a cell that is computed and not for anybody to change."""
        return self.look.of(**{"font_color": FAINT, **properties})

    def input(self, **properties: object) -> Format:
        """Return the format of a cell that a person may change."""
        return self.look.input(**properties)

    def fixed(self, **properties: object) -> Format:
        """Return the format of a number that stands as a value among formulas."""
        return self.look.of(**{**BORDER, "font_color": FAINT, "italic": True, **properties})


def with_unit(unit: str, sign: str = "") -> str:
    """Return the number format that shows a number with its unit, and a sign before it.

    >>> with_unit("%"), with_unit("次", "≥")
    ('General"%"', '"≥"General"次"')
    """
    before = f'"{sign}"' if sign else ""
    return before + "General" + (f'"{unit}"' if _UNIT.fullmatch(unit) else "")
