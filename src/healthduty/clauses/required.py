"""The requirement's cell: what is asked there, for the rules of the cell beside it.

Source: clause patterns, “the required number in the requirement cell”; vocabulary “Target”.

>>> from healthduty.clauses.clause import read_clause
>>> asked = "城镇居民健康知识知晓率≥85%，农村居民≥80%"
>>> rules = read_clause("每低1个百分点扣1分", requirement=asked).rules
>>> [rule.tally.measure for rule in rules]
['城镇居民健康知识知晓率', '农村居民健康知识知晓率']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses.actions import Action, Done
from healthduty.clauses.asking import SAMPLED, is_case_of
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.goals import Goal, in_period, named_blanks, read_goals
from healthduty.clauses.names.goal_names import is_counterpart, led_by, led_by_group
from healthduty.clauses.names.looked_at import is_check, without_check
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.second_look.misprints import mended_words
from healthduty.clauses.segments import Segment, names_joined, segments_of
from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, signed, words_of
from healthduty.clauses.text.proportions import proportions_in
from healthduty.clauses.text.tokens import NO_UNIT, tokens_of
from healthduty.rules.points import Effect

_LONGEST_ASKED = 400
"""A longer phrase is a paragraph: no name is made of all of it."""

_MOST_TOKENS = 200
"""A segment of more tokens is nothing that anyone asked."""

_HEADED = re.compile(
    r"(?<![\d.-])\d{1,2}(?:(?:\.\d{1,2}){2,3}|(?:[-－—]\d{1,2}){2,3})"
    r"[.、]?[ \t]*(?=[\u4e00-\u9fff])"
)
_NUMBERED = re.compile(r"(?<=\s)\d{1,2}[.、．][ \t]*(?=[\u4e00-\u9fff])")
_GLUED = re.compile(r"^\s*\d{1,2}" + NO_UNIT + r"(?![价胎孩楼号常小周月天日年])")
"""The number of a row before its words: 17做到规范有序."""

_KEPT_WITHIN = re.compile(
    r"(?<=..)(?:应|要|须|必须)?(?:(?:控制|保持|维持|限制|稳定)?在(?:核定|规定|核准|下达|合理|要求|标准|目标|计划|考核)"
    r"[^,，、]{0,8}?(?:之?内|以内|水平)|(?:达到|符合|完成|不低于)(?:序时|时序)进度(?:要求)?"
    r"|(?:不得?|不能)(?:超过?|高于|低于|少于)(?:核定|规定|下达|标准|目标|计划)[^,，、]{0,6})$"
)
"""That a quantity is kept where somebody else says: 药占比控制在核定范围内."""
_WEIGHED = re.compile(r"(?:数量|质量|效益|态度|纪律|业绩|考勤|权重)$")
_WORTH = re.compile(r"(?<=..)\d{1,3}(?:\.\d)?分$")
"""What a row is worth, behind its words: 优质服务10分."""
_EXPLAINS = re.compile(
    r"(?:公式|算法|(?:计算|统计|考核|检查|评分)(?:方法|办法|口径|标准|说明)|定义|解释|说明|备注|注)$"
)
"""Heads of what only explains a quantity: 计算公式：."""
_RATE_ENDS = ("率", "比例", "占比")
_EACH_TIME = re.compile(r"^每(?:次|人|户|个|例)(?=.+率$)")


def read_requirement(context: Context, requirement: str) -> None:
    """Take the goals of the requirement, whose text is cited by nobody here."""
    folded = fold(_NUMBERED.sub("；", _HEADED.sub("", _GLUED.sub("", requirement))))
    context.mended.extend(mended_words(folded))
    before = ""
    tokens = names_joined(tokens_of(folded.folded), folded.folded)
    context.proportions.extend(proportions_in(tokens))
    for segment in segments_of(tokens):
        if segment.action is not None:
            _act(context, segment.action)
        if segment.action is not None or len(segment.tokens) > _MOST_TOKENS:
            continue
        if len(context.asked) < RECENT and any(t.kind is Kind.WORD for t in segment.tokens):
            words = words_of(segment.tokens, folded.plain)[:_LONGEST_ASKED]
            context.asked.extend(() if is_check(words) else (without_check(words),))
        goes_on = segment.after is Kind.COMMA
        goals = read_goals(segment.tokens, folded.plain, group=-len(context.goals) - 1)
        if not goals and not _is_points(segment):
            words = _WORTH.sub("", name_of(words_of(_defined(segment), folded.plain)))
            context.topic = context.topic or _KEPT_WITHIN.sub("", words)
            before = words or before
            if segment.closed is Kind.COLON and not _EXPLAINS.search(words):
                context.subject = words
        for goal in goals:
            last = context.goals[-1] if context.goals and goes_on else None
            named = in_period(goal, last, segment.tokens)
            beside = "" if last is None else last.name  # 宣传栏每月更换1次，全年不少于12期
            name = led_by_group(named.name, context.subject)  # 规范管理率：高血压≥60%
            if name == named.name and is_case_of(named, context.subject):
                name += context.subject  # 阳性率：CT≥70%，MRI≥60%
            named = attrs.evolve(named, name=name or context.subject or before or beside)
            sampled = SAMPLED.match(named.name) and named.bounds.unit != "次"  # 抽查文书一次
            if not sampled and not _is_weight(segment, named):
                context.add_goal(named_blanks(_beside_last(context, named)), None)
    if not (context.goals or context.subject.endswith(_RATE_ENDS)):
        context.subject = ""


def _act(context: Context, action: Action) -> None:
    """Take from points in the requirement that they add up, or the most that may be added."""
    context.adds_up = context.adds_up or action.done is Done.ADDS_UP
    if action.done is Done.CAP and action.effect is Effect.ADD:
        context.most_added = action.amounts[0]  # 设有加分项，最多加5分


def _defined(segment: Segment) -> Tokens:
    """Return the tokens of a phrase, of an equation those of what it says how to compute."""
    kinds = [token.kind for token in segment.tokens]
    return (
        segment.tokens[: kinds.index(Kind.EQUALS)] if Kind.EQUALS in kinds[1:] else segment.tokens
    )


def _is_points(segment: Segment) -> bool:
    """Whether a segment is nothing but points: 建档率（10分）：达到85%."""
    return [token.kind for token in segment.tokens[-2:]] == [Kind.NUMBER, Kind.POINTS] and all(
        token.kind is not Kind.WORD for token in segment.tokens
    )


def _is_weight(segment: Segment, goal: Goal) -> bool:
    """Whether a bare share is what an item weighs: 工作数量30%（…）."""
    weighs = goal.bare and goal.rate and segment.after is not Kind.COMMA
    return weighs and _WEIGHED.search(goal.name) is not None


def _beside_last(context: Context, goal: Goal) -> Goal:
    """Name a goal as the one before it says: 农村居民≥80 behind 城镇居民知晓率≥85."""
    last = context.goals[-1] if context.goals else None
    name = _EACH_TIME.sub("", goal.name)
    counterpart = last is not None and is_counterpart(name, last.name)
    name = name if last is None else led_by(name, last.name)
    if last is None or not counterpart:
        return attrs.evolve(goal, name=name)
    return attrs.evolve(goal, name=name, bounds=signed(goal.bounds, name), group=last.group)
