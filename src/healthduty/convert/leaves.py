"""The leaves of a file — texts, numbers, yes and no, words of a list — read without coercion.

What cattrs does by default would turn `free: 1.7` into 1, the code 5 into "5" and `"false"` into
True. Each function here takes one plain value and returns what it means, or raises the fault.

A number of the model is a JSON number, or a text where a reader of JSON might round it:
`"0.5"`, `"1/3"`. It is written as an integer where it is whole and as such a text otherwise.

Source: semantics 1 (exact numbers).

>>> read_exact("0.5"), write_exact(Fraction(1, 3)), write_exact(Fraction(90))
(Fraction(1, 2), '1/3', 90)
"""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from healthduty.convert.faults import FaultError, listed, nearest
from healthduty.convert.jsontext import shortened, shown
from healthduty.exact import MOST_DIGITS, MOST_EXPONENT, decimal_places, show, to_fraction
from healthduty.said import Said, chinese
from healthduty.strict_json import Repeated, Token

NUMBER_PATTERN = r"-?[0-9]{1,40}(\.[0-9]{1,30})?"
"""A number as a text: a plain decimal."""

PAIR_PATTERN = r"-?[0-9]{1,50}/0{0,9}[1-9][0-9]{0,49}"
"""A number that never comes out even, as a text; its denominator is not 0."""

_WHAT = Said("the number", "数")


def expected(what: str, value: object) -> FaultError:
    """Return the fault of a value that has the wrong type."""
    return FaultError(
        "json-type",
        Said(
            f"expected {what}, found {shown(value)}",
            f"应当是{chinese(what)}，写的是{chinese(shown(value))}",
        ),
    )


def read_text(value: object) -> str:
    """Take a text; one with half a character (a lone surrogate) can't be kept in a file."""
    if not isinstance(value, str) or isinstance(value, Token):
        raise expected(Said("a text", "文本"), value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            text = shortened(value)
            raise FaultError(
                "json-value", Said(f"`{text}` holds half a character", f"`{text}`里有半个字符")
            ) from None
    return value


def read_flag(value: object) -> bool:
    """Take true or false, nothing that resembles them."""
    if not isinstance(value, bool):
        raise expected(Said("true or false", "true或false"), value)
    return value


def read_whole(value: object) -> int:
    """Take a whole number, written without a point."""
    if isinstance(value, Token):
        raise _oversized(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise expected(Said("a whole number", "整数"), value)
    return to_fraction(value, _WHAT).numerator


def read_exact(value: object) -> Fraction:
    """Take a number exactly: a JSON number, a plain decimal as a text, or a pair as a text.

    Raises:
        NumberError: more digits than a number may have.
    """
    match value:
        case Token():
            raise _oversized(value)
        case int() | Decimal() if not isinstance(value, bool):
            return to_fraction(value, _WHAT)
        case str() if re.fullmatch(NUMBER_PATTERN, value):
            return to_fraction(value, _WHAT)
        case str() if re.fullmatch(PAIR_PATTERN, value):
            top, _, bottom = value.partition("/")
            return to_fraction(Fraction(int(top), int(bottom)), _WHAT)
        case str():
            message = Said(
                f"the text `{shortened(value)}` is no number", f"文本`{shortened(value)}`不是数"
            )
            raise FaultError(
                "json-value",
                message,
                Said('write it like 90, "0.5" or "1/3"', '写成90、"0.5"或"1/3"'),
            )
        case _:
            raise expected(Said("a number", "数"), value)


def _oversized(token: Token) -> FaultError:
    if not token.finite:
        return FaultError(
            "json-value",
            Said(
                f"the number is `{token}`: only finite numbers are taken",
                f"数是`{token}`：只接受有限的数",
            ),
        )
    return FaultError(
        "json-value",
        Said(
            f"{_WHAT} is too long: at most {MOST_DIGITS} digits"
            f" and an exponent within ±{MOST_EXPONENT} are taken",
            f"数过长：最多{MOST_DIGITS}位，指数在±{MOST_EXPONENT}之内",
        ),
    )


def write_exact(value: Fraction) -> int | str:
    """Return the one way in which a file holds this number; equal numbers are written equal."""
    if value.denominator == 1:
        return value.numerator
    places = decimal_places(value)
    if places is None or not fits_decimal(value):
        return f"{value.numerator}/{value.denominator}"
    return show(value)


def fits_decimal(value: Fraction) -> bool:
    """Tell whether a number can be read back as a plain decimal."""
    places = decimal_places(value)
    if places is None or places > MOST_EXPONENT:
        return False
    return len(str(abs(value.numerator * 10**places // value.denominator))) <= MOST_DIGITS


Word = TypeVar("Word", bound=enum.Enum)


def read_word(value: object, words: type[Word]) -> Word:
    """Take one of the words of a closed list."""
    known = [word.value for word in words]
    text = read_text(value)
    if text in known:
        return words(text)
    message = Said(
        f"`{shortened(text)}` is none of {listed(known)}",
        f"`{shortened(text)}`不在{listed(known).zh}之中",
    )
    raise FaultError("json-value", message, nearest(text, known))


def read_list(value: object) -> list[object]:
    """Take a list; a text is none, though Python could go through its characters."""
    if not isinstance(value, list):
        raise expected(Said("a list", "列表"), value)
    return value


_AN_OBJECT = Said("an object", "对象")


def read_object(value: object, what: str = _AN_OBJECT) -> dict[str, object]:
    """Take an object."""
    if not isinstance(value, dict):
        raise expected(what, value)
    return value


def repeated_keys(value: dict[str, object]) -> list[Exception]:
    """Return a fault for each key that an object names twice."""
    names = value.keys_twice if isinstance(value, Repeated) else ()
    return [
        FaultError(
            "json-duplicate-key",
            Said(f"`{shortened(name)}` stands here twice", f"`{shortened(name)}`在这里出现两次"),
        )
        for name in names
    ]
