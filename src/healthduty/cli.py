"""The command line: demo, check, score, explain.

Exit codes: 0 done; 1 the data or the agreement has errors, all listed with their place; 2 wrong
usage. `--json` output is stable: its keys are those of `ScoreSheet.to_dict` and of a finding.

Source: the public face; the data safety rules (files are replaced in one step, cells that begin
with = + - @ are written as text).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from healthduty import catalogue
from healthduty.checks.check import check
from healthduty.convert.files import load, replace_file, save
from healthduty.errors import HealthdutyError, SourceError, UnknownNameError
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.records.collection import Records
from healthduty.records.files import write_records_json
from healthduty.records.reading import read_records
from healthduty.results.ranking import rank, ranking_rows, ranking_table
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language

DONE, FAULTY, MISUSED = 0, 1, 2
_DEMO = ("township-hospital-targets", "supervision-coordination", "county-year-report")
_ENDINGS = (".csv", ".json", ".txt")


class _WrongUsageError(Exception):
    """What was asked for can't be done as it was asked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    # Chinese must not stop a report on a console with another code page.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code: int = options.run(options)
    except SourceError as error:
        for finding in error.findings:
            print(finding, file=sys.stderr)
        return FAULTY
    except (UnknownNameError, _WrongUsageError) as error:
        print(f"healthduty: {error}", file=sys.stderr)
        return MISUSED
    except HealthdutyError as error:
        print(f"healthduty: {error}", file=sys.stderr)
        return FAULTY
    except OSError as error:
        print(f"healthduty: {error.filename or ''}: {error.strerror}", file=sys.stderr)
        return FAULTY
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="healthduty", description="Score target responsibility agreements, exactly."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    lang = argparse.ArgumentParser(add_help=False)
    lang.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of sentences")
    agreement_help = "an agreement's JSON file, or a name of the catalogue"

    demo = commands.add_parser("demo", parents=[lang], help="score the shipped agreements")
    demo.add_argument("--out", type=Path, metavar="DIR", help="also write the files there")
    demo.set_defaults(run=_demo)

    checked = commands.add_parser("check", help="list what is wrong with an agreement")
    checked.add_argument("agreement", metavar="AGREEMENT", help=agreement_help)
    checked.add_argument("--json", action="store_true", help="findings as JSON")
    checked.set_defaults(run=_check)

    scored = commands.add_parser("score", parents=[lang], help="score a table of facilities")
    scored.add_argument("agreement", metavar="AGREEMENT", help=agreement_help)
    scored.add_argument("data", metavar="DATA", type=Path, help="records: .csv or .json")
    scored.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write .csv, .json or .txt"
    )
    scored.add_argument("--json", action="store_true", help="print the sheets as JSON")
    scored.set_defaults(run=_score)

    explained = commands.add_parser("explain", parents=[lang], help="one facility's lost points")
    explained.add_argument("agreement", metavar="AGREEMENT", help=agreement_help)
    explained.add_argument("data", metavar="DATA", type=Path, help="records: .csv or .json")
    explained.add_argument("facility", metavar="FACILITY", help="its key or name")
    explained.add_argument("item", nargs="?", help="number of one item, else the whole sheet")
    explained.add_argument("--json", action="store_true", help="the sheet as JSON")
    explained.set_defaults(run=_explain)
    return parser


# --- commands ----------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    agreement = _agreement(options.agreement)
    findings = check(agreement)
    if options.json:
        _print_json([_finding(finding) for finding in findings])
    else:
        print(findings)
    return FAULTY if findings.errors else DONE


def _score(options: argparse.Namespace) -> int:
    agreement = _agreement(options.agreement)
    if options.output is not None and options.output.suffix.lower() not in _ENDINGS:
        raise _WrongUsageError(
            f"`{options.output}`: write {', '.join(_ENDINGS)}, not `{options.output.suffix}`"
        )
    records = _records(options.data, agreement)
    ranked = rank(score(agreement, record) for record in records)
    sheets = [entry.sheet for entry in ranked]
    if options.output is not None:
        replace_file(options.output, _render(options.output, sheets, options.lang))
    if options.json:
        _print_json([sheet.to_dict(options.lang) for sheet in sheets])
    elif options.output is None:
        print(ranking_table(ranked, options.lang).text())
    return _report(records.findings, sheets)


