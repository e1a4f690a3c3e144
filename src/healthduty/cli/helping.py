"""Help and wrong usage, in the language of whoever sits at the computer.

A command's sentences are Chinese unless `--lang` says otherwise, since the agreement is Chinese.
Who asks for help may not have come that far: there the computer's own language decides where
`--lang` is not given.

Source: the public face (`--lang zh|en`).

>>> from healthduty.said import Said
>>> parser = ChineseParser("healthduty", description=Said("Score agreements.", "给责任书评分。"))
>>> _ = parser.add_argument("data", metavar="DATA", help=Said("records", "考核数据"))
>>> print(parser.format_help())
用法：healthduty [-h] DATA
<BLANKLINE>
给责任书评分。
<BLANKLINE>
参数：
  DATA        考核数据
<BLANKLINE>
选项：
  -h, --help  显示用法
<BLANKLINE>
"""

from __future__ import annotations

import argparse
import locale
import os
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from healthduty.cli.exits import MISUSED
from healthduty.display import wrap
from healthduty.said import Language, chinese

_HEADINGS = {"positional arguments": "参数", "options": "选项"}
_OWN = {
    "show this help message and exit": "显示用法",
    "show program's version number and exit": "显示版本",
}
_REFUSALS = (
    (r"the following arguments are required: (?P<list>.+)", "缺少参数：{list}"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{0}"),
    (
        r"argument COMMAND: invalid choice: '(.*)' \(choose from (?P<list>.+)\)",
        "没有`{0}`这个命令，有：{list}",
    ),
    (
        r"argument (.+?): invalid choice: '(.*)' \(choose from (?P<list>.+)\)",
        "{0}没有`{1}`，可以写：{list}",
    ),
    (r"ambiguous option: (.+) could match (?P<list>.+)", "`{0}`写得不全，可能是：{list}"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0}后面不写值，却写了`{1}`"),
    (r"argument (.+?): expected one argument", "{0}后面要写一个值"),
    (r"argument (.+?): invalid int value: '(.*)'", "{0}：`{1}`不是整数"),
    (r"argument (.+?): not allowed with argument (.+)", "{0}不能和{1}一起写"),
    (r"argument (.+?): `(.*)` is no day: write it like (.+)", "{0}：`{1}`不是日期，请写成{2}"),
    (r"argument (.+?): `(.*)`: write it like (.+) or (.+)", "{0}：`{1}`请写成{2}，或者{3}"),
)
"""What argparse and our own types refuse, and the same in Chinese; all else stays English."""


def language_of_help(arguments: Sequence[str]) -> Language:
    """Return the language of help: that of `--lang`, else that of the computer.

    >>> language_of_help(["score", "--lang", "zh", "--help"]), language_of_help(["--lang=en"])
    ('zh', 'en')
    """
    # argparse takes the beginning of an option for the option
    asked = re.findall(r"(?<!\S)--l(?:a|an|ang)?[ =](zh|en)(?!\S)", " ".join(arguments))
    if asked:
        return "zh" if asked[-1] == "zh" else "en"
    return "zh" if _own_language().lower().startswith(("zh", "chinese")) else "en"


def _own_language() -> str:
    """Return the computer's language as it is set: zh_CN.UTF-8, Chinese (Simplified)_China."""
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, variables), None) or locale.getlocale()[0] or ""


class ChineseFormatter(argparse.HelpFormatter):
    """Help in Chinese: the Chinese of what was `Said`, lines broken by how wide they are shown."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Add how the command is called."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Begin a section under its heading."""
        super().start_section(_HEADINGS.get(heading or "", heading))

    def add_text(self, text: str | None) -> None:
        """Add a paragraph."""
        super().add_text(None if text is None else chinese(text))

    def format_help(self) -> str:
        """Return all of it; a heading ends with a Chinese colon."""
        headed = rf"^({'|'.join(_HEADINGS.values())}):$"
        return re.sub(headed, r"\1：", super().format_help(), flags=re.MULTILINE)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return _OWN.get(action.help or "", action.help and chinese(action.help))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help, and whose refusals, are Chinese."""

    def __init__(self, *texts: Any, **options: Any) -> None:  # noqa: ANN401 - argparse
        """Take what every parser takes."""
        super().__init__(*texts, **{"formatter_class": ChineseFormatter, **options})

    def error(self, message: str) -> NoReturn:
        """Say how the command is called and what is wrong, and leave."""
        self.exit(MISUSED, f"{self.format_usage()}{self.prog}：{_refusal(message)}\n")


def _refusal(message: str) -> str:
    """Return a refusal in Chinese.

    >>> _refusal("argument --until: `June` is no day: write it like 2024-06-30")
    '--until：`June`不是日期，请写成2024-06-30'
    """
    for english, said in _REFUSALS:
        found = re.fullmatch(english, message, flags=re.DOTALL)
        if found:
            # Some versions of Python put what can be chosen in quotation marks.
            several = found.groupdict().get("list", "").split(", ")
            return said.format(*found.groups(), list="、".join(each.strip("'") for each in several))
    return message
