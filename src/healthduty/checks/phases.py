"""The phases of an agreement's term: what they leave open, and what they cover twice.

Source: “Phases (gaps and overlaps are findings)”; row D1 (to 31 March; 1 April to 30
November; 1 to 30 December; the 31st is in none).

>>> plan = (Phase("部署", last="2024-06-30"), Phase("推进", "2024-06-30"))
>>> print(*check_agreement_phases(Agreement("示例", year=2024, phases=plan)))
warning phase-overlap: phases: 2024-06-30 is in `部署` and in `推进`
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from healthduty.calendars import DaySpan
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day, Phase, span_of_days
from healthduty.said import Said
from healthduty.sources import Place

_DAY = datetime.timedelta(days=1)


def check_agreement_phases(agreement: Agreement) -> Iterator[Finding]:
    """Yield what is wrong with an agreement's phases; without a term, between their own ends."""
    term = agreement.days or _own(agreement.phases)
    if term is not None and agreement.phases:
        for each in check_phases(agreement.phases, term):
            yield attrs.evolve(each, place=Place(path="phases"))


def _own(phases: Sequence[Phase]) -> DaySpan | None:
    """Return the days from the first to the last that phases name; None where they name none."""
    named = [day for phase in phases for day in (phase.first, phase.last)]
    days = [day for day in named if isinstance(day, datetime.date)]
    return span_of_days(min(days), max(days)) if days else None


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
            message = Said(
                f"`{phase.name}`: `{day}` is no day of the calendar",
                f"`{phase.name}`：日历上没有`{day}`这一天",
            )
            return Finding("phase-undated", message)
        if isinstance(day, datetime.date) and span_of_days(day, day) is None:
            message = Said(f"`{phase.name}`: {day} is no end", f"`{phase.name}`：截止日不能是{day}")
            return Finding("phase-undated", message)
    first = _day(phase.first, Said("the term's first day", "有效期首日"))
    last = _day(phase.last, Said("the term's last day", "有效期末日"))
    message = Said(
        f"`{phase.name}` runs from {first} back to {last}",
        f"`{phase.name}`从{first.zh}开始，却到{last.zh}为止",
    )
    return Finding("phase-backwards", message)


def _day(day: Day | None, absent: Said) -> Said:
    return absent if day is None else Said(f"{day}", f"{day}")


def _outside(days: DaySpan, phase: Phase, term: DaySpan) -> Iterator[Finding]:
    if days.first < term.first or days.last > term.last:
        message = Said(
            f"`{phase.name}`, {days}, is not within the term, {term}",
            f"`{phase.name}`（{days.text()}）超出有效期（{term.text()}）",
        )
        yield _warning("phase-outside", message)


def _overlaps(known: Sequence[tuple[DaySpan, Phase]]) -> Iterator[Finding]:
    for place, (days, phase) in enumerate(known):
        for other, later in known[place + 1 :]:
            if (both := days.meet(other)) is not None:
                message = Said(
                    f"{both.said()} is in `{phase.name}` and in `{later.name}`",
                    f"{both.said().zh}既属于`{phase.name}`，又属于`{later.name}`",
                )
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
            gap = DaySpan(first, last).said()
            message = Said(f"{gap} is in no phase", f"{gap.zh}不属于任何阶段")
            yield _warning("phase-gap", message)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, message, severity=Severity.WARNING)


PHASE_CHECKS = (check_agreement_phases,)
