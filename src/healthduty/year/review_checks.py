"""What is wrong with objections and decisions, and what came late: the findings of a review.

Source: “with reasons and deadlines”; semantics 10 (deadlines), 12 (nothing is dropped).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import attrs

from healthduty.calendars import DaySpan, unknown_years
from healthduty.findings import Finding, Severity
from healthduty.records.record import Plain
from healthduty.said import Said, joined
from healthduty.year.objections import Decision, Objection, ReviewTerms, Ruling, date_of


@attrs.frozen
class Course:
    """What the checks ask of a review: its steps, and what each of them is about.

    `about` returns the code of a value or None, `codes` the values that an item reads, `value`
    what a decision puts in place, `counts` whether it changes, or confirms, anything.
    """

    objections: Sequence[Objection]
    decisions: Sequence[Decision]
    terms: ReviewTerms
    about: Callable[[Objection | Decision], str | None]
    codes: Callable[[str], tuple[str, ...]]
    value: Callable[[Decision], Plain]
    counts: Callable[[Decision], bool]


def check_course(course: Course) -> Iterator[Finding]:
    """Yield everything that a reader of the course must know."""
    counts = Counter(each.number for each in course.objections)
    for number, count in counts.items():
        if count > 1:
            message = Said(
                f"{count} objections have the number `{number}`",
                f"{count}件异议用同一个编号`{number}`",
            )
            yield Finding("objection-twice", message)
    for objection in course.objections:
        yield from _objection(course, objection)
    for decision in course.decisions:
        yield from _decision(course, decision)
    abouts = Counter(course.about(each) for each in course.decisions if course.counts(each))
    for code, count in abouts.items():
        if code is not None and count > 1:
            message = Said(
                f"{count} decisions were made on `{code}`: the last of them counts",
                f"对`{code}`作出了{count}次复核决定，以最后一次为准",
            )
            yield _warning("decision-again", message)
    yield from unknown_years(course.terms.work, _spans(course))


def _objection(course: Course, objection: Objection) -> Iterator[Finding]:
    name = Said(f"objection {objection.number}", f"异议{objection.number}")
    until = course.terms.objections_until
    answers = (each for each in course.decisions if each.objection == objection.number)
    if course.about(objection) is None and not any(map(course.about, answers)):
        codes = course.codes(objection.about)
        if codes:
            read = joined(f"`{code}`" for code in codes)
            message = Said(
                f"{name}: item `{objection.about}` reads several values: {read}",
                f"{name.zh}：`{objection.about}`项用到几个数据：{read.zh}",
            )
            hint = Said(
                "name one of them, or let the decision name it as `measure`",
                "写明是其中哪一个，或在复核决定里用`measure`写明",
            )
            yield Finding("objection-unclear", message, hint=hint)
        else:
            message = Said(
                f"{name}: `{objection.about}` is no value and no item with one",
                f"{name.zh}：`{objection.about}`既不是数据项，也不是用到数据的考核项",
            )
            yield Finding("objection-unknown", message)
    raised = date_of(objection.raised_on)
    if raised is None and (until is not None or objection.raised_on is not None):
        said = Said("it has no day", "没有日期")
        if objection.raised_on:
            day = f"`{objection.raised_on}`"
            said = Said(f"{day} is no day", f"日历上没有{day}这一天")
        message = Said(
            f"{name}: {said}: its deadlines can't be told", f"{name.zh}：{said.zh}，无法推算期限"
        )
        yield _warning("objection-undated", message)
    if course.terms.is_late(objection):
        message = Said(
            f"{name} was raised on {raised}, due by {until}",
            f"{name.zh}提出于{raised}，晚于期限{until}",
        )
        yield _warning("objection-late", message)


def _decision(course: Course, decision: Decision) -> Iterator[Finding]:
    name = Said(
        f"the decision on objection {decision.objection}", f"对异议{decision.objection}的复核决定"
    )
    found = (each for each in course.objections if each.number == decision.objection)
    objection = next(found, None)
    if objection is None:
        number = f"`{decision.objection}`"
        message = Said(f"no objection has the number {number}", f"没有编号为{number}的异议")
        yield Finding("decision-unknown", message)
        return
    if decision.measure and course.about(decision) is None:
        message = Said(
            f"{name}: the agreement has no value `{decision.measure}`",
            f"{name.zh}：责任书里没有数据项`{decision.measure}`",
        )
        yield Finding("decision-measure", message)
    if decision.ruling is not Ruling.REJECTED and course.value(decision) is None:
        hint = Said("state the value that counts", "请写明复核认定的值")
        message = Said(f"{name} puts no value in its place", f"{name.zh}没有写明改为什么值")
        yield Finding("decision-valueless", message, hint=hint)
    if course.terms.is_late(objection) and not decision.late_admitted:
        hint = Said(
            "say `late_admitted` where it was taken up all the same",
            "逾期异议仍予受理的，用`late_admitted`写明",
        )
        message = Said(
            f"{name} changes nothing: the objection came late", f"{name.zh}不起作用：异议逾期提出"
        )
        yield attrs.evolve(_warning("decision-idle", message), hint=hint)
    raised, decided = date_of(objection.raised_on), date_of(decision.decided_on)
    until = course.terms.decision_until(objection)
    if raised is not None and decided is not None and decided < raised:
        message = Said(
            f"{name} is of {decided}, the objection of {raised}",
            f"{name.zh}作出于{decided}，早于异议提出的{raised}",
        )
        yield _warning("decision-early", message)
    if until is not None and decided is not None and decided > until:
        message = Said(
            f"{name} is of {decided}, due by {until}", f"{name.zh}作出于{decided}，晚于期限{until}"
        )
        yield Finding("decision-late", message, severity=Severity.NOTE)


def _spans(course: Course) -> Iterator[DaySpan]:
    """Yield the days over which deadlines were counted."""
    start, end = date_of(course.terms.told_on), course.terms.objections_until
    if start is not None and end is not None:
        yield DaySpan(start, end)
    for objection in course.objections:
        start, end = date_of(objection.raised_on), course.terms.decision_until(objection)
        if start is not None and end is not None:
            yield DaySpan(start, end)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, message, severity=Severity.WARNING)
