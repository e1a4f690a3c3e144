"""An item that starts full: the points that stand before what is lost of them.

达到95%得5分，每低1%扣0.5分 and 记3分，缺一项扣1分 say the same points twice, as what is earned
and as what is lost: the loss says it all, from full points on. Only where a thing has to be there
at all (有登记表得3分，漏登1例扣1分) is it earned first: who has none has nothing to lose.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 5 (from what to what).

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("按要求报送记3分，迟报一次扣1分")
>>> str(reading.points), [type(rule).__name__ for rule in reading.rules]
('3', ['Deduction'])
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

from healthduty.clauses.asked_with import lost_without
from healthduty.clauses.context import RECENT, Context, Draft, Fault
from healthduty.clauses.full_and_lost import LEFT_OPEN, leaves_open, loses_otherwise, up_to_goal
from healthduty.clauses.occasions import Occasion, Short, Where
from healthduty.rules.condition import AllOf, Flag, condition_measures
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import FULL, Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Judgement,
    Rule,
    effect_of,
    rule_measures,
)
from healthduty.rules.tally import Cases, Lacking, Once, StepsAbove, StepsBelow
from healthduty.said import Said

_ALL = 100  # per cent
_ONE_LACKS = re.compile(r"(?:[两二三四]者|以上|上述)?(?:任)?[缺少]其?[一1]项?")
_SEVERAL = 2
_NOUN = 2  # so many characters end the name of a thing
_DENIES = re.compile(r"未|无|没|缺")
_THING = re.compile(
    r"(?:[^,，、]{0,12}?(?<![所没])有|已?(?:建立|制定|设立|设置|成立|配备))了?[^,，、且并]{2,}"
    r"|有[^,，、]{0,12}[,，]并[^,，、]{2,8}"
)
_AND_GOOD = re.compile(
    r"(?:[,，](?:且|并且?)?|且|并且?)(?:内容|填写|记录|登记|信息|项目|资料)?[^,，、]{0,2}(?:完整|规范|齐全|及时|准确|清[楚晰])$"
)
"""That what is there is good as well: 有登记表且填写完整."""
_STEM = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})[率度]$")
_NOT = frozenset("不未没无")
_BY_CASES = Said(
    "the rate and each case of what it lacks: from all points, or below the goal alone?",
    "既按比率得分，又按不达标的个数扣分：从满分扣，还是低于目标才扣？",
)
_HONOUR = re.compile(r"(?:受|获|被|荣).{0,12}(?:表扬|表彰|嘉奖|奖励|先进|荣誉|优秀)")
_AT_FIRST = Said(
    "all points are there at first, and only what is listed is lost", "先得满分，只扣所列的情形"
)
_QUALITY = re.compile(r"齐全|完整|健全|规范|完善|明确|到位|及时|准确|一致|清[楚晰]")


def drop_full(context: Context) -> None:
    """Leave out 达到95%得满分 before 每低1%扣0.5分: the deduction says it all, from full points on.

    Where nothing else says how many these are, the points that are left out do: 记3分，缺一项扣1分.
    """
    stepped = {
        rule.tally.measure
        for draft in context.drafts
        for rule in [draft.rule]
        if isinstance(rule, Deduction) and isinstance(rule.tally, (StepsBelow, StepsAbove, Lacking))
    }
    _drop_each_part(context)
    _drop_repeated(context)
    _drop_before_shortfall(context)
    earning = sum(effect_of(draft.rule) is Effect.EARN for draft in context.drafts)
    _drop_lost_else(context, alone=earning == 1)
    _drop_full_rate(context, alone=earning == 1)
    _drop_second_line(context)
    stepped |= {draft.rule.measure for draft in context.drafts if isinstance(draft.rule, Curve)}
    kept: list[Draft] = []
    for index, draft in enumerate(context.drafts):
        later = [d for d in context.drafts[index + 1 : index + 3] if d.part == draft.part]
        alone = earning == 1
        whole = _is_all(context, draft, alone=alone)
        stepped_on = whole and _measure_of(draft.rule) in stepped
        if stepped_on or _said_again(draft, later, alone=alone, whole=whole):
            _state(context, draft)
            if not stepped_on:
                _say_full(context, draft, later)
            rest = lost_without(draft.rule, stepped)
            if rest is not None:
                draft.rule = rest
                kept.append(draft)
        else:
            kept.append(draft)
    context.drafts = kept


def _say_full(context: Context, draft: Draft, later: list[Draft]) -> None:
    """Say of a fact that is left out that all points are there at first: 认真得3分，缺席扣1分."""
    fact = _full_fact(draft.rule, whole=True)
    if fact is not None and not any(_loses(each.rule, fact) for each in later):
        fault = Fault("clause-assumed", _AT_FIRST, draft.first, draft.end)
        context.faults.append(fault)


def _drop_repeated(context: Context) -> None:
    """Leave out 缺一项扣2分 behind 有方案得2分，有总结得2分: what lacks is not earned."""
    for at, draft in enumerate(context.drafts[1:], 1):
        rule, occasion = draft.rule, draft.occasion
        if not isinstance(rule, Deduction) or not _says_only_lack(occasion):
            continue
        before = [
            each.rule
            for each in context.drafts[max(0, at - RECENT) : at]
            if each.part == draft.part and each.sentence == draft.sentence
        ]
        bands = [each for each in before if isinstance(each, Bands) and each.effect is Effect.EARN]
        cases = isinstance(rule.tally, Cases | Once)
        if len(bands) < _SEVERAL or len(bands) < len(before) or not cases:
            continue
        if all(band.points == rule.points for each in bands for band in each.bands):
            context.drafts.remove(draft)
            for measure in rule_measures(rule):
                context.quantities.forget(measure)
            return
        message = Said(
            "what lacks is not earned: is it lost as well?", "缺的一项本来不得分：还要再扣吗？"
        )
        context.faults.append(Fault("clause-doubt", message, draft.first, draft.end))


def _says_only_lack(occasion: Occasion | None) -> bool:
    """Whether words say that one of what was named lacks, and not what: 缺一项, 两者缺一."""
    match occasion:
        case Short(subject=subject):
            return not subject
        case Where(facts=(fact,)):
            return _ONE_LACKS.fullmatch(fact) is not None
        case _:
            return False


def _drop_before_shortfall(context: Context) -> None:
    """Leave out 满意率≥90%得5分 of 5 points before 1人不满意扣0.5分, which is a doubt.

    Who is not satisfied is what the rate falls short by: all points cannot be lost for it, and
    then some of them once more.
    """
    for draft, other in itertools.pairwise(list(context.drafts)):
        if draft.part == other.part and _is_short_by(draft, other):
            if _is_all(context, draft, alone=False):
                context.drafts.remove(draft)
                _state(context, draft)
            context.faults.append(Fault("clause-doubt", _BY_CASES, other.first, other.end))


def _is_short_by(draft: Draft, other: Draft) -> bool:
    """Whether each case that costs points is one that a rate lacks: 知晓率, and 知晓缺少."""
    band = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    if not (_is_one_band(draft.rule) and isinstance(band, Band)) or band.low == _ALL:
        return False
    cases = other.rule.tally if isinstance(other.rule, Deduction) else None
    stem = _STEM.search(_measure_of(draft.rule))
    if not isinstance(cases, Cases) or stem is None:
        return False
    before, said, _ = cases.measure.partition(stem["what"])
    bare = _takes_lack(other.rule) and not cases.by
    return bool(said) and (before[-1:] in _NOT or bare)


def _drop_second_line(context: Context) -> None:
    """Leave out a line that a formula says again: 低于60%按比例得分（使用率/60%×3分）."""
    lines = [draft for draft in context.drafts if isinstance(draft.rule, Curve)]
    for before, draft in itertools.pairwise(lines):
        if before.part != draft.part or not _ends_alike(before.rule, draft.rule):
            continue
        if _pays_alike(context, before.rule, draft.rule):
            context.drafts.remove(draft)
        else:
            message = Said("a second line of one quantity", "同一数据项有两种比例算法")
            context.faults.append(Fault("clause-doubt", message, draft.first, draft.end))


def _ends_alike(rule: Rule, other: Rule) -> bool:
    """Whether two lines are of one quantity and end at one value."""
    lines = [each for each in (rule, other) if isinstance(each, Curve)]
    ends = {(each.measure, each.effect, str(each.knots[-1].at)) for each in lines}
    return len(lines) == _SEVERAL and len(ends) == 1


def _pays_alike(context: Context, rule: Rule, other: Rule) -> bool:
    """Whether two lines end with one number of points."""
    worth = FULL if context.points is None else context.points
    lines = [each for each in (rule, other) if isinstance(each, Curve)]
    ends = [each.knots[-1].points for each in lines]
    return len({worth if points == FULL else points for points in ends}) == 1


def _drop_each_part(context: Context) -> None:
    """Read 缺一项扣1分 behind 建立制度（1分），按制度考核（1分）: what lacks earns nothing.

    Where the parts are worth something else, it is doubted which of them loses so much.
    """
    draft, parts = context.last(), context.parts
    rule, occasion = (draft.rule, draft.occasion) if draft is not None else (None, None)
    if draft is None or not isinstance(rule, Deduction) or not isinstance(rule.tally, Cases):
        return
    bare = isinstance(occasion, Short) and not occasion.subject and draft.part == len(parts)
    bare = bare and bool(context.part_spans)  # parts that the text names, and no lines of it
    if len(parts) < _SEVERAL or not bare:
        return
    if any(part.points != rule.points for part in parts):
        message = Said("of which part, or of each that lacks?", "是缺哪一项，还是每缺一项都扣？")
        context.faults.append(Fault("clause-doubt", message, draft.first, draft.end))
        return
    taken = {other.part for other in context.drafts if other is not draft}
    context.quantities.forget(rule.tally.measure)
    context.drafts.remove(draft)
    for number, part in enumerate(parts, 1):
        if number not in taken:
            flag = Flag(context.quantities.measure(part.title, MeasureKind.FLAG))
            earned = Bands(flag.measure, Effect.EARN, (CaseBand(flag, rule.points),))
            made = Draft(earned, draft.first, draft.end, draft.sentence, part=number)
            context.drafts.append(made)


def _state(context: Context, draft: Draft) -> None:
    """Take the points of a rule that is left out for the item's, where these are not known."""
    rule = draft.rule
    points = rule.bands[0].points if isinstance(rule, Bands) else None
    if context.points is None and context.stated is None and not draft.part:
        context.stated = points if isinstance(points, Fraction) else None


