"""Whole published agreements, as they were found: what a draft of each must hold.

The texts themselves are no part of the project. Where their folder lies beside it they are read,
and otherwise these tests are skipped; tests of our own wording stand in test_documents.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from healthduty.checks.check import check
from healthduty.documents.agreements import read_agreements
from healthduty.documents.passages import AgreementReading
from healthduty.model.grades import ConsequenceKind
from healthduty.model.indicator import Indicator, Part
from healthduty.rules.rule import Deduction, Rule, members_of

FOLDER = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published texts do not lie beside the project"
)


@functools.cache
def source() -> str:
    """Return the text that holds all of A1 to A12."""
    [path] = FOLDER.glob("000_*.txt")
    return path.read_text(encoding="utf-8")


@functools.cache
def readings() -> tuple[AgreementReading, ...]:
    """Return what was read of it, one reading an agreement."""
    return read_agreements(source(), name="000")


def test_the_page_holds_so_many_agreements() -> None:
    """Twenty-two, some of them copies, split by titles, 篇 and signatures."""
    assert len(readings()) == 22


class Held(NamedTuple):
    """What a draft must hold; `sections` are its outermost items, `items` those within them all."""

    at: int
    title: str
    sections: int
    items: int
    year: int | None = None
    parties: tuple[str, ...] = ()
    points: int = 0
    rules: int = 0
    vetoes: int = 0
    blanks: int = 0
    copies: int | None = None


STREET = ("南关街道办事处", "南关街道社区卫生服务中心")
HELD = {
    "A1": Held(3, "卫生院目标责任书", 3, 13, rules=8),
    "A2": Held(
        18,
        "县卫生系统2014年度安全生产目标责任书",
        9,
        9,
        year=2014,
        parties=("卫生局", "单位负责人"),
        points=100,
        vetoes=1,
        copies=2,
    ),
    "A3": Held(15, "分管领导卫生工作目标责任书", 3, 10, parties=("中心", "各分管领导"), copies=2),
    "A4": Held(1, "卫生局目标责任书", 8, 19, parties=("卫生局", "下属单位或个人")),
    "A5 2012": Held(19, "卫生工作目标责任书", 3, 18, year=2012, parties=STREET),
    "A5 2013": Held(20, "卫生工作目标责任书", 3, 18, year=2013, parties=STREET),
    "A6": Held(14, "卫生院目标管理责任书", 1, 21, blanks=25),
    "A7": Held(6, "2024年乡镇卫生院目标责任书", 2, 26, year=2024, blanks=6),
    "A8": Held(7, "卫生室目标责任书", 2, 20),
    "A9 hospital": Held(4, "卫生院安全生产目标责任书", 3, 12),
    "A9 system": Held(5, "卫生系统安全生产目标管理责任书", 7, 7, year=2015),
    "A9 yearly": Held(9, "卫健系统年度安全生产目标责任书", 3, 18),
    "A10": Held(
        21,
        "卫生系统纠风工作目标责任书",
        1,
        5,
        year=2011,
        parties=("市卫生局", "市直医疗卫生单位、乡镇场卫生院"),
    ),
    "A11": Held(11, "卫生工作目标责任书", 6, 17),
    "A12": Held(12, "卫生目标责任书", 3, 7),
}


def rules_of(reading: AgreementReading) -> Iterator[Rule]:
    """Go through the single rules of a reading."""
    for node in reading.agreement.nodes():
        for rule in node.rules:
            yield from members_of(rule)


@pytest.mark.parametrize("name", HELD)
def test_a_draft_holds_what_the_document_says(name: str) -> None:
    """Title, year, parties, sections, items, points, rules, vetoes, blanks, copies."""
    expected = HELD[name]
    reading = readings()[expected.at]
    agreement = reading.agreement
    points = sum(
        (n.points or Fraction(0) for n in agreement.nodes() if isinstance(n, Part)), Fraction(0)
    )
    found = Held(
        at=expected.at,
        title=agreement.title,
        sections=len(agreement.parts),
        items=sum(1 for _ in agreement.nodes()),
        year=agreement.year,
        parties=tuple(party.name for party in agreement.parties),
        points=int(points),
        rules=sum(1 for _ in rules_of(reading)),
        vetoes=len(agreement.vetoes),
        blanks=len(agreement.blanks()),
        copies=agreement.copies,
    )
    assert found == expected


def targets(at: int) -> dict[str, tuple[str, str]]:
    """Return the targets of a draft by their measures: comparator and value."""
    nodes = readings()[at].agreement.nodes()
    items = [node for node in nodes if isinstance(node, Indicator)]
    return {t.measure: (t.comparator.value, str(t.value)) for item in items for t in item.targets}


def test_a1_loses_points_by_its_deductions() -> None:
    """−0.5, −1, −2, −0.1: what each shortfall costs."""
    costs = sorted(str(r.points) for r in rules_of(readings()[3]) if isinstance(r, Deduction))
    assert costs == ["1", "1", "1", "1/10", "1/2", "1/2", "1/2", "2"]


def test_a2_gap_date_and_successor_are_told() -> None:
    """Item nine is absent; the 30th of February is a finding; the successor is bound."""
    reading = readings()[18]
    assert "number-gap" in reading.findings.codes
    assert "date-impossible" in check(reading.agreement).codes
    assert reading.agreement.term is not None
    assert reading.agreement.term.successor_bound


def test_a3_targets_are_those_of_the_text() -> None:
    """25 kinds, 40 %, 60 %, 50 %, 80 %, 90 %, 60 %; linked to the year's reward."""
    bounds = sorted(targets(15).values())
    assert bounds == [
        ("<=", "25"),
        ("<=", "40"),
        (">=", "1"),
        (">=", "50"),
        (">=", "60"),
        (">=", "60"),
        (">=", "80"),
        (">=", "90"),
    ]
    kinds = {each.kind for each in readings()[15].agreement.consequences}
    assert ConsequenceKind.MONEY in kinds


