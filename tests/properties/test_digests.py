"""Law: a sheet names what entered; the same input always gives the same digests and score."""

from __future__ import annotations

import copy
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Section
from healthduty.records.record import Record
from healthduty.scoring.score import score
from healthduty.sources import Citation
from strategies import scored
from strategy_trees import with_changes


@given(scored())
def test_the_same_input_gives_the_same_digests(drawn: tuple[Agreement, Record]) -> None:
    """A copy of agreement and record, with no object shared, digests and scores alike."""
    agreement, record = drawn
    first = score(agreement, record)
    values = {code: copy.deepcopy(value) for code, value in record.values.items()}
    second = score(copy.deepcopy(agreement), attrs.evolve(record, values=values))
    assert set(first.digests) >= {"agreement", "record"}
    assert dict(first.digests) == dict(second.digests)
    assert first.to_dict() == second.to_dict()


@given(scored())
def test_values_in_another_order_are_the_same_record(drawn: tuple[Agreement, Record]) -> None:
    """The order in which values were written down is no part of the record."""
    agreement, record = drawn
    turned = dict(reversed(list(record.values.items())))
    other = attrs.evolve(record, values=turned)
    assert score(agreement, other).digests == score(agreement, record).digests


@given(scored(), st.data())
def test_citations_and_assumptions_are_outside_the_digest(
    drawn: tuple[Agreement, Record], data: st.DataObject
) -> None:
    """Who says so is not what it says: a new citation moves no digest."""
    agreement, record = drawn
    number = data.draw(st.sampled_from([node.number for node in agreement.nodes()]))
    cited = Citation("另一文件", article="三", text="……")
    changes = {number: {"citation": cited}}
    other = attrs.evolve(agreement, parts=with_changes(agreement.parts, changes), citation=cited)
    assert score(other, record).digests == score(agreement, record).digests


@given(scored(), st.data())
def test_another_requirement_is_another_agreement(
    drawn: tuple[Agreement, Record], data: st.DataObject
) -> None:
    """Points that differ by a thousandth make another digest, and the record keeps its own."""
    agreement, record = drawn
    nodes = [node for node in agreement.nodes() if not isinstance(node, Section)]
    node = data.draw(st.sampled_from(nodes))
    points = (node.points or 0) + Fraction(1, 1000)
    changes = {node.number: {"points": points}}
    other = attrs.evolve(agreement, parts=with_changes(agreement.parts, changes))
    before, after = score(agreement, record).digests, score(other, record).digests
    assert before["agreement"] != after["agreement"]
    assert before["record"] == after["record"]
