"""Duties held against what was done: done, late, lacking, occasion by occasion.

What is too many in one month, or for one household, makes up for nothing elsewhere unless annual
totals are agreed. What nobody could have done yet, because its time is not over, is not lacking.

Source: vocabulary “Obligation”; semantics 10, 12; rows A1 (study each week), E1 (4 visits a unit
a year; complaints within 5 working days), E2 (monthly reports).

>>> year = DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
>>> visits = Obligation("visits", "巡查", every="quarter")
>>> done = [Submission("visits", day) for day in ("2024-02-01", "2024-02-20", "2024-08-05")]
>>> found = fulfilment(visits, done, Scope(year))
>>> [(each.occasion.label, str(each.lacking)) for each in found.met]
[('2024-Q1', '0'), ('2024-Q2', '1'), ('2024-Q3', '0'), ('2024-Q4', '1')]
>>> str(found.counted), str(found.lacking), str(found.surplus)
('2', '2', '1')
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import attrs

from healthduty.calendars import DaySpan, unknown_years
from healthduty.display import Table
from healthduty.exact import show
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Every, Obligation
from healthduty.records.record import Case
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.wording import Language, check_language
from healthduty.year.events import Answered, answer_events
from healthduty.year.occasions import (
    Occasion,
    Scope,
    asked,
    asked_until,
    objects_of,
    occasions,
    unclear_deadlines,
)
from healthduty.year.placing import Placed, place_all
from healthduty.year.submissions import Submission

_ZERO = Fraction(0)
_NONE: Mapping[str, Sequence[Case]] = MappingProxyType({})


@attrs.frozen
class Met:
    """How an occasion was met, all objects together, in the duty's unit.

    `asked` is what the whole occasion asks, `required` what of it up to the day of the look;
    `done` is all that was done, of which `late` after the deadline; `counted` what of it counts,
    never more than the occasion asks of each object; `lacking` what is required and not met.
    """

    occasion: Occasion
    asked: Fraction = attrs.field(kw_only=True)
    required: Fraction = attrs.field(kw_only=True)
    done: Fraction = attrs.field(kw_only=True)
    late: Fraction = attrs.field(kw_only=True)
    counted: Fraction = attrs.field(kw_only=True)
    lacking: Fraction = attrs.field(kw_only=True)
    open: bool = attrs.field(default=False, kw_only=True)
    """Whether its time is not over on the day of the look."""


@attrs.frozen
class Fulfilment:
    """How a duty was fulfilled up to and with a day; all numbers in the duty's unit."""

    obligation: Obligation
    until: datetime.date
    met: tuple[Met, ...]
    findings: Findings = attrs.field(default=Findings(), kw_only=True)

    @property
    def required(self) -> Fraction:
        """How many were required by that day."""
        return sum((each.required for each in self.met), _ZERO)

    @property
    def done(self) -> Fraction:
        """All that was done, whether it counts or not."""
        return sum((each.done for each in self.met), _ZERO)

    @property
    def late(self) -> Fraction:
        """What was done after its deadline."""
        return sum((each.late for each in self.met), _ZERO)

    @property
    def counted(self) -> Fraction:
        """What of the done ones counts; where annual totals are agreed, up to the total."""
        counted = sum((each.counted for each in self.met), _ZERO)
        return min(counted, sum((each.asked for each in self.met), _ZERO))

    @property
    def lacking(self) -> Fraction:
        """How many are lacking; where annual totals are agreed, of the total."""
        if self.obligation.offsets:
            return max(_ZERO, self.required - self.counted)
        return sum((each.lacking for each in self.met), _ZERO)

    @property
    def surplus(self) -> Fraction:
        """What was done and counts for nothing."""
        return self.done - self.counted

    def table(self, lang: Language = "zh") -> Table:
        """Return the occasions as a table.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return _table(self, lang)

    def __str__(self) -> str:
        """Return the table as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


