"""The page on the command line is true: its examples print what it says, its keys are the keys.

A block with a title is a file; a `console` block is a command and all that it prints, first the
result and then the remarks.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from healthduty.cli import main
from healthduty.cli.parser import build_parser

PAGE = (Path(__file__).parents[2] / "docs/en/command-line.md").read_text(encoding="utf-8")
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', flags=re.DOTALL | re.MULTILINE)
BLOCKS = [(match[1], match[2], match[3]) for match in FENCE.finditer(PAGE)]
EXAMPLES = [text for language, _, text in BLOCKS if language == "console"]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder with the files of the page."""
    monkeypatch.chdir(tmp_path)
    for _, title, text in BLOCKS:
        if title:
            Path(title).write_text(text, encoding="utf-8")


def printed(command: str, capsys: Captured) -> tuple[str, str]:
    """Return what a command prints: the result, and the remarks."""
    program, *arguments = shlex.split(command)
    assert program == "healthduty"
    main(arguments)
    out, err = capsys.readouterr()
    return out, err


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_prints_what_the_page_says(example: str, capsys: Captured) -> None:
    """Whoever types the command with the page's files sees the page's output."""
    prompt, _, expected = example.partition("\n")
    assert "".join(printed(prompt.removeprefix("$ "), capsys)) == expected


def test_the_page_has_an_example_of_every_command() -> None:
    """All but the demonstration, whose output is long, and what tells of this machine."""
    assert {example.split()[2] for example in EXAMPLES} == {
        *("check", "template", "score", "explain", "cascade", "money", "duties", "review", "read"),
    }


def keys(head: str) -> list[str]:
    """Return the keys of one table of the page, in order."""
    table = PAGE.split(f"| {head} | holds |\n|---|---|\n")[1].split("\n\n")[0]
    return [key for row in table.splitlines() for key in re.findall(r"`(\w+)`", row.split("|")[1])]


def told_keys(head: str) -> list[str]:
    """Return every key that one table of the page names, in either column."""
    table = PAGE.split(f"| key of {head} | holds |\n|---|---|\n")[1].split("\n\n")[0]
    return re.findall(r"`(\w+)`", table)


def scored(capsys: Captured) -> dict[str, Any]:
    """Return an output of `score` in which no list is empty."""
    agreement = json.loads(Path("agreement.json").read_text(encoding="utf-8"))
    agreement["agreement"] |= {
        "vetoes": [
            {
                "code": "fraud",
                "when": {"kind": "flag", "measure": "fraud"},
                "effects": [{"kind": "zero_total"}],
            }
        ],
        "consequences": [{"kind": "honour", "text": "评优"}],
        "funding": [{"code": "pool", "fixed": 5, "tiers": [{"low": None, "share": 1}]}],
    }
    agreement["agreement"]["measures"].append(
        {"code": "fraud", "kind": "flag", "absent": "none_found"}
    )
    Path("whole.json").write_text(json.dumps(agreement), encoding="utf-8")
    out, _ = printed("healthduty score whole.json data.csv --json", capsys)
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_page_names_every_key_and_no_other(capsys: Captured) -> None:
    """What a program may rely on is what is written there, in the order of the output."""
    output = scored(capsys)
    sheet = output["sheets"][-1]
    assert keys("key of `score`") == list(output)
    assert keys("key of a sheet") == list(sheet)
    for head, thing in (
        ("a veto", sheet["vetoes"][0]),
        ("an honour", sheet["honours"][0]),
        ("money", sheet["money"][0]),
        ("an item", sheet["items"][0]),
        ("a line", sheet["lines"][0]),
        ("a finding", sheet["findings"][0]),
        ("a finding", output["findings"][0]),
        ("the digests", sheet["digests"]),
    ):
        assert keys(f"key of {head}") == list(thing), head


def test_the_page_names_every_key_of_what_is_not_about_points(capsys: Captured) -> None:
    """What is not about points has its keys too, and no number that a reader might round."""
    output = json.loads(printed("healthduty duties duties.json 台账.csv --json", capsys)[0])
    unit = output["units"][0]
    duty = unit["duties"][0]
    reviewed = "healthduty review agreement.json data.csv 南关中心 复核.json --json"
    for head, thing in (
        ("`duties`", output),
        ("a unit", unit),
        ("a duty", duty),
        ("a time", duty["periods"][0]),
        ("`review`", json.loads(printed(reviewed, capsys)[0])),
    ):
        assert keys(f"key of {head}") == list(thing), head
    handed = "healthduty cascade county.csv towns.csv --target 无偿献血=population --json"
    cascaded = json.loads(printed(handed, capsys)[0])
    shared = "healthduty money county.csv results.csv --pot 年终奖励=50000 --json"
    money = json.loads(printed(shared, capsys)[0])
    for head, thing in (
        ("`cascade`", cascaded),
        ("a target", [*cascaded["targets"][0], *cascaded["targets"][0]["units"][0]]),
        ("`money`", money),
        ("a pot", [*money["pots"][0], *money["pots"][0]["units"][0]]),
    ):
        assert sorted(set(told_keys(head))) == sorted(set(thing)), head
    numbers = [duty[key] for key in ("required", "done", "late", "counted", "lacking")]
    assert numbers == ["4", "2", "0", "2", "2"]


def test_points_are_texts_and_what_can_not_be_told_is_null(capsys: Captured) -> None:
    """No number of points or money is a JSON number, which a reader might round."""
    for sheet in scored(capsys)["sheets"]:
        parts = [sheet, *sheet["items"], *sheet["lines"], *sheet["money"]]
        for key in ("full", "earned", "total", "bonus", "apart", "raw", "effective", "amount"):
            for part in parts:
                assert isinstance(part.get(key), str | None), key


def test_the_commands_exist() -> None:
    """Every option that the page names is one that the program knows."""
    options = set(re.findall(r"`(-{1,2}[a-z]+)", PAGE))
    parser = build_parser()
    (commands,) = (each for each in parser._actions if hasattr(each.choices, "values"))  # noqa: SLF001 - argparse shows it nowhere else
    parsers = [parser, *commands.choices.values()]
    known = {name for each in parsers for act in each._actions for name in act.option_strings}  # noqa: SLF001
    assert options == known - {"-h"}
