"""Points earned for each of several targets, and lost bit by bit: 每项达标得3分，每低1%扣0.3分.

Where so many points for each target of the requirement make the item's, each target is a part of
its own: what is lost behind them comes off that part. Two targets of which nothing is lost bit by
bit need no parts: they earn, or they do not. Points that stand there without a verb (各2分) always
make parts.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; vocabulary “Part”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "建档率≥90%，管理率≥70%"
>>> reading = read_clause("达标各得3分，每低1%扣0.3分", points=6, requirement=asked)
>>> [(part.title, str(part.points), len(part.rules)) for part in reading.parts]
[('建档率', '3', 1), ('管理率', '3', 1)]
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.occasions import Graded, Many, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.rules.points import Effect

_EACH_ONE = re.compile(
    r"(?:[2-9二两三四五六七八九]项)?(?:考核)?(?:指标|目标|任务|项数)?(?:均|都)?"
    r"(?:达标|完成|达到要求|合格|达到|达到目标)?"
)
"""What says of each target only that it is reached, or nothing at all."""
_LOST_BEHIND = re.compile(
    r"每[\u4e00-\u9fff]{0,6}?(?:低|降|差|少|高|超|升)|(?:未|不)达标|未完成|达不到|未达到"
)
_NEAR = 24
_SEVERAL = 2


def read_each_target(
    context: Context, segment: Segment, action: Action, occasion: Occasion | None
) -> bool:
    """Make a part of each target of the requirement; False where the points are not of each."""
    earns = action.effect is Effect.EARN and action.done is Done.POINTS and len(action.amounts) == 1
    if not earns or context.drafts or not _says_each(action, occasion):
        return False
    points = action.amounts[0]
    behind = _is_lost_behind(context, segment)
    return behind and isinstance(points, Fraction) and part_each(context, segment, points)


def part_each(context: Context, segment: Segment, points: Fraction) -> bool:
    """Make a part of each target that the requirement has; False where they make not the item."""
    names = list(dict.fromkeys(context.goals[index].name for index in context.required()))
    if context.parts or len(names) < _SEVERAL or context.points != len(names) * points:
        return False
    for name in names:
        context.begin_part(segment, name, points)
    return True


def _says_each(action: Action, occasion: Occasion | None) -> bool:
    """Whether points stand for each that is reached: 每项达标, 三项指标每项, 达标各."""
    match occasion:
        case Many(subject=subject, each=True, step=step, or_more=False, unit=unit):
            return step == 1 and unit in {"项", "个"} and _EACH_ONE.fullmatch(subject) is not None
        case Graded(words=fact) | Where(facts=(fact,)):
            return action.each and bool(fact) and _EACH_ONE.fullmatch(fact) is not None
        case _:
            return False


def _is_lost_behind(context: Context, segment: Segment) -> bool:
    """Whether right behind a segment something is lost, or not earned."""
    end = segment.tokens[-1].end
    return _LOST_BEHIND.search(context.plain[end : end + _NEAR]) is not None
