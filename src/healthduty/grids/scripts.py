"""The scripts in which Word counts: 一二三, 壹贰叁, ①②③, 甲乙丙, i ii iii, a b c.

Source: ECMA-376 part 1, 17.18.59 (number formats).

>>> counted(12, "chineseCountingThousand"), counted(3, "decimalEnclosedCircle")
('十二', '③')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = (("千", 1000), ("百", 100), ("十", 10))
_FORMAL_UNITS = (("仟", 1000), ("佰", 100), ("拾", 10))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _words(digits: str, units: tuple[tuple[str, int], ...]) -> Callable[[int], str]:
    """Return what writes numbers below 10,000 in words: 十二, 一百零三."""

    def write(number: int) -> str:
        text, gap, rest = "", False, number
        for word, value in (*units, ("", 1)):
            digit, rest = divmod(rest, value)
            if digit:
                text += ("零" if gap and text else "") + digits[digit] + word
            gap = not digit
        short = digits == _DIGITS and text.startswith("一十")
        return text[1:] if short else text

    return write


def _signs(signs: str) -> Callable[[int], str]:
    """Return what writes numbers as signs of a row, and in Arabic past its end."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _letters(number: int) -> str:
    """Return a, b … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_CHINESE = _words(_DIGITS, _UNITS)
_LEGAL = _words(_FORMAL, _FORMAL_UNITS)
_SCRIPTS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "ideographDigital": _CHINESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": _LEGAL,
    "decimalEnclosedCircle": _signs(_CIRCLES),
    "decimalEnclosedCircleChinese": _signs(_CIRCLES),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalZero": lambda number: f"{number:02}",
}


def counted(number: int, script: str) -> str:
    """Return a number in one of Word's scripts; in Arabic where the script is not known."""
    if script in _SCRIPTS and 0 < number < 10_000:  # noqa: PLR2004 - words go up to thousands
        return _SCRIPTS[script](number)
    return str(number)
