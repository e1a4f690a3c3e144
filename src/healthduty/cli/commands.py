"""The commands, each a function of what was asked that returns the exit code.

Source: the public face; docs/en/command-line.md lists the keys of `--json`, which are stable.

>>> check_agreement(argparse.Namespace(agreement="school-clinic-posts", json=False, lang="en"))
note agreement-without-scores: the agreement has no points and no rules
0
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from healthduty import catalogue
from healthduty.checks.check import check
from healthduty.cli import reading
from healthduty.cli.doctor import examine
from healthduty.cli.exits import DONE, FAULTY, WrongUsageError
from healthduty.cli.intake import agreement_named, record_of, records_of, text_of, units_of
from healthduty.cli.output import (
    csv_file,
    csv_text,
    html_file,
    json_file,
    one_line,
    print_json,
    refuse_overwriting,
    report,
    scores,
    sheet_text,
    text_file,
    unwritable,
    unwritten,
    word_file,
    workbook_file,
    write,
    written_text,
)
from healthduty.cli.terminal import Progress, coloured, paint
from healthduty.convert.files import dumps
from healthduty.display import printable
from healthduty.documents.agreements import read_agreement
from healthduty.errors import SourceError, UsageError
from healthduty.findings import Finding, Findings
from healthduty.records.files import write_records_json
from healthduty.records.record import Record
from healthduty.results.ranking import Ranked, rank, ranking_rows, ranking_table
from healthduty.said import Language, Said, in_language, reason_of
from healthduty.scoring.score import score
from healthduty.workbook.template import write_template

Render = Callable[[Findings, Sequence[Ranked], Language], bytes]

RENDERED: dict[str, Render] = {
    ".csv": csv_file,
    ".json": json_file,
    ".txt": text_file,
    ".html": html_file,
    ".docx": word_file,
    ".xlsx": workbook_file,
}
"""What `score --output` writes, by the file's ending."""

_DEMO = ("township-hospital-targets", "supervision-coordination", "county-year-report")
_NOTHING = Said("no findings", "没有检查提示")
_UNWRITTEN = Said(
    "nothing was written; `healthduty demo --out DIR` writes the files",
    "没有写入文件；`healthduty demo --out 文件夹`写出这些文件",
)
_WHOLE_SHEET = Said(
    "`--json` gives the whole sheet: leave out the item", "`--json`给出整张评分表：请去掉条目号"
)
_EXPLAINED = ("township-hospital-targets", "county-year-report")


def check_agreement(options: argparse.Namespace) -> int:
    """`check`: list what is wrong with an agreement."""
    try:
        findings = check(agreement_named(options.agreement, options.lang))
    except SourceError as error:  # what is wrong with the file is what was asked for
        findings = Findings(each for each in error.findings if isinstance(each, Finding))
    on = coloured(sys.stdout)
    if options.json:
        print_json([finding.to_dict() for finding in findings])
    elif findings:
        for each in findings:
            print(paint(one_line(each.line(options.lang)), each.severity, on=on))
    else:
        print(in_language(_NOTHING, options.lang))
    return FAULTY if findings.errors else DONE


def score_table(options: argparse.Namespace) -> int:
    """`score`: score a table of facilities."""
    agreement = agreement_named(options.agreement, options.lang)
    _refuse_output(options)
    records = records_of(options.data, agreement)
    findings = check(agreement).errors + records.findings
    taken = Progress().over(records, len(records))
    ranked = rank(score(agreement, record) for record in taken)
    if options.output is not None:
        render = RENDERED[options.output.suffix.lower()]
        write(options.output, render(findings, ranked, options.lang))
    if options.json:
        print_json(scores(findings, ranked, options.lang))
    elif options.output is not None:
        print(written_text([options.output], options.lang))
    else:
        print(ranking_table(ranked, options.lang))
    return report(findings, [entry.sheet for entry in ranked], options.lang)


def _refuse_output(options: argparse.Namespace) -> None:
    """Refuse to write what nobody asked for, or over what is being read."""
    if options.output is None:
        return
    if options.output.suffix.lower() not in RENDERED:
        raise WrongUsageError(unwritable(options.output, RENDERED))
    refuse_overwriting([options.output], [Path(options.agreement), options.data])


