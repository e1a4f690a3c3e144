"""The end of an agreement: term, successors, copies, signatures and their date.

Source: vocabulary “Responsible person” (接任者继续履行); rows A2, A4.

>>> copies_of("本责任书一式两份，双方各执一份。")
2
>>> term_of("有效期至下一年度目标责任书发布之日止").until_successor
True
"""

from __future__ import annotations

import re

from healthduty.clauses.text.numerals import NUMERALS, chinese_number
from healthduty.documents.spelling import fold
from healthduty.errors import NumberError
from healthduty.model.party import Signature, Term

_COPIES = re.compile(rf"[一壹]式\s*(?P<n>[{NUMERALS}\d]{{1,3}})\s*份")
_BANKED = str.maketrans("壹贰叁肆伍陆柒捌玖拾貳參陸", "一二三四五六七八九十二三六")
_NEXT = re.compile(r"至下一?(?:年度|年|轮)[^。;]{0,20}(?:发布|签订|生效|下达)")
_SUCCESSOR = re.compile(
    r"(?:接任|继任)者?[^。;]{0,12}(?:继续)?(?:履行|承担|执行)"
    r"|不因[^。;]{0,16}(?:变动|更换|调整|变更)而(?:改变|变更|终止|失效)"
)
_DATE = r"(?P<{0}>\d{{4}})\s*[年.\-/]\s*(?P<{1}>\d{{1,2}})\s*[月.\-/]\s*(?P<{2}>\d{{1,2}})\s*日?"
_SPAN = re.compile(
    "自?从?"
    + _DATE.format("y", "m", "d")
    + r"\s*起?\s*(?:至|到|-)\s*"
    + _DATE.format("y2", "m2", "d2")
)
_UNTIL = re.compile(
    r"(?:(?:有效期|期限|效力)[^,。;]{0,8}|之日起[^。;]{0,8}?)至" + _DATE.format("y2", "m2", "d2")
)
_DAY = re.compile(_DATE.format("y", "m", "d"))
_NUMERAL = "[一二三四五六七八九十〇零○元廿]"
_WRITTEN = re.compile(
    rf"(?P<y>[一二][〇零○九]{_NUMERAL}{{2}})年(?P<m>{_NUMERAL}{{1,2}})月(?P<d>{_NUMERAL}{{1,3}})日"
)
_SIGNER = re.compile(
    r"(?P<who>[^,。;:()\s_]{2,24}?)\s*(?:\((?:签字|签章|盖章|公章|签名|章)\)|签字\s*:|签章\s*:|盖章\s*:|签名\s*:)"
)
_SIGNS = re.compile(r"签字|签章|盖章|签名|公章|年\s*月\s*日")
_ASSESSED = re.compile("被[考检评]|受检|责任单位|责任人|承办")
_ASSESSES = re.compile("考核|考评|检查|督导")
_ROLES = {"甲方": "甲方", "乙方": "乙方"}


def copies_of(text: str) -> int | None:
    """Return how many copies there are, where the text says so."""
    match = _COPIES.search(fold(text).translate(_BANKED))
    if match is None:
        return None
    try:
        return int(match["n"]) if match["n"].isdecimal() else int(chinese_number(match["n"]))
    except NumberError:
        return None


def term_of(text: str) -> Term | None:
    """Return the term that a text sets, or None where it sets none."""
    folded = _WRITTEN.sub(lambda day: _day_written(day) or day[0], fold(text))
    span = _SPAN.search(folded)
    until = _NEXT.search(folded) is not None
    bound = _SUCCESSOR.search(folded) is not None
    ends = span or _UNTIL.search(folded)
    if ends is None and not until and not bound:
        return None
    start = None if span is None else _iso(span, ("y", "m", "d"))
    end = None if ends is None else _iso(ends, ("y2", "m2", "d2"))
    return Term(start, end, until_successor=until, successor_bound=bound)


def _iso(match: re.Match[str], names: tuple[str, str, str]) -> str:
    year, month, day = (int(match[name]) for name in names)
    return f"{year}-{month:02}-{day:02}"


def is_signature(text: str) -> bool:
    """Whether a line has a place for a signature."""
    return _SIGNS.search(fold(text)) is not None


def day_of(text: str) -> str | None:
    """Return the first day that a text names, as year-month-day, though it may not exist.

    >>> day_of("二〇一四年二月三十日"), day_of("2024年3月5日"), day_of("年  月  日")
    ('2014-02-30', '2024-03-05', None)
    """
    folded = fold(text)
    if match := _DAY.search(folded):
        return _iso(match, ("y", "m", "d"))
    match = _WRITTEN.search(folded)
    return None if match is None else _day_written(match)


def _day_written(match: re.Match[str]) -> str | None:
    """Return a day in Chinese numerals as year-month-day."""
    try:
        year = int(chinese_number(re.sub("[○零]", "\u3007", match["y"])))
        month, day = (int(chinese_number(match[name].replace("元", "一"))) for name in ("m", "d"))
    except (NumberError, KeyError):
        return None
    return f"{year}-{month:02}-{day:02}"


def _side(who: str, *, first: bool) -> str:
    """Return whose signature it is: who is assessed is the second side, wherever he stands."""
    if _ASSESSED.search(who):
        return "乙方"
    return "甲方" if first or _ASSESSES.search(who) else "乙方"


def signatures_of(text: str) -> tuple[Signature, ...]:
    """Return the places for signatures, each with who signs and the day where it is written.

    >>> [each.post for each in signatures_of("卫生局签字：单位负责人签字：")]
    ['卫生局', '单位负责人']
    """
    folded = fold(text)
    day = day_of(text)
    found: list[Signature] = []
    for match in _SIGNER.finditer(folded):
        who = text[match.start("who") : match.end("who")].strip("年月日")
        party = _side(folded[match.start("who") : match.end("who")], first=not found)
        found.append(Signature(party, who if who not in _ROLES else "", signed_on=day))
    return tuple(found)
