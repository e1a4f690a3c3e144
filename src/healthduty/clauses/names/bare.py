"""A bound or a change that stands alone: how much is asked, and not of what.

A table whose items are called 患者满意度 writes ≥90%, 85%-93% or 较上年下降 beside them. What is
meant stands in the other cell, and whoever puts the two together reads one sentence.

Source: clause patterns, “the required number in the requirement cell”; semantics 12.

>>> [is_bare(text) for text in ("≥90%", "全年2300袋", "签约率≥70%", "按要求完成")]
[True, True, False, False]
>>> [is_bare(text) for text in ("同比增长5%", "逐步提高", "费用较上年下降")]
[True, True, False]
"""

from __future__ import annotations

import re

from healthduty.clauses.text.folding import fold, simplified
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import tokens_of

_BESIDE = frozenset(
    {
        *(Kind.AT_LEAST, Kind.MORE, Kind.AT_MOST, Kind.LESS, Kind.EQUAL),
        *(Kind.ABOVE, Kind.UNDER, Kind.WITHIN, Kind.UNIT, Kind.EVERY, Kind.STOP),
        Kind.DASH,
    }
)
"""What may stand beside the number."""

_COMPARES = frozenset({Kind.AT_LEAST, Kind.MORE, Kind.AT_MOST, Kind.LESS})
_ENDS = 2  # 85%-93%

_YEAR = frozenset({"全年", "年内", "本年", "本年度", "年度", "当年", "年"})
"""Words that say of when, where the sentence about it is the year's."""

_CHANGE = re.compile(
    r"[与较比同](?=上|去|往|同)|同比|环比|(?:上一?年度?|去年|往年)(?:同期)?(?:的?水平)?|同期|相比|逐[年步]|稳步"
    r"|持续|不断|有所|进一步|(?:增长|增加|提高|提升|上升|下降|降低|减少|缩短|持平)(?:率|幅度?)?|[增降]幅|增速|或"
    r"|(?:不?[高低]于|不超过)(?=上|去|往)"
)
"""Words that say how a quantity changes, and not which."""


def is_bare(text: str) -> bool:
    """Return whether a text is a bound with its comparison, unit and period, and no more.

    bare := change* (bound | range)? — 同比增长5%, 逐步提高, 85%-93%
    """
    folded = simplified(fold(text).folded).strip(" 。;,")
    rest = _CHANGE.sub("", folded)
    if folded and not rest:
        return True
    kinds = [each.kind for each in tokens_of(rest) if each.text not in _YEAR]
    if kinds[-1:] == [Kind.POINTS] and kinds[0] in _COMPARES:
        kinds.pop()  # ≥92分 beside 患者满意度
    numbers = kinds.count(Kind.NUMBER)
    ends = numbers == kinds.count(Kind.DASH) + 1 <= _ENDS
    return ends and _BESIDE.issuperset(kind for kind in kinds if kind is not Kind.NUMBER)
