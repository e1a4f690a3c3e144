"""A bound that stands alone: how much is asked, and not of what.

A table whose items are called 患者满意度 writes ≥90% beside them. What is meant stands in the other
cell, and whoever puts the two together reads one sentence.

Source: clause patterns, “the required number in the requirement cell”; semantics 12.

>>> [is_bare(text) for text in ("≥90%", "全年2300袋", "签约率≥70%", "按要求完成")]
[True, True, False, False]
"""

from __future__ import annotations

from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import tokens_of

_BESIDE = frozenset(
    {
        *(Kind.AT_LEAST, Kind.MORE, Kind.AT_MOST, Kind.LESS, Kind.EQUAL),
        *(Kind.ABOVE, Kind.UNDER, Kind.WITHIN, Kind.UNIT, Kind.EVERY, Kind.STOP),
    }
)
"""What may stand beside the number."""

_YEAR = frozenset({"全年", "年内", "本年", "本年度", "年度", "当年", "年"})
"""Words that say of when, where the sentence about it is the year's."""


def is_bare(text: str) -> bool:
    """Return whether a text is one number with its comparison, unit and period, and no more."""
    tokens = [each for each in tokens_of(fold(text).folded) if each.text not in _YEAR]
    kinds = [each.kind for each in tokens]
    return kinds.count(Kind.NUMBER) == 1 and _BESIDE.issuperset(
        kind for kind in kinds if kind is not Kind.NUMBER
    )
