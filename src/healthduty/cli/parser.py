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

from healthduty.cli import commands


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
