"""Two engines behind one contract: which one scores, and what the quick one does at its edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthduty.columns import engine_numba, engine_numpy, engines, kernel, machine, programs
from healthduty.columns.engine_numpy import Integers, outwards, prove
from healthduty.columns.engines import LOADED_FROM, Engine, engine_of, run
from healthduty.columns.many import score_many
from healthduty.columns.spans import Span
from healthduty.columns.tables import MOST
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import NotApplicable, Record, Statement
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Curve, Deduction, Group, Knot, Rule, Times
from healthduty.rules.tally import Cases, Once, StepsBelow
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score

VISITS = Measure("visits", "巡查", unit="次")
RATE = Measure("satisfaction", "满意率", unit="%")
BREACHES = Measure("breaches", "违规", unit="例", kind="cases")

RULE = Deduction(StepsBelow(RATE, target=90, step=5), points=1)

needs_numba = pytest.mark.skipif(kernel.compiled() is None, reason="numba is not installed")


def _plan(*rules: Rule, points: int = 5, floor: int | None = 0) -> Plan:
    item = Indicator("1", "示例", points=points, rules=rules, floor=floor)
    section = Section("1", "第一部分", parts=(item,))
    return plan(Agreement("示例", measures=(VISITS, RATE, BREACHES), parts=(section,))).plan


def _everything(made: Plan) -> list[tuple[str, int]]:
    nodes = range(len(made.nodes) - 1)
    return [
        *((what, node) for node in nodes for what in ("inside", "beyond", "unsure")),
        *(("taken", term) for term in range(made.terms)),
    ]


def _equal(made: Plan, slots: dict[int, Integers], length: int) -> engine_numpy.Results:
    """Hold every result of both engines to what the formulas give; return the quick one's."""
    keep = _everything(made)
    slow = engine_numpy.run(made, slots, length, keep=keep)
    for engine in ("numpy", "numba"):
        quick = run(made, slots, length, engine=engine, keep=keep)
        _same(slow, quick)
        assert quick.lanes == prove(made, slots)
    return quick


def _same(slow: engine_numpy.Results, quick: engine_numpy.Results) -> None:
    assert quick.unknown.tolist() == slow.unknown.tolist()
    for one, other in zip(quick[:3], slow[:3], strict=True):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
    assert list(quick.kept) == list(slow.kept)
    for each, kept in quick.kept.items():
        assert kept.dtype == slow.kept[each].dtype
        assert kept.tolist() == slow.kept[each].tolist()


# ----------------------------------------------------------------------------- who scores


@pytest.fixture
def without_numba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody has numba."""
    for module in (engines, engine_numba):
        monkeypatch.setattr(module, "compiled", lambda: None)
    return iter(())


@pytest.mark.usefixtures("without_numba")
def test_without_numba_numpy_scores_in_silence() -> None:
    """Who does not choose is never told that there is a quicker engine; who does, how to get it."""
    assert engine_of("auto", 10**9) is Engine.NUMPY
    with pytest.raises(ImportError, match=r"numba: pip install healthduty\[fast\]"):
        engine_of("numba", 1)
    made = _plan(Deduction(Cases(BREACHES), points=1))
    slots = {0: Integers(np.array([0, 2, 9]), 1)}
    assert engine_numba.run(made, slots, 3).engine == "numpy"


def test_few_rows_do_not_wait_for_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numba scores where its kernel is there already, or where it pays to load it."""
    monkeypatch.setattr(engines, "compiled", lambda: kernel.interpret)
    monkeypatch.setattr(engines, "is_loaded", lambda: False)
    assert engine_of("auto", LOADED_FROM - 1) is Engine.NUMPY
    assert engine_of("auto", LOADED_FROM) is Engine.NUMBA
    monkeypatch.setattr(engines, "is_loaded", lambda: True)
    assert engine_of("auto", 1) is Engine.NUMBA


def test_many_small_batches_are_worth_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that scores batch after batch loads it when they have become many."""
    asked: list[int] = []
    monkeypatch.setattr(engines, "engine_of", lambda _, rows: asked.append(rows) or Engine.NUMPY)
    monkeypatch.setattr(engines._Scored, "rows", 0)  # noqa: SLF001 - as in a new process
    made = _plan(Deduction(Cases(BREACHES), points=1))
    for _ in range(3):
        run(made, {0: Integers(np.array([0, 2, 9]), 1)}, 3)
    assert asked == [3, 6, 9]


def test_an_engine_that_there_is_not_is_refused() -> None:
    """Before anything of the source is read."""
    with pytest.raises(UsageError, match="`gpu` is no engine: say one of `auto`, `numpy`, `numba`"):
        score_many(Agreement("示例"), 3, engine="gpu")


@pytest.mark.parametrize("engine", ["numpy", pytest.param("numba", marks=needs_numba)])
def test_a_table_names_its_engine(engine: str) -> None:
    """And gives the points of items by the same one."""
    item = Indicator("1", "患者满意", points=3, rules=RULE)
    agreement = Agreement("示例", measures=(RATE,), parts=(item,))
    table = score_many(agreement, {"机构": ["南关"], "满意率": [83]}, engine=engine)
    assert table.describe().endswith(f"; by {engine}")
    assert [str(earned) for earned in table.items["1"]] == ["2"]


# ------------------------------------------------------------------------- machine code


def test_an_old_numba_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the kernel was never tested with does not score."""
    monkeypatch.setitem(__import__("sys").modules, "numba", SimpleNamespace(__version__="0.55.1"))
    assert kernel.compiled.__wrapped__() is None


