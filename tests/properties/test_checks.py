"""Laws of the checks: any agreement can be checked, and what they prove no record disproves."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import assume, given, note

from healthduty.checks.amounts import highest_total, measures_of, most_points
from healthduty.checks.check import check
from healthduty.checks.codes import CODES
from healthduty.checks.firing import why_never
from healthduty.findings import Severity
from healthduty.model.agreement import Agreement
from healthduty.model.tree import ZERO, Spot, grow, has_total, walk
from healthduty.records.record import Record
from healthduty.rules.rule import Rule
from healthduty.scoring.lines import Line, LineKind
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from strategies import agreements, scored

ROUNDED = Fraction(1)
"""An amount that does not come out even is rounded to whole points at the coarsest."""


@given(agreements(blanks=True))
def test_every_agreement_can_be_checked(agreement: Agreement) -> None:
    """A check never raises; its findings have known codes and say something."""
    findings = check(agreement)
    assert all(finding.severity is CODES[finding.code].severity for finding in findings)
    assert all(finding.message for finding in findings)


@given(agreements(scruffy=True, blanks=True))
def test_what_can_not_be_scored_is_an_error_of_the_check(agreement: Agreement) -> None:
    """Whatever keeps an agreement from a total is found before anybody is scored by it."""
    planned = plan(agreement).findings
    note(planned)
    blocking = {finding.code for finding in planned if finding.severity is Severity.ERROR}
    assert blocking <= set(check(agreement).errors.codes)


def _ruled(agreement: Agreement, record: Record) -> Iterator[tuple[Rule, Spot, Line]]:
    """Go through the rules of a scored record with their lines; values in order only."""
    sheet = score(agreement, record)
    note(sheet)
    # A proportion above the whole is the one fault of a value that still scores.
    assume("rate-above-whole" not in sheet.findings.codes)
    spots = {spot.number: spot for spot in walk(grow(agreement))}
    for line in sheet.lines:
        if line.kind is LineKind.RULE and line.ref is not None and line.ref.rule is not None:
            yield line.ref.rule, spots[line.number], line


@given(scored())
def test_a_rule_that_never_fires_never_does(drawn: tuple[Agreement, Record]) -> None:
    """A rule of which the check says so moves no point of any record."""
    agreement, record = drawn
    measures = measures_of(agreement)
    for rule, _, line in _ruled(agreement, record):
        if why_never(rule, measures):
            assert (line.raw_units, line.effective_units, line.bonus_units) == (0, 0, 0)


@given(scored())
def test_no_rule_moves_more_than_its_most(drawn: tuple[Agreement, Record]) -> None:
    """What a rule takes, earns or adds stays within what the check says it can come to."""
    agreement, record = drawn
    measures = measures_of(agreement)
    for rule, spot, line in _ruled(agreement, record):
        most = most_points(rule, spot.full, measures)
        moved = max(abs(Fraction(line.effective)), abs(Fraction(line.bonus)))
        assert most is None or moved <= most + ROUNDED


@given(scored())
def test_no_total_is_above_the_highest(drawn: tuple[Agreement, Record]) -> None:
    """The highest total that grades are held against is a bound of every total."""
    agreement, record = drawn
    sheet = score(agreement, record)
    note(sheet)
    assume("rate-above-whole" not in sheet.findings.codes)
    root = grow(agreement)
    most = highest_total(root, measures_of(agreement))
    if sheet.total is not None and most is not None and has_total(root):
        excused = any(line.kind is LineKind.EXCUSED for line in sheet.lines)
        moved = any(line.kind is LineKind.MOVED for line in sheet.lines)
        assume(not excused and not moved)  # a peers' mean is whatever the record gives
        assert Fraction(sheet.total) <= max(most, ZERO) + ROUNDED
