"""What a conformance case is made of: an agreement, records, and what each must score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.record import Record
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Rule

SATISFACTION = Measure("satisfaction", "满意率", unit="%")
CHECKS = Measure("checks", "检查", unit="次")
FAULTS = Measure("faults", "违规", kind=MeasureKind.CASES)
REGISTER = Measure("register", "台账", kind=MeasureKind.FLAG)
LEVEL = Measure("level", "评价", levels=("优", "良", "差"))
COST = Measure("cost", "费用", unit="万元")


@attrs.frozen
class Check:
    """One record and what it must score; what is left out of `expected` is not looked at."""

    record: Record
    expected: dict[str, Any]


@attrs.frozen
class Case:
    """One agreement, why it is there, and its records."""

    name: str
    title: str
    why: str
    agreement: Agreement
    checks: tuple[Check, ...]


def check(
    values: Mapping[str, Any],
    total: str | None,
    lines: str = "",
    *,
    about: Mapping[str, Any] | None = None,
    **expected: Any,  # noqa: ANN401 - whatever of a sheet the case is about
) -> Check:
    """Write down one record and its score.

    `lines` are written one a line: number (`-` for the total), kind, raw and effective points.
    `about` is what else the record says (kind, period, population); further keywords are points
    of the sheet: earned, bonus, apart, grade, items, money.
    """
    record = Record("nanguan", values, **dict(about or {}))
    told: dict[str, Any] = {"total": total, **expected}
    if lines:
        rows = [line.split() for line in lines.strip().splitlines()]
        told["lines"] = [["" if n == "-" else n, *rest] for n, *rest in rows]
    return Check(record, told)


def each(code: str, *pairs: tuple[Any, str | None]) -> tuple[Check, ...]:
    """Write down records that hold one value each, and their totals."""
    return tuple(check({code: value}, total) for value, total in pairs)


def one(
    rules: Rule | Iterable[Rule],
    points: object,
    measures: Iterable[Measure],
    **more: Any,  # noqa: ANN401
) -> Agreement:
    """Make an agreement of a single indicator `1`."""
    item = Indicator("1", "条目", points=points, rules=rules, **more.pop("item", {}))  # type: ignore[arg-type]
    return Agreement("示例", measures=tuple(measures), parts=(item,), **more)


def section(*items: Section | Indicator, number: str = "1", **more: Any) -> Section:  # noqa: ANN401
    """Make a section of these items."""
    return Section(number, "大项", parts=items, **more)
