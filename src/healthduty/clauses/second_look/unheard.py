"""Phrases that speak of points, grades or honours, and of which nothing was read.

Nothing scores by a number in 依据统计数据打分, 不能获得表彰 or 评分时需标化, and each changes a
result. What is spared (不扣分), or gives an example, changes nothing.

Source: semantics 12 (nothing is dropped), 7 (合理缺项).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("由院办依据日常表现评分。迟到一次扣1分").findings.codes
True
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from healthduty.clauses.context import Context, Fault
from healthduty.clauses.second_look.left_over import told_in
from healthduty.clauses.text.lexicon import Kind
from healthduty.clauses.text.phrases import Tokens, words_of
from healthduty.clauses.text.pieces import Taken
from healthduty.said import Said

_SPEAKS = re.compile(
    r"同[上前]$|(?<![筛查])[打评计赋](?:\d{1,3})?分$|百分制[打评计]分|(?:高低|情况|结果|数据|程度|标准)[打评计赋]分"
    r"|(?:考[核评](?:成绩|等[次级]|结果)|评分等级)[^,，;；。]{0,6}(?:降|无|为|取消|定)|无(?:考核)?成绩|[等档][次级]降"
    r"|(?:不[能得予再]|取消|丧失|失去)(?:被|参与|参加|获得?|享受)?[^,，;；。]{0,12}"
    r"(?:表彰|评优|评先|优秀|先进|评选|评定|等级|资格|称号|示范|奖)"
    r"|一票否决|(?:评|评定|确定|认定|判定|判|视|定)为(?:[不未][^,，;；。]|[较很极]?差|末等|[乙丙][级等])|不[能得予](?:被)?评"
    r"|合理缺项|标化|免去[^,，;；。]{0,10}[职任]|撤职|线性(?:关系|插值|计)|就地免职"
)
"""Words by which a result changes, and which no number has to stand beside."""
_SAYS_NOTHING = frozenset({Kind.HEADING, Kind.VETO})
_EXAMPLE = re.compile(
    r"^[,，;；。\s]*(?:例如|比如|如:|举例|注:)|评分(?:标准|细则|表|办法)|参照此?[^,，]{0,4}标准|总结表彰|挂钩"
)
_CHECKED = "how it is checked"  # 依据统计数据打分 says more than that
_STOPS = frozenset({Kind.STOP, Kind.LABEL})
_MARKS = frozenset({Kind.STOP, Kind.LABEL, Kind.COMMA, Kind.COLON})
_MADE = frozenset({Taken.RULE, Taken.TARGET, Taken.POINTS, Taken.VETO, Taken.UNREAD})


def doubt_unheard(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through phrases that change a result and of which nothing was made."""
    if context.asks:
        return
    told = told_in(context)
    sentences = list(itertools.accumulate(int(token.kind in _STOPS) for token in tokens))
    spared = {at for at, token in zip(sentences, tokens, strict=True) if token.kind is Kind.SPARED}
    numbers = itertools.accumulate(int(token.kind in _MARKS) for token in tokens)
    for _, run in itertools.groupby(enumerate(numbers), key=lambda pair: pair[1]):
        members = [index for index, _ in run if tokens[index].kind not in _MARKS]
        if not members or not told.isdisjoint(members) or sentences[members[0]] in spared:
            continue
        if not all(_is_open(context, tokens, index) for index in members):
            continue
        words = words_of(tokens[members[0] : members[-1] + 1], context.text)
        if _SPEAKS.search(words) and not _EXAMPLE.search(words):
            message = Said(
                "it speaks of points, grades or honours, and nothing was read of it",
                "涉及分数、等次或荣誉，没有读入规则",
            )
            yield Fault("clause-doubt", message, members[0], members[-1] + 1)


def _is_open(context: Context, tokens: Tokens, index: int) -> bool:
    """Whether nothing was made of a token, and nothing explains it."""
    taken, note = context.claims[index]
    free = not note or note == _CHECKED
    return taken not in _MADE and free and tokens[index].kind not in _SAYS_NOTHING
