"""The annexes of a facility's sheet: the data that may be changed, and the steps of computing.

Source: “a person must be able to change an input cell and see the score move”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from healthduty.exact import show
from healthduty.scoring.ops import WeightedSlot
from healthduty.workbook.formulas_entries import (
    SHOWN_PLACES,
    STATE,
    TYPED,
    CellFormulas,
    Entry,
    Typed,
    text_literal,
    yes_or_no,
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
from healthduty.workbook.result_page import Facility, Plate, rounded_number, shown_number, unit_of
from healthduty.workbook.result_shape import Shape
from healthduty.workbook.styles import ALERT, BORDER, Format, Page, height_of, safe_text

_HEADINGS = (
    *("number", "input", "range", "number_value", "top", "bottom", "note", "evidence"),
    *("num", "den", "state"),
)
_MOST_LISTED = 255


class Annex:
    """Writes the data of a facility and the steps behind its points."""

    def __init__(self, plate: Plate, shape: Shape) -> None:
        """Work out what is the same for all facilities."""
        self.plate, self.shape, self.words, self.forms = plate, shape, plate.words, plate.forms
        self.typed = TYPED[plate.lang]
        template = plate.template
        self.ranges = [range_text(row, plate.words, self.typed) for row in template.rows]
        self.labels = [row_label(row, plate) for row in template.rows]
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
            page.write_string(self.shape.fixed_row - 2, NUMBER, text, self.forms.caption())

    # --- inputs ------------------------------------------------------------------------------

    def _heads(self, page: Page) -> None:
        at, look = self.shape.input_row, self.forms.look
        page.write_string(at - 2, NUMBER, self.words["inputs"], self.forms.caption())
        page.set_row(at - 2, 24)
        for column, name in enumerate(_HEADINGS):
            page.write_string(at - 1, column, self.words[name], look.head())
        page.set_row(at - 1, 32)

    def _input(self, page: Page, place: int, row: Row, facility: Facility) -> None:
        at, forms = self.shape.input_row + place, self.forms
        text = forms.look.of(text_wrap=True, **BORDER)
        page.write_number(at, NUMBER, place + 1, forms.look.of(align="center", **BORDER))
        page.write_string(at, TEXT, safe_text(self.labels[place]), text)
        page.write_string(at, CLAUSE, safe_text(self.ranges[place]), text)
        entry = None if facility.entries is None else facility.entries[place]
        formulas = formulas_of(self.plate, place, facility)
        self._cells(page, at, row, entry or Entry(), formulas)
        self._note(page, at, row, entry, live=facility.live)
        if entry is not None:
            self._grey(page, at, entry, formulas)
        lines = [(self.labels[place], WIDTHS[TEXT]), (self.ranges[place], WIDTHS[CLAUSE])]
        page.set_row(at, height_of(lines, 18))

    def _cells(self, page: Page, at: int, row: Row, entry: Entry, formulas: CellFormulas) -> None:
        """Write the cells that a person may change, and those that the row does not have."""
        forms = self.forms
        form, off = forms.input(align="right"), forms.look.of(**BORDER)
        if formulas.value:
            value = computed_value(entry)
            page.write_formula(at, VALUE, f"={formulas.value}", off, value)
        elif row.sort is Sort.EVIDENCE:
            page.write_blank(at, VALUE, None, off)
        else:
            put_input(page, (at, VALUE), row, entry, (self.typed, form))
        for column, part in ((TARGET, entry.top), (TALLY, entry.bottom)):
            if part is not None:
                page.write_number(at, column, shown_number(part), form)
            else:
                page.write_blank(at, column, None, form if row.parts else off)
        if row.bare:
            word = self.typed.bare if entry.bare else self.typed.backed
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
            at = self.shape.input_row + place
            words = usual_choice(choices_of(row, self.typed))
            if words:
                options = {"validate": "list", "source": words, "error_type": "warning"}
                page.data_validation(at, VALUE, at, VALUE, options)
            if row.bare:
                options = {"validate": "list", "source": [self.typed.backed, self.typed.bare]}
                page.data_validation(at, CHANGE, at, CHANGE, options)

    # --- steps -------------------------------------------------------------------------------

    def _steps(self, page: Page, facility: Facility) -> None:
        shape, words, forms = self.shape, self.words, self.forms
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


def formulas_of(plate: Plate, place: int, facility: Facility) -> CellFormulas:
    """Return the formulas of a facility's row of inputs; none where its sheet has values."""
    if not facility.live:
        return CellFormulas()
    marks = facility.marks
    return CellFormulas(*(marks.filled(text) for text in plate.live.inputs[place]))


