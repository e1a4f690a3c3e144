"""What the tests of facts look at: items, rules, targets and duties of an agreement."""

from __future__ import annotations

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Part
from healthduty.model.obligation import Every
from healthduty.rules.rule import Rule


def item(agreement: Agreement, number: str) -> Part:
    """Return an indicator or a part."""
    node = agreement.item(number)
    assert isinstance(node, Part)
    return node


def rules(agreement: Agreement, number: str) -> tuple[Rule, ...]:
    """Return the rules of an item."""
    return item(agreement, number).rules


def targets(agreement: Agreement) -> dict[str, tuple[str, object]]:
    """Return all targets by measure; a measure with two of them keeps both in its values."""
    found: dict[str, tuple[str, object]] = {}
    for node in agreement.nodes():
        for target in node.targets if isinstance(node, Part) else ():
            assert target.measure not in found
            found[target.measure] = (target.comparator.value, target.value)
    return found


def duties(agreement: Agreement) -> dict[str, tuple[Every, int]]:
    """Return how often each obligation comes back, and how many each time."""
    return {duty.code: (duty.every, int(duty.times)) for duty in agreement.obligations}