_HEADINGS = {
    "zh": ("期次", "期限", "应做", "已做", "其中逾期", "计入", "欠缺", "状态"),
    "en": ("period", "due", "required", "done", "late", "counted", "lacking", "state"),
}
_STATES = {
    "zh": {
        "open": "未到期",
        "lacking": "欠缺",
        "late": "逾期完成",
        "done": "完成",
        "none": "无要求",
    },
    "en": {"open": "open", "lacking": "lacking", "late": "late", "done": "done", "none": "none"},
}


def _state(met: Met) -> str:
    if met.lacking:
        return "lacking"
    if met.late:
        return "late"
    if met.open:
        return "open"
    return "done" if met.done or met.required else "none"


def _table(found: Fulfilment, lang: Language) -> Table:
    rows = tuple(
        (
            each.occasion.label,
            str(each.occasion.due),
            *map(show, (each.required, each.done, each.late, each.counted, each.lacking)),
            _STATES[lang][_state(each)],
        )
        for each in found.met
    )
    duty = found.obligation
    title = (
        f"{duty.title or duty.code} · {found.until} · {show(found.counted)}/{show(found.required)}"
    )
    return Table(headings=_HEADINGS[lang], rows=rows, title=title, right=(2, 3, 4, 5, 6))


# --------------------------------------------------------------------------------- one duty


def fulfilment(
    obligation: Obligation,
    submissions: Iterable[Submission],
    scope: Scope,
    events: Sequence[Case] = (),
) -> Fulfilment:
    """Hold one duty against the submissions that name it; `events` are those of an event's duty.

    Every submission that does not count, and every reading that the duty left open, is a
    finding.
    """
    own = [each for each in submissions if each.duty == obligation.code]
    if obligation.every is Every.EVENT:
        answered = answer_events(obligation, own, scope, events)
        met = [_met_event(obligation, each, scope) for each in answered.events]
        looked_at = [each.occasion for each in answered.events]
        findings = [*unclear_deadlines(obligation, scope), *answered.findings]
    else:
        looked_at = list(occasions(obligation, scope))
        placed = place_all(obligation, own, scope, looked_at)
        met = [_met(obligation, index, placed, scope, each) for index, each in enumerate(looked_at)]
        findings = [*unclear_deadlines(obligation, scope), *placed.findings]
        findings += _about_objects(obligation, placed, scope)
    findings += unknown_years(scope.work, _days_looked_up(obligation, looked_at, scope))
    found = Fulfilment(obligation, scope.until, tuple(met))
    return attrs.evolve(found, findings=Findings((*findings, *_assumed(found))))


def _days_looked_up(
    obligation: Obligation, looked_at: Iterable[Occasion], scope: Scope
) -> list[DaySpan]:
    """Return the days for which the calendar of working days was asked."""
    if obligation.every is Every.DAY and obligation.working_days:
        return [scope.term]
    return [DaySpan(each.day, each.due) for each in looked_at if each.day is not None]


def _met(
    obligation: Obligation, index: int, placed: Placed, scope: Scope, occasion: Occasion
) -> Met:
    """Return how one period was met by all objects together."""
    each = asked(obligation, occasion, scope.days)
    now = asked_until(obligation, occasion, scope)
    objects = objects_of(obligation, scope)
    total, late = placed.total(index), placed.late.get(index, {})
    counts = total if obligation.late_counts else placed.done.get(index, {})
    met = functools.partial(_within, counts, objects)
    counted = sum(counts.values(), _ZERO) if obligation.offsets else met(each)
    return Met(
        occasion,
        asked=each * objects,
        required=now * objects,
        done=sum(total.values(), _ZERO),
        late=sum(late.values(), _ZERO),
        counted=counted,
        lacking=now * objects - met(now),
        open=occasion.due > scope.until,
    )


def _within(counts: Mapping[str, Fraction], objects: Fraction, each: Fraction) -> Fraction:
    """Return how much of what was done each object asks: no object makes up for another.

    What names no object counts for those that nothing names.
    """
    named = [min(count, each) for name, count in counts.items() if name]
    rest = max(_ZERO, objects - len(named)) * each
    return min(sum(named, min(counts.get("", _ZERO), rest)), each * objects)


