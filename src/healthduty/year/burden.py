"""What falls on one post: lost points, duties, obligations, corrections; and what it hands over.

Responsibility is not shared out: where two posts answer for an item, its lost points fall on both
of them, so the burdens of all posts don't add up to what was lost.

Source: rows A2, A8, A9; “what falls on one person”, “a successor keeps the duty”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> doctor = ResponsiblePerson("医生", rank="direct", items="1")
>>> items = (Indicator("1", "体检", points=5), Indicator("2", "保洁", points=5))
>>> agreement = Agreement("示例", responsible=(doctor,), parts=items)
>>> sheet = score(agreement, Record("某站", {"1": 3, "2": 1}))
>>> str(falls_on("医生", sheet, datetime.date(2024, 12, 20)).lost)
'2'
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.display import Table
from healthduty.errors import UnknownNameError
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Obligation
from healthduty.model.party import ResponsiblePerson
from healthduty.results.shortfalls import Shortfall, shortfalls
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.year.corrections import Corrections
from healthduty.year.corrective import CorrectiveItem
from healthduty.year.objections import date_of
from healthduty.year.occasions import EVERY
from healthduty.year.people import Charge, Seat, answers_for, in_charge, year_of

_DAY = datetime.timedelta(days=1)


@attrs.frozen(eq=False)
class Burden:
    """What falls on a post on a day; nothing where it is not in charge then.

    `losses` are those of the items it answers for, `duties` its own by the agreement,
    `obligations` those of its party, `corrections` what it has to correct and is not struck off.
    """

    post: str
    on: datetime.date
    charges: tuple[Charge, ...]
    sheet: ScoreSheet
    losses: tuple[Shortfall, ...]
    duties: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    corrections: tuple[CorrectiveItem, ...]

    @property
    def lost(self) -> Fraction:
        """The points that were lost of the items that it answers for."""
        return sum((loss.points for loss in self.losses), Fraction(0))

    def table(self, lang: Language = "zh") -> Table:
        """Return it as a table: items answered for, points lost, duties, corrections.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return Table(
            headings=tuple(heading(lang) for heading in _HEADINGS),
            rows=tuple(_rows(self, lang)),
            title=" · ".join((self.post, self.sheet.record.name, str(self.on))),
            notes=tuple(_notes(self, lang)),
            right=(3,),
        )

    def __str__(self) -> str:
        """Return it as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def falls_on(
    post: str, sheet: ScoreSheet, on: datetime.date, corrections: Corrections | None = None
) -> Burden:
    """Return what of a unit's sheet and of its corrections falls on a post that day.

    Raises:
        UnknownNameError: a post that neither the agreement nor the corrections name.
    """
    agreement, listed = sheet.agreement, (corrections or Corrections()).of(post)
    posts = {person.post for person in agreement.responsible}
    if post not in posts and not listed.items:
        known = ", ".join(f"`{each}`" for each in sorted(posts)) or "none"
        raise UnknownNameError(f"nobody answers as `{post}`; posts: {known}")
    charges = tuple(each for each in in_charge(agreement, on) if each.person.post == post)
    persons = [charge.person for charge in charges]
    parties = {person.party for person in persons}
    return Burden(
        post,
        on,
        charges,
        sheet,
        tuple(loss for loss in shortfalls(sheet) if _is_of(loss, persons, agreement)),
        tuple(dict.fromkeys(duty for person in persons for duty in person.duties)),
        tuple(each for each in agreement.obligations if each.party and each.party in parties),
        listed.open,
    )


def _is_of(loss: Shortfall, persons: list[ResponsiblePerson], agreement: Agreement) -> bool:
    """Tell whether one of these answers for a loss; one of the total is everybody's who has all."""
    if not loss.number:
        return any(not person.items for person in persons)
    return any(answers_for(person, agreement, loss.number) for person in persons)


_HEADINGS = (
    Phrase("类别", "what"),
    Phrase("条目", "item"),
    Phrase("内容", "text"),
    Phrase("失分", "lost"),
    Phrase("时限", "by"),
)
_CHARGE = Phrase("责任范围", "answers for")
_LOSS = Phrase("失分", "lost points")
_DUTY = Phrase("职责", "duty")
_OBLIGATION = Phrase("定期工作", "obligation")
_CORRECTION = Phrase("整改", "correction")
_ALL = Phrase("全部条目", "all items")
_RANKS = {
    "first": Phrase("第一责任人", "first responsible"),
    "direct": Phrase("直接责任人", "directly responsible"),
}
_SUCCESSOR = Phrase("{0}，接任者继续履行", "{0}, the successor is bound")
_LOST = Phrase("失分合计：{0}分", "lost in all: {0}")
_COLON = Phrase("{0}：{1}", "{0}: {1}")
_NOT_IN_CHARGE = Phrase("当日不在任", "not in charge that day")
_PLACES = Phrase("{0}（第{1}号）", "{0} (no. {1})")


