"""Law 1 for whole items: what `write_item` prints, `read_item` reads back.

Number, title, points, requirement, targets, method, office, rules, floor, evidence and parts come
back equal; excusals, citations and assumptions are not printed. Whatever the text, reading raises
nothing.

Source: law 1.
"""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthduty import catalogue
from healthduty.clauses.canonical.writing import write_item
from healthduty.documents.item_text import read_item
from healthduty.model.indicator import Indicator, Part, Target
from healthduty.model.tree import spots_of
from healthduty.rules.condition import Compare
from healthduty.rules.measure import Measure
from strategies import conditions as drawn_conditions
from strategies import measures as drawn_measures
from strategies import rules as drawn_rules
from strategy_rules import Draw

NUMBERS = st.sampled_from(["1", "2.1", "2.1.3", "一", "（三）", "A1", "12-3"])
TITLES = st.sampled_from(
    ["", "患者满意", "患者满意 （门诊）", "公示（含网上）", "0-6岁儿童健康管理"]
)
TEXTS = st.sampled_from(
    ["", "每年调查2次", "建立制度：有记录", "第一行\n第二行", "满意率达到90%以上"]
)
POINTS = st.sampled_from([None, Fraction(3), Fraction(1, 2), Fraction(10)])
FLOORS = st.sampled_from([Fraction(0), None, Fraction(-2), Fraction(1, 2)])


@st.composite
def drawn_parts(draw: Draw, measures: tuple[Measure, ...], depth: int) -> Part:
    """Draw an item: with parts of its own where `depth` allows."""
    held = [
        condition
        for condition in draw(st.lists(drawn_conditions(measures), max_size=2))
        if isinstance(condition, Compare)
    ]
    plain = Part(
        draw(NUMBERS),
        draw(TITLES),
        points=draw(POINTS),
        rules=tuple(draw(st.lists(drawn_rules(measures, blanks=True), max_size=2))),
        floor=draw(FLOORS),
        requirement=draw(TEXTS),
        method=draw(TEXTS),
        targets=tuple(Target(each.measure, each.comparator, each.threshold) for each in held),
        evidence_required=draw(st.booleans()),
        office=draw(TEXTS),
    )
    parts = draw(st.lists(drawn_parts(measures, depth - 1), max_size=2)) if depth else []
    return as_indicator(plain, tuple(parts)) if parts else plain


def as_indicator(part: Part, parts: tuple[Part, ...] = ()) -> Indicator:
    """Return an item as one that may have parts."""
    fields = {name: getattr(part, name) for name in attrs.fields_dict(Part)}
    return Indicator(**fields, parts=parts)


@settings(max_examples=60)
@given(data=st.data())
def test_an_item_is_read_back(data: st.DataObject) -> None:
    """With the agreement's measures at hand, everything that is printed comes back."""
    measures = data.draw(drawn_measures())
    drawn = data.draw(drawn_parts(measures, 2))
    item = drawn if isinstance(drawn, Indicator) else as_indicator(drawn)
    reading = read_item(write_item(item, measures=measures), measures=measures)
    assert reading.item == item
    assert not reading.findings.errors


@pytest.mark.parametrize("name", catalogue.names())
def test_the_items_of_the_catalogue_are_read_back(name: str) -> None:
    """Every item that ships, with the measures of its agreement."""
    agreement = catalogue.get(name)
    for spot in spots_of(agreement):
        if isinstance(spot.node, Indicator):
            item = printed(spot.node)
            text = write_item(item, measures=agreement.measures)
            assert read_item(text, measures=agreement.measures).item == item


def printed(item: Part) -> Part:
    """Return an item without what is not printed."""
    bare = attrs.evolve(item, excused=None)
    if isinstance(bare, Indicator):
        return attrs.evolve(bare, parts=tuple(map(printed, bare.parts)))
    return bare


@given(
    st.lists(st.sampled_from(["　", "\n", "1 甲（2分）", "评分标准：", "扣1分", "：", "（"])).map(
        "".join
    )
)
def test_any_text_is_read_or_told(text: str) -> None:
    """Nothing raises; a text with nothing in it is a finding."""
    reading = read_item(text)
    assert reading.findings or text.strip()


def test_a_line_of_another_item_is_told() -> None:
    """One item is read; a second one beside it is not lost in silence."""
    reading = read_item("1 甲（2分）\n评分标准：无台账的，扣1分。\n2 乙（3分）\n附注：另议")
    assert [str(each) for each in reading.findings] == [
        "warning text-unread: row 3: `2 乙（3分）` was not read",
        "warning text-unread: row 4: `附注：另议` was not read",
    ]
    assert (reading.item.number, len(reading.item.rules)) == ("1", 1)
