"""People (责任人): who answers for what on which day, who took over, and where nobody does.

An agreement names posts, never persons: first responsible (第一责任人) or direct (直接责任人), for
all of it or for some of its items, from one day to another. Where it binds the successor
(接任者继续履行), a duty does not end with the term of office: until somebody is named, whoever
follows in that post answers.

Source: vocabulary “Responsible person”; rows A2, A4, A8, A9.

>>> persons = [
...     ResponsiblePerson("院长", until="2024-06-30"),
...     ResponsiblePerson("代院长", since="2024-09-01"),
... ]
>>> agreement = Agreement("示例", year=2024, responsible=persons)
>>> [charge.person.post for charge in in_charge(agreement, datetime.date(2024, 10, 1))]
['代院长']
>>> check_people(agreement)[0].message
'the whole agreement: nobody is first responsible 2024-07-01 to 2024-08-31'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from healthduty.calendars import DaySpan
from healthduty.errors import UnknownNameError
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.party import ResponsiblePerson
from healthduty.results.behind import path_to
from healthduty.said import Said, joined
from healthduty.year.objections import date_of

_DAY = datetime.timedelta(days=1)
_RANKS = ("first", "direct")


@attrs.frozen
class Charge:
    """Who is in charge on a day. `successor` says that the person's own time is over.

    Then the duty is with whoever followed in that post, whom the agreement binds without a name.
    """

    person: ResponsiblePerson
    successor: bool = False


@attrs.frozen
class Seat:
    """What one person after another answers for: a party's items, in first or direct rank."""

    party: str
    rank: str
    items: tuple[str, ...]

    @classmethod
    def of(cls, person: ResponsiblePerson) -> Seat:
        """Return the seat that a person holds."""
        return cls(person.party, person.rank, tuple(sorted(person.items)))


def in_charge(
    agreement: Agreement, on: datetime.date, item: str | None = None
) -> tuple[Charge, ...]:
    """Return who is in charge on a day, first responsible before direct; of an item where named.

    Whoever answers for a section answers for what stands in it, and who answers for no item in
    particular for all of them. A day that can't be read leaves that side of a time open.

    Raises:
        UnknownNameError: an item that the agreement does not have.
    """
    persons = [
        person
        for person in agreement.responsible
        if item is None or answers_for(person, agreement, item)
    ]
    charges = [Charge(person) for person in persons if _holds(person, on)]
    if agreement.term is not None and agreement.term.successor_bound:
        held = {Seat.of(charge.person) for charge in charges}
        charges += [
            Charge(person, successor=True)
            for person in _last_holders(persons, on)
            if Seat.of(person) not in held
        ]
    order = {person: place for place, person in enumerate(agreement.responsible)}
    return tuple(sorted(charges, key=lambda each: (_rank(each.person), order[each.person])))


def answers_for(person: ResponsiblePerson, agreement: Agreement, item: str) -> bool:
    """Tell whether a person answers for an item: for it, for what it stands in, or for all.

    Raises:
        UnknownNameError: an item that the agreement does not have.
    """
    around = (node.number for node in path_to(agreement, item))
    return not person.items or not set(person.items).isdisjoint(around)


def _holds(person: ResponsiblePerson, on: datetime.date) -> bool:
    since, until = date_of(person.since), date_of(person.until)
    return (since is None or since <= on) and (until is None or on <= until)


def _last_holders(
    persons: Sequence[ResponsiblePerson], on: datetime.date
) -> Iterator[ResponsiblePerson]:
    """Yield of each seat the person who left it last before a day."""
    last: dict[Seat, ResponsiblePerson] = {}
    for person in sorted(persons, key=_until):
        if _until(person) < on:
            last[Seat.of(person)] = person
    yield from last.values()


def _until(person: ResponsiblePerson) -> datetime.date:
    return date_of(person.until) or datetime.date.max


def _rank(person: ResponsiblePerson) -> int:
    return _RANKS.index(person.rank) if person.rank in _RANKS else len(_RANKS)


# ------------------------------------------------------------------------------- the year long


def year_of(agreement: Agreement) -> DaySpan | None:
    """Return the days of an agreement's term; of its calendar year where it states no term.

    None where it has no end that can be told: it binds until next year's, and has no year.
    """
    return agreement.days


def check_people(agreement: Agreement, days: DaySpan | None = None) -> Findings:
    """Return where nobody is in charge though somebody was or will be, and where two hold a post.

    Looks at the term, or at other days that are given. Where neither has both ends, only what lies
    between the first and the last day that a person names is looked at.
    """
    seats = dict.fromkeys(map(Seat.of, agreement.responsible))
    findings: list[Finding] = []
    for seat in seats:
        findings += _gaps(agreement, seat, days or year_of(agreement))
        findings += _overlaps(agreement, seat)
    return Findings(findings)


