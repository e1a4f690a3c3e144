"""From what clusters do to what the agreement gives: items, sections and total, as tables.

Children come first, as in scoring. An item is settled as soon as every cluster that touches it is
joined; all that is kept of it then is what it brings to its section. Each item is settled by
`settle` itself, alone, so there is one way to settle.

Source: “How a point is lost”, sections 2 to 6.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from healthduty.model.veto import ZeroSection
from healthduty.results.paths_effects import Board, Cluster, Places
from healthduty.results.paths_tables import Axis, Budget, Join, Table, Values
from healthduty.rules.points import Effect, Placement
from healthduty.scoring.ops import (
    NO_LIMIT,
    GroupOp,
    NodeOp,
    Plan,
    RuleRef,
    Settling,
    Term,
)
from healthduty.scoring.settle import NOBODY, Excused, settle

_SUM, _BEYOND, _EARN, _LOSE, _INSIDE, _DUE = range(6)
"""The places of what a single item is settled from."""

TOTAL, FACT, ZEROED, GROUP, GATED, FORFEIT = "total", "fact", "zeroed", "group", "gated", "forfeit"
_KINDS = ("sum", "beyond", "earn", "lose", "inside", "due")


class Alone(NamedTuple):
    """What an item makes when it is settled alone."""

    inside: int
    beyond: int
    exhausted: bool


class Settler:
    """Settles tables of one record's clusters, node by node."""

    def __init__(self, board: Board, clusters: Iterable[Cluster], *, worst: bool = False) -> None:
        """Find what never moves, and what each cluster's rules bring to which account.

        With `worst` the worst is looked for: what is worse counts as better.
        """
        self.side = -1 if worst else 1
        self.board, self.plan = board, board.plan
        self.clusters = tuple(clusters)
        moving = {_out(ref) for each in self.clusters for ref in each.amounts}
        moving_forfeits = {ref for each in self.clusters for ref in each.forfeits}
        self.gates = {term.gate for node in self.plan.nodes for term in node.lose if term.gate >= 0}
        self.strict = self._strict()
        self.groups = self._groups(moving)
        moving |= self.groups.keys()
        self.fixed: dict[Axis, int] = {}
        for node in self.plan.refs:
            for ref in node.rules:
                if ref.op is None:
                    if ref not in moving_forfeits:
                        held = board.base.computed.holds[ref.condition]
                        self._fix(self._forfeit_axis(ref), int(held))
                elif _out(ref) not in moving:
                    self._fix_amount(ref)
        for group, _ in self.groups.values():
            for member in group.members:
                if _out(member) not in moving and _out(member) not in board.base.silent:
                    self._fix_amount(member)

    # --- axes --------------------------------------------------------------------------------

    def _strict(self) -> set[int]:
        """Return the nodes where more is not always better, and all within them.

        A cap takes from bonuses first, and what is left of them may count further out; a veto
        takes out what a section has.
        """
        zeroed = {
            effect.number
            for veto in self.plan.agreement.vetoes
            for effect in veto.effects
            if isinstance(effect, ZeroSection)
        }
        strict: set[int] = set()
        for node in reversed(self.plan.nodes):
            capped = node.cap < NO_LIMIT and node.parent >= 0
            named = self.plan.refs[node.node].number in zeroed
            if capped or named or node.parent in strict:
                strict.add(node.node)
        return strict

    def _axis(self, kind: str, place: int, way: int, at: int = -1, join: Join = Join.SUM) -> Axis:
        strict = place in self.strict or at in self.strict
        return Axis(kind, place, at, join, 0 if strict else way * self.side)

    def _account(self, ref: RuleRef) -> Axis | None:
        """Return where a rule's amount counts; None where it only stands beside."""
        if ref.effect is Effect.EARN:
            return self._axis("earn", ref.home, 1)
        if ref.effect is Effect.LOSE:
            if ref.gate < 0:
                return self._axis("lose", ref.account, -1)
            if ref.gate == ref.account:
                return None  # nothing waits for what it takes from itself
            return self._axis(GATED, ref.gate, -1, ref.account)
        if ref.placement is Placement.APART:
            return None
        return self._axis("inside" if ref.placement is Placement.INSIDE else "beyond", ref.home, 1)

    def _forfeit_axis(self, ref: RuleRef) -> Axis:
        return self._axis(FORFEIT, ref.account, -1, join=Join.ANY)

    def _group_axis(self, group: RuleRef) -> Axis:
        assert isinstance(group.op, GroupOp)  # noqa: S101 - only these are asked
        join = (Join.SUM, Join.MOST, Join.LEAST)[group.op.pick]
        way = -self.side if group.effect is Effect.LOSE else self.side
        if group.account in self.strict or group.home in self.strict:
            way = 0
        return Axis(GROUP, group.op.out, -1, join, way)

    def _groups(self, moving: set[int]) -> dict[int, tuple[RuleRef, RuleRef | None]]:
        """Return the groups with a moving member, inner ones first, each with the one around."""
        found: dict[int, tuple[RuleRef, RuleRef | None]] = {}

        def visit(ref: RuleRef, around: RuleRef | None) -> bool:
            inner = [visit(member, ref) for member in ref.members]
            if ref.members and any(inner):
                found[_out(ref)] = (ref, around)
            return any(inner) if ref.members else _out(ref) in moving and ref.op is not None

        for node in self.plan.refs:
            for ref in node.rules:
                visit(ref, None)
        return found

    @functools.cached_property
    def _around(self) -> dict[int, RuleRef]:
        """The moving group around each member."""
        return {
            _out(member): group for group, _ in self.groups.values() for member in group.members
        }

    def _brings(self, ref: RuleRef, amount: int) -> Iterator[tuple[Axis, int]]:
        """Go through what an amount brings to the axes."""
        counted = min(amount, ref.cap)
        group = self._around.get(_out(ref))
        if group is not None:
            yield self._group_axis(group), counted
            return
        axis = self._account(ref)
        if axis is None:
            return
        yield axis, counted
        if ref.effect is Effect.LOSE and axis.kind == "lose" and axis.place in self.gates:
            yield self._axis("due", axis.place, -1, join=Join.ANY), int(amount > 0)

    def _fix(self, axis: Axis, value: int) -> None:
        known = self.fixed.get(axis)
        self.fixed[axis] = value if known is None else _join(axis, known, value)

    def _fix_amount(self, ref: RuleRef) -> None:
        for axis, value in self._brings(ref, self.board.base.computed.amounts[_out(ref)]):
            self._fix(axis, value)

    # --- tables of clusters ------------------------------------------------------------------

    def table(
        self,
        index: int,
        choices: Iterable[Places],
        price: Callable[[int, Places], int],
    ) -> Table:
        """Return what a cluster makes at each of some places, at what price."""
        cluster = self.clusters[index]
        axes: tuple[Axis, ...] | None = None
        entries: dict[Values, tuple[int, object]] = {}
        for places in choices:
            made = self._made(cluster, places)
            if made is None:
                continue
            axes = tuple(made) if axes is None else axes
            values, cost = tuple(made.values()), price(index, places)
            if values not in entries or cost < entries[values][0]:
                entries[values] = (cost, (index, places))
        return Table(axes or (), entries).pruned()

    def _made(self, cluster: Cluster, places: Places) -> dict[Axis, int] | None:
        effect = self.board.effect(cluster, places)
        if effect is None:
            return None
        made: dict[Axis, int] = {}

        def bring(axis: Axis, value: int) -> None:
            made[axis] = value if axis not in made else _join(axis, made[axis], value)

        for ref, amount in zip(cluster.amounts, effect.amounts, strict=True):
            for axis, value in self._brings(ref, amount):
                bring(axis, value)
        for ref, held in zip(cluster.forfeits, effect.forfeits, strict=True):
            bring(self._forfeit_axis(ref), int(held))
        for place, held in zip(cluster.facts, effect.facts, strict=True):
            bring(Axis(FACT, place, way=0), int(held))
        return made

    # --- settling ----------------------------------------------------------------------------

    def settled(self, tables: Iterable[Table], budget: Budget) -> Table:
        """Return the one table of totals, facts, and sections that a veto may take out."""
        left = [self._plain(table) for table in tables]
        for group, _ in self.groups.values():
            axis = self._group_axis(group)
            left = self._close(left, axis.__eq__, self._close_group(group), budget)
        kinds = frozenset((*_KINDS, FORFEIT, GATED))
        for node in self.plan.nodes:
            taken = functools.partial(_is_of, kinds, node.node)
            left = self._close(left, taken, self._close_node(node.node), budget)
        return _all_joined(left, budget) if left else Table((), {(): (0, None)})

    def _plain(self, table: Table) -> Table:
        """Return a table less the axes on which all its entries are the same."""
        columns = list(zip(*table.entries, strict=True)) if table.entries else []
        same = {place for place, column in enumerate(columns) if len(set(column)) == 1}
        if not same:
            return table
        for place in same:
            self._fix(table.axes[place], columns[place][0])
        kept = [place for place in range(len(table.axes)) if place not in same]
        axes = tuple(table.axes[place] for place in kept)
        return table.changed(axes, lambda values: tuple(values[place] for place in kept))

    def _close(
        self,
        tables: list[Table],
        taken: Callable[[Axis], bool],
        closed: Callable[[dict[Axis, int]], dict[Axis, int]],
        budget: Budget,
    ) -> list[Table]:
        """Join the tables that touch some axes, and put what these make in their place."""
        touching = [table for table in tables if any(map(taken, table.axes))]
        fixed = {axis: value for axis, value in self.fixed.items() if taken(axis)}
        if not touching:
            for axis, value in closed(fixed).items():
                self._fix(axis, value)
            return tables
        one = _all_joined(touching, budget)
        change = _Change(one.axes, taken, fixed, closed)
        entries = one.changed((), change).entries
        made = self._plain(Table(change.axes, entries))
        return [*(table for table in tables if table not in touching), made.pruned(budget)]

    def _close_group(self, ref: RuleRef) -> Callable[[dict[Axis, int]], dict[Axis, int]]:
        def close(values: dict[Axis, int]) -> dict[Axis, int]:
            (amount,) = values.values()
            return dict(self._brings(ref, amount))

        return close

    def _close_node(self, index: int) -> Callable[[dict[Axis, int]], dict[Axis, int]]:
        alone = _Lone(self.plan, self.board.base.excused, index)
        node = self.plan.nodes[index]
        zeroed = index in self.strict and self._is_zeroed(index)

        def close(values: dict[Axis, int]) -> dict[Axis, int]:
            amounts = [0] * len(_KINDS)
            forfeit, gated = False, []
            for axis, value in values.items():
                if axis.kind == FORFEIT:
                    forfeit = bool(value)
                elif axis.kind == GATED:
                    gated.append((axis.at, value))
                else:
                    amounts[_KINDS.index(axis.kind)] += value
            found = alone.settle(tuple(amounts), forfeit=forfeit)
            if node.parent < 0:
                return {Axis(TOTAL, 0, way=self.side): found.inside}
            made = {
                self._axis("sum", node.parent, 1): found.inside,
                self._axis("beyond", node.parent, 1): found.beyond,
            }
            for account, value in gated:
                counted = value if found.exhausted else 0
                made[self._axis("lose", account, -1)] = counted
                if account in self.gates:
                    made[self._axis("due", account, -1, join=Join.ANY)] = int(counted > 0)
            if zeroed:
                made[Axis(ZEROED, index, way=0)] = found.inside + found.beyond
            return made

        return close

    def _is_zeroed(self, index: int) -> bool:
        number = self.plan.refs[index].number
        effects = [effect for veto in self.plan.agreement.vetoes for effect in veto.effects]
        return any(isinstance(each, ZeroSection) and each.number == number for each in effects)


