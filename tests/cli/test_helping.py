"""Help and wrong usage in Chinese: all of it, for a Chinese computer or where it is asked for."""

from __future__ import annotations

import argparse
import locale
import re
from collections.abc import Iterator

import pytest

from healthduty.cli import main
from healthduty.cli.exits import DONE, MISUSED
from healthduty.cli.helping import language_of_help
from healthduty.cli.parser import build_parser
from healthduty.said import chinese
from healthduty.sources import display_width

Captured = pytest.CaptureFixture[str]


def parsers_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Go through a parser and those of its commands."""
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way in
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.values()


@pytest.mark.parametrize("parser", [*parsers_of(build_parser("zh"))], ids=lambda each: each.prog)
def test_all_help_is_chinese(parser: argparse.ArgumentParser) -> None:
    """No English but the names of commands, options and what they take; nothing too wide."""
    text = parser.format_help()
    assert text.startswith(f"用法：{parser.prog} ")
    assert all(display_width(line) <= 80 for line in text.splitlines())
    for action in parser._actions:  # noqa: SLF001
        said = action.help
        if said and "-h" not in action.option_strings and "--version" not in action.option_strings:
            assert re.search(r"[\u4e00-\u9fff]", chinese(said)), said
    for english in ("usage", "options", "arguments", "show", "exit"):
        assert english not in text


@pytest.mark.parametrize(
    ("arguments", "computer", "language"),
    [
        (["--help"], "zh_CN.UTF-8", "zh"),
        (["--help"], "zh_TW.UTF-8", "zh"),
        (["--help"], "en_GB.UTF-8", "en"),
        (["score", "--lang", "en"], "zh_CN.UTF-8", "en"),
        (["score", "--lang=zh"], "en_GB.UTF-8", "zh"),
        (["score", "--lang"], "en_GB.UTF-8", "en"),
        (["--lang", "zh", "score"], "en_GB.UTF-8", "zh"),
        (["--lang", "en", "score", "--lang", "zh"], "en_GB.UTF-8", "zh"),
        (["score", "--la", "zh"], "en_GB.UTF-8", "zh"),
    ],
)
def test_help_is_in_the_language_asked_for_or_in_the_computer_s(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], computer: str, language: str
) -> None:
    """What is asked for goes before what is set."""
    monkeypatch.setenv("LC_ALL", computer)
    assert language_of_help(arguments) == language


def test_windows_names_its_language_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """There no variable is set."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    named = ("Chinese (Simplified)_China", "936")
    monkeypatch.setattr(locale, "getlocale", lambda: named)
    assert language_of_help(["--help"]) == "zh"
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    assert language_of_help(["--help"]) == "en"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score"], "healthduty score：缺少参数：AGREEMENT、DATA"),
        (["nosuch"], "healthduty：没有`nosuch`这个命令，有：demo、check、"),
        (["doctor", "--loud"], "healthduty：不认识的参数：--loud"),
        (["score", "a", "b", "-o"], "healthduty score：-o/--output后面要写一个值"),
        (["review", "a", "b", "c", "d", "--object", "x"], "：--object：`x`不是整数"),
        (["completion", "fish"], "healthduty completion：shell没有`fish`，可以写：bash、zsh、tcsh"),
        (["template", "a", "--l", "x"], "：`--l`写得不全，可能是：--lang、--layout"),
        (["check", "a", "--json=3"], "：--json后面不写值，却写了`3`"),
        (["read", "a", "--json", "--python"], "：--python不能和--json一起写"),
        (["duties", "a", "b", "--until", "2024-02-30"], "：`2024-02-30`不是日期，请写成2024-06-30"),
        (["duties", "a", "b", "--objects", "30"], "：`30`请写成户=30，或者户=甲户,乙户"),
    ],
)
def test_what_makes_no_sense_is_refused_in_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str], said: str
) -> None:
    """With the usage above it, and the exit code of any wrong usage."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    printed = capsys.readouterr()
    assert (caught.value.code, printed.out) == (MISUSED, "")
    assert printed.err.startswith("用法：")
    assert said in printed.err


@pytest.mark.parametrize("asked", ["--lang en", "--lang=en", "--la en"])
def test_a_refusal_follows_what_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, asked: str
) -> None:
    """Before the command or behind it; the computer's language only where nothing is."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for arguments in ([*asked.split(), "score"], ["score", *asked.split()]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "error: the following arguments are required" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_may_stand_before_the_command(capsys: Captured, lang: str) -> None:
    """As people write it who think of it first; behind the command it goes before that."""
    assert main(["--lang", lang, "check", "school-clinic-posts"]) == DONE
    before = capsys.readouterr().out
    assert main(["check", "school-clinic-posts", "--lang", lang]) == DONE
    assert capsys.readouterr().out == before
    main(["--lang", "zh" if lang == "en" else "en", "check", "school-clinic-posts", "--lang", lang])
    assert capsys.readouterr().out == before


def test_help_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """It goes to the standard output."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit) as caught:
        main(["template", "--help"])
    assert caught.value.code == DONE
    assert "一行一家" in capsys.readouterr().out
