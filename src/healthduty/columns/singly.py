"""Rows one by one: what columns can't do yet goes through the single scorer, into their place.

Source: “nothing exact is refused”: a row is slower, never wrong.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> made = plan(Agreement("示例", parts=(Indicator("1", "台账", points=5),))).plan
>>> score_row(made, Record("南关", {"1": 3})).earned
300
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.columns.engine_numpy import Results
from healthduty.columns.outcome import (
    BARRED,
    GRANTED,
    NO_GRADE,
    NOT_BROUGHT,
    OPEN,
    Outcomes,
)
from healthduty.records.record import Record
from healthduty.scoring.evaluate import Evaluation, evaluate
from healthduty.scoring.facts import Facts
from healthduty.scoring.ops import Plan
from healthduty.scoring.outcome import FEN, Outcome, outcome
from healthduty.scoring.prepare import prepare

_GRANTED = {True: GRANTED, False: BARRED, None: OPEN}


@attrs.frozen(eq=False)
class Single:
    """One row as the single scorer has it."""

    evaluation: Evaluation
    outcome: Outcome
    earned: int | None


def score_row(plan: Plan, record: Record) -> Single:
    """Score one row."""
    prepared = prepare(plan, record)
    evaluation = evaluate(plan, prepared)
    settled = evaluation.settled
    earned = settled.earned if plan.totals and evaluation.complete else None
    facts = Facts(prepared.absent, evaluation.computed.holds)
    found = outcome(plan, record, facts, settled.inside, settled.beyond, earned)
    return Single(evaluation, found, earned)


def put_results(results: Results, row: int, single: Single) -> None:
    """Write what a row earned over what the columns made of it."""
    settled = single.evaluation.settled
    results.earned[row] = single.earned or 0
    results.unknown[row] = single.earned is None
    results.bonus[row], results.apart[row] = settled.bonus, settled.apart
    lists = {"inside": settled.inside, "beyond": settled.beyond, "taken": settled.taken}
    for (what, place), kept in results.kept.items():
        if what == "unsure":
            kept[row] = place in single.evaluation.unsure
        else:
            kept[row] = lists[what][place]


def put_outcomes(plan: Plan, outcomes: Outcomes, row: int, single: Single) -> None:
    """Write what follows from a row's total over what the columns made of it."""
    found = single.outcome
    outcomes.known[row] = found.total is not None
    outcomes.total[row] = _units(found.total, 10**plan.places)
    scale = plan.agreement.grades
    place = None if scale is None or found.grade is None else scale.index(found.grade)
    outcomes.grades[row] = NO_GRADE if place is None else place
    for states in outcomes.honours.values():
        states[row] = NOT_BROUGHT
    for honour in found.honours:
        outcomes.honours[honour.code][row] = _GRANTED[honour.granted]
    for money in found.money:
        fen, told = outcomes.money[money.code]
        fen[row], told[row] = _units(money.amount, FEN), money.amount is not None


def _units(value: object, unit: int) -> int:
    return 0 if value is None else int(Fraction(str(value)) * unit)
