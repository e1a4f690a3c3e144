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
from typing import NamedTuple

from healthduty.findings import Finding, Severity
from healthduty.sources import Citation, Place


class Code(NamedTuple):
    """How much a code's findings weigh, what it means in one line, its short Chinese title."""

    severity: Severity
    meaning: str
    title: str = ""


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

_AGREEMENT_FILES = {
    "json-encoding": Code(_E, "a file that is not UTF-8", "文件编码不是UTF-8"),
    "json-syntax": Code(_E, "a text that is no JSON", "不是有效的JSON"),
    "json-depth": Code(_E, "brackets nested too deeply", "括号嵌套过深"),
    "json-format": Code(_E, "a file of another format", "文件格式不符"),
    "json-version": Code(_E, "a version of the format that can't be read", "文件版本不支持"),
    "json-missing": Code(_E, "a field that must be there is not", "缺少必填字段"),
    "json-unknown-field": Code(_E, "a field that the format does not have", "字段未定义"),
    "json-duplicate-key": Code(_E, "a key that stands twice in one object", "字段重复"),
    "json-unknown-kind": Code(
        _E,
        "a kind of rule, tally or condition that the format does not have",
        "规则或条件类型未定义",
    ),
    "json-type": Code(_E, "a value of another type", "字段类型不符"),
    "json-value": Code(_E, "a value of the right type that can't be meant", "字段取值不合理"),
}

_DATA_FILES = {
    # the file as a whole
    "record-file": Code(_E, "a file that can't be opened", "文件打不开"),
    "record-not-text": Code(
        _E, "a workbook, a picture or a web page instead of a text", "不是文本文件"
    ),
    "record-encoding": Code(_E, "neither UTF-8 nor GB18030", "文件编码无法识别"),
    "record-encoding-mixed": Code(_E, "UTF-8 and GB18030 in one file", "文件混用两种编码"),
    "record-nul": Code(_E, "a NUL character, as in UTF-16 without its mark", "文件含空字符"),
    "record-quotes": Code(_E, "quotation marks that don't pair", "引号不成对"),
    "record-empty": Code(_E, "nothing in the file", "文件为空"),
    "record-no-rows": Code(_E, "no record below the header, or in the list", "没有数据行"),
    "record-facility-column": Code(_E, "no column names the facility", "缺机构列"),
    "record-value-column": Code(_E, "a long table without a column for the value", "缺数值列"),
    # JSON
    "record-json": Code(_E, "a text that is no JSON", "数据不是有效的JSON"),
    "record-json-depth": Code(_E, "brackets nested too deeply", "数据括号嵌套过深"),
    "record-json-number": Code(_E, "NaN or an infinity", "数据含非数值或无穷大"),
    "record-json-twice": Code(_E, "a key that stands twice in one object", "数据字段重复"),
    "record-json-text": Code(_E, "a text with half a character", "数据含残缺字符"),
    "record-json-list": Code(_E, "records that stand in no list", "数据记录不成列表"),
    "record-json-record": Code(_E, "an entry of the list that is no record", "列表中有非记录内容"),
    # columns
    "record-column-unknown": Code(
        _W, "a column that the agreement does not know; not read", "列名未定义，未读取"
    ),
    "record-column-unused": Code(
        _N, "a running number or remarks; not read", "序号或备注列，未读取"
    ),
    "record-column-unnamed": Code(_E, "values under no heading; not read", "列名为空，未读取"),
    "record-column-twice": Code(_E, "two columns for the same thing", "同一内容有两列"),
    "record-column-alone": Code(_E, "half of a pair of columns; not read", "成对的列缺一列"),
    "record-column-missing": Code(_E, "no column for what a rule reads", "缺评分所需的列"),
    "record-column-assumed": Code(
        _A, "no column, where the measure says what a blank means", "无此列，按空白处理"
    ),
    "record-name-ambiguous": Code(
        _E, "a heading that two measures go by; not read", "列名对应两个数据项"
    ),
    "record-unit": Code(_E, "another unit than the measure's", "列的单位不符"),
    "record-key-unknown": Code(_W, "a key of a JSON record that means nothing", "记录字段未定义"),
    # rows
    "record-row-above": Code(_N, "a row above the header", "表头之上的行"),
    "record-row-empty": Code(_W, "an empty row between others", "中间有空行"),
    "record-row-short": Code(_W, "a row with fewer cells than the header", "行的列数不足"),
    "record-row-long": Code(_E, "a row with more cells than the header", "行的列数过多"),
    "record-row-total": Code(_W, "a row of totals, which is no facility", "合计行，不作为机构"),
    "record-facility-missing": Code(_E, "a row without a facility", "行缺机构"),
    "record-facility-twice": Code(_E, "a facility that is there twice in one period", "机构重复"),
    "record-facility-differs": Code(
        _E, "rows of one facility that contradict each other", "同一机构各行矛盾"
    ),
    "record-measure-missing": Code(_E, "a row that names no measure", "行缺数据项"),
    "record-measure-unknown": Code(
        _W, "a measure that the agreement does not know", "行的数据项未定义"
    ),
    "record-measure-differs": Code(
        _E, "a measure's code and name that don't belong together", "数据项代码与名称不符"
    ),
    "record-value-twice": Code(_E, "a value that is told twice", "数值重复填报"),
    "record-value-shape": Code(_E, "a JSON object that is no value", "数值格式不符"),
    "record-stage-unknown": Code(_E, "a stage that is none of the three", "填报阶段未定义"),
    "record-reason-unused": Code(_N, "a reason that belongs to nothing", "原因无对应数据"),
    # cells
    "record-cell-long": Code(_E, "a cell longer than any spreadsheet's", "单元格过长"),
    "record-character-lost": Code(_W, "a mark that stands for a lost character", "字符丢失"),
    "record-nan": Code(_W, "NaN, which counts as missing", "非数值，按缺数据处理"),
    "record-pair-incomplete": Code(
        _E, "a numerator without its denominator, or the reverse", "分子分母缺一"
    ),
    "record-pair-unreadable": Code(
        _E, "a numerator or denominator that is no number", "分子或分母无法识别"
    ),
    "record-judgement-unreadable": Code(_E, "judged points that are no number", "评判分无法识别"),
    "record-judgement-negative": Code(_E, "judged points below 0", "评判分为负"),
    "record-date-impossible": Code(_E, "a day that the calendar does not have", "数据日期不存在"),
    "record-date-unreadable": Code(_E, "a text that is no date", "数据日期无法识别"),
    "record-date-outside": Code(_W, "a day outside the agreement's term", "数据日期不在有效期内"),
    "record-period-unreadable": Code(_W, "a period of no known form", "数据考核期无法识别"),
    "record-period-year": Code(
        _W, "data of another year than the agreement's", "数据年度与责任书不符"
    ),
    "record-population-unreadable": Code(
        _E, "a population that is no whole number", "人口数无法识别"
    ),
    "record-population-negative": Code(_E, "a population below 0", "人口数为负"),
    "record-rate-scale": Code(
        _E, "a column of at most 1 beside a target of 10 % or more", "整列百分比疑似写成小数"
    ),
}

