"""Levels that follow each other make bands (优得5分，良得3分); a level alone is a fact.

Which it is shows only when the next segment was read, so each level waits as a band of its own.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> [band.levels for band in read_clause("优得5分，良得3分").rules[0].bands]
[('优',), ('良',)]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.facts import read_facts
from healthduty.clauses.names.subjects import NONE
from healthduty.clauses.occasions import UNNAMED, Graded
from healthduty.clauses.text.lexicon import LEVELS_FAILED, QUALITIES
from healthduty.rules.condition import Flag, Level
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import (
    Bands,
    Bonus,
    CaseBand,
    Deduction,
    Forfeit,
    LevelBand,
    Rule,
    effect_of,
)
from healthduty.rules.tally import Once

_ASKED = re.compile(r"(?<=符合|达到|满足)(?:要求|规定|标准)$")
_HIGH = re.compile(r"[率度量力平](?:高)$")
_RANK = re.compile(r"[一二三四五ⅠⅡⅢⅣ甲乙丙丁][级类等]")
_DEGREE = re.compile(r"^(?:不|未|基本|比?较|很|非常|欠|全面|全部|完全|[大小少]?部分|[多少]数)")
_SHORT = 2
_MANY = 10**6  # a share of the points stands before any number of points


@attrs.frozen
class _Rung:
    """A draft that is one level of something: its occasion and its band.

    `leads`: it was read as a fact, whose last word is the first of the levels behind it.
    """

    draft: Draft
    occasion: Graded
    rule: Bands
    band: LevelBand
    leads: bool = False


def join_levels(context: Context) -> None:
    """Join levels that follow each other to bands; a level alone is a fact."""
    found: list[Draft | list[_Rung]] = []
    run: list[_Rung] = []
    for draft, behind in itertools.zip_longest(context.drafts, context.drafts[1:]):
        rung = _rung(draft) or _lowest(draft, run) or _next(draft, run) or _first(draft, behind)
        if run and (rung is None or not _goes_on(context, run, rung)):
            found.append(run)
            rung, run = _of_same(run[0], rung), []
        if rung is None:
            found.append(draft)
        else:
            run.append(rung)
    if run:
        found.append(run)
    runs = _named_by_quality([each for each in found if isinstance(each, list)])
    context.drafts = [
        each if isinstance(each, Draft) else _levelled(context, next(runs)) for each in found
    ]


def _named_by_quality(runs: list[list[_Rung]]) -> Iterator[list[_Rung]]:
    """Name each of several qualities of one thing: 档案真实程度 and 档案完整程度."""
    of_subject: dict[str, set[str]] = {}
    for first, *others in runs:
        if others:
            qualities = of_subject.setdefault(first.occasion.subject, set())
            qualities.add(_quality(first.band.levels[0]))
    for run in runs:
        subject, quality = run[0].occasion.subject, _quality(run[0].band.levels[0])
        if len(run) > 1 and quality and len(of_subject[subject]) > 1:
            named = attrs.evolve(run[0].occasion, subject=f"{subject}{quality}程度")
            yield [attrs.evolve(run[0], occasion=named), *run[1:]]
        else:
            yield run


def _quality(level: str) -> str:
    """Return what a level is a degree of, nothing for one of a scale: 不完整 is of 完整.

    >>> _quality("不完整"), _quality("良好")
    ('完整', '')
    """
    base = _DEGREE.sub("", level)
    return base if base in QUALITIES else ""


def _other_quality(context: Context, run: list[_Rung], rung: _Rung) -> bool:
    """Whether a level is well done, too, but of something else: 档案真实…，档案完整….

    Its subject stands there again, or the level before says that the first quality was not there,
    or the first is not worth all of the item's points: 真实得2分，完整得1分 of 3.
    """
    first, last, level = run[0], run[-1].band.levels[-1], rung.band.levels[0]
    if level not in QUALITIES or _quality(first.band.levels[0]) in {"", level}:
        return False
    again = rung.occasion.subject and rung.occasion.words != level
    worth = first.band.points
    less = first.rule.effect is Effect.EARN and worth not in {FULL, context.points or worth}
    return bool(again) or last in LEVELS_FAILED or less


def _other_fault(last: _Rung, rung: _Rung) -> bool:
    """Whether both say what is not so, of two things: 记录不完整扣1分，不及时扣1分."""
    if Effect.EARN in (last.rule.effect, rung.rule.effect):
        return False
    levels = {last.band.levels[-1], rung.band.levels[0]}
    return levels <= LEVELS_FAILED and len({_quality(level) for level in levels} - {""}) > 1


def _denies(rung: _Rung, run: list[_Rung]) -> bool:
    """Whether 不真实, with no other word, is about what 真实 before it is about."""
    level = rung.band.levels[0]
    return (
        level in LEVELS_FAILED
        and rung.occasion.words == level
        and rung.draft.sentence <= run[-1].draft.sentence + 1
        and _quality(level) == _quality(run[-1].band.levels[-1]) != ""
    )


def _of_same(first: _Rung, rung: _Rung | None) -> _Rung | None:
    """Return 不达标 with what 病死率达标 before it is about: 病死率达标加1分，不达标扣1分."""
    same = rung is not None and rung.draft.sentence == first.draft.sentence
    if rung is None or rung.occasion.subject or not same or rung.draft.part != first.draft.part:
        return rung
    return attrs.evolve(rung, occasion=attrs.evolve(rung.occasion, subject=first.occasion.subject))


def _rung(draft: Draft) -> _Rung | None:
    """Return a draft as a level, None where it is another rule."""
    rule, occasion = draft.rule, draft.occasion
    if not isinstance(occasion, Graded) or not isinstance(rule, Bands):
        return None
    band = rule.bands[0]
    return _Rung(draft, occasion, rule, band) if isinstance(band, LevelBand) else None


def _lowest(draft: Draft, run: list[_Rung]) -> _Rung | None:
    """Return 没有的不得分 behind levels that earn as the lowest of them."""
    when = draft.rule.when if isinstance(draft.rule, Forfeit) else None
    if not run or not isinstance(when, Flag):
        return None
    last, said = run[-1], when.measure
    fact = said.removeprefix(run[0].occasion.subject).lstrip("，")  # 健康教育，未落实
    short = len(said) == 1  # 优5分，良4分，劣0分
    if not (short or said in NONE or _undone(fact, last.band.levels[-1])):
        return None
    if last.rule.effect is not Effect.EARN or last.draft.sentence != draft.sentence:
        return None
    level = Graded("", (fact,), words=said)
    band = LevelBand(level.levels, 0)
    held = attrs.evolve(draft, occasion=level, forfeit=True)
    return _Rung(held, level, attrs.evolve(last.rule, bands=(band,)), band)


def _undone(fact: str, level: str) -> bool:
    """Whether a fact says that what a level says was not done: 未落实, of 部分落实."""
    done = _DEGREE.sub("", fact)
    return done != fact and done == _DEGREE.sub("", level)


def _next(draft: Draft, run: list[_Rung]) -> _Rung | None:
    """Return a word as short as a level, and worth less, as the next: 优5分、良4分、合3分."""
    fact = _earned_fact(draft) if run else None
    if fact is None or len(fact.measure) > _SHORT:
        return None
    last = run[-1]
    beside = (last.draft.sentence, last.draft.part) == (draft.sentence, draft.part)
    if not beside or effect_of(draft.rule) is not last.rule.effect or last.occasion.linked:
        return None
    if _worth(fact.points) >= _worth(last.band.points):
        return None
    level = Graded("", (fact.measure,), words=fact.measure)
    band = LevelBand(level.levels, fact.points)
    return _Rung(draft, level, attrs.evolve(last.rule, bands=(band,)), band)


def _first(draft: Draft, behind: Draft | None) -> _Rung | None:
    """Return 救治、援外等工作优良得2分 before 合格得1分 as the first of the levels.

    Of what is lost, only ranks lead others: 构成事故的，一级扣10分 before 二级扣8分.
    """
    further = None if behind is None else _rung(behind)
    fact = _fact_of(draft)
    if behind is None or further is None or fact is None:
        return None
    if (draft.sentence, draft.part) != (behind.sentence, behind.part):
        return None
    words = (
        _high(fact.measure)
        or _inner_rank(fact.measure)
        or read_facts(_ASKED.sub("", fact.measure).rpartition("、")[2])
    )
    if not isinstance(words, Graded) or effect_of(draft.rule) is not further.rule.effect:
        return None
    if further.occasion.words not in further.occasion.levels:
        return None
    ranked = all(map(_RANK.fullmatch, (*words.levels, *further.occasion.levels)))
    if effect_of(draft.rule) is Effect.LOSE and not ranked:
        return None
    name = words.subject if ranked else _ASKED.sub("", fact.measure)
    name = name.removesuffix("、".join(words.levels))
    if name == fact.measure or set(words.levels) & set(further.occasion.levels):
        return None
    name = name.rstrip("，,、")
    level = Graded(name or further.occasion.subject, words.levels, words=fact.measure)
    made = LevelBand(words.levels, fact.points)
    return _Rung(draft, level, attrs.evolve(further.rule, bands=(made,)), made, leads=True)


def _high(fact: str) -> Graded | None:
    """Return 高 of 满意率高, which is a level only where others follow."""
    high = _HIGH.search(fact)
    return None if high is None else Graded(fact[:-1], ("高",), words=fact)


def _inner_rank(fact: str) -> Graded | None:
    """Return 一级 of 发生一级医疗事故, which is a level of 发生医疗事故 where others follow."""
    rank = _RANK.search(fact)
    if rank is None or rank.end() == len(fact):
        return None
    return Graded(fact[: rank.start()] + fact[rank.end() :], (rank.group(),), words=fact)


@attrs.frozen
class _Fact:
    """A fact and what it earns or adds."""

    measure: str
    points: Points


def _earned_fact(draft: Draft) -> _Fact | None:
    """Return what a draft earns or adds on one fact, None where it is another rule."""
    return None if isinstance(draft.rule, Deduction) else _fact_of(draft)


def _fact_of(draft: Draft) -> _Fact | None:
    """Return what a draft takes, earns or adds on one fact, None where it is another rule."""
    match draft.rule:
        case Deduction(tally=Once(condition=Flag(measure=measure)), points=points, cap=None):
            return _Fact(measure, points)
        case Bonus(tally=Once(condition=Flag(measure=measure)), points=points, cap=None):
            return _Fact(measure, points)
        case Bands(bands=(CaseBand(when=Flag(measure=measure), points=points),), otherwise=None):
            return _Fact(measure, points)
        case _:
            return None


def _goes_on(context: Context, run: list[_Rung], rung: _Rung) -> bool:
    """Whether a level is a further one of the same thing, in the same part of the item."""
    first = run[0]
    beside = rung.draft.sentence == first.draft.sentence
    bare = first.leads or (beside and rung.occasion.subject == UNNAMED)
    unnamed = (bare and rung.occasion.words in rung.occasion.levels) or _denies(rung, run)
    if _other_quality(context, run, rung) or _other_fault(run[-1], rung):
        return False
    if not unnamed and rung.occasion.subject not in {"", first.occasion.subject}:
        return False
    if len(run) >= MOST_IN_RULE:
        return False
    if rung.draft.part != first.draft.part:
        return False
    effects = {each.rule.effect for each in (*run, rung) if not each.draft.forfeit}
    full = first.rule.effect is Effect.EARN and first.band.points in {FULL, context.points}
    others = {each.rule.effect for each in (*run[1:], rung) if not each.draft.forfeit}
    from_full = full and others == {Effect.LOSE}  # 优得满分，良扣2分，差扣5分
    if len(effects) > 1 and not from_full:
        return False  # 达标加1分，不达标扣1分
    return not any(set(each.band.levels) & set(rung.band.levels) for each in run)


def _levelled(context: Context, run: list[_Rung]) -> Draft:
    """Return the draft of a run: bands over a level, or one fact."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return attrs.evolve(first.draft, rule=_one_fact(context, first), occasion=None)
    effects = {rung.rule.effect for rung in run if not rung.draft.forfeit}
    effect = Effect.LOSE if Effect.LOSE in effects else (effects or {Effect.EARN}).pop()
    bands = tuple(_band(rung, effect) for rung in run)
    points = {level: band.points for band in bands for level in band.levels}
    lost = effect is Effect.LOSE
    order = sorted(points, key=lambda level: _worth(points[level]), reverse=not lost)
    name = first.occasion.subject or UNNAMED
    measure = context.quantities.measure(name, MeasureKind.LEVEL, levels=order)
    rule = attrs.evolve(
        first.rule,
        measure=measure.code,
        effect=effect,
        bands=bands,
        otherwise=last.rule.otherwise,  # 优得5分，良得3分，其余不得分
    )
    return attrs.evolve(first.draft, rule=rule, end=last.draft.end, occasion=None)


