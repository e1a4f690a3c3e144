"""JSON as text, read strictly: the one reader behind agreements, records and whatever else.

Python's own reader takes NaN, keeps the last of two equal keys, rounds decimals to binary and
falls over numbers of 5,000 digits. Here numbers stay as they are written, and whatever can't be
a file of ours is a `JsonError`, or becomes a `Token` or a `Repeated` that whoever meets it
refuses with its path.

Source: semantics 1 (exact numbers), 12 (nothing is dropped); “Data safety”; RFC 8259.

>>> read_json('{"points": 0.10}')
{'points': Decimal('0.10')}
>>> read_json('{"points": 0.10,}')
Traceback (most recent call last):
healthduty.strict_json.JsonError: a comma stands behind the last entry
"""

from __future__ import annotations

import collections
import json
from decimal import Decimal

from healthduty.errors import HealthdutyError
from healthduty.exact import MOST_DIGITS, MOST_EXPONENT
from healthduty.json_faults import STRINGS_AND_BRACKETS, JsonFault, fault_of
from healthduty.said import Said
from healthduty.sources import Place

MOST_DEPTH = 60
"""Levels of lists and objects that a file may nest.

The deepest sensible agreement needs half of them, a record seven; Python's own recursion, which
reads and walks what is nested, bears ten times as many. One limit, so that a record inside
another file reads as it does alone.
"""

_LONGEST_NUMBER = 4 * MOST_DIGITS


class Token(str):
    """A number that no number of ours can be, as written: NaN, Infinity, 5,000 digits."""

    __slots__ = ()

    @property
    def finite(self) -> bool:
        """Whether it is a number at all, though an absurd one."""
        return not self.lstrip("-").isalpha()


class Repeated(dict[str, object]):
    """An object that names a key twice: the last value stands, `keys_twice` tells which."""

    keys_twice: tuple[str, ...] = ()


class JsonError(HealthdutyError, ValueError):
    """A text that holds no JSON value, or one that is nested too deep."""

    def __init__(self, fault: JsonFault, *, deep: bool = False) -> None:
        """Keep where and why; `deep` tells a bomb of brackets from a slip of the pen."""
        super().__init__(fault.message)
        self.fault = fault
        self.deep = deep


def read_json(text: str) -> object:
    """Read one JSON value; numbers with a point are Decimals.

    Takes a byte order mark, whose character counts for no position; time is linear in the text.

    Raises:
        JsonError: where the text holds none.
    """
    text = text.removeprefix("\ufeff")
    if (deep := _too_deep(text)) is not None:
        fault = JsonFault(
            deep, Said(f"nested deeper than {MOST_DEPTH} levels", f"嵌套超过{MOST_DEPTH}层")
        )
        raise JsonError(fault, deep=True)
    try:
        value: object = json.loads(
            text,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=Token,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise JsonError(fault_of(text, error.pos, error.msg)) from None
    return value


def place_of(fault: JsonFault, text: str, source: str) -> Place:
    """Return the row and the character (both from 1) at which a fault of a text stands."""
    text = text.removeprefix("\ufeff")
    row = text.count("\n", 0, fault.position) + 1
    character = fault.position - text.rfind("\n", 0, fault.position)
    return Place(source, row=row, character=character)


def _too_deep(text: str) -> int | None:
    """Return where the nesting passes its limit; counted before anything recurses."""
    depth = 0
    for match in STRINGS_AND_BRACKETS.finditer(text):
        mark = match[0]
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
        if depth > MOST_DEPTH:
            return match.start()
    return None


def _integer(text: str) -> int | Token:
    return int(text) if len(text) <= _LONGEST_NUMBER else Token(text)


def _decimal(text: str) -> Decimal | Token:
    _, _, exponent = text.lower().partition("e")
    if len(text) > _LONGEST_NUMBER or len(exponent) > len(str(MOST_EXPONENT)) + 2:
        return Token(text)
    return Decimal(text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeated = Repeated(plain)
    counts = collections.Counter(key for key, _ in pairs)
    repeated.keys_twice = tuple(key for key, count in counts.items() if count > 1)
    return repeated
