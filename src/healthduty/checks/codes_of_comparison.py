"""The codes of comparison: cohorts, standings, honours, limits on grades, years and runs.

Source: semantics 12 (nothing is dropped), 14 (what depends on others is resolved first).

>>> "cohort-missing" in COMPARISON
True
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

COMPARISON = {
    # references over a cohort
    "cohort-missing": Code(
        _E, "facilities lack what a reference is of; nothing is worked out", "参照数据缺报"
    ),
    "cohort-fault": Code(
        _E, "a value that a reference needs can't be read; nothing is worked out", "参照数据有误"
    ),
    "cohort-left-out": Code(
        _W, "facilities that lack the value were left out, as was asked", "缺报单位未计入参照"
    ),
    "cohort-not-applicable": Code(
        _N,
        "facilities to which it does not apply are no part of a reference",
        "不适用单位未计入参照",
    ),
    "cohort-no-pair": Code(
        _E, "a rate without its two counts can't be added up to a mean", "参照的率缺分子分母"
    ),
    "cohort-no-weight": Code(
        _E, "a weighted mean lacks a facility's population", "加权平均缺服务人口"
    ),
    "cohort-no-group": Code(
        _E,
        "the kind or level of a facility is not known; it is compared with nobody",
        "参照范围不明",
    ),
    "cohort-nobody": Code(_W, "there is nobody to compare with", "没有可比较的单位"),
    "cohort-tie": Code(_N, "facilities share a rank", "名次并列"),
    "cohort-rounded": Code(
        _A, "an exact number is too long for a record and was rounded", "参照数据已取舍"
    ),
    "cohort-no-last-year": Code(_W, "a facility has no value of last year", "缺上年数据"),
    "cohort-twice": Code(
        _E, "a facility has two records in a cohort; nothing is worked out", "同一单位有两份数据"
    ),
    # standings, honours, grades
    "standing-no-total": Code(_W, "a unit without a total has no rank", "无总分不排名"),
    "standing-no-group": Code(
        _E, "the kind or level of a unit is not known; it has no rank", "排名范围不明"
    ),
    "standing-open": Code(
        _W, "a tie-break lacks a value; the rank stays shared", "并列因缺数据未分先后"
    ),
    "honours-tied": Code(
        _E, "units tie for the last places of an honour; it is not decided", "评优末位并列"
    ),
    "honours-open": Code(
        _W, "a veto is not settled that would bar an honour; the place is kept", "评优资格待核实"
    ),
    "honours-nobody": Code(_W, "a share of so few units is nobody", "评优名额不足一个"),
    "grades-tied": Code(
        _E, "units tie at the limit of a grade; their grade stays open", "等次名额末位并列"
    ),
    # years and runs
    "compare-item-new": Code(_N, "items that the year before did not have", "上年没有的条目"),
    "compare-item-gone": Code(_N, "items that the year after no longer has", "本年没有的条目"),
    "compare-full-differs": Code(
        _W, "full points differ, so that points don't compare", "满分不同"
    ),
    "compare-unexplained": Code(
        _E, "a result differs though nothing that entered does", "结果变动原因不明"
    ),
}
