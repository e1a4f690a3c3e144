"""Points in brackets: （共8分） of all parts, ≥90%（5分） of a band, 有记录（扣2分） of what lacks.

Source: the patterns of published scoring tables (nested points).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("控烟宣传（共3分）标语（2分）、网站（1分）")
>>> str(reading.points), [part.title for part in reading.parts]
('3', ['标语', '网站'])
"""

from __future__ import annotations

import re
from fractions import Fraction

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, untied
from healthduty.clauses.names.lacking import lack_of
from healthduty.clauses.occasions import Graded, Held, Many, Short, Where, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.tokens import Token
from healthduty.clauses.verbless import is_spared, says_amiss
from healthduty.rules.points import Effect
from healthduty.said import Said

_WHICH = Said(
    "points are lost where this is so, or where it is not?", "是有此情形扣分，还是做不到扣分？"
)
_NONE_OF = re.compile(r"^(?:无|没有?|未(?:发生|出现|发现|有)?|不(?:发生|出现|存在)|杜绝)")
_OF_LISTS = frozenset({"项", "个", "条", "种", "样", "份"})
_MARKS = 2  # a comma and the bracket
_MOST = 12  # phrases of a list


def says_sum(context: Context, segment: Segment, points: Fraction) -> bool:
    """Whether （共8分） says what all parts behind it make: the item's points.

    So does 绩效考核（3分）：, a heading; what it leads up to makes the 3, and is no part beside it.
    """
    first = segment.tokens[0]
    behind = segment.tokens[-1].end
    said = first.kind is Kind.WORTH and first.text.startswith(("共", "合计", "总计"))
    said = said or context.text[behind : behind + 2] == "):"
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


def lacks_before(
    context: Context, segment: Segment, action: Action, tokens: tuple[Token, ...]
) -> Where | Many | None:
    """Read 有记录（扣2分）, 计划、总结（每项扣1分）: what is asked for, and what its lack costs."""
    waiting = context.pending[-1] if context.pending and segment.inside else None
    if waiting is None or segment.after is not Kind.OPEN or segment.first - waiting.end > _MARKS:
        return None
    if action.effect is not Effect.LOSE or action.done is not Done.POINTS:
        return None
    words = untied(words_of(waiting.tokens, context.plain).strip("、"))
    if tokens:
        return _each_lacks(context, tokens, words)
    lacking = _NONE_OF.sub("", words) if is_spared(words) else lack_of(words)
    if lacking:
        context.use_pending()
        unit = action.per_unit  # 有记录（扣2分/次）
        return Many(lacking, Fraction(1), unit) if unit else Where((lacking,))
    if not (SAYS_WRONG.search(words) or says_amiss(words)):
        context.fault(segment, _WHICH, code="clause-doubt")
    return None


def _each_lacks(context: Context, tokens: tuple[Token, ...], words: str) -> Many | None:
    """Read （每项扣1分） behind a list that is asked for, （每少一次扣1分） behind one thing."""
    occasion = read_occasion(tokens, context.plain)
    lacking = lack_of(words)
    if isinstance(occasion, Short) and lacking and not occasion.subject:
        context.use_pending()
        return Many(lacking, occasion.step, occasion.unit)
    if not isinstance(occasion, Many) or not occasion.each:
        return None
    if occasion.subject != counted_in(occasion.unit):
        return None
    if occasion.unit not in _OF_LISTS:
        if lacking:
            context.use_pending()
        return Many(lacking, occasion.step, occasion.unit) if lacking else None
    waiting = context.pending[-_MOST:]
    listed = [untied(words_of(held.tokens, context.plain).strip("、")) for held in waiting]
    if any(SAYS_WRONG.search(each) for each in listed):
        return None
    for held in waiting:
        context.use_words(held)
    context.pending.clear()
    return Many("，".join(listed) + "缺少", occasion.step, occasion.unit)
