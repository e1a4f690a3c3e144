"""Points that no count decides: by an assessor's judgement, and in proportion to what was done.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 8 (proportional).

>>> _share_subject(Where(("完成率",))), _share_subject(Where(("未达标",)))
('完成率', '')
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import FURTHER, lost_from
from healthduty.clauses.context import Context
from healthduty.clauses.lexicon import RATE_UNITS
from healthduty.clauses.measured import held_measure, says_needed, says_unmet
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Occasion,
    Ranked,
    Short,
    Single,
    Steps,
    Where,
)
from healthduty.clauses.segments import Segment
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect, Placement, Reach
from healthduty.rules.rule import Curve, Deduction, Judgement, Knot, Rule
from healthduty.rules.tally import StepsBelow
from healthduty.rules.threshold import Threshold

_BY_CASE = ("按次", "按例", "按人", "按项", "每次", "每例")
_ONE_OF = re.compile(r"[一1每](?:项|处|例|次|人|份|个|件|户)(?:不|未|无)")
_OF_NOTHING = re.compile(r"^(?:降低|下降|减少|未?完成|超出|提高)的?(?:比例|部分)$")
_BY = re.compile(r"由|按|根据|依据|视")
"""How words begin that say who judges, or by what, and not what is judged."""

_RATE_NAME = re.compile(r"率|比例|度$")


def build_judged(context: Context, segment: Segment, action: Action, occasion: Single) -> None:
    """记录不规范扣0.5-2分: an assessor's points, named by the words before them."""
    name = _judged_name(context, occasion)
    ranged = action.each and action.least is not None  # 县级、市级分别加1-3分
    if name is None or ranged:
        context.fault(
            segment,
            "points by judgement for each of something",
            hint="give one number, or leave the number of cases out",
        )
        return
    least = action.least or Fraction(0)
    most = action.amounts[0] if action.amounts else FULL
    if action.at_least and isinstance(most, Fraction):
        least, most = most, FULL  # 最低扣0.5分，最高扣2分: the most follows
    if isinstance(most, Fraction) and least > most:
        context.fault(segment, "a range that goes back")
        return
    where = action.where if action.effect is Effect.ADD else Placement.BEYOND
    further = action.further and action.reach is Reach.PART
    rule = Judgement(
        name,
        action.effect,
        least=least,
        most=most,
        reach=Reach.TOTAL if further else lost_from(action),
        where=where,
        assumption=FURTHER if further else None,
    )
    context.add([rule], segment, occasion=occasion)


def _judged_name(context: Context, occasion: Single) -> str | None:
    """Return what is judged, None where it is judged for each of something."""
    match occasion:
        case Graded() if _ONE_OF.search(occasion.words):
            return None  # 其余一处不合格扣1-2分
        case Where() if any(_ONE_OF.search(fact) for fact in occasion.facts):
            return None
        case Where() if any(fact.endswith(_BY_CASE) for fact in occasion.facts):
            return None  # 按次扣1-3分
        case Where() if not _BY.match(occasion.facts[0]):
            return "、".join(occasion.facts)
        case Graded():
            return occasion.subject + "、".join(occasion.levels)
        case Nothing() | Where():
            return context.pending_words() or context.subject or context.topic or "酌情"
        case Else():
            return "其他"
        case Steps() | Short() | Many() | Held() | Nth() | Ranked():
            return None
        case _:
            assert_never(occasion)


def build_share(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """按比例得分: a straight line up to the goal; 按比例扣分: the unmet share."""
    if action.effect is Effect.ADD:
        context.fault(segment, "a bonus in proportion, without its step")
        return
    if isinstance(occasion, Ranked):
        context.fault(segment, "a share of the points of another place")
        return
    subject = _share_subject(occasion)
    indices = _share_goals(context, subject)
    found = _share_of(context, occasion, subject, indices)
    if found is None:
        context.fault(segment, "a share of a quantity that nothing names")
        return
    measure, target = found
    points = action.amounts[0] if action.amounts else FULL
    if action.effect is Effect.EARN:
        rule: Rule = Curve(measure, Effect.EARN, (Knot(0, 0), Knot(target, points)))
    else:
        rule = Deduction(StepsBelow(measure, target=target), points=points)
    context.add([rule], segment, indices[-1:], occasion=occasion)


def _share_subject(occasion: Occasion) -> str:
    """Return the quantity that the words before name; 未达标 names none."""
    match occasion:
        case Held() | Many():
            return occasion.subject
        case Where():
            fact = occasion.facts[0]
            unnamed = says_unmet(fact) or says_needed(fact) or _OF_NOTHING.search(fact)
            return "" if unnamed else fact
        case _:
            return ""


def _share_goals(context: Context, subject: str) -> list[int]:
    """Return the goals that a share is of: that of the subject, else the last of any unit."""
    named = context.goals_for(subject, RATE_UNITS)
    return named or context.goals_for("", context.recent_units())


def _share_of(
    context: Context, occasion: Occasion, subject: str, indices: list[int]
) -> tuple[Measure, Threshold] | None:
    """Return the quantity of a share and what is all of it: the goal, or 100 % of a rate."""
    target: Threshold | None
    if indices:
        measure, target = context.goal_measure(indices[-1]), context.goals[indices[-1]].target
    elif isinstance(occasion, Held) and occasion.subject:
        measure, target = held_measure(context, occasion), occasion.bounds.low
    else:
        name = subject or context.subject or context.topic
        if not _RATE_NAME.search(name):
            return None
        measure, target = context.quantities.measure(name, None, "%"), Fraction(100)
    return None if target is None else (measure, target)
