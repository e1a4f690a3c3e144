"""The table of codes, the documentation and the code itself name the same codes.

Each entry of docs/en/findings.md gives severity, meaning, an example and what to do; the
examples are what is really printed: for the agreements of `faults.py`, for the values and files
below, for the sheets of scoring/faults.py. The codes of data files and of the year have a line of a
table each; their own pages have the rest.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from checks.faults import FAULTS
from healthduty import catalogue
from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.clauses.clause import read_clause
from healthduty.convert.files import load
from healthduty.errors import SourceError
from healthduty.exact import Ratio
from healthduty.findings import Finding
from healthduty.records.observe import observe
from healthduty.rules.measure import Measure
from results import faults_of_comparison
from scoring.faults import SCORED, sheet_of
from word import faults_of_word
from year import paths_faults, review_faults, submission_faults
from year.faults import FAULTS as YEARLY
from year.faults import example

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "healthduty"
NO_CODES = frozenset({"sans-serif", "self-assessed", "yyyy-mm-dd"})
"""Texts that only look like codes."""
AREAS = (
    faults_of_comparison,
    review_faults,
    faults_of_word,
    paths_faults,
    submission_faults,
)
"""Where else the smallest faults stand, by the area that finds them."""
MADE = {code: area.example for area in AREAS for code in area.FAULTS}
EMITTERS = tuple(
    path for path in sorted(SOURCES.rglob("*.py")) if not path.stem.startswith("codes")
)
"""All modules but the table itself: a code that any of them emits must be in the table."""

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

_HEAD = '{"format": "healthduty/agreement", "version": 1, "agreement": '
FILES: dict[str, bytes] = {
    "json-encoding": (_HEAD + '{"title": "示例"}}').encode("gb18030"),
    "json-syntax": b'{"format": "healthduty/agreement", version: 1}',
    "json-depth": b"[" * 70,
    "json-format": b'{"format": "healthduty/records", "version": 1, "agreement": {}}',
    "json-version": b'{"format": "healthduty/agreement", "version": 2, "agreement": {}}',
    "json-missing": (_HEAD + "{}}").encode(),
    "json-unknown-field": (_HEAD + '{"title": "示例", "pionts": 100}}').encode(),
    "json-duplicate-key": (_HEAD + '{"title": "示例", "year": 2024, "year": 2025}}').encode(),
    "json-unknown-kind": (_HEAD + '{"title": "示例", "rules": [{"kind": "deducton"}]}}').encode(),
    "json-type": (_HEAD + '{"title": "示例", "copies": "two"}}').encode(),
    "json-value": (_HEAD + '{"title": "示例", "points": "约100"}}').encode(),
}
"""The smallest file of an agreement with each fault."""

TEXTS: dict[str, dict[str, str]] = {
    "clause-unread": {"text": "每低5个百分点扣Q分"},
    "clause-target-missing": {"text": "满意率每低5%扣0.5分"},
    "clause-veto": {"text": "取消评优资格"},
    "clause-points": {"text": "（5分）未公示扣1分", "points": "4"},
    "clause-vague": {"text": "满意率达到80%左右"},
    "clause-doubt": {"text": "每次扣1分"},
    "clause-assumed": {"text": "满意率达90%以上，每低5%扣0.5分"},
}
"""The smallest clause with each fault."""

PAGE = (ROOT / "docs" / "en" / "findings.md").read_text(encoding="utf-8")
TABLES_PAGE = (ROOT / "docs" / "en" / "explanation" / "how-tables-are-read.md").read_text("utf-8")
BOOK_PAGES = "".join(
    (ROOT / "docs" / "en" / "how-to" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("data-workbook", "many-facilities")
)
DATA_PAGE = (ROOT / "docs" / "en" / "data-files.md").read_text(encoding="utf-8")


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

_IN_TABLES = (
    "record|file|table|text"
    "|workbook|score|reference"
    "|assessment|calendar|cascade|duty|merge|money|phase|resolved|rollup"  # the year
)
"""What the codes begin with that may have a line of a table instead of an entry."""


def entries() -> list[Entry]:
    """Return the documented entries, as they stand."""
    found = [Entry(**match.groupdict()) for match in _ENTRY.finditer(PAGE)]
    assert len(found) == PAGE.count("\n### "), "an entry does not have the form of the others"
    return found


def table_rows(page: str) -> dict[str, tuple[str, str]]:
    """Return severity and meaning of the codes that have a line each, by code, on a page."""
    rows = re.findall(
        rf"^\| `((?:{_IN_TABLES})-[a-z-]+)` \| \*?([a-z]+)\*? \| (.+) \|$",
        page,
        flags=re.MULTILINE,
    )
    lines = re.findall(rf"^\| `(?:{_IN_TABLES})-", page, flags=re.MULTILINE)
    assert len(rows) == len(lines), "a line does not have the form of the others"
    return {code: (severity, meaning) for code, severity, meaning in rows}


def finding_of(code: str) -> Finding:
    """Return the finding that the smallest fault with this code makes."""
    if code in VALUES:
        findings: list[Finding] = []
        observe(*VALUES[code], findings)
        return findings[0]
    if code in FILES:
        return next(finding for finding in faults_of(FILES[code]) if finding.code == code)
    if code in SCORED:
        return next(finding for finding in sheet_of(code).findings if finding.code == code)
    if code in TEXTS:
        reading = read_clause(TEXTS[code]["text"], points=TEXTS[code].get("points"))
        return next(finding for finding in reading.findings if finding.code == code)
    if code in MADE:
        return MADE[code](code)
    return next(finding for finding in check(FAULTS[code]) if finding.code == code)


def faults_of(content: bytes) -> tuple[Finding, ...]:
    """Return what loading a file with this content finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agreement.json"
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            load(path)
    return tuple(finding for finding in caught.value.findings if isinstance(finding, Finding))


