"""A plan's arithmetic written down step by step, each with what its number can be.

`Recorder` is a proof that takes notes. The code that scores blocks of rows, `amounts` and
`settling`, runs on it once, and every addition, division or choice that it asks for becomes a
`Step`: with the steps that it reads, and with the lowest and highest that it can give. What an
engine then runs is no second formula, because it is the first one, written down; and it is
proven, because the note and the proof are one and the same act.

Source: the architecture's “One plan, two engines”; “one generic kernel that interprets
the plan … equal to the last unit”.

>>> recorder = Recorder({0: Span(0, 100)}, {0: 1})
>>> recorder.open(("amount", 0))
>>> gap = recorder.most(recorder.sub(90, recorder.num(0)), 0)
>>> [(step.op, step.args, step.lane) for step in recorder.steps]
[('num', (0,), 32), ('sub', (90, Ref(place=0)), 32), ('most', (Ref(place=1), 0), 32)]
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from healthduty.columns.amounts import Amounts, rules_by_amount
from healthduty.columns.arrays import Lanes
from healthduty.columns.settling import Settle, asked_gates
from healthduty.columns.spans import (
    Maybe,
    Number,
    Proof,
    Span,
    Truth,
    lane_of,
    span_of,
)
from healthduty.scoring.ops import EQUAL, Plan, Test

Output = tuple[str, int] | tuple[str, Test]
"""A result by its name: of the whole, of a node, of a term, or a condition of an outcome."""

UNKNOWN = ("unknown", 0)
TOTALS: tuple[tuple[str, int], ...] = (("earned", 0), ("bonus", 0), ("apart", 0), UNKNOWN)
"""What every run gives."""


class Ref(NamedTuple):
    """What an earlier step gave."""

    place: int


class Step(NamedTuple):
    """One step: a method of the arithmetic, what it is given, how wide it gets.

    `lane` holds all numbers that it reads and the one that it gives; a truth's `span` is None.
    """

    op: str
    args: tuple[Ref | int, ...]
    lane: int
    span: Span | None


class Steps(NamedTuple):
    """A whole plan as steps, the outputs among them, and the lanes of the same proof."""

    steps: tuple[Step, ...]
    outputs: Mapping[Output, Ref | int]
    lanes: Lanes


class Noted(Span):
    """A number that a step gives."""

    step: int


class Fact(Maybe):
    """A truth that a step gives."""

    def __init__(self, step: int) -> None:
        """Stand for what the step gives."""
        self.step = step


class Recorder(Proof):
    """A proof that writes down what it proves; equal steps are written once."""

    def __init__(
        self,
        nums: Mapping[int, Span],
        dens: Mapping[int, Number],
        lost: Collection[int] = (),
        na: Collection[int] = (),
    ) -> None:
        """Start from the spans of the slots, as a proof does."""
        super().__init__(nums, dens, lost, na)
        self.steps: list[Step] = []
        self.outputs: dict[Output, Ref | int] = {}
        self._known: dict[tuple[str, tuple[Ref | int, ...]], int] = {}

    # --- notes -------------------------------------------------------------------------------

    def _write(self, op: str, args: tuple[Ref | int, ...], span: Span | None) -> int:
        known = self._known.get((op, args))
        if known is not None:
            return known
        met = [span, *(self._met(arg) for arg in args)] if op not in INPUTS else [span]
        peak = max((max(each.hi, -each.lo) for each in met if each is not None), default=0)
        self.steps.append(Step(op, args, lane_of(peak), span))
        self._known[op, args] = len(self.steps) - 1
        return len(self.steps) - 1

    def _met(self, arg: Ref | int) -> Span | None:
        return self.steps[arg.place].span if isinstance(arg, Ref) else Span(int(arg), int(arg))

    def _number(self, op: str, made: Number, *of: Number | Truth) -> Number:
        """Write down a number; one that is the same for all rows needs no step."""
        if isinstance(made, int):
            return made
        noted = Noted(*made)
        noted.step = self._write(op, tuple(map(reference, of)), span_of(made))
        return noted

    def _truth(self, op: str, *of: Number | Truth) -> Truth:
        return Fact(self._write(op, tuple(map(reference, of)), None))

    # --- what stands in the columns ----------------------------------------------------------

    def num(self, slot: int) -> Number:
        """Return a slot's numerators."""
        return self._number("num", super().num(slot), slot)

    def den(self, slot: int) -> Number:
        """Return a slot's denominators."""
        return self._number("den", super().den(slot), slot)

    def lost(self, slot: int) -> Truth:
        """Return where a slot's value is missing or at fault."""
        return self._truth("lost", slot) if super().lost(slot) else False

    def na(self, slot: int) -> Truth:
        """Return where a slot is not applicable."""
        return self._truth("na", slot) if super().na(slot) else False

    # --- arithmetic --------------------------------------------------------------------------

    def add(self, a: Number, b: Number, own: object = None) -> Number:
        """Return a + b."""
        made = super().add(a, b, own)
        if isinstance(a, int):
            a, b = b, a
        return a if _is(b, 0) else self._number("add", made, a, b)

    def sub(self, a: Number, b: Number, own: object = None) -> Number:
        """Return a − b."""
        made = super().sub(a, b, own)
        return a if _is(b, 0) else self._number("sub", made, a, b)

    def mul(self, a: Number, b: Number, own: object = None) -> Number:
        """Return a × b."""
        made = super().mul(a, b, own)
        if isinstance(a, int):
            a, b = b, a
        return a if _is(b, 1) else self._number("mul", made, a, b)

    def floor(self, a: Number, b: Number, own: object = None) -> Number:
        """Return a ÷ b rounded down; b is above 0."""
        made = super().floor(a, b, own)
        return a if _is(b, 1) else self._number("floor", made, a, b)

    def least(self, a: Number, b: Number, own: object = None) -> Number:
        """Return the smaller."""
        made = super().least(a, b, own)
        if isinstance(a, int):
            a, b = b, a
        return self._number("least", made, a, b)

    def most(self, a: Number, b: Number, own: object = None) -> Number:
        """Return the larger."""
        made = super().most(a, b, own)
        if isinstance(a, int):
            a, b = b, a
        return self._number("most", made, a, b)

    def where(self, truth: Truth, a: Number, b: Number) -> Number:
        """Return a where it holds, else b."""
        made = super().where(truth, a, b)
        return made if isinstance(truth, bool) else self._number("where", made, truth, a, b)

    def limited(self, place: int, amount: Number, cap: int, room: Number | None) -> Number:
        """Return an amount cut to its cap and to the most room there can be."""
        made = super().limited(place, amount, cap, room)
        limit = self.limits[place].most
        if limit is None or isinstance(made, int):
            return made if isinstance(made, int) else amount
        return self._number("least", made, amount, limit)

    # --- truths ------------------------------------------------------------------------------

    def compare(self, comparator: int, a: Number, b: Number) -> Truth:
        """Return where a stands in the relation to b."""
        made = super().compare(comparator, a, b)
        return made if isinstance(made, bool) else self._truth(COMPARES[comparator], a, b)

    def differs(self, a: Number) -> Truth:
        """Return where a is not 0; it is looked at in its own lane, and needs no other."""
        return a != 0 if isinstance(a, int) else self.no(self._truth(COMPARES[EQUAL], a, 0))

    def among(self, a: Number, places: Collection[int]) -> Truth:
        """Return where a is one of some integers."""
        super().among(a, places)
        found: Truth = False
        for place in sorted(places):
            found = self.either(found, self.compare(EQUAL, a, place))
        return found

    def both(self, a: Truth, b: Truth) -> Truth:
        """Return where both hold."""
        made = super().both(a, b)
        if isinstance(a, bool) or isinstance(b, bool):
            return made
        if reference(a) == reference(b):
            return a
        return self._truth("both", a, b)

    def either(self, a: Truth, b: Truth) -> Truth:
        """Return where either holds."""
        made = super().either(a, b)
        if isinstance(a, bool) or isinstance(b, bool):
            return made
        if reference(a) == reference(b):
            return a
        return self._truth("either", a, b)

    def no(self, a: Truth) -> Truth:
        """Return where it does not hold."""
        return super().no(a) if isinstance(a, bool) else self._truth("no", a)

    def keep(self, what: str, place: int, value: object) -> None:
        """Write down that a result is this; of a bonus that none has that it is 0."""
        assert isinstance(value, (int, Span, Maybe))  # noqa: S101 - what an arithmetic computes
        self.outputs[what, place] = reference(value)


