"""A plan as expressions of another engine: the steps of the proof, in its words.

Whoever lives in Polars or DuckDB wants the points where the data lies. The steps that `steps`
writes down, with what each number can be, are all there is to say; `staging` makes expressions of
them. Outcomes follow over the same arithmetic: vetoes, the total, the grade.

What can't be said so is refused with the items that need it, never approximated; and a row that
holds what only `score_many` reads has no total, and says that it is unread.

Source: “`plan.to_polars()` / `plan.to_sql()` expressions on integers, tested equal”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例", parts=(Indicator("1", "台账", points=5),)))
>>> sorted(name for name in program_of(made, Readings(made.plan, {})).outputs)
['earned', 'grade', 'known', 'total', 'unknown']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from healthduty.columns.engine_numpy import outcome_tests
from healthduty.columns.outcome import sections_zeroed
from healthduty.columns.readings import Column, Readings
from healthduty.columns.spans import Number, Span, Truth, span_of
from healthduty.columns.steps import (
    Fact,
    Noted,
    Recorder,
    Ref,
    Step,
    Steps,
    recorded,
    reference,
)
from healthduty.columns.summary import written_order
from healthduty.errors import UsageError
from healthduty.model.veto import CapGrade, ForceGrade, LowerGrade, ZeroSection, ZeroTotal
from healthduty.scoring.ops import AT_LEAST, EQUAL, Plan, RuleRef, Test, counting_rules
from healthduty.scoring.plan import Planned

_WIDEST = 2**127 - 1
_NO_GRADE = -1


class Program(NamedTuple):
    """Steps, what they are read off, and which of them are the results by name."""

    steps: tuple[Step, ...]
    columns: Mapping[int, Column]
    outputs: Mapping[str, Ref | int]
    places: int
    grades: tuple[str, ...]
    items: Mapping[str, str]
    """The numbers of the items that were asked for, by the names of their outputs."""


# --- from a plan to a program --------------------------------------------------------------------


class Measured(Recorder):
    """A recorder that keeps the largest number of each operation, to name those too wide."""

    def __init__(
        self,
        nums: Mapping[int, Span],
        dens: Mapping[int, Number],
        lost: Sequence[int],
        na: Sequence[int],
    ) -> None:
        """Start as a recorder does."""
        super().__init__(nums, dens, lost, na)
        self.peaks: dict[tuple[str, int], int] = {}

    def close(self) -> None:
        """End what has a lane of its own."""
        self.peaks[self._open[-1]] = self._peaks[self._open[-1]]
        super().close()


def program_of(planned: Planned, readings: Readings, *, items: bool = False) -> Program:
    """Return the program of a plan.

    Raises:
        UsageError: a plan that has no totals, or that can't be expressed, by its items.
    """
    made = planned.plan
    if not made.totals:
        told = "; ".join(map(str, planned.findings)) or "there is nothing to score"
        raise UsageError(f"the agreement has no total to express: {told}")
    columns, refused = readings.columns()
    if refused:
        told = "; ".join(f"{_readers(made, each.slot)}: {each.reason}" for each in refused)
        raise UsageError(f"expressions can't say this, `score_many` can: {told}")
    recorder = Measured(
        {slot: column.span for slot, column in columns.items()},
        {slot: column.dens for slot, column in columns.items()},
        lost=[slot for slot, column in columns.items() if column.lost],
        na=[slot for slot, column in columns.items() if not column.den],
    )
    steps = recorded(made, recorder, outcome_tests(made))
    recorder.open(("beside", 0))
    outputs = _Beside(made, recorder, steps).outputs()
    recorder.close()
    _refuse_wide(made, recorder.peaks)
    names: dict[str, str] = {}
    for node in written_order(made) if items else ():
        number = made.refs[node].number
        names[f"item {number}"] = number
        outputs[f"item {number}"] = steps.outputs["inside", node]
        outputs[f"unsure {number}"] = steps.outputs.get(("unsure", node), False)
    scale = made.agreement.grades
    grades = tuple(grade.name for grade in scale.grades) if scale else ()
    return Program(tuple(recorder.steps), columns, outputs, made.places, grades, names)


def _readers(plan: Plan, slot: int) -> str:
    """Return the items whose rules read a slot."""
    numbers = [
        ref.number for ref in plan.refs for rule in counting_rules(ref.rules) if slot in rule.slots
    ]
    return "items " + ", ".join(dict.fromkeys(numbers)) if numbers else "a veto, a grade or money"


def _refuse_wide(plan: Plan, peaks: Mapping[tuple[str, int], int]) -> None:
    wide = {place for (what, place), peak in peaks.items() if what == "amount" and peak > _WIDEST}
    rules: list[tuple[str, RuleRef]] = [
        (ref.number, rule) for ref in plan.refs for rule in counting_rules(ref.rules)
    ]
    numbers = [number for number, rule in rules if rule.op is not None and rule.op.out in wide]
    if wide or any(peak > _WIDEST for peak in peaks.values()):
        items = ", ".join(dict.fromkeys(numbers)) or "the sums"
        message = f"items {items}: their numbers may need more than 128 bits"
        raise UsageError(f"{message}; say with `Reading(most=…)` how large a column gets")


class _Beside:
    """What follows from the points, over the arithmetic of the recorder: as `outcome` has it."""

    def __init__(self, plan: Plan, recorder: Recorder, steps: Steps) -> None:
        self.plan, self.x, self.steps = plan, recorder, steps
        self.applies = [self._veto(*tests) for tests in plan.vetoes]
        self.effects = [
            (effect, on)
            for veto, (on, _) in zip(plan.agreement.vetoes, self.applies, strict=True)
            for effect in veto.effects
        ]

    def outputs(self) -> dict[str, Ref | int]:
        """Return the total, before and after vetoes, whether it is known, and the grade."""
        x = self.x
        unknown = self._fact("unknown", 0)
        unsure = unknown
        for _, doubt in self.applies:
            unsure = x.either(unsure, doubt)
        known = x.no(unsure)
        total = self._vetoed(self._number("earned", 0))
        grade = self._after(self._graded(total, known))
        return {
            "earned": self.steps.outputs["earned", 0],
            "unknown": reference(unknown),
            "total": reference(total),
            "known": reference(known),
            "grade": reference(grade),
        }

    def _made(self, name: tuple[str, Any]) -> tuple[Ref | int, Span | None]:
        ref = self.steps.outputs.get(name, 0)
        return ref, self.x.steps[ref.place].span if isinstance(ref, Ref) else None

    def _number(self, what: str, place: int | Test) -> Number:
        ref, span = self._made((what, place))
        if isinstance(ref, int) or span is None:
            assert isinstance(ref, int)  # noqa: S101 - a step that gives a number has a span
            return ref
        noted = Noted(*span)
        noted.step = ref.place
        return noted

    def _fact(self, what: str, place: int) -> Truth:
        ref, _ = self._made((what, place))
        return Fact(ref.place) if isinstance(ref, Ref) else bool(ref)

    # --- vetoes --------------------------------------------------------------------------------

    def _truth(self, test: Test, default: int) -> Number:
        return default if test.place < 0 else self._number("truth", test)

    def _veto(self, when: Test, exempt: Test) -> tuple[Truth, Truth]:
        """Return where a veto applies, and where it can't be told."""
        x = self.x
        happened, exempted = self._truth(when, 0), self._truth(exempt, 0)
        off = x.either(x.compare(EQUAL, happened, 0), x.compare(EQUAL, exempted, 1))
        doubt = x.either(x.compare(EQUAL, happened, -1), x.compare(EQUAL, exempted, -1))
        return x.both(x.no(off), x.no(doubt)), x.both(x.no(off), doubt)

    def _vetoed(self, earned: Number) -> Number:
        x = self.x
        numbers = {ref.number: index for index, ref in enumerate(self.plan.refs)}
        zeroed: dict[int, Truth] = dict.fromkeys(sections_zeroed(self.plan), False)
        nothing: Truth = False
        for effect, on in self.effects:
            if isinstance(effect, ZeroTotal):
                nothing = x.either(nothing, on)
            elif isinstance(effect, ZeroSection) and effect.number in numbers:
                index = numbers[effect.number]
                zeroed[index] = x.either(zeroed[index], on)
        total = earned
        for index, on in zeroed.items():
            taken = x.add(self._number("inside", index), self._number("beyond", index))
            left = x.most(x.least(total, 0), x.sub(total, x.most(taken, 0)))
            total = x.where(on, left, total)
        return x.where(nothing, x.least(earned, 0), total)

    # --- grades --------------------------------------------------------------------------------

    def _graded(self, total: Number, known: Truth) -> Number:
        x, scale = self.x, self.plan.agreement.grades
        grade: Number = _NO_GRADE
        undecided = known
        for place, each in enumerate(scale.grades if scale else ()):
            inside = undecided
            if each.low is not None:
                exact = each.low * 10**self.plan.places
                least = -(-exact.numerator // exact.denominator)
                if not each.low_in:
                    least = exact.numerator // exact.denominator + 1
                inside = x.both(inside, x.compare(AT_LEAST, total, least))
            truth = self._truth(self.plan.grade_conditions[place], 1)
            grade = x.where(x.both(inside, x.compare(EQUAL, truth, 1)), place, grade)
            barred = x.compare(EQUAL, truth, 0)
            undecided = x.both(undecided, x.no(x.both(inside, x.no(barred))))
        return grade

    def _after(self, grade: Number) -> Number:
        """Apply vetoes to grades: lowered first, then capped or forced; the worst counts."""
        x, scale = self.x, self.plan.agreement.grades
        if scale is None:
            return grade
        worst = len(scale.grades) - 1
        has = x.compare(AT_LEAST, grade, 0)
        for effect, on in self.effects:
            if isinstance(effect, LowerGrade):
                lower = x.least(x.add(grade, effect.steps), worst)
                grade = x.where(x.both(on, has), lower, grade)
        for effect, on in self.effects:
            if isinstance(effect, (ForceGrade, CapGrade)):
                hit = on if isinstance(effect, ForceGrade) else x.both(on, has)
                grade = x.where(hit, x.most(grade, scale.index(effect.grade) or 0), grade)
        return grade


def digits_of(program: Program, name: str) -> int:
    """Return how many digits a result has at most."""
    ref = program.outputs[name]
    span = program.steps[ref.place].span if isinstance(ref, Ref) else span_of(ref)
    return 1 if span is None else len(str(max(span.hi, -span.lo)))
