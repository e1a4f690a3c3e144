"""Law: a fault in the user's data is a finding; `score` raises on wrong calls only."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import bounds, readings, score
from strategies import agreements, scored

# Values of every wrong sort; typed loosely, as a caller without a type checker writes them.
ODD = st.sampled_from(
    ["", "—", "优秀", "83%%", "1/0", "-5", "n/a", True, -1, 1.5, float("nan"), 1e300, b"", {}, [[]]]
)


def tell_all(agreement: Agreement, record: Record) -> None:
    """Ask for everything that a sheet can tell."""
    sheet = score(agreement, record)
    assert sheet.total is None or isinstance(sheet.total, Decimal)
    assert str(sheet)
    assert len(sheet.sentences("en")) == len(sheet.lines)
    assert (sheet.total is not None) or sheet.findings or not sheet.full
    bounds(agreement, record)
    readings(agreement, record)


@given(scored(scruffy=True, missing=True))
def test_an_agreement_with_faults_is_scored_or_says_why_not(
    drawn: tuple[Agreement, Record],
) -> None:
    """Numbers twice, unknown measures, blanks, vetoes on nothing: a sheet all the same."""
    tell_all(*drawn)


@given(agreements(), st.data())
def test_values_of_any_sort_are_scored_or_found_fault_with(
    agreement: Agreement, data: st.DataObject
) -> None:
    """Whatever stands in the record, there is a sheet, and it says what is wrong."""
    codes = [measure.code for measure in agreement.measures]
    values = {code: data.draw(ODD) for code in codes}
    tell_all(agreement, Record("nanguan", values))
