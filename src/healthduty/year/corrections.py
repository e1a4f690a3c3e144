"""The list of corrections (整改台账): what is open, what is overdue, what a new check adds to it.

Source: vocabulary “Rectification”; row C2; “overdue list”.

>>> first = CorrectiveItem("通知没有盖章", responsible="办公室主任", deadline="2011-09-30")
>>> ledger = Corrections("创卫整改", [first.found("2011-09-15")])
>>> [item.finding for item in ledger.overdue(datetime.date(2011, 10, 1))]
['通知没有盖章']
>>> ledger = ledger.put(ledger["1"].done("2011-10-02", "办公室主任"))
>>> ledger.merge([first.found("2011-12-01")])["1"].times
2
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from healthduty.convert.documents import read_content, read_document, write_document
from healthduty.convert.jsontext import Json
from healthduty.convert.leaves import read_text
from healthduty.display import Table
from healthduty.errors import UnknownNameError
from healthduty.exact import show
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.party import Day
from healthduty.said import Said
from healthduty.wording import Language, check_language
from healthduty.wording.phrase import Phrase
from healthduty.year.corrective import FINISHED, STATES, CorrectiveItem, Event, State
from healthduty.year.keeping import read_entries, read_fields, write_entries


def _to_items(items: Iterable[CorrectiveItem]) -> tuple[CorrectiveItem, ...]:
    """Give each item without a number the next one that is free."""
    given = tuple(items)
    taken = {item.number for item in given}
    free = (str(count) for count in itertools.count(1) if str(count) not in taken)
    return tuple(item if item.number else attrs.evolve(item, number=next(free)) for item in given)


@attrs.frozen
class Corrections:
    """A list of corrective items, each with its number."""

    title: str = ""
    items: tuple[CorrectiveItem, ...] = attrs.field(default=(), converter=_to_items)

    def __getitem__(self, number: str) -> CorrectiveItem:
        """Return the item with this number.

        Raises:
            UnknownNameError: where there is none.
        """
        for item in self.items:
            if item.number == number:
                return item
        raise UnknownNameError(f"no correction `{number}` in `{self.title}`")

    def __iter__(self) -> Iterator[CorrectiveItem]:
        """Go through the items in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def put(self, *items: CorrectiveItem) -> Corrections:
        """Return the list with these items in place of those that have their numbers.

        Raises:
            UnknownNameError: an item with a number that is not in the list.
        """
        new = {self[item.number].number: item for item in items}
        return attrs.evolve(self, items=[new.get(item.number, item) for item in self.items])

    def merge(self, found: Iterable[CorrectiveItem]) -> Corrections:
        """Return the list with what a new check found.

        What is in the list already is found once more: if it was done it is open again, with the
        new deadline. Anything else is added behind, with a number of its own. What a check finds
        twice, as two rules of one item may say the same, are two items.

        Raises:
            RuleError: a check of a day before the last entry of what it finds again.
        """
        merged, checks = self, dict[Day | None, list[CorrectiveItem]]()
        for item in found:
            checks.setdefault(item.found_on, []).append(item)
        for items in checks.values():
            merged = merged._merged(items)
        return merged

    def _merged(self, found: Sequence[CorrectiveItem]) -> Corrections:
        """Return the list with what one check found."""
        known: dict[tuple[str, str], list[CorrectiveItem]] = {}
        for item in self.items:
            known.setdefault(item.key, []).append(item)
        often = Counter(item.key for item in found)
        # The latest of those that are alike, and as many of them as are found.
        again = {key: deque(alike[-often[key] :]) for key, alike in known.items() if often[key]}
        changed: dict[str, CorrectiveItem] = {}
        added = []
        for new in found:
            if alike := again.get(new.key):
                one = alike.popleft()
                changed[one.number] = _again(one, new)
            else:
                added.append(attrs.evolve(new, number=""))
        kept = (changed.get(item.number, item) for item in self.items)
        return attrs.evolve(self, items=(*kept, *added))

    # --- where it stands ---------------------------------------------------------------------

    @property
    def open(self) -> tuple[CorrectiveItem, ...]:
        """The items that are not struck off yet."""
        return tuple(item for item in self.items if item.state is not State.VERIFIED)

    def overdue(self, on: datetime.date) -> tuple[CorrectiveItem, ...]:
        """Return the items that are neither done nor verified though their deadline has passed."""
        return tuple(item for item in self.items if item.is_overdue(on))

    def of(self, post: str) -> Corrections:
        """Return the part of the list that a post answers for."""
        return attrs.evolve(self, items=[each for each in self.items if post in each.responsible])

    @property
    def findings(self) -> Findings:
        """The items that nobody answers for, and those that have no day to be done by."""
        found = []
        for item in self.items:
            number, finding = item.number, f"`{item.finding}`"
            name = Said(f"correction {number}, {finding}", f"整改事项{number}（{finding}）")
            if not item.responsible:
                message = Said(f"{name}: nobody answers for it", f"{name.zh}没有责任人")
                found.append(_warning("correction-unassigned", message))
            if not isinstance(item.until, datetime.date):
                said = Said("", "")
                if item.until:
                    day = f"`{item.until}`"
                    said = Said(f": {day} is no day of the calendar", f"：日历上没有{day}这一天")
                message = Said(f"{name} has no deadline{said}", f"{name.zh}没有整改时限{said.zh}")
                found.append(_warning("correction-undated", message))
        return Findings(found)

    # --- how it looks ------------------------------------------------------------------------

    def table(self, lang: Language = "zh", *, on: datetime.date | None = None) -> Table:
        """Return the list as a table; with a day, what is overdue on it is marked.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        late = () if on is None else self.overdue(on)
        counts = [sum(item.state is state for item in self.items) for state in State]
        told = zip(STATES.values(), counts, strict=True)
        return Table(
            headings=tuple(heading(lang) for heading in _HEADINGS),
            rows=tuple(_row(item, lang, late=item in late) for item in self.items),
            title=" · ".join(filter(None, (_TITLE(lang), self.title))),
            notes=(_LIST(lang).join(_COUNT(lang, word(lang), str(n)) for word, n in told if n),),
            right=(3,),
            most=24,
        )

    def __str__(self) -> str:
        """Return the list as aligned Chinese text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()

    # --- files -------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Json]:
        """Return the list as plain data; `from_dict` reads it back."""
        title: dict[str, Json] = {"title": self.title} if self.title else {}
        return {**title, "items": write_entries(self.items)}

    @classmethod
    def from_dict(cls, data: Json) -> Corrections:
        """Read a list from plain data.

        Raises:
            SourceError: with every fault of the data, each with its path.
        """
        return read_content(data, "", "$", _read, [])


