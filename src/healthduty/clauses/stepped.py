"""Points by steps away from a target: 满意率达90%以上，每低5%扣0.5分.

The target stands in the occasion itself (低于90%的，每低1个百分点), or is the last goal that fits.
Where the text names no target, it is a blank of the quantity's name, and a finding says so.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 4, 10, 11.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("满意率达90%以上，每低5%扣0.5分").rules[0].tally.step
Fraction(5, 1)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import COMPLETE_STEPS, amounts_for, tallied
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.each import short_of_task
from healthduty.clauses.from_others import earned_from
from healthduty.clauses.goals import Goal
from healthduty.clauses.names.compared import goes_from_others, hold_compared
from healthduty.clauses.names.goal_names import is_place, rates_in
from healthduty.clauses.names.measured import last_measure, nameless
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Held, Single, Steps
from healthduty.clauses.on_top import has_base
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import MEASURED, RATE_UNITS, Kind
from healthduty.clauses.text.phrases import Bounds, read_bounds, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.measure import RATE_KINDS
from healthduty.rules.points import Effect, Placement, Points
from healthduty.rules.rule import Assumption, Band, Bands, Bonus, CaseBand, Deduction, Rule
from healthduty.rules.tally import Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import Blank, Given, Threshold
from healthduty.said import Said

_EACH_OF = re.compile(
    r"(?:上述|以上|前述|所有)?(?:各|每[1一]?|任[一何意]一?|[两二三四五六])(?:个|项|率|指标|目标)+(?:指标|目标|率)?"
    r"|任[一何意]一?|(?:上述|以上|前述|各)?指标值?|各"
)
"""Words for all quantities that were required before."""

_IN_POINTS = ("性别比",)
"""Ratios to 100 that everybody counts in points."""

_RATES = ("率", "比例", "占比")
_BY_SO_MUCH = re.compile(
    r"(?P<name>.*?)(?P<way>下降|降低|减少|递减|下滑|低|降|减|少|差|上升|升高|增加|提高|提升|递增|高|升|超)了?"
)
_SORTS = (
    {"秒": Fraction(1), "分钟": Fraction(60), "小时": Fraction(3600), "个小时": Fraction(3600)},
    {"元": Fraction(1), "万元": Fraction(10_000), "亿元": Fraction(100_000_000)},
    dict.fromkeys((unit for unit in MEASURED if "DDD" in unit), Fraction(1)),
)
"""Units that measure the same, each in the smallest of them."""
_DUE = re.compile(
    r"(?:签订|完成|到位|落实|参加|参与|参会|到会|出勤|到岗|上报|报送|办结|整改|执行|公开|公示|兑现|发放"
    r"|配备|登记|归档|送达|答复|回复|反馈|处理|处置|持证|录入|张贴|佩戴)率$"
)
"""Rates of what has to be done, all of it, where nothing else is said: 责任书签订率."""
_FURTHER = re.compile(r"再|加扣|另扣|追加")
_ONLY_OVER = frozenset({"超", "超过", "超出"})
_ALL = 100  # per cent
_MYRIAD = 10_000
_LEAST = Comparator.AT_LEAST
_OF_ALL = Assumption(assumed.both(COMPLETE_STEPS.text, assumed.OF_ALL), about="steps")
_COUNTED = re.compile(r"(?:[人次例份户件张]|人次|[床病]位)数(?:量)?$|数量$|人次$")
"""What is counted, of which a percent is one of the number that is asked."""
_MORE = 2  # 每多
_COMPLETIONS = frozenset({"完成率", "任务完成率", "目标完成率", "完成比例"})
_PLACES = frozenset({"名次", "位次", "名", "位"})
_DOWN = frozenset({"下降", "降低", "减少", "递减", "下滑", "低", "降", "减", "少", "差"})
_RATIOS = ("比", "指数", "系数")
"""How a ratio's name ends, of which no percentage points can be taken."""