def _drop_lost_else(context: Context, *, alone: bool) -> None:
    """Leave out ≤3%得满分 before 3%—5%扣2分，5%以上不得分: other values lose of all points."""
    for at, draft in enumerate(list(context.drafts)):
        if not (_is_one_band(draft.rule) and _is_all(context, draft, alone=alone)):
            continue
        near = context.drafts[max(0, at - RECENT) : at + RECENT]
        if loses_otherwise(draft, near):
            context.drafts.remove(draft)
            _state(context, draft)
            up_to_goal(draft, near)
            if leaves_open(draft, near):
                context.faults.append(Fault("clause-doubt", LEFT_OPEN, draft.first, draft.end))


def _drop_full_rate(context: Context, *, alone: bool) -> None:
    """100%得满分，每出现一份不合规扣1分: the item starts full, and loses by the case."""
    loses = any(isinstance(draft.rule, Deduction) for draft in context.drafts)
    if not (alone and loses):
        return
    for draft in [d for d in context.drafts if _is_one_band(d.rule) and _is_whole(context, d)]:
        context.drafts.remove(draft)
        _state(context, draft)
        if any(_measure_of(draft.rule) in rule_measures(d.rule) for d in context.drafts):
            continue
        if any(_costs_of(draft, other) for other in context.drafts):
            context.faults.append(Fault("clause-assumed", _AT_FIRST, draft.first, draft.end))
            continue
        message = Said("what falling short of it costs is not said", "未写明达不到时如何扣分")
        context.faults.append(Fault("clause-doubt", message, draft.first, draft.end))