INPUTS = frozenset({"num", "den", "lost", "na"})
"""The steps that only say what stands in a column of a slot."""

COMPARES = ("at_least", "more", "at_most", "less", "equal")
"""The steps that compare, by the comparator's code."""


def reference(value: Number | Truth) -> Ref | int:
    """Return how a step names what it reads: an earlier step, or a constant."""
    if isinstance(value, (Noted, Fact)):
        return Ref(value.step)
    if isinstance(value, int):
        return value
    raise TypeError("a number that no step has given")


def _is(number: Number, neutral: int) -> bool:
    return isinstance(number, int) and number == neutral


def recorded(plan: Plan, recorder: Recorder, tests: tuple[Test, ...]) -> Steps:
    """Run a plan over a recorder, and return what it wrote; `tests` are asked for by outcomes."""
    amounts = Amounts(plan, recorder, rules_by_amount(plan))
    totals = Settle(plan, amounts, asked_gates(plan.nodes)).run()
    for output, total in zip(TOTALS, totals, strict=True):
        recorder.outputs[output] = reference(total)
    recorder.open(_OUTCOME)
    for test in tests:
        recorder.outputs["truth", test] = reference(_truth(amounts, test))
    recorder.close()
    lanes = {key: lane for key, lane in recorder.lanes.items() if key != _OUTCOME}
    return Steps(tuple(recorder.steps), recorder.outputs, Lanes(lanes, recorder.limits))


_OUTCOME = ("outcome", 0)


def _truth(amounts: Amounts, test: Test) -> Number:
    """Return a condition's truth: not applicable does not hold, missing is −1."""
    x = amounts.x
    na, lost = amounts.absence(test.reads)
    unknown = x.both(lost, x.no(na))
    made: Number = x.where(unknown, -1, x.where(amounts.tested[test.place].holds, 1, 0))
    return made
