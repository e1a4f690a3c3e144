"""What can be said on the command line: commands, arguments, options.

Source: the public face.

>>> build_parser().parse_args(["score", "agreement.json", "data.csv"]).lang
'zh'
"""

from __future__ import annotations

import argparse
import importlib.metadata
from pathlib import Path
from typing import Any

from healthduty.cli import commands, days, duties, review


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="healthduty", description="Score target responsibility agreements, exactly."
    )
    parser.set_defaults(lang="zh")  # for a command that says nothing of its own
    version = importlib.metadata.version("healthduty")
    parser.add_argument("--version", action="version", version=f"healthduty {version}")
    known = parser.add_subparsers(required=True, metavar="COMMAND")
    lang = _shared("--lang", choices=("zh", "en"), default="zh", help="language of sentences")
    agreement = _shared(
        "agreement", metavar="AGREEMENT", help="its JSON file, or a name of the catalogue"
    )
    data = _shared(
        "data",
        metavar="DATA",
        type=Path,
        help="records: .csv, .json, a filled workbook or a folder of them",
    )

    demo = known.add_parser("demo", parents=[lang], help="score the shipped agreements")
    demo.add_argument("--out", type=Path, metavar="DIR", help="also write the files there")
    demo.set_defaults(run=commands.demonstrate)

    checked = known.add_parser(
        "check", parents=[agreement, lang], help="list what is wrong with an agreement"
    )
    checked.add_argument("--json", action="store_true", help="findings as JSON")
    checked.set_defaults(run=commands.check_agreement)

    made = known.add_parser(
        "template", parents=[agreement, lang], help="write the workbook that a bureau fills in"
    )
    _ask_how_to_fill(made)
    scored = known.add_parser(
        "score", parents=[agreement, data, lang], help="score a table of facilities"
    )
    _ask_where_to_write(scored)
    read = known.add_parser(
        "read", parents=[lang], help="read clauses, a table or a document into rules"
    )
    _ask_what_to_read(read)
    explained = known.add_parser(
        "explain", parents=[agreement, data, lang], help="show one facility's lost points"
    )
    _ask_what_to_explain(explained)
    held = known.add_parser(
        "duties", parents=[agreement, lang], help="hold a ledger against the duties of the year"
    )
    _ask_of_duties(held)
    reviewed = known.add_parser(
        "review", parents=[agreement, data, lang], help="show what objections changed of a result"
    )
    _ask_of_a_review(reviewed)
    _add_this_machine(known, lang)
    return parser


def _add_this_machine(known: Any, lang: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse
    """Add what tells of, and helps on, the machine that it is run on."""
    examined = known.add_parser("doctor", parents=[lang], help="what is installed, what is missing")
    examined.set_defaults(run=commands.examine_installation)
    completed = known.add_parser("completion", help="print a shell's completion of this command")
    completed.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completed.set_defaults(run=commands.print_completion, parser=build_parser)


def _ask_how_to_fill(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="an .xlsx file, or a folder for a file for each unit or office",
    )
    made.add_argument(
        "--layout",
        choices=("county", "facility", "office"),
        default="county",
        help="a row for each unit, a sheet for each unit, or a sheet for each assessing office",
    )
    made.add_argument(
        "--facilities", type=Path, metavar="FILE", help="a table that names the units"
    )
    made.add_argument(
        "--period", metavar="LABEL", help="the period that is filled in, such as 2024"
    )
    made.add_argument(
        "--sample",
        action="append",
        metavar="MEASURE",
        help="what is counted in a sample (抽查), else whatever an item's method says so of",
    )
    made.set_defaults(run=commands.make_template)


def _ask_where_to_write(scored: argparse.ArgumentParser) -> None:
    *most, last = commands.RENDERED
    scored.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=f"write {', '.join(most)} or {last}"
    )
    scored.add_argument("--json", action="store_true", help="print the sheets as JSON")
    scored.set_defaults(run=commands.score_table)


def _ask_what_to_explain(explained: argparse.ArgumentParser) -> None:
    explained.add_argument("facility", metavar="FACILITY", help="its key or name")
    explained.add_argument(
        "item", metavar="ITEM", nargs="?", help="number of one item, else the whole sheet"
    )
    explained.add_argument("--json", action="store_true", help="the whole sheet as JSON")
    explained.set_defaults(run=commands.explain_facility)


def _ask_of_duties(held: argparse.ArgumentParser) -> None:
    held.add_argument("ledger", type=Path, metavar="LEDGER", help="what was done, and when")
    held.add_argument(
        "--until", type=days.day, metavar="DAY", help="the last day that counts, else the term's"
    )
    held.add_argument(
        "--objects",
        type=days.objects,
        action="append",
        default=[],
        metavar="WHAT=HOW MANY",
        help="how many households, persons … a duty is owed to, such as 户=30",
    )
    held.add_argument(
        "--data", type=Path, metavar="DATA", help="the records of the units that the ledger names"
    )
    _ask_for_days_and_records(held)
    *most, last = duties.ENDINGS
    held.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=f"write {', '.join(most)} or {last}"
    )
    held.add_argument("--json", action="store_true", help="print the duties as JSON")
    held.set_defaults(run=duties.hold_duties)


def _ask_of_a_review(reviewed: argparse.ArgumentParser) -> None:
    reviewed.add_argument("facility", metavar="FACILITY", help="its key or name")
    reviewed.add_argument(
        "objections", type=Path, metavar="OBJECTIONS", help="JSON: objections and decisions"
    )
    reviewed.add_argument(
        "--told", type=days.day, metavar="DAY", help="when the unit was told its result"
    )
    for name, what in (("--object", "to object"), ("--decide", "to decide an objection")):
        reviewed.add_argument(name, type=int, metavar="N", help=f"working days {what}")
    _ask_for_days_and_records(reviewed)
    reviewed.add_argument("--json", action="store_true", help="course and both sheets as JSON")
    reviewed.set_defaults(run=review.review_result)


def _ask_for_days_and_records(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--calendar", type=Path, metavar="FILE", help="days off, beside those announced"
    )
    command.add_argument(
        "--records", type=Path, metavar="FILE", help="also write the records, as JSON, with it"
    )


def _ask_what_to_read(read: argparse.ArgumentParser) -> None:
    read.add_argument("source", metavar="FILE", help="a file, or - for the standard input")
    form = read.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything that was read, as JSON")
    form.add_argument("--python", action="store_true", help="the Python that makes the rules")
    read.set_defaults(run=commands.read_source)


def _shared(name: str, **options: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse
    """Return an argument that several commands have."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(name, **options)
    return parser
