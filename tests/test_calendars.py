"""Terms, cycles, days that come back, working days."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.calendars import (
    DaySpan,
    OfficialCalendar,
    OwnCalendar,
    Weekdays,
    cycles,
    day_of,
    deadline,
    month_day,
    unknown_years,
    weeks,
    working_day_from,
    years,
)
from healthduty.errors import RuleError

YEAR_2024 = DaySpan(date(2024, 1, 1), date(2024, 12, 31))
WINTER = DaySpan(date(2023, 11, 1), date(2024, 10, 31))
"""The data period of row B4, which is no calendar year."""
DAYS = st.dates(date(2003, 1, 1), date(2030, 12, 31))
SPANS = st.builds(
    lambda first, length: DaySpan(first, first + timedelta(days=length)),
    DAYS,
    st.integers(0, 1200),
)
MONTHS = st.sampled_from([1, 2, 3, 4, 6])


# ------------------------------------------------------------------------------------- spans


def test_a_year_has_twelve_months_and_its_days() -> None:
    """A leap year too."""
    assert (YEAR_2024.months, YEAR_2024.days) == (12, 366)


@given(SPANS, st.data())
def test_months_add_up(span: DaySpan, data: st.DataObject) -> None:
    """However days are cut in two, their months add up; the months grow with every day."""
    if span.days == 1:
        return
    cut = data.draw(st.integers(0, span.days - 2))
    middle = span.first + timedelta(days=cut)
    head = DaySpan(span.first, middle)
    tail = DaySpan(middle + timedelta(days=1), span.last)
    assert head.months + tail.months == span.months
    assert head.months > 0 < tail.months


def test_days_that_end_before_they_begin_are_refused() -> None:
    """And an end that stands for none."""
    with pytest.raises(RuleError, match="before"):
        DaySpan(date(2024, 2, 1), date(2024, 1, 31))
    with pytest.raises(RuleError, match="no end"):
        DaySpan(date(2024, 1, 1), date(9999, 12, 31))


def test_spans_meet_and_end() -> None:
    """What two spans have in common, and a span up to a day."""
    spring = DaySpan(date(2024, 3, 1), date(2024, 5, 31))
    assert spring.meet(DaySpan(date(2024, 5, 1), date(2025, 1, 1))) == DaySpan(
        date(2024, 5, 1), date(2024, 5, 31)
    )
    assert spring.meet(DaySpan(date(2024, 6, 1), date(2024, 6, 2))) is None
    assert spring.until(date(2024, 2, 29)) is None
    assert spring.until(date(2024, 3, 1)) == DaySpan(date(2024, 3, 1), date(2024, 3, 1))
    assert len(list(spring)) == spring.days == 92
    assert date(2024, 5, 31) in spring
    assert date(2024, 6, 1) not in spring


# ------------------------------------------------------------------------------- recurrences


@pytest.mark.parametrize(
    ("term", "months", "ends"),
    [
        (YEAR_2024, 6, ["2024-06-30", "2024-12-31"]),
        (YEAR_2024, 3, ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]),
        (WINTER, 3, ["2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31"]),
        (WINTER, 6, ["2024-04-30", "2024-10-31"]),
        # no whole years: quarters are the calendar's, and the first has begun before the term
        (
            DaySpan(date(2024, 3, 15), date(2024, 12, 31)),
            3,
            ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"],
        ),
        (DaySpan(date(2024, 2, 29), date(2024, 2, 29)), 1, ["2024-02-29"]),
        (DaySpan(date(2023, 12, 20), date(2024, 1, 5)), 1, ["2023-12-31", "2024-01-31"]),
    ],
)
def test_cycles_end_where_the_calendar_has_it(term: DaySpan, months: int, ends: list[str]) -> None:
    """Quarter ends are ends of March, June, September and December in a calendar year."""
    assert [str(cycle.last) for cycle in cycles(term, months)] == ends


def test_a_year_has_cycles_that_divide_it_only() -> None:
    """Five months come round in no year."""
    for months in (0, 5, 12, -3):
        with pytest.raises(RuleError, match="no cycles"):
            cycles(YEAR_2024, months)


@given(SPANS, st.one_of(MONTHS, st.sampled_from(["week", "year"])))
def test_cycles_cover_the_term_without_gaps(span: DaySpan, every: int | str) -> None:
    """Every day of the term lies in exactly one cycle, and every cycle touches the term."""
    found = (
        weeks(span)
        if every == "week"
        else years(span)
        if every == "year"
        else cycles(span, int(every))
    )
    assert found[0].first <= span.first
    assert found[-1].last >= span.last
    assert all(one.last + timedelta(days=1) == next_.first for one, next_ in pairwise(found))
    assert all(cycle.meet(span) is not None for cycle in found)
    if isinstance(every, int):
        assert all(cycle.months == every for cycle in found)
    if every == "week":
        assert all(cycle.first.weekday() == 0 and cycle.days == 7 for cycle in found)


def test_years_are_the_terms() -> None:
    """A short term is one year, a long one has several, 29 February comes back as the 28th."""
    short = DaySpan(date(2014, 3, 15), date(2014, 12, 31))
    assert years(short) == (short,)
    long = DaySpan(date(2024, 2, 29), date(2026, 12, 31))
    assert [str(year.first) for year in years(long)] == ["2024-02-29", "2025-02-28", "2026-02-28"]
    assert years(WINTER) == (WINTER,)


@pytest.mark.parametrize(
    ("text", "span", "day"),
    [
        ("02-end", YEAR_2024, "2024-02-29"),
        ("02-end", DaySpan(date(2023, 1, 1), date(2023, 12, 31)), "2023-02-28"),
        ("03-28", YEAR_2024, "2024-03-28"),
        ("11-end", WINTER, "2023-11-30"),
        ("end", DaySpan(date(2024, 4, 1), date(2024, 6, 30)), "2024-06-30"),
        ("25", DaySpan(date(2024, 4, 1), date(2024, 6, 30)), "2024-06-25"),
        ("31", DaySpan(date(2024, 4, 1), date(2024, 4, 30)), "2024-04-30"),
        ("25", DaySpan(date(2024, 4, 26), date(2024, 5, 24)), None),
    ],
)
def test_a_day_that_comes_back(text: str, span: DaySpan, day: str | None) -> None:
    """By the end of February, by 28 March, by the 25th of each quarter's last month."""
    found = day_of(span, *month_day(text))
    assert (None if found is None else str(found)) == day


