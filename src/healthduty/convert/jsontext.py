"""JSON as text: read strictly, printed canonically.

Python's own reader takes NaN, keeps the last of two equal keys, rounds decimals to binary and
falls over numbers of 5,000 digits. Here numbers stay as they are written, and whatever can't be
a file of ours is a finding with its row and character, or becomes a `Token` that whoever meets
it refuses with its path. What is printed is always printed the same way, and a short list or
object stands on one line, so that a file reads like a table and a change shows as one line.

Source: semantics 1 (exact numbers), 12 (nothing is dropped); RFC 8259.

>>> findings = []
>>> read_json('{"points": 0.10}', "a.json", findings)
{'points': Decimal('0.10')}
>>> print(write_json({"标题": "示例", "parts": []}), end="")
{"标题": "示例", "parts": []}
"""

from __future__ import annotations

import collections
import json
import re
from decimal import Decimal
from typing import assert_never

from healthduty.exact import MOST_DIGITS, MOST_EXPONENT, show, to_fraction
from healthduty.findings import Finding
from healthduty.sources import Place, display_width

Json = None | bool | int | str | Decimal | list["Json"] | dict[str, "Json"]
"""Plain data as our files hold it; a number with a point is a Decimal."""

MOST_DEPTH = 60
"""Levels of lists and objects that a file may nest; the deepest sensible agreement needs half."""

LINE_WIDTH = 100
"""Columns up to which a list or an object is printed on one line; Chinese takes two each."""

_STRINGS_AND_BRACKETS = r'(?s)"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]'
_LONGEST_INTEGER = 4 * MOST_DIGITS
_SHOWN = 40


class Token(str):
    """A number that no number of ours can be, as written: NaN, Infinity, 5,000 digits."""

    __slots__ = ()


class Repeated(dict[str, object]):
    """An object that names a key twice: the last value stands, `keys_twice` tells which."""

    keys_twice: tuple[str, ...] = ()


def read_json(text: str, source: str, findings: list[Finding]) -> object:
    """Read one JSON value; where that is impossible, append why and return None.

    The caller tells a fault from `null` by the findings. Takes a byte order mark; time is
    linear in the text.
    """
    text = text.removeprefix("\ufeff")
    if (deep := _too_deep(text)) is not None:
        message = f"nested deeper than {MOST_DEPTH} levels"
        findings.append(Finding("json-depth", message, place=_place(text, deep, source)))
        return None
    try:
        return json.loads(
            text,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=Token,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        message = _syntax_message(text, error)
        findings.append(Finding("json-syntax", message, place=_place(text, error.pos, source)))
        return None


def _too_deep(text: str) -> int | None:
    """Return where the nesting passes its limit; counted before anything recurses."""
    depth = 0
    for match in re.finditer(_STRINGS_AND_BRACKETS, text):
        character = match.group()
        if character in ("[", "{"):
            depth += 1
            if depth > MOST_DEPTH:
                return match.start()
        elif character in ("]", "}"):
            depth -= 1
    return None


def _place(text: str, position: int, source: str) -> Place:
    row = text.count("\n", 0, position) + 1
    return Place(source, row=row, character=position - text.rfind("\n", 0, position))


def _syntax_message(text: str, error: json.JSONDecodeError) -> str:
    # Our own words: those of the json module change from one Python to the next.
    if error.msg.startswith("Unterminated string"):
        return "the text that begins here never ends"
    if error.pos >= len(text.rstrip()):
        return "the file ends before its JSON does"
    if error.msg.startswith("Extra data"):
        return "something follows the end of the JSON"
    character = text[error.pos]
    if not character.isprintable():
        return "a line break or control character stands inside a text"
    return f"`{character}` can't stand here in JSON"


def _integer(text: str) -> int | Token:
    return int(text) if len(text) <= _LONGEST_INTEGER else Token(text)


def _decimal(text: str) -> Decimal | Token:
    _, _, exponent = text.lower().partition("e")
    if len(text) > _LONGEST_INTEGER or len(exponent) > len(str(MOST_EXPONENT)) + 2:
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


def shown(value: object) -> str:
    """Return a value as a message shows it: its kind in JSON's words, and the value where short.

    >>> shown("五分"), shown(5), shown([])
    ('the text `五分`', 'the number `5`', 'a list')
    """
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Token() | int() | Decimal():
            return f"the number `{shortened(str(value))}`"
        case str():
            return f"the text `{shortened(value)}`"
        case list():
            return "a list"
        case _:
            return "an object"


def shortened(text: str) -> str:
    """Return a text that a message can carry: what is long is cut, lone surrogates are escaped."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def write_json(value: Json) -> str:
    """Print a value canonically, with a line break at the end; keys stay in their order.

    Raises:
        NumberError: a number that no file may hold.
    """
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: Json, depth: int, head: str = "") -> list[str]:
    """Return the lines of a value; `head` is the margin and key before the first."""
    if isinstance(value, dict):
        margin = "  " * (depth + 1)
        blocks = [
            _lines(entry, depth + 1, f"{margin}{_text(key)}: ") for key, entry in value.items()
        ]
        return _joined("{}", blocks, depth, head)
    if isinstance(value, list):
        blocks = [_lines(entry, depth + 1, "  " * (depth + 1)) for entry in value]
        return _joined("[]", blocks, depth, head)
    return [head + _scalar(value)]


def _joined(brackets: str, blocks: list[list[str]], depth: int, head: str) -> list[str]:
    """Return entries in brackets: on one line where they fit, a comma behind them included."""
    if all(len(block) == 1 for block in blocks):
        margin = 2 * (depth + 1)
        line = f"{head}{brackets[0]}{', '.join(block[0][margin:] for block in blocks)}{brackets[1]}"
        if not blocks or (len(line) < LINE_WIDTH and display_width(line) < LINE_WIDTH):
            return [line]
    for block in blocks[:-1]:
        block[-1] += ","
    entries = (line for block in blocks for line in block)
    return [head + brackets[0], *entries, "  " * depth + brackets[1]]


def _scalar(value: bool | int | str | Decimal | None) -> str:  # noqa: FBT001 - a value
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return show(to_fraction(value))  # refuses what could not be read back
        case str():
            return _text(value)
        case _:
            assert_never(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def depth_of(value: Json) -> int:
    """Return how many levels of lists and objects a value nests."""
    match value:
        case dict():
            return 1 + max(map(depth_of, value.values()), default=0)
        case list():
            return 1 + max(map(depth_of, value), default=0)
        case _:
            return 0
