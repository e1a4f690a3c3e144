"""What follows and is no points: 予以通报批评, 责令整改; and what another document decides.

The model has points, grades, honours and money. Anything else that follows from a fault is told
where nothing else was read of its sentence, for it would be lost; so is 按《…规定》执行, behind
which the points stand somewhere else.

Source: semantics 6, 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> str(read_clause("医疗差错按《差错处理规定》执行").findings[0].code)
'clause-doubt'
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.numerals import chinese_number
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.exact import to_fraction
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    VetoEffect,
    WithholdMoney,
    ZeroTotal,
)
from healthduty.said import Said

_ELSEWHERE = re.compile(
    r"(?:按照?|依据|依照|参照|执行)(?:医院|有关|相关|上级|国家|本院|我院|科室|市|县|区){0,3}"
    r"(?:《[^》]{2,80}》|(?:规定|办法|制度|标准|文件|细则|条例)(?=[,;。]?(?:执行|处理|处罚|考核|扣|$)))"
    r"[^,，;；。\n]{0,10}?(?:执行|处理|处罚|扣罚|考核|扣分|论处|办理)"
)
FOLLOWS = re.compile(
    r"通报批评|(?:全[省市县区院]|公开|系统内)通报|约谈|诫勉|责令[^,，;；。]{0,8}(?:整改|改正|停业|停止|退)"
    r"|停业整顿|限期(?:整改|改正)|吊销|追究[^,，;；。]{0,12}责任|(?:给予|予以)[^,，;；。]{0,8}(?:处分|处罚)"
    r"|追[回缴]|收回|没收|罚款|解除[^,，;；。]{0,6}(?:合同|协议)|发放[黄红]牌|不[得予]提拔|免职|(?:免去|撤销|解除)[^,，;；。]{0,10}职务|开除|撤职|降职|调离|待岗|解聘|辞退|移送|记过"
)
OUTCOME = "what follows from the total"
"""What is told of once already: a low one brings 通报批评."""
_RECKONED = re.compile(r"(?:具体|另行|单独|以[^,，以]{2,12})(?:核算|核定)$")
"""How points are found that no rule has: 横向课题以到账金额核算."""
_ALONE = re.compile(
    rf"(?:并|且|另|应|将|给予|予以|进行|一律|全[省市县区院]|内)*(?:{FOLLOWS.pattern}|通报|警告|批评教育)[^,，未无没不]{{0,6}}"
    r"|(?:违规|相关|涉及|所涉)[^,，未没不]{0,6}费用[^,，未没]{0,14}(?:扣款|拒付|追回|扣除|不予支付)"
    r"|(?:并|且|另)?(?:暂停|中止|终止|停止)[^,，未没不]{2,16}(?:整改|业务|资[格质]|服务|结算|协议|拨付|支付|处方权|执业)"
)
_SHARE = re.compile(r"(\d{1,20}(?:\.\d{1,20})?)%")
_ZERO = re.compile(
    r"(?:考[核评]|总评|本次).*[0零]分|总(?:得|成)分|^(?:取消|(?:按|视为)?(?:无|没有|不计))[^,，]{0,10}考[核评](?:成绩|得分)?$"
)
_REFUSED = re.compile(
    r"^不(?:予(?!评[优先选为]|[评认]定为|命名为|列|纳|推|申|当选|授)|[得能]?(?:通过|进行))"
)
"""What is refused stands for the outcome: 不予评定等级, 不予许可, 不得通过验收."""
_ALL_MONEY = re.compile(
    r"(?:绩效|奖金|津贴|补助|工资)(?:全部|全额)(?:予以)?(?:扣|停|取消)"
    r"|^取消[^,，]{0,10}(?:奖金|绩效(?!分|考核)|补助|津贴|经费)"
)
_TENTHS = re.compile(r"([一二三四五六七八九])成")
_TWICE = re.compile(r"[两二2]")
_AT_MOST = re.compile(r"不得(?:高于|超过)(合格|良好|基本合格)")
_FORCED = re.compile(
    r"(不合格|不称职|不及格|基本合格|基本称职|末等|[不未]达标|[不未]通过|[A-E][级档等]?|[甲乙丙]级|(?<=[为“\"])较?差)"
)
_DENIED = re.compile(
    r"不(?:得|能|予|可|再)?(?:被)?(?:评|定|评定|确定|评选)为?(?P<grade>良好?|合格|称职|[A-D]级|优秀(?=等[次级]|档次?))(?!单位|科室)(?:及?以上)?"
)
_OPPOSITE = {"合格": "不合格", "称职": "不称职"}
_ENDS = frozenset({Kind.STOP, Kind.LABEL})
_MADE = frozenset({Taken.RULE, Taken.VETO, Taken.UNREAD})


def doubt_consequences(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through sentences of which nothing was read, and that say what follows from something."""
    if context.asks:
        return  # a requirement may well say that something is done by 《…规范》
    numbers = list(itertools.accumulate(int(token.kind in _ENDS) for token in tokens))
    for _, run in itertools.groupby(range(len(tokens)), key=numbers.__getitem__):
        members = list(run)
        taken = {context.claims[index][0] for index in members}
        first, end = members[0], members[-1] + 1
        first += tokens[first].kind in _ENDS
        if first >= end:
            continue
        if context.claims[first] == (Taken.NUMBER, OUTCOME):
            continue
        words = words_of(tokens[first:end], context.text)
        if not _MADE.isdisjoint(taken):
            yield from _besides(context, tokens, members)
            continue
        if _ELSEWHERE.search(words) and not context.drafts:
            message = Said("another document says what is lost", "扣多少分由另一文件规定")
            yield Fault("clause-doubt", message, first, end)
        elif _RECKONED.search(words):
            message = Said("how these points are found is not said", "这些分数怎样核算没有写明")
            yield Fault("clause-doubt", message, first, end)
        elif (found := FOLLOWS.search(words)) is not None and SAYS_WRONG.search(
            words, 0, found.start()
        ):
            message = Said("what follows is no points", "后果不是分数，没有读入规则")
            yield Fault("clause-doubt", message, first, end)