def _rows(burden: Burden, lang: Language) -> Iterator[tuple[str, ...]]:
    agreement, sheet = burden.sheet.agreement, burden.sheet
    for charge in burden.charges:
        rank = charge.person.rank
        text = _RANKS[rank](lang) if rank in _RANKS else rank
        text = _SUCCESSOR(lang, text) if charge.successor else text
        for number in charge.person.items or ("",):
            node = next((each for each in agreement.nodes() if each.number == number), None)
            title = _ALL(lang) if node is None else node.title
            yield _CHARGE(lang), number, _COLON(lang, text, title), "", ""
    for loss in burden.losses:
        yield _LOSS(lang), loss.number, loss.text(sheet, lang), show(loss.points), ""
    for duty in burden.duties:
        yield _DUTY(lang), "", duty, "", ""
    for each in burden.obligations:
        times = f"{EVERY[each.every](lang)}{show(each.times)}{each.unit}"
        due = str(each.due or each.by)
        yield _OBLIGATION(lang), "", _COLON(lang, each.title or each.code, times), "", due
    for item in burden.corrections:
        text = _PLACES(lang, item.finding, item.number)
        yield _CORRECTION(lang), item.item, text, "", str(item.until or "")


def _notes(burden: Burden, lang: Language) -> Iterator[str]:
    if not burden.charges:
        yield _NOT_IN_CHARGE(lang)
    elif burden.losses:
        yield _LOST(lang, show(burden.lost))


# ---------------------------------------------------------------------------------- handing over


@attrs.frozen
class Handover:
    """A duty that passes from one post to the next: the day, who, to whom, with what.

    `incoming` is None where the agreement names nobody; `bound` says that it binds the successor
    all the same. `corrections` are those that are still to be done.
    """

    on: datetime.date
    outgoing: ResponsiblePerson
    incoming: ResponsiblePerson | None
    bound: bool
    corrections: tuple[CorrectiveItem, ...] = ()


def handovers(agreement: Agreement, corrections: Corrections | None = None) -> tuple[Handover, ...]:
    """Return what is handed over in the term, by day: each end of office but the term's own."""
    bound = agreement.term is not None and agreement.term.successor_bound
    days, found = year_of(agreement), []
    for person in agreement.responsible:
        until = date_of(person.until)
        following = _next(agreement, person)
        if until is None or (following is None and days is not None and until >= days.last):
            continue
        since = until + _DAY if following is None else date_of(following.since) or until + _DAY
        left = (corrections or Corrections()).of(person.post).open
        found.append(Handover(since, person, following, bound, left))
    return tuple(sorted(found, key=lambda each: each.on))


def _next(agreement: Agreement, person: ResponsiblePerson) -> ResponsiblePerson | None:
    """Return who follows in a person's seat: of those who begin later the first."""
    start = date_of(person.since) or datetime.date.min
    later = [
        (since, place, other)
        for place, other in enumerate(agreement.responsible)
        if Seat.of(other) == Seat.of(person) and (since := date_of(other.since)) is not None
        if since > start
    ]
    return min(later, key=lambda each: each[:2])[2] if later else None


_HANDED = (
    Phrase("交接日期", "day"),
    Phrase("移交人", "from"),
    Phrase("接任人", "to"),
    Phrase("条目", "items"),
    Phrase("职责", "duties"),
    Phrase("未销号整改", "open corrections"),
)
_HANDOVER_TITLE = Phrase("责任交接清单", "handovers")
_BOUND = Phrase("继任者（继续履行）", "the successor (bound)")
_NOBODY = Phrase("未定", "nobody named")


def handover_table(handed: tuple[Handover, ...], lang: Language = "zh") -> Table:
    """Return handovers as the list that both sides sign.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    comma = "、" if lang == "zh" else ", "
    rows = []
    for each in handed:
        nobody = (_BOUND if each.bound else _NOBODY)(lang)
        rows.append(
            (
                str(each.on),
                each.outgoing.post,
                nobody if each.incoming is None else each.incoming.post,
                comma.join(each.outgoing.items) or _ALL(lang),
                "；".join(each.outgoing.duties),
                "；".join(_PLACES(lang, item.finding, item.number) for item in each.corrections),
            )
        )
    headings = tuple(heading(lang) for heading in _HANDED)
    return Table(headings=headings, rows=tuple(rows), title=_HANDOVER_TITLE(lang), most=32)
