"""What a segment without points asks to reach: its goals, named by the words around them.

Source: vocabulary “Target”; docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("使用率：门诊≤20%，住院≤60%").targets[1].measure
'住院使用率'
"""

from __future__ import annotations

import re
from functools import partial

import attrs

from healthduty.clauses.accounts import SCORING
from healthduty.clauses.compared import changed
from healthduty.clauses.context import Context
from healthduty.clauses.goal_names import is_kind, led_by
from healthduty.clauses.goals import Goal, named_blanks, read_goals
from healthduty.clauses.lexicon import Kind
from healthduty.clauses.phrases import words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.quantities import name_of
from healthduty.clauses.segments import Segment
from healthduty.rules.rule import Bands
from healthduty.said import Said

SAMPLED = re.compile(
    r"随机|电话(?:核实|核查|随访|访问|调查|回访|抽查)|(?:入户|实地)(?:核实|核查|调查|访问)|(?:现场|每次)?(?:抽查|抽取|抽检|抽样|抽访|随访抽|任抽|任查|提问|询问|访谈|走访|查阅|调阅|审阅|翻阅|抽阅|查看)"
)
"""Words that lead up to the size of a sample, and to nothing that could be reached."""

_MONEY = frozenset({"元", "万元"})
_PAID = re.compile(
    r"(?:罚款?|罚金|处罚)(?:当事人|责任人|科室|个人)?$"
    r"|^(?:并|另|各|同时)?(?:给予|予以)?(?:奖金|奖励|扣款|扣发?(?:绩效|奖金|工资))$"
)
"""What is paid or fined, which is neither points nor anything to reach: 罚款50元."""
_APPEARED = re.compile(r"(?:每|凡|如|若)?(?:发现|发生|出现|查出|查实|检出|存在)(?=.)(?!率)")
_CHANGED = re.compile(r"(?:较|比)[^,]{0,12}(?:下降|增长|提高|减少|上升|降低)(?!率)")
_GRADED = re.compile(
    r"(?:即|评|评定|定|划)?(?:为|属于?)(?:优秀|优良|良好|合格|基本合格|不合格|不达标|达标|[甲乙丙丁]级|[^,，]{1,3}级)"
)
_NEGATED = re.compile(r"未|没有?(?!收)|不(?!良|合格|达标|孕)")
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_RATE_ENDS = ("率", "比例", "占比")
_SHORT_NAME = 8
_POINTS_END = 3  # a word, a number and 分


def read_asked(context: Context, segment: Segment) -> bool:
    """Read the goals of a segment; False where it asks for nothing that could be reached."""
    kinds = {token.kind for token in segment.tokens}
    vague = Kind.VAGUE in kinds or context.hoped == context.sentence
    if vague:
        context.claim(
            segment.first, segment.end, Taken.TARGET, Said("no bound can be told", "看不出界限")
        )
    if Kind.SAMPLE in kinds:
        context.claim(segment.first, segment.end, Taken.NUMBER, "the size of a sample")
    if kinds == {Kind.NUMBER} or not SCORING.isdisjoint(kinds):
        return False  # 扣05分: what was not read as an action asks for nothing
    if vague or Kind.SAMPLE in kinds or not _STEPS.isdisjoint(kinds) or _is_amiss(segment):
        return False  # 每下降1个百分点，扣1分 asks for nothing
    if _ends_in_points(segment):
        message = Said("what the points are for was not understood", "分数是为什么事，没有读懂")
        context.fault(segment, message)
        return False
    goals = read_goals(segment.tokens, context.plain, group=len(context.goals))
    negated = _NEGATED.match(words_of(segment.tokens, context.plain))
    if negated and any(not goal.bare for goal in goals):
        return True  # 未每月巡查2次以上，扣1分 is a fact
    for goal in map(named_blanks, map(partial(_named, context, segment), goals)):
        _take(context, segment, goal)
    return bool(goals)


