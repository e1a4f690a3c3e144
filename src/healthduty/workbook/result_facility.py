"""One facility's sheet (评分表): what was asked, what was found, what it cost, and who signs.

Source: “one sheet a facility with clause, value, target, tally, arithmetic, deduction,
points, signature lines of assessors and unit”; “live formulas”.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from healthduty.rules.measure import MeasureKind
from healthduty.scoring.ops import BandsOp, CasesOp, LackingOp, OnceOp, PlainStepsOp, StepsOp
from healthduty.workbook.formulas import Tally
from healthduty.workbook.formulas_entries import NOT_APPLICABLE, Entry
from healthduty.workbook.formulas_inputs import SILENT, Row
from healthduty.workbook.formulas_terms import is_wide
from healthduty.workbook.result_annex import Annex
from healthduty.workbook.result_ending import Ending
from healthduty.workbook.result_forms import (
    BARE,
    CHANGE,
    CLAUSE,
    FULL,
    LAST,
    NUMBER,
    OLD_CHANGE,
    POINTS,
    SENTENCE,
    TALLY,
    TARGET,
    TEXT,
    VALUE,
    WIDTHS,
    with_unit,
)
from healthduty.workbook.result_page import (
    Facility,
    Plate,
    pair_value,
    rounded_number,
    shown_number,
)
from healthduty.workbook.result_rows import BodyRow, RowKind
from healthduty.workbook.result_shape import FIRST_BODY, RowTerms, shown_formula, shown_rows
from healthduty.workbook.styles import (
    ALERT,
    FAINT,
    Format,
    Page,
    column_letters,
    height_of,
    lines_of,
    safe_text,
    set_page,
)

_HEADINGS = (
    *("number", "item", "clause", "value", "target", "tally", "sentence"),
    *("change", "full", "points"),
)


class FacilityPages:
    """Writes the sheets of the facilities of one agreement."""

    def __init__(self, plate: Plate) -> None:
        """Work out what is the same on each of them."""
        self.plate, self.words = plate, plate.words
        self.shown = shown_rows(plate.template, plate.body)
        self.annex, self.ending = Annex(plate), Ending(plate)
        self.lines = [
            max(lines_of(row.text, WIDTHS[TEXT]), lines_of(row.clause, WIDTHS[CLAUSE]))
            for row in plate.body
        ]
        self.tally_formats = [self._tally_format(row) for row in plate.body]
        self.full = {node.node: node.full for node in plate.template.plan.nodes}

    def write(self, page: Page, facility: Facility) -> None:
        """Write one facility's sheet."""
        self._head(page, facility)
        for place, row in enumerate(self.plate.body):
            self._row(page, place, row, facility)
        self.ending.write(page, facility)
        self.annex.write(page, facility)
        self._finish(page, facility)

    # --- head and page -----------------------------------------------------------------------

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
        for column, name in enumerate(_HEADINGS):
            page.write_string(3, column, words[name], forms.look.head())
        aside = words["bonus" if self.plate.has_bonus else "remarks"]
        page.write_string(3, LAST, aside, forms.look.head())
        page.set_row(3, 20)

    def _banner(self, page: Page, facility: Facility) -> None:
        """Write the line that says that data was changed: empty as long as none was."""
        form = self.plate.forms.look.of(font_color=ALERT, align="left")
        page.merge_range(2, NUMBER, 2, LAST, "", form)
        if not facility.live:
            return
        first, last = FIRST_BODY + 1, self.plate.shape.sum_row
        now, then = column_letters(CHANGE), column_letters(OLD_CHANGE)
        changed = f"SUMPRODUCT(--(ROUND({now}{first}:{now}{last}-{then}{first}:{then}{last},6)<>0))"
        text = self.words["changed"].replace('"', '""')
        page.write_formula(2, NUMBER, f'=IF({changed}>0,"{text}","")', form, "")

    def _finish(self, page: Page, facility: Facility) -> None:
        shape, record = self.plate.shape, facility.sheet.record
        page.freeze_panes(FIRST_BODY, 2)
        set_page(page, repeat=(3, 3), footer=record.name)
        page.print_area(0, 0, shape.sign_row + 1, LAST)
        if facility.live:
            first, last = FIRST_BODY, shape.sum_row - 1
            now, then = column_letters(CHANGE), column_letters(OLD_CHANGE)
            rule = f"=ROUND(${now}{first + 1}-${then}{first + 1},6)<>0"
            grey = self.plate.forms.look.of(font_color=FAINT, font_strikeout=True)
            options = {"type": "formula", "criteria": rule, "format": grey}
            page.conditional_format(first, SENTENCE, last, SENTENCE, options)

    # --- one row -----------------------------------------------------------------------------

    def _row(self, page: Page, place: int, row: BodyRow, facility: Facility) -> None:
        plate, at = self.plate, FIRST_BODY + place
        cell, terms = plate.forms.cell, plate.terms[place]
        result, live = facility.figures.rows[place], facility.live
        plate.put_text(page, (at, NUMBER), row.number, cell(row.kind, NUMBER))
        plate.put_text(page, (at, TEXT), row.text, cell(row.kind, TEXT))
        plate.put_text(page, (at, CLAUSE), row.clause, cell(row.kind, CLAUSE))
        self._observed(page, place, row, facility)
        plate.put_text(page, (at, SENTENCE), result.sentence, cell(row.kind, SENTENCE))
        change = cell(row.kind, CHANGE, plate.forms.change)
        plate.put_points(page, (at, CHANGE), terms.change, result.points, change, live=live)
        self._points(page, at, row, terms, facility)
        if plate.has_bonus:
            bonus = facility.figures.bonus.get(row.node, 0) if terms.points is not None else 0
            units = bonus if row.kind in (RowKind.SECTION, RowKind.ITEM) else result.bonus
            form = cell(row.kind, LAST, plate.forms.change)
            plate.put_points(page, (at, LAST), terms.bonus, units, form, live=live)
        else:
            page.write_blank(at, LAST, None, cell(row.kind, LAST))
        if live:
            page.write_number(at, OLD_CHANGE, result.points / plate.unit)
        lines = max(self.lines[place], lines_of(result.sentence, WIDTHS[SENTENCE]))
        page.set_row(at, height_of((("\n" * (lines - 1), 80.0),)))

    def _points(
        self, page: Page, at: int, row: BodyRow, terms: RowTerms, facility: Facility
    ) -> None:
        plate, cell = self.plate, self.plate.forms.cell
        full = self.full[row.node]
        form = cell(row.kind, FULL, plate.forms.points)
        if terms.points is None or not full:
            page.write_blank(at, FULL, None, form)
            page.write_blank(at, POINTS, None, form)
            return
        page.write_number(at, FULL, full / plate.unit, form)
        form = cell(row.kind, POINTS, plate.forms.points)
        units = facility.figures.points[row.node]
        unsure = self.words["unsure"]
        if not facility.live or is_wide(terms.points) or is_wide(terms.unsure):
            if units is None:
                page.write_string(at, POINTS, unsure, form)
            else:
                page.write_number(at, POINTS, units / plate.unit, form)
            return
        value: Any = unsure if units is None else units / plate.unit
        formula = plate.live.points(terms.points)
        if terms.unsure is not False:
            formula = f'IF({plate.live.address(terms.unsure)},"{unsure}",{formula})'
        page.write_formula(at, POINTS, f"={formula}", form, value)

    # --- what was observed -------------------------------------------------------------------

    def _observed(self, page: Page, place: int, row: BodyRow, facility: Facility) -> None:
        plate, at, live = self.plate, FIRST_BODY + place, facility.live
        cell, shown = plate.forms.cell, self.shown[place]
        unit = "" if shown < 0 else plate.template.rows[shown].unit
        form = cell(row.kind, VALUE, with_unit(unit))
        if shown < 0 or facility.entries is None:
            page.write_blank(at, VALUE, None, form)
        else:
            inputs = plate.template.rows[shown]
            value = shown_value(inputs, facility.entries[shown])
            if live:
                formula = shown_formula(inputs, plate.shape.input_row + shown + 1)
                page.write_formula(at, VALUE, f"={formula}", form, value)
            else:
                put_value(page, (at, VALUE), value, form)
        terms = plate.terms[place]
        if terms.target is None:
            page.write_blank(at, TARGET, None, cell(row.kind, TARGET))
        else:
            form = cell(row.kind, TARGET, with_unit(unit, terms.target.sign))
            self._pair(page, (at, TARGET), Tally(*terms.target[1:]), form, facility)
        form = cell(row.kind, TALLY, self.tally_formats[place])
        if terms.tally is None:
            page.write_blank(at, TALLY, None, form)
        else:
            self._pair(page, (at, TALLY), terms.tally, form, facility)

    def _pair(
        self, page: Page, at: tuple[int, int], pair: Tally, form: Format, facility: Facility
    ) -> None:
        constant = isinstance(pair.top, int) and isinstance(pair.bottom, int)
        if constant:
            assert isinstance(pair.top, int)  # noqa: S101 - for the type checker
            assert isinstance(pair.bottom, int)  # noqa: S101 - as above
            page.write_number(*at, shown_number(Fraction(pair.top, pair.bottom)), form)
            return
        values = facility.values
        if values is None or is_wide(pair.top) or is_wide(pair.bottom):
            page.write_blank(*at, None, form)
            return
        value = pair_value(values, pair.top, pair.bottom)
        if facility.live:
            page.write_formula(*at, f"={self.plate.live.pair(*pair)}", form, value)
        else:
            page.write_number(*at, value, form)

    def _tally_format(self, row: BodyRow) -> str:
        """Return how a tally is shown: 档 for steps and bands, the measure's unit for things."""
        op = None if row.ref is None else row.ref.op
        if isinstance(op, (PlainStepsOp, StepsOp)):
            return with_unit("档")
        if isinstance(op, BandsOp):
            return '[=0]"—";"第"General"档"'
        if isinstance(op, (LackingOp, CasesOp)):
            measure = getattr(self.plate.template.plan.slots[op.slot], "measure", None)
            counted = measure is not None and measure.kind is not MeasureKind.RATE
            return with_unit(measure.suffix if counted and measure is not None else "")
        return with_unit("次") if isinstance(op, OnceOp) else "General"


def shown_value(row: Row, entry: Entry) -> Any:  # noqa: ANN401 - a number or a text
    """Return what a facility reported, as a cell shows it."""
    if entry.state == SILENT:
        return NOT_APPLICABLE
    if entry.top is not None and entry.bottom is not None:
        if not entry.bottom:
            return ""
        return rounded_number(entry.top / entry.bottom * row.whole, 4)
    if isinstance(entry.value, Fraction):
        return shown_number(entry.value)
    return safe_text(entry.value or "")


def put_value(page: Page, at: tuple[int, int], value: Any, form: Format) -> None:  # noqa: ANN401 - as above
    """Write a number or a text as it is."""
    if isinstance(value, str):
        page.write_string(*at, safe_text(value), form)
    else:
        page.write_number(*at, value, form)