def _costs_of(draft: Draft, other: Draft) -> bool:
    """Whether each case right behind all of a rate costs points: 100%得15分，出现一例扣5分."""
    cases = isinstance(other.rule, Deduction) and isinstance(other.rule.tally, Cases)
    return cases and other.sentence == draft.sentence and other.first >= draft.end


def _is_whole(context: Context, draft: Draft) -> bool:
    """Whether a band earns all points, in words or for all of a rate: 完好率100%得2分 of 2."""
    band = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    all_of_it = isinstance(band, Band) and band.low == _ALL and not draft.part
    return draft.full or (all_of_it and _is_all(context, draft, alone=True))


def _is_one_band(rule: Rule) -> bool:
    """Whether a rule is bands of a single one, over a number."""
    bands = rule.bands if isinstance(rule, Bands) else ()
    alone = isinstance(rule, Bands) and rule.otherwise is None
    return alone and len(bands) == 1 and isinstance(bands[0], Band)


def _measure_of(rule: Rule) -> str:
    return rule.measure if isinstance(rule, Bands) else ""


def _is_all(context: Context, draft: Draft, *, alone: bool) -> bool:
    """Whether a single band earns all points: 得满分, or the item's number (达到95%得5分).

    Where that is not known, the only points that are earned are all; of several none is.
    """
    if draft.full:
        return True
    rule = draft.rule
    if not isinstance(rule, Bands) or rule.effect is not Effect.EARN or len(rule.bands) > 1:
        return False
    points = rule.bands[0].points
    worth = context.points if context.points is not None else context.stated
    if draft.part and len(context.parts) >= draft.part:
        worth = context.parts[draft.part - 1].points  # 建档率（4分）：达到85%得4分，每低1%扣0.2分
    return points == worth or (worth is None and alone and isinstance(points, Fraction))


