"""Vetoes, grades, consequences, money, and what becomes of excused points."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from checks.faults import HUNDRED, POOL_OF_MONEY, SCALE
from checks.making import LOSES, codes, item, make, only
from healthduty.model.excusal import MovedTo, Rescaled
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.rules.condition import Flag
from healthduty.rules.rule import Bonus
from healthduty.rules.tally import Once

ACCIDENT = Flag("accident")
HONOUR = (Consequence("honour", "评先评优", code="honours"),)
MONEY = (POOL_OF_MONEY,)
NONE = "veto-without-effect"


@pytest.mark.parametrize(
    ("effects", "fields", "expected"),
    [
        (ForceGrade("不合格"), {"grades": SCALE}, []),
        (ForceGrade("不合格"), {}, [NONE]),
        (CapGrade("合格"), {"grades": SCALE}, []),
        (CapGrade("优秀"), {"grades": SCALE}, [NONE]),
        (CapGrade("良好"), {"grades": SCALE}, ["grade-unknown"]),
        (LowerGrade(1), {"grades": SCALE}, []),
        (LowerGrade(0), {"grades": SCALE}, [NONE]),
        (LowerGrade(1), {"grades": GradeScale.of(合格=None)}, [NONE]),
        (LowerGrade(1), {}, [NONE]),
        (BarHonours(), {"consequences": HONOUR}, []),
        (BarHonours("honours"), {"consequences": HONOUR}, []),
        (BarHonours(), {"consequences": (Consequence("praise", "通报表扬"),)}, [NONE]),
        (WithholdMoney(), {"funding": MONEY}, []),
        (WithholdMoney("0.5", pool="aid"), {"funding": MONEY}, []),
        (WithholdMoney(0), {"funding": MONEY}, [NONE]),
        (WithholdMoney(50), {"funding": MONEY}, ["share-out-of-range"]),
        (WithholdMoney(), {}, [NONE]),
        (ZeroSection("9"), {}, ["section-unknown"]),
        (ZeroSection("1"), {}, ["section-unknown"]),
        (ZeroTotal(), {}, []),
        ((), {}, [NONE]),
        ((ZeroTotal(), BarHonours()), {}, [NONE]),
    ],
)
def test_vetoes_change_something(
    effects: VetoEffect | tuple[VetoEffect, ...], fields: dict[str, Any], expected: list[str]
) -> None:
    """What a veto moves must be there."""
    veto = Veto("fraud", when=ACCIDENT, effects=effects)
    assert codes(make(HUNDRED, vetoes=(veto,), **fields)) == expected


def test_vetoes_on_sections_and_totals() -> None:
    """A section with points can be zeroed; one without can't, nor a total that is not there."""
    scored = Section("1", parts=(item(number="1.1"),))
    texts = Section("2", parts=(Indicator("2.1", "纪律"),))
    zeroes = (Veto("a", when=ACCIDENT, effects=(ZeroSection("1"), ZeroSection("2"))),)
    assert only(make(scored, texts, vetoes=zeroes)).endswith(
        "zeroes section `2`, which has no points"
    )
    nothing = (Veto("a", when=ACCIDENT, effects=ZeroTotal()),)
    assert codes(make(texts, vetoes=nothing)) == ["agreement-without-scores", NONE]
    bonus = item(Bonus(Once(ACCIDENT), points=2), points=None)
    assert codes(make(bonus, vetoes=nothing)) == []


@pytest.mark.parametrize(
    ("grades", "fields", "expected"),
    [
        ([Grade("优秀", 90), Grade("合格", 60), Grade("不合格")], {}, []),
        ([Grade("优秀", 90), Grade("合格", 0)], {}, []),
        ([Grade("优秀", 90), Grade("合格", 0, low_in=False)], {}, ["grades-hole"]),
        ([Grade("优秀", 90), Grade("合格", 0)], {"floor": -10}, ["grades-hole"]),
        ([Grade("优秀", 90), Grade("合格", 0)], {"floor": None}, ["grades-hole"]),
        ([], {}, ["grades-hole"]),
        ([Grade("优秀", 90), Grade("合格", when=ACCIDENT)], {}, ["grades-hole"]),
        ([Grade("优秀", 90, when=ACCIDENT), Grade("良好", 90), Grade("合格")], {}, []),
        ([Grade("优秀", 90), Grade("良好", 90), Grade("合格")], {}, ["grades-order"]),
        ([Grade("优秀", 90, low_in=False), Grade("良好", 90), Grade("合格")], {}, []),
        ([Grade("优秀", 90), Grade("良好", 90, low_in=False), Grade("合格")], {}, ["grades-order"]),
        ([Grade("优秀"), Grade("合格", 60)], {}, ["grade-unreachable", "grades-hole"]),
        ([Grade("优秀"), Grade("合格")], {}, ["grade-unreachable"]),
        ([Grade("优秀", when=ACCIDENT), Grade("合格")], {}, []),
        ([Grade("优秀", 100), Grade("合格")], {}, []),
        ([Grade("优秀", 100, low_in=False), Grade("合格")], {}, ["grade-unreachable"]),
        ([Grade("优秀", 101), Grade("合格")], {}, ["grade-unreachable"]),
    ],
)
def test_grade_scales(grades: list[Grade], fields: dict[str, Any], expected: list[str]) -> None:
    """Every total has one grade, and every grade some total."""
    assert codes(make(HUNDRED, grades=GradeScale(grades), **fields)) == expected


