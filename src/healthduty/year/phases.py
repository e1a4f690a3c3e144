"""Phases (阶段): the stretches into which a plan divides its term, and what they leave open.

Source: “Phases (gaps and overlaps are findings)”; row D1 (to 31 March; 1 April to 30
November; 1 to 30 December; the 31st is in none).

>>> plan = (
...     Phase("部署", last="2024-03-31"),
...     Phase("推进", "2024-04-01", "2024-11-30"),
...     Phase("总结", "2024-12-01", "2024-12-30"),
... )
>>> year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
>>> print(check_phases(plan, year))
warning phase-gap: 2024-12-31 is in no phase
>>> phase_on(plan, year, datetime.date(2024, 2, 1))[0].name
'部署'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from healthduty.calendars import DaySpan
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.party import Day, to_optional_day

_DAY = datetime.timedelta(days=1)


@attrs.frozen
class Phase:
    """A stretch of the term with a name; a side that is not said is the term's."""

    name: str
    first: Day | None = attrs.field(default=None, converter=to_optional_day)
    last: Day | None = attrs.field(default=None, converter=to_optional_day)

    def days(self, term: DaySpan) -> DaySpan | None:
        """Return its days; None where they are no days of the calendar, or run backwards."""
        first, last = self.first or term.first, self.last or term.last
        if isinstance(first, str) or isinstance(last, str) or last < first:
            return None
        return DaySpan(first, last)


def phase_on(phases: Sequence[Phase], term: DaySpan, day: datetime.date) -> tuple[Phase, ...]:
    """Return the phases that a day lies in: one, or none in a gap, or several that overlap."""
    return tuple(
        phase for phase in phases if (days := phase.days(term)) is not None and day in days
    )


def check_phases(phases: Sequence[Phase], term: DaySpan) -> Findings:
    """Return the days that are in no phase or in several, and days that can't be read."""
    findings: list[Finding] = []
    known: list[tuple[DaySpan, Phase]] = []
    for phase in phases:
        days = phase.days(term)
        if days is None:
            findings.append(_unreadable(phase))
        else:
            known.append((days, phase))
            findings += _outside(days, phase, term)
    known.sort(key=lambda pair: (pair[0].first, pair[0].last))
    findings += _overlaps(known)
    if known:
        findings += _gaps([days for days, _ in known], term)
    return Findings(findings)


def _unreadable(phase: Phase) -> Finding:
    for day in (phase.first, phase.last):
        if isinstance(day, str):
            return Finding("phase-undated", f"`{phase.name}`: `{day}` is no day of the calendar")
    first, last = phase.first or "the term's first day", phase.last or "the term's last day"
    return Finding("phase-backwards", f"`{phase.name}` runs from {first} back to {last}")


def _outside(days: DaySpan, phase: Phase, term: DaySpan) -> Iterator[Finding]:
    if days.first < term.first or days.last > term.last:
        message = f"`{phase.name}`, {days}, is not within the term, {term}"
        yield _warning("phase-outside", message)


def _overlaps(known: Sequence[tuple[DaySpan, Phase]]) -> Iterator[Finding]:
    for place, (days, phase) in enumerate(known):
        for other, later in known[place + 1 :]:
            if (both := days.meet(other)) is not None:
                message = f"{_said(both)} is in `{phase.name}` and in `{later.name}`"
                yield _warning("phase-overlap", message)


def _gaps(known: Sequence[DaySpan], term: DaySpan) -> Iterator[Finding]:
    """Go through the days of the term that no phase covers; `known` is in order."""
    ends = [term.first - _DAY]
    for days in known:
        ends.append(max(ends[-1], days.last))
    starts = [*(days.first for days in known), term.last + _DAY]
    for end, start in zip(ends, starts, strict=True):
        first, last = end + _DAY, min(start - _DAY, term.last)
        if first <= last:
            yield _warning("phase-gap", f"{_said(DaySpan(first, last))} is in no phase")


def _said(days: DaySpan) -> str:
    return str(days.first) if days.days == 1 else str(days)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, message, severity=Severity.WARNING)