def _out(ref: RuleRef) -> int:
    return -1 if ref.op is None else ref.op.out


def _is_of(kinds: frozenset[str], place: int, axis: Axis) -> bool:
    return axis.place == place and axis.kind in kinds


def _join(axis: Axis, one: int, other: int) -> int:
    match axis.join:
        case Join.SUM:
            return one + other
        case Join.MOST | Join.ANY:
            return max(one, other)
        case Join.LEAST:
            return min(one, other)


def _all_joined(tables: list[Table], budget: Budget) -> Table:
    """Join tables, the smallest first."""
    left = sorted(tables, key=lambda table: len(table.entries), reverse=True)
    one = left.pop()
    while left:
        one = one.joined(left.pop(), budget).pruned(budget)
    return one


class _Change:
    """Puts what some axes make in their place, entry by entry."""

    def __init__(
        self,
        axes: tuple[Axis, ...],
        taken: Callable[[Axis], bool],
        fixed: dict[Axis, int],
        closed: Callable[[dict[Axis, int]], dict[Axis, int]],
    ) -> None:
        self.taken = [(place, axis) for place, axis in enumerate(axes) if taken(axis)]
        self.kept = [(place, axis) for place, axis in enumerate(axes) if not taken(axis)]
        self.fixed, self.closed = fixed, closed
        self.known: dict[Values, dict[Axis, int]] = {}
        self.axes: tuple[Axis, ...] = ()

    def __call__(self, values: Values) -> Values:
        """Return the values on the new axes; these are the same for every entry."""
        key = tuple(values[place] for place, _ in self.taken)
        if key not in self.known:
            inputs = dict(self.fixed)
            for (_, axis), value in zip(self.taken, key, strict=True):
                inputs[axis] = value if axis not in inputs else _join(axis, inputs[axis], value)
            self.known[key] = self.closed(inputs)
        made = self.known[key]
        whole = {axis: values[place] for place, axis in self.kept}
        for axis, value in made.items():
            whole[axis] = value if axis not in whole else _join(axis, whole[axis], value)
        self.axes = tuple(whole)
        return tuple(whole.values())


