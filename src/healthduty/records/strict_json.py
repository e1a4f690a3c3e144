"""JSON read strictly: no NaN, no key twice, no bomb of brackets, no number through a float.

A number with a point comes as a `Decimal`; one too long for any record comes as its text, for
whoever reads the value to refuse. All faults are told at once, each with its path.

Source: semantics 1 (exact numbers), “Data safety”.

>>> read_json('[{"rate": 83.5}]')
[{'rate': Decimal('83.5')}]
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import attrs

from healthduty.findings import Finding
from healthduty.records.intake import refuse, shown
from healthduty.sources import Place

MOST_DEPTH = 20
"""Brackets inside brackets; a record needs seven."""

_LONGEST_NUMBER = 100
_BRACKET = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', flags=re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


@attrs.frozen
class _NoNumber:
    """NaN or Infinity, which some programs write and JSON does not have."""

    word: str


class _Object(dict[str, object]):
    """An object that remembers which of its keys were written twice."""

    twice: tuple[str, ...] = ()


def step(path: str, key: str) -> str:
    """Return the path of a key: `$[0].kind`, `$[0]["3.2"]`."""
    word = shown(key)
    return f"{path}.{word}" if key.isidentifier() else f'{path}["{word}"]'


def read_json(text: str, source: str = "") -> object:
    """Return what a JSON text holds, as dicts, lists, texts, numbers, booleans and None.

    Raises:
        SourceError: what is no JSON, or no JSON that data should be in.
    """
    _refuse_depth(text, source)
    try:
        found: object = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_NoNumber,
        )
    except json.JSONDecodeError as error:
        place = Place(source, row=error.lineno, character=error.colno)
        refuse(source, Finding("record-json", "from here on this is no JSON", place=place))
    if faults := list(_faults(found, "$", source)):
        refuse(source, *faults)
    return found


def _refuse_depth(text: str, source: str) -> None:
    depth = 0
    for match in _BRACKET.finditer(text):
        mark = match[0]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MOST_DEPTH:
            message = f"brackets are nested more than {MOST_DEPTH} deep"
            line = text.count("\n", 0, match.start()) + 1
            refuse(source, Finding("record-json-depth", message, place=Place(source, row=line)))


def _pairs(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        found.twice = tuple(key for key, count in counts.items() if count > 1)
    return found


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _decimal(text: str) -> Decimal | str:
    return Decimal(text) if len(text) <= _LONGEST_NUMBER else text


def _faults(thing: object, path: str, source: str) -> Iterator[Finding]:
    """Go through what the parser let pass, in written order."""
    place = Place(source, path=path)
    match thing:
        case _NoNumber():
            message, hint = f"`{thing.word}` is no number", "write null where there is none"
            yield Finding("record-json-number", message, place=place, hint=hint)
        case str() if _SURROGATE.search(thing):
            yield Finding("record-json-text", "the text holds half a character", place=place)
        case _Object():
            for key in thing.twice:
                yield Finding(
                    "record-json-twice", f"the key `{shown(key)}` is there twice", place=place
                )
            for key, value in thing.items():
                yield from _faults(value, step(path, key), source)
        case list():
            for index, value in enumerate(thing):
                yield from _faults(value, f"{path}[{index}]", source)