def computed_value(entry: Entry) -> float | str:
    """Return what stands in a cell that is worked out and not filled in."""
    return "" if entry.state else rounded_number(Fraction(entry.num, entry.den), SHOWN_PLACES)


def put_input(
    page: Page, at: tuple[int, int], row: Row, entry: Entry, how: tuple[Typed, Format]
) -> None:
    """Write what a facility reported into a cell that a person may change."""
    typed, form = how
    word = typed.not_applicable if entry.state == SILENT and entry.top is None else ""
    if isinstance(entry.value, Fraction):
        word = word or yes_or_no(row, entry.value, typed)
    if word:
        page.write_string(*at, word, form)
    elif isinstance(entry.value, Fraction):
        page.write_number(*at, shown_number(entry.value), form)
    elif entry.value:
        page.write_string(*at, safe_text(entry.value), form)
    else:
        page.write_blank(*at, None, form)


def choices_of(row: Row, typed: Typed) -> list[str]:
    """Return the words that a row takes; none where it takes numbers."""
    match row.sort:
        case Sort.FLAG:
            return [typed.yes, typed.no, typed.not_applicable]
        case Sort.LEVEL:
            return [*row.words, typed.not_applicable]
        case Sort.KIND:
            return list(row.words)
        case _:
            return []


def usual_choice(words: Sequence[str]) -> list[str]:
    """Return words as Excel takes them for a list to choose from; none where it does not."""
    listed = ",".join(words)
    fits = len(listed) <= _MOST_LISTED and listed.count(",") == len(words) - 1
    return [*words] if words and fits else []


def row_label(row: Row, plate: Plate) -> str:
    """Return what a row of inputs is called in the language of the workbook."""
    what, words, plan = row.key[0], plate.words, plate.template.plan
    slot = plan.slots[row.slot] if row.slot >= 0 else None
    match what:
        case "people" | "kind" | "months" | "looked up":
            return words[f"input_{what}"]
        case "lack":
            return words["input_lack"].format(row.label)
        case "judged":
            return words["input_judged"].format(row.label)
        case "weighted" if isinstance(slot, WeightedSlot):
            which = _which(slot, words)
            listed = plate.template.listed
            if listed is None:
                return words["input_counted"].format(row.label, which)
            place = listed.tallies.index(listed.tally_of(row.slot))
            return words["input_weighted"].format(row.label, plate.live.case_names[place], which)
        case _:
            return row.label


def _which(slot: WeightedSlot, words: Mapping[str, str]) -> str:
    """Return which cases of a measure count for a rule, and how."""
    by = slot.tally.by
    which = [words["case_where"].format(*pair) for pair in slot.tally.where]
    which += [] if by is None else [words["case_by"].format(by.attribute)]
    which += [] if slot.charge is None else [words["case_once"]]
    return words["list"].join(which)


def range_text(row: Row, words: Mapping[str, str], typed: Typed) -> str:
    """Return the unit of a row and what may stand in it.

    >>> from healthduty.workbook.formulas_inputs import Row
    >>> from healthduty.workbook.result_words import WORDS
    >>> rate = Row(("value", "rate"), "满意率", unit="%", scale=100, high=20_000)
    >>> range_text(rate, WORDS["zh"], TYPED["zh"])
    '%，0～200，最多2位小数'
    """
    if row.sort in (Sort.KIND, Sort.LEVEL, Sort.FLAG):
        return " / ".join(choices_of(row, typed))
    if row.sort in (Sort.LOOKED_UP, Sort.EVIDENCE):
        return unit_of(row, words)
    if row.sort is Sort.WEIGHED:
        return words["range_weighed"]
    low, high = Fraction(row.low, row.scale), Fraction(row.high, row.scale)
    bounds = words["span"].format(show(low), show(high))
    if row.least > 0:
        bounds = words["range_or_none"].format(words["span"].format(show(row.least), show(high)))
    places = len(str(row.scale)) - 1
    decimals = words["range_places"].format(places) if places else words["range_whole"]
    text = words["comma"].join(filter(None, (unit_of(row, words), bounds, decimals)))
    if row.sort is Sort.LISTED:
        return f"{text}{words['range_listed']}"
    return f"{text}{words['range_pair']}" if row.parts else text
