"""What a reader knows while it goes through a clause: goals, drafts, words not yet used.

Drafts are rules that may still change: 最高扣2分 and 不足5%按5%计 follow the rule that they are
about. Tokens are claimed by what they were taken for; what nobody claims and scores is reported.
Whoever looks back looks back a bounded way: the time of reading stays linear in the text.

Source: semantics 11, 12.

>>> from healthduty.clauses.text.phrases import Bounds
>>> context = Context("", "", Quantities(), points=None)
>>> context.add_goal(Goal(name="满意率", bounds=Bounds(low=Fraction(90), unit="%")), None)
>>> context.goals_for("满意率", {"%"}), context.goals_for("使用率", {"%"})
([0], [])
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from fractions import Fraction

import attrs

from healthduty.clauses.by_kind import by_kind
from healthduty.clauses.facts import untied
from healthduty.clauses.goals import Goal
from healthduty.clauses.heading import NO_HEADING, Heading
from healthduty.clauses.names.in_short import stands_for
from healthduty.clauses.names.quantities import LONGEST_NAME, Quantities, is_alike, shares
from healthduty.clauses.occasions import Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.model.indicator import Part
from healthduty.model.veto import Veto, VetoEffect
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Points
from healthduty.rules.rule import Rule
from healthduty.rules.tally import Counting

_BY = re.compile(r"按(?![时期])|根据|依|视(?![频力听觉网镜])")
"""How words begin that say only by what points are given."""


@attrs.define
class Draft:
    """A rule that may still change; `first` up to `end` are its tokens, `goals` those it uses.

    `sentence` numbers the sentence it stands in, `part` the part of the item (0: the item itself).
    `full` marks 得满分 for reaching a goal, `forfeit` a level that takes all, `open` a line that
    still waits for its most, `base` points that all start from, `whole` what is said of 本项.
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
    base: bool = False
    whole: bool = False
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


