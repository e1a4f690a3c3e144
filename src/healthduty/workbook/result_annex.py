"""The annexes of a facility's sheet: the data that may be changed, and the steps of computing.

Source: “a person must be able to change an input cell and see the score move”.
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.exact import show
from healthduty.workbook.formulas_entries import (
    BACKED_WORD,
    BARE_WORD,
    NO,
    NOT_APPLICABLE,
    STATE,
    YES,
    CellFormulas,
    Entry,
    text_literal,
)
from healthduty.workbook.formulas_inputs import LOST, SILENT, Row, Sort
from healthduty.workbook.result_forms import (
    BARE,
    CHANGE,
    CLAUSE,
    FULL,
    LAST,
    NUMBER,
    POINTS,
    SENTENCE,
    TALLY,
    TARGET,
    TEXT,
    VALUE,
    WIDTHS,
)
from healthduty.workbook.result_labels import fixed_labels, step_labels
from healthduty.workbook.result_page import Facility, Plate, shown_number
from healthduty.workbook.styles import ALERT, BORDER, Page, height_of, safe_text

_HEADINGS = (
    *("number", "input", "range", "number_value", "top", "bottom", "note", "evidence"),
    *("num", "den", "state"),
)
_MOST_LISTED = 255


class Annex:
    """Writes the data of a facility and the steps behind its points."""

    def __init__(self, plate: Plate) -> None:
        """Work out what is the same for all facilities."""
        self.plate, self.words, self.forms = plate, plate.words, plate.forms
        template = plate.template
        self.ranges = [range_text(row) for row in template.rows]
        self.steps = step_labels(template, plate.body, plate.live, plate.lang)
        self.fixed = fixed_labels(template, plate.live, plate.lang)

    def write(self, page: Page, facility: Facility) -> None:
        """Write both annexes; without formulas the second is left out."""
        self._heads(page)
        for place, row in enumerate(self.plate.template.rows):
            self._input(page, place, row, facility)
        if facility.live:
            self._checks(page)
            self._steps(page, facility)
        elif facility.values is None:
            text = self.words["values"].format(self.words["why_values"])
            page.write_string(self.plate.shape.fixed_row - 2, NUMBER, text, self.forms.caption())

    # --- inputs ------------------------------------------------------------------------------

    def _heads(self, page: Page) -> None:
        at, look = self.plate.shape.input_row, self.forms.look
        page.write_string(at - 2, NUMBER, self.words["inputs"], self.forms.caption())
        page.set_row(at - 2, 24)
        for column, name in enumerate(_HEADINGS):
            page.write_string(at - 1, column, self.words[name], look.head())
        page.set_row(at - 1, 32)

    def _input(self, page: Page, place: int, row: Row, facility: Facility) -> None:
        at, forms = self.plate.shape.input_row + place, self.forms
        text = forms.look.of(text_wrap=True, **BORDER)
        page.write_number(at, NUMBER, place + 1, forms.look.of(align="center", **BORDER))
        page.write_string(at, TEXT, safe_text(row.label), text)
        page.write_string(at, CLAUSE, safe_text(self.ranges[place]), text)
        entry = None if facility.entries is None else facility.entries[place]
        formulas = self.plate.live.inputs[place] if facility.live else CellFormulas()
        self._cells(page, at, row, entry or Entry(), formulas)
        self._note(page, at, row, entry, live=facility.live)
        if entry is not None:
            self._grey(page, at, entry, formulas)
        lines = [(row.label, WIDTHS[TEXT]), (self.ranges[place], WIDTHS[CLAUSE])]
        page.set_row(at, height_of(lines, 18))

    def _cells(self, page: Page, at: int, row: Row, entry: Entry, formulas: CellFormulas) -> None:
        """Write the cells that a person may change, and those that the row does not have."""
        forms = self.forms
        form, off = forms.input(align="right"), forms.look.of(**BORDER)
        if formulas.value:
            value = "" if entry.state else shown_number(Fraction(entry.num, entry.den))
            page.write_formula(at, VALUE, f"={formulas.value}", off, value)
        elif row.sort is Sort.EVIDENCE:
            page.write_blank(at, VALUE, None, off)
        elif isinstance(entry.value, Fraction):
            page.write_number(at, VALUE, shown_number(entry.value), form)
        elif entry.value:
            page.write_string(at, VALUE, safe_text(entry.value), form)
        else:
            page.write_blank(at, VALUE, None, form)
        for column, part in ((TARGET, entry.top), (TALLY, entry.bottom)):
            if part is not None:
                page.write_number(at, column, shown_number(part), form)
            else:
                page.write_blank(at, column, None, form if row.parts else off)
        if row.bare:
            word = BARE_WORD if entry.bare else BACKED_WORD
            page.write_string(at, CHANGE, word, forms.input(align="center"))
        else:
            page.write_blank(at, CHANGE, None, off)

    def _note(self, page: Page, at: int, row: Row, entry: Entry | None, *, live: bool) -> None:
        form = self.forms.look.of(font_color=ALERT, **BORDER)
        state = 0 if entry is None else entry.state
        notes = {LOST: self.words["lost_note"], SILENT: self.words["silent_note"]}
        note = notes.get(state, "")
        if not live or row.sort in (Sort.KIND, Sort.EVIDENCE):
            page.write_string(at, SENTENCE, note, form)
            return
        cell = f"{STATE}{at + 1}"
        lost, silent = text_literal(notes[LOST]), text_literal(notes[SILENT])
        formula = f'=IF({cell}={LOST},{lost},IF({cell}={SILENT},{silent},""))'
        page.write_formula(at, SENTENCE, formula, form, note)

    def _grey(self, page: Page, at: int, entry: Entry, formulas: CellFormulas) -> None:
        form = self.forms.grey(**BORDER)
        for column, formula, value in (
            (FULL, formulas.num, entry.num),
            (POINTS, formulas.den, entry.den),
            (LAST, formulas.state, entry.state),
            (BARE, formulas.bare, int(entry.bare)),
        ):
            if formula:
                page.write_formula(at, column, f"={formula}", form, value)
            elif column != BARE:
                page.write_blank(at, column, None, form)

    def _checks(self, page: Page) -> None:
        """Let Excel offer the words that a cell takes, and warn of what is none of them."""
        for place, row in enumerate(self.plate.template.rows):
            at = self.plate.shape.input_row + place
            words = choices_of(row)
            listed = ",".join(words)
            if words and len(listed) <= _MOST_LISTED and listed.count(",") == len(words) - 1:
                options = {"validate": "list", "source": words, "error_type": "warning"}
                page.data_validation(at, VALUE, at, VALUE, options)
            if row.bare:
                options = {"validate": "list", "source": [BACKED_WORD, BARE_WORD]}
                page.data_validation(at, CHANGE, at, CHANGE, options)

    # --- steps -------------------------------------------------------------------------------

    def _steps(self, page: Page, facility: Facility) -> None:
        shape, words, forms = self.plate.shape, self.words, self.forms
        values = facility.values
        assert values is not None  # noqa: S101 - a live sheet has values
        caption = words["steps"].format(show(Fraction(1, self.plate.unit)))
        page.write_string(shape.fixed_row - 2, NUMBER, caption, forms.caption())
        for column, name in ((NUMBER, "number"), (TEXT, "step"), (VALUE, "number_value")):
            page.write_string(shape.fixed_row - 1, column, words[name], forms.grey())
        form, count = forms.grey(), len(shape.fixed)
        fixed = self.plate.template.fixed_values(facility.index)
        for place, key in enumerate(shape.fixed):
            at = shape.fixed_row + place
            self._step(page, at, place, self.fixed[place])
            page.write_string(at, TARGET, words["fixed"], form)
            if isinstance(fixed[key], bool):
                page.write_boolean(at, VALUE, fixed[key], form)
            else:
                page.write_number(at, VALUE, fixed[key], form)
        for place, step in enumerate(self.plate.live.steps):
            at = shape.step_row + place
            self._step(page, at, count + place, self.steps[place])
            page.write_formula(at, VALUE, f"={step.formula}", form, values[step.term.place])

    def _step(self, page: Page, at: int, place: int, label: str) -> None:
        form = self.forms.grey()
        page.write_number(at, NUMBER, place + 1, self.forms.grey(align="center"))
        page.write_string(at, TEXT, safe_text(label), form)
        page.set_row(at, None, None, {"level": 1, "hidden": True})


def choices_of(row: Row) -> list[str]:
    """Return the words that a row takes; none where it takes numbers."""
    match row.sort:
        case Sort.FLAG:
            return [YES, NO, NOT_APPLICABLE]
        case Sort.LEVEL:
            return [*row.words, NOT_APPLICABLE]
        case Sort.KIND:
            return list(row.words)
        case _:
            return []


def range_text(row: Row) -> str:
    """Return the unit of a row and what may stand in it.

    >>> from healthduty.workbook.formulas_inputs import Row
    >>> range_text(Row(("value", "rate"), "满意率", unit="%", scale=100, high=20_000))
    '%，0～200，最多2位小数'
    """
    if row.sort in (Sort.KIND, Sort.LEVEL, Sort.FLAG):
        return " / ".join(choices_of(row))
    if row.sort in (Sort.LOOKED_UP, Sort.EVIDENCE):
        return row.unit
    low, high = Fraction(row.low, row.scale), Fraction(row.high, row.scale)
    bounds = f"{show(low)}～{show(high)}"
    if row.least > 0:
        bounds = f"0，或{show(row.least)}～{show(high)}"
    places = len(str(row.scale)) - 1
    decimals = f"最多{places}位小数" if places else "整数"
    text = "，".join(filter(None, (row.unit, bounds, decimals)))
    return f"{text}；也可填分子、分母" if row.parts else text
