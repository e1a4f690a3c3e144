"""One facility's sheet (评分表): what was asked, what was found, what it cost, and who signs.

Source: “one sheet a facility with clause, value, target, tally, arithmetic, deduction,
points, signature lines of assessors and unit”; “live formulas”.
"""

from __future__ import annotations

from healthduty.workbook.result_annex import Annex
from healthduty.workbook.result_ending import Ending
from healthduty.workbook.result_forms import (
    BARE,
    CHANGE,
    CLAUSE,
    LAST,
    NUMBER,
    OLD_CHANGE,
    SENTENCE,
    VALUE,
    WIDTHS,
)
from healthduty.workbook.result_page import Facility, Plate, Spot
from healthduty.workbook.result_shape import FIRST_BODY, Shape
from healthduty.workbook.result_table import ScoreRows
from healthduty.workbook.styles import ALERT, Page, safe_text, set_page


class FacilityPages:
    """Writes the sheets of the facilities of one agreement."""

    def __init__(self, plate: Plate, shape: Shape) -> None:
        """Work out what is the same on each of them."""
        self.plate, self.shape, self.words = plate, shape, plate.words
        self.rows, self.ending = ScoreRows(plate), Ending(plate)
        self.annex = Annex(plate, shape)

    def write(self, page: Page, facility: Facility) -> None:
        """Write one facility's sheet."""
        spot = Spot(page)
        self._head(page, facility)
        self.rows.write(spot, facility)
        self.ending.write(spot, facility)
        self.ending.write_findings(page, self.shape, facility)
        self.ending.write_signatures(page, self.shape)
        self.annex.write(page, facility)
        self._finish(page, facility)

    def _head(self, page: Page, facility: Facility) -> None:
        forms, words, record = self.plate.forms, self.words, facility.sheet.record
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.set_column(BARE, OLD_CHANGE, 6, None, {"hidden": True})
        title = words["title"].format(facility.sheet.agreement.title)
        page.merge_range(0, 0, 0, LAST, "", forms.look.title())
        page.write_string(0, 0, safe_text(title), forms.look.title())
        page.set_row(0, 30)
        period = "" if record.period is None else words["period_line"].format(record.period.label)
        kind = words["kind_line"].format(record.kind) if record.kind else ""
        for text, first, last, align in (
            (words["facility_line"].format(record.name), NUMBER, CLAUSE, "left"),
            (period, VALUE, SENTENCE, "center"),
            (kind, CHANGE, LAST, "right"),
        ):
            form = forms.look.of(align=align)
            page.merge_range(1, first, 1, last, "", form)
            page.write_string(1, first, safe_text(text), form)
        page.set_row(1, 18)
        self._banner(page, facility)
        self.rows.head(page, FIRST_BODY - 1)

    def _banner(self, page: Page, facility: Facility) -> None:
        """Write the line that says that data was changed: empty as long as none was."""
        form = self.plate.forms.look.of(font_color=ALERT, align="left")
        page.merge_range(2, NUMBER, 2, LAST, "", form)
        if facility.live:
            last = FIRST_BODY + self.plate.table.sum_row - 1
            page.write_formula(2, NUMBER, self.rows.changed(FIRST_BODY, last), form, "")

    def _finish(self, page: Page, facility: Facility) -> None:
        page.freeze_panes(FIRST_BODY, 2)
        set_page(page, repeat=(3, 3), footer=facility.sheet.record.name, pages=self.words["pages"])
        page.print_area(0, 0, self.shape.sign_row + 1, LAST)
        if facility.live:
            last = FIRST_BODY + self.plate.table.sum_row - 1
            self.rows.strike_out(page, FIRST_BODY, last)
