"""What all parts of score tables are written with: where they stand, the formulas, the facility.

Source: “The result workbook”.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from healthduty.exact import divide
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.formulas_cases import CaseValues
from healthduty.workbook.formulas_cells import Marks
from healthduty.workbook.formulas_entries import TYPED, Entry
from healthduty.workbook.formulas_inputs import Row
from healthduty.workbook.formulas_listing import CaseSite
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import Number, is_wide
from healthduty.workbook.formulas_values import value_at
from healthduty.workbook.result_figures import Figures, agrees, cases_agree, figures_of
from healthduty.workbook.result_forms import Forms
from healthduty.workbook.result_labels import case_names
from healthduty.workbook.result_rows import BodyRow, body_rows
from healthduty.workbook.result_shape import (
    FIRST_BODY,
    Live,
    RowTerms,
    Sites,
    Table,
    Values,
    live_formulas,
    outcomes_of,
    row_terms,
)
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import Format, Page, column_letters, quoted_name, safe_text

MOST_FINDING_LINES = 6
"""Lines of findings that one row holds: a row is not broken over two pages."""


_LONGEST, _MOST_ARGUMENTS = 8_000, 250
"""What Excel takes is 8,192 characters, and 255 arguments of a function."""


@attrs.frozen
class Facility:
    """One facility: its sheet, its figures, its inputs, its cases, and what its terms are.

    `live` says that it has formulas. Inputs or terms are None where they don't fit. `marks` are
    what stands in the formulas of an agreement for this facility.
    """

    index: int
    sheet: ScoreSheet
    figures: Figures
    entries: tuple[Entry, ...] | None
    values: Values | None
    cases: CaseValues | None
    live: bool
    findings: tuple[str, ...]
    marks: Marks = attrs.field(factory=Marks)


@attrs.frozen
class Spot:
    """Where a score table stands: its page, the row under its headings, its first column.

    `alone` says that it has the page to itself: texts then go across several columns.
    """

    page: Page
    top: int = FIRST_BODY
    left: int = 0
    alone: bool = True

    def compares(self, facility: Facility) -> bool:
        """Return whether changes are held against those that were scored: in a column beside them.

        Among others a facility without formulas has them too, or its changes would look like new.
        """
        return facility.live or not self.alone

    def at(self, row: int, column: int) -> tuple[int, int]:
        """Return a place on the page."""
        return self.top + row, self.left + column

    def cell(self, row: int, column: int) -> str:
        """Return the address of a place."""
        return f"{column_letters(self.left + column)}{self.top + row + 1}"


SitesOf = Callable[[Table, tuple[tuple[str, int], ...]], Sites]
"""Given the score table and what stands as values, where the cells behind it are."""


class Plate:
    """What the score tables of all facilities of an agreement have in common."""

    def __init__(
        self, template: Template, lang: Language, forms: Forms, sites: SitesOf, cases: str
    ) -> None:
        """Work out rows, places and formulas; `cases` is the name of the sheet of cases."""
        self.template, self.lang, self.words, self.forms = template, lang, WORDS[lang], forms
        self.body: tuple[BodyRow, ...] = body_rows(template.plan, lang)
        self.terms: tuple[RowTerms, ...] = row_terms(template, self.body)
        self.places: int = template.plan.places
        self.unit: int = 10**self.places
        self.table = Table(self.body, outcomes_of(template))
        fixed = [("unknown", place) for what, place in template.written.fixed if what == "amount"]
        self.sites = sites(self.table, tuple(sorted([*template.written.fixed, *fixed])))
        case_site = CaseSite(
            f"{quoted_name(cases)}!", case_names(template, lang), self.words["list"]
        )
        self.live: Live = live_formulas(template, self.sites, self.terms, case_site, TYPED[lang])
        self.fits = _fits(self.live)
        """Whether a spreadsheet takes all formulas, long as they may be."""
        self.has_bonus = any(row.bonus != 0 for row in self.terms)

    def facility(
        self, index: int, sheet: ScoreSheet, findings: tuple[str, ...], *, formulas: bool
    ) -> Facility:
        """Return what is written of a facility; without values it has no formulas."""
        figures = figures_of(self.template, self.body, sheet, self.lang)
        entries = self.template.entries(index)
        values = None if entries is None else self.template.values(index, entries)
        cases = None if values is None else self.template.case_values(index, values)
        fits = values is not None and agrees(self.template, self.terms, figures, values)
        if entries is not None and cases is not None:
            fits = fits and cases_agree(self.template, entries, cases)
        values = values if fits else None
        # An agreement without items has nothing to sum, and a sum of nothing would be of itself.
        live = formulas and self.fits and bool(self.body) and fits
        return Facility(index, sheet, figures, entries, values, cases, live, findings)

    # --- cells -------------------------------------------------------------------------------

    def put_points(
        self,
        page: Page,
        at: tuple[int, int],
        number: Number,
        units: int,
        form: Format,
        facility: Facility,
    ) -> None:
        """Write points: a formula beside its value, or the value alone."""
        value = units / self.unit
        if facility.live and not isinstance(number, int) and not is_wide(number):
            formula = facility.marks.filled(self.live.points(number))
            page.write_formula(*at, f"={formula}", form, value)
        else:
            page.write_number(*at, value, form)

    def put_text(self, page: Page, at: tuple[int, int], text: str, form: Format) -> None:
        """Write a text, or a cell with nothing in it."""
        if text:
            page.write_string(*at, safe_text(text), form)
        else:
            page.write_blank(*at, None, form)


def _fits(live: Live) -> bool:
    texts = [text for row in live.inputs for text in row]
    texts += [step.formula for step in live.steps]
    texts += [] if live.columns is None else [each.formula for each in live.columns.columns]
    return all(len(text) <= _LONGEST and text.count(",") <= _MOST_ARGUMENTS for text in texts)


def unit_of(row: Row, words: Mapping[str, str]) -> str:
    """Return the unit of a row of inputs: the agreement's own, or ours in the workbook's words."""
    return words.get(f"unit_{row.key[0]}", row.unit)


def shown_number(number: Fraction) -> float | int:
    """Return a number as a cell holds it: a whole one, or the nearest double."""
    return number.numerator if number.denominator == 1 else float(number)


def rounded_number(number: Fraction, places: int) -> float | int:
    """Return a number as ROUND in a cell gives it: half up, away from 0."""
    top = divide(number.numerator * 10**places, number.denominator)
    return shown_number(Fraction(top, 10**places))


def pair_value(values: Values, top: Number, bottom: Number) -> Any:  # noqa: ANN401 - a number
    """Return a pair of terms as the number that a cell shows."""
    one, two = value_at(values, top), value_at(values, bottom)
    if two == 1:
        return one
    return rounded_number(Fraction(one, two), 4)
