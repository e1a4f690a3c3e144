r"""Ledgers of duties (工作台账): a table of what was done, row by row → submissions.

A ledger has a row for each thing that was done: the duty by its code or its title, the day, and
where they are said the count, the object, the period, the event, the evidence and the facility.
A text, a .csv, a .json, an .xlsx, .xls or .ods are read alike, and every fault is told at once by
file, row and column. What can't be read stays as it was written, so that whoever holds the duty
against it meets the fault again; only a row whose count is no number is no submission.

Source: “from submissions and dated cases”; semantics 12 (nothing is dropped).

>>> from healthduty.model.obligation import Obligation
>>> agreement = Agreement("示例", obligations=(Obligation("visits", "巡查"),))
>>> reading = read_submissions("工作要求,日期,次数\n巡查,2024年3月5日,2\n", agreement)
>>> print(reading.submissions[0].on, reading.submissions[0].count, reading.findings)
2024-03-05 2 no findings
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn

import attrs

from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.exact import show
from healthduty.findings import Findings
from healthduty.grids.excel import Tab, unread_tab
from healthduty.grids.grid import Area, column_letter
from healthduty.model.agreement import Agreement
from healthduty.records.encodings import read_text
from healthduty.records.intake import Intake, listed, shown
from healthduty.records.json_data import read_data
from healthduty.records.sheets import Row, rows_below, sheet_of_dicts
from healthduty.records.tables import read_rows
from healthduty.records.workbooks import book_of, is_workbook, report_merged
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.year.content import FileSource, content_of
from healthduty.year.submission_columns import (
    NEEDED,
    SPREAD,
    Column,
    column_of,
    columns_of,
    header_of,
)
from healthduty.year.submission_rows import RowReader, SubmissionRow
from healthduty.year.submissions import Submission


@attrs.frozen
class SubmissionReading:
    """What a ledger holds: its rows in order, and what was found in them."""

    rows: tuple[SubmissionRow, ...]
    findings: Findings

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """All submissions, of whatever facility."""
        return tuple(row.submission for row in self.rows)

    @property
    def facilities(self) -> tuple[str, ...]:
        """The facilities that rows name, each once: by their codes, where the ledger has any."""
        return tuple(dict.fromkeys(row.facility for row in self.rows if row.facility))

    def of(self, facility: str) -> tuple[Submission, ...]:
        """Return the submissions of one facility, by its code or its name."""
        rows = (row for row in self.rows if facility and facility in (row.facility, row.name))
        return tuple(row.submission for row in rows)

    def table(self, lang: Language = "zh") -> Table:
        """Return the ledger as it was read, a row a submission.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return Table(
            headings=tuple(heading(lang) for heading in _HEADINGS),
            rows=tuple(map(_shown, self.rows)),
            notes=(_COUNT(lang, str(len(self.rows)), str(len(self.findings))),),
            right=(3,),
            most=24,
        )

    def __str__(self) -> str:
        """Return the ledger as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_HEADINGS = (
    Phrase("单位", "facility"),
    Phrase("工作要求", "duty"),
    Phrase("日期", "date"),
    Phrase("数量", "count"),
    Phrase("对象", "object"),
    Phrase("期次", "period"),
    Phrase("事件", "event"),
)
_FEW = 3
_SAY_DUTY = Said(
    "for the ledger of one duty, say which: duty=…", "只记一项工作要求的台账，用duty=…写明是哪一项"
)
_COUNT = Phrase("共{0}条，发现问题{1}个", "submissions: {0}; findings: {1}")


def _shown(row: SubmissionRow) -> tuple[str, ...]:
    made = row.submission
    date = str(made.on or "")
    return (row.name, made.duty, date, show(made.count), made.of, made.period, made.case)


def read_submissions(
    source: FileSource | Iterable[Mapping[str, object]],
    agreement: Agreement,
    *,
    duty: str = "",
    name: str = "",
) -> SubmissionReading:
    """Return the submissions of a ledger, with every fault that was found in it.

    `source` is a path (.csv, .tsv, .txt, .json, .xlsx, .xls, .ods), the bytes or the text of such
    a file, or plain dicts with a key for each column; a text on one line is a path, unless a
    bracket begins it. `duty` is what a row is of that names no duty: with it, the ledger of one
    duty needs no such column. `name` is what places are called by.

    Raises:
        ImportError: a workbook without python-calamine (`pip install healthduty[excel]`).
        SourceError: what can't be read at all: no text, no table, no column of duties or dates.
        UsageError: something that is none of these sources.
    """
    if isinstance(source, (str, bytes, os.PathLike)):
        content, name = content_of(source, name)
        return _Reading(Intake(agreement, name), duty).read(content)
    if isinstance(source, Mapping) or not isinstance(source, Iterable):
        kind = type(source).__name__
        raise UsageError(f"a ledger is read from a path, a text or dicts, not `{kind}`")
    return _Reading(Intake(agreement, name), duty).read_items(list(source), json=False)


@attrs.define
class _Reading:
    """One source on its way to submissions."""

    intake: Intake
    duty: str
    rows: list[SubmissionRow] = attrs.Factory(list)

    @property
    def needed(self) -> tuple[Column, ...]:
        """What makes a row of headings the header."""
        return tuple(each for each in NEEDED if not (self.duty and each is Column.DUTY))

    def read(self, content: str | bytes) -> SubmissionReading:
        """Read a file's bytes, or a text."""
        if isinstance(content, bytes) and is_workbook(content):
            return self._read_workbook(content)
        source = self.intake.source
        text = read_text(content, source) if isinstance(content, bytes) else content
        text = text.removeprefix("\ufeff")
        if text.lstrip()[:1] in ("[", "{"):
            return self.read_items(read_data(text, source), json=True)
        rows = read_rows(text, source)
        header = header_of(rows, self.needed)
        if header is None:
            self._refuse_headless()
        self._read_rows(rows, header)
        return self._finish()

    def _refuse_headless(self) -> NoReturn:
        words = {Column.DUTY: ("`工作要求`", "`duty`"), Column.DATE: ("`日期`", "`date`")}
        wanting = [words[each] for each in self.needed]
        message = Said(
            f"no row has the headings {' and '.join(f'{zh} ({en})' for zh, en in wanting)}",
            f"没有一行有表头{'和'.join(f'{zh}（{en}）' for zh, en in wanting)}",
        )
        hint = "" if self.duty else _SAY_DUTY
        self.intake.report("submission-header", message, self.intake.place, hint=hint)
        self.intake.refuse()

    # --- tables ------------------------------------------------------------------------------

    def _read_rows(self, rows: Sequence[Sequence[str]], header: int) -> None:
        """Read a table whose header is known; what stands above it is noted."""
        lettered = bool(self.intake.sheet)
        for index, row in enumerate(rows[:header]):
            if text := " ".join(filter(None, map(str.strip, row))):
                place = attrs.evolve(self.intake.place, row=index + 1)
                message = Said(
                    f"`{shown(text)}` stands above the header", f"`{shown(text)}`写在表头之上"
                )
                self.intake.note("record-row-above", message, place)
        headings = tuple(rows[header])
        place = attrs.evolve(self.intake.place, row=header + 1)
        body = list(rows_below(rows, header + 1, headings, self.intake))
        self._read_body(headings, place, body, lettered=lettered)

    def _read_body(
        self, headings: Sequence[str], place: Place, body: Sequence[Row], *, lettered: bool
    ) -> None:
        """Read the rows below a header."""
        columns = columns_of(headings, self._report_heading(headings, place, lettered=lettered))
        for index, heading in enumerate(headings):
            if not heading.strip() and any(row.cells[index] for row in body):
                message = Said(
                    f"column {index + 1} has values but no heading: it is not read",
                    f"第{index + 1}列有数据但没有表头，未读取",
                )
                self.intake.report("record-column-unnamed", message, place)
        reader = RowReader(self.intake, columns, self.duty, lettered)
        read = [reader.read(row, headings) for row in body]
        reader.finish()
        self.rows += [row for row in read if row is not None]
        if not body:
            message = Said("there is a header, but no row below it", "只有表头，下面没有数据")
            self.intake.report("record-no-rows", message, self.intake.place)

    def _report_heading(
        self, headings: Sequence[str], place: Place, *, lettered: bool
    ) -> Callable[[str, int, str, str], None]:
        """Return what reports a heading at its place."""

        def report(code: str, index: int, message: str, hint: str) -> None:
            at = Row(place, ()).at(headings[index])
            if lettered:
                at = attrs.evolve(place, column=column_letter(index))
            tell = self.intake.warn if code.endswith("unknown") else self.intake.report
            tell(code, message, at, hint=hint)

        return report

    # --- workbooks ---------------------------------------------------------------------------

    def _read_workbook(self, data: bytes) -> SubmissionReading:
        """Read each visible sheet that has a ledger's header; the others are named."""
        book = book_of(data, self.intake.source)
        self.intake.findings.extend(book.findings)
        tabs = [tab for tab in book.tabs if not tab.blank]
        self.intake.findings.extend(unread_tab(tab) for tab in tabs if tab.hidden)
        headed = 0
        for tab in tabs:
            header = None if tab.hidden else header_of(tab.rows, self.needed)
            if header is not None:
                headed += 1
                self.intake.sheet = tab.place.sheet
                self._read_rows(self._spread(tab, header), header)
                self.intake.sheet = ""
            elif not tab.hidden:
                message = Said(
                    "no row has the headings of a ledger: the sheet is not read",
                    "没有一行是台账的表头，这张表未读取",
                )
                self.intake.warn("submission-sheet-unread", message, tab.place)
        if not headed:
            self._refuse_headless()
        return self._finish()

    def _spread(self, tab: Tab, header: int) -> list[list[str]]:
        """Return the rows of a sheet, a merged cell in each row that it speaks of."""
        rows = [list(row) for row in tab.rows]
        for area in tab.merged:
            if area[0] <= header or area[0] >= len(rows):
                continue
            if _speaks_of_all(area, rows[header]):
                top, column, bottom, _ = area
                for row in rows[top + 1 : bottom + 1]:
                    row[column] = rows[top][column]
            elif rows[area[0]][area[1]].strip():
                report_merged(area, tab, self.intake)
        return rows

    # --- plain data --------------------------------------------------------------------------

    def read_items(self, found: object, *, json: bool) -> SubmissionReading:
        """Read a list of objects, whose keys are headings."""
        root = Place(self.intake.source, path="$" if json else "")
        if not isinstance(found, list):
            message = Said("submissions stand in a list: […]", "完成记录应当放在列表里：[…]")
            self.intake.report("record-json-list", message, root)
            self.intake.refuse()
        places = [
            attrs.evolve(root, path=f"$[{index}]") if json else attrs.evolve(root, row=index + 1)
            for index in range(len(found))
        ]
        items, kept = [], []
        for item, place in zip(found, places, strict=True):
            if isinstance(item, Mapping):
                items.append(self._flat(item, place))
                kept.append(place)
            else:
                message = Said(
                    f"`{shown(str(item))}` is no submission", f"`{shown(str(item))}`不是完成记录"
                )
                self.intake.report("record-json-record", message, place)
        if not items:
            message = Said("the list holds no submission", "列表里没有完成记录")
            self.intake.report("record-no-rows", message, root)
            self.intake.refuse()
        sheet = sheet_of_dicts(items, kept, self.intake)
        if set(self.needed) - set(map(column_of, sheet.headings)):
            self._refuse_headless()
        self._read_body(sheet.headings, sheet.place, sheet.rows, lettered=False)
        return self._finish()

    def _flat(self, item: Mapping[str, object], place: Place) -> dict[str, object]:
        """Return an object without what no cell can hold, which is reported."""
        flat: dict[str, object] = {}
        for key, value in item.items():
            if isinstance(value, (Mapping, list, tuple, bool)):
                at = Row(place, ()).at(str(key))
                message = Said(
                    f"`{shown(str(key))}` is one text or number",
                    f"`{shown(str(key))}`应当是一个文本或数",
                )
                self.intake.report("record-value-shape", message, at)
            else:
                flat[key] = value
        return flat

    # --- all together ------------------------------------------------------------------------

    def _finish(self) -> SubmissionReading:
        """Return what was read, with what is told of all rows together."""
        seen: dict[tuple[str, Submission], Place] = {}
        for row in self.rows:
            key = (row.facility, attrs.evolve(row.submission, evidence=""))
            if (first := seen.setdefault(key, row.place)) is not row.place:
                where = attrs.evolve(first, source="")
                message = Said(
                    f"the row says the same as {where}: both count",
                    f"这一行与{where.text()}相同：两行都计入",
                )
                self.intake.warn("submission-repeated", message, row.place)
        found = SubmissionReading(tuple(self.rows), Findings(self.intake.findings))
        if len(found.facilities) > 1:
            few, count = listed(found.facilities[:_FEW]), len(found.facilities)
            more = Said("", "") if count <= _FEW else Said(", …", "等")
            message = Said(
                f"the ledger is of {count} facilities: {few}{more}",
                f"台账里有{count}个单位：{few.zh}{more.zh}",
            )
            hint = Said("take each one's by reading.of(…)", "用reading.of(…)分别取出")
            self.intake.note("submission-facilities", message, self.intake.place, hint=hint)
        return attrs.evolve(found, findings=Findings(self.intake.findings))


def _speaks_of_all(area: Area, headings: Sequence[str]) -> bool:
    """Return whether a merged cell says the same of each row that it covers."""
    _, left, _, right = area
    return left == right and left < len(headings) and column_of(headings[left]) in SPREAD
