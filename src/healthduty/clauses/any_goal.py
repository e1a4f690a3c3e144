"""A bound that any of several targets may fail: 任意一项低于85%，不得分.

The words name no quantity of their own: they are about each of those that are asked for.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "建档率≥90%，管理率≥80%"
>>> when = read_clause("任意一项低于60%，不得分", requirement=asked).rules[0].when
>>> [condition.measure for condition in when.conditions]
['建档率', '管理率']
"""

from __future__ import annotations

import re

from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.occasions import Either, Held, Many, Single
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.phrases import Bounds, Tokens, read_bounds, words_of
from healthduty.rules.condition import Comparator

_ANY = re.compile(
    r"(?:其?中|凡|如|若|只要|有|任[何意]?|以上|上述|各项?|指标)*"
    r"(?:[一1](?:项|个|率)?|任[一1]|(?<=任意|任何)项)(?:项|个)?(?:指标|目标|率|比例|者)*(?:数?值)?"
)
_FAILING = frozenset({Comparator.LESS, Comparator.MORE})
_SEVERAL = 2


def of_any_goal(context: Context, segment: Segment, occasion: Single) -> Single | Either:
    """Return `any of them, bound` as that bound of each target; anything else as it is."""
    if not isinstance(occasion, (Held, Many)):
        return occasion
    waiting = context.pending[-1].tokens if context.pending else ()
    bounds = _bound_of_any(segment.occasion, context.plain)
    bounds = bounds or _bound_of_any(waiting, context.plain)
    names = [] if bounds is None else _asked(context, bounds.unit)
    if bounds is None or len(names) < _SEVERAL:
        return occasion
    if context.pending and context.goal_spans[-1] == _span(context.pending[-1]):
        context.drop_goal()  # it was read as something to reach
    return Either(tuple(Held(name, bounds) for name in names), listed=True)


def _bound_of_any(tokens: Tokens, text: str) -> Bounds | None:
    """Read `any-of-them bound`, None where it is not that."""
    for at in range(1, min(len(tokens), RECENT)):
        if _ANY.fullmatch(simplified(words_of(tokens[:at], text)).strip("的,，")) is None:
            continue
        read = read_bounds(tokens, at)
        single = None if read is None else read[0].single
        if read is None or single is None or single[0] not in _FAILING:
            continue
        return None if words_of(tokens[read[1] :], text).strip("的,，者") else read[0]
    return None


def _span(held: Segment) -> tuple[int, int]:
    return held.first, held.end


def _asked(context: Context, unit: str) -> list[str]:
    """Return the names of the goals of one unit: those of the clause itself, else of the cell."""
    waiting = [_span(held) for held in context.pending[-1:]]
    among = context.goals_among({unit})
    indices = [index for index in among if context.goal_spans[index] not in waiting]
    own = [index for index in indices if context.goal_spans[index] is not None]
    return list(dict.fromkeys(context.goals[index].name for index in own or indices))
