"""What the agreement's rules read and a source has nowhere, told once and not in every row.

Source: semantics 7 (missing, none found and zero are different things), 11 (assumptions are
visible).

>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import Lacking
>>> rule = Deduction(Lacking("surveys", required=2), points="0.5")
>>> agreement = Agreement(
...     "示例", measures=(Measure("surveys", "问卷调查"),), parts=(Indicator("1", rules=rule),)
... )
>>> intake = Intake(agreement)
>>> check_wanting((), (), Place("数据.csv", row=1), intake)
>>> print(intake.findings[0])
error record-column-missing: 数据.csv, row 1: there is no `问卷调查` (`surveys`), which item 1 reads
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from healthduty.findings import Finding, Severity
from healthduty.records.headers import Holds, holds_words
from healthduty.records.intake import Intake
from healthduty.rules.measure import Absent, Measure
from healthduty.said import Said, chinese
from healthduty.sources import Place


def check_wanting(
    given: Iterable[str], identity: Iterable[Holds], place: Place, intake: Intake
) -> None:
    """Report each thing that the agreement's rules read and the source has nowhere."""
    for code, owner, measure in _wanting(set(given), intake):
        label = _label(code, measure)
        if measure is None or measure.absent is Absent.ERROR:
            message = Said(
                f"there is no {label}, which {owner} reads",
                f"没有{chinese(label)}，{chinese(owner)}要用到",
            )
            intake.report("record-column-missing", message, place)
        else:
            found = measure.absent is Absent.NONE_FOUND
            nothing = Said("none found", "未发现") if found else Said("zero", "零")
            message = Said(
                f"there is no {label}, which {owner} reads: {nothing} is assumed",
                f"没有{chinese(label)}，{chinese(owner)}要用到：按{nothing.zh}处理",
            )
            kind = Severity.ASSUMPTION
            intake.report("record-column-assumed", message, place, severity=kind)
    holds = set(identity)
    asked = ((Holds.KIND, intake.needs.kind), (Holds.POPULATION, intake.needs.population))
    for role, owner in asked:
        if owner and role not in holds:
            message = Said(
                f"there is no {role.value}, which {owner} asks for",
                f"没有{holds_words(role).zh}，{chinese(owner)}要用到",
            )
            intake.warn("record-column-missing", message, place)


def _label(code: str, measure: Measure | None) -> str:
    named = measure is not None and measure.name
    return Said(f"`{named}` (`{code}`)", f"`{named}`（`{code}`）") if named else f"`{code}`"


def tells_wanting(finding: Finding, measure: Measure) -> bool:
    """Tell whether a finding says that a source lacks a measure, which may come otherwise."""
    if finding.code not in {"record-column-missing", "record-column-assumed"}:
        return False
    return finding.message.startswith(f"there is no {_label(measure.code, measure)}, which ")


def _wanting(given: set[str], intake: Intake) -> Iterator[tuple[str, str, Measure | None]]:
    for code, owner in intake.needs.measures.items():
        if code not in given and code in intake.measures:
            yield code, owner, intake.measures[code]
    for code, need in intake.needs.judgements.items():
        if code not in given and need.earns:
            yield code, need.owner, None