def test_a4_binds_until_its_successor_and_names_who_answers() -> None:
    """In force until next year's is published; a first responsible person; what follows."""
    agreement = readings()[1].agreement
    assert targets(1) == {"患者满意度": (">=", "95")}
    assert agreement.term is not None
    assert agreement.term.until_successor
    assert [(p.post, p.rank) for p in agreement.responsible] == [("卫生局局长", "first")]
    kinds = {each.kind for each in agreement.consequences}
    assert {ConsequenceKind.PRAISE, ConsequenceKind.ACCOUNTABILITY} <= kinds


def test_a5_measles_and_the_number_that_stands_twice() -> None:
    """At most 1 in a million, both years; 2013 numbers an item twice."""
    for at in (19, 20):
        assert list(targets(at).values()) == [("<=", "1")]
        [measure] = readings()[at].agreement.measures
        assert measure.unit == "1/100万"
    assert "number-twice" in readings()[20].findings.codes
    assert "number-twice" not in readings()[19].findings.codes


def test_a7_has_a_blank_that_nothing_scored_waits_for() -> None:
    """The age of those who are screened: the seventh blank is told, not read."""
    assert readings()[6].findings.codes.count("text-blank") == 1


def test_a12_meets_monthly_and_names_who_answers() -> None:
    """At least one meeting a month is twelve a year; a first and a direct responsible person."""
    assert list(targets(12).values()) == [(">=", "12")]
    persons = [(p.post, p.rank) for p in readings()[12].agreement.responsible]
    assert persons == [("主要负责人", "first"), ("分管领导", "direct")]


_NUMBERS = re.compile(r"[\s\0\d一二三四五六七八九十第篇条、.．:：;；，,。（）()【】*㈠-㈩⒈-⒛①-⑳-]*")


def test_nothing_of_the_page_is_dropped() -> None:
    """What no passage holds of a line are the numbers of items, and the marks around them."""
    passages = [passage for reading in readings() for passage in reading.passages]
    lines = {line for passage in passages for line in passage.text.split("\n")}
    longest_first = sorted(lines, key=len, reverse=True)
    for number, line in enumerate(source().split("\n"), 1):
        rest = line
        for text in longest_first:
            rest = rest.replace(text, "\0")
        assert _NUMBERS.fullmatch(rest), (number, rest)


def test_every_passage_stands_where_it_says() -> None:
    """A passage's first line is in the row that its place names."""
    rows = source().split("\n")
    for passage in (passage for reading in readings() for passage in reading.passages):
        assert passage.place.row is not None
        assert passage.text.split("\n")[0] in rows[passage.place.row - 1], passage
