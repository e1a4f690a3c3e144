"""Conformance cases for section 1 of the contract: values and thresholds."""

from __future__ import annotations

from decimal import Decimal

from conformance_case import (
    CHECKS,
    FAULTS,
    REGISTER,
    SATISFACTION,
    Case,
    check,
    each,
    one,
)
from healthduty.exact import Ratio
from healthduty.records.record import MISSING, NOT_APPLICABLE, Observation, Statement
from healthduty.records.record import Case as Found
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Absent, Measure, MeasureKind
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple

_STEPS = Deduction(StepsBelow(SATISFACTION, target=90, step=5), points="0.5")
_VISITS = Measure("visits", "诊疗人次", unit="人次")
_LAST = Measure("visits_last", "上年诊疗人次", unit="人次")
_HOMES = Measure("homes", "签约户", unit="户")
_MORTALITY = Measure("mortality", "孕产妇死亡率", unit="1/10万")

VALUES = (
    Case(
        "value-rate-spellings",
        "a rate is the same number however it is written",
        "§1: a rate stands in its own unit; a text may carry it; a pair is never divided first",
        one(_STEPS, 3, [SATISFACTION]),
        (
            *each(
                "satisfaction",
                (83, "2.5"),
                ("83%", "2.5"),
                ("８３％", "2.5"),
                ("830‰", "2.5"),
                ("83/100", "2.5"),
                (Decimal("83.00"), "2.5"),
                (Ratio(83, 100), "2.5"),
                (Ratio(5, 6), "2.5"),
            ),
            check({"satisfaction": "17/20"}, "2.5", "1 rule -0.5 -0.5", items={"1": "2.5"}),
        ),
    ),
    Case(
        "value-rate-per-100000",
        "a rate per 100,000 that was counted: 2 of 16,000 are 12.5",
        "§1: a pair is the numerator over the denominator, in the measure's unit",
        one(Deduction(StepsAbove(_MORTALITY, target=8, step="0.5"), points="0.1"), 3, [_MORTALITY]),
        each("mortality", (Ratio(2, 16_000), "2.1"), ("12.5", "2.1"), (8, "3"), ("0.9‰", "0")),
    ),
    Case(
        "value-boundary-exact",
        "92.3 − 92.0 at a step of 0.3 is one step, and so is 0.98 − 0.68",
        "§1, §2: numbers are exact; a boundary is never a hair short of itself",
        one(
            Deduction(StepsBelow(SATISFACTION, target="92.3", step="0.3"), points=1),
            200,
            [SATISFACTION],
        ),
        each(
            "satisfaction",
            ("92.3", "200"),
            ("92.01", "200"),
            ("92.0", "199"),
            (91.7, "198"),
            ("91.71", "199"),
            (0.2, "0"),  # 92.1 short: 307 steps for 200 points
        ),
    ),
    Case(
        "value-blank-is-none-found",
        "a blank on a negative list means that none was found",
        "§1: none found counts as 0",
        one(Deduction(Cases(FAULTS), points=2), 5, [FAULTS]),
        (
            check({}, "5", "1 rule 0 0"),
            check({"faults": None}, "5"),
            check({"faults": 2}, "1", "1 rule -4 -4"),
        ),
    ),
    Case(
        "value-blank-is-zero",
        "where the agreement counts missing as zero, a blank is nothing done",
        "§1: `zero` counts as 0",
        one(
            Deduction(Lacking("talks", required=2), points="0.5"),
            3,
            [Measure("talks", "讲座", unit="次", absent=Absent.ZERO)],
        ),
        (check({}, "2", "1 rule -1 -1"), check({"talks": 1}, "2.5")),
    ),
    Case(
        "value-missing",
        "a missing value leaves no total",
        "§1: missing: the total can't be told",
        one(_STEPS, 3, [SATISFACTION]),
        (check({}, None, earned=None), check({"satisfaction": MISSING}, None, earned=None)),
    ),
    Case(
        "value-flag-and-cases",
        "a flag is yes or no; cases are a flag too: at least one",
        "§1: a flag as 1 or 0; a condition on cases: that there was one",
        one(
            (
                Deduction(Once(Flag(REGISTER, expected=False)), points=1),
                Deduction(Once(Flag(FAULTS)), points=2),
            ),
            5,
            [REGISTER, FAULTS],
        ),
        (
            check({"register": True}, "5", "1 rule 0 0\n1 rule 0 0"),
            check({"register": "无"}, "4", "1 rule -1 -1\n1 rule 0 0"),
            check({"register": "√", "faults": 3}, "3", "1 rule 0 0\n1 rule -2 -2"),
            check({"register": "是", "faults": [Found("a"), Found("b")]}, "3"),
            check({"register": "是", "faults": 0}, "5"),
        ),
    ),
    Case(
        "value-stages",
        "the last agreed statement scores: reviewed, else verified, else self-assessed",
        "§1, vocabulary “Record”: 自评 → 核实 → 复核",
        one(_STEPS, 3, [SATISFACTION]),
        (
            check({"satisfaction": Observation("95%")}, "3"),
            check({"satisfaction": Observation("95%", verified="79%")}, "2"),
            check({"satisfaction": Observation("95%", verified="79%", reviewed="84%")}, "2.5"),
            check({"satisfaction": Statement("84%", assessor="甲", evidence="问卷")}, "2.5"),
        ),
    ),
    Case(
        "value-not-applicable",
        "what does not apply earns full points by default; 0/0 does not apply",
        "§1: rules that read it are silent; §4: full points",
        one(_STEPS, 3, [SATISFACTION]),
        (
            check({"satisfaction": NOT_APPLICABLE}, "3", items={"1": "3"}),
            check({"satisfaction": Ratio(0, 0)}, "3", items={"1": "3"}),
        ),
    ),
    Case(
        "threshold-given",
        "last year's value comes with the record; each 1 % of it that is short takes 0.1",
        "§1: a given threshold is the value of another measure; §2: a relative step",
        one(
            Deduction(
                StepsBelow(_VISITS, target=Given(_LAST.code), step=1, relative=True), points="0.1"
            ),
            2,
            [_VISITS, _LAST],
        ),
        (
            check({"visits": 2100, "visits_last": 2000}, "2"),
            check({"visits": 2000, "visits_last": 2000}, "2"),
            check({"visits": 1981, "visits_last": 2000}, "2"),
            check({"visits": 1980, "visits_last": 2000}, "1.9"),
            check({"visits": 1955, "visits_last": 2000}, "1.8"),
            check({"visits": 5}, None),
            check({"visits": 5, "visits_last": 0}, None),
        ),
    ),
    Case(
        "threshold-multiple",
        "four visits a household: 3 households ask for 12",
        "§1: factor × the value + plus; §2: a required number is rounded down",
        one(
            (
                Deduction(Lacking(_VISITS, required=Multiple(4, _HOMES.code)), points="0.5"),
                Deduction(Lacking(CHECKS, required=Multiple("0.5", _HOMES.code, plus=1)), points=1),
            ),
            5,
            [_VISITS, _HOMES, CHECKS],
        ),
        (
            # 10 of 12: two lack. 0.5 × 3 + 1 = 2.5, rounded down 2: one lacks.
            check({"homes": 3, "visits": 10, "checks": 1}, "3", "1 rule -1 -1\n1 rule -1 -1"),
            check({"homes": 3, "visits": 12, "checks": 2}, "5"),
            check({"homes": 0, "visits": 0, "checks": 0}, "4", "1 rule 0 0\n1 rule -1 -1"),
        ),
    ),
    Case(
        "threshold-by-kind",
        "a centre must reach 95, a station 90, anybody else 85",
        "§1: `ByKind` looks up the record's kind",
        one(
            Deduction(
                StepsBelow(
                    SATISFACTION, target=ByKind({"centre": 95, "station": 90}, default=85), step=5
                ),
                points="0.5",
            ),
            3,
            [SATISFACTION],
        ),
        tuple(
            check({"satisfaction": 80}, total, about={"kind": kind})
            for kind, total in (
                ("centre", "1.5"),
                ("station", "2"),
                ("clinic", "2.5"),
                (None, "2.5"),
            )
        ),
    ),
    Case(
        "threshold-blank",
        "a blank that nobody filled can't be scored",
        "§1: no total; the finding names the blank",
        one(
            Deduction(StepsBelow(SATISFACTION, target=Blank("满意率"), step=5), points=1),
            3,
            [SATISFACTION],
        ),
        (check({"satisfaction": 80}, None, earned=None),),
    ),
    Case(
        "value-growth-may-be-negative",
        "growth of −3 % against +10 % is 13 points short",
        "§1: growth is in points of growth, and may be negative",
        one(
            Deduction(StepsBelow("growth", target=10, step=2), points="0.1"),
            2,
            [Measure("growth", "业务收入增长", unit="%", kind=MeasureKind.GROWTH)],
        ),
        each("growth", ("-3%", "1.4"), ("10%", "2"), ("12.5%", "2"), ("8%", "1.9")),
    ),
)