def _holders(agreement: Agreement, seat: Seat) -> list[ResponsiblePerson]:
    return [person for person in agreement.responsible if Seat.of(person) == seat]


_SUCCESSOR = Said("the successor is bound: name who it is", "接任者继续履行：请写明接任者是谁")
_STANDS_IN = Said("name who answers in between", "请写明空缺期间由谁负责")


def _gaps(agreement: Agreement, seat: Seat, term: DaySpan | None) -> Iterator[Finding]:
    holders = _holders(agreement, seat)
    term = term or _named(holders)
    bound = agreement.term is not None and agreement.term.successor_bound
    hint = _SUCCESSOR if bound else _STANDS_IN
    for gap in [] if term is None else _uncovered(holders, term):
        for what, left in _left_open(agreement, seat, gap):
            days = left.said()
            rank = Said("directly", "直接") if seat.rank == "direct" else Said(seat.rank, "第一")
            message = Said(
                f"{what}: nobody is {rank} responsible {days}",
                f"{what.zh}：{days.zh}没有{rank.zh}责任人",
            )
            yield Finding("person-gap", message, severity=Severity.WARNING, hint=hint)


def _left_open(agreement: Agreement, seat: Seat, gap: DaySpan) -> Iterator[tuple[Said, DaySpan]]:
    """Yield what of a seat nobody else of its rank answers for while it is empty, and when."""
    others = [p for p in agreement.responsible if (p.party, p.rank) == (seat.party, seat.rank)]
    numbers = seat.items or tuple(part.number for part in agreement.parts)
    spans = {
        number: [*_uncovered([p for p in others if _covers(p, agreement, number)], gap)]
        for number in numbers
    }
    if all(each == [gap] for each in spans.values()):
        yield _said(seat), gap
        return
    for number, each in spans.items():
        yield from ((_said(Seat(seat.party, seat.rank, (number,))), span) for span in each)


def _covers(person: ResponsiblePerson, agreement: Agreement, number: str) -> bool:
    try:
        return answers_for(person, agreement, number)
    except UnknownNameError:  # an item that is not there, which the check of the agreement tells
        return not person.items or number in person.items


def _named(persons: Sequence[ResponsiblePerson]) -> DaySpan | None:
    """Return the days between the first and the last that persons name."""
    days = [date_of(day) for person in persons for day in (person.since, person.until)]
    known = sorted(day for day in days if day is not None)
    return DaySpan(known[0], known[-1]) if known else None


def _uncovered(persons: Sequence[ResponsiblePerson], days: DaySpan) -> Iterator[DaySpan]:
    """Yield the days on which none of them is in office."""
    free = days.first
    for since, until in sorted((_since(person), _until(person)) for person in persons):
        if since > free:
            yield from _within(free, since - _DAY, days)
        if until >= days.last:
            return
        free = max(free, until + _DAY)
    yield from _within(free, days.last, days)


def _within(first: datetime.date, last: datetime.date, days: DaySpan) -> Iterator[DaySpan]:
    if first <= min(last, days.last):
        yield DaySpan(first, min(last, days.last))


def _since(person: ResponsiblePerson) -> datetime.date:
    return date_of(person.since) or datetime.date.min


def _overlaps(agreement: Agreement, seat: Seat) -> Iterator[Finding]:
    """Yield the days on which one post is held twice; several posts may share a duty."""
    persons = _holders(agreement, seat)
    for place, person in enumerate(persons):
        for other in persons[place + 1 :]:
            first = max(_since(person), _since(other))
            last = min(_until(person), _until(other))
            if person.post == other.post and first <= last:
                days = _open_days(first, last)
                what, post = _said(seat), f"`{person.post}`"
                message = Said(
                    f"{what}: {post} is held twice, {days}",
                    f"{what.zh}：{days.zh}{post}有两人同时担任",
                )
                yield Finding("person-overlap", message, severity=Severity.WARNING)


def _open_days(first: datetime.date, last: datetime.date) -> Said:
    """Return days of which either side may be open."""
    if first == datetime.date.min and last == datetime.date.max:
        return Said("always", "自始至终")
    if last == datetime.date.max:
        return Said(f"from {first} on", f"自{first}起")
    if first == datetime.date.min:
        return Said(f"up to {last}", f"截至{last}")
    return Said(f"{first} to {last}", f"{first}至{last}")


def _said(seat: Seat) -> Said:
    what = Said("the whole agreement", "整个责任书")
    if seat.items:
        what = joined(Said(f"item `{number}`", f"`{number}`项") for number in seat.items)
    return Said(f"`{seat.party}`, {what}", f"`{seat.party}`，{what.zh}") if seat.party else what
