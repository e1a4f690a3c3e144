"""`check(agreement)`: everything that is odd about an agreement, before anybody is scored by it.

Each check is a plain function from an agreement to findings; `check` goes through all of them
and gathers what they find. A faultless agreement has no findings.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.model.indicator import Indicator, Section
>>> items = (Indicator("1.1", "台账", points=3), Indicator("1.2", "公示", points=1))
>>> section = Section("1", "接受监督", points=5, parts=items)
>>> for finding in check(Agreement("示例", parts=(section,))):
...     print(finding)
error sum-section: item 1: its items make 4 points, the header says 5
note points-judged: item 1.1: no rule says how to lose its 3 points: an assessor judges
note points-judged: item 1.2: no rule says how to lose its 1 point: an assessor judges
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from healthduty.checks.bands import check_bands
from healthduty.checks.codes import found
from healthduty.checks.documents import DOCUMENT_CHECKS
from healthduty.checks.excusals import EXCUSAL_CHECKS
from healthduty.checks.funding import FUNDING_CHECKS
from healthduty.checks.idle import IDLE_CHECKS
from healthduty.checks.measures import MEASURE_CHECKS
from healthduty.checks.numbering import NUMBER_CHECKS
from healthduty.checks.outcomes import OUTCOME_CHECKS
from healthduty.checks.phases import PHASE_CHECKS
from healthduty.checks.points import POINTS_CHECKS
from healthduty.checks.rules import RULE_CHECKS
from healthduty.checks.targets import TARGET_CHECKS
from healthduty.errors import UsageError
from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.said import Said

Check = Callable[[Agreement], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *NUMBER_CHECKS,
    *POINTS_CHECKS,
    *RULE_CHECKS,
    *IDLE_CHECKS,
    check_bands,
    *TARGET_CHECKS,
    *MEASURE_CHECKS,
    *EXCUSAL_CHECKS,
    *OUTCOME_CHECKS,
    *FUNDING_CHECKS,
    *DOCUMENT_CHECKS,
    *PHASE_CHECKS,
)
"""All checks, in the order of their findings."""


def check(agreement: Agreement) -> Findings:
    """Return everything that is odd about an agreement; nothing raises, nothing is dropped.

    Errors keep it from being scored as it is written, warnings are probably not meant,
    assumptions are readings that the text left open, notes are worth knowing. Every code has
    an entry in the documentation.

    Raises:
        UsageError: for what is no agreement at all.
    """
    if not isinstance(agreement, Agreement):
        raise UsageError(f"check takes an agreement, not a `{type(agreement).__name__}`")
    findings: list[Finding] = []
    for each in CHECKS:
        try:
            findings.extend(each(agreement))
        except RecursionError:
            # Only nesting far beyond any document can bring a check here: each of them walks
            # the tree once. Said once, it is a finding like any other.
            findings.append(
                found(
                    "nesting-depth",
                    Said("sections or conditions are nested too deeply", "大项或条件嵌套过深"),
                )
            )
    return Findings(dict.fromkeys(findings))
