"""The result workbook: ranking, a sheet a facility with live formulas, heat map, origin.

Our score stands in every cell beside the formula that gives it, so the workbook reads the same
before and after Excel or LibreOffice recalculates; and whoever changes a value sees the score move.

Source: “The result workbook”; docs/en/how-to/result-workbook.md.

>>> import io
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> sheets = [score(agreement, Record("南关", {"1": "4.5"}))]
>>> write_results(sheets, io.BytesIO()).sheets
('排名', '南关', '失分热力图', '责任书', '数据来源')
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import attrs

from healthduty.errors import UsageError
from healthduty.results.ranking import Ranked, rank
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.result_facility import FacilityPages
from healthduty.workbook.result_findings import finding_texts, packed
from healthduty.workbook.result_forms import FULL, POINTS, WIDTHS, Forms
from healthduty.workbook.result_labels import fixed_labels, wide_labels
from healthduty.workbook.result_long import LongForm
from healthduty.workbook.result_origin import write_agreement, write_origin
from healthduty.workbook.result_overview import (
    Overview,
    Places,
    heat_nodes,
    write_heat,
    write_ranking,
)
from healthduty.workbook.result_page import MOST_FINDING_LINES, Plate
from healthduty.workbook.result_shape import FIRST_BODY
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import (
    Book,
    Look,
    Target,
    column_letters,
    open_book,
    put_file,
    sheet_names,
)

MOST_SHEETS = 200
"""More facilities than this do not get a sheet each."""


@attrs.frozen(repr=False)
class WrittenResults:
    """What was written: the sheets, how many formulas, and what had to be values instead.

    `values` are sentences; nothing is in them where all is live.
    """

    sheets: tuple[str, ...]
    formulas: int
    values: tuple[str, ...]

    def __repr__(self) -> str:
        """Return how much was written."""
        values = f", {len(self.values)} remarks on values" if self.values else ""
        return f"<WrittenResults: {len(self.sheets)} sheets, {self.formulas} formulas{values}>"


def write_results(
    sheets: Iterable[ScoreSheet | Ranked],
    target: Target,
    *,
    lang: Language = "zh",
    formulas: bool = True,
) -> WrittenResults:
    """Write the results of facilities by one agreement as an Excel workbook.

    `target` is a path or a file open for bytes; a path is replaced in one step. Sheets are ranked
    here; a ranking is taken as it is. Without `formulas` all cells are values. Past 200 facilities
    the lines stand on one sheet, as values.

    Raises:
        UsageError: no sheets, sheets of several agreements, an unknown language.
        ImportError: without XlsxWriter (`pip install healthduty[excel]`).
        OSError: where the file can't be written; the old one is untouched.
    """
    check_language(lang)
    ranked = _ranked(sheets)
    buffer = io.BytesIO()
    book = open_book(buffer, ranked[0].sheet.agreement.title)
    maker = _Maker(book, ranked, lang, formulas=formulas)
    maker.write()
    book.close()
    put_file(target, buffer.getvalue())
    return maker.written()


def _ranked(sheets: Iterable[ScoreSheet | Ranked]) -> tuple[Ranked, ...]:
    given = tuple(sheets)
    if not given:
        raise UsageError("there are no sheets to write: score a facility first")
    plain = [each.sheet if isinstance(each, Ranked) else each for each in given]
    first = plain[0].agreement
    if any(each.agreement is not first and each.agreement != first for each in plain):
        raise UsageError("the sheets are of several agreements: write a workbook for each")
    ready = tuple(each for each in given if isinstance(each, Ranked))
    ranked = ready if len(ready) == len(given) else rank(plain)
    made = plan(first).plan
    return tuple(attrs.evolve(each, sheet=_by_plan(made, each.sheet)) for each in ranked)


def _by_plan(made: Plan, sheet: ScoreSheet) -> ScoreSheet:
    """Return a sheet that was scored by this very plan: its lines name the plan's own rules."""
    nodes = set(map(id, made.refs))
    if all(id(line.node) in nodes for line in sheet.lines):
        return sheet
    return score(made.agreement, sheet.record)