def _explain(options: argparse.Namespace) -> int:
    agreement = _agreement(options.agreement)
    records = _records(options.data, agreement)
    sheet = score(agreement, records.find(options.facility))
    if options.json:
        _print_json(sheet.to_dict(options.lang))
    elif options.item is not None:
        print(sheet.explain(options.item, options.lang))
    else:
        print(sheet.table(options.lang).text())
    return FAULTY if sheet.findings.errors else DONE


def _demo(options: argparse.Namespace) -> int:
    written: list[Path] = []
    for name in _DEMO:
        agreement = catalogue.get(name)
        records = catalogue.records(name)
        ranked = rank(score(agreement, record) for record in records)
        if len(ranked) > 1:
            print(ranking_table(ranked, options.lang).text(), end="\n\n")
        if name != _DEMO[1]:
            shown = next(entry.sheet for entry in ranked[len(ranked) // 2 :])
            print(shown.table(options.lang).text(), end="\n\n")
        if options.out is not None:
            sheets = [entry.sheet for entry in ranked]
            written += _write_demo(options.out, name, agreement, records, sheets, options.lang)
    if options.out is None:
        print("nothing was written; `healthduty demo --out DIR` writes the files")
    else:
        print("written:")
        print("\n".join(f"  {path}" for path in written))
    return DONE


def _write_demo(
    folder: Path,
    name: str,
    agreement: Agreement,
    records: Sequence[Any],
    sheets: list[ScoreSheet],
    lang: Language,
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}{ending}" for ending in (".json", ".records.json", ".scores.csv")]
    save(agreement, paths[0])
    replace_file(paths[1], write_records_json(records).encode())
    replace_file(paths[2], _render(paths[2], sheets, lang))
    return paths


# --- in and out --------------------------------------------------------------------------------


def _agreement(name: str) -> Agreement:
    """Load a file, or take an agreement of the catalogue where no file has that name."""
    if Path(name).exists():
        return load(name)
    if name in catalogue.names():
        return catalogue.get(name)
    names = ", ".join(catalogue.names())
    raise _WrongUsageError(f"`{name}` is no file, and the catalogue has: {names}")


def _records(path: Path, agreement: Agreement) -> Records:
    if not path.exists():
        raise _WrongUsageError(f"`{path}` is no file")
    return read_records(path, agreement)


def _report(findings: Findings, sheets: Sequence[ScoreSheet]) -> int:
    """Print what is wrong, each thing once, and return the exit code."""
    for finding in findings:
        print(finding, file=sys.stderr)
    told = set(findings.codes)
    for sheet in sheets:
        for finding in sheet.findings.errors:
            if finding.code not in told:
                print(f"{sheet.record.facility}: {finding}", file=sys.stderr)
    faulty = findings.errors or any(sheet.findings.errors for sheet in sheets)
    return FAULTY if faulty else DONE


def _render(path: Path, sheets: list[ScoreSheet], lang: Language) -> bytes:
    match path.suffix.lower():
        case ".json":
            return _json([sheet.to_dict(lang) for sheet in sheets]).encode()
        case ".csv":
            return _csv(ranking_rows(rank(sheets)))
        case _:
            tables = [ranking_table(rank(sheets), lang).text()]
            tables += [sheet.table(lang).text() for sheet in sheets]
            return ("\n\n".join(tables) + "\n").encode()


def _csv(rows: list[dict[str, Any]]) -> bytes:
    """Write rows for Chinese Excel: UTF-8 with a byte order mark, texts never a formula."""
    headings = dict.fromkeys(heading for row in rows for heading in row)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(row.get(heading)) for heading in headings])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if not isinstance(value, (int, Decimal)) and text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + text
    return text


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "place": str(finding.place),
        "message": finding.message,
        "hint": finding.hint,
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _print_json(data: object) -> None:
    print(_json(data), end="")
