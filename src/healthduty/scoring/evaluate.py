"""Evaluate a prepared record: run, settle, and know what could not be told.

The common record has a value in every slot and goes straight through. Where something is
absent, the rules that read it are silent (not applicable) or unknown (missing), and items of
nothing but silent rules are excused.

Source: “How a point is lost”, sections 1 and 4.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from healthduty.records.observe import State
from healthduty.scoring.conditions import test_conditions
from healthduty.scoring.ops import Plan, RuleRef, asks_evidence, counting_rules, when_of
from healthduty.scoring.prepare import Prepared
from healthduty.scoring.run import Computed, TargetError, compute, pick_amount
from healthduty.scoring.settle import NOBODY, Excused, Settled, excuse, settle


class Evaluation(NamedTuple):
    """Amounts, settled nodes, and what was left out: silent or unknown amounts.

    `idle` amounts are 0 because their `when` is known not to hold; nothing else that these rules
    read is needed. `unsure` are the nodes whose points can't be told; `complete` says that there
    is none.
    """

    computed: Computed
    settled: Settled
    excused: Excused
    silent: frozenset[int]
    unknown: frozenset[int]
    idle: frozenset[int]
    shares_of_nothing: frozenset[int]
    unsure: frozenset[int]
    complete: bool


def slots_in(prepared: Prepared, *, applicable: bool) -> frozenset[int]:
    """Return the slots that are missing, or those that are not applicable."""
    return frozenset(
        slot
        for slot, state in prepared.absent.items()
        if (state is State.NOT_APPLICABLE) != applicable
    )


_NONE: frozenset[int] = frozenset()


def evaluate(plan: Plan, prepared: Prepared) -> Evaluation:
    """Score a prepared record; `complete` says whether everything needed was there."""
    if not prepared.absent:
        try:
            computed = compute(plan, prepared)
        except TargetError:
            return _partly(plan, prepared)
        settled = settle(plan, computed.amounts, computed.holds)
        return Evaluation(
            computed, settled, NOBODY, _NONE, _NONE, _NONE, _NONE, _NONE, complete=True
        )
    return _partly(plan, prepared)


def _partly(plan: Plan, prepared: Prepared) -> Evaluation:
    silent_slots = slots_in(prepared, applicable=False)
    lost_slots = slots_in(prepared, applicable=True)
    unheld = _unheld(plan, silent_slots, lost_slots)
    off = _known_off(plan, prepared, unheld)
    silent, unknown, idle = set(), set(), set()
    for node in plan.refs:
        for ref in counting_rules(node.rules):
            if ref.slots & silent_slots:
                silent.add(_out(ref))
            elif when_of(ref) in off:
                idle.add(_out(ref))
            elif ref.slots & lost_slots:
                unknown.add(_out(ref))
        _silence_groups(node.rules, silent)
    computed, nothing = _compute(plan, prepared, silent | unknown, idle, unheld)
    excused = excuse(plan, prepared)
    settled = settle(plan, computed.amounts, computed.holds, excused)
    unsure = _unsure(plan, excused, prepared, unknown | nothing)
    return Evaluation(
        computed,
        settled,
        excused,
        frozenset(silent),
        frozenset(unknown),
        frozenset(idle),
        frozenset(nothing),
        frozenset(unsure),
        complete=not unsure,
    )


def _unheld(plan: Plan, silent: frozenset[int], lost: frozenset[int]) -> list[int]:
    """Return the conditions that are silent or can't be told; evidence there is, or there isn't."""
    return [
        place
        for place, (op, reads) in enumerate(zip(plan.conditions, plan.condition_reads, strict=True))
        if reads & silent or (reads & lost and not asks_evidence(plan, op))
    ]


def _out(ref: RuleRef) -> int:
    """Return the place of a rule's amount; a forfeit has none."""
    return -1 if ref.op is None else ref.op.out


def _known_off(plan: Plan, prepared: Prepared, unheld: Collection[int]) -> set[int]:
    """Return the conditions that are known not to hold."""
    holds = test_conditions(plan, prepared.num, prepared.den, unheld)
    return {place for place, held in enumerate(holds) if not held}.difference(unheld)


def _unsure(plan: Plan, excused: Excused, prepared: Prepared, unknown: set[int]) -> set[int]:
    """Return the nodes whose points can't be told, and all nodes around them."""
    unsure: set[int] = set()
    for index, node in enumerate(plan.refs):
        if index in excused.earns and node.excusal_slot in prepared.absent:
            unsure.add(index)
        for ref in node.rules:
            if any(_is_unknown(each, prepared, unknown) for each in counting_rules((ref,))):
                unsure |= {index, ref.account}
    # Children stand before their parents, so one pass carries a doubt to the top.
    for place in plan.nodes[:-1]:
        if place.node in unsure:
            unsure.add(place.parent)
    return unsure


def _is_unknown(ref: RuleRef, prepared: Prepared, unknown: set[int]) -> bool:
    """Return whether an amount, or the condition of a forfeit, can't be told."""
    if ref.op is not None:
        return ref.op.out in unknown
    states = {prepared.absent[slot] for slot in ref.slots if slot in prepared.absent}
    return bool(states) and State.NOT_APPLICABLE not in states


def unneeded(plan: Plan, evaluation: Evaluation) -> frozenset[int]:
    """Return the slots that only idle rules read: whether they are missing does not matter."""
    idle: set[int] = set()
    needed: set[int] = set()
    if not evaluation.idle:
        return frozenset()
    for node in plan.refs:
        needed.add(node.excusal_slot)
        for ref in counting_rules(node.rules):
            (idle if _out(ref) in evaluation.idle else needed).update(ref.slots)
    for tests in (*plan.vetoes, plan.grade_conditions, *plan.override_conditions):
        needed.update(*(test.reads for test in tests))
    return frozenset(idle - needed)


def _silence_groups(refs: tuple[RuleRef, ...], silent: set[int]) -> None:
    """Add the groups that have nothing but silent members: they are no choice among others."""
    for ref in refs:
        if ref.members and ref.op is not None:
            _silence_groups(ref.members, silent)
            if all(member.op is not None and member.op.out in silent for member in ref.members):
                silent.add(ref.op.out)


def _compute(
    plan: Plan, prepared: Prepared, left_out: set[int], idle: set[int], unheld: list[int]
) -> tuple[Computed, set[int]]:
    """Compute, leaving out each amount that would be a share of nothing.

    Idle amounts are 0 without being computed, but of a group's members they are there to pick.
    """
    nothing: set[int] = set()
    while True:
        try:
            computed = compute(plan, prepared, left_out | idle | nothing, unheld)
        except TargetError as error:
            nothing.add(error.out)
            continue
        if idle:
            for group in plan.loops.groups:
                amount = pick_amount(group, computed.amounts, left_out | nothing)
                computed.amounts[group.out] = amount
        return computed, nothing
