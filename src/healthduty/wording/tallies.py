"""Tallies in words: what stands before the points (满意率达到90%以上，每低5个百分点).

What is a shortfall to a deduction is an achievement to a bonus, so the clause that names the
target depends on what the points do: 不超过40%，每超1个百分点扣 beside 超过40%的，每超1个百分点加.

Source: semantics 4 (steps: complete, started, proportional; points of percentage), 10, 15.

>>> tally_text(Lacking("问卷调查", required=2), {}, "zh")
'问卷调查不少于2，每少1项'
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.rules.points import Effect
from healthduty.rules.tally import (
    ByAttribute,
    Cases,
    Counting,
    Lacking,
    Once,
    StepsAbove,
    StepsBelow,
    Tally,
)
from healthduty.said import Language
from healthduty.wording.conditions import bound_text, condition_text
from healthduty.wording.figures import figure, step_text, unit_of
from healthduty.wording.names import label_text, word_text
from healthduty.wording.phrase import Measures, Phrase, check_language, listed
from healthduty.wording.points import effect_word

_REACH_FOR = Phrase("{0}达到{1}以上", "{0} at least {1}")
_STAY_WITHIN = Phrase("{0}不超过{1}", "{0} at most {1}")
_WHERE_BELOW = Phrase("{0}低于{1}的", "where {0} below {1}")
_WHERE_ABOVE = Phrase("{0}超过{1}的", "where {0} over {1}")
_EACH_BELOW = Phrase("每低{0}", "for every {0} below")
_EACH_ABOVE = Phrase("每超{0}", "for every {0} above")
_OF_TARGET = Phrase("目标值的{0}", "{0} of the target")
_SHARE_BELOW = Phrase("按未完成比例", "by the unmet share")
_SHARE_ABOVE = Phrase("按超出比例", "by the excess share")
_ALL_BELOW = Phrase("全部未完成", "where nothing is met")
_ALL_ABOVE = Phrase("超出一倍", "where it is twice the target")
_STARTED = Phrase("不足{0}按{0}计", "a started step counts whole")
_PROPORTIONAL = Phrase("按比例{0}分", "in proportion")

_REQUIRED = Phrase("{0}不少于{1}", "{0} no fewer than {1}")
_PRORATED = Phrase("（按考核月份折算）", " (prorated by months)")
_EACH_LACKING = Phrase("每少{0}", "for every {0} lacking")
_ITEM = Phrase("项", "")
_EACH_CASE = Phrase("每发现{0}", "for every {0} found")
_CASES = Phrase("{0}例", "{0} cases")
_ONE_CASE = Phrase("1例", "1 case")
_FREE = Phrase("前{0}不计", "the first {0} free")
_WITH = Phrase("{0}（{1}）", "{0} ({1})")
_HAS = Phrase("{0}为{1}", "{0} is {1}")
_WEIGHED = Phrase("按{0}折算（{1}）", "weighed by {0} ({1})")
_WEIGHS = Phrase("{0}计{1}", "{0} as {1}")
_OTHERS_WEIGH = Phrase("其余计{0}", "otherwise as {0}")
_LIST = Phrase("、", ", ")
_ONCE = Phrase("{0}的", "where {0}")


@attrs.frozen
class Counted:
    """A tally as the pieces of a clause.

    `head` says what is held against what, `each` what the points are for, `whole` what takes
    them all where there is no step, `tails` what follows the points.
    """

    head: str
    each: str = attrs.field(default="", kw_only=True)
    whole: str = attrs.field(default="", kw_only=True)
    tails: tuple[str, ...] = attrs.field(default=(), kw_only=True)


def tally_text(tally: Tally, measures: Measures, lang: Language) -> str:
    """Return what a deduction counts, as a clause without its points.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    counted = counted_of(tally, Effect.LOSE, measures, lang)
    return listed((counted.head, counted.each, *counted.tails), lang)


def counted_of(tally: Tally, effect: Effect, measures: Measures, lang: Language) -> Counted:
    """Return the pieces of the clause for a tally whose points have this effect."""
    match tally:
        case StepsBelow() | StepsAbove():
            return _steps(tally, effect, measures, lang)
        case Lacking():
            return _lacking(tally, measures, lang)
        case Cases():
            return _cases(tally, measures, lang)
        case Once():
            return Counted(_ONCE(lang, condition_text(tally.condition, measures, lang)))
        case _:
            assert_never(tally)


def _steps(
    tally: StepsBelow | StepsAbove, effect: Effect, measures: Measures, lang: Language
) -> Counted:
    below = isinstance(tally, StepsBelow)
    if effect is Effect.LOSE:
        phrase = _REACH_FOR if below else _STAY_WITHIN
    else:
        phrase = _WHERE_BELOW if below else _WHERE_ABOVE
    measure = measures.get(tally.measure)
    bound = bound_text(tally.target, measure, measures, lang)
    head = phrase(lang, label_text(tally.measure, measures, lang), bound)
    if tally.step is None:
        return Counted(
            head,
            each=(_SHARE_BELOW if below else _SHARE_ABOVE)(lang),
            whole=(_ALL_BELOW if below else _ALL_ABOVE)(lang),
        )
    if tally.relative:
        size = figure(tally.step, "%")
        step = _OF_TARGET(lang, size)
    else:
        size = step = step_text(tally.step, measure, lang)
    each = (_EACH_BELOW if below else _EACH_ABOVE)(lang, step)
    return Counted(head, each=each, tails=_counting(tally.counting, size, effect, lang))


def _counting(counting: Counting, size: str, effect: Effect, lang: Language) -> tuple[str, ...]:
    match counting:
        case Counting.COMPLETE:
            return ()
        case Counting.STARTED:
            return (_STARTED(lang, size),)
        case Counting.PROPORTIONAL:
            return (_PROPORTIONAL(lang, effect_word(effect, lang)),)
        case _:
            assert_never(counting)


def _lacking(tally: Lacking, measures: Measures, lang: Language) -> Counted:
    measure = measures.get(tally.measure)
    required = bound_text(tally.required, measure, measures, lang)
    head = _REQUIRED(lang, label_text(tally.measure, measures, lang), required)
    if tally.prorated:
        head += _PRORATED(lang)
    size = figure(tally.step, unit_of(measure, _ITEM(lang)))
    return Counted(head, each=_EACH_LACKING(lang, size))


def _cases(tally: Cases, measures: Measures, lang: Language) -> Counted:
    unit = unit_of(measures.get(tally.measure))
    head = label_text(tally.measure, measures, lang)
    if tally.where:
        pairs = [
            _HAS(lang, word_text(attribute, lang), word_text(value, lang))
            for attribute, value in tally.where
        ]
        head = _WITH(lang, head, _LIST(lang).join(pairs))
    tails = []
    if tally.by is not None:
        tails.append(_weights(tally.by, lang))
    if tally.free:
        tails.append(_FREE(lang, _some(tally.free, unit, lang)))
    each = _EACH_CASE(lang, _some(tally.step, unit, lang))
    return Counted(head, each=each, tails=tuple(tails))


def _some(number: Fraction, unit: str, lang: Language) -> str:
    if unit:
        return figure(number, unit)
    return _ONE_CASE(lang) if number == 1 else _CASES(lang, figure(number))


def _weights(by: ByAttribute, lang: Language) -> str:
    weights = [
        _WEIGHS(lang, word_text(value, lang), figure(weight)) for value, weight in by.weights
    ]
    if by.otherwise is not None:
        weights.append(_OTHERS_WEIGH(lang, figure(by.otherwise)))
    return _WEIGHED(lang, word_text(by.attribute, lang), _LIST(lang).join(weights))
