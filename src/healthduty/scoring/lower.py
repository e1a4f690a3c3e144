"""From rules to operations: the one place that knows how a rule kind is computed.

Every measure becomes a slot, every condition a truth, every rule an amount — integers in the
plan's points scale. An engine that runs the operations needs to know no rule.

Source: “How a point is lost”, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from healthduty.errors import HealthdutyError
from healthduty.exact import decimal_places
from healthduty.model.agreement import Agreement
from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect, Pick, Points, Share
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
    Times,
    effect_of,
)
from healthduty.rules.tally import (
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.scoring.ops import (
    COMPLETE,
    NO_LIMIT,
    AmongOp,
    AmountOp,
    BandCase,
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
    KnotCase,
    LackingOp,
    LogicOp,
    Modifiers,
    MonthsSlot,
    OnceOp,
    Operand,
    PlainStepsOp,
    Slot,
    StepsOp,
    ValueSlot,
    WeightedSlot,
)

_COMPARATORS = tuple(Comparator)  # in the order of the codes in ops: >= > <= < =
_COUNTINGS = tuple(Counting)

_NUMERIC = frozenset(MeasureKind) - {MeasureKind.LEVEL, MeasureKind.FLAG}
_COUNTED = frozenset({MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.AMOUNT})
_HAPPENED = frozenset({MeasureKind.FLAG, MeasureKind.COUNT, MeasureKind.CASES})


class LoweringError(HealthdutyError):
    """A rule that cannot be computed: an unknown measure, a wrong kind of one, an open blank."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the finding's code beside the sentence."""
        self.code = code
        super().__init__(message)


def places_of(points: Fraction, factors: Iterable[Fraction]) -> int | None:
    """Return the decimals that points × any of the factors need, None where they never end."""
    total = decimal_places(points)
    for factor in factors:
        places = decimal_places(factor)
        if total is None or places is None:
            return None
        total += places
    return total


def factors_of(rule: Rule) -> list[Fraction]:
    """Return what a rule's points may be multiplied by, beside whole counts.

    Of the weights of cases the one that needs most decimals stands for their sum.
    """
    if not isinstance(rule, (Deduction, Bonus)):
        return []
    factors = [times.factor for times in rule.times]
    if isinstance(rule.tally, Cases) and rule.tally.by is not None:
        by = rule.tally.by
        weights = [*(weight for _, weight in by.weights), by.otherwise or Fraction(1)]
        factors.append(max(weights, key=_places_key))
    return factors


