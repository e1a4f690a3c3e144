"""What is lacking, where no number of it is required: 制度缺少, 缺项, 少参加例会.

缺一项扣1分 names nothing: the list before it says what there should be, or what was looked at, what
the points before are earned for, the requirement's cell.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("少参加一次扣1分", requirement="按时参加工作例会").rules[0].tally.measure
'少参加工作例会'
"""

from __future__ import annotations

import re

from healthduty.clauses.context import Context
from healthduty.clauses.facts import BEGINS_FACT, untied
from healthduty.clauses.names.completing import all_waiting, counts, fact_in_full, undone_with
from healthduty.clauses.names.looked_at import looked_at
from healthduty.clauses.names.measured import units_like
from healthduty.clauses.names.subjects import is_bare, whole_of
from healthduty.clauses.occasions import Short, Where
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.rule import Bands

_SHORT_NAME = 6
_BY_PERIOD = {
    "月": "月份",
    "个月": "月份",
    "季": "季度",
    "季度": "季度",
    "个季度": "季度",
    "周": "周",
}
"""Periods of which one may be short, and what they are called."""
_OF_LISTS = frozenset({"项", "种", "份", "样", "个", "类"})
_PERSONS = frozenset({"人", "名", "位", "人次"})
_OF_PERSONS = re.compile(r"人|员|医师|医生|护士|干部|职工|证|参加|参与|培训|考试|到会")
_RATE = re.compile(r"(?<!合格|规范|达标|准确|及时|完好|满意|知晓|完整|正确|有效)率$")
_ALL = 100
_SHORTEST = 2
_NEEDED = re.compile(r"(?:[要应须需]|必须|应当)有(?P<what>[^，,、]{2,})$")
_LACKING = re.compile(
    r"未(?!来|成年|婚)|没|无(?!线|菌|障|烟|偿)|缺|(?<![查补防堵])漏|不[全齐足健完符合规到按及]"
)
"""What says by itself that something is lacking."""

_ASKS = re.compile(r"(?<![\u4e00-\u9fff])(?:是否|有无)")
"""How a question begins: what it asks for is what may be lacking."""


def lack_name(context: Context, occasion: Short) -> str:
    """Return what cases are called of which no number is required: 制度缺少, 缺项."""
    if is_bare(occasion.subject):  # 未建立的每缺1项
        return fact_in_full(context, occasion.subject)
    if occasion.subject:
        before = context.pending_words()
        own = context.pending and counts(context.pending[-1])  # 缺1个科室，扣0.5分
        if own and len(context.pending) > 1:  # 未按下列内容检查的，每少一项内容，扣0.5分
            before = untied(words_of(context.pending[-2].tokens, context.plain))
            own = False
        if BEGINS_FACT.match(before) and not own and len(occasion.subject) <= _SHORT_NAME:
            context.use_pending()
            return f"{before}的{occasion.subject}"  # 未签订责任书，每缺一个单位
        return f"{occasion.subject}{occasion.verb}"
    asked = ""
    undone = undone_with(context, occasion.verb)
    if undone and not context.pending and not context.subject:
        return undone  # 少参加1次 beside 参加例会
    listed = _list_before(context, occasion)
    pending = listed + all_waiting(context, "")
    earned = "" if pending else _earned_list(context, occasion.unit)
    last_rule = context.last()
    if context.subject and earned and last_rule and last_rule.sentence == context.sentence:
        pending = earned  # 阵地建设4分，有桌椅、黑板得2分，缺一样
    elif context.subject:  # 标牌标明：河名，河长，缺一项
        named = f"{context.subject}：{pending}" if pending else context.subject
        return named if _LACKING.search(named) else f"{named}{occasion.verb}"
    if pending and not earned:
        context.use_pending()
    elif not pending and not context.in_parts:
        seen = looked_at(context.seen[1]) if context.seen[0] == context.sentence else ""
        papers = "、" in seen and occasion.unit in _OF_LISTS
        pending = seen if papers else ""  # 查阅通知、照片、小结，少一项扣1分
        pending = pending or _earned_list(context, occasion.unit)
        pending = pending or whole_of(context.earlier)
        asked = "" if pending else whole_of(context.asked)
        pending = pending or asked
        persons = occasion.unit in _PERSONS and occasion.verb == "缺少"
        of_persons = _OF_PERSONS.search("".join((pending, *context.earlier, *context.asked)))
        pending = "" if persons and not of_persons else pending
    pending = _what_is_due(pending, occasion)
    if not pending:
        bare = f"缺{occasion.unit}" if occasion.verb == "缺少" else occasion.verb
        return _seldom(context, occasion.unit) or _of_whole(context, occasion.verb) or bare
    # 无双人巡检记录，少一次; but 许可证持证，每缺1户 counts those without it
    *_, last = pending.replace("，", "、").split("、")
    lacking = not asked and (BEGINS_FACT.match(pending) or _LACKING.search(last))
    return pending if lacking else f"{pending}{occasion.verb}"


