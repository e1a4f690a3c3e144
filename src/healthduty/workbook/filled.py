"""Filled data workbooks back as records: one file or a folder of many, every fault by its cell.

What a filled workbook says is read by the very reader of data files: a number, a pair, 不适用 or 无
mean here what they mean there. A workbook that was made for another version of the agreement is
refused with the difference; a folder is read as far as its files can be, and the others' faults
stand among the findings. Plain tables that lie beside are read as `read_records` reads them.

Source: “filled copies … read back with every fault at once by sheet and cell”;
semantics 12 (nothing is dropped).

>>> sorted(ENDINGS)
['.csv', '.ods', '.tsv', '.xls', '.xlsm', '.xlsx']
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import attrs

from healthduty.errors import SourceError, UsageError
from healthduty.findings import Finding, Findings
from healthduty.grids.excel import Book, Tab
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, shown, unopened
from healthduty.records.long import read_entries
from healthduty.records.plausible import Placed, check_scales, check_twice
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.records.wanting import check_wanting
from healthduty.records.workbooks import DATA_WORKBOOK, book_of, is_workbook
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.workbook.filled_cells import Line, codes_in, lines_of, unit_of
from healthduty.workbook.filled_rows import (
    MEASURE,
    Listed,
    Rows,
    add_case,
    add_line,
    named_lines,
    subject_of,
    uses_of,
)
from healthduty.workbook.filled_version import check_version
from healthduty.workbook.template_about import CASES, SHOWN, About, PageAbout, read_about
from healthduty.workbook.template_codes import Layout, Part, read_code
from healthduty.year.merging import merge_records

Source = str | os.PathLike[str] | bytes | Iterable[str | os.PathLike[str]]
"""What `read_filled` takes: a file, a folder, several of them, or a file's bytes."""

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"})
"""The files of a folder that are read."""

MOST_BYTES = 64 * 2**20
"""Bytes that a file may have."""

_TWICE = frozenset({"record-date-outside", "record-date-unreadable", "record-date-impossible"})
"""Faults of a cell that is said of many values: told once."""


def read_filled(source: Source, agreement: Agreement, *, name: str = "") -> Records:
    """Return the records of filled data workbooks, with every fault that was found in them.

    `source` is a file (.xlsx, .xls, .ods), a folder, several files, or a file's bytes; `name` is
    what the places of bytes are called by. What several offices filled in for one unit is put
    together as `merge_records` does; a unit that is there twice otherwise is a fault.

    Raises:
        ImportError: without python-calamine (`pip install healthduty[excel]`).
        SourceError: one file that can't be read or was made for another version; several of which
            none can be read.
        UsageError: something that is none of these sources.
    """
    reader = _Reader(Intake(agreement))
    if isinstance(source, bytes):
        reader.read(source, name or "workbook")
    elif isinstance(source, (str, os.PathLike)) and not Path(source).is_dir():
        reader.read(_bytes_of(Path(source), Path(source).name), Path(source).name)
    elif isinstance(source, (str, os.PathLike)):
        reader.read_all(_files_in(Path(source), reader.intake))
    elif isinstance(source, Iterable):
        reader.read_all((Path(each), str(each)) for each in source)
    else:
        _refuse_source(source)
    return reader.records()


def _refuse_source(source: object) -> NoReturn:
    kind = type(source).__name__
    raise UsageError(f"filled workbooks are read from files or a folder, not `{kind}`")


def _files_in(folder: Path, intake: Intake) -> Iterator[tuple[Path, str]]:
    """Go through the files of a folder, and those of its folders, by name."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or path.name.startswith((".", "~$")):  # what Excel leaves while open
            continue
        if path.suffix.lower() in ENDINGS:
            yield path, name
        else:
            message = Said("the file is no workbook: it is not read", "不是工作簿，未读取")
            intake.note("workbook-file-unread", message, Place(name))


def _bytes_of(path: Path, name: str) -> bytes:
    """Return a file's bytes.

    Raises:
        SourceError: a file that can't be opened, or is too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            message = Said(
                f"the file is larger than {MOST_BYTES // 2**20} MB",
                f"文件大于{MOST_BYTES // 2**20} MB",
            )
            raise SourceError(name, (Finding("file-too-large", message, place=Place(name)),))
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        raise SourceError(name, (unopened(name, error),)) from None


