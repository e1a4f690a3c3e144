"""A plan as formulas: the engine that scores columns, run once on terms.

Nothing about scoring is said here a second time. The amounts and the settling are those of the
columns, and what they compute on arrays they compute here on terms, which a sheet then holds as
formulas. What is added is what a sheet shows beside the points: the tallies, what each member of a
group and each forfeit took, and what a rescaling, an excused item or a cap did.

Source: “How a point is lost”, sections 2 to 7; docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from healthduty.columns.amounts import Amount, Amounts, reduced, rules_by_amount
from healthduty.columns.settling import Settle, asked_gates
from healthduty.columns.spans import Span
from healthduty.rules.points import Effect, Placement
from healthduty.scoring.ops import (
    COMPLETE,
    EQUAL,
    NO_LIMIT,
    STARTED,
    AmountOp,
    BandsOp,
    CasesOp,
    ConditionOp,
    GroupOp,
    LackingOp,
    Modifiers,
    NodeOp,
    OnceOp,
    Operand,
    PlainStepsOp,
    Plan,
    RuleRef,
    StepsOp,
)
from healthduty.workbook.formulas_terms import Number, Terms, Truth, is_wide

_SIGNS = {1: "≥", -1: "≤"}

AmountSpan = Callable[[int], Span]
"""Between what an amount lies over all facilities: asked for where it can't be a formula."""


class Tally(NamedTuple):
    """What was counted, as a pair."""

    top: Number
    bottom: Number


class Target(NamedTuple):
    """What is held against the value: the sign, and the number as a pair."""

    sign: str
    top: Number
    bottom: Number


class Effective(NamedTuple):
    """What a line did: its signed points as they count, and points beyond the item's."""

    points: Number
    bonus: Number


class Written(NamedTuple):
    """What a plan's formulas give, all in points scale; `fixed` could not be formulas.

    `lines` are by the identity of the rule's reference; `inside`, `beyond`, `unsure` and `adjusted`
    by node. `adjusted` is what no single rule answers for.
    """

    lines: Mapping[int, Effective]
    tallies: Mapping[int, Tally]
    targets: Mapping[int, Target]
    inside: Mapping[int, Number]
    beyond: Mapping[int, Number]
    unsure: Mapping[int, Truth]
    adjusted: Mapping[int, Number]
    earned: Number
    bonus: Number
    apart: Number
    unknown: Truth
    amounts: WrittenAmounts
    fixed: frozenset[tuple[str, int]]


def write_plan(terms: Terms, plan: Plan, amount_span: AmountSpan) -> Written:
    """Run a plan on terms whose slots are set."""
    amounts = WrittenAmounts(plan, terms, amount_span)
    settle = _WrittenSettle(plan, amounts)
    totals = settle.run()
    lines = _Lines(plan, settle)
    return Written(
        lines.all(),
        amounts.tallies,
        amounts.targets,
        {place: _number(terms, "inside", place) for place in range(len(plan.nodes))},
        {place: settle.beyond_at.get(place, 0) for place in range(len(plan.nodes))},
        settle.unsure,
        settle.adjusted,
        totals.earned,
        totals.bonus,
        totals.apart,
        totals.unknown,
        amounts,
        frozenset(amounts.fixed),
    )


def _number(terms: Terms, what: str, place: int) -> Number:
    return terms.kept.get((what, place), 0)


# --- amounts -----------------------------------------------------------------------------------


