"""Folded text to tokens: numbers, units and the words of scoring; all else is a word.

At each place the first line of the tables that fits is taken, and a place is looked at a bounded
number of times, so the time is linear in the text.

>>> [token.kind.name for token in tokens_of("满意率每低5%扣0.5分")]
['WORD', 'EACH_LESS', 'NUMBER', 'UNIT', 'LOSE', 'NUMBER', 'POINTS']
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

import attrs

from healthduty.clauses.text.beginnings import Lines
from healthduty.clauses.text.idle import EXPLAINED, HEADING, MONEY, MONEY_NOTE, PLAIN_WORDS
from healthduty.clauses.text.lexicon import TIMES, UNIT, Kind
from healthduty.clauses.text.misprints import without_point
from healthduty.clauses.text.numerals import chinese_number
from healthduty.clauses.text.patterns import CHINESE, NUMBER, PATTERNS, SCORE_UNIT
from healthduty.errors import NumberError
from healthduty.exact import to_fraction


@attrs.frozen
class Token:
    """A piece of folded text, `start` up to `end`: its kind, and a number's value.

    `note` says what an explained number is; `spelt` marks a number in Chinese numerals.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Fraction | None = None
    note: str = ""
    spelt: bool = False


_LINES: tuple[tuple[Kind, str, str], ...] = (
    *((Kind.EXPLAINED, pattern, note) for note, pattern in EXPLAINED),
    (Kind.HEADING, HEADING, ""),
    (Kind.MONEY, MONEY, MONEY_NOTE),
    (Kind.WORD, PLAIN_WORDS, ""),
    *((kind, pattern, "") for kind, pattern in PATTERNS),
    (Kind.NUMBER, NUMBER, ""),
    (Kind.NUMBER, CHINESE, ""),
)
_SPELT = len(_LINES) - 1
_KIND = operator.attrgetter("kind")
_TABLE = Lines([pattern for _, pattern, _ in _LINES])
_UNIT = re.compile(UNIT)
_OTHER_UNIT = "(?:次|项|例|人|处|份|个|件|户|起|张|条|台|家)"
_UNIT_BESIDE = re.compile(rf"\({_OTHER_UNIT}\)|[或和]每?{_OTHER_UNIT}(?=,?[扣减加得])")
"""Another unit that is counted as well: 每次（项）, 每份或每张扣1分."""
_SCORE_UNIT = re.compile(SCORE_UNIT)
_POINTS = re.compile("分")
_CREDITS = re.compile("学分")
_CREDITS_BOUND = re.compile(r"学分(?=及?以[上下]|的?扣)")
_COLLECTS = re.compile(r"(?:取得|获得|修满|完成|[修满获缺欠差])$")
_POINTLESS = re.compile(r"0\d")
_OF_RATE_OR_POINTS = re.compile(r"(?:[-至到、/]\d{1,3}(?:\.\d{1,2})?)?(?:分|[%‰]|个?百分点)")
_THOUSANDS = {"千": 1000, "万": 10_000, "亿": 100_000_000}
_TO_MYRIADS = re.compile(r"[-至到]\d+(?:\.\d+)?(?P<of>[千万亿])(?![元人])")
"""What the number before counts in, too: 5-8万."""
_LIST_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff“\"])(?![一二三四五六七八九十两]|[类级期甲乙丙线])|"
    r"\d{1,2}-\d{1,2}(?:-\d{1,2})?[.、](?=[\u4e00-\u9fff])|\d{1,2}(?:-\d{1,2}){2}(?=[\u4e00-\u9fff]{2})(?![年月日号])"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}(?:[.、](?!\d)|\)|(?=[不未无没](?!超|低|少|足|满)|[有按配设建制落]))"
)

_OPTION = re.compile(r"\(?[A-Ea-e][.．、)](?=[\u4e00-\u9fff\d≥≤<>])")
"""The letter of an option, of which one holds: A.有记录2分 B.无记录0分."""

_THINGS = "处方|病历|病例|档案|人员|岗位|环节|病室|村容|村庄"  # 2处方书写: nobody counts so
NO_UNIT = rf"(?=[\u4e00-\u9fff])(?!(?!{_THINGS})(?:{UNIT})|[个级类型联度岁分千万百倍])"
_GLUED = re.compile(r"\d{1,2}[,，]?" + NO_UNIT)
_SECOND = re.compile(r"[;；。,，\n分]\s?2[,，]?" + NO_UNIT)
_COUNTS_ON = re.compile(r"\d{1,2}[.、](?=[\u4e00-\u9fff“\"(])")
_CLOSED = re.compile(r"\d{1,2}\)(?=[\u4e00-\u9fff\d≥≤<>])")
_SECTION = re.compile(rf"\d{{1,2}}\.\d{{1,2}}(?:{NO_UNIT}|(?=[IV\u2160-\u216b]{{1,3}}类))")
_INTEGER = re.compile(r"\d{1,2}")
_SECOND_WITHIN = 300
_ORDINALS_APART = 60