@attrs.define
class _Reader:
    """The files so far: what they hold of whom, and which office said so."""

    intake: Intake
    placed: list[Placed] = attrs.Factory(list)
    offices: dict[tuple[str, str], dict[str, Placed]] = attrs.Factory(dict)
    plain: list[Placed] = attrs.Factory(list)

    def read_all(self, files: Iterable[tuple[Path, str]]) -> None:
        """Read several files; one that can't be read leaves its faults among the findings."""
        for path, name in files:
            try:
                self.read(_bytes_of(path, name), name)
            except SourceError as error:
                told = (each for each in error.findings if isinstance(each, Finding))
                self.intake.findings.extend(told)

    def read(self, data: bytes, name: str) -> None:
        """Read one file.

        Raises:
            SourceError: a file that can't be read, or was made for another version.
        """
        if not is_workbook(data):
            self._read_plain(data, name)
            return
        book = book_of(data, name)
        try:
            about = read_about(book)
        except (ValueError, KeyError, IndexError) as error:
            message = Said(
                f"the hidden sheet was changed and can't be understood: {error}",
                f"隐藏的工作表被改动，无法识别：`{error}`",
            )
            finding = Finding("workbook-about", message, place=Place(name))
            raise SourceError(name, (finding,)) from None
        if about is None:
            self._read_plain(data, name)
            return
        check_version(about, self.intake.agreement, Place(name))
        self.intake.source = name
        self.intake.findings.extend(book.findings)
        self._read_book(book, about)
        self.intake.source = self.intake.sheet = ""

    def _read_plain(self, data: bytes, name: str) -> None:
        records = read_records(data, self.intake.agreement, name=name)
        self.intake.findings.extend(records.findings)
        self.plain += [(record, Place(name)) for record in records]

    def _read_book(self, book: Book, about: About) -> None:
        """Read the sheets of one workbook, the list of cases after those that name the units."""
        pages = list(_pages(book, about, self.intake))
        lines = [(page, self._lines(tab, page)) for tab, page in pages if page.holds != CASES]
        subjects = tuple(subject_of(line) for _, found in lines for line in found)
        unique = {tuple(said.text for said in each.values()): each for each in subjects}
        listed = Listed(about.labels, about.stages, tuple(unique.values()))
        cases = Rows(self.intake, self.intake.needs.attributes)
        for tab, page in pages:
            if page.holds == CASES:
                self.intake.sheet = tab.place.sheet
                for line in lines_of(tab, page, self.intake):
                    add_case(line, listed, cases)
        for page, found in lines:
            self._take(page, found, about, cases)
        for row in cases.cases:
            what = shown(str(row.cells[MEASURE]))
            message = Said(
                f"`{what}` is nothing that this workbook asks of the unit: it is not read",
                f"`{what}`不是本工作簿要该单位填的内容，未读取",
            )
            self.intake.report("workbook-case-unknown", message, row.at(Part.MEASURE.value))

    def _lines(self, tab: Tab, page: PageAbout) -> list[Line]:
        self.intake.sheet = tab.place.sheet
        if page.holds != Layout.FACILITY:
            return named_lines(lines_of(tab, page, self.intake), self.intake)
        unit = unit_of(tab, page, self.intake)
        return named_lines([] if unit is None else [unit], self.intake)

    def _take(self, page: PageAbout, lines: list[Line], about: About, cases: Rows) -> None:
        """Read the values of one sheet, with the cases of its units and of what it asks."""
        self.intake.sheet = page.name
        targets = _targets(page)
        rows = Rows(self.intake, self.intake.needs.attributes)
        for line in lines:
            add_line(line, targets, about.stages, rows)
        rows.take_cases(cases, targets)
        placed = read_entries(rows.columns(), self.intake, uses_of(self.intake))
        if page.holds != Layout.OFFICE:
            self.placed += placed
            return
        for record, place in placed:
            key = record.facility, record.period.label if record.period else ""
            office = page.office or page.name
            told = self.offices.setdefault(key, {})
            if office in told:
                self.placed.append((record, place))  # twice: told among the others below
            told.setdefault(office, (record, place))

    def records(self) -> Records:
        """Return everything that was read, and check it together.

        Raises:
            SourceError: nothing was read.
        """
        intake = self.intake
        for told in self.offices.values():
            self._merge(told)
        placed = [*self.placed, *self.plain]
        if not placed:
            intake.report(
                "record-no-rows", Said("nothing is filled in", "什么都没有填"), intake.place
            )
            intake.refuse()
        if self.placed:  # a plain table was checked when it was read
            given = {code for record, _ in placed for code in record.values}
            check_wanting(given, (Holds.KIND, Holds.POPULATION), intake.place, intake)
            check_scales(self.placed, {}, intake)
        check_twice([*self.placed, *_firsts(self.plain)], intake)
        findings = Findings(_once(intake.findings))
        return Records((record for record, _ in placed), findings=findings)

    def _merge(self, told: Mapping[str, Placed]) -> None:
        """Put together what several offices say of one unit."""
        records: dict[str, Record] = {office: record for office, (record, _) in told.items()}
        place = next(iter(told.values()))[1]
        merged = merge_records(self.intake.agreement, records)
        self.intake.add(merged.findings, place)
        self.placed.append((merged.record, place))


