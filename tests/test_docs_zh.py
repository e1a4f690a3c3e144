"""The Chinese pages: commands print what the page says, every finding code is explained."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.checks.code import Code
from healthduty.checks.codes import CODES
from healthduty.cli import main
from healthduty.cli.commands import RENDERED
from test_readme import FENCE, blocks

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "zh"
PAGES = sorted(FOLDER.rglob("*.md"))
SEVERITIES = {"error": "错误", "warning": "提醒", "assumption": "假设", "note": "说明"}

COMMANDS = (FOLDER / "how-to/command-line.md").read_text(encoding="utf-8")
TITLED = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', flags=re.DOTALL | re.MULTILINE)
EXAMPLES = [block.text for block in blocks(COMMANDS) if block.language == "console"]

GLOSSARY = (FOLDER / "glossary.md").read_text(encoding="utf-8")
CODES_PAGE = (FOLDER / "findings.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"### `([a-z-]+)` (\S+)\n\n\*(\S+)\*：([^\n]+)\n")


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_command_prints_what_the_page_says(
    example: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever types the command with the page's files sees the page's output."""
    monkeypatch.chdir(tmp_path)
    for name, text in TITLED.findall(COMMANDS):
        Path(name).write_text(text, encoding="utf-8")
    prompt, _, expected = example.partition("\n")
    program, *arguments = shlex.split(prompt.removeprefix("$ "))
    assert program == "healthduty"
    if arguments[0] == "template":
        pytest.importorskip("xlsxwriter")
    main(arguments)
    assert "".join(capsys.readouterr()) == expected


def test_the_page_names_every_kind_of_file_that_is_written() -> None:
    """A new ending of `score -o` belongs into the page's table."""
    assert set(re.findall(r"^\| `(\.\w+)` \|", COMMANDS, flags=re.MULTILINE)) == set(RENDERED)


def coming_codes() -> dict[str, Code]:
    """Return the codes of all modules of codes, whether they are in the one list or not yet."""
    tables = [
        table
        for path in (ROOT / "src/healthduty/checks").glob("codes_of_*.py")
        for table in vars(import_module(f"healthduty.checks.{path.stem}")).values()
        if isinstance(table, dict)
    ]
    return {
        code: each for table in tables for code, each in table.items() if isinstance(each, Code)
    }


def test_every_code_has_one_entry_and_no_other_has_any() -> None:
    """Whoever adds a finding adds what an analyst is to do about it."""
    documented = [code for code, *_ in ENTRY.findall(CODES_PAGE)]
    assert len(documented) == CODES_PAGE.count("\n### ")
    assert sorted(set(documented)) == sorted(documented)
    assert sorted(set(CODES) - set(documented)) == []
    assert sorted(set(documented) - set(CODES) - set(coming_codes())) == []


@pytest.mark.parametrize("entry", ENTRY.findall(CODES_PAGE), ids=lambda entry: str(entry[0]))
def test_an_entry_has_the_title_and_the_weight_of_the_table(entry: tuple[str, ...]) -> None:
    """The title is the one that a Chinese sheet prints; the advice is a sentence."""
    code, title, severity, advice = entry
    known = {**coming_codes(), **CODES}[code]
    assert (title, severity) == (known.title, SEVERITIES[known.severity.value])
    assert advice.endswith("。")


@pytest.mark.parametrize("name", re.findall(r"`(\w+)`", GLOSSARY))
def test_the_glossary_pairs_terms_with_names_that_exist(name: str) -> None:
    """A public name, a field of a sheet, a line or a value, or a word of the agreement's file."""
    places = (hd, hd.ScoreSheet, hd.Line, hd.Observation)
    schema = (ROOT / "docs/en/agreement.schema.json").read_text(encoding="utf-8")
    assert any(hasattr(place, name) for place in places) or f'"{name}"' in schema


def source_rows(page: Path) -> dict[str, set[str]]:
    """Return for each source row what it names in backticks where it is found, tests left out."""
    lines = page.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| [A-E]\d+ \|", line)]
    return {row[0]: set(re.findall(r"`([^`]+)`", row[2])) for row in rows}


def test_the_source_rows_are_those_of_the_english_page() -> None:
    """Each row once, with the same entries of the catalogue."""
    name = "explanation/source-rows.md"
    rows = source_rows(FOLDER / name)
    assert rows == source_rows(ROOT / "docs/en" / name)
    assert {entry for entries in rows.values() for entry in entries} == set(hd.catalogue.names())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_chinese_paragraph_stands_on_one_line(page: Path) -> None:
    """A browser shows a line break between two Chinese characters as a gap."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    assert re.findall(r"[\u4e00-\u9fff，。；：、（）“”]\n[\u4e00-\u9fff（“]", prose) == []
