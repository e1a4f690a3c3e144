"""The one small agreement against which every broken data file in this folder is read."""

from __future__ import annotations

from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator
from healthduty.model.party import Term
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction, Judgement
from healthduty.rules.tally import ByAttribute, Cases, Lacking, StepsBelow

AGREEMENT = Agreement(
    "示例目标责任书",
    year=2024,
    term=Term("2024-01-01", "2024-12-31"),
    measures=(
        Measure("satisfaction", "满意率", unit="%"),
        Measure("contract", "签约率", unit="%", numerator="签约人数", denominator="服务人数"),
        Measure("surveys", "问卷调查", unit="次"),
        Measure("complaints", "有效投诉", unit="例", kind="cases"),
        Measure("income", "业务收入", unit="元"),
        Measure("visits", "门诊人次", unit="人次"),
        Measure("visits_last_year", "门诊人次", unit="人次"),
        Measure("register", "台账", kind="flag"),
        Measure("quality", "病历质量", levels=("优", "良", "差")),
    ),
    parts=(
        Indicator(
            "1",
            "患者满意",
            points=3,
            rules=Deduction(StepsBelow("satisfaction", target=90, step=5), points="0.5"),
        ),
        Indicator(
            "2",
            "签约服务",
            points=4,
            rules=Deduction(StepsBelow("contract", target=60, step=1), points="0.1"),
        ),
        Indicator(
            "3", "问卷", points=1, rules=Deduction(Lacking("surveys", required=2), points="0.5")
        ),
        Indicator(
            "4",
            "投诉",
            points=2,
            rules=(
                Deduction(
                    Cases("complaints", by=ByAttribute("程度", {"轻": 1, "重": 2})), points="0.5"
                ),
                Judgement("conduct", "lose", least="0.5", most=2),
            ),
        ),
    ),
)
