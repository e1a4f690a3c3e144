"""Working references out over rows: a pass for those of measures, one more for each of points.

What a reference needs is counted while rows go by, and frozen. Those of measures look at what came
in, and need one pass together. One of points looks at what rows earn with the references before
it, so it needs a pass of its own, in which rows are scored. In memory a pass costs nothing: the
rows are there.

Source: semantics 14; “in a first pass, frozen, then used”.

>>> from healthduty.rules.measure import Measure
>>> visits, place = Measure("visits", "巡查"), Measure("place", "名次")
>>> agreement = Agreement("示例", measures=(visits, place))
>>> ranked = Reference("place", of=visits, way="rank", direction="higher")
>>> freeze_references(agreement, {"机构": ["甲", "乙"], "巡查": [3, 5]}, [ranked]).findings
no findings
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from healthduty.columns.engines import Engine
from healthduty.columns.gathering import Gathered, gather
from healthduty.columns.noted import Noted
from healthduty.columns.references.frozen import References
from healthduty.columns.references.past import last_of, who_is_twice
from healthduty.columns.references.points import look_with
from healthduty.columns.references.rows import Asked, Rows
from healthduty.columns.references.tally import Frozen, NamesOf, Tally
from healthduty.errors import UsageError
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.results.among import levels_of
from healthduty.results.references import Reference, Way, check_references
from healthduty.scoring.ops import Plan
from healthduty.scoring.plan import Planned, plan

Levels = Mapping[str, str] | None
Pass = Callable[[], Iterable[Rows]]
"""One look at all rows, in their order."""


def freeze_references(
    agreement: Agreement,
    source: Any,  # noqa: ANN401 - any table
    references: Iterable[Reference],
    *,
    last_year: Any = None,  # noqa: ANN401 - as above, or a score table
    levels: Levels = None,
    engine: str = Engine.AUTO,
) -> References:
    """Work references out over all rows of a source, and freeze them.

    `source` is as for `score_many`. `last_year` is last year's, found again by the facility's key,
    or last year's `ScoreTable` where points are asked for. `levels` gives the level of a facility
    by its key; without it the agreement's parties tell.

    Raises:
        RuleError, UnknownNameError: a reference that the agreement can't have.
        UsageError, SourceError, ImportError: as `score_many`.
    """
    planned = plan(_agreement(agreement))
    wanted = tuple(references)
    check_references(wanted, agreement)
    found = gather(source, agreement)
    asked, wrong = asked_of(planned.plan, wanted, last_year, levels)
    return work_out(planned, found, asked, wrong, engine)[0]


def _agreement(agreement: Agreement) -> Agreement:
    if not isinstance(agreement, Agreement):
        raise UsageError(f"`{type(agreement).__name__}` is no agreement: load it first")
    return agreement


def asked_of(
    made: Plan,
    references: tuple[Reference, ...],
    last_year: Any,  # noqa: ANN401 - as above
    levels: Levels,
) -> tuple[Asked, list[Finding]]:
    """Return what is asked of a set, and what is wrong with last year's rows."""
    check_references(references, made.agreement)
    known = levels_of(made.agreement) if levels is None else dict(levels)
    asked = Asked(made, references, known)
    backward = [each for each in references if each.way is Way.LAST_YEAR]
    if not backward and last_year is None:
        return asked, []
    last, findings = last_of(asked, backward, last_year)
    return Asked(made, references, known, last), findings


def work_out(
    planned: Planned, found: Gathered, asked: Asked, wrong: Sequence[Finding], engine: str
) -> tuple[References, Rows]:
    """Work references out over what was gathered; return them with the rows, for putting them.

    `wrong` is what is wrong with last year's rows.
    """
    rows = Rows(asked, found, look_with(planned, engine))
    wrong = [*who_is_twice(found), *wrong]
    if any(each.code == "cohort-twice" for each in wrong):
        return refused(asked, wrong), rows
    return work(asked, lambda: (rows,), rows.names_of, wrong), rows


def refused(asked: Asked, findings: Sequence[Finding]) -> References:
    """Return references that came to nothing: a facility stands twice, and would count twice."""
    none: dict[str, Sequence[Frozen]] = {each.code: () for each in asked.references}
    return _references(asked, none, findings)


def _references(
    asked: Asked, frozen: Mapping[str, Sequence[Frozen]], findings: Sequence[Finding]
) -> References:
    return References(
        asked.agreement,
        asked.references,
        frozen,
        findings,
        levels=asked.levels,
        last=asked.last,
    )


def work(
    asked: Asked,
    passes: Pass,
    names_of: NamesOf | None = None,
    wrong: Sequence[Finding] = (),
) -> References:
    """Work references out over rows that go by; `names_of` is as for `Tally.freeze`."""
    tallies = {each.code: Tally(each, asked.subject(each)) for each in asked.references}
    at_once = [each for each in asked.references if not asked.of_points(each)]
    for rows in passes() if at_once else ():
        for each in at_once:
            tallies[each.code].add(rows.batch(each), rows.seen(each))
    return freeze(asked, tallies, passes, names_of, wrong)


def freeze(
    asked: Asked,
    tallies: Mapping[str, Tally],
    passes: Pass,
    names_of: NamesOf | None = None,
    wrong: Sequence[Finding] = (),
) -> References:
    """Freeze what was counted of measures; those of points get their passes."""
    frozen: dict[str, list[Frozen]] = {}
    findings = [*wrong]
    for each in asked.references:
        tally = tallies[each.code]
        for rows in passes() if asked.of_points(each) else ():
            put(rows, frozen, Noted())
            tally.add(rows.batch(each), rows.seen(each))
        frozen[each.code] = tally.freeze(asked.target(each), findings, names_of)
    return _references(asked, frozen, findings)


def put(rows: Rows, frozen: Mapping[str, Sequence[Frozen]], noted: Noted) -> None:
    """Put what references came to into rows, in written order."""
    for reference in rows.asked.references:
        if reference.code in frozen:
            rows.put(reference, frozen[reference.code], noted)


def rows_of(
    planned: Planned,
    frozen: References,
    found: Gathered,
    engine: str,
    *,
    threads: int | None = None,
) -> Rows:
    """Return rows that frozen references can be put into."""
    asked = Asked(planned.plan, frozen.references, frozen.levels, frozen.last)
    return Rows(asked, found, look_with(planned, engine, threads=threads))


def gathered_with(
    frozen: References, rows: Rows, noted: Noted, *, digest: Callable[[], str] | None = None
) -> Gathered:
    """Return rows with references put into them, for scoring.

    `digest` is what values name as their origin; without it, the references' own.
    """
    put(rows, frozen.frozen, noted)
    return rows.gathered(digest or (lambda: frozen.digest), noted)