class Lowering:
    """Collects slots and operations while an agreement's rules are lowered one by one."""

    def __init__(self, agreement: Agreement, places: int) -> None:
        """Start empty, in a points scale of `places` decimals."""
        self.places = places
        self.scale = 10**places
        self.granule: int = 10 ** (places - agreement.rounding.places)
        self.rounding = agreement.rounding.code
        self.measures = {measure.code: measure for measure in agreement.measures}
        self.charge_once = agreement.charge_once
        self.slots: dict[tuple[type, Slot], int] = {}
        self.conditions: list[ConditionOp] = []
        self._known_conditions: dict[Condition, int] = {}
        self._reads: list[frozenset[int]] = []
        self.plain_steps: list[PlainStepsOp] = []
        self.steps: list[StepsOp] = []
        self.lacking: list[LackingOp] = []
        self.cases: list[CasesOp] = []
        self.once: list[OnceOp] = []
        self.others: list[BandsOp | CurveOp | JudgeOp] = []
        self.groups: list[GroupOp] = []
        self.amounts = 0

    # --- slots -------------------------------------------------------------------------------

    def slot(self, slot: Slot) -> int:
        """Return the place of a slot, adding it when it is new."""
        return self.slots.setdefault((type(slot), slot), len(self.slots))

    def _measure(self, code: str, kinds: frozenset[MeasureKind], use: str) -> Measure:
        measure = self.measures.get(code)
        if measure is None:
            raise LoweringError("measure-unknown", f"measure `{code}` is not in the agreement")
        if measure.kind not in kinds:
            raise LoweringError(
                "measure-kind", f"measure `{code}` is a {measure.kind.value}: no {use} of it"
            )
        return measure

    def value_slot(self, code: str, kinds: frozenset[MeasureKind], use: str) -> int:
        """Return the slot of a measure's value, after looking at its kind."""
        return self.slot(ValueSlot(self._measure(code, kinds, use)))

    def operand(self, threshold: Threshold) -> Operand:
        """Lower a threshold."""
        match threshold:
            case Fraction():
                return Operand(threshold.numerator, threshold.denominator)
            case ByKind():
                return Operand(0, 1, self.slot(KindSlot(threshold)), 1, 1)
            case Given():
                return Operand(0, 1, self.value_slot(threshold.measure, _NUMERIC, "number"), 1, 1)
            case Multiple():
                slot = self.value_slot(threshold.measure, _NUMERIC, "multiple")
                plus, factor = threshold.plus, threshold.factor
                return Operand(
                    plus.numerator, plus.denominator, slot, factor.numerator, factor.denominator
                )
            case Blank():
                raise LoweringError("blank-open", f"blank `{threshold.name}` is not filled")
            case _:
                assert_never(threshold)

    # --- conditions --------------------------------------------------------------------------

    def condition(self, condition: Condition) -> int:
        """Lower a condition; the same condition is computed once."""
        if condition in self._known_conditions:
            return self._known_conditions[condition]
        make, reads = self._condition(condition)
        place = len(self.conditions)
        self.conditions.append(make._replace(out=place))
        self._reads.append(reads)
        self._known_conditions[condition] = place
        return place

    def reads(self, place: int) -> frozenset[int]:
        """Return the slots that a condition reads, those of its parts too."""
        return self._reads[place]

    def _condition(self, condition: Condition) -> tuple[ConditionOp, frozenset[int]]:
        match condition:
            case Compare():
                slot = self.value_slot(condition.measure, _NUMERIC, "comparison")
                operand = self.operand(condition.threshold)
                place = _COMPARATORS.index(condition.comparator)
                return CompareOp(-1, slot, place, operand), _with(slot, operand)
            case Flag():
                slot = self.value_slot(condition.measure, _HAPPENED, "yes or no")
                return HappenedOp(-1, slot, condition.expected), frozenset({slot})
            case Level():
                slot = self._level_slot(condition.measure)
                places = self._level_places(condition.measure, condition.levels)
                return AmongOp(-1, slot, places), frozenset({slot})
            case AllOf() | AnyOf():
                inputs = tuple(self.condition(part) for part in condition.conditions)
                every = isinstance(condition, AllOf)
                return LogicOp(-1, every, inputs), self._reads_all(inputs)
            case Not():
                inputs = (self.condition(condition.condition),)
                return LogicOp(-1, every=True, inputs=inputs, negate=True), self._reads_all(inputs)
            case _:
                assert_never(condition)

    def _reads_all(self, places: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(self._reads[place] for place in places))

    def _level_slot(self, code: str) -> int:
        return self.value_slot(code, frozenset({MeasureKind.LEVEL}), "level")

    def _level_places(self, code: str, levels: tuple[str, ...]) -> frozenset[int]:
        known = self.measures[code].levels
        unknown = [level for level in levels if level not in known]
        if unknown:
            raise LoweringError("level-not-of-measure", f"`{unknown[0]}` is no level of `{code}`")
        return frozenset(known.index(level) for level in levels)

    # --- amounts -----------------------------------------------------------------------------

    def amount(self, rule: Rule, full: Fraction, label: str) -> tuple[AmountOp, frozenset[int]]:
        """Lower a rule of an item with `full` points; return its operation and what it reads."""
        match rule:
            case Deduction() | Bonus():
                return self._counted(rule, full)
            case Bands():
                return self._bands(rule, full)
            case Curve():
                return self._curve(rule, full)
            case Judgement():
                return self._judgement(rule, full, label)
            case Forfeit() | Group():
                raise LoweringError("rule-misplaced", f"a {type(rule).__name__} makes no amount")
            case _:
                assert_never(rule)

    def group(self, rule: Group, members: list[tuple[int, int]]) -> GroupOp:
        """Lower a group of capped amounts: best for the unit is the least lost, or the most won."""
        pick = 0
        if rule.pick is not Pick.ALL:
            gains = effect_of(rule) is not Effect.LOSE
            pick = 1 if gains == (rule.pick is Pick.BEST) else -1
        op = GroupOp(self._out(), tuple(members), pick)
        self.groups.append(op)
        return op

    def judged_item(self, number: str, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        """Lower the judgement that stands in for the rules of an item that has none."""
        slot = self.slot(JudgedSlot(number, (0, 1), full.as_integer_ratio(), required=True))
        op = JudgeOp(self._out(), slot, self._modifiers(even=False))
        self.others.append(op)
        return op, frozenset({slot})

    def _out(self) -> int:
        self.amounts += 1
        return self.amounts - 1

    def points(self, points: Points, full: Fraction) -> tuple[int, int]:
        """Return points as a pair in points scale; a share is of the item's points."""
        value = points.part * full if isinstance(points, Share) else points
        scaled = value * self.scale
        return scaled.numerator, scaled.denominator

    def scaled(self, value: Fraction | None) -> int:
        """Return a limit in points scale, NO_LIMIT where there is none."""
        return NO_LIMIT if value is None else int(value * self.scale)

    def _counted(self, rule: Deduction | Bonus, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        per_n, per_d = self.points(rule.points, full)
        tally = rule.tally
        counting = tally.counting if isinstance(tally, (StepsBelow, StepsAbove)) else None
        factors = factors_of(rule)
        even = counting is not Counting.PROPORTIONAL and self._even(per_n, per_d, factors)
        when, times, reads = self._guards(rule.when, rule.times)
        modifiers = self._modifiers(even=even, when=when)._replace(
            times=times,
            counting=COMPLETE if counting is None else _COUNTINGS.index(counting),
            per_d=per_d,
        )
        plain = None if modifiers == Modifiers() else modifiers
        op, more = self._tally(tally, per_n, plain, charges=isinstance(rule, Deduction))
        return op, reads | more

    def _modifiers(self, *, even: bool, when: int = -1) -> Modifiers:
        if even:
            return Modifiers(when)
        return Modifiers(when, granule=self.granule, rounding=self.rounding)

    def _even(self, per_n: int, per_d: int, factors: list[Fraction]) -> bool:
        places = places_of(Fraction(per_n, per_d * self.scale), factors)
        return places is not None and places <= self.places

    def _guards(
        self, when: Condition | None, times: tuple[Times, ...] = ()
    ) -> tuple[int, tuple[tuple[int, int, int], ...], frozenset[int]]:
        place = -1 if when is None else self.condition(when)
        factors = tuple(
            (self.condition(item.when), *item.factor.as_integer_ratio()) for item in times
        )
        conditions = [c for c in (place, *(factor[0] for factor in factors)) if c >= 0]
        return place, factors, self._reads_all(conditions)

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
                place = self.condition(tally.condition)
                op = OnceOp(self._out(), place, per, modifiers)
                self.once.append(op)
                return op, self.reads(place)
            case _:
                assert_never(tally)

    def _steps(
        self, tally: StepsBelow | StepsAbove, per: int, modifiers: Modifiers | None
    ) -> tuple[AmountOp, frozenset[int]]:
        target = self.operand(tally.target)
        measure = self._measure(tally.measure, _NUMERIC, "steps")
        scale_of_target = target.slot < 0 and target.n >= 10 * target.q
        slot = self.slot(ValueSlot(measure, measure.unit == "%" and scale_of_target))
        step = Fraction(1) if tally.step is None else tally.step
        if tally.relative:
            step /= 100
        op = StepsOp(
            out=self._out(),
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
        if modifiers is None and op.dynamic is None and not op.relative:
            plain = _plain(op)
            self.plain_steps.append(plain)
            return plain, _with(slot, target)
        self.steps.append(op)
        return op, _with(slot, target)

    def _lacking(
        self, tally: Lacking, per: int, modifiers: Modifiers | None
    ) -> tuple[AmountOp, frozenset[int]]:
        required = self.operand(tally.required)
        slot = self.slot(FilledSlot(self._measure(tally.measure, _COUNTED, "counting")))
        op = LackingOp(
            out=self._out(),
            slot=slot,
            required=required.n // required.q,
            step_n=tally.step.numerator,
            step_q=tally.step.denominator,
            per=per,
            modifiers=modifiers,
            dynamic=required if required.slot >= 0 or tally.prorated else None,
            months=self.slot(MonthsSlot()) if tally.prorated else -1,
        )
        self.lacking.append(op)
        return op, _with(slot, required)

    def _cases(
        self, tally: Cases, per: int, modifiers: Modifiers | None, *, charges: bool
    ) -> tuple[AmountOp, frozenset[int]]:
        measure = self._measure(tally.measure, _COUNTED, "cases")
        charge = None
        if charges and self.charge_once:
            plain = modifiers or Modifiers()
            charge = Charge(self.amounts, per, plain.per_d, plain.when, plain.times)
        weighted = bool(tally.by or tally.where or charge)
        slot = self.slot(WeightedSlot(measure, tally, charge) if weighted else ValueSlot(measure))
        op = CasesOp(
            out=self._out(),
            slot=slot,
            free_n=0 if weighted else tally.free.numerator,
            free_q=1 if weighted else tally.free.denominator,
            step_n=tally.step.numerator,
            step_q=tally.step.denominator,
            per=per,
            modifiers=modifiers,
            weighted=tally.by is not None,
        )
        self.cases.append(op)
        return op, frozenset({slot})

    def _bands(self, rule: Bands, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        level = any(isinstance(band, LevelBand) for band in rule.bands)
        by_number = any(isinstance(band, Band) for band in rule.bands)
        kinds = frozenset(MeasureKind)
        if level or by_number:
            kinds = frozenset({MeasureKind.LEVEL}) if level else _NUMERIC
        if level and by_number:
            raise LoweringError("measure-kind", "bands by number and by level do not mix")
        slot = self.value_slot(rule.measure, kinds, "bands")
        reads = {slot}
        cases = []
        for band in rule.bands:
            case, more = self._band(rule.measure, band, full)
            cases.append(case)
            reads |= more
        otherwise = (0, 1) if rule.otherwise is None else self.points(rule.otherwise, full)
        when, _, more = self._guards(rule.when)
        pairs = [(case.points_n, case.points_d) for case in cases] + [otherwise]
        modifiers = self._modifiers(even=all(d == 1 for _, d in pairs), when=when)
        op = BandsOp(self._out(), slot, tuple(cases), otherwise, modifiers)
        self.others.append(op)
        return op, frozenset(reads) | more

    def _band(
        self, code: str, band: Band | LevelBand | CaseBand, full: Fraction
    ) -> tuple[BandCase, frozenset[int]]:
        points = self.points(band.points, full)
        match band:
            case Band():
                low = None if band.low is None else self.operand(band.low)
                high = None if band.high is None else self.operand(band.high)
                case = BandCase(*points, low, high, band.low_in, band.high_in)
                return case, frozenset(
                    bound.slot for bound in (low, high) if bound is not None and bound.slot >= 0
                )
            case LevelBand():
                slot = self._level_slot(code)
                places = self._level_places(code, band.levels)
                place = self._add_condition(AmongOp(-1, slot, places), frozenset({slot}))
                return BandCase(*points, condition=place), frozenset({slot})
            case CaseBand():
                place = self.condition(band.when)
                return BandCase(*points, condition=place), self.reads(place)
            case _:
                assert_never(band)

    def unevidenced(self, slot: int) -> int:
        """Add the condition that something was observed without written evidence."""
        return self._add_condition(HappenedOp(-1, slot, expected=True), frozenset({slot}))

    def _add_condition(self, op: ConditionOp, reads: frozenset[int]) -> int:
        place = len(self.conditions)
        self.conditions.append(op._replace(out=place))
        self._reads.append(reads)
        return place

    def _curve(self, rule: Curve, full: Fraction) -> tuple[AmountOp, frozenset[int]]:
        slot = self.value_slot(rule.measure, _NUMERIC, "curve")
        knots = tuple(
            KnotCase(self.operand(knot.at), *self.points(knot.points, full)) for knot in rule.knots
        )
        below = knots[0][1:] if rule.below is None else self.points(rule.below, full)
        above = knots[-1][1:] if rule.above is None else self.points(rule.above, full)
        when, _, more = self._guards(rule.when)
        op = CurveOp(self._out(), slot, knots, below, above, self._modifiers(even=False, when=when))
        self.others.append(op)
        reads = frozenset(knot.at.slot for knot in knots if knot.at.slot >= 0)
        return op, reads | {slot} | more

    def _judgement(
        self, rule: Judgement, full: Fraction, label: str
    ) -> tuple[AmountOp, frozenset[int]]:
        most = rule.most.part * full if isinstance(rule.most, Share) else rule.most
        if rule.least > most:
            raise LoweringError(
                "judgement-bounds", f"judgement `{rule.code}` of {label}: least > most"
            )
        slot = self.slot(
            JudgedSlot(
                rule.code,
                rule.least.as_integer_ratio(),
                most.as_integer_ratio(),
                required=rule.effect is Effect.EARN,
            )
        )
        when, _, more = self._guards(rule.when)
        op = JudgeOp(self._out(), slot, self._modifiers(even=False, when=when))
        self.others.append(op)
        return op, more | {slot}


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


def _with(slot: int, operand: Operand) -> frozenset[int]:
    return frozenset({slot} if operand.slot < 0 else {slot, operand.slot})


def _places_key(value: Fraction) -> int:
    places = decimal_places(value)
    return NO_LIMIT if places is None else places
