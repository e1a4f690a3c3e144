"""One event and what it cancels: 发生责任事故一票否决, 取消评优资格.

Source: semantics 6 (facts with evidence); the safety and ethics agreements among the seeds.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("发生责任事故的单位一票否决").vetoes[0].code
'发生责任事故'
"""

from __future__ import annotations

import re

import attrs

from healthduty.clauses import assumed
from healthduty.clauses.causes import read_occasion
from healthduty.clauses.consequences import FOLLOWS, effect_of_veto
from healthduty.clauses.context import MOST_IN_RULE, RECENT, Context, Draft, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.measured import LISTED_BELOW, flags, held_measure, says_how_often
from healthduty.clauses.names.vetoed import QUOTES, THE_ITEM, event_in
from healthduty.clauses.occasions import Else, Held, Where
from healthduty.clauses.otherwise import undone
from healthduty.clauses.refused import acted, capped, refused
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import fold
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.model.veto import BarHonours, Veto, VetoEffect
from healthduty.rules.condition import AnyOf, Compare, Flag
from healthduty.rules.rule import Assumption, Deduction, Forfeit
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

_LEADS = frozenset({Kind.COLON, Kind.STOP, Kind.COMMA})
_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_EVENT = re.compile(
    r"发生|出现|发现|存在|造成|导致|违反|违规|违法|瞒报|弄虚作假|受到|被|有|未|无|不|事故|死亡|事件"
    r"|骗|[受行索]贿|贪污|造假|伪造|篡改|套取|倒卖|挪用|侵占|泄露|擅自|私自|擅离|脱岗"
)
_ANNOUNCED = re.compile(
    r"(?:工作|安全|责任|管理|建设|实行|目标|生产|制度|条件|考核内容|依据)$|^.{0,3}$"
    r"|^(?:认真|严格|切实|坚决|全面|积极|坚持|继续|兑现|执行|落实|实行|实施|推行|强化|建立|完善|按|的|和){1,6}$"
)
_PERSONS = re.compile(r"责任人|当事人|个人|直接责任|相关人员")
_OF_MONEY = re.compile(r"按比例(?:扣减|扣除|核减|扣拨|扣发|核扣)")
_CASE = re.compile(
    r"(?:凡|每)?(?:发现|出现|发生|有|查实)?(?:[一1]|任何一?)(?:例|起|次|件|人|项|处)(?:的|者|以上)?"
)
"""A case of what stands before the comma: 不得非法行医，发现一例取消资格."""
_FORBIDS = re.compile(r"^(?:不得|严禁|禁止|杜绝|不准|不允许)(?:有|出现|发生)?(?=..)")
_OR_ELSE = re.compile(
    r"(?:视(?:情节|情况)(?:轻重)?)?(?:给予|予以|分别给予){0,3}(?:通报批评|通报|警告|约谈|批评教育|处分)(?:或者?|、|并|及)$"
)
_KEEPS = re.compile(r"遵守(?P<what>[^,，]{2,})$")
_ITEM_VETO = Assumption(assumed.ITEM_VETO)
_SHORTEST = 4
_PAIR = 2
_NEAR = 4
_OF_HONOURS = re.compile(
    r"[,，]?(?:在|对)?(?:其|当年|本?年度|年终|年底|全年)?(?:的)?评(?:先|优|选)(?:评[优先]|树优|选优|先进)?"
    r"(?:资格|工作|活动)?(?:中|时)?(?:给予|予以|实行|将|一律|执行)?$"
)
_OR = re.compile(r"^或者?(?!然)")
_ITEM_ONLY = re.compile(r"的?(?:此|该|本|单)个?(?:项|指标)(?:工作|考核)?(?:实行|予以|将被|被)?$")
"""The item alone is lost: 发生纠纷的单项否决."""
_MENTIONS = re.compile(
    r"被[^,，]{0,8}(?:一票)?否决[^,，]{0,16}的(?=[^,，])|否决(?:指标|事项|条件|情形)(?!的?$)"
    r"|(?:未|没有?|不)(?:能|按[^,，]{1,6}|严格|认真|落实|真正){0,2}(?:实行|执行|落实|兑现|实施|运用|行使|使用)[^,，]{0,8}否决"
    r"|^(?:无|未|没有|缺少?|不|达不到)[^,，]{0,16}否决[^,，]{0,6}(?:记录|制度|要求|情况|办法|规定|文件|机制|措施|资料|责任制?)[的者]?$"
)
"""A veto that something else is about: 被上级一票否决的村整改情况, 没有实行一票否决扣2分."""


