"""Law: what goes a short way scores as if it went the general one."""

from __future__ import annotations

from hypothesis import given, note

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.evaluate import evaluate
from healthduty.scoring.ops import (
    BandsOp,
    CasesOp,
    CurveOp,
    JudgeOp,
    LackingOp,
    Loops,
    PlainStepsOp,
    Plan,
    Settling,
    StepsOp,
)
from healthduty.scoring.plan import plan
from healthduty.scoring.prepare import prepare
from healthduty.scoring.settle import Settled
from strategies import scored


def generally(made: Plan) -> Plan:
    """Return a plan that goes the general way with everything."""
    ops = [_as_steps(op) if isinstance(op, PlainStepsOp) else op for op in made.ops]
    loops = Loops(
        (),
        (),
        (),
        steps=tuple(op for op in ops if isinstance(op, StepsOp)),
        lacking=tuple(op for op in ops if isinstance(op, LackingOp)),
        cases=tuple(op for op in ops if isinstance(op, CasesOp)),
        once=made.loops.once,
        others=tuple(op for op in ops if isinstance(op, (BandsOp, CurveOp, JudgeOp))),
        groups=made.loops.groups,
    )
    settling = Settling((), (), made.nodes[:-1], (0,) * len(made.nodes), made.settling.with_apart)
    return made._replace(loops=loops, settling=settling)


def _as_steps(op: PlainStepsOp) -> StepsOp:
    sign = 1 if op.weight > 0 else -1
    target_q = op.weight * sign
    assert op.step_n % target_q == 0
    step_n = op.step_n // target_q
    steps = (op.target * sign, target_q, step_n, op.step_q, op.per)
    return StepsOp(op.out, op.slot, sign, *steps, modifiers=None, dynamic=None, relative=False)


def _as_data(settled: Settled) -> dict[str, object]:
    adjustments = settled.adjustments
    more = {name: getattr(adjustments, name) for name in adjustments.__slots__}
    return {**settled._asdict(), "adjustments": more}


@given(scored(missing=True))
def test_the_short_way_and_the_general_way_give_the_same(drawn: tuple[Agreement, Record]) -> None:
    """Every amount, every term, every node and the total, by rows and by operations alike."""
    agreement, record = drawn
    made = plan(agreement).plan
    prepared = prepare(made, record)
    short, general = evaluate(made, prepared), evaluate(generally(made), prepared)
    note(short)
    assert short.computed == general.computed
    assert _as_data(short.settled) == _as_data(general.settled)


@given(scored())
def test_every_operation_and_every_node_goes_one_way(drawn: tuple[Agreement, Record]) -> None:
    """Nothing is run twice, and nothing is forgotten."""
    made = plan(drawn[0]).plan
    outs = [first for ops in made.loops for first, *_ in ops]
    assert sorted(outs) == [op.out for op in made.ops] == list(range(len(made.ops)))
    settling = made.settling
    nodes = [row[0] for row in (*settling.losers, *settling.earners, *settling.branches)]
    assert sorted(nodes) == [node.node for node in made.nodes[:-1]]