class WrittenAmounts(Amounts):
    """The amounts on terms; what a spreadsheet can't compute exactly is a number that stands."""

    def __init__(self, plan: Plan, terms: Terms, amount_span: AmountSpan) -> None:
        """Test the conditions; `amount_span` is asked for what has to be written as a value."""
        self.tallies: dict[int, Tally] = {}
        self.targets: dict[int, Target] = {}
        self.fixed: set[tuple[str, int]] = set()
        self._amount_span = amount_span
        self._out = -1
        super().__init__(plan, terms, rules_by_amount(plan))

    def _condition(self, op: ConditionOp) -> Truth:
        truth: Truth = super()._condition(op)
        if not is_wide(truth):
            return truth
        self.fixed.add(("condition", op.out))
        leaf: Truth = self.x.leaf(("condition", op.out), Span(0, 1), truth=True)
        return leaf

    def of(self, out: int) -> Amount:
        """Return an amount, as a leaf where its formula would not be exact."""
        made = super().of(out)
        if out in self.tallies and made.left_out is not False:
            top, bottom = self.tallies[out]
            self.tallies[out] = Tally(self.x.where(made.left_out, 0, top), bottom)
        if not is_wide(made.value) and not is_wide(made.unknown):
            return made
        self.fixed.add(("amount", out))
        self.tallies.pop(out, None)
        value = self.x.leaf(("amount", out), self._amount_span(out))
        unknown = made.unknown
        if is_wide(unknown):
            unknown = self.x.leaf(("unknown", out), Span(0, 1), truth=True)
        made = made._replace(value=value, unknown=unknown)
        self.made[out] = made._replace(value=0)
        return made

    # --- tallies -----------------------------------------------------------------------------

    def _value(self, op: AmountOp) -> tuple[Number, Truth]:
        self._out = op.out
        target = self._target(op)
        if target is not None:
            self.targets[op.out] = target
        made: tuple[Number, Truth] = super()._value(op)
        x = self.x
        if isinstance(op, BandsOp):
            band: Number = 0
            for place in range(len(op.cases) - 1, -1, -1):
                band = x.where(self._inside(op, op.cases[place]), place + 1, band)
            self.tallies[op.out] = Tally(band, 1)
        elif isinstance(op, OnceOp):
            self.tallies[op.out] = Tally(x.where(self.tested[op.condition].holds, 1, 0), 1)
        elif isinstance(op, CasesOp) and op.weighted:
            count = self._gap(-op.free_n, -op.free_q, op.slot)
            bottom = x.mul(x.den(op.slot), op.free_q * op.step_n)
            self.tallies[op.out] = Tally(*reduced(x, count, (op.step_q, bottom)))
        return made

    def _target(self, op: AmountOp) -> Target | None:
        """Return what a rule asks for, where it is one number."""
        match op:
            case PlainStepsOp():
                sign = 1 if op.weight > 0 else -1
                return Target(_SIGNS[sign], sign * op.target, sign * op.weight)
            case StepsOp():
                pair = op.target_n, op.target_q
                return Target(_SIGNS[op.sign], *(self.resolve(op.dynamic) if op.dynamic else pair))
            case LackingOp(dynamic=None):
                return Target(_SIGNS[1], op.required, 1)
            case LackingOp(dynamic=Operand() as dynamic):
                x, (top, bottom) = self.x, self.resolve(dynamic)
                if op.months >= 0:
                    top, bottom = x.mul(x.num(op.months), top), x.mul(bottom, x.den(op.months))
                return Target(_SIGNS[1], x.floor(top, bottom), 1)
            case CasesOp() if not op.weighted and op.free_n:
                return Target(_SIGNS[-1], op.free_n, op.free_q)
            case _:
                return None

    def _finish(
        self, modifiers: Modifiers, gap: Number, per_gap: tuple[int, Number], per: int
    ) -> Number:
        x = self.x
        count, bottom = reduced(x, gap, per_gap)
        if modifiers.counting == STARTED:
            count = x.sub(x.add(count, bottom), 1)
        if modifiers.counting in (COMPLETE, STARTED):
            count, bottom = x.floor(count, bottom), 1
        self.tallies[self._out] = Tally(count, bottom)
        made: Number = super()._finish(modifiers, gap, per_gap, per)
        return made


# --- settling ----------------------------------------------------------------------------------


