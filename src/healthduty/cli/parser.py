"""What can be said on the command line: commands, arguments, options.

Source: the public face.

>>> build_parser().parse_args(["score", "agreement.json", "data.csv"]).lang
'zh'
>>> build_parser().parse_args(["--lang", "en", "check", "agreement.json"]).lang
'en'
"""

from __future__ import annotations

import argparse
import importlib.metadata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from healthduty.cli import cascading, commands, days, duties, pots, review
from healthduty.cli.helping import ChineseParser
from healthduty.cli.output import TABLES
from healthduty.said import Language, Said

_LANGUAGE: dict[str, Any] = {
    "choices": ("zh", "en"),
    "help": Said("language of sentences", "结果和提示用什么文字：zh 中文（默认），en 英文"),
}
"""It may stand before the command, and behind it, where it goes before the other."""


def build_parser(lang: Language = "en") -> argparse.ArgumentParser:
    """Return the parser of the whole command line, its help in a language."""
    about = Said(
        "Score target responsibility agreements, exactly.", "给目标责任书评分：算得准，讲得清。"
    )
    made = ChineseParser if lang == "zh" else argparse.ArgumentParser
    parser = made(prog="healthduty", description=about)
    parser.add_argument("--lang", default="zh", **_LANGUAGE)
    version = importlib.metadata.version("healthduty")
    parser.add_argument("--version", action="version", version=f"healthduty {version}")
    known = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = _shared_arguments()
    for name, takes, does, ask in _COMMANDS:
        ask(known.add_parser(name, parents=[shared[each] for each in takes.split()], help=does))
    return parser


def _shared_arguments() -> dict[str, argparse.ArgumentParser]:
    """Return the arguments that several commands have, by name."""
    return {
        "lang": _shared("--lang", default=argparse.SUPPRESS, **_LANGUAGE),
        "agreement": _shared(
            "agreement",
            metavar="AGREEMENT",
            help=Said(
                "its JSON file, a table or document that is read, or a name of the catalogue",
                "责任书：.json文件、考核表（.xlsx、.csv、.docx），或者目录里的名称",
            ),
        ),
        "data": _shared(
            "data",
            metavar="DATA",
            type=Path,
            help=Said(
                "records: .csv, .json, a filled workbook or a folder of them",
                "考核数据：.csv、.json、填好的填报表，或者放填报表的文件夹",
            ),
        ),
    }


