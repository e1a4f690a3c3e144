"""Broken data files and what is said about them, to the character.

A case is two files in tests/cases/bad/data: the broken file, and beside it the same name with
`.expected.txt`, whose first line is `refused` or how many records were read, and whose other
lines are the findings. All are read against the one agreement in `agreement.py` there.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from healthduty.errors import SourceError
from healthduty.model.agreement import Agreement
from healthduty.records.reading import read_records

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "bad" / "data"
FILES = sorted(path for path in CASES.iterdir() if path.suffix in (".csv", ".json"))
AGREEMENT = runpy.run_path(str(CASES / "agreement.py"))["AGREEMENT"]
BUILT: dict[str, bytes] = runpy.run_path(str(CASES / "build.py"))["FILES"]


def expected(path: Path) -> Path:
    """Return the file that says what is expected of another."""
    return path.with_name(path.name + ".expected.txt")


def outcome(path: Path) -> str:
    """Return what reading a file says, as the expected file writes it."""
    assert isinstance(AGREEMENT, Agreement)
    try:
        records = read_records(path, AGREEMENT)
    except SourceError as error:
        return "\n".join(["refused", *map(str, error.findings)]) + "\n"
    return "\n".join([repr(records), *map(str, records.findings)]) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_broken_file_is_described_exactly(path: Path) -> None:
    """Everything that is wrong is told at once, each fault with its place."""
    assert outcome(path) == expected(path).read_bytes().decode()


def test_every_expectation_has_its_file() -> None:
    """No expectation is left over from a case that was renamed."""
    left = {path.name for path in CASES.glob("*.expected.txt")} - {
        expected(path).name for path in FILES
    }
    assert left == set()


def test_every_file_has_a_fault() -> None:
    """A file without a finding is no broken file."""
    assert [path.name for path in FILES if outcome(path).count("\n") < 2] == []


@pytest.mark.parametrize("name", BUILT)
def test_the_odd_bytes_are_those_of_their_script(name: str) -> None:
    """What no editor shows can be read in the script that writes it."""
    assert (CASES / name).read_bytes() == BUILT[name]


def test_every_code_has_a_case() -> None:
    """Each finding that reading can give is seen here, but for a file that is not there."""
    sources = (ROOT / "src" / "healthduty" / "records").glob("*.py")
    codes = {
        code
        for path in sources
        for code in re.findall(r'"(record-[a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    seen = {line.split(" ")[1].rstrip(":") for path in FILES for line in _findings(path)}
    assert codes - seen == {"record-file"}


def _findings(path: Path) -> list[str]:
    return expected(path).read_text(encoding="utf-8").splitlines()[1:]
