"""The agreement that the tests of reading share."""

from __future__ import annotations

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.records.collection import Records
from healthduty.records.reading import Source, read_records
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Judgement
from healthduty.rules.tally import ByAttribute, Cases, StepsBelow

AGREEMENT = Agreement(
    "示例目标责任书",
    year=2024,
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("contract", "签约率", unit="%", numerator="签约人数", denominator="服务人数"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("income", "业务收入", unit="元"),
        Measure("register", "台账", kind="flag"),
        Measure("quality", "病历质量", levels=("优", "良", "差")),
        Measure("complaints", "有效投诉", unit="例", kind="cases"),
    ),
    parts=(
        Indicator(
            "1",
            points=3,
            rules=(
                Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
                Judgement("conduct", "lose", most=2),
            ),
        ),
        Indicator(
            "2",
            points=2,
            rules=Deduction(
                Cases("complaints", by=ByAttribute("程度", {"轻": 1, "重": 2})), points="0.5"
            ),
        ),
    ),
)
"""Only the satisfaction must be there; a blank of the complaints means that none was found."""


def read(source: Source, name: str = "数据.csv") -> Records:
    """Return the records of a source for the example."""
    return read_records(source, AGREEMENT, name=name)


def read_clean(source: Source) -> Records:
    """Return the records of a source that has no fault; assumptions and notes are none."""
    records = read(source)
    faults = [each for each in records.findings if each.severity.value in ("error", "warning")]
    assert faults == []
    return records
