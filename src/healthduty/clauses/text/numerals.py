"""Chinese numerals: 五, 十二, 两百, 百分之九十, 半.

Source: patterns of published tables (每低百分之五, 半分, 十二分制).

>>> (
...     chinese_number("十二"),
...     chinese_number("两百零五"),
...     chinese_number("半"),
...     chinese_number("一点五"),
... )
(Fraction(12, 1), Fraction(205, 1), Fraction(1, 2), Fraction(3, 2))
"""

from __future__ import annotations

from fractions import Fraction

from healthduty.errors import NumberError
from healthduty.exact import to_fraction

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = 10_000

NUMERALS = "零〇一二两三四五六七八九十百千"
"""The characters that whole numbers are written with."""


def chinese_number(text: str) -> Fraction:
    """Return the number that Chinese numerals stand for.

    number := '半' | whole ['点' digit+]; whole := [upto_9999 '万'] upto_9999 | digit digit+

    Raises:
        NumberError: a numeral that is no digit where it stands: 半一, or behind the point.
    """
    if text == "半":
        return Fraction(1, 2)
    whole, point, places = text.partition("点")
    value = Fraction(_whole(whole))
    if point:
        value += to_fraction("0." + "".join(str(_DIGITS.get(place, "?")) for place in places))
    return value


def _digit(numeral: str) -> int:
    if numeral not in _DIGITS:
        raise NumberError(f"`{numeral}` is no digit inside a number")  # 半一
    return _DIGITS[numeral]


def _whole(text: str) -> int:
    myriads, mark, rest = text.rpartition("万")
    if mark:
        return (_whole(myriads) if myriads else 1) * _MYRIAD + (_whole(rest) if rest else 0)
    if text and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))  # 二〇二四
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _digit(character)
    return total + digit
