"""The rows of a facility's score table: what was asked, what was found, and what it cost.

The same rows stand on a facility's own sheet and, below those of others, in the long form.

Source: “one sheet a facility with clause, value, target, tally, arithmetic, deduction, points”;
“live formulas”.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from healthduty.rules.measure import MeasureKind
from healthduty.scoring.ops import BandsOp, CasesOp, LackingOp, OnceOp, PlainStepsOp, StepsOp
from healthduty.workbook.formulas import Tally
from healthduty.workbook.formulas_entries import SHOWN_PLACES, TYPED, Entry, Typed, yes_or_no
from healthduty.workbook.formulas_inputs import GIVEN, SILENT, Row, Sort
from healthduty.workbook.formulas_terms import is_wide
from healthduty.workbook.result_forms import (
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
    Spot,
    pair_value,
    rounded_number,
    shown_number,
    unit_of,
)
from healthduty.workbook.result_rows import BodyRow, RowKind
from healthduty.workbook.result_shape import RowTerms, shown_formula, shown_rows
from healthduty.workbook.styles import (
    FAINT,
    Format,
    Page,
    column_letters,
    height_of,
    lines_of,
    safe_text,
)

HEADINGS = (
    *("number", "item", "clause", "value", "target", "tally", "sentence"),
    *("change", "full", "points"),
)


class ScoreRows:
    """Writes the rows of score tables, which are the same for all facilities of an agreement."""

    def __init__(self, plate: Plate) -> None:
        """Work out what is the same for all facilities."""
        self.plate, self.words = plate, plate.words
        self.shown = shown_rows(plate.template, plate.body)
        self.shown_formulas = [
            "" if place < 0 else self._shown_formula(place) for place in self.shown
        ]
        self.lines = [
            max(lines_of(row.text, WIDTHS[TEXT]), lines_of(row.clause, WIDTHS[CLAUSE]))
            for row in plate.body
        ]
        self.tally_formats = [self._tally_format(row) for row in plate.body]
        self.full = {node.node: node.full for node in plate.template.plan.nodes}

    def _shown_formula(self, place: int) -> str:
        sites = self.plate.sites
        cells = sites.input_cells(place).on(sites.sheet)
        return shown_formula(self.plate.template.rows[place], cells, TYPED[self.plate.lang])

    def head(self, page: Page, row: int, left: int = 0) -> None:
        """Write the headings of a score table."""
        form = self.plate.forms.look.head()
        aside = "bonus" if self.plate.has_bonus else "remarks"
        for column, name in enumerate((*HEADINGS, aside)):
            page.write_string(row, left + column, self.words[name], form)
        page.set_row(row, 20)

    def strike_out(self, page: Page, first: int, last: int, left: int = 0) -> None:
        """Let the sentences of rows be struck through once a change of data made them untrue."""
        now, then = column_letters(left + CHANGE), column_letters(left + OLD_CHANGE)
        rule = f"=ROUND(${now}{first + 1}-${then}{first + 1},6)<>0"
        grey = self.plate.forms.look.of(font_color=FAINT, font_strikeout=True)
        options = {"type": "formula", "criteria": rule, "format": grey}
        column = left + SENTENCE
        page.conditional_format(first, column, last, column, options)

    def changed(self, first: int, last: int, left: int = 0) -> str:
        """Return the formula of the line that says that data of some rows was changed."""
        now, then = column_letters(left + CHANGE), column_letters(left + OLD_CHANGE)
        pair = f"{now}{first + 1}:{now}{last + 1},{then}{first + 1}:{then}{last + 1}"
        text = self.words["changed"].replace('"', '""')
        # Where the column of changes has anything else, both cells have it, or none.
        return f'=IF(SUMXMY2({pair})>1E-13,"{text}","")'

    def write(self, spot: Spot, facility: Facility) -> None:
        """Write the rows of one facility."""
        for place, row in enumerate(self.plate.body):
            self._row(spot, place, row, facility)

    # --- one row -----------------------------------------------------------------------------

    def _row(self, spot: Spot, place: int, row: BodyRow, facility: Facility) -> None:
        plate, page = self.plate, spot.page
        cell, terms, at = plate.forms.cell, plate.terms[place], spot.at
        result = facility.figures.rows[place]
        plate.put_text(page, at(place, NUMBER), row.number, cell(row.kind, NUMBER))
        plate.put_text(page, at(place, TEXT), row.text, cell(row.kind, TEXT))
        plate.put_text(page, at(place, CLAUSE), row.clause, cell(row.kind, CLAUSE))
        self._observed(spot, place, row, facility)
        plate.put_text(page, at(place, SENTENCE), result.sentence, cell(row.kind, SENTENCE))
        change = cell(row.kind, CHANGE, plate.forms.change)
        plate.put_points(page, at(place, CHANGE), terms.change, result.points, change, facility)
        self._points(spot, place, row, facility)
        if plate.has_bonus:
            bonus = facility.figures.bonus.get(row.node, 0) if terms.points is not None else 0
            units = bonus if row.kind in (RowKind.SECTION, RowKind.ITEM) else result.bonus
            form = cell(row.kind, LAST, plate.forms.change)
            plate.put_points(page, at(place, LAST), terms.bonus, units, form, facility)
        else:
            page.write_blank(*at(place, LAST), None, cell(row.kind, LAST))
        if spot.compares(facility):
            page.write_number(*at(place, OLD_CHANGE), result.points / plate.unit)
        lines = max(self.lines[place], lines_of(result.sentence, WIDTHS[SENTENCE]))
        page.set_row(spot.top + place, height_of((("\n" * (lines - 1), 80.0),)))

    def _points(self, spot: Spot, place: int, row: BodyRow, facility: Facility) -> None:
        plate, cell, page = self.plate, self.plate.forms.cell, spot.page
        terms: RowTerms = plate.terms[place]
        full, at = self.full[row.node], spot.at(place, POINTS)
        form = cell(row.kind, FULL, plate.forms.points)
        if terms.points is None or not full:
            page.write_blank(*spot.at(place, FULL), None, form)
            page.write_blank(*at, None, form)
            return
        page.write_number(*spot.at(place, FULL), full / plate.unit, form)
        form = cell(row.kind, POINTS, plate.forms.points)
        units, unsure = facility.figures.points[row.node], self.words["unsure"]
        value: Any = unsure if units is None else units / plate.unit
        if not facility.live or is_wide(terms.points) or is_wide(terms.unsure):
            put_value(page, at, value, form)
            return
        formula = plate.live.points(terms.points)
        if terms.unsure is not False:
            formula = f'IF({plate.live.address(terms.unsure)},"{unsure}",{formula})'
        page.write_formula(*at, f"={facility.marks.filled(formula)}", form, value)

    # --- what was observed -------------------------------------------------------------------

    def _observed(self, spot: Spot, place: int, row: BodyRow, facility: Facility) -> None:
        plate, page, cell = self.plate, spot.page, self.plate.forms.cell
        shown, at = self.shown[place], spot.at(place, VALUE)
        unit = "" if shown < 0 else unit_of(plate.template.rows[shown], plate.words)
        form = cell(row.kind, VALUE, with_unit(unit))
        if shown < 0 or facility.entries is None:
            page.write_blank(*at, None, form)
        else:
            value = shown_value(
                plate.template.rows[shown], facility.entries[shown], TYPED[plate.lang]
            )
            if facility.live:
                formula = facility.marks.filled(self.shown_formulas[place])
                page.write_formula(*at, f"={formula}", form, value)
            else:
                put_value(page, at, value, form)
        terms = plate.terms[place]
        if terms.target is None:
            page.write_blank(*spot.at(place, TARGET), None, cell(row.kind, TARGET))
        else:
            form = cell(row.kind, TARGET, with_unit(unit, terms.target.sign))
            self._pair(page, spot.at(place, TARGET), Tally(*terms.target[1:]), form, facility)
        form = cell(row.kind, TALLY, self.tally_formats[place])
        if terms.tally is None:
            page.write_blank(*spot.at(place, TALLY), None, form)
        else:
            self._pair(page, spot.at(place, TALLY), terms.tally, form, facility)

    def _pair(
        self, page: Page, at: tuple[int, int], pair: Tally, form: Format, facility: Facility
    ) -> None:
        if isinstance(pair.top, int) and isinstance(pair.bottom, int):
            page.write_number(*at, shown_number(Fraction(pair.top, pair.bottom)), form)
            return
        values = facility.values
        if values is None or is_wide(pair.top) or is_wide(pair.bottom):
            page.write_blank(*at, None, form)
            return
        value = pair_value(values, pair.top, pair.bottom)
        if facility.live:
            formula = facility.marks.filled(self.plate.live.pair(*pair))
            page.write_formula(*at, f"={formula}", form, value)
        else:
            page.write_number(*at, value, form)

    def _tally_format(self, row: BodyRow) -> str:
        """Return how a tally is shown: 档 for steps and bands, the measure's unit for things."""
        words = self.words
        op = None if row.ref is None else row.ref.op
        if isinstance(op, (PlainStepsOp, StepsOp)):
            return with_unit(words["steps_unit"])
        if isinstance(op, BandsOp):
            return words["band_format"]
        if isinstance(op, (LackingOp, CasesOp)):
            measure = getattr(self.plate.template.plan.slots[op.slot], "measure", None)
            counted = measure is not None and measure.kind is not MeasureKind.RATE
            return with_unit(measure.suffix if counted and measure is not None else "")
        return with_unit(words["once_unit"]) if isinstance(op, OnceOp) else "General"


def shown_value(row: Row, entry: Entry, typed: Typed) -> Any:  # noqa: ANN401 - a number or a text
    """Return what a facility reported, as a cell shows it."""
    if entry.state == SILENT:
        return typed.not_applicable
    if entry.top is not None and entry.bottom is not None:
        if not entry.bottom:
            return ""
        return rounded_number(entry.top / entry.bottom * row.whole, 4)
    if row.sort in (Sort.LISTED, Sort.WEIGHED, Sort.LOOKED_UP) and entry.state == GIVEN:
        return rounded_number(Fraction(entry.num, entry.den), SHOWN_PLACES)
    if isinstance(entry.value, Fraction):
        return yes_or_no(row, entry.value, typed) or shown_number(entry.value)
    return safe_text(entry.value or "")


def put_value(page: Page, at: tuple[int, int], value: Any, form: Format) -> None:  # noqa: ANN401 - as above
    """Write a number or a text as it is."""
    if isinstance(value, str):
        page.write_string(*at, safe_text(value), form)
    else:
        page.write_number(*at, value, form)
