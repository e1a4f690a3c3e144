"""Points on facts: 未公示扣0.5分, 有计划得2分, 无计划、无总结各扣1分.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11 (once or each).

>>> from healthduty.clauses.clause import read_clause
>>> [rule.tally.condition.measure for rule in read_clause("无计划、无总结各扣1分").rules]
['无计划', '无总结']
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import ANY_OF_LIST, amounts_for, any_of_both, tallied
from healthduty.clauses.banded import earn_goal, earn_met
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.facts import SAYS_WRONG, facts_in, names_in
from healthduty.clauses.names.completing import fact_in_full, listed_in_full
from healthduty.clauses.names.measured import LISTED_BELOW, condition_of, flags, says_needed, unmet
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import is_bare, says_unmet_all, whole_of
from healthduty.clauses.occasions import Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.several_missed import add_where_met, lose_where_missed
from healthduty.rules.points import Effect
from healthduty.rules.rule import Assumption, Bands, CaseBand, Deduction, Reading, Rule
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

_MET = re.compile(
    r"(?:达到|完成|符合|满足)了?(?:规定|要求|目标|标准|任务|指标)(?:值|数|要求)?$|达标$"
)
_AS_ASKED = re.compile(
    r"(?:均|都|全部)?(?:达到|符合|满足)了?(?:以上|上述)?(?:规定|要求|标准){1,2}[的者]{0,2}"
)
_WITHIN_YEAR = re.compile(r"[每按](?:半年|学期|季度?|月|周|天|日|[2-6两二三四六]个?月)")
_RECURS = re.compile(r"[迟漏错误瞒]|缺席|旷工|投诉|差错|违")
_OF_OFFICE = re.compile(
    r"(?:未|没有?|无)(?:建|制|设|配|成立|开展|公示|公开|落实|专|方案|计划|预案|总结|台账|登记|机构|人员|资料)"
)
"""What an office lacks as a whole, and nobody counts."""
_APPEARS = re.compile(r"^(?:出现|发生|发现|存在)")
"""What of the first of a list says nothing wrong: 出现事件、隐患不上报."""
_LONGEST_FACT = 60
_EACH_FAULT = Assumption(assumed.EACH_FAULT)
_OR = re.compile(r"^或者?")
_OFTEN = re.compile(r"每(?:半年|年|学期|季度?|月|周|天|日)")


def build_where(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """Make the rules of facts: on a goal that is met or not, on each fact, or on the list."""
    if LISTED_BELOW.search(occasion.facts[0]):
        context.fault(
            segment, Said("the cases stand in a list behind the points", "情形列在分数之后")
        )
        return
    if action.effect is Effect.LOSE and _is_duty(occasion.facts[-1]):
        context.fault(
            segment,
            Said("a duty, and not said what costs points", "写了要求，没有写什么情形扣分"),
            hint=Said("每少一次扣…?", "是“每少一次扣…”吗？"),
        )
        return
    missed = unmet(context, occasion)
    met = action.effect is Effect.ADD and context.goals and says_needed(occasion.facts[0])
    if met and add_where_met(context, segment, action):
        return
    if missed is not None and action.effect is Effect.LOSE:
        lose_where_missed(context, segment, action, *missed)
    elif action.effect is not Effect.EARN:
        _lost_on(context, segment, action, occasion)
    elif (whole := _whole_met(context, occasion.facts[0])) is not None:
        _earned_on(context, segment, action, whole)
    elif says_needed(occasion.facts[0]) and context.goals:
        earn_met(context, segment, action)
    elif (asked := _asked_of(context, occasion)) is not None:
        earn_goal(context, segment, action, asked)
    else:
        _earned_on(context, segment, action, occasion)


def _whole_met(context: Context, fact: str) -> Where | None:
    """Return 符合要求 as a fact of all that the requirement asks, where that is more than numbers.

    Beside 不超计划招收；学员占床位数不超过1/4 it is no bound alone.
    """
    asked = [goal for goal in context.goals[-RECENT:] if goal.group < 0]
    mixed = asked and len({goal.group for goal in asked}) < len(context.asked)
    whole = whole_of(context.asked) if mixed and _AS_ASKED.fullmatch(fact) else ""
    return Where((f"{whole}，{fact}",)) if whole else None


def _asked_of(context: Context, occasion: Where) -> int | None:
    """Return the goal of 管床数达到要求, where one was set for 管床数."""
    met = _MET.search(occasion.facts[0])
    if met is None or len(occasion.facts) > 1:
        return None
    name = name_of(occasion.facts[0][: met.start()])
    found = context.goals_for(name, context.recent_units()) if name else []
    return found[-1] if found else None


def _is_duty(fact: str) -> bool:
    """Whether a fact says only what has to be done, and how often: 每月一次自查."""
    return _OFTEN.match(fact) is not None and not SAYS_WRONG.search(fact)


def _lost_on(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """未公示扣0.5分; 无计划、无总结各扣1分: once for the list, or once for each of it."""
    if not action.each and len(action.amounts) == 1:
        occasion = _of_faults(occasion)
        rule = _once(context, action, occasion)
        context.add([rule], segment, occasion=occasion)
        return
    facts = occasion.facts if len(occasion.facts) > 1 else facts_in(occasion.facts[0])
    if action.each:
        _doubt_each(context, segment, facts)
    facts = listed_in_full(facts)
    facts = tuple(fact_in_full(context, fact) if is_bare(fact) else fact for fact in facts)
    amounts = amounts_for(context, segment, action, len(facts), Said("facts", "类情形"))
    if amounts is None:
        return
    wrong = sum(SAYS_WRONG.search(name) is not None for name in names_in(occasion.facts[0]))
    mixed = len(occasion.facts) == 1 and 1 < wrong < len(facts)  # 没有甲、乙、丙没有丁各扣1分
    if mixed or (any(mark in fact for fact in facts for mark in "，,") and len(facts) > 1):
        message = Said(
            "a list within a list: which of them do the points stand for?",
            "并列之中又有并列：分值对应哪一项？",
        )
        context.fault(segment, message, code="clause-doubt")
    of_all = len(facts) > 1 and any("、" in fact for fact in facts)
    rules = [
        tallied(action, Once(flag), points, _EACH_FAULT if of_all else None)
        for flag, points in zip(flags(context, facts), amounts, strict=True)
    ]
    context.add(rules, segment, occasion=occasion)


def _of_faults(occasion: Where) -> Where:
    """Return 项目不全、账物不符 as the two facts that it lists: each says what is wrong."""
    of_all = len(occasion.facts) > 1 or says_unmet_all(occasion.facts[0])
    parts = () if of_all else tuple(occasion.facts[0].split("、"))
    said = [_APPEARS.sub("", part) for part in parts[:-1]] + list(parts[-1:])
    listed = len(parts) > 1 and all(SAYS_WRONG.search(part) for part in said)
    return Where(listed_in_full(parts)) if listed else occasion


def _once(context: Context, action: Action, occasion: Where) -> Rule:
    """Return the rule of a list of facts: once where any holds, which is an assumption."""
    points = action.amounts[0]
    once = Once(condition_of(context, occasion))
    if len(occasion.facts) == 1 or occasion.every:
        loses = action.effect is Effect.LOSE
        assumption = any_of_both(occasion) or _once_only(context, occasion) if loses else None
        return tallied(action, once, points, assumption)
    flag = flags(context, occasion.facts[:1])[0]
    each = Reading(f"逐项扣：{flag.measure}", tallied(action, Once(flag), points))
    assumption = attrs.evolve(ANY_OF_LIST, readings=(each,))
    return tallied(action, once, points, assumption)


def _once_only(context: Context, occasion: Where) -> Assumption | None:
    """Return what 未上报扣1分 leaves open, where it is asked each month or the rule before counts.

    不合格每次扣2分，迟报扣1分: once, or each time as well?
    """
    fact, last = occasion.facts[0], context.last()
    counts = last is not None and last.sentence == context.sentence and _counts(last.rule)
    recurs = counts and (_RECURS.search(fact) is not None or not _OF_OFFICE.match(fact))
    asked = _WITHIN_YEAR.search(fact) is not None or any(
        _WITHIN_YEAR.search(text) is not None and _have_in_common(fact, text)
        for text in context.asked
    )
    return Assumption(assumed.ONCE) if SAYS_WRONG.search(fact) and (recurs or asked) else None


def _counts(rule: Rule) -> bool:
    """Whether a rule takes points for each case."""
    return isinstance(rule, Deduction) and isinstance(rule.tally, Cases)


def _have_in_common(fact: str, text: str) -> bool:
    """Whether some words name what is asked for: 未召开例会, and 每月召开例会."""
    return any(fact[at : at + 2] in text for at in range(min(len(fact), _LONGEST_FACT) - 1))


def _doubt_each(context: Context, segment: Segment, facts: tuple[str, ...]) -> None:
    """Report 各 where only one thing stands before it: 均有招收，各得1分."""
    if len(facts) == 1:
        message = Said("for each of what? one thing stands there", "“各”指哪几项？前面只有一项")
        context.fault(segment, message, code="clause-doubt")


def _or_earned(context: Context, segment: Segment, action: Action, fact: str) -> bool:
    """主要领导参加得10分或分管领导参加得8分: a further case of the rule before."""
    last = context.last()
    name = _OR.sub("", fact)
    if name == fact or last is None or not isinstance(last.rule, Bands):
        return False
    bands = last.rule.bands
    if last.rule.effect is not Effect.EARN or not isinstance(bands[-1], CaseBand):
        return False
    band = CaseBand(flags(context, (name,))[0], action.amounts[0])
    context.extend(last, attrs.evolve(last.rule, bands=(*bands, band)), segment)
    return True


def _earned_on(context: Context, segment: Segment, action: Action, occasion: Where) -> None:
    """有计划得2分; 有计划、总结各得1分: earned on a fact, or on each of several."""
    facts = occasion.facts
    if len(facts) == 1 and _or_earned(context, segment, action, facts[0]):
        return
    if occasion.every:  # 急救药品齐备且设备完好，得3分
        both = condition_of(context, occasion)
        band = CaseBand(both, action.amounts[0])
        context.add([Bands(facts[0], Effect.EARN, (band,))], segment, occasion=occasion)
        return
    if action.each and len(facts) == 1:
        facts = facts_in(facts[0])
        _doubt_each(context, segment, facts)
    amounts = amounts_for(context, segment, action, len(facts), Said("facts", "类情形"))
    if amounts is None:
        return
    rules = [
        Bands(flag.measure, Effect.EARN, (CaseBand(flag, points),))
        for flag, points in zip(flags(context, facts), amounts, strict=True)
    ]
    context.add(rules, segment, occasion=occasion)
