"""The codes of data workbooks: filled copies, their sheets, codes and lists of cases.

Source: semantics 12 (nothing is dropped), 13 (identity).

>>> WORKBOOK["workbook-version"].severity.value
'error'
"""

from __future__ import annotations

from healthduty.checks.code import Code
from healthduty.findings import Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

WORKBOOK = {
    # the file
    "file-formula": Code(_E, "a formula that was never calculated: it has no value", "公式未计算"),
    "workbook-filled": Code(
        _E, "a filled data workbook, read as if it were a plain table", "应按数据填报表读取"
    ),
    "workbook-version": Code(
        _E, "a workbook for another version of the agreement", "填报表与责任书版本不符"
    ),
    "workbook-difference": Code(_N, "one thing in which the two versions differ", "版本差异"),
    "workbook-about": Code(_E, "the hidden sheet can't be understood", "隐藏的说明页已被改动"),
    "workbook-file-unread": Code(_N, "a file of a folder that is no workbook", "文件未读取"),
    # sheets
    "workbook-sheet-unread": Code(
        _W, "a sheet that names no facility, or is none of the workbook's own", "工作表未读取"
    ),
    "workbook-sheet-hidden": Code(
        _W, "a sheet to fill in that somebody has hidden", "工作表被隐藏"
    ),
    "workbook-sheet-lost": Code(_E, "a sheet to fill in that is gone", "工作表缺失"),
    # codes
    "workbook-codes-lost": Code(_E, "the hidden row of codes is gone", "隐藏编码行缺失"),
    "workbook-column-lost": Code(_E, "cells to fill in that were deleted", "填报栏缺失"),
    "workbook-column-twice": Code(_E, "a column that is a copy of another", "填报列重复"),
    "workbook-row-twice": Code(_E, "a row that is a copy of another", "填报行重复"),
    # cells
    "workbook-cell-outside": Code(_W, "what stands outside the cells to fill in", "填报栏外有内容"),
    "workbook-cell-merged": Code(_E, "a value in a cell over several", "数值单元格被合并"),
    "workbook-facility-blank": Code(_W, "a unit for which nothing is filled in", "机构未填报"),
    # cases
    "workbook-case-facility": Code(_E, "a case of a facility that is none", "个案机构无法识别"),
    "workbook-case-unnamed": Code(_E, "a row that does not say what it is of", "个案未注明数据项"),
    "workbook-case-unknown": Code(_E, "a case of what the workbook does not ask", "个案数据项有误"),
    "workbook-case-blank": Code(_E, "a row that tells nothing of its case", "个案内容空白"),
    "workbook-case-count": Code(_E, "a number of cases that can't be", "个案例数有误"),
}
"""The codes of data workbooks, with those of workbooks in general that were new with them."""
