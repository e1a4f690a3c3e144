"""The conduct account (记分制): so many points a year, taken for misconduct on dates.

A cadre or a doctor starts with 12 points. Each demerit takes some; what has been taken reaches
thresholds (扣满4分提醒谈话 …), each with a consequence; on a day of the year the account starts
anew. A decision may be reversed after review: from that day on it is as if it had never been,
and what followed until then stays in the course. Nothing depends on the order of entries.

Source: row B3 (a 12-point conduct system); “Points that outlive a year”.

>>> account = ConductAccount(thresholds=((4, "提醒谈话"), (12, "调离岗位")))
>>> course = account.course(
...     [Demerit("2024-03-05", 3, "迟报"), Demerit("2024-06-30", 2, "收受礼品")]
... )
>>> str(course.balance_on("2024-03-05")), str(course.balance_on("2024-12-31"))
('9', '7')
>>> [(str(crossed.on), crossed.consequence) for crossed in course.crossings]
[('2024-06-30', '提醒谈话')]
>>> str(course.balance_on("2025-01-01"))
'12'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.calendars import month_day
from healthduty.errors import RuleError
from healthduty.exact import Number, show, to_fraction
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.party import Day, to_day
from healthduty.rules.measure import Word
from healthduty.said import Said
from healthduty.year.conduct_course import Course, Entry, Scheme


class Carry(Word):
    """What of a year's demerits goes on into the next."""

    NOTHING = "nothing"
    """The account starts full again."""
    EXCESS = "excess"
    """What was taken beyond all points is taken from the new year's (超出部分计入下一周期)."""


@attrs.frozen
class ConductThreshold:
    """What follows once so many points have been taken within a year (扣满8分)."""

    taken: Fraction
    consequence: str


def _to_points(points: Number) -> Fraction:
    number = to_fraction(points, Said("conduct points", "记分"))
    if number <= 0:
        raise RuleError(f"`{show(number)}` conduct points: what is taken or given is above 0")
    return number


def _to_thresholds(
    thresholds: Iterable[ConductThreshold | tuple[Number, str]],
) -> tuple[ConductThreshold, ...]:
    found = [
        each
        if isinstance(each, ConductThreshold)
        else ConductThreshold(_to_points(each[0]), each[1])
        for each in thresholds
    ]
    return tuple(sorted(found, key=lambda each: each.taken))


@attrs.frozen
class Demerit:
    """Points taken on a day, for a reason, by somebody; `case` is the id of what happened."""

    on: Day = attrs.field(converter=to_day)
    points: Fraction = attrs.field(converter=_to_points)
    reason: str = ""
    case: str = attrs.field(default="", kw_only=True)
    by: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class Merit:
    """Points given back for merit on a day; only where the scheme has merits."""

    on: Day = attrs.field(converter=to_day)
    points: Fraction = attrs.field(converter=_to_points)
    reason: str = ""
    case: str = attrs.field(default="", kw_only=True)
    by: str = attrs.field(default="", kw_only=True)


@attrs.frozen
class Reversal:
    """The demerits of a case are reversed from a day on (复核撤销)."""

    on: Day = attrs.field(converter=to_day)
    case: str
    reason: str = ""
    by: str = attrs.field(default="", kw_only=True)


ConductEntry = Demerit | Merit | Reversal
"""What is entered into a conduct account."""


def _a_day_of_every_year(_: object, __: object, reset: str | None) -> None:
    if reset is None:
        return
    if month_day(reset)[0] is None:
        raise RuleError(f"an account starts anew on a day of every year, not on `{reset}`")


