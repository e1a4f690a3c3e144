"""The command line: demo, check, score, explain.

Exit codes: 0 done; 1 the data or the agreement has errors, all listed with their place; 2 wrong
usage. Results go to the standard output, remarks about them to the standard error. `--json`
output is stable; docs/en/command-line.md lists its keys.

Source: the public face; the data safety rules (files are replaced in one step, cells that begin
with = + - @ are written as text).

>>> main(["check", "school-clinic-posts"])
note agreement-without-scores: the agreement has no points and no rules
0
"""

from __future__ import annotations

import argparse
import codecs
import csv
import difflib
import importlib.metadata
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from healthduty import catalogue, cli_read
from healthduty.checks.check import check
from healthduty.convert.files import dumps, load, replace_file
from healthduty.display import printable
from healthduty.documents.agreements import read_agreement
from healthduty.documents.intake import ENDINGS
from healthduty.errors import HealthdutyError, SourceError, UnknownNameError
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.encodings import read_text
from healthduty.records.files import write_records_json
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.results.ranking import Ranked, rank, ranking_rows, ranking_table
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language

DONE, FAULTY, MISUSED = 0, 1, 2
INTERRUPTED, CLOSED = 130, 141
"""What a shell reports of a program that was interrupted, or whose output nobody reads on."""

_DEMO = ("township-hospital-targets", "supervision-coordination", "county-year-report")
_EXPLAINED = ("township-hospital-targets", "county-year-report")
_ENDINGS = (".csv", ".json", ".txt")


class _WrongUsageError(Exception):
    """What was asked for can't be done as it was asked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Raises:
        SystemExit: after help, and for arguments that can't be understood (2).
    """
    # Chinese must not stop a report on a console with another code page.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        sys.stdout.flush()
    except SourceError as error:
        _complain(error.findings)
        return FAULTY
    except (UnknownNameError, _WrongUsageError) as error:
        _complain([f"healthduty: {error}"])
        return MISUSED
    except HealthdutyError as error:
        _complain([f"healthduty: {error}"])
        return FAULTY
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough: let the interpreter flush the rest to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except OSError as error:
        _complain([f"healthduty: {error.filename}: {error.strerror}"])
        return MISUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="healthduty", description="Score target responsibility agreements, exactly."
    )
    version = importlib.metadata.version("healthduty")
    parser.add_argument("--version", action="version", version=f"healthduty {version}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    lang = _shared("--lang", choices=("zh", "en"), default="zh", help="language of sentences")
    agreement = _shared(
        "agreement", metavar="AGREEMENT", help="its JSON file, or a name of the catalogue"
    )
    data = _shared("data", metavar="DATA", type=Path, help="records: .csv or .json")

    demo = commands.add_parser("demo", parents=[lang], help="score the shipped agreements")
    demo.add_argument("--out", type=Path, metavar="DIR", help="also write the files there")
    demo.set_defaults(run=_demo)

    checked = commands.add_parser(
        "check", parents=[agreement], help="list what is wrong with an agreement"
    )
    checked.add_argument("--json", action="store_true", help="findings as JSON")
    checked.set_defaults(run=_check)

    scored = commands.add_parser(
        "score", parents=[agreement, data, lang], help="score a table of facilities"
    )
    scored.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write .csv, .json or .txt"
    )
    scored.add_argument("--json", action="store_true", help="print the sheets as JSON")
    scored.set_defaults(run=_score)

    read = commands.add_parser(
        "read", parents=[lang], help="read clauses, a table or a document into rules"
    )
    _ask_what_to_read(read)

    explained = commands.add_parser(
        "explain", parents=[agreement, data, lang], help="show one facility's lost points"
    )
    _ask_what_to_explain(explained)
    return parser


def _ask_what_to_explain(explained: argparse.ArgumentParser) -> None:
    explained.add_argument("facility", metavar="FACILITY", help="its key or name")
    explained.add_argument(
        "item", metavar="ITEM", nargs="?", help="number of one item, else the whole sheet"
    )
    explained.add_argument("--json", action="store_true", help="the whole sheet as JSON")
    explained.set_defaults(run=_explain)


def _ask_what_to_read(read: argparse.ArgumentParser) -> None:
    read.add_argument("source", metavar="FILE", help="a file, or - for the standard input")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything that was read, as JSON")
    form.add_argument("--python", action="store_true", help="the Python that makes the rules")
    read.set_defaults(run=_read)


