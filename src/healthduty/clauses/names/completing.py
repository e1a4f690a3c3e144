"""What a fact or a case leaves out, from the words before it.

设置管理机构，未设置扣2分 is about 未设置管理机构; 预案有职责、流程等内容，缺一项扣1分 counts what
is lacking of all that stands there. What is left out may also stand in the requirement's cell.

Source: docs/en/explanation/how-text-is-read.md, “Words to measures”.

>>> from healthduty.clauses.clause import read_clause
>>> read_clause("设置管理机构，未设置扣2分").rules[0].tally.condition.measure
'未设置管理机构'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from healthduty.clauses.context import Context
from healthduty.clauses.facts import SAYS_WRONG, untied, without_if
from healthduty.clauses.names.asked_for import named_before, named_in_full
from healthduty.clauses.names.looked_at import as_found, is_anything, is_check
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.names.subjects import (
    NONE,
    about,
    in_short,
    is_bare,
    joined,
    thing_before,
    thing_of,
)
from healthduty.clauses.occasions import Occasion, Where
from healthduty.clauses.segments import Segment
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import DEEDS, UNIT, Kind, table
from healthduty.clauses.text.phrases import words_of
from healthduty.clauses.text.pieces import Taken

_VERBS = DEEDS | frozenset(
    table(
        "拟定 制订 编制 修订 组织实施 贯彻 督促 推进 购置 保管 更换 悬挂 张贴 佩戴 汇总 整理 收集 "
        "兑现 核对 清点 推行 掌握"
    )
)
"""What is done with something, also where the words before have to say with what."""
_NOUNS = frozenset(
    {"培训", "登记", "公示", "公开", "报告", "整改", "处理", "通报", "上报", "使用", "更新", "核对"}
)
_OF_NOUN = re.compile(
    r"制度|计划|记录|方案|资料|情况|率|台账|档案|[本簿表栏册]|流程|机制|人员|时[限间]"
)
"""登记本 is a thing: of 未登记 it says nothing."""
_BARE = re.compile(
    r"(?P<fact>(?:未能?|没有?|不|少(?!数))(?:按[时期]|及时|按(?:要求|规定)|认真|全部|全面)?"
    r"(?P<deed>[\u4e00-\u9fff]{2,4}))"
)
_NEEDED = re.compile(r"[应须要]有(?P<what>[^,，;；]{2,24})$")
_AMISS = re.compile(r"[不未](?![断间懈])")
_OTHER_DEEDS = re.compile(rf"^(?:[、和与及](?:组织)?(?:{'|'.join(sorted(_VERBS))})){{1,4}}")
"""Further verbs between one and what is done: 拟定、组织实施质量方案."""
_FURTHER_DEED = re.compile(rf"(?:,?并|且)(?:{'|'.join(sorted(_VERBS))})$")
_DONE_BEFORE = re.compile(
    rf"^.{{0,12}}?(?:{'|'.join(sorted(_VERBS))})(?P<what>[^,，;；、]{{2,}}?)(?:,?并|且|、|和|及)(?:组织|认真|抓好)?$"
)
"""What something was done with, before a further verb: 制定工作计划并落实."""
_SO = r"按时|按期|按月|按标准|按规定|按要求|足额|全额|及时|规范|如实|认真|全面|准确|定期|严格"
_MANNER = re.compile(rf"(?:未能?|没有?|不)(?P<manner>{_SO})")
_DONE_SO = re.compile(
    rf"(?P<what>[^,，;；]{{0,16}}?)(?:(?:{_SO})[、和]?){{1,4}}(?P<deed>[^,，;；、]{{2,12}})"
)
"""What was done in some manner: 费用按时按标准下发."""
_SO_MANY = re.compile(rf"^(?:至少|不少于)?(?:\d{{1,3}}|[一二两三四五六])(?:{UNIT})(?:以上)?的?")
_SO_OFTEN = re.compile(r"(?<=..)(?:(?:至少|不少于)?\d{1,3}(?:次|场|期)(?:以上)?|\d{1,3}%)$")
_EACH_TIME = re.compile(r"(?:每|定期|按|及时|组织|认真).*$")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])?(?:期内|年内)?")
_LOOKED = re.compile(r"^(?:查看|检查|核查|考核|了解)")
_LEADS = frozenset({"是否", "有无", "必须", "应当", "按要求", "按规定", "积极", "严格"})
_COUNTING = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE, Kind.LACK, Kind.FOUND})
_SHORT = 3  # 每, a number and its unit
_NEAR = 4
_NUMBERS = frozenset({Kind.NUMBER, Kind.BLANK})
_DEED = 2
_MOST_DONE = 4
_LONGEST_IN_LIST = 20
_SHORT_STATE = re.compile(r"不[\u4e00-\u9fff]{1,2}")
_LATE = re.compile(r"[迟漏缺晚不未](?P<deed>[交报送缴])")
_LACKS = re.compile(r"(?:无|没有|未有)(?P<what>.{2,8})")
_OF_WHICH = re.compile(r"的?(?:数量|情况|人数|比例|比率)$")
_WELL_DONE = re.compile(r"(?<=..)(?:的?(?:结果|成绩))(?:全部|均|都)?(?:合格|达标|优秀|通过|满意)$")
"""How what was to be done came out: 参加能力验证结果合格."""
_REQUIRED = re.compile(r"(?:[要应须需]|必须|应当)[有做写填交签作]")
"""What each time asks for: 每次学习要有笔记."""
_RATE = re.compile(r"(?:合格|覆盖|完成|达标|执行|开展|通过|参加|参与|落实|优秀|及时|规范)率$")
"""What a rate is called by behind the thing that it is of."""
_MARKS = "的,，、;；:： "
_MOST = 12
_LONGEST = 120


def _of_goal(context: Context, fact: str) -> str:
    """Return 未开展 with what the last goal asks for: 演练每年不少于1次; 考试合格率≥95%."""
    last = context.goals[-1] if context.goals else None
    if last is None or (last.rate and _RATE.search(last.name) is None):
        return ""  # nobody carries out a 满意度
    thing = _RATE.sub("", last.name)
    return f"{fact}{thing}" if _DEED <= len(thing) <= _LONGEST_IN_LIST else ""


def completed(context: Context, occasion: Occasion) -> Occasion:
    """Give a fact that says only what was not done the words that say with what.

    The words before it come first, then those of the requirement's cell that hold the same verb.
    """
    if not isinstance(occasion, Where):
        return occasion
    occasion = attrs.evolve(occasion, facts=tuple(map(as_found, occasion.facts)))
    if len(occasion.facts) > 1:
        return attrs.evolve(occasion, facts=listed_in_full(occasion.facts))
    fact = occasion.facts[0]
    waiting = [segment for segment in context.pending[-_NEAR:] if _is_words(segment)]
    texts = [untied(words_of(segment.tokens, context.plain).strip(_MARKS)) for segment in waiting]
    before = [text for text in texts if text not in {"", fact}]
    if fact in NONE:
        needed = _NEEDED.search(context.last_waiting())  # 应有健康证，无不得分
        whole = f"无{needed['what']}" if needed is not None else _none_of(context, fact, before)
    else:
        bare = _BARE.fullmatch(simplified(fact))
        manner = _MANNER.fullmatch(fact)
        if manner is not None:
            heard = context.heard_with(manner["manner"])
            whole = _in_manner(manner, [*heard, *context.earlier, *context.asked])
            whole = whole or fact_in_full(context, fact)
            return attrs.evolve(occasion, facts=(whole,)) if whole else occasion
        if bare is None or bare["deed"] not in _VERBS:
            whole = fact_in_full(context, fact)
            return occasion if whole == fact else attrs.evolve(occasion, facts=(whole,))
        named = [context.subject] if context.subject else []
        whole = (
            _done_with(fact, bare["deed"], before[-1:] or named)
            or _done_with(fact, bare["deed"], context.said_facts())  # 已成立小组，未成立不得分
            or _done_with(fact, bare["deed"], context.earlier)
            or _done_with(fact, bare["deed"], context.asked)
        )
        before = before or (named if context.in_parts else [])
        named_in = bool(before) and before[-1] in fact  # 登记（2分），未登记扣1分
        whole = whole or (f"{before[-1]}，{fact}" if before and not named_in else "")
        whole = whole or _ending(bare, context.asked) or about(context, fact)
        whole = whole or _of_goal(context, fact)
    if not whole:
        return occasion
    context.use_pending()
    return attrs.evolve(occasion, facts=(whole,))


def listed_in_full(facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return 无记录、记录不规范 for 无记录、不规范: a bare fault is about the thing before it."""
    thing, whole = "", []
    for fact in facts:
        short = is_bare(fact) or _SHORT_STATE.fullmatch(fact)
        full = joined(thing, fact) if thing and short else ""
        full = thing + fact if full and _SHORT_STATE.fullmatch(fact) else full
        whole.append(fact if not full or "，" in full else full)
        thing = thing_of(fact) or thing
    return tuple(whole)


