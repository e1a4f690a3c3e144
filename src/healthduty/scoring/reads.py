"""What rules read: measures and thresholds become slots, conditions become truths.

The same measure is one slot and the same condition one truth, however many rules name them.
A rule that can't be computed (an unknown measure, one of the wrong kind, an open blank) is
noticed here.

Source: “How a point is lost”, section 1; semantics 3 (comparators).

>>> Reads(()).operand(Fraction(9, 2))
Operand(n=9, q=2, slot=-1, kn=0, kd=1)
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from healthduty.errors import HealthdutyError
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
from healthduty.rules.measure import Measure, MeasureKind, kind_word
from healthduty.rules.rule import Times
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.said import Said, chinese
from healthduty.scoring.ops import (
    AmongOp,
    CompareOp,
    ConditionOp,
    HappenedOp,
    KindSlot,
    LogicOp,
    Operand,
    Slot,
    UnevidencedSlot,
    ValueSlot,
)

NUMERIC = frozenset(MeasureKind) - {MeasureKind.LEVEL, MeasureKind.FLAG}
"""The kinds of measure whose values are numbers."""

COUNTED = frozenset({MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.AMOUNT})
"""The kinds of measure that can be counted by the piece."""

_HAPPENED = frozenset({MeasureKind.FLAG, MeasureKind.COUNT, MeasureKind.CASES})
_COMPARATORS = tuple(Comparator)  # in the order of the codes in ops: >= > <= < =


class LoweringError(HealthdutyError):
    """A rule that cannot be computed: an unknown measure, a wrong kind of one, an open blank."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the finding's code beside the sentence."""
        self.code = code
        super().__init__(message)


