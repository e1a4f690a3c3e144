"""Conformance cases for sections 5 and 6 of the contract: sections, the total, what follows."""

from __future__ import annotations

from typing import Any

import attrs

from conformance_case import (
    FAULTS,
    REGISTER,
    SATISFACTION,
    Case,
    check,
    each,
    one,
    section,
)
from healthduty.model.agreement import Agreement
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Section
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
from healthduty.records.record import NOT_APPLICABLE
from healthduty.records.record import Case as Found
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Bands, Bonus, CaseBand, Deduction
from healthduty.rules.tally import Cases, StepsBelow

_AWARDS = Measure("awards", "表彰", kind=MeasureKind.CASES)
_ACCIDENT = Measure("accident", "责任事故", kind=MeasureKind.CASES)
_HAPPENED = Measure("accident", "责任事故", kind=MeasureKind.FLAG)
_COMPLAINTS = Measure("complaints", "投诉", kind=MeasureKind.CASES)
_LOSS = Deduction(Cases(FAULTS), points=1)
_AWARD = Bonus(Cases(_AWARDS), points=2)
_MEASURES = (FAULTS, _AWARDS, REGISTER, _ACCIDENT)


def _whole(*parts: Section | Indicator, **more: Any) -> Agreement:  # noqa: ANN401
    return Agreement("示例", measures=_MEASURES, parts=parts, **more)


def _hundred(*effects: VetoEffect, exempt: bool = False, **more: Any) -> Agreement:  # noqa: ANN401
    """Make 60 + 40 points, grades, and a veto on a responsible accident."""
    veto = Veto(
        "accident",
        "发生责任事故",
        when=Flag(_ACCIDENT),
        effects=effects,
        exempt=Flag(REGISTER) if exempt else None,
    )
    return _whole(
        section(Indicator("1.1", points=60, rules=(_LOSS, _AWARD)), points=60),
        section(Indicator("2.1", points=40, rules=Deduction(Cases(FAULTS), points=1)), number="2"),
        vetoes=(veto,) if effects else (),
        grades=GradeScale.of(优秀=90, 良好=75, 合格=60, 不合格=None),
        **more,
    )


def _graded(
    name: str, title: str, why: str, agreement: Agreement, *grades: tuple[dict[str, Any], str]
) -> Case:
    checks = tuple(
        check(values, str(100 - 2 * values.get("faults", 0)), grade=grade)
        for values, grade in grades
    )
    return Case(name, title, why, agreement, checks)


