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

import re
from fractions import Fraction

from healthduty.clauses.context import Context, Draft
from healthduty.clauses.names.completing import all_waiting
from healthduty.clauses.text.lexicon import LEVELS
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import is_amiss
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import Bands, CaseBand

_STATE = "|".join(sorted((level for level in LEVELS if len(level) > 1), key=len, reverse=True))
_HOLDS = re.compile(
    r"[^患学老读作记]者的?$|(?:及时|按时|定期|认真)[^,，]{2,}|"
    rf"^[^,，、]{{0,12}}?(?<![所没])有(?![关效限序无])[^,，]|(?:{_STATE}|明确|清楚|有效|严格)$|^(?:已|能|按时|按期|及时|定期|积极)"
    r"|^(?:建立|成立|制定|制订|设立|设置|开展|落实|配备|明确|签订|公示|召开|参加|完成|纳入|实行|实施)[^,，]{2,}"
    r"|[\u4e00-\u9fff][不未无][\u4e00-\u9fff]"
)
_TITLE = re.compile(
    r"(?:情况|工作|管理|建设|质量|[率数量]|(?<!制)度|水平|能力|程度|评价|考核|活动|服务)$"
)


def earn_facts(context: Context) -> None:
    """Give points behind a fact, that no rule is about, a rule: who has it earns them."""
    if context.asks:
        return
    ruled = {draft.part for draft in context.drafts}
    if len(context.part_spans) == len(context.parts) and 0 not in ruled:
        same = len(context.part_words) == len(context.parts)
        titles = context.part_words if same else [part.title for part in context.parts]
        for number, (part, words) in enumerate(zip(context.parts, titles, strict=True), 1):
            if number not in ruled and part.points and _is_fact(words):
                name = words.rstrip("者的")
                _earn(context, name, part.points, context.part_spans[number - 1], number)
    if context.parts or context.drafts or context.goals or context.vetoes:
        return
    waiting = context.pending[-1:]
    if waiting and context.stated is not None and context.stated == context.points:
        name = all_waiting(context).strip("的")
        if _is_fact(name):
            span = (waiting[0].first, waiting[0].end, context.sentence)
            _earn(context, name, context.stated, span, 0)


def _is_fact(words: str) -> bool:
    """Whether some words can hold or not: 有台账, 职责明确; not a title, and nothing wrong."""
    said = _HOLDS.search(words) is not None and _TITLE.search(words) is None
    return said and not is_amiss(words)


def _earn(
    context: Context, name: str, points: Fraction, span: tuple[int, int, int], part: int
) -> None:
    """Add the rule of one fact, and say that its words are used."""
    flag = Flag(context.quantities.measure(name, MeasureKind.FLAG))
    rule = Bands(flag.measure, Effect.EARN, (CaseBand(flag, points),))
    first, end, sentence = span
    context.drafts.append(Draft(rule, first, end, sentence, part=part))
    context.drafts.sort(key=lambda draft: draft.first)
    for at in range(first, end):
        context.claims[at] = (Taken.RULE, "")
