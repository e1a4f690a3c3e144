"""From duties to the record: what was done becomes a value before anything is scored.

Which value a duty becomes follows from the kind of the measure that it feeds: a count is what
counts of the done ones, a rate what was met of what was required, a flag whether nothing is
lacking, a list of cases each time that is lacking or came late. Rules never see a duty.

Source: semantics 10, 14 (what depends on others is a value in the record, with its source).

>>> import datetime
>>> from healthduty.calendars import DaySpan
>>> from healthduty.model.obligation import Obligation
>>> from healthduty.year.obligations import fulfilment
>>> from healthduty.year.occasions import Scope
>>> from healthduty.year.submissions import Submission
>>> visits = Obligation("visits", "巡查", times=4, measure="visits")
>>> agreement = Agreement("示例", measures=(Measure("visits", "巡查"),), obligations=(visits,))
>>> scope = Scope(DaySpan(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)))
>>> done = fulfilment(visits, [Submission("visits", "2024-02-01", 3)], scope)
>>> print(feed(Record("nanguan", {}), agreement, [done]).record.values["visits"])
Statement(value=3, ... evidence='visits: 3/4 to 2024-12-31', unevidenced=False, ...)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from healthduty.exact import Ratio, show
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.model.obligation import Every
from healthduty.records.record import Case, Plain, Record, Statement
from healthduty.results.resolved import Resolved, put_values
from healthduty.rules.measure import Measure, MeasureKind, kind_word
from healthduty.said import Said, joined
from healthduty.year.obligations import Fulfilment


def values_of(
    agreement: Agreement, fulfilments: Iterable[Fulfilment]
) -> tuple[Mapping[str, Statement], Findings]:
    """Return the values that duties become, by the measure's code, each with its source.

    Several duties that feed one measure add up; for a flag all of them must be met.
    """
    feeding: dict[str, list[Fulfilment]] = {}
    for found in fulfilments:
        if found.obligation.measure is not None:
            feeding.setdefault(found.obligation.measure, []).append(found)
    values: dict[str, Statement] = {}
    findings: list[Finding] = []
    for code, parts in feeding.items():
        measure = agreement.measure(code)
        value = None if measure is None else _value(measure, parts)
        if value is None:
            findings.append(_unfed(code, measure, parts))
            continue
        values[code] = Statement(
            value,
            on=max(part.until for part in parts),
            evidence=_evidence(parts),
        )
    return values, Findings(findings)


def _evidence(parts: Sequence[Fulfilment]) -> Said:
    """Return from which duties a value comes, in words."""
    sources = [_source(part) for part in parts]
    return Said("; ".join(sources), "；".join(source.zh for source in sources))


def _source(found: Fulfilment) -> Said:
    met = found.required - found.lacking
    code, done = found.obligation.code, f"{show(met)}/{show(found.required)}"
    return Said(f"{code}: {done} to {found.until}", f"{code}：截至{found.until}完成{done}")


def _unfed(code: str, measure: Measure | None, parts: Sequence[Fulfilment]) -> Finding:
    duties = joined(f"`{part.obligation.code}`" for part in parts)
    if measure is None:
        message = Said(
            f"{duties} feeds `{code}`, no measure of the agreement",
            f"{duties.zh}要填入`{code}`，责任书里没有这个指标",
        )
        return Finding("duty-measure-unknown", message)
    kind = kind_word(measure.kind)
    message = Said(
        f"{duties} can't become `{code}`, which is a {kind}",
        f"{duties.zh}不能填入`{code}`：它是{kind.zh}指标",
    )
    hint = Said(
        "a duty becomes a count, an amount, a rate, a flag or cases",
        "工作要求的完成情况可以填入次数、数量、比率、是否或例数指标",
    )
    return Finding("duty-measure-kind", message, hint=hint)


def _value(measure: Measure, parts: Sequence[Fulfilment]) -> Plain | None:
    """Return what duties become for a measure of this kind; None where they can't."""
    match measure.kind:
        case MeasureKind.COUNT | MeasureKind.AMOUNT:
            counted = sum((part.counted for part in parts), Fraction(0))
            return counted.numerator if counted.denominator == 1 else counted
        case MeasureKind.RATE | MeasureKind.COMPLETION:
            required = sum((part.required for part in parts), Fraction(0))
            return Ratio(required - sum(part.lacking for part in parts), required)
        case MeasureKind.FLAG:
            return not any(part.lacking for part in parts)
        case MeasureKind.CASES:
            return tuple(case for part in parts for case in _breaches(part))
        case MeasureKind.LEVEL | MeasureKind.GROWTH:
            return None
        case _:
            assert_never(measure.kind)


def _breaches(found: Fulfilment) -> Iterator[Case]:
    """Go through the times that were lacking or late, each one a case of its due day."""
    duty = found.obligation
    late_counts = duty.late_counts and duty.every is not Every.EVENT
    short = found.lacking
    for met in found.met:
        lacking = min(met.lacking, short)
        short -= lacking
        if not late_counts:  # the same ones: what came late is what is lacking
            lacking -= min(lacking, met.late)
        for state, count in (("lacking", lacking), ("late", met.late)):
            for number in range(1, _started(count) + 1):
                attributes = {"duty": duty.code, "state": state, "period": met.occasion.label}
                name = f"{duty.code}/{met.occasion.label}/{state}/{number}"
                yield Case(name, met.occasion.due, attributes)


def _started(count: Fraction) -> int:
    return -(-count.numerator // count.denominator)


def feed(record: Record, agreement: Agreement, fulfilments: Iterable[Fulfilment]) -> Resolved:
    """Put the values of duties into a record that does not have them yet.

    Nothing is overwritten: a value that stands in the record stays, and where the duties say
    otherwise that is a finding.
    """
    values, findings = values_of(agreement, fulfilments)
    put = put_values(record, agreement, values)
    return Resolved(put.record, findings + put.findings)
