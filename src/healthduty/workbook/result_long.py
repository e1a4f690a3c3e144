"""The long form: the lines of very many facilities, one below the other.

A workbook with a sheet for each of some hundred facilities is no longer one that people open. Past
that the lines stand on one sheet, as values; what a facility earned is a sum over its lines.

Source: “long form past 200”.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthduty.results.ranking import Ranked
from healthduty.scoring.ops import Plan
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language
from healthduty.workbook.result_rows import body_rows, row_results, written_order
from healthduty.workbook.styles import (
    BORDER,
    SUM_FILL,
    Book,
    Look,
    Page,
    column_letters,
    safe_text,
    set_page,
    sheet_names,
)

MOST_ROWS = 1_000_000
"""Rows of one sheet: Excel has 1,048,576."""

_HEADINGS = ("facility", "number", "item", "sentence", "change", "full", "points", "bonus")
_WIDTHS = (26.0, 8.0, 24.0, 60.0, 9.0, 9.0, 9.0, 9.0)
_CHANGE, _FULL, _POINTS, _BONUS = 4, 5, 6, 7


class LongForm:
    """Writes the lines of all facilities, on as many sheets as they need."""

    def __init__(
        self, book: Book, look: Look, plan: Plan, lang: Language, words: Mapping[str, str]
    ) -> None:
        """Keep what is the same for all facilities."""
        self.book, self.look, self.plan, self.lang, self.words = book, look, plan, lang, words
        self.body = body_rows(plan, lang)
        self.unit = 10**plan.places
        decimals = "0." + "0" * plan.places if plan.places else "0"
        self.text = look.of(**BORDER)
        self.number = look.of(num_format=decimals, **BORDER)
        self.change = look.of(num_format=f"+{decimals};-{decimals};0", **BORDER)
        self.sum = look.of(num_format=decimals, bg_color=SUM_FILL, **BORDER)
        self.page: Page = None
        self.at = MOST_ROWS
        self.used: list[str] = []

    def write(self, ranked: Sequence[Ranked], taken: Sequence[str]) -> None:
        """Write all facilities."""
        for entry in ranked:
            if self.at + len(self.body) + 1 > MOST_ROWS:
                self._new_page(taken)
            self._facility(entry.sheet)

    def _new_page(self, taken: Sequence[str]) -> None:
        (name,) = sheet_names([self.words["long"]], [*taken, *self.used])
        self.used.append(name)
        self.page, self.at = self.book.add_worksheet(name), 1
        for column, heading in enumerate(_HEADINGS):
            self.page.write_string(0, column, self.words[heading], self.look.head())
            self.page.set_column(column, column, _WIDTHS[column])
        self.page.freeze_panes(1, 1)
        set_page(self.page, repeat=(0, 0), footer=self.plan.agreement.title)

    def _facility(self, sheet: ScoreSheet) -> None:
        page, name, first = self.page, safe_text(sheet.record.name), self.at
        earned = dict(zip(written_order(self.plan), sheet.items, strict=True))
        results = row_results(self.plan, self.body, sheet, self.lang)
        for row, result in zip(self.body, results, strict=True):
            at = self.at
            page.write_string(at, 0, name, self.text)
            page.write_string(at, 1, safe_text(row.number), self.text)
            page.write_string(at, 2, safe_text(row.text.partition("\n")[0]), self.text)
            page.write_string(at, 3, safe_text(result.sentence), self.text)
            page.write_number(at, _CHANGE, result.points / self.unit, self.change)
            if row.has_points and self.plan.nodes[row.node].full:
                item = earned[row.node]
                page.write_number(at, _FULL, float(item.full), self.number)
                if item.earned is not None:
                    page.write_number(at, _POINTS, float(item.earned), self.number)
            if result.bonus:
                page.write_number(at, _BONUS, result.bonus / self.unit, self.change)
            self.at += 1
        self._sum(sheet, name, first, sum(result.points for result in results))

    def _sum(self, sheet: ScoreSheet, name: str, first: int, change: int) -> None:
        page, at, letter = self.page, self.at, column_letters(_CHANGE)
        page.write_string(at, 0, name, self.sum)
        page.write_string(at, 2, self.words["sum"], self.sum)
        for column in (1, 3, _BONUS):
            page.write_blank(at, column, None, self.sum)
        places, cells = self.plan.places, f"{letter}{first + 1}:{letter}{at}"
        summed = f"=ROUND(SUM({cells}),{places})"
        page.write_formula(at, _CHANGE, summed, self.sum, change / self.unit)
        if sheet.full is None or sheet.earned is None:
            for column in (_FULL, _POINTS):
                page.write_blank(at, column, None, self.sum)
        else:
            page.write_number(at, _FULL, float(sheet.full), self.sum)
            one, two = (f"{column_letters(each)}{at + 1}" for each in (_FULL, _CHANGE))
            earned = f"=ROUND({one}+{two},{places})"
            page.write_formula(at, _POINTS, earned, self.sum, float(sheet.earned))
        self.at += 1
