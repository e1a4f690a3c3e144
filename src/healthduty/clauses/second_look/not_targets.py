"""Targets that nobody set: 记严重差错一次, 工资下浮2%, 每3小时计1学分, 10分钟到达现场.

A target says what must be reached or kept: a comparison (达到, 不少于), a rhythm (每月一次)
or the share that a rate has. A number with none of these that no rule uses is more often what
follows from something, or a step; so is one whose name says what is paid, or what is wrong.

Source: semantics 12 (nothing is dropped); vocabulary “Target”.

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("丙级病历另记严重差错一次").findings.codes
True
>>> "clause-doubt" in read_clause("每月开展培训一次").findings.codes
False
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.rules.measure import Measure
from healthduty.rules.points import Effect
from healthduty.rules.rule import Band, Bands, effect_of
from healthduty.said import Said

_COMPARES = frozenset(
    {
        Kind.AT_LEAST,
        Kind.AT_MOST,
        Kind.MORE,
        Kind.LESS,
        Kind.EQUAL,
        Kind.ABOVE,
        Kind.UNDER,
        Kind.WITHIN,
        Kind.BEYOND,
        Kind.INTERVAL,
        Kind.DASH,
        Kind.SLASH,
        Kind.BLANK,
        Kind.EVERY,
        Kind.GROWTH,
    }
)
_NOT_ASKED = re.compile(
    r"奖(?!补|励?扶助?)|扣|[计记]\d|授予|递[减增]|学分?$|^最[多少高低]$|最多$|[上下]浮|工资|绩效(?!考核)|罚|[合及]格分"
    r"|评为|^为|^每(?![千万百十]|个?[人户床村次])|^另|^各(?![项类级单部科种])|^以最|做不到|不予|记.{0,2}差错"
)
"""What is paid, counted on or follows, and is nothing to reach."""
_ASKS = re.compile(
    r"确保|保证|实现|应|须|必需|[配设][有备齐置立]?|建[有立成设]|开展|举[办行]|组织|召开|完成|随访|培训|讲座|会议|宣传|演练|发放|印[制发]|报送"
    r"|增长|同比|[比较]上年|全年|年[内度]|[每本]年"
)
_QUANTITY = re.compile(r"(?:[日数量额]|人次|费用?|时间|面积|收入|支出|床位|病床)$")
_SHARE = re.compile(r"率|比例?$|占比|百分比|度$")


def doubt_targets(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through the targets of a clause that hardly ask for anything."""
    if context.asks:
        return  # a requirement asks, whatever its words
    for index, span in enumerate(context.goal_spans):
        if span is None or index in context.used_goals:
            continue
        measure = context.goal_measure(index)
        goal = context.goals[index]
        rhythm = goal.by_period or goal.per or goal.growth  # 每月一次, 每户4次
        bare = not rhythm and _is_bare(context, measure, tokens, span)
        if bare or _is_named(measure):
            message = Said(
                "is this something to reach, or what follows?", "这是要达到的目标，还是后果、计法？"
            )
            yield Fault("clause-doubt", message, *span)
        elif _beside_earned(context, index, tokens):
            message = Said(
                "are the points behind it earned without it?", "没有达到，后面的分也得吗？"
            )
            yield Fault("clause-doubt", message, *span)


def _beside_earned(context: Context, index: int, tokens: Tokens) -> bool:
    """Whether a bound of another quantity behind its comma earns: 甲率达90%，乙率达85%得3分."""
    end = (context.goal_spans[index] or (0, 0))[1]
    at = bisect.bisect_left(context.drafts, end, key=lambda draft: draft.first)
    if at == len(context.drafts) or end >= len(tokens) or tokens[end].kind is not Kind.COMMA:
        return False
    draft = context.drafts[at]
    numbers = isinstance(draft.rule, Bands) and isinstance(draft.rule.bands[0], Band)
    beside = draft.first == end + 1 and draft.sentence == context.goal_sentences[index]
    earned = numbers and effect_of(draft.rule) is Effect.EARN
    return beside and earned and context.goals[index].rate


def _is_named(measure: Measure) -> bool:
    """Whether a name says what is paid, or what is wrong: a rate of it may well be bounded."""
    if _NOT_ASKED.search(measure.label):
        return True
    return SAYS_WRONG.search(measure.label) is not None and not _SHARE.search(measure.label)


def _is_bare(context: Context, measure: Measure, tokens: Tokens, span: tuple[int, int]) -> bool:
    """Whether nothing compares the number, which is no share and no part's title."""
    held = tokens[slice(*span)]
    words = words_of(held, context.text)
    if not _COMPARES.isdisjoint(token.kind for token in held) or _ASKS.search(words):
        return False
    if _QUANTITY.search(measure.label):
        return False
    if measure.unit in RATE_UNITS and (_SHARE.search(measure.label) or "比例" in words):
        return False
    before = bisect.bisect_right(context.part_spans, (span[0], len(tokens), 0)) - 1
    return before < 0 or span[0] > context.part_spans[before][1]
