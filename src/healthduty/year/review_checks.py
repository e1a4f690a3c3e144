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
            yield Finding("objection-twice", f"{count} objections have the number `{number}`")
    for objection in course.objections:
        yield from _objection(course, objection)
    for decision in course.decisions:
        yield from _decision(course, decision)
    abouts = Counter(course.about(each) for each in course.decisions if course.counts(each))
    for code, count in abouts.items():
        if code is not None and count > 1:
            message = f"{count} decisions were made on `{code}`: the last of them counts"
            yield _warning("decision-again", message)
    yield from unknown_years(course.terms.work, _spans(course))


def _objection(course: Course, objection: Objection) -> Iterator[Finding]:
    name, until = f"objection {objection.number}", course.terms.objections_until
    answers = (each for each in course.decisions if each.objection == objection.number)
    if course.about(objection) is None and not any(map(course.about, answers)):
        codes = course.codes(objection.about)
        if codes:
            read = ", ".join(f"`{code}`" for code in codes)
            message = f"{name}: item `{objection.about}` reads several values: {read}"
            hint = "name one of them, or let the decision name it as `measure`"
            yield Finding("objection-unclear", message, hint=hint)
        else:
            message = f"{name}: `{objection.about}` is no value and no item with one"
            yield Finding("objection-unknown", message)
    raised = date_of(objection.raised_on)
    if raised is None and (until is not None or objection.raised_on is not None):
        said = f"`{objection.raised_on}` is no day" if objection.raised_on else "it has no day"
        yield _warning("objection-undated", f"{name}: {said}: its deadlines can't be told")
    if course.terms.is_late(objection):
        yield _warning("objection-late", f"{name} was raised on {raised}, due by {until}")


def _decision(course: Course, decision: Decision) -> Iterator[Finding]:
    name = f"the decision on objection {decision.objection}"
    found = (each for each in course.objections if each.number == decision.objection)
    objection = next(found, None)
    if objection is None:
        yield Finding("decision-unknown", f"no objection has the number `{decision.objection}`")
        return
    if decision.measure and course.about(decision) is None:
        message = f"{name}: the agreement has no value `{decision.measure}`"
        yield Finding("decision-measure", message)
    if decision.ruling is not Ruling.REJECTED and course.value(decision) is None:
        hint = "state the value that counts"
        yield Finding("decision-valueless", f"{name} puts no value in its place", hint=hint)
    if course.terms.is_late(objection) and not decision.late_admitted:
        hint = "say `late_admitted` where it was taken up all the same"
        message = f"{name} changes nothing: the objection came late"
        yield attrs.evolve(_warning("decision-idle", message), hint=hint)
    raised, decided = date_of(objection.raised_on), date_of(decision.decided_on)
    until = course.terms.decision_until(objection)
    if raised is not None and decided is not None and decided < raised:
        message = f"{name} is of {decided}, the objection of {raised}"
        yield _warning("decision-early", message)
    if until is not None and decided is not None and decided > until:
        message = f"{name} is of {decided}, due by {until}"
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
