"""The conformance suite: agreements, records and what they must score, worked out by hand.

Every case of `conformance_*.py` becomes one file of tests/cases, which needs no Python to read: an
agreement and its records as healthduty's own files hold them, and what the contract
(docs/en/explanation/how-a-point-is-lost.md) makes of each. Whoever ports the scorer reads the
files; tests/cases/README.md says what stands in them. After a change:

    python tests/conformance.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from healthduty.convert.files import dumps
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.records.files import write_records_json
from healthduty.records.record import Record
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Rule

FOLDER = Path(__file__).parent / "cases"

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


def text_of(case: Case) -> str:
    """Return the file of a case."""
    content = {
        "title": case.title,
        "why": case.why,
        "agreement": json.loads(dumps(case.agreement)),
        "cases": [
            {
                "record": json.loads(write_records_json([one.record]))[0],
                "expected": one.expected,
            }
            for one in case.checks
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def all_cases() -> tuple[Case, ...]:
    """Return all cases, by the sections of the contract."""
    from conformance_amounts import AMOUNTS
    from conformance_items import ITEMS
    from conformance_totals import TOTALS
    from conformance_values import VALUES

    return (*VALUES, *AMOUNTS, *ITEMS, *TOTALS)


def main() -> None:
    """Write every file anew; one that no case makes is removed."""
    cases = {FOLDER / f"{case.name}.json": text_of(case) for case in all_cases()}
    for path in FOLDER.glob("*.json"):
        if path not in cases:
            path.unlink()
    for path, text in cases.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