@attrs.define
class Context:
    """The state of one reading.

    `text` and `plain` are the folded text in its two spellings, `points` the item's from its own
    cell. `heard` are the phrases of the sentence without points, `pending` those that nothing has
    used yet; `subject` is what a colon or an earlier segment named last. `goal_spans` are the
    tokens of each goal, None for one that is only held for later rules, `goal_sentences` the
    sentence of each; `used_goals` are those that some rule is about. `part_spans` are the tokens
    and the sentence of each part that is named.
    `listed_worths`: points stand alone behind commas, and make the item's; `missed_apart`: 未达标
    stands as often as targets; `demerits`: points that are recorded are held against somebody.
    `asks`: the text is the requirement, and no standard of scoring;
    `vetoed` is the sentence of the last veto, `open_veto` the place of the fault on the last veto
    without an effect, `vetoing` the effects of a list that is being read, `veto_said` whether the
    text names it; `over` is what the heading over the text says.
    `counting` is how a bracket before a rule's points counts its steps, `listing` what each
    member of a list brings that is being read, `head` what a sentence counts by at its head,
    `between` sentences that draw a line between two bands, and whether that is assumed,
    `adds_up` whether all that is listed counts each time (可累计得分), `most_added` the most that
    the requirement's cell lets be added;
    `loose_ends` are the numbers of bands whose words do not say whether they hold them (以上, 以下,
    a range), with their measure and whether it is the upper end;
    `free` are cases that a sentence before their rule frees, with their name; `asked` are the
    phrases of the requirement's cell, `mended` its misprints, `proportions` those of it that are
    held as numbers, `earlier` the phrases before, `sampled` the last sentence with a sample's
    size, `seen` that and the words last looked at; goals before
    `closed_goals` are of a line that is over.
    """

    text: str
    plain: str
    quantities: Quantities
    points: Fraction | None
    asks: bool = False
    goals: list[Goal] = attrs.field(factory=list)
    goal_sentences: list[int] = attrs.field(factory=list)
    goal_spans: list[tuple[int, int] | None] = attrs.field(factory=list)
    used_goals: set[int] = attrs.field(factory=set)
    drafts: list[Draft] = attrs.field(factory=list)
    pending: list[Segment] = attrs.field(factory=list)
    heard: list[Segment] = attrs.field(factory=list)
    between: list[tuple[Segment, bool]] = attrs.field(factory=list)
    subject: str = ""
    topic: str = ""
    asked: list[str] = attrs.field(factory=list)
    closed_goals: int = 0
    seen: tuple[int, str] = (-1, "")
    taken_of: str = ""
    earlier: list[str] = attrs.field(factory=list)
    mended: list[str] = attrs.field(factory=list)
    proportions: list[str] = attrs.field(factory=list)
    hoped: int = -1
    sampled: int = -1
    sentence: int = 0
    vetoes: list[Veto] = attrs.field(factory=list)
    open_veto: int | None = None
    vetoing: tuple[VetoEffect, ...] = ()
    veto_said: bool = True
    over: Heading = NO_HEADING
    vetoed: int = -1
    parts: list[Part] = attrs.field(factory=list)
    part_spans: list[tuple[int, int, int]] = attrs.field(factory=list)
    part_words: list[str] = attrs.field(factory=list)
    in_parts: bool = False
    later_worths: bool = False
    listed_worths: bool = False
    missed_apart: bool = False
    demerits: bool = False
    stated: Fraction | None = None
    floor: Fraction | None = Fraction(0)
    claims: dict[int, tuple[Taken, str]] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)
    free: tuple[Fraction, str] | None = None
    counting: Counting | None = None
    listing: object = None
    head: object = None
    adds_up: bool = False
    most_added: Points | None = None
    loose_ends: set[tuple[str, Fraction, bool]] = attrs.field(factory=set)

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

    def explain(self, segment: Segment, note: str) -> None:
        """Claim a segment for a rule, all of whose words are explained."""
        for index in range(segment.first, segment.end):
            self.claims[index] = (Taken.RULE, note)

    def explain_rule(self, draft: Draft, note: str) -> None:
        """Claim the words of a rule that was made of them, all of which are explained."""
        for index in range(draft.first, draft.end):
            self.claims[index] = (Taken.RULE, note)

    def fault(
        self, segment: Segment, message: str, *, code: str = "clause-unread", hint: str = ""
    ) -> None:
        """Report a segment; its tokens are unread where nothing was made of it."""
        self.faults.append(Fault(code, message, segment.first, segment.end, hint))
        if code == "clause-unread":
            self.claim(segment.first, segment.end, Taken.UNREAD)

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

    def begin_part(self, segment: Segment, name: str, points: Fraction, words: str = "") -> None:
        """Begin a part of so many points; `words`: those of the text that its name is made of."""
        self.in_parts = True
        self.parts.append(Part(str(len(self.parts) + 1), name, points=points))
        self.part_spans.append((segment.first, segment.end, self.sentence))
        self.part_words.append(words or name)
        self.subject = name
        self.claim(segment.first, segment.end, Taken.POINTS)

    def extend(self, draft: Draft, rule: Rule, segment: Segment) -> None:
        """Make the last rule another, which holds a further segment too."""
        draft.rule, draft.end, draft.full = rule, segment.end, False
        self.claim_rule(segment)

    def last(self) -> Draft | None:
        """Return the rule before, where there is one."""
        return self.drafts[-1] if self.drafts else None

    def heard_with(self, words: str) -> list[str]:
        """Return the phrases of this sentence that hold some words, and use them."""
        heard = self.heard[-RECENT:]
        found = [held for held in heard if words in words_of(held.tokens, self.plain)]
        for held in found:
            self.explain(held, "what is asked for")
        return [untied(words_of(held.tokens, self.plain).strip("的,，")) for held in found]

    def said_facts(self) -> tuple[str, ...]:
        """Return the facts of the rule before, where it stands in this sentence."""
        last = self.last()
        if last is None or last.sentence != self.sentence:
            return ()
        return last.occasion.facts if isinstance(last.occasion, Where) else ()

    def last_waiting(self) -> str:
        """Return the words right before, whatever stands in them."""
        last = words_of(self.pending[-1].tokens, self.plain) if self.pending else ""
        return untied(last.strip("的,，"))

    def pending_words(self) -> str:
        """Return the words of the last segment that nothing has used yet, as a name."""
        for held in reversed(self.pending[-RECENT:]):
            words = untied(words_of(held.tokens, self.plain))
            if not _BY.match(words):
                return words
        return ""

    # ----------------------------------------------------------------------------- goals

    def drop_goal(self) -> None:
        """Take the last goal back: it was what is, and not what must be reached."""
        for at in range(*(self.goal_spans[-1] or (0, 0))):
            self.claims[at] = (Taken.NUMBER, "what was reached")
        self._forget_last_goal()

    def _forget_last_goal(self) -> None:
        self.goals.pop()
        self.goal_spans.pop()
        self.goal_sentences.pop()

    def add_goal(self, goal: Goal, span: tuple[int, int] | None) -> None:
        """Add a goal; one that names only a kind of facility joins the goal before it."""
        topic = self.topic if self.topic.endswith(_QUANTITY_ENDS) or not self.asked[1:] else ""
        last = self.goals[-1] if self.goals else None
        free = len(self.goals) - 1 not in self.used_goals
        if goal.kinds and last is not None and last.name != goal.name and self._joins_earlier(goal):
            return  # 卫生院每月1次讲座，咨询9次；村卫生室每两月1次讲座
        goal, joined = by_kind(goal, last if free else None, self.subject or topic)
        if joined:
            self._forget_last_goal()
        self.goals.append(goal)
        self.goal_spans.append(span)
        self.goal_sentences.append(self.sentence)

    def _joins_earlier(self, goal: Goal) -> bool:
        """Join the number of some kinds of facility to that of the others, where one stands."""
        for index in reversed(self._recent_goals()):
            if index not in self.used_goals and self.goals[index].name == goal.name:
                whole, joined = by_kind(goal, self.goals[index], "")
                self.goals[index] = whole if joined else self.goals[index]
                return joined
        return False

    def hold_goal(self, name: str, bounds: Bounds) -> int:
        """Add a goal that stands in a rule itself, in a group of its own; return where it is."""
        index = len(self.goals)
        self.goals.append(Goal(name=name, bounds=bounds, group=_OWN_GROUP + index))
        self.goal_spans.append(None)
        self.goal_sentences.append(_OF_A_RULE)
        return index

    def join_goals(self, first: int) -> None:
        """Make one group of the goals from `first` on: they stand together."""
        for index in range(first, len(self.goals)):
            group = self.goals[first].group
            self.goals[index] = attrs.evolve(self.goals[index], group=group)

    def _recent_goals(self) -> range:
        return range(max(self.closed_goals, len(self.goals) - RECENT), len(self.goals))

    def recent_units(self) -> frozenset[str]:
        """Return the units of the goals that a rule may be about."""
        return frozenset(self.goals[index].bounds.unit for index in self._recent_goals())

    def goals_named(self, name: str) -> list[int]:
        """Return the goals of one quantity, in order."""
        return [index for index in self._recent_goals() if self.goals[index].name == name]

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
        return self._of_own_part(fitting) or self.beside(fitting[-1], fitting)

    def only_goal(self) -> Goal | None:
        """Return the first goal, where one quantity is asked for, and it alone.

        Those behind it may be what bands earn for; so many that they are a list are not looked at.
        """
        few = 0 < len(self.goals) <= RECENT and len({goal.name for goal in self.goals}) == 1
        return self.goals[0] if few else None

    def goals_among(self, units: Collection[str]) -> list[int]:
        """Return all recent goals of some units."""
        return self._of_units(units)

    def _of_own_part(self, indices: list[int]) -> list[int]:
        """Return the goal of the one part that points are open for: 甲率（3分），每低5%扣1分."""
        last = self.drafts[-1].end if self.drafts else 0
        opened = sum(span[0] >= last for span in self.part_spans[-2:]) if self.in_parts else 0
        if opened != 1 and not (self.in_parts and self.drafts and not opened):
            return []
        behind = self.part_spans[-1][1] if self.part_spans else 0
        if any((self.goal_spans[index] or (0, 0))[0] >= behind > 0 for index in indices[-1:]):
            return []  # …每少一次扣1分（5分）；讲座12次，每少一次: that part is over
        return self._named(self.parts[-1].title, indices) if self.parts else []

    def beside(self, last: int, among: Iterable[int] | None = None) -> list[int]:
        """Return the goals that stand together with a goal, itself the last of them."""
        group = self.goals[last].group
        recent = range(max(0, last - RECENT), last + 1) if among is None else among
        return [
            index
            for index in recent
            if self.goals[index].group == group or self._stands_beside(index, last)
        ]

    def required(self) -> list[int]:
        """Return the goals of the requirement's cell that no rule is about; none beside words.

        Where the cell asks for something without a number as well, 一项不达标 may be about that.
        """
        asked = [i for i in self._recent_goals() if self._is_asked(i)]
        if len({self.goals[index].group for index in asked}) < len(self.asked):
            return []
        return [index for index in asked if index not in self.used_goals]

    def waiting_goals(self) -> list[int]:
        """Return the goals of the words that wait, where each of these words is a goal."""
        held = [(segment.first, segment.end) for segment in self.pending[-RECENT:]]
        found = [i for i in self._recent_goals() if self.goal_spans[i] in held]
        of_all = {self.goal_spans[index] for index in found} == set(held)
        return [i for i in found if i not in self.used_goals] if of_all else []

    def goals_alone(self, first: int) -> list[int]:
        """Return the goals before a token, where nothing else stands there (甲率≥90%。乙率≥85%)."""
        unused = self.unused_goals()
        spans = sorted({span for i in unused if (span := self.goal_spans[i]) is not None})
        ends = [0, *(end for _, end in spans)]
        begins = [*(begin for begin, _ in spans), first]
        near = all(begin - end <= 1 for end, begin in zip(ends, begins, strict=True))
        return unused if near else []

    def unused_goals(self) -> list[int]:
        """Return the recent goals of the clause itself that no rule is about yet."""
        own = (i for i in self._recent_goals() if self.goal_spans[i] is not None)
        return [index for index in own if index not in self.used_goals]

    def together(self, last: int) -> list[int]:
        """Return the goals that 未达标 may be about: those of the cell, or those beside it."""
        if own := self._of_own_part([*self._recent_goals()]):
            return own
        if not self._is_asked(last) or last in self.used_goals:
            return self.beside(last)
        return [i for i in self._recent_goals() if self._is_asked(i) and i not in self.used_goals]

    def _is_asked(self, index: int) -> bool:
        """Whether a goal is one of the requirement's cell."""
        return self.goal_spans[index] is None and self.goals[index].group < 0

    def _stands_beside(self, index: int, last: int) -> bool:
        """Whether a goal stands in the last one's sentence, alike and free: A≥70%，B≥95%，每低…."""
        goal, other = self.goals[index], self.goals[last]
        span, before = self.goal_spans[index], self.last()
        return (
            (before is None or (span is not None and before.end <= span[0]))
            and (span is None) is (self.goal_spans[last] is None)  # the cell's stand in the cell
            and self._one_sentence(index, last)
            and self.used_goals.isdisjoint(range(index, last + 1))
            and goal.bounds.unit == other.bounds.unit
            and (goal.bounds.low is None) == (other.bounds.low is None)
            and goal.name != other.name
            # 每月至少2条，全年不少于24条 is one duty, said twice
            and (goal.target != other.target or goal.by_period == other.by_period)
        )

    def _one_sentence(self, index: int, last: int) -> bool:
        """Whether two goals stand in one sentence, or the rule in one that asks for nothing."""
        sentences = self.goal_sentences
        later = self.goal_spans[index] is not None and self.sentence > sentences[last]
        return sentences[index] == sentences[last] or later

    def _of_units(self, units: Collection[str]) -> list[int]:
        """Return the recent goals of some units; without a unit of its own each fits."""
        if not self.goals:
            return []
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
        if len(subject) > LONGEST_NAME:
            return []
        exact = [index for index in indices if self.goals[index].name == subject]
        if not exact and subject in _EACH_VACCINE:  # 单苗每低1% of 疫苗接种率
            exact = [i for i in indices if self.goals[i].name.endswith("接种率")]
        if not exact and subject in _SHARES:  # 占比 of 事业费占卫生费比例
            ends = [i for i in indices if self.goals[i].name.endswith(_RATE_ENDS)]
            exact = ends if len({self.goals[index].name for index in ends}) == 1 else []
        if exact:
            return exact[-1:]
        if several := self._in_short(subject, indices):
            return several
        shared = [index for index in indices if shares(subject, self.goals[index].name)][-1:]
        if shared:
            return shared
        alike = [index for index in indices if is_alike(subject, self.goals[index].name)]
        return alike[-1:] if len({self.goals[index].name for index in alike}) == 1 else []

    def _in_short(self, subject: str, indices: list[int]) -> list[int]:
        """Return the goals of one place that no rule is about, and that a short name stands for."""
        free = [index for index in indices if index not in self.used_goals]
        place = [(self.goal_spans[index] is None, self.goal_sentences[index]) for index in free]
        near = [index for index, each in zip(free, place, strict=True) if each == place[-1]]
        found = [near[at] for at in stands_for(subject, [self.goals[i].name for i in near])]
        return [i for i in found if self.goals[i].name not in self.plain] or found

    def goal_measure(self, index: int) -> Measure:
        """Return the measure of a goal."""
        goal = self.goals[index]
        kind = MeasureKind.GROWTH if goal.growth and goal.rate else None
        name = goal.name or self.subject or self.topic or "未名"
        return self.quantities.measure(name, kind, goal.bounds.unit)


_SHARES = frozenset({"占比", "比例", "比率", "所占比例"})
_EACH_VACCINE = frozenset({"单苗", "各苗", "每苗", "单种疫苗", "各种疫苗", "各疫苗", "每种疫苗"})
_RATE_ENDS = ("率", "比例", "占比")
_QUANTITY_ENDS = (*_RATE_ENDS, "数", "量", "费用")
_OF_A_RULE = -1
_OWN_GROUP = 10**9
"""Numbers of groups that no segment has from here on."""