def _met_event(obligation: Obligation, event: Answered, scope: Scope) -> Met:
    """Return how one event was met: what comes late does not count, time being the duty."""
    times = obligation.times
    counted = min(event.in_time, times)
    is_open = event.occasion.due > scope.until and counted < times
    required = counted if is_open else times
    return Met(
        event.occasion,
        asked=times,
        required=required,
        done=event.in_time + event.late,
        late=event.late,
        counted=counted,
        lacking=required - counted,
        open=is_open,
    )


# -------------------------------------------------------------------------------- remarks


def _about_objects(obligation: Obligation, placed: Placed, scope: Scope) -> Iterator[Finding]:
    """Yield what is not known of the objects that a duty is owed to."""
    code, per = obligation.code, obligation.per
    if not per:
        return
    if per not in scope.objects:
        message = Said(
            f"`{code}` is owed to each {per}, and nobody said how many there are: one",
            f"`{code}`要求每{per}都做，但没有说明共有多少，按只有一个计算",
        )
        hint = Said(f'give objects={{"{per}": …}}', f'用objects={{"{per}": …}}写明数量')
        yield Finding("duty-objects-missing", message, severity=Severity.WARNING, hint=hint)
    names, objects = placed.names, objects_of(obligation, scope)
    known = len(names - {""})
    if known > objects:
        message = Said(
            f"`{code}` was done for {known} {per}, but there are {show(objects)}",
            f"`{code}`做过的{per}数为{known}，总共却只有{show(objects)}",
        )
        yield Finding("duty-objects-many", message)
    if "" in names and objects > 1:
        message = Said(
            f"`{code}` was done without naming the {per}: it counts for those that nothing names",
            f"`{code}`有的完成记录没有写明是哪个{per}，计给尚无记录的{per}",
        )
        yield Finding("duty-object-unsaid", message, severity=Severity.ASSUMPTION)


def _assumed(found: Fulfilment) -> Iterator[Finding]:
    """Yield the readings that the duty left open, where they move a number."""
    duty = found.obligation
    if duty.every is Every.EVENT:
        return
    if found.late and duty.late_counts:
        message = Said(
            f"`{duty.code}`: {show(found.late)} {duty.unit} came late, and count as done",
            f"`{duty.code}`：有{show(found.late)}{duty.unit}逾期，仍按完成计算",
        )
        yield Finding("duty-late-counted", message, severity=Severity.ASSUMPTION)
    idle = found.surplus - (_ZERO if duty.late_counts else found.late)
    if idle > 0 and found.lacking and not duty.offsets:
        message = Said(
            f"`{duty.code}`: {show(idle)} {duty.unit} too many elsewhere make up for none of the"
            f" {show(found.lacking)} that are lacking",
            f"`{duty.code}`：别处多做的{show(idle)}{duty.unit}，不抵补所缺的"
            f"{show(found.lacking)}{duty.unit}",
        )
        yield Finding("duty-surplus", message, severity=Severity.ASSUMPTION)


# ------------------------------------------------------------------------------- all duties


_SUBMISSIONS = Said("submissions", "完成记录")


def fulfilments(
    agreement: Agreement,
    submissions: Iterable[Submission],
    scope: Scope,
    events: Mapping[str, Sequence[Case]] = _NONE,
) -> tuple[tuple[Fulfilment, ...], Findings]:
    """Hold every duty of an agreement against the submissions; `events` by the duty's code.

    Returns the duties in the agreement's order, and all their findings together with those of
    submissions and events that belong to no duty.
    """
    made = tuple(submissions)
    found = tuple(
        fulfilment(duty, made, scope, events.get(duty.code, ())) for duty in agreement.obligations
    )
    codes = {duty.code for duty in agreement.obligations}
    strange = dict.fromkeys(
        code for code in (*(each.duty for each in made), *events) if code not in codes
    )
    unknown = [
        Finding(
            "duty-unknown",
            Said(f"`{code}` is no duty of the agreement", f"责任书里没有工作要求`{code}`"),
            place=Place(_SUBMISSIONS),
        )
        for code in strange
    ]
    return found, Findings((*unknown, *(each for one in found for each in one.findings)))
