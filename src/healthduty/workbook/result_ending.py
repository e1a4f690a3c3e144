"""What stands under the score table: sums, vetoes, grade, honours, money, findings, signatures.

Source: “full + lines = total”, “signature lines of assessors and unit”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from healthduty.exact import show
from healthduty.model.grades import GradeScale
from healthduty.wording.effects import veto_name_text
from healthduty.workbook.formulas_entries import text_literal
from healthduty.workbook.formulas_terms import Number, Truth, is_wide
from healthduty.workbook.result_forms import (
    CHANGE,
    FULL,
    LAST,
    NUMBER,
    OLD_CHANGE,
    POINTS,
    SENTENCE,
    TALLY,
    TEXT,
    VALUE,
    WIDTHS,
)
from healthduty.workbook.result_page import Facility, Plate, Spot
from healthduty.workbook.result_shape import Shape, choice
from healthduty.workbook.styles import Format, Page, height_of, safe_text


class _Row(NamedTuple):
    """A row under a score table: where the table stands, and how far below its first row."""

    spot: Spot
    row: int

    def at(self, column: int) -> tuple[int, int]:
        """Return a cell of the row."""
        return self.spot.at(self.row, column)

    def put(self, column: int, text: str, form: Format) -> None:
        """Write a text, or a cell with nothing in it."""
        if text:
            self.spot.page.write_string(*self.at(column), safe_text(text), form)
        else:
            self.spot.page.write_blank(*self.at(column), None, form)


class Ending:
    """Writes the end of a facility's score table."""

    def __init__(self, plate: Plate) -> None:
        """Keep what is the same for all facilities."""
        self.plate, self.words, self.forms = plate, plate.words, plate.forms
        self.states = [plate.words[name] for name in ("not_brought", "granted", "barred", "open")]

    def write(self, spot: Spot, facility: Facility) -> None:
        """Write the sums, and what follows from the total."""
        table = self.plate.table
        self._sums(_Row(spot, table.sum_row), facility)
        for what, place in table.outcomes:
            row = _Row(spot, table.outcome_row(what, place))
            match what:
                case "apart":
                    self._apart(row, facility)
                case "veto":
                    self._veto(row, place, facility)
                case "total":
                    self._total(row, facility)
                case "grade":
                    self._grade(row, facility)
                case "honour":
                    self._honour(row, place, facility)
                case _:
                    self._money(row, place, facility)

    def money_column(self, spot: Spot) -> int:
        """Return the column of amounts of money: wide ones go across, where they may."""
        return FULL if spot.alone else POINTS

    # --- sums --------------------------------------------------------------------------------

    def _sums(self, row: _Row, facility: Facility) -> None:
        plate, figures, words = self.plate, facility.figures, self.words
        page, spot = row.spot.page, row.spot
        form = self.forms.sum(num_format=self.forms.points, align="right", indent=1)
        self._label(row, words["deducted" if figures.full is None else "sum"], SENTENCE)
        change = sum(each.points for each in figures.rows) / plate.unit
        first, last = spot.cell(0, CHANGE), spot.cell(row.row - 1, CHANGE)
        change_form = self.forms.sum(num_format=self.forms.change, align="right", indent=1)
        if facility.live:
            summed = f"=ROUND(SUM({first}:{last}),{plate.places})"
            page.write_formula(*row.at(CHANGE), summed, change_form, change)
        else:
            page.write_number(*row.at(CHANGE), change, change_form)
        if spot.compares(facility):
            page.write_number(*row.at(OLD_CHANGE), change)
        if figures.full is None:
            page.write_blank(*row.at(FULL), None, form)
        else:
            page.write_number(*row.at(FULL), figures.full / plate.unit, form)
        term = (plate.template.written.earned, plate.template.followed.told)
        self._number(row, term, figures.earned, form, facility)
        page.write_blank(*row.at(LAST), None, form)
        self._check(row, facility)

    def _check(self, row: _Row, facility: Facility) -> None:
        """Say that full points and changes make the points, or that there is no total."""
        form, words = self.forms.sum(align="right", indent=1), self.words
        full, change, points = (row.spot.cell(row.row, each) for each in (FULL, CHANGE, POINTS))
        told = facility.figures.earned is not None
        right, wrong = f"{words['check']} √", f"{words['check']} ×"
        value = right if told else words["no_total"]
        if not facility.live:
            row.put(SENTENCE, value, form)
            return
        test = f"ROUND({full}+{change}-{points},{self.plate.places})=0"
        test = f"IF({test},{text_literal(right)},{text_literal(wrong)})"
        formula = f"IF(ISNUMBER({points}),{test},{text_literal(words['no_total'])})"
        row.spot.page.write_formula(*row.at(SENTENCE), f"={formula}", form, value)

    def _number(
        self,
        row: _Row,
        term: tuple[Number, Truth],
        units: int | None,
        form: Format,
        facility: Facility,
    ) -> None:
        """Write points that may not be told: `term` are they, and whether they can."""
        number, told = term
        none, page, at = self.words["no_total"], row.spot.page, row.at(POINTS)
        value = none if units is None else units / self.plate.unit
        exact = not is_wide(number) and not is_wide(told)
        if facility.live and exact and not (isinstance(number, int) and isinstance(told, bool)):
            points = self.plate.live.points(number)
            formula = f"IF({self.plate.live.address(told)},{points},{text_literal(none)})"
            formula = facility.marks.filled(points if told is True else formula)
            page.write_formula(*at, f"={formula}", form, value)
        elif units is None:
            page.write_string(*at, none, form)
        else:
            page.write_number(*at, units / self.plate.unit, form)

    def _label(self, row: _Row, text: str, last: int) -> None:
        """Write the label of a row and fill it up to the column before `last`."""
        form, page = self.forms.sum(text_wrap=True, align="left"), row.spot.page
        for column in range(NUMBER, last):
            page.write_blank(*row.at(column), None, form)
        page.write_string(*row.at(TEXT), safe_text(text), form)
        page.set_row(row.spot.top + row.row, height_of([(text, WIDTHS[TEXT])], 20))

    # --- what follows from the total ---------------------------------------------------------

    def _fill(self, row: _Row, text: str, label: str = "") -> None:
        """Write a row with a text across its middle."""
        spot, form = row.spot, self.forms.sum(text_wrap=True, align="left")
        self._label(row, label or text, VALUE)
        told, width = (text if label else ""), WIDTHS[SENTENCE]
        if spot.alone:
            width = sum(WIDTHS[VALUE : CHANGE + 1])
            spot.page.merge_range(*row.at(VALUE), *row.at(CHANGE), "", form)
            if told:
                spot.page.write_string(*row.at(VALUE), safe_text(told), form)
        else:
            for column in range(VALUE, CHANGE + 1):
                row.put(column, told if column == SENTENCE else "", form)
        for column in (FULL, LAST):
            spot.page.write_blank(*row.at(column), None, form)
        height = height_of([(label or text, WIDTHS[TEXT]), (told, width)], 20)
        spot.page.set_row(spot.top + row.row, height)

    def _word(self, row: _Row, word: str, formula: str, facility: Facility) -> None:
        form = self.forms.sum(align="center", text_wrap=True)
        if facility.live and formula:
            formula = f"={facility.marks.filled(formula)}"
            row.spot.page.write_formula(*row.at(POINTS), formula, form, safe_text(word))
        else:
            row.spot.page.write_string(*row.at(POINTS), safe_text(word), form)

    def _apart(self, row: _Row, facility: Facility) -> None:
        self._fill(row, self.words["apart"])
        form = self.forms.sum(num_format=self.forms.points, align="right", indent=1)
        term = (self.plate.template.written.apart, True)
        self._number(row, term, facility.figures.apart, form, facility)

    def _veto(self, row: _Row, place: int, facility: Facility) -> None:
        words, plate = self.words, self.plate
        veto = plate.template.plan.agreement.vetoes[place]
        fact = plate.template.followed.vetoes[place]
        name = veto_name_text(veto, plate.lang, plate.template.plan.agreement)
        self._fill(row, name, words["veto"])
        applies = facility.figures.applies[place]
        word = words["open_fact"] if applies is None else words["yes" if applies else "no"]
        formula = ""
        if not is_wide(fact.holds) and not is_wide(fact.unknown):
            yes, no, unsure = (text_literal(words[each]) for each in ("yes", "no", "open_fact"))
            inner = f"IF({plate.live.address(fact.holds)},{yes},{no})"
            formula = f"IF({plate.live.address(fact.unknown)},{unsure},{inner})"
        self._word(row, word, formula, facility)

    def _total(self, row: _Row, facility: Facility) -> None:
        followed = self.plate.template.followed
        self._fill(row, self.words["vetoed"])
        form = self.forms.sum(num_format=self.forms.points, align="right", indent=1, bold=True)
        term = (followed.total, followed.known)
        self._number(row, term, facility.figures.total, form, facility)

    def _grade(self, row: _Row, facility: Facility) -> None:
        template = self.plate.template
        scale = template.plan.agreement.grades
        names = [] if scale is None else [grade.name for grade in scale.grades]
        self._fill(row, _bands(scale, self.words), self.words["grade"])
        grade, formula = template.followed.grade, ""
        if not is_wide(grade) and names:
            formula = choice(f"({self.plate.live.address(grade)}+1)", ["", *names])
        place = facility.figures.grade
        self._word(row, names[place] if place >= 0 else "", formula, facility)

    def _honour(self, row: _Row, place: int, facility: Facility) -> None:
        consequence, state = self.plate.template.followed.honours[place]
        self._fill(row, consequence.text or consequence.code, self.words["honour"])
        formula = "" if is_wide(state) else choice(self.plate.live.address(state), self.states)
        self._word(row, self.states[facility.figures.honours[place]], formula, facility)

    # --- money -------------------------------------------------------------------------------

    def _money(self, row: _Row, place: int, facility: Facility) -> None:
        page, at = row.spot.page, row.at
        pool = self.plate.template.followed.money[place]
        name = pool.policy.name or pool.policy.code
        self._label(row, self.words["money"], VALUE)
        form = self.forms.sum(text_wrap=True, align="left")
        yuan = self.forms.sum(num_format="#,##0.00", align="right", indent=1)
        if row.spot.alone:
            page.merge_range(*at(VALUE), *at(SENTENCE), "", form)
            page.write_string(*at(VALUE), safe_text(name), form)
            page.merge_range(*at(FULL), *at(LAST), "", yuan)
        else:
            for column in range(VALUE, SENTENCE + 1):
                row.put(column, name if column == SENTENCE else "", form)
            for column in (FULL, LAST):
                page.write_blank(*at(column), None, form)
        self._share(row, place, facility)
        self._amount(row, place, facility, yuan)

    def _share(self, row: _Row, place: int, facility: Facility) -> None:
        live, pool = self.plate.live, self.plate.template.followed.money[place]
        amount, share = facility.figures.money[place]
        page, at = row.spot.page, row.at(CHANGE)
        if share is not None and row.spot.compares(facility):
            page.write_number(*row.at(OLD_CHANGE), float(share))
        percent = self.forms.sum(num_format="0.##%", align="right", indent=1)
        exact = facility.live and not any(map(is_wide, (pool.fen, pool.share, pool.known)))
        if exact and amount is not None and share is not None:
            formula = f'IF({live.address(pool.known)},{live.address(pool.share)}/{pool.whole},"")'
            page.write_formula(*at, f"={facility.marks.filled(formula)}", percent, float(share))
        elif share is None:
            page.write_blank(*at, None, percent)
        else:
            page.write_number(*at, float(share), percent)

    def _amount(self, row: _Row, place: int, facility: Facility, form: Format) -> None:
        live, pool = self.plate.live, self.plate.template.followed.money[place]
        amount, none = facility.figures.money[place][0], self.words["no_money"]
        page, at = row.spot.page, row.at(self.money_column(row.spot))
        exact = facility.live and not any(map(is_wide, (pool.fen, pool.share, pool.known)))
        value = none if amount is None else amount / 100
        if exact:
            fen = f"{live.address(pool.fen)}/100"
            formula = f"IF({live.address(pool.known)},{fen},{text_literal(none)})"
            page.write_formula(*at, f"={facility.marks.filled(formula)}", form, value)
        elif isinstance(value, str):
            page.write_string(*at, value, form)
        else:
            page.write_number(*at, value, form)

    # --- findings and signatures -------------------------------------------------------------

    def write_findings(self, page: Page, shape: Shape, facility: Facility) -> None:
        """Write what must be said, under the table of a sheet of its own."""
        words = self.words
        # All sheets have the same rows: those that a facility does not need are hidden.
        for place in range(len(facility.findings), shape.findings):
            page.set_row(shape.finding_row + place, None, None, {"hidden": True})
        form, width = self.forms.note(), sum(WIDTHS)
        bold, caption = self.forms.caption(), words["findings"] + "\n"
        for place, text in enumerate(facility.findings):
            at, shown = shape.finding_row + place, safe_text(text)
            page.merge_range(at, NUMBER, at, LAST, "", form)
            if place:
                page.write_string(at, NUMBER, shown, form)
            else:  # the caption stands in the first cell, or a page could end with it
                page.write_rich_string(at, NUMBER, bold, caption, form, shown, form)
            lines = text if place else caption + text
            page.set_row(at, height_of([(lines, width)], 15) + (0 if place else 6))

    def write_signatures(self, page: Page, shape: Shape) -> None:
        """Write the lines on which assessors and unit sign."""
        at, words, form = shape.sign_row, self.words, self.forms.look.of(font_size=11)
        page.set_row(at, 30)
        page.set_row(at + 1, 24)
        page.write_string(at, NUMBER, words["assessor"], form)
        page.write_string(at, TALLY, words["unit"], form)
        page.write_string(at + 1, NUMBER, words["date"], form)
        page.write_string(at + 1, TALLY, words["date"], form)


def _bands(scale: GradeScale | None, words: Mapping[str, str]) -> str:
    """Return the grades with the totals from which they are given."""
    grades = () if scale is None else scale.grades
    return words["gap"].join(
        grade.name
        if grade.low is None
        else words["band"].format(grade.name, f"{'≥' if grade.low_in else '＞'}{show(grade.low)}")
        for grade in grades
    )