def build_steps(context: Context, segment: Segment, action: Action, occasion: Steps) -> None:
    """满意率达90%以上，每低5%扣0.5分: steps from the goal, one rule for each goal of a group."""
    if action.effect is Effect.EARN:
        action = _on_top(context, action, occasion)
    if action.effect is Effect.EARN:
        indices = [] if occasion.both else _goals_or_others(context, occasion)
        action = earned_from(context, segment, action, indices, below=occasion.below is True)
    if action.effect is Effect.EARN:
        message = Said("points that are earned by steps", "按步得分")
        context.fault(segment, message, hint=Said("from where do they count?", "从哪里算起？"))
        return
    occasion = _behind_bound(context, _in_unit_of_goal(context, occasion))
    further = _FURTHER.search(words_of(segment.tokens, context.plain)) is not None
    indices = _goals_or_others(context, occasion, further=further)
    if not indices and not occasion.subject and (short := short_of_task(context.last_waiting())):
        occasion = attrs.evolve(occasion, subject=short)  # 管理人数未完成任务的，每少1%
        context.use_pending()
    if not indices or _of_another(context, occasion, indices):
        _blank_steps(context, segment, action, occasion)
        return
    if not occasion.subject:
        indices = _of_several(context, action, indices)
    amounts = amounts_for(context, segment, action, len(indices), Said("quantities", "项指标"))
    if amounts is None:
        return
    if occasion.both:
        under = attrs.evolve(occasion, below=True, both=False)
        build_steps(context, segment, action, under)
        occasion = attrs.evolve(occasion, below=False)
    made: list[Rule] = []
    for index, points in zip(indices, amounts, strict=True):
        rule = _step_rule(context, action, occasion, index, points)
        rule = _in_percent_of(rule, words_of(segment.occasion, context.plain))
        if rule is None:
            context.fault(
                segment,
                Said("the step is in another unit than the target", "步长与目标值的单位不同"),
            )
            return
        if _passes_target(context.goals[index], occasion):
            context.fault(
                segment,
                Said("the step is larger than the target", "步长大于目标值"),
                hint=Said(
                    "is the step meant as a percentage of the target?", "步长是目标值的百分比吗？"
                ),
            )
            return
        made.append(rule)
    _said_again(context, indices[-1])
    context.add(made, segment, indices, occasion=occasion)


def _in_unit_of_goal(context: Context, occasion: Steps) -> Steps:
    """Return steps in the unit of the goal where that is another of its sort: 5分钟, 每超30秒."""
    sort = next((sort for sort in _SORTS if occasion.unit in sort), None)
    units = context.recent_units()
    if "名" in units and (occasion.subject in _PLACES or occasion.unit in _PLACES):
        return attrs.evolve(occasion, subject="", unit="名")  # 每下降1个名次
    large = next(iter(units), "") if len(units) == 1 and occasion.step >= _MYRIAD else ""
    if not occasion.unit and large.startswith("万"):  # 每超10万 beside 500万元
        return attrs.evolve(occasion, step=occasion.step / _MYRIAD, unit=large)
    if sort is None or occasion.unit in units or len(units & sort.keys()) != 1:
        return occasion
    [unit] = units & sort.keys()
    step = occasion.step * sort[occasion.unit] / sort[unit]
    return attrs.evolve(occasion, step=step, unit=unit)


def _behind_bound(context: Context, occasion: Steps) -> Steps:
    """Return steps with the bound that waits before them, beside no goal: 低于90%的，每低1%."""
    held = context.pending[-1] if context.pending else None
    if held is None or occasion.subject or occasion.bounds is not None or not context.topic:
        return occasion
    if occasion.against or _goals(context, occasion):
        return occasion
    read = read_bounds(held.tokens, 0)
    single = None if read is None or read[1] < len(held.tokens) - 1 else read[0].single
    beyond = Comparator.LESS if occasion.below else Comparator.MORE
    if read is None or single is None or single[0] is not beyond or read[0].unit != occasion.unit:
        return occasion
    context.use_pending()
    return attrs.evolve(occasion, subject=context.subject or context.topic, bounds=read[0])


