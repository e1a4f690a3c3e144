"""Last year's source, read once: what of it each reference of last year keeps.

Source: `Way.LAST_YEAR`; “a second frame joined on the facility's key”.

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.scoring.plan import plan
>>> visits, before = Measure("visits", "门诊人次"), Measure("before", "上年门诊人次")
>>> made = plan(Agreement("示例", measures=(visits, before))).plan
>>> asked = Asked(made, (Reference("before", of=visits, way="last_year"),), {})
>>> last, _ = last_of(asked, asked.references, {"机构": ["甲"], "门诊人次": [900]})
>>> last.seen("before", last.keys.rows(["甲", "乙"])).states.tolist()
[0, 1]
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from healthduty.columns.extras import np
from healthduty.columns.gathering import Gathered, gather
from healthduty.columns.references.keys import bytes_of, index_of
from healthduty.columns.references.last import Kept, Last, kept_of_measure, kept_of_points
from healthduty.columns.references.points import excused_rows
from healthduty.columns.references.rows import Asked, no_cells
from healthduty.columns.table import ScoreTable
from healthduty.findings import Finding
from healthduty.results.figure_findings import LAST_YEAR, THIS_YEAR, Teller, twice
from healthduty.results.figure_values import Shape
from healthduty.results.references import Reference
from healthduty.rules.measure import Measure
from healthduty.said import Said

_WANTING = frozenset({"record-column-missing", "record-column-assumed", "record-period-year"})
"""What is no fault of last year's data: it is of another year, and need not hold all of this."""


def last_of(
    asked: Asked,
    references: Sequence[Reference],
    source: Any,  # noqa: ANN401 - any table, or a score table
) -> tuple[Last, list[Finding]]:
    """Return what is kept of last year, and what is wrong with its rows."""
    table = source if isinstance(source, ScoreTable) else None
    if table is not None:
        found = table.scored.gathered
    else:
        found = gather([] if source is None else source, asked.agreement, _name(source))
    told: list[Finding] = []
    kept = {each.code: kept_of(asked, each, found, table, told) for each in references}
    wrong = [each for each in found.findings if each.code not in _WANTING] if table is None else []
    keys = index_of(bytes_of(found.facilities))
    return Last(keys, kept), [*wrong, *who_is_twice(found, LAST_YEAR), *told]


def who_is_twice(found: Gathered, when: Said = THIS_YEAR) -> list[Finding]:
    """Return the finding of a facility that stands twice; that none does is mostly seen at once."""
    return [] if found.differ() else twice(found.facilities, when)


def _name(source: Any) -> str:  # noqa: ANN401 - as above
    """Return what findings call last year's source."""
    return Path(source).name if isinstance(source, os.PathLike) else "last year"


def kept_of(
    asked: Asked,
    reference: Reference,
    found: Gathered,
    table: ScoreTable | None,
    told: list[Finding],
) -> Kept:
    """Return what a reference keeps of last year's rows, or of the points of their table."""
    subject = asked.subject(reference)
    shape = Shape(subject, asked.target(reference), Teller(reference, told))
    if isinstance(subject, Measure):
        cells = found.cells.get(subject.code) or no_cells(subject.code, len(found))
        return kept_of_measure(subject, cells, shape)
    nobody = np.zeros(len(found), dtype=bool)
    if table is None:  # last year's points are those of its sheets, never of its records
        return kept_of_points([None] * len(found), nobody)
    if subject is None:
        return kept_of_points(table.totals, nobody)
    points = table.items.get(subject.number, [None] * len(found))
    scored = table.scored
    excused = excused_rows(scored.planned.plan, scored.slots, subject.number, len(found))
    return kept_of_points(points, excused)