_BEFORE_UNIT = frozenset(
    {Kind.NUMBER, Kind.EACH, Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE, Kind.BLANK, Kind.SLASH}
)
_BRACKETS = frozenset({Kind.OPEN, Kind.CLOSE})
_ASKS_FOR = frozenset(
    {Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE, Kind.LACK}
    | {Kind.EACH_LESS, Kind.EACH_LACK, Kind.EACH_MORE}
)
_COMPARES = frozenset({Kind.AT_LEAST, Kind.AT_MOST, Kind.LESS, Kind.MORE})
_LOWEST_MARK = 20
"""Who asks for no less than so many 分 asks for a mark; fewer may be points of an item."""
_OF_POINTS = frozenset({Kind.LOSE, Kind.FURTHER, Kind.EARN, Kind.ADD, Kind.CAP, Kind.DRAIN})
_BEGINS = frozenset(
    {Kind.STOP, Kind.COLON, Kind.HEADING, Kind.LABEL}
    | {Kind.NOTHING, Kind.USED_UP, Kind.SPARED, Kind.POINTS}
)


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a folded text, in order and without a gap."""
    tokens: list[Token] = []
    position = word = 0
    while position < len(text):
        token = _token_at(text, position, tokens, begins=position == word)
        if token is None:
            position += 1
            continue
        if word < position:
            tokens.append(Token(Kind.WORD, text[word:position], word, position))
        tokens.append(token)
        position = word = token.end
    if word < position:
        tokens.append(Token(Kind.WORD, text[word:position], word, position))
    return list(_joined(tokens, text))


def _token_at(text: str, position: int, before: list[Token], *, begins: bool) -> Token | None:
    """Return the token that begins at `position`, or None inside a word.

    `begins`: nothing stands between the last token and here.
    """
    last = before[-1].kind if before and begins else None
    if begins and (not before or last in _BEGINS):
        option = _OPTION.match(text, position)
        if option is not None:
            return Token(Kind.STOP, option.group(), position, option.end())
        label = _LIST_LABEL.match(text, position) or _ordinal(text, position, before)
    else:
        label = _next_label(text, position, before) if text[position].isdecimal() else None
    if label is not None:
        return Token(Kind.LABEL, label.group(), position, label.end())
    if last in _BEFORE_UNIT:
        if text.startswith("学分", position):
            unit = _credits(text, position, before)
        else:
            unit = _UNIT.match(text, position) or _score_unit(text, position, before)
        if unit is not None:
            beside = _UNIT_BESIDE.match(text, unit.end()) if last is Kind.EACH else None
            end = unit.end() if beside is None else beside.end()
            return Token(Kind.UNIT, unit.group(), position, end)
    if last is Kind.UNIT and text[position] == "内" and before[-1].text in TIMES:
        return Token(Kind.WITHIN, "内", position, position + 1)
    found = _TABLE.match(text, position)
    if found is None:
        return None
    match, line = found
    kind, _, note = _LINES[line]
    if kind is Kind.NUMBER:
        return _number(match, spelt=line == _SPELT)
    return Token(kind, match.group(), position, match.end(), note=note)


def _ordinal(text: str, position: int, before: list[Token]) -> re.Match[str] | None:
    """Read the 1 of 1有小组，得2分。2有经费，得1分: an ordinal that others count on from."""
    section = _SECTION.match(text, position)  # 2.2有工作经费
    found = _GLUED.match(text, position)
    if section is not None or found is None:
        return section
    if not before and found.group()[-1] in ",，":
        return found  # 1,每少一种
    if int(_first_number(found.group())) > 1:
        return found if _goes_on_from(found.group(), before) else None
    return found if _SECOND.search(text, position, position + _SECOND_WITHIN) else None


def _next_label(text: str, position: int, before: list[Token]) -> re.Match[str] | None:
    """Read the 4 of 3.真实率=②/①×100%4.真实率≥100%: it counts on, with nothing before it."""
    if position and text[position - 1] in "0123456789.第":
        return None
    closed = ")" in text[position + 1 : position + 3]
    found = _CLOSED.match(text, position) if closed else None
    if found is not None:  # 具体为1)成立小组(1分);2)…
        first = found.group() == "1)" or _goes_on_from(found.group(), before)
        return found if first and not _in_brackets(before) else None
    found = _COUNTS_ON.match(text, position)
    return found if found is not None and _goes_on_from(found.group(), before) else None


def _in_brackets(before: list[Token]) -> bool:
    """Whether the last bracket is one that opens."""
    recent = reversed(before[-_ORDINALS_APART:])
    kinds = (token.kind for token in recent)
    return next((kind for kind in kinds if kind in _BRACKETS), None) is Kind.OPEN


def _goes_on_from(label: str, before: list[Token]) -> bool:
    """Whether the list number before is the one before this."""
    recent = reversed(before[-_ORDINALS_APART:])
    labels = (t.text for t in recent if t.kind is Kind.LABEL and t.text[0].isdecimal())
    return _first_number(next(labels, "")) == str(int(_first_number(label)) - 1)


def _first_number(label: str) -> str:
    found = _INTEGER.match(label)
    return "" if found is None else found.group()


def _score_unit(text: str, position: int, before: list[Token]) -> re.Match[str] | None:
    """Match 分 as a unit (95分以上), but not behind a number that a verb of points leads up to."""
    verb = len(before) - 2
    if verb > 1 and before[verb].kind is Kind.DASH:
        verb -= 2  # 扣1-2分
    if verb >= 0 and before[verb].kind in _OF_POINTS:
        return None
    asked = verb > 0 and before[verb].kind in _COMPARES and before[-1].kind is Kind.NUMBER
    if asked and (before[-1].value or 0) >= _LOWEST_MARK and text[position : position + 1] == "分":
        return _POINTS.match(text, position)  # 平均分不低于80分
    return _SCORE_UNIT.match(text, position)


def _credits(text: str, position: int, before: list[Token]) -> re.Match[str] | None:
    """Match 学分 as what has to be reached (达到25学分, 每少1学分): any other are points."""
    lead = before[-2] if len(before) > 1 else None
    asked = lead is not None and (
        lead.kind in _ASKS_FOR or (lead.kind is Kind.WORD and _COLLECTS.search(lead.text))
    )
    return (_CREDITS if asked else _CREDITS_BOUND).match(text, position)


def _number(match: re.Match[str], *, spelt: bool) -> Token:
    """Return the token of digits, or of Chinese numerals."""
    words = match.group()
    value = _value(words, spelt=spelt)
    if not spelt and value is not None:
        value = _in_thousands(match, value)
    pointless = without_point(words)  # 扣05分 is what a scan makes of 扣0.5分
    if pointless and _OF_RATE_OR_POINTS.match(match.string, match.end()):
        value = to_fraction(pointless)
    return Token(Kind.NUMBER, words, match.start(), match.end(), value, spelt=spelt)


def _in_thousands(match: re.Match[str], value: Fraction) -> Fraction:
    """Return 5-8万 as 50000-80000; beside 500万元 the 万 of 每超10万 is 万元, too."""
    words, behind = match.group(), _TO_MYRIADS.match(match.string, match.end())
    if words[-1] == "万" and _by_myriads(match.string):
        return value / _THOUSANDS["万"]
    if behind is None or not words[-1].isdecimal():
        return value
    unit = behind["of"] == "万" and _by_myriads(match.string)
    return value if unit else value * _THOUSANDS[behind["of"]]


@functools.lru_cache(maxsize=8)
def _by_myriads(text: str) -> bool:
    """Whether something in a text is counted in 万元 or 万人次."""
    return "万元" in text or "万人" in text


@functools.lru_cache(maxsize=1024)  # a document says 1, 2 and 0.5 over and over
def _value(words: str, *, spelt: bool) -> Fraction | None:
    """Return a number's value, None where it is too long for a clause: reported as unread."""
    try:
        return _spelt(words) if spelt else _figures(words)
    except NumberError:
        return None


def _figures(words: str) -> Fraction:
    """Return the value of digits, as in 1,200 or 5千; a scan may have made 0。5 of 0.5."""
    plain = words.replace(",", "").replace("。", ".")
    if _POINTLESS.match(plain):
        raise NumberError("0 before another digit: a point may be lost")
    return to_fraction(plain.rstrip("千万亿")) * _THOUSANDS.get(plain[-1], 1)


def _spelt(words: str) -> Fraction:
    return chinese_number(words.removeprefix("百分之").removeprefix("千分之"))


def _joined(tokens: list[Token], text: str) -> Iterator[Token]:
    """Join words that follow each other."""
    for kind, run in groupby(tokens, key=_KIND):
        members = list(run)
        if kind is Kind.WORD and len(members) > 1:
            start, end = members[0].start, members[-1].end
            yield Token(Kind.WORD, text[start:end], start, end)
        else:
            yield from members
