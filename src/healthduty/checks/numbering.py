"""Item numbers that are missing, used twice, or left out between their neighbours.

Numbers are read as they are written: 1 and 2.1, 一 and （三）, 第四条. Only neighbours that are
written alike are compared, and only small holes count: 1, 10, 20 is a style and not a loss.

Source: rows A2 (item nine is absent), A5 (2013 numbers an item twice).

>>> from healthduty.model.indicator import Section
>>> parts = (Section("七"), Section("八"), Section("十"))
>>> print(*check_gaps(Agreement("示例", parts=parts)))
warning number-gap: item 十: `九` is left out between `八` and `十`
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from healthduty.checks.codes import found
from healthduty.exact import plain_text
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.model.tree import Spot, spots_of
from healthduty.said import Said, joined

_DIGITS = "一二三四五六七八九"
_LAST_NUMBER = re.compile(
    rf"(?s)(.*?)(?<![0-9{_DIGITS}十百])([0-9]{{1,4}}|[{_DIGITS}十百]{{1,5}})([^0-9{_DIGITS}十百]*)"
)
_TENS = re.compile(rf"([{_DIGITS}]?)十([{_DIGITS}]?)")

MOST_LEFT_OUT = 3
"""More numbers than this between two neighbours are another way to number, not a loss."""


def chinese_number(text: str) -> int | None:
    """Return the number from 1 to 99 that `text` writes, or None where it writes none.

    >>> [chinese_number(text) for text in ("三", "十", "十二", "二十", "九十九", "三三")]
    [3, 10, 12, 20, 99, None]
    """
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS.index(text) + 1
    if tens := _TENS.fullmatch(text):
        upper = _DIGITS.index(tens[1]) + 1 if tens[1] else 1
        return 10 * upper + (_DIGITS.index(tens[2]) + 1 if tens[2] else 0)
    return None


def write_chinese(number: int) -> str:
    """Return a number from 1 to 99 as it is written: the reverse of `chinese_number`.

    >>> [write_chinese(number) for number in (3, 10, 12, 20, 99)]
    ['三', '十', '十二', '二十', '九十九']
    """
    upper, lower = divmod(number, 10)
    tens = "" if upper == 0 else "十" if upper == 1 else f"{_DIGITS[upper - 1]}十"
    return tens + (_DIGITS[lower - 1] if lower else "")


class _Style(NamedTuple):
    """How numbers are written: what stands before and after, in Chinese or in digits."""

    before: str
    after: str
    chinese: bool

    def write(self, number: int) -> str:
        """Return a number in this style."""
        return f"{self.before}{write_chinese(number) if self.chinese else number}{self.after}"


def _ordinal(number: str) -> tuple[_Style, int] | None:
    """Return how an item's last number is written, and the number itself."""
    # A match has one number at its end, with what closes it: 2.1, （三）, 第四条, 5、.
    match = _LAST_NUMBER.fullmatch(plain_text(number))
    if match is None:
        return None
    before, digits, after = match.groups()
    value = int(digits) if digits.isascii() else chinese_number(digits)
    return None if value is None else (_Style(before, after, not digits.isascii()), value)


def check_numbers(agreement: Agreement) -> Iterator[Finding]:
    """Yield items without a number, and numbers that several items have."""
    spots = [spot for spot in spots_of(agreement) if not isinstance(spot.node, Agreement)]
    counted = Counter(spot.number for spot in spots)
    for spot in spots:
        if not spot.number:
            title = f"`{spot.node.title}`" if spot.node.title else ""
            yield found(
                "number-missing",
                Said(
                    f"the item{' ' if title else ''}{title} has no number", f"条目{title}没有编号"
                ),
                place=spot.place,
            )
        elif counted[spot.number] > 1:
            times = counted.pop(spot.number)  # said once for all of them
            yield found(
                "number-twice",
                Said(
                    f"{times} items have the number `{spot.number}`",
                    f"{times}个条目用同一个编号`{spot.number}`",
                ),
                place=spot.place,
            )


def check_gaps(agreement: Agreement) -> Iterator[Finding]:
    """Yield numbers that are left out among the children of one node."""
    for spot in spots_of(agreement):
        by_style: dict[_Style, dict[int, Spot]] = {}
        for child in spot.children:
            ordinal = _ordinal(child.number)
            if ordinal is not None:
                by_style.setdefault(ordinal[0], {}).setdefault(ordinal[1], child)
        for style, numbered in by_style.items():
            yield from _left_out(style, numbered)


def _left_out(style: _Style, numbered: dict[int, Spot]) -> Iterator[Finding]:
    pairs = list(pairwise(sorted(numbered)))
    if len({after - before for before, after in pairs}) == 1 and len(pairs) > 1:
        return  # 10, 20, 30: a step of its own
    for before, after in pairs:
        missing = range(before + 1, after)
        if 0 < len(missing) <= MOST_LEFT_OUT:
            names = joined(f"`{style.write(number)}`" for number in missing)
            yield found(
                "number-gap",
                Said(
                    f"{names} {'is' if len(missing) == 1 else 'are'} left out between"
                    f" `{numbered[before].number}` and `{numbered[after].number}`",
                    f"`{numbered[before].number}`与`{numbered[after].number}`之间缺{names.zh}",
                ),
                place=numbered[after].place,
            )


NUMBER_CHECKS = (check_numbers, check_gaps)
"""Everything about item numbers, in the order in which it is reported."""
