"""Points that the heading states for each case under it: 扣12分情形, 一次记6分的行为.

A record of faults has its points once, over a list of cases of which none says any. Each sentence
of the list is one case, and costs what the heading says.

Source: docs/en/explanation/how-text-is-read.md, “Headings”; semantics 5.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("伪造病历的；出借证件的", heading="一、扣12分情形")
>>> [(rule.tally.condition.measure, int(rule.points)) for rule in reading.rules]
[('伪造病历', 12), ('出借证件', 12)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.segments import Segment, segments_of
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.tokens import tokens_of
from healthduty.rules.points import Effect

_BEGINS = frozenset({Kind.STOP, Kind.LABEL})
_CASES = re.compile(r"情形|情况|行为|事项|条款|如下|以下|下列")
"""What says that the points of a heading are for each case, and no sum of them all."""
_COUNTS = frozenset({Kind.EACH, Kind.NUMBER, Kind.FOUND})


def points_over(words: str) -> Action | None:
    """Return what the folded words of a heading take or add for each case under it."""
    if not _CASES.search(words):
        return None
    found = [s for s in segments_of(tokens_of(words)) if s.action is not None and s.action.amounts]
    action = found[0].action if len(found) == 1 else None
    if action is None or action.done is not Done.POINTS or len(action.amounts) > 1:
        return None
    verb = found[0].tokens[found[0].acts - found[0].first].text
    if action.effect is Effect.EARN:
        if not verb.endswith(("记", "计", "积")):
            return None
        action = attrs.evolve(action, effect=Effect.LOSE)
    units = [token.text for token in found[0].occasion if token.kind is Kind.UNIT]
    counted = any(token.kind in _COUNTS for token in found[0].occasion)
    return attrs.evolve(action, per_unit=units[-1]) if units and counted else action


def each_costs(segments: Sequence[Segment], action: Action) -> list[Segment]:
    """Return segments of which each sentence without points ends in those of the heading."""
    found = list(segments)
    scored = False
    for at, segment in enumerate(found):
        scored = _scores(segment) or (scored and segment.after not in _BEGINS)
        last = at + 1 == len(found) or found[at + 1].after in _BEGINS
        if last and not scored and any(token.kind is Kind.WORD for token in segment.tokens):
            found[at] = attrs.evolve(segment, acts=segment.end, action=action)
    return found


def _scores(segment: Segment) -> bool:
    """Whether a segment has points of its own."""
    return segment.action is not None or any(t.kind is Kind.POINTS for t in segment.tokens)