class _Lone:
    """One node of a plan, alone: settled by `settle` from what was brought to it."""

    def __init__(self, plan: Plan, excused: Excused, index: int) -> None:
        node = plan.nodes[index]
        self.is_root = node.parent < 0
        self.start = node.start
        terms = tuple(
            (Term(kind, NO_LIMIT, -1, kind),) for kind in (_EARN, _LOSE, _INSIDE, _BEYOND)
        )
        # What was due but capped to nothing uses an item up all the same.
        due = Term(_DUE, 0, -1, _DUE)
        self.node = NodeOp(
            node=0,
            parent=-1 if self.is_root else 1,
            full=node.full,
            floor=node.floor,
            start=0,
            earn=terms[0] if node.earn else (),
            lose=(*terms[1], due),
            inside=terms[2] if node.inside else (),
            beyond=terms[3],
            apart=(),
            forfeits=(0,) if node.forfeits else (),
            cap=node.cap,
        )
        self.plan = plan._replace(
            terms=len(_KINDS),
            bonus_cap=plan.bonus_cap if self.is_root else NO_LIMIT,
            total_granule=plan.total_granule if self.is_root else 0,
        )
        self.excused = _of_one(excused, index)

    def settle(self, amounts: Values, *, forfeit: bool) -> Alone:
        """Return what the node makes of amounts by kind; the agreement makes the total."""
        node = self.node._replace(start=self.start + amounts[_SUM])
        nodes: tuple[NodeOp, ...] = (node,)
        if not self.is_root:
            nodes = (node, _ABOVE)
        settling = Settling((), (), tuple(each[:] for each in nodes[:-1]), (0,) * len(nodes), ())
        plan = self.plan._replace(nodes=nodes, settling=settling)
        found = settle(plan, list(amounts), [forfeit], self.excused)
        if self.is_root:
            return Alone(found.earned or 0, 0, exhausted=False)
        return Alone(found.inside[0], found.beyond[0], found.exhausted[0])


_ABOVE = NodeOp(1, -1, 0, -NO_LIMIT, 0, (), (), (), (), (), (), NO_LIMIT)
"""What stands above a single node: nothing that would change what it makes."""


def _of_one(excused: Excused, index: int) -> Excused:
    """Return what is excused of one node, as if it were the first."""
    parts = [{0: part[index]} if index in part else {} for part in (excused.earns, excused.moved)]
    dropped = {0: excused.dropped[index]} if index in excused.dropped else {}
    if not any(parts) and not dropped:
        return NOBODY
    return Excused(parts[0], parts[1], dropped)  # type: ignore[arg-type]  # as they were
