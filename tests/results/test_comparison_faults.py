"""Every code of comparison has a fault that shows it, and weighs what the table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import healthduty
from healthduty.checks.codes_of_comparison import COMPARISON
from results.faults_of_comparison import FAULTS, example

RESULTS = Path(healthduty.__file__).parent / "results"
CODE = re.compile(r'"((?:cohort|standing|honours|grades|compare)-[a-z-]+)"')


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found(code: str) -> None:
    """In one line: no capital, no full stop; as heavy as the table says."""
    finding = example(code)
    assert not finding.message.endswith(".")
    assert not finding.message[0].isupper()
    assert finding.severity is COMPARISON[code].severity


def test_modules_table_and_faults_name_the_same_codes() -> None:
    """What the modules can say, what the table explains, and what is shown."""
    texts = (path.read_text(encoding="utf-8") for path in RESULTS.glob("*.py"))
    said = {code for text in texts for code in CODE.findall(text)}
    assert said == set(FAULTS) == set(COMPARISON)
