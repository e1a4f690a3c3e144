"""What a rule means when all rules are known: what is said twice, and how far a range goes.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5, 9, 11.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("四次得4分，三次得3分").rules[0].assumption.text
'最高的次数也包括更多的次数'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.band_ends import said_outside
from healthduty.clauses.context import RECENT, Context, Fault
from healthduty.clauses.names.goal_names import is_place
from healthduty.clauses.text.lexicon import RATE_UNITS, TIMES, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.exact import one_unit
from healthduty.rules.condition import Comparator
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    AnyBand,
    Assumption,
    Band,
    Bands,
    Deduction,
    effect_of,
)
from healthduty.rules.tally import Lacking, StepsAbove, StepsBelow
from healthduty.rules.threshold import Threshold
from healthduty.said import Said

_UP_TO_NEXT = Assumption(assumed.UP_TO_NEXT)
_TOP = Assumption(assumed.AND_MORE)
_UNWANTED = re.compile(r"死亡|发病|发生|缺陷|感染|差错|投诉|纠纷|违规|不合格|缺|下降|减少")
_WANTED = re.compile(
    r"(?:办结|处理|处置|整改|回复|答复|控制|及时|合格|完成|救治|报告|讨论|上报|登记)率$"
)
"""Rates of what is done about it: 投诉办结率, 死亡病例讨论率."""
_ALL = 100  # per cent
_WHOLE = frozenset({MeasureKind.COUNT, MeasureKind.CASES})


def report_goals(context: Context) -> None:
    """Report a bare rate that does not say which way: 死亡率5.6‰ is no target by itself."""
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        if span is None or index in context.used_goals or not (goal.bare and goal.rate):
            continue
        if goal.bounds.low is None:  # 漏报率为0, 药占比30%
            continue
        wanted = _WANTED.search(goal.name) or not _UNWANTED.search(goal.name)
        if goal.bounds.unit == "%" and wanted:
            continue
        context.used_goals.add(index)
        message = Said(
            "a number that says neither that it is a least nor that it is a most",
            "没有说明是最低要求还是最高限度",
        )
        context.faults.append(
            Fault(
                "clause-unread",
                message,
                *span,
                hint=Said("不低于, or 不超过?", "是不低于，还是不超过？"),
            )
        )
        for at in range(*span):
            context.claims[at] = (Taken.UNREAD, "")


_TAKEN = re.compile(
    r"(?:抽[查取检样访问考看]|任查|调查|问卷|测评|提问|访谈|询问)$|(?<![其初高当年])中$"
)
_TAKEN_ALONE = re.compile(
    r"(?:随机|现场|实地|随意|任意)*(?:[调翻抽]阅|查[阅看验]|察看|选取|选择|选|挑选|考核|检查|核查|走访|访视|随访|家访|回访|座谈|访问)"
    r"(?:其|了|相关|不少于|近)?"
)
_HELD_TIMES = frozenset({"次", "场", "期", "回", "轮", "批", *RATE_UNITS, *TIMES})


def drop_samples(context: Context) -> None:
    """Take back what is only the size of a sample: 每村抽查7名儿童 or 调查不少于15名, and a rule.

    Where a rule counts what was sampled or a year's duty is named, it is something to reach.
    """
    if not context.drafts:
        return
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        if span is None or index in context.used_goals or goal.by_period:
            continue
        taken = _TAKEN.search(goal.name) or _TAKEN_ALONE.fullmatch(goal.name)
        if taken and goal.bounds.unit not in _HELD_TIMES:
            context.used_goals.add(index)
            for at in range(*span):
                context.claims[at] = (Taken.NUMBER, "the size of a sample")


_WHEN = re.compile(r"(?:的[\u4e00-\u9fff]{0,3}|者)$")


def tell_conditions(context: Context, tokens: Tokens) -> None:
    """Take back a bound that is only when something follows: 迟到30分钟以内的，扣发奖金.

    Nobody asks for what ends with 的 and a comma; with no rule about it, what follows is no points.
    """
    if context.asks:
        return
    for index, span in enumerate(context.goal_spans):
        if span is None or index in context.used_goals:
            continue
        ends = _WHEN.search(tokens[span[1] - 1].text)
        if ends and kind_at(tokens, span[1]) is Kind.COMMA:
            context.used_goals.add(index)
            message = Said(
                "a condition of what follows, and nothing to reach", "是后文的条件，不是目标"
            )
            context.faults.append(Fault("clause-doubt", message, *span))


_YEARS = frozenset({"年", "月", "个月"})
_LENGTH = re.compile(r"间隔|周期|[时期限]间?$|龄|时[长限]")


def _report_exempt(context: Context) -> None:
    """Report 开业未满1年的机构不作考核: it says who is exempt, and nothing to reach."""
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        single = goal.bounds.single
        strict = single is not None and single[0] is Comparator.LESS
        if span is None or index in context.used_goals or not strict:
            continue
        if goal.bounds.unit in _YEARS and not _LENGTH.search(goal.name):
            context.used_goals.add(index)
            message = Said(
                "so short a time is nothing to reach: who is exempt?",
                "年限不足不是目标：是否为免予考核的情形？",
            )
            context.faults.append(Fault("clause-unread", message, *span))
            for at in range(*span):
                context.claims[at] = (Taken.UNREAD, "")


def report_failed(context: Context) -> None:
    """Report 接通率低于90%，…的扣2分 where no rule is about the bound: it is nothing to reach.

    A strict bound before points that are lost, in their sentence, says when; not what is asked.
    """
    spans: dict[tuple[int, int], None] = {}
    _report_exempt(context)
    for index, (goal, span) in enumerate(zip(context.goals, context.goal_spans, strict=True)):
        single = goal.bounds.single
        if span is None or index in context.used_goals or single is None:
            continue
        if single[0] not in {Comparator.LESS, Comparator.MORE}:
            continue
        if _loses_behind(context, index, span) or _unread_behind(context, span):
            context.used_goals.add(index)
            spans[span] = None
    for span in spans:
        message = Said("a bound before points, and no rule is about it", "分数前面的界限没有用上")
        context.faults.append(Fault("clause-unread", message, *span))
        for at in range(*span):
            context.claims[at] = (Taken.UNREAD, "")


def _unread_behind(context: Context, span: tuple[int, int]) -> bool:
    """Whether what stands right behind a bound was not read: 死亡率超过20/10万，10‰的扣10分."""
    return any(
        fault.code == "clause-unread" and span[1] <= fault.first <= span[1] + 1
        for fault in context.faults[:RECENT]
    )


def _loses_behind(context: Context, index: int, span: tuple[int, int]) -> bool:
    """Whether the next rule behind a goal takes points, in the goal's sentence."""
    first = bisect_right(context.drafts, span[1], key=lambda draft: draft.end)
    draft = context.drafts[first] if first < len(context.drafts) else None
    return (
        draft is not None
        and draft.sentence == context.goal_sentences[index]
        and effect_of(draft.rule) is Effect.LOSE
    )


