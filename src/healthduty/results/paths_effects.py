"""What a move does to the rules that see it: amounts and conditions, and nothing further.

Measures that one rule reads together make a **cluster**: what they do is looked at together,
whatever else moves. Only the operations that see a cluster are run, by the very functions that
score.

Source: “How a point is lost”, sections 1 and 2; “indicators that share a measure
moving together”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from healthduty.records.observe import Pair
from healthduty.records.record import Observation, Record, Statement, Value, stated
from healthduty.results.paths_moves import Mover, judged_mover, mover_of
from healthduty.rules.points import Effect as Direction
from healthduty.scoring.conditions import condition, resolve
from healthduty.scoring.evaluate import Evaluation, evaluate, slots_in
from healthduty.scoring.loops import without
from healthduty.scoring.ops import (
    NO_LIMIT,
    BandsOp,
    CompareOp,
    CurveOp,
    JudgedSlot,
    LogicOp,
    Loops,
    Operand,
    PlainStepsOp,
    Plan,
    RuleRef,
    StepsOp,
    WeightedSlot,
    asks_evidence,
    counting_rules,
    when_of,
)
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import Prepared, prepare
from healthduty.scoring.run import (
    TargetError,
    other_points,
    run_bands,
    run_cases,
    run_counts,
    run_lacking,
    run_once,
    run_shares,
    run_steps,
    scale_amount,
)
from healthduty.scoring.sheet import ScoreSheet


class Effect(NamedTuple):
    """What a cluster does at some places: the amounts of its rules, the truths of conditions."""

    amounts: tuple[int, ...]
    forfeits: tuple[bool, ...]
    facts: tuple[bool, ...]


Places = tuple[int, ...]
"""Where each mover of a cluster stands."""


@attrs.frozen
class Cluster:
    """Measures that rules read together, and the rules and conditions that see any of them.

    `facts` are the conditions without parts that vetoes and grades ask for.
    """

    movers: tuple[Mover, ...]
    amounts: tuple[RuleRef, ...]
    forfeits: tuple[RuleRef, ...]
    conditions: tuple[int, ...]
    facts: tuple[int, ...]
    charged: bool
    loops: Loops
    most: tuple[int, ...]


class Board:
    """A record that can be scored, and the measures of it that may move."""

    def __init__(self, plan: Plan, record: Record, prepared: Prepared, base: Evaluation) -> None:
        """Keep where everything stands now."""
        self.plan, self.record, self.prepared, self.base = plan, record, prepared, base
        silent = slots_in(prepared, applicable=False)
        self.lost = slots_in(prepared, applicable=True)
        self.unheld = {
            place
            for place, (op, reads) in enumerate(
                zip(plan.conditions, plan.condition_reads, strict=True)
            )
            if reads & silent or (reads & self.lost and not asks_evidence(plan, op))
        }
        self.behind = _behind(plan)
        self.codes = {place: _code(slot) for place, slot in enumerate(plan.slots)}
        self.outcomes = _asked_by_outcomes(plan)
        self._read: dict[tuple[str, int], tuple[tuple[int, Pair], ...]] = {}
        self.sides = _sides(plan)
        self._beside: dict[str, Plan] = {}
        self._limit = max(plan.nodes[-1].full, 10**plan.places)

    @classmethod
    def of(cls, sheet: ScoreSheet) -> Board:
        """Return the board of a sheet's record, by the sheet's agreement."""
        made = plan(sheet.agreement).plan
        prepared = prepare(made, sheet.record)
        return cls(made, sheet.record, prepared, evaluate(made, prepared))

    # --- what may move -----------------------------------------------------------------------

    def mover(self, code: str) -> Mover | None:
        """Return how a measure or a judgement moves; None where it has no value, or no rule."""
        slots = [place for place, each in self.codes.items() if each == code]
        if not slots or any(place in self.prepared.absent for place in slots):
            return None
        value = stated(self.record.values.get(code))[0]
        slot = self.plan.slots[slots[0]]
        if isinstance(slot, JudgedSlot):
            now = Fraction(self.prepared.num[slots[0]], self.prepared.den[slots[0]])
            return judged_mover(slot, now, Fraction(self.plan.granule, 10**self.plan.places))
        measure = self.plan.agreement.measure(code)
        if measure is None:
            return None
        alike = not self.plan.agreement.charge_once
        return mover_of(measure, value, self._held_against(frozenset(slots)), alike=alike)

    def is_reference(self, code: str) -> bool:
        """Tell whether rules only hold other measures against this one (last year's value)."""
        slots = {place for place, each in self.codes.items() if each == code}
        valued = {side[0] for side in self.sides}
        valued |= {getattr(op, "slot", -1) for op in (*self.plan.ops, *self.plan.conditions)}
        return bool(slots) and not slots & valued

    def _held_against(self, slots: frozenset[int]) -> Iterator[Fraction]:
        """Go through the numbers that the rules hold a measure against, and their steps."""
        num, den = self.prepared.num, self.prepared.den
        for slot, operand in self.sides:
            if slot in slots and operand.slot not in slots:
                yield Fraction(*resolve(operand, num, den))
        for op in self.plan.ops:
            if isinstance(op, StepsOp) and op.slot in slots:
                yield Fraction(op.step_n, op.step_q)
                yield Fraction(op.target_n, op.target_q)
            elif isinstance(op, PlainStepsOp) and op.slot in slots:
                yield Fraction(op.target, abs(op.weight))
                yield Fraction(op.step_n, op.step_q * abs(op.weight))

    # --- a record with other values ----------------------------------------------------------

    def moved(self, places: Mapping[str, tuple[Mover, int]]) -> Record:
        """Return the record with these measures at these places; what did not move stays."""
        values = dict(self.record.values)
        for code, (mover, place) in places.items():
            if place != mover.start:
                values[code] = _as_stated(values.get(code), mover.value(place))
        return attrs.evolve(self.record, values=values)

    def _slots(self, mover: Mover, place: int) -> tuple[tuple[int, Pair], ...]:
        """Return the integers of a measure's slots at a place."""
        key = (mover.code, place)
        known = self._read.get(key)
        if known is None:
            slots = [each for each, code in self.codes.items() if code == mover.code]
            if mover.code not in self._beside:
                beside = tuple(self.plan.slots[each] for each in slots)
                agreement = attrs.evolve(self.plan.agreement, charge_once=False)
                self._beside[mover.code] = self.plan._replace(slots=beside, agreement=agreement)
            found = prepare(self._beside[mover.code], Record("", {mover.code: mover.value(place)}))
            known = tuple(
                (slot, (found.num[index], found.den[index])) for index, slot in enumerate(slots)
            )
            self._read[key] = known
        return known

    # --- clusters ----------------------------------------------------------------------------

    def clusters(self, movers: Sequence[Mover]) -> tuple[Cluster, ...]:
        """Sort movers into clusters; one that no rule and no veto sees is in none."""
        of_slot = {
            place: index
            for index, mover in enumerate(movers)
            for place, code in self.codes.items()
            if code == mover.code
        }
        groups = _Groups(len(movers))
        for reads in self._read_together():
            groups.join({of_slot[slot] for slot in reads if slot in of_slot})
        found = (self._cluster([movers[index] for index in members]) for members in groups.all())
        return tuple(each for each in found if each.amounts or each.forfeits or each.facts)

    def _read_together(self) -> Iterator[frozenset[int]]:
        for ref in self._counting():
            yield self._reads(ref)
        for place in self.outcomes:
            yield self.behind[place]
        if self.plan.agreement.charge_once:
            yield frozenset().union(
                *(
                    self._charge_reads(slot, place)
                    for place, slot in enumerate(self.plan.slots)
                    if isinstance(slot, WeightedSlot)
                )
            )

    def _charge_reads(self, slot: WeightedSlot, place: int) -> frozenset[int]:
        """Return all that decides which rule charges a case."""
        if slot.charge is None:
            return frozenset()
        places = [each for each, _, _ in slot.charge.times]
        places += [slot.charge.when] if slot.charge.when >= 0 else []
        same = {each for each, code in self.codes.items() if code == slot.measure.code}
        return frozenset({place, *same}).union(*(self.behind[each] for each in places))

    def _counting(self) -> Iterator[RuleRef]:
        """Go through the rules that count and are not silent."""
        silent = self.base.silent
        for node in self.plan.refs:
            for ref in counting_rules(node.rules):
                if ref.op is None or ref.op.out not in silent:
                    yield ref

    def _reads(self, ref: RuleRef) -> frozenset[int]:
        return ref.slots | (self.behind[ref.condition] if ref.condition >= 0 else frozenset())

    def _cluster(self, movers: list[Mover]) -> Cluster:
        codes = {mover.code for mover in movers}
        slots = {place for place, code in self.codes.items() if code in codes}
        refs = [ref for ref in self._counting() if self._reads(ref) & slots]
        charged = self.plan.agreement.charge_once and any(
            isinstance(self.plan.slots[slot], WeightedSlot) for ref in refs for slot in ref.slots
        )
        amounts = tuple(ref for ref in refs if ref.op is not None)
        return Cluster(
            movers=tuple(movers),
            amounts=amounts,
            forfeits=tuple(ref for ref in refs if ref.op is None),
            conditions=tuple(
                place
                for place, reads in enumerate(self.behind)
                if reads & slots and place not in self.unheld
            ),
            facts=tuple(place for place in self.outcomes if self.behind[place] & slots),
            charged=charged,
            loops=_only(self.plan.loops, map(_out, amounts), len(self.plan.ops)),
            most=tuple(map(self._most, amounts)),
        )

    # --- what happens at places --------------------------------------------------------------

    def effect(self, cluster: Cluster, places: Places) -> Effect | None:
        """Return what a cluster does at these places; None where it can't be told."""
        num, den = list(self.prepared.num), list(self.prepared.den)
        for mover, place in zip(cluster.movers, places, strict=True):
            for slot, (top, bottom) in self._slots(mover, place):
                num[slot], den[slot] = top, bottom
        if cluster.charged:
            num, den = self._charged(cluster, places)
        holds = list(self.base.computed.holds)
        for place in cluster.conditions:
            holds[place] = condition(self.plan.conditions[place], num, den, holds)
        amounts = self._amounts(cluster, num, den, holds)
        if amounts is None:
            return None
        return Effect(
            tuple(amounts[ref.op.out] for ref in cluster.amounts if ref.op is not None),
            tuple(holds[ref.condition] for ref in cluster.forfeits),
            tuple(holds[place] for place in cluster.facts),
        )

    def _charged(self, cluster: Cluster, places: Places) -> tuple[list[int], list[int]]:
        pairs = zip(cluster.movers, places, strict=True)
        found = prepare(self.plan, self.moved({each.code: (each, at) for each, at in pairs}))
        return found.num, found.den

    def _amounts(
        self, cluster: Cluster, num: list[int], den: list[int], holds: list[bool]
    ) -> list[int] | None:
        amounts = [0] * len(self.plan.ops)
        off = set()
        for ref in cluster.amounts:
            when = when_of(ref)
            if when >= 0 and not holds[when]:
                off.add(_out(ref))
            elif ref.slots & self.lost:
                return None  # a rule that had nothing to say speaks now, and lacks a value
        loops = without(cluster.loops, off) if off else cluster.loops
        run_counts(loops.counts, num, den, amounts)
        run_shares(loops.shares, num, den, amounts)
        run_bands(loops.bands, num, den, amounts)
        try:
            run_steps(loops.steps, num, den, holds, amounts)
        except TargetError:
            return None
        run_lacking(loops.lacking, num, den, holds, amounts)
        run_cases(loops.cases, num, den, holds, amounts)
        run_once(loops.once, holds, amounts)
        for op in loops.others:
            top, bottom = other_points(op, self.plan, num, den, holds)
            amounts[op.out] = scale_amount(op.modifiers, top, bottom, holds)
        return amounts

    def seen(self, cluster: Cluster, places: Places) -> Effect | None:
        """Return what of an effect anybody can see: amounts up to their caps, or to all points."""
        effect = self.effect(cluster, places)
        if effect is None:
            return None
        return effect._replace(amounts=tuple(map(min, effect.amounts, cluster.most)))

    def _most(self, ref: RuleRef) -> int:
        """Return the amount beyond which more of it changes nothing, or nobody looks further."""
        most: int = max(self._limit, self.base.computed.amounts[_out(ref)])
        account = self.plan.nodes[ref.account]
        bounded = ref.effect is Direction.LOSE and account.floor > -NO_LIMIT and account.parent >= 0
        if bounded and not self.base.excused.moved:
            most = min(most, max(0, account.full) - account.floor)
        return max(1, min(most, ref.cap))


# --- helpers ---------------------------------------------------------------------------------


def _out(ref: RuleRef) -> int:
    return -1 if ref.op is None else ref.op.out


def _code(slot: object) -> str:
    """Return the measure (or the judgement) whose value a slot reads; none for all others."""
    measure = getattr(slot, "measure", None)
    code: str = getattr(slot, "code", "") if measure is None else measure.code
    return code


def _behind(plan: Plan) -> list[frozenset[int]]:
    """Return the slots that each condition reads, those of its parts too."""
    behind: list[frozenset[int]] = []
    for op in plan.conditions:
        if isinstance(op, LogicOp):
            behind.append(frozenset().union(*(behind[place] for place in op.inputs)))
        elif isinstance(op, CompareOp) and op.operand.slot >= 0:
            behind.append(frozenset({op.slot, op.operand.slot}))
        else:
            behind.append(frozenset({op.slot}))
    return behind


def _asked_by_outcomes(plan: Plan) -> tuple[int, ...]:
    """Return the conditions without parts that vetoes and grades ask for."""
    tests = [test for pair in plan.vetoes for test in pair] + list(plan.grade_conditions)
    found: set[int] = set()
    stack = [test.place for test in tests if test.place >= 0]
    while stack:
        op = plan.conditions[place := stack.pop()]
        if isinstance(op, LogicOp):
            stack.extend(op.inputs)
        else:
            found.add(place)
    return tuple(sorted(found))


def _sides(plan: Plan) -> tuple[tuple[int, Operand], ...]:
    """Return what is held against what, where passing it may turn an amount round or a truth."""
    found: list[tuple[int, Operand]] = []
    for test in plan.conditions:
        if isinstance(test, CompareOp):
            found.append((test.slot, test.operand))
        elif not isinstance(test, LogicOp):
            found.append((test.slot, Operand(0, 1)))
    for op in plan.ops:
        if isinstance(op, BandsOp):
            bounds = [bound for case in op.cases for bound in (case.low, case.high)]
            found += [(op.slot, bound) for bound in bounds if bound is not None]
        elif isinstance(op, CurveOp):
            found += [(op.slot, knot.at) for knot in op.knots]
        elif isinstance(op, StepsOp) and op.dynamic is not None:
            found.append((op.slot, op.dynamic))
    return tuple(found)


def _only(loops: Loops, outs: Iterable[int], count: int) -> Loops:
    """Return the loops with nothing but the operations that make these of all amounts."""
    return without(loops, set(range(count)).difference(outs))


def _as_stated(before: Value, plain: Value) -> Value:
    """Return a moved value; what was observed without written evidence still is."""
    if isinstance(before, Observation):
        before = before.agreed
    if isinstance(before, Statement) and before.unevidenced:
        return Statement(plain, unevidenced=True)  # type: ignore[arg-type]  # plain already
    return plain


class _Groups:
    """Sorts numbers into groups that are joined step by step."""

    def __init__(self, count: int) -> None:
        self.root = list(range(count))

    def join(self, members: Iterable[int]) -> None:
        """Put these, and all that are with them, into one group."""
        roots = {self._find(member) for member in members}
        for root in roots:
            self.root[root] = min(roots)

    def _find(self, member: int) -> int:
        while self.root[member] != member:
            member = self.root[member]
        return member

    def all(self) -> list[list[int]]:
        """Return the groups, in order."""
        found: dict[int, list[int]] = {}
        for member in range(len(self.root)):
            found.setdefault(self._find(member), []).append(member)
        return list(found.values())
