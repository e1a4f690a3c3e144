"""The sheet behind the long form (数据与计算): a row a facility, its data and every step.

On the left the total, the grade and the yellow cells that a person may change; to the right, folded
away, what each becomes as whole numbers, and the steps of the computation. They are the very steps
of a facility's own sheet, lying in a row instead of standing in a column.

Source: “long form past 200”; “live formulas”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from healthduty.exact import show
from healthduty.workbook.formulas_cells import ROW, InputCells
from healthduty.workbook.formulas_entries import TYPED, Entry
from healthduty.workbook.formulas_inputs import Row, Sort
from healthduty.workbook.result_annex import (
    choices_of,
    computed_value,
    formulas_of,
    put_input,
    range_text,
    row_label,
    usual_choice,
)
from healthduty.workbook.result_labels import fixed_labels, step_labels
from healthduty.workbook.result_page import Facility, Plate, shown_number
from healthduty.workbook.result_shape import Table
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    Format,
    Page,
    column_letters,
    height_of,
    quoted_name,
    safe_text,
    set_page,
)

HEAD, FIRST_DATA = 3, 4
"""The row (from 0) of the headings, under the names of the data, and the first facility's row."""

WHO, FIRST_INPUT = 0, 1
MOST_COLUMNS = 16_384
_WIDTH = 12.0
_PRINTED = 80


@attrs.frozen
class DataSites:
    """Which columns hold the data, what it becomes, numbers that stand, and steps."""

    sheet: str
    fixed: tuple[tuple[str, int], ...]
    inputs: tuple[InputCells, ...]
    columns: tuple[Mapping[str, int], ...]
    """The columns of each row of inputs, by the names of its cells."""
    first_fixed: int

    @property
    def first_step(self) -> int:
        """The column of the first step."""
        return self.first_fixed + len(self.fixed)

    def input_cells(self, place: int) -> InputCells:
        """Return the cells of a row of inputs, in the row of whichever facility."""
        return self.inputs[place]

    def fixed_cell(self, place: int) -> str:
        """Return the cell of a number that stands."""
        return _cell(self.first_fixed + place)

    def step_cell(self, place: int) -> str:
        """Return the cell of a step."""
        return _cell(self.first_step + place)


def _cell(column: int) -> str:
    """Return a cell of a facility's row.

    The row is absolute, so that no two rows have the same formulas: LibreOffice computes columns
    of the same formulas in threads, and then takes old numbers from cells that such a column leads
    to by way of another sheet.
    """
    return f"{column_letters(column)}${ROW}"


def data_sites(
    rows: tuple[Row, ...], name: str, _: Table, fixed: tuple[tuple[str, int], ...]
) -> DataSites:
    """Lay the columns out: first what may be changed, then what it becomes, then the steps."""
    column = FIRST_INPUT
    places: list[dict[str, int]] = []
    for needs in (_asked, _made):
        for place, row in enumerate(rows):
            if needs is _asked:
                places.append({})
            for field in needs(row):
                places[place][field] = column
                column += 1
    inputs = tuple(
        InputCells(*(_cell(each[field]) if field in each else "" for field in InputCells._fields))
        for each in places
    )
    return DataSites(f"{quoted_name(name)}!", fixed, inputs, tuple(places), column)


def _asked(row: Row) -> Iterator[str]:
    """Go through the cells of a row of inputs that are filled in, or show a number."""
    if row.sort is not Sort.EVIDENCE:
        yield "value"
    if row.parts:
        yield from ("top", "bottom")
    if row.bare:
        yield "evidence"


def _made(row: Row) -> Iterator[str]:
    """Go through the cells that are made of them."""
    if row.sort not in (Sort.EVIDENCE, Sort.KIND):
        yield from ("num", "den", "state") if row.parts else ("num", "state")
    if row.bare:
        yield "bare"