@attrs.frozen
class ConductAccount:
    """A scheme of conduct points: how many, what follows when they are taken, when it starts anew.

    `thresholds` are pairs of points taken and what then follows. `reset` is a day of the year
    (01-01), on which the points are full again from its first hour; None never. `merits` lets
    points be given back, never above the start. `below_zero` lets the balance fall below 0;
    otherwise it stands at 0, and what is beyond is only remembered for `carry`.

    Raises:
        RuleError: points that are not above 0, a reset that is no day of every year.
    """

    points: Fraction = attrs.field(default=Fraction(12), converter=_to_points)
    thresholds: tuple[ConductThreshold, ...] = attrs.field(
        default=(), kw_only=True, converter=_to_thresholds
    )
    reset: str | None = attrs.field(default="01-01", kw_only=True, validator=_a_day_of_every_year)
    carry: Carry = attrs.field(default=Carry.NOTHING, kw_only=True, converter=Carry)
    merits: bool = attrs.field(default=False, kw_only=True)
    below_zero: bool = attrs.field(default=False, kw_only=True)

    def course(self, entries: Iterable[ConductEntry], holder: str = "") -> Course:
        """Return the course of one holder's account; what can't be entered is a finding."""
        given = tuple(entries)
        findings: list[Finding] = []
        kept = [each for each in given if self._can_be_entered(each, given, findings)]
        scheme = Scheme(
            points=self.points,
            thresholds=tuple((each.taken, each.consequence) for each in self.thresholds),
            reset=None if self.reset is None else _of_every_year(self.reset),
            carries=self.carry is Carry.EXCESS,
            below_zero=self.below_zero,
        )
        entered = tuple(sorted(map(_entry, kept), key=Entry.order))
        findings += _charged_once(entered)
        return Course(scheme, entered, holder, Findings(findings))

    def _can_be_entered(
        self, entry: ConductEntry, given: tuple[ConductEntry, ...], findings: list[Finding]
    ) -> bool:
        if isinstance(entry.on, str):
            message = Said(
                f"`{entry.reason or entry.case}` is of `{entry.on}`, no day of the calendar",
                f"`{entry.reason or entry.case}`的日期写作`{entry.on}`，日历上没有这一天",
            )
            findings.append(Finding("conduct-undated", message))
            return False
        if isinstance(entry, Merit) and not self.merits:
            message = Said(
                f"`{entry.reason}` of {entry.on}: the scheme gives no points for merit",
                f"{entry.on}的`{entry.reason}`：记分办法没有加分的规定",
            )
            findings.append(Finding("conduct-no-merits", message))
            return False
        if isinstance(entry, Reversal) and not any(
            isinstance(each, Demerit)
            and entry.case
            and each.case == entry.case
            and not isinstance(each.on, str)
            and each.on <= entry.on
            for each in given
        ):
            message = Said(
                f"there is no demerit of case `{entry.case}` by {entry.on} to reverse",
                f"截至{entry.on}，事件`{entry.case}`没有可撤销的记分",
            )
            findings.append(Finding("conduct-nothing-reversed", message))
            return False
        return True


def _of_every_year(reset: str) -> tuple[int, int]:
    month, day = month_day(reset)
    assert month is not None  # noqa: S101 - looked at when the account was made
    return month, day


def _entry(entry: ConductEntry) -> Entry:
    assert isinstance(entry.on, datetime.date)  # noqa: S101 - any other is a finding
    points = Fraction(0)
    if isinstance(entry, Demerit):
        points = -entry.points
    elif isinstance(entry, Merit):
        points = entry.points
    reverses = isinstance(entry, Reversal)
    return Entry(entry.on, points, entry.reason, entry.case, entry.by, reverses=reverses)


def _charged_once(entries: tuple[Entry, ...]) -> list[Finding]:
    """Say of which cases only the dearest demerit counts."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.case and entry.points < 0:
            counts[entry.case] = counts.get(entry.case, 0) + 1
    return [
        Finding(
            "conduct-case-once",
            Said(
                f"case `{case}` has {count} demerits: the dearest counts",
                f"事件`{case}`记了{count}次分，只计最重的一次",
            ),
            severity=Severity.NOTE,
        )
        for case, count in counts.items()
        if count > 1
    ]
