"""The conformance suite: agreements, records and what they must score, worked out by hand.

Every case of `conformance_*.py` becomes one file of tests/cases, which needs no Python to read: an
agreement and its records as healthduty's own files hold them, and what the contract
(docs/en/explanation/how-a-point-is-lost.md) makes of each. Whoever ports the scorer reads the
files; tests/cases/README.md says what stands in them. After a change:

    python tests/conformance.py
"""

from __future__ import annotations

import json
from pathlib import Path

from conformance_amounts import AMOUNTS
from conformance_case import Case
from conformance_items import ITEMS
from conformance_totals import TOTALS
from conformance_values import VALUES
from healthduty.convert.files import dumps
from healthduty.records.files import write_records_json

FOLDER = Path(__file__).parent / "cases"


def text_of(case: Case) -> str:
    """Return the file of a case."""
    content = {
        "title": case.title,
        "why": case.why,
        "agreement": json.loads(dumps(case.agreement)),
        "records": [
            {
                "record": json.loads(write_records_json([one.record]))[0],
                "expected": one.expected,
            }
            for one in case.checks
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def all_cases() -> tuple[Case, ...]:
    """Return all cases, by the sections of the contract."""
    return (*VALUES, *AMOUNTS, *ITEMS, *TOTALS)


def main() -> None:
    """Write every file anew; one that no case makes is removed."""
    cases = {FOLDER / f"{case.name}.json": text_of(case) for case in all_cases()}
    for path in FOLDER.glob("*.json"):
        if path not in cases:
            path.unlink()
    for path, text in cases.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