class DataPage:
    """Writes the data and the steps of all facilities, a row each."""

    def __init__(self, page: Page, plate: Plate, sites: DataSites) -> None:
        """Write the headings; facilities follow one by one."""
        self.page, self.plate, self.sites, self.words = page, plate, sites, plate.words
        self.typed, self.rows = TYPED[plate.lang], plate.template.rows
        look = plate.forms.look
        self.text, self.off = look.of(**BORDER), look.of(align="right", indent=1, **BORDER)
        self.input, self.grey = (
            look.input(align="right", indent=1),
            look.of(font_color=FAINT, **BORDER),
        )
        self.last = FIRST_DATA
        self._head()

    # --- headings ----------------------------------------------------------------------------

    def _head(self) -> None:
        page, words, look = self.page, self.words, self.plate.forms.look
        title = words["data_title"].format(self.plate.template.plan.agreement.title)
        page.write_string(0, WHO, safe_text(title), look.of(font_name="黑体", font_size=14))
        page.set_row(0, 28)
        note = words["data_note"].format(show(Fraction(1, self.plate.unit)))
        page.write_string(1, WHO, note, look.of(font_color=FAINT))
        labels = [row_label(row, self.plate) for row in self.rows]
        ranges = [range_text(row, words, self.typed) for row in self.rows]
        page.set_row(HEAD - 1, height_of([(text, _WIDTH) for text in labels], 34))
        page.set_row(HEAD, height_of([(text, _WIDTH) for text in ranges], 34))
        page.set_column(WHO, WHO, 26)
        page.merge_range(HEAD - 1, WHO, HEAD, WHO, words["facility"], look.head())
        page.set_column(FIRST_INPUT, self._first_made() - 1, _WIDTH)
        folded = {"level": 1, "hidden": True}
        page.set_column(self._first_made(), self._end() - 1, _WIDTH, None, folded)
        for place, row in enumerate(self.rows):
            self._input_head(row, self.sites.columns[place])
        self._step_heads()
        page.freeze_panes(FIRST_DATA, FIRST_INPUT)

    def _first_made(self) -> int:
        """Return the first column that nobody fills in."""
        return FIRST_INPUT + sum(1 for row in self.rows for _ in _asked(row))

    def _end(self) -> int:
        return self.sites.first_step + len(self.plate.live.steps)

    def _input_head(self, row: Row, columns: Mapping[str, int]) -> None:
        form, words = self.plate.forms.look.head(), self.words
        label = row_label(row, self.plate)
        names = {
            "value": range_text(row, words, self.typed),
            "top": words["top"],
            "bottom": words["bottom"],
            "evidence": words["evidence"],
            "num": words["num"],
            "den": words["den"],
            "state": words["state"],
            "bare": words["evidence"],
        }
        for field, column in columns.items():
            self.page.write_string(HEAD - 1, column, safe_text(label), form)
            self.page.write_string(HEAD, column, safe_text(names[field]), form)

    def _step_heads(self) -> None:
        plate, form = self.plate, self.plate.forms.look.head()
        template = plate.template
        labels = [
            *fixed_labels(template, plate.live, plate.lang),
            *step_labels(template, plate.body, plate.live, plate.lang),
        ]
        for column, label in enumerate(labels, start=self.sites.first_fixed):
            kind = "fixed_short" if column < self.sites.first_step else "step"
            self.page.write_string(HEAD - 1, column, self.words[kind], form)
            self.page.write_string(HEAD, column, safe_text(label), form)

    # --- a facility --------------------------------------------------------------------------

    def write(self, facility: Facility) -> None:
        """Write the row of one facility, where its marks say."""
        at = facility.marks.row - 1
        self.last = max(self.last, at)
        self.page.write_string(at, WHO, safe_text(facility.sheet.record.name), self.text)
        column = FIRST_INPUT
        entries = facility.entries or tuple(Entry() for _ in self.rows)
        formulas = [formulas_of(self.plate, place, facility) for place in range(len(self.rows))]
        for place, row in enumerate(self.rows):
            for field in _asked(row):
                self._asked_cell((at, column), row, entries[place], field, formulas[place].value)
                column += 1
        if not facility.live:
            return
        for place, row in enumerate(self.rows):
            made = {
                "num": (formulas[place].num, entries[place].num),
                "den": (formulas[place].den, entries[place].den),
                "state": (formulas[place].state, entries[place].state),
                "bare": (formulas[place].bare, int(entries[place].bare)),
            }
            for field in _made(row):
                formula, value = made[field]
                self.page.write_formula(at, column, f"={formula}", self.grey, value)
                column += 1
        self._steps(at, facility)

    def _asked_cell(
        self, at: tuple[int, int], row: Row, entry: Entry, field: str, formula: str
    ) -> None:
        page, how = self.page, (self.typed, self.input)
        if field == "value" and formula:
            value = computed_value(entry)
            page.write_formula(*at, f"={formula}", self.off, value)
        elif field == "value":
            put_input(page, at, row, entry, how)
        elif field == "evidence":
            word = self.typed.bare if entry.bare else self.typed.backed
            page.write_string(*at, word, self.input)
        else:
            self._part(at, entry.top if field == "top" else entry.bottom, self.input)

    def _part(self, at: tuple[int, int], part: Fraction | None, form: Format) -> None:
        if part is None:
            self.page.write_blank(*at, None, form)
        else:
            self.page.write_number(*at, shown_number(part), form)

    def _steps(self, at: int, facility: Facility) -> None:
        page, live, values = self.page, self.plate.live, facility.values
        assert values is not None  # noqa: S101 - a live facility has values
        fixed = self.plate.template.fixed_values(facility.index)
        for column, key in enumerate(self.sites.fixed, start=self.sites.first_fixed):
            if isinstance(fixed[key], bool):
                page.write_boolean(at, column, fixed[key], self.grey)
            else:
                page.write_number(at, column, fixed[key], self.grey)
        for column, step in enumerate(live.steps, start=self.sites.first_step):
            formula = facility.marks.filled(step.formula)
            page.write_formula(at, column, f"={formula}", self.grey, values[step.term.place])

    def finish(self) -> None:
        """Let cells offer the words that they take, and set up the paper."""
        page = self.page
        for row, columns in zip(self.rows, self.sites.columns, strict=True):
            choices = usual_choice(choices_of(row, self.typed))
            backing = [self.typed.backed, self.typed.bare]
            for field, words in (("value", choices), ("evidence", backing)):
                column = columns.get(field)
                if column is not None and words:
                    options = {"validate": "list", "source": words, "error_type": "warning"}
                    page.data_validation(FIRST_DATA, column, self.last, column, options)
        page.print_area(0, 0, self.last, max(self._first_made() - 1, WHO))
        page.repeat_columns(WHO, WHO)
        footer = self.plate.template.plan.agreement.title
        set_page(page, repeat=(HEAD - 1, HEAD), footer=footer, pages=self.words["pages"])
        page.set_print_scale(_PRINTED)  # as many pages across as there are data
