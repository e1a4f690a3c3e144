"""Rules in words: one canonical clause for each, in administrative Chinese or in English.

The order of a clause is fixed: when it holds, what is counted, the points, how begun steps
count, what multiplies them, the most they come to.

Source: the patterns of published scoring tables; semantics 5 (from what to what), 9 (bands).

>>> from healthduty.rules.condition import Flag
>>> print(rule_text(Forfeit(Flag("未建立台账")), {}, "zh"))
未建立台账的，本项不得分
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from healthduty.rules.condition import Condition
from healthduty.rules.points import FULL, Effect, Pick, Reach
from healthduty.rules.rule import (
    AnyBand,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    LevelBand,
    Rule,
    Times,
    effect_of,
)
from healthduty.said import Language
from healthduty.wording.conditions import BRACKETS, bound_text, condition_text, levels_text
from healthduty.wording.figures import figure
from healthduty.wording.names import label_text, name_text
from healthduty.wording.phrase import Measures, Phrase, check_language, listed
from healthduty.wording.points import Verb, effect_word, points_text
from healthduty.wording.tallies import Counted, counted_of

_WHEN = Phrase("仅当{0}时", "only where {0}")
_USED_UP = Phrase("本项扣完的", "once the item's points are used up")
_FOR = Phrase("{0}{1}", "{1} {0}")
_BY_SHARE = Phrase("{0}{1}分", "{1} {0}")
_USUAL_FACTORS = {
    Fraction(2): Phrase("{0}时加倍", "doubled where {0}"),
    Fraction(1, 2): Phrase("{0}时减半", "halved where {0}"),
}
_FACTOR = Phrase("{0}时按{1}倍计", "times {1} where {0}")
_MOST = Phrase("最高{0}", "at most {0}")

_OVER = Phrase("{0}：{1}", "{0}: {1}")
_BETWEEN = Phrase("{0}至{1}", "from {0} to {1}")
_EXACTLY = Phrase("等于{0}", "exactly {0}")
_FROM = Phrase("{0}以上", "at {0} or more")
_UP_TO = Phrase("{0}以下", "at {0} or less")
_ANYWHERE = Phrase("不论多少", "at any value")
_IN = Phrase("{0}（含）", "{0} (included)")
_OUT = Phrase("{0}（不含）", "{0} (excluded)")
_AT = Phrase("{0}", "at {0}")
_CASE = Phrase("{0}的", "where {0}")
_OTHERWISE = Phrase("其余{0}", "otherwise {0}")

_STRAIGHT = Phrase("{0}按直线内插", "{0} on straight lines")
_BELOW_FIRST = Phrase("低于首点{0}", "below the first {0}")
_ABOVE_LAST = Phrase("高于末点{0}", "above the last {0}")

_JUDGED = Phrase("{0}酌情{1}", "{0} at the assessor's discretion: {1}")
_ANY_POINTS = Phrase("分", "any points")
_RANGE = Phrase("{0}至{1}", "{0} to {1}")

_FORFEIT = {
    Reach.PART: Phrase("{0}的，本项不得分", "where {0}, no points for the item"),
    Reach.INDICATOR: Phrase("{0}的，本指标不得分", "where {0}, no points for the indicator"),
    Reach.SECTION: Phrase("{0}的，本大项不得分", "where {0}, no points for the section"),
    Reach.TOTAL: Phrase("{0}的，总分不得分", "where {0}, no points at all"),
}

_TOGETHER = Phrase("以下各项合计", "of the following together")
_LEAST_LOST = Phrase("以下各项取扣分最少的一项", "of the following the one best for the unit")
_MOST_LOST = Phrase("以下各项取扣分最多的一项", "of the following the one worst for the unit")
_BEST = Phrase("以下各项就高{0}分", "of the following the one best for the unit")
_WORST = Phrase("以下各项就低{0}分", "of the following the one worst for the unit")
_MEMBERS = Phrase("；", "; ")


def rule_text(rule: Rule, measures: Measures, lang: Language) -> str:
    """Return the canonical clause of a rule, without a full stop.

    `measures` are the agreement's by code. Rules that differ in more than citation and
    assumption have different texts, as long as no two measures share a name.

    Raises:
        UsageError: an unknown language.
    """
    check_language(lang)
    match rule:
        case Deduction() | Bonus():
            return _tallied(rule, measures, lang)
        case Bands():
            return _bands(rule, measures, lang)
        case Curve():
            return _curve(rule, measures, lang)
        case Judgement():
            return _judgement(rule, measures, lang)
        case Forfeit():
            return _FORFEIT[rule.scope](lang, condition_text(rule.when, measures, lang))
        case Group():
            return _group(rule, measures, lang)
        case _:
            assert_never(rule)


def _when(condition: Condition | None, measures: Measures, lang: Language) -> str:
    return "" if condition is None else _WHEN(lang, condition_text(condition, measures, lang))


# ------------------------------------------------------------------- deductions, bonuses


def _tallied(rule: Deduction | Bonus, measures: Measures, lang: Language) -> str:
    exhaustion = isinstance(rule, Deduction) and rule.on_exhaustion
    counted = counted_of(rule.tally, effect_of(rule), measures, lang)
    pieces = (
        _when(rule.when, measures, lang),
        _USED_UP(lang) if exhaustion else "",
        counted.head,
        *_points_for(counted, rule, lang),
        *counted.tails,
        *(_times(times, measures, lang) for times in rule.times),
        _most(rule.cap, effect_of(rule), lang),
    )
    return listed(pieces, lang)


def _verb(rule: Deduction | Bonus | Bands | Curve | Judgement) -> Verb:
    match rule:
        case Deduction():
            return Verb(Effect.LOSE, reach=rule.reach, further=rule.on_exhaustion)
        case Bonus():
            return Verb(Effect.ADD, where=rule.where)
        case Bands() | Curve() | Judgement():
            return Verb(rule.effect, reach=rule.reach, where=rule.where)
        case _:
            assert_never(rule)


def _points_for(counted: Counted, rule: Deduction | Bonus, lang: Language) -> tuple[str, ...]:
    done = _verb(rule).text(rule.points, lang)
    if counted.whole:
        word = effect_word(effect_of(rule), lang)
        return _BY_SHARE(lang, counted.each, word), _FOR(lang, counted.whole, done)
    return (_FOR(lang, counted.each, done) if counted.each else done,)


def _times(times: Times, measures: Measures, lang: Language) -> str:
    condition = condition_text(times.when, measures, lang)
    if times.factor in _USUAL_FACTORS:
        return _USUAL_FACTORS[times.factor](lang, condition)
    return _FACTOR(lang, condition, figure(times.factor))


def _most(cap: Fraction | None, effect: Effect, lang: Language) -> str:
    return "" if cap is None else _MOST(lang, Verb(effect).text(cap, lang))


# ------------------------------------------------------------------------- bands, curves


def _bands(rule: Bands, measures: Measures, lang: Language) -> str:
    verb = _verb(rule)
    pieces = [
        _FOR(lang, _band(band, rule.measure, measures, lang), verb.text(band.points, lang))
        for band in rule.bands
    ]
    if rule.otherwise is not None:
        pieces.append(_OTHERWISE(lang, verb.text(rule.otherwise, lang)))
    table = _OVER(lang, label_text(rule.measure, measures, lang), listed(pieces, lang))
    return listed((_when(rule.when, measures, lang), table), lang)


def _band(band: AnyBand, code: str, measures: Measures, lang: Language) -> str:
    match band:
        case Band():
            return _between(band, code, measures, lang)
        case LevelBand():
            return _AT(lang, levels_text(band.levels, lang))
        case CaseBand():
            return _CASE(lang, condition_text(band.when, measures, lang))
        case _:
            assert_never(band)


def _between(band: Band, code: str, measures: Measures, lang: Language) -> str:
    low = high = ""
    if band.low is not None and band.low == band.high and band.low_in and band.high_in:
        return _EXACTLY(lang, bound_text(band.low, measures.get(code), measures, lang))
    if band.low is not None:
        bound = bound_text(band.low, measures.get(code), measures, lang)
        low = (_IN if band.low_in else _OUT)(lang, bound)
    if band.high is not None:
        bound = bound_text(band.high, measures.get(code), measures, lang)
        high = (_IN if band.high_in else _OUT)(lang, bound)
    if low and high:
        return _BETWEEN(lang, low, high)
    if low:
        return _FROM(lang, low)
    return _UP_TO(lang, high) if high else _ANYWHERE(lang)


def _curve(rule: Curve, measures: Measures, lang: Language) -> str:
    verb = _verb(rule)
    pieces = [_knot(knot, rule, measures, lang) for knot in rule.knots]
    if rule.below is not None:
        pieces.append(_BELOW_FIRST(lang, verb.text(rule.below, lang)))
    if rule.above is not None:
        pieces.append(_ABOVE_LAST(lang, verb.text(rule.above, lang)))
    head = _STRAIGHT(lang, label_text(rule.measure, measures, lang))
    line = _OVER(lang, head, listed(pieces, lang))
    return listed((_when(rule.when, measures, lang), line), lang)


def _knot(knot: Knot, rule: Curve, measures: Measures, lang: Language) -> str:
    bound = bound_text(knot.at, measures.get(rule.measure), measures, lang)
    return _FOR(lang, _AT(lang, bound), _verb(rule).text(knot.points, lang))


# --------------------------------------------------------------------- judgement, groups


def _judgement(rule: Judgement, measures: Measures, lang: Language) -> str:
    if not rule.least and rule.most == FULL:
        amount = _ANY_POINTS(lang)
    else:
        amount = _RANGE(lang, points_text(rule.least, lang), points_text(rule.most, lang))
    judged = _JUDGED(lang, name_text(rule.code, lang), _verb(rule).around(amount, lang))
    return listed((_when(rule.when, measures, lang), judged), lang)


def _group(rule: Group, measures: Measures, lang: Language) -> str:
    effect = effect_of(rule)
    head = _pick(rule.pick, effect)(lang, effect_word(effect, lang))
    head = listed((head, _most(rule.cap, effect, lang)), lang)
    members = (_member(member, measures, lang) for member in rule.rules)
    return _OVER(lang, head, _MEMBERS(lang).join(members))


def _member(member: Rule, measures: Measures, lang: Language) -> str:
    text = rule_text(member, measures, lang)
    return BRACKETS(lang, text) if isinstance(member, Group) else text


def _pick(pick: Pick, effect: Effect) -> Phrase:
    match pick:
        case Pick.ALL:
            return _TOGETHER
        case Pick.BEST:
            return _LEAST_LOST if effect is Effect.LOSE else _BEST
        case Pick.WORST:
            return _MOST_LOST if effect is Effect.LOSE else _WORST
        case _:
            assert_never(pick)
