"""The document around the points: dates, years, parties, obligations, what it replaces.

A day that is no day of the calendar stays the text that was written (signed “30 February”), and
is found here. Dates that contradict each other are compared only where both are days.

Source: vocabulary “Party”, “Responsible person”, “Obligation”; semantics 10; rows A2, A4, A5.

>>> from healthduty.model.party import Signature
>>> signed = Signature("", signed_on="2014-02-30")
>>> print(*check_dates(Agreement("示例", signatures=(signed,))))
warning date-impossible: signatures[0].signed_on: `2014-02-30` is no day of the calendar
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from healthduty.checks.codes import found
from healthduty.exact import show
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.party import Day
from healthduty.model.tree import spots_of
from healthduty.said import Said
from healthduty.sources import Place

_SECOND_HALF = 7
"""The month from which an agreement for the next year may be signed without a remark."""


def _days(agreement: Agreement) -> Iterator[tuple[str, Day]]:
    """Go through all days that the agreement names, with their paths."""
    term = agreement.term
    named: list[tuple[str, Day | None]] = []
    if term is not None:
        named += [("term.start", term.start), ("term.end", term.end)]
    for index, person in enumerate(agreement.responsible):
        named.append((f"responsible[{index}].since", person.since))
        named.append((f"responsible[{index}].until", person.until))
    for index, signature in enumerate(agreement.signatures):
        named.append((f"signatures[{index}].signed_on", signature.signed_on))
    for index, obligation in enumerate(agreement.obligations):
        named.append((f"obligations[{index}].due", obligation.due))
    yield from ((path, day) for path, day in named if day is not None)


def _date(day: Day | None) -> datetime.date | None:
    return day if isinstance(day, datetime.date) else None


def check_dates(agreement: Agreement) -> Iterator[Finding]:
    """Yield days that the calendar does not have, and ends that lie before their starts."""
    for path, day in _days(agreement):
        if isinstance(day, str):
            yield found(
                "date-impossible",
                Said(f"`{day}` is no day of the calendar", f"日历上没有`{day}`这一天"),
                place=Place(path=path),
            )
    term = agreement.term
    if term is not None:
        yield from _reversed("term", _date(term.start), _date(term.end))
    for index, person in enumerate(agreement.responsible):
        yield from _reversed(f"responsible[{index}]", _date(person.since), _date(person.until))
    end = None if term is None else _date(term.end)
    for index, signature in enumerate(agreement.signatures):
        signed = _date(signature.signed_on)
        if signed is not None and end is not None and signed > end:
            yield found(
                "signed-after-term",
                Said(
                    f"signed on {signed}, after the term ended on {end}",
                    f"{signed}签字，晚于有效期截止日{end}",
                ),
                place=Place(path=f"signatures[{index}].signed_on"),
            )


def _reversed(
    path: str, start: datetime.date | None, end: datetime.date | None
) -> Iterator[Finding]:
    if start is not None and end is not None and end < start:
        yield found(
            "dates-reversed",
            Said(f"ends on {end}, before {start}", f"截止于{end}，早于开始日{start}"),
            place=Place(path=path),
        )


def check_years(agreement: Agreement) -> Iterator[Finding]:
    """Yield a year outside the term, and signatures from another year."""
    year, term = agreement.year, agreement.term
    if year is None:
        return
    start = None if term is None else _date(term.start)
    end = None if term is None else _date(term.end)
    early = start is not None and year < start.year
    late = end is not None and year > end.year and (start is None or start <= end)
    if early or late:
        yield found(
            "year-term",
            Said(
                f"the agreement is for {year}, its term is {start or 'open'} to {end or 'open'}",
                f"责任书是{year}年度的，有效期却是{start or '未定'}至{end or '未定'}",
            ),
            place=Place(path="term"),
        )
    for index, signature in enumerate(agreement.signatures):
        signed = _date(signature.signed_on)
        if signed is None or signed.year == year or (end is not None and signed > end):
            continue
        if signed.year == year - 1 and signed.month >= _SECOND_HALF:
            continue
        yield found(
            "year-signature",
            Said(f"signed on {signed}, for {year}", f"{year}年度的责任书，{signed}签字"),
            place=Place(path=f"signatures[{index}].signed_on"),
        )


def check_supersedes(agreement: Agreement) -> Iterator[Finding]:
    """Yield an agreement that replaces itself, or one of a later year."""
    old, year = agreement.supersedes, agreement.year
    if old is None:
        return
    place = Place(path="supersedes")
    # Nothing said about the version means the first one.
    same_version = (old.version or "1") == agreement.version
    if (old.title, old.year) == (agreement.title, year) and same_version:
        yield found(
            "supersedes-itself",
            Said(f"`{old.title}` replaces itself", f"`{old.title}`取代它自己"),
            place=place,
        )
    elif old.year is not None and year is not None and old.year > year:
        yield found(
            "supersedes-later",
            Said(
                f"one of {year} replaces one of {old.year}",
                f"{year}年度的责任书取代{old.year}年度的",
            ),
            place=place,
        )


def check_parties(agreement: Agreement) -> Iterator[Finding]:
    """Yield parties that are unknown, there twice, or above each other in a circle."""
    codes = [party.code for party in agreement.parties]
    known = set(codes)
    for code, count in Counter(codes).items():
        if count > 1:
            message = Said(
                f"{count} parties have the code `{code}`", f"{count}个单位用同一个代码`{code}`"
            )
            yield found("party-duplicate", message, place=Place(path="parties"))
    for path, code in _party_codes(agreement):
        if code and code not in known:
            message = Said(f"party `{code}` is not in the agreement", f"责任书里没有单位`{code}`")
            yield found("party-unknown", message, place=Place(path=path))
    yield from _loops(agreement)


def _party_codes(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for index, party in enumerate(agreement.parties):
        yield f"parties[{index}].parent", party.parent
    for index, person in enumerate(agreement.responsible):
        yield f"responsible[{index}].party", person.party
    for index, signature in enumerate(agreement.signatures):
        yield f"signatures[{index}].party", signature.party
    for index, obligation in enumerate(agreement.obligations):
        yield f"obligations[{index}].party", obligation.party


def _loops(agreement: Agreement) -> Iterator[Finding]:
    parents = {party.code: party.parent for party in agreement.parties}
    told: set[str] = set()
    for code in parents:
        trail = [code]
        while (above := parents.get(trail[-1], "")) and above not in trail:
            trail.append(above)
        if above and above == code and code not in told:
            told.update(trail)
            circle = " → ".join(f"`{each}`" for each in (*trail, code))
            message = Said(
                f"parties stand above each other: {circle}", f"单位的上下级绕成一圈：{circle}"
            )
            yield found("party-loop", message, place=Place(path="parties"))


def check_duties(agreement: Agreement) -> Iterator[Finding]:
    """Yield persons who answer for unknown items, and obligations that can't be met."""
    numbers = {spot.number for spot in spots_of(agreement)}
    for index, person in enumerate(agreement.responsible):
        for number in person.items:
            if number not in numbers:
                yield found(
                    "item-unknown",
                    Said(
                        f"`{person.post}` answers for item `{number}`, which is not there",
                        f"`{person.post}`负责的`{number}`项不存在",
                    ),
                    place=Place(path=f"responsible[{index}].items"),
                )
    codes = Counter(obligation.code for obligation in agreement.obligations)
    for code, count in codes.items():
        if count > 1:
            message = Said(
                f"{count} obligations have the code `{code}`", f"{count}项职责用同一个代码`{code}`"
            )
            yield found("obligation-duplicate", message, place=Place(path="obligations"))
    for index, obligation in enumerate(agreement.obligations):
        place = Place(path=f"obligations[{index}]")
        if obligation.times <= 0:
            message = Said(
                f"`{obligation.code}` is due {show(obligation.times)} times",
                f"`{obligation.code}`要求做{show(obligation.times)}次",
            )
            yield found("obligation-impossible", message, place=place)
        if obligation.within is not None and obligation.within < 0:
            message = Said(
                f"`{obligation.code}` is due within {obligation.within} days",
                f"`{obligation.code}`要求在{obligation.within}日内完成",
            )
            yield found("obligation-impossible", message, place=place)


DOCUMENT_CHECKS = (check_dates, check_years, check_supersedes, check_parties, check_duties)
"""Everything about the document, in the order in which it is reported."""
