"""Corrective items (整改事项): finding, what to do, who, by when, and how far it has come.

An item goes forward only: found, under way, done, verified and struck off (销号). It is reopened
with a reason, or because a later check finds the same again. Nothing in its history is overwritten,
and its state is what the history says.

Source: vocabulary “Rectification”; row C2 (eight findings, each with measure, deadline, persons).

>>> item = CorrectiveItem("通知没有盖章", action="补盖公章", responsible="办公室主任", at_once=True)
>>> item = item.found("2011-09-15", "督导组").done(
...     "2011-09-20", "办公室主任", evidence="补章的通知"
... )
>>> item.state.value, item.verify("2011-09-28", "督导组").verified_by
('done', '督导组')
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.errors import RuleError
from healthduty.exact import Number, to_fraction
from healthduty.model.party import Day, to_optional_day
from healthduty.rules.measure import Word, to_names
from healthduty.said import Said, labelled
from healthduty.wording.phrase import Phrase
from healthduty.year.objections import date_of


class State(Word):
    """How far a correction has come."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    """Reported as corrected, not verified yet."""
    VERIFIED = "verified"
    """Verified on the spot and struck off the list (销号)."""


class Event(Word):
    """What happens to a corrective item."""

    FOUND = "found"
    STARTED = "started"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"
    FOUND_AGAIN = "found_again"
    """A later check finds the same: what was done is open again, what is open stays so."""


STATES = {
    State.OPEN: Phrase("待整改", "open"),
    State.UNDER_WAY: Phrase("整改中", "under way"),
    State.DONE: Phrase("已整改待核查", "done"),
    State.VERIFIED: Phrase("已销号", "verified"),
}
"""How far a correction has come, in words."""

_EVENTS = {
    Event.FOUND: Phrase("发现", "found"),
    Event.STARTED: Phrase("开始整改", "started"),
    Event.DONE: Phrase("完成整改", "done"),
    Event.VERIFIED: Phrase("核查销号", "verified"),
    Event.REOPENED: Phrase("重新打开", "reopened"),
    Event.FOUND_AGAIN: Phrase("再次发现", "found again"),
}

FINISHED = (State.DONE, State.VERIFIED)
"""The states in which a correction waits for nothing that the unit has to do."""

_MOVES: dict[Event, tuple[tuple[State, ...], State]] = {
    Event.STARTED: ((State.OPEN,), State.UNDER_WAY),
    Event.DONE: ((State.OPEN, State.UNDER_WAY), State.DONE),
    Event.VERIFIED: ((State.DONE,), State.VERIFIED),
    Event.REOPENED: (FINISHED, State.OPEN),
}
"""From which states an event leads to which; being found leads anywhere back to open."""


@attrs.frozen
class Entry:
    """One entry of a history: what happened, on which day, by whom, why, on what evidence.

    `deadline` is a new one, where a reopened item gets it.
    """

    event: Event = attrs.field(converter=Event)
    on: Day | None = attrs.field(default=None, converter=to_optional_day)
    by: str = ""
    reason: str = ""
    evidence: str = attrs.field(default="", kw_only=True)
    deadline: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)


def _to_lost(points: Number | None) -> Fraction | None:
    return None if points is None else to_fraction(points, Said("lost points", "失分"))


def _to_history(history: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(history)


@attrs.frozen
class CorrectiveItem:
    """A finding that has to be corrected.

    `item` is the number of the item that it lost points of, `lost` how many (None where the
    finding costs none), `clause` the words that it rests on. `action` is the measure to be taken,
    `responsible` the posts that answer for it. `deadline` is the last day; `at_once` (立即整改) is
    the day of the finding itself. `cause` says what makes a later finding the same one: by
    default its words. `number` is the running number in a list.

    Raises:
        RuleError: a history that goes backwards, in its states or in its days.
    """

    finding: str
    item: str = attrs.field(default="", kw_only=True)
    lost: Fraction | None = attrs.field(default=None, kw_only=True, converter=_to_lost)
    clause: str = attrs.field(default="", kw_only=True)
    action: str = attrs.field(default="", kw_only=True)
    responsible: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=to_names)
    deadline: Day | None = attrs.field(default=None, kw_only=True, converter=to_optional_day)
    at_once: bool = attrs.field(default=False, kw_only=True)
    cause: str = attrs.field(kw_only=True)
    number: str = attrs.field(default="", kw_only=True)
    history: tuple[Entry, ...] = attrs.field(default=(), kw_only=True, converter=_to_history)

    @cause.default
    def _cause_of_finding(self) -> str:
        return self.finding

    def __attrs_post_init__(self) -> None:
        """Refuse a history that no correction can have."""
        state, day = State.OPEN, None
        for entry in self.history:
            state = _after(state, entry)
            on = date_of(entry.on)
            if on is not None and day is not None and on < day:
                event, step = entry.event.value, _EVENTS[entry.event]("zh")
                message = Said(
                    f"{event} on {on}, before {day}", f"{step}的日期{on}早于前一步的{day}"
                )
                raise RuleError(labelled(f"`{self.finding}`", message))
            day = on or day

    # --- what happens ------------------------------------------------------------------------

    def found(self, on: Day | None, by: str = "") -> CorrectiveItem:
        """Return the item as found on a day; found once more where it has been found before."""
        event = Event.FOUND_AGAIN if self.history else Event.FOUND
        return self._with(Entry(event, on, by))

    def start(self, on: Day | None, by: str = "", reason: str = "") -> CorrectiveItem:
        """Return the item as under way.

        Raises:
            RuleError: an item that is not open, or a day before the last entry's.
        """
        return self._with(Entry(Event.STARTED, on, by, reason))

    def done(self, on: Day | None, by: str = "", *, evidence: str = "") -> CorrectiveItem:
        """Return the item as done, which somebody else has to verify yet.

        Raises:
            RuleError: an item that is done already, or a day before the last entry's.
        """
        return self._with(Entry(Event.DONE, on, by, evidence=evidence))

    def verify(self, on: Day | None, by: str, *, evidence: str = "") -> CorrectiveItem:
        """Return the item as verified and struck off.

        Raises:
            RuleError: an item that is not done, or a day before the last entry's.
        """
        return self._with(Entry(Event.VERIFIED, on, by, evidence=evidence))

    def reopen(
        self, on: Day | None, by: str, reason: str, *, deadline: Day | None = None
    ) -> CorrectiveItem:
        """Return the item as open again, with the reason and where it has one a new deadline.

        Raises:
            RuleError: an item that is open anyway, no reason, or a day before the last entry's.
        """
        return self._with(Entry(Event.REOPENED, on, by, reason, deadline=deadline))

    def _with(self, entry: Entry) -> CorrectiveItem:
        return attrs.evolve(self, history=(*self.history, entry))

    # --- where it stands ---------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The state that the history leads to."""
        state = State.OPEN
        for entry in self.history:
            state = _after(state, entry)
        return state

    @property
    def until(self) -> Day | None:
        """The last day as it stands now: a later entry may have given a new one."""
        named = [entry.deadline for entry in self.history if entry.deadline is not None]
        if named:
            return named[-1]
        return self.found_on if self.at_once else self.deadline

    def is_overdue(self, on: datetime.date) -> bool:
        """Tell whether it is neither done nor verified on a day that lies behind its deadline."""
        until = date_of(self.until)
        return self.state not in FINISHED and until is not None and until < on

    @property
    def found_on(self) -> Day | None:
        """The day on which it was last found."""
        return self._last(Event.FOUND, Event.FOUND_AGAIN).on

    @property
    def done_on(self) -> Day | None:
        """The day on which it was done; None while it is open."""
        return self._last(Event.DONE).on if self.state in FINISHED else None

    @property
    def verified_by(self) -> str:
        """Who struck it off; nothing while nobody has."""
        return self._last(Event.VERIFIED).by if self.state is State.VERIFIED else ""

    @property
    def evidence(self) -> str:
        """The last evidence that was given; nothing while it is open."""
        if self.state not in FINISHED:
            return ""
        return next((each.evidence for each in reversed(self.history) if each.evidence), "")

    @property
    def times(self) -> int:
        """How many checks have found it."""
        return sum(each.event in (Event.FOUND, Event.FOUND_AGAIN) for each in self.history)

    @property
    def key(self) -> tuple[str, str]:
        """What makes a later finding the same one: the item and the cause."""
        return self.item, self.cause

    def _last(self, *events: Event) -> Entry:
        """Return the last entry of these events; an empty one where there is none."""
        found = (each for each in reversed(self.history) if each.event in events)
        return next(found, Entry(events[0]))


def _after(state: State, entry: Entry) -> State:
    """Return the state that an entry leads to.

    Raises:
        RuleError: an entry that can't follow on this state.
    """
    if entry.event in (Event.FOUND, Event.FOUND_AGAIN):
        return State.OPEN if state in FINISHED else state
    before, behind = _MOVES[entry.event]
    if state not in before:
        now, then = STATES[state], _EVENTS[entry.event]
        message = Said(
            f"what is {now('en')} can't be {then('en')}", f"{now('zh')}的事项不能{then('zh')}"
        )
        raise RuleError(message)
    if entry.event is Event.REOPENED and not entry.reason:
        raise RuleError(Said("what is reopened needs a reason", "重新打开要写明理由"))
    return behind
