"""Points that are earned by a bound and by facts together: 制度健全，每年培训2次，得3分.

Where only commas stand between what points are earned for, all of it has to hold. A rate with a
name of its own is held against its bound; any other number stays in the words of the fact.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("制度健全，满意度≥90%，得3分").rules[0]
>>> [type(condition).__name__ for condition in rule.bands[0].when.conditions]
['Flag', 'Compare']
"""

from __future__ import annotations

import re

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.facts import untied
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.measured import says_needed
from healthduty.clauses.occasions import Either, Graded, Held, Many, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import DEEDS, RATE_UNITS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import Effect

_PLAIN = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.OPEN, Kind.CLOSE, Kind.EVERY})
_HEADS = re.compile(
    r"^(?:考核|评价|按照?|根据|依据)|(?:情况|程度|水平|方面|比例|指标|率|数量|考核)$"
)
"""Words that only say what is looked at: 考核外转率下降情况."""
_MARKS = "的,，、；; "
_GOOD = re.compile(
    r"^有[^,，]{2,12}$|.(?<!不)(?<!欠)(?:完整|规范|齐全|健全|及时|准确|清[晰楚]|整洁|到位|真实|完善)$"
)
_TIES = re.compile(r"^(?:并且?|而且|同时|且)")
_SEVERAL = 2
_DEGREES = ("不", "未", "欠", "较", "基本", "比较", "不够")
_NEAR = 60


def all_together(
    context: Context, action: Action, tokens: tuple[Token, ...]
) -> Where | Either | None:
    """Join a bound and facts before points that are earned; None where it is not both."""
    if action.effect is not Effect.EARN or action.done is not Done.POINTS or action.each:
        return None
    run = _run(context)
    spans = context.goal_spans[-RECENT:]
    goals = [held for held in run if (held.first, held.end) in spans or not _is_words(held.tokens)]
    own = untied(words_of(tokens, context.plain).strip(_MARKS))
    if own and (says_needed(own) or not _is_words(tokens)):
        return None
    plain = len(run) - len(goals) + bool(own)
    if not goals or not plain or len(action.amounts) > 1:
        return None
    texts = [untied(words_of(held.tokens, context.plain).strip(_MARKS)) for held in run]
    parts = _parts(context, run, own)
    for held in run:
        context.use_words(held)
    context.pending.clear()
    if parts is not None:
        return Either(parts, every=True)
    return Where(("，".join([*texts, own] if own else texts),))


def good_as_well(context: Context, action: Action, occasion: Graded) -> Where | None:
    """Join 记录完整，规范得2分: a quality behind another, or behind what is there, is no level."""
    held = context.pending[-1] if context.pending else None
    scores = action.effect is not Effect.LOSE and action.done is Done.POINTS
    if held is None or not scores or held.closed is not Kind.COMMA or not _is_words(held.tokens):
        return None
    words = untied(words_of(held.tokens, context.plain).strip(_MARKS))
    bare = occasion.subject == "" or occasion.subject in DEEDS
    if not bare or len(occasion.levels) > 1 or is_check(words) or not _GOOD.search(words):
        return None
    end = held.tokens[-1].end
    behind = context.text[end : end + _NEAR]
    if any(f"{degree}{occasion.levels[0]}" in behind for degree in _DEGREES):
        return None  # 资料齐全，完整得2分，不完整得1分: levels
    context.reclaim(held, Taken.RULE)
    context.pending.pop()
    return Where((f"{words}，{occasion.words}",))


def _run(context: Context) -> list[Segment]:
    """Return the last words that wait, as far as they are asked for and only commas follow."""
    run: list[Segment] = []
    spans = context.goal_spans[-RECENT:]
    for held in reversed(context.pending[-RECENT:]):
        words = words_of(held.tokens, context.plain)
        asked = (held.first, held.end) in spans or _is_words(held.tokens)
        asked = asked or isinstance(read_occasion(held.tokens, context.plain), Held | Many)
        if held.closed is not Kind.COMMA or not asked or is_check(words) or _HEADS.search(words):
            break
        run.insert(0, held)
    return run


def _is_words(tokens: tuple[Token, ...]) -> bool:
    return all(token.kind in _PLAIN for token in tokens)


def _parts(context: Context, run: list[Segment], own: str) -> tuple[Held | Where, ...] | None:
    """Return each of what has to hold, None where a number has no rate to be one of."""
    parts: list[Held | Where] = []
    for held in run:
        read = read_occasion(held.tokens, context.plain)
        words = _TIES.sub("", untied(words_of(held.tokens, context.plain).strip(_MARKS)))
        match read:
            case Held() if read.subject and read.bounds.single and read.bounds.unit in RATE_UNITS:
                parts.append(read)
            case Where() | Graded():
                parts.append(Where((words,)))
            case _:
                return None
    if own:
        parts.append(Where((_TIES.sub("", own),)))
    return tuple(parts) if len(parts) >= _SEVERAL else None
