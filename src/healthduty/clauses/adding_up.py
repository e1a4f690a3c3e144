"""Points that add up: 主编5分、副主编3分；可累积计分 is for each book, and no level of one.

可累计得分 says of all that a clause lists that each of it counts, and as often as it was done. So
what would be earned once becomes a line by the number, up to the item's points.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (caps), 11.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("国际会议得3分，国内会议得2分；可累积计分", points=6)
>>> [[(str(knot.at), str(knot.points)) for knot in rule.knots] for rule in reading.rules]
[[('0', '0'), ('2', '6')], [('0', '0'), ('3', '6')]]
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.context import MOST_IN_RULE, Context, Draft, Fault
from healthduty.clauses.occasions import Graded
from healthduty.clauses.text.lexicon import TIMES
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    Bonus,
    CaseBand,
    Curve,
    Group,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Once, StepsAbove
from healthduty.said import Said

_ADDS_UP = Assumption(assumed.ADDS_UP)
_NO_END = Assumption(assumed.NO_END)
_PERIODS = TIMES - {"小时", "天", "日"}
"""Times of which nobody counts one after the other: 近3年每年赋2分."""
_UNIT = "项"


def add_up(context: Context) -> None:
    """Make a line by the number of each of a list, where the text says that points add up."""
    if not context.adds_up:
        _one_for_each(context)
        return
    _parts_to_lines(context)
    for draft in context.drafts:
        counted = _counted(context, draft)
        if counted is not None:
            draft.rule, draft.occasion, draft.full = counted, None, False
            draft.open = isinstance(counted, Curve) and context.points is None


def add_without_end(context: Context) -> None:
    """Add points for each of what is counted where nothing says how many the item has.

    审核报告每个0.5分 beside no points at all would otherwise end at the first of them.
    """
    for draft in context.drafts:
        worth = context.parts[draft.part - 1].points if draft.part else context.stated
        if not draft.open or context.points is not None or worth is not None:
            continue
        match draft.rule:
            case Curve(effect=Effect.EARN, knots=(Knot(at=0), Knot(at=at, points=points))) as line:
                known = context.quantities.known(line.measure)
                if known is None or not isinstance(at, Fraction) or known.unit in _PERIODS:
                    continue
                if known.unit in TIMES:  # 每3小时计1学分
                    hours = StepsAbove(known, target=0, step=at)
                    draft.rule = Bonus(hours, points=points, assumption=_NO_END)
                    continue
                context.quantities.forget(known.code)
                measure = context.quantities.measure(known.label, MeasureKind.CASES, known.unit)
                draft.rule = Bonus(Cases(measure, step=at), points=points, assumption=_NO_END)
            case _:
                continue


def cap_as_asked(context: Context) -> None:
    """Cap what is added where the requirement says the most: 设有加分项（最多加5分）."""
    added = [draft for draft in context.drafts if isinstance(draft.rule, Bonus)]
    if not isinstance(context.most_added, Fraction) or not added:
        return
    first = added[0]
    if len(added) == 1 and isinstance(first.rule, Bonus) and first.rule.cap is None:
        first.rule = attrs.evolve(first.rule, cap=context.most_added)
    elif len(added) > 1:
        message = Said("the most that is added: each, or together?", "加分上限是各项还是合计？")
        context.faults.append(Fault("clause-doubt", message, first.first, added[-1].end))


def _one_for_each(context: Context) -> None:
    """Take 新技术1项得1分 of 5 points for each: once would never earn what the item is worth."""
    rules = [draft.rule for draft in context.drafts]
    bands = [rule for rule in rules if isinstance(rule, Bands) and len(rule.bands) == 1]
    alone = len(bands) == len(rules) and not (context.parts or context.faults)
    most = sum((p for r in bands if isinstance(p := r.bands[0].points, Fraction)), Fraction(0))
    if not alone or context.points is None or most >= context.points:
        return
    for draft in context.drafts:
        match draft.rule:
            case Bands(bands=(Band(low=low, high=high),)) if low == 1 == high:
                draft.rule = _counted(context, draft) or draft.rule
            case _:
                continue


def count_up_to(context: Context, most: Fraction) -> bool:
    """Read 论文1篇得2分，…，满5分为止 as points for each of them, up to all of the item's.

    False where the most is another number, or what stands right before it counts nothing.
    """
    if most != context.points or not context.drafts:
        return False
    counted = [(draft, _by_number(context, draft)) for draft in context.drafts[-MOST_IN_RULE:]]
    if counted[-1][1] is None:
        return False
    for draft, rule in counted:
        draft.rule = rule or draft.rule
    return True


def _by_number(context: Context, draft: Draft) -> Rule | None:
    """Return 1篇得2分 as a line, None where the rule earns by anything else."""
    match draft.rule:
        case Bands(bands=(Band(low=low, high=high, points=points),)) if low == 1 == high:
            less = isinstance(points, Fraction) and points < (context.points or 0)
            return _counted(context, draft) if less else None
        case _:
            return None


def _parts_to_lines(context: Context) -> None:
    """Make drafts of parts that are nothing but points of what may be done several times."""
    if len(context.part_spans) != len(context.parts) or any(d.part for d in context.drafts):
        return
    made = [
        Draft(_line(context, part.title, part.points), *span, open=context.points is None)
        for part, span in zip(context.parts, context.part_spans, strict=True)
        if part.points
    ]
    if len(made) != len(context.parts):
        return
    for first, end, _ in context.part_spans:
        for at in range(first, end):
            context.claims[at] = (Taken.RULE, "")
    context.drafts = sorted((*made, *context.drafts), key=lambda draft: draft.first)
    context.parts.clear()
    context.part_spans.clear()


def _counted(context: Context, draft: Draft) -> Rule | None:
    """Return a rule that counts once as one by the number; None for any other rule."""
    match draft.rule:
        case Bands(
            effect=Effect.EARN,
            bands=(CaseBand(when=Flag(measure=name), points=Fraction() as points),),
            otherwise=None,
        ) if points:
            context.quantities.forget(name)
            return _line(context, name, points)
        case Bands(
            effect=Effect.EARN, bands=(LevelBand(points=Fraction() as points),), otherwise=None
        ) if points and isinstance(draft.occasion, Graded):
            return _line(context, draft.occasion.words, points)
        case Bands(
            effect=Effect.EARN,
            bands=(Band(points=Fraction() as points, low=low, high=high),),
            otherwise=None,
        ) if points and low == 1 and high in {1, None}:  # 一等奖有一项得6分
            return _up_to_all(context, draft.rule.measure, points)
        case Bonus() as bonus:
            return _each(context, bonus)
        case Group() as group:  # 可累计加分，最高5分
            members = tuple(
                _each(context, rule) if isinstance(rule, Bonus) else rule for rule in group.rules
            )
            return attrs.evolve(group, rules=members)
        case _:
            return None


def _each(context: Context, bonus: Bonus) -> Bonus:
    """Return points that are added once as points for each."""
    match bonus.tally:
        case Once(condition=Flag(measure=name)):
            context.quantities.forget(name)
            measure = context.quantities.measure(name, MeasureKind.CASES, _UNIT)
            return attrs.evolve(bonus, tally=Cases(measure), assumption=_ADDS_UP)
        case _:
            return bonus


def _line(context: Context, name: str, points: Fraction | None) -> Curve:
    """Return so many points for each, up to all of the item's."""
    measure = context.quantities.measure(name, MeasureKind.COUNT, _UNIT)
    return _up_to_all(context, measure.code, points or Fraction(0))


def _up_to_all(context: Context, measure: str, each: Fraction) -> Curve:
    most = max(each, context.points or each)
    knots = (Knot(0, 0), Knot(most / each, most))
    return Curve(measure, Effect.EARN, knots, assumption=_ADDS_UP)
