"""An agreement with every kind of rule, way of counting, group and excuse, and facilities for it.

The values go round in circles of different lengths, on steps and beside them, so that no two
facilities are alike and every rule meets what it stumbles over.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import cycle, islice
from typing import Any

from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import FullPoints, MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.grades import GradeScale
from healthduty.model.indicator import Indicator, Section
from healthduty.model.veto import LowerGrade, Veto, ZeroSection
from healthduty.records.record import NOT_APPLICABLE, Case, Record
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import Share
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
    LevelBand,
    Rule,
    Times,
)
from healthduty.rules.tally import ByAttribute, Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind, Given, Multiple

RATE = Measure("rate", "满意率", unit="%")
DEATHS = Measure("deaths", "死亡率", unit="1/10万")
LAST = Measure("last", "上年满意率", unit="%")
VISITS = Measure("visits", "巡查", unit="次")
HOUSES = Measure("houses", "应查户", unit="户")
CASES = Measure("cases", "差错", kind="cases")
SPENT = Measure("spent", "支出", unit="万元")
HYGIENE = Measure("hygiene", "环境", levels=("优", "良", "差"))
LEDGER = Measure("ledger", "台账", kind="flag")
PEERS = Measure("peers", "同行平均", kind="amount")

_BELOW = Deduction(StepsBelow(RATE, target=90, step=5), points="0.5")
_STARTED = Deduction(StepsBelow(RATE, target="92.5", step="0.3", counting="started"), points="0.1")
_SHARE = Deduction(
    StepsBelow(RATE, target=90, counting="proportional"), points=Share(Fraction(1, 3))
)
_ABOVE = Deduction(StepsAbove(DEATHS, target=12, step="0.5"), points="0.25", cap=2)
_GROUPED = (_BELOW, _STARTED, _ABOVE)

RULES: tuple[Rule | tuple[Rule, ...], ...] = (
    _BELOW,
    _STARTED,
    _SHARE,
    _ABOVE,
    Deduction(StepsAbove(SPENT, target=100, step=2, relative=True), points="0.3", cap=3),
    Deduction(StepsBelow(RATE, target=Given(LAST.code), step=1), points="0.1"),
    Deduction(StepsBelow(RATE, target=ByKind({"甲": 95}, default="88.8"), step=2), points=1),
    Deduction(Lacking(VISITS, required=12, prorated=True), points="0.2"),
    Deduction(Lacking(VISITS, required=Multiple("0.5", HOUSES.code, plus=1), step=2), points=1),
    Deduction(
        Cases(CASES, free=1),
        points=1,
        times=Times(Fraction(1, 3), Flag(LEDGER.code)),
        when=Flag(LEDGER.code),
    ),
    Deduction(
        Cases(CASES, by=ByAttribute("情节", (("重", 2), ("轻", "0.5")), otherwise=1)), points="0.7"
    ),
    Deduction(Once(Flag(LEDGER.code, expected=False)), points=2, reach="section"),
    Bands(RATE, "lose", (Band(0, low=90), Band(1, low=80), Band("2.5", high=80))),
    Bands(HYGIENE, "lose", (LevelBand("良", 1), LevelBand("差", 3))),
    Curve(RATE, "lose", (Knot(60, 5), Knot(80, "1.2"), Knot(95, 0))),
    Judgement("tidy", "lose", least="0.5", most=2),
    (_BELOW, Forfeit(Flag(LEDGER.code, expected=False), scope="indicator")),
    Group(_GROUPED, cap=3),
    Group(_GROUPED, pick="best"),
    Group(_GROUPED, pick="worst"),
    Bands(RATE, "earn", (Band(5, low=95), Band(3, low=85)), otherwise=1),
    (_ABOVE, Bonus(StepsAbove(RATE, target=90, step=1), points="0.1", where="inside")),
    (_ABOVE, Bonus(StepsAbove(RATE, target=90, step=1), points="0.2", cap=1)),
    (_ABOVE, Bonus(StepsAbove(RATE, target=90, step=1), points="0.2", where="apart")),
)
EXCUSALS = (
    FullPoints(),
    ZeroPoints(),
    Rescaled("section"),
    Rescaled("total"),
    MovedTo("1"),
    PeersMean(PEERS.code),
)
MEASURES = (RATE, DEATHS, LAST, VISITS, HOUSES, CASES, SPENT, HYGIENE, LEDGER, PEERS)


def _items(first: int, rules: tuple[Rule | tuple[Rule, ...], ...]) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(
            str(place),
            f"第{place}项",
            points=5,
            rules=rule,
            excused=EXCUSALS[place % len(EXCUSALS)],
        )
        for place, rule in enumerate(rules, start=first)
    )


def _agreement(title: str, rules: tuple[Rule | tuple[Rule, ...], ...]) -> Agreement:
    return Agreement(
        title,
        measures=MEASURES,
        parts=(
            Section("一", "前半", parts=_items(1, rules[:12]), cap=58),
            Section("二", "后半", parts=_items(13, rules[12:])),
        ),
        rules=Deduction(Cases(CASES), points="0.5", reach="total"),
        bonus_cap=1,
        grades=GradeScale.of(优秀=100, 合格=70, 不合格=None),
        vetoes=(
            Veto(
                "spent",
                "超支",
                when=Flag(LEDGER.code),
                effects=(LowerGrade(), ZeroSection("二")),
            ),
        ),
    )


def _asks_which(rule: Rule | tuple[Rule, ...]) -> bool:
    tally = getattr(rule, "tally", None)
    return isinstance(tally, Cases) and tally.by is not None


AGREEMENT = _agreement("每一种规则", RULES)
UNLISTED = _agreement("没有个案清单", tuple(rule for rule in RULES if not _asks_which(rule)))
"""Without the rule that weighs cases: all that is observed stands in the yellow cells."""

_CASES = tuple(
    tuple(Case(str(place), attributes={"情节": word}) for place, word in enumerate(words))
    for words in ((), ("重",), ("轻", "重"), ("轻", "轻", "其他"), ("重",) * 4)
)
_VALUES: dict[str, tuple[Any, ...]] = {
    "rate": (90, 85, "84.99", "92.2", Ratio(33, 40), "59.5", 95, "80", Ratio(2, 3), 100, "88.8"),
    "deaths": (12, "12.5", "12.49", Ratio(13, 100_000), 20, 0, NOT_APPLICABLE),
    "last": (90, "85.1", 84, "95.5"),
    "visits": (12, 11, 0, 5, 6),
    "houses": (10, 9, 0, NOT_APPLICABLE),
    "cases": _CASES,
    "spent": (100, 102, "101.99", "104.01", "98.7", NOT_APPLICABLE),
    "hygiene": ("优", "良", "差", NOT_APPLICABLE),
    "ledger": ("是", "是", "否"),
    "peers": ("3.333", "1.005", 7),
    "tidy": (0, "0.5", 2, (1, "1.5", 0), NOT_APPLICABLE),
}


def facilities(count: int) -> Iterator[Record]:
    """Return so many facilities."""
    columns = {code: cycle(values) for code, values in _VALUES.items()}
    about = zip(
        cycle(("甲", "乙", "丙")), cycle(("2024", "2024-H1", "2024-Q3", "2024-07")), strict=False
    )
    for place, (kind, period) in enumerate(islice(about, count)):
        values = {code: next(column) for code, column in columns.items()}
        yield Record(f"机构{place}", values, kind=kind, period=period)
