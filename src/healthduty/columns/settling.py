"""Nodes over many rows at once: from amounts to what every item, section and the total earned.

The steps are those of `scoring.settle`, in its order: children first; in each node start, earn,
lose, inside bonuses, forfeit, what is excused or moved, bonuses beyond, the section's cap. It runs
over the same arithmetic as `amounts`, on blocks and on spans.

Source: “How a point is lost”, sections 3 to 6.

>>> asked_gates((NodeOp(0, -1, 5, 0, 5, (), (Term(0, 5, gate=2),), (), (), (), (), 5),))
frozenset({2})
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, assert_never

from healthduty.columns.amounts import Amounts, Truths, Values, divided
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.scoring.ops import (
    AT_MOST,
    MORE,
    NO_LIMIT,
    NodeOp,
    NodeRef,
    Plan,
    Term,
    counting_rules,
)

LANE = ("settle", 0)
"""All that is settled has one lane."""


class Totals(NamedTuple):
    """What the whole agreement gave, by row; `unknown` rows have no total."""

    earned: Values
    bonus: Values
    apart: Values
    unknown: Truths


def asked_gates(nodes: Iterable[NodeOp]) -> frozenset[int]:
    """Return the nodes of which a deduction asks whether they are used up."""
    return frozenset(term.gate for node in nodes for term in node.lose if term.gate >= 0)


class Settle:
    """Settles a plan's nodes on one block of rows."""

    def __init__(self, plan: Plan, amounts: Amounts, gates: frozenset[int]) -> None:
        """Stand on the amounts; `gates` are as `asked_gates`."""
        count = len(plan.nodes)
        self.plan, self.amounts, self.x, self.gates = plan, amounts, amounts.x, gates
        self.inside: list[Values] = [0] * count
        self.starts: list[int] = [0] * count
        """What stands in `inside` on top, of items whose losses alone were taken off there."""
        self.beyond: list[Values] = [0] * count
        self.exhausted: dict[int, Truths] = {}
        self.excused: dict[int, Truths] = {}
        self.earns: dict[int, Values] = {}
        self.moved: dict[int, Values] = {}
        self.dropped: dict[int, Values] = {}
        self.all_excused: Truths = False
        self.unsure: dict[int, Truths] = {}

    def run(self) -> Totals:
        """Settle everything, children first."""
        self.x.open(LANE)
        for node, ref in zip(self.plan.nodes, self.plan.refs, strict=True):
            self._excuse(node, ref)
        for node in self.plan.nodes[:-1]:
            self._node(node)
        earned, bonus = self._total()
        apart: Values = 0
        for node in self.plan.settling.with_apart:
            apart = self.x.add(apart, self._gains(node.apart, None))
        unknown = self.x.either(self._doubt(), self.all_excused)
        self.x.close()
        return Totals(earned, bonus, apart, unknown)

    # --- excused items -----------------------------------------------------------------------

    def _excuse(self, node: NodeOp, ref: NodeRef) -> None:
        """Find where all rules of an item are silent, and what it earns instead there."""
        x, index = self.x, node.node
        rules = [rule for rule in counting_rules(ref.rules) if rule.slots]
        if ref.excusal is None or not node.full or not rules:
            return
        silent: Truths = True
        for rule in rules:
            silent = x.both(silent, self.amounts.absence(rule.slots)[0])
        if silent is False:
            return
        self.excused[index] = silent
        self.earns[index] = 0
        full = x.where(silent, node.full, 0)
        match ref.excusal:
            case FullPoints():
                self.earns[index] = node.full
            case ZeroPoints():
                pass
            case PeersMean():
                self.earns[index] = self._peers_mean(ref.excusal_slot, node.full)
            case MovedTo():
                self.moved[ref.moved_to] = x.add(self.moved.get(ref.moved_to, 0), full)
            case Rescaled():
                self.dropped[ref.section] = x.add(self.dropped.get(ref.section, 0), full)
            case _:
                assert_never(ref.excusal)

    def _peers_mean(self, slot: int, full: int) -> Values:
        if slot < 0:  # there is no such measure: the plan says so, and has no total
            return 0
        x, plan = self.x, self.plan
        top = x.mul(x.num(slot), 10**plan.places)
        mean = divided(x, top, x.mul(x.den(slot), plan.granule), plan.rounding)
        return x.most(x.least(x.mul(mean, plan.granule), full), 0)

    def _rescaled(self, node: NodeOp, left: Values) -> Values:
        """Scale a sum up to the full points; where every point dropped out there is no score."""
        dropped = self.dropped.get(node.node)
        if dropped is None:
            return left
        x, plan = self.x, self.plan
        rest = x.sub(node.full, dropped)
        some = x.compare(MORE, dropped, 0)
        self.all_excused = x.either(self.all_excused, x.both(some, x.compare(AT_MOST, rest, 0)))
        bottom = x.mul(x.most(rest, 1), plan.granule)
        scaled = x.mul(divided(x, x.mul(left, node.full), bottom, plan.rounding), plan.granule)
        return x.where(x.both(some, x.compare(MORE, rest, 0)), scaled, left)

    def _excused_or_moved(self, node: NodeOp, left: Values) -> Values:
        x, plan, index = self.x, self.plan, node.node
        if index in self.excused:
            left = x.where(self.excused[index], self.earns[index], left)
        moved = self.moved.get(index)
        if moved is not None and node.full > 0:
            bottom = node.full * plan.granule
            more = divided(x, x.mul(left, moved), bottom, plan.rounding)
            left = x.add(left, x.mul(more, plan.granule))
        return left

    # --- one node ----------------------------------------------------------------------------

    def _only_loses(self, node: NodeOp) -> bool:
        """Return whether all that happens to an item is that it loses: most items do no more."""
        index = node.node
        more = node.earn or node.inside or node.forfeits or node.beyond or not node.lose
        moved = index in self.moved or index in self.dropped
        around = index in self.excused or index in self.gates or moved
        bounded = node.floor > -NO_LIMIT and node.cap >= NO_LIMIT
        alone = isinstance(self.inside[index], int) and isinstance(self.beyond[index], int)
        return bounded and alone and not (more or around or self.beyond[index])

    def _lose_alone(self, node: NodeOp) -> None:
        """Take what an item loses straight off the sum around it: one pass instead of two."""
        x, index = self.x, node.node
        start = self.inside[index] + self.starts[index] + node.start
        lost = self._losses(node.lose, max(start - node.floor, 0), asked=False)[1]
        if x.wants("inside", index):
            x.keep("inside", index, x.sub(start, lost))
        before = self.inside[node.parent]
        self.inside[node.parent] = x.sub(before, lost, own=before)
        self.starts[node.parent] += start

    def _node(self, node: NodeOp) -> None:
        if self._only_loses(node):
            self._lose_alone(node)
            return
        x, index = self.x, node.node
        self.inside[index] = x.add(self.inside[index], self.starts[index])
        left = self._rescaled(node, x.add(self.inside[index], node.start))
        if node.earn:
            left = x.add(left, self._gains(node.earn, x.sub(node.full, left)))
        if node.lose:
            left = self._lose(node, left)
        if node.inside:
            left = x.add(left, self._gains(node.inside, x.sub(node.full, left)))
        if node.forfeits:
            left = self._forfeit(node, left)
        left = self._excused_or_moved(node, left)
        extra = self.beyond[index]
        if node.beyond:
            extra = x.add(extra, self._gains(node.beyond, None))
        if node.cap < NO_LIMIT:
            left, extra = self._cut(node.cap, left, extra)
        x.keep("inside", index, left)
        x.keep("beyond", index, extra)
        before = self.inside[node.parent]
        self.inside[node.parent] = x.add(before, left, own=before)
        if not isinstance(extra, int) or extra:
            self.beyond[node.parent] = x.add(self.beyond[node.parent], extra)

    def _gains(self, terms: tuple[Term, ...], room: Values | None) -> Values:
        """Return what is added, up to the room that there is; None is any."""
        x = self.x
        room = None if room is None else x.most(room, 0)
        gained: Values = 0
        for term in terms:
            amount = self._counted(term, self.amounts.of(term.amount).value, room)
            if room is not None and term is not terms[-1]:
                room = x.sub(room, amount)
            gained = x.add(gained, amount)
        return gained

    def _counted(self, term: Term, value: Values, room: Values | None) -> Values:
        """Return what of an amount counts: up to its cap, and to the room that there is."""
        x = self.x
        amount = x.limited(term.place, value, term.cap, room)
        if room is not None and not isinstance(room, int):  # a fixed room is in the limit already
            amount = x.least(amount, room, own=amount)
        x.keep("taken", term.place, amount)
        return amount

    def _losses(
        self, terms: tuple[Term, ...], room: Values | None, *, asked: bool
    ) -> tuple[Truths, Values]:
        """Return whether any loss was due, where that is asked, and what was taken."""
        x = self.x
        lost: Values = 0
        due: Truths = False
        for term in terms:
            value = self.amounts.of(term.amount).value
            if term.gate >= 0:
                value = x.where(self.exhausted.get(term.gate, False), value, 0)
            if asked:
                due = x.either(due, x.differs(value))
            amount = self._counted(term, value, room)
            if room is not None and term is not terms[-1]:
                room = x.sub(room, amount)
            lost = x.add(lost, amount)
        return due, lost

    def _lose(self, node: NodeOp, left: Values) -> Values:
        x, index = self.x, node.node
        bounded = node.floor > -NO_LIMIT
        room = x.most(x.sub(left, node.floor), 0) if bounded else None
        due, lost = self._losses(node.lose, room, asked=index in self.gates)
        left = x.sub(left, lost, own=lost)
        if index in self.gates:
            used_up = x.compare(AT_MOST, left, node.floor) if bounded else False
            self.exhausted[index] = x.both(due, used_up)
        return left

    def _forfeit(self, node: NodeOp, left: Values) -> Values:
        x, index = self.x, node.node
        held: Truths = False
        for place in node.forfeits:
            held = x.either(held, self.amounts.tested[place].holds)
        if index in self.gates:
            self.exhausted[index] = x.either(self.exhausted.get(index, False), held)
        return x.where(held, x.least(left, 0), left)

    def _cut(self, cap: int, left: Values, extra: Values) -> tuple[Values, Values]:
        """Cut what exceeds a section's cap, from the bonuses first."""
        x = self.x
        over = x.most(x.sub(x.add(left, extra), cap), 0)
        from_bonus = x.least(over, x.most(extra, 0))
        return x.sub(left, x.sub(over, from_bonus)), x.sub(extra, from_bonus)

    # --- the agreement -----------------------------------------------------------------------

    def _total(self) -> tuple[Values, Values]:
        """Settle the agreement's own node: bonus cap, deductions from the total, total cap."""
        x, plan = self.x, self.plan
        node = plan.nodes[-1]
        left = self._rescaled(node, x.add(self.inside[-1], self.starts[-1] + node.start))
        for terms in (node.earn, node.inside):
            if terms:
                left = x.add(left, self._gains(terms, x.sub(node.full, left)))
        x.keep("inside", node.node, left)
        bonus = self.beyond[-1]
        if node.beyond:
            bonus = x.add(bonus, self._gains(node.beyond, None))
        if plan.bonus_cap < NO_LIMIT:
            bonus = x.least(bonus, plan.bonus_cap)
        earned = x.add(left, bonus)
        if node.lose:
            earned = self._lose(node, earned)
        if node.cap < NO_LIMIT:
            earned = x.least(earned, node.cap)
        if plan.total_granule:
            granule = plan.total_granule
            earned = x.mul(divided(x, earned, granule, plan.rounding), granule)
        return earned, bonus

    # --- what can't be told ------------------------------------------------------------------

    def _doubt(self) -> Truths:
        """Find the nodes whose points can't be told, and return where the total can't be."""
        x = self.x
        for index, ref in enumerate(self.plan.refs):
            if index in self.excused and ref.excusal_slot >= 0:
                na, lost = self.amounts.absence(frozenset({ref.excusal_slot}))
                self._doubted(index, x.both(self.excused[index], x.either(na, lost)))
            for rule in ref.rules:
                for each in counting_rules((rule,)):
                    if each.op is None:
                        na, lost = self.amounts.absence(each.slots)
                        unknown = x.both(lost, x.no(na))
                    else:
                        unknown = self.amounts.made[each.op.out].unknown
                    if unknown is not False:
                        self._doubted(index, unknown)
                        self._doubted(rule.account, unknown)
        for node in self.plan.nodes[:-1]:
            if node.node in self.unsure:
                self._doubted(node.parent, self.unsure[node.node])
                x.keep("unsure", node.node, self.unsure[node.node])
        return self.unsure.get(self.plan.nodes[-1].node, False)

    def _doubted(self, index: int, where: Truths) -> None:
        self.unsure[index] = self.x.either(self.unsure.get(index, False), where)