TOTALS = (
    Case(
        "section-cap",
        "what exceeds a section's cap of 6 is cut, from its bonuses first",
        "§5: what inside and beyond together exceed it by is cut, from the bonus account first",
        _whole(section(Indicator("1.1", points=5, rules=(_LOSS, _AWARD)), cap=6)),
        (
            check({"awards": 0}, "5", bonus="0", items={"1": "5"}),
            check({"awards": 2}, "6", bonus="1", items={"1.1": "5", "1": "5"}),
            check({"awards": 2, "faults": 2}, "6", bonus="3", items={"1.1": "3", "1": "3"}),
        ),
    ),
    Case(
        "section-cap-below-its-items",
        "a cap below the items' points cuts the bonuses, then the items",
        "§5: from the bonus account first",
        _whole(section(Indicator("1.1", points=5, rules=(_LOSS, _AWARD)), cap=4)),
        (
            check({"awards": 2}, "4", bonus="0", items={"1.1": "5", "1": "4"}),
            check({"awards": 1, "faults": 3}, "4", bonus="2", items={"1.1": "2", "1": "2"}),
        ),
    ),
    Case(
        "section-rules",
        "a section's own deduction takes from the sum of its items, down to its floor",
        "§5: then steps 2 to 6 with its own rules",
        _whole(
            section(
                Indicator("1.1", points=3, rules=_LOSS),
                Indicator("1.2", points=2, rules=Deduction(Cases(_AWARDS), points=1)),
                rules=Deduction(Cases(_ACCIDENT), points=2),
                floor=-1,
            )
        ),
        (
            check({"faults": 1, "accident": 1}, "2", items={"1.1": "2", "1.2": "2", "1": "2"}),
            check({"faults": 3, "accident": 2}, "-1", items={"1.1": "0", "1.2": "2", "1": "-1"}),
        ),
    ),
    Case(
        "section-header-surplus",
        "10 in the header, 6 in items, and an item without points that loses: 4 are its own",
        "§5: what the header states beyond the sum starts full where items lose without points",
        _whole(
            section(
                Indicator("1.1", points=6, rules=_LOSS),
                Indicator("1.2", rules=Deduction(Cases(_ACCIDENT), points=3)),
                points=10,
            ),
            section(Indicator("2.1", points=6, rules=_LOSS), points=10, number="2"),
        ),
        (
            check({}, "16", full="16", items={"1.1": "6", "1.2": "0", "1": "10", "2": "6"}),
            check({"accident": 2, "faults": 1}, "8", items={"1.1": "5", "1": "3", "2": "5"}),
        ),
    ),
    Case(
        "sections-of-sections",
        "inside points and bonuses climb from section to section",
        "§5: sum of its items' inside points; the bonus account is cut by each cap on the way",
        _whole(
            section(
                section(Indicator("1.1.1", points=3, rules=(_LOSS, _AWARD)), number="1.1", cap=4),
                Indicator("1.2", points=2, rules=_AWARD),
                cap=7,
            )
        ),
        (
            check({}, "5", bonus="0", items={"1.1.1": "3", "1.1": "3", "1.2": "2", "1": "5"}),
            # 1.1: 3 + 2, cut to 3 + 1; 1: 5 + 3, cut to 5 + 2.
            check({"awards": 1}, "7", bonus="2", items={"1.1": "3", "1": "5"}),
            check({"awards": 1, "faults": 3}, "6", bonus="4", items={"1.1": "0", "1": "2"}),
        ),
    ),
    Case(
        "total-bonus-cap",
        "all bonuses together count 3 at most",
        "§6.2: the bonus cap cuts the bonus account",
        _whole(
            Indicator("1", points=5, rules=(_LOSS, _AWARD)),
            rules=Bonus(Cases(_AWARDS), points=1),
            bonus_cap=3,
        ),
        (
            check({"awards": 1}, "8", bonus="3"),
            check(
                {"awards": 2, "faults": 1},
                "7",
                "1 rule -1 -1\n1 rule 4 4\n- rule 2 2\n- bonus_cap -3 -3",
                bonus="3",
            ),
        ),
    ),
    Case(
        "total-bonus-inside",
        "the agreement's own earning and inside rules fill up to its full points, no further",
        "§6.1: earning rules and inside bonuses of the agreement itself",
        _whole(
            Indicator("1", points=5, rules=_LOSS),
            rules=(
                Bands(REGISTER, "earn", [CaseBand(Flag(REGISTER), 1)]),
                Bonus(Cases(_AWARDS), points=2, where="inside"),
                Deduction(Cases(_ACCIDENT), points=1),
            ),
        ),
        (
            check({"faults": 4, "register": True}, "2"),
            check({"faults": 4, "register": False, "awards": 1}, "3"),
            check({"faults": 1, "register": True, "awards": 1}, "5"),
            check({"faults": 1, "register": True, "awards": 3, "accident": 1}, "4"),
        ),
    ),
    Case(
        "total-cap-and-deduction",
        "deductions from the total come before its cap",
        "§6.4, §6.5: deductions in written order, then the cap",
        _whole(
            Indicator("1", points=5, rules=(_LOSS, _AWARD)),
            rules=Deduction(Cases(_ACCIDENT), points=3),
            cap=6,
        ),
        (
            check({"awards": 2}, "6", "1 rule 0 0\n1 rule 4 4\n- rule 0 0\n- total_cap -3 -3"),
            check({"awards": 2, "accident": 1}, "6"),
            check({"awards": 2, "accident": 2}, "3"),
            check({"accident": 2}, "0", "1 rule 0 0\n1 rule 0 0\n- rule -6 -5\n- floor 1 0"),
        ),
    ),
    Case(
        "total-without-floor",
        "where the total has no floor it may fall below 0",
        "§6.4: up to what is left above the floor; None has no bottom",
        _whole(
            Indicator("1", points=5, rules=_LOSS),
            rules=Deduction(Cases(_ACCIDENT), points=3),
            floor=None,
        ),
        each("accident", (1, "2"), (2, "-1"), (3, "-4")),
    ),
    Case(
        "total-places",
        "the published total is rounded to whole points, half up",
        "§6.5: `total_places` rounds; the lines before it stay",
        one(
            Deduction(
                StepsBelow(SATISFACTION, target=90, step=1, counting="proportional"), points=1
            ),
            20,
            [SATISFACTION],
            total_places=0,
        ),
        (
            check({"satisfaction": "87.5"}, "18", "1 rule -2.5 -2.5\n- total_rounding 0.5 0.5"),
            check({"satisfaction": "87.4"}, "17"),
            check({"satisfaction": "87"}, "17", "1 rule -3 -3"),
        ),
    ),
    Case(
        "bonus-apart",
        "points apart are reported beside the total",
        "§3.6: apart are only reported",
        one(
            (_LOSS, Bonus(Cases(_AWARDS), points=2, where="apart", cap=3)),
            5,
            [FAULTS, _AWARDS],
        ),
        (
            check({"awards": 1, "faults": 1}, "4", apart="2", bonus="0"),
            check({"awards": 2}, "5", apart="3", bonus="0"),
        ),
    ),
    _graded(
        "grade-bands",
        "90 is 优秀, 75 良好, 60 合格: a shared boundary belongs to the upper band",
        "semantics 9: best first, the lower bound is included",
        _hundred(),
        ({}, "优秀"),
        ({"faults": 5}, "优秀"),
        ({"faults": 6}, "良好"),
        ({"faults": 12}, "良好"),
        ({"faults": 13}, "合格"),
        ({"faults": 20}, "合格"),
        ({"faults": 21}, "不合格"),
    ),
    _graded(
        "grade-exclusive-and-condition",
        "优秀 asks for more than 90 points and a register; without it the next grade down",
        "semantics 9: `low_in` false excludes the bound; `when` not met gives the next grade",
        _whole(
            *_hundred().parts,
            grades=GradeScale(
                (
                    Grade("优秀", 90, low_in=False, when=Flag(REGISTER)),
                    Grade("合格", 60),
                    Grade("不合格"),
                )
            ),
        ),
        ({"register": True}, "优秀"),
        ({"register": False}, "合格"),
        ({"faults": 5, "register": True}, "合格"),
        ({"faults": 4, "register": True}, "优秀"),
        ({"faults": 30, "register": True}, "不合格"),
        ({"register": NOT_APPLICABLE}, "合格"),
    ),
    _graded(
        "veto-forces-grade",
        "a responsible accident forces 不合格; the arithmetic stays",
        "§6, semantics 6: vetoes stand beside the arithmetic",
        _hundred(ForceGrade("不合格")),
        ({"accident": 1}, "不合格"),
        ({"accident": 0}, "优秀"),
        ({"faults": 6}, "良好"),
    ),
    _graded(
        "veto-caps-grade",
        "a responsible accident allows 合格 at most",
        "a cap lowers what stands above it and leaves what stands below",
        _hundred(CapGrade("合格")),
        ({"accident": 1}, "合格"),
        ({"accident": 1, "faults": 21}, "不合格"),
        ({}, "优秀"),
    ),
    _graded(
        "veto-lowers-grade",
        "a responsible accident lowers the grade by two steps, to the worst at most",
        "the grade falls by so many steps",
        _hundred(LowerGrade(2)),
        ({"accident": 1}, "合格"),
        ({"accident": 1, "faults": 6}, "不合格"),
        ({"accident": 1, "faults": 13}, "不合格"),
        ({}, "优秀"),
    ),
    _graded(
        "veto-exempt",
        "no veto where the exemption holds; one that does not apply exempts nobody",
        "semantics 6: with stated exemptions",
        _hundred(ForceGrade("不合格"), exempt=True),
        ({"accident": 1, "register": True}, "优秀"),
        ({"accident": 1, "register": False}, "不合格"),
        ({"accident": 1, "register": NOT_APPLICABLE}, "不合格"),
    ),
    Case(
        "veto-zero-section",
        "the first section's points, bonuses included, do not count",
        "§6: takes what the section earned out of the total, never below 0",
        _hundred(ZeroSection("1")),
        (
            check({"accident": 1, "faults": 3}, "37", earned="94", items={"1": "57", "2": "37"}),
            check({"accident": 1, "awards": 2}, "40", earned="104", grade="不合格"),
            check({"faults": 3}, "94", earned="94"),
        ),
    ),
    Case(
        "veto-zero-total",
        "the total is 0, and what was earned stays visible",
        "§6: `ZeroTotal` makes it 0",
        _hundred(ZeroTotal()),
        (
            check({"accident": 1, "faults": 3}, "0", earned="94", grade="不合格"),
            check({"faults": 3}, "94", earned="94", grade="优秀"),
        ),
    ),
    Case(
        "charge-once",
        "a case that two rules know is charged under the dearer one alone",
        "semantics 6: one case is charged once where the agreement says so",
        Agreement(
            "示例",
            measures=(FAULTS, _COMPLAINTS),
            parts=(
                Indicator("1", points=5, rules=Deduction(Cases(FAULTS), points=1)),
                Indicator("2", points=10, rules=Deduction(Cases(_COMPLAINTS), points=2)),
            ),
            charge_once=True,
        ),
        (
            check(
                {"faults": [Found("a"), Found("b")], "complaints": [Found("b"), Found("c")]},
                "10",
                items={"1": "4", "2": "6"},
            ),
            check({"faults": [Found("a"), Found("b")]}, "13", items={"1": "3", "2": "10"}),
            check({"faults": 2, "complaints": 2}, "9", items={"1": "3", "2": "6"}),
        ),
    ),
    Case(
        "money-exclusive-tier",
        "more than 80 points bring 1,000 yuan, exactly 80 bring half",
        "a tier without its bound begins above it",
        _hundred(
            funding=(
                FundingPolicy(
                    "award",
                    "奖金",
                    fixed=1000,
                    tiers=(Tier(80, 1, low_in=False), Tier(None, "0.5")),
                ),
            ),
        ),
        (
            check({"faults": 9}, "82", money={"award": "1000"}),
            check({"faults": 10}, "80", money={"award": "500"}),
        ),
    ),
    Case(
        "money-by-tier",
        "1.25 yuan a head: all from 80 points, 70 % from 60, else half; a breach leaves half",
        "row E1: money follows the total; an override never raises the share",
        _hundred(
            WithholdMoney("0.2"),
            funding=(
                FundingPolicy(
                    "coordination",
                    "协管经费",
                    per_head="1.25",
                    tiers=(Tier(80, 1), Tier(60, "0.7"), Tier(None, "0.5")),
                    overrides=(Override(Flag(REGISTER), "0.5", "违反纪律"),),
                ),
            ),
        ),
        tuple(
            check(
                {"register": False, **values},
                total,
                money={"coordination": money},
                about={"population": 12345},
            )
            for values, total, money in (
                ({}, "100", "15431.25"),
                ({"faults": 10}, "80", "15431.25"),
                ({"faults": 11}, "78", "10801.88"),  # 10,801.875 yuan, to the fen
                ({"faults": 21}, "58", "7715.63"),  # 7,715.625 yuan
                ({"register": True}, "100", "7715.63"),
                ({"accident": 1}, "100", "12345"),
            )
        ),
    ),
    Case(
        "money-without-total",
        "a value is missing: neither a tier nor the breach decides what is paid",
        "§6: without a total there is no money; nor while a fact of an override is missing",
        _hundred(
            funding=(
                FundingPolicy(
                    "award",
                    fixed=1000,
                    tiers=(Tier(None, 1),),
                    overrides=(Override(Flag(REGISTER), "0.5", "违反纪律"),),
                ),
            ),
        ),
        (
            check({"register": True}, "100", money={"award": "500"}),
            check({"register": True, "faults": "?"}, None, money={"award": None}),
            check({}, "100", money={"award": None}),
        ),
    ),
    Case(
        "honours-open",
        "nobody knows yet whether there was an accident: the honour is neither granted nor barred",
        "§6: an honour is open while a fact is missing of a veto that would bar it",
        attrs.evolve(
            _hundred(BarHonours("award"), exempt=True),
            measures=(FAULTS, _AWARDS, REGISTER, _HAPPENED),
            consequences=(
                Consequence("honour", "先进单位", code="award"),
                Consequence("honour", "先进集体", code="other"),
                Consequence("honour", "标兵", code="best", grades=("优秀",)),
            ),
        ),
        (
            check({"accident": False}, "100", honours={"award": True, "other": True, "best": True}),
            check({"accident": True, "register": False}, "100", honours={"award": False}),
            check({"accident": True, "register": True}, "100", honours={"award": True}),
            check({"accident": True}, None, honours={"award": None, "other": True}),
            check({"register": False}, None, honours={"award": None}),
            check({"register": True}, "100", honours={"award": True}),
        ),
    ),
    Case(
        "points-without-rules",
        "100 points, and neither a rule nor an item to judge: nothing can be scored",
        "§6: where nothing can move a point there is no total",
        _whole(section(Indicator("1.1"), Indicator("1.2")), points=100),
        (check({}, None),),
    ),
)