def _said_again(context: Context, index: int) -> None:
    """低于90%的，每低5% beside 90%以上: the bound before the steps is the goal's own."""
    waiting = context.pending[-1] if context.pending else None
    goal = context.goals[index].bounds
    for at in range(len(waiting.tokens) if waiting is not None else 0):
        read = read_bounds(waiting.tokens, at) if waiting is not None else None
        single = None if read is None else read[0].single
        if waiting is None or read is None or single is None:
            continue
        if single[1] in {goal.low, goal.high} and read[0].unit == goal.unit:
            context.reclaim(waiting, Taken.RULE)
        return


def _on_top(context: Context, action: Action, occasion: Steps) -> Action:
    """Return 每增加1%得1分 as points on top, where the rule before earns a base for it."""
    found = _goals(context, occasion)
    if not found or not has_base(context, context.goal_measure(found[-1]).code):
        return action
    return attrs.evolve(action, effect=Effect.ADD, where=Placement.INSIDE)


def _goals_or_others(context: Context, occasion: Steps, *, further: bool = False) -> list[int]:
    """Return the goals that steps go away from, or what the quantity is compared with instead."""
    beside = occasion.against or goes_from_others(context, occasion.subject)
    last = context.last()  # 设施合格率低于95%扣1分，每再低5%加扣0.5分
    further = further and last is not None and not last.goals
    again = _added_before(context, occasion) if further else []
    indices = [] if beside else again or _goals(context, occasion)
    indices = indices or ([] if beside else _added_before(context, occasion))
    if indices or occasion.bounds is not None:
        return indices
    return hold_compared(
        context, occasion.subject, occasion.against, below=occasion.below, unit=occasion.unit
    )


def _goals(context: Context, occasion: Steps) -> list[int]:
    """Return the goals that steps go away from: their own, or those before of their unit."""
    if occasion.bounds is not None:
        return _own_goals(context, occasion, occasion.bounds)
    units = RATE_UNITS if occasion.unit in RATE_UNITS else frozenset({occasion.unit})
    units = units if occasion.unit else context.recent_units() | units  # 强度≤40DDDs，每超1
    if _EACH_OF.fullmatch(occasion.subject):
        return _all_goals(context, units)
    named = rates_in(occasion.subject) if occasion.subject else [""]
    found = [index for name in named for index in context.goals_for(name, units)]
    found = _said_before(context, found) if found and not occasion.subject else found
    done = occasion.subject in _COMPLETIONS  # 完成率每低5% beside 1200人次: of that number
    if found or occasion.unit != "%" or (occasion.subject.endswith(_RATES) and not done):
        return found
    # a percent step on a count
    subject = "" if done else occasion.subject
    return context.goals_for(subject, context.recent_units() - RATE_UNITS)


def _added_before(context: Context, occasion: Steps) -> list[int]:
    """Return the bound of 不少于4次加2分 for 每增加1次加1分, of 低于80%扣1分 for 每低5%再扣1分."""
    last = context.last()
    rule = None if last is None or last.sentence != context.sentence else last.rule
    once = rule.tally if isinstance(rule, Bonus | Deduction) else None
    bound = once.condition if isinstance(once, Once) else None
    in_points = occasion.subject == "分"  # 平均分低于80分扣1分，每低5分再扣1分
    if (occasion.subject and not in_points) or not isinstance(bound, Compare):
        return []
    beyond = Comparator.LESS if occasion.below else Comparator.MORE
    if bound.comparator is not (_LEAST if isinstance(rule, Bonus) else beyond):
        return []
    measure = context.quantities.known(bound.measure)
    if measure is None or measure.unit != (occasion.unit or occasion.subject):
        return []
    end = bound.threshold
    above = bound.comparator is Comparator.MORE
    asked = Bounds(high=end, high_in=True) if above else Bounds(low=end)
    return [context.hold_goal(measure.label, attrs.evolve(asked, unit=measure.unit))]


