"""Bounds by columns: between what the totals lie that can't be told."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings

from columns.test_table import AGREEMENT, COLUMNS
from healthduty.columns import bounding
from healthduty.columns.many import score_many
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import score
from properties.test_columns import several


def test_a_row_without_a_total_has_bounds() -> None:
    """The others lie between their total and itself, with their grade."""
    table = score_many(AGREEMENT, COLUMNS)
    assert [(each.low, each.high) for each in table.bounds[:3]] == [
        (total, total) for total in table.totals[:3]
    ]
    assert table.bounds[2].low_grade == table.grades[2]
    assert table.bounds[3] == table.sheet("西关").bounds


def test_rows_that_say_the_same_are_looked_at_once() -> None:
    """A thousand rows that lack the same value have the same bounds."""
    many = {key: cells[3:] * 1_000 for key, cells in COLUMNS.items()}
    many["机构"] = [f"f{row}" for row in range(1_000)]
    with mock.patch.object(bounding, "score", wraps=score) as looked:
        bounds = score_many(AGREEMENT, many).bounds
    assert looked.call_count == 1
    assert len(set(map(id, bounds))) == 1


@given(several(missing=True))
@settings(max_examples=25)
def test_bounds_are_those_of_the_sheet(drawn: tuple[Agreement, list[Record]]) -> None:
    """Law: row by row the bounds are those that the single scorer gives."""
    agreement, records = drawn
    sheets = [score(agreement, record) for record in records]
    assert score_many(agreement, records).bounds == [sheet.bounds for sheet in sheets]
