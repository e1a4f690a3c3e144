"""The codes of what is read: agreements in JSON, clauses, tables and documents, data files.

Source: semantics 12 (nothing is dropped).

>>> CLAUSES["clause-unread"].severity.value
'error'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

AGREEMENT_FILES = {
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

CLAUSES = {
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

SOURCES = {
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

DATA_FILES = {
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
