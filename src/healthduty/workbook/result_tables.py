"""The score tables of a workbook: a sheet for each facility, or all of them in the long form.

Source: “one sheet a facility (or long form past 200)”.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import attrs

from healthduty.results.ranking import Ranked
from healthduty.scoring.ops import Plan, WeightedSlot
from healthduty.wording import Language
from healthduty.workbook.formulas_cells import Marks
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import Term
from healthduty.workbook.result_cases import FIRST_CASE, CasePage
from healthduty.workbook.result_data import (
    FIRST_DATA,
    MOST_COLUMNS,
    DataPage,
    DataSites,
    data_sites,
)
from healthduty.workbook.result_facility import FacilityPages
from healthduty.workbook.result_findings import finding_texts, packed
from healthduty.workbook.result_forms import FULL, POINTS, WIDTHS, Forms
from healthduty.workbook.result_labels import fixed_labels, wide_labels
from healthduty.workbook.result_long import LEFT, LongForm
from healthduty.workbook.result_overview import At, Places, heat_nodes
from healthduty.workbook.result_page import MOST_FINDING_LINES, Facility, Plate
from healthduty.workbook.result_shape import Shape
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import Book, Look, column_letters, quoted_name, sheet_names


@attrs.frozen
class Tables:
    """What the score tables of a workbook are written from; `taken` are other sheets' names."""

    book: Book
    look: Look
    plan: Plan
    ranked: Sequence[Ranked]
    lang: Language
    taken: Sequence[str]


@attrs.frozen
class WrittenTables:
    """Where results stand, None where nothing is a formula, and what had to be values."""

    places: Places | None
    remarks: tuple[str, ...]


# --- a sheet for each facility -------------------------------------------------------------------


def write_sheets(tables: Tables, *, formulas: bool) -> WrittenTables:
    """Write a sheet for each facility, and the cases of all of them."""
    lang, words = tables.lang, WORDS[tables.lang]
    sheets = [entry.sheet for entry in tables.ranked]
    width = sum(WIDTHS)
    texts = [packed(finding_texts(sheet, lang), width, MOST_FINDING_LINES) for sheet in sheets]
    template = Template(tables.plan, sheets)
    shape_of = partial(Shape, max(map(len, texts)), len(template.rows))
    forms = Forms(tables.look, tables.plan.places)
    plate = Plate(template, lang, forms, shape_of, words["cases"])
    shape = plate.sites
    assert isinstance(shape, Shape)  # noqa: S101 - made so above
    pages = FacilityPages(plate, shape)
    names = sheet_names((sheet.record.name for sheet in sheets), tables.taken)
    marks = _marks(template, [(f"{quoted_name(name)}!", 0) for name in names])
    facilities: list[Facility] = []
    for index, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        facility = plate.facility(index, sheet, texts[index], formulas=formulas)
        facility = attrs.evolve(facility, marks=marks[index])
        pages.write(tables.book.add_worksheet(name), facility)
        facilities.append(facility)
    _write_cases(tables, plate, facilities)
    remarks = _remarks(plate, facilities, words["why_off"] if not formulas else "")
    tops = tuple((name, FIRST_ROW) for name in names)
    places = _places(plate, tops, 0, FULL) if formulas else None
    return WrittenTables(places, remarks)


FIRST_ROW = 5
"""The first row (from 1) of the score table on a facility's own sheet."""


# --- the long form -------------------------------------------------------------------------------


def write_long(tables: Tables, *, formulas: bool, most: int) -> WrittenTables:
    """Write all score tables below each other, the data behind them, and the cases.

    `most` is how many formulas there may be: with more, all are values.
    """
    lang, words = tables.lang, WORDS[tables.lang]
    sheets = [entry.sheet for entry in tables.ranked]
    template = Template(tables.plan, sheets)
    forms = Forms(tables.look, tables.plan.places)
    sites_of = partial(data_sites, template.rows, words["data"])
    plate = Plate(template, lang, forms, sites_of, words["cases"])
    why = _why_not(plate, len(sheets), most) if formulas else words["why_off"]
    note = words["values"].format(why) if why else words["long_live"]
    long = LongForm(tables.book, plate, note, tables.taken, [sheet.record.name for sheet in sheets])
    rows = [(plate.sites.sheet, FIRST_DATA + 1 + index) for index in range(len(sheets))]
    marks = _marks(template, rows)
    facilities, tops = [], []
    for index, sheet in enumerate(sheets):
        facility = plate.facility(index, sheet, (), formulas=not why)
        facility = attrs.evolve(facility, marks=marks[index])
        tops.append(long.write(facility))
        facilities += [] if why else [facility]  # values alone: nothing is asked of them again
    long.finish()
    if not why:
        _write_data(tables, plate, facilities)
        _write_cases(tables, plate, facilities)
    remarks = _remarks(plate, facilities, why)
    places = None if why else _places(plate, tuple(tops), LEFT, long.money_column())
    return WrittenTables(places, remarks)


