"""Placing: to which occasion of a duty, and to which object, each submission belongs.

A submission that names its period belongs there, whenever it was made. One that names none
belongs to the period of its day; only in the days that a deadline leaves after a period's end it
belongs to that period as long as that one is short. What belongs nowhere is a finding.

Source: semantics 10 (surplus elsewhere does not offset), 12 (nothing is dropped).

>>> from healthduty.calendars import DaySpan
>>> from healthduty.year.occasions import occasions
>>> year = Scope(DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)))
>>> report = Obligation("report", "月报", every="month", within=5)
>>> made = (Submission("report", "2024-04-03"), Submission("report", "2024-04-30"))
>>> placed = place_all(report, made, year, occasions(report, year))
>>> sorted(placed.done), placed.findings[0].code
([2, 3], 'duty-period-unsaid')
"""

from __future__ import annotations

import bisect
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from healthduty.findings import Finding, Severity
from healthduty.model.obligation import Obligation
from healthduty.said import Said
from healthduty.year.occasions import Occasion, Scope, asked, objects_of
from healthduty.year.submissions import Submission

Book = dict[int, dict[str, Fraction]]
"""What was done, by the occasion's place and the object's name; "" for one that is not named."""


@attrs.define(eq=False)
class Placed:
    """What was done for each occasion and object: in time, and late."""

    done: Book = attrs.Factory(dict)
    late: Book = attrs.Factory(dict)
    findings: list[Finding] = attrs.Factory(list)

    def total(self, index: int) -> dict[str, Fraction]:
        """Return all that was done on an occasion, in time or late, by the object's name."""
        total = dict(self.done.get(index, {}))
        for name, count in self.late.get(index, {}).items():
            total[name] = total.get(name, Fraction(0)) + count
        return total

    @property
    def names(self) -> frozenset[str]:
        """The objects for which anything was done, "" for those that are not named."""
        books = (*self.done.values(), *self.late.values())
        return frozenset(name for book in books for name in book)


class _Placer:
    """The submissions of one duty on their way to their occasions."""

    def __init__(self, obligation: Obligation, scope: Scope, periods: Sequence[Occasion]) -> None:
        self.obligation, self.scope, self.periods = obligation, scope, periods
        self.placed = Placed()
        self.starts = [each.days.first for each in periods]
        self.by_label = {each.label: index for index, each in enumerate(periods)}
        self.counts: Counter[str] = Counter()

    def place(self, submission: Submission) -> None:
        """Put one submission in its seat, or say why it has none."""
        day = submission.on
        if not isinstance(day, datetime.date):
            words = Said(
                f"was done on `{day or ''}`, no day of the calendar",
                f"的完成日期写作`{day or ''}`，日历上没有这一天",
            )
            self._report("duty-undated", words)
            return
        if day > self.scope.until:
            self.counts["later"] += 1
            return
        name = self._object(submission)
        if name is None:
            return
        index = self._named(submission, day) if submission.period else self._of_day(day, name)
        if index is None:
            return
        late = day > self.periods[index].due
        book = (self.placed.late if late else self.placed.done).setdefault(index, {})
        book[name] = book.get(name, Fraction(0)) + submission.count

    def _object(self, submission: Submission) -> str | None:
        """Return the object's name, nothing where the duty has none; None for an unknown one."""
        if not self.obligation.per or not submission.of:
            return ""
        roster = self.scope.objects.get(self.obligation.per)
        if isinstance(roster, tuple) and submission.of not in roster:
            per, of = self.obligation.per, f"`{submission.of}`"
            words = Said(f"was done for {of}, no {per} of it", f"是给{of}做的，{per}的名单里没有")
            self._report("duty-object-unknown", words)
            return None
        return submission.of

    def _named(self, submission: Submission, day: datetime.date) -> int | None:
        """Return the period that a submission names."""
        named = submission.named_day
        index = self.by_label.get(submission.period)
        if index is None and isinstance(named, datetime.date):
            index = self._at(named)
        if index is None:
            words = Said(
                f"was done on {day} for `{submission.period}`, no period of the term",
                f"完成于{day}，写明属于`{submission.period}`，有效期内没有这一期",
            )
            label = self.periods[0].label if self.periods else ""
            hint = Said(f"periods are called like {label}", f"期次的写法如{label}")
            self._report("duty-period-unknown", words, hint=hint if label else "")
        return index

    def _of_day(self, day: datetime.date, name: str) -> int | None:
        """Return the period of a day; an earlier one, still short, in its days of grace."""
        index = self._at(day)
        earlier = bisect.bisect_left(self.starts, day) if index is None else index
        for place in range(earlier - 1, -1, -1):
            period = self.periods[place]
            if period.day is None or period.due < day:
                break
            if self._is_short(place, name):
                self.counts["unsaid"] += 1
                return place
        days = self.scope.days
        if index is None or days is None or day not in days:
            self._report(
                "duty-outside",
                Said(
                    f"was done on {day}, outside the days that the unit answers for",
                    f"完成于{day}，不在该单位负责的日期内",
                ),
                Severity.WARNING,
            )
            return None
        return index

    def _at(self, day: datetime.date) -> int | None:
        index = bisect.bisect_right(self.starts, day) - 1
        return index if index >= 0 and day in self.periods[index].days else None

    def _is_short(self, index: int, name: str) -> bool:
        each = asked(self.obligation, self.periods[index], self.scope.days)
        room = each if name else each * objects_of(self.obligation, self.scope)
        return self.placed.total(index).get(name, 0) < room

    def _report(
        self, code: str, words: Said, severity: Severity = Severity.ERROR, hint: str = ""
    ) -> None:
        message = Said(f"`{self.obligation.code}` {words}", f"`{self.obligation.code}`{words.zh}")
        self.placed.findings.append(Finding(code, message, severity=severity, hint=hint))

    def finish(self) -> Placed:
        """Return what was placed, with what is told once for all submissions."""
        until, later, unsaid = self.scope.until, self.counts["later"], self.counts["unsaid"]
        if later:
            words = Said(
                f"after {until}, not counted yet: {later}",
                f"在{until}之后完成的有{later}条，暂不计入",
            )
            self._report("duty-later", words, Severity.NOTE)
        if unsaid:
            words = Said(
                f"after a period's end, without naming a period: {unsaid}; for the earlier one,"
                " as long as that was short",
                f"有{unsaid}条在期末之后完成，没有写明期次：上一期尚有欠缺的，计入上一期",
            )
            self._report("duty-period-unsaid", words, Severity.ASSUMPTION)
        return self.placed


def place_all(
    obligation: Obligation,
    submissions: Iterable[Submission],
    scope: Scope,
    periods: Sequence[Occasion],
) -> Placed:
    """Place the submissions of one duty, earliest first."""
    placer = _Placer(obligation, scope, periods)
    for submission in sorted(submissions, key=_order):
        placer.place(submission)
    return placer.finish()


def _order(submission: Submission) -> datetime.date:
    return submission.on if isinstance(submission.on, datetime.date) else datetime.date.min
