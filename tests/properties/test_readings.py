"""Law: the total under each reading is that of the agreement with this rule replaced.

The reading that the agreement took gives the total of the sheet itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs
from hypothesis import assume, given, note
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.rules.rule import readings_of
from healthduty.scoring.score import readings, score
from strategies import scored
from strategy_rules import Draw
from strategy_trees import with_changes


@st.composite
def assumed(draw: Draw) -> tuple[Agreement, Record]:
    """Draw an agreement that has at least one rule with another reading."""
    agreement, record = draw(scored())
    assume(any(alternatives(agreement)))
    return agreement, record


def alternatives(agreement: Agreement) -> Iterator[tuple[str, str, Agreement]]:
    """Go through the agreements that each other reading of one rule would make."""
    for node in agreement.nodes():
        for index, rule in enumerate(node.rules):
            for reading in readings_of(rule):
                swapped = (*node.rules[:index], reading.rule, *node.rules[index + 1 :])
                changes = {node.number: {"rules": swapped}}
                parts = with_changes(agreement.parts, changes)
                yield node.number, reading.label, attrs.evolve(agreement, parts=parts)
    for index, rule in enumerate(agreement.rules):
        for reading in readings_of(rule):
            swapped = (*agreement.rules[:index], reading.rule, *agreement.rules[index + 1 :])
            yield "", reading.label, attrs.evolve(agreement, rules=swapped)


@given(assumed())
def test_each_reading_is_the_agreement_with_the_rule_replaced(
    drawn: tuple[Agreement, Record],
) -> None:
    """Every reading that some rule has is told, with the total that it would give."""
    agreement, record = drawn
    told = readings(agreement, record)
    note(told)
    expected: list[tuple[str, str, Decimal | None]] = [
        (number, label, score(other, record).total)
        for number, label, other in alternatives(agreement)
    ]
    assert [(number, label, total) for number, label, total in told] == expected
