"""The smallest fault behind each finding of forecasts and conduct accounts."""

from __future__ import annotations

from collections.abc import Callable

from healthduty.findings import Finding, Findings
from healthduty.model.agreement import Agreement
from healthduty.records.record import Record
from healthduty.results.forecast import forecast
from healthduty.rules.measure import Measure
from healthduty.year.conduct import ConductAccount, ConductEntry, Demerit, Merit, Reversal

VISITS = Measure("visits", "巡查", unit="次")
LEVEL = Measure("level", "评价", levels=("优", "差"))


def _entered(*entries: ConductEntry) -> Findings:
    return ConductAccount().course(entries).findings


FAULTS: dict[str, Callable[[], Findings]] = {
    "forecast-projected": lambda: (
        forecast(
            Agreement("示例", year=2024, measures=(VISITS,)), {"visits": 5}, "2024-07-31"
        ).findings
    ),
    "conduct-undated": lambda: _entered(Demerit("2024-02-30", 2, "迟报")),
    "conduct-no-merits": lambda: _entered(Merit("2024-03-01", 2, "抢险")),
    "conduct-nothing-reversed": lambda: _entered(Reversal("2024-03-01", "7")),
    "conduct-case-once": lambda: _entered(
        Demerit("2024-03-01", 2, case="7"), Demerit("2024-04-01", 4, case="7")
    ),
    "conduct-measure": lambda: (
        ConductAccount()
        .course([])
        .feed(Record("x", {}), Agreement("示例", measures=(LEVEL,)), "level", "2024-12-31")
        .findings
    ),
}


def example(code: str) -> Finding:
    """Return the finding of a code."""
    (found,) = FAULTS[code]()
    assert found.code == code
    return found