def write_corrections(corrections: Corrections) -> str:
    """Return a list of corrections as JSON text.

    Raises:
        RuleError: a text with half a character.
    """
    return write_document("corrections", corrections.to_dict())


def read_corrections(text: str, *, name: str = "") -> Corrections:
    """Read what `write_corrections` wrote; `name` is the file's.

    Raises:
        SourceError: with every fault of the text, each with its place.
    """
    return read_document(text, name, "corrections", _read)


def _read(data: object) -> Corrections:
    fields = {"title": read_text, "items": lambda each: read_entries(each, CorrectiveItem)}
    # Each field is read as what it is; the dict can't say so.
    found: Any = read_fields(data, fields, what=Said("a list of corrections", "整改台账"))
    return Corrections(**found)


def _again(known: CorrectiveItem, new: CorrectiveItem) -> CorrectiveItem:
    """Return a known item as found once more, as the new finding has it."""
    entry = next((each for each in reversed(new.history) if each.event is Event.FOUND), None)
    again = known.found(entry.on if entry else None, entry.by if entry else "")
    # Being found again gives what is still open no more time.
    until = new.until if known.state in FINISHED else None
    last = attrs.evolve(again.history[-1], deadline=until, reason=new.finding)
    return attrs.evolve(again, history=(*again.history[:-1], last), lost=new.lost)


def _warning(code: str, message: str) -> Finding:
    return Finding(code, message, severity=Severity.WARNING)


_TITLE = Phrase("整改台账", "corrections")
_HEADINGS = (
    Phrase("序号", "no."),
    Phrase("条目", "item"),
    Phrase("问题", "finding"),
    Phrase("失分", "lost"),
    Phrase("依据", "clause"),
    Phrase("整改措施", "to be done"),
    Phrase("责任人", "responsible"),
    Phrase("时限", "by"),
    Phrase("状态", "state"),
    Phrase("整改日期", "done on"),
    Phrase("佐证", "evidence"),
    Phrase("销号人", "verified by"),
)
_COUNT = Phrase("{0}{1}项", "{0}: {1}")
_LIST = Phrase("、", ", ")
_AT_ONCE = Phrase("立即", "at once")
_LATE = Phrase("{0}（逾期）", "{0} (overdue)")
_TIMES = Phrase("{0}（第{1}次发现）", "{0} (found {1} times)")


def _row(item: CorrectiveItem, lang: Language, *, late: bool) -> tuple[str, ...]:
    state = STATES[item.state](lang)
    at_once = item.at_once and item.until == item.found_on
    return (
        item.number,
        item.item,
        item.finding if item.times < _TWICE else _TIMES(lang, item.finding, str(item.times)),
        "" if item.lost is None else show(item.lost),
        item.clause,
        item.action,
        _LIST(lang).join(item.responsible),
        _AT_ONCE(lang) if at_once else str(item.until or ""),
        _LATE(lang, state) if late else state,
        str(item.done_on or ""),
        item.evidence,
        item.verified_by,
    )


_TWICE = 2
