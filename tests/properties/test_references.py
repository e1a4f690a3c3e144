"""Law: references over columns == over records one by one, and so are the scores with them."""

from __future__ import annotations

import pickle
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from healthduty.columns.many import score_many
from healthduty.columns.references.frozen import References
from healthduty.records.reading import read_records
from healthduty.records.record import Record
from healthduty.results.cohort import Cohort, resolve_references
from healthduty.results.references import OWN
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from oracle import oracle
from properties.test_columns import ANY_ENGINE, agree
from properties.test_columns import _framed as framed
from strategy_references import Drawn, numeric_sets, sets


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return rows as columns."""
    return {key: [row[key] for row in rows] for key in rows[0]}


def one_by_one(drawn: Drawn) -> tuple[Cohort, list[ScoreSheet]]:
    """Work references out over records, and score each record."""
    now = read_records(drawn.rows, drawn.agreement)
    before = read_records(drawn.before, drawn.agreement)
    cohort = resolve_references(drawn.agreement, now, drawn.references, last_year=before)
    return cohort, [score(drawn.agreement, record) for record in cohort.records]


def same(found: References, cohort: Cohort) -> None:
    """Hold what references came to, and what was found, against a cohort."""
    note(str(cohort))
    of_all = [each for each in cohort.figures if each.reference.way not in OWN]
    assert [each for each in found.figures if each.reference.way not in OWN] == of_all
    units = [(each.reference.code, each.group, each.units) for each in cohort.figures]
    assert [(each.reference.code, each.group, each.units) for each in found.figures] == units
    told = [str(each) for each in cohort.findings if each.code != "resolved-differs"]
    assert [str(each) for each in found.findings] == told


def values(record: Record) -> dict[str, Any]:
    """Return what a record has of references, with where it comes from."""
    made = {code: each for code, each in record.values.items() if hasattr(each, "origin")}
    return {code: (each.value, each.evidence) for code, each in made.items() if each.origin}


@given(sets(), ANY_ENGINE)
def test_references_over_columns_are_those_over_records(drawn: Drawn, engine: str) -> None:
    """Figures, findings, every row's values, totals, items, and each row's sheet."""
    cohort, sheets = one_by_one(drawn)
    table = score_many(
        drawn.agreement,
        columns(drawn.rows),
        engine=engine,
        references=drawn.references,
        last_year=columns(drawn.before),
    )
    assert table.references is not None
    same(table.references, cohort)
    agree(table, sheets)
    for row, sheet in enumerate(sheets):
        one = table.sheet(row)
        assert values(one.record) == values(sheet.record)
        assert one.total == sheet.total
        assert [str(line) for line in one.lines] == [str(line) for line in sheet.lines]
    for sheet, total in zip(sheets, table.totals, strict=True):
        # An oracle of rules reads no cell that is at fault, such as a count that became a level.
        if drawn.sound and {*sheet.findings.errors.codes} <= {"value-missing"}:
            assert oracle(drawn.agreement, sheet.record).total == total


@given(numeric_sets(), st.sampled_from(["dict", "pandas", "polars", "pyarrow"]), ANY_ENGINE)
def test_references_over_frames_are_those_over_records(
    drawn: Drawn, kind: str, engine: str
) -> None:
    """Pairs of counts, counts of any size and floats, as each kind of frame holds them."""
    now, before = (framed(columns(each), kind) for each in (drawn.rows, drawn.before))
    if now is None or before is None:
        return
    cohort, sheets = one_by_one(drawn)
    table = score_many(
        drawn.agreement, now, engine=engine, references=drawn.references, last_year=before
    )
    assert table.references is not None
    same(table.references, cohort)
    agree(table, sheets)
    for row, sheet in enumerate(sheets):
        assert values(table.sheet(row).record) == values(sheet.record)


@settings(max_examples=30)
@given(sets())
def test_frozen_references_are_the_same_elsewhere(drawn: Drawn) -> None:
    """References that were pickled score the same rows the same, whatever their order."""
    now, before = columns(drawn.rows), columns(drawn.before)
    table = score_many(drawn.agreement, now, references=drawn.references, last_year=before)
    frozen = pickle.loads(pickle.dumps(table.references))  # noqa: S301 - our own
    turned = {key: cells[::-1] for key, cells in now.items()}
    again = score_many(drawn.agreement, turned, references=frozen)
    assert again.totals == table.totals[::-1]
    assert frozen.digest == table.references.digest  # type: ignore[union-attr]  # there are some
