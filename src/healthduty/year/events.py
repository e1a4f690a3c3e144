"""Events: complaints, accidents, referrals, each of which leaves so much time for a duty.

An event is a dated case; its time is counted from the day after it, in working days where the
duty says so. What was done for it names it by its id.

Source: semantics 10 (days are counted from the day after the event); row E1 (light complaints
settled within 5 working days, serious ones reported within 1).

>>> days = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
>>> settle = Obligation("settle", "办结投诉", every="event", within=5, working_days=True)
>>> complaint = Case("7", "2024-03-01")  # a Friday
>>> done = Submission("settle", "2024-03-08", case="7")
>>> answered = answer_events(settle, [done], Scope(days), [complaint]).events[0]
>>> str(answered.occasion.due), str(answered.in_time), str(answered.late)
('2024-03-08', '1', '0')
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from healthduty.calendars import DaySpan, deadline
from healthduty.findings import Finding, Severity
from healthduty.model.obligation import Obligation
from healthduty.records.record import Case
from healthduty.said import Said
from healthduty.year.occasions import Occasion, Scope
from healthduty.year.submissions import Submission


@attrs.frozen
class Answered:
    """An event, and what was done for it in time and late."""

    occasion: Occasion
    in_time: Fraction
    late: Fraction


@attrs.frozen
class Answers:
    """The events of a duty, in order, and what was found about them."""

    events: tuple[Answered, ...]
    findings: tuple[Finding, ...]


def answer_events(
    obligation: Obligation,
    submissions: Iterable[Submission],
    scope: Scope,
    events: Sequence[Case],
) -> Answers:
    """Match what was done for a duty with its events, each by the id of its case."""
    findings: list[Finding] = []
    known = {case.id: case for case in events if case.id}
    findings += _about_events(obligation, events)
    made: dict[str, list[tuple[datetime.date, Fraction]]] = {}
    for submission in submissions:
        day = _day_of(obligation, submission, known, scope)
        if isinstance(day, Finding):
            findings.append(day)
        else:
            made.setdefault(submission.case, []).append((day, submission.count))
    answered = []
    for place, case in enumerate(events, 1):
        occasion = _occasion(obligation, case, place, scope)
        if isinstance(occasion, Finding):
            findings.append(occasion)
        else:
            answered.append(_answered(occasion, made.get(case.id, ()) if case.id else ()))
    return Answers(tuple(answered), tuple(findings))


def _answered(occasion: Occasion, made: Iterable[tuple[datetime.date, Fraction]]) -> Answered:
    counts = [(day <= occasion.due, count) for day, count in made]
    in_time = sum((count for timely, count in counts if timely), Fraction(0))
    return Answered(occasion, in_time, sum((count for _, count in counts), Fraction(0)) - in_time)


def _about_events(obligation: Obligation, events: Sequence[Case]) -> Iterator[Finding]:
    """Yield what keeps an event from being told from another."""
    counts = Counter(case.id for case in events)
    for name, count in counts.items():
        if not name:
            message = Said(
                f"events of `{obligation.code}` without an id: {count}; nothing answers them",
                f"`{obligation.code}`有{count}个事件没有编号，办理情况无法与它对应",
            )
            yield Finding("duty-event-unnamed", message)
        elif count > 1:
            message = Said(
                f"{count} events of `{obligation.code}` have the id `{name}`",
                f"`{obligation.code}`有{count}个事件用同一个编号`{name}`",
            )
            yield Finding("duty-event-twice", message)


def _occasion(obligation: Obligation, case: Case, place: int, scope: Scope) -> Occasion | Finding:
    """Return the time that an event leaves, or why it leaves none."""
    days, code, label = scope.days, obligation.code, case.id or f"#{place}"
    if not isinstance(case.on, datetime.date):
        message = Said(
            f"event `{label}` of `{code}` has no day of the calendar",
            f"`{code}`的事件`{label}`没有日历上的日期",
        )
        return Finding("duty-undated", message)
    if case.on > scope.until:
        message = Said(
            f"event `{label}` of `{code}` is of {case.on}, after {scope.until}: not counted yet",
            f"`{code}`的事件`{label}`发生于{case.on}，在{scope.until}之后，暂不计入",
        )
        return Finding("duty-later", message, severity=Severity.NOTE)
    if days is None or case.on not in days:
        message = Said(
            f"event `{label}` of `{code}` is of {case.on}, outside the unit's days",
            f"`{code}`的事件`{label}`发生于{case.on}，不在该单位负责的日期内",
        )
        return Finding("duty-outside", message, severity=Severity.WARNING)
    if obligation.within is None:
        return Occasion(label, DaySpan(case.on, scope.term.last))
    within = max(obligation.within, 0)
    due = deadline(case.on, within, scope.work, working=obligation.working_days)
    return Occasion(label, DaySpan(case.on, due), case.on, due=due)


def _day_of(
    obligation: Obligation, submission: Submission, known: dict[str, Case], scope: Scope
) -> datetime.date | Finding:
    """Return the day on which a submission answers an event, or why it answers none."""
    code, day, case = obligation.code, submission.on, known.get(submission.case)
    if not isinstance(day, datetime.date):
        message = Said(
            f"`{code}` was done on `{day or ''}`, no day of the calendar",
            f"`{code}`的完成日期写作`{day or ''}`，日历上没有这一天",
        )
        return Finding("duty-undated", message)
    if case is None:
        message = Said(
            f"`{code}` has no event `{submission.case}`",
            f"`{code}`没有编号为`{submission.case}`的事件",
        )
        return Finding("duty-event-unknown", message)
    if day > scope.until:
        message = Said(
            f"`{code}` was done on {day}, after {scope.until}: not counted yet",
            f"`{code}`完成于{day}，在{scope.until}之后，暂不计入",
        )
        return Finding("duty-later", message, severity=Severity.NOTE)
    if isinstance(case.on, datetime.date) and day < case.on:
        message = Said(
            f"`{code}` was done on {day}, before event `{case.id}` of {case.on}",
            f"`{code}`完成于{day}，早于事件`{case.id}`发生的{case.on}",
        )
        return Finding("duty-outside", message, severity=Severity.WARNING)
    return day