def _band(rung: _Rung, effect: Effect) -> LevelBand:
    """Return the band of a level; one that takes all loses all points among those that lose."""
    if rung.draft.forfeit and effect is Effect.LOSE:
        return LevelBand(rung.band.levels, FULL)
    if effect is Effect.LOSE and rung.rule.effect is Effect.EARN:
        return LevelBand(rung.band.levels, 0)
    return rung.band


def _worth(points: Points) -> Fraction:
    return points if isinstance(points, Fraction) else points.part * _MANY


def _one_fact(context: Context, rung: _Rung) -> Rule:
    """Return the rule of a level alone, a fact in its own words: 资料不齐全扣1分."""
    occasion, rule, points = rung.occasion, rung.rule, rung.band.points
    subject = "" if occasion.subject == UNNAMED else occasion.subject
    if rung.draft.forfeit and occasion.linked and occasion.subject:
        measure = context.quantities.measure(
            occasion.subject, MeasureKind.LEVEL, levels=occasion.levels
        )
        return Forfeit(Level(measure, occasion.levels))
    own = occasion.words if occasion.words.startswith(subject) else ""
    words = own or subject + "、".join(occasion.levels)
    flag = Flag(context.quantities.measure(words, MeasureKind.FLAG))
    if rung.draft.forfeit:
        return Forfeit(flag)
    match rule.effect:
        case Effect.LOSE:
            return Deduction(Once(flag), points=points, reach=rule.reach)
        case Effect.ADD:
            return Bonus(Once(flag), points=points, where=rule.where)
        case Effect.EARN:
            bands = (CaseBand(flag, points),)
            return Bands(flag.measure, Effect.EARN, bands, otherwise=rule.otherwise)
