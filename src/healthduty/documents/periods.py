"""Targets by quarter beside those of the year: 2025年目标值 over 一季度 | 半年 | 全年.

What an agreement is scored by is the year's target. Those of its quarters say how far it should be
by then; they are told as not read, where taking them for further targets would ask for their sum.

Source: the contract's “The header”; docs/en/explanation/how-tables-are-read.md.

>>> of_a_part("一季度"), of_a_part("上半年目标"), of_a_part("全年"), of_a_part("2025年目标值")
(True, True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthduty.documents.column import Column
from healthduty.documents.spelling import squeeze

_PART = re.compile(
    r"(?:20\d\d年)?(?:第?[一二三四1-4](?:季度?|季)|前[三3]季度|[上下]半年|半年度?|1?\d-1?\d月|1?\d月[底末]?份?)"
)
_YEAR = re.compile(r"(?:20\d\d年)?(?:全年|年度|年终|年末|1-12月|12月底)")
_ASKED = re.compile(r"目标|任务|计划|进度|指标值")
_DONE = re.compile(r"完成|得分|考核|自评|检查|实际|情况")


def of_a_part(heading: str) -> bool:
    """Whether a heading names a part of the year."""
    word = squeeze(heading)
    return _PART.match(word) is not None and _YEAR.match(word) is None


def settle_periods(
    above: Sequence[str], headings: Sequence[str], roles: Sequence[Column]
) -> tuple[Column, ...]:
    """Take the year's column for the target; `above` is what stands over each heading."""
    settled = list(roles)
    for column, (over, heading) in enumerate(zip(above, headings, strict=True)):
        under = _ASKED.search(over) is not None and _DONE.search(over) is None
        if roles[column] is Column.FILLED and under and _YEAR.match(squeeze(heading)):
            settled[column] = Column.TARGET
        elif roles[column] is Column.FILLED and under and of_a_part(heading):
            settled[column] = Column.UNKNOWN
    several = settled.count(Column.TARGET) > 1
    for column, heading in enumerate(headings):
        if several and settled[column] is Column.TARGET and of_a_part(heading):
            settled[column] = Column.UNKNOWN
    return tuple(settled)
