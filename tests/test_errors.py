"""Exceptions: one root, each also what Python would have raised, each with one sentence."""

from __future__ import annotations

import pytest

from healthduty.errors import (
    HealthdutyError,
    NumberError,
    RuleError,
    SourceError,
    UnknownNameError,
    UsageError,
)
from healthduty.findings import Finding
from healthduty.sources import Place


@pytest.mark.parametrize(
    ("kind", "python"),
    [
        (NumberError, ValueError),
        (RuleError, ValueError),
        (UsageError, TypeError),
        (UnknownNameError, KeyError),
        (SourceError, Exception),
    ],
)
def test_one_name_catches_them_all(kind: type[Exception], python: type[Exception]) -> None:
    """And whoever catches what Python raises for such a fault catches it too."""
    assert issubclass(kind, HealthdutyError)
    assert issubclass(kind, python)


def test_an_unknown_name_prints_its_sentence() -> None:
    """`KeyError` would print the repr of it."""
    assert str(UnknownNameError("no item `7`")) == "no item `7`"
    assert str(UnknownNameError()) == ""


@pytest.mark.parametrize(
    ("count", "first"), [(0, "a.json: 0 faults"), (1, "a.json: 1 fault"), (2, "a.json: 2 faults")]
)
def test_a_source_error_lists_every_fault(count: int, first: str) -> None:
    """In the order in which they were met, each with its place; they stay findings."""
    findings = tuple(
        Finding("json-type", "no", place=Place("a.json", row=row), hint="yes")
        for row in range(1, count + 1)
    )
    error = SourceError("a.json", findings)
    assert error.source == "a.json"
    assert error.findings is findings
    head, *lines = str(error).splitlines()
    assert head == first
    assert lines == [
        f"  error json-type: a.json, row {row}: no (yes)" for row in range(1, count + 1)
    ]