def read_veto(context: Context, segment: Segment) -> None:
    """Read `event (VETO | CANCEL words)`; the event may stand in the words before."""
    by_steps = any(token.kind in _STEPS for token in segment.occasion)  # 每低1%扣奖金的1%
    if by_steps or _OF_MONEY.search(words_of(segment.tokens, context.text)):
        message = Said("a share of the money that is not said", "扣减经费的比例没有写明")
        context.fault(segment, message)
        return
    heads = context.vetoing if context.vetoed == context.sentence else ()
    context.vetoing = ()
    event, effect = _read(context, segment)
    effect = capped(context, segment) or effect
    if refused(context, segment, effect):
        return
    context.claim(segment.first, segment.end, Taken.VETO)
    bound = _bound_before(context, segment)
    said = event and (_happens(event) or not _ANNOUNCED.search(fold(event).folded))
    listed = event and LISTED_BELOW.search(event) and segment.closed in _LEADS
    if heads and effect is not None:  # 有下列情形之一的，取消评优资格，年度考核不评先进：
        before = heads if context.veto_said else ()
        context.vetoing = tuple(dict.fromkeys((*before, effect)))[:MOST_IN_RULE]
        context.veto_said = True
    elif bound is not None:
        _add_for(context, segment, bound, effect)
        context.use_pending()
    elif said and effect is None and _ITEM_ONLY.search(_said(context, segment)):
        _lose_item(context, segment, event, listed=bool(listed))
    elif listed:  # 有下列情形之一的一票否决：
        implied = effect_of_veto(event)  # 有下列情形之一降低一等的
        _begin_list(context, effect or (None if implied == BarHonours() else implied))
        context.pending.clear()
    elif said and (segment.closed is not Kind.COLON or _happens(event)):
        _add(context, segment, event, effect)
    else:
        _without_event(context, segment, effect)


def _begin_list(context: Context, effect: VetoEffect | None) -> None:
    """Begin a list of events, each of which has the same effect."""
    context.vetoing, context.veto_said = (effect or BarHonours(),), effect is not None
    context.vetoed = context.sentence


def _lose_item(context: Context, segment: Segment, event: str, *, listed: bool) -> None:
    """Read 发生纠纷的，单项否决: no points of the item; of a list below it is reported."""
    if listed:
        message = Said("a list of what takes the item's points", "列出的情形使该项不得分")
        context.fault(segment, message, code="clause-veto")
        return
    names = _events(context, _ITEM_ONLY.sub("", event))
    hits = [flags(context, (name,))[0] for name in names]
    hit = hits[0] if len(hits) == 1 else AnyOf(hits)
    context.add([Forfeit(hit, assumption=_ITEM_VETO)], segment)
    context.use_pending()


def _without_event(context: Context, segment: Segment, effect: VetoEffect | None) -> None:
    """Read what is cancelled where its words name no event: that of the rule or veto before it."""
    if segment.closed is Kind.COLON:  # 医德医风一票否决：收受红包的
        _begin_list(context, effect)
    elif context.open_veto is None and (hit := _event_before(context)) is not None:
        _add_for(context, segment, hit, effect)
    elif effect is not None and not context.vetoes and (hit := _event_said(context)) is not None:
        _add_for(context, segment, hit, effect)
        message = Said(
            f"what is cancelled is taken for what `{hit.measure}` brings",
            f"取消资格按`{hit.measure}`的后果处理",
        )
        context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))
    elif context.vetoes:
        _also(context, segment, effect)
    elif effect is not None or _of_item(context, segment):
        context.fault(
            segment,
            Said("something is cancelled, and no event is named", "写了取消或否决，没有写什么事"),
            code="clause-veto",
        )


def _read(context: Context, segment: Segment) -> tuple[str, VetoEffect | None]:
    """Return the event in the words around a veto, and what these say that it does."""
    said = words_of(segment.occasion, context.plain)
    honours = _OF_HONOURS.search(said)  # 发生事故的，年度评先一票否决
    said = _OR_ELSE.sub("", said if honours is None else said[: honours.start()])
    if segment.occasion and segment.occasion[0].kind is Kind.OTHERWISE:  # 否则取消评优资格
        done = undone(context, Else())
        return done.facts[0] if isinstance(done, Where) else "", effect_of_veto(
            acted(context, segment)
        )
    before = _waiting(context)
    if _CASE.fullmatch(said) and context.pending:
        said, before = "", _FORBIDS.sub("", before)
        if before != _waiting(context):
            return before, effect_of_veto(acted(context, segment))
    event = event_in(said) or event_in(before) or _event_of_sentence(context, segment)
    if not _happens(event) and context.pending and _happens(event_in(before)):
        event = event_in(before)  # 未整改的单位，单位负责人年终评为不合格
    if not _happens(event) and (kept := _KEEPS.search(event)) is not None:
        event = f"违反{kept['what']}"  # 严格遵守控烟制度，实行一票否决
    barred = None if honours is None else BarHonours()
    return event, effect_of_veto(acted(context, segment)) or barred


