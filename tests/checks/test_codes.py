"""The table of codes, the documentation and the code itself name the same codes.

Each entry of docs/en/findings.md gives severity, meaning, an example and what to do; the
examples are what the checks really print for the agreements in `faults.py`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from checks.faults import FAULTS
from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.exact import Ratio
from healthduty.findings import Finding
from healthduty.records.observe import observe
from healthduty.rules.measure import Measure

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "healthduty"
EMITTERS = (*sorted((SOURCES / "checks").glob("*.py")), SOURCES / "records" / "observe.py")
"""The modules of which every code must be in the table."""

RATE = Measure("rate", "满意率", unit="%")
VISITS = Measure("visits", "巡查", unit="次")
VALUES: dict[str, tuple[Measure, object]] = {
    "value-type": (VISITS, {"次数": 4}),
    "value-unreadable": (VISITS, "四五次"),
    "value-negative": (VISITS, -1),
    "value-computed": (RATE, 0.1 + 0.2),
    "count-not-whole": (VISITS, "2.5"),
    "flag-unreadable": (Measure("register", "台账", kind="flag"), "也许"),
    "level-unknown": (Measure("quality", "档案质量", levels=("优", "良", "差")), "中"),
    "rate-of-nothing": (RATE, Ratio(0, 0)),
    "rate-without-base": (RATE, Ratio(3, 0)),
    "rate-disagrees": (RATE, Ratio(511, 1000, printed="52.1%")),
    "rate-above-whole": (RATE, "104%"),
}


class Entry(NamedTuple):
    """One entry of the documentation."""

    code: str
    severity: str
    meaning: str
    example: str
    advice: str


_ENTRY = re.compile(
    r"### `(?P<code>[a-z-]+)`\n\n"
    r"\*(?P<severity>[a-z]+)\* — (?P<meaning>[^\n]+)\.\n\n"
    r"```text\n(?s:(?P<example>.+?))\n```\n\n"
    r"(?P<advice>(?:(?!#)[^\n]+\n)+)"
)


def entries() -> list[Entry]:
    """Return the documented entries, as they stand."""
    page = (ROOT / "docs" / "en" / "findings.md").read_text(encoding="utf-8")
    found = [Entry(**match.groupdict()) for match in _ENTRY.finditer(page)]
    assert len(found) == page.count("\n### "), "an entry does not have the form of the others"
    return found


def finding_of(code: str) -> Finding:
    """Return the finding that the smallest fault with this code makes."""
    if code in VALUES:
        findings: list[Finding] = []
        observe(*VALUES[code], findings)
        return findings[0]
    return next(finding for finding in check(FAULTS[code]) if finding.code == code)


def test_the_documentation_has_one_entry_for_each_code() -> None:
    """Every code is documented once, in the order of the table."""
    assert [entry.code for entry in entries()] == list(CODES)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_an_entry_says_what_the_table_says(entry: Entry) -> None:
    """Severity and meaning are the table's own; there is advice."""
    severity, meaning = CODES[entry.code]
    assert (entry.severity, entry.meaning) == (severity.value, meaning)
    assert entry.advice.strip().endswith((".", ".)", "?"))


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_the_example_is_what_is_printed(entry: Entry) -> None:
    """Whoever searches for the line on the screen finds it on the page."""
    finding = finding_of(entry.code)
    assert finding.code == entry.code
    assert str(finding) == entry.example.replace("\n  ", " ")


def test_every_code_has_a_fault_that_shows_it() -> None:
    """No code is in the table that nothing can bring about."""
    assert sorted({**FAULTS, **VALUES}) == sorted(CODES)


def codes_in(path: Path) -> Iterator[str]:
    """Go through the texts of a module that look like codes, docstrings aside."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+|assumption", text):
            yield text


@pytest.mark.parametrize("path", EMITTERS, ids=lambda path: path.stem)
def test_every_code_that_is_emitted_is_in_the_table(path: Path) -> None:
    """A finding's code can be looked up."""
    assert set(codes_in(path)) <= set(CODES)


def test_every_code_of_the_table_is_emitted() -> None:
    """The table promises nothing that no module says."""
    emitted = {code for path in EMITTERS if path.stem != "codes" for code in codes_in(path)}
    assert sorted(emitted) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_meanings_are_one_line(code: str) -> None:
    """A meaning is a part of a sentence that fits a line of a table."""
    meaning = CODES[code].meaning
    assert meaning == meaning.strip()
    assert not meaning.endswith(".")
    assert len(meaning) < 90
