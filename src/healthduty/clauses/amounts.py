"""The points of an action: off or on by a tally, one amount for each of several.

Source: semantics 5 (from what to what); 另扣 reaches the total, an assumption.

>>> shared_out(Action(done=Done.POINTS, amounts=(Fraction(1),)), 2)
(Fraction(1, 1), Fraction(1, 1))
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, facts_in
from healthduty.clauses.names.subjects import says_unmet_all
from healthduty.clauses.occasions import Where
from healthduty.clauses.segments import Segment
from healthduty.rules.points import Effect, Points, Reach
from healthduty.rules.rule import Assumption, Bonus, Deduction, Reading
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow, Tally
from healthduty.said import Said, chinese

COMPLETE_STEPS = Assumption(assumed.COMPLETE_STEPS, about="steps")
"""What 每低5% leaves open (semantics 4)."""

NO_POINTS = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(Fraction(0),))
"""不得分 as a band of its own."""

ANY_OF_LIST = Assumption(assumed.ANY_OF_LIST)
"""A list without 或 (semantics 11)."""

FURTHER = Assumption(assumed.FURTHER)

_BOTH = re.compile(
    r"^(?:未|没有?)(?:开展|建立|制[定订]|参加|完成|组织|落实|设[立置]|配[备置]|进行|举办|召开|提供|签订)"
    r"[^与和及、,，]{2,}(?:与|和|及)[^与和及、,，]{2,}$"
    r"|^无(?!障碍|菌|故)[^与和及、,，的]{2,}(?:与|和|及(?!以))[^与和及、,，的]{2,}$"
)


def any_of_both(occasion: Where) -> Assumption | None:
    """Return what 未开展甲与乙 leaves open: both together, or one of them."""
    listed = any(
        "、" in fact and SAYS_WRONG.search(fact) and len(facts_in(fact)) > 1
        for fact in occasion.facts
        if not says_unmet_all(fact)  # 公示服务时间、咨询电话，不符合要求
    )
    both = any(_BOTH.match(fact) for fact in occasion.facts)
    return ANY_OF_LIST if both or listed else None


def tallied(
    action: Action, tally: Tally, points: Points, assumption: Assumption | None = None
) -> Deduction | Bonus:
    """Return the deduction or the bonus for a tally.

    未达标扣1分，每低1个百分点再扣0.2分 goes on in the item; 造成后果另扣2分 may pass its points.
    """
    if action.effect is Effect.ADD:
        return Bonus(tally, points=points, where=action.where, assumption=assumption)
    goes_on = isinstance(tally, StepsBelow | StepsAbove | Lacking)
    if not action.further or goes_on or action.reach is not Reach.PART:
        return Deduction(tally, points=points, reach=action.reach, assumption=assumption)
    inside = Reading("在本项内扣", Deduction(tally, points=points))
    text = assumed.both(assumption.text, assumed.FURTHER) if assumption else assumed.FURTHER
    told = Assumption(text, readings=(inside,))
    return Deduction(tally, points=points, reach=Reach.TOTAL, assumption=told)


def lost_from(action: Action) -> Reach:
    """Return from what an action takes: only what is lost reaches further than the item."""
    return action.reach if action.effect is Effect.LOSE else Reach.PART


def shared_out(action: Action, count: int) -> tuple[Points, ...] | None:
    """Return the points for each of several: one amount for all, or one each in order."""
    if len(action.amounts) == 1:
        return action.amounts * count
    return action.amounts if len(action.amounts) == count else None


def amounts_for(
    context: Context, segment: Segment, action: Action, count: int, what: str
) -> tuple[Points, ...] | None:
    """Return the points for each of `count` of something, or report that they do not fit."""
    amounts = shared_out(action, count)
    if amounts is None:
        context.fault(
            segment,
            Said(
                f"{len(action.amounts)} amounts for {count} {what}",
                f"{count}{chinese(what)}，却有{len(action.amounts)}个分数",
            ),
        )
    return amounts
