"""What a command reads: an agreement, records, one of them, a text.

Source: the public face: an agreement is a JSON file, a table or document that is read, or a name of
the catalogue.

>>> agreement_named("county-safety-2014", "zh").year
2014
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import attrs

from healthduty import catalogue
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.output import complain
from healthduty.convert.files import load
from healthduty.documents.agreements import read_agreement
from healthduty.documents.intake import ENDINGS
from healthduty.errors import SourceError, UnknownNameError
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.encodings import read_text
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.rules.measure import Measure
from healthduty.said import Language, Said, chinese, reason_of
from healthduty.workbook.filled import read_filled


def agreement_named(name: str, lang: Language) -> Agreement:
    """Load a file, or take an agreement of the catalogue where no file has that name.

    What is to be known about a table or a document that was read is told in `lang`.
    """
    if is_file(Path(name)):
        return _drafted(Path(name), lang) if Path(name).suffix.lower() in ENDINGS else load(name)
    try:
        return catalogue.get(name)
    except UnknownNameError as error:
        known = reason_of(error)
        raise WrongUsageError(
            Said(f"{no_file(name)}, and {known}", f"{no_file(name).zh}；{chinese(known)}")
        ) from None


def _drafted(path: Path, lang: Language) -> Agreement:
    """Read an agreement from a table or a document, where nothing in it blocks a score."""
    reading = read_agreement(path)
    if reading.findings.errors:
        raise SourceError(str(path), reading.findings.errors.items)
    complain(reading.findings, lang)
    return reading.agreement


_WORKBOOKS = frozenset({".xlsx", ".xls", ".ods"})


def records_of(path: Path, agreement: Agreement) -> Records:
    """Read the records of a file, of a workbook that was filled in, or of a folder of them."""
    if path.is_dir() or (path.suffix.lower() in _WORKBOOKS and is_file(path)):
        return read_filled(path, agreement)
    if not is_file(path):
        raise WrongUsageError(no_file(path))
    return read_records(path, agreement)


_UNASKED = frozenset({"record-column-unknown", "record-measure-unknown"})


def units_of(path: Path, agreement: Agreement, *asked: Measure) -> Records:
    """Read who there is, and `asked` of each; last year's data are a list of units, too.

    Values that stand beside it are not asked for, and nothing is said of them.
    """
    units = records_of(path, Agreement(agreement.title, measures=asked))
    told = Findings(each for each in units.findings if each.code not in _UNASKED)
    return attrs.evolve(units, findings=told)


def no_file(path: object) -> Said:
    """Return what is said of a file that is not there."""
    return Said(f"no file `{path}`", f"没有文件`{path}`")


def is_file(path: Path) -> bool:
    """Tell whether something can be read there; a pipe can be, a folder can't."""
    return path.exists() and not path.is_dir()


def record_of(records: Records, facility: str) -> Record:
    """Find one facility, or say which have a name near to it."""
    try:
        return records.find(facility)
    except UnknownNameError as error:
        known = [key for record in records for key in (record.facility, record.name)]
        near = [f"`{each}`" for each in difflib.get_close_matches(facility, dict.fromkeys(known))]
        reason = reason_of(error)
        meant = Said(f"; near it: {', '.join(near)}", f"；相近的有{'、'.join(near)}")
        raise WrongUsageError(
            Said(f"{reason}{meant}", f"{chinese(reason)}{meant.zh}") if near else reason
        ) from None


def text_of(source: str) -> str | None:
    """Return what a text file or the standard input holds, None for any other file."""
    if source == "-":
        return read_text(sys.stdin.buffer.read(), "standard input")
    if not is_file(Path(source)):
        raise WrongUsageError(no_file(source))
    if Path(source).suffix.lower() in {"", ".txt"}:
        return read_text(Path(source).read_bytes(), source)
    return None
