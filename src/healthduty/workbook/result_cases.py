"""The sheet of cases (个案明细): who, which case, how many, and under which rule it counts.

One sheet has the cases of all facilities, a block for each, with an empty row at its end. A changed
attribute, another number of cases, a case that is added: the facility's points follow.

Source: “Cases”; semantics 6 (one case is charged once: the dearest); data safety (no names).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from healthduty.workbook.formulas_cases import MOST_COUNT, CaseList, CaseValues, Listed
from healthduty.workbook.formulas_listing import (
    ATTRIBUTES,
    COUNT,
    ID,
    MEASURE,
    ON,
    WHO,
    CaseColumn,
    CaseColumns,
)
from healthduty.workbook.result_annex import usual_choice
from healthduty.workbook.result_page import Facility, Plate
from healthduty.workbook.styles import (
    BORDER,
    FAINT,
    Page,
    height_of,
    safe_text,
    set_page,
    width_of,
)

HEAD, FIRST_CASE = 2, 3
"""The row (from 0) of the headings, and the first one of a case."""

_WIDTHS = {WHO: 24.0, MEASURE: 22.0, ID: 14.0, ON: 12.0, COUNT: 8.0}
_UNDER_WIDTH = 26.0


class CasePage:
    """Writes the list of cases of all facilities."""

    def __init__(self, page: Page, plate: Plate, listed: CaseList, columns: CaseColumns) -> None:
        """Write headings; facilities follow one by one."""
        self.page, self.plate, self.listed, self.words = page, plate, listed, plate.words
        self.columns = columns.columns
        self.under = ATTRIBUTES + len(listed.attributes)
        look = plate.forms.look
        self.text = look.of(text_wrap=True, **BORDER)
        self.input = look.input(text_wrap=True)
        self.count = look.input(align="center")
        self.grey = look.of(font_color=FAINT, **BORDER)
        self.last = FIRST_CASE
        self._head()

    def _head(self) -> None:
        page, words, look = self.page, self.words, self.plate.forms.look
        title = words["cases_title"].format(self.plate.template.plan.agreement.title)
        page.merge_range(0, 0, 0, self.under, "", look.title())
        page.write_string(0, 0, safe_text(title), look.title())
        page.set_row(0, 30)
        form = look.of(font_color=FAINT, text_wrap=True)
        page.merge_range(1, 0, 1, self.under, "", form)
        page.write_string(1, 0, words["cases_note"], form)
        headings = [words[name] for name in ("facility", "input", "case_id", "case_on", "count")]
        headings += [*self.listed.attributes, words["case_under"]]
        for column, heading in enumerate(headings):
            width = _WIDTHS.get(column, width_of([heading], 12, 24))
            page.set_column(column, column, width if column < self.under else _UNDER_WIDTH)
            page.write_string(HEAD, column, safe_text(heading), look.head())
        width = sum(_WIDTHS.values()) + 12 * len(self.listed.attributes) + _UNDER_WIDTH
        page.set_row(1, height_of([(words["cases_note"], width)]))
        for place, grey in enumerate(self.columns[1:], start=self.under + 1):
            options = {"level": 1, "hidden": True}
            page.set_column(place, place, 11, None, options)
            page.write_string(HEAD, place, safe_text(self._heading(grey)), look.head())
        page.freeze_panes(FIRST_CASE, 1)

    def _heading(self, column: CaseColumn) -> str:
        key, words = column.key, self.words
        if isinstance(key, str):
            return words[f"case_{key}"]
        assert isinstance(key, tuple)  # noqa: S101 - what is no word is a word and a place
        what, place = key
        names = self.listed.labels if what == "of" else self.plate.live.case_names
        return words[f"case_{what}"].format(names[place])

    # --- facilities --------------------------------------------------------------------------

    def write(self, facility: Facility) -> None:
        """Write the rows of one facility, where its marks say."""
        rows = self.plate.template.cases(facility.index)
        name = safe_text(facility.sheet.record.name)
        values = facility.cases if facility.live else None
        first = facility.marks.first - 1
        for place, row in enumerate(rows):
            at = first + place
            self._case(at, name, row)
            if values is None:
                self.page.write_blank(at, self.under, None, self.text)
            else:
                self._grey(at, place, values, facility)
        self.last = max(self.last, first + len(rows) - 1)

    def _case(self, at: int, name: str, row: Listed) -> None:
        page, case = self.page, row.case
        page.write_string(at, WHO, name, self.text)
        label = "" if row.measure < 0 else self.listed.labels[row.measure]
        day = "" if case.on is None else str(case.on)
        texts = [(MEASURE, label), (ID, case.id), (ON, day)]
        texts += [
            (place, case.attribute(attribute) or "")
            for place, attribute in enumerate(self.listed.attributes, start=ATTRIBUTES)
        ]
        for column, text in texts:
            if text:
                page.write_string(at, column, safe_text(text), self.input)
            else:
                page.write_blank(at, column, None, self.input)
        if row.count:
            page.write_number(at, COUNT, row.count, self.count)
        else:
            page.write_blank(at, COUNT, None, self.count)

    def _grey(self, at: int, place: int, values: CaseValues, facility: Facility) -> None:
        for column, each in enumerate(self.columns, start=self.under):
            value: Any = (
                values.under(place, self.plate.live.case_names, self.words["list"])
                if each.key == "under"
                else values.columns[each.key][place]
            )
            formula = facility.marks.filled(each.in_row(at + 1))
            form = self.text if each.key == "under" else self.grey
            self.page.write_formula(at, column, f"={formula}", form, value)

    def finish(self) -> None:
        """Say what the cells take, and set up the paper."""
        page = self.page
        self._choice(MEASURE, self.listed.labels, "stop")
        for place, name in enumerate(self.listed.attributes, start=ATTRIBUTES):
            self._choice(place, self._known(name), "information")
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_COUNT}
        page.data_validation(FIRST_CASE, COUNT, self.last, COUNT, whole)
        page.autofilter(HEAD, 0, self.last, self.under)
        page.print_area(0, 0, self.last, self.under)
        footer = self.plate.template.plan.agreement.title
        set_page(page, repeat=(HEAD, HEAD), footer=footer, pages=self.words["pages"])

    def _known(self, attribute: str) -> list[str]:
        """Return the values of an attribute that any rule knows."""
        known: dict[str, None] = {}
        for tally in self.listed.tallies:
            by = tally.slot.tally.by
            known |= {value: None for name, value in tally.slot.tally.where if name == attribute}
            if by is not None and by.attribute == attribute:
                known |= dict.fromkeys(value for value, _ in by.weights)
        return list(known)

    def _choice(self, column: int, choices: Sequence[str], kind: str) -> None:
        words = usual_choice([choice for choice in choices if choice])
        if words:
            options = {"validate": "list", "source": words, "error_type": kind}
            self.page.data_validation(FIRST_CASE, column, self.last, column, options)