class Reads:
    """Collects slots and conditions while an agreement's rules are lowered one by one."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        """Start empty, over an agreement's measures."""
        self.conditions: list[ConditionOp] = []
        self._measures = {measure.code: measure for measure in measures}
        self._slots: dict[tuple[type, Slot], int] = {}
        self._known_conditions: dict[Condition, int] = {}
        self._behind: list[frozenset[int]] = []

    # --- slots -------------------------------------------------------------------------------

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All slots, each at its place."""
        return tuple(slot for _, slot in self._slots)

    def slot(self, slot: Slot) -> int:
        """Return the place of a slot, adding it when it is new."""
        return self._slots.setdefault((type(slot), slot), len(self._slots))

    def measure(self, code: str, kinds: frozenset[MeasureKind], use: str) -> Measure:
        """Return a measure of one of certain kinds; `use` is what it is wanted for.

        Raises:
            LoweringError: where there is none of that code, or it is of another kind.
        """
        measure = self._measures.get(code)
        if measure is None:
            raise LoweringError(
                "measure-unknown",
                Said(f"measure `{code}` is not in the agreement", f"责任书里没有指标`{code}`"),
            )
        if measure.kind not in kinds:
            raise LoweringError(
                "measure-kind",
                Said(
                    f"measure `{code}` is a {measure.kind.value}: no {use} of it",
                    f"指标`{code}`是{kind_word(measure.kind).zh}，不能用作{chinese(use)}",
                ),
            )
        return measure

    def value_slot(self, code: str, kinds: frozenset[MeasureKind], use: str) -> int:
        """Return the slot of a measure's value, after looking at its kind."""
        return self.slot(ValueSlot(self.measure(code, kinds, use)))

    def operand(self, threshold: Threshold) -> Operand:
        """Lower a threshold."""
        match threshold:
            case Fraction():
                return Operand(threshold.numerator, threshold.denominator)
            case ByKind():
                return Operand(0, 1, self.slot(KindSlot(threshold)), 1, 1)
            case Given():
                return Operand(
                    0, 1, self.value_slot(threshold.measure, NUMERIC, Said("number", "数值")), 1, 1
                )
            case Multiple():
                slot = self.value_slot(threshold.measure, NUMERIC, Said("multiple", "倍数"))
                plus, factor = threshold.plus, threshold.factor
                return Operand(
                    plus.numerator, plus.denominator, slot, factor.numerator, factor.denominator
                )
            case Blank():
                raise LoweringError(
                    "blank-open",
                    Said(f"blank `{threshold.name}` is not filled", f"空白`{threshold.name}`未填"),
                )
            case _:
                assert_never(threshold)

    # --- conditions --------------------------------------------------------------------------

    def condition(self, condition: Condition) -> int:
        """Lower a condition; the same condition is computed once."""
        known = self._known_conditions.get(condition)
        if known is None:
            known = self._known_conditions[condition] = self._add(*self._condition(condition))
        return known

    def behind(self, *places: int) -> frozenset[int]:
        """Return the slots that conditions read, those of their parts too."""
        return frozenset().union(*(self._behind[place] for place in places))

    def guards(
        self, when: Condition | None, times: tuple[Times, ...] = ()
    ) -> tuple[int, tuple[tuple[int, int, int], ...], frozenset[int]]:
        """Lower a rule's `when` (−1 without one) and `times`; return the slots behind them too."""
        place = -1 if when is None else self.condition(when)
        factors = tuple(
            (self.condition(item.when), *item.factor.as_integer_ratio()) for item in times
        )
        places = [*(() if when is None else (place,)), *(factor[0] for factor in factors)]
        return place, factors, self.behind(*places)

    def among(self, code: str, levels: tuple[str, ...]) -> int:
        """Add the condition that a measure has one of certain levels."""
        return self._add(*self._among(code, levels))

    def unevidenced(self, codes: tuple[str, ...], reads: frozenset[int]) -> int:
        """Add the condition that one of these was observed without written evidence.

        It is silent with the rule that reads them: `reads` are all slots of the rule.
        """
        slot = self.slot(UnevidencedSlot(codes))
        return self._add(HappenedOp(-1, slot, expected=True), reads)

    def joined(self, places: tuple[int, ...], *, every: bool) -> int:
        """Add the condition that all, or any, of some hold: one that is silent does not."""
        if len(places) == 1:
            return places[0]
        return self._add(LogicOp(-1, every, places), frozenset())

    def _add(self, op: ConditionOp, reads: frozenset[int]) -> int:
        place = len(self.conditions)
        self.conditions.append(op._replace(out=place))
        self._behind.append(reads)
        return place

    def _condition(self, condition: Condition) -> tuple[ConditionOp, frozenset[int]]:
        match condition:
            case Compare():
                slot = self.value_slot(condition.measure, NUMERIC, Said("comparison", "比较"))
                operand = self.operand(condition.threshold)
                place = _COMPARATORS.index(condition.comparator)
                return CompareOp(-1, slot, place, operand), with_slot(slot, operand)
            case Flag():
                slot = self.value_slot(condition.measure, _HAPPENED, Said("yes or no", "是否"))
                return HappenedOp(-1, slot, condition.expected), frozenset({slot})
            case Level():
                return self._among(condition.measure, condition.levels)
            case AllOf() | AnyOf():
                inputs = tuple(self.condition(part) for part in condition.conditions)
                return LogicOp(-1, isinstance(condition, AllOf), inputs), self.behind(*inputs)
            case Not():
                inputs = (self.condition(condition.condition),)
                return LogicOp(-1, every=True, inputs=inputs, negate=True), self.behind(*inputs)
            case _:
                assert_never(condition)

    def _among(self, code: str, levels: tuple[str, ...]) -> tuple[AmongOp, frozenset[int]]:
        kinds = frozenset({MeasureKind.LEVEL})
        slot, known = (
            self.value_slot(code, kinds, Said("level", "等次")),
            self._measures[code].levels,
        )
        unknown = [level for level in levels if level not in known]
        if unknown:
            raise LoweringError(
                "level-not-of-measure",
                Said(
                    f"`{unknown[0]}` is no level of `{code}`", f"`{unknown[0]}`不是`{code}`的等次"
                ),
            )
        return AmongOp(-1, slot, frozenset(map(known.index, levels))), frozenset({slot})


def with_slot(slot: int, operand: Operand) -> frozenset[int]:
    """Return a slot, and that of a threshold where it has one."""
    return frozenset({slot} if operand.slot < 0 else {slot, operand.slot})
