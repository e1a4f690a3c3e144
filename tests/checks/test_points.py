"""Points that sum, caps that fit, and points that can be lost or earned."""

from __future__ import annotations

import attrs
import pytest

from checks.faults import SHORT
from checks.making import LOSES, codes, item, make, only
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.rules.condition import Flag
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove

ACCIDENT = Flag("accident")
ONCE = Deduction(Once(ACCIDENT), points=5)
AWARD = Bonus(Once(ACCIDENT), points=3)
UNBOUNDED = Bonus(StepsAbove("growth", target=10, step=1), points=1)
EARNS = Bands("rate", "earn", (Band(5, low=90),), otherwise=0)


def section(*parts: Indicator, **fields: object) -> Section:
    """Return section 1."""
    return Section("1", parts=parts, **fields)  # type: ignore[arg-type]


ONE_POINT = item(number="1.1", points=1)
FIVE = item(number="1.1", points=5)
TAKES = item(ONCE, number="1.2", points=None)
ADDS = item(AWARD, number="1.2", points=None)


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (make(section(FIVE, points=5)), []),
        (make(section(FIVE)), []),
        (make(section(Indicator("1.1", "内容"), points=5)), ["points-judged"]),
        (make(section(TAKES, points=5)), []),
        (make(section(FIVE, TAKES, points=8)), []),
        (make(section(FIVE, ADDS, points=8)), ["sum-section"]),
        (make(section(FIVE, points=8, rules=ONCE)), ["sum-section"]),
        (make(section(FIVE, points=8, rules=Forfeit(ACCIDENT))), ["sum-section"]),
        (make(section(FIVE, points=8, rules=attrs.evolve(ONCE, reach="total"))), ["sum-section"]),
        (make(section(FIVE, points=4, cap=4)), []),
        (make(section(FIVE, points=4, rules=ONCE)), ["sum-section"]),
        (make(section(FIVE, points=5), points=5), []),
        (make(section(FIVE, points=6), points=6), ["sum-section"]),
        (make(section(FIVE, points=6), points=5), ["sum-section"]),
        (make(section(FIVE, points=5), points=9), ["sum-total"]),
        (
            make(section(FIVE, points=5), points=9, rules=attrs.evolve(EARNS, effect="earn")),
            ["sum-total"],
        ),
        (make(Section("1", points=5, parts=(section(FIVE, points=6),))), ["sum-section"]),
        (make(points=100), ["agreement-without-scores"]),
    ],
)
def test_headers_against_items(agreement: Agreement, expected: list[str]) -> None:
    """A header is compared with its items, each wrong header is found once, where it stands."""
    found = [code for code in codes(agreement) if code != "number-twice"]
    assert found == expected


def test_unshared_points_of_an_indicator() -> None:
    """An indicator may keep points for its own deductions; points that nobody holds are found."""
    part = Part("1.1", points=3, rules=LOSES)
    assert codes(make(item(points=5, parts=(part,)))) == []
    bare = Indicator("1", points=5, parts=(part,))
    assert only(make(bare)) == (
        "error sum-indicator: item 1: its parts make 3 points, the indicator says 5"
    )


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        ((AWARD,), {"bonus_points": 3}, []),
        ((AWARD, AWARD), {"bonus_points": 6}, []),
        ((AWARD, AWARD), {"bonus_points": 3}, ["sum-bonus"]),
        ((AWARD, AWARD), {"bonus_points": 3, "bonus_cap": 3}, []),
        ((Group((AWARD, AWARD), pick="best"),), {"bonus_points": 3}, []),
        ((UNBOUNDED,), {"bonus_points": 10, "bonus_cap": 10}, []),
        ((UNBOUNDED,), {"bonus_points": 10, "cap": 15}, []),
        ((UNBOUNDED,), {}, []),
        ((attrs.evolve(AWARD, where="apart"),), {"bonus_points": 0}, []),
        ((attrs.evolve(AWARD, where="inside"),), {"bonus_points": 3}, ["sum-bonus"]),
        ((Judgement("award", "add", most=3),), {"bonus_points": 3}, []),
        ((), {"bonus_points": 3}, ["sum-bonus"]),
    ],
)
def test_declared_bonus_against_reachable(
    rules: tuple[Bonus, ...], fields: dict[str, int], expected: list[str]
) -> None:
    """What the agreement says of its bonuses is what its rules and caps let a unit reach."""
    assert codes(make(item(LOSES, *rules), **fields)) == expected


