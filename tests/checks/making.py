"""Small agreements for the tests of the checks: `make` brings along the measures that are named.

`LOSES` is a rule that can lose any item's points, for items whose rules are not the point.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from healthduty.checks.check import check
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Rule
from healthduty.rules.tally import Cases

POOL = (
    Measure("rate", "满意率", unit="%"),
    Measure("last_year", "上年满意率", unit="%"),
    Measure("deaths", "死亡率", unit="‰"),
    Measure("done", "完成率", unit="%", kind="completion"),
    Measure("growth", "业务收入增长", unit="%", kind="growth"),
    Measure("visits", "巡查", unit="次"),
    Measure("surveys", "问卷调查", unit="次"),
    Measure("households", "签约户数", unit="户"),
    Measure("peers", "同类平均得分", kind="amount"),
    Measure("hours", "培训", unit="学时"),
    Measure("complaints", "投诉", unit="例", kind="cases"),
    Measure("accident", "责任事故", kind="flag"),
    Measure("quality", "档案质量", levels=("优", "良", "差")),
)

LOSES = Deduction(Cases("complaints"), points=1)


def _names(thing: object) -> Iterable[str]:
    """Go through all texts in a record of the model: measure codes are among them."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _names(part)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            yield from _names(getattr(thing, field.name))


def make(*parts: Section | Indicator, **fields: Any) -> Agreement:  # noqa: ANN401 - any field
    """Return an agreement of these parts, with the pool's measures that they name."""
    measures = fields.pop("measures", None)
    bare = Agreement("示例目标责任书", parts=parts, **fields)
    named = set(_names(bare))
    used = tuple(measure for measure in POOL if measure.code in named)
    return attrs.evolve(bare, measures=used if measures is None else measures)


def item(*rules: Rule, number: str = "1", points: object = 5, **fields: Any) -> Indicator:  # noqa: ANN401 - any field
    """Return an indicator of 5 points with these rules, or one that loses by complaints."""
    return Indicator(number, points=points, rules=rules or (LOSES,), **fields)


def codes(agreement: Agreement) -> list[str]:
    """Return the codes that the check of an agreement finds."""
    return list(check(agreement).codes)


def only(agreement: Agreement) -> str:
    """Return the one finding of an agreement as it is printed."""
    findings = check(agreement)
    assert len(findings) == 1, str(findings)
    return str(findings[0])
