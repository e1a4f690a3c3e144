"""Points for each of what the requirement's cell lists: 每项1分 beside 1.有制度；2.有台账.

The list is the numbered one, else what stands between semicolons, else between commas: that which
makes the item's points with so many for each. Each member becomes a part.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”.

>>> from healthduty.clauses.clause import read_clause
>>> reading = read_clause("每项1分", points=2, requirement="1.有制度；2.有台账")
>>> [(part.title, str(part.points)) for part in reading.parts]
[('有制度', '1'), ('有台账', '1')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.banded import band_of
from healthduty.clauses.context import MOST_IN_RULE, Context, Draft, Fault
from healthduty.clauses.names.looked_at import is_check
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens
from healthduty.clauses.text.pieces import Taken
from healthduty.model.indicator import Part
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    Band,
    Bands,
    CaseBand,
    Curve,
    Deduction,
    Forfeit,
    Knot,
    LevelBand,
    Rule,
    effect_of,
    rule_measures,
)
from healthduty.rules.tally import Cases
from healthduty.said import Said

EACH_ITEM = Said("points for each, and not said of how many", "写了每项的分值，没有写有几项")
"""What is wrong with 每项1分 where nothing lists the items."""

_MOST_OF_EACH = Said(
    "so many points for each that is looked at: that it loses no more is in no rule",
    "每一份的分值：每份最多扣这些分，没有读入规则",
)
_LOOKED_AT = re.compile(
    r"(?:抽[查取检样考]|调查|随访|走访|访谈|提问|查[看阅])(?P<size>\d{1,3})(?=[份人户名例张个])"
)
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s;；。,，、:：]))(?:\d{1,2}[.、．)）](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]"
    r"|[一二三四五六七八九十]{1,2}、)|[①-⑳]"
)
_TITLED = re.compile(r"^[^、，；,;]{1,20}?[（(]?\d{1,3}分[)）]?\s+")
_SEMICOLONS = re.compile(r"[;；。\n]")
_COMMAS = re.compile(r"[、,，]|(?<=[\u4e00-\u9fff])[和及](?=[\u4e00-\u9fff])")
_MARKS = " \t\n;；。,，、:："
_HEAD = re.compile(r"^[^:：,，、]{1,8}[:：](?=.)")
_NONE = frozenset("无")
_BARE = re.compile(r"[^无未不有没净洁齐好到善全成立定建设开展及时]{2,6}")
"""A thing of which nothing is said."""
_SHARED = re.compile(r"无|不|(?:干净|整洁|清洁|齐全|完好|完善|健全|规范|到位)")
_OF_EACH = frozenset({"项", "个", "条", "点", "类", "方面"})
_LONGEST = 120
_SEVERAL = 2
_SO_MANY = re.compile(r"^(?:共|合计|一共|总共|以上|上述)*\d{1,2}[项个条]")
_ONLY_MET = re.compile(
    r"(?:[各每]?项?(?:指标|目标|任务|要求|内容)的?)?(?:达标|达到|完成|实现|合格|符合|达到要求|符合要求)(?:指标|目标|任务|要求|标准)?的?|指标|目标|任务"
)
_ONLY_DONE = re.compile(
    r"(?:^|(?<=[项，]))(?:未|没有?|不)?"
    r"(?:完成|落实|做到|达标|达到要求|开展|符合要求|符合|实现|建立|建成|设[立置]|配备|执行|合格|到位)"
    r"(?:[无的]|的无)?$|^[有无]$"
)


def lists_in(requirement: str) -> Iterator[tuple[str, ...]]:
    """Go through the ways in which a requirement's cell may be a list, the surest first."""
    requirement = _TITLED.sub("", requirement)
    numbered = _NUMBERED.split(requirement)
    for parts in (numbered[1:], _SEMICOLONS.split(requirement), _COMMAS.split(requirement)):
        members = _members([part.strip(_MARKS) for part in parts if part.strip(_MARKS)])
        if len(members) >= _SEVERAL and all(len(member) <= _LONGEST for member in members):
            yield members


def _members(parts: list[str]) -> tuple[str, ...]:
    """Return the things that a list asks for: no way of checking, and each with what it shares.

    >>> _members(["地面:无纸屑", "烟蒂"]), _members(["窗台", "窗轨无灰尘", "查资料"])
    (('无纸屑', '无烟蒂'), ('窗台无灰尘', '窗轨无灰尘'))
    """
    members = [_HEAD.sub("", part) if not at else part for at, part in enumerate(parts)]
    members = [member for member in members if not is_check(member)]
    none = members[0][:1] if members and members[0][:1] in _NONE else ""
    for at in range(len(members) - 1, -1, -1):
        if _BARE.fullmatch(members[at]) is None:
            continue
        shared = _SHARED.search(members[at + 1]) if at + 1 < len(members) else None
        if none:
            members[at] = none + members[at]
        elif shared is not None:
            members[at] += members[at + 1][shared.start() :]
    return tuple(members)


