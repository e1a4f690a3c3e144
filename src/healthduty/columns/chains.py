"""Chains of steps: one value on its way to the points that it costs, in one go.

Most rules do the same to a value, each with other numbers: times a weight, plus a target, at least
0, times, plus, divided, times, at most the cap, blanked where it is missing, and taken off a sum. A
chain is such a way with its numbers. What a rule does not do is times 1 and plus 0; what comes in
another order begins a new chain.

In 32 bits a division by a constant d is a multiplication by m = ⌈2^p ÷ d⌉ and a shift by
p = 31 + ⌈log2 d⌉. For 0 ≤ x < 2^31 that is x ÷ d rounded down: m × d is less than d above 2^p, so
that x × m ÷ 2^p is less than x ÷ 2^p above x ÷ d, and x ÷ 2^p < 1 ÷ d.

Source: “How a point is lost”, section 2: what a rule does to a value, in order.

>>> [reciprocal(d).of(x) for d, x in ((7, 6), (7, 7), (10, 2**31 - 1), (2**31 - 1, 2**31 - 2))]
[0, 1, 214748364, 0]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from healthduty.columns.spans import NARROW
from healthduty.columns.steps import Ref, Step

(_WEIGHT, _TARGET, _LEAST, _FACTOR, _HALF, _DIVIDE, _POINTS, _CAP, _BLANK, _SUM) = range(1, 11)
"""The stages in their order."""


class Chain(NamedTuple):
    """One value's way: `source` is where it begins, `stage` the last stage that it took.

    It gives `sum` + `sign` × min(max(weight × x + target, least) × factor + half) ÷ divisor ×
    points, cap), the product 0 where `blank` holds. A `divisor` of 0 divides by nothing.
    """

    source: Ref
    lane: int
    stage: int = 0
    weight: int = 1
    target: int = 0
    least: int | None = None
    factor: int = 1
    half: int = 0
    divisor: int = 0
    points: int = 1
    cap: int | None = None
    blank: Ref | None = None
    sum: Ref | None = None
    sign: int = 1

    @property
    def is_line(self) -> bool:
        """Whether it is no more than times and plus."""
        return self.stage <= _TARGET


class Reciprocal(NamedTuple):
    """What stands for a division: times `factor`, and `shift` bits to the right."""

    factor: int
    shift: int

    def of(self, x: int) -> int:
        """Return x divided."""
        return x * self.factor >> self.shift


def reciprocal(divisor: int) -> Reciprocal:
    """Return how to divide 0 ≤ x < 2^31 by a constant of 1 to 2^31 − 1; see above."""
    shift = 31 + (divisor - 1).bit_length()
    return Reciprocal(-(-(1 << shift) // divisor), shift)


def started(steps: Sequence[Step], place: int) -> Chain | None:
    """Return the chain that begins with a step; None where it is no stage of one."""
    step = steps[place]
    source = step.args[2] if step.op == "where" else step.args[0]
    if step.op == "sub" and not isinstance(source, Ref):
        source = step.args[1]
    if not isinstance(source, Ref):
        return None
    chain = extended(Chain(source, step.lane), steps, place, source)
    # Only a sum, and no way to it: the plain step is quicker.
    return None if chain is None or chain.sum is not None else chain


def extended(chain: Chain, steps: Sequence[Step], place: int, end: Ref) -> Chain | None:
    """Return a chain with one more step, which reads it as `end`; None where it can't have it."""
    step = steps[place]
    if step.lane != chain.lane:
        return None
    if step.op == "where":
        truth, zero, other = step.args
        fits = not isinstance(zero, Ref) and not zero and other == end and chain.stage < _BLANK
        if fits and isinstance(truth, Ref):
            return chain._replace(stage=_BLANK, blank=truth)
        return None
    if len(step.args) != 2 or step.args[0] == step.args[1]:  # noqa: PLR2004 - of two numbers
        return None
    one, two = step.args
    if not isinstance(two, Ref):
        return _with_constant(chain, step, two, steps[end.place])
    if not isinstance(one, Ref):
        return _taken_from(chain, step, one)
    if chain.stage < _SUM:
        if step.op == "sub" and two == end:
            return chain._replace(stage=_SUM, sum=one, sign=-1)
        if step.op == "add":
            return chain._replace(stage=_SUM, sum=two if one == end else one, sign=1)
    return None


def _taken_from(chain: Chain, step: Step, constant: int) -> Chain | None:
    """Return constant − chain: times −1, and plus."""
    if step.op != "sub":
        return None
    if chain.stage <= _WEIGHT:
        return chain._replace(stage=_TARGET, weight=-chain.weight, target=constant)
    if chain.stage <= _FACTOR:
        return chain._replace(stage=_HALF, factor=-chain.factor, half=constant)
    return None


def _with_constant(chain: Chain, step: Step, constant: int, before: Step) -> Chain | None:
    """Take the next stage that does what the step does; `before` is what it does it to."""
    stage = chain.stage
    match step.op:
        case "mul" if stage < _WEIGHT:
            return chain._replace(stage=_WEIGHT, weight=constant)
        case "mul" if stage < _FACTOR:
            return chain._replace(stage=_FACTOR, factor=constant)
        case "mul" if stage < _POINTS:
            return chain._replace(stage=_POINTS, points=constant)
        case "add" | "sub" if stage < _TARGET:
            return chain._replace(stage=_TARGET, target=_signed(step, constant))
        case "add" | "sub" if stage < _HALF:
            return chain._replace(stage=_HALF, half=_signed(step, constant))
        case "most" if stage < _LEAST:
            return chain._replace(stage=_LEAST, least=constant)
        case "floor" if stage < _DIVIDE and before.span is not None and before.span.lo >= 0:
            return chain._replace(stage=_DIVIDE, divisor=constant)
        case "least" if stage < _CAP:
            return chain._replace(stage=_CAP, cap=constant)
        case _:
            return None


def _signed(step: Step, constant: int) -> int:
    return constant if step.op == "add" else -constant


def division(chain: Chain) -> Reciprocal:
    """Return how the kernel divides: in 32 bits as `reciprocal`, in 64 by the divisor itself."""
    if chain.lane == NARROW and chain.divisor:
        return reciprocal(chain.divisor)
    return Reciprocal(chain.divisor, 0)
