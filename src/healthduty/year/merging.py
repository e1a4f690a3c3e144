"""Merging: one unit assessed by several offices, each its part, put together into one record.

What only one office observed is taken. Where two say the same it is taken once. Where they say
different things, the value of the office that assesses the item stands, and what the others say
is a finding; where no one office assesses it, the value is left out and nobody's word counts.

Source: “by several offices, each its part, merged with conflicts listed”;
vocabulary “Section” (the office that assesses it).

>>> from healthduty.rules.measure import Measure
>>> rate = Measure("rate", "满意率", unit="%")
>>> agreement = Agreement("示例", measures=(rate, Measure("count", "例会")))
>>> parts = {
...     "医政科": Record("a", {"rate": "83%"}),
...     "公卫科": Record("a", {"rate": 83, "count": 3}),
... }
>>> merged = merge_records(agreement, parts)
>>> dict(merged.record.values), merged.findings.codes
({'rate': '83%', 'count': 3}, ())
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

import attrs

from healthduty.errors import UsageError
from healthduty.exact import Number
from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Node, children_of
from healthduty.records.headers import Holds, holds_words
from healthduty.records.observe import observe
from healthduty.records.record import MISSING, Missing, Plain, Record, Value, stated
from healthduty.results.resolved import Resolved
from healthduty.rules.rule import rule_measures
from healthduty.said import Said, chinese

T = TypeVar("T")


def offices_of(agreement: Agreement) -> dict[str, tuple[str, ...]]:
    """Return which offices assess each measure, and each judged item by its number.

    An item's office is its own, or that of what is around it.
    """
    offices: dict[str, dict[str, None]] = {}
    for node in agreement.parts:
        for code, office in _assessed(node, ""):
            offices.setdefault(code, {})[office] = None
    return {code: tuple(found) for code, found in offices.items()}


def _assessed(node: Node, around: str) -> Iterator[tuple[str, str]]:
    office = node.office or around
    if office:
        yield from ((code, office) for rule in node.rules for code in rule_measures(rule))
        if node.number:
            yield node.number, office
    for child in children_of(node):
        yield from _assessed(child, office)


def merge_records(agreement: Agreement, parts: Mapping[str, Record]) -> Resolved:
    """Put the records of several offices together, by the office's name.

    Facility, kind, population and period are the first office's that has them; where another
    says otherwise, that is a finding.

    Raises:
        UsageError: no record, or records of different facilities.
    """
    if len({record.facility for record in parts.values()}) != 1:
        names = ", ".join(f"`{record.facility}`" for record in parts.values()) or "none"
        raise UsageError(f"offices assess one facility, not {names}")
    assessing = offices_of(agreement)
    findings: list[Finding] = []
    values: dict[str, Value] = {}
    codes = dict.fromkeys(code for record in parts.values() for code in record.values)
    for code in codes:
        said = {
            office: record.values[code]
            for office, record in parts.items()
            if _speaks(record.values.get(code))
        }
        values[code] = _agreed(agreement, code, said, assessing.get(code, ()), findings)
    first = next(iter(parts.values()))
    findings += _about_the_unit(parts)
    record = attrs.evolve(
        first,
        values=values,
        kind=_first(record.kind for record in parts.values()),
        population=_first_population(parts.values()),
        period=_first(record.period for record in parts.values()),
    )
    return Resolved(record, Findings(findings))


def _speaks(value: Value) -> bool:
    plain, _ = stated(value)
    return plain is not None and not isinstance(plain, Missing)


def _agreed(
    agreement: Agreement,
    code: str,
    said: Mapping[str, Value],
    assessing: Iterable[str],
    findings: list[Finding],
) -> Value:
    """Return the value that stands of what several offices say."""
    if not said:
        return MISSING
    readings: dict[object, list[str]] = {}
    for office, value in said.items():
        readings.setdefault(_reading(agreement, code, stated(value)[0]), []).append(office)
    first = next(iter(said.values()))
    if len(readings) == 1:
        return first
    entitled = [office for office in assessing if office in said]
    told = _told({office: _shown(stated(value)[0]) for office, value in said.items()})
    if len(entitled) == 1:
        message = Said(
            f"`{code}`: {told}: that of {entitled[0]}, which assesses it, stands",
            f"`{code}`：{told.zh}；该项由{entitled[0]}考核，以其为准",
        )
        findings.append(Finding("merge-overruled", message, severity=Severity.WARNING))
        return said[entitled[0]]
    message = Said(
        f"`{code}`: {told}: no one office assesses it, and none of them stands",
        f"`{code}`：{told.zh}；没有哪一个科室专门考核该项，均不采用",
    )
    findings.append(Finding("merge-conflict", message))
    return MISSING


def _reading(agreement: Agreement, code: str, value: Plain) -> object:
    """Return what makes two values the same: what a rule would read, or the value itself."""
    measure = agreement.measure(code)
    if measure is None or isinstance(value, (tuple, list)):
        return repr(value)
    seen = observe(measure, value, [])
    return Fraction(*seen) if isinstance(seen, tuple) else (seen, repr(value))


def _told(said: Mapping[str, str]) -> Said:
    """Return what each office says, one after the other."""
    return Said(
        "; ".join(f"{office} {value}" for office, value in said.items()),
        "，".join(f"{office}报{chinese(value)}" for office, value in said.items()),
    )


def _shown(value: Plain) -> str:
    if isinstance(value, (tuple, list)):
        return Said(f"{len(value)} entries", f"{len(value)}条")
    return f"`{value}`"


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _first_population(records: Iterable[Record]) -> Number | None:
    # Not by _first: a union of numbers has no type variable of its own.
    return next((each.population for each in records if each.population is not None), None)


def _about_the_unit(parts: Mapping[str, Record]) -> Iterator[Finding]:
    """Yield in what the offices differ about the unit itself."""
    for what in ("kind", "population", "period"):
        said = {office: getattr(record, what) for office, record in parts.items()}
        known = {office: value for office, value in said.items() if value is not None}
        if len({repr(value) for value in known.values()}) > 1:
            told = _told({office: f"`{value}`" for office, value in known.items()})
            message = Said(
                f"{what}: {told}: the first of them stands",
                f"{holds_words(Holds(what)).zh}不一致：{told.zh}；以第一个为准",
            )
            yield Finding("merge-unit-differs", message, severity=Severity.WARNING)
