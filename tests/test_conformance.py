"""Every file of tests/cases scores as it says: the suite that a port of the scorer must pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conformance import FOLDER, all_cases, text_of
from healthduty.convert.files import loads
from healthduty.records.files import read_records_json
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet

FILES = sorted(FOLDER.glob("*.json"))


def told(sheet: ScoreSheet, wanted: str) -> object:
    """Return what a sheet says, in the words of the files: points are decimals as text."""
    match wanted:
        case "grade":
            return sheet.grade
        case "items":
            return {item.number: str(item.earned) for item in sheet.items}
        case "lines":
            return [
                [line.number, str(line.kind), str(line.raw), str(line.effective)]
                for line in sheet.lines
            ]
        case "money":
            return {
                money.code: None if money.amount is None else str(money.amount)
                for money in sheet.money
            }
        case "honours":
            return {honour.code: honour.granted for honour in sheet.honours}
        case _:
            points = getattr(sheet, wanted)
            return None if points is None else str(points)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_scores_as_it_says(path: Path) -> None:
    """Total, and whatever else the file expects: items, lines, bonus, grade, money."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    agreement = loads(json.dumps(content["agreement"]), path.name)
    for one in content["records"]:
        (record,) = read_records_json(json.dumps([one["record"]]), agreement)
        sheet = score(agreement, record)
        for wanted, expected in one["expected"].items():
            found = told(sheet, wanted)
            if wanted in ("items", "honours"):
                assert isinstance(found, dict)
                found = {number: found[number] for number in expected}
            assert found == expected, (path.stem, one["record"], wanted)


def test_there_are_at_least_forty_cases() -> None:
    """The suite is found, and covers the contract."""
    assert len(FILES) >= 40


def test_the_files_are_those_of_the_builder() -> None:
    """Whoever changes a case writes the files anew: python tests/conformance.py."""
    made = {f"{case.name}.json": text_of(case) for case in all_cases()}
    assert {path.name: path.read_text(encoding="utf-8") for path in FILES} == made
