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

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.facts import SAYS_WRONG
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.said import Said

_ELSEWHERE = re.compile(
    r"(?:按照?|依据|依照|参照|执行)(?:医院|有关|相关|上级|国家|本院|我院|科室|市|县|区){0,3}"
    r"(?:《[^》]{2,80}》|(?:规定|办法|制度|标准|文件|细则|条例)(?=[,;。]?(?:执行|处理|处罚|考核|扣|$)))"
    r"[^,，;；。\n]{0,10}?(?:执行|处理|处罚|扣罚|考核|扣分|论处|办理)"
)
_FOLLOWS = re.compile(
    r"通报批评|(?:全[省市县区院]|公开|系统内)通报|约谈|诫勉|责令[^,，;；。]{0,8}(?:整改|改正|停业|停止|退)"
    r"|停业整顿|限期(?:整改|改正)|吊销|追究[^,，;；。]{0,12}责任|(?:给予|予以)[^,，;；。]{0,8}(?:处分|处罚)"
    r"|追[回缴]|收回|没收|罚款|解除[^,，;；。]{0,4}合同|不[得予]提拔|免职|撤职|降职|调离|待岗|解聘|辞退|移送|记过"
)
_ALONE = re.compile(
    rf"(?:并|且|另|应|将|给予|予以|进行|一律|全[省市县区院]|内)*(?:{_FOLLOWS.pattern}|通报|警告|批评教育)[^,，未无没不]{{0,6}}"
)
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
        words = words_of(tokens[first:end], context.text)
        if not _MADE.isdisjoint(taken):
            yield from _besides(context, tokens, members)
            continue
        if _ELSEWHERE.search(words) and not context.drafts:
            message = Said("another document says what is lost", "扣多少分由另一文件规定")
            yield Fault("clause-doubt", message, first, end)
        elif (found := _FOLLOWS.search(words)) is not None and SAYS_WRONG.search(
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