@pytest.mark.parametrize("error", [RuntimeError("no locator available"), OSError("disk full")])
def test_without_a_folder_for_it_machine_code_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A place that can't be written to costs time, not the engine."""
    asked: list[bool] = []

    def made(*_: object, cache: bool) -> Callable[..., bool]:
        asked.append(cache)
        if cache:
            raise error
        return kernel.interpret

    monkeypatch.setitem(__import__("sys").modules, "numba", SimpleNamespace(__version__="0.61.0"))
    monkeypatch.setattr(kernel, "_signature", lambda _numba: None)
    monkeypatch.setattr(machine, "_made", made)
    assert kernel.compiled.__wrapped__() is kernel.interpret
    assert asked == [True, False]


# -------------------------------------------------------------------------- at its edges


@needs_numba
def test_next_months_numbers_need_not_be_this_months() -> None:
    """What leaves the bounds of the proof is seen, and scored on a proof of its own."""
    made = _plan(Deduction(StepsBelow(VISITS, target=1000, step=7), points="0.7", cap=4))
    for most in (900, 999, 2**31, 2**40, 5, 2**62):
        values = np.array([0, 3, 990, most], dtype=np.int64)
        assert _equal(made, {0: Integers(values, 1)}, 4).engine == "numba"


ENDS = st.integers(-40, 40) | st.integers(-(2**62), 2**62)


@given(ENDS, ENDS, ENDS, ENDS)
def test_the_same_span_is_known_without_making_it(one: int, two: int, low: int, high: int) -> None:
    """What is proven on stays as long as rounding outwards gives it again, and no longer."""
    span, seen = outwards(Span(min(one, two), max(one, two))), Span(min(low, high), max(low, high))
    program: Any = SimpleNamespace(bounded=(("num", 3),))
    lowest, low, high, highest = programs._rounds(program, {3: span}, {})[:, 0].tolist()  # noqa: SLF001 - a law about it
    same = lowest <= seen.lo <= low and high <= seen.hi <= highest
    assert same == (outwards(seen) == span)


@needs_numba
def test_a_rule_of_more_than_64_bits_is_given_as_a_column() -> None:
    """The others stay quick, and every point is what it is in Python's integers."""
    huge = Deduction(StepsBelow(VISITS, target=10**25, step=10**24 + 1), points=1, cap=4)
    made = _plan(huge, Deduction(Cases(BREACHES), points="0.3"), points=9)
    slots = {
        0: Integers(np.array([0, 10, 2**62], dtype=np.int64), 1),
        1: Integers(np.array([0, 1, 7], dtype=np.int32), 1),
    }
    assert _equal(made, slots, 3).engine == "numba"
    slots[0] = Integers(np.array([2**80, 10**25, 0], dtype=object), 1)
    lost = np.array([False, True, False])
    slots[1] = Integers(np.array([0, 0, 7], dtype=np.int32), 1, lost=lost)
    assert _equal(made, slots, 3).engine == "numba"


@needs_numba
def test_sums_of_more_than_64_bits_are_left_to_numpy() -> None:
    """Where the points themselves are that many."""
    made = _plan(Deduction(Cases(BREACHES), points=10**18), points=10**20)
    slots = {0: Integers(np.array([0, 1, 99], dtype=np.int64), 1)}
    assert _equal(made, slots, 3).engine == "numpy"


@needs_numba
def test_a_month_of_huge_sums_is_forgotten() -> None:
    """The next month's numbers are looked at, and the engine that was asked for scores them."""
    made = _plan(Deduction(Cases(BREACHES), points=1), floor=None)  # 倒扣: it may lose without end
    for most, engine in ((2**62, "numpy"), (3, "numba"), (2**62, "numpy"), (1, "numba")):
        slots = {0: Integers(np.array([0, most], dtype=np.int64), 1)}
        assert _equal(made, slots, 2).engine == engine