def _said_again(draft: Draft, later: list[Draft], *, alone: bool, whole: bool) -> bool:
    """按时上报得满分，未按时上报不得分: what follows says what is lost without it.

    `alone`: nothing else earns, so that 符合要求得满分，每项不符合扣1分 starts full; `whole`: these
    are all points of the item, in words or as a number.
    """
    fact = _full_fact(draft.rule, whole=whole)
    if fact is None:
        return alone and whole and any(_lacks_of_all(draft.rule, other.rule) for other in later)
    loses = any(_takes(other.rule) for other in later)
    if loses and earned_first(draft, later):
        return False
    return (alone and loses) or any(_loses(other.rule, fact) for other in later)


def _takes(rule: Rule) -> bool:
    """Whether a rule takes points, so many or as an assessor says."""
    graded = isinstance(rule, Judgement | Bands) and rule.effect is Effect.LOSE
    return isinstance(rule, Deduction) or graded


def _lacks_of_all(earned: Rule, rule: Rule) -> bool:
    """Whether each that lacks to 100 % loses points: 随访率100%得3分，每少1人扣0.5分."""
    band = earned.bands[0] if isinstance(earned, Bands) and _is_one_band(earned) else None
    return isinstance(band, Band) and band.low == _ALL and _takes_lack(rule)


