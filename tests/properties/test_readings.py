"""Law: the total under each reading is that of the agreement with this rule replaced.

The reading that the agreement took gives the total of the sheet itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.rules.rule import Group, Rule, readings_of
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
        for label, rules in other_rules(node.rules):
            changes = {node.number: {"rules": rules}}
            parts = with_changes(agreement.parts, changes)
            yield node.number, label, attrs.evolve(agreement, parts=parts)
    for label, rules in other_rules(agreement.rules):
        yield "", label, attrs.evolve(agreement, rules=rules)


def other_rules(rules: tuple[Rule, ...]) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """Go through the same rules with one of them, or of a group's, read in another way."""
    for index, rule in enumerate(rules):
        others = [(reading.label, reading.rule) for reading in readings_of(rule)]
        if isinstance(rule, Group):
            members = other_rules(rule.rules)
            others += [(label, attrs.evolve(rule, rules=changed)) for label, changed in members]
        for label, other in others:
            yield label, (*rules[:index], other, *rules[index + 1 :])


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # few rules are assumptions
@given(assumed())
def test_each_reading_is_the_agreement_with_the_rule_replaced(
    drawn: tuple[Agreement, Record],
) -> None:
    """Every reading that some rule has is told, with the total that it would give."""
    agreement, record = drawn
    told = sorted((one.number, one.label, str(one.total)) for one in readings(agreement, record))
    note(told)
    assert told == sorted(
        (number, label, str(score(other, record).total))
        for number, label, other in alternatives(agreement)
    )
