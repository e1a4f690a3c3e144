"""One event and what it cancels: 发生责任事故一票否决, 取消评优资格.

Source: semantics 6 (facts with evidence); the safety and ethics agreements among the seeds.

>>> _event("年内发生责任事故的单位"), _effect("考核等次降低两个等次")
('发生责任事故', LowerGrade(steps=2))
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

from healthduty.clauses.causes import read_occasion
from healthduty.clauses.context import MOST_IN_RULE, RECENT, Context, Draft, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.names.measured import LISTED_BELOW, flags, held_measure
from healthduty.clauses.occasions import Held
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.numerals import chinese_number
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.exact import to_fraction
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    VetoEffect,
    WithholdMoney,
    ZeroTotal,
)
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.rule import Deduction, Forfeit
from healthduty.rules.tally import Cases, Once
from healthduty.said import Said

_STEPS = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE})
_EVENT = re.compile(
    r"发生|出现|发现|存在|造成|导致|违反|违规|违法|瞒报|弄虚作假|受到|被|有|未|无|不|事故|死亡|事件"
)
_ANNOUNCED = re.compile(
    r"(?:工作|安全|责任|管理|建设|实行|目标|生产|制度)$|^.{0,3}$"
    r"|^(?:认真|严格|切实|坚决|全面|积极|坚持|继续|兑现|执行|落实|实行|实施|推行|强化|建立|完善|按|的|和){1,6}$"
)
_WHO = re.compile(
    r"(?:的责任人|的?(?:单位|机构|卫生院|科室|个人|人员|者))?[的者]?"
    r"(?:实行|予以|一律|将|给予|被|并|直接|当年|年度|本年度|该项|考核|同时|其|则|即|就|还|另"
    r"|除了?扣分[之以]?外){0,8}$"
)
_WHO_REACH = 40  # who is hit stands at the end of the words, within so many characters
_PERSONS = re.compile(r"责任人|当事人|个人|直接责任|相关人员")
_SHARE = re.compile(r"(\d{1,20}(?:\.\d{1,20})?)%")
_OF_MONEY = re.compile(r"按比例(?:扣减|扣除|核减|扣拨|扣发|核扣)")
_ZERO = re.compile(r"(?:考核|总评|本次).*[0零]分|总(?:得|成)分|^取消[^,，]{0,10}考[核评](?:成绩)?$")
_REFUSED = re.compile(
    r"^不(?:予(?!评[优先选为]|[评认]定为|命名为|列|纳|推|申|当选|授)|[得能]?(?:通过|进行))"
)
"""What is refused stands for the outcome: 不予评定等级, 不予许可, 不得通过验收."""
_ALL_MONEY = re.compile(
    r"(?:绩效|奖金|津贴|补助|工资)(?:全部|全额)(?:予以)?(?:扣|停|取消)"
    r"|^取消[^,，]{0,10}(?:奖金|绩效(?!分|考核)|补助|津贴|经费)"
)
_HONOURS = re.compile(
    r"资格|评[优先选奖比审]|先进|优秀|称号|奖励|荣誉|示范|达标|合格|文明|[等级]$|单位"
)
_STOPPED = ("取消", "停止", "剥夺", "丧失", "撤销", "免除", "免去", "失去")
_CASE = re.compile(
    r"(?:凡|每)?(?:发现|出现|发生|有|查实)?(?:[一1]|任何一?)(?:例|起|次|件|人|项|处)(?:的|者|以上)?"
)
"""A case of what stands before the comma: 不得非法行医，发现一例取消资格."""
_FORBIDS = re.compile(r"^(?:不得|严禁|禁止|杜绝|不准|不允许)(?:有|出现|发生)?(?=..)")
_OR_ELSE = re.compile(
    r"(?:视(?:情节|情况)(?:轻重)?)?(?:给予|予以|分别给予){0,3}(?:通报批评|通报|警告|约谈|批评教育|处分)(?:或者?|、|并|及)$"
)
_TENTHS = re.compile(r"([一二三四五六七八九])成")
_SHORTEST = 4
_NEAR = 4
_TWICE = re.compile(r"[两二2]")
_AT_MOST = re.compile(r"不得(?:高于|超过)(合格|良好|基本合格)")
_FORCED = re.compile(r"(不合格|不称职|基本合格|末等|[不未]达标|[不未]通过|[A-E]级?|[甲乙丙]级)")
_LEAD = re.compile(
    r"^(?:(?:凡|如|若|对|年内|全年|当年|年度内|本年度)+"
    r"|[一二三四五六七八九十]是"
    r"|每?再?(?:发生|出现|发现|查实)(?:[一1]|任何一?)(?:例|起|次|件|人)(?=.{2}))+"
)
_OF_HONOURS = re.compile(
    r"[,，]?(?:在|对)?(?:其|当年|本?年度|年终|年底|全年)?(?:的)?评(?:先|优|选)(?:评[优先]|树优|选优|先进)?"
    r"(?:资格|工作|活动)?(?:中|时)?(?:给予|予以|实行|将|一律|执行)?$"
)
_OF_YEAR = re.compile(
    r"^(?:并且?|且|均|都|一律|要)?(?:给予|予以|实行|执行|被|按)?$"
    r"|(?:全年|年度|当年|本年度|年终|年底)(?:的?(?:工作|考核|目标管理|综合)){0,2}$|^(?:年度|年终|全年|当年)?(?:工作|考核)$|^(?:年度|综合|绩效|考核){0,3}(?:等次|结果|等级)$"
)
_OR = re.compile(r"^或者?(?!然)")
_THE_ITEM = re.compile(r"(?:此|该|本)(?:项|指标)(?:工作)?(?:达到|属于?|为|是|作为|列为|实行)?")
_QUOTES = "\"“”「」'"


def read_veto(context: Context, segment: Segment) -> None:
    """Read `event (VETO | CANCEL words)`; the event may stand in the words before."""
    by_steps = any(token.kind in _STEPS for token in segment.occasion)  # 每低1%扣奖金的1%
    if by_steps or _OF_MONEY.search(words_of(segment.tokens, context.text)):
        message = Said("a share of the money that is not said", "扣减经费的比例没有写明")
        context.fault(segment, message)
        return
    event, effect = _read(context, segment)
    if effect == BarHonours() and _stops_else(context, segment):
        message = Said(
            "what is cancelled is no honour, no grade and no money", "取消的不是荣誉、等次或经费"
        )
        context.fault(segment, message, code="clause-veto")
        return
    context.claim(segment.first, segment.end, Taken.VETO)
    bound = _bound_before(context, segment)
    listed = event and LISTED_BELOW.search(event) and segment.closed in {Kind.COLON, Kind.STOP}
    if bound is not None:
        _add_for(context, segment, bound, effect)
        context.use_pending()
    elif listed:  # 有下列情形之一的一票否决：
        context.vetoing = effect or _effect(event) or BarHonours()
        context.veto_said = context.vetoing != BarHonours() or effect is not None
        context.pending.clear()
    elif event and (_EVENT.search(event) or not _ANNOUNCED.search(event)):
        _add(context, segment, event, effect)
    else:
        _without_event(context, segment, effect)


def _without_event(context: Context, segment: Segment, effect: VetoEffect | None) -> None:
    """Read what is cancelled where its words name no event: that of the rule or veto before it."""
    if context.open_veto is None and (hit := _event_before(context)) is not None:
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
    elif segment.closed is Kind.COLON:
        context.vetoing, context.veto_said = effect or BarHonours(), effect is not None
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
    before = context.pending_words()
    if _CASE.fullmatch(said) and context.pending:
        said, before = "", _FORBIDS.sub("", before)
        if before != context.pending_words():
            return before, _effect(_acted(context, segment))
    event = _event(said) or _event(before) or _event_of_sentence(context, segment)
    return event, _effect(_acted(context, segment)) or (None if honours is None else BarHonours())


def _acted(context: Context, segment: Segment) -> str:
    return words_of(segment.tokens[segment.acts - segment.first :], context.text)


def _stops_else(context: Context, segment: Segment) -> bool:
    """Whether something is cancelled that the model does not have: 取消处方权."""
    words = _acted(context, segment)
    return words.startswith(_STOPPED) and not _HONOURS.search(words)


def _of_item(context: Context, segment: Segment) -> bool:
    """Whether the item itself is said to be a veto, and nothing follows that could be its event."""
    words = words_of(segment.tokens, context.plain)
    return segment.closed is not Kind.COMMA and _THE_ITEM.match(words) is not None


def _add(context: Context, segment: Segment, event: str, effect: VetoEffect | None) -> None:
    """Add the veto of an event, with the words that name it."""
    before = context.earlier[-1] if context.earlier else ""
    if before.endswith(("的", "者")) and _event(before) != event:
        message = Said("cases before it: vetoed as well?", "前面还列有情形：是否一并否决？")
        context.faults.append(Fault("clause-doubt", message, segment.first, segment.end))
    flag = flags(context, (event,))[0]
    _add_for(context, segment, flag, effect)
    for held in context.pending[-RECENT:]:
        context.use_words(held)
        context.reclaim(held, Taken.VETO)
    context.pending.clear()


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
    effect = context.vetoing
    if effect is None:
        return False
    words = words_of(segment.tokens, context.plain).strip("，,、；;。的者" + _QUOTES)
    words = _OR.sub("", words)
    goes_on = segment.after not in {Kind.LABEL, Kind.STOP, Kind.COLON}
    before = context.vetoes[-1] if goes_on and context.vetoed == context.sentence else None
    if len(words) < _SHORTEST or (goes_on and before is None):
        return False
    if before is not None:
        context.quantities.forget(before.code)
        context.vetoes.pop()
        words = f"{before.code}，{words}"
    flag = flags(context, (words,))[0]
    context.vetoes.append(Veto(flag.measure, flag.measure, when=flag, effects=(effect,)))
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
    waiting = context.pending[-1:] if not segment.occasion else []
    held = read_occasion(waiting[0].tokens, context.plain) if waiting else None
    single = held.bounds.single if isinstance(held, Held) and held.subject[1:] else None
    if not isinstance(held, Held) or single is None:
        return None
    return Compare(held_measure(context, held), *single)


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


def _effect(words: str) -> VetoEffect | None:
    """Return what some words cancel; None where they only announce a veto."""
    if "总分" in words or _ZERO.search(words):
        return ZeroTotal()
    if _ALL_MONEY.search(words):
        return WithholdMoney()
    if words.startswith(
        (
            "不予拨",
            "暂停拨",
            "停止拨",
            "不予兑",
            "扣",
            "核",
            "停发",
            "停拨",
            "免发",
            "不发",
            "不予发",
            "缓拨",
        )
    ):
        return WithholdMoney(_share(words))
    if "降" in words or "下调" in words:
        return LowerGrade(2 if _TWICE.search(words) else 1)
    capped = _AT_MOST.search(words)
    if capped is not None:
        return CapGrade(capped.group(1))
    if _REFUSED.match(words):
        return ForceGrade(words)
    forced = _FORCED.search(words)
    if forced is not None:
        return ForceGrade(forced.group(1))
    return None if "否决" in words else BarHonours()


def _share(words: str) -> Fraction:
    """Return the share of the money that is withheld: 20%, 两成, or all of it."""
    share = _SHARE.search(words)
    if share is not None:
        return to_fraction(share.group(1)) / 100
    tenths = _TENTHS.search(words)
    return Fraction(1) if tenths is None else chinese_number(tenths.group(1)) / 10


def _event_of_sentence(context: Context, segment: Segment) -> str:
    """Return the fault right before 无循环设备；不予评定等级, which has no words of its own."""
    alone = segment.after is Kind.STOP and not segment.occasion and context.earlier
    before = _event(context.earlier[-1]) if alone else ""
    return before if SAYS_WRONG.search(before) else ""


def _event(words: str) -> str:
    """Return the event in some words, without who is hit by it."""
    words = words.strip("，,、的" + _QUOTES)
    who = _WHO.search(words, max(0, len(words) - _WHO_REACH))
    words = words if who is None else words[: who.start()]
    words = _OF_YEAR.sub("", words)
    return "" if _THE_ITEM.fullmatch(words) else _LEAD.sub("", words)
