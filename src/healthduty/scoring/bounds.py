"""Bounds: the lowest and the highest amounts that missing values can still make.

Interval arithmetic over the plan's operations. Each amount has a least and a most; settling is
monotone in them, so the total under all worst amounts and under all best amounts contains that
of every completion.

Source: semantics 7: bounds contain every completion.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, assert_never

from healthduty.exact import UNIT_SCALES, divide
from healthduty.records.record import Record
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.scoring.cases import weighted
from healthduty.scoring.conditions import compare
from healthduty.scoring.evaluate import Evaluation, evaluate, slots_in
from healthduty.scoring.facts import Facts
from healthduty.scoring.ops import (
    NO_LIMIT,
    AmongOp,
    BandsOp,
    CasesOp,
    Charge,
    CompareOp,
    ConditionOp,
    CurveOp,
    FilledSlot,
    GroupOp,
    HappenedOp,
    JudgedSlot,
    JudgeOp,
    KindSlot,
    LackingOp,
    LogicOp,
    Modifiers,
    MonthsSlot,
    OnceOp,
    Operand,
    PlainStepsOp,
    Plan,
    RuleRef,
    SingleOp,
    StepsOp,
    UnevidencedSlot,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.run import PLAIN
from healthduty.scoring.settle import Settled, excuse, settle

Interval = tuple[Fraction, Fraction]
"""Least and most, both possible or beyond what is possible; ±`HUGE` stands for no limit."""

HUGE = Fraction(NO_LIMIT)
ZERO = Fraction(0)


class Side(NamedTuple):
    """One end of the bounds: what was settled, and the facts that grade and vetoes see."""

    settled: Settled
    facts: Facts


def bound_amounts(plan: Plan, record: Record, prepared: Prepared) -> tuple[Side, Side]:
    """Return the low side and the high side."""
    return _Bounder(plan, record, prepared).sides()


class _Bounder:
    """Finds the intervals of one record with missing values."""

    def __init__(self, plan: Plan, record: Record, prepared: Prepared) -> None:
        self.plan = plan
        self.prepared = prepared
        self.evaluation: Evaluation = evaluate(plan, prepared)
        self.silent_slots = slots_in(prepared, applicable=False)
        self.lost_slots = slots_in(prepared, applicable=True)
        self.surely: list[bool] = []
        self.maybe: list[bool] = []
        self.charges: dict[int, Fraction] = {}
        self._test()
        self.charges = self._unsure_charges(record)
        self.lost_slots |= self.charges.keys()

    def _unsure_charges(self, record: Record) -> dict[int, Fraction]:
        """Return what the cases weigh that may be charged elsewhere, by what is missing."""
        slots = {
            place: slot
            for place, slot in enumerate(self.plan.slots)
            if isinstance(slot, WeightedSlot)
            and slot.charge is not None
            and self._may_charge(slot.charge)
        }
        charges = [slot.charge for slot in slots.values() if slot.charge is not None]
        deciding = {charge.when for charge in charges if charge.when >= 0}
        deciding.update(place for charge in charges for place, _, _ in charge.times)
        unsure = any(self.surely[place] != self.maybe[place] for place in deciding)
        if len(slots) < 2 or not (unsure or slots.keys() & self.lost_slots):  # noqa: PLR2004
            return {}
        uncharged = {place: weighted(slot, record, (), []) for place, slot in slots.items()}
        return {
            place: Fraction(*outcome)
            for place, outcome in uncharged.items()
            if isinstance(outcome, tuple)
        }

    def _may_charge(self, charge: Charge) -> bool:
        """Whether a rule may charge anything: it is not silent, and may be in force."""
        conditions = [place for place, _, _ in charge.times]
        conditions += [charge.when] if charge.when >= 0 else []
        silent = any(self.plan.condition_reads[place] & self.silent_slots for place in conditions)
        return not silent and (charge.when < 0 or self.maybe[charge.when])

    # --- values ------------------------------------------------------------------------------

    def _value(self, slot: int) -> Interval:
        if slot not in self.lost_slots:
            value = Fraction(self.prepared.num[slot], self.prepared.den[slot])
            return value, Fraction(1) if self._may_lack_evidence(slot) else value
        if slot in self.charges:
            return ZERO, self.charges[slot]
        return _range_of(self.plan, slot)

    def _may_lack_evidence(self, slot: int) -> bool:
        """Whether a value that is missing may come without written evidence."""
        kept = self.plan.slots[slot]
        if not isinstance(kept, UnevidencedSlot):
            return False
        missing = {getattr(self.plan.slots[place], "measure", None) for place in self.lost_slots}
        return any(measure is not None and measure.code in kept.codes for measure in missing)

    def _operand(self, operand: Operand) -> Interval:
        fixed = Fraction(operand.n, operand.q)
        if operand.slot < 0:
            return fixed, fixed
        factor = Fraction(operand.kn, operand.kd)
        ends = [fixed + factor * end for end in self._value(operand.slot)]
        return min(ends), max(ends)

    # --- conditions --------------------------------------------------------------------------

    def _test(self) -> None:
        for op, reads in zip(self.plan.conditions, self.plan.condition_reads, strict=True):
            surely, maybe = self._truth(op)
            if reads & self.silent_slots:
                surely = maybe = False
            self.surely.append(surely)
            self.maybe.append(maybe)

    def _truth(self, op: ConditionOp) -> tuple[bool, bool]:
        match op:
            case CompareOp():
                return _compare(op.comparator, self._value(op.slot), self._operand(op.operand))
            case HappenedOp():
                low, high = self._value(op.slot)
                return (low > 0, high > 0) if op.expected else (high <= 0, low <= 0)
            case AmongOp():
                low, high = self._value(op.slot)
                held = [place in op.places for place in range(int(low), int(high) + 1)]
                return all(held), any(held)
            case LogicOp():
                join = all if op.every else any
                surely = join(self.surely[place] for place in op.inputs)
                maybe = join(self.maybe[place] for place in op.inputs)
                return (not maybe, not surely) if op.negate else (surely, maybe)
            case _:
                assert_never(op)

    # --- amounts -----------------------------------------------------------------------------

    def _amount(self, op: SingleOp) -> tuple[int, int]:
        """Return the least and the most of an amount that reads something missing.

        A group's bounds are picked from its members'.
        """
        match op:
            case PlainStepsOp():
                low, high = self._value(op.slot)
                gaps = sorted((op.target - op.weight * low, op.target - op.weight * high))
                step = Fraction(op.step_n, op.step_q)
                steps = max(ZERO, gaps[0]) / step, max(ZERO, gaps[1]) / step
                return self._finish(None, steps, op.per)
            case StepsOp():
                return self._finish(op.modifiers, self._steps(op), op.per)
            case LackingOp():
                return self._finish(op.modifiers, self._lacking(op), op.per)
            case CasesOp():
                low, high = (
                    max(ZERO, end - Fraction(op.free_n, op.free_q)) * Fraction(op.step_q, op.step_n)
                    for end in self._value(op.slot)
                )
                return self._finish(op.modifiers, (low, high), op.per, weighted=op.weighted)
            case OnceOp():
                truth = (self.surely[op.condition], self.maybe[op.condition])
                ends = (Fraction(truth[0]), Fraction(truth[1]))
                return self._finish(op.modifiers, ends, op.per)
            case BandsOp():
                return self._scaled(op.modifiers, self._bands(op))
            case CurveOp():
                pairs = [op.below, op.above]
                pairs += [(knot.points_n, knot.points_d) for knot in op.knots]
                points = [Fraction(*pair) for pair in pairs]
                return self._scaled(op.modifiers, (min(points), max(points)))
            case JudgeOp():
                low, high = self._value(op.slot)
                scale = 10**self.plan.places
                return self._scaled(op.modifiers, (low * scale, high * scale))
            case _:
                assert_never(op)

    def _steps(self, op: StepsOp) -> Interval:
        target = Fraction(op.target_n, op.target_q)
        low_target, high_target = (
            (target, target) if op.dynamic is None else self._operand(op.dynamic)
        )
        low, high = self._value(op.slot)
        if op.sign > 0:
            gaps = (low_target - high, high_target - low)
        else:
            gaps = (low - high_target, high - low_target)
        step = Fraction(op.step_n, op.step_q)
        if not op.relative:
            return max(ZERO, gaps[0]) / step, max(ZERO, gaps[1]) / step
        if low_target <= 0:
            return ZERO, HUGE
        return max(ZERO, gaps[0]) / (step * high_target), max(ZERO, gaps[1]) / (step * low_target)

    def _lacking(self, op: LackingOp) -> Interval:
        required: Interval = (Fraction(op.required), Fraction(op.required))
        if op.dynamic is not None:
            share = Fraction(1)
            if op.months >= 0:
                share = Fraction(self.prepared.num[op.months], self.prepared.den[op.months])
            low, high = (Fraction(end * share // 1) for end in self._operand(op.dynamic))
            required = (low, high)
        low, high = self._value(op.slot)
        step = Fraction(op.step_n, op.step_q)
        return max(ZERO, required[0] - high) / step, max(ZERO, required[1] - low) / step

    def _bands(self, op: BandsOp) -> Interval:
        possible: list[Fraction] = []
        for case in op.cases:
            surely = maybe = True
            if case.condition >= 0:
                surely, maybe = self.surely[case.condition], self.maybe[case.condition]
            value = self._value(op.slot)
            if case.low is not None:
                tested = _compare(0 if case.low_in else 1, value, self._operand(case.low))
                surely, maybe = surely and tested[0], maybe and tested[1]
            if case.high is not None:
                tested = _compare(2 if case.high_in else 3, value, self._operand(case.high))
                surely, maybe = surely and tested[0], maybe and tested[1]
            if maybe:
                possible.append(Fraction(case.points_n, case.points_d))
            if surely:
                break
        else:
            possible.append(Fraction(*op.otherwise))
        return min(possible), max(possible)

    def _finish(
        self, modifiers: Modifiers | None, count: Interval, per: int, *, weighted: bool = False
    ) -> tuple[int, int]:
        plain = modifiers or PLAIN
        low, high = count
        if not weighted and plain.counting == 0:
            low, high = Fraction(low // 1), Fraction(high // 1)
        elif not weighted and plain.counting == 1:
            low, high = Fraction(-(-low // 1)), Fraction(-(-high // 1))
        each = Fraction(per, plain.per_d)
        return self._scaled(plain, (low * each, high * each))

    def _scaled(self, modifiers: Modifiers, points: Interval) -> tuple[int, int]:
        low, high = points
        for place, n, d in modifiers.times:
            factor = Fraction(n, d)
            surely, maybe = self.surely[place], self.maybe[place]
            factors = [factor] if surely else [Fraction(1), factor] if maybe else [Fraction(1)]
            low, high = low * min(factors), high * max(factors)
        if modifiers.when >= 0:
            low = low if self.surely[modifiers.when] else ZERO
            high = high if self.maybe[modifiers.when] else ZERO
        return self._rounded(modifiers, low), self._rounded(modifiers, high)

    @staticmethod
    def _rounded(modifiers: Modifiers, points: Fraction) -> int:
        if points >= HUGE:
            return NO_LIMIT
        granule = modifiers.granule
        if not granule:
            return int(points // 1)
        rounded = divide(points.numerator, points.denominator * granule, modifiers.rounding)
        return granule * rounded

    # --- the two sides -----------------------------------------------------------------------

    def sides(self) -> tuple[Side, Side]:
        """Settle all worst and all best amounts."""
        computed = self.evaluation.computed
        least, most = list(computed.amounts), list(computed.amounts)
        losing: set[int] = set()
        for ref in self.plan.refs:
            for rule in ref.rules:
                self._bound(rule, least, most)
                losing |= _outs(rule) if rule.effect is Effect.LOSE else set()
        worst = [most[i] if i in losing else least[i] for i in range(len(least))]
        best = [least[i] if i in losing else most[i] for i in range(len(least))]
        return (
            self._side(worst, self.maybe, high=False),
            self._side(best, self.surely, high=True),
        )

    def _bound(self, ref: RuleRef, least: list[int], most: list[int]) -> None:
        for member in ref.members:
            self._bound(member, least, most)
        if isinstance(ref.op, GroupOp):
            least[ref.op.out] = self._pick(ref.op, least)
            most[ref.op.out] = self._pick(ref.op, most)
        elif ref.op is not None and not ref.slots & self.silent_slots:
            if ref.op.out in self.evaluation.shares_of_nothing:
                least[ref.op.out], most[ref.op.out] = 0, NO_LIMIT
            elif ref.slots & self.lost_slots:
                least[ref.op.out], most[ref.op.out] = self._amount(ref.op)

    def _pick(self, op: GroupOp, amounts: list[int]) -> int:
        silent = self.evaluation.silent
        capped = [min(amounts[place], cap) for place, cap in op.members if place not in silent]
        if not capped:
            return 0
        return sum(capped) if op.pick == 0 else max(capped) if op.pick > 0 else min(capped)

    def _side(self, amounts: list[int], forfeits: list[bool], *, high: bool) -> Side:
        num, den = list(self.prepared.num), list(self.prepared.den)
        for index, ref in enumerate(self.plan.refs):
            slot = ref.excusal_slot
            if slot in self.prepared.absent and high:
                num[slot], den[slot] = self.plan.nodes[index].full, 10**self.plan.places
        prepared = self.prepared._replace(num=num, den=den)
        settled = settle(self.plan, amounts, forfeits, excuse(self.plan, prepared))
        vetoes = self.surely if high else self.maybe
        exempt = self.maybe if high else self.surely
        return Side(settled, Facts({}, vetoes, exempt, grades=exempt))


def _outs(ref: RuleRef) -> set[int]:
    outs: set[int] = set() if ref.op is None else {ref.op.out}
    return outs.union(*(_outs(member) for member in ref.members))


def _compare(comparator: int, value: Interval, threshold: Interval) -> tuple[bool, bool]:
    """Return whether a comparison surely holds, and whether it may hold."""
    (low, high), (least, most) = value, threshold
    if comparator in (0, 1):
        return _beats(comparator, low, most), _beats(comparator, high, least)
    if comparator in (2, 3):
        return _beats(comparator, high, least), _beats(comparator, low, most)
    return low == high == least == most, low <= most and least <= high


def _beats(comparator: int, value: Fraction, threshold: Fraction) -> bool:
    return compare(
        comparator,
        value.numerator * threshold.denominator,
        threshold.numerator * value.denominator,
    )


def _range_of(plan: Plan, place: int) -> Interval:
    """Return what a missing slot could hold; a true proportion stays within the whole."""
    slot = plan.slots[place]
    assert not isinstance(slot, (MonthsSlot, UnevidencedSlot))  # noqa: S101 - always known
    match slot:
        case ValueSlot() | FilledSlot() | WeightedSlot():
            kind = slot.measure.kind
            if isinstance(slot, WeightedSlot):
                return ZERO, HUGE
            match kind:
                case MeasureKind.RATE:
                    return ZERO, Fraction(UNIT_SCALES[slot.measure.unit])
                case MeasureKind.LEVEL:
                    return ZERO, Fraction(len(slot.measure.levels) - 1)
                case MeasureKind.FLAG:
                    return ZERO, Fraction(1)
                case MeasureKind.COUNT | MeasureKind.CASES | MeasureKind.COMPLETION:
                    return ZERO, HUGE
                case MeasureKind.AMOUNT | MeasureKind.GROWTH:
                    return -HUGE, HUGE
                case _:
                    assert_never(kind)
        case JudgedSlot():
            return ZERO, Fraction(*slot.most)
        case KindSlot():
            values = [value for _, value in slot.table.values]
            return min(values, default=-HUGE), max(values, default=HUGE)
        case _:
            assert_never(slot)
