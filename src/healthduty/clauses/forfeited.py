"""不得分: what takes all that is left, or is the last band of those that earn.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (forfeit).

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("未建立台账的不得分").rules[0].when.measure
'未建立台账'
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import assert_never

from healthduty.clauses import assumed
from healthduty.clauses.amounts import NO_POINTS, any_of_both
from healthduty.clauses.band_ends import beside_goal
from healthduty.clauses.banded import (
    add_band,
    band_from,
    build_graded,
    build_otherwise,
    join,
    join_nth,
    last_bands,
    no_points_held,
    nth_measure,
    under,
)
from healthduty.clauses.context import RECENT, Context, Draft
from healthduty.clauses.names.completing import says_only_undone
from healthduty.clauses.names.measured import (
    LISTED_BELOW,
    condition_of,
    held_measure,
    missed_goal,
    says_only_that,
    so_many,
    unmet,
)
from healthduty.clauses.occasions import (
    Else,
    Graded,
    Held,
    Many,
    Nothing,
    Nth,
    Ranked,
    Short,
    Single,
    Steps,
    Where,
)
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.phrases import words_of
from healthduty.rules.condition import AllOf, AnyOf, Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.points import FULL, Effect, Reach
from healthduty.rules.rule import Assumption, Band, Bands, CaseBand, Deduction, Forfeit
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow
from healthduty.said import Said

_NEITHER = frozenset({"无", "没有", "否", "无的", "没有的", "都没有", "均无", "都无"})
"""Words that say of what earned before it that it does not hold."""
_NOT = re.compile(r"(?:均|都|全部)?(?:未|没有?)(?:能)?(?P<what>[\u4e00-\u9fff]{1,8})")


def build_forfeit(context: Context, segment: Segment, occasion: Single) -> None:
    """未建立台账的不得分; 低于60%不得分; 缺两项不得分; 第二次不得分; 差不得分; 否则不得分."""
    match occasion:
        case Where():
            _where(context, segment, occasion)
        case Held():
            _held(context, segment, occasion)
        case Short():
            context.add([Forfeit(so_many(context, occasion))], segment)
        case Many() if context.pending and says_only_that(occasion.subject):
            fact = context.pending_words()  # 被查处的，凡出现一例，本项不得分
            context.use_pending()
            _where(context, segment, Where((fact,)))
        case Many():
            _many(context, segment, occasion)
        case Nth():
            if not join_nth(context, segment, Band(FULL, low=occasion.low)):
                measure = nth_measure(context, occasion)
                context.add([Forfeit(Compare(measure, ">=", occasion.low))], segment)
        case Graded():
            build_graded(context, segment, NO_POINTS, occasion, forfeit=True)
        case Else():
            _otherwise(context, segment)
        case Nothing() if context.vetoed == context.sentence:  # 一票否决，本项不得分
            context.add([Forfeit(context.vetoes[-1].when)], segment)
        case Steps() | Ranked() | Nothing():
            context.fault(
                segment,
                Said("no points for nothing that is named before it", "“不得分”前面没有写是什么事"),
            )
        case _:
            assert_never(occasion)


def _where(context: Context, segment: Segment, occasion: Where) -> None:
    """未建立台账的不得分; 未达到的不得分 after a goal."""
    if LISTED_BELOW.search(occasion.facts[0]):
        context.fault(
            segment, Said("the cases stand in a list behind the points", "情形列在分数之后")
        )
        return
    earning = _earning(context)
    flags = earning is not None and all(isinstance(band, CaseBand) for band in earning.bands)
    said = words_of(segment.occasion, context.plain)
    neither = occasion.facts[0] in _NEITHER or said in _NEITHER
    if flags and (neither or _denies_all(context, said)):
        _otherwise(context, segment)  # 有部署得2分，有总结得2分，无则不得分
        context.explain(segment, "where what earns does not hold")
        return
    missed = unmet(context, occasion)
    if missed is not None:
        _unmet(context, segment, *missed)
        return
    none = _none_done(context, said.rstrip("的者"))
    if none is not None:
        context.add([Forfeit(none, assumption=Assumption(assumed.NONE_DONE))], segment)
        context.explain(segment, "that nothing of it was done")
        return
    scope = Reach.SECTION if "大项" in words_of(segment.tokens, context.text) else Reach.PART
    rule = Forfeit(condition_of(context, occasion), scope=scope, assumption=any_of_both(occasion))
    context.add([rule], segment, occasion=occasion)


def _denies_all(context: Context, said: str) -> bool:
    """Whether 未获得 says that nothing of what earns holds: 获省级命名得5分，获市级命名得3分."""
    names: list[str] = []
    for draft in reversed(context.drafts[-RECENT:]):
        match draft.rule:
            case Bands(effect=Effect.EARN, bands=(CaseBand(when=Flag(measure=fact)),)):
                names.append(fact)
            case _:
                break
    denied = _NOT.fullmatch(said.rstrip("的者"))
    alike = itertools.takewhile(lambda each: len(set(each)) == 1, zip(*names, strict=False))
    verb = "".join(each[0] for each in alike)
    what = "" if denied is None else denied["what"].removeprefix(verb).removeprefix("得")
    led = denied is not None and denied["what"].startswith(verb)
    return len(names) > 1 and bool(verb) and led and all(what in name for name in names)


def _none_done(context: Context, said: str) -> AllOf | None:
    """Return 未开展 behind 培训2次，演练1次，少1次扣1分: neither of them was held at all."""
    last = context.last()
    if last is None or not says_only_undone(said):
        return None
    lacking = [
        draft.rule.tally.measure
        for draft in context.drafts[-RECENT:]
        if draft.occasion == last.occasion is not None
        and isinstance(draft.rule, Deduction)
        and isinstance(draft.rule.tally, Lacking)
    ]
    return AllOf(tuple(Compare(code, "<=", 0) for code in lacking)) if lacking[1:] else None


def _unmet(context: Context, segment: Segment, index: int, missed: Compare) -> None:
    """未达标不得分: the last band of bands that earn, what they give otherwise, or a forfeit."""
    context.explain(segment, "a target that is missed")
    before = _earning(context)
    beside = context.together(index)
    if before is None and len(beside) > 1 and _are_parts(context, beside):
        return  # 每项2分，不达标不得分: who misses one earns nothing for it
    if before is None and len(beside) > 1:  # A≤15%，B≤10%，超出不得分: either of them
        each = [compare for at in beside if (compare := missed_goal(context, at)) is not None]
        assumption = Assumption(assumed.ANY_MISSED)
        context.add([Forfeit(AnyOf(tuple(each)), assumption=assumption)], segment, beside)
    elif before is None:
        context.add([Forfeit(missed)], segment, [index])
    elif before.measure == missed.measure and beside[1:]:
        return  # A≥90%、B≥80%各得2分，达不到不得分: who misses one earns nothing for it
    elif before.measure == missed.measure:
        join(context, segment, before, band_from(missed, Fraction(0)))
    else:
        build_otherwise(context, segment, Fraction(0))


def _are_parts(context: Context, indices: list[int]) -> bool:
    """Whether each of several targets is a part by itself, of which nothing is said yet."""
    titles = [part.title for part in context.parts]
    return titles == [context.goals[index].name for index in indices] and not context.drafts


def _held(context: Context, segment: Segment, occasion: Held) -> None:
    """低于60%不得分: after bands a last one of 0, else a forfeit."""
    if no_points_held(context, segment, occasion):
        return
    measure = held_measure(context, occasion)
    single = beside_goal(context, measure, occasion.bounds).single
    several = _stepped_together(context, measure) if not occasion.subject else ()
    if several and single is not None:  # 甲率≥95%，乙率≥95%，每低1%扣1分，低于90%不得分
        when = AnyOf(tuple(Compare(each, single[0], single[1]) for each in several))
        context.add([Forfeit(when, assumption=Assumption(assumed.ANY_MISSED))], segment)
        return
    if single is None:
        context.fault(segment, Said("no points between two bounds", "两个界限之间不得分"))
        return
    before = last_bands(context, measure.code, Effect.LOSE)
    if before is not None:  # 80%-85%扣3分，80%以下不得分
        single = under(before, occasion.bounds).single or single
    context.add([Forfeit(Compare(measure, single[0], single[1]))], segment)


def _stepped_together(context: Context, measure: Measure) -> tuple[str, ...]:
    """Return the quantities that one step before is about, this one among them."""
    last = context.last()
    if last is None or last.sentence + 1 < context.sentence or context.parts:
        return ()
    near = [draft for draft in context.drafts[-RECENT:] if (draft.first, draft.end) == _span(last)]
    rules = [draft.rule for draft in near]
    steps = [rule.tally for rule in rules if isinstance(rule, Deduction)]
    kinds = {type(tally) for tally in steps}
    names = tuple(tally.measure for tally in steps if isinstance(tally, StepsBelow | StepsAbove))
    together = len(kinds) == 1 and 1 < len(names) == len(rules) and measure.code in names
    return names if together else ()


def _span(draft: Draft) -> tuple[int, int]:
    return draft.first, draft.end


def _many(context: Context, segment: Segment, occasion: Many) -> None:
    """发生2起以上不得分; 0次得0分 after bands over the number."""
    before = None if occasion.each else _earning(context)
    measure = None if before is None else context.quantities.known(before.measure)
    if measure is not None and measure.unit == occasion.unit:
        band = Band(0, low=occasion.step, high=occasion.step, high_in=True)
        add_band(context, segment, NO_POINTS, measure, band)
        return
    context.add([Forfeit(so_many(context, occasion))], segment)


def _otherwise(context: Context, segment: Segment) -> None:
    """否则不得分 after bands that earn."""
    if _earning(context) is None:
        context.fault(
            segment, Said("otherwise, without a case before it", "有“否则”而前面没有情形")
        )
    else:
        build_otherwise(context, segment, Fraction(0))


def _earning(context: Context) -> Bands | None:
    """Return the last rule where it is bands that earn."""
    last = context.last()
    if last is not None and isinstance(last.rule, Bands) and last.rule.effect is Effect.EARN:
        return last.rule
    return None