def report_conflicts(context: Context) -> None:
    """Report a part that earns its points from nothing, and loses points by steps as well.

    A达92%得12分；B每低1%扣1分 in an item of 20 points: what B loses would come off what A earned.
    """
    earned = {draft.part for draft in context.drafts if effect_of(draft.rule) is Effect.EARN}
    for draft in context.drafts:
        rule = draft.rule
        steps = rule.tally if isinstance(rule, Deduction) else None
        measure = steps.measure if isinstance(steps, StepsBelow | StepsAbove | Lacking) else None
        if measure is not None and draft.part in earned:
            message = Said(
                f"`{measure}` loses points where others are earned: of which points?",
                f"别处得分，`{measure}`却扣分：从哪里扣？",
            )
            context.faults.append(Fault("clause-points", message, draft.first, draft.end))


def close_bands(context: Context) -> None:
    """Say what belongs to a range where the text leaves it open: 9-11场, 85%-89% under 90%."""
    for draft in context.drafts:
        rule = draft.rule
        measure = context.quantities.known(rule.measure) if isinstance(rule, Bands) else None
        if isinstance(rule, Bands):
            rule = draft.rule = attrs.evolve(rule, bands=_narrow_first(rule.bands))
        if isinstance(rule, Bands) and measure is not None and not is_place(measure.label):
            free = _free_at(context, rule) if rule.effect is Effect.LOSE else frozenset()
            beyond = free | said_outside(context, rule)
            draft.rule = _closed(rule, beyond, whole=_is_whole(measure))


