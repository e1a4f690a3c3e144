"""Law: bounds contain every completion; what is complete is its own bounds."""

from __future__ import annotations

from hypothesis import given, note
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import bounds, score
from strategies import completions, scored


def drawn(*, missing: bool = False) -> st.SearchStrategy[tuple[Agreement, Record]]:
    """Draw an agreement and a record; every second agreement charges a case only once."""
    return st.booleans().flatmap(lambda once: scored(missing=missing, charge_once=once))


def _place(agreement: Agreement, grade: str | None) -> int:
    """Return how far down the scale a grade stands; none at all is below the last."""
    assert agreement.grades is not None
    place = None if grade is None else agreement.grades.index(grade)
    return len(agreement.grades.grades) if place is None else place


@given(drawn(missing=True), st.data())
def test_every_completion_lies_within(pair: tuple[Agreement, Record], data: st.DataObject) -> None:
    """Whatever is observed in the end, total and grade lie between lowest and highest."""
    agreement, record = pair
    known = bounds(agreement, record)
    note(known)
    for _ in range(3):
        sheet = score(agreement, data.draw(completions(agreement, record)))
        note(sheet)
        if sheet.total is None:
            continue
        assert known.low is not None
        assert known.high is not None
        assert known.low <= sheet.total <= known.high
        if agreement.grades is not None and known.low_grade is not None:
            best = _place(agreement, known.high_grade)
            worst = _place(agreement, known.low_grade)
            assert best <= _place(agreement, sheet.grade) <= worst


@given(drawn())
def test_a_complete_record_is_its_own_bounds(pair: tuple[Agreement, Record]) -> None:
    """Nothing missing: lowest and highest are the total, and both grades the grade."""
    sheet, known = score(*pair), bounds(*pair)
    note(sheet)
    note(known)
    assert (known.low, known.high) == (sheet.total, sheet.total)
    assert (known.low_grade, known.high_grade) == (sheet.grade, sheet.grade)


@given(drawn(missing=True))
def test_a_total_that_can_be_told_is_its_own_bounds(pair: tuple[Agreement, Record]) -> None:
    """Where a total stands although values are missing, it is both bounds."""
    sheet, known = score(*pair), bounds(*pair)
    note(sheet)
    note(known)
    if sheet.total is not None:
        assert (known.low, known.high) == (sheet.total, sheet.total)