def _waiting(context: Context) -> str:
    """Return the words that wait, with the bracket that ends them: 食物中毒（五人以下）."""
    held = context.pending[-_PAIR:]
    if len(held) < _PAIR or not held[1].inside or held[0].closed is not Kind.OPEN:
        return context.pending_words()
    before, inside = (words_of(each.tokens, context.plain) for each in held)
    return f"{before}（{inside}）"


def _said(context: Context, segment: Segment) -> str:
    return words_of(segment.occasion, context.text)


def mentions_veto(context: Context, segment: Segment) -> bool:
    """Whether a segment only speaks of a veto, and makes none."""
    words = words_of(segment.tokens, context.text)
    counted = words.endswith("单项否决") and context.text.startswith("扣", segment.tokens[-1].end)
    return counted or _MENTIONS.search(words) is not None  # 1项单项否决扣10分


def _happens(event: str) -> bool:
    """Whether some words say that something happened."""
    words = fold(event).folded
    return _EVENT.search(words) is not None or SAYS_WRONG.search(words) is not None


def _of_item(context: Context, segment: Segment) -> bool:
    """Whether the item itself is said to be a veto, and nothing follows that could be its event."""
    words = words_of(segment.tokens, context.plain)
    return segment.closed is not Kind.COMMA and THE_ITEM.match(words) is not None


def _add(context: Context, segment: Segment, event: str, effect: VetoEffect | None) -> None:
    """Add the veto of an event, with the words that name it."""
    before = context.earlier[-1] if context.earlier else ""
    if before.endswith(("的", "者")) and event_in(before) != event:
        message = Said("cases before it: vetoed as well?", "前面还列有情形：是否一并否决？")
        context.faults.append(Fault("clause-doubt", message, segment.first, segment.end))
    for name in _events(context, event):
        _add_for(context, segment, flags(context, (name,))[0], effect)
    for held in context.pending[-RECENT:]:
        context.use_words(held)
        context.reclaim(held, Taken.VETO)
    context.pending.clear()


def _events(context: Context, event: str) -> list[str]:
    """Return the events of a sentence: each that ends with 的 has a veto of its own.

    What says nothing wrong before them (加强管理，发生事故的) is no event, and what ends with no 的
    goes on: 未经许可，擅自营业的 is one.
    """
    groups: list[list[str]] = [[]]
    for held in context.pending[-RECENT:]:
        words = words_of(held.tokens, context.plain)
        ends = words.endswith(("的", "者"))
        name = event if event in words else event_in(words)
        idle = not (ends or SAYS_WRONG.search(fold(name).folded))
        if name != event and (idle or FOLLOWS.search(words)):
            groups[-1] = []
        elif name not in groups[-1]:
            groups[-1].append(name)
            groups += [[]] if ends else []
    if all(event not in group for group in groups):
        groups[-1].append(event)
    return ["，".join(group) for group in groups if group]


def _add_for(
    context: Context, segment: Segment, hit: Flag | Compare, effect: VetoEffect | None
) -> None:
    """Add a veto for what happened; what one event brings besides is an effect of the same."""
    event = hit.measure
    if context.vetoes and context.vetoes[-1].when == hit and effect is not None:
        _also(context, segment, effect)
        return
    words = words_of(segment.tokens, context.text)
    subject = "persons" if _PERSONS.search(words) and "单位" not in words else "unit"
    effects = (effect or BarHonours(),)
    context.vetoes.append(Veto(event, event, when=hit, effects=effects, subject=subject))
    context.open_veto, context.vetoed = None, context.sentence
    if effect is None:
        context.open_veto = len(context.faults)
        message = Said(
            f"what the veto on `{event}` does is not said: it bars honours",
            f"没有写`{event}`一票否决的后果：按取消评先评优资格处理",
        )
        context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))


