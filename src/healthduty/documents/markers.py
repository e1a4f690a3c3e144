"""The numbers before items, in every style officials count in: 第一条 一、（一）1. （1）① and “- ”.

A style has a rank: the plain Chinese numeral stands above the bracketed one, both above the Arabic.
Documents skip ranks, but seldom turn them round.

Source: GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）); seeds A1–A12 for the rest.

>>> [(each.style.name, each.value) for each in markers("一、总则（二）服务2.随访③其他")]
[('PLAIN', 1), ('BRACKETED', 2), ('ARABIC', 2), ('CIRCLED', 3)]
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

import attrs

from healthduty.clauses.text.fragments import AGED, LASTS
from healthduty.clauses.text.numerals import chinese_number
from healthduty.documents.spelling import fold


class Style(enum.IntEnum):
    """How an item is numbered; the smaller, the further out."""

    CHAPTER = 0
    ARTICLE = 1
    PLAIN = 2
    BRACKETED = 3
    ARABIC = 4
    ARABIC_BRACKETED = 5
    CIRCLED = 6
    BULLET = 7


@attrs.frozen
class Marker:
    """A number as it stands in a text: `text[start:end]`, its stop or bracket included."""

    style: Style
    value: int
    start: int
    end: int
    label: str


_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMERAL = "[一二三四五六七八九十百〇零]{1,5}"
_SIGNS: tuple[tuple[Style, str], ...] = (
    (Style.BRACKETED, "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"),
    (Style.ARABIC, "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    (Style.ARABIC_BRACKETED, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    (Style.CIRCLED, _CIRCLES),
)
_SIGN_OF = {sign: (style, value) for style, signs in _SIGNS for value, sign in enumerate(signs, 1)}
_STOP = r"[、.:,]?\s*"
_RANK = f"{_NUMERAL}[级类甲]"
"""What goes on with a list of ranks: 三、四级手术."""
_PATTERNS: tuple[tuple[Style, str], ...] = (
    (Style.CHAPTER, rf"第(?P<chapter>{_NUMERAL}|\d{{1,2}})(?:部分|章|篇|编)\s*[、.:]?\s*"),
    (Style.ARTICLE, rf"第(?P<article>{_NUMERAL}|\d{{1,3}})条\s*[、.:]?\s*"),
    (
        Style.PLAIN,
        rf"(?<![第之百])(?P<plain>{_NUMERAL})\s*(?:、(?!{_RANK})|[.](?!\d))\s*",
    ),
    (Style.BRACKETED, rf"\((?P<bracketed>{_NUMERAL})\){_STOP}"),
    (Style.ARABIC_BRACKETED, rf"\((?P<ab>\d{{1,2}})\){_STOP}|(?<![\d.(])(?P<half>\d{{1,2}})\)\s*"),
    (Style.ARABIC, rf"(?<![\d.])(?P<arabic>\d{{1,3}})\s*(?:、|[.](?!\d)|[.](?={AGED}))\s*"),
    (Style.ARABIC, rf"^(?P<begins>\d{{1,2}})[.](?={LASTS})"),
    # Right behind a stop a mark has a number before it: 2.90分以上为优秀 is no 2.9.
    (Style.ARABIC, r"(?:^|(?<=[。;:!\n]))(?P<glued>\d{1,2})[.](?=\d{2,3}分(?:以|及|为|\(|-|~))"),
)
_MARKER = re.compile("|".join(f"(?:{pattern})" for _, pattern in _PATTERNS))
_STYLE_OF = {
    "chapter": Style.CHAPTER,
    "article": Style.ARTICLE,
    "plain": Style.PLAIN,
    "bracketed": Style.BRACKETED,
    "ab": Style.ARABIC_BRACKETED,
    "half": Style.ARABIC_BRACKETED,
    "arabic": Style.ARABIC,
    "glued": Style.ARABIC,
    "begins": Style.ARABIC,
}
_BULLET = re.compile(r"(?:^|(?<=[:。;]))\s*[-•·●◆■□○▪➢★*]\s+")
_DOTTED = re.compile(rf"(\d{{1,2}}(?:\.(?!{LASTS})\d{{1,2}}){{1,4}})(?![\d%‰分元次万])[、.:]?\s*")


def markers(text: str) -> Iterator[Marker]:
    """Go through everything in a text that looks like an item's number, from left to right."""
    folded = fold(text)
    found = [_marker(match, text) for match in _MARKER.finditer(folded)]
    for index, character in enumerate(text):
        if character in _SIGN_OF:
            style, value = _SIGN_OF[character]
            found.append(Marker(style, value, index, index + 1, character))
    found += [
        Marker(Style.BULLET, 0, bullet.start(), bullet.end(), bullet[0].strip())
        for bullet in _BULLET.finditer(folded)
    ]
    yield from sorted(found, key=lambda each: each.start)


def _marker(match: re.Match[str], text: str) -> Marker:
    name = match.lastgroup or ""
    numeral = match[name]
    value = int(numeral) if numeral.isdecimal() else int(chinese_number(numeral))
    start, end = match.span()
    return Marker(_STYLE_OF[name], value, start, end, text[start:end].strip())


_STOPS = frozenset("。；;：:！!，,\n")
_ROOM = 8
"""Space that may stand before a number."""


def counting(text: str) -> list[Marker]:
    """Return the numbers that count up from 1, in one style, at the beginning or behind stops.

    None where fewer than two do.

    >>> (
    ...     [each.value for each in counting("注：1.满分100分。2.90分以上为优秀。")],
    ...     counting("一、总则"),
    ... )
    ([1, 2], [])
    """
    found: list[Marker] = []
    for marker in markers(text):
        before = text[max(0, marker.start - _ROOM) : marker.start].rstrip(" \u3000")
        stopped = not before or before[-1] in _STOPS
        if (
            stopped
            and marker.value == len(found) + 1
            and marker.style is (found or [marker])[0].style
        ):
            found.append(marker)
    return found if len(found) > 1 else []


def first_marker(text: str) -> Marker | None:
    """Return the number that a text begins with, if it does."""
    found = next(markers(text), None)
    return found if found is not None and found.start == 0 else None


def dotted(text: str) -> tuple[str, int] | None:
    """Return the dotted number that a text begins with (2.1, 3.1.4) and where it ends.

    >>> dotted("2.1 满意率"), dotted("1.25元")
    (('2.1', 4), None)
    """
    match = _DOTTED.match(fold(text))
    return None if match is None else (match[1], match.end())