def _why_not(plate: Plate, facilities: int, most: int) -> str:
    """Return why a long form has no formulas; nothing where it has."""
    live, words = plate.live, plate.words
    sites = plate.sites
    assert isinstance(sites, DataSites)  # noqa: S101 - made so by the caller
    each = _formulas_of_one(plate)
    if sites.first_step + len(live.steps) > MOST_COLUMNS or not plate.fits:
        return words["why_long"]
    return words["why_many"].format(each * facilities, most) if each * facilities > most else ""


def _formulas_of_one(plate: Plate) -> int:
    """Return about how many formulas one facility takes on all sheets."""
    live = plate.live
    inputs = sum(bool(text) for row in live.inputs for text in row)
    shown = sum(
        1
        for row in plate.terms
        for number in (row.change, row.points, *(row.tally or ()), row.bonus)
        if isinstance(number, Term)
    )
    observed = sum(row.ref is not None for row in plate.body)
    heat = len(heat_nodes(plate.template.plan))
    return len(live.steps) + inputs + shown + observed + 2 * len(plate.table.outcomes) + heat + 6


def _write_data(tables: Tables, plate: Plate, facilities: Sequence[Facility]) -> None:
    sites = plate.sites
    assert isinstance(sites, DataSites)  # noqa: S101 - made so by the caller
    page = DataPage(tables.book.add_worksheet(plate.words["data"]), plate, sites)
    for facility in facilities:
        page.write(facility)
    page.finish()


# --- what both have ------------------------------------------------------------------------------


def _marks(template: Template, rows: Sequence[tuple[str, int]]) -> list[Marks]:
    """Return what the marks mean for each facility: its row, and the rows of its cases."""
    first, marks = FIRST_CASE + 1, []
    for index, (sheet, row) in enumerate(rows):
        last = first + len(template.cases(index)) - 1
        marks.append(Marks(sheet, row, first, last))
        first = last + 1
    return marks


def _write_cases(tables: Tables, plate: Plate, facilities: Sequence[Facility]) -> None:
    listed, columns = plate.template.listed, plate.live.columns
    if listed is None or columns is None:
        return
    page = CasePage(tables.book.add_worksheet(plate.words["cases"]), plate, listed, columns)
    for facility in facilities:
        page.write(facility)
    page.finish()


def _remarks(plate: Plate, facilities: Sequence[Facility], why: str) -> tuple[str, ...]:
    """Return what is a value and not a formula, and why."""
    words, lang, template = plate.words, plate.lang, plate.template
    if why:
        return (words["values"].format(why),)
    remarks = [
        words["remark_on"].format(
            facility.sheet.record.name, words["values"].format(words["why_values"])
        )
        for facility in facilities
        if facility.values is None
    ]
    if not plate.fits:
        remarks.append(words["values"].format(words["why_long"]))
    weighted = any(isinstance(slot, WeightedSlot) for slot in template.plan.slots)
    if weighted and template.listed is None:
        why = words["why_rows" if template.too_many_cases else "fixed"]
        remarks.append(words["origin_cases"].format(why))
    labels = dict.fromkeys(
        (
            *fixed_labels(template, plate.live, lang),
            *wide_labels(template, plate.body, plate.live, lang),
        )
    )
    return (*remarks, *(words["remark_on"].format(label, words["fixed"]) for label in labels))


def _places(
    plate: Plate, tops: tuple[tuple[str, int], ...], left: int, money_column: int
) -> Places:
    table, agreement = plate.table, plate.template.plan.agreement
    full, points = column_letters(left + FULL), column_letters(left + POINTS)
    earned: At = (points, table.sum_row)
    total = (points, table.outcome_row("total")) if agreement.vetoes else earned
    grade = (points, table.outcome_row("grade")) if agreement.grades else None
    letters = column_letters(left + money_column)
    money = tuple(
        (letters, table.outcome_row("money", place)) for place in range(len(agreement.funding))
    )
    cells = {
        row.node: ((full, place), (points, place))
        for place, row in enumerate(plate.body)
        if row.has_points
    }
    return Places(tops, total, earned, grade, money, cells)
