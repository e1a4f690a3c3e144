"""Sequences of the model are tuples, whatever they came in as: an agreement is a value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from healthduty.model.agreement import Agreement
from healthduty.model.grades import Consequence
from healthduty.model.indicator import Indicator
from healthduty.model.party import ResponsiblePerson
from healthduty.model.veto import BarHonours, Veto
from healthduty.rules.condition import Flag
from sample_agreement import EVERYTHING


def parts_of(thing: Any) -> Iterator[Any]:  # noqa: ANN401 - any part of an agreement
    """Go through every record that an agreement holds, itself first."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from parts_of(part)
    elif attrs.has(type(thing)):
        yield thing
        for field in attrs.fields(type(thing)):
            yield from parts_of(getattr(thing, field.name))


WITH_SEQUENCES = [
    pytest.param(part, field.name, id=f"{type(part).__name__}.{field.name}-{index}")
    for index, part in enumerate(parts_of(EVERYTHING))
    for field in attrs.fields(type(part))
    if isinstance(getattr(part, field.name), tuple)
]


@pytest.mark.parametrize(("part", "name"), WITH_SEQUENCES)
def test_a_list_becomes_a_tuple(part: Any, name: str) -> None:  # noqa: ANN401 - any record
    """Each field that holds a sequence takes a list, an iterator and a tuple alike."""
    expected = getattr(part, name)
    for given in (list(expected), iter(expected), expected):
        made = attrs.evolve(part, **{name: given})
        assert type(getattr(made, name)) is tuple
        assert made == part
        assert hash(made) == hash(part)


def test_a_list_that_is_changed_later_changes_nothing() -> None:
    """What was agreed stays agreed."""
    vetoes = [Veto("accident", when=Flag("accident"), effects=BarHonours("award"))]
    agreement = Agreement("示例", vetoes=vetoes)
    vetoes.clear()
    assert [veto.code for veto in agreement.vetoes] == ["accident"]


def test_one_name_is_one_name() -> None:
    """Where names are taken, a text is never taken apart into its characters."""
    person = ResponsiblePerson("院长", items="2.1", duties="总责")
    assert (person.items, person.duties) == (("2.1",), ("总责",))
    assert Consequence("honour", "评先", grades="优秀").grades == ("优秀",)
    assert BarHonours("award").codes == ("award",)


def test_one_rule_and_one_effect_need_no_list() -> None:
    """The commonest case is written without brackets."""
    effect = BarHonours()
    assert Veto("v", when=Flag("v"), effects=effect).effects == (effect,)
    assert Indicator("1", rules=[]).rules == ()