def _said_before(context: Context, found: list[int]) -> list[int]:
    """Return the goal that 低于90%的 before steps names, where they would leave last year's."""
    if not isinstance(context.goals[found[-1]].target, Given) or not context.pending:
        return found
    name, waiting = context.goals[found[-1]].name, context.pending[-1].tokens
    values = {token.value for token in waiting if token.kind is Kind.NUMBER}
    again = [i for i in context.goals_named(name) if context.goals[i].target in values]
    return again[-1:] or found


def _with_those_before(context: Context, indices: list[int]) -> list[int]:
    """Return goals with those right before them that no rule is about, open on the same side.

    药占比≤30%；耗占比≤20%，每超1%各扣1分 is of both.
    """
    last = context.last()
    if last is not None and {*indices} < {*last.goals} and last.sentence == context.sentence:
        return list(last.goals)  # 达标得满分，每低1%各扣0.3分
    first = context.goals[indices[0]].bounds
    begun = context.drafts[-1].end if context.drafts else 0
    found = list(indices)
    while len(found) < RECENT and found[0] > 0 and found[0] - 1 not in context.used_goals:
        before, span = context.goals[found[0] - 1].bounds, context.goal_spans[found[0] - 1]
        alike = before.unit == first.unit and (before.low is None) is (first.low is None)
        asked = span is None and context.goal_spans[found[0]] is None  # both in the cell
        if not alike or not (asked or (span is not None and span[0] >= begun)):
            break
        found.insert(0, found[0] - 1)
    return found


def _of_several(context: Context, action: Action, indices: list[int]) -> list[int]:
    """Return the goals of steps that name none, with those that they are said of as well."""
    if earned := _earned_before(context, indices):
        return earned
    return _with_those_before(context, indices) if action.each else indices


def _earned_before(context: Context, indices: list[int]) -> list[int]:
    """Return the goals that each earned by itself: 甲率≥50%得2分，乙率≥70%得2分，每低5%各扣…."""
    mine = [d for d in context.drafts[-RECENT:] if d.sentence == context.sentence and not d.part]
    names: list[str] = []
    for draft in mine:
        match draft.rule:
            case Bands(effect=Effect.EARN, bands=(Band(),), otherwise=None, measure=code):
                names.append(code)
            case _:
                return []
    found = [i for name in names for i in context.goals_named(name)[-1:]]
    sides = {context.goals[i].bounds.low is None for i in found}
    alike = len(found) == len(names) > 1 and len(sides) == 1
    return found if alike and found[-1:] == indices[-1:] else []


def _all_goals(context: Context, units: Collection[str]) -> list[int]:
    """Return the goals of 各项指标每低1%: all of these units that no rule is about yet."""
    recent = range(max(0, len(context.goals) - RECENT), len(context.goals))
    free = [
        index
        for index in recent
        if context.goals[index].bounds.unit in units and index not in context.used_goals
    ]
    own = [index for index in free if context.goal_spans[index] is not None]
    return own if len(own) * 2 >= len(free) else free  # the cell's are those, said again


def _of_another(context: Context, occasion: Steps, indices: list[int]) -> bool:
    """Whether the goals are an earlier sentence's, and this one earns for a fact of its own."""
    last = context.last()
    if occasion.subject or last is None or last.sentence != context.sentence:
        return False
    rule = last.rule
    fact = isinstance(rule, Bands) and rule.effect is Effect.EARN and not last.goals
    fact = fact and isinstance(rule, Bands) and isinstance(rule.bands[0], CaseBand)
    older = all(context.goal_sentences[index] != context.sentence for index in indices)
    return fact and older and context.used_goals.issuperset(indices)


