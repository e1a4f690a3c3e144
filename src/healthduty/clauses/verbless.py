"""Points without a verb behind something that is wrong: 缺主诉4分；无签名2分, 记录不全 -1.

Beside a fault points are lost, though no 扣 stands there; 无差错5分 earns, because what is not
there is wrong. Where some of a list are faults and some are not, it is doubted.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> rule = read_clause("缺主诉4分；无签名2分", points=10).rules[0]
>>> type(rule).__name__, rule.tally.condition.measure
('Deduction', '缺主诉')
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from fractions import Fraction

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.actions import Action, Done
from healthduty.clauses.building import build
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.facts import BEGINS_FACT, SAYS_WRONG
from healthduty.clauses.names.as_before import led_as_before
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import UNNAMED, Many, Occasion, Short, counted_in
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import COUNTED, LEVELS, LEVELS_FAILED, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.text.tokens import Token
from healthduty.rules.condition import Flag
from healthduty.rules.measure import MeasureKind
from healthduty.rules.points import Effect
from healthduty.rules.rule import (
    Assumption,
    Bands,
    Deduction,
    LevelBand,
    effect_of,
    rule_measures,
)
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

IS_LOST = Said("points for something wrong: lost?", "写的是差错：是扣分吗？")
"""What is doubted where a fault stands among what earns."""

_OF_RATE = re.compile(r"(?:率|比例|占比|比重)(?:为|是|达到?|控制在|等于)?$")
_LOST = Assumption(assumed.LOST)
_AMISS = (
    r"事故|差错|投诉|纠纷|违|案件|[乙丙]级|感染|死亡|缺陷|不良|浪费|过期|超|隐患|问题|漏|(?<!优)缺(?!点(?:点评|评价|分析))|迟|错|虚假|瞒|拖欠|上访"
    r"|信访|弄虚|作假|造假|[徇循]私|舞弊|火灾|污染|烟|异味|积水|垃圾|杂物|乱|脏|脱岗|处分|处罚|通报|中断|停电|损坏|丢失|泄露|误差|拒|推诿|早退|[旷误]工|[串离]岗|吸烟|灰尘|蛛网|污[渍垢]|私[自拉]|老化|尿[碱垢]|粪|裸露"
)
_SPARED = re.compile(
    rf"^(?:全年|年内|年度内?|本年度?|当年|期[内间]|一年内)?(?:[^无未没不,，]{{0,12}}无(?=纸屑|[^,，]{{0,8}}(?:烟|积水|垃圾|蛛网|蜘蛛|脚印|灰尘|杂物|[异臭]味|[蚊苍]蝇|乱画|痰))|无(?!故)|没有?|未(?:发生|出现|发现|有|被|受)?|不(?:发生|出现|存在)?|杜绝).*?(?:{_AMISS})"
    r"|^不(?:徇私|循私|谋私|弄虚|收受|索要|推诿|吸烟|饮酒|迟到|早退|[串脱离]岗)"
)
_FAULTY = re.compile(
    r"涂改|潦草|[不欠](?:全|齐|符|清|实|明|当|规范|完整|及时|准确|合格|到位|达标|一致)|混乱|(?<![不忙])乱$|错误$|缺[失如]$"
)
_PRESENT = re.compile(
    r"(?:有|存在|发现|出现)?[^,，无没未不]{0,6}(?:烟[头蒂]|垃圾|积水|[异臭]味|蚊蝇|苍蝇|蟑螂|鼠[粪洞迹]|灰尘|蛛网|杂物|污[渍垢水]|死角|痰[迹渍]?|尿垢|水渍|油渍|投诉|差错|事故|纠纷|违[规纪]"
    r"|迟到|早退|[旷误]工|[脱串离]岗|吵架|吸烟|涂改)(?:孳生|滋生|堆放|现象)?"
)
"""What is wrong where it is there at all."""
OFFENCE = re.compile(
    r"违[反规法纪章约]|投诉|差错|事故|批评|处罚|处分|警告|通报|过失|缺陷|酒后|伪造|篡改|冒用|无证|超范围|旷工|脱岗"
)
"""What somebody is blamed for, wherever it stands in some words."""
_ASKED = re.compile(
    r"做到|必须|应当?|不得|确保|保证|杜绝|防止|避免|严禁|^不(?:[少低多高大小]于|超过)|[数率]$|[^,，]{4,}无[^,，]{1,8}$"
)
_PER_UNIT = [Kind.NUMBER, Kind.POINTS, Kind.SLASH, Kind.UNIT]
_PER_UNIT_BARE = [Kind.NUMBER, Kind.SLASH, Kind.UNIT]
_OF_FAULT = frozenset({Kind.WORD, Kind.LIST, Kind.LACK, Kind.EXPLAINED})
_NEAR_END = 6
_MOST_SIGNED = 100
"""No more points stand behind a sign where nobody says what the item is worth: 记录不全 -1."""
_MOST_LEVELS = 8
_SHORTEST_CASE = 4
_WELL = (
    "干净",
    "完好",
    "分明",
    *(level for level in LEVELS if level not in LEVELS_FAILED and level[1:]),
)
"""How a limb ends that says what is well: 地面干净，无异味."""
_SHORT_LEVEL = 2
_LEVEL = [Kind.WORD, Kind.NUMBER]
_LONGEST = 24
_EACH = re.compile(rf"(?:每|一|1)?每?[一1]?({'|'.join(sorted(COUNTED, key=len, reverse=True))})$")


def read_bare_levels(context: Context, segments: Sequence[Segment]) -> bool:
    """Read `(level NUMBER [POINTS])+` that is all there is: 是4；否0, 记录全3；记录不全1；无0.

    The best makes the item's points, or the worst none; without 分, or so short that nothing but
    a level stands before them.
    """
    read = [_bare_level(segment) for segment in segments[: _MOST_LEVELS + 1]]
    levels = [level for level in read if level is not None]
    if not 1 < len(levels) == len(segments) <= _MOST_LEVELS:
        return False
    said = [words_of(tokens, context.plain) for tokens, _ in levels]
    if context.points is None and all(len(w) > _SHORTEST_CASE and w.endswith("的") for w in said):
        return False  # a record of faults: 使用过期药品的 6；未按规定报告的 3
    names = [words.strip("的") for words in said]
    values = [value for _, value in levels]
    best = max(values) if context.points is None else context.points
    plain = len(set(values)) == len(values) and (max(values) == best) and best
    if not plain or len(set(names)) < len(names) or (min(values) and all(map(is_amiss, names))):
        return False
    shared = _begin_alike([name for name in names if len(name) > 1][:2])
    worth = {name.removeprefix(shared): value for name, value in zip(names, values, strict=True)}
    bands = tuple(LevelBand((name,), value) for name, value in worth.items())
    name = context.topic or name_of(shared) or UNNAMED
    order = sorted(worth, key=lambda level: worth[level], reverse=True)
    measure = context.quantities.measure(name, MeasureKind.LEVEL, levels=order)
    whole = attrs.evolve(
        segments[0],
        end=segments[-1].end,
        acts=segments[-1].end,
        tokens=tuple(token for segment in segments for token in segment.tokens),
    )
    context.add([Bands(measure, Effect.EARN, bands)], whole)
    context.explain(whole, "levels with their points")
    return True


def _begin_alike(names: list[str]) -> str:
    """Return what two names begin with, both going on behind it: 记录 of 记录全, 记录不全."""
    pairs = zip(*names, strict=False) if len(names) > 1 else ()
    shared = "".join(one for one, _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared if 1 < len(shared) < min(map(len, names), default=0) else ""


def _bare_level(segment: Segment) -> tuple[tuple[Token, ...], Fraction] | None:
    """Read `WORD NUMBER`, or a short word with points, with or without a verb: 是得4分."""
    kinds = [token.kind for token in segment.tokens]
    words, action, value = segment.tokens[0].text.strip("的"), segment.action, None
    short = len(words) <= _SHORT_LEVEL and words not in LEVELS
    if action is None and (kinds == _LEVEL or (short and kinds == [*_LEVEL, Kind.POINTS])):
        value = segment.tokens[1].value
    elif action is not None and short and [t.kind for t in segment.occasion] == [Kind.WORD]:
        value = _earned_by(action)
    return (segment.tokens[:1], value) if value is not None and not segment.inside else None


def _earned_by(action: Action) -> Fraction | None:
    """Return the points of 得4分 and 不得分, None for all else."""
    if action.done is Done.FORFEIT:
        return Fraction(0)
    earns = action.done is Done.POINTS and action.effect is Effect.EARN and len(action.amounts) == 1
    points = action.amounts[0] if earns else None
    return points if isinstance(points, Fraction) else None


def is_amiss(words: str) -> bool:
    """Whether some words say that something is wrong, and not that nothing is.

    >>> is_amiss("缺主诉"), is_amiss("无差错"), is_amiss("有台账"), is_amiss("优、缺点点评")
    (True, False, False, False)
    """
    if len(words) > _LONGEST:
        return False
    wrong = BEGINS_FACT.match(words) or SAYS_WRONG.search(words[-_NEAR_END:])
    wrong = wrong or _FAULTY.search(words) or _PRESENT.fullmatch(words)
    asked = _SPARED.match(words) or _ASKED.search(words)
    return wrong is not None and asked is None


def is_spared(words: str) -> bool:
    """Whether some words say that nothing went wrong: 无差错, 未发生事故."""
    return _SPARED.match(simplified(words)) is not None


def says_amiss(words: str) -> bool:
    """Whether some words name what is wrong wherever it is: 迟到, 吸烟, 投诉."""
    return re.search(_AMISS, words) is not None or OFFENCE.search(words) is not None


def lose_without_verb(context: Context) -> None:
    """Take points from the item for parts that are all faults; doubt a list of both sorts."""
    if len(context.part_spans) != len(context.parts) or any(d.part for d in context.drafts):
        return
    follows = _follows_losses(context)
    amiss = [follows or _is_fault(part.title) for part in context.parts]
    if not any(amiss):
        return
    if not all(amiss):
        for (first, end, _), wrong in zip(context.part_spans, amiss, strict=True):
            if wrong:
                context.faults.append(Fault("clause-doubt", IS_LOST, first, end))
        return
    made = [
        Draft(_lost(context, part.title, part.points or Fraction(0)), *span)
        for part, span in zip(context.parts, context.part_spans, strict=True)
    ]
    for first, end, _ in context.part_spans:
        for at in range(first, end):
            context.claims[at] = (Taken.RULE, "")
    context.drafts = sorted((*made, *context.drafts), key=lambda draft: draft.first)
    context.parts.clear()
    context.part_spans.clear()


def _is_fault(title: str) -> bool:
    """Whether a part is named by a fault, and none of its limbs says that something is well."""
    limbs = re.split(r"[,，;；]", title)
    well = (is_spared(each) or (each.endswith(_WELL) and not is_amiss(each)) for each in limbs)
    return is_amiss(title) and not any(well)


def _follows_losses(context: Context) -> bool:
    """Whether only losses stand before the parts, which don't make the item's points."""
    losses = [draft for draft in context.drafts if isinstance(draft.rule, Deduction)]
    made = sum((part.points or 0 for part in context.parts), start=Fraction(0))
    first = min((span[0] for span in context.part_spans), default=0)
    behind = all(draft.first < first for draft in losses)
    several = len(losses) == len(context.drafts) > len(context.parts)
    return several and behind and made != context.points


def _lost(context: Context, title: str, points: Fraction) -> Deduction:
    """Return what a fault costs: once, or for each of so many."""
    each = _EACH.search(title)
    name = "" if each is None else name_of(title[: each.start()])
    if each is None or not name or "每" not in title[each.start() :]:
        flag = Flag(context.quantities.measure(title, MeasureKind.FLAG))
        return Deduction(Once(flag), points=points, assumption=_LOST)
    measure = context.quantities.measure(name, MeasureKind.CASES, each.group(1))
    return Deduction(Cases(measure), points=points, assumption=_LOST)


def read_cases(
    context: Context, segment: Segment, occasion: Occasion | None, points: Fraction
) -> bool:
    """Read 漏填1项0.5分, 每缺一项0.5分: cases of a fault, without a verb."""
    if not isinstance(occasion, (Many, Short)) or occasion.or_more:
        return False
    words = words_of(segment.tokens[:-2], context.plain)
    waits = segment.after is Kind.COMMA and occasion.subject == counted_in(occasion.unit)
    earlier = context.last_waiting() if waits else ""  # 无上岗资质，1例2分
    lacks = isinstance(occasion, Short)  # 少一件1分
    undone = occasion.subject.startswith(("未", "没有", "不"))  # 一项未做到-0.5
    if not (lacks or undone or any(map(is_amiss, (words, occasion.subject, earlier)))):
        return False
    before = len(context.drafts)
    build(context, segment, Action(done=Done.POINTS, amounts=(points,)), occasion)
    for draft in context.drafts[before:]:
        if isinstance(draft.rule, Deduction) and draft.rule.assumption is None:
            draft.rule = attrs.evolve(draft.rule, assumption=_LOST)
    return True


def read_per_unit(context: Context, segment: Segment) -> bool:
    """Read `fault NUMBER [POINTS] '/' UNIT`: 缺签名1分/处, 早退（1分/次）, or what earns them.

    Without 分 it is a fault's, and no more than the item has: 未填写 2/项.
    """
    kinds = [token.kind for token in segment.tokens]
    bare = kinds[-len(_PER_UNIT_BARE) :] == _PER_UNIT_BARE
    if not bare and kinds[-len(_PER_UNIT) :] != _PER_UNIT:
        return False
    *before, number, _, unit = [each for each in segment.tokens if each.kind is not Kind.POINTS]
    if bare and not _is_worth_of(context, words_of(before, context.plain), number):
        return False
    waits = not before and bool(context.pending) and segment.after in {Kind.OPEN, Kind.CLOSE}
    before = list(context.pending[-1].tokens) if waits else before
    words = words_of(before, context.plain).strip("、的")
    plain = all(token.kind in _OF_FAULT for token in before)
    if not plain or number.value is None or not words:
        return False
    over = context.over
    loses = over.faults or is_amiss(words) or (waits and says_amiss(words))
    loses = loses and over.effect is not Effect.ADD
    if loses and waits and before[0].kind is Kind.LIST:
        words = _breaks_as_well(context, words)
    if waits:
        context.use_pending()
    if not loses:  # 主编专著5分/部
        earns = Effect.ADD if over.effect is Effect.ADD else Effect.EARN
        each: Occasion = Many(name_of(words) or words, Fraction(1), unit.text)
        further = led_as_before(context, segment, each)  # 全国交流加3分/次，全省2分/次
        last = context.last()
        if further != each and last is not None:
            each, earns = further, effect_of(last.rule)
        action = Action(done=Done.POINTS, effect=earns, amounts=(number.value,))
        build(context, segment, action, each)
        return True
    measure = context.quantities.measure(name_of(words) or words, MeasureKind.CASES, unit.text)
    said = None if over.effect is Effect.LOSE else _LOST
    context.add([Deduction(Cases(measure), points=number.value, assumption=said)], segment)
    return True


def _is_worth_of(context: Context, words: str, number: Token) -> bool:
    """Whether a number without 分 behind a fault may be points of the item."""
    most, value = context.points, number.value
    return is_amiss(words) and most is not None and value is not None and value <= most


def _breaks_as_well(context: Context, words: str) -> str:
    """Return 违反规范 for a further member of 违反制度（3分/次）、规范（3分/次）."""
    last = context.last()
    named = "" if last is None else "".join(rule_measures(last.rule))
    return f"违反{words}" if named.startswith("违反") and not is_amiss(words) else words


def read_bare_number(context: Context, segment: Segment) -> bool:
    """Read `words ['-'] NUMBER` at the end of a phrase: 缺主诉4, 记录不全 -1."""
    *before, last = segment.tokens
    points = last.value
    if last.kind is not Kind.NUMBER or last.spelt or points is None or not before:
        return False
    signed = before[-1].kind is Kind.DASH
    most = _MOST_SIGNED if signed and context.points is None else context.points
    within = most is not None and 0 < points <= most  # 跌倒例数为0 is asked for
    if signed and within and any(token.kind is Kind.NUMBER for token in before):
        occasion = read_occasion(tuple(before[:-1]), context.plain)
        return read_cases(context, segment, occasion, points)  # 少一件-1
    words = words_of(before[:-1] if signed else before, context.plain).strip()
    plain = all(token.kind in {Kind.WORD, Kind.LIST, Kind.LACK} for token in before[: -1 or None])
    plain = plain and before[-1].kind in {Kind.WORD, Kind.DASH}
    plain = plain and (signed or not _OF_RATE.search(words))  # 漏报率为0 asks for it
    if not plain or not is_amiss(words) or not within:
        return False
    context.add([_lost(context, name_of(words) or words, points)], segment)
    return True
