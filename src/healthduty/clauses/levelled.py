"""Levels that follow each other make bands (优得5分，良得3分); a level alone is a fact.

Which it is shows only when the next segment was read, so each level waits as a band of its own.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> [band.levels for band in read_clause("优得5分，良得3分").rules[0].bands]
[('优',), ('良',)]
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.occasions import Graded
from healthduty.rules.condition import Flag, Level
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import FULL, Effect, Points
from healthduty.rules.rule import Bands, Bonus, CaseBand, Deduction, Forfeit, LevelBand, Rule
from healthduty.rules.tally import Once

_MANY = 10**6  # a share of the points stands before any number of points


@attrs.frozen
class _Rung:
    """A draft that is one level of something: its occasion and its band."""

    draft: Draft
    occasion: Graded
    rule: Bands
    band: LevelBand


def join_levels(context: Context) -> None:
    """Join levels that follow each other to bands; a level alone is a fact."""
    drafts: list[Draft] = []
    run: list[_Rung] = []
    for draft in context.drafts:
        rung = _rung(draft)
        if run and (rung is None or not _goes_on(run, rung)):
            drafts.append(_levelled(context, run))
            run = []
        if rung is None:
            drafts.append(draft)
        else:
            run.append(rung)
    if run:
        drafts.append(_levelled(context, run))
    context.drafts = drafts


def _rung(draft: Draft) -> _Rung | None:
    """Return a draft as a level, None where it is another rule."""
    rule, occasion = draft.rule, draft.occasion
    if not isinstance(occasion, Graded) or not isinstance(rule, Bands):
        return None
    band = rule.bands[0]
    return _Rung(draft, occasion, rule, band) if isinstance(band, LevelBand) else None


def _goes_on(run: list[_Rung], rung: _Rung) -> bool:
    """Whether a level is a further one of the same thing, in the same part of the item."""
    first = run[0]
    if rung.occasion.subject not in {"", first.occasion.subject} or len(run) >= MOST_IN_RULE:
        return False
    if rung.draft.part != first.draft.part:
        return False
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
    name = first.occasion.subject or "等次"
    measure = context.quantities.measure(name, MeasureKind.LEVEL, levels=order)
    rule = attrs.evolve(first.rule, measure=measure.code, effect=effect, bands=bands)
    return attrs.evolve(first.draft, rule=rule, end=last.draft.end, occasion=None)


def _band(rung: _Rung, effect: Effect) -> LevelBand:
    """Return the band of a level; one that takes all loses all points among those that lose."""
    if rung.draft.forfeit and effect is Effect.LOSE:
        return LevelBand(rung.band.levels, FULL)
    return rung.band


def _worth(points: Points) -> Fraction:
    return points if isinstance(points, Fraction) else points.part * _MANY


def _one_fact(context: Context, rung: _Rung) -> Rule:
    """Return the rule of a level alone, a fact in its own words: 资料不齐全扣1分."""
    occasion, rule, points = rung.occasion, rung.rule, rung.band.points
    subject = "" if occasion.subject == "等次" else occasion.subject
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