def _shared(name: str, **options: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse
    """Return an argument that several commands have."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(name, **options)
    return parser


# --- commands ----------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    try:
        findings = check(_agreement(options.agreement))
    except SourceError as error:  # what is wrong with the file is what was asked for
        findings = Findings(each for each in error.findings if isinstance(each, Finding))
    if options.json:
        _print_json([finding.to_dict() for finding in findings])
    else:
        print("\n".join(map(_one_line, findings or ["no findings"])))
    return FAULTY if findings.errors else DONE


def _score(options: argparse.Namespace) -> int:
    agreement = _agreement(options.agreement)
    _refuse_output(options)
    records = _records(options.data, agreement)
    findings = check(agreement).errors + records.findings
    ranked = rank(score(agreement, record) for record in records)
    if options.output is not None:
        _write(options.output, _render(options.output, findings, ranked, options.lang))
    if options.json:
        _print_json(_scores(findings, ranked, options.lang))
    elif options.output is not None:
        print(f"written: {options.output}")
    else:
        print(ranking_table(ranked, options.lang))
    return _report(findings, [entry.sheet for entry in ranked])


def _explain(options: argparse.Namespace) -> int:
    if options.json and options.item is not None:
        raise _WrongUsageError("`--json` gives the whole sheet: leave out the item")
    agreement = _agreement(options.agreement)
    records = _records(options.data, agreement)
    findings = check(agreement).errors + records.findings
    sheet = score(agreement, _record(records, options.facility))
    if options.item is not None:
        print(printable(sheet.explain(options.item, options.lang)))
        return _report(findings, [sheet])
    if options.json:
        _print_json(sheet.to_dict(options.lang))
    else:
        print(_sheet_text(sheet, options.lang))
    code = _report(findings, [])  # the sheet names its own faults
    return FAULTY if sheet.findings.errors else code


def _read(options: argparse.Namespace) -> int:
    text = _text_of(options.source)
    if text is None or not cli_read.is_clauses(text):
        return _read_agreement(options, text)
    readings = cli_read.read_clauses(text)
    if options.json:
        _print_json(cli_read.clauses_json(readings))
    elif options.python:
        print(cli_read.clauses_python(readings))
    else:
        print(printable(cli_read.clauses_text(readings, options.lang)))
    return FAULTY if cli_read.faults(readings) else DONE


def _text_of(source: str) -> str | None:
    """Return what a text file or the standard input holds, None for any other file."""
    if source == "-":
        text = read_text(sys.stdin.buffer.read(), "standard input")
    elif not _is_file(Path(source)):
        raise _WrongUsageError(f"no file `{source}`")
    elif Path(source).suffix.lower() in {"", ".txt"}:
        text = read_text(Path(source).read_bytes(), source)
    else:
        return None
    return text


def _read_agreement(options: argparse.Namespace, text: str | None = None) -> int:
    reading = read_agreement(Path(options.source) if text is None else text)
    if options.json:
        _print_json(cli_read.agreement_json(reading))
    elif options.python:
        print(cli_read.agreement_python(reading))
    else:
        print(printable(cli_read.agreement_text(reading, options.lang)))
    return FAULTY if reading.findings.errors else DONE


def _demo(options: argparse.Namespace) -> int:
    written: list[Path] = []
    for name in _DEMO:
        agreement, records = catalogue.get(name), catalogue.records(name)
        ranked = rank(score(agreement, record) for record in records)
        if len(ranked) > 1:
            print(ranking_table(ranked, options.lang), end="\n\n")
        if name in _EXPLAINED:
            print(_sheet_text(ranked[len(ranked) // 2].sheet, options.lang), end="\n\n")
        if options.out is not None:
            options.out.mkdir(parents=True, exist_ok=True)
            for ending, content in (
                (".json", dumps(agreement).encode()),
                (".records.json", write_records_json(records).encode()),
                (".scores.csv", _csv(ranking_rows(ranked, options.lang))),
            ):
                written.append(options.out / f"{name}{ending}")
                _write(written[-1], content)
    if written:
        print("written:", *written, sep="\n  ")
    else:
        print("nothing was written; `healthduty demo --out DIR` writes the files")
    return DONE


# --- in ----------------------------------------------------------------------------------------


def _agreement(name: str) -> Agreement:
    """Load a file, or take an agreement of the catalogue where no file has that name."""
    if _is_file(Path(name)):
        return _drafted(Path(name)) if Path(name).suffix.lower() in ENDINGS else load(name)
    try:
        return catalogue.get(name)
    except UnknownNameError as error:
        raise _WrongUsageError(f"no file `{name}`, and {error}") from None


def _drafted(path: Path) -> Agreement:
    """Read an agreement from a table or a document, where nothing in it blocks a score."""
    reading = read_agreement(path)
    if reading.findings.errors:
        raise SourceError(str(path), reading.findings.errors.items)
    _complain(reading.findings)
    return reading.agreement


def _records(path: Path, agreement: Agreement) -> Records:
    if not _is_file(path):
        raise _WrongUsageError(f"no file `{path}`")
    return read_records(path, agreement)


def _is_file(path: Path) -> bool:
    """Tell whether something can be read there; a pipe can be, a folder can't."""
    return path.exists() and not path.is_dir()


def _record(records: Records, facility: str) -> Record:
    try:
        return records.find(facility)
    except UnknownNameError as error:
        known = [key for record in records for key in (record.facility, record.name)]
        near = [f"`{each}`" for each in difflib.get_close_matches(facility, dict.fromkeys(known))]
        meant = f"; near it: {', '.join(near)}" if near else ""
        raise _WrongUsageError(f"{error}{meant}") from None


def _refuse_output(options: argparse.Namespace) -> None:
    """Refuse to write what nobody asked for, or over what is being read."""
    if options.output is None:
        return
    if options.output.suffix.lower() not in _ENDINGS:
        raise _WrongUsageError(f"can't write `{options.output}`: write {', '.join(_ENDINGS)}")
    for source in (Path(options.agreement), options.data):
        if options.output.resolve() == source.resolve():
            raise _WrongUsageError(f"`{options.output}` is read here: write another file")


# --- out ---------------------------------------------------------------------------------------


def _report(findings: Findings, sheets: Sequence[ScoreSheet]) -> int:
    """Print what is wrong, each thing once, and return the exit code."""
    _complain(findings)
    told = {(finding.code, finding.message) for finding in findings}
    faults = list(_faults(sheets))
    _complain(
        f"{where}: {_one_line(fault)}"
        for where, fault in faults
        if (fault.code, fault.message) not in told
    )
    return FAULTY if findings.errors or faults else DONE


def _faults(sheets: Sequence[ScoreSheet]) -> Iterator[tuple[str, Finding]]:
    """Go through the errors of all sheets; one that is on each of several is told once."""
    facilities: dict[Finding, list[str]] = {}
    for sheet in sheets:
        for fault in sheet.findings.errors:
            facilities.setdefault(fault, []).append(sheet.record.facility)
    for fault, where in facilities.items():
        everywhere = len(where) == len(sheets) > 1
        yield from ((each, fault) for each in (["every facility"] if everywhere else where))


def _complain(remarks: Iterable[object]) -> None:
    for remark in remarks:
        print(_one_line(remark), file=sys.stderr)


def _one_line(remark: object) -> str:
    return printable(str(remark)).replace("\n", " ")


def _sheet_text(sheet: ScoreSheet, lang: Language) -> str:
    """Return a sheet as text, and where it has no total, between what the total lies."""
    text = sheet.table(lang).text()
    if sheet.total is not None:
        return text
    around = sheet.bounds
    if around.low is None:
        return text
    between = "总分在{}与{}之间" if lang == "zh" else "the total lies between {} and {}"
    return f"{text}\n{between.format(around.low, around.high)}"


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, or say that it can't be written; an old one is then untouched."""
    try:
        replace_file(path, content)
    except OSError as error:  # it names the file beside the target, which nobody knows of
        raise _WrongUsageError(f"can't write `{path}`: {error.strerror}") from None


def _render(path: Path, findings: Findings, ranked: Sequence[Ranked], lang: Language) -> bytes:
    """Return what a file holds, by its ending."""
    match path.suffix.lower():
        case ".json":
            return _json(_scores(findings, ranked, lang)).encode()
        case ".csv":
            return _csv(ranking_rows(ranked, lang))
        case _:
            texts = [ranking_table(ranked, lang).text()]
            texts += [_sheet_text(entry.sheet, lang) for entry in ranked]
            return ("\n\n".join(texts) + "\n").encode()


def _scores(findings: Findings, ranked: Iterable[Ranked], lang: Language) -> dict[str, object]:
    return {
        "findings": [finding.to_dict() for finding in findings],
        "sheets": [{"rank": entry.rank, **entry.sheet.to_dict(lang)} for entry in ranked],
    }


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    """Write rows for Chinese Excel: UTF-8 with a byte order mark, texts never a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "\uff20", "\t", "\r", "\n")
"""What a spreadsheet may take for the beginning of a formula: half and full width."""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(data: object, *, ascii_only: bool = False) -> str:
    return json.dumps(data, ensure_ascii=ascii_only, indent=2) + "\n"


def _print_json(data: object) -> None:
    # A console that has no Chinese would print question marks: there JSON escapes it instead.
    encoding = codecs.lookup(sys.stdout.encoding or "utf-8").name
    print(_json(data, ascii_only=encoding != "utf-8"), end="")
