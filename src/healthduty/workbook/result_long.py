"""The long form (得分明细): the score tables of very many facilities, one below the other.

A workbook with a sheet for each of some hundred facilities is no longer one that people open. Past
that the tables stand on one sheet, the facility's name in front of every row, and the data behind
them on another. They are the same rows with the same formulas as on a facility's own sheet.

Source: “long form past 200”.
"""

from __future__ import annotations

from collections.abc import Sequence

from healthduty.workbook.result_ending import Ending
from healthduty.workbook.result_forms import LAST, OLD_CHANGE, WIDTHS
from healthduty.workbook.result_forms import POINTS as POINTS_COLUMN
from healthduty.workbook.result_page import Facility, Plate, Spot
from healthduty.workbook.result_shape import FIRST_BODY
from healthduty.workbook.result_table import ScoreRows
from healthduty.workbook.styles import (
    ALERT,
    BORDER,
    FAINT,
    SUM_FILL,
    Book,
    Page,
    safe_text,
    set_page,
    sheet_names,
    width_of,
)

MOST_ROWS = 1_048_576
"""Rows of one sheet, in Excel and in LibreOffice."""

LEFT = 1
"""The column in which the score tables begin; before it stands the facility."""

_POINTS_WIDTH = 12.0


class LongForm:
    """Writes the score tables of all facilities, on as many sheets as they need."""

    def __init__(
        self, book: Book, plate: Plate, note: str, taken: Sequence[str], names: Sequence[str]
    ) -> None:
        """Keep what is the same for all; `note` stands on top; `taken` are other sheets' names.

        `names` are those of the facilities.
        """
        self.width = width_of(names, 12, 24)
        self.book, self.plate, self.note, self.words = book, plate, note, plate.words
        self.rows, self.ending = ScoreRows(plate), Ending(plate)
        self.taken = [*taken]
        look = plate.forms.look
        self.name = look.of(text_wrap=True, **BORDER)
        self.sum = look.of(text_wrap=True, bg_color=SUM_FILL, **BORDER)
        self.page: Page = None
        self.title = ""
        self.live = False
        self.at = MOST_ROWS

    def write(self, facility: Facility) -> tuple[str, int]:
        """Write one facility; return its sheet's name and the row (from 1) of its first row."""
        table = self.plate.table
        if self.at + table.rows > MOST_ROWS:
            self.finish()
            self._new_page()
        spot = Spot(self.page, self.at, LEFT, alone=False)
        self.live = self.live or facility.live
        self.rows.write(spot, facility)
        self.ending.write(spot, facility)
        name = safe_text(facility.sheet.record.name)
        for row in range(table.rows):
            form = self.name if row < table.sum_row else self.sum
            self.page.write_string(self.at + row, 0, name, form)
        first, self.at = self.at + 1, self.at + table.rows
        return self.title, first

    def money_column(self) -> int:
        """Return the column of amounts of money."""
        return self.ending.money_column(Spot(self.page, alone=False))

    # --- pages -------------------------------------------------------------------------------

    def _new_page(self) -> None:
        (self.title,) = sheet_names([self.words["long"]], self.taken)
        self.taken.append(self.title)
        self.page, self.at, self.live = self.book.add_worksheet(self.title), FIRST_BODY, False
        page, look, last = self.page, self.plate.forms.look, LEFT + LAST
        title = self.words["title"].format(self.plate.template.plan.agreement.title)
        page.merge_range(0, 0, 0, last, "", look.title())
        page.write_string(0, 0, safe_text(title), look.title())
        page.set_row(0, 30)
        page.merge_range(1, 0, 1, last, "", look.of(font_color=FAINT))
        page.write_string(1, 0, safe_text(self.note), look.of(font_color=FAINT))
        page.set_column(0, 0, self.width)
        for column, width in enumerate(WIDTHS):
            wide = max(width, _POINTS_WIDTH) if column == POINTS_COLUMN else width
            page.set_column(LEFT + column, LEFT + column, wide)
        page.set_column(last + 1, LEFT + OLD_CHANGE, 6, None, {"hidden": True})
        page.write_string(FIRST_BODY - 1, 0, self.words["facility"], look.head())
        self.rows.head(page, FIRST_BODY - 1, LEFT)
        page.freeze_panes(FIRST_BODY, LEFT + 2)
        set_page(
            page, repeat=(FIRST_BODY - 1, FIRST_BODY - 1), footer=title, pages=self.words["pages"]
        )

    def finish(self) -> None:
        """Finish the last page: filters, and what shows that data was changed."""
        if self.page is None:
            return
        page, last = self.page, LEFT + LAST
        page.autofilter(FIRST_BODY - 1, 0, self.at - 1, last)
        page.print_area(0, 0, self.at - 1, last)
        form = self.plate.forms.look.of(font_color=ALERT)
        page.merge_range(2, 0, 2, last, "", form)
        if self.live:
            page.write_formula(2, 0, self.rows.changed(FIRST_BODY, self.at - 1, LEFT), form, "")
            self.rows.strike_out(page, FIRST_BODY, self.at - 1, LEFT)