@pytest.mark.parametrize(
    ("bonus", "fields", "expected"),
    [
        (Bonus(Once(ACCIDENT), points=5), {}, []),
        (Bonus(Once(ACCIDENT), points=4), {}, ["grade-unreachable"]),
        (Bonus(Once(ACCIDENT), points=9), {"bonus_cap": 4}, ["grade-unreachable"]),
        (Bonus(Once(ACCIDENT), points=9), {"cap": 104}, ["grade-unreachable"]),
        (attrs.evolve(LOSES, points=9), {}, ["grade-unreachable"]),
    ],
)
def test_bonuses_lift_the_highest_total(
    bonus: Bonus, fields: dict[str, Any], expected: list[str]
) -> None:
    """A grade above the full points is reached by bonuses, within their caps, or not at all."""
    scale = GradeScale.of(特优=105, 合格=None)
    assert codes(make(item(LOSES, bonus, points=100), grades=scale, **fields)) == expected


def test_consequences_follow_from_grades() -> None:
    """A consequence names grades of the scale, or none at all."""
    named = (Consequence("praise", "通报表扬", grades=("优秀", "良好")),)
    assert codes(make(HUNDRED, grades=SCALE, consequences=named)) == ["grade-unknown"]
    assert codes(make(HUNDRED, consequences=named)) == ["grade-unknown"] * 2
    assert codes(make(HUNDRED, consequences=HONOUR)) == []


def policy(*tiers: Tier, **fields: Any) -> FundingPolicy:  # noqa: ANN401 - any field
    """Return a pool of money with these tiers."""
    return FundingPolicy("aid", tiers=tiers, **{"per_head": "1.25", **fields})


@pytest.mark.parametrize(
    ("pool", "fields", "expected"),
    [
        (policy(Tier(80, 1), Tier(60, "0.7"), Tier(None, "0.5")), {}, []),
        (policy(Tier(80, 1), Tier(60, "0.7"), Tier(0, "0.5")), {}, []),
        (policy(Tier(80, 1), Tier(60, "0.7")), {}, ["tiers-hole"]),
        (policy(), {}, ["tiers-hole"]),
        (policy(Tier(60, "0.7"), Tier(80, "0.7"), Tier(None, "0.5")), {}, ["tiers-order"]),
        (policy(Tier(80, "0.5"), Tier(60, "0.7"), Tier(None, "0.5")), {}, ["tiers-order"]),
        (policy(Tier(None, 1), Tier(60, "0.7")), {}, ["tiers-order"]),
        (policy(Tier(80, 1, low_in=False), Tier(80, "0.7"), Tier(None, "0.5")), {}, []),
        (policy(Tier(80, 1), Tier(80, "0.7"), Tier(None, "0.5")), {}, ["tiers-order"]),
        (policy(Tier(60, 1), Tier(None, "0.5")), {"grades": SCALE}, []),
        (policy(Tier(60, 1, low_in=False), Tier(None, 0)), {"grades": SCALE}, ["tiers-disagree"]),
        (policy(Tier(120, 1), Tier(None, "0.5")), {}, ["tier-unreachable"]),
        (policy(Tier(60, "1.1"), Tier(None, "0.5")), {}, ["share-out-of-range"]),
        (policy(Tier(60, 1), Tier(None, "-0.5")), {}, ["share-out-of-range"]),
        (policy(Tier(None, 1), per_head=0, fixed=1000), {}, []),
        (policy(Tier(None, 1), per_head=0), {}, ["pool-empty"]),
        (policy(Tier(None, 1), per_head=-1), {}, ["pool-empty"]),
        (policy(Tier(60, 1), Tier(None, 0), overrides=(Override(ACCIDENT, 0),)), {}, []),
        (
            policy(Tier(60, 1), Tier(None, 0), overrides=(Override(ACCIDENT, 50),)),
            {},
            ["share-out-of-range"],
        ),
    ],
)
def test_money(pool: FundingPolicy, fields: dict[str, Any], expected: list[str]) -> None:
    """Tiers stand from the best down, to the bottom, where grades stand, and pay shares."""
    assert codes(make(HUNDRED, funding=(pool,), **fields)) == expected


def test_money_without_a_total() -> None:
    """One tier for all needs no total; several do."""
    duties = Indicator("1", "协管")
    flat = (policy(Tier(None, 1)),)
    assert codes(make(duties, funding=flat)) == ["agreement-without-scores"]
    tiered = (policy(Tier(60, 1), Tier(None, "0.5")),)
    assert codes(make(duties, funding=tiered)) == [
        "agreement-without-scores",
        "grades-without-total",
    ]


@pytest.mark.parametrize(
    ("parts", "fields", "expected"),
    [
        ((item(excused=MovedTo("2")), item(number="2")), {}, []),
        ((item(excused=MovedTo("1")), item(number="2")), {}, ["excusal-target"]),
        (
            (item(excused=MovedTo("2")), item(number="2", points=None)),
            {"points": 5},
            ["excusal-target"],
        ),
        ((item(), item(number="2")), {"excused": MovedTo("2")}, []),
        ((item(), item(number="2", excused=Rescaled())), {"excused": MovedTo("2")}, []),
        (
            (item(), Indicator("2", points=5, excused=MovedTo("2"))),
            {},
            ["points-judged", "excusal-target"],
        ),
        (
            (item(), Indicator("2", points=5, parts=(Part("2.1", points=5, rules=LOSES),))),
            {"excused": MovedTo("2")},
            [],
        ),
        ((item(),), {"excused": Rescaled("section")}, ["excusal-nowhere"]),
        ((Section("1", parts=(item(number="1.1"),)),), {"excused": Rescaled("section")}, []),
        (
            (Section("1", parts=(item(number="1.1"),), excused=MovedTo("9")),),
            {},
            ["excusal-target"],
        ),
    ],
)
def test_where_excused_points_go(
    parts: tuple[Indicator, ...], fields: dict[str, Any], expected: list[str]
) -> None:
    """Points move to an item that has points, is another one, and is there."""
    assert codes(make(*parts, **fields)) == expected