def _free_at(context: Context, rule: Bands) -> frozenset[Threshold | None]:
    """Return where nothing is lost: 20人 of 20人不扣分，10人-20人扣3分."""
    spared = zip(context.goals[-RECENT:], context.goal_spans[-RECENT:], strict=True)
    return frozenset(
        goal.bounds.low for goal, span in spared if span is None and goal.name == rule.measure
    )


def _is_whole(measure: Measure) -> bool:
    """Whether something is counted one by one; a score of 89.5 lies between 80—89 and 90."""
    return measure.kind in _WHOLE and measure.unit != "分"


def _narrow_first(bands: tuple[AnyBand, ...]) -> tuple[AnyBand, ...]:
    """Put a band before the one that holds it: 低于3%扣0.25分，低于2%扣0.5分.

    The first band that holds a value is the one that counts: behind a wider one, a narrower one
    would never be reached.
    """
    ordered: list[AnyBand] = []
    for band in bands:
        wider = (at for at, other in enumerate(ordered) if _lies_in(band, other))
        ordered.insert(next(wider, len(ordered)), band)
    return tuple(ordered)


def _lies_in(inner: AnyBand, outer: AnyBand) -> bool:
    """Whether all values of one open-ended band are in another that is open on the same side."""
    if not (isinstance(inner, Band) and isinstance(outer, Band)):
        return False
    match inner, outer:
        case Band(low=Fraction() as low, high=None), Band(low=Fraction() as other, high=None):
            return low > other
        case Band(low=None, high=Fraction() as high), Band(low=None, high=Fraction() as other):
            return high < other
        case _:
            return False


def _closed(rule: Bands, beyond: frozenset[Threshold | None], *, whole: bool) -> Bands:
    """Return bands with their ranges closed; over whole numbers each end belongs to its range.

    `beyond`: the upper ends that lie outside in any case.
    """
    if not whole:
        bands = tuple(_closed_rate(band, rule, beyond) for band in rule.bands)
        bands = tuple(_down_to(_opened_low(band, bands), bands) for band in bands)
        assumption: Assumption | None = _UP_TO_NEXT
    else:
        bands = tuple(_closed_count(band, rule.bands, beyond) for band in rule.bands)
        assumption = None
    if rule.effect is Effect.EARN and (opened := _open_top(bands, whole=whole)) is not None:
        bands, assumption = opened, _TOP
    return rule if bands == rule.bands else attrs.evolve(rule, bands=bands, assumption=assumption)


def _closed_count(
    band: AnyBand, bands: tuple[AnyBand, ...], beyond: frozenset[Threshold | None]
) -> AnyBand:
    """9-11场 holds both ends, unless another range begins where it ends, or nothing is lost."""
    ends = _ends(band)
    if ends is None or not isinstance(band, Band) or ends[0] == ends[1]:
        return band
    begins = ends[1] in beyond or any(
        isinstance(other, Band) and other.low == ends[1] and other.low_in
        for other in bands
        if other is not band
    )
    return band if begins else attrs.evolve(band, high_in=True)