class _WrittenSettle(Settle):
    """Settles a plan's nodes on terms, and keeps what each step did."""

    def __init__(self, plan: Plan, amounts: WrittenAmounts) -> None:
        super().__init__(plan, amounts, asked_gates(plan.nodes))
        self.adjusted: dict[int, Number] = {}
        self.forfeited: dict[tuple[int, int], Number] = {}
        self.beyond_at: dict[int, Number] = {}

    def _only_loses(self, node: NodeOp) -> bool:  # noqa: ARG002 - of any node
        return False  # a section is the sum of its items, not its points less what they lost

    def _node(self, node: NodeOp) -> None:
        self.x.open(("node", node.node))
        super()._node(node)
        self.x.close()
        self.beyond_at[node.node] = self.x.kept.get(("beyond", node.node), 0)

    def _adjust(self, node: int, after: Number, before: Number) -> None:
        if after is not before:
            change = self.x.sub(after, before)
            self.adjusted[node] = self.x.add(self.adjusted.get(node, 0), change)

    def _rescaled(self, node: NodeOp, left: Number) -> Number:
        after: Number = super()._rescaled(node, left)
        self._adjust(node.node, after, left)
        return after

    def _excused_or_moved(self, node: NodeOp, left: Number) -> Number:
        after: Number = super()._excused_or_moved(node, left)
        self._adjust(node.node, after, left)
        return after

    def _cut(self, cap: int, left: Number, extra: Number) -> tuple[Number, Number]:
        made: tuple[Number, Number] = super()._cut(cap, left, extra)
        node = self.x.current()[1]
        self._adjust(node, self.x.add(*made), self.x.add(left, extra))
        return made

    def _forfeit(self, node: NodeOp, left: Number) -> Number:
        after: Number = super()._forfeit(node, left)
        x, taken, before = self.x, self.x.sub(left, after), False
        for place in node.forfeits:
            holds = self.amounts.tested[place].holds
            first = x.both(holds, x.no(before))
            self.forfeited.setdefault((node.node, place), x.where(first, taken, 0))
            before = x.either(before, holds)
        return after

    def _total(self) -> tuple[Number, Number]:
        x, node, ref = self.x, self.plan.nodes[-1], self.plan.refs[-1]
        x.open(("node", node.node))
        earned, bonus = super()._total()
        bites = node.cap < NO_LIMIT or self.plan.bonus_cap < NO_LIMIT
        if bites or self.plan.total_granule or node.node in self.dropped:
            self.adjusted.pop(node.node, None)
            rest = x.sub(earned, x.add(x.add(self.inside[-1], self.beyond[-1]), ref.unshared))
            rest = x.sub(rest, node.start - ref.unshared)
            for terms, sign in (
                (node.earn, -1),
                (node.inside, -1),
                (node.beyond, -1),
                (node.lose, 1),
            ):
                for term in terms:
                    taken = x.kept["taken", term.place]
                    rest = x.add(rest, taken) if sign > 0 else x.sub(rest, taken)
            self.adjusted[node.node] = rest
        x.close()
        return earned, bonus


# --- lines -------------------------------------------------------------------------------------


class _Lines:
    """What every rule's line did, as `scoring.lines` tells it of one facility."""

    def __init__(self, plan: Plan, settle: _WrittenSettle) -> None:
        self.plan, self.settle = plan, settle
        self.x, self.amounts = settle.x, settle.amounts
        self.made: dict[int, Effective] = {}
        self.shown: set[tuple[int, int]] = set()

    def all(self) -> Mapping[int, Effective]:
        for node in self.plan.refs:
            for ref in node.rules:
                if ref.op is None:
                    self._forfeit(ref)
                else:
                    taken = self.x.kept.get(("taken", ref.term), 0)
                    self._amount(ref, taken, ref.placement)
        return self.made

    def _forfeit(self, ref: RuleRef) -> None:
        at, points = (ref.account, ref.condition), 0
        if at not in self.shown:
            self.shown.add(at)
            points = self.x.sub(0, self.settle.forfeited.get(at, 0))
        self.made[id(ref)] = Effective(points, 0)

    def _amount(self, ref: RuleRef, taken: Number, placement: Placement | None) -> None:
        if ref.members:
            self._group(ref, taken, placement)
            return
        points = self.x.sub(0, taken) if ref.effect is Effect.LOSE else taken
        bonus: Number = 0 if placement in (None, Placement.INSIDE) else taken
        if placement is Placement.APART:
            points = 0
        self.made[id(ref)] = Effective(points, bonus)

    def _group(self, ref: RuleRef, taken: Number, placement: Placement | None) -> None:
        """Share what a group took among its members: all, or the first that makes its amount."""
        x, op = self.x, ref.op
        assert isinstance(op, GroupOp)  # noqa: S101 - only groups have members
        whole = self.amounts.of(op.out).value
        found: Truth = False
        for member in ref.members:
            assert member.op is not None  # noqa: S101 - only forfeits have none
            amount = self.amounts.of(member.op.out)
            own = amount.value if member.cap >= NO_LIMIT else x.least(amount.value, member.cap)
            given = x.least(own, taken)
            if op.pick:
                fits = x.both(x.no(amount.left_out), x.compare(EQUAL, own, whole))
                given = x.where(x.both(fits, x.no(found)), given, 0)
                found = x.either(found, fits)
            else:
                taken = x.sub(taken, given)
            self._amount(member, given, placement)


def rows_of(refs: tuple[RuleRef, ...]) -> Iterator[tuple[RuleRef, int]]:
    """Go through rules and the members of groups, each with how deep it stands."""
    for ref in refs:
        yield ref, 0
        for member, depth in rows_of(ref.members):
            yield member, depth + 1
