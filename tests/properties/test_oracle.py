"""Law: points by the single scorer == by a slow oracle in `Fraction`, on every cell."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, note

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import score
from oracle import oracle
from strategies import scored


def _exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def agree(agreement: Agreement, record: Record) -> None:
    """Hold every number of a sheet against the oracle's."""
    expected = oracle(agreement, record)
    sheet = score(agreement, record)
    note(sheet.items)
    note(expected)
    assert {item.number: _exact(item.earned) for item in sheet.items} == expected.items
    assert _exact(sheet.bonus) == expected.bonus
    assert _exact(sheet.apart) == expected.apart
    assert _exact(sheet.full) == expected.full
    assert _exact(sheet.earned) == expected.earned
    assert _exact(sheet.total) == expected.total
    assert sheet.grade == expected.grade
    assert {honour.code: honour.granted for honour in sheet.honours} == expected.honours
    assert {money.code: _exact(money.amount) for money in sheet.money} == expected.money


@given(scored())
def test_a_sheet_is_what_the_contract_says(drawn: tuple[Agreement, Record]) -> None:
    """Items, bonuses, earned, total, grade and money of a complete record are the oracle's."""
    agree(*drawn)


@given(scored(charge_once=True))
def test_a_case_is_charged_once(drawn: tuple[Agreement, Record]) -> None:
    """Where the agreement charges a case once, it counts under its dearest rule alone."""
    agree(*drawn)


@given(scored(missing=True))
def test_a_missing_value_leaves_no_total(drawn: tuple[Agreement, Record]) -> None:
    """There is a total just where the oracle has one."""
    agreement, record = drawn
    expected, sheet = oracle(agreement, record), score(agreement, record)
    note(sheet.items)
    note(expected)
    assert _exact(sheet.total) == expected.total
    assert sheet.grade == expected.grade
    assert {honour.code: honour.granted for honour in sheet.honours} == expected.honours
    assert {money.code: _exact(money.amount) for money in sheet.money} == expected.money
    # A fact that only a veto needs leaves what was earned, and no total.
    assert sheet.earned is not None or sheet.total is None
