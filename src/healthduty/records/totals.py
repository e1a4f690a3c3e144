"""Rows of totals: 合计, 平均, 全县 — what stands below the facilities and is none.

Whoever hands on a spreadsheet hands on its last row. Ranked among the facilities it would move
every place, so it is left out, and told. Where a source has no other rows, they are what was
meant: the county's own figures.

Source: semantics 12 (nothing is dropped in silence).

>>> [is_total(text) for text in ("合　计", "卫生院小计", "全县平均：", "total", "全福街道中心")]
[True, True, True, True, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from healthduty.exact import number_text
from healthduty.records.headers import Holds
from healthduty.records.intake import Intake, shown
from healthduty.records.plain import as_text
from healthduty.records.sheets import Row, Sheet
from healthduty.said import Said

_TOTAL = re.compile(
    r".*(?:合计|总计|小计|总和|平均|平均值|平均数|平均分|均值)"
    r"|全[县区市省](?:数据|情况)?"
    r"|(?:grand )?total|sub-?total|sum|average|mean"
)
_LONGEST = 30
ENDINGS_OF_TOTALS = frozenset("计和均值数分县区市省据况lmenLMEN:：")
"""What such a name ends with; the names of nearly all facilities need no second look."""


def is_total(text: str) -> bool:
    """Return whether a name is that of a row of totals."""
    text = text.rstrip()
    if text[-1:] not in ENDINGS_OF_TOTALS or len(text) > _LONGEST:
        return False
    name = number_text(text).rstrip(":").casefold()
    return bool(_TOTAL.fullmatch(name if name.isascii() else "".join(name.split())))


def facility_rows(sheet: Sheet, identity: Mapping[Holds, int], intake: Intake) -> Iterator[Row]:
    """Go through the rows that speak of facilities; a row of totals is reported on the way."""
    named = [identity[holds] for holds in (Holds.FACILITY, Holds.NAME) if holds in identity]
    alone = all(_total_of(row, named) for row in sheet.rows)
    for row in sheet.rows:
        if not alone and (name := _total_of(row, named)):
            message = Said(
                f"`{shown(name)}` is a row of totals, no facility: it is left out",
                f"`{shown(name)}`是合计行，不是单位，未读取",
            )
            intake.warn("record-row-total", message, row.place)
        else:
            yield row


def _total_of(row: Row, named: Iterable[int]) -> str:
    """Return what a row of totals calls itself, in the facility's cells or before them."""
    names = [text for index in named if (text := as_text(row.cells[index]))]
    if not names:  # 合计 may stand in the column of running numbers
        names = list(filter(None, map(as_text, row.cells)))[:1]
    return next(filter(is_total, names), "")