def undone_with(context: Context, name: str) -> str:
    """Return 未执行手卫生制度 for 未执行, where the requirement says with what; else nothing."""
    bare = _BARE.fullmatch(simplified(name))
    if bare is None or bare["deed"] not in _VERBS:
        return ""
    deed = bare["deed"]
    return _done_with(name, deed, context.earlier) or _done_with(name, deed, context.asked)


def leaves_out(fact: str) -> bool:
    """Whether a fact says what is wrong, and leaves out with what: 未按期, 未设置, 不合格."""
    bare = _BARE.fullmatch(simplified(fact))
    undone = bare is not None and bare["deed"] in _VERBS
    return undone or fact in NONE or is_bare(fact) or _MANNER.fullmatch(fact) is not None


def says_only_undone(name: str) -> bool:
    """Whether a name says only what was not done: 未查处."""
    bare = _BARE.fullmatch(simplified(name))
    return bare is not None and bare["deed"] in DEEDS


def _is_words(segment: Segment) -> bool:
    """Whether a segment is words alone, and not only a date or a title."""
    worded = any(token.kind is Kind.WORD for token in segment.tokens)
    return worded and all(
        token.kind in {Kind.WORD, Kind.LIST, Kind.EXPLAINED} for token in segment.tokens
    )


def fact_in_full(context: Context, name: str) -> str:
    """Return a fault with the words that wait before it, where it is bare, else with others."""
    own = name in context.last_waiting()
    if own and without_if(context.last_waiting()) != name:
        return name  # one of a list that waits: 未建账、未公示，各扣1分
    if not context.pending or (own and len(context.pending) == 1):
        full = _contrasted(context, name) or undone_with(context, name)
        full = full or named_before(context, name) or named_in_full(context, name)
        return about(context, full) or full
    last = context.last_waiting()
    late = _LATE.fullmatch(name)  # 报表每月5日上交，迟交
    taken_up = is_bare(name) or (late is not None and late["deed"] in last[-_NEAR:])
    whole = all_waiting(context, name) if taken_up else ""
    return (joined(whole, name) or about(context, name) or name) if whole else name