def _take(context: Context, segment: Segment, goal: Goal) -> None:
    """Keep a goal as what must be reached, or say what else its number is."""
    if _GRADED.match(goal.name):
        message = Said("a grade for a number, and no target", "这是等次标准，不是目标")
        context.fault(segment, message)
    elif _CHANGED.match(goal.name):
        context.claim(segment.first, segment.end, Taken.NUMBER, "a change that is reported")
    elif goal.bare and _APPEARED.match(goal.name):
        return  # 发现差错1例，罚款100元: what was found is nothing to reach
    elif goal.bare and goal.bounds.unit in _MONEY and _PAID.search(goal.name):
        context.claim(segment.first, segment.end, Taken.NUMBER, "money, and no points")
    elif SAMPLED.match(goal.name):
        context.claim(segment.first, segment.end, Taken.NUMBER, "the size of a sample")
    elif goal.name:
        context.add_goal(goal, (segment.first, segment.end))
        context.claim(segment.first, segment.end, Taken.TARGET)


def _ends_in_points(segment: Segment) -> bool:
    """Whether points without a verb end words that have another number: 有2年完成者6分."""
    kinds = [token.kind for token in segment.tokens]
    ends = kinds[-_POINTS_END:]
    behind = ends[:1] in ([Kind.WORD], [Kind.UNIT]) and ends[1:] == [Kind.NUMBER, Kind.POINTS]
    return behind and Kind.NUMBER in kinds[:-_POINTS_END]


def _is_amiss(segment: Segment) -> bool:
    """Whether a number says what is lacking, was found or is paid: 缺1个科室, 5次以下每次2分."""
    kinds = [token.kind for token in segment.tokens]
    paid = Kind.EACH in kinds and kinds[-2:] == [Kind.NUMBER, Kind.POINTS]
    return paid or any(
        token.kind is Kind.LACK
        or (token.kind is Kind.FOUND and not token.text.endswith("有"))
        or (token.kind is Kind.EACH and token.text.endswith(("发生", "出现", "发现", "查实")))
        for token in segment.tokens
    )


def _named(context: Context, segment: Segment, goal: Goal) -> Goal:
    """Return a goal with the name that it has from the words before it."""
    last = context.goals[-1] if context.goals else None
    if goal.growth and context.subject and goal.name in {"增长率", "下降率"}:
        return attrs.evolve(goal, name=context.subject + goal.name)
    if goal.rate and context.subject.endswith(_RATE_ENDS) and _is_case_of_it(goal.name):
        return attrs.evolve(goal, name=goal.name + context.subject)  # 使用率：门诊≤20%，住院≤60%
    if changed(context, goal.name) != goal.name:
        return attrs.evolve(goal, name=changed(context, goal.name))
    if goal.name and last is not None and _is_share_of(segment, goal, last):
        return attrs.evolve(goal, name=goal.name + last.name)  # 签约率达30%，其中老年人达60%
    if goal.name:
        return attrs.evolve(goal, name=led_by(goal.name, last.name)) if last else goal
    if segment.inside and last is not None and last.bare and context.goal_spans[-1] is not None:
        context.drop_goal()  # 死亡率为5.6‰（目标是控制在8‰以下）: what was reached, and the goal
        return attrs.evolve(goal, name=last.name)
    of_topic = context.topic if goal.rate and context.topic.endswith(_RATE_ENDS) else ""
    return attrs.evolve(goal, name=_name_before(context) or _banded(context, goal) or of_topic)


def _is_share_of(segment: Segment, goal: Goal, last: Goal) -> bool:
    """Whether 其中 leads up to a rate that only says of whom the one before it is."""
    within = any(token.kind is Kind.PART_OF for token in segment.tokens)
    rates = goal.rate and last.rate and last.name.endswith(_RATE_ENDS)
    return within and rates and _is_case_of_it(goal.name)


def _banded(context: Context, goal: Goal) -> str:
    """Return what the bands before are over: 下降40%以上得2分；40%以下，得1分."""
    last = context.last()
    rule = None if last is None else last.rule
    measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
    same = measure is not None and measure.unit == goal.bounds.unit
    return measure.label if measure is not None and same else ""


def _is_case_of_it(name: str) -> bool:
    """Whether a name says only of whom a rate is: 门诊, after 使用率."""
    return 0 < len(name) <= _SHORT_NAME and not (name.endswith(_RATE_ENDS) or is_kind(name))


def _name_before(context: Context) -> str:
    """Return what a bound without a name is about: the words before it, or the subject."""
    name = name_of(context.pending_words())
    if name and not any(character.isdecimal() for character in name):
        return name
    return context.subject
