"""The codes of ledgers of duties: what their headings and rows can have wrong.

What a ledger shares with any table (encodings, quotation marks, short rows, dates) has the codes
of data files.

Source: “from submissions and dated cases”; semantics 12 (nothing is dropped).

>>> SUBMISSIONS["submission-repeated"].severity.value
'warning'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _A, _N = Severity.ERROR, Severity.WARNING, Severity.ASSUMPTION, Severity.NOTE

SUBMISSIONS = {
    # headings
    "submission-header": Code(
        _E, "no row of a ledger names the duty and the date", "台账缺少工作要求列或日期列"
    ),
    "submission-column-unknown": Code(
        _W, "a heading that no ledger has; the column is not read", "台账列名未定义，未读取"
    ),
    "submission-column-twice": Code(
        _E, "two columns of a ledger say the same; the first is read", "台账列重复"
    ),
    "submission-sheet-unread": Code(
        _W, "a sheet without the headings of a ledger", "工作表不是台账，未读取"
    ),
    # rows
    "submission-facility-missing": Code(
        _E, "a row names no facility, though the ledger has a column for it", "台账行未写单位"
    ),
    "submission-duty-missing": Code(_E, "a row names no duty", "台账行未写工作要求"),
    "submission-duty-unknown": Code(
        _E, "a row names a duty that the agreement does not have", "台账中的工作要求不存在"
    ),
    "submission-duty-ambiguous": Code(
        _E, "a row names two duties that have one title", "工作要求名称对应多项"
    ),
    "submission-count-unreadable": Code(
        _E, "a count that is no number, or less than nothing; not counted", "数量无法识别"
    ),
    "submission-date-missing": Code(_E, "a row has no date", "台账行没有日期"),
    "submission-event-missing": Code(
        _E, "a row of an event's duty names no event", "台账行未写事件编号"
    ),
    "submission-count-blank": Code(
        _A, "rows without a count; each counts as one", "数量空白，按一次计"
    ),
    "submission-object-unused": Code(
        _N, "a row names an object of a duty that is owed to none", "对象未读取"
    ),
    # all rows together
    "submission-repeated": Code(_W, "two rows say the same; both count", "台账行重复"),
    "submission-facilities": Code(_N, "a ledger of several facilities", "台账含多个单位"),
    "submission-facility-unknown": Code(
        _E, "rows of a ledger whose facility has no record; they feed nothing", "台账单位无对应数据"
    ),
}
