"""A sheet as plain data: for JSON, for reporting scripts, for pandas."""

from __future__ import annotations

import json
from decimal import Decimal

import attrs
import pytest

from healthduty.findings import Finding, Severity
from healthduty.model.grades import GradeScale
from healthduty.records.record import Record
from healthduty.rules.rule import Assumption
from healthduty.scoring.score import score
from healthduty.sources import Citation, Place
from scoring.making import SHORT, UNKEPT, item, make

RULE = attrs.evolve(
    SHORT,
    citation=Citation("责任书", article="一"),
    assumption=Assumption("不足5%不计"),
    cap="0.5",
)
SHEET = score(
    make(item(RULE, title="满意"), grades=GradeScale.of(好=9, 差=None)),
    Record("nanguan", {"rate": 80}, name="南关中心", period="2024"),
)


def test_the_keys_of_plain_data() -> None:
    """What a program may rely on: these keys, in this order."""
    data = SHEET.to_dict()
    assert list(data) == [
        "agreement",
        "facility",
        "name",
        "period",
        "full",
        "earned",
        "total",
        "bonus",
        "apart",
        "grade",
        "vetoes",
        "honours",
        "money",
        "items",
        "lines",
        "findings",
        "digests",
    ]
    assert json.loads(json.dumps(data)) == data


def test_the_values_of_plain_data() -> None:
    """Points are decimal texts, so that no reader rounds them."""
    data = SHEET.to_dict()
    assert (data["agreement"], data["facility"], data["name"], data["period"]) == (
        "示例",
        "nanguan",
        "南关中心",
        "2024",
    )
    assert (data["full"], data["earned"], data["total"], data["grade"]) == (
        "10",
        "9.5",
        "9.5",
        "好",
    )
    assert data["items"] == [
        {
            "number": "1",
            "title": "满意",
            "kind": "indicator",
            "full": "10",
            "earned": "9.5",
            "bonus": "0",
        }
    ]
    assert data["lines"][1] == {
        "number": "1",
        "title": "满意",
        "kind": "cap",
        "full": "10",
        "raw": "0.5",
        "effective": "0",
        "bonus": "0",
        "sentence": "封顶：+0.5分",
        "citation": "责任书 一",
        "assumption": "不足5%不计",
    }


def test_an_item_that_can_not_be_told_is_null() -> None:
    """A program sees which items wait for a value."""
    data = score(make(item(SHORT), item(UNKEPT, number="2")), {"ledger": True}).to_dict()
    assert [each["earned"] for each in data["items"]] == [None, "10"]
    assert data["total"] is None


def test_rows_hold_decimals_and_the_language_asked_for() -> None:
    """One row a line; the facility stands on each, so that many sheets make one table."""
    rows = SHEET.to_rows("en")
    assert [row["facility"] for row in rows] == ["nanguan", "nanguan"]
    assert [row["effective"] for row in rows] == [Decimal("-0.5"), Decimal(0)]
    assert rows[1]["sentence"] == "cap: +0.5"
    assert list(rows[0]) == [
        "facility",
        "number",
        "title",
        "kind",
        "full",
        "raw",
        "effective",
        "bonus",
        "sentence",
        "citation",
        "assumption",
    ]


def test_a_frame_of_the_lines() -> None:
    """In a notebook the lines are a table whose points are exact."""
    pytest.importorskip("pandas")
    frame = SHEET.to_frame()
    assert list(frame.columns) == list(SHEET.to_rows()[0])
    assert frame["raw"].sum() == Decimal("-0.5")


def test_a_finding_as_plain_data() -> None:
    """Severity, code, place, message and hint, all texts."""
    finding = Finding(
        "rate-scale", "odd", severity=Severity.WARNING, place=Place(column="rate"), hint="write 85"
    )
    assert finding.to_dict() == {
        "severity": "warning",
        "code": "rate-scale",
        "place": "column rate",
        "message": "odd",
        "hint": "write 85",
    }
