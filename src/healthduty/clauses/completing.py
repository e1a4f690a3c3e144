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

from healthduty.clauses.asked_for import named_in_full
from healthduty.clauses.context import Context
from healthduty.clauses.facts import untied
from healthduty.clauses.lexicon import DEEDS, UNIT, Kind, table
from healthduty.clauses.occasions import Occasion, Where
from healthduty.clauses.phrases import words_of
from healthduty.clauses.pieces import Taken
from healthduty.clauses.segments import Segment

_VERBS = DEEDS | frozenset(
    table(
        "拟定 制订 编制 修订 组织实施 贯彻 督促 推进 购置 保管 更换 悬挂 张贴 佩戴 汇总 整理 收集 "
        "兑现 核对 清点 推行"
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
    r"(?P<fact>(?:未能?|没有?|不)(?:按[时期]|及时|按(?:要求|规定)|认真|全部|全面)?"
    r"(?P<deed>[\u4e00-\u9fff]{2,4}))"
)
_NEEDED = re.compile(r"[应须要]有(?P<what>[^,，;；]{2,24})$")
NONE = frozenset({"没有", "无", "没"})
"""What says only that nothing is there, of what stands before it."""
LOOKED_UP = re.compile(
    r"(?:现场|随机|电话|入户)?(?:检查|查看|抽查)?(?:或|和|、|并)?"
    r"(?:(?:询问|访谈|提问|走访)[^,，]{1,8}[者人工属众员长]|与[^,，]{1,8}交谈)$|"
    r"(?:随机|现场|实地)?(?:检查|核查|抽查|核对|查阅|查看|查验|调阅|对照|比对)(?!发现|不|未|人|组|次|率|频|覆盖).*"
    r"(?:资料|材料|记录|登记[簿本表]?|报表|台账|档案|病历|处方|核对|比对|平台|文件|网报|记载|[簿册])$|"
    r"(?:现场|实地|随机)?(?:查|看|听|问)(?:阅|看)?.{0,8}(?:资料|材料|记录|现场|文件|台账)?$"
)
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
_EACH_TIME = re.compile(r"(?:每|定期|按|及时|组织|认真).*$")
_LOOKED = re.compile(r"^(?:查看|检查|核查|考核|了解)")
_LEADS = frozenset({"是否", "有无", "必须", "应当", "按要求", "按规定", "积极", "严格"})
_COUNTING = frozenset({Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE, Kind.LACK, Kind.FOUND})
_SOUGHT = re.compile(r"查(?:[阅看])?(.{2,})")
_SHORT = 3  # 每, a number and its unit
_NEAR = 4
_MARKS = "的,，、;；:： "
_MOST = 12
_LONGEST = 120


def completed(context: Context, occasion: Occasion) -> Occasion:
    """Give a fact that says only what was not done the words that say with what.

    The words before it come first, then those of the requirement's cell that hold the same verb.
    """
    if not isinstance(occasion, Where) or len(occasion.facts) > 1:
        return occasion
    fact = occasion.facts[0]
    waiting = [segment for segment in context.pending[-_NEAR:] if _is_words(segment)]
    texts = [untied(words_of(segment.tokens, context.plain).strip(_MARKS)) for segment in waiting]
    before = [text for text in texts if text not in {"", fact}]
    if fact in NONE:
        needed = _NEEDED.search(context.last_waiting())  # 应有健康证，无不得分
        whole = f"无{needed['what']}" if needed is not None else _none_of(fact, before)
    else:
        bare = _BARE.fullmatch(fact)
        manner = _MANNER.fullmatch(fact)
        if manner is not None:
            heard = context.heard_with(manner["manner"])
            whole = _in_manner(manner, [*heard, *context.earlier, *context.asked])
            return attrs.evolve(occasion, facts=(whole,)) if whole else occasion
        if bare is None or bare["deed"] not in _VERBS:
            whole = named_in_full(context, fact) if not before else fact
            return occasion if whole == fact else attrs.evolve(occasion, facts=(whole,))
        before = [text for text in before if not LOOKED_UP.match(text)]
        named = [context.subject] if context.subject else []
        whole = (
            _done_with(bare, before[-1:] or named)
            or _done_with(bare, context.said_facts())  # 已成立小组得4分，未成立不得分
            or _done_with(bare, (*context.asked, *context.earlier))
        )
        before = before or (named if context.in_parts else [])
        named_in = bool(before) and before[-1] in fact  # 登记（2分），未登记扣1分
        whole = whole or (f"{before[-1]}，{fact}" if before and not named_in else "")
        whole = whole or _ending(bare, context.asked)
    if not whole:
        return occasion
    context.use_pending()
    return attrs.evolve(occasion, facts=(whole,))


def undone_with(context: Context, name: str) -> str:
    """Return 未执行手卫生制度 for 未执行, where the requirement says with what; else nothing."""
    bare = _BARE.fullmatch(name)
    known = bare is not None and bare["deed"] in _VERBS
    texts = (*context.asked, *context.earlier)
    return _done_with(bare, texts) if bare is not None and known else ""


def says_only_undone(name: str) -> bool:
    """Whether a name says only what was not done: 未查处."""
    bare = _BARE.fullmatch(name)
    return bare is not None and bare["deed"] in DEEDS


def _is_words(segment: Segment) -> bool:
    """Whether a segment is words alone, and not only a date or a title."""
    worded = any(token.kind is Kind.WORD for token in segment.tokens)
    return worded and all(
        token.kind in {Kind.WORD, Kind.LIST, Kind.EXPLAINED} for token in segment.tokens
    )


def _none_of(fact: str, before: list[str]) -> str:
    """Return 没有专人负责 of 有专人负责，没有; 没有培训记录 of 查培训记录，没有."""
    if not before:
        return ""
    words = before[-1]
    sought = _SOUGHT.match(words)
    if sought is not None:
        return f"没有{sought.group(1)}"
    return f"没{words}" if words.startswith("有") else f"{words}，{fact}"


def _ending(bare: re.Match[str], texts: Sequence[str]) -> str:
    """Return 宣传栏未更换 for 未更换, of 宣传栏每两个月更换一次: what stands before the verb."""
    for text in reversed(texts):
        before, deed, rest = text.partition(bare["deed"])
        what = untied(_EACH_TIME.sub("", _LOOKED.sub("", before)).strip(_MARKS))
        ends = not _SO_MANY.sub("", untied(rest.strip(_MARKS)))
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


def _done_with(bare: re.Match[str], texts: Sequence[str]) -> str:
    """Return a fact with what stands behind its verb in one of some texts."""
    for text in reversed(texts):
        at = text.find(bare["deed"])
        rest = _OTHER_DEEDS.sub("", text[at + len(bare["deed"]) :]) if at >= 0 else ""
        rest = _FURTHER_DEED.sub("", untied(rest.strip(_MARKS)))
        rest = "" if rest in {"情况", "工作", "到位"} else _SO_MANY.sub("", rest)
        named = _DONE_BEFORE.match(text[: max(at, 0)]) if not rest else None
        if named is not None:
            return bare["fact"] + named["what"]  # 制定工作计划并落实
        if len(rest) > 1 and not (bare["deed"] in _NOUNS and _OF_NOUN.match(rest)):
            return bare["fact"] + rest
    return ""


def counts(segment: Segment) -> bool:
    """Whether a segment only says that there is a number of something: 每缺一项, 发现一例."""
    return any(token.kind in _COUNTING for token in segment.tokens) or (
        segment.tokens[0].kind is Kind.EACH and len(segment.tokens) <= _SHORT
    )


def _is_item(segment: Segment) -> bool:
    """Whether a segment only points at items of the requirement: 第1、2项，每缺1项."""
    return all(token.note == "an item" for token in segment.tokens)


def all_waiting(context: Context) -> str:
    """Return all words of the sentence that wait, as one name, and use them.

    Where they are a paragraph, only the last of them; what was looked up (查阅资料) names nothing.
    """
    waiting = context.pending[-_MOST:]
    texts = [untied(words_of(segment.tokens, context.plain).strip(_MARKS)) for segment in waiting]
    kept = [
        (segment, text)
        for segment, text in zip(waiting, texts, strict=True)
        if text
        and not LOOKED_UP.match(text)
        and (_is_item(segment) or not any(c.isdecimal() for c in text))
        and not counts(segment)
    ]
    counted = bool(waiting) and counts(waiting[-1])
    if not kept or kept[-1][0] is not waiting[-2 if counted else -1]:
        return ""
    if sum(len(text) for _, text in kept) > _LONGEST:
        kept = kept[-1:]
    for segment, _ in kept:
        context.reclaim(segment, Taken.RULE)
    return "，".join(text for _, text in kept)
