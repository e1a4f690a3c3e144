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

from collections.abc import Iterable, Mapping
from typing import Any

from healthduty.columns.engine_numpy import outcome_tests
from healthduty.columns.engines import Engine, engine_of
from healthduty.columns.gathered_scores import score_gathered
from healthduty.columns.gathering import Gathered, gather
from healthduty.columns.looking import look_together
from healthduty.columns.noted import Noted
from healthduty.columns.preparing import Prepared
from healthduty.columns.references.frozen import References
from healthduty.columns.references.work import asked_of, gathered_with, rows_of, work_out
from healthduty.columns.spans import LANE_WORDS, PYTHON
from healthduty.columns.table import ScoreTable
from healthduty.errors import UsageError
from healthduty.findings import Findings
from healthduty.model.agreement import Agreement
from healthduty.results.references import Reference
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import Planned, plan


def score_many(  # noqa: PLR0913 - each is a choice of its own, by name
    agreement: Agreement,
    source: Any,  # noqa: ANN401 - any table
    *,
    name: str = "",
    engine: str = Engine.AUTO,
    references: Iterable[Reference] | References = (),
    last_year: Any = None,  # noqa: ANN401 - as above, or a score table
    levels: Mapping[str, str] | None = None,
) -> ScoreTable:
    """Score every row of a source; each has the points that `score` gives its record.

    `source` is a data frame (pandas, Polars, PyArrow, or whatever hands itself on as an Arrow
    stream), a dict of columns, the path of a .parquet, of a folder of them or of a .csv, its text,
    or records; a row a facility, headed as for `read_records`. `name` is what findings call the
    source. `engine` is `auto`, `numpy` or `numba`: all give the same points.

    `references` say what the agreement asks about the others, or about last year: they are worked
    out over all rows first, unless they are `References` that were frozen before. `last_year` and
    `levels` are as for `freeze_references`.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        UsageError: an agreement that is none, what is no source of columns, or no engine.
        SourceError: a file that can't be read at all.
        ImportError: without numpy, without narwhals for a data frame, or without the engine.
    """
    if not isinstance(agreement, Agreement):
        raise UsageError(f"`{type(agreement).__name__}` is no agreement: load it first")
    planned = plan(agreement)
    engine_of(engine, 0)  # a wrong word is told before anything is read
    found, noted = gather(source, agreement, name), Noted()
    frozen, found = _referred(planned, found, noted, references, last_year, levels, engine)
    scored, prepared = score_gathered(planned, found, noted, engine=engine)
    notes = [*prepared.notes, *_wide(planned.plan, scored.lanes.lanes)]

    def findings() -> Findings:
        return Findings(
            (
                *planned.findings,
                *found.findings,
                *(frozen.findings if frozen else ()),
                *noted.findings(found.number, found.source),
                *look_together(planned.plan, found, prepared),
            )
        )

    return ScoreTable(scored, findings, notes, frozen)


def _referred(  # noqa: PLR0913, PLR0917 - the call's own
    planned: Planned,
    found: Gathered,
    noted: Noted,
    references: Iterable[Reference] | References,
    last_year: Any,  # noqa: ANN401 - as above
    levels: Mapping[str, str] | None,
    engine: str,
) -> tuple[References | None, Gathered]:
    """Return references that are frozen, and the rows with them put in."""
    if isinstance(references, References):
        rows = rows_of(planned, references, found, engine)
        return references, gathered_with(references, rows, noted)
    wanted = tuple(references)
    if not wanted:
        return None, found
    asked, wrong = asked_of(planned.plan, wanted, last_year, levels)
    frozen, rows = work_out(planned, found, asked, wrong, engine)
    return frozen, gathered_with(frozen, rows, noted)


def _wide(plan: Plan, lanes: Any) -> list[str]:  # noqa: ANN401 - by key
    """Name the items of which the numbers need more than 64 bits: they are slower."""
    wide = [place for (what, place), lane in lanes.items() if what == "amount" and lane == PYTHON]
    numbers = {
        rule.op.out: ref.number for ref in plan.refs for rule in ref.rules if rule.op is not None
    }
    items = dict.fromkeys(numbers[place] for place in wide if place in numbers)
    return [f"item {number}: {LANE_WORDS}" for number in items]


__all__ = ["Prepared", "outcome_tests", "score_many"]
