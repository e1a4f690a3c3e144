"""Operations to amounts, over many rows at once: conditions, counts, shares, bands, curves.

Written once over an arithmetic that is either numbers in blocks (`arrays.Block`) or intervals
(`spans.Proof`). The formulas are those of `scoring.run`, branch for branch, with a choice by row
where the single scorer has an `if`. An amount that reads something absent is left out: silent
where it is not applicable, unknown where it is missing, idle where its `when` is known not to hold.

Source: “How a point is lost”, sections 1 and 2.

>>> from healthduty.columns.arrays import Block, Lanes
>>> block = Block({}, Lanes({}, {}), {}, {})
>>> divided(block, 5, 2, HALF_UP), divided(block, 5, 2, 2)
(3, 2)
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, assert_never

from healthduty.scoring.ops import (
    AT_LEAST,
    AT_MOST,
    COMPLETE,
    EQUAL,
    HALF_UP,
    LESS,
    MORE,
    NO_LIMIT,
    STARTED,
    AmongOp,
    AmountOp,
    BandCase,
    BandsOp,
    CasesOp,
    CompareOp,
    ConditionOp,
    CurveOp,
    GroupOp,
    HappenedOp,
    JudgeOp,
    LackingOp,
    LogicOp,
    Modifiers,
    OnceOp,
    Operand,
    PlainStepsOp,
    Plan,
    RuleRef,
    StepsOp,
    asks_evidence,
    counting_rules,
)

Arithmetic = Any
"""A `Block` or a `Proof`: the same operations on arrays or on spans."""

Values = Any
"""What an arithmetic computes: an array, a span, or a plain integer."""

Truths = Any
"""Where something holds: an array, a maybe, or a plain truth."""

_HALF_EVEN, _DOWN = 1, 2
_PLAIN = Modifiers()


class Tested(NamedTuple):
    """A condition by row: whether it holds, as far as it is known, and what it reads is absent."""

    holds: Truths
    raw: Truths
    known: Truths
    na: Truths
    lost: Truths


class Amount(NamedTuple):
    """An amount by row, 0 where it is left out; what is unknown leaves no total."""

    value: Values
    left_out: Truths
    silent: Truths
    unknown: Truths


def rules_by_amount(plan: Plan) -> dict[int, RuleRef]:
    """Return the rule behind each amount that is no group's."""
    return {
        ref.op.out: ref
        for node in plan.refs
        for ref in counting_rules(node.rules)
        if ref.op is not None
    }


