"""What all parts of a facility's sheet are written with: the shape, the formulas, the facility.

Source: “The result workbook”.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from healthduty.exact import divide
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.formulas_entries import Entry
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import Number, is_wide
from healthduty.workbook.formulas_values import value_at
from healthduty.workbook.result_figures import Figures, agrees, figures_of
from healthduty.workbook.result_forms import Forms
from healthduty.workbook.result_rows import BodyRow, body_rows
from healthduty.workbook.result_shape import (
    Live,
    RowTerms,
    Shape,
    Values,
    live_formulas,
    outcomes_of,
    row_terms,
)
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import Format, Page, safe_text

MOST_FINDING_LINES = 6
"""Lines of findings that one row holds: a row is not broken over two pages."""


_LONGEST, _MOST_ARGUMENTS = 8_000, 250
"""What Excel takes is 8,192 characters, and 255 arguments of a function."""


@attrs.frozen
class Facility:
    """One facility: its sheet, its figures, its inputs, and what its terms are.

    `live` says that its sheet has formulas. Inputs or terms are None where they don't fit.
    """

    index: int
    sheet: ScoreSheet
    figures: Figures
    entries: tuple[Entry, ...] | None
    values: Values | None
    live: bool
    findings: tuple[str, ...]


class Plate:
    """What the sheets of all facilities of an agreement have in common."""

    def __init__(self, template: Template, lang: Language, findings: int, forms: Forms) -> None:
        """Work out rows, shape and formulas; `findings` are the rows for findings."""
        self.template, self.lang, self.words, self.forms = template, lang, WORDS[lang], forms
        self.body: tuple[BodyRow, ...] = body_rows(template.plan, lang)
        self.terms: tuple[RowTerms, ...] = row_terms(template, self.body)
        self.places: int = template.plan.places
        self.unit: int = 10**self.places
        fixed = [("unknown", place) for what, place in template.written.fixed if what == "amount"]
        self.shape = Shape(
            self.body,
            outcomes_of(template),
            findings,
            len(template.rows),
            tuple(sorted([*template.written.fixed, *fixed])),
        )
        self.live: Live = live_formulas(template, self.shape, self.terms)
        self.fits = _fits(self.live)
        """Whether a spreadsheet takes all formulas, long as they may be."""
        self.has_bonus = any(row.bonus != 0 for row in self.terms)

    def facility(
        self, index: int, sheet: ScoreSheet, findings: tuple[str, ...], *, formulas: bool
    ) -> Facility:
        """Return what is written of a facility; without values its sheet has no formulas."""
        figures = figures_of(self.template, self.body, sheet, self.lang)
        entries = self.template.entries(index)
        values = None
        if entries is not None:
            values = self.template.values(index, entries)
            if not agrees(self.template, self.terms, figures, values):
                values = None
        # An agreement without items has nothing to sum, and a sum of nothing would be of itself.
        live = formulas and self.fits and bool(self.body) and values is not None
        return Facility(index, sheet, figures, entries, values, live, findings)

    # --- cells -------------------------------------------------------------------------------

    def put_points(
        self,
        page: Page,
        at: tuple[int, int],
        number: Number,
        units: int,
        form: Format,
        *,
        live: bool,
    ) -> None:
        """Write points: a formula beside its value, or the value alone."""
        value = units / self.unit
        if live and not isinstance(number, int) and not is_wide(number):
            page.write_formula(*at, f"={self.live.points(number)}", form, value)
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
    return all(len(text) <= _LONGEST and text.count(",") <= _MOST_ARGUMENTS for text in texts)


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
