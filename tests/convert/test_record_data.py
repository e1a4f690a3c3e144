"""A record as plain data: each value has one form, whatever way it was written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from healthduty.convert.record_data import record_data, scalar_data
from healthduty.errors import UsageError
from healthduty.exact import Ratio
from healthduty.records.record import (
    MISSING,
    Case,
    Judged,
    NotApplicable,
    Observation,
    Period,
    Record,
    Sample,
    Statement,
)


def data_of(value: Any) -> object:  # noqa: ANN401 - any value
    """Return a value as it stands in a record's data."""
    values = record_data(Record("a", {"x": value}))["values"]
    assert isinstance(values, dict)
    return values["x"]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (85, 85),
        ("８５．０", 85),
        (Decimal("85.0"), 85),
        (0.1, "0.1"),
        (" 0.10 ", "0.1"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 3), {"kind": "fraction", "value": "1/3"}),
        (Fraction(1, 2**40), {"kind": "fraction", "value": "1/1099511627776"}),
        ("1/3", "1/3"),
        ("83%", "83%"),
        (True, True),
        (float("nan"), {"kind": "unreadable", "value": "nan"}),
        (Decimal("-Infinity"), {"kind": "unreadable", "value": "-Infinity"}),
        (1 << 300, {"kind": "unreadable", "value": f"0x1{'0' * 75}"}),
        (NotApplicable(), {"kind": "not_applicable"}),
        (
            NotApplicable("停业", approver="医政科"),
            {"kind": "not_applicable", "reason": "停业", "approver": "医政科"},
        ),
        (
            Ratio(1, Fraction(1, 3), printed="3"),
            {"kind": "ratio", "numerator": 1, "denominator": "1/3", "printed": "3"},
        ),
        (
            Sample("8.0", asked=10, available=9),
            {"kind": "sample", "value": 8, "asked": 10, "available": 9},
        ),
        (
            [Case("1", "2024-03-01", {"severity": "1.0"})],
            [
                {
                    "kind": "case",
                    "id": "1",
                    "on": "2024-03-01",
                    "attributes": {"severity": "1.0"},
                }
            ],
        ),
        ((), []),
        (Statement("7.0"), {"kind": "statement", "value": 7}),
        (Statement(None), {"kind": "statement", "value": None}),
        (
            Statement((Judged("0.5"),), unevidenced=True),
            {
                "kind": "statement",
                "unevidenced": True,
                "value": [{"kind": "judged", "points": "0.5"}],
            },
        ),
        (Observation("7.0"), {"kind": "observation", "self_assessed": 7}),
        (
            Observation(verified=Statement(MISSING), reviewed=Statement(7, assessor="李")),
            {
                "kind": "observation",
                "verified": None,
                "reviewed": {"kind": "statement", "assessor": "李", "value": 7},
            },
        ),
    ],
)
def test_forms(value: object, form: object) -> None:
    """Each value has one form, in which a number can't be taken for a text nor for a rate."""
    assert data_of(value) == form


def test_of_whom_a_record_speaks() -> None:
    """Facility, kind, period and population beside the values; what goes without saying is out."""
    record = Record(
        "a",
        {"x": 1, "missing": MISSING, "none": None},
        kind="centre",
        population="52,300",
        period=Period("2024-H1", months=6),
    )
    assert record_data(record) == {
        "facility": "a",
        "kind": "centre",
        "population": 52_300,
        "period": {"label": "2024-H1"},
        "values": {"x": 1},
    }
    assert record_data(Record("a", {})) == {"facility": "a", "values": {}}


def test_a_text_stays_a_plain_text() -> None:
    """What another library passes as a text is written as Python's own."""

    class Text(str):
        __slots__ = ()

    assert type(scalar_data(Text("83%"))) is str


def test_what_is_no_value_is_refused() -> None:
    """A wrong call, at any depth."""
    with pytest.raises(UsageError, match=r"^`set` is no value of a record$"):
        data_of({1})
    with pytest.raises(UsageError, match=r"^`dict` is no value of a record$"):
        data_of(Statement({}))  # type: ignore[arg-type]