def itemise(context: Context, tokens: Tokens, requirement: str | None) -> None:
    """Make parts of the requirement's list, where the clause only says what each is worth."""
    _settle_samples(context, tokens)
    found = _stated_each(context, tokens)
    if found is None or context.points is None:
        return
    points, first, end = found
    if _per_goal(context, points, first, end):
        return
    said = _SO_MANY.sub("", context.plain[: tokens[first].start]).strip(_MARKS)
    for members in lists_in(said or requirement or ""):
        if len(members) * points == context.points and len(members) <= MOST_IN_RULE:
            break
    else:
        return
    _clear(context, first, end)
    for number, member in enumerate(members, 1):
        fact = name_of(member) or member
        flag = Flag(context.quantities.measure(fact, MeasureKind.FLAG))
        band = CaseBand(flag, points)
        context.parts.append(Part(str(number), fact, points=points))
        rule = Bands(flag.measure, Effect.EARN, (band,))
        context.drafts.append(Draft(rule, first, end, 0, part=number))
    for at in range(1, len(tokens)):
        so_many = tokens[at - 1].value == len(members) and tokens[at].text in _OF_EACH
        if so_many and tokens[at].kind is Kind.UNIT:  # 共4项
            context.claims[at - 1] = (Taken.NUMBER, "how many are listed")


def _settle_samples(context: Context, tokens: Tokens) -> None:
    """Take 抽查10份，每份0.3分 before what is lost for the most that each of them can lose.

    It makes the item's points, which are lost by the rules; that none loses more is told.
    """
    sizes = {int(found["size"]) for found in _LOOKED_AT.finditer(context.plain)}
    lost = [draft for draft in context.drafts if effect_of(draft.rule) is Effect.LOSE]
    if not sizes or not lost or len(lost) < len(context.drafts):
        return
    for at, fault in enumerate(context.faults):
        each = tokens[fault.end - 2].value if fault.message == EACH_ITEM else None
        if each is not None and context.points in {size * each for size in sizes}:
            context.faults[at] = Fault("clause-doubt", _MOST_OF_EACH, fault.first, fault.end)


def _clear(context: Context, first: int, end: int) -> None:
    """Take back what was made of 每项1分 before the list was known, and claim its tokens."""
    spans = [(first, end)]
    for draft in (each for each in context.drafts if not _is_of_all(each)):
        for code in list(rule_measures(draft.rule)):
            context.quantities.forget(code)
        spans.append((draft.first, draft.end))
    context.drafts[:] = filter(_is_of_all, context.drafts)
    context.faults = [fault for fault in context.faults if fault.message != EACH_ITEM]
    for at in (at for span in spans for at in range(*span)):
        context.claims[at] = (Taken.RULE, "for each of the requirement's list")


def _per_goal(context: Context, points: Fraction, first: int, end: int) -> bool:
    """Make a band of each target, where the points come to the item's: 每项达标得1分."""
    goals = [index for index in range(len(context.goals)) if index not in context.used_goals]
    bounds = [context.goals[index].bounds for index in goals]
    whole = len(goals) * points == context.points and all(each.single for each in bounds)
    if not whole or len(goals) < _SEVERAL:
        return False
    _clear(context, first, end)
    for index in goals:
        band = band_of(context.goals[index].bounds, points)
        rule = Bands(context.goal_measure(index), Effect.EARN, (band,))
        context.drafts.append(Draft(rule, first, end, 0))
        context.used_goals.add(index)
    return True


def _for_each(context: Context, rule: Curve | Bands) -> Fraction | None:
    """Return the points for one of what a rule counts, where that is only 项."""
    measure = context.quantities.known(rule.measure)
    if measure is None or measure.unit not in _OF_EACH:
        return None
    named = measure.label in {context.topic, "项数"} or _ONLY_MET.fullmatch(measure.label)
    match rule:
        case Curve(knots=(*_, Knot(at=Fraction() as at, points=Fraction() as points))) if named:
            return points / at if at else None
        case Bands(bands=(Band(low=1, high=1 | None, points=Fraction() as points),)) if named:
            return points if rule.effect is Effect.EARN else None  # 完成1项得1分
        case _:
            return None


def _is_of_all(draft: Draft) -> bool:
    """Whether a fault of its own takes all of the item: 每项1分，弄虚作假的本项不得分."""
    return draft.whole and isinstance(draft.rule, Forfeit) and not _says_only_done(draft.rule)


def _says_only_done(rule: Rule, points: Fraction | None = None) -> bool:
    """Whether a rule says of no thing that it is done or not: 每项1分，完成得分，未完成不得分."""
    match rule:
        case Deduction(tally=Cases(measure=name)) if rule.points == points:
            return _ONLY_DONE.search(name) is not None  # 每项1分，一项未实现扣1分
        case Forfeit(when=Flag(measure=name)):
            return _ONLY_DONE.search(name) is not None
        case Bands(bands=(CaseBand(when=Flag(measure=name)),), effect=Effect.EARN):
            return _ONLY_DONE.search(name) is not None
        case Bands(bands=bands, effect=Effect.EARN):
            levels = [
                level for band in bands if isinstance(band, LevelBand) for level in band.levels
            ]
            return bool(levels) and all(map(_ONLY_DONE.fullmatch, levels))
        case _:
            return False


def _stated_each(context: Context, tokens: Tokens) -> tuple[Fraction, int, int] | None:
    """Return what each of a list is worth, where the clause says nothing else; and its tokens."""
    if context.parts or context.vetoes:
        return None
    told = [fault for fault in context.faults if fault.message == EACH_ITEM]
    each = tokens[told[0].end - 2].value if len(told) == 1 else None
    others = [d for d in context.drafts if not (_says_only_done(d.rule, each) or _is_of_all(d))]
    match others:
        case []:
            if each is None or tokens[told[0].end - 1].kind is not Kind.POINTS:
                return None
            return each, told[0].first, told[0].end
        case [Draft(rule=Curve(effect=Effect.EARN) | Bands() as rule, first=first, end=end)]:
            points = _for_each(context, rule)
            return None if points is None else (points, first, end)
        case _:
            return None
