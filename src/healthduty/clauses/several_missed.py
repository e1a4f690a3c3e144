"""Several targets and one loss for all: 一项不达标扣2分, 未达标扣2分 beside two rates.

一项不达标 takes its points for each target that is missed; 未达标 alone does not say so, and is
taken once, where any of them is missed: an assumption.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "建档率≥90%；使用率≥60%"
>>> len(read_clause("一项不达标扣2分", requirement=asked).rules)
2
>>> read_clause("未达标扣2分", requirement=asked).rules[0].assumption.text
'前面的目标有一项未达到即适用'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.amounts import amounts_for, tallied
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.goals import Goal
from healthduty.clauses.names.goal_names import rates_in
from healthduty.clauses.names.measured import NAMED_UNMET, missed_goal
from healthduty.clauses.occasions import Either, Graded, Held, Many, Short, Single, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.condition import AnyOf, Comparator, Compare
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Forfeit
from healthduty.rules.tally import Once
from healthduty.said import Said

_MISSED = (
    r"(?:未|没有?|不|达不)(?:能)?(?:达到?|完成|到|达标|合格|符合)?"
    r"(?:标准|目标|要求|规定|任务|指标)?(?:值|数)?"
)
_AN_ITEM = r"(?:其中|任[何一意]?|凡?有|每有|各项?|指标|目标|任务|的|[1一](?:项|个))*"
_ITEM_MISSED = re.compile(rf"{_AN_ITEM}{_MISSED}的?")
_UNDONE = re.compile(rf"{_AN_ITEM}(?:未|没有?|不能?|达不)(?:能)?(?:完成|达到?|到)(?:任务|目标)?的?")
_MISSED_ALONE = re.compile(rf"{_MISSED}(?:的|者)*[,，]?")
_ONE = re.compile(r"[1一](?:项|个)|任[何一意]")
_ITEMS = frozenset({"项", "个", "苗", "节点", "时点"})
_SEVERAL = 2
_FAILING = frozenset({Comparator.LESS, Comparator.MORE})
_ALL_OF_THEM = re.compile(r"均|都|同时")
_ANY_OF_THEM = re.compile(
    r"(?:[,，、]?其?中)?(?:任何?[意一]?[1一]?[项个]|有?[1一][项个]|任[1一]|之[1一]|[2-5二两三四五][项个率者])"
    r"(?:指标)?$"
)


def read_item_missed(context: Context, segment: Segment, action: Action, occasion: Single) -> bool:
    """Make a loss of each target that is missed: 有一项未达标扣2分; False where it is not that."""
    loses = action.effect is Effect.LOSE and action.done is Done.POINTS
    forfeits = action.done is Done.FORFEIT
    if not (loses or forfeits) or not _says_item(occasion):
        return False
    waiting = context.waiting_goals()
    if any(SAYS_WRONG.search(context.goals[index].name) for index in waiting):
        return False  # 有1项不符合要求，不得分: a fault, and nothing that was asked for
    last = context.last()
    earned = last is not None and last.sentence == context.sentence and not waiting
    indices = list(last.goals) if earned and last is not None and len(last.goals) > 1 else waiting
    indices = indices or context.required() or context.goals_alone(segment.first)
    if not indices and not context.drafts:
        unused = context.unused_goals()  # 规范建档，建档率≥90%；合格率≥95%。一项指标未达标扣1分
        indices = unused if len(unused) >= _SEVERAL else indices
    missed = [compare for i in indices if (compare := missed_goal(context, i)) is not None]
    if not missed or len(missed) < len(indices):
        return False
    context.explain(segment, "targets that are missed")
    if forfeits:
        context.add([Forfeit(_any(missed))], segment, indices)
    elif len(action.amounts) == 1:
        context.add(
            [tallied(action, Once(compare), action.amounts[0]) for compare in missed],
            segment,
            indices,
        )
    return forfeits or len(action.amounts) == 1


def each_undone(context: Context, action: Action, occasion: Single, before: int) -> Single:
    """Return 一项未完成 beside 完成5项任务 as each that lacks; `before`: where it begins."""
    loses = action.effect is Effect.LOSE and action.done is Done.POINTS
    if not loses or not isinstance(occasion, Many) or not _UNDONE.fullmatch(occasion.subject):
        return occasion
    indices = context.waiting_goals() or context.required() or context.goals_alone(before)
    asked = context.goals[indices[0]].bounds if len(indices) == 1 else None
    if asked is None or asked.unit != occasion.unit or not isinstance(asked.low, Fraction):
        return occasion
    return Short("", occasion.step, occasion.unit, each=occasion.each)


def missed_apart(context: Context, segments: Iterable[Segment]) -> bool:
    """Whether 未达标 stands as often as targets are required: each is about its own, in order.

    随机访谈，未达标扣1分；查阅台账，未达标扣1分 beside two rates.
    """
    if len(context.goals) < _SEVERAL:
        return False
    said = [
        segment
        for segment in segments
        if segment.action is not None
        and segment.action.done in {Done.POINTS, Done.FORFEIT}
        and segment.action.effect is Effect.LOSE
        and _MISSED_ALONE.fullmatch(words_of(segment.occasion, context.text))
    ]
    return len(said) == len(context.goals)


def add_where_met(context: Context, segment: Segment, action: Action) -> bool:
    """Read 每月上报≥1件，达标加1分: added where the target is met; False where it is a range."""
    index = len(context.goals) - 1
    goal = context.goals[index]
    if goal.bounds.single is None:
        return False
    met = Compare(context.goal_measure(index), *goal.bounds.single)
    context.explain(segment, "a target that is met")
    rule = tallied(action, Once(met), action.amounts[0], _of_year(goal))
    context.add([rule], segment, [index])
    return True


def _of_year(goal: Goal) -> Assumption | None:
    """Return what a duty by the month is held against."""
    return Assumption(assumed.year_total(goal.by_period)) if goal.by_period else None


def lose_where_missed(
    context: Context, segment: Segment, action: Action, index: int, missed: Compare
) -> None:
    """未达标扣2分: once, where the target, or any of those beside it, is missed."""
    context.explain(segment, "a target that is missed")
    named = NAMED_UNMET.fullmatch(words_of(segment.occasion, context.plain).rstrip("，,"))
    indices = [index] if context.missed_apart or named else context.together(index)
    each = [compare for i in indices if (compare := missed_goal(context, i)) is not None]
    if len(each) < _SEVERAL:
        assumption = _of_year(context.goals[index])
        rule = tallied(action, Once(missed), action.amounts[0], assumption)
        context.add([rule], segment, [index])
        return
    if action.each:  # 超过的各扣5分
        points = amounts_for(context, segment, action, len(each), Said("quantities", "项指标"))
        rules = [tallied(action, Once(one), p) for one, p in zip(each, points or (), strict=False)]
        context.add(rules, segment, indices)
        return
    assumption = Assumption(assumed.ANY_MISSED)
    rule = tallied(action, Once(_any(each)), action.amounts[0], assumption)
    context.add([rule], segment, indices)


def _any(missed: list[Compare]) -> AnyOf | Compare:
    """Return the condition that any of some targets is missed."""
    return AnyOf(tuple(missed)) if len(missed) > 1 else missed[0]


def _says_item(occasion: Single) -> bool:
    """Whether an occasion only says that one of the targets is missed."""
    match occasion:
        case Many(subject=subject, step=step, unit=unit, or_more=False):
            return step == 1 and unit in _ITEMS and _ITEM_MISSED.fullmatch(subject) is not None
        case Graded(words=fact) | Where(facts=(fact,)):
            return _ONE.search(fact) is not None and _ITEM_MISSED.fullmatch(fact) is not None
        case _:
            return False


def each_rate_failed(action: Action, occasion: Held, words: str) -> Held | Either:
    """Read `rates [均 | 任一] bound` that is failed as one bound each: 甲率和乙率均低于60%."""
    if action.effect is not Effect.LOSE and action.done is not Done.FORFEIT:
        return occasion
    names = rates_in(_ANY_OF_THEM.sub("", occasion.subject))
    single = occasion.bounds.single
    if len(names) == 1 or single is None or single[0] not in _FAILING:
        return occasion
    every = _ALL_OF_THEM.search(words) is not None
    parts = tuple(attrs.evolve(occasion, subject=name) for name in names)
    return Either(parts, every=every, listed=not every)
