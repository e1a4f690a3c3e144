"""What stands under the score table: sums, vetoes, grade, honours, money, findings, signatures.

Source: “full + lines = total”, “signature lines of assessors and unit”.
"""

from __future__ import annotations

from healthduty.exact import show
from healthduty.model.grades import GradeScale
from healthduty.workbook.formulas_entries import text_literal
from healthduty.workbook.formulas_terms import Number, Truth, is_wide
from healthduty.workbook.result_forms import (
    CHANGE,
    FULL,
    LAST,
    NUMBER,
    POINTS,
    SENTENCE,
    TALLY,
    TEXT,
    VALUE,
    WIDTHS,
)
from healthduty.workbook.result_page import Facility, Plate
from healthduty.workbook.result_shape import FIRST_BODY, choice
from healthduty.workbook.styles import Format, Page, column_letters, height_of, safe_text


class Ending:
    """Writes the end of a facility's score table."""

    def __init__(self, plate: Plate) -> None:
        """Keep what is the same for all facilities."""
        self.plate, self.words, self.forms = plate, plate.words, plate.forms
        self.states = [plate.words[name] for name in ("not_brought", "granted", "barred", "open")]

    def write(self, page: Page, facility: Facility) -> None:
        """Write everything under the table, down to the signatures."""
        self._sums(page, facility)
        for what, place in self.plate.shape.outcomes:
            at = self.plate.shape.outcome_row(what, place)
            match what:
                case "apart":
                    self._apart(page, at, facility)
                case "veto":
                    self._veto(page, at, place, facility)
                case "total":
                    self._total(page, at, facility)
                case "grade":
                    self._grade(page, at, facility)
                case "honour":
                    self._honour(page, at, place, facility)
                case _:
                    self._money(page, at, place, facility)
        self._findings(page, facility)
        self._signatures(page)

    # --- sums --------------------------------------------------------------------------------

    def _sums(self, page: Page, facility: Facility) -> None:
        plate, figures, words = self.plate, facility.figures, self.words
        at, form = (
            plate.shape.sum_row,
            self.forms.sum(num_format=self.forms.points, align="right", indent=1),
        )
        self._label(page, at, words["deducted" if figures.full is None else "sum"], SENTENCE)
        change = sum(row.points for row in figures.rows) / plate.unit
        column = column_letters(CHANGE)
        summed = f"ROUND(SUM({column}{FIRST_BODY + 1}:{column}{at}),{plate.places})"
        change_form = self.forms.sum(num_format=self.forms.change, align="right", indent=1)
        if facility.live:
            page.write_formula(at, CHANGE, f"={summed}", change_form, change)
        else:
            page.write_number(at, CHANGE, change, change_form)
        if figures.full is None:
            page.write_blank(at, FULL, None, form)
        else:
            page.write_number(at, FULL, figures.full / plate.unit, form)
        term = (plate.template.written.earned, plate.template.followed.told)
        self._number(page, at, term, figures.earned, form, facility)
        page.write_blank(at, LAST, None, form)
        self._check(page, at, facility)

    def _check(self, page: Page, at: int, facility: Facility) -> None:
        """Say that full points and changes make the points, or that there is no total."""
        form, words = self.forms.sum(align="right", indent=1), self.words
        full, change, points = (
            f"{column_letters(each)}{at + 1}" for each in (FULL, CHANGE, POINTS)
        )
        told = facility.figures.earned is not None
        right, wrong = f"{words['check']} √", f"{words['check']} ×"
        value = right if told else words["no_total"]
        if not facility.live:
            page.write_string(at, SENTENCE, value, form)
            return
        test = f"ROUND({full}+{change}-{points},{self.plate.places})=0"
        test = f"IF({test},{text_literal(right)},{text_literal(wrong)})"
        formula = f"IF(ISNUMBER({points}),{test},{text_literal(words['no_total'])})"
        page.write_formula(at, SENTENCE, f"={formula}", form, value)

    def _number(
        self,
        page: Page,
        at: int,
        term: tuple[Number, Truth],
        units: int | None,
        form: Format,
        facility: Facility,
    ) -> None:
        """Write points that may not be told: `term` are they, and whether they can."""
        number, told = term
        none = self.words["no_total"]
        value = none if units is None else units / self.plate.unit
        exact = not is_wide(number) and not is_wide(told)
        if facility.live and exact and not (isinstance(number, int) and isinstance(told, bool)):
            points = self.plate.live.points(number)
            formula = f"IF({self.plate.live.address(told)},{points},{text_literal(none)})"
            formula = points if told is True else formula
            page.write_formula(at, POINTS, f"={formula}", form, value)
        elif units is None:
            page.write_string(at, POINTS, none, form)
        else:
            page.write_number(at, POINTS, units / self.plate.unit, form)

    def _label(self, page: Page, at: int, text: str, last: int) -> None:
        """Write the label of a row and fill it up to the column before `last`."""
        form = self.forms.sum(text_wrap=True, align="left")
        for column in range(NUMBER, last):
            page.write_blank(at, column, None, form)
        page.write_string(at, TEXT, safe_text(text), form)
        page.set_row(at, height_of([(text, WIDTHS[TEXT])], 20))

    # --- what follows from the total ---------------------------------------------------------

    def _fill(self, page: Page, at: int, text: str, label: str = "") -> None:
        """Write a row with a text across its middle."""
        self._label(page, at, label or text, VALUE)
        form = self.forms.sum(text_wrap=True, align="left")
        page.merge_range(at, VALUE, at, CHANGE, "", form)
        if label:
            page.write_string(at, VALUE, safe_text(text), form)
        for column in (FULL, LAST):
            page.write_blank(at, column, None, form)
        width = sum(WIDTHS[VALUE : CHANGE + 1])
        page.set_row(at, height_of([(label or text, WIDTHS[TEXT]), (text, width)], 20))

    def _word(self, page: Page, at: int, word: str, formula: str, facility: Facility) -> None:
        form = self.forms.sum(align="center", text_wrap=True)
        if facility.live and formula:
            page.write_formula(at, POINTS, f"={formula}", form, safe_text(word))
        else:
            page.write_string(at, POINTS, safe_text(word), form)

    def _apart(self, page: Page, at: int, facility: Facility) -> None:
        self._fill(page, at, self.words["apart"])
        form = self.forms.sum(num_format=self.forms.points, align="right", indent=1)
        term = (self.plate.template.written.apart, True)
        self._number(page, at, term, facility.figures.apart, form, facility)

    def _veto(self, page: Page, at: int, place: int, facility: Facility) -> None:
        words, plate = self.words, self.plate
        veto = plate.template.plan.agreement.vetoes[place]
        fact = plate.template.followed.vetoes[place]
        self._fill(page, at, veto.title or veto.code, words["veto"])
        applies = facility.figures.applies[place]
        word = words["open_fact"] if applies is None else words["yes" if applies else "no"]
        formula = ""
        if not is_wide(fact.holds) and not is_wide(fact.unknown):
            yes, no, unsure = (text_literal(words[each]) for each in ("yes", "no", "open_fact"))
            inner = f"IF({plate.live.address(fact.holds)},{yes},{no})"
            formula = f"IF({plate.live.address(fact.unknown)},{unsure},{inner})"
        self._word(page, at, word, formula, facility)

    def _total(self, page: Page, at: int, facility: Facility) -> None:
        followed = self.plate.template.followed
        self._fill(page, at, self.words["vetoed"])
        form = self.forms.sum(num_format=self.forms.points, align="right", indent=1, bold=True)
        term = (followed.total, followed.known)
        self._number(page, at, term, facility.figures.total, form, facility)

    def _grade(self, page: Page, at: int, facility: Facility) -> None:
        template = self.plate.template
        scale = template.plan.agreement.grades
        names = [] if scale is None else [grade.name for grade in scale.grades]
        self._fill(page, at, _bands(scale), self.words["grade"])
        grade, formula = template.followed.grade, ""
        if not is_wide(grade) and names:
            formula = choice(f"({self.plate.live.address(grade)}+1)", ["", *names])
        place = facility.figures.grade
        self._word(page, at, names[place] if place >= 0 else "", formula, facility)

    def _honour(self, page: Page, at: int, place: int, facility: Facility) -> None:
        consequence, state = self.plate.template.followed.honours[place]
        self._fill(page, at, consequence.text or consequence.code, self.words["honour"])
        formula = "" if is_wide(state) else choice(self.plate.live.address(state), self.states)
        self._word(page, at, self.states[facility.figures.honours[place]], formula, facility)

    def _money(self, page: Page, at: int, place: int, facility: Facility) -> None:
        words, live = self.words, self.plate.live
        pool = self.plate.template.followed.money[place]
        amount, share = facility.figures.money[place]
        self._label(page, at, words["money"], VALUE)
        form = self.forms.sum(text_wrap=True, align="left")
        page.merge_range(at, VALUE, at, SENTENCE, "", form)
        page.write_string(at, VALUE, safe_text(pool.policy.name or pool.policy.code), form)
        exact = facility.live and not any(map(is_wide, (pool.fen, pool.share, pool.known)))
        percent = self.forms.sum(num_format="0.##%", align="right", indent=1)
        if exact and amount is not None and share is not None:
            formula = f'IF({live.address(pool.known)},{live.address(pool.share)}/{pool.whole},"")'
            page.write_formula(at, CHANGE, f"={formula}", percent, float(share))
        elif share is None:
            page.write_blank(at, CHANGE, None, percent)
        else:
            page.write_number(at, CHANGE, float(share), percent)
        yuan = self.forms.sum(num_format="#,##0.00", align="right", indent=1)
        page.merge_range(at, FULL, at, LAST, "", yuan)
        none = words["no_money"]
        if exact:
            formula = (
                f"IF({live.address(pool.known)},{live.address(pool.fen)}/100,{text_literal(none)})"
            )
            page.write_formula(
                at, FULL, f"={formula}", yuan, none if amount is None else amount / 100
            )
        elif amount is None:
            page.write_string(at, FULL, none, yuan)
        else:
            page.write_number(at, FULL, amount / 100, yuan)

    # --- findings and signatures -------------------------------------------------------------

    def _findings(self, page: Page, facility: Facility) -> None:
        shape, words = self.plate.shape, self.words
        # All sheets have the same rows: those that a facility does not need are hidden.
        for place in range(len(facility.findings), shape.findings):
            page.set_row(shape.finding_row + place, None, None, {"hidden": True})
        if not facility.findings:
            return
        page.set_row(shape.finding_row - 1, 26)
        page.write_string(shape.finding_row - 1, NUMBER, words["findings"], self.forms.caption())
        form, width = self.forms.note(), sum(WIDTHS)
        for place, text in enumerate(facility.findings):
            at = shape.finding_row + place
            page.merge_range(at, NUMBER, at, LAST, "", form)
            page.write_string(at, NUMBER, safe_text(text), form)
            page.set_row(at, height_of([(text, width)], 15))

    def _signatures(self, page: Page) -> None:
        at, words, form = self.plate.shape.sign_row, self.words, self.forms.look.of(font_size=11)
        page.set_row(at, 30)
        page.set_row(at + 1, 24)
        page.write_string(at, NUMBER, words["assessor"], form)
        page.write_string(at, TALLY, words["unit"], form)
        page.write_string(at + 1, NUMBER, words["date"], form)
        page.write_string(at + 1, TALLY, words["date"], form)


def _bands(scale: GradeScale | None) -> str:
    """Return the grades with the totals from which they are given."""
    grades = () if scale is None else scale.grades
    return "　".join(
        grade.name
        if grade.low is None
        else f"{grade.name}（{'≥' if grade.low_in else '＞'}{show(grade.low)}）"
        for grade in grades
    )
