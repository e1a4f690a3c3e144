"""Values that have columns of their own, for a standard that calls them: 低于基准值不得分.

Beside a target a table may have what points begin at (底线值), and what earns more (挑战值). The
standard of a row has the row's number in their place. Where less is better, whoever is 低于底线值
is beyond that number.

Source: docs/en/explanation/how-tables-are-read.md, “The header”.

>>> with_values(
...     "达到挑战值得5分，低于底线值不得分", {"挑战值": "40%", "底线值": "30%"}, falls=False
... )
'达到40%得5分，低于30%不得分'
>>> with_values("达到挑战值得5分，低于底线值不得分", {"挑战值": "7天", "底线值": "9天"}, falls=True)
'达到7天得5分，超过9天不得分'
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBER = re.compile(r"[≥≤><＞＜=]?\s*(?:不低于|不少于|不超过|不高于|达到?)?\s*(\d[\d.]*)(\D{0,6})")
_SHORT_OF = r"(?:低于|不足|少于|不到|未完成|未实现)"


def number_of(text: str, unit: str) -> str:
    """Return the number that a cell holds, with its unit, without what compares it.

    >>> number_of("≥35", "%"), number_of("不超过8天", "")
    ('35%', '8天')
    """
    found = _NUMBER.fullmatch(text.strip())
    return "" if found is None else found[1] + (found[2] or unit)


def with_values(text: str, values: Mapping[str, str], *, falls: bool) -> str:
    """Return a standard with numbers for the names of columns; `falls` says that less is better."""
    for name in sorted(values, key=len, reverse=True):
        if falls:
            text = re.sub(f"{_SHORT_OF}{re.escape(name)}", f"超过{values[name]}", text)
        text = re.sub(rf"未(?:完成|实现){re.escape(name)}", f"未达到{values[name]}", text)
        text = text.replace(name, values[name])
    return text
