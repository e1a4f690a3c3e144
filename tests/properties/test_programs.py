"""Law: a program gives what its steps give, number for number, compiled or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns import sweeps
from healthduty.columns.arrays import Lanes
from healthduty.columns.chains import reciprocal
from healthduty.columns.encoding import Program, encode
from healthduty.columns.engine_numpy import Integers, outwards
from healthduty.columns.given import given_columns
from healthduty.columns.kernel import compiled, interpret
from healthduty.columns.machine import address
from healthduty.columns.spans import Span
from healthduty.columns.steps import Noted, Recorder, Ref, Steps
from strategy_rules import Draw

ROWS = 5
CONSTANTS = (0, 1, 2, 3, 7, 50, 90, 1000, 2**31 - 1, 2**31, 2**40)
Kernel = Callable[..., bool] | None
"""What goes through a program; None is NumPy."""

KERNELS = [pytest.param(interpret, id="plain"), pytest.param(None, id="sweeps")]
if (machine := compiled()) is not None:
    KERNELS.append(pytest.param(machine, id="compiled"))


@st.composite
def programs(draw: Draw) -> tuple[Steps, dict[int, Integers]]:
    """Draw columns, and some steps over them as an agreement might make them."""
    slots = {slot: draw(_columns()) for slot in range(3)}
    x = Recorder({slot: column.span() for slot, column in slots.items()}, {0: 1, 1: 10}, (0,), (1,))
    x.open(("amount", 0))
    numbers: list[Any] = [x.num(slot) for slot in slots]
    truths: list[Any] = [x.lost(0), x.na(1)]
    for _ in range(draw(st.integers(1, 12))):
        _drawn_step(draw, x, numbers, truths)
    for place, number in enumerate(numbers[-4:]):
        x.keep("inside", place, number)
    for place, truth in enumerate(truths[-2:]):
        x.keep("unsure", place, truth)
    return Steps(tuple(x.steps), x.outputs, Lanes({}, {})), slots


@st.composite
def _columns(draw: Draw) -> Integers:
    dtype, most = draw(st.sampled_from([(np.int32, 100), (np.int64, 1000), (np.int64, 2**40)]))
    least = draw(st.sampled_from([0, 0, -most]))
    values = draw(st.lists(st.integers(least, most), min_size=ROWS, max_size=ROWS))
    masks = [
        np.array(draw(st.lists(st.booleans(), min_size=ROWS, max_size=ROWS))) for _ in range(2)
    ]
    return Integers(np.array(values, dtype=dtype), 1, *masks)


def _drawn_step(draw: Draw, x: Recorder, numbers: list[Any], truths: list[Any]) -> None:
    """Add a step: mostly the next of a chain, on the number that was made last."""
    a = numbers[-1] if draw(st.integers(0, 3)) else draw(st.sampled_from(numbers))
    b = draw(st.one_of(st.sampled_from(CONSTANTS), st.sampled_from(numbers)))
    op = draw(st.sampled_from(("add", "sub", "mul", "floor", "least", "most", "where", "compare")))
    if op == "floor":
        b = x.most(b, 1)
    if op == "where":
        truth = draw(st.sampled_from(truths))
        numbers.append(x.where(truth, draw(st.sampled_from((0, a))), draw(st.sampled_from((a, b)))))
    elif op == "compare":
        made = x.compare(draw(st.integers(0, 4)), *draw(st.permutations((a, b))))
        other = draw(st.sampled_from(truths))
        truths.append(draw(st.sampled_from((x.both, x.either)))(made, x.no(other)))
    else:
        numbers.append(getattr(x, op)(*(draw(st.permutations((a, b))) if op == "sub" else (a, b))))


def _run(steps: Steps, slots: dict[int, Integers], kernel: Kernel, tabled: int) -> dict[Any, Any]:
    """Run a program on two blocks, as the engines do."""
    columns = {("num", slot): column.num for slot, column in slots.items()}
    columns |= {("lost", 0): slots[0].lost, ("na", 1): slots[1].na}
    wanted = {output: 1 if output[0] == "unsure" else 8 for output in steps.outputs}
    widths = {source: one.dtype.itemsize for source, one in columns.items()}
    program = encode(steps, wanted, widths, tabled)
    given = given_columns(steps.steps, program.given, slots, ROWS)
    results = {
        each: np.full(ROWS, program.same.get(each, 0), dtype=bool if width == 1 else np.int64)
        for each, width in wanted.items()
    }
    held = [(program.inputs, columns), (program.results, results), (program.given_at, given)]
    outer = {
        register: arrays[name] for registers, arrays in held for name, register in registers.items()
    }
    if kernel is None:
        with mock.patch.object(sweeps, "BLOCK", 3):
            ready = sweeps.prepared(program)
            sound, seen = sweeps.piece(ready, sweeps.room_of(ready, ROWS), outer, 0, ROWS)
    else:
        sound, seen = _interpreted(program, outer, kernel)
    assert sound
    for (_, slot), (low, high) in zip(program.bounded, seen.tolist(), strict=True):
        assert outwards(slots[slot].span()) == outwards(Span(low, high))
    return results


def _interpreted(program: Program, outer: dict[int, Any], kernel: Any) -> tuple[bool, Any]:  # noqa: ANN401 - a kernel
    room = np.zeros((program.room + 8) * 8, dtype=np.int64)
    bases = address(room) + (program.places + 8) * 8
    strides = np.zeros(len(bases), dtype=np.int64)
    for register, array in outer.items():
        bases[register], strides[register] = address(array), array.dtype.itemsize
    seen = np.tile(np.array([2**62, -(2**62)]), (len(program.bounds), 1))
    for register, table in program.tables.items():
        bases[register] = address(table)
    rest = (strides, program.bounds, seen, address(room), 0, ROWS, 3)
    return kernel(program.code, bases, *rest), seen


@pytest.mark.parametrize("kernel", KERNELS)
@given(programs(), st.sampled_from((0, 1, 3)))
def test_a_program_gives_what_its_steps_give(
    kernel: Kernel, drawn: tuple[Steps, dict[int, Integers]], tabled: int
) -> None:
    """However steps are put into chains, tables, lanes and registers."""
    steps, slots = drawn
    wide = [ref for ref in steps.outputs.values() if isinstance(ref, Ref)]
    spans = [steps.steps[ref.place].span for ref in wide]
    if any(span is not None and max(span.hi, -span.lo) >= 2**63 for span in spans):
        return  # no result is wider than 64 bits
    places = {ref.place: 0 for ref in wide}
    expected = given_columns(steps.steps, places, slots, ROWS) if places else {}
    results = _run(steps, slots, kernel, tabled)
    for output, ref in steps.outputs.items():
        right = expected[ref.place].tolist() if isinstance(ref, Ref) else [int(ref)] * ROWS
        assert results[output].tolist() == right


@given(st.integers(1, 2**31 - 1), st.integers(0, 2**31 - 1), st.integers(-1, 1))
def test_a_multiplication_divides(divisor: int, x: int, near: int) -> None:
    """In 32 bits, on multiples of the divisor and beside them."""
    for value in (x, x // divisor * divisor + near, 2**31 - 1):
        if 0 <= value < 2**31:
            assert reciprocal(divisor).of(value) == value // divisor
    assert reciprocal(divisor).factor < 2**32


def test_equal_steps_are_written_once() -> None:
    """What two rules ask is computed once."""
    x = Recorder({0: Span(0, 9)}, {})
    x.open(("amount", 0))
    first, second = (x.sub(9, x.num(0)) for _ in range(2))
    assert isinstance(first, Noted)
    assert isinstance(second, Noted)
    assert (first.step, len(x.steps)) == (second.step, 2)