def _shared(name: str, **options: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(name, **options)
    return parser


def _ask_of_a_demonstration(demo: argparse.ArgumentParser) -> None:
    written = Said("also write the files there", "把文件也写到这个文件夹")
    demo.add_argument("--out", type=Path, metavar="DIR", help=written)
    demo.set_defaults(run=commands.demonstrate)


def _ask_what_to_check(checked: argparse.ArgumentParser) -> None:
    told = Said("findings as JSON", "检查提示用JSON输出")
    checked.add_argument("--json", action="store_true", help=told)
    checked.set_defaults(run=commands.check_agreement)


def _ask_nothing(examined: argparse.ArgumentParser) -> None:
    examined.set_defaults(run=commands.examine_installation)


def _ask_for_a_shell(completed: argparse.ArgumentParser) -> None:
    completed.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completed.set_defaults(run=commands.print_completion, parser=build_parser)


def _ask_how_to_fill(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help=Said(
            "an .xlsx file, or a folder for a file for each unit or office",
            "一个.xlsx文件；或者一个文件夹，一家（一个科室）一个文件",
        ),
    )
    made.add_argument(
        "--layout",
        choices=("county", "facility", "office"),
        default="county",
        help=Said(
            "a row for each unit, a sheet for each unit, or a sheet for each assessing office",
            "county一行一家，facility一家一张，office一个科室一张",
        ),
    )
    made.add_argument(
        "--facilities",
        type=Path,
        metavar="FILE",
        help=Said("a table that names the units", "单位名单"),
    )
    made.add_argument(
        "--period",
        metavar="LABEL",
        help=Said("the period that is filled in, such as 2024", "填报的考核期，如2024"),
    )
    made.add_argument(
        "--sample",
        action="append",
        metavar="MEASURE",
        help=Said(
            "what is counted in a sample (抽查), else whatever an item's method says so of",
            "抽查的数据项，可以写几次；不写，看考核方法里有没有“抽查”",
        ),
    )
    made.set_defaults(run=commands.make_template)


def _ask_where_to_write(scored: argparse.ArgumentParser) -> None:
    *most, last = commands.RENDERED
    scored.add_argument("-o", "--output", type=Path, metavar="FILE", help=_endings(most, last))
    scored.add_argument(
        "--json", action="store_true", help=Said("print the sheets as JSON", "评分表用JSON输出")
    )
    scored.set_defaults(run=commands.score_table)


def _ask_what_to_explain(explained: argparse.ArgumentParser) -> None:
    explained.add_argument(
        "facility", metavar="FACILITY", help=Said("its key or name", "单位的编码或名称")
    )
    explained.add_argument(
        "item",
        metavar="ITEM",
        nargs="?",
        help=Said("number of one item, else the whole sheet", "条目编号；不写，是整张评分表"),
    )
    explained.add_argument(
        "--json", action="store_true", help=Said("the whole sheet as JSON", "整张评分表用JSON输出")
    )
    explained.set_defaults(run=commands.explain_facility)


def _ask_of_duties(held: argparse.ArgumentParser) -> None:
    held.add_argument(
        "ledger",
        type=Path,
        metavar="LEDGER",
        help=Said("what was done, and when", "台账：做了什么，哪天做的"),
    )
    held.add_argument(
        "--until",
        type=days.day,
        metavar="DAY",
        help=Said("the last day that counts, else the term's", "统计到哪一天；不写，到责任期末"),
    )
    held.add_argument(
        "--objects",
        type=days.objects,
        action="append",
        default=[],
        metavar="WHAT=HOW MANY",
        help=Said(
            "how many households, persons … a duty is owed to, such as 户=30",
            "有多少户、多少人要做，如户=30",
        ),
    )
    held.add_argument(
        "--data",
        type=Path,
        metavar="DATA",
        help=Said("the records of the units that the ledger names", "各单位的数据或名单"),
    )
    _ask_for_days_and_records(held)
    _ask_for_tables(held)
    held.set_defaults(run=duties.hold_duties)


def _ask_for_tables(asked: argparse.ArgumentParser) -> None:
    *most, last = TABLES
    asked.add_argument("-o", "--output", type=Path, metavar="FILE", help=_endings(most, last))
    asked.add_argument(
        "--json", action="store_true", help=Said("print the result as JSON", "用JSON输出")
    )


def _ask_what_to_hand_down(handed: argparse.ArgumentParser) -> None:
    handed.add_argument(
        "units",
        type=Path,
        metavar="UNITS",
        help=Said("a table of the units below", "下级单位名单，按人口、份额分的要有这一列"),
    )
    handed.add_argument(
        "--target",
        type=cascading.target,
        action="append",
        required=True,
        metavar="MEASURE=WAY",
        help=Said(
            "a target that is shared out: equally, by population or by shares; of a blank"
            " with its total, such as 床位=equally,300",
            "分解哪个数据项，按什么分：平均、人口、份额；空白后面写总数，如 床位=平均,300",
        ),
    )
    handed.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help=Said("write each unit's agreement there", "各单位的责任书写到这个文件夹"),
    )
    _ask_for_tables(handed)
    handed.set_defaults(run=cascading.hand_down)


def _ask_of_money(shared: argparse.ArgumentParser) -> None:
    shared.add_argument(
        "--pot",
        type=pots.pot,
        action="append",
        required=True,
        metavar="NAME=YUAN",
        help=Said(
            "a pot and its yuan, shared by score × population; or, such as 奖励=50000,score,"
            " by score, population or equally",
            "一笔钱的名称、元数，按得分×人口分；也可以按得分、人口、平均，如 奖励=50000,得分",
        ),
    )
    _ask_for_tables(shared)
    shared.set_defaults(run=pots.share_money)


