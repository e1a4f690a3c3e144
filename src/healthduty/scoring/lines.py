"""The lines of a score sheet: every point lost, earned, added, cut or rounded.

A rule has a line with its raw and its effective points; what a cap, a floor or a group gave
back stands right behind it. Lines are made from the very integers that were scored, so they add
up exactly: full + Σ effective = earned = full + Σ raw.

Source: “How a point is lost”, section 7; semantics 5.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from healthduty.exact import scaled_decimal
from healthduty.rules.points import Effect, Placement
from healthduty.rules.rule import Assumption, Rule
from healthduty.scoring.evaluate import Evaluation
from healthduty.scoring.ops import GroupOp, NodeRef, PlainStepsOp, Plan, RuleRef
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.trace import exact_points
from healthduty.sources import Citation


class LineKind(enum.StrEnum):
    """What a line is about."""

    RULE = "rule"
    START = "start"
    """The item starts at zero and earns its points."""
    CAP = "cap"
    """What a rule's own cap gave back."""
    NOT_PICKED = "not_picked"
    """A rule of a group that another one stood in for."""
    GROUP_CAP = "group_cap"
    FLOOR = "floor"
    """What there was no longer anything to take from (扣完为止)."""
    CEILING = "ceiling"
    """What was more than the item's points."""
    FORFEIT = "forfeit"
    EXCUSED = "excused"
    RESCALED = "rescaled"
    MOVED = "moved"
    SECTION_CAP = "section_cap"
    BONUS_CAP = "bonus_cap"
    TOTAL_CAP = "total_cap"
    ROUNDING = "rounding"
    TOTAL_ROUNDING = "total_rounding"


# A named tuple is made in half the time of a frozen class, and a sheet makes a hundred of these.
class Line(NamedTuple):
    """One line: where it stands, what it is about, its points, and the rule behind it.

    `raw` and `effective` are signed points; `bonus` is what counts beyond the item's points or
    apart from the total. The sentence is made by the sheet that the line belongs to.
    """

    node: NodeRef
    kind: LineKind
    places: int
    full_units: int
    raw_units: int
    effective_units: int
    bonus_units: int = 0
    ref: RuleRef | None = None
    exact_units: tuple[int, int] | None = None

    @property
    def number(self) -> str:
        """The number of the item; empty for the total."""
        return self.node.number

    @property
    def title(self) -> str:
        """The title of the item."""
        return self.node.title

    @property
    def full(self) -> Decimal:
        """The item's full points."""
        return scaled_decimal(self.full_units, self.places)

    @property
    def raw(self) -> Decimal:
        """Signed points before anything bit."""
        return scaled_decimal(self.raw_units, self.places)

    @property
    def effective(self) -> Decimal:
        """Signed points as they count."""
        return scaled_decimal(self.effective_units, self.places)

    @property
    def bonus(self) -> Decimal:
        """Points beyond the item's points, or apart from the total."""
        return scaled_decimal(self.bonus_units, self.places)

    @property
    def exact(self) -> Fraction | None:
        """Of a rounding: the points before it."""
        if self.exact_units is None:
            return None
        top, bottom = self.exact_units
        return Fraction(top, bottom * 10**self.places)

    @property
    def citation(self) -> Citation | None:
        """The words that the rule rests on, or else its group."""
        return next((rule.citation for rule in self._rules() if rule.citation is not None), None)

    @property
    def assumption(self) -> Assumption | None:
        """How an open wording was read, of the rule or else of its group."""
        return next(
            (rule.assumption for rule in self._rules() if rule.assumption is not None), None
        )

    def _rules(self) -> tuple[Rule, ...]:
        if self.ref is None:
            return ()
        return tuple(rule for rule in (self.ref.rule, self.ref.group) if rule is not None)


