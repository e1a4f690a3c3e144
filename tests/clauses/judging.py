"""How a reading is held against a case: in full, and without the names of what is observed.

The second view says how well the grammar reads what scores (kind, step, points, cap, threshold,
direction), whatever it calls the quantity.
"""

from __future__ import annotations

import attrs

from clauses.cases import ClauseCase
from healthduty.clauses.clause import read_clause
from healthduty.clauses.reading import ClauseReading
from healthduty.rules.points import to_optional_points

NAMES = frozenset({"measure", "code", "title", "name", "numerator", "denominator"})


def read_case(case: ClauseCase) -> ClauseReading:
    """Read the text of a case as the case says."""
    return read_clause(
        case.text,
        points=case.points,
        requirement=case.requirement or None,
        measures=case.measures,
        heading=case.heading,
    )


def without_names(value: object) -> object:
    """Return a rule as plain data without the names of its measures, citations and assumptions."""
    if attrs.has(type(value)):
        fields = {
            field.name: without_names(getattr(value, field.name))
            for field in attrs.fields(type(value))
            if field.eq and field.name not in NAMES
        }
        return {"kind": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [without_names(member) for member in value]
    return value


def faults_of(case: ClauseCase, reading: ClauseReading, *, names: bool = True) -> list[str]:
    """Return what differs between a reading and what the case states."""
    same = (lambda a, b: a == b) if names else (lambda a, b: without_names(a) == without_names(b))
    found = []
    if not same(reading.rules, case.rules):
        found.append("rules")
    if not same(reading.targets, case.targets):
        found.append("targets")
    if not same(reading.parts, case.parts):
        found.append("parts")
    if not same(reading.vetoes, case.vetoes):
        found.append("vetoes")
    if reading.points != to_optional_points(case.states):
        found.append("points")
    codes = set(reading.findings.codes)
    if case.unread != bool(codes & {"clause-unread", "clause-target-missing"}):
        found.append("unread")
    if case.assumed and "clause-assumed" not in codes:
        found.append("assumed")
    if case.vague and "clause-vague" not in codes:
        found.append("vague")
    units = {measure.code: measure.unit for measure in reading.measures}
    if names and any(units.get(code) != unit for code, unit in case.units):
        found.append("units")
    return found