def test_a_sections_cap_bounds_its_bonuses() -> None:
    """A section of 5 points that may earn 7 at most leaves room for 2 points of bonus."""
    parts = (item(LOSES, UNBOUNDED, number="1.1"),)
    assert codes(make(Section("1", points=5, cap=7, parts=parts), bonus_points=2)) == []


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        ((attrs.evolve(LOSES, cap=5),), {}, []),
        ((attrs.evolve(LOSES, cap=6),), {}, ["cap-above-points"]),
        ((attrs.evolve(LOSES, cap=6),), {"floor": -1}, []),
        ((attrs.evolve(LOSES, cap=6),), {"floor": None}, []),
        ((LOSES, attrs.evolve(LOSES, cap=6, reach="total")), {}, []),
        ((Group((LOSES, ONCE), cap=6),), {}, ["cap-above-points"]),
        ((Group((LOSES, attrs.evolve(ONCE, cap=6)), cap=5),), {}, ["cap-above-points"]),
        ((LOSES, attrs.evolve(AWARD, cap=9)), {}, []),
        ((LOSES, attrs.evolve(AWARD, cap=9, where="inside")), {}, ["cap-above-points"]),
        ((Judgement("order", "lose", most=6),), {}, ["cap-above-points"]),
        ((Judgement("order", "lose"),), {}, []),
        ((Bands("rate", "earn", (Band(6, low=90),), otherwise=0),), {}, ["cap-above-points"]),
        ((Bands("rate", "lose", (Band(6, high=90),)),), {}, []),
        ((Curve("rate", "earn", (Knot(60, 0), Knot(90, 6))),), {}, ["cap-above-points"]),
    ],
)
def test_caps_against_points(
    rules: tuple[Deduction, ...], fields: dict[str, int], expected: list[str]
) -> None:
    """A cap above the points is found, unless the item may fall below 0 or the cap is not its."""
    filler = item(number="2", points=95)
    assert codes(make(item(*rules, **fields), filler)) == expected


def test_whose_points_a_cap_passes_is_named() -> None:
    """A rule that reaches the section is held against the section's points."""
    rule = attrs.evolve(LOSES, cap=9, reach="section")
    assert only(make(section(item(LOSES, rule, number="1.1", points=5)))) == (
        "warning cap-above-points: item 1.1: the deduction goes up to 9 points, item 1 has 5"
    )


def test_the_agreements_own_cap() -> None:
    """A total capped below its points is found."""
    assert only(make(item(points=100), cap=90)) == (
        "warning cap-below-points: the cap of 90 keeps the 100 points from being reached"
    )


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        ((SHORT,), {"points": 18}, []),
        ((SHORT,), {"points": 19}, ["deductions-short"]),
        ((SHORT, Forfeit(ACCIDENT)), {"points": 19}, []),
        ((SHORT,), {"points": 19, "evidence_required": True}, []),
        ((SHORT,), {"points": 19, "floor": 1}, []),
        ((SHORT, AWARD), {"points": 19}, []),
        ((attrs.evolve(SHORT, reach="total"),), {"points": 19}, ["deductions-short"]),
        ((Deduction(StepsAbove("growth", target=5, step=1), points=1),), {}, []),
        ((Deduction(Once(ACCIDENT), points=FULL),), {}, []),
        ((Deduction(Once(ACCIDENT), points=Share("0.5")),), {}, ["deductions-short"]),
        ((Judgement("order", "lose"),), {}, []),
        ((Group((ONCE, ONCE), pick="worst", cap=4),), {}, ["deductions-short"]),
        (
            (Group((ONCE, Deduction(Once(ACCIDENT), points=4)), pick="best"),),
            {},
            ["deductions-short"],
        ),
        ((Bands("rate", "lose", (Band(5, high=60), Band(2, low=60, high=90))),), {}, []),
        ((Bands("rate", "lose", (Band(4, high=60),)),), {}, ["deductions-short"]),
        ((EARNS,), {}, []),
        ((EARNS,), {"points": 6}, ["earnings-short"]),
        ((EARNS, attrs.evolve(AWARD, where="inside")), {"points": 6}, []),
        ((EARNS, EARNS), {"points": 10}, []),
    ],
)
def test_points_that_rules_can_use_up(
    rules: tuple[Deduction, ...], fields: dict[str, object], expected: list[str]
) -> None:
    """Rules that can't take, or can't give, all points of their item are found."""
    assert codes(make(item(*rules, **fields), item(number="2"))) == expected


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (EARNS, "the table of bands earns the item's points"),
        (
            Deduction(Once(ACCIDENT), points=FULL),
            "the deduction counts in shares of the item's points",
        ),
        (Judgement("order", "lose"), "the judgement counts in shares of the item's points"),
        (attrs.evolve(AWARD, where="inside"), "the bonus adds inside the item's points"),
        (Forfeit(ACCIDENT), "the forfeit takes what is left"),
        (
            Curve("rate", "add", (Knot(90, FULL), Knot(100, 1)), above=1),
            "the curve counts in shares of the item's points",
        ),
    ],
)
def test_rules_that_need_points(rule: Deduction, says: str) -> None:
    """A rule that counts by its item's points is found where the item states none."""
    agreement = make(section(item(number="1.1"), item(rule, number="1.2", points=None)))
    assert only(agreement) == (
        f"error points-missing: item 1.2: {says}, but no points are stated here"
        " (state the item's points, or the rule's in numbers)"
    )
    stated = make(item(number="1"), item(rule, number="2", points=5))
    assert "points-missing" not in codes(stated)


