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

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.assumed import said, year_total
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import RECENT, Context, Fault
from healthduty.clauses.facts import SAYS_WRONG, untied
from healthduty.clauses.goals import Goal
from healthduty.clauses.names.goal_names import bare_bound
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.measured import says_needed
from healthduty.clauses.occasions import Either, Graded, Held, Many, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import DEEDS, LEVELS, RATE_UNITS, TIMES, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.points import FULL, Effect

_PLAIN = frozenset({Kind.WORD, Kind.LIST, Kind.EXPLAINED, Kind.OPEN, Kind.CLOSE, Kind.EVERY})
_HEADS = re.compile(
    r"^(?:考核(?!结果)|评价|按照?(?!要求|规定|时)|根据|依据)|(?:情况|程度|水平|方面|比例|指标|率|数量|考核)$"
)
"""Words that only say what is looked at: 考核外转率下降情况."""
_MARKS = "的,，、；; "
_GOOD = re.compile(
    r"^有[^,，]{2,12}$|.(?<!不)(?<!欠)(?:完整|规范|齐全|健全|及时|准确|清[晰楚]|整洁|到位|真实|完善)$"
)
_IS_THERE = re.compile(
    r"(?:有|设[立置有]|建[立有]|成立|制[定订]|配[备齐])[^,，]{2,16}$|[^,，未不]{2,16}(?:健全|齐全|完整|规范|到位|完善)$"
)
_BUT = re.compile(r"^(?:但|而|并)(?:是|且)?(?=..)")
_FURTHER_BAND = re.compile(r"\d[%‰][^,;。\n每]{0,6},?的?(?:不?得|计|记|加)")
_TIES = re.compile(r"^(?:并且?|而且|同时|且)")
_HAS = re.compile(r"(?:设?有|设[立置]|建[有立]|开[设办]|配[有备])(?P<what>[^,，、]{2,12})")
_BY_GOAL = "*"
"""A period that no text has: of a bound that a goal was made of, for the year."""
_SEVERAL = 2
_DEGREES = ("不", "未", "欠", "较", "基本", "比较", "不够")
_ANY_LEVEL = "|".join(sorted(LEVELS, key=len, reverse=True))
_OTHER_LEVEL = re.compile(rf"[,;。\n](?:{_ANY_LEVEL})(?:的|者)?,?(?:[得计记给加]|不得)")
_NEAR = 60


def all_together(
    context: Context, action: Action, tokens: tuple[Token, ...]
) -> Where | Either | None:
    """Join a bound and facts before points that are earned; None where it is not both."""
    if action.effect is not Effect.EARN or action.done is not Done.POINTS or action.each:
        return None
    run = _run(context)
    if not run:
        return None
    spans = context.goal_spans[-RECENT:]
    goals = [held for held in run if (held.first, held.end) in spans or not _is_words(held.tokens)]
    own = untied(words_of(tokens, context.plain).strip(_MARKS))
    if own and not _is_words(tokens):
        if goals:
            return _several_rates(context, action, tokens, run)
        return _facts_and_rate(context, action, tokens, run)
    if own and says_needed(own):
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


def _facts_and_rate(
    context: Context, action: Action, tokens: tuple[Token, ...], run: list[Segment]
) -> Either | None:
    """Join 有制度，有记录，知晓率达80%得5分; a wish (加强宣传，知晓率达80%) asks for nothing."""
    rate = read_occasion(tokens, context.plain)
    texts = [untied(words_of(held.tokens, context.plain).strip(_MARKS)) for held in run]
    if not isinstance(rate, Held) or not rate.subject or len(action.amounts) > 1:
        return None
    if rate.bounds.single is None or rate.bounds.unit not in RATE_UNITS or rate.bounds.bare:
        return None
    if not all(_IS_THERE.match(text) for text in texts):
        return None
    end = tokens[-1].end
    if _FURTHER_BAND.search(context.text, end, end + _NEAR):
        return None  # 有台账，随访率≥90%得5分；80%—90%得3分: the bands are of the rate
    for held in run:
        context.use_words(held)
    context.pending.clear()
    group = len(context.goals) + 1  # steps that follow count from it
    context.add_goal(Goal(name=rate.subject, bounds=rate.bounds, group=group), None)
    context.used_goals.add(len(context.goals) - 1)
    return Either((*(Where((text,)) for text in texts), rate), every=True)


def _several_rates(
    context: Context, action: Action, tokens: tuple[Token, ...], run: list[Segment]
) -> Either | None:
    """Join 甲率≥90%，乙率≥80%得满分: all of the item's points are for all that is asked."""
    whole = action.amounts in {(FULL,), (context.points,)}
    held = [read_occasion(each, context.plain) for each in (*(s.tokens for s in run), tokens)]
    named = [_with_way(each) for each in held if isinstance(each, Held)]
    rates = [each for each in named if _is_goal(each)]
    end = tokens[-1].end
    if not whole or len(rates) < len(held):
        return None
    if _FURTHER_BAND.search(context.text, end, end + _NEAR):
        return None
    before = len(context.goals)
    for rate in rates:
        context.add_goal(Goal(name=rate.subject, bounds=rate.bounds, group=before + 1), None)
    context.used_goals.update(range(before, len(context.goals)))  # steps that follow are of each
    for each in run:
        context.use_words(each)
    context.pending.clear()
    return Either(tuple(rates), every=True)


