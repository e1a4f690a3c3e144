"""What depends on others becomes a value in the record, with its source, before scoring.

Duties done, children's results, last year's value, the province's mean: each is worked out first
and put here. Nothing is overwritten: a value that stands in the record stays.

Source: semantics 14 (rules never look beyond the record).

>>> from healthduty.rules.measure import Measure
>>> agreement = Agreement("示例", measures=(Measure("visits", "巡查"),))
>>> put = put_values(Record("nanguan", {}), agreement, {"visits": Statement(3, evidence="台账")})
>>> put.record.values["visits"].value
3
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from healthduty.findings import Finding, Findings, Severity
from healthduty.model.agreement import Agreement
from healthduty.records.observe import observe
from healthduty.records.record import Missing, Plain, Record, Statement, stated
from healthduty.rules.measure import Measure
from healthduty.said import Said, chinese


@attrs.frozen
class Resolved:
    """A record with the values that were worked out for it, and what was found on the way."""

    record: Record
    findings: Findings


def put_values(record: Record, agreement: Agreement, values: Mapping[str, Statement]) -> Resolved:
    """Put values into a record that does not have them yet; the agreement knows the measures.

    Where the record has a value of its own that reads otherwise, that is a finding, and its own
    value stands.
    """
    new: dict[str, Statement] = {}
    findings: list[Finding] = []
    for code, value in values.items():
        own, _ = stated(record.values.get(code))
        if own is None or isinstance(own, Missing):
            new[code] = value
        elif _differs(agreement.measure(code), own, value.value):
            findings.append(differing(code, value.evidence))
    return Resolved(attrs.evolve(record, values={**record.values, **new}), Findings(findings))


def differing(code: str, evidence: str) -> Finding:
    """Return the finding of a value that stands, though another was found."""
    source = Said("", "")
    if evidence:
        source = Said(f", from {evidence}", f"（{chinese(evidence)}）")
    message = Said(
        f"`{code}`: the record's own value stands, though another was found{source}",
        f"`{code}`：以考核数据原有的值为准，另有来源的值与它不同{source.zh}",
    )
    return Finding("resolved-differs", message, severity=Severity.WARNING)


def _differs(measure: Measure | None, own: Plain, other: Plain) -> bool:
    """Tell whether two values are read differently; faults of the values are told when scored."""
    if measure is None:
        return own != other
    one, two = observe(measure, own, []), observe(measure, other, [])
    if isinstance(one, tuple) and isinstance(two, tuple):
        return one[0] * two[1] != two[0] * one[1]
    return one != two
