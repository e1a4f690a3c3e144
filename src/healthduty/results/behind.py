"""What stands behind: the values that a rule, a line or an item reads, by their codes.

Whoever asks why a line changed, what an objection to item 2.1 is about, or what has to be checked
again after a correction, asks which values of the record stand behind it: measures, judgements,
and for an item without rules the points given under its number.

Source: semantics 14 (rules never look beyond the record), 16 (points without a rule are judged).

>>> from healthduty.model.indicator import Indicator
>>> codes_of_item(Agreement("示例", parts=(Indicator("1", "台账", points=5),)), "1")
('1',)
"""

from __future__ import annotations

from collections.abc import Iterator

from healthduty.errors import UnknownNameError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, Section, children_of
from healthduty.model.tree import spots_of
from healthduty.rules.rule import Group, Judgement, Rule, rule_measures
from healthduty.scoring.lines import Line, LineKind


def codes_of_rule(rule: Rule) -> tuple[str, ...]:
    """Return the codes of the measures and judgements that a rule reads, each once."""
    return tuple(dict.fromkeys((*rule_measures(rule), *_judgements(rule))))


def _judgements(rule: Rule) -> Iterator[str]:
    if isinstance(rule, Judgement):
        yield rule.code
    elif isinstance(rule, Group):
        for member in rule.rules:
            yield from _judgements(member)


def codes_of_line(line: Line) -> tuple[str, ...]:
    """Return the codes of the values behind a line of a sheet.

    What no value moves by itself (the cap of a section, the rounding of the total) has none.
    """
    ref = line.ref
    if ref is not None and ref.rule is not None:
        return codes_of_rule(ref.rule)
    if ref is not None and ref.op is not None:  # judged as a whole
        return (line.number,)
    if line.kind not in (LineKind.EXCUSED, LineKind.FORFEIT):
        return ()
    # Excused, or forfeited for want of evidence: by what any of the item's rules reads.
    rules = (each.rule for each in line.node.rules)
    return tuple(dict.fromkeys(code for rule in rules if rule for code in codes_of_rule(rule)))


def codes_of_item(agreement: Agreement, number: str) -> tuple[str, ...]:
    """Return the codes of the values that an item reads, with all that stands in it.

    Raises:
        UnknownNameError: an item that the agreement does not have.
    """
    return tuple(dict.fromkeys(_codes_in(agreement.item(number), ruled=False)))


def _codes_in(node: Node, *, ruled: bool) -> Iterator[str]:
    for rule in node.rules:
        yield from codes_of_rule(rule)
    ruled, inner = ruled or bool(node.rules), children_of(node)
    for child in inner:
        yield from _codes_in(child, ruled=ruled)
    if not inner and not ruled and not isinstance(node, Section) and node.points:
        yield node.number


def items_reading(agreement: Agreement, code: str) -> tuple[str, ...]:
    """Return the numbers of the items whose own rules read a value, in written order."""
    return tuple(
        node.number
        for node in agreement.nodes()
        if any(code in codes_of_rule(rule) for rule in node.rules) or node.number == code
    )


def path_to(agreement: Agreement, number: str) -> tuple[Node, ...]:
    """Return an item and what it stands in, the item first.

    Raises:
        UnknownNameError: an item that the agreement does not have.
    """
    for spot in spots_of(agreement):
        if spot.number == number and not isinstance(spot.node, Agreement):
            around = (other.node for other in spot.around())
            return spot.node, *(node for node in around if not isinstance(node, Agreement))
    raise UnknownNameError(f"no item `{number}` in `{agreement.title}`")
