"""The codes of forecasts and conduct accounts.

Source: semantics 11 (assumptions are visible), 14 (what depends on others is resolved first).

>>> sorted(PATHS)[0]
'conduct-case-once'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _A, _N = Severity.ERROR, Severity.ASSUMPTION, Severity.NOTE

PATHS = {
    # forecast
    "forecast-projected": Code(
        _A,
        "a value of the whole year, projected from the part that is over",
        "按已过时间推算全年",
    ),
    # conduct accounts
    "conduct-undated": Code(_E, "a conduct entry without a day of the calendar", "记分日期无效"),
    "conduct-no-merits": Code(
        _E, "points given back where the scheme has no merits", "记分办法没有加分"
    ),
    "conduct-nothing-reversed": Code(
        _E, "a reversal of a case that has no demerit yet", "没有可撤销的记分"
    ),
    "conduct-case-once": Code(
        _N, "several demerits of one case: the dearest counts", "同一事件不重复记分"
    ),
    "conduct-measure": Code(
        _E, "a conduct account can't become a measure of this kind", "记分不能成为该数据项"
    ),
}