def test_source_table_and_page_name_the_same_codes() -> None:
    """What is emitted anywhere is in the table, and documented once."""
    emitted = {code for path in EMITTERS for code in codes_in(path)}
    documented = [*(entry.code for entry in entries()), *table_rows(PAGE)]
    assert sorted(emitted) == sorted(CODES)
    assert len(documented) == len(CODES)
    assert sorted(documented) == sorted(CODES)


@pytest.mark.parametrize(
    "code",
    [code for code in CODES if code.startswith("record-") and f"- `{code}`: " not in BOOK_PAGES],
)
def test_a_line_of_the_table_says_what_the_table_of_codes_says(code: str) -> None:
    """Severity and meaning here; what refuses a whole file is an error of it."""
    severity, meaning, _ = CODES[code]
    assert table_rows(PAGE)[code] == (severity.value, meaning)
    word, _ = table_rows(DATA_PAGE)[code]
    assert {"refused": "error"}.get(word, word) == severity.value


@pytest.mark.parametrize("code", table_rows(TABLES_PAGE))
def test_both_pages_say_of_a_source_what_the_table_of_codes_says(code: str) -> None:
    """The list of all codes, and the page on reading tables and documents."""
    severity, meaning, _ = CODES[code]
    assert table_rows(PAGE)[code] == table_rows(TABLES_PAGE)[code] == (severity.value, meaning)


@pytest.mark.parametrize("code", YEARLY)
def test_what_the_year_finds_weighs_what_the_table_says(code: str) -> None:
    """The line of the page, the table of codes, and the finding that its smallest fault makes."""
    severity, meaning, _ = CODES[code]
    assert table_rows(PAGE)[code] == (severity.value, meaning)
    assert example(code).severity is severity


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_an_entry_says_what_the_table_says(entry: Entry) -> None:
    """Severity and meaning are the table's own; there is advice."""
    severity, meaning, _ = CODES[entry.code]
    assert (entry.severity, entry.meaning) == (severity.value, meaning)
    assert entry.advice.strip().endswith((".", ".)", "?"))


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.code)
def test_the_example_is_what_is_printed(entry: Entry) -> None:
    """Whoever searches for the line on the screen finds it on the page."""
    finding = finding_of(entry.code)
    assert finding.code == entry.code
    assert str(finding) == entry.example.replace("\n  ", " ")


def test_every_code_has_a_fault_that_shows_it() -> None:
    """No code is in the table that nothing can bring about; data files have tests of their own."""
    shown = {**FAULTS, **VALUES, **FILES, **SCORED, **TEXTS, **YEARLY, **MADE}
    shown |= dict.fromkeys(re.findall(r"^- `([a-z-]+)`: ", BOOK_PAGES, flags=re.MULTILINE))
    assert sorted([*shown, *table_rows(DATA_PAGE), *table_rows(TABLES_PAGE)]) == sorted(CODES)


@pytest.mark.parametrize("code", re.findall(r"^- `([a-z-]+)`: ", BOOK_PAGES, flags=re.MULTILINE))
def test_what_a_workbook_or_a_folder_finds_weighs_what_the_table_says(code: str) -> None:
    """The list of all codes says what the table of codes says, the how-to what to do about it."""
    severity, meaning, _ = CODES[code]
    assert table_rows(PAGE)[code] == (severity.value, meaning)
    assert f"- `{code}`: {meaning}." in BOOK_PAGES


def codes_in(path: Path) -> Iterator[str]:
    """Go through the texts of a module that look like codes; the catalogue's names do, too."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        text = node.value if isinstance(node, ast.Constant) else None
        if not isinstance(text, str) or text in NO_CODES or text in catalogue.names():
            continue
        if re.fullmatch(r"[a-z]+(-[a-z]+)+|assumption", text):
            yield text


def literal_codes(path: Path) -> Iterator[str]:
    """Go through the codes that a module gives to findings as they stand."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        first = node.args[0]
        if node.func.id in _MAKERS and isinstance(first, ast.Constant):
            yield str(first.value)


_MAKERS = frozenset({"Finding", "FaultError", "LoweringError", "found"})
"""What makes a finding of the code that is its first argument."""


@pytest.mark.parametrize("path", EMITTERS, ids=lambda path: path.stem)
def test_every_code_that_is_emitted_is_in_the_table(path: Path) -> None:
    """A finding's code can be looked up, and has the form of a code."""
    assert {*codes_in(path), *literal_codes(path)} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_meanings_are_one_line(code: str) -> None:
    """A meaning is a part of a sentence that fits a line of a table."""
    meaning = CODES[code].meaning
    assert meaning == meaning.strip()
    assert not meaning.endswith(".")
    assert len(meaning) < 90


@pytest.mark.parametrize("code", CODES)
def test_titles_are_short_and_chinese(code: str) -> None:
    """What a Chinese sheet says before the message: a few characters, for this code alone."""
    title = CODES[code].title
    assert re.fullmatch(r"[\u4e00-\u9fff，A-Za-z0-9-]+", title)
    assert 3 <= len(title) <= 16
    assert [other.title for other in CODES.values()].count(title) == 1