def _contrasted(context: Context, name: str) -> str:
    """Return 发生差错无记录 for 无记录, behind 发生差错有记录."""
    lacks = _LACKS.fullmatch(name)
    for fact in context.said_facts()[-1:] if lacks is not None else ():
        before, has, behind = fact.rpartition("有")
        if lacks is not None and has and behind == lacks["what"] and len(before) > 1:
            return before + name
    late = _LATE.fullmatch(name)
    for fact in context.said_facts()[-1:] if late is not None else ():
        before, _, last = fact.rpartition("，")  # 报表每月5日上交，迟交扣1分，不交扣5分
        other = _LATE.fullmatch(last)
        if late is not None and before and other is not None and other["deed"] == late["deed"]:
            return f"{before}，{name}"
    return ""


def _none_of(context: Context, fact: str, before: list[str]) -> str:
    """Return 没有专人负责 of 有专人负责，没有; 没有培训记录 of 查培训记录，没有."""
    sentence, seen = context.seen
    if before:
        has = next((at for at, text in enumerate(before) if text.startswith("有")), len(before) - 1)
        for held in context.pending[has - len(before) :]:
            context.reclaim(held, Taken.RULE)
        return joined("，".join(before[has:]), fact)
    if sentence == context.sentence and len(seen) > 1 and not is_anything(seen):
        return joined(f"有{seen}", fact)
    if context.pending and _span(context.pending[-1]) in context.goal_spans[-1:]:
        context.used_goals.add(len(context.goals) - 1)
        return f"无{context.goals[-1].name}"  # 每季度一次质量分析，无扣5分
    earned = "".join(context.said_facts()[-1:])  # 有告知得2分，无不得分
    return joined(thing_before(context) or earned, fact) or about(context, fact)


def _span(segment: Segment) -> tuple[int, int]:
    return segment.first, segment.end


def _ending(bare: re.Match[str], texts: Sequence[str]) -> str:
    """Return 宣传栏未更换 for 未更换, of 宣传栏每两个月更换一次: what stands before the verb."""
    for text in reversed(texts):
        before, deed, rest = text.partition(bare["deed"])
        what = untied(_EACH_TIME.sub("", _LOOKED.sub("", before)).strip(_MARKS))
        ends = not _SO_MANY.sub("", untied(rest.strip(_MARKS))) or rest[0] in "、并且和及"
        if deed and ends and 1 < len(what) <= _MOST and what not in _LEADS:
            return what + bare["fact"]
    return ""


def _in_manner(manner: re.Match[str], texts: Sequence[str]) -> str:
    """Return 费用未按标准下发 for 未按标准, of 费用按时按标准下发."""
    for text in texts:
        found = _DONE_SO.fullmatch(text) if manner["manner"] in text else None
        if found is not None:
            return f"{found['what']}{manner.group()}{found['deed']}"
    return ""


