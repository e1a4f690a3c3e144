"""Law: the order of independent rules does not matter to the points."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given, note
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.scoring.score import score
from strategies import scored
from strategy_trees import with_changes


@given(scored(), st.data())
def test_rules_in_another_order_give_the_same_points(
    drawn: tuple[Agreement, Record], data: st.DataObject
) -> None:
    """Permuting the rules of every item moves neither an item's points nor the total."""
    agreement, record = drawn
    changes: dict[str, dict[str, Any]] = {
        node.number: {"rules": data.draw(st.permutations(node.rules))}
        for node in agreement.nodes()
        if len(node.rules) > 1
    }
    permuted = attrs.evolve(
        agreement,
        parts=with_changes(agreement.parts, changes),
        rules=data.draw(st.permutations(agreement.rules)),
    )
    expected, sheet = score(agreement, record), score(permuted, record)
    note(expected.items)
    note(sheet.items)
    assert sheet.items == expected.items
    assert (sheet.bonus, sheet.apart) == (expected.bonus, expected.apart)
    assert (sheet.earned, sheet.total, sheet.grade) == (
        expected.earned,
        expected.total,
        expected.grade,
    )