def _own_goals(context: Context, occasion: Steps, bounds: Bounds) -> list[int]:
    """Take the bound in the occasion itself as the goal: 低于90%的，每低1个百分点.

    建制率、公开率低于85%的，每低1个百分点 is about both of them.
    """
    target = bounds.high if bounds.high is not None else bounds.low
    name = occasion.subject
    if not name or name in _ONLY_OVER:
        rate = bounds.unit in RATE_UNITS or not bounds.unit
        named = context.goals_for("", RATE_UNITS if rate else {bounds.unit})
        if named and target in {
            context.goals[named[-1]].target,
            context.goals[named[-1]].bounds.high,
        }:
            return named[-1:]  # 投诉不超过3起；超过3起后每增加1起
        name = context.goals[named[-1]].name if named else context.subject
        last = context.last()
        beside = last is not None and last.sentence == context.sentence and not last.goals
        held = last_measure(context, bounds.unit) if beside and rate else None
        name = held.label if held is not None else name  # 采购率低于95%不得分，低于100%每少1%扣2分
    if occasion.below:
        asked = Bounds(low=target, unit=bounds.unit)
    else:
        asked = Bounds(high=target, high_in=True, unit=bounds.unit)
    return [context.hold_goal(each, asked) for each in rates_in(name)]


def _step_rule(
    context: Context, action: Action, occasion: Steps, index: int, points: Points
) -> Rule | None:
    """Return the rule of one goal, None where the step does not fit its target."""
    goal = context.goals[index]
    target = _from_end(goal, occasion)
    if target is None or not _same_unit(goal, target, occasion.unit):
        return None
    in_points = simplified(goal.name).endswith(_IN_POINTS)  # 性别比110以内，每上升1个百分点: 111
    ratio = goal.name.endswith(_RATIOS) and not goal.bounds.unit and not in_points
    if occasion.unit == "%" and ratio:
        return None  # 医护比2以上，每低1个百分点: of what?
    measure = context.goal_measure(index)
    counted = not (in_points or goal.rate or measure.kind in RATE_KINDS)
    relative = counted and occasion.unit == "%"
    unsaid = occasion.below is None or (occasion.apart and goal.bare)
    below = _goes_below(goal, action) if unsaid else occasion.below
    below = below and not is_place(goal.name)  # 每降一名: the third place is 3
    kind = StepsBelow if below else StepsAbove
    tally = kind(measure, target=target, step=occasion.step, relative=relative)
    return tallied(action, tally, points, _assumed(goal, occasion))


def _in_percent_of(rule: Rule | None, words: str) -> Rule | None:
    """Say of 每升高1个百分点 beside 20元 that it is a share of that number."""
    tally = rule.tally if isinstance(rule, Deduction | Bonus) else None
    if not isinstance(tally, StepsBelow | StepsAbove) or not tally.relative or "点" not in words:
        return rule
    assert isinstance(rule, Deduction | Bonus)  # noqa: S101 - its tally was just looked at
    said = "" if rule.assumption is None else rule.assumption.text
    text = assumed.both(*filter(None, (said, assumed.OF_TARGET)))
    return attrs.evolve(rule, assumption=Assumption(text, about="steps"))


def _goes_below(goal: Goal, action: Action) -> bool:
    """Whether steps that say no way go below: points are lost short of a least, added beyond it."""
    return (goal.bounds.low is not None) is (action.effect is not Effect.ADD)


def _changes(segment: Segment, text: str) -> re.Match[str] | None:
    """Return the words before a bare rate, where they say that something changes by so much."""
    tokens = segment.occasion
    at = next((i for i, token in enumerate(tokens) if token.kind is Kind.NUMBER), 0)
    return _BY_SO_MUCH.fullmatch(simplified(words_of(tokens[:at], text)))


def each_change(context: Context, segment: Segment, action: Action, held: Held) -> Single:
    """Return 下降5%扣0.1分 as steps from the rate that was required; anything else as it is."""
    bounds = held.bounds
    if action.effect is Effect.EARN or not bounds.bare or bounds.unit not in RATE_UNITS:
        return held
    found, step = _changes(segment, context.plain), bounds.low
    if found is None or not isinstance(step, Fraction) or not step:
        return held
    name = name_of(found["name"])
    steps = Steps(name, found["way"] in _DOWN, step, bounds.unit, unsaid=True)
    return steps if _goals(context, steps) else held


