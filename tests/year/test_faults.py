"""Every code of the year, the cascade and the roll-up has a fault that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import healthduty
from year.faults import FAULTS, example

ROOT = Path(healthduty.__file__).parent
FILES = (
    ROOT / "calendars.py",
    ROOT / "checks" / "phases.py",
    ROOT / "hierarchy.py",
    ROOT / "results" / "resolved.py",
    ROOT / "results" / "rollup.py",
    *(ROOT / "year").glob("*.py"),
)
CODE = re.compile(
    r'"((?:assessment|calendar|cascade|duty|merge|money|phase|resolved|rollup)-[a-z-]+)"'
)


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found(code: str) -> None:
    """In one line: no capital, no full stop, something to go by."""
    finding = example(code)
    assert not finding.message.endswith(".")
    assert not finding.message[0].isupper()


def test_no_code_is_without_its_fault() -> None:
    """What the modules can say and what is shown here are the same."""
    said = {code for path in FILES for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert said == set(FAULTS)
