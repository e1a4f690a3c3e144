"""Points by how many: lacking of a required number, cases that were found, things that were done.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 10 (the year's total).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("问卷调查2次，每少一次扣0.5分").rules[0].tally.required
Fraction(2, 1)
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action
from healthduty.clauses.amounts import COMPLETE_STEPS, amounts_for, tallied
from healthduty.clauses.banded import add_band
from healthduty.clauses.context import MOST_IN_RULE, Context, Fault
from healthduty.clauses.facts import SAYS_WRONG, facts_in, names_in
from healthduty.clauses.goals import Goal
from healthduty.clauses.names.cases import case_name
from healthduty.clauses.names.goal_names import done_to_each, kinds_in
from healthduty.clauses.names.lacks import lack_name
from healthduty.clauses.names.measured import flags, last_measure, so_many, units_like
from healthduty.clauses.names.quantities import kind_of, name_of
from healthduty.clauses.occasions import Held, Many, Short, Single, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import DEEDS, RATE_UNITS, TIMES, UNIT
from healthduty.clauses.text.phrases import Bounds, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.condition import Comparator, Compare
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect, Points
from healthduty.rules.rule import (
    Assumption,
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Knot,
    LevelBand,
    Rule,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.rules.threshold import ByKind
from healthduty.said import Said

_GENERAL = frozenset({"超过", "超出", "处数", "次数", "例数", "其余", "超过部分"})
"""Names that say only that there are more."""
_LASTS = re.compile(
    r"(?:迟|延[迟误期长后]|拖[延欠]?|逾期|超[期时]|滞后|推后|晚|旷[工课]|缺[勤席岗]|[脱离空]岗|停[工机业电诊])[\u4e00-\u9fff]{0,2}$"
)
"""What lasts, and costs the more the longer: 逾期3天."""
_AMOUNT = re.compile(r"[额费款金资元]$|费用|收入|支出|成本|损失")
_DEED_LEFT = re.compile(r"[少缺漏]了?(?P<deed>[\u4e00-\u9fff]{2,3})(?=[\d一两二])")
_NO_MORE = re.compile(r"(?<=..)[，,](?:万元数|元数)$")  # 造成报废的，按每500元
_BY = re.compile(r"(?:^|(?<=，))按照?")
_SECOND = 2  # of each case the second is the next
_OFTEN = 12
"""More times than that are what a facility does, and no one person has."""
_ITEMS = frozenset({"项", "个", "条", "点", "类", "样", "种", "方面"})


def build_short(context: Context, segment: Segment, action: Action, occasion: Short) -> None:
    """问卷调查2次，每少一次扣0.5分: lacking of the number that is required, else cases."""
    if f"/{occasion.subject}" in words_of(segment.occasion, context.plain) and occasion.subject:
        occasion = attrs.evolve(occasion, subject="", each=True, of_each=True)  # 少1次/户
    if occasion.or_more:
        _build_once(context, segment, action, occasion)
        return
    if not occasion.each and occasion.step != 1:
        context.fault(
            segment,
            Said("how many are lacking, without each", "写了少多少，没有写每少多少"),
            hint=Said("每缺…, or 缺…不得分", "写“每缺…”，或“缺…不得分”"),
        )
        return
    indices = _of_deed(context, segment, occasion) or _required(context, occasion)
    if not indices:
        measure = context.quantities.measure(
            lack_name(context, occasion), MeasureKind.CASES, occasion.unit
        )
        tally = Cases(measure, step=occasion.step)
        context.add([tallied(action, tally, action.amounts[0])], segment, occasion=occasion)
        return
    amounts = amounts_for(context, segment, action, len(indices), Said("quantities", "项指标"))
    if amounts is None:
        return
    made: list[Rule] = []
    for index, points in zip(indices, amounts, strict=True):
        rule = _lacking(context, action, occasion, index, points)
        if rule is None:
            context.fault(
                segment, Said("lacking of a number that is a most", "数量是上限，却写“少”")
            )
            return
        made.append(rule)
    context.add(made, segment, indices, occasion=occasion)


def _of_deed(context: Context, segment: Segment, occasion: Short) -> list[int]:
    """Return the goal of 更换 for 少更换1次, where others of its unit stand beside it."""
    deed = _DEED_LEFT.search(words_of(segment.occasion, context.plain))
    if deed is None or occasion.subject or occasion.of_each or occasion.bounds is not None:
        return []
    fitting = context.goals_among(units_like(occasion.unit))
    named = [index for index in fitting if deed["deed"] in context.goals[index].name]
    return named if len(named) == 1 < len(fitting) else []


def _required(context: Context, occasion: Short) -> list[int]:
    """Return the goals whose number is lacking: that of the words themselves, or those before."""
    bounds = occasion.bounds
    if occasion.of_each:
        return []
    failed = _failed_before(context, occasion)
    if failed is not None:
        return [failed]
    if bounds is not None and not bounds.bare and not occasion.subject:
        name = context.subject or context.topic
        asked = bounds.high if bounds.high is not None else bounds.low
        unit = bounds.unit or occasion.unit
        if name and not context.goals_for("", units_like(occasion.unit)):
            return [context.hold_goal(name, Bounds(low=asked, unit=unit))]  # 不足300种的每少10种
    if occasion.others and not occasion.subject:  # 每少1次（期）: duties of either unit
        all_units = (occasion.unit, *occasion.others.split("、"))
        found = (at for unit in all_units for at in context.goals_for("", units_like(unit)))
        return list(dict.fromkeys(found))
    if bounds is None or not occasion.subject:
        units = units_like(occasion.unit)
        several = [context.goals_for(name, units) for name in occasion.subject.split("、")]
        one_each = dict.fromkeys(index for goals in several for index in goals)
        if len(several) > 1 and len(one_each) == len(several) and all(several):
            return list(one_each)  # 讲座、咨询每少1次
        return context.goals_for(occasion.subject, units) or _of_kinds(context, occasion)
    target = bounds.high if bounds.high is not None else bounds.low
    least = Bounds(low=target, unit=bounds.unit or occasion.unit)
    return [context.hold_goal(occasion.subject, least)]  # 研究工作少于2次的每少一次


def _of_kinds(context: Context, occasion: Short) -> list[int]:
    """Return the number asked of some kinds, as a goal of its own: 卫生室每少1次扣2分.

    One quantity with a table of kinds has one price of a step; here each kind has its own.
    """
    kinds = kinds_in(occasion.subject)
    asked = context.goals_among(units_like(occasion.unit)) if kinds else []
    for index in reversed(asked):
        goal = context.goals[index]
        table = goal.target
        if not isinstance(table, ByKind):
            continue
        numbers = [number for named, number in table.values if named.endswith(kinds)]
        if len(numbers) < len(kinds) or len(set(numbers)) > 1:
            return []
        context.used_goals.add(index)
        bounds = attrs.evolve(goal.bounds, low=numbers[0], high=None)
        return [context.hold_goal(f"{occasion.subject}{goal.name}", bounds)]
    return []


def one_short(context: Context, segment: Segment, action: Action, held: Held) -> Single:
    """Return 样品不足一份扣0.1分 as each that is lacking, where several are asked.

    A rung of a ladder (不足3次扣1分，不足1次扣2分) is a number to be held against, and so is
    one by the month.
    """
    unit, last = held.bounds.unit, context.last()
    counted = unit and unit not in RATE_UNITS | TIMES and not unit.endswith("元")
    single = counted and held.bounds.single == (Comparator.LESS, Fraction(1))
    if action.effect is not Effect.LOSE or not single or held.period or held.bounds.period:
        return held
    rung = last is not None and isinstance(last.occasion, Held)
    units = units_like(unit)
    found = context.goals_for(held.subject, units) or context.goals_for("", units)
    asked = [context.goals[index].bounds.low for index in found]
    if rung or not asked or not all(isinstance(low, Fraction) and low > 1 for low in asked):
        return held
    message = assumed.said(assumed.EACH_STEP)
    context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))
    return Short(held.subject, Fraction(1), unit, each=False)


def _failed_before(context: Context, occasion: Short) -> int | None:
    """Return the bound of 处方少于12种扣1分 for 每少1种扣0.2分 behind it."""
    last = context.last()
    rule = None if last is None or last.sentence != context.sentence else last.rule
    tally = rule.tally if isinstance(rule, Deduction) else None
    once = tally.condition if isinstance(tally, Once) else None
    if occasion.subject or not isinstance(once, Compare) or once.comparator is not Comparator.LESS:
        return None
    measure = context.quantities.known(once.measure)
    if measure is None or measure.unit not in units_like(occasion.unit):
        return None
    return context.hold_goal(measure.label, Bounds(low=once.threshold, unit=measure.unit))


def _lacking(
    context: Context, action: Action, occasion: Short, index: int, points: Points
) -> Rule | None:
    """Return the rule of one goal, None where it asks for no least number."""
    goal = context.goals[index]
    required = goal.target
    if required is None or (goal.bounds.low is None and goal.bounds.high_in):
        return None  # a most; 少于2次的，每少一次 names what is required
    if _of_each_person(goal):
        context.claim(
            *(context.goal_spans[index] or (0, 0)), Taken.NUMBER, "so many for each person"
        )
        lacks = context.quantities.measure(f"{goal.name}缺少", MeasureKind.CASES, occasion.unit)
        cases = Cases(lacks, step=occasion.step)
        return tallied(action, cases, points, Assumption(assumed.EACH_PERSON))
    measure = context.goal_measure(index)
    if measure.kind is MeasureKind.AMOUNT:  # 每差10万元: money comes in parts
        steps = StepsBelow(measure, target=required, step=occasion.step)
        return tallied(action, steps, points, COMPLETE_STEPS)
    texts = (assumed.year_total(goal.by_period),) if goal.by_period else ()
    texts = (*texts, assumed.total_of_all(goal.per)) if goal.per else texts
    assumption = Assumption(assumed.both(*texts)) if texts else None
    tally = Lacking(measure, required=required, step=occasion.step)
    return tallied(action, tally, points, assumption)


def _of_each_person(goal: Goal) -> bool:
    """Whether so many times are asked for each of many persons: 高血压患者每年随访4次.

    Not the sum of them all is held against 4; and what one has too often helps no other.
    """
    few = isinstance(goal.target, Fraction) and goal.target <= _OFTEN
    return few and goal.bounds.unit == "次" and not goal.per and done_to_each(goal.name)


def _build_once(context: Context, segment: Segment, action: Action, occasion: Short | Many) -> None:
    """缺2项以上扣1分, 发生2起以上扣3分: once, where so many are reached."""
    if action.effect is Effect.EARN and isinstance(occasion, Many):  # 有1条以上标语得1分
        band = Band(action.amounts[0], low=occasion.step)
        add_band(context, segment, action, _earned_measure(context, occasion), band)
        return
    if action.effect is Effect.EARN:
        context.fault(segment, Said("points that are earned by cases", "按例数得分"))
        return
    once = Once(so_many(context, occasion))
    context.add([tallied(action, once, action.amounts[0])], segment, occasion=occasion)


_ONE_BEHIND = re.compile(rf"(?<=..)(?:1|一)(?:{UNIT})$")


def build_many(context: Context, segment: Segment, action: Action, occasion: Many) -> None:
    """每发现一例扣2分: cases; 四次得4分: a band over their number."""
    if occasion.or_more:
        _build_once(context, segment, action, occasion)
        return
    if action.effect is Effect.EARN:
        for kind, points in _kinds(action, occasion):
            _build_earned(context, segment, attrs.evolve(action, amounts=(points,)), kind)
        return
    if not occasion.each and occasion.step != 1:
        if not (
            _rung(context, segment, action, occasion)
            or _by_length(context, segment, action, occasion)
        ):
            message = Said("how many were found, without each", "写了发现多少，没有写每发现多少")
            context.fault(segment, message)
        return
    name = case_name(context, occasion, adds=action.effect is Effect.ADD)
    if occasion.unit.endswith("元") and len(action.amounts) == 1:
        _by_amount(context, segment, action, occasion, name)
        return
    several = action.each or len(action.amounts) > 1
    listed = facts_in if action.effect is Effect.LOSE else names_in
    names = tuple(map(_without_one, listed(name))) if several else (name,)
    amounts = amounts_for(context, segment, action, len(names), Said("kinds of case", "类情形"))
    if amounts is None:
        return
    rules = [
        tallied(action, _cases(context, each, occasion), points)
        for each, points in zip(names, amounts, strict=True)
    ]
    context.add(rules, segment, occasion=occasion)


def _by_amount(
    context: Context, segment: Segment, action: Action, occasion: Many, name: str
) -> None:
    """被拒付的，每1000元扣1分: steps of an amount, which comes in parts, and no cases."""
    whole = _NO_MORE.sub("", _BY.sub("", name).removesuffix("满"))
    last = whole.rpartition("，")[2]  # 查实违规的，按违规金额每1万元
    own = len(last) > _SECOND and _AMOUNT.search(last) is not None
    name = last if own else whole if _AMOUNT.search(whole) else f"{whole}金额"
    measure = context.quantities.measure(name, MeasureKind.AMOUNT, occasion.unit)
    steps = StepsAbove(measure, target=0, step=occasion.step)
    rule = tallied(action, steps, action.amounts[0], COMPLETE_STEPS)
    context.add([rule], segment, occasion=occasion)
    by = segment.tokens[0].text.startswith("按")
    for held in context.heard[-1:] if own and (by or last != whole) else ():
        context.explain(held, "what the amount is of")


def _rung(context: Context, segment: Segment, action: Action, occasion: Many) -> bool:
    """Read 2例扣3分 behind 1例扣1分: bands over the number, the highest of which holds for more."""
    last = context.last()
    if last is None or action.effect is not Effect.LOSE or len(action.amounts) != 1:
        return False
    if last.sentence != context.sentence or last.part != (len(context.parts) * context.in_parts):
        return False
    before: tuple[Band | LevelBand | CaseBand, ...]
    match last.rule, last.occasion:
        case (
            Deduction(tally=Cases(measure=code, step=1, free=0), points=points, cap=None),
            Many(each=each, unit=unit, subject=subject),
        ) if unit == occasion.unit and (not each or occasion.step == _SECOND):
            before = (Band(points, low=1, high=1, high_in=True),)
        case Bands(effect=Effect.LOSE, measure=code, bands=(*bands, Band() as top)), Many(
            unit=unit, subject=subject
        ) if unit == occasion.unit and top.high is None and isinstance(top.low, Fraction):
            before = (*bands, attrs.evolve(top, high=top.low, high_in=True))
        case _:
            return False
    own = occasion.subject == counted_in(unit) or subject.endswith(occasion.subject)
    if not own or len(before) >= MOST_IN_RULE or not _higher(before[-1], occasion.step):
        return False
    band = Band(action.amounts[0], low=occasion.step)
    rule = Bands(code, Effect.LOSE, (*before, band), assumption=Assumption(assumed.AND_MORE))
    context.extend(last, rule, segment)
    return True


def _by_length(context: Context, segment: Segment, action: Action, occasion: Many) -> bool:
    """Read 延迟5天扣1分 as a point for each 5 days, an assumption; 2例 of cases may be a bound."""
    length = occasion.unit in TIMES and _LASTS.search(occasion.subject) is not None
    if not length or action.effect is not Effect.LOSE or len(action.amounts) != 1:
        return False
    measure = context.quantities.measure(
        case_name(context, occasion), MeasureKind.CASES, occasion.unit
    )
    tally = Cases(measure, step=occasion.step)
    rule = tallied(action, tally, action.amounts[0], Assumption(assumed.EACH_STEP))
    context.add([rule], segment, occasion=occasion)
    return True


def _higher(band: Band | LevelBand | CaseBand, number: Fraction) -> bool:
    return isinstance(band, Band) and isinstance(band.low, Fraction) and band.low < number


def _kinds(action: Action, occasion: Many) -> list[tuple[Many, Points]]:
    """Split 国家、省级课题每项分别得5、3分: each kind with its points, counted one by one."""
    names = names_in(occasion.subject)
    if not 1 < len(action.amounts) == len(names):
        return [(occasion, action.amounts[0])]
    return [
        (attrs.evolve(occasion, subject=name, each=True), points)
        for name, points in zip(names, action.amounts, strict=True)
    ]


def _without_one(name: str) -> str:
    """Return 漏登 of 漏登1次, a member of a list that is counted one by one."""
    return _ONE_BEHIND.sub("", name) if SAYS_WRONG.match(name) else name


def _cases(context: Context, name: str, occasion: Many) -> Cases:
    """Return the tally; cases that a sentence before it freed are free."""
    free, freed = Fraction(0), context.free
    if freed is not None and (name in _GENERAL or name == freed[1] or not freed[1]):
        free, name = freed[0], freed[1] or name
        context.free = None
    measure = context.quantities.measure(name, MeasureKind.CASES, occasion.unit)
    return Cases(measure, step=occasion.step, free=free)


def _build_earned(context: Context, segment: Segment, action: Action, occasion: Many) -> None:
    """四次得4分: a band for exactly so many; 每次得0.5分: a line up to the item's points."""
    points = action.amounts[0]
    measure = _earned_measure(context, occasion)
    if not occasion.each:
        band = Band(points, low=occasion.step, high=occasion.step, high_in=True)
        add_band(context, segment, action, measure, band)
        return
    if not isinstance(points, Fraction) or not points:
        context.fault(segment, Said("a share of the points for each case", "每例按分值的比例"))
        return
    if _each_of_list(context, segment, measure, points):
        return
    most = context.points or points
    knots = (Knot(0, 0), Knot(occasion.step * most / points, most))
    for draft in context.add([Curve(measure, Effect.EARN, knots)], segment, occasion=occasion):
        draft.open = context.points is None


