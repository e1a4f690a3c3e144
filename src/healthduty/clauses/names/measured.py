"""Which quantity or fact a rule is about: named in its words, asked for before, or left to guess.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> units_like("场")
('场', '回', '场次', '期', '次')
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

import attrs

from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.each import EACHES
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG
from healthduty.clauses.names.asked_for import named_before, named_in_full
from healthduty.clauses.names.completing import all_waiting, counts, says_only_undone, undone_with
from healthduty.clauses.names.looked_at import as_found
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import about, is_bare, joined, says_well, whole_of
from healthduty.clauses.occasions import Either, Held, Many, Short, Where, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import DEEDS, LEVELS, LEVELS_FAILED, RATE_UNITS
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Condition, Flag
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Bands, Bonus, Curve, Deduction, Forfeit, Rule
from healthduty.rules.tally import Cases, Once

FOUND = re.compile(r"^凡?(?:经?(?:抽查|检查|核查|督查|巡查)中?)?(?:发现|发觉|查出|查实)(?=..)")
"""What only leads up to a case: 发现虚假随访."""

_NONE_OF = re.compile(
    r"^(?:杜绝|不得(?:有|出现|发生)|不出现|不发生|未发生"
    r"|无(?!故|理|正|证|照|须|偿|关|力|资|效|据|视))(?=..)"
)
"""What is asked not to be: where it is counted, it was there."""
_APPEARING = frozenset({"发现", "出现", "发生", "查出", "查实"})
_FORBIDDEN = re.compile(r"不得|不准|不许|不能|严禁|禁止|杜绝|无|不(?=[\u4e00-\u9fff])")
"""What says what must not be: 不迟到, 无差错."""
_WANTED = re.compile(
    r"计划|制度|记录|方案|总结|人员|机构|资料|登记|台账|预案|档案|标识|措施|报告|签[字名]|[证表册簿]"
)
"""What should be there, of which 无 says that it is lacking."""

_IN_ALL = frozenset({"累计", "合计", "共计", "总计", "累计发生", "累计出现", "全年累计"})
_SAYS_NOTHING = frozenset(
    {"人", "人员", "次数", "例数", "发现", "查实", "查出", "有", "出现", "发生"}
    | {"情况属实", "属实", "经查属实"}
)
_DELAY = re.compile(
    r"(?:每|再)?(?:延期|逾期|超期|延误|拖延|延长|推迟|延迟|延后|迟|拖)[拨报交付办送]?$"
)
_LACKS = re.compile(r"缺少$|^缺.$")
_OF_LIST = re.compile(
    r"[^不未]、[^不未]{2,}(?:不合格|不达标|不符合?(?:要求|规定|标准)?|未达标|未做到|做不到)$"
)
_SAME = ({"人", "名", "位", "人次"}, {"户", "户次"}, {"次", "场", "期", "回", "场次"}, {"个", "项"})
_STEM = 2
_NEAR = 8  # how many rules back a bound looks for its quantity

_UNMET = re.compile(
    r"^(?:未|没有?|达不|不能?|低于|不足)能?(?:达|完成|到|目标|要求|规定|标准|任务|指标|的|标|成)+"
    r"(?:值|数|的|要求|目标|标准|任务|指标)*$"
    r"|^(?:不足|低于)$"
)
NAMED_UNMET = re.compile(
    r"(?P<name>.{2,}?(?:率|比例|度))(?:未|没有?|不|达不)能?"
    r"(?:达标|达到?(?:目标|要求|标准|规定|指标)值?|到(?:目标|要求|标准)|完成(?:目标|任务|指标)?)(?:的|者)*"
)
"""A rate and that it was not reached: 签约率未达标."""

_OVER = re.compile(
    r"^(?:超过|超出|超标|高于|超|(?:未|没有?|达不|不)能?(?:达到?|到|达标|符合|完成)(?=[标规目要]|$)"
    r"|达不到要求|不达标|未达标)(?:标准|规定|目标|要求|上限|限额|部分|值|准|的|者)*$"
)
_NEEDED = re.compile(
    r"^(?:达标|(?:达到?|完成|符合|满足)了?(?:目标|要求|规定|标准|任务|指标)+)(?:值|数|的|者)*$"
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
        before = None if part.subject else last_measure(context, unit)
        named = part.subject or (before and before.code) or context.subject or context.topic
        if single is None or not named:
            return None
        measure = before or held_measure(context, attrs.evolve(part, subject=named))
        parts.append(Compare(measure, single[0], single[1]))  # ≥60%得1分；＜60%或未开展
    return AllOf(tuple(parts)) if occasion.every else AnyOf(tuple(parts))


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
    if occasion.subject in _IN_ALL:
        occasion = attrs.evolve(occasion, subject="")  # 迟报1次扣1分，累计3次以上扣5分
    asked = context.goals_for("", units_like(occasion.bounds.unit))
    if occasion.subject in DEEDS and asked:  # 每年创建5家以上
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
    last = None if subject else last_measure(context, unit)
    if last is not None:
        return last
    pending = context.pending_words()
    named = "" if any(character.isdecimal() for character in pending) else pending
    name = subject or context.subject or named or context.topic or nameless(unit)
    return context.quantities.measure(name, None, unit)


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


def case_name(context: Context, occasion: Many) -> str:
    """Return what cases are called, with what a bare fault leaves out (发生1起)."""
    name = occasion.subject if occasion.carried else named_before(context, occasion.subject)
    if name:
        return name
    name = named_in_full(context, as_found(_case_name(context, occasion)))
    return about(context, name) or _found_of_asked(context, name) or name


def _found_of_asked(context: Context, name: str) -> str:
    """Return 违反劳动纪律 for 发现, beside a cell that says just that; 着装整齐，发现不符合."""
    asked = whole_of(context.earlier) or whole_of(context.asked)
    if name not in _APPEARING or not asked or context.in_parts:
        return ""
    wrong = SAYS_WRONG.search(asked) is not None and not _FORBIDDEN.search(asked)
    return asked if wrong else f"{asked}，{name}不符合"


def _case_name(context: Context, occasion: Many) -> str:
    """Return what cases are called: 次数 alone takes the words before it."""
    name, words = occasion.subject, context.pending_words()
    own = not words or _is_own(context.pending[-1], name, words)
    if own or (is_bare(name) and words.startswith(name)):  # 不按时上报一次，扣2分
        return undone_with(context, name) or FOUND.sub("", name) or name
    bare = is_bare(name) or name in LEVELS_FAILED or says_only_undone(name)
    if bare and name not in _SAYS_NOTHING:  # 项目齐全，字迹清晰，有一项不符合
        whole = all_waiting(context, name)
        context.pending.clear()
        return joined(whole, name) or name
    if name in _SAYS_NOTHING or name == counted_in(occasion.unit) or _same_verb(occasion, words):
        words = all_waiting(context, "") or words
        context.use_pending()
        words = FOUND.sub("", words) or words
        forbids = name in _APPEARING and not _WANTED.search(words)
        if says_well(words):
            return f"{words}，不符合"  # 标识明确、摆放整齐，每发现一处
        return _NONE_OF.sub("", words) if forbids else words  # 无丙级病案，每出现1份
    if _OF_LIST.search(name) and occasion.unit in {"项", "处"}:  # 地面干净，无痰迹、异味一项不合格
        before = all_waiting(context)
        context.pending.clear()
        return f"{before}，{name}" if before else name
    person = not occasion.each and occasion.unit in {"名", "位"}  # 不熟悉流程，一名护士
    same = name[:_STEM] in words  # 无乱贴乱画，每发现一处乱贴乱画
    behind = (occasion.behind or person) and not same
    if behind and BEGINS_FACT.match(words) and not SAYS_WRONG.search(name):
        context.use_pending()
        return f"{words}的{name}"  # 未按时消杀，每个病区
    if _DELAY.match(name) and SAYS_WRONG.search(words):  # 未按期收回，延期1天
        context.use_pending()
        return f"{words}，{name}"
    return FOUND.sub("", name) or name


def _is_own(held: Segment, name: str, words: str) -> bool:
    """Whether the words that wait are the case itself: 每发现一处不符合要求的，扣1分."""
    each = any(token.kind in EACHES for token in held.tokens)
    return counts(held) or (each and name in words)


def _same_verb(occasion: Many, words: str) -> bool:
    """Whether a name only takes up the verb of the words before: 推广技术，每推广一项."""
    same = words.startswith(occasion.subject) or words.endswith(occasion.subject)
    return occasion.each and len(occasion.subject) > 1 and same and not words.startswith("每")


def so_many(context: Context, occasion: Short | Many) -> Compare:
    """Return the condition that so many are lacking, or were found (缺2项以上, 发生2起以上)."""
    if isinstance(occasion, Many):
        before = _cases_before(context, occasion.subject, occasion.unit)
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
    """Return 档案不合格 for 不合格, where the last rule counts that: 5份以上不合格不得分."""
    last = context.last()
    measure = context.quantities.known(None if last is None else _measure_in(last.rule))
    if measure is None or measure.kind is not MeasureKind.CASES or not subject:
        return None
    return measure if measure.unit == unit and measure.label.endswith(subject) else None


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
