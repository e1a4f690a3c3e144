"""Conformance cases for section 2 of the contract: tallies and amounts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from conformance_case import (
    CHECKS,
    COST,
    FAULTS,
    LEVEL,
    REGISTER,
    SATISFACTION,
    Case,
    check,
    each,
    one,
)
from healthduty.exact import Ratio, Rounding
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.record import MISSING, NOT_APPLICABLE, Judged, Sample
from healthduty.records.record import Case as Found
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag, Level, Not
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import FULL, Share
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Given

_REPEATED = Measure("repeated", "屡查屡犯", kind=MeasureKind.FLAG)
_MIDWIFERY = Measure("midwifery", "开展助产", kind=MeasureKind.FLAG)
_SEEN = Measure("seen", "产后访视", unit="次")
_PLANNED = Measure("planned", "应访视", unit="次")


def _short(counting: str, points: object = 1) -> Deduction:
    return Deduction(StepsBelow(SATISFACTION, target=90, step=5, counting=counting), points=points)  # type: ignore[arg-type]


def _rounded(mode: str, totals: tuple[str, ...]) -> Case:
    """Make the case of one rounding mode: 0.125, 0.375 and 1/3 of a point at two places."""
    rule = Deduction(StepsBelow(SATISFACTION, target=90, step=8, counting="proportional"), points=1)
    values = (89, 87, Ratio(262, 300))
    return Case(
        f"amount-rounding-{mode.replace('_', '-')}",
        f"0.125, 0.375 and 0.333… of a point, rounded {mode.replace('_', ' ')} to 0.01",
        "§2: an amount that may not come out even is rounded once, before any cap",
        one(rule, 1, [SATISFACTION], rounding=Rounding(2, mode)),
        each("satisfaction", *zip(values, totals, strict=True)),
    )


def _found(*severities: str) -> list[Found]:
    return [Found(str(i), attributes={"severity": one}) for i, one in enumerate(severities)]


def _earned_by(rules: Rule, measure: Measure) -> Agreement:
    return one(rules, 5, [measure])


def _judged(name: str, title: str, rule: Rule, *pairs: tuple[Any, str | None]) -> Case:
    why = "§2: 0, or within [least, most]; outside is a fault; several assessors: their mean"
    return Case(name, title, why, one(rule, 5, []), each("order", *pairs))


AMOUNTS = (
    Case(
        "tally-countings",
        "6.9 points short of 90 in steps of 5: one whole step, two begun, 1.38 exactly",
        "§2: complete, started, proportional",
        Agreement(
            "示例",
            measures=(SATISFACTION,),
            parts=tuple(
                Indicator(str(i + 1), counting, points=5, rules=_short(counting))
                for i, counting in enumerate(("complete", "started", "proportional"))
            ),
        ),
        (
            check(
                {"satisfaction": "83.1%"},
                "10.62",
                "1 rule -1 -1\n2 rule -2 -2\n3 rule -1.38 -1.38",
                items={"1": "4", "2": "3", "3": "3.62"},
            ),
            check({"satisfaction": "85%"}, "12", items={"1": "4", "2": "4", "3": "4"}),
            check({"satisfaction": "90%"}, "15"),
            check({"satisfaction": "96%"}, "15", "1 rule 0 0\n2 rule 0 0\n3 rule 0 0"),
        ),
    ),
    Case(
        "tally-steps-above",
        "each 10 (万元) above 100 takes half a point",
        "§2: gap = value − target",
        one(Deduction(StepsAbove(COST, target=100, step=10), points="0.5"), 3, [COST]),
        each("cost", (100, "3"), ("109.99", "3"), (110, "2.5"), ("125.5", "2"), (50, "3")),
    ),
    Case(
        "tally-relative-step",
        "each 1 % of 250 visits that is short: 2.5 visits a step",
        "§2: `relative`: the step is step % of the target",
        one(
            Deduction(StepsBelow(CHECKS, target=250, step=1, relative=True), points="0.1"),
            2,
            [CHECKS],
        ),
        each("checks", (250, "2"), (248, "2"), (247, "1.9"), (245, "1.8"), (200, "0")),
    ),
    Case(
        "tally-unmet-share",
        "7 of 12 checks undone take 7/12 of the points",
        "§2: without a step gap ÷ target; rounded to 0.01",
        one(Deduction(StepsBelow(CHECKS, target=12), points=FULL), 5, [CHECKS]),
        (
            # 5 × 7/12 = 2.91666…: the rounded amount is what the line shows.
            check({"checks": 5}, "2.08", "1 rule -2.92 -2.92\n1 rounding 0 0"),
            check({"checks": 9}, "3.75", "1 rule -1.25 -1.25"),
            check({"checks": 15}, "5", "1 rule 0 0"),
        ),
    ),
    Case(
        "tally-lacking-in-steps",
        "each two that lack of 10 take a point",
        "§2: complete steps of what lacks",
        one(Deduction(Lacking(CHECKS, required=10, step=2), points=1), 5, [CHECKS]),
        each("checks", (10, "5"), (9, "5"), (8, "4"), (5, "3"), (0, "0"), (12, "5")),
    ),
    Case(
        "tally-lacking-prorated",
        "5 a year ask 2 at the half-year, 1 for a quarter, none for a month",
        "§2: required × months ÷ 12, rounded down",
        one(Deduction(Lacking(CHECKS, required=5, prorated=True), points=1), 5, [CHECKS]),
        tuple(
            check({"checks": 0}, total, about={"period": period})
            for period, total in (
                (None, "0"),
                ("2024", "0"),
                ("2024-H1", "3"),
                ("2024-Q2", "4"),
                ("2024-05", "5"),
            )
        ),
    ),
    Case(
        "tally-lacking-sample",
        "10 households asked for, 8 there were: what was not there does not lack",
        "§2: less asked − available where fewer were available",
        one(Deduction(Lacking(CHECKS, required=10), points="0.5"), 5, [CHECKS]),
        (
            check({"checks": Sample(6, asked=10, available=8)}, "4"),
            check({"checks": Sample(8, asked=10, available=8)}, "5"),
            check({"checks": Sample(6, asked=10, available=12)}, "3"),
            check({"checks": 6}, "3"),
        ),
    ),
    Case(
        "tally-cases-free-and-step",
        "two cases are free, then each three take a point",
        "§2: cases − free, complete steps",
        one(Deduction(Cases(FAULTS, free=2, step=3), points=1), 5, [FAULTS]),
        each("faults", (0, "5"), (2, "5"), (4, "5"), (5, "4"), (7, "4"), (8, "3"), (40, "0")),
    ),
    Case(
        "tally-cases-by-attribute",
        "serious cases weigh 2, light ones a half, others 1; the first is free",
        "§2: the weights of the counted cases are summed",
        one(
            Deduction(
                Cases(
                    FAULTS,
                    free=1,
                    by=ByAttribute("severity", [("serious", 2), ("light", "0.5")], otherwise=1),
                ),
                points=1,
            ),
            10,
            [FAULTS],
        ),
        (
            check({"faults": _found("light", "serious", "light")}, "7.5"),
            check({"faults": _found("serious", "light", "light")}, "9"),
            check({"faults": _found("light", "odd")}, "9"),
            check({"faults": _found("serious")}, "10"),
        ),
    ),
    Case(
        "tally-cases-where",
        "only serious cases count",
        "§2: with `where` only such cases",
        one(Deduction(Cases(FAULTS, where={"severity": "serious"}), points=1), 5, [FAULTS]),
        (
            check({"faults": _found("light", "serious", "light", "serious")}, "3"),
            check({"faults": _found("light")}, "5"),
            check({"faults": []}, "5"),
        ),
    ),
    Case(
        "tally-once-conditions",
        "once, where any, all or none of several things hold",
        "§2: 1 where the condition holds",
        one(
            (
                Deduction(Once(AnyOf((Flag(FAULTS), Compare(CHECKS, "<", 2)))), points=1),
                Deduction(Once(AllOf((Flag(FAULTS), Compare(CHECKS, "<=", 2)))), points=2),
                Deduction(Once(Not(Level(LEVEL, ("优", "良")))), points=4),
            ),
            10,
            [FAULTS, CHECKS, LEVEL],
        ),
        (
            check({"checks": 2, "level": "优"}, "10", "1 rule 0 0\n1 rule 0 0\n1 rule 0 0"),
            check({"checks": 1, "level": "良"}, "9", "1 rule -1 -1\n1 rule 0 0\n1 rule 0 0"),
            check({"checks": 2, "faults": 3, "level": "差"}, "3"),
            check({"checks": 3, "faults": 1, "level": "优"}, "9"),
        ),
    ),
    Case(
        "amount-times-and-when",
        "double where it was found before, nothing where midwifery is not offered",
        "§2: the product of the factors that hold; a `when` that does not hold makes it 0",
        one(
            Deduction(
                Cases(FAULTS),
                points="0.5",
                times=(Times(2, Flag(_REPEATED)), Times("0.5", Compare(FAULTS, ">=", 4))),
                when=Flag(_MIDWIFERY),
            ),
            5,
            [FAULTS, _REPEATED, _MIDWIFERY],
        ),
        (
            check({"faults": 3, "repeated": False, "midwifery": True}, "3.5"),
            check({"faults": 3, "repeated": True, "midwifery": True}, "2"),
            check({"faults": 4, "repeated": True, "midwifery": True}, "3"),
            check({"faults": 3, "repeated": True, "midwifery": False}, "5", "1 rule 0 0"),
        ),
    ),
    Case(
        "amount-when-known-not-to-hold",
        "where midwifery is not offered, nobody asks for the faults in it",
        "§2: a `when` that is known not to hold makes 0 whatever else is missing or not applicable",
        one(
            (
                Deduction(Cases(_SEEN), points=1, when=Flag(_MIDWIFERY)),
                Deduction(
                    StepsBelow(_SEEN, target=Given(_PLANNED)), points=2, when=Flag(_MIDWIFERY)
                ),
                Deduction(Cases(FAULTS), points=1),
            ),
            5,
            [FAULTS, _SEEN, _PLANNED, _MIDWIFERY],
        ),
        (
            check({"midwifery": False, "faults": 1}, "4", "1 rule 0 0\n1 rule 0 0\n1 rule -1 -1"),
            check({"midwifery": False, "seen": 1, "planned": 0}, "5"),
            check({"midwifery": True, "seen": 1, "planned": 0}, None),
            check({"midwifery": True, "planned": 2}, None),
            check({"seen": 0, "planned": 0}, None),
            check({"midwifery": True, "seen": 1, "planned": 2}, "3"),
        ),
    ),
    Case(
        "amount-share-of-points",
        "each case takes a third of 5 points: two take 3.33, rounded once and not case by case",
        "§2: `Share(p)` is p × the points of the item; rounded here, once",
        one(Deduction(Cases(FAULTS), points=Share(Fraction(1, 3))), 5, [FAULTS]),
        (
            check({"faults": 1}, "3.33", "1 rule -1.67 -1.67\n1 rounding 0 0"),
            check({"faults": 2}, "1.67", "1 rule -3.33 -3.33\n1 rounding 0 0"),
            check({"faults": 3}, "0", "1 rule -5 -5"),
        ),
    ),
    _rounded("half_up", ("0.87", "0.62", "0.67")),
    _rounded("half_even", ("0.88", "0.62", "0.67")),
    _rounded("down", ("0.88", "0.63", "0.67")),
    _rounded("up", ("0.87", "0.62", "0.66")),
    Case(
        "amount-even-is-kept",
        "three cases at 0.125 are 0.375: what comes out even is not rounded",
        "§2: only an amount that may not come out even is rounded",
        one(Deduction(Cases(FAULTS), points="0.125"), 1, [FAULTS]),
        (check({"faults": 3}, "0.625", "1 rule -0.375 -0.375"),),
    ),
    Case(
        "amount-cap-after-rounding",
        "up to 2 points; 1.67 stays, 3.33 is cut to 2",
        "§2: then the rule's own cap cuts it; §7: what it gave back is a line",
        one(Deduction(Cases(FAULTS), points=Share(Fraction(1, 3)), cap=2), 5, [FAULTS]),
        (
            check({"faults": 1}, "3.33", "1 rule -1.67 -1.67\n1 rounding 0 0"),
            check({"faults": 2}, "3", "1 rule -3.33 -2\n1 rounding 0 0\n1 cap 1.33 0"),
        ),
    ),
    Case(
        "bands-number",
        "95 and more earn 5, above 90 earn 3, above 80 up to 90 earn 1, the rest nothing",
        "§2: the first band that holds, else `otherwise`, else 0; closure is explicit",
        _earned_by(
            Bands(
                SATISFACTION,
                "earn",
                [
                    Band(5, low=95),
                    Band(3, low=90, low_in=False, high=95),
                    Band(1, low=80, low_in=False, high=90, high_in=True),
                ],
            ),
            SATISFACTION,
        ),
        (
            check({"satisfaction": 95}, "5", "1 start -5 -5\n1 rule 5 5"),
            check({"satisfaction": "94.99"}, "3", "1 start -5 -5\n1 rule 3 3"),
            *each("satisfaction", (90, "1"), ("90.01", "3"), ("80.5", "1"), (80, "0"), (20, "0")),
        ),
    ),
    Case(
        "bands-escalation",
        "the first time costs a half, the second time everything",
        "§2: bands over a count of cases; a share of 1 is all points of the item",
        one(Bands(FAULTS, "lose", [Band("0.5", low=1, high=2), Band(FULL, low=2)]), 3, [FAULTS]),
        each("faults", (0, "3"), (1, "2.5"), (2, "0"), (9, "0")),
    ),
    Case(
        "bands-level-and-case",
        "优 earns 5, 良 3; whatever the level, with a register 1; else a half",
        "§2: bands by level, by a condition, and `otherwise`",
        one(
            Bands(
                LEVEL,
                "earn",
                [LevelBand("优", 5), LevelBand("良", 3), CaseBand(Flag(REGISTER), 1)],
                otherwise="0.5",
            ),
            5,
            [LEVEL, REGISTER],
        ),
        (
            check({"level": "优", "register": False}, "5"),
            check({"level": "良", "register": True}, "3"),
            check({"level": "差", "register": True}, "1"),
            check({"level": "差", "register": False}, "0.5"),
        ),
    ),
    Case(
        "curve-lines-and-jump",
        "60 to 80 climbs to 3, jumps to 4 at 80, climbs to 5 at 90; below 60 nothing",
        "§2: the straight line between knots; of knots that share a value the last counts",
        _earned_by(
            Curve(
                SATISFACTION,
                "earn",
                [Knot(60, 1), Knot(80, 3), Knot(80, 4), Knot(90, 5)],
                below=0,
            ),
            SATISFACTION,
        ),
        each(
            "satisfaction",
            ("59.9", "0"),
            (60, "1"),
            (70, "2"),
            ("79.99", "3"),  # 2.999, rounded
            (80, "4"),
            (83, "4.3"),
            (90, "5"),
            (100, "5"),
        ),
    ),
    Case(
        "curve-above",
        "at or outside an end the end's points; strictly above 120 what `above` says",
        "§2: at or outside an end the end's points, or `below` / `above` strictly outside",
        _earned_by(
            Curve(COST, "lose", [Knot(100, 0), Knot(120, 3)], above=5),
            COST,
        ),
        each("cost", (50, "5"), (100, "5"), (107, "3.95"), (120, "2"), ("120.1", "0")),
    ),
    _judged(
        "judgement-loses",
        "an assessor takes from 0.5 to 2 points, or nothing",
        Judgement("order", "lose", least="0.5", most=2),
        (Judged(0), "5"),
        (Judged("1.5", "记录不全"), "3.5"),
        (Judged(2), "3"),
        (MISSING, "5"),
        (Judged("2.5"), None),
        (Judged("0.25"), None),
    ),
    _judged(
        "judgement-mean",
        "three assessors give 4, 4.5 and 4.5: 4.33 is earned",
        Judgement("order", "earn"),
        ((Judged(4), Judged("4.5"), Judged("4.5")), "4.33"),
        ((Judged(3), Judged(4)), "3.5"),
        (Judged(5), "5"),
        (MISSING, None),
        (Judged(6), None),
    ),
    Case(
        "group-worst",
        "of two deductions for the same thing only the dearest counts (不重复扣分)",
        "§2: `WORST` is the dearest to the unit; of equals the first",
        one(
            Group(
                (
                    Deduction(Cases(FAULTS), points=1),
                    Deduction(Once(Flag(REGISTER, expected=False)), points=2),
                ),
                pick="worst",
            ),
            5,
            [FAULTS, REGISTER],
        ),
        (
            check(
                {"faults": 1, "register": False},
                "3",
                "1 rule -1 0\n1 not_picked 1 0\n1 rule -2 -2",
            ),
            check(
                {"faults": 3, "register": False},
                "2",
                "1 rule -3 -3\n1 rule -2 0\n1 not_picked 2 0",
            ),
            check({"faults": 2, "register": False}, "3"),
        ),
    ),
    Case(
        "group-best",
        "the better of the rate and its growth earns (就高)",
        "§2: `BEST` the other way; a member that reads what does not apply is not chosen from",
        one(
            Group(
                (
                    Bands(SATISFACTION, "earn", [Band(5, low=95), Band(2, low=85)]),
                    Bands(CHECKS, "earn", [Band(4, low=10), Band(1, low=5)]),
                ),
                pick="best",
            ),
            5,
            [SATISFACTION, CHECKS],
        ),
        (
            check({"satisfaction": 96, "checks": 10}, "5"),
            check({"satisfaction": 88, "checks": 12}, "4"),
            check({"satisfaction": 50, "checks": 5}, "1"),
            check({"satisfaction": NOT_APPLICABLE, "checks": 5}, "1"),
        ),
    ),
    Case(
        "group-best-silent",
        "of two deductions the cheaper counts, among those that can speak",
        "§1, §2: a silent rule is as if it were not there",
        one(
            Group(
                (
                    Deduction(StepsBelow(SATISFACTION, target=90, step=5), points=1),
                    Deduction(Cases(FAULTS), points=1),
                ),
                pick="best",
            ),
            5,
            [SATISFACTION, FAULTS],
        ),
        (
            check({"satisfaction": 70, "faults": 2}, "3"),
            check({"satisfaction": NOT_APPLICABLE, "faults": 2}, "3"),
            check({"satisfaction": 70, "faults": NOT_APPLICABLE}, "1"),
        ),
    ),
    Case(
        "group-all-capped",
        "two deductions together take at most 3 points",
        "§2: `ALL` sums the members' capped amounts; then the group's cap",
        one(
            Group(
                (
                    Deduction(Cases(FAULTS), points=1, cap=2),
                    Deduction(StepsBelow(SATISFACTION, target=90, step=5), points=1),
                ),
                cap=3,
            ),
            5,
            [FAULTS, SATISFACTION],
        ),
        (
            check({"faults": 1, "satisfaction": 85}, "3", "1 rule -1 -1\n1 rule -1 -1"),
            check(
                {"faults": 4, "satisfaction": 78},
                "2",
                "1 rule -4 -2\n1 cap 2 0\n1 rule -2 -1\n1 group_cap 1 0",
            ),
        ),
    ),
)
