"""What scans and bad prints make of numbers: 扣O.5分, 少I个, 知晓率280%, 扣0一5分, 扣05分.

A sign is mended only where one thing alone can be meant: a letter between a verb and a unit is a
digit, no rate can reach 280 %, and nobody writes a 0 before other digits of points. Each character
keeps its place, and whoever reads the text says that it was mended.

Source: seeds A and E (noise of scans); semantics 11 (assumptions are visible).

>>> text, where = mended("每少I个扣O.5分，知晓率280%")
>>> text, sorted(where)
('每少1个扣0.5分，知晓率≥80%', [2, 5, 13])
>>> without_point("025")
'0.25'
"""

from __future__ import annotations

import re

from healthduty.clauses.text.beginnings import firsts_of

_LIKE_DIGITS = {"I": "1", "l": "1", "|": "1", "丨": "1", "O": "0", "o": "0", "〇": "0"}
_UNIT = r"(?:学?分|[%％‰]|个|百分点|次|例|人|份|项|处|条|名|张|家|户|天|元|小时)"
_LETTERS = re.compile(
    rf"(?<=[扣加减得奖记计给少低高降升缺超差达为第≥≤<>])(?=[\d.]{{0,4}}[IlOo|丨])"
    rf"[\dIlOo|丨]{{1,4}}(?:\.[\dIlOo]{{1,3}})?(?={_UNIT}(?!类))"
    r"|(?<![A-Za-z\d.])[Oo]\.\d{1,2}(?=分)|(?<![\d.])\d\.[IlOo]\d?(?=分)"
    r"|(?<![A-Za-z\d.])\d{1,2}[IlO][\dIlO]?(?=[%％‰])"
)
"""Letters in a number: behind a word that leads up to one and before a unit, or in 0.5分."""

_SIGN = re.compile(
    r"(?<=[\u4e00-\u9fff])[NW](?=\d{1,3}(?:\.\d{1,2})?(?:[%％‰分天日次例元]|个百分点))"
    r"|(?<=[率例度])[23](?=[1-9]\d(?:\.\d{1,2})?[%％])"
    r"|(?<=成绩|得分|评分)[23](?=[1-9]\d分(?!之))"
)
"""What ≥ and ≤ look like to a scanner: N90%, W3%, and 280% of what has no more than 100 %.

A mark has no more than 100 either: 成绩290分.
"""

_SIGNS = {"N": "≥", "W": "≤", "2": "≥", "3": "≥"}
_PASSES = re.compile(r"增|升|提高|翻|超|涨|幅|比上年|同比")
"""Rates that may well pass 100 %."""
_LOOKED_BACK = 10

_DRAINED = re.compile(r"[口扪和扛](?=完(?:本项|该项|分值)?(?:即|为)止)")
_DASH = re.compile(r"(?<=\d)[一丨](?=\d)")
_POINT = re.compile(
    r"(?<![\d.])(?<=[扣加减得奖记计给])0[,，、·:：；;](?=\d{1,2}分(?![别析管类级]))"
)
_POINTS = re.compile(r"(?<=[扣减])\d{1,2}(?:\.\d)?份(?=[,，;；。)）\n]|$)")
"""份 for 分: nobody takes away one copy."""
_TAKE = re.compile(
    r"(?<=[\u4e00-\u9fff,，;；。])(?<![窗出入人门港接进路户关缺伤切])[口扪](?=完|\d{1,2}(?:\.\d)?分(?![别析钟]))"
)
"""Half of 扣: 口完为止, 过期药品口1分."""
_LOOKS_TAKEN = re.compile(
    r"(?:(?<=[一1每][项处次例份人个条张])|(?<=落实|符合|合格|执行|达标|到位|不全|做到|要求))"
    r"[拉知拍拟扛折和](?=\d{1,2}(?:\.\d)?分(?:[,，;；。、)）/\n]|$))"
)
"""A sign like 扣 right behind a fault, where only a verb of loss can stand: 缺一项知1分."""
_ONE = re.compile(
    r"(?:(?<=[错缺少漏每])[-—–―─－](?=[项处次天件人例个份条张种](?:[各,，]|$|\n|[-—–]?\d))"
    r"|(?<=[\u4e00-\u9fff])[-—–―─－](?=[项处次天件人例个份条张种][,，]?[扣减]))"
)
"""一 between a fault and its unit: 少—件扣1分, 错-天."""
_EQUALS = re.compile(r"(?<=得分)二(?=[^,，;；。\n二]{2,40}[/÷×*+Xx])")
"""= before a formula: 得分二完成数/任务数×10."""
_POINTLESS = re.compile(r"0\d{1,2}")
_APART = re.compile(
    rf"(?<=[^\d.,]\d\d)[ \t\u00a0]{{1,3}}(?=\d\d(?!\d|[.,]\d)[ \t]{{0,2}}(?:{_UNIT}|分钟))"
)


_MEANT = tuple(
    (pattern, firsts_of(pattern.pattern), meant)
    for pattern, meant in (
        *((_DASH, "-"), (_POINT, "."), (_POINTS, "分"), (_TAKE, "扣"), (_LOOKS_TAKEN, "扣")),
        *((_ONE, "一"), (_EQUALS, "=")),
    )
)
"""What stands at the end of each pattern, as it was meant; and what the pattern begins with."""


def mended(text: str) -> tuple[str, frozenset[int]]:
    """Return a text with its numbers mended, and where that was; each character keeps its place."""
    if text.isascii():
        return text, frozenset()
    text = _DRAINED.sub("扣", text)
    present = frozenset(text)
    meant: dict[int, str] = {}
    for found in () if present.isdisjoint(_LIKE_DIGITS) else _LETTERS.finditer(text):
        for at in range(found.start(), found.end()):
            meant[at] = _LIKE_DIGITS.get(text[at], text[at])
    for found in _SIGN.finditer(text):
        at = found.start()
        if text[at] in "NW" or not _PASSES.search(text[max(0, at - _LOOKED_BACK) : at]):
            meant[at] = _SIGNS[text[at]]
    for pattern, firsts, sign in _MEANT:
        if firsts is None or not present.isdisjoint(firsts):
            meant.update((found.end() - 1, sign) for found in pattern.finditer(text))
    changed = frozenset(at for at, sign in meant.items() if sign != text[at])
    if not changed:
        return text, changed
    characters = [meant.get(at, character) for at, character in enumerate(text)]
    return "".join(characters), changed


def gaps(text: str) -> frozenset[int]:
    """Return where blanks stand for the dash of a range: 每15 30分钟.

    >>> gaps("每15 30分钟"), gaps("10 000元")
    (frozenset({3}), frozenset())
    """
    return frozenset(found.start() for found in _APART.finditer(text))


def without_point(digits: str) -> str:
    """Return a number whose point was lost, with its point: 05 is 0.5; nothing for any other."""
    lost = _POINTLESS.fullmatch(digits) is not None and digits.strip("0") != ""
    return f"0.{digits[1:]}" if lost else ""
