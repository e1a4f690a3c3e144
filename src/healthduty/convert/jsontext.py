"""JSON as text: every fault of reading it a finding, and printed always the same way.

What is printed is canonical, and a short list or object stands on one line, so that a file
reads like a table and a change shows as one line.

Source: semantics 1 (exact numbers), 12 (nothing is dropped); RFC 8259.

>>> findings = []
>>> read_json('{"points": 0.10}', "a.json", findings)
{'points': Decimal('0.10')}
>>> print(write_json({"标题": "示例", "parts": []}), end="")
{"标题": "示例", "parts": []}
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import assert_never

from healthduty import strict_json
from healthduty.exact import show, to_fraction
from healthduty.findings import Finding
from healthduty.said import Said
from healthduty.sources import display_width
from healthduty.strict_json import JsonError, Token, place_of

Json = None | bool | int | str | Decimal | list["Json"] | dict[str, "Json"]
"""Plain data as our files hold it; a number with a point is a Decimal."""

LINE_WIDTH = 100
"""Columns up to which a list or an object is printed on one line; Chinese takes two each."""

_SHOWN = 40


def read_json(text: str, source: str, findings: list[Finding]) -> object:
    """Read one JSON value; where that is impossible, append why and return None.

    The caller tells a fault from `null` by the findings.
    """
    try:
        return strict_json.read_json(text)
    except JsonError as error:
        code = "json-depth" if error.deep else "json-syntax"
        place = place_of(error.fault, text, source)
        findings.append(Finding(code, error.fault.message, place=place, hint=error.fault.hint))
        return None


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
            return Said(f"the number `{shortened(str(value))}`", f"数`{shortened(str(value))}`")
        case str():
            return Said(f"the text `{shortened(value)}`", f"文本`{shortened(value)}`")
        case list():
            return Said("a list", "列表")
        case _:
            return Said("an object", "对象")


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