def _besides(context: Context, tokens: Tokens, members: list[int]) -> Iterator[Fault]:
    """Go through what follows besides points: 未公示的，通报批评，扣1分."""
    for index in members:
        alone = tokens[index].kind is Kind.WORD and says_what_follows(tokens[index].text)
        if alone and context.claims[index][0] is Taken.TEXT:
            message = Said("what follows besides is in no rule", "分数之外的后果没有读入规则")
            yield Fault("clause-assumed", message, index, index + 1)


def says_what_follows(words: str) -> bool:
    """Whether words say only what follows, and nothing that is wrong: 予以通报批评."""
    return _ALONE.fullmatch(words.strip("的")) is not None


def effect_of_veto(words: str) -> VetoEffect | None:
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
    denied = _DENIED.match(words)
    if denied is not None and denied["grade"] in _OPPOSITE:
        return ForceGrade(_OPPOSITE[denied["grade"]])
    forced = _FORCED.search(words)
    if forced is not None:
        return ForceGrade(forced.group(1))
    return None if "否决" in words else BarHonours()


def caps_below(words: str) -> str | None:
    """Return the grade that is denied, where the one below it is not said: 不得评为良好以上."""
    denied = _DENIED.match(words)
    return None if denied is None or denied["grade"] in _OPPOSITE else denied["grade"]


def _share(words: str) -> Fraction:
    """Return the share of the money that is withheld: 20%, 两成, or all of it."""
    share = _SHARE.search(words)
    if share is not None:
        return to_fraction(share.group(1)) / 100
    tenths = _TENTHS.search(words)
    return Fraction(1) if tenths is None else chinese_number(tenths.group(1)) / 10
