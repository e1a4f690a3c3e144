"""Thresholds and conditions in words: 95%, 上年门诊人次的1.1倍, 满意率低于60%, 无专用处方.

The label of a flag is free text. One that is a sentence already (无专用处方, 未公示, 发生事故)
stands as it is where it must hold; any other gets the words of its column: 「专用处方」为否.

Source: semantics 3 (达到…以上 and 不超过 include the number, 低于 and 超过 exclude it).

>>> condition_text(AnyOf((Flag("无制度"), Compare("检查", "<", 1))), {}, "zh")
'无制度或检查低于1'
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from healthduty.rules.condition import (
    AllOf,
    AnyOf,
    Comparator,
    Compare,
    Condition,
    Flag,
    Level,
    Not,
)
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
from healthduty.said import Language
from healthduty.wording.figures import figure, unit_of
from healthduty.wording.names import (
    label_of,
    label_text,
    name_text,
    quoted,
    reference_text,
    with_code,
    word_text,
)
from healthduty.wording.phrase import Measures, Phrase, check_language

BRACKETS = Phrase("（{0}）", "({0})")

_OF_KIND = Phrase("{0}{1}", "{0} {1}")
_OTHER_KINDS = Phrase("其余{0}", "otherwise {0}")
_LIST = Phrase("、", ", ")
_TIMES = Phrase("{0}的{1}倍", "{1} times {0}")
_PLUS = Phrase("{0}加{1}", "{0} plus {1}")
_LESS = Phrase("{0}减{1}", "{0} less {1}")
_BLANK = Phrase("____（{0}）", "____({0})")

_COMPARED = {
    Comparator.AT_LEAST: Phrase("{0}达到{1}以上", "{0} at least {1}"),
    Comparator.MORE: Phrase("{0}超过{1}", "{0} over {1}"),
    Comparator.AT_MOST: Phrase("{0}不超过{1}", "{0} at most {1}"),
    Comparator.LESS: Phrase("{0}低于{1}", "{0} below {1}"),
    Comparator.EQUAL: Phrase("{0}为{1}", "{0} equal to {1}"),
}
_SAME_AS = Phrase("{0}等于{1}", "{0} equal to {1}")

_SENTENCE = re.compile(r"(?:无|未|没有|不|缺|发生|发现|出现|存在|违反)[\u4e00-\u9fff]+")
_YES = Phrase("{0}为是", "{0} is yes")
_NO = Phrase("{0}为否", "{0} is no")
_FOUND = Phrase("有{0}情形", "{0} found")
_NOT_FOUND = Phrase("无{0}情形", "no {0} found")
_AT_LEVEL = Phrase("{0}为{1}", "{0} is {1}")

_AND = Phrase("且", " and ")
_OR = Phrase("或", " or ")
_NOT = Phrase("不满足{0}", "not {0}")


def threshold_text(
    threshold: Threshold, measure: Measure | None, measures: Measures, lang: Language
) -> str:
    """Return a threshold in the unit of the measure that is held against it.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    match threshold:
        case Fraction():
            return figure(threshold, unit_of(measure))
        case ByKind():
            return _by_kind(threshold, unit_of(measure), lang)
        case Given():
            return reference_text(threshold.measure, measures, lang)
        case Multiple():
            return _multiple(threshold, unit_of(measure), measures, lang)
        case Blank():
            return _BLANK(lang, name_text(threshold.name, lang)) + unit_of(measure)
        case _:
            assert_never(threshold)


def _by_kind(threshold: ByKind, unit: str, lang: Language) -> str:
    parts = [
        _OF_KIND(lang, word_text(kind, lang), figure(value, unit))
        for kind, value in threshold.values
    ]
    if threshold.default is not None:
        parts.append(_OTHER_KINDS(lang, figure(threshold.default, unit)))
    return _LIST(lang).join(parts)


def _multiple(threshold: Multiple, unit: str, measures: Measures, lang: Language) -> str:
    text = reference_text(threshold.measure, measures, lang)
    if threshold.factor != 1:
        text = _TIMES(lang, text, figure(threshold.factor))
    if threshold.plus > 0:
        return _PLUS(lang, text, figure(threshold.plus, unit))
    if threshold.plus < 0:
        return _LESS(lang, text, figure(-threshold.plus, unit))
    return text


def bound_text(
    threshold: Threshold, measure: Measure | None, measures: Measures, lang: Language
) -> str:
    """Return a threshold inside a clause: as `threshold_text`, a list of kinds in brackets."""
    text = threshold_text(threshold, measure, measures, lang)
    return BRACKETS(lang, text) if isinstance(threshold, ByKind) else text


def condition_text(condition: Condition, measures: Measures, lang: Language) -> str:
    """Return a condition as a clause without its end: 满意率低于60%, 无制度且无检查.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    match condition:
        case Compare():
            return _compare(condition, measures, lang)
        case Flag():
            return _flag(condition, measures, lang)
        case Level():
            label = label_text(condition.measure, measures, lang)
            return _AT_LEVEL(lang, label, levels_text(condition.levels, lang))
        case AllOf():
            return _several(condition.conditions, _AND, measures, lang)
        case AnyOf():
            return _several(condition.conditions, _OR, measures, lang)
        case Not():
            inner = condition_text(condition.condition, measures, lang)
            return _NOT(lang, BRACKETS(lang, inner))
        case _:
            assert_never(condition)


def levels_text(levels: tuple[str, ...], lang: Language) -> str:
    """Return one or several levels: 优、良."""
    return _LIST(lang).join(word_text(level, lang) for level in levels)


def _compare(condition: Compare, measures: Measures, lang: Language) -> str:
    label = label_text(condition.measure, measures, lang)
    measure = measures.get(condition.measure)
    bound = bound_text(condition.threshold, measure, measures, lang)
    if condition.comparator is Comparator.EQUAL and isinstance(
        condition.threshold, (Given, Multiple)
    ):
        return _SAME_AS(lang, label, bound)  # 为 with a name behind it is a level
    return _COMPARED[condition.comparator](lang, label, bound)


def _flag(condition: Flag, measures: Measures, lang: Language) -> str:
    measure = measures.get(condition.measure)
    label = label_of(condition.measure, measures)
    if lang == "zh" and condition.expected and _is_sentence(label):
        return with_code(label, condition.measure, measures, lang)
    words = with_code(quoted(label, lang), condition.measure, measures, lang)
    if measure is not None and measure.kind is MeasureKind.CASES:
        return (_FOUND if condition.expected else _NOT_FOUND)(lang, words)
    return (_YES if condition.expected else _NO)(lang, words)


def _is_sentence(label: str) -> bool:
    return bool(_SENTENCE.fullmatch(label)) and name_text(label, "zh") == label


def _several(
    parts: tuple[Condition, ...],
    word: Phrase,
    measures: Measures,
    lang: Language,
) -> str:
    return word(lang).join(_member(part, measures, lang) for part in parts)


def _member(part: Condition, measures: Measures, lang: Language) -> str:
    text = condition_text(part, measures, lang)
    return BRACKETS(lang, text) if isinstance(part, (AllOf, AnyOf)) else text
