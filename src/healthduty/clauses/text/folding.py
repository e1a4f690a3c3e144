"""One spelling for what officials type in many: widths, brackets, dashes, characters.

Folding changes single characters and leaves out white space, so each character of the folded
text knows where it stood. Names are taken from `plain`, where only the width of digits and letters
and scanning noise are mended; scoring words and units are looked for in `folded`, which has one
sign for each bracket and dash and simplified characters in these words. Both have one length.

Source: seeds A and E (OCR noise, traditional characters); patterns of published tables.

>>> text = fold("每低５ ％扣０．５分（最高扣２分）")
>>> text.folded
'每低5%扣0.5分(最高扣2分)'
>>> text.span(2, 4)
Span(start=2, end=5)
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

import attrs

from healthduty.clauses.text.fragments import LASTS
from healthduty.clauses.text.line_breaks import wraps
from healthduty.clauses.text.misprints import gaps, mended
from healthduty.sources import Span

# U+FF01 to U+FF5E are ASCII from U+0021 on, in full width.
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_BRACKETS = dict.fromkeys(map(ord, "【〔［〖｛﹝"), "(") | dict.fromkeys(
    map(ord, "】〕］〗｝﹞"), ")"
)
_DASHES = dict.fromkeys(map(ord, "—–−‐‑―－~～〜∼"), "-")
_NOISE = {
    ord("旳"): "的",
    ord("％"): "%",
    ord("﹪"): "%",
    ord("﹪"): "%",
    ord("＿"): "_",
    ord("﹤"): "<",
    ord("﹥"): ">",
}
_MARKS = {ord("≧"): "≥", ord("≦"): "≤", ord("⩾"): "≥", ord("⩽"): "≤", ord("*"): "×", ord("＊"): "×"}
_MARKS |= {ord(mark): "." for mark in "．﹒"} | {ord(bar): "|" for bar in "│┃┆┊¦︱‖"}
_MARKS |= dict.fromkeys((0x2236, 0x02D0, 0xA789), ":")  # the sign of a ratio, and its likes
_BREAKS = frozenset("\r\n\v\f\u2028")
_INVISIBLE = frozenset("\u200b\ufeff")
_TICKS = frozenset("□☐☑☒▢√✓✔")
"""Boxes of a form, ticked or not: which of the lines was met, and nothing about their points."""
_TICKED_WITH = frozenset("打画划勾内")
_UNEVEN = re.compile(
    rf"[\s{''.join(_INVISIBLE | _TICKS)}]|[.．]分|(?<=[\u4e00-\u9fff)）])[▲△★☆※◆■●*＊]"
)
"""What may be left out or moved: a text without it keeps each character in its place."""
_STARS = "▲△★☆※◆■●"
"""Marks by which a table tells some items apart: 手术占比▲≥30%."""
_STARRED = re.compile(
    rf"(?<=[\u4e00-\u9fff)）])(?:[{_STARS}]{{1,3}}(?=[≥≤><＞＜=＝\d(（,，:：;；。\n达不]|$)"
    r"|[*＊]{1,2}(?=[≥≤><＞＜,，;；。\n达不]|$))"
)
_STRAY = re.compile(r"(?:(?<=[1-9])|(?<=[1-9]0))[.．](?=分(?:[,，。;；、)）\s]|$))")
"""A point without digits behind it: 2.分."""
# What is left open without a line under it: 支出人民币    万元, 达到　　%以上.
_ROOM = r"(?:[ \t\u00a0]{3,40}|\u3000{2,40})"
_GAP = re.compile(
    rf"(?<=[\u4e00-\u9fff≥≤><:：]){_ROOM}(?=(?:亿|万)?元|[%％‰]|个?百分点)"
    r"|(?<=人民币)[ \t\u00a0\u3000]{1,40}(?=(?:亿|万)?元)"
    rf"|(?<=[到于为达过≥≤]){_ROOM}(?=(?:人次|[次例人户份场期家张天件])(?![数均口员民体]))"
)
_AVERAGE = re.compile(
    r"(不?(?:低于|少于|高于|多于|超过|超出)|不足|未?达到|[≥≤><＞＜])([人户]均|平均每?[人户]?)(?=(?:最[低少高多])?\d)"
)
"""What is held to a number for each stands before the comparison, too: 低于人均2元."""
_NUMBERED = re.compile(rf"(?m)(?:(?<=^\d)|(?<=^\d\d)|(?<=[;；。]\d))[.．](?={LASTS})")
"""The stop behind a line's number, where it would make one number with an age: 3.3岁以下."""
_PLAIN = _WIDE | _NOISE
_FOLDED = _SIGNS | _BRACKETS | _DASHES | _MARKS