def _from_end(goal: Goal, occasion: Steps) -> Threshold | None:
    """Return the bound that steps leave: 85%≤使用率≤95%，每超过1% counts from the upper one."""
    over = occasion.below is False and goal.bounds.high is not None
    return goal.bounds.high if over else goal.target


def _passes_target(goal: Goal, occasion: Steps) -> bool:
    """Whether not one step down fits above 0: 10 percentage points below a target of 1 %."""
    low = goal.bounds.low
    return (
        goal.rate and occasion.below is True and isinstance(low, Fraction) and occasion.step > low
    )


def _same_unit(goal: Goal, target: Threshold, unit: str) -> bool:
    """Whether a step can be taken from a target: one on a rate is in the rate's own unit."""
    if not goal.rate or not isinstance(target, (Fraction, Blank)):
        return True
    return unit in {goal.bounds.unit, ""}


def _assumed(goal: Goal, occasion: Steps) -> Assumption | None:
    """Return what the text leaves open: complete steps, and the year for a duty by the month."""
    texts = () if occasion.complete else (COMPLETE_STEPS.text,)
    if goal.by_period and not occasion.complete:
        texts = (*texts, assumed.year_total(goal.by_period))
    if occasion.unsaid:
        texts = (assumed.EACH_STEP, *texts)
    return Assumption(assumed.both(*texts), about="steps") if texts else None


def _deed(segment: Segment) -> str:
    """Return what is done more often than asked: 查处 of 每多查处1例."""
    more = (token.text for token in segment.tokens if token.kind is Kind.EACH_MORE)
    return next((text[_MORE:] for text in more if text.startswith("每多")), "")


def _blank_steps(context: Context, segment: Segment, action: Action, occasion: Steps) -> None:
    """Without a target anywhere the target is a blank of the quantity's name."""
    waiting = name_of(context.last_waiting()) if occasion.unit in RATE_UNITS else ""
    if not occasion.subject and waiting.endswith((*_RATES, "满意度", "依从性")):
        occasion = attrs.evolve(occasion, subject=waiting)  # 签约率，每低10%
        context.use_pending()
    name = occasion.subject or context.subject or context.topic
    name = name or _deed(segment) + nameless(occasion.unit)
    if occasion.below is None:
        context.fault(segment, Said("steps, and not said which way", "写了步长，没有写高还是低"))
        return
    kind = StepsBelow if occasion.below else StepsAbove
    names = rates_in(name)  # 建档率、访视率每低1%: one rule each
    amounts = amounts_for(context, segment, action, len(names), Said("quantities", "项指标"))
    if amounts is None:
        return
    counted = occasion.unit == "%" and all(map(_COUNTED.search, names))
    unit = "" if counted else occasion.unit
    measures = [context.quantities.measure(each, None, unit) for each in names]
    if occasion.below and occasion.unit == "%" and all(map(_DUE.search, names)):
        whole = [StepsBelow(each, target=_ALL, step=occasion.step) for each in measures]
        made = (tallied(action, t, p, _OF_ALL) for t, p in zip(whole, amounts, strict=True))
        context.add(list(made), segment, occasion=occasion)
        return
    tallies = [
        kind(each, target=Blank(each.label), step=occasion.step, relative=counted)
        for each in measures
    ]
    rules = [tallied(action, t, p, COMPLETE_STEPS) for t, p in zip(tallies, amounts, strict=True)]
    context.add(rules, segment, occasion=occasion)
    context.fault(
        segment,
        Said(f"no target for `{name}`", f"`{name}`没有目标值"),
        code="clause-target-missing",
        hint=Said(
            "it is a blank now: fill it, or give the requirement", "现作空白：填写，或给出考核要求"
        ),
    )
