"""What was gathered of many facilities through the plan: results, outcomes, and rows one by one.

Source: architecture, “One plan, two engines”.

>>> from healthduty.columns.gathering import gather
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.scoring.plan import plan
>>> agreement = Agreement("示例", parts=(Indicator("1", "台账", points=5),))
>>> found = gather({"机构": ["南关", "北关"], "1": [3, 5]}, agreement)
>>> scored, _ = score_gathered(plan(agreement), found, Noted())
>>> scored.outcomes.total.tolist()
[300, 500]
"""

from __future__ import annotations

from collections.abc import Iterable

from healthduty.columns.column import coded
from healthduty.columns.engine_numpy import Results
from healthduty.columns.engines import Engine, run
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered
from healthduty.columns.noted import Noted
from healthduty.columns.outcome import Outcomes, outcomes_of, sections_zeroed
from healthduty.columns.population import people_of
from healthduty.columns.preparing import Prepared, prepare_columns
from healthduty.columns.singly import put_outcomes, put_results, score_row
from healthduty.columns.table import Scored
from healthduty.records.headers import Holds
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import Planned


def score_gathered(
    planned: Planned,
    found: Gathered,
    noted: Noted,
    *,
    keep: Iterable[tuple[str, int]] = (),
    threads: int | None = None,
    engine: str = Engine.AUTO,
) -> tuple[Scored, Prepared]:
    """Score what was gathered; `keep`, `threads` and `engine` are as for `run`."""
    made = planned.plan
    prepared = prepare_columns(made, found, noted)
    zeroed = [(what, node) for node in sections_zeroed(made) for what in ("inside", "beyond")]
    keep = dict.fromkeys([*zeroed, *keep])
    slots = prepared.slots
    results = run(made, slots, len(found), engine=engine, keep=keep, threads=threads)
    outcomes = outcomes_of(made, results, _people(made, found, noted))
    _singly(made, found, prepared.singles, results, outcomes)
    columns = (slots, results.lanes, prepared.singles)
    return Scored(planned, found, columns, results, outcomes), prepared


def _people(plan: Plan, found: Gathered, noted: Noted) -> tuple[Array, Array]:
    if not any(policy.per_head for policy in plan.agreement.funding):
        return np.zeros(len(found), dtype=np.int64), np.zeros(len(found), dtype=bool)
    return people_of(found.subject.get(Holds.POPULATION, coded([None] * len(found))), noted)


def _singly(plan: Plan, found: Gathered, rows: Array, results: Results, outcomes: Outcomes) -> None:
    for row in np.flatnonzero(rows).tolist():
        single = score_row(plan, found.record(row))
        put_results(results, row, single)
        put_outcomes(plan, outcomes, row, single)
