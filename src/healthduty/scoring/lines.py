"""The lines of a score sheet: every point lost, earned, added, cut or rounded.

A rule has a line with its raw and its effective points; what a cap, a floor or a group gave
back stands right behind it. Lines are made from the very integers that were scored, so they add
up exactly: full + Σ effective = earned = full + Σ raw.

Source: “How a point is lost”, section 7; semantics 5.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.exact import scaled_decimal
from healthduty.rules.points import Effect, Placement
from healthduty.rules.rule import Assumption
from healthduty.scoring.evaluate import Evaluation
from healthduty.scoring.ops import GroupOp, NodeOp, NodeRef, Plan, RuleRef
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


@attrs.frozen(eq=False)
class Line:
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
    exact: Fraction | None = None

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
    def citation(self) -> Citation | None:
        """The words that the rule rests on."""
        return self.ref.rule.citation if self.ref and self.ref.rule else None

    @property
    def assumption(self) -> Assumption | None:
        """How an open wording was read."""
        return self.ref.rule.assumption if self.ref and self.ref.rule else None


class _Account(NamedTuple):
    """How a rule's points count: where its lines stand, their sign, whether beyond or apart."""

    node: NodeOp
    sign: int
    beyond: bool = False
    apart: bool = False


class LineMaker:
    """Writes the lines of one evaluation, node by node, children before their section."""

    def __init__(self, plan: Plan, prepared: Prepared, evaluation: Evaluation) -> None:
        """Keep what was computed."""
        self.plan = plan
        self.prepared = prepared
        self.settled = evaluation.settled
        self.amounts, self.holds = evaluation.computed
        self.left_out = evaluation.silent | evaluation.unknown | evaluation.shares_of_nothing
        self.shown_forfeits: set[int] = set()

    def lines(self) -> Iterator[Line]:
        """Write all lines."""
        for node in self.plan.nodes:
            yield from self._node(node)

    def _node(self, node: NodeOp) -> Iterator[Line]:
        adjustments, index = self.settled.adjustments, node.node
        if short := node.start - self.plan.refs[index].unshared:
            yield self._own(node, LineKind.START, short)
        if index in adjustments.scaled:
            yield self._own(node, LineKind.RESCALED, adjustments.scaled[index])
        for ref in self.plan.refs[index].rules:
            if ref.op is None:
                yield self._forfeit(node, ref)
            else:
                yield from self._rule(node, ref)
        if index in adjustments.excused:
            yield self._own(node, LineKind.EXCUSED, adjustments.excused[index])
        if index in adjustments.moved:
            yield self._own(node, LineKind.MOVED, adjustments.moved[index])
        if index in adjustments.cut:
            yield self._own(node, LineKind.SECTION_CAP, -sum(adjustments.cut[index]))
        if node.parent < 0:
            for kind, points in (
                (LineKind.BONUS_CAP, -adjustments.bonus_cut),
                (LineKind.TOTAL_CAP, -adjustments.total_cut),
                (LineKind.TOTAL_ROUNDING, adjustments.total_rounding),
            ):
                if points:
                    yield self._own(node, kind, points)

    def _own(self, node: NodeOp, kind: LineKind, points: int) -> Line:
        """Write a line that no single rule answers for."""
        return self._line(node, kind, points, points)

    def _line(
        self,
        node: NodeOp,
        kind: LineKind,
        raw: int,
        effective: int = 0,
        bonus: int = 0,
        ref: RuleRef | None = None,
        exact: Fraction | None = None,
    ) -> Line:
        return Line(
            self.plan.refs[node.node],
            kind,
            self.plan.places,
            node.full,
            raw,
            effective,
            bonus,
            ref,
            exact,
        )

    # --- rules -------------------------------------------------------------------------------

    def _rule(self, node: NodeOp, ref: RuleRef) -> Iterator[Line]:
        account = _Account(
            node,
            -1 if ref.effect == Effect.LOSE else 1,
            beyond=ref.placement is Placement.BEYOND,
            apart=ref.placement is Placement.APART,
        )
        taken = self.settled.taken[ref.term]
        closed = ref.gate >= 0 and not self.settled.exhausted[ref.gate]
        capped = 0 if closed else min(self._amount(ref), ref.cap)
        yield from self._amount_lines(account, ref, capped, taken)
        if capped > taken:
            kind = LineKind.FLOOR if account.sign < 0 else LineKind.CEILING
            yield self._line(node, kind, -account.sign * (capped - taken), ref=ref)

    def _amount(self, ref: RuleRef) -> int:
        assert ref.op is not None  # noqa: S101 - forfeits have lines of their own
        return self.amounts[ref.op.out]

    def _amount_lines(
        self, account: _Account, ref: RuleRef, capped: int, taken: int
    ) -> Iterator[Line]:
        """Write the lines of an amount of which `capped` was due and `taken` counted."""
        if ref.members:
            yield from self._group(account, ref, capped, taken)
            return
        node, sign = account.node, account.sign
        # A gate that stayed closed makes nothing due.
        amount = self._amount(ref) if capped else 0
        bonus = taken if account.beyond or account.apart else 0
        if account.apart:
            yield self._line(node, LineKind.RULE, 0, 0, bonus, ref)
        else:
            yield self._line(node, LineKind.RULE, sign * amount, sign * taken, bonus, ref)
        assert ref.op is not None  # noqa: S101 - as above
        if ref.op.out not in self.left_out:
            exact = exact_points(ref.op, self.plan, self.prepared, self.holds)
            if amount and exact is not None and exact != amount:
                exact = sign * exact / 10**self.plan.places
                yield self._line(node, LineKind.ROUNDING, 0, ref=ref, exact=exact)
        if amount > capped and not account.apart:
            yield self._line(node, LineKind.CAP, -sign * (amount - capped), ref=ref)

    def _group(
        self, account: _Account, ref: RuleRef, capped: int, taken: int
    ) -> Iterator[Line]:
        """Write a group's members, each with its part of what the group took."""
        picked = self._picked(ref)
        due = 0
        for member in ref.members:
            own = min(self._amount(member), member.cap)
            given = min(own, taken) if member in picked else 0
            yield from self._amount_lines(account, member, own, given)
            if member in picked:
                due, taken = due + own, taken - given
            elif own and not account.apart:
                yield self._line(account.node, LineKind.NOT_PICKED, -account.sign * own, ref=member)
        if due > capped and not account.apart:
            yield self._line(
                account.node, LineKind.GROUP_CAP, -account.sign * (due - capped), ref=ref
            )

    def _picked(self, ref: RuleRef) -> tuple[RuleRef, ...]:
        """Return the members that count: all, or the first that makes the group's amount."""
        assert isinstance(ref.op, GroupOp)  # noqa: S101 - only groups have members
        if ref.op.pick == 0:
            return ref.members
        for member in ref.members:
            assert member.op is not None  # noqa: S101 - forfeits are no members
            own = min(self._amount(member), member.cap)
            if member.op.out not in self.left_out and own == self._amount(ref):
                return (member,)
        return ()

    def _forfeit(self, node: NodeOp, ref: RuleRef) -> Line:
        taken, condition = self.settled.adjustments.forfeited.get(ref.account, (0, -1))
        points = 0
        if condition == ref.condition and ref.account not in self.shown_forfeits:
            self.shown_forfeits.add(ref.account)
            points = -taken
        return self._line(node, LineKind.FORFEIT, points, points, ref=ref)
