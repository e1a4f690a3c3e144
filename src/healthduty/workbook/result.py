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
from healthduty.results.ranking import Ranked, ranked_of
from healthduty.rules.measure import Word
from healthduty.said import Said
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.workbook.result_findings import write_notes
from healthduty.workbook.result_forms import Forms
from healthduty.workbook.result_long import MOST_ROWS
from healthduty.workbook.result_origin import write_agreement, write_origin
from healthduty.workbook.result_overview import Overview, heat_nodes, write_heat, write_ranking
from healthduty.workbook.result_tables import Tables, write_long, write_sheets
from healthduty.workbook.result_words import WORDS
from healthduty.workbook.styles import Book, Look, Target, open_book, put_file

MOST_SHEETS = 200
"""More facilities than this do not get a sheet each, unless it is asked for."""

MOST_FORMULAS = 500_000
"""With more formulas than this a file opens so slowly that values are written."""

MOST_FACILITIES = MOST_ROWS - 16
"""The ranking has a row for each facility, under its headings."""


class ResultForm(Word):
    """How the score tables of a workbook stand."""

    AUTO = "auto"
    """A sheet for each facility; past 200 of them the long form."""
    SHEETS = "sheets"
    """A sheet for each facility, ready to be signed."""
    LONG = "long"
    """All tables below each other, to be filtered and worked with."""


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
    form: ResultForm | str = ResultForm.AUTO,
    formulas: bool = True,
) -> WrittenResults:
    """Write the results of facilities by one agreement as an Excel workbook.

    `target` is a path or a file open for bytes; a path is replaced in one step. Sheets are ranked
    here; a ranking is taken as it is. Past 200 facilities their tables stand below each other on
    one sheet; `form` asks for either form. Without `formulas` all cells are values; a long form
    that would take more than 500,000 formulas has values too, and says so.

    Raises:
        UsageError: no sheets, sheets of several agreements, more facilities than a sheet has rows,
            an unknown language.
        RuleError: an unknown form.
        ImportError: without XlsxWriter (`pip install healthduty[excel]`).
        OSError: where the file can't be written; the old one is untouched.
    """
    check_language(lang)
    how = ResultForm(form)
    ranked = _ranked(sheets)
    if len(ranked) > MOST_FACILITIES:
        raise UsageError(
            Said(
                f"`{len(ranked)}` facilities are more than a sheet has rows (`{MOST_FACILITIES}`):"
                " write a workbook for each county",
                f"`{len(ranked)}`家机构超过一张表的行数（`{MOST_FACILITIES}`）：请按县区分别出表",
            )
        )
    buffer = io.BytesIO()
    book = open_book(buffer, ranked[0].sheet.agreement.title)
    maker = _Maker(book, ranked, lang, how)
    maker.write(formulas=formulas)
    book.close()
    put_file(target, buffer.getvalue())
    return maker.written()


def _ranked(sheets: Iterable[ScoreSheet | Ranked]) -> tuple[Ranked, ...]:
    given = tuple(sheets)
    if not given:
        raise UsageError(
            Said(
                "there are no sheets to write: score a facility first",
                "没有评分表可写：先给一家评分",
            )
        )
    plain = [each.sheet if isinstance(each, Ranked) else each for each in given]
    first = plain[0].agreement
    if any(each.agreement is not first and each.agreement != first for each in plain):
        raise UsageError(
            Said(
                "the sheets are of several agreements: write a workbook for each",
                "评分表属于几份责任书：请分别写成几个工作簿",
            )
        )
    made = plan(first).plan
    return tuple(attrs.evolve(each, sheet=_by_plan(made, each.sheet)) for each in ranked_of(given))


def _by_plan(made: Plan, sheet: ScoreSheet) -> ScoreSheet:
    """Return a sheet that was scored by this very plan: its lines name the plan's own rules."""
    nodes = set(map(id, made.refs))
    if all(id(line.node) in nodes for line in sheet.lines):
        return sheet
    return score(made.agreement, sheet.record)


class _Maker:
    """Writes one workbook."""

    def __init__(
        self, book: Book, ranked: tuple[Ranked, ...], lang: Language, form: ResultForm
    ) -> None:
        self.book, self.ranked, self.lang = book, ranked, lang
        self.long = form is ResultForm.LONG
        if form is ResultForm.AUTO:
            self.long = len(ranked) > MOST_SHEETS
        self.words: Mapping[str, str] = WORDS[lang]
        self.look = Look(book)
        self.plan = plan(ranked[0].sheet.agreement).plan
        self.values: tuple[str, ...] = ()

    def write(self, *, formulas: bool) -> None:
        """Write all sheets, in the order in which they stand."""
        words, agreement = self.words, self.plan.agreement
        ranking = self.book.add_worksheet(words["ranking"])
        ends = ("ranking", "data", "cases", "notes", "heat", "agreement", "origin")
        taken = [words[name] for name in ends]
        tables = Tables(self.book, self.look, self.plan, self.ranked, self.lang, taken)
        if self.long:
            written = write_long(tables, formulas=formulas, most=MOST_FORMULAS)
            write_notes(self.book.add_worksheet(words["notes"]), self.ranked, self.look, self.lang)
        else:
            written = write_sheets(tables, formulas=formulas)
        self.values = written.remarks
        forms = Forms(self.look, self.plan.places)
        over = Overview(self.ranked, self.plan, self.lang, self.look, written.places, forms.points)
        write_ranking(ranking, over)
        if heat_nodes(self.plan):
            write_heat(self.book.add_worksheet(words["heat"]), over)
        page = self.book.add_worksheet(words["agreement"])
        write_agreement(page, agreement, self.look, words, self.lang)
        page = self.book.add_worksheet(words["origin"])
        write_origin(page, self.ranked, self.values, self.look, words)
        ranking.activate()

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
        return WrittenResults(names, count, self.values)