def _firsts(plain: Iterable[Placed]) -> Iterator[Placed]:
    """Go through the units of plain tables, each once a table: the others were told already."""
    seen: set[tuple[str, str, Place]] = set()
    for record, place in plain:
        key = record.facility, record.period.label if record.period else "", place
        if key not in seen:
            yield record, place
        seen.add(key)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Go through findings; what is wrong with the day of many values is told once."""
    seen: set[tuple[str, Place]] = set()
    for finding in findings:
        key = finding.code, finding.place
        if finding.code not in _TWICE or key not in seen:
            yield finding
        seen.add(key)


def _targets(page: PageAbout) -> tuple[str, ...]:
    """Return the measures and judgements that a sheet was made to hold."""
    codes = filter(None, map(read_code, page.codes))
    values = (code.target for code in codes if code.part is Part.VALUE and code.target)
    return tuple(dict.fromkeys(values))


def _pages(book: Book, about: About, intake: Intake) -> Iterator[tuple[Tab, PageAbout]]:
    """Go through the sheets that hold data, each with what it was made for.

    One that was renamed or copied is known by its codes; any other that holds something, one that
    is gone, and one that somebody has hidden, are told.
    """
    named = {page.name: page for page in about.pages}
    found: set[str] = set()
    for tab in book.tabs:
        if tab.blank or _is_about(tab):
            continue
        page = named.get(tab.place.sheet) or _like(tab, about)
        if page is None:
            message = Said(
                "the sheet is none of the workbook's own: it is not read",
                "不是本工作簿自带的工作表，未读取",
            )
            intake.warn("workbook-sheet-unread", message, tab.place)
            continue
        found.add(page.name)
        if page.holds == SHOWN:
            continue
        if tab.hidden:
            message = Said("the sheet is hidden: it is read all the same", "工作表被隐藏，仍然读取")
            intake.warn("workbook-sheet-hidden", message, tab.place)
        yield tab, page
    for page in about.pages:
        if page.name not in found and page.holds != SHOWN:
            message = Said(f"the sheet `{page.name}` is gone", f"工作表`{page.name}`不见了")
            hint = Said("copy the values into a fresh data workbook", "把数据抄到新发的填报工作簿")
            intake.report("workbook-sheet-lost", message, intake.place, hint=hint)


def _is_about(tab: Tab) -> bool:
    return bool(tab.rows) and tab.rows[0][:1] == (DATA_WORKBOOK,)


def _like(tab: Tab, about: About) -> PageAbout | None:
    """Return the sheet with most of whose codes another one agrees; None where it has none."""
    if codes_in(tab) is None:
        return None
    there = {text for row in tab.rows for text in row if read_code(text)}
    return max(about.pages, key=lambda page: len(there.intersection(page.codes)), default=None)
