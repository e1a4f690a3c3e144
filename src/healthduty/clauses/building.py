"""An occasion and what is done with points make a rule.

One production for each sort of occasion, in modules by what the points follow: steps (`stepped`),
a number (`counted`), facts (`stated`), where a value lies (`banded`), nothing that is counted
(`judged`), or the loss of all (`forfeited`). Each makes its rules or reports why there is none.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 3, 4, 5, 9, 11.

>>> from healthduty.clauses.clause import read_clause
>>> [type(rule).__name__ for rule in read_clause("未公示扣1分，无台账不得分").rules]
['Deduction', 'Forfeit']
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import assert_never

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.amounts import ANY_OF_LIST, tallied
from healthduty.clauses.any_goal import of_any_goal
from healthduty.clauses.assessed import at_least_of, build_by_assessor
from healthduty.clauses.banded import (
    build_graded,
    build_held,
    build_nth,
    build_otherwise,
    build_ranked,
)
from healthduty.clauses.context import RECENT, Context
from healthduty.clauses.continued import go_down_by
from healthduty.clauses.counted import build_many, build_short, one_short
from healthduty.clauses.facts import BLAMED, SAYS_WRONG, trimmed
from healthduty.clauses.forfeited import build_forfeit
from healthduty.clauses.judged import build_judged
from healthduty.clauses.names.compared import change_reached
from healthduty.clauses.names.measured import condition_of_either
from healthduty.clauses.names.subjects import whole_of
from healthduty.clauses.occasions import (
    Either,
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Occasion,
    Ranked,
    Short,
    Single,
    Steps,
    Where,
    counted_in,
)
from healthduty.clauses.outside import explain_outside
from healthduty.clauses.reached import as_reached
from healthduty.clauses.segments import Segment
from healthduty.clauses.several_missed import each_rate_failed, each_undone, read_item_missed
from healthduty.clauses.shares import build_by_rate, build_share
from healthduty.clauses.stated import build_where
from healthduty.clauses.stepped import build_steps, each_change
from healthduty.clauses.taken_from import take_from
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import Bounds, read_bounds, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.unsaid import ask_points
from healthduty.clauses.whole_tasks import of_whole_task
from healthduty.clauses.whose import owner_first, refuse_owner, say_owner
from healthduty.rules.condition import AnyOf, Comparator, Condition, condition_measures
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import Assumption, Bands, CaseBand, Forfeit, effect_of
from healthduty.rules.tally import Once
from healthduty.rules.threshold import Given
from healthduty.said import Said

_LONGER = frozenset({"延长", "延后", "延迟", "推迟", "拖延", "延误"})
"""Words that count steps, and no cases, where a time is required."""
_OVERTIME = frozenset({"超时", "超时间", "操作超时", "超过时间"})
_CLOCK = frozenset({"秒", "分钟", "小时", "个小时"})

_IN_TURN = re.compile(r"(?:依次|逐[名级档次])(?:递[增减]?)?$")
_MISSED = {("未达标",), ("不达标",), ("未完成",)}
_BY_DEGREE = re.compile(
    r"^(?:按|根据|依据?|由|以|视|对照|参照|综合|逐|结合)|分[段档级类]|比例|程度|幅度|情况$|多少$"
    r"|(?:按照?|根据|依据|以)[^,，;；]{2,16}(?:结果|成绩|得分)$"
)
_LOSES = frozenset({Done.POINTS, Done.FORFEIT})
_ELSE = re.compile("否则|其余|其他情况")
_NONE = {("为0",), ("为零",), ("为0的",)}
_MET = {("达标",), ("达到目标",), ("达到要求",), ("达到标准",)}
_IS_ZERO = re.compile(r"(?P<name>.{2,}[率例比度])(?:为|是|等于|=)?(?:[0零]%?)")
"""A rate of which there is none: 死亡率为0."""
_MORE_THAN_NONE = re.compile(r"(?:大于|超过|高于|[>＞])[0零](?![.\d])")
_AND = {("并",), ("同时",), ("另",), ("并且",)}
_FULL_MEANT = Assumption(assumed.FULL_MEANT)
_OF_GOALS = {
    "达标": "达标",
    "完成": "达标",
    "不达标": "未达标",
    "未达标": "未达标",
    "未完成": "未完成",
}
_PARTLY = re.compile(
    r"(?:基本|部分|大部分?|大致|按[时期质]|及时|超额|提前|较好|圆满)完成|完成[较良一质差好优]"
)
"""Other degrees of 完成: a ladder of levels, and not a goal that is met or missed."""


def build(context: Context, segment: Segment, action: Action, occasion: Occasion) -> None:
    """Make the rules of a segment, or report it."""
    if isinstance(occasion, Where) and occasion.facts in _AND:
        occasion = Nothing()  # 取消评优资格，并扣5分
    occasion = _none_reached(context, segment, action, occasion)
    occasion = _goal_reached(context, action, _past_waiting(context, occasion))
    if isinstance(occasion, Where) and occasion.facts in _NONE and _ELSE.search(context.plain):
        none = context.only_goal()  # 为0得满分，否则不得分 beside 死亡率≤0
        met = none is not None and none.bounds.high == 0
        occasion = Where(("达标",)) if met else occasion
    occasion = of_whole_task(context, occasion, words_of(segment.occasion, context.plain))
    if isinstance(occasion, Held):
        occasion = as_reached(context, action, _in_unit_of_goal(context, occasion))
    if isinstance(occasion, Held) and action.done in _LOSES:
        occasion = each_rate_failed(action, occasion, words_of(segment.occasion, context.plain))
    if not isinstance(occasion, Either) and action.done in _LOSES:
        occasion = of_any_goal(context, segment, occasion)
    if not isinstance(occasion, Either):
        occasion = each_undone(context, action, occasion, segment.first)
    if not isinstance(occasion, Either) and read_item_missed(context, segment, action, occasion):
        return
    if isinstance(occasion, Either):
        _build_either(context, segment, action, occasion)
        explain_outside(context, segment, occasion)
        return
    if _in_turn(context, segment, action):
        return
    action, occasion = owner_first(context, action, occasion)
    if refuse_owner(context, segment, action, occasion):
        return
    before = len(context.drafts)
    _build_single(context, segment, action, occasion)
    say_owner(context, segment, action, before)


def _goal_reached(context: Context, action: Action, occasion: Occasion) -> Occasion:
    """Return 死亡率达标 before points as the bound of that rate, where one goal is called so."""
    if action.effect is not Effect.EARN or not isinstance(occasion, Graded):
        return occasion
    if occasion.levels not in _MET or not occasion.subject:
        return occasion
    found = context.goals_for(occasion.subject, context.recent_units())
    bounds = context.goals[found[0]].bounds if len(found) == 1 else None
    if bounds is None or bounds.single is None or context.goals[found[0]].by_period:
        return occasion
    return Held(context.goals[found[0]].name, attrs.evolve(bounds, bare=False))


def _past_waiting(context: Context, occasion: Occasion) -> Occasion:
    """Return 每1分 behind 低于90分， as steps from that bound; other cases as they are."""
    held = context.pending[-1] if context.pending else None
    bare = isinstance(occasion, Many) and occasion.subject == counted_in(occasion.unit)
    if held is None or not isinstance(occasion, Many) or not (bare and occasion.each):
        return occasion
    read = read_bounds(held.tokens, 0)
    single = None if read is None or read[1] < len(held.tokens) - 1 else read[0].single
    lasts = occasion.unit == "分" or occasion.unit in _CLOCK | {"天", "日"}
    if read is None or single is None or not lasts or read[0].unit not in {"", occasion.unit}:
        return occasion
    context.use_pending()
    bounds = attrs.evolve(read[0], unit=occasion.unit)
    below = single[0] is Comparator.LESS
    return Steps("", below, occasion.step, occasion.unit, bounds)


def _none_reached(
    context: Context, segment: Segment, action: Action, occasion: Occasion
) -> Occasion:
    """Return 死亡率为0 before points as a rate that is held to 0, where such a one is asked for."""
    fact = occasion.facts[0] if isinstance(occasion, Where) and len(occasion.facts) == 1 else ""
    said = _IS_ZERO.fullmatch(fact)
    goal = context.only_goal()
    if said is None or action.effect is not Effect.EARN:
        return occasion
    if goal is None and not (_MORE_THAN_NONE.search(context.plain) and not context.goals):
        return occasion
    unit = "%" if goal is None else goal.bounds.unit
    if goal is not None and (
        goal.bounds.high != 0 or not context.goals_for(said["name"], RATE_UNITS | {unit})
    ):
        return occasion
    context.explain(segment, "that there is none of it")
    return Held(said["name"], Bounds(high=Fraction(0), high_in=True, unit=unit))


def _in_unit_of_goal(context: Context, occasion: Held) -> Held:
    """Give a bare number the unit of the one quantity that is asked for: ≥85得10分 beside 85%."""
    goal = None if occasion.subject or occasion.bounds.unit else context.only_goal()
    unit = "" if goal is None else goal.bounds.unit
    return (
        attrs.evolve(occasion, bounds=attrs.evolve(occasion.bounds, unit=unit))
        if unit
        else occasion
    )


def _build_single(context: Context, segment: Segment, action: Action, occasion: Single) -> None:
    match action.done:
        case Done.PROPORTION:
            build_share(context, segment, action, occasion)
        case Done.JUDGED if action.at_least and at_least_of(context, segment, action):
            return
        case Done.JUDGED:
            build_judged(context, segment, action, occasion)
        case Done.FORFEIT:
            build_forfeit(context, segment, _of_goal(context, occasion))
        case _ if not action.amounts and segment.tokens[0].kind is Kind.SCORE:
            ask_points(context, segment)  # 得分为市考核得分
        case _ if not action.amounts and _by_rate(context, segment, action):
            return
        case _ if not action.amounts and _earns_all(context, action, occasion):
            before, full = len(context.drafts), attrs.evolve(action, amounts=(FULL,))
            _build_points(context, segment, full, _of_goal(context, occasion))
            _say_full(context, before)
        case _ if take_from(context, segment, action, occasion):
            return
        case _ if not action.amounts:
            ask_points(context, segment)
        case _:
            _build_points(context, segment, action, _of_goal(context, occasion))


def _in_turn(context: Context, segment: Segment, action: Action) -> bool:
    """Read 以下依次递减1分 as bands that go on, or report it; False for other words."""
    if len(action.amounts) != 1 or not _IN_TURN.search(words_of(segment.occasion, context.plain)):
        return False
    points = action.amounts[0]
    falls = action.effect is Effect.LOSE and isinstance(points, Fraction)
    if falls and isinstance(points, Fraction) and go_down_by(context, points):
        context.explain(segment, "points that go on to fall")
        return True
    message = Said("points that change from place to place", "按名次依次增减分数")
    context.fault(segment, message, hint=Said("state each place", "请逐名次写明"))
    return True


def _earns_all(context: Context, action: Action, occasion: Single) -> bool:
    """Whether 得分 without a number means all points: 有批准文件得分, where nothing else earns."""
    if action.effect is not Effect.EARN or action.done is not Done.POINTS or context.points is None:
        return False
    if any(effect_of(draft.rule) is Effect.EARN for draft in context.drafts[-RECENT:]):
        return False
    match occasion:
        case Where(facts=(fact,)) | Graded(words=fact):
            return _BY_DEGREE.search(fact) is None and SAYS_WRONG.search(fact) is None
        case _:
            return False


def _say_full(context: Context, before: int) -> None:
    """Say of what earns all points that no number stands there."""
    for draft in context.drafts[before:]:
        if isinstance(draft.rule, Bands) and draft.rule.assumption is None:
            draft.rule = attrs.evolve(draft.rule, assumption=_FULL_MEANT)


def _by_rate(context: Context, segment: Segment, action: Action) -> bool:
    """Read 按参保率得分 and 根据平时表现给分, where no number of points stands."""
    words = words_of(segment.occasion, context.plain)
    if action.effect is not Effect.EARN:
        return False
    return build_by_rate(context, segment, words) or build_by_assessor(context, segment)


def _of_goal(context: Context, occasion: Single) -> Single:
    """达标 and 不达标 after a goal are about that goal, and no levels; 每延长1天 beside ≤10天."""
    if isinstance(occasion, Many):
        return _beyond(context, occasion)
    if not isinstance(occasion, Graded) or not context.goals:
        return occasion
    if occasion.subject:  # 签约率未达标, where a rate was required
        missed = occasion.levels in _MISSED and context.goals_for(occasion.subject, RATE_UNITS)
        return Where((occasion.words,)) if missed else occasion
    last = context.last()
    if occasion.levels == ("未完成",) and last and isinstance(last.occasion, Graded):
        return occasion  # 完成得5分，基本完成得3分，未完成不得分
    if occasion.levels == ("完成",) and _PARTLY.search(context.plain):
        return occasion
    said = [_OF_GOALS.get(level) for level in occasion.levels]
    return Where((said[0],)) if len(said) == 1 and said[0] is not None else occasion


def _beyond(context: Context, occasion: Many) -> Single:
    """Return 每延长1天 as steps above, where a most was required in this unit."""
    units = _CLOCK if occasion.unit in _CLOCK else {occasion.unit}
    late = occasion.subject in _OVERTIME  # 超时30秒扣1分 beside 操作时间3分钟
    longer = next((word for word in _LONGER if occasion.subject.endswith(word)), "")
    name = "" if late else occasion.subject.removesuffix(longer)
    name = name.removeprefix("平均") if not context.goals_for(name, units) else name
    found = context.goals_for(name, units) if late or longer else []
    if not found or not (occasion.each or late):
        return occasion
    goal = context.goals[found[-1]]
    bare = goal.bare or isinstance(goal.target, Given)  # 20分钟: no word says that it is a least
    if goal.bounds.low is not None and not (late or bare):
        return occasion
    each = occasion.each
    return Steps("", below=False, step=occasion.step, unit=occasion.unit, unsaid=not each)


def _build_points(context: Context, segment: Segment, action: Action, occasion: Single) -> None:
    """Make the rules of points that are stated: 扣0.5分, 得满分, 加2分."""
    apart = action.each or action.whose
    if isinstance(occasion, Graded) and apart and action.effect is Effect.LOSE:
        occasion = Where((occasion.words,))  # 机构、人员不落实的各扣0.5分
    if isinstance(occasion, Held):
        occasion = each_change(context, segment, action, occasion)
    if isinstance(occasion, Held):
        occasion = one_short(context, segment, action, occasion)
    if isinstance(occasion, Steps) and action.effect is Effect.EARN:
        occasion = change_reached(context, segment.occasion, occasion)
    if isinstance(occasion, Steps) and action.effect is Effect.ADD:
        occasion = _each_more(context, occasion)
    before = len(context.drafts)
    _build_stated(context, segment, action, occasion)
    made, listed = len(context.drafts) - before, len(action.amounts)
    if 0 < made < listed and not isinstance(occasion, Ranked):  # 分别扣1分、3分 for one fact
        context.fault(
            segment,
            Said(
                f"{listed} amounts, and only {made} that they could be for",
                f"有{listed}个分数，只有{made}处可用",
            ),
        )


def _each_more(context: Context, occasion: Steps) -> Single:
    """Return 每增加1个专利 as cases, where no number of them was required."""
    things = occasion.subject and occasion.unit and occasion.unit not in RATE_UNITS
    things = things and not occasion.unit.endswith("元") and occasion.below is False
    if not things or occasion.bounds is not None or occasion.against:
        return occasion
    if context.goals_for("", {occasion.unit}):
        return occasion
    return Many(f"新增{occasion.subject}", occasion.step, occasion.unit)


def _build_stated(context: Context, segment: Segment, action: Action, occasion: Single) -> None:
    match occasion:
        case Steps():
            build_steps(context, segment, action, occasion)
        case Short():
            build_short(context, segment, action, occasion)
        case Many():
            build_many(context, segment, action, occasion)
        case Held():
            build_held(context, segment, action, occasion)
        case Graded():
            build_graded(context, segment, action, occasion)
        case Where():
            build_where(context, segment, action, occasion)
        case Nth() if action.effect is Effect.LOSE:
            build_nth(context, segment, action, occasion)
        case Nth():  # 首次达标的，加1分
            words = trimmed(words_of(segment.occasion, context.plain)) or context.pending_words()
            build_where(context, segment, action, Where((words,)))
        case Ranked():
            build_ranked(context, segment, action, occasion)
        case Else():
            build_otherwise(context, segment, action.amounts[0])
        case Nothing():
            _build_unnamed(context, segment, action)
        case _:
            assert_never(occasion)


def _build_unnamed(context: Context, segment: Segment, action: Action) -> None:
    """Take points without words for the item's, or report them."""
    if _states_all(context, action):
        context.claim(segment.first, segment.end, Taken.POINTS)
        return
    if action.effect is Effect.LOSE and _besides(context, segment, action):
        return
    if action.effect is Effect.LOSE and _beside_veto(context, segment, action):
        return
    asked = whole_of(context.asked) if not (context.drafts or context.pending) else ""
    if action.effect is Effect.LOSE and BLAMED.search(asked):
        build_where(context, segment, action, Where((asked,)))  # 受到通报批评 | 扣4分
        return
    message = Said("points for nothing that is named before them", "分数前面没有写是什么事")
    context.fault(segment, message)