def _what_is_due(words: str, occasion: Short) -> str:
    """Return 笔记 of 每次学习要有笔记, and 有专人，有方案 of 是否有专人，是否有方案."""
    words = _ASKS.sub("", words)
    needed = None if occasion.unit in _OF_LISTS else _NEEDED.search(words)
    return words if needed is None else needed["what"]


def _seldom(context: Context, unit: str) -> str:
    """Return 处方点评不足的月份 for 少一个月, behind 处方点评每月不少于100张."""
    last = len(context.goals) - 1
    last = last if unit in _BY_PERIOD else -1
    goal = context.goals[last] if last >= 0 and context.goal_spans[last] is not None else None
    period = _BY_PERIOD.get(goal.by_period, "") if goal is not None else ""
    return f"{goal.name}不足的{period}" if goal is not None and period else ""


def _of_whole(context: Context, verb: str) -> str:
    """Return 网络直报缺少 for 每少1家, behind 网络直报率达到100%, or below that: each counts."""
    last = len(context.goals) - 1
    here = last >= 0 and context.goal_spans[last] is not None
    if not here or context.goal_sentences[last] != context.sentence or last in context.used_goals:
        return ""
    goal = context.goals[last]
    stem = _RATE.sub("", goal.name)
    whole = goal.bounds.unit == "%" and _ALL in {goal.bounds.low, goal.bounds.high}
    if not whole or len(stem) < _SHORTEST or stem == goal.name:
        return ""
    context.used_goals.add(last)
    return f"{stem}{verb}"


def _list_before(context: Context, occasion: Short) -> str:
    """Return how a list begins that a semicolon parts: 有组织；有场地、有人员，缺一项扣1分."""
    waits = context.pending and not counts(context.pending[-1]) and not context.in_parts
    if not waits or occasion.unit not in _OF_LISTS or not context.earlier:
        return ""
    start = context.pending[0].tokens[0].start
    before = whole_of(context.earlier) if context.text[start - 1 : start] == ";" else ""
    return f"{before}，" if before else ""


def _earned_list(context: Context, unit: str) -> str:
    """Return the list that the rule before is earned for: 有计划、有总结得2分。缺一项扣1分.

    In the same sentence one thing will do: 制度上墙记2分，缺1项扣0.5分.
    """
    last = context.last()
    code = last.rule.measure if last is not None and isinstance(last.rule, Bands) else None
    measure = context.quantities.known(code)
    like = measure is not None and measure.unit in units_like(unit)
    if measure is not None and like and last and last.sentence == context.sentence:
        return measure.label  # 标语1-2幅得2分，缺1幅扣1分
    facts = last.occasion.facts if last and isinstance(last.occasion, Where) else ()
    earned = last is not None and isinstance(last.rule, Bands)
    listed = "，".join(facts)
    here = last is not None and last.sentence == context.sentence
    return listed if earned and (here or any(mark in listed for mark in "、，")) else ""
