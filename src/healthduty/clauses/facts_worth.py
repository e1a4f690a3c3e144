"""A fact with its points and no rule: 有领导小组（2分），职责明确（1分）.

Who has the group gets the two points: what stands before them is itself what earns them, though
no 得 does. A title (组织领导, 培训情况) says nothing that could hold, and its points stay without a
rule: whoever assesses gives them.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 16.

>>> from healthduty.clauses.clause import read_clause
>>> [part.rules[0].measure for part in read_clause("有领导小组（2分），职责明确（1分）").parts]
['有领导小组', '职责明确']
"""

from __future__ import annotations

import bisect
import enum
import re
from fractions import Fraction

from healthduty.clauses import assumed
from healthduty.clauses.banded import band_from
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.names.completing import all_waiting
from healthduty.clauses.text.lexicon import LEVELS
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import is_amiss
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Bands, CaseBand

_STATE = "|".join(sorted((level for level in LEVELS if len(level) > 1), key=len, reverse=True))
_HOLDS = re.compile(
    r"[^患学老读作记]者的?$|(?:及时|按时|定期|认真)[^,，]{2,}|"
    rf"^[^,，、]{{0,12}}?(?<![所没])有(?![关效限序无])[^,，]|(?:{_STATE}|明确|清楚|有效|严格|合[法规]|相符)$|^(?:已|能|按时|按期|及时|定期|积极)"
    r"|^(?:建立|成立|制定|制订|设立|设置|开展|落实|配备|明确|签订|公示|召开|参加|完成|纳入|实行|实施)[^,，]{2,}"
    r"|[\u4e00-\u9fff)][不未无][\u4e00-\u9fff]"
    r"|[^,，、]{2}(?:纳入|列入|达到|做到|上墙|由[^,，、]{2,20}(?:产生|担任|负责)|按(?:标准|要求|规定))"
)
_DOES = re.compile(
    r"[^,，、]{0,12}?有(?![关效限序无])[^,，]|每[年月季周天日半学][^,，、]{3}|(?:坚持|按时|按期|及时|定期|积极|按照?(?:上级|文件|要求|规定|标准|计划){1,3})?"
    r"(?:组织|开展|召开|举办|建立|成立|制定|制订|设立|设置|配备|签订|公示|公布|参加|完成|纳入|实行|实施|落实)"
    r"[^,，、]{3,}|(?:能够?|已经?)[^,，、]{4,}"
)
_TITLE = re.compile(r"(?:情况|水平|能力|程度|评价|质量)$")
_SEVERAL = re.compile(r"[、,，;；]")
_ALSO = re.compile(r"^(?:并且?|且|同时|另外)")
_LONGEST = 60
_TELLS = re.compile(r"(?:公布|公示|上报|报告|通报|报送|汇报|掌握|了解|反馈)[^,，、]{1,30}情况$")
_TOPIC = re.compile(r"(?:工作|管理|建设|[率数量]|(?<!制)度|考核|活动|服务)$")
"""What a title ends in, and a deed may: 开展宣传活动."""


Span = tuple[int, int, int]
"""The first token of a part, the one behind its last, and its sentence."""


class _Says(enum.Enum):
    """What the words of a part say."""

    FACT = enum.auto()
    EITHER = enum.auto()
    NOTHING = enum.auto()


def earn_facts(context: Context) -> None:
    """Give points behind a fact, that no rule is about, a rule: who has it earns them."""
    if context.asks:
        return
    _earn_goals(context)
    _earn_parts(context)
    if context.parts or context.drafts or context.goals or context.vetoes:
        return
    waiting = context.pending[-1:]
    if waiting and context.stated is not None and context.stated == context.points:
        name = with_earlier(context, all_waiting(context).strip("的"))
        if _says(name) is _Says.FACT:
            span = (waiting[0].first, waiting[0].end, context.sentence)
            _earn(context, name, context.stated, span, 0)


def _earn_goals(context: Context) -> None:
    """Give each part its bound as its rule (no other scores): 甲≥15%（1分），乙≤2天（2分）."""
    spans = context.part_spans or [(0, 0, 0)] * len(context.parts)
    if context.drafts or context.vetoes or len(spans) != len(context.parts):
        return
    own = _goals_of(context) if context.part_spans else [None] * len(context.parts)
    if None in own:
        own = [_goal_named(context, part.title) for part in context.parts]
    if None in own or len(set(own)) < len(own):
        return
    for number, (index, part, span) in enumerate(zip(own, context.parts, spans, strict=True), 1):
        if index is not None and part.points:
            _meet(context, index, part.points, span, number, assumed.MET_OR_NOT)


