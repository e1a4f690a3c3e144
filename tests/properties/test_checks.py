"""Law: whatever can be written down as an agreement can be checked."""

from __future__ import annotations

from hypothesis import given

from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.model.agreement import Agreement
from strategies import agreements


@given(agreements(blanks=True))
def test_every_agreement_can_be_checked(agreement: Agreement) -> None:
    """A check never raises; its findings have known codes and say something."""
    findings = check(agreement)
    assert all(finding.severity is CODES[finding.code].severity for finding in findings)
    assert all(finding.message and finding.message == finding.message.strip() for finding in findings)
