"""What a reader knows while it goes through a clause: goals, drafts, words not yet used.

Drafts are rules that may still change: 最高扣2分 and 不足5%按5%计 follow the rule that they are
about. Tokens are claimed by what they were taken for; what nobody claims and scores is reported.
Whoever looks back looks back a bounded way: the time of reading stays linear in the text.

Source: semantics 11, 12.

>>> from healthduty.clauses.phrases import Bounds
>>> context = Context("", "", Quantities(), points=None)
>>> context.add_goal(Goal(name="满意率", bounds=Bounds(low=Fraction(90), unit="%")), None)
>>> context.goals_for("满意率", {"%"}), context.goals_for("使用率", {"%"})
([0], [])
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

import attrs

from healthduty.clauses.goal_names import is_kind
from healthduty.clauses.goals import Goal
from healthduty.clauses.occasions import Occasion
from healthduty.clauses.phrases import Bounds, words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.quantities import Quantities
from healthduty.clauses.segments import Segment
from healthduty.model.indicator import Part
from healthduty.model.veto import Veto, VetoEffect
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Rule
from healthduty.rules.threshold import ByKind


@attrs.define
class Draft:
    """A rule that may still change; `first` up to `end` are its tokens, `goals` those it uses.

    `sentence` numbers the sentence it stands in, `part` the part of the item (0: the item itself).
    `full` marks 得满分 for reaching a goal, `forfeit` a level that takes all,
    `open` a line that still waits for its most.
    """

    rule: Rule
    first: int
    end: int
    sentence: int
    goals: tuple[int, ...] = ()
    full: bool = False
    forfeit: bool = False
    part: int = 0
    open: bool = False
    occasion: Occasion | None = None


@attrs.define
class Fault:
    """Something to report about tokens `first` up to `end`."""

    code: str
    message: str
    first: int
    end: int
    hint: str = ""


RECENT = 40
"""How many goals, rules or waiting words back anything looks."""

MOST_IN_RULE = 60
"""How many bands, effects or factors one rule may gather: a table that someone wrote has fewer."""

_LONGEST_NAME = 200


@attrs.define
class Context:
    """The state of one reading.

    `text` and `plain` are the folded text in its two spellings, `points` the item's from its own
    cell. `pending` are segments of words that nothing has used yet; `subject` is what a colon or
    an earlier segment named last. `goal_spans` are the tokens of each goal, None for one that is
    only held for later rules, `goal_sentences` the sentence of each; `used_goals` are those that
    some rule is about. `part_spans` are the tokens and the sentence of each part that is named.
    `vetoed` is the sentence of the last veto, `open_veto` the place of the fault on the last veto
    without an effect, `vetoing` the effect of a list that is being read.
    `free` are cases that a sentence before their rule frees, with their name; `asked` are the
    phrases of the requirement's cell, `earlier` those of the sentences before.
    """

    text: str
    plain: str
    quantities: Quantities
    points: Fraction | None
    goals: list[Goal] = attrs.field(factory=list)
    goal_sentences: list[int] = attrs.field(factory=list)
    goal_spans: list[tuple[int, int] | None] = attrs.field(factory=list)
    used_goals: set[int] = attrs.field(factory=set)
    drafts: list[Draft] = attrs.field(factory=list)
    pending: list[Segment] = attrs.field(factory=list)
    subject: str = ""
    topic: str = ""
    asked: list[str] = attrs.field(factory=list)
    earlier: list[str] = attrs.field(factory=list)
    hoped: int = -1
    sentence: int = 0
    vetoes: list[Veto] = attrs.field(factory=list)
    open_veto: int | None = None
    vetoing: VetoEffect | None = None
    vetoed: int = -1
    parts: list[Part] = attrs.field(factory=list)
    part_spans: list[tuple[int, int, int]] = attrs.field(factory=list)
    in_parts: bool = False
    later_worths: bool = False
    stated: Fraction | None = None
    floor: Fraction | None = Fraction(0)
    claims: dict[int, tuple[Taken, str]] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)
    free: tuple[Fraction, str] | None = None

    # ------------------------------------------------------------- what tokens were taken for

    def claim(self, first: int, end: int, taken: Taken, note: str = "") -> None:
        """Say what tokens were taken for; what was claimed first stays."""
        for index in range(first, end):
            self.claims.setdefault(index, (taken, note))

    def reclaim(self, held: Segment, taken: Taken) -> None:
        """Say what a segment was taken for, whatever it was claimed for before."""
        for index in range(held.first, held.end):
            self.claims[index] = (taken, "")

    def claim_rule(self, segment: Segment) -> None:
        """Claim a segment for a rule, with the words before it where it has no occasion."""
        if not segment.occasion:
            self.use_pending()
        self.claim(segment.first, segment.end, Taken.RULE)

    def use_pending(self) -> None:
        """Claim the words before for a rule; what they asked for is no target of its own."""
        for held in self.pending[-1:]:
            self.use_words(held)
        self.pending.clear()

    def use_words(self, held: Segment) -> None:
        """Claim a segment of words for a rule; what it asked for is no target of its own."""
        self.reclaim(held, Taken.RULE)
        span = (held.first, held.end)
        self.used_goals.update(i for i in self._recent_goals() if self.goal_spans[i] == span)

    def fault(
        self, segment: Segment, message: str, *, code: str = "clause-unread", hint: str = ""
    ) -> None:
        """Report a segment; its tokens are unread where nothing was made of it."""
        self.faults.append(Fault(code, message, segment.first, segment.end, hint))
        if code == "clause-unread":
            self.claim(segment.first, segment.end, Taken.UNREAD)

    # ----------------------------------------------------------------------------- rules

    def add(
        self,
        rules: Iterable[Rule],
        segment: Segment,
        goals: Iterable[int] = (),
        *,
        occasion: Occasion | None = None,
    ) -> list[Draft]:
        """Add rules of a segment, and claim its tokens with the pending words that it used."""
        used = tuple(goals)
        self.used_goals.update(used)
        served = [] if segment.occasion else self.pending[-1:]
        first = min([segment.first, *(held.first for held in served)])
        part = len(self.parts) if self.in_parts else 0
        made = [
            Draft(rule, first, segment.end, self.sentence, used, part=part, occasion=occasion)
            for rule in rules
        ]
        self.drafts.extend(made)
        self.claim_rule(segment)
        return made

    def extend(self, draft: Draft, rule: Rule, segment: Segment) -> None:
        """Make the last rule another, which holds a further segment too."""
        draft.rule, draft.end, draft.full = rule, segment.end, False
        self.claim_rule(segment)

    def last(self) -> Draft | None:
        """Return the rule before, where there is one."""
        return self.drafts[-1] if self.drafts else None

    # ----------------------------------------------------------------------------- words

    def pending_words(self) -> str:
        """Return the words of the last segment that nothing has used yet, as a name."""
        for held in reversed(self.pending[-RECENT:]):
            words = words_of(held.tokens, self.plain).strip("的者")
            if not words.startswith(("按", "根据", "依据", "视")):  # 按镇通报情况，酌情…
                return words
        return ""

    # ----------------------------------------------------------------------------- goals

    def drop_goal(self) -> None:
        """Take the last goal back: it was what is, and not what must be reached."""
        self._forget_last_goal()

    def _forget_last_goal(self) -> None:
        self.goals.pop()
        self.goal_spans.pop()
        self.goal_sentences.pop()

    def add_goal(self, goal: Goal, span: tuple[int, int] | None) -> None:
        """Add a goal; one that names only a kind of facility joins the goal before it."""
        if self.subject and is_kind(goal.name) and isinstance(goal.target, Fraction):
            goal = goal.by_kind(self.subject, self._with_kind(goal.name, goal.target))
        self.goals.append(goal)
        self.goal_spans.append(span)
        self.goal_sentences.append(self.sentence)

    def _with_kind(self, kind: str, value: Fraction) -> ByKind:
        """Return the table that a kind of facility joins: that of the goal before, or a new one."""
        entry = ((kind, value),)
        last = self.goals[-1] if self.goals else None
        if last is None or last.name != self.subject or not isinstance(last.target, ByKind):
            return ByKind(entry)
        values = last.target.values
        if len(values) >= MOST_IN_RULE or any(kind == named for named, _ in values):
            return ByKind(entry)
        self._forget_last_goal()
        return ByKind((*values, *entry))

    def hold_goal(self, name: str, bounds: Bounds) -> int:
        """Add a goal that stands in a rule itself, in a group of its own; return where it is."""
        index = len(self.goals)
        self.goals.append(Goal(name=name, bounds=bounds, group=_OWN_GROUP + index))
        self.goal_spans.append(None)
        self.goal_sentences.append(_OF_A_RULE)
        return index

    def _recent_goals(self) -> range:
        return range(max(0, len(self.goals) - RECENT), len(self.goals))

    def recent_units(self) -> frozenset[str]:
        """Return the units of the goals that a rule may be about."""
        return frozenset(self.goals[index].bounds.unit for index in self._recent_goals())

    def goals_for(self, subject: str, units: Collection[str]) -> list[int]:
        """Return the goals that a rule without a target of its own is about, in order.

        A rule that names its quantity takes the goal of that quantity; one that does not takes
        the last group of goals whose unit fits. Of units in order the first is preferred.
        """
        fitting = self._of_units(units)
        if subject:
            return self._named(subject, fitting)
        if not fitting:
            return []
        return self.beside(fitting[-1], fitting)

    def beside(self, last: int, among: Iterable[int] | None = None) -> list[int]:
        """Return the goals that stand together with a goal, itself the last of them."""
        group = self.goals[last].group
        recent = range(max(0, last - RECENT), last + 1) if among is None else among
        return [
            index
            for index in recent
            if self.goals[index].group == group or self._stands_beside(index, last)
        ]

    def _stands_beside(self, index: int, last: int) -> bool:
        """Whether a goal stands in the last one's sentence, alike and free: A≥70%，B≥95%，每低…."""
        goal, other = self.goals[index], self.goals[last]
        span, before = self.goal_spans[index], self.last()
        return (
            (before is None or (span is not None and before.end <= span[0]))
            and self.goal_sentences[index] == self.goal_sentences[last]
            and self.used_goals.isdisjoint(range(index, last + 1))
            and goal.bounds.unit == other.bounds.unit
            and (goal.bounds.low is None) == (other.bounds.low is None)
            and goal.name != other.name
            # 每月至少2条，全年不少于24条 is one duty, said twice
            and (goal.target != other.target or goal.by_period == other.by_period)
        )

    def _of_units(self, units: Collection[str]) -> list[int]:
        """Return the recent goals of some units; without a unit of its own each fits."""
        preferred = tuple(units)[:1] if isinstance(units, tuple) else units
        fitting = []
        for index in self._recent_goals():
            goal = self.goals[index]
            if goal.bounds.unit in units or (not goal.bounds.unit and goal.target is not None):
                fitting.append(index)
        exact = [index for index in fitting if self.goals[index].bounds.unit in preferred]
        return exact or fitting

    def _named(self, subject: str, indices: list[int]) -> list[int]:
        """Return the last goal of exactly this name, else the last that shares it."""
        if len(subject) > _LONGEST_NAME:
            return []
        exact = [index for index in indices if self.goals[index].name == subject]
        if exact:
            return exact[-1:]
        shared = [index for index in indices if _shares(subject, self.goals[index].name)][-1:]
        if shared:
            return shared
        alike = [index for index in indices if _is_alike(subject, self.goals[index].name)]
        return alike if len(alike) == 1 else []

    def goal_measure(self, index: int) -> Measure:
        """Return the measure of a goal."""
        goal = self.goals[index]
        kind = MeasureKind.GROWTH if goal.growth and goal.rate else None
        name = goal.name or self.subject or self.topic or "未名"
        return self.quantities.measure(name, kind, goal.bounds.unit)


_END = 2
_OF_A_RULE = -1
_OWN_GROUP = 10**9
"""Numbers of groups that no segment has from here on."""


def _is_alike(subject: str, name: str) -> bool:
    """Whether one name is the other with words left out: 知识知晓率 of 职工对控烟知识的知晓率."""
    short, long = sorted((subject, name), key=len)
    ends = short[:_END] == long[:_END] or short[-_END:] == long[-_END:]
    if len(short) < 2 * _END or len(long) > _LONGEST_NAME or not ends:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _shares(subject: str, name: str) -> bool:
    """Whether one of two names holds the other."""
    if len(name) > _LONGEST_NAME:
        return False
    return subject in name or bool(name and name in subject)