def _done_with(fact: str, deed: str, texts: Sequence[str]) -> str:
    """Return a fact with what stands behind its verb in some texts.

    Where several begin with the verb, it is about all of them: 执行首诊制度；执行会诊制度.
    """
    found: list[str] = []
    for number in reversed(range(len(texts))):
        what = _done(deed, texts, number)
        begins = simplified(texts[number][: len(deed)]) == deed
        if what and (not found or begins):
            found.insert(0, what)
        if found and not begins:
            break
    return fact + "、".join(found[-_MOST_DONE:]) if found else ""


def _done(deed: str, texts: Sequence[str], number: int) -> str:
    """Return what a verb is about in one of some texts, nothing where it is not there."""
    text = texts[number]
    at = simplified(text).find(deed)
    rest = _OTHER_DEEDS.sub("", text[at + len(deed) :]) if at >= 0 else ""
    if at > 0 and rest[:1] == "、":
        return ""  # 院务公开、财务规范: what is beside it in a list
    rest = _FURTHER_DEED.sub("", untied(rest.strip(_MARKS)))
    rest = "" if rest in {"情况", "工作", "到位"} or rest[:1] in {"并", "且"} else rest
    if rest[:1] == "率":  # 节育措施落实率达100%, 未落实一例
        what = name_of(_ORDINAL.sub("", _EACH_TIME.sub("", text[: max(at, 0)])))
        return what if len(what) > 1 else ""
    if _AMISS.match(rest):
        return ""  # 院务公开不及时: the verb stands in a name
    rest = _SO_MANY.sub("", rest)
    named = _DONE_BEFORE.match(text[: max(at, 0)]) if not rest else None
    if named is not None:
        return _EACH_TIME.sub("", named["what"]) or named["what"]  # 制定工作计划并落实
    rest = _WELL_DONE.sub("", _OF_WHICH.sub("", _SO_OFTEN.sub("", rest))) + _listed_behind(
        rest, texts[number + 1 :]
    )
    lacks = len(rest) <= 1 or (deed in _NOUNS and _OF_NOUN.match(rest) is not None)
    return "" if lacks else rest


def _listed_behind(rest: str, texts: Sequence[str]) -> str:
    """Return 、集体活动 behind 大型活动, where the next phrase goes on with the list."""
    ends = rest[-_DEED:]
    alike = len(rest) > _DEED and len(texts) > 0 and texts[0].endswith(ends)
    if not alike or any(deed in texts[0] for deed in DEEDS) or len(texts[0]) > _LONGEST_IN_LIST:
        return ""
    return "、" + untied(texts[0].strip(_MARKS))


def counts(segment: Segment) -> bool:
    """Whether a segment only says that there is a number of something: 每缺一项, 发现一例."""
    return any(token.kind in _COUNTING for token in segment.tokens) or (
        segment.tokens[0].kind is Kind.EACH
        and len(segment.tokens) <= _SHORT
        and _REQUIRED.search(segment.tokens[-1].text) is None
    )


def _is_item(segment: Segment) -> bool:
    """Whether a segment only points at items of the requirement: 第1、2项，每缺1项."""
    return all(token.note == "an item" for token in segment.tokens)


def all_waiting(context: Context, fault: str | None = None) -> str:
    """Return all words of the sentence that wait, as one name, and use them.

    Where they are a paragraph, only the last of them, and of many those that fit a `fault`; what
    was looked up (查阅资料) names nothing.
    """
    waiting = context.pending[-_MOST:]
    texts = [untied(words_of(segment.tokens, context.plain).strip(_MARKS)) for segment in waiting]
    kept = [
        (segment, text)
        for segment, text in zip(waiting, texts, strict=True)
        if text
        and not is_check(text)
        and (_is_item(segment) or all(token.kind not in _NUMBERS for token in segment.tokens))
        and not counts(segment)
    ]
    counted = bool(waiting) and counts(waiting[-1])
    if not kept or kept[-1][0] is not waiting[-2 if counted else -1]:
        return ""
    if sum(len(text) for _, text in kept) > _LONGEST:
        kept = kept[-1:]
    names = [text for _, text in kept]
    faults = len(names) > 1 and all(SAYS_WRONG.search(name) for name in names)
    short = "" if fault is None or faults else in_short(names, fault)
    if short and names[-1] not in short and SAYS_WRONG.search(names[-1]):
        short = names[-1].removeprefix("如")  # …要立即送医，如未及时送医，一次扣5分
    for segment, text in kept:
        context.reclaim(segment, Taken.RULE)
        if short and text not in short:
            context.explain(segment, "more of what is asked")
    return short or "，".join(names)
