"""Every code of forecasts and conduct has a fault that shows it, and weighs what the table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import healthduty
from healthduty.checks.codes_of_paths import PATHS
from year.paths_faults import FAULTS, example

ROOT = Path(healthduty.__file__).parent
FILES = (*(ROOT / "results").glob("*.py"), *(ROOT / "year").glob("*.py"))
CODE = re.compile(r'"((?:forecast|conduct)-[a-z-]+)"')


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found(code: str) -> None:
    """In one line: no capital, no full stop, of the severity that the table has."""
    finding = example(code)
    assert not finding.message.endswith(".")
    assert not finding.message[0].isupper()
    assert finding.severity is PATHS[code].severity


def test_no_code_is_without_its_fault() -> None:
    """What the modules can say, what the table holds and what is shown here are the same."""
    said = {code for path in FILES for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert said == set(FAULTS) == set(PATHS)