def _goal_named(context: Context, title: str) -> int | None:
    """Return the bound that a part's title names, of the requirement: 每项1分."""
    named = [
        index
        for index, goal in enumerate(context.goals)
        if goal.name == title and context.goal_spans[index] is None and goal.bounds.single
    ]
    return named[0] if len(named) == 1 else None


def _earn_parts(context: Context) -> None:
    """Give all parts without a rule one, where they are facts; none where one is a title.

    What is neither (村道平整) goes with most of them.
    """
    ruled = {draft.part for draft in context.drafts}
    if len(context.part_spans) != len(context.parts) or 0 in ruled:
        return
    same = len(context.part_words) == len(context.parts)
    titles = context.part_words if same else [part.title for part in context.parts]
    bare = [
        (number, part.points, words)
        for number, (part, words) in enumerate(zip(context.parts, titles, strict=True), 1)
        if number not in ruled and part.points
    ]
    goals = dict(enumerate(_goals_of(context), 1))
    said = [_says(words) for number, _, words in bare if goals[number] is None]
    facts = said.count(_Says.FACT)
    if _Says.NOTHING in said or facts * 2 < len(said):
        return
    for number, points, words in bare:
        span, goal = context.part_spans[number - 1], goals[number]
        if goal is not None and not _SEVERAL.search(words):
            _meet(context, goal, points, span, number)
        else:
            name = _ALSO.sub("", words).rstrip("者的")
            _earn(context, name, points, span, number)


def _goals_of(context: Context) -> list[int | None]:
    """Return for each part the one bound that it asks for, where it asks for one."""
    asked = sorted(
        (span[0], index)
        for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True))
        if span and goal.bounds.single and not goal.per and index not in context.used_goals
    )
    found: list[int | None] = []
    begin = 0
    for _, end, _ in context.part_spans:
        first, last = (bisect.bisect_left(asked, (at, 0)) for at in (begin, end))
        found.append(asked[first][1] if last - first == 1 else None)
        begin = end
    return found


def _meet(
    context: Context, index: int, points: Fraction, span: Span, number: int, told: str = ""
) -> None:
    """Give a part the points for its bound where that is met."""
    comparator, threshold = context.goals[index].bounds.single or (None, None)
    if comparator is None or threshold is None:
        return
    measure = context.goal_measure(index)
    band = band_from(Compare(measure, comparator, threshold), points)
    period = context.goals[index].by_period
    texts = [each for each in (assumed.year_total(period) if period else "", told) if each]
    assumption = Assumption(assumed.both(*texts)) if texts else None
    _add(context, Bands(measure, Effect.EARN, (band,), assumption=assumption), span, number)
    context.used_goals.add(index)


def with_earlier(context: Context, name: str) -> str:
    """Return what points stand behind with the fact before: 预案健全。有隔离室（2分）."""
    taken = {span[2] for span in context.part_spans[-RECENT:]}
    taken |= {draft.sentence for draft in context.drafts[-RECENT:]}
    said = "，".join(context.earlier)
    alone = taken.isdisjoint({context.sentence - 1, context.sentence})
    joins = name and said and alone and len(said) <= _LONGEST
    return f"{said}，{name}" if joins and _says(said) is _Says.FACT else name


def _says(words: str) -> _Says:
    """Return what some words say: 有台账, 职责明确 can hold; a title says nothing, nor a fault."""
    if _TELLS.search(words):
        return _Says.FACT
    titled = _TITLE.search(words) or (_TOPIC.search(words) and not _DOES.match(words))
    if is_amiss(words) or titled:
        return _Says.NOTHING
    return _Says.FACT if _HOLDS.search(words) or _DOES.match(words) else _Says.EITHER


def _earn(
    context: Context, name: str, points: Fraction, span: tuple[int, int, int], part: int
) -> None:
    """Add the rule of one fact, and say that its words are used."""
    flag = Flag(context.quantities.measure(name, MeasureKind.FLAG))
    _add(context, Bands(flag.measure, Effect.EARN, (CaseBand(flag, points),)), span, part)


def _add(context: Context, rule: Bands, span: tuple[int, int, int], part: int) -> None:
    first, end, sentence = span
    context.drafts.append(Draft(rule, first, end, sentence, part=part))
    if len(context.drafts) > 1 and context.drafts[-2].first > first:
        context.drafts.sort(key=lambda draft: draft.first)
    for at in range(first, end):
        context.claims[at] = (Taken.RULE, "")