# Traditional and simplified forms of what scoring words, units and comparisons are written with.
_TRADITIONAL = (
    "達达於于點点個个項项減减獎奖級级過过範范規规確确應应實实數数間间內内戶户檔档處处條条場场"
    "週周無无發发現现報报經经費费撥拨額额違违評评優优餘余萬万訪访標标準准種种員员單单時时學学課课"
    "計计記记給给賦赋總总從从別别較较為为爲为與与並并須须對对開开滿满獲获銷销資资進进後后歲岁億亿"
    "倂并衆众眾众幣币張张頁页區区縣县門门診诊療疗"
    "閱阅關关檢检臺台賬账錄录簽签編编備备舉举絕绝遲迟誤误漲涨執执齊齐擔担責责節节據据陳陈術术訓训際际織织辦办證证驗验決决兩两"
    "兌兑嚴严強强續续積积極极堅坚繼继貫贯徹彻"
    "許许業业審审認认註注冊册視视類类鄉乡鎮镇歸归夠够當当訴诉負负"
)
_SIMPLIFIED = {ord(a): b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)}
_COMPARED = {
    code: chr(code).translate(_PLAIN).translate(_FOLDED).translate(_SIMPLIFIED)
    for code in _PLAIN | _FOLDED | _SIMPLIFIED
}


@attrs.frozen
class Folded:
    """A text with one spelling; `at[i]` is where its character `i` stood in the original.

    `mended` are the characters of numbers that were misprinted.
    """

    original: str
    plain: str
    folded: str
    at: tuple[int, ...]
    mended: frozenset[int] = frozenset()

    def span(self, start: int, end: int) -> Span:
        """Return where `folded[start:end]` stood in the original; at least one character."""
        if start >= len(self.at):
            return Span(len(self.original), len(self.original))
        return Span(self.at[start], self.at[max(start, end - 1)] + 1)


def fold(text: str) -> Folded:
    """Fold a text to one spelling; linear in its length.

    A line break inside a phrase is left out, any other stands as one line feed.
    """
    if _UNEVEN.search(text) is None:
        return _folded(text, text.translate(_PLAIN), range(len(text)), ())
    plain: list[str] = []
    at: list[int] = []
    broken = -1  # where a line ended, if nothing has followed it yet
    blanks = {gap.start() for gap in _GAP.finditer(text)}
    idle = {point.start() for point in _STRAY.finditer(text)}
    idle.update(at for mark in _STARRED.finditer(text) for at in range(*mark.span()))
    dashes = gaps(text)
    lost: set[int] = set()  # dashes
    wrapped = wraps(text)
    for index, character in enumerate(text):
        if index in blanks or index in dashes:
            lost.update({len(plain)} if index in dashes else ())
            plain.append("-" if index in dashes else "_")
            at.append(index)
        elif character in _BREAKS:
            broken = index if broken < 0 else broken
        elif index in idle or _is_tick(character, plain):
            if index not in idle and plain and (plain[-1].isdecimal() or plain[-1] in "分)）"):
                plain.append(",")  # □优 10分 □良 8分
                at.append(index)
        elif not character.isspace() and character not in _INVISIBLE:
            new = _PLAIN.get(ord(character), character)
            if new == "|" and text[index + 1 : index + 2].isspace():
                new = "\uff5c"  # between two cells, and no 1 of a number: 收受回扣 | 12分
            if broken >= 0 and plain and broken not in wrapped:
                plain.append("\n")
                at.append(broken)
            broken = -1
            plain.append(new)
            at.append(index)
    return _folded(text, "".join(plain), at, lost)


def _folded(text: str, plain: str, at: Iterable[int], lost: Iterable[int]) -> Folded:
    """Return a text with the characters that are left of it, its numbers mended."""
    plain = _NUMBERED.sub(")", _AVERAGE.sub(r"\2\1", plain))
    plain, changed = mended(plain)
    folded = _simple(plain.translate(_FOLDED))
    return Folded(text, plain, folded, tuple(at), mended=changed.union(lost))


def _is_tick(character: str, before: list[str]) -> bool:
    """Whether a character is the box before a line of a form, and no word about it (打√)."""
    return character in _TICKS and not (before and before[-1] in _TICKED_WITH)


def _simple(text: str) -> str:
    """Simplify a text character by character, so that each keeps its place.

    The words of scoring are in our own table; with the extra `zh` all other characters are
    simplified, too.
    """
    text = text.translate(_SIMPLIFIED)
    if text.isascii() or _converter() is None:
        return text
    return "".join(
        character if character < "\u4e00" else _simplest(character) for character in text
    )


@functools.lru_cache(maxsize=16_384)
def _simplest(character: str) -> str:
    converter = _converter()
    simple = character if converter is None else converter(character)
    return simple if len(simple) == 1 else character


@functools.cache
def _converter() -> Callable[[str], str] | None:
    """Return what simplifies a character, None without the extra `zh`."""
    try:
        import opencc
    except ImportError:
        return None
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def simplified(name: str) -> str:
    """Return a name in the one spelling that names are compared in.

    >>> simplified("滿意率（％）")
    '满意率(%)'
    """
    return name.translate(_COMPARED)