class Amounts:
    """The amounts of a plan on one block of rows, each computed when its node asks for it."""

    def __init__(self, plan: Plan, arithmetic: Arithmetic, rules: dict[int, RuleRef]) -> None:
        """Test the conditions, which any amount may ask for; `rules` are as `rules_by_amount`."""
        self.plan = plan
        self.x = arithmetic
        self.rules = rules
        self.made: dict[int, Amount] = {}
        self.tested: list[Tested] = []
        for place, op in enumerate(plan.conditions):
            arithmetic.open(("condition", place))
            raw = self._condition(op)
            arithmetic.close()
            told = asks_evidence(plan, op)
            self.tested.append(self._known(raw, plan.condition_reads[place], told=told))

    # --- what is absent ----------------------------------------------------------------------

    def absence(self, slots: frozenset[int]) -> tuple[Truths, Truths]:
        """Return where any of some slots is not applicable, and where any is missing."""
        x = self.x
        na: Truths = False
        lost: Truths = False
        for slot in slots:
            na, lost = x.either(na, x.na(slot)), x.either(lost, x.lost(slot))
        return na, lost

    def _known(self, raw: Truths, slots: frozenset[int], *, told: bool) -> Tested:
        """Return a condition with where it can be told; `told`: evidence is there, or it is not."""
        x = self.x
        na, lost = self.absence(slots)
        lost = False if told else lost
        known = x.no(x.either(na, lost))
        return Tested(x.both(raw, known), raw, known, na, lost)

    # --- conditions --------------------------------------------------------------------------

    def _condition(self, op: ConditionOp) -> Truths:
        x = self.x
        match op:
            case CompareOp():
                n, q = self.resolve(op.operand)
                left, right = x.mul(x.num(op.slot), q), x.mul(n, x.den(op.slot))
                return x.compare(op.comparator, left, right)
            case HappenedOp():
                return x.compare(MORE if op.expected else AT_MOST, x.num(op.slot), 0)
            case AmongOp():
                return x.among(x.num(op.slot), op.places)
            case LogicOp():
                truth: Truths = op.every
                for place in op.inputs:
                    # One that is silent does not hold, as for a single facility.
                    truth = (x.both if op.every else x.either)(truth, self.tested[place].holds)
                return x.no(truth) if op.negate else truth
            case _:
                assert_never(op)

    def resolve(self, operand: Operand) -> tuple[Values, Values]:
        """Return a threshold as a pair."""
        if operand.slot < 0:
            return operand.n, operand.q
        x = self.x
        top = x.mul(x.num(operand.slot), operand.kn)
        bottom = x.mul(x.den(operand.slot), operand.kd)
        if operand.n:
            top = x.add(x.mul(top, operand.q), x.mul(bottom, operand.n))
            return top, x.mul(bottom, operand.q)
        return top, bottom

    # --- one amount --------------------------------------------------------------------------

    def of(self, out: int) -> Amount:
        """Return an amount; what it reads that is absent leaves it out."""
        op = self.plan.ops[out]
        made = self._group(op) if isinstance(op, GroupOp) else self._single(op, self.rules.get(out))
        self.made[out] = made._replace(value=0)  # only what was left out is asked for again
        return made

    def _single(self, op: AmountOp, ref: RuleRef | None) -> Amount:
        x = self.x
        silent: Truths = False
        unknown: Truths = False
        if ref is not None:
            silent, lost = self.absence(ref.slots)
            unknown = x.both(x.both(lost, x.no(silent)), self._asked(op))
        x.open(("amount", op.out))
        value, nothing = self._value(op)
        if nothing is not False:
            needed = x.both(x.no(x.either(silent, unknown)), self._asked(op))
            unknown = x.either(unknown, x.both(nothing, needed))
        left_out = x.either(silent, unknown)
        if left_out is not False:
            value = x.without(left_out, value)
        x.close()
        return Amount(value, left_out, silent, unknown)

    def _asked(self, op: AmountOp) -> Truths:
        """Return where a rule is not known to be off: where its `when` holds or can't be told."""
        when = _when(op)
        if when < 0:
            return True
        tested = self.tested[when]
        return self.x.either(tested.raw, self.x.no(tested.known))

    def _value(self, op: AmountOp) -> tuple[Values, Truths]:
        """Return an amount, and where it would be a share of nothing."""
        match op:
            case PlainStepsOp():
                gap = self._gap(op.target, op.weight, op.slot)
                bottom = self.x.mul(self.x.den(op.slot), op.step_n)
                return self._finish(_PLAIN, gap, (op.step_q, bottom), op.per), False
            case StepsOp():
                return self._steps(op)
            case LackingOp():
                return self._lacking(op), False
            case CasesOp():
                return self._cases(op), False
            case OnceOp():
                return self._once(op), False
            case BandsOp():
                return self._bands(op), False
            case CurveOp():
                return self._curve(op), False
            case JudgeOp():
                top = self.x.mul(self.x.num(op.slot), 10**self.plan.places)
                return self._scaled(op.modifiers, top, self.x.den(op.slot)), False
            case GroupOp():
                raise TypeError("a group has no value of its own")
            case _:
                assert_never(op)

    def _gap(self, target: Values, weight: Values, slot: int) -> Values:
        """Return target − weight × value over the value's denominator, 0 where it is below."""
        x = self.x
        value, top = x.num(slot), x.mul(target, x.den(slot))
        if isinstance(weight, int) and weight < 0:
            value = x.mul(value, -weight)
            gap = x.add(value, top)
        else:
            value = x.mul(value, weight)
            gap = x.sub(top, value)
        return x.most(gap, 0, own=None if gap is value else gap)

    def _steps(self, op: StepsOp) -> tuple[Values, Truths]:
        x = self.x
        n, q = op.target_n, op.target_q
        if op.dynamic is not None:
            n, q = self.resolve(op.dynamic)
        nothing: Truths = False
        if op.relative:
            nothing = x.compare(AT_MOST, n, 0)
        gap = self._gap(n if op.sign > 0 else x.sub(0, n), x.mul(q, op.sign), op.slot)
        whole = x.most(n, 1) if op.relative else q
        bottom = x.mul(x.mul(x.den(op.slot), whole), op.step_n)
        return self._finish(op.modifiers or _PLAIN, gap, (op.step_q, bottom), op.per), nothing

    def _lacking(self, op: LackingOp) -> Values:
        x = self.x
        required: Values = op.required
        if op.dynamic is not None:
            n, q = self.resolve(op.dynamic)
            if op.months >= 0:
                n, q = x.mul(x.num(op.months), n), x.mul(q, x.den(op.months))
            required = x.floor(n, q)
        gap = self._gap(required, 1, op.slot)
        bottom = x.mul(x.den(op.slot), op.step_n)
        return self._finish(op.modifiers or _PLAIN, gap, (op.step_q, bottom), op.per)

    def _cases(self, op: CasesOp) -> Values:
        x = self.x
        count = self._gap(-op.free_n, -op.free_q, op.slot)
        bottom = x.mul(x.den(op.slot), op.free_q * op.step_n)
        modifiers = op.modifiers or _PLAIN
        if op.weighted:  # weights are summed exactly, not counted in whole steps
            top, bottom = reduced(x, count, (op.step_q * op.per, x.mul(bottom, modifiers.per_d)))
            return self._scaled(modifiers, top, bottom)
        return self._finish(modifiers, count, (op.step_q, bottom), op.per)

    def _once(self, op: OnceOp) -> Values:
        x = self.x
        amount = op.per
        if op.modifiers is not None:
            amount = self._finish(op.modifiers, 1, (1, 1), op.per)
        return x.where(self.tested[op.condition].holds, amount, 0)

    # --- bands and curves --------------------------------------------------------------------

    def _bands(self, op: BandsOp) -> Values:
        """Return the points of the first band that holds: the last is laid down first."""
        x = self.x
        points = self._scaled(op.modifiers, *op.otherwise)
        for case in reversed(op.cases):
            inside = self._inside(op, case)
            points = x.where(
                inside, self._scaled(op.modifiers, case.points_n, case.points_d), points
            )
        return points

    def _inside(self, op: BandsOp, case: BandCase) -> Truths:
        x = self.x
        if case.condition >= 0:
            return self.tested[case.condition].holds
        inside: Truths = True
        for bound, upper, closed in (
            (case.low, False, case.low_in),
            (case.high, True, case.high_in),
        ):
            if bound is None:
                continue
            n, q = self.resolve(bound)
            left, right = x.mul(x.num(op.slot), q), x.mul(n, x.den(op.slot))
            relation = (AT_MOST if closed else LESS) if upper else (AT_LEAST, MORE)[not closed]
            inside = x.both(inside, x.compare(relation, left, right))
        return inside

    def _curve(self, op: CurveOp) -> Values:
        """Return the points on a curve: of knots at or below the value the last counts."""
        x = self.x
        value, bottom = x.num(op.slot), x.den(op.slot)
        knots = [(*self.resolve(knot.at), knot.points_n, knot.points_d) for knot in op.knots]
        points: Values = 0
        for place, (n, q, points_n, points_d) in enumerate(knots):
            left, right = x.mul(value, q), x.mul(n, bottom)
            here = self._scaled(op.modifiers, points_n, points_d)
            if place < len(knots) - 1:
                line = self._line(op.modifiers, knots[place], knots[place + 1], (value, bottom))
                here = x.where(x.compare(EQUAL, left, right), here, line)
            points = x.where(x.compare(AT_LEAST, left, right), here, points)
        n, q = knots[-1][:2]
        above = x.compare(MORE, x.mul(value, q), x.mul(n, bottom))
        points = x.where(above, self._scaled(op.modifiers, *op.above), points)
        n, q = knots[0][:2]
        below = x.compare(LESS, x.mul(value, q), x.mul(n, bottom))
        return x.where(below, self._scaled(op.modifiers, *op.below), points)

    def _line(
        self,
        modifiers: Modifiers,
        one: tuple[Values, Values, int, int],
        other: tuple[Values, Values, int, int],
        at: tuple[Values, Values],
    ) -> Values:
        """Return ap + (value − a) ÷ (b − a) × (bp − ap); beside its own line whatever it may."""
        x = self.x
        (an, ad, ap, apd), (bn, bd, bp, bpd), (value, bottom) = one, other, at
        along_n = x.mul(x.sub(x.mul(value, ad), x.mul(an, bottom)), bd)
        along_d = x.mul(x.sub(x.mul(bn, ad), x.mul(an, bd)), bottom)
        # Only rows on this line count, and on it 0 <= along_n < along_d.
        along_d = x.most(along_d, 1)
        along_n = x.least(x.most(along_n, 0), along_d)
        rise_n, rise_d = bp * apd - ap * bpd, apd * bpd
        top = x.add(x.mul(along_d, ap * rise_d), x.mul(along_n, rise_n * apd))
        return self._scaled(modifiers, top, x.mul(along_d, apd * rise_d))

    # --- counting and rounding ---------------------------------------------------------------

    def _finish(
        self, modifiers: Modifiers, gap: Values, per_gap: tuple[int, Values], per: int
    ) -> Values:
        """Return gap × (n ÷ d) counted as the modifiers say, times the points; `gap` is used up."""
        x = self.x
        counting = modifiers.counting
        if counting not in (COMPLETE, STARTED):
            granule = modifiers.granule or 1
            share = (per_gap[0] * per, x.mul(per_gap[1], modifiers.per_d * granule))
            top, bottom = reduced(x, gap, share)
            return self._rounded(modifiers, top, bottom, gap)
        count, bottom = reduced(x, gap, per_gap)
        if counting == STARTED:
            count = x.sub(x.add(count, bottom, own=gap), 1, own=gap)
        count = x.floor(count, bottom, own=gap)
        top = x.mul(count, per, own=gap)
        return self._scaled(modifiers, top, modifiers.per_d, gap)

    def _scaled(
        self, modifiers: Modifiers, top: Values, bottom: Values, own: Values = None
    ) -> Values:
        """Apply condition and factors, and round where the amount may not come out even."""
        bottom = self.x.mul(bottom, modifiers.granule or 1)
        return self._rounded(modifiers, top, bottom, own)

    def _rounded(
        self, modifiers: Modifiers, top: Values, bottom: Values, own: Values = None
    ) -> Values:
        """Do the same where `bottom` counts whole granules already; `own` may be overwritten."""
        x = self.x
        for place, n, d in modifiers.times:
            holds = self.tested[place].holds
            top = x.where(holds, x.mul(top, n), top)
            bottom = x.where(holds, x.mul(bottom, d), bottom) if d != 1 else bottom
        if modifiers.granule:
            amount = rounded(x, top, bottom, modifiers.rounding, own)
            amount = x.mul(amount, modifiers.granule, own=own)
        else:
            amount = x.floor(top, bottom, own=own)
        if modifiers.when >= 0:
            amount = x.where(self.tested[modifiers.when].holds, amount, 0)
        return amount

    # --- groups ------------------------------------------------------------------------------

    def _group(self, op: GroupOp) -> Amount:
        x = self.x
        members = [(self.of(place), cap) for place, cap in op.members]
        silent: Truths = True
        picked: Values = 0
        known: Truths = False
        x.open(("amount", op.out))
        for member, cap in members:
            silent = x.both(silent, member.silent)
            value = member.value if cap >= NO_LIMIT else x.least(member.value, cap)
            there = x.no(member.left_out)
            if op.pick == 0:
                picked = x.add(picked, value)
            else:
                better = (x.most if op.pick > 0 else x.least)(picked, value)
                picked = x.where(there, x.where(known, better, value), picked)
            known = x.either(known, there)
        x.close()
        return Amount(picked, left_out=silent, silent=silent, unknown=False)