@pytest.mark.parametrize("text", ["13-01", "02-30", "04-31", "00", "32", "00-10", "3-28", "月底"])
def test_a_day_that_never_comes_is_refused(text: str) -> None:
    """A slip is told when the duty is written, not in December."""
    with pytest.raises(RuleError):
        month_day(text)


# ------------------------------------------------------------------------------ working days


def test_days_are_counted_from_the_day_after() -> None:
    """Of five working days from a Thursday the first is Friday, the last Thursday."""
    thursday = date(2024, 3, 28)
    assert deadline(thursday, 5, Weekdays(), working=True) == date(2024, 4, 4)
    assert deadline(thursday, 1, Weekdays()) == date(2024, 3, 29)


def test_an_end_on_a_weekend_moves() -> None:
    """Two days from Thursday end on Saturday, and so on Monday."""
    assert deadline(date(2024, 3, 28), 2, Weekdays()) == date(2024, 4, 1)
    assert deadline(date(2024, 3, 30), 0, Weekdays()) == date(2024, 4, 1)


def test_official_holidays_and_make_up_days() -> None:
    """4 to 6 April 2024 were off, Sunday the 7th was worked on: the complaint had till then."""
    pytest.importorskip("chinese_calendar")
    work = OfficialCalendar()
    assert deadline(date(2024, 3, 28), 5, work, working=True) == date(2024, 4, 7)
    assert deadline(date(2024, 4, 3), 1, work) == date(2024, 4, 7)
    assert unknown_years(work, [YEAR_2024]) == ()


def test_a_year_that_is_not_announced_falls_back_with_a_finding() -> None:
    """2099 has weekdays only, and says so; a user's file for it is asked instead."""
    pytest.importorskip("chinese_calendar")
    new_year = date(2099, 1, 1)  # a Thursday
    work = OfficialCalendar()
    assert work.is_working(new_year)
    assert not work.knows(new_year)
    span = DaySpan(date(2024, 12, 31), new_year)
    found = unknown_years(work, [span, span])
    assert found[-1].code == "calendar-unknown"
    assert "2099" in found[-1].message
    assert all("2024" not in each.message for each in found)
    informed = OfficialCalendar(beyond=OwnCalendar({new_year}, years={2099}))
    assert not informed.is_working(new_year)
    assert informed.knows(new_year)


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install stands in the message."""
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(ImportError, match=r"healthduty\[calendar\]"):
        OfficialCalendar()


def test_an_own_calendar_knows_its_years_only() -> None:
    """Days off and make-up days of the own file; other years as the calendar behind has them."""
    work = OwnCalendar({date(2027, 2, 8)}, {date(2027, 2, 7)}, years=[2027])
    assert not work.is_working(date(2027, 2, 8))  # a Monday
    assert work.is_working(date(2027, 2, 7))  # a Sunday
    assert work.is_working(date(2027, 2, 9))
    assert not work.is_working(date(2027, 2, 13))
    assert work.is_working(date(2028, 2, 7))
    assert [work.knows(date(year, 5, 1)) for year in (2026, 2027)] == [False, True]


def test_a_calendar_without_working_days_is_refused() -> None:
    """A file that has all year off must not run for ever."""
    never = OwnCalendar(YEAR_2024, years={2024})
    with pytest.raises(RuleError, match="no working day"):
        working_day_from(date(2024, 3, 1), never)


def test_a_time_of_less_than_no_days_is_refused() -> None:
    """The check of the agreement reports it; the calendar does not count backwards."""
    with pytest.raises(RuleError, match="before it begins"):
        deadline(date(2024, 3, 1), -1, Weekdays())


@given(event=DAYS, within=st.integers(0, 40), working=st.booleans())
def test_a_deadline_is_a_working_day_and_never_early(
    *, event: date, within: int, working: bool
) -> None:
    """It lies at or after the plain end, is worked on, and more days never end earlier."""
    work = Weekdays()
    end = deadline(event, within, work, working=working)
    assert work.is_working(end)
    assert end >= event + timedelta(days=within)
    assert deadline(event, within + 1, work, working=working) >= end
    if working and within:
        between = DaySpan(event + timedelta(days=1), end)
        assert sum(map(work.is_working, between)) == within


def test_a_user_s_own_days_may_be_texts_and_are_never_dropped() -> None:
    """A text in ISO form is a day, a time of day is left out, anything else is refused."""
    work = OwnCalendar(["2024-05-01", datetime(2024, 5, 2, 8)], years=[2024])  # noqa: DTZ001
    assert not work.is_working(date(2024, 5, 1))
    assert not work.is_working(date(2024, 5, 2))
    for none in ("2024-02-30", "5月1日", 20240501):
        with pytest.raises(RuleError, match="no day of the calendar"):
            OwnCalendar([none], years=[2024])  # type: ignore[list-item]
