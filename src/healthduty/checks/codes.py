"""All finding codes: what each means and how much it weighs, in one table.

A code is stable: scripts filter by it, and the documentation has one entry for each. The codes
of values, of score sheets and of files stand here beside those of the checks, so that there is
one list.

An **error** says that the agreement (or the value) can't be scored as it is written, or
contradicts itself in its points. A **warning** says that something is probably not meant. An
**assumption** is a reading that the text left open. A **note** is worth knowing.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> CODES["sum-section"].severity.value
'error'
>>> print(found("sum-section", "its items make 95 points, the header says 100"))
error sum-section: its items make 95 points, the header says 100
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from healthduty.checks.code import Code
from healthduty.checks.codes_of_comparison import COMPARISON
from healthduty.checks.codes_of_doubts import DOUBTS
from healthduty.checks.codes_of_files import FILES
from healthduty.checks.codes_of_paths import PATHS
from healthduty.checks.codes_of_references import REFERENCES
from healthduty.checks.codes_of_review import REVIEW
from healthduty.checks.codes_of_samples import SAMPLES
from healthduty.checks.codes_of_sources import AGREEMENT_FILES, CLAUSES, DATA_FILES, SOURCES
from healthduty.checks.codes_of_submissions import SUBMISSIONS
from healthduty.checks.codes_of_word import WORD
from healthduty.checks.codes_of_workbook import WORKBOOK
from healthduty.checks.codes_of_year import YEAR
from healthduty.findings import Finding, Severity
from healthduty.sources import Citation, Place

_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

_AGREEMENT = {
    # points
    "sum-section": Code(
        _E, "a section's items make other points than its header states", "大项分值与各条目之和不符"
    ),
    "sum-indicator": Code(
        _E,
        "an indicator's parts make other points than the indicator states",
        "指标分值与各得分点之和不符",
    ),
    "sum-total": Code(
        _E, "the sections make other points than the agreement states", "总分与各大项之和不符"
    ),
    "sum-bonus": Code(
        _W,
        "the bonus rules reach another bonus than the agreement declares",
        "加分项与约定的加分不符",
    ),
    "bonus-unbounded": Code(
        _W, "a bonus is declared, but no cap bounds what can be added", "加分没有上限"
    ),
    "cap-above-points": Code(
        _W, "a rule goes up to more points than there are to take or to earn", "上限高于分值"
    ),
    "cap-below-points": Code(
        _W, "a cap keeps a section or the total from its own full points", "封顶低于满分"
    ),
    "floor-above-points": Code(
        _W, "the points below which an item can't fall are more than it has", "保底分高于分值"
    ),
    "earnings-short": Code(_W, "earning rules can't reach the item's points", "得分规则得不到满分"),
    "deductions-short": Code(_N, "deductions can't use up the item's points", "扣分规则扣不完分值"),
    "points-missing": Code(
        _E, "a rule needs the points of an item that states none", "条目未列分值"
    ),
    "points-zero": Code(_W, "a rule moves 0 points, or takes from an item of 0 points", "分值为零"),
    "points-judged": Code(
        _N, "points without a rule: an assessor judges them", "无评分规则，由考核人评判"
    ),
    "deductions-without-points": Code(
        _W, "points are taken from what states no points: no total", "扣分而未列分值，无总分"
    ),
    "agreement-without-scores": Code(
        _N, "the agreement has no points and no rules", "责任书不计分"
    ),
    # rules
    "rule-never": Code(
        _W, "a rule, a veto or a condition that nothing observed can set off", "永不触发的规则"
    ),
    "rule-always": Code(
        _W, "a rule or a veto whose condition holds whatever is observed", "必然触发的规则"
    ),
    "share-of-nothing": Code(
        _E, "a share of a target that is 0 or less", "目标为零，无法按比例计算"
    ),
    "group-single": Code(_N, "a group of one rule", "规则组只有一条规则"),
    "curve-not-monotone": Code(_N, "a curve that rises and falls", "得分曲线有升有降"),
    "judgement-bounds": Code(_E, "a judgement whose least is above its most", "评判下限高于上限"),
    "judgement-twice": Code(
        _W, "two judgements with the same code: one value decides both", "评判代码重复"
    ),
    "judgement-clash": Code(
        _E,
        "a judgement stands in the record where something else stands",
        "评判代码与其他数据项重名",
    ),
    "reach-nowhere": Code(
        _W, "a rule takes from a section, and there is none around it", "规则扣大项分而无大项"
    ),
    "forfeit-of-total": Code(_W, "a forfeit among the agreement's own rules", "总则中的不得分条款"),
    "evidence-nothing": Code(
        _W, "evidence is required, but no rule of the item reads a measure", "要求佐证而无数据项"
    ),
    # bands
    "band-gap": Code(
        _W, "values, or levels, between bands or at their full end are in no band", "分档有空档"
    ),
    "band-silent": Code(_N, "the worst levels are in no band and earn nothing", "最差等级未列档"),
    "band-overlap": Code(_W, "values, or a level, lie in two bands", "分档重叠"),
    "band-unreachable": Code(_W, "a band that no value can lie in", "达不到的分档"),
    # measures and targets
    "measure-duplicate": Code(_E, "two measures have the same code", "数据项代码重复"),
    "measure-name-twice": Code(_W, "two measures have the same name", "数据项重名"),
    "measure-unknown": Code(
        _E, "a measure is named that the agreement does not have", "数据项未定义"
    ),
    "measure-unused": Code(_N, "a measure that nothing reads", "数据项未使用"),
    "measure-kind": Code(
        _E, "a rule asks of a measure what its kind can't answer", "数据项类型不符"
    ),
    "level-duplicate": Code(_E, "a measure names a level twice", "等级重复"),
    "level-not-of-measure": Code(
        _E, "a rule names a level that the measure does not have", "等级不属于该数据项"
    ),
    "blank-open": Code(_E, "a blank is not filled yet", "空白未填"),
    "scale-odd": Code(
        _W, "a target of 1 or less for a measure in percent", "百分比目标疑似写成小数"
    ),
    "unit-differs": Code(
        _W, "a rate is held against a measure with another unit", "比率单位不一致"
    ),
    "target-without-rule": Code(
        _W, "a target on a measure that no rule of the item reads", "目标值没有对应规则"
    ),
    "rule-without-target": Code(
        _N, "a rule asks for what the item's targets do not mention", "规则所用数据项未列目标值"
    ),
    "target-disagrees": Code(
        _W, "the rules of an item ask for something else than its target", "目标值与规则不一致"
    ),
    "target-unreachable": Code(
        _W, "no value of the measure can reach the target", "达不到的目标值"
    ),
    # numbers, dates, parties
    "number-missing": Code(_W, "an item has no number", "条目缺编号"),
    "number-twice": Code(_E, "two items have the same number", "条目编号重复"),
    "number-gap": Code(_W, "a number is left out between its neighbours", "条目编号不连续"),
    "date-impossible": Code(_W, "a date that is no day of the calendar", "日期不存在"),
    "dates-reversed": Code(_W, "an end that lies before its start", "起止日期颠倒"),
    "signed-after-term": Code(
        _W, "a signature from after the end of the term", "签订日期晚于有效期"
    ),
    "year-signature": Code(
        _W, "a signature from another year than the agreement's", "签订年份与责任书年度不符"
    ),
    "year-term": Code(_W, "the agreement's year lies outside its term", "责任书年度不在有效期内"),
    "supersedes-itself": Code(_W, "the agreement replaces itself", "责任书替代自身"),
    "supersedes-later": Code(
        _W, "the agreement replaces one of a later year", "替代了更晚年度的责任书"
    ),
    "party-unknown": Code(_W, "a party is named that the agreement does not have", "签约方未列明"),
    "party-duplicate": Code(_W, "two parties have the same code", "签约方代码重复"),
    "party-loop": Code(_W, "parties stand above each other in a circle", "上下级关系成环"),
    "item-unknown": Code(
        _W, "a person answers for an item that the agreement does not have", "所负责的条目不存在"
    ),
    "obligation-duplicate": Code(_E, "two obligations have the same code", "工作要求代码重复"),
    "obligation-impossible": Code(
        _W, "a duty that nobody can do: no times, or a negative deadline", "无法履行的工作要求"
    ),
    # outcomes
    "veto-without-effect": Code(_W, "a veto changes nothing", "一票否决没有后果"),
    "veto-duplicate": Code(_W, "two vetoes have the same code", "一票否决代码重复"),
    "grade-unknown": Code(_E, "a grade is named that the scale does not have", "等次未定义"),
    "grade-duplicate": Code(_E, "two grades have the same name", "等次重名"),
    "grades-order": Code(_E, "grades do not stand from the best down", "等次未从高到低排列"),
    "grades-hole": Code(_W, "some totals get no grade", "部分总分没有等次"),
    "grade-unreachable": Code(_W, "a grade that no total can reach", "达不到的等次"),
    "grades-without-total": Code(
        _W, "grades or funding tiers, but no total that they could follow", "有等次或经费档而无总分"
    ),
    "consequence-unknown": Code(
        _E, "a veto names a consequence that the agreement does not have", "奖惩未定义"
    ),
    "section-unknown": Code(
        _E, "a veto zeroes a section that the agreement does not have", "大项不存在"
    ),
    "pool-unknown": Code(
        _E, "a veto withholds money of a pool that the agreement does not have", "经费项目不存在"
    ),
    "pool-duplicate": Code(_W, "two funding pools have the same code", "经费项目代码重复"),
    "pool-empty": Code(
        _W, "a funding pool without money, or with less than none", "经费项目没有金额"
    ),
    "tiers-order": Code(
        _E, "funding tiers do not stand from the best down", "经费档未从高到低排列"
    ),
    "tiers-hole": Code(_W, "some totals get no funding tier", "部分总分没有经费档"),
    "tiers-disagree": Code(
        _W, "a funding tier begins where no grade begins", "经费档与等次界限不一致"
    ),
    "tier-unreachable": Code(_W, "a funding tier that no total can reach", "达不到的经费档"),
    "share-out-of-range": Code(
        _W, "a share of money that is not between 0 and 1", "经费比例不在零至一之间"
    ),
    "override-idle": Code(
        _N, "an override that leaves the lowest tier's share as it is", "不起作用的经费特别规定"
    ),
    "excusal-target": Code(
        _E, "excused points move to an item that can't take them", "缺项分值移入的条目不合适"
    ),
    "excusal-nowhere": Code(
        _W,
        "excused points are to be rescaled within a section: there is none",
        "缺项在大项内折算而无大项",
    ),
    # readings
    "assumption": Code(_A, "a reading that the text does not settle", "原文未明，按假设理解"),
    "nesting-depth": Code(
        _E, "sections or conditions are nested too deeply to be looked at", "嵌套过深"
    ),
}

_VALUES = {
    "value-type": Code(_E, "a value of a type that the measure can't have", "数据类型不符"),
    "value-unreadable": Code(_E, "a value that is no number", "数据无法识别"),
    "value-negative": Code(_E, "a negative value where there can be none", "数据不应为负"),
    "value-computed": Code(
        _W, "a number with so many digits that it was computed, not counted", "数据疑为计算结果"
    ),
    "count-not-whole": Code(_E, "a count that is not whole", "计数不是整数"),
    "flag-unreadable": Code(_E, "a value that is neither yes nor no", "是否项无法识别"),
    "level-unknown": Code(_E, "a value that is none of the measure's levels", "等级未定义"),
    "rate-of-nothing": Code(_W, "0 of 0: the rate does not apply", "分子分母均为零，视为不适用"),
    "rate-without-base": Code(_E, "a rate with a denominator of 0", "比率分母为零"),
    "rate-disagrees": Code(
        _W, "a printed rate that its two counts do not make", "所报比率与分子分母不符"
    ),
    "rate-above-whole": Code(_W, "a proportion above the whole", "比率超过百分之百"),
}

_SCORES = {
    "value-missing": Code(_E, "a value that scoring needs is missing", "缺数据"),
    "value-unknown": Code(
        _W, "a value under a name that the agreement does not have", "责任书中没有的数据项"
    ),
    "blank-assumed": Code(
        _A, "a blank that the measure takes as none found, or as zero", "空白数据的处理"
    ),
    "rate-scale": Code(
        _W, "a percentage of at most 1 beside a target of 10 % or more", "百分比疑似写成小数"
    ),
    "kind-unknown": Code(
        _E, "a threshold by kind of facility, and none for this kind", "该机构类别未定目标值"
    ),
    "judgement-outside": Code(
        _E, "an assessor's points outside the bounds of the judgement", "评判分超出范围"
    ),
    "case-attribute": Code(_E, "a case with an attribute that has no weight", "案例属性没有权重"),
    "case-list-needed": Code(_E, "a bare count where the cases' attributes decide", "需要案例清单"),
    "case-charged-once": Code(
        _N, "cases that are charged under a dearer rule", "同一案例不重复扣分"
    ),
    "rule-misplaced": Code(_E, "a rule that means nothing where it stands", "规则位置不当"),
    "grade-boundary": Code(
        _N, "a total within 0.01 of the boundary of a grade", "总分临近等次界限"
    ),
    "honour-open": Code(_W, "an honour that a veto may bar of which a fact is missing", "荣誉待定"),
    "money-open": Code(
        _W, "money that can't be told: no total, or a fact is missing", "经费无法计算"
    ),
    "peers-mean-outside": Code(
        _W, "a peers' mean below 0 or above the item's points: cut to that", "同类均分超出分值范围"
    ),
    "period-unknown": Code(
        _W, "a period whose label says no months: it counts as 12", "考核期无法识别"
    ),
    "population-missing": Code(
        _E, "money per head, and a record without a population", "缺服务人口数"
    ),
    "population-unreadable": Code(
        _E, "a population that is no whole number of people", "服务人口数无法识别"
    ),
}


CODES: Mapping[str, Code] = MappingProxyType(
    {
        **_AGREEMENT,
        **_VALUES,
        **_SCORES,
        **AGREEMENT_FILES,
        **CLAUSES,
        **SOURCES,
        **DATA_FILES,
        **YEAR,
        **COMPARISON,
        **WORD,
        **REVIEW,
        **PATHS,
        **WORKBOOK,
        **FILES,
        **SUBMISSIONS,
        **SAMPLES,
        **REFERENCES,
        **DOUBTS,
    }
)
"""Every code with its severity and its meaning, in the order of the documentation.

A few findings of data files weigh less where less depends on them, e.g. a missing column for the
kind of facility; the severity here is the heavier one.
"""

_NOWHERE = Place()


def found(
    code: str,
    message: str,
    *,
    place: Place = _NOWHERE,
    hint: str = "",
    citation: Citation | None = None,
) -> Finding:
    """Return a finding with the severity that its code has in the table."""
    severity = CODES[code].severity
    return Finding(code, message, severity=severity, place=place, hint=hint, citation=citation)
