"""Score many facilities by an agreement: the plan that scores one, over columns.

Source: the public face: `table = hd.score_many(agreement, frame)`.

>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.measure import Measure
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> rate = Measure("satisfaction", "满意率", unit="%")
>>> rule = Deduction(StepsBelow(rate, target=90, step=5), points="0.5", cap=2)
>>> agreement = Agreement(
...     "示例", measures=(rate,), parts=(Indicator("1", "患者满意", points=3, rules=rule),)
... )
>>> score_many(agreement, {"机构": ["南关", "北关"], "满意率": ["83%", 90]}).totals
[Decimal('2.5'), Decimal('3')]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from healthduty.columns.column import coded
from healthduty.columns.engine_numpy import Results, outcome_tests
from healthduty.columns.engines import Engine, engine_of, run
from healthduty.columns.extras import Array, np
from healthduty.columns.gathering import Gathered, gather
from healthduty.columns.looking import look_together
from healthduty.columns.noted import Noted
from healthduty.columns.outcome import Outcomes, outcomes_of, sections_zeroed
from healthduty.columns.population import people_of
from healthduty.columns.preparing import Prepared, prepare_columns
from healthduty.columns.singly import put_outcomes, put_results, score_row
from healthduty.columns.spans import LANE_WORDS, PYTHON
from healthduty.columns.table import Scored, ScoreTable
from healthduty.errors import UsageError
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.records.headers import Holds
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import Planned, plan


def score_many(
    agreement: Agreement,
    source: Any,  # noqa: ANN401 - any table
    *,
    name: str = "",
    engine: str = Engine.AUTO,
) -> ScoreTable:
    """Score every row of a source; each has the points that `score` gives its record.

    `source` is a data frame (pandas, Polars, PyArrow, or whatever hands itself on as an Arrow
    stream), a dict of columns, the path of a .parquet, of a folder of them or of a .csv, its text,
    or records; a row a facility, headed as for `read_records`. `name` is what findings call the
    source. `engine` is `auto`, `numpy` or `numba`: all give the same points.

    Raises:
        UsageError: an agreement that is none, what is no source of columns, or no engine.
        SourceError: a file that can't be read at all.
        ImportError: without numpy, without narwhals for a data frame, or without the engine.
    """
    if not isinstance(agreement, Agreement):
        raise UsageError(f"`{type(agreement).__name__}` is no agreement: load it first")
    planned = plan(agreement)
    engine_of(engine, 0)  # a wrong word is told before anything is read
    found, noted = gather(source, agreement, name), Noted()
    scored, prepared = score_gathered(planned, found, noted, engine=engine)
    notes = [*prepared.notes, *_wide(planned.plan, scored.lanes.lanes)]
    findings = [
        *planned.findings,
        *found.findings,
        *noted.findings(found.number, found.source),
        *look_together(planned.plan, found, prepared),
    ]
    return ScoreTable(scored, Findings(findings), notes)


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


def _wide(plan: Plan, lanes: Any) -> list[str]:  # noqa: ANN401 - by key
    """Name the items of which the numbers need more than 64 bits: they are slower."""
    wide = [place for (what, place), lane in lanes.items() if what == "amount" and lane == PYTHON]
    numbers = {
        rule.op.out: ref.number for ref in plan.refs for rule in ref.rules if rule.op is not None
    }
    items = dict.fromkeys(numbers[place] for place in wide if place in numbers)
    return [f"item {number}: {LANE_WORDS}" for number in items]


__all__ = ["Prepared", "outcome_tests", "score_many"]
