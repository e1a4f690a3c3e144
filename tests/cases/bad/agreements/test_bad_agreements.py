"""Broken agreements and what is said about them, to the character.

A case is two files: `NAME.json`, and beside it `NAME.expected.txt`. Its first line is `refused`
where the file can't be read as an agreement, `loaded` where it can and the check has something to
say; its other lines are the findings. A new case is two new files.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from healthduty.checks.check import check
from healthduty.convert.files import load
from healthduty.errors import SourceError
from healthduty.findings import Finding, Findings

CASES = Path(__file__).parent
FILES = sorted(CASES.glob("*.json"))
BUILT: dict[str, bytes] = runpy.run_path(str(CASES / "build.py"))["FILES"]
LONGEST = 700


def findings(path: Path) -> tuple[str, Findings]:
    """Return whether a file was refused, and what is wrong with it."""
    try:
        agreement = load(path)
    except SourceError as error:
        faults = error.findings
    else:
        return "loaded", check(agreement)
    assert all(isinstance(fault, Finding) for fault in faults)
    return "refused", Findings(fault for fault in faults if isinstance(fault, Finding))


def outcome(path: Path) -> str:
    """Return what is said about a file, as the expected file writes it."""
    word, found = findings(path)
    return "\n".join([word, *map(str, found)]) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_agreement_is_described_exactly(path: Path) -> None:
    """Everything that is wrong is told at once, each fault with its place."""
    assert outcome(path) == path.with_suffix(".expected.txt").read_bytes().decode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_message_is_for_a_person(path: Path) -> None:
    """One line of bearable length with a place; lower case first, no full stop at its end."""
    _, found = findings(path)
    assert len(found) > 0
    for finding in found:
        line = str(finding)
        assert len(line) < LONGEST
        assert line.isprintable()
        for sentence in (finding.message, finding.hint):
            assert sentence == sentence.strip()
            assert not sentence.endswith(".")
            assert sentence[:1] == sentence[:1].lower()
        if finding.severity in ("error", "warning"):
            assert str(finding.place) or "agreement" in finding.message, line


def test_every_file_has_its_expectation() -> None:
    """No case is half a case."""
    names = {path.stem for path in FILES}
    assert {path.name.removesuffix(".expected.txt") for path in CASES.glob("*.txt")} == names
    assert len(names) >= 35


@pytest.mark.parametrize("name", BUILT)
def test_a_built_file_is_what_its_script_writes(name: str) -> None:
    """What no editor can show has a script that shows it."""
    assert (CASES / name).read_bytes() == BUILT[name]