def _with_way(held: Held) -> Held:
    """Return 办结率100% among what is asked as a least, by its name."""
    if not (held.bounds.bare and held.bounds.unit in RATE_UNITS and held.subject):
        return held
    bounds = bare_bound(held.bounds, held.subject)
    return attrs.evolve(held, bounds=attrs.evolve(bounds, bare=False))


def _is_goal(held: Held) -> bool:
    """Whether a quantity is named, with one bound that says which way it goes."""
    return bool(held.subject) and held.bounds.single is not None and not held.bounds.bare


def good_as_well(context: Context, action: Action, occasion: Graded) -> Where | None:
    """Join 记录完整，规范得2分: a quality behind another, or behind what is there, is no level."""
    held = context.pending[-1] if context.pending else None
    scores = action.effect is not Effect.LOSE and action.done is Done.POINTS
    if held is None or not scores or held.closed is not Kind.COMMA or not _is_words(held.tokens):
        return None
    words = untied(words_of(held.tokens, context.plain).strip(_MARKS))
    bare = occasion.subject == "" or occasion.subject in DEEDS
    if len(occasion.levels) > 1 or is_check(words) or (bare and not _GOOD.search(words)):
        return None
    end = held.tokens[-1].end
    behind = context.text[end : end + _NEAR]
    if any(f"{degree}{occasion.levels[0]}" in behind for degree in _DEGREES):
        return None  # 资料齐全，完整得2分，不完整得1分: levels
    run = [held] if bare else _words_run(context)
    behind = behind[behind.find(occasion.words) + len(occasion.words) :]
    if not bare and (not run or _OTHER_LEVEL.search(behind.replace(occasion.subject, ""))):
        return None  # 队伍建设，人员稳定得2分，较稳定得1分
    texts = [untied(words_of(each.tokens, context.plain).strip(_MARKS)) for each in run]
    for each in run:
        context.reclaim(each, Taken.RULE)
        context.pending.remove(each)
    return Where(("，".join((*texts, occasion.words)),))


def _words_run(context: Context) -> list[Segment]:
    """Return the last words that wait and only commas part, as far as they ask for something."""
    run: list[Segment] = []
    for held in reversed(context.pending[-RECENT:]):
        words = words_of(held.tokens, context.plain)
        heads = is_check(words) or _HEADS.search(words) or SAYS_WRONG.search(words)
        if held.closed is not Kind.COMMA or not _is_words(held.tokens) or heads:
            break
        run.insert(0, held)
    return run


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


def _counted_goal(context: Context, held: Segment, before: list[Held | Where]) -> Held | None:
    """Return 每年≥12期 as a number and its bound; named by 有专栏 where nothing else names it."""
    spans = context.goal_spans[-RECENT:]
    if spans.count((held.first, held.end)) != 1:
        return None
    goal = context.goals[len(context.goals) - len(spans) + spans.index((held.first, held.end))]
    unit, last = goal.bounds.unit, before[-1] if before else None
    has = _HAS.fullmatch(last.facts[0]) if isinstance(last, Where) else None
    name = _BUT.sub("", goal.name) or (f"{has['what']}{unit}数" if has is not None else "")
    if goal.bare or not name or not unit or unit in RATE_UNITS or unit in TIMES:
        return None
    if goal.bounds.single is None or goal.per:
        return None
    if goal.by_period:
        message = said(year_total(goal.by_period))
        context.faults.append(Fault("clause-assumed", message, held.first, held.end))
    return Held(name, goal.bounds, period=_BY_GOAL)


def _parts(context: Context, run: list[Segment], own: str) -> tuple[Held | Where, ...] | None:
    """Return each of what has to hold, None where a number has no rate to be one of."""
    parts: list[Held | Where] = []
    for held in run:
        read = _counted_goal(context, held, parts) or read_occasion(held.tokens, context.plain)
        words = untied(words_of(held.tokens, context.plain).strip(_MARKS))
        if words.startswith("或"):
            return None  # 甲，或乙，且丙: which of them go together is in the words alone
        words = _TIES.sub("", words)
        match read:
            case Held() if read.period == _BY_GOAL:
                parts.append(read)
            case Held() if read.subject and read.bounds.single and read.bounds.unit in RATE_UNITS:
                parts.append(read)
            case Where() | Graded():
                parts.append(Where((words,)))
            case _:
                return None
    if own:
        parts.append(Where((_TIES.sub("", own),)))
    return tuple(parts) if len(parts) >= _SEVERAL else None
