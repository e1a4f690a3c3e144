"""Rules that fit the words and hardly can be meant: points that pass the item, bands that cross.

Source: semantics 5 (from what to what), 9 (bands), 11.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("迟报每次扣5分", points=2)
>>> [finding.code for finding in reading.findings]
['clause-doubt']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.exact_rates import doubt_room
from healthduty.clauses.exclusive import report_passing
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.occasions import Many
from healthduty.clauses.second_look.parts import doubt_parts
from healthduty.clauses.verbless import says_amiss
from healthduty.exact import show
from healthduty.rules.condition import AllOf, AnyOf, Comparator, Compare, Flag, condition_measures
from healthduty.rules.points import Effect, Reach
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Forfeit,
    Group,
    Judgement,
    Knot,
    Rule,
    effect_of,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.said import Said

_ALL = 100  # per cent
_GOOD = re.compile(
    r"(?<![不未欠非够甚])(?:齐全|完整|规范|准确|清晰|及时|合理|真实|完善|健全|到位|达标|合格|相符|一致|正常|良好"
    r"|符合)(?:要求|规定|标准)?$"
)
_SPOTS = (
    r"(?:过期|失效|变质|混[装放]|积[水尘灰]|污[渍迹染垢物]?|异味|杂物|垃圾|痰迹?|烟[头蒂味]|[蚊蝇鼠蟑]虫?|破损|脱落|事故|差错|投诉|纠纷"
    r"|违[规法纪章]|隐患|死角|占道)"
)
_SPOTLESS = re.compile(
    rf"(?:(?:^|、)[^无未没不、，]{{0,8}}(?:无(?!菌)|没有|未发[生现]|杜绝)[^、，无未没不]{{0,6}}?{_SPOTS}"
    r"(?:药品|物品?|食品|现象|情况|问题|行为|发生|等)?)+"
)
"""That nothing is amiss: 无过期、无混装."""
_REACHED = Said("points lost above a number that has to be reached", "要求达到的数，超过反而扣分")
_KEPT_BELOW = Said(
    "points lost below a number that must not be exceeded", "要求不超过的数，低于它反而扣分"
)
_DENIES = re.compile(r"未|没|无|不|缺")
_TWO = 2
_SAYS_SOMETHING = 6
"""So many characters tell of something that happened, and name no quantity alone."""
_THREE = 3


def doubts_in_rules(context: Context) -> Iterator[Fault]:
    """Go through the drafts whose rule says what hardly anybody would write."""
    yield from doubt_parts(context)
    yield from _of_pairs(context)
    yield from _of_counterparts(context)
    yield from _of_nearer(context)
    yield from report_passing(context)
    yield from doubt_room(context)
    yield from _of_nothing(context)
    effects = {effect_of(draft.rule) for draft in context.drafts}
    seen: set[tuple[Effect, str]] = set()
    for draft in context.drafts:
        for message in (*_messages(context, draft), *_added(context, draft, effects)):
            yield Fault("clause-doubt", message, draft.first, draft.end)
        name = _of_one(draft.rule)
        if name and (effect_of(draft.rule), name) in seen:
            message = Said(
                f"`{name}` a second time: is it the same thing?",
                f"`{name}`出现两次：是否同一事项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        seen.add((effect_of(draft.rule), name))


_OF_TIME = frozenset({"年", "年度", "月", "季度", "季", "周", "学期"})


def _of_nothing(context: Context) -> Iterator[Fault]:
    """Go through points that no rule earns or loses, and points for each year beside losses.

    设置专栏（10分）。设置2个以上附加20分: what of the 10? 近4年每年赋2.5分，B扣1分: of each year?
    """
    rules = context.drafts
    added = bool(rules) and all(effect_of(draft.rule) is Effect.ADD for draft in rules)
    if added and context.stated is not None and not context.parts:
        worth = show(context.stated)
        message = Said(
            f"{worth} points, and only what is added to them is read",
            f"本项{worth}分，只读出了加分：这{worth}分如何得、如何扣？",
        )
        yield Fault("clause-doubt", message, rules[0].first, rules[-1].end)
    for draft in rules:
        judged = isinstance(draft.rule, Judgement) and draft.rule.when is None
        earns = judged and effect_of(draft.rule) is Effect.EARN
        if earns and any(_earns_beside(draft, other) for other in rules[-RECENT:]):
            message = Said(
                "judged within the points before it, or on top?", "在前面的分值内酌情，还是另外加？"
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
    for at, draft in enumerate(rules):
        cases = draft.occasion if isinstance(draft.rule, Curve) else None
        yearly = isinstance(cases, Many) and cases.each and cases.unit in _OF_TIME
        for behind in rules[at + 1 : at + 1 + RECENT] if yearly else ():
            if effect_of(behind.rule) is Effect.LOSE:
                message = Said("of each of them, or of all?", "是从每一份中扣，还是从合计中扣？")
                yield Fault("clause-doubt", message, behind.first, behind.end)


def _earns_beside(draft: Draft, other: Draft) -> bool:
    """Whether another rule of the sentence earns points as well, of the same part."""
    beside = other.sentence == draft.sentence and other.part == draft.part
    counts = isinstance(other.rule, Curve | Bands) and effect_of(other.rule) is Effect.EARN
    return beside and counts


def _of_pairs(context: Context) -> Iterator[Fault]:
    """Go through bands and a line that would both be paid for one quantity."""
    for band, line in itertools.pairwise(context.drafts):
        if not isinstance(band.rule, Bands) or not isinstance(line.rule, Curve):
            continue
        names = (band.rule.measure, line.rule.measure.removeprefix("实际"))
        one = names[0] in names[1] or names[1] in names[0]
        if one and band.rule.effect is line.rule.effect is Effect.EARN:
            message = Said(
                f"bands and a line for `{names[0]}`: both would be paid",
                f"`{names[0]}`既分档又按比例：会得两次分",
            )
            yield Fault("clause-doubt", message, band.first, line.end)


def _of_nearer(context: Context) -> Iterator[Fault]:
    """Go through forfeits on the good side of a target: ≤30%，每超1%扣1分，超过10%不得分."""
    for steps, forfeit in itertools.pairwise(context.drafts):
        match steps.rule, forfeit.rule:
            case (
                Deduction(tally=StepsAbove(measure=name, target=Fraction() as target)),
                Forfeit(when=Compare(measure=own, threshold=Fraction() as bound)),
            ):
                nearer = own == name and bound < target
            case (
                Deduction(tally=StepsBelow(measure=name, target=Fraction() as target)),
                Forfeit(when=Compare(measure=own, threshold=Fraction() as bound)),
            ):
                nearer = own == name and bound > target
            case _:
                continue
        if nearer:
            message = Said(
                "all is lost before the first step: how far beyond the target?",
                "还没到扣分的界限就不得分：是否指超出目标的幅度？",
            )
            yield Fault("clause-doubt", message, forfeit.first, forfeit.end)


def _of_counterparts(context: Context) -> Iterator[Fault]:
    """Go through a loss behind what each earns: 每份1分，未建档扣1分 would take the 1 twice."""
    for line, lost in itertools.pairwise(context.drafts):
        if line.sentence != lost.sentence or line.part != lost.part:
            continue
        match line.rule, lost.rule:
            case (
                Curve(effect=Effect.EARN, knots=(_, Knot(Fraction() as at, Fraction() as most))),
                Deduction(tally=Once() | Cases() as tally, points=points),
            ) if at and points == most / at and _DENIES.match(_first_name(tally)):
                message = Said(
                    "what was not earned would be lost as well: is it the same points?",
                    "没有得到的分又被扣一次：是否同一分值？",
                )
                yield Fault("clause-doubt", message, lost.first, lost.end)
            case _:
                continue


def _first_name(tally: Once | Cases) -> str:
    """Return the first thing that a tally is about."""
    if isinstance(tally, Cases):
        return tally.measure
    return next(condition_measures(tally.condition), "")


def _of_one(rule: Rule) -> str:
    """Return the fact or the case that a rule is about, nothing for one about a quantity."""
    match rule:
        case Judgement():
            return rule.code
        case Deduction(tally=Cases(measure=measure)) | Bonus(tally=Cases(measure=measure)):
            return measure
        case Deduction(tally=Once(condition=Flag(measure=measure))):
            return measure
        case Deduction(tally=Lacking(measure=measure), when=None):
            return measure  # 卫生院每少5种扣0.5分；每少5种扣0.2分
        case _:
            return ""


def _messages(context: Context, draft: Draft) -> Iterator[Said]:
    """Go through what is doubtful in one rule."""
    rule = draft.rule
    worth = context.parts[draft.part - 1].points if draft.part else context.points
    if worth is not None and effect_of(rule) is not Effect.ADD:
        most = max((p for p in _points(rule) if isinstance(p, Fraction)), default=None)
        sinks = context.floor is None and effect_of(rule) is Effect.LOSE  # 倒扣5分
        sinks = sinks or getattr(rule, "reach", None) is Reach.TOTAL  # 总分扣5分
        if most is not None and most > worth > 0 and not sinks:  # an item of 0 can only lose
            yield Said("more points than the item has", "分值超过本项总分")
    if isinstance(rule, Bands) and _loses_at_nothing(rule):
        message = "points lost at 0, too: the lowest band has no lower end"
        yield Said(message, "最低一档没有下限：为0时也扣分")
    if isinstance(rule, Bands) and not _in_order(rule):
        yield Said("bands whose points go up and down", "各档分值高低不一致")
    if isinstance(rule, (Deduction, Forfeit)):
        yield from _of_good(rule)
        yield from _of_shared_bound(rule)
    if isinstance(rule, Deduction) and _is_of_reached(context, rule):
        yield _REACHED
    if isinstance(rule, (Deduction, Bonus)):
        yield from _of_steps(context, rule)
        yield from _of_times(rule)


def _of_good(rule: Deduction | Forfeit) -> Iterator[Said]:
    """Doubt a fault that says that all is well, and a number of people that is less than one.

    内容相符一处扣2分 lost a 不; 每床配0.15名护士 asks for a share of the beds.
    """
    match rule:
        case (
            Deduction(tally=Cases(measure=name) | Once(condition=Flag(measure=name, expected=True)))
            | Forfeit(when=Flag(measure=name, expected=True))
            | Deduction(tally=Once(condition=AnyOf(conditions=(Flag(measure=name), *_))))
        ):
            if (_GOOD.search(name) and not SAYS_WRONG.search(name)) or _SPOTLESS.fullmatch(name):
                yield Said(f"`{name}` says nothing wrong by itself", f"`{name}`本身不是问题")
        case Deduction(tally=Lacking(required=Fraction(denominator=parts))) if parts > 1:
            yield Said(
                "a part of one is required: for each of what?", "要求数不足一个：按什么折算？"
            )
        case _:
            return


def _of_shared_bound(rule: Deduction | Forfeit) -> Iterator[Said]:
    """Doubt a thing that nothing is said of, beside a bound: 投诉或纠纷超过2起."""
    when = rule.when if isinstance(rule, Forfeit) else getattr(rule.tally, "condition", None)
    if not isinstance(when, AnyOf | AllOf):
        return
    for one, other in itertools.pairwise(when.conditions):
        if not isinstance(one, Flag) or not isinstance(other, Compare):
            continue
        if not SAYS_WRONG.search(one.measure) and len(one.measure) < _SAYS_SOMETHING:
            message = f"`{one.measure}` says nothing by itself: has it the bound behind it?"
            yield Said(message, f"`{one.measure}`后面没有数：是否与后面的指标同一界限？")


def _of_times(rule: Deduction | Bonus) -> Iterator[Said]:
    """Doubt what multiplies: all cases or some (漏登1例扣1分，是孕妇的加倍); both events or one.

    省级加3分，市级减半: whoever has 市级 alone gets nothing.
    """
    flags = [times for times in rule.times if isinstance(times.when, Flag)]
    if flags and isinstance(rule.tally, Cases):
        yield Said("all cases, or only those of this kind?", "是全部加倍，还是只对这类加倍？")
    elif flags and isinstance(rule.tally, Once):
        yield Said("where both hold, or by itself?", "两者都成立时才加倍，还是单独也算？")


def _added(context: Context, draft: Draft, effects: set[Effect]) -> Iterator[Said]:
    """Doubt points that are added where nothing is earned, as many as the item has."""
    if not context.points or Effect.EARN in effects or context.over.effect is Effect.ADD:
        return
    whole = not draft.part and context.points in _points(draft.rule) and effects == {Effect.ADD}
    whole = whole or context.points == _sum_from(context, draft)
    if whole and "附加" not in context.text:  # 附加20分 are on top
        message = "added points that make all of the item's: earned, or on top?"
        yield Said(message, "加分正好是本项分值：是得分，还是额外加分？")


def _sum_from(context: Context, first: Draft) -> Fraction | None:
    """Return what all facts add together, where this is the first of several of them."""
    added = [
        draft
        for draft in context.drafts[:RECENT]
        if not draft.part and isinstance(draft.rule, Bonus) and isinstance(draft.rule.tally, Once)
    ]
    points = [each for draft in added for each in _points(draft.rule)]
    numbers = [each for each in points if isinstance(each, Fraction)]
    several = len(numbers) == len(points) > 1 and added[0] is first
    return sum(numbers, Fraction(0)) if several else None


def _loses_at_nothing(rule: Bands) -> bool:
    """Whether more is lost the higher a value is, and something at 0 already."""
    bands = [band for band in rule.bands if isinstance(band, Band)]
    if rule.effect is not Effect.LOSE or not _TWO <= len(bands) == len(rule.bands):
        return False
    pairs = [(_low(band), band.points) for band in bands if isinstance(band.points, Fraction)]
    points = [each for _, each in sorted(pairs, key=lambda pair: pair[0])]
    lowest = min(bands, key=_low)
    rising = len(points) == len(bands) and all(a < b for a, b in itertools.pairwise(points))
    return rising and lowest.low is None and points[0] > 0


def _points(rule: Rule) -> Iterator[object]:
    """Go through the points that a rule states for one case."""
    match rule:
        case Bands():
            yield from (band.points for band in rule.bands)
        case Deduction() | Bonus():
            yield rule.points
        case Judgement():
            yield rule.most
        case Curve():
            yield from (knot.points for knot in rule.knots)
        case Group():
            for member in rule.rules:
                yield from _points(member)
        case _:
            return


def _in_order(rule: Bands) -> bool:
    """Whether the points of bands go one way as the values do."""
    bands = [band for band in rule.bands if isinstance(band, Band)]
    lows = [(_low(band), band.points) for band in bands if isinstance(band.points, Fraction)]
    if len(lows) < _THREE or len(lows) < len(bands):
        return True
    points = [p for _, p in sorted(lows, key=lambda pair: pair[0])]
    ups = {a < b for a, b in itertools.pairwise(points) if a != b}
    return len(ups) <= 1


def _low(band: Band) -> tuple[Fraction, bool]:
    """Return where a band begins; one without a beginning stands before all others."""
    return (band.low if isinstance(band.low, Fraction) else Fraction(-1)), not band.low_in


def _of_steps(context: Context, rule: Deduction | Bonus) -> Iterator[Said]:
    """Go through what is doubtful in steps: the wrong side of a target, a target out of reach."""
    tally = rule.tally
    if not isinstance(tally, (StepsBelow, StepsAbove)) or not isinstance(tally.target, Fraction):
        return
    measure = context.quantities.known(tally.measure)
    if measure is not None and measure.unit == "%" and isinstance(tally, StepsAbove):
        asked = any(
            goal.name == measure.label
            and goal.bounds.low == tally.target
            and goal.bounds.high is None
            for goal in context.goals[-RECENT:]
        )
        if asked and isinstance(rule, Deduction) and not says_amiss(measure.label):
            yield _REACHED  # 违法生育率3% is not to be reached
    if measure is not None and isinstance(rule, Deduction) and isinstance(tally, StepsBelow):
        spans = context.goal_spans[-RECENT:]
        sides = {
            goal.bounds.low is None
            for goal, span in zip(context.goals[-RECENT:], spans, strict=True)
            if goal.name == measure.label
            and goal.bounds.single
            and goal.target == tally.target
            and (span is None or goal.bounds.low is not None or goal.bounds.high_in)
        }  # 满意度低于90%的，每低1% says when it is lost
        if sides == {True}:
            yield _KEPT_BELOW  # 药占比≤30%, each 1 % lower


def _is_of_reached(context: Context, rule: Deduction) -> bool:
    """Whether a loss stands above what the clause asks to reach: 累计5天，超过1天扣2分."""
    match rule.tally:
        case Once(condition=Compare(measure=name, comparator=Comparator.MORE)):
            asked = range(max(0, len(context.goals) - RECENT), len(context.goals))
            return any(
                context.goals[index].bounds.high is None
                and context.goals[index].bounds.low is not None
                and context.goal_spans[index] is not None
                and context.goal_measure(index).code == name
                for index in asked
            )
        case _:
            return False
