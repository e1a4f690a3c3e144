"""The codes of review and correction: differences, objections, decisions, corrections, persons.

Source: “Objection and review”, “Rectification”, “People”; semantics 12.

>>> REVIEW["objection-late"].severity.value
'warning'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

REVIEW = {
    # differences of two sheets
    "difference-agreements": Code(
        _W,
        "the sheets are of two agreements; items of one number are compared",
        "两份责任书相比",
    ),
    "difference-item": Code(
        _W, "an item stands in one of two agreements only", "条目只在其中一份责任书"
    ),
    "difference-unit": Code(
        _N, "the records differ in the unit itself or in the period", "单位信息或考核期不同"
    ),
    # objections and decisions
    "objection-unknown": Code(
        _E, "an objection is about no value of the agreement", "异议所指数据不存在"
    ),
    "objection-unclear": Code(
        _E, "an objection is about an item that reads several values", "异议未指明数据项"
    ),
    "objection-twice": Code(_E, "two objections have one number", "异议编号重复"),
    "objection-undated": Code(
        _W, "an objection without a day of the calendar; its deadline can't be told", "异议没有日期"
    ),
    "objection-late": Code(
        _W, "an objection after its deadline; not accepted unless a decision admits it", "异议逾期"
    ),
    "decision-unknown": Code(_E, "a decision on an objection that is not there", "复核对象不存在"),
    "decision-measure": Code(
        _E, "a decision names a value that the agreement does not have", "复核所指数据不存在"
    ),
    "decision-valueless": Code(
        _E, "an objection is upheld without a value to put in its place", "复核缺少认定值"
    ),
    "decision-idle": Code(
        _W,
        "a decision on a late objection that it does not admit; it changes nothing",
        "复核未受理逾期异议",
    ),
    "decision-early": Code(_W, "a decision before its objection", "复核早于异议"),
    "decision-late": Code(_N, "a decision after its deadline; it counts", "复核超期"),
    "decision-again": Code(
        _W, "several decisions on one value; the last of them counts", "同一数据多次复核"
    ),
    # corrections
    "correction-unassigned": Code(_W, "nobody answers for a correction", "整改没有责任人"),
    "correction-undated": Code(_W, "a correction has no day to be done by", "整改没有期限"),
    "correction-unverified": Code(
        _W, "a value counts as corrected before anybody verified the correction", "整改未经核查"
    ),
    # persons
    "person-gap": Code(
        _W, "nobody answers for a while for what somebody answers for", "责任人空缺"
    ),
    "person-overlap": Code(_W, "one post is held twice at a time", "责任人重叠"),
}
