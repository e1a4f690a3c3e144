"""Points in brackets that are no part's: （共8分） of all parts, ≥90%（5分） of a band.

Source: the patterns of published scoring tables (nested points).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("控烟宣传（共3分）标语（2分）、网站（1分）")
>>> str(reading.points), [part.title for part in reading.parts]
('3', ['标语', '网站'])
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context
from healthduty.clauses.occasions import Graded, Held
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.rules.points import Effect


def says_sum(context: Context, segment: Segment, points: Fraction) -> bool:
    """Whether （共8分） says what all parts behind it make: the item's points.

    So does 绩效考核（3分）：, where 3 are all of them.
    """
    first = segment.tokens[0]
    behind = segment.tokens[-1].end
    said = first.kind is Kind.WORTH and first.text.startswith(("共", "合计", "总计"))
    said = said or (context.points == points and context.text[behind : behind + 2] == "):")
    begins = not (context.parts or context.drafts)
    return (
        segment.inside
        and said
        and begins
        and context.points in {None, points}
        and context.later_worths
    )


def read_band_in_brackets(context: Context, segment: Segment, points: Fraction) -> bool:
    """Read ≥90%（5分）；80%-89%（3分）: bounds or levels without a name of their own."""
    waiting = context.pending[-1] if context.pending and segment.inside else None
    if waiting is None or waiting.closed is not Kind.OPEN or context.in_parts:
        return False
    occasion = read_occasion(waiting.tokens, context.plain)
    level = isinstance(occasion, Graded) and occasion.words in occasion.levels
    bare = isinstance(occasion, Held) and not occasion.subject
    if not isinstance(occasion, (Graded, Held)) or not (level or bare) or not context.later_worths:
        return False
    context.use_pending()
    action = Action(done=Done.POINTS, effect=Effect.EARN, amounts=(points,))
    build(context, segment, action, occasion)
    return True
