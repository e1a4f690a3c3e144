"""What the library says about the user's data, it says in Chinese too.

Every finding that the other tests bring about must be said in both languages, with the same
names, numbers and quoted texts: a translation that loses one of them says something else.

Source: semantics 11 and 12; whoever fills in the data is a bureau's analyst.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.faults import FAULTS
from checks.test_codes import (
    EMITTERS,
    FILES,
    MADE,
    SOURCES,
    TEXTS,
    VALUES,
    YEARLY,
    example,
    finding_of,
)
from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.errors import SourceError
from healthduty.findings import Finding
from healthduty.records.reading import read_records
from healthduty.said import Said, chinese
from healthduty.workbook.filled import read_filled
from records.test_bad_data import AGREEMENT
from records.test_bad_data import FILES as BROKEN
from scoring.faults import SCORED
from workbook.hostile import AGREEMENT as HOSTILE_TO
from workbook.hostile import FILES as HOSTILE

OWN_WORDS = frozenset({"assumption"})
"""The agreement's own words, in the language in which it was written."""

OUR_NAMES = {"population": "服务人口"}
"""What a message quotes that is a name of the library, not of the agreement, in Chinese."""

_QUOTED = re.compile(r"`([^`]*)`")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,}")


def faults_of_translation(text: str) -> list[str]:
    """Return what is wrong with a message's or a hint's Chinese."""
    if not isinstance(text, Said):
        return [f"not said in Chinese: {text}"]
    zh = chinese(text)
    lost = [
        name
        for name in _QUOTED.findall(text)
        if name not in zh and OUR_NAMES.get(name, name) not in zh
    ]
    plain = _QUOTED.sub("", text)
    lost += [number for number in _NUMBER.findall(plain) if number not in zh]
    if lost:
        return [f"{zh} has not {lost} of {text}"]
    return [f"English in {zh}"] if _ENGLISH.search(_QUOTED.sub("", zh)) else []


def faults(finding: Finding) -> list[str]:
    """Return what is wrong with a finding's Chinese."""
    if finding.code in OWN_WORDS:
        return []
    texts = [finding.message, *([finding.hint] if finding.hint else [])]
    return [f"{finding.code}: {fault}" for text in texts for fault in faults_of_translation(text)]


@pytest.mark.parametrize("code", [*FAULTS, *VALUES, *FILES, *SCORED, *TEXTS, *MADE])
def test_every_code_is_said_in_chinese(code: str) -> None:
    """The smallest fault of each code."""
    assert faults(finding_of(code)) == []


@pytest.mark.parametrize("code", YEARLY)
def test_what_the_year_finds_is_said_in_chinese(code: str) -> None:
    """Duties, phases, money, the cascade."""
    assert faults(example(code)) == []


@pytest.mark.parametrize("code", FAULTS)
def test_all_that_a_broken_agreement_has_is_said_in_chinese(code: str) -> None:
    """Also what a check finds beside the fault that it was made for."""
    assert [fault for finding in check(FAULTS[code]) for fault in faults(finding)] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_what_is_wrong_with_a_data_file_is_said_in_chinese(path: Path) -> None:
    """Each of the broken files, with all that is said about it."""
    try:
        findings = list(read_records(path, AGREEMENT).findings)
    except SourceError as error:
        findings = [each for each in error.findings if isinstance(each, Finding)]
    assert [fault for finding in findings for fault in faults(finding)] == []


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_wrong_with_a_workbook_is_said_in_chinese(what: str, tmp_path: Path) -> None:
    """Broken, hidden, merged, encrypted: whoever sent it must understand why it comes back."""
    path = tmp_path / HOSTILE[what].name
    path.write_bytes(HOSTILE[what].build())
    try:
        findings = list(read_filled(path, HOSTILE_TO).findings)
    except SourceError as error:
        findings = [each for each in error.findings if isinstance(each, Finding)]
    assert [fault for finding in findings for fault in faults(finding)] == []


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_chinese_title(code: str) -> None:
    """Sheets name a finding by it."""
    assert re.search("[一-鿿]", CODES[code].title)


def test_a_translation_that_loses_a_number_or_a_name_is_found() -> None:
    """The law can fail."""
    text = Said("`a` of 5 points", "`a`的分")
    assert faults_of_translation(text) == ["`a`的分 has not ['5'] of `a` of 5 points"]
    assert faults_of_translation("plain") == ["not said in Chinese: plain"]
    assert faults_of_translation(Said("no value", "no value here")) != []


_MAKERS = frozenset(
    {"Finding", "FaultError", "found", "report", "warn", "note", "fault", "refuse"}
    | {"_warning", "_fault", "_report", "_refuse_count"}
)
"""What takes the message, and often the hint, of a finding."""


_WORD = re.compile(r"[a-z]{3,} | [a-z]{3,}")
"""A word of a sentence; a file's name, a code or a key has no space beside it."""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _english(node: ast.expr) -> Iterator[ast.expr]:
    """Go through the texts that an expression may be, where they are written in English alone."""
    match node:
        case ast.IfExp():
            yield from (*_english(node.body), *_english(node.orelse))
        case ast.BinOp():
            yield from (*_english(node.left), *_english(node.right))
        case ast.BoolOp():
            yield from (text for value in node.values for text in _english(value))
        case ast.Constant(value=str(text)):
            yield from [node] if _WORD.search(_QUOTED.sub("", text)) else []
        case ast.JoinedStr():
            parts = [each.value if isinstance(each, ast.Constant) else "…" for each in node.values]
            yield from [node] if _WORD.search(_QUOTED.sub("", "".join(map(str, parts)))) else []
        case _:
            pass


def said_in_english_alone(function: ast.AST) -> list[str]:
    """Return the messages and hints of findings that a function writes in English alone."""
    calls = [
        each for each in ast.walk(function) if isinstance(each, ast.Call) and _name(each) in _MAKERS
    ]
    given = [text for call in calls for text in (*call.args, *(key.value for key in call.keywords))]
    names = {each.id for each in given if isinstance(each, ast.Name)}
    given += [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and {getattr(to, "id", "") for to in node.targets} & names
    ]
    return [ast.unparse(text) for each in given for text in _english(each)]


WAITING: frozenset[str] = frozenset()
"""The folders whose findings are still written in English alone."""
SAID = [path for path in EMITTERS if not WAITING & {*path.relative_to(SOURCES).parts}]


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_finding_is_written_in_english_alone(path: Path) -> None:
    """The sentences that no smallest fault brings about, too."""
    functions = [
        node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.FunctionDef)
    ]
    assert [text for each in functions for text in said_in_english_alone(each)] == []


def test_a_finding_that_is_written_in_english_alone_is_seen() -> None:
    """The law can fail: of a text in its place, of one that has a name, of one that is chosen."""
    source = [
        "def look():",
        "    hint = f'take {one} out' if one else Said('out with it', '去掉')",
        "    report('code', 'nothing is here', hint=hint)",
    ]
    function = ast.parse("\n".join(source))
    assert said_in_english_alone(function) == ["'nothing is here'", "f'take {one} out'"]
