"""Wording: a rule as one clause of administrative Chinese, or as one English sentence.

Every text is canonical: rules that differ in anything but citation and assumption read
differently, so that the text can be read back. What an agreement itself names (measures, units,
levels, kinds of facility) keeps its own words in both languages.

Source: the patterns of published scoring tables; semantics 3 (comparators) and 4 (steps).

>>> from healthduty.rules.measure import Measure
>>> from healthduty.rules.rule import Deduction
>>> from healthduty.rules.tally import StepsBelow
>>> satisfaction = Measure("satisfaction", "满意率", unit="%")
>>> rule = Deduction(StepsBelow(satisfaction, target=90, step=5), points="0.5", cap=2)
>>> print(rule_text(rule, {"satisfaction": satisfaction}, "zh"))
满意率达到90%以上，每低5个百分点扣0.5分，最高扣2分
>>> rule = Deduction(StepsBelow(satisfaction, target=90, step=5), points="0.5")
>>> print(rule_text(rule, {"satisfaction": satisfaction}, "en"))
满意率 at least 90%, 0.5 points deducted for every 5 percentage points below
"""

from __future__ import annotations

from healthduty.said import Language
from healthduty.wording.conditions import condition_text, threshold_text
from healthduty.wording.figures import number_text
from healthduty.wording.lines import line_kind_text
from healthduty.wording.phrase import Measures, check_language
from healthduty.wording.points import effect_word, points_text
from healthduty.wording.rules import rule_text
from healthduty.wording.tallies import tally_text

__all__ = [
    "Language",
    "Measures",
    "check_language",
    "condition_text",
    "effect_word",
    "line_kind_text",
    "number_text",
    "points_text",
    "rule_text",
    "tally_text",
    "threshold_text",
]