def _beside_veto(context: Context, segment: Segment, action: Action) -> bool:
    """Read 瞒报取消评优资格并扣10分: points for the very event of the veto."""
    points, veto = action.amounts[0], context.vetoes[-1] if context.vetoes else None
    same = veto is not None and context.vetoed == context.sentence
    if veto is None or not same or not isinstance(points, Fraction):
        return False
    context.add([tallied(action, Once(veto.when), points)], segment)
    return True


def _besides(context: Context, segment: Segment, action: Action) -> bool:
    """Read 另扣2分 behind 弄虚作假的不得分: for the same event."""
    last, points = context.last(), action.amounts[0]
    if last is None or last.sentence != context.sentence or not isinstance(points, Fraction):
        return False
    further = action.further or any(each.text.startswith("倒扣") for each in segment.tokens)
    if not (further and isinstance(last.rule, Forfeit)):
        return False
    context.add([tallied(action, Once(last.rule.when), points)], segment)
    return True


def _states_all(context: Context, action: Action) -> bool:
    """Take 得5分 or 得满分 that begins a text for what the item is worth: 计10分，每例扣1分."""
    if action.effect is not Effect.EARN or context.drafts or context.pending or context.parts:
        return False
    points = action.amounts[0]
    if not isinstance(points, Fraction):
        return points == FULL
    if context.stated is not None or context.points not in {None, points}:
        return False
    context.stated = points
    return True


def _build_either(context: Context, segment: Segment, action: Action, occasion: Either) -> None:
    """报告率＜90%或准确率＜85%扣1分: once, where any holds."""
    condition = condition_of_either(context, occasion)
    if condition is None:
        context.fault(
            segment, Said("one of several bounds names no quantity", "几个界限中有一个没有写指标")
        )
        return
    listed = ANY_OF_LIST if occasion.listed else None
    if action.done is Done.FORFEIT:
        context.add([Forfeit(condition, assumption=listed)], segment)
        return
    if action.done is not Done.POINTS or not action.amounts:
        context.fault(
            segment, Said("several bounds, and no points for them", "有几个界限，却没有写分数")
        )
        return
    points = action.amounts[0]
    if action.effect is Effect.EARN:
        code = next(condition_measures(condition))
        context.add([Bands(code, Effect.EARN, (CaseBand(condition, points),))], segment)
    else:
        each: tuple[Condition, ...] = (condition,)
        if action.each and occasion.listed and isinstance(condition, AnyOf):
            each, listed = condition.conditions, None  # 甲率、乙率低于60%的各扣1分
        context.add([tallied(action, Once(one), points, listed) for one in each], segment)
