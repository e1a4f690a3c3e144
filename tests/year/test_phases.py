"""Phases of a plan: the days that are in none, and in two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.calendars import DaySpan
from healthduty.year.phases import Phase, check_phases, phase_on

YEAR = DaySpan(date(2024, 1, 1), date(2024, 12, 31))
D1 = (
    Phase("部署", last="2024-03-31"),
    Phase("推进", "2024-04-01", "2024-11-30"),
    Phase("总结", "2024-12-01", "2024-12-30"),
)


def test_one_day_of_december_is_uncovered() -> None:
    """Row D1, as it was written."""
    (finding,) = check_phases(D1, YEAR)
    assert (finding.code, finding.message) == ("phase-gap", "2024-12-31 is in no phase")
    assert phase_on(D1, YEAR, date(2024, 12, 31)) == ()
    assert [phase.name for phase in phase_on(D1, YEAR, date(2024, 11, 30))] == ["推进"]


@pytest.mark.parametrize(
    ("phases", "findings"),
    [
        ([Phase("全年")], []),
        ([Phase("a", last="2024-06-30"), Phase("b", "2024-07-01")], []),
        (
            [Phase("b", "2024-06-30"), Phase("a", last="2024-06-30")],
            ["phase-overlap: 2024-06-30 is in `a` and in `b`"],
        ),
        (
            [Phase("a", last="2024-05-31"), Phase("b", "2024-07-01")],
            ["phase-gap: 2024-06-01 to 2024-06-30 is in no phase"],
        ),
        (
            [Phase("a"), Phase("b", "2024-03-01", "2024-03-31")],
            ["phase-overlap: 2024-03-01 to 2024-03-31 is in `a` and in `b`"],
        ),
        (
            [Phase("a", "2023-12-01")],
            ["phase-outside: `a`, 2023-12-01 to 2024-12-31, is not within the term, " + str(YEAR)],
        ),
        (
            [Phase("a"), Phase("b", "2024-02-30")],
            ["phase-undated: `b`: `2024-02-30` is no day of the calendar"],
        ),
        (
            [Phase("a"), Phase("b", "2024-05-01", "2024-04-01")],
            ["phase-backwards: `b` runs from 2024-05-01 back to 2024-04-01"],
        ),
        (
            [Phase("a"), Phase("b", "2025-05-01")],
            ["phase-backwards: `b` runs from 2025-05-01 back to the term's last day"],
        ),
        ([], []),
    ],
)
def test_what_phases_leave_open(phases: list[Phase], findings: list[str]) -> None:
    """Gaps, overlaps, days outside the term, days that are none."""
    found = check_phases(phases, YEAR)
    assert [f"{each.code}: {each.message}" for each in found] == findings


DAYS = st.integers(-20, 400).map(lambda days: YEAR.first + timedelta(days=days))
PHASES = st.lists(
    st.builds(
        lambda name, pair: Phase(name, *sorted(pair)),
        st.sampled_from("abc"),
        st.tuples(DAYS, DAYS),
    ),
    min_size=1,
    max_size=5,
)


@given(PHASES)
def test_gaps_and_overlaps_are_what_days_say(phases: list[Phase]) -> None:
    """Against the slow way: look at every day of the term."""
    counts = [len(phase_on(phases, YEAR, day)) for day in YEAR]
    codes = check_phases(phases, YEAR).codes
    assert ("phase-gap" in codes) == (0 in counts)
    days = [phase.days(YEAR) for phase in phases]
    shared = any(
        one is not None and other is not None and one.meet(other) is not None
        for place, one in enumerate(days)
        for other in days[place + 1 :]
    )
    assert ("phase-overlap" in codes) == shared
