"""Law: the ambient decimal context never changes a result."""

from __future__ import annotations

import decimal

from hypothesis import given

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import bounds, score
from strategies import scored

# One digit only, and whoever rounds by the context is caught in the act.
TRAP = decimal.Context(prec=1, traps=[decimal.Inexact, decimal.Rounded])


@given(scored())
def test_one_digit_of_precision_changes_nothing(drawn: tuple[Agreement, Record]) -> None:
    """A sheet scored and printed under precision 1 is the same sheet."""
    agreement, record = drawn
    expected = score(agreement, record)
    printed = str(expected)
    with decimal.localcontext(TRAP):
        sheet = score(agreement, record)
        assert str(sheet) == printed
    assert [repr(item) for item in sheet.items] == [repr(item) for item in expected.items]
    assert [
        (line.number, line.kind, repr(line.raw), repr(line.effective)) for line in sheet.lines
    ] == [(line.number, line.kind, repr(line.raw), repr(line.effective)) for line in expected.lines]
    assert repr(sheet.total) == repr(expected.total)
    assert sheet.grade == expected.grade
    assert repr(sheet.money) == repr(expected.money)


@given(scored(missing=True))
def test_nor_does_it_change_bounds(drawn: tuple[Agreement, Record]) -> None:
    """Bounds told under precision 1 are the same bounds."""
    agreement, record = drawn
    expected = bounds(agreement, record)
    with decimal.localcontext(TRAP):
        assert bounds(agreement, record) == expected
