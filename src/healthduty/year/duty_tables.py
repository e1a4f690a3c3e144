"""All duties of a unit at a glance: how each stands on a day, and what is due when.

Source: “done, late, lacking”; vocabulary “Obligation”.

>>> import datetime
>>> from healthduty.calendars import DaySpan
>>> plan = Obligation("plan", "报计划", every="once", due="2024-03-28")
>>> year = Scope(DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)))
>>> print(due_table([plan], year, "en").text())
due         duty    period          asked
----------  ------  --------------  -----
2024-03-28  报计划  the whole term    1次
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from healthduty.display import Table
from healthduty.exact import show
from healthduty.model.obligation import Every, Obligation
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.year.obligations import Fulfilment
from healthduty.year.occasions import Occasion, Scope, asked, objects_of, occasions

_STATUS = (
    Phrase("工作要求", "duty"),
    Phrase("应做", "required"),
    Phrase("已做", "done"),
    Phrase("其中逾期", "late"),
    Phrase("计入", "counted"),
    Phrase("欠缺", "lacking"),
    Phrase("欠缺期次", "lacking in"),
    Phrase("下次期限", "next due"),
)
_DUE = (
    Phrase("期限", "due"),
    Phrase("工作要求", "duty"),
    Phrase("期次", "period"),
    Phrase("应做", "asked"),
)
_MORE = Phrase("{0}等{1}期", "{0} and {1} more")
_LIST = Phrase("、", ", ")
_TERM = Phrase("全期", "the whole term")
_FEW = 3


def duties_table(fulfilments: Iterable[Fulfilment], lang: Language = "zh") -> Table:
    """Return how all duties stand, a row a duty, on the day to which they were held.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    found = tuple(fulfilments)
    days = ", ".join(sorted({str(each.until) for each in found}))
    rows = tuple(
        (
            _label(each.obligation),
            *map(show, (each.required, each.done, each.late, each.counted, each.lacking)),
            _lacking(each, lang),
            str(_next_due(each) or ""),
        )
        for each in found
    )
    headings = tuple(phrase(lang) for phrase in _STATUS)
    return Table(headings=headings, rows=rows, title=days, right=(1, 2, 3, 4, 5))


def due_table(duties: Iterable[Obligation], scope: Scope, lang: Language = "zh") -> Table:
    """Return every day on which something is due over the term, in order: the year's calendar.

    What the unit does not answer for is left out, and so are duties of an event, which no
    calendar knows.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    entries: list[tuple[datetime.date, int, tuple[str, ...]]] = []
    for place, duty in enumerate(duties):
        for occasion in occasions(duty, scope):
            number = asked(duty, occasion, scope.days) * objects_of(duty, scope)
            period = _period(duty, occasion, lang)
            row = (str(occasion.due), _label(duty), period, show(number) + duty.unit)
            if number:
                entries.append((occasion.due, place, row))
    rows = tuple(row for _, _, row in sorted(entries))
    return Table(headings=tuple(phrase(lang) for phrase in _DUE), rows=rows, right=(3,))


def _label(duty: Obligation) -> str:
    return duty.title or duty.code


def _period(duty: Obligation, occasion: Occasion, lang: Language) -> str:
    return _TERM(lang) if duty.every is Every.ONCE else occasion.label


def _lacking(found: Fulfilment, lang: Language) -> str:
    """Return in which periods a duty is lacking: the first few of them."""
    if not found.lacking:
        return ""
    short = (each.occasion for each in found.met if each.lacking)
    labels = [_period(found.obligation, occasion, lang) for occasion in short]
    if len(labels) <= _FEW:
        return _LIST(lang).join(labels)
    more = len(labels) if lang == "zh" else len(labels) - _FEW
    return _MORE(lang, _LIST(lang).join(labels[:_FEW]), str(more))


def _next_due(found: Fulfilment) -> datetime.date | None:
    """Return the next day after the look on which more is due than was done."""
    return min(
        (
            each.occasion.due
            for each in found.met
            if each.occasion.due > found.until and each.counted < each.asked
        ),
        default=None,
    )
