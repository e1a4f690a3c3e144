"""From rules to operations: the one place that knows how a rule kind is computed.

Every rule becomes an amount, in integers of the plan's points scale. An engine that runs the
operations needs to know no rule. The rules that count are lowered in `tallies`, what any of
them reads in `reads`.

Source: “How a point is lost”, sections 1 and 2.

>>> from healthduty.rules.measure import Measure
>>> lowering = Lowering(Reads((Measure("rate", "满意率", unit="%"),)), Scale(2, 1, 0))
>>> _ = lowering.judged_item("1.1", full=Fraction(5))
>>> lowering.ops[0].out, lowering.reads.slots[0].most
(0, (5, 1))
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect, Pick, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    LevelBand,
    Rule,
    effect_of,
)
from healthduty.said import Said
from healthduty.scoring.ops import (
    AmountOp,
    BandCase,
    BandsOp,
    CurveOp,
    GroupOp,
    JudgedSlot,
    JudgeOp,
    KnotCase,
)
from healthduty.scoring.reads import NUMERIC, LoweringError, Reads
from healthduty.scoring.scale import Scale
from healthduty.scoring.tallies import Tallies


class Lowering:
    """Collects operations while an agreement's rules are lowered one by one."""

    def __init__(self, reads: Reads, scale: Scale, *, charge_once: bool = False) -> None:
        """Start empty; `charge_once` is the agreement's."""
        self.reads = reads
        self.scale = scale
        self.ops: list[AmountOp] = []
        """Each stands at its `out`, so a group after its members."""
        self._tallies = Tallies(reads, scale, self.ops, charge_once=charge_once)

    def amount(self, rule: Rule, full: Fraction, label: str) -> tuple[AmountOp, frozenset[int]]:
        """Lower a rule of an item with `full` points; return its operation and what it reads.

        Raises:
            LoweringError: for what can't be computed.
        """
        match rule:
            case Deduction() | Bonus():
                return self._tallies.lower(rule, full)
            case Bands():
                return self._bands(rule, full)
            case Curve():
                return self._curve(rule, full)
            case Judgement():
                return self._judgement(rule, full, label)
            case Forfeit() | Group():
                raise LoweringError(
                    "rule-misplaced",
                    Said(
                        f"a {type(rule).__name__} makes no amount",
                        f"`{type(rule).__name__}`算不出分数",
                    ),
                )
            case _:
                assert_never(rule)

    def group(self, rule: Group, members: list[tuple[int, int]]) -> GroupOp:
        """Lower a group of capped amounts: best for the unit is the least lost, or the most won."""
        pick = 0
        if rule.pick is not Pick.ALL:
            gains = effect_of(rule) is not Effect.LOSE
            pick = 1 if gains == (rule.pick is Pick.BEST) else -1
        op = GroupOp(len(self.ops), tuple(members), pick)
        self.ops.append(op)
        return op

    def judged_item(self, number: str, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        """Lower the judgement that stands in for the rules of an item that has none."""
        slot = self.reads.slot(JudgedSlot(number, (0, 1), full.as_integer_ratio(), required=True))
        op = JudgeOp(len(self.ops), slot, self.scale.modifiers(even=False))
        self.ops.append(op)
        return op, frozenset({slot})

    # --- bands -------------------------------------------------------------------------------

    def _bands(self, rule: Bands, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        slot = self.reads.value_slot(rule.measure, _kinds(rule), Said("bands", "分档"))
        reads = {slot}
        cases = []
        for band in rule.bands:
            case, more = self._band(rule.measure, band, full)
            cases.append(case)
            reads |= more
        none = Fraction(0) if rule.otherwise is None else rule.otherwise
        otherwise = self.scale.points(none, full)
        when, _, more = self.reads.guards(rule.when)
        pairs = [(case.points_n, case.points_d) for case in cases] + [otherwise]
        modifiers = self.scale.modifiers(even=all(d == 1 for _, d in pairs), when=when)
        op = BandsOp(len(self.ops), slot, tuple(cases), otherwise, modifiers)
        self.ops.append(op)
        return op, frozenset(reads) | more

    def _band(
        self, code: str, band: Band | LevelBand | CaseBand, full: Fraction
    ) -> tuple[BandCase, frozenset[int]]:
        points = self.scale.points(band.points, full)
        match band:
            case Band():
                low = None if band.low is None else self.reads.operand(band.low)
                high = None if band.high is None else self.reads.operand(band.high)
                case = BandCase(*points, low, high, band.low_in, band.high_in)
                return case, frozenset(
                    bound.slot for bound in (low, high) if bound is not None and bound.slot >= 0
                )
            case LevelBand():
                place = self.reads.among(code, band.levels)
            case CaseBand():
                place = self.reads.condition(band.when)
            case _:
                assert_never(band)
        return BandCase(*points, condition=place), self.reads.behind(place)

    # --- curves and judgements ---------------------------------------------------------------

    def _curve(self, rule: Curve, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        points, operand = self.scale.points, self.reads.operand
        slot = self.reads.value_slot(rule.measure, NUMERIC, Said("curve", "得分曲线"))
        knots = tuple(KnotCase(operand(knot.at), *points(knot.points, full)) for knot in rule.knots)
        below = knots[0][1:] if rule.below is None else points(rule.below, full)
        above = knots[-1][1:] if rule.above is None else points(rule.above, full)
        when, _, more = self.reads.guards(rule.when)
        modifiers = self.scale.modifiers(even=False, when=when)
        op = CurveOp(len(self.ops), slot, knots, below, above, modifiers)
        self.ops.append(op)
        reads = frozenset(knot.at.slot for knot in knots if knot.at.slot >= 0)
        return op, reads | {slot} | more

    def _judgement(
        self, rule: Judgement, full: Fraction, label: str
    ) -> tuple[AmountOp, frozenset[int]]:
        most = rule.most.part * full if isinstance(rule.most, Share) else rule.most
        if rule.least > most:
            raise LoweringError(
                "judgement-bounds",
                Said(
                    f"judgement `{rule.code}` of {label}: least > most",
                    f"{label}项的评判`{rule.code}`：下限高于上限",
                ),
            )
        slot = self.reads.slot(
            JudgedSlot(
                rule.code,
                rule.least.as_integer_ratio(),
                most.as_integer_ratio(),
                required=rule.effect is Effect.EARN,
            )
        )
        when, _, more = self.reads.guards(rule.when)
        op = JudgeOp(len(self.ops), slot, self.scale.modifiers(even=False, when=when))
        self.ops.append(op)
        return op, more | {slot}


def _kinds(rule: Bands) -> frozenset[MeasureKind]:
    """Return the kinds of measure that bands may stand on; cases alone stand on any."""
    level = any(isinstance(band, LevelBand) for band in rule.bands)
    by_number = any(isinstance(band, Band) for band in rule.bands)
    if level and by_number:
        raise LoweringError(
            "measure-kind",
            Said("bands by number and by level do not mix", "数值分档与等次分档不能混用"),
        )
    if level:
        return frozenset({MeasureKind.LEVEL})
    return NUMERIC if by_number else frozenset(MeasureKind)
