"""Which quantity or fact a rule is about: named in its words, asked for before, or left to guess.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> units_like("场")
('场', '回', '场次', '期', '次')
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.names.cases import case_name
from healthduty.clauses.names.goal_names import of_head
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import whole_of
from healthduty.clauses.occasions import Either, Held, Many, Short, Where
from healthduty.clauses.text.lexicon import DEEDS, LEVELS, RATE_UNITS
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition, Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Bands, Bonus, Curve, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once

_IN_ALL = re.compile(
    r"(?:全年|当年|年度|年内|一年内?|本年度?|每年|同一?年|考核期内?)?(?:累计|合计|共计|总计|共)?(?:发生|出现|发现|达到?|有)?|(?:其|该)?(?:比值|数值)"
)
"""Words before a number that only say how often something was in all."""
_CHANGED_TO = re.compile(r"(?:下降|降低|降|跌|减少|上升|升|增加|增长|提高|升高|低)[到至]")
_LACKS = re.compile(r"缺少$|^缺.$")
_SAME = ({"人", "名", "位", "人次"}, {"户", "户次"}, {"次", "场", "期", "回", "场次"}, {"个", "项"})
_SEVERAL = 2
_NEAR = 8  # how many rules back a bound looks for its quantity

_ACTUAL = r"^(?:(?:实际(?:完成)?|完成)[值数]|实际(?:完成)?率)?"
"""The number that is held against the goal, where a text names it."""
_UNMET = re.compile(
    rf"{_ACTUAL}(?:未|没有?|达不|不能?|低于|不足)能?"
    r"(?:达|完成|到|目标|要求|规定|标准|任务|指标|的|标|成|(?:考核|年度)(?=[目指]标|任务|标准|要求))+"
    r"(?:值|数|的|要求|目标|标准|任务|指标)*$"
    r"|^(?:不足|低于)$"
)
NAMED_UNMET = re.compile(
    r"(?P<name>.{2,}?(?:率|比例|度))(?:未|没有?|不|达不)能?"
    r"(?:达标|达到?(?:目标|要求|标准|规定|指标)值?|到(?:目标|要求|标准)|完成(?:目标|任务|指标)?)(?:的|者)*"
)
"""A rate and that it was not reached: 签约率未达标."""

_OVER = re.compile(
    r"^(?:超过|超出|超标|高于|超)控制(?:标准|指标|目标|[数线值])?(?:的|者)*$"
    r"|^(?:超过|超出|超标|高于|超|(?:未|没有?|达不|不)能?(?:达到?|到|达标|符合|完成)(?=[标规目要]|$)"
    r"|达不到要求|不达标|未达标)(?:标准|规定|目标|要求|上限|限额|部分|值|准|的|者)*$"
)
_NEEDED = re.compile(
    rf"{_ACTUAL}(?:达标|达到|(?:达到?|完成|符合|满足)了?(?:目标|要求|规定|标准|任务|指标)+"
    r"|(?:不[低高少大小]于|不超过|优于)(?:年度)?(?:目标|标准|指标)+(?=值|$|要求))(?:值|数|的|者|要求)*$"
)
_SHORT_OF = re.compile(
    r"(?P<head>[^,，、]{0,8}?)(?:配备|配置|品种|种类|数量|人数|面积|数)*(?:不足|不够|未配[齐足]|配备不[齐足])"
)
_OPPOSITE = {
    Comparator.AT_LEAST: Comparator.LESS,
    Comparator.MORE: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.MORE,
    Comparator.LESS: Comparator.AT_LEAST,
    Comparator.EQUAL: Comparator.LESS,
}


def flags(context: Context, facts: Iterable[str]) -> list[Flag]:
    """Return facts as flags, each named by its words."""
    return [Flag(context.quantities.measure(fact, MeasureKind.FLAG)) for fact in facts]


def condition_of(context: Context, occasion: Where) -> Condition:
    """Return facts as one condition: any of them, or all where the text ties them."""
    members = flags(context, occasion.facts)
    if len(members) == 1:
        return members[0]
    return AllOf(tuple(members)) if occasion.every else AnyOf(tuple(members))


def condition_of_either(context: Context, occasion: Either) -> Condition | None:
    """Return several bounds and facts as one condition, None where one names no quantity."""
    parts: list[Condition] = []
    for part in occasion.parts:
        if isinstance(part, Where):
            parts.append(condition_of(context, part))
            continue
        single, unit = part.bounds.single, part.bounds.unit
        beside = [each for each in parts if isinstance(each, Compare)]  # 时间<5秒或>10秒
        said = context.quantities.known(beside[-1].measure) if beside else None
        before = None if part.subject else last_measure(context, unit)
        if said is not None and said.unit == unit and not part.subject:
            before = said
        named = part.subject or (before and before.code) or context.subject or context.topic
        if single is None or not named:
            return None
        measure = before or held_measure(context, attrs.evolve(part, subject=named))
        parts.append(Compare(measure, single[0], single[1]))  # ≥60%得1分；＜60%或未开展
    return AllOf(tuple(parts)) if occasion.every else AnyOf(tuple(parts))


@functools.lru_cache(maxsize=256)
def units_like(unit: str) -> tuple[str, ...]:
    """Return a unit, and behind it those that people use for the same."""
    same = {other for group in _SAME if unit in group for other in group}
    return (unit, *sorted(same - {unit}))


def nameless(unit: str) -> str:
    """Return what a quantity is called that nothing names."""
    if unit in RATE_UNITS:
        return "比率"
    return f"{unit}数" if unit else "数值"


def held_measure(context: Context, occasion: Held) -> Measure:
    """Return the measure that is held against bounds.

    That of the goal it fits, else the last rule's of this unit, else a new one by its words.
    """
    said = occasion.subject
    if said and (_IN_ALL.fullmatch(said) or _CHANGED_TO.fullmatch(said)):
        occasion = attrs.evolve(occasion, subject="")  # 迟报1次扣1分，累计3次以上扣5分
    alone = occasion.subject in DEEDS
    if alone and context.goals_for("", units_like(occasion.bounds.unit)):  # 每年创建5家以上
        occasion = attrs.evolve(occasion, subject="")
    unit, subject = occasion.bounds.unit, occasion.subject
    units = RATE_UNITS if unit in RATE_UNITS else units_like(unit)
    beside = _banded_beside(context, occasion) or _cases_before(context, subject, unit)
    if beside is not None:
        return beside
    if not subject and _begins_part(context):
        return context.quantities.measure(context.subject, None, unit)
    found = [] if _follows(context, occasion) else context.goals_for(subject, units)
    alike = {"", *units_like(unit)}
    if found and (subject or context.goals[found[-1]].bounds.unit in alike):
        return context.goal_measure(found[-1])
    last = None if subject else _listed_before(context, unit) or last_measure(context, unit)
    if last is not None and not _LACKS.search(last.label):  # 每少1人扣1分，少于5人不得分
        return last
    pending = context.pending_words()
    named = "" if any(character.isdecimal() for character in pending) else pending
    name = subject or context.subject or named or context.topic or nameless(unit)
    return context.quantities.measure(of_head(name, context.subject), None, unit)


def says_how_often(context: Context, occasion: Held) -> bool:
    """Whether a bound only says how often what the last rule counts was found: 累计三次以上."""
    bare = _IN_ALL.fullmatch(occasion.subject) is not None
    return bare and last_measure(context, occasion.bounds.unit) is not None


def _banded_beside(context: Context, occasion: Held) -> Measure | None:
    """Return the measure of bands that levels head: 优：培训率100%，5分；良：90≤接受培训率<100%."""
    last = context.last()
    if last is None or not isinstance(last.rule, Bands) or context.subject not in LEVELS:
        return None
    measure = context.quantities.known(last.rule.measure)
    if measure is None or measure.unit != occasion.bounds.unit:
        return None
    subject, label = occasion.subject, measure.label
    return measure if subject in label or label in subject else None


def _begins_part(context: Context) -> bool:
    """Whether a bound is the first of a part: 控制率（3分）：≥50%得3分."""
    if not (context.in_parts and context.part_spans and context.parts):
        return False
    named, last = context.subject == context.parts[-1].title, context.last()
    spans = context.goal_spans[-1:] or [None]
    asked = spans[0] is not None and spans[0][0] >= context.part_spans[-1][0]
    first = last is None or last.part < len(context.parts)
    return named and first and not asked


def _follows(context: Context, occasion: Held) -> bool:
    """Whether a bound goes on with the rule right before it: 200万元以上奖1分，500万元以上奖3分."""
    last = context.last()
    if occasion.subject or last is None or last.sentence != context.sentence:
        return False
    measure = context.quantities.known(_measure_in(last.rule))
    asked = next((span for span in reversed(context.goal_spans[-RECENT:]) if span), None)
    later = asked is not None and asked[0] >= last.end
    return measure is not None and measure.unit == occasion.bounds.unit and not later


def _listed_before(context: Context, unit: str) -> Measure | None:
    """Return 迟到、早退 behind 迟到、早退一次各扣1分: 四次以上 is said of both together."""
    last = context.last()
    names: list[str] = []
    for draft in reversed(context.drafts[-_NEAR:]):
        measure = context.quantities.known(_measure_in(draft.rule))
        beside = last is not None and draft.occasion == last.occasion is not None
        if not beside or measure is None or measure.unit != unit or not _is_tallied(draft.rule):
            break
        names.append(measure.label)
    if len(names) < _SEVERAL:
        return None
    return context.quantities.measure("、".join(reversed(names)), MeasureKind.CASES, unit)


def _is_tallied(rule: Rule) -> bool:
    return isinstance(rule, Deduction | Bonus) and isinstance(rule.tally, Cases)


def last_measure(context: Context, unit: str) -> Measure | None:
    """Return the measure of one of the last rules, where it is counted in this unit."""
    for draft in reversed(context.drafts[-_NEAR:]):
        found = context.quantities.known(_measure_in(draft.rule))
        if found is not None and (found.unit == unit or not unit):
            return found
    return None


def _measure_in(rule: Rule) -> str | None:
    """Return the one quantity that a rule counts or compares, where there is one."""
    match rule:
        case Bands() | Curve():
            return rule.measure
        case Deduction() | Bonus() if not isinstance(rule.tally, Once):
            return rule.tally.measure
        case Deduction(tally=Once(condition=when)) | Bonus(tally=Once(condition=when)):
            return when.measure if isinstance(when, Compare) else None
        case Forfeit(when=Compare() as compare):
            return compare.measure
        case _:
            return None


def says_only_that(words: str) -> bool:
    """Whether some words say only that there is a case: 凡出现, 发现."""
    return words in {"凡出现", "凡发现", "凡有", "出现", "发现", "发生", "有", "凡发生"}


def so_many(context: Context, occasion: Short | Many) -> Compare:
    """Return the condition that so many are lacking, or were found (缺2项以上, 发生2起以上)."""
    if isinstance(occasion, Many):
        before = _cases_before(context, occasion.subject, occasion.unit)
        if before is None and _IN_ALL.fullmatch(occasion.subject):
            before = last_measure(context, occasion.unit)  # 每次扣1分，年度累计3次以上不得分
        name = case_name(context, occasion) if before is None else before.label
    else:
        indices = context.goals_for(occasion.subject, units_like(occasion.unit))
        goal = context.goals[indices[-1]] if indices else None
        if goal is not None and isinstance(goal.target, Fraction) and goal.bounds.low is not None:
            context.used_goals.add(indices[-1])
            return Compare(context.goal_measure(indices[-1]), "<=", goal.target - occasion.step)
        name = f"{occasion.subject}缺少" if occasion.subject else _last_lack(context)
    asked = whole_of(context.earlier) or whole_of(context.asked)
    name = name or (f"{asked}缺少" if asked else f"缺{occasion.unit}")
    measure = context.quantities.measure(name, MeasureKind.CASES, occasion.unit)
    return Compare(measure, ">=", occasion.step)


def _cases_before(context: Context, subject: str, unit: str) -> Measure | None:
    """Return 档案不合格 for 不合格, where a rule before counts that: 5份以上不合格不得分."""
    for draft in reversed(context.drafts[-RECENT:] if subject else []):
        measure = context.quantities.known(_measure_in(draft.rule))
        counted = measure is not None and measure.kind is MeasureKind.CASES
        same = measure is not None and measure.unit == unit and measure.label.endswith(subject)
        if counted and same:
            return measure
        if draft.sentence < context.sentence:
            return None
    return None


def _last_lack(context: Context) -> str:
    """Return the cases of something lacking that the last rule of that sort counts."""
    for draft in reversed(context.drafts[-RECENT:]):
        match draft.rule:
            case Deduction(tally=Cases(measure=measure)) if _LACKS.search(measure):
                return measure
            case _:
                continue
    return ""


LISTED_BELOW = re.compile(
    r"(?:下列|以下|下述|如下)[^,，。;；:：、\d]{0,8}?(?:之一|情形|情况|行为|问题|现象|事项|内容)"
)
"""Words that point to a list further down."""


def says_needed(words: str) -> bool:
    """Whether some words only say that the goal is reached: 达标, 完成任务的."""
    return _NEEDED.match(words) is not None


def says_unmet(words: str) -> bool:
    """Whether some words only say that a goal is not reached: 未达标."""
    return _UNMET.match(words) is not None


def unmet(context: Context, occasion: Where) -> tuple[int, Compare] | None:
    """Return the goal that 未达到的 is about, and the condition that it is not met."""
    if len(occasion.facts) != 1 or not context.goals:
        return None
    index = len(context.goals) - 1
    if context.missed_apart:  # 未达标 as often as there are targets
        index = next((i for i in range(index) if i not in context.used_goals), index)
    named = NAMED_UNMET.fullmatch(occasion.facts[0])  # 签约率未达标
    own = [] if named is None else context.goals_for(name_of(named["name"]), RATE_UNITS)
    if own and (missed := missed_goal(context, own[-1])) is not None:
        return own[-1], missed
    if _falls_short(context, occasion.facts[0], index):
        missed = missed_goal(context, index)
        return None if missed is None else (index, missed)
    pattern = _OVER if context.goals[index].bounds.low is None else _UNMET
    missed = missed_goal(context, index) if pattern.match(occasion.facts[0]) else None
    return None if missed is None else (index, missed)


def _falls_short(context: Context, fact: str, index: int) -> bool:
    """Whether 药品品种数不足 and 未配齐 say that a number that was required is missed."""
    short, goal = _SHORT_OF.fullmatch(fact), context.goals[index]
    if short is None or goal.bounds.low is None or goal.rate or context.goal_spans[index]:
        return False
    head = short["head"]
    shared = any(head[at : at + 2] in goal.name for at in range(len(head) - 1))
    return len(context.goals) == 1 and (not head or shared)


def missed_goal(context: Context, index: int) -> Compare | None:
    """Return the condition that a goal is not met, None for one that is a range."""
    single = context.goals[index].bounds.single
    if single is None:
        return None
    return Compare(context.goal_measure(index), _OPPOSITE[single[0]], single[1])
