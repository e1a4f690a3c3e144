"""Law: filling all blanks, in any order and in any portions, gives the same agreement."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthduty.errors import UnknownNameError
from healthduty.exact import Number
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import score
from strategies import agreements, scored

_SOME: list[Number] = [Fraction(90), "85.5", 4, 0.5, Fraction(25)]
NUMBERS = st.sampled_from(_SOME)


@given(agreements(blanks=True), st.data())
def test_filling_in_portions_is_filling_at_once(agreement: Agreement, data: st.DataObject) -> None:
    """Whoever fills which blank first, the filled agreement is the same and has no blank."""
    names = agreement.blanks()
    values: dict[str, Number] = {name: data.draw(NUMBERS) for name in names}
    at_once = agreement.fill(values)
    portioned = agreement
    for name in data.draw(st.permutations(names)):
        if name not in portioned.blanks():
            continue
        more = [other for other in portioned.blanks() if data.draw(st.booleans())]
        portioned = portioned.fill({one: values[one] for one in {name, *more}})
    assert portioned == at_once
    assert at_once.blanks() == ()
    assert at_once.fill({}) == at_once


@given(scored(blanks=True))
def test_an_open_blank_cannot_be_scored(drawn: tuple[Agreement, Record]) -> None:
    """An unfilled blank leaves no total, and a finding names it."""
    agreement, record = drawn
    assume(agreement.blanks())
    sheet = score(agreement, record)
    assert sheet.total is None
    told = [str(finding) for finding in sheet.findings if finding.code == "blank-open"]
    assert all(any(f"`{name}`" in line for line in told) for name in agreement.blanks())


@given(agreements(blanks=True))
def test_a_name_that_is_no_blank_is_refused(agreement: Agreement) -> None:
    """A value for a blank that the agreement does not have is a wrong call."""
    with pytest.raises(UnknownNameError, match="no blank named `nobody`"):
        agreement.fill({"nobody": 1})