_CLAUSES = {
    "clause-unread": Code(
        _E, "a number or a scoring word of the text was not understood", "文字未能读懂"
    ),
    "clause-target-missing": Code(
        _E, "steps or lacking numbers without a target to count from", "缺少目标值"
    ),
    "clause-veto": Code(_E, "something is cancelled, and no event is named", "否决缺少事由"),
    "clause-points": Code(_E, "the text states other points than its cell", "分值前后不符"),
    "clause-vague": Code(_W, "a word that no bound can be told from", "表述不明确"),
    "clause-assumed": Code(_A, "a reading that the text does not settle", "按通常理解"),
}

_SOURCES = {
    # files of agreements
    "file-format": Code(_E, "a file of a format that is not read", "文件格式不支持"),
    "file-broken": Code(_E, "a file that can't be opened", "文件已损坏"),
    "file-encrypted": Code(_E, "a file with a password", "文件已加密"),
    "file-too-large": Code(_E, "a file that unpacks to too much", "文件过大"),
    "file-entities": Code(_E, "XML that declares entities", "文件含有实体声明"),
    "file-empty": Code(_E, "nothing to read", "没有可读内容"),
    "file-part-unread": Code(
        _W, "a hidden sheet, a picture, a page header: not read", "部分内容未读"
    ),
    # tables of agreements
    "table-headerless": Code(_W, "a table without a known header; read as text", "找不到表头"),
    "table-column-unknown": Code(_W, "a column with an unknown heading; not read", "表头无法识别"),
    "table-row-unread": Code(_W, "a row that belongs to no item", "表行无法归属"),
    "table-points-unread": Code(_E, "a points cell that is no number of points", "分值无法识别"),
    "table-points-differ": Code(_W, "a title and its points column disagree", "标题与分值栏不符"),
    "table-subtotal-differs": Code(
        _E, "a subtotal and the section's title disagree", "小计与标题不符"
    ),
    "table-weight": Code(_A, "a weight in percent, read as points of 100", "权重按百分计分"),
    "table-remark": Code(_W, "a remark with scoring words; not read as a rule", "备注含计分用语"),
    "table-veto-unread": Code(
        _W, "words under a veto that were not read as one", "否决事项未能读懂"
    ),
    # running text of agreements
    "text-untitled": Code(_W, "no line names the agreement", "找不到标题"),
    "text-several": Code(_W, "further agreements in the source; not read", "一份文件有多份责任书"),
    "text-parties": Code(_A, "parties taken from running text", "签约方取自正文"),
    "text-party-blank": Code(_W, "a party whose name is left blank", "签约方空缺"),
    "text-numbering": Code(_A, "a number in another style that goes on counting", "编号样式不一"),
    "text-blank": Code(_W, "a blank that nothing scored waits for", "空格含义不明"),
    "text-unread": Code(_W, "a line that names points and was not read", "分数说明未能读懂"),
}

_YEAR = {
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

CODES: Mapping[str, Code] = MappingProxyType(
    {
        **_AGREEMENT,
        **_VALUES,
        **_SCORES,
        **_AGREEMENT_FILES,
        **_CLAUSES,
        **_SOURCES,
        **_DATA_FILES,
        **_YEAR,
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