def _ask_of_a_review(reviewed: argparse.ArgumentParser) -> None:
    reviewed.add_argument(
        "facility", metavar="FACILITY", help=Said("its key or name", "单位的编码或名称")
    )
    reviewed.add_argument(
        "objections",
        type=Path,
        metavar="OBJECTIONS",
        help=Said("JSON: objections and decisions", "异议和复核结论（JSON）"),
    )
    reviewed.add_argument(
        "--told",
        type=days.day,
        metavar="DAY",
        help=Said("when the unit was told its result", "哪天通知单位的"),
    )
    to_object = Said("working days to object", "几个工作日内可以提出异议")
    to_decide = Said("working days to decide an objection", "几个工作日内答复异议")
    for name, what in (("--object", to_object), ("--decide", to_decide)):
        reviewed.add_argument(name, type=int, metavar="N", help=what)
    _ask_for_days_and_records(reviewed)
    reviewed.add_argument(
        "--json",
        action="store_true",
        help=Said("course and both sheets as JSON", "全过程和前后两张评分表用JSON输出"),
    )
    reviewed.set_defaults(run=review.review_result)


def _ask_for_days_and_records(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--calendar",
        type=Path,
        metavar="FILE",
        help=Said("days off, beside those announced", "国家公布的以外，另有的放假安排"),
    )
    command.add_argument(
        "--records",
        type=Path,
        metavar="FILE",
        help=Said("also write the records, as JSON, with it", "另把写进结果的数据存成JSON"),
    )


def _ask_what_to_read(read: argparse.ArgumentParser) -> None:
    read.add_argument(
        "source",
        metavar="FILE",
        help=Said("a file, or - for the standard input", "文件；-是从标准输入读"),
    )
    form = read.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_true",
        help=Said("everything that was read, as JSON", "读到的全部内容用JSON输出"),
    )
    form.add_argument(
        "--python",
        action="store_true",
        help=Said("the Python that makes the rules", "输出Python写的规则"),
    )
    read.set_defaults(run=commands.read_source)


def _endings(most: Sequence[str], last: str) -> Said:
    """Return what is written by a file's ending."""
    return Said(f"write {', '.join(most)} or {last}", f"存成文件：{'、'.join((*most, last))}")


_COMMANDS: tuple[tuple[str, str, Said, Callable[[argparse.ArgumentParser], None]], ...] = (
    (
        "demo",
        "lang",
        Said("score the shipped agreements", "用自带的责任书和数据演示一遍"),
        _ask_of_a_demonstration,
    ),
    (
        "check",
        "agreement lang",
        Said("list what is wrong with an agreement", "检查责任书有没有毛病"),
        _ask_what_to_check,
    ),
    (
        "template",
        "agreement lang",
        Said("write the workbook that a bureau fills in", "生成填报用的Excel表"),
        _ask_how_to_fill,
    ),
    (
        "score",
        "agreement data lang",
        Said("score a table of facilities", "给各单位评分、排名次"),
        _ask_where_to_write,
    ),
    (
        "explain",
        "agreement data lang",
        Said("show one facility's lost points", "说明一家单位的分扣在哪里"),
        _ask_what_to_explain,
    ),
    (
        "cascade",
        "agreement lang",
        Said("hand targets down to the units below", "把目标分解到下级单位"),
        _ask_what_to_hand_down,
    ),
    (
        "money",
        "agreement data lang",
        Said("share pots of money out by results", "按考核结果分配一笔或几笔钱"),
        _ask_of_money,
    ),
    (
        "duties",
        "agreement lang",
        Said("hold a ledger against the duties of the year", "对照台账，看工作要求做了没有"),
        _ask_of_duties,
    ),
    (
        "review",
        "agreement data lang",
        Said("show what objections changed of a result", "看复核前后，分差在哪里"),
        _ask_of_a_review,
    ),
    (
        "read",
        "lang",
        Said("read clauses, a table or a document into rules", "看条文、考核表读成了什么规则"),
        _ask_what_to_read,
    ),
    (
        "doctor",
        "lang",
        Said("what is installed, what is missing", "看装了什么、缺什么"),
        _ask_nothing,
    ),
    (
        "completion",
        "",
        Said("print a shell's completion of this command", "印出命令自动补全的脚本"),
        _ask_for_a_shell,
    ),
)
"""Each command: its name, what it takes that others take too, what it does, what else it asks."""
