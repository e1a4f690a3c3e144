"""What is less than a step: 每低5%（不足5%按5%计）扣1分, 不足10例的不扣, 不足部分按比例扣分.

A started step counts, or does not, or counts by its share. The words stand behind the rule, or in
brackets between the step and its points.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 4 (steps).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("知晓率≥80%，每低5%（不足5%按5%计）扣1分")
>>> reading.rules[0].tally.counting.value
'started'
"""

from __future__ import annotations

from fractions import Fraction

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.context import MOST_IN_RULE, Context, Draft
from healthduty.clauses.each import EACHES
from healthduty.clauses.occasions import Held, Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Comparator
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bonus, Deduction
from healthduty.rules.tally import Cases, Counting, Lacking, StepsAbove, StepsBelow

COUNTINGS = {
    Done.STARTED: Counting.STARTED,
    Done.COMPLETED: Counting.COMPLETE,
    Done.PRORATED: Counting.PROPORTIONAL,
}
"""How the words behind a rule count what is less than a step."""

_PARTS = frozenset({"不足部分", "剩余部分", "不足的部分", "超出部分", "零头", "余数", "其余部分"})


def hold_counting(context: Context, segment: Segment, action: Action) -> bool:
    """Keep （不足5%按5%计） for the rule that is made of the step before the bracket."""
    waiting = context.pending[-1].tokens if context.pending else ()
    step = any(token.kind in EACHES or token.kind is Kind.FOUND for token in waiting)
    whole = bool(waiting) and segment.inside and (step or waiting[-1].kind is Kind.UNIT)
    if action.done not in COUNTINGS or not whole or segment.closed is not Kind.CLOSE:
        return False
    context.counting = COUNTINGS[action.done]
    context.claim(segment.first, segment.end, Taken.RULE)
    return True


def count_held(context: Context, before: int) -> bool:
    """Count the rules from `before` on as the bracket said; False where that can't be."""
    counting, context.counting = context.counting, None
    if counting is None or before >= len(context.drafts):
        return counting is None
    return all(_count(draft, counting) for draft in context.drafts[before:])


def count_steps(context: Context, counting: Counting) -> bool:
    """Count the steps of the last rules, which were made of the same words; False without any."""
    recent = context.drafts[-MOST_IN_RULE:]
    same = [draft for draft in recent if draft.first == recent[-1].first]
    return all(_count(draft, counting) for draft in same)


def read_part_step(context: Context, segment: Segment, action: Action, occasion: Occasion) -> bool:
    """Read 不足5%的扣1分 and 不足部分按比例扣分 behind steps as how these count."""
    last = context.last()
    if last is None or last.sentence != context.sentence or action.effect is Effect.EARN:
        return False
    rule = last.rule
    if not isinstance(rule, Deduction) or not isinstance(rule.tally, (StepsBelow, StepsAbove)):
        return False
    rest = isinstance(occasion, Where) and occasion.facts[0] in _PARTS
    if action.done is Done.PROPORTION and rest:
        counting = Counting.PROPORTIONAL
    elif action.amounts == (rule.points,) and _is_less(occasion, rule.tally):
        counting = Counting.STARTED
    else:
        return False
    if not count_steps(context, counting):
        return False
    last.end = segment.end
    context.claim(segment.first, segment.end, Taken.RULE)
    return True


def _is_less(occasion: Occasion, tally: StepsBelow | StepsAbove) -> bool:
    """Whether some bound is 不足, of as much as a step is."""
    single = occasion.bounds.single if isinstance(occasion, Held) and not occasion.subject else None
    return single == (Comparator.LESS, tally.step)


def _count(draft: Draft, counting: Counting) -> bool:
    """Count the steps of one rule so; False where that says nothing that a rule could do."""
    rule = draft.rule
    if not isinstance(rule, (Deduction, Bonus)):
        return False
    tally = rule.tally
    match tally:
        case StepsBelow() | StepsAbove() if tally.step is not None:
            counted = attrs.evolve(tally, counting=counting)
            draft.rule = attrs.evolve(rule, tally=counted, assumption=None)
            return True
        case Lacking(step=Fraction() as step) if step > 1 and counting is Counting.STARTED:
            steps = StepsBelow(tally.measure, target=tally.required, step=step, counting=counting)
            draft.rule = attrs.evolve(rule, tally=steps)
            return True
        case Cases() | Lacking():  # whoever counts days one by one counts a started one
            return counting is Counting.COMPLETE or (
                tally.step == 1 and counting is Counting.STARTED
            )
        case _:
            return False