class LineMaker:
    """Writes the lines of one evaluation, node by node, children before their section."""

    def __init__(self, plan: Plan, prepared: Prepared, evaluation: Evaluation) -> None:
        """Keep what was computed."""
        self.plan = plan
        self.places = plan.places
        self.prepared = prepared
        self.settled = evaluation.settled
        self.amounts, self.holds = evaluation.computed
        self.left_out = evaluation.silent | evaluation.unknown | evaluation.shares_of_nothing
        self.shown_forfeits: set[int] = set()
        self.made: list[Line] = []
        self.here = plan.refs[-1]
        """The node whose lines are being written; `full` is its points."""
        self.full = 0

    def lines(self) -> tuple[Line, ...]:
        """Write all lines."""
        adjustments = self.settled.adjustments
        adjusted = {
            *adjustments.excused,
            *adjustments.moved,
            *adjustments.cut,
        }
        for node, ref in zip(self.plan.nodes, self.plan.refs, strict=True):
            self.here, self.full = ref, node.full
            if short := node.start - ref.unshared:
                self._own(LineKind.START, short)
            if node.node in adjustments.scaled:
                self._own(LineKind.RESCALED, adjustments.scaled[node.node])
            for rule in ref.rules:
                self._rule(rule)
            if node.node in adjusted:
                self._adjust(node.node)
        self._adjust_total()
        return tuple(self.made)

    def _adjust(self, node: int) -> None:
        adjustments = self.settled.adjustments
        if node in adjustments.excused:
            self._own(LineKind.EXCUSED, adjustments.excused[node])
        if node in adjustments.moved:
            self._own(LineKind.MOVED, adjustments.moved[node])
        if node in adjustments.cut:
            self._own(LineKind.SECTION_CAP, -sum(adjustments.cut[node]))

    def _adjust_total(self) -> None:
        adjustments = self.settled.adjustments
        for kind, points in (
            (LineKind.BONUS_CAP, -adjustments.bonus_cut),
            (LineKind.TOTAL_CAP, -adjustments.total_cut),
            (LineKind.TOTAL_ROUNDING, adjustments.total_rounding),
        ):
            if points:
                self._own(kind, points)

    def _own(self, kind: LineKind, points: int) -> None:
        """Write a line that no single rule answers for."""
        self.made.append(Line(self.here, kind, self.places, self.full, points, points))

    def _back(self, kind: LineKind, raw: int, ref: RuleRef) -> None:
        """Write a line of what was given back: it has a raw side only."""
        self.made.append(Line(self.here, kind, self.places, self.full, raw, 0, 0, ref))

    # --- rules -------------------------------------------------------------------------------

    def _rule(self, ref: RuleRef) -> None:
        op = ref.op
        if op is None:
            self._forfeit(ref)
            return
        amount = self.amounts[op.out]
        if not amount and not ref.members:  # nothing is due, so nothing was given back
            self.made.append(Line(self.here, LineKind.RULE, self.places, self.full, 0, 0, 0, ref))
            return
        taken = self.settled.taken[ref.term]
        closed = ref.gate >= 0 and not self.settled.exhausted[ref.gate]
        capped = 0 if closed else min(amount, ref.cap)
        self._amount_lines(ref, capped, taken, ref.placement)
        if capped > taken:
            losing = ref.effect is Effect.LOSE
            kind = LineKind.FLOOR if losing else LineKind.CEILING
            self._back(kind, capped - taken if losing else taken - capped, ref)

    def _amount(self, ref: RuleRef) -> int:
        assert ref.op is not None  # noqa: S101 - forfeits have lines of their own
        return self.amounts[ref.op.out]

    def _amount_lines(
        self, ref: RuleRef, capped: int, taken: int, placement: Placement | None
    ) -> None:
        """Write the lines of an amount of which `capped` was due and `taken` counted."""
        if ref.members:
            self._group(ref, capped, taken, placement)
            return
        # A gate that stayed closed makes nothing due.
        amount = self._amount(ref) if capped else 0
        sign = -1 if ref.effect is Effect.LOSE else 1
        raw, effective, bonus = sign * amount, sign * taken, 0
        if placement is Placement.BEYOND:
            bonus = taken
        elif placement is Placement.APART:
            raw, effective, bonus = 0, 0, taken
        self.made.append(
            Line(self.here, LineKind.RULE, self.places, self.full, raw, effective, bonus, ref)
        )
        if amount:
            self._rounding(ref, amount, sign)
        if amount > capped and placement is not Placement.APART:
            self._back(LineKind.CAP, -sign * (amount - capped), ref)

    def _rounding(self, ref: RuleRef, amount: int, sign: int) -> None:
        assert ref.op is not None  # noqa: S101 - as above
        if isinstance(ref.op, (PlainStepsOp, GroupOp)):  # always even; its members have lines
            return
        pair = exact_points(ref.op, self.plan, self.prepared, self.holds)
        if pair is not None and pair[0] != amount * pair[1]:
            kind, exact = LineKind.ROUNDING, (sign * pair[0], pair[1])
            self.made.append(Line(self.here, kind, self.places, self.full, 0, 0, 0, ref, exact))

    def _group(self, ref: RuleRef, capped: int, taken: int, placement: Placement | None) -> None:
        """Write a group's members, each with its part of what the group took."""
        picked = self._picked(ref)
        sign = -1 if ref.effect is Effect.LOSE else 1
        counts = placement is not Placement.APART
        due = 0
        for member in ref.members:
            own = min(self._amount(member), member.cap)
            counted = member.op is not None and member.op.out in picked
            given = min(own, taken) if counted else 0
            self._amount_lines(member, own, given, placement)
            if counted:
                due, taken = due + own, taken - given
            elif own and counts:
                self._back(LineKind.NOT_PICKED, -sign * own, member)
        if due > capped and counts:
            self._back(LineKind.GROUP_CAP, -sign * (due - capped), ref)

    def _picked(self, ref: RuleRef) -> set[int]:
        """Return the amounts that count: all, or the first that makes the group's amount."""
        assert isinstance(ref.op, GroupOp)  # noqa: S101 - only groups have members
        if ref.op.pick == 0:
            return {place for place, _ in ref.op.members}
        for place, cap in ref.op.members:
            if place not in self.left_out and min(self.amounts[place], cap) == self._amount(ref):
                return {place}
        return set()

    def _forfeit(self, ref: RuleRef) -> None:
        taken, condition = self.settled.adjustments.forfeited.get(ref.account, (0, -1))
        points = 0
        if condition == ref.condition and ref.account not in self.shown_forfeits:
            self.shown_forfeits.add(ref.account)
            points = -taken
        self.made.append(
            Line(self.here, LineKind.FORFEIT, self.places, self.full, points, points, 0, ref)
        )
