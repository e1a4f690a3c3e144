"""Phases (阶段): in which of the stretches into which a plan divides its term a day lies.

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
from collections.abc import Sequence

from healthduty.calendars import DaySpan
from healthduty.checks.phases import check_phases
from healthduty.model.party import Phase

__all__ = ["Phase", "check_phases", "phase_on"]


def phase_on(phases: Sequence[Phase], term: DaySpan, day: datetime.date) -> tuple[Phase, ...]:
    """Return the phases that a day lies in: one, or none in a gap, or several that overlap."""
    return tuple(
        phase for phase in phases if (days := phase.days(term)) is not None and day in days
    )
