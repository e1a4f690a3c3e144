"""The codes of the year: duties, phases, assessments, money, cascade and roll-up.

Source: semantics 10 (periods), 14 (what depends on others is resolved first).

>>> len(YEAR) > 50
True
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

YEAR = {
    # working days
    "calendar-unknown": Code(
        _W,
        "the holidays of a year are not known; Monday to Friday count as working days",
        "该年节假日安排未知",
    ),
    "calendar-day": Code(_E, "a calendar's cell that is no day", "日历日期无法识别"),
    "calendar-run": Code(
        _E, "days of a calendar that run backwards, or on and on", "日历日期区间有误"
    ),
    "calendar-kind": Code(_E, "a calendar's day is neither off nor working", "日历类型无法识别"),
    "calendar-conflict": Code(_E, "a day is off and a working day at once", "同一天既休又班"),
    "calendar-shape": Code(_E, "a calendar's file is built in another way", "日历文件格式不符"),
    "calendar-empty": Code(_E, "a calendar names no day off", "日历没有休息日"),
    "calendar-thin": Code(
        _W, "so few days off of a year that it does not count as known", "该年休息日过少"
    ),
    # duties, and what they become
    "duty-unknown": Code(
        _E,
        "a submission or an event of a duty that the agreement does not have",
        "不属于任何工作要求",
    ),
    "duty-undated": Code(
        _E, "a submission or an event without a day of the calendar", "报送或事件没有有效日期"
    ),
    "duty-outside": Code(
        _W, "a submission or an event outside the unit's days; not counted", "日期不在责任期内"
    ),
    "duty-later": Code(
        _N, "a submission or an event after the day of the look; not counted yet", "晚于统计截止日"
    ),
    "duty-deadline-unclear": Code(
        _W, "a duty's deadline can't be used as it is written", "期限写法无法采用"
    ),
    "duty-period-unknown": Code(
        _E, "a submission names a period that the term does not have", "期次不在责任期内"
    ),
    "duty-period-unsaid": Code(
        _A, "submissions after a period's end, taken for it while it was short", "报送未注明期次"
    ),
    "duty-late-counted": Code(_A, "what was done late counts as done", "逾期完成计为完成"),
    "duty-surplus": Code(
        _A, "what is too many elsewhere makes up for nothing that is lacking", "超额部分不抵欠缺"
    ),
    "duty-objects-missing": Code(
        _W, "nobody said to how many a duty is owed; one is taken", "对象数量未提供"
    ),
    "duty-objects-many": Code(
        _E, "a duty was done for more objects than there are", "对象多于总数"
    ),
    "duty-object-unknown": Code(
        _E, "a duty was done for an object that is not on the list", "对象不在名单内"
    ),
    "duty-object-unsaid": Code(_A, "a duty was done without naming for whom", "未注明对象"),
    "duty-event-unknown": Code(
        _E, "a submission answers an event that is not there", "找不到对应事件"
    ),
    "duty-event-unnamed": Code(_E, "events without an id can't be answered", "事件没有编号"),
    "duty-event-twice": Code(_E, "two events have the same id", "事件编号重复"),
    "duty-measure-unknown": Code(
        _E, "a duty feeds a measure that the agreement does not have", "工作要求的数据项不存在"
    ),
    "duty-measure-kind": Code(
        _E, "a duty can't become a measure of this kind", "工作要求不能成为该类数据"
    ),
    "resolved-differs": Code(
        _W, "the record's own value stands, though another was worked out", "与已填数据不一致"
    ),
    # phases
    "phase-gap": Code(_W, "days of the term are in no phase", "阶段之间有空档"),
    "phase-overlap": Code(_W, "days are in two phases", "阶段重叠"),
    "phase-outside": Code(_W, "a phase is not within the term", "阶段超出责任期"),
    "phase-undated": Code(_E, "a phase begins or ends on no day of the calendar", "阶段日期无效"),
    "phase-backwards": Code(_E, "a phase ends before it begins", "阶段起止颠倒"),
    # assessments
    "assessment-none": Code(_E, "there is no assessment to combine", "没有考核结果"),
    "assessment-open": Code(_E, "an assessment that counts has no total", "考核没有总分"),
    "assessment-full-differs": Code(
        _E, "assessments of different full points don't average", "各次考核满分不同"
    ),
    "assessment-weight": Code(
        _E, "an assessment has no weight that could count", "考核权重缺失或无效"
    ),
    "assessment-weights-sum": Code(_W, "the weights don't make one whole", "权重之和不为一"),
    "assessment-undated": Code(
        _E, "the last assessment counts, and one has no day", "考核没有日期"
    ),
    "assessment-same-day": Code(
        _E, "the last assessment counts, and two are of one day", "末次考核不唯一"
    ),
    # offices
    "merge-conflict": Code(
        _E, "offices say different things, and no one of them assesses the item", "各科室数据冲突"
    ),
    "merge-overruled": Code(
        _W,
        "offices say different things; the one that assesses the item stands",
        "以负责科室数据为准",
    ),
    "merge-unit-differs": Code(
        _W, "offices differ about the unit itself; the first stands", "单位信息不一致"
    ),
    # money
    "money-claim-open": Code(
        _E, "a unit's share of a pot can't be told; the pot stays unshared", "单位份额无法确定"
    ),
    "money-not-shared": Code(_E, "a pot can't be shared out as it is", "经费无法分配"),
    # handed down
    "cascade-unknown": Code(
        _E, "what is handed down is no measure and no open blank", "下达的目标不存在"
    ),
    "cascade-not-shared": Code(
        _E,
        "a rate, a level or a flag is asked of everybody alike and not shared out",
        "该类目标不能分解",
    ),
    "cascade-no-target": Code(
        _E, "nothing is held against the measure that is handed down", "没有可分解的目标"
    ),
    "cascade-total-missing": Code(
        _E, "a blank is handed down without its total", "空格目标没有总量"
    ),
    "cascade-weight-missing": Code(
        _E, "a unit lacks what a target is shared by", "单位缺少分解依据"
    ),
    "cascade-indivisible": Code(
        _E, "a target can't be shared out in its unit", "目标无法按单位分解"
    ),
    "cascade-target-stays": Code(
        _W, "a target that is no plain number stays as it is", "非定值目标未分解"
    ),
    "cascade-step-stays": Code(
        _A, "a step in the measure's own unit stays as it is", "扣分步长未分解"
    ),
    "cascade-nothing-left": Code(_W, "a unit's part of a target is nothing", "单位分得目标为零"),
    # rolled up
    "rollup-missing": Code(_E, "a unit below has no value; nothing is added up", "下级数据缺失"),
    "rollup-no-pair": Code(_E, "a rate without its two counts can't be rolled up", "率缺分子分母"),
    "rollup-flag": Code(
        _E, "a flag of several needs to be told whether all or any count", "是否类汇总方式未定"
    ),
    "rollup-no-total": Code(_E, "a unit below has no score; there is no mean", "下级没有总分"),
    "rollup-no-weight": Code(
        _E, "a unit below has no weight; there is no weighted mean", "下级没有权重"
    ),
}
