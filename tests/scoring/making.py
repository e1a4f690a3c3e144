"""Small agreements for the scorer's own tests: one item, a test's rules, a pool of measures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Node, Section
from healthduty.records.record import Record
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Curve, Deduction, Knot, Rule
from healthduty.rules.tally import Cases, Lacking, Once, StepsBelow
from healthduty.scoring.lines import LineKind
from healthduty.scoring.plan import plan
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.wording import Language

RATE = Measure("rate", "满意率", unit="%")
LAST = Measure("last", "上年满意率", unit="%")
DONE = Measure("done", "完成率", unit="%", kind="completion")
GROWTH = Measure("growth", "收入增长", unit="%", kind="growth")
DEATHS = Measure("deaths", "死亡率", unit="‰")
VISITS = Measure("visits", "巡查", unit="次")
HOMES = Measure("homes", "应访户", unit="户")
PRAISE = Measure("praise", "表扬", unit="次", absent="zero")
COMPLAINTS = Measure("complaints", "投诉", unit="例", kind="cases")
BREACHES = Measure("breaches", "违规", unit="例", kind="cases")
INCOME = Measure("income", "收入", unit="万元")
PEERS = Measure("peers", "同类均分", kind="amount")
LEDGER = Measure("ledger", "台账", kind="flag")
ACCIDENT = Measure("accident", "责任事故", kind="flag")
QUALITY = Measure("quality", "档案质量", levels=("优", "良", "差"))

POOL = (
    RATE,
    LAST,
    DONE,
    GROWTH,
    DEATHS,
    VISITS,
    HOMES,
    PRAISE,
    COMPLAINTS,
    BREACHES,
    INCOME,
    PEERS,
    LEDGER,
    ACCIDENT,
    QUALITY,
)
"""One measure of every kind, and a few more."""

SHORT = Deduction(StepsBelow(RATE, target=90, step=5), points="0.5")
"""Each 5 % below 90 %, half a point."""

FEW = Deduction(Lacking(VISITS, required=4), points=1)
"""Each visit that lacks of 4, a point."""

EACH = Deduction(Cases(COMPLAINTS), points=1)
"""Each complaint, a point."""

NO_LEDGER = Flag(LEDGER, expected=False)
"""The ledger is not kept."""

UNKEPT = Deduction(Once(NO_LEDGER), points=2)
"""No ledger, 2 points, once."""

BY_BAND = Bands(RATE, "earn", (Band(5, low=90), Band(3, low=80, high=90)))
"""5 points from 90 %, 3 from 80 %, else none."""

BY_LINE = Curve(RATE, "earn", (Knot(60, 0), Knot(90, 10)))
"""A straight line from nothing at 60 % to 10 points at 90 %."""


def item(*rules: Rule, number: str = "1", points: Any = 10, **options: Any) -> Indicator:  # noqa: ANN401
    """Return an indicator with these rules."""
    return Indicator(number, points=points, rules=rules, **options)


def section(*parts: Section | Indicator, number: str = "1", **options: Any) -> Section:  # noqa: ANN401
    """Return a section of these items."""
    return Section(number, parts=parts, **options)


def make(*parts: Node | Rule, **options: Any) -> Agreement:  # noqa: ANN401
    """Return an agreement of these sections and items; rules alone make one item of 10 points."""
    nodes = [part for part in parts if isinstance(part, (Section, Indicator))]
    rules = [part for part in parts if not isinstance(part, (Section, Indicator))]
    found = (*nodes, item(*rules)) if rules else tuple(nodes)  # type: ignore[arg-type]
    options.setdefault("measures", POOL)
    return Agreement("示例", parts=found, **options)


def scored(agreement: Agreement, values: Mapping[str, Any], **options: Any) -> ScoreSheet:  # noqa: ANN401
    """Score an agreement over these values."""
    return score(agreement, Record("nanguan", values, **options))


def total(agreement: Agreement, /, **values: Any) -> Decimal | None:  # noqa: ANN401
    """Return the total of an agreement over these values."""
    return scored(agreement, values).total


def told(agreement: Agreement, lang: Language = "zh", /, **values: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return the sentences of a sheet over these values."""
    return scored(agreement, values).sentences(lang)


def earned(agreement: Agreement, /, **values: Any) -> dict[str, Decimal | None]:  # noqa: ANN401
    """Return what each item earned, by its number."""
    return {each.number: each.earned for each in scored(agreement, values).items}


def line_points(sheet: ScoreSheet) -> list[tuple[str, str, Decimal, Decimal]]:
    """Return each line's item, kind, raw and effective points."""
    return [(line.number, line.kind.value, line.raw, line.effective) for line in sheet.lines]


def kinds(sheet: ScoreSheet) -> list[LineKind]:
    """Return the kinds of a sheet's lines."""
    return [line.kind for line in sheet.lines]


def codes(sheet: ScoreSheet) -> list[str]:
    """Return the codes of a sheet's findings."""
    return list(sheet.findings.codes)


def plan_codes(agreement: Agreement) -> list[str]:
    """Return the codes of what keeps an agreement from being scored."""
    return list(plan(agreement).findings.codes)
