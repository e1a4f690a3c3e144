"""Tallies to operations: points for each step, each case, each one lacking, or once.

The rules of an inspector who counts, multiplies and stops at the cap: losing (`Deduction`) or
adding (`Bonus`).

Source: “How a point is lost”, section 2; semantics 6 (one case charged once).

>>> from healthduty.rules.measure import Measure
>>> rate = Measure("rate", "满意率", unit="%")
>>> tallies = Tallies(Reads((rate,)), Scale(2, 1, 0), [], charge_once=False)
>>> op, reads = tallies.lower(Deduction(StepsBelow(rate, target=90, step=5), points=1), Fraction(3))
>>> op.target, op.step_n, op.per
(90, 5, 100)
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from healthduty.rules.measure import Measure
from healthduty.rules.rule import Bonus, Deduction
from healthduty.rules.tally import (
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.said import Said
from healthduty.scoring.ops import (
    COMPLETE,
    AmountOp,
    CasesOp,
    Charge,
    FilledSlot,
    LackingOp,
    Modifiers,
    MonthsSlot,
    OnceOp,
    PlainStepsOp,
    StepsOp,
    ValueSlot,
    WeightedSlot,
)
from healthduty.scoring.reads import COUNTED, NUMERIC, Reads, with_slot
from healthduty.scoring.scale import Scale, factors_of

_COUNTINGS = tuple(Counting)  # in the order of the codes in ops: complete, started, proportional


class Tallies:
    """Lowers the rules that count, onto the operations that there are already."""

    def __init__(
        self, reads: Reads, scale: Scale, ops: list[AmountOp], *, charge_once: bool
    ) -> None:
        """Add to `ops`; `charge_once` is the agreement's."""
        self.reads = reads
        self.scale = scale
        self.ops = ops
        self.charge_once = charge_once

    def lower(self, rule: Deduction | Bonus, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        """Add the operation of a rule of an item with `full` points; return what it reads too.

        Raises:
            LoweringError: for what can't be computed.
        """
        per_n, per_d = self.scale.points(rule.points, full)
        tally = rule.tally
        counting = tally.counting if isinstance(tally, (StepsBelow, StepsAbove)) else None
        even = counting is not Counting.PROPORTIONAL
        even = even and self.scale.is_even(per_n, per_d, factors_of(rule))
        when, times, reads = self.reads.guards(rule.when, rule.times)
        modifiers = self.scale.modifiers(even=even, when=when)._replace(
            times=times,
            counting=COMPLETE if counting is None else _COUNTINGS.index(counting),
            per_d=per_d,
        )
        plain = None if modifiers == Modifiers() else modifiers
        op, more = self._tally(tally, per_n, plain, charges=isinstance(rule, Deduction))
        self.ops.append(op)
        return op, reads | more

    def _tally(
        self, tally: Tally, per: int, modifiers: Modifiers | None, *, charges: bool
    ) -> tuple[AmountOp, frozenset[int]]:
        match tally:
            case StepsBelow() | StepsAbove():
                return self._steps(tally, per, modifiers)
            case Lacking():
                return self._lacking(tally, per, modifiers)
            case Cases():
                return self._cases(tally, per, modifiers, charges=charges)
            case Once():
                place = self.reads.condition(tally.condition)
                return OnceOp(len(self.ops), place, per, modifiers), self.reads.behind(place)
            case _:
                assert_never(tally)

    def _steps(
        self, tally: StepsBelow | StepsAbove, per: int, modifiers: Modifiers | None
    ) -> tuple[AmountOp, frozenset[int]]:
        target = self.reads.operand(tally.target)
        measure = self.reads.measure(tally.measure, NUMERIC, Said("steps", "步长"))
        scale_of_target = target.slot < 0 and target.n >= 10 * target.q
        slot = self.reads.slot(ValueSlot(measure, measure.unit == "%" and scale_of_target))
        step = Fraction(1) if tally.step is None else tally.step
        if tally.relative:
            step /= 100
        op = StepsOp(
            out=len(self.ops),
            slot=slot,
            sign=1 if isinstance(tally, StepsBelow) else -1,
            target_n=target.n,
            target_q=target.q,
            step_n=step.numerator,
            step_q=step.denominator,
            per=per,
            modifiers=modifiers,
            dynamic=target if target.slot >= 0 else None,
            relative=tally.relative or tally.step is None,
        )
        plain = modifiers is None and op.dynamic is None and not op.relative
        return (_plain(op) if plain else op), with_slot(slot, target)

    def _lacking(
        self, tally: Lacking, per: int, modifiers: Modifiers | None
    ) -> tuple[AmountOp, frozenset[int]]:
        required = self.reads.operand(tally.required)
        slot = self.reads.slot(FilledSlot(self._counted(tally.measure, "counting")))
        op = LackingOp(
            out=len(self.ops),
            slot=slot,
            required=required.n // required.q,
            step_n=tally.step.numerator,
            step_q=tally.step.denominator,
            per=per,
            modifiers=modifiers,
            dynamic=required if required.slot >= 0 or tally.prorated else None,
            months=self.reads.slot(MonthsSlot()) if tally.prorated else -1,
        )
        return op, with_slot(slot, required)

    def _cases(
        self, tally: Cases, per: int, modifiers: Modifiers | None, *, charges: bool
    ) -> tuple[AmountOp, frozenset[int]]:
        measure = self._counted(tally.measure, "cases")
        charge = None
        if charges and self.charge_once:
            plain = modifiers or Modifiers()
            charge = Charge(len(self.ops), per, plain.per_d, plain.when, plain.times)
        weighted = bool(tally.by or tally.where or charge)
        slot = WeightedSlot(measure, tally, charge) if weighted else ValueSlot(measure)
        op = CasesOp(
            out=len(self.ops),
            slot=self.reads.slot(slot),
            free_n=0 if weighted else tally.free.numerator,
            free_q=1 if weighted else tally.free.denominator,
            step_n=tally.step.numerator,
            step_q=tally.step.denominator,
            per=per,
            modifiers=modifiers,
            weighted=tally.by is not None,
        )
        return op, frozenset({op.slot})

    def _counted(self, code: str, use: str) -> Measure:
        return self.reads.measure(code, COUNTED, use)


def _plain(op: StepsOp) -> PlainStepsOp:
    return PlainStepsOp(
        op.out,
        op.slot,
        op.sign * op.target_n,
        op.sign * op.target_q,
        op.target_q * op.step_n,
        op.step_q,
        op.per,
    )