def explain_facility(options: argparse.Namespace) -> int:
    """`explain`: show one facility's lost points."""
    if options.json and options.item is not None:
        raise WrongUsageError(_WHOLE_SHEET)
    agreement = agreement_named(options.agreement, options.lang)
    records = records_of(options.data, agreement)
    findings = check(agreement).errors + records.findings
    sheet = score(agreement, record_of(records, options.facility))
    if options.item is not None:
        print(printable(sheet.explain(options.item, options.lang)))
        return report(findings, [sheet], options.lang)
    if options.json:
        print_json(sheet.to_dict(options.lang))
    else:
        print(sheet_text(sheet, options.lang))
    code = report(findings, [], options.lang)  # the sheet names its own faults
    return FAULTY if sheet.findings.errors else code


def read_source(options: argparse.Namespace) -> int:
    """`read`: read clauses, a table or a document into rules."""
    text = text_of(options.source)
    if text is None or not reading.is_clauses(text):
        return _read_agreement(options, text)
    readings = reading.read_clauses(text)
    if options.json:
        print_json(reading.clauses_json(readings))
    elif options.python:
        print(reading.clauses_python(readings))
    else:
        print(printable(reading.clauses_text(readings, options.lang)))
    return FAULTY if reading.faults(readings) else DONE


def _read_agreement(options: argparse.Namespace, text: str | None) -> int:
    read = read_agreement(Path(options.source) if text is None else text)
    if options.json:
        print_json(reading.agreement_json(read))
    elif options.python:
        print(reading.agreement_python(read))
    else:
        print(printable(reading.agreement_text(read, options.lang)))
    return FAULTY if read.findings.errors else DONE


def make_template(options: argparse.Namespace) -> int:
    """`template`: write the workbook that is filled in for an agreement."""
    agreement = agreement_named(options.agreement, options.lang)
    findings = Findings()
    facilities: Iterable[Record] = ()
    if options.facilities is not None:
        listed = units_of(options.facilities, agreement)
        facilities, findings = listed, listed.findings
    try:
        written = write_template(
            agreement,
            options.output,
            layout=options.layout,
            facilities=facilities,
            samples=options.sample,
            period=options.period,
            lang=options.lang,
        )
    except UsageError as error:  # of the units that are too many, of what has no sample
        raise WrongUsageError(reason_of(error)) from None
    except OSError as error:
        raise WrongUsageError(unwritten(options.output, error)) from None
    print(written_text(written, options.lang))
    return report(findings, [], options.lang)


def examine_installation(options: argparse.Namespace) -> int:
    """`doctor`: say what is installed, and what is missing for which use."""
    print(examine(options.lang))
    return DONE


def print_completion(options: argparse.Namespace) -> int:
    """`completion`: print the lines by which a shell completes our commands and options.

    Raises:
        ImportError: without shtab (`pip install healthduty[completion]`).
    """
    try:
        import shtab  # an optional extra
    except ImportError as error:
        message = Said(
            "completion needs shtab: pip install healthduty[completion]",
            "自动补全要装shtab：pip install healthduty[completion]",
        )
        raise ImportError(message) from error
    print(shtab.complete(options.parser(), shell=options.shell))
    return DONE


def demonstrate(options: argparse.Namespace) -> int:
    """`demo`: score the shipped agreements."""
    written: list[Path] = []
    for name in _DEMO:
        agreement, records = catalogue.get(name), catalogue.records(name)
        ranked = rank(score(agreement, record) for record in records)
        if len(ranked) > 1:
            print(ranking_table(ranked, options.lang), end="\n\n")
        if name in _EXPLAINED:
            print(sheet_text(ranked[len(ranked) // 2].sheet, options.lang), end="\n\n")
        if options.out is not None:
            options.out.mkdir(parents=True, exist_ok=True)
            for ending, content in (
                (".json", dumps(agreement).encode()),
                (".records.json", write_records_json(records).encode()),
                (".scores.csv", csv_text(ranking_rows(ranked, options.lang))),
            ):
                written.append(options.out / f"{name}{ending}")
                write(written[-1], content)
    if written:
        print(written_text(written, options.lang))
    else:
        print(in_language(_UNWRITTEN, options.lang))
    return DONE