class _Maker:
    """Writes one workbook."""

    def __init__(
        self, book: Book, ranked: tuple[Ranked, ...], lang: Language, *, formulas: bool
    ) -> None:
        self.book, self.ranked, self.lang, self.formulas = book, ranked, lang, formulas
        self.words: Mapping[str, str] = WORDS[lang]
        self.look = Look(book)
        self.plan = plan(ranked[0].sheet.agreement).plan
        self.names: list[str] = []
        self.values: list[str] = []

    def write(self) -> None:
        """Write all sheets, in the order in which they stand."""
        words = self.words
        ends = [words[name] for name in ("ranking", "heat", "agreement", "origin")]
        ranking = self.book.add_worksheet(ends[0])
        if len(self.ranked) > MOST_SHEETS:
            long = LongForm(self.book, self.look, self.plan, self.lang, words)
            long.write(self.ranked, ends)
            self.values.append(words["origin_long"].format(MOST_SHEETS))
            places = None
        else:
            places = self._facilities(ends)
        forms = Forms(self.look, self.plan.places)
        over = Overview(self.ranked, self.plan, words, self.look, places, forms.points)
        write_ranking(ranking, over)
        if heat_nodes(self.plan):
            write_heat(self.book.add_worksheet(ends[1]), over)
        agreement = self.plan.agreement
        write_agreement(self.book.add_worksheet(ends[2]), agreement, self.look, words, self.lang)
        page = self.book.add_worksheet(ends[3])
        write_origin(page, self.ranked, self.values, self.look, words)
        ranking.activate()

    def _facilities(self, taken: list[str]) -> Places | None:
        """Write a sheet for each facility; return where their results stand."""
        sheets = [entry.sheet for entry in self.ranked]
        width = sum(WIDTHS)
        texts = [
            packed(finding_texts(sheet, self.lang), width, MOST_FINDING_LINES) for sheet in sheets
        ]
        template = Template(self.plan, sheets)
        forms = Forms(self.look, self.plan.places)
        plate = Plate(template, self.lang, max(map(len, texts)), forms)
        pages = FacilityPages(plate)
        names = sheet_names((sheet.record.name for sheet in sheets), taken)
        for index, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
            facility = plate.facility(index, sheet, texts[index], formulas=self.formulas)
            pages.write(self.book.add_worksheet(name), facility)
            if facility.values is None:
                why = self.words["values"].format(self.words["why_values"])
                self.values.append(f"{name}：{why}")
        if not plate.fits:
            self.values.append(self.words["values"].format(self.words["why_long"]))
        if not self.formulas:
            self.values.append(self.words["values"].format(self.words["why_off"]))
            return None
        labels = dict.fromkeys(
            (
                *fixed_labels(template, plate.live, self.lang),
                *wide_labels(template, plate.body, plate.live, self.lang),
            )
        )
        self.values += [f"{label}：{self.words['fixed']}" for label in labels]
        return _places(plate, names)

    def written(self) -> WrittenResults:
        """Return what was written."""
        pages = self.book.worksheets()
        count = sum(
            type(cell).__name__ == "Formula"
            for page in pages
            for row in page.table.values()
            for cell in row.values()
        )
        names = tuple(page.get_name() for page in pages)
        return WrittenResults(names, count, tuple(self.values))


def _places(plate: Plate, names: tuple[str, ...]) -> Places:
    shape, agreement = plate.shape, plate.template.plan.agreement
    full, points = column_letters(FULL), column_letters(POINTS)
    earned = f"{points}{shape.sum_row + 1}"
    total = f"{points}{shape.outcome_row('total') + 1}" if agreement.vetoes else earned
    grade = f"{points}{shape.outcome_row('grade') + 1}" if agreement.grades else ""
    money = tuple(
        f"{full}{shape.outcome_row('money', place) + 1}" for place in range(len(agreement.funding))
    )
    rows = {
        row.node: FIRST_BODY + place + 1 for place, row in enumerate(plate.body) if row.has_points
    }
    cells = {node: (f"{full}{at}", f"{points}{at}") for node, at in rows.items()}
    return Places(names, total, earned, grade, money, cells)