def _closed_rate(band: AnyBand, rule: Bands, beyond: frozenset[Threshold | None]) -> AnyBand:
    """85%-89% under 90%: up to 90 %; who has all of it loses nothing."""
    ends, bands = _ends(band), rule.bands
    if ends is None or not isinstance(band, Band) or band.high_in:
        return band
    others = [other for other in bands if isinstance(other, Band) and other is not band]
    if any(other.low == ends[1] and not other.low_in for other in others):
        return attrs.evolve(band, high_in=True)  # 5%—10%2分，高于10%不得分
    lows = [other.low for other in bands if isinstance(other, Band)]
    of_all = ends[1] == _ALL and rule.effect is not Effect.LOSE
    if of_all and not any(other.low == _ALL or other.high is None for other in others):
        return attrs.evolve(band, high_in=True)  # nothing lies above 100 %
    if ends[1] in beyond:
        return band
    above = [low for low in lows if isinstance(low, Fraction) and low > ends[1]]
    begins = min(above, default=None)
    return attrs.evolve(band, high=begins) if _is_next(ends[1], begins) else band


def _is_next(number: Fraction, other: Fraction | None) -> bool:
    """Whether a number is the next one of as many decimals: 90 behind 89, 9.1 behind 9."""
    if other is None:
        return False
    return other - number == min(one_unit(number), one_unit(other))


def _opened_low(band: AnyBand, bands: tuple[AnyBand, ...]) -> AnyBand:
    """0.5‰至1‰ behind 0.5‰（含）以内: the shared boundary is the other band's."""
    if not isinstance(band, Band) or band.low is None or not band.low_in:
        return band
    taken = any(
        isinstance(other, Band) and other.low is None and other.high == band.low and other.high_in
        for other in bands
        if other is not band
    )
    if taken and band.high is not None:
        return attrs.evolve(band, low_in=False)
    others = [other for other in bands if isinstance(other, Band) and other is not band]
    below = [other.high for other in others if other.low is None and other.high_in]
    low = band.low if isinstance(band.low, Fraction) else None
    ends = [end for end in below if isinstance(end, Fraction) and _is_next(end, low)]
    begins = next(iter(ends), None)  # ≤8天，8.1—9天
    if begins is None or low is None:
        return band
    lows = [other.low for other in others if isinstance(other.low, Fraction)]
    if any(begins <= each <= low for each in lows):
        return band  # 提高1%得2分，提高0.5%得1分，未提高不得分: another begins between
    return attrs.evolve(band, low=begins, low_in=False)


def _down_to(band: AnyBand, bands: tuple[AnyBand, ...]) -> AnyBand:
    """低于90%但高于80%, 低于80%: nobody falls between, who has 80 % is in the upper band."""
    if not isinstance(band, Band) or band.low is None or band.low_in:
        return band
    others = [other for other in bands if isinstance(other, Band) and other is not band]
    left = any(o.low is None and o.high == band.low and not o.high_in for o in others)
    left = left and not any(o.low == band.low and o.low_in for o in others)  # 持平 has the 0
    return attrs.evolve(band, low_in=True) if left else band


def _ends(band: AnyBand) -> tuple[Fraction, Fraction] | None:
    """Return both ends of a band, None where they are not two numbers."""
    if isinstance(band, Band) and isinstance(band.low, Fraction):
        return (band.low, band.high) if isinstance(band.high, Fraction) else None
    return None


def _open_top(bands: tuple[AnyBand, ...], *, whole: bool) -> tuple[AnyBand, ...] | None:
    """四次得4分，三次得3分: who did five is not worse off; so for 50万元得5分，40—50万元得3分."""
    highs = [band.high for band in bands if isinstance(band, Band)]
    known = [high for high in highs if isinstance(high, Fraction)]
    if len(known) != len(bands) or not known:
        return None
    top = next((band for band in bands if isinstance(band, Band) and band.low == max(known)), None)
    if top is None or (not whole and all(_is_exact(band) for band in bands)):
        return None
    most = top.points
    if isinstance(most, Fraction) and any(
        not isinstance(band.points, Fraction) or band.points > most for band in bands
    ):
        return None  # 0-1起得5分，2起得3分: ten of them are not worth as much
    return tuple(attrs.evolve(band, high=None) if band is top else band for band in bands)


def _is_exact(band: AnyBand) -> bool:
    ends = _ends(band)
    return ends is not None and ends[0] == ends[1]
