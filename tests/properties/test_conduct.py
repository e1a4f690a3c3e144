"""Law: a conduct account stays between 0 and its start, whatever the order of its entries."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from healthduty.year.conduct import (
    Carry,
    ConductAccount,
    ConductEntry,
    Demerit,
    Merit,
    Reversal,
)

DAYS = st.dates(datetime.date(2023, 11, 1), datetime.date(2026, 3, 1)) | st.sampled_from(
    [datetime.date(2024, 2, 29), datetime.date(2024, 12, 31), datetime.date(2025, 1, 1)]
)
POINTS = st.integers(1, 30).map(lambda halves: Fraction(halves, 2))
CASES = st.sampled_from(["", "a", "b", "c"])


@st.composite
def accounts(draw: st.DrawFn) -> ConductAccount:
    """Draw a scheme."""
    return ConductAccount(
        12,
        thresholds=((4, "提醒谈话"), (8, "诫勉"), (12, "离岗")),
        reset=draw(st.sampled_from(["01-01", "07-15", "02-end", None])),
        carry=draw(st.sampled_from(Carry)),
        merits=draw(st.booleans()),
        below_zero=draw(st.booleans()),
    )


@st.composite
def entries(draw: st.DrawFn) -> list[ConductEntry]:
    """Draw what is entered."""
    demerits = st.builds(Demerit, DAYS, POINTS, case=CASES)
    merits = st.builds(Merit, DAYS, POINTS)
    reversals = st.builds(Reversal, DAYS, st.sampled_from(["a", "b"]))
    return draw(st.lists(demerits | merits | reversals, max_size=8))


def slow_balance(
    account: ConductAccount, given: list[ConductEntry], day: datetime.date
) -> Fraction:
    """Return the balance by going through every day, as a clerk would."""
    demerits: list[Demerit] = []
    seen = [each for each in given if isinstance(each.on, datetime.date) and each.on <= day]
    for each in seen:
        if not isinstance(each, Demerit):
            continue
        undone = any(
            isinstance(other, Reversal) and other.case == each.case and each.on <= other.on  # type: ignore[operator]
            for other in seen
            if each.case
        )
        if not undone:
            demerits.append(each)
    dear: list[Demerit] = []
    for each in sorted(demerits, key=lambda one: (-one.points, one.on)):  # type: ignore[return-value]
        if not each.case or each.case not in {other.case for other in dear}:
            dear.append(each)
    left, on = account.points, datetime.date(2023, 1, 2)
    while on <= day:
        following = on + datetime.timedelta(days=1)
        begins = {
            "01-01": (on.month, on.day) == (1, 1),
            "07-15": (on.month, on.day) == (7, 15),
            "02-end": on.month == 2 and following.month == 3,
            None: False,
        }[account.reset]
        if begins:
            left = account.points + (min(left, Fraction(0)) if account.carry == "excess" else 0)
        left -= sum(each.points for each in dear if each.on == on)
        if account.merits:
            left += sum(each.points for each in seen if isinstance(each, Merit) and each.on == on)
        left = min(left, account.points)
        on = following
    return left if account.below_zero else max(left, Fraction(0))


@given(accounts(), entries(), DAYS)
def test_the_balance_is_what_a_clerk_finds_day_by_day(
    account: ConductAccount, given_entries: list[ConductEntry], day: datetime.date
) -> None:
    """Resets, merits, reversals and cases charged once: as if gone through one by one."""
    balance = account.course(given_entries).balance_on(day)
    assert balance == slow_balance(account, given_entries, day)


@given(accounts(), entries(), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(
    account: ConductAccount, given_entries: list[ConductEntry], random: object
) -> None:
    """Whoever enters them in whatever order: the same course."""
    shuffled = list(given_entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = account.course(given_entries), account.course(shuffled)
    assert (one.entries, one.crossings) == (other.entries, other.crossings)
    assert one.table().text() == other.table().text()


@given(accounts(), entries(), DAYS)
def test_the_balance_stays_within_its_bounds(
    account: ConductAccount, given_entries: list[ConductEntry], day: datetime.date
) -> None:
    """Never above the start; never below 0 unless the scheme says so."""
    balance = account.course(given_entries).balance_on(day)
    assert balance <= account.points
    assert account.below_zero or balance >= 0


@given(entries(), DAYS)
def test_a_later_entry_changes_no_earlier_balance(
    given_entries: list[ConductEntry], day: datetime.date
) -> None:
    """What is entered after a day, a reversal too, leaves that day as it was."""
    account = ConductAccount(merits=True)
    until = [each for each in given_entries if each.on <= day]  # type: ignore[operator]
    assert account.course(given_entries).balance_on(day) == account.course(until).balance_on(day)


@given(st.integers(2024, 2026), POINTS)
def test_the_reset_is_exact_at_its_day(year: int, points: Fraction) -> None:
    """On the last day of the year the points are still gone, on the first one they are back."""
    account = ConductAccount(reset="07-15")
    course = account.course([Demerit(datetime.date(year, 7, 14), points)])
    assert course.balance_on(datetime.date(year, 7, 14)) == max(Fraction(0), 12 - points)
    assert course.balance_on(datetime.date(year, 7, 15)) == 12
    new = account.course([Demerit(datetime.date(year, 7, 15), points)])
    assert new.balance_on(datetime.date(year, 7, 14)) == 12
    assert new.balance_on(datetime.date(year + 1, 7, 14)) == max(Fraction(0), 12 - points)