def _each_of_list(context: Context, segment: Segment, measure: Measure, points: Fraction) -> bool:
    """制度、职责、流程每项1分 of 3 points: each of the list earns its own, once."""
    names = names_in(measure.label)
    if measure.unit not in _ITEMS or len(names) == 1 or len(names) * points != context.points:
        return False
    context.quantities.forget(measure.code)
    made = flags(context, names)
    rules = [Bands(one.measure, Effect.EARN, (CaseBand(one, points),)) for one in made]
    context.add(rules, segment)
    return True


def _goes_on(context: Context, name: str, before: Measure) -> bool:
    """Whether a number is a further band of the last rule, whose name holds this one."""
    last = context.last()
    bands = last is not None and isinstance(last.rule, Bands) and last.rule.measure == before.code
    return bands and name in before.label


def _earned_measure(context: Context, occasion: Many) -> Measure:
    """Return what is counted: named, required before, or counted by the last rule."""
    made_up = occasion.subject in _GENERAL or occasion.subject == counted_in(occasion.unit)
    made_up = made_up or occasion.subject in DEEDS  # 每开展1次得2分
    name = occasion.subject
    if made_up:
        name = context.subject or context.pending_words() or context.topic
        found = [] if name else context.goals_for("", units_like(occasion.unit))
        if found:
            return context.goal_measure(found[-1])
        last = last_measure(context, occasion.unit)
        if last is not None:
            return last
    named = name_of(name) or occasion.subject
    before = last_measure(context, occasion.unit)
    if before is not None and _goes_on(context, named, before):
        return before  # 2项培训均满足，得3分，1项满足，得1分
    return context.quantities.measure(named, kind_of(named, occasion.unit), occasion.unit)
