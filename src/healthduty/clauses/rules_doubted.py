"""Rules that fit the words and hardly can be meant: points that pass the item, bands that cross.

Source: semantics 5 (from what to what), 9 (bands), 11.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("迟报每次扣5分", points=2)
>>> [finding.code for finding in reading.findings]
['clause-doubt']
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.exact_rates import doubt_room
from healthduty.clauses.exclusive import report_passing
from healthduty.clauses.occasions import Short, Where
from healthduty.exact import show
from healthduty.rules.condition import Flag
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    Bonus,
    Curve,
    Deduction,
    Group,
    Judgement,
    Rule,
    effect_of,
)
from healthduty.rules.tally import Cases, Once, StepsAbove, StepsBelow
from healthduty.said import Said

_ALL = 100  # per cent
_TWO = 2
_THREE = 3


def doubts_in_rules(context: Context) -> Iterator[Fault]:
    """Go through the drafts whose rule says what hardly anybody would write."""
    yield from _of_parts(context)
    yield from _of_pairs(context)
    yield from report_passing(context)
    yield from doubt_room(context)
    added = all(effect_of(draft.rule) is Effect.ADD for draft in context.drafts)
    seen: set[tuple[Effect, str]] = set()
    for draft in context.drafts:
        for message in (*_messages(context, draft), *(_added(context, draft) if added else ())):
            yield Fault("clause-doubt", message, draft.first, draft.end)
        name = _of_one(draft.rule)
        if name and (effect_of(draft.rule), name) in seen:
            message = Said(
                f"`{name}` a second time: is it the same thing?",
                f"`{name}`出现两次：是否同一事项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)
        seen.add((effect_of(draft.rule), name))


def _of_parts(context: Context) -> Iterator[Fault]:
    """Go through what is doubtful in parts: their sum, one alone, several that nothing earns."""
    if not context.parts or not context.part_spans:
        return
    worth = context.points if context.points is not None else context.stated
    made = sum((part.points or 0 for part in context.parts), start=Fraction(0))
    first, end = context.part_spans[0][0], context.part_spans[-1][1]
    if worth is not None and made != worth:
        message = Said(
            f"parts of {show(made)} points in all, in an item of {show(worth)}",
            f"各部分合计{show(made)}分，本项{show(worth)}分",
        )
        yield Fault("clause-doubt", message, first, end)
    for draft in context.drafts:
        if _is_about_all(context, draft):
            message = Said("behind several parts: of which?", "前面有几部分：是指哪一部分？")
            yield Fault("clause-doubt", message, draft.first, draft.end)
    ruled = any(draft.part for draft in context.drafts)
    if not ruled and (worth is None or len(context.parts) == 1):
        message = Said("points of a part, and no rule for them", "写了分值，没有写如何得分、扣分")
        yield Fault("clause-doubt", message, first, end)


def _is_about_all(context: Context, draft: Draft) -> bool:
    """Whether 缺一项扣2分 stands behind a list of parts, and names none of them."""
    if draft.part < _TWO:
        return False
    (_, _, before), (_, end, sentence) = context.part_spans[draft.part - 2 : draft.part]
    unnamed = isinstance(draft.occasion, Short) and not draft.occasion.subject
    unnamed = unnamed or draft.occasion in {Where(("缺一",)), Where(("缺一不可",))}
    return unnamed and before == sentence == draft.sentence and end <= draft.first


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


def _of_one(rule: Rule) -> str:
    """Return the fact or the case that a rule is about, nothing for one about a quantity."""
    match rule:
        case Judgement():
            return rule.code
        case Deduction(tally=Cases(measure=measure)) | Bonus(tally=Cases(measure=measure)):
            return measure
        case Deduction(tally=Once(condition=Flag(measure=measure))):
            return measure
        case _:
            return ""


def _messages(context: Context, draft: Draft) -> Iterator[Said]:
    """Go through what is doubtful in one rule."""
    rule = draft.rule
    worth = context.parts[draft.part - 1].points if draft.part else context.points
    if worth is not None and effect_of(rule) is not Effect.ADD:
        most = max((p for p in _points(rule) if isinstance(p, Fraction)), default=None)
        if most is not None and most > worth > 0:  # an item of 0 points can only lose
            yield Said("more points than the item has", "分值超过本项总分")
    if isinstance(rule, Bands) and _loses_at_nothing(rule):
        message = "points lost at 0, too: the lowest band has no lower end"
        yield Said(message, "最低一档没有下限：为0时也扣分")
    if isinstance(rule, Bands) and not _in_order(rule):
        yield Said("bands whose points go up and down", "各档分值高低不一致")
    if isinstance(rule, (Deduction, Bonus)):
        yield from _of_steps(context, rule)
        yield from _of_times(rule)


def _of_times(rule: Deduction | Bonus) -> Iterator[Said]:
    """Doubt what multiplies: all cases or some (漏登1例扣1分，是孕妇的加倍); both events or one.

    省级加3分，市级减半: whoever has 市级 alone gets nothing.
    """
    flags = [times for times in rule.times if isinstance(times.when, Flag)]
    if flags and isinstance(rule.tally, Cases):
        yield Said("all cases, or only those of this kind?", "是全部加倍，还是只对这类加倍？")
    elif flags and isinstance(rule.tally, Once):
        yield Said("where both hold, or by itself?", "两者都成立时才加倍，还是单独也算？")


def _added(context: Context, draft: Draft) -> Iterator[Said]:
    """Doubt points that are added where nothing is earned, as many as the item has."""
    if context.points and not draft.part and context.points in _points(draft.rule):
        message = "added points that make all of the item's: earned, or on top?"
        yield Said(message, "加分正好是本项分值：是得分，还是额外加分？")


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


def _low(band: Band) -> Fraction:
    """Return where a band begins; one without a beginning stands before all others."""
    return band.low if isinstance(band.low, Fraction) else Fraction(-1)


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
            for goal in context.goals[-_RECENT:]
        )
        if asked and isinstance(rule, Deduction):
            yield Said(
                "points lost above a number that has to be reached", "要求达到的数，超过反而扣分"
            )


_RECENT = 40
