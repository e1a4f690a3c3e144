"""What is earned between two bounds, by a line: ≥35%得满分，低于30%不得分，两者之间按比例得分.

A sentence that says so has no points of its own. The bands on both sides of the gap do: from the
one that earns nothing to the one that earns all it goes straight.

    between ::= ['介于' | '在'] [bounds] ('之间' | '中间' | '其间' | …) '按' ('比例' | '线性' …) …

Source: the performance assessment of public hospitals; semantics 4 (proportions).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("占比≥35%得满分，低于30%不得分，两者之间按比例得分", points=10)
>>> [str(knot.at) for knot in reading.rules[0].knots]
['30', '35']
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from healthduty.clauses import assumed
from healthduty.clauses.context import Context, Draft
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Compare
from healthduty.rules.points import Effect, Points
from healthduty.rules.rule import Assumption, Band, Bands, Curve, Forfeit, Knot
from healthduty.said import Said

_BETWEEN = re.compile(
    r"[^,，。;；]{0,30}?(?:之间|中间|其间|居中|区间内?)(?:的|者|值|部分|情况|水平)*"
    r"按照?(?P<how>线性|直线|等?比例|相应比例|内插|插值|线性内插|线性插值|直线内插)(?:法|插值法?|内插法?|关系|方法)*"
    r"(?:得|计|赋|给|折算|计算)?(?:得|计)?分?数?"
)
_BY_SHARE = Assumption(assumed.BETWEEN)


class _Side(NamedTuple):
    """Where one side of the gap begins, and what it earns."""

    at: Fraction
    points: Points


def note_between(context: Context, segment: Segment) -> bool:
    """Keep a sentence that says what holds between the bands, until these are known."""
    words = "".join(words_of(segment.tokens, context.plain).split())
    found = _BETWEEN.fullmatch(words)
    if found is None:
        return False
    context.between.append((segment, "比例" in found["how"]))
    context.claim(segment.first, segment.end, Taken.RULE, "a line between two bands")
    return True


def draw_between(context: Context) -> None:
    """Draw the lines that were kept; what finds no two bands beside its gap is reported."""
    for segment, assumes in context.between:
        if not _is_drawn(context, segment, assumes=assumes):
            message = Said("a line between two bands, which were not found", "找不到两端的分值")
            context.fault(segment, message)
            context.reclaim(segment, Taken.UNREAD)


def _is_drawn(context: Context, segment: Segment, *, assumes: bool) -> bool:
    """Put a line in the place of the last bands that leave a gap with the numbers of a segment."""
    told = {token.value for token in segment.tokens if token.kind is Kind.NUMBER}
    for draft in reversed(context.drafts):
        rule = draft.rule
        if not isinstance(rule, Bands) or rule.effect is not Effect.EARN:
            continue
        sides, forfeit = _sides(context, draft, rule)
        ends = {side.at for side in sides}
        if len(sides) != 2 or len(ends) != len(sides) or not told <= ends:  # noqa: PLR2004 - both
            continue
        knots = tuple(Knot(side.at, side.points) for side in sorted(sides))
        assumption = _BY_SHARE if assumes else rule.assumption
        draft.rule = Curve(rule.measure, Effect.EARN, knots, assumption=assumption)
        draft.first, draft.end = min(draft.first, segment.first), max(draft.end, segment.end)
        if forfeit is not None:
            context.drafts.remove(forfeit)
        return True
    return False


def _sides(context: Context, draft: Draft, rule: Bands) -> tuple[list[_Side], Draft | None]:
    """Return the sides of a rule's gap, the one that earns nothing perhaps a rule of its own."""
    sides = [side for band in rule.bands if (side := _side(band)) is not None]
    if len(sides) != len(rule.bands):
        return [], None
    for other in context.drafts:
        when = other.rule.when if isinstance(other.rule, Forfeit) else None
        same = isinstance(when, Compare) and when.measure == rule.measure
        if len(sides) == 1 and same and other.part == draft.part:
            at = when.threshold if isinstance(when, Compare) else None
            return ([*sides, _Side(at, Fraction(0))] if isinstance(at, Fraction) else [], other)
    return sides, None


def _side(band: object) -> _Side | None:
    """Return where a band that is open on one side begins."""
    if not isinstance(band, Band) or (band.low is None) is (band.high is None):
        return None
    at = band.high if band.low is None else band.low
    return _Side(at, band.points) if isinstance(at, Fraction) else None