def read_listed(context: Context, segment: Segment) -> bool:
    """Read an event of a list behind 有下列情形之一的一票否决：; False where none is open.

    What stands behind a comma goes on with the event before it.
    """
    effects = context.vetoing
    if not effects:
        return False
    words = words_of(segment.tokens, context.plain).strip("，,、；;。的者" + QUOTES)
    words = _OR.sub("", words)
    goes_on = segment.first > 0 and segment.after not in {Kind.LABEL, Kind.STOP, Kind.COLON}
    again = goes_on and bool(context.vetoes) and context.vetoed == context.sentence
    before = context.vetoes[-1] if again else None
    labelled = segment.after is Kind.LABEL
    short = _PAIR if goes_on or labelled or _happens(words) else _SHORTEST  # 瞒报的
    if len(words) < short or (goes_on and before is None):
        return False
    if before is not None:
        context.quantities.forget(before.code)
        context.vetoes.pop()
        words = f"{before.code}，{words}"
    flag = flags(context, (words,))[0]
    context.vetoes.append(Veto(flag.measure, flag.measure, when=flag, effects=effects))
    context.vetoed = context.sentence
    for at in range(segment.first, segment.end):
        context.claims[at] = (Taken.VETO, "")
    if not context.veto_said and len(context.vetoes) == 1 and before is None:
        message = Said(
            f"what the veto on `{words}` does is not said: it bars honours",
            f"没有写`{words}`一票否决的后果：按取消评先评优资格处理",
        )
        context.faults.append(Fault("clause-assumed", message, segment.first, segment.end))
    return True


def _bound_before(context: Context, segment: Segment) -> Compare | None:
    """Return the bound that a veto is for: 累计事假≥10天，年度考核不合格."""
    if segment.occasion:  # 满意度低于60%评为差
        held = read_occasion(segment.occasion, context.plain)
        if not isinstance(held, Held) or held.bounds.bare:
            return None
        if held.bounds.unit not in RATE_UNITS and not says_how_often(context, held):
            return None  # 三次以上取消评优资格 is about what was counted
    else:
        waiting = context.pending[-1:]
        held = read_occasion(waiting[0].tokens, context.plain) if waiting else None
        exactly = isinstance(held, Held) and held.bounds.bare and held.bounds.unit in RATE_UNITS
        if not isinstance(held, Held) or not held.subject[1:] or exactly:
            return None  # 得分低于该项分值60%: a share whose comparison stands in the name
    single = held.bounds.single
    return None if single is None else Compare(held_measure(context, held), *single)


def _event_before(context: Context) -> Flag | Compare | None:
    """Return what the rule before is for: 发生事故不得分，并取消评优资格."""
    last = context.last()
    return None if last is None or last.sentence != context.sentence else _event_of(last)


def _event_said(context: Context) -> Flag | Compare | None:
    """Return what the one rule of the sentence before is for: 未达标扣5分。取消评先资格."""
    said = [draft for draft in context.drafts[-_NEAR:] if draft.sentence == context.sentence - 1]
    return _event_of(said[0]) if len(said) == 1 and said[0] is context.last() else None


def _event_of(draft: Draft) -> Flag | Compare | None:
    """Return the one thing that a rule is for, where it is a fact, a bound or a case."""
    match draft.rule:
        case (
            Forfeit(when=Flag() | Compare() as hit)
            | Deduction(tally=Once(condition=Flag() | Compare() as hit))
        ):
            return hit
        case Deduction(tally=Cases(measure=measure, free=free)):
            return Compare(measure, ">", free)
        case _:
            return None


def _also(context: Context, segment: Segment, effect: VetoEffect | None) -> None:
    """一票否决，取消评优资格: one event, and what it does."""
    veto = context.vetoes[-1]
    if effect is None:
        return
    if context.open_veto is not None:
        del context.faults[context.open_veto]
        context.open_veto = None
        context.vetoes[-1] = attrs.evolve(veto, effects=(effect,))
    elif len(veto.effects) >= MOST_IN_RULE:
        context.fault(
            segment,
            Said(
                f"more than {MOST_IN_RULE} effects of one veto", f"一条否决超过{MOST_IN_RULE}种后果"
            ),
        )
    elif effect not in veto.effects:
        context.vetoes[-1] = attrs.evolve(veto, effects=(*veto.effects, effect))


def _event_of_sentence(context: Context, segment: Segment) -> str:
    """Return the fault right before 无循环设备；不予评定等级, which has no words of its own."""
    alone = segment.after is Kind.STOP and not segment.occasion and context.earlier
    faults = [phrase for phrase in context.earlier if SAYS_WRONG.search(phrase)]
    ends = alone and bool(faults) and faults[-1] == context.earlier[-1]
    return "，".join(map(event_in, faults)) if ends else ""