@needs_numba
@pytest.mark.parametrize("length", [1, 63, 2_048, 2_049, 70_001, 140_000])
def test_every_row_is_scored_wherever_blocks_and_pieces_end(length: int) -> None:
    """One row, a block and one row, pieces that threads share; pairs, and every sort of column."""
    dice = np.random.default_rng(length)
    group = Group(
        (
            Deduction(StepsBelow(RATE, target=90, step=5), points="0.5"),
            Deduction(StepsBelow(RATE, target=60), points=1),
        ),
        pick="worst",
        cap=2,
    )
    made = _plan(group, Deduction(Cases(BREACHES, free=1), points="0.2"))
    bottom = dice.integers(1, 500, length)
    na = dice.random(length) < 0.1
    top = np.where(na, 0, 100 * dice.integers(0, bottom + 1))
    strided = dice.integers(0, 9, 2 * length).astype(np.int32)[::2]
    lost = (dice.random(length) < 0.1) & ~na
    slots = {
        0: Integers(np.where(lost, 0, top), bottom, lost=lost, na=na),
        1: Integers(strided, 1),
    }
    before = [column.num.copy() for column in slots.values()]
    _equal(made, slots, length)
    for column, kept in zip(slots.values(), before, strict=True):
        assert (column.num == kept).all()  # nobody writes to a caller's column


@needs_numba
@pytest.mark.parametrize("dtype", [np.int32, np.int64, object])
def test_many_steps_on_one_number_are_looked_up(dtype: Any) -> None:  # noqa: ANN401 - a dtype
    """A curve, bands, and a rule of huge numbers over few: the points are those of the steps."""
    length = 4 * MOST
    knots = [Knot(50 + 5 * place, f"{place / 3:.2f}") for place in range(10)]
    bands = [Band(9 - place, low=90 - 10 * place) for place in range(9)]
    huge = Deduction(StepsBelow(VISITS, target=10**25, step=10**24 + 1), points="0.1", cap=1)
    made = _plan(
        Curve(RATE, "earn", knots, below=0, above=3), Bands(RATE, "add", bands), huge, points=9
    )
    dice = np.random.default_rng(3)
    lost = dice.random(length) < 0.1
    rates = np.where(lost, 0, dice.integers(0, 1100, length)).astype(dtype)
    slots = {
        _slot(made, RATE): Integers(rates, 10, lost=lost),
        _slot(made, VISITS): Integers(dice.integers(0, 99, length), 1),
    }
    assert _equal(made, slots, length).engine == "numba"
    assert [len(table) for table in _tables(made)] == [2048, 128, 2048]
    slots[_slot(made, RATE)].num[7] = 10**6  # no longer a small number
    _equal(made, slots, length)
    assert [len(table) for table in _tables(made)] == [128]


def test_many_small_batches_are_worth_a_table() -> None:
    """A batch alone is not; the program of the next ones has it."""
    made = _plan(Curve(RATE, "earn", [Knot(60, 0), Knot(80, 2), Knot(95, 5)], below=0, above=5))
    rates = np.random.default_rng(5).integers(0, 1001, 3 * MOST).astype(np.int32)
    scored = []
    for tables in (0, 1):
        scored.append(run(made, {0: Integers(rates, 10)}, len(rates), engine="numpy").earned)
        assert len(_tables(made)) == tables
    assert scored[0].tolist() == scored[1].tolist()


def _slot(made: Plan, measure: Measure) -> int:
    (slot,) = [place for place, slot in enumerate(made.slots) if slot.measure == measure]  # type: ignore[union-attr]  # all are values
    return slot


def _tables(made: Plan) -> list[Any]:
    """Return the tables of the program that was run last."""
    written = next(each for each in reversed(programs._LATEST._kept.values()) if each.plan is made)  # noqa: SLF001 - what was run
    program, *_ = list(written.programs.values())[-1]
    return list(program.tables.values())


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_a_rule_that_does_not_apply_asks_for_no_evidence(engine: str) -> None:
    """It reads what is not applicable besides; another rule of the item speaks, and has its own."""
    doubled = Times(2, Compare("visits", ">=", 4))
    item = Indicator(
        "1",
        "随访",
        points=5,
        rules=(
            Deduction(StepsBelow("rate", target=90, step=5), points=1, times=(doubled,)),
            Deduction(Once(Flag("late")), points=1),
        ),
        evidence_required=True,
    )
    measures = (
        Measure("visits", unit="次", kind="count"),
        Measure("rate", unit="%"),
        Measure("late", kind="flag"),
    )
    agreement = Agreement("示例", measures=measures, parts=(item,))
    bare = Statement(100, assessor="甲", unevidenced=True)
    record = Record("南关", {"visits": NotApplicable(), "rate": bare, "late": True})
    assert score(agreement, record).earned == 4
    assert score_many(agreement, [record], engine=engine).earned == [4]