def earns_apart(context: Context, draft: Draft, later: list[Draft]) -> bool:
    """Whether a goal is earned by itself, since no loss is of it: 率≥90%得5分，漏报一例扣1分.

    All of a rate, of which each case takes, starts full: that is said.
    """
    band = draft.rule.bands[0] if isinstance(draft.rule, Bands) else None
    name = _measure_of(draft.rule)
    of_it = any(name in rule_measures(other.rule) or _takes_lack(other.rule) for other in later)
    if not isinstance(band, Band) or of_it:
        return False
    if band.low == _ALL:
        context.faults.append(Fault("clause-assumed", _AT_FIRST, draft.first, draft.end))
    return band.low != _ALL


def _takes_lack(rule: Rule) -> bool:
    """Whether a rule takes for what is lacking."""
    cases = rule.tally if isinstance(rule, Deduction) and isinstance(rule.tally, Cases) else None
    return cases is not None and (cases.measure.startswith("缺") or cases.measure.endswith("缺少"))


def earned_first(draft: Draft, later: list[Draft]) -> bool:
    """Whether what is lost is of a thing that has to be there: 有登记表得3分，漏登1例扣1分.

    An honour is earned first too: 受表扬得2分，受批评扣1分.
    """
    fact = _full_fact(draft.rule, whole=True)
    if fact is None:
        return False
    of_it = _is_there(fact) and all(_is_of_it(draft, each) for each in later)
    return of_it or _HONOUR.search(fact) is not None


def _is_there(fact: str) -> bool:
    """Whether a fact is that some one thing is there: 有登记表, 建立台账; not 台账完整."""
    thing = _AND_GOOD.sub("", fact)
    return _THING.fullmatch(thing) is not None and _QUALITY.search(thing) is None


def _is_of_it(draft: Draft, other: Draft) -> bool:
    """Whether a loss is for what is amiss in a thing; 缺一项 and 扣 of all say that it lacks."""
    rule, earned = other.rule, draft.rule
    if isinstance(rule, Judgement) and isinstance(earned, Bands) and _takes(rule):
        return not _lacks(rule.code, _AND_GOOD.sub("", earned.measure)[-_NOUN:])
    if not isinstance(rule, Deduction) or not isinstance(earned, Bands):
        return False
    least, points = rule.points, earned.bands[0].points
    part = isinstance(least, Fraction) and (
        points == FULL or (isinstance(points, Fraction) and least < points)
    )
    thing = _AND_GOOD.sub("", earned.measure)[-_NOUN:]
    match rule.tally:
        case Cases(measure=name):
            return part and not (name.endswith("缺少") or _lacks(name, thing))
        case Once(condition=Flag(measure=name)):
            return part and not (name.startswith(("无", "没有", "未")) or _lacks(name, thing))
        case _:
            return False


def _lacks(name: str, thing: str) -> bool:
    """Whether a fault says that the thing itself is not there: 1个村未落实措施 of 有措施."""
    denied = _DENIES.search(name)
    return denied is not None and thing in name[denied.end() :]


def _loses(rule: Rule, fact: str) -> bool:
    """Whether a rule takes points where a fact does not hold."""
    match rule:
        case Forfeit(when=Flag(measure=lost)):
            negated = lost[:1] in "未不没"
            return negated and lost.lstrip("未不没有").endswith(fact.lstrip("有"))
        case Deduction(tally=Cases(measure=cases)):
            name = cases.removesuffix("缺少")
            return len(name) > 1 and name in fact
        case _:
            return False


def _full_fact(rule: Rule, *, whole: bool) -> str | None:
    """Return the fact that earns all points, where a rule is that."""
    if not isinstance(rule, Bands) or len(rule.bands) != 1 or rule.otherwise is not None:
        return None
    band = rule.bands[0]
    full = isinstance(band, CaseBand) and (whole or band.points == FULL)
    if isinstance(band, CaseBand) and full and isinstance(band.when, Flag | AllOf):
        return "，".join(condition_measures(band.when))
    return None
