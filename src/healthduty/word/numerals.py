"""Numbers as an official document counts and dates: 一、（一）, 一式两份, 2024年3月5日.

Source: GB/T 9704-2012, 7.3.3 (一、（一）1.（1）) and 7.3.5 (days in Arabic figures, not padded).

>>> numeral(12), numeral(30), copies_text(2), day_text("2024-03-05")
('十二', '三十', '一式两份', '2024年3月5日')
"""

from __future__ import annotations

import datetime

from healthduty.model.party import Day

OPEN_DAY = "　　　　年　　月　　日"
"""A day that is written in by hand."""

_DIGITS = "零一二三四五六七八九"
_TEN, _HUNDRED = 10, 100


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese; any other in figures."""
    if not 0 < number < _HUNDRED:
        return str(number)
    tens, ones = divmod(number, _TEN)
    front = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones else "")


def counted(number: int) -> str:
    """Return a number before what it counts: 两份, not 二份."""
    return "两" if number == 2 else numeral(number)  # noqa: PLR2004 - a pair


def copies_text(copies: int) -> str:
    """Return how many copies there are."""
    return f"一式{counted(copies)}份"


def day_text(day: Day) -> str:
    """Return a day as a document dates itself; a day of no calendar is written all the same."""
    if isinstance(day, datetime.date):
        return f"{day.year}年{day.month}月{day.day}日"
    try:
        year, month, date = (int(part) for part in day.split("-"))
    except ValueError:
        return day
    return f"{year}年{month}月{date}日"