@pytest.mark.parametrize(
    ("rules", "fields", "expected"),
    [
        ((attrs.evolve(LOSES, cap=0),), {}, ["points-zero"]),
        ((Judgement("order", "lose", most=0), LOSES), {}, ["points-zero"]),
        ((Group((LOSES, LOSES), cap=0),), {}, ["points-zero"]),
        ((Bands("rate", "lose", (Band(0, low=90),)), LOSES), {}, ["points-zero"]),
        ((LOSES,), {"points": 0}, ["points-zero"]),
        ((LOSES,), {"points": 0, "floor": -5}, []),
        ((AWARD,), {"points": 0}, []),
    ],
)
def test_rules_that_move_nothing(
    rules: tuple[Deduction, ...], fields: dict[str, int], expected: list[str]
) -> None:
    """Zero points, and deductions from an item of zero points, are found."""
    found = codes(make(item(*rules, **fields), item(number="2")))
    assert [code for code in found if code != "deductions-short"] == expected


def test_who_is_judged() -> None:
    """Points are judged where neither the item nor anything around or below it has a rule."""
    judged = Indicator("1.1", points=5)
    assert codes(make(section(judged))) == ["points-judged"]
    assert codes(make(section(judged, rules=LOSES))) == []
    assert codes(make(section(judged), rules=(LOSES,))) == ["points-judged"]
    part = Part("1.1", points=5, rules=LOSES)
    assert codes(make(Indicator("1", points=5, parts=(part,)))) == []
    parts = (Part("1.1", points=3), Part("1.2", points=2))
    assert codes(make(Indicator("1", points=5, parts=parts))) == ["points-judged"] * 2


def test_a_group_needs_points_where_its_members_do() -> None:
    """The member that counts in shares is found, not the group around it."""
    group = Group((LOSES, Deduction(Once(ACCIDENT), points=FULL)), pick="worst")
    agreement = make(section(item(number="1.1"), item(group, number="1.2", points=None)))
    assert only(agreement).startswith("error points-missing: item 1.2: the deduction counts in")


def test_deductions_go_to_whoever_states_points() -> None:
    """Losses of items without points are the section's, or the agreement's, or nobody's."""
    bare = [
        item(Deduction(Cases("complaints"), points=1), number=str(n), points=None)
        for n in range(1, 9)
    ]
    assert codes(make(*bare, points=100)) == []
    assert codes(make(Section("9", points=8, parts=bare))) == []
    assert only(make(*bare)) == (
        "warning deductions-without-points: rules take points where none are stated:"
        " item 1, item 2, item 3, item 4, item 5 and 3 more"
        " (the sheet is a list of deductions and has no total)"
    )


def test_an_agreement_of_duties_only() -> None:
    """Texts, duties and signatures without points are an agreement; it is noted, once."""
    lacking = Deduction(Lacking("visits", required=2), points=1)
    assert codes(make(Indicator("1", "职责"), Indicator("2", "纪律"))) == [
        "agreement-without-scores"
    ]
    assert (
        codes(make(Indicator("1", "职责"), Indicator("2", "纪律"), rules=(lacking,), points=2))
        == []
    )