def _when(op: AmountOp) -> int:
    if isinstance(op, (PlainStepsOp, GroupOp)) or op.modifiers is None:
        return -1
    return op.modifiers.when


def reduced(x: Arithmetic, gap: Values, per_gap: tuple[int, Values]) -> tuple[Values, Values]:
    """Return gap × n over d, in lowest terms where both are constant."""
    n, d = per_gap
    if isinstance(d, int):
        shared = math.gcd(n, d)
        n, d = n // shared, d // shared
    return x.mul(gap, n), d


def rounded(x: Arithmetic, top: Values, bottom: Values, mode: int, own: Values = None) -> Values:
    """Round top ÷ bottom to an integer; top is not negative, bottom above 0."""
    if mode == HALF_UP:
        if isinstance(bottom, int) and bottom % 2 == 0:
            return x.floor(x.add(top, bottom // 2, own=own), bottom, own=own)
        twice = x.add(x.mul(top, 2, own=own), bottom, own=own)
        return x.floor(twice, x.mul(bottom, 2), own=own)
    if mode == _HALF_EVEN:
        whole = x.floor(top, bottom)
        double = x.mul(x.sub(top, x.mul(whole, bottom)), 2)
        odd = x.compare(EQUAL, x.sub(whole, x.mul(x.floor(whole, 2), 2)), 1)
        tie = x.both(x.compare(EQUAL, double, bottom), odd)
        return x.add(whole, x.where(x.either(x.compare(MORE, double, bottom), tie), 1, 0))
    if mode == _DOWN:
        return x.floor(top, bottom, own=own)
    return x.floor(x.sub(x.add(top, bottom, own=own), 1, own=own), bottom, own=own)


def divided(x: Arithmetic, top: Values, bottom: Values, mode: int) -> Values:
    """Round top ÷ bottom to an integer, as `exact.divide` does; bottom is above 0."""
    whole = rounded(x, x.most(top, x.sub(0, top)), bottom, mode)
    return x.where(x.compare(LESS, top, 0), x.sub(0, whole), whole)
