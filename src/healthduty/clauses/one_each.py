"""One of something in a fault is each of it: 投诉一次经查实扣2分, 超范围执业一个科, 1人1次.

Nobody means that the second complaint is free, nor that the second 现场会 adds nothing. What is
counted may stand anywhere in the words; not even one (未开展一次), only one (仅一人) and the same
one (同一人) count nothing.

Source: docs/en/explanation/how-text-is-read.md, “Words to rules”; semantics 11.

>>> from healthduty.clauses.clause import read_clause
>>> tally = read_clause("投诉一次经查实扣2分").rules[0].tally
>>> type(tally).__name__, tally.measure
('Cases', '投诉经查实')
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction

from healthduty.clauses.facts import trimmed
from healthduty.clauses.names.quantities import name_of
from healthduty.clauses.occasions import Many, Short
from healthduty.clauses.text.lexicon import RATES, TIMES, Kind
from healthduty.clauses.text.phrases import Tokens, kind_at, words_of

_NOT_EVEN = re.compile(r"(?:未|没有?|不|无)[^,，、]{0,6}(?<![者的])$")
_ONLY = re.compile(r"(?:仅|只|唯|单|至少|连续|接连)[有是由配]?$|[同另某每第任]$|(?:^|[,，])由$")
_OF_SO_MANY = re.compile(
    r"(?:^|(?<=[,，]))(?:以上|上述)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})?"
    r"[项条个款](?:要求|内容|指标|标准|工作)?(?:的?(?:其)?中)(?:的|有)?$|其中的?$"
)
_LACKS_ONE = re.compile(r"(?:每|凡)?(?:有)?(?:缺少?|少|漏)[一1](?P<noun>(?!不)[^\d,，、一]{1,8})")
_MOST_PAIRS = 2
_NOUN = 3  # 超范围执业一个科室


def read_one(tokens: Tokens, text: str) -> Many | Short | None:
    """Read `words (1 | 一) UNIT words` as each of it; None where the words count nothing."""
    if any(token.kind is Kind.LIST for token in tokens):
        return None  # 迟到、早退一次 is read where lists are
    lacking = lacks_one(trimmed(words_of(tokens, text)), each=False)
    if lacking is not None:
        return lacking
    pairs = [at for at, token in enumerate(tokens) if is_one(tokens, at)]
    if not pairs or len(pairs) > _MOST_PAIRS:
        return None
    before = words_of(tokens[: pairs[0]], text)
    rest = words_of(tokens[pairs[-1] + 2 :], text)
    if _ONLY.search(before) or (rest and _NOT_EVEN.search(before)):
        return None
    between = [tokens[a + 2 : b] for a, b in itertools.pairwise(pairs)]
    if any(between):
        return None  # 一人迟到一次: whose?
    before = _OF_SO_MANY.sub("", before)
    unit = tokens[pairs[-1] + 1].text
    noun = 0 < len(rest) <= _NOUN < len(before) and unit == "个"
    name = name_of(trimmed(before + "的" * noun + rest)) or trimmed(rest)
    return Many(name, Fraction(1), unit, each=False) if name else None


def lacks_one(words: str, *, each: bool) -> Short | None:
    """Read `[每] (缺 | 少 | 漏) (1 | 一) noun`: 缺一证, 每少一室; None for other words."""
    lacking = _LACKS_ONE.fullmatch(words)
    if lacking is None:
        return None
    noun = lacking["noun"]  # 缺一证, 缺一苗 count in a word that is no unit elsewhere
    unit = noun if len(noun) == 1 else ""
    return Short("" if unit else name_of(noun), Fraction(1), unit, each=each)


def is_one(tokens: Tokens, at: int) -> bool:
    """Whether one of something that is counted stands here: 一次, 1例; no time, no rate."""
    if tokens[at].kind is not Kind.NUMBER or tokens[at].value != 1:
        return False
    unit = tokens[at + 1].text if kind_at(tokens, at + 1) is Kind.UNIT else ""
    return unit != "" and unit not in TIMES and unit not in RATES
